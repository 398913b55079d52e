"""Whose each shape on a page is: told from where it is, so that no map has to say it twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from refgraph.maps.interactive.ink import Layer
    from refgraph.maps.scene import Scene

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

__all__ = ["RIBBON", "Owners"]

RIBBON = -2  # stands for the ties between two groups
_OFF_CENTRE, _TALLER, _RIM = 0.4, 1.5, 6.0  # a mark of a person may be so much beside its disc
_LEADER = 3.0  # a line to a name begins so near the disc


class Owners:
    """The people and ties of a scene, by where they were drawn.

    Parameters
    ----------
    scene : Scene
        A drawn map.
    ties : mapping of (giver, receiver) to int
        The number of each tie.
    """

    def __init__(self, scene: Scene, ties: Mapping[tuple[str, str], int]) -> None:
        self.discs = np.array(list(scene.nodes.values()), dtype=float).reshape(-1, 3)
        self.near = cKDTree(self.discs[:, :2]) if len(self.discs) else None
        place = {person: at for at, person in enumerate(scene.nodes)}
        self.starts: dict[tuple[float, float], list[int]] = {}
        self.tips: dict[tuple[float, float], list[int]] = {}
        self.ends: dict[int, tuple[Floats, Floats]] = {}
        for edge in scene.edges:
            k = ties[edge["u"], edge["v"]]
            first, last = (np.asarray(edge["poly"][at], dtype=float) for at in (0, -1))
            self.starts.setdefault(_key(first), []).append(k)
            self.tips.setdefault(_key(last), []).append(k)
            self.ends[k] = first, last
        self.cells = np.array([ties[cell["u"], cell["v"]] for cell in scene.cells], dtype=np.int64)
        boxes = np.array([cell["box"] for cell in scene.cells], dtype=float).reshape(-1, 2, 2)
        self.high = (boxes[:, 1] - boxes[:, 0])[:, 1]
        self.by_cell = cKDTree(boxes.mean(axis=1)) if len(boxes) else None
        self.ribbons = {_key(ribbon["poly"][0]) for ribbon in scene.ribbons}
        names = [label for label in scene.labels if label["node"] in place]
        self.named = np.array([place[label["node"]] for label in names], dtype=np.int64)
        self.boxes = np.array([label["box"] for label in names], dtype=float).reshape(-1, 4)

    def of(self, layer: Layer) -> tuple[Ints, Ints]:
        """Tell person and tie of each shape of a layer, -1 for none."""
        closed = np.array([code == "O" or code[-1] in "PZ" for code in layer.codes])
        tie = np.array(
            [
                -1 if code == "O" else self._tie(points, closed=shut)
                for code, points, shut in zip(
                    layer.codes, layer.points, closed.tolist(), strict=True
                )
            ],
            dtype=np.int64,
        )
        self._in_cells(tie, layer, closed & (tie == -1))
        person = self._marks(layer, closed & (tie == -1))
        self._grounds(person, layer, closed & (tie == -1))
        for k in np.flatnonzero((person < 0) & (tie == -1)).tolist():
            if layer.codes[k] == "ML":
                person[k] = self._leader(layer.points[k])
        return person, tie

    def inside(self, box: Sequence[float]) -> int:
        """Give the person on whose disc a box has its centre; -1 for nobody."""
        if self.near is None:
            return -1
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        gaps = np.hypot(*(self.discs[:, :2] - (x, y)).T) - self.discs[:, 2]
        best = int(gaps.argmin())
        return best if gaps[best] < 0 else -1

    def on_cell(self, box: Sequence[float]) -> int:
        """Give the tie on whose cell a box has its centre; -1 for none."""
        if self.by_cell is None:
            return -1
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        away, which = self.by_cell.query((x, y), p=np.inf)
        return int(self.cells[which]) if away < self.high[which] / 2 else -1

    def _in_cells(self, tie: Ints, layer: Layer, open_to: Bools) -> None:
        """Find the tie whose cell a shape marks."""
        if self.by_cell is None:
            return
        away, which = self.by_cell.query((layer.low + layer.high) / 2)
        same = np.abs((layer.high - layer.low)[:, 1] - self.high[which]) < _RIM
        marks = open_to & (away < 0.1) & same
        tie[marks] = self.cells[which][marks]

    def _marks(self, layer: Layer, open_to: Bools) -> Ints:
        """Find whose disc a shape is centred on; nobody's if it is much larger."""
        person = np.full(len(open_to), -1, dtype=np.int64)
        if self.near is None:
            return person
        away, which = self.near.query((layer.low + layer.high) / 2)
        r = self.discs[:, 2][which]
        tall = (layer.high - layer.low)[:, 1] / 2
        mine = open_to & (away <= _OFF_CENTRE * r + 1) & (tall <= _TALLER * r + _RIM)
        person[mine] = np.asarray(which)[mine]
        return person

    def _grounds(self, person: Ints, layer: Layer, open_to: Bools) -> None:
        """Find whose name a shape lies under."""
        if not len(self.boxes):
            return
        middle = (self.boxes[:, :2] + self.boxes[:, 2:]) / 2
        away, which = cKDTree(middle).query((layer.low + layer.high) / 2)
        high = (self.boxes[:, 3] - self.boxes[:, 1])[which]
        same = np.abs((layer.high - layer.low)[:, 1] - high) < 1
        under = open_to & (person < 0) & (away < 1) & same
        person[under] = self.named[which][under]

    def _tie(self, points: Floats, *, closed: bool) -> int:
        """Find the tie that a shaft starts or a head ends."""
        first, last = _key(points[0]), _key(points[-1])
        if closed:
            if first in self.ribbons:
                return RIBBON
            found = self.tips.get(first, [])
        else:
            found = [*self.starts.get(first, []), *self.starts.get(last, [])]
        if len(found) < 2:
            return found[0] if found else -1
        if closed:
            back = points[1:].mean(axis=0)
            return min(
                found,
                key=lambda k: (_far(self.ends[k][1], points[0]), _off_line(back, *self.ends[k])),
            )
        return min(found, key=lambda k: self._ill(k, points))

    def _ill(self, k: int, points: Floats) -> float:
        """Give how badly a shaft fits a tie; it may run either way."""
        (start, tip), (first, last) = self.ends[k], points[[0, -1]]
        ways = ((first, last), (last, first))
        return min(1000 * _far(start, a) + _far(tip, b) for a, b in ways)

    def _leader(self, points: Floats) -> int:
        """Find the person whose mark and name a line joins."""
        x, y = points[-1]
        box = self.boxes
        touched = (box[:, 0] <= x + 0.1) & (x - 0.1 <= box[:, 2])
        touched &= (box[:, 1] <= y + 0.1) & (y - 0.1 <= box[:, 3])
        for i in self.named[touched].tolist():
            if _far(self.discs[i, :2], points[0]) <= self.discs[i, 2] + _LEADER:
                return int(i)
        return -1


def _key(point: Any) -> tuple[float, float]:
    return round(float(point[0]), 3), round(float(point[1]), 3)


def _far(a: Floats, b: Floats) -> float:
    return float(np.hypot(*(a - b)))


def _off_line(point: Floats, start: Floats, end: Floats) -> float:
    """Give how far a point is from the segment between two others."""
    run = end - start
    share = float(np.clip((point - start) @ run / max(float(run @ run), 1e-9), 0.0, 1.0))
    return _far(point, start + share * run)
