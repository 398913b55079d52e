"""One person under several names: the others become aliases, and can be split off again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem, RefgraphError
from refgraph.keeping.engine.draft import Addition, draft
from refgraph.keeping.join import join
from refgraph.keeping.people_file import PEOPLE, editing_people, rows_of
from refgraph.names.lookup import Lookup
from refgraph.schema.columns import NAMED
from refgraph.schema.text import argument, book_option, clean, quoted

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from refgraph.keeping.people_file import People
    from refgraph.reading.read_options import ReadOptions, Record

__all__ = ["Change", "merge", "split"]


@dataclass(frozen=True, slots=True)
class Change:
    """What was written in people.csv, or would be.

    Attributes
    ----------
    path : str
        The file.
    person : str
        Whose aliases they are now, or were.
    aliases : tuple of str
        The other names.
    before, after : list of str
        The rows that were changed, added or removed, as they stood and as they stand.
    rows : dict of str to dict of str to list of int
        For each alias the lines that name it, by file: they count for the person now, or no more.
    notes : list of str
        What else was decided.
    """

    path: str
    person: str
    aliases: tuple[str, ...]
    before: list[str]
    after: list[str]
    rows: dict[str, dict[str, list[int]]]
    notes: list[str] = field(default_factory=list)


def merge(
    book: str | os.PathLike[str],
    person: str,
    *others: str,
    options: ReadOptions | None = None,
    prefer: str | None = None,
    dry_run: bool = False,
) -> Change:
    r"""Make other names aliases of one, in people.csv; no other byte is changed.

    Where several have a row of their own, the rows become one: what is blank in the first is
    filled from the others, offers, needs, aliases and notes are joined.

    Parameters
    ----------
    book : path-like
        The folder.
    person : str
        Who it is; a row is added for somebody who has none.
    *others : str
        The other names of theirs.
    options : ReadOptions, optional
        How the book is read.
    prefer : {"first", "second"}, optional
        Whose word stands where two rows contradict each other, that of the first name or that
        of the other, taken in turn; without it such rows are refused.
    dry_run : bool
        Only say what would be written.

    Raises
    ------
    LedgerError
        If one referred to another, if their rows contradict each other, or if the book
        could not be read afterwards.
    UnknownPersonError
        If nobody bears one of the names.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name, text in {
    ...         "referrals.csv": "date,giver,receiver\n2026-01-08,A. Lee,Bo\n2026-02-01,Ann,Bo\n",
    ...         "people.csv": "person,aliases,role\nAnn Lee,,client\n",
    ...     }.items():
    ...         _ = Path(folder, name).write_text(text)
    ...     change = merge(folder, "Ann Lee", "A. Lee", "Ann")
    ...     Path(folder, "people.csv").read_text()
    'person,aliases,role\nAnn Lee,A. Lee; Ann,client\n'
    """
    with editing_people(book, options) as people:
        first, seconds = _meant(people, person, others)
        _refuse_between(people.record, (first, *seconds))
        rows = {second: _naming(people.record, second) for second in seconds}
        places = [people.row(name) for name in (first, *seconds)]
        before = [people.table.line(row) for row in places if row is not None]
        joined = people
        for second in seconds:
            joined = joined.holding(_joined(joined, first, second, prefer))
        after = joined.table.content
        people.write(after, "people merge", dry_run=dry_run)
        return Change(
            *(people.path, first, seconds, before, rows_of(joined.table, first), rows),
            people.notes,
        )


def _meant(people: People, person: str, others: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Find who is meant by the names; refuse one who is no other person, or no alias can be."""
    lookup = people.lookup()
    first, found = lookup.change(person), list[str]()
    for other in others:
        second = lookup.change(other)
        if first == second:
            msg = f"{quoted(other)} and {quoted(person)} are one person already: {quoted(first)}."
            raise RefgraphError(msg)
        if lookup.is_alias(other):
            again = f"refgraph people split {argument(other)}{book_option(people.book)}"
            msg = (
                f"{quoted(other)} is an alias of {quoted(second)}. Merge {quoted(second)} instead, "
                f"or first take it off: {again}"
            )
            raise RefgraphError(msg)
        if ";" in second:
            msg = (
                f"{quoted(second)} holds a semicolon, which separates aliases in people.csv. "
                f"Merge the other way round, or correct the name in the rows."
            )
            raise RefgraphError(msg)
        found.append(second)
    return first, tuple(dict.fromkeys(found))


