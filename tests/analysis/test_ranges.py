"""The ranges of an expected return: the true chance lies in them, in large books and small."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from strategies import TODAY, ago, book_of

from refgraph.analysis.estimating import heterogeneity, learned, protocol
from refgraph.analysis.returning import durations
from refgraph.analysis.suggesting import refer_first

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@cache
def coverage():
    sys.path.insert(0, str(BENCHMARKS))
    try:
        spec = importlib.util.spec_from_file_location("coverage_of", BENCHMARKS / "coverage.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules["coverage_of"] = module
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(BENCHMARKS))
    return module


@pytest.mark.parametrize("kind", ["partners", "drifting", "activity", "rare"])
def test_the_true_chance_of_at_least_85_of_100_lies_between_low_and_high(kind):
    table = coverage().seen(coverage().live(kind, seed=7))
    found = coverage().figures(table)
    assert found["coverage"] > 0.85
    assert found["width"] < 0.75
    assert abs(found["expected"] - found["true"]) < 0.06


def test_the_book_of_coverage_is_the_simulated_one():
    one, other = (
        coverage().live("adviser", seed=7).book,
        coverage().simulated.simulate("adviser", seed=7).book,
    )
    columns = ["date", "giver", "receiver"]
    pd.testing.assert_frame_equal(one.history[columns], other.history[columns])


def test_where_every_chance_is_the_same_nobody_is_told_much_more():
    table = pd.concat([coverage().seen(coverage().live("alike", seed=at)) for at in (7, 8)])
    found = coverage().figures(table)
    assert found["top expected"] < 0.55
    assert table["expected_return"].std() < 0.07


def test_nine_failures_of_nine_are_no_certainty_of_a_tenth():
    rows = [(ago(700 - 40 * at), "Me", f"P{at}", 1) for at in range(9)]
    table = refer_first.expected_return(book_of(rows, me="Me", people=[{"person": "Zoe"}]), "Me")
    assert (table["low"] < 1e-6).all()
    assert (table["high"] > 0.3).all()
    assert (table["expected_return"] < 0.15).all()
    many = [(ago(900 - at), f"G{at % 20}", f"P{at}", 1) for at in range(400)]
    table = refer_first.expected_return(book_of(many), "G0")
    assert (table["high"] < 0.1).all()


def test_a_book_of_three_rows_has_wide_ranges():
    rows = [(ago(300), "Me", "Bo", 1), (ago(250), "Bo", "Me", 1), (ago(90), "Bo", "Me", 1)]
    bo = refer_first.expected_return(book_of(rows, me="Me"), "Me").loc["Bo"]
    assert bo["low"] < 0.3
    assert bo["high"] > 0.95


def taught(rows):
    book = book_of(rows)
    record = protocol.trial(book)
    month = int(learned.month_of(np.array([book.today], dtype="datetime64[D]").astype(np.int64))[0])
    return learned.learned(record, protocol.before(record), month, half_life=730)


def lives(chance_of, seed=5, gifts=900, people=30):
    """Gifts that are returned after 20 days with the chance of giver and receiver."""
    rng = np.random.default_rng(seed)
    chance = chance_of(rng, people)
    rows = []
    for at in range(gifts):
        one, other = rng.choice(people, 2, replace=False)
        day = 2500 - 2 * at
        rows.append((ago(day), f"P{one:02}", f"P{other:02}", 1))
        if rng.random() < chance[one, other]:
            rows.append((ago(day - 20), f"P{other:02}", f"P{one:02}", 1))
    return rows


def test_the_book_tells_whether_people_differ_or_pairs_do_or_nobody():
    by_person = taught(lives(lambda rng, n: np.tile(rng.beta(0.4, 0.6, n), (n, 1)))).spread
    by_nobody = taught(lives(lambda _, n: np.full((n, n), 0.3))).spread
    assert by_person.middle[0] > 0.45
    assert by_nobody.middle[0] < 0.2
    assert by_nobody.middle[1] < 0.3
    for one in (by_person, by_nobody):
        assert one.weight.sum() == pytest.approx(1)
        assert sum(weight for _, weight in one.each()) == pytest.approx(1)


def test_a_prior_holds_until_the_book_tells():
    few = taught([(ago(300), "A", "B", 1)]).spread
    assert few.weight.sum((1, 2)) == pytest.approx(
        np.full(len(heterogeneity.STEPS), 1 / 6), abs=1e-3
    )
    assert few.middle[1] < few.middle[0]


def test_what_stopped_is_told_by_silence_and_nothing_is_where_nothing_stops():
    rng = np.random.default_rng(2)
    key = rng.integers(0, 60, 3000)
    day = np.sort(rng.integers(0, 1500, 3000))
    asked = np.arange(61)
    assert (durations.gone(key, day, 1500, asked) == 0).all()
    stop = rng.integers(200, 3000, 60)
    here = day < stop[key]
    chance = durations.gone(key[here], day[here], 1500, asked)[:60]
    assert chance[stop < 1200].min() > 0.9
    assert chance[stop > 1500].max() < 0.3
    assert durations.gone(key[:0], day[:0], 1500, asked).tolist() == [0.0] * 61


def test_the_range_of_who_fell_silent_starts_at_0():
    rows = lives(lambda rng, n: np.tile(rng.beta(2, 2, n), (n, 1)))
    stopped = {f"P{at:02}": 2400 - 60 * at for at in range(15)}
    kept = [
        row
        for row in rows
        if (TODAY - row[0]).days > max(stopped.get(name, 0) for name in row[1:3])
    ]
    table = refer_first.expected_return(book_of(kept), "P29")
    assert (table.loc[[name for name, day in stopped.items() if day > 1800], "low"] == 0).all()
