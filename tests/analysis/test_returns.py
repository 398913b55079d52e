"""returns: gift episodes, how soon they are answered, and what passed with its age."""

from __future__ import annotations

import warnings
from datetime import date, timedelta
from fractions import Fraction
from math import isnan, nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import edge_case
from pandas.testing import assert_frame_equal
from scipy.stats import beta
from strategies import TODAY, ago, book_of, books, dated_rows

from refgraph.analysis.evaluating import evaluate
from refgraph.analysis.returning import returns, survival
from refgraph.analysis.suggesting import refer_first
from refgraph.errors import OptionError, UnknownPersonError

watched = st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=1, max_size=25)


def is_stamped(rows, day):
    ends = [row[1:] for row in rows if row[0] == day]
    crossed = any((receiver, giver) in ends for giver, receiver in ends)
    if len({frozenset(each) for each in ends}) < 10:
        return False
    return len(ends) == len(rows) or (crossed and len(ends) > len(rows) / 2)


def episodes_by_hand(book, horizon):
    """Walk through every day, one pair at a time."""
    rows = [
        (day.date(), giver, receiver)
        for day, giver, receiver in book.history[["date", "giver", "receiver"]].itertuples(
            index=False
        )
        if not pd.isna(day)
    ]
    found = []
    stamped = {day for day, *_ in rows if is_stamped(rows, day)}
    for pair in {tuple(sorted(row[1:])) for row in rows}:
        mine = [row for row in rows if set(row[1:]) == set(pair)]
        opened = {}
        day = min(row[0] for row in mine)
        while day <= book.today:
            today = {row[1:] for row in mine if row[0] == day}
            before = {each: at for each, at in opened.items() if (day - at).days <= horizon}
            for giver, receiver in today:
                if not before and len(today) > 1:
                    found.append((giver, receiver, day, day, "swapped"))
                elif not before and day in stamped:
                    continue
                elif (receiver, giver) in before:
                    found.append((receiver, giver, opened.pop((receiver, giver)), day, "answered"))
                elif (giver, receiver) not in before:
                    opened[giver, receiver] = day
            over = [each for each, start in opened.items() if (day - start).days == horizon]
            found += [(*each, opened.pop(each), day, "failed") for each in over]
            day += timedelta(days=1)
        found += [(*each, start, None, "censored") for each, start in opened.items()]
    found.sort(key=lambda one: (one[2], one[0], one[1]))
    return [(*one, ((one[3] or book.today) - one[2]).days) for one in found]


PEOPLE = "ABCDEF"
stamped_rows = st.lists(
    st.tuples(
        st.sampled_from([3, 3, 3, 3, 3, 9, 40]),
        st.sampled_from([(a, b) for a in PEOPLE for b in PEOPLE if a < b or a == "C" != b]),
    ),
    min_size=12,
    max_size=30,
    unique=True,
).map(lambda rows: [(ago(back), *ends, 1) for back, ends in rows])


@given(dated_rows(max_size=12, days=60) | stamped_rows, st.integers(1, 30))
def test_a_slow_walk_finds_the_same_episodes(rows, horizon):
    book = book_of(rows, people=[{"person": name} for name in PEOPLE])
    table = returns.episodes(book, horizon=horizon)
    found = [
        (giver, receiver, day.date(), None if pd.isna(closed) else closed.date(), state, days)
        for giver, receiver, day, closed, state, days in table.itertuples(index=False)
    ]
    assert found == episodes_by_hand(book, horizon)
    assert table["days"].dtype == np.int64


