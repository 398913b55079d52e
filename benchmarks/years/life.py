"""Lets the days of one person's life pass: referrals come, close or leak, and are tended or not.

All chance is keyed by what it is about, by whom and by the day, so that two lives of one world
differ by what is done in them and by what follows from it, and by nothing else.
"""

from __future__ import annotations

from copy import copy, deepcopy
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np
from lives import Chance, delay
from simulated import NAMES

if TYPE_CHECKING:
    from years.natures import Nature

__all__ = ["ME", "Life", "Referral"]

ME = -1
PATIENCE, NEWS, TIDY = 7, 21, 150  # days for thanks and for news; until what is stuck is lost
MEND = 240.0  # days in which half of lost goodwill comes back
OPEN = ("given", "contacted", "met")
MEETS = 0.75  # share of those reached who come to a meeting by themselves
_STEPS = {"reach": "given", "meet": "contacted", "close": "met", "tidy": ""}


@dataclass
class Referral:
    """One referral and how far it has come."""

    id: str
    day: int
    giver: int
    receiver: int
    prospect: str
    handoff: int
    status: str = "given"
    moved: int | None = None
    news: int = 0  # the last day on which there was any
    tries: int = 0
    key: int = 0


class Life:
    """What has happened so far, what is on its way, and how everybody feels about me."""

    def __init__(self, nature: Nature, *key: int) -> None:
        people = len(nature.sends)
        self.nature, self.chance = nature, Chance(*key)
        rng = np.random.default_rng([*key, 23])
        drawn = rng.permutation(len(NAMES))
        self.names = [NAMES[at] for at in drawn[:people]]
        self.me, self.strangers = NAMES[drawn[people]], [NAMES[at] for at in drawn[people + 1 :]]
        self.day, self.won = 0, 0.0  # the chances that those met are won
        self.referrals: list[Referral] = []
        self.by_id: dict[str, Referral] = {}
        self.touches: list[tuple[int, int, str, str, int | None]] = []
        self.moves: list[tuple[int, str, str]] = []  # day, id, status
        self.coming: list[tuple[int, str, int, str]] = []  # day, what, person, id
        self.spoken = [-int(rng.integers(0, 120)) for _ in range(people)]
        self.thanked = [-999] * people
        self.feeling = [(0, 1.0)] * people  # since when, goodwill
        self.lost = [0.0] * people
        self.gifts, self.ahead = [0] * people, [0] * people
        self.trained = [1.0] * people
        self.heard: list[list[int]] = [[] for _ in range(people)]
        self.weary, self.turned = [0] * people, dict[int, int]()
        self.glad, self.asks = [-999] * people, [-999] * people

    def again(self) -> Life:
        """Give the same life, to be lived on in another way; the chance stays."""
        other = copy(self)
        shared = ("nature", "chance", "names", "strangers", "me")
        own = {name: value for name, value in vars(self).items() if name not in shared}
        vars(other).update(deepcopy(own))  # all at once: some hold the same referrals
        return other

    # How people feel

    def goodwill(self, person: int, day: int) -> float:
        """Give what is left of goodwill, which comes back by and by."""
        since, left = self.feeling[person]
        return 1 - (1 - left) * 0.5 ** ((day - since) / MEND)

    def lower(self, person: int, day: int, share: float) -> None:
        """Take a share of goodwill away."""
        now = self.goodwill(person, day)
        self.lost[person] = now * share
        self.feeling[person] = (day, now - self.lost[person])

    def lift(self, person: int, day: int, share: float) -> None:
        """Give back a share of what was lost last."""
        now = self.goodwill(person, day) + share * self.lost[person]
        self.feeling[person], self.lost[person] = (day, min(now, 1.0)), 0.0

    # What passes between us

    def touch(
        self,
        person: int,
        kind: str,
        about: str = "",
        *,
        other: int | None = None,
        contact: bool = True,
    ) -> None:
        """Write a touch down, and let it be felt if it is a contact."""
        self.touches.append((self.day, person, kind, about, other))
        if contact:
            self.nature.hear(self, person, self.day)
            self.spoken[person] = self.day

    def thank(self, person: int, about: str = "") -> None:
        """Say thanks, for one referral or for all that they gave."""
        waits = [
            one
            for one in self.referrals
            if one.giver == person and one.receiver == ME and one.day > self.thanked[person]
        ]
        prompt = all(self.day <= one.day + PATIENCE for one in waits)
        self.touch(person, "thanks", about)
        if waits:
            self.nature.thank(self, person, self.day, prompt=prompt)
        self.thanked[person] = self.day

    def receive(self, giver: int, key: int) -> None:
        """Take a referral in."""
        best = self.chance(5, giver, self.day, key)
        handoff = int(np.searchsorted((0.35, 0.55, 0.75, 0.9, 0.97), best))
        one = self._new(giver, ME, handoff, key)
        self.spoken[giver] = max(self.spoken[giver], self.day)
        self.ahead[giver] += 1
        if self.chance(7, giver, self.day, key) < 0.45:  # said without any habit
            wait = 1 + int(5 * self.chance(8, giver, self.day, key))
            heappush(self.coming, (self.day + wait, "thank", giver, one.id))
        heappush(self.coming, (self.day + PATIENCE + 1, "unthanked", giver, one.id))

    def give(self, receiver: int, key: int) -> None:
        """Give a referral."""
        handoff = int(4 * self.chance(6, receiver, self.day, key))
        self._new(ME, receiver, handoff, key)
        self.nature.hear(self, receiver, self.day)
        self.spoken[receiver] = self.day
        self.ahead[receiver] -= 1

    def between(self, giver: int, receiver: int) -> None:
        """Let two others exchange one, which I only see."""
        self._new(giver, receiver, 2, 9)

    def _new(self, giver: int, receiver: int, handoff: int, key: int) -> Referral:
        number = len(self.referrals)
        stranger = self.strangers[(number * 7 + 3) % len(self.strangers)]
        one = Referral(
            f"r{number}", self.day, giver, receiver, stranger, handoff, news=self.day, key=key
        )
        self.referrals.append(one)
        self.by_id[one.id] = one
        wait = 2 + int(8 * self._toss(one, 10))
        heappush(self.coming, (self.day + wait, "reach", max(giver, receiver), one.id))
        heappush(self.coming, (self.day + TIDY, "tidy", max(giver, receiver), one.id))
        return one

    def _toss(self, one: Referral, what: int, more: int = 0) -> float:
        return self.chance(what, one.giver + 1, one.receiver + 1, one.day, one.key, more)

    # How a referral goes on

    def move(self, one: Referral, status: str) -> None:
        """Write a new status down, and let follow what follows from it."""
        one.status, one.moved, one.news = status, self.day, self.day
        self.moves.append((self.day, one.id, status))
        if status == "contacted":
            if one.giver == ME:
                self._arrived(one)
            wait = 5 + int(15 * self._toss(one, 11))
            heappush(self.coming, (self.day + wait, "meet", 0, one.id))
        elif status == "met":
            self.won += self.nature.win[one.handoff] * (one.receiver == ME)
            wait = 14 + int(40 * self._toss(one, 12))
            heappush(self.coming, (self.day + wait, "close", 0, one.id))
        elif one.receiver == ME and status in ("won", "lost"):
            heappush(self.coming, (self.day + NEWS, "untold", one.giver, one.id))

    def _arrived(self, one: Referral) -> None:
        """Let a gift that arrived be answered on purpose, or not."""
        person = one.receiver
        if self._toss(one, 13) < self.nature.answers(self, person, self.day):
            wait = delay(self._toss(one, 14))
            heappush(self.coming, (self.day + wait, "return", person, one.id))
        self.gifts[person] += 1
        if self._toss(one, 15) < 0.4:
            heappush(self.coming, (self.day + 10, "glad", person, one.id))

    def follow(self, one: Referral) -> None:
        """Ask after a referral that is stuck: it helps less, the longer there was no news."""
        one.tries += 1
        helps = self.nature.rescue * 0.5 ** ((self.day - one.news) / 60)
        if one.status in ("given", "contacted") and self._toss(one, 20, one.tries) < helps:
            self.move(one, "contacted" if one.status == "given" else "met")
        one.news = self.day

    def follow_up(self, about: str, person: int, level: int) -> None:
        """Go after a referral that is stuck, or raise its handoff, as a line of today says."""
        one = self.by_id[about]
        if self._toss(one, 24, one.tries) < self.nature.rescue:  # who is asked may say no
            one.handoff = max(one.handoff, level)
        contact = one.giver == ME or bool(level)  # else I speak to the prospect
        before = one.status
        self.follow(one)
        if contact or one.status == before:
            self.touch(person, "call", about, contact=contact)

    def introduce(self, person: int, other: int) -> None:
        """Bring two together, each of whom may take it as half a gift."""
        self.touch(person, "introduction", other=other)
        self.nature.hear(self, other, self.day)
        self.spoken[other] = self.day
        for one in (person, other):
            wish = 0.5 * self.nature.answers(self, one, self.day)
            if self.chance(21, one, self.day) < wish:
                wait = delay(self.chance(22, one, self.day))
                heappush(self.coming, (self.day + wait, "return", one, self.referrals[0].id))

    def ask(self, person: int) -> None:
        """Ask for one: it may bring one just after they were glad, and else does harm."""
        right = self.day - self.glad[person] <= 7 and self.day - self.asks[person] > 183
        if right and self.chance(23, person, self.day) < self.nature.asked:
            heappush(self.coming, (self.day + 10, "return", person, self.referrals[0].id))
        elif not right:
            self.lower(person, self.day, 0.1)
        self.touch(person, "ask")
        self.asks[person] = self.day

    def _step(self, what: str, person: int, one: Referral) -> None:
        """Let something that was on its way arrive."""
        if what in _STEPS:
            self._go_on(what, one)
        elif what == "return":
            self.receive(person, 2)
        elif what == "glad":
            self.glad[person] = self.day
            self.touch(person, "they-thanked-me", contact=False)
        elif what == "thank" and self.thanked[person] < one.day:
            self.thank(person, one.id)
        elif what == "unthanked" and self.thanked[person] < one.day:
            self.nature.miss(self, person, self.day)
        elif what == "untold" and self.spoken[person] < (one.moved or self.day):
            self.lower(person, self.day, self.nature.untold)

    def _go_on(self, what: str, one: Referral) -> None:
        """Let a referral go on, or not; what does not by itself waits to be asked after."""
        if what == "tidy" and one.status in OPEN:
            self.move(one, "lost")
        elif what != "tidy" and one.status == _STEPS[what]:
            toss = self._toss(one, 16 + list(_STEPS).index(what))
            if what == "reach" and toss < self.nature.reach[one.handoff]:
                self.move(one, "contacted")
            elif what == "meet" and toss < MEETS:
                self.move(one, "met")
            elif what == "close":
                self.move(one, "won" if toss < self.nature.win[one.handoff] else "lost")

    def pass_day(self) -> None:
        """Let one day pass."""
        nature, day = self.nature, self.day
        while self.coming and self.coming[0][0] <= day:
            _, what, person, about = heappop(self.coming)
            self._step(what, person, self.by_id[about])
        for person in range(len(nature.sends)):
            chance = self.chance(1, person, day)
            keen = nature.keen(self, person, day)
            if chance < nature.sends[person] * keen:
                self.receive(person, 1)
            if self.chance(2, person, day) < nature.gives[person]:
                self.give(person, 3)
            if self.chance(3, person, day) < nature.calls[person]:
                self.touch(person, "call")
        for giver, each in enumerate(nature.others):
            if self.chance(4, giver, day) < each.sum():
                share = np.cumsum(each) / each.sum()
                self.between(giver, int(np.searchsorted(share, self.chance(9, giver, day))))
        self.day += 1
