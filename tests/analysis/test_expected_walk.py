"""The expected return of any small book, beside one found by walking through its rows."""

from __future__ import annotations

from datetime import timedelta
from math import isfinite

import pytest
from foretold import Walk
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import TODAY, book_of, books

from refgraph.analysis.evaluating import evaluate
from refgraph.analysis.suggesting import refer_first


def rows_of(book):
    columns = book.history[["date", "giver", "receiver", "count"]]
    return [
        (when.toordinal(), giver, receiver, count)
        for when, giver, receiver, count in columns.itertuples(index=False)
        if when == when  # NaT is not itself
    ]


def days_and(rows):
    """The ordinal of today, and a book of rows of (days ago or None, giver, receiver, count)."""
    dated = [
        (None if back is None else TODAY - timedelta(days=back), *ends, count)
        for back, ends, count in rows
    ]
    return TODAY.toordinal(), book_of(dated, people=[{"person": name} for name in "ABCD"])


PAIRS = [(a, b) for a in "ABC" for b in "ABC" if a != b]
HALF_LIVES = [1e-9, 0.5, 20, 730, 1e9]
busy_rows = st.lists(
    st.tuples(
        st.none() | st.integers(0, 60) | st.integers(300, 700),
        st.sampled_from(PAIRS),
        st.integers(1, 3),
    ),
    min_size=5,
    max_size=18,
)


@settings(max_examples=5, deadline=None)
@given(busy_rows, st.sampled_from("AD"), st.integers(1, 40), st.sampled_from(HALF_LIVES))
def test_every_number_of_a_line_is_what_a_walk_through_the_rows_finds(
    rows, giver, horizon, half_life
):
    today, book = days_and(rows)
    table = refer_first.expected_return(book, giver, horizon=horizon, half_life=half_life)
    walk = Walk(rows_of(book), horizon, half_life)
    for person, line in table.iterrows():
        known = walk.line(giver, person, today)
        assert set(known) == set(line.index)
        assert line.to_dict() == pytest.approx(known, rel=1e-6, abs=1e-6)


@settings(max_examples=4, deadline=None)
@given(busy_rows, st.integers(1, 15), st.sampled_from(HALF_LIVES))
def test_what_an_evaluation_expected_is_what_a_walk_finds_on_that_morning(rows, horizon, half_life):
    _, book = days_and(rows)
    for gift in evaluate.scores(book, horizon=horizon, half_life=half_life)[:4].itertuples():
        day = gift.date.toordinal()
        walk = Walk([row for row in rows_of(book) if row[0] < day], horizon, half_life)
        known = walk.line(gift.giver, gift.receiver, day)
        assert gift[5] == pytest.approx(known["expected_return"], rel=1e-6, abs=1e-6)


@settings(max_examples=25)
@given(books(me="A"), st.sampled_from([1, 180, 100_000]), st.sampled_from([1e-9, 730, 1e9]))
def test_however_long_or_short_the_memory_a_chance_is_a_chance(book, horizon, half_life):
    table = refer_first.expected_return(book, "A", horizon=horizon, half_life=half_life)
    assert table.map(isfinite).all(axis=None)
    bounds = table[["low", "expected_return", "high"]].to_numpy()
    assert ((bounds >= 0) & (bounds <= 1)).all()
    assert (bounds[:, 0] <= bounds[:, 1]).all()
    assert (bounds[:, 1] <= bounds[:, 2]).all()
