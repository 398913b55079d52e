"""What a review says, section by section, in words a person reads once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.report.questions.registry import LINES
from refgraph.report.sections import health, standing
from refgraph.report.tending import reminders
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Collection

    from refgraph.report.sections.section import Section
    from refgraph.report.summary import Summary

__all__ = ["heading", "named_sections", "sections"]


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


def named_sections(summary: Summary) -> dict[str, Section]:
    """Give the sections of the page in reading order, each by a name that no other has.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.report.summary import summarize
    >>> list(named_sections(summarize(Book.sample())))[:4]
    ['standing', 'today', 'owed', 'refer-first']
    """
    mine = summary.book["me"] is not None
    parts = {"standing": standing.standing(summary)}
    if summary.own or not mine:
        parts["today"] = reminders.today(summary)
    if not summary.withheld:
        if mine:
            parts["owed"] = standing.owed(summary)
        else:
            parts["one-sided"] = standing.one_sided(summary)
            parts["open"] = standing.open_between(summary)
    for question in LINES:
        answer = summary.answers.get(question.name)
        if answer is not None and (part := question.part(summary, answer)) is not None:
            parts[question.name] = part
    if not summary.withheld:
        parts["mutual"] = health.mutual(summary)
    parts["leaks"] = health.leaks(summary)
    if summary.own and not summary.withheld:
        parts["news"] = reminders.news_owed(summary)
    if summary.own:
        parts["thanks"] = health.thanks(summary)
    return parts


def sections(summary: Summary, chosen: Collection[str] = ()) -> list[Section]:
    """Give the sections of the page in reading order; only those of some names, if any are."""
    parts = named_sections(summary)
    return [part for name, part in parts.items() if not chosen or name in chosen]
