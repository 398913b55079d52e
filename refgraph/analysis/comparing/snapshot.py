"""What stands in a book on a day, and the rows it stands on, to be compared with later."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from refgraph.analysis.comparing.state import RANKS, state_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from refgraph.analysis.comparing.state import State
    from refgraph.book.book import Book

    Tie = tuple[str, str]

__all__ = ["Referral", "Snapshot", "Touch", "snapshot_of"]


class Referral(NamedTuple):
    """What of a referral can change what stands; days as ISO dates, "" for none."""

    date: str
    giver: str
    receiver: str
    number: int
    status: str
    status_date: str


class Touch(NamedTuple):
    """What of a touch can change what stands; days as ISO dates, "" for none."""

    date: str
    person: str
    kind: str
    other: str
    about: str
    until: str


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What stands on a day, from somebody's side or of all, with the rows it stands on.

    Attributes
    ----------
    day : datetime.date
        At its end.
    whose : str or None
        From whose side.
    state : dict
        See :func:`refgraph.analysis.comparing.state.state_of`.
    referrals : dict of str to Referral
        By their ids.
    touches : Counter of Touch
        How many there are of each.
    """

    day: date
    whose: str | None
    state: State
    referrals: Mapping[str, Referral]
    touches: Counter[Touch]

    def ties(self) -> dict[Tie, int]:
        """Count the referrals from each to each."""
        found: Counter[Tie] = Counter()
        for each in self.referrals.values():
            found[each.giver, each.receiver] += each.number
        return dict(found)

    def renamed(self, names: Mapping[str, str]) -> Snapshot:
        """Give it with other names for some people; two who become one are added up.

        Examples
        --------
        >>> from refgraph import Book
        >>> then = snapshot_of(Book.sample()).renamed({"Hiro Tanabe": "Hiro T"})
        >>> ("Hiro T", "Robin Hale") in then.ties()
        True
        """
        if not names:
            return self
        state: State = {}
        for (kind, person, other, identity), value in self.state.items():
            key = kind, names.get(person, person), names.get(other, other), identity
            before = state.get(key)
            if isinstance(value, int) and isinstance(before, int):
                value = min(value, before) if kind in RANKS else value + before  # noqa: PLW2901
            state[key] = value
        told = {
            identity: each._replace(
                giver=names.get(each.giver, each.giver),
                receiver=names.get(each.receiver, each.receiver),
            )
            for identity, each in self.referrals.items()
        }
        touches: Counter[Touch] = Counter()
        for touch, number in self.touches.items():
            person, other = (names.get(name, name) for name in (touch.person, touch.other))
            touches[touch._replace(person=person, other=other)] += number
        whose = None if self.whose is None else names.get(self.whose, self.whose)
        return Snapshot(self.day, whose, state, told, touches)


def snapshot_of(book: Book, person: str | None = None) -> Snapshot:
    """Give what stands in a book on its today; its window is not asked.

    Examples
    --------
    >>> from refgraph import Book
    >>> then = snapshot_of(Book.sample())
    >>> str(then.day), then.whose, len(then.referrals)
    ('2026-10-01', 'Robin Hale', 46)
    """
    book = book.window()
    rows, touches = book.history, book.touches
    told = zip(
        _days(rows["date"]),
        rows["giver"],
        rows["receiver"],
        rows["count"].tolist(),
        rows["status"],
        _days(rows["status_date"]),
        strict=True,
    )
    names = ("person", "kind", "with", "about")
    dated = zip(
        _days(touches["date"]),
        *(touches[name] for name in names),
        _days(touches["until"]),
        strict=True,
    )
    return Snapshot(
        book.today,
        book.whose(person),
        state_of(book, person),
        dict(zip(rows["id"], (Referral(*each) for each in told), strict=True)),
        Counter(Touch(*each) for each in dated),
    )


def _days(column: pd.Series[pd.Timestamp]) -> list[str]:
    return ["" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in column]
