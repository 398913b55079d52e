"""What was known of a gift on the morning of its day, and what that made of it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from refgraph.analysis.estimating.learned import Timing, month_of, over
from refgraph.analysis.estimating.running_totals import Running
from refgraph.analysis.estimating.shrinkage import Evidence
from refgraph.analysis.returning.unprompted import usual
from refgraph.analysis.statistics.sorting import distinct, numbered, order_of, place_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from refgraph.analysis.estimating.trial import Trial

__all__ = ["known", "timings"]

_AT_ONCE = 2**20  # episodes weighed at a time


def known(tested: Trial, *, half_life: float, meant: NDArray[np.float64] | None = None) -> Evidence:
    """Give what was on record on the morning of each gift.

    Parameters
    ----------
    tested : Trial
        The gifts, and the record.
    half_life : float
        Days after which evidence weighs half.
    meant : ndarray of float64, optional
        Share of each answer of the past that is put down to the gift, see ``Evidence.meant``.
        Not needed if the gifts asked about are those of the past, one for one.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.estimating.protocol import trial
    >>> gifts = trial(Book.sample())
    >>> whole = np.ones(len(gifts.past))
    >>> bool((known(gifts, half_life=730, meant=whole).answered >= 0).all())
    True
    """
    past, people = tested.past, tested.people
    opened, answered = past["opened"].to_numpy(), past["answered"].to_numpy()
    ends = (past["answer"].to_numpy(), answered), (past["ended"].to_numpy(), answered | True)
    pair = past["giver"].to_numpy() * people + past["receiver"].to_numpy()
    asked_of = _asked_of(tested)
    sums, came_so_far = [], []
    for key, asked in (
        (np.zeros_like(pair), asked_of.all),
        (past["receiver"].to_numpy(), asked_of.receiver),
        (pair, asked_of.pair),
    ):
        for day, counted in ends:
            weight = np.exp2(-(day - opened)[counted] / half_life)  # on the day that tells
            ends_so_far = Running(key[counted], day[counted], weight, half_life=half_life)
            sums.append(asked.before(ends_so_far))
            if counted is answered:
                came_so_far.append((ends_so_far, asked))
    waiting = _Open(tested, half_life)
    to, mine = waiting.to_each()
    for place, more in ((1, waiting.of_all()), (3, to), (5, mine)):
        sums[place] += more
    received = next(_given(people, tested.rows, half_life, asked_of))
    unasked = tested.rows[tested.rows["unasked"]]
    mine, given, got, every = _given(people, unasked, tested.horizon, asked_of)
    first = [*sums, received, mine, usual(given, got, every)]
    share = Evidence._make([*first, 0.0, np.zeros(0)]).meant if meant is None else meant
    day, came = (each[answered] for each in (past["answer"].to_numpy(), share))
    weight = came * np.exp2(-(day - opened[answered]) / half_life)
    wished = [asked.before(so_far.of(weight)) for so_far, asked in came_so_far[:2]]
    return Evidence._make([*first, *wished])


def timings(tested: Trial, months: NDArray[np.int64]) -> dict[int, Timing]:
    """Give how soon returns came by the first of each month.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.estimating.protocol import trial
    >>> gifts = trial(Book.sample())
    >>> early, late = timings(gifts, np.array([0, 99_999])).values()
    >>> len(early.days) < len(late.days)
    True
    """
    past = tested.past
    days = (past["answer"] - past["opened"]).to_numpy()
    answered = past["answered"].to_numpy()
    found = {}
    for month in distinct(months).tolist():
        number = over(past, tested.horizon, month)
        came = days[:number][answered[:number]]
        found[month] = Timing(np.sort(came), tested.horizon)
    return found


class _Open:
    """Episodes open on a morning, each weighed by the share of returns that come so soon."""

    def __init__(self, tested: Trial, half_life: float) -> None:
        self._tested, self._half_life = tested, half_life
        self._months = month_of(tested.day)
        self._timings = timings(tested, self._months)
        past = tested.past
        self._giver, self._receiver = past["giver"].to_numpy(), past["receiver"].to_numpy()
        self._opened, self._ended = past["opened"].to_numpy(), past["ended"].to_numpy()

    def weight(self, month: NDArray[np.int64], age: NDArray[np.int64]) -> NDArray[np.float64]:
        """Weigh episodes by their age, on mornings whose months come in order."""
        found = np.empty(len(age))
        months, start = np.unique(month, return_index=True)
        ends = np.append(start[1:], len(month))[: len(start)].tolist()
        every = np.arange(age.max(initial=0) + 1)
        for first, begin, end in zip(months.tolist(), start.tolist(), ends, strict=True):
            part = age[begin:end]
            ages = every if len(every) < len(part) else part  # each once, where that is less
            told = np.exp2(-ages / self._half_life) * self._timings[first].share(ages)
            found[begin:end] = told[part] if ages is every else told
        return found

    def to_each(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Sum those to the receiver, and those of the giver to them."""
        people, tested = self._tested.people, self._tested
        return (
            self._summed(self._receiver, tested.receiver),
            self._summed(
                self._giver * people + self._receiver, tested.giver * people + tested.receiver
            ),
        )

    def _summed(self, key: NDArray[np.int64], asked: NDArray[np.int64]) -> NDArray[np.float64]:
        """Sum those of a key that are open on a morning, each key and morning once."""
        tested, horizon = self._tested, self._tested.horizon
        order = order_of(key, self._opened)
        first = int(min(self._opened.min(initial=0), tested.day.min(initial=0)))
        span = int(max(self._opened.max(initial=0), tested.day.max(initial=0))) - first + 2
        most = int(max(key.max(initial=0), asked.max(initial=0))) + 1
        mornings, _, place = numbered((tested.day - first) * most + asked)
        day, asked = mornings // most + first, mornings % most
        opened = key[order] * span + self._opened[order] - first
        start = place_in(opened, asked * span + np.maximum(day - horizon + 1 - first, 0))
        number = place_in(opened, asked * span + day - first) - start
        month, found = month_of(day), np.zeros(len(mornings))
        for begin, end in _parts(number):
            many = number[begin:end]
            of = np.repeat(np.arange(begin, end), many)
            at = order[
                np.arange(len(of)) + np.repeat(start[begin:end] - np.cumsum(many) + many, many)
            ]
            still = self._ended[at] >= day[of]
            of, at = of[still], at[still]
            weight = self.weight(month[of], day[of] - self._opened[at])
            found[begin:end] = np.bincount(of - begin, weight, end - begin)
        return found[place]

    def of_all(self) -> NDArray[np.float64]:
        """Sum those of everybody, day by day."""
        days, _, place = numbered(self._tested.day)
        opened, _, which = numbered(self._opened)
        number = np.zeros(len(opened))  # still open, of each day
        coming, leaving = order_of(self._opened), order_of(self._ended)
        came = np.searchsorted(self._opened[coming], days)
        left = np.searchsorted(self._ended[leaving], days)
        from_day = np.searchsorted(opened, days - self._tested.horizon)
        before = np.searchsorted(opened, days)
        month = month_of(days)
        found, seen, gone = np.zeros(len(days)), 0, 0
        for at, day in enumerate(days.tolist()):
            number += np.bincount(which[coming[seen : came[at]]], minlength=len(opened))
            number -= np.bincount(which[leaving[gone : left[at]]], minlength=len(opened))
            seen, gone = came[at], left[at]
            window = slice(from_day[at], before[at])
            age = day - opened[window]
            share = self._timings[int(month[at])].share(age)
            found[at] = number[window] @ (share * np.exp2(-age / self._half_life))
        return found[place]


