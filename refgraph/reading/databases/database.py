"""A table of a database by its name, or what a query of it gives, as records of text."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from refgraph.reading.databases.database_address import DatabaseAddress
from refgraph.reading.databases.duck import DuckFile
from refgraph.reading.databases.recognised import SQLITE
from refgraph.reading.databases.server import ServerTables
from refgraph.reading.databases.sqlite import SQLiteFile
from refgraph.reading.files.encodings import unreadable
from refgraph.reading.files.file_format import MOST_COLUMNS
from refgraph.reading.files.split_rows import source_of_rows
from refgraph.reading.frames.cell_text import text_of
from refgraph.schema.text import FieldError, quoted, visible
from refgraph.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from refgraph.errors import LedgerError
    from refgraph.reading.files.file_format import Form
    from refgraph.reading.files.records import Source

__all__ = ["open_query", "table_names"]

# What all cells of a table may hold together: as much as the file, and this beside.
_MORE_CHARACTERS = 100_000_000
_SHARED = 65_536
_WRITE_IT = 'write it: --sql "SELECT * FROM referrals"'


class Database(Protocol):
    """What holds tables, opened to be read."""

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """The errors that a query may lead to."""

    def tables(self) -> list[str]:
        """Name the tables and views."""

    def quoted(self, name: str) -> str:
        """Quote the name of a table."""

    def rows(self, query: str) -> tuple[list[str], Iterator[tuple[object, ...]]]:
        """Give the names of the columns that a query gives, and its rows."""

    def bounded(self) -> AbstractContextManager[None]:
        """Stop a query that does not end."""

    def close(self) -> None:
        """Let go of it."""


def _opened(path: str, data: bytes) -> Database:
    """Open a file from its bytes, if no changes to it stand beside it, or what an address names."""
    if isinstance(data, DatabaseAddress):
        return ServerTables(path, data.decode())
    for beside in (f"{path}-wal", f"{path}.wal"):
        if os.path.isfile(beside) and os.path.getsize(beside):  # noqa: PTH113, PTH202
            message = f"changes to this database stand in {visible(beside)}"
            raise unreadable(path, message, "close it in the program that has it open")
    return SQLiteFile(path, data) if data.startswith(SQLITE) else DuckFile(path, data)


def table_names(path: str, data: bytes) -> list[str]:
    """Name the tables and views of a database.

    Parameters
    ----------
    path : str
        The file, for messages.
    data : bytes
        All of it.

    Raises
    ------
    LedgerError
        It cannot be opened.
    """
    with closing(_opened(path, data)) as base:
        return base.tables()


def open_query(
    path: str, data: bytes, notes: list[str], form: Form, comment: str | None = None
) -> Source:
    """Read what the query of a form gives, or the table that it names, or the one that fits.

    Parameters
    ----------
    path : str
        The file, for messages.
    data : bytes
        All of it.
    notes : list of str
        What was decided is added here.
    form : Form
        Which table or query, and how many rows it may give.
    comment : str or None
        Rows whose first cell begins with this are left out.

    Returns
    -------
    Source
        Its rows that are not blank, numbered as in a file whose first line names the columns.

    Raises
    ------
    LedgerError
        It cannot be opened, there is no such table, or the query fails or gives too much.
    """
    with closing(_opened(path, data)) as base:
        query = form.sql
        if query is None:
            name = base.quoted(_chosen(path, base.tables(), notes, form.sheet))
            query = f"SELECT * FROM {name}"  # noqa: S608  # its name is quoted
        try:
            with base.bounded():
                names, rows = base.rows(query)
                if not names:
                    raise unreadable(path, "this query gives no columns", _WRITE_IT)
                kept, lines, faults = _written_out(path, names, rows, len(data), form)
        except base.failures as error:
            raise _failed(path, base, error) from None
    if comment:
        read = [at for at, row in enumerate(kept) if not at or not row[0].startswith(comment)]
        kept, lines = [kept[at] for at in read], [lines[at] for at in read]
    source = source_of_rows(path, kept, lines)
    source.faults = faults
    return source


def _chosen(path: str, tables: list[str], notes: list[str], wanted: str | None) -> str:
    """Choose a table: the one named, or called referrals, or the first."""
    if not tables:
        raise unreadable(path, "this database has no tables", "name another file")
    spelled = {name.strip().casefold(): name for name in reversed(tables)}
    if wanted is not None and (found := spelled.get(wanted.strip().casefold())):
        return found
    if wanted is not None:
        near = did_you_mean(wanted, tables)
        listed = visible(", ".join(tables), 200)
        hint = f"did you mean {visible(near, 60)}?" if near else f"the tables are: {listed}"
        raise unreadable(path, f"there is no table {quoted(wanted)}", hint)
    chosen = spelled.get("referrals", tables[0])
    if len(tables) > 1:
        others = visible(", ".join(name for name in tables if name != chosen), 200)
        notes.append(
            f"{path}: read the table {quoted(chosen)}, not {others} (--table NAME chooses)"
        )
    return chosen


def _written_out(
    path: str, names: list[str], rows: Iterator[tuple[object, ...]], size: int, form: Form
) -> tuple[list[list[str]], list[int], dict[tuple[int, int], tuple[str, str]]]:
    """Write out rows that are not blank, within the bounds of a table, and what is no text."""
    if len(names) > MOST_COLUMNS:
        message = f"this table has {len(names):,} columns, more than {MOST_COLUMNS:,}"
        raise unreadable(path, message, "choose those it needs with --sql")
    keys = [" ".join(name.split()).casefold() for name in names]
    kept, lines = [names], [1]
    faults: dict[tuple[int, int], tuple[str, str]] = {}
    left = size + _MORE_CHARACTERS
    share: dict[str, str] = {}  # a text that many rows hold is held once
    for line, row in enumerate(rows, 2):
        texts = [share.get(value, value) if type(value) is str else "" for value in row]
        if len(share) < _SHARED:
            share.update(zip(texts, texts, strict=True))
        for at, value in enumerate(row):
            if value is None or type(value) is str:
                continue
            try:
                texts[at] = _written(value, keys[at], form)
            except FieldError as error:
                faults[line, at] = str(error), error.hint
        left -= sum(map(len, texts))
        if line > form.max_rows + 1 or left < 0:
            raise _too_much(path, form.max_rows, is_long=left >= 0)
        if any(map(str.strip, texts)) or any((line, at) in faults for at in range(len(keys))):
            kept.append(texts)
            lines.append(line)
    return kept, lines, faults


def _written(value: object, name: str, form: Form) -> str:
    """Write one value as a file of this form would hold it; a moment with a zone as its day."""
    match value:
        case datetime() if value.tzinfo is None:
            return form.write_day(value)
        case date() if not isinstance(value, datetime):
            return form.write_day(datetime.combine(value, time()))
        case float() | Decimal():
            return form.write_number(text_of(value, name))
    return text_of(value, name)


def _too_much(path: str, most: int, *, is_long: bool) -> LedgerError:
    if is_long:
        message, hint = f"this table holds more than {most:,} rows", "raise the limit: --max-rows"
        return unreadable(path, message, f"{hint} {2 * most}")
    message = "this table gives far more text than the file holds"
    return unreadable(path, message, "choose the columns and rows it needs with --sql")


def _failed(path: str, base: Database, error: Exception) -> LedgerError:
    """Build the error of a query that could not be carried out."""
    told = visible(str(error).partition("\n")[0], 200)
    if "not authorized" in told:
        told = "it may only read, and no other file"
    tables = visible(", ".join(base.tables()), 200)
    return unreadable(path, f"this query fails: {told}", f"the tables are: {tables}")
