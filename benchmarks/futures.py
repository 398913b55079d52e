"""What a gift of today adds: each future lived without it, and with it.

A future is what two people send each other unasked after today. It is lived three times: with
no gift, with a gift that will be answered on purpose, and with one that will not; what is added
is weighed by the chance of that answer, which is known. So its toss adds no error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from lives import Chance, State, beginning, chosen, pass_days
from simulated import HORIZON, MONTH
from worlds import FUTURE, KINDS

if TYPE_CHECKING:
    from lives import Event, Lived, Pair
    from numpy.typing import NDArray

__all__ = ["Worth", "worth"]


class Worth(NamedTuple):
    """Referrals of each person to one of them in the horizon, in the order of the names.

    ``added`` by a gift today, and coming ``anyway``, if nothing more is given to them; with the
    standard error of each.
    """

    added: NDArray[np.float64]
    anyway: NDArray[np.float64]
    added_error: NDArray[np.float64]
    anyway_error: NDArray[np.float64]


def worth(lived: Lived, view: int, *, futures: int = 200) -> Worth:
    """Find what a gift of ``view`` to each other person adds; nobody gains by one to themselves."""
    if lived.ways.budget is not None:
        return _budget_worth(lived, view, max(futures // 10, 5))
    found = np.zeros((2, futures, lived.ways.world.people))
    states, ties = _states(lived, view), _ties_of(lived, view)
    for other in range(lived.ways.world.people):
        if other != view:
            drawn, expected = _drawn(lived, view, other, ties, futures)
            found[:, :, other] = _lives(lived, (view, other), states, drawn)
            found[1, :, other] += expected - _sent(drawn, other)
    return _told(found)


def _sent(drawn: list[list[Event]], other: int) -> NDArray[np.float64]:
    """Count what ``other`` sends unasked in each future, which all comes, whatever was given."""
    return np.array([sum(giver == other for _, giver, _ in each) for each in drawn], dtype=float)


def _told(found: NDArray[np.float64]) -> Worth:
    added, anyway = found.mean(axis=1)
    return Worth(added, anyway, *(found.std(axis=1, ddof=1) / np.sqrt(found.shape[1])))


class _Fixed(Chance):
    """Lets the gift of today be answered on purpose, or not; the rest as it would be."""

    def __init__(self, life: tuple[int, int], gift: Event, *, answered: bool) -> None:
        super().__init__(*life)
        self._toss = (1, gift[1], gift[2], gift[0])
        self._share = -1.0 if answered else 2.0

    def __call__(self, *parts: int) -> float:
        return self._share if parts == self._toss else super().__call__(*parts)


def _lives(
    lived: Lived, pair: Pair, states: dict[int, State], drawn: list[list[Event]]
) -> NDArray[np.float64]:
    """Give what is added and what comes anyway, in each future."""
    ways, today, (view, other) = lived.ways, lived.today, pair
    before = states.get(other, State())
    wish = before.wish(ways, pair, today)
    found = np.zeros((2, len(drawn)))

    def came(unasked: list[Event], chance: Chance) -> int:
        every = pass_days(ways, unasked, before.copy(), today + HORIZON + 1, chance)
        return sum(1 for day, giver, _ in every if giver == other and day > today)

    for at, unasked in enumerate(drawn):
        if other not in states and not unasked:  # nothing but the answer can come
            found[0, at] = wish
            continue
        life, gift = (lived.seed, at + 1), (today, view, other)
        usual = came(unasked, Chance(*life))
        theirs = [event for event in unasked if event[1] == other]
        found[1, at] = usual if theirs == unasked else came(theirs, Chance(*life))
        yes = came([*unasked, gift], _Fixed(life, gift, answered=True)) if wish else 0
        no = came([*unasked, gift], _Fixed(life, gift, answered=False))
        found[0, at] = wish * yes + (1 - wish) * no - usual
    return found


def _states(lived: Lived, view: int) -> dict[int, State]:
    """Find what is between ``view`` and everybody else today, by living it again."""
    rng = np.random.default_rng([lived.seed, list(KINDS).index(lived.kind), 77])
    ways = KINDS[lived.kind](rng)  # draws what the life drew before its first day
    per: dict[int, list[Event]] = {}
    for event in beginning(ways, lived.today, rng):
        if view in event[1:]:
            per.setdefault(event[1] + event[2] - view, []).append(event)
    states = {other: State() for other in per}
    for other, rows in per.items():
        for _ in pass_days(lived.ways, rows, states[other], lived.today, Chance(lived.seed, 0)):
            pass
    return states


def _ties_of(lived: Lived, view: int) -> dict[Pair, int]:
    world = lived.ways.world
    rows = np.flatnonzero((world.giver == view) | (world.receiver == view))
    ties = {(int(world.giver[at]), int(world.receiver[at])): int(at) for at in rows}
    if world.once:  # a tie is used once
        for _, giver, receiver in lived.events:
            ties.pop((giver, receiver), None)
    return ties


def _drawn(
    lived: Lived, view: int, other: int, ties: dict[Pair, int], futures: int
) -> tuple[list[list[Event]], float]:
    """Draw what the two send each other unasked after today, and tell how much ``other`` does.

    What is drawn is known on the mean: what truly comes anyway is told by that mean, and only
    what answers is by the futures, or the error of rare referrals would be as large as they.
    """
    rng = np.random.default_rng([lived.seed, 5, view, other])
    world = lived.ways.world
    drawn: list[list[Event]] = [[] for _ in range(futures)]
    expected = 0.0
    for pair in ((view, other), (other, view)):
        if pair not in ties:
            continue
        rate = world.rate[ties[pair]] * MONTH
        count = rng.poisson(rate[-FUTURE:], (futures, FUTURE))
        mean = rate[-FUTURE:].sum()
        if world.once:  # of those not used by now
            left = mean = rate[-FUTURE:].sum() / (1 - rate[:-FUTURE].sum())
            month = rng.integers(FUTURE, size=futures)
            count = (month[:, None] == np.arange(FUTURE)) & (rng.random((futures, 1)) < left)
        expected += float(mean) if pair[0] == other else 0.0
        for future, month in zip(*np.nonzero(count), strict=True):
            for _ in range(int(count[future, month])):
                day = lived.today + 1 + int(month) * MONTH + int(rng.integers(MONTH))
                drawn[future].append((day, *pair))
    return drawn, expected


def _budget_worth(lived: Lived, view: int, futures: int) -> Worth:
    """Live everybody's future, and ask of each referral how likely the gift made it go to me.

    The mean is over who is chosen as well, so that it takes few futures.
    """
    rate, usual, weight = lived.ways.budget  # type: ignore[misc]
    people = len(rate)
    start = np.zeros((people, people))
    for day, giver, receiver in lived.events:
        start[receiver, giver] += 0.5 ** ((lived.today - day) / 60)
    found = np.zeros((2, futures, people))
    for future in range(futures):
        rng = np.random.default_rng([lived.seed, 6, view, future])
        count = rng.poisson(rate * HORIZON)
        giver = np.repeat(np.arange(people), count)
        when = lived.today + 1 + rng.integers(0, HORIZON, len(giver))
        lately, last, chance = start.copy(), lived.today, Chance(lived.seed, future + 1)
        mine = np.zeros(people)  # what is given to each after today
        for day, one in sorted(zip(when.tolist(), giver.tolist(), strict=True)):
            lately *= 0.5 ** ((day - last) / 60)
            mine *= 0.5 ** ((day - last) / 60)
            last = day
            chances = usual[one] + weight[one] * lately[one]
            if one != view:
                more = weight[one] * 0.5 ** ((day - lived.today) / 60)
                before = chances[view] / chances.sum()
                found[0, future, one] += (chances[view] + more) / (chances.sum() + more) - before
                since = weight[one] * mine[one]
                found[1, future, one] += (chances[view] - since) / (chances.sum() - since)
            to = chosen(chances, chance(3, one, day))
            if to != one:
                lately[to, one] += 1
                mine[to] += one == view
    return _told(found)
