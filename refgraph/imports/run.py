"""An import from the file to the book: prepared, and then carried out or only shown."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.imports.book_index import Known
from refgraph.imports.cells.sheet import LEAD, open_grid
from refgraph.imports.compare import make_plan
from refgraph.imports.convert import convert
from refgraph.imports.first_book import is_no_book_yet, lay_down, stand_in
from refgraph.imports.inbox.inbox import convert_inbox
from refgraph.imports.inbox.inbox_lines import inbox_grid
from refgraph.imports.matching.edited_rows import rows_to_write, say_edits
from refgraph.imports.request import rules_for
from refgraph.imports.rules.headers import bare, places
from refgraph.imports.rules.recognise import fits
from refgraph.imports.who.nowhere import nowhere_in
from refgraph.imports.who.unspoken_me import see_me
from refgraph.keeping.append import fingerprint
from refgraph.keeping.record import record
from refgraph.progress import doing
from refgraph.reading.aliases import everybody
from refgraph.reading.book_files import BOOK_FILES, within
from refgraph.reading.files.bounded_bytes import load
from refgraph.reading.files.encodings import unreadable
from refgraph.reading.files.file_format import MOST_ROWS, Form
from refgraph.reading.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.plan import Plan
    from refgraph.imports.request import Request
    from refgraph.imports.rules.ruleset import Rules
    from refgraph.keeping.append import Added
    from refgraph.keeping.edit_rows import EditedRow
    from refgraph.reading.read_options import ReadOptions

    Planner = Callable[[Request, Rules | None, Known], Plan]

__all__ = ["Prepared", "carry_out", "open_file", "plan_rows", "prepare", "titles_of"]

# What may be said of the file and of the book: of the book it has another name.
_OPTION = re.compile(
    r"--(columns|no-header|comment|delimiter|date-format|decimal-comma|encoding|max-rows|max-people)\b"
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An import that can be carried out.

    Attributes
    ----------
    plan : Plan
        What it would do.
    paragraphs : list of str
        What it has no place for.
    hides : bool
        Whether the profession of the book hides who was referred, and values.
    begins : bool
        Whether there is no book yet, and this one is made.
    edits : list of EditedRow
        What is written anew in rows of the book.
    everyone : tuple of str
        The names of the book, and of the people of the file.
    """

    request: Request
    plan: Plan
    paragraphs: list[str]
    options: ReadOptions
    seen: Mapping[str, str]
    hides: bool = False
    begins: bool = False
    edits: list[EditedRow] = field(default_factory=list)
    everyone: tuple[str, ...] = ()


def prepare(request: Request, *, planned: Planner | None = None) -> Prepared:
    """Read the book and the file, and compare them; nothing is written.

    Parameters
    ----------
    request : Request
        What is to be imported.
    planned : callable, optional
        Makes the plan of the request, its rules and the book, if that is no table or text.

    Raises
    ------
    LedgerError
        If the book or the file as a whole cannot be read.
    UnknownPersonError
        If `me` may be somebody of the book, and is not spelled so.
    """
    if request.book == "-":
        message = "standard input cannot be written to"
        raise unreadable(request.book, message, "name the book: -b BOOK")
    if is_no_book_yet(request.book):
        with stand_in(request.me) as folder:
            empty = replace(request, book=folder)
            return replace(_compared(empty, {}, planned), request=request, begins=True)
    seen = {path: fingerprint(path) for path in _paths(request.book)}
    return _compared(request, seen, planned)


def _compared(request: Request, seen: Mapping[str, str], planned: Planner | None) -> Prepared:
    """Read a book that is there, and compare the file with it."""
    rules = rules_for(request)
    options = replace(request.reading, me=request.me, today=request.today)
    with _named_for_the_book(), doing("Reading the book"):
        book = read(request.book, options)
    if request.me is not None:
        everybody(replace(book, me=None)).write(str(book.me), new=request.new)
    known = Known.of_files(request.book, book, options)
    plan = (planned or _planned)(request, rules, known)
    # who is meant in the file was said
    is_told = request.new or bool(request.renames or request.newcomers)
    see_me(plan, known, request.me, new=is_told)
    everyone = tuple(known.names.everyone())
    paragraphs = plan.listed.paragraphs(everyone)
    paragraphs += say_edits(plan.edits, request.changed)
    edits: list[EditedRow] = []
    if request.changed == "update":
        edits = rows_to_write(plan.edits, book.referrals, str(known.me), has_ids=known.has_ids)
    hides = book.settings.hides
    return Prepared(request, plan, paragraphs, options, seen, hides, edits=edits, everyone=everyone)


def _planned(request: Request, rules: Rules | None, known: Known) -> Plan:
    """Plan what a table says, or what lines of plain words say."""
    content = None
    if request.is_plain:
        content = load(request.file)
        if (grid := inbox_grid(request.file, content, request.encoding)) is not None:
            return make_plan(grid, convert_inbox(grid, request, known), known, keeps_repeats=True)
    grid = open_file(request, rules, content=content)
    del content  # it is as large as the file
    return plan_rows(grid, request, rules, known)


