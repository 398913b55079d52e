"""Circles on a page: near those they refer with, each with room for its caption above it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.layout import overlap, stress_layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Area = tuple[float, float, float, float]

__all__ = ["captions", "pack"]

_GRID = 2.0**-6  # pixels
_TRIES = 8  # first positions of which the best is taken
_ROUNDS, _CLEANING = 80, 120
_SHRINK = 0.95
_LIFT = 5.0  # pixels between a circle and its caption
_ASIDE = 16.0  # between a caption and another circle: it is nearer to its own
_TOGETHER = 0.02  # how strongly circles without flows keep near the others
_LEAST = 8.0  # pixels; no circle is made smaller to fit
_DETOUR = 2.0  # what a flow costs that runs behind another circle, in lengths of the page


def pack(
    flow: Floats, radius: Floats, caption: Floats, area: Area, *, gap: float, seed: int = 0,
    own: Floats | None = None,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Place circles so that none touches another or its caption, those with large flows near.

    Parameters
    ----------
    flow : (c, c) array
        Referrals from circle to circle.
    radius : (c,) array
        As large as one would like them; all are made smaller alike until they fit.
    caption : (c, 2) array
        Width and height of what is written above each.
    area : (left, top, right, bottom)
        Of the page.
    gap : float
        Least distance of two circles.
    seed : int, default 0
        Of the first positions.
    own : (c, 2) array, optional
        First positions of one's own.

    Returns
    -------
    (c, 2) array
        Centres, in pixels.
    (c,) array
        Radii.

    Examples
    --------
    >>> at, radius = pack(
    ...     np.array([[9.0, 4.0], [0.0, 9.0]]),
    ...     np.array([100.0, 50.0]),
    ...     np.array([[60.0, 12.0], [60.0, 12.0]]),
    ...     (0.0, 0.0, 600.0, 400.0),
    ...     gap=20.0,
    ... )
    >>> bool(np.hypot(*(at[0] - at[1])) >= radius.sum() + 19.9)
    True
    """
    both = flow + flow.T
    np.fill_diagonal(both, 0.0)
    tried = [own] if own is not None else _starts(both, seed)
    pull = both / max(float(both.max()), 1e-9)
    sheet = _Sheet(radius, caption, area, gap)
    best, least = tried[0], np.inf
    for start in tried:
        at = _relax(overlap.fill(start, area, stretch=3.0), sheet, _ROUNDS, pull)
        cost = _cost(at, sheet, pull)
        if cost < least:
            best, least = at, cost
    while True:
        best = _relax(_spread(best, sheet), sheet, _CLEANING)
        if _clear(best, sheet) or sheet.radius.max() < _LEAST:
            return best, sheet.radius
        sheet = replace(sheet, radius=_SHRINK * sheet.radius)


@dataclass(frozen=True)
class _Sheet:
    """What is to be packed, and where: see :func:`pack`."""

    radius: Floats
    caption: Floats
    area: Area
    gap: float

    @property
    def wide(self) -> Floats:
        """Half the width of each circle with its caption."""
        return np.maximum(self.radius, self.caption[:, 0] / 2)


def _spread(at: Floats, sheet: _Sheet) -> Floats:
    """Move circles as far apart as the page allows, one way and the other."""
    radius, area, wide = sheet.radius, sheet.area, sheet.wide
    tops = at[:, 1] - radius - _LIFT - sheet.caption[:, 1]
    low = np.stack([at[:, 0] - wide, tops], axis=1).min(axis=0)
    high = np.stack([at[:, 0] + wide, at[:, 1] + radius], axis=1).max(axis=0)
    room = np.array([area[2] - area[0], area[3] - area[1]])
    scale = np.clip(room / np.maximum(high - low, 1e-9), 1.0, 1.2)
    middle = np.array([area[0] + area[2], area[1] + area[3]]) / 2
    at = (at - (low + high) / 2) * scale + middle
    return np.asarray(np.round(at / _GRID) * _GRID, dtype=float)


def _starts(both: Floats, seed: int) -> list[Floats]:
    c = len(both)
    if c == 1:
        return [np.zeros((1, 2))]
    a, b = np.nonzero(np.triu(both, 1))
    weight = np.sqrt(both[a, b])
    weight = weight / max(float(weight.max(initial=0.0)), 1e-9)
    return [stress_layout.force(c, a, b, weight, seed=seed + turn) for turn in range(_TRIES)]


