"""What the lead of a chapter looks at: who gives or receives nothing, who is new, which groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.describing import people as names
from refgraph.analysis.pairing.pairings import members
from refgraph.report.questions.connecting import GROUPS
from refgraph.report.questions.planning import unlisted_text
from refgraph.report.questions.tending import TODAY
from refgraph.review.grid import grid_of
from refgraph.review.part import Part
from refgraph.wording import count, join_names

if TYPE_CHECKING:
    from refgraph.book.book import Book
    from refgraph.report.sections.section import Section
    from refgraph.report.summary import Summary

__all__ = ["groups", "members_part"]

_NAMED, _FEWER = 12, 4  # people of one sentence, and of a finding
_LIKELY = 0.8  # of names that may be one person: as an initial that stands for a name
_SHOWN = ("group", "people", "inside", "given", "received", "inside_share")
_CHAPTER = 3_000  # members: of more, names are compared by the command that it is for
_EVERYBODY = 1_000_000  # lines of the list of today


def members_part(book: Book, summary: Summary, _: Section | None) -> Part | None:
    """Name the members of a chapter who give nothing, who receive nothing, and who are new.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.report.summary import summarize
    >>> book = Book.sample().altered(me=None)
    >>> members_part(book, summarize(book), None).paragraphs[0]
    '1 of 7 members gave nothing: Mina Park.'
    """
    if summary.book["me"] is not None:
        return None
    people = members(book)
    told, found, lacking = [], list[str](), set[str]()
    if not summary.withheld:
        about = book.graph().nodes
        for did, name in (("gave", "given"), ("received", "received")):
            none = [each for each in people if each not in about or not about[each][name]]
            told.append(f"Every member {did} something.")
            lacking.update(none)
            if none:
                told[-1] = f"{len(none):,} of {count(len(people), 'member')} {did} nothing: "
                found.append(f"{told[-1]}{_named(none, _FEWER)}.")
                told[-1] += f"{_named(none)}."
    if len(people) < len(book.people):
        told.append("Members are those to whom people.csv gives no role, or that of a partner.")
    if lost := unlisted_text(book, "count as members"):
        told.append(lost)
    lines = TODAY(book, top=_EVERYBODY, behind=()).table
    new = sorted(lines.loc[lines["lane"] == "welcome", "person"])
    told.append(f"New in the last 90 days: {_named(new) if new else 'nobody'}.")
    found += [f"New in the last 90 days: {_named(new, _FEWER)}."] if new else []
    told += _twice(book, summary, people)
    title = "Who gives, who receives, who is new"
    asked = tuple(each for each in people if each in lacking)
    return Part("members", title, tuple(told), " ".join(found), asked_about=asked)


def _twice(book: Book, summary: Summary, people: list[str]) -> list[str]:
    """Name members who may be one person: each would have a sheet and meetings of their own.

    Examples
    --------
    >>> import pandas as pd
    >>> from refgraph import Book
    >>> from refgraph.report.summary import summarize
    >>> rows = pd.DataFrame({"giver": ["Mina Park", "Mina Park", "Mina Parkk"], "receiver": "Cy"})
    >>> book = Book.from_frames(rows.assign(date="2026-01-01"))
    >>> _twice(book, summarize(book), ["Cy", "Mina Park", "Mina Parkk"])
    ['Perhaps one person: Mina Park and Mina Parkk; see refgraph people BOOK --lookalikes.']
    """
    if book.is_incognito or len(people) > _CHAPTER:
        return []
    known, table = {*people}, names.pairs(book)
    pairs = [
        join_names([one, other])
        for one, other, score in zip(table["person"], table["other"], table["score"], strict=True)
        if score >= _LIKELY and {one, other} <= known
    ]
    if not pairs:
        return []
    command = summary.command("people", "--lookalikes")
    return [f"Perhaps one person: {'; '.join(_few(pairs))}; see {command}."]


def _few(told: list[str]) -> list[str]:
    more = len(told) - _FEWER
    return [*told[:_FEWER], *([count(more, "other pair")] if more > 0 else [])]


def _named(names: list[str], most: int = _NAMED) -> str:
    """Name some people, and count the others."""
    shown, more = names[:most], len(names) - most
    return join_names([*shown, count(more, "other")] if more > 0 else shown)


def groups(book: Book, summary: Summary, _: Section | None) -> Part | None:
    """Give the groups of a chapter, and what goes between them.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.report.summary import summarize
    >>> book = Book.sample()
    >>> groups(book, summarize(book), None) is None
    True
    """
    if summary.book["me"] is not None:
        return None
    answer = GROUPS(book)
    if answer.table.empty:
        return None
    names = [name for name in _SHOWN if name in answer.table]
    is_any = bool(answer.table["group"].fillna("").ne("").any())  # else its one row is everybody
    grids = (grid_of(answer.table[names], "The groups", GROUPS.meanings),) if is_any else ()
    return Part("groups", "Which groups there are", (answer.said,), grids=grids)
