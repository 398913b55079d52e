"""One person under two names: the second name becomes an alias, and can be split off again."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem, RefgraphError
from refgraph.keeping.engine.cells import Cells
from refgraph.keeping.engine.draft import Addition, draft
from refgraph.keeping.engine.replace import holding
from refgraph.keeping.join import join
from refgraph.keeping.people_file import PEOPLE, folder_of, open_people, rows_of
from refgraph.names.lookup import Lookup
from refgraph.schema.columns import NAMED
from refgraph.schema.text import clean, quoted

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
    with holding(folder_of(book)) as recovered:
        people = open_people(book, options)
        people.notes += filter(None, [recovered])
        lookup = people.lookup()
        first, second = lookup.change(person), lookup.change(other)
        if first == second:
            msg = f"{quoted(other)} and {quoted(person)} are one person already: {quoted(first)}."
            raise RefgraphError(msg)
        if lookup.is_alias(other):
            msg = (
                f"{quoted(other)} is an alias of {quoted(second)}. Merge {quoted(second)} instead, "
                f"or first take it off: refgraph people split {shlex.quote(other)}"
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
        if one is None and two is None:
            row = {"person": first, "aliases": second}
            after = draft(
                Addition(people.path, [row], PEOPLE, encoding=people.table.encoding), people.content
            ).after
        else:
            after = join(people, first, second, prefer)
        people.write(after, "people merge", dry_run=dry_run)
        written = Cells.of(people.path, after, PEOPLE, encoding=people.table.encoding)
        return Change(
            people.path, first, second, before, rows_of(written, first), rows, people.notes
        )


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
    with holding(folder_of(book)) as recovered:
        people = open_people(book, options)
        people.notes += filter(None, [recovered])
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
        written = Cells.of(people.path, after, PEOPLE, encoding=people.table.encoding)
        before = [people.table.line(row)]
        rows = _naming(found, alias)
        if sum(bool(cell.strip()) for cell in people.table.source.rows[row]) == 2 and not kept:
            note = (
                f"The row of {quoted(person)} says nothing else now; if merging made it, delete it."
            )
            people.notes.append(note)
        after_rows = rows_of(written, person)
        return Change(people.path, person, alias, before, after_rows, rows, people.notes)


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


def _refuse_between(record: Record, first: str, second: str) -> None:
    """Refuse two who stand in one row: nobody refers to, is in touch with, or is themselves."""
    both, problems = {first, second}, []
    for table, what in (("referrals", "referral"), ("touches", "touch")):
        columns = getattr(record, table).columns
        for row, ends in enumerate(zip(*(columns[name] for name in NAMED[table]), strict=True)):
            if both <= {*ends}:
                message = f"{quoted(first)} and {quoted(second)} stand in one {what}: two people"
                problems.append(Problem(columns["file"][row], columns["line"][row], message))
    if problems:
        hint = "nothing was written; correct the rows first if they are one person after all"
        raise LedgerError([*problems[:-1], replace(problems[-1], hint=hint)])
