"""How chances were off on the gifts that are over: their level, and how far they lie apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Correction", "expit", "fit", "logit"]

_LEVEL, _SLOPE = 0.5, 0.3  # how far off they are thought to be, before anything has come
_CERTAIN = 0.999  # no past gift counts as surer, or a single one could outweigh all others
_WIDEST = 1 - 1e-12
_LEAST = 0.05  # the order of people stays
_WIDE, _CLOSE = 0.5, 1e-11


class Correction(NamedTuple):
    """What is done to the odds of a chance, and how sure that is.

    Attributes
    ----------
    level, slope : float
        What is added to the logarithm of the odds, and what its distance from ``middle`` is
        multiplied by.
    middle : float
        The mean logarithm of the odds that past gifts had.
    variance : ndarray
        Of level and slope, with their covariance: two by two.
    """

    level: float
    slope: float
    middle: float
    variance: NDArray[np.float64]

    def logit(self, chance: ArrayLike) -> NDArray[np.float64]:
        """Give the logarithm of the corrected odds."""
        found: NDArray[np.float64] = (
            self.middle + self.level + self.slope * (logit(chance) - self.middle)
        )
        return found

    def of(self, chance: ArrayLike) -> NDArray[np.float64]:
        """Correct chances."""
        return expit(self.logit(chance))

    def off(self, chance: ArrayLike) -> NDArray[np.float64]:
        """Give the standard deviation of the corrected logarithm that comes of the correction."""
        (one, both), (_, two) = self.variance
        away = logit(chance) - self.middle
        found: NDArray[np.float64] = np.sqrt(one + 2 * both * away + two * away**2)
        return found

    def times(self, chance: float) -> float:
        """Give what the odds of a chance are multiplied by.

        Examples
        --------
        >>> Correction(0.0, 1.0, 0.0, np.zeros((2, 2))).times(0.2)
        1.0
        """
        return float(np.exp(self.logit(chance) - logit(chance)))


def fit(chance: ArrayLike, answered: ArrayLike, weight: ArrayLike) -> Correction:
    r"""Find how past chances must be changed to agree with what came of them.

    With the chance :math:`r_g` that a gift had on its day, whether it was answered,
    :math:`y_g`, its weight :math:`w_g` and :math:`x = \ln(r / (1 - r))`, it is the level
    :math:`a` and the slope :math:`b` that make

    .. math::
        \sum_g w_g \left( y_g \eta_g - \ln(1 + e^{\eta_g}) \right)
        - \frac{a^2}{2 \cdot 0.5^2} - \frac{(b - 1)^2}{2 \cdot 0.3^2}, \quad
        \eta_g = x_0 + a + b (x_g - x_0)

    largest, where :math:`x_0` is the mean of :math:`x_g`. This is logistic recalibration [1]_
    with a prior of no change. A slope under 1 says that chances lay too far apart.

    Parameters
    ----------
    chance, answered, weight : array_like
        One value for each past gift.

    References
    ----------
    .. [1] Cox, D. R. (1958). Two further applications of a model for binary regression.
       *Biometrika* 45, 562-565.

    Examples
    --------
    Of a hundred gifts half were expected back, and a quarter came:

    >>> one = fit([0.5] * 100, [True, False, False, False] * 25, [1.0] * 100)
    >>> round(float(one.of(0.5)), 2), one.slope
    (0.29, 1.0)

    What was expected of them told nothing:

    >>> fit([0.2, 0.8] * 50, [True, True, False, False] * 25, [1.0] * 100).slope < 0.5
    True
    """
    came, times = (np.asarray(each, dtype=float) for each in (answered, weight))
    at_first = logit(np.clip(chance, 1 - _CERTAIN, _CERTAIN))
    middle = float(times @ at_first / max(times.sum(), _CLOSE))
    away = at_first - middle
    prior = np.diag([1 / _LEVEL**2, 1 / _SLOPE**2])
    rows = np.stack([np.ones_like(away), away])
    at = np.array([0.0, 1.0])

    def cost(at: NDArray[np.float64]) -> float:
        line = middle + at[0] + at[1] * away
        off = at - [0.0, 1.0]
        return float(times @ (np.logaddexp(0, line) - came * line) + off @ prior @ off / 2)

    bend = prior
    for _ in range(50):
        now = expit(middle + at[0] + at[1] * away)
        rise = rows @ (times * (now - came)) + prior @ (at - [0.0, 1.0])
        bend = (rows * (times * now * (1 - now))) @ rows.T + prior
        step = np.linalg.solve(bend, rise)
        if np.abs(step).max() > _WIDE:  # so far, the curve need not be a parabola
            before = cost(at)
            while cost(at - step) > before and np.abs(step).max() > _CLOSE:
                step = step / 2
        at = at - step
        if np.abs(step).max() < _CLOSE:
            break
    slope = max(float(at[1]), _LEAST)
    return Correction(float(at[0]), slope, middle, np.linalg.inv(bend))


def logit(chance: ArrayLike) -> NDArray[np.float64]:
    """Logarithm of the odds of chances, kept from the very ends.

    Examples
    --------
    >>> float(logit(0.5))
    0.0
    """
    kept = np.clip(np.asarray(chance, dtype=float), 1 - _WIDEST, _WIDEST)
    found: NDArray[np.float64] = np.log(kept) - np.log1p(-kept)
    return found


def expit(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn the logarithm of odds into the chance.

    Examples
    --------
    >>> expit(np.array([0.0])).tolist()
    [0.5]
    """
    found: NDArray[np.float64] = 0.5 * (1 + np.tanh(line / 2))
    return found
