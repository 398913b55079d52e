"""Ties of a book as numbers: beside folding row by row, and counting tie by tie."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from refgraph.maps.scenes import details
from refgraph.maps.scenes.folded_ties import Counted, Folded, Tie

NAMES = ["Ann", "Bo", "Cy", "Di", "Eve"]
ROWS = st.lists(
    st.tuples(
        st.integers(0, 4), st.integers(0, 4), st.none() | st.integers(0, 5), st.integers(1, 3)
    ).filter(lambda row: row[0] != row[1]),
    max_size=14,
)


def folded(rows):
    giver, receiver, count = (np.array([row[at] for row in rows], int) for at in (0, 1, 3))
    days = ["NaT" if row[2] is None else f"2026-01-{1 + row[2]:02d}" for row in rows]
    return Folded(NAMES, giver, receiver, np.array(days, "datetime64[D]"), count)


def by_hand(rows):
    counts = Counter()
    for giver, receiver, day, count in rows:
        counts[giver, receiver, "" if day is None else f"2026-01-{1 + day:02d}"] += count
    ties = {}
    for (giver, receiver, day), count in sorted(counts.items()):
        ties.setdefault((giver, receiver), {})[day] = count
    return [
        Tie(
            NAMES[giver],
            NAMES[receiver],
            tuple((day, count) for day, count in days.items() if day),
            days.get("", 0),
        )
        for (giver, receiver), days in ties.items()
    ]


@given(ROWS)
def test_rows_are_folded_as_one_by_one(rows):
    ties, expected = folded(rows), by_hand(rows)
    assert list(ties) == expected == [ties[at] for at in range(len(ties))]
    assert ties[::-1] == expected[::-1]
    assert ties[-1:] == expected[-1:]


@given(ROWS)
def test_ties_are_counted_alike_as_numbers_and_one_by_one(rows):
    ties = folded(rows)
    whole, told = Counted(ties), Counted(list(ties))
    for person in [*NAMES, "nobody"]:
        gave = [tie for tie in ties if tie.giver == person]
        got = [tie for tie in ties if tie.receiver == person]
        for counted in (whole, told):
            number, others = counted.given(person)
            assert number == sum(row[3] for row in rows if NAMES[row[0]] == person)
            assert others == [tie.receiver for tie in gave]
            number, others = counted.received(person)
            assert number == sum(row[3] for row in rows if NAMES[row[1]] == person)
            assert sorted(others) == sorted(tie.giver for tie in got)
        for other in [*NAMES, "nobody"]:
            here = [row[3] for row in rows if (NAMES[row[0]], NAMES[row[1]]) == (person, other)]
            assert (
                whole.between(person, other) == told.between(person, other) == (sum(here) or None)
            )


def test_maps_of_one_book_share_what_is_told_and_may_change_their_own(adviser):
    one, other = details.of(adviser, adviser.me), details.of(adviser, adviser.me)
    assert one.ties is other.ties
    assert one == other
    one.people.clear()
    assert details.of(adviser, adviser.me) == other
    named = dict.fromkeys(other.people, "all of them")
    assert {who.group for who in details.of(adviser, None, named).people.values()} == {
        "all of them"
    }
    assert details.of(adviser, adviser.me) == other
    window = details.of(adviser.window(since=date(2026, 1, 1)), adviser.me)
    assert 0 < sum(window.ties.total) < sum(other.ties.total)
