"""Text becomes records, each with the line it starts on."""

from __future__ import annotations

import csv
import re
from array import array
from dataclasses import dataclass, field
from itertools import accumulate, compress, islice, repeat
from typing import TYPE_CHECKING, Protocol

import numpy as np

from refgraph.errors import LedgerError, Problem
from refgraph.reading.files import plain_csv
from refgraph.reading.files.exact_csv import LONGEST_RECORD, Exact, is_comment, is_filled
from refgraph.reading.files.file_format import MOST_COLUMNS, MOST_ROWS
from refgraph.reading.files.lines import MOST_LINE, Lines, longest_line
from refgraph.reading.files.problems import Problems
from refgraph.schema.text import UNSAFE, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from refgraph.schema.distinct_values import Column

__all__ = ["Columns", "Source", "blank_records", "open_source"]

_BLANKS = re.compile("[ \t]+")
_UNSAFE_IN_TABLE = re.compile(UNSAFE.pattern.replace("\x00-\x1f", "\x00-\x08\x0b-\x0c\x0e-\x1f"))
# Blank lines, comments and lines of notes are no rows, but take their time too.
_LINES_A_ROW, _FEW_LINES = 10, 10_000
_CHUNK = 20_000  # records that are split at once
_MOST_SHARED = 100_000  # texts that are looked up
_NEWLINE = 10
_SHOWN = 500  # characters of a line, more than any message shows


class Columns(Protocol):
    """Records that come by columns."""

    @property
    def lines(self) -> Sequence[int]:
        """The line each record starts on."""

    def column(self, at: int) -> Column:
        """Give one column, a text for each record."""


@dataclass(slots=True)
class Source:
    """The records of one file, none of them interpreted yet.

    Attributes
    ----------
    path : str
        The file as it was named.
    text : str
        What stands in it.
    rows : list of list of str
        The records that are well formed, without blank ones.
    lines : sequence of int
        The line each record starts on, from 1: an array where there may be many.
    broken : Problems
        One for each record that is not well formed.
    full : bool
        Whether there are more records than were to be read: the rest is not.
    torn : bool
        Whether the last record has no end of line.
    separator : str
        What separates the fields: one character, or nothing for blanks.
    bulk : Columns or None
        The records under the header, if they come by columns; `rows` are
        then the header and the records of another width.
    faults : mapping
        From the line and the position of a cell to what is wrong with it, and a
        remedy: cells of a spreadsheet that hold an error.
    merged : mapping
        From the line and the position of a cell that is merged with one above it, and with
        none beside it, to the line of that one; it is a fault too.
    place_name : callable or None
        Names the place of a record by its line, where it is none of a file.
    """

    path: str
    text: str
    rows: list[list[str]] = field(default_factory=list)
    lines: Sequence[int] = ()
    broken: Problems = field(default_factory=Problems)
    full: bool = False
    torn: bool = False
    separator: str = ","
    bulk: Columns | None = None
    faults: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    merged: Mapping[tuple[int, int], int] = field(default_factory=dict)
    place_name: Callable[[int], str] | None = None
    _physical: Sequence[str] | None = None

    @property
    def physical(self) -> Sequence[str]:
        """Its lines."""
        if self._physical is None:
            self._physical = Lines(self.text)
        return self._physical

    def show(self, physical: Sequence[str]) -> None:
        """Take the lines that problems show from elsewhere."""
        self._physical = physical

    @property
    def count(self) -> int:
        """How many records there are, broken ones too."""
        by_columns = len(self.bulk.lines) if self.bulk else 0
        return len(self.rows) + self.broken.count_all + by_columns

    def says_something(self, at: int) -> bool:
        """Tell whether any record has a text in this position."""
        if self.bulk and any(map(str.strip, self.bulk.column(at).distinct)):
            return True
        return any(at < len(row) and row[at].strip() for row in self.rows)

    def problem(
        self,
        line: int,
        message: str,
        hint: str = "",
        check: str = "parseable",
        column: str = "",
    ) -> Problem:
        """Build a problem that shows the record which starts on `line`."""
        shown = visible(self.excerpt(line))
        place = self.place_name(line) if self.place_name else ""
        return Problem(self.path, line, message, shown, hint, check, column, place=place)

    def place(self, line: int) -> str:
        """Name the place of the record that starts on `line`, inside this table."""
        return self.place_name(line) if self.place_name else f"line {line}"

    def called(self, line: int) -> str:
        """Give the number of the line on which a record starts, or what else names its place."""
        return self.place_name(line) if self.place_name else f"{line:,}"

    def excerpt(self, line: int) -> str:
        """Give the beginning of a line, as a message shows it."""
        return str(self.physical[line - 1][:_SHOWN]).rstrip("\r\n").replace("\t", "    ")


