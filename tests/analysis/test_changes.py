"""A book beside itself as it stood: laws of the changes, and one worked example."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from states import apply_changes
from strategies import TODAY, book_of, books

from refgraph import Book, RefgraphError
from refgraph.analysis.comparing.changes import (
    CHANGES,
    COLUMNS,
    since,
    state_changes,
)
from refgraph.analysis.comparing.earlier_book import book_on
from refgraph.analysis.comparing.state import KINDS, state_of
from refgraph.errors import WithheldError

DAYS = st.integers(0, 420).map(lambda back: TODAY - timedelta(days=back))
THEN = date(2026, 1, 1)


@given(book=books(me="A"))
def test_a_book_beside_itself_has_no_change(book):
    assert since(book, book.today).empty


def test_a_row_of_tomorrow_and_its_status_of_today_are_no_change(tmp_path):
    header = "date,giver,receiver,id"
    (tmp_path / "referrals.csv").write_text(f"{header}\n2026-11-02,Ann,Bo,r1\n")
    (tmp_path / "statuses.csv").write_text("date,id,status\n2026-11-01,r1,met\n")
    (tmp_path / "refgraph.toml").write_text('today = "2026-11-01"\n')
    book = Book.read(tmp_path)
    assert since(book, book.today).empty


@given(book=st.one_of(books(me="A"), books()), day=DAYS)
def test_the_changes_applied_to_what_was_give_what_is(book, day):
    then, now = state_of(book_on(book, day)), state_of(book)
    assert apply_changes(then, state_changes(then, now)) == now


@given(book=st.one_of(books(me="A"), books()), day=DAYS)
def test_whatever_changed_has_rows_but_for_what_time_made_quiet(book, day):
    table = since(book, day)
    assert list(table) == list(COLUMNS)
    assert set(table["change"]) <= set(CHANGES)
    without = table[table["rows"] == 0]
    assert set(without["change"]) <= {"gone quiet"}


@given(book=books(me="A"), day=DAYS, later=DAYS)
def test_a_book_of_an_earlier_day_is_that_of_a_later_day_on_that_day(book, day, later):
    if day <= later:
        assert state_of(book_on(book_on(book, later), day)) == state_of(book_on(book, day))


@given(book=books(me="A"), day=DAYS)
def test_what_was_received_is_counted_by_hand(book, day):
    """An oracle: the rows of each giver up to the day, and in all."""
    rows = book.history
    then, now = Counter(), Counter()
    for when, giver, receiver, count in zip(
        rows["date"], rows["giver"], rows["receiver"], rows["count"], strict=True
    ):
        if receiver == "A":
            now[giver] += count
            if pd.isna(when) or when.date() <= day:
                then[giver] += count
    table = since(book, day)
    told = table[table["change"] == "received"]
    assert {
        name: (before or 0, after)
        for name, before, after in zip(told["person"], told["before"], told["after"], strict=True)
    } == {name: (then[name], now[name]) for name in now if then[name] != now[name]}


@pytest.fixture
def book():
    rows = [
        (date(2025, 10, 1), "Ann", "Me", 2),
        (date(2025, 11, 1), "Bo", "Me", 1, {"status": "met", "status_date": date(2025, 11, 9)}),
        (date(2025, 12, 1), "Cy", "Me", 1, {"status": "won", "status_date": date(2026, 3, 1)}),
        (date(2026, 2, 1), "Me", "Ann", 2),
        (date(2026, 3, 1), "Bo", "Me", 1),
        (date(2026, 4, 1), "Dee", "Me", 1, {"status": "lost", "status_date": date(2026, 4, 9)}),
    ]
    touches = [(date(2026, 2, 2), "Cy", "thanks"), (date(2025, 11, 2), "Bo", "thanks")]
    return book_of(rows, me="Me", touches=touches)


def test_a_worked_example(book):
    table = since(book, THEN)
    told = {
        (row.change, row.person, row.other): (row.before, row.after, row.rows)
        for row in table.itertuples()
    }
    assert told == {
        ("newly owed", "Dee", ""): (None, 1, 1),
        ("owed more", "Bo", ""): (1, 2, 1),
        ("settled", "Ann", ""): (2, None, 1),
        ("received", "Bo", ""): (1, 2, 1),
        ("received", "Dee", ""): (None, 1, 1),
        ("given", "Ann", ""): (None, 2, 1),
        ("thanks due", "Bo", ""): (None, 1, 1),
        ("thanks due", "Dee", ""): (None, 1, 1),
        ("thanked", "Cy", ""): (1, None, 2),
        ("won", "Cy", "Me"): (None, "won", 1),
        ("lost", "Dee", "Me"): (None, "lost", 1),
        ("gone quiet", "Bo", "Me"): (1, 2, 1),
        ("gone quiet", "Me", "Ann"): (None, 1, 1),
        ("heard of again", "Cy", "Me"): (1, None, 1),
        ("refer-first rank", "Ann", ""): (1, 3, 4),
        ("refer-first rank", "Bo", ""): (2, 1, 4),
        ("refer-first rank", "Cy", ""): (3, 2, 4),
        ("new person", "Dee", ""): (None, 1, 1),
    }
    places = [CHANGES.index(change) for change in table["change"]]
    assert places == sorted(places)


def test_a_status_that_went_back_has_not_moved_on(tmp_path):
    rows = [f"r{k},2025-10-0{k},Bo,Me" for k in (1, 2, 3, 4)]
    told = ["2025-11-01,r1,won", "2026-04-01,r1,met", "2025-11-01,r2,met", "2026-04-01,r2,given"]
    told += ["2026-04-01,r3,met", "2025-11-01,r4,won", "2026-04-01,r4,lost"]
    (tmp_path / "referrals.csv").write_text("\n".join(["id,date,giver,receiver", *rows, ""]))
    (tmp_path / "statuses.csv").write_text("\n".join(["date,id,status", *told, ""]))
    (tmp_path / "refgraph.toml").write_text('me = "Me"\ntoday = "2026-05-01"\n')
    table = since(Book.read(tmp_path), THEN).set_index("id")
    told = table.loc[table.index != "", ["change", "before", "after"]]
    assert {row.Index: tuple(row)[1:] for row in told.itertuples()} == {
        "r1": ("went back", "won", "met"),
        "r2": ("went back", "met", "given"),
        "r3": ("moved on", None, "met"),
        "r4": ("lost", "won", "lost"),
    }  # fmt: skip


def test_a_status_of_later_is_not_known_then(book):
    then = book_on(book, THEN)
    assert then.history["status"].tolist() == ["given", "met", "given"]
    assert then.today == THEN
    assert then.people.index.tolist() == book.people.index.tolist()


def test_the_window_of_a_book_is_not_asked(book):
    narrow = book.window(since=date(2026, 3, 1))
    pd.testing.assert_frame_equal(since(narrow, THEN), since(book, THEN))


def test_a_day_to_come_is_refused(book):
    with pytest.raises(RefgraphError, match="cannot stand as on"):
        since(book, book.today + timedelta(days=1))


def test_what_may_not_be_compared_is_not(book):
    from dataclasses import replace

    with pytest.raises(WithheldError):
        since(book.altered(settings=replace(book.settings, profile="health")), THEN)


def test_every_kind_of_state_is_a_kind(book):
    chain = book_of([(THEN, "Ann", "Bo", 1), (THEN, "Bo", "Cy", 1), (THEN, "Cy", "Dee", 1)])
    told = {kind for each in (book, chain) for kind, *_ in state_of(each)}
    assert told == set(KINDS)
