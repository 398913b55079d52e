"""A table that names one of the two, and a column that is not read and names the other.

Such a table is taken for mine: who gave got nobody but me, or who got had it from me. A column
of names that holds me, or those of the other column again, says that it is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.imports.cells.date_order import readings
from refgraph.imports.cells.totals import plain_rows
from refgraph.imports.column_names import NEEDED
from refgraph.imports.rules.column import MOST_ROWS, columns_of
from refgraph.imports.rules.headers import places
from refgraph.imports.rules.ruleset import INFERRED
from refgraph.imports.rules.turned import heading, says
from refgraph.names.folded import YES_NO, fold
from refgraph.names.lookup import ME_WORDS
from refgraph.names.spelling import bare
from refgraph.schema.text import argument, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refgraph.errors import Problem
    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.column import Column
    from refgraph.imports.rules.recognise import Layout

__all__ = ["is_clerk", "see_other_side", "see_receivers"]

#: Who wrote a row is neither who gave nor who got.
_CLERK = re.compile(
    r"\b(enter|creat|modif|updat|edit|record|add|logg?|track|upload|verif|approv|check)\w* by\b"
    r"|^(coordinator|scribe|secretary|bearbeiter|erfasst von|saisi par)$"
)
_GOT = (NEEDED["referrals"][-1], "owner")
_FEWEST = 2
_HALF, _MOST = 0.5, 0.8  # of the names of a column that is left out; of one of who was referred


def see_other_side(layout: Layout, grid: Grid, me: str | None) -> None:
    """Refuse a table of mine in which a column that says no side names both sides' people.

    Parameters
    ----------
    layout : Layout
        What the columns of a table mean.
    grid : Grid
        What stands below its header.
    me : str, optional
        Whose referrals they are taken for.

    Raises
    ------
    LedgerError
        If there is such a column: it is asked what it says.
    """
    side = _side(layout)
    if side is None or len(layout.columns.get(side, ())) != 1:
        return
    columns = columns_of(layout.titles, plain_rows(grid.rows, MOST_ROWS))
    by_place = {each.at: each for each in columns}
    named = by_place.get(layout.columns[side][0][0])
    if named is None:
        return
    used = layout.used()
    for column in columns:
        if column is named or not column.is_names or is_clerk(column.header):
            continue
        if _is_other(column, named, me, _MOST * (column.at in used)):
            raise LedgerError([_asked(grid, column, named, side)])


def is_clerk(header: str) -> bool:
    """Tell whether a header says who wrote a row.

    Examples
    --------
    >>> is_clerk("entered by"), is_clerk("referred by")
    (True, False)
    """
    return _CLERK.search(header) is not None


def see_receivers(layout: Layout, grid: Grid, me: str | None) -> None:
    """Refuse contacts with a column that names who got each: not all of them came to me.

    Parameters
    ----------
    layout : Layout
        What the columns of a table mean.
    grid : Grid
        What stands below its header.
    me : str, optional
        Whose referrals they are taken for.

    Raises
    ------
    LedgerError
        If there is such a column: it is asked what it says.
    """
    if layout.kind != "contacts" or "referrer" not in layout.columns:
        return
    names = places(layout.titles)
    used = layout.used()
    for header, at in names.items():
        if at in used or not any(says(role, heading(header)) for role in _GOT):
            continue
        cells = [(line, row[at].strip()) for line, row in _rows(grid) if at < len(row)]
        if all(fold(cell) in YES_NO or readings(cell) for _, cell in cells if cell):
            continue  # whether and when something was sent, and not to whom
        mine = {"", fold(me or "")}
        if found := next(((line, cell) for line, cell in cells if fold(cell) not in mine), None):
            title, (line, cell) = quoted(layout.titles[at].strip()), found
            message = f"the column {title} says who got a referral, like {quoted(cell)}"
            giver = layout.titles[layout.columns["referrer"][0][0]].strip()
            got = layout.titles[at].strip()
            hint = (
                f"if it is who got it: --columns {argument(f'giver={giver},receiver={got}')}; "
                f"if not: --columns {argument(f'note={got}')}"
            )
            raise LedgerError([grid.problem(line, message, hint)])


def _rows(grid: Grid) -> Iterator[tuple[int, Sequence[str]]]:
    return zip(grid.lines, grid.rows, strict=True)


def _side(layout: Layout) -> str | None:
    """Name the column of the one side that a table of mine names."""
    if layout.rules.name != INFERRED or not layout.line:
        return None
    if layout.kind == "contacts" and "referrer" in layout.columns:
        return "referrer"
    if layout.kind == "personal" and "direction" not in layout.columns:
        return NEEDED["personal"][-1]
    return None


def _is_other(column: Column, named: Column, me: str | None, least: float) -> bool:
    """Tell whether a column has the people of the other one again, or me beside others."""
    names, others = {*map(bare, column.cells)}, {*map(bare, named.cells)}
    mine = names & {*ME_WORDS, bare(me or "")} - {""}
    if mine and names - mine and not least:
        return True
    both = names & others
    return len(both) >= _FEWEST and len(both) >= (least or _HALF) * len(names)


def _asked(grid: Grid, column: Column, named: Column, side: str) -> Problem:
    """Ask what the column says."""
    title, other = column.title.strip(), named.title.strip()
    giver, receiver = (other, title) if side == "referrer" else (title, other)
    message = (
        f"{quoted(title)} names people as {quoted(other)} does, and may say who "
        f"{'got' if side == 'referrer' else 'gave'}"
    )
    hint = (
        f"if it does: --columns {argument(f'giver={giver},receiver={receiver}')}; "
        f"if not: --columns {argument(f'note={title}')}"
    )
    return grid.problem(grid.lines[0] if grid.lines else 0, message, hint)