@pytest.mark.parametrize(
    ("rows", "states", "days"),
    [
        ([(200, "A", "B")], ["failed"], [180]),
        ([(179, "A", "B")], ["censored"], [179]),
        ([(180, "A", "B")], ["failed"], [180]),
        ([(180, "A", "B"), (0, "B", "A")], ["answered"], [180]),
        ([(300, "A", "B"), (120, "B", "A")], ["answered"], [180]),
        ([(300, "A", "B"), (119, "B", "A")], ["failed", "censored"], [180, 119]),
        ([(300, "A", "B"), (300, "B", "A")], ["swapped", "swapped"], [0, 0]),
        (
            [(300, "A", "B"), (300, "B", "A"), (179, "A", "B")],
            ["swapped", "swapped", "censored"],
            [0, 0, 179],
        ),
        ([(300, "A", "B"), (290, "A", "B"), (280, "B", "A")], ["answered"], [20]),
    ],
)
def test_episodes_by_hand(rows, states, days):
    book = book_of([(ago(back), giver, receiver, 1) for back, giver, receiver in rows])
    table = returns.episodes(book)
    assert table["state"].tolist() == states
    assert table["days"].tolist() == days


def swaps(number, back, me="Me"):
    return [
        row
        for at in range(number)
        for row in ((ago(back), me, f"P{at:02}", 1), (ago(back), f"P{at:02}", me, 1))
    ]


@pytest.mark.parametrize("back", [1, 300])
def test_twelve_who_swap_one_referral_each_on_a_day_have_failed_nobody(back):
    book = book_of(swaps(12, back), me="Me")
    overall = returns.overall(book)
    assert overall[["gifts", "answered", "failed", "censored"]].tolist() == [24, 0, 0, 0]
    assert overall["swapped"] == 24
    assert isnan(overall["share"])
    people = returns.by_person(book)
    assert people["swapped"].tolist() == [12, *[1] * 12]
    assert returns.curve(book).empty
    table = refer_first.expected_return(book, "Me")
    assert (table["gifts"] == 0).all()
    assert (table["expected_return"] > 0.3).all()
    assert (table["high"] - table["low"] > 0.5).all()
    assert evaluate.needed(book)["closed"] == 0


def test_an_exchange_leaves_what_others_answered_as_it_was():
    rows = [(ago(400), "A", "B", 1), (ago(380), "B", "A", 1), (ago(390), "A", "C", 1)]
    alone, beside = book_of(rows), book_of([*rows, *swaps(4, 300, me="A")])
    assert returns.by_person(beside).loc[["A", "B", "C"], "share"].tolist() == pytest.approx(
        returns.by_person(alone)["share"].tolist(), nan_ok=True
    )
    assert returns.overall(beside)["share"] == returns.overall(alone)["share"] == 0.5


def test_what_is_open_is_answered_by_one_of_two_that_cross():
    book = book_of([(ago(300), "A", "B", 1), (ago(290), "A", "B", 1), (ago(290), "B", "A", 1)])
    table = returns.episodes(book)
    assert table[["state", "days"]].to_numpy().tolist() == [["answered", 10]]


def test_an_import_that_stamps_all_rows_with_one_day_says_of_nobody_that_they_failed():
    stamped = [(ago(300), "Me", f"Q{at:02}", 1) for at in range(20)]
    book = book_of([*stamped, *swaps(3, 300)], me="Me")
    assert returns.stamped(book) == (pd.Timestamp(ago(300)), 26)
    assert returns.overall(book)[["gifts", "failed", "swapped"]].tolist() == [6, 0, 6]
    table = refer_first.expected_return(book, "Me")
    assert (table["unasked"] < 1e-9).all()
    assert (table["high"] - table["low"] > 0.5).all()
    one_way = book_of([*stamped, (ago(290), "Me", "Bo", 1)], me="Me")
    assert returns.stamped(one_way) is None  # none came before, or it would be on that day too
    assert returns.overall(one_way)["failed"] == 21
    later = [(ago(250 - at), "Me", f"R{at:02}", 1) for at in range(30)]
    mixed = book_of([*stamped, *swaps(3, 300), *later])
    assert returns.stamped(mixed) is None  # one day of many, of a large meeting
    assert returns.overall(mixed)["failed"] == 50


