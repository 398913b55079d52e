"""The matrix: who refers to whom, one way or both, row by row and group by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.path import Path

from refgraph import limits
from refgraph.errors import RefgraphError
from refgraph.maps import fonts, legend, theme, words
from refgraph.maps.canvas import Canvas, outline
from refgraph.maps.grid import Field
from refgraph.maps.page import blank, high_enough, wide_enough
from refgraph.maps.ruler import Ruler
from refgraph.maps.theme import settings
from refgraph.wording import agree

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from refgraph.book import Book
    from refgraph.maps.grid import Band
    from refgraph.maps.scene import Scene

__all__ = ["MOST", "draw"]

MOST = 60  # people; with more, no count fits its cell
_LEAST, _ROOMY, _LARGEST = 17.0, 23.0, 46.0  # pixels of a cell
_NAME, _ABOVE, _GROUP = 230.0, 190.0, 210.0  # the longest name at the side, above, and caption
_GAP = 9.0  # between a name and the cells
_SMALL, _COUNT = 10.6, 12.0  # size of the number in a small cell, and in a large one
_MANY = 6.0  # referrals, and a mark grows no larger
_CORNER = ("column receives", "row gives")
_SELF = 2.6  # radius of the dot where a person meets themselves


def draw(
    book: Book,
    *,
    top: int = 40,
    only: str | None = None,
    highlight: str | None = None,
    theme: str = "light",
    width: int = 1600,
    height: int | None = None,
    ax: Axes | None = None,
) -> Scene:
    """Draw who refers to whom: a row for each giver, a column for each receiver.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    top : int, default 40
        How many people, those with the most referrals; at most 60. The others are counted.
    only : str, optional
        Leave out everybody who is not in this group.
    highlight : str, optional
        Whose row and column to mark; they are shown whatever their number of referrals.
    theme : {"light", "dark", "print"}
        The colours.
    width : int, default 1600
        Width of the page in pixels.
    height : int, optional
        Height of the page; it follows from the people if not given.
    ax : matplotlib.axes.Axes, optional
        Draw there, instead of on a figure of the map's own.

    Returns
    -------
    Scene
        The figure and where everything on it is. ``nodes`` are the dots on the diagonal, where a
        person's row and column meet; everybody has two ``labels``, and ``cells`` holds the marks.

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
    limits.refuse(book)
    wide_enough(width)
    marked = None if highlight is None else book.person(highlight)
    with settings(theme):
        field = Field(book, only)
        return _Matrix(book, field, marked, (width, height), ax).scene(max(min(top, MOST), 1))


