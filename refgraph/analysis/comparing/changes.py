"""Where a book is not as it was: what changed, from what to what, and by how many rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from refgraph.analysis.comparing.earlier_book import book_on
from refgraph.analysis.comparing.snapshot import snapshot_of
from refgraph.analysis.comparing.state import KINDS, RANKS
from refgraph.book import professional_limits
from refgraph.errors import RefgraphError
from refgraph.schema.values import STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from refgraph.analysis.comparing.snapshot import Snapshot
    from refgraph.analysis.comparing.state import State
    from refgraph.book.book import Book

    Value = int | str | None

__all__ = ["CHANGES", "COLUMNS", "Comparison", "compare_since", "compare_with", "since"]
__all__ += ["state_changes"]

#: What a change is called, in the order in which they are told.
CHANGES = (
    *("newly owed", "owed more", "owed less", "settled", "received", "given"),
    *("thanks due", "thanked", "won", "lost", "moved on", "went back"),
    *("gone quiet", "heard of again"),
    *("connectors rank", "refer-first rank", "new person", "left out", "more referrals"),
)
COLUMNS = ("change", "person", "other", "before", "after", "id", "rows")


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
    columns = ["kind", "person", "other", "id", "before", "after"]
    place = {kind: at for at, kind in enumerate(KINDS)}
    keys = sorted({*before, *after}, key=lambda key: (place[key[0]], *key[1:]))
    rows = [
        (*key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)


@dataclass(frozen=True, eq=False)
class Comparison:
    """What changed in a book since a day.

    Attributes
    ----------
    day : datetime.date
        The day it is compared with.
    table : DataFrame
        See :func:`since`.
    ties : dict of (str, str) to int
        Referrals from each to each on that day.
    is_stored : bool
        Whether it is compared with what a review wrote then, and not with its own dated rows.
    """

    day: date
    table: pd.DataFrame
    ties: Mapping[tuple[str, str], int]
    is_stored: bool = False

    def hidden(self, names: Mapping[str, str], ids: Mapping[str, str]) -> Comparison:
        """Give it with initials for names; who is not in the book any more has none.

        Examples
        --------
        >>> from datetime import date
        >>> from refgraph import Book
        >>> found = compare_since(Book.sample(), date(2026, 6, 1)).hidden({}, {})
        >>> set(found.table["person"])
        {'(gone)'}
        """
        called = {"": ""} | dict(names)
        table = self.table.assign(
            person=[called.get(name, _GONE) for name in self.table["person"]],
            other=[called.get(name, _GONE) for name in self.table["other"]],
            id=[ids.get(identity, "") for identity in self.table["id"]],
        )
        ties = {
            (called[a], called[b]): number
            for (a, b), number in self.ties.items()
            if a in called and b in called
        }
        return Comparison(self.day, table, ties, self.is_stored)


_GONE = "(gone)"
_CLOSED = ("won", "lost")
# How far a referral of each status is; won and lost are as far.
_FAR = {name: STATUSES.index(_CLOSED[0] if name in _CLOSED else name) for name in STATUSES}


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
        after the day, or changed status then; none where time alone made something quiet. A
        place in a list hangs on the rows of all. What only says that somebody had more
        referrals with others is left out.

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
    return compare_since(book, day, person).table


def compare_since(book: Book, day: date, person: str | None = None) -> Comparison:
    """Set a book beside itself as its dated rows say it stood on a day.

    Raises
    ------
    WithheldError
        The profession of the book does not allow to compare what was given and received.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> compare_since(book, book.today).table.empty
    True
    """
    professional_limits.refuse(book)
    then = snapshot_of(book_on(book, day), person)
    return Comparison(day, _between(then, snapshot_of(book, person)), then.ties())


def compare_with(
    then: Snapshot,
    book: Book,
    person: str | None = None,
    *,
    initials: Mapping[str, str] | None = None,
) -> Comparison:
    """Set a book beside what a review wrote: what was shown then.

    Who has another name by now, of which the old one is an alias, is the same. Where names are
    to be hidden, messages have the ``initials``.

    Raises
    ------
    RefgraphError
        It is from somebody else's side, or of a later day.
    WithheldError
        The profession of the book does not allow to compare what was given and received.

    Examples
    --------
    >>> from refgraph import Book
    >>> compare_with(snapshot_of(Book.sample()), Book.sample()).table.empty
    True
    """
    professional_limits.refuse(book)
    aliases = {
        alias: str(name)
        for name, known in book.people["aliases"].items()
        for alias in known
        if alias not in book.people.index
    }
    then, now = then.renamed(aliases), snapshot_of(book, person)
    if then.whose != now.whose:
        called = {each.whose: each.whose for each in (then, now)}
        if initials is not None:
            called = {name: initials.get(name or "", _GONE) for name in called}
        sides = [
            f"of {called[each.whose]}" if each.whose else "of nobody's side" for each in (then, now)
        ]
        msg = f"The review to compare with is {sides[0]}, and this one {sides[1]}."
        raise RefgraphError(msg)
    if then.day > now.day:
        msg = f"The review to compare with is of {then.day}, after {now.day}, which is today here."
        raise RefgraphError(msg)
    return Comparison(then.day, _between(then, now), then.ties(), is_stored=True)


def _between(then: Snapshot, now: Snapshot) -> pd.DataFrame:
    """Give what changed from one to the other, called by its name, with its rows."""
    table = state_changes(then.state, now.state)
    told = zip(*(table[name] for name in ("kind", "id", "before", "after")), strict=True)
    called = [
        "left out"  # a row that is not in the book any more
        if kind == "status" and identity not in now.referrals
        else _NAMES[kind](before, after)
        for kind, identity, before, after in told
    ]
    given_again = table["after"].isna() & (pd.Series(called, dtype=object) == "went back")
    table["after"] = table["after"].where(~given_again, STATUSES[0])
    rows = _RowsSince(then, now)
    table = table.assign(
        change=called,
        rows=[
            rows.of(*each)
            for each in table[["kind", "person", "other", "id"]].itertuples(index=False)
        ],
    )
    by_time = table["kind"].isin(RANKS) & (table["rows"] == 0)
    table = table[(table["change"] != "more referrals") & ~by_time]
    place = {name: at for at, name in enumerate(CHANGES)}
    order = table["change"].map(place).sort_values(kind="stable").index
    return table.loc[order, list(COLUMNS)].reset_index(drop=True).astype({"rows": int})


class _RowsSince:
    """The rows that one snapshot has and the other has not, by whom they are about."""

    def __init__(self, then: Snapshot, now: Snapshot) -> None:
        before, after = then.referrals, now.referrals
        self.whose = now.whose
        self.ids = {each for each in {*before, *after} if before.get(each) != after.get(each)}
        self.between = Counter(
            ends
            for each in self.ids
            for ends in {
                frozenset((row.giver, row.receiver))
                for row in (before.get(each), after.get(each))
                if row is not None
            }
        )
        differing = (then.touches - now.touches) + (now.touches - then.touches)
        self.touched: Counter[str] = Counter()
        for touch, number in differing.items():
            for name in {touch.person, touch.other} - {""}:
                self.touched[name] += number

    def of(self, kind: str, person: str, other: str, identity: str) -> int:
        """Count those that a change stands on."""
        if kind in RANKS:
            return len(self.ids)
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


def _status(before: Value, after: Value) -> str:
    """Say what became of a referral; one that is merely given has no status in a state.

    Examples
    --------
    >>> [_status("met", None), _status("won", "met"), _status(None, "met"), _status("won", "lost")]
    ['went back', 'went back', 'moved on', 'lost']
    """
    was, now = (_FAR[str(status or STATUSES[0])] for status in (before, after))
    if now < was:
        return "went back"
    return str(after) if after in _CLOSED else "moved on"


def _quiet(before: Value, after: Value) -> str:
    return "gone quiet" if int(after or 0) > int(before or 0) else "heard of again"


def _person(before: Value, after: Value) -> str:
    if after is None:
        return "left out"
    return "new person" if before is None else "more referrals"


_NAMES: dict[str, Callable[[Value, Value], str]] = dict(
    zip(
        KINDS,
        (
            _owed,
            lambda _, __: "received",
            lambda _, __: "given",
            _thanks,
            _status,
            _quiet,
            lambda _, __: "connectors rank",
            lambda _, __: "refer-first rank",
            _person,
        ),
        strict=True,
    )
)
