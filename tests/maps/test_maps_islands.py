"""People stand in the area of their island, and areas fill the page."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.maps.kinds.connectors.islands import divided, parts, positions

PAGE = (40.0, 100.0, 1560.0, 900.0)


@st.composite
def networks(draw, most=14):
    n = draw(st.integers(1, most))
    person = st.integers(0, n - 1)
    ties = draw(
        st.lists(st.tuples(person, person).filter(lambda tie: tie[0] != tie[1]), max_size=n)
    )
    group = draw(st.lists(st.integers(-1, 3), min_size=n, max_size=n))
    one, other = np.array(ties, dtype=np.int64).reshape(-1, 2).T
    return n, one, other, np.array(group)


@given(networks())
def test_islands_are_the_components_of_ties_and_groups(network):
    n, one, other, group = network
    G = nx.empty_graph(n)
    G.add_edges_from(zip(one.tolist(), other.tolist(), strict=True))
    G.add_edges_from((i, j) for i in range(n) for j in range(i) if group[i] == group[j] >= 0)
    found = parts(n, one, other, group)
    assert sorted(set(found.tolist())) == [*range(nx.number_connected_components(G))]
    assert {frozenset(np.flatnonzero(found == k).tolist()) for k in set(found.tolist())} == {
        frozenset(part) for part in nx.connected_components(G)
    }


@given(st.lists(st.floats(0.1, 1000), min_size=1, max_size=30))
def test_areas_are_as_large_as_they_need_and_none_meets_another(need):
    found = np.array(divided(np.array(need), PAGE))
    sizes = (found[:, 2] - found[:, 0]) * (found[:, 3] - found[:, 1])
    whole = (PAGE[2] - PAGE[0]) * (PAGE[3] - PAGE[1])
    assert sizes == pytest.approx(np.array(need) / sum(need) * whole, rel=1e-6)
    middle = (found[:, None, :2] + found[:, None, 2:]) / 2
    inside = (found[None, :, :2] < middle) & (middle < found[None, :, 2:])
    assert (inside.all(axis=2) == np.eye(len(need), dtype=bool)).all()


@given(networks())
def test_no_island_stands_among_the_people_of_another(network):
    n, one, other, group = network
    radius, names = np.full(n, 8.0), np.full((n, 2), (60.0, 13.0))
    at = positions(radius, names, (one, other, np.ones(len(one))), group, PAGE, around=17.0)
    assert ((np.array(PAGE[:2]) <= at) & (at <= np.array(PAGE[2:]))).all()
    island = parts(n, one, other, group)
    those = [at[island == k] for k in range(island.max() + 1)]
    low, high = (np.array([end(each, axis=0) for each in those]) for end in (np.min, np.max))
    meets = (low[:, None] <= high[None, :]) & (low[None, :] <= high[:, None])
    assert (meets.all(axis=2) == np.eye(len(those), dtype=bool)).all()


def test_one_island_has_the_page():
    assert divided(np.ones(1), PAGE) == [PAGE]
    assert divided(np.ones(0), PAGE) == []


def test_nobody_needs_no_area():
    nobody = np.zeros(0, dtype=np.int64)
    ties = (nobody, nobody, np.zeros(0))
    found = positions(np.zeros(0), np.zeros((0, 2)), ties, nobody, PAGE, around=17.0)
    assert found.shape == (0, 2)
