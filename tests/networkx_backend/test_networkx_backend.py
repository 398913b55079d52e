"""NetworkX asks refgraph, and gets what it would have found itself, or what is right."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from importlib.metadata import entry_points

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.networkx_backend import functions, interface
from refgraph.networkx_backend.info import get_info

#: Each function, with the arguments that are taken.
CALLS = [
    *((name, {}) for name in functions.__all__ if name != "effective_size"),
    ("reciprocity", {"nodes": [0, 1]}),
    ("betweenness_centrality", {"normalized": False}),
    ("constraint", {"weight": "weight"}),
    ("pagerank", {"weight": None, "personalization": {0: 1, 1: 2}, "dangling": {1: 1}}),
]
#: Files of tests of NetworkX, and how many of each pass here with 3.4 already; the others ask
#: for what is left to NetworkX.
SUITE = {
    "tests.test_reciprocity": 5,
    "tests.test_structuralholes": 12,
    "tests.test_triads": 3,
    "centrality.tests.test_betweenness_centrality": 11,
    "centrality.tests.test_degree_centrality": 7,
    "link_analysis.tests.test_pagerank": 15,
}


@pytest.fixture(autouse=True)
def _converted_anew():
    with nx.config(cache_converted_graphs=False):
        yield


@st.composite
def graphs(draw):
    people = draw(st.integers(2, 8))
    ends = st.tuples(st.integers(0, people - 1), st.integers(0, people - 1))
    ties = draw(st.dictionaries(ends.filter(lambda tie: tie[0] != tie[1]), st.integers(1, 5)))
    G = nx.DiGraph() if draw(st.booleans()) else nx.Graph()
    G.add_nodes_from(draw(st.permutations(range(people))))
    G.add_weighted_edges_from((*tie, weight) for tie, weight in ties.items())
    return G


def answer(name, G, backend, **options):
    try:
        return getattr(nx, name)(G, backend=backend, **options)
    except (nx.NetworkXError, ZeroDivisionError) as error:
        return str(error)


def is_same(one, other):
    if isinstance(one, dict):
        return list(one) == list(other) and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, abs_tol=1e-9) or (math.isnan(one) and math.isnan(other))
    return one == other


@pytest.mark.parametrize(("name", "options"), CALLS)
@given(G=graphs())
def test_networkx_finds_the_same(name, options, G):
    if interface.can_run(name, (G,), options) is True:
        found = [answer(name, G, backend, **options) for backend in ("networkx", "refgraph")]
        if name == "constraint" and isinstance(found[0], dict):  # before 3.6, NaN for the others
            found = [{one: told[one] for one in G if len(G[one])} for told in found]
        assert is_same(*found), found


@pytest.mark.parametrize("option", ["nstart", "personalization", "dangling"])
@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")  # of NetworkX, which goes on
def test_a_walk_that_begins_with_nobody_fails_as_in_networkx(option):
    G = nx.path_graph(3, create_using=nx.DiGraph)
    kinds = []
    for backend in ("networkx", "refgraph"):
        with pytest.raises((ZeroDivisionError, nx.PowerIterationFailedConvergence)) as told:
            nx.pagerank(G, backend=backend, **{option: dict.fromkeys(G, 0)})
        kinds.append(told.type)
    assert kinds[0] is kinds[1]


def size_by_hand(G, person, weight):
    """Give Burt's effective size by its formula, in plain Python."""

    def both(one, other):
        ways = [(one, other), (other, one)]
        return sum(G.edges[way].get(weight, 1) for way in ways if G.has_edge(*way))

    contacts = {*nx.all_neighbors(G, person)}
    total = sum(both(person, each) for each in contacts)
    if not contacts:
        return math.nan
    return sum(
        1
        - sum(
            both(person, third)
            / total
            * both(each, third)
            / max(both(each, other) for other in G if other != each)
            for third in contacts - {each}
        )
        for each in contacts
    )


