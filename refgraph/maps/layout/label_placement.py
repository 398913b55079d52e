"""Where names go: beside their mark, clear of every other name, mark and tie, or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.maps.layout.quality import box_to_points, overlapping, segments_hit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Offer = tuple[Floats, Floats, Floats]

__all__ = ["Ground", "Placed", "candidates", "clear", "offering", "place", "placed_at"]

_GAPS = (3.0, 6.0, 10.0, 15.0, 23.0, 34.0, 48.0, 66.0)
_LEADER = 13.0  # a name farther from its mark than this gets a line to it
_ALONE = 8.0  # pixels that such a name keeps from the marks of others
_PAD = 2.0  # pixels kept free about a name
_CROSSED, _OWN, _NEARER, _TOUCHES = 9.0, 1.6, 11.0, 2.0
_CLOSE, _AMBIGUOUS = 3.0, 12.0  # what it costs to stand nearer than so many pixels to others
_HIDES = 4.0  # what it costs a name to hide the head of a tie to its own mark
_HEAD = 8.0  # pixels of a head
_SWEEPS = 3
_FAR = 0.16  # what a pixel farther costs


@dataclass(frozen=True)
class Placed:
    """A name's box, and how far it is from its mark."""

    box: tuple[float, float, float, float]
    gap: float

    @property
    def needs_leader(self) -> bool:
        """Whether a line should join the name to its mark."""
        return self.gap > _LEADER

    def leader(self, x: float, y: float, r: float) -> Floats:
        """Give both ends of a line from near a mark of radius `r` to its name.

        Examples
        --------
        >>> Placed((30.0, -6.0, 70.0, 6.0), 20.0).leader(0.0, 0.0, 10.0).tolist()
        [[11.0, 0.0], [30.0, 0.0]]
        """
        mark = np.array([x, y])
        near = np.clip(mark, self.box[:2], self.box[2:])
        way = near - mark
        return np.stack([mark + way / max(float(np.hypot(*way)), 1e-9) * (r + 1), near])


def candidates(x: float, y: float, r: float, w: float, h: float) -> tuple[Floats, Floats, Floats]:
    """Give the boxes a name w by h could have about a mark, their gaps and what each side costs.

    Examples
    --------
    >>> boxes, gaps, cost = candidates(0.0, 0.0, 10.0, 40.0, 12.0)
    >>> boxes[0].tolist(), float(gaps[0])
    ([13.0, -6.0, 53.0, 6.0], 3.0)
    """
    size, far = np.array([w, h]), r + _ALL_GAPS[:, None]
    away = _SIGN * (far * _TURN + size / 2) + _SHIFT * size
    cx, cy = x + away[:, 0], y + away[:, 1]
    boxes = np.stack([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2], axis=1)
    return boxes, _ALL_GAPS.copy(), _COSTS.copy()


def _places() -> Iterator[tuple[float, ...]]:
    """Give the places about a mark: which way from it, in what direction, by how much of a name.

    Each as sign, turn and shift of both axes, the gap, and the cost: the middle of a name is
    sign * (far * turn + half the name) + shift * the name from the mark.
    """
    for gap in _GAPS:
        far = _FAR * (gap - _GAPS[0])
        for side, up, cost in (
            (1, 0.0, 0.0), (1, 0.35, 0.3), (1, -0.35, 0.3), (-1, 0.0, 0.25), (-1, 0.35, 0.55),
            (-1, -0.35, 0.55),
        ):  # fmt: skip
            yield side, 0, 1, 0, 0, up, gap, cost + far
        for side, cost in ((-1, 0.7), (1, 0.7)):
            for shift in (0.0, 0.25, -0.25, 0.45, -0.45):
                yield 0, side, 0, 1, shift, 0, gap, cost + 0.5 * abs(shift) + far
        for angle in (22.5, 45.0, 67.5):
            c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
            for right, down in ((1, -1), (1, 1), (-1, -1), (-1, 1)):
                yield right, down, c, s, 0, 0, gap, 0.45 + 0.2 * (right < 0) + far


_PLACES = np.array([*_places()])
_SIGN, _TURN, _SHIFT = _PLACES[:, 0:2], _PLACES[:, 2:4], _PLACES[:, 4:6]
_ALL_GAPS, _COSTS = _PLACES[:, 6], _PLACES[:, 7]


