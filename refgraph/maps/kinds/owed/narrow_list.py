"""The owed map on a narrow page: a list, one below the other, with counts and days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from refgraph.book import professional_limits
from refgraph.maps.drawing import fonts, legend
from refgraph.maps.drawing.canvas import Canvas, outline
from refgraph.maps.drawing.page import blank, high_enough
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.kinds.owed import colors, data
from refgraph.maps.scenes import details, phrases, theme

if TYPE_CHECKING:
    from refgraph.book.book import Book
    from refgraph.maps.kinds.owed.data import Row
    from refgraph.maps.scenes.scene import Scene

__all__ = ["draw"]

_MARK = 11.5
_CLOSE, _ROW, _WIDE = 26.0, 30.0, 44.0  # from row to row: at least, by itself, and at most
_OVER, _REST = 40.0, 24.0  # a heading with its space, and the line of who is summed
_HEAD, _FOOT = 92.0, 18.0
_NUMBER, _LONG = 10.6, 8.0  # the size of the number on a mark, and of one of many digits
_DIGITS = 3  # more are many
_GAP, _NEAR = 10.0, 8.0  # between what stands in a row
_LEGEND, _SHARE = 240.0, 0.6  # the widest name in the legend; in a heading, of the room
# below the top of a heading, of a row and of a sum: the baseline, half the air, the baseline
_BASE, _AIR, _SUM = 22.0, 4.0, 12.0
_KINDS = ("owe", "first", "even")


@dataclass(frozen=True, eq=False)
class _Listed:
    """The rows that there is room for, with what stands about them."""

    shown: list[Row]
    rest: dict[str, list[Row]]
    counted: str
    items: list[legend.Item]
    head: float
    strip: float

    @property
    def used(self) -> float:
        """The height of everything but the rows."""
        kinds = {row.kind for row in self.shown}
        return self.head + self.strip + _FOOT + _OVER * len(kinds) + _REST * len(self.rest)

    @property
    def least(self) -> float:
        """The lowest page that holds it."""
        return self.used + _CLOSE * len(self.shown)


def draw(
    book: Book,
    whose: str,
    size: tuple[int, int | None],
    *,
    top: int,
    marked: str | None,
) -> Scene:
    """Draw whom one owes, with whom one went first, and who is even, each in a row.

    Raises
    ------
    RefgraphError
        The person to mark is in no row, or the page is too low.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> scene = draw(book, book.me, (480, None), top=30, marked=None)
    >>> scene.W, len(scene.labels)
    (480.0, 10)
    """
    mine = whose == book.me
    every = data.rows_of(book, whose, mine=mine, brief=True)
    known = fonts.for_names([whose, *(row.person for row in every)])
    ruler, room = Ruler(known, [row.person for row in every]), size[0] - 2 * theme.MARGIN
    name = "You" if mine else ruler.name(whose, theme.STRONG, _SHARE * room)
    who = "you" if mine else name
    data.refuse_unlisted(marked, every, who)
    if not every:
        said = f"between {who} and anyone  ·  {phrases.when(book)}"
        return blank(ruler, "No referrals to draw yet", said, size)
    notes = [*filter(None, (professional_limits.conditions(book), known.undrawn()))]

    def listed(most: int) -> _Listed:
        shown, rest = data.cut(every, most, marked)
        counted = data.counted(book, every, who, beyond=sum(map(len, rest.values())))
        items, lines = _items(ruler, shown, who, marked), ruler.wrap(counted, theme.SUBTITLE, room)
        head = _HEAD + theme.LEADING * theme.SUBTITLE * len(lines)
        strip = legend.height(ruler, items, notes, room)
        return _Listed(shown, rest, counted, items, head, strip)

    fit = listed(top)
    for fewer in range(min(top, len(every)), 0, -1):
        if size[1] is None or fit.least <= size[1]:
            break
        fit = listed(fewer)
    high_enough(size[1], fit.least)
    free = _ROW if size[1] is None else (size[1] - fit.used) / len(fit.shown)
    pitch = min(free, _WIDE)
    H = size[1] or int(np.ceil(fit.used + pitch * len(fit.shown)))
    canvas = Canvas(size[0], H, ruler)
    canvas.scene.notes, canvas.scene.details = known.notes(), details.of(book, whose)
    canvas.heading(data.finding(every, name, mine=mine), fit.counted)
    owes = "You owe" if mine else f"{name} owes"
    _rows(canvas, fit, every, pitch=pitch, marked=marked, owes=owes)
    legend.draw(canvas, fit.items, notes, H - fit.strip)
    return canvas.scene


def _rows(
    canvas: Canvas, fit: _Listed, every: list[Row], *, pitch: float, marked: str | None, owes: str
) -> None:
    """Draw the rows of each kind under its heading, and below them who is summed."""
    y, ruler = fit.head, canvas.ruler
    first = f"{owes.rsplit(' ', 1)[0]} went first"
    for kind, text in zip(_KINDS, (owes, first, "Even"), strict=True):
        rows = [row for row in fit.shown if row.kind == kind]
        if not rows:
            continue
        _heading(canvas, y + _BASE, text, [row for row in every if row.kind == kind])
        y += _OVER
        drawn = _drawn(ruler, rows, canvas.W - 2 * theme.MARGIN)
        for row in rows:
            _row(canvas, row, drawn[row.person], y + pitch / 2 - _AIR, marked)
            y += pitch
        if kind in fit.rest:
            told = data.rest(kind, fit.rest[kind])
            canvas.text(theme.MARGIN, y + _SUM, told, theme.CAPTION, color=theme.GREY)
            y += _REST


def _items(ruler: Ruler, shown: list[Row], who: str, marked: str | None) -> list[legend.Item]:
    items = data.entries(shown, who, lanes=False)
    if marked is not None:
        items.append(legend.ground(theme.LIT, ruler.name(marked, theme.CAPTION, _LEGEND)))
    return items


def _heading(canvas: Canvas, y: float, text: str, rows: list[Row]) -> None:
    kind = rows[0].kind
    color = colors.of_mark(kind)
    box = canvas.text(theme.MARGIN, y, text, theme.HEADING, color=color, bold=True)
    told = phrases.many(len(rows), "person", "people") if kind == "even" else data.summed(rows)
    canvas.text(box[2] + _GAP, y, told, theme.CAPTION, color=theme.GREY)


def _beside(ruler: Ruler, row: Row) -> float:
    """Give the width of what stands beside the name of a row."""
    days = ruler.size(row.age, theme.FAINT, True)[0] + _NEAR if row.age else 0.0
    return ruler.size(row.counts, theme.FAINT)[0] + _GAP + days


def _drawn(ruler: Ruler, rows: list[Row], room: float) -> dict[str, str]:
    left = {row.person: room - 2 * _MARK - _GAP - _beside(ruler, row) for row in rows}
    return ruler.names(list(left), theme.NAME, left)


def _row(canvas: Canvas, row: Row, name: str, y: float, marked: str | None) -> None:
    """Draw one row: the mark with its number, the name, what went either way, and the days."""
    color = colors.of_mark(row.standing)
    x, line = theme.MARGIN + _MARK, y + theme.DROP * theme.NAME
    canvas.scene.nodes[row.person] = (x, y, _MARK)
    mark = outline(data.form(row), x, y, _MARK)
    canvas.shapes([mark], color, theme.PAPER, 0, owners=[row.person])
    px = _NUMBER if len(row.sign) <= _DIGITS else _LONG
    canvas.text(
        x,
        y + theme.DROP * px,
        row.sign,
        px,
        color=theme.PAPER,
        bold=True,
        ha="center",
        on=row.person,
    )
    box = canvas.text(x + _MARK + _GAP, line, name, theme.NAME, node=row.person)
    if row.person == marked:
        canvas.lit(box, row.person)
    right = canvas.W - theme.MARGIN
    if row.age:
        late, who = row.late, row.person
        box = canvas.text(
            right, line, row.age, theme.FAINT, ha="right", color=color, bold=late, of=who
        )
        right = box[0] - _NEAR
    canvas.text(right, line, row.counts, theme.FAINT, ha="right", color=theme.GREY, of=row.person)
