"""What is different in a book since a day: newly owed, settled, thanked, won, gone quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.comparing.book_as_of import book_as_of
from refgraph.analysis.comparing.facts import facts_of
from refgraph.book import professional_limits

if TYPE_CHECKING:
    from datetime import date

    from refgraph.analysis.comparing.facts import Facts
    from refgraph.book.book import Book

__all__ = ["COLUMNS", "KINDS", "apply", "compare", "since"]

COLUMNS = ("kind", "person", "what", "before", "after", "rows")
#: What a change may be, in the order of the table, and what it is a fact of.
KINDS = {
    "newly owed": "open",
    "settled": "open",
    "thanked": "thanks",
    "thanks taken back": "thanks",
    "new referral": "status",
    "moved on": "status",
    "won": "status",
    "lost": "status",
    "referral gone": "status",
    "gone quiet": "quiet",
    "heard of again": "quiet",
    "new person": "known",
    "person gone": "known",
    "rank changed": "rank",
}
_CAME_AND_WENT = {
    "status": ("new referral", "referral gone"),
    "quiet": ("gone quiet", "heard of again"),
    "known": ("new person", "person gone"),
    "rank": ("rank changed", "rank changed"),
}
_ROSE, _FELL = ("newly owed", "thanked"), ("settled", "thanks taken back")


def since(book: Book, day: date) -> pd.DataFrame:
    """List what changed in a book since a day.

    Parameters
    ----------
    book : Book
        The book of now; the whole record counts, whatever the window.
    day : datetime.date
        What was dated up to this day had happened before.

    Returns
    -------
    pandas.DataFrame
        As :func:`compare` gives it.

    Raises
    ------
    OptionError
        The day is after today's.
    WithheldError
        The book has the profile ``health``.

    Examples
    --------
    >>> from datetime import date
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> len(since(book, book.today)), all(since(book, date(2026, 3, 1))["rows"])
    (0, True)
    """
    whole = book.window()
    return compare(book_as_of(whole, day), whole)


def compare(before: Book | Facts, after: Book) -> pd.DataFrame:
    """List what is different in a book from what was shown, or from the same book before.

    Parameters
    ----------
    before : Book or dict
        The book as it stood (:func:`book_as_of`), or facts that were shown then; of facts only
        those kinds are compared that are among them.
    after : Book
        The book of now.

    Returns
    -------
    pandas.DataFrame
        By the order of `KINDS`, then by name: ``kind``, ``person``, ``what`` (who owes it, the id
        of the referral, or what the rank is among), ``before`` and ``after`` as text, "" for
        none, ``rows`` (list of the ids of referrals, and ``touches:LINE`` for touches, behind it).

    Raises
    ------
    WithheldError
        The book has the profile ``health``.

    Examples
    --------
    >>> from refgraph import Book
    >>> compare(Book.sample(), Book.sample()).empty
    True
    """
    now = facts_of(after)
    if isinstance(before, dict):
        then, day = before, None
        shown = {kind for kind, *_ in then} | {"open", "rank"}
        now = {key: value for key, value in now.items() if key[0] in shown}
    else:
        then, day = facts_of(before), before.today
    evidence = _Evidence(after, day)
    order = {kind: at for at, kind in enumerate(KINDS)}
    found = sorted(
        (
            (_kind(key[0], then.get(key), now.get(key)), *key[1:], then.get(key), now.get(key))
            for key in {*then, *now}
            if then.get(key) != now.get(key)
        ),
        key=lambda row: (order[row[0]], *row[1:3]),
    )
    rows = [
        (kind, person, what, _text(was), _text(is_now), evidence.of(kind, person, what))
        for kind, person, what, was, is_now in found
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    table = table.astype({name: "str" for name in COLUMNS if name != "rows"})
    return professional_limits.beside(after, table)


def apply(facts: Facts, changes: pd.DataFrame) -> Facts:
    """Carry changes out on the facts of before, and give those of after.

    Examples
    --------
    >>> from datetime import date
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> then = book_as_of(book, date(2026, 3, 1))
    >>> apply(facts_of(then), compare(then, book)) == facts_of(book)
    True
    """
    found = dict(facts)
    for kind, person, what, after in zip(
        *(changes[name] for name in ("kind", "person", "what", "after")), strict=True
    ):
        key = KINDS[kind], person, what
        found.pop(key, None)
        if after:
            found[key] = int(after) if after.isdecimal() else after
    return found


def _kind(fact: str, was: Any, is_now: Any) -> str:
    """Name a change of a fact."""
    if fact in ("open", "thanks"):
        rose = (is_now or 0) > (was or 0)
        return next(kind for kind in (_ROSE if rose else _FELL) if KINDS[kind] == fact)
    if is_now in ("won", "lost"):
        return str(is_now)
    came, went = _CAME_AND_WENT[fact]
    if is_now is None:
        return went
    return "moved on" if fact == "status" and was is not None else came


def _text(value: Any) -> str:
    return "" if value is None else str(value)


class _Evidence:
    """The rows of a book that are new since a day, by whom they are about."""

    def __init__(self, book: Book, day: date | None) -> None:
        end = np.datetime64("NaT") if day is None else np.datetime64(day, "s")
        rows, touches = book.history, book.touches
        if day is not None:
            moved = {identity for when, identity, _ in book.status_changes if when and when > day}
            late = (rows["date"] > end) | (rows["status_date"] > end) | rows["id"].isin(moved)
            rows, touches = rows[late], touches[touches["date"] > end]
        self._rows = list(zip(rows["giver"], rows["receiver"], rows["id"], strict=True))
        self._touches = [
            ({person, second}, kind, f"touches:{line}")
            for person, second, kind, line in zip(
                *(touches[name] for name in ("person", "with", "kind", "line")), strict=True
            )
        ]

    def of(self, kind: str, person: str, what: str) -> list[str]:
        """Give the rows behind a change."""
        if KINDS[kind] in ("status", "quiet"):
            return [what]
        if KINDS[kind] == "thanks":
            return self._touched(person, "thanks")
        if KINDS[kind] == "open":
            between = [row for *ends, row in self._rows if {*ends} == {person, what}]
            return between + self._touched(person, "settled")
        mine = [row for *ends, row in self._rows if person in ends]
        if KINDS[kind] == "known":
            return mine + self._touched(person)
        return mine or [row for *_, row in self._rows]  # a rank may change by what others did

    def _touched(self, person: str, kind: str | None = None) -> list[str]:
        return [
            row for people, each, row in self._touches if person in people and kind in (None, each)
        ]
