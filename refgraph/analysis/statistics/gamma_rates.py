"""Rates that differ: how far, by counts that are at hand, and where a Gamma distribution ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["ends", "shape"]

_SHAPES = np.array([0.1, 0.3, 1.0, 5.0, 25.0])  # that are tried
_LEAST = 1e-12


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
    low, high = (of / alike * gammaincinv(alike, share) for share in (0.025, 0.975))
    return low, high
