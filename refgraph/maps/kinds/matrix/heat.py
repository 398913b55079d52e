"""The matrix of 60 to 200 people: cells too small for a count, which their shade gives instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.drawing import legend
from refgraph.maps.drawing.page import high_enough
from refgraph.maps.kinds.matrix import text as matrix_text
from refgraph.maps.kinds.matrix.arrange import GAP
from refgraph.maps.scenes import phrases, theme
from refgraph.maps.scenes.shades import shades

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from refgraph.maps.drawing.canvas import Canvas
    from refgraph.maps.kinds.matrix.data import Band
    from refgraph.maps.kinds.matrix.text import Matrix

    Floats = NDArray[np.float64]

__all__ = ["Heat", "arrange", "lowest_of", "name_sides", "shades_of", "spread", "told_of"]

_SHADES = 3  # of one kind of cell
_NICE = (1, 2, 3, 5)  # and times ten, where a shade may begin
_NAME, _ABOVE, _LARGEST = 150.0, 150.0, 20.0  # the longest names, and the largest cell
_LEAST = 4.0  # pixels of a cell
_BELOW = 30.0  # between the cells, or the names below them, and the legend
_SHARES = (0.5, 0.85)  # of the cells below the second and the third shade
_HEAD, _BESIDE = 84.0, 18.0  # above the subtitle's end, and between names and captions
_LINES, _AIR = (1.2, 2.4), 5.0  # heights of captions of one and two lines, and what is added
_KEY, _SPACE, _MARKED = 14.0, 16.0, 240.0  # marks of the legend, their distance, a name in it


@dataclass(frozen=True)
class Heat:
    """The page of a heat map, before it is painted.

    Attributes
    ----------
    about : Matrix
        What is shown.
    W, H : float
        Size of the page.
    names : dict of str to str
        Everybody's name as it fits.
    row_side, column_side : list of int
        Where each row's and column's name stands: 0 at the left or above, 1 at the right or below,
        -1 where it has no room.
    left, top, wide, high : float
        Where the cells begin, and the size of one.
    captions : list of (Band, tuple of str, float)
        The groups that are named, their words, and the height of the middle of these.
    right, foot : float
        Where captions begin, and where the legend does.
    lowest : list of float
        The counts from which each shade stands.
    """

    about: Matrix
    W: float
    H: float
    names: dict[str, str]
    row_side: list[int]
    column_side: list[int]
    left: float
    top: float
    wide: float
    high: float
    captions: list[tuple[Band, tuple[str, str], float]]
    right: float
    foot: float
    lowest: list[float]


def arrange(about: Matrix, size: tuple[int, int | None]) -> Heat | int:
    """Find the size of a cell, and which rows and columns have room for their names.

    Rows are made higher than columns are wide where that lets all rows have their names, half of
    them at the left, half at the right.

    Returns
    -------
    Heat or int
        How many people the page has room for, if not for all of these.
    """
    (W, height), ruler, px = size, about.ruler, theme.FAINT
    people = about.grid.people
    n = len(people)
    names = ruler.names(people, px, _NAME) | {p: "You" for p in people if p == about.book.me}
    sizes = np.array([ruler.size(names[p], px, about.loud(p)) for p in people])
    line = float((sizes[:, 1] + sizes[:, 2]).max()) + 1
    longest = float(sizes[:, 0].max()) + GAP
    weights = (about.grid.weight.sum(axis=0) + about.grid.weight.sum(axis=1)).tolist()
    bands = [(band, matrix_text.caption(about, band)) for band in about.grid.bands]
    told = max(matrix_text.caption_width(about, band) for band in about.grid.bands)
    room = W - 2 * theme.MARGIN
    beside = longest + (told + _BESIDE if told else 0)
    wide = _cell((room - beside) / n)
    if wide < line:
        most = (room - beside - longest) / _LEAST
        if n > most:
            return int(most)
        wide = _cell((room - beside - longest) / n)
    lines = len(ruler.wrap(told_of(about, n, n), theme.SUBTITLE, room))
    lowest = lowest_of(about.grid.weight)
    items, notes = entries(about, lowest), matrix_text.notes(about, totals=False)
    strip = legend.height(ruler, items, notes, room)
    column_side = name_sides(n, wide, line, weights)
    top = _HEAD + theme.LEADING * theme.SUBTITLE * lines + longest
    foot = _BELOW + (longest if 1 in column_side else 0.0)
    high_enough(height, top + foot + strip + _LEAST * n)
    high = max(wide, np.ceil(line / 2))
    if height is not None:
        high = min(_cell((height - top - foot - strip) / n), _LARGEST)
    row_side = name_sides(n, high, line, weights)
    second = longest if 1 in row_side else 0.0
    used = beside + second + n * wide
    left = theme.MARGIN + max((room - used) / 2, 0.0) + longest
    end = top + n * high + foot
    captions = [(band, words) for band, words in bands if words[0]]
    tall = [_height(band, words) for band, words in captions]
    middles = [top + (band.first + band.after) / 2 * high for band, _ in captions]
    placed = spread(middles, tall, top, end - _BELOW)
    return Heat(
        about, W, height or int(np.ceil(end + strip)), names, row_side, column_side,
        left, top, wide, high,
        [(*each, y) for each, y in zip(captions, placed, strict=False)],
        left + n * wide + second + _BESIDE, end, lowest,
    )  # fmt: skip


def told_of(about: Matrix, columns: int, rows: int) -> str:
    """Say what was counted, and how many columns and rows are without their name."""
    parts = [
        f"{phrases.many(number, 'name')} {where} left out for room" if number else ""
        for number, where in ((columns, "above the columns"), (rows, "beside the rows"))
    ]
    return phrases.sentence([matrix_text.counted(about), *parts])


def _cell(room: float) -> float:
    """Give the size of a cell in whole pixels, the least where there is less room."""
    return float(np.clip(np.floor(room), _LEAST, _LARGEST))


def _height(band: Band, words: tuple[str, str]) -> float:
    """Give how much room the caption of a group takes."""
    return _LINES[band.size > 1 and bool(words[1])] * theme.FAINT + _AIR


def name_sides(n: int, pitch: float, line: float, weights: Sequence[float]) -> list[int]:
    """Give each of `n` lines `pitch` apart the side its name stands on, those `line` high.

    All on the first side where they fit; else every other one on the second; else the names of
    those who weigh most, as far as they fit.

    Examples
    --------
    >>> name_sides(3, 15, 14, [1, 1, 1]), name_sides(3, 7, 14, [1, 1, 1])
    ([0, 0, 0], [0, 1, 0])
    >>> name_sides(5, 4, 14, [1, 5, 4, 3, 1])
    [-1, 0, 1, -1, -1]
    """
    if pitch >= line:
        return [0] * n
    if 2 * pitch >= line:
        return [k % 2 for k in range(n)]
    side = [-1] * n
    least = int(np.ceil(line / pitch))
    for k in sorted(range(n), key=lambda k: (-weights[k], k)):
        near = set(side[max(k - least + 1, 0) : k + least])
        side[k] = 0 if 0 not in near else 1 if 1 not in near else -1
    return side


def spread(middles: Sequence[float], tall: Sequence[float], top: float, foot: float) -> list[float]:
    """Move boxes no farther than they must to stand below one another; leave out what has no room.

    Examples
    --------
    >>> spread([10, 12, 50], [10, 10, 10], 0, 60)
    [10, 20.0, 50]
    >>> spread([10, 58], [10, 10], 0, 60)
    [10, 55.0]
    >>> spread([10, 12], [10, 10], 5, 16)
    [10]
    """
    at: list[float] = []
    below = top
    for middle, height in zip(middles, tall, strict=True):
        at.append(middle if middle - height / 2 >= below else below + height / 2)
        below = at[-1] + height / 2
    above = foot
    for k in reversed(range(len(at))):
        if at[k] + tall[k] / 2 > above:
            at[k] = above - tall[k] / 2
        above = at[k] - tall[k] / 2
    if at and at[0] - tall[0] / 2 < top:
        return spread(middles[:-1], tall[:-1], top, foot)
    return at


def lowest_of(weight: Floats) -> list[float]:
    """Give the counts from which each shade stands: at most three, the first the least there is.

    Examples
    --------
    >>> lowest_of(np.array([[0, 1, 2], [1, 0, 1]])), lowest_of(np.arange(60).reshape(6, 10))
    ([1.0, 2.0], [1.0, 30.0, 50.0])

    Where nearly every count is the same, the rest still have shades of their own:

    >>> lowest_of(np.array([1] * 40 + [2, 3, 4, 5]))
    [1.0, 2.0, 3.0]
    """
    counts = np.sort(weight[weight > 0])
    kinds: list[float] = np.unique(counts).astype(float).tolist()
    if len(kinds) <= _SHADES:
        return kinds
    lowest = [kinds[0]]
    for share in _SHARES:
        from_here = float(counts[int(share * (len(counts) - 1))])
        above = next(kind for kind in kinds if kind > lowest[-1] and kind >= from_here)
        nice = _nice(from_here)
        lowest.append(nice if lowest[-1] < nice <= kinds[-1] else above)
        if lowest[-1] >= kinds[-1]:
            break
    return lowest


def _nice(count: float) -> float:
    """Give the first round number not below a count."""
    size = 10.0 ** np.floor(np.log10(count))
    return float(next(k * size for k in (*_NICE, 10) if k * size >= count))


def entries(about: Matrix, lowest: Sequence[float]) -> list[legend.Item]:
    """Give the entries of the legend: every shade that occurs, and from which count it stands."""
    weight = about.grid.weight
    there = weight > 0
    items = []
    for both, told in ((True, "both ways"), (False, "one way so far")):
        those = weight[there & (both == there.T)]
        if not len(those):
            continue
        step = np.unique(np.searchsorted(lowest, those, side="right") - 1).tolist()
        worn = [shades_of(full=both, number=len(lowest))[k] for k in step]
        counts = ", ".join(_range(weight, lowest, k) for k in step)
        items.append(_shaded(worn, f"{told}: {counts}", full=both))
    items.append(legend.mark("circle", theme.EVEN, "the same person", r=matrix_text.SELF))
    if about.marked is not None:
        name = about.ruler.name(about.marked, theme.CAPTION, _MARKED)
        items.append(legend.ground(theme.LIT, name))
    return items


def _range(weight: Floats, lowest: Sequence[float], k: int) -> str:
    """Say which counts a shade stands for: those that occur."""
    after = lowest[k + 1] if k + 1 < len(lowest) else np.inf
    those = weight[(weight >= lowest[k]) & (weight < after)]
    least, most = phrases.number(float(those.min())), phrases.number(float(those.max()))
    return least if least == most else f"{least} to {most}"


def shades_of(*, full: bool, number: int) -> list[str]:
    """Give so many shades, for `full` cells of pairs that refer both ways or for the others.

    In print there is one grey for both: what goes both ways is darker, whatever its count.
    """
    color = theme.TWO_WAY if full else theme.ONE_WAY
    if theme.name() != "print":
        return shades(color, number)
    return shades(theme.TWO_WAY, 2 * number)[number if full else 0 :][:number]


def _shaded(colors: Sequence[str], text: str, *, full: bool) -> legend.Item:
    """Make the entry for one kind of cell in its shades."""

    def paint(canvas: Canvas, x: float, y: float) -> None:
        for k, color in enumerate(colors):
            canvas.polygons([corners(x + _SPACE * k, y - _KEY / 2, _KEY, _KEY, full=full)], color)

    return legend.Item(text, _SPACE * len(colors), paint)


def corners(x: float, y: float, wide: float, high: float, *, full: bool) -> Floats:
    """Give the corners of a mark in a cell: all of it both ways, half its height one way."""
    if not full:
        high /= 2
        y += high / 2
    return np.array([[x, y], [x + wide, y], [x + wide, y + high], [x, y + high]])
