"""What some professions may not show, and the conditions that go with a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from refgraph.book import Book

__all__ = ["comparable", "conditions", "promise", "unpriced", "withheld"]

_LAW = (
    "Reciprocal referrals between lawyers are usually allowed only if they are not exclusive, "
    "the client is told, and each keeps their own judgement. Not legal advice."
)
_HEALTH = (
    "This book's profile is health, where referrals may usually not be traded: "
    "whom one owes, balances and values are not shown. Not legal advice."
)

_PROMISES = {
    "law": (
        "You are free to choose anybody else, now and later. If you come to work together, "
        "any client concerned is told of this introduction, and each of us keeps our own "
        "judgement."
    ),
    "health": (
        "You are free to choose anybody else, now and later. Nothing is given or expected for "
        "this introduction, and it says nothing of anybody's health."
    ),
}


def withheld(book: Book) -> str:
    """Why lists of who owes whom are not shown for this book; "" if they are.

    Examples
    --------
    >>> from refgraph import Book
    >>> withheld(Book.sample())
    ''
    """
    return _HEALTH if book.settings.profile == "health" else ""


def conditions(book: Book) -> str:
    """Under which conditions the book's profession allows such lists; "" if none are usual.

    Examples
    --------
    >>> from refgraph import Book
    >>> conditions(Book.sample())
    ''
    """
    return _LAW if book.settings.profile == "law" else ""


def promise(book: Book) -> str:
    """Give what a message that introduces two people adds in this profession; "" if nothing.

    Examples
    --------
    >>> from refgraph import Book
    >>> promise(Book.sample())
    ''
    """
    return _PROMISES.get(book.settings.profile or "", "")


def comparable(book: Book) -> Book:
    """Give the book with the referrals that may be set against each other.

    Returns
    -------
    Book
        The book itself, or one without referrals where they are withheld.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> comparable(book) is book
    True
    """
    if not withheld(book):
        return book
    return book.altered(history=book.history.iloc[:0])


def unpriced(book: Book) -> Book:
    """Give the book with the values that may be shown.

    Returns
    -------
    Book
        The book itself, or one without values where they are withheld.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> unpriced(book) is book
    True
    """
    if not withheld(book):
        return book
    return book.altered(history=book.history.assign(value=None, currency=""))
