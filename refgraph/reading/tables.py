"""Which files hold the record, and what a row of each of them means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem
from refgraph.names.void_marks import VOID
from refgraph.reading.files.encodings import check_encoding, unreadable
from refgraph.reading.files.file_format import Form
from refgraph.reading.header import BESIDE, read_header
from refgraph.reading.networks import take_network
from refgraph.reading.open_table import DELIMITERS, open_table
from refgraph.reading.table import Sheet, parse
from refgraph.schema.columns import COLUMNS, readers_of, required_of
from refgraph.schema.distinct_values import Column
from refgraph.schema.text import argument, quoted
from refgraph.schema.values import DIRECTIONS, among, did_you_mean, filled
from refgraph.wording import pluralize

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from refgraph.reading.files.records import Source
    from refgraph.reading.header import Header
    from refgraph.reading.read_options import ReadOptions

__all__ = [
    "KNOWN",
    "check_options",
    "open_referrals",
    "other_person",
    "parse_own",
    "parse_referrals",
    "read_own",
]

#: Every column that a table of referrals may have.
KNOWN = (*COLUMNS["referrals"], "direction", "person")


def check_options(path: str, options: ReadOptions) -> list[Problem]:
    """Check the options that name columns and separators."""
    problems = []
    for ours in options.columns:
        if ours not in (*KNOWN, VOID):
            near = did_you_mean(ours, KNOWN)
            hint = f"did you mean {near}?" if near else f"columns are: {', '.join(KNOWN)}"
            message = f"{quoted(ours)} is not a column of referrals"
            problems.append(Problem(path, 0, message, hint=hint))
    if options.delimiter is not None and options.delimiter not in DELIMITERS:
        message = f"{quoted(options.delimiter)} is not a delimiter"
        problems.append(Problem(path, 0, message, hint=f"delimiters are: {', '.join(DELIMITERS)}"))
    problems += check_encoding(path, options.encoding)
    for name, most in (("max_rows", options.max_rows), ("max_people", options.max_people)):
        if most < 1:
            message = f"{name} must be 1 or more, got {most}"
            problems.append(
                Problem(path, 0, message, hint=f"say --{name.replace('_', '-')} 1000000")
            )
    return problems


def _torn_header(source: Source, line: int) -> LedgerError:
    return LedgerError(
        [
            source.problem(
                line,
                "the only line does not end in a newline: it may be cut off",
                "complete the line if it is, and end it",
                "complete",
            )
        ]
    )


def read_own(
    path: str,
    table: str,
    dates: Callable[[str], date | None],
    notes: list[str],
    options: ReadOptions,
) -> Sheet:
    """Read one of refgraph's own files: people, touches, statuses or assertions."""
    fields = readers_of(table, dates)
    form = Form(encoding=options.encoding, max_rows=options.max_rows)
    source = open_table(path, fields, notes, form=form, content=options.drafts.get(path))
    return parse_own(source, table, dates, notes)


def parse_own(
    source: Source, table: str, dates: Callable[[str], date | None], notes: list[str]
) -> Sheet:
    """Read the fields of a table of people, touches, statuses or assertions.

    Raises
    ------
    LedgerError
        The header is not one of such a table.
    """
    fields = readers_of(table, dates)
    header = read_header(source, fields, {})
    ignored = header.settle(source, fields, required_of(table), nameable=False)
    if header.problems:
        raise LedgerError(header.problems)
    if source.torn and not source.count:
        raise _torn_header(source, header.line)
    _tell(source.path, ignored, notes)
    return parse(source, header, fields)


def open_referrals(
    path: str,
    options: ReadOptions,
    notes: list[str],
    *,
    content: bytes | None = None,
    by_columns: bool = True,
    reading: bool = False,
) -> Source:
    """Split a table of referrals into records, as the options say.

    Raises
    ------
    LedgerError
        It cannot be read; or it is a network of another program, and not only to be read.
    """
    plain = options.header and {*options.columns} <= BESIDE
    positions = [
        int(at) for at in options.columns.values() if at.isascii() and at.isdigit() and len(at) < 6
    ]
    source = open_table(
        path,
        {*KNOWN, *(" ".join(name.split()).casefold() for name in options.columns.values())},
        notes,
        content=options.drafts.get(path) if content is None else content,
        by_columns=by_columns,
        form=options.form,
        delimiter=options.delimiter,
        comment=options.comment,
        header=options.header,
        least=0 if options.header else max([2, *positions]),
        graphs=plain and options.delimiter is None and options.comment is None,
    )
    if plain and not reading and _is_network(source, []):
        message = "this is a network of another program: it is read, and never written to"
        hint = f"keep a book of it: refgraph import {argument(path)} -b mybook"
        raise unreadable(path, message, hint)
    return source


