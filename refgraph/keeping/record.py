"""What happened becomes rows of the book, tried before they are written."""

from __future__ import annotations

import os
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem
from refgraph.keeping.append import draft_all
from refgraph.keeping.edit_rows import draft_edits
from refgraph.keeping.engine.draft import Addition
from refgraph.keeping.engine.replace import holding, replace_all
from refgraph.reading.book_files import find, home_of, within
from refgraph.reading.databases.database_address import is_address
from refgraph.reading.files.encodings import unreadable
from refgraph.reading.header import read_header
from refgraph.reading.read_options import ReadOptions
from refgraph.reading.reader import read
from refgraph.reading.tables import KNOWN, open_referrals, other_person
from refgraph.schema.columns import COLUMNS, LATE
from refgraph.schema.text import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refgraph.keeping.append import Added
    from refgraph.keeping.edit_rows import EditedRow
    from refgraph.reading.header import Header
    from refgraph.reading.read_options import Record

    Rows = Sequence[Mapping[str, object]]

__all__ = ["Recorded", "columns_of", "record"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was added, and the book as it is with it.

    Attributes
    ----------
    added : list of Added
        The file and the lines of the new rows, for each file that has any.
    record : Record
        The whole book, read again.
    recovered : str
        What was finished or taken back before, as a command was killed half-way.
    """

    added: list[Added]
    record: Record
    recovered: str = ""


def record(
    path: str | os.PathLike[str],
    rows: Mapping[str, Rows],
    options: ReadOptions | None = None,
    *,
    seen: Mapping[str, str] | None = None,
    dry_run: bool = False,
    command: str = "add",
    edits: Sequence[EditedRow] = (),
) -> Recorded:
    r"""Add rows to a book: all of them, if the book can be read with them, or none.

    The folder is locked, the rows are put into the form of each file, the
    whole book is read as it would be, and only then the files are written.

    Parameters
    ----------
    path : path-like
        The book: a folder, or a single table of referrals.
    rows : mapping of str to sequence of mapping
        For ``"people"``, ``"referrals"``, ``"touches"`` and ``"statuses"``, each
        row from our column to its value. Referrals have ``giver`` and
        ``receiver``, however the file tells them.
    options : ReadOptions, optional
        How the book is read; rows that cannot be read are never left out here.
    seen : mapping of str to str, optional
        The :func:`fingerprint <refgraph.keeping.fingerprint>` of files when
        they were read.
    dry_run : bool
        Whether only to try: all is read and checked, and nothing is written.
    command : str
        What the command is called that adds them, for `undo`.
    edits : sequence of EditedRow
        Cells of referrals that are written anew along with them.

    Returns
    -------
    Recorded

    Raises
    ------
    LedgerError
        With every problem the book would have; nothing is written then.
    ConflictError, OutputError
        See :func:`refgraph.keeping.append_all`.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder, "referrals.csv")
    ...     _ = table.write_text("date,giver,receiver\n2026-01-08,Ann,Bo\n")
    ...     done = record(
    ...         folder, {"touches": [{"date": "2026-01-09", "person": "Ann", "kind": "call"}]}
    ...     )
    >>> done.added[0].first, done.record.touches.columns["person"]
    (2, ['Ann'])
    """
    book = os.fspath(path)
    options = replace(options or ReadOptions(), skip_bad=False, drafts={})
    if book == "-":
        raise unreadable(book, "standard input cannot be written to", "name the book: -b BOOK")
    if not (is_address(book) or os.path.exists(book)):  # noqa: PTH110
        raise unreadable(book, "no such file or folder")
    home = home_of(book)
    found: list[Record] = []

    def check(drafts: Mapping[str, bytes]) -> None:
        if before is not None:
            _distinct(before, rows["referrals"])
        found.append(read(book, replace(options, drafts=drafts)))

    with nullcontext("") if dry_run else holding(home) as recovered:
        # who is me, and which ids are taken, decides nothing of any other kind
        before = read(book, options) if rows.get("referrals") else None
        additions = [
            addition
            for kind in COLUMNS
            for addition in _additions(book, kind, rows.get(kind, ()), before, options)
        ]
        edited = draft_edits(edits, options)
        changes, added = draft_all(additions, seen=seen, check=check, edited=edited)
        if not dry_run:
            replace_all(home, changes, command=command)
    return Recorded(added, found[0], recovered)


def _additions(
    book: str, kind: str, rows: Rows, before: Record | None, options: ReadOptions
) -> list[Addition]:
    if not rows:
        return []
    if before is not None and kind == "referrals":
        return _referrals(book, rows, before, options)
    if not os.path.isdir(book):  # noqa: PTH112
        message = f"a single table has no place for {kind}"
        hint = "put it into a folder of its own, as referrals.csv, and name the folder"
        raise unreadable(book, message, hint)
    path = within(book, f"{kind}.csv")
    late = LATE[kind]
    return [Addition(path, rows, COLUMNS[kind], encoding=options.encoding, late=late)]


def _referrals(book: str, rows: Rows, before: Record, options: ReadOptions) -> list[Addition]:
    """Put each referral into the file that tells its kind, as that file tells it."""
    places = [
        (path, kind, other_person(kind, header, options))
        for path, kind, header in _headers(book, options)
    ]
    people = zip(*(before.people.columns[name] for name in ("person", "aliases")), strict=True)
    mine = {before.me}.union(*(aliases for who, aliases in people if who == before.me))
    chosen: dict[str, list[Mapping[str, object]]] = {}
    for row in rows:
        given, received = row.get("giver") in mine, row.get("receiver") in mine
        told = {"any": True, "given": given, "received": received}
        place = next((place for place in places if told[place[1]]), places[0])
        path, kind, other = place
        written = row
        if other:
            if not (given or received):
                who = f"{quoted(str(row.get('giver')))} to {quoted(str(row.get('receiver')))}"
                message = f"this file names only the other person: {who} has no place in it"
                hint = "referrals between others need a table with giver and receiver"
                raise unreadable(path, message, hint)
            written = {name: row[name] for name in row if name not in ("giver", "receiver")}
            written[other] = row["receiver" if given else "giver"]
            if kind == "any":
                written["direction"] = "given" if given else "received"
        chosen.setdefault(path, []).append(written)
    return [
        Addition(path, written, COLUMNS["referrals"], options, late=LATE["referrals"])
        for path, written in chosen.items()
    ]


def columns_of(path: str, options: ReadOptions | None = None) -> frozenset[str]:
    """Tell which columns of referrals a book has, whichever way it tells giver and receiver.

    Examples
    --------
    >>> sorted(columns_of("refgraph/sample"))[:4]
    ['count', 'currency', 'date', 'giver']
    """
    named = {"giver", "receiver"}
    for _, _, header in _headers(path, options or ReadOptions()):
        named.update(header.positions)
    return frozenset(named - {"person", "direction"})


def _headers(book: str, options: ReadOptions) -> list[tuple[str, str, Header]]:
    """Read the header of each file of referrals: the file, what it tells, its columns."""
    headers = []
    for path, kind in find(book).referrals:
        source = open_referrals(path, options, [])
        header = read_header(source, KNOWN, options.columns, header=options.header)
        headers.append((path, kind, header))
    return headers


def _distinct(before: Record, rows: Rows) -> None:
    """Refuse an id that a row has already, also one that was made from its content."""
    columns = before.referrals.columns
    places = dict(
        zip(columns["id"], zip(columns["file"], columns["line"], strict=True), strict=True)
    )
    problems = []
    for row in rows:
        identity = row.get("id")
        if identity in places:
            file, line = places[str(identity)]
            message = f"the id {quoted(str(identity))} is already used on line {line}"
            hint = "leave the id empty and one is made from the row"
            problems.append(Problem(file, 0, message, hint=hint))
    if problems:
        raise LedgerError(problems)
