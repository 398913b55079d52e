"""From given to won, by handoff: what is under way, what was won and lost, row by row."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from refgraph.book import professional_limits
from refgraph.maps.drawing import fonts, legend
from refgraph.maps.drawing.canvas import Canvas, outline
from refgraph.maps.drawing.page import ROOMY, blank, high_enough, wide_enough
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.kinds.pipeline import text
from refgraph.maps.kinds.pipeline.arrange import (
    BAR,
    LINE,
    ROW,
    TALL,
    TALLER,
    TWO,
    arrange,
    bottom_of,
)
from refgraph.maps.kinds.pipeline.data import CLOSED, OPEN, pipeline_of
from refgraph.maps.scenes import phrases, theme
from refgraph.maps.scenes.theme import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from refgraph.book.book import Book
    from refgraph.maps.kinds.pipeline.arrange import Bar, Placed
    from refgraph.maps.kinds.pipeline.data import Level, Urgent
    from refgraph.maps.scenes.scene import Scene

    Floats = NDArray[np.float64]

__all__ = ["draw"]

LEAST = 300
_LABEL = 330.0  # room for what a row is
_SCALE, _NUMBERS = 150.0, 200.0  # the axis of shares, and the words beside it
_NAME = 0.45  # of the page is the widest a name in the list is, with words beside it
_DISC = 7.0
# In pixels: over and under the rows, and what stands where in a row, in the list and at an edge.
_HEAD, _OVER, _SIDE, _GUTTER = 96.0, 12.0, 10.0, 40.0
_AXIS = (6.0, 8.0, 1.4)  # above the rows, below them, and its width
_SHARES = ((0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %"))
_RULE = (14.0, 4.0, 1.2)  # up from the foot, down to its words, and its width
_LINES = (2.0, 16.0, 5.0)  # baselines of a first and a second line, and of a single one
_UNDER, _RIM, _SPAN, _TEXT = 14.0, 1.4, 2.4, 20.0
_SLACK, _APART, _ABOVE, _TOP, _SECOND = 2.0, 8.0, 3.1, 23.0, 18.0
_STEP, _BOLDER = 22.0, 1.2  # between lines of a heading, and by how much it is wider at most
_LIST = (40.0, 68.0, 10.0, 28.0, 14.0)  # heading, first line, disc, name, and what is said
_RING, _EDGE, _DROP, _LEADING, _SIGNS = 2.2, 1.5, 0.36, 1.45, 16
# By state, its colour in the theme, and whether its block is hollow, with a rim of it.
_LOOKS = {
    "unknown": ("GREY", True),
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

    Returns
    -------
    Scene
        The figure and where everything on it is. ``nodes`` are the people of the referrals under
        way that are listed; each block of a bar is a referral and belongs to its two people.

    Raises
    ------
    RefgraphError
        If the profession does not tell what became of referrals, or the page is too small.

    Examples
    --------
    >>> from refgraph import Book
    >>> draw(Book.sample()).title
    '14 of 18 closed referrals were won; 12 are under way'
    """
    professional_limits.refuse(book)
    wide_enough(width)
    high_enough(height, LEAST)
    with settings(theme):
        return _Page(book, person, (width, height)).scene()


