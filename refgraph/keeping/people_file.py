"""people.csv as it is, where every alias stands, and the book around it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from refgraph.keeping.engine.cells import Cells
from refgraph.keeping.engine.journal import load
from refgraph.keeping.engine.replace import Change, holding, replace_all
from refgraph.reading.aliases import everybody, named_in
from refgraph.reading.book_files import home_of, within
from refgraph.reading.files.encodings import unreadable
from refgraph.reading.read_options import ReadOptions
from refgraph.reading.reader import read
from refgraph.schema.columns import COLUMNS, NAMED
from refgraph.schema.text import clean
from refgraph.schema.values import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refgraph.names.lookup import Lookup
    from refgraph.reading.read_options import Record

__all__ = ["PEOPLE", "People", "editing_people", "everyone_in", "folder_of", "rows_of"]

#: The columns of people.csv.
PEOPLE = COLUMNS["people"]


@dataclass(slots=True)
class People:
    """people.csv as it is, and the book around it."""

    book: str
    options: ReadOptions
    record: Record
    path: str
    content: bytes | None
    table: Cells
    notes: list[str] = field(default_factory=list)

    def holding(self, content: bytes) -> People:
        """Give the same with other bytes in people.csv; the book around it is as it was."""
        table = Cells.of(self.path, content, PEOPLE, encoding=self.table.encoding)
        return replace(self, content=content, table=table)

    def rows(self) -> range:
        """Give the place of every row."""
        return range(len(self.table))

    def row(self, name: str) -> int | None:
        """Find the row that declares somebody."""
        declared = (clean(self.table.text(row, "person")) for row in self.rows())
        return next((row for row, person in enumerate(declared) if person == name), None)

    def aliases(self, row: int) -> list[str]:
        """Give the aliases a row lists."""
        return [*names(self.table.text(row, "aliases"))]

    def lookup(self) -> Lookup:
        """Give everybody in the book, prospects too, to be found by what is typed."""
        return everybody(self.record, prospects=True)

    def everyone(self) -> set[str]:
        """Name everybody in the book, prospects too."""
        return everyone_in(self.record)

    def write(self, after: bytes, command: str, *, dry_run: bool) -> Record:
        """Read the book as it would be, and write the file."""
        there = read(self.book, replace(self.options, drafts={self.path: after}))
        if not dry_run:
            change = Change(self.path, self.content, after)
            replace_all(self.book, [change], command=command)
        return there


def everyone_in(record: Record) -> set[str]:
    """Name everybody in a book, prospects too, by the name that counts."""
    tables = {table: getattr(record, table) for table in ("people", "referrals", "touches")}
    return named_in(tables, NAMED)


def folder_of(book: str | os.PathLike[str]) -> str:
    """Name the folder of a book, which is where people.csv can be.

    Raises
    ------
    LedgerError
        The book is a single table, which has no people.csv beside it, or a database that is only
        read.
    """
    path = os.fspath(book)
    home_of(path)  # refuses an address
    if not os.path.isdir(path):  # noqa: PTH112 (pathlib raises for some names)
        message = "aliases stand in people.csv, and a single table has none beside it"
        hint = "put it into a folder of its own, as referrals.csv, and name the folder"
        raise unreadable(path, message, hint)
    return path


@contextmanager
def editing_people(book: str | os.PathLike[str], options: ReadOptions | None) -> Iterator[People]:
    """Read people.csv and the book, and hold the folder until both are written again."""
    with holding(folder_of(book)) as recovered:
        people = _read_people(book, options)
        people.notes += filter(None, [recovered])
        yield people


def _read_people(book: str | os.PathLike[str], options: ReadOptions | None) -> People:
    path = os.fspath(book)
    reading = replace(options or ReadOptions(), skip_bad=False, drafts={})
    people = within(path, "people.csv")
    content = load(people)
    record = read(path, reading)
    empty = f"{','.join(PEOPLE)}\n".encode()
    there = empty if content is None else content
    table = Cells.of(people, there, PEOPLE, encoding=reading.encoding)
    return People(path, reading, record, people, content, table)


def rows_of(table: Cells, person: str) -> list[str]:
    """Give the rows that declare somebody, as they stand in the file."""
    rows = range(len(table))
    return [table.line(row) for row in rows if clean(table.text(row, "person")) == person]
