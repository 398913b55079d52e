"""What a map drew, in pixels, and the files it can be saved to."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from refgraph.errors import RefgraphError
from refgraph.maps.scenes import formats, theme
from refgraph.maps.scenes.marks import layer_id, text_id
from refgraph.maps.scenes.svg import enlarge, with_titles
from refgraph.maps.scenes.titles import Titles
from refgraph.progress import doing
from refgraph.reading import replacing

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from refgraph.maps.notebook import Explorer
    from refgraph.maps.scenes.details import Details
    from refgraph.maps.scenes.marks import Layer

    Dye = tuple[str, tuple[float, ...]]  # a colour, and dashes in widths of the line

__all__ = ["FORMATS", "Scene"]

FORMATS = ("png", "svg", "pdf", "html")

_PIXELS = {"box", "px", "poly", "tip", "head"}  # of an entry: what is measured in pixels

# No date, no version, no random identifier: the same map is the same bytes.
_WRITING: dict[str, dict[str, Any]] = {
    # level 3 takes less time than the usual 6, and flat colours become no larger
    "png": {"metadata": {"Software": None}, "pil_kwargs": {"compress_level": 3}},
    "svg": {"metadata": {"Date": None, "Creator": None}},
    "pdf": {"metadata": {"CreationDate": None, "Creator": None, "Producer": None}},
}


@dataclass
class Scene:
    """A drawn map: the figure, and where everything on it is.

    The origin is the upper left corner and sizes are pixels of the PNG, before it is enlarged.

    Attributes
    ----------
    W, H : float
        Size of the page.
    figure : matplotlib.figure.Figure
        What was drawn.
    title, subtitle : str
        The finding, and what was counted and left out.
    nodes : dict of str to (x, y, radius)
        Every person drawn.
    labels, captions : list of dict
        Names of people, and every other text: ``text``, ``box`` (x0, y0, x1, y1) and ``px``, the
        size of the letters; a label has the person as ``node`` too. ``text`` is what was drawn, so
        a name may be shortened there.
    edges : list of dict
        ``u``, ``v`` (giver, receiver), ``poly`` (points along the curve), ``tip`` of the arrowhead
        or None, and ``head``, its length.
    ribbons : list of dict
        ``poly`` of every tie between groups.
    cells : list of dict
        Of a matrix: ``u``, ``v`` (giver, receiver), ``weight``, and the ``box`` of its mark.
    lines : list of dict
        Of a timeline: ``name`` and ``poly`` of every line, or the ``box`` of every bar.
    notes : tuple of str
        What the reader of the map should be told, such as names that no font can draw.
    details : Details or None
        What an interactive page tells of the people: see :mod:`refgraph.maps.scenes.details`.
    circle_of : dict of str to int
        The number of the circle that people stand in, where ribbons join circles.
    dyes : dict of str to (str, tuple of float)
        Of a map whose colours say where one stands with somebody: what each standing wears, also
        those that nobody has here; see :mod:`refgraph.maps.kinds.owed.colors`.
    late : int
        Days of waiting, after which a standing is ``late`` there.
    head : float
        Where the heading ends.
    legend : dict
        ``top`` of the strip at the foot, its ``items`` (``text``, ``box`` of the drawing) and
        ``notes``; empty without one.
    written : list of dict
        Every text, as it was asked for: ``text``, ``x``, ``y`` of its baseline, ``px``, ``color``,
        ``bold``, ``ha``, ``turned``, ``halo``, ``box``, the person it is ``of``, whether it is
        their ``name``, and the person or tie whose mark it stands ``on``.
    layers : list of Layer
        Everything painted but the texts, and whose it is: see :mod:`refgraph.maps.scenes.marks`.
    sheet : bool
        Whether it is read row by row like a sheet of paper: on a page to explore its words keep
        their places, and its marks show whoever is drawn.
    theme : str
        The theme it was drawn in.
    ax : Axes
        What it was drawn on.
    enlarged : float
        How many times as many pixels each way a PNG or an SVG of it has: more than 1 on a page
        larger than the map fills, where letters grow with the page. A PDF stays as laid out.
    for_phone : callable or None
        Draws the same map for a phone, where nobody asked for a size and it is read row by row: of
        the wide one a phone would show the beginnings of rows alone.
    for_notebook : callable or None
        Draws the same map as wide as a notebook has room for, where nobody asked for a size: a
        larger picture would be shrunk there, and its letters with it.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> scene = Scene(20, 10, Figure(figsize=(0.2, 0.1)), title="Nothing", subtitle="")
    >>> scene.to_dict()["W"], scene.to_dict()["nodes"]
    (20, {})
    """

    W: float
    H: float
    figure: Figure
    title: str
    subtitle: str
    nodes: dict[str, tuple[float, float, float]] = field(default_factory=dict)
    labels: list[dict[str, Any]] = field(default_factory=list)
    captions: list[dict[str, Any]] = field(default_factory=list)
    edges: list[dict[str, Any]] = field(default_factory=list)
    ribbons: list[dict[str, Any]] = field(default_factory=list)
    cells: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    details: Details | None = None
    circle_of: dict[str, int] = field(default_factory=dict, repr=False)
    dyes: dict[str, Dye] = field(default_factory=dict, repr=False)
    late: int = 0
    head: float = 0.0
    legend: dict[str, Any] = field(default_factory=dict)
    written: list[dict[str, Any]] = field(default_factory=list, repr=False)
    layers: list[Layer] = field(default_factory=list, repr=False)
    sheet: bool = False
    ax: Axes | None = field(default=None, repr=False)
    theme: str = field(default_factory=theme.name)
    enlarged: float = 1.0
    for_phone: Callable[[], Scene] | None = field(default=None, repr=False)
    for_notebook: Callable[[], Scene] | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        ties = len(self.edges) + len(self.cells)
        return f"<Scene {self.title!r}: {len(self.nodes)} people, {ties} ties>"

    def to_dict(self) -> dict[str, Any]:
        """Give the scene as plain numbers, lists and text.

        Returns
        -------
        dict
            Keys ``W``, ``H``, ``nodes``, ``labels``, ``captions``, ``edges``, ``ribbons``,
            ``title``, ``subtitle``, ``notes``, ``cells`` and ``lines``, in pixels of the PNG.
        """
        times = self.enlarged

        def larger(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
            return [
                {key: _times(part, times) if key in _PIXELS else part for key, part in each.items()}
                for each in entries
            ]

        return {
            "W": _times(self.W, times),
            "H": _times(self.H, times),
            "nodes": {person: _times(list(disc), times) for person, disc in self.nodes.items()},
            "labels": larger(self.labels),
            "captions": larger(self.captions),
            "edges": larger(self.edges),
            "ribbons": larger(self.ribbons),
            "title": self.title,
            "subtitle": self.subtitle,
            "notes": list(self.notes),
            "cells": larger(self.cells),
            "lines": larger(self.lines),
        }

    def to_json(self) -> str:
        """Give the scene as JSON, numbers rounded to a hundredth of a pixel."""
        return json.dumps(_rounded(self.to_dict()), ensure_ascii=False, indent=1) + "\n"

    def save_json(self, path: str | os.PathLike[str]) -> None:
        """Write the scene as JSON to `path`, all of it or none of it."""
        with replacing(path, binary=True) as stream:
            stream.write(self.to_json().encode())

    def to_bytes(self, kind: str, *, scale: float = 1.0) -> bytes:
        """Render the map in one of the formats; the same map gives the same bytes.

        Parameters
        ----------
        kind : {"png", "svg", "pdf", "html"}
            The format; ``html`` is an interactive page that needs no network.
        scale : float, default 1
            A PNG gets this many times as many pixels each way.

        Returns
        -------
        bytes
            The file's content.

        Raises
        ------
        RefgraphError
            There is no such format.
        """
        if kind not in FORMATS:
            msg = f"A map cannot be saved as {kind!r}. Choose a name that ends in {_choices()}."
            raise RefgraphError(msg)
        if kind == "html":
            return self.to_html().encode()
        stream = io.BytesIO()
        with theme.settings():
            dpi = self.figure.dpi * scale * self.enlarged
            self.figure.savefig(stream, format=kind, dpi=dpi, **_WRITING[kind])
        if kind != "svg":
            return stream.getvalue()
        return enlarge(self._titled(stream.getvalue()), self.enlarged)

    def _titled(self, svg: bytes) -> bytes:
        """Give every shape and word of a person or a tie a title."""
        titles = Titles(self.details)
        shapes = {
            layer_id(k): [titles.of(owner) for owner in layer.owners]
            for k, layer in enumerate(self.layers)
            if layer.owners
        }
        owners = [entry["of"] or entry["on"] for entry in self.written]
        texts = {text_id(k): titles.of(owner) for k, owner in enumerate(owners) if owner}
        return with_titles(svg, shapes, texts)

    def save(self, path: str | os.PathLike[str], *, scale: float = 1.0) -> None:
        """Write the map to `path`, in the format of its ending, all of it or none of it.

        Parameters
        ----------
        path : str or path
            Where to; ends in ``.png``, ``.svg``, ``.pdf`` or ``.html``, an interactive page.
        scale : float, default 1
            A PNG gets this many times as many pixels each way.

        Raises
        ------
        RefgraphError
            If the ending is none of these.
        OutputError
            If the file cannot be written.
        """
        kind = Path(path).suffix.lower().removeprefix(".")
        if kind not in FORMATS:
            msg = f"{Path(path).name} is not a kind of picture. Choose {_choices()}."
            raise RefgraphError(msg)
        with doing("Writing the page" if kind == "html" else "Writing the picture"):
            content = self.to_bytes(kind, scale=scale)
        with replacing(path, binary=True) as stream:
            stream.write(content)

    def to_html(self) -> str:
        """Give the map as one interactive web page; see :func:`refgraph.maps.html.page`."""
        text: str = formats.write("page", self)
        return text

    def explore(self, *, height: int = 720) -> Explorer:
        """Give the map as a page to explore inside a notebook, where a scene itself is a picture.

        Parameters
        ----------
        height : int, default 720
            Height of the page, in pixels; it is as wide as the notebook.

        Returns
        -------
        Explorer
            What a notebook shows as the page. With the extra ``notebook`` its ``selected`` is who
            was selected there; see :class:`refgraph.maps.notebook.Explorer`.

        Examples
        --------
        >>> from refgraph import Book, maps
        >>> maps.draw("owed", Book.sample()).explore()
        <Explorer of 11 people: nobody is selected>
        """
        explorer: Explorer = formats.write("explorer", self, height=height)
        return explorer

    def to_show(self) -> bytes:
        """Give the PNG that a notebook shows: as wide as there is room, if no size was asked for.

        Examples
        --------
        >>> from refgraph import Book, maps
        >>> scene = maps.draw("owed", Book.sample())
        >>> scene.W, scene.for_notebook().W, scene.to_show() == scene.for_notebook().to_bytes("png")
        (1600.0, 1200.0, True)
        """
        shown = self if self.for_notebook is None else self.for_notebook()
        return shown.to_bytes("png")

    def _repr_png_(self) -> bytes:
        return self.to_show()


def _choices() -> str:
    return " or ".join([", ".join(f".{kind}" for kind in FORMATS[:-1]), f".{FORMATS[-1]}"])


def _times(value: Any, times: float) -> Any:
    """Multiply a number, or all numbers of a list; None stays.

    Examples
    --------
    >>> _times([[1, 2.5], None], 2)
    [[2, 5.0], None]
    """
    if isinstance(value, list | tuple):
        return [_times(entry, times) for entry in value]
    return value if value is None or times == 1 else value * times


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 2)
    if isinstance(value, dict):
        return {key: _rounded(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(entry) for entry in value]
    return value
