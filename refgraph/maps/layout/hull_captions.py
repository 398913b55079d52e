"""Where the captions of groups go: at the rim of their hull, clear of names and marks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from refgraph.maps.layout.quality import box_to_points, segments_hit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from refgraph.maps.layout.tie_routing import Web

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Area = tuple[float, float, float, float]

__all__ = ["captions"]

_NEAR = 40.0  # pixels to the hull of others, from which on a caption may be taken for theirs
_ELSEWHERE = 0.3  # what that costs, of what it costs to lie in that hull
_STRUCK = 3.0  # what it costs to stand on the line from a mark to its name
_NEARER, _CLEARLY = 0.5, 12.0  # what it costs unless its own is nearer by so many pixels
_CROWDED = 0.85  # of all captions, that must be clearly their own, or hulls stand too closely
_MIXED = 0.5  # of that cost, from where on a caption may be taken for that of another hull
_GAPS = (3.0, 10.0, 20.0)  # pixels from the rim of a hull to its caption


def captions(
    outlines: Mapping[int, Floats],
    sizes: Mapping[int, tuple[float, float]],
    web: Web,
    taken: Floats,
    page: Area,
    *,
    leaders: Floats,
    first: Collection[int] = (),
) -> dict[int, Floats]:
    """Place a caption outside each hull, near its top if there is room, clear of all else.

    `leaders` are the lines (m, 2, 2) from marks to names that stand away from them. Where hulls
    stand so closely that a caption would be taken for that of another, those of the hulls in
    `first`, if there are any, are placed before all others, and of these only such as are clearly
    their own; where that is so of many, none of the others.
    """
    around = _Around(sizes, web, taken, page, leaders, outlines)
    found, clear = _placed(outlines, around)
    chosen = [kind for kind in outlines if kind in first]
    if len(clear) == len(outlines) or not chosen:
        return found
    others = [kind for kind in outlines if kind not in chosen]
    if len(clear) < _CROWDED * len(outlines):
        others = []
    order = {kind: outlines[kind] for kind in (*chosen, *others)}
    return _placed(order, around, kept=chosen)[0]


class _Offer(NamedTuple):
    """Places for a caption at one distance from its hull: whether each is free, and its cost."""

    boxes: Floats
    free: NDArray[np.bool_]
    astray: Floats
    cost: Floats


@dataclass(frozen=True, eq=False)
class _Around:
    """How large captions are, what they keep off, and the hulls that they may be taken for."""

    sizes: Mapping[int, tuple[float, float]]
    web: Web
    taken: Floats
    page: Area
    leaders: Floats
    hulls: Mapping[int, Floats]

    @cached_property
    def offers(self) -> dict[int, list[_Offer]]:
        """Give the places there are for each caption, whatever the other captions do."""
        lines = self.web.drawn.polys[self.web.loud]
        ties = lines[:, :-1].reshape(-1, 2), lines[:, 1:].reshape(-1, 2)
        dense = {kind: _dense(corners) for kind, corners in self.hulls.items()}
        return {kind: [*self._places(kind, dense, ties)] for kind in self.hulls}

    def _places(
        self, kind: int, dense: Mapping[int, Floats], ties: tuple[Floats, Floats]
    ) -> Iterator[_Offer]:
        """Give the places for one caption, nearer and farther from its hull."""
        (w, h), outline, (start, end), page = self.sizes[kind], dense[kind], ties, self.page
        middle = (outline.min(axis=0) + outline.max(axis=0)) / 2
        out = outline - middle
        out /= np.maximum(np.hypot(*out.T), 1e-9)[:, None]
        half = np.array([w / 2, h / 2])
        others = [each for each in self.hulls if each != kind]
        for gap in _GAPS:
            centre = outline + out * gap + np.sign(out) * np.minimum(np.abs(out) * 2, 1) * half
            boxes = np.hstack([centre - half, centre + half])
            free = (boxes[:, :2] >= page[:2]).all(axis=1) & (boxes[:, 2:] <= page[2:]).all(axis=1)
            free &= ~_touching(boxes, self.taken)
            free &= (box_to_points(boxes, self.web.at) > self.web.radius + 3).all(axis=1)
            low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
            near = ((np.maximum(start, end) >= low) & (np.minimum(start, end) <= high)).all(axis=1)
            hit = segments_hit(boxes, start[near], end[near]).sum(axis=1)
            inside = sum(_inside(centre, self.hulls[each]) for each in others)
            astray = inside + _astray(boxes, outline, [dense[each] for each in others])
            struck = segments_hit(boxes, self.leaders[:, 0], self.leaders[:, 1]).any(axis=1)
            cost = out[:, 1] + 0.6 * np.minimum(hit, 4) + 4.0 * astray + 0.05 * gap
            yield _Offer(boxes, free, astray, cost + _STRUCK * struck)


def _touching(boxes: Floats, taken: Floats) -> NDArray[np.bool_]:
    """Tell which boxes touch what is taken, or come too near to it."""
    return np.asarray(
        (
            (boxes[:, None, 0] < taken[None, :, 2] + 4)
            & (boxes[:, None, 2] > taken[None, :, 0] - 4)
            & (boxes[:, None, 1] < taken[None, :, 3] + 2)
            & (boxes[:, None, 3] > taken[None, :, 1] - 2)
        ).any(axis=1)
    )


def _placed(
    outlines: Mapping[int, Floats], around: _Around, *, kept: Collection[int] | None = None
) -> tuple[dict[int, Floats], set[int]]:
    """Place captions in turn, and tell which are clearly those of their own hulls.

    Those not in `kept` are left out where they would not be.
    """
    found: dict[int, Floats] = {}
    clear: set[int] = set()
    for kind in outlines:
        best, least, mixed = None, np.inf, False
        for offer in around.offers[kind]:
            boxes, astray = offer.boxes, offer.astray
            free = offer.free.copy()
            if found:
                free &= ~_touching(boxes, np.vstack([*found.values()]).reshape(-1, 4))
            if kept is not None and kind not in kept:
                free &= astray < _MIXED
            cost = np.where(free, offer.cost, np.inf)
            if cost.min() < least:
                at = int(cost.argmin())
                least, best, mixed = float(cost[at]), boxes[at], bool(astray[at] >= _MIXED)
        if best is not None:
            found[kind] = best
            clear |= set() if mixed else {kind}
    return found, clear


def _astray(boxes: Floats, outline: Floats, others: Sequence[Floats]) -> Floats:
    """Tell how far each box may be taken for the caption of another hull.

    It may if it lies beside its own hull, not above or below, and near another one; and more if
    its own is not clearly the nearer.
    """
    if not others:
        return np.zeros(len(boxes))
    middle = (boxes[:, 0] + boxes[:, 2]) / 2
    beside = (middle < outline[:, 0].min()) | (middle > outline[:, 0].max())
    own = box_to_points(boxes, outline).min(axis=1)
    # what is farther than that does not matter
    reach = max(_NEAR, float(own.max(initial=0.0)) + _CLEARLY)
    low, high = boxes[:, :2].min(axis=0) - reach, boxes[:, 2:].max(axis=0) + reach
    about = [each for each in others if ((each >= low) & (each <= high)).all(axis=1).any()]
    far = np.full(len(boxes), np.inf)
    for each in about:
        those = each[((each >= low) & (each <= high)).all(axis=1)]
        far = np.minimum(far, box_to_points(boxes, those).min(axis=1))
    return np.asarray(_ELSEWHERE * (beside & (far < _NEAR)) + _NEARER * (far < own + _CLEARLY))


def _dense(outline: Floats) -> Floats:
    """Give points along the whole of a closed outline, about 12 pixels apart."""
    closed = np.vstack([outline, outline[:1]])
    run = np.r_[0.0, np.cumsum(np.hypot(*np.diff(closed, axis=0).T))]
    where = np.linspace(0.0, run[-1], max(int(run[-1] / 12), 8), endpoint=False)
    return np.stack([np.interp(where, run, closed[:, k]) for k in (0, 1)], axis=1)


def _inside(points: Floats, outline: Floats) -> Ints:
    """Tell which points lie within a convex outline."""
    side = np.roll(outline, -1, axis=0) - outline
    to = points[:, None, :] - outline[None, :, :]
    turn = side[None, :, 0] * to[:, :, 1] - side[None, :, 1] * to[:, :, 0]
    return np.asarray((turn > 0).all(axis=1) | (turn < 0).all(axis=1), dtype=np.int64)
