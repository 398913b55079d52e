"""A sheet of a workbook becomes records of text, as its cells show them."""

from __future__ import annotations

import io
import os
import re
import sys
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError
from refgraph.reading.files.encodings import unreadable
from refgraph.reading.files.split_rows import source_of_rows
from refgraph.reading.sheets.archive import check_archive, is_archive, refused
from refgraph.reading.sheets.scan import MOST_COLUMNS, Unsafe, cell_name, cells_of, counted_in
from refgraph.reading.sheets.struck_rows import leave_struck
from refgraph.reading.sheets.workbook_scan import scan_workbook
from refgraph.schema.text import argument, quoted, visible
from refgraph.schema.values import did_you_mean
from refgraph.wording import agree, count, join_names, pluralize, which_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from refgraph.reading.files.file_format import Form
    from refgraph.reading.files.records import Source
    from refgraph.reading.sheets.scan import Scan

__all__ = ["open_sheet", "say_hidden", "sheet_names"]

_SAVE = "save the sheet as CSV, UTF-8"
_SPAN = re.compile(r"PT([0-9]+)H([0-9]+)M([0-9]+)(?:[.,][0-9]+)?S")
# Cells that are merged or hold no value are told of one by one up to here.
_MOST_FAULTS = 1_048_576
_MEMORY = 65_536  # values whose text is kept

Faults = dict[tuple[int, int], tuple[str, str]]


def open_sheet(
    path: str, data: bytes, notes: list[str], form: Form, comment: str | None = None
) -> Source:
    """Read one sheet of a workbook: .xlsx, .xls, .xlsb or .ods, whatever its name.

    Parameters
    ----------
    path : str
        The file, for messages.
    data : bytes
        All of it.
    notes : list of str
        What was decided is added here.
    form : Form
        Which sheet, and how days and numbers are written out.
    comment : str or None
        Rows whose first cell begins with this are left out.

    Returns
    -------
    Source
        Its rows that are not blank, all of one width, each with its number in the sheet.

    Raises
    ------
    LedgerError
        It is no workbook, is damaged or locked, or unfolds to more than a table of
        referrals needs.
    """
    kind = check_archive(path, data) if is_archive(data) else "xls"
    with _said(path):
        with _hushed():
            sheet, scan = _opened(path, data, kind, notes, form)
        source, struck = _records(path, sheet, scan, form, comment)
    notes += struck
    notes += _say_unshown(source, sheet.name, scan)
    return source


def sheet_names(path: str, data: bytes) -> dict[str, str]:
    """Name the sheets of a workbook that hold cells, and say how each is hidden, if it is.

    Parameters
    ----------
    path : str
        The file, for messages.
    data : bytes
        All of it.

    Raises
    ------
    LedgerError
        It is no workbook, is damaged or locked, or unfolds to more than a table needs.
    """
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  # most books are no workbooks

    kind = check_archive(path, data) if is_archive(data) else "xls"
    with _said(path), _hushed():
        scanned = scan_workbook(data, kind)
        with CalamineWorkbook.from_filelike(io.BytesIO(scanned.data)) as book:
            sheets = [sheet for sheet in book.sheets_metadata if _has_cells(sheet)]
            return {sheet.name: _hidden(sheet) for sheet in sheets}


@contextmanager
def _said(path: str) -> Iterator[None]:
    """Say what is wrong with a workbook, whatever a damaged one leads to.

    Raises
    ------
    LedgerError
        It is damaged, or not to be opened.
    """
    try:
        yield
    except LedgerError:
        raise
    except Unsafe as error:
        raise refused(path, error) from None
    except BaseException as error:
        # A panic of the library is no Exception.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise refused(path) from None
        raise


def _has_cells(sheet: Any) -> bool:
    return str(sheet.typ).endswith("WorkSheet")


def _hidden(sheet: Any) -> str:
    """Say how a sheet is hidden; nothing if it can be seen."""
    how = {"Visible": "", "Hidden": "hidden"}
    return how.get(str(sheet.visible).rpartition(".")[2], "very hidden")


