"""Rows that are struck through: who keeps a list by hand takes them out so."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from refgraph.reading.sheets.scan import MOST_COLUMNS, cell_name, cells_of
from refgraph.wording import agree, count, pluralize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from refgraph.reading.sheets.scan import Run

__all__ = ["CROSSED", "leave_struck", "say_struck"]

_MOST_LINES = 20
_MOST_CELLS = 1_048_576  # that are struck are looked at
#: What to do with a cell that is struck through in a row that is not.
CROSSED = "strike the whole row to leave it out, or take the line off"
_DELETE = "delete what is struck through, or take the line off"


def leave_struck(
    path: str,
    rows: list[list[str]],
    lines: list[int],
    struck: Iterable[Run],
    partly: Iterable[Run] = (),
) -> tuple[list[str], dict[tuple[int, int], tuple[str, str]]]:
    """Leave out the rows all of which is struck through, and say so.

    Of a row that is struck in part, it is not known what was meant: each such cell is a fault.

    Parameters
    ----------
    path : str
        The file, for messages.
    rows, lines : list
        The rows of a sheet and their numbers, which are changed.
    struck, partly : iterable of run
        The cells whose font is struck through, and those of whose text a part is.

    Returns
    -------
    tuple of (list of str, dict)
        What was left out; and from the line and place of a cell to what is wrong with it, and
        a remedy.

    Examples
    --------
    >>> rows, lines = [["Ann Lee", "Cy"], ["Bo", ""], ["Di", "Ed"]], [2, 3, 4]
    >>> leave_struck("a.xlsx", rows, lines, [(3, 0, 2, 1)])[0]
    ['a.xlsx: 1 row that is struck through is left out: line 3']
    >>> rows
    [['Ann Lee', 'Cy'], ['Di', 'Ed']]
    """
    places = {line: at for at, line in enumerate(lines)}
    marked: dict[int, set[int]] = {}
    for line, at in islice(cells_of(struck, places, MOST_COLUMNS), _MOST_CELLS):
        row = rows[places[line]]
        if at < len(row) and row[at].strip():
            marked.setdefault(line, set()).add(at)
    gone = {
        places[line]
        for line, cells in marked.items()
        if len(cells) == sum(1 for cell in rows[places[line]] if cell.strip())
    }
    faults = {
        (line, at): (
            f"cell {cell_name(at, line)} is struck through, and not its whole row",
            CROSSED,
        )
        for line, cells in marked.items()
        if places[line] not in gone
        for at in cells
    }
    for line, at in islice(cells_of(partly, places, MOST_COLUMNS), _MOST_CELLS):
        message = f"part of the text of cell {cell_name(at, line)} is struck through"
        faults[line, at] = (message, _DELETE)
    told = [say_struck(path, [lines[at] for at in sorted(gone)])] if gone else []
    rows[:] = [row for at, row in enumerate(rows) if at not in gone]
    lines[:] = [line for at, line in enumerate(lines) if at not in gone]
    return told, faults


def say_struck(path: str, lines: Sequence[int]) -> str:
    """Say which rows are left out.

    Examples
    --------
    >>> say_struck("a.csv", [4, 1200])
    'a.csv: 2 rows that are struck through are left out: lines 4, 1,200'
    """
    shown = ", ".join(f"{line:,}" for line in lines[:_MOST_LINES])
    shown += ", ..." * (len(lines) > _MOST_LINES)
    many = len(lines)
    return (
        f"{path}: {count(many, 'row')} that {agree(many, 'is')} struck through "
        f"{agree(many, 'is')} left out: {pluralize(many, 'line')} {shown}"
    )
