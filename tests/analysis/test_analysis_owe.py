"""owe, register, refer-first, leaks, introductions, stats: worked examples and laws."""

from __future__ import annotations

from collections import deque
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from foretold import Walk
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from strategies import TODAY, ago, book_of, books, dated_rows

from refgraph import Book
from refgraph.analysis.describing import stats
from refgraph.analysis.owing import leaks, owe, register
from refgraph.analysis.suggesting import introductions, refer_first


def oldest_first(book):
    rows = book.history.to_dict("records")
    return [(None if pd.isna(row["date"]) else row["date"].date(), row) for row in rows]


def open_by_hand(book):
    """One queue of units per pair; whatever goes the other way takes from its front."""
    queues, back = {}, {}
    for day, row in oldest_first(book):
        pair = row["receiver"], row["giver"]
        queues.setdefault(pair, deque()).extend([(row["line"], day)] * row["count"])
        back[pair[::-1]] = back.get(pair[::-1], 0) + row["count"]
    for person, kind in zip(book.touches["person"], book.touches["kind"], strict=True):
        if kind == "settled" and book.me is not None:
            back[book.me, person] = back.get((book.me, person), 0) + 1
    for pair, queue in queues.items():
        for _ in range(min(back.get(pair, 0), len(queue))):
            queue.popleft()
    return queues


EXAMPLE = [
    (ago(200), "Bo", "Me", 2),
    (ago(100), "Bo", "Me", 1),
    (ago(300), "Me", "Bo", 1),
    (ago(20), "Cy", "Me", 1),
    (ago(10), "Me", "Cy", 3),
    (None, "Dee", "Me", 1),
]


def test_an_earlier_gift_settles_a_later_one():
    book = book_of(EXAMPLE, me="Me", people=[{"person": "Bo", "role": "client"}])
    assert owe.rank(book).to_dict("records") == [
        {
            "person": "Bo",
            "role": "client",
            "gave_me": 3,
            "i_gave": 1,
            "open": 2,
            "oldest_open": pd.Timestamp(ago(200)),
            "days_open": 200,
            "last_from_them": pd.Timestamp(ago(100)),
            "last_from_me": pd.Timestamp(ago(300)),
        },
        {
            "person": "Dee",
            "role": "",
            "gave_me": 1,
            "i_gave": 0,
            "open": 1,
            "oldest_open": pd.NaT,
            "days_open": None,
            "last_from_them": pd.NaT,
            "last_from_me": pd.NaT,
        },
    ]
    assert owe.rank(book, "Cy").iloc[0][["person", "open", "days_open"]].tolist() == ["Me", 2, 10]


def test_a_touch_settles_one_otherwise_but_only_of_mine():
    rows = [(ago(200), "Bo", "Me", 2), (ago(50), "Me", "Bo", 3)]
    book = book_of([*rows, (ago(9), "Bo", "Me", 2)], me="Me", touches=[(TODAY, "Bo", "settled")])
    assert owe.rank(book).empty
    assert owe.open_referrals(book).tolist() == [0, 0, 0]
    without_me = book_of([*rows, (ago(9), "Bo", "Me", 2)], touches=[(TODAY, "Bo", "settled")])
    assert owe.rank(without_me, "Me")["open"].tolist() == [1]
    assert owe.rank(book, "Bo").empty


def test_settled_touches_without_a_referral_settle_nothing():
    book = book_of(
        [(ago(5), "Bo", "Me", 1)],
        me="Me",
        people=[{"person": "Cy"}],
        touches=[(TODAY, "Cy", "settled"), (TODAY, "Bo", "thanks")],
    )
    assert owe.rank(book)["person"].tolist() == ["Bo"]


@settings(max_examples=60)
@given(books(me="A"))
def test_a_slow_queue_finds_the_same_open_ones(book):
    queues = open_by_hand(book)
    table = owe.pairs(book).set_index(["me", "person"])
    for pair, queue in queues.items():
        row = table.loc[pair]
        assert row["open"] == len(queue)
        days = [day for _, day in queue if day]
        assert (min(days) if days else pd.NaT) is row["oldest_open"] or (
            pd.Timestamp(min(days)) == row["oldest_open"]
        )
    assert table["open"].sum() == sum(map(len, queues.values()))
    units = dict.fromkeys(book.history["line"], 0)
    for queue in queues.values():
        for line, _ in queue:
            units[line] += 1
    assert owe.open_referrals(book).tolist() == list(units.values())


