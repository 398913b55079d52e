"""One person under two names: the second name becomes an alias, and can be split off again."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem, RefgraphError, UnknownPersonError
from refgraph.ledger.cells import Cells
from refgraph.ledger.draft import Addition, draft
from refgraph.ledger.fields import names, words
from refgraph.ledger.files import within
from refgraph.ledger.lock import locked
from refgraph.ledger.options import ReadOptions
from refgraph.ledger.reader import read
from refgraph.ledger.recording import COLUMNS
from refgraph.ledger.rewriting import contents, recover, replace_all
from refgraph.ledger.source import unreadable
from refgraph.ledger.text import clean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refgraph.ledger.options import Record

__all__ = ["Change", "merge", "split"]

_PEOPLE = COLUMNS["people"]
_LISTS = ("offers", "needs")
_MOST_LISTED = 10


@dataclass(frozen=True, slots=True)
class Change:
    """What was written in people.csv, or would be.

    Attributes
    ----------
    path : str
        The file.
    person, alias : str
        Whose alias it is now, or was.
    before, after : list of str
        The rows that were changed, added or removed, as they stood and as they stand.
    rows : dict of str to list of int
        The lines that name the alias, by file: they count for the person now, or no more.
    notes : list of str
        What else was decided.
    """

    path: str
    person: str
    alias: str
    before: list[str]
    after: list[str]
    rows: dict[str, list[int]]
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _People:
    """people.csv as it is, and the book around it."""

    book: str
    options: ReadOptions
    record: Record
    path: str
    content: bytes | None
    table: Cells
    notes: list[str] = field(default_factory=list)

    def row(self, name: str) -> int | None:
        """Find the row that declares somebody."""
        declared = (clean(self.table.text(row, "person")) for row in range(len(self.table)))
        return next((row for row, person in enumerate(declared) if person == name), None)

    def aliases(self, row: int) -> list[str]:
        """Give the aliases a row lists."""
        return [*names(self.table.text(row, "aliases"))]

    def behind(self, name: str) -> str:
        """Find who bears a name: everybody is themselves, but for an alias."""
        for row in range(len(self.table)):
            if name in self.aliases(row):
                return clean(self.table.text(row, "person"))
        if name not in self.everyone():
            raise UnknownPersonError(name, sorted(self.everyone()))
        return name

    def everyone(self) -> set[str]:
        columns = self.record.referrals.columns
        named = {*columns["giver"], *columns["receiver"], *columns["prospect"]}
        named.update(self.record.people.columns["person"], self.record.touches.columns["person"])
        return named - {""}

    def write(self, after: bytes, *, dry_run: bool) -> Record:
        """Read the book as it would be, and write the file."""
        there = read(self.book, replace(self.options, drafts={self.path: after}))
        if not dry_run:
            replace_all({self.path: self.content}, {self.path: after})
        return there


def merge(
    book: str | os.PathLike[str],
    person: str,
    other: str,
    options: ReadOptions | None = None,
    *,
    prefer: str | None = None,
    dry_run: bool = False,
) -> Change:
    r"""Make one name an alias of another, in people.csv; no other byte is changed.

    Where both have a row of their own, the rows become one: what is blank in the first is
    filled from the second, offers, needs, aliases and notes are joined.

    Parameters
    ----------
    book : path-like
        The folder.
    person : str
        Who it is; a row is added for somebody who has none.
    other : str
        The other name of theirs.
    options : ReadOptions, optional
        How the book is read.
    prefer : {"first", "second"}, optional
        Whose word stands where the two rows contradict each other; without it such rows
        are refused.
    dry_run : bool
        Only say what would be written.

    Raises
    ------
    LedgerError
        If one referred to the other, if their rows contradict each other, or if the book
        could not be read afterwards.
    UnknownPersonError
        If nobody bears one of the names.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name, text in {
    ...         "referrals.csv": "date,giver,receiver\n2026-01-08,A. Lee,Bo\n",
    ...         "people.csv": "person,aliases,role\nAnn Lee,,client\n",
    ...     }.items():
    ...         _ = Path(folder, name).write_text(text)
    ...     change = merge(folder, "Ann Lee", "A. Lee")
    ...     Path(folder, "people.csv").read_text()
    'person,aliases,role\nAnn Lee,A. Lee,client\n'
    """
    with locked(_folder(book)):
        people = _opened(book, options)
        first, second = people.behind(person), people.behind(other)
        if first == second:
            msg = f"{quoted(other)} and {quoted(person)} are one person already: {quoted(first)}."
            raise RefgraphError(msg)
        if second != other:
            msg = (
                f"{quoted(other)} is an alias of {quoted(second)}. Merge {quoted(second)} instead, "
                f"or first take it off: refgraph people split {quoted(other)}"
            )
            raise RefgraphError(msg)
        if ";" in second:
            msg = (
                f"{quoted(second)} holds a semicolon, which separates aliases in people.csv. "
                f"Merge the other way round, or correct the name in the rows."
            )
            raise RefgraphError(msg)
        _refuse_between(people.record, first, second)
        rows = _naming(people.record, second)
        one, two = people.row(first), people.row(second)
        before = [people.table.line(row) for row in (one, two) if row is not None]
        notes = people.notes
        if one is None and two is None:
            row = {"person": first, "aliases": second}
            after = draft(Addition(people.path, [row], _PEOPLE), people.content).after
        else:
            after = _joined(people, first, second, prefer, notes)
        people.write(after, dry_run=dry_run)
        written = Cells.of(people.path, after, _PEOPLE)
        return Change(people.path, first, second, before, _lines(written, first), rows, notes)


def split(
    book: str | os.PathLike[str],
    alias: str,
    options: ReadOptions | None = None,
    *,
    dry_run: bool = False,
) -> Change:
    """Take an alias off its person again; the rows that name it count for the alias.

    Parameters
    ----------
    book, options, dry_run
        As in :func:`merge`.
    alias : str
        The name to be a person of its own again.

    Raises
    ------
    RefgraphError
        If nobody has that alias.
    """
    with locked(_folder(book)):
        people = _opened(book, options)
        row = next((at for at in range(len(people.table)) if alias in people.aliases(at)), None)
        if row is None:
            msg = f"Nobody has the alias {quoted(alias)} in {people.path}."
            if alias in people.everyone():
                msg += f" {quoted(alias)} is a person of their own already."
            raise RefgraphError(msg)
        person = clean(people.table.text(row, "person"))
        kept = [
            part
            for part in people.table.text(row, "aliases").split(";")
            if part.strip() and clean(part) != alias
        ]
        cell = {(row, people.table.position("aliases")): ";".join(kept).strip()}
        after = people.table.edited(cell)
        found = people.write(after, dry_run=dry_run)
        written = Cells.of(people.path, after, _PEOPLE)
        before = [people.table.line(row)]
        rows = _naming(found, alias)
        after_rows = _lines(written, person)
        return Change(people.path, person, alias, before, after_rows, rows, people.notes)


def _folder(book: str | os.PathLike[str]) -> str:
    """Name the folder of a book, which is where people.csv can be."""
    path = os.fspath(book)
    if not os.path.isdir(path):  # noqa: PTH112 (pathlib raises for some names)
        message = "aliases stand in people.csv, and a single table has none beside it"
        hint = "put it into a folder of its own, as referrals.csv, and name the folder"
        raise unreadable(path, message, hint)
    return path


def _opened(book: str | os.PathLike[str], options: ReadOptions | None) -> _People:
    path = os.fspath(book)
    back = recover(path)
    reading = replace(options or ReadOptions(), skip_bad=False, drafts={})
    people = within(path, "people.csv")
    content = contents([people])[people]
    record = read(path, reading)
    empty = f"{','.join(_PEOPLE)}\n".encode()
    table = Cells.of(people, empty if content is None else content, _PEOPLE)
    found = _People(path, reading, record, people, content, table)
    found.notes += [
        f"First, {name} was taken back: a command was killed half-way." for name in back
    ]
    return found


def _lines(table: Cells, person: str) -> list[str]:
    rows = range(len(table))
    return [table.line(row) for row in rows if clean(table.text(row, "person")) == person]


def _naming(record: Record, name: str) -> dict[str, list[int]]:
    """Find the lines that name somebody."""
    found: dict[str, list[int]] = {}
    for table, columns in (
        (record.referrals, ("giver", "receiver", "prospect")),
        (record.touches, ("person",)),
    ):
        cells = table.columns
        for row, (path, line) in enumerate(zip(cells["file"], cells["line"], strict=True)):
            if any(cells[column][row] == name for column in columns):
                found.setdefault(path, []).append(line)
    return found


def _refuse_between(record: Record, first: str, second: str) -> None:
    """Refuse two who stand in one referral: nobody refers to, or is, their own prospect."""
    columns = record.referrals.columns
    both, problems = {first, second}, []
    for row, ends in enumerate(
        zip(*(columns[name] for name in ("giver", "receiver", "prospect")), strict=True)
    ):
        if both <= {*ends}:
            message = f"{quoted(first)} and {quoted(second)} stand in one referral: two people"
            problems.append(Problem(columns["file"][row], columns["line"][row], message))
    if problems:
        hint = "nothing was written; correct the rows first if they are one person after all"
        listed = problems[:_MOST_LISTED]
        if more := len(problems) - len(listed):
            hint = f"and {more:,} more; {hint}"
        raise LedgerError([*listed[:-1], replace(listed[-1], hint=hint)])


def _joined(
    people: _People, first: str, second: str, prefer: str | None, notes: list[str]
) -> bytes:
    """Write both into one row, the first's if it has one."""
    table, one, two = people.table, people.row(first), people.row(second)
    place = table.position("aliases")
    if place < 0:
        message = "this file has no column aliases; nothing was written"
        hint = "add aliases to this line, and an empty field to each row"
        raise LedgerError([table.source.problem(table.header.line, message, hint)])
    row = one if one is not None else two
    if row is None:  # it was looked for before
        raise UnknownPersonError(first, ())
    aliases = table.text(row, "aliases").strip().rstrip(";")
    known = {*names(aliases)}
    more = [second, *(people.aliases(two) if two is not None else ())]
    more = [name for name in dict.fromkeys(more) if name not in known and name != first]
    changes = {(row, place): "; ".join([*filter(None, [aliases]), *more])}
    if one is None:
        changes[row, table.position("person")] = first
        notes.append(f"The row of {quoted(second)} is that of {quoted(first)} now.")
    removed = []
    if one is not None and two is not None:
        facts = _facts(people, first, second, prefer, notes)
        changes |= {(one, at): text for at, text in facts}
        removed = [two]
    return table.edited(changes, removed)


