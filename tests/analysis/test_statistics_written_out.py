"""Means of groups, rates that drift or differ, and orders, each written out as it is defined."""

from __future__ import annotations

from math import inf
from statistics import median_low

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gamma, nbinom

from refgraph.analysis.statistics import gamma_rates, share_interval, sorting
from refgraph.analysis.statistics.changing_people import effective_gifts
from refgraph.analysis.statistics.group_means import means

VALUES = st.lists(
    st.tuples(st.integers(0, 4), st.integers(1, 30).map(float) | st.floats(1, 50)), max_size=14
)


def means_by_hand(drawn, groups):
    """Give each group's mean and error, one group after the other, as the formulas have it."""
    of = [[value for group, value in drawn if group == at] for at in range(groups)]
    own = [sum(values) / len(values) if values else None for values in of]
    apart = [
        sum(((value - mean) / mean) ** 2 for value in values) if values else 0.0
        for values, mean in zip(of, own, strict=True)
    ]
    free = [max(len(values) - 1, 0) for values in of]
    found = []
    for at, values in enumerate(of):
        others = [mean for other, mean in enumerate(own) if other != at and mean is not None]
        mean = (sum(values) + median_low([1.0, *others])) / (len(values) + 1)
        bounded = sum(min(apart[k], free[k]) for k in range(groups) if k != at)
        usual = (bounded + 3 * (1 - 1 / mean)) / (sum(free) - free[at] + 3)
        found.append((mean, (apart[at] + 3 * usual) / (free[at] + 3) / (len(values) + 1)))
    return [list(each) for each in zip(*found, strict=True)]


@given(VALUES)
def test_means_and_errors_are_the_formulas(drawn):
    group = np.array([group for group, _ in drawn], dtype=np.int64)
    value = np.array([value for _, value in drawn], dtype=float)
    mean, error = means(group, value, 5)
    expected = means_by_hand(drawn, 5)
    assert mean.tolist() == pytest.approx(expected[0], rel=1e-12)
    assert error.tolist() == pytest.approx(expected[1], rel=1e-9, abs=1e-12)


@given(VALUES.filter(len), st.floats(100, 1e9))
def test_one_large_value_moves_no_other_group_beyond_the_next_mean(drawn, large):
    """Each other is moved as by one value, and that is a mean of somebody or 1."""
    group = np.array([group for group, _ in drawn], dtype=np.int64)
    value = np.array([value for _, value in drawn], dtype=float)
    before, _ = means(group, value, 5)
    after, _ = means(np.append(group, 0), np.append(value, large), 5)
    own = [value[group == at].mean() for at in np.unique(group)]
    for at in range(1, 5):
        number = 1 + (group == at).sum()
        assert before[at] - 1e-9 <= after[at] <= before[at] + max(1.0, *own) / number + 1e-9


@given(VALUES, st.permutations(range(5)), st.randoms(use_true_random=False))
def test_neither_the_numbers_of_groups_nor_the_order_of_values_count(drawn, called, rng):
    shuffled = [(called[group], value) for group, value in drawn]
    rng.shuffle(shuffled)
    mean, error = means_by_arrays(drawn)
    again, error_again = means_by_arrays(shuffled)
    assert again[list(called)].tolist() == pytest.approx(mean.tolist(), rel=1e-12)
    assert error_again[list(called)].tolist() == pytest.approx(error.tolist(), rel=1e-9, abs=1e-12)


def means_by_arrays(drawn):
    group, value = zip(*drawn, strict=True) if drawn else ((), ())
    return means(np.array(group, dtype=np.int64), np.array(value, dtype=float), 5)


GIFTS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 900).map(float), st.sampled_from([0.0, 0.3, 1.0])),
    max_size=12,
)


def filtered(gifts, half_life, worth):
    """Follow the variance of one person's rate from their oldest gift until today."""
    variance, last = 1.0, inf
    for age, watched in sorted(gifts, reverse=True):
        variance = 1 - 2 ** (-2 * (last - age) / half_life) * (1 - variance)
        variance /= 1 + watched * variance / worth
        last = age
    variance = 1 - 2 ** (-2 * last / half_life) * (1 - variance)
    return worth * (1 / variance - 1)


@given(GIFTS, st.floats(20, 2_000))
def test_effective_gifts_are_found_person_by_person(gifts, half_life):
    worth = np.array([0.5, 1.0, 20.0])
    person, age, watched = (
        (np.array(each) for each in zip(*gifts, strict=True)) if gifts else [[]] * 3
    )
    found = effective_gifts(
        np.asarray(person, dtype=np.int64),
        np.asarray(age, dtype=float),
        np.asarray(watched, dtype=float),
        people=4,
        half_life=half_life,
        worth=worth,
    )
    for row, each_worth in zip(found, worth, strict=True):
        for who in range(4):
            own = [(age, watched) for person, age, watched in gifts if person == who]
            assert row[who] == pytest.approx(filtered(own, half_life, each_worth), abs=1e-9)
            assert row[who] <= sum(watched for _, watched in own) + 1e-9  # no more than there were


