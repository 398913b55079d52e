"""Rows of a file that say what another of its rows says: one referral, or two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.imports.matching.same_row import content_of
from refgraph.reading.checks.repeats import say_repeats

if TYPE_CHECKING:
    from collections.abc import Callable

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
    first: dict[tuple[Any, ...], Row] = {}
    kept, told = [], []
    for row in rows:
        other = row
        if row.values["date"] and row.values["prospect"]:
            other = first.setdefault(tuple(row.values.values()), row)
        if other is row:
            kept.append(row)
        else:
            told.append((f"line {row.line:,}", f"line {other.line:,}"))
    if told:
        said = "is left out", "are left out"
        plan.notes.append(f"{plan.path}: {say_repeats(len(told), told, said, advice=_KEEP)}")
        plan.left_out["repeating another row"] += len(told)
    return kept


def tell_repeats(rows: list[Row], person: Callable[[str], str], plan: Plan) -> None:
    """Tell of rows that say what another row of the file says, without ids of their own."""
    first: dict[tuple[str, ...], Row] = {}
    told = []
    for row in rows:
        other = first.setdefault(content_of(row.values, person), row)
        if other is not row and not (row.values["id"] and other.values["id"]):
            told.append((f"line {row.line:,}", f"line {other.line:,}"))
    if told:
        said = "is a referral of its own", "are referrals of their own"
        plan.notes.append(f"{plan.path}: {say_repeats(len(told), told, said)}")
