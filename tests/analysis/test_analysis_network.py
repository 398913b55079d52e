"""balance, reciprocity, connectors and groups: examples, laws, and what others compute."""

from __future__ import annotations

from math import isnan, nan

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from pandas.testing import assert_frame_equal, assert_series_equal
from strategies import referral_rows

from refgraph import referral_graph
from refgraph.analysis.connecting import connectors
from refgraph.analysis.reciprocity import balance, reciprocity

ANN_BO_CY = [("Ann", "Bo", 3), ("Bo", "Ann", 1), ("Ann", "Cy", 2)]


def renamed(G, prefix="z"):
    """Names in the opposite order."""
    names = {person: f"{prefix}{len(G) - at:04}" for at, person in enumerate(G)}
    return referral_graph(nx.relabel_nodes(G, names)), names


def test_ann_gave_five_and_got_one_back():
    G = referral_graph(ANN_BO_CY, people=["Dee"])
    assert balance.by_person(G).loc["Ann"].to_dict() == pytest.approx(
        {"given": 5, "received": 1, "balance": 4, "rate": 2 / 6}
    )
    assert isnan(balance.by_person(G).loc["Dee", "rate"])


def test_a_pair_is_told_once_as_the_first_of_the_two_sees_it():
    rows = [*ANN_BO_CY, ("Zoe", "Ann", 4)]
    assert balance.by_pair(referral_graph(rows)).to_dict("records") == [
        {"a": "Ann", "b": "Bo", "a_to_b": 3, "b_to_a": 1, "balance": 2, "rate": 0.5},
        {"a": "Ann", "b": "Cy", "a_to_b": 2, "b_to_a": 0, "balance": 2, "rate": 0},
        {"a": "Ann", "b": "Zoe", "a_to_b": 0, "b_to_a": 4, "balance": -4, "rate": 0},
    ]


@given(referral_rows())
def test_everything_given_is_received(rows):
    table = balance.by_person(referral_graph(rows))
    total = sum(count for *_, count in rows)
    assert table["given"].sum() == table["received"].sum() == total
    assert table["balance"].sum() == 0
    assert table["rate"].dropna().between(0, 1).all()


@settings(max_examples=25)
@given(referral_rows())
def test_reversing_swaps_giving_and_receiving(rows):
    G = referral_graph(rows)
    table, back = balance.by_person(G), balance.by_person(G.reverse())
    columns = ["given", "received", "rate"]
    swapped = back.rename(columns={"given": "received", "received": "given"})
    assert_frame_equal(swapped[columns], table[columns])
    assert_series_equal(back["balance"], -table["balance"])
    forth, back = reciprocity.overall(G), reciprocity.overall(G.reverse())
    one_sided = "katz_powell"  # it keeps what each one gives, not what they receive
    assert_series_equal(back.drop(one_sided), forth.drop(one_sided))


@settings(max_examples=25)
@given(referral_rows())
def test_pairs_add_up_to_people(rows):
    G = referral_graph(rows)
    pairs, people = balance.by_pair(G), balance.by_person(G)
    assert (pairs["a"] < pairs["b"]).all()
    given_by = (
        pairs.groupby("a")["a_to_b"].sum().add(pairs.groupby("b")["b_to_a"].sum(), fill_value=0)
    )
    assert given_by.reindex(people.index, fill_value=0).tolist() == people["given"].tolist()
    mutual = 4 * np.minimum(pairs["a_to_b"], pairs["b_to_a"]).sum()
    assert mutual == pytest.approx((people["rate"] * (people["given"] + people["received"])).sum())


@settings(max_examples=25)
@given(referral_rows())
def test_names_do_not_matter(rows):
    G = referral_graph(rows)
    H, names = renamed(G)
    assert_series_equal(reciprocity.overall(H), reciprocity.overall(G))
    assert_frame_equal(
        balance.by_person(H).loc[[names[person] for person in G]].set_axis(list(G)),
        balance.by_person(G).set_axis(list(G)),
    )
    group = {person: "AB"[at % 2] for at, person in enumerate(G)}
    one = connectors.rank(G, group)
    other = connectors.rank(H, {names[person]: each for person, each in group.items()})
    assert_frame_equal(other.loc[[names[person] for person in one.index]].set_axis(one.index), one)


