"""The most random networks that keep, on average, what each person gives and receives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["BINARY", "EXPONENTIAL", "GEOMETRIC", "Fit", "Law", "fit"]

_CLOSE = 1e-10  # of the total, the sum of all the misses; what is asked for is 1e-9
_FAR = 1e-9  # of the total: a fit that misses more has no answer
_NEWTON = 200
_CG = 400
_CERTAIN = 1e6  # a sum of parameters beyond which a tie is there, or is not, to the last bit
_BLOCK = 4_000_000  # cells at once


@dataclass(frozen=True)
class Law:
    r"""How the weight of a tie is distributed, given :math:`s = \theta_i + \varphi_j`.

    Attributes
    ----------
    potential, mean, spread : callable
        Log partition function of :math:`s`, its first derivative, and the second as
        a function of the first.
    start : callable
        First guess of a parameter from a person's sum and the number of people.
    both : callable
        Mean of the lesser of two independent weights, from the two means.
    bounded : bool
        Whether a weight is at most 1; otherwise :math:`s` must be negative.
    """

    potential: Callable[[Array], Array]
    mean: Callable[[Array], Array]
    spread: Callable[[Array], Array]
    start: Callable[[Array, int], Array]
    both: Callable[[Array, Array], Array]
    bounded: bool = False


def _logistic(s: Array) -> Array:
    from scipy.special import expit  # noqa: PLC0415  # 0.1 s that most answers do without

    chance: Array = expit(s)
    return chance


def _lesser_geometric(a: Array, b: Array) -> Array:
    # both of two counts reach k with the product of the chances that each does
    return a * b / (1 + a + b)


def _lesser_exponential(a: Array, b: Array) -> Array:
    return np.divide(a * b, a + b, out=np.zeros_like(a), where=a + b > 0)


BINARY = Law(
    potential=lambda s: np.logaddexp(0, s),
    mean=_logistic,
    spread=lambda p: p * (1 - p),
    start=lambda k, n: np.log(k) - np.log(np.sqrt(n) + k / 2),
    both=lambda p, q: p * q,
    bounded=True,
)
GEOMETRIC = Law(
    potential=lambda s: -np.log(-np.expm1(s)),
    mean=lambda s: np.exp(s) / -np.expm1(s),
    spread=lambda w: w * (1 + w),
    start=lambda k, n: -np.log1p(n / k) / 2,
    both=_lesser_geometric,
)
EXPONENTIAL = Law(
    potential=lambda s: -np.log(-s),
    mean=lambda s: -1 / s,
    spread=lambda w: w * w,
    start=lambda k, n: -n / k / 2,
    both=_lesser_exponential,
)


@dataclass(frozen=True)
class Fit:
    """The fitted parameters of people alike, who give the same and receive the same.

    Attributes
    ----------
    law : Law
        Distribution of the weight of a tie.
    people : ndarray of float64
        Number of people of each kind.
    gives, gets : ndarray of float64
        Parameter of each kind as giver and as receiver; infinite or very large where
        every tie is certain, or impossible.
    miss : float
        Sum of what the fit misses of all that is given and received.
    total : float
        Sum of all that is given.
    """

    law: Law
    people: Array
    gives: Array
    gets: Array
    miss: float
    total: float

    def blocks(self) -> Iterator[tuple[slice, Array, Array]]:
        """Rows of kinds, the number of ordered pairs between kinds, and their mean weight."""
        for rows, pairs, s in _blocks(self.people, self.gives, self.gets):
            yield rows, pairs, _mean(self.law, pairs, s)

    def returned(self) -> tuple[float, float]:
        r"""Sum :math:`m_{ij}` and :math:`m_{ij}(1 - m_{ij})` over all ordered pairs.

        Here :math:`m_{ij}` is the mean of the lesser of the two weights of a pair.
        Both are NaN where the fit found no answer.
        """
        if not self.miss <= _FAR * self.total:
            return np.nan, np.nan
        total = spread = 0.0
        for rows, pairs, forth in self.blocks():
            s = self.gives + self.gets[rows, None]
            both = self.law.both(forth, _mean(self.law, pairs, s))
            total += float((pairs * both).sum())
            spread += float((pairs * both * (1 - both)).sum())
        return total, spread


@np.errstate(divide="ignore", over="ignore", invalid="ignore")
def fit(law: Law, given: Array, received: Array) -> Fit:
    r"""Fit the parameters of everybody to what they give and receive.

    The log-likelihood :math:`\sum_i g_i \theta_i + \sum_j r_j \varphi_j -
    \sum_{i \ne j} \psi(\theta_i + \varphi_j)` is concave; Newton's steps, from
    conjugate gradients and halved where they go too far, climb it until the sums
    of means are those given. People with the same two sums share their parameters.

    Parameters
    ----------
    law : Law
        Distribution of a tie's weight, with log partition function :math:`\psi`.
    given, received : ndarray of float64
        What each person gives, and receives.

    Returns
    -------
    Fit

    Examples
    --------
    Three people who give to one of the two others each do so with an even chance.

    >>> found = fit(BINARY, np.ones(3), np.ones(3))
    >>> [mean.round(6).tolist() for _, _, mean in found.blocks()]
    [[[0.5]]]
    """
    kinds, count = np.unique(np.c_[given, received], axis=0, return_counts=True)
    people, target = count.astype(float), kinds.T
    theta, left, unknown = _certain(law, people, target)
    theta[unknown] = law.start(target[unknown], len(given))
    total, value = float(given.sum()), _likelihood(law, people, left, theta, unknown)
    miss = np.inf
    for _ in range(_NEWTON):
        short = np.where(unknown, target - _sums(law, people, theta), 0) * people
        miss = float(np.abs(short).sum())
        if miss <= _CLOSE * total:
            break
        step = _newton(law, people, theta, short, unknown)
        size = 1.0
        while size > 1e-9:
            ahead = theta + size * step
            better = _likelihood(law, people, left, ahead, unknown)
            if better >= value - 1e-12 * abs(value):
                break
            size /= 2
        theta, value = ahead, better
    return Fit(law, people, theta[0], theta[1], miss, total)


def _certain(law: Law, people: Array, target: Array) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Set aside those whose ties are all impossible or all certain, until nobody is left so."""
    left, unknown = target.copy(), np.ones(target.shape, dtype=bool)
    theta = np.zeros(target.shape)
    if not law.bounded:
        unknown = target > 0
        theta[~unknown] = -np.inf
        return theta, left, unknown
    strength = _CERTAIN * (2 * target.size + 2)
    while True:
        before = unknown.copy()
        for side in (0, 1):
            here, there = unknown[side], unknown[1 - side]
            room = np.where(there, people, 0).sum() - there
            nothing, all_of = here & (left[side] <= 0), here & (left[side] > 0)
            all_of &= left[side] >= room
            # who was settled first prevails: what is certain to them is so for the others
            theta[side, nothing], theta[side, all_of] = -strength, strength
            left[1 - side] -= np.where(all_of, people, 0).sum() - all_of
            unknown[side] &= ~(nothing | all_of)
            strength -= _CERTAIN
        if (before == unknown).all():
            return theta, left, unknown


