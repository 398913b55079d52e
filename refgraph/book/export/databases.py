"""All tables of a book in one database, and the referrals as Parquet."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from refgraph.book.export.book_tables import book_tables, import_extra, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.book.book import Book
    from refgraph.book.export.book_tables import Texts

__all__ = ["duckdb", "parquet", "sqlite"]

_LIBRARY = ("duckdb", "DuckDB and Parquet")


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
    library = import_extra(*_LIBRARY)
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
    library = import_extra(*_LIBRARY)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "referrals.parquet")
        with closing(library.connect()) as base:
            _fill(base, {"referrals": book_tables(book)["referrals"]}, day="DATE")
            base.execute(f"COPY referrals TO '{str(made).replace(chr(39), chr(39) * 2)}'")
        return made.read_bytes()


def _fill(base: Any, tables: Mapping[str, Texts], *, day: str) -> None:
    """Make the tables; what is blank is NULL."""
    types = {"day": day, "whole": "BIGINT", "text": "TEXT"}
    for name, table in tables.items():
        columns = ", ".join(
            f'"{column}" {types[kind_of(column, texts)]}' for column, texts in table.items()
        )
        base.execute(f'CREATE TABLE "{name}" ({columns})')
        values = {column: [text or None for text in texts] for column, texts in table.items()}
        if isinstance(base, sqlite3.Connection):
            fill = f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(table))})'  # noqa: S608
            base.executemany(fill, zip(*values.values(), strict=True))
        else:  # row by row it would take minutes
            base.register("rows", pd.DataFrame(values, dtype=object))
            base.execute(f'INSERT INTO "{name}" SELECT * FROM rows')  # noqa: S608
            base.unregister("rows")