def other_person(kind: str, header: Header, options: ReadOptions) -> str:
    """Find the column that names only the other person; nothing if giver and receiver are named.

    Parameters
    ----------
    kind : {"any", "given", "received"}
        What the rows of the file tell.
    header : Header
        Its columns.
    options : ReadOptions
        The columns that were named.
    """
    there = header.positions.keys() | {name for name, theirs in options.columns.items() if theirs}
    if {"giver", "receiver"} <= there or (kind == "any" and "direction" not in there):
        return ""
    other = {"given": "receiver", "received": "giver"}.get(kind, "person")
    return other if other in there else "person"


def _tell(path: str, ignored: list[str], notes: list[str]) -> None:
    if ignored:
        plural = pluralize(len(ignored), "column")
        notes.append(f"{path}: left out the {plural} {', '.join(ignored)}")


def parse_referrals(
    source: Source,
    kind: str,
    *,
    me: str | None,
    dates: Callable[[str], date | None],
    options: ReadOptions,
    notes: list[str],
) -> Sheet:
    """Read the fields of a table of referrals, whichever way it tells giver and receiver.

    Parameters
    ----------
    source : Source
        Its records.
    kind : {"any", "given", "received"}
        What its rows tell.
    me : str or None
        Whose record it is; needed where a row names only the other person.
    dates : callable
        The reader of dates.
    options : ReadOptions
        Names of columns, separator, comments, header.
    notes : list of str
        What was decided is added here.

    Raises
    ------
    LedgerError
        The header is not one of such a table, or me is needed and not known.
    """
    columns = options.columns
    is_plain = options.header and {*columns} <= BESIDE
    if is_plain and source.place_name is None and _is_network(source, notes):  # of a file
        undated = {"date": ""} if "date" not in map(str.casefold, source.rows[0]) else {}
        columns = {**columns, **undated}
    whole_line = source.lines[0]
    header = read_header(source, KNOWN, columns, header=options.header)
    fields = readers_of("referrals", dates, decimal_comma=options.decimal_comma)
    other = other_person(kind, header, options)
    if other:
        reader = fields["giver" if other == "giver" else "receiver"]
        del fields["giver"], fields["receiver"]
        if kind == "any":
            fields["direction"] = filled(
                among("direction", DIRECTIONS), "the direction is not given"
            )
        fields[other] = filled(reader, "the person is not named")
        required = ["date", *(["direction"] if "direction" in fields else []), other]
    else:
        required = ["date", "giver", "receiver"]
    if not options.header:
        required.remove("date")
    ignored = header.settle(source, fields, required)
    problems = list(header.problems)
    for name in [name for name in required if name != "date" and options.columns.get(name) == ""]:
        message, hint = f"a referral needs the column {name}", f"name it: --columns {name}=HEADER"
        problems.append(source.problem(whole_line, message, hint))
    if other and me is None:
        problems.append(
            source.problem(
                whole_line,
                "each row names only the other person, and nothing says who you are",
                "say it with --me NAME",
            )
        )
    if problems:
        raise LedgerError(problems)
    if source.torn and not source.count:
        raise _torn_header(source, header.line)
    _tell(source.path, ignored, notes)
    sheet = parse(source, header, fields, notes if options.leaves_void else None)
    sheet.ignored = ignored
    if other:
        _complete(sheet, kind, other, str(me))
    return sheet


def _is_network(source: Source, notes: list[str]) -> bool:
    """Make rows of referrals of an edge list or a matrix; say whether it was one."""
    taken = not source.lines[0]  # a graph file has no line that names columns
    return taken or take_network(source, notes)


def _complete(sheet: Sheet, kind: str, other: str, me: str) -> None:
    """Name giver and receiver where the file names only the other person."""
    people = sheet.columns.pop(other)
    directions = sheet.columns.pop("direction", Column.constant(kind, len(people)))
    given = [direction == "given" for direction in directions]
    sheet.columns = {
        "date": sheet.columns.pop("date"),
        "giver": Column.of(me if out else name for out, name in zip(given, people, strict=True)),
        "receiver": Column.of(name if out else me for out, name in zip(given, people, strict=True)),
        **sheet.columns,
    }
