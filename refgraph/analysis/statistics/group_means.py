"""Means of groups, each kept near the mean of the others, and how unsure each is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["means"]

_LEAST, _MOST = 1.0, 20.0  # values that the mean of the others is worth, were it known
_NONE = 1e-9  # there are no others
_SPREAD = 3.0  # values that the spread of all is worth


def means(
    group: NDArray[np.int64], value: NDArray[np.float64], groups: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    r"""Give the mean of each group and its squared relative error, by values above 0.

    The mean of :math:`n` values whose sum is :math:`s` is kept near that of the :math:`N` values
    of the others, :math:`m` (the credibility of [1]_),

    .. math::
        \frac{s + k m}{n + k}, \qquad \frac{1}{k} = \frac{1}{N}
            + \frac{\text{spread between groups}}{\text{spread within them}}

    where the last is from 1/20 to 1. Its squared error is the spread of the group's values over
    :math:`n + k`, where that spread is kept near the one within all groups, in proportion to the
    mean, as of three values.

    Parameters
    ----------
    group : ndarray of int64
        Of each value, from 0.
    value : ndarray of float64
        Above 0.
    groups : int
        How many there are; one without values has the mean of the others, 1 if there are none.

    Returns
    -------
    mean, error : ndarray of float64
        ``error`` is the squared error over the square of the mean.

    References
    ----------
    .. [1] Bühlmann, H. (1967). Experience rating and credibility. *ASTIN Bulletin* 4, 199-207.

    Examples
    --------
    One group is always 2 and the other 4, whose 3 values are worth :math:`1 / (1/3 + 1)`:

    >>> mean, error = means(np.array([0, 0, 0, 1, 1, 1]), np.array([2.0, 2, 2, 4, 4, 4]), 2)
    >>> mean.tolist(), error.tolist()
    ([2.4, 3.6], [0.0, 0.0])

    Both differ as much within as between:

    >>> mean, error = means(np.array([0, 0, 1, 1]), np.array([1.0, 3, 3, 1]), 2)
    >>> mean.tolist(), error.round(3).tolist()  # 2 / 2 ** 2 / (2 + 1 / (1 / 2 + 1 / 20))
    ([2.0, 2.0], [0.131, 0.131])
    """
    number = np.bincount(group, minlength=groups).astype(float)
    total = np.bincount(group, value, groups)
    every = max(float(number.sum()), 1.0)
    of_all = float(total.sum()) / every or 1.0
    others = np.maximum(number.sum() - number, 0)
    of_others = np.where(others > 0, (total.sum() - total) / np.maximum(others, 1), of_all)
    own = total / np.maximum(number, 1)
    apart = np.bincount(group, (value - own[group]) ** 2, groups).astype(float)
    within, between = _spreads(number, own - of_all, apart, every)
    known = min(max(within / between, _LEAST), _MOST) if between > 0 else _MOST
    near = np.maximum(others / (1 + others / known), _NONE)
    worth = number + near
    mean = (total + near * of_others) / worth
    usual = within * (mean / of_all) ** 2
    spread = (apart + _SPREAD * usual) / (np.maximum(number - 1, 0) + _SPREAD)
    return mean, spread / worth / mean**2


def _spreads(
    number: NDArray[np.float64],
    beside: NDArray[np.float64],
    apart: NDArray[np.float64],
    every: float,
) -> tuple[float, float]:
    """Give the variance within groups and between their means, as of an analysis of variance.

    Where no group has two values, all of the variance may be within them.
    """
    told = int((number > 0).sum())
    among = float(number @ beside**2)
    if every <= told:
        return among / max(every - 1, 1), 0.0
    within = float(apart.sum()) / (every - told)
    free = every - float(number @ number) / every
    between = (among - (told - 1) * within) / free if free > 0 else 0.0
    return within, max(between, 0.0)
