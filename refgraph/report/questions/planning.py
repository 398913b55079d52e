"""Who should meet whom in the coming weeks, and what to do before somebody leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.analysis.leaving import departure
from refgraph.analysis.pairing import meeting_worth as worth
from refgraph.analysis.pairing import pairings
from refgraph.report.questions.question import Answer, Question
from refgraph.report.sections.section import despite_window, joined
from refgraph.wording import count, join_names

if TYPE_CHECKING:
    from refgraph.analysis.pairing.pairings import Plan
    from refgraph.book.book import Book

__all__ = ["PAIRINGS", "WITHOUT", "answer_of", "unlisted_text"]

_REASONS = {
    "needs": "where one needs what the other offers",
    "one_way": "of whom one alone has referred",
    "groups": "whose groups were never linked",
}


def answer_of(book: Book, plan: Plan, weeks: int) -> Answer:
    """Put a plan beside what it comes to, and beside the most that any could.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> answer_of(book, pairings.plan(book, weeks=1), 1).said.split(":")[0]
    '4 meetings in 1 week'
    """
    lacking = unlisted_text(book, "take part")
    if plan.people < 2:
        said = "There are no two people to pair: those without a role, partners and you take part."
        return Answer(plan.table, joined(said, lacking))
    reasons = [
        f"{met:,} of {of_all:,} pairs {_REASONS[name]}"
        for name, (met, of_all) in plan.reasons.items()
        if of_all
    ]
    number = f"{count(len(plan.meetings), 'meeting')} in {count(plan.weeks, 'week')}"
    said = f"{number}: {'; '.join(reasons)}." if reasons else f"{number}."
    gap = 1 - plan.worth / plan.bound if plan.bound else 0.0
    best = f"Worth {plan.worth:,} together; no plan is worth more than {plan.bound:,}"
    best += "." if plan.worth == plan.bound else f", {gap:.1%} more."
    ended = ""
    if plan.weeks < weeks:
        ended = f"After {count(plan.weeks, 'week')} everybody has met everybody."
    said = joined(said, best, ended, lacking, _unknown_needs(book), despite_window(book))
    return Answer(plan.table, said, aside=("date", "worth"))


def unlisted_text(book: Book, what: str) -> str:
    """Name who has referrals and is not in people.csv, which names others, and so does not `what`.

    Examples
    --------
    >>> import pandas as pd
    >>> from refgraph import Book
    >>> rows = pd.DataFrame({"date": ["2026-01-01"], "giver": ["Ann"], "receiver": ["Bo"]})
    >>> book = Book.from_frames(rows, people=pd.DataFrame({"person": ["Ann"]}))
    >>> unlisted_text(book, "take part")
    'Bo has referrals, and does not take part: people.csv, which names others, has no row for them.'
    """
    names = pairings.unlisted(book)
    if not names:
        return ""
    more = len(names) - _NAMED
    shown = join_names([*names[:_NAMED], *([count(more, "other")] if more > 0 else [])])
    verb, does = ("has", "does") if len(names) == 1 else ("have", "do")
    return (
        f"{shown} {verb} referrals, and {does} not {what}: people.csv, which names others, has no "
        "row for them."
    )


_NAMED = 4  # people without a row


def _unknown_needs(book: Book) -> str:
    """Say how to write down what would count most, where nobody's needs or offers are known."""
    if book.people["needs"].map(len).any() and book.people["offers"].map(len).any():
        return ""
    told = (
        "Needs that an offer answers would count most, and none can be told: "
        "refgraph people set PERSON needs WHAT, and offers, write them down."
    )
    if book.people["declared"].any():
        return told
    return f"{told} Once people.csv names anybody, only who is named there takes part: name all."


def _pairings(book: Book, *, weeks: int = pairings.WEEKS, **options: Any) -> Answer:
    """Say who meets whom; options as :func:`refgraph.pairings.plan` takes them."""
    return answer_of(book, pairings.plan(book, weeks=weeks, **options), weeks)


PAIRINGS = Question(
    "pairings",
    _pairings,
    {
        "week": "1 is the first",
        "a": "the one of the two who comes first by name",
        "b": "the other one; none where the first sits out",
        "why": "what they would have of it",
        "date": "the Monday of the week",
        "worth": f"{worth.NEED} if one needs what the other offers and no referral went between"
        f" them, {worth.ONE_WAY} if one alone has referred, {worth.GROUPS} if their groups were"
        f" never linked, up to {worth.LONG_AGO} for the time since they met, and 1 in any case;"
        " where they are to meet anyway that alone",
    },
    compares=False,
)


def _without(book: Book, person: str, *, introductions: int = departure.INTRODUCTIONS) -> Answer:
    """Say what hangs on a person, and what to do before they leave."""
    found = departure.without_person(book, person, introductions=introductions)
    bridged, size = found.bridged, len(found.bridged.introductions)
    said = f"{person} has referrals with {count(found.contacts, 'person')}."
    if not found.contacts:
        said = f"{person} has no referrals here, so nothing hangs on them."
    elif not bridged.pairs:
        said = joined(said, "Any two of these are within two steps of each other without them.")
    else:
        said = joined(
            said,
            f"{count(bridged.pairs, 'pair')} of these are within two steps of each other only"
            f" through them; {count(size, 'introduction')} would keep {bridged.kept:,}, and no"
            f" {size:,} could keep more than {bridged.bound:,}.",
        )
    apart = found.table["part"].isin(["cut off", "groups apart"]).any()
    none = "" if apart or not found.contacts else _NOTHING_APART
    mine = f"{book.me}, whose book it is, is left out." if book.me else ""
    return Answer(found.table, joined(said, none, mine))


_NOTHING_APART = "Nobody is cut off without them, and no two groups lose their only link."
WITHOUT = Question(
    "without",
    _without,
    {
        "part": "cut off, groups apart, won, take over, or introduce",
        "person": "who would be cut off, won business they gave, could take over, or should be"
        " introduced",
        "with": "to whom they should be introduced",
        "count": "referrals of who would be cut off, between the groups, or won; contacts shared"
        " with who could take over; pairs that the introduction keeps, beyond those above it",
        "because": "the same in words",
    },
)
