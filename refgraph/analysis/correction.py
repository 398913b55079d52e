"""What the odds of a return are multiplied by, so that as many are expected back as came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["corrected", "factor"]

_AS_HOPED = 5.0  # gifts of which as many came back as were expected to
_CERTAIN = 0.99  # no gift counts as surer, or a single one that fails could outweigh all others
_WIDEST = 100.0  # of the logarithm; no chance is so far from any other
_CLOSE = 1e-13


def factor(
    chance: ArrayLike,
    answered: ArrayLike,
    weight: ArrayLike,
    *,
    usual: float,
    start: float = 1.0,
) -> float:
    r"""Find what the odds of past gifts must be multiplied by to sum to what came of them.

    With the chance :math:`r_g` that a gift had on its day, 0.99 at most, whether it was
    answered, :math:`y_g`, and its weight :math:`w_g`, it is the one :math:`c` with

    .. math::
        \sum_g w_g \frac{c r_g}{1 - r_g + c r_g} + 5 \frac{c p_0}{1 - p_0 + c p_0}
        = \sum_g w_g y_g + 5 p_0

    This is recalibration in the large on the scale of log odds [1]_, with five gifts more
    of which as many came back as is usual, :math:`p_0`, so that a few do not decide.

    Parameters
    ----------
    chance, answered, weight : array_like
        One value for each past gift.
    usual : float
        The chance of the five, between 0 and 1.
    start : float, default 1.0
        Where to begin, if it is nearly known.

    Returns
    -------
    float
        Above 0; 1 without gifts, below it if fewer came back than were expected to.

    References
    ----------
    .. [1] Steyerberg, E. W. (2009). *Clinical Prediction Models*. Springer.

    Examples
    --------
    Of twenty gifts half were expected back, and a quarter came:

    >>> one = factor([0.5] * 20, [True, False, False, False] * 5, [1.0] * 20, usual=0.5)
    >>> expected = 20 * corrected(0.5, one) + 5 * corrected(0.5, one)
    >>> round(float(expected), 9), round(one, 4)
    (7.5, 0.4286)
    """
    each = np.append(np.minimum(np.asarray(chance, dtype=float), _CERTAIN), usual)
    times = np.append(np.asarray(weight, dtype=float), _AS_HOPED)
    came = float((times * np.append(np.asarray(answered, dtype=float), usual)).sum())
    at, low, high = float(np.log(start)), -_WIDEST, _WIDEST
    for _ in range(200):  # Newton's steps, and halves where they lead out of the bounds
        now = corrected(each, np.exp(at))
        expected = times * now
        above, slope = float(expected.sum()) - came, float((expected * (1 - now)).sum())
        step = at - above / slope if slope else high
        if abs(step - at) < _CLOSE:
            return float(np.exp(step))
        low, high = (low, at) if above > 0 else (at, high)
        at = step if low < step < high else (low + high) / 2
    return float(np.exp(at))


def corrected(chance: ArrayLike, by: ArrayLike) -> NDArray[np.float64]:
    """Multiply the odds of chances: ``c r / (1 - r + c r)``.

    Examples
    --------
    Odds of 1 to 1 become 1 to 3:

    >>> float(corrected(0.5, 1 / 3))
    0.25
    """
    before = np.asarray(chance, dtype=float)
    likely = np.asarray(by, dtype=float) * before
    found: NDArray[np.float64] = likely / (1 - before + likely)
    return found
