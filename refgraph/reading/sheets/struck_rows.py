"""Rows that are struck through: who keeps a list by hand takes them out so."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from refgraph.reading.sheets.scan import MOST_COLUMNS, cells_of
from refgraph.wording import agree, count, pluralize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from refgraph.reading.sheets.scan import Run

__all__ = ["leave_struck", "say_struck"]

_MOST_LINES = 20


def leave_struck(
    path: str, rows: list[list[str]], lines: list[int], struck: Iterable[Run]
) -> list[str]:
    """Leave out the rows of which at least half of the cells are struck through, and say so.

    Parameters
    ----------
    path : str
        The file, for messages.
    rows, lines : list
        The rows of a sheet and their numbers, which are changed.
    struck : iterable of run
        The cells whose font is struck through.

    Examples
    --------
    >>> rows, lines = [["Ann Lee", "Cy"], ["Bo", ""]], [2, 3]
    >>> leave_struck("a.xlsx", rows, lines, [(3, 0, 1, 2)])
    ['a.xlsx: 1 row that is struck through is left out: line 3']
    >>> rows
    [['Ann Lee', 'Cy']]
    """
    places = {line: at for at, line in enumerate(lines)}
    marked: Counter[int] = Counter()
    for line, at in cells_of(struck, places, MOST_COLUMNS):
        row = rows[places[line]]
        marked[line] += at < len(row) and bool(row[at].strip())
    left = [
        places[line]
        for line, many in marked.items()
        if many and 2 * many >= sum(1 for cell in rows[places[line]] if cell.strip())
    ]
    if not left:
        return []
    left.sort()
    told = say_struck(path, [lines[at] for at in left])
    gone = {*left}
    rows[:] = [row for at, row in enumerate(rows) if at not in gone]
    lines[:] = [line for at, line in enumerate(lines) if at not in gone]
    return [told]


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
