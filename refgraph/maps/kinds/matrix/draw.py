"""The matrix: who refers to whom, one way or both, row by row and group by group."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.path import Path

from refgraph.book import professional_limits
from refgraph.errors import RefgraphError
from refgraph.maps.drawing import fonts, legend
from refgraph.maps.drawing.canvas import Canvas, outline
from refgraph.maps.drawing.page import blank, wide_enough
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.kinds.matrix import heat, heat_page, unlike_others
from refgraph.maps.kinds.matrix import text as matrix_text
from refgraph.maps.kinds.matrix.arrange import CORNER, GAP, WIDEST, arrange, room_beside
from refgraph.maps.kinds.matrix.data import Field
from refgraph.maps.kinds.matrix.text import Matrix
from refgraph.maps.scenes import phrases, theme
from refgraph.maps.scenes.theme import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refgraph.book.book import Book
    from refgraph.maps.kinds.matrix.arrange import Placed
    from refgraph.maps.kinds.matrix.data import Band, Grid
    from refgraph.maps.scenes.marks import Owner
    from refgraph.maps.scenes.scene import Scene

__all__ = ["MOST", "draw"]

MOST = 200  # people
_COUNTED = 60  # with more, no count fits its cell
_FEW = 40  # of more people than MOST
_SMALL, _COUNT = 10.6, 12.0  # size of the number in a small cell, and in a large one
_LEGIBLE, _TINY = 10.5, 8.0  # the smallest number in a cell, and where so many rows are asked for
_MANY = 6.0  # referrals, and a mark grows no larger


def draw(
    book: Book,
    *,
    top: int | None = None,
    only: str | None = None,
    highlight: str | None = None,
    order: str = "groups",
    theme: str = "light",
    width: int = 1600,
    height: int | None = None,
) -> Scene:
    """Draw who refers to whom: a row for each giver, a column for each receiver.

    Of more than 60 people it is a heat map: shades stand for the counts.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    top : int, optional
        How many people, those with the most referrals, at most 200; the others are counted. If not
        given, all of up to 200 people, and 40 of more: those with the most referrals among each
        other, for whoever has the fewest is left out, again and again.
    only : str, optional
        Leave out everybody who is not in this group.
    highlight : str, optional
        Whose row and column to mark; they are shown whatever their number of referrals.
    order : {"groups", "balance"}
        Whether rows stand group by group, or by referrals given less those received.
    theme : {"light", "dark", "print"}
        The colours.
    width : int, default 1600
        Width of the page in pixels.
    height : int, optional
        Height of the page; it follows from the people if not given.

    Returns
    -------
    Scene
        The figure and where everything on it is. ``nodes`` are the dots on the diagonal, where a
        person's row and column meet; everybody has two ``labels``, of more than 60
        people as far as there is room, and ``cells`` holds the marks.

    Raises
    ------
    RefgraphError
        If there is no such group, somebody to mark has no referrals, or the page is too small.
    UnknownPersonError
        If nobody has the name to mark.

    Examples
    --------
    >>> from refgraph import Book
    >>> draw(Book.sample()).title
    '5 of your 10 pairs refer both ways; among others, 3 of 11'
    """
    professional_limits.refuse(book)
    wide_enough(width)
    marked = None if highlight is None else book.person(highlight)
    with settings(theme):
        field = Field(book, only, by_balance=order == "balance")
        many = _FEW if len(field.ranked) > MOST else MOST
        about = _matter(book, field.grid(max(min(top or many, MOST), 1), marked), marked)
        about = replace(about, smallest=_LEGIBLE if top is None else _TINY)
        if not about.grid.people:
            among = f"in {about.grid.only}  ·  " if about.grid.only else ""
            told = f"{among}{phrases.when(book)}"
            return blank(about.ruler, "No referrals to draw yet", told, (width, height))
        if marked is not None and marked not in about.grid.people:
            msg = f"{marked} has no referrals on this map, so there is nothing to mark."
            raise RefgraphError(msg)
        about = unlike_others.with_marked(about)
        while len(about.grid.people) > _COUNTED:
            placed = heat.arrange(about, (width, height))
            if not isinstance(placed, int):
                return heat_page.paint(placed)
            about = unlike_others.with_marked(replace(about, grid=field.grid(placed, marked)))
        return _paint(arrange(about, field, (width, height)))


def _matter(book: Book, grid: Grid, marked: str | None) -> Matrix:
    """Give what the map shows, with fonts for everybody in the book, drawn or not."""
    names = [str(p) for p in book.people.index]
    kinds = sorted({str(group) for group in book.people["group"]})
    chosen = fonts.for_names([*names, *kinds])
    return Matrix(book, grid, marked, chosen, Ruler(chosen, [*names, *kinds]))


def _paint(at: Placed) -> Scene:
    """Paint the page."""
    about = at.about
    canvas = Canvas(at.W, at.H, about.ruler)
    canvas.scene.notes = about.fonts.notes()
    canvas.heading(unlike_others.finding(about), matrix_text.counted(about))
    _ground(canvas, at)
    _names(canvas, at)
    _marks(canvas, at)
    _totals(canvas, at)
    for band in about.grid.bands if at.captioned else ():
        _caption(canvas, at, band)
    below = matrix_text.notes(about, totals=bool(at.columns), captioned=at.captioned)
    legend.draw(canvas, matrix_text.entries(about), below, at.H - at.strip)
    return canvas.scene


def _square(at: Placed, i: int, j: int, rows: int = 1, columns: int = 1) -> Path:
    """Give the outline of cells: `rows` down from row `i`, `columns` right from `j`."""
    x, y, p = at.left + j * at.pitch, at.top + i * at.pitch, at.pitch
    right, low = x + columns * p, y + rows * p
    corners = [(x, y), (right, y), (right, low), (x, low), (x, y)]
    return Path(np.array(corners), closed=True)


def _ground(canvas: Canvas, at: Placed) -> None:
    """Lay the grounds of the groups and of the marked person, and the lines between cells."""
    n, p = len(at.about.grid.people), at.pitch
    x, y, far = at.left, at.top, n * at.pitch
    blocks = [
        _square(at, band.first, band.first, band.size, band.size)
        for band in at.about.grid.bands
        if band.name and band.size > 1
    ]
    canvas.shapes(blocks, theme.HULL, "none", 0, zorder=0.5)
    if at.about.marked is not None:
        k = at.about.grid.people.index(at.about.marked)
        cross = [_square(at, k, 0, 1, n), _square(at, 0, k, n, 1)]
        canvas.shapes(cross, theme.LIT, "none", 0, zorder=0.7)
    bounds = {0, n, *(band.first for band in at.about.grid.bands)}
    for strong in (False, True):
        steps = [k * p for k in range(n + 1) if (k in bounds) == strong]
        lines = [np.array([[x, y + k], [x + far, y + k]]) for k in steps]
        lines += [np.array([[x + k, y], [x + k, y + far]]) for k in steps]
        color = theme.SAMPLE if strong else theme.HULL_RIM
        canvas.lines(lines, color, 1.2 if strong else 0.8, zorder=1.1 if strong else 1)


def _names(canvas: Canvas, at: Placed) -> None:
    px, p = at.px, at.pitch
    x, y = at.left - GAP, at.top - GAP
    for above, text in zip((20.0, 3.0), CORNER, strict=True):
        canvas.text(x, y - above, text, theme.FAINT, color=theme.GREY, ha="right")
    for k, person in enumerate(at.about.grid.people):
        loud, middle = at.about.loud(person), (k + 0.5) * p
        for step, text in _stacked(at, at.beside[person]):
            line = at.top + middle + step
            canvas.text(x, line, text, px, ha="right", node=person, bold=loud)
        for step, text in _stacked(at, at.above[person]):
            line = at.left + middle + step
            canvas.text(line, y, text, px, turned=True, node=person, bold=loud)


def _stacked(at: Placed, lines: list[str]) -> Iterator[tuple[float, str]]:
    """Give the lines of a name, each with how far its baseline is from the middle of the row."""
    for k, line in enumerate(lines):
        _, ascent, descent = at.about.ruler.size(line, at.px)
        first = (1 - len(lines)) / 2
        yield (first + k) * (ascent + descent) + theme.DROP * at.px, line


def _marks(canvas: Canvas, at: Placed) -> None:
    p, weight = at.pitch, at.about.grid.weight
    for k, person in enumerate(at.about.grid.people):
        step = (k + 0.5) * p
        canvas.scene.nodes[person] = (at.left + step, at.top + step, matrix_text.SELF)
    dots = [outline("circle", *disc) for disc in canvas.scene.nodes.values()]
    canvas.shapes(dots, theme.EVEN, "none", 0, zorder=4, owners=at.about.grid.people)
    px = _SMALL if p < 23 else _COUNT
    solid: list[tuple[Path, Owner]] = []
    hollow: list[tuple[Path, Owner]] = []
    for i, j in np.argwhere(weight > 0).tolist():
        count = float(weight[i, j])
        full = weight[j, i] > 0
        text = phrases.short(count)
        wide = at.about.ruler.size(text, px, True)[0]
        room = room_beside(is_mutual=bool(full))
        least = wide + room
        half = p * (0.33 + 0.13 * np.sqrt(min(count, _MANY) / _MANY))
        half = min(max(half, least / 2), WIDEST / 2 * p)
        x, y = at.left + (j + 0.5) * p, at.top + (i + 0.5) * p
        tie = at.about.grid.people[i], at.about.grid.people[j]
        if full:
            solid.append((_box(x, y, half), tie))
        else:
            hollow.append((outline("circle", x, y, half - 0.9), tie))
        size = min(px, px * (2 * half - room) / wide)  # a long number is written smaller
        size = max(size, at.about.smallest)  # as the cells were made for it
        ink, y_text = theme.PAPER if full else theme.INK, y + theme.DROP * size
        canvas.text(x, y_text, text, size, color=ink, bold=True, ha="center", on=tie)
        canvas.scene.cells.append(
            {
                "u": tie[0],
                "v": tie[1],
                "weight": count,
                "box": [x - half, y - half, x + half, y + half],
            }
        )
    for cells, face, rim, line in (
        (solid, theme.TWO_WAY, "none", 0.0),
        (hollow, theme.PAPER, theme.ONE_WAY, 1.8),
    ):
        paths, owners = [path for path, _ in cells], [tie for _, tie in cells]
        canvas.shapes(paths, face, rim, line, zorder=4, owners=owners)


def _totals(canvas: Canvas, at: Placed) -> None:
    """Write beside each row what the person gave and received, and how many gave back."""
    x = at.left + len(at.about.grid.people) * at.pitch + GAP
    for column in at.columns:
        right = x + column.width
        heading = right - column.width / 2 + theme.DROP * theme.FAINT
        canvas.text(heading, at.top - GAP, column.name, theme.FAINT, turned=True, color=theme.GREY)
        for k, told in enumerate(column.cells):
            line = at.top + (k + 0.5) * at.pitch + theme.DROP * theme.FAINT
            canvas.text(right, line, told, theme.FAINT, ha="right", color=theme.INK)
        x = right + GAP


def _caption(canvas: Canvas, at: Placed, band: Band) -> None:
    """Write beside the rows of a group what it is."""
    name, told = matrix_text.caption(at.about, band)
    if not name:
        return
    px = theme.FAINT
    x = at.left + len(at.about.grid.people) * at.pitch + at.totals_wide + 14
    y = at.top + (band.first + band.after) / 2 * at.pitch
    if band.size == 1:
        canvas.text(x, y + theme.DROP * px, name, px, color=theme.GREY, bold=True)
        return
    canvas.text(x, y - 3, name, px, color=theme.GREY, bold=True)
    canvas.text(x, y + px + 2, told, px, color=theme.GREY)


def _box(x: float, y: float, half: float) -> Path:
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    return Path(np.array(corners) * half + (x, y), closed=True)
