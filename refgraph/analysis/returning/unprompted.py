"""Referrals that answered nothing, and how many are usual between two people."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from refgraph.analysis.returning import returns
from refgraph.analysis.statistics.sorting import among
from refgraph.book.dated_referrals import dated_referrals, day_numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["unasked", "usual"]

# Found once for a book and a horizon: what is expected asks for it several times.
_KEPT: WeakKeyDictionary[Book, dict[int, NDArray[np.bool_]]] = WeakKeyDictionary()


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
    kept = _KEPT.setdefault(book, {})
    if horizon not in kept:
        kept[horizon] = _unasked(book, horizon)
        kept[horizon].setflags(write=False)
    return kept[horizon]


def _unasked(book: Book, horizon: int) -> NDArray[np.bool_]:
    made = returns.episodes(book, horizon=horizon)
    made = made[made["state"] == "answered"]
    rows = dated_referrals(book)
    found = rows.is_dated.copy()
    if (stamp := returns.stamped(book)) is not None:
        found[found] = rows.day != day_numbers(np.array([stamp[0]], "datetime64[s]"))
    places = returns.places(book, made, horizon=horizon)[::-1]  # who answered whom
    answers = _keys(rows.people, *places, day_numbers(made["closed"]))
    found[rows.is_dated] &= ~among(_keys(rows.people, rows.giver, rows.receiver, rows.day), answers)
    return found


def _keys(
    people: int, giver: NDArray[np.int64], receiver: NDArray[np.int64], day: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Give each giver, receiver and day a number."""
    return giver * people + receiver + day * people * people


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
