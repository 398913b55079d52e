"""Worlds that are lived once more with a gift: what it adds is what the world says."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

BENCHMARKS = str(Path(__file__).parents[2] / "benchmarks")


@pytest.fixture(autouse=True)
def beside(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)


@cache
def lived(kind, seed=0):
    from lives import live

    return live(kind, seed=seed, views=1)


def worth(kind, futures=20):
    from futures import worth

    one = lived(kind)
    return worth(one, one.views[0], futures=futures)


def test_there_are_the_nine_kinds_four_hard_ones_and_two_without_effect():
    from worlds import HARD, KINDS, NULL

    assert len(KINDS) == 15
    assert set(HARD) | set(NULL) < set(KINDS)


def test_the_same_seed_gives_the_same_book_and_another_seed_another():
    from lives import live

    again, other = live("adviser", seed=0), live("adviser", seed=1)
    assert (again.events, again.names) == (lived("adviser").events, lived("adviser").names)
    assert again.events != other.events
    assert len(again.book.history) == len(again.events)


def test_where_every_gift_may_be_answered_it_adds_the_wish():
    one = lived("sure_things")
    wish = [one.ways.world.returned(0, to, one.today) for to in range(len(one.names))]
    np.testing.assert_allclose(worth("sure_things").added[1:], wish[1:], atol=1e-12)


def test_where_nothing_answers_nothing_is_added_and_much_comes_anyway():
    found = worth("no_effect")
    assert (found.added == 0).all()
    assert found.anyway.sum() > 0.5


def test_what_comes_anyway_where_nothing_answers_is_known_without_any_error():
    one, found = lived("no_effect"), worth("no_effect")
    (me,), world = one.views, one.ways.world
    rate = np.zeros(world.people)
    theirs = world.receiver == me
    rate[world.giver[theirs]] = world.rate[theirs, -6:].sum(axis=1) * 30
    np.testing.assert_allclose(found.anyway, rate, atol=1e-12)


def test_where_something_is_open_a_further_gift_adds_less():
    from refgraph.analysis.returning import returns

    one, found = lived("alike"), worth("alike", futures=60)
    me = one.names[one.views[0]]
    made = returns.episodes(one.book)
    made = made[made["state"] == "censored"]
    mine = made.loc[made["giver"] == me, "receiver"]
    is_open = np.isin(one.names, mine)
    others = ~is_open & (np.array(one.names) != me)
    assert is_open.any()
    assert found.added[is_open].mean() < 0.1 < found.added[others].mean() - 0.1


def test_a_tie_that_is_used_once_and_was_not_used_is_used_in_the_time_that_is_left():
    from futures import _drawn, _ties_of

    one = lived("once")
    view = one.views[0]
    ties = _ties_of(one, view)
    used = {event[1:] for event in one.events}
    assert not used & set(ties)
    coming = next(pair for pair in ties if pair[1] == view)
    drawn, expected = _drawn(one, view, coming[0], ties, 20)
    assert expected == pytest.approx(1)  # a tie not used by today is used in what is left
    assert [[day > one.today for day, *_ in rows] for rows in drawn] == [[True]] * 20


def test_whoever_passes_on_to_those_who_gave_lately_passes_on_more():
    found = worth("latest", futures=50)
    weight = lived("latest").ways.budget[2]
    others = np.arange(len(weight)) != lived("latest").views[0]
    assert (found.added >= 0).all()
    assert (found.added[(weight == 0) & others] == 0).all()
    assert found.added[(weight == 4) & others].mean() > 0.1
