"""Where the captions of a timeline go: near their day, clear of the lines and of each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.layout.quality import box_to_points, overlapping, segments_hit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Box = tuple[float, float, float, float]

__all__ = ["MARK", "Area", "Box"]

MARK = 5.0  # radius of the mark on a day
_PAD = 3.0  # pixels kept free about a caption
_FAR = 240.0  # no caption is farther above or below its day
_INSIDE = 90.0  # what a place between the lines costs, in pixels
_RULE = 10.0  # and what a rule behind it costs
_BELOW = 0.3  # what a place below its day costs


@dataclass
class Area:
    """The area captions may stand in, the lines they keep clear of, and those placed so far.

    Attributes
    ----------
    page : (left, top, right, bottom)
        Where captions may stand.
    lines : sequence of (n, 2) arrays
        Polylines that rise from left to right.
    rules : sequence of float
        Heights of the lines behind, which captions keep clear of where they can.
    """

    page: Box
    lines: Sequence[Floats]
    rules: Sequence[float] = ()
    boxes: list[Box] = field(default_factory=list)
    discs: list[tuple[float, float]] = field(default_factory=list)
    leaders: list[Box] = field(default_factory=list)

    def spot(self, x: float, y: float, wide: float, high: float) -> Box | None:
        """Place a caption for a day at (x, y), and remember it; None if there is no room.

        Examples
        --------
        >>> area = Area((0.0, 0.0, 400.0, 200.0), [np.array([[0.0, 180.0], [400.0, 20.0]])])
        >>> area.spot(200.0, 100.0, 80.0, 14.0)  # below its day, clear of the line
        (195.2, 111.0, 275.2, 125.0)
        >>> area.spot(201.0, 100.0, 80.0, 14.0) is None  # on the first one's mark
        True
        """
        if any(np.hypot(x - a, y - b) < 2.5 * MARK for a, b in self.discs):
            return None
        boxes, cost, leader = _offers(x, y, wide, high)
        start = np.vstack([line[:-1] for line in self.lines])
        end = np.vstack([line[1:] for line in self.lines])
        free = (boxes[:, :2] >= self.page[:2]).all(axis=1)
        free &= (boxes[:, 2:] <= self.page[2:]).all(axis=1)
        padded = boxes + np.array([-2 * _PAD, -_PAD, 2 * _PAD, _PAD])
        free &= ~segments_hit(padded, start, end).any(axis=1)
        free &= ~segments_hit(leader, start, end).any(axis=1)
        if self.boxes:
            taken = np.array(self.boxes)
            free &= ~overlapping(padded, taken, pad=_PAD).any(axis=1)
            free &= ~overlapping(leader, taken, pad=_PAD).any(axis=1)
            free &= ~overlapping(padded, np.array(self.leaders), pad=_PAD).any(axis=1)
        discs = np.array([*self.discs, (x, y)])
        free &= (box_to_points(boxes, discs) > MARK + _PAD).all(axis=1)
        cost = cost + _INSIDE * self._between(boxes)
        for rule in self.rules:
            cost = cost + _RULE * ((boxes[:, 1] < rule) & (rule < boxes[:, 3]))
        if not free.any():
            return None
        best = int(np.where(free, cost, np.inf).argmin())
        left, top, right, bottom = boxes[best].tolist()
        self.discs.append((x, y))
        self.leaders.append(tuple(leader[best].tolist()))
        self.boxes.append((left, top, right, bottom))
        return self.boxes[-1]

    def _between(self, boxes: Floats) -> NDArray[np.bool_]:
        """Tell which boxes stand between the lines, where the ground is tinted."""
        middle = (boxes[:, :2] + boxes[:, 2:]) / 2
        ys = [np.interp(middle[:, 0], line[:, 0], line[:, 1]) for line in self.lines]
        low, high = np.min(ys, axis=0), np.max(ys, axis=0)
        return np.asarray((low < middle[:, 1]) & (middle[:, 1] < high))


def _offers(x: float, y: float, wide: float, high: float) -> tuple[Floats, Floats, Floats]:
    """Give the places for a caption, what each costs, and the box of the line that joins it."""
    boxes, cost, leader = [], [], []
    for side in (1, -1):
        left = x + 2 * MARK if side > 0 else x - 2 * MARK - wide
        boxes.append((left, y - high / 2, left + wide, y + high / 2))
        cost.append(2.0 * (side < 0))
        leader.append((x, y, x, y))
    for away in np.arange(MARK + 6.0, _FAR, 6.0).tolist():
        for up in (1, -1):
            for share in (0.06, 0.94, 0.0, 0.5, 0.28, 0.72):
                left = x - share * wide
                top = y - away - high if up > 0 else y + away
                boxes.append((left, top, left + wide, top + high))
                cost.append(away * (1.0 if up > 0 else 1 + _BELOW) + 4 * abs(share - 0.06))
                near, far = sorted((y - up * (MARK + 3), y - up * away))
                leader.append((x - 1, near, x + 1, far))
    return np.array(boxes), np.array(cost), np.array(leader)
