"""The referrals behind a balance, row by row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.owing import owe
from refgraph.book import professional_limits

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = ["between", "of"]


def of(book: Book, person: str) -> pd.DataFrame:
    """List every referral a person gave or received, with the running balance.

    Parameters
    ----------
    book : Book
        Its window chooses the rows; the balance starts at 0 with the first of them.
    person : str
        Whose register it is.

    Returns
    -------
    pandas.DataFrame
        Oldest first, undated rows before all: ``date``, ``direction`` (``to`` or
        ``from``), ``person`` (the other one), ``given``, ``received``,
        ``balance`` after the row, ``prospect``, ``status``, ``note``.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> rows = of(book, "Robin Hale")
    >>> bool(rows["balance"].iloc[-1] == rows["given"].sum() - rows["received"].sum())
    True
    """
    professional_limits.refuse(book)
    person, rows = book.person(person), book.referrals
    rows = rows[(rows["giver"] == person) | (rows["receiver"] == person)]
    gave = (rows["giver"] == person).to_numpy()
    count = rows["count"].to_numpy()
    given, received = np.where(gave, count, 0), np.where(gave, 0, count)
    table = pd.DataFrame(
        {
            "date": rows["date"],
            "direction": pd.Series(np.where(gave, "to", "from"), index=rows.index, dtype="str"),
            "person": rows["receiver"].where(gave, rows["giver"]),
            "given": given,
            "received": received,
            "balance": np.cumsum(given - received),
            "prospect": rows["prospect"],
            "status": rows["status"],
            "note": rows["note"],
        }
    ).reset_index(drop=True)
    return professional_limits.beside(book, table)


def between(book: Book, person: str, whose: str | None = None) -> pd.DataFrame:
    """List what stands behind one balance, and which referrals are still open.

    Parameters
    ----------
    book : Book
        Its window chooses the rows; what is open is settled over the whole record.
    person : str
        The other one.
    whose : str, optional
        Who asks; the book's me if not given.

    Returns
    -------
    pandas.DataFrame
        Oldest first: ``date``, ``direction`` (``received``, ``given``, or
        ``settled`` for a touch that settled one otherwise), ``count``, ``open``,
        ``prospect``, ``handoff``, ``status``, ``note``, ``id``, ``file``, ``line``.

    Raises
    ------
    NoMeError
        Nobody asks.
    UnknownPersonError
        One of the two is not in the book.

    Examples
    --------
    >>> from refgraph import Book
    >>> sorted(set(between(Book.sample(), "Hiro Tanabe")["direction"]))
    ['given', 'received']
    """
    professional_limits.refuse(book)
    me = book.asked(whose, "What stands behind a balance")
    person = book.person(person)
    rows = book.history.assign(open=owe.open_referrals(book))[book.in_window]
    received = (rows["giver"] == person) & (rows["receiver"] == me)
    given = (rows["giver"] == me) & (rows["receiver"] == person)
    rows = rows[received | given].copy()
    rows["open"] = rows["open"].where(received[rows.index], 0)
    rows["direction"] = np.where(received[rows.index], "received", "given")
    settled = book.touches[
        (book.touches["kind"] == "settled") & (book.touches["person"] == person) & (me == book.me)
    ]
    settled = settled[["date", "note", "file", "line"]].assign(
        direction="settled", count=1, open=0, prospect="", handoff=np.nan, status="", id=""
    )
    columns = ["date", "direction", "count", "open", "prospect", "handoff", "status", "note"]
    both = pd.concat([rows, settled])[[*columns, "id", "file", "line"]]
    both["file"] = [Path(file).name for file in both["file"]]
    both = both.sort_values("date", kind="stable", na_position="first", ignore_index=True)
    return professional_limits.beside(book, both)
