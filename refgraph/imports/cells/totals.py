"""Rows at the foot of a table that add up what is above them, and are nobody's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from refgraph.names.spelling import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["is_total"]

_WORDS = re.compile(
    r"(grand |sub-?)?(total|totals|totale|totaal|totaux|sum|summe|somme|suma|soma|gesamt"
    r"|gesamtsumme|insgesamt)( \w+)?:?"
)
_UNIT = r"[^\w]*([a-z]{1,3}[^\w]*)?"  # a currency, as a sign or as letters
_NUMBER = re.compile(_UNIT + r"\d[\d.,' \u2019\u00a0\u202f]*" + _UNIT)


def is_total(row: Sequence[str]) -> bool:
    """Tell whether a row says that it is a total, and holds nothing else but numbers.

    Examples
    --------
    >>> is_total(["Total", "", "$4,200.00"]), is_total(["", "Summe:", "3"])
    (True, True)
    >>> is_total(["Total Roofing", "Ann Lee", "won"]), is_total(["", "", "12"])
    (False, False)
    """
    cells = [bare(cell) for cell in row if cell.strip()]
    if not cells or not _WORDS.fullmatch(cells[0]):
        return False
    return all(_NUMBER.fullmatch(cell) for cell in cells[1:])
