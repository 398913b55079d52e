"""The owed map on a narrow page: a list, one below the other, with counts and days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.book import professional_limits
from refgraph.maps.drawing import fonts, legend
from refgraph.maps.drawing.canvas import Canvas, outline
from refgraph.maps.drawing.page import blank, high_enough
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.kinds.owed import data
from refgraph.maps.scenes import details, phrases, theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from refgraph.book.book import Book
    from refgraph.maps.kinds.owed.data import Row
    from refgraph.maps.scenes.scene import Scene

__all__ = ["draw"]

_MARK, _CLOSE, _WIDE = 11.5, 26.0, 44.0  # half a mark; from row to row, at least and at most
_OVER, _REST = 40.0, 24.0  # a heading with its space, and the line of who is summed
_HEAD, _FOOT = 92.0, 18.0
_NUMBER = 10.6  # the size of the number on a mark
_KINDS = ("owe", "first", "even")


def draw(
    book: Book,
    whose: str,
    marked: str | None,
    size: tuple[int, int | None],
    top: int,
    ax: Axes | None,
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
    >>> scene = draw(book, book.me, None, (480, None), 30, None)
    >>> scene.W, len(scene.labels)
    (480, 10)
    """
    mine = whose == book.me
    every = data.rows_of(book, whose, mine=mine, brief=True)
    known = fonts.for_names([whose, *(row.person for row in every)])
    ruler, room = Ruler(known, [row.person for row in every]), size[0] - 2 * theme.MARGIN
    name = "You" if mine else ruler.name(whose, theme.STRONG, 0.6 * room)
    who = "you" if mine else name
    data.refuse_unlisted(marked, every, who)
    if not every:
        said = f"between {who} and anyone  ·  {phrases.when(book)}"
        return blank(ruler, "No referrals to draw yet", said, ax)
    notes = [*filter(None, (professional_limits.conditions(book), known.undrawn()))]
    shown, rest = data.cut(every, top, marked)
    for fewer in range(min(top, len(every)), 0, -1):
        shown, rest = data.cut(every, fewer, marked)
        counted = data.counted(book, every, who, beyond=sum(map(len, rest.values())))
        items = _items(ruler, shown, who, marked)
        head = _HEAD + theme.LEADING * theme.SUBTITLE * len(
            ruler.wrap(counted, theme.SUBTITLE, room)
        )
        strip = legend.height(ruler, items, notes, room)
        used = head + strip + _FOOT + _OVER * len({row.kind for row in shown}) + _REST * len(rest)
        if size[1] is None or used + _CLOSE * len(shown) <= size[1]:
            break
    high_enough(size[1], used + _CLOSE * len(shown))
    free = _CLOSE + 4 if size[1] is None else (size[1] - used) / len(shown)
    pitch = min(free, _WIDE)
    H = size[1] or int(np.ceil(used + pitch * len(shown)))
    canvas = Canvas(size[0], H, ruler, ax)
    canvas.scene.notes, canvas.scene.details = known.notes(), details.of(book, whose)
    canvas.heading(data.finding(every, name, mine=mine), counted)
    y = head
    for kind in _KINDS:
        rows = [row for row in shown if row.kind == kind]
        if not rows:
            continue
        _heading(canvas, y + 22, kind, name, [row for row in every if row.kind == kind], mine)
        y += _OVER
        drawn = _drawn(ruler, rows, room)
        for row in rows:
            _row(canvas, row, drawn[row.person], y + pitch / 2 - 4, row.person == marked)
            y += pitch
        if kind in rest:
            canvas.text(
                theme.MARGIN, y + 12, data.rest(kind, rest[kind]), theme.CAPTION, color=theme.GREY
            )
            y += _REST
    legend.draw(canvas, items, notes, H - strip)
    return canvas.scene


def _items(ruler: Ruler, shown: list[Row], who: str, marked: str | None) -> list[legend.Item]:
    items = data.entries(shown, who, lanes=False)
    if marked is not None:
        items.append(legend.ground(theme.LIT, ruler.name(marked, theme.CAPTION, 240)))
    return items


def _heading(canvas: Canvas, y: float, kind: str, name: str, rows: list[Row], mine: bool) -> None:
    verb = "owe" if mine else "owes"
    text = {"owe": f"{name} {verb}", "first": f"{name} went first", "even": "Even"}[kind]
    color = {"owe": theme.OWE, "first": theme.FIRST, "even": theme.EVEN}[kind]
    box = canvas.text(theme.MARGIN, y, text, theme.HEADING, color=color, bold=True)
    told = phrases.many(len(rows), "person", "people") if kind == "even" else data.summed(rows)
    canvas.text(box[2] + 12, y, told, theme.CAPTION, color=theme.GREY)


def _beside(ruler: Ruler, row: Row) -> float:
    """Give the width of what stands beside the name of a row."""
    days = ruler.size(row.age, theme.FAINT, True)[0] + 8 if row.age else 0.0
    return ruler.size(row.counts, theme.FAINT)[0] + 10 + days


def _drawn(ruler: Ruler, rows: list[Row], room: float) -> dict[str, str]:
    left = {row.person: room - 2 * _MARK - 10 - _beside(ruler, row) for row in rows}
    return ruler.names(list(left), theme.NAME, left)


def _row(canvas: Canvas, row: Row, name: str, y: float, is_marked: bool) -> None:
    """Draw one row: the mark with its number, the name, what went either way, and the days."""
    strong = theme.OWE if row.kind == "owe" else theme.FIRST
    color = theme.AGED if row.late else theme.EVEN if row.kind == "even" else strong
    x, line = theme.MARGIN + _MARK, y + theme.DROP * theme.NAME
    canvas.scene.nodes[row.person] = (x, y, _MARK)
    mark = outline(data.form(row), x, y, _MARK)
    canvas.shapes([mark], color, theme.PAPER, 0, owners=[row.person])
    px = _NUMBER if len(row.sign) < 4 else 0.75 * _NUMBER
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
    box = canvas.text(x + _MARK + 10, line, name, theme.NAME, node=row.person)
    if is_marked:
        canvas.lit(box, row.person)
    right = canvas.W - theme.MARGIN
    if row.age:
        look = {"color": color, "bold": row.late}
        right = (
            canvas.text(right, line, row.age, theme.FAINT, ha="right", of=row.person, **look)[0] - 8
        )
    canvas.text(right, line, row.counts, theme.FAINT, ha="right", color=theme.GREY, of=row.person)
