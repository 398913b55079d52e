"""The columns of the owed map: who stands on which side, and how high the rows are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from refgraph.maps.kinds.owed import data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.maps.kinds.owed.data import Row

__all__ = ["CLOSE", "TWO_LINES", "Columns", "columns_of"]

CLOSE, WIDE = 25.5, 60.0  # pixels between two rows: the least, and the most
#: Pixels between two rows, from which on a name may take two lines.
TWO_LINES = 35.0
_MANY = 6  # rows that take the side of the other kind too, where that is empty


@dataclass(frozen=True)
class Columns:
    """The rows of both sides.

    Attributes
    ----------
    shown : list of Row
        All rows that are drawn.
    rest : dict
        By kind, the rows that are summed.
    left, right : list of Row
        Whom one owes, and where one went first; the even ones where there is nobody else, and
        many of one of the two kinds where there is none of the other.
    even : pair of list of Row
        The even ones below either side.
    level : bool
        Whether all rows are even.
    split : bool
        Whether many rows of one kind stand on both sides, since there is none of the other.
    """

    shown: list[Row]
    rest: dict[str, list[Row]]
    left: list[Row]
    right: list[Row]
    even: tuple[list[Row], list[Row]]
    level: bool
    split: bool = False

    @property
    def longest(self) -> int:
        """How many rows high the sides are."""
        mostly_even = len(self.even[0]) > max(len(self.left), len(self.right))
        return max(len(self.left), len(self.right), 2 if mostly_even else 6)

    @property
    def uneven(self) -> bool:
        """Whether the even ones are so many that they belong right below the others."""
        return len(self.even[0]) > min(len(self.left), len(self.right))

    @property
    def hub_radius(self) -> float:
        """How large the disc in the middle must be for its lanes."""
        lanes = 0
        for rows, even in zip((self.left, self.right), self.even, strict=True):
            met = [*rows, *even] if self.uneven else rows
            lanes = max(lanes, sum(len(row.lanes) for row in met))
        each = 3.5 if self.uneven or self.level else 2.3
        return min(max(each * lanes + 44, 66.0), 136.0)

    @property
    def pitch(self) -> float:
        """How many pixels lie between two rows on a page of no given height."""
        return min(max(860 / self.longest, CLOSE), 42.0 if self.level else 31.0)

    def below(self, first: float, pitch: float) -> float:
        """Give where the rows of those who are even begin, if the first row is at `first`."""
        last = first + (self.longest - 1) * pitch
        below = last + 44 + pitch if any(self.even) else last
        return below + pitch * any(self.level or kind != "even" for kind in self.rest)

    def end(self, first: float, pitch: float) -> float:
        """Give where the last row stands."""
        last_line = pitch * ("even" in self.rest and not self.level)
        return self.below(first, pitch) + (max(len(self.even[0]), 1) - 1) * pitch + last_line

    def high(self, pitch: float) -> float:
        """Give the height of the rows, and of what keeps them from the legend."""
        return self.end(0.0, pitch) + 50 + 14 * self.level

    def fitting(self, room: float) -> float:
        """Give the pixels between two rows that fill `room` pixels of height, within reason."""
        least = self.high(CLOSE)
        return min(CLOSE + (room - least) / (self.high(CLOSE + 1) - least), WIDE)

    def together(
        self, rows: int, even: int, pitch: float, span: tuple[float, float]
    ) -> tuple[list[float], list[float]]:
        """Stand the even ones of a side right below its other rows, all in the middle."""
        gap = 44 + pitch * (1 + bool(self.rest)) if rows and even else 0.0
        tall = (rows + even - 1 - bool(gap)) * pitch + gap
        top = max((sum(span) - tall) / 2, span[0])
        ys = [top + k * pitch for k in range(rows)]
        start = ys[-1] + gap if rows else top
        return ys, [start + k * pitch for k in range(even)]


def columns_of(
    rows: Sequence[Row], top: int, *, kept: str | None = None, room: float | None = None
) -> Columns:
    """Share rows among the sides, and sum up those for whom there is no room.

    Parameters
    ----------
    rows : sequence of Row
        All of them, in order.
    top : int
        How many on a side, at most; see :func:`refgraph.maps.kinds.owed.data.cut`.
    kept : str, optional
        Whose row is drawn whatever is cut.
    room : float, optional
        Pixels of height there are for the rows; as many as they need if not given.

    Returns
    -------
    Columns
        Higher than `room` only if nothing lower can be made of these rows.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> rows = data.rows_of(book, book.me, mine=True)
    >>> len(columns_of(rows, 30).shown), len(columns_of(rows, 3).shown)
    (10, 6)
    """
    lowest = _columns(list(rows), top, kept)
    for fewer in range(min(top, len(rows)), 0, -1):
        if room is None or lowest.high(CLOSE) <= room:
            break
        found = _columns(list(rows), fewer, kept)
        if found.high(CLOSE) < lowest.high(CLOSE):
            lowest = found
    return lowest


def _columns(rows: list[Row], top: int, kept: str | None) -> Columns:
    shown, rest = data.cut(rows, top, kept)
    left = [row for row in shown if row.kind == "owe"]
    right = [row for row in shown if row.kind == "first"]
    those = [row for row in shown if row.kind == "even"]
    even = those[::2], those[1::2]
    one = left or right
    if len(one) >= _MANY and not (left and right):
        return Columns(shown, rest, one[::2], one[1::2], even, level=False, split=True)
    if one:
        return Columns(shown, rest, left, right, even, level=False)
    return Columns(shown, rest, *even, ([], []), level=True)  # they have the page to themselves
