"""Reciprocity of network, person and pair, and circulation: examples, laws, other libraries."""

from __future__ import annotations

import warnings
from collections import Counter
from math import isnan, nan

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import agrees, edge_case, graph_of, networks, value
from pandas.testing import assert_frame_equal, assert_series_equal
from strategies import referral_rows

from refgraph import adjacency, balance, referral_graph
from refgraph.analysis.reciprocity import circulation as rounds
from refgraph.analysis.reciprocity import reciprocity
from refgraph.errors import GraphError, SizeError
from refgraph.graph.pairs import fold, pairs

HAND = [("A", "B", 3), ("B", "A", 1), ("B", "C", 2), ("C", "D", 4), ("D", "C", 4)]


def foreign(people, edges):
    """A graph as another program might hand it over, whatever it warns of."""
    G = nx.MultiDiGraph()
    G.add_nodes_from(range(people))
    G.add_weighted_edges_from(edges)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return referral_graph(G)


# Worked by hand.


def test_a_network_of_four_by_hand():
    overall = reciprocity.overall(referral_graph(HAND))
    r, density = 4 / 5, 5 / 12
    chance = (5**2 - (1 + 4 + 1 + 1)) / (9 * 5)
    assert overall.to_dict() == pytest.approx(
        {
            "people": 4,
            "ties": 5,
            "mutual_pairs": 2,
            "one_way_pairs": 1,
            "null_pairs": 3,
            "density": density,
            "edge": r,
            "dyad": 2 / 3,
            "log_ratio": np.log(r / density),
            "rho": (r - density) / (1 - density),
            "katz_powell": (r - chance) / (1 - chance),
            "weighted": 10 / 14,
            "circulation": 10 / 14,
        }
    )


def test_each_person_of_four_by_hand():
    table = reciprocity.by_person(referral_graph(HAND, people=["E"]))
    assert table.loc["A"].to_dict() == pytest.approx(
        {
            "given": 3,
            "received": 1,
            "mutual": 1,
            "rate": 0.5,
            "answered": 1 / 3,
            "returned": 1,
            "one_way_out": 2,
            "one_way_in": 0,
        }
    )
    assert table.loc["E", ["rate", "answered", "returned"]].isna().all()
    assert table.loc["E", "given"] == 0


def test_each_pair_of_four_by_hand():
    table = reciprocity.by_pair(referral_graph(HAND))
    assert table[["a", "b"]].to_numpy().tolist() == [["A", "B"], ["B", "C"], ["C", "D"]]
    assert table["balance"].tolist() == [2, 2, 0]
    assert table["min_max"].tolist() == pytest.approx([1 / 3, 0, 1])
    assert table["coherence"].tolist() == pytest.approx([np.sqrt(3) / 2, 0, 1])
    assert table["rate"].tolist() == pytest.approx([1 / 2, 0, 1])


def test_a_ring_gives_back_what_its_weakest_tie_carries():
    G = referral_graph([("A", "B", 5), ("B", "C", 3), ("C", "A", 4)])
    assert reciprocity.circulation(G) == 9
    assert reciprocity.overall(G)[["weighted", "circulation"]].tolist() == [0, 0.75]


def test_rounds_may_share_people_but_not_referrals():
    rows = [("A", "B", 2), ("B", "A", 1), ("B", "C", 1), ("C", "A", 1), ("C", "D", 7)]
    assert reciprocity.circulation(referral_graph(rows)) == 5


@pytest.mark.parametrize("weight", [10.0**9, 10.0**12, 1e20, 1e300, 0.1, 1e-9])
def test_all_of_an_even_exchange_circulates_whatever_its_size(weight):
    rows = [("A", "B", weight), ("B", "C", weight), ("C", "A", weight), ("D", "A", weight)]
    overall = reciprocity.overall(referral_graph(rows))
    assert overall["circulation"] == pytest.approx(3 / 4, rel=1e-9)
    assert reciprocity.overall(referral_graph(rows[:3]))["circulation"] == 1


def test_what_goes_round_is_exact_whatever_the_sizes_of_the_weights():
    rows = [
        *(("1", "4", 183), ("2", "5", 554517), ("3", "6", 82), ("3", "7", 85093706), ("4", "3", 4)),
        *(("4", "5", 4), ("5", "1", 4), ("5", "4", 3742), ("5", "7", 54), ("6", "2", 8868)),
        *(("7", "1", 1), ("7", "5", 5)),
    ]
    whole = reciprocity.circulation(referral_graph(rows))
    parts = reciprocity.circulation(referral_graph([(a, b, w / 1000) for a, b, w in rows]))
    assert parts * 1000 == pytest.approx(whole, rel=1e-9)
    assert reciprocity.circulation(referral_graph([("a", "b", 1e16), ("b", "a", 0.5)])) == 1


