"""What a book has taught by the first of a month: how soon returns come, how far people differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from refgraph.analysis.estimating.heterogeneity import Spread, together
from refgraph.analysis.estimating.heterogeneity import known as spreads
from refgraph.analysis.estimating.odds_correction import Correction, fit
from refgraph.analysis.estimating.shrinkage import Evidence, shrink
from refgraph.analysis.returning.durations import memory

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from refgraph.analysis.estimating.trial import Trial

__all__ = ["Learned", "Timing", "learned", "month_of", "over"]

_MOST = 5_000  # gifts, the last ones, that the spreads are estimated from
_AS_EVEN = 5.0  # returns that come as soon on one day as on another


class Timing(NamedTuple):
    """How soon the returns came that came at all: their days, in order, of a whole horizon."""

    days: NDArray[np.int64]
    horizon: int

    def share(self, age: NDArray[np.int64]) -> NDArray[np.float64]:
        """Give the share of returns that come within so many days, 1 from the horizon on.

        It is that of the book's own, with five more that come evenly over the horizon.

        Examples
        --------
        >>> Timing(np.array([1, 1, 1, 1, 1]), 10).share(np.array([0, 2, 10])).tolist()
        [0.0, 0.6, 1.0]
        """
        came = np.searchsorted(self.days, age, side="right")
        even = np.clip(age / self.horizon, 0, 1)
        found: NDArray[np.float64] = (came + _AS_EVEN * even) / (len(self.days) + _AS_EVEN)
        return found


class Learned(NamedTuple):
    """How far people and pairs differ, and how the chances of gifts that are over were off.

    ``memory`` is in how many days what a person returned tells half as much.
    """

    spread: Spread
    correction: Correction
    memory: float


def month_of(day: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the first day of the month of each day, days counted from 1970.

    Examples
    --------
    >>> month_of(np.array([0, 30, 31])).tolist()
    [0, 0, 31]
    """
    months = np.asarray(day, dtype=np.int64).astype("datetime64[D]").astype("datetime64[M]")
    found: NDArray[np.int64] = months.astype("datetime64[D]").astype(np.int64)
    return found


def over(past: pd.DataFrame, horizon: int, by: int) -> int:
    """Count the episodes, by day, whose whole horizon had passed before a day."""
    return int(np.searchsorted(past["opened"].to_numpy(), by - horizon, side="left"))


def learned(tested: Trial, known: Evidence, by: int, *, half_life: float) -> Learned:
    """Learn from the gifts whose whole horizon had passed before a day.

    Parameters
    ----------
    tested : Trial
        Whose past is learned from.
    known : Evidence
        What was known on the morning of each episode of the past.
    by : int
        The day, counted from 1970.
    half_life : float
        Days after which a past gift weighs half in the correction.
    """
    past = tested.past.iloc[: over(tested.past, tested.horizon, by)]
    opened, answered = past["opened"].to_numpy(), past["answered"].to_numpy()
    giver, receiver = past["giver"].to_numpy(), past["receiver"].to_numpy()
    then = known.of(np.arange(len(past)))
    differ = Spread(np.ones(1), together(receiver), together(giver * tested.people + receiver))
    last = np.arange(max(len(past) - _MOST, 0), len(past))
    lately = then.of(last)
    differ = differ._replace(
        weight=spreads(lambda steps: shrink(lately, differ, steps).expected, answered[last])
    )
    chance = shrink(then, differ).expected
    weight = np.exp2(-(by - opened) / half_life)
    usual = (weight @ answered + 1) / (weight.sum() + 2)
    stays = memory(receiver, opened, answered - usual)
    return Learned(differ, fit(chance, answered, weight * then.watched / (then.watched + 2)), stays)
