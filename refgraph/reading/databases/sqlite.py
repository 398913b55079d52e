"""A file of SQLite, read from its bytes: nothing beside it is touched."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from refgraph.reading.databases.duck import quoted_name
from refgraph.reading.databases.limits import MOST_CHARACTERS, interrupted_late
from refgraph.reading.files.encodings import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from refgraph.errors import LedgerError

__all__ = ["SQLiteFile"]

_TABLES = (
    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%'"
    " ESCAPE '\\' ORDER BY type, rowid"
)
# What a query may do: choose, read, call functions, and go on from its own rows.
_READS = frozenset(
    (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)
)


# The text of an error names what it is about, and of a damaged file that may be no UTF-8.
_FAILURES = (sqlite3.Error, sqlite3.Warning, UnicodeDecodeError)


class SQLiteFile:
    """The tables of a file of SQLite.

    Parameters
    ----------
    path : str
        The file, for messages.
    data : bytes
        All of it.

    Raises
    ------
    LedgerError
        It is damaged.
    """

    def __init__(self, path: str, data: bytes) -> None:
        self._path = path
        self._base = sqlite3.connect(":memory:")
        self._base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_CHARACTERS)
        try:
            # The bytes between say that changes are kept beside the file; in memory none are.
            self._base.deserialize(data[:18] + b"\x01\x01" + data[20:])
            self._base.execute("PRAGMA trusted_schema = off")
            self._base.execute("PRAGMA schema_version").fetchone()
        except _FAILURES as error:
            self._base.close()
            raise self.refused(error) from None
        self._base.set_authorizer(_allow)

    def refused(self, error: Exception) -> LedgerError:
        """Build the error of a file that is damaged."""
        hint = "open it in its own program, or save the table as CSV, UTF-8"
        return unreadable(self._path, f"this database is damaged: {error}", hint)

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """The errors that a query may lead to."""
        return _FAILURES

    def tables(self) -> list[str]:
        """Name the tables and views, those that were made first before the others.

        Raises
        ------
        LedgerError
            It is damaged.
        """
        try:
            return [str(name) for (name,) in self._base.execute(_TABLES)]
        except _FAILURES as error:
            raise self.refused(error) from None

    def quoted(self, name: str) -> str:
        """Quote the name of a table."""
        return quoted_name(name)

    def rows(self, query: str) -> tuple[list[str], Iterator[tuple[object, ...]]]:
        """Give the names of the columns that a query gives, and its rows."""
        cursor = self._base.execute(query)
        return [str(column[0]) for column in cursor.description or ()], cursor

    def bounded(self) -> AbstractContextManager[None]:
        """Stop a query that does not end."""
        return interrupted_late(self._base.interrupt)

    def close(self) -> None:
        """Let go of it."""
        self._base.close()


def _allow(action: int, *_: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY
