"""What had been added up by a day: sums, decayed with their age or not, and the last day."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.statistics.sorting import order_of, place_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import ArrayLike, NDArray

__all__ = ["Running"]


_FEW = 4  # one in so many rows is looked up alone, more are gone through as they stand


class Running:
    r"""Amounts by key and day, to be asked for their sum on the morning of any day.

    With a half-life :math:`T`, an amount of day :math:`d` weighs
    :math:`2^{-(t - d)/T}` on day :math:`t`. No weight is ever divided by another, so
    that no span of years is too long for a half-life of days.

    Parameters
    ----------
    key : array_like of int
        What the sums are kept apart by; a single number for all of them.
    day : array_like of int
        When each amount is added.
    amount : array_like of float
        What is added.
    half_life : float, optional
        Days after which an amount weighs half; without one, it keeps its weight.

    Examples
    --------
    >>> gave = Running([7, 7], [0, 10], [1, 1], half_life=10)
    >>> gave.before([7, 7, 7, 8], [0, 10, 20, 20]).tolist()
    [0.0, 0.5, 0.75, 0.0]
    >>> gave.last_before([7, 7], [0, 99]).tolist()
    [nan, 10.0]
    """

    def __init__(
        self,
        key: ArrayLike,
        day: ArrayLike,
        amount: ArrayLike,
        *,
        half_life: float | None = None,
    ) -> None:
        when = np.asarray(day, dtype=np.int64)
        which = np.broadcast_to(np.asarray(key, dtype=np.int64), when.shape)
        self._half_life = np.inf if half_life is None else half_life
        self._first = int(when.min(initial=0))
        self._span = int(when.max(initial=0)) - self._first + 2
        place = which * self._span + (when - self._first)
        self._order = order = order_of(place)
        self._key, self._day, self._place = which[order], when[order], place[order]
        added = np.broadcast_to(np.asarray(amount, dtype=float), when.shape)[order]
        self._total = self._added_up(added, self._half_life)

    def of(self, amount: NDArray[np.float64]) -> Running:
        """Give the sums of other amounts of the same keys and days, in the order of these.

        Examples
        --------
        >>> Running([7, 7], [0, 10], [1, 1]).of(np.array([2.0, 0.0])).before([7], [11]).tolist()
        [2.0]
        """
        other = copy(self)
        other._total = self._added_up(amount[self._order], self._half_life)  # noqa: SLF001  # ours
        return other

    def before(self, key: ArrayLike, day: ArrayLike) -> NDArray[np.float64]:
        """Sum of what each key had before each day, as it weighs on that day."""
        when = np.asarray(day, dtype=np.int64)
        return self._weighed(self._total, self._half_life, when, *self._latest(key, when))

    def before_each(
        self, amounts: Sequence[ArrayLike], half_lives: Sequence[float]
    ) -> Iterator[list[NDArray[np.float64]]]:
        """Give, for each half-life, what was added before each addition, of each of the amounts.

        Examples
        --------
        >>> gave = Running([7, 7], [0, 10], [1, 1])
        >>> [[each.tolist() for each in one] for one in gave.before_each([[1, 1], [4, 4]], [10])]
        [[[0.0, 0.5], [0.0, 2.0]]]
        """
        places = self._latest(self._key, self._day)
        ranked = [np.asarray(amount, dtype=float)[self._order] for amount in amounts]
        for half_life in half_lives:
            found = [np.empty(len(self._day)) for _ in amounts]
            for told, amount in zip(found, ranked, strict=True):
                total = self._added_up(amount, half_life)
                told[self._order] = self._weighed(total, half_life, self._day, *places)
            yield found

    def _weighed(
        self,
        total: NDArray[np.float64],
        half_life: float,
        when: NDArray[np.int64],
        at: NDArray[np.intp],
        known: NDArray[np.bool_],
    ) -> NDArray[np.float64]:
        """Give the totals at some places as they weigh on later days, where any is known."""
        found = np.zeros(len(when))
        found[known] = total[at] * np.exp2(-(when[known] - self._day[at]) / half_life)
        return found

    def last_before(self, key: ArrayLike, day: ArrayLike) -> NDArray[np.float64]:
        """Give the last day before each day on which the key had anything; NaN if none."""
        at, known = self._latest(key, np.asarray(day, dtype=np.int64))
        found = np.full(len(known), np.nan)
        found[known] = self._day[at]
        return found

    def _latest(
        self, key: ArrayLike, when: NDArray[np.int64]
    ) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Find the last amount of each key before each day, and for which keys there is one."""
        which = np.broadcast_to(np.asarray(key, dtype=np.int64), when.shape)
        moment = np.clip(when - self._first, 0, self._span - 1)
        at = place_in(self._place, which * self._span + moment) - 1
        known = at >= 0
        known[known] = self._key[at[known]] == which[known]
        return at[known], known

    def _added_up(self, amount: NDArray[np.float64], half_life: float) -> NDArray[np.float64]:
        """Turn amounts into the sums of their key so far, each pass over twice as many."""
        total = amount.copy()
        start = np.flatnonzero(np.diff(self._key, prepend=-1))
        longest = int(np.diff(np.r_[start, len(self._key)]).max(initial=0))
        far = self._span > len(total)  # a weight for each age is found once, where that is less
        weight = np.exp2(-np.arange(0 if far else self._span) / half_life)
        stretch = np.diff(np.r_[start, len(total)])
        place = np.arange(len(total)) - np.repeat(start, stretch)  # among those of its key
        reach = 1
        while reach < longest:
            if _FEW * np.maximum(stretch - reach, 0).sum() < len(total):
                rows = np.flatnonzero(place >= reach)
                age = self._day[rows] - self._day[rows - reach]
                carried = total[rows - reach]
                total[rows] += carried * (np.exp2(-age / half_life) if far else weight[age])
            else:
                same = place[reach:] >= reach
                age = np.where(same, self._day[reach:] - self._day[:-reach], 0)
                carried = total[:-reach] * (np.exp2(-age / half_life) if far else weight[age])
                total[reach:] += np.where(same, carried, 0.0)
            reach *= 2
        return total