@dataclass(frozen=True)
class Ground:
    """What names are placed on.

    Attributes
    ----------
    discs : (n, 3) array
        Centre and radius of every mark.
    curves : (k, p, 2) array
        Points along the ties; names keep off them where they can.
    ends : (k, 2) array
        Whose tie it is.
    page : (left, top, right, bottom)
        Where names may stand.
    dear : callable, optional
        What places (k, 4) for a name cost beside, infinite where it may not stand.
    opened : dict
        The boxes, gaps and costs that hang on the marks alone, by whose name it is, its size and
        the page: kept from one placement to the next while only ties are bent.
    """

    discs: Floats
    curves: Floats
    ends: Ints
    page: tuple[float, float, float, float]
    dear: Callable[[int, Floats], Floats] | None = None
    opened: dict[tuple[Any, ...], Offer] = field(default_factory=dict)

    @cached_property
    def spans(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Left, top, right and bottom of every piece of the ties, as (k, p - 1) arrays."""
        start, end = self.curves[:, :-1], self.curves[:, 1:]
        low, high = np.minimum(start, end), np.maximum(start, end)
        return low[..., 0], low[..., 1], high[..., 0], high[..., 1]


def place(ground: Ground, sizes: Floats, order: Ints) -> list[Placed | None]:
    """Place names so that none touches another name, its line, a mark or the edge of the page.

    Parameters
    ----------
    ground : Ground
        Marks, ties and page.
    sizes : (n, 2) array
        Width and height of every name.
    order : (m,) array
        Whose names to place, the most important first.

    Returns
    -------
    list of Placed or None
        One for each mark; None for names that were not asked for or found no room.
    """
    offers: dict[int, Offer] = {}
    marks = ground.discs[:, :2]
    for i in order.tolist():
        offers[i] = offering(i, ground, sizes[i])
    chosen: dict[int, int] = {}
    boxes = np.full((len(sizes), 4), np.inf)
    for sweep in range(_SWEEPS):
        for i in order.tolist():
            if not len(offers[i][0]):
                continue
            boxes[i] = np.inf
            best = _cheapest(i, offers, boxes, marks)
            if best is None and sweep:
                best = _evict(i, offers, chosen, boxes, marks)
            if best is not None:
                chosen[i] = best
                boxes[i] = offers[i][0][best]
    found: list[Placed | None] = [None] * len(sizes)
    for i, best in chosen.items():
        found[i] = placed_at(offers[i][0][best], float(offers[i][1][best]))
    return found


def placed_at(box: Floats, gap: float, *, pad: float = _PAD) -> Placed:
    """Give the name in a box that was offered, without the room about it."""
    left, top, right, bottom = (float(side) for side in box)
    return Placed((left + pad, top, right - pad, bottom), gap)


def offering(i: int, ground: Ground, size: Floats) -> Offer:
    """Give the boxes open to one name whatever the other names do, their gaps and costs."""
    key = (i, *size.tolist(), ground.page)
    if key not in ground.opened:
        ground.opened[key] = _opened(i, ground, size)
    boxes, gaps, cost = ground.opened[key]
    return (boxes, gaps, cost + _ink(i, boxes, ground)) if len(boxes) else (boxes, gaps, cost)


def _opened(i: int, ground: Ground, size: Floats) -> Offer:
    """Give the boxes that marks leave open to one name, their gaps and costs but for ties."""
    discs, page = ground.discs, ground.page
    x, y, r = discs[i]
    boxes, gaps, cost = candidates(x, y, r, size[0] + 2 * _PAD, size[1])
    free = (boxes[:, :2] >= page[:2]).all(axis=1) & (boxes[:, 2:] <= page[2:]).all(axis=1)
    reach = np.abs(discs[:, :2] - (x, y)) - discs[:, 2, None] < (
        size[0] + r + 2 * _GAPS[-1],
        size[1] + r + 2 * _GAPS[-1],
    )
    near = reach.all(axis=1)
    near[i] = False
    away = box_to_points(boxes, discs[near, :2]) - discs[None, near, 2]
    far = gaps > _LEADER
    free &= (away > np.where(far, _ALONE, 1.5)[:, None]).all(axis=1)
    free = free & (~far | _leads(discs[i, :2], boxes, discs[near]))
    boxes, gaps, cost, away = boxes[free], gaps[free], cost[free], away[free]
    if ground.dear is not None:
        cost = cost + ground.dear(i, boxes)
        free = np.isfinite(cost)
        boxes, gaps, cost, away = boxes[free], gaps[free], cost[free], away[free]
    nearer = (away < gaps[:, None] + 3).any(axis=1)
    return boxes, gaps, cost + np.where(nearer, _NEARER, _CLOSE * (away < _AMBIGUOUS).any(axis=1))


def _leads(mark: Floats, boxes: Floats, others: Floats) -> Bools:
    """Tell to which boxes a line from a mark runs over no other mark (m, 3).

    Examples
    --------
    >>> boxes = np.array([[40.0, -6.0, 90.0, 6.0], [-20.0, 30.0, 20.0, 42.0]])
    >>> _leads(np.zeros(2), boxes, np.array([[20.0, 3.0, 5.0]])).tolist()
    [False, True]
    """
    way = np.clip(mark, boxes[:, :2], boxes[:, 2:]) - mark
    to = others[:, :2] - mark
    share = np.clip(way @ to.T / np.maximum((way**2).sum(axis=1), 1e-9)[:, None], 0.0, 1.0)
    short = np.hypot(*(to - share[..., None] * way[:, None]).transpose(2, 0, 1))
    return np.asarray((short > others[:, 2] + 1.5).all(axis=1))


def _ink(i: int, boxes: Floats, ground: Ground) -> Floats:
    """Give what the ties under each box cost."""
    curves, ends = ground.curves, ground.ends
    (x0, y0), (x1, y1) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    left, top, right, bottom = ground.spans
    near = (right >= x0) & (left <= x1) & (bottom >= y0) & (top <= y1)
    start, end = curves[:, :-1], curves[:, 1:]
    tie = np.repeat(np.arange(len(curves)), curves.shape[1] - 1)[near.ravel()]
    if not len(tie):
        return np.zeros(len(boxes))
    hit = segments_hit(boxes + np.array([-1, 0, 1, 0]), start[near], end[near])
    first = np.flatnonzero(np.diff(tie, prepend=-1))
    runs = np.logical_or.reduceat(hit, first, axis=1)  # by tie, not by its pieces
    own = (ends[tie[first]] == i).any(axis=1)
    foreign = runs[:, ~own].sum(axis=1)
    cost = _CROSSED * np.minimum(foreign, 1) + 2.0 * np.minimum(foreign, 6)
    cost += _OWN * np.minimum(runs[:, own].sum(axis=1), 3)
    mine = curves[ends[:, 1] == i]
    tip, way = mine[:, -1], mine[:, -2] - mine[:, -1]
    way *= _HEAD / np.maximum(np.hypot(*way.T), 1e-9)[:, None]
    return np.asarray(cost + _HIDES * segments_hit(boxes, tip, tip + way).sum(axis=1), dtype=float)


def clear(offered: Floats, mark: Floats, others: Floats, marks: Floats) -> Bools:
    """Tell which places offered to a name keep clear of other names, and of lines to their marks.

    Examples
    --------
    >>> offered, others = np.array([[0.0, 0, 9, 9], [0, 40, 9, 49]]), np.array([[0.0, 20, 9, 29]])
    >>> clear(offered, np.array([4.0, -8.0]), others, np.array([[4.0, 33.0]])).tolist()
    [True, False]
    """
    free = ~overlapping(offered, others, pad=_TOUCHES).any(axis=1)
    lines = np.clip(mark, offered[:, :2], offered[:, 2:])
    free &= ~segments_hit(others, np.broadcast_to(mark, lines.shape), lines).any(axis=0)
    ends = np.clip(marks, others[:, :2], others[:, 2:])
    return np.asarray(free & ~segments_hit(offered, marks, ends).any(axis=1))


def _cheapest(i: int, offers: dict[int, Offer], boxes: Floats, marks: Floats) -> int | None:
    offered, _, cost = offers[i]
    free = _free(offered, i, boxes, marks)
    return int(np.where(free, cost, np.inf).argmin()) if free.any() else None


def _free(offered: Floats, i: int, boxes: Floats, marks: Floats) -> Bools:
    """Tell which places for the name of `i` keep clear of the names that stand nearby."""
    low = np.minimum(offered[:, :2].min(axis=0), marks[i]) - _TOUCHES
    high = np.maximum(offered[:, 2:].max(axis=0), marks[i]) + _TOUCHES
    near = (np.minimum(boxes[:, :2], marks) <= high) & (np.maximum(boxes[:, 2:], marks) >= low)
    there = near.all(axis=1) & np.isfinite(boxes[:, 0])
    return clear(offered, marks[i], boxes[there], marks[there])


def _evict(
    i: int, offers: dict[int, Offer], chosen: dict[int, int], boxes: Floats, marks: Floats
) -> int | None:
    """Find a box for `i` whose only occupant can move elsewhere, and move it."""
    offered = offers[i][0]
    clash = overlapping(offered, boxes, pad=_TOUCHES)
    for best in np.argsort(offers[i][2], kind="stable").tolist():
        there = np.flatnonzero(clash[best])
        if len(there) != 1:
            continue
        other = int(there[0])
        before = boxes[other].copy()
        boxes[other] = np.inf
        if _free(offered[[best]], i, boxes, marks).all():
            boxes[i] = offered[best]
            move = _cheapest(other, offers, boxes, marks)
            if move is not None:
                chosen[other], boxes[other] = move, offers[other][0][move]
                return int(best)
        boxes[i], boxes[other] = np.inf, before
    return None
