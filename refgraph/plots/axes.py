"""The axes a plot stands on: those given, or a figure's own, plain and with two sides open."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from refgraph.maps.drawing.fonts import for_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes

__all__ = ["BLUE", "GREY", "families_for", "open_axes"]

BLUE, GREY = "#0b6aa8", "#b6bec9"  # of the light theme of maps: 3:1 from white, apart in any sight


def open_axes(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """Give the axes to draw on, without lines above and on the right.

    Parameters
    ----------
    ax : matplotlib.axes.Axes or None
        Those to use; None for those of a new figure.
    size : tuple of float
        Width and height of a new figure, in inches.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = open_axes(Figure().subplots(), (4, 3))
    >>> ax.spines["top"].get_visible(), ax.spines["left"].get_visible()
    (False, True)
    """
    if ax is None:
        _, ax = import_module("matplotlib.pyplot").subplots(figsize=size, layout="constrained")
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def families_for(names: Iterable[str]) -> list[str]:
    """Give the fonts that have the letters of these names.

    Examples
    --------
    >>> families_for(["Ann"])
    ['DejaVu Sans']
    """
    return list(for_names(names).families)
