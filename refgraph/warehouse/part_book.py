"""A part of a record in place as a book of its own, for every question there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.book.book import Book
from refgraph.errors import SizeError
from refgraph.reading.files.file_format import MOST_ROWS
from refgraph.schema.columns import COLUMNS, MEMBERS
from refgraph.warehouse.place import quiet

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from refgraph.warehouse.opening import Opened

__all__ = ["book_of_rows", "within_hops"]

# What a later status points at.
_KEY = "id"


def within_hops(source: Opened, book: Book, person: str, hops: int) -> list[str]:
    """Name who is at most so many ties away from a person, whichever way they go.

    Parameters
    ----------
    source : Opened
        The rows.
    book : Book
        Everybody.
    person : str
        From whom it is counted.
    hops : int
        0 is the person alone.
    """
    found = {person}
    for _ in range(hops):
        rows = source.rows_of(found)
        with quiet(source.path):
            ends = rows.select(rows.giver, rows.receiver).distinct().to_pyarrow()
        at = {*ends.column(0).to_pylist(), *ends.column(1).to_pylist()}
        more = found.union(book.people.index[[*at]])
        if more == found:
            break
        found = more
    return sorted(found)


def book_of_rows(
    source: Opened, book: Book, joined: Any, people: Iterable[str], *, window: bool = True
) -> Book:
    """Read rows into memory, with what is known of the people in them.

    Parameters
    ----------
    source : Opened
        Where they are.
    book : Book
        Everybody, with touches, settings and window.
    joined : ibis.Table
        The rows, with all their columns.
    people : iterable of str
        Who is in the part, with a row or without.

    Raises
    ------
    SizeError
        They are more than a book may hold.
    """
    ours = {name: source.columns[name] for name in COLUMNS["referrals"] if name in source.columns}
    rows = joined.select(**ours)
    with quiet(source.path):
        number = int(rows.count().to_pyarrow().as_py())
        if number > MOST_ROWS:
            msg = (
                f"this part has {number:,} referrals, and a book in memory at most "
                f"{MOST_ROWS:,}: ask for fewer people, or ask it in place"
            )
            raise SizeError(msg)
        frame: pd.DataFrame = rows.to_pyarrow().to_pandas()
    inside = {*people}
    named_otherwise = book.people["aliases"].map(len) > 0
    known = book.people["declared"] & (book.people.index.isin(inside) | named_otherwise)
    declared = book.people[known]
    absent = {} if "date" in ours else {"date": None}
    told: dict[str, Any] = {
        "people": declared.reset_index(),
        "today": book.today,
        "columns": absent or None,
    }
    part = Book.from_frames(frame, **told)
    if source.statuses is not None:
        later = source.statuses[_KEY].isin({*part.column(_KEY)})
        part = Book.from_frames(frame, statuses=source.statuses[later], **told)
    inside |= {*part.people.index[np.unique(np.r_[part.ends])]}
    first, *_ = MEMBERS["touches"]
    touches = book.touches[book.touches[first].isin(inside)].reset_index(drop=True)
    return part.altered(
        people=book.people[book.people.index.isin(inside)],
        touches=touches,
        me=book.me if book.me in inside else None,
        settings=book.settings,
        path=source.path,
        since=book.since if window else None,
        until=book.until if window else None,
    )
