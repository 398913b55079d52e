"""Room on the page: marks and names pushed apart, hulls of groups apart, all within the margins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Area = tuple[float, float, float, float]

__all__ = ["apart", "centres", "fill", "grow", "hull", "on_page", "squeezed"]

_GRID = 2.0**-6  # pixels
_ROUNDS = 140
_BAND, _LEFT = 0.22, 0.25  # share of the page a band may be, and of what is beyond that stays
_COHESION = 0.012  # how strongly a group keeps together while it is pushed
_ALONE = 4.0  # margin about somebody in no group
_ANGLES = np.arange(24) * (2 * np.pi / 24)
_TURNS = np.stack([np.cos(_ANGLES), np.sin(_ANGLES)], axis=1).round(12)


def fill(at: Floats, area: Area, *, stretch: float = 1.5) -> Floats:
    """Scale positions to fill an area of the page, one way at most `stretch` times the other."""
    low, high = at.min(axis=0), at.max(axis=0)
    extent = np.maximum(high - low, 1e-9)
    room = np.array([area[2] - area[0], area[3] - area[1]])
    scale = room / extent
    scale = np.minimum(scale, scale.min() * stretch)
    scale = np.where(high - low < 1e-6, 1.0, scale)
    middle = np.array([area[0] + area[2], area[1] + area[3]]) / 2
    return _grid((at - (low + high) / 2) * scale + middle)


def squeezed(at: Floats) -> Floats:
    """Narrow bands of the page in which nobody stands, such as between networks not joined.

    Examples
    --------
    >>> squeezed(np.array([[0.0, 0.0], [10.0, 10.0], [100.0, 15.0]])).round(6).tolist()
    [[0.0, 0.0], [10.0, 4.975], [49.0, 8.7]]
    """
    moved = at.copy()
    for side in (0, 1):
        order = np.argsort(at[:, side], kind="stable")
        steps = np.diff(at[order, side], prepend=at[order[:1], side])
        most = _BAND * float(np.ptp(at[:, side]))
        steps = np.minimum(steps, most + _LEFT * np.maximum(steps - most, 0.0))
        moved[order, side] = at[order[0], side] + np.cumsum(steps)
    return moved


def grow(at: Floats, area: Area) -> Floats:
    """Scale positions up to fill an area; positions that fill it already stay as they are."""
    low, high = at.min(axis=0), at.max(axis=0)
    room = np.array([area[2] - area[0], area[3] - area[1]])
    scale = np.clip(room / np.maximum(high - low, 1e-9), 1.0, 1.35)
    middle = np.array([area[0] + area[2], area[1] + area[3]]) / 2
    old = (low + high) / 2
    return _grid((at - old) * scale + np.where(scale > 1.0, middle, old))


def on_page(at: Floats, half: Floats, area: Area) -> Floats:
    """Move positions so that boxes of half width and height `half` lie inside the area."""
    low = np.array(area[:2]) + half
    high = np.maximum(np.array(area[2:]) - half, low)
    return np.clip(at, low, high)


def apart(
    at: Floats, half: Floats, radius: Floats, group: Ints, area: Area, *, gap: float, margin: float
) -> Floats:
    """Push people apart until neither their boxes nor the hulls of their groups overlap.

    Parameters
    ----------
    at : (n, 2) array
        Positions in pixels.
    half : (n, 2) array
        Half the width and height each person's mark and name need.
    radius : (n,) array
        Of the marks.
    group : (n,) array
        Group of each; -1 for none.
    area : (left, top, right, bottom)
        Where they may stand.
    gap : float
        Least distance between two marks, which is kept even where the boxes do not all fit.
    margin : float
        By how much a hull goes beyond its marks.

    Returns
    -------
    (n, 2) array
        Positions, rounded to a fixed part of a pixel.
    """
    at = on_page(at, half, area)
    for turn in range(_ROUNDS):
        at = at + 0.6 * _boxes_push(at, half) + _COHESION * (centres(at, group) - at)
        if turn % 4 == 0 or turn > 0.85 * _ROUNDS:
            at = at + 0.8 * _hulls_push(at, radius, group, margin)
        at = _grid(on_page(at, half, area))
    for _ in range(_ROUNDS):
        move = _discs_push(at, radius + gap / 2)
        if not move.any():
            break
        at = _grid(on_page(at + move, np.stack([radius, radius], axis=1) + 4, area))
    return at


def hull(at: Floats, radius: Floats) -> Floats:
    """Give the rounded outline about discs: the convex hull of points on their rims.

    Examples
    --------
    >>> corners = hull(np.array([[0.0, 0.0], [10.0, 0.0]]), np.array([2.0, 2.0]))
    >>> corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    ([-2.0, -2.0], [12.0, 2.0])
    """
    points = (at[:, None, :] + radius[:, None, None] * _TURNS).reshape(-1, 2)
    ordered = points[np.lexsort((points[:, 1], points[:, 0]))].tolist()
    lower = _chain(ordered)
    upper = _chain(ordered[::-1])
    return np.array(lower[:-1] + upper[:-1])


def _chain(points: list[list[float]]) -> list[list[float]]:
    """Give one side of the convex hull of points sorted from left to right, or right to left."""
    chain: list[list[float]] = []
    for x, y in points:
        while len(chain) >= 2:
            (ax, ay), (bx, by) = chain[-2], chain[-1]
            if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 1e-9:
                break
            chain.pop()
        chain.append([x, y])
    return chain


def _grid(at: Floats) -> Floats:
    return np.asarray(np.round(at / _GRID) * _GRID, dtype=float)


def centres(at: Floats, group: Ints) -> Floats:
    """Give the middle of each person's group; their own place for those in none."""
    number = np.bincount(group + 1)
    middle = [np.bincount(group + 1, at[:, k]) / np.maximum(number, 1) for k in (0, 1)]
    return np.where((group >= 0)[:, None], np.stack(middle, axis=1)[group + 1], at)


