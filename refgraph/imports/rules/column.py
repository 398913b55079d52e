"""One column of a table that nobody has named: what its header says, and what its cells are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from refgraph.imports.cells.amounts import is_amount
from refgraph.imports.cells.date_order import is_partial, readings
from refgraph.imports.rules.turned import heading, says
from refgraph.imports.rules.words import DIRECTION_WORDS, TOTALS, is_name_like
from refgraph.names.blank_words import NOTHING, blank_word
from refgraph.names.folded import YES_NO, fold
from refgraph.names.lookup import as_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["MOST_ROWS", "Column", "columns_of", "is_day"]

#: How many rows are looked at, where a table is not so wide that these are too many cells.
MOST_ROWS = 400
_MOST_CELLS = 20_000
_LEAST_ROWS = 20
_ENOUGH = 0.8  # of the cells of a column


def is_day(cell: str) -> bool:
    """Tell whether a cell is a day, a month or a year.

    Examples
    --------
    >>> is_day("3/14/2026"), is_day("2026-03"), is_day("Ann")
    (True, True, False)
    """
    return bool(readings(cell)) or is_partial(cell)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, folded, and the cells that hold anything.

    Examples
    --------
    >>> column = Column(0, "Fee", "fee", ("$500", "300", "soon"))
    >>> column.says("value"), column.fitting(is_amount), column.is_amounts
    (True, 2, False)
    """

    at: int
    title: str
    header: str
    cells: tuple[str, ...]

    def says(self, role: str) -> bool:
        """Tell whether the header has a word of one of our columns."""
        return says(role, self.header)

    def fitting(self, holds: Callable[[str], bool]) -> int:
        """Count the cells of a kind."""
        return sum(map(holds, self.cells))

    @property
    def filled(self) -> int:
        """How many cells say more than that there is nothing."""
        return sum(blank_word(cell) != NOTHING for cell in self.cells)

    @property
    def is_dates(self) -> bool:
        """Whether its cells are days, but for a few."""
        return self._mostly(is_day)

    @property
    def is_amounts(self) -> bool:
        """Whether its cells are amounts, but for a few."""
        return self._mostly(is_amount)

    @property
    def is_names(self) -> bool:
        """Whether its cells have the words of names, but for a few."""
        return self._mostly(is_name_like)

    @property
    def is_yes_no(self) -> bool:
        """Whether each of its cells says yes or no, and names nobody."""
        return bool(self.cells) and all(fold(cell) in YES_NO for cell in self.cells)

    @property
    def is_counts(self) -> bool:
        """Whether its cells are whole numbers that do not number the rows."""
        whole = all(cell.removesuffix(".0").isdigit() or blank_word(cell) for cell in self.cells)
        numbered = [str(at + 1) for at in range(len(self.cells))] == [*self.cells]
        return whole and not (numbered and len(self.cells) > 2)

    @property
    def directions(self) -> set[str]:
        """The directions that it says, if each of its cells says one."""
        said = set()
        for word in map(fold, self.cells):
            if word in TOTALS:
                continue
            if word not in DIRECTION_WORDS:
                return set()
            said.add(DIRECTION_WORDS[word])
        return said

    def _mostly(self, holds: Callable[[str], bool]) -> bool:
        told = [cell for cell in self.cells if not blank_word(cell)]
        others, least = 0, _ENOUGH * len(told)
        for cell in told:
            others += not holds(cell)
            if len(told) - others < least:  # few columns are what is asked, and most say so soon
                return False
        return bool(told)


def columns_of(row: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """Give the columns of a table that have a header, with the cells of its first rows."""
    some = rows[: min(MOST_ROWS, max(_LEAST_ROWS, _MOST_CELLS // max(1, len(row))))]
    return [
        Column(
            at,
            title,
            heading(title),
            tuple(as_typed(each[at]) for each in some if at < len(each) and each[at].strip()),
        )
        for at, title in enumerate(row)
        if title.strip()
    ]
