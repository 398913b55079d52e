"""The two sides of the owed map: whom one person owes, and where they went first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis import owe
from refgraph.maps import theme, words

if TYPE_CHECKING:
    from refgraph.book import Book

__all__ = ["LATE", "Row", "cut", "form", "rows_of"]

LATE = 180  # days


@dataclass(frozen=True)
class Row:
    """One person, with everything that is written beside them."""

    person: str
    role: str
    kind: str
    gave_me: float
    i_gave: float
    amount: float
    sign: str
    counts: str
    days: str = ""
    late: bool = False

    @property
    def lanes(self) -> list[tuple[bool, float]]:
        """Give the ties of this row from the top down: to the middle, and back."""
        both = ((True, self.gave_me), (False, self.i_gave))
        return [(inward, weight) for inward, weight in both if weight > 0]


def rows_of(book: Book, whose: str, *, mine: bool) -> list[Row]:
    """Sort everybody with a referral to or from `whose` into the three kinds.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals; settling uses the whole record.
    whose : str
        Who owes.
    mine : bool
        Whether the words say "you".

    Returns
    -------
    list of Row
        Whom they owe, most first and then longest; where they went first; and the even ones.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> rows_of(book, book.me, mine=True)[0].kind
    'owe'
    """
    table = owe.position(book, whose).reset_index().sort_values("person", kind="stable")
    windowed = book.since is not None or book.until is not None
    rows: list[tuple[tuple[float, ...], Row]] = []
    for entry in table.to_dict("records"):
        gave_me, i_gave, still = (float(entry[key]) for key in ("gave_me", "i_gave", "open"))
        if gave_me + i_gave <= 0:
            continue
        kind = "owe" if still > 0 else "first" if i_gave > gave_me else "even"
        amount = {"owe": still, "first": i_gave - gave_me, "even": gave_me + i_gave}[kind]
        days = float(entry["days_open"])
        age = "" if kind != "owe" else _age(days)
        a, b = words.number(gave_me), words.number(i_gave)
        counts = f"gave you {a}, you gave {b}" if mine else f"gave {a}, got {b}"
        otherwise = 0.0 if windowed else max(gave_me - i_gave - still, 0.0)
        counts += f", {words.number(otherwise)} settled" if otherwise else ""
        row = Row(
            str(entry["person"]),
            str(entry["role"] or ""),
            kind,
            gave_me,
            i_gave,
            amount,
            "=" if kind == "even" else _short(amount),
            counts,
            age,
            kind == "owe" and days > LATE,
        )
        rank = ("owe", "first", "even").index(kind)
        old = -np.inf if np.isnan(days) else -days
        rows.append(((rank, -amount, old), row))
    return [row for _, row in sorted(rows, key=lambda pair: (*pair[0], pair[1].person))]


def cut(rows: list[Row], top: int) -> tuple[list[Row], dict[str, list[Row]]]:
    """Give the rows to draw, and by kind those to sum up instead."""
    if len(rows) <= 2 * top:
        return rows, {}
    shown: list[Row] = []
    rest: dict[str, list[Row]] = {}
    for kind, most in (("owe", top), ("first", top), ("even", max(top // 3, 1))):
        those = [row for row in rows if row.kind == kind]
        shown += those[:most]
        if those[most:]:
            rest[kind] = those[most:]
    return shown, rest


def _age(days: float) -> str:
    return "no date" if np.isnan(days) else words.many(int(days), "day")


def _short(amount: float) -> str:
    """Give a number that fits into a mark."""
    return words.number(amount) if amount < 1000 else f"{int(amount // 1000)}k"


def form(row: Row) -> str:
    """Give the shape for the role of a row; people without one are discs."""
    shape = theme.ROLES.get(row.role, theme.ROLES["other"])[0]
    return "circle" if shape == "ring" else shape
