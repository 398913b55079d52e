"""The display list: what is painted on a page, layer by layer, and whose each mark is.

A map says whose a mark is when it makes it. The picture, the page to explore and the titles in an
SVG are walks over the same layers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.path import Path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = [
    "Between",
    "Layer",
    "Mark",
    "Owner",
    "Style",
    "layer_id",
    "set_down",
    "shape_of",
    "text_id",
]

_LETTER = {1: "M", 2: "L", 3: "Q", 4: "C"}  # by the codes of Matplotlib's paths
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}
_ROUND = "M" + 8 * "C" + "Z"  # how Matplotlib draws a circle


@dataclass(frozen=True, slots=True)
class Between:
    """The referrals from one group to another: whose a ribbon is.

    `ends` are the circles of the two, by number, as the scene's ``circle_of`` has them of people.
    """

    giver: str
    receiver: str
    referrals: float
    ends: tuple[int, int] = (-1, -1)


#: Whose a mark is: a person by name, a tie by giver and receiver, the ties between two groups, or
#: nobody's.
Owner = str | tuple[str, str] | Between | None


@dataclass(frozen=True, slots=True)
class Style:
    """Fills, lines, widths in pixels and dashes of marks, each to be gone round."""

    fills: Sequence[str]
    lines: Sequence[str]
    widths: Sequence[float]
    dashes: Sequence[tuple[float, ...]] = ((),)


@dataclass(frozen=True, slots=True)
class Mark:
    """One shape on the page: its letters and points, how it is painted, and whose it is."""

    code: str
    points: Floats
    fill: str
    line: str
    width: float
    owner: Owner
    layer: float


@dataclass(frozen=True, slots=True)
class Layer:
    """What is painted in one go.

    Attributes
    ----------
    codes : list of str
        ``O`` for a circle (centre and radius), ``P`` for a polygon, else letters for move, line,
        quadratic and cubic curve, and Z for closed.
    points : list of arrays
        Of each shape, in pixels of the page.
    style : Style
        Colours and widths.
    order : float
        Layers with more are painted later; of the same, in the order they were made in.
    owners : list of Owner
        Of each shape; empty if they are nobody's.
    kind : str
        ``frame`` for lines round names, which go where the names go; else "".
    """

    codes: list[str]
    points: list[Floats]
    style: Style
    order: float
    owners: Sequence[Owner] = ()
    kind: str = ""

    def __post_init__(self) -> None:
        if self.owners and len(self.owners) != len(self.codes):
            raise AssertionError(len(self.owners), len(self.codes))

    def __iter__(self) -> Iterator[Mark]:
        fills, lines, widths = self.style.fills, self.style.lines, self.style.widths
        for k, (code, points) in enumerate(zip(self.codes, self.points, strict=True)):
            yield Mark(
                code,
                points,
                fills[k % len(fills)] if fills else "none",
                lines[k % len(lines)] if lines else "none",
                widths[k % len(widths)],
                self.owners[k] if self.owners else None,
                self.order,
            )


def layer_id(number: int) -> str:
    """Give what the layer of a number is called in an SVG."""
    return f"layer-{number}"


def text_id(number: int) -> str:
    """Give what the text of a number is called in an SVG."""
    return f"words-{number}"


def shape_of(path: Any) -> tuple[str, Floats]:
    """Give the letters of a path and its points.

    Examples
    --------
    >>> shape_of(Path.circle((5, 5), 3))
    ('O', array([[5., 5.],
           [3., 3.]]))
    >>> shape_of([[0, 0], [1, 0], [1, 1]])[0], shape_of([[0, 0], [1, 0], [1, 1], [0, 0]])[0]
    ('MLL', 'P')
    """
    points = np.asarray(path.vertices if isinstance(path, Path) else path, dtype=float)
    if not isinstance(path, Path) or path.codes is None:
        closed = len(points) > 3 and bool((points[0] == points[-1]).all())
        return ("P", points[:-1]) if closed else ("M" + "L" * (len(points) - 1), points)
    code, kept = _letters(bytes(np.asarray(path.codes, dtype=np.uint8)))
    if len(kept) < len(points):
        points = points[list(kept)]
    if code == _ROUND:
        low, high = points.min(axis=0), points.max(axis=0)
        wide, tall = (high - low).tolist()
        if abs(wide - tall) < 1e-6 * tall:
            return "O", np.array([(low + high) / 2, [wide / 2, wide / 2]])
    return code, points


def set_down(path: Path, at: Floats, radius: Floats) -> tuple[list[str], list[Floats]]:
    """Set one outline of radius 1 down at many places."""
    code, unit = shape_of(path)
    shapes = np.resize(radius, len(at))[:, None, None] * unit[None]
    shapes[:, : 1 if code == "O" else None] += np.asarray(at)[:, None, :]
    return [code] * len(at), list(shapes)


@lru_cache(maxsize=512)
def _letters(codes: bytes) -> tuple[str, tuple[int, ...]]:
    """Translate the codes of a path, and say which of its points count."""
    kept: list[int] = []
    letters, k = "", 0
    while k < len(codes):
        if codes[k] == Path.CLOSEPOLY:
            letters, k = letters + "Z", k + 1
            continue
        letters += _LETTER[codes[k]]
        more = _POINTS[letters[-1]]
        kept += range(k, k + more)
        k += more
    if letters.endswith("Z") and set(letters[1:-1]) <= {"L"}:
        letters = "P"
    return letters, tuple(kept)
