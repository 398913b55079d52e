"""The page of the matrix of many people: shaded cells, names on both sides, groups beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.drawing import legend
from refgraph.maps.drawing.canvas import Canvas, outline
from refgraph.maps.kinds.matrix import heat, unlike_others
from refgraph.maps.kinds.matrix import text as matrix_text
from refgraph.maps.kinds.matrix.arrange import CORNER, GAP
from refgraph.maps.scenes import theme

if TYPE_CHECKING:
    from refgraph.maps.kinds.matrix.heat import Heat
    from refgraph.maps.scenes.marks import Owner
    from refgraph.maps.scenes.scene import Scene

__all__ = ["paint"]

_ROOMY = 10.0  # pixels of a cell from which each has its own lines
_EVERY = 5  # else so many have them together
_BOUND, _THIN = 1.2, 0.8  # lines between groups, and between people
_TICK = 6.0  # from a row to its name
_SMALL = 0.28  # radius of the dots on the diagonal, in cells
_BRACKET, _END = 8.0, 3.0  # before a caption, where its bracket begins and ends
_ABOVE = (20.0, 3.0)  # the words in the corner, above where names end


def paint(at: Heat) -> Scene:
    """Paint the page."""
    about = at.about
    canvas = Canvas(at.W, at.H, about.ruler)
    canvas.scene.notes = about.fonts.notes()
    unnamed = at.column_side.count(-1), at.row_side.count(-1)
    canvas.heading(unlike_others.finding(about), heat.told_of(about, *unnamed))
    _ground(canvas, at)
    _names(canvas, at)
    _cells(canvas, at)
    _captions(canvas, at)
    items, notes = heat.entries(about, at.lowest), matrix_text.notes(about, totals=False)
    legend.draw(canvas, items, notes, at.foot)
    return canvas.scene


def _block(at: Heat, i: int, j: int, rows: int, columns: int) -> np.ndarray:
    x, y = at.left + j * at.wide, at.top + i * at.high
    return heat.corners(x, y, columns * at.wide, rows * at.high, full=True)


def _ground(canvas: Canvas, at: Heat) -> None:
    """Lay the grounds of groups and of the marked person, and lines to follow a row along."""
    grid = at.about.grid
    n = len(grid.people)
    blocks = [
        _block(at, band.first, band.first, band.size, band.size)
        for band in grid.bands
        if band.name and band.size > 1
    ]
    canvas.polygons(blocks, theme.HULL, zorder=0.5)
    if at.about.marked is not None:
        k = grid.people.index(at.about.marked)
        cross = [_block(at, k, 0, 1, n), _block(at, 0, k, n, 1)]
        canvas.polygons(cross, theme.LIT, zorder=0.7)
    bounds = {0, n, *(band.first for band in grid.bands)}
    far_x, far_y = at.left + n * at.wide, at.top + n * at.high
    for strong in (False, True):
        across = _steps(n, at.high, bounds, strong=strong)
        down = _steps(n, at.wide, bounds, strong=strong)
        lines = [np.array([[at.left, at.top + k], [far_x, at.top + k]]) for k in across]
        lines += [np.array([[at.left + k, at.top], [at.left + k, far_y]]) for k in down]
        color = theme.SAMPLE if strong else theme.HULL_RIM
        canvas.lines(lines, color, _BOUND if strong else _THIN, zorder=1)


def _steps(n: int, pitch: float, bounds: set[int], *, strong: bool) -> list[float]:
    """Give where lines stand: between groups, or, where there is room, between people."""
    every = 1 if pitch >= _ROOMY else _EVERY
    between = bounds if strong else {*range(0, n, every)} - bounds
    return [k * pitch for k in sorted(between)]


def _names(canvas: Canvas, at: Heat) -> None:
    """Write the names at both ends of rows and columns, each with a short line to its cells."""
    px, n = theme.FAINT, len(at.about.grid.people)
    x, y = at.left - GAP, at.top - GAP
    for above, text in zip(_ABOVE, CORNER, strict=True):
        canvas.text(x, y - above, text, theme.FAINT, color=theme.GREY, ha="right")
    far = at.left + n * at.wide + GAP, at.top + n * at.high + GAP
    ticks = []
    for k, person in enumerate(at.about.grid.people):
        loud, name = at.about.loud(person), at.names[person]
        row, column = at.top + (k + 0.5) * at.high, at.left + (k + 0.5) * at.wide
        side, end = at.row_side[k], at.column_side[k]
        if side >= 0:
            where, ha = (far[0], "left") if side else (x, "right")
            canvas.text(where, row + theme.DROP * px, name, px, ha=ha, node=person, bold=loud)
            to = where - _TICK if side else where + _TICK
            ticks.append(np.array([[where + (-2 if side else 2), row], [to, row]]))
        if end >= 0:
            wide = at.about.ruler.size(name, px, loud)[0]
            where = far[1] + wide if end else y
            canvas.text(
                column + theme.DROP * px, where, name, px, turned=True, node=person, bold=loud
            )
            edge = far[1] if end else y
            to = edge - _TICK if end else edge + _TICK
            ticks.append(np.array([[column, edge + (-2 if end else 2)], [column, to]]))
    if 1 in (*at.row_side, *at.column_side):
        canvas.lines(ticks, theme.SAMPLE, _THIN, zorder=1)


def _cells(canvas: Canvas, at: Heat) -> None:
    people, weight = at.about.grid.people, at.about.grid.weight
    r = min(matrix_text.SELF, _SMALL * min(at.wide, at.high))
    for k, person in enumerate(people):
        middle = at.left + (k + 0.5) * at.wide, at.top + (k + 0.5) * at.high
        canvas.scene.nodes[person] = (*middle, r)
    dots = [outline("circle", *disc) for disc in canvas.scene.nodes.values()]
    canvas.shapes(dots, theme.EVEN, "none", 0, zorder=4, owners=people)
    gap = 1.0 if min(at.wide, at.high) < _ROOMY else 2.0
    worn = {full: heat.shades_of(full=full, number=len(at.lowest)) for full in (True, False)}
    marks, colors = [], []
    owners: list[Owner] = []
    for i, j in np.argwhere(weight > 0).tolist():
        count, full = float(weight[i, j]), bool(weight[j, i] > 0)
        x, y = at.left + j * at.wide + gap / 2, at.top + i * at.high + gap / 2
        mark = heat.corners(x, y, at.wide - gap, at.high - gap, full=full)
        step = int(np.searchsorted(at.lowest, count, side="right")) - 1
        marks.append(mark)
        colors.append(worn[full][step])
        owners.append((people[i], people[j]))
        box = [*mark[0].tolist(), *mark[2].tolist()]
        canvas.scene.cells.append({"u": people[i], "v": people[j], "weight": count, "box": box})
    canvas.polygons(marks, colors, zorder=4, owners=owners)


def _captions(canvas: Canvas, at: Heat) -> None:
    """Write beside the rows of each group what it is, with a bracket along them."""
    x, px = at.right, theme.FAINT
    brackets = []
    for band, (name, told), y in at.captions:
        first, after = at.top + band.first * at.high + 1, at.top + band.after * at.high - 1
        middle = (first + after) / 2
        brackets += [
            np.array([[x - _BRACKET, first], [x - _BRACKET, after]]),
            np.array([[x - _BRACKET, middle], [x - _END, y]]),
        ]
        two = band.size > 1 and told
        line = y - 4 if two else y + theme.DROP * px
        canvas.text(x, line, name, px, color=theme.GREY, bold=True)
        if two:
            canvas.text(x, y + px - 1, told, px, color=theme.GREY)
    canvas.lines(brackets, theme.SAMPLE, _BOUND, zorder=1)
