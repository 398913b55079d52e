"""Worlds that can be lived twice: once without and once with one more gift.

The nine kinds of :mod:`simulated`, four in which advice goes wrong easily, and two without any
effect. What happens on a day is decided by numbers keyed by who, whom and day, so that two
lives differ by the added gift and by what follows from it, and by nothing else. A future is
lived many times over, and what a gift adds is the mean difference. All names are invented.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import timedelta
from heapq import heappop, heappush
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import simulated
from simulated import HORIZON, World

from refgraph import Book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.random import Generator
    from numpy.typing import NDArray

__all__ = ["ALIKE", "HARD", "KINDS", "NULL", "Lived", "live", "worth"]

MONTH = 30
FUTURE = HORIZON // MONTH  # months after today
ALIKE = ("alike", "hubs")  # everybody would return the same: what is open makes all the difference
Pair = tuple[int, int]
Event = tuple[int, int, int]  # day, giver, receiver


@dataclass(frozen=True)
class Ways:
    """How people answer in a world, beside what :class:`simulated.World` says.

    ``episodes``: a gift is answered on purpose only where nothing was open between the two, and
    only until something else has answered it (as in :mod:`simulated`); otherwise every gift that
    is no answer itself may bring one. ``worn``: what is left of the wish with each earlier gift
    of the same two. ``budget``: for each person the referrals a day that go to whoever gave
    lately, and how much a fresh gift counts beside what is usual; then ``returned`` is not used.
    """

    world: World
    episodes: bool = True
    worn: float = 1.0
    budget: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]] | None = None


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


# --- numbers keyed by who, whom and day ---------------------------------------------------


def keyed(*parts: int) -> float:
    """Give a number from 0 to 1 that depends on the parts alone (SplitMix64)."""
    state = 0x1234567
    for part in parts:
        state = ((state ^ part) + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        state ^= state >> 31
    return (state >> 11) * 2.0**-53


def _delays() -> NDArray[np.float64]:
    """Days until a return that is meant, as :mod:`simulated` draws them, by their share."""
    drawn = np.random.default_rng(0).gamma(2.0, 35.0, 200_000)
    days = np.sort(1 + drawn.astype(int))
    return days[days <= HORIZON]


_DELAYS = _delays()


def delay(share: float) -> int:
    return int(_DELAYS[int(share * len(_DELAYS))])


# --- one life ----------------------------------------------------------------------------


class State:
    """What is between two people: open episodes, returns on their way, and gifts so far."""

    def __init__(self) -> None:
        self.opened: dict[Pair, int] = {}
        self.coming: list[tuple[int, int, int, int]] = []  # day, giver, receiver, answers
        self.gifts: dict[Pair, int] = {}

    def copy(self) -> State:
        other = State()
        other.opened, other.gifts = dict(self.opened), dict(self.gifts)
        other.coming = list(self.coming)
        return other


def days(
    ways: Ways, unasked: Iterable[Event], state: State, until: int, key: tuple[int, int]
) -> Iterator[Event]:
    """Let the days pass up to ``until``; ``state`` is changed in place."""
    queue = [(day, giver, receiver, -1) for day, giver, receiver in unasked] + state.coming
    state.coming = []
    queue.sort()
    opened = state.opened
    while queue:
        day = queue[0][0]
        if day >= until:
            break
        of_day: list[tuple[Pair, int]] = []
        while queue and queue[0][0] == day:
            _, giver, receiver, answers = heappop(queue)
            if answers < 0 or not ways.episodes or opened.get((receiver, giver)) == answers:
                of_day.append(((giver, receiver), answers))
        for pair, _ in of_day:
            yield (day, *pair)
        before = {
            pair
            for (giver, receiver), _ in of_day
            for pair in ((giver, receiver), (receiver, giver))
            if opened.get(pair, -HORIZON - 1) + HORIZON >= day
        }
        for (giver, receiver), answers in sorted(dict.fromkeys(of_day)):
            pair = giver, receiver
            fresh = answers < 0
            if ways.episodes:
                if (receiver, giver) in before:
                    opened.pop((receiver, giver), None)
                    continue
                if pair in before:
                    continue
                opened[pair], fresh = day, True
            if not fresh:
                continue
            wish = _wish(ways, pair, day) * ways.worn ** state.gifts.get(pair, 0)
            state.gifts[pair] = state.gifts.get(pair, 0) + 1
            if keyed(*key, 1, giver, receiver, day) < wish:
                wait = delay(keyed(*key, 2, giver, receiver, day))
                heappush(queue, (day + wait, receiver, giver, day))
    state.coming = sorted(queue)


def _wish(ways: Ways, pair: Pair, day: int) -> float:
    """Give the chance that a gift is answered on purpose; none where two have no tie at all."""
    last = ways.world.rate.shape[1] * MONTH - 1
    try:
        return ways.world.returned(*pair, min(day, last))
    except KeyError:  # as in ``fading``
        return 0.0


def _history(ways: Ways, until: int, rng: Generator) -> list[Event]:
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


def _budget_life(ways: Ways, until: int, rng: Generator, seed: int) -> list[Event]:
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
        to = _chosen(usual[one] + weight[one] * lately[one], keyed(seed, 0, 3, one, day))
        if to != one:
            rows.append((day, one, to))
            lately[to, one] += 1
    return rows


def _chosen(weight: NDArray[np.float64], share: float) -> int:
    return int(np.searchsorted(np.cumsum(weight), share * weight.sum(), "right"))


def live(kind: str, *, seed: int = 0, views: int = 3) -> Lived:
    """Let a world run up to today; the same seed gives the same book."""
    rng = np.random.default_rng([seed, list(KINDS).index(kind), 77])
    ways = KINDS[kind](rng)
    world = ways.world
    today = (world.rate.shape[1] - FUTURE) * MONTH
    if ways.budget is None:
        events = list(days(ways, _history(ways, today, rng), State(), today, (seed, 0)))
    else:
        events = _budget_life(ways, today, rng, seed)
    names = [
        str(name)
        for name in np.array(simulated._NAMES)[  # noqa: SLF001
            rng.permutation(len(simulated._NAMES))[: world.people]  # noqa: SLF001
        ]
    ]
    gave = np.bincount([giver for _, giver, _ in events], minlength=world.people)
    chosen = [world.me] if world.me is not None else _middling(gave, views)
    with TemporaryDirectory() as folder:
        place = Path(folder)
        _write(
            place / "referrals.csv",
            ("date", "giver", "receiver"),
            [
                (simulated._FIRST + timedelta(days=day), names[giver], names[receiver])  # noqa: SLF001
                for day, giver, receiver in events
            ],
        )
        _write(place / "people.csv", ("person",), [(name,) for name in names])
        book = Book.read(
            folder,
            me=None if world.me is None else names[world.me],
            today=simulated._FIRST + timedelta(days=today),  # noqa: SLF001
        )
    return Lived(kind, ways, seed, today, book, names, events, chosen)


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _middling(gave: NDArray[np.int64], views: int) -> list[int]:
    """Choose people from the busiest to the middle one, evenly."""
    order = np.argsort(-gave, kind="stable")
    return [int(order[round(at)]) for at in np.linspace(0, len(gave) / 2, views)]


# --- what one more gift adds --------------------------------------------------------------


def worth(lived: Lived, view: int, *, futures: int = 200) -> tuple[NDArray[np.float64], ...]:
    """Referrals of each person to ``view`` in the horizon: (added by a gift today, anyway)."""
    if lived.ways.budget is not None:
        return _budget_worth(lived, view, futures)
    people = lived.ways.world.people
    states, ties = _states(lived, view), _ties_of(lived.ways.world, view)
    added, anyway = np.zeros(people), np.zeros(people)
    used = {(giver, receiver) for _, giver, receiver in lived.events}
    for other in range(people):
        if other == view:
            continue
        drawn = _futures(lived, view, other, ties, futures, used)
        for at in range(futures):
            counts = []
            for gift in ([], [(lived.today, view, other)]):
                state = states[other].copy() if other in states else State()
                key = (lived.seed, at + 1)
                until = lived.today + HORIZON + 1
                came = days(lived.ways, drawn[at] + gift, state, until, key)
                counts.append(
                    sum(1 for day, giver, _ in came if giver == other and day > lived.today)
                )
            added[other] += counts[1] - counts[0]
            anyway[other] += counts[0]
    return added / futures, anyway / futures


def _states(lived: Lived, view: int) -> dict[int, State]:
    """What is between ``view`` and everybody else today, by living it again."""
    mine: dict[int, State] = {}
    rng = np.random.default_rng([lived.seed, list(KINDS).index(lived.kind), 77])
    ways = KINDS[lived.kind](rng)  # draws what the life drew before its first day
    per: dict[int, list[Event]] = {}
    for event in _history(ways, lived.today, rng):
        if view in event[1:]:
            per.setdefault(event[1] + event[2] - view, []).append(event)
    for other, rows in per.items():
        state = State()
        for _ in days(lived.ways, rows, state, lived.today, (lived.seed, 0)):
            pass
        mine[other] = state
    return mine


def _ties_of(world: World, view: int) -> dict[Pair, int]:
    rows = np.flatnonzero((world.giver == view) | (world.receiver == view))
    return {(int(world.giver[at]), int(world.receiver[at])): int(at) for at in rows}


def _futures(
    lived: Lived, view: int, other: int, ties: dict[Pair, int], futures: int, used: set[Pair]
) -> list[list[Event]]:
    """Draw what the two send each other unasked after today."""
    rng = np.random.default_rng([lived.seed, 5, view, other])
    world = lived.ways.world
    drawn: list[list[Event]] = [[] for _ in range(futures)]
    for pair in ((view, other), (other, view)):
        at = ties.get(pair)
        if at is None:
            continue
        if world.once:
            left = 0.0 if pair in used else world.rate[at, -FUTURE:].sum() * MONTH
            for future in np.flatnonzero(rng.random(futures) < left):
                day = lived.today + 1 + int(rng.integers(HORIZON))
                drawn[future].append((day, *pair))
            continue
        count = rng.poisson(world.rate[at, -FUTURE:] * MONTH, (futures, FUTURE))
        for future, month in zip(*np.nonzero(count), strict=True):
            for _ in range(count[future, month]):
                day = lived.today + 1 + int(month) * MONTH + int(rng.integers(MONTH))
                drawn[future].append((day, *pair))
    return drawn


def _budget_worth(lived: Lived, view: int, futures: int) -> tuple[NDArray[np.float64], ...]:
    """Live everybody's future, and with it what each person would pass on otherwise.

    The mean is over who is chosen as well, so that it takes few futures.
    """
    rate, usual, weight = lived.ways.budget  # type: ignore[misc]
    people = len(rate)
    start = np.zeros((people, people))
    for day, giver, receiver in lived.events:
        start[receiver, giver] += 0.5 ** ((lived.today - day) / 60)
    added, anyway = np.zeros(people), np.zeros(people)
    futures = max(futures // 10, 5)
    for future in range(futures):
        rng = np.random.default_rng([lived.seed, 6, view, future])
        count = rng.poisson(rate * HORIZON)
        giver = np.repeat(np.arange(people), count)
        when = lived.today + 1 + rng.integers(0, HORIZON, len(giver))
        lately, last = start.copy(), lived.today
        for day, one in sorted(zip(when.tolist(), giver.tolist(), strict=True)):
            lately *= 0.5 ** ((day - last) / 60)
            last = day
            chances = usual[one] + weight[one] * lately[one]
            if one != view:
                more = weight[one] * 0.5 ** ((day - lived.today) / 60)
                before = chances[view] / chances.sum()
                added[one] += (chances[view] + more) / (chances.sum() + more) - before
                anyway[one] += before
            to = _chosen(chances, keyed(lived.seed, future + 1, 3, one, day))
            if to != one:
                lately[to, one] += 1
    return added / futures, anyway / futures


# --- the kinds ----------------------------------------------------------------------------


def _as_simulated(make: Callable[[Generator], World]) -> Callable[[Generator], Ways]:
    def of(rng: Generator) -> Ways:
        return Ways(make(rng))

    of.__doc__ = make.__doc__
    of.__name__ = make.__name__
    return of


def _own_book(
    rng: Generator, people: int, months: int, mine: float, theirs: NDArray[np.float64]
) -> World:
    """Draw the book of one person: what I give, and what everybody sends me unasked."""
    others = np.arange(1, people)
    give = rng.gamma(0.7, mine / 0.7, people - 1)
    giver, receiver = np.r_[np.zeros_like(others), others], np.r_[others, np.zeros_like(others)]
    rate = np.repeat(np.r_[give, theirs][:, None] / (months * MONTH), months, axis=1)
    return World(people, giver, receiver, rate, lambda _, __, ___: 0.0, me=0)


def sure_things(rng: Generator) -> Ways:
    """Let some send much whatever they get, some only when given, and some nothing."""
    people, months = 100, 42
    sort = rng.choice(3, people - 1, p=(0.25, 0.35, 0.4))
    theirs = np.array([6.0, 0.7, 0.7])[sort] * rng.gamma(4, 0.25, people - 1)
    wish = np.r_[0.1, np.array([0.02, 0.55, 0.03])[sort]]
    world = _own_book(rng, people, months, 2.2, theirs)
    return Ways(replace(world, returned=lambda _, to, __: float(wish[to])), episodes=False)


def following(rng: Generator) -> Ways:
    """Let gifts follow receipts: both have their seasons, and what comes is mostly answered."""
    people, months = 90, 54
    giver, receiver = simulated._ties(rng, people, 9, 18)  # noqa: SLF001
    both = sorted({(min(p), max(p)) for p in zip(giver.tolist(), receiver.tolist(), strict=True)})
    season = {pair: _seasons(rng, months) for pair in both}
    level = rng.gamma(0.8, 1.0, (len(both), 2))
    ends = np.array([two for low, high in both for two in ((low, high), (high, low))])
    rate = np.array(
        [level[at, side] * season[pair] for at, pair in enumerate(both) for side in (0, 1)]
    )
    rate *= 4_500 / (rate.sum() * MONTH)
    wish = rng.beta(0.8, 1.6, people)
    world = World(people, ends[:, 0], ends[:, 1], rate, lambda _, to, __: float(wish[to]))
    return Ways(world, episodes=False)


def _seasons(rng: Generator, months: int) -> NDArray[np.float64]:
    """A quarter of the time is busy, four times as much as the rest, in spells of months."""
    found, at, busy = np.empty(months), 0, rng.random() < 0.25
    while at < months:
        spell = 1 + int(rng.geometric(1 / (4 if busy else 12)))
        found[at : at + spell] = 4.0 if busy else 0.6
        at, busy = at + spell, not busy
    return found


def wearing(rng: Generator) -> Ways:
    """Let each further gift to the same person bring less than the one before."""
    people, months = 90, 48
    giver, receiver = simulated._ties(rng, people, 12, 30)  # noqa: SLF001
    rate = simulated._rates(rng, giver, rng.lognormal(0, 0.6, people), months, 3_500)  # noqa: SLF001
    wish = rng.beta(1.6, 1.2, people)
    world = World(people, giver, receiver, rate, lambda _, to, __: float(wish[to]))
    return Ways(world, episodes=False, worn=0.6)


def latest(rng: Generator) -> Ways:
    """Let people pass on what they have to whoever gave lately, some much and some not."""
    people, months = 70, 48
    rate = rng.lognormal(0, 0.9, people)
    rate *= 3_500 / (rate.sum() * (months - FUTURE) * MONTH)
    usual = rng.gamma(0.3, 1.0, (people, people)) + 0.01
    np.fill_diagonal(usual, 0)
    usual *= 6 / usual.sum(axis=1, keepdims=True)
    weight = rng.choice((0.0, 1.0, 4.0), people)
    none = np.zeros(0, dtype=np.int64)
    world = World(people, none, none, np.zeros((0, months)), lambda _, __, ___: 0.0)
    return Ways(world, budget=(rate, usual, weight))


def no_effect(rng: Generator) -> Ways:
    """Let nothing ever answer a gift; the busy send to those they know."""
    people, months = 90, 48
    giver, receiver = simulated._ties(rng, people, 12, 30)  # noqa: SLF001
    rate = simulated._rates(rng, giver, rng.lognormal(0, 0.8, people), months, 4_000)  # noqa: SLF001
    return Ways(World(people, giver, receiver, rate, lambda _, __, ___: 0.0), episodes=False)


def no_effect_seasons(rng: Generator) -> Ways:
    """Let nothing answer a gift, while both of two people have their seasons together."""
    ways = following(rng)
    return replace(ways, world=replace(ways.world, returned=lambda _, __, ___: 0.0))


HARD = ("sure_things", "following", "wearing", "latest")
NULL = ("no_effect", "no_effect_seasons")
KINDS: dict[str, Callable[[Generator], Ways]] = {
    **{name: _as_simulated(make) for name, make in simulated.KINDS.items()},
    **{
        make.__name__: make
        for make in (sure_things, following, wearing, latest, no_effect, no_effect_seasons)
    },
}
