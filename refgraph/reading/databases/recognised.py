"""How a file of a database begins, told from its bytes: nothing that reads one is loaded for it."""

from __future__ import annotations

from refgraph.reading.databases.database_address import DatabaseAddress

__all__ = ["SQLITE", "is_database", "is_duckdb", "is_parquet"]

#: How a file of SQLite begins.
SQLITE = b"SQLite format 3\x00"


def is_database(data: bytes) -> bool:
    r"""Tell whether bytes are a file of SQLite, DuckDB or Parquet, or an address was given.

    Examples
    --------
    >>> is_database(b"date,giver,receiver"), is_database(b"SQLite format 3\x00")
    (False, True)
    """
    if isinstance(data, DatabaseAddress):
        return True
    return data.startswith(SQLITE) or is_duckdb(data) or is_parquet(data)


def is_duckdb(data: bytes) -> bool:
    """Tell whether bytes are a file of DuckDB.

    Examples
    --------
    >>> is_duckdb(b"date,giver,receiver")
    False
    """
    return data[8:12] == b"DUCK"


def is_parquet(data: bytes) -> bool:
    """Tell whether bytes are a Parquet file.

    Examples
    --------
    >>> is_parquet(b"PAR1...PAR1"), is_parquet(b"PAR1,date")
    (True, False)
    """
    return data.startswith(b"PAR1") and data.endswith(b"PAR1")
