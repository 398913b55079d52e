"""Where everything stands: a row for each handoff, and in it each referral to one scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from refgraph.maps.kinds.pipeline.data import CLOSED, OPEN

if TYPE_CHECKING:
    from refgraph.maps.kinds.pipeline.data import Level, Pipeline, Segment

__all__ = [
    "BAR",
    "LINE",
    "ROW",
    "TALL",
    "TALLER",
    "TWO",
    "Bar",
    "Block",
    "Placed",
    "arrange",
    "bottom_of",
]

ROW, BAR, LINE = 66.0, 30.0, 30.0  # of a handoff, of its bar, of a line of the list below
TALL, TALLER = 86.0, 104.0  # of a handoff whose words stand over its bar, on a line and on two
TWO = 46.0  # of an entry of the list that takes two lines
_UNIT, _LEAST = 20.0, 4.0  # pixels of one referral at most; from so many on each stands alone
_MANY = 1500  # with more rows than that a bar is one block
_TITLE, _LIST = 44.0, 66.0  # over the bars, and over the list


@dataclass(frozen=True, slots=True)
class Block:
    """Part of a bar: a referral of two people, or all of one state and nobody's."""

    left: float
    right: float
    tie: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Bar:
    """The referrals of a row in one state, from left to right."""

    segment: Segment
    left: float
    right: float
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """The page: where the axis is, the height of each row, and its bars.

    Attributes
    ----------
    axis : float
        Where what is open ends and what is closed begins.
    rows : tuple of (float, Level, tuple of Bar)
        The middle of each bar, from above.
    foot : float
        Where the rows end.
    gap : float
        Pixels left free between two referrals.
    overall : float or None
        The middle of the row of all levels together; None where there is one alone.
    is_alone : bool
        Whether each referral stands alone, not in a bar of all of its state.
    """

    axis: float
    rows: tuple[tuple[float, Level, tuple[Bar, ...]], ...]
    foot: float
    gap: float
    overall: float | None
    is_alone: bool


def arrange(found: Pipeline, top: float, left: float, right: float, row: float = ROW) -> Placed:
    """Place the rows below `top`, each so high, and the bars between two sides.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.maps.kinds.pipeline.data import pipeline_of
    >>> placed = arrange(pipeline_of(Book.sample()), 0, 0, 100)
    >>> [round(bar.right - bar.left) for bar in placed.rows[-1][2]]
    [33, 11]
    """
    open_most = max(level.total(OPEN) for level in found.levels)
    done_most = max(level.total(CLOSED) for level in found.levels)
    unit = min(_UNIT, (right - left) / (open_most + done_most))
    free = right - left - unit * (open_most + done_most)
    axis = left + free / 2 + unit * open_most
    many = sum(len(segment.ties) for level in found.levels for segment in level.segments)
    is_alone = many <= _MANY
    rows = []
    for k, level in enumerate(found.levels):
        y = top + _TITLE + row * (k + 0.5)
        at, bars = axis - unit * level.total(OPEN), []
        for segment in level.segments:
            bars.append(_bar(segment, at, unit, is_alone=is_alone))
            at = bars[-1].right
        rows.append((y, level, tuple(bars)))
    gap = 1.2 if unit >= _LEAST and is_alone else 0.0
    foot = top + _TITLE + row * _rows_of(found)
    overall = foot - row / 2 if len(rows) > 1 else None
    return Placed(axis, tuple(rows), foot, gap, overall, gap > 0)


def _rows_of(found: Pipeline) -> int:
    """Count the rows: one for each level, and one for all of them where there are several."""
    return len(found.levels) + (len(found.levels) > 1)


def _bar(segment: Segment, at: float, unit: float, *, is_alone: bool) -> Bar:
    end = at + unit * segment.total
    if not is_alone:
        return Bar(segment, at, end, (Block(at, end, None),))
    blocks, left = [], at
    for tie, count in zip(segment.ties, segment.counts, strict=True):
        blocks.append(Block(left, left + unit * count, tie))
        left += unit * count
    return Bar(segment, at, end, tuple(blocks))


def bottom_of(found: Pipeline, top: float, row: float = ROW, line: float = LINE) -> float:
    """Give how far down the page goes, without its legend."""
    listed = _LIST + line * len(found.urgent) if found.urgent else 0.0
    return top + _TITLE + row * _rows_of(found) + listed + 24
