"""Thanks and news: each state on rows counted by hand, and laws over books with any touches."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph import Book
from refgraph.analysis.owing import leaks
from refgraph.analysis.tending import gratitude, news, today
from refgraph.errors import NoMeError

TODAY = date(2026, 6, 30)
ROWS = [  # id, giver, day, status, day of it
    ("r1", "Ann", "2026-06-29", "given", None),  # due today or tomorrow
    ("r2", "Bo", "2026-06-20", "given", None),  # late
    ("r3", "Cy", "2026-05-01", "met", "2026-06-25"),  # the meeting stands for the receipt
    ("r4", "Di", "2026-01-10", "won", "2026-03-01"),  # thanked on receipt, not since it was won
    ("r5", "Ed", "2025-06-25", "won", "2025-08-01"),  # a year ago, thanked for all before
    ("r6", "Fay", "2026-02-01", "lost", "2026-03-02"),  # never thanked
    ("r7", "Gil", "2024-01-01", "won", "2024-02-01"),  # its anniversary has long been let go
]
THANKS = [("Di", "2026-01-13"), ("Ed", "2025-09-01"), ("Gil", "2024-02-01")]


def book(rows=ROWS, touches=THANKS, kind="thanks"):
    referrals = pd.DataFrame(rows, columns=["id", "giver", "date", "status", "status_date"])
    told = [(day, who, kind, *about) for who, day, *about in touches]
    frame = pd.DataFrame(
        [(*each, "")[:4] for each in told], columns=["date", "person", "kind", "about"]
    )
    return Book.from_frames(referrals.assign(receiver="Me"), touches=frame, me="Me", today=TODAY)


def listed(table):
    return {
        (row.id, row.reason): (row.state, row.days, f"{row.due:%m-%d}")
        for row in table.itertuples()
    }


def test_each_reason_and_each_state_by_hand():
    assert listed(gratitude.due(book())) == {
        ("r1", "receipt"): ("due", 1, "07-01"),
        ("r2", "receipt"): ("late", 10, "06-22"),
        ("r3", "meeting"): ("due", 5, "07-02"),
        ("r4", "receipt"): ("said", 3, "01-12"),
        ("r4", "close"): ("never", 121, "03-08"),
        ("r5", "receipt"): ("said", 68, "06-27"),
        ("r5", "close"): ("said", 31, "08-08"),
        ("r5", "year"): ("due", 5, "07-02"),
        ("r6", "receipt"): ("never", 149, "02-03"),
        ("r7", "receipt"): ("said", 31, "01-03"),
        ("r7", "close"): ("said", 0, "02-08"),
    }


def test_an_anniversary_stands_for_no_thanks_that_were_never_given():
    rows = [
        ("a", "Ann", "2025-06-28", "won", "2025-08-01"),
        ("b", "Bo", "2025-06-28", "won", "2025-07-01"),
    ]
    found = book(rows, [("Bo", "2025-07-10")])
    assert set(listed(gratitude.due(found))) >= {("a", "close"), ("a", "year"), ("b", "year")}
    lines = today.choose(found, top=9).set_index("person")
    assert lines.loc["Ann", ["lane", "reason", "about"]].tolist() == ["say thanks", "close", "a"]
    assert lines.loc["Bo", ["lane", "reason", "about"]].tolist() == ["say thanks", "year", "b"]
    # the day makes the thanks worth what the day is worth
    assert lines.loc["Ann", "week"] == lines.loc["Bo", "week"] > 0.1


@pytest.mark.parametrize("newest_last", [False, True])
def test_a_day_to_remember_is_the_day_for_the_newest_of_what_was_never_thanked_for(newest_last):
    rows = [
        ("year", "Ann", "2025-06-28", "won", "2025-07-01"),
        ("old", "Ann", "2025-10-01", "given", None),
        ("new", "Ann", "2026-05-20", "given", None),
    ]
    found = book(rows if newest_last else rows[::-1], [("Ann", "2025-07-10")])
    line = today.choose(found).set_index("person").loc["Ann"]
    assert (line["about"], line["days"]) == ("new", 41)


def test_days_from_receipt_to_thanks_median_and_worst():
    days = gratitude.until_thanks(book())
    assert days == {"thanked": 3, "median": 31.0, "worst": 68.0, "late": 3, "never": 2}
    nobody = gratitude.until_thanks(book(touches=[]))
    assert np.isnan(nobody["median"])
    assert nobody["never"] == 5


def test_thanks_about_one_referral_say_nothing_of_another():
    rows = [("a", "Ann", "2026-05-01", "given", None), ("b", "Ann", "2026-05-02", "given", None)]
    table = gratitude.due(book(rows, [("Ann", "2026-05-03", "a")]))
    assert listed(table) == {
        ("a", "receipt"): ("said", 2, "05-03"),
        ("b", "receipt"): ("never", 59, "05-04"),
    }
    assert leaks.thanks_due(book(rows, [("Ann", "2026-05-03", "a")]))["referrals"].tolist() == [1]


@pytest.mark.parametrize(
    ("kind", "about", "left"),
    [
        ("news", "", {"r6", "r3", "r5"}),
        ("news", "r4", {"r6", "r3", "r5"}),
        ("news", "r6", {"r6", "r3", "r4", "r5"}),
        ("call", "", {"r6", "r3", "r5"}),
        ("mention", "", {"r6", "r3", "r4", "r5"}),
    ],
)
def test_news_is_owed_until_the_giver_has_heard_of_it(kind, about, left):
    rows = [row for row in ROWS if row[0] != "r7"]
    table = news.owed(book(rows, [("Di", "2026-03-01", about)], kind=kind))
    assert {*table["id"]} == left
    assert news.owed(book(rows, [("Di", "2026-02-28")], kind=kind))["id"].isin(["r4"]).any()


def test_the_adviser_owes_news_of_nine_referrals_to_eight_people():
    table = news.owed(Book.read("data/adviser"))
    assert (len(table), table["person"].nunique()) == (9, 8)


def test_without_a_me_it_is_told_what_is_missing():
    nobody = Book.from_frames(pd.DataFrame({"date": [""], "giver": ["A"], "receiver": ["B"]}))
    for ask in (gratitude.due, gratitude.until_thanks, news.owed):
        with pytest.raises(NoMeError, match="--for"):
            ask(nobody)


DAYS = st.integers(0, 500).map(lambda back: str(TODAY - timedelta(back)))
SAID = st.lists(st.tuples(st.sampled_from(["Ann", "Bo"]), DAYS), max_size=6)


@given(st.lists(st.tuples(st.sampled_from(["Ann", "Bo"]), DAYS), min_size=1, max_size=6), SAID)
def test_due_agrees_with_a_plain_search_and_a_thank_you_today_settles_all(got, said):
    rows = [(f"r{at}", who, day, "given", None) for at, (who, day) in enumerate(got)]
    for row in gratitude.due(book(rows, said)).itertuples():
        after = [date.fromisoformat(day) for who, day in said if who == row.person]
        first = min((day for day in after if day >= row.since.date()), default=None)
        assert (None if pd.isna(row.said) else row.said.date()) == first
        assert row.days == ((first or TODAY) - row.since.date()).days
        age = (TODAY - row.since.date()).days
        assert row.state == (
            "said" if first else "never" if age > 30 else "late" if age > 2 else "due"
        )
    now = [(who, str(TODAY)) for who in ("Ann", "Bo")]
    assert {*gratitude.due(book(rows, [*said, *now]))["state"]} == {"said"}


@given(st.permutations(ROWS), st.permutations(THANKS))
def test_the_order_of_rows_is_nothing(rows, said):
    pd.testing.assert_frame_equal(gratitude.due(book(rows, said)), gratitude.due(book()))
    pd.testing.assert_frame_equal(news.owed(book(rows, said)), news.owed(book()))
