"""One's own ties apart from those among others."""

from __future__ import annotations

from math import isnan

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import referral_rows

from refgraph import reciprocity, referral_graph
from refgraph.analysis.describing import stats
from refgraph.analysis.reciprocity.own_ties import SHARES, by_side
from refgraph.errors import UnknownPersonError


def test_all_is_what_overall_says(adviser, chapter):
    for book in (adviser, chapter):
        whole, side = reciprocity.overall(book.graph()), by_side(book.graph()).loc["all"]
        for name in (*SHARES, "ties", "mutual_pairs"):
            assert side[name] == pytest.approx(whole[name])


def test_the_advisers_own_ties_are_far_more_mutual_than_those_heard_of(adviser):
    table = by_side(adviser.graph(), adviser.me)
    assert table.loc["mine", ["ties", "ties_back"]].tolist() == [57, 42]
    assert table.loc["others", ["ties", "ties_back"]].tolist() == [86, 22]
    assert table.loc["mine", "edge_low"] > table.loc["others", "edge_high"]


@given(referral_rows(), st.data())
def test_the_sides_are_counted_as_one_counts_by_hand(rows, data):
    G = referral_graph(rows)
    me = data.draw(st.sampled_from(list(G))) if len(G) else None
    table = by_side(G, me)
    if me is None:
        assert table.index.tolist() == ["all"]
        return
    for side, own in (("mine", True), ("others", False)):
        edges = [(u, v) for u, v in G.edges if (me in (u, v)) == own]
        back = [(u, v) for u, v in edges if G.has_edge(v, u)]
        weight = sum(G[u][v]["weight"] for u, v in edges)
        matched = sum(min(G[u][v]["weight"], G[v][u]["weight"]) for u, v in back)
        row = table.loc[side]
        assert row["people"] == len({p for edge in edges for p in edge})
        assert (row["ties"], row["ties_back"]) == (len(edges), len(back))
        assert row["pairs"] == len({frozenset(edge) for edge in edges})
        assert row["mutual_pairs"] == len(back) / 2
        assert row[["referrals", "matched"]].tolist() == [weight, matched]
        for name, part, of in (
            ("edge", len(back), len(edges)),
            ("weighted", matched, weight),
            ("dyad", row["mutual_pairs"], row["pairs"]),
        ):
            if not of:
                assert isnan(row[name])
                continue
            assert row[name] == pytest.approx(part / of)
            assert row[f"{name}_low"] - 1e-12 <= row[name] <= row[f"{name}_high"] + 1e-12
    counts = ["pairs", "mutual_pairs", "ties", "ties_back", "referrals", "matched"]
    assert (
        table.loc["all", counts].tolist()
        == (table.loc["mine", counts] + table.loc["others", counts]).tolist()
    )


def test_people_without_a_referral_count_nowhere():
    G = referral_graph([("Ann", "Bo", 1)], people=["Cy", "Di"])
    assert by_side(G, "Cy").loc[["all", "mine"], "people"].tolist() == [2, 0]
    assert isnan(by_side(G, "Cy").loc["mine", "edge"])


def test_nobody_unknown_has_a_side():
    with pytest.raises(UnknownPersonError):
        by_side(referral_graph(nx.DiGraph([("Ann", "Bo")])), "Zed")


def test_the_stats_of_a_book_count_its_pairs_and_make_no_graph(adviser):
    book = adviser.altered()
    counted = stats.overall(book)
    assert "_graph" not in vars(book)
    table = by_side(book.graph(), book.me)
    sides = {"": table.loc["all"], "mine_": table.loc["mine"]}
    for side, row in sides.items():
        assert counted[f"{side}pairs"] == row["pairs"]
        assert counted[f"{side}mutual_pairs"] == row["mutual_pairs"]
    assert counted["tied"] == table.loc["all", "people"]
