"""Names inside circles: the best place beside each mark, before the others make room for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.layout.in_circles import AWAY
from refgraph.maps.layout.quality import box_to_points, overlapping, segments_hit

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from refgraph.maps.layout.in_circles import Rings

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Kept", "offer", "room"]

_GAPS = (3.0, 7.0, 12.0)
_CROWDED, _OUT = 0.5, 8.0  # what a mark in the way costs, and a name that leaves its circle
_OVER = 0.15, 0.3, 0.8  # what a tie of one's own under a name costs, one of others, and a head
_TENTHS = np.linspace(0.0, 1.0, 11)[:, None, None]
_COVERS, _MUCH = 1.2, 0.34  # to cover more than so much of a tie of one's own
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
    at: Floats, rings: Rings, size: Floats, names: Mapping[int, tuple[float, float]], kept: Kept,
    *, must: Collection[int] = (),
) -> dict[int, Floats]:  # fmt: skip
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
    must : collection of int, optional
        Who is to be named even if the marks of others to be named have to give way; these are
        not offered a place then.

    Returns
    -------
    dict of int to (4,) array
        The boxes found. No two touch, none lies on a mark of those offered a place, on a caption
        or in the circle of others; other marks may be in the way.
    """
    order = np.array(sorted(names, key=lambda i: i not in must), dtype=np.int64)
    fixed, gone = (at[order], size[order]), np.zeros(len(order), dtype=bool)
    boxes = np.zeros((0, 4))
    found: dict[int, Floats] = {}
    by_circle = [np.flatnonzero(rings.member == k) for k in range(len(rings.radius))]
    for turn, i in enumerate(order.tolist()):
        if gone[turn]:
            continue
        those, cost = _around(at[i], float(size[i]), names[i])
        cost = cost.copy()
        free, out = room(i, those, rings, kept)
        cost += _OUT * out
        free &= ~overlapping(those, boxes, pad=2.0).any(axis=1)
        away = box_to_points(those, fixed[0]) - fixed[1]
        away[:, gone], away[:, turn] = np.inf, np.inf
        clear = (away > AWAY).all(axis=1)
        if i in must and free.any() and not (free & clear).any():
            box = those[int(np.where(free, (away <= AWAY).sum(axis=1) + cost, np.inf).argmin())]
            gone |= box_to_points(box[None], fixed[0])[0] <= fixed[1] + AWAY
            gone[turn] = False
            clear = (those == box).all(axis=1)
        free &= clear
        if not free.any():
            continue
        crowd = by_circle[int(rings.member[i])]
        cost += _CROWDED * _in_the_way(i, those, at[crowd], size[crowd], crowd)
        cost += _ink(i, those, at, size, kept)
        box = those[int(np.where(free, cost, np.inf).argmin())]
        found[i] = box
        boxes = np.vstack([boxes, box])
    return found


def room(i: int, boxes: Floats, rings: Rings, kept: Kept) -> tuple[Bools, Bools]:
    """Tell where the name of `i` may stand, whatever marks and names are there.

    Parameters
    ----------
    i : int
        Whose name it is.
    boxes : (n, 4) array
        Places for it.
    rings : Rings
        The circles.
    kept : Kept
        What names keep off.

    Returns
    -------
    free : (n,) array of bool
        Which places are on the page, off every caption and flow, and not in the circle of others.
    out : (n,) array of bool
        Which reach out of the circle of `i`.
    """
    lanes, page = kept.lanes, kept.page
    corners = np.maximum(*(np.abs(boxes[:, k : k + 2] - rings.middle[i]) for k in (0, 2)))
    out = np.hypot(*corners.T) > rings.reach[i] - 2
    free = (boxes[:, :2] >= page[:2]).all(axis=1) & (boxes[:, 2:] <= page[2:]).all(axis=1)
    free &= ~overlapping(boxes, kept.taken, pad=3.0).any(axis=1)
    over = np.flatnonzero(out & free)
    if len(over):
        there = boxes[over]
        far = box_to_points(there, rings.at) - rings.radius
        far[:, rings.member[i]] = np.inf
        low, high = there[:, :2].min(axis=0), there[:, 2:].max(axis=0)
        wide = lanes[:, 2:] + 3
        near = lanes[((lanes[:, :2] > low - wide) & (lanes[:, :2] < high + wide)).all(axis=1)]
        clear = box_to_points(there, near[:, :2]) > near[:, 2] + 3
        free[over] = (far > 3).all(axis=1) & clear.all(axis=1)
    return free, out


def _in_the_way(i: int, boxes: Floats, at: Floats, size: Floats, crowd: Ints) -> Ints:
    """Count the marks of a crowd, but for that of `i`, in or close to each box."""
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    reach = size[:, None] + AWAY
    near = ((at > low - reach) & (at < high + reach)).all(axis=1) & (crowd != i)
    return np.asarray((box_to_points(boxes, at[near]) < reach[near, 0]).sum(axis=1))


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
    covers = (_under(boxes, end[own], start[own]) > _MUCH).any(axis=1)
    cost = _OVER[0] * hit[:, own].sum(axis=1) + _OVER[1] * hit[:, ~own].sum(axis=1)
    cost = np.minimum(cost, 4 * _OVER[1]) + _OVER[2] * heads.sum(axis=1)
    return np.asarray(cost + _COVERS * covers, dtype=float)


def _under(boxes: Floats, start: Floats, end: Floats) -> Floats:
    """Give the share of each line (m) that lies under each box (n), to a tenth.

    Examples
    --------
    >>> _under(np.array([[2.5, -1.0, 5.5, 1.0]]), np.array([[0.0, 0.0]]), np.array([[10.0, 0.0]]))
    array([[0.4]])
    """
    points = start + _TENTHS * (end - start)
    hit = segments_hit(boxes, points[:-1].reshape(-1, 2), points[1:].reshape(-1, 2))
    return np.asarray(
        hit.reshape(len(boxes), len(_TENTHS) - 1, len(start)).mean(axis=1), dtype=float
    )


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
