"""A file of DuckDB, or of Parquet, read by DuckDB and kept from every other file."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from refgraph.reading.databases.limits import interrupted_late
from refgraph.reading.databases.recognised import is_parquet
from refgraph.reading.files.encodings import unreadable
from refgraph.schema.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from refgraph.errors import LedgerError

__all__ = ["DuckFile", "quoted_name"]

# One thread, so that rows come in their order; moments of no zone of their own are told in UTC.
_PLAIN = {
    "threads": 1,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_ZONED = "WITH TIME ZONE"
_PIECE = 2_048


class DuckFile:
    """The tables of a file of DuckDB, or the one of a Parquet file.

    Parameters
    ----------
    path : str
        The file, for messages.
    data : bytes
        All of it.

    Raises
    ------
    LedgerError
        It is damaged, or the extra ``data`` is not installed.
    """

    def __init__(self, path: str, data: bytes) -> None:
        self.kind = "Parquet file" if is_parquet(data) else "DuckDB file"
        self._path = path
        try:
            duckdb = import_module("duckdb")
        except ImportError:
            message = f"this is a {self.kind}, and reading it needs the extra data"
            hint = 'pip install "refgraph[data]", or save the table as CSV, UTF-8'
            raise unreadable(path, message, hint) from None
        self._library = duckdb
        self._open = ExitStack()
        try:
            self._base = self._connected(data)
        except duckdb.Error as error:
            self._open.close()
            raise self.refused(error) from None
        self._open.callback(self._base.close)

    def _connected(self, data: bytes) -> Any:
        """Open a copy of the file, and shut the door to all others."""
        copy = Path(self._open.enter_context(tempfile.TemporaryDirectory()), "table")
        copy.write_bytes(data)
        if self.kind == "DuckDB file":
            base = self._library.connect(str(copy), read_only=True, config=_PLAIN)
        else:
            base = self._library.connect(":memory:", config=_PLAIN)
            name = quoted_name("table" if self._path == "-" else Path(self._path).stem)
            made = f"CREATE TABLE {name} AS SELECT * FROM read_parquet(?)"  # noqa: S608  # is quoted
            base.execute(made, [str(copy)])
        base.execute("SET TimeZone = 'UTC'")
        base.execute("SET enable_external_access = false")
        base.execute("SET lock_configuration = true")
        return base

    def refused(self, error: Exception) -> LedgerError:
        """Build the error of a file that is damaged."""
        told = visible(str(error).partition("\n")[0], 200)
        hint = "open it in its own program, or save the table as CSV, UTF-8"
        return unreadable(self._path, f"this {self.kind} cannot be read: {told}", hint)

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """The errors that a query may lead to."""
        return (self._library.Error, UnicodeDecodeError)  # whose text may be no UTF-8

    def tables(self) -> list[str]:
        """Name the tables and views, by their names."""
        found = self._base.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'main' ORDER BY table_name"
        )
        return [str(name) for (name,) in found.fetchall()]

    def quoted(self, name: str) -> str:
        """Quote the name of a table."""
        return quoted_name(name)

    def rows(self, query: str) -> tuple[list[str], Iterator[tuple[object, ...]]]:
        """Give the names of the columns that a query gives, and its rows.

        Raises
        ------
        duckdb.Error
            It is more than one query, or none, or cannot be carried out.
        """
        if len(self._base.extract_statements(query)) != 1:
            msg = "it must be one query"
            raise self._library.ProgrammingError(msg)
        columns = self._base.execute(f"DESCRIBE {query}").fetchall()
        names = [str(column[0]) for column in columns]
        is_zoned = [str(kind).endswith(_ZONED) for _, kind, *_ in columns]
        if any(is_zoned):
            written = ", ".join(
                f"CAST(#{at} AS VARCHAR)" if cast else f"#{at}"
                for at, cast in enumerate(is_zoned, 1)
            )
            inner = query.rstrip().rstrip(";")  # which may end in a comment, as far as its line
            query = f"SELECT {written} FROM ({inner}\n)"  # noqa: S608  # the user's own
        found = self._base.execute(query)

        def pieces() -> Iterator[tuple[object, ...]]:
            while some := found.fetchmany(_PIECE):
                yield from some

        return names, pieces()

    def bounded(self) -> AbstractContextManager[None]:
        """Stop a query that does not end."""
        return interrupted_late(self._base.interrupt)

    def close(self) -> None:
        """Let go of it."""
        self._open.close()


def quoted_name(name: str) -> str:
    """Quote the name of a table, as both SQLite and DuckDB read it.

    Examples
    --------
    >>> quoted_name('my "old" list')
    '"my ""old"" list"'
    """
    return '"' + name.replace('"', '""') + '"'
