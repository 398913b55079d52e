"""Seeded books of referrals in which the chance that each gift is returned is known.

Nine kinds that differ in what a return depends on. Nothing here is fitted to a score: each
kind is one sentence, and its figures are those of chapters and advisers (a few referrals a
month, months until a return, some years of record). All names are invented.

Usage: python benchmarks/simulated.py     prints what each kind of book holds
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heappop, heappush
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from refgraph import Book

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator
    from numpy.typing import NDArray

__all__ = [
    "FIRST",
    "HORIZON",
    "KINDS",
    "MONTH",
    "NAMES",
    "Simulated",
    "World",
    "rates",
    "simulate",
    "ties",
]

HORIZON = 180
FIRST = date(2021, 1, 4)
MONTH = 30  # days for which a rate stays what it is
_GIVEN = (
    "Ada Ben Cleo Dov Edda Finn Gita Hugo Ines Juri "
    "Kaja Lino Mara Nils Olga Pia Quin Rosa Sven Tess"
)
_FAMILY = (
    "Abend Birk Calder Dunmore Eklund Farrow Galt Hollis Ibsen Jarvis Kestrel Lund Marlow Nyberg "
    "Orchard Pell Quist Rowan Stroud Tamm"
)
NAMES = [f"{given} {family}" for family in _FAMILY.split() for given in _GIVEN.split()]


class Simulated(NamedTuple):
    """A book, and what was true of it.

    ``chance`` has a row for each episode, in the order and with the columns ``giver``,
    ``receiver`` and ``date`` of :func:`refgraph.analysis.returning.returns.episodes`, and the
    column ``chance``: that of an answer within the horizon, as it was on the day of the gift.
    """

    kind: str
    says: str
    book: Book
    chance: pd.DataFrame


@dataclass(frozen=True)
class World:
    """What a kind of book draws before anything happens.

    ``rate`` has a row for each tie (from ``giver`` to ``receiver``) and a column for each
    month: the referrals a day that are made along it unasked. ``returned`` gives, for giver,
    receiver and day of a gift, the chance that it is returned because it was given.
    """

    people: int
    giver: NDArray[np.int64]
    receiver: NDArray[np.int64]
    rate: NDArray[np.float64]
    returned: Callable[[int, int, int], float]
    me: int | None = None
    once: bool = False  # each tie is used once at most, at a rate that is its share of 1


def simulate(kind: str, *, seed: int = 0) -> Simulated:
    """Draw a book of one kind; the same seed gives the same book."""
    rng = np.random.default_rng([seed, list(KINDS).index(kind)])
    world = KINDS[kind](rng)
    months = world.rate.shape[1]
    rows, chance = _life(world, _unasked(world, rng), rng)
    names = np.array(NAMES, dtype=object)[rng.permutation(len(NAMES))[: world.people]]
    today = FIRST + timedelta(days=months * MONTH - 1)
    me = None if world.me is None else str(names[world.me])
    opened = pd.DataFrame(chance, columns=["giver", "receiver", "date", "chance"])
    for column in ("giver", "receiver"):
        opened[column] = pd.Series(names[opened[column].to_numpy(dtype=np.int64)], dtype="str")
    opened["date"] = pd.Timestamp(FIRST) + pd.to_timedelta(opened["date"], unit="D")
    opened = opened.sort_values(["date", "giver", "receiver"], kind="stable", ignore_index=True)
    says = " ".join((KINDS[kind].__doc__ or "").split())
    return Simulated(kind, says, _book(rows, names, me, today), opened)


def _book(
    rows: list[tuple[int, int, int]], names: NDArray[np.object_], me: str | None, today: date
) -> Book:
    """Write the referrals into a folder and read it as any book is read."""
    with TemporaryDirectory() as folder:
        with (Path(folder) / "referrals.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("date", "giver", "receiver"))
            for day, giver, receiver in rows:
                writer.writerow((FIRST + timedelta(days=day), names[giver], names[receiver]))
        return Book.read(folder, me=me, today=today)


def _unasked(world: World, rng: Generator) -> list[tuple[int, int, int]]:
    """Referrals that answer nothing: (day, giver, receiver), sorted."""
    number, months = world.rate.shape
    if world.once:
        tie = np.flatnonzero(rng.random(number) < world.rate.sum(axis=1) * MONTH)
        day = rng.integers(0, months * MONTH, len(tie))
    else:
        count = rng.poisson(world.rate * MONTH)
        tie, month = (np.repeat(at.ravel(), count.ravel()) for at in np.indices(count.shape))
        day = month * MONTH + rng.integers(0, MONTH, len(tie))
    rows = zip(day.tolist(), world.giver[tie].tolist(), world.receiver[tie].tolist(), strict=True)
    return sorted(rows)


def _life(
    world: World, unasked: list[tuple[int, int, int]], rng: Generator
) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int, float]]]:
    """Let the days pass: every gift that opens an episode may be returned on purpose.

    A return that was meant is made unless the episode has been answered before, so that
    an episode is answered with the chance 1 - (1 - q) exp(-L), where q is that of a return
    on purpose and L the referrals to be expected unasked in the horizon.
    """
    last = world.rate.shape[1] * MONTH
    expected = _expected(world)
    queue = [(day, giver, receiver, -1) for day, giver, receiver in unasked]  # -1: unasked
    opened: dict[tuple[int, int], int] = {}  # (giver, receiver) -> day
    rows: list[tuple[int, int, int]] = []
    chance: list[tuple[int, int, int, float]] = []
    queue.sort()
    while queue:
        day = queue[0][0]
        of_day: list[tuple[int, int]] = []
        while queue and queue[0][0] == day:
            _, giver, receiver, answers = heappop(queue)
            if answers < 0 or opened.get((receiver, giver)) == answers:
                of_day.append((giver, receiver))
        if day >= last:
            break
        rows += [(day, *pair) for pair in of_day]
        before = {
            pair: start
            for giver, receiver in of_day
            for pair in ((giver, receiver), (receiver, giver))
            if (start := opened.get(pair, -HORIZON - 1)) + HORIZON >= day
        }
        for giver, receiver in sorted(set(of_day)):
            if (receiver, giver) in before:
                opened.pop((receiver, giver), None)
            elif (giver, receiver) not in before:
                swapped = (receiver, giver) in of_day  # an exchange: nothing is open after it
                if not swapped:
                    opened[giver, receiver] = day
                wish = world.returned(giver, receiver, day)
                stays = np.exp(-expected(receiver, giver, day))
                chance.append((giver, receiver, day, float(1 - (1 - wish) * stays)))
                if rng.random() < wish and not swapped:
                    heappush(queue, (day + _delay(rng), receiver, giver, day))
    return rows, chance


def _expected(world: World) -> Callable[[int, int, int], float]:
    """Give a function: unasked referrals to be expected in the horizon after a day."""
    last = world.rate.shape[1] * MONTH
    months = np.arange(world.rate.shape[1] + 1)
    running = np.pad(np.cumsum(world.rate * MONTH, axis=1), ((0, 0), (1, 0)))
    ends = zip(world.giver.tolist(), world.receiver.tolist(), strict=True)
    at = {pair: row for row, pair in enumerate(ends)}

    def expected(giver: int, receiver: int, after: int) -> float:
        row = at.get((giver, receiver))
        if row is None or world.once:
            return 0.0
        days = np.minimum([after + 1, after + 1 + HORIZON], last) / MONTH
        start, end = np.interp(days, months, running[row])
        return float(end - start)

    return expected


def _delay(rng: Generator) -> int:
    """Days until a return that is meant: ten weeks or so, within the horizon."""
    while (days := 1 + int(rng.gamma(2.0, 35.0))) > HORIZON:
        pass
    return days


def ties(
    rng: Generator, people: int, each: int, group: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Draw whom each person may refer to: ``each`` others, three of four in the own group."""
    pairs: dict[tuple[int, int], None] = {}
    for person in range(people):
        near = person // group * group + rng.integers(0, group, 3 * each)
        far = rng.integers(0, people, 3 * each)
        other = np.where(rng.random(3 * each) < 0.75, near, far) % people
        mine = dict.fromkeys(int(one) for one in other if one != person)
        pairs.update(dict.fromkeys((person, one) for one in list(mine)[:each]))
    giver, receiver = np.array(sorted(pairs)).T
    return giver, receiver


