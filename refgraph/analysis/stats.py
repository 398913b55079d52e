"""The size of a book: its span, its last entry, its people and pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from refgraph.analysis import reciprocity
from refgraph.pairs import pairs

if TYPE_CHECKING:
    from refgraph.book import Book

__all__ = ["overall"]


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
        ``mutual_pairs``, ``touches``.

    Examples
    --------
    >>> from refgraph import Book
    >>> int(overall(Book.sample())["people"])
    14
    """
    rows = book.referrals
    dated = rows.loc[rows["date"].notna()]
    age = book.days_since(dated["date"])
    count = dated["count"].to_numpy()
    network = reciprocity.of_pairs(pairs(book.graph()))
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
        "give": int(rows["giver"].nunique()),
        "receive": int(rows["receiver"].nunique()),
        "pairs": int(network["mutual_pairs"] + network["one_way_pairs"]),
        "mutual_pairs": int(network["mutual_pairs"]),
        "touches": len(book.touches),
    }
    return pd.Series(values, name="stats", dtype=object)
