"""Rows of a file that say what another of its rows says: one referral, or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.imports.matching.same_row import content_of
from refgraph.reading.checks.repeats import MOST_TOLD, say_repeats
from refgraph.schema.distinct_values import repeated_places
from refgraph.schema.row_facts import date_of, id_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from refgraph.imports.converted import Row
    from refgraph.imports.plan import Plan

__all__ = ["leave_repeats", "tell_repeats"]

_KEEP = "if it is a referral of its own, import with --repeats keep"


def leave_repeats(rows: list[Row], plan: Plan) -> list[Row]:
    """Leave out rows that repeat another in full, where day and prospect say which it is.

    Parameters
    ----------
    rows : list of Row
        The referrals of a file.
    plan : Plan
        It is told what is left out.
    """
    told = [row for row in rows if date_of(row.values) and row.values["prospect"]]
    repeats = [*_repeats(told, lambda row: tuple(row.values.values()))]
    if not repeats:
        return rows
    said = say_repeats(
        len(repeats), _places(repeats), ("is left out", "are left out"), advice=_KEEP
    )
    plan.notes.append(f"{plan.path}: {said}")
    plan.left_out["repeating another row"] += len(repeats)
    left = {id(row) for row, _ in repeats}
    return [row for row in rows if id(row) not in left]


def tell_repeats(rows: list[Row], person: Callable[[str], str], plan: Plan) -> None:
    """Tell of rows that say what another row of the file says, without ids of their own."""
    told, number = [], 0
    for row, other in _repeats(rows, lambda row: content_of(row.values, person)):
        if id_of(row.values) and id_of(other.values):
            continue
        number += 1
        if number <= MOST_TOLD:
            told.append((row, other))
    if told:
        said = "is a referral of its own", "are referrals of their own"
        plan.notes.append(f"{plan.path}: {say_repeats(number, _places(told), said)}")


def _repeats(rows: Sequence[Row], key: Callable[[Row], Hashable]) -> Iterator[tuple[Row, Row]]:
    """Give the rows with the key of an earlier one, and the first of them for each.

    Only the keys that two rows have are kept: a file in which no row repeats another would have
    as many as rows.
    """
    first: dict[Hashable, Row] = {}
    for at in repeated_places(map(key, rows)):
        row = rows[at]
        if (other := first.setdefault(key(row), row)) is not row:
            yield row, other


def _places(repeats: Iterable[tuple[Row, Row]]) -> Iterator[tuple[str, str]]:
    return ((f"line {row.line:,}", f"line {other.line:,}") for row, other in repeats)
