"""How long something takes when some of it has not come yet: the Kaplan-Meier estimate."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["at_the_end", "curve", "jeffreys"]

_Z = 1.959963984540054  # the standard normal deviate that 2.5 % lie above


def curve(days: ArrayLike, came: ArrayLike) -> pd.DataFrame:
    r"""Share that has come by each day, those still awaited counted while they were watched.

    On day :math:`t` let :math:`d_t` come, of :math:`n_t` that had not come before and were
    still watched [1]_; with Greenwood's variance [2]_ of :math:`\ln S`, and :math:`z = 1.96`
    on the scale of :math:`\ln(-\ln S)`, which keeps the interval between 0 and 1,

    .. math::
        S(t) = \prod_{u \le t} \frac{n_u - d_u}{n_u}, \quad
        \sigma^2(t) = \sum_{u \le t} \frac{d_u}{n_u (n_u - d_u)}, \quad
        S(t)^{\exp(\pm z \sigma / \ln S)}

    and the share is :math:`1 - S`. What is lost from sight on a day was watched that day.

    Parameters
    ----------
    days : array_like
        Days until each came, or until it was last watched.
    came : array_like of bool
        Whether it came.

    Returns
    -------
    pandas.DataFrame
        A row for day 0 and for each day after it on which any came: ``days``, ``at_risk``,
        ``returned`` (whole numbers), ``share``, ``low`` and ``high`` (0 to 1; the 95 %
        interval is NaN where the share is 0 or 1, which its formula has no answer for).
        No rows if there is nothing to watch.

    See Also
    --------
    scipy.stats.ecdf : the same estimate, of one group, without the numbers at risk.

    References
    ----------
    .. [1] Kaplan, E. L., Meier, P. (1958). Nonparametric estimation from incomplete
       observations. *Journal of the American Statistical Association* 53, 457-481.
    .. [2] Greenwood, M. (1926). The natural duration of cancer. *Reports on Public Health
       and Medical Subjects* 33. London: HMSO.

    Examples
    --------
    Of three, one comes on day 2 and one on day 5; the other was watched for 3 days.

    >>> curve([2, 3, 5], [True, False, True]).round(3)
       days  at_risk  returned  share    low   high
    0     0        3         0  0.000    NaN    NaN
    1     2        3         1  0.333  0.055  0.946
    2     5        1         1  1.000    NaN    NaN
    """
    watched = np.asarray(days, dtype=np.int64)
    _, day, at_risk, number = _steps(np.zeros(len(watched), dtype=np.int64), watched, came)
    if len(watched):
        day, at_risk, number = np.r_[0, day], np.r_[len(watched), at_risk], np.r_[0, number]
    stay = np.cumprod((at_risk - number) / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(number / (at_risk * (at_risk - number)))
        wide = _Z * np.sqrt(variance) / np.log(stay)  # below 0, as the logarithm is
        low, high = 1 - stay ** np.exp(wide), 1 - stay ** np.exp(-wide)
    partly = (stay > 0) & (stay < 1)
    return pd.DataFrame(
        {
            "days": day,
            "at_risk": at_risk,
            "returned": number,
            "share": (1 - stay).round(12),
            "low": np.where(partly, low, np.nan).round(12),
            "high": np.where(partly, high, np.nan).round(12),
        }
    )


def at_the_end(
    group: NDArray[np.int64], days: NDArray[np.int64], came: NDArray[np.bool_], groups: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the last share of each group's :func:`curve`, and the first day it is half or more.

    Parameters
    ----------
    group : array of int
        Number of each one's group, from 0.
    days, came : array
        As for :func:`curve`.
    groups : int
        How many groups there are.

    Returns
    -------
    share, median : ndarray
        One of each for every group. The share is NaN for a group with nothing to watch,
        the day also where it is never half.

    Examples
    --------
    >>> few = np.array([0, 0, 0, 2]), np.array([2, 3, 5, 9]), np.array([True, False, True, False])
    >>> at_the_end(*few, groups=3)
    (array([ 1., nan,  0.]), array([ 5., nan, nan]))
    """
    share, median = np.full(groups, np.nan), np.full(groups, np.nan)
    share[group] = 0.0
    whose, day, at_risk, number = _steps(group, days, came)
    starts = np.flatnonzero(np.diff(whose, prepend=-1))
    for start, end in pairwise([*starts.tolist(), len(whose)]):
        stay = np.cumprod((at_risk[start:end] - number[start:end]) / at_risk[start:end])
        shares = (1 - stay).round(12)
        share[whose[start]] = shares[-1]
        if shares[-1] >= 0.5:
            median[whose[start]] = day[start + np.searchsorted(shares, 0.5)]
    return share, median


def jeffreys(
    share: NDArray[np.float64], number: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    r"""Give the 95 % interval of shares of so many, by Jeffreys' prior.

    It is the middle 95 % of :math:`\text{Beta}(n s + 1/2, n (1 - s) + 1/2)`, from 0 where
    none and up to 1 where all came [1]_. Of a Kaplan-Meier share :math:`n` are those that
    came or were watched to the end: what the others add is not counted.

    References
    ----------
    .. [1] Brown, L. D., Cai, T. T., DasGupta, A. (2001). Interval estimation for a binomial
       proportion. *Statistical Science* 16, 101-133.

    Examples
    --------
    >>> low, high = jeffreys(np.array([0.0, 0.4, np.nan]), np.array([9, 30, 0]))
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.0, 0.24, nan], [0.24, 0.58, nan])
    """
    from scipy.special import betaincinv  # noqa: PLC0415  # 0.1 s that most answers do without

    came, left = number * share + 0.5, number * (1 - share) + 0.5
    low, high = (betaincinv(came, left, tail).round(12) for tail in (0.025, 0.975))
    return np.where(share == 0, 0.0, low), np.where(share == 1, 1.0, high)


def _steps(
    group: NDArray[np.int64], days: NDArray[np.int64], came: ArrayLike
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """For each group and day on which any came: how many were at risk, and how many came."""
    order = np.lexsort((days, group))
    group, days = group[order], days[order]
    starts = np.flatnonzero((np.diff(group, prepend=-1) != 0) | (np.diff(days, prepend=-1) != 0))
    number = np.add.reduceat(np.asarray(came, dtype=np.int64)[order], starts)
    at_risk = np.searchsorted(group, group[starts], side="right") - starts
    some = number > 0
    return group[starts][some], days[starts][some], at_risk[some], number[some]
