"""What changed since the last review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.comparing import changes
from refgraph.report.questions.question import Answer, Question
from refgraph.report.sections.section import joined
from refgraph.wording import count

if TYPE_CHECKING:
    from datetime import date

    from refgraph.analysis.comparing.facts import Facts
    from refgraph.book.book import Book

__all__ = ["CHANGES"]


def _changes(book: Book, day: date | None = None, shown: Facts | None = None) -> Answer:
    """Say what changed since a day, or since what was shown in a report."""
    if shown is not None:
        table = changes.compare(shown, book)
        how = "Compared with what the report shows: whom one owed, and the first connectors."
    elif day is not None:
        table = changes.since(book, day)
        how = (
            f"Compared with the book as its dated rows say it stood on {day}: people and spellings "
            "are those of now, and a row written down since counts with its own date."
        )
    else:
        table, how = changes.since(book, book.today), ""
    number = table["kind"].value_counts()
    said = ", ".join(f"{kind} {number[kind]:,}" for kind in changes.KINDS if kind in number)
    said = f"{count(len(table), 'change')}: {said}." if said else "Nothing changed."
    return Answer(table, joined(said, how), aside=("rows",))


CHANGES = Question(
    "changes",
    _changes,
    {
        "kind": "what changed, as the list under the table counts it",
        "person": "whom it is about; of a referral the other one, or in a book without a me its"
        " giver",
        "what": "who owes it, the id of the referral, or what the rank is among",
        "before": "open referrals, thanks said, status or rank then; none if there was none",
        "after": "the same now",
        "rows": "ids of the referrals behind it, and the lines of touches.csv",
    },
)
