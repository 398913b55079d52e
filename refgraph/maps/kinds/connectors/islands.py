"""Where people stand: each island of a network, that no tie joins to another, in its own area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.layout import overlap, stress_layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Area = tuple[float, float, float, float]

__all__ = ["divided", "parts", "positions"]

_GAP = 26.0  # least room between two marks, for an arrow
_NAMED = 0.54  # of a name's width and height, to either side of its mark
_FULL = 0.40  # how much of the page boxes may fill before they are made smaller
_COMPACT = 0.6  # groups are drawn together by so much before room is made
_EDGE = (60.0, 20.0)  # pixels from the sides of an area, and from its top, to the first mark
_LEAST = 0.2  # of an area, from any side of it to the first mark, where it is that narrow


def positions(
    radius: Floats,
    names: Floats,
    ties: tuple[Ints, Ints, Floats],
    group: Ints,
    area: Area,
    *,
    around: float,
    seed: int = 0,
) -> Floats:
    """Place people on the page, with room for their names and an arrow between any two.

    Parameters
    ----------
    radius : (n,) array
        Of the marks.
    names : (n, 2) array
        Width and height of the names that should find room; 0 where none is wanted.
    ties : giver, receiver and weight
        Of all ties.
    group : (n,) array
        Group of each; -1 for none.
    area : (left, top, right, bottom)
        Of the page.
    around : float
        Pixels that are kept free round the marks of each group.
    seed : int, default 0
        Of the layout.

    Returns
    -------
    (n, 2) array
        Centres in pixels.
    """
    n = len(radius)
    a, b, weight = _pairs(n, *ties)
    half = np.column_stack(
        [
            radius + np.where(names[:, 0] > 0, _NAMED * names[:, 0] + 5, 5),
            np.maximum(
                radius + np.where(names[:, 0] > 0, 9, 4), np.maximum(13, _NAMED * names[:, 1])
            ),
        ]
    )
    island = parts(n, a, b, group)
    need = np.bincount(island, 4 * half[:, 0] * half[:, 1]).astype(float)
    at = np.zeros((n, 2))
    for k, own in enumerate(divided(need, area)):
        those = np.flatnonzero(island == k)
        place = np.full(n, -1)
        place[those] = np.arange(len(those))
        inside = island[a] == k
        at[those] = _placed(
            radius[those],
            half[those],
            (place[a[inside]], place[b[inside]], weight[inside]),
            group[those],
            own,
            around=around,
            seed=seed,
        )
    return at


def parts(n: int, a: Ints, b: Ints, group: Ints) -> Ints:
    """Give of each person the island: those whom neither a tie nor a group joins to others.

    Examples
    --------
    >>> parts(5, np.array([0]), np.array([1]), np.array([-1, 0, -1, 0, -1])).tolist()
    [0, 0, 1, 0, 2]
    """
    joined = np.arange(n)
    first = np.full(int(group.max(initial=-1)) + 1, n)
    np.minimum.at(first, group[group >= 0], np.flatnonzero(group >= 0))
    ends = np.r_[a, np.flatnonzero(group >= 0)], np.r_[b, first[group[group >= 0]]]
    while True:
        before = joined.copy()
        low = np.minimum(joined[ends[0]], joined[ends[1]])
        for end in ends:
            np.minimum.at(joined, end, low)
        if (joined == before).all():
            return np.unique(joined, return_inverse=True)[1].astype(np.int64)


def divided(need: Floats, area: Area) -> list[Area]:
    """Divide an area among some, each as much as it needs, and none much longer than wide.

    The whole is cut across its longer side in two halves as even as they get, and so on.

    Examples
    --------
    >>> divided(np.array([1.0, 2.0, 1.0]), (0.0, 0.0, 8.0, 4.0))
    [(4.0, 0.0, 6.0, 4.0), (0.0, 0.0, 4.0, 4.0), (6.0, 0.0, 8.0, 4.0)]
    """
    found = [area] * len(need)
    left = [(np.argsort(-need, kind="stable"), area)] if len(need) else []
    while left:
        some, (x0, y0, x1, y1) = left.pop()
        if len(some) == 1:
            found[int(some[0])] = (x0, y0, x1, y1)
            continue
        so_far = np.cumsum(need[some])
        cut = 1 + int(np.abs(so_far[:-1] - so_far[-1] / 2).argmin())
        share = float(so_far[cut - 1] / so_far[-1])
        if x1 - x0 >= y1 - y0:
            at = x0 + share * (x1 - x0)
            two = (x0, y0, at, y1), (at, y0, x1, y1)
        else:
            at = y0 + share * (y1 - y0)
            two = (x0, y0, x1, at), (x0, at, x1, y1)
        left += [(some[:cut], two[0]), (some[cut:], two[1])]
    return found


def _placed(
    radius: Floats,
    half: Floats,
    ties: tuple[Ints, Ints, Floats],
    group: Ints,
    area: Area,
    *,
    around: float,
    seed: int,
) -> Floats:
    """Place the people of an island in its area; half is the room of each to either side."""
    n = len(radius)
    at = stress_layout.blend(n, *ties, group, seed=seed)
    wide, high = area[2] - area[0], area[3] - area[1]
    page = wide * high
    fill = float(np.sqrt(_FULL * page / (4 * half[:, 0] * half[:, 1]).sum()))
    half = np.maximum(half * (min(fill, 1.15), np.clip(fill, 0.8, 1.9)), radius[:, None] + 4)
    gap = min(_GAP, 0.55 * float(np.sqrt(page / n)) - 2 * float(np.median(radius)))
    x, y = min(_EDGE[0], _LEAST * wide), min(_EDGE[1], _LEAST * high)
    inner = (area[0] + x, area[1] + y, area[2] - x, area[3] - y)
    centre = overlap.centres(at, group)
    at = overlap.fill(overlap.squeezed(centre + _COMPACT * (at - centre)), inner)
    margin = around if fill > 1 else 12.0
    for _ in range(2):
        at = stress_layout.swap(at, *ties, group)
        at = overlap.apart(at, half, radius, group, area, gap=max(gap, 4.0), margin=margin)
        at = overlap.grow(at, inner)
    return at


def _pairs(n: int, giver: Ints, receiver: Ints, weight: Floats) -> tuple[Ints, Ints, Floats]:
    """Fold the two directions of each pair into one tie."""
    low, high = np.minimum(giver, receiver), np.maximum(giver, receiver)
    keys, where = np.unique(low * n + high, return_inverse=True)
    total = np.bincount(where, weight, len(keys)).astype(float)
    return keys // max(n, 1), keys % max(n, 1), total
