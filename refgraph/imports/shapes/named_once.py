"""Blocks of rows under a name that is written once: a blank cell says the same as the one above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem
from refgraph.imports.cells.totals import group_of, heading_rows, total_rows
from refgraph.imports.column_names import needed_for
from refgraph.imports.rules.headers import bare, places
from refgraph.imports.rules.ruleset import INFERRED
from refgraph.names.lookup import ME_WORDS
from refgraph.names.spelling import bare as bare_name
from refgraph.schema.text import argument, quoted, visible
from refgraph.schema.values import did_you_mean
from refgraph.wording import agree, count, which_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.recognise import Layout

__all__ = ["fill_blocks", "see_told"]

_KINDS = ("referrals", "personal")
_FEWEST = 2


def fill_blocks(layout: Layout, grid: Grid, told: Collection[str], me: str | None = None) -> None:
    """Put the name above for the blank cells of a block that it heads.

    It is so where that was said of a column; where a total ends each block, as in a pivot, and
    names who heads it; and where the first column of a table names each
    person just once, at least half of its cells are blank, and those rows name the other side.
    Where it may be so, the option that says it is told. Of contacts it always is: a blank
    referrer may be nobody.

    Parameters
    ----------
    layout : Layout
        What the columns mean.
    grid : Grid
        What stands below the header, which is changed; it is told what was decided.
    told : collection of str
        The headers of which it was said, in small letters.
    """
    told_at = [at for at, title in enumerate(layout.titles) if bare(title) in told]
    is_own = layout.rules.is_own
    sides = _sides(layout)
    if is_own and not told_at:  # a blank cell of our tables is one, but for those of a pivot
        sides = [at for at in sides if any(group_of(_at(row, at)) for row in grid.rows)]
    left = {*total_rows(grid.rows), *heading_rows(grid.rows)} if told_at or sides else set()
    rows = [at for at in range(len(grid.rows)) if at not in left]
    for at in dict.fromkeys((*told_at, *sides)):
        cells = [_cell(grid, row, at) for row in rows]
        blank = [row for row, cell in zip(rows, cells, strict=True) if not cell]
        named = [cell for cell in cells if cell]
        if not blank or not (cells[0] or at in told_at):
            continue
        title = layout.titles[at].strip()
        is_pivot = _ends_blocks(grid, rows, left, at)
        if is_own and not (is_pivot or at in told_at):
            continue
        if layout.kind == "contacts" and at not in told_at:
            grid.notes += [_say_referrer(grid, title, len(blank))] * (len({*named}) == len(named))
            continue
        others = [side for side in sides if side != at]
        whole = all(_cell(grid, row, side) for row in blank for side in others)
        is_block = len({*named}) == len(named) >= _FEWEST and len(blank) >= len(named)
        mine = {*ME_WORDS, bare_name(me or "")} - {""}
        both = [
            {bare_name(_cell(grid, row, side)) in mine for side in others for row in some}
            for some in ([row for row in rows if row not in {*blank}], blank)
        ]
        is_block = is_block and both != [{True}, {False}]  # blank may be me
        first = next((k for k, each in enumerate(layout.titles) if each.strip()), 0)
        if at in told_at or is_pivot or (is_block and whole and at == first):
            _fill(grid, rows, at)
            grid.notes.append(
                f"{grid.path}: {count(len(blank), 'blank cell')} under {quoted(title)} "
                f"{agree(len(blank), 'says')} the same as the one above"
            )
        elif whole:
            grid.notes.append(
                f"{grid.path}: {count(len(blank), 'cell')} under {quoted(title)} "
                f"{agree(len(blank), 'is')} blank; if that says the same as the one above: "
                f"--above {argument(title)}"
            )


def _sides(layout: Layout) -> list[int]:
    """Give the places of the columns whose blank cells may say the same as the one above."""
    names: Collection[str] = ()
    if layout.kind == "contacts" and layout.rules.name == INFERRED:
        names = ("referrer",)
    elif layout.kind in _KINDS:  # where a side is constant, blank is me
        names = [name for name in needed_for(layout.kind) if name not in layout.rules.constants]
    told = (layout.columns.get(name, ()) for name in names)
    return [options[0][0] for options in told if len(options) == 1]


def _say_referrer(grid: Grid, title: str, blank: int) -> str:
    """Say that those with a blank referrer count as referred by nobody, and the other way."""
    return (
        f"{grid.path}: {count(blank, 'cell')} under {quoted(title)} {agree(blank, 'is')} blank, "
        f"and {which_of(blank, 'its row says', 'their rows say')} no referral; if blank "
        f"says the same as the one above: --above {argument(title)}"
    )


def see_told(path: str, row: Sequence[str], told: Collection[str]) -> None:
    """Refuse a column that is said to say the same as above, and that is not there.

    Parameters
    ----------
    path : str
        The file.
    row : sequence of str
        Its header.
    told : collection of str
        The headers of which it was said, in small letters.

    Raises
    ------
    LedgerError
        If the header has none of the name.
    """
    there = places(row)
    if missing := [name for name in told if name not in there]:
        near = did_you_mean(missing[0], there)
        listed = visible(", ".join(filter(None, map(str.strip, row))), 200)
        hint = f"did you mean {argument(row[there[near]].strip())}? " if near else ""
        message = f"there is no column {quoted(missing[0])}, in which blank would say the same"
        raise LedgerError([Problem(path, 0, message, hint=f"{hint}columns are: {listed}")])


def _ends_blocks(grid: Grid, rows: Sequence[int], left: Collection[int], at: int) -> bool:
    """Tell whether a total names each one who heads blank cells of a column, as in a pivot."""
    totals = {group_of(_cell(grid, row, at)) for row in left} - {""}
    head, heads = "", set()
    for row in rows:
        cell = _cell(grid, row, at)
        heads |= {head} if not cell else set()
        head = cell.casefold() or head
    return bool(totals) and heads <= totals


def _cell(grid: Grid, row: int, at: int) -> str:
    return _at(grid.rows[row], at)


def _at(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def _fill(grid: Grid, rows: Collection[int], at: int) -> None:
    """Put the last text of a column for the blank cells below it."""
    last = ""
    for row in rows:
        cells = grid.rows[row]
        if at < len(cells):
            last = cells[at] if cells[at].strip() else last
            cells[at] = last
        elif grid.ragged:
            cells += [*[""] * (at - len(cells)), last]