@given(G=graphs(), weight=st.sampled_from([None, "weight"]))
def test_the_effective_size_is_that_of_its_formula(G, weight):
    found = nx.effective_size(G, weight=weight, backend="refgraph")
    assert is_same(found, {person: size_by_hand(G, person, weight) for person in G})
    some = [*G][:2]
    assert nx.effective_size(G, nodes=some, weight=weight, backend="refgraph").keys() == {*some}


@pytest.mark.peer
def test_networkx_has_two_answers_for_the_effective_size():
    G = nx.DiGraph([(1, 2), (2, 1), (1, 3), (2, 3)])
    whole, named = (nx.effective_size(G, nodes=nodes) for nodes in (None, [1, 3]))
    assert whole[1] == pytest.approx(4 / 3)
    assert named[1] == pytest.approx(7 / 6)  # 1 - 1/3 * 1/2 and 1 - 2/3 * 1
    assert math.isnan(named[3])  # who is only sent to
    assert nx.effective_size(G, backend="refgraph") == pytest.approx({1: 7 / 6, 2: 7 / 6, 3: 1})


@pytest.mark.parametrize(
    ("name", "G", "options", "why"),
    [
        ("betweenness_centrality", nx.path_graph(3), {"k": 2}, "k is left to NetworkX"),
        ("betweenness_centrality", nx.path_graph(3), {"endpoints": True}, "endpoints is left"),
        ("reciprocity", nx.path_graph(3), {}, "not defined for an undirected graph"),
        ("constraint", nx.MultiGraph([(1, 2), (1, 2)]), {}, "no parallel edges"),
        ("constraint", nx.DiGraph([(1, 1)]), {}, "from somebody to themselves"),
        ("closeness_centrality", nx.path_graph(3), {}, "no closeness_centrality here"),
    ],
)
def test_what_is_not_taken_says_why(name, G, options, why):
    assert why in interface.can_run(name, (G,), options)
    with pytest.raises((NotImplementedError, nx.NetworkXError)):
        getattr(nx, name)(G, backend="refgraph", **options)


@pytest.mark.parametrize("weight", [0, -1, float("nan"), float("inf")])
def test_a_weight_that_is_none_is_left_to_networkx(weight):
    G = nx.DiGraph([(1, 2, {"weight": weight}), (2, 1)])
    with pytest.raises(NotImplementedError, match="not above 0 and finite"):
        interface.convert_from_nx(G, edge_attrs={"weight": 1})
    with pytest.raises(NotImplementedError):
        nx.constraint(G, weight="weight", backend="refgraph")


def test_a_graph_kept_with_weights_is_none_without_them():
    G = nx.DiGraph([(1, 2, {"weight": 9}), (1, 3), (3, 1), (2, 1)])
    with nx.config(cache_converted_graphs=True, warnings_to_ignore={"cache"}):
        nx.pagerank(G, backend="refgraph")
        found = nx.pagerank(G, weight=None, backend="refgraph")
    assert is_same(found, nx.pagerank(G, weight=None))


def test_only_a_large_graph_is_worth_the_way_here():
    small, large = (nx.gnm_random_graph(60, ties, seed=1, directed=True) for ties in (9, 2000))
    assert interface.should_run("constraint", (large,), {}) is True
    assert "small" in interface.should_run("constraint", (small,), {})
    assert "counts as quickly" in interface.should_run("degree_centrality", (large,), {})
    kept = interface.convert_from_nx(large)
    assert interface.should_run("degree_centrality", (kept,), {}) is True
    assert interface.convert_to_nx(kept) is large


def test_the_backend_is_found_and_lists_its_functions():
    (entry,) = entry_points(group="networkx.backends", name="refgraph")
    assert entry.load() is interface
    assert sorted(get_info()["functions"]) == functions.__all__


@pytest.mark.parametrize("suite", SUITE)
def test_the_tests_of_networkx_pass_here(tmp_path, suite):
    run = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "--pyargs"]
    done = subprocess.run(
        [*run, f"networkx.algorithms.{suite}"],
        env={**os.environ, "NETWORKX_TEST_BACKEND": "refgraph"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    (passed,) = re.findall(r"(\d+) passed", done.stdout)
    assert int(passed) >= SUITE[suite], done.stdout[-200:]
