"""How far a share can be trusted: the ends of its interval, from the counts alone."""

from __future__ import annotations

from math import fsum, hypot
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from refgraph.errors import OptionError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["LEVEL", "between", "of_clusters", "wilson"]

#: Of a hundred such intervals, about so many contain what is estimated, in hundredths.
LEVEL = 0.95


def wilson(
    part: ArrayLike, whole: ArrayLike, *, level: float = LEVEL
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    r"""Give the interval of a share, by the score test of Wilson.

    With :math:`x` of :math:`n`, :math:`p = x / n` and the normal quantile :math:`z`,

    .. math::
        \frac{p + z^2 / 2n \pm z \sqrt{p (1 - p) / n + z^2 / 4n^2}}{1 + z^2 / n}

    It holds for few cases too, and for none or all of them [1]_: no share of 7 of 7 is
    certain. It is for cases that are independent of each other and alike.

    Parameters
    ----------
    part, whole : array_like of float
        How many, of how many; `whole` need not be an integer.
    level : float, default 0.95
        How sure, between 0 and 1.

    Returns
    -------
    low, high : ndarray of float
        Between 0 and 1; NaN where `whole` is 0.

    Raises
    ------
    OptionError
        The level is not between 0 and 1, or a part is not within its whole.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
       inference. *Journal of the American Statistical Association* 22, 209-212.

    Examples
    --------
    With level 0.6827, z is 1: of 1 in 2, the middle is 0.5, the half width 0.5 / root of 3.

    >>> low, high = wilson([1, 2], [2, 2], level=0.6826894921)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.211, 0.667], [0.789, 1.0])
    """
    if not 0 < level < 1:
        msg = f"a level is between 0 and 1, not {level}"
        raise OptionError(msg)
    some, every = np.broadcast_arrays(np.asarray(part, dtype=float), np.asarray(whole, dtype=float))
    if not ((some >= 0) & (some <= every) & np.isfinite(every)).all():
        msg = "a part is at least 0 and at most its whole"
        raise OptionError(msg)
    z = NormalDist().inv_cdf((1 + level) / 2)
    n = np.where(every > 0, every, np.nan)
    p = some / n
    middle = p + z**2 / (2 * n)
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    low, high = (np.clip((middle + side * half) / (1 + z**2 / n), 0, 1) for side in (-1, 1))
    low = np.where(some == 0, np.where(every > 0, 0.0, np.nan), low)  # exactly, whatever rounding
    high = np.where(some == every, np.where(every > 0, 1.0, np.nan), high)
    return np.asarray(low, dtype=float), np.asarray(high, dtype=float)


def of_clusters(
    part: ArrayLike, whole: ArrayLike, *, level: float = LEVEL
) -> tuple[float, float, float]:
    r"""Give a share over clusters of cases that go together, and its interval.

    The ties of a pair of people come in twos: both have one back, or neither has. Of
    clusters with :math:`x_i` of :math:`n_i` cases the share is
    :math:`r = \sum x_i / \sum n_i`; its variance, clusters being drawn anew, is that of a
    ratio,

    .. math:: v = \frac{\sum_i (x_i - r n_i)^2}{(\sum_i n_i)^2},

    and the interval is that of :func:`wilson` for as many independent cases as would vary
    by as much, :math:`r (1 - r) / v`, and never more than there are clusters [1]_ [2]_.
    Where every cluster is one case, it is :func:`wilson` itself.

    Parameters
    ----------
    part, whole : array_like of float
        Of each cluster, how many cases of how many.
    level : float, default 0.95
        How sure, between 0 and 1.

    Returns
    -------
    share, low, high : float
        NaN where there are no cases.

    References
    ----------
    .. [1] Korn, E. L., Graubard, B. I. (1998). Confidence intervals for proportions with
       small expected number of positive counts estimated from survey data. *Survey
       Methodology* 24, 193-201.
    .. [2] Dean, N., Pagano, M. (2015). Evaluating confidence interval methods for binomial
       proportions in clustered surveys. *Journal of Survey Statistics and Methodology* 3,
       484-503.

    Examples
    --------
    Two pairs with a tie both ways and two with one: 4 of 6 ties have one back. By the four
    pairs the variance is 4 (2/3)^2 / 36, worth 4.5 cases, and so 4.

    >>> share, low, high = of_clusters([2, 2, 0, 0], [2, 2, 1, 1])
    >>> round(share, 3), round(low, 2), round(high, 2)
    (0.667, 0.25, 0.92)
    >>> [round(float(end), 2) for end in wilson(4 * 2 / 3, 4)]
    [0.25, 0.92]
    """
    some, every = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    some, every = some[every > 0], every[every > 0]
    total = fsum(every)  # exact, whatever the order of the clusters
    if not total:
        return np.nan, np.nan, np.nan
    share = fsum(some) / total
    varies = fsum((some - share * every) ** 2) / total**2
    apart = share * (1 - share)
    worth = min(apart / varies, len(every)) if varies > 0 and apart > 0 else len(every)
    low, high = wilson(share * worth, worth, level=level)
    return share, float(low), float(high)


def between(
    first: tuple[float, float, float], second: tuple[float, float, float]
) -> tuple[float, float, float]:
    r"""Give by how much a second share is above a first one, and the interval of that.

    Of two shares :math:`p_1, p_2` of independent cases, with their intervals
    :math:`(l_1, u_1)` and :math:`(l_2, u_2)`, the difference :math:`d = p_2 - p_1` is between
    [1]_

    .. math::
        d - \sqrt{(p_2 - l_2)^2 + (u_1 - p_1)^2}, \quad d + \sqrt{(u_2 - p_2)^2 + (p_1 - l_1)^2}

    Parameters
    ----------
    first, second : tuple of float
        A share with the ends of its interval, as :func:`of_clusters` gives it.

    Returns
    -------
    difference, low, high : float

    References
    ----------
    .. [1] Newcombe, R. G. (1998). Interval estimation for the difference between independent
       proportions. *Statistics in Medicine* 17, 873-890, method 10.

    Examples
    --------
    >>> [round(each, 3) for each in between((0.5, 0.2, 0.8), (0.9, 0.5, 1.0))]
    [0.4, -0.1, 0.716]
    """
    (one, low, high), (other, least, most) = first, second
    difference = other - one
    return (
        difference,
        difference - hypot(other - least, high - one),
        difference + hypot(most - other, one - low),
    )
