"""The AUC of scores in samples that are drawn anew, person by person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.seeded import generator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

__all__ = ["aucs", "interval"]

_CELLS = 4_000_000  # numbers held at a time


def aucs(
    scores: Sequence[ArrayLike],
    answered: ArrayLike,
    person: ArrayLike,
    *,
    samples: int = 500,
    seed: int = 0,
) -> NDArray[np.float64]:
    """Draw as many people as there are, with replacement, and take the AUC of their gifts.

    The gifts of one person stay together, because they resemble each other: drawn one by
    one they would seem to say more than they do. All scores are taken of the same samples,
    so that their differences can be taken too.

    Parameters
    ----------
    scores : sequence of array_like
        Each with one value for each gift.
    answered, person : array_like
        One value for each gift; ``person`` as a number from 0.
    samples : int, default 500
        How often it is drawn.
    seed : int, default 0
        Where the chance comes from.

    Returns
    -------
    ndarray of float64
        A row for each score, a column for each sample; NaN where all its gifts, or none,
        were answered, and everywhere for a single person, of whom there is one sample only.

    Examples
    --------
    >>> found = aucs([[0.9, 0.1, 0.8, 0.2]], [True, False, True, False], [0, 0, 1, 1], samples=3)
    >>> found.tolist()
    [[1.0, 1.0, 1.0]]
    """
    won, who = np.asarray(answered, dtype=bool), np.asarray(person, dtype=np.int64)
    _, who = np.unique(who, return_inverse=True)
    people, rng = int(who.max(initial=-1)) + 1, generator(seed)
    found = np.full((len(scores), samples), np.nan)
    if people < 2 or won.all() or not won.any():
        return found
    sorted_scores = [_levels(np.asarray(score, dtype=float), won) for score in scores]
    at_once = max(1, min(samples, _CELLS // len(won)))
    for start in range(0, samples, at_once):
        number = min(at_once, samples - start)
        drawn = rng.integers(people, size=(number, people)) + people * np.arange(number)[:, None]
        times = np.bincount(drawn.ravel(), minlength=number * people).reshape(number, people)
        times = np.ascontiguousarray(times.T, dtype=np.float32)  # whole numbers, exact
        yes, no = times[who[won]], times[who[~won]]
        pairs = yes.sum(0, dtype=float) * no.sum(0, dtype=float)
        for row, (order, under, level) in enumerate(sorted_scores):
            below = np.zeros((len(order) + 1, number), dtype=np.float32)
            np.cumsum(no[order], axis=0, out=below[1:])
            wins = np.einsum("gs,gs->s", yes, below[under] + below[level], dtype=float) / 2
            with np.errstate(invalid="ignore", divide="ignore"):
                found[row, start : start + number] = wins / pairs
    return found


def interval(drawn: NDArray[np.float64]) -> tuple[float, float]:
    """Middle 95 % of what was drawn, or NaN where nothing is defined.

    Examples
    --------
    >>> interval(np.arange(0.0, 101.0))
    (2.5, 97.5)
    """
    known = drawn[~np.isnan(drawn)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, (0.025, 0.975))
    return float(low), float(high)


def _levels(
    score: NDArray[np.float64], won: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Sort the others, and find how many of them are under, and not above, each answered."""
    others = score[~won]
    order = np.argsort(others, kind="stable")
    under = np.searchsorted(others, score[won], side="left", sorter=order)
    level = np.searchsorted(others, score[won], side="right", sorter=order)
    return order, under, level
