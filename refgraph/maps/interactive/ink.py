"""What is painted on a page, as numbers: shapes, their colours, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import Collection, PathCollection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.spines import Spine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from refgraph.maps.scene import Scene

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["TENTHS", "Layer", "Palette", "layers", "packed"]

TENTHS = 10  # coordinates are whole tenths of a pixel

_LETTER = {1: "M", 2: "L", 3: "Q", 4: "C"}  # by the codes of Matplotlib's paths
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}
_ROUND = "M" + 8 * "C" + "Z"  # how Matplotlib draws a circle


class Palette:
    """The colours and the dashes of a page, each once.

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
        self.dashes: list[tuple[float, ...]] = [()]
        self._known: dict[Any, int] = {}

    def number(self, color: Any) -> int:
        """Give the number of a colour; -1 if nothing of it can be seen."""
        if color not in self._known:
            self._known[color] = self._take(to_hex(color, keep_alpha=True))
        return self._known[color]

    def dash(self, lengths: tuple[float, ...]) -> int:
        """Give the number of some dashes; 0 for an unbroken line."""
        if lengths not in self.dashes:
            self.dashes.append(lengths)
        return self.dashes.index(lengths)

    def _take(self, text: str) -> int:
        if text.endswith("00"):
            return -1
        text = text.removesuffix("ff")
        if text not in self.colors:
            self.colors.append(text)
        return self.colors.index(text)


@dataclass(frozen=True)
class _Style:
    """Paths, with their fills, lines, widths and dashes, each list to be gone round."""

    paths: list[Path]
    fills: list[Any]
    lines: list[Any]
    widths: list[float]
    dashes: list[tuple[float, ...]]


@dataclass(frozen=True)
class Layer:
    """What one artist of Matplotlib paints.

    Attributes
    ----------
    codes : list of str
        ``O`` for a circle (centre and radius), ``P`` for a polygon, else letters for move, line,
        quadratic and cubic curve, and Z for closed.
    points : list of arrays
        Of each shape, in pixels of the page.
    low, high : (n, 2) arrays
        Corners of the box about each shape.
    style : _Style
        Colours and widths.
    """

    codes: list[str]
    points: list[Floats]
    low: Floats
    high: Floats
    style: _Style

    def to_dict(
        self, picks: list[int], person: Ints, tie: Ints, palette: Palette
    ) -> dict[str, Any]:
        """Give the picked shapes as plain numbers.

        Returns
        -------
        dict
            ``code``, ``at`` (tenths of a pixel, each point after the first as its distance from
            the one before), ``fill`` and ``line`` (numbers of the palette), ``width`` (pixels),
            ``dash`` (number of the palette; left out where all lines are unbroken), ``person`` and
            ``tie`` (owners, each as its distance from the one before). What is the same for all
            shapes of a layer is given once.
        """
        fills, lines = (
            [palette.number(color) for color in colors] or [-1]
            for colors in (self.style.fills, self.style.lines)
        )
        widths, numbers = self.style.widths, packed(self.codes, self.points)
        dashes = [palette.dash(lengths) for lengths in self.style.dashes]
        found: dict[str, Any] = {
            "code": _once([self.codes[k] for k in picks]),
            "at": [numbers[k] for k in picks],
            "fill": _once([fills[k % len(fills)] for k in picks]),
            "line": _once([lines[k % len(lines)] for k in picks]),
            "width": _once([widths[k % len(widths)] for k in picks]),
        }
        if any(dashes):
            found["dash"] = _once([dashes[k % len(dashes)] for k in picks])
        for name, whose in (("person", person[picks]), ("tie", tie[picks])):
            if (whose != -1).any():
                found[name] = np.diff(whose, prepend=0).tolist()
        return found


def layers(scene: Scene) -> list[Layer]:
    """List everything painted on the page of a scene but its text, in the order of painting."""
    ax = scene.ax
    if ax is None:
        return []
    shown = [child for child in ax.get_children() if child.get_visible() and child is not ax.patch]
    found = []
    for artist in sorted(shown, key=lambda child: child.get_zorder()):
        style = _style(artist, scene.point)
        if style is None:
            continue
        shapes = _set_down(artist, scene) or _in_place(artist, style.paths, ax)
        if not shapes:
            continue
        codes, points = [code for code, _ in shapes], [each for _, each in shapes]
        low, high = np.empty((len(shapes), 2)), np.empty((len(shapes), 2))
        for code, places, stack in _alike(codes, points):
            if code == "O":
                low[places], high[places] = stack[:, 0] - stack[:, 1], stack[:, 0] + stack[:, 1]
            else:
                low[places], high[places] = stack.min(axis=1), stack.max(axis=1)
        found.append(Layer(codes, points, low, high, style))
    return found


