"""Columns become frames: one type for each, and one order for all rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import TODAY, book_of, dated_rows

from refgraph import Book
from refgraph.analysis.describing import stats

ROW = {
    "prospect": "Zoe",
    "handoff": 3,
    "status": "won",
    "status_date": date(2026, 2, 1),
    "value": Decimal("1200.50"),
    "currency": "EUR",
    "note": "a note",
}


def test_each_column_has_its_type():
    rows = [(date(2026, 1, 5), "Ann", "Bo", 2, ROW), (None, "Ann", "Bo", 1)]
    book = book_of(rows, people=[{"person": "Ann", "helpful": 4, "since": date(2020, 1, 1)}])
    kinds = {name: str(kind) for name, kind in book.history.dtypes.items()}
    assert kinds == {
        **dict.fromkeys(("date", "status_date"), "datetime64[s]"),
        **dict.fromkeys(("giver", "receiver", "prospect", "status", "currency"), "str"),
        **dict.fromkeys(("note", "source", "id", "file"), "str"),
        **dict.fromkeys(("count", "line"), "int64"),
        "handoff": "float64",
        **dict.fromkeys(("value", "consent"), "object"),
    }
    blank, full = book.history.to_dict("records")
    assert full["value"] == Decimal("1200.50")
    assert blank["value"] is None
    assert pd.isna(blank["date"])
    assert np.isnan(blank["handoff"])
    assert full["handoff"] == 3
    ann, bo = book.people.to_dict("records")
    assert (ann["helpful"], ann["since"], ann["declared"]) == (4, pd.Timestamp("2020-01-01"), True)
    assert (bo["offers"], bo["role"], bo["do_not_refer"]) == ((), "", False)
    assert np.isnan(bo["helpful"])
    assert not bo["declared"]


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1969, 12, 31), date(2026, 6, 30)])
def test_days_of_all_times_fit(day):
    book = book_of([(day, "Ann", "Bo", 1)])
    assert book.history["date"].dt.date.tolist() == [day]
    assert book.graph()["Ann"]["Bo"]["first"] == day.isoformat()


@settings(max_examples=20)
@given(dated_rows())
def test_the_order_is_by_day_giver_receiver_with_undated_rows_first(rows):
    history = book_of(rows).history
    keys = [
        (date.min if pd.isna(day) else day.date(), giver, receiver)
        for day, giver, receiver in zip(
            history["date"], history["giver"], history["receiver"], strict=True
        )
    ]
    assert keys == sorted(keys)
    assert sorted(history["line"]) == list(range(2, len(rows) + 2))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("handoff", [3, None, 0]),
        ("status_date", [TODAY, None, date(2026, 1, 1)]),
        ("value", [Decimal(9), None, Decimal(10)]),
        ("note", ["b", "", "a"]),
        ("status", ["won", "given", "lost"]),
        ("prospect", ["Zoe", "", "Yan"]),
    ],
)
def test_rows_equal_but_for_one_thing_have_one_order(name, values):
    rows = [(TODAY, "Ann", "Bo", 1, {name: value, "id": "r"}) for value in values]
    one, other = (book_of(some).history[name].tolist() for some in (rows, rows[::-1]))
    assert str(one) == str(other)


@settings(max_examples=20)
@given(st.permutations(range(6)))
def test_rows_of_one_day_and_pair_have_one_order(places):
    rows = [(TODAY, "Ann", "Bo", [1, 9, 10, 10, 2, 1][at], {"id": "r"}) for at in places]
    counts = book_of(rows).history["count"].tolist()
    assert counts == book_of(rows[::-1]).history["count"].tolist()


def test_touches_are_oldest_first():
    touches = [(TODAY, "Bo", "call"), (date(2026, 1, 1), "Cy", "call"), (TODAY, "Bo", "ask")]
    assert book_of([], touches=touches).touches["kind"].tolist() == ["call", "ask", "call"]


def test_what_counts_a_book_makes_none_of_its_ids(tmp_path, monkeypatch):
    path = tmp_path / "r.csv"
    path.write_text("date,giver,receiver\n" + "2026-01-05,Ann,Bo\n,Bo,Ann\n" * 3)

    def made(*_):
        pytest.fail("an id was made, and nobody asks for one")

    Book.read(path, today="2026-06-30").graph()  # what is imported late takes no stand-in with it
    with monkeypatch.context() as patched:
        patched.setattr("refgraph.reading.identity.row_ids", made)
        book = Book.read(path, today="2026-06-30")
        assert stats.overall(book)["mutual_pairs"] == 1
        assert book.graph()["Ann"]["Bo"]["weight"] == 3
    assert book.history["id"].nunique() == 6


def test_one_column_is_that_of_the_whole_table():
    book = Book.sample().window(last="6m")
    for name in book.history:
        pd.testing.assert_series_equal(book.column(name), book.history[name])
        pd.testing.assert_frame_equal(book.select(name), book.referrals[[name]])
    given_up = book.column("count")
    given_up[:] = 0
    assert book.column("count").gt(0).all()
    assert book.history["count"].gt(0).all()