def titles_of(request: Request) -> list[str]:
    """Give the headers of a file of which nobody knows what they mean: its first full row.

    Parameters
    ----------
    request : Request
        What is to be imported.

    Raises
    ------
    LedgerError
        If the file cannot be read.
    """
    rows = open_file(request, None).rows[:LEAD]
    full = max((sum(map(bool, map(str.strip, row))) for row in rows), default=0)
    titles = next((row for row in rows if sum(map(bool, map(str.strip, row))) == full), [])
    return [*dict.fromkeys(filter(None, map(str.strip, titles)))]


def headers_there(request: Request, headers: Iterable[str]) -> set[str]:
    """Give which of these headers one of the first rows of a file has.

    Parameters
    ----------
    request : Request
        Which file, and how it is read.
    headers : iterable of str
        As somebody types them.

    Raises
    ------
    LedgerError
        If the file cannot be read.
    """
    rows = open_file(request, None).rows[:LEAD]
    there = {name for row in rows for name in places(row)}
    return {header for header in headers if bare(header) in there}


def open_file(
    request: Request,
    rules: Rules | None,
    *,
    content: bytes | None = None,
    max_rows: int = MOST_ROWS,
) -> Grid:
    """Read the file of a request into rows of cells.

    Parameters
    ----------
    request : Request
        What is to be read, and how.
    rules : Rules or None
        What somebody says about it.
    content : bytes, optional
        What to read instead of the file.
    max_rows : int
        The most rows that it may have.

    Raises
    ------
    LedgerError
        If nothing can be read.
    """
    form = Form(
        encoding=request.encoding,
        sheet=request.sheet,
        sql=request.sql,
        date_format=None if rules is None else rules.date_format,
        decimal_comma=rules is not None and rules.decimal == "comma",
        max_rows=max_rows,
    )
    with doing("Reading the file to import"):
        return open_grid(
            request.file,
            partial(fits, rules),
            form=form,
            delimiter=request.delimiter,
            networks=rules is None or rules.may_be_network,
            content=content,
        )


def plan_rows(
    grid: Grid, request: Request, rules: Rules | None, known: Known, *, brief: bool = False
) -> Plan:
    """Tell what the rows of a file mean, and compare them with what is known already.

    Parameters
    ----------
    grid : Grid
        The rows.
    request : Request
        How they are read.
    rules : Rules or None
        What somebody says about them.
    known : Known
        The book.
    brief : bool
        As in :func:`refgraph.imports.convert.convert`.

    Raises
    ------
    LedgerError
        If the file as a whole cannot be understood.
    """
    with doing("Reading the file to import"):
        converted = convert(
            grid,
            rules,
            me=known.me,
            today=known.today,
            day=request.day,
            names=known.names,
            brief=brief,
        )
    with doing("Comparing it with the book"):
        plan = make_plan(
            grid, converted, known, changed=request.changed, keeps_repeats=request.keeps_repeats
        )
    plan.nowhere = nowhere_in(converted.heard, request.renames, request.newcomers)
    return plan


def carry_out(prepared: Prepared, *, dry_run: bool = False) -> list[Added]:
    """Write the new rows to the book: all of them, or none.

    Parameters
    ----------
    prepared : Prepared
        What is to be done.
    dry_run : bool
        Whether only to try: what would stop the writing is raised, and nothing is written.

    Returns
    -------
    list of Added
        Where they stand now, or would.

    Raises
    ------
    LedgerError
        If the book could not be read with them.
    ConflictError, OutputError
        If the book changed meanwhile, or cannot be written.
    """
    rows = {table: values for table, values in prepared.plan.rows.items() if values}
    if not (rows or prepared.edits):
        return []
    book = prepared.request.book
    with _named_for_the_book(), doing("Writing in the book"):
        if prepared.begins:
            return lay_down(book, prepared.request.me, rows, prepared.options, dry_run=dry_run)
        done = record(
            book,
            rows,
            prepared.options,
            seen=prepared.seen,
            dry_run=dry_run,
            command="import",
            edits=prepared.edits,
        )
        return done.added


@contextmanager
def _named_for_the_book() -> Iterator[None]:
    """Name, in a remedy for the book, the options that say how the book is written."""
    try:
        yield
    except LedgerError as error:
        problems = (
            replace(each, hint=_OPTION.sub(r"--book-\1", each.hint)) for each in error.problems
        )
        raise LedgerError([*problems]) from None


def _paths(book: str) -> list[str]:
    """Name the files that may be written."""
    if not os.path.isdir(book):  # noqa: PTH112
        return [book]
    return [within(book, name) for name in BOOK_FILES if name.endswith(".csv")]
