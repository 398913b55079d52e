"""The timeline: how what somebody gave and received grew, and how far apart the two are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from refgraph.book import professional_limits
from refgraph.maps.drawing import fonts, legend, time_axis
from refgraph.maps.drawing.canvas import Canvas, outline
from refgraph.maps.drawing.page import blank, high_enough, wide_enough
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.kinds.timeline import monthly
from refgraph.maps.kinds.timeline.callouts import MARK, Area
from refgraph.maps.kinds.timeline.data import course_of, events, ticks
from refgraph.maps.scenes import phrases, theme
from refgraph.maps.scenes.theme import settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book.book import Book
    from refgraph.maps.kinds.timeline.callouts import Box
    from refgraph.maps.kinds.timeline.data import Event
    from refgraph.maps.scenes.scene import Scene

    Floats = NDArray[np.float64]

__all__ = ["draw"]

LEAST = 420
_EVENTS = 6
_LINE = 3.0
_NAME = 200.0  # a name in a caption is never wider
_COLORS = {"received": "OWE", "given": "FIRST"}  # of the theme


def draw(
    book: Book,
    *,
    person: str | None = None,
    theme: str = "light",
    width: int = 1600,
    height: int | None = None,
) -> Scene:
    """Draw the running totals of one person; without one, everybody's referrals by month.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals; totals start from 0 there. Undated ones are counted in
        the subtitle.
    person : str, optional
        Whose totals; the book's me if not given. In a book without a me the bars are drawn.
    theme : {"light", "dark", "print"}
        The colours.
    width : int, default 1600
        Width of the page in pixels.
    height : int, optional
        Height of the page, 760 if not given.

    Returns
    -------
    Scene
        The figure and where everything on it is; ``lines`` holds the lines, or the bars.

    Raises
    ------
    RefgraphError
        If the profession does not set what was given against what was received, or the page is
        too small.

    Examples
    --------
    >>> from refgraph import Book
    >>> draw(Book.sample()).title
    'You have received 4 more than you gave; received in the lead since April 2026'
    """
    professional_limits.refuse(book)
    wide_enough(width)
    high_enough(height, LEAST)
    whose = book.whose(person)
    size = width, height
    with settings(theme):
        if whose is None:
            return monthly.scene(book, size)
        return _Timeline(book, whose, size).scene()


class _Timeline:
    """The timeline of one person, step by step from the totals to the page."""

    def __init__(self, book: Book, whose: str, size: tuple[int, int | None]) -> None:
        self.book, self.whose, self.mine = book, whose, whose == book.me
        self.size = size
        self.W, self.H = size[0], size[1] or monthly.HEIGHT
        self.course = course_of(book, whose)
        names = [whose, *self.course.by, *self.course.to]
        self.fonts = fonts.for_names(names)
        self.ruler = Ruler(self.fonts, names)
        room = phrases.name_room(self.W - 2 * theme.MARGIN)
        self.name = "You" if self.mine else self.ruler.name(whose, theme.TITLE, room)

    def scene(self) -> Scene:
        """Draw the page."""
        ruler, course = self.ruler, self.course
        if not len(course.day):
            who = "you" if self.mine else self.name
            said = [phrases.when(self.book), f"to or from {who}", self._undated()]
            told = phrases.sentence(said)
            return blank(ruler, "No dated referrals to draw yet", told, self.size)
        canvas = Canvas(self.W, self.H, ruler)
        canvas.scene.notes = self.fonts.notes()
        subtitle = self._counted()
        canvas.heading(self._finding(), subtitle)
        room = self.W - 2 * theme.MARGIN
        head = 104 + theme.LEADING * theme.SUBTITLE * len(
            ruler.wrap(subtitle, theme.SUBTITLE, room)
        )
        items, notes = self._items(), self._notes()
        strip = legend.height(ruler, items, notes, room)
        most = float(max(course.given[-1], course.received[-1]))
        left = theme.MARGIN + ruler.size(phrases.number(most), theme.FAINT)[0] + 10
        ends = [ruler.size(self._end(line), theme.HEADING, True)[0] for line in _COLORS]
        right = self.W - theme.MARGIN - max(ends) - 14
        bottom = self.H - strip - 48
        at = time_axis.Plot(left, head, right, bottom, course.start, course.end, 1.06 * most)
        at.axes(canvas, ticks(course.start, course.end))
        self._shade(canvas, at)
        self._lines(canvas, at)
        self._ends(canvas, at)
        self._events(canvas, at)
        legend.draw(canvas, items, notes, self.H - strip)
        return canvas.scene

    def _finding(self) -> str:
        given, received = float(self.course.given[-1]), float(self.course.received[-1])
        have, they = ("have", "you") if self.mine else ("has", "they")
        name, much = self.name, phrases.number(abs(given - received))
        if not given:
            return f"{name} {have} received {phrases.many(received, 'referral')} and given none yet"
        if not received:
            return f"{name} {have} given {phrases.many(given, 'referral')} and received none yet"
        if given == received:
            return f"{name} {have} given as many as {they} received: {phrases.number(given)}"
        since, leader = self.course.ahead_since, self.course.leader
        told = "" if since is None else f"; {leader} in the lead since {self._since(since)}"
        if leader == "received":
            return f"{name} {have} received {much} more than {they} gave{told}"
        return f"{name} {have} given {much} more than {they} received{told}"

    def _since(self, day: date) -> str:
        """Name a month, and the day of it where the timeline begins in that month."""
        start = date.fromordinal(self.course.start)
        is_first = (day.year, day.month) == (start.year, start.month)
        return f"{day.day} {phrases.month(day)}" if is_first else phrases.month(day)

    def _undated(self) -> str:
        much = self.course.undated
        return f"{phrases.many(much, 'referral')} without a date left out" if much else ""

    def _counted(self) -> str:
        course = self.course
        people = len(set(course.by) | set(course.to))
        given, received = phrases.number(course.given[-1]), phrases.number(course.received[-1])
        others = phrases.many(people, "person", "people")
        total = f"{received} received and {given} given, with {others}"
        return phrases.sentence(
            [
                phrases.when(self.book),
                "running totals" + (" from the start of the window" if self.book.windowed else ""),
                total,
                self._undated(),
            ]
        )

    def _items(self) -> list[legend.Item]:
        course = self.course
        items = [
            legend.stroke(theme.OWE, "received", line=_LINE),
            legend.stroke(theme.FIRST, "given", line=_LINE),
        ]
        if (course.gap < 0).any():
            items.append(legend.ground(theme.OWE_GROUND, "more received than given"))
        if (course.gap > 0).any():
            items.append(legend.ground(theme.FIRST_GROUND, "more given than received"))
        return items

    def _notes(self) -> list[str]:
        return [*filter(None, (professional_limits.conditions(self.book), self.fonts.undrawn(16)))]

    def _shade(self, canvas: Canvas, at: time_axis.Plot) -> None:
        """Tint what lies between the two lines, in the colour of the one above."""
        course = self.course
        days = np.r_[course.day, course.end]
        for ahead, color in ((1, theme.FIRST_GROUND), (-1, theme.OWE_GROUND)):
            boxes = []
            for k in np.flatnonzero(np.sign(course.gap) == ahead).tolist():
                left, right = at.x(days[k]), at.x(days[k + 1])
                low, high = at.y(course.given[k]), at.y(course.received[k])
                boxes.append(np.array([[left, low], [right, low], [right, high], [left, high]]))
            canvas.polygons(boxes, color, zorder=1.5)

    def _poly(self, at: time_axis.Plot, total: Floats) -> Floats:
        """Give the corners of one line: flat from day to day, and up on a day with referrals."""
        course = self.course
        days = [course.start, *np.repeat(course.day, 2).tolist(), course.end]
        values = [0.0, *np.repeat(np.r_[0.0, total], 2)[1:].tolist()]
        return np.array([[at.x(day), at.y(value)] for day, value in zip(days, values, strict=True)])

    def _lines(self, canvas: Canvas, at: time_axis.Plot) -> None:
        for name, color in _COLORS.items():
            poly = self._poly(at, getattr(self.course, name))
            canvas.lines([poly], getattr(theme, color), _LINE, zorder=3)
            canvas.scene.lines.append({"name": name, "poly": poly.tolist()})

    def _end(self, line: str) -> str:
        return f"{phrases.number(getattr(self.course, line)[-1])} {line}"

    def _ends(self, canvas: Canvas, at: time_axis.Plot) -> None:
        """Write the totals at the ends of their lines, apart from each other."""
        course, px = self.course, theme.HEADING
        ys = {name: at.y(getattr(course, name)[-1]) for name in ("received", "given")}
        upper, lower = sorted(ys, key=lambda name: (ys[name], name))
        close = px + 6 - (ys[lower] - ys[upper])
        if close > 0:
            ys[upper] -= close / 2
            ys[lower] += close / 2
        low = max(ys[lower] - (at.bottom - theme.DROP * px), 0.0)
        for name, color in _COLORS.items():
            y, ink = ys[name] - low + theme.DROP * px, getattr(theme, color)
            canvas.text(at.right + 12, y, self._end(name), px, color=ink, bold=True)

    def _events(self, canvas: Canvas, at: time_axis.Plot) -> None:
        """Mark the days that stand out, as many as find room for their caption."""
        px = theme.CAPTION
        area = Area(
            (at.left - 2, at.top - 14, at.right - 4, at.bottom - 3),
            [np.array(line["poly"]) for line in canvas.scene.lines],
            [at.y(value) for value in time_axis.steps(at.most)[1:]],
        )
        for event in events(self.course):
            x, y = self._where(at, event)
            text = self._said(event)
            wide, up, down = self.ruler.size(text, px)
            box = area.spot(x, y, wide, up + down) if len(area.discs) < _EVENTS else None
            if box is not None:
                self._mark(canvas, at, event, x, y)
                self._leader(canvas, box, x, y)
                canvas.text(box[0], box[3] - down, text, px)

    def _mark(self, canvas: Canvas, at: time_axis.Plot, event: Event, x: float, y: float) -> None:
        if event.first is not None:
            spell = np.array([[at.x(event.first), y], [at.x(event.day), y]])
            canvas.lines([spell], theme.GREY, 5.0, zorder=4)
            return
        color = getattr(theme, _COLORS.get(event.line, "INK"))
        canvas.shapes([outline("circle", x, y, MARK)], theme.PAPER, color, 2.4)

    def _leader(self, canvas: Canvas, box: Box, x: float, y: float) -> None:
        """Join a caption above or below its mark to it."""
        near = box[3] if box[3] < y else box[1]
        if box[0] <= x <= box[2] and abs(near - y) > 4 * MARK:
            edge = y + np.sign(near - y) * (MARK + 1.5)
            canvas.lines([np.array([[x, edge], [x, near]])], theme.GREY, 0.9, zorder=2.8)

    def _where(self, at: time_axis.Plot, event: Event) -> tuple[float, float]:
        course = self.course
        if event.first is not None:
            return at.x((event.first + event.day) / 2), at.bottom
        k = int(np.searchsorted(course.day, event.day))
        line = "given" if event.line == "given" else "received"
        if event.line == "both":
            before = max(k - 1, 0)
            return at.x(event.day), at.y(float(getattr(course, line)[before]))
        return at.x(event.day), at.y(float(getattr(course, line)[k]))

    def _said(self, event: Event) -> str:
        if event.person is None:
            return event.text
        day = date.fromordinal(event.day)
        name = self.ruler.name(event.person, theme.CAPTION, _NAME)
        return f"{event.text} {name}, {day.day} {phrases.month(day)}"
