"""Whom one owes a referral: settled first in, first out, with the age of what is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from refgraph.analysis.statistics.integers import nullable
from refgraph.analysis.statistics.sorting import distinct, order_of
from refgraph.book import professional_limits
from refgraph.graph.referral_rows import NEVER, order_by_pair
from refgraph.schema.values import NEVER_OWED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = [
    "AGES",
    "LAST_DAYS",
    "ageing",
    "may_be_owed",
    "open_referrals",
    "pairs",
    "position",
    "rank",
    "settled_otherwise",
    "standing",
    "tabulate",
]

AGES = ("0-30 days", "31-90 days", "91-180 days", "over 180 days")
#: The last day of each class but the last.
LAST_DAYS = (30, 90, 180)
_LATER = np.iinfo(np.int64).max
_KEPT: WeakKeyDictionary[Book, NDArray[np.int64]] = WeakKeyDictionary()  # what is open, by book


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
        Open units, 0 to ``count``, in the order of ``book.history``; not to be changed.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> int(open_referrals(book).sum()) <= int(book.history["count"].sum())
    True
    """
    professional_limits.refuse(book)
    return _still_open(book, None)


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
        ``days_open`` (Int64, missing likewise), ``last_from_them``, ``last_from_me``.

    Examples
    --------
    >>> from refgraph import Book
    >>> both = pairs(Book.sample())
    >>> int(both["gave_me"].sum()) == int(both["i_gave"].sum())
    True
    """
    professional_limits.refuse(book)
    return tabulate(book, _pairs(book))


def may_be_owed(book: Book) -> NDArray[np.bool_]:
    """Tell of each of ``book.people`` whether a referral can be owed to them.

    To vendors and others, like portals and directories, none is, and they are suggested for
    none; my own role does not matter. What they gave and received counts as anybody's.

    Examples
    --------
    >>> from refgraph import Book
    >>> bool(may_be_owed(Book.sample()).all())
    True
    """
    never = book.people["role"].isin(NEVER_OWED) & (book.people.index != book.me)
    may: NDArray[np.bool_] = ~never.to_numpy(dtype=bool)
    return may


def settled_otherwise(book: Book) -> pd.Series[str]:
    """Name whom each touch of kind ``settled`` is with.

    Examples
    --------
    >>> from refgraph import Book
    >>> settled_otherwise(Book.sample()).isin(Book.sample().people.index).all()
    np.True_
    """
    return book.touches.loc[book.touches["kind"] == "settled", "person"]


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
    professional_limits.refuse(book)
    found = _pairs(book, whose := book.whose(person))
    owed = np.flatnonzero(found["open"] > 0)
    age = book.days_since(found["oldest_open"][owed])
    oldest_first = owed[np.argsort(-age, kind="stable")]  # pairs come by name; NaN goes last
    table = tabulate(book, {name: values[oldest_first] for name, values in found.items()})
    return table if whose is None else table.drop(columns="me")


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
    professional_limits.refuse(book)
    whose = book.asked(person, "Where one stands")
    return tabulate(book, _pairs(book, whose)).drop(columns="me").set_index("person")


def tabulate(book: Book, found: Mapping[str, NDArray[Any]]) -> pd.DataFrame:
    """Put names, roles and ages to what was found of pairs, wherever it was computed.

    Parameters
    ----------
    book : Book
        Whose people, day and profession count; none of its referrals do.
    found : mapping of str to ndarray
        The columns of :func:`pairs` but ``role`` and ``days_open``, ``me`` and ``person`` as
        positions among ``book.people``.

    Returns
    -------
    pandas.DataFrame
        As :func:`pairs`, in the order in which they were found.

    Examples
    --------
    >>> from refgraph import Book
    >>> days = np.array(["2026-09-21"], dtype="datetime64[s]")
    >>> found = {"me": [0], "person": [1], "oldest_open": days}
    >>> tabulate(Book.sample(), found)["days_open"].tolist()
    [10]
    """
    people, person = book.people.index, found["person"]
    table = pd.DataFrame({**found, "me": people[found["me"]], "person": people[person]})
    table.insert(2, "role", book.people["role"].array.take(person))
    table.insert(
        [*table].index("oldest_open") + 1,
        "days_open",
        pd.Series(nullable(book.days_since(found["oldest_open"]))),
    )
    return professional_limits.beside(book, table)


def standing(table: pd.DataFrame) -> pd.Series[str]:
    """Sort the people of a position into owed, gone first with, and even.

    Parameters
    ----------
    table : DataFrame
        Columns ``gave_me``, ``i_gave`` and ``open``, as :func:`position` gives them.

    Returns
    -------
    pandas.Series
        In the order of the table: ``owe`` where anything is open, else ``first``
        where I gave more, else ``even``: what they gave is settled.

    Examples
    --------
    >>> table = pd.DataFrame({"gave_me": [3, 0, 2], "i_gave": [1, 2, 1], "open": [2, 0, 0]})
    >>> standing(table).tolist()
    ['owe', 'first', 'even']
    """
    ahead = table["i_gave"] > table["gave_me"]
    kinds = np.select([table["open"] > 0, ahead], ["owe", "first"], "even")
    return pd.Series(kinds, index=table.index, name="standing", dtype="str")


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
        ``people``, to how many (pairs, where
        everyone is asked). Open referrals without a date are in no class.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(ageing(Book.sample()).index)
    ['0-30 days', '31-90 days', '91-180 days', 'over 180 days']
    """
    professional_limits.refuse(book)
    still_open, days = open_referrals(book), book.days_since(book.dates)
    giver, receiver = book.ends
    owed = book.in_window & (still_open > 0) & ~np.isnan(days)
    if (whose := book.whose(person)) is not None:
        owed &= receiver == book.places([whose])
    kind = np.searchsorted(LAST_DAYS, days[owed])
    pair = (giver * len(book.people) + receiver)[owed]
    table = pd.DataFrame(
        {
            "referrals": _sum(kind, still_open[owed], len(AGES)),
            "people": [len(distinct(pair[kind == at])) for at in range(len(AGES))],
        },
        index=pd.Index(AGES, name="open for"),
    )
    return professional_limits.beside(book, table)


