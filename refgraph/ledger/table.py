"""Records become columns: the header is checked, each distinct text is read once."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.ledger.column import Column
from refgraph.ledger.columns import TEXTS
from refgraph.ledger.fields import did_you_mean
from refgraph.ledger.options import Table
from refgraph.ledger.text import FieldError, quoted, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from refgraph.errors import Problem
    from refgraph.ledger.source import Source

__all__ = ["Header", "Sheet", "parse", "read_header"]

# A day or a unix time, which no column is called.
_DATA = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8,10}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}")


@dataclass(slots=True)
class Header:
    """Where each column of ours stands in a file.

    Attributes
    ----------
    positions : dict of str to int
        From our name to the position, from 0.
    width : int
        How many fields a row has.
    line : int
        The line of the header; 0 without one.
    mapped : set of str
        The columns that the reader was told about, absent ones too.
    others : dict of str to int
        Headers that are not ours, and their positions.
    problems : list of Problem
        What is wrong with the header.
    """

    positions: dict[str, int]
    width: int
    line: int = 0
    mapped: set[str] = field(default_factory=set)
    others: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def settle(
        self,
        source: Source,
        ours: Collection[str],
        required: Iterable[str],
        *,
        nameable: bool = True,
    ) -> list[str]:
        """Check the header for one kind of file; give the names left out.

        Columns that belong to another kind of file are strangers here;
        `nameable` columns can be found under another name with an option.
        """
        strangers = {
            **self.others,
            **{name: at for name, at in self.positions.items() if name not in ours},
        }
        self.positions = {name: at for name, at in self.positions.items() if name in ours}
        self.others = strangers
        absent = [name for name in ours if name not in self.positions and name not in self.mapped]
        suspected, ignored = set(), []
        for name in sorted(strangers, key=strangers.__getitem__):
            near = did_you_mean(name, absent, cutoff=0.8) if name and self.line else ""
            if near:
                suspected.add(near)
                self.problems.append(
                    source.problem(
                        self.line,
                        f"there is no column {quoted(name)}; did you mean {near}?",
                        f"correct the header, or leave it out: --columns {near}="
                        if nameable
                        else "correct the header",
                    )
                )
            elif name:
                ignored.append(visible(name, 60))
        missing = [name for name in required if name in absent and name not in suspected]
        if missing:
            self.problems.append(self._missing(source, missing, nameable=nameable))
        return ignored

    def _missing(self, source: Source, missing: list[str], *, nameable: bool) -> Problem:
        plural = "columns" if len(missing) > 1 else "column"
        message = f"missing {plural}: {', '.join(missing)}"
        theirs = ",".join(f"{name}=HEADER" for name in missing)
        if not self.line:
            places = ",".join(f"{name}={at}" for at, name in enumerate(missing, 1))
            hint = f"without a header, give positions: --columns {places}"
        elif missing == ["giver", "receiver"] and "person" in self.others:
            hint = "add a column direction (given or received), or giver and receiver"
        elif nameable and (places := self._as_data(missing)):
            hint = f"if this line is a referral already: --no-header --columns {places}"
        elif not nameable:
            hint = f"let the first line name the columns: {','.join(missing)}"
        elif missing == ["date"]:
            hint = "name it: --columns date=HEADER (date= with nothing after it if there is none)"
        else:
            hint = f"correct the header, or name them: --columns {theirs}"
            if not (self.positions or self.mapped) and {"giver", "receiver"} <= {*missing}:
                hint += "; without a header: --no-header --columns giver=1,receiver=2"
        return source.problem(self.line or source.lines[0], message, hint)

    def _as_data(self, missing: list[str]) -> str:
        """Guess which column is which if the header holds data; nothing if it does not."""
        at = next((place for name, place in self.others.items() if _DATA.fullmatch(name)), None)
        if at is None or self.positions or self.mapped:
            return ""
        free = [place for place in range(self.width) if place != at]
        places = dict(zip((name for name in missing if name != "date"), free, strict=False))
        return ",".join(f"{name}={place + 1}" for name, place in {"date": at, **places}.items())


def read_header(
    source: Source, known: Collection[str], columns: Mapping[str, str], *, header: bool = True
) -> Header:
    """Find the known columns in the first record, or by the positions given.

    Parameters
    ----------
    source : Source
        The file; its header is taken off.
    known : collection of str
        Our columns, of any kind of file.
    columns : mapping of str to str
        From a column of ours to their header or their position from 1.
    header : bool
        Whether there is a header.
    """
    line = source.lines[0]
    names = [" ".join(name.split()).casefold() for name in source.rows[0]] if header else []
    found = Header({}, len(source.rows[0]), line if header else 0)
    if header:
        source.rows, source.lines = source.rows[1:], source.lines[1:]
        _check_names(source, found, names)
    places = {name: at for at, name in reversed(list(enumerate(names))) if name}
    taken = set()
    for ours, theirs in columns.items():
        found.mapped.add(ours)
        if not theirs.strip():
            continue
        place = _place(theirs, places)
        if 0 <= place < found.width:
            found.positions[ours] = place
            taken.add(place)
        else:
            found.problems.append(_no_column(source, line, ours, theirs, names or found.width))
    for name, place in places.items():
        if place in taken:
            continue
        if name in known and name not in found.mapped:
            found.positions[name] = place
        else:
            found.others[name] = place
    return found


def _check_names(source: Source, found: Header, names: list[str]) -> None:
    for name, times in Counter(filter(None, names)).items():
        if times > 1:
            message = f"the column {quoted(name)} appears {times} times"
            found.problems.append(source.problem(found.line, message, "give each its own name"))
    for at, name in enumerate(names):
        if not name and source.says_something(at):
            found.others[f"number {at + 1}, without a name"] = at


def _place(theirs: str, places: Mapping[str, int]) -> int:
    """Find a header of theirs, else read it as a position; -1 if it is neither."""
    wanted = " ".join(theirs.split()).casefold()
    if wanted in places:
        return places[wanted]
    digits = wanted.isascii() and wanted.isdigit() and len(wanted) < 6
    return int(wanted) - 1 if digits else -1


def _no_column(
    source: Source, line: int, ours: str, theirs: str, names: list[str] | int
) -> Problem:
    if isinstance(names, int):
        message = f"there is no column {quoted(theirs)} for {ours}: this row has {names}"
        return source.problem(line, message, f"without a header, give a position: {ours}=1")
    listed = visible(", ".join(filter(None, names)), 200)
    message = f"there is no column {quoted(theirs)} for {ours}"
    return source.problem(line, message, f"the columns are: {listed}")


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
    lines : list of int
        The line each row starts on.
    refused : set of int
        Positions of rows with a problem.
    problems : list of Problem
        All problems of rows.
    rows_read : int
        Rows in the file, refused ones too.
    """

    source: Source
    columns: dict[str, Any]
    lines: list[int]
    refused: set[int]
    problems: list[Problem]
    rows_read: int

    def refuse(self, row: int, message: str, hint: str = "") -> None:
        """Leave a row out, for one more reason."""
        self.refused.add(row)
        self.problems.append(self.source.problem(self.lines[row], message, hint))

    def kept(self) -> Table:
        """Give the rows that are not refused, with their file and line."""
        columns = dict(self.columns)
        columns["file"] = Column.constant(self.source.path, len(self.lines))
        lines = self.lines
        if self.refused:
            keep = np.ones(len(lines), bool)
            keep[list(self.refused)] = False
            columns = {name: column.where(keep) for name, column in columns.items()}
            lines = list(compress(lines, keep))
        return Table({**columns, "line": lines})


