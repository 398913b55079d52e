"""How well a map can be read: figures computed from its scene alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.maps.scenes.scene import Scene

    Floats = NDArray[np.float64]

__all__ = [
    "box_to_points",
    "count_crossings",
    "crossings_of_names",
    "evaluate",
    "overlapping",
    "segments_hit",
]

_TOUCH = 1.0  # boxes may share so many pixels
_INNER = np.array([1.0, 1.0, -1.0, -1.0])  # a tie may touch the rim of a name
_CURVE = 25  # points each curve is read at
_STILL, _HARDLY = 1e-9, 1e-150  # a segment that runs less than this way is taken to run hardly
_NEARLY = 1e-6  # pixels that a segment may seem to miss a box by, for rounding
_MOST = 600  # ties whose crossings are counted one against the other


def evaluate(scene: Scene) -> dict[str, float]:
    """Compute the figures that the goals for maps are stated in.

    Parameters
    ----------
    scene : Scene
        What a map function returned.

    Returns
    -------
    dict of str to float
        ``people``, ``ties``, ``names``: how many are drawn. Pairs that should be none:
        ``names_overlapping``, ``names_on_discs`` (of others), ``names_crossed`` (by a tie of
        others), ``captions_overlapping`` (a caption and any other text), ``off_page``,
        ``discs_overlapping``, ``heads_hidden``, ``pairs_on_one_line`` (of ``two_way_pairs``),
        ``ties_over_discs``. And ``crossings`` per tie, ``smallest_gap`` between discs,
        ``name_px`` and ``caption_px``, the smallest letters; NaN where there is nothing to measure.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from refgraph.maps.scenes.scene import Scene
    >>> scene = Scene(100, 100, Figure(), "", "", nodes={"Ann": (20, 20, 5), "Bo": (60, 20, 5)})
    >>> evaluate(scene)["smallest_gap"]
    30.0
    """
    people = list(scene.nodes)
    discs = np.array([scene.nodes[person] for person in people], dtype=float).reshape(-1, 3)
    place = {person: at for at, person in enumerate(people)}
    names = _boxes(scene.labels)
    whose = np.array([place.get(label["node"], -1) for label in scene.labels], dtype=int)
    texts = np.vstack([names, _boxes(scene.captions)])
    curves = _resampled([edge["poly"] for edge in scene.edges])
    ends = np.array(
        [[place.get(edge["u"], -1), place.get(edge["v"], -1)] for edge in scene.edges], dtype=int
    ).reshape(-1, 2)
    distance = box_to_points(names, discs[:, :2]) - discs[None, :, 2]
    distance[np.arange(len(names))[whose >= 0], whose[whose >= 0]] = np.inf
    page = np.array([0.0, 0.0, scene.W, scene.H])
    both = overlapping(texts)
    gaps = _gaps(discs)
    strokes = np.hstack([curves.min(axis=1), curves.max(axis=1)])
    crossed = crossings_of_names(names, whose, curves, ends).any(axis=1)
    named = [label["node"] for label in scene.labels]  # of a name on two lines, twice
    return {
        "people": len(people),
        "ties": len(scene.edges),
        "names": len({*named}),
        "names_overlapping": int(both[: len(names), : len(names)].sum() // 2),
        "names_on_discs": int((distance < -0.5).sum()),
        "names_crossed": len({named[k] for k in np.flatnonzero(crossed).tolist()}),
        "captions_overlapping": int(both.sum() - both[: len(names), : len(names)].sum()) // 2,
        "off_page": int(((texts < page[[0, 1, 0, 1]]) | (texts > page[[2, 3, 2, 3]])).any(1).sum())
        + int(((strokes < page[[0, 1, 0, 1]]) | (strokes > page[[2, 3, 2, 3]])).any(1).sum())
        + int(
            ((discs[:, :2] - discs[:, 2:] < 0) | (discs[:, :2] + discs[:, 2:] > page[2:]))
            .any(1)
            .sum()
        ),
        "discs_overlapping": int((gaps < -0.5).sum()),
        "smallest_gap": float(gaps.min()) if len(gaps) else float("nan"),
        "heads_hidden": _hidden(scene.edges, ends, discs),
        "ties_without_head": sum(edge["tip"] is None for edge in scene.edges),
        **_merged(ends, curves),
        "ties_over_discs": _over_discs(curves, ends, discs),
        "crossings": count_crossings(curves, ends),
        "name_px": min((label["px"] for label in scene.labels), default=float("nan")),
        "caption_px": min((text["px"] for text in scene.captions), default=float("nan")),
    }


def overlapping(boxes: Floats, other: Floats | None = None, *, pad: float = -_TOUCH) -> Any:
    """Tell which boxes (n, 4) overlap which others, as an (n, m) array of bool."""
    others = boxes if other is None else other
    apart = (
        (boxes[:, None, 0] - pad >= others[None, :, 2])
        | (boxes[:, None, 2] + pad <= others[None, :, 0])
        | (boxes[:, None, 1] - pad >= others[None, :, 3])
        | (boxes[:, None, 3] + pad <= others[None, :, 1])
    )
    if other is None:
        np.fill_diagonal(apart, val=True)
    return ~apart


def box_to_points(boxes: Floats, points: Floats) -> Floats:
    """Give the distance of each box (n, 4) to each point (m, 2), 0 inside."""
    x = np.clip(points[None, :, 0], boxes[:, None, 0], boxes[:, None, 2]) - points[None, :, 0]
    y = np.clip(points[None, :, 1], boxes[:, None, 1], boxes[:, None, 3]) - points[None, :, 1]
    return np.hypot(x, y)


def segments_hit(boxes: Floats, start: Floats, end: Floats) -> NDArray[np.bool_]:
    """Tell which segments (m) pass through which boxes (n), by cutting them at the four sides.

    Most segments lie far from most boxes: only those that reach a box are cut.
    """
    low, high = np.minimum(start, end) - _NEARLY, np.maximum(start, end) + _NEARLY
    near = boxes[:, 0, None] <= high[:, 0]
    near &= boxes[:, 2, None] >= low[:, 0]
    near &= boxes[:, 1, None] <= high[:, 1]
    near &= boxes[:, 3, None] >= low[:, 1]
    box, run = np.nonzero(near)
    if len(box):
        (enter, leave), (above, below) = (
            _between(boxes[box, axis::2], start[run, axis], end[run, axis]) for axis in (0, 1)
        )
        enter, leave = np.maximum(enter, above), np.minimum(leave, below)
        near[box, run] = np.maximum(enter, 0.0) <= np.minimum(leave, 1.0)
    return near


def _between(sides: Floats, start: Floats, end: Floats) -> tuple[Floats, Floats]:
    """Give how far along each run enters and leaves the room between its two sides (m, 2)."""
    run = end - start
    run = np.where(np.abs(run) < _STILL, _HARDLY, run)
    near, far = ((sides[:, k] - start) / run for k in (0, 1))
    return np.minimum(near, far), np.maximum(near, far)


def _boxes(texts: list[dict[str, Any]]) -> Floats:
    return np.array([text["box"] for text in texts], dtype=float).reshape(-1, 4)


def _resampled(polys: list[Any]) -> Floats:
    """Give every polyline as the same number of points, evenly spaced along it."""
    curves = np.zeros((len(polys), _CURVE, 2))
    for at, poly in enumerate(polys):
        points = np.asarray(poly, dtype=float)
        run = np.r_[0.0, np.cumsum(np.hypot(*np.diff(points, axis=0).T))]
        where = np.linspace(0.0, run[-1], _CURVE)
        curves[at] = np.stack([np.interp(where, run, points[:, k]) for k in (0, 1)], axis=1)
    return curves


def _gaps(discs: Floats) -> Floats:
    """Give the gap between each disc and its nearest neighbours, each pair once."""
    if len(discs) < 2:
        return np.zeros(0)
    _, near = cKDTree(discs[:, :2]).query(discs[:, :2], k=min(9, len(discs)))
    a = np.repeat(np.arange(len(discs)), near.shape[1])
    b = near.ravel()
    a, b = a[a != b], b[a != b]
    pair = np.unique(np.stack([np.minimum(a, b), np.maximum(a, b)], axis=1), axis=0)
    a, b = pair.T
    apart = np.hypot(*(discs[a, :2] - discs[b, :2]).T)
    return np.asarray(apart - discs[a, 2] - discs[b, 2], dtype=float)


def crossings_of_names(
    names: Floats, whose: NDArray[np.int_], curves: Floats, ends: NDArray[np.int_]
) -> NDArray[np.bool_]:
    """Tell which curves of other people (m) run through which names (n), as an (n, m) array."""
    over = np.zeros((len(names), len(curves)), dtype=bool)
    if not len(curves):
        return over
    start, end = curves[:, :-1].reshape(-1, 2), curves[:, 1:].reshape(-1, 2)
    (left, top), (right, bottom) = np.minimum(start, end).T, np.maximum(start, end).T
    boxes = names + _INNER
    about = (boxes[:, 0] <= right.max()) & (boxes[:, 2] >= left.min())
    about &= (boxes[:, 1] <= bottom.max()) & (boxes[:, 3] >= top.min())
    for k in np.flatnonzero(about).tolist():
        x0, y0, x1, y1 = boxes[k]
        near = np.flatnonzero((left <= x1) & (right >= x0) & (top <= y1) & (bottom >= y0))
        hit = segments_hit(boxes[[k]], start[near], end[near])[0]
        over[k, near[hit] // (curves.shape[1] - 1)] = True
        over[k] &= (ends != whose[k]).all(axis=1)
    return over


def _hidden(edges: list[dict[str, Any]], ends: Any, discs: Floats) -> int:
    """Count the arrowheads under a disc: the tip on another's, or half the head on its own."""
    count = 0
    for edge, (_, to) in zip(edges, ends, strict=True):
        if edge["tip"] is None:
            continue
        depth = discs[:, 2] - np.hypot(*(discs[:, :2] - edge["tip"]).T)
        own = depth[to]
        depth[to] = -np.inf
        count += bool(own > max(2.0, 0.4 * edge["head"]) or depth.max(initial=-np.inf) > 1.0)
    return count


