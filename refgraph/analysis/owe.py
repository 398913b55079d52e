"""Whom one owes a referral: settled first in, first out, with the age of what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.errors import NoMeError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book import Book

__all__ = ["AGES", "ageing", "open_referrals", "pairs", "position", "rank"]

AGES = ("0-30 days", "31-90 days", "91-180 days", "over 180 days")
_LAST_DAY = (30, 90, 180)


def open_referrals(book: Book) -> NDArray[np.int64]:
    r"""How much of each referral is still open, for the rows of ``book.history``.

    Let :math:`R_1, R_2, \dots` be the referrals a person received from another,
    oldest first and counts expanded to units, and :math:`k` the units given back
    to them at whatever time, plus the touches of kind ``settled``. Then
    :math:`R_1 \dots R_k` are settled and the rest is open. Referrals without a
    date count as the oldest.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.

    Returns
    -------
    ndarray of int64
        Open units, 0 to ``count``, in the order of ``book.history``.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> int(open_referrals(book).sum()) <= int(book.history["count"].sum())
    True
    """
    history = book.history
    count = history["count"].to_numpy()
    size = len(book.people)
    giver, receiver = book.places(history["giver"]), book.places(history["receiver"])
    received, given_back = receiver * size + giver, giver * size + receiver
    order = np.argsort(received, kind="stable")  # the history is oldest first
    keys, starts, group = np.unique(received[order], return_index=True, return_inverse=True)
    back = np.bincount(_find(keys, given_back), count, len(keys) + 1)[:-1]
    units = count[order]
    running = np.cumsum(units)
    before = (running - units)[starts] if len(starts) else running
    settled = back + _settled_otherwise(book, keys)
    past = running - before[group] - settled[group]
    still_open = np.empty_like(count)
    still_open[order] = np.clip(past, 0, units)
    return still_open


def pairs(book: Book) -> pd.DataFrame:
    """Tell what every person gave and got from every other, and what is open between them.

    Parameters
    ----------
    book : Book
        Its window chooses which referrals are counted; settling uses them all.

    Returns
    -------
    pandas.DataFrame
        One row per ordered pair with a referral in either direction, sorted by
        ``me``, ``person``: ``me``, ``person``, ``role``, ``gave_me``, ``i_gave``,
        ``open`` (int), ``oldest_open`` (date, NaT if nothing dated is open),
        ``days_open`` (float, NaN likewise), ``last_from_them``, ``last_from_me``.

    Examples
    --------
    >>> from refgraph import Book
    >>> both = pairs(Book.sample())
    >>> int(both["gave_me"].sum()) == int(both["i_gave"].sum())
    True
    """
    counted = book.in_window
    size = len(book.people)
    giver = book.places(book.history["giver"])[counted]
    receiver = book.places(book.history["receiver"])[counted]
    there, back = receiver * size + giver, giver * size + receiver
    keys = np.unique(np.r_[there, back])
    row, other = np.searchsorted(keys, there), np.searchsorted(keys, back)
    count = book.history["count"].to_numpy()[counted]
    still_open = open_referrals(book)[counted]
    day = book.history["date"].to_numpy()[counted]
    dated = ~np.isnat(day)
    owed = dated & (still_open > 0)
    people = book.people.index.to_numpy(dtype=object)
    size = max(size, 1)
    table = pd.DataFrame(
        {
            "me": people[keys // size],
            "person": people[keys % size],
            "role": book.people["role"].to_numpy(dtype=object)[keys % size],
            "gave_me": _sum(row, count, len(keys)),
            "i_gave": _sum(other, count, len(keys)),
            "open": _sum(row, still_open, len(keys)),
            "oldest_open": -_latest(row[owed], -day[owed].astype(np.int64), len(keys)),
            "days_open": np.nan,  # here for its place; known once the dates are
            "last_from_them": _latest(row[dated], day[dated].astype(np.int64), len(keys)),
            "last_from_me": _latest(other[dated], day[dated].astype(np.int64), len(keys)),
        }
    )
    for name in ("oldest_open", "last_from_them", "last_from_me"):
        table[name] = table[name].to_numpy().astype("datetime64[s]")
    table["days_open"] = book.days_since(table["oldest_open"])
    return table


def rank(book: Book, person: str | None = None) -> pd.DataFrame:
    """Whom one person owes a referral, the longest owed first.

    Parameters
    ----------
    book : Book
        The book.
    person : str, optional
        Who asks; the book's me if not given. Without either, everyone is asked.

    Returns
    -------
    pandas.DataFrame
        The rows of :func:`pairs` with something open, longest open first, then
        by name; without column ``me`` when one person asks.

    Examples
    --------
    >>> from refgraph import Book
    >>> bool((rank(Book.sample())["open"] >= 1).all())
    True
    """
    table = pairs(book)
    table = table[table["open"] > 0]
    whose = person or book.me
    if whose is not None:
        table = table[table["me"] == whose].drop(columns="me")
    keys = ["days_open", *(name for name in ("me", "person") if name in table)]
    ascending = [False] + [True] * (len(keys) - 1)
    return table.sort_values(keys, ascending=ascending, kind="stable", ignore_index=True)


def position(book: Book, person: str | None = None) -> pd.DataFrame:
    """Where one person stands with everybody they have referrals with.

    Returns
    -------
    pandas.DataFrame
        The rows of :func:`pairs` of that person, indexed by the other one.

    Raises
    ------
    NoMeError
        Nobody is asked about.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(position(Book.sample()))[:4]
    ['role', 'gave_me', 'i_gave', 'open']
    """
    whose = person or book.me
    if whose is None:
        question = "Where one stands"
        raise NoMeError(question)
    table = pairs(book)
    return table[table["me"] == whose].drop(columns="me").set_index("person")


def ageing(book: Book, person: str | None = None) -> pd.DataFrame:
    """Open referrals by how long they have been open.

    Parameters
    ----------
    book : Book
        The book; its window chooses which open referrals are counted.
    person : str, optional
        Who owes them; the book's me if not given. Without either, everyone.

    Returns
    -------
    pandas.DataFrame
        Indexed by the classes of :data:`AGES`: ``referrals``, units open, and
        ``people``, to how many. Open referrals without a date are in no class.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(ageing(Book.sample()).index)
    ['0-30 days', '31-90 days', '91-180 days', 'over 180 days']
    """
    history = book.history.assign(open=open_referrals(book))[book.in_window]
    owed = history[(history["open"] > 0) & history["date"].notna()]
    whose = person or book.me
    if whose is not None:
        owed = owed[owed["receiver"] == whose]
    kind = np.searchsorted(_LAST_DAY, book.days_since(owed["date"]))
    people = [owed.loc[kind == at, ["giver", "receiver"]] for at in range(len(AGES))]
    return pd.DataFrame(
        {
            "referrals": _sum(kind, owed["open"].to_numpy(), len(AGES)),
            "people": [len(those.drop_duplicates()) for those in people],
        },
        index=pd.Index(AGES, name="open for"),
    )


def _settled_otherwise(book: Book, keys: NDArray[np.int64]) -> NDArray[np.float64]:
    """Touches of kind ``settled`` of me with each person, at that pair's key."""
    others = book.touches.loc[book.touches["kind"] == "settled", "person"]
    if book.me is None or others.empty:
        return np.zeros(len(keys))
    pair = book.places([book.me]) * len(book.people) + book.places(others)
    return np.bincount(_find(keys, pair), minlength=len(keys) + 1)[:-1].astype(float)


def _find(keys: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.intp]:
    """Where each wanted key stands among sorted keys; one past the end if it does not."""
    at = np.searchsorted(keys, wanted)
    if not len(keys):
        return at
    return np.where(keys[np.minimum(at, len(keys) - 1)] == wanted, at, len(keys))


def _sum(group: NDArray[np.integer], units: NDArray[np.int64], groups: int) -> NDArray[np.int64]:
    return np.bincount(group, units, groups).astype(np.int64)


def _latest(
    group: NDArray[np.integer], second: NDArray[np.int64], groups: int
) -> NDArray[np.int64]:
    """Largest time in each group; NaT, the smallest integer, where there is none."""
    latest = np.full(groups, np.iinfo(np.int64).min)
    np.maximum.at(latest, group, second)
    return latest
