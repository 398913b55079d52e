"""Headers of two lines, and tables that lie on their side: tried where no line is a header."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from refgraph.imports.rules.headers import bare
from refgraph.imports.rules.infer import could_be_header, infer_rules
from refgraph.names.folded import fold
from refgraph.schema.text import quoted
from refgraph.wording import join_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from refgraph.imports.cells.sheet import Grid

__all__ = ["other_shapes", "turned_over"]

_MOST_LEAD = 10
_MOST_LINES = 60  # of a table on its side
#: What says of a column that it holds how many, which the line above it says of what.
_COUNTS = {"count", "number", "no", "qty", "anzahl", "nombre", "numero", "aantal", "quantidade"}


def other_shapes(grid: Grid) -> Iterator[Grid]:
    """Give what a sheet may be if none of its lines is a header.

    Parameters
    ----------
    grid : Grid
        The sheet.

    Examples
    --------
    >>> from refgraph.imports.cells.sheet import Grid
    >>> rows = [["Name", "Given", "", "Date"], ["", "Count", "Value", ""], ["Ann", "2", "5", "x"]]
    >>> [each.rows[0] for each in other_shapes(Grid("a.csv", rows, [1, 2, 3]))][0]
    ['Name', 'Given', 'Given Value', 'Date']
    """
    for at in range(min(len(grid.rows) - 2, _MOST_LEAD)):
        if titles := _two_lines(grid.rows[at], grid.rows[at + 1]):
            told = join_names([*map(quoted, filter(None, titles))])
            note = f"{grid.path}: two header lines are read as one: {told}"
            rows, lines = (
                [titles, *grid.rows[at + 2 :]],
                [grid.lines[at + 1], *grid.lines[at + 2 :]],
            )
            yield replace(grid, rows=rows, lines=lines, notes=[*grid.notes, note])


def _two_lines(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Join two header lines, each title above with those below it; nothing if they are none."""
    width = max(len(above), len(below))
    top = [*map(str.strip, above), *[""] * (width - len(above))]
    sub = [*map(str.strip, below), *[""] * (width - len(below))]
    if any(any(map(str.isdigit, each)) for each in (*top, *sub)):
        return []
    spans = any(top[at] and not top[at + 1] and sub[at + 1] for at in range(width - 1))
    if not spans or not any(top[at] and not sub[at] for at in range(width)):
        return []
    titles, over = [], ""
    for title, part in zip(top, sub, strict=True):
        over = title or (over if part else "")
        titles.append(over if fold(part) in _COUNTS else " ".join(filter(None, (over, part))))
    return titles


def turned_over(grid: Grid) -> Grid | None:
    """Turn a table whose headers stand in its first column; None if they do not.

    Parameters
    ----------
    grid : Grid
        The sheet; it is told what was made of it.

    Examples
    --------
    >>> from refgraph.imports.cells.sheet import Grid
    >>> rows = [["From", "Ann Lee", "Bo Park"], ["To", "Cy Dunn", "Ann Lee"]]
    >>> turned_over(Grid("a.csv", rows, [1, 2])).rows
    [['From', 'To'], ['Ann Lee', 'Cy Dunn'], ['Bo Park', 'Ann Lee']]
    >>> rows = [["Way", "Who", "Day"], ["Gave to", "Bo", "1 May"], ["Got from", "Cy", "2 May"]]
    >>> turned_over(Grid("a.csv", [*rows, ["Gave to", "Di", "3 May"]], [1, 2, 3, 4])) is None
    True
    """
    width = max(map(len, grid.rows), default=0)
    if not 2 <= len(grid.rows) <= _MOST_LINES or width < 3:
        return None
    full = [[*row, *[""] * (width - len(row))] for row in grid.rows]
    header, *rows = [[*each] for each in zip(*full, strict=True)]
    rows = [row for row in rows if any(map(str.strip, row))]
    titles = [*filter(None, map(bare, header))]
    if could_be_header(grid.rows[0]) or len({*titles}) < len(titles):
        return None  # a word that stands again is what a row says
    if not could_be_header(header) or infer_rules(header, rows) is None:
        return None
    note = f"{grid.path}: its headers stand in the first column: each column is read as a row"
    if note not in grid.notes:
        grid.notes.append(note)
    lines = [grid.lines[0], *[grid.lines[-1]] * len(rows)]
    return replace(grid, rows=[header, *rows], lines=lines, ragged=True)
