"""A book as its dated rows say it stood on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from refgraph.book.professional_limits import touches_as_written
from refgraph.errors import RefgraphError

if TYPE_CHECKING:
    from datetime import date

    from refgraph.book.book import Book

__all__ = ["book_on"]


def book_on(book: Book, day: date) -> Book:
    """Give a book as it stood at the end of a day.

    Rows and changes of status after that day are left out; people and spelling are as now. A
    row that was written down later with an earlier date counts with its date, and a row without
    a date was always there. The status of a referral is the newest that its row and statuses.csv
    say of that day or an earlier one; without any it counts as given.

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
    moved = _statuses_on(book, day)
    late = (history["status_date"] > last) | history["id"].isin(moved)
    told = [
        moved.get(identity, ("given", None)) if is_late else (status, when)
        for identity, status, when, is_late in zip(
            history["id"], history["status"], history["status_date"], late, strict=True
        )
    ]
    days = [pd.NaT if when is None else when for _, when in told]
    history = history.assign(
        status=pd.Series([status for status, _ in told], dtype=history["status"].dtype),
        status_date=pd.Series(days, dtype="datetime64[s]"),
    )
    touches = touches_as_written(whole)
    touches = touches[~(touches["date"] > last)].reset_index(drop=True)
    changes = tuple(each for each in book.status_changes if each[0] is None or each[0] <= day)
    return whole.altered(history=history, touches=touches, today=day, status_changes=changes)


def _statuses_on(book: Book, day: date) -> dict[str, tuple[str, date | None]]:
    """Give the status of each referral that changed after the day, and since when it has it.

    Of any other the row says it: what was read stands, whatever the order of its days.
    """
    found: dict[str, tuple[str, date | None]] = {}
    given = dict(zip(book.column("id"), book.dates, strict=True))
    changed = {each for when, each, _ in book.status_changes if when is not None and when > day}
    for when, identity, status in book.status_changes:
        if identity not in changed:
            continue
        if identity not in found:  # what its own row says
            is_later = when is not None and when > day
            found[identity] = ("given", None) if is_later else (status, when)
        elif when is not None and when <= day:
            since = found[identity][1]
            start = given[identity] if since is None else pd.Timestamp(since)
            if pd.isna(start) or pd.Timestamp(when) >= start:
                found[identity] = (status, when)
    return found
