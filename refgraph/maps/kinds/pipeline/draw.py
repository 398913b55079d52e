"""From given to won, by handoff: what is open, what was won and lost, row by row."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from refgraph.book import professional_limits
from refgraph.maps.drawing import fonts, legend
from refgraph.maps.drawing.canvas import Canvas, outline
from refgraph.maps.drawing.page import blank, high_enough, wide_enough
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.kinds.pipeline import text
from refgraph.maps.kinds.pipeline.arrange import BAR, LINE, ROW, arrange, bottom_of
from refgraph.maps.kinds.pipeline.data import CLOSED, OPEN, pipeline_of
from refgraph.maps.scenes import phrases, theme
from refgraph.maps.scenes.theme import settings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from refgraph.book.book import Book
    from refgraph.maps.kinds.pipeline.arrange import Bar, Placed
    from refgraph.maps.kinds.pipeline.data import Level
    from refgraph.maps.scenes.scene import Scene

__all__ = ["draw"]

LEAST = 300
_LABEL = 330.0  # room for what a row is
_SCALE, _NUMBERS = 150.0, 200.0  # the axis of shares, and the words beside it
_NAME = 260.0  # a name in the list is never wider
_DISC = 7.0
# By state, its colour in the theme, and whether its block is hollow, with a rim of it.
_LOOKS = {
    "leaking": ("OWE", False),
    "given": ("OWE", True),
    "contacted": ("SAMPLE", False),
    "met": ("EVEN", False),
    "won": ("FIRST", False),
    "lost": ("FIRST", True),
}


def draw(
    book: Book,
    *,
    person: str | None = None,
    theme: str = "light",
    width: int = 1200,
    height: int | None = None,
    ax: Axes | None = None,
) -> Scene:
    """Draw what became of referrals by how they were introduced, a row for each handoff.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    person : str, optional
        Whose, given or received; the book's me if not given. Without either, everybody's.
    theme : {"light", "dark", "print"}
        The colours.
    width : int, default 1200
        Width of the page in pixels.
    height : int, optional
        Height of the page at least; it follows from the rows if not given.
    ax : matplotlib.axes.Axes, optional
        Draw there, instead of on a figure of the map's own.

    Returns
    -------
    Scene
        The figure and where everything on it is. ``nodes`` are the people of the open referrals
        that are listed; each block of a bar is a referral and belongs to its two people.

    Raises
    ------
    RefgraphError
        If the profession does not tell what became of referrals, or the page is too small.

    Examples
    --------
    >>> from refgraph import Book
    >>> draw(Book.sample()).title
    '14 of 18 closed referrals were won; 12 are still open'
    """
    professional_limits.refuse(book)
    wide_enough(width)
    high_enough(height, LEAST)
    with settings(theme):
        return _Page(book, person, (width, height), ax).scene()


class _Page:
    """The page of one book, part by part."""

    def __init__(
        self, book: Book, person: str | None, size: tuple[int, int | None], ax: Axes | None
    ) -> None:
        self.book, self.whose, self.ax = book, book.whose(person), ax
        self.W, self.asked = size
        self.found = pipeline_of(book, person)
        words = [one.prospect for one in self.found.urgent]
        names = [one.person for one in self.found.urgent]
        names += [self.whose] if self.whose else []
        self.fonts = fonts.for_names([*names, *words])
        self.ruler = Ruler(self.fonts, names)

    def scene(self) -> Scene:
        """Draw the page."""
        whose = self._whose()
        if not self.found.levels:
            said = phrases.sentence([phrases.when(self.book), whose])
            return blank(self.ruler, "No referrals to draw yet", said, self.ax)
        room = self.W - 2 * theme.MARGIN
        counted = text.subtitle(self.book, self.found, whose)
        lines = len(self.ruler.wrap(counted, theme.SUBTITLE, room))
        head = 96 + 1.45 * theme.SUBTITLE * lines
        items, notes = self._items(), self._notes()
        strip = legend.height(self.ruler, items, notes, room)
        high = max(bottom_of(self.found, head) + strip, self.asked or 0)
        canvas = Canvas(self.W, high, self.ruler, self.ax)
        canvas.scene.notes, canvas.scene.sheet = self.fonts.notes(), True
        canvas.heading(text.finding(self.found), counted)
        right = self.W - theme.MARGIN - _SCALE - _NUMBERS
        placed = arrange(self.found, head, theme.MARGIN + _LABEL, right - 40)
        self._columns(canvas, placed, right)
        for y, level, bars in placed.rows:
            self._row(canvas, y, level)
            for bar in bars:
                self._bar(canvas, y, bar, placed.gap)
            self._rate(canvas, y, level, right)
        self._list(canvas, placed.foot)
        legend.draw(canvas, items, notes, high - strip)
        return canvas.scene

    def _whose(self) -> str:
        if self.whose is None:
            return ""
        mine = self.whose == self.book.me
        name = "you" if mine else self.ruler.name(self.whose, theme.SUBTITLE, _LABEL)
        return f"to or from {name}"

    def _items(self) -> list[legend.Item]:
        seen = {segment.state for level in self.found.levels for segment in level.segments}
        states = [_item(state) for state in (*OPEN, *CLOSED) if state in seen]
        return [*states, *legend.role_marks(one.role for one in self.found.urgent)]

    def _notes(self) -> list[str]:
        scale = "Each block is one referral; a row of the book with a count of 3 is three as wide."
        interval = "On the right, the share won of the closed ones, with its 95 % interval."
        told = professional_limits.conditions(self.book), self.fonts.undrawn(16)
        return [f"{scale} {interval}", *filter(None, told)]

    def _columns(self, canvas: Canvas, placed: Placed, right: float) -> None:
        """Draw the axis between open and closed, and what stands on either side of it."""
        top = placed.rows[0][0] - ROW / 2
        axis = np.array([[placed.axis, top - 6], [placed.axis, placed.foot - 8]])
        canvas.lines([axis], theme.GREY, 1.4, zorder=2.5)
        for ha, word, step in (("right", "still open", -10), ("left", "closed", 10)):
            canvas.text(placed.axis + step, top - 12, word, theme.STRONG, bold=True, ha=ha)
        canvas.text(right, top - 12, "won, of those closed", theme.STRONG, bold=True)
        for share in (0.0, 0.5, 1.0):
            x = right + share * _SCALE
            rule = np.array([[x, top], [x, placed.foot - 14]])
            canvas.lines([rule], theme.HULL_RIM, 1.2, zorder=1)
            label = f"{100 * share:.0f} %"
            canvas.text(x, placed.foot + 4, label, theme.FAINT, color=theme.GREY, ha="center")

    def _row(self, canvas: Canvas, y: float, level: Level) -> None:
        """Write what a row is, and of how many."""
        left, room = theme.MARGIN, _LABEL - 20
        said = self.ruler.fit(text.named(level.handoff), theme.NAME, room)
        canvas.text(left, y - 2, said, theme.NAME)
        of = phrases.many(level.total(OPEN + CLOSED), "referral")
        canvas.text(left, y + 16, of, theme.CAPTION, color=theme.GREY)

    def _bar(self, canvas: Canvas, y: float, bar: Bar, gap: float) -> None:
        """Paint the blocks of one state, and under them what they are, where there is room."""
        name, is_hollow = _LOOKS[bar.segment.state]
        color, half = getattr(theme, name), BAR / 2
        inset = (gap + is_hollow) / 2  # a rim is painted half outside
        corners = [
            np.array(
                [
                    [block.left + inset, y - half],
                    [block.right - inset, y - half],
                    [block.right - inset, y + half],
                    [block.left + inset, y + half],
                ]
            )
            for block in bar.blocks
        ]
        owners = [block.tie for block in bar.blocks]
        canvas.polygons(corners, theme.PAPER if is_hollow else color, owners=owners)
        if is_hollow:
            rims = [np.vstack([each, each[:1]]) for each in corners]
            if not gap:  # too narrow to stand alone: one rim about them all
                first, last = corners[0], corners[-1]
                rims = [np.array([first[0], last[1], last[2], first[3], first[0]])]
            canvas.lines(rims, color, 1.4, zorder=3.1, owners=owners if gap else ())
        number = phrases.short(bar.segment.total)
        for said in (f"{number} {bar.segment.state}", number):
            if self.ruler.size(said, theme.FAINT)[0] < bar.right - bar.left - 2:
                middle = (bar.left + bar.right) / 2
                ink = theme.GREY
                canvas.text(middle, y + half + 14, said, theme.FAINT, color=ink, ha="center")
                break

    def _rate(self, canvas: Canvas, y: float, level: Level, right: float) -> None:
        """Draw the share won of the closed ones on its interval."""
        said, ends = text.rate(level)
        x = right + _SCALE + 20
        if isnan(level.share):
            canvas.text(x, y + 5, said, theme.NAME, color=theme.GREY)
            return
        low, at, high = (right + each * _SCALE for each in (level.low, level.share, level.high))
        canvas.lines([np.array([[low, y], [high, y]])], theme.GREY, 2.4, zorder=3)
        dot = outline("circle", at, y, _DISC)
        canvas.shapes([dot], theme.FIRST, theme.PAPER, 1.5)
        canvas.text(x, y - 2, said, theme.NAME, bold=True)
        canvas.text(x, y + 16, ends, theme.CAPTION, color=theme.GREY)

    def _list(self, canvas: Canvas, top: float) -> None:
        """Name the open referrals to see to first."""
        if not self.found.urgent:
            return
        left = theme.MARGIN
        heading = text.urgent_heading(self.found)
        canvas.text(left, top + 40, heading, theme.STRONG, bold=True)
        people = [one.person for one in self.found.urgent]
        names = self.ruler.names(people, theme.NAME, _NAME)
        for k, one in enumerate(self.found.urgent):
            y = top + 68 + LINE * k
            shape, color, _ = theme.ROLES.get(one.role, theme.ROLES["other"])
            face, rim = (theme.HOLLOW, color) if shape == "ring" else (color, theme.PAPER)
            mark = outline(shape, left + 10, y, _DISC)
            canvas.shapes([mark], face, rim, 2.2 if shape == "ring" else 0.0, owners=[one.person])
            canvas.scene.nodes[one.person] = (left + 10, y, _DISC)
            base = y + 0.36 * theme.NAME
            box = canvas.text(left + 28, base, names[one.person], theme.NAME, node=one.person)
            x = box[2] + 14
            room = self.W - theme.MARGIN - x
            said = self.ruler.fit(text.said_of(one), theme.CAPTION, room)
            canvas.text(x, base, said, theme.CAPTION, color=theme.GREY, of=one.person)


def _item(state: str) -> legend.Item:
    name, is_hollow = _LOOKS[state]
    color = getattr(theme, name)
    if is_hollow:
        return legend.ground(theme.PAPER, text.MEANS[state], rim=color)
    return legend.ground(color, text.MEANS[state])
