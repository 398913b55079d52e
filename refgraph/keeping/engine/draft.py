"""Rows become the new bytes of a file, in the form that the file has already."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError, Problem
from refgraph.keeping.engine.cells import Cells
from refgraph.keeping.engine.written_rows import WrittenRows
from refgraph.reading.files.encodings import decode, encode, unreadable
from refgraph.reading.files.file_format import Form
from refgraph.reading.files.writer import cell
from refgraph.reading.header import read_header
from refgraph.reading.open_table import open_table
from refgraph.reading.sheets.table_files import holds_tables
from refgraph.reading.tables import KNOWN, open_referrals
from refgraph.schema.text import FieldError, prose, quoted, visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from refgraph.reading.files.records import Source
    from refgraph.reading.header import Header
    from refgraph.reading.read_options import ReadOptions

__all__ = ["Addition", "Draft", "draft", "text_of"]


@dataclass(frozen=True, slots=True)
class Addition:
    """Rows to be added to one file.

    Attributes
    ----------
    path : str
        The file; it need not be there.
    rows : sequence of mapping
        Each from our column to its value; a column left out, or None, is blank.
    columns : sequence of str
        Every column of this kind of file, in the order of a new file's header.
    options : ReadOptions or None
        How a table of referrals is laid out; None for refgraph's own files.
    encoding : str or None
        How refgraph's own file is encoded; None for UTF-8.
    late : collection of str
        The columns that the header is given with the first value of them.

    Examples
    --------
    >>> Addition("r.csv", [{"giver": "Ann", "receiver": "Bo"}], ["giver", "receiver"]).path
    'r.csv'
    """

    path: str
    rows: Sequence[Mapping[str, object]]
    columns: Sequence[str]
    options: ReadOptions | None = None
    encoding: str | None = None
    late: Collection[str] = ()

    def encoded(self, text: str, old: bytes) -> bytes:
        """Give text as bytes of this file."""
        return encode(
            self.path, text, old, self.options.encoding if self.options else self.encoding
        )

    def decoded(self, content: bytes) -> str:
        """Give the text of this file."""
        encoding = self.options.encoding if self.options else self.encoding
        return decode(self.path, content, encoding)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file holds, and what it is to hold.

    Attributes
    ----------
    path : str
        The file as it was named.
    before : bytes or None
        What it holds now; None if it is not there.
    after : bytes
        The same bytes, and then those of the rows; with a longer header, every row has its
        blanks.
    first, last : int
        The lines of the added rows, from 1; `last` is less than `first` for no rows.
    texts : sequence of str
        The added rows as they stand in the file.
    grown : tuple of str
        The columns that the header has now.
    """

    path: str
    before: bytes | None
    after: bytes
    first: int
    last: int
    texts: Sequence[str] = ()
    grown: tuple[str, ...] = ()


def draft(addition: Addition, before: bytes | None) -> Draft:
    r"""Add rows to the bytes of a file, after its own header, separator and line ends.

    Parameters
    ----------
    addition : Addition
        The rows.
    before : bytes or None
        What the file holds; None if it is not there.

    Raises
    ------
    LedgerError
        If the file cannot be added to as it is: it has no column for a value,
        its last line may be cut off, a quote is left open; or if a row would
        not be read back as it was given.

    Examples
    --------
    >>> rows = [{"giver": "Lee; Ann", "receiver": "Bo"}]
    >>> drafted = draft(Addition("r.csv", rows, ["giver", "receiver"]), b"receiver;giver\r\n")
    >>> drafted.after, drafted.first
    (b'receiver;giver\r\nBo;"Lee; Ann"\r\n', 2)
    """
    path, options = addition.path, addition.options
    old, end = _ready(addition, before or b"")
    source, header = _read(old, addition)
    if grown := _grown(header, addition) if source.separator else ():
        known = KNOWN if options else addition.columns
        old = Cells.of(path, old, known, options, addition.encoding).widened(grown)
        source, header = _read(old, addition)
    rows_before = source.count + (header.line > 0)
    comment = options.comment if options else None
    texts = WrittenRows(
        csv_line(_cells(source, header, row, options), source.separator, end, comment=comment)
        for row in addition.rows
    )
    after = old + addition.encoded(texts.text, old)
    texts.stand_in(after)
    read = _opened(after, addition)
    last = len(read.physical)
    if not texts:
        return Draft(path, before, after, last + 1, last, texts, grown)
    if read.broken or read.count != rows_before + len(texts):
        raise LedgerError([_misread(source, texts[0])])
    first, added = _last_records(read, len(texts))
    for row, found, text in zip(addition.rows, added, texts, strict=True):
        if not _same(found, _cells(source, header, row, options)):
            raise LedgerError([_misread(source, text)])
    return Draft(path, before, after, first, last, texts, grown)


def _last_records(source: Source, number: int) -> tuple[int, Iterator[Sequence[str]]]:
    """Give the line on which the last records begin, and those records."""
    if source.bulk is None or source.lines[-1] > source.bulk.lines[-number:][0]:
        return source.lines[-number:][0], iter(source.rows[-number:])
    columns = [source.bulk.column(at) for at in range(len(source.rows[0]))]
    tail = (map(each.distinct.__getitem__, each.codes[-number:]) for each in columns)
    return source.bulk.lines[-number:][0], zip(*tail, strict=True)


