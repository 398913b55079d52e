"""Single cells and rows of a table are rewritten; every other byte stays as it is."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError, Problem
from refgraph.reading.files.encodings import decode, encode, mark_of, unreadable
from refgraph.reading.files.file_format import Form
from refgraph.reading.header import read_header
from refgraph.reading.open_table import open_table
from refgraph.reading.sheets.table_files import holds_tables
from refgraph.reading.tables import KNOWN, open_referrals

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from refgraph.reading.files.records import Source
    from refgraph.reading.header import Header
    from refgraph.reading.read_options import ReadOptions

__all__ = ["Cells"]


@dataclass(frozen=True, slots=True)
class Cells:
    r"""A table that knows where each of its cells stands in the file.

    Attributes
    ----------
    path : str
        The file as it was named.
    content : bytes
        All of it.
    columns : collection of str
        The columns of this kind of file.
    options : ReadOptions or None
        How a table of referrals is laid out; None for refgraph's own files.
    encoding : str or None
        How it is encoded; None for UTF-8.
    source : Source
        Its records, the header taken off.
    header : Header
        Its columns.

    Examples
    --------
    >>> table = Cells.of("people.csv", b"person,aliases\r\n'Ann', \"\"\r\n", ["person", "aliases"])
    >>> table.edited({(0, 1): "Annie"})
    b'person,aliases\r\n\'Ann\', "Annie"\r\n'
    """

    path: str
    content: bytes
    columns: Collection[str]
    options: ReadOptions | None
    encoding: str | None
    source: Source
    header: Header

    @classmethod
    def of(
        cls,
        path: str,
        content: bytes,
        columns: Collection[str] = KNOWN,
        options: ReadOptions | None = None,
        encoding: str | None = None,
    ) -> Cells:
        """Read a table; a row that is not well formed is refused.

        Raises
        ------
        LedgerError
            With every problem of the header and of broken rows.
        """
        if holds_tables(content):
            message = "a workbook or a database is not written to"
            hint = "save the table as CSV, UTF-8, and name that"
            raise unreadable(path, message, hint)
        if options is not None:
            encoding = options.encoding
        source = _opened(path, content, columns, options, encoding)
        named, first = (options.columns, options.header) if options else ({}, True)
        header = read_header(source, columns, named, header=first)
        if problems := [*header.problems, *source.broken]:
            raise LedgerError(problems)
        return cls(path, content, columns, options, encoding, source, header)

    def __len__(self) -> int:
        return len(self.source.rows)

    def position(self, column: str) -> int:
        """Say where a column stands, from 0; -1 if the file has none."""
        return self.header.positions.get(column, -1)

    def text(self, row: int, column: str) -> str:
        """Give a cell as it is read; blank where the file has no such column."""
        place, cells = self.position(column), self.source.rows[row]
        return cells[place] if 0 <= place < len(cells) else ""

    def line(self, row: int) -> str:
        """Give a row as it stands in the file."""
        text = self._text()
        start, _, end = self._spans(text, row, self._begins())
        return text[start:end].rstrip("\r\n")

    def edited(
        self, changes: Mapping[tuple[int, int], str], removed: Collection[int] = ()
    ) -> bytes:
        """Give the content with some cells changed, by row and position, and rows removed.

        Raises
        ------
        LedgerError
            If the file would not be read back as it was meant.
        """
        text = self._text()
        pieces: list[tuple[int, int, str]] = []
        wanted, begins = [list(row) for row in self.source.rows], self._begins()
        by_row: dict[int, dict[int, str]] = {row: {} for row in removed}
        for (row, place), new in changes.items():
            by_row.setdefault(row, {})[place] = new
        for row, cells in by_row.items():
            start, spans, end = self._spans(text, row, begins)
            if row in removed:
                pieces.append((start, end, ""))
                continue
            styled = any(self._freely_quoted(text[first:last]) for first, last in spans)
            for place, new in cells.items():
                first, last = spans[place]
                is_quoted = styled and text.startswith('"', first)
                pieces.append((first, last, self._written(new, place, is_quoted=is_quoted)))
                wanted[row][place] = new
        for first, last, new in sorted(pieces, reverse=True):
            text = text[:first] + new + text[last:]
        after = mark_of(self.content) + encode(self.path, text, self.content, self.encoding)
        kept = [cells for row, cells in enumerate(wanted) if row not in removed]
        self._confirm(after, kept)
        return after

    def widened(self, names: Sequence[str]) -> bytes:
        r"""Give the content with more columns at its end, blank in every row.

        Examples
        --------
        >>> table = Cells.of("t.csv", b"date,person\n2026-01-08,Ann\n", ["date", "person"])
        >>> table.widened(["until"])
        b'date,person,until\n2026-01-08,Ann,\n'
        """
        text, begins, separator = self._text(), self._begins(), self.source.separator
        pieces, done = [], 0
        for line in (self.header.line, *self.source.lines):
            spans, _ = _split_csv(text, begins[line - 1], separator)
            more = names if line == self.header.line else [""] * len(names)
            pieces += [text[done : spans[-1][1]], *(f"{separator}{name}" for name in more)]
            done = spans[-1][1]
        wide = "".join([*pieces, text[done:]])
        return mark_of(self.content) + encode(self.path, wide, self.content, self.encoding)

    def _confirm(self, after: bytes, wanted: list[list[str]]) -> None:
        source = _opened(self.path, after, self.columns, self.options, self.encoding)
        rows = source.rows[1:] if self.header.line else source.rows
        if source.broken or [*map(_bare, rows)] != [*map(_bare, wanted)]:
            message = "this file would not be read as it is written; nothing was written"
            hint = (
                ""
                if self.source.separator
                else "blanks separate the fields here: no field may hold one"
            )
            raise LedgerError([Problem(self.path, 0, message, hint=hint)])

    def _text(self) -> str:
        return decode(self.path, self.content, self.encoding)

    def _begins(self) -> list[int]:
        """Say where in the text each line begins."""
        return [0, *accumulate(map(len, self.source.physical))]

    def _spans(
        self, text: str, row: int, begins: list[int]
    ) -> tuple[int, list[tuple[int, int]], int]:
        """Find where a row begins, each of its cells, and where the next row begins."""
        start = begins[self.source.lines[row] - 1]
        separator = self.source.separator
        split = _split_csv(text, start, separator) if separator else _split_blanks(text, start)
        return start, *split

    def _freely_quoted(self, cell: str) -> bool:
        """Tell whether a cell stands in quotes that the reader does not need."""
        within = cell.rstrip()[1:-1]
        needed = any(mark in within for mark in (self.source.separator, '"', "\r", "\n"))
        return cell.startswith('"') and not needed and within == within.strip()

    def _written(self, new: str, place: int, *, is_quoted: bool) -> str:
        """Write a cell, in quotes where its row likes them or the reader needs them."""
        separator = self.source.separator
        if not separator:
            return new
        comment = self.options.comment if self.options else None
        careful = is_quoted or "\r" in new or "\n" in new or new != new.strip()
        careful = careful or (place == 0 and bool(comment) and new.startswith(comment or ""))
        if not new and not careful:
            return ""
        stream = io.StringIO()
        quoting: Any = csv.QUOTE_ALL if careful else csv.QUOTE_MINIMAL
        csv.writer(stream, delimiter=separator, lineterminator="", quoting=quoting).writerow([new])
        return stream.getvalue()


def _opened(
    path: str,
    content: bytes,
    columns: Collection[str],
    options: ReadOptions | None,
    encoding: str | None,
) -> Source:
    if options is not None:
        return open_referrals(path, options, [], content=content, by_columns=False)
    form = Form(encoding=encoding)
    return open_table(path, columns, [], content=content, by_columns=False, form=form)


def _split_csv(text: str, start: int, separator: str) -> tuple[list[tuple[int, int]], int]:
    spans, at, end = [], start, len(text)
    while True:
        while at < end and text[at] == " ":  # the reader skips blanks before a cell
            at += 1
        first = at
        if at < end and text[at] == '"':
            at += 1
            while at < end and (text[at] != '"' or text[at + 1 : at + 2] == '"'):
                at += 2 if text[at] == '"' else 1
            at += 1
        while at < end and text[at] not in (separator, "\n", "\r"):
            at += 1
        spans.append((first, min(at, end)))
        if at >= end or text[at] != separator:
            break
        at += 1
    at += text[at : at + 1] == "\r"
    at += text[at : at + 1] == "\n"
    return spans, min(at, end)


def _split_blanks(text: str, start: int) -> tuple[list[tuple[int, int]], int]:
    stops = [stop for mark in "\r\n" if (stop := text.find(mark, start)) >= 0]
    stop = min(stops, default=len(text))
    end = stop + 2 if text[stop : stop + 2] == "\r\n" else min(stop + 1, len(text))
    spans, at = [], start
    while at < end:
        while at < end and text[at] in " \t\r\n":
            at += 1
        first = at
        while at < end and text[at] not in " \t\r\n":
            at += 1
        if at > first:
            spans.append((first, at))
    return spans, end


def _bare(row: list[str]) -> list[str]:
    return [text.replace("\r\n", "\n").replace("\r", "\n").strip() for text in row]
