"""The line that chances are put through: by a general minimiser, as a law, and at its ends."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from foretold import recalibrated
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import TODAY, book_of, books

from refgraph.analysis.estimating import odds_correction, protocol
from refgraph.analysis.suggesting import refer_first

shares = st.floats(0.001, 0.999)
gifts = st.lists(st.tuples(shares, st.booleans(), st.floats(0.01, 1)), min_size=1, max_size=12)


def found(past):
    chance, answered, weight = zip(*past, strict=True) if past else ((), (), ())
    return odds_correction.fit(chance, answered, weight)


@settings(max_examples=30)
@given(gifts)
def test_a_general_minimiser_finds_the_same_line(past):
    line = found(past)
    away = [float(odds_correction.logit(chance)) - line.middle for chance, *_ in past]
    level, slope, _, variance = recalibrated(
        away, [came for _, came, _ in past], [weight for *_, weight in past], line.middle
    )
    assert (line.level, line.slope) == pytest.approx((level, slope), abs=1e-5)
    assert line.variance == pytest.approx(np.array(variance), abs=1e-4)


@given(gifts, shares, shares)
def test_the_order_stays_and_a_chance_stays_a_chance(past, one, other):
    line = found(past)
    low, high = line.of([min(one, other), max(one, other)])
    assert 0 < low <= high < 1
    assert line.off(one) > 0


@given(gifts)
def test_a_gift_that_fails_lowers_what_is_expected_and_an_answered_one_raises_it(past):
    usual = 1 / (1 + np.exp(-found(past).middle))
    failed, came = (found([*past, (usual, one, 1.0)]).of(usual) for one in (False, True))
    assert failed < came


def test_chances_that_told_nothing_are_drawn_together():
    past = [(chance, at % 5 < 2, 1.0) for at in range(500) for chance in (0.1, 0.4, 0.8)]
    line = found(past)
    assert line.slope < 0.15
    assert line.of([0.1, 0.4, 0.8]) == pytest.approx([0.4] * 3, abs=0.06)
    honest = found(
        [(0.1, at % 10 < 1, 1.0) for at in range(500)]
        + [(0.8, at % 5 < 4, 1.0) for at in range(500)]
    )
    assert honest.of([0.1, 0.8]) == pytest.approx([0.1, 0.8], abs=0.01)


def test_more_gifts_make_the_line_surer():
    few, many = (found([(0.3, at % 10 < 3, 1.0) for at in range(n)]) for n in (10, 1000))
    assert many.off(0.3) < few.off(0.3) / 3


def test_without_closed_gifts_nothing_is_corrected():
    assert found([]).times(0.2) == pytest.approx(1, rel=1e-12)
    waiting = book_of([(TODAY - timedelta(days=9), "Me", "Bo", 1)], me="Me")
    people = [{"person": "Me"}]
    for book, others in ((waiting, 1), (book_of([], me="Me", people=people), 0)):
        table = refer_first.expected_return(book, "Me")
        assert table["correction"].tolist() == [1.0] * others
        assert table["slope"].tolist() == [1.0] * others
        assert "correction" in refer_first.rank(book, parts=True)


@settings(max_examples=20)
@given(books(me="A"), st.integers(1, 120))
def test_the_order_is_that_before_the_correction(book, horizon):
    table = refer_first.expected_return(book, "A", horizon=horizon)
    returned = table["own_answered"] + table["receipts"] + table["prior_gifts"] * table["prior"]
    raw = returned / (table["own_gifts"] + table["receipts"] + table["prior_gifts"])
    order = np.argsort(-raw.round(9).to_numpy(), kind="stable")
    assert (np.diff(table["expected_return"].to_numpy()[order]) <= 1e-9).all()


def test_what_comes_anyway_is_not_expected_twice():
    """Nobody answers anything: what comes back is chance, of which there is much."""
    rng = np.random.default_rng(3)
    rows = []
    for at in range(900):
        one, other = (f"P{place:02}" for place in rng.choice(24, 2, replace=False))
        rows.append((TODAY - timedelta(days=2400 - 2 * at), one, other, 1))
    tested = protocol.trial(book_of(rows))
    assert abs(protocol.expected(tested).mean() - tested.answered.mean()) < 0.05
