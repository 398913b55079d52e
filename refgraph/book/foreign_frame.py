"""A frame without our columns, read by the importer as the file that it would make."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError, Problem
from refgraph.imports.foreign_table import read_foreign
from refgraph.imports.rules.headers import bare
from refgraph.reading.frames.cell_text import text_column
from refgraph.reading.frames.dataframes import row_names, said_in_python
from refgraph.schema.text import quoted, said_by

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.reading.read_options import ReadOptions, Record

__all__ = ["read_foreign_frame"]

_PLACE = "(frames)"
_FILE = "table.csv"
_ABOVE = 2  # the line of the first row, below that of the header
_COMMAND = re.compile(r"refgraph import ['\"]?\(frames\)['\"]?")
# What is said to who reads a frame, too.
_OF_READING = re.compile(r"--me NAME|--columns '?void=")
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
        It is recognised, and rows are wrong or a column that decides is open; or a cell of a
        column that is read holds what no file can.
    """
    content, odd = _as_file(frame)
    try:
        record = read_foreign(_PLACE, options, content)
    except LedgerError as error:
        problems = [replace(each, hint=_for_python(each.hint)) for each in error.problems]
        lines = {each.line for each in problems}
        first = [told for some in odd.values() for told in some if told.line in lines]
        raise LedgerError([*first, *problems]) from None
    if record is None:
        return None
    is_made = record.used.isdisjoint(map(bare, map(said_by, frame.columns)))  # as of months
    lost = [told for title, some in odd.items() if is_made or title in record.used for told in some]
    if lost:
        raise LedgerError(sorted(lost, key=lambda each: each.line))
    notes = (
        said_in_python(_COMMAND.sub(f"refgraph import {_FILE}", _BOOK_OF_IT.sub("", note)))
        for note in record.record.notes
    )
    return replace(record.record, notes=tuple(notes))


def _as_file(frame: pd.DataFrame) -> tuple[bytes, dict[str, list[Problem]]]:
    """Write a frame as a CSV file, an index with a name as its first columns.

    What a cell holds that no file can is blank there, and told by the header of its column.
    """
    named: Any = [name for name in frame.index.names if name not in (None, *frame.columns)]
    table = frame.reset_index(named) if named else frame
    name_row = row_names(frame.index)
    columns = []
    odd: dict[str, list[Problem]] = {}
    for at, label in enumerate(table.columns):
        each = table.iloc[:, at]
        cells, wrong = text_column(each, "date" if each.dtype.kind == "M" else "")
        columns.append((said_by(label), cells))
        for row, error in wrong.items():
            told = f"{quoted(said_by(label))}: {error}"
            line = row + _ABOVE
            problem = Problem(_PLACE, line, told, hint=error.hint, place=name_row(line))
            odd.setdefault(bare(said_by(label)), []).append(problem)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([title for title, _ in columns])
    writer.writerows(zip(*(cells for _, cells in columns), strict=True))
    return text.getvalue().encode("utf-8", "surrogatepass"), odd


def _for_python(text: str) -> str:
    """Name the file that a command is about."""
    if not (_COMMAND.search(text) or "--" in _OF_READING.sub("", text)):
        return text
    return _WRITTEN + _COMMAND.sub(f"refgraph import {_FILE}", text)
