"""Days on which somebody referred to somebody, and which gifts came before each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import TODAY, ago, book_of, dated_rows

from refgraph.analysis.returning.occasions import AGAIN, ANSWERS, OPENS, occasions
from refgraph.errors import OptionError

STATES = {OPENS: "opens", AGAIN: "again", ANSWERS: "answers"}


def told(book, horizon=180):
    """Give the occasions by (age, giver, receiver), and which followed which, by names."""
    seen = occasions(book, horizon=horizon)
    name = book.people.index.to_numpy(dtype=object)
    keys = [
        (int(age), str(name[one]), str(name[to]))
        for age, one, to in zip(seen.age, seen.giver, seen.receiver, strict=True)
    ]
    states = [STATES[state] for state in seen.state.tolist()]
    recent = np.bincount(seen.repeat, minlength=len(keys)).tolist()
    about = zip(seen.size.tolist(), states, seen.before.tolist(), recent, strict=True)
    for one, two in zip(seen.earlier.tolist(), seen.repeat.tolist(), strict=True):
        assert keys[one][1:] == keys[two][1:]
        assert 1 <= keys[one][0] - keys[two][0] <= horizon
    followed = {
        (keys[gift], keys[later]) for gift, later in zip(seen.gift, seen.later, strict=True)
    }
    assert len(followed) == len(seen.gift)
    return dict(zip(keys, about, strict=True)), followed


def states_by_hand(size, horizon):
    """Walk through the days of every two people."""
    state = dict.fromkeys(size, "again")
    for two in {tuple(sorted(key[1:])) for key in size}:
        opened = None
        for age in sorted({key[0] for key in size if tuple(sorted(key[1:])) == two}, reverse=True):
            today = [pair for pair in (two, two[::-1]) if (age, *pair) in size]
            if opened and opened[0] - horizon > age:
                opened = None
            if opened and opened[1][::-1] in today:
                state[age, *opened[1][::-1]] = "answers"
                opened = None
            elif not opened:
                state |= {(age, *pair): "opens" for pair in today}
                opened = (age, today[0]) if len(today) == 1 else None
    return state


def by_hand(rows, horizon):
    """Find the same by going through every two rows and every day of two people."""
    size = {}
    for when, one, to, count in rows:
        if when is not None:
            key = ((TODAY - when).days, one, to)
            size[key] = size.get(key, 0) + count
    state = states_by_hand(size, horizon)
    about, followed = {}, set()
    for key, amount in size.items():
        before = [one[0] - key[0] for one in size if one[1:] == key[1:] and one[0] > key[0]]
        recent = sum(days <= horizon for days in before)
        about[key] = (amount, state[key], len(before), recent)
        followed |= {
            (one, key)
            for one in size
            if one[1:] == (key[2], key[1]) and 1 <= one[0] - key[0] <= horizon
        }
    return about, followed


def test_a_book_of_two_read_by_hand():
    rows = [
        (ago(300), "A", "B", 1),  # opens
        (ago(290), "A", "B", 2),  # again, twice on that day
        (ago(290), "A", "B", 1),
        (ago(200), "B", "A", 1),  # answers, 100 days after the first
        (ago(200), "A", "B", 1),  # again: the exchange ends on that day
        (ago(50), "A", "B", 1),  # these two cross
        (ago(50), "B", "A", 4),
        (ago(9), "B", "A", 1),
        (None, "B", "A", 7),
    ]
    about, followed = told(book_of(rows), horizon=95)
    assert about == {
        (300, "A", "B"): (1, "opens", 0, 0),
        (290, "A", "B"): (3, "again", 1, 1),
        (200, "B", "A"): (1, "opens", 0, 0),  # the horizon of the first has passed
        (200, "A", "B"): (1, "opens", 2, 1),
        (50, "A", "B"): (1, "opens", 3, 0),
        (50, "B", "A"): (4, "opens", 1, 0),
        (9, "B", "A"): (1, "opens", 2, 1),
    }
    assert followed == {
        ((290, "A", "B"), (200, "B", "A")),
        ((50, "A", "B"), (9, "B", "A")),
    }
    about, followed = told(book_of(rows), horizon=100)
    assert about[200, "B", "A"] == (1, "answers", 0, 0)
    assert about[200, "A", "B"] == (1, "again", 2, 2)
    assert ((300, "A", "B"), (200, "B", "A")) in followed


def test_arrays_come_by_day_giver_and_receiver_and_lags_are_days():
    rows = [(ago(5), "B", "A", 1), (ago(9), "A", "C", 1), (ago(9), "A", "B", 1)]
    seen = occasions(book_of(rows))
    assert seen.age.tolist() == [9, 9, 5]
    assert (seen.giver.tolist(), seen.receiver.tolist()) == ([0, 0, 1], [1, 2, 0])
    assert (seen.gift.tolist(), seen.later.tolist(), seen.lag.tolist()) == ([0], [2], [4])
    assert seen.pair.tolist() == [1, 2, 3]
    assert seen.back.tolist() == [3, 6, 1]


@given(rows=dated_rows(max_size=40), horizon=st.sampled_from([1, 7, 60, 180, 3650, 10**9]))
def test_occasions_are_those_of_a_plain_loop(rows, horizon):
    assert told(book_of(rows), horizon) == by_hand(rows, horizon)


@settings(max_examples=30)
@given(rows=dated_rows(), seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, seed):
    mixed = list(rows)
    seed.shuffle(mixed)
    assert told(book_of(rows)) == told(book_of(mixed))


@settings(max_examples=30)
@given(rows=dated_rows())
def test_rows_of_strangers_change_nothing_for_the_others(rows):
    about, followed = told(book_of(rows))
    more = [*rows, (ago(10), "Y", "Z", 1), (ago(3), "Z", "Y", 1)]
    now, follow_now = told(book_of(more))
    assert {key: now[key] for key in about} == about
    assert follow_now - followed == {((10, "Y", "Z"), (3, "Z", "Y"))}


def test_a_book_without_rows_has_no_occasions():
    seen = occasions(book_of([], people=[{"person": "A"}]))
    assert (len(seen.day), len(seen.gift), seen.people) == (0, 0, 1)


def test_a_horizon_is_at_least_a_day():
    with pytest.raises(OptionError, match="at least 1 day"):
        occasions(book_of([(ago(1), "A", "B", 1)]), horizon=0)


def test_all_arrays_of_an_occasion_have_its_length():
    seen = occasions(book_of([(ago(4), "A", "B", 1), (ago(2), "B", "A", 1)]))
    for name in ("giver", "receiver", "day", "size", "state", "before"):
        assert len(getattr(seen, name)) == 2
    assert np.issubdtype(seen.size.dtype, np.floating)