def rates(
    rng: Generator,
    giver: NDArray[np.int64],
    activity: NDArray[np.float64],
    months: int,
    total: float,
) -> NDArray[np.float64]:
    """Share ``total`` unasked referrals among ties by how active givers are and how close."""
    close = activity[giver] * rng.gamma(0.7, 1.0, len(giver))
    return np.repeat((close / close.sum() * total / (months * MONTH))[:, None], months, axis=1)


def partners(rng: Generator) -> World:
    """Let some people of a chapter return nearly everything and some hardly anything."""
    people, months = 80, 48
    giver, receiver = ties(rng, people, 14, 20)
    returns = rng.beta(1.5, 2.5, people)
    rate = rates(rng, giver, rng.lognormal(0, 0.6, people), months, 4_000)
    return World(people, giver, receiver, rate, lambda _, to, __: float(returns[to]))


def pairs(rng: Generator) -> World:
    """Let a return depend on who gave to whom; over all givers people are much alike."""
    people, months = 80, 48
    giver, receiver = ties(rng, people, 14, 20)
    returns = rng.beta(0.7, 1.1, (people, people))
    rate = rates(rng, giver, rng.lognormal(0, 0.6, people), months, 4_000)
    return World(people, giver, receiver, rate, lambda one, to, _: float(returns[one, to]))


