"""Referrals that answered nothing, and how many are usual between two people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.analysis.returning import returns

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["unasked", "usual"]


def unasked(book: Book, *, horizon: int = returns.HORIZON) -> NDArray[np.bool_]:
    """Tell which rows of ``book.history`` have a date and answered no episode.

    What was swapped on a day is among them, for neither came after the other. The rows of an
    import that stamps them with one day are not: that day is not theirs (see
    :func:`refgraph.analysis.returning.returns.episodes`).

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> made = returns.episodes(book)
    >>> (~unasked(book)).sum() == (made["state"] == "answered").sum()
    np.True_
    """
    made = returns.episodes(book, horizon=horizon)
    made = made[made["state"] == "answered"]
    giver, receiver = book.ends
    dated = book.history["date"].notna().to_numpy()
    if (day := returns.stamped(book)) is not None:
        dated = dated & (book.history["date"] != day[0]).to_numpy()
    places = book.places(made["receiver"]), book.places(made["giver"])  # who answered whom
    answers = _keys(book, *places, made["closed"])
    return dated & ~np.isin(_keys(book, giver, receiver, book.history["date"]), answers)


def _keys(
    book: Book, giver: NDArray[np.int64], receiver: NDArray[np.int64], date: pd.Series[Any]
) -> NDArray[np.float64]:
    """Give each giver, receiver and day a number; NaN without a date."""
    people = len(book.people)
    return giver * people + receiver + book.days_since(date) * people * people


def usual(
    given: NDArray[np.float64], got: float | NDArray[np.float64], every: float | NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give how many of all referrals would join two people if everybody met everybody.

    Examples
    --------
    >>> usual(np.array([4.0]), 3.0, 6.0).tolist(), usual(np.zeros(1), 0.0, 0.0).tolist()
    ([2.0], [0.0])
    """
    return given * got / np.maximum(every, np.finfo(float).tiny)