def test_nearly_everything_is_not_everything():
    rows = [(f"{at}{a}", f"{at}{b}", 10**9) for at in range(700) for a, b in ("ab", "ba")]
    G = referral_graph([*rows, ("p", "q", 2), ("q", "p", 1)])
    assert reciprocity.circulation(G) == 1400 * 10**9 + 2


def test_what_the_solver_cannot_tell_is_not_known(monkeypatch):
    def fails(G, *, limit):
        msg = "no answer"
        raise SizeError(msg)

    monkeypatch.setattr(reciprocity, "circulation", fails)
    overall = reciprocity.overall(referral_graph(HAND))
    assert isnan(overall["circulation"])
    assert overall["edge"] == 4 / 5


# Laws.


@settings(max_examples=60)
@given(referral_rows())
def test_a_share_is_bounded_by_what_pairs_match_and_what_people_keep(rows):
    G = referral_graph(rows)
    overall, people = reciprocity.overall(G), reciprocity.by_person(G)
    if not rows:
        assert isnan(overall["circulation"])
        return
    kept = (people["given"] - people["received"]).abs().sum() / 2 / people["given"].sum()
    assert overall["weighted"] <= overall["circulation"] + 1e-12
    assert overall["circulation"] <= 1 - kept + 1e-12
    assert 0 <= overall["edge"] <= 1
    assert not overall["rho"] > 1


@settings(max_examples=30)
@given(referral_rows(min_size=1))
def test_the_circulation_is_that_of_the_network_simplex(rows):
    G = referral_graph(rows)
    H = nx.DiGraph()
    for giver, receiver, weight in G.edges(data="weight"):
        H.add_edge(giver, receiver, weight=-1, capacity=int(weight))
    assert reciprocity.circulation(G) == -nx.network_simplex(H)[0]


@settings(max_examples=30)
@given(referral_rows(min_size=1), st.sampled_from([0.5, 1e-6, 0.1, 1e9]))
def test_shares_do_not_depend_on_the_unit_of_the_weights(rows, unit):
    one = reciprocity.overall(referral_graph(rows))
    other = reciprocity.overall(referral_graph([(a, b, w * unit) for a, b, w in rows]))
    assert_series_equal(one, other, rtol=1e-7)


@settings(max_examples=40)
@given(referral_rows())
def test_reversing_swaps_what_is_answered_and_what_is_returned(rows):
    G = referral_graph(rows)
    forth, back = reciprocity.by_person(G), reciprocity.by_person(G.reverse())
    other = {
        "given": "received",
        "answered": "returned",
        "one_way_out": "one_way_in",
    }
    names = other | {there: here for here, there in other.items()}
    assert_frame_equal(back.rename(columns=names)[list(forth)], forth)


@settings(max_examples=40)
@given(referral_rows())
def test_people_pairs_and_network_tell_the_same_story(rows):
    G = referral_graph(rows)
    overall, people = reciprocity.overall(G), reciprocity.by_person(G)
    table = reciprocity.by_pair(G)
    mutual = table[["a_to_b", "b_to_a"]].min(axis=1)
    assert people["mutual"].sum() == 2 * mutual.sum()
    assert (mutual > 0).sum() == overall["mutual_pairs"]
    assert len(table) == overall["mutual_pairs"] + overall["one_way_pairs"]
    n = len(G)
    assert overall[["mutual_pairs", "one_way_pairs", "null_pairs"]].sum() == n * (n - 1) / 2
    assert (people["one_way_out"] + people["mutual"] == people["given"]).all()
    assert (table[["min_max", "coherence", "rate"]] <= 1).all(axis=None)
    assert ((table["rate"] > 0) == (mutual > 0)).all()
    columns = ["a", "b", "a_to_b", "b_to_a", "balance", "rate"]
    assert_frame_equal(balance.by_pair(G), table[columns])