@settings(max_examples=30)
@given(books(me="A"))
def test_open_is_received_less_given_less_settled_and_never_below_0(book):
    table = owe.pairs(book)
    settled = book.touches["person"][book.touches["kind"] == "settled"].value_counts()
    otherwise = table["person"].map(settled).astype(float).fillna(0).where(table["me"] == "A", 0)
    expected = np.maximum(0, table["gave_me"] - table["i_gave"] - otherwise)
    assert table["open"].tolist() == expected.tolist()
    opposite = table.set_index(["person", "me"])["gave_me"]
    assert table.set_index(["me", "person"])["i_gave"].to_dict() == opposite.to_dict()
    assert table[["me", "person"]].equals(table[["me", "person"]].sort_values(["me", "person"]))


@settings(max_examples=30)
@given(dated_rows(), st.randoms())
def test_when_i_gave_does_not_matter(rows, random):
    moved = [(ago(random.randrange(400)), *row[1:]) if row[1] == "A" else row for row in rows]
    names = [{"person": name} for name in "ABCD"]
    mine = [
        owe.rank(book_of(some, me="A", people=names)).drop(columns="last_from_me")
        for some in (rows, moved)
    ]
    assert_frame_equal(*mine)


@settings(max_examples=30)
@given(books(me="A"), st.integers(0, 400), st.integers(0, 400))
def test_what_is_open_in_disjoint_windows_adds_up(book, one, other):
    first, second = sorted([ago(one), ago(other)])
    windows = [
        book.window(until=first - timedelta(days=1)),
        book.window(first, second),
        book.window(second + timedelta(days=1)),
    ]
    undated = book.history["date"].isna().to_numpy()
    whole = owe.pairs(book).set_index(["me", "person"])["open"]
    total = sum(owe.pairs(each)["open"].sum() for each in windows)
    assert total + owe.open_referrals(book)[undated].sum() == whole.sum()
    for each in windows:
        assert owe.open_referrals(each).tolist() == owe.open_referrals(book).tolist()


@settings(max_examples=30)
@given(books(me="A"))
def test_each_view_of_what_is_owed_says_the_same(book):
    pairs, everyone = owe.pairs(book), owe.rank(book, "A")
    mine = pairs[pairs["me"] == "A"].drop(columns="me")
    assert_frame_equal(owe.position(book).reset_index(), mine.reset_index(drop=True))
    assert sorted(everyone["person"]) == sorted(mine[mine["open"] > 0]["person"])
    ages = everyone["days_open"].fillna(-1).tolist()
    assert ages == sorted(ages, reverse=True)
    dated = book.history["date"].notna().to_numpy() & (book.history["receiver"] == "A").to_numpy()
    assert owe.ageing(book)["referrals"].sum() == owe.open_referrals(book)[dated].sum()


def test_without_a_me_all_pairs_are_told_oldest_first_then_by_name():
    rows = [
        (ago(5), "C", "B", 1),
        (ago(5), "B", "A", 1),
        (ago(9), "D", "C", 1),
        (None, "A", "D", 1),
    ]
    table = owe.rank(book_of(rows))
    assert table[["me", "person"]].to_numpy().tolist() == [
        ["C", "D"],
        ["A", "B"],
        ["B", "C"],
        ["D", "A"],
    ]


@pytest.mark.parametrize(
    ("days", "age"),
    [(0, 0), (30, 0), (31, 1), (90, 1), (91, 2), (180, 2), (181, 3), (4000, 3)],
)
def test_ages_by_their_last_day(days, age):
    table = owe.ageing(book_of([(ago(days), "Bo", "Me", 2)], me="Me"))
    assert table["referrals"].tolist() == [2 if at == age else 0 for at in range(4)]
    assert table["people"].tolist() == [1 if at == age else 0 for at in range(4)]


def test_the_ages_in_a_window_are_of_what_was_given_in_it():
    book = book_of([(ago(200), "Bo", "Me", 1), (ago(5), "Cy", "Me", 1)], me="Me")
    assert owe.ageing(book)["referrals"].tolist() == [1, 0, 0, 1]
    assert owe.ageing(book.window(since=ago(30)))["referrals"].tolist() == [1, 0, 0, 0]