def _read(content: bytes, addition: Addition) -> tuple[Source, Header]:
    """Read a file as far as rows are to be added to it."""
    options = addition.options
    source = _opened(content, addition)
    header = read_header(
        source,
        KNOWN if options else addition.columns,
        options.columns if options else {},
        header=options.header if options else True,
    )
    if problems := [*header.problems, *source.broken]:
        raise LedgerError(problems)
    return source, header


def _grown(header: Header, addition: Addition) -> tuple[str, ...]:
    """Name the columns that the header lacks for these rows, and may be given."""
    lacking = [name for name in addition.late if name not in {*header.positions, *header.mapped}]
    said = {name for row in addition.rows for name, value in row.items() if cell(value)}
    return tuple(name for name in lacking if name in said) if header.line else ()


def _ready(addition: Addition, old: bytes) -> tuple[bytes, str]:
    """Give the file so that a row can follow: with a header, and its last line ended.

    A row that may be cut off is not ended, as that would hide it.
    """
    if holds_tables(old):
        message = "a workbook or a database is not written to"
        hint = "save the table as CSV, UTF-8, and add to that"
        raise unreadable(addition.path, message, hint)
    text = addition.decoded(old)
    end = _line_end(text)
    ended = not text or text.endswith("\n") or (end == "\r" and text.endswith(end))
    if text.strip() and not ended:
        source = _opened(old, addition)
        if source.torn:
            message = "the last line does not end in a newline: it may be cut off"
            hint = "complete the row if it is, and end the line"
            raise LedgerError([source.problem(len(source.physical), message, hint)])
    if not ended:
        old += addition.encoded(end, old)
    if not text.strip():
        old += addition.encoded(csv_line(list(addition.columns), ",", end), old)
    return old, end


def _opened(content: bytes, addition: Addition) -> Source:
    if addition.options is not None:
        return open_referrals(addition.path, addition.options, [], content=content)
    form = Form(encoding=addition.encoding)
    return open_table(addition.path, addition.columns, [], content=content, form=form)


def _line_end(text: str) -> str:
    if "\n" not in text:
        return "\r" if "\r" in text else "\n"
    at = text.rfind("\n")
    return "\r\n" if text[at - 1 : at] == "\r" else "\n"


def csv_line(cells: list[str], separator: str, end: str, *, comment: str | None = None) -> str:
    r"""Write one row with its line end, quoted where the reader needs it.

    Examples
    --------
    >>> csv_line(["Lee, Ann", "Bo"], ",", "\n")
    '"Lee, Ann",Bo\n'
    """
    if not separator:
        return " ".join(cells) + end
    careful = any("\r" in text or "\n" in text for text in cells)
    careful = careful or bool(comment and cells[0].startswith(comment))
    if end == "\r":  # the reader takes every \r of such a file for a line end
        cells = [text.replace("\n", "\r") for text in cells]
    text = separator.join(cells)
    plain = not careful and separator != " " and '"' not in text
    if plain and text.count(separator) == len(cells) - 1 > 0:
        return text + end
    stream = io.StringIO()
    quoting: Any = csv.QUOTE_ALL if careful else csv.QUOTE_MINIMAL
    csv.writer(stream, delimiter=separator, lineterminator=end, quoting=quoting).writerow(cells)
    return stream.getvalue()


def _cells(
    source: Source, header: Header, row: Mapping[str, object], options: ReadOptions | None
) -> list[str]:
    """Put each value where the file has its column; refuse one that it has no place for."""
    cells = [""] * header.width
    for name, value in row.items():
        text = text_of(value, options)
        try:
            prose(text)
        except FieldError as error:
            raise LedgerError([Problem(source.path, 0, str(error), hint=error.hint)]) from None
        if name in header.positions:
            cells[header.positions[name]] = text
        elif text:
            raise LedgerError([_no_place(source, header, name, text)])
    return cells


def text_of(value: object, options: ReadOptions | None) -> str:
    """Write a value as the file writes it."""
    if isinstance(value, date):
        return _day(value, options)
    comma = isinstance(value, Decimal) and options is not None and options.decimal_comma
    return cell(value).replace(".", ",") if comma else cell(value)


def _day(value: date, options: ReadOptions | None) -> str:
    form = options.date_format if options else None
    if form is None:
        return value.isoformat()
    if form == "unix":
        return str(int(datetime.combine(value, time(), UTC).timestamp()))
    return value.strftime(form)


def _no_place(source: Source, header: Header, name: str, text: str) -> Problem:
    message = f"there is no column {name} for {quoted(text)}; nothing was written"
    if not header.line:
        return Problem(source.path, 0, message, hint=f"give its position: --columns {name}=NUMBER")
    hint = f"add {name} to this line, and an empty field to each row; or leave {name} out"
    return source.problem(header.line, message, hint)


def _misread(source: Source, text: str) -> Problem:
    message = "this row would not be read as it is written; nothing was written"
    hint = "" if source.separator else "blanks separate the fields here: no field may hold one"
    return Problem(source.path, 0, message, visible(text.rstrip("\r\n")), hint)


def _same(read: Sequence[str], written: list[str]) -> bool:
    return [*read] == written or [*map(_bare, read)] == [*map(_bare, written)]


def _bare(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
