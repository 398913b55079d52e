"""The ties of one person on a small drawing: who sent them somebody, and to whom they sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from refgraph.report.views.text_table import width
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["End", "TieMap", "tie_map"]

_MOST = 8  # people on a side
_HALF_ROW, _HALF, _REACH = 13, 230, 68  # pixels: half a row, half the width, a tie
_FITS = 17  # columns of a name
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class End:
    """Somebody at the end of a tie: the name as it fits, in full, where, and how thick the tie."""

    shown: str
    name: str
    number: int
    both_ways: bool
    x: int
    y: int
    path: str
    thick: float


@dataclass(frozen=True, slots=True)
class TieMap:
    """Who sent (left) and to whom was sent (right), and what is said of it."""

    ends: tuple[tuple[End, ...], tuple[End, ...]]
    width: int
    height: int
    told: str


def tie_map(gave: Mapping[str, int], received: Mapping[str, int]) -> TieMap | None:
    """Draw the ties of somebody, those with most referrals first; None where there is none.

    Parameters
    ----------
    gave, received : mapping of str to int
        Referrals to each, and from each.

    Examples
    --------
    >>> drawn = tie_map({"Ann": 2}, {"Ann": 1, "Bo": 3})
    >>> [[(end.name, end.number, end.both_ways) for end in side] for side in drawn.ends]
    [[('Bo', 3, False), ('Ann', 1, True)], [('Ann', 2, True)]]
    >>> drawn.told
    'Left: 2 people who sent somebody. Right: 1 person they sent somebody to. Bold: both ways.'
    """
    if not gave and not received:
        return None
    sides = [_first(received), _first(gave)]
    rows = max(map(len, sides))
    height = 2 * _HALF_ROW * rows + 8
    both = gave.keys() & received.keys()
    ends = [
        tuple(
            _end(name, number, (sign, _HALF_ROW * (2 * at - len(side) + 1)), height, name in both)
            for at, (name, number) in enumerate(side)
        )
        for side, sign in zip(sides, (-1, 1), strict=True)
    ]
    left, right = (count(len(some), "person") for some in (received, gave))
    told = f"Left: {left} who sent somebody. Right: {right} they sent somebody to."
    told += " Bold: both ways." if both else ""
    more = sum(max(0, len(some) - _MOST) for some in (gave, received))
    told += f" {count(more, 'tie')} more, not drawn." if more else ""
    return TieMap((ends[0], ends[1]), 2 * _HALF, height, told)


def _first(some: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(some.items(), key=lambda each: (-each[1], each[0]))[:_MOST]


def _end(name: str, number: int, place: tuple[int, int], height: int, is_mutual: bool) -> End:  # noqa: FBT001
    sign, off = place
    middle = height // 2
    y, x, start = middle + off, _HALF + sign * _REACH, _HALF + sign * 9
    bend = (x + start) // 2
    path = f"M{start} {middle}C{bend} {middle} {bend} {y} {x} {y}"
    return End(_cut(name), name, number, is_mutual, x + sign * 6, y, path, 1.2 + min(number, 9))


def _cut(name: str) -> str:
    """Give as much of a name as fits."""
    name = _NOT_XML.sub("", name)
    if width(name) <= _FITS:
        return name
    kept = ""
    for letter in name:
        if width(kept + letter) >= _FITS:
            break
        kept += letter
    return f"{kept.rstrip()}…"
