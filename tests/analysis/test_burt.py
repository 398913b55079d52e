"""Structural holes: by hand, by law, and what networkx and igraph compute."""

from __future__ import annotations

from math import isnan, nan

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import agrees, edge_case, graph_of, networks, paper
from pandas.testing import assert_frame_equal
from strategies import referral_rows

from refgraph import referral_graph
from refgraph.analysis.connecting import structural_holes
from refgraph.errors import GraphError, OptionError

COLUMNS = ["constraint", "effective_size", "efficiency", "hierarchy"]
MATRIX = pytest.mark.skipif(  # another code of theirs, with faults of its own, came before it
    tuple(map(int, nx.__version__.split(".")[:2])) < (3, 6),
    reason="networkx is older than 3.6",
)
SCOPES = st.sampled_from(["whole", "ego"])


def by_definition(G, scope):
    """Sum over contacts and those between, person by person."""
    W = nx.to_numpy_array(G) if len(G) else np.zeros((0, 0))
    Z, n = W + W.T, len(G)
    table = np.full((n, 4), nan)
    for i in range(n):
        near = np.flatnonzero(Z[i]).tolist()
        if not near:
            continue
        p = Z[i] / Z[i].sum()
        c, size = [], 0.0
        for j in near:
            through = 0.0
            redundant = 0.0
            for q in near:
                if q != j:
                    ends = range(n) if scope == "whole" else [i, *near]
                    through += p[q] * Z[q, j] / sum(Z[q, k] for k in ends)
                    redundant += p[q] * Z[j, q] / Z[j].max()
            c.append((p[j] + through) ** 2)
            size += 1 - redundant
        x = np.array(c) / np.mean(c)
        near_by = len(near)
        spread = (x * np.log(x)).sum() / (near_by * np.log(near_by)) if near_by > 1 else 1
        table[i] = sum(c), size, size / near_by, spread
    return table


def directed(rows, people):
    return referral_graph([(f"{u}", f"{v}", w) for u, v, w in rows], people=map(str, range(people)))


def close(ours, theirs, tolerance=1e-9):
    return np.allclose(
        np.asarray(ours, dtype=float),
        np.asarray(theirs, dtype=float),
        atol=tolerance,
        equal_nan=True,
    )


def test_one_between_two_strangers_is_half_constrained():
    G = referral_graph([("Ann", "Bo", 1), ("Cy", "Ann", 1)], people=["Di"])
    table = structural_holes.by_person(G)
    assert table.loc["Ann"].tolist() == [0.5, 2, 1, 0]
    assert table.loc["Bo"].tolist() == [1, 1, 1, 1]
    assert table.loc["Di"].isna().all()


def test_a_triangle_is_constrained_above_1():
    table = structural_holes.by_person(nx.DiGraph(["AB", "BC", "CA"]))
    assert table["constraint"].tolist() == [1.125] * 3
    assert table["effective_size"].tolist() == [1] * 3
    assert table["hierarchy"].tolist() == [0] * 3


def test_only_the_own_network_counts_in_scope_ego():
    G = referral_graph([("A", "B", 1), ("B", "C", 1), ("C", "A", 1), ("C", "D", 2)])
    # C spends 1 of its 2 in A's network on B, and 1 of its 4 in the whole
    whole, ego = (
        structural_holes.by_person(G, scope=each).loc["A", "constraint"]
        for each in ("whole", "ego")
    )
    assert whole == pytest.approx((1 / 2 + 1 / 8) ** 2 + (1 / 2 + 1 / 4) ** 2)
    assert ego == pytest.approx((1 / 2 + 1 / 4) ** 2 * 2)


@given(referral_rows(), SCOPES)
def test_it_is_the_definition(rows, scope):
    G = referral_graph(rows)
    assert close(structural_holes.by_person(G, scope=scope), by_definition(G, scope))


@settings(max_examples=40)
@given(referral_rows(), SCOPES)
def test_names_do_not_matter(rows, scope):
    G = referral_graph(rows)
    names = {person: f"z{len(G) - at:04}" for at, person in enumerate(G)}
    H = referral_graph(nx.relabel_nodes(G, names))
    table = structural_holes.by_person(H, scope=scope).loc[[names[person] for person in G]]
    assert close(table, structural_holes.by_person(G, scope=scope))


