"""The referrals that have a date, as arrays of whole numbers: who, to whom, on which day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["DatedReferrals", "dated_referrals", "day_numbers"]


@dataclass(frozen=True, slots=True)
class DatedReferrals:
    """The dated rows of a book's whole record, in its order.

    Attributes
    ----------
    people : int
        Number of people; at least 1.
    today : int
        The book's today, in days from 1970 as all days here.
    is_dated : ndarray of bool
        Which rows of the record these are.
    giver, receiver : ndarray of int64
        Places among the people of the book.
    day, count : ndarray of int64
        When, and how many referrals the row stands for.
    """

    people: int
    today: int
    is_dated: NDArray[np.bool_]
    giver: NDArray[np.int64]
    receiver: NDArray[np.int64]
    day: NDArray[np.int64]
    count: NDArray[np.int64]

    @property
    def pair(self) -> NDArray[np.int64]:
        """A number for the two of a row, whoever of them gave."""
        low, high = np.minimum(self.giver, self.receiver), np.maximum(self.giver, self.receiver)
        return low * self.people + high

    @property
    def side(self) -> NDArray[np.int64]:
        """Which of the two gave: 0 the first by place, 1 the other."""
        return (self.giver > self.receiver).astype(np.int64)


def dated_referrals(book: Book) -> DatedReferrals:
    """Give the referrals with a date, whatever the window.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> found = dated_referrals(book)
    >>> len(found.day) == found.is_dated.sum(), bool((found.day <= found.today).all())
    (np.True_, True)
    """
    dates = book.dates
    chosen = dates.notna().to_numpy()
    giver, receiver = (places[chosen] for places in book.ends)
    return DatedReferrals(
        people=max(len(book.people), 1),
        today=int(np.datetime64(book.today, "D").astype(np.int64)),
        is_dated=chosen,
        giver=giver,
        receiver=receiver,
        day=day_numbers(dates.to_numpy()[chosen]),
        count=book.column("count").to_numpy()[chosen],
    )


def day_numbers(dates: pd.Series[Any] | NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Count the days from 1970 to each of some days.

    Examples
    --------
    >>> day_numbers(np.array(["1970-01-03", "1969-12-31"], dtype="datetime64[s]")).tolist()
    [2, -1]
    """
    return np.asarray(np.asarray(dates).astype("datetime64[D]").astype(np.int64), dtype=np.int64)