@given(st.lists(st.tuples(st.integers(0, 8), st.floats(0.1, 9)), min_size=1, max_size=12))
def test_the_shape_is_the_mean_of_five_by_how_well_each_tells_the_counts(drawn):
    count, usual = (np.array(each, dtype=float) for each in zip(*drawn, strict=True))
    tried = [0.1, 0.3, 1.0, 5.0, 25.0]
    fits = np.array([nbinom.logpmf(count, c, c / (c + usual)).sum() for c in tried])
    chance = np.exp(fits - fits.max())
    expected = np.exp(np.average(np.log(tried), weights=chance))
    assert gamma_rates.shape(count, usual) == pytest.approx(expected, rel=1e-7)
    assert 0.1 - 1e-9 <= gamma_rates.shape(count, usual) <= 25 + 1e-9


@given(st.floats(0.01, 40), st.floats(0.05, 5), st.floats(0.05, 5), st.floats(0.01, 0.99))
def test_ends_of_gamma_rates_and_of_mixtures_leave_a_fortieth_on_each_side(
    mean, spread, wide, share
):
    of, variance, other = (np.array([each]) for each in (mean, spread * mean**2, wide * mean**2))
    low, high = (float(end[0]) for end in gamma_rates.ends(of, variance))
    alike = gamma(1 / spread, scale=mean * spread)
    assert alike.ppf([0.025, 0.975]) == pytest.approx([low, high], rel=1e-6, abs=1e-12)
    mixed = [float(end[0]) for end in gamma_rates.mixed_ends(of, variance, other, share)]
    if wide <= spread:
        assert mixed == [low, high]
        return
    wider = gamma(1 / wide, scale=mean * wide)
    below = (1 - share) * alike.cdf(mixed) + share * wider.cdf(mixed)
    assert below[1] == pytest.approx(0.975, abs=1e-4)
    if mixed[0] > 1e-9:  # below which nothing is told apart
        assert below[0] == pytest.approx(0.025, abs=1e-4)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=1, max_size=10))
def test_the_interval_of_clusters_is_about_their_share_and_wider_than_of_as_many_cases(drawn):
    part, whole = zip(*((min(part, whole), whole) for part, whole in drawn), strict=True)
    share, low, high = share_interval.of_clusters(part, whole)
    assert share == pytest.approx(sum(part) / sum(whole))
    assert 0 <= low <= share <= high <= 1
    lowest, highest = share_interval.wilson(sum(part), sum(whole))
    assert high - low >= (highest - lowest) - 1e-12
    turned = share_interval.of_clusters([n - x for x, n in zip(part, whole, strict=True)], whole)
    assert turned == pytest.approx((1 - share, 1 - high, 1 - low), abs=1e-12)
    assert share_interval.of_clusters([*part, 0], [*whole, 0]) == (share, low, high)


@given(st.integers(0, 20), st.integers(0, 20), st.integers(1, 20), st.integers(1, 20))
def test_the_difference_of_two_shares_turns_with_them(one, other, most, more):
    shares = [
        (part / whole, *map(float, share_interval.wilson(part, whole)))
        for part, whole in ((min(one, most), most), (min(other, more), more))
    ]
    difference, low, high = share_interval.between(*shares)
    assert low <= difference == pytest.approx(shares[1][0] - shares[0][0])
    assert difference <= high
    back = share_interval.between(*shares[::-1])
    assert back == pytest.approx((-difference, -high, -low), abs=1e-12)
    assert share_interval.between(shares[0], shares[0])[1] <= 0


NUMBERS = st.lists(st.integers(-5, 5) | st.integers(-(2**62), 2**62 - 1), max_size=12)


@given(NUMBERS, NUMBERS, st.randoms(use_true_random=False))
def test_orders_and_places_are_those_of_python(values, some, rng):
    """Also of numbers that do not fit into one with their row."""
    keys = [rng.randint(0, 3) for _ in values]
    array, other = np.array(values, dtype=np.int64), np.array(keys, dtype=np.int64)
    order = sorted(range(len(values)), key=lambda at: (keys[at], values[at]))
    assert sorting.order_of(other, array).tolist() == order
    ranked, first, place = (each.tolist() for each in sorting.numbered(array))
    assert ranked == sorted({*values})
    assert first == [values.index(value) for value in ranked]
    assert [ranked[at] for at in place] == values
    assert sorting.distinct(array).tolist() == ranked
    asked = np.array(some, dtype=np.int64)
    assert sorting.among(asked, array).tolist() == [value in values for value in some]
    for side in ("left", "right"):
        found = sorting.place_in(np.sort(array), asked, side).tolist()
        before = [sum(v < each or (v == each and side == "right") for v in values) for each in some]
        assert found == before
