"""Who should meet whom in the coming weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.analysis.pairing import meeting_worth as worth
from refgraph.analysis.pairing import pairings
from refgraph.report.questions.question import Answer, Question
from refgraph.report.sections.section import joined
from refgraph.wording import count

if TYPE_CHECKING:
    from refgraph.analysis.pairing.pairings import Plan
    from refgraph.book.book import Book

__all__ = ["PAIRINGS", "answer_of"]

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
    if plan.people < 2:
        said = "There are no two people to pair: those without a role, partners and you take part."
        return Answer(plan.table, said)
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
    windowed = book.since is not None or book.until is not None
    window = "The whole record is used, whatever the window." if windowed else ""
    return Answer(plan.table, joined(said, best, ended, window), aside=("date", "worth"))


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
)