def test_a_person_owed_twice_at_one_age_is_one_person():
    rows = [(ago(40), "Bo", "Me", 1), (ago(50), "Bo", "Me", 1), (ago(60), "Cy", "Me", 1)]
    ages = owe.ageing(book_of(rows, me="Me"))
    assert ages.loc["31-90 days"].to_dict() == {"referrals": 3, "people": 2}


def test_counts_too_large_for_a_float_still_settle_exactly():
    large = 2**53 + 1
    book = book_of([(ago(5), "Bo", "Me", large), (ago(4), "Me", "Bo", large - 1)], me="Me")
    assert owe.rank(book)[["gave_me", "i_gave", "open"]].to_numpy().tolist() == [
        [large, large - 1, 1]
    ]


def test_the_expected_return_by_hand():
    rows = [
        (ago(730), "Me", "Bo", 1),  # answered, and half as heavy as one of today
        (ago(700), "Bo", "Me", 1),
        (ago(730), "Me", "Cy", 1),  # failed
    ]
    book = book_of(rows, me="Me")
    table = refer_first.expected_return(book, "Me")
    walk = Walk([(day.toordinal(), *rest) for day, *rest in rows], 180, 730)
    for person in ("Bo", "Cy"):
        known = walk.line("Me", person, TODAY.toordinal())
        assert table.loc[person, "expected_return"] == pytest.approx(known["expected_return"])
    assert table.loc["Bo", "own_gifts"] == 0.5
    assert table.loc["Bo", "receipts"] == pytest.approx(0.25 * 2 ** (-700 / 730))
    assert table["global_rate"].tolist() == pytest.approx([(0.5 + 1) / (1.0 + 2)] * 2)


@settings(max_examples=30)
@given(books(me="A"))
def test_everyone_has_a_chance_and_a_sentence(book):
    table = refer_first.rank(book, everyone=True)
    assert sorted(table["person"]) == ["B", "C", "D"]
    assert table["rank"].tolist() == [1, 2, 3]
    assert table["expected_return"].between(0, 1).all()
    assert table["added"].is_monotonic_decreasing
    assert all(said[0].isupper() and said.endswith(".") for said in table["because"])
    window = refer_first.rank(book.window(TODAY), everyone=True)
    assert_frame_equal(window, table)


def test_nobody_is_suggested_who_must_not_be():
    people = [
        {"person": "Bo", "do_not_refer": True, "needs": ("tax",)},
        {"person": "Cy", "role": "other"},
        {"person": "Dee", "offers": ("tax",)},
        {"person": "Eve", "needs": ("Tax!",)},
    ]
    book = book_of([(ago(5), "Bo", "Me", 1)], me="Me", people=people)
    table = refer_first.rank(book).set_index("person")
    assert sorted(table.index) == ["Dee", "Eve"]
    assert table["introduce"].to_dict() == {"Dee": ["Eve"], "Eve": ["Dee"]}
    assert "introduce to them Eve (needs Tax!). " in table.loc["Dee", "because"]
    told = refer_first.rank(book, everyone=True).set_index("person")
    assert "not a suggestion" in told.loc["Bo", "because"]
    assert told.loc["Bo", "introduce"] == []


def test_the_part_of_each_says_what_a_referral_would_be():
    rows = [(ago(40), "Bo", "Me", 2), (ago(9), "Me", "Bo", 1), (ago(9), "Me", "Cy", 1)]
    rows += [(ago(3), "Dee", "Me", 1), (ago(3), "Eve", "Fay", 1)]
    book = book_of(rows, me="Me")
    assert owe.position(book)["open"].to_dict() == {"Bo": 1, "Cy": 0, "Dee": 1}
    parts = refer_first.rank(book).set_index("person")["part"].to_dict()
    assert parts == {"Bo": "settle", "Cy": "again", "Dee": "start", "Eve": "start", "Fay": "start"}
    never = refer_first.rank(book, never=True)
    assert sorted(never["person"]) == ["Dee", "Eve", "Fay"]
    assert sorted(refer_first.rank(book, settle=True)["person"]) == ["Bo", "Dee"]
    assert never["rank"].tolist() == [1, 2, 3]


