"""What stands behind a suggestion: the rows between two people, and how long ago they met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis import returns

if TYPE_CHECKING:
    from refgraph.book import Book

__all__ = ["days_since_touch", "rows_behind"]


def days_since_touch(book: Book, whose: str, people: pd.Index[Any]) -> pd.Series[float]:
    """Give the days since the last touch with each person.

    Returns
    -------
    pandas.Series
        One value for each of the people, in their order; NaN without a dated touch, and
        everywhere where it is not about the book's me: touches are those of me.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> days_since_touch(book, book.me, book.people.index).min() >= 0
    np.True_
    """
    if whose != book.me:
        return pd.Series(np.nan, index=range(len(people)), dtype=float)
    touches = book.touches[book.touches["date"].notna()]
    last = touches.groupby("person")["date"].max().reindex(people)
    return pd.Series(book.days_since(last), index=range(len(people)), dtype=float)


def rows_behind(
    book: Book, whose: str, people: pd.Index[Any], *, horizon: int = returns.HORIZON
) -> pd.Series[Any]:
    """Name the rows that say what passed with each person and how they answered before.

    These are the referrals between ``whose`` and the person, the gifts anyone made to the
    person that are answered or failed, and the answers.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    whose : str
        From whose side.
    people : pandas.Index
        The people asked about.
    horizon : int, default 180
        Days within which a referral back is an answer.

    Returns
    -------
    pandas.Series
        A list of ids for each of the people, in the order of the record.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> rows = rows_behind(book, book.me, book.people.index[:1]).iloc[0]
    >>> set(rows) <= set(book.history["id"])
    True
    """
    rows = book.history[["giver", "receiver", "date", "id"]].reset_index(drop=True)
    rows["place"] = np.arange(len(rows))
    made = returns.episodes(book, horizon=horizon)
    made = made[made["state"] != "censored"].assign(about=lambda gifts: gifts["receiver"])
    back = made[made["state"] == "answered"].drop(columns="date")
    back = back.rename(columns={"giver": "receiver", "receiver": "giver", "closed": "date"})
    day = ["giver", "receiver", "date"]
    found = [
        part[[*day, "about"]].merge(rows, on=day, validate="many_to_many") for part in (made, back)
    ]
    given = rows[rows["giver"] == whose].assign(about=lambda mine: mine["receiver"])
    got = rows[rows["receiver"] == whose].assign(about=lambda theirs: theirs["giver"])
    every = pd.concat([*found, given, got], ignore_index=True)
    every = every[["about", "place", "id"]].drop_duplicates().sort_values("place", kind="stable")
    ids = every.groupby("about", sort=False)["id"].agg(list)
    none: list[str] = []
    return pd.Series([ids.get(person, none) for person in people], dtype=object)
