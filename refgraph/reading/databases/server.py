"""The tables of a database server, or of any database that SQLAlchemy knows."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

from refgraph.reading.databases.limits import MOST_SECONDS, interrupted_late
from refgraph.reading.files.encodings import unreadable
from refgraph.schema.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from refgraph.errors import LedgerError

__all__ = ["ServerTables"]

_PIECE = 2_048
# What a query begins with, behind comments and brackets: it reads. Some servers carry out what
# stands in a comment with a mark.
_READS = re.compile(
    r"(?:\s++|\(|--[^\n]*+(?:\n|\Z)|(?>/\*(?!M?!).*?\*/))*+"
    r"(?:select|with|values|table|show|explain|describe)\b",
    re.IGNORECASE | re.DOTALL,
)
# What makes a connection one that reads only, and ends what takes too long, where it has that.
_SETTINGS = {
    "postgresql": (
        "SET TRANSACTION READ ONLY",
        f"SET LOCAL statement_timeout = {int(MOST_SECONDS * 1000)}",
        "SET LOCAL TIME ZONE 'UTC'",
    ),
    "mysql": (
        "SET TRANSACTION READ ONLY",
        f"SET SESSION max_execution_time = {int(MOST_SECONDS * 1000)}",
        "SET time_zone = '+00:00'",
    ),
    "mariadb": (
        "SET TRANSACTION READ ONLY",
        f"SET SESSION max_statement_time = {int(MOST_SECONDS)}",
        "SET time_zone = '+00:00'",
    ),
    "oracle": ("SET TRANSACTION READ ONLY",),
    "sqlite": ("PRAGMA query_only = ON",),
}


class ServerTables:
    """The tables that an address leads to.

    Parameters
    ----------
    path : str
        How it is called in messages.
    address : str
        As SQLAlchemy writes it, without a password.

    Raises
    ------
    LedgerError
        It holds a password, cannot be reached, or the extra ``sql`` or the driver is not
        installed.
    """

    def __init__(self, path: str, address: str) -> None:
        self._path = path
        try:
            self._library: Any = import_module("sqlalchemy")
        except ImportError:
            hint = 'pip install "refgraph[sql]", or save the table as CSV, UTF-8'
            message = "this is the address of a database, and reading it needs the extra sql"
            raise unreadable(path, message, hint) from None
        known = self._known(address)
        pool = self._library.pool.NullPool
        try:
            self._engine = self._library.create_engine(known, poolclass=pool)
            self._base = self._engine.connect()
        except self.failures as error:
            raise self._unreached(error) from None

    def _known(self, address: str) -> Any:
        """Read the address: what is typed stands in the history of a shell, and in footers."""
        try:
            found = self._library.engine.make_url(address)
        except (self._library.exc.ArgumentError, ValueError):
            hint = "write it like postgresql+psycopg://name@host/database"
            raise unreadable(self._path, "there is no such address", hint) from None
        if found.password is not None:
            message = (
                "a password stands in this address, and would stand in all that names the book"
            )
            hint = (
                "leave it out, and keep it where the driver looks: ~/.pgpass, ~/.my.cnf, PGPASSWORD"
            )
            raise unreadable(found.render_as_string(), message, hint)
        if found.get_backend_name() == "sqlite" and not os.path.isfile(found.database or ""):  # noqa: PTH113
            raise unreadable(self._path, "no such file or folder")  # nor is one made
        return found

    def _unreached(self, error: Exception) -> LedgerError:
        if isinstance(error, ImportError):
            told = f"its driver is not installed: {visible(str(error), 100)}"
            driver = visible(getattr(error, "name", None) or "psycopg", 40)
            hint = f"pip install {driver}, or name another driver: postgresql+psycopg://..."
            return unreadable(self._path, told, hint)
        told = visible(str(getattr(error, "orig", error)).strip().partition("\n")[0], 200)
        hint = "check the address, and that its server runs; or save the table as CSV, UTF-8"
        return unreadable(self._path, f"this database cannot be reached: {told}", hint)

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """The errors that a query, or its driver, may lead to."""
        return (self._library.exc.SQLAlchemyError, TimeoutError, ImportError)

    def tables(self) -> list[str]:
        """Name the tables and views, by their names.

        Raises
        ------
        LedgerError
            The server does not say.
        """
        try:
            self._base.rollback()  # after a query that failed, too
            seen = self._library.inspect(self._base)
            return sorted({*seen.get_table_names(), *seen.get_view_names()})
        except self.failures as error:
            raise self._unreached(error) from None

    def quoted(self, name: str) -> str:
        """Quote the name of a table, as this database reads it."""
        quoted: str = self._engine.dialect.identifier_preparer.quote_identifier(name)
        return quoted

    def rows(self, query: str) -> tuple[list[str], Iterator[tuple[object, ...]]]:
        """Give the names of the columns that a query gives, and its rows.

        Raises
        ------
        TimeoutError
            It takes longer than a query may.
        """
        if not _READS.match(query):
            msg = "it may only read: SELECT ..."
            raise self._library.exc.ArgumentError(msg)
        until = time.monotonic() + MOST_SECONDS
        self._base.rollback()
        dialect = self._engine.dialect  # a server of MariaDB may be named as one of MySQL
        name = "mariadb" if getattr(dialect, "is_mariadb", False) else dialect.name
        for setting in _SETTINGS.get(name, ()):
            self._base.exec_driver_sql(setting)
        # without parameters, of which some drivers would take a percent sign for one
        options = {"stream_results": True, "max_row_buffer": _PIECE, "no_parameters": True}
        found = self._base.exec_driver_sql(query, execution_options=options)

        def pieces() -> Iterator[tuple[object, ...]]:
            while some := found.fetchmany(_PIECE):
                if time.monotonic() > until:
                    msg = "it takes too long"
                    raise TimeoutError(msg)
                yield from map(tuple, some)

        return [str(name) for name in found.keys()], pieces()  # noqa: SIM118  # no mapping

    def bounded(self) -> AbstractContextManager[None]:
        """Stop a query that does not end, by its driver where that can; see also the settings."""
        return interrupted_late(self._stop)

    def _stop(self) -> None:
        driver = self._base.connection.driver_connection
        for stop in (getattr(driver, name, None) for name in ("cancel", "interrupt")):
            if stop is not None:
                stop()

    def close(self) -> None:
        """Let go of it; nothing that was done in it stays."""
        with suppress(*self.failures):
            self._base.rollback()
        self._base.close()
        self._engine.dispose()
