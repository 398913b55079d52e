"""What one gift brings, pooled: against sums over everything that may hold, written as loops."""

from __future__ import annotations

from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refgraph.analysis.estimating import pooling
from refgraph.analysis.estimating.pooling import GRID, pool


def found(gifts, asked, *, weight=None, alone=None):
    """Pool gifts (giver, partner, odds, passed) and ask about a gift of 0 to others."""
    giver, partner = (np.array([gift[at] for gift in gifts], dtype=np.int64) for at in (0, 1))
    asked = np.array(asked, dtype=np.int64)
    return pool(
        np.array([gift[2] for gift in gifts], dtype=float),
        np.array([gift[3] for gift in gifts], dtype=float),
        np.ones(len(gifts)) if weight is None else np.array(weight, dtype=float),
        pair=100 * giver + partner,
        partner=partner,
        period=np.zeros(len(gifts), dtype=np.int64),
        asked=asked,
        own=asked,
        alone=None if alone is None else np.array(alone),
    )


def beta(mean, both):
    chance = GRID[1:] ** (mean * both - 1) * (1 - GRID[1:]) ** ((1 - mean) * both - 1)
    return chance / chance.sum()


def by_loops(gifts, asked):
    """Sum over the spread among pairs, what partners are like, and everybody's chances."""
    told = {
        pair: prod(
            np.float64(1) - GRID * gift[3] + GRID * gift[2] for gift in gifts if gift[:2] == pair
        )
        for pair in {gift[:2] for gift in gifts}
    }
    answers = []
    for one in asked:
        chance = np.zeros(len(GRID))
        for between in pooling._BETWEEN_PAIRS:
            around = np.array(
                [np.r_[1.0, 0 * GRID[1:]], *(np.r_[0.0, beta(at, between)] for at in GRID[1:])]
            )
            of = {}  # partner: how well each chance of theirs tells all their pairs but mine
            for (giver, partner), fits in told.items():
                if (giver, partner) != (0, one):
                    of[partner] = of.get(partner, 1.0) * (around @ fits)
            for mean, both, never in product(
                pooling._MEANS, pooling._BETWEEN_PEOPLE, pooling._NEVER
            ):
                prior = np.r_[never, (1 - never) * beta(mean, both)]
                others = prod(prior @ of[partner] for partner in of if partner != one)
                beforehand = np.exp(-1 / (2 * 0.35**2 * (between + 1)))
                chance += beforehand * others * ((prior * of.get(one, 1.0)) @ around)
        chance *= told.get((0, one), 1.0)
        answers.append(chance / chance.sum())
    return np.array(answers)


BOOKS = {
    "one of one": [(0, 1, 30.0, 1.0)],
    "none of five": [(0, 1, 0.0, 1.0)] * 5,
    "others alone": [(5, 1, 30.0, 1.0), (5, 1, 0.0, 1.0), (6, 2, 0.0, 0.5)],
    "pairs differ": [(0, 1, 30.0, 1.0)] * 3 + [(5, 1, 0.0, 1.0)] * 4 + [(5, 2, 0.0, 1.0)] * 2,
    "some open": [(0, 1, 0.0, 0.2), (0, 2, 4.0, 0.6), (7, 2, 2.0, 1.0), (7, 3, 0.0, 1.0)],
}


@pytest.mark.parametrize("name", BOOKS)
def test_it_is_the_sum_over_everything_that_may_hold(name):
    asked = [1, 2, 9]
    chance = by_loops(BOOKS[name], asked)
    told = found(BOOKS[name], asked)
    np.testing.assert_allclose(told.mean, chance @ GRID, atol=2e-6)
    so_far = np.cumsum(chance, axis=1)
    for ends, share in ((told.low, 0.025), (told.high, 0.975)):
        for at, end in enumerate(ends):
            expected = np.interp(share, np.r_[0.0, so_far[at]], np.r_[0.0, GRID])
            if share < 0.5 and expected < GRID[1]:
                expected = 0.0  # so little is not told from nothing
            assert end == pytest.approx(expected, abs=1e-4)


GIFT = st.tuples(
    st.integers(0, 2), st.integers(3, 5), st.sampled_from([0.0, 0.5, 3.0, 40.0]), st.floats(0.1, 1)
)


