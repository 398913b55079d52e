"""Where the cells of a sheet stand, and what is wrong with some of them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = ["MOST_COLUMNS", "MOST_LINES", "Run", "Scan", "Unsafe", "cell_name", "cells_of"]
__all__ += ["check_room", "counted_in"]

#: The rows that a spreadsheet itself can hold.
MOST_LINES = 1_048_576
#: More columns than any table of referrals has.
MOST_COLUMNS = 1_000
# What one place in the grid between the outermost cells takes, or one text that cells share;
# and the memory that a workbook may ask for beside ten times its size.
_CELL, _ROOM = 64, 120_000_000

#: The first line and column of some cells, and how many lines and columns they cover.
Run = tuple[int, int, int, int]


class Unsafe(Exception):  # noqa: N818  # named by what a file is
    """A workbook that is not opened: its parts are no sheet, or declare entities.

    Parameters
    ----------
    message : str
        What is wrong with it; nothing for one that is damaged.
    hint : str
        What to do.
    """

    def __init__(self, message: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(slots=True)
class Scan:
    """What one sheet says of its cells; lines count from 1 and columns from 0.

    Attributes
    ----------
    errors : list of (run, str)
        Cells that hold an error, and what it is called. A run is its first line and
        column, and how many lines and columns it covers.
    unsaved : list of run
        Formulas whose result is not in the file.
    durations : list of run
        Cells of an OpenDocument file that hold a time span.
    merged : list of run
        Cells that are shown as one; the first of them holds the text.
    struck : list of run
        Cells whose font is struck through.
    partly : list of run
        Cells of whose text a part is struck through.
    hidden_lines, hidden_columns : list of (int, int)
        What a spreadsheet does not show: the first of a run, and how many.
    is_filtered : bool
        Whether a filter chooses which lines are shown.
    wide : (int, int) or None
        The first line with more columns than any table has, and how many.

    Examples
    --------
    >>> scan = Scan()
    >>> scan.place(2, 1)
    >>> scan.place(4, 3)
    >>> scan.area  # three lines of three columns
    9
    """

    errors: list[tuple[Run, str]] = field(default_factory=list)
    unsaved: list[Run] = field(default_factory=list)
    durations: list[Run] = field(default_factory=list)
    merged: list[Run] = field(default_factory=list)
    struck: list[Run] = field(default_factory=list)
    partly: list[Run] = field(default_factory=list)
    hidden_lines: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    is_filtered: bool = False
    wide: tuple[int, int] | None = None
    top: int = MOST_LINES + 1
    bottom: int = 0
    left: int = MOST_LINES
    right: int = -1

    def place(self, line: int, at: int) -> None:
        """Take note of a cell that holds something.

        Raises
        ------
        Unsafe
            No sheet has such a line.
        """
        if line > self.bottom:
            self.bottom = line
            if line > MOST_LINES:
                raise Unsafe
        self.top = min(self.top, line)
        if at > self.right:
            self.right = at
            if at >= MOST_COLUMNS and self.wide is None:
                self.wide = (line, at + 1)
        self.left = min(self.left, at)

    def strike(self, line: int, at: int, lines: int = 1, columns: int = 1) -> None:
        """Take note of cells that are struck through; those beside the last ones join them."""
        if self.struck and lines == 1:
            top, left, down, across = self.struck[-1]
            if (top, left + across, down) == (line, at, 1):
                self.struck[-1] = (line, left, 1, across + columns)
                return
        self.struck.append((line, at, lines, columns))

    def hide_lines(self, line: int, many: int = 1) -> None:
        """Take note of lines that are not shown; those that follow the last ones join them."""
        if not many:
            return
        if self.hidden_lines and sum(self.hidden_lines[-1]) == line:
            first, before = self.hidden_lines.pop()
            line, many = first, before + many
        self.hidden_lines.append((line, many))

    @property
    def area(self) -> int:
        """How many cells lie between the outermost ones."""
        return max(0, self.bottom - self.top + 1) * max(0, self.right - self.left + 1)


def check_room(cells: int, size: int) -> None:
    """Refuse a file of `size` bytes that asks for the room of so many cells.

    Raises
    ------
    Unsafe
        It is far more than it holds.
    """
    if cells * _CELL > _ROOM + 10 * size:
        message = f"this workbook asks for the room of {cells:,} cells, far more than it holds"
        raise Unsafe(message, "clear what stands far from the table, or save the sheet as CSV")


def cells_of(runs: Iterable[Run], lines: Collection[int], width: int) -> Iterator[tuple[int, int]]:
    """Give the cells that runs cover, on lines that are there and in so many columns.

    Examples
    --------
    >>> list(cells_of([(2, 1, 2, 9)], {2, 3, 4}, 3))
    [(2, 1), (2, 2), (3, 1), (3, 2)]
    """
    last = max(lines, default=0)
    for top, left, height, breadth in runs:
        for line in range(top, min(top + height, last + 1)):
            if line in lines:
                for at in range(left, min(left + breadth, width)):
                    yield line, at


def counted_in(runs: Iterable[tuple[int, int]], places: Iterable[int]) -> int:
    """Count the places that lie in runs, each its first place and how many.

    Examples
    --------
    >>> counted_in([(2, 3), (9, 1)], [1, 2, 4, 5, 9])
    3
    """
    found = sorted(places)
    return sum(bisect_left(found, first + many) - bisect_left(found, first) for first, many in runs)


def cell_name(at: int, line: int) -> str:
    """Name a cell as a spreadsheet does.

    Examples
    --------
    >>> cell_name(0, 2), cell_name(27, 3)
    ('A2', 'AB3')
    """
    letters, place = "", at + 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{line}"
