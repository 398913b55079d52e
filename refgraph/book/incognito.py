"""A book with initials for names, to show to others: no notes, no strangers, no money."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import pandas as pd

from refgraph.book.arrival import carry_over
from refgraph.names.mentions import Mentions
from refgraph.schema.columns import FIELDS, REFERRALS, names_where
from refgraph.schema.row_ends import only_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from refgraph.book.book import Book

__all__ = ["HIDDEN", "incognito"]

#: What stands for a sentence of refgraph.toml.
HIDDEN = "(hidden)"
# Columns of frames that stand in no file, and say nothing of anybody.
_OURS = frozenset(("line", "declared"))
_MADE_OF_WHOLE_WORDS = frozenset("WF")  # wide letters, each a syllable or a word


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
        needs and synonyms stay as they are written: they are what is matched. Of the
        other columns only those stay that :mod:`refgraph.schema.fields` calls public:
        prospects who are nobody else in the book, notes, values, e-mail addresses, aliases
        and the names of files are blank, ids are numbers, and what was read but left out is
        gone. The note of an
        introduction keeps the initials of whom it names; what ``refgraph.toml`` says of
        whom I look for, and of what they say, is `HIDDEN`.
    dict
        From each name to its initials. Where initials would give a name away, because one
        is a whole word of it, a number stands for it; and nobody's are what somebody else
        is called.

    Examples
    --------
    >>> from refgraph import Book
    >>> hidden, initials = incognito(Book.sample())
    >>> hidden.me == initials["Robin Hale"]
    True
    """
    rows = book._history.frame  # noqa: SLF001  # all of them, which only a book of health limits
    others = [
        *only_named(rows),
        *(each for some in book.people["aliases"] for each in some),
    ]
    initials = _initials(map(str, book.people.index), others)
    ids = [f"r{row + 1}" for row in range(len(rows))]
    (key,) = names_where(REFERRALS, names="key")
    number = dict(zip(rows[key], ids, strict=True))
    said = book._touches  # noqa: SLF001  # as above
    about = [number.get(told, "") for told in said["about"]]
    history = _public(rows, "referrals", initials).assign(
        id=pd.Series(ids, dtype="str"),
    )
    people = _public(book.people, "people", initials).rename(index=initials)
    mentions = Mentions(dict(zip(map(str, book.people.index), book.people["aliases"], strict=True)))
    made = (said["kind"] == "introduction").tolist()
    notes = [
        "; ".join(initials[name] for name in mentions.people(note)) if told else ""
        for told, note in zip(made, said["note"], strict=True)
    ]
    touches = _public(said, "touches", initials).assign(
        note=pd.Series(notes, index=said.index, dtype="str"),
        about=pd.Series(about, index=said.index, dtype="str"),
    )
    me = None if book.me is None else initials[book.me]
    settings = replace(
        book.settings,
        me=me,
        looking_for=(HIDDEN,) * len(book.settings.looking_for),
        they_say=(HIDDEN,) * len(book.settings.they_say),
        apart=(),
    )
    hidden = book.altered(
        path="(incognito)",
        history=history,
        people=people.sort_index(),
        touches=touches,
        me=me,
        settings=settings,
        skipped=(),
        notes=(),
        is_incognito=True,
        status_changes=tuple(
            (day, number[told], status) for day, told, status in book.status_changes
        ),
    )
    carry_over(book, hidden, list(initials.values()))
    return hidden, initials


def _public(frame: pd.DataFrame, table: str, initials: Mapping[str, str]) -> pd.DataFrame:
    """Put initials for names; blank every other column that is not public, in its own type."""
    fields = FIELDS[table]
    kept = {*names_where(fields, public=True)} | _OURS
    named = {*names_where(fields, is_name=True)}
    told = {
        str(name): frame[name].map(initials).fillna("").astype("str")
        if name in named
        else _blank(frame[name])
        for name in frame
        if name not in kept
    }
    return frame.assign(**told)


def _blank(column: pd.Series[Any]) -> pd.Series[Any]:
    if column.dtype == object:  # lists of words, or amounts
        nothing: Any = () if any(isinstance(each, tuple) for each in column) else None
        return pd.Series([nothing] * len(column), index=column.index, dtype=object)
    if isinstance(column.dtype, pd.StringDtype):
        return pd.Series("", index=column.index, dtype=column.dtype)
    return pd.Series(0, index=column.index).astype(column.dtype)


def _initials(people: Iterable[str], others: Iterable[str] = ()) -> dict[str, str]:
    """Find initials for each name; those who share them are numbered by name.

    ``others`` are more names that nobody's initials may be.
    """
    names = sorted(people)
    called = {name.casefold() for name in (*names, *others)}
    taken: dict[str, count[int]] = {}
    found: dict[str, str] = {}
    for person in names:
        letters = _letters(person)
        numbers = taken.setdefault(letters, count(1))
        found[person] = next(
            told for number in numbers if (told := f"{letters}{number}").casefold() not in called
        )
    return found


def _letters(name: str) -> str:
    """Give the first letter of each word, or ``#`` if one of them would tell the word.

    Examples
    --------
    >>> [_letters(name) for name in ("Ann Lee", "J. Hale", "O Brien", "李 雷", "J. R.", "=1+1")]
    ['A.L.', 'J.H.', '#', '#', '#', '#']
    """
    words = [[letter for letter in word if letter.isalpha()] for word in name.split()]
    words = [word for word in words if word]
    whole = [
        len(word) == 1 and not said.endswith(".")
        for word, said in zip(words, filter(_says, name.split()), strict=True)
    ]
    wide = any(east_asian_width(word[0]) in _MADE_OF_WHOLE_WORDS for word in words)
    if wide or any(whole) or all(len(word) == 1 for word in words):
        return "#"
    return "".join(f"{word[0].upper()[0]}." for word in words)  # ß is SS in capitals


def _says(word: str) -> bool:
    return any(map(str.isalpha, word))