def open_source(
    path: str,
    text: str,
    *,
    comment: str | None,
    choose: Callable[[str], str],
    by_columns: bool = False,
    most: int = MOST_ROWS,
) -> Source:
    """Split text into records.

    Parameters
    ----------
    path : str
        The file as it was named.
    text : str
        All of it.
    comment : str or None
        Lines that begin with this are left out.
    choose : callable
        Told the first line that counts, says what separates the fields: one
        character, or nothing for runs of blanks.
    by_columns : bool
        Whether the records under the first one may be split by columns.
    most : int
        How many rows there may be: of more, the rest is not read.

    Raises
    ------
    LedgerError
        It has a line, a first row or a number of lines that no table of `most` rows has.
    """
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    source = Source(path, text)
    _check_lines(source, most)
    last = text[text.rfind("\n", 0, -1) + 1 :]
    source.torn = bool(last.strip()) and not (last.endswith("\n") or is_comment(comment, last))
    number, begin, first = _first_line(text, comment)
    if not first:
        return source
    source.separator = choose(first)
    if not source.separator:
        _split_blanks(source, text, comment, most)
    elif not (
        by_columns and _may_fit(source, most) and _split_by_columns(source, number, begin, comment)
    ):
        _split_csv(source, comment, most)
    if source.rows and (width := len(source.rows[0])) > MOST_COLUMNS:
        message = f"this row has {width:,} columns, more than {MOST_COLUMNS:,}"
        hint = "leave out the columns that do not tell of referrals"
        raise LedgerError([source.problem(source.lines[0], message, hint)])
    return source


def _check_lines(source: Source, most: int) -> None:
    """Refuse a text that is none of a table before anything is made of it."""
    text, path = source.text, source.path
    if (lines := text.count("\n")) > max(_FEW_LINES, _LINES_A_ROW * most):
        if text.isspace():
            return  # it is empty, which is said elsewhere
        message = f"this file holds {lines:,} lines, too many for {most:,} rows"
        hint = f"remove the blank ones, or raise the limit: --max-rows {-(-lines // _LINES_A_ROW)}"
        raise LedgerError([Problem(path, 0, message, hint=hint)])
    if (found := longest_line(text, MOST_LINE)) and not text.isspace():
        line, begin = found
        message = f"this line is longer than {MOST_LINE:,} characters"
        hint = "save the file with an end of line behind each row"
        shown = visible(text[begin : begin + _SHOWN])
        raise LedgerError([Problem(path, line, message, shown, hint)])


def count_filled(text: str, separator: str) -> int:
    r"""Count the lines in which something is written: no text has more rows.

    Examples
    --------
    >>> count_filled("date,giver\n\n2026-01-08,Ann\n,\n", ",")
    2
    """
    blanks = repeat(f"{separator} \t\r\n")
    return sum(sum(map(bool, map(str.strip, lines, blanks))) for lines in Lines(text).stretches())


def _first_line(text: str, comment: str | None) -> tuple[int, int, str]:
    """Find the first line that counts: its number, where it begins, and the line."""
    begin = 0
    if skipped := _skip(comment).match(text):
        begin = skipped.end()
    line = text[begin : text.find("\n", begin) + 1 or len(text)]
    if not line.strip() or is_comment(comment, line):
        return 0, 0, ""
    return text.count("\n", 0, begin) + 1, begin, line


def _skip(comment: str | None) -> re.Pattern[str]:
    """Build what matches lines that do not count."""
    more = f"|{re.escape(comment)}[^\n]*\n" if comment else ""
    return re.compile(rf"(?:[^\S\n]*+\n{more})*+")


def _may_fit(source: Source, most: int) -> bool:
    """Tell whether all rows are wanted; if not, reading them one by one stops in time."""
    text, lines = source.text, source.text.count("\n")
    if 2 * text.count("\n\n") > lines // 4:  # blank lines, which are odd ones
        return False
    lines += not text.endswith("\n")
    return lines <= most + 1 or count_filled(text, source.separator) <= most + 1