def _joined(people: People, first: str, second: str, prefer: str | None) -> bytes:
    """Give people.csv with one more name of somebody."""
    if people.row(first) is not None or people.row(second) is not None:
        return join(people, first, second, prefer)
    row = {"person": first, "aliases": second}
    added = Addition(people.path, [row], PEOPLE, encoding=people.table.encoding)
    return draft(added, people.content).after


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
    with editing_people(book, options) as people:
        rows_by_alias = {name: row for row in people.rows() for name in people.aliases(row)}
        meant = Lookup(dict.fromkeys(rows_by_alias, ())).find(alias)
        if meant.person is None or not meant.is_sure:
            raise _no_alias(people, alias, meant.people)
        alias = meant.person
        row = rows_by_alias[alias]
        person = clean(people.table.text(row, "person"))
        kept = [
            part
            for part in people.table.text(row, "aliases").split(";")
            if part.strip() and clean(part) != alias
        ]
        cell = {(row, people.table.position("aliases")): ";".join(kept).strip()}
        after = people.table.edited(cell)
        found = people.write(after, "people split", dry_run=dry_run)
        written = people.holding(after).table
        before = [people.table.line(row)]
        rows = {alias: _naming(found, alias)}
        if sum(bool(cell.strip()) for cell in people.table.source.rows[row]) == 2 and not kept:
            note = (
                f"The row of {quoted(person)} says nothing else now; if merging made it, delete it."
            )
            people.notes.append(note)
        after_rows = rows_of(written, person)
        return Change(people.path, person, (alias,), before, after_rows, rows, people.notes)


def _no_alias(people: People, alias: str, near: Sequence[str]) -> RefgraphError:
    """Say that nobody has an alias, and which may be meant."""
    msg = f"Nobody has the alias {quoted(alias)} in {people.path}."
    found = people.lookup().find(alias)
    if found.is_sure:
        msg += f" {quoted(str(found.person))} is a person of their own already."
    elif near:
        msg += f" Did you mean {' or '.join(map(quoted, near[:3]))}?"
    return RefgraphError(msg)


def _naming(record: Record, name: str) -> dict[str, list[int]]:
    """Find the lines that name somebody."""
    found: dict[str, list[int]] = {}
    for table in ("referrals", "touches"):
        cells = getattr(record, table).columns
        for row, (path, line) in enumerate(zip(cells["file"], cells["line"], strict=True)):
            if any(cells[column][row] == name for column in NAMED[table]):
                found.setdefault(path, []).append(line)
    return found


def _refuse_between(record: Record, names: Sequence[str]) -> None:
    """Refuse two who stand in one row: nobody refers to, is in touch with, or is themselves."""
    merged, problems = {*names}, []
    for table, what in (("referrals", "referral"), ("touches", "touch")):
        columns = getattr(record, table).columns
        for row, ends in enumerate(zip(*(columns[name] for name in NAMED[table]), strict=True)):
            both = [name for name in names if name in merged.intersection(ends)]
            if len(both) > 1:
                message = f"{quoted(both[0])} and {quoted(both[1])} stand in one {what}: two people"
                problems.append(Problem(columns["file"][row], columns["line"][row], message))
    if problems:
        hint = "nothing was written; correct the rows first if they are one person after all"
        raise LedgerError([*problems[:-1], replace(problems[-1], hint=hint)])
