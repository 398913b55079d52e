"""What changed since the last review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.comparing import changes
from refgraph.report.questions.question import Answer, Question
from refgraph.wording import count

if TYPE_CHECKING:
    from datetime import date

    from refgraph.book.book import Book

__all__ = ["CHANGES"]


def _changes(book: Book, day: date, person: str | None = None) -> Answer:
    """Say what changed since a day."""
    table = changes.since(book, day, person)
    numbers = table["change"].value_counts()
    kinds = ", ".join(f"{name} {numbers[name]:,}" for name in changes.CHANGES if name in numbers)
    said = f"{count(len(table), 'change')} since {day}: {kinds}."
    how = (
        "The book is set beside itself as its dated rows say it stood then, whatever the window; a"
        " row written down since with an earlier date counts with its date."
    )
    return Answer(table, f"{said if kinds else f'Nothing changed since {day}.'} {how}")


CHANGES = Question(
    "changes",
    _changes,
    {
        "change": "what is not as it was then",
        "person": "whom it is about; of a referral who gave it",
        "other": "the second person: who owes, or who received the referral",
        "before": "the number or the status then; none if there was none",
        "after": "the same now",
        "id": "identity of the referral that moved on",
        "rows": "referrals and touches dated since, or moved on since, that it stands on; none"
        " where time alone made something quiet",
    },
)
