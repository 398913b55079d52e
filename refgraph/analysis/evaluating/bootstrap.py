"""The AUC of scores in samples that are drawn anew, person by person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.statistics.random import generator
from refgraph.progress import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray
    from scipy import sparse

__all__ = ["around", "at_most", "aucs", "interval"]

_AT_ONCE = 0.99  # of what is drawn, for an end that holds for all
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
    steps = [_steps(np.asarray(score, dtype=float), won, who) for score in scores]
    at_once = max(1, min(samples, _CELLS // len(won)))
    starts = range(0, samples, at_once)
    for start in counted(starts, "Drawing people anew for the ranges", len(starts)):
        number = min(at_once, samples - start)
        drawn = rng.integers(people, size=(number, people)) + people * np.arange(number)[:, None]
        times = np.bincount(drawn.ravel(), minlength=number * people).reshape(number, people)
        times = np.ascontiguousarray(times.T, dtype=np.float32)  # whole numbers, exact
        for row, (yes, no) in enumerate(steps):
            answered_at, below = yes @ times, np.cumsum(no @ times, axis=0)
            under, level = below[:-1:2], below[1::2]
            wins = np.einsum("gs,gs->s", answered_at, under + level, dtype=float) / 2
            pairs = answered_at.sum(0, dtype=float) * below[-1]
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


def around(point: float, drawn: NDArray[np.float64], people: float) -> tuple[float, float]:
    """Give a 95 % interval around a value, from how far samples of so many people are off.

    As wide as Student's t with so many degrees of freedom as people, less one, has it: samples
    of few people vary too little [1]_. How far they are off is counted from their own mean,
    which is nearer to 0 than the value where each person is in a sample more than once.

    Parameters
    ----------
    point : float
        The value.
    drawn : ndarray of float64
        The same of each sample.
    people : float
        How many are drawn.

    Returns
    -------
    tuple of float
        NaN where nothing is defined.

    References
    ----------
    .. [1] Hesterberg, T. C. (2015). What teachers should know about the bootstrap.
       *The American Statistician* 69, 371-386.

    Examples
    --------
    >>> low, high = around(10.0, np.arange(0.0, 101.0), 1e9)
    >>> round(low, 2), round(high, 2)
    (-37.5, 57.5)
    >>> around(10.0, np.arange(0.0, 101.0), 10)[0] < low
    True
    """
    from scipy.special import ndtr, stdtrit  # noqa: PLC0415  # 0.1 s that most answers do without

    known = drawn[~np.isnan(drawn)]
    if not len(known) or np.isnan(point):
        return float("nan"), float("nan")
    free = max(people - 1, 1.0)
    out = float(ndtr(np.sqrt(people / free) * stdtrit(free, 0.025)))
    low, high = np.quantile(known - known.mean(), (out, 1 - out))
    return float(point + min(low, 0)), float(point + max(high, 0))


def at_most(values: ArrayLike, drawn: NDArray[np.float64]) -> NDArray[np.float64]:
    r"""Give upper ends that hold for several values at once, so that any may be picked out.

    With :math:`d_{rb}` value :math:`r` in sample :math:`b`, :math:`m_r` their mean and
    :math:`s_r` their standard deviation, they are :math:`x_r + q s_r` where :math:`q` is the
    99 % quantile, over the samples, of the greatest :math:`(m_r - d_{rb}) / s_r` (the maxT
    method [1]_). The least of eleven is low by luck more often than a single one: a value
    whose end is below 0 is so although it was picked out for being low. With the 97.5 % of
    other upper ends, samples of a few dozen people would claim too much.

    Parameters
    ----------
    values : array_like
        What is to have an upper end.
    drawn : ndarray of float64
        A row for each value, a column for each sample.

    Returns
    -------
    ndarray of float64
        NaN where nothing is defined.

    References
    ----------
    .. [1] Westfall, P. H., Young, S. S. (1993). *Resampling-Based Multiple Testing*. Wiley.

    Examples
    --------
    The lowest of one value is in the sample that is the highest of the other:

    >>> drawn = np.array([[-1.0, -0.5, 0.5, 1.0], [1.0, 0.5, -0.5, -1.0]])
    >>> alone, both = at_most([0.0], drawn[:1]), at_most([0.0, 0.0], drawn)
    >>> alone.round(3).tolist(), both.round(3).tolist()
    ([0.985], [1.0, 1.0])
    """
    drawn = drawn[:, ~np.isnan(drawn).any(axis=0)]
    point = np.asarray(values, dtype=float)
    if not drawn.size:
        return np.full(len(point), np.nan)
    spread = drawn.std(axis=1, keepdims=True)
    off = drawn.mean(axis=1, keepdims=True) - drawn
    furthest = np.divide(off, spread, out=np.zeros_like(off), where=spread > 0).max(axis=0)
    found: NDArray[np.float64] = point + np.quantile(furthest, _AT_ONCE) * spread[:, 0]
    return found


def _steps(
    score: NDArray[np.float64], won: NDArray[np.bool_], who: NDArray[np.intp]
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Count the gifts of each person: the answered by their score, the others by where they are.

    Of the others the even rows are those under the first answered score, between it and the
    second, and so on, and the odd ones those that are as high.
    """
    from scipy.sparse import csr_matrix  # noqa: PLC0415  # 0.2 s that most answers do without

    levels, at = np.unique(score[won], return_inverse=True)
    others, people = score[~won], int(who.max()) + 1
    step = np.searchsorted(levels, others, "left") + np.searchsorted(levels, others, "right")
    yes, no = (
        csr_matrix((np.ones(len(row), dtype=np.float32), (row, column)), shape=(rows, people))
        for row, column, rows in (
            (at, who[won], len(levels)),
            (step, who[~won], 2 * len(levels) + 1),
        )
    )
    return yes, no
