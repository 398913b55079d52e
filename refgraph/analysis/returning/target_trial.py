"""A target trial drawn from a book: gifts after silence, and the same partner's silent days."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from refgraph.analysis.statistics.sorting import distinct
from refgraph.book import professional_limits
from refgraph.book.dated_referrals import dated_referrals, day_numbers
from refgraph.errors import OptionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book.book import Book

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

__all__ = ["NEVER", "Days", "Events", "Moments", "Trial", "emulate"]

NEVER = 2**30  # days; further away than any date, and of either sign
_SPAN = 2**32  # apart from each other the days of two pairs, so that one sorted array holds all
_EPOCH = 719_163  # 1970-01-01, counting from the first day of year 1, which is 1
_MOST = 1_000_000  # days without a gift that are looked at; of more, every second, third, ...
_SHARE = 0.5  # of the dates on one weekday, or one day of the month: the book keeps to such days
_FEW = 10  # dates, of which nothing is said about the days they keep to


@dataclass(frozen=True)
class Events:
    """Days on which something passed in each pair, to be asked what came before and after.

    Examples
    --------
    >>> found = Events.of(np.array([0, 0, 1]), np.array([10, 30, 20]))
    >>> pair, day = np.array([0, 0, 1]), np.array([30, 31, 25])
    >>> found.before(pair, day).tolist(), found.on(pair, day).tolist()
    ([10, 30, 20], [True, False, False])
    >>> bool((found.after(pair, day) == NEVER).all()), found.within(pair, day - 20, day).tolist()
    (True, [2, 1, 1])
    """

    keys: Ints

    @classmethod
    def of(cls, pair: Ints, day: Ints) -> Events:
        """Sort them, each day of a pair once."""
        return cls(distinct(pair * _SPAN + day))

    @cached_property
    def places(self) -> tuple[Ints, Ints]:
        """The pair and the day of each."""
        pair, day = np.divmod(self.keys, _SPAN)
        return pair, day

    def place(self, pair: Ints, day: Ints) -> Ints:
        """Give where each day stands among them, or would."""
        return np.asarray(np.searchsorted(self.keys, pair * _SPAN + day))

    def without(self, pair: Ints, day: Ints) -> Events:
        """Leave days out."""
        return Events(np.setdiff1d(self.keys, pair * _SPAN + day, assume_unique=True))

    def before(self, pair: Ints, day: Ints) -> Ints:
        """Give the last day before each, or -NEVER."""
        at = np.searchsorted(self.keys, pair * _SPAN + day) - 1
        return self._day(at, pair, -NEVER)

    def after(self, pair: Ints, day: Ints) -> Ints:
        """Give the first day after each, or NEVER."""
        at = np.searchsorted(self.keys, pair * _SPAN + day, side="right")
        return self._day(at, pair, NEVER)

    def on(self, pair: Ints, day: Ints) -> Flags:
        """Tell whether something passed on each day itself."""
        return np.asarray(self.before(pair, day + 1) == day)

    def within(self, pair: Ints, first: Ints, last: Ints) -> Ints:
        """Count the days from the first to the last, both included."""
        low = np.searchsorted(self.keys, pair * _SPAN + first)
        high = np.searchsorted(self.keys, pair * _SPAN + last, side="right")
        return np.asarray(np.maximum(high - low, 0), dtype=np.int64)

    def _day(self, at: Ints, pair: Ints, absent: int) -> Ints:
        inside = (at >= 0) & (at < len(self.keys))
        found = self.keys[np.where(inside, at, 0)] - pair * _SPAN if len(self.keys) else pair
        near = inside & (np.abs(found) < NEVER)
        return np.where(near, found, absent)


class Moments(NamedTuple):
    """Days of pairs, and the last day before each with a gift or with a referral back.

    ``gave`` and ``got`` are -NEVER where there was none.
    """

    pair: Ints
    day: Ints
    gave: Ints
    got: Ints

    def where(self, kept: Flags) -> Moments:
        """Keep some."""
        return Moments(*(of[kept] for of in self))


@dataclass(frozen=True)
class Days:
    """Days of pairs at which a follow-up begins, and how it ends.

    ``watched`` are the days until the first referral from the partner, the next gift to
    them, the horizon or today, whichever is first; ``came`` tells that it was the first.
    """

    pair: Ints
    day: Ints
    watched: Ints
    came: Flags


@dataclass(frozen=True)
class Trial:
    """Who gave to whom and when, with all that the trial and its controls ask about it.

    Attributes
    ----------
    horizon, today : int
        Days; a day is its number, where that of 0001-01-01 is 1.
    giver, partner : array of int
        The two of each pair, as places among the book's people.
    start, known : array of int
        Of each pair, the first day of the giver on record, and the first on which the
        partner is known too.
    gave, got : Events
        Days of referrals to the partner, and from them.
    gift_pair, gift_day : array of int
        Every day with a gift and without a referral back on the same day.
    grid : array of int
        The days that may be control days.
    step : int
        In a large book, every how many of them one by one is looked at.
    sparse : float
        For one of them, how many days of the calendar there are.
    crossed : int
        Exchanges left out: days of a gift on which something came back.
    """

    horizon: int
    today: int
    giver: Ints
    partner: Ints
    start: Ints
    known: Ints
    gave: Events
    got: Events
    gift_pair: Ints
    gift_day: Ints
    grid: Ints
    step: int
    sparse: float
    crossed: int

    @cached_property
    def gift_moments(self) -> Moments:
        """Every day with a gift and without a referral back on the same day."""
        pair, day = self.gift_pair, self.gift_day
        return Moments(pair, day, self.gave.before(pair, day), self.got.before(pair, day))

    @cached_property
    def receipt_moments(self) -> Moments:
        """Every day with a referral from the partner; a gift on the same day was before it."""
        pair, day = self.got.places
        gave, got = self.gave.before(pair, day + 1), self.got.before(pair, day)
        return Moments(pair, day, gave, got)

    @cached_property
    def quiet_moments(self) -> Moments:
        """Every day of the grid on which nothing passed, from the known on."""
        pairs = len(self.giver)
        grid = self.grid[:: self.step]
        first = np.searchsorted(grid, self.known, side="right")
        last = np.full(pairs, np.searchsorted(grid, self.today))
        number = np.maximum(last - first, 0)
        pair = np.repeat(np.arange(pairs), number)
        turn = np.arange(len(pair)) - np.repeat(np.cumsum(number) - number, number)
        day = grid[first[pair] + turn] if len(pair) else np.zeros(0, dtype=np.int64)
        found = Moments(pair, day, *(of.before(pair, day + 1) for of in (self.gave, self.got)))
        return found.where((found.gave < day) & (found.got < day))

    def received_nothing(self, at: Moments) -> Flags:
        """Tell whether nothing came from the partner in the horizon before each day."""
        early = at.day >= self.start[at.pair] + self.horizon
        return early & (at.got < at.day - self.horizon)

    def silent(self, at: Moments) -> Flags:
        """Tell whether nothing passed between the two in the horizon before each day."""
        return self.received_nothing(at) & (at.gave < at.day - self.horizon)

    def followed(self, pair: Ints, day: Ints) -> Days:
        """Follow each day up."""
        back, again = self.got.after(pair, day), self.gave.after(pair, day)
        end = np.minimum(np.minimum(again, day + self.horizon), self.today)
        return Days(pair, day, np.minimum(back, end) - day, back <= end)

    @cached_property
    def gifts(self) -> Days:
        """The clean gifts: those after silence."""
        clean = self.silent(self.gift_moments) & (self.gift_day < self.today)
        return self.followed(self.gift_pair[clean], self.gift_day[clean])

    @cached_property
    def silences(self) -> tuple[Ints, Ints]:
        """For each pair, referrals from the partner that ended a silence, and its control days.

        All control days are counted, however few are looked at one by one. A referral that no
        control day came before, in the silence and the horizon, ended none.
        """
        pairs = len(self.giver)
        today = np.arange(pairs) * _SPAN + self.today  # once, though something may have passed
        ends = distinct(np.r_[self.gave.keys, self.got.keys, today])
        pair, end = np.divmod(ends, _SPAN)
        last = np.maximum(self.gave.before(pair, end), self.got.before(pair, end))
        begin = np.maximum(last, self.start[pair] - 1) + self.horizon + 1
        begin = np.maximum(begin, self.known[pair] + 1)
        low, near, high = (
            np.searchsorted(self.grid, day)
            for day in (begin, np.maximum(begin, end - self.horizon), end)
        )
        days = np.bincount(pair, np.maximum(high - low, 0), pairs)
        ended = self.got.on(pair, end) & (high > near)
        return np.bincount(pair[ended], minlength=pairs), days.astype(np.int64)

    @cached_property
    def controls(self) -> Days:
        """The control days: the same silence, and no gift; in a large book some of them."""
        kept = self.quiet_moments.where(self.silent(self.quiet_moments))
        return self.followed(kept.pair, kept.day)


def emulate(book: Book, person: str | None, *, horizon: int) -> Trial:
    """Draw the trial from a book.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window; undated rows are left out.
    person : str or None
        Whose gifts; those of everybody if None.
    horizon : int
        Days.

    Raises
    ------
    OptionError
        The horizon is not at least a day.

    Examples
    --------
    >>> from refgraph import Book
    >>> trial = emulate(Book.sample(), "Robin Hale", horizon=60)
    >>> int(trial.silent(trial.gift_moments).sum()) >= len(trial.gifts.day) > 0
    True
    """
    professional_limits.refuse(book)
    if horizon < 1:
        msg = f"a gift is followed for a horizon of at least 1 day, not {horizon}"
        raise OptionError(msg)
    people, rows = len(book.people), dated_referrals(book)
    giver, receiver, day = rows.giver, rows.receiver, rows.day + _EPOCH
    today = book.today.toordinal()
    first = np.full(people, NEVER)
    for ends in (giver, receiver):
        np.minimum.at(first, ends, day)
    mine = np.ones(len(day), dtype=bool)
    if person is not None:
        mine = giver == book.places([person])[0]
    pairs, pair = np.unique(giver[mine] * people + receiver[mine], return_inverse=True)
    one, other = np.divmod(pairs, max(people, 1))
    back = np.searchsorted(pairs, receiver * people + giver)
    back[back == len(pairs)] = 0
    is_back = pairs[back] == receiver * people + giver if len(pairs) else mine
    gave, got = Events.of(pair, day[mine]), Events.of(back[is_back], day[is_back])
    gift_pair, gift_day = np.divmod(gave.keys, _SPAN)
    crossed = got.on(gift_pair, gift_day)
    known = np.maximum(first[one], np.minimum(first[other], _declared(book)[other]))
    grid, sparse = _grid(np.unique(day), today)
    many = len(grid) - np.searchsorted(grid, known)
    return Trial(
        horizon=min(horizon, 2**20),
        today=today,
        giver=one,
        partner=other,
        start=first[one],
        known=known,
        gave=gave,
        got=got,
        gift_pair=gift_pair[~crossed],
        gift_day=gift_day[~crossed],
        grid=grid,
        step=max(1, int(np.ceil(many.sum() / _MOST))),
        sparse=sparse,
        crossed=int(crossed.sum()) // (2 if person is None else 1),  # each has two givers
    )


def _declared(book: Book) -> Ints:
    """Give the first day on which each person is known without a referral, or NEVER."""
    known = np.full(len(book.people), NEVER)
    touches = book.contacts[book.contacts["date"].notna()]
    places = book.places(touches["person"])
    touched = day_numbers(touches["date"]) + _EPOCH
    np.minimum.at(known, places[places >= 0], touched[places >= 0])
    told = book.people["since"].notna().to_numpy()
    known[told] = np.minimum(known[told], day_numbers(book.people["since"][told]) + _EPOCH)
    return known


def _grid(dates: Ints, today: int) -> tuple[Ints, float]:
    """Give the days that may be control days, and how many of the calendar there are for each.

    A book that is filled in on Thursdays, or on the first of the month, has gifts on such days
    only. From one of them to the next fewer days with referrals follow than from a day between,
    so that only days of their kind are comparable.
    """
    if not len(dates):
        return np.zeros(0, dtype=np.int64), 1.0
    every = days = np.arange(dates[0], today)
    for kind in (_weekday, _month_day):
        if len(dates) < _FEW:
            break
        number, times = np.unique(kind(dates), return_counts=True)
        if times.max() > _SHARE * len(dates):
            days = days[np.isin(kind(days), number[times == times.max()])]
            break
    return days, len(every) / max(len(days), 1)


def _weekday(day: Ints) -> Ints:
    return day % 7


def _month_day(day: Ints) -> Ints:
    """Give the day of the month, the last of every month as 0."""
    at = (day - _EPOCH).astype("datetime64[D]")
    last = (at + np.timedelta64(1, "D")).astype("datetime64[M]") > at.astype("datetime64[M]")
    number = (at - at.astype("datetime64[M]")).astype(np.int64) + 1
    return np.where(last, 0, number)
