"""What each gift tells of whether it brought a return, and how fast that evidence ages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.estimating.running_totals import Running
from refgraph.analysis.returning.spells import BINS, part_of, summed, watched_parts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.analysis.returning.excitation import Excitation
    from refgraph.analysis.returning.occasions import Occasions

__all__ = ["best_half_life", "evidence"]

_HALF_LIVES = (180.0, 365.0, 730.0, 1460.0)  # days
_PRIOR_GIFTS = (1.0, 3.0, 8.0, 20.0)  # that the mean of the book is worth, tried in turn
_OCTAVES = 0.5  # spread of half-lives around the one asked for, in doublings


def evidence(seen: Occasions, found: Excitation) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Say how much likelier what came is if a gift brought it, and how much was to come by now.

    What other gifts may have brought counts as coming anyway.

    Returns
    -------
    odds, passed : ndarray of float64
        For each occasion, taken as a gift: :math:`S_g` and :math:`F_g` of
        :func:`refgraph.analysis.estimating.pooling.pool`.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.returning.excitation import fit
    >>> from refgraph.analysis.returning.occasions import occasions
    >>> seen = occasions(Book.sample())
    >>> odds, passed = evidence(seen, fit(seen, half_life=730))
    >>> bool((odds >= 0).all()), bool(((passed >= 0) & (passed <= 1)).all())
    (True, True)
    """
    number, horizon = len(seen.day), seen.horizon
    factor = np.minimum(found.factor, 1.0)
    timely = factor[seen.gift] * found.share[part_of(seen.lag, horizon)] * BINS / horizon
    excited = found.strength[seen.gift] * timely
    others = found.background + summed(seen.later, excited, number)
    odds = summed(seen.gift, timely / (others[seen.later] - excited), number)
    so_far = watched_parts(seen.age, horizon)
    return odds, factor * (so_far @ found.share)


def best_half_life(
    seen: Occasions,
    found: Excitation,
    odds: NDArray[np.float64],
    passed: NDArray[np.float64],
    *,
    around: float,
) -> float:
    """Choose the half-life by which gifts are foretold best from those to the same person before.

    Each gift brought what it is held to have brought by now, and is foretold by the decayed
    mean of those before, shrunk to that of the book; a half-life far from the one asked for
    has to be better by as much as a normal prior on its logarithm says.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.returning.excitation import fit
    >>> from refgraph.analysis.returning.occasions import occasions
    >>> seen = occasions(Book.sample())
    >>> found = fit(seen, half_life=730)
    >>> best_half_life(seen, found, *evidence(seen, found), around=730) in (180, 365, 730, 1460)
    True
    """
    usual = float(np.clip(found.overall, 0.02, 0.9))
    brought = usual * odds / (1 - usual * passed + usual * odds)
    mean = float(brought.sum() / max(passed.sum(), 1e-9))
    best, told = around, -np.inf
    half_lives = [around / 730 * days for days in _HALF_LIVES]
    so_far = Running(seen.receiver, seen.day, passed).before_each([brought, passed], half_lives)
    for half_life, (came, made) in zip(half_lives, so_far, strict=True):
        fits = []
        for gifts in _PRIOR_GIFTS:
            chance = np.clip((came + gifts * mean) / (made + gifts), 1e-3, 1 - 1e-3)
            missed = np.maximum(passed - brought, 0)
            fits.append(float((brought * np.log(chance) + missed * np.log1p(-chance)).sum()))
        here = max(fits) - (np.log2(half_life / around) / _OCTAVES) ** 2 / 2
        if here > told + 1e-9:
            best, told = half_life, here
    return best
