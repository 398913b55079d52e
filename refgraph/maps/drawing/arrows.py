"""Curved arrows between discs: cut exactly at both rims, with the shaft ending under the head."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["LENS", "ONE_WAY", "Arrows", "along", "between", "head_length", "heads", "width"]

ONE_WAY = 0.05  # nearly straight: nothing came back
LENS = 0.15  # the two ties of a pair bow apart
_PIECES = 13  # points of the polyline that stands for a curve
_HALVINGS = 41


@dataclass(frozen=True)
class Arrows:
    """Arrows ready to draw, one row each.

    Attributes
    ----------
    shafts : (n, 3, 2) array
        Control points of quadratic curves, from the giver's rim to under the head.
    heads : (n, 3, 2) array
        Corners of the heads, the tip first.
    polys : (n, 13, 2) array
        Points along the whole arrow, from the giver's rim to the tip.
    lengths : (n,) array
        Lengths of the heads.
    """

    shafts: Floats
    heads: Floats
    polys: Floats
    lengths: Floats


def width(weight: Floats | float) -> Floats:
    """Give the width in pixels of a tie of so many referrals: it grows up to eight of them.

    Examples
    --------
    >>> width(np.array([1.0, 8.0, 10_000.0])).round(1).tolist()
    [1.7, 6.1, 6.1]
    """
    return np.asarray((0.8 + 0.45 * np.minimum(weight, 8.0)) / 0.72, dtype=float)


def head_length(line: Floats | float) -> Floats:
    """Give the length of the head on a shaft so many pixels wide; it stops at 22 pixels."""
    return np.minimum(6.5 + 2.0 * np.asarray(line, dtype=float), 22.0)


def between(
    start: Floats,
    end: Floats,
    rims: tuple[Floats, Floats],
    bend: Floats,
    line: Floats,
    *,
    lean: Floats | float = 0.0,
    discs: tuple[Floats, Floats] | None = None,
    headed: bool = True,
) -> Arrows:
    """Build arrows from disc to disc.

    Parameters
    ----------
    start, end : (n, 2) arrays
        Where the curves would begin and end if nothing were cut off them.
    rims : pair of (n,) arrays
        How far from the centres of its two discs the arrow begins and ends.
    bend : (n,) array
        How far the curve bows to its left, as a share of its length; a negative bend bows right.
        An arrow and the arrow back bow to either side when both have the same sign.
    line : (n,) array
        Widths of the shafts.
    lean : (n,) array or float, default 0
        How much nearer to the receiver than to the giver the curve bows most, as a share of its
        length.
    discs : pair of (n, 2) arrays, optional
        Centres of the givers' and the receivers' discs; `start` and `end` if not given.
    headed : bool, default True
        Whether they point: without heads the shafts go from rim to rim.

    Returns
    -------
    Arrows
        With one row per arrow.

    Examples
    --------
    >>> arrows = between(
    ...     np.array([[0.0, 0.0]]),
    ...     np.array([[100.0, 0.0]]),
    ...     (np.array([10.0]), np.array([20.0])),
    ...     np.array([0.0]),
    ...     np.array([2.0]),
    ... )
    >>> arrows.polys[0, 0].round(3).tolist(), arrows.heads[0, 0].round(3).tolist()
    ([10.0, 0.0], [80.0, 0.0])
    """
    chord = end - start
    aside = np.stack([-chord[:, 1], chord[:, 0]], axis=1)
    middle = start + np.reshape(0.5 + np.asarray(lean), (-1, 1)) * chord + bend[:, None] * aside
    whole = np.stack([start, middle, end], axis=1)
    here, there = (start, end) if discs is None else discs
    first = _bisect(lambda t: _far(whole, t, here) < rims[0], len(start))
    last = _bisect(lambda t: _far(whole, t, there) > rims[1], len(start))
    cut = _piece(whole, first, np.maximum(last, first))
    tip = cut[:, 2]
    room = np.hypot(*(tip - cut[:, 0]).T)
    lengths = np.minimum(head_length(line), 0.6 * room) * headed
    ones = np.ones(len(start))
    neck = _bisect(lambda t: _far(cut, t, tip) > 0.8 * lengths, len(start))
    base = _bisect(lambda t: _far(cut, t, tip) > lengths, len(start))
    pointing = tip - _at(cut, base)
    steps = np.linspace(0.0, 1.0, _PIECES)
    polys = np.stack([_at(cut, step * ones) for step in steps], axis=1)
    return Arrows(
        _piece(cut, 0.0 * ones, neck), heads(tip, pointing, lengths, line), polys, lengths
    )


def heads(tip: Floats, pointing: Floats, lengths: Floats, line: Floats) -> Floats:
    """Give the three corners of arrowheads with their tips at `tip`."""
    size = np.maximum(np.hypot(*pointing.T), 1e-9)
    unit = pointing / size[:, None]
    aside = np.stack([-unit[:, 1], unit[:, 0]], axis=1)
    half = np.minimum(0.5 * line + 0.36 * lengths, 0.62 * np.maximum(lengths, line))[:, None]
    foot = tip - unit * lengths[:, None]
    return np.stack([tip, foot + aside * half, foot - aside * half], axis=1)


def along(controls: Floats, pieces: int = 24) -> Floats:
    """Give points along one Bezier curve of any degree, by de Casteljau's rule."""
    t = np.linspace(0.0, 1.0, pieces)[:, None]
    layer = [np.repeat(point[None, :], pieces, axis=0) for point in controls]
    while len(layer) > 1:
        layer = [(1 - t) * a + t * b for a, b in pairwise(layer)]
    return layer[0]


def _at(curve: Floats, t: Floats) -> Floats:
    s = t[:, None]
    return (1 - s) ** 2 * curve[:, 0] + 2 * s * (1 - s) * curve[:, 1] + s**2 * curve[:, 2]


def _far(curve: Floats, t: Floats, point: Floats) -> Floats:
    return np.asarray(np.hypot(*(_at(curve, t) - point).T), dtype=float)


def _piece(curve: Floats, t0: Floats, t1: Floats) -> Floats:
    """Give the part of each curve from t0 to t1; its middle control point by blossoming."""
    a, b = t0[:, None], t1[:, None]
    middle = (
        (1 - a) * (1 - b) * curve[:, 0]
        + (a * (1 - b) + b * (1 - a)) * curve[:, 1]
        + a * b * curve[:, 2]
    )
    return np.stack([_at(curve, t0), middle, _at(curve, t1)], axis=1)


def _bisect(still: Callable[[Floats], NDArray[np.bool_]], n: int) -> Floats:
    """Find where along each of n curves `still` turns false, for all of them at once."""
    a, b = np.zeros(n), np.ones(n)
    for _ in range(_HALVINGS):
        middle = (a + b) / 2
        further = still(middle)
        a, b = np.where(further, middle, a), np.where(further, b, middle)
    return a
