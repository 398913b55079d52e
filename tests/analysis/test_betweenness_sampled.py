"""Betweenness of a network too large for all shortest ways: sampled, and said to be."""

from __future__ import annotations

import json
import re
from random import Random

import networkx as nx
import pytest
from strategies import TODAY, book_of

from refgraph import connectors, maps, referral_graph
from refgraph.analysis.connecting import betweenness as module
from refgraph.analysis.connecting.betweenness import Sources, betweenness, sources
from refgraph.report.summary import summarize


@pytest.fixture
def small(monkeypatch):
    """Sample from networks of a few dozen people on, 40 people each."""
    monkeypatch.setattr(module, "_MOST_WORK", {False: 1_000, True: 1_000})
    monkeypatch.setattr(module, "_MOST_SOURCES", 40)
    monkeypatch.setattr(module, "_FEWEST_SOURCES", 40)


def networks():
    """Networks of four shapes: even, with hubs, in groups with few bridges, and almost a tree."""
    for seed in range(3):
        yield nx.gnp_random_graph(120, 0.05, seed=seed, directed=True)
        yield nx.DiGraph(nx.scale_free_graph(150, seed=seed))
        yield nx.connected_caveman_graph(12, 10).to_directed()
        yield nx.gnc_graph(100, seed=seed).to_undirected().to_directed()


def graph_of(G, shuffled_by=None):
    rows = [(f"P{u:03}", f"P{v:03}", 1 + (u * 7 + v) % 4) for u, v in nx.DiGraph(G).edges if u != v]
    if shuffled_by is not None:
        Random(shuffled_by).shuffle(rows)  # noqa: S311
    return referral_graph(rows)


@pytest.mark.parametrize("weighted", [False, True])
def test_an_estimate_is_as_near_as_it_says_to_what_networkx_computes(small, weighted):
    """Of all people of all networks; and for the one with the most, whose range is the tightest."""
    near = everybody = best = drawn = 0
    for G in map(graph_of, networks()):
        length = {(u, v): 1 / w for u, v, w in G.edges(data="weight")}
        nx.set_edge_attributes(G, length, "length")
        exact = nx.betweenness_centrality(G, weight="length" if weighted else None)
        most = max(exact, key=exact.__getitem__)
        assert sources(G, weighted=weighted).sampled
        for seed in range(3):
            told = betweenness(G, weighted=weighted, seed=seed)
            off = {p: abs(told[p] - exact[p]) <= told.attrs["error"] + 1e-9 for p in G}
            near, everybody = near + sum(off.values()), everybody + len(off)
            best, drawn = best + off[most], drawn + 1
    assert near >= 0.95 * everybody
    assert best >= 0.85 * drawn  # of 36


@pytest.mark.parametrize("weighted", [False, True])
def test_everybody_is_what_exact_takes_and_what_a_small_network_takes_anyway(
    small, monkeypatch, weighted
):
    G = graph_of(next(networks()))
    estimate = betweenness(G, weighted=weighted)
    every = betweenness(G, weighted=weighted, exact=True)
    assert "error" in estimate.attrs
    assert "error" not in every.attrs
    assert not estimate.equals(every)
    monkeypatch.setattr(module, "_MOST_WORK", {False: 10**9, True: 10**9})
    assert betweenness(G, weighted=weighted).equals(every)


def test_the_order_of_the_rows_and_the_block_change_nothing(small):
    G = next(networks())
    told = betweenness(graph_of(G))
    again = betweenness(graph_of(G, shuffled_by=1))
    assert told.equals(again)
    assert told.attrs == again.attrs
    assert told.equals(betweenness(graph_of(G), block=7))


def test_a_sample_is_of_a_thousand_at_most_and_of_a_hundred_at_least():
    class Of(nx.DiGraph):
        def __init__(self, ties):
            super().__init__([(f"P{n}", "hub") for n in range(3_000)])
            self.told = ties

        def number_of_edges(self, u=None, v=None):
            return self.told

    assert sources(Of(60_000)) == Sources(3_000, 3_000)
    assert sources(Of(70_000)) == Sources(1_000, 3_000)
    assert sources(Of(2_000_000)) == Sources(500, 3_000)
    assert sources(Of(10**9)) == Sources(100, 3_000)
    assert sources(Of(10**9), exact=True) == Sources(3_000, 3_000)
    assert sources(Of(100_000), weighted=True) == Sources(500, 3_000)