def _parts(number: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Cut what has so many of something each into parts that hold a million or so together."""
    so_far = np.cumsum(number)
    every = np.arange(_AT_ONCE, int(number.sum()), _AT_ONCE)
    cuts = np.unique(np.r_[0, np.searchsorted(so_far, every), len(number)]).tolist()
    return pairwise(cuts)


class _Asked:
    """What sums are asked for by each gift, on its morning: in order, as is far faster."""

    def __init__(self, key: NDArray[np.int64], day: NDArray[np.int64]) -> None:
        self._order = order_of(key, day)
        self._key, self._day = key[self._order], day[self._order]

    def before(self, sums: Running) -> NDArray[np.float64]:
        """Give what each gift finds on its morning."""
        found = np.empty(len(self._order))
        found[self._order] = sums.before(self._key, self._day)
        return found


class _AskedOf(NamedTuple):
    """The keys that gifts ask for: everybody, whose it is, to whom, and of whom to whom."""

    all: _Asked
    giver: _Asked
    receiver: _Asked
    pair: _Asked


def _asked_of(tested: Trial) -> _AskedOf:
    i, j = tested.giver, tested.receiver
    keys = np.zeros_like(tested.day), i, j, i * tested.people + j
    return _AskedOf(*(_Asked(key, tested.day) for key in keys))


def _given(
    people: int, rows: pd.DataFrame, half_life: float, asked_of: _AskedOf
) -> Iterator[NDArray[np.float64]]:
    """Sum the referrals of j to i, of j to anyone, of anyone to i, and all, with their age."""
    giver, receiver = rows["giver"].to_numpy(), rows["receiver"].to_numpy()
    for key, asked in (
        (receiver * people + giver, asked_of.pair),
        (giver, asked_of.receiver),
        (receiver, asked_of.giver),
        (np.zeros_like(giver), asked_of.all),
    ):
        yield asked.before(Running(key, rows["day"], rows["count"], half_life=half_life))
