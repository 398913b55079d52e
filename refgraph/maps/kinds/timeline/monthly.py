"""The timeline of a whole network: how many referrals were given in each month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from refgraph.maps.drawing import legend, time_axis
from refgraph.maps.drawing.canvas import Canvas
from refgraph.maps.drawing.fonts import Fonts
from refgraph.maps.drawing.page import blank
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.scenes import phrases, theme
from refgraph.schema.row_ends import members_of
from refgraph.schema.row_facts import counts_of, dated_rows, days_of, undated_referrals

if TYPE_CHECKING:
    from refgraph.book.book import Book
    from refgraph.maps.scenes.scene import Scene

__all__ = ["HEIGHT", "Period", "periods", "scene"]

#: Pixels that a timeline is high, where no height was asked for.
HEIGHT = 760

_MOST = 48  # bars
_FEW = 3  # bars, in which none is usual
_BEYOND = 3.0  # times the root of the usual count over it: more than the chance of the best of 48
_SMALL, _GAP = 11.0, 2.0  # of the numbers on bars: their letters, what is left between two
_ABOVE, _CLEAR = 5.0, 2.0  # pixels a number stands over its bar, and keeps off a line
_ASIDE = 8.0
_SILENT = 3  # months without a referral at the end, from which on the title tells of them
_ONE_WORD = {"month", "quarter", "year"}
_NAMES = {1: "month", 3: "quarter", 12: "year", 60: "five years", 120: "ten years"}


@dataclass(frozen=True)
class Period:
    """Some whole months, the referrals given in them, and whether all their days are counted."""

    first: date
    months: int
    count: float
    whole: bool

    @property
    def name(self) -> str:
        """What one says: a month, a quarter by its months, or years."""
        last = _after(self.first, self.months - 1)
        if self.months == 1:
            return phrases.month(self.first)
        if self.months == 3:
            return f"{phrases.month(self.first, year=False)} to {phrases.month(last)}"
        span = f"{self.first.year} to {last.year}"
        return str(self.first.year) if self.months == 12 else span


def periods(book: Book) -> list[Period]:
    """Count the dated referrals of the window by month, or by as few more as make 48 bars.

    Examples
    --------
    >>> from refgraph import Book
    >>> found = periods(Book.sample())
    >>> found[0].name, found[0].count, len(found)
    ('October 2025', 5.0, 12)
    """
    rows = dated_rows(book.referrals)
    if rows.empty:
        return []
    day = days_of(rows)
    begin = book.since or day.min().astype(object)
    end = max(min(book.until or book.today, book.today), day.max().astype(object))
    low, high = (at.year * 12 + at.month - 1 for at in (begin, end))
    size = next(months for months in (*_NAMES, 1200) if high // months - low // months < _MOST)
    month = day.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    count = np.bincount(month // size - low // size, counts_of(rows))
    count = np.r_[count, np.zeros(high // size - low // size + 1 - len(count))]
    found = []
    for k, much in enumerate(count.tolist()):
        at = (low // size + k) * size
        first = date(at // 12, at % 12 + 1, 1)
        cut = book.since is not None and first < book.since
        whole = not cut and _after(first, size).toordinal() <= end.toordinal() + 1
        if much or whole or k < len(count) - 1:  # a month that has only begun says nothing
            found.append(Period(first, size, much, whole))
    return found


def scene(book: Book, size: tuple[int, int | None]) -> Scene:
    """Draw a bar for each period."""
    ruler = Ruler(Fonts())
    found = periods(book)
    undated = float(undated_referrals(book.referrals))
    without = f"{phrases.many(undated, 'referral')} without a date left out" if undated else ""
    if not found:
        said = phrases.sentence([phrases.when(book), without])
        return blank(ruler, "No dated referrals to draw yet", said, size)
    W, H = size[0], size[1] or HEIGHT
    canvas = Canvas(W, H, ruler)
    unit = _NAMES.get(found[0].months, "century")
    total = sum(period.count for period in found)
    best = max(found, key=lambda period: period.count)
    span = phrases.many(len(found), unit) if unit in _ONE_WORD else ""
    counted = f"{phrases.many(total, 'referral')}{f' in {span}' if span else ''}"
    silent = _silent(found)
    told = _Told(f"; none since {silent.name}") if silent else _told(found, best, unit)
    title = f"{counted}{told.text}"
    people = len(members_of(book.referrals))
    who = phrases.many(people, "person", "people")
    subtitle = phrases.sentence([phrases.when(book), f"given by {unit}, among {who}", without])
    canvas.heading(title, subtitle)
    plain = theme.SAMPLE if told.names_best and best.whole else theme.PLAIN[1]
    items = _entries(found, best if told.names_best else None, unit, plain)
    room = W - 2 * theme.MARGIN
    strip = legend.height(ruler, items, [], room)
    head = 110 + theme.LEADING * theme.SUBTITLE * len(ruler.wrap(subtitle, theme.SUBTITLE, room))
    left = theme.MARGIN + ruler.size(phrases.number(best.count), theme.FAINT)[0] + 10
    usual = f"usual: about {phrases.number(round(told.usual))}" if told.usual else ""
    beside = _ASIDE + ruler.size(usual, theme.FAINT)[0] if usual else 0.0
    right, bottom = W - theme.MARGIN - beside, H - strip - 48
    area = time_axis.Plot(left, head, right, bottom, 0, len(found), 1.06 * best.count)
    y = area.y(told.usual) if told.usual else None
    _bars(canvas, area, found, best if told.names_best else None, plain, line=y)
    if y is not None:
        canvas.lines([np.array([[area.left, y], [area.right, y]])], theme.INK, 1.2, zorder=3.5)
        canvas.text(area.right + _ASIDE, y + theme.DROP * theme.FAINT, usual, theme.FAINT)
    legend.draw(canvas, items, [], H - strip)
    return canvas.scene


def _entries(found: list[Period], named: Period | None, unit: str, plain: str) -> list[legend.Item]:
    """Give the entries of the legend, only for such bars as there are."""
    items, whole = [], [period for period in found if period.count and period.whole]
    if any(period is not named for period in whole):
        items.append(legend.ground(plain, f"referrals given in a {unit}"))
    if named in whole and named is not None:
        items.append(legend.ground(theme.PLAIN[1], named.name))
    if len(whole) < sum(period.count > 0 for period in found):
        items.append(legend.ground(theme.PAPER, f"{unit} not counted in full", rim=theme.PLAIN[1]))
    return items


def _bars(
    canvas: Canvas,
    area: time_axis.Plot,
    found: list[Period],
    named: Period | None,
    plain: str,
    *,
    line: float | None,
) -> None:
    """Draw a bar for each period, that which is `named` not in the plain colour.

    Where the line of what is usual, at `line`, would run through a number, this stands above it.
    """
    each = (area.right - area.left) / len(found)
    every = max(int(np.ceil(len(found) / 12)), 1)
    area.axes(canvas, [(k + 0.5, _tick(found[k])) for k in range(0, len(found), every)])
    half = min(theme.DROP * each, 40.0)
    whole = all(canvas.ruler.size(phrases.number(p.count), _SMALL)[0] < each - _GAP for p in found)
    count_as = phrases.number if whole else phrases.short
    for k, period in enumerate(found):
        x, y = area.x(k + 0.5), area.y(period.count)
        box = [x - half, y, x + half, area.bottom]
        corners = np.array([[box[0], y], [box[2], y], [box[2], box[3]], [box[0], box[3]]])
        canvas.scene.lines.append({"name": period.name, "count": period.count, "box": box})
        if period.whole:
            canvas.polygons([corners], theme.PLAIN[1] if period is named else plain)
        elif period.count:
            canvas.polygons([corners], theme.PAPER)
            canvas.lines([np.vstack([corners, corners[:1]])], theme.PLAIN[1], 1.6, zorder=3)
        text = count_as(period.count)
        if period.count and canvas.ruler.size(text, _SMALL)[0] < each - _GAP:
            marked = period is named
            color = theme.INK if marked else theme.GREY
            base = _off(line, y - _ABOVE)
            canvas.text(x, base, text, _SMALL, color=color, bold=marked, ha="center", halo=True)


def _off(line: float | None, base: float) -> float:
    """Give where a number over a bar stands: at `base`, or above a line that would cross it.

    Examples
    --------
    >>> _off(None, 200.0), _off(150.0, 200.0), _off(195.0, 200.0), _off(210.0, 200.0)
    (200.0, 200.0, 190.0, 200.0)
    """
    if line is None or not base - _SMALL - _CLEAR < line < base + _CLEAR:
        return base
    return line - _ABOVE


class _Told(NamedTuple):
    """What the title says of the bars: whether it names the highest, and what is usual if so."""

    text: str
    names_best: bool = False
    usual: float = 0.0


def _told(found: list[Period], best: Period, unit: str) -> _Told:
    """Say which bar is the highest of a few, or by more than chance; else how far they go."""
    counts = [period.count for period in found]
    alone, usual = counts.count(best.count) == 1, float(np.median(counts))
    most = f"; most in {best.name}: {phrases.number(best.count)}"
    if best.count == sum(counts):
        return _Told("")
    if len(found) <= _FEW:
        return _Told(most, names_best=True) if alone else _Told("")
    if alone and best.count > usual + _BEYOND * np.sqrt(usual):
        if usual <= 1:
            return _Told(most, names_best=True)
        about = f"{most}, where about {phrases.number(round(usual))} are usual"
        return _Told(about, names_best=True, usual=usual)
    whole = sorted(period.count for period in found if period.whole)
    parts = max((period.count for period in found if not period.whole), default=0)
    if not whole or unit not in _ONE_WORD or max(parts, 1) > whole[-1]:
        return _Told("")
    least, largest = phrases.number(whole[0]), phrases.number(whole[-1])
    span = f", {least} to {largest} a {unit}" if least != largest else f", {least} each {unit}"
    return _Told(span)


def _silent(found: list[Period]) -> Period | None:
    """Give the last month with a referral, if no other silence was as long as that since.

    Examples
    --------
    >>> year = [Period(date(2025, month, 1), 1, 2.0 * (month < 7), True) for month in range(1, 13)]
    >>> _silent(year).name, _silent(year[:8])
    ('June 2025', None)
    """
    heard = np.flatnonzero([period.count > 0 for period in found])
    since = len(found) - 1 - int(heard[-1])
    longest = int(np.diff(heard).max(initial=1)) - 1
    is_long = found[0].months == 1 and since >= _SILENT and since > longest
    return found[int(heard[-1])] if is_long else None


def _tick(period: Period) -> str:
    if period.months >= 12:
        return str(period.first.year)
    return f"{phrases.month(period.first, year=False)[:3]} {period.first.year}"


def _after(day: date, months: int) -> date:
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)
