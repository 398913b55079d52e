"""Two columns of people and one disc between them, joined by lanes that never cross."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.drawing import arrows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = [
    "MOST",
    "Hub",
    "Lane",
    "Slots",
    "band",
    "head_length",
    "lane_width",
    "shape",
    "slots",
]

MOST = 9  # referrals, and a lane grows no wider
_STEEPEST = np.radians(80)
_CLEAR = 3.0  # pixels between an arrow and the discs it joins
_BETWEEN = 2.5  # pixels between the heads of two lanes


@dataclass(frozen=True)
class Hub:
    """The disc in the middle."""

    centre: tuple[float, float]
    radius: float


@dataclass(frozen=True)
class Slots:
    """Where the lanes of one side meet the disc: an angle for each, from the top down."""

    angles: Floats


@dataclass(frozen=True)
class Lane:
    """One tie, drawn: the curve of its shaft, its head, and points along it to the tip."""

    shaft: Floats
    head: Floats
    poly: Floats
    length: float


def lane_width(weight: float) -> float:
    """Give the width of a lane in pixels; it grows up to nine referrals.

    Examples
    --------
    >>> lane_width(1), lane_width(9) == lane_width(10_000)
    (2.2, True)
    """
    return round(0.7 + 1.5 * min(weight, 1.0) + 0.8 * (min(max(weight, 1.0), MOST) - 1.0), 3)


def band(lane: Lane, line: float, dashes: tuple[float, ...] = ()) -> list[Floats]:
    """Give the outline of the shaft of a lane so wide, for a part painted on a wider lane.

    With `dashes`, lengths on and off in widths of the line, those of its pieces.

    Examples
    --------
    >>> lane = shape((0.0, 0.0), (100.0, 0.0), 10.0, 0.0, line=2.2, inward=True)
    >>> [float(np.ptp(outline[:, 1])) for outline in band(lane, 2.2)]
    [2.2]
    >>> len(band(lane, 2.2, (3.0, 0.8)))
    10
    """
    points = arrows.along(lane.shaft)
    if not dashes:
        return [_outline(points, line)]
    run = np.r_[0.0, np.cumsum(np.hypot(*np.diff(points, axis=0).T))]
    on, off = (length * line for length in dashes)
    pieces = []
    for start in np.arange(0.0, run[-1], on + off).tolist():
        where = np.linspace(start, min(start + on, run[-1]), 5)
        piece = np.stack([np.interp(where, run, points[:, k]) for k in (0, 1)], axis=1)
        pieces.append(_outline(piece, line))
    return pieces


def _outline(points: Floats, line: float) -> Floats:
    """Give the outline of a line so wide through points."""
    way = np.gradient(points, axis=0)
    aside = np.stack([-way[:, 1], way[:, 0]], axis=1)
    aside *= line / 2 / np.maximum(np.hypot(*aside.T), 1e-9)[:, None]
    return np.vstack([points + aside, (points - aside)[::-1]])


def head_length(line: float) -> float:
    """Give the length of the head on a lane."""
    return min(float(arrows.head_length(line)), 15.0)


def room(weight: float) -> float:
    """Give the pixels a lane takes on the rim of the disc: its head is wider than its shaft."""
    line = lane_width(weight)
    return float(line + 0.72 * head_length(line)) + _BETWEEN


def slots(weights: Sequence[float], radius: float, tilt: float) -> Slots:
    """Share the rim of the disc among the lanes of one side, in order from the top.

    Parameters
    ----------
    weights : sequence of float
        One per lane.
    radius : float
        Of the disc.
    tilt : float
        Where the middle of the lanes should be, in radians below the horizontal.

    Returns
    -------
    Slots
        With angles below the horizontal, growing.

    Examples
    --------
    >>> slots([1.0, 1.0], 60.0, 0.0).angles.round(2).tolist()
    [-0.14, 0.14]
    """
    wide = np.array([room(weight) for weight in weights])
    run = np.cumsum(wide) - wide / 2
    total = wide.sum()
    spread = min(1.35 * total / radius, 2 * _STEEPEST)
    angles = (run / total - 0.5) * spread if len(wide) else run
    half = spread / 2
    middle = float(np.clip(tilt, half - _STEEPEST, _STEEPEST - half)) if len(wide) else 0.0
    return Slots(angles + middle)


def shape(
    mark: tuple[float, float], centre: tuple[float, float], radius: float, angle: float,
    *, line: float, inward: bool, late: float = 0.0, turn: float = 0.0,
) -> Lane:  # fmt: skip
    """Draw one lane from the mark's side of a row to its slot on the disc, or back.

    Parameters
    ----------
    mark : pair of float
        Where the lane leaves the mark.
    centre, radius
        The disc.
    angle : float
        Of the slot, in radians below the horizontal.
    line : float
        Width of the lane.
    inward : bool
        Whether the referral was given to the person in the middle.
    late : float, default 0
        How much farther from the mark the lane begins.
    turn : float, default 0
        How much later the lane turns towards its slot: the outer one of two lanes turns later.

    Returns
    -------
    Lane
        Its tip is at the disc when inward, else at the mark.
    """
    side = 1.0 if mark[0] > centre[0] else -1.0
    begin = np.array([mark[0] - side * late, mark[1]])
    out = np.array([side * np.cos(angle), np.sin(angle)])
    rim = np.array(centre) + (radius + _CLEAR) * out
    start = np.array(mark)
    reach = abs(start[0] - centre[0]) - radius
    along = np.array([-side, 0.0])
    knee = start + (0.5 * reach + turn) * along
    whole = np.stack([begin, knee, rim + 0.5 * reach * out, rim])
    length = head_length(line)
    shaft = whole.copy()
    if inward:
        shaft[3] = rim + 0.8 * length * out
        tip, pointing = rim, -out
        poly = np.vstack([arrows.along(shaft), rim])
    else:
        shaft[0] = begin + 0.8 * length * along
        tip, pointing = begin, -along
        poly = np.vstack([arrows.along(shaft[::-1]), begin])
    head = arrows.heads(tip[None], pointing[None], np.array([length]), np.array([line]))[0]
    return Lane(shaft, head, poly, length)
