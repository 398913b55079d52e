"""Flows between circles: lanes as wide as their referrals, one each way, bent round the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.drawing import arrows
from refgraph.maps.layout.quality import box_to_points, overlapping, segments_hit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.maps.drawing.arrows import Arrows

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Box = tuple[float, float, float, float]

__all__ = ["Flows", "Ground", "beside", "between", "lanes", "strongest", "width"]

WIDEST = 11.0
_NARROW = 1.6
_CLEAR = 3.0  # between a lane and the circles it joins
_BETWEEN = 3.0  # between the two lanes of a pair
_BOWS = (0.1, 0.2, 0.25, 0.3, 0.36, 0.42, 0.48, 0.55, 0.7, 0.85)
_LEANS = np.array([0.0, 0.18, -0.18, 0.34, -0.34])  # where along the way a lane bows most
# every bend with every lean, an even one first
_BENDS = np.tile([0.0, *(sign * k for k in _BOWS for sign in (1, -1))], len(_LEANS))
_LEANT = np.repeat(_LEANS, len(_BENDS) // len(_LEANS))
_BEHIND, _WRITTEN, _OFF = 4.0, 2.0, 9.0  # what a pixel behind a circle, over a caption, off costs
_STEPS = np.linspace(0.0, 1.0, 33)
_DENSE = 8  # points between two of a lane's
_TURNS = np.radians(
    [0, *(sign * k for k in (14, 28, 42, 55, 180, 160, 140, 120, 100, 75) for sign in (1, -1))]
)
_LIFTS = 0.0, 24.0  # pixels farther from the rim: there is room for a head between
_MIXED = 18.0, 0.8  # pixels to the caption of another circle that mix the two up, and what it costs
_STACKED = 16.0, 3.5  # pixels of height: two captions nearer than that read as one, at that cost
_OWN = 10.0  # pixels that a caption is nearer to its own circle than to any other, at least


@dataclass(frozen=True)
class Ground:
    """What flows run over.

    Attributes
    ----------
    at, radius : (c, 2) and (c,) arrays
        The circles.
    taken : (k, 4) array
        Boxes of text to keep off.
    page : (left, top, right, bottom)
        Which to stay on.
    """

    at: Floats
    radius: Floats
    taken: Floats
    page: Box


@dataclass(frozen=True)
class Flows:
    """Flows from circle to circle, ready to draw, one row each.

    Attributes
    ----------
    giver, receiver : (m,) arrays
        The circles.
    weight, line : (m,) arrays
        Referrals, and width in pixels.
    drawn : Arrows
        Lanes with their heads.
    """

    giver: Ints
    receiver: Ints
    weight: Floats
    line: Floats
    drawn: Arrows

    def points(self) -> Floats:
        """Give points along the lanes and half their widths, as a (k, 3) array."""
        polys = self.drawn.polys
        t = np.linspace(0.0, 1.0, _DENSE, endpoint=False)[:, None]
        between = polys[:, :-1, None] * (1 - t) + polys[:, 1:, None] * t
        wide = np.broadcast_to(self.line[:, None, None, None] / 2, (*between.shape[:3], 1))
        return np.concatenate([between, wide], axis=3).reshape(-1, 3)


def width(weight: Floats | float, most: float) -> Floats:
    """Give the width of a lane for so many referrals, where the largest flow has `most`.

    Examples
    --------
    >>> width(np.array([0.0, 10.0, 40.0]), 40.0).round(1).tolist()
    [1.6, 4.9, 11.0]
    """
    share = (np.asarray(weight, dtype=float) / max(most, 1e-9)) ** 0.75
    return np.asarray(_NARROW + (WIDEST - _NARROW) * share, dtype=float)


def between(flow: Floats) -> Floats:
    """Give what passes between circles, without what stays inside.

    Examples
    --------
    >>> between(np.array([[9.0, 4], [2, 9]])).tolist()
    [[0.0, 4.0], [2.0, 0.0]]
    """
    return np.where(np.eye(len(flow), dtype=bool), 0.0, flow)


def strongest(flow: Floats, most: int) -> NDArray[np.bool_]:
    """Choose the flows with the most referrals, each direction for itself; at most so many.

    Parameters
    ----------
    flow : (c, c) array
        Referrals from circle to circle.
    most : int
        How many flows; of level ones the first pairs of circles are taken, both of a pair or
        neither.

    Returns
    -------
    (c, c) array of bool
        Which flows to draw.

    Examples
    --------
    >>> strongest(np.array([[9.0, 4, 1], [2, 9, 0], [0, 0, 9]]), 2).astype(int).tolist()
    [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    """
    there, chosen = between(flow).ravel(), np.zeros(flow.size, dtype=bool)
    row, column = np.divmod(np.arange(flow.size), max(len(flow), 1))
    low, high = np.minimum(row, column), np.maximum(row, column)
    chosen[np.lexsort((high, low, -there))[:most]] = True
    found = (chosen & (there > 0)).reshape(flow.shape)
    weakest = float(flow[found].min(initial=np.inf))
    lone = (flow == weakest) & (weakest == flow.T) & ~found.T
    return np.asarray(found & ~lone, dtype=bool)


def lanes(ground: Ground, flow: Floats, chosen: NDArray[np.bool_]) -> Flows:
    """Draw the chosen flows from rim to rim, round other circles and captions where they can.

    Parameters
    ----------
    ground : Ground
        Circles, captions and page.
    flow : (c, c) array
        Referrals from circle to circle.
    chosen : (c, c) array of bool
        Which to draw.

    Returns
    -------
    Flows
        The largest last, so that it is drawn above the others.
    """
    at, radius = ground.at, ground.radius
    drawn_flow = np.where(chosen, flow, 0.0)
    a, b = np.nonzero(np.triu(chosen | chosen.T, 1))
    most = float(flow[chosen].max(initial=0.0))
    rows: list[tuple[float, int, int, float, float, float, float]] = []
    for i, j in zip(a.tolist(), b.tolist(), strict=True):
        there, back = float(drawn_flow[i, j]), float(drawn_flow[j, i])
        thick = [float(width(w, most)) if w else 0.0 for w in (there, back)]
        room = (sum(thick) + _BETWEEN) / 2 if there and back else 0.0
        bend, lean = _bend(ground, i, j, room or sum(thick) / 2)
        ways = ((i, j, there, thick[0], bend, lean), (j, i, back, thick[1], -bend, -lean))
        rows += [
            (w, u, v, line, turn, room - line / 2 if room else 0.0, far)
            for u, v, w, line, turn, far in ways
            if w
        ]
    rows.sort(key=lambda row: (row[0], row[1], row[2]))
    table = np.array(rows, dtype=float).reshape(-1, 7)
    weight, lines, bends, aside, leans = table[:, [0, 3, 4, 5, 6]].T
    giver, receiver = table[:, 1].astype(np.int64), table[:, 2].astype(np.int64)
    start, end = at[giver], at[receiver]
    way = end - start
    unit = way / np.maximum(np.hypot(*way.T), 1e-9)[:, None]
    shift = np.stack([-unit[:, 1], unit[:, 0]], axis=1) * aside[:, None]
    rims = radius[giver] + _CLEAR, radius[receiver] + _CLEAR
    ends = start + shift, end + shift
    drawn = arrows.between(*ends, rims, bends, lines, lean=leans, discs=(start, end))
    return Flows(giver, receiver, weight, lines, drawn)


def beside(ground: Ground, flows: Flows) -> Floats:
    """Move the captions that flows run beneath along the rim of their circles, where they can.

    Parameters
    ----------
    ground : Ground
        The circles, and as what is taken their captions, each centred above its circle.
    flows : Flows
        What to keep clear of.

    Returns
    -------
    (c, 4) array
        Boxes that touch no circle and no other box.
    """
    at, radius, page = ground.at, ground.radius, ground.page
    boxes = ground.taken.copy()
    half = (boxes[:, 2:] - boxes[:, :2]) / 2
    lift = at[:, 1] - radius - boxes[:, 3]
    lines = flows.drawn.polys
    start, end = lines[:, :-1].reshape(-1, 2), lines[:, 1:].reshape(-1, 2)
    wide = np.repeat(flows.line / 2 + 3, lines.shape[1] - 1) if len(lines) else np.zeros(0)
    corners = flows.drawn.heads
    sides = corners.reshape(-1, 2), np.roll(corners, -1, axis=1).reshape(-1, 2)
    turns, lifts = np.tile(_TURNS, len(_LIFTS)), np.repeat(_LIFTS, len(_TURNS))
    way = np.stack([np.sin(turns), -np.cos(turns)], axis=1)
    for k in range(len(at)):
        # the box touches the rim with the corner or side that is nearest
        out = np.clip(way * 2.5, -1, 1) * half[k] + way * (radius[k] + lift[k] + lifts)[:, None]
        those = np.hstack([at[k] + out - half[k], at[k] + out + half[k]])
        free = (those[:, :2] >= page[:2]).all(axis=1) & (those[:, 2:] <= page[2:]).all(axis=1)
        others = np.delete(boxes, k, axis=0)
        free &= ~overlapping(those, others, pad=3.0).any(axis=1)
        gap = box_to_points(those, at) - radius
        own = gap[:, k].copy()
        gap[:, k] = np.inf
        free &= (own > min(float(lift[k]), 2.0)) & (gap > own[:, None] + _OWN).all(axis=1)
        hit = np.zeros(len(those))
        for turn, box in enumerate(those):
            near = ((np.maximum(start, end) >= box[:2] - 12) & (
                np.minimum(start, end) <= box[2:] + 12)).all(axis=1)  # fmt: skip
            grown = box + wide[near, None] * np.array([-1.0, -1.0, 1.0, 1.0])
            hit[turn] = sum(
                bool(segments_hit(grown[m : m + 1], s[None], e[None])[0, 0])
                for m, (s, e) in enumerate(zip(start[near], end[near], strict=True))
            )
        nicked = segments_hit(those, *sides).any(axis=1)
        mixed = overlapping(those, others, pad=_MIXED[0]).any(axis=1) & (np.abs(turns) > 0)
        tall = those + np.array([0.0, -_STACKED[0], 0.0, _STACKED[0]])
        stacked = overlapping(tall, others).any(axis=1) & (np.abs(turns) > 0)
        worse = 3.0 * (hit > 0) + hit + 3.0 * nicked + 0.02 * lifts
        worse = worse + _MIXED[1] * mixed + _STACKED[1] * stacked
        cost = np.where(free, worse + np.abs(turns), np.inf)
        cost[0] = min(cost[0], 1e6)
        boxes[k] = those[int(cost.argmin())]
    return boxes


def _bend(ground: Ground, i: int, j: int, half: float) -> tuple[float, float]:
    """Choose how far a pair of lanes bows, and where most, so that it runs behind little else.

    `half` is half the width of the two.
    """
    at, taken, page = ground.at, ground.taken, ground.page
    start, end = at[i], at[j]
    chord = end - start
    aside = np.array([-chord[1], chord[0]])
    middle = start + (0.5 + _LEANT)[:, None] * chord + _BENDS[:, None] * aside
    t = _STEPS[None, :, None]
    points = (1 - t) ** 2 * start + 2 * t * (1 - t) * middle[:, None, :] + t**2 * end
    step = np.hypot(*np.diff(points, axis=1, append=points[:, -1:]).transpose(2, 0, 1))
    far = np.hypot(*(points[:, :, None, :] - at).transpose(3, 0, 1, 2)) - ground.radius
    own = np.minimum(far[:, :, i], far[:, :, j]) < 0
    far[:, :, [i, j]] = np.inf
    behind = (((far < half + 2).any(axis=2) & ~own) * step).sum(axis=1)
    x, y = points[..., 0, None], points[..., 1, None]
    over = (x > taken[:, 0] - 9) & (x < taken[:, 2] + 9) & (y > taken[:, 1] - 6) & (
        y < taken[:, 3] + 6)  # fmt: skip
    written = ((over.any(axis=2) & ~own) * step).sum(axis=1)
    low, high = np.array(page[:2]) + half, np.array(page[2:]) - half
    off = (((points < low) | (points > high)).any(axis=2) * step).sum(axis=1)
    cost = _BEHIND * behind + _WRITTEN * written + _OFF * off
    cost += 60 * np.abs(_BENDS) + 20 * np.abs(_LEANT) + 0.1 * (_BENDS < 0)
    best = int(cost.argmin())
    return float(_BENDS[best]), float(_LEANT[best])
