"""Where everything of the matrix stands: how large a cell is, and how many people have room."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.drawing import legend
from refgraph.maps.drawing.page import high_enough
from refgraph.maps.kinds.matrix import text as matrix_text
from refgraph.maps.scenes import phrases, theme

if TYPE_CHECKING:
    from refgraph.maps.kinds.matrix.data import Field
    from refgraph.maps.kinds.matrix.text import Matrix

__all__ = ["CORNER", "GAP", "WIDEST", "Column", "Placed", "arrange", "room_beside"]

CORNER = ("column receives", "row gives")
GAP = 9.0  # between a name and the cells
_LEAST, _ROOMY, _LARGEST = 17.0, 23.0, 46.0  # pixels of a cell
_NAME, _ABOVE = 230.0, 190.0  # the longest name at the side, and above
_SHARE = 0.32  # of a narrow page, for the names at the side
_TOLD = 0.25  # of the page, what is said beside the rows of each group takes no more
WIDEST = 0.92  # of a cell, the mark in it
_BELOW = 34.0  # between the cells and the legend
_BETWEEN = 1.0  # pixels at least between the names of two rows
_LESS = 1.85, 1.7, 1.55, 1.4  # lines that a name is cut to where two do not hold it whole


@dataclass(frozen=True)
class Column:
    """Numbers beside the rows: what they are called, each as it is written, and how wide."""

    name: str
    cells: list[str]
    width: float


@dataclass(frozen=True)
class Placed:
    """The page of a matrix, before it is painted.

    Attributes
    ----------
    about : Matrix
        What is shown.
    W, H : float
        Size of the page.
    px : float
        Size of the names.
    beside, above : dict of str to list of str
        The lines of everybody's name as it fits at the side and above.
    left, top, pitch : float
        Where the cells begin, and the size of one.
    strip : float
        Height of the legend.
    columns : list of Column
        What stands beside the rows; nothing where there is no room.
    captioned : bool
        Whether groups are told beside their rows; else a note names them.
    """

    about: Matrix
    W: float
    H: float
    px: float
    beside: dict[str, list[str]]
    above: dict[str, list[str]]
    left: float
    top: float
    pitch: float
    strip: float
    columns: list[Column]
    captioned: bool

    @property
    def totals_wide(self) -> float:
        """How much room the columns beside the rows take."""
        return _wide(self.columns)


def arrange(about: Matrix, field: Field, size: tuple[int, int | None]) -> Placed:
    """Find the size of a cell, and leave people out until all cells are large enough.

    Parameters
    ----------
    about : Matrix
        What is to be shown, with everybody who was asked for.
    field : Field
        Whom to choose from.
    size : (int, int or None)
        Width and height of the page; the height follows from the people if it is None.

    Returns
    -------
    Placed
    """
    W, height = size
    room, px, totals, captioned = W - 2 * theme.MARGIN, theme.NAME, True, True
    while True:
        n, least = len(about.grid.people), _least(about)
        beside, above = _names(about, px, min(_NAME, _SHARE * room))
        widest = [about.ruler.size(text, px, about.loud(p))[0] for p, text in beside.items()]
        side = max(*widest, about.ruler.size(CORNER[0], theme.FAINT)[0])
        tall = [about.ruler.size(text, px, about.loud(p))[0] for p, text in above.items()]
        tall += [about.ruler.size(name, theme.FAINT)[0] for name in matrix_text.TOTALS]
        captions = 18 + max(matrix_text.caption_width(about, band) for band in about.grid.bands)
        captions = captions if captioned else 0.0
        columns = _columns(about) if totals else []
        lines = len(about.ruler.wrap(matrix_text.counted(about), theme.SUBTITLE, room))
        top = 92 + theme.LEADING * theme.SUBTITLE * lines + max(*tall, 40.0) + GAP
        items = matrix_text.entries(about)
        notes = matrix_text.notes(about, totals=totals, captioned=captioned)
        strip = legend.height(about.ruler, items, notes, room)
        wide = room - side - GAP - captions - _wide(columns)
        high = (height or np.inf) - top - _BELOW - strip
        high_enough(height, top + _BELOW + strip + 2 * least)
        pitch = float(np.floor(min(wide / n, high / n, _LARGEST)))
        if px == theme.NAME and pitch < _ROOMY:
            px = theme.FAINT
            continue
        if pitch >= least:
            break
        if totals and wide < high:
            totals = False
            continue
        spared = np.floor((wide + captions) / n) >= least  # everybody has room without them
        if captions and wide < high and (spared or captions > _TOLD * room):
            captioned = False
            continue
        fewer = max(int(min(wide, high) // least), 2)
        about = replace(about, grid=field.grid(min(fewer, n - 1), about.marked))
    used = side + GAP + n * pitch + captions + _wide(columns)
    left = theme.MARGIN + max((room - used) / 2, 0.0) + side + GAP
    H = height or int(np.ceil(top + n * pitch + _BELOW + strip))
    rows = _on_two(about, beside, (px, pitch, side))
    heads = _on_two(about, above, (px, pitch, max(*tall, 40.0)))
    return Placed(about, W, H, px, rows, heads, left, top, pitch, strip, columns, captioned)


def room_beside(*, is_mutual: bool) -> float:
    """Give how much wider than its number a mark is: a square, or a ring with its rim."""
    return 4.0 if is_mutual else 6.0


def _least(about: Matrix) -> float:
    """Give the smallest cell in which every number can be written."""
    weight = about.grid.weight
    there = weight > 0
    found = _LEAST
    for is_mutual in (True, False):
        counts = np.unique(weight[there & (there.T if is_mutual else ~there.T)])
        for text in {phrases.short(float(each)) for each in counts}:
            number = about.ruler.size(text, about.smallest, True)[0]
            wide = number + room_beside(is_mutual=is_mutual)
            found = max(found, wide / WIDEST)
    return found


def _columns(about: Matrix) -> list[Column]:
    """Write what everybody gave and received, and how many gave back, as wide as it is."""
    columns = []
    for name, cells in zip(matrix_text.TOTALS, matrix_text.totals(about.grid), strict=True):
        widest = max(about.ruler.size(text, theme.FAINT)[0] for text in cells)
        columns.append(Column(name, cells, max(widest, theme.FAINT)))
    return columns


def _wide(columns: list[Column]) -> float:
    return sum(column.width + GAP for column in columns)


def _on_two(
    about: Matrix, names: dict[str, str], at: tuple[float, float, float]
) -> dict[str, list[str]]:
    """Break names that one line shortens into two, where rows are high enough for both.

    `at` is the size of the names, the height of a row, and how wide a name may be. A name that is
    too long for two lines is shortened less.
    """
    (px, pitch, room), ruler = at, about.ruler
    lines = {p: [name] for p, name in names.items()}
    _, ascent, descent = ruler.size("", px)
    if 2 * (ascent + descent) > pitch - _BETWEEN:
        return lines
    cut = [p for p, name in names.items() if name not in {"You", about.fonts.drawable(p)}]
    two = {p: ruler.halves(p, px, room, bold=about.loud(p)) for p in cut}
    for times in _LESS:
        less = ruler.names([p for p in cut if not two[p]], px, times * room)
        two |= {p: ruler.halves(name, px, room, bold=about.loud(p)) for p, name in less.items()}
    told = Counter(map(tuple, two.values()))  # names cut to different lengths may end up alike
    return lines | {p: parts for p, parts in two.items() if parts and told[(*parts,)] == 1}


def _names(about: Matrix, px: float, longest: float) -> tuple[dict[str, str], dict[str, str]]:
    """Give everybody's name as it fits at the side, and above."""
    people = about.grid.people
    beside, above = (about.ruler.names(people, px, most) for most in (longest, _ABOVE))
    me = {p: "You" for p in people if p == about.book.me}
    return beside | me, above | me