def test_months_written_as_their_first_day_cross_and_are_answered_in_later_ones():
    def first(month):
        return date(2026, month, 1)

    rows = [(first(1), "A", "B", 1), (first(1), "B", "A", 1), (first(2), "A", "B", 1)]
    book = book_of([*rows, (first(4), "B", "A", 1)])
    assert returns.episodes(book)["state"].tolist() == ["swapped", "swapped", "answered"]


def timed(case, today):
    start = TODAY - timedelta(days=today)
    rows = [(start + timedelta(days=day), giver, receiver, 1) for day, giver, receiver in case]
    return book_of([row for row in rows if row[0] <= TODAY])


def test_the_reference_values_of_time():
    case = edge_case("temporal_hand")
    book = timed(case["events"], case["observation_end"])
    start = TODAY - timedelta(days=case["observation_end"])
    table = returns.episodes(book, horizon=case["horizon"])
    found = [
        [(row.date.date() - start).days, row.giver, row.receiver, row.state, row.days]
        for row in table.itertuples()
    ]
    assert found == case["expected"]["episodes"]
    overall = returns.overall(book, horizon=case["horizon"])
    assert overall["answered"] == case["expected"]["answered"]
    assert overall["answered"] + overall["failed"] == case["expected"]["closed"]
    known = case["expected"]["decayed_half_life_4_at_t8"]
    table = returns.decayed(timed(case["events"], 8), half_life=4)
    passed = table.set_index(["giver", "receiver"])
    assert passed.loc["B", "A"].tolist() == pytest.approx([known["B->A"], known["A->B"]])
    assert passed.loc["A", "B"].tolist() == pytest.approx([known["A->B"], known["B->A"]])
    normalised = passed.loc[("B", "A"), "given"] * np.log(2) / 4
    assert normalised == pytest.approx(known["rem_package_normalised_B->A"])


def test_a_curve_by_hand():
    # 5 gifts: returned after 10 and 20 days, failed at 30, open since 15 and 5 days.
    rows = [
        *[(ago(200), "A", "B"), (ago(190), "B", "A"), (ago(150), "A", "C"), (ago(130), "C", "A")],
        *[(ago(100), "A", "D"), (ago(15), "B", "C"), (ago(5), "B", "D")],
    ]
    book = book_of([(*row, 1) for row in rows])
    table = returns.curve(book, horizon=30)
    assert table["days"].tolist() == [0, 10, 20]
    assert table["at_risk"].tolist() == [5, 4, 2]
    assert table["returned"].tolist() == [0, 1, 1]
    assert table["share"].tolist() == pytest.approx([0, 1 / 4, 1 - 3 / 4 / 2])
    everybody = returns.overall(book, horizon=30)
    ends = [beta.ppf(tail, 3 * 0.625 + 0.5, 3 * 0.375 + 0.5) for tail in (0.025, 0.975)]
    assert everybody[["low", "high"]].tolist() == pytest.approx(ends)
    assert everybody.drop(["low", "high"]).to_dict() == pytest.approx(
        {
            "gifts": 5,
            "answered": 2,
            "failed": 1,
            "censored": 2,
            "share": 0.625,
            "median_days": 20,
            "swapped": 0,
        }
    )
    people = returns.by_person(book, horizon=30).drop(columns=["low", "high"])
    assert people["median_days"].dtype == "Int64"
    people = people.astype({"median_days": float})
    assert people.loc["B"].tolist() == pytest.approx([1, 1, 0, 0, 1, 10, 0])
    assert people.loc["C"].tolist() == pytest.approx([2, 1, 0, 1, 1, 20, 0])
    assert people.loc["D"].tolist() == pytest.approx([2, 0, 1, 1, 0, nan, 0], nan_ok=True)
    assert people.loc["A"].tolist() == pytest.approx([0, 0, 0, 0, nan, nan, 0], nan_ok=True)
    assert returns.curve(book, horizon=30, person="C")["days"].tolist() == [0, 20]
    assert returns.curve(book, horizon=30, person="D")["share"].tolist() == [0]


