"""The axes a plot stands on: those given, or a figure's own, plain, with conditions under them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from refgraph.maps.drawing.fonts import for_names
from refgraph.maps.drawing.under_axes import write_under

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["BLUE", "GREY", "families_for", "open_axes"]

BLUE, GREY = "#0b6aa8", "#b6bec9"  # of the light theme of maps: 3:1 from white, apart in any sight
_BELOW = 44  # points, for the numbers and the label of x


def open_axes(ax: Axes | None, size: tuple[float, float], table: pd.DataFrame) -> Axes:
    """Give the axes to draw on, without lines above and on the right.

    Under them stand the conditions that go with the table in the book's profession, if any.

    Parameters
    ----------
    ax : matplotlib.axes.Axes or None
        Those to use; None for those of a new figure.
    size : tuple of float
        Width and height of a new figure, in inches.
    table : DataFrame
        What will be drawn; ``attrs["conditions"]`` are its conditions.

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> ax = open_axes(Figure().subplots(), (4, 3), pd.DataFrame())
    >>> ax.spines["top"].get_visible(), ax.spines["left"].get_visible()
    (False, True)
    """
    if ax is None:
        _, ax = import_module("matplotlib.pyplot").subplots(figsize=size, layout="constrained")
    ax.spines[["top", "right"]].set_visible(False)
    write_under(ax, table.attrs.get("conditions", ""), _BELOW)
    return ax


def families_for(names: Iterable[str]) -> list[str]:
    """Give the fonts that have the letters of these names.

    Examples
    --------
    >>> families_for(["Ann"])
    ['DejaVu Sans']
    """
    return list(for_names(names).families)
