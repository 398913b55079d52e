"""One part of a review, and the small words it is written with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FEW", "Section", "count", "joined", "rest"]

#: Rows of the parts that are not the main ones.
FEW = 5


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page.

    Attributes
    ----------
    title : str
        What it answers.
    sentences : tuple of str
        The answer.
    table : DataFrame or None
        The rows under it.
    items : tuple of (str, str)
        Numbered points instead of a table: who, and why.
    note : str
        What stands under the rows.
    """

    title: str
    sentences: tuple[str, ...]
    table: pd.DataFrame | None = None
    items: tuple[tuple[str, str], ...] = field(default=())
    note: str = ""

    @property
    def told(self) -> str:
        """The answer as one paragraph."""
        return joined(*self.sentences)


def count(number: int, noun: str) -> str:
    """``1 person``, ``3 people``.

    Examples
    --------
    >>> count(1, "person"), count(1200, "person"), count(0, "referral")
    ('1 person', '1,200 people', '0 referrals')
    """
    plural = "people" if noun == "person" else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def joined(*parts: str) -> str:
    """Sentences one after the other, without the empty ones.

    Examples
    --------
    >>> joined("Nothing is open.", "", "You went first.")
    'Nothing is open. You went first.'
    """
    return " ".join(filter(None, parts))


def rest(table: pd.DataFrame, command: str, shown: int) -> str:
    """How many rows of a table are not shown, and the command that shows them."""
    left = len(table) - shown
    if left <= 0:
        return ""
    return f"{left:,} more" + (f": {command}" if command else "") + "."
