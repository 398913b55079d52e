"""The page itself: how small it may be, where one wants people, and one with nothing to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.errors import RefgraphError
from refgraph.maps.drawing.canvas import Canvas
from refgraph.maps.scenes import phrases, theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from refgraph.maps.drawing.text_measure import Ruler
    from refgraph.maps.scenes.scene import Scene

__all__ = ["NARROWEST", "ROOMY", "blank", "high_enough", "own_places", "wide_enough"]

NARROWEST = 480
ROOMY = 1200  # from so many pixels on, what is made of two sides stands side by side

_BLANK = 420  # height of a page with nothing to draw, if none is asked for
_APART = 40  # pixels between its heading and its hint, at least
_HINT = "Record a first referral, and the map will show who gave it and who received it."


def blank(
    ruler: Ruler, title: str, subtitle: str, size: tuple[float, float | None], *, hint: str = _HINT
) -> Scene:
    """Give a page with nothing but its heading and one hint, of the size that was asked for.

    Raises
    ------
    RefgraphError
        It is too low for these.
    """
    width, height = size
    room, leading = width - 2 * theme.MARGIN, theme.LEADING * theme.NAME
    lines = ruler.wrap(hint, theme.NAME, room)
    canvas = Canvas(width, _BLANK if height is None else height, ruler)
    canvas.heading(title, subtitle)
    top, high = canvas.scene.head + _APART, leading * len(lines)
    high_enough(height, top + high + theme.MARGIN)
    first = max((canvas.H - high) / 2, top) + theme.NAME
    for k, line in enumerate(lines):
        canvas.text(width / 2, first + leading * k, line, theme.NAME, color=theme.GREY, ha="center")
    canvas.scene.notes = ruler.fonts.notes()
    return canvas.scene


def wide_enough(width: float) -> None:
    """Refuse a page on which names would have no room.

    Raises
    ------
    RefgraphError
        It is narrower than :data:`NARROWEST`.

    Examples
    --------
    >>> wide_enough(300)
    Traceback (most recent call last):
    ...
    refgraph.errors.RefgraphError: A map 300 pixels wide has no room for names. Choose 480 or more.
    """
    if width < NARROWEST:
        msg = f"A map {width} pixels wide has no room for names. Choose {NARROWEST} or more."
        raise RefgraphError(msg)


def high_enough(height: float | None, least: float) -> None:
    """Refuse a page that is lower than what is to stand on it.

    Raises
    ------
    RefgraphError
        It is lower; the height that is enough is named.

    Examples
    --------
    >>> high_enough(300, 501.5)
    Traceback (most recent call last):
    ...
    refgraph.errors.RefgraphError: A map 300 pixels high has no room for this. Choose 502 or more.
    """
    if height is not None and height < least:
        more = int(-(-least // 1))
        msg = f"A map {height} pixels high has no room for this. Choose {more} or more."
        raise RefgraphError(msg)


def own_places(pos: Mapping[str, Sequence[float]], people: Sequence[str]) -> NDArray[np.float64]:
    """Give the positions one wants people at, y downwards.

    Raises
    ------
    RefgraphError
        Somebody has no place.

    Examples
    --------
    >>> own_places({"Ann": (1, 2)}, ["Ann"]).tolist()
    [[1.0, -2.0]]
    >>> own_places({"Ann": (1, 2)}, ["Ann", "Bo"])
    Traceback (most recent call last):
    ...
    refgraph.errors.RefgraphError: pos says nothing of Bo. Give everybody an (x, y).
    """
    lost = [person for person in people if person not in pos]
    if lost:
        msg = f"pos says nothing of {phrases.listed(lost[:3])}. Give everybody an (x, y)."
        raise RefgraphError(msg)
    return np.array([[pos[person][0], -pos[person][1]] for person in people], dtype=float)
