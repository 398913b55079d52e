"""Thanks that are due, late or were never said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = ["due"]


def due(book: Book) -> pd.DataFrame:
    """List thanks due on receipt, within two days.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(due(Book.sample()))[:3]
    ['person', 'id', 'reason']
    """
    rows, touches = book.history, book.touches
    rows = rows[(rows["receiver"] == book.me) & rows["date"].notna()]
    last = touches[touches["kind"] == "thanks"].groupby("person")["date"].max()
    said = last.reindex(rows["giver"]).to_numpy().astype("datetime64[s]")
    rows = rows[np.isnat(said) | (said < rows["date"].to_numpy())]
    days = book.days_since(rows["date"]).astype(np.int64)
    table = pd.DataFrame({"person": rows["giver"], "id": rows["id"], "reason": "receipt"})
    return table.assign(
        since=rows["date"],
        due=rows["date"] + np.timedelta64(2, "D"),
        days=days,
        said=np.datetime64("NaT", "s"),
        state=np.select([days > 30, days > 2], ["never", "late"], "due"),
    ).reset_index(drop=True)
