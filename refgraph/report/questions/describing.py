"""Who is in a book, who may be one person under two names, what it holds, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.describing import people, stats
from refgraph.report.questions.meanings import PERSON
from refgraph.report.questions.question import Answer, Question

if TYPE_CHECKING:
    from datetime import date

    from refgraph.analysis.comparing.changes import Comparison
    from refgraph.book.book import Book

__all__ = ["CHANGES", "LOOKALIKES", "PEOPLE", "STATS"]


def _stats(book: Book) -> Answer:
    """Count what a book holds: its span, last entry, people and pairs."""
    counted = stats.overall(book)
    return Answer(counted.rename_axis("measure").rename("value").reset_index())


PEOPLE = Question(
    "people",
    lambda book: Answer(people.by_person(book).reset_index()),
    {
        "person": "everybody the book names, but for prospects who are nothing else in it",
        **PERSON,
        "given": "referrals they gave",
        "received": "referrals they received",
        "touches": "dated contacts with them that are no referrals",
        "first": "day of the first referral or touch that names them",
        "last": "day of the last one",
        "declared": "whether people.csv has a row for them",
        "nearest": "whom of those declared the name looks most like",
        "why": "what that rests on",
    },
    compares=False,
)
LOOKALIKES = Question(
    "people --lookalikes",
    lambda book: Answer(people.pairs(book)),
    {
        "score": "1 the likeliest; it ranks, and is no probability",
        "person": "the name to keep: declared, or that of more rows, or the longer one",
        "other": "the name that would be an alias of it",
        "rows": "rows of referrals and touches that name the first",
        "other_rows": "rows that name the second",
        "reason": "what sets the two apart, or what they share",
    },
    compares=False,
)
STATS = Question(
    "stats",
    _stats,
    {
        "rows": "rows of the ledger",
        "referrals": "referrals they stand for",
        "undated": "referrals without a date",
        "first": "day of the first one",
        "last": "day of the last one",
        "days_since_last": "days since then",
        "last_30_days": "referrals of the last 30 days",
        "last_7_days": "referrals of the last 7 days",
        "people": "people in the book, with or without referrals",
        "give": "people who gave any",
        "receive": "people who received any",
        "pairs": "pairs with a referral between them",
        "mutual_pairs": "of these, pairs who refer to each other",
        "touches": "touches recorded",
        "tied": "people with a referral",
        "mine_pairs": "of the pairs, those of me with somebody; the others are hearsay",
        "mine_mutual_pairs": "of these, pairs who refer to each other",
    },
    compares=False,
)


def _changes(
    book: Book,
    day: date | None = None,
    person: str | None = None,
    *,
    against: Comparison | None = None,
) -> Answer:
    """Say what changed since a day, or beside what a review wrote."""
    from refgraph.analysis.comparing import changes  # noqa: PLC0415  # networks, for this one
    from refgraph.report import changed_text  # noqa: PLC0415  # it too

    found = against or changes.compare_since(book, day or book.today, person)
    said = f"{changed_text.counted(found)} {changed_text.how(found)}"
    return Answer(found.table, said)


CHANGES = Question(
    "changes",
    _changes,
    {
        "change": "what is not as it was then",
        "person": "whom it is about; of a referral who gave it",
        "other": "the second person: who owes, or who received the referral",
        "before": "the number, the status or the place in a list then; none if there was none",
        "after": "the same now",
        "id": "identity of the referral that changed",
        "rows": "referrals and touches dated since, or moved on since, that it stands on, for a"
        " rank those of all; none where time alone made something quiet, or where people.csv or"
        " refgraph.toml was edited",
    },
)
