"""After a gift and anyway: the two formulas of the docstring, day by day and gift by gift."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ago, book_of

from refgraph.analysis.returning.risk_difference import Difference, compared
from refgraph.analysis.returning.target_trial import emulate

NAMES = ("after", "anyway", "added")


def lived(seed, *, people="ABCDE", rows=90, days=500):
    rng = random.Random(seed)  # noqa: S311
    return book_of(
        [(ago(rng.randrange(days)), *rng.sample(people, 2), 1) for _ in range(rows)],
        people=[{"person": name} for name in people],
    )


def plainly(trial):
    """Weigh pairs by their days of silence, and follow every gift day by day."""
    controls, horizon = trial.controls, trial.horizon
    days, reached = {}, {}
    for pair, day, watched, came in zip(
        *(each.tolist() for each in (controls.pair, controls.day, controls.watched, controls.came)),
        strict=True,
    ):
        days[pair] = days.get(pair, 0) + 1
        if came:
            reached.setdefault(pair, set()).add(day + watched)
    gifts = [
        gift
        for gift in zip(
            *(each.tolist() for each in (trial.gifts.pair, trial.gifts.watched, trial.gifts.came)),
            strict=True,
        )
        if gift[0] in days
    ]
    weight = {
        pair: days[pair] / (days[pair] + horizon * sum(gift[0] == pair for gift in gifts))
        for pair, *_ in gifts
    }
    stay, due = 1.0, 0.0
    for day in range(1, horizon + 1):
        followed = sum(weight[pair] for pair, watched, _ in gifts if watched >= day)
        if followed:
            answered = sum(weight[p] for p, watched, came in gifts if came and watched == day)
            stay *= 1 - answered / followed
            due += (
                sum(
                    weight[pair] * len(reached.get(pair, ())) / days[pair]
                    for pair, watched, _ in gifts
                    if watched >= day
                )
                / followed
            )
    after, anyway = 1 - stay, 1 - math.exp(-due)
    return len(gifts), {"after": after, "anyway": anyway, "added": after - anyway}


@pytest.mark.parametrize("whose", [None, "A"])
@pytest.mark.parametrize("seed", range(4))
def test_both_risks_are_those_of_a_walk_through_the_days(seed, whose):
    trial = emulate(lived(seed), whose, horizon=12)
    found = compared(trial, samples=20, seed=0)
    gifts, known = plainly(trial)
    assert (found.gifts, found.partners > 1) == (gifts, True)
    assert {name: getattr(found, name) for name in NAMES} == pytest.approx(known)


def test_a_referral_of_today_or_tomorrow_lets_no_day_be_counted_twice():
    rows = [(ago(99), "B", "Me", 1), (ago(60), "Me", "B", 1), (ago(98), "C", "Me", 1)]
    rows += [(ago(40), "Me", "C", 1), (ago(30), "C", "Me", 1)]
    known = emulate(book_of(rows, me="Me"), "Me", horizon=12).silences[1].tolist()
    assert known == [(99 - 13 - 60) + (60 - 13), (98 - 13 - 40) + (30 - 13)]
    for late in ((0, "B", "Me"), (0, "Me", "B"), (-1, "B", "Me"), (-1, "Me", "C")):
        more = [*rows, (ago(late[0]), *late[1:], 1)]
        trial = emulate(book_of(more, me="Me"), "Me", horizon=12)
        assert trial.silences[1].tolist() == known
        assert trial.silences[0].tolist() == [int(late[1] == "B"), 0]
        assert np.bincount(trial.controls.pair).tolist() == known


@pytest.mark.parametrize("seed", range(3))
def test_a_pair_that_nobody_else_has_to_do_with_changes_no_rate_of_the_others(seed):
    """Without clean gifts to compare it is in no sum; the same book twice has the same risks."""
    rows = lived(seed).history[["date", "giver", "receiver", "count"]].itertuples(index=False)
    rows = [(day.date(), *more) for day, *more in rows]
    strangers = [(ago(3), "Y", "Z", 1), (ago(2), "Z", "Y", 1)]
    twice = [*rows, *((day, f"{one}2", f"{other}2", n) for day, one, other, n in rows)]
    known = compared(emulate(book_of(rows), None, horizon=12), samples=9, seed=0)
    beside = compared(emulate(book_of([*rows, *strangers]), None, horizon=12), samples=9, seed=0)
    both = compared(emulate(book_of(twice), None, horizon=12), samples=9, seed=0)
    assert beside == known
    assert (both.gifts, both.partners) == (2 * known.gifts, 2 * known.partners)
    for name in NAMES:
        assert getattr(both, name) == pytest.approx(getattr(known, name))


def test_ends_hold_the_value_and_reach_as_far_as_those_of_independent_shares():
    """Wilson's, by its own equation: the shares that lie 1.96 standard errors from the one seen."""
    trial = emulate(lived(0), None, horizon=12)
    found = compared(trial, samples=200, seed=0)
    usable = trial.silences[1] > 0
    mine = trial.gifts.pair[usable[trial.gifts.pair]]
    given = np.bincount(mine, minlength=len(usable))
    weight = (trial.silences[1] / (trial.silences[1] + 12 * given))[mine]
    number = weight.sum() ** 2 / (weight**2).sum()
    tried = np.linspace(0, 1, 100_001)[1:-1]
    near = tried[abs(tried - found.after) <= 1.96 * np.sqrt(tried * (1 - tried) / number)]
    assert found.after_low <= near[0] + 1e-4
    assert found.after_high >= near[-1] - 1e-4
    for name, low, high in (
        ("after", "after_low", "after_high"),
        ("anyway", "anyway_low", "anyway_high"),
        ("added", "low", "high"),
    ):
        assert getattr(found, low) <= getattr(found, name) <= getattr(found, high)
    assert (
        found.low <= found.added - math.hypot(found.after - near[0], 0) + 1e-4
    )  # Newcombe's is at least as wide as the part that comes of the gifts


def test_a_gift_that_is_followed_for_no_day_is_none_to_compare():
    trial = emulate(lived(1), None, horizon=12)
    cut = replace(trial.gifts, watched=trial.gifts.watched * (np.arange(len(trial.gifts.day)) > 0))
    less = replace(trial)
    less.__dict__["gifts"] = cut
    assert compared(less, samples=9, seed=0).gifts == compared(trial, samples=9, seed=0).gifts - 1


@given(st.integers(1, 400), st.floats(0.01, 0.9), st.floats(0.01, 0.5))
def test_so_many_more_gifts_make_the_interval_narrow_enough_and_one_fewer_does_not(
    gifts, half, wanted
):
    more = Difference(gifts, 9, low=0.0, high=2 * half).more(wanted)
    assert more == int(more) >= 0

    def width(extra):
        return half * math.sqrt(gifts / (gifts + extra))

    assert width(more) <= wanted * (1 + 1e-9)
    assert more == 0 or width(more - 1) > wanted * (1 - 1e-9)
    assert math.isnan(Difference(gifts, 9).more(wanted))
