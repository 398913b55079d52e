"""A drawn network: how its ties run between the people where they stand, and its names go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from refgraph.maps.drawing import arrows
from refgraph.maps.layout.label_placement import Ground, Placed, place
from refgraph.maps.layout.quality import crossings_of_names, segments_hit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from refgraph.maps.layout.label_placement import Offer

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Area = tuple[float, float, float, float]

__all__ = ["FEW", "HULL", "Web", "backbone", "standing"]

HULL = 17.0  # pixels a hull goes beyond its marks
_BENDS = np.array([1, 1.6, 2.2, 2.9, 3.6, 4.5, 5.5, 6.5, 7.5, 9, 11]) * arrows.ONE_WAY
_ONE_WAY = np.stack([_BENDS, -_BENDS], axis=1).ravel()
_IN_TURN = (-1.0) ** np.arange(len(_BENDS))  # one side, then the other
_LENS = np.array([1, 1.35, 1.8, 2.4, 3.0]) * arrows.LENS
_BOTH_WAYS = np.sort(np.r_[_ONE_WAY, 0.0, _LENS, -_LENS])
_FINE = np.linspace(-0.6, 0.6, 41)
_LEANS = (
    0.0,
    0.12,
    -0.12,
    0.24,
    -0.24,
    0.36,
    -0.36,
)  # where along the tie it bows most; even first
_OVER_DISC, _OVER_NAME, _OFF_PAGE, _BOWED, _LEANT = 12.0, 7.0, 1e4, 6.0, 3.0
_OVAL = 1.2  # what a pair costs whose two ties bow to the same side
_FREE = 2.0  # pixels kept between a tie and the marks of others
FEW = 400  # with no more ties than this, the pale ones keep clear too, and all may lean
_ALL = slice(None)
_STEPS = np.linspace(0.02, 0.98, 25)[None, :, None]


class _Tried(NamedTuple):
    """What is known of the ways of one tie at one lean, a way for each of b bends.

    Marks stay, so points (b, 25, 2), reach (2, 2) and cost (b,) but for names stay too; names
    move: where each person's stood when last looked at (n, 4), and which ways ran through it there
    (n, b).
    """

    points: Floats
    reach: Floats
    cost: Floats
    stood: Floats
    over: NDArray[np.bool_]


@dataclass
class Web:
    """A network in pixels.

    Attributes
    ----------
    at, radius : (n, 2) and (n,) arrays
        Centres and radii of the marks.
    giver, receiver, line : (m,) arrays
        The ties, and how wide each is.
    loud : (m,) array of bool
        Which ties are drawn in full; the others are pale, thin and out of the way of nothing.
    page : (left, top, right, bottom)
        Which the ties should not leave.
    clear : float, default 2.5
        Pixels between an arrow and the marks it joins.
    dear : callable, optional
        What places for a name cost beside; see
        :class:`refgraph.maps.layout.label_placement.Ground`.
    headed : bool, default True
        Whether ties point at who receives.
    """

    at: Floats
    radius: Floats
    giver: Ints
    receiver: Ints
    line: Floats
    loud: NDArray[np.bool_]
    page: Area = (-np.inf, -np.inf, np.inf, np.inf)
    clear: float = 2.5
    dear: Callable[[int, Floats], Floats] | None = None
    headed: bool = True
    bend: Floats = field(init=False)
    lean: Floats = field(init=False)
    back: Ints = field(init=False)
    drawn: arrows.Arrows = field(init=False)
    turned: int = field(init=False, default=0)  # how often a tie was bent: what drawing costs
    _bends: dict[int, tuple[Floats, Floats]] = field(init=False, default_factory=dict, repr=False)
    _tried: dict[tuple[int, float], _Tried] = field(init=False, default_factory=dict, repr=False)
    _opened: dict[tuple[Any, ...], Offer] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        at = {(int(u), int(v)): k for k, (u, v) in enumerate(self.ends)}
        back = [at.get((int(v), int(u)), -1) for u, v in self.ends]
        self.back = np.array(back, dtype=np.int64)
        long = np.hypot(*(self.at[self.giver] - self.at[self.receiver]).T)
        # the two ties of a pair are at least so far apart in the middle
        self.lens = np.maximum(arrows.LENS, np.minimum((self.line + 7.0) / long, 0.5))
        self.bend = np.where(self.back >= 0, self.lens, arrows.ONE_WAY)
        self.lean = np.zeros(len(self.bend))
        self.redraw()

    @property
    def few(self) -> bool:
        """Whether there is time to find the best way for every tie."""
        return len(self.giver) <= FEW

    @property
    def minded(self) -> NDArray[np.bool_]:
        """Which ties keep clear of marks and names, and names of them."""
        return self.loud | self.few

    @property
    def ends(self) -> Ints:
        """Giver and receiver of every arrow, as an (m, 2) array."""
        return np.stack([self.giver, self.receiver], axis=1)

    @property
    def discs(self) -> Floats:
        """Centre and radius of every mark, as an (n, 3) array."""
        return np.column_stack([self.at, self.radius])

    def name(self, sizes: Floats, order: Ints, page: Area, rounds: int = 2) -> list[Placed | None]:
        """Place the names, and bend the ties out of their way, in turns; keep the best turn."""
        self.avoid(np.zeros((0, 4)), np.zeros(0, dtype=np.int64))
        kept: list[Placed | None] = []
        least = (len(sizes) + 1, 0)
        for turn in range(rounds):
            placed = place(self.ground(page), sizes, order)
            boxes, whose = standing(placed)
            self.avoid(boxes, whose)
            crossed = int(self.crossings(boxes, whose).any(axis=1).sum())
            if (len(sizes) - len(whose), crossed) < least:
                least = len(sizes) - len(whose), crossed
                kept, shape = placed, (self.bend.copy(), self.lean.copy())
            if not crossed or (turn and not self.few):
                break
        self.bend, self.lean = shape
        self.redraw()
        return kept

    def ground(self, page: Area) -> Ground:
        """Give what names are placed on."""
        ties = self.drawn.polys[self.minded], self.ends[self.minded]
        return Ground(self.discs, *ties, page, self.dear, self._opened)

    def crossings(self, boxes: Floats, whose: Ints, ties: Ints | slice = _ALL) -> NDArray[np.bool_]:
        """Tell which ties, or which of some, run through which names of others."""
        return crossings_of_names(boxes, whose, self.drawn.polys[ties], self.ends[ties])

    def avoid(self, boxes: Floats, whose: Ints) -> None:
        """Bend each tie so that it runs over as few marks and names of others as it can."""
        minded = self.minded
        for k in range(len(self.giver)):
            there = int(self.back[k])
            if 0 <= there < k:
                continue
            if minded[k] or (there >= 0 and minded[there]):
                self.turn(k, boxes, whose)
        self.redraw()

    def turn(self, k: int, boxes: Floats, whose: Ints) -> bool:
        """Bend one tie, and the tie back with it, out of the way; tell whether it is clear of all.

        The arrows are as before until they are built anew.
        """
        self.turned += 1
        there, least = int(self.back[k]), np.inf
        for lean in _LEANS if self.few else _LEANS[:1]:
            cost, here, back = self._best(k, there, lean, boxes, whose)
            if cost < least - 1e-9:
                least, self.bend[k], self.lean[k] = cost, here, lean
                if there >= 0:
                    self.bend[there], self.lean[there] = back, -lean
            if least < _OVER_NAME:
                return True
        return False

    def _best(
        self, k: int, there: int, lean: float, boxes: Floats, whose: Ints
    ) -> tuple[float, float, float]:
        """Choose the bends of a tie and of the tie back, if there is one, that cost least."""
        if there < 0:
            bends = (_FINE if lean else _ONE_WAY) if self.few else _ONE_WAY[::2] * _IN_TURN
            cost = self._cost(k, bends, lean, boxes, whose)
            best = int(cost.argmin())
            return float(cost[best]), float(bends[best]), 0.0
        # A tie and the tie back bow to different sides when their bends have the same sign, so
        # the sum of the two is what lies between them; it must be enough to see them as two.
        if k not in self._bends:
            apart = 2 * float(max(self.lens[k], self.lens[there]))
            bends = np.sort(np.r_[_BOTH_WAYS if self.few else _LENS, apart / 2, -apart / 2])
            one_side = np.sign(bends)[:, None] * np.sign(bends)[None, :] <= 0
            pairs = np.where(one_side, _OVAL, 0.0)
            pairs[np.abs(bends[:, None] + bends[None, :]) < 0.99 * apart] = np.inf
            self._bends[k] = bends, pairs
        bends, pairs = self._bends[k]
        one = self._cost(k, bends, lean, boxes, whose)
        two = self._cost(there, bends, -lean, boxes, whose)
        cost = one[:, None] + two[None, :] + pairs
        i, j = np.unravel_index(int(cost.argmin()), cost.shape)
        return float(cost[i, j]), float(bends[i]), float(bends[j])

    def _cost(self, k: int, bends: Floats, lean: float, boxes: Floats, whose: Ints) -> Floats:
        """Give what each bend of a tie costs, by the marks and the names of others under it."""
        if (k, lean) not in self._tried:  # marks stay where they are, only names move
            nowhere = np.full((len(self.at), 4), np.nan)
            over = np.zeros((len(self.at), len(bends)), dtype=bool)
            self._tried[k, lean] = _Tried(*self._way(k, bends, lean), nowhere, over)
        points, reach, cost, stood, over = self._tried[k, lean]
        moved = (boxes != stood[whose]).any(axis=1)
        if moved.any():
            stood[whose[moved]], over[whose[moved]] = boxes[moved], False
            moved &= (whose != self.giver[k]) & (whose != self.receiver[k])
            moved &= ((boxes[:, :2] <= reach[1]) & (boxes[:, 2:] >= reach[0])).all(axis=1)
            if moved.any():
                first, last = points[:, :-1].reshape(-1, 2), points[:, 1:].reshape(-1, 2)
                hit = segments_hit(boxes[moved], first, last)
                over[whose[moved]] = hit.reshape(-1, len(points), points.shape[1] - 1).any(axis=2)
        return np.asarray(cost + _OVER_NAME * over[whose].sum(axis=0), dtype=float)

    def _way(self, k: int, bends: Floats, lean: float) -> tuple[Floats, Floats, Floats]:
        """Give points along a tie at each bend, their reach, and what each costs but for names."""
        u, v = int(self.giver[k]), int(self.receiver[k])
        start, end = self.at[u], self.at[v]
        chord = end - start
        aside = np.array([-chord[1], chord[0]])
        t = _STEPS
        middle = (start + (0.5 + lean) * chord + bends[:, None] * aside)[:, None, :]
        points = (1 - t) ** 2 * start + 2 * t * (1 - t) * middle + t**2 * end
        low, high = points.min(axis=(0, 1)), points.max(axis=(0, 1))
        cost = _BOWED * np.abs(bends) + 0.02 * (bends < 0) + _LEANT * abs(lean)
        ends = points.min(axis=1), points.max(axis=1)
        cost += _OFF_PAGE * (ends[0] < self.page[:2]).any(axis=1)
        cost += _OFF_PAGE * (ends[1] > self.page[2:]).any(axis=1)
        inside = np.clip(self.at, low, high)
        keep = self.radius + _FREE + self.line[k] / 2
        near = np.asarray((np.abs(self.at - inside) < keep[:, None]).all(axis=1))
        near[[u, v]] = False
        if near.any():
            gap = _gap(points, self.at[near])
            cost += _OVER_DISC * (gap < keep[near]).sum(axis=1)
            cost += _OVER_DISC * (gap < self.radius[near]).sum(axis=1)
        return points, np.stack([low, high]), cost

    def redraw(self, ties: Ints | slice = _ALL) -> None:
        """Build the arrows anew, or those of some ties that were bent."""
        u, v = self.giver[ties], self.receiver[ties]
        rims = self.radius[u] + self.clear, self.radius[v] + self.clear
        shape, lean = (self.bend[ties], self.line[ties]), self.lean[ties]
        chord = self.at[u], self.at[v]
        drawn = arrows.between(*chord, rims, *shape, lean=lean, headed=self.headed)
        if isinstance(ties, slice):
            self.drawn = drawn
            return
        for old, new in zip(vars(self.drawn).values(), vars(drawn).values(), strict=True):
            old[ties] = new


def standing(placed: Sequence[Placed | None]) -> tuple[Floats, Ints]:
    """Give the boxes of the names that found room, and whose they are."""
    whose = np.array([i for i, name in enumerate(placed) if name], dtype=np.int64)
    return np.array([name.box for name in placed if name]).reshape(-1, 4), whose


def backbone(n: int, giver: Ints, receiver: Ints, weight: Floats, each: int) -> NDArray[np.bool_]:
    """Choose the ties that are among the `each` strongest of either of their people.

    Examples
    --------
    >>> giver, receiver = np.array([0, 0, 1]), np.array([1, 2, 1])
    >>> backbone(3, giver, receiver, np.array([3.0, 2.0, 1.0]), 1).tolist()
    [True, True, True]
    >>> giver, receiver = np.array([0, 0, 1, 1]), np.array([1, 2, 2, 3])
    >>> backbone(4, giver, receiver, np.array([4.0, 3.0, 1.0, 2.0]), 1).tolist()
    [True, True, False, True]
    """
    chosen = np.zeros(len(giver), dtype=bool)
    for person in (giver, receiver):
        order = np.lexsort((np.arange(len(giver)), -weight, person))
        starts = np.searchsorted(person[order], np.arange(n))
        place_among = np.arange(len(giver)) - starts[person[order]]
        chosen[order[place_among < each]] = True
    return chosen


def _gap(points: Floats, at: Floats) -> Floats:
    """Give how near each polyline (b, p, 2) comes to each point (n, 2), as a (b, n) array."""
    x, y = points[:, :-1, 0, None], points[:, :-1, 1, None]
    run_x, run_y = (np.diff(points[..., axis], axis=1)[..., None] for axis in (0, 1))
    to_x, to_y = at[:, 0] - x, at[:, 1] - y
    along = (to_x * run_x + to_y * run_y) / np.maximum(run_x**2 + run_y**2, 1e-9)
    np.clip(along, 0.0, 1.0, out=along)
    to_x -= along * run_x
    to_y -= along * run_y
    return np.asarray(np.sqrt((to_x**2 + to_y**2).min(axis=1)), dtype=float)
