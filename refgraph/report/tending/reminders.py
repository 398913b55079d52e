"""Parts of a review about what to do: the list of today, and news that is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.report.sections.section import Section, joined, rest
from refgraph.report.tending.today_text import CAN_WAIT, NOTHING
from refgraph.wording import count, which_of

if TYPE_CHECKING:
    from refgraph.report.summary import Summary

__all__ = ["news_owed", "today", "unknown_news"]

_FIRST, _NEWS = 3, 5  # lines of today that a review begins with, and of what news is owed

_UNTRACKED = (
    "Hardly anything is recorded of what becomes of referrals, so who is owed news is unknown."
)
_ORDER = "What is best not left for a week stands first, for the minutes it takes."
_ORDER_OF_LEAD = (
    f"{_ORDER} Of those who gave nothing lately the latest to fall silent come first: "
    "they are the easiest to win back."
)


def today(summary: Summary) -> Section:
    """Say what is worth doing today, the most worth first."""
    title, table = "What to do today", summary.today
    if table.empty:
        return Section(title, (NOTHING,))
    shown = table.head(summary.most(_FIRST))
    if shown["can_wait"].all():
        order = joined(NOTHING, f"{CAN_WAIT.removesuffix(':')}.")
    else:
        order = _ORDER if summary.book["me"] is not None else _ORDER_OF_LEAD
    who = shown["lane"].str.capitalize() + ": " + shown["person"]
    items = zip(who, shown["because"], strict=True)
    left = rest(table, summary.command("today"), summary.most(_FIRST))
    return Section(title, (order,), items=tuple(items), note=left)


def news_owed(summary: Summary) -> Section:
    """List the referrals that moved, and whose giver has not heard from me since, newest first."""
    title, table = "News owed", summary.news
    if table.empty:
        told = unknown_news(summary.news_undated, tracked=summary.tracked)
        told = told or "Everyone whose referral moved has heard from you since."
        return Section(title, (told,))
    people = count(int(table["person"].nunique()), "person")
    told = (
        f"{count(len(table), 'referral')} of {people} moved or closed, and they have not heard "
        "from you since."
    )
    most = summary.most(_NEWS)
    shown = table.head(most)[["person", "prospect", "status", "moved", "days"]]
    left = rest(table, summary.command("thanks"), most)
    unknown = unknown_news(summary.news_undated, tracked=True)
    return Section(title, (told,), shown, note=joined(unknown, left))


def unknown_news(undated: int, *, tracked: bool) -> str:
    """Say why it is not known who has heard what became of their referral; nothing where it is.

    Parameters
    ----------
    undated : int
        How many referrals moved on a day that is not known.
    tracked : bool
        Whether the book says what becomes of referrals.

    Examples
    --------
    >>> unknown_news(1, tracked=True)
    'Of 1 referral that moved no day is recorded, so whether its giver has heard since is unknown.'
    >>> unknown_news(0, tracked=True)
    ''
    """
    if undated:
        its = which_of(undated, "its giver has", "their givers have")
        return (
            f"Of {count(undated, 'referral')} that moved no day is recorded, "
            f"so whether {its} heard since is unknown."
        )
    return "" if tracked else _UNTRACKED