def parse(source: Source, header: Header, fields: Mapping[str, Callable[[str], Any]]) -> Sheet:
    """Read every field of every row, each distinct text of a column once."""
    rows, lines = source.rows, list(source.lines)
    rows_read = source.count
    problems = list(source.broken)
    width = header.width
    if set(map(len, rows)) - {width}:
        fits = [len(row) == width for row in rows]
        for row, line, fit in zip(rows, lines, fits, strict=True):
            if not fit:
                problems.append(_misfit(source, row, line, width))
        rows, lines = list(compress(rows, fits)), list(compress(lines, fits))
    texts: Callable[[int], Column]
    if source.bulk:
        lines, texts = source.bulk.lines, source.bulk.column
    else:
        columns = list(zip(*rows, strict=True)) or [()] * width

        def texts(at: int) -> Column:
            return Column.of(columns[at])

    sheet = Sheet(source, {}, lines, set(), problems, rows_read)
    for name, read in fields.items():
        if name in header.positions:
            at = header.positions[name]
            sheet.columns[name] = _column(
                sheet, at, Column.of(texts(at)), read, is_text=name in TEXTS
            )
        else:
            sheet.columns[name] = Column.constant(read(""), len(lines)) if lines else Column.of([])
    _tear(sheet)
    return sheet


def _column(
    sheet: Sheet, at: int, texts: Column, read: Callable[[str], Any], *, is_text: bool
) -> Column:
    """Read one column; refuse the rows whose text cannot be read."""
    values, bad = list(texts.distinct), {}
    tidy = is_text and _is_tidy(values)
    for code, text in enumerate(values) if not tidy else _blank(values):
        try:
            values[code] = read(text)
        except FieldError as error:
            values[code] = None
            bad[code] = (str(error), error.hint)
    faults = _faults(sheet, at) if sheet.source.faults else {}
    wrong = np.isin(texts.codes, list(bad))
    wrong[list(faults)] = True
    for row in np.flatnonzero(wrong).tolist() if bad or faults else ():
        sheet.refuse(row, *(faults.get(row) or bad[int(texts.codes[row])]))
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
    last = max([*sheet.lines[-1:], *(problem.line for problem in sheet.problems)], default=0)
    if sheet.lines and sheet.lines[-1] == last:
        sheet.refuse(len(sheet.lines) - 1, message, hint)
    elif last:
        sheet.problems.append(source.problem(last, message, hint))
