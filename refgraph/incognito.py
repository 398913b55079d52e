"""A book with initials for names, to show to others: no notes, no prospects, no money."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from refgraph.book import Book

__all__ = ["incognito"]


def incognito(book: Book) -> tuple[Book, dict[str, str]]:
    """Replace every name by initials that are stable and differ from person to person.

    Parameters
    ----------
    book : Book
        The book to hide; it stays as it is.

    Returns
    -------
    Book
        The same counts, dates, roles, professions and groups under initials.
        Notes, prospects, values, e-mail addresses and aliases are blank.
    dict
        From each name to its initials.

    Examples
    --------
    >>> from refgraph import Book
    >>> hidden, initials = incognito(Book.sample())
    >>> hidden.me == initials["Robin Hale"]
    True
    """
    initials = _initials(book.people.index)
    history = book.history.assign(prospect="", note="", currency="", value=None)
    history["value"] = history["value"].astype(object)
    history = history.assign(
        giver=history["giver"].map(initials), receiver=history["receiver"].map(initials)
    )
    nothing = pd.Series([()] * len(book.people), index=book.people.index, dtype=object)
    people = book.people.assign(aliases=nothing, email="", note="").rename(index=initials)
    touches = book.touches.assign(person=book.touches["person"].map(initials), note="")
    hidden = replace(
        book,
        path="(incognito)",
        history=history,
        people=people.sort_index(),
        touches=touches,
        me=None if book.me is None else initials[book.me],
        _graphs={},
    )
    return hidden, initials


def _initials(people: Iterable[str]) -> dict[str, str]:
    """Find initials for each name; those who share them are numbered by name."""
    taken: dict[str, int] = {}
    found: dict[str, str] = {}
    for person in sorted(people):
        letters = "".join(f"{word[0].upper()}." for word in person.split())
        taken[letters] = taken.get(letters, 0) + 1
        found[person] = f"{letters}{taken[letters]}"
    return found
