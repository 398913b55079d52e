"""A page in pixels: collections of shapes, and text that keeps a record of where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from refgraph.maps.scenes import theme
from refgraph.maps.scenes.marks import Layer, Style, layer_id, set_down, shape_of, text_id
from refgraph.maps.scenes.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.collections import Collection
    from numpy.typing import NDArray

    from refgraph.maps.drawing.text_measure import Ruler
    from refgraph.maps.scenes.marks import Owner

    Floats = NDArray[np.float64]
    Box = tuple[float, float, float, float]

__all__ = ["Canvas", "closed", "outline", "pill", "set_text"]

_TITLE_LEADING = 1.25


class Canvas:
    """A page W by H pixels, with the origin in the upper left corner."""

    def __init__(self, W: float, H: float, ruler: Ruler) -> None:
        self.W, self.H, self.ruler = float(W), float(H), ruler
        figure = Figure(figsize=(W / theme.DPI, H / theme.DPI), dpi=theme.DPI)
        FigureCanvasAgg(figure)
        figure.patch.set_facecolor(theme.PAPER)
        self.ax = figure.add_axes((0, 0, 1, 1))
        self.point = 72 / theme.DPI
        self.ax.set_xlim(0, W)
        self.ax.set_ylim(H, 0)
        self.ax.set_aspect("equal")
        self.ax.set_axis_off()
        self.scene = Scene(self.W, self.H, figure, "", "", ax=self.ax)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        px: float,
        *,
        color: str | None = None,
        bold: bool = False,
        ha: str = "left",
        halo: bool = False,
        turned: bool = False,
        node: str | None = None,
        of: str | None = None,
        on: Owner = None,
    ) -> Box:
        """Write one line with its baseline at `y`, record it, and give its box.

        Parameters
        ----------
        turned : bool, default False
            Write upwards from `y` instead, with the baseline at `x`.
        node : str, optional
            The person whose name this is; everything else is a caption.
        of : str, optional
            The person a caption tells something of, such as a count beside their name.
        on : Owner, optional
            The person or the tie on whose mark it stands.
        """
        text = self.ruler.fonts.drawable(text)
        color = theme.INK if color is None else color
        bold = bold and self.ruler.fonts.is_plain(text)
        width, ascent, descent = self.ruler.size(text, px, bold)
        left = {"left": x, "center": x - width / 2, "right": x - width}[ha]
        box = (left, y - ascent, left + width, y + descent)
        if turned:
            box = (x - ascent, y - width, x + descent, y)
        entry: dict[str, Any] = {"text": text, "box": list(box), "px": px}
        asked: dict[str, Any] = {"x": x, "y": y, "color": color, "bold": bold, "ha": ha}
        asked |= {"turned": turned, "halo": halo}
        artist = set_text({**entry, **asked}, self.ruler, self.point)
        if node or of or on:
            artist.set_gid(text_id(len(self.scene.written)))
        self.ax.add_artist(artist)
        whose = {"of": node or of, "name": node is not None, "on": on}
        self.scene.written.append({**entry, **asked, **whose})
        if node is None:
            self.scene.captions.append(entry)
        else:
            self.scene.labels.append({"node": node, **entry})
        return box

    def name_lines(
        self, box: Box, lines: Sequence[str], px: float, node: str, *, bold: bool, halo: bool,
        ha: str = "left",
    ) -> None:  # fmt: skip
        """Write somebody's name into a box, on as many lines as it has."""
        x = {"left": box[0], "center": (box[0] + box[2]) / 2, "right": box[2]}[ha]
        bottom = box[3]
        for line in reversed(lines):
            _, ascent, descent = self.ruler.size(line, px, bold)
            self.text(x, bottom - descent, line, px, bold=bold, halo=halo, node=node, ha=ha)
            bottom -= ascent + descent

    def lit(self, box: Box, person: str, *, zorder: float = 2.5) -> None:
        """Lay the ground of a marked person's name under its box."""
        self.shapes([_about(box)], theme.LIT, "none", 0, zorder=zorder, owners=[person])

    def framed(self, box: Box, person: str, *, zorder: float = 2.5) -> None:
        """Draw a line round the name of somebody whom a title counts and does not name."""
        rim, of = theme.GREY, [person]
        self.shapes([_about(box)], "none", rim, 1.2, zorder=zorder, owners=of, kind="frame")

    def paragraph(self, x: float, y: float, text: str, px: float, room: float) -> float:
        """Write `text` over as many lines as it takes; give the baseline of the next line."""
        for line in self.ruler.wrap(text, px, room):
            self.text(x, y, line, px, color=theme.GREY)
            y += theme.LEADING * px
        return y

    def heading(self, title: str, subtitle: str) -> None:
        """Write the finding at the top of the page, and under it what was counted."""
        room = self.W - 2 * theme.MARGIN
        title, subtitle = map(self.ruler.fonts.drawable, (title, subtitle))
        self.scene.title, self.scene.subtitle = title, subtitle
        px, lines = self.ruler.heading(title, room)
        for k, line in enumerate(reversed(lines)):  # they grow upwards: what is below has its place
            self.text(theme.MARGIN, 60 - _TITLE_LEADING * px * k, line, px, bold=True)
        below = self.paragraph(theme.MARGIN, 90, subtitle, theme.SUBTITLE, room)
        self.scene.head = below - theme.SUBTITLE

    def record_ties(
        self,
        ends: Sequence[tuple[str, str]],
        polys: Floats,
        lengths: Floats,
        *,
        headed: bool,
    ) -> None:
        """Note where each tie runs, and how long its head is, for who reads the scene."""
        for (giver, receiver), poly, length in zip(ends, polys, lengths.tolist(), strict=True):
            way = poly.tolist()
            tip = way[-1] if headed else None
            self.scene.edges.append(
                {"u": giver, "v": receiver, "poly": way, "tip": tip, "head": length}
            )

    def curves(
        self,
        controls: Floats,
        colors: Sequence[str],
        widths: Floats,
        *,
        zorder: float = 3,
        casing: float = 0,
        owners: Sequence[Owner] = (),
        dashed: tuple[float, ...] = (),
    ) -> None:
        """Draw quadratic or cubic curves, each on a white casing where one is asked for.

        ``dashed`` are lengths on and off, in widths of the line.
        """
        if not len(controls):
            return
        code = {3: Path.CURVE3, 4: Path.CURVE4}[controls.shape[1]]
        codes = [Path.MOVETO, *[code] * (controls.shape[1] - 1)]
        letters = ["M" + {3: "Q", 4: "C"}[controls.shape[1]]] * len(controls)
        paths = [Path(points, codes) for points in controls]
        for extra, paint in ((2 * casing, [theme.PAPER]), (0.0, colors)):
            if extra or paint is colors:
                order = zorder - (0.5 if extra else 0)
                wide = np.asarray(widths + extra, dtype=float)
                lengths = [dashed or theme.dashes(color) for color in paint]
                lengths = lengths if paint is colors else [()]
                self._add(
                    PathCollection(
                        paths,
                        facecolors="none",
                        edgecolors=paint,
                        linewidths=wide * self.point,
                        linestyles=[_style(each) for each in lengths],
                        capstyle="butt",
                        zorder=order,
                    ),
                    Layer(
                        letters,
                        list(controls),
                        Style([], paint, _pixels(wide), _scaled(lengths, _pixels(wide))),
                        order,
                        owners,
                    ),
                )

    def polygons(
        self,
        corners: Sequence[Floats],
        colors: Sequence[str] | str,
        *,
        zorder: float = 3,
        owners: Sequence[Owner] = (),
    ) -> None:
        """Fill polygons."""
        if len(corners):
            self._add(
                PolyCollection(corners, facecolors=colors, edgecolors="none", zorder=zorder),
                Layer(
                    ["P"] * len(corners),
                    list(corners),
                    Style(_each(colors), [], [0.0]),
                    zorder,
                    owners,
                ),
            )

    def lines(
        self,
        points: Sequence[Floats],
        color: str,
        width: float,
        *,
        zorder: float = 2,
        owners: Sequence[Owner] = (),
    ) -> None:
        """Draw polylines of one colour and width."""
        if len(points):
            lengths = theme.dashes(color)
            shapes = [shape_of(each) for each in points]
            style = Style([], [color], [width], _scaled([lengths], [width]))
            self._add(
                LineCollection(
                    list(points),
                    colors=color,
                    linewidths=width * self.point,
                    linestyles=[_style(lengths)],
                    capstyle="butt",
                    zorder=zorder,
                ),
                Layer([c for c, _ in shapes], [p for _, p in shapes], style, zorder, owners),
            )

    def shapes(
        self,
        paths: Sequence[Path],
        faces: Sequence[str] | str,
        rims: Sequence[str] | str,
        widths: Sequence[float] | float,
        *,
        zorder: float = 5,
        owners: Sequence[Owner] = (),
        kind: str = "",
    ) -> None:
        """Draw closed shapes, each with its fill, rim and width of rim."""
        if len(paths):
            shapes = [shape_of(path) for path in paths]
            style = Style(_each(faces), _each(rims), _pixels(widths))
            self._add(
                PathCollection(
                    paths,
                    facecolors=faces,
                    edgecolors=rims,
                    linewidths=np.asarray(widths) * self.point,
                    zorder=zorder,
                ),
                Layer([c for c, _ in shapes], [p for _, p in shapes], style, zorder, owners, kind),
            )

    def marks(
        self,
        shape: str,
        at: Floats,
        radius: Floats,
        *,
        faces: Sequence[str] | str,
        rims: Sequence[str] | str = "none",
        widths: Floats | float = 0.0,
        zorder: float = 5,
        owners: Sequence[Owner] = (),
    ) -> None:
        """Draw thousands of marks of one shape: one outline, set down at every place."""
        if len(at):
            unit = outline(shape, 0.0, 0.0, 1.0)
            style = Style(_each(faces), _each(rims), _pixels(widths))
            self._add(
                PathCollection(
                    [unit],
                    sizes=(np.asarray(radius) * self.point) ** 2,
                    offsets=at,
                    offset_transform=self.ax.transData,
                    transform=Affine2D().scale(1, -1),  # upright on a page whose y grows downwards
                    facecolors=faces,
                    edgecolors=rims,
                    linewidths=np.asarray(widths) * self.point,
                    zorder=zorder,
                ),
                Layer(*set_down(unit, at, np.asarray(radius)), style, zorder, owners),
            )

    def _add(self, artist: Collection, layer: Layer) -> None:
        """Paint a layer, and keep it."""
        artist.set_gid(layer_id(len(self.scene.layers)))
        self.ax.add_collection(artist, autolim=False)
        self.scene.layers.append(layer)


