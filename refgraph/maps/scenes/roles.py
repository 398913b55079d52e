"""Which role each person on a map has, and which of the roles that have a colour it is drawn as."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.maps.scenes import theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from refgraph.book.book import Book

__all__ = ["drawn_roles", "roles_of"]


def roles_of(book: Book, people: Iterable[Any] | None = None) -> pd.Series[str]:
    """Give the role of each person of a book, or of some: "" where none is recorded.

    Examples
    --------
    >>> from refgraph import Book
    >>> roles_of(Book.sample(), ["Alice Merton", "Nobody"]).tolist()
    ['partner', '']
    """
    roles = book.people["role"]
    return (roles if people is None else roles.reindex(list(people))).fillna("")


def drawn_roles(book: Book, people: Iterable[Any] | None = None) -> pd.Series[str]:
    """Give roles as a map tells them apart: "other" for what has no colour of its own."""
    roles = roles_of(book, people)
    return roles.where(roles.isin(list(theme.ROLES)), "other")
