"""Where a book is not as it was: what changed, from what to what, and by how many rows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from refgraph.analysis.comparing.earlier_book import book_on
from refgraph.analysis.comparing.state import KINDS, state_of
from refgraph.book import professional_limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from refgraph.analysis.comparing.state import State
    from refgraph.book.book import Book

    Value = int | str | None

__all__ = ["CHANGES", "COLUMNS", "apply_changes", "since", "state_changes"]

#: What a change is called, in the order in which they are told.
CHANGES = (
    *("newly owed", "owed more", "owed less", "settled", "received", "given"),
    *("thanks due", "thanked", "won", "lost", "moved on", "gone quiet", "heard of again"),
    *("new person", "more referrals"),
)
COLUMNS = ("change", "person", "other", "before", "after", "id", "rows")
_STATES = ["kind", "person", "other", "id", "before", "after"]


def state_changes(before: State, after: State) -> pd.DataFrame:
    """Give where two states differ.

    Returns
    -------
    pandas.DataFrame
        ``kind``, ``person``, ``other``, ``id``, ``before`` and ``after``; None for what is not
        in a state. By kind, then by name.

    Examples
    --------
    >>> key = ("owed", "Ann", "", "")
    >>> state_changes({key: 2}, {key: 3}).iloc[0].tolist()
    ['owed', 'Ann', '', '', 2, 3]
    """
    place = {kind: at for at, kind in enumerate(KINDS)}
    keys = sorted({*before, *after}, key=lambda key: (place[key[0]], *key[1:]))
    rows = [
        (*key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)
    ]
    return pd.DataFrame(rows, columns=_STATES, dtype=object)


def apply_changes(state: State, table: pd.DataFrame) -> State:
    """Give what a state becomes by changes.

    Examples
    --------
    >>> key = ("owed", "Ann", "", "")
    >>> apply_changes({key: 2}, state_changes({key: 2}, {}))
    {}
    """
    found = dict(state)
    for kind, person, other, identity, _, after in table[_STATES].itertuples(index=False):
        key = kind, person, other, identity
        if after is None:
            found.pop(key, None)
        else:
            found[key] = after
    return found


def since(book: Book, day: date, person: str | None = None) -> pd.DataFrame:
    """Say what changed in a book since a day.

    Parameters
    ----------
    book : Book
        The whole record counts, whatever its window.
    day : datetime.date
        The book is set beside itself as it stood at its end; not after its today.
    person : str, optional
        From whose side; the book's me if not given.

    Returns
    -------
    pandas.DataFrame
        One row for each change, in the order of :data:`CHANGES`: ``change``, ``person``,
        ``other``, ``before`` and ``after`` (None for none), the ``id`` of the referral whose
        status changed, and ``rows``: how many referrals and touches between the two are dated
        after the day, or changed status then; none where time alone made something quiet.
        What only says that somebody had more referrals with others is left out.

    Raises
    ------
    WithheldError
        The profession of the book does not allow to compare what was given and received.

    Examples
    --------
    >>> from datetime import date
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> len(since(book, book.today)), list(since(book, date(2026, 6, 1)))[:3]
    (0, ['change', 'person', 'other'])
    """
    professional_limits.refuse(book)
    then = book_on(book, day)
    table = state_changes(state_of(then, person), state_of(book, person))
    called = [
        _NAMES[kind](before, after)
        for kind, before, after in zip(table["kind"], table["before"], table["after"], strict=True)
    ]
    rows = _Since(book, day, book.whose(person))
    table = table.assign(
        change=called,
        rows=[
            rows.of(*each)
            for each in table[["kind", "person", "other", "id"]].itertuples(index=False)
        ],
    )
    table = table[table["change"] != "more referrals"]
    place = {name: at for at, name in enumerate(CHANGES)}
    order = table["change"].map(place).sort_values(kind="stable").index
    return table.loc[order, list(COLUMNS)].reset_index(drop=True).astype({"rows": int})


class _Since:
    """The rows that are dated after a day, or changed status then, by whom they are about."""

    def __init__(self, book: Book, day: date, whose: str | None) -> None:
        last, rows = pd.Timestamp(day), book.window().history
        new = rows[(rows["date"] > last) | (rows["status_date"] > last)]
        self.whose, self.ids = whose, frozenset(new["id"])
        self.between = Counter(map(frozenset, zip(new["giver"], new["receiver"], strict=True)))
        touches = book.window().touches
        self.touched = Counter(touches.loc[touches["date"] > last, "person"])

    def of(self, kind: str, person: str, other: str, identity: str) -> int:
        """Count those that a change stands on."""
        if kind == "status":
            return int(identity in self.ids)
        if kind == "person":
            return sum(number for ends, number in self.between.items() if person in ends)
        ends = frozenset((person, other or self.whose or ""))
        touches = self.touched[person] if kind in ("owed", "thanks") and not other else 0
        return self.between[ends] + touches


def _owed(before: Value, after: Value) -> str:
    if before is None:
        return "newly owed"
    if after is None:
        return "settled"
    return "owed more" if int(after) > int(before) else "owed less"


def _thanks(_: Value, after: Value) -> str:
    return "thanked" if after is None else "thanks due"


def _status(_: Value, after: Value) -> str:
    return str(after) if after in ("won", "lost") else "moved on"


def _quiet(before: Value, after: Value) -> str:
    return "gone quiet" if int(after or 0) > int(before or 0) else "heard of again"


def _person(before: Value, _: Value) -> str:
    return "new person" if before is None else "more referrals"


_NAMES: dict[str, Callable[[Value, Value], str]] = dict(
    zip(
        KINDS,
        (
            _owed,
            lambda _, __: CHANGES[4],
            lambda _, __: CHANGES[5],
            _thanks,
            _status,
            _quiet,
            _person,
        ),
        strict=True,
    )
)
