"""From period to period: counts by hand, and a band that noise seldom leaves."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from scipy.stats import binom, norm
from strategies import TODAY, ago, book_of, dated_rows

from refgraph.analysis.tending import trend
from refgraph.errors import NoMeError, OptionError

PEOPLE = [{"person": name} for name in "ABCD"]


def test_a_quarter_by_hand():
    rows = [
        (ago(100), "B", "A", 2),  # 2026-03-22, Q1
        (ago(80), "B", "A", 1),  # 2026-04-11, Q2
        (ago(79), "A", "B", 2),
        (ago(40), "A", "C", 1, {"status": "won"}),
        (ago(3), "C", "D", 9),  # of others
        (None, "A", "C", 5),
    ]
    touches = [(ago(90), "B", "thanks"), (ago(77), "B", "thanks")]
    book = book_of(rows, me="A", people=PEOPLE, touches=touches)
    table = trend.by_period(book, samples=99)
    assert table["period"].tolist() == ["2026-Q1", "2026-Q2"]
    assert table["given"].tolist() == [0, 3]
    assert table["received"].tolist() == [2, 1]
    assert table["mutual_people"].tolist() == [0, 1]
    assert table["reciprocity"].tolist() == [0, 0.5]
    assert table["days_to_thanks"].tolist() == [10, 3]
    assert table["leak_rate"].tolist() == [1, 0.75]


@given(dated_rows())
def test_periods_add_up_and_the_order_of_rows_is_nothing(rows):
    book = book_of(rows, me="A", people=PEOPLE)
    table = trend.by_period(book, samples=99, by="month")
    mine = book.history[book.history["date"].notna()]
    for name, end in (("given", "giver"), ("received", "receiver")):
        assert table[name].sum() == mine.loc[mine[end] == "A", "count"].sum()
    assert table["period"].is_monotonic_increasing
    assert table["period"].is_unique
    again = trend.by_period(book_of(rows[::-1], me="A", people=PEOPLE), samples=99, by="month")
    pd.testing.assert_frame_equal(again, table)
    for name in trend.MEASURES:
        assert not (table[f"{name}_low"] > table[f"{name}_high"]).any()


def test_of_noise_hardly_anything_is_beyond_chance(simulated):
    chance = np.random.default_rng(3)
    false, many = 0, simulated(60)
    for _ in range(many):
        days = chance.integers(0, 720, 60).tolist()
        ways = [("A", "BCD"[chance.integers(3)]) for _ in days]
        rows = [
            (ago(day), *(way if chance.random() < 0.5 else way[::-1]), 1)
            for day, way in zip(days, ways, strict=True)
        ]
        table = trend.by_period(book_of(rows, me="A", people=PEOPLE), samples=199)
        false += (table["beyond"] != "").any()  # whatever is said beyond it
    assert false <= binom.isf(0.005, many, 0.05)  # of 60, 3 are expected, and 8 let pass


def test_what_truly_changed_is_named():
    rows = [(ago(day), "B", "A", 1) for day in range(1, 85, 2)]
    rows += [(ago(day), "C", "A", 1) for day in range(100, 720, 60)]
    table = trend.by_period(book_of(rows, me="A", people=PEOPLE))
    assert "received above" in table["beyond"].iloc[-1]


@given(dated_rows())
def test_nothing_is_claimed_of_a_period_that_is_not_whole(rows):
    book = book_of(rows, me="A", people=PEOPLE)
    table = trend.by_period(book, samples=99)
    if table.empty:
        return
    mine = book.history[(book.history[["giver", "receiver"]] == "A").any(axis=1)]
    began = pd.PeriodIndex(table["period"].str.replace("-", ""), freq="Q")
    whole = (began.start_time >= mine["date"].min()) & (began.end_time.date <= TODAY)
    assert (table.loc[~whole, "beyond"] == "").all()
    assert table.loc[~whole, "given_low"].isna().all()


def test_nothing_is_claimed_of_an_answer_to_every_gift():
    """A gift and its return go together: that they do is no change from quarter to quarter."""
    rows = [(ago(day), "A", "B", 1) for day in range(10, 720, 15)]
    rows += [(ago(day - 3), "B", "A", 1) for day in range(10, 720, 15)]
    table = trend.by_period(book_of(rows, me="A", people=PEOPLE), samples=199)
    assert (table["beyond"] == "").all()
    assert table["reciprocity_low"].isna().all()


def test_a_window_cuts_its_last_period_and_ends_the_record():
    rows = [(ago(day), "B", "A", 1) for day in range(0, 720, 20)]
    book = book_of(rows, me="A", people=PEOPLE).window(until="2026-02-10")
    table = trend.by_period(book, samples=199)
    assert table["period"].iloc[-1] == "2026-Q1"
    assert pd.isna(table["given_low"].iloc[-1])
    assert (table["beyond"] == "").all()


@pytest.mark.parametrize("days", [1, 2, 5])
def test_nothing_is_claimed_of_a_meeting_or_two(days):
    """However much passed on them: an evening is one case."""
    rows = [(ago(720 - d), *way, 3) for d in range(days) for way in ("AB", "BA", "CA", "DA") * 5]
    table = trend.by_period(book_of(rows, me="A", people=PEOPLE), by="month", samples=99)
    assert (table["beyond"] == "").all()


def test_what_passed_on_one_day_is_one_case():
    """An evening of forty says nothing of its quarter, as forty days of it would."""
    rows = [(ago(day), "C", "A", 1) for day in range(10, 720, 60)]
    evening = trend.by_period(book_of([*rows, *[(ago(120), "B", "A", 1)] * 40], me="A"))
    assert not evening["beyond"].str.contains("received above").any()
    spell = [(ago(day), "B", "A", 1) for day in range(100, 140)]
    table = trend.by_period(book_of([*rows, *spell], me="A"))
    assert table["beyond"].str.contains("received above").any()


def test_a_quarter_with_hardly_any_is_beyond_chance_as_one_with_many_is():
    rows = [(ago(day), "B", "A", 1) for day in range(95, 720, 7)]
    table = trend.by_period(book_of(rows, me="A", people=PEOPLE))
    assert "received below" in table["beyond"].iloc[-1]
    assert (table["received_low"].dropna() > 0).all()


@given(dated_rows())
def test_the_halves_of_a_record_are_the_whole(rows):
    book = book_of(rows, me="A", people=PEOPLE)
    halves = trend.over_all(book, samples=99).set_index("measure")
    table = trend.by_period(book, samples=99)
    mine = book.history[book.history["date"].notna()]
    mine = mine[(mine[["giver", "receiver"]] == "A").any(axis=1)]
    begun = mine[mine["date"] == mine["date"].min()]  # which tells nothing of how it went on
    for name, end in (("given", "giver"), ("received", "receiver")):
        whole = table[name].sum() - begun.loc[begun[end] == "A", "count"].sum()
        assert halves.loc[name, ["first_half", "second_half"]].sum() == whole
    assert (halves["p"].dropna().between(0.01, 1)).all()


@pytest.mark.parametrize("slope", [0.0, 1.0, 2.5])
def test_a_rise_is_as_likely_as_the_sum_of_so_many_days_has_it(slope):
    """Against the normal law of a sum of days, each equally likely."""
    chance = np.random.default_rng(11)
    days = np.unique(np.r_[719, (719 * chance.random(90) ** (1 + slope / 4)).astype(int)])
    rows = [(ago(int(day)), "B", "A", 1) for day in days]
    halves = trend.over_all(book_of(rows, me="A", people=PEOPLE), samples=9999).set_index("measure")
    at = 719 - days[days < 719]
    off = abs(at.sum() - len(at) * 719 / 2) / np.sqrt(len(at) * (720**2 - 1) / 12)
    assert halves.loc["received", "p"] == pytest.approx(2 * norm.sf(off), abs=0.02)
    assert halves.loc["given", "p"] == 1


def test_what_the_record_begins_with_makes_no_rise_a_fall():
    rows = [(ago(720), "A", "B", 60), *[(ago(day), "A", "C", 1) for day in range(1, 240, 8)]]
    halves = trend.over_all(book_of(rows, me="A", people=PEOPLE)).set_index("measure")
    assert halves.loc["given", "rises"]
    assert halves.loc["given", "p"] < 0.01
    assert halves.loc["given", "second_half"] > halves.loc["given", "first_half"]


def test_what_cannot_be_asked_is_refused():
    book = book_of([], me="A", people=PEOPLE)
    assert trend.by_period(book).empty
    for wrong in ({"by": "week"}, {"samples": 5}):
        with pytest.raises(OptionError):
            trend.by_period(book, **wrong)
    assert trend.over_all(book)["p"].isna().all()
    for ask in (trend.by_period, trend.over_all):
        with pytest.raises(NoMeError):
            ask(book_of([], people=PEOPLE))
    with pytest.raises(OptionError):
        trend.over_all(book, samples=5)