def once(rng: Generator) -> World:
    """Let two people exchange once at most; what comes back depends on the receiver."""
    people, months = 400, 60
    low, high = np.triu_indices(people, 1)
    chosen = np.sort(rng.choice(len(low), 9_000, replace=False))
    swap = rng.random(len(chosen)) < 0.5
    giver = np.where(swap, high[chosen], low[chosen])
    receiver = np.where(swap, low[chosen], high[chosen])
    returns = rng.beta(1.0, 2.0, people)
    rate = np.full((len(chosen), months), 1 / (months * MONTH))
    return World(people, giver, receiver, rate, lambda _, to, __: float(returns[to]), once=True)


def fading(rng: Generator) -> World:
    """Let pairs refer often for a time and then lose touch; returns fade with the tie."""
    people, months = 120, 42
    giver, receiver = ties(rng, people, 8, 24)
    strength: dict[tuple[int, int], tuple[float, float, float]] = {}
    for pair in sorted(
        {(min(two), max(two)) for two in zip(giver.tolist(), receiver.tolist(), strict=True)}
    ):
        strength[pair] = (rng.uniform(-400, months * MONTH), rng.gamma(3, 60.0), rng.beta(3, 2))
    both = [two for low, high in strength for two in ((low, high), (high, low))]
    middle = (np.arange(months) + 0.5) * MONTH

    def alive(one: int, to: int, day: NDArray[np.float64] | float) -> NDArray[np.float64]:
        start, lasts, _ = strength[min(one, to), max(one, to)]
        age = np.asarray(day, dtype=float) - start
        return np.where(age < 0, 0.0, np.exp(-np.maximum(age, 0) / lasts))

    keen = rng.gamma(1.0, 1.0, len(both))
    rate = np.array([alive(one, to, middle) * at for (one, to), at in zip(both, keen, strict=True)])
    rate *= 12_000 / (rate.sum() * MONTH)
    ends = np.array(both).T
    return World(
        people,
        ends[0],
        ends[1],
        rate,
        lambda one, to, day: float(
            0.8 * strength[min(one, to), max(one, to)][2] * alive(one, to, float(day))
        ),
    )