def _relax(at: Floats, sheet: _Sheet, rounds: int, pull: Floats | None = None) -> Floats:
    """Move circles towards those they refer with, apart where they overlap, and onto the page."""
    radius = sheet.radius
    reach = radius[:, None] + radius + sheet.gap
    before = np.where(np.arange(len(at))[:, None] < np.arange(len(at)), -1.0, 1.0)
    level = before[:, :, None] * (0.8, 0.6)
    heavy = radius**2
    share = heavy[None, :] / (heavy[:, None] + heavy)  # the smaller one of two gives way
    for turn in range(rounds):
        way = at[:, None, :] - at[None, :, :]
        far = np.sqrt((way**2).sum(axis=2))
        unit = np.where(far[:, :, None] > 1e-6, way / np.maximum(far, 1e-9)[:, :, None], level)
        over = np.maximum(reach - far, 0.0)
        np.fill_diagonal(over, 0.0)
        push = (over * share)[:, :, None] * unit
        move = push.sum(axis=1) + _captions(at, sheet)
        if pull is not None:
            loose = np.maximum(far - reach, 0.0) * pull * share
            loose = loose + _TOGETHER * np.maximum(far - reach, 0.0) * share
            move -= 0.12 * (1 - turn / rounds) * (loose[:, :, None] * unit).sum(axis=1)
        elif not np.abs(move).max(initial=0.0) > _GRID:
            break
        moved = _inside(at + 0.9 * move, sheet)
        at = np.asarray(np.round(moved / _GRID) * _GRID, dtype=float)
    return at


def _captions(at: Floats, sheet: _Sheet) -> Floats:
    """Give the moves that part captions from other circles and from each other."""
    c, radius, caption = len(at), sheet.radius, sheet.caption
    boxes = captions(at, radius, caption)
    near = np.clip(at[None, :, :], boxes[:, None, :2], boxes[:, None, 2:])
    way = at[None, :, :] - near  # from the caption of the first to the circle of the second
    far = np.sqrt((way**2).sum(axis=2))
    over = np.maximum(radius + min(sheet.gap / 2, _ASIDE) - far, 0.0)
    np.fill_diagonal(over, 0.0)
    unit = np.where(far[:, :, None] > 1e-6, way / np.maximum(far, 1e-9)[:, :, None], (0.0, -1.0))
    push = 0.5 * over[:, :, None] * unit
    move = push.sum(axis=0) - push.sum(axis=1)
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    apart = middle[:, None, :] - middle[None, :, :]
    room = (caption[:, None, :] + caption[None, :, :]) / 2 + (10.0, 3.0)
    lap = room - np.abs(apart)
    hit = (lap > 0).all(axis=2) & ~np.eye(c, dtype=bool)
    if not hit.any():
        return np.asarray(move, dtype=float)
    side = np.where(apart == 0, np.sign(np.arange(c)[:, None] - np.arange(c))[..., None], apart)
    upright = lap[..., 1] < lap[..., 0]
    step = np.where(hit[..., None], 0.5 * lap * np.sign(side), 0.0)
    move[:, 0] += np.where(~upright, step[..., 0], 0.0).sum(axis=1)
    move[:, 1] += np.where(upright, step[..., 1], 0.0).sum(axis=1)
    return np.asarray(move, dtype=float)


def captions(at: Floats, radius: Floats, caption: Floats) -> Floats:
    """Give the box of each caption, centred above its circle."""
    foot = at[:, 1] - radius - _LIFT
    half = caption[:, 0] / 2
    return np.stack([at[:, 0] - half, foot - caption[:, 1], at[:, 0] + half, foot], axis=1)


def _inside(at: Floats, sheet: _Sheet) -> Floats:
    """Move circles onto the page, with their captions; those too large for it to its middle."""
    radius, (left, top, right, bottom) = sheet.radius, sheet.area
    head = top + radius + _LIFT + sheet.caption[:, 1]
    low = np.stack([left + sheet.wide, head], axis=1)
    high = np.stack([right - sheet.wide, bottom - radius], axis=1)
    return np.where(low > high, (low + high) / 2, np.clip(at, low, np.maximum(low, high)))


def _clear(at: Floats, sheet: _Sheet) -> bool:
    """Tell whether all fits."""
    radius, (left, top, right, bottom) = sheet.radius, sheet.area
    far = np.hypot(*(at[:, None, :] - at[None, :, :]).transpose(2, 0, 1))
    over = radius[:, None] + radius + sheet.gap - far
    np.fill_diagonal(over, 0.0)
    pushed = np.abs(_captions(at, sheet)).max(initial=0.0)
    tall = (2 * radius + _LIFT + sheet.caption[:, 1]).max()
    fits = tall <= bottom - top and 2 * radius.max() <= right - left
    return bool(over.max() < 1.0 and pushed < 1.0 and fits)


def _cost(at: Floats, sheet: _Sheet, pull: Floats) -> float:
    """Give the length of all flows, with more for those that run behind other circles."""
    radius = sheet.radius
    a, b = np.nonzero(np.triu(pull, 1))
    if not len(a):
        return 0.0
    run = at[b] - at[a]
    long = np.maximum(np.hypot(*run.T), 1e-9)
    to = at[None, :, :] - at[a][:, None, :]
    along = np.clip((to * run[:, None, :]).sum(axis=2) / (long**2)[:, None], 0.0, 1.0)
    off = np.hypot(*(to - along[..., None] * run[:, None, :]).transpose(2, 0, 1))
    behind = off < radius
    behind[np.arange(len(a)), a] = behind[np.arange(len(a)), b] = False
    page = sheet.area[2] - sheet.area[0]
    free = np.maximum(long - radius[a] - radius[b], 0.0) / page
    return float((pull[a, b] * (free + _DETOUR * behind.sum(axis=1))).sum())
