"""Files that hold several tables: a workbook those of its sheets, a database its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.reading.databases.recognised import is_database
from refgraph.reading.files.encodings import unreadable
from refgraph.reading.sheets.compound_file import MAGIC, ZIP

if TYPE_CHECKING:
    from refgraph.reading.files.file_format import Form
    from refgraph.reading.files.records import Source

__all__ = ["check_single", "holds_tables", "open_held", "tables_held"]


def holds_tables(data: bytes) -> bool:
    r"""Tell whether bytes are a workbook or a database.

    Examples
    --------
    >>> holds_tables(b"date,giver,receiver"), holds_tables(b"SQLite format 3\x00")
    (False, True)
    """
    return _is_workbook(data) or is_database(data)


def check_single(path: str, form: Form) -> None:
    """Refuse to choose a table of a file that holds just one.

    Raises
    ------
    LedgerError
        A sheet, a table or a query is named.
    """
    if form.sheet is not None:
        raise unreadable(path, "this is not a workbook and has no sheets", "leave out --sheet")
    if form.sql is not None:
        raise unreadable(path, "this is not a database that could be asked", "leave out --sql")


def open_held(
    path: str, data: bytes, notes: list[str], form: Form, comment: str | None = None
) -> Source:
    """Read one table of a workbook or a database.

    Parameters
    ----------
    path : str
        The file, for messages.
    data : bytes
        All of it.
    notes : list of str
        What was decided is added here.
    form : Form
        Which table or query, and how days and numbers are written out.
    comment : str or None
        Rows whose first cell begins with this are left out.

    Raises
    ------
    LedgerError
        It cannot be read, or the table or query is not one of it.
    """
    if _is_workbook(data):
        from refgraph.reading.sheets.workbook import open_sheet  # noqa: PLC0415  # few files are

        if form.sql is not None:
            message = "this is a workbook, and no database that could be asked"
            raise unreadable(path, message, "leave out --sql")
        return open_sheet(path, data, notes, form, comment)
    from refgraph.reading.databases.database import open_query  # noqa: PLC0415  # few files are

    if form.sql is not None and not form.sql.strip(" ;"):
        raise unreadable(path, "the query is empty", 'write it: --sql "SELECT * FROM referrals"')
    if form.sheet is not None and form.sql is not None:
        message = "a table and a query are both named"
        raise unreadable(path, message, "leave out --table, or leave out --sql")
    return open_query(path, data, notes, form, comment)


def tables_held(path: str, data: bytes) -> dict[str, str]:
    """Name the tables of a workbook or a database, and say how each is hidden, if it is.

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
    if _is_workbook(data):
        from refgraph.reading.sheets.workbook import sheet_names  # noqa: PLC0415  # few files are

        return sheet_names(path, data)
    from refgraph.reading.databases.database import table_names  # noqa: PLC0415  # few files are

    return dict.fromkeys(table_names(path, data), "")


def _is_workbook(data: bytes) -> bool:
    """Tell whether bytes are a zip archive or a compound file, as workbooks are."""
    return data.startswith((ZIP, MAGIC))
