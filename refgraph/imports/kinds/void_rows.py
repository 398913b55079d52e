"""Rows of a file to import that one of its columns voids, or the word under its outcome."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem
from refgraph.imports.rules.headers import bare, places
from refgraph.names.void_marks import is_called, marks_of, may_void
from refgraph.schema.distinct_values import Column
from refgraph.schema.text import quoted, visible
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.recognise import Layout
    from refgraph.imports.rules.ruleset import Condition
    from refgraph.names.void_marks import VoidMarks

__all__ = ["OpenVoidError", "leave_void_rows", "without_skipped", "without_void_rows"]


class OpenVoidError(LedgerError):
    """Nobody knows whether rows that a column marks count."""


def leave_void_rows(layout: Layout, grid: Grid) -> None:
    """Leave out the rows that a column which is not read clearly marks as void; ask of others.

    Parameters
    ----------
    layout : Layout
        What the columns of a table mean.
    grid : Grid
        What stands below its header, which is changed; it is told which rows are left out.

    Raises
    ------
    LedgerError
        If a column calls some rows off, or marks them in words that need not mean void: it is
        asked whether they count.
    """
    if not layout.line:
        return
    _leave(_marks(layout.titles, grid, layout.used(), layout.rules.void), grid)


def without_void_rows(
    titles: Sequence[str], grid: Grid, used: Collection[int], told: str | None = None
) -> tuple[Grid, LedgerError | None]:
    """Give a table that counts referrals without the rows that are void, or what is to be asked.

    Parameters
    ----------
    titles : sequence of str
        Its header.
    grid : Grid
        What stands below, which stays as it is.
    used : collection of int
        The columns of which somebody says what they are.
    told : str, optional
        The header of the column that is said to mark rows; nothing if none does.
    """
    if not told and not any(may_void(each) for at, each in enumerate(titles) if at not in used):
        return grid, None
    made = replace(grid, rows=[*grid.rows], lines=[*grid.lines], notes=[*grid.notes])
    try:
        _leave(_marks(titles, made, used, told), made)
    except LedgerError as error:
        return grid, error
    return made, None


def without_skipped(titles: Sequence[str], grid: Grid, conditions: Sequence[Condition]) -> Grid:
    """Give a table that counts referrals without the rows that rules skip.

    Parameters
    ----------
    titles : sequence of str
        Its header.
    grid : Grid
        What stands below, which stays as it is.
    conditions : sequence of Condition
        The rules; those that set something are not for a table whose rows are made anew.
    """
    names = places(titles)
    asked = [
        (names[bare(each.column)], each)
        for each in conditions
        if bare(each.column) in names and not each.sets
    ]
    kept = [
        at
        for at, row in enumerate(grid.rows)
        if not any(each.holds(row[place] if place < len(row) else "") for place, each in asked)
    ]
    if len(kept) == len(grid.rows):
        return grid
    rows = count(len(grid.rows) - len(kept), "row")
    return replace(
        grid,
        rows=[grid.rows[at] for at in kept],
        lines=[grid.lines[at] for at in kept],
        notes=[*grid.notes, f"{grid.path}: left out {rows} by a rule"],
    )


def _marks(
    titles: Sequence[str], grid: Grid, used: Collection[int], told: str | None
) -> list[VoidMarks]:
    """Find the rows that columns mark; refuse if the column that is said to is not there."""
    found = []
    is_there = not told
    for at, title in enumerate(titles):
        is_told = bool(told) and is_called(title, told)
        is_there |= is_told
        if is_told or (may_void(title) and at not in used):
            cells = Column.of([row[at] if at < len(row) else "" for row in grid.rows])
            found.append((title, cells))
    if not is_there:
        listed = visible(", ".join(filter(None, map(str.strip, titles))), 200)
        message = f"{grid.path} has no column {quoted(told or '')} that marks rows as void"
        raise LedgerError([Problem(grid.path, 0, message, hint=f"its columns are: {listed}")])
    return marks_of(found, told)


def _leave(found: Sequence[VoidMarks], grid: Grid) -> None:
    """Take marked rows out of a table, and say so; refuse where they need not be void."""
    for marks in found:
        if not marks.is_clear:
            first = grid.lines[marks.places[0]]
            raise OpenVoidError([grid.problem(first, *marks.question())])
    for marks in found:
        lines = [f"{grid.lines[place]:,}" for place in marks.places]
        if (note := f"{grid.path}: {marks.told(lines)}") not in grid.notes:
            grid.notes.append(note)
    for place in sorted((place for marks in found for place in marks.places), reverse=True):
        del grid.rows[place], grid.lines[place]