def test_who_may_lead_is_told_and_whoever_leads_is_among_them(small):
    """Of networks of four shapes; and one who stands between all others leads beyond doubt."""
    for G in map(graph_of, networks()):
        table = connectors.rank(G, dict.fromkeys(G, "all"), parts=["betweenness"])
        exact = connectors.rank(G, dict.fromkeys(G, "all"), parts=["betweenness"], exact=True)
        number = connectors.may_lead(table)
        assert exact.index[0] in table.index[:number]
        assert f"Any of {number} people may come first" in connectors.sampling(G, table) or (
            number == 1 and "Even so" in connectors.sampling(G, table)
        )
    star = [row for n in range(80) for row in ((f"P{n}", "hub", 1), ("hub", f"P{n}", 1))]
    table = connectors.rank(referral_graph(star), parts=["betweenness"])
    assert connectors.may_lead(table) == 1
    assert "Even so hub comes first" in connectors.sampling(referral_graph(star), table)


def large_book():
    rows = [(TODAY, f"P{u:03}", f"P{v:03}", 1) for u, v in graph_pairs()]
    return book_of(rows)


def graph_pairs():
    return nx.gnp_random_graph(80, 0.06, seed=1, directed=True).edges


SAID = "from 40 of the 79 people who give, drawn with a seed: ±"


def test_every_command_that_samples_says_so_and_takes_exact(small, run, tmp_path):
    table = ["date,giver,receiver", *(f"2026-01-02,P{u:03},P{v:03}" for u, v in graph_pairs())]
    (tmp_path / "referrals.csv").write_text("\n".join([*table, ""]), encoding="utf-8")
    picture = ("-o", tmp_path / "map.png")
    for words in (("connectors", tmp_path), ("report", tmp_path), ("map", "connectors", tmp_path)):
        more = picture if words[0] == "map" else ()
        done, exact = run(*words, *more), run(*words, *more, "--exact")
        assert SAID in " ".join((done.stdout + done.stderr).split())
        assert "seed" not in exact.stdout + exact.stderr
    rows = json.loads(run("connectors", tmp_path, "-O", "json").stdout)
    assert {row["betweenness_error"] for row in rows} == {rows[0]["betweenness_error"]}
    assert 0 < rows[0]["betweenness_error"] < 1
    assert json.loads(run("report", tmp_path, "-O", "json").stdout)["connectors"] == rows
    exact = json.loads(run("connectors", tmp_path, "--exact", "-O", "json").stdout)
    assert not any("betweenness_error" in row for row in exact)


def test_in_python_too(small):
    book = large_book()
    G = book.graph()
    assert SAID in connectors.sampling(G, connectors.rank(G))
    assert connectors.sampling(G, connectors.rank(G, exact=True)) == ""
    assert SAID in summarize(book).answers["connectors"].said
    assert SAID not in summarize(book, exact=True).answers["connectors"].said
    assert SAID in maps.draw("connectors", book).notes[0]
    assert maps.draw("connectors", book, exact=True).notes == ()


def test_a_title_puts_nobody_first_whom_others_may_be_ahead_of(small):
    """It counts those whom the note below the map counts; of all ways it puts somebody first."""
    book = large_book()
    scene = maps.draw("connectors", book)
    may = int(re.search(r"Any of (\d+) people may come first", scene.notes[0])[1])
    named = len(scene.title.split(" may ")[0].split(" and "))
    others = f"{may - named} others: an estimate"
    assert scene.title.endswith(f" may come first, and so may {others}")
    assert "may come first" not in maps.draw("connectors", book, exact=True).title
    star = [row for n in range(80) for row in ((f"P{n}", "hub", 1), ("hub", f"P{n}", 1))]
    hub = book_of([(TODAY, *row) for row in star])
    assert "may come first" not in maps.draw("connectors", hub).title


@pytest.mark.parametrize("exact", [False, True])
def test_people_put_near_each_other_change_nobody_s_betweenness(small, monkeypatch, exact):
    """Which order they are gone through in saves time, and decides nothing."""
    for G in map(graph_of, networks()):
        plain = betweenness(G, exact=exact)
        with monkeypatch.context() as everywhere:
            everywhere.setattr(module, "_FEW", 0)
            assert betweenness(G, exact=exact).equals(plain)
