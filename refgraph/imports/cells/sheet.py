"""The bytes of an export become rows of cells, each with the line it stands on."""

from __future__ import annotations

import csv
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem
from refgraph.imports.cells.spreadsheetml import is_spreadsheetml, read_spreadsheetml
from refgraph.imports.cells.vcard import is_vcard, read_vcards
from refgraph.imports.cells.windows_text import CODE_PAGE, is_windows_text, words_beyond_ascii
from refgraph.imports.shapes.aligned_text import rows_of_text
from refgraph.imports.shapes.json_records import is_json, read_json
from refgraph.reading.files.bounded_bytes import load
from refgraph.reading.files.encodings import check_encoding, decode, unreadable
from refgraph.reading.files.problems import Problems
from refgraph.reading.files.records import open_source
from refgraph.reading.networks import (
    edge_columns,
    graph_format,
    read_graph_text,
    take_matrix,
    take_network,
)
from refgraph.reading.open_table import DELIMITERS
from refgraph.reading.sheets.struck_rows import leave_struck
from refgraph.reading.sheets.table_files import (
    check_single,
    holds_tables,
    open_held,
    tables_held,
)
from refgraph.schema.columns import COLUMNS, required_of
from refgraph.schema.text import quoted, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from refgraph.reading.files.file_format import Form
    from refgraph.reading.files.records import Source

    Row = Sequence[str]

__all__ = ["LEAD", "SPLIT", "Grid", "open_grid", "sheets_of"]

#: How many rows may stand above the header.
LEAD = 50
# Enough of a file to tell what separates its cells.
_START = 1_000_000
#: What can be done about a file with too many rows.
SPLIT = "split it, and import one part after the other"
_PAGE = (b"<html", b"<!doctype", b"<table")


@dataclass(slots=True)
class Grid:
    """The rows of one file, none of them interpreted yet.

    Attributes
    ----------
    path : str
        The file as it was named.
    rows : list of list of str
        Its rows, without blank ones; the header is one of them.
    lines : list of int
        The line each row starts on, from 1; in a spreadsheet, its row.
    broken : Problems
        One for each record that is not well formed.
    ragged : bool
        Whether a short row is a row whose last cells are blank, as in spreadsheets.
    notes : list of str
        What was decided.
    shown : callable
        Gives the row that starts on a line, as it is shown to a person.
    title : str
        What its sheet is called, else the file itself.
    faults : mapping
        From the line and the position of a cell to what is wrong with it, and a
        remedy: cells of a workbook that hold an error.
    merged : mapping
        As of a source: cells that are merged with one above.
    is_network : bool
        Whether the rows were made of an edge list, a matrix or a graph file.
    is_records : bool
        Whether they were made of records of JSON.
    """

    path: str
    rows: list[list[str]]
    lines: list[int]
    broken: Problems = field(default_factory=Problems)
    ragged: bool = False
    notes: list[str] = field(default_factory=list)
    shown: Callable[[int], str] = str
    faults: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    merged: Mapping[tuple[int, int], int] = field(default_factory=dict)
    title: str = ""
    is_network: bool = False
    is_records: bool = False

    def problem(self, line: int, message: str, hint: str = "") -> Problem:
        """Build a problem that shows the row which starts on `line`."""
        return Problem(self.path, line, message, visible(self.shown(line) if line else ""), hint)

    def taken(self) -> Iterator[tuple[int, list[str]]]:
        """Give each row with its line, and let go of it: they are as large as the file."""
        self.rows.reverse()
        for line in self.lines:
            yield line, self.rows.pop()

    def below(self, line: int) -> Grid:
        """Keep what stands below a line."""
        first = bisect_right(self.lines, line)
        rows, lines = self.rows[first:], self.lines[first:]
        return replace(self, rows=rows, lines=lines, broken=self.broken.below(line))


def sheets_of(path: str) -> dict[str, str]:
    """Name the sheets of a workbook or the tables of a database, and how each is hidden.

    Parameters
    ----------
    path : str
        The file.

    Raises
    ------
    LedgerError
        If it cannot be read.
    """
    data = load(path)
    return tables_held(path, data) if holds_tables(data) else {}


def open_grid(
    path: str,
    fits: Callable[[Row], bool],
    *,
    form: Form,
    delimiter: str | None = None,
    networks: bool = False,
    content: bytes | None = None,
) -> Grid:
    """Read a file into rows of cells, whatever kind of file it is.

    Parameters
    ----------
    path : str
        The file; ``-`` is standard input.
    fits : callable
        Tells whether a row is a header that is known: the separator, and the
        sheet of a workbook, are those that give one.
    form : Form
        How the file is written.
    delimiter : str, optional
        As in ``ReadOptions``; recognised if not given.
    networks : bool
        Whether edge lists, matrices and graph files become rows of referrals.
    content : bytes, optional
        What to read instead of the file.

    Raises
    ------
    LedgerError
        If nothing can be read.
    """
    try:
        data = load(path) if content is None else content
        grid = _opened(path, data, fits, form, delimiter, networks=networks)
    except LedgerError as error:  # of a file that is taken in, no option raises the limit
        problems = [
            replace(each, hint=SPLIT) if "--max-rows" in each.hint else each
            for each in error.problems
        ]
        raise LedgerError(problems) from None
    grid.title = grid.title or form.sheet or Path(path).stem
    return grid


def _opened(
    path: str,
    data: bytes,
    fits: Callable[[Row], bool],
    form: Form,
    delimiter: str | None,
    *,
    networks: bool,
) -> Grid:
    if holds_tables(data):
        return _of_workbook(path, data, form, fits if networks else None)
    check_single(path, form)
    if is_spreadsheetml(data):
        return _of_sheets(path, data, fits)
    if data[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE):
        message = "this is a web page, whatever it is called"
        raise unreadable(path, message, "open it in a spreadsheet and save it as CSV, UTF-8")
    if wrong := check_encoding(path, form.encoding):
        raise LedgerError(wrong)
    return _of_text(path, data, fits, form, delimiter, networks=networks)


