"""The owed map: whom one person owes a referral, where they went first, and how long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.book import professional_limits
from refgraph.errors import NoMeError
from refgraph.maps.drawing import fonts, legend
from refgraph.maps.drawing.canvas import Canvas, outline, pill
from refgraph.maps.drawing.page import ROOMY, blank, high_enough, wide_enough
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.kinds.owed import colors, data, drawn_lanes, fan_lanes, narrow_list
from refgraph.maps.kinds.owed.arrange import CLOSE, TWO_LINES, columns_of
from refgraph.maps.scenes import details, phrases, theme
from refgraph.maps.scenes.theme import settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refgraph.book.book import Book
    from refgraph.maps.kinds.owed.data import Row
    from refgraph.maps.scenes.scene import Scene

__all__ = ["draw"]

_MARK = 11.5
_PILL, _SMALL = 9.0, 10.6  # half the height of a pill, and the size of the number on it
_ONE_MORE_LINE = 22.0  # which the subtitle takes when it has to say what was summed
_NARROW = 1450  # a page on which few words leave room for names
_BULGE = 64.0
_NAME = 300.0  # a name on one line is never wider
_TIGHT = 0.72  # of the disc in the middle, what is left at least where names need the room
_LANES = 150.0  # and leaves this much for the lanes


def draw(
    book: Book,
    *,
    person: str | None = None,
    top: int = 30,
    highlight: str | None = None,
    theme: str = "light",
    width: int = 1600,
    height: int | None = None,
) -> Scene:
    """Draw whom one person owes on the left, where they went first on the right.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals; settling uses the whole record.
    person : str, optional
        Who owes; the book's me if not given.
    top : int, default 30
        Rows on a side. Everyone is drawn while there are at most twice as many people; otherwise
        those with the longest open referrals and those given most are drawn, and the rest of each
        side is summed in one line.
    highlight : str, optional
        Whose name to mark; they are drawn whatever `top` leaves out.
    theme : {"light", "dark", "print"}
        The colours.
    width : int, default 1600
        Width of the page in pixels.
    height : int, optional
        Height of the page; it follows from the rows if not given. Rows for which it has no room
        are summed.

    Returns
    -------
    Scene
        The figure and where everything on it is.

    Raises
    ------
    NoMeError
        If nobody is asked about.
    RefgraphError
        If the person to mark has no referral to or from them, or the page is too small.

    Examples
    --------
    >>> from refgraph import Book
    >>> scene = draw(Book.sample())
    >>> scene.title.startswith("You owe")
    True
    """
    professional_limits.refuse(book)
    whose = book.me if person is None else book.person(person)
    if whose is None:
        raise NoMeError("The map of what is owed")  # noqa: EM101
    wide_enough(width)
    marked = None if highlight is None else book.person(highlight)
    with settings(theme):
        if width < ROOMY:
            return narrow_list.draw(book, whose, (width, height), top=top, marked=marked)
        return _Fan(book, whose, marked, (width, height), top).scene()


class _Fan:
    """The map of one person, step by step from the table to the page."""

    def __init__(
        self,
        book: Book,
        whose: str,
        marked: str | None,
        size: tuple[int, int | None],
        top: int,
    ) -> None:
        self.book, self.whose, self.mine = book, whose, whose == book.me
        self.W, self.height, self.marked = float(size[0]), size[1], marked
        rows = data.rows_of(book, whose, mine=self.mine, brief=self.W < _NARROW)
        self.all = rows
        self.totals = sum(row.gave_me for row in rows), sum(row.i_gave for row in rows)
        names = [whose, *(row.person for row in rows)]
        self.fonts = fonts.for_names(names)
        self.ruler = Ruler(self.fonts, names)
        room = phrases.name_room(self.W - 2 * theme.MARGIN)
        self.name = "You" if self.mine else self.ruler.name(whose, theme.TITLE, room)
        self.columns = columns_of(rows, top, kept=marked)
        if self.height is not None and rows:
            space = self.height - self._used() - _ONE_MORE_LINE
            self.columns = columns_of(rows, top, kept=marked, room=space)

    def scene(self) -> Scene:
        """Draw the page."""
        book, ruler = self.book, self.ruler
        who = "you" if self.mine else self.name
        data.refuse_unlisted(self.marked, self.all, who)
        if not self.all:
            text = "No referrals to draw yet"
            said = f"between {who} and anyone  ·  {phrases.when(book)}"
            return blank(ruler, text, said, (self.W, self.height))
        pitch, used = self.columns.pitch, self._used()
        if pitch < TWO_LINES and self._breaks():
            pitch = TWO_LINES
        spare = 0.0
        if self.height is not None:
            high_enough(self.height, used + self.columns.high(CLOSE))
            pitch = self.columns.fitting(self.height - used)
            spare = self.height - used - self.columns.high(pitch)
        foot = self._first() + self.columns.high(pitch) + spare
        H = self.height or np.ceil(foot + self._strip())
        canvas = Canvas(self.W, H, ruler)
        canvas.scene.notes = self.fonts.notes()
        canvas.scene.details = details.of(book, self.whose)
        canvas.scene.dyes, canvas.scene.late = colors.of_every_standing(), data.LATE
        canvas.heading(data.finding(self.all, self.name, mine=self.mine), self._counted())
        hub = self._rows(canvas, self._first() + spare / 2, pitch)
        self._middle(canvas, hub)
        legend.draw(canvas, self._items(), self._notes(), foot)
        return canvas.scene

    def _used(self) -> float:
        """Give the height of everything but the rows."""
        return self._first() + self._strip()

    def _first(self) -> float:
        """Give where the first row stands: under the heading, and the headings of the sides."""
        room = self.W - 2 * theme.MARGIN
        lines = len(self.ruler.wrap(self._counted(), theme.SUBTITLE, room))
        return 98 + theme.LEADING * theme.SUBTITLE * lines + 58

    def _strip(self) -> float:
        items, notes = self._items(), self._notes()
        return legend.height(self.ruler, items, notes, self.W - 2 * theme.MARGIN)

    def _items(self) -> list[legend.Item]:
        items = data.entries(self.columns.shown, "you" if self.mine else self.name)
        if self.marked is not None:
            name = self.ruler.name(self.marked, theme.CAPTION, 240)
            items.append(legend.ground(theme.LIT, name))
        return items

    def _rows(self, canvas: Canvas, first: float, pitch: float) -> fan_lanes.Hub:
        """Draw the rows of both sides from `first` downwards, and what stands above them."""
        columns = self.columns
        longest, uneven, end = columns.longest, columns.uneven, columns.end(first, pitch)
        middle = first + (longest - 1) * pitch / 2
        below = columns.below(first, pitch)
        self._headings(canvas, first - 46)
        hub = fan_lanes.Hub((self.W / 2, (first + end) / 2 if uneven else middle), self._radius())
        spread = (longest - 1) * pitch / 2 + 1e-9
        starts: list[float] = []
        for rows, even, side in (
            (columns.left, columns.even[0], -1),
            (columns.right, columns.even[1], 1),
        ):
            start = middle - (len(rows) - 1) * pitch / 2 if len(rows) > 5 else first
            ys = [start + k * pitch for k in range(len(rows))] if rows else []
            if rows and len(rows) <= 5:
                ys = [y + (longest - len(rows)) * pitch / 2 for y in ys]
            at = [_BULGE * min(abs(y - middle) / spread, 1.0) ** 2 for y in ys]
            low = [below + k * pitch for k in range(len(even))]
            if uneven:
                ys, low = columns.together(len(rows), len(even), pitch, (first, end))
            bulge = [*at, *[_BULGE] * len(low)]
            places = list(zip([*ys, *low], bulge, strict=True))
            self._side(canvas, hub, [*rows, *even], places, side, pitch=pitch)
            alike = columns.level or columns.split
            if rows and rows[0].kind in columns.rest and not (alike and side > 0):
                self._rest(canvas, rows[0].kind, ys[-1] + pitch, side)
            if even and (side < 0 or low[0] != starts[0]):
                self._even(canvas, low[0] - pitch - 4, side)
            starts += low[:1]
            if even and side < 0 and "even" in columns.rest:
                self._rest(canvas, "even", low[-1] + pitch, side)
        return hub

    def _counted(self) -> str:
        who = "you" if self.mine else self.name
        beyond = sum(len(rows) for rows in self.columns.rest.values())
        return data.counted(self.book, self.all, who, beyond=beyond)

    def _notes(self) -> list[str]:
        return [*filter(None, (professional_limits.conditions(self.book), self.fonts.undrawn()))]

    def _headings(self, canvas: Canvas, y: float) -> None:
        if self.columns.level:
            self._even(canvas, y, -1)
            return
        name, verb = ("You", "owe") if self.mine else (self.name, "owes")
        other = "left" if self.columns.split else "right"
        for kind, color, ha in (("owe", theme.OWE, "left"), ("first", theme.FIRST, other)):
            rows = [row for row in self.all if row.kind == kind]
            if self.columns.split and not rows:
                continue
            text = {"owe": f"{name} {verb}", "first": f"{name} went first"}[kind]
            x = theme.MARGIN if ha == "left" else self.W - theme.MARGIN
            box = canvas.text(x, y, text, theme.HEADING, color=color, bold=True, ha=ha)
            near = box[2] + 12 if ha == "left" else box[0] - 12
            canvas.text(near, y, data.summed(rows), theme.CAPTION, color=theme.GREY, ha=ha)

    def _even(self, canvas: Canvas, y: float, side: int) -> None:
        rows = [row for row in self.all if row.kind == "even"]
        px = theme.HEADING
        if side > 0:
            x = self.W - theme.MARGIN
            canvas.text(x, y, "Even", px, color=theme.EVEN, bold=True, ha="right")
            return
        box = canvas.text(theme.MARGIN, y, "Even", px, color=theme.EVEN, bold=True)
        count = phrases.many(len(rows), "person", "people")
        canvas.text(box[2] + 12, y, count, theme.CAPTION, color=theme.GREY)

    def _rest(self, canvas: Canvas, kind: str, y: float, side: int) -> None:
        text = data.rest(kind, self.columns.rest[kind])
        x, ha = (theme.MARGIN, "left") if side < 0 else (self.W - theme.MARGIN, "right")
        canvas.text(x, y + 5, text, theme.CAPTION, color=theme.GREY, ha=ha)

    def _side(
        self,
        canvas: Canvas,
        hub: fan_lanes.Hub,
        rows: Sequence[Row],
        places: Sequence[tuple[float, float]],
        side: int,
        *,
        pitch: float,
    ) -> None:
        """Draw the rows of one side, each at a height and so far inwards, and their lanes."""
        if not rows:
            return
        ruler = self.ruler
        reach, px = self._reach(hub.radius), theme.NAME
        room = {row.person: reach - self._beside(row) for row in rows}
        drawn = self._named(room, two=pitch >= TWO_LINES)
        widest = max(
            max(ruler.size(line, px)[0] for line in drawn[row.person]) + self._beside(row)
            for row in rows
        )
        x0 = max(theme.MARGIN + widest + 22 + _MARK, self.W * 0.27)
        at = [(x0 + extra if side < 0 else self.W - x0 - extra, y) for y, extra in places]
        for row, (x, y) in zip(rows, at, strict=True):
            half = self._mark(canvas, row, x, y)
            ha = "right" if side < 0 else "left"
            near, line = x + side * (half + 8 + 4 * row.late), y + theme.DROP * px
            box = self._write(canvas, drawn[row.person], (near, y), ha, row.person)
            if row.person == self.marked:
                canvas.lit(box, row.person)
            near = box[0] - 10 if side < 0 else box[2] + 10
            if row.age:
                tint, late, who = theme.AGED if row.late else theme.OWE, row.late, row.person
                box = canvas.text(
                    near, line, row.age, theme.FAINT, ha=ha, color=tint, bold=late, of=who
                )
                near = box[0] - 8 if side < 0 else box[2] + 8
            canvas.text(near, line, row.counts, theme.FAINT, ha=ha, color=theme.GREY, of=row.person)
        begins = [
            drawn_lanes.Begin(x, y, self._half(row)) for row, (x, y) in zip(rows, at, strict=True)
        ]
        drawn_lanes.draw(canvas, self.whose, hub, rows, begins)

    def _named(self, room: Mapping[str, float], *, two: bool) -> dict[str, list[str]]:
        """Fit names into their rooms: whole on two lines, where `two`, rather than shortened."""
        px, lines = theme.NAME, {}
        one = {person: min(_NAME, wide) for person, wide in room.items()}
        for person, name in self.ruler.names(list(room), px, one).items():
            cut = two and name != self.fonts.drawable(person)
            halves = self.ruler.halves(person, px, room[person]) if cut else []
            lines[person] = halves or [name]
        return lines

    def _write(
        self, canvas: Canvas, lines: Sequence[str], at: tuple[float, float], ha: str, person: str
    ) -> tuple[float, float, float, float]:
        """Write a name beside its mark, in the middle of its row, and give its box."""
        (near, y), px = at, theme.NAME
        if len(lines) == 1:
            down = y + theme.DROP * px
            return canvas.text(near, down, lines[0], px, ha=ha, node=person)
        sizes = [self.ruler.size(line, px) for line in lines]
        wide, high = max(size[0] for size in sizes), sum(up + down for _, up, down in sizes)
        left = near - wide if ha == "right" else near
        box = left, y - high / 2, left + wide, y + high / 2
        canvas.name_lines(box, lines, px, person, bold=False, halo=False, ha=ha)
        return box

    def _breaks(self) -> bool:
        """Tell whether somebody's name is whole on two lines alone."""
        room = {
            row.person: self._reach(self._radius()) - self._beside(row)
            for row in self.columns.shown
        }
        return any(len(lines) > 1 for lines in self._named(room, two=True).values())

    def _reach(self, radius: float) -> float:
        """Give how wide a name and what is said beside it may be, for a disc in the middle."""
        return self.W / 2 - radius - _LANES - theme.MARGIN - 2 * _MARK - 22

    def _radius(self) -> float:
        """Give how large the disc in the middle is: smaller where names would be cut for it."""
        most, px = self.columns.hub_radius, theme.NAME
        needed = max(
            self.ruler.size(self.ruler.name(row.person, px, _NAME), px)[0] + self._beside(row)
            for row in self.columns.shown
        )
        return min(most, max(self._reach(0.0) - needed - 1, _TIGHT * most))

    def _mark(self, canvas: Canvas, row: Row, x: float, y: float) -> float:
        """Draw the mark of a row with its number, on a pill if it is long; give half its width."""
        color, half = colors.of_mark(row.standing), self._half(row)
        canvas.scene.nodes[row.person] = (x, y, _MARK)
        marks = [outline(data.form(row), x, y, _MARK)]
        rims = [outline(data.form(row), x, y, _MARK + 2.8)]
        if half > _MARK:
            marks.append(pill(x, y, half, _PILL))
            rims = [pill(x, y, half + 2.8, _PILL + 2.8)]
        canvas.shapes(marks, color, theme.PAPER, 0, owners=[row.person] * len(marks))
        if row.late:
            canvas.shapes(rims, "none", color, 1.4, zorder=4.9, owners=[row.person])
        px = theme.FAINT if len(row.sign) < 2 else _SMALL
        line = y + theme.DROP * px
        canvas.text(x, line, row.sign, px, color=theme.PAPER, bold=True, ha="center", on=row.person)
        return half

    def _half(self, row: Row) -> float:
        """Give half the width of the mark of a row."""
        if len(row.sign) < 3:
            return _MARK
        return max(_MARK, self.ruler.size(row.sign, _SMALL, True)[0] / 2 + 5)

    def _beside(self, row: Row) -> float:
        size = self.ruler.size
        days = size(row.age, theme.FAINT, True)[0] + 8 if row.age else 0.0
        return 14 + days + size(row.counts, theme.FAINT)[0] + self._half(row) - _MARK

    def _middle(self, canvas: Canvas, hub: fan_lanes.Hub) -> None:
        (x, y), r = hub.centre, hub.radius
        canvas.scene.nodes[self.whose] = (x, y, r)
        canvas.shapes([outline("circle", x, y, r)], theme.ME, theme.PAPER, 0, owners=[self.whose])
        for k, (total, what) in enumerate(zip(self.totals, ("received", "given"), strict=True)):
            if r >= 90:
                line, below = f"{phrases.number(total)} {what}", y + 28 + 18 * k
                canvas.text(
                    x, below, line, theme.FAINT, color=theme.RULE, ha="center", on=self.whose
                )
        px = 20.0 if self.mine else theme.STRONG
        text = "You" if self.mine else self.ruler.name(self.whose, px, 1.7 * r, bold=True)
        canvas.text(
            x, y + 0.34 * px, text, px, color=theme.PAPER, bold=True, ha="center", node=self.whose
        )
