"""How well scores put the answered before the others, and how well chances come true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["auc", "average_precision", "brier", "calibration", "calibration_error", "precision_at"]

_BINS = 10


def auc(score: ArrayLike, answered: ArrayLike) -> float:
    r"""Chance that, of an answered gift and one that was not, the answered has more.

    With :math:`n_1` answered scores :math:`s_a` and :math:`n_0` others :math:`s_b`, half
    of every tie counts (Mann and Whitney's statistic, as a share):

    .. math:: \frac{1}{n_1 n_0} \sum_{a, b} [s_a > s_b] + \tfrac12 [s_a = s_b]

    Returns
    -------
    float
        0 to 1, 0.5 for a coin; NaN unless there are both.

    Examples
    --------
    >>> auc([0.9, 0.4, 0.4, 0.1], [True, True, False, False])
    0.875
    """
    values, won = _both(score, answered)
    _, group = np.unique(values, return_inverse=True)
    yes, no = np.bincount(group, won), np.bincount(group, ~won)
    pairs = yes.sum() * no.sum()
    if not pairs:
        return float("nan")
    return float(yes @ (np.cumsum(no) - no / 2) / pairs)


def average_precision(score: ArrayLike, answered: ArrayLike) -> float:
    r"""Mean, over the answered gifts, of the share answered among those scored as high.

    .. math:: \frac{1}{n_1} \sum_a \frac{\#\{a' : s_{a'} \ge s_a\}}{\#\{c : s_c \ge s_a\}}

    Equal scores come all at once, so that their order cannot matter.

    Returns
    -------
    float
        0 to 1, the share answered if all scores are equal; NaN unless there are both.

    Examples
    --------
    >>> average_precision([0.9, 0.4, 0.4, 0.1], [True, True, False, False])
    0.8333333333333333
    """
    values, won = _both(score, answered)
    if won.all() or not won.any():
        return float("nan")
    _, group = np.unique(-values, return_inverse=True)
    yes, each = np.bincount(group, won), np.bincount(group)
    return float(yes @ (np.cumsum(yes) / np.cumsum(each)) / yes.sum())


def precision_at(score: ArrayLike, answered: ArrayLike, giver: ArrayLike, *, k: int = 5) -> float:
    """Share answered among the k best scores of a giver, as a mean over givers.

    Only givers with at least k gifts, some answered and some not, are counted. Where the
    k-th place is shared, the mean over all orders of the equal scores is taken.

    Parameters
    ----------
    score, answered, giver : array_like
        One value for each gift.
    k : int, default 5
        Places.

    Returns
    -------
    float
        0 to 1; NaN if no giver is counted.

    Examples
    --------
    One place, and two gifts that share it:

    >>> precision_at([0.9, 0.9, 0.1], [True, False, False], ["Ann"] * 3, k=1)
    0.5
    """
    values, won = _both(score, answered)
    _, who = np.unique(np.asarray(giver), return_inverse=True)
    gifts, yes = np.bincount(who), np.bincount(who, won)
    counted = ((gifts >= k) & (yes > 0) & (yes < gifts))[who]
    who, values, won = who[counted], values[counted], won[counted]
    if not len(who):
        return float("nan")
    order = np.lexsort((-values, who))
    who, values, won = who[order], values[order], won[order]
    new = np.diff(who, prepend=-1) != 0
    first = np.flatnonzero(new)  # gift of each giver
    level = np.flatnonzero(new | (np.diff(values, prepend=0) != 0))  # gift of each equal score
    size = np.diff(level, append=len(who))
    before = level - first[np.cumsum(new)[level] - 1]
    places = np.clip(k - before, 0, size)
    return float((np.add.reduceat(won.astype(float), level) / size * places).sum() / k / len(first))


def brier(chance: ArrayLike, answered: ArrayLike) -> float:
    """Mean squared distance of the chances from what came of them, 1 or 0.

    Returns
    -------
    float
        0 to 1, less is better; NaN without gifts.

    Examples
    --------
    >>> brier([0.5, 0.5], [True, False])
    0.25
    """
    values, won = _both(chance, answered)
    return float(np.mean((values - won) ** 2)) if len(won) else float("nan")


def calibration(chance: ArrayLike, answered: ArrayLike) -> pd.DataFrame:
    """Set the chances against what came of them, in ten classes of equal width.

    Returns
    -------
    pandas.DataFrame
        The classes with any gift: floats ``low`` and ``high`` (the class; 1 belongs to the
        last), ``gifts`` (int), ``predicted`` (mean chance) and ``observed`` (share answered).

    Examples
    --------
    >>> calibration([0.12, 0.14, 0.91], [False, True, True])
       low  high  gifts  predicted  observed
    0  0.1   0.2      2       0.13       0.5
    1  0.9   1.0      1       0.91       1.0
    """
    values, won = _both(chance, answered)
    place = np.minimum((values * _BINS).astype(np.int64), _BINS - 1)
    gifts = np.bincount(place, minlength=_BINS)
    kept = np.flatnonzero(gifts)
    return pd.DataFrame(
        {
            "low": kept / _BINS,
            "high": (kept + 1) / _BINS,
            "gifts": gifts[kept],
            "predicted": np.bincount(place, values, _BINS)[kept] / gifts[kept],
            "observed": np.bincount(place, won, _BINS)[kept] / gifts[kept],
        }
    )


def calibration_error(chance: ArrayLike, answered: ArrayLike) -> float:
    """Mean distance of predicted and observed over the classes, by the gifts in each.

    Returns
    -------
    float
        0 to 1, less is better; NaN without gifts.

    Examples
    --------
    >>> round(calibration_error([0.12, 0.14, 0.91], [False, True, True]), 4)
    0.2767
    """
    table = calibration(chance, answered)
    if table.empty:
        return float("nan")
    return float(np.average((table["predicted"] - table["observed"]).abs(), weights=table["gifts"]))


def _both(score: ArrayLike, answered: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    return np.asarray(score, dtype=float), np.asarray(answered, dtype=bool)
