"""People of a crowd inside their circles: even rows of seats, with room for a few names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from refgraph.maps.layout.in_circles import Rings

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["MARK", "seated"]

#: Of the distance of two seats, what the radius of a mark may be.
MARK = 0.42

_RIM = 4.0  # pixels kept free inside the rim of a circle
_HALVINGS = 24  # of the distance of two seats, until it fits
_NEXT = 0.9  # of that distance, how far a seat is from who stands
_ROW = np.sqrt(3) / 2  # from row to row, where the distance of two seats is 1


def seated(
    rings: Rings, order: Ints, kept: Mapping[int, Floats], spots: Floats, pad: float
) -> tuple[Floats, Floats]:
    """Seat everybody in the circle they belong to, the first of them nearest to its middle.

    Seats are the places of a triangular grid, as far apart as lets everybody in, off the boxes.

    Parameters
    ----------
    rings : Rings
        The circles, and who is in which.
    order : (n,) array
        The people, the most important first.
    kept : mapping of int to (4,) array
        Boxes of names, which no seat is in; these people stay at their spots.
    spots : (n, 2) array
        Where the people of `kept` are.
    pad : float
        Pixels around a box that are free too.

    Returns
    -------
    at : (n, 2) array
        Where everybody is, in pixels.
    apart : (n,) array
        The distance of two seats in the circle of each: marks of :data:`MARK` of it touch no other,
        and no box.

    Examples
    --------
    Seven seats are one in the middle and six around it.

    >>> from refgraph.maps.layout.in_circles import Rings
    >>> rings = Rings(np.zeros((1, 2)), np.array([54.0]), np.zeros(7, dtype=np.int64))
    >>> at, apart = seated(rings, np.arange(7), {}, np.zeros((7, 2)), 2.0)
    >>> np.hypot(*at.T).round().tolist()
    [0.0, 50.0, 50.0, 50.0, 50.0, 50.0, 50.0]
    >>> apart.round().tolist()[:2]
    [50.0, 50.0]
    """
    at, apart = spots.copy(), np.zeros(len(spots))
    standing = np.zeros(len(spots), dtype=bool)
    standing[list(kept)] = True
    for k, (middle, radius) in enumerate(zip(rings.at, rings.radius, strict=True)):
        here = order[rings.member[order] == k]
        stay, sit = here[standing[here]], here[~standing[here]]
        boxes = np.array([kept[i] for i in stay.tolist()]).reshape(-1, 4)
        room = max(float(radius) - _RIM, 1.0)
        hall = _Hall(middle, room, boxes + np.array([-pad, -pad, pad, pad]), spots[stay])
        apart[here], at[sit] = hall.widest(len(sit))
    return at, apart


@dataclass(frozen=True)
class _Hall:
    """A disc with the boxes and the spots that no seat may be in."""

    middle: Floats
    room: float
    boxes: Floats
    taken: Floats

    def widest(self, number: int) -> tuple[float, Floats]:
        """Give the widest grid with a free seat for each, and its seats, the middle ones first."""
        low, high = 0.0, 2 * self.room
        best = high, np.zeros((0, 2))
        for _ in range(_HALVINGS):
            step = (low + high) / 2
            seats = self.free(step)
            if len(seats) >= number:
                best, low = (step, seats), step
            else:
                high = step
        step, seats = best
        if len(seats) < number:
            return step, np.tile(self.middle, (number, 1))
        turn = np.arctan2(seats[:, 1], seats[:, 0]).round(9)
        order = np.lexsort((turn, np.hypot(*seats.T).round(9)))
        return step, seats[order[:number]] + self.middle

    def free(self, step: float) -> Floats:
        """Give the seats of a grid that are in the disc and off every box, about its middle."""
        most, wide = int(self.room / (step * _ROW)), int(self.room / step) + 1
        rows, columns = np.arange(-most, most + 1), np.arange(-wide, wide + 1)
        x = step * (columns[None, :] + 0.5 * (rows[:, None] % 2))
        y = np.broadcast_to(step * _ROW * rows[:, None], x.shape)
        free = np.hypot(x, y) <= self.room + 1e-9
        for box in self.boxes:
            low, high = box[:2] - MARK * step, box[2:] + MARK * step
            first, last = ((end - self.middle) / (step, step * _ROW) for end in (low, high))
            here = np.s_[
                max(int(first[1]) + most - 1, 0) : max(int(last[1]) + most + 2, 0),
                max(int(first[0]) + wide - 2, 0) : max(int(last[0]) + wide + 2, 0),
            ]  # a seat or two more than can be in the box
            seat_x, seat_y = x[here] + self.middle[0], y[here] + self.middle[1]
            within = (seat_x > low[0]) & (seat_x < high[0]) & (seat_y > low[1]) & (seat_y < high[1])
            free[here] &= ~within
        seats = np.stack([x[free], y[free]], axis=1)
        if len(self.taken) and len(seats):
            far = cKDTree(self.taken).query(seats + self.middle)[0] > _NEXT * step
            seats = seats[far]
        return seats