def _of_text(
    path: str,
    data: bytes,
    fits: Callable[[Row], bool],
    form: Form,
    delimiter: str | None,
    *,
    networks: bool,
) -> Grid:
    """Take a file of text: rows of cells, or a graph of another program."""
    notes: list[str] = []
    windows = form.encoding is None and is_windows_text(data)
    text = decode(path, data, CODE_PAGE if windows else form.encoding, notes)
    if windows:
        words = words_beyond_ascii(text)
        notes.append(
            f"{path}: read as Windows text ({CODE_PAGE}), as it is not UTF-8"
            f"{words and ': '}{words}; if that is wrong, name its encoding: --encoding NAME"
        )
    if delimiter is None and is_json(text):
        rows, lines = read_json(path, text, form.max_rows)
        shown = _records_of(rows, lines)
        return Grid(path, rows, lines, ragged=True, notes=notes, shown=shown, is_records=True)
    if is_vcard(text):
        rows, lines = read_vcards(path, text, form.max_rows)
        return Grid(path, rows, lines, notes=notes)
    graph = graph_format(text, COLUMNS["referrals"]) if networks and delimiter is None else ""
    if delimiter is None and not graph and (told := rows_of_text(text, fits, form.max_rows)):
        every = text.split("\n")
        return Grid(path, *told, notes=notes, shown=lambda line: every[line - 1])
    separator = _separator(text, fits) if delimiter is None else DELIMITERS[delimiter]
    if graph:
        source = read_graph_text(path, text, graph, notes, form.max_rows)
        taken = True
    else:
        source = open_source(
            path, text, comment=None, choose=lambda _: separator, most=form.max_rows
        )
        taken = networks and _take_network(source, fits, notes)
    if source.full:
        message = f"this file holds more than {form.max_rows:,} rows"
        raise unreadable(path, message, SPLIT)
    grid = Grid(
        path,
        source.rows,
        list(source.lines),
        source.broken,
        notes=notes,
        shown=source.excerpt,
        is_network=taken,
    )
    source.rows = []  # the grid alone holds them, and lets go of them
    if not grid.rows:
        if grid.broken:
            raise LedgerError(grid.broken.told())
        raise unreadable(path, "this file is empty", "export it again")
    if source.torn:
        grid.notes.append(f"{path}: the last line does not end in a newline; see that it is whole")
    return grid


def _records_of(rows: Sequence[Row], lines: Sequence[int]) -> Callable[[int], str]:
    """Give what shows the record that begins on a line."""
    place = {line: at for at, line in enumerate(lines)}
    texts = [", ".join(filter(None, row)) for row in rows]
    return lambda line: texts[place[line]] if line in place else ""


def _take_network(source: Source, fits: Callable[[Row], bool], notes: list[str]) -> bool:
    """Make rows of referrals of a matrix, or of an edge list that no layout fits."""
    rows = source.rows
    if not rows:
        return False
    may_be_edges = len(edge_columns(rows[0])) > len(required_of("referrals")) or not any(
        map(fits, rows[:LEAD])
    )
    return take_network(source, notes) if may_be_edges else take_matrix(source, notes)


def _of_workbook(path: str, data: bytes, form: Form, fits: Callable[[Row], bool] | None) -> Grid:
    """Take a sheet of a workbook, with the cells of it that hold no text."""
    notes: list[str] = []
    source = open_held(path, data, notes, form)
    taken = fits is not None and _take_network(source, fits, notes)
    if not source.rows:
        raise unreadable(path, "this file holds no rows", "export it again")
    rows, lines = source.rows, list(source.lines)
    source.rows = []  # the grid alone holds them, and lets go of them
    return Grid(
        path,
        rows,
        lines,
        ragged=True,
        notes=notes,
        shown=source.excerpt,
        faults=source.faults,
        merged=source.merged,
        is_network=taken,
    )


def _separator(text: str, fits: Callable[[Row], bool]) -> str:
    """Find what separates the cells: what gives a header that fits, else the most cells."""
    start = text[:_START].replace("\r\n", "\n").replace("\r", "\n")
    lines = start.split("\n", LEAD)[:LEAD]
    best, most = ",", 1
    for separator in (",", ";", "\t", "|"):
        rows = [_cells(line, separator) for line in lines]
        if any(map(fits, rows)):
            return separator
        if (widest := max(map(len, rows))) > most:
            best, most = separator, widest
    return best


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
    except csv.Error:
        return []


def _of_sheets(path: str, data: bytes, fits: Callable[[Row], bool]) -> Grid:
    """Take the sheet with a header that fits, else the first that holds anything."""
    sheets = [sheet for sheet in read_spreadsheetml(path, data) if sheet.rows]
    if not sheets:
        raise unreadable(path, "this file holds no rows", "export it again")
    known = (sheet for sheet in sheets if any(map(fits, sheet.rows[:LEAD])))
    sheet = next(known, sheets[0])
    struck, crossed = leave_struck(path, sheet.rows, sheet.lines, sheet.struck)
    place = {line: at for at, line in enumerate(sheet.lines)}

    def shown(line: int) -> str:
        return ", ".join(filter(None, sheet.rows[place[line]])) if line in place else ""

    grid = Grid(path, sheet.rows, sheet.lines, ragged=True, shown=shown)
    grid.faults = {**crossed, **sheet.faults}
    grid.notes += struck
    if len(sheets) > 1:
        grid.notes.append(f"{path}: only the sheet {quoted(sheet.name)} is read")
    return grid