@settings(max_examples=25)
@given(gifts=st.lists(GIFT, max_size=12), passed=st.floats(0.05, 1))
def test_a_gift_more_that_was_returned_raises_and_one_that_was_not_lowers(gifts, passed):
    asked = [3, 4, 5]
    before = found(gifts, asked).mean
    returned = found([*gifts, (0, 4, 25.0, passed)], asked).mean
    failed = found([*gifts, (0, 4, 0.0, passed)], asked).mean
    assert failed[1] < before[1] < returned[1]
    assert (failed <= before + 1e-9).all()  # of others too it tells the same, if less
    assert (before <= returned + 1e-9).all()


@settings(max_examples=25)
@given(gifts=st.lists(GIFT, max_size=12), seed=st.randoms(use_true_random=False))
def test_the_order_of_gifts_and_the_numbers_of_people_change_nothing(gifts, seed):
    told = found(gifts, [3, 4, 5])
    mixed = list(gifts)
    seed.shuffle(mixed)
    np.testing.assert_allclose(found(mixed, [3, 4, 5]), told, atol=1e-9)
    moved = [(giver, {3: 13, 4: 11, 5: 12}[to], *more) for giver, to, *more in gifts]
    np.testing.assert_allclose(found(moved, [11, 12, 13]), np.array(told)[:, [1, 2, 0]], atol=1e-9)


@settings(max_examples=25)
@given(gifts=st.lists(GIFT, max_size=12))
def test_all_are_chances_and_the_range_begins_below_the_mean(gifts):
    told = np.array(found(gifts, [3, 4, 5, 6]))
    assert ((told >= 0) & (told <= 1)).all()
    assert (told[1] <= told[2]).all()
    assert (told[1] <= told[0]).all()


ALIKE = st.tuples(
    st.integers(0, 2), st.integers(3, 5), st.sampled_from([0.0, 3.0]), st.sampled_from([0.5, 1.0])
)


@settings(max_examples=25)
@given(
    known=st.lists(
        st.tuples(ALIKE, st.sampled_from([0.25, 1.0])), min_size=4, unique_by=lambda one: one[0][:2]
    ),
    again=st.integers(0, 2),
)
def test_pairs_of_which_the_same_is_known_are_weighed_as_each_by_itself(known, again):
    known += known[:again]
    asked, gifts, weight = [3, 4, 5], [gift for gift, _ in known], [each for _, each in known]
    with pytest.MonkeyPatch.context() as alone:
        alone.setattr(pooling, "_kinds", lambda *known: np.arange(known[-1]))
        each = found(gifts, asked, weight=weight)
    for told, one in zip(found(gifts, asked, weight=weight), each, strict=True):
        assert told == pytest.approx(one, rel=1e-12, abs=0)


def test_the_less_gifts_weigh_the_less_they_tell_of_their_partner():
    gifts = [(0, to, 40.0 * (to < 7), 1.0) for to in range(3, 11) for _ in range(4)]
    told = [found(gifts, [3, 10], weight=[by] * len(gifts)) for by in (1.0, 0.3, 0.0)]
    assert told[0].mean[0] > told[1].mean[0] + 0.02 > told[2].mean[0] + 0.05
    assert told[0].high[1] + 0.05 < told[1].high[1] < told[2].high[1] - 0.05
    assert told[2].low[1] == told[2].low[0] == 0


def test_gifts_that_share_their_returns_tell_of_their_partner_but_not_how_pairs_differ():
    fits = [(giver, 3 + giver % 4, 20.0 * (giver % 3 == 0), 1.0) for giver in range(1, 25)]
    shared = [gift for gift in fits for _ in range(3)]  # each three times over
    first = [at % 3 == 0 for at in range(len(shared))]
    plain, every, some = (
        found(gifts, [9], alone=alone)
        for gifts, alone in ((fits, None), (shared, None), (shared, first))
    )
    np.testing.assert_allclose(some, plain, atol=1e-12)  # of somebody new: as if once
    assert every.high[0] > plain.high[0] + 0.05
    known = found(shared, [3], alone=first)
    assert known.mean[0] != pytest.approx(found(fits, [3]).mean[0], abs=1e-3)


def test_a_gift_of_today_tells_nothing():
    np.testing.assert_allclose(found([(0, 3, 0.0, 0.0)], [3]), found([], [3]))


def test_more_gifts_of_the_same_share_make_the_range_narrower():
    few = [(0, 3, 40.0, 1.0), (0, 3, 0.0, 1.0)]
    width = [np.ptp(found(few * times, [3])[1:]) for times in (1, 4, 16)]
    assert width[0] > 1.3 * width[1] > 1.69 * width[2]


def test_nobody_asked_about_gets_no_answer():
    assert [len(part) for part in found(BOOKS["one of one"], [])] == [0, 0, 0]
