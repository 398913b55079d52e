"""Gifts close together in time: every day set beside every other, and the variance written out."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from strategies import ago, book_of

from refgraph.analysis.returning.clustering import of_gifts
from refgraph.analysis.returning.target_trial import emulate


def lived(seed, *, people="BCD", rows=40, days=220):
    """Give rows: I and others refer to each other by chance."""
    rng = random.Random(seed)  # noqa: S311
    found = []
    for _ in range(rows):
        two = ["Me", rng.choice(people)]
        if rng.random() < 0.3:
            two.reverse()
        found.append((ago(rng.randrange(days)), *two, 1))
    return found


def close(day, other, horizon):
    """Tell how close before a day another is: 2 within half a horizon, 1 within a whole one."""
    near = max(horizon // 2, 1)
    return (0 < day - other <= near) + (0 < day - other <= horizon)


def days_of(trial):
    """Give, of each pair, its gifts, those that answer nothing, and the days they could be on."""
    found = []
    pairs = range(len(trial.giver))
    gave, got = (
        {pair: sorted(events.places[1][events.places[0] == pair].tolist()) for pair in pairs}
        for events in (trial.gave, trial.got)
    )
    for pair in pairs:
        start = max(trial.start[pair] + trial.horizon, trial.known[pair] + 1)
        alone = [
            day
            for day in range(start, trial.today + 1)
            if not any(day - trial.horizon <= one <= day for one in got[pair])
        ]
        asked = [day for day in alone if day in gave[pair]]
        may = [
            day for day in alone if day in asked or (day not in gave[pair] and day < trial.today)
        ]
        found.append((gave[pair], asked, may))
    return found


@pytest.mark.parametrize("horizon", [1, 8, 25])
@pytest.mark.parametrize("seed", range(3))
def test_what_stood_before_and_its_spread_are_those_of_every_two_days(seed, horizon):
    trial = emulate(book_of(lived(seed), me="Me"), "Me", horizon=horizon)
    found = of_gifts(trial)
    before, variance = [], 0.0
    for gave, asked, may in days_of(trial):
        before += [sum(close(day, other, horizon) for other in gave) for day in asked]
        if not asked:
            continue
        number, stay = len(asked), [day for day in gave if day not in asked]
        k = np.array([[close(one, other, horizon) for other in may] for one in may], dtype=float)
        rest = np.array([sum(close(one, other, horizon) for other in stay) for one in may])
        back, on, mean = k.mean(axis=1), k.mean(axis=0), k.mean()
        variance += number * ((number - 1) * back + rest).var()
        apart = (k**2).mean() - (on**2).mean() - 2 * (back * on).mean() + mean**2 - back.var()
        variance += number * (number - 1) * apart
    assert found.before.tolist() == before
    assert found.error == pytest.approx(math.sqrt(variance), rel=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_of_one_partner_the_usual_is_the_mean_over_all_days_without_the_gift(seed):
    """There are no others to whom more could have been given at the time."""
    horizon = 9
    trial = emulate(book_of(lived(seed, people="B", rows=30), me="Me"), "Me", horizon=horizon)
    ((gave, asked, may),) = days_of(trial)
    assert len(asked) > 2
    usual = [
        sum(close(one, other, horizon) for one in may for other in gave if other != day) / len(may)
        for day in asked
    ]
    assert of_gifts(trial).usual.tolist() == pytest.approx(usual)


def test_the_order_of_people_and_of_rows_changes_nothing():
    rows = lived(5)
    known = of_gifts(emulate(book_of(rows, me="Me"), "Me", horizon=8))
    called = {"Me": "Me"} | dict(zip("BCDE", "ZYXW", strict=True))
    turned = [(day, called[one], called[other], n) for day, one, other, n in reversed(rows)]
    found = of_gifts(emulate(book_of(turned, me="Me"), "Me", horizon=8))
    assert sorted(found.before) == sorted(known.before)
    assert sorted(found.usual) == pytest.approx(sorted(known.usual))
    assert found.error == pytest.approx(known.error)


def test_without_a_gift_that_answers_nothing_there_is_nothing_to_ask():
    for rows in ([], [(ago(9), "B", "Me", 1), (ago(5), "Me", "B", 1)]):
        found = of_gifts(
            emulate(book_of(rows, me="Me", people=[{"person": "B"}]), "Me", horizon=30)
        )
        assert (len(found.pair), found.error) == (0, 0)
