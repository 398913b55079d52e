"""What stands behind a suggestion: answers, other kindnesses, the last touch, and the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.returning import returns
from refgraph.analysis.statistics.sorting import distinct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = [
    "KINDNESSES",
    "answers",
    "days_since_touch",
    "elsewhere",
    "kindnesses",
    "rows_behind",
    "times_sent",
]

#: Kinds of touch that give something, though no referral.
KINDNESSES = ("introduction", "endorsement", "gift")


def answers(
    book: Book, whose: str, people: pd.Index[Any], *, horizon: int = returns.HORIZON
) -> pd.DataFrame:
    """Count how each person answered what they were given first, by ``whose`` and by others.

    Only gifts whose whole horizon has passed are counted: of younger ones those that were
    answered are known, and those that will not be are not, so that a share of them runs high.

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
    pandas.DataFrame
        A row for each of the people, in their order; whole numbers ``own_closed``,
        ``own_returned``, ``others_closed``, ``others_returned``: gifts of ``whose``, and of
        everybody else, that were answered or failed and were made a horizon ago or longer, and
        those of them that were answered.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> table = answers(book, book.me, book.people.index)
    >>> bool((table["own_returned"] <= table["own_closed"]).all())
    True
    """
    made = returns.told(book, horizon=horizon)
    made = made[np.asarray(book.days_since(made["date"])) >= horizon]
    giver, receiver = returns.places(book, made, horizon=horizon)
    mine, came = giver == book.places([whose])[0], (made["state"] == "answered").to_numpy()
    chosen = {
        "own_closed": mine,
        "own_returned": mine & came,
        "others_closed": ~mine,
        "others_returned": ~mine & came,
    }
    at, size = book.places(people), len(book.people)
    return pd.DataFrame(
        {name: np.bincount(receiver[rows], minlength=size)[at] for name, rows in chosen.items()}
    )


def kindnesses(book: Book, whose: str, people: pd.Index[Any]) -> pd.DataFrame:
    """Count what else each person was given: introductions, endorsements and gifts.

    Returns
    -------
    pandas.DataFrame
        A row for each of the people, in their order, and a whole number for each of
        ``KINDNESSES``; 0 everywhere where it is not about the book's me, whose touches
        they are.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> list(kindnesses(book, book.me, book.people.index))
    ['introduction', 'endorsement', 'gift']
    """
    touches = book.touches if whose == book.me else book.touches.iloc[:0]
    of_kind = {kind: touches.loc[touches["kind"] == kind, "person"] for kind in KINDNESSES}
    return _numbers(of_kind, people)


def _numbers(named: Mapping[str, pd.Series[str]], people: pd.Index[Any]) -> pd.DataFrame:
    """How often each of the people is named in each column."""
    at = {name: people.get_indexer(pd.Index(rows)) for name, rows in named.items()}
    counted = {
        name: np.bincount(places[places >= 0], minlength=len(people)) for name, places in at.items()
    }
    return pd.DataFrame(counted, index=range(len(people)))


def times_sent(book: Book, whose: str, people: pd.Index[Any]) -> NDArray[np.int64]:
    """Count the referrals in which ``whose`` sent each person to somebody, as the prospect.

    Who was introduced so to somebody they needed has had something, though no referral.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> times_sent(book, book.me, book.people.index[:8]).tolist()
    [0, 0, 0, 0, 0, 0, 1, 0]
    """
    prospect = book.places(book.column("prospect"))
    prospect = prospect[(book.ends[0] == book.places([whose])[0]) & (prospect >= 0)]
    return np.bincount(prospect, minlength=len(book.people))[book.places(people)]


def elsewhere(book: Book, whose: str, people: pd.Index[Any]) -> pd.DataFrame:
    """Count what each person gave to others than ``whose``, and say when they last did.

    Returns
    -------
    pandas.DataFrame
        A row for each of the people, in their order: ``gave_others`` (int) and
        ``last_to_others`` (NaT if never, or never with a date).

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> list(elsewhere(book, book.me, book.people.index))
    ['gave_others', 'last_to_others']
    """
    giver, receiver = book.ends
    chosen = receiver != book.places([whose])[0]
    rows = pd.DataFrame({name: book.column(name)[chosen] for name in ("count", "date")})
    by_giver = rows.groupby(giver[chosen])
    places = book.places(people)
    return pd.DataFrame(
        {
            "gave_others": by_giver["count"].sum().reindex(places, fill_value=0).to_numpy(),
            "last_to_others": by_giver["date"].max().reindex(places).to_numpy(),
        },
    )


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
    touches = book.contacts[book.contacts["date"].notna()]
    last = touches.groupby("person")["date"].max().reindex(people)
    return pd.Series(book.days_since(last), index=range(len(people)), dtype=float)


def rows_behind(
    book: Book, whose: str, people: pd.Index[Any], *, horizon: int = returns.HORIZON
) -> pd.Series[Any]:
    """Name the rows that say what passed with each person and how they answered before.

    These are the referrals between ``whose`` and the person, what else the person gave, and
    the gifts anyone made to the person that are answered or failed.

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
    giver, receiver = book.ends
    rows = pd.DataFrame({"date": book.dates}).assign(giver=giver, receiver=receiver)
    rows["place"] = np.arange(len(rows))
    made = returns.told(book, horizon=horizon)
    by, to = returns.places(book, made, horizon=horizon)
    made = made.assign(giver=by, receiver=to, about=to)
    day = ["giver", "receiver", "date"]
    opened = made[[*day, "about"]].merge(rows, on=day, validate="many_to_many")
    given = np.flatnonzero(giver == book.places([whose])[0])
    about = np.concatenate([opened["about"], receiver[given], giver])  # giver: the answers too
    place = np.concatenate([opened["place"], given, rows["place"]])
    pairs = distinct(about * len(rows) + place)
    ids = book.column("id").to_numpy(dtype=object)[pairs % max(len(rows), 1)]
    wanted = book.places(people)
    first, last = (np.searchsorted(pairs, (wanted + more) * len(rows)) for more in (0, 1))
    each = [ids[one:two].tolist() for one, two in zip(first, last, strict=True)]
    return pd.Series(each, dtype=object)