@given(watched)
def test_the_curve_is_the_product_over_the_days(seen):
    stay, variance, expected = Fraction(1), Fraction(0), {0: (len(seen), 0, Fraction(0), 0)}
    for day in sorted({day for day, came in seen if came}):
        at_risk = sum(other >= day for other, _ in seen)
        number = sum(came and other == day for other, came in seen)
        stay *= Fraction(at_risk - number, at_risk)
        if number < at_risk:
            variance += Fraction(number, at_risk * (at_risk - number))
        expected[day] = (at_risk, number, 1 - stay, variance)
    table = survival.curve(*zip(*seen, strict=True))
    assert table["days"].tolist() == list(expected)
    for row, (at_risk, number, share, spread) in zip(
        table.itertuples(), expected.values(), strict=True
    ):
        assert (row.at_risk, row.returned) == (at_risk, number)
        assert row.share == pytest.approx(float(share), abs=1e-11)
        if 0 < share < 1:
            left = float(1 - share)
            wide = 1.96 * np.sqrt(float(spread)) / abs(np.log(left))
            ends = [1 - left ** np.exp(-wide), 1 - left ** np.exp(wide)]
            assert [row.low, row.high] == pytest.approx(ends, abs=1e-4)
            assert row.low < row.share < row.high
        else:
            assert isnan(row.low)
            assert isnan(row.high)


@settings(max_examples=60)
@given(watched)
def test_scipy_finds_the_same_curve(seen):
    from scipy.stats import CensoredData, ecdf

    days, came = (np.array(each) for each in zip(*seen, strict=True))
    table = survival.curve(days, came).iloc[1:]
    peer = ecdf(CensoredData.right_censored(days, ~came))
    assert table["share"].tolist() == pytest.approx(
        peer.cdf.evaluate(table["days"]).tolist(), abs=1e-11
    )
    partly = table[table["share"] < 1]
    with warnings.catch_warnings(action="ignore"):  # it has no interval at 0 and at 1 either
        interval = peer.cdf.confidence_interval(method="log-log")
    for ours, theirs in ((partly["low"], interval.low), (partly["high"], interval.high)):
        known = theirs.evaluate(partly["days"])
        assert ours.tolist() == pytest.approx(known.tolist(), abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 12), st.booleans()), max_size=40))
def test_the_end_of_each_group_is_the_end_of_its_own_curve(rows):
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    share, median = survival.at_the_end(table[:, 0], table[:, 1], table[:, 2] > 0, 6)
    for group in range(6):
        mine = table[table[:, 0] == group]
        curve = survival.curve(mine[:, 1], mine[:, 2] > 0)
        half = curve[curve["share"] >= 0.5]["days"]
        assert share[group] == pytest.approx(
            curve["share"].iloc[-1] if len(mine) else nan, nan_ok=True, abs=0
        )
        assert median[group] == pytest.approx(half.iloc[0] if len(half) else nan, nan_ok=True)


def test_half_is_half_whatever_the_last_bit():
    # 5/6 x 3/5 is one half, and in floating point may be a little more
    days, came = [1, 2, 2, 3, 3, 3], [True, True, True, False, False, False]
    share, median = survival.at_the_end(
        np.zeros(6, dtype=np.int64), np.array(days), np.array(came), 1
    )
    assert (share.tolist(), median.tolist()) == ([0.5], [2])


@settings(max_examples=40)
@given(books(), st.integers(1, 200))
def test_everybody_together_is_the_sum_of_each(book, horizon):
    people = returns.by_person(book, horizon=horizon)
    overall = returns.overall(book, horizon=horizon)
    counts = ["gifts", "answered", "failed", "censored", "swapped"]
    assert people[counts].sum().tolist() == overall[counts].tolist()
    assert (people["gifts"] == people[counts[1:]].sum(axis=1)).all()
    assert people["share"].isna().equals(people["answered"] + people["failed"] == 0)
    assert people.index.tolist() == list("ABCD")
    table = returns.curve(book, horizon=horizon)
    assert table["returned"].sum() == overall["answered"]
    assert table["days"].max() <= horizon if len(table) else overall["gifts"] == overall["swapped"]
    if overall["answered"] + overall["failed"]:
        assert table["share"].iloc[-1] == overall["share"]
    assert (people["low"].fillna(0) <= people["share"].fillna(0)).all()
    assert (people["share"].fillna(1) <= people["high"].fillna(1)).all()
    for person in "ABCD":
        mine = returns.curve(book, horizon=horizon, person=person)
        share = people.loc[person, "share"]
        assert np.isnan(share) or mine["share"].iloc[-1] == share


