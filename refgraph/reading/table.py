"""Records become columns: each distinct text of a column is read once."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.errors import LedgerError
from refgraph.names.void_marks import marks_of
from refgraph.reading.read_options import Table
from refgraph.schema.columns import DATES, FIELDS, TEXTS
from refgraph.schema.distinct_values import Column
from refgraph.schema.text import FieldError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from refgraph.errors import Problem
    from refgraph.reading.files.problems import Problems
    from refgraph.reading.files.records import Source
    from refgraph.reading.header import Header

__all__ = ["Sheet", "parse"]

# The check that a bad cell of a column fails; of one that is no column of ours it is fields.
_CHECKS = {field.name: field.check for fields in FIELDS.values() for field in fields}


_NOT_LISTED = ("", "")


class RefusedRows:
    """Which of the rows of a table are refused: a byte for each row, however many are.

    Examples
    --------
    >>> refused = RefusedRows(3)
    >>> refused.add(1)
    >>> 1 in refused, len(refused), refused.others().tolist()
    (True, 1, [True, False, True])
    """

    __slots__ = ("_marks",)

    def __init__(self, rows: int) -> None:
        self._marks = bytearray(rows)

    def add(self, row: int) -> None:
        """Refuse one more, or one of them once more."""
        self._marks[row] = 1

    def others(self) -> NDArray[np.bool_]:
        """Tell of each row whether it is kept."""
        return ~np.frombuffer(bytes(self._marks), np.bool_)

    def __contains__(self, row: int) -> bool:
        return bool(self._marks[row])

    def __len__(self) -> int:
        return self._marks.count(1)


@dataclass(slots=True)
class Sheet:
    """One file in columns, and the rows that are refused.

    Attributes
    ----------
    source : Source
        Where the rows come from.
    columns : dict of str to Column
        Every column of this kind of file, one value for each row; None where
        a field is refused.
    lines : sequence of int
        The line each row starts on.
    refused : RefusedRows
        Positions of rows with a problem, and of void ones.
    problems : Problems
        The problems of rows: all are counted.
    rows_read : int
        Rows in the file, refused ones too, and void ones not.
    ignored : sequence of str
        Columns that are none of ours.
    void : frozenset of int
        Positions of rows that do not count: what is wrong with them is nobody's concern.
    """

    source: Source
    columns: dict[str, Any]
    lines: Sequence[int]
    refused: RefusedRows
    problems: Problems
    rows_read: int
    ignored: Sequence[str] = ()
    void: frozenset[int] = frozenset()

    def refuse(
        self, row: int, message: str, hint: str = "", check: str = "fields", column: str = ""
    ) -> None:
        """Leave a row out, for one more reason, which is of one of the named checks."""
        if row in self.void:
            return
        self.refused.add(row)
        if self.problems.is_listed(self.source.path, check, self.lines[row]):
            self.problems.keep(self.source.problem(self.lines[row], message, hint, check, column))

    def rows_after(self, today: date) -> int:
        """Count the rows with a date after this day."""
        ahead = np.zeros(len(self.lines), bool)
        for name in DATES & self.columns.keys():
            days = Column.of(self.columns[name])
            late = [at for at, day in enumerate(days.distinct) if day and day > today]
            if late:
                ahead |= np.isin(days.codes, late)
        return int(ahead.sum())

    @property
    def rows_left_out(self) -> int:
        """How many rows are refused, or are none."""
        return self.rows_read - len(self.lines) + len(self.refused)

    def leave_void(self, texts: Callable[[int], Column], header: Header, notes: list[str]) -> None:
        """Leave out the rows that a column clearly marks as void, or is said to.

        Raises
        ------
        LedgerError
            It marks some that need not be void: it is asked whether they count.
        """
        asked = header.asked()
        called = {at: header.titles[at].strip() if header.titles else str(at + 1) for at in asked}
        told = None if header.void is None else called.get(header.void)
        found = marks_of(((called[at], texts(at)) for at in sorted(asked)), told)
        for marks in found:
            if not marks.is_clear:
                line = self.lines[marks.places[0]]
                raise LedgerError([self.source.problem(line, *marks.question())])
        for marks in found:
            lines = [self.lines[place] for place in marks.places]
            notes.append(f"{self.source.path}: {marks.told([*map(self.source.called, lines)])}")
            self.void |= {*marks.places}
        for row in self.void:
            self.refused.add(row)
        self.rows_read -= len(self.void)

    def kept(self) -> Table:
        """Give the rows that are not refused, with their file and line."""
        columns = dict(self.columns)
        columns["file"] = Column.constant(self.source.path, len(self.lines))
        lines = self.lines
        if self.refused:
            keep = self.refused.others()
            columns = {name: column.where(keep) for name, column in columns.items()}
            lines = list(compress(lines, keep.tolist()))
        return Table({**columns, "line": lines if isinstance(lines, range) else list(lines)})


def parse(
    source: Source,
    header: Header,
    fields: Mapping[str, Callable[[str], Any]],
    void: list[str] | None = None,
) -> Sheet:
    """Read every field of every row, each distinct text of a column once.

    Parameters
    ----------
    source : Source
        The rows.
    header : Header
        Where the columns stand.
    fields : mapping of str to callable
        The reader of each column of ours.
    void : list of str, optional
        Is told which rows are left out as void; without, all count.
    """
    rows = source.rows
    lines = source.lines
    rows_read = source.count  # before those of another width are counted as broken
    problems = source.broken
    width = header.width
    if set(map(len, rows)) - {width}:
        fits = [len(row) == width for row in rows]
        for row, line, fit in zip(rows, lines, fits, strict=True):
            if not fit and problems.is_listed(source.path, "parseable", line):
                problems.keep(_misfit(source, row, line, width))
        rows, lines = list(compress(rows, fits)), array("q", compress(lines, fits))
    texts: Callable[[int], Column]
    if source.bulk:
        lines, texts = source.bulk.lines, source.bulk.column
    else:
        source.rows = []  # what is needed of them is in the columns

        def texts(at: int) -> Column:
            return Column.of([row[at] for row in rows])

    sheet = Sheet(source, {}, lines, RefusedRows(len(lines)), problems, rows_read)
    if void is not None:
        sheet.leave_void(texts, header, void)
    for name, read in fields.items():
        if name in header.positions:
            at = header.positions[name]
            cells = Column.of(texts(at))
            if name in header.joined:
                cells = _joined(Column.of(texts(header.joined[name])), cells)
            sheet.columns[name] = _column(sheet, at, cells, read, name)
        else:
            sheet.columns[name] = Column.constant(read(""), len(lines)) if lines else Column.of([])
    _tear(sheet)
    return sheet


def _joined(one: Column, other: Column) -> Column:
    """Join the texts of two columns, row by row."""
    return Column.of(
        [" ".join(filter(None, map(str.strip, pair))) for pair in zip(one, other, strict=True)]
    )


def _column(sheet: Sheet, at: int, texts: Column, read: Callable[[str], Any], name: str) -> Column:
    """Read one column; refuse the rows whose text cannot be read."""
    values = list(texts.distinct)
    bad: dict[int, tuple[str, str]] = {}
    check = _CHECKS.get(name, "fields")
    room = sheet.problems.room(sheet.source.path, check)
    tidy = name in TEXTS and _is_tidy(values)
    for code, text in enumerate(values) if not tidy else _blank(values):
        try:
            values[code] = read(text)
        except FieldError as error:
            values[code] = None
            # Values stand in the order of their rows: the problems of later ones are not listed.
            bad[code] = (str(error), error.hint) if len(bad) < room else _NOT_LISTED
    faults = _faults(sheet, at) if sheet.source.faults else {}
    wrong = np.isin(texts.codes, list(bad))
    wrong[list(faults)] = True
    for row in np.flatnonzero(wrong).tolist() if bad or faults else ():
        message, hint = faults.get(row) or bad[int(texts.codes[row])]
        sheet.refuse(row, message, hint, check, name)
    return Column(values, texts.codes)


def _is_tidy(texts: list[str]) -> bool:
    """Tell whether reading these as text changes none of them, in a few looks at all."""
    joined = "\n".join(texts)
    return (
        joined.isascii()
        and joined.count("\n") == len(texts) - 1
        and joined.replace("\n", "").isprintable()
        and not any(blank in joined for blank in ("  ", " \n", "\n "))
        and joined == joined.strip(" ")
    )


def _blank(texts: list[str]) -> list[tuple[int, str]]:
    return [(texts.index(""), "")] if "" in texts else []


def _faults(sheet: Sheet, at: int) -> dict[int, tuple[str, str]]:
    """Give the rows with a cell in this position that holds an error."""
    place = {line: row for row, line in enumerate(sheet.lines)}
    return {
        place[line]: fault
        for (line, position), fault in sheet.source.faults.items()
        if position == at and line in place
    }


def _misfit(source: Source, row: list[str], line: int, width: int) -> Problem:
    message = f"expected {width} fields, got {len(row)}"
    runs_on = any("\n" in text for text in row)
    if runs_on:
        hint = "this row runs over several lines: is a quote left open?"
    elif len(row) < width:
        hint = "write the empty fields too"
    elif not any(map(str.strip, row[width:])):
        hint = "remove the empty fields at the end"
    elif source.separator == ",":
        hint = 'quote a name that contains a comma: "Lee, Ann"'
    elif source.separator:
        hint = "quote a field that contains what separates the fields"
    else:
        hint = "names that contain blanks need another separator between the fields"
    return source.problem(line, message, hint)


def _tear(sheet: Sheet) -> None:
    """Refuse the last row if its line has no end: it may be cut off."""
    source = sheet.source
    if not source.torn:
        return
    message = "the last line does not end in a newline: it may be cut off"
    hint = "complete the row if it is, and end the line"
    last = max([*sheet.lines[-1:], *sheet.problems.lines], default=0)
    if sheet.lines and sheet.lines[-1] == last:
        sheet.refuse(len(sheet.lines) - 1, message, hint, "complete")
    elif last:
        sheet.problems.append(source.problem(last, message, hint, "complete"))
