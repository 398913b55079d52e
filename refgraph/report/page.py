"""What a review says, section by section, in words a person reads once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.report.sections import health, standing, suggested
from refgraph.report.tending import reminders
from refgraph.wording import count

if TYPE_CHECKING:
    from refgraph.report.sections.section import Section
    from refgraph.report.summary import Summary

__all__ = ["heading", "sections"]


def heading(summary: Summary) -> tuple[str, str]:
    """Title and subtitle of the page."""
    about = summary.book
    title = f"Referrals of {about['me']}" if about["me"] else "Referrals in this network"
    people = count(about["people"], "person")
    if 0 < about["tied"] < about["people"]:
        people = f"{about['tied']:,} of {people}"
    parts = [people]
    if not summary.withheld:
        parts = [f"{count(about['referrals'], 'referral')} of {people}"]
    if about["first"]:
        parts.append(f"{about['first']} to {about['last']}")
    if about["since"] or about["until"]:
        window = [f"from {about['since']}"] if about["since"] else []
        window += [f"up to {about['until']}"] if about["until"] else []
        parts.append(f"counting only {' '.join(window)}")
    if about.get("undated"):
        parts.append(f"{about['undated']:,} without a date")
    if about["left_out"]:
        parts.append(f"{count(about['left_out'], 'row')} left out")
    return title, f"{', '.join(parts)}. Today is {about['today']}."


def sections(summary: Summary) -> list[Section]:
    """Give the sections of the page in reading order."""
    mine = summary.book["me"] is not None
    parts = [standing.standing(summary)]
    if summary.own or not mine:
        parts.append(reminders.today(summary))
    if not summary.withheld:
        about = [standing.owed] if mine else [standing.one_sided, standing.open_between]
        parts += [part(summary) for part in (*about, suggested.refer_first)]
    parts.append(health.connectors(summary))
    if not summary.withheld:
        parts.append(health.mutual(summary))
    parts.append(health.leaks(summary))
    if summary.own and not summary.withheld:
        parts.append(reminders.news_owed(summary))
    return [*parts, health.thanks(summary)] if summary.own else parts