class _Page:
    """The page of one book, part by part."""

    def __init__(self, book: Book, person: str | None, size: tuple[int, int | None]) -> None:
        self.book, self.whose = book, book.whose(person)
        self.W, self.asked = size
        self.narrow = self.W < ROOMY  # words stand over the bars, not beside them
        self.found = pipeline_of(book, person)
        words = [one.prospect for one in self.found.urgent]
        names = [one.person for one in self.found.urgent]
        names += [self.whose] if self.whose else []
        self.closed = self.found.total(CLOSED) > 0  # else there is no share to show beside the bars
        self.fonts = fonts.for_names([*names, *words])
        self.ruler = Ruler(self.fonts, names)

    def scene(self) -> Scene:
        """Draw the page."""
        whose = self._whose()
        if not self.found.levels:
            said = phrases.sentence([phrases.when(self.book), whose])
            return blank(self.ruler, "No referrals to draw yet", said, (self.W, self.asked))
        room = self.W - 2 * theme.MARGIN
        counted = text.subtitle(self.book, self.found, whose)
        lines = len(self.ruler.wrap(counted, theme.SUBTITLE, room))
        head = _HEAD + _LEADING * theme.SUBTITLE * lines
        row, line = self._row_height(), self._entry_height()
        right = self.W - theme.MARGIN - _SCALE - _NUMBERS
        placed = arrange(self.found, head, *self._sides(right), row)
        items, notes = self._items(), self._notes(placed)
        strip = legend.height(self.ruler, items, notes, room)
        below = _STEP * (len(self._list_heading()) - 1)
        high = max(bottom_of(self.found, head, row, line) + below + strip, self.asked or 0)
        canvas = Canvas(self.W, high, self.ruler)
        canvas.scene.notes, canvas.scene.sheet = self.fonts.notes(), True
        canvas.heading(text.finding(self.found), counted)
        self._columns(canvas, placed, right, row)
        for y, level, bars in placed.rows:
            self._row(canvas, y, level, row)
            for bar in bars:
                self._bar(canvas, y, bar, placed.gap)
            self._numbers(canvas, y, bars, placed.axis)
            if self.closed and not self.narrow:
                self._rate(canvas, y, level, right)
        if placed.overall is not None:
            self._overall(canvas, placed.overall, placed.axis, right, row)
        self._list(canvas, placed.foot, line)
        legend.draw(canvas, items, notes, high - strip)
        return canvas.scene

    def _sides(self, right: float) -> tuple[float, float]:
        """Give where bars may begin and end, with the shares to the right of them."""
        left, end = theme.MARGIN, self.W - theme.MARGIN
        if self.narrow:
            return left, end
        return left + _LABEL, right - _GUTTER if self.closed else end

    def _row_height(self) -> float:
        """Give how high a row is: higher where its words need two lines over the bar."""
        if not self.narrow:
            return ROW
        room = self.W - 2 * theme.MARGIN - _TEXT
        wide = max(
            self.ruler.size(text.named(level.handoff), theme.CAPTION)[0]
            + self.ruler.size(text.brief_rate(level), theme.CAPTION, True)[0]
            for level in self.found.levels
        )
        return TALL if wide <= room else TALLER

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

    def _notes(self, placed: Placed) -> list[str]:
        scale = text.scale(each=placed.is_alone)
        interval = "On the right, the share won of the closed ones, with its 95 % interval."
        if self.narrow:
            interval = "On the right, how many of the closed ones were won, and its 95 % interval."
        told = professional_limits.conditions(self.book), self.fonts.undrawn(_SIGNS)
        return [f"{scale} {interval}" if self.closed else scale, *filter(None, told)]

    def _columns(self, canvas: Canvas, placed: Placed, right: float, row: float) -> None:
        """Draw the axis between under way and closed, and what stands on either side of it."""
        top = placed.rows[0][0] - row / 2
        above, below, wide = _AXIS
        under = placed.foot if placed.overall is None else placed.overall - ROW / 2
        axis = np.array([[placed.axis, top - above], [placed.axis, under - below]])
        if self.narrow:  # the words over the bars are not crossed
            half = BAR / 2 + _SLACK
            ends = [
                np.array([[placed.axis, y - half], [placed.axis, y + half]])
                for y, *_ in placed.rows
            ]
            canvas.lines(ends, theme.GREY, wide)
            end = self.W - theme.MARGIN
            canvas.text(theme.MARGIN, top - _OVER, "under way", theme.STRONG, bold=True)
            if self.closed:
                canvas.text(end, top - _OVER, "closed", theme.STRONG, bold=True, ha="right")
            return
        canvas.lines([axis], theme.GREY, wide)
        at = placed.axis
        canvas.text(at - _SIDE, top - _OVER, "under way", theme.STRONG, bold=True, ha="right")
        if not self.closed:
            return
        canvas.text(at + _SIDE, top - _OVER, "closed", theme.STRONG, bold=True)
        canvas.text(right, top - _OVER, "won, of those closed", theme.STRONG, bold=True)
        up, down, thin = _RULE
        for share, label in _SHARES:
            x = right + share * _SCALE
            rule = np.array([[x, top], [x, placed.foot - up]])
            canvas.lines([rule], theme.HULL_RIM, thin, zorder=1)
            canvas.text(x, placed.foot + down, label, theme.FAINT, color=theme.GREY, ha="center")

    def _overall(self, canvas: Canvas, y: float, axis: float, right: float, high: float) -> None:
        """Write under the rows what all of them come to, and draw the share of all."""
        level = self.found.overall
        open_ones, done = self.found.total(OPEN), self.found.total(CLOSED)
        self._row(canvas, y, level, high, title=text.ALL, number=open_ones + done)
        base, tall = y + _DROP * theme.NAME, not self.narrow
        at = (axis - _SIDE, axis + _SIDE) if tall else (theme.MARGIN, self.W - theme.MARGIN)
        sides = zip(at, (open_ones, done), ("under way", "closed"), strict=True)
        for k, (x, number, said) in enumerate(sides):
            if number or not k:
                ha = "right" if (k == 0) == tall else "left"
                told = f"{phrases.number(number)} {said}"
                canvas.text(x, base, told, theme.NAME, color=theme.GREY, ha=ha)
        if self.closed and tall:
            self._rate(canvas, y, level, right)

    def _row(
        self,
        canvas: Canvas,
        y: float,
        level: Level,
        high: float,
        *,
        title: str = "",
        number: int | None = None,
    ) -> None:
        """Write what a row so high is, and of how many."""
        left, room = theme.MARGIN, _LABEL - _TEXT
        title = title or text.named(level.handoff)
        number = level.total(OPEN + CLOSED) if number is None else number
        if self.narrow:
            end = self.W - left
            told = text.brief_rate(level)
            won = canvas.text(end, y - _TOP, told, theme.CAPTION, bold=True, ha="right")
            up, room = (_SECOND, end - left) if high > TALL else (0.0, won[0] - left - _TEXT)
            said = self.ruler.fit(title, theme.CAPTION, room)
            canvas.text(left, y - _TOP - up, said, theme.CAPTION)
            return
        said = self.ruler.fit(title, theme.NAME, room)
        canvas.text(left, y - _LINES[0], said, theme.NAME)
        of = phrases.many(number, "referral")
        canvas.text(left, y + _LINES[1], of, theme.CAPTION, color=theme.GREY)

    def _bar(self, canvas: Canvas, y: float, bar: Bar, gap: float) -> None:
        """Paint the blocks of one state."""
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
                rims = [_rim_of(corners)]
            canvas.lines(rims, color, _RIM, zorder=_ABOVE, owners=owners if gap else ())

    def _numbers(self, canvas: Canvas, y: float, bars: Sequence[Bar], axis: float) -> None:
        """Write under the bars how many they are and what, where there is room.

        A number may be wider than its bar, where none stands beside it.
        """
        taken = [(axis - _SLACK, axis + _SLACK)]
        down = y + BAR / 2 + _UNDER
        for spilling in (False, True):
            for bar in bars:
                number, middle = phrases.short(bar.segment.total), (bar.left + bar.right) / 2
                offers = ((f"{number} {bar.segment.state}", _APART), (number, _SLACK))
                for said, apart in offers[1:] if spilling else offers:
                    half = self.ruler.size(said, theme.FAINT)[0] / 2
                    fits = 2 * half < bar.right - bar.left - apart
                    ends = middle - half - _SLACK, middle + half + _SLACK
                    clash = any(a < ends[1] and ends[0] < b for a, b in taken)
                    if fits == spilling or (spilling and clash):
                        continue
                    canvas.text(middle, down, said, theme.FAINT, color=theme.GREY, ha="center")
                    taken.append(ends)
                    break

    def _rate(self, canvas: Canvas, y: float, level: Level, right: float) -> None:
        """Draw the share won of the closed ones on its interval."""
        said, ends = text.rate(level)
        x = right + _SCALE + _TEXT
        if isnan(level.share):
            canvas.text(x, y + _LINES[-1], said, theme.NAME, color=theme.GREY)
            return
        low, at, high = (right + each * _SCALE for each in (level.low, level.share, level.high))
        canvas.lines([np.array([[low, y], [high, y]])], theme.GREY, _SPAN, zorder=_ABOVE)
        dot = outline("circle", at, y, _DISC)
        canvas.shapes([dot], theme.FIRST, theme.PAPER, _EDGE)
        canvas.text(x, y - _LINES[0], said, theme.NAME, bold=True)
        canvas.text(x, y + _LINES[1], ends, theme.CAPTION, color=theme.GREY)

    def _list_heading(self) -> list[str]:
        """Give the lines of the heading of the list; one where nobody is on it."""
        room = (self.W - 2 * theme.MARGIN) / _BOLDER
        return self.ruler.wrap(text.urgent_heading(self.found), theme.STRONG, room)

    def _said_below(self, one: Urgent) -> list[str]:
        """Give what is said of a referral under way below a name, on as many lines as it takes."""
        wide = self.W - 2 * theme.MARGIN - _LIST[-2]
        return text.in_company(self.ruler.wrap(text.said_of(one), theme.CAPTION, wide))

    def _entry_height(self) -> float:
        """Give how high an entry of the list is: on a narrow page as high as the highest."""
        lines = max((len(self._said_below(one)) for one in self.found.urgent), default=1)
        return TWO + _SECOND * (lines - 1) if self.narrow else LINE

    def _list(self, canvas: Canvas, top: float, line: float) -> None:
        """Name the referrals under way to see to first."""
        if not self.found.urgent:
            return
        left = theme.MARGIN
        over, first, disc, name, gap = _LIST
        for k, heading in enumerate(self._list_heading()):
            top += _STEP * (k > 0)
            canvas.text(left, top + over, heading, theme.STRONG, bold=True)
        people = [one.person for one in self.found.urgent]
        wide = self.W - theme.MARGIN - left - name
        names = self.ruler.names(people, theme.NAME, wide if self.narrow else _NAME * self.W)
        for k, one in enumerate(self.found.urgent):
            y = top + first + line * k
            shape, color, _ = theme.ROLES.get(one.role, theme.ROLES["other"])
            face, rim = (theme.HOLLOW, color) if shape == "ring" else (color, theme.PAPER)
            mark = outline(shape, left + disc, y, _DISC)
            wide = _RING if shape == "ring" else 0.0
            canvas.shapes([mark], face, rim, wide, owners=[one.person])
            canvas.scene.nodes[one.person] = (left + disc, y, _DISC)
            base = y + _DROP * theme.NAME
            box = canvas.text(left + name, base, names[one.person], theme.NAME, node=one.person)
            x = box[2] + gap
            said = [self.ruler.fit(text.said_of(one), theme.CAPTION, self.W - theme.MARGIN - x)]
            if self.narrow:
                x, base, said = left + name, base + _SECOND, self._said_below(one)
            for down, words in enumerate(said):
                at = x, base + _SECOND * down
                canvas.text(*at, words, theme.CAPTION, color=theme.GREY, of=one.person)


def _rim_of(corners: list[Floats]) -> Floats:
    """Give the outline of blocks that stand side by side."""
    first, last = corners[0], corners[-1]
    return np.vstack([first[:1], last[1:-1], first[-1:], first[:1]])


def _item(state: str) -> legend.Item:
    name, is_hollow = _LOOKS[state]
    color = getattr(theme, name)
    if is_hollow:
        return legend.ground(theme.PAPER, text.MEANS[state], rim=color)
    return legend.ground(color, text.MEANS[state])
