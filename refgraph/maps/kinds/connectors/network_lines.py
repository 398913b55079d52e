"""The lines round separate networks: about the names of their people too, and nobody else's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.drawing.canvas import closed
from refgraph.maps.layout import overlap
from refgraph.maps.layout.quality import segments_hit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from refgraph.maps.kinds.connectors.data import Net
    from refgraph.maps.layout.tie_routing import Web

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]
    Area = tuple[float, float, float, float]

__all__ = ["Networks"]

_AIR = (20.0, 12.0, 6.0)  # pixels from what a line is round to the line, as far as there is room


@dataclass(frozen=True, eq=False)
class Networks:
    """The networks a title counts, as they are drawn.

    Attributes
    ----------
    net, web : Net and Web
        The people and ties, and where they are.
    count : int
        How many networks the title counts, the largest.
    areas : mapping of int to array
        The area of each group that has one.
    names : mapping of int to box
        Where the name of somebody is, by the place among the people of `net`.
    captions : mapping of int to box
        Where the name of a group is.
    room : (left, top, right, bottom)
        Which no line leaves.
    """

    net: Net
    web: Web
    count: int
    areas: Mapping[int, Floats]
    names: Mapping[int, Floats]
    captions: Mapping[int, Floats]
    room: Area

    def unseen(self) -> dict[int, Bools]:
        """Give who is in each network that no one area already shows as one."""
        found = {}
        for k in range(self.count):
            those = self.net.network == k
            kinds = {*self.net.group[those].tolist()}
            area = kinds.pop() if len(kinds) == 1 else -1
            shown = area in self.areas and (self.net.group == area).sum() == those.sum()
            if those.any() and not shown:
                found[k] = those
        return found

    def lines(self) -> tuple[dict[int, Floats], list[int]]:
        """Give a line round each network that none of its areas is, and which may be drawn.

        These strike nothing that is of others, and no other line. They are as wide as leaves most
        of them, those of the larger networks first.
        """
        best: tuple[dict[int, Floats], list[int]] = {}, []
        for air in _AIR:
            rims = {k: self._rim(those, air) for k, those in self.unseen().items()}
            clear: list[int] = []
            for k, rim in rims.items():
                kept = [rims[other] for other in clear]
                if self._is_clear(rim, self.net.network == k) and not _meets(rim, kept):
                    clear.append(k)
            if not best[0] or len(clear) > len(best[1]):
                best = rims, clear
            if len(clear) == len(rims):
                break
        return best

    def _rim(self, those: Bools, air: float) -> Floats:
        """Give the line round some people, their names, ties and areas."""
        own = [self.areas[k] for k in self._areas_of(those)]
        boxes = self._boxes(those)
        corners = [boxes[:, [x, y]] for x in (0, 2) for y in (1, 3)]
        around = np.vstack([self.web.at[those], *corners, *own])
        wide = np.full(len(around), air)
        wide[: those.sum()] += self.web.radius[those]
        rim = overlap.hull(around, wide)
        ties = self._ties(those)
        out = ties[~closed(rim).contains_points(ties)]
        if len(out):
            around, wide = np.vstack([around, out]), np.r_[wide, np.full(len(out), air)]
            rim = overlap.hull(around, wide)
        return np.clip(rim, self.room[:2], self.room[2:])

    def _is_clear(self, rim: Floats, those: Bools) -> bool:
        """Tell whether a line is off all names, and nothing of others is in it."""
        path, others = closed(rim), ~those
        disc = self.web.radius[others, None]
        marks = np.hstack([self.web.at[others] - disc, self.web.at[others] + disc])
        strange = np.vstack([marks, self._boxes(others)])
        boxes = np.vstack([strange, self._boxes(those)])
        middles = (strange[:, :2] + strange[:, 2:]) / 2
        mine = {*self.net.group[those].tolist()}
        areas = [self.areas[k] for k in self.areas if k not in mine]
        return not (
            segments_hit(boxes, rim, np.roll(rim, -1, axis=0)).any()
            or path.contains_points(np.vstack([middles, self._ties(others)])).any()
            or _meets(rim, areas)
        )

    def _ties(self, those: Bools) -> Floats:
        """Give points on the ties of some networks."""
        return self.web.drawn.polys[those[self.web.giver]].reshape(-1, 2)

    def _areas_of(self, those: Bools) -> list[int]:
        """Give the groups that have an area, and all of whose people drawn are among some."""
        return [k for k in self.areas if not (self.net.group[~those] == k).any()]

    def _boxes(self, those: Bools) -> Floats:
        """Give where the names of some people and of their groups are."""
        own = self._areas_of(those)
        names = [box for i, box in self.names.items() if those[i]]
        return np.array([*names, *(self.captions[k] for k in own if k in self.captions)]).reshape(
            -1, 4
        )


def _meets(rim: Floats, others: Sequence[Floats]) -> bool:
    """Tell whether an area has a part of any of some others in it."""
    path = closed(rim)
    return any(path.intersects_path(closed(other), filled=True) for other in others)
