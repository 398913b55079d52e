"""What stands on the page of a member, from the questions that the commands ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.owing import owe
from refgraph.analysis.pairing.meeting_worth import MeetingWorth
from refgraph.analysis.pairing.pairings import members
from refgraph.analysis.tending import gratitude, set_aside
from refgraph.book import professional_limits
from refgraph.errors import OptionError
from refgraph.progress import doing
from refgraph.report.card import HOW
from refgraph.report.questions.gratitude import THANKS
from refgraph.report.questions.owing import OWE
from refgraph.review.grid import grid_of
from refgraph.review.handouts.tie_map import tie_map
from refgraph.schema.row_ends import ends_of
from refgraph.schema.row_facts import counts_of
from refgraph.wording import agree, count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.book.book import Book
    from refgraph.review.grid import Grid
    from refgraph.review.handouts.tie_map import TieMap

__all__ = ["Handout", "handouts_of"]

_FEW = 5  # rows of a list
_TALKS = 3
_UNKNOWN = "not on record; write it here: ____________"
_OWED = ["person", "open", "days_open"]
_THANKED = ["person", "prospect", "reason", "days"]


@dataclass(frozen=True, slots=True)
class Handout:
    """The page of one member.

    Attributes
    ----------
    person : str
        Whose it is.
    at : int
        Its number, from 1.
    day : str
        As on which day.
    about : str
        Profession and group.
    paragraphs : tuple of str
        What they gave, received and answered.
    card : tuple of (str, str)
        How to recognise a referral for them: what is said, and the words.
    owed, thanks : Grid or None
        Whom they owe, and whom to thank.
    talks : tuple of (str, str)
        With whom a one-to-one is worth most, and why.
    ties : TieMap or None
        Their ties.
    note : str
        The conditions of the book's profession, or what it withholds.
    """

    person: str
    at: int
    day: str
    about: str
    paragraphs: tuple[str, ...]
    card: tuple[tuple[str, str], ...]
    owed: Grid | None
    thanks: Grid | None
    talks: tuple[tuple[str, str], ...]
    ties: TieMap | None
    note: str


def handouts_of(book: Book) -> list[Handout]:
    """Give the page of each member, by name.

    Parameters
    ----------
    book : Book
        Without a me; the whole record is used, whatever the window. Members are who takes part
        in :func:`refgraph.pairings`.

    Raises
    ------
    OptionError
        The book has a me, so it is no chapter's.

    Examples
    --------
    >>> from refgraph import Book
    >>> pages = handouts_of(Book.sample().altered(me=None))
    >>> pages[0].person, pages[0].paragraphs[0]
    ('Alice Merton', '6 referrals given, 5 received, of which 2 are answered.')
    """
    if book.me is not None:
        msg = (
            f"--each is for the book of a chapter, which has no me; this one is of {book.me}: "
            "ask for one person with --for"
        )
        raise OptionError(msg)
    book = book.window()
    people = members(book)
    worth = MeetingWorth.of(book, people)
    values = worth.matrix()
    hidden = professional_limits.withheld(book)
    ties = {} if hidden else _ties(book)
    answered = {} if hidden else _answered(book)
    owed = pd.DataFrame() if hidden else owe.rank(book)
    made = []
    with doing("Writing a page for each", len(people)) as work:
        for at, person in enumerate(people):
            best = np.argsort(-values[at], kind="stable")[:_TALKS]
            talks = tuple(
                (people[other], worth.why(at, int(other), reader=at))
                for other in best
                if other != at
            )
            told = (
                {} if hidden else _given(book, person, ties, answered, owed[owed["me"] == person])
            )
            made.append(_page(book, person, at + 1, talks, told, hidden))
            work.advance(1)
    return made


def _page(  # noqa: PLR0917
    book: Book,
    person: str,
    at: int,
    talks: tuple[tuple[str, str], ...],
    told: Mapping[str, object],
    hidden: str,
) -> Handout:
    row = book.people.loc[person]
    card = [
        ("Offers", "; ".join(row["offers"]) or _UNKNOWN),
        ("Needs", "; ".join(row["needs"]) or _UNKNOWN),
    ]
    card.append(("Best of all", HOW[-1]))
    about = " · ".join(filter(None, map(str, (row["profession"], row["group"]))))
    blank = {"paragraphs": (), "owed": None, "thanks": None, "ties": None}
    note = hidden or professional_limits.conditions(book)
    return Handout(
        person=person, at=at, about=about, card=tuple(card), talks=talks, note=note,
        day=str(book.today), **(blank | dict(told)),  # type: ignore[arg-type]
    )  # fmt: skip


def _given(
    book: Book,
    person: str,
    ties: Mapping[str, tuple[dict[str, int], dict[str, int]]],
    answered: Mapping[str, int],
    owed: pd.DataFrame,
) -> dict[str, object]:
    """Say what they gave and received, whom they owe and whom to thank."""
    gave, received = ties.get(person, ({}, {}))
    number = sum(received.values())
    said = f"{count(sum(gave.values()), 'referral')} given, {number:,} received"
    if number:
        done = answered.get(person, 0)
        said += f", of which {done:,} {agree(done, 'is')} answered"
    return {
        "paragraphs": (f"{said}.",),
        "owed": _grid(owed, _OWED, "Whom you owe a referral", OWE.meanings),
        "thanks": _grid(_to_thank(book, person), _THANKED, "Whom to thank", THANKS.meanings)
        if number
        else None,
        "ties": tie_map(gave, received),
    }


def _to_thank(book: Book, person: str) -> pd.DataFrame:
    """Give the rows of ``refgraph thanks --for`` of what was not said, without news."""
    seen = set_aside.seen_by(book, person)
    table = gratitude.due(seen)
    table = table[table["state"] != "said"]
    return table.assign(prospect=gratitude.prospects_of(book, table["id"]))


def _grid(
    table: pd.DataFrame, columns: list[str], caption: str, meanings: Mapping[str, str]
) -> Grid | None:
    if table.empty:
        return None
    shown = table[columns].head(_FEW)
    left = len(shown) < len(table)
    told = f"{caption}: the first {len(shown)} of {len(table):,}" if left else caption
    return grid_of(shown, told, meanings)


def _ties(book: Book) -> dict[str, tuple[dict[str, int], dict[str, int]]]:
    """Count for each what they gave to each, and what they received from each."""
    found: dict[str, tuple[dict[str, int], dict[str, int]]] = {}
    for giver, receiver, data in book.graph().edges(data=True):
        number = int(data["weight"])
        found.setdefault(giver, ({}, {}))[0][receiver] = number
        found.setdefault(receiver, ({}, {}))[1][giver] = number
    return found


def _answered(book: Book) -> dict[str, int]:
    """Count, of what each received, what they returned or settled otherwise."""
    rows = book.history
    settled = counts_of(rows) - owe.open_referrals(book)
    sums = pd.Series(settled).groupby(ends_of(rows)[1].to_numpy()).sum()
    return {str(name): int(number) for name, number in sums.items()}
