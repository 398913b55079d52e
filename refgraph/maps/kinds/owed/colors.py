"""The colours of the owed map: they say where one stands with somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.maps.scenes import theme

if TYPE_CHECKING:
    from refgraph.maps.scenes.scene import Dye

__all__ = ["matched", "of_every_standing", "of_mark", "of_tie"]

STANDINGS = ("owe", "late", "first", "even")


def of_mark(standing: str) -> str:
    """Give the colour of the mark of somebody: ``late`` is owed for too long.

    Examples
    --------
    >>> of_mark("first")
    '#0b6aa8'
    """
    return {
        "owe": str(theme.OWE),
        "late": str(theme.AGED),
        "first": str(theme.FIRST),
        "even": str(theme.EVEN),
    }[standing]


def of_tie(standing: str, *, inward: bool) -> str:
    """Give the colour of a tie to the middle, or from there: pale where it only matches another.

    Examples
    --------
    >>> of_tie("late", inward=True) == of_mark("late"), of_tie("late", inward=False)
    (True, '#93bcdb')
    """
    if standing == "even" or (standing == "first") == inward:
        return matched(inward=inward)
    return of_mark(standing)


def matched(*, inward: bool) -> str:
    """Give the colour of a tie to the middle, or from there, that only matches another.

    Examples
    --------
    >>> matched(inward=True)
    '#e8b48f'
    """
    return str(theme.GIVEN_BEFORE if inward else theme.GAVE_BACK)


def of_every_standing() -> dict[str, Dye]:
    """Give what each standing wears, for a page whose reader changes it by choosing dates.

    Returns
    -------
    dict
        By standing and what wears it, a ``mark`` or a tie ``in`` or ``out``: the colour, and the
        dashes in widths of the line.

    Examples
    --------
    >>> found = of_every_standing()
    >>> len(found), found["owe mark"], found["even out"]
    (12, ('#c8500a', ()), ('#93bcdb', ()))
    """
    found: dict[str, Dye] = {}
    for standing in STANDINGS:
        found[f"{standing} mark"] = of_mark(standing), ()
        for side, inward in (("in", True), ("out", False)):
            color = of_tie(standing, inward=inward)
            found[f"{standing} {side}"] = color, theme.dashes(color)
    return found
