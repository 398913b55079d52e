"""A sheet of an Excel workbook becomes records of text, as its cells show them."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError
from refgraph.ledger.archive import check_archive, damaged
from refgraph.ledger.encodings import unreadable
from refgraph.ledger.source import Source
from refgraph.schema.text import quoted, visible
from refgraph.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refgraph.ledger.form import Form

__all__ = ["cell_name", "open_sheet"]

# The rows Excel itself can hold, and more columns than any table of referrals.
_MOST_LINES, _MOST_COLUMNS = 1_048_576, 1_000
_SAVE = "save the sheet as CSV, UTF-8"
_FORMULA = re.compile(rb"<(\w+:)?f[ />]")
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell [^>]*ref=[\"']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})[\"']"
)
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # cells know no zones

Faults = dict[tuple[int, int], tuple[str, str]]


def open_sheet(
    path: str, data: bytes, notes: list[str], form: Form, comment: str | None = None
) -> Source:
    """Read one sheet of a workbook.

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
        It is no workbook, is damaged, or unfolds to more than a table of referrals needs.
    """
    check_archive(path, data)
    try:
        import defusedxml  # noqa: F401, PLC0415  # openpyxl is safe from entities with it alone
        import openpyxl  # noqa: PLC0415
    except ImportError:
        message = "this is an Excel workbook, and reading one needs openpyxl and defusedxml"
        hint = f'pip install "refgraph[excel]", or {_SAVE}'
        raise unreadable(path, message, hint) from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions, which are not read
        try:
            # openpyxl tells formulas or what they come to, and no merged cells of such a sheet.
            shown = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheet = _chosen(path, shown, notes, form)
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                xml = archive.read(sheet._worksheet_path)  # noqa: SLF001
            source = _records(path, sheet, form, comment)
            source.faults = {**_merged(xml), **source.faults}
            if _FORMULA.search(xml):
                whole = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
                source.faults |= _unsaved(path, whole[sheet.title], source)
        except LedgerError:
            raise
        except Exception:  # noqa: BLE001  # openpyxl lets through whatever a damaged file leads to
            raise damaged(path) from None
    return source


def _chosen(path: str, book: Any, notes: list[str], form: Form) -> Any:
    """Choose a sheet: the one named, or called referrals, or the first that can be seen."""
    sheets = book.worksheets
    if form.sheet is not None:
        return _named(path, sheets, form.sheet)
    seen = [sheet for sheet in sheets if sheet.sheet_state == "visible"] or sheets
    if not seen:
        raise unreadable(path, "this workbook has no sheet with cells", _SAVE)
    ours = (sheet for sheet in seen if sheet.title.strip().casefold() == "referrals")
    chosen = next(ours, seen[0])
    if len(seen) > 1:
        others = visible(", ".join(one.title for one in seen if one is not chosen), 200)
        notes.append(
            f"{path}: read the sheet {quoted(chosen.title)}, not {others} (--sheet NAME chooses)"
        )
    return chosen


def _named(path: str, sheets: list[Any], name: str) -> Any:
    for sheet in sheets:
        if sheet.title.strip().casefold() == name.strip().casefold():
            return sheet
    titles = [sheet.title for sheet in sheets]
    near = did_you_mean(name, titles)
    listed = visible(", ".join(titles), 200)
    hint = f"did you mean {visible(near, 60)}?" if near else f"the sheets are: {listed}"
    raise unreadable(path, f"there is no sheet {quoted(name)}", hint)


def _records(path: str, sheet: Any, form: Form, comment: str | None) -> Source:
    """Write out the cells of a sheet, and note those that hold an error."""
    source, rows, lines, faults = Source(path, ""), [], [], {}
    for line, cells in _filled(path, sheet):
        row = [_written(cell.value, form) for cell in cells]
        if comment and row[0].startswith(comment):
            continue
        for at, cell in enumerate(cells):
            if cell.data_type == "e":
                message = f"cell {cell_name(at, line)} holds the error {quoted(row[at])}"
                faults[line, at] = (message, "correct it in the sheet, or clear the cell")
        while row and not row[-1].strip():
            row.pop()
        if len(row) > _MOST_COLUMNS:
            message = f"this row has {len(row):,} columns, more than {_MOST_COLUMNS:,}"
            raise unreadable(path, message, _SAVE, line)
        if row:
            rows.append(row)
            lines.append(line)
        if len(rows) > form.max_rows + 1:
            message = f"this sheet holds more than {form.max_rows:,} rows"
            raise unreadable(path, message, "raise the limit with --max-rows")
    width = max(map(len, rows), default=0)
    shown = [""] * (lines[-1] if lines else 0)
    for line, row in zip(lines, rows, strict=True):
        shown[line - 1] = ",".join(row)
        row.extend([""] * (width - len(row)))
    source.rows, source.lines, source.faults = rows, lines, faults
    source.show(shown)
    return source


def _filled(path: str, sheet: Any) -> Iterator[tuple[int, Any]]:
    """Give the rows that have cells, with their number; stop where no sheet goes on."""
    sheet.reset_dimensions()  # they are what the file says of itself
    for line, cells in enumerate(sheet.iter_rows(), 1):
        if line > _MOST_LINES:
            raise damaged(path)
        if cells:
            yield line, cells


def _written(value: Any, form: Form) -> str:
    """Write a cell as the fields of a CSV file are written."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            text = format(Decimal(f"{value:.15g}"), "f")  # the digits that a spreadsheet keeps
            return text.replace(".", ",") if form.decimal_comma else text
        case datetime():
            return _day(value, form.date_format)
        case date():
            return _day(datetime(value.year, value.month, value.day), form.date_format)  # noqa: DTZ001
    return str(value)


def _day(day: datetime, form: str | None) -> str:
    if form == "unix":
        return str(int((day - _EPOCH).total_seconds()))
    if form is not None:
        return day.strftime(form)
    midnight = not (day.hour or day.minute or day.second or day.microsecond)
    return day.date().isoformat() if midnight else day.isoformat(" ", "seconds")


def _unsaved(path: str, sheet: Any, source: Source) -> Faults:
    """Find formulas whose result is not in the file: their cells would pass for empty ones."""
    rows = dict(zip(source.lines, source.rows, strict=True))
    faults: Faults = {}
    for line, cells in _filled(path, sheet):
        row = rows.get(line, [])
        for at, cell in enumerate(cells):
            if cell.data_type == "f" and at < len(row) and not row[at]:
                message = f"cell {cell_name(at, line)} holds a formula without its result"
                faults[line, at] = (message, "open it in a spreadsheet and save it again")
    return faults


def _merged(xml: bytes) -> Faults:
    """Find the cells that are merged with one above or before them."""
    faults: Faults = {}
    for left, top, right, bottom in _MERGED.findall(xml):
        first, last = _column(left), min(_column(right), _MOST_COLUMNS)
        for line in range(int(top), min(int(bottom), _MOST_LINES) + 1):
            for at in range(first, last + 1):
                if len(faults) >= _MOST_LINES:
                    return faults
                if (line, at) != (int(top), first):
                    message = (
                        f"cell {cell_name(at, line)} is merged with {cell_name(first, int(top))}"
                    )
                    faults[line, at] = (message, "undo the merging and fill each cell")
    return faults


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1


def cell_name(at: int, line: int) -> str:
    """Name a cell as a spreadsheet does.

    Examples
    --------
    >>> cell_name(0, 2), cell_name(27, 3)
    ('A2', 'AB3')
    """
    letters, place = "", at + 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{line}"
