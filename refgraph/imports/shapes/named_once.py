"""Blocks of rows under a name that is written once: a blank cell says the same as the one above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.imports.cells.totals import heading_rows, total_rows
from refgraph.imports.column_names import needed_for
from refgraph.imports.rules.headers import bare
from refgraph.names.lookup import ME_WORDS
from refgraph.names.spelling import bare as bare_name
from refgraph.schema.text import argument, quoted
from refgraph.wording import agree, count

if TYPE_CHECKING:
    from collections.abc import Collection

    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.recognise import Layout

__all__ = ["fill_blocks"]

_KINDS = ("referrals", "personal")
_FEWEST = 2


def fill_blocks(layout: Layout, grid: Grid, told: Collection[str], me: str | None = None) -> None:
    """Put the name above for the blank cells of a block that it heads.

    It is so where that was said of a column; and where the first column of a table names each
    person just once, at least half of its cells are blank, and those rows name the other side.
    Where it may be so, the option that says it is told.

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
    if layout.kind not in _KINDS:
        sides: list[int] = []
    else:
        blank_is_me = {name for name in needed_for(layout.kind) if name in layout.rules.constants}
        sides = [
            options[0][0]
            for name in needed_for(layout.kind)
            if name not in blank_is_me and len(options := layout.columns.get(name, ())) == 1
        ]
    left = {*total_rows(grid.rows), *heading_rows(grid.rows)} if told_at or sides else set()
    rows = [at for at in range(len(grid.rows)) if at not in left]
    for at in dict.fromkeys((*told_at, *sides)):
        cells = [_cell(grid, row, at) for row in rows]
        blank = [row for row, cell in zip(rows, cells, strict=True) if not cell]
        named = [cell for cell in cells if cell]
        if not blank or not cells[0]:
            continue
        others = [side for side in sides if side != at]
        whole = all(_cell(grid, row, side) for row in blank for side in others)
        title = layout.titles[at].strip()
        is_block = len({*named}) == len(named) >= _FEWEST and len(blank) >= len(named)
        mine = {*ME_WORDS, bare_name(me or "")} - {""}
        both = [
            {bare_name(_cell(grid, row, side)) in mine for side in others for row in some}
            for some in ([row for row in rows if row not in {*blank}], blank)
        ]
        is_block = is_block and both != [{True}, {False}]  # blank may be me
        first = next((k for k, each in enumerate(layout.titles) if each.strip()), 0)
        if at in told_at or (is_block and whole and at == first):
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


def _cell(grid: Grid, row: int, at: int) -> str:
    cells = grid.rows[row]
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
