"""A book, or any table that an import recognises, as a record: one reader for both.

A folder is a book. A single file with the header of a book's own table is read strictly, as
files of a book are; any other is read by the importer as into a new book, and nothing is
written. So a question has the same answer before the table is imported and afterwards.
"""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.reading.files.bounded_bytes import is_read_once, load
from refgraph.reading.files.encodings import unreadable
from refgraph.reading.header import BESIDE
from refgraph.reading.reader import RowsError, read, read_tables
from refgraph.reading.source_table import HeldTables, tables_at
from refgraph.reading.tables import KNOWN
from refgraph.schema.columns import required_of
from refgraph.schema.row_ends import ends_of

if TYPE_CHECKING:
    from refgraph.imports.foreign_table import ForeignTable
    from refgraph.reading.read_options import ReadOptions, Record

__all__ = ["read_any", "read_to_write"]

# A table of ours with a wrong row is tried as another one only if it has so few bytes.
_SMALL = 5_000_000
_LONGEST_HEADER = 4096


def read_any(path: str | os.PathLike[str], options: ReadOptions) -> Record:
    """Read a book, or a table of another program as an import would take it.

    Parameters
    ----------
    path : path-like
        The folder or the file; ``-`` is standard input.
    options : ReadOptions
        How it is read.

    Raises
    ------
    LedgerError
        As of :func:`refgraph.reading.read`; or the table is recognised, and rows of it are
        wrong or a column that decides is open.
    """
    name = os.fspath(path)
    options = replace(options, leaves_void=True)
    tables = tables_at(name, options)
    if isinstance(tables, HeldTables) or not _may_be_foreign(name, options):
        return read_tables(tables, options)
    content = load(name) if is_read_once(name) else None
    if content is not None:
        options = replace(options, drafts={name: content})
    try:
        record = read(name, options)
    except LedgerError as error:
        if content is None and _is_no_table(name, options):
            raise _to_import(name, options) from None
        is_sure = isinstance(error, RowsError) and _is_large(name, content)
        if is_sure or any("--max-" in each.hint for each in error.problems):
            raise
        foreign = _foreign(name, options, content)
        if foreign is None or foreign.is_ours or not len(foreign.record.referrals):
            raise _hinted(error, foreign, name, options) from None
        return foreign.record
    if (record.ignored and (not _is_large(name, content) or _may_say_more(record))) or (
        content is None and _has_sheets(name)
    ):
        foreign = _tried(name, options, content)
        if foreign is not None and _says_more(foreign, record):
            return foreign.record
    if _is_large(name, content) or not _may_read_otherwise(record, options):
        return record
    return _as_imported(record, name, options, content)


def read_to_write(path: str, options: ReadOptions) -> Record:
    """Read a book that is going to be written to, which a table of another program never is.

    Parameters
    ----------
    path : str
        The folder or the file.
    options : ReadOptions
        How it is read.

    Raises
    ------
    LedgerError
        As of :func:`refgraph.reading.read`; of another table it names the import.
    """
    try:
        return read(path, options)
    except LedgerError:
        may_be = _may_be_foreign(path, options) and not is_read_once(path)
        foreign = _tried(path, options, None) if may_be else None
        if foreign is None or foreign.is_ours or not len(foreign.record.referrals):
            raise
    from refgraph.imports.foreign_table import import_command  # noqa: PLC0415

    message = "this is a table of another program: it is read, and never written to"
    raise unreadable(path, message, f"keep a book of it: {import_command(path, options)}")


def _may_read_otherwise(record: Record, options: ReadOptions) -> bool:
    """Tell whether a table may name somebody in two ways, several in one, me as us, or no day."""
    from refgraph.imports.who.me_cells import calls_me  # noqa: PLC0415
    from refgraph.imports.who.one_spelling import may_be_unified  # noqa: PLC0415

    if not _may_be_foreign(record.path, options):
        return False
    if _has_partial_days(record) or (options.me is not None and _is_edge_list(record)):
        return True
    names = {*chain.from_iterable(_ends(record))}
    return bool(calls_me(names)) or (not _has_our_header(record.path) and may_be_unified(names))


