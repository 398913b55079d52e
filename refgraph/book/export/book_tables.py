"""The tables of a book as its own files hold them, whatever they are written to."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from refgraph.errors import OptionError
from refgraph.reading.files.formula_safe_csv import as_csv
from refgraph.reading.frames.cell_text import text_column
from refgraph.schema.columns import COLUMNS, columns_where, required_of
from refgraph.schema.row_facts import id_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refgraph.book.book import Book

__all__ = ["Texts", "book_tables", "import_extra", "kind_of", "referrals_csv"]

#: A table: the text of every row, by column.
Texts = dict[str, list[str]]
_DAYS = frozenset(columns_where(dtype="day"))


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
    known = {*id_of(book.referrals)}
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


def kind_of(column: str, texts: Sequence[str]) -> Literal["day", "whole", "text"]:
    """Tell how a column is kept where cells have types: whole numbers if all are written as such.

    Examples
    --------
    >>> kind_of("date", ["2026-01-08"]), kind_of("count", ["3", "", "-1"])
    ('day', 'whole')
    >>> kind_of("note", ["007"]), kind_of("note", [""])
    ('text', 'text')
    """
    if column in _DAYS:
        return "day"
    said = [text for text in texts if text]
    digits = (text.removeprefix("-") for text in said)
    plain = all(each.isascii() and each.isdecimal() and str(int(each)) == each for each in digits)
    return "whole" if said and plain and max(map(len, said)) < 16 else "text"


def import_extra(library: str, what: str) -> Any:
    """Import a library of the extra ``data``.

    Raises
    ------
    OptionError
        It is not installed.
    """
    try:
        return import_module(library)
    except ImportError:
        msg = f'Writing {what} needs the extra data: pip install "refgraph[data]".'
        raise OptionError(msg) from None


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
