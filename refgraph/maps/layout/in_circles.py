"""People inside their circles: spread evenly, and out of the names of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from refgraph.maps.layout.quality import box_to_points
from refgraph.progress import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["AWAY", "Rings", "apart", "even"]

_GRID = 2.0**-6  # pixels
_RIM = 4.0  # pixels kept free inside the rim of a circle
_SLICES, _STEP = 36, 0.45  # directions in which positions are evened out, and by how much
_GOLDEN = 0.6180339887498949
_SPREAD = 2.0  # mean squares of the distances in a full disc, about
_SOFT, _SOFTLY, _HARD = 14, 40, 40  # rounds; soft ones keep marks farther apart than need be
_PLACES = np.linspace(-1.0, 1.0, 201)
_SHARES = 0.5 + (_PLACES * np.sqrt(1 - _PLACES**2) + np.arcsin(_PLACES)) / np.pi  # of a disc
AWAY = 3.0  # pixels between a name and the marks of others
_REACH = 2.6  # so many half heights about a name, marks are parted
_NEAR = 24.0  # pixels; a name so near to marks that do not fit may be the reason
_NO_WAY = 1e3  # pixels; more than any way out is long
_NEIGHBOURS = 3  # names looked at about each mark


class Rings:
    """Circles and who is in which.

    Parameters
    ----------
    at, radius : (c, 2) and (c,) arrays
        The circles.
    member : (n,) array
        The circle of each person.
    """

    def __init__(self, at: Floats, radius: Floats, member: Ints) -> None:
        self.at, self.radius, self.member = at, radius, member
        self.middle, self.reach = at[member], radius[member]

    def hold(self, at: Floats, size: Floats) -> Floats:
        """Move marks of radius `size` back into their circles."""
        way = at - self.middle
        far = np.maximum(np.sqrt((way**2).sum(axis=1)), 1e-9)
        room = np.maximum(self.reach - size - _RIM, 0.0)
        held = self.middle + way * np.minimum(1.0, room / far)[:, None]
        return np.asarray(held, dtype=float)

    def holds(self, at: Floats, size: Floats, who: Ints) -> NDArray[np.bool_]:
        """Tell which marks of the people `who` would lie within their circles."""
        far = np.hypot(*(at - self.middle[who][:, None, :]).transpose(2, 0, 1))
        return np.asarray(far <= (self.reach[who] - size[who] - _RIM)[:, None] + 1e-6)


def even(at: Floats, rings: Rings, size: Floats) -> Floats:
    """Fit positions into the circles, and even out how dense they are.

    Seen from one side after the other, people move towards where they would be if their circle
    were filled evenly; neighbours stay neighbours.

    Parameters
    ----------
    at : (n, 2) array
        Positions in any unit, of which only those of one circle are compared.
    rings : Rings
        The circles.
    size : (n,) array
        Radii of the marks.

    Returns
    -------
    (n, 2) array
        Positions in pixels.
    """
    member, n = rings.member, len(at)
    number = np.bincount(member, minlength=len(rings.radius))
    first = np.cumsum(number) - number
    middle = [np.bincount(member, at[:, k], len(number)) / np.maximum(number, 1) for k in (0, 1)]
    local = at - np.stack(middle, axis=1)[member]
    wide = np.sqrt(np.bincount(member, (local**2).sum(axis=1), len(number)) / np.maximum(number, 1))
    local = local / np.maximum(wide, 1e-9)[member][:, None] / _SPREAD
    for turn in range(_SLICES):
        angle = np.pi * ((turn * _GOLDEN) % 1.0)
        way = np.array([np.cos(angle), np.sin(angle)])
        along = np.round(local @ way, 9)
        order = np.lexsort((np.arange(n), along, member))
        rank = np.empty(n)
        rank[order] = np.arange(n) - first[member[order]]
        goal = np.interp((rank + 0.5) / number[member], _SHARES, _PLACES)
        local = local + (_STEP * (goal - along))[:, None] * way
    room = np.maximum(rings.reach - size - _RIM, 0.0)
    at = _grid(rings.hold(rings.middle + local * room[:, None], size))
    space = 0.8 * np.sqrt(np.pi * rings.reach**2 / number[member])
    soft = np.maximum(np.minimum(space / 2, 3 * size + 14), size)
    for _ in range(_SOFT):
        at = _grid(rings.hold(at + 0.5 * _push(at, soft, None, member), size))
    return at


def apart(
    at: Floats, rings: Rings, size: Floats, boxes: dict[int, Floats], *, gap: float,
    again: bool = False,
) -> tuple[Floats, list[int]]:  # fmt: skip
    """Push marks apart and out of the names of others.

    Parameters
    ----------
    at, size : (n, 2) and (n,) arrays
        Marks.
    rings : Rings
        The circles, which nobody leaves.
    boxes : dict of int to (4,) array
        Names; their people stay where they are.
    gap : float
        Least distance of two marks.
    again : bool, default False
        Whether the marks have made room before, so that only the last of it is left to do.

    Returns
    -------
    (n, 2) array
        Positions.
    list of int
        Names that lie on somebody's mark or, if none does, near marks that do not fit; in the
        order of the boxes.
    """
    fixed = np.zeros(len(at), dtype=bool)
    fixed[list(boxes)] = True
    places = np.array(list(boxes.values())).reshape(-1, 4)
    wide = size + gap / 2
    if not again:
        parted = _grid(rings.hold(_parted(at, rings, size, boxes, fixed), size))
        at = np.where(fixed[:, None], at, parted)
    number = np.bincount(rings.member, minlength=len(rings.radius))
    space = 0.8 * np.sqrt(np.pi * rings.reach**2 / number[rings.member])
    loose = 0.5 * space * ((np.arange(len(at)) * _GOLDEN) % 1.0)  # no rows along the names
    soft = np.maximum(np.minimum(space / 2, 3 * size + 14), wide)
    softly = 0 if again or not boxes else _SOFTLY
    turns = range(softly + _HARD)
    for turn in counted(turns, "Making room for everybody on the map", len(turns)):
        late = turn >= softly
        if late:
            moved = at + _push(at, wide, fixed, rings.member)
            moved = _out(moved, rings, size, places, fixed, part=1.0)
        else:
            moved = at + 0.6 * _push(at, soft, fixed, rings.member)
            moved = _out(moved, rings, size + loose, places, fixed, part=0.4)
        moved = np.where(fixed[:, None], at, _grid(rings.hold(moved, size)))
        still = late and not (moved != at).any()
        at = moved
        if still:
            break
    under = box_to_points(places, at) - size
    whose = np.array(list(boxes), dtype=np.int64)
    under[np.arange(len(whose)), whose] = np.inf
    faulty = (under < 1.0).any(axis=1)
    tight = at[_tight(at, size, gap - 0.4)]
    if len(tight) and not faulty.any():
        faulty = (box_to_points(places, tight) < _NEAR).any(axis=1)
    return at, whose[faulty].tolist()


def _tight(at: Floats, size: Floats, gap: float) -> Ints:
    """Give the people whose marks are too near to another."""
    pairs = cKDTree(at).query_pairs(2 * float(size.max(initial=0.0)) + gap, output_type="ndarray")
    i, j = pairs.reshape(-1, 2).astype(np.int64).T
    close = np.hypot(*(at[i] - at[j]).T) < size[i] + size[j] + gap
    return np.unique(np.r_[i[close], j[close]])


def _push(at: Floats, reach: Floats, fixed: NDArray[np.bool_] | None, member: Ints) -> Floats:
    """Give the move that parts marks of one circle; who is fixed stays."""
    pairs = cKDTree(at).query_pairs(2 * float(reach.max(initial=0.0)), output_type="ndarray")
    i, j = np.sort(pairs.reshape(-1, 2).astype(np.int64), axis=1).T
    way = at[i] - at[j]
    long = np.sqrt((way**2).sum(axis=1))
    over = reach[i] + reach[j] - long
    hit = (over > 0) & (member[i] == member[j])
    i, j, way, long, over = i[hit], j[hit], way[hit], long[hit], over[hit]
    order = np.lexsort((j, i))
    i, j, way, long, over = i[order], j[order], way[order], long[order], over[order]
    along = np.where((long > 0)[:, None], way / np.maximum(long, 1e-9)[:, None], (1.0, 0.0))
    push = (over + 2 * _GRID)[:, None] * along
    first = np.full(len(i), 0.52)
    second = first
    if fixed is not None:
        first = np.where(fixed[i], 0.0, np.where(fixed[j], 1.0, 0.52))
        second = np.where(fixed[j], 0.0, np.where(fixed[i], 1.0, 0.52))
    move = np.zeros_like(at)
    for axis in (0, 1):
        move[:, axis] = np.bincount(i, first * push[:, axis], len(at))
        move[:, axis] -= np.bincount(j, second * push[:, axis], len(at))
    return move


def _parted(
    at: Floats, rings: Rings, size: Floats, boxes: dict[int, Floats], fixed: NDArray[np.bool_]
) -> Floats:
    """Part the marks above and below each name, less the farther they are, so that none pile up."""
    at = at.copy()
    for i, (left, top, right, bottom) in boxes.items():
        middle = (top + bottom) / 2
        half = (bottom - top) / 2 + size + AWAY
        far = np.abs(at[:, 1] - middle)
        over = (at[:, 0] > left - size - AWAY) & (at[:, 0] < right + size + AWAY)
        who = over & (far < _REACH * half) & ~fixed & (rings.member == rings.member[i])
        shift = (half * (1 - far / (_REACH * half)))[who]
        at[who, 1] += np.where(at[who, 1] < middle, -shift, shift)
    return at


def _out(
    at: Floats,
    rings: Rings,
    size: Floats,
    boxes: Floats,
    fixed: NDArray[np.bool_],
    *,
    part: float,
) -> Floats:
    """Move marks a part of the shortest way out of names that stays in their circle."""
    if not len(boxes):
        return at
    keep = size + AWAY
    flat = np.array([0.25, 1.0])  # names are wide and low
    tree = cKDTree((boxes[:, :2] + boxes[:, 2:]) / 2 * flat)
    _, near = tree.query(at * flat, k=min(_NEIGHBOURS, len(boxes)))
    near = near.reshape(len(at), -1)
    at = at.copy()
    for k in range(near.shape[1]):
        box = boxes[near[:, k]]
        low, high = box[:, :2] - keep[:, None], box[:, 2:] + keep[:, None]
        who = np.flatnonzero(((at > low) & (at < high)).all(axis=1) & ~fixed)
        if not len(who):
            continue
        x, y = at[who].T
        (left, top), (right, bottom) = low[who].T, high[who].T
        goals = np.stack(
            [
                np.stack([x, top], axis=1), np.stack([x, bottom], axis=1),
                np.stack([left, y], axis=1), np.stack([right, y], axis=1),
            ],
            axis=1,
        )  # fmt: skip
        far = np.abs(goals - at[who][:, None, :]).sum(axis=2)
        around = boxes[near[who]][:, None, :, :]  # a way out must not lead into the next name
        reach = keep[who][:, None, None, None] - 0.01
        spot = goals[:, :, None, :]
        within = (spot > around[..., :2] - reach) & (spot < around[..., 2:] + reach)
        blocked = np.asarray(within.all(axis=3), dtype=bool)
        far += _NO_WAY * blocked.any(axis=2)
        far += 2 * _NO_WAY * ~rings.holds(goals, size, who)
        best = goals[np.arange(len(who)), far.argmin(axis=1)]
        at[who] += part * (best - at[who])
    return at


def _grid(at: Floats) -> Floats:
    return np.asarray(np.round(at / _GRID) * _GRID, dtype=float)
