"""A picture of a comparison: what came after gifts and what came anyway, and its controls."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.maps.drawing import legend
from refgraph.maps.drawing.canvas import Canvas, outline
from refgraph.maps.drawing.fonts import for_names
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.scenes import theme as themes
from refgraph.maps.scenes.theme import settings
from refgraph.wording import decimals, pluralize

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.maps.scenes.scene import Scene

__all__ = ["draw"]

W, ROW, MARK = 1200, 46.0, 7.0
_LEFT, _RIGHT = 330.0, 250.0  # room for what a row is, and for its numbers
_MEANS = {
    "earlier receipts": "had come before the silence",
    "earlier gifts": "had been given lately",
    "gifts to others": "from others, around a gift",
    "touches": "contact before the gift",
}


def draw(
    found: pd.Series[Any],
    controls: pd.DataFrame,
    title: str,
    *,
    theme: str = "light",
    conditions: str = "",
) -> Scene:
    """Draw what :func:`refgraph.effect.overall` and :func:`refgraph.effect.controls` gave.

    Parameters
    ----------
    found : Series
        The comparison.
    controls : DataFrame
        Its negative controls.
    title : str
        What was found, in a sentence.
    theme : {"light", "dark", "print"}
        The colours.
    conditions : str
        Under which conditions the profession allows such a picture, for its foot.

    Returns
    -------
    Scene
        The figure and where everything on it is.

    Examples
    --------
    >>> from refgraph import Book, effect
    >>> book = Book.sample()
    >>> draw(effect.overall(book), effect.controls(book), "Too few to tell").title
    'Too few to tell'
    """
    with settings(theme):
        return _Picture(found, controls, title, conditions).scene()


class _Picture:
    """The page: two shares on one axis, and under them the differences on another."""

    def __init__(
        self, found: pd.Series[Any], controls: pd.DataFrame, title: str, conditions: str
    ) -> None:
        self.found, self.controls, self.title = found, controls, title
        fonts = for_names([title])
        self.ruler = Ruler(fonts)
        self.notes = fonts.notes()
        self.under = [conditions] if conditions else []

    def scene(self) -> Scene:
        told = self.found
        rows = self.controls[self.controls["p"].notna()]
        said = told["refused"] is None
        px, room = themes.TITLE, W - 2 * themes.MARGIN
        lines = self.ruler.wrap(self.title, px * 0.8, 0.88 * room)  # in bold it is wider
        head = 30 + 1.3 * px * 0.8 * len(lines)
        bars = len(rows) + said
        high = head + 70 + (3.2 * ROW + 40) * said + (bars * ROW + 90) * bool(len(rows))
        strip = legend.height(self.ruler, [], self.under, room) if self.under else 0.0
        canvas = Canvas(W, high + strip, self.ruler)
        canvas.scene.notes, canvas.scene.title = self.notes, self.title
        y = 52.0
        for line in lines:
            canvas.text(themes.MARGIN, y, line, px * 0.8, bold=True)
            y += 1.3 * px * 0.8
        people = f"{told['partners']:,} {pluralize(told['partners'], 'person')}"
        subtitle = (
            f"{told['gifts']:,} gifts to {people} after {told['horizon']:,} days of silence"
            f"{'' if said else '  ·  ' + str(told['refused'])}"
        )
        canvas.scene.subtitle = subtitle
        canvas.text(themes.MARGIN, y + 6, subtitle, themes.SUBTITLE, color=themes.GREY)
        y += 58
        if said:
            y = self._shares(canvas, y)
        if len(rows):
            self._differences(canvas, y, rows, said=said)
        if self.under:
            legend.draw(canvas, [], self.under, high)
        return canvas.scene

    def _shares(self, canvas: Canvas, y: float) -> float:
        told = self.found
        text = f"Share with a referral back within {told['horizon']:,} days"
        canvas.text(themes.MARGIN, y, text, themes.STRONG, bold=True)
        axis = _Axis(canvas, 0.0, _top(max(told["after_high"], told["anyway_high"])))
        y = self._row(axis, y + ROW * 0.9, "after a gift", "after", themes.OWE)
        y = self._row(axis, y, "anyway, without one", "anyway", themes.FIRST)
        axis.ticks(y - 0.3 * ROW, signed=False, above=2 * ROW)
        return y + 70

    def _row(self, axis: _Axis, y: float, name: str, key: str, color: str) -> float:
        told = self.found
        ends = (told[key], told[f"{key}_low"], told[f"{key}_high"])
        axis.row(y, name, ends, color, signed=False, places=self._places())
        return y + ROW

    def _places(self) -> int:
        """Give the decimals with which the shares and their difference fit."""
        return decimals(*(self.found[name] for name in ("after", "anyway", "added")))

    def _differences(self, canvas: Canvas, y: float, rows: pd.DataFrame, *, said: bool) -> None:
        told = self.found
        text = "More with gifts than without (a control should show none)"
        canvas.text(themes.MARGIN, y, text, themes.STRONG, bold=True)
        ends = rows[["low", "high"]].to_numpy().ravel().tolist()
        ends += [told["low"], told["high"]] if said else []
        wide = _top(max(abs(end) for end in ends if not isnan(end)))
        axis = _Axis(canvas, -wide, wide)
        y += ROW * 0.9
        first = y
        if said:
            added = (told["added"], told["low"], told["high"])
            axis.row(y, "added", added, themes.INK, places=self._places())
            y += ROW
        for row in rows.to_dict("records"):
            fails = bool(row["fails"])
            name = f"{'failed: ' if fails else ''}{_MEANS[row['control']]}"
            color = themes.OWE if fails else themes.EVEN
            axis.row(y, name, (row["difference"], row["low"], row["high"]), color)
            y += ROW
        axis.ticks(y - 0.3 * ROW, signed=True, above=y - first)


class _Axis:
    """A scale from left to right, and rows of a dot on its interval."""

    def __init__(self, canvas: Canvas, low: float, high: float) -> None:
        self.canvas, self.low, self.high = canvas, low, high

    def x(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return float(_LEFT + share * (W - _RIGHT - _LEFT))

    def row(
        self,
        y: float,
        name: str,
        value: tuple[float, float, float],
        color: str,
        *,
        signed: bool = True,
        places: int = 2,
    ) -> None:
        at, low, high = value
        right = W - _RIGHT + 24
        base = y + themes.DROP * themes.NAME
        self.canvas.text(_LEFT - 24, base, name, themes.NAME, ha="right")
        line = np.array([[self.x(low), y], [self.x(high), y]])
        self.canvas.lines([line], color, 3.0, zorder=3)
        self.canvas.shapes([outline("circle", self.x(at), y, MARK)], color, themes.PAPER, 1.5)
        shown = [_number(each, signed=signed, places=places) for each in (at, low, high)]
        text = f"{shown[0]}  ({shown[1]} to {shown[2]})"
        self.canvas.text(right, base, text, themes.NAME, color=themes.GREY)

    def ticks(self, y: float, *, signed: bool, above: float) -> None:
        marks = np.linspace(self.low, self.high, 5)
        for mark in marks.tolist():
            x = self.x(mark)
            line = np.array([[x, y - above], [x, y]])
            zero = abs(mark) < 1e-9
            self.canvas.lines([line], themes.SAMPLE if zero else themes.HULL_RIM, 1.2, zorder=1)
            text = _number(mark, signed=signed)
            self.canvas.text(x, y + 20, text, themes.FAINT, color=themes.GREY, ha="center")


def _top(value: float) -> float:
    """Give a round end of an axis that holds the value."""
    return next(
        (end for end in (0.1, 0.2, 0.4, 0.6, 0.8, 1.0) if value <= end), float(np.ceil(value))
    )


def _number(value: float, *, signed: bool, places: int = 2) -> str:
    if not signed:
        return f"{value:z.{places - 2}%}"
    text = f"{value:+.{places}f}"
    return text if float(text) else "0"
