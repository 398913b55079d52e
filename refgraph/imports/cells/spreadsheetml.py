"""Workbooks that are XML (Excel 2003, often called .xls): rows of text, read safely."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError, iterparse

from refgraph.errors import RefgraphError
from refgraph.reading.files.encodings import unreadable
from refgraph.reading.sheets.scan import cell_name
from refgraph.reading.sheets.xml import declares_type
from refgraph.schema.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refgraph.reading.sheets.scan import Run

__all__ = ["MOST_BYTES", "MOST_COLUMNS", "MOST_ROWS", "Sheet", "is_spreadsheetml"]
__all__ += ["read_spreadsheetml"]

_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{_NAMESPACE}}}"
#: What is read of a workbook at most; a sheet of Excel 2003 is smaller.
MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 100_000_000, 1_000_000, 1_000
# A row of cells that are there may not ask for a wide table of blank ones.
_MOST_CELLS = 20_000_000
# Elements within elements: a rich text in a cell is some ten deep.
_MOST_DEEP = 100


@dataclass(slots=True)
class Sheet:
    """The rows of one sheet that hold anything.

    Attributes
    ----------
    name : str
        What it is called.
    rows : list of list of str
        The text of each cell up to the last one.
    lines : list of int
        The row of the sheet, from 1.
    faults : dict
        From the line and the position of a cell that holds an error, to what is
        wrong with it, and a remedy.
    struck : list of run
        Cells whose font is struck through.
    """

    name: str
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    struck: list[Run] = field(default_factory=list)


def is_spreadsheetml(data: bytes) -> bool:
    """Tell whether a file is such a workbook by how it begins.

    Examples
    --------
    >>> is_spreadsheetml(b"date,giver,receiver")
    False
    """
    start = data[:4000].replace(b"\x00", b"")
    return b"<" in start[:10] and _NAMESPACE.encode() in start


def read_spreadsheetml(path: str, data: bytes) -> list[Sheet]:
    """Read every sheet of a workbook in XML.

    Cells and rows that are left out, as a sparse sheet does, are blank ones;
    of merged cells the first holds the text. Entities and references to other
    files are refused.

    Parameters
    ----------
    path : str
        The file, for messages.
    data : bytes
        All of it.

    Raises
    ------
    LedgerError
        If it is not well formed, or too large.
    """
    if len(data) > MOST_BYTES:
        message = f"this workbook is larger than {MOST_BYTES:,} bytes"
        raise unreadable(path, message, "export a shorter time")
    data = data.lstrip()
    if declares_type(data):
        message = "this workbook declares XML entities, which are never read"
        raise unreadable(path, message, "open it in a spreadsheet and save it as CSV")
    try:
        events = iterparse(io.BytesIO(data), events=("start", "end"))  # noqa: S314  # has no type
        return _Reading(path).sheets(events)
    except RefgraphError:  # said already what is wrong
        raise
    except ParseError as error:
        line = error.position[0]
        message = "this workbook is cut off or damaged"
        raise unreadable(path, message, "export it again", line) from None
    except (LookupError, ValueError):  # an encoding that nobody knows
        message = "this workbook does not say truly how it is encoded"
        raise unreadable(path, message, "open it in a spreadsheet and save it as CSV") from None


class _Reading:
    """One reading: the place in the sheet, and how much was read."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.row = 0
        self.cells = 0
        self.struck: set[str] = set()

    def sheets(self, events: Iterator[tuple[str, Any]]) -> list[Sheet]:
        found: list[Sheet] = []
        depth = 0
        for event, element in events:
            depth += 1 if event == "start" else -1
            if depth > _MOST_DEEP:
                message = "this workbook is cut off or damaged"
                raise unreadable(self.path, message, "export it again")
            if event == "start":
                if element.tag == f"{_SS}Worksheet":
                    found.append(Sheet(element.get(f"{_SS}Name", "")))
                    self.row = 0
            elif element.tag == f"{_SS}Style":
                self.style(element)
            elif element.tag == f"{_SS}Row":
                if found:
                    self.add(found[-1], element)
                element.clear()
        return found

    def add(self, sheet: Sheet, element: Any) -> None:
        self.row = self.number(element, "Index", self.row + 1, MOST_ROWS)
        cells: list[str] = []
        for child in element.iter(f"{_SS}Cell"):
            at = self.number(child, "Index", len(cells) + 1, MOST_COLUMNS)
            cells += [""] * (at - 1 - len(cells))
            cells[at - 1 :] = [_text(child)]
            if child.get(f"{_SS}StyleID", element.get(f"{_SS}StyleID")) in self.struck:
                sheet.struck.append((self.row, at - 1, 1, 1))
            if _is_error(child):
                message = f"cell {cell_name(at - 1, self.row)} holds the error {quoted(cells[-1])}"
                fault = (message, "correct it in the sheet, or clear the cell")
                sheet.faults[self.row, at - 1] = fault
            cells += [""] * self.number(child, "MergeAcross", 0, MOST_COLUMNS - len(cells))
        self.cells += len(cells)
        if self.cells > _MOST_CELLS:
            message = f"this workbook holds more than {_MOST_CELLS:,} cells"
            raise unreadable(self.path, message, "export a shorter time", self.row)
        if any(map(str.strip, cells)):
            sheet.rows.append(cells)
            sheet.lines.append(self.row)

    def style(self, element: Any) -> None:
        """Take note of a style that strikes cells through."""
        font = element.find(f"{_SS}Font")
        default = "1" if element.get(f"{_SS}Parent") in self.struck else "0"
        through = default if font is None else font.get(f"{_SS}StrikeThrough", default)
        if through in ("1", "True", "true"):
            self.struck.add(element.get(f"{_SS}ID", ""))

    def number(self, element: Any, name: str, default: int, most: int) -> int:
        """Read a place, never before what was read already and never beyond the limit."""
        text = element.get(f"{_SS}{name}", str(default))
        digits = text.isascii() and text.isdigit() and len(text) < 10
        if not digits or not default <= int(text) <= most:
            message = f"this workbook puts something at {name} {quoted(text)}, which is no place"
            raise unreadable(self.path, message, "export it again", self.row)
        return int(text)


def _is_error(cell: Any) -> bool:
    """Tell whether the text of a cell is the name of an error, like #REF!."""
    found = cell.find(f"{_SS}Data")
    return found is not None and found.get(f"{_SS}Type") == "Error"


def _text(cell: Any) -> str:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return ""
    text = "".join(data.itertext())
    kind = data.get(f"{_SS}Type", "String")
    if kind == "Number":
        with suppress(InvalidOperation):
            number = Decimal(text.strip())
            if number.is_finite() and abs(number.adjusted()) < 30:  # never 1E+3
                whole = number == number.to_integral_value()
                return f"{number.to_integral_value() if whole else number:f}"
    return text
