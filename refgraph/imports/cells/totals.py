"""Rows that say totals are found by what they are: a word for it, or the sums of their columns."""

from __future__ import annotations

import re
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
_MOST_TRIED = 200  # rows: each is compared with all above it


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
    start = tried = 0  # where the rows begin that the next total is of
    for at, row in enumerate(rows):
        cells = {place: " ".join(cell.split()) for place, cell in enumerate(row[:_MOST])}
        cells = {place: cell for place, cell in cells.items() if cell}
        words = {place: cell for place, cell in cells.items() if not _NUMBER.fullmatch(cell)}
        if len(words) > 1 or not cells:
            continue
        foot = at >= len(rows) - _FOOT
        if any(not _WORD.fullmatch(word) for word in words.values()) or not (foot or words):
            continue
        tried += 1
        if tried > _MOST_TRIED:
            break
        above = rows[start:at]
        sums = [_is_sum(cell, _column(above, place)) for place, cell in cells.items()]
        if words:
            ((place, word),) = words.items()
            numbers = len(cells) > 1 or word[-1].isdigit() or _counts(rows, place)
            is_total = at > 0 and ((foot and numbers) or any(sums))
        else:
            is_total = all(sums)
        if is_total:
            found.append(at)
            start = at + 1
    return found


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in rows if place < len(row) and row[place].strip()]


def _counts(rows: Sequence[Sequence[str]], name: int) -> bool:
    """Tell whether any other column than that of the word holds nothing but numbers."""
    width = min(_MOST, max(map(len, rows)))
    for place in range(width):
        cells = [cell.strip() for cell in _column(rows, place)]
        if place != name and cells and all(map(_NUMBER.fullmatch, cells)):
            return True
    return False


def _is_sum(cell: str, above: Sequence[str]) -> bool:
    """Tell whether a number is the sum of two or more others, by either decimal mark."""
    for mark in MARKS if len(above) > 1 and _NUMBER.fullmatch(cell) else ():
        try:
            read = settle_amounts((), mark)
            numbers = [Decimal(read(text)) for text in above]
            if sum(numbers) == Decimal(read(cell)):
                return True
        except InvalidOperation:
            continue
    return False
