"""A table of another program, read as a book in memory: what an import would make of it.

The importer recognises and plans it as into a book that is new; the rows of that plan are read
as a book's own files are. Nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError, Problem
from refgraph.imports.book_index import Known
from refgraph.imports.cells.sheet import SPLIT
from refgraph.imports.column_names import TABLES
from refgraph.imports.kinds.row_kinds import OpenKindError
from refgraph.imports.kinds.void_rows import OpenVoidError
from refgraph.imports.request import Request, rules_for
from refgraph.imports.rules.headers import bare
from refgraph.imports.rules.parts import NamedSheetsError, Parts, parts_of
from refgraph.imports.rules.recognise import layouts_of
from refgraph.imports.rules.unknown_columns import UnknownColumnsError
from refgraph.imports.run import open_file, plan_rows
from refgraph.imports.understood import say_columns
from refgraph.imports.who.me_cells import UnnamedMeError
from refgraph.names.void_marks import VOID
from refgraph.reading.book_files import Files, settings_beside
from refgraph.reading.files.records import Source
from refgraph.reading.files.writer import cell
from refgraph.reading.read_options import ReadOptions
from refgraph.reading.reader import read_tables
from refgraph.reading.tables import KNOWN
from refgraph.schema.columns import blanks_of
from refgraph.schema.text import argument, quoted

if TYPE_CHECKING:
    from collections.abc import Collection

    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.plan import Plan
    from refgraph.imports.rules.ruleset import Rules
    from refgraph.reading.read_options import Record

__all__ = ["ForeignTable", "import_command", "read_foreign"]

_OF_REFERRALS = ("referrals", "personal")
_MOST_NAMED = 8
# Options of an import, in the words of commands that read.
_SAID = (("--decimal comma", "--decimal-comma"), (SPLIT, "raise the limit: --max-rows 1000000"))
_OF_IMPORT = re.compile(
    r"--(repeats|above|new-people|new-person|rename|partial|rules|decimal|currency|date)(?![\w-])"
)
# Of columns that are no matter of who reads: what is said beside them is.
_OF_COLUMNS = re.compile(rf"--columns (?!'?{VOID}=)")


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """What is read of a table of another program.

    Attributes
    ----------
    record : Record
        Its rows, as a book in memory.
    used : frozenset of str
        The headers, in small letters, of the columns that something is read from.
    is_ours : bool
        Whether its first line is the header of a book's own table of referrals.
    is_whole : bool
        Whether something is read from every column.
    loses : bool
        Whether a left-out column might have given a day or a value.
    """

    record: Record
    used: frozenset[str]
    is_ours: bool
    is_whole: bool
    loses: bool = False


def import_command(path: str, options: ReadOptions, more: str = "") -> str:
    """Give the command that makes a book of a table, read as it is read here.

    Examples
    --------
    >>> import_command("my list.csv", ReadOptions(me="Ann Lee", decimal_comma=True))
    "refgraph import 'my list.csv' -b mybook --me 'Ann Lee' --decimal comma"
    """
    said = {
        "--me": options.me,
        "--date-format": options.date_format,
        "--delimiter": options.delimiter,
        "--encoding": options.encoding,
        "--sheet": options.sheet,
        "--sql": options.sql,
    }
    words = [f"refgraph import {argument(path)} -b mybook"]
    words += [f"{name} {argument(value)}" for name, value in said.items() if value]
    words += ["--decimal comma"] if options.decimal_comma else []
    return " ".join([*words, *([more] if more else [])])


def read_foreign(
    path: str, options: ReadOptions, content: bytes | None = None
) -> ForeignTable | None:
    """Read a table as an import would take it into a new book; None if it is not recognised.

    None, too, of a network or a table with the header of a book's own if its rows are wrong:
    the reader of books says how.

    Parameters
    ----------
    path : str
        The file; ``-`` is standard input.
    options : ReadOptions
        As of a book; columns, comments and a missing header are not for such a table.
    content : bytes, optional
        What to read instead of the file.

    Raises
    ------
    LedgerError
        It is recognised, and rows are wrong or a column that decides is open.
    """
    request = Request(
        path,
        "",
        me=options.me,
        today=options.today,
        encoding=options.encoding,
        delimiter=options.delimiter,
        sheet=options.sheet,
        sql=options.sql,
        date_format=options.date_format,
        decimal="comma" if options.decimal_comma else None,
        columns=options.columns,
    )
    tables = _PlannedTables(path, options)
    opened = _opened(request, options, content)
    begun = _begun(tables)
    if opened is None or begun is None:
        return None
    is_ours = all(_is_ours(grid, opened.rules, options.me) for grid in opened.grids)
    refusal: LedgerError | None = None
    try:
        plans = _plans(opened, tables)
        wrong = _refused(plans, options)
    except UnknownColumnsError:
        return None
    except LedgerError as error:
        is_asked = isinstance(error, UnnamedMeError | OpenVoidError)
        if not is_asked and (is_ours or all(grid.is_network for grid in opened.grids)):
            return None
        kind = OpenKindError if isinstance(error, OpenKindError) else LedgerError
        refusal = kind(_shown(error.problems, begun, options))
    if refusal:  # not raised above, where Python keeps the whole one beside it
        raise refusal
    record = tables.record()
    refused = sum(plan.refused for plan in plans)
    record = replace(
        record,
        skipped=tuple(_shown(wrong, record, options)),
        left_out=refused,
        rows_read=len(record.referrals) + refused,
        notes=(*_notes(opened.notes, plans, record, options), *record.notes),
    )
    layouts = [layout for plan in plans for layout in plan.layouts]
    read = frozenset(name for layout in layouts for name in layout.titles_read())
    is_whole = not any(layout.unused() or layout.twice() for layout in layouts)
    loses = any(plan.lost for plan in plans)
    return ForeignTable(record, read, is_ours=is_ours, is_whole=is_whole, loses=loses)


@dataclass(frozen=True, slots=True)
class _Opened:
    """The sheets of a file, or the file itself, and how each is read."""

    requests: Sequence[Request]
    grids: Sequence[Grid]
    rules: Rules | None
    notes: Sequence[str]


def _opened(request: Request, options: ReadOptions, content: bytes | None) -> _Opened | None:
    """Open what an import would take; None if it cannot, which the reader of books says better."""
    try:
        parts = Parts()
        if content is None and request.sheet is None and request.sql is None:
            parts = parts_of(request.file, request.me)
        request = replace(request, columns={**request.columns, **parts.columns})
        rules = rules_for(request)
        sheets = [replace(request, sheet=name or request.sheet) for name in parts.sheets]
        grids = [
            open_file(each, rules, content=content, max_rows=options.max_rows) for each in sheets
        ]
    except NamedSheetsError as error:
        record = _begun(_PlannedTables(request.file, options))
        raise NamedSheetsError(
            _shown(error.problems, record, options) if record else error.problems
        ) from None
    except LedgerError:
        return None
    return _Opened(sheets, grids, rules, parts.notes)


def _plans(opened: _Opened, tables: _PlannedTables) -> list[Plan]:
    """Plan one sheet after the other, each knowing what those before say."""
    plans = []
    for request, grid in zip(opened.requests, opened.grids, strict=True):
        known = Known(tables.record(), statuses=tables.statuses())
        plans.append(plan_rows(grid, request, opened.rules, known, brief=True))
        tables.add(plans[-1])
    return plans


def _begun(tables: _PlannedTables) -> Record | None:
    """Give the book that holds nothing yet; None where even that cannot be."""
    try:
        return tables.record()
    except LedgerError:
        return None


def _refused(plans: Sequence[Plan], options: ReadOptions) -> list[Problem]:
    """Give the problems of rows that are left out; refuse where they are not to be."""
    wrong = [problem for plan in plans for problem in plan.problems.told()]
    nobody = [_nobody(plan, options) for plan in plans if plan.places_no_referral]
    if nobody or (wrong and not options.skip_bad):
        raise LedgerError([*nobody, *wrong])
    return wrong


def _is_ours(grid: Grid, rules: Rules | None, me: str | None) -> bool:
    """Tell whether a table has its header first, and is read from columns of ours alone."""
    try:
        layout = layouts_of(grid, rules, me)[0][0]
    except LedgerError:
        return False
    if (
        grid.is_network
        or grid.is_records
        or not layout.rules.is_own
        or layout.kind not in _OF_REFERRALS
    ):
        return False
    own = {bare(name) for name in KNOWN}
    return grid.lines[0] == layout.line and own.issuperset(layout.titles_read())


def _notes(
    notes: Sequence[str], plans: Sequence[Plan], record: Record, options: ReadOptions
) -> list[str]:
    """Say what was understood and what was decided, and the command that makes a book of it."""
    said = [*map(say_columns, plans)]
    said[-1] += f"; a book of it: {import_command(record.path, options)}"
    said += notes
    for plan in plans:
        said += [_for_readers(note, record.path, options) for note in plan.notes]
        said += _left_over(plan, options)
    if not record.settings.hides:
        return said
    from refgraph.reading.redaction import redacted_text  # noqa: PLC0415  # few books need it

    place = f"{record.path}: "
    bare_notes = (note.removeprefix(place) for note in said)
    return [f"{place}{told}" for told in map(redacted_text, bare_notes) if told]


def _left_over(plan: Plan, options: ReadOptions) -> list[str]:
    """Say in a line each what found no place."""
    dry = f"; {import_command(plan.path, options, '--dry-run')} lists them"
    heads = [each.split("\n", 1)[0].rstrip(":") for each in plan.listed.paragraphs([])]
    return [f"{plan.path}: {head}{dry}" for head in heads]


def _nobody(plan: Plan, options: ReadOptions) -> Problem:
    """Refuse a table that says who referred somebody, none of whom is known as a person."""
    strangers = [*plan.listed.strangers] or [*plan.several]
    named = ", ".join(map(quoted, strangers[:_MOST_NAMED]))
    more = ", ..." if strangers[_MOST_NAMED:] else ""
    message = f"no referral finds its giver: {named}{more}"
    hint = f"take each as a person: {import_command(plan.path, options, '--new-people')}"
    if plan.several and not plan.listed.strangers:
        first, people = next(iter(plan.several.items()))
        message = f"each row names several people in one cell: {named}{more}"
        one = f"--rename {argument(f'{first}={people[0]}')}"
        hint = f"take one of them: {import_command(plan.path, options, one)}"
    return Problem(plan.path, 0, message, hint=hint)


def _shown(problems: Sequence[Problem], record: Record, options: ReadOptions) -> list[Problem]:
    """Give problems with remedies for who only reads, as they may be shown."""
    said = [replace(each, hint=_for_readers(each.hint, record.path, options)) for each in problems]
    if not record.settings.hides:
        return said
    from refgraph.reading.redaction import concealed  # noqa: PLC0415

    return [*map(concealed, said)]


def _for_readers(hint: str, path: str, options: ReadOptions) -> str:
    """Name the option of a command that reads, or the import that has it."""
    for theirs, ours in _SAID:
        hint = hint.replace(theirs, ours)
    if "refgraph import" not in hint:  # no command that reads names columns of such a table
        command = import_command(path, options)
        hint = _OF_COLUMNS.sub(lambda _: f"{command} --columns ", hint)
    if _OF_IMPORT.search(hint) and "refgraph import" not in hint:
        hint += f" (of {import_command(path, options)})"
    return hint


@dataclass(slots=True)
class _PlannedTables:
    """The rows of plans, as the reader takes tables.

    Attributes
    ----------
    path : str
        The file that they were planned from.
    options : ReadOptions
        How it is read: of that, what holds for its rows.
    """

    path: str
    options: ReadOptions
    rows: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {table: [] for table in TABLES}
    )
    lines: list[int] = field(default_factory=list)

    def record(self) -> Record:
        """Read the rows as the files of a book are read."""
        said = self.options
        plain = ReadOptions(
            me=said.me, today=said.today, max_rows=said.max_rows, max_people=said.max_people
        )
        return read_tables(self, plain)

    def add(self, plan: Plan) -> None:
        """Take the rows that are new."""
        for table, rows in plan.rows.items():
            self.rows[table] += rows
        self.lines += plan.lines

    def statuses(self) -> list[dict[str, Any]]:
        """Give the changes of status, each with all of its columns."""
        blank = dict.fromkeys(TABLES["statuses"]) | blanks_of("statuses")
        return [{**blank, **row} for row in self.rows["statuses"]]

    def find(self) -> Files:
        """Name the tables that hold anything."""
        own = {f"{name}.csv": self.path for name, rows in self.rows.items() if rows}
        own.pop("referrals.csv", None)
        return Files(((self.path, "any"),), {name: name for name in own})

    def settings(self, _: Files) -> str | None:
        """Give the settings in the folder of the file, whose limits hold for it too."""
        return settings_beside(self.path)

    def open_referrals(self, _: str, __: ReadOptions, ___: list[str]) -> Source:
        """Give the rows of referrals, each on its line of the file."""
        return self._source("referrals", self.lines)

    def open_own(self, name: str, _: Collection[str], __: ReadOptions, ___: list[str]) -> Source:
        """Give the rows of another table."""
        table = name.removesuffix(".csv")
        return self._source(table, range(2, len(self.rows[table]) + 2))

    def _source(self, table: str, lines: Sequence[int]) -> Source:
        names = TABLES[table]
        rows = [[cell(row.get(name)) for name in names] for row in self.rows[table]]
        source = Source(self.path, "", [[*names], *rows], [1, *lines])
        source.show(_Unseen())
        return source


class _Unseen(Sequence[str]):
    """The lines of a file that is not at hand."""

    def __len__(self) -> int:
        return 0

    def __getitem__(self, _: Any) -> Any:
        return ""
