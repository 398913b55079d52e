"""Plots of shares: what is open, what came back, and how soon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.ticker import MaxNLocator, PercentFormatter

from refgraph.plots.axes import BLUE, families_for, open_axes
from refgraph.wording import count

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["ageing", "answers", "returned"]

_FLAT, _SQUARE = (7.0, 3.0), (6.0, 5.0)  # inches
_AREA = 4.0  # square points of a disc for each referral
_BAND = 0.2  # opacity of an interval
_ASIDE = (14, -4)  # points from a disc to its name


def ageing(table: pd.DataFrame, *, ax: Axes | None = None, **kwargs: Any) -> Axes:
    """Draw how long referrals have been open, a bar for each span of days.

    Parameters
    ----------
    table : DataFrame
        What :func:`refgraph.owe.ageing` gave.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a figure of its own if not given.
    **kwargs
        For :meth:`matplotlib.axes.Axes.barh`.

    Returns
    -------
    matplotlib.axes.Axes
        With a bar for each row, the first on top.

    Examples
    --------
    >>> from refgraph import Book, owe
    >>> from matplotlib.figure import Figure
    >>> ax = ageing(owe.ageing(Book.sample()), ax=Figure().subplots())
    >>> [float(bar.get_width()) for bar in ax.patches]
    [1.0, 1.0, 3.0, 2.0]
    """
    ax = open_axes(ax, _FLAT, table)
    spans = [str(span) for span in table.index]
    counts = table["referrals"].astype(float).tolist()
    bars = ax.barh(spans, counts, **{"color": BLUE, **kwargs})
    told = [count(people, "person") for people in table["people"].tolist()]
    ax.bar_label(bars, told, padding=4)
    ax.invert_yaxis()
    ax.margins(x=0.15)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set(xlabel="referrals still open", ylabel=str(table.index.name or "open for"))
    return ax


def returned(table: pd.DataFrame, *, named: int = 3, ax: Axes | None = None, **kwargs: Any) -> Axes:
    """Draw everybody by how much of what they gave and received was matched.

    To the right, more of what somebody gave is matched by referrals from the same people;
    upwards, they gave back more of what they received. A disc's area grows with their referrals.

    Parameters
    ----------
    table : DataFrame
        What :func:`refgraph.reciprocity.by_person` gave; who never gave or never received
        has no share and is not drawn.
    named : int, default 3
        How many of the busiest to name.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a figure of its own if not given.
    **kwargs
        For :meth:`matplotlib.axes.Axes.scatter`.

    Returns
    -------
    matplotlib.axes.Axes
        Both axes are shares from 0 to 1.

    Examples
    --------
    >>> from refgraph import referral_graph, reciprocity
    >>> from matplotlib.figure import Figure
    >>> G = referral_graph([("Ann", "Bo", 2), ("Bo", "Ann", 1)])
    >>> ax = returned(reciprocity.by_person(G), ax=Figure().subplots())
    >>> ax.collections[0].get_offsets().tolist(), [text.get_text() for text in ax.texts]
    ([[0.5, 1.0], [1.0, 0.5]], ['Ann', 'Bo'])
    """
    ax = open_axes(ax, _SQUARE, table)
    drawn = table.dropna(subset=["answered", "returned"])
    busy = drawn["given"] + drawn["received"]
    look = {"s": _AREA * busy, "alpha": 0.6, "color": BLUE, "linewidths": 0, **kwargs}
    ax.scatter(drawn["answered"], drawn["returned"], **look)
    loud = drawn.loc[busy.sort_values(ascending=False, kind="stable").index[:named]]
    fonts = families_for(str(name) for name in loud.index)
    for name, across, up in zip(loud.index, loud["answered"], loud["returned"], strict=True):
        ax.annotate(
            str(name), (across, up), xytext=_ASIDE, textcoords="offset points",
            family=fonts, parse_math=False,
        )  # fmt: skip
    around = (-0.02, 1.02)
    ax.set(
        xlabel="share of what they gave that is matched",
        ylabel="share of what they received that they gave back",
        xlim=around,
        ylim=around,
    )
    return ax


def answers(table: pd.DataFrame, *, ax: Axes | None = None, **kwargs: Any) -> Axes:
    """Draw the share of gifts that were followed by one back, by days since the gift.

    Parameters
    ----------
    table : DataFrame
        What :func:`refgraph.returns.curve` gave.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a figure of its own if not given.
    **kwargs
        For :meth:`matplotlib.axes.Axes.step`.

    Returns
    -------
    matplotlib.axes.Axes
        A step for each day, on its interval. That something followed does not say that it came
        because of the gift: see :func:`refgraph.effect.overall`.

    Examples
    --------
    >>> from refgraph import Book, returns
    >>> from matplotlib.figure import Figure
    >>> table = returns.curve(Book.sample())
    >>> ax = answers(table, ax=Figure().subplots())
    >>> bool((ax.lines[0].get_ydata() == table["share"]).all())
    True
    """
    ax = open_axes(ax, _FLAT, table)
    look = {"where": "post", "color": BLUE, **kwargs}
    ax.step(table["days"], table["share"], **look)
    days, low, high = (table[name].to_numpy(dtype=float) for name in ("days", "low", "high"))
    ax.fill_between(days, low, high, step="post", alpha=_BAND, linewidth=0, color=BLUE)
    ax.set(xlabel="days since the gift", ylabel="followed by one back")
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    return ax
