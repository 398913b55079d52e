"""How long things stay as they are: the formulas of the docstrings, key by key and pair by pair."""

from __future__ import annotations

from itertools import pairwise
from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import gamma

from refgraph.analysis.returning.durations import gone, memory

TODAY = 1_000
DROPS = (0, 1 / 4000, 1 / 2000, 1 / 1000, 1 / 500, 1 / 250, 1 / 125)
HALVES = (120, 240, 480, 960, 1920, 3840, 1e6)


def lived(seed, *, stops):
    """Let keys be active by chance, each at a rate of its own, most of them until they stop."""
    rng = np.random.default_rng(seed)
    key, day = [], []
    for one in range(18):
        start, rate = int(rng.integers(0, 300)), rng.uniform(0.005, 0.08)
        end = start + int(rng.exponential(1 / stops)) if stops and one % 3 else TODAY
        days = np.flatnonzero(rng.random(TODAY) < rate)
        mine = days[(days >= start) & (days <= end)].tolist()
        key += [one] * len(mine)
        day += mine
    return np.array(key), np.array(day)


def mixtures(usual):
    """Give the rates that are tried, and how likely each is by every shape and mean."""
    edge = [usual * 0.02 * (60 / 0.02) ** (at / 14) for at in range(15)]
    rates = [(one * two) ** 0.5 for one, two in pairwise(edge)]
    edge[0], edge[-1] = 0, np.inf
    laws = [
        np.diff(gamma.cdf(edge, shape, scale=usual * more / shape))
        for shape in (0.5, 1, 3)
        for more in (0.7, 1, 2, 4, 8)
    ]
    return rates, laws


def of_one(x, t, whole, rate, drop):
    """Give the likelihood of a record, and that of the record and that it lasts."""
    both = rate + drop
    lasts = rate**x * exp(-both * whole)
    return rate**x / both * (rate * exp(-both * whole) + drop * exp(-both * t)), lasts


def plainly(key, day, asked, *, unseen=False):
    """Give the chance that each has stopped, by the model that the docstring writes down."""
    records = {}
    for one in sorted(set(key.tolist())):
        days = sorted(set(day[key == one].tolist()))
        records[one] = len(days) - 1, days[-1] - days[0], TODAY - days[0]
    again = sum(x for x, _, _ in records.values())
    usual = again / sum(whole for *_, whole in records.values())
    rates, laws = mixtures(usual)
    tried = []
    for drop in DROPS:
        each = {
            one: [of_one(*record, rate, drop) for rate in rates] for one, record in records.items()
        }
        fits = [
            sum(
                log(sum(w * full for w, (full, _) in zip(law, of, strict=True)))
                for of in each.values()
            )
            for law in laws
        ]
        best = laws[int(np.argmax(fits))]
        over = {
            one: 1
            - sum(w * lasts for w, (_, lasts) in zip(best, of, strict=True))
            / sum(w * full for w, (full, _) in zip(best, of, strict=True))
            for one, of in each.items()
        }
        tried.append((max(fits), over))
    top = max(fit for fit, _ in tried)
    if not again or top - tried[0][0] < log(10):
        return [0.0] * len(asked)
    weight = [exp(fit - top) for fit, _ in tried]
    found = {
        one: sum(w * over[one] for w, (_, over) in zip(weight, tried, strict=True)) / sum(weight)
        for one in records
    }
    never = sum(found.values()) / len(found) if unseen else 0.0
    return [found.get(one, never) for one in asked]


@pytest.mark.parametrize(("seed", "stops"), [(0, 1 / 150), (1, 1 / 200), (2, 1 / 400), (3, 0)])
def test_what_has_stopped_is_what_the_formula_says(seed, stops):
    key, day = lived(seed, stops=stops)
    asked = np.array([*range(0, 18, 2), 17, 99])
    for unseen in (False, True):
        found = gone(key, day, TODAY, asked, unseen=unseen)
        assert found.tolist() == pytest.approx(
            plainly(key, day, asked.tolist(), unseen=unseen), rel=1e-7, abs=1e-9
        )
    assert found.any() == bool(stops)