@settings(max_examples=40)
@given(referral_rows(), SCOPES)
def test_neither_direction_nor_unit_nor_a_pair_apart_changes_anything(rows, scope):
    G = referral_graph(rows)
    table = structural_holes.by_person(G, scope=scope)
    assert_frame_equal(structural_holes.by_person(G.reverse(), scope=scope), table)
    scaled = referral_graph([(u, v, 7 * w) for u, v, w in rows])
    assert close(structural_holes.by_person(scaled, scope=scope), table)
    apart = referral_graph([*rows, ("\U0010fffd1", "\U0010fffd2", 3)])
    assert close(structural_holes.by_person(apart, scope=scope).loc[list(G)], table)


@settings(max_examples=40)
@given(referral_rows(), SCOPES)
def test_unweighted_is_every_tie_once(rows, scope):
    G = referral_graph(rows)
    ones = referral_graph([(u, v, 1) for u, v in G.edges])
    one = structural_holes.by_person(G, scope=scope, weighted=False)
    assert_frame_equal(one, structural_holes.by_person(ones, scope=scope))


@MATRIX
@settings(max_examples=40)
@given(referral_rows(min_size=1))
def test_networkx_has_the_same_constraint_on_the_whole(rows):
    G = referral_graph(rows)
    for weight in (None, "weight"):
        table = structural_holes.by_person(G, weighted=weight is not None)
        assert close(table["constraint"], list(nx.constraint(G, weight=weight).values()))


@settings(max_examples=40)
@given(referral_rows(min_size=1))
def test_igraph_has_the_same_constraint_on_the_whole(rows):
    igraph = pytest.importorskip("igraph")
    G = referral_graph(rows)
    H = igraph.Graph.from_networkx(G)
    assert close(structural_holes.by_person(G)["constraint"], H.constraint(weights="weight"))
    assert close(structural_holes.by_person(G, weighted=False)["constraint"], H.constraint())


@networks("constraint_weighted", "burt_hierarchy_weighted")
@pytest.mark.parametrize(
    ("name", "column", "options"),
    [
        ("constraint_unweighted", "constraint", {"weighted": False}),
        ("constraint_weighted", "constraint", {}),
        ("constraint_weighted_ego_scope", "constraint", {"scope": "ego"}),
        ("effective_size_unweighted", "effective_size", {"weighted": False}),
        ("effective_size_weighted", "effective_size", {}),
        ("burt_hierarchy_weighted", "hierarchy", {}),
    ],
)
def test_independent_implementations_agree(network, name, column, options):
    assert agrees(structural_holes.by_person(graph_of(network), **options)[column], network, name)


def test_the_table_of_borgatti():
    table = paper("borgatti1997_fig")
    ties = zip(table["edges_undirected"], table["weights"], strict=True)
    G = referral_graph([row for (u, v), w in ties for row in ((u, v, w), (v, u, w))])
    for suffix, weighted in (("", False), ("_weighted", True)):
        ours = structural_holes.by_person(G, weighted=weighted)
        for column in ("constraint", "effective_size"):
            theirs = table["expected"][column + suffix]
            assert close(ours.loc[list(theirs), column], list(theirs.values()), 6e-3)


def test_the_directed_case_of_three():
    table = paper("networkx_ucinet_directed")
    G = directed(table["edges"], 3)
    for suffix, weighted in (("", False), ("_weighted", True)):
        for column in ("constraint", "effective_size"):
            ours = structural_holes.by_person(G, weighted=weighted)[column]
            assert close(ours, table["expected"][column + suffix], 6e-4)


def test_the_complete_four_and_the_path_of_four():
    expected = paper("igraph_constraint_tests")["expected"]
    four = nx.complete_graph(4).to_directed()
    assert close(structural_holes.by_person(four)["constraint"], [expected["K4"]] * 4, 1e-6)
    path = nx.path_graph(4).to_directed()
    assert close(structural_holes.by_person(path)["constraint"], expected["path4"])


