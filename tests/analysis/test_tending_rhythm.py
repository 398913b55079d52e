"""Contact on a rhythm, and who has gone quiet: by hand, and on generated givers."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from strategies import book_of

from refgraph import Book
from refgraph.analysis.tending import rhythm

TODAY = date(2026, 6, 30)
ROOT = Path(__file__).resolve().parents[2]


def ago(days):
    return str(TODAY - timedelta(days))


def book(touches=(), referrals=(), cadence="monthly"):
    columns = ["date", "person", "kind", "personal", "until"]
    told = [(ago(back), "Ann", kind, how, until) for back, kind, how, until in touches]
    rows = pd.DataFrame(
        [(ago(back), giver, receiver) for back, giver, receiver in referrals],
        columns=["date", "giver", "receiver"],
    )
    return Book.from_frames(
        rows,
        people=pd.DataFrame({"person": ["Ann", "Me"], "cadence": [cadence, ""]}),
        touches=pd.DataFrame(told, columns=columns),
        me="Me",
        today=TODAY,
    )


def test_past_the_ideal_and_past_the_limit_of_each_cadence():
    for cadence, (ideal, limit) in rhythm.CADENCES.items():
        for days, state in ((ideal, "ok"), (ideal + 1, "ideal"), (limit + 1, "limit")):
            (row,) = rhythm.contact(book([(days, "call", "", "")], cadence=cadence)).itertuples()
            assert (row.state, row.days, row.ideal, row.limit) == (state, days, ideal, limit)


@pytest.mark.parametrize(
    ("touches", "referrals", "days", "personal"),
    [
        ([(50, "call", "", ""), (20, "email", "no", "")], [], 20, 50),
        ([(50, "call", "", ""), (20, "email", "no", ""), (5, "email", "no", "")], [], 20, 50),
        ([(20, "email", "no", ""), (10, "call", "", ""), (5, "email", "no", "")], [], 5, 10),
        ([(50, "call", "", "")], [(9, "Ann", "Me")], 9, 9),
        ([(50, "call", "", "")], [(9, "Me", "Ann")], 9, 9),
        ([(50, "they-thanked-me", "", ""), (3, "mention", "", "")], [], 50, 50),
        ([(50, "call", "", "")], [(9, "Ann", "Bo")], 50, 50),
        ([(50, "call", "", ""), (7, "value", "", "")], [], 7, 7),
        ([(50, "call", "", ""), (7, "value", "no", "")], [], 50, 50),
    ],
)
def test_real_contact_begins_again_and_an_automated_one_once_in_a_row(
    touches, referrals, days, personal
):
    (row,) = rhythm.contact(book(touches, referrals)).itertuples()
    assert row.days == days
    assert (TODAY - row.personal.date()).days == personal


def test_a_role_has_a_cadence_and_a_persons_own_wins():
    people = [
        {"person": "Ann", "role": "client"},
        {"person": "Bo", "role": "client", "cadence": "monthly"},
        {"person": "Cy", "role": "client", "cadence": "none"},
        {"person": "Di", "role": "partner"},
    ]
    usual = book_of([], me="Me", people=[*people, {"person": "Me"}])
    told = replace(usual.settings, cadence={"client": "yearly"})
    table = rhythm.contact(usual.altered(settings=told))
    assert dict(zip(table["person"], table["cadence"], strict=True)) == {
        "Ann": "yearly",
        "Bo": "monthly",
    }
    assert rhythm.contact(usual)["person"].tolist() == ["Bo"]


def test_a_snooze_lasts_until_its_day():
    for until, state in ((ago(-5), "snoozed"), (ago(0), "limit")):
        touches = [(90, "call", "", ""), (6, "snooze", "", until)]
        (row,) = rhythm.contact(book(touches)).itertuples()
        assert row.state == state
        assert pd.isna(row.until) == (state != "snoozed")


def test_usually_every_forty_days_and_now_a_hundred_and_thirty():
    sent = [(130 + 40 * at, "Ann", "Me") for at in range(7)]
    (row,) = rhythm.quiet(book(referrals=sent)).itertuples()
    assert (row.person, row.usual, row.now) == ("Ann", 40, 130)
    assert rhythm.quiet(book(referrals=[(back - 40, *who) for back, *who in sent])).empty
    assert rhythm.quiet(book(referrals=sent[:5])).empty  # too few to say what is usual


def test_nothing_is_usual_without_a_me_or_with_nothing():
    assert rhythm.quiet(book()).empty
    assert rhythm.contact(book())["state"].tolist() == ["ok"]
    assert rhythm.quiet(
        Book.from_frames(pd.DataFrame({"date": [""], "giver": ["A"], "receiver": ["B"]}))
    ).empty


def test_few_alarms_are_false_and_most_who_stopped_are_named(capsys):
    spec = importlib.util.spec_from_file_location("quiet", ROOT / "benchmarks" / "quiet.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.main(["200"]) == 0
    assert capsys.readouterr().out.count("false alarms") == 4