def _boxes_push(at: Floats, half: Floats) -> Floats:
    """Give the move that parts overlapping boxes along the line between them, half for each."""
    i, j = _near(at / half.max(axis=0), 2.0, np.inf)
    way = at[i] - at[j]
    over = half[i] + half[j] - np.abs(way)
    hit = (over > 0).all(axis=1)
    i, j, way, over = i[hit], j[hit], way[hit], over[hit]
    way = np.where(np.abs(way) < 1e-3, np.where((i < j)[:, None], -1.0, 1.0) * (0.6, 1.0), way)
    ratio = np.abs(way / (half[i] + half[j])).max(axis=1)
    push = way * np.minimum(1 / ratio - 1, 1.5)[:, None]
    limit = 1.5 * over.min(axis=1) + 4
    push *= np.minimum(1.0, limit / np.maximum(np.hypot(*push.T), 1e-9))[:, None]
    return _gather(i, j, 0.5 * push, len(at))


def _near(at: Floats, reach: float, norm: float) -> Ints:
    """Give all pairs of people within reach of each other, in order, as a (2, m) array."""
    pairs = cKDTree(at).query_pairs(reach, p=norm, output_type="ndarray").reshape(-1, 2)
    pairs = np.sort(pairs, axis=1).astype(np.int64)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].T


def _discs_push(at: Floats, radius: Floats) -> Floats:
    """Give the move that parts overlapping discs."""
    i, j = _near(at, 2 * radius.max(initial=0.0), 2.0)
    way = at[i] - at[j]
    long = np.hypot(*way.T)
    over = radius[i] + radius[j] - long
    hit = over > 0
    i, j, way, long, over = i[hit], j[hit], way[hit], long[hit], over[hit]
    along = np.where((long > 0)[:, None], way / np.maximum(long, 1e-9)[:, None], (1.0, 0.0))
    return _gather(i, j, 0.52 * (over + 2 * _GRID)[:, None] * along, len(at))


def _gather(i: Ints, j: Ints, push: Floats, n: int) -> Floats:
    """Add up the pushes on each person: one way for i, the other for j."""
    move = np.zeros((n, 2))
    for axis in (0, 1):
        move[:, axis] = np.bincount(i, push[:, axis], n) - np.bincount(j, push[:, axis], n)
    return move


def _hulls_push(at: Floats, radius: Floats, group: Ints, margin: float) -> Floats:
    """Give the move, one for all of a group, that parts overlapping hulls along the shortest way.

    A hull is known by how far it reaches in each of 24 directions. Whoever is in no group is a
    group of one with a narrow margin, so that nobody stands in the hull of others.
    """
    alone = group < 0
    kind = np.where(alone, group.max(initial=-1) + 1 + np.cumsum(alone), group)
    order = np.argsort(kind, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(kind[order]) != 0])
    size = np.diff(np.r_[starts, len(at)])
    wide = radius + np.where(alone, _ALONE, margin)
    reach = np.maximum.reduceat((at @ _TURNS.T + wide[:, None])[order], starts)
    half = len(_TURNS) // 2
    over = reach[:, None, :] + np.roll(reach, half, axis=1)[None, :, :]  # of one into the other
    best = over.argmin(axis=2)
    depth = np.maximum(over.min(axis=2), 0.0)
    single = alone[order][starts]
    depth[single[:, None] & single[None, :]] = 0.0
    np.fill_diagonal(depth, 0.0)
    share = size[None, :] / (size[:, None] + size[None, :])
    way = -(depth * share)[:, :, None] * _TURNS[best]
    move = np.zeros_like(at)
    move[order] = np.repeat(way.sum(axis=1), size, axis=0)
    return move
