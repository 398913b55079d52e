"""The kinds of worlds in which the worth of a gift is known.

The nine kinds of :mod:`simulated`, four in which advice goes wrong easily, and two without any
effect. :mod:`lives` lets them run, and :mod:`futures` lives them once more with a gift added.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import simulated
from simulated import HORIZON, MONTH, World, rates, ties

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator
    from numpy.typing import NDArray

__all__ = ["ALIKE", "FUTURE", "HARD", "KINDS", "NULL", "Ways"]

FUTURE = HORIZON // MONTH  # months after today
ALIKE = ("alike", "hubs")  # everybody would return the same: what is open makes all the difference


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
    giver, receiver = ties(rng, people, 9, 18)
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
    """Draw how busy each month is: in spells, a quarter of the time, far busier than else."""
    found, at, busy = np.empty(months), 0, rng.random() < 0.25
    while at < months:
        spell = 1 + int(rng.geometric(1 / (4 if busy else 12)))
        found[at : at + spell] = 4.0 if busy else 0.6
        at, busy = at + spell, not busy
    return found


def wearing(rng: Generator) -> Ways:
    """Let each further gift to the same person bring less than the one before."""
    people, months = 90, 48
    giver, receiver = ties(rng, people, 12, 30)
    rate = rates(rng, giver, rng.lognormal(0, 0.6, people), months, 3_500)
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
    giver, receiver = ties(rng, people, 12, 30)
    rate = rates(rng, giver, rng.lognormal(0, 0.8, people), months, 4_000)
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
