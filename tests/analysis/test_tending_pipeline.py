"""Referrals under way, and the leak rate: by hand, by laws, and against a walk over the rows."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, book_of

from refgraph.analysis.owing import leaks
from refgraph.analysis.tending import pipeline

STATUSES = ("given", "contacted", "met", "won", "lost")


def row(back, giver, receiver, status="given", *, moved=None, handoff=None, count=1):
    day = TODAY - timedelta(days=back)
    said = {"status": status, "handoff": handoff, "prospect": f"P{back}"}
    if moved is not None:
        said["status_date"] = TODAY - timedelta(days=moved)
    return (day, giver, receiver, count, said)


ROWS = [
    row(10, "Me", "Ann"),
    row(31, "Ann", "Me", handoff=1),
    row(30, "Bo", "Me"),
    row(200, "Me", "Bo", "contacted", moved=40),
    row(100, "Bo", "Me", "met", moved=95),
    row(300, "Ann", "Me", "won", moved=200, handoff=5, count=2),
    row(90, "Ann", "Bo"),
]


def test_the_table_by_hand():
    table = pipeline.rank(book_of(ROWS, me="Me"))
    columns = ["id", "person", "direction", "status", "age_days", "state"]
    assert table[columns].to_numpy().tolist() == [
        ["r0", "Ann", "given", "given", 10, "open"],
        ["r2", "Bo", "received", "given", 30, "open"],
        ["r1", "Ann", "received", "given", 31, "leaking"],
        ["r3", "Bo", "given", "contacted", 200, "quiet"],
        ["r4", "Bo", "received", "met", 100, "stale"],
    ]
    assert table["handoff"].tolist() == [pd.NA, pd.NA, 1, pd.NA, pd.NA]


def test_the_rate_is_of_what_is_older_than_thirty_days_with_its_denominator():
    rate = pipeline.leak_rate(book_of(ROWS, me="Me")).set_index("direction")
    assert rate.loc["received", ["referrals", "leaking"]].tolist() == [4, 1]
    assert rate.loc["given", ["referrals", "leaking"]].tolist() == [1, 0]
    assert rate.loc["all", "share"] == pytest.approx(1 / 5)
    everybody = pipeline.leak_rate(book_of(ROWS))
    assert everybody[["direction", "referrals", "leaking"]].to_numpy().tolist() == [["all", 6, 2]]


def test_a_call_about_it_is_contact_and_thanks_are_not():
    book = book_of(ROWS, me="Me")
    touch = {
        "person": "Ann",
        "with": "",
        "about": "r1",
        "personal": None,
        "note": "",
        "until": None,
    }
    for kind, leaking in (("thanks", 1), ("call", 0), ("snooze", 1)):
        said = pd.DataFrame([touch | {"date": pd.Timestamp(TODAY), "kind": kind}])
        told = book.altered(touches=said.astype({"date": "datetime64[s]"}))
        assert len(pipeline.rank(told, leaks=True)) == leaking
        assert pipeline.leak_rate(told).set_index("direction").loc["all", "leaking"] == leaking


def test_what_is_open_has_not_failed():
    rows = [row(9, "Ann", "Me", "won", handoff=2)] * 7 + [row(9, "Ann", "Me", handoff=2)] * 3
    (told,) = pipeline.closing(book_of(rows, me="Me")).to_dict("records")
    assert (told["referrals"], told["open"], told["closed"], told["won"]) == (10, 3, 7, 7)
    assert (told["share"], told["high"]) == (1, 1)
    assert told["low"] == pytest.approx(7 / (7 + 1.959964**2))  # Wilson, all of 7


def test_raising_compares_what_came_the_same_way():
    """All that was won with 5 was received: it says nothing of what I give."""
    rows = [row(9, "A", "Me", "won", handoff=5)] * 8 + [row(9, "Me", "A", "lost", handoff=1)] * 6
    open_ones = [row(8, "B", "Me", handoff=1), row(8, "Me", "C", handoff=1)]
    book = book_of([*rows, *open_ones], me="Me")
    assert pipeline.rank(book)["raise_to"].isna().all()
    sides = [pipeline.closing(book, direction=side) for side in ("received", "given")]
    assert [side["closed"].tolist() for side in sides] == [[0, 8], [6]]


def test_raising_is_offered_where_more_were_won_so_and_with_its_interval():
    rows = [row(9, "A", "Me", "won", handoff=5)] * 8 + [row(9, "A", "Me", "lost", handoff=1)] * 6
    open_ones = [row(8, "B", "Me", handoff=1), row(200, "C", "Me", handoff=1)]
    table = pipeline.rank(book_of([*rows, *open_ones], me="Me")).set_index("person")
    assert table.loc["B", ["raise_to", "brings"]].tolist() == [5, 1]
    assert 0 < table.loc["B", "brings_low"] < 1 == table.loc["B", "brings_high"]
    assert pd.isna(table.loc["C", "raise_to"])  # stale: nobody is introduced after 200 days


def test_a_mention_is_no_referral_and_is_heard_of_until_it_arrives():
    book = book_of(ROWS, me="Me", touches=[(TODAY, "Ann", "mention")])
    assert pipeline.mentions(book)["person"].tolist() == ["Ann"]
    assert len(pipeline.rank(book)) == 5
    arrived = book.touches.assign(about="r1")
    assert pipeline.mentions(book.altered(touches=arrived)).empty


LIFE = st.lists(
    st.builds(
        row,
        st.integers(0, 300),
        st.sampled_from("ABM"),
        st.sampled_from("CDE"),
        st.sampled_from(STATUSES),
        moved=st.none() | st.integers(0, 300),
        handoff=st.none() | st.integers(0, 5),
        count=st.integers(1, 4),
    ),
    max_size=30,
)


@given(LIFE, st.sampled_from([None, "A", "C"]), st.randoms(use_true_random=False))
def test_against_a_walk_over_the_rows_in_whatever_order(rows, me, order):
    named = [(*each[:4], each[4] | {"id": f"i{at}"}) for at, each in enumerate(rows)]
    book = book_of(named, me=me, people=[{"person": name} for name in "ABCDEM"])
    under_way, old, leaking = 0, 0, 0
    for day, giver, receiver, count, said in named:
        if me not in (None, giver, receiver):
            continue
        age = (TODAY - day).days
        under_way += said["status"] not in ("won", "lost")
        old += count * (age > 30)
        leaking += count * (age > 30 and said["status"] == "given")
    table, rate = pipeline.rank(book), pipeline.leak_rate(book).set_index("direction")
    assert len(table) == under_way
    assert rate.loc["all", ["referrals", "leaking"]].tolist() == [old, leaking]
    assert len(pipeline.rank(book, leaks=True)) <= len(table)
    order.shuffle(named)
    again = book_of(named, me=me, people=[{"person": name} for name in "ABCDEM"])
    pd.testing.assert_frame_equal(pipeline.rank(again), table)


@given(LIFE)
def test_what_went_quiet_is_what_leaks_counts(rows):
    book = book_of(rows, me="A", people=[{"person": name} for name in "ABCDEM"])
    table = pipeline.rank(book)
    quiet = leaks.unresolved(book)["days_quiet"]
    assert sorted(table.loc[table["days_quiet"] > 30, "days_quiet"]) == sorted(quiet)


def test_a_book_without_referrals_of_mine_has_nothing_and_no_share():
    book = book_of([row(50, "Ann", "Bo")], me="Me", people=[{"person": "Me"}])
    assert pipeline.rank(book).empty
    assert pipeline.leak_rate(book)["share"].isna().all()
    assert list(pipeline.closing(book)) == [
        *("handoff", "referrals", "open", "closed", "won", "share", "low", "high"),
    ]
