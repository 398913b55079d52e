"""Plots of estimates with their ranges: a dot on a line for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.plots.axes import BLUE, GREY, families_for, open_axes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["added", "scores"]

_WIDE = 8.0  # inches
_ROW, _ROUND = 0.24, 1.0  # inches of a row, and around them all


def added(table: pd.DataFrame, *, top: int = 20, ax: Axes | None = None, **kwargs: Any) -> Axes:
    """Draw how many referrals one more to each person may add, with the middle 95 %.

    Parameters
    ----------
    table : DataFrame
        What :func:`refgraph.refer_first.rank` gave.
    top : int, default 20
        How many to draw, from the first on the list.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a figure of its own if not given.
    **kwargs
        For :meth:`matplotlib.axes.Axes.plot`, which draws the dots.

    Returns
    -------
    matplotlib.axes.Axes
        The first on top. Where ranges overlap, the list cannot tell the two apart.

    Examples
    --------
    >>> from refgraph import Book, refer_first
    >>> from matplotlib.figure import Figure
    >>> table = refer_first.rank(Book.sample())
    >>> ax = added(table, top=3, ax=Figure().subplots())
    >>> [text.get_text() for text in ax.get_yticklabels()] == [*table["person"][:3]]
    True
    """
    shown = table.head(top)
    names = [str(name) for name in shown["person"]]
    columns = shown["added"], shown["added_low"], shown["added_high"]
    ax = _ranges(table, names, *map(list, columns), ax=ax, **kwargs)
    ax.set_xlabel("referrals that one more adds within 180 days, with the middle 95 %")
    ax.set_xlim(left=min(0.0, ax.get_xlim()[0]))
    return ax


def scores(table: pd.DataFrame, *, ax: Axes | None = None, **kwargs: Any) -> Axes:
    """Draw how well each rule foretells who refers next, with its interval.

    Parameters
    ----------
    table : DataFrame
        What :func:`refgraph.evaluate.overall` gave.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a figure of its own if not given.
    **kwargs
        For :meth:`matplotlib.axes.Axes.plot`, which draws the dots.

    Returns
    -------
    matplotlib.axes.Axes
        The area under the curve of each rule, the first on top; a line at 0.5, which is a coin.

    Examples
    --------
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"auc": [0.7], "auc_low": [0.6], "auc_high": [0.8]}, index=["count"])
    >>> ax = scores(table, ax=Figure().subplots())
    >>> ax.lines[0].get_xdata().tolist(), [text.get_text() for text in ax.get_yticklabels()]
    ([0.7], ['count'])
    """
    names = [str(rule) for rule in table.index]
    columns = table["auc"], table["auc_low"], table["auc_high"]
    ax = _ranges(table, names, *map(list, columns), ax=ax, **kwargs)
    ax.axvline(0.5, color=GREY, linewidth=1, linestyle=":", zorder=0)
    ax.set(xlim=(0, 1), xlabel="AUC: 0.5 is a coin, 1 is always right")
    return ax


def _ranges(
    table: pd.DataFrame,
    names: Sequence[str],
    at: Sequence[float],
    low: Sequence[float],
    high: Sequence[float],
    *,
    ax: Axes | None,
    **kwargs: Any,
) -> Axes:
    """Draw a dot on a line for each name, downwards; a value that is not known has neither."""
    ax = open_axes(ax, (_WIDE, _ROUND + _ROW * max(len(names), 1)), table)
    rows = list(range(len(names)))
    ax.hlines(rows, low, high, color=GREY, linewidth=4)
    ax.plot(at, rows, **{"color": BLUE, "marker": "o", "linestyle": "none", **kwargs})
    fonts = families_for(names)
    ax.set_yticks(rows, names, parse_math=False, family=fonts)
    ax.set_ylim(max(len(names), 1) - 0.5, -0.5)
    return ax
