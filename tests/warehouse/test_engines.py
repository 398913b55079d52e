"""A server and Spark give the answers that DuckDB and memory give, and refuse the same rows."""

from __future__ import annotations

import os
import warnings
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from strategies import book_of, dated_rows

from refgraph import Book
from refgraph.errors import LedgerError

pa = pytest.importorskip("pyarrow", reason="the extra warehouse is not installed")
ibis = pytest.importorskip("ibis", reason="the extra warehouse is not installed")

from asked_in_place import agree, in_place, named_in  # noqa: E402

from refgraph.warehouse.warehouse import Warehouse  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")  # of Ibis and Spark about themselves

BOOKS = ("refgraph/sample", "data/adviser", "data/chapter")
SHUFFLED = "2"  # parts that small tables are shuffled into


@contextmanager
def spark():
    """Start Spark beside this process, on two cores and without its page; stop it at the end."""
    from pyspark.sql import SparkSession

    build = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    build = build.config("spark.ui.showConsoleProgress", "false")
    session = build.config("spark.sql.shuffle.partitions", SHUFFLED).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    gateway = session.sparkContext._gateway
    yield ibis.pyspark.connect(session)
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()


@contextmanager
def postgres():
    connected = ibis.connect(os.environ["REFGRAPH_TEST_POSTGRES"])
    yield connected
    connected.disconnect()


@pytest.fixture(scope="module", params=["postgres", "spark"])
def base(request):
    """Give a connection to an engine that is not in this process' memory."""
    if f"REFGRAPH_TEST_{request.param.upper()}" not in os.environ:
        pytest.skip(f"REFGRAPH_TEST_{request.param.upper()} asks for no such engine")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with {"postgres": postgres, "spark": spark}[request.param]() as connected:
            yield connected


@pytest.mark.parametrize("path", BOOKS)
def test_an_engine_answers_alike(base, path):
    book = Book.read(path)
    agree(in_place(book, base), book, str(book.people.index[3]))


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dated_rows())
def test_any_book_is_answered_alike_by_an_engine(base, rows):
    book = book_of(rows, me="A", people=[{"person": name} for name in "ABCD"])
    agree(in_place(book, base), book, "B")


def test_an_engine_checks_cells_alike(base):
    ends = {"date": ["2026-01-02"] * 4, "giver": ["Ann"] * 4, "receiver": ["Bo"] * 4}
    cells = {
        "value": [1.25, -0.5, None, 1e6],
        "amount": ["1.25", "", "x", ".5"],
        "status": ["won", None, "wonn", "lost"],
        "id": ["a", "b", " a", None],
    }
    table = named_in(base, pa.table({**ends, **cells}))
    for columns, wrong, left in (({}, 3, 2), ({"value": "amount", "id": ""}, 2, 3)):
        with pytest.raises(LedgerError) as error:
            Warehouse.open(table, today="2026-06-30", columns=columns)
        assert len(error.value.problems) == wrong
        there = Warehouse.open(table, today="2026-06-30", columns=columns, skip_bad=True)
        assert there.pairs().execute()["a_to_b"].tolist() == [left]