def test_the_mean_over_answered_gifts_alone_would_be_biased():
    # Every gift is answered after 100 days, but those of the last 60 are still open.
    rows = []
    for at in range(40):
        rows.append((ago(10 * at + 1), f"g{at}", f"r{at}", 1))
        if 10 * at + 1 >= 100:
            rows.append((ago(10 * at - 99), f"r{at}", f"g{at}", 1))
    overall = returns.overall(book_of(rows))
    assert overall["answered"] < overall["gifts"]
    assert overall["share"] == 1
    assert overall["median_days"] == 100


@settings(max_examples=40)
@given(dated_rows(), st.integers(1, 400), st.randoms())
def test_what_passed_is_summed_with_its_age(rows, half_life, random):
    people = [{"person": name} for name in "ABCD"]
    table = returns.decayed(book_of(rows, people=people), half_life=half_life)
    expected = {}
    for day, giver, receiver, count in rows:
        if day is not None:
            weight = count * 2 ** (-(TODAY - day).days / half_life)
            expected[giver, receiver] = expected.get((giver, receiver), 0) + weight
    pairs = list(zip(table["giver"], table["receiver"], strict=True))
    assert pairs == sorted(expected)
    assert table["given"].tolist() == pytest.approx([expected[pair] for pair in pairs])
    assert table["returned"].tolist() == pytest.approx(
        [expected.get(pair[::-1], 0) for pair in pairs]
    )
    moved = book_of(random.sample(rows, len(rows)), people=people)
    assert_frame_equal(returns.decayed(moved, half_life=half_life), table, check_exact=True)


def test_the_order_of_rows_does_not_show_in_the_last_bit():
    rows = [(ago(3 + at % 2), "A", "B", count) for at, count in enumerate(range(1, 60))]
    for half_life in (3, 7, 11, 13):
        one = returns.decayed(book_of(rows), half_life=half_life)
        other = returns.decayed(book_of(rows[::-1]), half_life=half_life)
        assert_frame_equal(other, one, check_exact=True)


def test_no_referrals_are_no_answer_in_the_same_columns():
    none, some = book_of([]), book_of([(ago(3), "A", "B", 1), (ago(1), "B", "A", 1)])
    for answer in (returns.curve, returns.by_person, returns.decayed, returns.episodes):
        empty, full = answer(none), answer(some)
        assert len(empty) == 0
        assert len(full) > 0
        assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    overall = returns.overall(none)
    assert overall.tolist() == pytest.approx([0, 0, 0, 0, nan, nan, 0, nan, nan], nan_ok=True)
    assert overall.dtype == float


def test_what_cannot_be_asked_is_said():
    book = book_of([(ago(3), "Ann", "Bo", 1)])
    for answer in (returns.episodes, returns.overall, returns.by_person, returns.curve):
        with pytest.raises(OptionError, match="at least 1 day, not 0"):
            answer(book, horizon=0)
    for half_life in (0, -1, nan):
        with pytest.raises(OptionError, match="above 0"):
            returns.decayed(book, half_life=half_life)
    with pytest.raises(UnknownPersonError):
        returns.curve(book, person="Zoe")


def test_a_table_that_is_written_into_leaves_the_next_one_alone():
    book = book_of([(ago(300), "Ann", "Bo", 1)])
    first = returns.episodes(book)
    first.loc[0, "state"] = "answered"
    assert returns.episodes(book)["state"].tolist() == ["failed"]
    assert returns.episodes(book, horizon=301)["state"].tolist() == ["censored"]