@settings(max_examples=40)
@given(referral_rows())
def test_arrays_fold_into_the_pairs_of_the_graph(rows):
    G = referral_graph(rows)
    place = {person: at for at, person in enumerate(G)}
    arrays = [[place[a] for a, *_ in rows], [place[b] for _, b, _ in rows], [w for *_, w in rows]]
    one, other = pairs(G), fold(len(G), *arrays)
    assert one.people == other.people
    for name in ("a", "b", "a_to_b", "b_to_a"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    W = adjacency(G).toarray()
    assert one.a_to_b.tolist() == W[one.a, one.b].tolist()
    assert one.b_to_a.tolist() == W[one.b, one.a].tolist()
    expected = reciprocity.overall(G).drop("circulation")
    assert_series_equal(reciprocity.of_pairs(other), expected)


@pytest.mark.parametrize("people", [5, 2**31])  # few, and more than fit beside their counts
@settings(max_examples=20)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 4), st.integers(0, 4), st.sampled_from([1, 2, 7, 0.5, 2.0**40])
        ).filter(lambda row: row[0] != row[1])
    )
)
def test_counts_of_every_size_are_summed_by_pair(people, rows):
    wanted = Counter()
    for giver, receiver, count in rows:
        wanted[giver, receiver] += count
    found = fold(people, *([row[at] for row in rows] for at in range(3)))
    both = zip(found.a.tolist(), found.b.tolist(), strict=True)
    assert list(both) == sorted({(min(pair), max(pair)) for pair in wanted})
    assert found.a_to_b.tolist() == [wanted[pair] for pair in zip(found.a, found.b, strict=True)]
    assert found.b_to_a.tolist() == [wanted[pair] for pair in zip(found.b, found.a, strict=True)]


@pytest.mark.parametrize("people", [0, 1, 3])
def test_without_referrals_there_are_columns_and_no_answers(people):
    G = referral_graph([], people=[f"p{n}" for n in range(people)])
    overall = reciprocity.overall(G)
    assert overall[4:].drop("density").isna().sum() == 7 + (
        overall["null_pairs"] != overall.iloc[4]
    )
    assert overall["null_pairs"] == people * (people - 1) / 2
    assert overall[["edge", "rho", "katz_powell", "circulation", "log_ratio"]].isna().all()
    table = reciprocity.by_person(G)
    assert table.shape == (people, 8)
    shares = ["rate", "answered", "returned"]
    assert {*table[shares].dtypes, *reciprocity.by_pair(G).dtypes[5:]} == {np.dtype(float)}
    counts = [*table.drop(columns=shares).dtypes, *reciprocity.by_pair(G).dtypes[2:5]]
    assert {*counts} == {np.dtype(int)}


# Other libraries.


@networks()
def test_independent_implementations_agree_on_the_network(network):
    overall = reciprocity.overall(graph_of(network))
    census = network["values"]["dyad_census"]["value"]
    counts = overall[["mutual_pairs", "one_way_pairs", "null_pairs"]].tolist()
    assert counts == [census["M"], census["A"], census["N"]]
    for ours, theirs in {
        "edge": "reciprocity_edge",
        "dyad": "reciprocity_dyad_nonnull",
        "density": "sna_density",
        "log_ratio": "reciprocity_log_ratio",
        "rho": "rho_garlaschelli_loffredo",
        "katz_powell": "rho_katz_powell",
        "weighted": "weighted_reciprocity",
        "circulation": "circulation_share",
    }.items():
        tolerance = 1e-8 if theirs == "circulation_share" else None
        assert agrees(overall[ours], network, theirs, tolerance), theirs
    assert reciprocity.circulation(graph_of(network)) == value(network, "circulation_max")


@networks()
def test_independent_implementations_agree_on_each_person(network):
    ones = reciprocity.by_person(graph_of(network, weighted=False))
    assert agrees(ones["rate"], network, "node_reciprocity")
    table, split = (
        reciprocity.by_person(graph_of(network)),
        network["values"]["node_strength_split"],
    )
    for ours, theirs in {
        "mutual": "s_reciprocated",
        "one_way_out": "s_out_nonrecip",
        "one_way_in": "s_in_nonrecip",
    }.items():
        assert table[ours].tolist() == pytest.approx(split[theirs], abs=1e-8), theirs


@pytest.mark.parametrize(
    "name",
    ["empty", "no_edges_3", "sink_source_isolate", "self_loops", "three_cycle", "multi_edges"],
)
def test_the_edge_cases_follow_the_conventions(name):
    case = edge_case(name)
    overall = reciprocity.overall(foreign(case["nodes"], case["edges"]))
    expected = case.get("convention")
    if not isinstance(expected, dict):
        expected = case.get("expected", case.get("expected_after_aggregation"))
    expected = {**case.get("expected_after_aggregation", {}), **expected}
    for ours, theirs in {
        "edge": "reciprocity",
        "rho": "rho",
        "dyad": "reciprocity_dyad_nonnull",
    }.items():
        if theirs in expected:
            known = nan if expected[theirs] is None else expected[theirs]
            assert overall[ours] == pytest.approx(known, nan_ok=True), theirs
    if "dyad_census" in expected:
        counts = overall[["mutual_pairs", "one_way_pairs", "null_pairs"]].tolist()
        assert counts == expected["dyad_census"]


def test_a_complete_network_has_no_excess_over_chance():
    G = nx.complete_graph(4, nx.DiGraph)
    overall = reciprocity.overall(G)
    assert overall["edge"] == 1
    assert overall[["rho", "katz_powell"]].isna().all()