def _blocks(people: Array, gives: Array, gets: Array) -> Iterator[tuple[slice, Array, Array]]:
    """Rows of kinds, the number of ordered pairs, and the sum of the two parameters."""
    kinds = len(people)
    height = max(_BLOCK // max(kinds, 1), 1)
    for begin in range(0, kinds, height):
        rows = slice(begin, min(begin + height, kinds))
        pairs = people[rows, None] * people
        own = np.arange(rows.start, rows.stop)
        pairs[own - begin, own] -= people[rows]
        yield rows, pairs, gives[rows, None] + gets


def _mean(law: Law, pairs: Array, s: Array) -> Array:
    return law.mean(np.where(pairs > 0, s, -np.inf))  # nobody is a pair with themselves


def _sums(law: Law, people: Array, theta: Array) -> Array:
    """Give the mean of what each person of a kind gives and receives."""
    sums = np.zeros(theta.shape)
    for rows, pairs, s in _blocks(people, *theta):
        flow = pairs * _mean(law, pairs, s)
        sums[0, rows] = flow.sum(axis=1)
        sums[1] += flow.sum(axis=0)
    return sums / people


def _likelihood(
    law: Law, people: Array, left: Array, theta: Array, unknown: NDArray[np.bool_]
) -> float:
    value = float((people * left * np.where(unknown, theta, 0)).sum())
    for rows, pairs, s in _blocks(people, *theta):
        free = (pairs > 0) & unknown[0, rows, None] & unknown[1]
        if not law.bounded and (s[free] >= 0).any():
            return -np.inf
        value -= float((pairs[free] * law.potential(s[free])).sum())
    return value


def _newton(
    law: Law, people: Array, theta: Array, short: Array, unknown: NDArray[np.bool_]
) -> Array:
    """Solve for Newton's step, roughly far from the answer and closely near it."""
    kept: list[tuple[slice, Array]] = []
    if len(people) ** 2 <= 10 * _BLOCK:
        kept = list(_spreads(law, people, theta))
    diagonal = np.zeros(theta.shape)
    for rows, spread in kept or _spreads(law, people, theta):
        diagonal[0, rows] = spread.sum(axis=1)
        diagonal[1] += spread.sum(axis=0)
    inverse = np.divide(1, diagonal, out=np.zeros(theta.shape), where=unknown & (diagonal > 0))
    step, rest = np.zeros(theta.shape), short.copy()
    scaled = rest * inverse
    along, slope = scaled.copy(), float((rest * scaled).sum())
    close = min(0.1, np.sqrt(np.abs(short).sum() / (people.sum() + 1))) ** 2 * slope * 1e-2
    for _ in range(_CG):
        if slope <= close:
            break
        bent = diagonal * along
        for rows, spread in kept or _spreads(law, people, theta):
            bent[0, rows] += spread @ along[1]
            bent[1] += along[0, rows] @ spread
        curvature = float((along * bent).sum())
        if curvature <= 0:
            break
        step += slope / curvature * along
        rest -= slope / curvature * bent
        scaled = rest * inverse
        before, slope = slope, float((rest * scaled).sum())
        along = scaled + slope / before * along
    return step


def _spreads(law: Law, people: Array, theta: Array) -> Iterator[tuple[slice, Array]]:
    for rows, pairs, s in _blocks(people, *theta):
        yield rows, pairs * law.spread(_mean(law, pairs, s))
