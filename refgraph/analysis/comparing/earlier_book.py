"""A book as its dated rows say it stood on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.errors import RefgraphError

if TYPE_CHECKING:
    from datetime import date

    from refgraph.book.book import Book

__all__ = ["book_on"]


def book_on(book: Book, day: date) -> Book:
    """Give a book as it stood at the end of a day.

    Rows and changes of status after that day are left out; people and spelling are as now. A
    row that was written down later with an earlier date counts with its date, and a row without
    a date was always there. Of a referral whose status changed after the day it is not kept
    what it was before: it counts as given.

    Parameters
    ----------
    book : Book
        The whole record counts, whatever its window.
    day : datetime.date
        Not after the book's today.

    Returns
    -------
    Book
        Its today is the day.

    Raises
    ------
    RefgraphError
        The day is after the book's today.

    Examples
    --------
    >>> from datetime import date
    >>> from refgraph import Book
    >>> then = book_on(Book.sample(), date(2026, 1, 1))
    >>> str(then.today), str(then.history["date"].max())[:10] <= "2026-01-01"
    ('2026-01-01', True)
    """
    if day > book.today:
        msg = f"The book cannot stand as on {day}: its today is {book.today}."
        raise RefgraphError(msg)
    whole, last = book.window(), pd.Timestamp(day)
    history = whole.history
    history = history[~(history["date"] > last)].reset_index(drop=True)
    if "status_date" in history:
        later = (history["status_date"] > last).to_numpy()
        history = history.assign(
            status=history["status"].mask(later, "given"),
            status_date=history["status_date"].mask(later, np.datetime64("NaT")),
        )
    touches = whole.touches
    touches = touches[~(touches["date"] > last)].reset_index(drop=True)
    return whole.altered(history=history, touches=touches, today=day)
