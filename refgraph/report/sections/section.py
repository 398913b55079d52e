"""One part of a review, and the small words it is written with."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isnan
from typing import TYPE_CHECKING

from refgraph.wording import percent

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.book.book import Book

__all__ = [
    "FEW",
    "LONG",
    "RANGES",
    "Section",
    "despite_window",
    "joined",
    "ranged",
    "rest",
    "rows_used",
]

#: Rows of the parts that are not the main ones.
FEW = 5
#: Rows of a command's table that are printed without ``--all``.
LONG = 40
#: What the ranges beside shares mean, for a page or a table that shows any.
RANGES = "Ranges: 95 % intervals for pairs of people like these; this book's counts are exact."


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


def joined(*parts: str) -> str:
    """Sentences one after the other, without the empty ones.

    Examples
    --------
    >>> joined("Nothing is open.", "", "You went first.")
    'Nothing is open. You went first.'
    """
    return " ".join(filter(None, parts))


def despite_window(book: Book) -> str:
    """Say, where only some days are looked at, that all of them were used.

    Examples
    --------
    >>> from refgraph import Book
    >>> despite_window(Book.sample()), despite_window(Book.sample().window(last="1y"))
    ('', 'The whole record is used, whatever the window.')
    """
    return "The whole record is used, whatever the window." if book.windowed else ""


def rows_used(book: Book) -> tuple[str, str]:
    """Say which rows of a book its dates let a measure use, whatever the window."""
    left_out = "Referrals without a date are left out." if book.undated else ""
    return despite_window(book), left_out


def ranged(share: float, low: float, high: float) -> str:
    """Give a share in percent with its range.

    Examples
    --------
    >>> ranged(0.5, 0.24, 0.763), ranged(1.0, 0.65, 1.0)
    ('50%, range 24% to 76%', '100%, range 65% to 100%')
    """
    if isnan(low):
        return percent(share)
    return f"{percent(share)}, range {percent(low)} to {percent(high)}"


def rest(table: pd.DataFrame, command: str, shown: int) -> str:
    """How many rows of a table are not shown, and the command that shows all of them.

    Examples
    --------
    >>> import pandas as pd
    >>> rest(pd.DataFrame(index=range(9)), "refgraph owe BOOK", 8)
    '1 more: refgraph owe BOOK.'
    >>> rest(pd.DataFrame(index=range(50)), "refgraph owe BOOK", 8)
    '42 more: refgraph owe BOOK --all.'
    """
    left = len(table) - shown
    if left <= 0:
        return ""
    every = "" if len(table) <= LONG or command.endswith("--all") else " --all"
    return f"{left:,} more: {command}{every}."
