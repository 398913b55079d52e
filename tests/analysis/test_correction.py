"""The factor that makes as many returns expected as came: by halving, as a law, and at its ends."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from halving import correction as halved
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import TODAY, book_of, books

from refgraph.analysis import correction, mornings, protocol, refer_first
from refgraph.analysis.shrunk import shrink

shares = st.floats(1e-6, 1)
gifts = st.lists(st.tuples(shares, st.booleans(), st.floats(0, 1)), max_size=12)


def found(past, usual, **more):
    chance, answered, weight = zip(*past, strict=True) if past else ((), (), ())
    return correction.factor(chance, answered, weight, usual=usual, **more)


@given(gifts, st.floats(1e-4, 0.999))
def test_as_many_are_expected_as_came(past, usual):
    by = found(past, usual)
    assert by == pytest.approx(halved(past, usual), rel=1e-9)
    assert found(past, usual, start=1e-9) == pytest.approx(by, rel=1e-9)
    assert found(past, usual, start=1e9) == pytest.approx(by, rel=1e-9)


@given(gifts, st.floats(0.01, 0.99))
def test_a_gift_that_fails_lowers_it_and_an_answered_one_raises_it(past, usual):
    by = found(past, usual)
    assert found([*past, (0.5, False, 1.0)], usual) < by < found([*past, (0.5, True, 1.0)], usual)


def test_a_hundred_gifts_that_were_sure_and_one_that_failed_are_not_outweighed():
    past = [(0.3, at % 10 < 3, 1.0) for at in range(100)]
    assert found(past, 0.3) == pytest.approx(1)
    assert 0.9 < found([*past, (1.0, False, 1.0)], 0.3) < 1


def test_without_closed_gifts_nothing_is_corrected():
    assert found([], 0.2) == pytest.approx(1, rel=1e-12)
    waiting = book_of([(TODAY - timedelta(days=9), "Me", "Bo", 1)], me="Me")
    people = [{"person": "Me"}]
    for book, others in ((waiting, 1), (book_of([], me="Me", people=people), 0)):
        table = refer_first.expected_return(book, "Me")
        assert table["correction"].tolist() == [1.0] * others
        assert "correction" in refer_first.rank(book, parts=True)


@settings(max_examples=20)
@given(books(me="A"), st.integers(1, 120))
def test_the_order_is_that_before_the_correction(book, horizon):
    table = refer_first.expected_return(book, "A", horizon=horizon)
    by = table["correction"].iloc[0]
    before = table[["expected_return", "low", "high"]].apply(
        lambda chance: correction.corrected(chance, 1 / by)
    )
    hoped = 1 - (1 - table["partner_rate"]) * (1 - table["unasked"])
    gifts_then = 1.5 / table["global_rate"]
    kept = table["own_answered"] + table["receipts"] + gifts_then * hoped
    raw = kept / (table["own_gifts"] + table["receipts"] + gifts_then)
    assert before["expected_return"].tolist() == pytest.approx(raw.tolist(), abs=1e-9)
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
    came = tested.answered.mean()
    before = shrink(mornings.known(tested, half_life=730)).expected
    after = protocol.expected(tested)
    assert before.mean() > came + 0.1
    assert abs(after.mean() - came) < 0.05
