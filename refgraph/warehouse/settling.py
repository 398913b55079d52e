"""Who owes whom, settled first in, first out, as an expression of Ibis."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from refgraph.warehouse.asked import NO_DAY, sent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["by_age", "daily", "in_both_directions", "open_days", "standing"]

_SIDES = ("forth", "back")
_OTHER = {"forth": "back", "back": "forth"}
_LATER = 2**31


def daily(rows: Any) -> Any:
    """Sum the rows of each two people and each day, whichever of the two gave.

    Parameters
    ----------
    rows : ibis.Table
        Whole numbers ``giver``, ``receiver``, ``day`` and ``units``.

    Returns
    -------
    ibis.Table
        ``low`` and ``high``, the two people; ``day``; ``forth``, what low gave to high, ``back``.
    """
    ibis = import_module("ibis")
    forth = rows.giver < rows.receiver
    turned = rows.select(
        low=ibis.least(rows.giver, rows.receiver),
        high=ibis.greatest(rows.giver, rows.receiver),
        day=rows.day,
        forth=ibis.ifelse(forth, rows.units, 0),
        back=ibis.ifelse(forth, 0, rows.units),
    )
    return turned.group_by("low", "high", "day").agg(
        forth=turned.forth.sum().cast("int64"), back=turned.back.sum().cast("int64")
    )


def open_days(
    rows: Any,
    settled: Mapping[tuple[int, int], int],
    never: Iterable[int],
) -> Any:
    r"""Tell how much of what each person gave another on a day is still open.

    What one received is settled oldest first by what they gave back, whenever that was, so on
    each day, with :math:`r` received up to and with it, :math:`u` of it on that day, and
    :math:`s` given back or settled otherwise in all,

    .. math:: \text{open} = \min(\max(r - s, 0), u)

    and one running sum over the days of each two people is all that it needs.

    Parameters
    ----------
    rows : ibis.Table
        As :func:`daily` takes them: the whole record, whatever the window.
    settled : mapping of (int, int) to int
        How many referrals a touch settled, by who received them and who gave them.
    never : iterable of int
        To whom nothing is ever owed.

    Returns
    -------
    ibis.Table
        The columns of :func:`daily`, and ``open_forth`` and ``open_back``.
    """
    ibis = import_module("ibis")
    days = daily(rows)
    both = ["low", "high"]
    up_to = ibis.cumulative_window(group_by=both, order_by="day")
    ever = ibis.window(group_by=both)
    days = days.mutate(
        run_forth=days.forth.sum().over(up_to),
        run_back=days.back.sum().over(up_to),
        all_forth=days.forth.sum().over(ever),
        all_back=days.back.sum().over(ever),
    )
    days = _with_settled(days, settled)
    unowed = [*never]
    for side, giver in (("forth", "low"), ("back", "high")):
        left = days[f"run_{side}"] - days[f"all_{_OTHER[side]}"] - days[f"settled_{side}"]
        still = ibis.greatest(ibis.least(left, days[side]), 0)
        if unowed:
            still = ibis.ifelse(days[giver].isin(unowed), 0, still)
        days = days.mutate(**{f"open_{side}": still.cast("int64")})
    names = [*both, "day", *_SIDES, *(f"open_{side}" for side in _SIDES)]
    return days.select(*names)


def _with_settled(days: Any, settled: Mapping[tuple[int, int], int]) -> Any:
    """Put beside each day what touches settled of what went each way between the two."""
    ibis = import_module("ibis")
    if not settled:
        none = ibis.literal(0, "int64")
        return days.mutate(settled_forth=none, settled_back=none)
    sums: dict[tuple[int, int], list[int]] = {}
    for (receiver, giver), units in settled.items():
        low, high = min(receiver, giver), max(receiver, giver)
        sums.setdefault((low, high), [0, 0])[giver != low] += units
    columns = {
        "at_low": [low for low, _ in sums],
        "at_high": [high for _, high in sums],
        "settled_forth": [forth for forth, _ in sums.values()],
        "settled_back": [back for _, back in sums.values()],
    }
    told = sent(columns)
    found = days.left_join(told, [days.low == told.at_low, days.high == told.at_high])
    found = found.mutate(
        settled_forth=found.settled_forth.fill_null(0), settled_back=found.settled_back.fill_null(0)
    )
    return found.drop("at_low", "at_high")


def standing(days: Any) -> Any:
    """Sum the days of each two people: what went each way, what is open of it, since when.

    Parameters
    ----------
    days : ibis.Table
        Of :func:`open_days`, those of the window.

    Returns
    -------
    ibis.Table
        ``low``, ``high``, and for both directions ``forth``, ``open_forth``, ``oldest_forth``
        and ``last_forth``, and so on; no day is :data:`refgraph.warehouse.asked.NO_DAY`.
    """
    ibis = import_module("ibis")
    sums: dict[str, Any] = {}
    for side in _SIDES:
        owed = (days[f"open_{side}"] > 0) & (days.day != NO_DAY)
        sums[side] = days[side].sum().cast("int64")
        sums[f"open_{side}"] = days[f"open_{side}"].sum().cast("int64")
        sums[f"oldest_{side}"] = ibis.ifelse(owed, days.day, _LATER).min()
        sums[f"last_{side}"] = ibis.ifelse(days[side] > 0, days.day, NO_DAY).max()
    found = days.group_by("low", "high").agg(**sums)
    some = {
        f"oldest_{side}": ibis.ifelse(
            found[f"oldest_{side}"] == _LATER, NO_DAY, found[f"oldest_{side}"]
        )
        for side in _SIDES
    }
    return found.mutate(**some)


def in_both_directions(found: Any) -> Any:
    """Give what stands between two people as each of them sees it.

    Returns
    -------
    ibis.Table
        A row for each of the two: ``me``, ``person``, ``gave_me``, ``i_gave``, ``open``,
        ``oldest_open``, ``last_from_them``, ``last_from_me``.
    """

    def seen(me: str, person: str, theirs: str) -> Any:
        mine = _OTHER[theirs]
        return found.select(
            me=found[me],
            person=found[person],
            gave_me=found[theirs],
            i_gave=found[mine],
            open=found[f"open_{theirs}"],
            oldest_open=found[f"oldest_{theirs}"],
            last_from_them=found[f"last_{theirs}"],
            last_from_me=found[f"last_{mine}"],
        )

    return seen("high", "low", "forth").union(seen("low", "high", "back"))


def by_age(days: Any, today: int, last_days: Iterable[int], me: int | None = None) -> Any:
    """Sum what is open by how long it has been: ``age``, ``referrals`` and ``people``.

    Parameters
    ----------
    days : ibis.Table
        Of :func:`open_days`, those of the window.
    today : int
        The day that ages are counted to.
    last_days : iterable of int
        The last day of each class but the last.
    me : int, optional
        Who owes it; everyone, if not given.
    """
    ibis = import_module("ibis")

    def seen(who: str, other: str, theirs: str) -> Any:
        return days.select(
            me=days[who], person=days[other], day=days.day, units=days[f"open_{theirs}"]
        )

    owed = seen("high", "low", "forth").union(seen("low", "high", "back"))
    owed = owed.filter((owed.units > 0) & (owed.day != NO_DAY))
    if me is not None:
        owed = owed.filter(owed.me == me)
    age = sum(ibis.ifelse(today - owed.day > last, 1, 0) for last in last_days)
    owed = owed.mutate(age=age.cast("int64"))
    of_two = owed.group_by("age", "me", "person").agg(units=owed.units.sum().cast("int64"))
    return of_two.group_by("age").agg(
        referrals=of_two.units.sum().cast("int64"), people=of_two.count().cast("int64")
    )
