"""Who and what is left alone for now: snoozed, decided, or done only lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.owing.following import FOLLOWED_UP
from refgraph.book.professional_limits import touches_as_written
from refgraph.schema.among_texts import listed
from refgraph.schema.columns import MEMBERS

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.book.book import Book

__all__ = [
    "FOREVER",
    "NOTES",
    "REST_DAYS",
    "decided",
    "lately",
    "rests",
    "seen_by",
    "snoozed",
    "snoozes",
]

#: Days in which what was done with somebody is not suggested again.
REST_DAYS = 30
#: Days for which somebody is left alone by a decision that names no last day.
FOREVER = 36_500
#: What a decision notes that leaves a line of the list of today alone, and asks for nothing.
NOT_MINE, SPOKEN_TO = "not mine to do", "spoken to"
NOTES = (NOT_MINE, FOLLOWED_UP, SPOKEN_TO)
_GIFTS = ("introduction", "endorsement", "gift", "value", "settled")


def seen_by(book: Book, whose: str) -> Book:
    """Give the book as one of its people sees it: their touches, each with the other one.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> seen_by(book, book.me) is book
    True
    """
    if whose == book.me:
        return book
    touches = touches_as_written(book)
    first, second = (touches[end] == whose for end in MEMBERS["touches"])
    other = touches["with"].where(first, touches["person"])
    touches = touches.assign(person=other)[(first | second) & (other != "")]
    touches["with"] = ""
    return book.altered(me=whose, touches=touches.reset_index(drop=True))


def snoozed(book: Book) -> set[str]:
    """Name who is snoozed: the newest touch of kind ``snooze`` lasts beyond today.

    One without ``until`` lasts 30 days.

    Examples
    --------
    >>> from refgraph import Book
    >>> snoozed(Book.sample())
    set()
    """
    return {*map(str, snoozes(book).index)}


def snoozes(book: Book) -> pd.Series:
    """Give until when whoever is snoozed is: the first day on which they are seen again.

    Examples
    --------
    >>> from refgraph import Book
    >>> len(snoozes(Book.sample()))
    0
    """
    return _lasting(book, "snooze", REST_DAYS, "person")


def decided(book: Book) -> tuple[set[str], set[str]]:
    """Name who, and which referrals, are left alone by a decision that lasts beyond today.

    A touch of kind ``decision`` whose ``about`` names a referral is about that one only; one
    without ``until`` lasts for good.

    Returns
    -------
    people, ids : set of str

    Examples
    --------
    >>> from refgraph import Book
    >>> decided(Book.sample())
    (set(), set())
    """
    about = touches_as_written(book)["about"] != ""
    people = _lasting(book, "decision", FOREVER, "person", rows=~about)
    ids = _lasting(book, "decision", FOREVER, "about", rows=about)
    return {*map(str, people.index)}, set() if book.settings.hides else {*map(str, ids.index)}


def _lasting(
    book: Book, kind: str, days: int, what: str, *, rows: pd.Series[bool] | None = None
) -> pd.Series:
    """Give until when touches of a kind last, of what their newest lasts beyond today."""
    touches = touches_as_written(book)
    touches = touches if rows is None else touches[rows]
    some = touches[touches["kind"] == kind]
    ends = some["until"].fillna(some["date"] + np.timedelta64(days, "D"))
    newest = some.assign(until=ends).sort_values(["date", "until"], kind="stable")
    last = newest.drop_duplicates(what, keep="last").set_index(what)["until"]
    return last[last > np.datetime64(book.today, "s")]


def lately(book: Book, days: int = REST_DAYS) -> set[str]:
    """Name with whom there was contact in the last days.

    Examples
    --------
    >>> from refgraph import Book
    >>> lately(Book.sample(), -1)
    set()
    """
    contacts = book.contacts
    return {*listed(contacts.loc[book.days_since(contacts["date"]) < days, "person"])}


def rests(book: Book) -> set[str]:
    """Name to whom I gave something in the last 30 days: a referral, a word, a present.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> book.me in rests(book)
    False
    """
    rows = book.window().select("date", "giver", "receiver")
    new = book.days_since(rows["date"]) < REST_DAYS
    touches = book.touches
    some = touches[touches["kind"].isin(_GIFTS) & (book.days_since(touches["date"]) < REST_DAYS)]
    given = {*listed(rows.loc[new & (rows["giver"] == book.me), "receiver"])}
    return given | {*some["person"], *some["with"]} - {"", str(book.me)}
