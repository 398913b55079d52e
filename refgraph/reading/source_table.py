"""Where tables come from: what a place must give for its rows to become a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from refgraph.reading.book_files import find, settings_beside
from refgraph.reading.files.file_format import Form
from refgraph.reading.open_table import open_table
from refgraph.reading.tables import open_referrals

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from refgraph.reading.book_files import Files
    from refgraph.reading.files.records import Source
    from refgraph.reading.read_options import ReadOptions

__all__ = ["FileTables", "Tables"]


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