def test_of_two_as_likely_the_one_owed_more_comes_first():
    book = book_of([(None, "Ann", "Me", 1), (None, "Bo", "Me", 2)], me="Me")
    table = refer_first.rank(book)
    assert len({*table["expected_return"]}) == 1  # without a date they are no evidence
    assert table["person"].tolist() == ["Bo", "Ann"]


def test_introductions_are_between_people_who_do_not_know_each_other():
    people = [
        {"person": "Ann", "needs": ("Web design",)},
        {"person": "Bo", "profession": "web design"},
        {"person": "Cy", "offers": ("web-design", "wills"), "needs": ("wills",)},
    ]
    book = book_of([(ago(500), "Ann", "Bo", 1)], people=people)
    (one,) = introductions.possible(book.window(TODAY))
    assert (one.needs, one.offers, one.word) == ("Ann", "Cy", "Web design")
    assert introductions.possible(book, "Cy") == []


def test_a_profession_answers_a_need_as_an_offer_does():
    people = [{"person": "Ann", "needs": ("tax advice",)}, {"person": "Bo"}]
    people[1]["profession"] = "Tax advice"
    (one,) = introductions.possible(book_of([(ago(9), "Me", "Ann", 1)], me="Me", people=people))
    assert (one.needs, one.offers) == ("Ann", "Bo")


def test_the_register_runs_from_the_first_row_to_the_balance():
    book = book_of(EXAMPLE, me="Me")
    table = register.of(book, "me")
    assert table["direction"].tolist() == ["from", "to", "from", "from", "from", "to"]
    assert table["person"].tolist() == ["Dee", "Bo", "Bo", "Bo", "Cy", "Cy"]
    assert table["balance"].tolist() == [-1, 0, -2, -3, -4, -1]


@settings(max_examples=30)
@given(books(me="A"), st.integers(0, 400))
def test_the_register_of_a_window_ends_at_its_balance(book, back):
    book = book.window(ago(back))
    for person in "ABCD":
        table = register.of(book, person)
        gave = book.referrals.loc[book.referrals["giver"] == person, "count"].sum()
        got = book.referrals.loc[book.referrals["receiver"] == person, "count"].sum()
        assert (table["given"].sum(), table["received"].sum()) == (gave, got)
        if len(table):
            assert table["balance"].iloc[-1] == gave - got


@settings(max_examples=20)
@given(books(me="A"))
def test_why_shows_the_rows_behind_what_is_open(book):
    open_with = owe.position(book)["open"]
    for person in "BCD":
        rows = register.between(book, person)
        assert rows["open"].sum() == open_with.get(person, 0)
        settled = (book.touches["kind"] == "settled") & (book.touches["person"] == person)
        assert (rows["direction"] == "settled").sum() == settled.sum()
        counts = rows.groupby("direction")["count"].sum()
        if person in open_with:
            where = owe.position(book).loc[person]
            assert counts.get("received", 0) == where["gave_me"]
            assert counts.get("given", 0) == where["i_gave"]


def test_a_settling_touch_is_seen_in_every_window():
    rows = [(ago(200), "Bo", "Me", 1), (ago(3), "Bo", "Me", 1)]
    book = book_of(rows, me="Me", touches=[(ago(100), "Bo", "settled")]).window(ago(10))
    assert register.between(book, "Bo")["direction"].tolist() == ["settled", "received"]
    assert register.between(book, "Me", "Bo")["direction"].tolist() == ["given"]


def test_my_settling_touches_are_not_what_stands_behind_the_balance_of_others():
    rows = [(ago(30), "Bo", "Me", 1), (ago(20), "Bo", "Cy", 1)]
    book = book_of(rows, me="Me", touches=[(ago(10), "Bo", "settled")])
    assert register.between(book, "Bo")["direction"].tolist() == ["received", "settled"]
    theirs = register.between(book, "Bo", "Cy")
    assert theirs[["direction", "open"]].to_numpy().tolist() == [["received", 1]]