@dataclass(frozen=True, slots=True)
class _Grouped:
    """Rows of referrals by ordered pair, whatever the direction that has any.

    Attributes
    ----------
    order : ndarray
        The rows, sorted by receiver, giver; otherwise as they came.
    pair : ndarray
        For each row in that order, its position in ``key``.
    key : ndarray
        Receiver times people plus giver, sorted; both directions of every pair.
    opposite : ndarray
        For each key, the position of the other direction.
    """

    order: NDArray[np.intp]
    pair: NDArray[np.int64]
    key: NDArray[np.int64]
    opposite: NDArray[np.intp]

    def sums(self, units: NDArray[np.int64]) -> NDArray[np.int64]:
        """Add up the units of each pair."""
        return _sum(self.pair, units, len(self.key))


def _grouped(giver: NDArray[np.int64], receiver: NDArray[np.int64], people: int) -> _Grouped:
    order = order_by_pair(receiver, giver, people)
    by_pair = (receiver * people + giver)[order]
    new = np.diff(by_pair, prepend=-1) != 0
    one_way = by_pair[new]
    key = np.sort(np.r_[one_way, _turned(one_way, people)])
    key = key[np.diff(key, prepend=-1) != 0]
    pair = np.searchsorted(key, one_way)[np.cumsum(new) - 1]
    # turning the keys round permutes them, so the order of the turned ones finds each opposite
    return _Grouped(order, pair, key, order_of(_turned(key, people)))


def _turned(key: NDArray[np.int64], people: int) -> NDArray[np.int64]:
    return key % max(people, 1) * people + key // max(people, 1)


def _still_open(book: Book, rows: _Grouped | None) -> NDArray[np.int64]:
    if book in _KEPT:
        return _KEPT[book]
    rows = rows or _grouped(*book.ends, len(book.people))
    count = book.column("count").to_numpy()
    units = count[rows.order]
    settled = rows.sums(units)[rows.opposite] + _settled_otherwise(book, rows.key)
    running = np.cumsum(units)  # the history is oldest first, and so is every pair in it
    first = np.flatnonzero(np.diff(rows.pair, prepend=-1))
    before = np.repeat((running - units)[first], np.diff(first, append=len(count)))
    still_open = np.empty_like(count)
    still_open[rows.order] = np.clip(running - before - settled[rows.pair], 0, units)
    still_open[~may_be_owed(book)[book.ends[0]]] = 0
    still_open.setflags(write=False)
    return _KEPT.setdefault(book, still_open)


def _pairs(book: Book, whose: str | None = None) -> dict[str, NDArray[Any]]:
    """Find the columns of :func:`pairs`, people as positions; of one person if one is named."""
    size = len(book.people)
    giver, receiver = book.ends
    rows = _grouped(giver, receiver, size)
    values: list[NDArray[Any]] = [
        book.column("count").to_numpy(),
        _still_open(book, rows),
        book.dates.to_numpy().astype(np.int64),
    ]
    chosen = book.in_window
    if not chosen.all():
        rows = _grouped(giver[chosen], receiver[chosen], size)
        values = [each[chosen] for each in values]
    count, still_open, second = (each[rows.order] for each in values)
    gave_me = rows.sums(count)
    oldest = np.full(len(rows.key), _LATER)
    owed = (still_open > 0) & (second != NEVER)
    np.minimum.at(oldest, rows.pair[owed], second[owed])
    latest = np.full(len(rows.key), NEVER)
    np.maximum.at(latest, rows.pair, second)
    me, person = np.divmod(rows.key, max(size, 1))
    found = {
        "me": me,
        "person": person,
        "gave_me": gave_me,
        "i_gave": gave_me[rows.opposite],
        "open": rows.sums(still_open),
        "oldest_open": np.where(oldest == _LATER, NEVER, oldest).astype("datetime64[s]"),
        "last_from_them": latest.astype("datetime64[s]"),
        "last_from_me": latest[rows.opposite].astype("datetime64[s]"),
    }
    if whose is None:
        return found
    mine = me == book.places([whose])
    return {name: each[mine] for name, each in found.items()}


def _settled_otherwise(book: Book, key: NDArray[np.int64]) -> NDArray[np.int64]:
    """Touches of kind ``settled`` of me with each person, at that pair's key."""
    others = settled_otherwise(book)
    settled = np.zeros(len(key), dtype=np.int64)
    if book.me is None or others.empty or not len(key):
        return settled
    pair = book.places([book.me]) * len(book.people) + book.places(others)
    at = np.minimum(np.searchsorted(key, pair), len(key) - 1)
    np.add.at(settled, at[key[at] == pair], 1)
    return settled


def _sum(group: NDArray[np.integer], units: NDArray[np.int64], groups: int) -> NDArray[np.int64]:
    total = np.zeros(groups, dtype=np.int64)
    np.add.at(total, group, units)
    return total
