"""The tables of a book as its own files hold them, whatever they are written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from refgraph.reading.files.formula_safe_csv import as_csv
from refgraph.reading.frames.cell_text import text_column
from refgraph.schema.columns import COLUMNS, required_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refgraph.book.book import Book

__all__ = ["Texts", "book_tables", "referrals_csv", "whole_numbers"]

#: A table: the text of every row, by column.
Texts = dict[str, list[str]]


def book_tables(book: Book) -> Mapping[str, Texts]:
    """Give the tables of a book that hold rows, that of the referrals always, as text.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals; what it hides is blank.

    Returns
    -------
    mapping
        From ``referrals``, ``people``, ``touches`` and ``statuses`` to the columns of each that
        say something, and those that a file of its kind needs.

    Examples
    --------
    >>> from refgraph import Book
    >>> tables = book_tables(Book.sample())
    >>> tables["referrals"]["giver"][0], [*tables]
    ('Hiro Tanabe', ['referrals', 'people', 'touches', 'statuses'])
    """
    people = book.people[book.people["declared"]]
    people = people.rename_axis("person").reset_index()
    known = {*book.referrals["id"]}
    changes = [each for each in book.status_changes if each[1] in known]
    statuses = pd.DataFrame(changes, columns=["date", "id", "status"])
    frames = {
        "referrals": book.referrals,
        "people": people,
        "touches": book.touches,
        "statuses": statuses,
    }
    return {
        name: _texts(name, frame)
        for name, frame in frames.items()
        if name == "referrals" or len(frame)
    }


def _texts(table: str, frame: pd.DataFrame) -> Texts:
    """Write the columns of ours, but those of which no row says anything."""
    found = {
        name: list(text_column(frame[name], name)[0]) for name in COLUMNS[table] if name in frame
    }
    return {
        name: texts
        for name, texts in found.items()
        if name in {"date", *required_of(table)} or any(texts)
    }


def whole_numbers(texts: Sequence[str]) -> bool:
    """Tell whether every text that is not blank is a whole number, written as one is.

    Examples
    --------
    >>> whole_numbers(["3", "", "-1"]), whole_numbers(["007"]), whole_numbers([""])
    (True, False, False)
    """
    said = [text for text in texts if text]
    digits = (text.removeprefix("-") for text in said)
    plain = all(each.isascii() and each.isdecimal() and str(int(each)) == each for each in digits)
    return bool(said) and plain and max(map(len, said)) < 16


def referrals_csv(book: Book, *, raw: bool = False) -> str:
    """Give the referrals as CSV under our own names, a row each.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    raw : bool, default False
        Leave texts like ``=1+1`` as they are; a spreadsheet would compute them.

    Examples
    --------
    >>> from refgraph import Book
    >>> referrals_csv(Book.sample()).splitlines()[0].split(",")[:3]
    ['date', 'giver', 'receiver']
    """
    table = book_tables(book)["referrals"]
    names = [*table]
    rows = (dict(zip(names, row, strict=True)) for row in zip(*table.values(), strict=True))
    return as_csv(names, rows, raw=raw)
