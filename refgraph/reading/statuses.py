"""statuses.csv brings each referral up to date: the newest row stands."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from refgraph.reading.identity import is_derived
from refgraph.schema.distinct_values import Column
from refgraph.schema.row_facts import date_of, id_of
from refgraph.schema.text import quoted
from refgraph.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection

    from refgraph.reading.table import Sheet

__all__ = ["Change", "find_unknown", "update"]

#: Day, id of the referral, and its status from then on.
Change = tuple[date | None, str, str]

# Naming the nearest of very many ids takes long, and helps nobody after a few.
_MOST_SUGGESTIONS = 10
_MOST_COMPARED = 2_000
_CHANGED = ("status", "status_date", "handoff")


def update(referrals: list[Sheet], statuses: Sheet, *, patient: bool) -> list[Change]:
    """Set `status` and `status_date` of referrals, raise `handoff`; refuse unknown ids.

    Parameters
    ----------
    referrals : list of Sheet
        All referrals, with their ids.
    statuses : Sheet
        The changes, in the order they were written down.
    patient : bool
        Whether an id made from content may belong to a refused row, and is
        not called unknown before that row is corrected.

    Returns
    -------
    list of (date or None, str, str)
        Day, id and status of each change, oldest first, and before them what the row itself
        says of each referral that has any.
    """
    told = statuses.columns
    named = {*filter(None, Column.of(id_of(told)).distinct)}
    place: dict[str, tuple[Sheet, int]] = {}
    for sheet in referrals if named else ():
        for row, identity in enumerate(id_of(sheet.columns)):
            if identity in named:
                place.setdefault(identity, (sheet, row))
    find_unknown(referrals, statuses, "id", patient=patient)
    changes = [
        change
        for row, change in enumerate(
            zip(date_of(told), id_of(told), told["status"], told["handoff"], strict=True)
        )
        if row not in statuses.refused and change[1] in place
    ]
    return _apply(referrals, changes, place) if changes else []


def _apply(
    referrals: list[Sheet],
    changes: list[tuple[date, str, str, int | None]],
    place: dict[str, tuple[Sheet, int]],
) -> list[Change]:
    """Carry the changes out, oldest first, and give them with what stood there before."""
    dates = {id(sheet): list(date_of(sheet.columns)) for sheet in referrals}
    is_any_raised = any(handoff is not None for *_, handoff in changes)
    told = _CHANGED if is_any_raised else _CHANGED[:-1]
    for sheet in referrals:
        for name in told:
            sheet.columns[name] = list(sheet.columns[name])
    log: dict[str, list[Change]] = {}
    for day, identity, status, handoff in sorted(changes, key=lambda change: change[0]):
        sheet, row = place[identity]
        columns, since = sheet.columns, dates[id(sheet)][row]
        if identity not in log:
            own = columns["status_date"][row] or since
            log[identity] = [(own, identity, columns["status"][row])]
        log[identity].append((day, identity, status))
        if handoff is not None:
            columns["handoff"][row] = max(handoff, columns["handoff"][row] or 0)
        if day >= (columns["status_date"][row] or since or date.min):
            columns["status"][row] = status
            columns["status_date"][row] = day
    for sheet in referrals:
        for name in told:
            sheet.columns[name] = Column.of(sheet.columns[name])
    return [change for some in log.values() for change in some]


def find_unknown(referrals: list[Sheet], rows: Sheet, column: str, *, patient: bool) -> None:
    """Refuse the rows with an id that no referral has.

    Parameters
    ----------
    referrals : list of Sheet
        All referrals, with their ids.
    rows : Sheet
        Rows that point to them; a blank points to none.
    column : str
        Where the ids stand.
    patient : bool
        Whether an id made from content may belong to a refused row, and is
        not called unknown before that row is corrected.
    """
    named = {*filter(None, Column.of(rows.columns[column]).distinct)}
    every = [id_of(sheet.columns) for sheet in referrals] if named else []
    unknown = named.difference(*every)
    if not unknown:
        return
    known = dict.fromkeys(filter(None, chain.from_iterable(every)))
    unsure = patient and any(sheet.problems for sheet in referrals)
    suggestions = 0
    for row, identity in enumerate(rows.columns[column]):
        if identity not in unknown or (unsure and is_derived(identity)):
            continue
        suggestions += 1
        hint = _remedy(identity, known if suggestions <= _MOST_SUGGESTIONS else ())
        rows.refuse(row, f"no referral has the id {quoted(identity)}", hint, "ids", column)


def _remedy(identity: str, there: Collection[str]) -> str:
    if is_derived(identity):  # an id that is near to it has nothing to do with it
        return "if its referral was corrected since, write this id into the column id there"
    near = _nearest(identity, there)
    return f"did you mean {near}?" if near else "ids are in the column id of referrals.csv"


def _nearest(identity: str, known: Collection[str]) -> str:
    start = identity[:2]
    alike = [other for other in known if other.startswith(start)][:_MOST_COMPARED]
    return did_you_mean(identity, alike, cutoff=0.7)
