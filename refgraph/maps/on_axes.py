"""A map on axes of one's own: laid out for their size, without heading, legend and margins."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from refgraph.book import professional_limits
from refgraph.errors import RefgraphError
from refgraph.maps.drawing.canvas import set_text
from refgraph.maps.drawing.fonts import for_names
from refgraph.maps.drawing.page import ROOMY
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.drawing.under_axes import write_under
from refgraph.maps.html.shapes import boxes
from refgraph.maps.scenes import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.figure import Figure
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from refgraph.maps.scenes.marks import Layer, Mark
    from refgraph.maps.scenes.scene import Scene

    Floats = NDArray[np.float64]

__all__ = ["draw_on"]

_POINTS = 72  # in an inch
_PAD = 8.0  # pixels around what is painted
_EDGE = 1.0  # marks that end so near to the legend belong to it
_SAME = 0.002  # what letters may differ by from the size of the axes
_CODES = {"M": [1], "L": [2], "Q": [3, 3], "C": [4, 4, 4], "Z": [79]}


def draw_on(ax: Axes, draw: Callable[..., Scene], options: dict[str, Any]) -> Scene:
    """Draw a map on axes, as large as they are.

    It is laid out twice: once to see how much of a page is heading, margins and legend, and once
    on a page that leaves as much for the map itself as the axes have. What needs more height than
    that is drawn smaller.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to; its units become pixels of the page, as in the scene.
    draw : callable
        Takes the options and gives a scene.
    options : dict
        For the map; with a ``width`` or a ``height`` its page is laid out in that size.

    Returns
    -------
    Scene
        Of the whole page, heading and legend included; its figure and axes are those given.

    Raises
    ------
    RefgraphError
        The map cannot be drawn with these options.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from refgraph import Book, maps
    >>> ax = Figure(figsize=(12, 8)).add_axes((0, 0, 1, 1))
    >>> scene = draw_on(ax, maps.KINDS["connectors"].draw, {"book": Book.sample()})
    >>> scene.ax is ax, [text for text in ax.texts if scene.title in text.get_text()]
    (True, [])
    """
    extent = ax.get_window_extent()
    wide = extent.width / _figure_of(ax).dpi * theme.DPI
    said = professional_limits.conditions(options["book"]) if "book" in options else ""
    if {"width", "height"} & {*options}:
        return _paint(draw(**options), ax, said)
    scene = draw(**options, width=max(ROOMY, round(wide + 2 * theme.MARGIN)))
    low, high = _extent(scene)
    shape = (high - low)[0] * extent.height / extent.width
    height = round(scene.H + shape - (high - low)[1])
    with suppress(RefgraphError):  # else it is too low for what is on it
        scene = draw(**options, width=round(scene.W), height=height)
    return _paint(scene, ax, said)


def _paint(scene: Scene, ax: Axes, said: str) -> Scene:
    """Paint what stands between the heading and the legend on axes, with conditions below."""
    (left, top), (right, bottom) = _extent(scene)
    ax.set_xlim(left, right)
    ax.set_ylim(bottom, top)
    ax.set_aspect("equal")
    ax.set_axis_off()
    root, point = _figure_of(ax), _points_of(ax)
    paper = theme.THEMES[scene.theme]["PAPER"]
    ground = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    ax.add_collection(PolyCollection([ground], facecolors=paper, zorder=0), autolim=False)
    shapes = [_collection(layer, point) for layer in scene.layers if _is_inside(scene, layer)]
    for shape in shapes:
        ax.add_collection(shape, autolim=False)
    entries = [entry for entry in scene.written if _stands_inside(scene, entry)]
    ruler = Ruler(for_names([entry["text"] for entry in entries]))
    texts = [set_text(entry, ruler, point, paper) for entry in entries]
    for text in texts:
        ax.add_artist(text)
    ax.add_artist(_SizeOfAxes(ax, texts, shapes, paper))
    write_under(ax, said)
    return replace(scene, figure=root, ax=ax)


class _SizeOfAxes(Artist):
    """Nothing to see: lets letters and lines grow and shrink with the axes, as places do.

    A layout gives axes their size when the figure is drawn, after the map was.
    """

    def __init__(
        self, ax: Axes, texts: Sequence[Text], lines: Sequence[PathCollection], paper: str
    ) -> None:
        super().__init__()
        self.set_zorder(-1)  # before all that it sets the size of
        self._ax, self._texts, self._lines, self._paper = ax, texts, lines, paper
        self._span, self._point = _span_of(ax), _points_of(ax)

    def draw(self, renderer: RendererBase) -> None:
        """Set the sizes that fit the axes as they are now."""
        del renderer  # nothing is drawn
        if not self._ax.get_window_extent().height:
            return
        grown = _points_of(self._ax, self._span) / self._point  # also where somebody zooms in
        if abs(grown - 1) < _SAME:
            return
        self._point *= grown
        for text in self._texts:
            text.set_fontsize(float(text.get_fontsize()) * grown)
            if text.get_path_effects():
                wide = theme.HALO * self._point
                text.set_path_effects([withStroke(linewidth=wide, foreground=self._paper)])
        for one in self._lines:
            one.set_linewidth([width * grown for width in np.atleast_1d(one.get_linewidth())])


def _span_of(ax: Axes) -> tuple[float, float]:
    """Give how many pixels of the page axes show."""
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    return abs(right - left), abs(bottom - top)


def _points_of(ax: Axes, span: tuple[float, float] | None = None) -> float:
    """Give how many points a pixel of the page has on axes that show so many pixels of it."""
    wide, high = _span_of(ax) if span is None else span
    extent = ax.get_window_extent()
    per_page = min(extent.width / wide, extent.height / high)
    return float(_POINTS / _figure_of(ax).dpi * per_page)


def _collection(layer: Layer, point: float) -> PathCollection:
    """Give the shapes of a layer; a pixel of the page is `point` points."""
    style = layer.style
    widths = [width * point for width in style.widths]
    many = max(len(style.dashes), len(style.widths)) if any(style.dashes) else 1
    lines = [
        (0, tuple(long / style.widths[k % len(style.widths)] for long in each)) if each else "-"
        for k in range(many)
        for each in [style.dashes[k % len(style.dashes)]]
    ]
    return PathCollection(
        [_path(mark) for mark in layer],
        facecolors=style.fills or "none",
        edgecolors=style.lines or "none",
        linewidths=widths,
        linestyles=lines,
        capstyle="butt",
        zorder=layer.order,
    )


def _path(mark: Mark) -> Path:
    """Give the outline of a mark.

    Examples
    --------
    >>> from refgraph.maps.scenes.marks import Mark
    >>> points = np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 3.0]])
    >>> _path(Mark("P", points, "none", "none", 1.0, None, 1.0)).codes.tolist()
    [1, 2, 2, 79]
    """
    if mark.code == "O":
        (x, y), (r, _) = mark.points.tolist()
        return Path.circle((x, y), r)
    letters = "M" + "L" * (len(mark.points) - 1) + "Z" if mark.code == "P" else mark.code
    codes, points, at = [], [], 0
    for letter in letters:
        steps = _CODES[letter]
        codes += steps
        if letter == "Z":
            points.append(mark.points[0])
            continue
        points += list(mark.points[at : at + len(steps)])
        at += len(steps)
    return Path(np.array(points), codes)


def _figure_of(ax: Axes) -> Figure:
    root = ax.get_figure(root=True)
    if root is None:
        msg = "These axes were taken off their figure. Draw on axes of a figure."
        raise RefgraphError(msg)
    return root


def _foot(scene: Scene) -> float:
    return float(scene.legend.get("top", scene.H))


def _is_inside(scene: Scene, layer: Layer) -> bool:
    """Tell whether a layer belongs to the map, not to the heading or the legend."""
    low, high = boxes(layer)
    return bool(((high[:, 1] >= scene.head) & (low[:, 1] < _foot(scene) - _EDGE)).any())


def _stands_inside(scene: Scene, entry: dict[str, Any]) -> bool:
    return bool(entry["box"][1] >= scene.head and entry["box"][3] <= _foot(scene))


def _extent(scene: Scene) -> tuple[Floats, Floats]:
    """Give the corners of what is painted between the heading and the legend."""
    corners = [boxes(layer) for layer in scene.layers if _is_inside(scene, layer)]
    texts = [entry["box"] for entry in scene.written if _stands_inside(scene, entry)]
    written = np.array(texts, dtype=float).reshape(-1, 4)
    low = np.concatenate([*(each for each, _ in corners), written[:, :2]])
    high = np.concatenate([*(each for _, each in corners), written[:, 2:]])
    if not len(low):
        return np.array([0.0, 0.0]), np.array([scene.W, scene.H])
    first = np.maximum(low.min(axis=0) - _PAD, [0.0, scene.head])
    return first, np.minimum(high.max(axis=0) + _PAD, [scene.W, _foot(scene)])
