"""statuses.csv brings each referral up to date: the newest row stands."""

from __future__ import annotations

from datetime import date
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from refgraph.reading.identity import is_derived
from refgraph.schema.distinct_values import Column
from refgraph.schema.row_facts import date_of, id_of
from refgraph.schema.text import quoted
from refgraph.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from numpy.typing import NDArray

    from refgraph.reading.table import Sheet

__all__ = ["Change", "find_unknown", "update"]

#: Day, id of the referral, and its status from then on.
Change = tuple[date | None, str, str]

# Naming the nearest of very many ids takes long, and helps nobody after a few.
_MOST_SUGGESTIONS = 10
_MOST_COMPARED = 2_000
_SAID = ("status", "handoff")  # of a change, beside its day and whose it is
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
    ids = Column.of(id_of(statuses.columns))
    places = _places(referrals, ids.distinct)
    find_unknown(referrals, statuses, "id", patient=patient)
    rows = np.flatnonzero(statuses.refused.others() & (places.sheet >= 0)[ids.codes])
    return _apply(referrals, statuses, rows, places) if len(rows) else []


class _Places(NamedTuple):
    """Where referrals stand: the number of the sheet of each, -1 for none, and the row."""

    sheet: NDArray[np.int64]
    row: NDArray[np.int64]


def _places(referrals: list[Sheet], ids: list[str]) -> _Places:
    """Find the referral of each id, the first that has it."""
    at = {identity: number for number, identity in enumerate(ids) if identity}
    places = _Places(np.full(len(ids), -1), np.zeros(len(ids), dtype=np.int64))
    for number, sheet in enumerate(referrals if at else ()):
        column = Column.of(id_of(sheet.columns))
        named = map(at.get, column.distinct, repeat(-1))
        which = np.fromiter(named, np.int64, len(column.distinct))
        new = np.flatnonzero(which >= 0)
        new = new[places.sheet[which[new]] < 0]
        places.row[which[new]] = column.first_rows()[new]
        places.sheet[which[new]] = number
    return places


def _apply(
    referrals: list[Sheet], statuses: Sheet, rows: NDArray[np.intp], places: _Places
) -> list[Change]:
    """Carry the changes out, oldest first, and give them with what stood there before."""
    told = statuses.columns
    ids, days = Column.of(id_of(told)), Column.of(date_of(told))
    turn = {day: at for at, day in enumerate(sorted({*_taken(days, rows)}))}
    rows = rows[np.argsort([turn[day] for day in _taken(days, rows)], kind="stable")]
    day = _taken(days, rows)
    now, level = (_taken(Column.of(told[name]), rows) for name in _SAID)
    which, first, one_of = np.unique(ids.codes[rows], return_index=True, return_inverse=True)
    last = np.zeros(len(which), dtype=np.int64)
    last[one_of] = np.arange(len(rows))  # the last that is set stays
    where = _Places(places.sheet[which], places.row[which])
    status, status_date, handoff, since = (
        _of_each(referrals, name, where) for name in (*_CHANGED, "date")
    )
    began = [at or since[one] for one, at in enumerate(status_date)]
    said = ids.distinct
    own = [*zip(began, [said[one] for one in which.tolist()], status, strict=True)]
    changes = [*zip(day, _taken(ids, rows), now, strict=True)]
    by_first = np.argsort(np.r_[first, first[one_of]], kind="stable").tolist()
    for one, at in enumerate(last.tolist()):  # whatever came before it is older
        if day[at] >= (began[one] or date.min):
            status[one], status_date[one] = now[at], day[at]
    for one, height in zip(one_of.tolist(), level, strict=True):
        if height is not None:
            handoff[one] = max(height, handoff[one] or 0)
    is_any_raised = any(height is not None for height in level)
    told_anew = dict(zip(_CHANGED, (status, status_date, handoff), strict=True))
    for number, sheet in enumerate(referrals):
        here = np.flatnonzero(where.sheet == number)
        for name in (_CHANGED if is_any_raised else _CHANGED[:-1]) if len(here) else ():
            values = [told_anew[name][one] for one in here.tolist()]
            column = Column.of(sheet.columns[name])
            sheet.columns[name] = column.with_others(where.row[here], values)
    every = [*own, *changes]
    return [every[at] for at in by_first]


def _taken(column: Column, rows: NDArray[np.intp]) -> list[Any]:
    """Give what stands in some rows of a column."""
    return [*map(column.distinct.__getitem__, column.codes[rows].tolist())]


def _of_each(referrals: list[Sheet], name: str, where: _Places) -> list[Any]:
    """Give what a column says of each of the referrals that stand in some places."""
    found = np.empty(len(where.row), dtype=object)
    for number, sheet in enumerate(referrals):
        here = np.flatnonzero(where.sheet == number)
        found[here] = _taken(Column.of(sheet.columns[name]), where.row[here])
    return [*found]


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
    every = [_distinct(id_of(sheet.columns)) for sheet in referrals] if named else []
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


def _distinct(column: Any) -> Iterable[Any]:
    """Give the values of a column, each once where it keeps them so."""
    return column.distinct if isinstance(column, Column) else column


def _remedy(identity: str, there: Collection[str]) -> str:
    if is_derived(identity):  # an id that is near to it has nothing to do with it
        return "if its referral was corrected since, write this id into the column id there"
    near = _nearest(identity, there)
    return f"did you mean {near}?" if near else "ids are in the column id of referrals.csv"


def _nearest(identity: str, known: Collection[str]) -> str:
    start = identity[:2]
    alike = [other for other in known if other.startswith(start)][:_MOST_COMPARED]
    return did_you_mean(identity, alike, cutoff=0.7)
