"""How many referrals a tie stands for: the number beside it, where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.layout.quality import box_to_points, overlapping, segments_hit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from refgraph.maps.layout.tie_routing import Web

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Area = tuple[float, float, float, float]

__all__ = ["PX", "SAID", "asked", "places"]

PX = 11.0
#: What the legend says of them.
SAID = "referrals, where two people have several and there is room"
_POINTS = (6, 5, 7, 4, 8, 3, 9, 2, 10)  # of the line, from its middle on
_NEAR, _ALONE = 1.5, 4.0  # pixels from the tie itself, and from any other
_CLEAR = 2.0  # pixels from names, and from marks
_ASIDE = 9.0  # and to the side of names and of other counts, else it is read with them


def asked(web: Web, weight: Floats) -> list[int]:
    """List the ties whose counts are asked for, the most referrals first.

    Ties of one referral have none, unless the tie back stands for several.
    """
    if not web.headed:  # nothing passes one way
        return []
    pair = web.back >= 0
    most = np.where(pair, np.maximum(weight, weight[web.back]), weight)
    several = np.flatnonzero((most > 1) & web.loud)
    return sorted(several.tolist(), key=lambda k: (-most[k], -weight[k], k))


def places(
    web: Web, sizes: Mapping[int, tuple[float, float, float]], taken: Floats, page: Area
) -> dict[int, Floats]:
    """Find the boxes of counts, each nearer to its own tie than to any other that is loud.

    Parameters
    ----------
    web : Web
        The ties.
    sizes : mapping of int to (width, ascent, descent)
        Of the counts asked for, in the order in which they are placed.
    taken : (n, 4) array
        Boxes of names and captions.
    page : (left, top, right, bottom)
        Where counts may stand.

    Returns
    -------
    dict of int to (4,) array
        The boxes of those that found room.
    """
    found: dict[int, Floats] = {}
    lines = web.drawn.polys[web.loud]
    start, end = lines[:, :-1].reshape(-1, 2), lines[:, 1:].reshape(-1, 2)
    whose = np.repeat(np.flatnonzero(web.loud), lines.shape[1] - 1)
    for k, (width, ascent, descent) in sizes.items():
        boxes = _beside(web, k, np.array([width, ascent + descent]) / 2)
        free = (boxes[:, :2] >= page[:2]).all(axis=1) & (boxes[:, 2:] <= page[2:]).all(axis=1)
        texts = np.vstack([taken, *found.values()]) + np.array([-_ASIDE, 0.0, _ASIDE, 0.0])
        free &= ~overlapping(boxes, texts, pad=_CLEAR).any(axis=1)
        free &= (box_to_points(boxes, web.at) > web.radius + _CLEAR).all(axis=1)
        low, high = boxes[:, :2].min(axis=0) - _ALONE, boxes[:, 2:].max(axis=0) + _ALONE
        near = ((np.maximum(start, end) >= low) & (np.minimum(start, end) <= high)).all(axis=1)
        for own, away in ((True, 0.0), (False, _ALONE)):
            those = near & ((whose == k) == own)
            grown = boxes + np.array([-away, -away, away, away])
            free &= ~segments_hit(grown, start[those], end[those]).any(axis=1)
        if free.any():
            found[k] = boxes[int(free.argmax())]
    return found


def _beside(web: Web, k: int, half: Floats) -> Floats:
    """Give boxes beside a tie: where it bows to first, and there alone if a tie comes back."""
    points = web.drawn.polys[k]
    way = np.gradient(points, axis=0)[list(_POINTS)]
    aside = np.stack([-way[:, 1], way[:, 0]], axis=1)
    aside /= np.maximum(np.hypot(*aside.T), 1e-9)[:, None]
    bow = points[_POINTS[0]] - (points[0] + points[-1]) / 2
    aside *= np.where(aside @ bow < 0, -1.0, 1.0)[:, None]
    sides = (1.0,) if web.back[k] >= 0 else (1.0, -1.0)
    far = web.line[k] / 2 + _NEAR + np.abs(aside) @ half
    middle = [points[list(_POINTS)] + side * aside * far[:, None] for side in sides]
    at = np.stack(middle, axis=1).reshape(-1, 2)
    return np.hstack([at - half, at + half])
