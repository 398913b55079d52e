"""Givers whose referral moved, and who were not told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = ["owed"]


def owed(book: Book) -> pd.DataFrame:
    """List the referrals to me that moved, and of whose giver nothing was heard since.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(owed(Book.sample()))
    ['person', 'id', 'status', 'moved', 'days']
    """
    rows = book.history
    rows = rows[(rows["receiver"] == book.me) & rows["status_date"].notna()]
    rows = rows[(rows["status"] != "given") & (rows["id"] != "")]
    last = book.contacts.groupby("person")["date"].max()
    spoken = last.reindex(rows["giver"]).to_numpy().astype("datetime64[s]")
    rows = rows[np.isnat(spoken) | (spoken < rows["status_date"].to_numpy())]
    days = book.days_since(rows["status_date"]).astype(np.int64)
    table = pd.DataFrame({"person": rows["giver"], "id": rows["id"], "status": rows["status"]})
    return table.assign(moved=rows["status_date"], days=days).reset_index(drop=True)
