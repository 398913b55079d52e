"""Business that came of a referral is put where the referral stands, if it is clear which."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from refgraph.imports.converted import Row
from refgraph.reading.files.writer import cell
from refgraph.schema.row_facts import date_of, id_of
from refgraph.schema.text import quoted
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from refgraph.imports.book_index import Known
    from refgraph.imports.converted import Closing
    from refgraph.imports.plan import Plan

__all__ = ["close"]

_CLOSED = ("won", "lost")
_MOST_TOLD = 3


def close(closings: list[Closing], known: Known, plan: Plan) -> list[Row]:
    """Close the one open referral that each amount fits; give the thanks as touches.

    An amount fits a referral from who is thanked to who says thank you that
    is not later, and neither won nor lost. A referral that is new gets the
    value. One that the book has gets a row of statuses.csv, with the amount in
    its note, as the book is never rewritten. If none fits, or several do, the
    amount is listed.

    Parameters
    ----------
    closings : list of Closing
        The amounts.
    known : Known
        The book.
    plan : Plan
        Its new referrals are changed, and what is decided is added to it.

    Returns
    -------
    list of Row
        The thanks that I said or was told; those between others are not of my book.
    """
    if not closings:
        return []
    candidates = _Candidates(known, plan, closings)
    waiting = [closing for closing in closings if not candidates.has(closing)]
    plan.there["statuses"] += len(closings) - len(waiting)
    won: list[Closing] = []
    for closing in waiting:
        fitting = candidates.open(closing)
        if len(fitting) == 1 and candidates.settle(fitting[0], closing):
            won.append(closing)
        elif closing.value is not None:
            plan.listed.amount(closing, len(fitting))
    plan.notes += _say_won(won, plan.path)
    return list(_thanks(closings, known, plan))


def _say_won(won: list[Closing], path: str) -> Iterator[str]:
    """Say which open referrals a thank-you closes: each is the only one that it fits."""
    if not won:
        return
    told = [
        f"line {each.line:,}: {quoted(each.giver)} to {quoted(each.receiver)}"
        + (f", {cell(each.value)} {each.currency}".rstrip() if each.value is not None else "")
        for each in won[:_MOST_TOLD]
    ]
    more = [f"and {len(won) - _MOST_TOLD:,} more"] * (len(won) > _MOST_TOLD)
    referrals = count(len(won), "open referral", "is")
    yield (
        f"{path}: {referrals} taken as won, as a thank-you for closed business fits no other: "
        f"{'; '.join([*told, *more])}"
    )


class _Candidates:
    """The referrals, old and new, that an amount may belong to."""

    def __init__(self, known: Known, plan: Plan, closings: list[Closing]) -> None:
        self.known, self.plan = known, plan
        self.person = known.names.person
        old = ((row, False) for row in known.referrals)
        new = ((row, True) for row in plan.rows["referrals"])
        self.of: dict[tuple[str, str], list[tuple[dict[str, Any], bool]]] = {
            (self.person(each.giver), self.person(each.receiver)): [] for each in closings
        }
        for row, fresh in chain(old, new):
            pair = self.person(row["giver"]), self.person(row["receiver"])
            if pair in self.of:
                self.of[pair].append((row, fresh))
        self.used: set[int] = set()
        self.noted = {
            (id_of(row), row["status"], row["note"], date_of(row)) for row in known.statuses
        }

    def between(self, closing: Closing) -> list[tuple[dict[str, Any], bool]]:
        pair = self.person(closing.giver), self.person(closing.receiver)
        return [each for each in self.of.get(pair, ()) if id(each[0]) not in self.used]

    def has(self, closing: Closing) -> bool:
        """Tell whether the book has this amount of this day already; it is not had twice.

        The same amount on another day is other money.
        """
        for row, fresh in self.between(closing):
            valued = row["status"] == "won" and row["value"] == closing.value
            valued = valued and row["status_date"] == closing.date
            note = id_of(row), "won", _note(closing), closing.date
            if not fresh and (valued or note in self.noted):
                self.used.add(id(row))
                return True
        return False

    def open(self, closing: Closing) -> list[tuple[dict[str, Any], bool]]:
        return [
            (row, fresh)
            for row, fresh in self.between(closing)
            if row["status"] not in _CLOSED
            and row["value"] is None
            and not ((day := date_of(row)) and closing.date and day > closing.date)
        ]

    def settle(self, chosen: tuple[dict[str, Any], bool], closing: Closing) -> bool:
        """Mark the referral as won; say whether that could be done."""
        row, fresh = chosen
        if fresh:
            row.update(status="won", status_date=closing.date)
            row.update(value=closing.value, currency=closing.currency)
        elif closing.date is None:
            return False
        else:
            self.plan.rows["statuses"].append(
                {"date": closing.date, "id": id_of(row), "status": "won", "note": _note(closing)}
            )
        self.used.add(id(row))
        return True


def _note(closing: Closing) -> str:
    """Write the amount where it has no column of its own."""
    if closing.value is None:
        return closing.note
    amount = " ".join(filter(None, (cell(closing.value), closing.currency)))
    return "; ".join(filter(None, (f"closed business {amount}", closing.note)))


def _thanks(closings: Iterable[Closing], known: Known, plan: Plan) -> Iterable[Row]:
    undated = others = 0
    for closing in closings:
        giver, receiver = map(known.names.person, (closing.giver, closing.receiver))
        if known.me not in (giver, receiver):
            others += 1
        elif closing.date is None:
            undated += 1
        else:
            mine = receiver == known.me
            values = {
                "date": closing.date,
                "person": closing.giver if mine else closing.receiver,
                "kind": "thanks" if mine else "they-thanked-me",
                "personal": None,
                "note": closing.note,
            }
            yield Row(closing.line, values)
    if undated:
        what = count(undated, "thank-you", "has")
        plan.notes.append(f"{plan.path}: {what} no date; give one to keep it: --date YYYY-MM-DD")
    if others:
        what = count(others, "thank-you", "is")
        why = "no touch of yours" if known.me else "this book, without a me, keeps no thanks"
        plan.notes.append(f"{plan.path}: {what} between others, and {why}")
