"""connectors: betweenness, and the other parts a score can be made of."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from heapq import heappop, heappush
from itertools import permutations
from math import isnan, nan

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import agrees, graph_of, networks, value
from pandas.testing import assert_frame_equal, assert_series_equal
from strategies import referral_rows

from refgraph import referral_graph
from refgraph.analysis.connecting import articulation, betweenness, connectors, participation
from refgraph.errors import GraphError, OptionError, SizeError, UnknownPersonError

three = st.lists(st.sampled_from(["", "north", "south"]), min_size=6, max_size=6)


def in_groups(G, drawn):
    return pd.Series(drawn[: len(G)], index=list(G), dtype=object)


def weighted_graph(seed, people=9, density=0.3, weights=(1, 2, 3, 4, 6)):
    rng = np.random.default_rng(seed)
    H = nx.gnp_random_graph(people, density, seed=seed, directed=True)
    rows = [(f"p{u}", f"p{v}", weights[rng.integers(len(weights))]) for u, v in H.edges]
    return referral_graph(rows, people=[f"p{at}" for at in H])


def shortest_by_hand(G, source):
    """Distance from the source to everybody, and the number of shortest paths, in fractions."""
    far, paths, heap = {}, {source: 1}, [(Fraction(0), source)]
    best = {source: Fraction(0)}
    while heap:
        distance, person = heappop(heap)
        if person in far:
            continue
        far[person] = distance
        for other, tie in G.succ[person].items():
            length = distance + 1 / Fraction(tie["weight"])
            if other not in best or length < best[other]:
                best[other], paths[other] = length, 0
                heappush(heap, (length, other))
            if length == best[other]:
                paths[other] += paths[person]
    return far, paths


def betweenness_by_hand(G):
    known = {person: shortest_by_hand(G, person) for person in G}
    found = dict.fromkeys(G, Fraction(0))
    for s, v, t in permutations(G, 3):
        far, paths = known[s]
        if t in far and v in far and t in known[v][0] and far[v] + known[v][0][t] == far[t]:
            found[v] += Fraction(paths[v] * known[v][1][t], paths[t])
    n = len(G)
    return {person: float(each) / ((n - 1) * (n - 2)) for person, each in found.items()}


def assert_types(table):
    whole = {"groups_linked", "given", "received", "reach", "brokerage"}
    whole |= {"cut_off", "cut_off_referrals"}
    for name, kind in table.dtypes.items():
        assert kind == (np.int64 if name in whole else np.float64), name


def test_the_person_between_two_groups_is_the_connector():
    rows = [("Ann", "Bo", 1), ("Bo", "Cy", 1), ("Cy", "Dee", 1)]
    table = connectors.rank(referral_graph(rows), {"Ann": "n", "Bo": "n", "Cy": "s", "Dee": "s"})
    # Ann-Bo-Cy, Ann-Bo-Dee run through Bo; Ann-Cy-Dee, Bo-Cy-Dee through Cy; of 3 x 2 pairs
    assert table["betweenness"].to_dict() == pytest.approx(
        {"Bo": 1 / 3, "Cy": 1 / 3, "Ann": 0, "Dee": 0}
    )
    assert table["groups_linked"].to_dict() == {"Bo": 1, "Cy": 1, "Ann": 0, "Dee": 0}
    assert table["score"].to_dict() == {"Bo": 0.875, "Cy": 0.875, "Ann": 0.375, "Dee": 0.375}


@settings(max_examples=25)
@given(referral_rows())
def test_the_score_is_the_mean_of_the_percentile_ranks(rows):
    G = referral_graph(rows)
    group = {person: ["north", "south", ""][at % 3] for at, person in enumerate(G)}
    table = connectors.rank(G, group)

    def percentile(values, value):
        below, same = sum(v < value for v in values), sum(v == value for v in values)
        return (below + (same + 1) / 2) / len(values)

    expected = {}
    for person in G:
        around = {group[other] for other in [*G.succ[person], *G.pred[person]]}
        assert table.loc[person, "groups_linked"] == len(around - {group[person], ""})
        parts = [
            percentile(table[part].tolist(), table.loc[person, part])
            for part in connectors.PARTS
            if not isnan(table.loc[person, part])
        ]
        expected[person] = sum(parts) / len(parts)
    assert table["score"].to_dict() == pytest.approx(expected, abs=1e-11)
    order = [(-score, person) for person, score in table["score"].items()]
    assert order == sorted(order)
    assert table.index.name == "person"


@pytest.mark.parametrize("block", [1, 2, 7, 500])
def test_the_block_of_sources_does_not_matter(block):
    G = referral_graph(nx.gnp_random_graph(30, 0.1, seed=1, directed=True))
    found = connectors.betweenness(G, block=block)
    assert found.to_dict() == pytest.approx(nx.betweenness_centrality(G), abs=1e-12)


def test_long_chains_and_many_paths_stay_exact():
    chain = nx.path_graph(80, create_using=nx.DiGraph)
    layers = nx.DiGraph(  # 4 ** 25 shortest paths from end to end
        ((depth, a), (depth + 1, b)) for depth in range(26) for a in range(4) for b in range(4)
    )
    for H in (chain, layers):
        G = referral_graph(H)
        assert connectors.betweenness(G).to_dict() == pytest.approx(
            nx.betweenness_centrality(H), abs=1e-12
        )


def test_people_without_a_group_link_the_groups_of_others():
    G = referral_graph([("Ann", "Bo", 1), ("Cy", "Ann", 1), ("Ann", "Dee", 1)])
    group = pd.Series({"Bo": "north", "Cy": "south", "Dee": ""})
    assert connectors.groups_linked(G, group).to_dict() == {"Ann": 2, "Bo": 0, "Cy": 0, "Dee": 0}


def test_two_people_have_no_one_between_them_but_a_score():
    table = connectors.rank(referral_graph([("Ann", "Bo", 1)]), {"Ann": "a", "Bo": "b"})
    assert table["betweenness"].isna().all()
    assert table["score"].tolist() == [0.75, 0.75]


THIRDS = [("Ann", "Bo", 3), ("Bo", "Cy", 3), ("Cy", "Dee", 3), ("Ann", "Dee", 1)]


def test_ways_of_the_same_length_are_shared_exactly():
    # From Ann to Dee: 1/3 + 1/3 + 1/3 over Bo and Cy, or 1. Of 3 x 2 ordered pairs of others.
    found = betweenness.betweenness(referral_graph(THIRDS), weighted=True)
    assert found.to_dict() == pytest.approx({"Ann": 0, "Bo": 1.5 / 6, "Cy": 1.5 / 6, "Dee": 0})


@pytest.mark.peer
def test_networkx_misses_ways_of_the_same_length():
    # six times 1/6 is less than 1 in floating point
    six = [("s", "a", 6), ("a", "b", 6), ("b", "c", 6), ("c", "d", 6), ("d", "e", 6), ("e", "t", 6)]
    G = referral_graph([*six, ("s", "t", 1)])
    H = nx.DiGraph([(u, v, {"length": 1 / w}) for u, v, w in G.edges(data="weight")])
    theirs = nx.betweenness_centrality(H, weight="length")
    assert theirs != pytest.approx(betweenness_by_hand(G), abs=1e-6)
    ours = betweenness.betweenness(G, weighted=True).to_dict()
    assert ours == pytest.approx(betweenness_by_hand(G), abs=1e-12)


@pytest.mark.parametrize("seed", range(25))
def test_weighted_betweenness_is_that_of_exact_fractions(seed):
    weights = [(1, 2, 3, 4, 6), (0.5, 1.5, 0.25), (0.1, 0.3, 7)][seed % 3]
    G = weighted_graph(seed, weights=weights)
    found = betweenness.betweenness(G, weighted=True)
    assert found.to_dict() == pytest.approx(betweenness_by_hand(G), abs=1e-11)


@settings(max_examples=25)
@given(referral_rows(), st.integers(1, 5))
def test_with_all_ties_alike_weights_change_nothing(rows, weight):
    G = referral_graph(rows)
    alike = referral_graph([(u, v, weight) for u, v in G.edges], people=list(G))
    assert_series_equal(
        betweenness.betweenness(alike, weighted=True), betweenness.betweenness(G), atol=2e-12
    )


@networks("betweenness_directed")
def test_betweenness_is_that_of_eight_others(network):
    G = graph_of(network)
    pairs = (len(G) - 1) * (len(G) - 2)
    assert agrees(betweenness.betweenness(G) * pairs, network, "betweenness_directed")


@networks("betweenness_directed_inverse_weight")
def test_weighted_betweenness_is_the_exact_one_of_others(network):
    G = graph_of(network)
    pairs = (len(G) - 1) * (len(G) - 2)
    found = betweenness.betweenness(G, weighted=True) * pairs
    assert agrees(found, network, "betweenness_directed_inverse_weight")


@pytest.mark.parametrize("seed", range(6))
def test_igraph_finds_the_same_weighted_betweenness(seed):
    igraph = pytest.importorskip("igraph")
    G = weighted_graph(seed, people=30, density=0.15)
    at = {person: number for number, person in enumerate(G)}
    graph = igraph.Graph(len(G), [(at[u], at[v]) for u, v in G.edges], directed=True)
    theirs = graph.betweenness(weights=[1 / w for *_, w in G.edges(data="weight")])
    ours = betweenness.betweenness(G, weighted=True) * (len(G) - 1) * (len(G) - 2)
    assert ours.tolist() == pytest.approx(theirs, abs=1e-8)


def test_fractions_that_have_no_short_common_measure_are_refused(monkeypatch):
    G = referral_graph([("Ann", "Bo", 0.1), ("Bo", "Cy", 0.3), ("Cy", "Dee", 0.7)])
    assert betweenness.betweenness(G, weighted=True).max() == pytest.approx(1 / 3)
    monkeypatch.setattr(betweenness, "_MOST_BITS", 400)
    with pytest.raises(SizeError, match="whole numbers"):
        betweenness.betweenness(G, weighted=True)


def test_connectors_still_gives_betweenness():
    assert connectors.betweenness is betweenness.betweenness


def test_participation_by_hand():
    rows = [
        ("Ann", "Bo", 3),
        ("Ann", "Cy", 1),
        ("Ann", "Dee", 9),
        ("Bo", "Ann", 2),
        ("Cy", "Ann", 2),
    ]
    group = {"Ann": "north", "Bo": "north", "Cy": "south", "Dee": ""}
    table = participation.participation(referral_graph(rows), group)
    assert table["participation_out"].tolist() == pytest.approx(
        [1 - 9 / 16 - 1 / 16, 0, 0, nan], nan_ok=True
    )
    assert table["participation_in"].tolist() == pytest.approx([0.5, 0, 0, 0])


@given(referral_rows(), three)
def test_participation_by_its_definition(rows, drawn):
    G = referral_graph(rows)
    group = in_groups(G, drawn)
    table = participation.participation(G, group)
    for column, ties in (("participation_out", G.succ), ("participation_in", G.pred)):
        for person in G:
            to = {"north": 0, "south": 0}
            for other, tie in ties[person].items():
                if group[other]:
                    to[group[other]] += tie["weight"]
            total = sum(to.values())
            spread = 1 - sum((s / total) ** 2 for s in to.values()) if total else nan
            assert table.loc[person, column] == pytest.approx(spread, nan_ok=True, abs=1e-11)
    assert_types(table)
    back = participation.participation(G.reverse(), group)
    assert back["participation_in"].tolist() == pytest.approx(
        table["participation_out"].tolist(), nan_ok=True
    )


@networks("participation_out", "participation_in")
def test_participation_is_that_of_others_but_for_the_undefined(network):
    G = graph_of(network)
    group = dict(zip(G, map(str, network["groups"]), strict=True))
    table = participation.participation(G, group)
    totals = {"participation_out": G.out_degree, "participation_in": G.in_degree}
    for column, degree in totals.items():
        assert table[column].isna().tolist() == [not degree(person) for person in G]
        assert agrees(table[column].fillna(0), network, column)


def cut_off_by_hand(G, person):
    H = nx.Graph(G.edges)
    H.add_nodes_from(G)
    around = nx.node_connected_component(H, person) - {person}
    parts = map(sorted, nx.connected_components(H.subgraph(around)))
    kept_first = sorted(parts, key=lambda part: (-len(part), part[0]))
    return sorted(other for part in kept_first[1:] for other in part)


def test_who_would_be_cut_off_by_hand():
    #  Ann - Bo - Cy - Ann and Cy - Dee - Eve, Dee - Fay; Gus - Hal apart
    rows = [
        *[("Ann", "Bo", 1), ("Bo", "Cy", 1), ("Cy", "Ann", 1), ("Dee", "Cy", 2), ("Dee", "Eve", 3)],
        *[("Fay", "Dee", 5), ("Dee", "Fay", 1), ("Gus", "Hal", 7)],
    ]
    G = referral_graph(rows, people=["Zoe"])
    table = articulation.articulation(G)
    assert table["cut_off"].to_dict() == {
        "Ann": 0,
        "Bo": 0,
        "Cy": 2,
        "Dee": 2,
        "Eve": 0,
        "Fay": 0,
        "Gus": 0,
        "Hal": 0,
        "Zoe": 0,
    }
    assert table.loc["Cy", "cut_off_referrals"] == 1 + 1 + 1 + 0  # Ann and Bo: as few as Dee's
    assert articulation.cut_off(G, "Cy") == ["Ann", "Bo"]
    assert articulation.cut_off(G, "Dee") == ["Eve", "Fay"]
    assert table.loc["Dee", "cut_off_referrals"] == 3 + 6


def test_of_parts_as_large_the_one_with_the_first_person_stays():
    # Bo ties Ann, Dee - Eve and Fay - Cy: Cy comes before Dee, though Fay comes after her
    rows = [
        ("Ann", "Bo", 1),
        ("Bo", "Dee", 2),
        ("Dee", "Eve", 4),
        ("Bo", "Fay", 8),
        ("Fay", "Cy", 16),
    ]
    G = referral_graph(rows)
    assert articulation.cut_off(G, "Bo") == ["Ann", "Dee", "Eve"]
    assert articulation.articulation(G).loc["Bo"].tolist() == [3, 1 + 2 + 4]


def tree_like(seed):
    rng = np.random.default_rng(seed)
    people = int(rng.integers(1, 14))
    H = nx.gnp_random_graph(people, 1.3 / people, seed=seed, directed=True)
    rows = [(f"{u:02}", f"{v:02}", int(rng.integers(1, 6))) for u, v in H.edges]
    return referral_graph(rows, people=[f"{at:02}" for at in H])


@pytest.mark.parametrize("seed", range(120))
def test_who_would_be_cut_off_is_found_by_taking_each_one_out(seed):
    G = tree_like(seed)
    table = articulation.articulation(G)
    for person in G:
        gone = cut_off_by_hand(G, person)
        assert articulation.cut_off(G, person) == gone
        lost = sum(w for u, v, w in G.edges(data="weight") if {u, v} & {*gone})
        assert table.loc[person].tolist() == [len(gone), lost]
    cutting = table.index[table["cut_off"] > 0].tolist()
    assert cutting == sorted(nx.articulation_points(nx.Graph(G.edges)))


@networks("articulation_points_underlying")
def test_articulation_points_are_those_of_others(network):
    table = articulation.articulation(graph_of(network))
    found = np.flatnonzero(table["cut_off"] > 0)
    assert (
        found.tolist() == np.atleast_1d(value(network, "articulation_points_underlying")).tolist()
    )


@settings(max_examples=25)
@given(referral_rows())
def test_who_is_cut_off_does_not_depend_on_the_direction(rows):
    G = referral_graph(rows)
    assert_frame_equal(articulation.articulation(G.reverse()), articulation.articulation(G))


def test_a_long_chain_is_cut_in_the_middle():
    G = referral_graph([(f"{at:05}", f"{at + 1:05}", 0.5) for at in range(4000)])
    table = articulation.articulation(G)
    expected = [min(at, 4000 - at) for at in range(4001)]
    assert table["cut_off"].tolist() == expected
    assert table["cut_off_referrals"].tolist() == [0.5 * each for each in expected]


def test_nobody_is_cut_off_from_nobody():
    for people in ([], ["Ann"], ["Ann", "Bo"]):
        table = articulation.articulation(referral_graph([], people=people))
        assert table.to_numpy().tolist() == [[0, 0]] * len(people)
        assert_types(table)
    assert articulation.cut_off(referral_graph([], people=["Ann"]), "Ann") == []
    with pytest.raises(UnknownPersonError, match="Zoe"):
        articulation.cut_off(referral_graph([("Ann", "Bo", 1)]), "Zoe")


@given(referral_rows(), three)
def test_reach_is_everybody_of_other_groups_within_two_steps(rows, drawn):
    G = referral_graph(rows)
    group = in_groups(G, drawn)
    found = connectors.reach(G, group)
    for person in G:
        near = nx.single_source_shortest_path_length(G, person, cutoff=2)
        others = [k for k in near if k != person and group[k] and group[k] != group[person]]
        assert found[person] == len(others)


@pytest.mark.parametrize("block", [1, 7, 29, 30, 500])
def test_the_block_of_givers_does_not_matter(block):
    G = referral_graph(nx.gnp_random_graph(30, 0.05, seed=3, directed=True))
    group = {person: "abc"[person % 3] for person in G}
    found = connectors.reach(G, group, block=block)
    assert_series_equal(found, connectors.reach(G, group))
    assert found.sum() > 30


EXTRA = [part for part in connectors.ALL_PARTS if part not in {"brokerage", "constraint"}]


@settings(max_examples=25)
@given(referral_rows(), three, st.sets(st.sampled_from(EXTRA), min_size=1))
def test_only_the_parts_asked_for_count(rows, drawn, parts):
    G = referral_graph(rows)
    table = connectors.rank(G, in_groups(G, drawn), parts=sorted(parts))
    always = ["score", "betweenness", "groups_linked", "given", "received"]
    more = [part for part in connectors.ALL_PARTS[2:] if part in parts]
    beside = ["cut_off_referrals"] * ("cut_off" in parts)
    ranks = [f"{part}_rank" for part in connectors.ALL_PARTS if part in parts]
    assert list(table) == [*always, *more, *beside, *ranks]
    assert connectors.ranks(table) == ranks
    mean = table[ranks].mean(axis=1)
    assert table["score"].tolist() == pytest.approx(mean.tolist(), nan_ok=True, abs=1e-11)
    asked = table[sorted(parts)].dropna(axis=1, how="all")
    score = asked.rank(pct=True, na_option="top").mean(axis=1)
    assert table["score"].tolist() == pytest.approx(score.tolist(), nan_ok=True, abs=1e-11)
    default = connectors.rank(G, in_groups(G, drawn))
    assert_frame_equal(table[always[1:]].loc[list(G)], default[always[1:]].loc[list(G)])
    assert_types(table)


@settings(max_examples=30)
@given(referral_rows(min_size=1))
def test_nobody_without_a_referral_comes_before_somebody_with_one(rows):
    G = referral_graph(rows, people=["Xaver alone", "Yves alone"])
    group = {person: "ns"[at % 2] for at, person in enumerate(G)}
    table = connectors.rank(G, group, parts=connectors.ALL_PARTS)
    apart = ["Xaver alone", "Yves alone"]
    assert table.index[-2:].tolist() == apart
    assert table.loc[apart, ["score", *connectors.ranks(table)]].isna().to_numpy().all()
    assert table["score"].drop(apart).notna().all()


@settings(max_examples=30)
@given(referral_rows(min_size=1))
def test_nobody_is_ahead_of_people_who_have_no_referral(rows):
    group = {name: "nsw"[len(name) % 3] for row in rows for name in row[:2]}
    few = connectors.rank(referral_graph(rows), group, parts=["groups_linked", "reach"])
    G = referral_graph(rows, people=[f"alone {at}" for at in range(5)])
    more = connectors.rank(G, group, parts=["groups_linked", "reach"])
    assert more["score"].dropna().to_dict() == few["score"].to_dict()


@settings(max_examples=30)
@given(referral_rows())
def test_those_who_lead_are_ahead_of_all_after_them(rows):
    G = referral_graph(rows)
    table = connectors.rank(G, {person: "ns"[at % 2] for at, person in enumerate(G)})
    best, level = connectors.leading(table)
    score = table["score"]
    if not connectors.anybody(table):
        assert (best, level) == ([], 0)
        return
    assert best == table.index[: len(best)].tolist()
    assert level == (score == score.max()).sum()
    assert len(best) <= 2
    assert (score.drop(best) < score[best].min()).all() if best else level > 2


def test_a_foreign_graph_is_warned_of_once():
    G = nx.DiGraph([("b", "a"), ("a", "c"), ("c", "c")])
    with pytest.warns(UserWarning, match="self-referral") as told:
        table = connectors.rank(G, dict.fromkeys(G, "x"), parts=connectors.ALL_PARTS)
    assert len(told) == 1
    assert set(table.index) == set(G)


def test_brokerage_is_counted_whatever_the_groups():
    G = referral_graph([("A", "B", 1), ("B", "C", 1)])
    table = connectors.rank(G, {"A": "x", "B": "x"}, parts=["brokerage"])
    assert table["brokerage"].to_dict() == {"B": 1, "A": 0, "C": 0}


def test_betweenness_by_referrals_where_it_is_asked_for():
    G = referral_graph([("Ann", "Bo", 3), ("Bo", "Cy", 3), ("Ann", "Cy", 1)])
    group = dict.fromkeys(G, "x")
    assert connectors.rank(G, group)["betweenness"]["Bo"] == 0
    assert connectors.rank(G, group, weighted=True)["betweenness"]["Bo"] == 0.5


@pytest.mark.parametrize("block", [0, -1])
def test_a_block_is_at_least_one_person(block):
    G = referral_graph([("Ann", "Bo", 3), ("Bo", "Cy", 3)])
    for work in (
        lambda: connectors.betweenness(G, block=block),
        lambda: connectors.reach(G, {}, block=block),
    ):
        with pytest.raises(OptionError, match="1 person or more"):
            work()


def test_every_part_counts_and_less_constraint_connects_more():
    rows = [
        ("Ann", "Bo", 1),
        ("Bo", "Cy", 1),
        ("Cy", "Ann", 1),
        ("Cy", "Dee", 1),
        ("Dee", "Eve", 1),
    ]
    G = referral_graph(rows)
    group = {"Ann": "n", "Bo": "n", "Cy": "n", "Dee": "s", "Eve": "s"}
    table = connectors.rank(G, group, parts=connectors.ALL_PARTS)
    beside = ["given", "received", "score", "cut_off_referrals", *connectors.ranks(table)]
    assert set(table) == {*connectors.ALL_PARTS, *beside}
    by_constraint = connectors.rank(G, group, parts=["constraint"])
    assert by_constraint["constraint"].is_monotonic_increasing
    assert by_constraint["score"].is_monotonic_decreasing
    assert table["brokerage"].to_dict() == {"Ann": 1, "Bo": 1, "Cy": 2, "Dee": 1, "Eve": 0}


def test_parts_in_any_order_and_twice_are_the_same():
    G = weighted_graph(2)
    group = {person: "ab"[at % 2] for at, person in enumerate(G)}
    one = connectors.rank(G, group, parts=["cut_off", "reach", "reach"])
    assert_frame_equal(connectors.rank(G, group, parts=("reach", "cut_off")), one)


def test_an_unknown_part_is_told_the_known_ones():
    G = referral_graph([("Ann", "Bo", 1)])
    for parts in (["reach", "charm"], "charm", ["cut_off_referrals"]):
        with pytest.raises(OptionError, match=r"betweenness, groups_linked, reach, .*cut_off$"):
            connectors.rank(G, parts=parts)
    with pytest.raises(OptionError, match="no part"):
        connectors.rank(G, parts=[])


def test_no_people_are_no_rows_of_the_same_columns():
    parts = EXTRA
    none = connectors.rank(referral_graph([]), {}, parts=parts)
    some = connectors.rank(referral_graph([("Ann", "Bo", 1)]), {"Ann": "x"}, parts=parts)
    assert (none.dtypes == some.dtypes).all()
    assert len(none) == 0


def test_a_foreign_graph_is_measured_without_its_loops():
    H = nx.DiGraph([("c", "b"), ("b", "a"), ("a", "d")])
    group = {"a": "n", "b": "s", "c": "s", "d": "n"}
    plain = connectors.rank(H, group, parts=EXTRA)
    H.add_edge("b", "b")
    with pytest.warns(UserWarning, match="1 self-referral"):
        looped = connectors.rank(H, group, parts=EXTRA)
    assert_frame_equal(looped, plain)
    with pytest.raises(GraphError):
        articulation.articulation(nx.Graph([("a", "b")]))


def test_given_groups_nothing_is_detected():
    code = (
        "import sys; from refgraph import connectors, referral_graph;"
        "assert 'scipy' not in sys.modules;"
        "G = referral_graph([('a', 'b', 1), ('b', 'c', 1)]); connectors.rank(G, {'a': 'x'});"
        "assert 'sknetwork' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
