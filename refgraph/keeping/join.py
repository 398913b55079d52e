"""Two rows of people.csv become one, and nothing that they say is lost in silence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, UnknownPersonError
from refgraph.schema.columns import PEOPLE, names_where
from refgraph.schema.text import clean, quoted
from refgraph.schema.values import names, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refgraph.keeping.people_file import People

__all__ = ["join"]

# The aliases are joined before; a note is the one text that may say two things.
_LISTS = tuple(name for name in names_where(PEOPLE, dtype="list") if name != "aliases")


def join(people: People, first: str, second: str, prefer: str | None) -> bytes:
    """Write two people into one row, the first's if it has one; at least one of them has.

    Parameters
    ----------
    people : People
        The file; what is decided is added to its notes.
    first, second : str
        Who it is, and who becomes an alias.
    prefer : {"first", "second"} or None
        Whose word stands where the rows contradict each other.

    Returns
    -------
    bytes
        What the file is to hold.

    Raises
    ------
    LedgerError
        If the rows contradict each other and nobody's word is preferred.
    """
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
        people.notes.append(f"The row of {quoted(second)} is that of {quoted(first)} now.")
    removed = []
    if one is not None and two is not None:
        facts = _facts(people, one, two, prefer)
        changes |= {(one, at): text for at, text in facts}
        removed = [two]
    return table.edited(changes, removed)


def _facts(people: People, one: int, two: int, prefer: str | None) -> Iterator[tuple[int, str]]:
    """Join the cells of two rows: those of the first that change, by position."""
    table = people.table
    first = clean(table.text(one, "person"))
    columns = sorted(
        {**table.header.positions, **table.header.others}.items(), key=lambda each: each[1]
    )
    problems, cells = [], []
    for name, place in columns:
        mine, theirs = (table.source.rows[row][place].strip() for row in (one, two))
        if name in ("person", "aliases") or not theirs or mine.split() == theirs.split():
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
            people.notes.append(f"Left out: {name} {quoted(lost)}.")
            cells += [(place, theirs)] if prefer == "second" else []
    if problems:
        hint = f"say whose word stands, {quoted(first)}'s or the other's: --prefer first, or second"
        raise LedgerError([*problems[:-1], replace(problems[-1], hint=hint)])
    yield from cells
