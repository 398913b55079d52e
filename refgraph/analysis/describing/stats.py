"""The size of a book: its span, its last entry, its people and pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.reciprocity.own_ties import of_pairs
from refgraph.book import professional_limits
from refgraph.graph.pairs import fold

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = ["overall"]

_SHOWN = (  # of a book of health, where nothing is said of how many referrals passed
    *("first", "last", "days_since_last", "people", "pairs", "touches", "tied", "mine_pairs"),
)


def overall(book: Book) -> pd.Series[Any]:
    """Count what a book holds.

    Parameters
    ----------
    book : Book
        Its window chooses which referrals are counted.

    Returns
    -------
    pandas.Series
        ``rows``, ``referrals`` (counts summed), ``undated``, ``first``, ``last``
        (ISO dates or None), ``days_since_last``, ``last_30_days``,
        ``last_7_days``, ``people``, ``give``, ``receive``, ``pairs``,
        ``mutual_pairs``, ``touches``; ``tied`` (people with a referral) and, of the pairs,
        those with me, ``mine_pairs`` and ``mine_mutual_pairs`` (None without a me). With the
        profile ``health`` no number of referrals, and of no direction.

    Examples
    --------
    >>> from refgraph import Book
    >>> int(overall(Book.sample())["people"])
    14
    """
    rows = book.select("date", "count")
    dated = rows.loc[rows["date"].notna()]
    age = book.days_since(dated["date"])
    count = dated["count"].to_numpy()
    giver, receiver = (each[book.in_window] for each in book.ends)
    # no graph: of many people it takes several times the room of their rows
    found = fold(len(book.people), giver, receiver, rows["count"])
    sides = of_pairs(found, int(book.places([book.me])[0]) if book.me else None)
    network: Any = sides.loc["all"]
    mine: Any = sides.loc["mine"] if book.me else None
    values = {
        "rows": len(rows),
        "referrals": int(rows["count"].sum()),
        "undated": int(rows["count"].sum() - count.sum()),
        "first": f"{dated['date'].min():%Y-%m-%d}" if len(dated) else None,
        "last": f"{dated['date'].max():%Y-%m-%d}" if len(dated) else None,
        "days_since_last": int(age.min()) if len(dated) else None,
        "last_30_days": int(count[age < 30].sum()),
        "last_7_days": int(count[age < 7].sum()),
        "people": len(book.people),
        "give": len(np.unique(giver)),
        "receive": len(np.unique(receiver)),
        "pairs": int(network["pairs"]),
        "mutual_pairs": int(network["mutual_pairs"]),
        "touches": len(book.touches),
        "tied": int(network["people"]),
        "mine_pairs": None if mine is None else int(mine["pairs"]),
        "mine_mutual_pairs": None if mine is None else int(mine["mutual_pairs"]),
    }
    if professional_limits.withheld(book):
        values = {name: values[name] for name in _SHOWN}
    return pd.Series(values, name="stats", dtype=object)
