"""The conditions of a profession under a drawing on axes of one's own, where no page has a foot."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["write_under"]

_POINTS = 72  # in an inch
_LETTER, _NARROW = 3.6, 40  # points of a small letter; the fewest letters of a line
_LINE = 10  # points of a line
_BELOW = 4  # points to the axes
_ABOVE_ALL = 100  # what is drawn on them


def write_under(ax: Axes, said: str, below: float = _BELOW) -> None:
    """Write a few lines below axes, or at their foot where the figure ends with them.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        With whatever is drawn on them.
    said : str
        The lines; nothing is written if there are none.
    below : float
        How many points below the axes, for what stands there already.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> write_under(ax, "Only with consent.")
    >>> [text.get_text() for text in ax.texts]
    ['Only with consent.']
    """
    if not said:
        return
    extent, inch = ax.get_window_extent(), ax.figure.dpi
    text = fill(said, max(_NARROW, int(extent.width / inch * _POINTS / _LETTER)))
    needed = below + _LINE * (text.count("\n") + 1)
    has_room = ax.figure.get_layout_engine() or extent.y0 / inch * _POINTS >= needed
    ax.annotate(
        text,
        (0, 0),
        xytext=(0, -below if has_room else 0),
        xycoords="axes fraction",
        textcoords="offset points",
        va="top" if has_room else "bottom",
        size="x-small",
        annotation_clip=False,
        parse_math=False,
        bbox=None if has_room else {"facecolor": "white", "edgecolor": "none", "pad": 1},
        zorder=_ABOVE_ALL,
    )
