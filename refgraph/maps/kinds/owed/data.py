"""The two sides of the owed map: whom one person owes, and where they went first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.owing import owe
from refgraph.errors import RefgraphError
from refgraph.maps.drawing import legend
from refgraph.maps.kinds.owed import fan_lanes
from refgraph.maps.scenes import phrases, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.book.book import Book

__all__ = [
    "LATE",
    "Row",
    "counted",
    "cut",
    "entries",
    "finding",
    "form",
    "refuse_unlisted",
    "rest",
    "rows_of",
    "summed",
]

LATE = 180  # days
_SEEN = 1.5  # pixels of both rims of a lane, with fewer of which they are not seen
_NEVER = "never owed"
_NUMBER = {"owe": "how many are open", "first": "how many more were given"}  # in a mark


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
    days: float = np.nan  # since the oldest that is open was given
    never: bool = False  # whether nothing can be owed to them

    @property
    def dated(self) -> bool:
        """Whether it is known since when something is open."""
        return not np.isnan(self.days)

    @property
    def age(self) -> str:
        """How long something is open, in words; nothing if nothing is."""
        if self.kind != "owe":
            return ""
        return phrases.many(int(self.days), "day") if self.dated else "no date"

    @property
    def late(self) -> bool:
        """Whether something is open for too long."""
        return self.days > LATE

    @property
    def standing(self) -> str:
        """The kind of row, and ``late`` of one with something open for too long."""
        return "late" if self.late else self.kind

    def alone(self, *, inward: bool) -> float:
        """Give how many referrals of a tie are not matched: those open, or given beyond."""
        total = self.gave_me if inward else self.i_gave
        if self.kind != ("owe" if inward else "first"):
            return 0.0
        return min(self.amount, total)

    @property
    def closed(self) -> list[str]:
        """Say what became of what they gave and is not open, "matched" of what went back alone."""
        done = self.gave_me - self.alone(inward=True)
        words = ["matched"] if min(done, self.i_gave) > 0 else []
        return words + [_NEVER if self.never else "settled"] * (done > self.i_gave)

    def shows_matched(self, *, inward: bool) -> bool:
        """Tell whether a tie is seen as matched: all of it, or a rim beside the rest."""
        weight, alone = self.gave_me if inward else self.i_gave, self.alone(inward=inward)
        rim = fan_lanes.lane_width(weight) - fan_lanes.lane_width(alone)
        return weight > 0 and (not alone or rim >= _SEEN)

    @property
    def lanes(self) -> list[tuple[bool, float]]:
        """Give the ties of this row from the top down: to the middle, and back."""
        both = ((True, self.gave_me), (False, self.i_gave))
        return [(inward, weight) for inward, weight in both if weight > 0]


def rows_of(book: Book, whose: str, *, mine: bool, brief: bool = False) -> list[Row]:
    """Sort everybody with a referral to or from `whose` into the three kinds.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals; settling uses the whole record.
    whose : str
        Who owes.
    mine : bool
        Whether the words say "you".
    brief : bool, default False
        Whether the counts are said in as few words as can be.

    Returns
    -------
    list of Row
        Whom they owe, the longest open first; where they went first, most first; the even ones.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> rows_of(book, book.me, mine=True)[0].kind
    'owe'
    """
    table = owe.position(book, whose)
    days = table["days_open"].to_numpy(dtype=float, na_value=np.nan)
    table = table.assign(standing=owe.standing(table), days_open=days).reset_index()
    never = {str(name) for name in book.people.index[~owe.may_be_owed(book)]}
    rows: list[tuple[tuple[float, ...], Row]] = []
    for entry in table.to_dict("records"):
        gave_me, i_gave, still = (float(entry[key]) for key in ("gave_me", "i_gave", "open"))
        if gave_me + i_gave <= 0:
            continue
        kind = str(entry["standing"])
        amount = {"owe": still, "first": i_gave - gave_me, "even": gave_me + i_gave}[kind]
        why = _otherwise(gave_me, i_gave, still, kind, windowed=book.windowed)
        row = Row(
            str(entry["person"]),
            str(entry["role"] or ""),
            kind,
            gave_me,
            i_gave,
            amount,
            "=" if kind == "even" else phrases.short(amount),
            _said(gave_me, i_gave, mine=mine, brief=brief)
            + (f", {_NEVER}" if why and str(entry["person"]) in never else why),
            float(entry["days_open"]) if kind == "owe" else np.nan,
            str(entry["person"]) in never,
        )
        rank = ("owe", "first", "even").index(kind)
        old = -row.days if row.dated else np.inf
        rows.append(((rank, old, -amount), row))
    return [row for _, row in sorted(rows, key=lambda pair: (*pair[0], pair[1].person))]


def cut(
    rows: list[Row], top: int, kept: str | None = None
) -> tuple[list[Row], dict[str, list[Row]]]:
    """Give the rows to draw, and by kind those to sum up instead.

    The first of each kind are drawn, and the row of the person `kept` in place of the last.
    """
    if len(rows) <= 2 * top:
        return rows, {}
    shown: list[Row] = []
    rest: dict[str, list[Row]] = {}
    even = 2 * top if all(row.kind == "even" for row in rows) else max(top // 3, 1)
    for kind, most in (("owe", top), ("first", top), ("even", even)):
        those = [row for row in rows if row.kind == kind]
        if kept in {row.person for row in those[most:]}:
            late = next(row for row in those[most:] if row.person == kept)
            those.remove(late)
            those.insert(most - 1, late)
        shown += those[:most]
        if those[most:]:
            rest[kind] = those[most:]
    return shown, rest


def _said(gave_me: float, i_gave: float, *, mine: bool, brief: bool) -> str:
    """Say what went either way."""
    a, b = phrases.number(gave_me), phrases.number(i_gave)
    if brief:
        return f"{a} in, {b} out"
    return f"gave you {a}, you gave {b}" if mine else f"gave {a}, got {b}"


def _otherwise(gave_me: float, i_gave: float, still: float, kind: str, *, windowed: bool) -> str:
    """Say what explains why what went either way is not all there is to say."""
    if not windowed:
        otherwise = max(gave_me - i_gave - still, 0.0)
        return f", {phrases.number(otherwise)} settled" if otherwise else ""
    # what lies outside the window settled what is in it, or was settled by it
    if kind == "even" and gave_me > i_gave:
        return ", settled"
    if kind == "owe" and still != gave_me - i_gave:
        return f", {phrases.number(still)} open"
    return ""


def finding(rows: Sequence[Row], name: str, *, mine: bool) -> str:
    """Say how much is owed to how many, and how long the oldest has waited."""
    owed = [row for row in rows if row.kind == "owe"]
    verb = "owe" if mine else "owes"
    if not owed:
        first = sum(row.kind == "first" for row in rows)
        more = f", and went first with {phrases.many(first, 'person', 'people')}"
        return f"{name} {verb} no one a referral{more if first else ''}"
    people = phrases.many(len(owed), "person", "people")
    total = phrases.many(sum(row.amount for row in owed), "referral")
    days = [int(row.days) for row in owed if row.dated]
    oldest = f"; the oldest has waited {phrases.many(max(days), 'day')}" if days else ""
    return f"{name} {verb} {people} {total}{oldest}"


def summed(rows: Sequence[Row]) -> str:
    """Say how many people and referrals the rows of a kind are."""
    if not rows:
        return "no one"
    people = phrases.many(len(rows), "person", "people")
    return f"{people}, {phrases.many(sum(row.amount for row in rows), 'referral')}"


def form(row: Row) -> str:
    """Give the shape for the role of a row; people without one are discs."""
    shape = theme.ROLES.get(row.role, theme.ROLES["other"])[0]
    return "circle" if shape == "ring" else shape


def refuse_unlisted(marked: str | None, rows: Sequence[Row], who: str) -> None:
    """Refuse to mark somebody who has no row.

    Raises
    ------
    RefgraphError
        They have none.
    """
    if marked is not None and marked not in {row.person for row in rows}:
        msg = f"{marked} has no referral to or from {who}, so there is nothing to mark."
        raise RefgraphError(msg)


def entries(shown: Sequence[Row], me: str, *, lanes: bool = True) -> list[legend.Item]:
    """Give the entries of the legend, only for what is on the map; `me` is in the middle.

    Without `lanes` nobody is in the middle, and no tie is drawn.
    """
    kinds = {row.kind for row in shown}
    items = []
    if lanes and any(row.kind == "owe" and not row.late for row in shown):
        items.append(legend.arrow(theme.OWE, f"referral to {me}"))
    if any(row.late for row in shown):
        late = f"waiting more than {LATE} days"
        mark = legend.arrow(theme.AGED, late) if lanes else legend.mark("circle", theme.AGED, late)
        items.append(mark)
    if "first" in kinds and lanes:
        items.append(legend.arrow(theme.FIRST, f"referral from {me}"))
    closed = {word for row in shown if row.shows_matched(inward=True) for word in row.closed}
    if lanes and closed:
        words = [word for word in ("matched", "settled", _NEVER) if word in closed]
        items.append(legend.arrow(theme.GIVEN_BEFORE, f"{' or '.join(words)}, to {me}"))
    if lanes and any(row.shows_matched(inward=False) for row in shown):
        items.append(legend.arrow(theme.GAVE_BACK, f"matched, from {me}"))
    if lanes:
        most = max(weight for row in shown for _, weight in row.lanes)
        items.append(legend.widths(fan_lanes.lane_width, most, fan_lanes.MOST))
    number = [text for kind, text in _NUMBER.items() if kind in kinds]
    if number:
        items.append(legend.mark("circle", theme.EVEN, " or ".join(number), sign="3"))
    if "even" in kinds:
        items.append(legend.mark("circle", theme.EVEN, "even, nothing open", sign="="))
    return items + _role_entries(shown)


def _role_entries(shown: Sequence[Row]) -> list[legend.Item]:
    """Tell which shape stands for which roles, where any is recorded."""
    there: dict[str, list[str]] = {}
    for role, (_, _, word) in theme.ROLES.items():
        if like := [row for row in shown if row.role == role]:
            there.setdefault(form(like[0]), []).append(word)
    if not any(row.role for row in shown):
        return []
    return [legend.mark(shape, theme.EVEN, " or ".join(words)) for shape, words in there.items()]


def counted(book: Book, rows: Sequence[Row], who: str, *, beyond: int) -> str:
    """Give the subtitle: what was counted and left out, and how many are beyond the page."""
    gave_me, i_gave = (
        phrases.number(sum(each))
        for each in ([row.gave_me for row in rows], [row.i_gave for row in rows])
    )
    without = len(book.people) - 1 - len(rows)
    out = phrases.many(without, "person", "people") if without else ""
    people = phrases.many(len(rows), "person", "people")
    return phrases.sentence(
        [
            phrases.when(book),
            f"{gave_me} received and {i_gave} given, with {people}",
            f"{phrases.many(beyond, 'person', 'people')} summed, not drawn" if beyond else "",
            f"{out} without a referral to or from {who} left out" if out else "",
        ]
    )


def rest(kind: str, rows: Sequence[Row]) -> str:
    """Sum the rows of a side that are not drawn."""
    text = f"and {phrases.many(len(rows), 'more person', 'more people')}"
    if kind == "owe":
        is_dated = all(row.dated for row in rows)
        text += f", none {'waiting' if is_dated else 'known to wait'} longer"
    if kind != "even":
        text += f": {phrases.many(sum(row.amount for row in rows), 'referral')}"
    return text
