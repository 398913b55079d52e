"""Means of groups, each kept near what is usual of the others, and how unsure each is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["means"]

_USUAL = 1.0  # values that what is usual of the others is worth
_SPREAD = 3.0  # values that the usual spread is worth


def means(
    group: NDArray[np.int64], value: NDArray[np.float64], groups: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    r"""Give the mean of each group and its squared relative error, by values of at least 1.

    The mean of :math:`n` values whose sum is :math:`s` is kept near the median :math:`m` of 1
    and the means of the other groups, as by one value (the credibility of [1]_):

    .. math:: \frac{s + m}{n + 1}

    So no group, however large a value of it, moves the others further than to the next mean.
    The squared error is the variance of the group's values, over the square of their mean, over
    :math:`n + 1`. That ratio is kept near the one within the other groups, as of three values.
    No group counts there by more than a ratio of 1, and all are kept near that of a geometric
    distribution of this mean, :math:`1 - 1 / \text{mean}`, which is 0 where all values are 1.

    Parameters
    ----------
    group : ndarray of int64
        Of each value, from 0.
    value : ndarray of float64
        At least 1.
    groups : int
        How many there are; one without values has what is usual of the others.

    Returns
    -------
    mean, error : ndarray of float64
        ``error`` is the squared error over the square of the mean.

    References
    ----------
    .. [1] Bühlmann, H. (1967). Experience rating and credibility. *ASTIN Bulletin* 4, 199-207.

    Examples
    --------
    Of three groups one is always 1, one always 2, and one has a large value once; the median of
    1, 1 and 9 is 1, that of 1, 2 and 9 is 2, and that of 1, 1 and 2 is 1:

    >>> group = np.repeat([0, 1, 2], 5)
    >>> value = np.array([1.0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 1, 1, 1, 1, 41])
    >>> mean, error = means(group, value, 3)
    >>> mean.round(3).tolist()  # (5 + 2) / 6, (10 + 1) / 6, (45 + 1) / 6
    [1.167, 1.833, 7.667]
    >>> bool(error[2] > 5 * error[1])
    True
    """
    number = np.bincount(group, minlength=groups).astype(float)
    total = np.bincount(group, value, groups)
    own = total / np.maximum(number, 1)
    worth = number + _USUAL
    mean = (total + _USUAL * _usual(own, number > 0)) / worth
    apart = np.bincount(group, ((value - own[group]) / own[group]) ** 2, groups).astype(float)
    free = np.maximum(number - 1, 0)
    bounded = np.minimum(apart, free)
    of_others, free_of_others = bounded.sum() - bounded, free.sum() - free
    usual = (of_others + _SPREAD * (1 - 1 / mean)) / (free_of_others + _SPREAD)
    return mean, (apart + _SPREAD * usual) / (free + _SPREAD) / worth


def _usual(own: NDArray[np.float64], some: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Give for each group the median of 1 and the means of the others; of two, the lower one."""
    places = np.flatnonzero(some)
    order = places[np.argsort(own[places], kind="stable")]
    ranked = np.r_[1.0, own[order]]
    middle = (len(ranked) - 2) // 2  # of all but one
    found = np.full(len(own), ranked[(len(ranked) - 1) // 2])
    without = np.arange(1, len(ranked)) <= middle
    found[order] = np.where(without, ranked[min(middle + 1, len(ranked) - 1)], ranked[middle])
    return found
