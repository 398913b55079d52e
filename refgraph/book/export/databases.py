"""All tables of a book in one database, and the referrals as Parquet."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from refgraph.book.export.book_tables import book_tables, whole_numbers
from refgraph.errors import OptionError
from refgraph.schema.columns import columns_where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.book.book import Book
    from refgraph.book.export.book_tables import Texts

__all__ = ["duckdb", "parquet", "sqlite"]

_DAYS = frozenset(columns_where(dtype="day"))


def sqlite(book: Book) -> bytes:
    """Give a book as a file of SQLite: a table for each of its own, days as ISO text.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.

    Examples
    --------
    >>> from refgraph import Book
    >>> sqlite(Book.sample())[:15]
    b'SQLite format 3'
    """
    with closing(sqlite3.connect(":memory:")) as base:
        _fill(base, book_tables(book), day="TEXT")
        base.commit()
        return bytes(base.serialize())


def duckdb(book: Book) -> bytes:
    """Give a book as a file of DuckDB: a table for each of its own.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.

    Raises
    ------
    OptionError
        The extra ``data`` is not installed.
    """
    library = _library()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "book.duckdb")
        with closing(library.connect(str(made))) as base:
            _fill(base, book_tables(book), day="DATE")
        return made.read_bytes()


def parquet(book: Book) -> bytes:
    """Give the referrals of a book as a Parquet file.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.

    Raises
    ------
    OptionError
        The extra ``data`` is not installed.
    """
    library = _library()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "referrals.parquet")
        with closing(library.connect()) as base:
            _fill(base, {"referrals": book_tables(book)["referrals"]}, day="DATE")
            base.execute(f"COPY referrals TO '{str(made).replace(chr(39), chr(39) * 2)}'")
        return made.read_bytes()


def _library() -> Any:
    try:
        return import_module("duckdb")
    except ImportError:
        msg = 'Writing DuckDB and Parquet needs the extra data: pip install "refgraph[data]".'
        raise OptionError(msg) from None


def _fill(base: Any, tables: Mapping[str, Texts], *, day: str) -> None:
    """Make the tables; what is blank is NULL."""
    for name, table in tables.items():
        kinds = {
            column: day if column in _DAYS else "BIGINT" if whole_numbers(texts) else "TEXT"
            for column, texts in table.items()
        }
        columns = ", ".join(f'"{column}" {kind}' for column, kind in kinds.items())
        base.execute(f'CREATE TABLE "{name}" ({columns})')
        values = {column: [text or None for text in texts] for column, texts in table.items()}
        if isinstance(base, sqlite3.Connection):
            fill = f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(table))})'  # noqa: S608
            base.executemany(fill, zip(*values.values(), strict=True))
        else:  # row by row it would take minutes
            base.register("rows", pd.DataFrame(values, dtype=object))
            base.execute(f'INSERT INTO "{name}" SELECT * FROM rows')  # noqa: S608
            base.unregister("rows")
