"""Answers in whole numbers with names, days and shares put to them, still as expressions."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from refgraph.warehouse.asked import EPOCH, NO_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from refgraph.book.book import Book

__all__ = ["evenness", "named", "of_everybody", "owed", "rate"]


def rate(forth: Any, back: Any) -> Any:
    """Give the share of what two people gave each other that is matched."""
    matched = import_module("ibis").least(forth, back)
    return _share(2 * matched, forth + back)


def evenness(table: Any) -> Any:
    """Put beside each pair how even it is, by both measures.

    Parameters
    ----------
    table : ibis.Table
        ``a``, ``b``, ``a_to_b``, ``b_to_a``, ``balance`` and ``rate``.
    """
    ibis = import_module("ibis")
    less = ibis.least(table.a_to_b, table.b_to_a)
    more = ibis.greatest(table.a_to_b, table.b_to_a)
    table = table.mutate(min_max=_share(less, more))
    table = table.mutate(coherence=2 * table.min_max.sqrt() / (1 + table.min_max))
    return table.relocate("rate", after="coherence")


def named(book: Book, table: Any, *columns: str) -> Any:
    """Put names for positions, in the order of the rows by their positions.

    Parameters
    ----------
    book : Book
        Everybody.
    table : ibis.Table
        The answer.
    *columns : str
        Those of its columns that hold positions.
    """
    order = table.columns
    for column in columns:
        names = _everybody(book).select(**{f"{column}_at": "place", f"{column}_name": "name"})
        table = table.inner_join(names, table[column] == names[f"{column}_at"])
        table = table.drop(column)
    table = table.order_by(*(f"{column}_at" for column in columns))
    return table.rename({column: f"{column}_name" for column in columns}).select(*order)


def owed(book: Book, found: Any, days: Iterable[str]) -> Any:
    """Put names, roles, days and ages to what is owed.

    Parameters
    ----------
    book : Book
        Everybody, and the day that ages are counted to.
    found : ibis.Table
        As :func:`refgraph.warehouse.settling.in_both_directions` gives it.
    days : iterable of str
        Those of its columns that hold days.
    """
    ibis = import_module("ibis")
    order = list(found.columns)
    order.insert(order.index("person") + 1, "role")
    order.insert(order.index("oldest_open") + 1, "days_open")
    roles = _everybody(book).select("place", "role")
    table = found.inner_join(roles, found.person == roles.place).drop("place")
    age = book.today.toordinal() - EPOCH - table.oldest_open
    table = table.mutate(days_open=ibis.ifelse(table.oldest_open == NO_DAY, None, age))
    start = ibis.date("1970-01-01")
    told = {
        name: ibis.ifelse(
            table[name] == NO_DAY,
            ibis.null("date"),
            (start + table[name].nullif(NO_DAY).as_interval("D")).cast("date"),
        )
        for name in days
    }
    return named(book, table.mutate(**told).select(*order), "me", "person")


def of_everybody(book: Book, sums: Any, names: Iterable[str]) -> Any:
    """Give everybody their sums, nothing where there are none, and the shares of them.

    Parameters
    ----------
    book : Book
        Everybody.
    sums : ibis.Table
        As :func:`refgraph.warehouse.exchange.per_person` gives them.
    names : iterable of str
        Which sums.
    """
    known = _everybody(book)
    table = known.left_join(sums, known.place == sums.person)
    table = table.select(
        "place", person=known.name, **{name: table[name].fill_null(0) for name in names}
    )
    table = table.mutate(
        rate=_share(2 * table.mutual, table.given + table.received),
        answered=_share(table.mutual, table.given),
        returned=_share(table.mutual, table.received),
        one_way_out=table.given - table.mutual,
        one_way_in=table.received - table.mutual,
    )
    return table.order_by("place").drop("place")


def _everybody(book: Book) -> Any:
    """Give everybody with their position and role, as a table of Ibis."""
    columns = {
        "place": range(len(book.people)),
        "name": book.people.index.tolist(),
        "role": book.people["role"].tolist(),
    }
    arrow = import_module("pyarrow")
    kinds = {"place": arrow.int64(), "name": arrow.string(), "role": arrow.string()}
    return import_module("ibis").memtable(
        arrow.table({name: arrow.array(columns[name], kind) for name, kind in kinds.items()})
    )


def _share(part: Any, whole: Any) -> Any:
    """Give a share, and nothing of nothing."""
    return part.cast("float64") / whole.nullif(0)