@settings(max_examples=20)
@given(st.randoms(use_true_random=False), st.integers(-400, 400), st.sampled_from([1, 7, 1000]))
def test_other_days_another_order_rows_twice_and_other_keys_change_nothing(random, later, apart):
    key, day = lived(0, stops=1 / 150)
    asked = np.arange(18)
    known = gone(key, day, TODAY, asked)
    rows = [*range(len(key)), *random.choices(range(len(key)), k=20)]
    random.shuffle(rows)
    moved = gone(key[rows] * apart, day[rows] + 400 + later, TODAY + 400 + later, asked * apart)
    assert moved.tolist() == pytest.approx(known.tolist())


def test_whoever_is_silent_longer_is_likelier_to_have_stopped():
    key, day = lived(0, stops=1 / 150)
    other = np.r_[key, np.full(9, 50)], np.r_[day, np.arange(100, 280, 20)]
    later = [gone(*other, today, np.array([50]))[0] for today in (TODAY, TODAY + 200, TODAY + 900)]
    assert later == sorted(later)
    assert later[0] > 0.5


def test_nothing_on_record_has_stopped():
    none = np.zeros(0, dtype=np.int64)
    assert gone(none, none, TODAY, np.array([0, 1]), unseen=True).tolist() == [0, 0]
    assert gone(np.array([3]), np.array([5]), TODAY, none).tolist() == []


# -------------------------------------------------------------------------------- memory


def agreeing(receiver, day, off):
    """Compare every two of the forty newest gifts to each person."""
    products = []
    for one in set(receiver):
        mine = sorted(
            (
                (when, what)
                for who, when, what in zip(receiver, day, off, strict=True)
                if who == one
            ),
            reverse=True,
        )[:40]
        products += [
            (what * other, when - before)
            for at, (when, what) in enumerate(mine)
            for before, other in mine[at + 1 :]
        ]
    noise = (sum(what**2 for what in off) / len(off)) ** 2
    fits = []
    for half in HALVES:
        seen = sum(product * 2 ** (-apart / half) for product, apart in products)
        form = sum(4 ** (-apart / half) for _, apart in products)
        fits.append(max(seen, 0) ** 2 / form / noise / 2)
    weight = [exp(fit - max(fits)) for fit in fits]
    logs = [w * log(half) for w, half in zip(weight, HALVES, strict=True)]
    return exp(sum(logs) / sum(weight))


def gifts(seed, *, turns, number=50):
    """Let three people return what they are given, or not, and change their mind at times."""
    rng = np.random.default_rng(seed)
    day = np.concatenate([np.sort(rng.permutation(3000)[:number]) for _ in range(3)])
    receiver = np.repeat([4, 0, 9], number)
    keen = (receiver + day // turns) % 2 == 0
    answered = rng.random(len(day)) < np.where(keen, 0.9, 0.1)
    order = np.argsort(day, kind="stable")
    return receiver[order], day[order], (answered - answered.mean())[order]


@pytest.mark.parametrize(("seed", "turns"), [(0, 150), (1, 700), (2, 10_000)])
def test_how_long_returns_are_alike_is_told_by_every_two_gifts_to_one_person(seed, turns):
    told = gifts(seed, turns=turns)
    assert memory(*told) == pytest.approx(agreeing(*(each.tolist() for each in told)))


def test_of_gifts_to_people_of_whom_each_had_one_nothing_is_told():
    known = exp(sum(map(log, HALVES)) / 7)
    none = np.zeros(0)
    assert memory(none.astype(int), none.astype(int), none) == pytest.approx(known)
    assert memory(np.arange(9), np.arange(9), np.ones(9)) == pytest.approx(known)


def test_the_sign_of_what_is_off_and_the_day_of_the_first_gift_do_not_matter():
    receiver, day, off = gifts(1, turns=700)
    assert memory(receiver, day + 5000, -off) == pytest.approx(memory(receiver, day, off))
