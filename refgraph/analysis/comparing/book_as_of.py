"""The book as its dated rows say that it stood on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.book import professional_limits
from refgraph.errors import OptionError

if TYPE_CHECKING:
    from datetime import date

    from refgraph.book.book import Book

__all__ = ["book_as_of"]


def book_as_of(book: Book, day: date) -> Book:
    """Give the book as its dated rows say that it stood on a day.

    Referrals, touches and changes of status after the day are left out; what has no date stays,
    and so do people, spellings and handoffs as they are now. Nothing counts but the whole record,
    whatever the window.

    Parameters
    ----------
    book : Book
        The book of now.
    day : datetime.date
        What is today in the book that comes out.

    Returns
    -------
    Book

    Raises
    ------
    OptionError
        The day is after today's.
    WithheldError
        The book has the profile ``health``.

    Examples
    --------
    >>> from datetime import date
    >>> from refgraph import Book
    >>> then = book_as_of(Book.sample(), date(2026, 3, 1))
    >>> then.today == date(2026, 3, 1), len(then.history) < len(Book.sample().history)
    (True, True)
    """
    professional_limits.refuse(book)
    if day > book.today:
        msg = f"{day} is after today, {book.today}; there is nothing to compare with yet"
        raise OptionError(msg)
    end = np.datetime64(day, "s")
    history = book.history
    history = history[~(history["date"] > end)].reset_index(drop=True)
    touches = book.touches
    touches = touches[~(touches["date"] > end)].reset_index(drop=True)
    moved = _standing(book, day)
    late = (history["status_date"] > end) | history["id"].isin(moved)
    told = [
        moved.get(identity, ("given", None)) if is_late else (status, when)
        for identity, status, when, is_late in zip(
            history["id"], history["status"], history["status_date"], late, strict=True
        )
    ]
    history["status"] = pd.Series([status for status, _ in told], dtype=history["status"].dtype)
    days = [pd.NaT if when is None else when for _, when in told]
    history["status_date"] = pd.Series(days, dtype="datetime64[s]")
    changes = tuple(
        change for change in book.status_changes if change[0] is None or change[0] <= day
    )
    return book.altered(
        history=history,
        touches=touches,
        today=day,
        since=None,
        until=None,
        status_changes=changes,
    )


def _standing(book: Book, day: date) -> dict[str, tuple[str, date | None]]:
    """Give the status of each referral that statuses.csv tells of, and since when."""
    found: dict[str, tuple[str, date | None]] = {}
    rows = book.history
    own = {
        identity: None if pd.isna(given) else given.date()
        for identity, given in zip(rows["id"], rows["date"], strict=True)
    }
    for when, identity, status in book.status_changes:
        if identity not in found:  # what its own row says
            is_later = when is not None and when > day
            since = None if status == "given" and when == own.get(identity) else when
            found[identity] = ("given", None) if is_later else (status, since)
        elif when is not None and when <= day:
            newest = found[identity][1] or own.get(identity)
            if newest is None or when >= newest:
                found[identity] = (status, when)
    return found
