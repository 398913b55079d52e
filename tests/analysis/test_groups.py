"""groups: the ones declared, the ones found, how far they agree, and what passes between them."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from itertools import combinations
from math import isnan, nan

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_series_equal
from strategies import TODAY, book_of, referral_rows

from refgraph import Book, referral_graph
from refgraph.analysis.connecting import groups
from refgraph.graph.door import without


def members(found):
    return [set(each.index) for name, each in found.groupby(found) if name]


def grouped(labels):
    return pd.Series({f"p{at}": label for at, label in enumerate(labels)}, dtype=object)


labels = st.lists(st.tuples(st.sampled_from(["", "a", "b", "c"]), st.sampled_from("xyz")))


def test_detected_groups_are_the_dense_parts():
    parts = nx.disjoint_union(nx.complete_graph(6), nx.complete_graph(4)).to_directed()
    G = referral_graph(nx.relabel_nodes(parts, str), people=["alone"])
    found = groups.detect(G)
    assert found.loc[list("012345")].unique().tolist() == ["group 1"]
    assert found.loc[list("6789")].unique().tolist() == ["group 2"]
    assert found["alone"] == ""
    assert_series_equal(found, groups.detect(G, seed=0))


def test_a_one_way_tie_makes_a_group_whatever_the_names():
    for rows in ([("Ann", "Bo", 1)], [("Bo", "Ann", 1)]):
        assert groups.detect(referral_graph(rows)).tolist() == ["group 1", "group 1"]


def test_groups_are_declared_ones_where_there_are_any():
    rows = [(TODAY, "Ann", "Bo", 1)]
    declared = book_of(rows, people=[{"person": "Ann", "group": "north"}])
    found = groups.of(declared, declared.graph())
    assert found.to_dict() == {"Ann": "north", "Bo": ""}
    assert found.attrs["source"] == "declared"
    none = book_of(rows)
    assert groups.of(none, none.graph()).attrs["source"] == "detected"
    only_me = book_of(rows, me="Ann", people=[{"person": "Ann", "group": "north"}])
    rest = without(only_me.graph(), "Ann")
    assert groups.of(only_me, rest).to_dict() == {"Bo": ""}


def test_a_foreign_person_in_the_graph_has_no_declared_group():
    book = Book.sample()
    G = referral_graph([("Robin Hale", "Stranger", 1)])
    assert groups.of(book, G).tolist() == ["Lunch club", ""]


def test_a_network_without_referrals_has_no_groups():
    for people in ([], ["Ann"], ["Ann", "Bo"]):
        found = groups.detect(referral_graph([], people=people))
        assert found.tolist() == [""] * len(people)
        assert (found.dtype, found.name, found.index.name) == ("str", "group", "person")


@pytest.mark.parametrize("around", ["out", "in", "both"])
def test_a_star_is_one_group(around):
    rows = [("hub", f"p{at}", 1) for at in range(7)] * (around != "in")
    rows += [(f"p{at}", "hub", 1) for at in range(7)] * (around != "out")
    assert set(groups.detect(referral_graph(rows))) == {"group 1"}


def test_pairs_apart_are_groups_of_two_in_the_order_of_their_first():
    rows = [(f"a{at:02}", f"b{at:02}", 1) for at in range(30)]
    found = groups.detect(referral_graph(rows))
    for side in "ab":
        names = [found[f"{side}{at:02}"] for at in range(30)]
        assert names == [f"group {at + 1}" for at in range(30)]


@pytest.mark.parametrize("people", [2, 3, 15, 17, 20, 300])
def test_a_ring_is_cut_into_arcs(people):
    G = referral_graph([(f"{at:03}", f"{(at + 1) % people:03}", 1) for at in range(people)])
    found = members(groups.detect(G))
    assert set().union(*found) == set(G)
    assert all(nx.is_weakly_connected(G.subgraph(each)) for each in found)
    assert len(found) > 1 or people <= 3


def test_the_direction_of_referrals_counts():
    # Everybody in "a" gives to all in "b": whole classes, but no groups that refer inside.
    rows = [(f"a{i}", f"b{j}", 1) for i in range(4) for j in range(4)]
    rows += [("b0", "c0", 4), *[("c0", f"c{i}", 2) for i in (1, 2)], ("c1", "c2", 2)]
    rows += [("c2", "c0", 2), ("c2", "c1", 2)]
    found = groups.detect(referral_graph(rows))
    assert len({*found.loc[["c0", "c1", "c2"]]}) == 1
    assert found["a0"] != found["c0"]


def every_way(people):
    """Every way to put so many people into groups."""
    if people == 0:
        yield []
        return
    for rest in every_way(people - 1):
        for group in range(max(rest, default=-1) + 2):
            yield [*rest, group]


def test_the_groups_of_few_people_are_the_best_for_the_direction_of_referrals():
    ways = np.array(list(every_way(6)))
    same = ways[:, :, None] == ways[:, None, :]
    differ = 0
    for seed in range(12):
        rng = np.random.default_rng(seed)
        W = np.triu(rng.integers(0, 4, (6, 6)), 1) + np.tril(rng.integers(0, 2, (6, 6)), -1)
        W[rng.random((6, 6)) < 0.4] = 0
        G = referral_graph(nx.from_numpy_array(W, create_using=nx.DiGraph), people=range(6))
        m = W.sum()
        directed = ((W / m - np.outer(W.sum(1), W.sum(0)) / m**2) * same).sum(axis=(1, 2))
        either = W + W.T
        z = either.sum(0)
        undirected = ((either / z.sum() - np.outer(z, z) / z.sum() ** 2) * same).sum(axis=(1, 2))
        found = groups.detect(G)
        tied = np.flatnonzero(z)
        labels = pd.factorize(found.iloc[tied])[0]
        alike = labels[:, None] == labels[None, :]
        ours = ((W / m - np.outer(W.sum(1), W.sum(0)) / m**2)[np.ix_(tied, tied)] * alike).sum()
        assert ours == pytest.approx(directed.max())
        differ += directed[undirected.argmax()] < directed.max() - 1e-9
    assert differ >= 2  # where the direction does not count, other groups are found


def test_another_seed_may_visit_people_in_another_order():
    rows = [(f"{at:02}", f"{(at + 1) % 20:02}", 1) for at in range(20)]
    found = {tuple(groups.detect(referral_graph(rows), seed=seed)) for seed in range(6)}
    assert len(found) > 1


def test_groups_of_people_who_are_not_in_the_graph_are_not_declared_in_it():
    book = book_of(
        [(TODAY, "Me", "Bo", 1), (TODAY, "Bo", "Cy", 1), (TODAY, "Cy", "Bo", 1)],
        me="Me",
        people=[{"person": "Me", "group": "x"}, {"person": "Bo"}, {"person": "Cy"}],
    )
    rest = without(book.graph(), "Me")
    assert groups.of(book, rest).attrs["source"] == "detected"


@pytest.mark.parametrize("size", [1e-300, 1e300])
def test_groups_do_not_depend_on_the_unit(size):
    rows = [
        ("A", "B", 2),
        ("B", "C", 2),
        ("C", "A", 2),
        ("C", "D", 1),
        ("D", "E", 2),
        ("E", "D", 2),
    ]
    one = groups.detect(referral_graph(rows))
    other = groups.detect(referral_graph([(a, b, w * size) for a, b, w in rows]))
    assert one.tolist() == other.tolist()
    assert one.nunique() == 2


def test_groups_of_several_kinds_are_all_rows():
    G = referral_graph([("A", "B", 1), ("B", "C", 2)])
    table = groups.by_group(G, {"A": 1, "B": "1"})
    assert table.index.tolist() == [1, "1", ""]
    assert table["people"].tolist() == [1, 1, 1]


@settings(max_examples=40)
@given(referral_rows(min_size=1), st.integers(0, 5))
def test_groups_found_are_never_worse_than_the_parts_no_referral_joins(rows, seed):
    G = referral_graph(rows)
    tied = G.subgraph([person for person in G if G.succ[person] or G.pred[person]])
    found = members(groups.detect(G, seed=seed))
    parts = list(nx.weakly_connected_components(tied))
    assert set().union(*found) == set(tied)
    assert all(any(each <= part for part in parts) for each in found)

    def modularity(sets):
        return nx.community.modularity(tied, sets)

    assert modularity(found) >= modularity(parts) - 1e-9


def test_groups_found_reach_the_best_modularity_of_small_networks():
    best = {0: 0, 1: 0}
    for seed in range(12):
        H = nx.gnp_random_graph(6, 0.35, seed=seed, directed=True)
        H.remove_nodes_from(list(nx.isolates(H)))
        G = referral_graph(nx.relabel_nodes(H, str))
        found = nx.community.modularity(G, members(groups.detect(G)))
        most = max(nx.community.modularity(G, sets) for sets in partitions(list(G)))
        assert found <= most + 1e-12
        best[int(found > most - 1e-9)] += 1
    assert best[1] >= 8  # a heuristic: mostly the best, and never better than the best


def partitions(people):
    if not people:
        yield []
        return
    first, rest = people[0], people[1:]
    for sets in partitions(rest):
        yield [{first}, *sets]
        for at, one in enumerate(sets):
            yield [*sets[:at], {first, *one}, *sets[at + 1 :]]


@settings(max_examples=15)
@given(referral_rows(min_size=1), st.randoms())
def test_the_order_of_rows_and_what_was_drawn_before_do_not_matter(rows, random):
    found = groups.detect(referral_graph(rows), seed=3)
    moved = random.sample(rows, len(rows))
    np.random.seed(random.randrange(1000))  # noqa: NPY002
    state = np.random.get_state()[1].tolist()  # noqa: NPY002
    groups.detect(referral_graph([("x", "y", 1), ("y", "z", 1), ("z", "x", 2)]), seed=9)
    assert_series_equal(groups.detect(referral_graph(moved), seed=3), found)
    assert np.random.get_state()[1].tolist() == state  # noqa: NPY002


def test_a_thousand_people_in_planted_groups_are_found():
    rng = np.random.default_rng(0)
    giver = rng.integers(0, 1000, 12_000)
    home = rng.random(12_000) < 0.8
    receiver = np.where(home, giver // 50 * 50 + rng.integers(0, 50, 12_000), giver)
    receiver = np.where(home, receiver, rng.integers(0, 1000, 12_000))
    rows = [(f"{i:04}", f"{j:04}", 1) for i, j in zip(giver, receiver, strict=True) if i != j]
    G = referral_graph(rows)
    planted = pd.Series({person: str(int(person) // 50) for person in G})
    for seed in range(3):
        assert groups.agreement(groups.detect(G, seed=seed), planted)["adjusted_rand"] > 0.95


@pytest.mark.peer
@pytest.mark.skipif(
    tuple(map(int, nx.__version__.split(".")[:2])) >= (3, 7), reason="NetworkX ends since 3.7"
)
def test_networkx_never_ends_on_a_directed_ring():
    code = (
        "import networkx as nx; ring = nx.cycle_graph(15, create_using=nx.DiGraph);"
        "nx.community.louvain_communities(ring, seed=0)"
    )
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run([sys.executable, "-c", code], timeout=4, check=True)


def test_two_groupings_by_hand():
    # Together by one: 01, 23, 24, 34; by the other: 01, 34. Both: 01, 34, of 10 pairs.
    found = groups.agreement(grouped("aabbb"), grouped("xxyzz"))
    rand = (2 - 4 * 2 / 10) / ((4 + 2) / 2 - 4 * 2 / 10)
    assert found.to_dict() == pytest.approx(
        {"people": 5, "groups_one": 2, "groups_other": 3, "adjusted_rand": rand, "together": 0.5}
    )


@given(labels)
def test_agreement_counts_every_pair(drawn):
    one, other = (grouped([row[side] for row in drawn]) for side in (0, 1))
    known = [row for row in drawn if row[0]]
    a = b = both = 0
    for (a1, b1), (a2, b2) in combinations(known, 2):
        a, b, both = a + (a1 == a2), b + (b1 == b2), both + (a1 == a2 and b1 == b2)
    pairs = len(known) * (len(known) - 1) // 2
    found = groups.agreement(one, other)
    assert found["people"] == len(known)
    assert found["groups_one"] == len({row[0] for row in known})
    assert found["groups_other"] == len({row[1] for row in known})
    room = Fraction(a + b, 2) - Fraction(a * b, pairs) if pairs else 0
    rand = float((both - Fraction(a * b, pairs)) / room) if room else nan
    together = both / (a + b - both) if a + b - both else nan
    assert found["adjusted_rand"] == pytest.approx(rand, nan_ok=True)
    assert found["together"] == pytest.approx(together, nan_ok=True)
    assert_series_equal(found.iloc[3:], groups.agreement(other, one).iloc[3:])
    assert found.dtype == float


@pytest.mark.parametrize(
    ("one", "other", "rand", "together"),
    [
        ("", "", nan, nan),
        ("a", "x", nan, nan),
        ("aaa", "xxx", nan, 1),
        ("abc", "xyz", nan, nan),
        ("aaa", "xyz", 0, 0),
        ("aabb", "yyxx", 1, 1),
    ],
)
def test_what_can_only_agree_has_no_adjusted_rand(one, other, rand, together):
    found = groups.agreement(grouped(one), grouped(other))
    assert found.loc[["adjusted_rand", "together"]].tolist() == pytest.approx(
        [rand, together], nan_ok=True
    )


def test_only_people_of_both_groupings_are_compared_by_name():
    one = pd.Series({"Ann": "n", "Bo": "n", "Cy": "s", "Dee": "s", "Eve": ""})
    other = pd.Series({"Dee": "y", "Cy": "y", "Bo": "x", "Ann": "x", "Eve": "y", "Zoe": "y"})
    found = groups.agreement(one, other)
    assert found.tolist() == [4, 2, 2, 1, 1]


def test_groups_by_hand():
    rows = [
        *[("Ann", "Bo", 3), ("Bo", "Ann", 1), ("Ann", "Cy", 2), ("Cy", "Ann", 1)],
        *[("Bo", "Dee", 5), ("Eve", "Zoe", 4), ("Fay", "Ann", 6)],
    ]
    G = referral_graph(rows)
    group = {"Ann": "n", "Bo": "n", "Cy": "n", "Dee": "south", "Eve": "", "Fay": "", "X": "gone"}
    table = groups.by_group(G, group)
    assert table.index.tolist() == ["n", "south", ""]
    assert table.loc["n"].tolist() == pytest.approx(
        [3, 7, 5, 6, 7 / 12, (5 * 5 / 14 + 6 * 10 / 19 + 1 * 11 / 20) / 12, 1]
    )
    assert table.loc["south"].tolist() == pytest.approx([1, 0, 0, 5, nan, nan, nan], nan_ok=True)
    assert table.loc[""].tolist() == pytest.approx([3, 4, 6, 0, 0.4, 4 / 22, 0])


@given(referral_rows(), st.lists(st.sampled_from(["", "north", "south"]), min_size=6, max_size=6))
def test_all_referrals_are_in_the_table_of_groups(rows, drawn):
    G = referral_graph(rows)
    group = pd.Series(drawn[: len(G)], index=list(G), dtype=object)
    table = groups.by_group(G, group)
    total = sum(count for *_, count in rows)
    assert table["inside"].sum() + table["given"].sum() == total
    assert table["given"].sum() == table["received"].sum()
    assert table["people"].sum() == len(G)
    assert {*table.dtypes[:4]} == {np.dtype(int)}
    assert {*table.dtypes[4:]} == {np.dtype(float)}
    for name, row in table.iterrows():
        inside = G.subgraph([person for person in G if group[person] == name])
        assert row["inside"] == inside.size(weight="weight")
        edge = nx.overall_reciprocity(inside) if inside.number_of_edges() else nan
        assert row["edge"] == pytest.approx(edge, nan_ok=True)
        gives, gets = (dict(degree(weight="weight")) for degree in (G.out_degree, G.in_degree))
        expected = [
            gives[u] * sum(gets[v] for v in inside if v != u) / sum(gets[v] for v in G if v != u)
            for u in inside
            if gives[u]
        ]
        hoped = sum(expected) / sum(gives[u] for u in inside) if expected else nan
        assert row["inside_expected"] == pytest.approx(hoped, nan_ok=True)
        both = row["inside"] + row["given"]
        assert isnan(row["inside_share"]) if not both else True
    backwards = groups.by_group(G.reverse(), group)
    swap = {"given": "received", "received": "given"}
    same = ["people", "inside", "given", "received", "edge"]
    assert_frame_equal(backwards.rename(columns=swap)[same], table[same])


def test_one_group_for_all_keeps_all_inside_and_is_expected_to():
    table = groups.by_group(
        referral_graph([("Ann", "Bo", 3), ("Bo", "Cy", 1)]), dict.fromkeys(["Ann", "Bo", "Cy"], "x")
    )
    assert table[["inside_share", "inside_expected"]].to_numpy().tolist() == [[1, 1]]


def test_referrals_that_mind_no_groups_keep_as_many_inside_as_expected():
    rng = np.random.default_rng(0)
    rows = [(f"{u:02}", f"{v:02}", 1) for u, v in rng.integers(0, 40, (4000, 2)) if u != v]
    table = groups.by_group(referral_graph(rows), {f"{at:02}": "abc"[at % 3] for at in range(40)})
    assert table["inside_share"].to_numpy() == pytest.approx(table["inside_expected"], abs=0.03)


def test_no_people_are_no_rows_of_the_same_columns():
    none = groups.by_group(referral_graph([]), {})
    some = groups.by_group(referral_graph([("Ann", "Bo", 1)]), {"Ann": "x"})
    assert (none.dtypes == some.dtypes).all()
    assert none.index.dtype == some.index.dtype == "str"
    assert len(none) == 0


def cliques(number, size):
    rows = [
        (f"{circle} {a}", f"{circle} {b}", 1)
        for circle in "ABCDEFGH"[:number]
        for a in range(size)
        for b in range(size)
        if a != b
    ]
    return referral_graph([*rows, ("A 0", "B 0", 1), ("A 0", "B 1", 1)])


def test_found_groups_are_called_after_their_member_with_the_most_partners():
    found = groups.found(cliques(3, 4))
    assert found.attrs == {"source": "detected", "doubt": ""}
    called = {"A": "around A 0", "B": "around B 0", "C": "around C 0"}
    assert found.to_dict() == {p: called[p[0]] for p in found.index}
    assert groups.centre("around A 0") == "A 0"


@pytest.mark.parametrize(("size", "told"), [(3, False), (4, True)])
def test_among_seven_people_no_groups_are_told(size, told):
    found = groups.found(cliques(2, size))
    assert (found != "").any() == told
    assert found.attrs["doubt"] == ("" if told else "fewer than 8 people have ties with each other")


def test_of_networks_without_groups_hardly_any_is_said_to_have_some():
    told = 0
    for seed in range(40):
        draw = np.random.default_rng(seed)
        ends = draw.integers(0, 40, (120, 2)).tolist()
        rows = sorted({(f"P{a}", f"P{b}") for a, b in ends if a != b})
        told += not groups.found(referral_graph([(a, b, 1) for a, b in rows])).attrs["doubt"]
    assert told <= 6  # one in twenty is 2


def test_planted_groups_are_found():
    draw = np.random.default_rng(0)
    for _ in range(10):
        ends = draw.integers(0, 40, (600, 2)).tolist()
        near = {(a, b) for a, b in ends if a != b and (a % 4 == b % 4 or draw.random() < 0.1)}
        found = groups.found(referral_graph([(f"P{a}", f"P{b}", 1) for a, b in sorted(near)]))
        assert found.attrs["doubt"] == ""


def test_a_group_has_one_size_whoever_is_drawn():
    rows = [(TODAY, "Ann", "Bo", 1), (TODAY, "Bo", "Cy", 1)]
    people = [{"person": p, "group": "Table"} for p in ("Ann", "Bo", "Cy", "Di")]
    book = book_of(rows, me="Ann", people=people)
    for G in (book.graph(), without(book.graph(), "Ann")):
        assert groups.sizes(book, groups.of(book, G)) == {"Table": 4}


def test_groups_of_a_network_are_sought_once_and_of_another_one_anew(monkeypatch):
    pairs = [
        (f"P{u}", f"P{v}") for u, v in nx.gnp_random_graph(12, 0.4, seed=1, directed=True).edges
    ]
    book = book_of([(TODAY, *pair, 1) for pair in pairs])
    sought, plain = [], groups.found
    monkeypatch.setattr(
        groups, "found", lambda G, *, seed: sought.append(len(G)) or plain(G, seed=seed)
    )
    G = book.graph()
    first = groups.found_in(book, G)
    assert groups.found_in(book, G.copy()).equals(first)
    assert sought == [12]
    assert len(groups.found_in(book, without(G, "P3"))) == 11
    assert sought == [12, 11]
    groups.found_in(book, G, seed=1)
    assert sought == [12, 11, 12]
