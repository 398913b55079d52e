"""A map as an SVG that stands in a page: its words are text, its colours follow day and night."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.maps.drawing.fonts import BOX
from refgraph.maps.html.shapes import TENTHS, Palette, boxes, packed
from refgraph.maps.scenes import theme
from refgraph.maps.scenes.titles import Titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refgraph.maps.scenes.marks import Layer, Owner
    from refgraph.maps.scenes.scene import Scene

__all__ = ["color_rules", "inline_svg"]

_WORDS = 6  # layers of a higher order are painted over the words
_PAD = 8.0  # pixels around what is painted
_ANCHORS = {"center": "middle", "right": "end"}
_REFUSED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0


def inline_svg(scene: Scene, palette: Palette, *, labelled_by: str) -> str:
    """Give a map without its heading, as an SVG element of a page.

    Parameters
    ----------
    scene : Scene
        A map drawn in the theme ``light``.
    palette : Palette
        The colours of the page; those of this map are added, and :func:`color_rules` gives the
        style that says what each looks like.
    labelled_by : str
        The ids of the elements of the page that say what the map shows.

    Returns
    -------
    str
        The element, sizes in tenths of a pixel. It has no identifiers and no style of its own.

    Examples
    --------
    >>> from refgraph import Book, maps
    >>> scene = maps.draw("owed", Book.sample(), width=1200)
    >>> text = inline_svg(scene, Palette(), labelled_by="heading")
    >>> text[:39]
    '<svg role="img" aria-labelledby="headin'
    >>> "Alice Merton</text>" in text
    True
    """
    drawing = _Drawing(scene, palette)
    layers = sorted(scene.layers, key=lambda layer: layer.order)
    body = [
        *(drawing.layer(layer) for layer in layers if layer.order <= _WORDS),
        *drawing.words(),
        *(drawing.layer(layer) for layer in layers if layer.order > _WORDS),
    ]
    low, high = _extent(scene)
    left, top = (round(value * TENTHS) for value in low)
    wide, tall = (round(value * TENTHS) for value in high - low)
    return (
        f'<svg role="img" aria-labelledby="{escape(labelled_by)}" '
        f'viewBox="{left} {top} {wide} {tall}">{"".join(body)}</svg>'
    )


def color_rules(palette: Palette) -> tuple[str, str]:
    """Give what the colours of a page look like by day, and what of that changes at night.

    Examples
    --------
    >>> palette = Palette()
    >>> palette.number("#ffffff")
    0
    >>> color_rules(palette)
    (':root{--c0:#ffffff}.f0{fill:var(--c0)}.l0{stroke:var(--c0)}', ':root{--c0:#14171c}')
    """
    night = _by_night()
    numbers = range(len(palette.colors))
    uses = "".join(f".f{k}{{fill:var(--c{k})}}.l{k}{{stroke:var(--c{k})}}" for k in numbers)
    by_day, by_night = (
        ":root{" + ";".join(f"--c{k}:{color}" for k, color in enumerate(colors)) + "}"
        for colors in (palette.colors, [night.get(color, color) for color in palette.colors])
    )
    return by_day + uses, by_night


def _by_night() -> dict[str, str]:
    """Give each colour of the light theme with the one that stands for it in the dark theme."""
    light, dark = (dict(_colors(theme.THEMES[name])) for name in ("light", "dark"))
    return {color: dark[name] for name, color in light.items()}


def _colors(worn: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in worn.items():
        entries = value.items() if isinstance(value, dict) else [("", value)]
        for part, entry in entries:
            yield f"{name} {part}", entry[1] if isinstance(entry, tuple) else entry


def _extent(scene: Scene) -> tuple[Any, Any]:
    """Give the corners of what is painted below the heading."""
    corners = [box for layer in scene.layers for box in zip(*boxes(layer), strict=True)]
    low = [np.asarray(entry["box"][:2]) for entry in scene.written if _is_below(scene, entry)]
    high = [np.asarray(entry["box"][2:]) for entry in scene.written if _is_below(scene, entry)]
    low += [each for each, _ in corners if each[1] >= 0]
    high += [each for _, each in corners]
    if not low:
        return np.array([0.0, scene.head]), np.array([scene.W, scene.H])
    first = np.maximum(np.min(low, axis=0) - _PAD, [0.0, scene.head])
    return first, np.minimum(np.max(high, axis=0) + _PAD, [scene.W, scene.H])


def _is_below(scene: Scene, entry: dict[str, Any]) -> bool:
    return bool(entry["box"][1] >= scene.head)


class _Drawing:
    """The elements of one map, each with whose it is."""

    def __init__(self, scene: Scene, palette: Palette) -> None:
        self.scene, self.palette = scene, palette
        self.titles = Titles(scene.details)
        self.place = {name: k for k, name in enumerate(scene.nodes)}

    def layer(self, layer: Layer) -> str:
        """Give the shapes of a layer in one group, which says what they have in common."""
        style, many = layer.style, len(layer.codes)
        fills, lines = (
            [self.palette.number(color) for color in colors] or [-1]
            for colors in (style.fills, style.lines)
        )
        widths = [round(width * TENTHS) for width in style.widths]
        dashes = [" ".join(f"{length * TENTHS:.0f}" for length in each) for each in style.dashes]
        looks = [
            _look(
                fills[k % len(fills)],
                lines[k % len(lines)],
                widths[k % len(widths)],
                dashes[k % len(dashes)],
            )
            for k in range(many)
        ]
        same = len(set(looks)) == 1
        shapes = [
            self._owned(*_shape(code, numbers), "" if same else look, owner)
            for code, numbers, look, owner in zip(
                layer.codes,
                packed(layer.codes, layer.points),
                looks,
                layer.owners or [None] * many,
                strict=True,
            )
        ]
        return f"<g{looks[0] if same else ''}>{''.join(shapes)}</g>"

    def words(self) -> Iterator[str]:
        """Give every text below the heading, as wide as it was measured."""
        for entry in filter(lambda each: _is_below(self.scene, each), self.scene.written):
            owner, text = entry["of"] or entry["on"], entry["text"]
            length = f' textLength="{self._length(entry)}"'
            if BOX in text and entry["name"] and BOX not in entry["of"]:
                text, length = entry["of"], ""  # the browser has fonts that the picture had not
            look = f' class="f{self.palette.number(entry["color"])}'
            look += f'{" b" * entry["bold"]}{" h" * entry["halo"]}"'
            look += f' font-size="{round(entry["px"] * TENTHS)}"'
            if (anchor := _ANCHORS.get(entry["ha"])) is not None:
                look += f' text-anchor="{anchor}"'
            x, y = (round(entry[side] * TENTHS) for side in "xy")
            at = f'x="{x}" y="{y}"'
            if entry["turned"]:
                at = f'transform="translate({x} {y})rotate(-90)"'
            title = self._title(owner)
            whose = self._whose(owner)
            shown = escape(_REFUSED.sub("", text), quote=False)
            yield f"<text {at}{look}{length}{whose}>{title}{shown}</text>"

    def _length(self, entry: dict[str, Any]) -> int:
        side = 1 if entry["turned"] else 0
        long = float(entry["box"][side + 2] - entry["box"][side])
        return max(round(long * TENTHS), 1)

    def _owned(self, tag: str, shape: str, look: str, owner: Owner) -> str:
        title = self._title(owner)
        start = f"<{tag} {shape}{look}{self._whose(owner)}"
        return f"{start}>{title}</{tag}>" if title else f"{start}/>"

    def _title(self, owner: Owner) -> str:
        title = self.titles.of(owner)
        return f"<title>{escape(_REFUSED.sub('', title), quote=False)}</title>" if title else ""

    def _whose(self, owner: Owner) -> str:
        """Name the people a mark belongs to, by their numbers on this map."""
        people = owner if isinstance(owner, tuple) else (owner,)
        numbers = [self.place[each] for each in people if each in self.place]
        return f' data-of="{" ".join(map(str, numbers))}"' if numbers else ""


def _look(fill: int, line: int, width: int, dash: str) -> str:
    """Give the attributes that a shape is painted by."""
    filled = f"f{fill}" if fill >= 0 else "f"
    if line < 0 or not width:
        return f' class="{filled}"'
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f' class="{filled} l{line}" stroke-width="{width}"{dashes}'


def _shape(code: str, numbers: list[int]) -> tuple[str, str]:
    """Give the element of a shape, and where it is.

    Examples
    --------
    >>> _shape("O", [50, 60, 10])
    ('circle', 'cx="50" cy="60" r="10"')
    >>> _shape("MQ", [0, 0, 10, 5, 10, -5])
    ('path', 'd="M0 0q10 5 20 0"')
    >>> _shape("P", [0, 0, 10, 0, 0, 10])
    ('path', 'd="M0 0l10 0 0 10z"')
    """
    if code == "O":
        x, y, r = numbers
        return "circle", f'cx="{x}" cy="{y}" r="{r}"'
    letters = "M" + "L" * (len(numbers) // 2 - 1) + "Z" if code == "P" else code
    path, at, before = "", 0, ""
    for letter in letters:
        points = {"Z": 0, "Q": 2, "C": 3}.get(letter, 1)
        steps = np.array(numbers[at : at + 2 * points]).reshape(-1, 2).cumsum(axis=0)
        at += 2 * points
        name = "M" if letter == "M" and not path else letter.lower()
        path += "" if name == before else name
        path += " " * (name == before) + " ".join(map(str, steps.ravel().tolist()))
        before = name
    return "path", f'd="{path}"'
