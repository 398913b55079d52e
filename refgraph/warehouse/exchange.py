"""What went each way between every two people, as expressions of Ibis."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["WHO", "by_two", "per_person", "totals"]

#: The column of whom :func:`per_person` speaks.
WHO = "person"


def by_two(rows: Any) -> Any:
    """Sum the rows of each two people: ``low``, ``high``, ``forth`` and ``back``.

    Parameters
    ----------
    rows : ibis.Table
        Whole numbers ``giver``, ``receiver`` and ``units``.
    """
    ibis = import_module("ibis")
    forth = rows.giver < rows.receiver
    turned = rows.select(
        low=ibis.least(rows.giver, rows.receiver),
        high=ibis.greatest(rows.giver, rows.receiver),
        forth=ibis.ifelse(forth, rows.units, 0),
        back=ibis.ifelse(forth, 0, rows.units),
    )
    return turned.group_by("low", "high").agg(
        forth=turned.forth.sum().cast("int64"), back=turned.back.sum().cast("int64")
    )


def per_person(two: Any) -> Any:
    """Sum for each person what they gave and received, what of it is matched, and to how many.

    Returns
    -------
    ibis.Table
        ``person``, ``given``, ``received``, ``mutual``, and ``gives_to``, of how many people.
    """
    ibis = import_module("ibis")
    matched = ibis.least(two.forth, two.back)

    def seen(person: str, mine: str, theirs: str) -> Any:
        return two.select(
            person=two[person],
            given=two[mine],
            received=two[theirs],
            mutual=matched,
            gives_to=ibis.ifelse(two[mine] > 0, 1, 0).cast("int64"),
        )

    both = seen("low", "forth", "back").union(seen("high", "back", "forth"))
    names = ("given", "received", "mutual", "gives_to")
    return both.group_by("person").agg(**{name: both[name].sum().cast("int64") for name in names})


def totals(two: Any) -> Any:
    """Count the pairs, the mutual ones among them, all referrals and those that are matched.

    Returns
    -------
    ibis.Table
        One row: ``pairs``, ``mutual``, ``referrals``, ``matched``.
    """
    ibis = import_module("ibis")
    both = (two.forth > 0) & (two.back > 0)
    sums = {
        "pairs": two.count(),
        "mutual": ibis.ifelse(both, 1, 0).sum(),
        "referrals": (two.forth + two.back).sum(),
        "matched": ibis.least(two.forth, two.back).sum(),
    }
    return two.agg(**{name: each.fill_null(0).cast("int64") for name, each in sums.items()})
