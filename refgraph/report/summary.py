"""One summary of a book: everything a review says, computed once for every renderer."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from refgraph.analysis.describing import stats
from refgraph.analysis.owing import leaks, owe
from refgraph.analysis.reciprocity import balance
from refgraph.analysis.tending import news, pipeline, today
from refgraph.book import professional_limits
from refgraph.progress import doing
from refgraph.report.questions.registry import LINES
from refgraph.report.sections import mutual, network
from refgraph.report.sections.section import joined
from refgraph.report.tending import under_way
from refgraph.schema.row_ends import COUNTED, ends_of, given_by, received_by
from refgraph.schema.row_facts import referrals_in
from refgraph.schema.text import argument

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.book.book import Book
    from refgraph.report.questions.question import Answer

__all__ = ["Summary", "summarize"]

_WHOLE = ("today",)  # look at the whole record, whatever the window
_PERSONAL = ("owe", "refer-first", "report", "trend", "why")  # take --for


@dataclass(frozen=True, eq=False, repr=False)
class Summary:
    """The tables and counts of a review.

    Attributes
    ----------
    book : dict
        Whose it is, its size, span, window and today.
    position : dict
        Counts: of me (given, received, owed, gone first, even, ageing) or,
        without me, of the network; where ``withheld`` says why, only of people.
    owe, reciprocity : pandas.DataFrame
        As their commands print them.
    answers : mapping of str to Answer
        What the questions of ``LINES`` answer, by their names: of those that compare, none
        where the profession forbids it.
    one_sided : pandas.DataFrame
        Pairs by how far they are from even, the most one-sided first.
    leaks, thanks_due : pandas.DataFrame
        See :mod:`refgraph.analysis.owing.leaks`.
    mutual : tuple of str
        How mutual the book is, in words.
    tracked : bool
        Whether the book says what became of any referral.
    thanked : bool
        Whether the book records any thanks.
    own : bool
        Whether the page is about the book's me, whose touches the book holds.
    conditions : str
        Under which conditions the book's profession allows such lists, or nothing.
    withheld : str
        Why whom one owes is not shown, or nothing.
    today, news : pandas.DataFrame
        What is worth doing today, and whom to tell what became of their referral; of me only.
    news_undated : int
        How many referrals moved on a day that is not known.
    leak_rate : pandas.DataFrame
        See :func:`refgraph.analysis.tending.pipeline.leak_rate`; where it may be shown.
    leaks_number : int
        Referrals that the rows of ``leaks`` stand for.
    leak_note : str
        The same in words, and what was only heard of.
    everything : bool
        Whether the page shows every row of its lists.
    typed : str or None
        The book as somebody typed it, to be named in commands; None if it is not to be named.
    """

    book: dict[str, Any]
    position: dict[str, Any]
    owe: pd.DataFrame
    answers: Mapping[str, Answer]
    reciprocity: pd.DataFrame
    one_sided: pd.DataFrame
    leaks: pd.DataFrame
    thanks_due: pd.DataFrame
    mutual: tuple[str, ...]
    tracked: bool
    thanked: bool
    own: bool
    conditions: str
    withheld: str
    today: pd.DataFrame
    news: pd.DataFrame
    news_undated: int
    leak_rate: pd.DataFrame
    leak_note: str
    leaks_number: int
    everything: bool = False
    typed: str | None = None

    @property
    def refer_first(self) -> pd.DataFrame:
        """Whom to refer first, as its command prints it; nobody where that is not told."""
        return self.table("refer-first")

    @property
    def connectors(self) -> pd.DataFrame:
        """Who links the others, as its command prints it."""
        return self.table("connectors")

    def table(self, question: str) -> pd.DataFrame:
        """Give the rows that answer a question of ``LINES``; none where it was not asked."""
        answer = self.answers.get(question)
        return pd.DataFrame() if answer is None else answer.table

    def most(self, rows: int) -> int:
        """Give how many rows of a list the page shows, where it usually shows so many."""
        return sys.maxsize if self.everything else rows

    def command(self, name: str, *options: str, about: str = "") -> str:
        """Write a command that shows more, of the book as it was typed, about a person of it.

        Where nobody typed the book, or its names are hidden, BOOK and PERSON stand for both.
        """
        book = "BOOK" if self.typed is None else self.typed and shlex.quote(self.typed)
        person = "PERSON" if self.typed is None else argument(about)
        words = ["refgraph", name, *([person] if about else [])]
        words += [f"-b {book}" if about else book] if book else []
        if name in _PERSONAL and self.book["me"] is not None and not self.own:
            words.append(f"--for {shlex.quote(self.book['me'])}")
        ends = {} if name in _WHOLE else {end: self.book[end] for end in ("since", "until")}
        words += [f"--{name} {day}" for name, day in ends.items() if day is not None]
        return " ".join([*words, *options])


def summarize(
    book: Book, person: str | None = None, *, everything: bool = False, exact: bool = False
) -> Summary:
    """Compute everything a review says.

    Parameters
    ----------
    book : Book
        Its window chooses which referrals are counted.
    person : str, optional
        From whose side; the book's me if not given. Somebody else is known by
        the referrals only: touches are those of me.
    everything : bool, default False
        Whether the page shows every row of its lists, and not the first few.
    exact : bool, default False
        Whether connectors go by the shortest ways of everybody, however many people there are.

    Returns
    -------
    Summary

    Examples
    --------
    >>> from refgraph import Book
    >>> summary = summarize(Book.sample())
    >>> summary.position["owe_referrals"] == int(summary.owe["open"].sum())
    True
    """
    seen, hidden = _seen_by(book, person), professional_limits.withheld(book)
    none = pd.DataFrame()  # of what the profession does not allow
    answers = _answers(book, seen.me, exact=exact)
    with doing("Looking how mutual the network is"):
        sides = none if hidden else mutual.sides(book)
        shares = none if hidden else network.reciprocity_table(book, sides)
        told = () if hidden else _mutual(book, seen.me, shares, sides)
    own = seen.me is not None and seen.me == book.me
    with doing("Looking what to do today"):
        top = sys.maxsize if everything else today.TOP
        todo = today.rank(book, top=top) if own or seen.me is None else none
    owed = none if hidden else owe.rank(book, person)
    return Summary(
        book=_about(seen),
        position=_position(seen, owed),
        owe=owed,
        answers=answers,
        reciprocity=shares,
        one_sided=none if hidden else _one_sided(seen),
        leaks=leaks.unresolved(seen),
        thanks_due=_thanks(seen),
        mutual=told,
        tracked=leaks.tells_outcomes(book.window()),
        thanked=bool((seen.touches["kind"] == "thanks").any()),
        own=own,
        conditions=professional_limits.conditions(book),
        withheld=hidden,
        today=todo.drop(columns="about", errors="ignore") if hidden else todo,
        news=news.owed(book) if own and not hidden else none,
        news_undated=news.undated(book) if own and not hidden else 0,
        leak_rate=none if hidden else pipeline.leak_rate(seen),
        leak_note="" if hidden else _leaking(seen, own=own),
        leaks_number=leaks.number_unresolved(seen),
        everything=everything,
    )


def _leaking(book: Book, *, own: bool) -> str:
    """Say how many referrals leak, of how many, and what was only heard of."""
    return joined(under_way.leaking(book), under_way.heard_of(book) if own else "")


def _seen_by(book: Book, person: str | None) -> Book:
    if person is None or person == book.me:
        return book
    return book.altered(me=person, touches=book.touches.iloc[:0])


def _answers(book: Book, whose: str | None, *, exact: bool) -> dict[str, Answer]:
    """Ask the questions that have a line of their own, but those that are forbidden here."""
    hidden, answers = professional_limits.withheld(book), {}
    for question in LINES:
        if (line := question.line) is None or (hidden and question.compares):
            continue
        with doing(f"Looking {line.looking}"):
            asked = line.asked(book, whose, exact) if line.asked else question(book)
            answers[question.name] = asked
    return answers


def _one_sided(book: Book) -> pd.DataFrame:
    pairs = balance.by_pair(book.graph())
    pairs = pairs.iloc[(-pairs["balance"].abs()).argsort(kind="stable")]
    return pairs[pairs["balance"] != 0].reset_index(drop=True)


def _mutual(
    book: Book, you: str | None, shares: pd.DataFrame, sides: pd.DataFrame
) -> tuple[str, ...]:
    """Say how mutual the book is, and the ties of who looks at it."""
    sides = sides if you in (None, book.me) else mutual.sides(book, you)
    (circulation,) = shares.loc[shares["measure"] == "circulation", "value"]
    return tuple(mutual.told(book, sides, you=you, circulation=circulation))


def _thanks(book: Book) -> pd.DataFrame:
    return pd.DataFrame() if book.me is None else leaks.thanks_due(book)


def _about(book: Book) -> dict[str, Any]:
    counted = stats.overall(book)
    told = {
        "me": book.me,
        "today": book.today.isoformat(),
        "since": book.since.isoformat() if book.since else None,
        "until": book.until.isoformat() if book.until else None,
        "people": counted["people"],
        "referrals": counted.get("referrals"),
        "undated": counted.get("undated"),
        "left_out": book.left_out,
        "first": counted["first"],
        "last": counted["last"],
        "tied": counted["tied"],
    }
    hidden = ("referrals", "undated") if professional_limits.withheld(book) else ()
    return {name: value for name, value in told.items() if name not in hidden}


def _position(book: Book, owed: pd.DataFrame) -> dict[str, Any]:
    """Count where me, or the whole network, stands, of whom that is owed."""
    rows, me = book.select(*COUNTED), book.me
    if professional_limits.withheld(book):
        _, others = ends_of(rows if me is None else rows[given_by(rows, me)])
        return {"people": len({*others})}
    if me is None:
        givers, receivers = ends_of(rows)
        return {
            "given": referrals_in(rows),
            "giving": int(givers.nunique()),
            "receiving": int(receivers.nunique()),
            "open": int(owed["open"].sum()),
        }
    flows = {
        "given": referrals_in(rows[given_by(rows, me)]),
        "received": referrals_in(rows[received_by(rows, me)]),
    }
    mine = owe.position(book)
    standing = owe.standing(mine)
    owed, ahead = mine[standing == "owe"], mine[standing == "first"]
    oldest = owed["oldest_open"].min()
    return {
        **flows,
        "balance": flows["given"] - flows["received"],
        "owe_people": len(owed),
        "owe_referrals": int(owed["open"].sum()),
        "oldest_open": None if pd.isna(oldest) else f"{oldest:%Y-%m-%d}",
        "days_open": None if pd.isna(oldest) else int(owed["days_open"].max()),
        "went_first_people": len(ahead),
        "went_first_referrals": int((ahead["i_gave"] - ahead["gave_me"]).sum()),
        "even_people": int((standing == "even").sum()),
        "ageing": {str(age): int(n) for age, n in owe.ageing(book)["referrals"].items()},
    }