def _in_place(artist: Any, paths: list[Path], ax: Axes) -> list[tuple[str, Floats]]:
    """Give the shapes of an artist that has a path for each."""
    paths = [path for path in paths if len(np.asarray(path.vertices))]
    away = artist.get_transform() - ax.transData
    if not np.allclose(away.transform([[0, 0], [1, 1]]), [[0, 0], [1, 1]], atol=1e-6):
        paths = [away.transform_path(path) for path in paths]
    return [_shape(path) for path in paths]


def _set_down(artist: Any, scene: Scene) -> list[tuple[str, Floats]]:
    """Give the shapes of an artist that sets one outline down at many places, if it is such."""
    if not isinstance(artist, PathCollection) or artist.get_offset_transform() is not (
        scene.ax and scene.ax.transData
    ):
        return []
    code, unit = _shape(artist.get_paths()[0])
    places = np.asarray(artist.get_offsets())
    radius = np.resize(np.sqrt(artist.get_sizes()) / scene.point, len(places))
    shapes = radius[:, None, None] * unit[None]
    shapes[:, : 1 if code == "O" else None] += places[:, None, :]
    return [(code, points) for points in shapes]


def packed(codes: list[str], points: list[Floats]) -> list[list[int]]:
    """Give points as whole tenths of a pixel, each as its distance from the one before.

    Examples
    --------
    >>> packed(["P"], [np.array([[1.0, 2.0], [1.5, 2.0], [1.0, 1.0]])])
    [[10, 20, 5, 0, -5, -10]]
    """
    found: list[list[int]] = [[]] * len(codes)
    for code, places, stack in _alike(codes, points):
        whole = np.round(stack * TENTHS).astype(np.int64)
        if code == "O":
            rows = whole.reshape(len(whole), -1)[:, :3]
        else:
            whole[:, 1:] -= whole[:, :-1].copy()
            rows = whole.reshape(len(whole), -1)
        for k, row in zip(places, rows.tolist(), strict=True):
            found[k] = row
    return found


def _alike(codes: list[str], points: list[Floats]) -> Iterator[tuple[str, list[int], Floats]]:
    """Stack shapes of the same code and the same number of points."""
    groups: dict[tuple[str, int], list[int]] = {}
    for k, (code, each) in enumerate(zip(codes, points, strict=True)):
        groups.setdefault((code, len(each)), []).append(k)
    for (code, _), places in groups.items():
        yield code, places, np.array([points[k] for k in places])


def _style(artist: Any, point: float) -> _Style | None:
    """Read what an artist paints; None if it is no shape."""
    if isinstance(artist, Collection):
        paths, fills = artist.get_paths(), np.asarray(artist.get_facecolor())
        lines, widths = np.asarray(artist.get_edgecolor()), artist.get_linewidth()
        pattern: Any = artist.get_linestyle()
        dashes = [lengths or () for _, lengths in pattern]
    elif isinstance(artist, Line2D):
        paths, fills = [artist.get_path()], np.empty((0, 4))
        lines, widths = np.array([to_rgba(artist.get_color())]), artist.get_linewidth()
        dashes = []
    elif isinstance(artist, Patch) and not isinstance(artist, Spine):
        paths, fills = [artist.get_path()], np.array([artist.get_facecolor()])
        lines, widths = np.array([artist.get_edgecolor()]), artist.get_linewidth()
        dashes = []
    else:
        return None
    return _Style(
        list(paths),
        [tuple(color) for color in fills.tolist()],
        [tuple(color) for color in lines.tolist()],
        [round(float(width) / point, 2) for width in np.atleast_1d(widths)] or [0.0],
        [tuple(round(float(length) / point, 2) for length in each) for each in dashes] or [()],
    )


def _shape(path: Path) -> tuple[str, Floats]:
    """Give the letters of a path and its points."""
    points = np.asarray(path.vertices, dtype=float)
    if path.codes is None:
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


def _once(values: list[Any]) -> Any:
    """Give one value that stands for all, or all of them."""
    return values[0] if all(value == values[0] for value in values) else values