def set_text(entry: Mapping[str, Any], ruler: Ruler, point: float, paper: str = "") -> Text:
    """Make one line of text, as a scene records it; a pixel of the page is `point` points."""
    artist = Text(
        entry["x"],
        entry["y"],
        entry["text"],
        color=entry["color"],
        ha=entry["ha"],
        va="baseline",
        rotation=90 if entry["turned"] else 0,
        rotation_mode="anchor",
        family=ruler.families(bold=entry["bold"]),
        size=entry["px"] * point,
        weight="bold" if entry["bold"] else "normal",
        parse_math=False,
        zorder=6,
        clip_on=False,
    )
    if entry["halo"]:
        around = withStroke(linewidth=theme.HALO * point, foreground=paper or theme.PAPER)
        artist.set_path_effects([around])
    return artist


def _style(lengths: tuple[float, ...]) -> Any:
    """Give the style of a line: dashes where the theme tells ties apart by them."""
    return (0, lengths) if lengths else "-"


def _each(value: Sequence[str] | str) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _pixels(widths: Sequence[float] | Floats | float) -> list[float]:
    return [float(width) for width in np.atleast_1d(np.asarray(widths, dtype=float))]


def _scaled(
    lengths: Sequence[tuple[float, ...]], widths: Sequence[float]
) -> list[tuple[float, ...]]:
    """Give dashes in pixels: they are so many times as long as the line is wide."""
    if not any(lengths):
        return [()]
    many = max(len(lengths), len(widths))
    return [
        tuple(length * widths[k % len(widths)] for length in lengths[k % len(lengths)])
        for k in range(many)
    ]


