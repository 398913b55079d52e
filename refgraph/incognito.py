"""A book with initials for names, to show to others: no notes, no strangers, no money."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from refgraph.mentions import Mentions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from refgraph.book import Book

__all__ = ["incognito"]


def incognito(book: Book) -> tuple[Book, dict[str, str]]:
    """Replace every name by initials that differ from person to person, the same each time.

    Parameters
    ----------
    book : Book
        The book to hide; it stays as it is.

    Returns
    -------
    Book
        The same counts, dates and roles under initials. Professions, groups, offers,
        needs and synonyms stay as they are written: they are what is matched.
        Prospects who are nobody else in the book, notes, values, e-mail addresses,
        aliases and the names of files are blank, ids are numbers, and what was read but
        left out is gone. The note of an introduction keeps the initials of whom it
        names, and so does what ``refgraph.toml`` says of whom I look for.
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
    history = book.history.assign(
        giver=book.history["giver"].map(initials),
        receiver=book.history["receiver"].map(initials),
        prospect=book.history["prospect"].map(initials).fillna("").astype("str"),
        **dict.fromkeys(("note", "currency", "file"), ""),
        value=pd.Series([None] * len(book.history), dtype=object),
        id=pd.Series([f"r{row + 1}" for row in range(len(book.history))], dtype="str"),
    )
    nothing = pd.Series([()] * len(book.people), index=book.people.index, dtype=object)
    people = book.people.assign(aliases=nothing, email="", note="").rename(index=initials)
    mentions = Mentions(dict(zip(map(str, book.people.index), book.people["aliases"], strict=True)))
    made = (book.touches["kind"] == "introduction").tolist()
    notes = [
        "; ".join(initials[name] for name in mentions.people(note)) if told else ""
        for told, note in zip(made, book.touches["note"], strict=True)
    ]
    touches = book.touches.assign(
        person=book.touches["person"].map(initials),
        note=pd.Series(notes, index=book.touches.index, dtype="str"),
        file="",
    )
    looking_for, they_say = (
        tuple(mentions.replaced(text, initials) for text in said)
        for said in (book.settings.looking_for, book.settings.they_say)
    )
    me = None if book.me is None else initials[book.me]
    hidden = book.altered(
        path="(incognito)",
        history=history,
        people=people.sort_index(),
        touches=touches,
        me=me,
        settings=replace(book.settings, me=me, looking_for=looking_for, they_say=they_say),
        skipped=(),
        notes=(),
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
