"""AUC, average precision and the rest: by hand, by counting every pair, and drawn anew."""

from __future__ import annotations

from itertools import permutations
from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refgraph.analysis.evaluating import bootstrap, scoring
from refgraph.analysis.statistics.random import generator

few_levels = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 1.0])
cases = st.lists(st.tuples(few_levels, st.booleans(), st.integers(0, 4)), max_size=30)


def columns(rows):
    table = np.array(rows, dtype=float).reshape(-1, 3)
    return table[:, 0], table[:, 1] > 0, table[:, 2].astype(int)


def auc_of_pairs(score, won):
    """Compare every answered gift with every other."""
    yes = [s for s, w in zip(score, won, strict=True) if w]
    no = [s for s, w in zip(score, won, strict=True) if not w]
    if not (yes and no):
        return nan
    return sum((a > b) + 0.5 * (a == b) for a in yes for b in no) / len(yes) / len(no)


@settings(max_examples=50)
@given(cases)
def test_the_auc_counts_every_pair(rows):
    score, won, _ = columns(rows)
    assert scoring.auc(score, won) == pytest.approx(auc_of_pairs(score, won), nan_ok=True)


@settings(max_examples=50)
@given(cases)
def test_average_precision_counts_what_scored_as_high(rows):
    score, won, _ = columns(rows)
    shares = [
        sum(won[other] for other in range(len(rows)) if score[other] >= score[one])
        / sum(score >= score[one])
        for one in range(len(rows))
        if won[one]
    ]
    expected = np.mean(shares) if 0 < len(shares) < len(rows) else nan
    assert scoring.average_precision(score, won) == pytest.approx(expected, nan_ok=True)


@settings(max_examples=50)
@given(st.lists(st.tuples(few_levels, st.booleans(), st.integers(0, 1)), max_size=7))
def test_precision_is_the_mean_over_all_orders_of_equal_scores(rows):
    score, won, giver = columns(rows)
    means = []
    for one in (0, 1):
        mine = [at for at in range(len(rows)) if giver[at] == one]
        if len(mine) < 3 or len({won[at] for at in mine}) < 2:
            continue
        found = []
        for order in permutations(mine):
            values = [score[at] for at in order]
            if values == sorted(values, reverse=True):
                found.append(sum(won[at] for at in order[:3]) / 3)
        means.append(np.mean(found))
    expected = np.mean(means) if means else nan
    assert scoring.precision_at(score, won, giver, k=3) == pytest.approx(expected, nan_ok=True)


@settings(max_examples=50)
@given(cases, st.randoms())
def test_the_order_of_the_gifts_does_not_show(rows, random):
    moved = random.sample(rows, len(rows))
    (score, won, giver), (other, lost, names) = columns(rows), columns(moved)
    for measure in (scoring.auc, scoring.average_precision, scoring.brier):
        assert measure(score, won) == pytest.approx(measure(other, lost), nan_ok=True, abs=1e-15)
    assert scoring.precision_at(score, won, giver, k=2) == pytest.approx(
        scoring.precision_at(other, lost, names, k=2), nan_ok=True, abs=1e-15
    )


def test_a_perfect_order_is_1_its_reverse_0_and_none_a_coin():
    won = np.array([True, False, True, False, False])
    assert (scoring.auc(won, won), scoring.average_precision(won, won)) == (1, 1)
    assert scoring.auc(~won, won) == 0
    assert scoring.average_precision(~won, won) == pytest.approx(2 / 5)
    assert scoring.auc(np.ones(5), won) == 0.5
    assert scoring.average_precision(np.ones(5), won) == pytest.approx(2 / 5)
    assert scoring.precision_at(won, won, np.zeros(5), k=2) == 1
    assert scoring.precision_at(~won, won, np.zeros(5), k=2) == 0


@pytest.mark.parametrize("won", [[], [True], [False, False]])
def test_one_kind_alone_has_no_answer(won):
    score = np.linspace(0, 1, len(won))
    assert isnan(scoring.auc(score, won))
    assert isnan(scoring.average_precision(score, won))
    assert isnan(scoring.precision_at(score, won, won, k=1))
    assert isnan(scoring.brier(score, won)) == (not won)
    assert isnan(scoring.calibration_error(score, won)) == (not won)
    assert len(scoring.calibration(score, won)) == len(set(score))


@settings(max_examples=50)
@given(cases)
def test_the_classes_hold_every_gift_once(rows):
    chance, won, _ = columns(rows)
    table = scoring.calibration(chance, won)
    assert table["gifts"].sum() == len(rows)
    assert (table["gifts"] * table["predicted"]).sum() == pytest.approx(chance.sum())
    assert (table["gifts"] * table["observed"]).sum() == pytest.approx(won.sum())
    inside = (table["low"] <= table["predicted"] + 1e-12) & (
        table["predicted"] <= table["high"] + 1e-12
    )
    assert inside.all()
    if rows:
        apart = abs(table["predicted"] - table["observed"]) * table["gifts"]
        error = scoring.calibration_error(chance, won)
        assert error == pytest.approx(apart.sum() / len(rows))


@settings(max_examples=40)
@given(cases.filter(len))
def test_a_sample_is_the_gifts_of_the_people_drawn(rows):
    score, won, person = columns(rows)
    _, person = np.unique(person, return_inverse=True)
    people = person.max() + 1
    found = bootstrap.aucs([score, -score], won, person, samples=6, seed=3)
    draws = generator(3).integers(people, size=(6, people))
    for at, drawn in enumerate(draws):
        gifts = np.concatenate([np.flatnonzero(person == one) for one in drawn])
        expected = auc_of_pairs(score[gifts], won[gifts]) if people > 1 else nan
        assert found[0, at] == pytest.approx(expected, nan_ok=True)
        assert found[1, at] == pytest.approx(1 - expected, nan_ok=True)


def test_the_samples_are_the_same_however_many_are_held_at_a_time(monkeypatch):
    rng = generator(1)
    score, won, person = rng.random(60), rng.random(60) < 0.4, rng.integers(9, size=60)
    whole = bootstrap.aucs([score], won, person, samples=50)
    monkeypatch.setattr(bootstrap, "_CELLS", 420)
    assert (bootstrap.aucs([score], won, person, samples=50) == whole).all()


def test_the_interval_is_as_wide_as_theory_says():
    rng = generator(0)
    won = rng.random(4000) < 0.3
    score = rng.normal(size=4000) + 0.8 * won
    drawn = bootstrap.aucs([score], won, np.arange(4000), samples=400)[0]
    low, high = bootstrap.interval(drawn)
    area, yes, no = scoring.auc(score, won), won.sum(), (~won).sum()
    first, second = area / (2 - area) - area**2, 2 * area**2 / (1 + area) - area**2
    spread = area * (1 - area) + (yes - 1) * first + (no - 1) * second
    assert low < area < high
    assert high - low == pytest.approx(2 * 1.96 * np.sqrt(spread / yes / no), rel=0.15)
    assert np.isnan(bootstrap.interval(np.array([nan]))).all()