def closed(points: Floats) -> Path:
    """Give the outline through points, and back to the first."""
    return Path(np.vstack([points, points[:1]]), closed=True)


def outline(shape: str, x: float, y: float, r: float) -> Path:
    """Give a mark of about the area of a disc of radius `r`; every shape holds the centre."""
    if shape in {"circle", "ring"}:
        return Path.circle((x, y), r)
    turns, reach = {
        "diamond": ((0.0, 0.25, 0.5, 0.75), 1.16),
        "square": ((0.125, 0.375, 0.625, 0.875), 1.2),
        "triangle": ((0.75, 1 / 12, 5 / 12), 1.38),
    }[shape]
    angle = 2 * np.pi * np.array(turns)
    corners = np.stack([np.cos(angle), np.sin(angle)], axis=1) * (reach * r) + (x, y)
    return Path(np.vstack([corners, corners[:1]]), closed=True)


def pill(x: float, y: float, half: float, r: float) -> Path:
    """Give a bar with round ends, `half` its width and `r` half its height."""
    turn = np.linspace(-np.pi / 2, np.pi / 2, 13)
    right = np.stack([x + half - r + r * np.cos(turn), y + r * np.sin(turn)], axis=1)
    corners = np.vstack([right, 2 * np.array([x, y]) - right])
    return Path(np.vstack([corners, corners[:1]]), closed=True)


def _about(box: Box) -> Path:
    """Give the ground of a name in a box."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return pill(x, y, (box[2] - box[0]) / 2 + 5, (box[3] - box[1]) / 2 + 1)
