"""Lets a world run: what happens on a day hangs on who, whom, the day, and what is open then.

Chance is keyed by who, whom and day, so that two lives of a world differ by an added gift and
by what follows from it, and by nothing else. All names are invented.
"""

from __future__ import annotations

import csv
from datetime import timedelta
from heapq import heappop, heappush
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from simulated import FIRST, HORIZON, MONTH, NAMES
from worlds import FUTURE, KINDS, Ways

from refgraph import Book

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.random import Generator
    from numpy.typing import NDArray

__all__ = [
    "Chance",
    "Event",
    "Lived",
    "Pair",
    "State",
    "beginning",
    "chosen",
    "delay",
    "live",
    "pass_days",
]

Pair = tuple[int, int]
Event = tuple[int, int, int]  # day, giver, receiver


class Lived(NamedTuple):
    """A book as it stands today, and the people it can be looked at from."""

    kind: str
    ways: Ways
    seed: int
    today: int  # day
    book: Book
    names: list[str]
    events: list[Event]
    views: list[int]


class Chance:
    """Numbers from 0 to 1 that hang on a life, and on who, whom and day, alone (SplitMix64)."""

    def __init__(self, *life: int) -> None:
        self._state = 0x1234567
        for part in life:
            self._state = _mixed(self._state, part)

    def __call__(self, *parts: int) -> float:
        """Give the number of who, whom and day."""
        state = self._state
        for part in parts:
            state = _mixed(state, part)
        return (state >> 11) * 2.0**-53


