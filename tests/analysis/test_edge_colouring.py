"""Pairs put into weeks: what theorems promise is found, and the best are those of a search."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refgraph.analysis.pairing.edge_colouring import colour
from refgraph.analysis.pairing.most_worth import best_pairs, best_rounds


def placed(weeks):
    """Give all pairs, after seeing that nobody has two in a week."""
    for week in weeks:
        people = [person for pair in week for person in pair]
        assert len(people) == len(set(people))
    return sorted(pair for week in weeks for pair in week)


def most_of(pairs):
    """Count the pairs of whoever has most of them."""
    ends = [person for pair in pairs for person in pair]
    return max(map(ends.count, ends), default=0)


@st.composite
def graphs(draw, most=10):
    people = draw(st.integers(2, most))
    every = list(combinations(range(people), 2))
    return people, draw(st.lists(st.sampled_from(every), unique=True, max_size=len(every)))


@given(graphs())
def test_one_week_more_than_anybody_has_meetings_is_enough(graph):
    """Vizing (1964): the edges of a graph take at most one colour more than its largest degree."""
    people, pairs = graph
    weeks = colour(pairs, np.ones((most_of(pairs) + 1, people), bool))
    assert placed(weeks) == sorted(pairs)


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(6, 11)), min_size=1))
def test_between_two_groups_as_many_weeks_as_anybody_has_meetings_are_enough(pairs):
    """König (1916): of a bipartite graph the largest degree is the number of colours."""
    weeks = colour(sorted(pairs), np.ones((most_of(pairs), 12), bool))
    assert placed(weeks) == sorted(pairs)


@pytest.mark.parametrize("people", [2, 3, 4, 5, 6, 7, 8, 10])
def test_everybody_meets_everybody_in_the_fewest_weeks_there_are(people):
    pairs = list(combinations(range(people), 2))
    fewest = people - 1 if people % 2 == 0 else people
    for order in (pairs, pairs[::-1]):
        assert placed(colour(order, np.ones((fewest, people), bool))) == pairs


@given(graphs(most=7), st.data())
def test_who_is_never_there_has_no_meeting_and_keeps_nobody_else_from_theirs(graph, data):
    people, pairs = graph
    away = data.draw(st.sets(st.integers(0, people - 1), max_size=3))
    present = np.ones((most_of(pairs) + 1, people), bool)
    present[:, sorted(away)] = False
    left = sorted(pair for pair in pairs if not {*pair} & away)
    assert placed(colour(pairs, present)) == left


def test_nothing_to_place_is_as_many_empty_weeks():
    assert colour([], np.ones((3, 4), bool)) == [set(), set(), set()]
    assert colour([(0, 1)], np.ones((0, 2), bool)) == []
    assert colour([], np.ones((2, 0), bool)) == []


# ---------------------------------------------------------------------- the best of all


def worths(people, cells):
    worth = np.zeros((people, people), np.int64)
    for (one, other), value in zip(combinations(range(people), 2), cells, strict=True):
        worth[one, other] = worth[other, one] = value
    return worth


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 9), min_size=10, max_size=10),
    st.lists(st.integers(0, 3), min_size=5, max_size=5),
    st.lists(st.booleans(), min_size=10, max_size=10),
    st.booleans(),
)
def test_the_best_pairs_are_those_that_trying_all_finds(cells, most, allowed, exactly):
    """Of five people: of all sets of pairs that give nobody too many meetings, or too few."""
    worth, possible = worths(5, cells), worths(5, allowed) > 0
    every = [pair for pair in combinations(range(5), 2) if possible[pair]]
    best = -1
    for number in range(len(every) + 1):
        for some in combinations(every, number):
            has = np.bincount([person for pair in some for person in pair], minlength=5)
            if (has == most if exactly else has <= np.array(most)).all():
                best = max(best, sum(int(worth[pair]) for pair in some))
    pairs, bound = best_pairs(worth, np.array(most), possible, exactly=exactly)
    if not every:
        assert (pairs, bound) == ([], 0)
    elif best < 0:
        assert pairs == []  # nobody can have exactly so many
    else:
        assert sum(int(worth[pair]) for pair in pairs) == best == bound
        assert set(pairs) <= set(every)


@settings(max_examples=20)
@given(st.lists(st.integers(1, 9), min_size=6, max_size=6), st.integers(1, 3))
def test_the_best_weeks_of_four_are_those_of_the_three_ways_to_pair_them(cells, weeks):
    """Four people can be paired in three ways that share no pair: the best so many of them."""
    worth = worths(4, cells)
    ways = [((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2))]
    values = sorted((sum(int(worth[pair]) for pair in way) for way in ways), reverse=True)
    found, is_best = best_rounds(worth, np.ones((weeks, 4), bool))
    assert is_best
    assert sum(int(worth[pair]) for pair in placed(found)) == sum(values[:weeks])


def test_where_nobody_is_there_the_best_is_nothing():
    worth = worths(3, [5, 6, 7])
    assert best_rounds(worth, np.zeros((2, 3), bool)) == ([set(), set()], True)
    assert best_pairs(worth, np.zeros(3, np.int64), np.zeros((3, 3), bool)) == ([], 0)