def drifting(rng: Generator) -> World:
    """Let people change: now and then they return more or less than before, or go quiet."""
    people, months = 100, 60
    giver, receiver = ties(rng, people, 12, 25)
    returns = np.empty((people, months))
    active = np.repeat(rng.lognormal(0, 0.6, people)[:, None], months, axis=1)
    for person in range(people):
        returns[person] = rng.beta(1.0, 1.6)
        for month in np.flatnonzero(rng.random(months) < 1 / 15):
            quiet = rng.random() < 0.3
            returns[person, month:] = 0.03 if quiet else rng.beta(1.0, 1.6)
            active[person, month:] = 0.05 if quiet else rng.lognormal(0, 0.6)
    close = active[giver] * rng.gamma(0.7, 1.0, len(giver))[:, None]
    rate = close * 7_000 / (close.sum() * MONTH)
    return World(people, giver, receiver, rate, lambda _, to, day: float(returns[to, day // MONTH]))


def adviser(rng: Generator) -> World:
    """Keep one adviser's own book: mostly one way, few pairs with more than a gift or two."""
    people, months = 110, 36
    others = np.arange(1, people)
    between = rng.choice(others, (70, 2))
    between = np.unique(between[between[:, 0] != between[:, 1]], axis=0)
    giver = np.r_[np.zeros_like(others), others, between[:, 0]]
    receiver = np.r_[others, np.zeros_like(others), between[:, 1]]
    amount = np.r_[
        rng.gamma(0.5, 3.6, people - 1) * (rng.random(people - 1) < 0.6),
        rng.gamma(0.5, 3.4, people - 1) * (rng.random(people - 1) < 0.8),
        np.ones(len(between)),
    ]
    returns = np.r_[0.35, rng.beta(0.9, 2.2, people - 1)]
    rate = np.repeat((amount / (months * MONTH))[:, None], months, axis=1)
    return World(people, giver, receiver, rate, lambda _, to, __: float(returns[to]), me=0)


def activity(rng: Generator) -> World:
    """Let whoever refers much of their own accord also return more."""
    people, months = 150, 42
    giver, receiver = ties(rng, people, 12, 30)
    keen = rng.standard_normal(people)
    returns = 1 / (1 + np.exp(1.0 - 1.1 * keen))
    rate = rates(rng, giver, np.exp(0.8 * keen), months, 7_000)
    return World(people, giver, receiver, rate, lambda _, to, __: float(returns[to]))


def alike(rng: Generator) -> World:
    """Let everybody return with the same chance: nothing can be foreseen, by any score."""
    people, months = 100, 48
    giver, receiver = ties(rng, people, 14, 25)
    first = dict.fromkeys(
        (min(two), max(two)) for two in zip(giver.tolist(), receiver.tolist(), strict=True)
    )
    ends = np.array(list(first))
    swap = rng.random(len(ends)) < 0.5  # unasked one way only, or busy pairs would return more
    giver = np.where(swap, ends[:, 1], ends[:, 0])
    receiver = np.where(swap, ends[:, 0], ends[:, 1])
    rate = rates(rng, giver, rng.lognormal(0, 0.6, people), months, 5_000)
    return World(people, giver, receiver, rate, lambda _, __, ___: 0.4)


def hubs(rng: Generator) -> World:
    """Let the busy give to everybody, most to the popular; hardly anything answers a gift."""
    people, months = 200, 36
    gives, draws = rng.pareto(1.6, people) + 0.1, rng.pareto(1.6, people) + 0.1
    giver, receiver = (at.ravel() for at in np.indices((people, people)))
    rate = (gives / gives.sum())[giver] * (draws / draws.sum())[receiver] * (giver != receiver)
    kept = rate > 0
    giver, receiver, rate = giver[kept], receiver[kept], rate[kept] * 14_000 / (months * MONTH)
    return World(
        people, giver, receiver, np.repeat(rate[:, None], months, axis=1), lambda _, __, ___: 0.03
    )


KINDS: dict[str, Callable[[Generator], World]] = {
    make.__name__: make
    for make in (partners, pairs, once, fading, drifting, adviser, activity, alike, hubs)
}


if __name__ == "__main__":
    from refgraph.analysis.returning import returns as found

    for name in KINDS:
        one = simulate(name)
        made = found.episodes(one.book, horizon=HORIZON)
        closed = (made["state"] != "censored").to_numpy()
        print(f"{name}: {one.says}\n  {one.book}")
        print(
            f"  {len(made):,} episodes, {closed.sum():,} closed, of them "
            f"{(made['state'][closed] == 'answered').mean():.3f} answered; "
            f"their chance {one.chance['chance'][closed].mean():.3f} on average"
        )
