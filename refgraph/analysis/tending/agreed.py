"""What was agreed, and comes back when its day has come: decisions, and planned one-to-ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.tending import set_aside
from refgraph.book.professional_limits import touches_as_written
from refgraph.schema.among_texts import is_one_of
from refgraph.schema.values import PLANNED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refgraph.book.book import Book

__all__ = ["COLUMNS", "WEEKS", "decisions", "lines"]

COLUMNS = ("person", "with", "what", "until", "state", "decided", "done", "about")
#: Weeks in which a planned one-to-one comes back: its own, and the one after.
WEEKS = 2
_LINE = ("lane", "person", "reason", "about", "due", "days", "number", "word", "other")


def decisions(book: Book, person: str | None = None) -> pd.DataFrame:
    """List what was decided, what of it is done, and what is due.

    A decision is a touch of kind ``decision`` whose note says what, and whose ``until`` by when;
    taken again, the newest stands. It is done by a touch of kind ``done`` with one of its
    people, on the same day or later, and with the same note, or without any: that is for all
    decided with them until then. What ``refgraph today`` writes to leave a line alone is none.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    person : str, optional
        Only decisions that name this person; all if not given.

    Returns
    -------
    pandas.DataFrame
        What is not done first, by the day it is due, then what is, the newest first:
        ``person`` and ``with`` (whom it names), ``what``, ``until``, ``state`` (``open``,
        ``due``, ``late``, ``done``), ``decided`` and ``done`` (the days), ``about`` (the id of a
        referral). With the profile ``health``, ``what`` and ``about`` are blank.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(decisions(Book.sample()))[:4]
    ['person', 'with', 'what', 'until']
    """
    today, touches = np.datetime64(book.today, "s"), touches_as_written(book)
    done = [
        (frozenset((a, b)) - {""}, note.casefold(), day)
        for a, b, note, day in touches.loc[
            touches["kind"] == "done", ["person", "with", "note", "date"]
        ].itertuples(index=False)
    ]
    taken = touches[(touches["kind"] == "decision") & touches["until"].notna()]
    taken = taken[~taken["note"].isin(["", *set_aside.NOTES])]
    if person is not None:
        taken = taken[(taken["person"] == person) | (taken["with"] == person)]
    newest: dict[tuple[str, str, str], tuple[Any, ...]] = {}
    for who, other, what, until, day, about in taken[
        ["person", "with", "note", "until", "date", "about"]
    ].itertuples(index=False):
        ended = [
            when
            for names, note, when in done
            if names & {who, other} and note in ("", what.casefold()) and when >= day
        ]
        late = "late" if until < today else "due" if until == today else "open"
        state, end = ("done", min(ended)) if ended else (late, pd.NaT)
        newest[who, other, what.casefold()] = who, other, what, until, state, day, end, about
    rows = sorted(
        newest.values(),
        key=lambda row: (
            row[4] == "done",
            0 if pd.isna(row[6]) else -row[6].value,
            row[3],
            *row[:3],
        ),
    )
    days = dict.fromkeys(("until", "decided", "done"), "datetime64[s]")
    kinds = {name: days.get(name, "str") for name in COLUMNS}
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(kinds)
    # A note may name who was referred, and an id is that of a referral.
    return table.assign(what="", about="").astype(kinds) if book.settings.hides else table


def lines(book: Book, whose: str | None) -> pd.DataFrame:
    """Give what was agreed and is due, as lines of the list of today.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    whose : str, optional
        Who would do it. The lead of a chapter has every decision, and no one-to-one.

    Returns
    -------
    pandas.DataFrame
        ``lane`` (``decided``, ``one-to-one``), ``person``, ``reason``, ``about``, ``due``,
        ``days`` (since it was due, or the week began), ``number`` (decisions of theirs that are
        due), ``word`` (what, or why), ``other``, ``chance`` and ``week``.

    Examples
    --------
    >>> from refgraph import Book
    >>> len(lines(Book.sample(), "Robin Hale"))
    0
    """
    rows = [*_decided(book, whose), *(() if whose is None else _planned(book, whose))]
    seen = book if whose is None else set_aside.seen_by(book, whose)
    aside, left = set_aside.snoozed(seen), set_aside.decided(seen)[0]
    table = pd.DataFrame(rows, columns=list(_LINE))
    table["due"] = table["due"].astype("datetime64[s]")
    certain = table["lane"] == "decided"
    table = table.assign(chance=certain.map({True: 1.0, False: 0.5}).astype(float), week=1.0)
    table = table.astype({"days": float, "number": float})
    gone = is_one_of(table["person"], aside) | (~certain & is_one_of(table["person"], left))
    return table[~gone].reset_index(drop=True)


def _decided(book: Book, whose: str | None) -> Iterator[tuple[Any, ...]]:
    """Give each decision that is due, to whom it names, or who has it in hand."""
    own = whose is not None and whose == book.me
    table = decisions(book, None if own else whose)
    if not own and book.me is not None:  # what I decided about somebody is not theirs to do
        table = table[table["with"] != ""]
    due = table[table["state"].isin(["due", "late"])]
    others = [b if a == whose and b else a for a, b in zip(due["person"], due["with"], strict=True)]
    number = pd.Series(others, dtype="str").value_counts()
    for person, about, until, what in zip(
        others, due["about"], due["until"], due["what"], strict=True
    ):
        days = (pd.Timestamp(book.today) - until).days
        yield "decided", person, "due", about, until, days, number[person], what, ""


def _planned(book: Book, whose: str) -> Iterator[tuple[Any, ...]]:
    """Give each one-to-one of somebody that is planned for these days, and was not held yet."""
    touches, today = book.touches, pd.Timestamp(book.today)
    talks = touches[touches["kind"] == PLANNED]
    me = book.me or ""
    both = [frozenset((a, b or me)) for a, b in zip(talks["person"], talks["with"], strict=True)]
    held = {
        (pair, day)
        for pair, day, until in zip(both, talks["date"], talks["until"], strict=True)
        if pd.isna(until)
    }
    for pair, day, until, why in zip(
        both, talks["date"], talks["until"], talks["note"], strict=True
    ):
        if pd.isna(until) or whose not in pair or len(pair) < 2:
            continue
        days = (today - until).days
        was_held = any(pair == each and when >= day for each, when in held)
        if 0 <= days < 7 * WEEKS and not was_held:
            (person,) = pair - {whose}
            due = until + pd.Timedelta(days=6)
            yield "one-to-one", person, "planned", "", due, days, np.nan, why, ""