def test_the_edge_case_worked_by_hand():
    case = edge_case("weighted_dyads_hand")
    G = foreign(case["nodes"], case["edges"])
    expected, people, table = case["expected"], reciprocity.by_person(G), reciprocity.by_pair(G)
    assert reciprocity.overall(G)["weighted"] == pytest.approx(expected["weighted_r"])
    assert people["mutual"].tolist() == expected["s_reciprocated"]
    assert people["one_way_out"].tolist() == expected["s_out_nonrecip"]
    assert people["one_way_in"].tolist() == expected["s_in_nonrecip"]
    ratios = list(expected["dyad_ratio_min_over_max"].values())
    assert table["min_max"].tolist() == pytest.approx(ratios)
    coherence = list(expected["dyad_coherence_2sqrt_over_sum"].values())
    assert table["coherence"].tolist() == pytest.approx(coherence)
    assert reciprocity.circulation(G) == expected["circulation_max"]


def test_zero_weights_are_no_ties_and_are_counted():
    case = edge_case("zero_weights")
    G = nx.DiGraph()
    G.add_weighted_edges_from(case["edges"])
    with pytest.warns(UserWarning, match="2"):
        overall = reciprocity.overall(G)
    assert overall["edge"] == case["expected"]["reciprocity_after_drop"]


@pytest.mark.parametrize("seed", range(5))
def test_on_simple_graphs_it_is_what_networkx_and_igraph_say(seed):
    igraph = pytest.importorskip("igraph", reason="igraph is not installed")
    G = nx.gnp_random_graph(30, 0.15, seed=seed, directed=True)
    overall = reciprocity.overall(G)
    assert overall["edge"] == pytest.approx(nx.overall_reciprocity(G))
    H = igraph.Graph(n=30, edges=list(G.edges), directed=True)
    assert overall["edge"] == pytest.approx(H.reciprocity())
    assert overall["dyad"] == pytest.approx(H.reciprocity(mode="ratio"))
    assert tuple(overall[["mutual_pairs", "one_way_pairs", "null_pairs"]]) == H.dyad_census()


@pytest.mark.peer
def test_networkx_counts_loops_in_the_denominator_only():
    G = nx.DiGraph([(0, 1), (1, 0), (1, 1), (2, 2)])
    assert nx.overall_reciprocity(G) == 0.5
    with pytest.warns(UserWarning, match="2"):
        assert reciprocity.overall(G)["edge"] == 1


@pytest.mark.peer
def test_networkx_takes_undirected_and_parallel_ties_in_silence():
    assert nx.overall_reciprocity(nx.path_graph(4)) == 0.0
    with pytest.raises(GraphError, match="directed"):
        reciprocity.overall(nx.path_graph(4))
    G = nx.MultiDiGraph([(0, 1), (0, 1), (1, 0), (1, 2), (1, 2), (0, 3), (3, 2)])
    assert nx.overall_reciprocity(G) == pytest.approx(2 / 7)
    assert reciprocity.overall(G)["edge"] == pytest.approx(2 / 5)


@pytest.mark.peer
def test_igraph_counts_loops_as_mutual_when_told_to_keep_them():
    igraph = pytest.importorskip("igraph", reason="igraph is not installed")
    H = igraph.Graph(edges=[(0, 1), (1, 2), (2, 2)], directed=True)
    assert H.reciprocity(ignore_loops=False) == pytest.approx(1 / 3)
    assert H.reciprocity() == 0


# Failures.


def test_a_network_too_large_for_rounds_has_none_and_says_so(monkeypatch):
    G = referral_graph(HAND)
    monkeypatch.setattr(reciprocity, "LIMIT", 4)
    assert isnan(reciprocity.overall(G)["circulation"])
    with pytest.raises(SizeError, match=r"at most 4 ties, and there are 5.*limit=None"):
        rounds.circulation(G, limit=4)
    assert rounds.circulation(G, limit=None) == 10


@pytest.mark.parametrize(
    ("arrays", "sentence"),
    [
        (([0, 1], [1]), "two lists of one length"),
        (([0, 3], [1, 0]), "from 0 to 2"),
        (([-1], [0]), "from 0 to 2"),
        (([0, 1], [1, 1]), "person 1 cannot refer to themselves"),
        (([0, 1], [1, 0], [1.0]), "1 counts for 2"),
        (([0, 1], [1, 0], [1.0, nan]), "finite numbers above 0"),
        (([0, 1], [1, 0], 0), "finite numbers above 0"),
    ],
)
def test_arrays_that_are_no_referrals_are_refused(arrays, sentence):
    with pytest.raises(GraphError, match=sentence):
        fold(3, *arrays)
