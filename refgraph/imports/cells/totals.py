"""Rows that say totals are found by what they are: a word for it, or the sums of their columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from refgraph.imports.cells.amounts import MARKS, settle_amounts

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["total_rows"]

# English, German, French, Spanish, Italian, Dutch, Portuguese.
_WORD = re.compile(
    r"(?:(?:grand |sub-?|sous-)?(?:totals?|totale|totaal|totaux|totali|totales|totais)"
    r"|sums?|summe|gesamt(?:summe)?|zwischensumme|endsumme|insgesamt|somme|suma|somma|soma|som"
    r"|eindtotaal|subtotaal|subtotale)"
    r"(?: (?:referrals?|fees?|amount|value|revenue|income|given|received|sent|paid|general|"
    r"général|generale|geral|algemeen|[12][0-9]{3}))?"
    r" ?[:=]?(?: ?[$£€]?[0-9][0-9.,]* ?[€%]?)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-+]?(?:R?[$£€¥₹]|[A-Z]{3})? ?[0-9][0-9., ']*(?: ?(?:[€$£%]|[A-Z]{3}))?")
_FOOT = 3  # a word alone is a total only among the last rows
_MOST = 200  # cells of a row


def total_rows(rows: Sequence[Sequence[str]]) -> list[int]:
    """Find the rows that say totals and no referral.

    Such a row has a word for a total and nothing else but numbers, one of which
    is the sum of what stands above it. At the foot of a table with numbers the
    word is enough, and so are numbers that are all such sums.

    Parameters
    ----------
    rows : sequence of sequence of str
        What stands under a header.

    Returns
    -------
    list of int
        Their positions.

    Examples
    --------
    >>> total_rows([["Ann Lee", "300"], ["Bo Park", "50"], ["Total", "350"]])
    [2]
    >>> total_rows([["Ann Lee", "300"], ["Bo Park", "50"], ["", "$350.00"]])
    [2]
    >>> total_rows([["Ann Lee", "3"], ["Total Energy", "5"], ["Total", ""]])
    [2]
    """
    found: list[int] = []
    sums: dict[int, _Sums] = {}
    start = 0  # where the rows begin that the next total is of
    for at, row in enumerate(rows):
        cells = _cells_of_total(row)
        words = {place: cell for place, cell in cells.items() if not _NUMBER.fullmatch(cell)}
        foot = at >= len(rows) - _FOOT
        if not cells or any(not _WORD.fullmatch(word) for word in words.values()):
            continue
        if not (foot or words):
            continue
        agree = [
            sums.setdefault(place, _Sums(place, start)).has_sum(rows, at, cell)
            for place, cell in cells.items()
        ]
        if words:
            ((place, word),) = words.items()
            is_total = at > 0 and any(agree)
            if at > 0 and foot and not is_total:
                is_total = len(cells) > 1 or word[-1].isdigit() or _counts(rows, place)
        else:
            is_total = all(agree)
        if is_total:
            found.append(at)
            start = at + 1
            sums.clear()
    return found


def _cells_of_total(row: Sequence[str]) -> dict[int, str]:
    """Give the cells of a row that may say a total; none where two of them are words."""
    cells: dict[int, str] = {}
    words = 0
    for place, text in enumerate(row[:_MOST]):
        if cell := " ".join(text.split()):
            cells[place] = cell
            words += not _NUMBER.fullmatch(cell)
            if words > 1:
                return {}
    return cells


@dataclass(slots=True)
class _Sums:
    """The sums of a column up to some row, by either decimal mark.

    Attributes
    ----------
    place : int
        The column.
    upto : int
        The rows above this one are in it.
    count : int
        How many cells are.
    by_mark : dict of str to Decimal
        The sum by each mark by which all of them are numbers.
    """

    place: int
    upto: int
    count: int = 0
    by_mark: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(MARKS, Decimal()))

    def has_sum(self, rows: Sequence[Sequence[str]], at: int, cell: str) -> bool:
        """Tell whether a number is the sum of the two or more cells above it."""
        for row in map(rows.__getitem__, range(self.upto, at)):
            if self.place < len(row) and row[self.place].strip():
                self.count += 1
                for mark in [*self.by_mark]:
                    self._add(mark, row[self.place])
        self.upto = at
        if self.count < 2 or not _NUMBER.fullmatch(cell):
            return False
        return any(_number(cell, mark) == total for mark, total in self.by_mark.items())

    def _add(self, mark: str, text: str) -> None:
        number = _number(text, mark)
        if number is None:
            del self.by_mark[mark]
        else:
            self.by_mark[mark] += number


_READ = {mark: settle_amounts((), mark) for mark in MARKS}


def _number(text: str, mark: str) -> Decimal | None:
    """Read a number by a decimal mark; nothing if it is none."""
    try:
        number = Decimal(_READ[mark](text))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _counts(rows: Sequence[Sequence[str]], name: int) -> bool:
    """Tell whether any other column than that of the word holds nothing but numbers."""
    width = min(_MOST, max(map(len, rows)))
    for place in range(width):
        cells = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        if place != name and cells and all(map(_NUMBER.fullmatch, cells)):
            return True
    return False