def _merged(ends: Any, curves: Floats) -> dict[str, int]:
    """Count the two-way pairs, and those whose two ties run on one line."""
    at = {(int(u), int(v)): k for k, (u, v) in enumerate(ends)}
    pairs = [(k, at[v, u]) for (u, v), k in at.items() if u < v and (v, u) in at]
    middle = slice(_CURVE // 4, -_CURVE // 4)
    apart = [
        np.hypot(*(curves[there][middle] - curves[back][::-1][middle]).T).max()
        for there, back in pairs
    ]
    return {"two_way_pairs": len(pairs), "pairs_on_one_line": int(sum(gap < 2.5 for gap in apart))}


def _over_discs(curves: Floats, ends: Any, discs: Floats) -> int:
    """Count how often a tie runs over the disc of somebody else."""
    count = 0
    for curve, tie in zip(curves, ends, strict=True):
        near = np.hypot(*(curve[:, None, :] - discs[None, :, :2]).transpose(2, 0, 1)).min(axis=0)
        over = near < 0.9 * discs[:, 2]
        over[tie[tie >= 0]] = False
        count += int(over.sum())
    return count


def count_crossings(curves: Floats, ends: Any) -> float:
    """Count crossings per tie, between ties without a person in common.

    Parameters
    ----------
    curves : (m, k, 2) array
        Points along each tie, an odd number.
    ends : (m, 2) array
        Who is tied.

    Examples
    --------
    >>> lines = np.array([[[0.0, 0], [1, 1], [2, 2]], [[0.0, 2], [1.5, 0.5], [2, 0]]])
    >>> count_crossings(lines, np.array([[0, 1], [2, 3]]))
    0.5
    """
    step = max(1, -(-len(curves) // _MOST))
    some, tie = curves[::step, ::2], ends[::step]
    if not len(some):
        return float("nan")
    low, high = some.min(axis=1), some.max(axis=1)
    count = 0
    for k in range(len(some) - 1):
        rest = np.arange(k + 1, len(some))
        near = ((low[rest] <= high[k]) & (high[rest] >= low[k])).all(axis=1)
        near &= (tie[rest, :, None] != tie[k]).all(axis=(1, 2))
        rest = rest[near]
        p, q = some[k, :-1, None, None], some[k, 1:, None, None]
        r, s = some[rest, :-1], some[rest, 1:]
        one = _side(p, q, r[None]) * _side(p, q, s[None]) < 0
        two = _side(r[None], s[None], p) * _side(r[None], s[None], q) < 0
        count += int((one & two).any(axis=(0, 2)).sum())
    return round(count * step * step / len(curves), 2)


def _side(a: Floats, b: Floats, c: Floats) -> Floats:
    """Tell on which side of a-b the point c lies, by the sign."""
    u, v = b - a, c - a
    return np.asarray(u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0], dtype=float)
