"""The risk difference of a target trial, and its interval, drawing partners anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.statistics.random import generator

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.analysis.returning.target_trial import Trial

    Floats = NDArray[np.float64]

__all__ = ["Difference", "compared"]

_Z = 1.959963984540054  # the standard normal deviate that 2.5 % lie above
_WIDER = 1.12  # by how much intervals are set further out; see compared
_CELLS = 4_000_000  # numbers held at a time


@dataclass(frozen=True)
class Difference:
    """How many clean gifts could be compared, to how many partners, and what was found.

    ``low`` and ``high`` are those of ``added``; all nine are NaN with fewer than two partners.
    """

    gifts: int
    partners: int
    after: float = np.nan
    after_low: float = np.nan
    after_high: float = np.nan
    anyway: float = np.nan
    anyway_low: float = np.nan
    anyway_high: float = np.nan
    added: float = np.nan
    low: float = np.nan
    high: float = np.nan

    def more(self, half_width: float) -> float:
        """Give how many more gifts make the interval so narrow; NaN where there is none.

        Its width shrinks with the root of their number.

        Examples
        --------
        >>> Difference(40, 9, low=0.1, high=0.5).more(0.1)
        120.0
        """
        half = (self.high - self.low) / 2
        return float(np.ceil(max(self.gifts * ((half / half_width) ** 2 - 1), 0) - 1e-9)) + 0.0


def compared(trial: Trial, *, samples: int, seed: int) -> Difference:
    """Estimate the risk difference; see :mod:`refgraph.analysis.returning.effect` for the formula.

    The interval takes the quantiles of the partners drawn anew, set further out as Student's t
    with as many degrees of freedom as partners asks for [1]_ and by 12 % more (where each partner
    has one or two gifts, samples of partners vary a little less than books do: see
    ``benchmarks/effect.py``). It is never narrower than Newcombe's for two independent shares
    [2]_, which holds where few gifts, or none, are answered.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.returning.target_trial import emulate
    >>> trial = emulate(Book.sample(), "Robin Hale", horizon=30)
    >>> found = compared(trial, samples=100, seed=0)
    >>> found.low < found.added < found.high
    True

    References
    ----------
    .. [1] Hesterberg, T. C. (2015). What teachers should know about the bootstrap.
       *The American Statistician* 69, 371-386.
    .. [2] Newcombe, R. G. (1998). Interval estimation for the difference between independent
       proportions. *Statistics in Medicine* 17, 873-890.
    """
    rng = generator(seed)
    gifts, pairs = trial.gifts, len(trial.giver)
    came, days_of_silence = trial.silences
    silent = days_of_silence * trial.sparse
    usable = (silent > 0)[gifts.pair] & (gifts.watched > 0)
    pair, days, answered = gifts.pair[usable], gifts.watched[usable], gifts.came[usable]
    who, partner = np.unique(trial.partner[pair], return_inverse=True)
    if len(who) < 2:
        return Difference(len(pair), len(who))
    rate = came[pair] / silent[pair]
    weight = silent / np.maximum(silent + trial.horizon * np.bincount(pair, minlength=pairs), 1.0)
    sums = _by_day(partner, days, answered, weight[pair], rate)
    after, anyway = (float(risk[0]) for risk in _risks(sums, np.ones((1, len(who)))))
    drawn, times = _drawn(sums, samples, rng), np.bincount(partner)
    partners = float(times.sum() ** 2 / (times**2).sum())  # as many as would weigh the same
    spent = np.unique(pair)
    one = _wilson(after, weight[pair].sum() ** 2 / (weight[pair] ** 2).sum())
    two = _wilson(anyway, silent[spent].sum() / trial.horizon)
    added = after - anyway
    apart = (
        added - float(np.hypot(after - one[0], two[1] - anyway)),
        added + float(np.hypot(one[1] - after, anyway - two[0])),
    )
    ends = [
        _wider(_expanded(values, partners), least)
        for values, least in ((drawn[0], one), (drawn[1], two), (drawn[0] - drawn[1], apart))
    ]
    return Difference(len(pair), len(who), after, *ends[0], anyway, *ends[1], added, *ends[2])


def _wider(drawn: tuple[float, float], least: tuple[float, float]) -> tuple[float, float]:
    return min(drawn[0], least[0]), max(drawn[1], least[1])


def _by_day(
    partner: NDArray[np.int64],
    days: NDArray[np.int64],
    answered: NDArray[np.bool_],
    weight: Floats,
    rate: Floats,
) -> tuple[Floats, Floats, Floats]:
    """For each partner and day of an answer or end: followed, answered, to be expected.

    Nothing changes between two such days, so that one column stands for all of them. The last
    tells, for each, what is to be expected since the column before.
    """
    ends, at = np.unique(days, return_inverse=True)
    shape = int(partner.max()) + 1, len(ends)
    place = partner * shape[1] + at
    size = shape[0] * shape[1]

    def still(values: Floats) -> Floats:
        whole = np.bincount(place, values, size).reshape(shape)
        return np.asarray(whole[:, ::-1].cumsum(axis=1)[:, ::-1])

    gone = np.bincount(place, weight * answered, size).reshape(shape).astype(float)
    since = np.diff(ends, prepend=0).astype(float)
    sums = still(weight), gone, still(weight * rate) * since
    order = np.lexsort([column for part in sums for column in part.T[:8]])  # not that of names
    return sums[0][order], sums[1][order], sums[2][order]


def _risks(sums: tuple[Floats, Floats, Floats], times: Floats) -> tuple[Floats, Floats]:
    """Give the risk after a gift and without one, each partner counted so many times."""
    followed, gone, expected = (times @ part for part in sums)
    some = followed > 1e-12
    hazard = np.divide(gone, followed, out=np.zeros_like(gone), where=some)
    usual = np.divide(expected, followed, out=np.zeros_like(gone), where=some)
    stay = np.prod(1 - np.minimum(hazard, 1), axis=1)
    return 1 - stay, -np.expm1(-usual.sum(axis=1))


def _drawn(
    sums: tuple[Floats, Floats, Floats], samples: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Give both risks in samples of as many partners, with replacement."""
    partners, columns = sums[0].shape
    at_once = max(1, min(samples, _CELLS // max(partners, columns)))
    found = []
    for start in range(0, samples, at_once):
        number = min(at_once, samples - start)
        drawn = rng.integers(partners, size=(number, partners)) + (
            partners * np.arange(number)[:, None]
        )
        times = np.bincount(drawn.ravel(), minlength=number * partners)
        found.append(_risks(sums, times.reshape(number, partners).astype(float)))
    after, anyway = (np.concatenate(part) for part in zip(*found, strict=True))
    return after, anyway


def _expanded(drawn: Floats, partners: float) -> tuple[float, float]:
    """Middle of what was drawn, as wide as Student's t with so many partners would have it."""
    from scipy.special import ndtr, stdtrit  # noqa: PLC0415  # 0.1 s that most answers do without

    free = max(partners - 1, 1.0)
    out = float(ndtr(-_WIDER * np.sqrt(partners / free) * stdtrit(free, 0.975)))
    low, high = np.quantile(drawn, (out, 1 - out))
    return float(low), float(high)


def _wilson(share: float, number: float) -> tuple[float, float]:
    """Give Wilson's 95 % interval of a share."""
    centre = share + _Z**2 / (2 * number)
    half = _Z * np.sqrt(share * (1 - share) / number + _Z**2 / (4 * number**2))
    whole = 1 + _Z**2 / number
    return max(float((centre - half) / whole), 0.0), min(float((centre + half) / whole), 1.0)
