"""One record of a CSV file at a time: what is broken in one leaves the others alone."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refgraph.reading.files.records import Source

__all__ = ["LONGEST_RECORD", "Exact", "is_comment", "is_filled"]

#: The lines of a record: a quote left open would run to the end of the file, again and again.
LONGEST_RECORD = 200


def is_filled(row: list[str]) -> bool:
    """Tell whether anything is written in a record.

    Examples
    --------
    >>> is_filled(["", "Ann"]), is_filled(["", " "])
    (True, False)
    """
    return bool(row) and (bool(row[0].strip()) or any(map(str.strip, row)))


def is_comment(comment: str | None, line: str) -> bool:
    """Tell whether a line begins with what begins a comment.

    Examples
    --------
    >>> is_comment("#", "# from the chapter"), is_comment(None, "# from the chapter")
    (True, False)
    """
    return bool(comment) and line.startswith(comment or "")


class Exact:
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
        if is_comment(self.comment, source.physical[start]):
            return start + 1, None
        lines.at, lines.stop = start, min(len(source.physical), start + LONGEST_RECORD)
        try:
            row = next(self.reader)
        except csv.Error as error:
            if source.broken.is_listed(source.path, "parseable", start + 1):
                source.broken.keep(source.problem(start + 1, *_plainly(str(error))))
            return start + 1, None
        return lines.at, row


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
