"""The book of a life: its rows so far, as they would have been written down."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph import Book

if TYPE_CHECKING:
    from years.life import Life

__all__ = ["Writer", "write_book"]

FIRST = date(2023, 1, 2)  # a Monday
_STAMPS = [FIRST + timedelta(days) for days in range(4000)]
_REFERRALS = ("date", "giver", "receiver", "prospect", "handoff", "status", "status_date", "id")
_TOUCHES = ("date", "person", "kind", "about", "with")


def write_book(life: Life) -> Book:
    """Give the book as it stands on the morning of a day."""
    names = [*life.names, life.me]  # of whom -1 is the last
    referrals = [
        (_STAMPS[one.day], names[one.giver], names[one.receiver], one.prospect, one.handoff,
         "given", None, one.id)
        for one in life.referrals
    ]  # fmt: skip
    touches = [
        (_STAMPS[day], names[person], kind, about, "" if other is None else names[other])
        for day, person, kind, about, other in life.touches
    ]
    moves = [(_STAMPS[day], told, status) for day, told, status in life.moves]
    return Book.from_frames(
        pd.DataFrame(referrals, columns=list(_REFERRALS)),
        people=_people(life),
        statuses=pd.DataFrame(moves, columns=["date", "id", "status"]),
        touches=pd.DataFrame(touches, columns=list(_TOUCHES)),
        me=life.me,
        today=_STAMPS[life.day],
    )


def _people(life: Life) -> pd.DataFrame:
    nature = life.nature
    return pd.DataFrame(
        {
            "person": life.names,
            "offers": [offers for offers, _ in nature.words],
            "needs": [needs for _, needs in nature.words],
            "cadence": nature.cadence,
            "role": nature.role,
        }
    )


class Writer:
    """Writes the book of one life again and again, and only what is new of it.

    Parameters
    ----------
    life : Life
        Whose; what it has is read and checked once, what comes later is put behind it as it is.
    """

    def __init__(self, life: Life) -> None:
        self._book = write_book(life)

    def write(self, life: Life) -> Book:
        """Give the book as it stands on the morning of a day."""
        names = [*life.names, life.me]
        rows = sorted(
            (one.day, names[one.giver], names[one.receiver], one.prospect, at)
            for at, one in enumerate(life.referrals)
        )
        every = [life.referrals[row[-1]] for row in rows]
        number = len(rows)
        history = pd.DataFrame(
            {
                "date": _days([one.day for one in every]),
                "giver": _text([row[1] for row in rows]),
                "receiver": _text([row[2] for row in rows]),
                "prospect": _text([row[3] for row in rows]),
                "count": np.ones(number, dtype=np.int64),
                "handoff": np.array([one.handoff for one in every], dtype=float),
                "status": _text([one.status for one in every]),
                "status_date": _days([one.moved for one in every]),
                "value": pd.Series([None] * number, dtype=object),
                "currency": _text([""] * number),
                "note": _text([""] * number),
                "id": _text([one.id for one in every]),
                "consent": pd.Series([None] * number, dtype=object),
                "source": _text([""] * number),
                "file": _text([""] * number),
                "line": np.arange(number),
            }
        )
        touched = sorted(life.touches, key=lambda each: (each[0], names[each[1]], each[2]))
        number = len(touched)
        touches = pd.DataFrame(
            {
                "date": _days([each[0] for each in touched]),
                "person": _text([names[each[1]] for each in touched]),
                "kind": _text([each[2] for each in touched]),
                "personal": pd.Series([None] * number, dtype=object),
                "note": _text([""] * number),
                "with": _text(["" if each[4] is None else names[each[4]] for each in touched]),
                "about": _text([each[3] for each in touched]),
                "until": _days([None] * number),
                "file": _text([""] * number),
                "line": np.arange(number),
            }
        )
        return self._book.altered(
            history=history,
            touches=touches,
            today=_STAMPS[life.day],
            status_changes=_changes(life),
        )


def _changes(life: Life) -> tuple[tuple[date, str, str], ...]:
    """Give what statuses.csv says, and before it what the row of the referral says."""
    moves: dict[str, list[tuple[date, str, str]]] = {}
    for day, told, status in life.moves:
        start = (_STAMPS[life.by_id[told].day], told, "given")
        moves.setdefault(told, [start]).append((_STAMPS[day], told, status))
    return tuple(each for some in moves.values() for each in some)


def _days(numbers: list[int | None]) -> np.ndarray:
    """Give the days of numbers; none where there is no number."""
    known = np.array([-(10**6) if each is None else each for each in numbers], dtype=np.int64)
    days = np.datetime64(FIRST, "D") + known
    return np.where(known < 0, np.datetime64("NaT", "D"), days).astype("datetime64[s]")


def _text(texts: list[str]) -> pd.Series:
    return pd.Series(texts, dtype="str")
