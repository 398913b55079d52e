"""A plot over time on a page: where days and numbers stand, and the axes that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.scenes import phrases, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.maps.drawing.canvas import Canvas

__all__ = ["Plot", "steps"]


def steps(most: float, lines: int = 7) -> list[float]:
    """Choose round numbers from 0 up to `most`, at most `lines` of them above 0.

    Examples
    --------
    >>> steps(17), steps(2), steps(82)
    ([0.0, 5.0, 10.0, 15.0], [0.0, 1.0, 2.0], [0.0, 20.0, 40.0, 60.0, 80.0])
    """
    size = 1.0
    while True:
        for unit in (1.0, 2.0, 5.0):
            count = int(most / (unit * size))
            if count <= lines:
                return [k * unit * size for k in range(count + 1)]
        size *= 10


@dataclass(frozen=True)
class Plot:
    """The area of a plot on the page, and what its edges stand for; the lower one is 0."""

    left: float
    top: float
    right: float
    bottom: float
    start: float
    end: float
    most: float

    def x(self, day: float) -> float:
        """Give where a day stands."""
        share = (day - self.start) / max(self.end - self.start, 1)
        return float(self.left + share * (self.right - self.left))

    def y(self, value: float) -> float:
        """Give where a number stands."""
        return float(self.bottom - value / max(self.most, 1e-9) * (self.bottom - self.top))

    def axes(self, canvas: Canvas, ticks: Sequence[tuple[float, str]]) -> None:
        """Draw the lines of the round numbers, and name them and the ticks below."""
        marks = steps(self.most)
        rules = [
            np.array([[self.left, self.y(mark)], [self.right, self.y(mark)]]) for mark in marks[1:]
        ]
        canvas.lines(rules, theme.HULL_RIM, 1.0, zorder=1)
        for mark in marks:
            y = self.y(mark) + theme.DROP * theme.FAINT
            text = phrases.number(mark)
            canvas.text(self.left - 10, y, text, theme.FAINT, color=theme.GREY, ha="right")
        base = np.array([[self.left, self.bottom], [self.right, self.bottom]])
        canvas.lines([base], theme.SAMPLE, 1.4, zorder=2)
        far = -np.inf
        for at, text in ticks:
            x = self.x(at)
            tick = np.array([[x, self.bottom], [x, self.bottom + 5]])
            canvas.lines([tick], theme.SAMPLE, 1.2, zorder=2)
            wide = canvas.ruler.size(text, theme.FAINT)[0]
            if x - wide / 2 > far + 8 and x + wide / 2 < canvas.W - 8:
                y = self.bottom + 22
                canvas.text(x, y, text, theme.FAINT, color=theme.GREY, ha="center")
                far = x + wide / 2
