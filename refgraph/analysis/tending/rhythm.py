"""Contact on a rhythm: who was not heard of for longer than their cadence says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = ["contact", "quiet"]

_DAYS = {"monthly": (30, 45), "quarterly": (90, 120), "yearly": (365, 400)}


def contact(book: Book) -> pd.DataFrame:
    """Give for everybody with a cadence when the last contact was.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(contact(Book.sample()))[:3]
    ['person', 'cadence', 'last']
    """
    people = book.people
    people = people[people["cadence"].isin(list(_DAYS))]
    last = book.contacts.groupby("person")["date"].max().reindex(people.index)
    days = book.days_since(last)
    ideal, limit = (people["cadence"].map(lambda name, at=at: _DAYS[name][at]) for at in (0, 1))
    states = np.select([np.isnan(days), days > limit, days > ideal], ["ok", "limit", "ideal"], "ok")
    table = pd.DataFrame({"person": people.index, "cadence": people["cadence"].to_numpy()})
    return table.assign(
        last=last.to_numpy(),
        days=days,
        ideal=ideal.to_numpy(),
        limit=limit.to_numpy(),
        state=states,
        until=np.datetime64("NaT", "s"),
    )


def quiet(book: Book) -> pd.DataFrame:
    """Name nobody yet.

    Examples
    --------
    >>> from refgraph import Book
    >>> len(quiet(Book.sample()))
    0
    """
    del book
    day = pd.Series([], dtype="datetime64[s]")
    name = pd.Series([], dtype="str")
    return pd.DataFrame({"person": name, "usual": [], "now": [], "last": day})
