"""What the lead of a chapter looks at: who gives or receives nothing, who is new, which groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.pairing.pairings import members
from refgraph.report.questions.connecting import GROUPS
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
_SHOWN = ("group", "people", "inside", "given", "received", "inside_share")
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
    lines = TODAY(book, top=_EVERYBODY, behind=()).table
    new = sorted(lines.loc[lines["lane"] == "welcome", "person"])
    told.append(f"New in the last 90 days: {_named(new) if new else 'nobody'}.")
    found += [f"New in the last 90 days: {_named(new, _FEWER)}."] if new else []
    title = "Who gives, who receives, who is new"
    asked = tuple(each for each in people if each in lacking)
    return Part("members", title, tuple(told), " ".join(found), asked_about=asked)


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
