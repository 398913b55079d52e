"""What hangs on a person: by hand, as laws, and against trying every introduction."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, book_of, books

from refgraph import departure
from refgraph.analysis.leaving.bridged_pairs import choose_introductions, find_bridged
from refgraph.errors import OptionError, UnknownPersonError, WithheldError

DAY = TODAY - timedelta(days=9)


def rows_of(found, part):
    table = found.table[found.table["part"] == part]
    return [tuple(row) for row in table[["person", "with", "count"]].to_numpy().tolist()]


@st.composite
def wheels(draw, most=6):
    """Ties among the contacts of somebody."""
    size = draw(st.integers(2, most))
    ties = draw(st.sets(st.sampled_from([*combinations(range(size), 2)])))
    tied = np.zeros((size, size), bool)
    for one, other in ties:
        tied[one, other] = tied[other, one] = True
    return tied


def kept_by(tied, bridged, introductions):
    """Count bridged pairs that are within two steps once the introductions are made."""
    G = nx.from_numpy_array(tied)
    G.add_edges_from(introductions)
    return sum(
        1
        for one, other in np.argwhere(np.triu(bridged)).tolist()
        if nx.has_path(G, one, other) and nx.shortest_path_length(G, one, other) <= 2
    )


@given(wheels(), st.integers(0, 3))
def test_introductions_keep_what_is_said_and_none_could_keep_more_than_the_bound(tied, number):
    bridged = find_bridged(tied, np.arange(len(tied)))
    chosen = choose_introductions(tied, bridged, number)
    made = [(one, other) for one, other, _ in chosen.introductions]
    assert chosen.kept == kept_by(tied, bridged, made)
    assert chosen.kept == sum(gain for *_, gain in chosen.introductions)
    every = [*combinations(range(len(tied)), 2)]
    best = max(kept_by(tied, bridged, some) for some in combinations(every, len(made)))
    assert chosen.kept <= best <= chosen.bound <= chosen.pairs
    if len(made) == 1:
        assert chosen.kept == best


@given(wheels())
def test_enough_introductions_keep_every_pair(tied):
    bridged = find_bridged(tied, np.arange(len(tied)))
    chosen = choose_introductions(tied, bridged, len(tied) ** 2)
    assert chosen.kept == chosen.bound == chosen.pairs == np.triu(bridged).sum()


@given(books(), st.data())
def test_every_number_is_that_of_the_rows(book, data):
    people = sorted(map(str, book.people.index))
    if not people:
        return
    name = data.draw(st.sampled_from(people))
    if name == book.me:
        return
    found = departure.without_person(book, name)
    G = nx.Graph()
    G.add_nodes_from(people)
    G.add_edges_from(zip(book.referrals["giver"], book.referrals["receiver"], strict=True))
    G.remove_nodes_from([] if book.me is None else [book.me])
    contacts = set(G[name])
    assert found.contacts == len(contacts)
    heirs = rows_of(found, "take over")
    assert all(len(set(G[person]) & contacts) == number for person, _, number in heirs)
    assert name not in {*found.table["person"], *found.table["with"]}
    H = G.copy()
    H.remove_node(name)
    was = nx.node_connected_component(G, name) - {name}
    parts = [part for part in nx.connected_components(H) if part <= was]
    largest = max(map(len, parts), default=0)
    assert len(rows_of(found, "cut off")) == len(was) - largest
    rows = book.referrals
    won = rows[(rows["giver"] == name) & (rows["status"] == "won")]
    assert sum(number for *_, number in rows_of(found, "won")) == won["count"].sum()
    for one, other, _ in rows_of(found, "introduce"):
        assert {one, other} <= contacts
        assert not G.has_edge(one, other)


def test_what_hangs_on_one_person_by_hand():
    won = {"status": "won", "value": Decimal(500), "currency": "EUR"}
    rows = [
        (DAY, "Hub", "Ann", 2, won),
        (DAY, "Bo", "Hub", 1, {}),
        (DAY, "Hub", "Cy", 1, {}),
        (DAY, "Dee", "Cy", 1, {}),
        (DAY, "Bo", "Eve", 1, {}),
    ]
    people = [
        {"person": "Hub", "group": "Trades", "profession": "builder"},
        {"person": "Ann", "group": "Money"},
        {"person": "Dee", "group": "Trades", "profession": "builder"},
        {"person": "Eve"},
    ]
    found = departure.without_person(book_of(rows, people=people), "hub")
    assert rows_of(found, "cut off") == [("Ann", "", 2), ("Cy", "", 2), ("Dee", "", 1)]
    assert rows_of(found, "groups apart") == [("", "", 2)]
    assert rows_of(found, "won") == [("Ann", "", 2)]
    assert rows_of(found, "take over") == [("Dee", "", 1), ("Eve", "", 1)]
    assert rows_of(found, "introduce") == [("Ann", "Bo", 1), ("Ann", "Cy", 2)]
    because = dict(zip(found.table["part"], found.table["because"], strict=True))
    assert because["groups apart"] == "every referral between Money and Trades is from or to Hub"
    assert because["won"] == "won 2 referrals that Hub gave, worth 500 EUR"
    assert found.bridged.kept == found.bridged.bound == 3


def test_in_my_book_it_is_looked_at_without_me():
    rows = [(DAY, "Me", name, 1, {}) for name in ("Ann", "Bo")]
    found = departure.without_person(book_of(rows, me="Me"), "Ann")
    assert found.contacts == 0
    assert found.table.empty


def test_what_cannot_be_asked_is_refused():
    book = book_of([(DAY, "Me", "Ann", 1, {})], me="Me")
    with pytest.raises(OptionError, match="Me is the me of this book"):
        departure.without_person(book, "me")
    with pytest.raises(UnknownPersonError):
        departure.without_person(book, "Zed")
    with pytest.raises(OptionError, match="at least 0, not -1"):
        departure.without_person(book, "Ann", introductions=-1)


def test_in_health_nothing_is_told():
    book = book_of([(DAY, "Bo", "Ann", 1, {})])
    health = book.altered(settings=replace(book.settings, profile="health"))
    with pytest.raises(WithheldError):
        departure.without_person(health, "Ann")