@settings(max_examples=25)
@given(referral_rows())
def test_a_pair_apart_changes_nobody_else(rows):
    G = referral_graph(rows)
    H = referral_graph([*rows, ("\U0010fffd1", "\U0010fffd2", 3)])
    assert_frame_equal(balance.by_person(H).loc[list(G)], balance.by_person(G), check_names=False)
    assert_series_equal(
        connectors.groups_linked(H, pd.Series(dict.fromkeys(H, "x"))).loc[list(G)],
        connectors.groups_linked(G, pd.Series(dict.fromkeys(G, "x"), dtype=object)),
        check_index_type=False,
    )
    n, m = len(G), len(H)
    if n > 2:
        scale = (n - 1) * (n - 2) / ((m - 1) * (m - 2))
        assert connectors.betweenness(H).loc[list(G)].tolist() == pytest.approx(
            (connectors.betweenness(G) * scale).tolist(), abs=2e-12
        )


@settings(max_examples=40)
@given(referral_rows(min_size=1))
def test_networkx_agrees_where_it_has_the_measure(rows):
    G = referral_graph(rows)
    overall = reciprocity.overall(G)
    assert overall["edge"] == pytest.approx(nx.overall_reciprocity(G))
    assert overall["density"] == pytest.approx(nx.density(G))
    assert overall["people"] == len(G)
    assert overall["ties"] == G.number_of_edges()
    if len(G) > 2:
        assert connectors.betweenness(G).to_dict() == pytest.approx(
            nx.betweenness_centrality(G), abs=1e-12
        )
    ones = referral_graph([(u, v, 1) for u, v in G.edges], people=list(G))
    rates = balance.by_person(ones)["rate"]
    assert rates.to_dict() == pytest.approx(nx.reciprocity(ones, list(ones)))
    assert reciprocity.overall(ones)["weighted"] == pytest.approx(overall["edge"])


@settings(max_examples=25)
@given(referral_rows())
def test_the_shares_of_a_network_by_their_definition(rows):
    G = referral_graph(rows)
    W = nx.to_numpy_array(G) if len(G) else np.zeros((0, 0))
    overall = reciprocity.overall(G)
    mutual = int(((W > 0) & (W.T > 0)).sum()) // 2
    one_way = int(((W > 0) & (W.T == 0)).sum())
    assert (overall["mutual_pairs"], overall["one_way_pairs"]) == (mutual, one_way)
    if one_way + mutual:
        assert overall["dyad"] == pytest.approx(mutual / (mutual + one_way))
        assert overall["weighted"] == pytest.approx(np.minimum(W, W.T).sum() / W.sum())


@pytest.mark.parametrize(
    ("people", "rows", "density"),
    [(0, [], nan), (1, [], nan), (2, [], 0), (3, [("p0", "p1", 1)], 1 / 6)],
)
def test_what_has_no_answer_is_nan_and_never_0(people, rows, density):
    overall = reciprocity.overall(referral_graph(rows, people=[f"p{n}" for n in range(people)]))
    assert overall["density"] == pytest.approx(density, nan_ok=True)
    assert all(isnan(overall[name]) for name in ("edge", "dyad", "weighted")) == (not rows)


def test_everyone_with_everyone_is_all_mutual():
    G = referral_graph([(a, b, 2) for a in "ABCD" for b in "ABCD" if a != b])
    assert reciprocity.overall(G).to_dict() == pytest.approx(
        {
            "people": 4,
            "ties": 12,
            "mutual_pairs": 6,
            "one_way_pairs": 0,
            "null_pairs": 0,
            "density": 1,
            "edge": 1,
            "dyad": 1,
            "log_ratio": 0,
            "rho": nan,
            "katz_powell": nan,
            "weighted": 1,
            "circulation": 1,
        },
        nan_ok=True,
    )
    assert connectors.betweenness(G).tolist() == [0, 0, 0, 0]


def test_analysis_does_not_change_the_graph():
    G = nx.DiGraph([("b", "a"), ("a", "c")])
    before = list(G.edges(data=True)), list(G)
    for answer in (balance.by_person, balance.by_pair, reciprocity.overall, connectors.rank):
        answer(G)
        assert (list(G.edges(data=True)), list(G)) == before
    assert balance.by_person(G).index.tolist() == ["b", "a", "c"]
    assert balance.by_pair(G)[["a", "b"]].to_numpy().tolist() == [["b", "a"], ["a", "c"]]


def test_numbers_as_names_stay_numbers():
    G = nx.DiGraph([(2, 1), (1, 10)])
    assert balance.by_person(G).index.tolist() == [2, 1, 10]
    assert balance.by_pair(G)["a"].tolist() == [2, 1]
    assert connectors.rank(G).index.tolist()[0] == 1
