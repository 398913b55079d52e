"""A draft for each line of the list of today, from the template that suits its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.analysis.tending.gratitude import age_of
from refgraph.report.drafts import Message, draft, introduction
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refgraph.book.book import Book

    Row = Mapping[Any, Any]

__all__ = ["message"]

_LATE = ("late", "never")
#: The thanks for what came later than the referral itself.
_THANKS = {"close": "thanks-won", "year": "thanks-again"}
_ASKS = {"thanked": "ask", "closed": "ask-closed"}
#: What says how long ago somebody was sent.
_SINCE_SENT = ("nudge", "still", "raise")
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
    'Thank you for sending Zed Holt my way'
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
            name = _thanks(row)
        case "stay close":
            name = "value"
        case "one-to-one":
            name = "meet"
        case "decided":
            what = str(row["word"]).removesuffix(".") or "what to do next"
            name, fields["decision"] = "decided", what
        case "ask":
            name = _ASKS[row["reason"]]
            fields["looking_for"] = _either(book.settings.looking_for) or _ANYBODY
        case _:
            name, to = _saving(book, row)
            fields["giver"] = person
            days = age_of(book, row["about"]) if name in _SINCE_SENT else row["days"]
            fields["ago"] = _ago(days)
            if to != (person,):
                when = f"today; {person} sent them"
    return draft(book, name, me, to, when=when, fields=fields)


def _thanks(row: Row) -> str:
    """Choose the words of thanks: only those for the referral itself can come late."""
    if row["reason"] == "receipt" and row["status"] in _LATE:
        return "thanks-late"
    return _THANKS.get(row["reason"], "thanks")


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
    if row["direction"] == "given":
        return "nudge" if row["status"] == "given" else "still", (person,)
    refusals = book.column("id")[book.column("consent").isin([False])]  # they are few
    refused = row["about"] in {*refusals.tolist()}
    if refused or not prospect:
        return "consent", (person,)
    return "first-contact" if row["status"] == "given" else "again", (prospect,)


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


def _either(wanted: Sequence[str]) -> str:
    """Say one or the other of several."""
    *others, last = wanted or ("",)
    return f"{', '.join(others)} or {last}" if others else last


def _ago(days: float) -> str:
    number = int(days) if days == days else 0  # noqa: PLR0124  # NaN where there is no date
    return "today" if not number else f"{count(number, 'day')} ago"
