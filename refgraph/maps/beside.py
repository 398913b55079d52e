"""Names inside circles: the best place beside each mark, before the others make room for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.inside import AWAY
from refgraph.maps.quality import box_to_points, overlapping, segments_hit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from refgraph.maps.inside import Rings

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Kept", "offer"]

_GAPS = (3.0, 7.0, 12.0)
_CROWDED, _OUT = 0.5, 8.0  # what a mark in the way costs, and a name that leaves its circle
_OVER = 0.15, 0.3, 0.8  # what a tie of one's own under a name costs, one of others, and a head
_HEAD = 9.0  # pixels of a head


@dataclass(frozen=True)
class Kept:
    """What names keep off.

    Attributes
    ----------
    taken : (k, 4) array
        Boxes of captions.
    lanes : (k, 3) array
        Points along the flows, and half their widths.
    page : (left, top, right, bottom)
        Where names may stand.
    giver, receiver : (m,) arrays
        The ties within circles; names keep off them where they can, and off their heads first.
    """

    taken: Floats
    lanes: Floats
    page: tuple[float, float, float, float]
    giver: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    receiver: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


def offer(
    at: Floats, rings: Rings, size: Floats, names: Mapping[int, tuple[float, float]], kept: Kept
) -> dict[int, Floats]:
    """Choose where names go before their room is made.

    Parameters
    ----------
    at, size : (n, 2) and (n,) arrays
        Marks.
    rings : Rings
        The circles.
    names : mapping of int to (width, height)
        Whose names to place, the most important first.
    kept : Kept
        What they keep off.

    Returns
    -------
    dict of int to (4,) array
        The boxes found. No two touch, none lies on a mark of those to be named, on a caption or
        in the circle of others; other marks may be in the way.
    """
    order = np.array(list(names), dtype=np.int64)
    taken, lanes, page = kept.taken, kept.lanes, kept.page
    fixed = at[order], size[order]
    boxes = np.zeros((0, 4))
    found: dict[int, Floats] = {}
    by_circle = [np.flatnonzero(rings.member == k) for k in range(len(rings.radius))]
    for turn, i in enumerate(order.tolist()):
        those, cost = _around(at[i], float(size[i]), names[i])
        cost = cost.copy()
        centre, reach = rings.middle[i], float(rings.reach[i])
        corners = np.maximum(np.abs(those[:, :2] - centre), np.abs(those[:, 2:] - centre))
        out = np.hypot(*corners.T) > reach - 2
        cost += _OUT * out
        free = (those[:, :2] >= page[:2]).all(axis=1) & (those[:, 2:] <= page[2:]).all(axis=1)
        free &= ~overlapping(those, boxes, pad=2.0).any(axis=1)
        free &= ~overlapping(those, taken, pad=3.0).any(axis=1)
        away = box_to_points(those, fixed[0]) - fixed[1]
        away[:, turn] = np.inf
        free &= (away > AWAY).all(axis=1)
        over = np.flatnonzero(out & free)
        if len(over):
            far = box_to_points(those[over], rings.at) - rings.radius
            far[:, rings.member[i]] = np.inf
            clear = box_to_points(those[over], lanes[:, :2]) > lanes[:, 2] + 3
            free[over] = (far > 3).all(axis=1) & clear.all(axis=1)
        if not free.any():
            continue
        near = by_circle[int(rings.member[i])]
        under = box_to_points(those, at[near]) < size[near] + AWAY
        under[:, near == i] = False
        cost += _CROWDED * under.sum(axis=1) + _ink(i, those, at, size, kept)
        box = those[int(np.where(free, cost, np.inf).argmin())]
        found[i] = box
        boxes = np.vstack([boxes, box])
    return found


def _ink(i: int, boxes: Floats, at: Floats, size: Floats, kept: Kept) -> Floats:
    """Give what the ties under each box for the name of `i` cost, and their heads."""
    start, end = at[kept.giver], at[kept.receiver]
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    near = ((np.maximum(start, end) > low) & (np.minimum(start, end) < high)).all(axis=1)
    if not near.any():
        return np.zeros(len(boxes))
    start, end, to = start[near], end[near], kept.receiver[near]
    way = (start - end) / np.maximum(np.hypot(*(start - end).T), 1e-9)[:, None]
    tip = end + way * (size[to, None] + AWAY)
    heads = segments_hit(boxes, tip, tip + way * _HEAD)
    own = (kept.giver[near] == i) | (to == i)
    hit = segments_hit(boxes, start, end)
    cost = _OVER[0] * hit[:, own].sum(axis=1) + _OVER[1] * hit[:, ~own].sum(axis=1)
    return np.asarray(np.minimum(cost, 4 * _OVER[1]) + _OVER[2] * heads.sum(axis=1), dtype=float)


def _around(at: Floats, size: float, name: tuple[float, float]) -> tuple[Floats, Floats]:
    """Give the boxes a name could have close to a mark, and what each costs."""
    w, h = name
    rows = []
    for gap in _GAPS:
        far = size + gap
        extra = 0.06 * (gap - _GAPS[0])
        for side, cost in ((1, 0.0), (-1, 0.3)):
            rows += [
                (side * (far + w / 2), up * h, cost + extra + 0.4 * abs(up))
                for up in (0.0, 0.4, -0.4)
            ]
        for side, cost in ((1, 0.5), (-1, 0.6)):
            rows += [
                (shift * w, side * (far + h / 2), cost + extra + 0.6 * abs(shift))
                for shift in (0.0, 0.25, -0.25, 0.42, -0.42)
            ]
        c = 0.7 * far
        for right in (1, -1):
            rows += [
                (right * (c + w / 2), down * (c + h / 2), 0.6 + extra + 0.2 * (right < 0))
                for down in (1, -1)
            ]
    table = np.array(rows)
    middle = table[:, :2] + at
    half = np.array([w / 2, h / 2])
    return np.hstack([middle - half, middle + half]), table[:, 2]