def say_hidden(sheets: Mapping[str, str]) -> str:
    """Say which hidden sheets are left out, and the option that reads one; nothing without.

    Parameters
    ----------
    sheets : mapping of str to str
        From the name of each to how it is hidden.

    Examples
    --------
    >>> say_hidden({"Log": "", "Old log": "hidden"})
    "left out the hidden sheet 'Old log' (--sheet 'Old log' reads it)"
    """
    left = {name: how for name, how in sheets.items() if how}
    if not left:
        return ""
    named = ", ".join(
        f"{quoted(name)}{' (very hidden)' * (how == 'very hidden')}" for name, how in left.items()
    )
    what = f"{pluralize(len(left), 'sheet')} {visible(named, 200)}"
    first = argument(next(iter(left)))
    return f"left out the hidden {what} (--sheet {first} reads {which_of(len(left), 'it', 'one')})"


def _say_unshown(source: Source, title: str, scan: Scan) -> list[str]:
    """Say how many of the rows and columns that are read a spreadsheet does not show."""
    rows = counted_in(scan.hidden_lines, source.lines)
    columns = counted_in(scan.hidden_columns, range(max(map(len, source.rows), default=0)))
    parts = [count(many, what) for many, what in ((rows, "row"), (columns, "column")) if many]
    if not parts:
        return []
    how = "hides, some by a filter," if rows and scan.is_filtered else "hides"
    are = agree(rows + columns, "is")
    return [
        f"{source.path}: {join_names(parts)} that the sheet {quoted(title)} {how} {are} read too"
    ]


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep a panic of the library, which is said in a sentence, from the user's terminal."""
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    try:
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # there is no such stream
        yield
        return
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _opened(path: str, data: bytes, kind: str, notes: list[str], form: Form) -> tuple[Any, Scan]:
    """Choose a sheet, and go through its cells before they are read."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  # most books are no workbooks

    scanned = scan_workbook(data, kind)
    with CalamineWorkbook.from_filelike(io.BytesIO(scanned.data)) as book:
        if len(book.sheets_metadata) != scanned.count:
            raise Unsafe
        chosen = _choose(path, book.sheets_metadata, notes, form)
        scan, content = scanned.sheet(chosen)
        if scan.wide:
            line, columns = scan.wide
            message = f"this row has {columns:,} columns, more than {MOST_COLUMNS:,}"
            raise unreadable(path, message, _SAVE, line)
        if content is scanned.data:
            return book.get_sheet_by_index(chosen), scan
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        return book.get_sheet_by_index(chosen), scan


def _choose(path: str, sheets: list[Any], notes: list[str], form: Form) -> int:
    """Choose a sheet: the one named, or called referrals, or the first that can be seen."""
    cells = [at for at, sheet in enumerate(sheets) if _has_cells(sheet)]
    if form.sheet is not None:
        return _named(path, {at: sheets[at].name for at in cells}, form.sheet)
    seen = [at for at in cells if not _hidden(sheets[at])] or cells
    if not seen:
        raise unreadable(path, "this workbook has no sheet with cells", _SAVE)
    ours = (at for at in seen if sheets[at].name.strip().casefold() == "referrals")
    chosen = next(ours, seen[0])
    if len(seen) > 1:
        others = visible(", ".join(sheets[at].name for at in seen if at != chosen), 200)
        told = f"read the sheet {quoted(sheets[chosen].name)}, not {others}"
        notes.append(f"{path}: {told} (--sheet NAME chooses)")
    if hidden := say_hidden(
        {sheets[at].name: _hidden(sheets[at]) for at in cells if at not in seen}
    ):
        notes.append(f"{path}: {hidden}")
    return chosen


def _named(path: str, titles: dict[int, str], name: str) -> int:
    for at, title in titles.items():
        if title.strip().casefold() == name.strip().casefold():
            return at
    near = did_you_mean(name, titles.values())
    listed = visible(", ".join(titles.values()), 200)
    hint = f"did you mean {visible(near, 60)}?" if near else f"the sheets are: {listed}"
    raise unreadable(path, f"there is no sheet {quoted(name)}", hint)


def _records(
    path: str, sheet: Any, scan: Scan, form: Form, comment: str | None
) -> tuple[Source, list[str]]:
    """Write out the rows that are not blank nor struck through; say which of these there are."""
    rows, lines = _rows(path, sheet, scan, form, comment)
    struck, crossed = leave_struck(path, rows, lines, scan.struck, scan.partly)
    if struck and not rows:
        message = f"every row of the sheet {quoted(sheet.name)} is struck through"
        raise unreadable(path, message, "take the line off the rows that count")
    _write_spans(rows, lines, set(cells_of(scan.durations, range(scan.bottom + 1), MOST_COLUMNS)))
    source = source_of_rows(path, rows, lines)
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    faults, source.merged = _faults(scan, dict(zip(lines, rows, strict=True)), width)
    source.faults = crossed | faults
    return source, struck


def _rows(
    path: str, sheet: Any, scan: Scan, form: Form, comment: str | None
) -> tuple[list[list[str]], list[int]]:
    """Write out rows up to their last cell, with their numbers; an error by its name."""
    rows: list[list[str]] = []
    lines: list[int] = []
    write, left = _writer(form), [""] * (sheet.start[1] if sheet.start else 0)
    errors: dict[int, list[tuple[int, str]]] = {}
    for run, text in scan.errors:
        for line, at in cells_of([run], range(scan.bottom + 1), MOST_COLUMNS):
            errors.setdefault(line, []).append((at, text))
    for line, cells in enumerate(sheet.iter_rows() if sheet.start else (), 1):
        row = [*left, *map(write, cells)]
        for at, text in errors.get(line, ()):
            row[at:] = [*[""] * (at - len(row)), text, *row[at + 1 :]]
        if comment and row[0].startswith(comment):
            continue
        while row and not row[-1].strip():
            row.pop()
        if row:
            rows.append(row)
            lines.append(line)
        if len(rows) > form.max_rows + 1:
            message = f"this sheet holds more than {form.max_rows:,} rows"
            raise unreadable(path, message, "raise the limit with --max-rows")
    return rows, lines


def _write_spans(rows: list[list[str]], lines: list[int], spans: set[tuple[int, int]]) -> None:
    """Write spans of more than a day as a spreadsheet does; the others are times already."""
    if not spans:
        return
    for line, row in zip(lines, rows, strict=True):
        for at, text in enumerate(row):
            if text.startswith("PT") and (line, at) in spans and (found := _SPAN.fullmatch(text)):
                row[at] = ":".join(found.groups())


def _writer(form: Form) -> Callable[[Any], str]:
    """Build what writes a cell as the fields of a CSV file are written."""

    @lru_cache(_MEMORY, typed=True)
    def write_value(value: Any) -> str:
        match value:
            case bool():
                return "TRUE" if value else "FALSE"
            case float():
                # the digits that a spreadsheet keeps
                return form.write_number(format(Decimal(f"{value:.15g}"), "f"))
            case datetime():
                return form.write_day(value)
            case date():
                return form.write_day(datetime.combine(value, time()))
            case timedelta():
                minutes, seconds = divmod(abs(round(value.total_seconds())), 60)
                sign = "-" if value < timedelta() else ""
                return f"{sign}{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        return str(value)

    share: dict[str, str] = {}

    def write(value: Any) -> str:
        return share.setdefault(value, value) if type(value) is str else write_value(value)

    return write


def _faults(
    scan: Scan, place: dict[int, list[str]], width: int
) -> tuple[Faults, dict[tuple[int, int], int]]:
    """Tell of cells that have no value of their own, which would pass for blank ones.

    And from those that are merged with one above, and none beside it, to the line of that one.
    """
    faults: Faults = {}
    down: dict[tuple[int, int], int] = {}
    merged = ((run, cell) for run in scan.merged for cell in cells_of([run], place, width))
    for (top, left, _, breadth), (line, at) in islice(merged, _MOST_FAULTS):
        if (line, at) != (top, left):
            if breadth == 1:
                down[line, at] = top
            message = f"cell {cell_name(at, line)} is merged with {cell_name(left, top)}"
            faults[line, at] = (message, "undo the merging and fill each cell")
    for run, text in scan.errors:
        for line, at in cells_of([run], place, width):
            message = f"cell {cell_name(at, line)} holds the error {quoted(text)}"
            faults[line, at] = (message, "correct it in the sheet, or clear the cell")
    for line, at in cells_of(scan.unsaved, place, width):
        if not place[line][at]:
            message = f"cell {cell_name(at, line)} holds a formula without its result"
            faults[line, at] = (message, "open it in a spreadsheet and save it again")
    return faults, down
