"""A draft for each line of the list of today, from the template that suits its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.report.drafts import Message, draft, introduction
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.book.book import Book

    Row = Mapping[Any, Any]

__all__ = ["message"]

_LATE = ("late", "never")
_SOMEBODY, _ANYBODY = "somebody", "somebody whom I can help"


def message(book: Book, row: Row, whose: str | None = None) -> Message:
    """Draft what to write to the person of a line.

    Parameters
    ----------
    book : Book
        Where addresses, consent and the templates stand.
    row : mapping
        A line of :func:`refgraph.analysis.tending.today.choose`.
    whose : str, optional
        Who signs; the book's me if not given.

    Raises
    ------
    NoMeError
        Nobody signs.
    RefgraphError
        The book's own template is not as it should be.

    Examples
    --------
    >>> from refgraph import Book
    >>> row = {"lane": "say thanks", "reason": "receipt", "person": "Hiro Tanabe", "days": 1.0}
    >>> row |= {"status": "due", "prospect": "Zed Holt"}
    >>> message(Book.sample(), row).subject
    'Thank you for Zed Holt'
    """
    me = book.asked(whose, "Who signs a message")
    person, prospect = str(row["person"]), str(row["prospect"]) or _SOMEBODY
    if row["lane"] == "give first":
        return _introduce(book, row, whose)
    fields = {"prospect": prospect, "ago": _ago(row["days"])}
    to: tuple[str, ...] = (person,)
    when, name = "today", ""
    match row["lane"]:
        case "you owe":
            name = "give"
        case "bring news":
            name = "news"
            fields["news"] = _NEWS.get(row["status"], "we are in touch.")
        case "say thanks":
            again = "thanks-again" if row["reason"] == "year" else "thanks"
            name = "thanks-late" if row["status"] in _LATE and again == "thanks" else again
        case "stay close":
            name = "value"
        case "one-to-one":
            name = "meet"
        case "decided":
            what = str(row["word"]).removesuffix(".") or "what to do next"
            name, fields["decision"] = "decided", what
        case "ask":
            name = "ask"
            fields["looking_for"] = (
                " or ".join(book.settings.looking_for) or "somebody whom I can help"
            )
        case _:
            name, to = _saving(book, row)
            fields["giver"] = person
            if to != (person,):
                when = f"today; {person} sent them"
    return draft(book, name, me, to, when=when, fields=fields)


def _saving(book: Book, row: Row) -> tuple[str, tuple[str, ...]]:
    """Choose whom to write to of a referral under way: who was referred, or who sent or has it.

    Who did not agree to be contacted is not written to: the giver asks them.
    """
    person, prospect = str(row["person"]), str(row["prospect"])
    if row["direction"] == "":
        return "value", (person,)
    if row["reason"] == "lost":
        return "went-badly", (person,)
    if row["reason"] == "raise" and row["direction"] == "received":
        return "raise", (person,)
    if row["direction"] == "given" or row["status"] not in ("given", "contacted"):
        return "nudge", (person,)
    rows = book.history
    consents = rows.loc[rows["id"] == row["about"], "consent"]
    refused = any(consent is False for consent in consents)
    if refused or not prospect:
        return "consent", (person,)
    return "first-contact", (prospect,)


def _introduce(book: Book, row: Row, whose: str | None) -> Message:
    """Draft the first message of an introduction: to the one who needs something."""
    pair = (row["person"], row["other"])
    needing, offering = pair if row["status"] == "needs" else pair[::-1]
    told = {"person": needing, "introduce_to": offering, "need": row["word"]}
    return introduction(book, told, whose)["ask_person"]


_NEWS = {
    "contacted": "we have been in touch.",
    "met": "we have met.",
    "won": "we are working together.",
    "lost": "it did not come to anything this time, and I am glad that you thought of me.",
}


def _ago(days: float) -> str:
    number = int(days) if days == days else 0  # noqa: PLR0124  # NaN where there is no date
    return "today" if not number else f"{count(number, 'day')} ago"
