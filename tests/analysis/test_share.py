"""Intervals of shares: what they are by hand, when they hold, and what they refuse."""

from __future__ import annotations

from math import comb, isnan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.analysis.statistics import share_interval
from refgraph.errors import OptionError

counts = st.lists(
    st.tuples(st.integers(0, 4), st.integers(1, 4)).map(lambda two: (min(two), two[1])),
    min_size=1,
    max_size=30,
)


def test_the_ends_are_those_where_the_score_test_is_just_met():
    for part, whole in ((3, 10), (0, 7), (7, 7), (1, 1), (40, 90)):
        p = part / whole
        for end in map(float, share_interval.wilson(part, whole)):
            if 0 < end < 1:  # |p - end| = 1.96 standard errors at the end
                assert abs(p - end) / sqrt(end * (1 - end) / whole) == pytest.approx(1.959964)
            else:
                assert end == p


def test_seven_of_seven_is_not_certain_and_none_of_nine_not_impossible():
    assert [round(float(end), 2) for end in share_interval.wilson(7, 7)] == [0.65, 1.0]
    assert [round(float(end), 2) for end in share_interval.wilson(0, 9)] == [0.0, 0.3]
    assert all(map(np.isnan, share_interval.wilson(0, 0)))


@pytest.mark.parametrize("cases", [5, 10, 36, 100])
def test_it_covers_what_it_says_on_average_over_the_shares(cases):
    low, high = share_interval.wilson(np.arange(cases + 1), cases)
    chances = np.linspace(0.02, 0.98, 97)
    covered = [
        sum(
            comb(cases, x) * p**x * (1 - p) ** (cases - x)
            for x in range(cases + 1)
            if low[x] <= p <= high[x]
        )
        for p in chances
    ]
    assert 0.94 < np.mean(covered) < 0.975
    assert min(covered) > 0.83


@given(counts)
def test_a_share_lies_in_its_interval(rows):
    part, whole = np.array(rows, dtype=float).T
    found, low, high = share_interval.of_clusters(part, whole)
    assert found == pytest.approx(part.sum() / whole.sum())
    assert 0 <= low <= found + 1e-12
    assert found - 1e-12 <= high <= 1
    wide_low, wide_high = share_interval.of_clusters(part, whole, level=0.99)[1:]
    assert wide_low <= low + 1e-12
    assert wide_high >= high - 1e-12


@given(counts, st.randoms(use_true_random=False))
def test_the_order_of_the_clusters_does_not_show_to_the_last_bit(rows, draw):
    mixed = draw.sample(rows, len(rows))
    one, two = (
        share_interval.of_clusters(*np.array(some, dtype=float).T) for some in (rows, mixed)
    )
    assert one == two


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_clusters_of_one_are_plain_cases(found):
    value, low, high = share_interval.of_clusters(found, np.ones(len(found)))
    assert value == pytest.approx(np.mean(found))
    plain = share_interval.wilson(sum(found), len(found))
    assert [low, high] == pytest.approx([float(end) for end in plain])


@given(st.lists(st.booleans(), min_size=1, max_size=30))
def test_a_pair_counted_twice_makes_nobody_surer(found):
    one = share_interval.of_clusters(found, np.ones(len(found)))
    two = share_interval.of_clusters(2 * np.array(found, dtype=float), np.full(len(found), 2.0))
    assert two == pytest.approx(one)


def test_pairs_drawn_anew_are_covered():
    draw = np.random.default_rng(7)
    for chance in (0.15, 0.4, 0.7):
        truth, hits = 2 * chance / (1 + chance), 0  # of the ties, the share with one back
        for _ in range(400):
            mutual = draw.random(40) < chance
            _, low, high = share_interval.of_clusters(2.0 * mutual, 1.0 + mutual)
            hits += low <= truth <= high
        assert 0.92 <= hits / 400 <= 0.99


def test_nothing_has_no_share():
    assert all(map(isnan, share_interval.of_clusters([], [])))
    assert all(map(isnan, share_interval.of_clusters([0, 0], [0, 0])))


@pytest.mark.parametrize(("part", "whole"), [(2, 1), (-1, 3), (1, np.inf), (np.nan, 1)])
def test_a_part_outside_its_whole_is_refused(part, whole):
    with pytest.raises(OptionError, match="a part is at least 0"):
        share_interval.wilson(part, whole)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_outside_0_and_1_is_refused(level):
    with pytest.raises(OptionError, match="level is between 0 and 1"):
        share_interval.wilson(1, 2, level=level)
