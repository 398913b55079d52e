"""Bytes become checked records of text, each with the line it starts on."""

from __future__ import annotations

import csv
import io
import re
import sys
from dataclasses import dataclass, field
from operator import sub
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from refgraph.errors import LedgerError, Problem
from refgraph.ledger.text import UNSAFE, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Source", "decode", "load", "open_source", "unreadable"]

_FOREIGN = {
    b"PK\x03\x04": "this is a spreadsheet or a zip archive, not text",
    b"\xd0\xcf\x11\xe0": "this is an old Excel file, not text",
    b"\x1f\x8b": "this is a compressed file, not text",
    b"%PDF": "this is a PDF, not text",
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BLANKS = re.compile("[ \t]+")
_UNSAFE_IN_TABLE = re.compile(UNSAFE.pattern.replace("\x00-\x1f", "\x00-\x08\x0b-\x0c\x0e-\x1f"))
# A quote left open would otherwise run to the end of the file, again and again.
_LONGEST_RECORD = 200  # lines


def unreadable(path: str, message: str, hint: str = "", line: int = 0) -> LedgerError:
    """Build the error of a file that cannot be read at all."""
    return LedgerError([Problem(path, line, message, hint=hint)])


@dataclass(slots=True)
class Source:
    """The records of one file, none of them interpreted yet.

    Attributes
    ----------
    path : str
        The file as it was named.
    physical : list of str
        Its lines.
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
    """

    path: str
    physical: list[str]
    rows: list[list[str]] = field(default_factory=list)
    lines: Sequence[int] = ()
    broken: list[Problem] = field(default_factory=list)
    torn: bool = False
    separator: str = ","

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


def decode(path: str, data: bytes) -> str:
    """Read bytes as UTF-8, or say what they are instead."""
    save = "save the file as CSV, UTF-8"
    for magic, message in _FOREIGN.items():
        if data.startswith(magic):
            raise unreadable(path, message, save)
    zeros = data[:1000].count(0) / max(1, len(data[:1000]))
    if zeros > 0.7:
        raise unreadable(path, "this file holds zero bytes, not text", "restore it from a copy")
    if data.startswith(_UTF16) or zeros > 0.3:
        raise unreadable(path, "this is UTF-16 text, not UTF-8", save)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # With a byte-order mark the position counts from behind it.
        start = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        begin = data.rfind(b"\n", 0, start) + 1
        line = data.count(b"\n", 0, start) + 1
        shown = data[begin:].split(b"\n", 1)[0].decode("latin-1").rstrip("\r")
        raise LedgerError(
            [
                Problem(
                    path,
                    line,
                    f"byte {start - begin + 1} of this line, 0x{data[start]:02X}, is not UTF-8",
                    visible(shown),
                    f"{save} (it may be Latin-1 or Windows-1252 now)",
                )
            ]
        ) from None


def open_source(
    path: str,
    text: str,
    *,
    comment: str | None,
    choose: Callable[[str], str],
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
    """
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    physical = io.StringIO(text, newline="\n").readlines()
    source = Source(path, physical)
    last = physical[-1] if physical else "\n"
    source.torn = bool(last.strip()) and not (last.endswith("\n") or _is(comment, last))
    first = next((line for line in physical if line.strip() and not _is(comment, line)), "")
    if not first:
        return source
    source.separator = choose(first)
    if source.separator:
        _split_csv(source, source.separator, comment)
    else:
        _split_blanks(source, text, comment)
    keep = [bool(row) and (bool(row[0].strip()) or any(map(str.strip, row))) for row in source.rows]
    if not all(keep):
        source.lines = [line for line, kept in zip(source.lines, keep, strict=True) if kept]
        source.rows = [row for row, kept in zip(source.rows, keep, strict=True) if kept]
    return source


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


class _Lines:
    """Lines for a csv reader that can be sent back, and stopped."""

    def __init__(self, lines: list[str]) -> None:
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
    _split_carefully(source, separator, comment)


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


def _split_carefully(source: Source, separator: str, comment: str | None) -> None:
    lines = _Lines(source.physical)
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
    source.rows, starts = [], []
    end = len(source.physical)
    while lines.at < end:
        start = lines.at
        if _is(comment, source.physical[start]):
            lines.at += 1
            continue
        lines.stop = min(end, start + _LONGEST_RECORD)
        try:
            source.rows.append(next(reader))
            starts.append(start + 1)
        except csv.Error as error:
            source.broken.append(source.problem(start + 1, *_plainly(str(error))))
            lines.at = start + 1
    source.lines = starts


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