def test_sinks_sources_and_isolates():
    case = edge_case("sink_source_isolate")
    table = structural_holes.by_person(directed(case["edges"], 5))
    assert close(table["constraint"], case["convention"]["constraint"])
    assert close(table["effective_size"], case["convention"]["effective_size"])


@pytest.mark.parametrize("people", [0, 1, 3])
@pytest.mark.parametrize("scope", ["whole", "ego"])
def test_people_without_ties_have_no_value(people, scope):
    table = structural_holes.by_person(nx.empty_graph(people, create_using=nx.DiGraph), scope=scope)
    assert list(table) == COLUMNS
    assert table.index.name == "person"
    assert [each.name for each in table.dtypes] == ["float64"] * 4
    assert table.isna().all(axis=None)


def test_very_large_counts_stay_finite():
    G = referral_graph([("A", "B", 1.5e308), ("B", "C", 1.5e308), ("C", "A", 1.5e308)])
    assert structural_holes.by_person(G)["constraint"].tolist() == [1.125] * 3


def test_an_unknown_scope_and_an_undirected_graph_are_refused():
    with pytest.raises(OptionError, match='choose "whole" or "ego"'):
        structural_holes.by_person(nx.DiGraph(), scope="two")
    with pytest.raises(GraphError):
        structural_holes.by_person(nx.Graph([(1, 2)]))


LOOPS = [(0, 1, 1), (1, 0, 1), (1, 1, 1), (2, 2, 1)]


def weighted_digraph(rows):
    G = nx.DiGraph()
    G.add_weighted_edges_from(rows)
    return G


@MATRIX
@pytest.mark.peer
def test_networkx_effective_size_divides_by_the_wrong_axis():
    G = weighted_digraph([(0, 1, 2), (0, 2, 2), (1, 0, 1), (2, 1, 1)])  # networkx PR 8906
    right = list(nx.effective_size(G, nodes=list(G), weight="weight").values())
    assert close(structural_holes.by_person(G)["effective_size"], right)
    assert not close(list(nx.effective_size(G, weight="weight").values()), right, 0.01)


@pytest.mark.peer
def test_networkx_has_no_constraint_for_a_sink_that_is_asked_for():
    G = nx.DiGraph([(0, 1)])
    assert isnan(nx.constraint(G, nodes=[1])[1])
    assert structural_holes.by_person(G).loc[1, "constraint"] == 1


@pytest.mark.peer
def test_networkx_counts_a_loop_twice_and_igraph_gives_0_for_nothing_but_a_loop():
    G = weighted_digraph(LOOPS)
    with pytest.warns(UserWarning, match="self-referral"):
        ours = structural_holes.by_person(G)["constraint"]
    assert close(ours, [1, 1, nan])
    assert nx.constraint(G)[1] == pytest.approx(2.125)
    igraph = pytest.importorskip("igraph")
    assert igraph.Graph([(0, 1), (1, 0), (1, 1), (2, 2)], directed=True).constraint() == [1, 1, 0]


@MATRIX
@pytest.mark.peer
def test_networkx_loses_a_person_whose_loop_is_a_quarter():
    G = weighted_digraph([(0, 1, 0.25), (1, 0, 0.25), (0, 0, 0.25)])
    with pytest.warns(UserWarning, match="self-referral"):
        ours = structural_holes.by_person(G)["constraint"]
    assert ours.tolist() == [1, 1]
    with np.errstate(all="ignore"):
        assert isnan(nx.constraint(G, weight="weight")[0])


@pytest.mark.peer
def test_igraph_takes_a_weight_of_zero_for_a_tie():
    rows = [(0, 1, 1), (1, 2, 0), (2, 0, 1), (0, 2, 0)]
    with pytest.warns(UserWarning, match="weight 0"):
        ours = structural_holes.by_person(weighted_digraph(rows))["constraint"]
    assert ours.tolist() == [0.5, 1, 1]
    igraph = pytest.importorskip("igraph")
    H = igraph.Graph([row[:2] for row in rows], directed=True)
    assert H.constraint(weights=[w for *_, w in rows]) == pytest.approx([0.5, 1.25, 1.25])
