"""A list of people with how many referrals each was given, and how many came from them.

Where each row is one referral, a tick in one of the two columns says which way it went.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from refgraph.imports.cells.left_out import say_unread, unread
from refgraph.imports.cells.totals import heading_rows, total_rows
from refgraph.imports.rules.column import columns_of
from refgraph.imports.rules.ruleset import Rules
from refgraph.imports.rules.words import DIRECTION_WORDS, HEADERS, fold
from refgraph.schema.text import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.imports.cells.sheet import Grid

__all__ = ["TALLY", "TICKED", "split_tally", "split_ticks"]

#: The columns that a tally is split into.
TALLY = ("direction", "person", "count")
#: The header of the column that two columns of ticks are made into.
TICKED = "given/received (ticked)"
_NOTHING = {"", "0", "-"}
_TICKS = {"x", "xx", "y", "yes", "ja", "j", "oui", "o", "si", "s", "sim", "true", "v", "ok"}
_MARKS = frozenset("✓✔☑✅☒•●*+")
_NO_TICKS = {"", "0", "-", "n", "no", "nein", "non", "nee", "nao", "false", *"☐□✗✘\u2013\u2014"}


def split_tally(row: Sequence[str], rest: Grid) -> tuple[Rules, Grid] | None:
    """Make a row of each number of a tally; None if the table is none.

    A tally has one column of people, one headed as given and one as received, both of
    whole numbers; other columns of numbers may be sums of the two, and are left out.

    Parameters
    ----------
    row : sequence of str
        What may be the header.
    rest : Grid
        What stands below.
    """
    headers = [fold(title) for title in row]
    sides = {DIRECTION_WORDS.get(header, ""): at for at, header in enumerate(headers) if header}
    given, received = sides.get("given"), sides.get("received")
    person = next((at for at, each in enumerate(headers) if HEADERS["person"].search(each)), None)
    if person is None or given is None or received is None:
        return None
    totals = {*total_rows(rest.rows)}
    kept = [at for at, cells in enumerate(rest.rows) if at not in totals and len(cells) >= len(row)]
    counts = [_whole(rest.rows[at][side]) for at in kept for side in (given, received)]
    if not kept or not all(count.isdigit() or count in _NOTHING for count in counts):
        return None
    made = [
        (rest.lines[at], [word, rest.rows[at][person], number])
        for at in kept
        for word, side in (("given", given), ("received", received))
        if (number := _whole(rest.rows[at][side])) not in _NOTHING
    ]
    told = f"{rest.path}: each number is so many referrals given or received, without a day"
    left = dict(unread(row, {person, given, received}, [rest.rows[at] for at in kept]))
    notes = [told, *say_unread(rest.path, left)]
    grid = replace(
        rest,
        rows=[cells for _, cells in made],
        lines=[line for line, _ in made],
        notes=[*rest.notes, *(each for each in notes if each not in rest.notes)],
    )
    columns = {name: ((name,),) for name in TALLY}
    return Rules(name="a tally of referrals", kind="personal", columns=columns), grid


def split_ticks(row: Sequence[str], rest: Grid) -> tuple[list[str], Grid] | None:
    """Make one column of directions of two columns with ticks; None if there are no such two.

    In rows with a day each, numbers count the referrals of that day.

    Parameters
    ----------
    row : sequence of str
        What may be the header.
    rest : Grid
        What stands below; it is told what was decided.

    Examples
    --------
    >>> from refgraph.imports.cells.sheet import Grid
    >>> grid = Grid("a.csv", [["Ann Lee", "x", ""], ["Bo Park", "", "x"]], [2, 3])
    >>> header, ticked = split_ticks(["Name", "Gave", "Got"], grid)
    >>> ticked.rows
    [['Ann Lee', 'given', ''], ['Bo Park', 'received', '']]
    """
    headers = [fold(title) for title in row]
    sides = {DIRECTION_WORDS.get(header, ""): at for at, header in enumerate(headers) if header}
    given, received = sides.get("given"), sides.get("received")
    if given is None or received is None:
        return None
    left = {*total_rows(rest.rows), *heading_rows(rest.rows)}
    made: list[tuple[int, list[str]]] = []
    marks: set[str] = set()
    for at, (line, cells) in enumerate(zip(rest.lines, rest.rows, strict=True)):
        full = [*cells, *[""] * (len(row) - len(cells))]
        ticks = {"given": _tick(full[given]), "received": _tick(full[received])}
        if at in left:
            made.append((line, full))
            continue
        if None in ticks.values():
            return None
        said = {word: tick for word, tick in ticks.items() if tick}
        marks.update(said.values())
        for word, tick in (said or {"": ""}).items():
            full[given], full[received] = word, tick if tick.isdigit() else ""
            made.append((line, [*full]))
    if not marks or (all(map(str.isdigit, marks)) and not _has_days(row, rest)):
        return None
    header = [*row]
    header[given], header[received] = TICKED, "count" if any(map(str.isdigit, marks)) else ""
    names = f"{quoted(row[given].strip())} and {quoted(row[received].strip())}"
    told = f"{rest.path}: the marks under {names} say which way each referral went"
    if told not in rest.notes:
        rest.notes.append(told)
    rows, lines = [cells for _, cells in made], [line for line, _ in made]
    return header, replace(rest, rows=rows, lines=lines)


def _has_days(row: Sequence[str], rest: Grid) -> bool:
    """Tell whether a column says a day for each row."""
    return any(each.says("date") and each.is_dates for each in columns_of(row, rest.rows))


def _tick(cell: str) -> str | None:
    """Give the mark or the number of a cell, nothing if it has none; None if it is another text."""
    word = _whole(fold(cell) or cell)
    if word in _NO_TICKS:
        return ""
    is_mark = word in _TICKS or _MARKS.issuperset(word) or (word.isdigit() and len(word) < 4)
    return word if is_mark else None


def _whole(cell: str) -> str:
    return cell.strip().removesuffix(".0")
