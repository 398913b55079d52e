"""The area under a Qini curve: what the higher of two gifts of one giver gained more."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.analysis.evaluating import qini
from refgraph.analysis.statistics.random import generator


@st.composite
def judged(draw):
    """Scores with ties, and gains of up to three givers, some of weight 0."""
    number = draw(st.integers(0, 12))
    giver, score, gained, weight = (
        draw(st.lists(each, min_size=number, max_size=number))
        for each in (
            st.integers(0, 2),
            st.integers(0, 3),
            st.sampled_from([-1.0, 0.0, 0.25, 1.0]),
            st.sampled_from([0.0, 0.5, 1.0]),
        )
    )
    weight = np.array(weight)
    gains = qini.Gains(np.array(giver, dtype=np.int64), np.array(gained) * weight, weight)
    return np.array(score, dtype=float), gains


def pair_by_pair(score, gains, times):
    """Compare every two gifts of one giver, each as often as it is there."""
    more = pairs = 0.0
    for giver in set(gains.giver.tolist()):
        mine = [a for a in range(len(score)) if gains.giver[a] == giver and gains.weight[a] > 0]
        whole = sum(times[a] * gains.weight[a] for a in mine)
        for a in mine:
            for b in mine:
                if a < b and times[a] and times[b]:
                    both = times[a] * times[b] * gains.weight[a] * gains.weight[b] / whole
                    apart = gains.gained[a] / gains.weight[a] - gains.gained[b] / gains.weight[b]
                    more += both * np.sign(score[a] - score[b]) * apart
                    pairs += both
    return more / pairs if pairs else float("nan")


@given(judged())
def test_the_area_is_what_pairs_say(drawn):
    score, gains = drawn
    known = pair_by_pair(score, gains, [1] * len(score))
    assert qini.area(score, gains) == pytest.approx(known, nan_ok=True)


@given(judged(), st.integers(0, 5))
def test_a_sample_is_what_pairs_of_it_say(drawn, seed):
    score, gains = drawn
    person = np.arange(len(score)) % 3
    found = qini.drawn([score, -score], gains, person, samples=4, seed=seed)
    people = min(len(score), 3)
    if people < 2:
        assert np.isnan(found).all()
        return
    for row, chosen in enumerate(generator(seed).integers(people, size=(4, people))):
        times = np.bincount(chosen, minlength=people)[person]
        known = pair_by_pair(score, gains, times)
        assert found[0, row] == pytest.approx(known, nan_ok=True)
        assert found[1, row] == pytest.approx(-known, nan_ok=True)


@given(judged(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_any_rising_scale_are_the_same(drawn, rng):
    score, gains = drawn
    mixed = list(range(len(score)))
    rng.shuffle(mixed)
    moved = qini.Gains(*(part[mixed] for part in gains))
    for ask in (qini.area, qini.thirds):
        assert ask(np.exp(3 * score)[mixed], moved) == pytest.approx(ask(score, gains), nan_ok=True)


@given(judged())
def test_the_two_parts_of_the_list_make_up_the_whole(drawn):
    score, gains = drawn
    top, rest = qini.thirds(score, gains)
    if not gains.weight.sum():
        assert np.isnan(top)
        return
    whole = gains.gained.sum() / gains.weight.sum()
    assert top / 3 + 2 * rest / 3 == pytest.approx(whole)


def test_the_area_is_that_between_the_curve_and_a_straight_line():
    rng = np.random.default_rng(2)
    gained, score = rng.normal(size=40), rng.permutation(40).astype(float)
    gains = qini.Gains(np.zeros(40, dtype=np.int64), gained, np.ones(40))
    curve = np.r_[0, np.cumsum(gained[np.argsort(-score)])]
    between = np.trapezoid(curve - np.linspace(0, curve[-1], 41)) / 40  # per gift
    assert qini.area(score, gains) == pytest.approx(4 * between / 39)
    assert qini.area(gained, gains) > qini.area(score, gains)  # the best order there is
