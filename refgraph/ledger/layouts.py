"""Which files hold the record, and what a row of each of them means."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError, Problem
from refgraph.ledger.columns import referral_fields
from refgraph.ledger.fields import DIRECTIONS, among, did_you_mean, filled
from refgraph.ledger.source import decode, load, open_source, unreadable
from refgraph.ledger.table import Sheet, parse, read_header
from refgraph.ledger.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    from refgraph.ledger.options import ReadOptions
    from refgraph.ledger.source import Source
    from refgraph.ledger.table import Header

__all__ = [
    "DELIMITERS",
    "KNOWN",
    "check_options",
    "open_referrals",
    "open_table",
    "other_person",
    "read_own",
    "read_referrals",
]

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "space": ""}
_PLURAL = {";": "semicolons", "\t": "tabs", "|": "vertical bars", "": "blanks"}
#: Every column that a table of referrals may have.
KNOWN = (*referral_fields(lambda _: None), "direction", "person")


def check_options(path: str, options: ReadOptions) -> list[Problem]:
    """Check the options that name columns and separators."""
    problems = []
    for ours in options.columns:
        if ours not in KNOWN:
            near = did_you_mean(ours, KNOWN)
            hint = f"did you mean {near}?" if near else f"columns are: {', '.join(KNOWN)}"
            message = f"{quoted(ours)} is not a column of referrals"
            problems.append(Problem(path, 0, message, hint=hint))
    if options.delimiter is not None and options.delimiter not in DELIMITERS:
        message = f"{quoted(options.delimiter)} is not a delimiter"
        problems.append(Problem(path, 0, message, hint=f"delimiters are: {', '.join(DELIMITERS)}"))
    return problems


def open_table(  # one way in for every table
    path: str,
    content: bytes | None,
    wanted: Collection[str],
    notes: list[str],
    *,
    delimiter: str | None = None,
    comment: str | None = None,
    header: bool = True,
    least: int = 0,
) -> Source:
    """Split a table into records; the bytes of the file unless `content` is given.

    Parameters
    ----------
    path : str
        The file as it was named.
    content : bytes or None
        What to read instead of the file.
    wanted : collection of str
        The names of columns by which the separator is recognised.
    notes : list of str
        What was decided is added here.
    delimiter, comment, header
        As in `ReadOptions`.
    least : int
        How many fields a row has at least, where no header tells.
    """
    text = decode(path, load(path) if content is None else content)

    def choose(first: str) -> str:
        return _recognise(first, wanted, least) if delimiter is None else DELIMITERS[delimiter]

    source = open_source(path, text, comment=comment, choose=choose)
    if not source.rows:
        if source.broken:
            raise LedgerError(source.broken)
        hint = "the first line names the columns: date,giver,receiver"
        if "person" in wanted and "giver" not in wanted:
            hint = "remove it, or let the first line name the columns"
        raise unreadable(path, "this file is empty", hint)
    if header and source.broken and source.broken[0].line < source.lines[0]:
        raise LedgerError(source.broken[:1])
    if delimiter is None and source.separator != ",":
        notes.append(f"{path}: the columns are separated by {_PLURAL[source.separator]}")
    return source


def _recognise(first: str, wanted: Collection[str], least: int) -> str:
    best, most = ",", (0, 0)
    for separator in (",", ";", "\t", "|"):
        try:
            names = next(csv.reader([first], delimiter=separator, skipinitialspace=True), [])
        except csv.Error:
            names = []
        found = sum(" ".join(name.split()).casefold() in wanted for name in names)
        score = (found, len(names) if len(names) > 1 and len(names) >= least else 0)
        if score > most:
            best, most = separator, score
    words = first.split()
    blanks = sum(word.casefold() in wanted for word in words)
    if blanks > most[0] or (most[1] == 0 and least and len(words) >= least):
        return ""
    return best


def _torn_header(source: Source, line: int) -> LedgerError:
    return LedgerError(
        [
            source.problem(
                line,
                "the only line does not end in a newline: it may be cut off",
                "complete the line if it is, and end it",
            )
        ]
    )


def read_own(
    path: str,
    fields: Mapping[str, Callable[[str], Any]],
    required: Collection[str],
    notes: list[str],
    *,
    content: bytes | None = None,
) -> Sheet:
    """Read one of refgraph's own files: people, touches or statuses."""
    source = open_table(path, content, fields, notes)
    header = read_header(source, fields, {})
    ignored = header.settle(source, fields, required, nameable=False)
    if header.problems:
        raise LedgerError(header.problems)
    if source.torn and not source.rows and not source.broken:
        raise _torn_header(source, header.line)
    _tell(path, ignored, notes)
    return parse(source, header, fields)


def open_referrals(
    path: str, content: bytes | None, options: ReadOptions, notes: list[str]
) -> Source:
    """Split a table of referrals into records, as the options say."""
    positions = [
        int(at) for at in options.columns.values() if at.isascii() and at.isdigit() and len(at) < 6
    ]
    return open_table(
        path,
        content,
        {*KNOWN, *(" ".join(name.split()).casefold() for name in options.columns.values())},
        notes,
        delimiter=options.delimiter,
        comment=options.comment,
        header=options.header,
        least=0 if options.header else max([2, *positions]),
    )


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
        plural = "columns" if len(ignored) > 1 else "column"
        notes.append(f"{path}: left out the {plural} {', '.join(ignored)}")


def read_referrals(
    path: str,
    kind: str,
    *,
    me: str | None,
    dates: Callable[[str], date | None],
    options: ReadOptions,
    notes: list[str],
) -> Sheet:
    """Read a file of referrals, whichever way it tells giver and receiver.

    Parameters
    ----------
    path : str
        The file.
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
    """
    source = open_referrals(path, options.drafts.get(path), options, notes)
    whole_line = source.lines[0]
    header = read_header(source, KNOWN, options.columns, header=options.header)
    fields = dict(referral_fields(dates))
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
    if source.torn and not source.rows and not source.broken:
        raise _torn_header(source, header.line)
    _tell(path, ignored, notes)
    sheet = parse(source, header, fields)
    if other:
        _complete(sheet, kind, other, str(me))
    return sheet


def _complete(sheet: Sheet, kind: str, other: str, me: str) -> None:
    """Name giver and receiver where the file names only the other person."""
    people = sheet.columns.pop(other)
    directions = sheet.columns.pop("direction", [kind] * len(people))
    given = [direction == "given" for direction in directions]
    sheet.columns = {
        "date": sheet.columns.pop("date"),
        "giver": [me if out else name for out, name in zip(given, people, strict=True)],
        "receiver": [name if out else me for out, name in zip(given, people, strict=True)],
        **sheet.columns,
    }
