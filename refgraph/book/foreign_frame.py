"""A frame without our columns, read by the importer as the file that it would make."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError
from refgraph.imports.foreign_table import read_foreign
from refgraph.reading.frames.cell_text import text_column
from refgraph.schema.text import said_by

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.reading.read_options import ReadOptions, Record

__all__ = ["read_foreign_frame"]

_PLACE = "(frames)"
_FILE = "table.csv"
_COMMAND = re.compile(r"refgraph import ['\"]?\(frames\)['\"]?")
_BOOK_OF_IT = re.compile(r"; a book of it: .*")
_WRITTEN = f"write it to a file, frame.to_csv('{_FILE}', index=False), and then: "


def read_foreign_frame(frame: pd.DataFrame, options: ReadOptions) -> Record | None:
    """Read a frame as an import would take its file into a new book; None if it is not known.

    Parameters
    ----------
    frame : DataFrame
        The rows of referrals, under any headers.
    options : ReadOptions
        As of a book.

    Raises
    ------
    LedgerError
        It is recognised, and rows are wrong or a column that decides is open.
    """
    try:
        record = read_foreign(_PLACE, options, _as_file(frame))
    except LedgerError as error:
        problems = [replace(each, hint=_for_python(each.hint)) for each in error.problems]
        raise LedgerError(problems) from None
    if record is None:
        return None
    notes = (
        _COMMAND.sub(f"refgraph import {_FILE}", _BOOK_OF_IT.sub("", note))
        for note in record.record.notes
    )
    return replace(record.record, notes=tuple(notes))


def _as_file(frame: pd.DataFrame) -> bytes:
    """Write a frame as a CSV file, an index with a name as its first columns."""
    named: Any = [name for name in frame.index.names if name not in (None, *frame.columns)]
    table = frame.reset_index(named) if named else frame
    columns = [
        (said_by(label), text_column(each, "date" if each.dtype.kind == "M" else "")[0])
        for at, label in enumerate(table.columns)
        for each in [table.iloc[:, at]]
    ]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([title for title, _ in columns])
    writer.writerows(zip(*(cells for _, cells in columns), strict=True))
    return text.getvalue().encode("utf-8", "surrogatepass")


def _for_python(text: str) -> str:
    """Name the file that a command is about."""
    if not (_COMMAND.search(text) or "--" in text):
        return text
    return _WRITTEN + _COMMAND.sub(f"refgraph import {_FILE}", text)
