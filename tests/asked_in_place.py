"""Questions put to a record in place and to the same book in memory, which must agree."""

from __future__ import annotations

from itertools import count

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal, assert_series_equal

from refgraph import balance, owe, reciprocity

pa = pytest.importorskip("pyarrow", reason="the extra warehouse is not installed")
ibis = pytest.importorskip("ibis", reason="the extra warehouse is not installed")

from refgraph.warehouse.warehouse import Warehouse  # noqa: E402

__all__ = ["agree", "in_place", "named_in", "rows_of", "same"]

NUMBERS = count()


def same(found, expected):
    if isinstance(expected, pd.Series):
        assert_series_equal(found, expected, check_exact=True)
    else:
        assert_frame_equal(found, expected, check_exact=True)


def agree(there, book, person=None):
    """Ask both everything, of everybody and of one person."""
    G = book.graph()
    same(there.pairs().execute(), balance.by_pair(G))
    same(there.balance().execute(), balance.by_person(G))
    same(there.by_person().execute(), reciprocity.by_person(G))
    same(there.reciprocity().execute(), reciprocity.overall(G))
    same(there.owe(everybody=True).execute(), owe.pairs(book))
    same(there.owe(person).execute(), owe.rank(book, person))
    same(there.ageing(person).execute(), owe.ageing(book, person))


def rows_of(book):
    """Give the referrals as they stand in a table, with what else a book knows."""
    told = book.history[["date", "giver", "receiver", "count", "id"]]
    return told.assign(date=told["date"].dt.strftime("%Y-%m-%d")), book.people.reset_index()


def in_place(book, base=None):
    """Put the rows of a book into an engine, and open them there."""
    rows, people = rows_of(book)
    text = pa.string()
    kinds = [(column, pa.int64() if column == "count" else text) for column in rows]
    told = pa.Table.from_pandas(rows, pa.schema(kinds), preserve_index=False)
    table = ibis.memtable(told) if base is None else named_in(base, told)
    touches = book.touches.drop(columns=["file", "line"])
    touches["note"] = touches["note"].where(touches["kind"] != "settled", "in kind")
    return Warehouse.open(table, me=book.me, today=book.today, people=people, touches=touches)


def named_in(base, told):
    """Give a table of Arrow a name in an engine, for as long as it is connected."""
    name = f"asked{next(NUMBERS)}"
    if base.name == "pyspark":
        base._session.createDataFrame(told).createOrReplaceTempView(name)
        return base.table(name)
    return base.create_table(name, told, temp=True)
