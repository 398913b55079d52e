"""Cells of a sheet that are merged downwards: what the first one holds is said of every row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from refgraph.imports.cells.amounts import is_amount
from refgraph.wording import agree, count

if TYPE_CHECKING:
    from refgraph.imports.cells.sheet import Grid

__all__ = ["with_merged"]


def with_merged(grid: Grid) -> Grid:
    """Put the text of merged cells of one column into each row that they cover.

    An amount stays where it stands: whether it is of each row, or of all of them together, is
    not said, and such rows are refused as they were.

    Parameters
    ----------
    grid : Grid
        What stands below a header; it is told what was decided.

    Examples
    --------
    >>> from refgraph.imports.cells.sheet import Grid
    >>> fault = {(3, 0): ("cell A3 is merged with A2", "undo the merging")}
    >>> rows = [["Ann Lee", "Cy"], ["", "Di"]]
    >>> made = with_merged(Grid("a.xlsx", rows, [2, 3], faults=fault, merged={(3, 0): 2}))
    >>> made.rows, made.faults
    ([['Ann Lee', 'Cy'], ['Ann Lee', 'Di']], {})
    """
    if not grid.merged:
        return grid
    places = {line: at for at, line in enumerate(grid.lines)}
    filled: dict[tuple[int, int], str] = {}
    for (line, at), top in grid.merged.items():
        if line in places and top in places and (line, at) in grid.faults:
            above = grid.rows[places[top]]
            text = above[at] if at < len(above) else ""
            if text.strip() and not is_amount(text):
                filled[line, at] = text
    if not filled:
        return grid
    rows = [*grid.rows]
    for line in {line for line, _ in filled}:
        rows[places[line]] = [*rows[places[line]]]
    for (line, at), text in filled.items():
        rows[places[line]][at] = text
    many = len(filled)
    note = (
        f"{grid.path}: {count(many, 'cell')} that {agree(many, 'is')} merged with one above "
        f"{agree(many, 'says')} the same"
    )
    notes = grid.notes if note in grid.notes else [*grid.notes, note]
    faults = {place: fault for place, fault in grid.faults.items() if place not in filled}
    return replace(grid, rows=rows, faults=faults, notes=notes)
