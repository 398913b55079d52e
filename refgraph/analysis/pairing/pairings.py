"""Who should meet whom in the coming weeks, one-to-one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.pairing.meeting_worth import MeetingWorth
from refgraph.analysis.pairing.rounds import choose_rounds, most_weeks
from refgraph.book import professional_limits
from refgraph.errors import OptionError
from refgraph.schema.row_ends import members_of
from refgraph.schema.text import natural
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from typing import Any

    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["COLUMNS", "LARGEST", "WEEKS", "Plan", "members", "plan", "unlisted"]

COLUMNS = ("week", "a", "b", "why", "date", "worth")
WEEKS = 12
#: The most people who are paired.
LARGEST = 200
_MEETING = ("", "partner")  # the roles of people who meet one-to-one


@dataclass(frozen=True, eq=False)
class Plan:
    """The meetings of the coming weeks.

    Attributes
    ----------
    table : DataFrame
        A row for each meeting, by week and then by name: ``week`` from 1, ``a`` and ``b`` (``b``
        is "" where ``a`` sits out), ``why``, ``date`` (the Monday of the week), ``worth``.
    worth, bound : int
        What the meetings are worth together, and more than which none could be.
    weeks : int
        How many weeks it has: no more than it takes until everybody has met.
    people : int
        How many take part.
    reasons : dict of str to (int, int)
        For ``needs``, ``one_way`` and ``groups``, the pairs that meet, and all that could.
    """

    table: pd.DataFrame
    worth: int
    bound: int
    weeks: int
    people: int
    reasons: dict[str, tuple[int, int]]

    @property
    def meetings(self) -> pd.DataFrame:
        """The rows in which two people meet."""
        return self.table[self.table["b"] != ""]


def members(book: Book, group: str | None = None) -> list[str]:
    """Name who takes part: of those in ``people.csv`` all without a role, partners, and me.

    Where that file names nobody, it is everybody of the book.

    Parameters
    ----------
    book : Book
        The book.
    group : str, optional
        Only people of this group.

    Returns
    -------
    list of str
        In the order of their names.

    Raises
    ------
    OptionError
        There is no such group.

    Examples
    --------
    >>> from refgraph import Book
    >>> "Robin Hale" in members(Book.sample())
    True
    """
    people = book.people
    meets = people["role"].isin(_MEETING) | (people.index == book.me)
    if people["declared"].any():
        meets &= people["declared"] | (people.index == book.me)
    if group is not None:
        if group not in set(people["group"]):
            there = ", ".join(sorted({*people["group"]} - {""}, key=natural)) or "none is recorded"
            msg = f"there is no group {group!r} in this book: {there}"
            raise OptionError(msg)
        meets &= people["group"] == group
    return sorted(str(name) for name in people.index[meets])


def unlisted(book: Book) -> list[str]:
    """Name who would take part if ``people.csv``, which names others, named them.

    They gave or received referrals: perhaps members whose row is missing.

    Parameters
    ----------
    book : Book
        The book.

    Returns
    -------
    list of str
        In the order of their names.

    Examples
    --------
    >>> from refgraph import Book
    >>> unlisted(Book.sample())
    []
    """
    people = book.people
    if not people["declared"].any():
        return []
    lacking = {*people.index[~people["declared"] & (people.index != book.me)]}
    return sorted(lacking & members_of(book.history))


def plan(
    book: Book,
    *,
    weeks: int = WEEKS,
    start: date | None = None,
    absent: Mapping[str, Collection[int]] | None = None,
    group: str | None = None,
) -> Plan:
    """Plan who meets whom in each of the coming weeks.

    No pair meets twice. In a week with an even number of people everybody meets somebody; else
    one sits out, and nobody twice. Among such plans it is one of those that are worth most by
    :class:`refgraph.analysis.pairing.meeting_worth.MeetingWorth`: first needs that offers answer,
    then pairs of whom one alone refers, then groups never linked and the time since they met.

    Parameters
    ----------
    book : Book
        The whole record counts, whatever the window.
    weeks : int, default 12
        How many; after as many as it takes until everybody has met there are no more.
    start : datetime.date, optional
        A day of the first week; if not given, it is the week after today's.
    absent : mapping of str to collection of int, optional
        The weeks, from 1, in which somebody is away; all if there are none in it.
    group : str, optional
        Only people of this group.

    Returns
    -------
    Plan

    Raises
    ------
    OptionError
        The weeks are not at least 1, nor those in which somebody is away, or the last of them is
        beyond the year 9999; there is no such group, or more than 200 people take part.
    UnknownPersonError
        Who is absent is not in the book.

    Notes
    -----
    See :func:`refgraph.analysis.pairing.rounds.choose_rounds` for how they are chosen.

    Examples
    --------
    >>> from refgraph import Book
    >>> chosen = plan(Book.sample(), weeks=2)
    >>> chosen.weeks, chosen.worth <= chosen.bound
    (2, True)
    """
    if weeks < 1:
        msg = f"the number of weeks is at least 1, not {weeks}"
        raise OptionError(msg)
    people = members(book, group)
    if len(people) > LARGEST:
        msg = f"{len(people):,} people are too many to pair; choose a group of at most {LARGEST}"
        raise OptionError(msg)
    number = min(weeks, most_weeks(len(people))) if len(people) > 1 else 0
    present = np.ones((number, len(people)), bool)
    for name, away in (absent or {}).items():
        if min(away, default=1) < 1:
            msg = f"weeks are counted from 1, not {min(away)}"
            raise OptionError(msg)
        who = book.person(name)
        if who in people:
            chosen = [week - 1 for week in away if week <= number] if away else slice(None)
            present[chosen, people.index(who)] = False
    monday = _monday(book.today, start, number)
    worth = MeetingWorth.of(book, people)
    rounds = choose_rounds(worth.matrix(), present)
    table = _table(worth, rounds.weeks, present, monday)
    met = [pair for week in rounds.weeks for pair in week]
    return Plan(
        professional_limits.beside(book, table),
        rounds.worth,
        rounds.bound,
        number,
        len(people),
        worth.reasons(met),
    )


def _table(
    worth: MeetingWorth,
    weeks: Sequence[Sequence[tuple[int, int]]],
    present: NDArray[np.bool_],
    monday: date,
) -> pd.DataFrame:
    """Give a row for each meeting, and for each who sits out, by week."""
    people, values = worth.people, worth.matrix()
    rows: list[tuple[Any, ...]] = []
    for week, (pairs, there) in enumerate(zip(weeks, present, strict=True)):
        day = np.datetime64(monday + timedelta(weeks=week), "s")
        meeting = {place for pair in pairs for place in pair}
        rows += [
            (week + 1, people[one], people[other], worth.why(one, other), day, values[one, other])
            for one, other in pairs
        ]
        rows += [
            (week + 1, people[one], "", "sits out this week", day, 0)
            for one in np.flatnonzero(there).tolist()
            if one not in meeting
        ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {
            "week": np.int64,
            "worth": np.int64,
            "date": "datetime64[s]",
            **dict.fromkeys(("a", "b", "why"), "str"),
        }
    )


def _monday(today: date, start: date | None, weeks: int) -> date:
    """Give the first day of so many weeks, all of which a calendar must hold."""
    try:
        day = start or today + timedelta(weeks=1)
        monday = day - timedelta(days=day.weekday())
        _ = monday + timedelta(weeks=weeks)
    except OverflowError:
        msg = f"{count(weeks, 'week')} from {start or today} on go beyond the year 9999"
        raise OptionError(msg) from None
    return monday