def test_what_is_neither_won_nor_lost_goes_quiet():
    rows = [
        (ago(31), "Me", "Bo", 1),
        (ago(30), "Me", "Cy", 1),
        (ago(99), "Me", "Dee", 1, {"status": "won"}),
        (ago(99), "Eve", "Me", 1, {"status": "met", "status_date": ago(40)}),
        (ago(99), "Eve", "Bo", 1),
        (None, "Me", "Eve", 1),
    ]
    book = book_of(rows, me="Me")
    table = leaks.unresolved(book)
    assert table[["giver", "receiver", "days_quiet"]].to_numpy().tolist() == [
        ["Eve", "Me", 40],
        ["Me", "Bo", 31],
    ]
    assert leaks.unresolved(book, "Bo")["days_quiet"].tolist() == [99, 31]
    assert len(leaks.unresolved(book, days=0)) == 3


def test_thanks_are_due_for_what_came_since_the_last():
    rows = [
        (ago(50), "Bo", "Me", 1),
        (ago(20), "Bo", "Me", 2),
        (ago(10), "Cy", "Me", 1),
        (ago(5), "Dee", "Me", 1),
        (None, "Eve", "Me", 1),
    ]
    touches = [(ago(30), "Bo", "thanks"), (ago(10), "Cy", "thanks"), (ago(1), "Dee", "call")]
    table = leaks.thanks_due(book_of(rows, me="Me", touches=touches))
    assert table["person"].tolist() == ["Dee", "Bo"]
    assert table["referrals"].tolist() == [1, 2]
    assert table["last_thanked"].isna().tolist() == [True, False]
    assert len(leaks.thanks_due(book_of(rows, me="Me"))) == 3


def test_the_size_of_a_book():
    book = book_of(EXAMPLE, me="Me", people=[{"person": "Zoe"}], touches=[(TODAY, "Bo", "call")])
    assert stats.overall(book).to_dict() == {
        "rows": 6,
        "referrals": 9,
        "undated": 1,
        "first": ago(300).isoformat(),
        "last": ago(10).isoformat(),
        "days_since_last": 10,
        "last_30_days": 4,
        "last_7_days": 0,
        "people": 5,
        "give": 4,
        "receive": 3,
        "pairs": 3,
        "mutual_pairs": 2,
        "touches": 1,
        "tied": 4,
        "mine_pairs": 3,
        "mine_mutual_pairs": 2,
    }
    nobodys = stats.overall(book_of(EXAMPLE))
    assert nobodys[["mine_pairs", "mine_mutual_pairs"]].tolist() == [None, None]


def test_the_last_7_and_30_days_are_so_many_with_today():
    rows = [(ago(days), "Bo", "Me", 1) for days in (0, 6, 7, 29, 30)]
    counted = stats.overall(book_of(rows))
    assert (counted["last_7_days"], counted["last_30_days"]) == (2, 4)


def test_ages_count_from_today_and_not_from_the_clock():
    book = book_of([(date(2020, 1, 1), "Bo", "Me", 1)], me="Me", today=date(2020, 1, 11))
    assert owe.rank(book)["days_open"].tolist() == [10]
    undated = owe.rank(book_of([(None, "Bo", "Me", 1)], me="Me"))["days_open"]
    assert undated.isna().tolist() == [True]
    assert undated.dtype == "Int64"


def test_an_introduction_already_made_is_not_suggested():
    people = [
        {"person": "Ann", "offers": ("tax",)},
        {"person": "Bo", "needs": ("tax",)},
        {"person": "Cy", "needs": ("tax",)},
    ]
    rows = [(ago(9), "Me", "Ann", 1)]
    fresh = book_of(rows, me="Me", people=people)
    assert [one.needs for one in introductions.possible(fresh)] == ["Bo", "Cy"]
    sent = fresh.altered(history=fresh.history.assign(prospect="Bo"))
    assert [one.needs for one in introductions.possible(sent)] == ["Cy"]


def test_what_is_open_is_found_once_for_a_book_and_anew_for_an_altered_one():
    book = Book.sample()
    found = owe.open_referrals(book)
    assert owe.open_referrals(book) is found
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 0
    forgotten = book.altered(touches=book.touches[book.touches["kind"] != "settled"])
    more = owe.open_referrals(forgotten).sum() - found.sum()
    settled = book.touches["kind"].eq("settled").sum()
    assert (more > 0) == (settled > 0)
    assert owe.rank(forgotten)["open"].sum() - owe.rank(book)["open"].sum() == more
