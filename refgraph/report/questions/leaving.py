"""What would be lost if a person left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.leaving import departure
from refgraph.report.questions.question import Answer, Question
from refgraph.report.sections.section import joined
from refgraph.wording import count

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = ["WITHOUT"]


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
    mine = f"{book.me}, whose book it is, is left out." if book.me else ""
    return Answer(found.table, joined(said, mine))


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
