"""The strip at the foot of a map: a rule, what the marks mean, and what was not drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.maps.drawing import arrows
from refgraph.maps.drawing.canvas import outline
from refgraph.maps.scenes import phrases, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from refgraph.maps.drawing.canvas import Canvas
    from refgraph.maps.drawing.text_measure import Ruler

__all__ = [
    "Item",
    "arrow",
    "bars",
    "draw",
    "ground",
    "height",
    "mark",
    "role_marks",
    "sign",
    "sizes",
    "stroke",
    "swatches",
    "widths",
]

_ROW, _NOTE = 28.0, 19.0
_GAP, _BETWEEN = 9.0, 30.0
_SWATCH = 6.5, 14.0  # radius of a shade, and from one to the next
_SIGN = 12.0  # pixels of a number


@dataclass(frozen=True)
class Item:
    """One entry: a drawing `width` pixels wide, and what it means."""

    text: str
    width: float
    paint: Callable[[Canvas, float, float], None]
    height: float = 26.0


def height(ruler: Ruler, items: Sequence[Item], notes: Sequence[str], room: float) -> float:
    """Give the height the strip needs on a page with `room` pixels between the margins."""
    lines = sum(len(ruler.wrap(note, theme.FAINT, room)) for note in notes)
    rows = _rows(ruler, items, room)
    beyond = sum(_beyond(ruler, row, room) + 2 * _rise(row) for row in rows)
    return 34 + _ROW * len(rows) + beyond + _NOTE * lines + 14 * bool(lines)


def draw(canvas: Canvas, items: Sequence[Item], notes: Sequence[str], top: float) -> None:
    """Draw the strip from `top` downwards."""
    left, room = theme.MARGIN, canvas.W - 2 * theme.MARGIN
    canvas.lines([np.array([[left, top], [left + room, top]])], theme.RULE, 1.2)
    key: list[dict[str, Any]] = []
    canvas.scene.legend = {"top": top, "items": key, "notes": list(notes)}
    y = top + 28
    for row in _rows(canvas.ruler, items, room):
        x, y = left, y + _rise(row)
        for item in row:
            item.paint(canvas, x, y)
            box = [x - 2, y - item.height / 2, x + item.width + 2, y + item.height / 2]
            key.append({"text": item.text, "box": box})
            x += item.width + _GAP
            ends = [x]
            for k, words in enumerate(_lines(canvas.ruler, item, room)):
                base = y + theme.DROP * theme.CAPTION + _NOTE * k
                ends.append(canvas.text(x, base, words, theme.CAPTION)[2])
            x = max(ends) + _BETWEEN
        y += _ROW + _beyond(canvas.ruler, row, room) + _rise(row)
    y += 2
    for note in notes:
        for line in canvas.ruler.wrap(note, theme.FAINT, room):
            canvas.text(left, y, line, theme.FAINT, color=theme.GREY)
            y += _NOTE


def _lines(ruler: Ruler, item: Item, room: float) -> list[str]:
    """Give the words of an entry, on several lines where one is wider than the page."""
    return ruler.wrap(item.text, theme.CAPTION, room - item.width - _GAP)


def _beyond(ruler: Ruler, row: Sequence[Item], room: float) -> float:
    """Give by how much a row of entries is higher than one line."""
    return _NOTE * (max(len(_lines(ruler, item, room)) for item in row) - 1)


def _rise(row: Sequence[Item]) -> float:
    """Give by how much the highest drawing of a row stands out above it, and below."""
    return max(0.0, max(item.height for item in row) - _ROW) / 2


def _rows(ruler: Ruler, items: Sequence[Item], room: float) -> list[list[Item]]:
    rows: list[list[Item]] = []
    used = room
    for item in items:
        said = _lines(ruler, item, room)
        wide = (
            item.width
            + _GAP
            + max((ruler.size(line, theme.CAPTION)[0] for line in said), default=0)
        )
        if not rows or used + wide > room:
            rows.append([])
            used = 0.0
        rows[-1].append(item)
        used += wide + _BETWEEN
    return rows


def arrow(color: str, text: str, *, line: float = 3.5) -> Item:
    """Make the entry for one kind of tie."""

    def paint(canvas: Canvas, x: float, y: float) -> None:
        size = float(arrows.head_length(line))
        tip = np.array([[x + 36, y]])
        head = arrows.heads(tip, np.array([[1.0, 0.0]]), np.array([size]), np.array([line]))
        canvas.lines([np.array([[x, y], [x + 37 - size, y]])], color, line, zorder=3)
        canvas.polygons(list(head), color)

    return Item(text, 36, paint)


def stroke(color: str, text: str, *, line: float = 3.0) -> Item:
    """Make the entry for a line that has no direction."""

    def paint(canvas: Canvas, x: float, y: float) -> None:
        canvas.lines([np.array([[x, y], [x + 34, y]])], color, line, zorder=3)

    return Item(text, 34, paint)


def bars(widths: Iterable[float], text: str) -> Item:
    """Make the entry for what the width of a tie means."""
    widths = list(widths)
    tall = sum(widths) + 4 * (len(widths) - 1)

    def paint(canvas: Canvas, x: float, y: float) -> None:
        at = y - tall / 2
        for line in widths:
            middle = at + line / 2
            canvas.lines([np.array([[x, middle], [x + 30, middle]])], theme.GREY, line, zorder=3)
            at += line + 4

    return Item(text, 30, paint, max(tall + 2, Item.height))


def widths(width: Callable[[float], float], largest: float, most: float) -> Item:
    """Make the entry for what the widths on the map mean, up to the `largest` tie on it.

    Parameters
    ----------
    width : callable
        Gives the pixels for so many referrals.
    largest : float
        The most referrals that any tie stands for.
    most : float
        From so many on, ties grow no wider.

    Examples
    --------
    >>> [widths(float, largest, 9).text for largest in (1, 2, 7)]
    ['1 referral', '1, 2 referrals', '1, 3, 7 referrals']
    >>> widths(float, 40, 9).text
    '1, 3, 9 or more referrals'
    """
    counts = sorted({min(count, largest) for count in (1.0, 3.0, most)})
    text = ", ".join(map(phrases.number, counts))
    unit = "or more referrals" if largest > most else "referral" if counts == [1] else "referrals"
    return bars([width(count) for count in counts], f"{text} {unit}")


def mark(
    shape: str, color: str, text: str, *, rim: str | None = None, sign: str = "", r: float = 7.0
) -> Item:
    """Make the entry for one kind of mark, with a rim for a ring about it, or a sign in it."""

    def paint(canvas: Canvas, x: float, y: float) -> None:
        if rim:
            canvas.shapes([outline("circle", x + 10, y, 11)], theme.PAPER, rim, 2.2)
        face = theme.HOLLOW if shape == "ring" else color
        edge = color if shape == "ring" else theme.PAPER
        width = 2.2 if shape == "ring" else 0
        size = 10.0 if sign else r
        canvas.shapes([outline(shape, x + 10, y, size)], face, edge, width, zorder=5.2)
        if sign:
            baseline = y + theme.DROP * theme.FAINT
            ink = theme.INK if shape == "ring" else theme.PAPER
            canvas.text(x + 10, baseline, sign, theme.FAINT, color=ink, bold=True, ha="center")

    return Item(text, 20, paint)


def ground(color: str, text: str, *, rim: str | None = None) -> Item:
    """Make the entry for what a tinted ground means."""

    def paint(canvas: Canvas, x: float, y: float) -> None:
        corners = np.array([[x, y - 8], [x + 24, y - 8], [x + 24, y + 8], [x, y + 8]])
        canvas.polygons([corners], color)
        if rim:
            canvas.lines([np.vstack([corners, corners[:1]])], rim, 1.2, zorder=3.1)

    return Item(text, 24, paint)


def sign(sample: str, text: str, *, color: str) -> Item:
    """Make the entry for what a number on the map means."""

    def paint(canvas: Canvas, x: float, y: float) -> None:
        baseline = y + theme.DROP * theme.FAINT
        canvas.text(
            x + _SIGN / 2, baseline, sample, theme.FAINT, color=color, bold=True, ha="center"
        )

    return Item(text, _SIGN, paint)


def swatches(colors: Sequence[str], text: str) -> Item:
    """Make the entry for marks of several shades, from the least to the most."""

    def paint(canvas: Canvas, x: float, y: float) -> None:
        r, wide = _SWATCH
        discs = [outline("circle", x + (k + 0.5) * wide, y, r) for k in range(len(colors))]
        canvas.shapes(discs, colors, theme.PAPER, 0)

    return Item(text, _SWATCH[1] * len(colors), paint)


def sizes(text: str) -> Item:
    """Make the entry for what the size of a mark means."""

    def paint(canvas: Canvas, x: float, y: float) -> None:
        at = [(x + 4, 3.5), (x + 18, 6.5), (x + 39, 10.5)]
        discs = [outline("circle", middle, y, r) for middle, r in at]
        canvas.shapes(discs, theme.SAMPLE, theme.PAPER, 0)

    return Item(text, 50, paint)


def role_marks(roles: Iterable[str], *, color: str | None = None) -> list[Item]:
    """Make the entries for the roles that are on the map, in the order of the theme."""
    present = {role if role in theme.ROLES else "other" for role in roles}  # as they are drawn
    return [
        mark(shape, color or own, text)
        for role, (shape, own, text) in theme.ROLES.items()
        if role in present
    ]
