"""Does an order put first what gains most? The area under a Qini curve, giver by giver."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from refgraph.analysis.statistics.random import generator
from refgraph.progress import counted

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["TOP", "Gains", "area", "drawn", "thirds"]

TOP = 1 / 3  # of a giver's gifts, by weight
_CELLS = 2_000_000  # numbers held at a time


class Gains(NamedTuple):
    """What each of some gifts gained, and how much each counts.

    ``gained`` is already weighed: a gift that gained 1 and counts half has 0.5.
    """

    giver: Ints
    gained: Floats
    weight: Floats


class _Order(NamedTuple):
    """Gifts sorted by giver and score: where their giver begins and ends, and their ties."""

    rows: NDArray[np.intp]
    first: NDArray[np.intp]
    last: NDArray[np.intp]
    under: NDArray[np.intp]
    over: NDArray[np.intp]


def area(score: ArrayLike, gains: Gains) -> float:
    r"""Give how much more the higher of two gifts of one giver gained, on average.

    Cumulate what the gifts of a giver gained, from the highest score down: the Qini curve
    [1]_. A random order makes it a straight line, and the area between the two says how much
    the order is worth. In a unit that can be read: with gains :math:`r_a` of weight
    :math:`v_a` and scores :math:`s_a`, over the gifts :math:`a, b` of giver :math:`i`,

    .. math::
        G = \frac{\sum_i \frac{1}{V_i} \sum_{a < b} v_a v_b \,
            \text{sgn}(s_a - s_b)(r_a - r_b)}{\sum_i \frac{1}{V_i} \sum_{a < b} v_a v_b},
        \quad V_i = \sum_a v_a

    which for one giver and equal weights is that area per gift, times
    :math:`4 n / (n - 1)`. Of two that are level neither is higher: they give 0.

    Parameters
    ----------
    score : array_like
        One for each gift; more is higher.
    gains : Gains
        The gifts.

    Returns
    -------
    float
        In referrals; NaN unless a giver has two gifts that count.

    References
    ----------
    .. [1] Radcliffe, N. J. (2007). Using control groups to target on predicted lift.
       *Direct Marketing Analytics Journal* 1, 14-21.

    Examples
    --------
    One giver's three gifts gained 1, 0 and 0.5. In this order the higher one of two gained 1
    more, 0.5 more and 0.5 less:

    >>> three = Gains(np.array([7, 7, 7]), np.array([1.0, 0.0, 0.5]), np.ones(3))
    >>> round(area([9, 5, 2], three), 3), round(area([2, 5, 9], three), 3), area([1, 1, 1], three)
    (0.333, -0.333, 0.0)

    Those of two givers are not compared:

    >>> area([3, 2], Gains(np.array([1, 2]), np.array([1.0, 0.0]), np.ones(2)))
    nan
    """
    order = _order(np.asarray(score, dtype=float), gains.giver)
    found = _areas(order, gains, np.ones((len(gains.giver), 1)))
    return float(found[0])


def thirds(score: ArrayLike, gains: Gains) -> tuple[float, float]:
    """Give what a gift to the top third of each giver's order gained, and one of the others.

    A gift on the border, and those level with it, are in both by their share.

    Examples
    --------
    >>> three = Gains(np.array([7, 7, 7]), np.array([1.0, 0.0, 0.5]), np.ones(3))
    >>> thirds([9, 5, 2], three), thirds([1, 1, 1], three)
    ((1.0, 0.25), (0.5, 0.5))
    """
    order = _order(np.asarray(score, dtype=float), gains.giver)
    weight, gained = gains.weight[order.rows], gains.gained[order.rows]
    if not weight.sum() > 0:
        return float("nan"), float("nan")
    so_far = np.r_[0.0, np.cumsum(weight)]
    whole = so_far[order.last] - so_far[order.first]
    above = so_far[order.last] - so_far[order.over]
    block = so_far[order.over] - so_far[order.under]
    share = np.clip((TOP * whole - above) / np.where(block > 0, block, 1.0), 0, 1)
    top, rest = share @ weight, (1 - share) @ weight
    return float(share @ gained / top), float((1 - share) @ gained / rest)


def drawn(
    scores: list[Floats], gains: Gains, person: ArrayLike, *, samples: int = 500, seed: int = 0
) -> Floats:
    """Draw as many people as there are, with replacement, and take the area of their gifts.

    Parameters
    ----------
    scores : list of ndarray
        Each with one value for each gift. All are taken of the same samples.
    gains : Gains
        The gifts.
    person : array_like of int
        Whose gifts stay together; a number from 0 for each gift.
    samples : int, default 500
        How often it is drawn.
    seed : int, default 0
        Where the chance comes from.

    Returns
    -------
    ndarray of float64
        A row for each score, a column for each sample; all NaN for a single person.

    Examples
    --------
    >>> two = Gains(np.array([0, 0, 1, 1]), np.array([1.0, 0.0, 1.0, 0.0]), np.ones(4))
    >>> drawn([np.array([2.0, 1.0, 4.0, 3.0])], two, two.giver, samples=3).tolist()
    [[1.0, 1.0, 1.0]]
    """
    _, who = np.unique(np.asarray(person), return_inverse=True)
    people, rng = int(who.max(initial=-1)) + 1, generator(seed)
    found = np.full((len(scores), samples), np.nan)
    if people < 2:
        return found
    orders = [_order(np.asarray(score, dtype=float), gains.giver) for score in scores]
    at_once = max(1, min(samples, _CELLS // len(who)))
    starts = range(0, samples, at_once)
    for start in counted(starts, "Drawing people anew for the ranges", len(starts)):
        number = min(at_once, samples - start)
        chosen = rng.integers(people, size=(number, people)) + people * np.arange(number)[:, None]
        times = np.bincount(chosen.ravel(), minlength=number * people).reshape(number, people)
        drawn_so = np.ascontiguousarray(times.T[who], dtype=float)
        for row, order in enumerate(orders):
            found[row, start : start + number] = _areas(order, gains, drawn_so)
    return found


def _order(score: Floats, giver: Ints) -> _Order:
    """Sort gifts by giver and score, the lowest first."""
    rows = np.lexsort((score, giver))
    new_giver = np.diff(giver[rows], prepend=-1) != 0
    new_score = new_giver | (np.diff(score[rows], prepend=np.nan) != 0)
    bounds = []
    for new in (new_giver, new_score):
        start = np.flatnonzero(new)
        which = np.cumsum(new) - 1
        bounds.append((start[which], np.r_[start[1:], len(rows)].astype(np.intp)[which]))
    (first, last), (under, over) = bounds
    return _Order(rows, first, last, under, over)


def _areas(order: _Order, gains: Gains, times: Floats) -> Floats:
    """Take the area where each gift (row) is there so many times, in each sample (column)."""
    times = times[order.rows]
    weight = gains.weight[order.rows, None] * times
    so_far = np.concatenate([np.zeros((1, times.shape[1])), np.cumsum(weight, axis=0)])
    whole = so_far[order.last] - so_far[order.first]
    below, above = (
        so_far[order.under] - so_far[order.first],
        so_far[order.last] - so_far[order.over],
    )
    part = np.divide(1.0, whole, out=np.zeros_like(whole), where=whole > 1e-12)
    gained = (gains.gained[order.rows, None] * times * (below - above) * part).sum(axis=0)
    pairs = (weight * (whole - weight) * part).sum(axis=0) / 2
    return np.asarray(np.divide(gained, pairs, out=np.full(len(pairs), np.nan), where=pairs > 1e-9))
