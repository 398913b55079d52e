"""More shortest ways than floating point counts: the shares that run through each stay right."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_series_equal
from strategies import referral_rows

from refgraph import referral_graph
from refgraph.analysis.connecting import betweenness as module
from refgraph.analysis.connecting.betweenness import betweenness
from refgraph.analysis.connecting.compiled import parallel_sources
from refgraph.analysis.connecting.compiled.numba_code import Compiled
from refgraph.analysis.connecting.compiled.shortest_ways import add_dependencies, seek
from refgraph.analysis.connecting.compiled.whole_ways import MOST_PATHS, summed, ways_of
from refgraph.graph.door import adjacency

IN_PYTHON = Compiled(seek, add_dependencies)
STEPS, WIDE = 1_030, 2
#: Python's loops, which stand here for the compiled ones, warn of what those pass over.
LOOPS_OVERFLOW = pytest.mark.filterwarnings("ignore:overflow encountered:RuntimeWarning")


def in_layers(steps, wide, *, weight=1):
    """Give layers of people, each of whom refers to all of the next layer."""
    return referral_graph(
        (f"{layer:04}{one}", f"{layer + 1:04}{other}", weight)
        for layer in range(steps)
        for one in range(wide)
        for other in range(wide)
    )


@pytest.fixture(scope="module")
def long_network():
    return in_layers(STEPS, WIDE)


@pytest.fixture
def few_are_counted(monkeypatch):
    """Let floating point count two paths and no more."""
    for each in (module, parallel_sources):
        monkeypatch.setattr(each, "MOST_PATHS", 2.0)


def enumerated(G, length=None):
    """Give the betweenness of everybody by writing down every shortest path."""
    through = Counter()
    for one, other in permutations(G, 2):
        if not nx.has_path(G, one, other):
            continue
        paths = list(nx.all_shortest_paths(G, one, other, weight=length))
        for path in paths:
            through.update(dict.fromkeys(path[1:-1], Fraction(1, len(paths))))
    pairs = (len(G) - 1) * (len(G) - 2)
    return {person: float(through[person] / pairs) for person in G} if pairs else None


def test_the_long_network_has_more_paths_than_floating_point_holds(long_network):
    from_end_to_end = WIDE ** (STEPS - 1)
    assert from_end_to_end > MOST_PATHS
    with pytest.raises(OverflowError):
        float(from_end_to_end)
    assert nx.shortest_path_length(long_network, "00000", f"{STEPS:04}1") == STEPS


def expected_of(layers, sources):
    """Give what somebody of the first layer depends on everybody: those behind, by halves."""
    one = np.repeat(np.arange(layers - 1, -1, -1.0), WIDE)
    one[:WIDE] = 0
    return one * sources, one**2 * sources


@pytest.mark.parametrize("weighted", [False, True])
def test_each_of_a_layer_has_half_of_the_ways_to_all_behind_it(long_network, weighted):
    start = np.array([0, 1])
    if weighted:
        found = module._weighted(long_network, start)
    else:
        found = module._unweighted(long_network, start, 16)
    for one, another in zip(found, expected_of(STEPS + 1, 2), strict=True):
        np.testing.assert_allclose(one, another, rtol=1e-12)


@LOOPS_OVERFLOW
def test_machine_code_leaves_to_whole_numbers_what_it_cannot_count(long_network):
    """And what it can count it counts: the last layers are near to each other."""
    step = (adjacency(long_network) > 0).astype(float)
    first, last = np.array([0, 1]), np.array([2 * STEPS - 4, 2 * STEPS - 3])
    ((total, squares),) = parallel_sources.dependencies(step, first, IN_PYTHON)
    for one, another in zip((total, squares), expected_of(STEPS + 1, 2), strict=True):
        np.testing.assert_allclose(one, another, rtol=1e-12)
    ((near, _),) = parallel_sources.dependencies(step, last, IN_PYTHON)
    assert near[-6:].tolist() == [0, 0, 2, 2, 0, 0]


@LOOPS_OVERFLOW
def test_a_room_is_empty_after_a_search_that_could_not_count(long_network, monkeypatch):
    """What comes after it, of the same group, is as if nothing had been."""
    monkeypatch.setattr(parallel_sources, "LANES", 1)
    G = referral_graph([*long_network.edges(data="weight"), ("x", "y", 1), ("y", "z", 1)])
    step, people = (adjacency(G) > 0).astype(float), list(G)
    ((alone, _),) = parallel_sources.dependencies(step, np.array([people.index("x")]), IN_PYTHON)
    both = np.array([0, people.index("x")])
    ((total, _),) = parallel_sources.dependencies(step, both, IN_PYTHON)
    assert alone.sum() == alone[people.index("y")] == 1
    assert total[people.index("y")] == 1
    assert total[2] == STEPS - 1


@pytest.mark.parametrize("steps", [1, 2, 5])
@pytest.mark.parametrize("wide", [1, 2, 4])
@pytest.mark.parametrize("weighted", [False, True])
def test_layers_have_the_betweenness_of_the_formula(steps, wide, weighted, few_are_counted):
    r"""A layer has before it :math:`d` and behind it :math:`D - d`, and each of it its share."""
    G = in_layers(steps, wide, weight=3)
    people = len(G)
    if people < 3:
        assert betweenness(G, weighted=weighted).isna().all()
        return
    of_layer = [wide * at * (steps - at) / ((people - 1) * (people - 2)) for at in range(steps + 1)]
    told = betweenness(G, weighted=weighted)
    assert told.tolist() == pytest.approx(np.repeat(of_layer, wide).tolist(), abs=1e-12)


@given(referral_rows(min_size=2))
def test_whole_numbers_and_products_agree(rows):
    G = referral_graph(rows)
    step, everybody = (adjacency(G) > 0).astype(float), np.arange(len(G))
    whole = summed(ways_of(step.indptr, step.indices), everybody.tolist())
    products = module._dependencies(step, everybody)
    for one, another in zip(whole, products, strict=False):
        np.testing.assert_allclose(one, another, rtol=1e-9, atol=1e-9)


@given(referral_rows(min_size=2), st.booleans())
def test_betweenness_is_that_of_all_paths_written_down(rows, weighted):
    G = referral_graph(rows)
    H = nx.DiGraph()
    H.add_nodes_from(G)
    for one, other, count in G.edges(data="weight"):
        H.add_edge(one, other, length=int(5040 / count) if 5040 % count == 0 else None)
    if weighted and any(length is None for *_, length in H.edges(data="length")):
        return
    expected = enumerated(H, "length" if weighted else None)
    told = betweenness(G, weighted=weighted)
    assert told.to_dict() == pytest.approx(expected, abs=1e-9) if expected else told.isna().all()


@pytest.mark.parametrize("seed", range(4))
def test_where_hardly_any_paths_are_counted_it_is_as_where_all_are(seed, monkeypatch):
    H = nx.gnp_random_graph(40, 0.1, seed=seed, directed=True)
    G = referral_graph((f"{one:02}", f"{other:02}", 1) for one, other in H.edges)
    all_counted = betweenness(G)
    asked = []
    monkeypatch.setattr(module, "MOST_PATHS", 2.0)
    monkeypatch.setattr(module, "summed", lambda *told: asked.append(told[1]) or summed(*told))
    assert_series_equal(betweenness(G, block=4), all_counted, rtol=0, atol=1e-11)
    assert 0 < sum(map(len, asked)) <= len(G)


def test_a_shorter_way_found_later_counts_alone():
    """To the last over two it is 2, over one 9, and straight 10: the longer ones are no ways."""
    ways = [[(1, 9), (2, 1), (4, 10)], [(4, 1)], [(3, 1)], [(4, 1), (1, 1)], []]
    total, squares = summed(ways, [0])
    assert total.tolist() == [0, 0, 3, 2, 0]
    assert squares.tolist() == [0, 0, 9, 4, 0]


def test_a_sample_of_a_long_network_has_numbers_too(long_network, monkeypatch):
    monkeypatch.setattr(module, "_MOST_WORK", {False: 10, True: 10})
    monkeypatch.setattr(module, "_MOST_SOURCES", 2)
    for weighted in (False, True):
        told = betweenness(long_network, weighted=weighted)
        assert told.between(0, 1).all()
        assert told.attrs["error"] > 0
    assert told.iloc[0] == told.iloc[-1] == 0
