"""What a gift adds: by hand, under changes that mean nothing, and where the truth is known."""

from __future__ import annotations

import importlib.util
import itertools
import math
import sys
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import TODAY, book_of, dated_rows

from refgraph import effect
from refgraph.analysis.returning import negative_controls
from refgraph.analysis.returning.clustering import of_gifts
from refgraph.analysis.returning.risk_difference import compared
from refgraph.analysis.returning.target_trial import emulate
from refgraph.book.incognito import incognito
from refgraph.errors import OptionError, UnknownPersonError

ROOT = Path(__file__).parents[2]
START = date(2020, 1, 1)


@cache
def worlds():
    spec = importlib.util.spec_from_file_location(
        "effect_worlds", ROOT / "benchmarks" / "effect.py"
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["effect_worlds"] = module  # where dataclasses look up their types
    spec.loader.exec_module(module)
    return module


@cache
def lived(name, seed):
    known = worlds()
    return known.book_of(*known.live((known.FINE | known.CONFOUNDED)[name], seed))


def on(day):
    return START + timedelta(days=day)


def test_after_and_anyway_by_hand():
    rows = [(on(0), "B", "Me", 1), (on(0), "C", "Me", 1)]
    rows += [(on(30), "Me", "B", 1), (on(35), "B", "Me", 1)]  # answered on day 5
    rows += [(on(50), "Me", "C", 1), (on(80), "C", "Me", 1)]  # not answered; sent anyway
    trial = emulate(book_of(rows, me="Me", today=on(100)), "Me", horizon=10)
    found = compared(trial, samples=100, seed=0)
    assert (found.gifts, found.partners) == (2, 2)
    silent = {"B": (30 - 11) + (100 - 46), "C": (50 - 11) + (80 - 61) + (100 - 91)}
    weight = {who: days / (days + 10) for who, days in silent.items()}
    b, c = weight["B"], weight["C"]
    assert found.after == pytest.approx(b / (b + c))
    rate = {"B": 0.0, "C": 1 / silent["C"]}
    hazard = 5 * (c * rate["C"]) / (b + c) + 5 * rate["C"]  # of both for 5 days, then of C
    assert found.anyway == pytest.approx(1 - math.exp(-hazard))
    assert found.added == pytest.approx(found.after - found.anyway)


@settings(max_examples=40)
@given(dated_rows(max_size=60, days=300), st.integers(5, 60), st.sampled_from([None, "A"]))
def test_laws_of_any_book(rows, horizon, person):
    people = [{"person": name} for name in "ABCD"]
    book = book_of(rows, people=people)
    found = effect.overall(book, person, horizon=horizon, samples=100)
    again = effect.overall(book_of(rows[::-1], people=people), person, horizon=horizon, samples=100)
    pd.testing.assert_series_equal(found, again)
    days = {(day, *two) for day, *two, _ in rows if day is not None}
    gifts = {row for row in days if person in (None, row[1])}
    crossed = {(day, *sorted(two)) for day, *two in gifts if (day, *two[::-1]) in days}
    both = 2 if person is None else 1
    assert found["crossed"] == len(crossed)
    assert found["gifts"] + found["other_gifts"] + both * len(crossed) == len(gifts)
    shares = found[list(effect.SHARES)].astype(float)
    if found["refused"] is not None:
        assert shares.isna().all()
        return
    assert shares["low"] <= shares["added"] <= shares["high"]
    for name in ("after", "anyway"):
        assert 0 <= shares[f"{name}_low"] <= shares[name] <= shares[f"{name}_high"] <= 1
    assert shares["low"] >= -1
    assert shares["high"] <= 1


def test_names_are_data_and_change_no_number(adviser):
    hidden, initials = incognito(adviser)
    for whose in (None, "Marcus Bell"):
        other = None if whose is None else initials[whose]
        pd.testing.assert_series_equal(
            effect.overall(adviser, whose), effect.overall(hidden, other), rtol=1e-9
        )
        pd.testing.assert_frame_equal(
            effect.controls(adviser, whose), effect.controls(hidden, other), rtol=1e-9
        )


def test_a_count_is_one_gift_and_undated_rows_are_told(make_book):
    head = "date,giver,receiver,count\n"
    rows = "2024-01-01,B,Me,{n}\n2024-06-01,Me,B,{n}\n2024-06-05,B,Me,{n}\n,Me,B,3\n"
    one, many = (
        effect.overall(make_book(head + rows.format(n=n), me="Me"), horizon=30) for n in (1, 7)
    )
    pd.testing.assert_series_equal(one, many)
    assert one["undated"] == 3
    assert one["refused"] == effect.TOO_FEW  # one partner


@pytest.mark.parametrize(("people", "speaks"), [(4, False), (5, True)])
def test_nothing_is_said_from_fewer_than_five_people_though_all_answer(people, speaks):
    rows = [(on(0), f"P{at}", "Me", 1) for at in range(people)]
    rows += [(on(400 + at), "Me", f"P{at}", 1) for at in range(people)]
    rows += [(on(410 + at), f"P{at}", "Me", 1) for at in range(people)]
    found = effect.overall(book_of(rows, me="Me", today=on(900)), samples=100)
    assert found["partners"] == people
    assert found["refused"] == (None if speaks else effect.TOO_FEW)


def test_few_gifts_without_an_answer_leave_a_wide_range():
    rows = [(on(0), f"P{at}", "Me", 1) for at in range(9)]
    rows += [(on(400 + at), "Me", f"P{at}", 1) for at in range(9)]
    found = effect.overall(book_of(rows, me="Me", today=on(900)), samples=200)
    assert found["after"] == found["anyway"] == 0
    assert found["after_high"] > 0.25
    assert found["low"] < 0 < 0.25 < found["high"]
    assert found["more"] > 0


def test_the_seed_and_the_person_are_checked(adviser):
    with pytest.raises(OptionError):
        effect.overall(adviser, seed=-1)
    with pytest.raises(UnknownPersonError):
        effect.overall(adviser, "Nobody At All")
    with pytest.raises(OptionError):
        effect.controls(adviser, horizon=0)
    one, other = (effect.overall(adviser, seed=seed, samples=100) for seed in (0, 1))
    assert one["added"] == other["added"]
    assert one["low"] != other["low"]


SEEDS = range(4)


def test_no_effect_is_found_where_there_is_none():
    found = [effect.overall(lived("nothing, I answer", seed), samples=300) for seed in SEEDS]
    spoke = [one for one in found if one["refused"] is None]
    assert len(spoke) >= 3
    assert sum(one["low"] <= 0 <= one["high"] for one in spoke) >= len(spoke) - 1
    assert abs(np.mean([one["added"] for one in spoke])) < 0.1


def test_an_effect_is_found_where_there_is_one():
    found = [effect.overall(lived("three, I answer", seed), samples=300) for seed in SEEDS]
    spoke = [one for one in found if one["refused"] is None]
    assert len(spoke) >= 3
    assert np.mean([one["added"] for one in spoke]) == pytest.approx(0.3 * 0.75, abs=0.08)
    assert sum(one["low"] > 0 for one in spoke) >= len(spoke) - 1


def test_gifts_that_follow_receipts_are_refused():
    for seed in SEEDS[:3]:
        book = lived("follows receipts", seed)
        found = effect.overall(book, samples=100)
        assert found["refused"].startswith(f"{effect.CONFOUNDED}earlier receipts")
        assert found[list(effect.SHARES)].isna().all()
        controls = effect.controls(book).set_index("control")
        assert controls.loc["earlier receipts", "difference"] > 0


def test_touches_before_gifts_are_refused():
    book = lived("nothing", 0)
    trial = emulate(book, "Me", horizon=180)
    names = book.people.index[trial.partner[trial.gifts.pair]]
    days = [date.fromordinal(day) for day in (trial.gifts.day - 60).tolist()]
    calls = [(day, who, "call") for day, who in zip(days, names, strict=True)]
    begun = [(book.history["date"].min().date(), who, "call") for who in set(names)]

    def asked(touches):
        made = pd.DataFrame(touches, columns=["date", "person", "kind"])
        made = made.assign(**{"with": "", "until": pd.NaT})
        made["date"] = pd.to_datetime(made["date"]).astype("datetime64[s]")
        table = effect.controls(book.altered(touches=made)).set_index("control")
        return table.loc["touches"]

    assert asked(calls + begun)["fails"]
    later = [(day + timedelta(days=55), who, kind) for day, who, kind in calls]
    assert not asked(later + begun)["fails"]  # five days before: part of the gift
    settled = asked([(day, who, "settled") for day, who, _ in calls])
    assert math.isnan(settled["p"])


def test_giving_in_a_season_that_others_share_is_refused():
    rng = np.random.default_rng(4)
    rows = []
    for day in range(1800):
        high = day // 300 % 2  # a good year, a bad one
        for at in range(40):
            if rng.random() < (0.0035 if high else 0.0004):
                rows.append((on(day), f"P{at}", "Me", 1))
            if rng.random() < (0.0035 if high else 0.0004):
                rows.append((on(day), "Me", f"P{at}", 1))
    controls = effect.controls(book_of(rows, me="Me", today=on(1800)), horizon=60).set_index(
        "control"
    )
    assert controls.loc["gifts to others", "difference"] > 0
    assert controls.loc["gifts to others", "fails"]


def test_a_control_that_cannot_be_computed_is_missing_and_no_reason_to_refuse():
    controls = effect.controls(lived("nothing", 1)).set_index("control")
    assert controls.index.tolist() == list(negative_controls.NAMES)
    assert math.isnan(controls.loc["touches", "p"])
    assert not controls.loc["touches", "fails"]
    none = effect.controls(book_of([(TODAY, "A", "B", 1)]))
    assert none["p"].isna().all()
    assert not none["fails"].any()


def test_holm_rejects_no_more_than_it_may():
    level, none = negative_controls.LEVEL, np.nan

    def holm(p, shares=1.0):
        p = np.array(p)
        return negative_controls.holm(p, np.ones(len(p)) * shares).tolist()

    assert holm([level / 3 - 1e-6, none, 0.5, 0.5]) == [True, *[False] * 3]
    assert holm([level / 3 + 1e-6, none, 0.5, 0.5]) == [False] * 4
    assert holm([level / 2, level / 2]) == [True, True]
    assert holm([level / 2, level]) == [True, True]
    assert holm([level, none]) == [True, False]
    twice = np.array([1, 2])
    assert holm([level / 3 + 1e-6, 0.5], twice) == [False, False]
    assert holm([0.5, level * 2 / 3 - 1e-6], twice) == [False, True]
    assert holm([none, none]) == [False, False]


def test_gifts_in_spells_are_refused():
    for seed in SEEDS[:2]:
        controls = effect.controls(lived("warm spells", seed)).set_index("control")
        assert controls.loc["earlier gifts", "difference"] > 0
        assert controls.loc["earlier gifts", "fails"]


def test_gifts_that_go_by_my_own_season_are_not_refused_for_spells():
    found = [effect.controls(lived("nothing, my season", seed)) for seed in SEEDS]
    assert sum(table.set_index("control").loc["earlier gifts", "fails"] for table in found) == 0


def test_clustering_by_hand():
    rows = [(on(0), "B", "Me", 1)]
    rows += [(on(day), "Me", "B", 1) for day in (21, 24, 40)]
    trial = emulate(book_of(rows, me="Me", today=on(50)), "Me", horizon=8)
    found = of_gifts(trial)
    assert found.before.tolist() == [0, 2, 0]  # 3 days before, within half a horizon
    # from day 9 on, 41 days; days 22 to 25 count twice, 26 to 29 once, and so on
    assert found.usual * 41 == pytest.approx([12 + 12, 12 + 12, 12 + 12])
    days = list(range(9, 50))

    def close(one, other):
        return (0 < one - other <= 8) + (0 < one - other <= 4)

    usual = {day: sum(close(at, day) for at in days) / 41 for day in days}
    sums = []
    for three in itertools.product(days, repeat=2):  # of three gifts, each two
        a, b = three
        sums.append(close(a, b) + close(b, a) - usual[a] - usual[b])
    pairs = np.array(sums).reshape(41, 41)
    linear = pairs.mean(axis=1)
    variance = 6 * 1 * linear.var() + 3 * pairs.var()
    assert found.error == pytest.approx(math.sqrt(variance))


def test_one_of_everybody_is_the_sum_of_all(chapter):
    whole = effect.overall(chapter, samples=100)
    each = [effect.overall(chapter, who, samples=100) for who in chapter.people.index]
    for name in ("gifts", "other_gifts"):
        assert whole[name] == sum(one[name] for one in each)
    assert whole["crossed"] * 2 == sum(one["crossed"] for one in each)


def test_of_a_large_book_only_some_control_days_are_looked_at():
    rng = np.random.default_rng(1)
    day, two = rng.integers(0, 2000, 20_000).tolist(), rng.integers(0, 600, (20_000, 2)).tolist()
    rows = [(on(at), f"P{i}", f"P{j}", 1) for at, (i, j) in zip(day, two, strict=True) if i != j]
    trial = emulate(book_of(rows, today=on(2000)), None, horizon=180)
    assert trial.step > 10
    assert len(trial.quiet_moments.day) <= 1_000_000
    assert trial.silences[1].sum() == pytest.approx(len(trial.controls.day) * trial.step, rel=0.05)
    found = compared(trial, samples=100, seed=0)
    assert found.low < 0 < found.high  # all is chance here
    assert found.high - found.low < 0.01