class _Matrix:
    """The map, step by step from the people to the page."""

    def __init__(
        self,
        book: Book,
        field: Field,
        marked: str | None,
        size: tuple[int, int | None],
        ax: Axes | None,
    ) -> None:
        self.book, self.field, self.marked, self.ax = book, field, marked, ax
        self.W, self.height = size
        names = [str(p) for p in book.people.index]
        kinds = sorted({str(group) for group in book.people["group"]})
        self.fonts = fonts.for_names([*names, *kinds])
        self.ruler = Ruler(self.fonts, [*names, *kinds])

    def scene(self, most: int) -> Scene:
        """Draw the page, with at most so many people."""
        self.grid = self.field.grid(most, self.marked)
        if not self.grid.people:
            among = f"in {self.grid.only}  ·  " if self.grid.only else ""
            return blank(
                self.ruler,
                "No referrals to draw yet",
                f"{among}{words.when(self.book)}",
                self.ax,
            )
        if self.marked is not None and self.marked not in self.grid.people:
            msg = f"{self.marked} has no referrals on this map, so there is nothing to mark."
            raise RefgraphError(msg)
        self._fit()
        n, pitch = len(self.grid.people), self.pitch
        room = self.W - 2 * theme.MARGIN
        foot = self.top + n * pitch + 34
        strip = legend.height(self.ruler, self._items(), self._notes(), room)
        H = self.height or int(np.ceil(foot + strip))
        self.canvas = canvas = Canvas(self.W, H, self.ruler, self.ax)
        canvas.scene.notes = self.fonts.notes()
        canvas.heading(self._finding(), self._counted())
        used = self.side + _GAP + n * pitch + self.captions
        self.left = theme.MARGIN + max((room - used) / 2, 0.0) + self.side + _GAP
        self._ground()
        self._names()
        self._marks()
        for band in self.grid.bands:
            self._caption(band)
        legend.draw(canvas, self._items(), self._notes(), H - strip)
        return canvas.scene

    def _fit(self) -> None:
        """Find the size of a cell, and leave people out until all cells are large enough."""
        ruler, room = self.ruler, self.W - 2 * theme.MARGIN
        self.px = theme.NAME
        while True:
            grid = self.grid
            n = len(grid.people)
            lines = len(ruler.wrap(self._counted(), theme.SUBTITLE, room))
            head = 92 + 1.45 * theme.SUBTITLE * lines
            self.drawn = ruler.names(grid.people, self.px, _NAME)
            self.above = ruler.names(grid.people, self.px, _ABOVE)
            for p in grid.people:
                if p == self.book.me:
                    self.drawn[p] = self.above[p] = "You"
            long = [ruler.size(text, self.px, self._loud(p))[0] for p, text in self.drawn.items()]
            self.side = max(*long, ruler.size(_CORNER[0], theme.FAINT)[0])
            tall = [ruler.size(text, self.px, self._loud(p))[0] for p, text in self.above.items()]
            self.captions = 18 + max(map(self._caption_width, grid.bands))
            self.top = head + max(*tall, 40.0) + _GAP
            strip = legend.height(ruler, self._items(), self._notes(), room)
            wide = room - self.side - _GAP - self.captions
            high = (self.height or np.inf) - self.top - 34 - strip
            high_enough(self.height, self.top + 34 + strip + 2 * _LEAST)
            self.pitch = float(np.floor(min(wide / n, high / n, _LARGEST)))
            if self.px == theme.NAME and self.pitch < _ROOMY:
                self.px = theme.FAINT
                continue
            if self.pitch >= _LEAST:
                return
            fewer = max(int(min(wide, high) // _LEAST), 2)
            self.grid = self.field.grid(min(fewer, n - 1), self.marked)

    def _finding(self) -> str:
        grid = self.grid
        tied, both = grid.pairs
        shown = " shown" if grid.rest else ""
        pairs = words.many(tied, "pair")
        if not both:
            refer = agree(tied, "refers")
            return f"No pair refers both ways yet: {pairs}{shown} {refer} one way only"
        if both == tied:
            return (
                f"All {pairs}{shown} refer both ways"
                if tied > 1
                else "The one pair refers both ways"
            )
        verb = agree(both, "refers")
        mine, mutual = grid.my_pairs
        if 0 < mine < tied:  # those among others are hearsay
            verb = agree(mutual, "refers")
            yours = f"{words.many(mine, 'pair')}{shown}"
            others = f"{words.number(both - mutual)} of {words.number(tied - mine)}"
            return (
                f"{words.number(mutual)} of your {yours} {verb} both ways; among others, {others}"
            )
        return f"{words.number(both)} of {pairs}{shown} {verb} both ways"

    def _counted(self) -> str:
        grid = self.grid
        people = words.many(len(grid.people), "person", "people")
        among, there = (f" in {grid.only}", " there") if grid.only else ("", "")
        rest = words.many(grid.rest, "other", "others")
        kinds = [band for band in grid.bands if band.name and not band.mine]
        mine = any(band.mine for band in grid.bands)
        whose = "among others in groups" if mine else "between people in groups"
        inside, total = grid.within
        return words.sentence(
            [
                words.when(self.book),
                f"{people}{among}, {words.many(float(grid.weight.sum()), 'referral')}",
                f"and {rest}, {words.many(grid.hidden, 'referral')} not shown" if grid.rest else "",
                f"{words.many(grid.idle, 'person', 'people')} without a referral{there} left out"
                if grid.idle
                else "",
                f"{words.number(inside)} of the {words.many(total, 'referral')} {whose} "
                f"{agree(inside, 'stays')} within a group"
                if len(kinds) > 1 and total
                else "",
            ]
        )

    def _items(self) -> list[legend.Item]:
        weight = self.grid.weight
        there = weight > 0
        items = []
        if (there & there.T).any():
            items.append(legend.mark("square", theme.TWO_WAY, "both ways", sign="3"))
        if (there & ~there.T).any():
            items.append(legend.mark("ring", theme.ONE_WAY, "one way so far", sign="3"))
        items.append(legend.mark("circle", theme.EVEN, "the same person", r=_SELF))
        if any(band.size > 1 and band.name for band in self.grid.bands):
            items.append(legend.ground(theme.HULL, "within a group", rim=theme.RULE))
        if self.marked is not None:
            name = self.ruler.name(self.marked, theme.CAPTION, 240)
            items.append(legend.ground(theme.LIT, name))
        return items

    def _notes(self) -> list[str]:
        return [*filter(None, (limits.conditions(self.book), self.fonts.undrawn(16)))]

    def _square(self, i: int, j: int, rows: int = 1, columns: int = 1) -> Path:
        """Give the outline of cells: `rows` down from row `i`, `columns` right from `j`."""
        x, y, p = self.left + j * self.pitch, self.top + i * self.pitch, self.pitch
        right, low = x + columns * p, y + rows * p
        corners = [(x, y), (right, y), (right, low), (x, low), (x, y)]
        return Path(np.array(corners), closed=True)

    def _ground(self) -> None:
        """Lay the grounds of the groups and of the marked person, and the lines between cells."""
        canvas, n, p = self.canvas, len(self.grid.people), self.pitch
        x, y, far = self.left, self.top, n * self.pitch
        blocks = [
            self._square(band.first, band.first, band.size, band.size)
            for band in self.grid.bands
            if band.name and band.size > 1
        ]
        canvas.shapes(blocks, theme.HULL, "none", 0, zorder=0.5)
        if self.marked is not None:
            k = self.grid.people.index(self.marked)
            cross = [self._square(k, 0, 1, n), self._square(0, k, n, 1)]
            canvas.shapes(cross, theme.LIT, "none", 0, zorder=0.7)
        bounds = {0, n, *(band.first for band in self.grid.bands)}
        for strong in (False, True):
            at = [k * p for k in range(n + 1) if (k in bounds) == strong]
            lines = [np.array([[x, y + k], [x + far, y + k]]) for k in at]
            lines += [np.array([[x + k, y], [x + k, y + far]]) for k in at]
            color = theme.SAMPLE if strong else theme.HULL_RIM
            canvas.lines(lines, color, 1.2 if strong else 0.8, zorder=1.1 if strong else 1)

    def _names(self) -> None:
        canvas, px, p = self.canvas, self.px, self.pitch
        x, y = self.left - _GAP, self.top - _GAP
        for above, text in zip((20.0, 3.0), _CORNER, strict=True):
            canvas.text(x, y - above, text, theme.FAINT, color=theme.GREY, ha="right")
        for k, person in enumerate(self.grid.people):
            loud = self._loud(person)
            middle = (k + 0.5) * p + 0.36 * px
            canvas.text(
                x, self.top + middle, self.drawn[person], px, ha="right", node=person, bold=loud
            )
            canvas.text(
                self.left + middle, y, self.above[person], px, turned=True, node=person, bold=loud
            )

    def _loud(self, person: str) -> bool:
        return person in (self.marked, self.book.me)

    def _marks(self) -> None:
        canvas, p, weight = self.canvas, self.pitch, self.grid.weight
        for k, person in enumerate(self.grid.people):
            at = (k + 0.5) * p
            canvas.scene.nodes[person] = (self.left + at, self.top + at, _SELF)
        dots = [outline("circle", *disc) for disc in canvas.scene.nodes.values()]
        canvas.shapes(dots, theme.EVEN, "none", 0, zorder=4)
        px = _SMALL if p < 23 else _COUNT
        solid: list[Path] = []
        hollow: list[Path] = []
        for i, j in np.argwhere(weight > 0).tolist():
            count = float(weight[i, j])
            full = weight[j, i] > 0
            text = words.short(count)
            wide = self.ruler.size(text, px, True)[0]
            least = wide + 4 if full else wide + 6
            half = p * (0.33 + 0.13 * np.sqrt(min(count, _MANY) / _MANY))
            half = min(max(half, least / 2), 0.46 * p)
            x, y = self.left + (j + 0.5) * p, self.top + (i + 0.5) * p
            if full:
                solid.append(_box(x, y, half))
            else:
                hollow.append(outline("circle", x, y, half - 0.9))
            if least <= 2 * half:
                ink = theme.PAPER if full else theme.INK
                canvas.text(x, y + 0.36 * px, text, px, color=ink, bold=True, ha="center")
            canvas.scene.cells.append(
                {
                    "u": self.grid.people[i],
                    "v": self.grid.people[j],
                    "weight": count,
                    "box": [x - half, y - half, x + half, y + half],
                }
            )
        canvas.shapes(solid, theme.TWO_WAY, "none", 0, zorder=4)
        canvas.shapes(hollow, theme.PAPER, theme.ONE_WAY, 1.8, zorder=4)

    def _caption_texts(self, band: Band) -> tuple[str, str]:
        """Give the name of a group, and what is to be said of it."""
        if band.mine:
            return "", ""
        people = words.many(band.size, "person", "people")
        rows = slice(band.first, band.after)
        inside = float(self.grid.weight[rows, rows].sum())
        if not band.name:
            return ("in no group", people) if len(self.grid.bands) > 1 else ("", "")
        if band.size == 1 and not self.grid.declared:
            return "", ""
        name = band.name if self.grid.declared else f"around {self.grid.people[band.first]}"
        told = f"{people}, {words.many(inside, 'referral')} within" if band.size > 1 else people
        return self.ruler.fit(name, theme.FAINT, _GROUP, bold=True), told

    def _caption_width(self, band: Band) -> float:
        name, told = self._caption_texts(band)
        size = self.ruler.size
        second = size(told, theme.FAINT)[0] if band.size > 1 else 0.0
        return max(size(name, theme.FAINT, True)[0], second) if name else 0.0

    def _caption(self, band: Band) -> None:
        """Write beside the rows of a group what it is."""
        name, told = self._caption_texts(band)
        if not name:
            return
        canvas, px = self.canvas, theme.FAINT
        x = self.left + len(self.grid.people) * self.pitch + 14
        y = self.top + (band.first + band.after) / 2 * self.pitch
        if band.size == 1:
            canvas.text(x, y + 0.36 * px, name, px, color=theme.GREY, bold=True)
            return
        canvas.text(x, y - 3, name, px, color=theme.GREY, bold=True)
        canvas.text(x, y + px + 2, told, px, color=theme.GREY)


def _box(x: float, y: float, half: float) -> Path:
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    return Path(np.array(corners) * half + (x, y), closed=True)
