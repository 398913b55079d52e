"""What some professions may not show, and the conditions that go with a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from refgraph.book import Book

__all__ = ["footer", "withheld"]

_LAW = (
    "Reciprocal referrals between lawyers are usually allowed only if they are not exclusive, "
    "the client is told, and each keeps their own judgement. Not legal advice."
)
_HEALTH = (
    "This book's profile is health, where referrals may not be traded: no balance, "
    "no list of whom one owes and no value is shown. Not legal advice."
)


def withheld(book: Book) -> str:
    """Why lists of who owes whom are not shown for this book; "" if they are.

    Examples
    --------
    >>> from refgraph import Book
    >>> withheld(Book.sample())
    ''
    """
    return _HEALTH if book.settings.profile == "health" else ""


def footer(book: Book, sentence: str) -> str:
    """Add the conditions of the book's profession to what stands under a list."""
    return f"{sentence}\n{_LAW}".strip() if book.settings.profile == "law" else sentence
