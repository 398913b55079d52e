"""All tables of a book as the sheets of one workbook."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from refgraph.book.export.book_tables import book_tables, import_extra, kind_of
from refgraph.errors import OptionError

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = ["workbook"]

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  # the same of every workbook, so that bytes repeat
_FIRST_DAY = "1900-03-01"  # before it spreadsheets count days of which there was one less
_PLAIN = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}


def workbook(book: Book) -> bytes:
    """Give a book as a workbook, a sheet for each of its tables.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.

    Returns
    -------
    bytes
        Days are days and whole numbers numbers; every other cell is text, and none a formula.

    Raises
    ------
    OptionError
        The extra ``data`` is not installed.
    """
    library = import_extra("xlsxwriter", "a workbook")
    stream = io.BytesIO()
    with library.Workbook(stream, _PLAIN) as made:
        made.set_properties({"created": _MADE})
        day, bold = made.add_format({"num_format": "yyyy-mm-dd"}), made.add_format({"bold": True})
        for title, table in book_tables(book).items():
            sheet = made.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            for at, (name, texts) in enumerate(table.items()):
                sheet.write_string(0, at, name, bold)
                _fill(sheet, at, texts, kind_of(name, texts), day)
            sheet.autofit()
    return stream.getvalue()


def _fill(sheet: Any, at: int, texts: list[str], kind: str, day: Any) -> None:
    """Write one column below its name.

    Raises
    ------
    OptionError
        A sheet has no room for it.
    """
    for row, text in enumerate(texts, 1):
        if not text:
            continue
        if kind == "day" and text >= _FIRST_DAY:
            kept = sheet.write_datetime(row, at, date.fromisoformat(text), day)
        elif kind == "whole":
            kept = sheet.write_number(row, at, int(text))
        else:
            kept = sheet.write_string(row, at, text)
        if kept != 0:  # the library says so, and writes nothing or a part
            msg = f"A sheet has no room for row {row:,}, of {len(text):,} characters: write a .db."
            raise OptionError(msg)