def _has_our_header(path: str) -> bool:
    """Tell whether a file begins as a table of ours does, of which each cell holds one name.

    To ask that of an import would be to read the table once more, and to hold it twice.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as stream:  # noqa: PTH123  # as typed
            titles = stream.readline(_LONGEST_HEADER).rstrip("\r\n").split(",")
    except (OSError, ValueError):
        return False
    return {*required_of("referrals")} <= {*titles} <= {*KNOWN}


def _is_edge_list(record: Record) -> bool:
    """Tell whether a table has columns from and to."""
    return any("this is an edge list: from as" in note.casefold() for note in record.notes)


def _as_imported(record: Record, path: str, options: ReadOptions, content: bytes | None) -> Record:
    """Give the record with names and days as an import takes them, if it takes some otherwise.

    Names of a table with the header of a book's own are as they are written, but for me.
    """
    from refgraph.imports.who.me_cells import calls_me  # noqa: PLC0415

    foreign = _foreign(path, options, content)
    if foreign is None:
        return record
    if _has_partial_days(record) or calls_me({*chain.from_iterable(_ends(record))}):
        return foreign.record
    same = foreign.is_ours or _ends(foreign.record) == _ends(record)
    return record if same else foreign.record


def _has_partial_days(record: Record) -> bool:
    """Tell whether a month or a year stands for a day, which an import keeps in the note."""
    return any("a month or a year alone" in note for note in record.notes)


def _ends(record: Record) -> list[tuple[str, str]]:
    """Give who gave and who received, row by row."""
    rows = record.referrals.columns
    return [*zip(*ends_of(rows), strict=True)]


def _may_be_foreign(path: str, options: ReadOptions) -> bool:
    """Tell whether nothing is said of a table that only the reader of books understands."""
    plain = options.header and {*options.columns} <= BESIDE and options.comment is None
    return plain and options.delimiter != "space" and not os.path.isdir(path)  # noqa: PTH112


def _foreign(path: str, options: ReadOptions, content: bytes | None) -> ForeignTable | None:
    from refgraph.imports.foreign_table import read_foreign  # noqa: PLC0415  # few books need it

    return read_foreign(path, options, content)


def _tried(path: str, options: ReadOptions, content: bytes | None) -> ForeignTable | None:
    """Read a table as an import would; None also where it would refuse."""
    from refgraph.imports.kinds.row_kinds import OpenKindError  # noqa: PLC0415

    try:
        return _foreign(path, options, content)
    except OpenKindError:
        raise
    except LedgerError:
        return None


def _is_large(path: str, content: bytes | None) -> bool:
    return (os.path.getsize(path) if content is None else len(content)) > _SMALL  # noqa: PTH202


def _is_no_table(path: str, options: ReadOptions) -> bool:
    """Tell whether a file is mail, a calendar or lines of words, of which only an import knows."""
    from refgraph.imports.events.captures import is_capture  # noqa: PLC0415
    from refgraph.imports.inbox.inbox_lines import inbox_grid  # noqa: PLC0415

    if is_capture(path):
        return True
    try:
        data = b"" if _is_large(path, None) else load(path)
        return inbox_grid(path, data, options.encoding) is not None
    except (LedgerError, OSError, ValueError):
        return False


def _to_import(path: str, options: ReadOptions) -> LedgerError:
    from refgraph.imports.foreign_table import import_command  # noqa: PLC0415

    message = "this is no table: mail, a calendar or lines of words"
    return unreadable(path, message, f"import it: {import_command(path, options)}")


def _hinted(
    error: LedgerError, foreign: ForeignTable | None, path: str, options: ReadOptions
) -> LedgerError:
    """Name the import that would take the table as it is, where one would."""
    torn = any(each.check == "complete" for each in error.problems)
    if foreign is None or torn or not (foreign.is_whole or not foreign.is_ours):
        return error
    from refgraph.imports.foreign_table import import_command  # noqa: PLC0415

    told = f"import it as it is: {import_command(path, options)}"
    first, *others = error.problems
    hint = f"{first.hint}; or {told}" if first.hint else told
    return type(error)([replace(first, hint=hint), *others])


def _may_say_more(record: Record) -> bool:
    """Tell whether a column that is none of ours may say what one of ours does."""
    from refgraph.imports.kinds.row_kinds import may_say_kinds  # noqa: PLC0415
    from refgraph.imports.rules.builtin_rules import shipped  # noqa: PLC0415
    from refgraph.imports.rules.words import HEADERS  # noqa: PLC0415
    from refgraph.names.folded import fold  # noqa: PLC0415

    known = {
        title
        for rules in shipped().values()
        for options in rules.columns.values()
        for option in options
        for title in option
    }
    return any(
        name in known
        or may_say_kinds(name)
        or any(each.search(fold(name)) for each in HEADERS.values())
        for name in record.ignored
    )


def _says_more(foreign: ForeignTable, record: Record) -> bool:
    """Tell whether an import reads columns, or sheets, that were left out, or says what is lost."""
    if foreign.loses and not foreign.is_ours:
        return True
    return not foreign.used.isdisjoint(record.ignored) or len(foreign.record.referrals) > len(
        record.referrals
    )


def _has_sheets(path: str) -> bool:
    """Tell whether a file is a workbook or a database."""
    from refgraph.reading.sheets.table_files import holds_tables  # noqa: PLC0415

    return holds_tables(load(path))
