"""Text becomes records, each with the line it starts on."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import sub
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from refgraph.errors import Problem
from refgraph.ledger import bulk
from refgraph.ledger.encodings import unreadable
from refgraph.ledger.text import UNSAFE, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

__all__ = ["Source", "load", "open_source"]

_BLANKS = re.compile("[ \t]+")
_UNSAFE_IN_TABLE = re.compile(UNSAFE.pattern.replace("\x00-\x1f", "\x00-\x08\x0b-\x0c\x0e-\x1f"))
# A quote left open would otherwise run to the end of the file, again and again.
_LONGEST_RECORD = 200  # lines


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
        The line each record starts on, from 1.
    broken : list of Problem
        One for each record that is not well formed.
    torn : bool
        Whether the last record has no end of line.
    separator : str
        What separates the fields: one character, or nothing for blanks.
    bulk : Bulk or None
        The records under the header, if they were split by columns; `rows` are
        then the header and the records of another width.
    faults : mapping
        From the line and the position of a cell to what is wrong with it, and a
        remedy: cells of a spreadsheet that hold an error.
    """

    path: str
    text: str
    rows: list[list[str]] = field(default_factory=list)
    lines: Sequence[int] = ()
    broken: list[Problem] = field(default_factory=list)
    torn: bool = False
    separator: str = ","
    bulk: bulk.Bulk | None = None
    faults: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    _physical: Sequence[str] | None = None

    @property
    def physical(self) -> Sequence[str]:
        """Its lines."""
        if self._physical is None:
            self._physical = io.StringIO(self.text, newline="\n").readlines()
        return self._physical

    def show(self, physical: Sequence[str]) -> None:
        """Take the lines that problems show from elsewhere."""
        self._physical = physical

    @property
    def count(self) -> int:
        """How many records there are, broken ones too."""
        by_columns = len(self.bulk.lines) if self.bulk else 0
        return len(self.rows) + len(self.broken) + by_columns

    def says_something(self, at: int) -> bool:
        """Tell whether any record has a text in this position."""
        if self.bulk and any(map(str.strip, self.bulk.column(at).distinct)):
            return True
        return any(at < len(row) and row[at].strip() for row in self.rows)

    def problem(self, line: int, message: str, hint: str = "", check: str = "parseable") -> Problem:
        """Build a problem that shows the record which starts on `line`."""
        excerpt = self.physical[line - 1].rstrip("\r\n").replace("\t", "    ")
        return Problem(self.path, line, message, visible(excerpt), hint, check)


def load(path: str) -> bytes:
    """Read the bytes of a file, or of standard input if `path` is ``-``."""
    try:
        if path == "-":
            stream: BinaryIO | None = getattr(sys.stdin, "buffer", None)
            return sys.stdin.read().encode() if stream is None else stream.read()
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise unreadable(path, "no such file or folder") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise unreadable(path, f"cannot be read: {reason.lower()}") from None


