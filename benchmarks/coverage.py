# ruff: noqa: SLF001  (it draws worlds as simulated.py does, and looks into them)
"""How often the true chance of a return lies between low and high, where it is known.

Usage: python benchmarks/coverage.py [--seed N] [--books N] [KIND ...]

The nine kinds of simulated books, two in which few return anything and people differ, and one in
which pairs meet once and differ as far as the model thinks they may. For everybody to whom a
person may give, the true chance is that of a referral back within the horizon of a gift on the
last day: 1 - (1 - wish) exp(-unasked), where the rate of what comes unasked stays what it is in
the last month. Of a book with a me these are me's; of others, those of several people. An interval
of 95 % is to hold 90 to 98 of a hundred.

It cannot do so in every kind. Where pairs meet once, nothing on record tells how far givers to one
person differ: the books of `once`, where they do not, and of `once_unlike` look the same, and so
are the ranges, as wide as pairs may differ by what is thought beforehand. They hold all there, and
half to all here, 0.74 and 0.998 on the mean of two runs. Ranges narrow enough for `once` (0.95, if
pairs were known to be alike) would say what no book can tell. `hubs` is alike: one gift in thirty
is returned, and that pairs differ little is not seen from so few.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import simulated
from simulated import HORIZON, KINDS, World

from refgraph.analysis.suggesting import refer_first

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

    from refgraph import Book

VIEWS = 6  # people who look, where there is no me
PAIRS = 0.35  # how far the model thinks pairs may differ, as a standard deviation


class Lived(NamedTuple):
    """A book, the world it comes from, and what its people are called."""

    book: Book
    world: World
    names: list[str]


def rare(rng: Generator) -> World:
    """Let one gift of twenty be returned, most of them by a few people of a chapter."""
    people, months = 80, 48
    giver, receiver = simulated.ties(rng, people, 14, 20)
    returns = rng.beta(0.25, 4.75, people)
    rate = simulated.rates(rng, giver, rng.lognormal(0, 0.6, people), months, 1_500)
    return World(people, giver, receiver, rate, lambda _, to, __: float(returns[to]))


def rare_mine(rng: Generator) -> World:
    """Keep the book of an adviser to whom few return anything."""
    people, months = 60, 30
    others = np.arange(1, people)
    giver, receiver = np.r_[np.zeros_like(others), others], np.r_[others, np.zeros_like(others)]
    amount = np.r_[rng.gamma(1.0, 2.0, people - 1), rng.gamma(0.3, 0.7, people - 1)]
    returns = np.r_[0.35, rng.beta(0.4, 7.0, people - 1)]
    rate = np.repeat((amount / (months * 30))[:, None], months, axis=1)
    return World(people, giver, receiver, rate, lambda _, to, __: float(returns[to]), me=0)


def once_unlike(rng: Generator) -> World:
    """Let pairs who meet once differ as far as is thought of them before anything is known."""
    world, spread = simulated.once(rng), 1.0
    while not 0.01 < spread < 0.95:
        spread = abs(float(rng.normal(0, PAIRS)))
    usual = np.array([world.returned(0, to, 0) for to in range(world.people)]).clip(1e-3, 1 - 1e-3)
    worth = 1 / spread**2 - 1
    returns = rng.beta(worth * usual, worth * (1 - usual), (world.people, world.people))
    return replace(world, returned=lambda one, to, _: float(returns[one, to]))


ALL: dict[str, Callable[[Generator], World]] = {
    **KINDS,
    **{each.__name__: each for each in (rare, rare_mine, once_unlike)},
}


def live(kind: str, *, seed: int) -> Lived:
    """Draw the book that :func:`simulated.simulate` draws, and keep its world."""
    rng = np.random.default_rng([seed, list(ALL).index(kind)])
    world = ALL[kind](rng)
    rows, _ = simulated._life(world, simulated._unasked(world, rng), rng)
    names = np.array(simulated.NAMES, dtype=object)
    names = names[rng.permutation(len(names))[: world.people]]
    today = simulated.FIRST + timedelta(days=world.rate.shape[1] * 30 - 1)
    me = None if world.me is None else str(names[world.me])
    return Lived(simulated._book(rows, names, me, today), world, [str(name) for name in names])


def truth(world: World, giver: int) -> dict[int, float]:
    """Give the true chance of everybody to whom one may give, on the last day."""
    ends = zip(world.giver.tolist(), world.receiver.tolist(), strict=True)
    at = dict(zip(ends, world.rate[:, -1].tolist(), strict=True))
    day, found = world.rate.shape[1] * 30 - 1, {}
    for to in range(world.people):
        if to == giver:
            continue
        try:
            wish = world.returned(giver, to, day)
        except KeyError:  # the two have no tie in this kind of world
            continue
        unasked = 0.0 if world.once else at.get((to, giver), 0.0) * HORIZON
        found[to] = float(1 - (1 - wish) * np.exp(-unasked))
    return found


def seen(one: Lived) -> pd.DataFrame:
    """Set what is said to each viewer beside the truth."""
    world, place = one.world, {name: at for at, name in enumerate(one.names)}
    known = [at for at, name in enumerate(one.names) if name in one.book.people.index]
    step = max(1, len(known) // VIEWS)
    viewers = [world.me] if world.me is not None else known[::step][:VIEWS]
    tables = []
    for viewer in viewers:
        table = refer_first.expected_return(one.book, one.names[viewer], horizon=HORIZON)
        true = truth(world, viewer)
        table = table.assign(true=[true.get(place[name], np.nan) for name in table.index])
        tables.append(table[["expected_return", "low", "high", "true"]].dropna())
    return pd.concat(tables)


def figures(table: pd.DataFrame) -> dict[str, float]:
    """Give the coverage and what it costs, and what the top tenth is told and is."""
    true, said = table["true"], table["expected_return"]
    top = said >= said.quantile(0.9)
    return {
        "people": len(table),
        "coverage": (true.between(table["low"] - 1e-12, table["high"] + 1e-12)).mean(),
        "under": (true < table["low"] - 1e-12).mean(),
        "over": (true > table["high"] + 1e-12).mean(),
        "width": (table["high"] - table["low"]).mean(),
        "true": true.mean(),
        "expected": said.mean(),
        "top true": true[top].mean(),
        "top expected": said[top].mean(),
        "order": said.corr(true, method="spearman"),
        "off": float(np.sqrt(((said - true) ** 2).mean())),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("kinds", nargs="*", default=list(ALL), metavar="KIND")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--books", type=int, default=3, help="of each kind")
    chosen = parser.parse_args()
    rows = {}
    for kind in chosen.kinds:
        number = chosen.books * (3 if ALL[kind] in {rare_mine, KINDS["adviser"]} else 1)
        books = [live(kind, seed=chosen.seed + at) for at in range(number)]
        rows[kind] = figures(pd.concat([seen(one) for one in books]))
        print(f"{kind}: {rows[kind]['coverage']:.3f}", flush=True)
    print(pd.DataFrame(rows).T.to_string(float_format="{:.3f}".format))


if __name__ == "__main__":
    main()
