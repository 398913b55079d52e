"""The list of today, with the command and the message of each line, and as a page."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pandas as pd

from refgraph.analysis.tending import today
from refgraph.report.drafts import Message
from refgraph.report.tending.commands import command, record
from refgraph.report.tending.messages import message
from refgraph.report.views.text_table import wrap
from refgraph.schema.row_facts import person_of
from refgraph.schema.text import argument
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refgraph.book.book import Book

__all__ = ["CAN_WAIT", "COLUMNS", "NOTHING", "page", "table", "worth"]

_NO_MESSAGE = Message((), (), "", "", "")
_NO_PLACE = "A single table has no place to record this; make a book of it: refgraph import"
NOTHING = "Nothing needs you today."
CAN_WAIT = "These can wait a week:"
COLUMNS = (
    *("rank", "person", "lane", "reason", "because", "due", "worth", "do", "message"),
    *("subject", "mailto", "weight", "chance", "week", "minutes", "about", "can_wait"),
)
_SENT = (
    "how much a word from you is held to matter: a part, as far as the book tells, of how often "
    "somebody of theirs comes to you within 180 days and is won"
)
_GIFT = "referrals won that one more to them is expected to add within 180 days"
_HELPED = "times the share of follow-ups that helped where it would not have moved anyway"
_MATTERS = {
    "you owe": _GIFT,
    "bring news": _SENT,
    "say thanks": f"{_SENT}; one half of it for thanks on receipt",
    "save": f"share of those closed that were won, {_HELPED}",
    "stay close": _SENT,
    "give first": _GIFT,
    "ask": "one half of the share of asks that led to one, and it was won",
    "decided": "it was decided, so it matters",
    "welcome": "everybody new is welcome",
    "one-to-one": "of two that fit, one half come to something",
    "give again": "one half",
}


def table(
    book: Book,
    person: str | None = None,
    *,
    top: int = today.TOP,
    behind: Sequence[str] | None = None,
) -> pd.DataFrame:
    """List what is worth doing today, each line with what records it and what to write.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    person : str, optional
        Who would do it; the book's me if not given.
    top : int, default 10
        Lines at most.
    behind : sequence of str, optional
        What stands behind each command, as it is typed: the book, where it lies, if not given.
        With nothing in it no command is given, nor for a book that lies nowhere, or hides names.

    Returns
    -------
    pandas.DataFrame
        :data:`COLUMNS`: those of :func:`refgraph.analysis.tending.today.rank`, ``do`` (the
        command), ``message``, ``subject`` and ``mailto`` (a draft; nothing is sent), and behind
        them all that is known of the line.

    Raises
    ------
    RefgraphError
        A template of the book is not as it should be.

    Examples
    --------
    >>> from refgraph import Book
    >>> lines = table(Book.sample(), behind=["-b 'book'"])
    >>> lines["do"].str.endswith("-b 'book'").all()
    np.True_
    """
    whose = book.whose(person)
    other = None if whose == book.me else whose
    found = today.choose(book, whose, top=top)
    named = _behind(book) if behind is None else behind
    do, drafts = [], []
    for row in found.to_dict("records"):
        words = record(row, book.today, whose=other)
        do.append(command(words, *named) if named else "")
        if whose is not None:  # else nobody signs
            own = person_of(row) == whose  # what I decided to do myself
            drafts.append(_NO_MESSAGE if own else message(book, row, whose))
    told = {
        "do": do,
        "message": [each.body for each in drafts] or [""] * len(do),
        "subject": [each.subject for each in drafts] or [""] * len(do),
        "mailto": [each.mailto or "" for each in drafts] or [""] * len(do),
    }
    said = {name: pd.Series(texts, dtype="str") for name, texts in told.items()}
    found = found.assign(**said)
    return found[[*COLUMNS, *(name for name in found if name not in COLUMNS)]]


def _behind(book: Book) -> list[str]:
    lies = not book.is_incognito and os.path.isdir(book.path)  # noqa: PTH112
    return [f"-b {argument(os.path.abspath(book.path))}"] if lies else []  # noqa: PTH100


def page(
    book: Book,
    rows: Sequence[Mapping[Any, Any]],
    *,
    explain: bool = False,
    links: bool = False,
) -> str:
    """Lay the list out as a person reads it: what, why, and the command that records it.

    Parameters
    ----------
    book : Book
        Whose today it is.
    rows : sequence of mapping
        Of :func:`table`.
    explain : bool, default False
        Say what each line is worth, and of what that is the product.
    links : bool, default False
        Give the message of each line as a link that opens a mail program.

    Examples
    --------
    >>> from refgraph import Book
    >>> print(page(Book.sample(), []), end="")
    Nothing needs you today.
    """
    if not rows:
        return f"{NOTHING}\n"
    waits = sum(bool(row["can_wait"]) for row in rows)
    parts = [f"{count(len(rows) - waits, 'thing')} to do on {book.today}, the most worth first."]
    parts = [NOTHING] if waits == len(rows) else parts
    for row in rows:
        if row["rank"] == len(rows) - waits + 1:
            parts.append(CAN_WAIT)
        lines = [f"{row['rank']}. {row['lane'].capitalize()}: {person_of(row)}"]
        lines.append(wrap(row["because"], "   "))
        if explain:
            lines.append(wrap(worth(row), "   "))
        if links and row["mailto"]:
            lines.append(f"   {row['mailto']}")
        lines += [f"   {row['do']}"] if row["do"] else []
        parts.append("\n".join(lines))
    if not book.is_incognito and not any(row["do"] for row in rows):
        file = "FILE" if book.path == "-" else argument(book.path)
        parts.append(f"{_NO_PLACE} {file} -b mybook")
    return "\n\n".join(parts) + "\n"


def worth(row: Mapping[Any, Any]) -> str:
    """Say of what the worth of a line is the product.

    Examples
    --------
    >>> row = {"worth": 0.24, "weight": 1.0, "chance": 0.3, "week": 0.2, "minutes": 15}
    >>> worth(row | {"lane": "save", "reason": "stale", "direction": "received"})[:43]
    'Worth 0.2400 an hour = 1 (weight of this la'
    """
    return (
        f"Worth {row['worth']:.4f} an hour = {row['weight']:g} (weight of this lane) x "
        f"{row['chance']:.4f} ({_matters(row)}) x {row['week']:.3f} (of that, what waiting a "
        f"week costs) x {60 / row['minutes']:g} (it takes about {row['minutes']} minutes)."
    )


def _matters(row: Mapping[Any, Any]) -> str:
    """Say what the chance of a line is the chance of."""
    gave = row["lane"] == "save" and row["direction"] == "given"
    if gave and row["reason"] == "lost":
        return _SENT
    more = "how much more of those closed were won with the better handoff"
    if row["reason"] == "raise":
        return f"{_GIFT}, times {more}, {_HELPED}" if gave else f"{more}, {_HELPED}"
    return f"{_GIFT}, {_HELPED}" if gave else _MATTERS[row["lane"]]
