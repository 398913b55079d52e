"""The lanes of the owed map, drawn: what is not matched of each lies on what is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from refgraph.maps.kinds.owed import colors, fan_lanes
from refgraph.maps.scenes import theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from refgraph.maps.drawing.canvas import Canvas
    from refgraph.maps.kinds.owed.data import Row
    from refgraph.maps.scenes.marks import Owner

__all__ = ["Begin", "draw"]


class Begin(NamedTuple):
    """The mark from which the lanes of a row begin: its middle, and half its width."""

    x: float
    y: float
    half: float


class _Part(NamedTuple):
    """What is not matched of a lane: its shaft and its head, painted on those of all of it."""

    corners: list[NDArray[np.float64]]
    color: str
    tie: tuple[str, str]


def draw(
    canvas: Canvas,
    whose: str,
    hub: fan_lanes.Hub,
    rows: Sequence[Row],
    at: Sequence[Begin],
) -> None:
    """Draw the lanes of the rows of one side, from their marks to the disc of `whose` and back."""
    angles, side = _angles(hub, rows, at), _side(hub, at)
    shafts, heads, hues, widths = [], [], [], []
    owners: list[Owner] = []
    parts: list[_Part] = []
    for row, (x, y, half) in zip(rows, at, strict=True):
        lines = [fan_lanes.lane_width(weight) for _, weight in row.lanes]
        gap = sum(lines) / 2 + 2.6 if len(lines) == 2 else 0.0
        edge = half + 4 + 3 * row.late
        steep = float(np.clip((y - hub.centre[1]) / 200, -1.0, 1.0))
        for k, (inward, weight) in enumerate(row.lanes):
            line = lines[k]
            shaped = partial(
                fan_lanes.shape,
                (x - side * edge, y + (k - 0.5) * gap),
                hub.centre,
                hub.radius,
                next(angles),
                inward=inward,
                late=fan_lanes.head_length(lines[1]) + 2 if gap and inward else 0.0,
                turn=1.1 * (k - 0.5) * gap * steep,
            )
            lane = shaped(line=line)
            shafts.append(lane.shaft)
            heads.append(lane.head)
            widths.append(line)
            tie = (row.person, whose) if inward else (whose, row.person)
            owners.append(tie)
            alone, color = row.alone(inward=inward), colors.of_tie(row.standing, inward=inward)
            if 0 < alone < weight:  # on what is matched, what is not
                inner = fan_lanes.lane_width(alone)
                part = shaped(line=inner)
                parts.append(
                    _Part(
                        [*fan_lanes.band(part, inner, theme.dashes(color)), part.head], color, tie
                    )
                )
                color = colors.matched(inward=inward)
            hues.append(color)
            canvas.scene.edges.append(
                {
                    "u": tie[0],
                    "v": tie[1],
                    "weight": float(weight),
                    "poly": lane.poly.tolist(),
                    "tip": lane.poly[-1].tolist(),
                    "head": lane.length,
                }
            )
    canvas.curves(np.array(shafts), hues, np.array(widths), owners=owners)
    canvas.polygons(heads, hues, zorder=3.2, owners=owners)
    for each in parts:
        canvas.polygons(each.corners, each.color, zorder=3.4, owners=[each.tie] * len(each.corners))


def _side(hub: fan_lanes.Hub, at: Sequence[Begin]) -> int:
    """Tell on which side of the disc the marks stand: -1 on the left, 1 on the right."""
    return -1 if at[0].x < hub.centre[0] else 1


def _angles(hub: fan_lanes.Hub, rows: Sequence[Row], at: Sequence[Begin]) -> Iterator[float]:
    """Give where each lane meets the disc, one lane after another."""
    weights = [weight for row in rows for _, weight in row.lanes]
    x, y = hub.centre
    tilt = np.arctan2(np.mean([each.y for each in at]) - y, x - at[0].x * (_side(hub, at) < 0))
    return iter(fan_lanes.slots(weights, hub.radius, 0.6 * float(tilt)).angles)
