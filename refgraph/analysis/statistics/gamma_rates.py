"""Rates that differ: how far, by counts that are at hand, and where a Gamma distribution ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["ends", "mixed_ends", "shape"]

_SHAPES = np.array([0.1, 0.3, 1.0, 5.0, 25.0])  # that are tried
_LEAST = 1e-12
_ENDS = (0.025, 0.975)
_HALVINGS = 20  # of what lies between two ends, as a ratio


def shape(count: NDArray[np.float64], usual: NDArray[np.float64]) -> float:
    r"""Find how alike rates are: the shape of a Gamma distribution about what is usual.

    Counts :math:`n` of a Poisson distribution whose rate is Gamma distributed with the shape
    :math:`c` and the mean :math:`m` have a negative binomial one [1]_:

    .. math::
        \ln L(c) = \sum \ln \Gamma(n + c) - \ln \Gamma(c) + c \ln \frac{c}{c + m}
            + n \ln \frac{m}{c + m}

    Each of five shapes is as likely as another beforehand; it is their mean, on a log scale,
    by how well each tells the counts. A small one says that most rates are next to 0 and
    a few large.

    Parameters
    ----------
    count, usual : ndarray of float64
        What was counted, which may be decayed, and what is usual there: :math:`n, m`.

    Returns
    -------
    float

    References
    ----------
    .. [1] Greenwood, M., Yule, G. U. (1920). An inquiry into the nature of frequency
       distributions. *Journal of the Royal Statistical Society* 83, 255-279.

    Examples
    --------
    All are alike; then, of forty, one has everything:

    >>> shape(np.full(40, 5.0), np.full(40, 5.0)) > 5
    True
    >>> round(shape(np.r_[200.0, np.zeros(39)], np.full(40, 5.0)), 2)
    0.1
    """
    from scipy.special import gammaln  # noqa: PLC0415  # 0.1 s that most answers do without

    some = count > 0
    fits = []
    for tried in _SHAPES:
        none = tried * np.log(tried / (tried + usual)).sum()
        more = gammaln(count[some] + tried) - gammaln(tried)
        more += count[some] * np.log(np.maximum(usual[some], _LEAST) / (tried + usual[some]))
        fits.append(float(none + more.sum()))
    chance = np.exp(np.array(fits) - max(fits))
    return float(np.exp(chance @ np.log(_SHAPES) / chance.sum()))


def ends(
    mean: NDArray[np.float64], variance: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give both ends of the middle 95 % of Gamma distributions.

    Examples
    --------
    With the variance of its square a Gamma distribution is an exponential one:

    >>> low, high = ends(np.ones(1), np.ones(1))
    >>> round(float(low[0]), 4), round(float(high[0]), 3)  # -ln 0.975, -ln 0.025
    (0.0253, 3.689)
    """
    from scipy.special import gammaincinv  # noqa: PLC0415  # as above

    of = np.maximum(mean, _LEAST)
    alike = of**2 / np.maximum(variance, of**2 * _LEAST)
    low, high = (of / alike * gammaincinv(alike, share) for share in _ENDS)
    return low, high


def mixed_ends(
    mean: NDArray[np.float64],
    variance: NDArray[np.float64],
    other: NDArray[np.float64],
    share: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give both ends of the middle 95 % of mixtures of two Gamma distributions of one mean.

    With the chance ``share`` the variance is the ``other``; where that is no greater, it is the
    first in any case. An end of a mixture lies between those of the two.

    Examples
    --------
    >>> one, two = np.ones(1), np.full(1, 2.0)
    >>> [round(float(end[0]), 2) for end in mixed_ends(one, one / 4, two, 0.1)]
    [0.16, 2.32]
    >>> mixed_ends(one, one, two, 0.0) == ends(one, one)
    True
    """
    from scipy.special import gammainc  # noqa: PLC0415  # as above

    found = ends(mean, variance)
    wider = np.flatnonzero((other > variance) & (mean > _LEAST))
    if share <= 0 or not len(wider):
        return found
    mean, variance, other = mean[wider], variance[wider], other[wider]
    shapes = mean**2 / variance, mean**2 / other
    for end, far, at in zip(found, ends(mean, other), _ENDS, strict=True):
        low, high = (
            np.log(np.maximum(of(end[wider], far), _LEAST)) for of in (np.minimum, np.maximum)
        )
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            below = [gammainc(each, each / mean * np.exp(middle)) for each in shapes]
            beyond = (1 - share) * below[0] + share * below[1] > at
            low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
        end[wider] = np.exp((low + high) / 2)
    return found
