"""Where tables come from: what a place must give for its rows to become a record."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from refgraph.errors import LedgerError
from refgraph.reading.book_files import Files, find, settings_beside
from refgraph.reading.databases.database_address import is_address
from refgraph.reading.files.bounded_bytes import load
from refgraph.reading.files.file_format import Form
from refgraph.reading.open_table import open_table
from refgraph.reading.sheets.table_files import holds_tables, tables_held
from refgraph.reading.tables import open_referrals
from refgraph.schema.text import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from refgraph.reading.files.records import Source
    from refgraph.reading.read_options import ReadOptions

__all__ = ["FileTables", "HeldTables", "Tables", "tables_at"]

# The tables of a book that one file may hold, beside that of the referrals.
_OTHERS = ("people", "touches", "statuses")


class Tables(Protocol):
    """Tables of rows of text, and where each row stands.

    All that :func:`refgraph.reading.reader.read_tables` needs to know of a place: files, sheets
    of a workbook, frames in memory. A :class:`~refgraph.reading.files.records.Source` holds the
    rows, the first of them the header, and names where each stands.
    """

    @property
    def path(self) -> str:
        """The place as it was named."""

    def find(self) -> Files:
        """Name the tables that are there, and what the rows of each tell."""

    def settings(self, files: Files) -> str | None:
        """Give the file of settings that hold for these tables, if there is one."""

    def open_referrals(self, name: str, options: ReadOptions, notes: list[str]) -> Source:
        """Give the rows of a table of referrals."""

    def open_own(
        self, name: str, wanted: Collection[str], options: ReadOptions, notes: list[str]
    ) -> Source:
        """Give the rows of people, touches or statuses."""


@dataclass(frozen=True, slots=True)
class FileTables:
    """The files of a book folder, or a single CSV file or sheet of a workbook.

    Attributes
    ----------
    path : str
        The folder or the file.
    drafts : mapping of str to bytes
        What to read instead of a file.

    Examples
    --------
    >>> FileTables("refgraph/sample").find().referrals[0][1]
    'any'
    """

    path: str
    drafts: Mapping[str, bytes] = field(default_factory=dict)

    def find(self) -> Files:
        """Find the files."""
        return find(self.path, self.drafts)

    def settings(self, files: Files) -> str | None:
        """Give the refgraph.toml of the folder, also of a table that is named itself."""
        return files.own.get("refgraph.toml") or settings_beside(self.path)

    def open_referrals(self, name: str, options: ReadOptions, notes: list[str]) -> Source:
        """Split a table of referrals into records, as the options say."""
        return open_referrals(name, options, notes, reading=True)

    def open_own(
        self, name: str, wanted: Collection[str], options: ReadOptions, notes: list[str]
    ) -> Source:
        """Split one of refgraph's own files into records."""
        form = Form(encoding=options.encoding, max_rows=options.max_rows)
        return open_table(name, wanted, notes, form=form, content=self.drafts.get(name))


@dataclass(frozen=True, slots=True)
class HeldTables:
    """A whole book in one workbook or database, its tables named as the files of a book are.

    Attributes
    ----------
    path : str
        The file.
    data : bytes
        All of it.
    held : mapping of str to str
        From ``referrals`` and each other table of ours that is there to its name in the file.
    others : tuple of str
        The tables that are none of ours.
    """

    path: str
    data: bytes
    held: Mapping[str, str]
    others: tuple[str, ...] = ()

    def find(self) -> Files:
        """Name the tables."""
        own = {f"{name}.csv": name for name in self.held if name != "referrals"}
        if beside := settings_beside(self.path):
            own["refgraph.toml"] = beside
        notes: tuple[str, ...] = ()
        if self.others:
            named = visible(", ".join(self.others), 200)
            notes = (f"{self.path}: left out {named} (--sheet NAME reads one)",)
        return Files(((self.path, "any"),), own, notes)

    def settings(self, files: Files) -> str | None:
        """Give the refgraph.toml that stands beside the file, which is that of the book."""
        return files.own.get("refgraph.toml")

    def open_referrals(self, name: str, options: ReadOptions, notes: list[str]) -> Source:
        """Give the rows of the table of referrals."""
        options = replace(options, sheet=self.held["referrals"])
        return open_referrals(name, options, notes, content=self.data, reading=True)

    def open_own(
        self, name: str, wanted: Collection[str], options: ReadOptions, notes: list[str]
    ) -> Source:
        """Give the rows of another table, each called by the file and the table."""
        form = Form(sheet=self.held[name], max_rows=options.max_rows)
        return open_table(f"{self.path} ({name})", wanted, notes, form=form, content=self.data)


def tables_at(path: str | os.PathLike[str], options: ReadOptions) -> Tables:
    """Find the tables of a record: a folder, one table, or a file that holds those of a book.

    Parameters
    ----------
    path : path-like
        The folder or the file.
    options : ReadOptions
        Whether one table or a query of a file is named, and what to read instead of a file.

    Raises
    ------
    LedgerError
        The file is larger than a file may be.

    Examples
    --------
    >>> from refgraph.reading.read_options import ReadOptions
    >>> type(tables_at("refgraph/sample", ReadOptions())).__name__
    'FileTables'
    """
    name = os.fspath(path)
    files = FileTables(name, options.drafts)
    if options.sheet is not None or options.sql is not None or name in options.drafts:
        return files
    if not is_address(name) and not (os.path.isfile(name) and holds_tables(_beginning(name))):  # noqa: PTH113
        return files
    data = load(name)
    try:
        seen = [table for table, hidden in tables_held(name, data).items() if not hidden]
    except LedgerError:  # which is said where the file is read
        return files
    meant = {table.strip().casefold(): table for table in reversed(seen)}
    held = {ours: meant[ours] for ours in ("referrals", *_OTHERS) if ours in meant}
    if "referrals" not in held or len(held) == 1:
        return files
    return HeldTables(name, data, held, tuple(each for each in seen if each not in held.values()))


def _beginning(path: str) -> bytes:
    """Give the bytes that tell what a file is; none of one that cannot be read."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123
            return stream.read(16)
    except OSError:
        return b""
