"""Givers whose referral moved, and who were not told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.book import frames
from refgraph.book.professional_limits import touches_as_written
from refgraph.schema.values import NO_CONTACT

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = ["COLUMNS", "owed", "undated"]

COLUMNS = ("person", "id", "prospect", "status", "moved", "days")


def owed(book: Book) -> pd.DataFrame:
    """List the referrals to me that moved since their giver last heard from me.

    A referral has moved once its status is no longer ``given``. Whoever gave it has been told by
    any contact with them on that day or later: it is where one tells. A contact whose ``about``
    names another referral is about that one, and tells nothing of this. With the profile
    ``health``, which does not show what became of a referral, there are none.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.

    Returns
    -------
    pandas.DataFrame
        The newest first, then by name: ``person`` (the giver), ``id`` of the referral,
        ``prospect``, ``status``, ``moved`` (the day of that status), ``days`` since then.

    Raises
    ------
    NoMeError
        The book has no me.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(owed(Book.sample()))
    ['person', 'id', 'prospect', 'status', 'moved', 'days']
    """
    me = book.asked(None, "Who is to be told what became of a referral")
    rows = _moved(book, me)
    rows = rows[rows["status_date"].notna()]
    touches = touches_as_written(book)
    touches = touches[~touches["kind"].isin(NO_CONTACT)]
    of_any, of_one = touches[touches["about"] == ""], touches[touches["about"] != ""]
    heard = frames.last_days(of_any)
    told = of_one.groupby("about")["date"].max()
    last = pd.DataFrame(
        {
            "heard": heard.reindex(rows["giver"]).set_axis(rows.index).astype("datetime64[s]"),
            "told": told.reindex(rows["id"]).set_axis(rows.index).astype("datetime64[s]"),
        }
    ).max(axis=1)
    rows = rows[~(last >= rows["status_date"])]
    names = {"giver": "person", "status_date": "moved"}
    table = rows[["giver", "id", "prospect", "status", "status_date"]].rename(columns=names)
    table["days"] = book.days_since(table["moved"]).astype(np.int64)
    keys = ["days", "person", "id"]
    return table[list(COLUMNS)].sort_values(keys, kind="stable", ignore_index=True)


def undated(book: Book) -> int:
    """Count the referrals to me that moved, and of which no day says when.

    Whether their giver has heard since cannot be told.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.

    Raises
    ------
    NoMeError
        The book has no me.

    Examples
    --------
    >>> from refgraph import Book
    >>> undated(Book.sample())
    0
    """
    rows = _moved(book, book.asked(None, "Who is to be told what became of a referral"))
    return int(rows.loc[rows["status_date"].isna(), "count"].sum())


def _moved(book: Book, me: str) -> pd.DataFrame:
    rows = book.select("giver", "receiver", "id", "prospect", "status", "status_date", "count")
    return rows[(rows["receiver"] == me) & (rows["status"] != "given")]
