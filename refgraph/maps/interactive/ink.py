"""What is painted on a page, as numbers: shapes, their colours, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import Collection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.spines import Spine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.maps.interactive.owners import Owners
    from refgraph.maps.scene import Scene

    Floats = NDArray[np.float64]

__all__ = ["TENTHS", "Palette", "layers", "packed"]

TENTHS = 10  # coordinates are whole tenths of a pixel

_LETTER = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}


class Palette:
    """The colours of a page, each once.

    Examples
    --------
    >>> palette = Palette()
    >>> palette.number((1.0, 1.0, 1.0, 1.0)), palette.number("none"), palette.number("#ffffff")
    (0, -1, 0)
    >>> palette.colors
    ['#ffffff']
    """

    def __init__(self) -> None:
        self.colors: list[str] = []

    def number(self, color: Any) -> int:
        """Give the number of a colour; -1 if nothing of it can be seen."""
        text = to_hex(color, keep_alpha=True)
        if text.endswith("00") and len(text) == 9:
            return -1
        text = text.removesuffix("ff") if len(text) == 9 else text
        if text not in self.colors:
            self.colors.append(text)
        return self.colors.index(text)


def layers(scene: Scene, owners: Owners, palette: Palette) -> list[dict[str, Any]]:
    """List everything painted on the page of a scene but its text, in the order of painting.

    Parameters
    ----------
    scene : Scene
        A drawn map.
    owners : Owners
        Tells whose each shape is.
    palette : Palette
        Takes up the colours.

    Returns
    -------
    list of dict
        ``code`` (``O`` a circle: centre and radius; ``P`` a polygon; else letters for move, line,
        quadratic and cubic curve, Z for closed), ``at`` (the numbers of each shape: tenths of a
        pixel, each point after the first as its distance from the one before), ``fill`` and
        ``line`` (numbers of the palette), ``width`` (pixels), ``dash``, ``person`` and ``tie``
        (owners). What is the same for all shapes of a layer is given once.
    """
    ax = scene.ax
    if ax is None:
        return []
    shown = [child for child in ax.get_children() if child.get_visible() and child is not ax.patch]
    found = []
    for artist in sorted(shown, key=lambda child: child.get_zorder()):
        style = _style(artist, scene.point)
        if style is None:
            continue
        paths = [path for path in style.paths if len(np.asarray(path.vertices))]
        away = artist.get_transform() - ax.transData
        if not np.allclose(away.transform([[0, 0], [1, 1]]), [[0, 0], [1, 1]], atol=1e-6):
            paths = [away.transform_path(path) for path in paths]
        shapes = [_shape(path) for path in paths]
        person, tie, kept = owners.of(shapes)
        picks = np.flatnonzero(kept).tolist()
        if not picks:
            continue
        fills, lines = (
            [palette.number(color) for color in colors] or [-1]
            for colors in (style.fills, style.lines)
        )
        layer: dict[str, Any] = {
            "code": _once([shapes[k][0] for k in picks]),
            "at": [packed(*shapes[k]) for k in picks],
            "fill": _once([fills[k % len(fills)] for k in picks]),
            "line": _once([lines[k % len(lines)] for k in picks]),
            "width": _once([style.widths[k % len(style.widths)] for k in picks]),
        }
        if style.dash:
            layer["dash"] = style.dash
        for name, whose in (("person", person[picks]), ("tie", tie[picks])):
            if (whose != -1).any():
                layer[name] = whose.tolist()
        found.append(layer)
    return found


def packed(code: str, points: Floats) -> list[int]:
    """Give points as whole tenths of a pixel, each as its distance from the one before.

    Examples
    --------
    >>> packed("P", np.array([[1.0, 2.0], [1.5, 2.0], [1.0, 1.0]]))
    [10, 20, 5, 0, -5, -10]
    """
    whole = np.round(points * TENTHS).astype(np.int64)
    if code != "O":
        whole[1:] -= whole[:-1].copy()
    numbers: list[int] = whole.ravel().tolist()
    return numbers[:3] if code == "O" else numbers


@dataclass(frozen=True)
class _Style:
    """Paths, with their fills, lines, widths and dashes, each list to be gone round."""

    paths: list[Path]
    fills: list[Any]
    lines: list[Any]
    widths: list[float]
    dash: list[float]


def _style(artist: Any, point: float) -> _Style | None:
    """Read what an artist paints; None if it is no shape."""
    if isinstance(artist, Collection):
        paths, fills = artist.get_paths(), np.asarray(artist.get_facecolor())
        lines, widths = np.asarray(artist.get_edgecolor()), artist.get_linewidth()
        pattern: Any = artist.get_linestyle()
        dash = pattern[0][1]
    elif isinstance(artist, Line2D):
        paths, fills = [artist.get_path()], np.empty((0, 4))
        lines, widths = np.array([to_rgba(artist.get_color())]), artist.get_linewidth()
        dash = None
    elif isinstance(artist, Patch) and not isinstance(artist, Spine):
        paths, fills = [artist.get_path()], np.array([artist.get_facecolor()])
        lines, widths = np.array([artist.get_edgecolor()]), artist.get_linewidth()
        dash = None
    else:
        return None
    return _Style(
        list(paths),
        [tuple(color) for color in fills.tolist()],
        [tuple(color) for color in lines.tolist()],
        [round(float(width) / point, 2) for width in np.atleast_1d(widths)] or [0.0],
        [round(float(length) / point, 2) for length in dash or ()],
    )


def _shape(path: Path) -> tuple[str, Floats]:
    """Give the letters of a path and its points."""
    points = np.asarray(path.vertices, dtype=float)
    if path.codes is None:
        closed = len(points) > 3 and bool((points[0] == points[-1]).all())
        return ("P", points[:-1]) if closed else ("M" + "L" * (len(points) - 1), points)
    codes = np.asarray(path.codes)
    closed = bool(codes[-1] == Path.CLOSEPOLY)
    if closed:
        codes, points = codes[:-1], points[:-1]
    if len(points) == 25 and closed and (codes[1:] == Path.CURVE4).all():
        low, high = points.min(axis=0), points.max(axis=0)
        wide, tall = (high - low).tolist()
        if abs(wide - tall) < 1e-6 * tall:
            return "O", np.array([(low + high) / 2, [wide / 2, wide / 2]])
    if closed and (codes[1:] == Path.LINETO).all():
        return "P", points
    letters, k = [], 0
    while k < len(codes):
        if codes[k] == Path.CLOSEPOLY:
            points = np.delete(points, k, axis=0)
            codes = np.delete(codes, k)
            letters.append("Z")
            continue
        letters.append(_LETTER[codes[k]])
        k += _POINTS[letters[-1]]
    return "".join(letters) + "Z" * closed, points


def _once(values: list[Any]) -> Any:
    """Give one value that stands for all, or all of them."""
    return values[0] if all(value == values[0] for value in values) else values
