"""Parts of a review about what to do: the list of today, and news that is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.report.sections.section import FEW, Section, rest
from refgraph.wording import count, join_names

if TYPE_CHECKING:
    from refgraph.report.summary import Summary

__all__ = ["news_owed", "today"]

_FIRST = 3  # lines of today that a review begins with


def today(summary: Summary) -> Section:
    """Say what is worth doing today, the most worth first."""
    title, table = "What to do today", summary.today
    if table.empty:
        return Section(title, ("Nothing needs you today.",))
    shown = table.head(summary.most(_FIRST))
    who = shown["lane"].str.capitalize() + ": " + shown["person"]
    items = zip(who, shown["because"], strict=True)
    left = rest(table, summary.command("today"), summary.most(_FIRST))
    return Section(title, (), items=tuple(items), note=left)


def news_owed(summary: Summary) -> Section:
    """Name whose referral moved, and who has not heard from me since, the newest first."""
    title, table = "News owed", summary.news
    if table.empty:
        return Section(title, ("Everyone whose referral moved has heard from you since.",))
    order = table.sort_values(["days", "person", "id"], kind="stable")
    names = list(dict.fromkeys(order["person"]))
    shown = names[: summary.most(FEW)]
    more = [count(len(names) - len(shown), "other")] if len(names) > len(shown) else []
    told = (
        f"{count(len(table), 'referral')} of {count(len(names), 'person')} moved or closed, and "
        "they have not heard from you since:"
    )
    return Section(title, (told, f"{join_names([*shown, *more])}."))
