"""Whether rates stay what they are is read off the past; and ranges that allow for new ones."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import gamma, nbinom
from strategies import ago, book_of, dated_rows

from refgraph.analysis.estimating import pair_rates
from refgraph.analysis.returning.excitation import ACTIVE, fit
from refgraph.analysis.returning.occasions import occasions
from refgraph.analysis.statistics.gamma_rates import ends, mixed_ends

HORIZON = 180
SHARES = {0: 0.5, 0.02: 0.125, 0.05: 0.125, 0.1: 0.125, 0.2: 0.125}
NOTHING_TOLD = sum(share * chance for share, chance in SHARES.items())


def share_of(rows, shape=1.0, half_life=730.0):
    seen = occasions(book_of(rows), horizon=HORIZON)
    found = fit(seen, half_life=half_life)
    return pair_rates.share_changed(seen, found, shape, half_life=half_life)


def sent(rates, rng):
    """Give what each of many sends me in horizons of the past, the last one first."""
    return [
        (ago(int(day)), f"P{who}", "me", 1)
        for who, of in enumerate(rates)
        for back, rate in enumerate(of)
        for day in set(back * HORIZON + 1 + rng.integers(0, HORIZON, rng.poisson(rate)))
    ]


def test_new_rates_are_seen_where_there_are_some_and_not_where_all_stay():
    rng = np.random.default_rng(4)
    rates = rng.gamma(4, 1.0, 120)
    stay = share_of(sent([[rate] * 8 for rate in rates], rng))
    moved = rng.random((120, 8)) < 0.15
    changing = []
    for now, new in zip(rates, moved, strict=True):
        of = [now]
        of += [0.05 if one else now for one in new]
        changing.append(of[1:])
    assert stay < 0.015 < NOTHING_TOLD < 0.06 < share_of(sent(changing, rng))


def test_a_short_record_tells_nothing_of_it():
    rows = [(ago(10 + 20 * at), "A", "me", 1) for at in range(26)]  # less than three horizons
    assert share_of(rows) == pytest.approx(NOTHING_TOLD)
    assert share_of([]) == pytest.approx(NOTHING_TOLD)


@settings(max_examples=25)
@given(rows=dated_rows(), half_life=st.sampled_from([0.1, 730.0, 1e6]))
def test_it_is_what_loops_over_pairs_and_horizons_say(rows, half_life):
    rows = [*rows, *((ago(5 + 45 * at), "A", "B", 1) for at in range(40))]
    seen = occasions(book_of(rows), horizon=HORIZON)
    found = fit(seen, half_life=half_life)
    told = pair_rates.share_changed(seen, found, 0.5, half_life=half_life)
    assert 0 <= told <= max(SHARES)
    fits = dict.fromkeys(SHARES, 0.0)
    every = list(
        zip(
            seen.giver.tolist(), seen.receiver.tolist(), seen.age.tolist(), found.alone, strict=True
        )
    )
    days = max(age for _, _, age, _ in every)
    if half_life < 1:  # of anything older nothing is left
        assert told == pytest.approx(NOTHING_TOLD)
        return
    for ago_, before in enumerate(days - at * HORIZON for at in range(5)):
        if not ago_ or before < 2 * HORIZON:
            continue
        old = [(g, r, age - ago_ * HORIZON, a) for g, r, age, a in every if age >= ago_ * HORIZON]

        def weighed(kept, rows=old):
            return sum(a * 2 ** (-age / half_life) for g, r, age, a in rows if kept(g, r))

        watched = half_life / np.log(2) * (1 - 2 ** (-before / half_life)) + 1
        all_of = weighed(lambda *_: True)
        for one, to in sorted({row[:2] for row in every}):
            own = weighed(lambda g, r, one=one, to=to: (g, r) == (one, to))
            others = (
                weighed(lambda g, _, one=one: g == one) - own + 1,
                weighed(lambda _, r, to=to: r == to) - own + 1,
            )
            kept = 1 + seen.people / all_of
            usual = others[0] * others[1] / kept**2 / all_of
            lesser = 1 / (3 * (1 + 1 / others[0] + 1 / others[1]) - 1)
            lately = sum(a for g, _, age, a in old if g == one and age < HORIZON)
            whole = sum(a for g, _, _, a in old if g == one)
            now = (lately + ACTIVE) / (whole * HORIZON / before + ACTIVE)
            often = max((own + c) / (1 + c / usual) for c in (lesser, 0.5))
            mean = often / watched * HORIZON * now
            if own <= 0 or mean <= 0.3:
                continue
            spread = (1 + 1 / (own + lesser)) * (1 + 1 / (lately + ACTIVE)) - 1
            came = sum(
                a
                for g, r, age, a in every
                if (g, r) == (one, to) and (ago_ - 1) * HORIZON <= age < ago_ * HORIZON
            )
            stays, new = (_chance(came, mean, far) for far in (spread, max(spread, 2)))
            for share in fits:
                fits[share] += np.log((1 - share) * stays + share * new)
    chance = {share: SHARES[share] * np.exp(fits[share]) for share in SHARES}
    assert told == pytest.approx(
        sum(share * of for share, of in chance.items()) / sum(chance.values()), rel=1e-6
    )


def _chance(came, mean, spread):
    """Chance of a count that may lie between two whole ones, up to what hangs on it alone."""
    from scipy.special import gamma as factorial

    size = 1 / spread
    parts = factorial(came + size) / factorial(size)
    return parts * (size / (size + mean)) ** size * (mean / (size + mean)) ** came


def test_the_chances_of_counts_are_those_of_a_negative_binomial_distribution():
    mean, spread, counts = np.full(9, 2.5), np.full(9, 0.4), np.arange(9.0)
    found = np.exp(pair_rates._log_chance(counts, mean, spread))
    true = nbinom.pmf(counts, 2.5, 2.5 / (2.5 + 2.5))
    ratio = found / true  # n!, the same for all means
    assert ratio == pytest.approx([float(np.prod(np.arange(1, n + 1))) for n in counts])


@given(
    mean=st.floats(1e-3, 50),
    near=st.floats(0.01, 3),
    far=st.floats(0.01, 3),
    share=st.sampled_from([0.0, 0.01, 0.05, 0.2]),
)
def test_ends_of_a_mixture_leave_a_fortieth_on_either_side(mean, near, far, share):
    one, two = mean**2 * near, mean**2 * far
    found = [
        float(end[0]) for end in mixed_ends(*(np.full(1, of) for of in (mean, one, two)), share)
    ]
    if share == 0 or two <= one:
        assert found == [float(end[0]) for end in ends(np.full(1, mean), np.full(1, one))]
        return
    below = [
        (1 - share) * gamma.cdf(end, 1 / near, scale=mean * near)
        + share * gamma.cdf(end, 1 / far, scale=mean * far)
        for end in found
    ]
    assert below == pytest.approx([0.025, 0.975], abs=1e-4)


def test_ends_are_the_further_apart_the_more_may_be_new():
    of = np.ones(1), np.full(1, 0.2), np.full(1, 2.0)
    found = [mixed_ends(*of, share) for share in (0.0, 0.05, 0.1, 0.2)]
    for (low, high), (less, more) in pairwise(found):
        assert less < low
        assert more > high
