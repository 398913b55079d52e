"""Occasions: the days on which somebody referred to somebody, and the gifts that came before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.returning import returns
from refgraph.analysis.statistics.sorting import among, numbered, order_of, place_in
from refgraph.book import professional_limits
from refgraph.book.dated_referrals import dated_referrals, day_numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["AGAIN", "ANSWERS", "OPENS", "Occasions", "occasions"]

#: What an occasion is between the two: the first of an exchange, a further one while the first
#: is still open, or the answer to one of the other.
OPENS, AGAIN, ANSWERS = range(3)


@dataclass(frozen=True, slots=True)
class Occasions:
    """All days on which one person referred to another, as arrays.

    Attributes
    ----------
    people, horizon, today : int
        How many people there are; days within which one thing may follow another; the day.
    giver, receiver, day : ndarray of int64
        Positions of people, and days since 1970; sorted by day, giver, receiver.
    size : ndarray of float64
        Referrals of that day.
    state : ndarray of int64
        ``OPENS``, ``AGAIN`` or ``ANSWERS``.
    before : ndarray of int64
        How many earlier occasions the same giver had with the same receiver.
    repeat, earlier : ndarray of int64
        Every two occasions of the same giver and receiver of which ``repeat`` came within the
        horizon after the day of ``earlier``.
    later, gift : ndarray of int64
        Every two occasions of which ``later`` went the other way than ``gift`` and came
        within the horizon after its day.
    """

    people: int
    horizon: int
    today: int
    giver: NDArray[np.int64]
    receiver: NDArray[np.int64]
    day: NDArray[np.int64]
    size: NDArray[np.float64]
    state: NDArray[np.int64]
    before: NDArray[np.int64]
    repeat: NDArray[np.int64]
    earlier: NDArray[np.int64]
    later: NDArray[np.int64]
    gift: NDArray[np.int64]

    @property
    def age(self) -> NDArray[np.int64]:
        """Days from each occasion to today."""
        return self.today - self.day

    @property
    def lag(self) -> NDArray[np.int64]:
        """Days from each gift to what came later, 1 to the horizon."""
        return self.day[self.later] - self.day[self.gift]

    @property
    def pair(self) -> NDArray[np.int64]:
        """A number for each giver and receiver."""
        return self.giver * self.people + self.receiver

    @property
    def back(self) -> NDArray[np.int64]:
        """The number of the same two the other way."""
        return self.receiver * self.people + self.giver


def occasions(book: Book, *, horizon: int = returns.HORIZON) -> Occasions:
    """Fold the dated referrals of a book into occasions, and find what came within a horizon.

    What two people do on one day happens at once: neither came after the other.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window; undated rows are left out.
    horizon : int, default 180
        Days.

    Returns
    -------
    Occasions

    Raises
    ------
    OptionError
        The horizon is not at least a day.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> found = occasions(book)
    >>> bool(found.size.sum() == book.history.loc[book.history["date"].notna(), "count"].sum())
    True
    >>> bool(((found.lag >= 1) & (found.lag <= 180)).all())
    True
    """
    professional_limits.refuse(book)
    made = returns.episodes(book, horizon=horizon)  # checks the horizon
    rows = dated_referrals(book)
    people, today, passed = rows.people, rows.today, rows.day <= rows.today
    giver, receiver, day = rows.giver[passed], rows.receiver[passed], rows.day[passed]
    first, span = int(day.min(initial=today)), int(day.max(initial=today)) + 1
    reach = min(horizon, span - first)
    wide = span - first + reach + 1  # so that no window reaches into another pair

    def number(
        one: NDArray[np.int64], other: NDArray[np.int64], when: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        return (one * people + other) * wide + (when - first)

    key, _, at = numbered(number(giver, receiver, day))
    size = np.bincount(at, rows.count[passed], len(key))
    pair, day = np.divmod(key, wide)
    giver, receiver, day = pair // people, pair % people, day + first
    start = np.flatnonzero(np.diff(pair, prepend=-1))
    before = np.arange(len(key)) - np.repeat(start, np.diff(np.r_[start, len(key)]))
    repeat, earlier = _within(key, key, reach)
    later, gift = _within(key, number(receiver, giver, day), reach)
    places = returns.places(book, made, horizon=horizon)
    opened, closed = (day_numbers(made[name]) for name in ("date", "closed"))
    came = (made["state"] == "answered").to_numpy()
    state = np.full(len(key), AGAIN)
    state[among(key, number(*places, opened))] = OPENS
    state[among(key, number(places[1], places[0], closed)[came])] = ANSWERS

    order = order_of(day, giver, receiver)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    chosen = order_of(place[later], place[gift])
    again = order_of(place[repeat], place[earlier])
    return Occasions(
        people=people,
        horizon=min(horizon, returns.LONGEST),
        today=today,
        giver=giver[order],
        receiver=receiver[order],
        day=day[order],
        size=size[order].astype(float),
        state=state[order],
        before=before[order],
        repeat=place[repeat][again],
        earlier=place[earlier][again],
        later=place[later][chosen],
        gift=place[gift][chosen],
    )


def _within(
    key: NDArray[np.int64], asked: NDArray[np.int64], reach: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pair each number that is asked about with the keys below it, by ``reach`` at most."""
    low, high = place_in(key, asked - reach), place_in(key, asked)
    one = np.repeat(np.arange(len(asked)), high - low)
    return one, np.arange(len(one)) - np.repeat(np.cumsum(high - low) - high, high - low)
