"""What the top of the list gained, in plain words, and beside which other order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.analysis.evaluating import gain, past_lists
from refgraph.report.sections.section import joined
from refgraph.wording import count, decimals

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["looked_up", "verdict"]


def verdict(table: pd.DataFrame, size: pd.Series[float], person: str | None = None) -> str:
    """Say whether gifts high on the list gained more, and whether another order did better.

    Parameters
    ----------
    table : pandas.DataFrame
        What :func:`refgraph.analysis.evaluating.gain.compared` gives.
    size : pandas.Series
        What :func:`refgraph.analysis.evaluating.gain.needed` gives.
    person : str, optional
        Whose gifts they are, if not those of all.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.evaluating import gain
    >>> book = Book.sample()
    >>> gifts = gain.gifts(book, horizon=30)
    >>> table = gain.compared(book, gifts)
    >>> verdict(table, gain.needed(gifts, table.iloc[0])).partition(":")[0]
    'Too few to tell whether gifts to the top of the list gained more'
    """
    ours = table.iloc[0]
    if size["more"]:
        return _too_few(ours, size, person)
    lead = "It does not show that gifts high on the list gained more than others."
    if ours["gain_low"] > 0:
        lead = "Gifts high on the list gained more than others."
    elif ours["gain_high"] < 0:
        lead = "Gifts high on the list gained less than others."
    thirds = (
        f"The top third gained {ours['gain_top']:+.2f} a gift, the others {ours['gain_rest']:+.2f}."
    )
    return joined(lead, _pair(ours), thirds, _beside(table))


def looked_up(gifts: pd.DataFrame, horizon: int) -> str:
    """Say which gifts were compared, by which lists, and with what.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.evaluating import gain
    >>> said = looked_up(gain.gifts(Book.sample(), horizon=30), 30)
    >>> said.partition(",")[0]
    'Compared: 3 gifts after 30 days of silence between the two'
    """
    counted: Any = gifts[gifts["weight"] > 0]
    weight, lists = counted["weight"], counted["listed"].nunique()
    gained = float((weight * (counted["came"] - counted["anyway"])).sum() / weight.sum())
    left, every = len(gifts) - len(counted), gifts.attrs["every"]
    return joined(
        f"Compared: {count(len(counted), 'gift')} after {count(horizon, 'day')} of silence "
        f"between the two, from {counted['date'].min():%Y-%m-%d} to "
        f"{counted['date'].max():%Y-%m-%d}, of which {counted['came'].sum():,.0f} had a return. "
        f"Own base is what the same people sent on silent days without a gift; above it, all "
        f"gained {gained:+.2f} a gift. Each is looked up in the list of its giver as it stood "
        f"before, on the last of {count(lists, 'day')} on which it is made anew.",
        f"{left:,} more have no such silent days and are left out." if left else "",
        f"The gifts of one in {every} givers stand for all." if every > 1 else "",
    )


def _too_few(ours: pd.Series[float], size: pd.Series[float], person: str | None) -> str:
    """Say what is missing."""
    gifts, count_as = int(size["gifts"]), int(size["count_as"])
    whose = "" if person is None else f" by {person}"
    said = (
        "Too few to tell whether gifts to the top of the list gained more: "
        f"{count(gifts, 'gift')}{whose} after silence can be looked up in it"
    )
    if np.isnan(size["half_width"]) and count_as >= gain.FEW_GIFTS:
        return (
            f"{said}. It takes gifts by {gain.FEW_PEOPLE} people, or by one to "
            f"{gain.FEW_PEOPLE}, of which {gain.FEW_RETURNS} had a return and "
            f"{gain.FEW_RETURNS} had none."
        )
    if count_as < gifts:
        said += (
            f"; for want of silent days of the same people to set beside them, they are worth "
            f"{count_as:,}"
        )
    more = f"{said}. It takes about {size['more']:,.0f} more that can be set beside such days."
    return more if np.isnan(size["half_width"]) else f"{more} {_pair(ours)}"


def _pair(ours: pd.Series[float]) -> str:
    """Say what the gain is, and how sure that is."""
    return (
        "Of two gifts by one person, the one to whoever stood higher was followed by "
        f"{ours['gain']:+.2f} returns more than the other (95% interval {ours['gain_low']:+.2f} "
        f"to {ours['gain_high']:+.2f}), each counted above own base."
    )


def _beside(table: pd.DataFrame) -> str:
    """Say how the list does beside the best of the other orders, which is chosen for being so."""
    ours, rules = table.iloc[0], table.drop(index=[past_lists.LIST, "random"])
    rules = rules.sort_values("gain", ascending=False, kind="stable")
    rule, best = rules.iloc[0], f"the best of {len(rules)} other orders here"
    places = decimals(ours["gain"], rule["gain"], rule["gain_ahead"])
    figures = (
        f"{ours['gain']:+.{places}f} against {rule['gain']:+.{places}f}, "
        f"{rule['gain_ahead']:+.{places}f} (95% "
        f"interval {rule['gain_ahead_low']:+.2f} to {rule['gain_ahead_high']:+.2f})"
    )
    chosen = f"that it was chosen among {len(rules)} makes it"
    most = f"{chosen} {rule['gain_ahead_at_most']:+.2f} at most"
    if rule["gain_ahead_low"] > 0:
        return f"The list beats {best}, {rule.name}: {figures}."
    if rule["gain_ahead_at_most"] < 0:
        return f"{best[0].upper()}{best[1:]} beats the list, {rule.name}: {figures}; {most}."
    luck = f" It looks better, but {most}." if rule["gain_ahead_high"] < 0 else ""
    return f"Undecided between the list and {best}, {rule.name}: {figures}.{luck}"