def open_source(
    path: str,
    text: str,
    *,
    comment: str | None,
    choose: Callable[[str], str],
    by_columns: bool = False,
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
    """
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    source = Source(path, text)
    last = text[text.rfind("\n", 0, -1) + 1 :]
    source.torn = bool(last.strip()) and not (last.endswith("\n") or _is(comment, last))
    number, begin, first = _first_line(text, comment)
    if not first:
        return source
    source.separator = choose(first)
    if not source.separator:
        _split_blanks(source, text, comment)
    elif not (by_columns and _split_by_columns(source, number, begin, comment)):
        _split_csv(source, source.separator, comment)
    keep = list(map(_is_filled, source.rows))
    if not all(keep):
        source.lines = [line for line, kept in zip(source.lines, keep, strict=True) if kept]
        source.rows = [row for row, kept in zip(source.rows, keep, strict=True) if kept]
    return source


def _is_filled(row: list[str]) -> bool:
    return bool(row) and (bool(row[0].strip()) or any(map(str.strip, row)))


def _first_line(text: str, comment: str | None) -> tuple[int, int, str]:
    """Find the first line that counts: its number, where it begins, and the line."""
    number, begin = 0, 0
    while begin < len(text):
        end = text.find("\n", begin) + 1 or len(text)
        number, line = number + 1, text[begin:end]
        if line.strip() and not _is(comment, line):
            return number, begin, line
        begin = end
    return 0, 0, ""


def _split_by_columns(source: Source, number: int, begin: int, comment: str | None) -> bool:
    """Split a large file whose first line names the columns; say whether it was done."""
    text, separator = source.text, source.separator
    end = text.find("\n", begin) + 1
    if not end or len(text) - end < bulk.LEAST_BYTES:
        return False
    try:
        reader = csv.reader(
            [text[begin:end]], delimiter=separator, strict=True, skipinitialspace=True
        )
        header = next(reader)
        data = text.encode()
    except (csv.Error, UnicodeEncodeError):
        return False
    data = data if data.endswith(b"\n") else data + b"\n"
    above = len(text[:end].encode())
    body, whole = data[above:], _LinesOf(data)

    def ends() -> NDArray[np.intp]:
        return whole.ends[number:] - above

    # A byte-order mark is a letter of a name here, and nothing where a file begins; some
    # versions of pandas take texts that differ behind a NUL for one.
    if len(header) < 2 or not _is_filled(header) or b"\n\xef\xbb\xbf" in data or b"\0" in data:
        return False
    inner = None if comment else bulk.unquoted(body, separator, len(header))
    odd: list[int] | None = []
    if inner is not None:
        body, separator = inner, bulk.MARK
    else:
        odd = bulk.odd_lines(body, separator, len(header), comment, ends)
    if odd is None:
        return False
    source.show(whole)
    source.rows, lines = [header], [number]
    exact = _Exact(source, comment) if odd else None

    def record(line: int) -> tuple[int, list[str] | None]:
        after, row = exact.record(line + number) if exact else (line, None)
        if row is not None and _is_filled(row) and len(row) != len(header):
            source.rows.append(row)
            lines.append(line + number + 1)
            row = None
        return after - number, row if row is not None and _is_filled(row) else None

    source.bulk = bulk.split(
        body, separator, len(header), first=number + 1, odd=odd, ends=ends, record=record
    )
    source.lines = lines
    _drop_blank(source.bulk, len(header))
    return True


def _drop_blank(records: bulk.Bulk, width: int) -> None:
    """Leave out records in which nothing is written."""
    blank = np.ones(len(records.lines), bool)
    for at in range(width):
        column = records.column(at)
        empty = [code for code, text in enumerate(column.distinct) if not text.strip()]
        blank &= np.isin(column.codes, empty)
        if not blank.any():
            return
    records.keep(~blank)


def _is(comment: str | None, line: str) -> bool:
    return bool(comment) and line.startswith(comment or "")


def _split_blanks(source: Source, text: str, comment: str | None) -> None:
    numbers = range(1, len(source.physical) + 1)
    source.lines = [
        number
        for number, line in zip(numbers, source.physical, strict=True)
        if not _is(comment, line)
    ]
    lines = [source.physical[number - 1] for number in source.lines]
    if text.isascii() and not _UNSAFE_IN_TABLE.search(text):
        source.rows = [line.split() for line in lines]
    else:
        source.rows = [_BLANKS.split(line.strip(" \t\r\n")) for line in lines]


class _LinesOf(Sequence[str]):
    """The lines of a text that ends in a newline, each cut out when it is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def ends(self) -> NDArray[np.intp]:
        """Where each line ends, behind its newline."""
        ends: NDArray[np.intp] = np.flatnonzero(np.frombuffer(self._data, np.uint8) == 10) + 1
        return ends

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, line: Any) -> Any:
        if isinstance(line, slice):
            return [self[one] for one in range(len(self))[line]]
        begin = self.ends[line - 1] if line else 0
        return self._data[begin : self.ends[line]].decode()


class _Lines:
    """Lines for a csv reader that can be sent back, and stopped."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.at = 0
        self.stop = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at >= self.stop:
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def _split_csv(source: Source, separator: str, comment: str | None) -> None:
    commented = any(_is(comment, line) for line in source.physical) if comment else False
    if not commented and _split_at_once(source, separator):
        return
    _split_carefully(source, comment)


def _split_at_once(source: Source, separator: str) -> bool:
    """Split a file without a broken record; say whether it is one."""
    physical = source.physical
    try:
        reader = csv.reader(physical, delimiter=separator, strict=True, skipinitialspace=True)
        rows = list(reader)
        if len(rows) == len(physical):
            source.rows, source.lines = rows, range(1, len(rows) + 1)
            return True
        reader = csv.reader(physical, delimiter=separator, strict=True, skipinitialspace=True)
        ends = [reader.line_num for _ in reader]
    except csv.Error:
        return False
    starts = [1, *(end + 1 for end in ends[:-1])]
    source.rows, source.lines = rows, starts
    return all(map(_LONGEST_RECORD.__ge__, map(sub, ends, starts)))


class _Exact:
    """Reads the record that starts on a line, whatever stands before it."""

    def __init__(self, source: Source, comment: str | None) -> None:
        self.source, self.comment = source, comment
        self.lines = _Lines(source.physical)
        self.reader = csv.reader(
            self.lines, delimiter=source.separator, strict=True, skipinitialspace=True
        )

    def record(self, start: int) -> tuple[int, list[str] | None]:
        """Give the line behind the record, both counted from 0, and the record if it is one."""
        source, lines = self.source, self.lines
        if _is(self.comment, source.physical[start]):
            return start + 1, None
        lines.at, lines.stop = start, min(len(source.physical), start + _LONGEST_RECORD)
        try:
            row = next(self.reader)
        except csv.Error as error:
            source.broken.append(source.problem(start + 1, *_plainly(str(error))))
            return start + 1, None
        return lines.at, row


def _split_carefully(source: Source, comment: str | None) -> None:
    exact, rows, starts = _Exact(source, comment), [], []
    at, end = 0, len(source.physical)
    while at < end:
        start = at
        at, row = exact.record(start)
        if row is not None:
            rows.append(row)
            starts.append(start + 1)
    source.rows, source.lines = rows, starts


def _plainly(error: str) -> tuple[str, str]:
    if "unexpected end" in error:
        return "a quote is opened here and never closed", 'close it, or write a quote twice: ""'
    if "expected after" in error:
        return (
            "text follows a closing quote, or a quote is never closed",
            'write a quote inside a quoted field twice: ""',
        )
    if "field limit" in error:
        return (
            f"a field is longer than {csv.field_size_limit():,} characters",
            "shorten it, or close the quote that is open",
        )
    return "a line ends in the middle of a row", "save the file with one kind of line ends"