def _facts(
    people: _People, first: str, second: str, prefer: str | None, notes: list[str]
) -> Iterator[tuple[int, str]]:
    """Join the cells of two rows: those of the first that change, by position."""
    table, one, two = people.table, people.row(first), people.row(second)
    if one is None or two is None:
        return
    columns = sorted(
        {**table.header.positions, **table.header.others}.items(), key=lambda each: each[1]
    )
    problems, cells = [], []
    for name, place in columns:
        mine, theirs = (table.source.rows[row][place].strip() for row in (one, two))
        if name in ("person", "aliases") or not theirs or clean(mine) == clean(theirs):
            continue
        if not mine:
            cells.append((place, theirs))
        elif name in _LISTS:
            more = [word for word in words(theirs) if word not in words(mine)]
            cells.append((place, "; ".join([mine.rstrip("; "), *more])))
        elif name == "note":
            cells.append((place, f"{mine}; {theirs}"))
        elif prefer is None:
            message = (
                f"{name} is {quoted(mine)} for {quoted(first)}, {quoted(theirs)} for the other"
            )
            problems.append(table.source.problem(table.source.lines[two], message))
        else:
            lost = theirs if prefer == "first" else mine
            notes.append(f"Left out: {name} {quoted(lost)}.")
            cells += [(place, theirs)] if prefer == "second" else []
    if problems:
        hint = f"say whose word stands, {quoted(first)}'s or the other's: --prefer first, or second"
        raise LedgerError([*problems[:-1], replace(problems[-1], hint=hint)])
    yield from cells
