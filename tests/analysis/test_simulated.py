"""The simulated books of the benchmarks: seeded, and with the chances that they claim."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from refgraph.analysis.estimating import protocol
from refgraph.analysis.returning import returns

ROOT = Path(__file__).parents[2]


@cache
def simulated():
    place = ROOT / "benchmarks" / "simulated.py"
    spec = importlib.util.spec_from_file_location("simulated", place)
    module = importlib.util.module_from_spec(spec)
    sys.modules["simulated"] = module  # where dataclasses look up their types
    spec.loader.exec_module(module)
    return module


ALL = ["partners", "pairs", "once", "fading", "drifting", "adviser", "activity", "alike", "hubs"]


@cache
def drawn(kind):
    return simulated().simulate(kind, seed=7)


def test_there_are_nine_kinds():
    assert list(simulated().KINDS) == ALL


@pytest.mark.parametrize("kind", ["pairs", "fading", "adviser", "alike"])
def test_every_episode_has_its_chance_and_the_share_answered_is_near_their_mean(kind):
    one = drawn(kind)
    made = returns.episodes(one.book, horizon=simulated().HORIZON)
    keys = ["giver", "receiver", "date"]
    assert len(made) == len(one.chance)
    assert (made[keys].to_numpy() == one.chance[keys].to_numpy()).all()
    # of the newest only the quick answers are known, so only whole horizons are counted
    whole = one.book.days_since(made["date"]) >= simulated().HORIZON
    whole &= (made["state"] != "swapped").to_numpy()
    chance = one.chance["chance"].to_numpy()[whole]
    answered = (made["state"] == "answered").to_numpy()[whole]
    assert ((chance >= 0) & (chance <= 1)).all()
    spread = np.sqrt((chance * (1 - chance)).sum())
    assert abs(answered.sum() - chance.sum()) < 3.5 * spread
    high = chance > np.median(chance)
    if kind == "alike":
        assert not high.any()
        assert chance.std() < 1e-9
    else:
        spread = np.sqrt((chance * (1 - chance))[high].sum())
        assert abs(answered[high].sum() - chance[high].sum()) < 3.5 * spread


def test_the_same_seed_gives_the_same_book_and_another_seed_another():
    again, other = (simulated().simulate("adviser", seed=seed) for seed in (7, 8))
    first = drawn("adviser")
    pd.testing.assert_frame_equal(
        first.book.history.drop(columns="file"), again.book.history.drop(columns="file")
    )
    pd.testing.assert_frame_equal(first.chance, again.chance)
    assert len(other.chance) != len(first.chance)


@pytest.mark.parametrize("kind", ["partners", "fading", "alike", "hubs"])
def test_as_many_returns_are_expected_as_come(kind):
    tested = protocol.trial(drawn(kind).book, horizon=simulated().HORIZON)
    assert abs(protocol.expected(tested).mean() - tested.answered.mean()) < 0.05