def _split_by_columns(source: Source, number: int, begin: int, comment: str | None) -> bool:
    """Split a large file whose first line names the columns; say whether it was done."""
    text, separator = source.text, source.separator
    end = text.find("\n", begin) + 1
    if not end or len(text) - end < plain_csv.LEAST_BYTES:
        return False
    try:
        reader = csv.reader(
            [text[begin:end]], delimiter=separator, strict=True, skipinitialspace=True
        )
        header = next(reader)
        body = text[end:].encode()
    except (csv.Error, UnicodeEncodeError):
        return False
    body += b"" if body.endswith(b"\n") else b"\n"
    known: list[NDArray[np.intp]] = []

    def ends() -> NDArray[np.intp]:
        if not known:
            known.append(np.flatnonzero(np.frombuffer(body, np.uint8) == _NEWLINE) + 1)
        return known[0]

    # A byte-order mark is a letter of a name here, and nothing where a file begins; some
    # versions of pandas take texts that differ behind a NUL for one.
    if len(header) < 2 or not is_filled(header) or "\n\ufeff" in text or "\0" in text:
        return False
    inner = None if comment else plain_csv.unquoted(body, separator, len(header))
    odd: list[int] | None = []
    if inner is not None:
        body, separator = inner, plain_csv.MARK
    else:
        odd = plain_csv.odd_lines(body, separator, len(header), comment, ends)
    if odd is None:
        return False
    source.rows, lines = [header], [number]
    exact = Exact(source, comment) if odd else None

    def record(line: int) -> tuple[int, list[str] | None]:
        after, row = exact.record(line + number) if exact else (line, None)
        if row is not None and is_filled(row) and len(row) != len(header):
            source.rows.append(row)
            lines.append(line + number + 1)
            row = None
        return after - number, row if row is not None and is_filled(row) else None

    records = plain_csv.split(
        body, separator, len(header), first=number + 1, odd=odd, ends=ends, record=record
    )
    source.bulk, source.lines = records, lines
    records.keep(~blank_records(records, len(header)))
    return True


def blank_records(records: Columns, width: int) -> NDArray[np.bool_]:
    """Tell in which records nothing is written."""
    blank = np.ones(len(records.lines), bool)
    for at in range(width):
        column = records.column(at)
        empty = [code for code, text in enumerate(column.distinct) if not text.strip()]
        blank &= np.isin(column.codes, empty)
        if not blank.any():
            break
    return blank


def _split_blanks(source: Source, text: str, comment: str | None, most: int) -> None:
    plain = text.isascii() and not _UNSAFE_IN_TABLE.search(text)
    rows, lines = source.rows, array("q")
    for number, line in enumerate(source.physical, 1):
        if not line.strip() or is_comment(comment, line):
            continue
        rows.append(line.split() if plain else _BLANKS.split(line.strip(" \t\r\n")))
        lines.append(number)
        if len(rows) > most + 1:
            source.full = True
            break
    source.lines = lines


def _split_csv(source: Source, comment: str | None, most: int) -> None:
    commented = any(is_comment(comment, line) for line in source.physical) if comment else False
    if not commented and _split_at_once(source, most):
        return
    source.full = False
    _split_carefully(source, comment, most)


def _split_at_once(source: Source, most: int) -> bool:
    """Split a file without a broken record; say whether it is one."""
    reader = csv.reader(
        source.physical, delimiter=source.separator, strict=True, skipinitialspace=True
    )
    rows: list[list[str]] = []
    lines = array("q")
    shared: dict[str, str] = {}
    line = 1
    try:
        while some := list(islice(reader, _CHUNK)):
            behind = reader.line_num + 1
            lengths = [1] * len(some)
            if behind - line > len(some):
                lengths = [1 + sum(text.count("\n") for text in row) for row in some]
                if max(lengths) > LONGEST_RECORD or sum(lengths) != behind - line:
                    return False
            starts = accumulate(lengths[:-1], initial=line)
            line, keep = behind, list(map(is_filled, some))
            rows += _sharing(compress(some, keep), shared)
            lines.extend(compress(starts, keep))
            if len(rows) > most + 1:
                source.full = True
                break
    except csv.Error:
        return False
    source.rows, source.lines = rows, lines
    return True


def _sharing(rows: Iterable[list[str]], shared: dict[str, str]) -> list[list[str]]:
    """Keep texts that are equal once: most of a table are."""
    share = shared.setdefault
    same = [[*map(share, row, row)] for row in rows]
    if len(shared) > _MOST_SHARED:
        shared.clear()
    return same


def _split_carefully(source: Source, comment: str | None, most: int) -> None:
    exact, rows, starts = Exact(source, comment), [], array("q")
    at, end = 0, len(source.physical)
    while at < end:
        start = at
        at, row = exact.record(start)
        if row is not None and is_filled(row):
            rows.append(row)
            starts.append(start + 1)
        if len(rows) + source.broken.count_all > most + 1:
            source.full = True
            break
    source.rows, source.lines = rows, starts