def _mixed(state: int, part: int) -> int:
    state = ((state ^ part) + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
    return state ^ (state >> 31)


def _delays() -> NDArray[np.int64]:
    """Days until a return that is meant, as :mod:`simulated` draws them, by their share."""
    drawn = np.random.default_rng(0).gamma(2.0, 35.0, 200_000)
    days = np.sort(1 + drawn.astype(int))
    return days[days <= HORIZON]


_DELAYS = _delays()


def delay(share: float) -> int:
    """Give the days until a return that is meant, by a number from 0 to 1."""
    return int(_DELAYS[int(share * len(_DELAYS))])


class State:
    """Holds what is between two people: open episodes, returns on their way, gifts so far."""

    def __init__(self) -> None:
        self.opened: dict[Pair, int] = {}
        self.coming: list[tuple[int, int, int, int]] = []  # day, giver, receiver, answers
        self.gifts: dict[Pair, int] = {}

    def copy(self) -> State:
        """Give the same, to be changed by another life."""
        other = State()
        other.opened, other.gifts = dict(self.opened), dict(self.gifts)
        other.coming = list(self.coming)
        return other

    def gift(self, ways: Ways, chance: Chance, pair: Pair, day: int) -> None:
        """Let a gift be answered on purpose, or not."""
        giver, receiver = pair
        wish = self.wish(ways, pair, day)
        self.gifts[pair] = self.gifts.get(pair, 0) + 1
        if chance(1, giver, receiver, day) < wish:
            wait = delay(chance(2, giver, receiver, day))
            heappush(self.coming, (day + wait, receiver, giver, day))

    def wish(self, ways: Ways, pair: Pair, day: int) -> float:
        """Give the chance that a gift is answered on purpose; none where two have no tie."""
        last = ways.world.rate.shape[1] * MONTH - 1
        try:
            wish = ways.world.returned(*pair, min(day, last))
        except KeyError:  # as in ``fading``
            return 0.0
        return wish * ways.worn ** self.gifts.get(pair, 0)


def pass_days(
    ways: Ways, unasked: Iterable[Event], state: State, until: int, chance: Chance
) -> Iterator[Event]:
    """Let the days pass up to ``until``; ``state`` is changed in place."""
    state.coming += [(day, giver, receiver, -1) for day, giver, receiver in unasked]
    state.coming.sort()
    while state.coming and (day := state.coming[0][0]) < until:
        of_day: list[tuple[Pair, int]] = []
        while state.coming and state.coming[0][0] == day:
            _, giver, receiver, answers = heappop(state.coming)
            still = not ways.episodes or state.opened.get((receiver, giver)) == answers
            if answers < 0 or still:
                of_day.append(((giver, receiver), answers))
        for pair, _ in of_day:
            yield (day, *pair)
        for pair in _gifts(ways, of_day, state.opened, day):
            state.gift(ways, chance, pair, day)
    state.coming.sort()


def _gifts(
    ways: Ways, of_day: list[tuple[Pair, int]], opened: dict[Pair, int], day: int
) -> list[Pair]:
    """Tell which referrals of a day may be answered, and keep what is open up to date."""
    once = sorted(dict.fromkeys(of_day))
    if not ways.episodes:
        return [pair for pair, answers in once if answers < 0]
    before = {
        pair
        for (giver, receiver), _ in of_day
        for pair in ((giver, receiver), (receiver, giver))
        if opened.get(pair, -HORIZON - 1) + HORIZON >= day
    }
    found = []
    for pair, _ in once:
        if (back := pair[::-1]) in before:
            opened.pop(back, None)
        elif pair not in before:
            opened[pair] = day
            found.append(pair)
    return found


def beginning(ways: Ways, until: int, rng: Generator) -> list[Event]:
    """Draw the referrals that answer nothing, up to today."""
    world = ways.world
    if world.once:
        tie = np.flatnonzero(rng.random(len(world.giver)) < world.rate.sum(axis=1) * MONTH)
        day = rng.integers(0, world.rate.shape[1] * MONTH, len(tie))
        tie, day = tie[day < until], day[day < until]
    else:
        count = rng.poisson(world.rate[:, : until // MONTH] * MONTH)
        tie, month = (np.repeat(at.ravel(), count.ravel()) for at in np.indices(count.shape))
        day = month * MONTH + rng.integers(0, MONTH, len(tie))
    return sorted(
        zip(day.tolist(), world.giver[tie].tolist(), world.receiver[tie].tolist(), strict=True)
    )


def _budget_life(ways: Ways, until: int, rng: Generator, chance: Chance) -> list[Event]:
    """Let everybody pass on what they have to whoever gave lately."""
    rate, usual, weight = ways.budget  # type: ignore[misc]
    count = rng.poisson(rate * until)
    giver = np.repeat(np.arange(len(rate)), count)
    when = rng.integers(0, until, len(giver))
    lately = np.zeros_like(usual)  # of receiver (row) from giver (column)
    last, rows = 0, []
    for day, one in sorted(zip(when.tolist(), giver.tolist(), strict=True)):
        lately *= 0.5 ** ((day - last) / 60)
        last = day
        to = chosen(usual[one] + weight[one] * lately[one], chance(3, one, day))
        if to != one:
            rows.append((day, one, to))
            lately[to, one] += 1
    return rows


def chosen(weight: NDArray[np.float64], share: float) -> int:
    """Choose a person by weight."""
    return int(np.searchsorted(np.cumsum(weight), share * weight.sum(), "right"))


def live(kind: str, *, seed: int = 0, views: int = 3) -> Lived:
    """Let a world run up to today; the same seed gives the same book."""
    rng = np.random.default_rng([seed, list(KINDS).index(kind), 77])
    ways = KINDS[kind](rng)
    world, chance = ways.world, Chance(seed, 0)
    today = (world.rate.shape[1] - FUTURE) * MONTH
    if ways.budget is None:
        events = list(pass_days(ways, beginning(ways, today, rng), State(), today, chance))
    else:
        events = _budget_life(ways, today, rng, chance)
    names = [str(name) for name in np.array(NAMES)[rng.permutation(len(NAMES))[: world.people]]]
    gave = np.bincount([giver for _, giver, _ in events], minlength=world.people)
    seen_from = [world.me] if world.me is not None else _middling(gave, views)
    me = None if world.me is None else names[world.me]
    book = _book(events, names, me, today)
    return Lived(kind, ways, seed, today, book, names, events, seen_from)


def _book(events: list[Event], names: list[str], me: str | None, today: int) -> Book:
    """Write the referrals and everybody's name into a folder and read it as any book is read."""
    with TemporaryDirectory() as folder:
        rows = [(FIRST + timedelta(days=day), names[giver], names[to]) for day, giver, to in events]
        _write(Path(folder) / "referrals.csv", ("date", "giver", "receiver"), rows)
        _write(Path(folder) / "people.csv", ("person",), [(name,) for name in names])
        return Book.read(folder, me=me, today=FIRST + timedelta(days=today))


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _middling(gave: NDArray[np.int64], views: int) -> list[int]:
    """Choose people from the busiest to the middle one, evenly."""
    order = np.argsort(-gave, kind="stable")
    return [int(order[round(at)]) for at in np.linspace(0, len(gave) / 2, views)]
