"""Marks that people write in cells: the same as above, and struck through."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.reading.sheets.struck_rows import CROSSED, say_struck
from refgraph.schema.text import quoted, visible
from refgraph.wording import count

if TYPE_CHECKING:
    from refgraph.imports.cells.sheet import Grid

__all__ = ["read_marks"]

#: What says the same as the cell above it. `do` without its point is a name.
_DITTO = re.compile(
    r"""["'\u201c\u201d\u201e\u2033\u3003]{1,2}|,,"""
    r"""|[-\u2013\u2014] ?["\u201d\u3003] ?[-\u2013\u2014]"""
    r"|do\.|dto\.?|dit?to|idem|id\.|as above|same as above|see above|wie oben|s\. ?o\."
    r"|comme ci-dessus|come sopra|igual que arriba|zie boven|idem acima",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"~~[^~]+~~")


def read_marks(grid: Grid) -> None:
    """Put what stands above for the marks that repeat it; leave out what is struck through.

    Parameters
    ----------
    grid : Grid
        What stands below a header, which is changed; it is told what was decided.

    Examples
    --------
    >>> from refgraph.imports.cells.sheet import Grid
    >>> grid = Grid("a.csv", [["Ann Lee", "Cy"], ['"', "Di"], ["~~Bo~~", "~~Ed~~"]], [2, 3, 4])
    >>> read_marks(grid)
    >>> grid.rows, grid.lines, len(grid.notes)
    ([['Ann Lee', 'Cy'], ['Ann Lee', 'Di']], [2, 3], 2)
    """
    times, first = 0, ""
    for above, row in zip(grid.rows, grid.rows[1:], strict=False):
        for at, cell in enumerate(row):
            if not _DITTO.fullmatch(cell.strip()) or at >= len(above) or not above[at].strip():
                continue
            if not _DITTO.fullmatch(above[at].strip()):
                times, first = times + 1, first or cell.strip()
                row[at] = above[at]
    if times:
        grid.notes.append(
            f"{grid.path}: {count(times, 'cell', 'says')} the same as the one above ({first!r})"
        )
    _leave_struck(grid)


def _leave_struck(grid: Grid) -> None:
    """Leave out the rows all of which is struck through; of others, ask about what is."""
    struck = []
    faults = {**grid.faults}
    for at, row in enumerate(grid.rows):
        filled = [place for place, cell in enumerate(row) if cell.strip()]
        marked = [place for place in filled if _STRUCK.search(row[place])]
        whole = [place for place in marked if _STRUCK.fullmatch(row[place].strip())]
        if whole and len(whole) == len(filled):
            struck.append(at)
            continue
        for place in marked:
            message = f"{quoted(visible(row[place].strip(), 40))} is struck through"
            faults[grid.lines[at], place] = (message, CROSSED)
    grid.faults = faults
    if not struck:
        return
    grid.notes.append(say_struck(grid.path, [grid.lines[at] for at in struck]))
    for at in reversed(struck):
        del grid.rows[at], grid.lines[at]
