"""Three people: the census and how paths close; examples, laws, other libraries."""

from __future__ import annotations

from itertools import permutations
from math import comb

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from oracle import edge_case, graph_of, networks
from pandas.testing import assert_series_equal
from strategies import referral_rows

from refgraph import adjacency, referral_graph
from refgraph.analysis.reciprocity import triads

SHAPES = {  # drawn as the letters of the literature say
    "012": "AB",
    "102": "AB BA",
    "021D": "BA BC",
    "021U": "AB CB",
    "021C": "AB BC",
    "111D": "AB BA CB",
    "111U": "AB BA BC",
    "030T": "AB BC AC",
    "030C": "AB BC CA",
    "201": "AB BA BC CB",
    "120D": "BA BC AC CA",
    "120U": "AB CB AC CA",
    "120C": "AB BC AC CA",
    "210": "AB BC CB AC CA",
    "300": "AB BA BC CB AC CA",
}


@pytest.mark.parametrize(("kind", "ties"), SHAPES.items())
def test_each_type_is_drawn_and_counted(kind, ties):
    G = referral_graph([(a, b, 2) for a, b in ties.split()], people=[*"ABC"])
    counts = triads.census(G)
    assert counts[counts > 0].to_dict() == {kind: 1}


@pytest.mark.parametrize(
    ("kind", "paths"), [("111D", 1), ("201", 2), ("030C", 3), ("120C", 3), ("210", 4), ("300", 6)]
)
def test_the_paths_of_each_type_by_hand(kind, paths):
    G = referral_graph([(a, b, 1) for a, b in SHAPES[kind].split()])
    assert triads.overall(G)["paths"] == paths


def test_three_people_apart_and_fewer_than_three():
    assert triads.census(referral_graph([], people=[*"ABC"]))["003"] == 1
    for people in ("", "A", "AB"):
        G = referral_graph([("A", "B", 1)] if people == "AB" else [], people=[*people])
        assert triads.census(G).sum() == 0
        assert list(triads.census(G).index) == list(triads.TYPES)
        assert triads.overall(G)[["transitivity", "cyclic"]].isna().all()


@settings(max_examples=60)
@given(referral_rows())
def test_every_three_people_are_counted_once(rows):
    G = referral_graph(rows, people=["first", "second"])
    counts = triads.census(G)
    assert counts.sum() == comb(len(G), 3)
    assert (counts >= 0).all()
    if len(G) > 2:
        assert counts.to_dict() == nx.triadic_census(G)


@settings(max_examples=60)
@given(referral_rows())
def test_paths_and_rounds_by_their_definition(rows):
    G = referral_graph(rows)
    A = adjacency(G).toarray() > 0
    paths = [(i, k) for i, j, k in permutations(range(len(G)), 3) if A[i, j] and A[j, k]]
    found = triads.overall(G)
    assert found["paths"] == len(paths)
    assert found["closed"] == sum(A[i, k] for i, k in paths)
    assert found["cycles"] == np.linalg.matrix_power(A.astype(int), 3).trace() / 3
    if paths:
        assert found["transitivity"] == pytest.approx(np.mean([A[i, k] for i, k in paths]))
        assert found["cyclic"] == pytest.approx(np.mean([A[k, i] for i, k in paths]))


@settings(max_examples=30)
@given(referral_rows())
def test_reversing_turns_down_into_up(rows):
    G = referral_graph(rows)
    swap = {"021D": "021U", "111D": "111U", "120D": "120U"}
    both = swap | {there: here for here, there in swap.items()}
    back = triads.census(G.reverse()).rename(both)[list(triads.TYPES)]
    assert_series_equal(back, triads.census(G), check_index_type=False, check_names=False)
    assert_series_equal(triads.overall(G.reverse()), triads.overall(G))


@pytest.mark.parametrize("seed", range(3))
def test_on_larger_networks_it_is_what_networkx_and_igraph_count(seed):
    G = nx.gnp_random_graph(120, 0.06, seed=seed, directed=True)
    G.add_edges_from([(b, a) for a, b in list(G.edges)[::3]])
    counts = triads.census(G)
    assert counts.to_dict() == nx.triadic_census(G)
    igraph = pytest.importorskip("igraph", reason="igraph is not installed")
    H = igraph.Graph(n=120, edges=list(G.edges), directed=True)
    theirs = H.triad_census()
    assert counts.to_dict() == {kind: getattr(theirs, f"t{kind}") for kind in triads.TYPES}


@networks("triad_census")
def test_independent_implementations_agree(network):
    counts = triads.census(graph_of(network))
    assert counts.to_dict() == network["values"]["triad_census"]["value"]


def test_a_round_of_three_is_cyclic():
    case = edge_case("three_cycle")
    G = referral_graph([(*map(str, pair), w) for *pair, w in case["edges"]])
    assert triads.census(G)[case["expected"]["triad"]] == 1
    assert triads.overall(G)["cyclic"] == 1
