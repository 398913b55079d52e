"""What a world assumes: how people think of me, take thanks, answer gifts, and how matters close.

Each kind says what it assumes in one sentence. In :data:`KINDS` are the worlds of the goals; those
of :data:`HELD` work in other ways, and nothing was mended by looking at them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import exp
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from years.life import Life

__all__ = ["HELD", "KINDS", "NULL", "Nature", "draw"]

YEAR = 365.0


@dataclass(frozen=True)
class Nature:
    """An adviser's world: all that people do in it, beside chance.

    ``sends`` and ``gives``: referrals a day that each sends me unasked while keen, and that I give
    them by myself; ``calls``: how often a day I am in touch by myself. ``contact``: the share of
    what is sent that hangs on contact, halving every ``fades`` days without. ``late``: the share of
    goodwill that is lost where nobody says thanks in a week; ``untold`` where no news comes in
    three. ``wish``: the chance that a gift that arrives is answered on purpose, and ``worn`` what
    is left of it with each earlier one. ``reach``, ``win``: by handoff, the chance that the
    prospect is reached, and won once met. ``rescue``: the chance that following up at once helps,
    and that a better introduction is made when asked for.
    ``asked``: the chance that asking at the right moment brings one.
    """

    sends: NDArray[np.float64]
    gives: NDArray[np.float64]
    calls: NDArray[np.float64]
    wish: NDArray[np.float64]
    words: list[tuple[str, str]]
    cadence: list[str]
    role: list[str]
    others: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))
    contact: float = 0.7
    fades: float = 60.0
    late: float = 0.25
    untold: float = 0.1
    worn: float = 0.6
    reach: tuple[float, ...] = (0.45, 0.6, 0.7, 0.75, 0.85, 0.95)
    win: tuple[float, ...] = (0.4, 0.45, 0.5, 0.6, 0.7, 0.8)
    rescue: float = 0.6
    asked: float = 0.25

    def keen(self, life: Life, person: int, day: int) -> float:
        """Give the share of what somebody could send me that they send, as things stand."""
        since = max(day - life.spoken[person], 0)
        mind = 1 - self.contact + self.contact * 2.0 ** (-since / self.fades)
        return mind * life.goodwill(person, day)

    def hear(self, life: Life, person: int, day: int) -> None:
        """Take a contact in."""

    def thank(self, life: Life, person: int, day: int, *, prompt: bool) -> None:
        """Take thanks in: late ones make good one half of what was lost."""
        if not prompt:
            life.lift(person, day, 0.5)

    def miss(self, life: Life, person: int, day: int) -> None:
        """Take it in that no thanks came."""
        life.lower(person, day, self.late)

    def answers(self, life: Life, person: int, day: int) -> float:
        """Give the chance that a gift of this day is answered on purpose."""
        del day
        return float(self.wish[person] * self.worn ** life.gifts[person])


class Crowded(Nature):
    """Each keeps few names in mind, and drops mine once three rivals called since I did."""

    def keen(self, life: Life, person: int, day: int) -> float:
        rivals = max(day - life.spoken[person], 0) / 30
        return exp(-rivals) * (1 + rivals + rivals**2 / 2) * 0.9 + 0.1


class Trained(Nature):
    """Thanks in time make people send more, step by step up to double; without, they send less."""

    def keen(self, life: Life, person: int, day: int) -> float:
        del day
        return 0.5 + 0.5 * life.trained[person]

    def thank(self, life: Life, person: int, day: int, *, prompt: bool) -> None:
        del day
        life.trained[person] = min(life.trained[person] + (0.5 if prompt else 0.2), 2.0)

    def miss(self, life: Life, person: int, day: int) -> None:
        del day
        life.trained[person] = max(life.trained[person] - 0.4, 0.0)


class Even(Nature):
    """People send while they do not feel ahead of me: each referral ahead halves what they send."""

    def keen(self, life: Life, person: int, day: int) -> float:
        del day
        return 2.0 ** -max(life.ahead[person] - 1, 0)

    def answers(self, life: Life, person: int, day: int) -> float:
        del life, person, day
        return 0.0


class Weary(Nature):
    """More than two contacts in a month weary people for two months; else contact fades slowly."""

    def keen(self, life: Life, person: int, day: int) -> float:
        weary = 0.5 if day < life.weary[person] else 1.0
        return weary * super().keen(life, person, day)

    def hear(self, life: Life, person: int, day: int) -> None:
        life.heard[person] = [one for one in life.heard[person] if one > day - 30] + [day]
        if len(life.heard[person]) > 2:
            life.weary[person] = day + 60


class Leaving(Nature):
    """Now and then somebody turns away without a word, and comes back only if I call in 90 days."""

    def keen(self, life: Life, person: int, day: int) -> float:
        if life.chance(41, person, day) < 1 / 500 and person not in life.turned:
            life.turned[person] = day
        return float(person not in life.turned)

    def hear(self, life: Life, person: int, day: int) -> None:
        if day - life.turned.get(person, day - 999) <= 90:
            del life.turned[person]


class Told(Nature):
    """Who was told what became of a referral sends double for 90 days, and nothing else moves."""

    def keen(self, life: Life, person: int, day: int) -> float:
        return 1.0 if day < life.weary[person] else 0.5

    def hear(self, life: Life, person: int, day: int) -> None:
        if life.touches and life.touches[-1][1:3] == (person, "news"):
            life.weary[person] = day + 90


class Cliff(Nature):
    """For 30 days after a contact people think of me as much as ever, and then hardly at all."""

    def keen(self, life: Life, person: int, day: int) -> float:
        return (1.0 if day - life.spoken[person] <= 30 else 0.3) * life.goodwill(person, day)


_WORDS = [
    "wills",
    "insurance",
    "mortgages",
    "tax",
    "websites",
    "hiring",
    "printing",
    "catering",
    "leases",
    "payroll",
    "photos",
    "moving",
]


def adviser(rng: Generator, people: int) -> Nature:
    """Draw an adviser's clients and partners: a few send much, and a third answers gifts.

    Who answers is drawn as in ``sure_things`` of worlds.py.
    """
    sort = rng.choice(3, people, p=(0.25, 0.35, 0.4))
    sends = np.array([3.2, 1.2, 0.7])[sort] * rng.gamma(1.2, 1 / 1.2, people) / YEAR
    wish = np.array([0.1, 0.55, 0.03])[sort]
    gives = rng.gamma(0.5, 0.8, people) / YEAR
    return _nature(rng, sends, gives, wish, busy=2.5)


def member(rng: Generator, people: int) -> Nature:
    """Draw a chapter, all of whose referrals are recorded; more answer, each time less.

    Who answers is drawn as in ``wearing`` of worlds.py.
    """
    sends = rng.gamma(0.9, 1.4, people) / YEAR
    gives = rng.gamma(0.7, 1.0, people) / YEAR
    found = _nature(rng, sends, gives, rng.beta(1.6, 1.2, people), busy=3.5)
    others = rng.gamma(0.4, 0.4, (people, people)) / YEAR
    np.fill_diagonal(others, 0)
    return replace(found, others=others)


def _nature(
    rng: Generator,
    sends: NDArray[np.float64],
    gives: NDArray[np.float64],
    wish: NDArray[np.float64],
    *,
    busy: float,
) -> Nature:
    people = len(sends)
    calls = rng.gamma(1.0, busy, people) / YEAR
    words = [tuple(rng.choice(_WORDS, 2, replace=False).tolist()) for _ in range(people)]
    cadence = rng.choice(["monthly", "quarterly", "yearly", ""], people, p=(0.15, 0.45, 0.25, 0.15))
    role = rng.choice(["client", "partner"], people, p=(0.6, 0.4))
    return Nature(sends, gives, calls, wish, words, cadence.tolist(), role.tolist())


LIVES = {"adviser": adviser, "member": member}
_STILL = {"asked": 0.0, "rescue": 0.0, "contact": 0.0, "late": 0.0, "untold": 0.0}


def _without(nature: Nature, *what: str) -> Nature:
    """Let something do nothing; what is sent stays as much as with middling contact."""
    if "contact" in what:
        nature = replace(nature, contact=0.0, sends=nature.sends * 0.65)
    if "thanks" in what:
        nature = replace(nature, late=0.0, untold=0.0)
    if "saving" in what:
        nature = replace(nature, rescue=0.0)
    if "giving" in what:
        nature = replace(nature, wish=nature.wish * 0)
    return nature


#: What each kind takes out of its life.
_OUT: dict[str, tuple[str, ...]] = {"all": ()} | {
    f"no_{what}": (what,) for what in ("contact", "thanks", "giving", "saving")
}
SAYS = {
    "all": "Contact fades, late thanks cost, gifts are answered, better handoffs close more.",
    "no_contact": "Contact does nothing; late thanks cost, gifts are answered.",
    "no_thanks": "Thanks and news do nothing; contact fades, gifts are answered.",
    "no_giving": "Giving brings nothing back; contact fades, late thanks cost.",
    "no_saving": "Asking after what is stuck or for a better handoff never helps; all else does.",
    "nothing": "Whatever I do, they send, and what they send closes, as it would anyway.",
}
_OTHERS: dict[str, tuple[str, type[Nature], dict[str, float]]] = {
    "crowded": ("member", Crowded, {}),
    "trained": ("adviser", Trained, {"untold": 0.0}),
    "even": ("member", Even, {"contact": 0.0}),
    "weary": ("adviser", Weary, {"fades": 120.0}),
    "leaving": ("adviser", Leaving, {"late": 0.0}),
    "told": ("member", Told, {"untold": 0.0, "late": 0.0}),
    "cliff": ("adviser", Cliff, {}),
}
KINDS = tuple(f"{life} {what}" for life in LIVES for what in (*_OUT, "nothing"))
NULL = tuple(kind for kind in KINDS if kind.endswith(" nothing"))
HELD = tuple(f"{life} {what}" for what, (life, _, _) in _OTHERS.items())


def says(kind: str) -> str:
    """Give the sentence of a kind."""
    what = kind.split()[1]
    return SAYS[what] if what in SAYS else str(_OTHERS[what][1].__doc__)


def draw(kind: str, seed: int, people: int) -> Nature:
    """Draw a world of a kind; the people of one seed are the same in all kinds of their life."""
    life, what = kind.split()
    nature = LIVES[life](np.random.default_rng([seed, list(LIVES).index(life), 17]), people)
    if what in _OUT:
        return _without(nature, *_OUT[what])
    if what == "nothing":
        return replace(_without(nature, "contact", "thanks", "giving"), **_STILL)
    _, make, changes = _OTHERS[what]
    return replace(make(**vars(nature)), **changes)
