"""Brokerage between groups: by hand, by counting everything, by law, and R's sna."""

from __future__ import annotations

import tracemalloc
from itertools import permutations, product
from math import isnan, nan

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from oracle import graph_of, networks
from scipy.stats import binom
from strategies import referral_rows

from refgraph import referral_graph
from refgraph.analysis.connecting import brokerage, brokerage_moments
from refgraph.errors import GraphError, OptionError, SizeError

ROLES = ["coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total"]
COLUMNS = [role + what for what in ("", "_expected", "_z") for role in ROLES]


def role_of(i, j, k):
    if i == j == k:
        return "coordinator"
    if i == k:
        return "itinerant"
    if i == j:
        return "representative"
    return "gatekeeper" if j == k else "liaison"


def by_definition(G, group):
    table = pd.DataFrame(0.0, index=list(G), columns=ROLES)
    for i, j, k in permutations([person for person in G if group.get(person)], 3):
        if G.has_edge(i, j) and G.has_edge(j, k) and not G.has_edge(i, k):
            table.loc[j, role_of(group[i], group[j], group[k])] += 1
            table.loc[j, "total"] += 1
    table.loc[[person for person in G if not group.get(person)]] = nan
    return table


def layout(G, letters="ABAC"):
    return {person: letters[at % len(letters)] for at, person in enumerate(G)}


def same(ours, theirs):
    left, right = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    return np.allclose(left, right, rtol=1e-9, atol=1e-9, equal_nan=True)


def listed(each):
    return np.array(each, dtype=float)


@pytest.mark.parametrize(
    ("groups", "role"),
    [("AAA", 0), ("BAB", 1), ("AAB", 2), ("BAA", 3), ("BAC", 4)],
)
def test_each_role_by_the_letters_of_the_three(groups, role):
    G = referral_graph([("1", "2", 5), ("2", "3", 1)])
    counts = brokerage.by_person(G, dict(zip("123", groups, strict=True)))[ROLES]
    assert counts.loc["2"].tolist() == [float(at in {role, 5}) for at in range(6)]
    assert not counts.loc[["1", "3"]].any(axis=None)


def test_a_tie_between_the_two_leaves_nobody_between_them():
    G = referral_graph([("1", "2", 1), ("2", "3", 1), ("1", "3", 1)])
    assert brokerage.by_person(G, dict.fromkeys("123", "A"))["total"].tolist() == [0, 0, 0]


@given(referral_rows())
def test_it_is_the_definition(rows):
    G = referral_graph(rows)
    for letters in ("ABAC", ["A", "B", "", "A", "B"], "A"):
        group = layout(G, letters)
        assert same(brokerage.by_person(G, group)[ROLES], by_definition(G, group))


@settings(max_examples=40)
@given(referral_rows())
def test_reversing_swaps_representative_and_gatekeeper(rows):
    G = referral_graph(rows)
    group = layout(G)
    swapped = [ROLES[at] for at in (0, 1, 3, 2, 4, 5)]
    there, back = (brokerage.by_person(H, group) for H in (G, G.reverse()))
    assert same(there[ROLES], back[swapped])


@settings(max_examples=40)
@given(referral_rows())
def test_names_do_not_matter_and_a_pair_apart_changes_no_count(rows):
    G = referral_graph(rows)
    names = {person: f"z{len(G) - at:04}" for at, person in enumerate(G)}
    H = referral_graph(nx.relabel_nodes(G, names))
    group = layout(G)
    there = brokerage.by_person(G, group)
    other = brokerage.by_person(H, {names[person]: each for person, each in group.items()})
    assert same(other.loc[[names[person] for person in G]], there)
    apart = referral_graph([*rows, ("\U0010fffd1", "\U0010fffd2", 3)])
    pair = dict.fromkeys(("\U0010fffd1", "\U0010fffd2"), "apart")
    assert same(brokerage.by_person(apart, group | pair).loc[list(G), ROLES], there[ROLES])


@settings(max_examples=40)
@given(referral_rows())
def test_one_group_coordinates_and_groups_of_one_are_liaisons(rows):
    G = referral_graph(rows)
    for group, role in ((dict.fromkeys(G, "A"), "coordinator"), ({p: p for p in G}, "liaison")):
        table = brokerage.by_person(G, group)
        assert same(table["total"], table[role])
        assert same(table[ROLES[:-1]].sum(axis=1), table["total"])


@settings(max_examples=40)
@given(referral_rows())
def test_the_network_is_the_sum_of_its_people(rows):
    G = referral_graph(rows)
    people, whole = brokerage.by_person(G, layout(G)), brokerage.overall(G, layout(G), samples=0)
    assert same(whole["count"], people[ROLES].sum())
    if len(G) > 1:
        assert same(whole["expected"], people[[f"{role}_expected" for role in ROLES]].sum())


@networks("brokerage")
def test_r_sna_and_the_corrected_deviations_agree(network):
    G, theirs = graph_of(network), network["values"]["brokerage"]
    group = dict(zip(G, network["groups"], strict=True))
    people = brokerage.by_person(G, group).to_numpy()
    whole = brokerage.overall(G, group, samples=0)
    z, expected = people[:, 12:], people[:, 6:12]
    varies = ~np.isnan(z)
    sd = np.divide(people[:, :6] - expected, z, out=np.zeros(z.shape), where=varies & (z != 0))
    for ours, name in (
        (people[:, :6], "raw_node"),
        (expected, "expected_node"),
        (z, "z_node"),
        (whole["count"], "raw_graph"),
        (whole["expected"], "expected_graph"),
        (whole["sd"], "sd_graph_corrected"),
        (whole["z"], "z_graph_corrected"),
    ):
        known = listed(theirs[name])
        tolerance = 1e-8 * max(1, np.nanmax(np.abs(known)))
        assert np.allclose(ours, known, rtol=0, atol=tolerance, equal_nan=True), name
    assert np.allclose(sd[sd > 0], listed(theirs["sd_node"])[sd > 0], rtol=1e-6)


@pytest.mark.parametrize("groups", [(0, 0, 0, 1), (0, 0, 1, 2)])
def test_the_moments_are_those_of_all_networks_of_four(groups):
    pairs = list(permutations(range(4), 2))
    present = np.array(list(product([0.0, 1.0], repeat=12)))
    density = 0.3
    chance = (density**present * (1 - density) ** (1 - present)).prod(axis=1)
    at = {pair: present[:, column] for column, pair in enumerate(pairs)}
    counts = np.zeros((4, 6, len(present)))
    for i, j, k in permutations(range(4), 3):
        is_open = at[i, j] * at[j, k] * (1 - at[i, k])
        counts[j, ROLES.index(role_of(groups[i], groups[j], groups[k]))] += is_open
        counts[j, 5] += is_open
    size, own = np.bincount(groups), list(groups)

    def exact(drawn):
        mean = drawn @ chance
        return mean, np.sqrt(np.maximum(drawn**2 @ chance - mean**2, 0))

    for ours, theirs in zip(
        brokerage_moments.of_network(size, density), exact(counts.sum(axis=0)), strict=True
    ):
        assert np.allclose(ours, theirs, atol=1e-7)
    for ours, theirs in zip(brokerage_moments.of_person(size, density), exact(counts), strict=True):
        assert np.allclose(ours[own], theirs, atol=1e-7)


SEVEN = [
    *(("1", "2"), ("2", "3"), ("3", "4"), ("4", "3"), ("1", "5"), ("5", "6"), ("6", "7")),
    *(("7", "1"), ("2", "6"), ("5", "2")),
]


def test_shuffling_the_groups_gives_what_all_orders_give():
    G = referral_graph([(a, b, 1) for a, b in SEVEN])
    group = dict(zip("1234567", "AAABBBC", strict=True))
    samples = 2000
    table = brokerage.overall(G, group, samples=samples)
    orders = set(permutations("AAABBBC"))
    exact = pd.DataFrame(
        [
            by_definition(G, dict(zip("1234567", order, strict=True))).sum()[ROLES[:-1]]
            for order in sorted(orders)
        ]
    )
    error = 4 * exact.std(ddof=0) / np.sqrt(samples)
    assert ((table["permuted"][:-1] - exact.mean()).abs() < error).all()
    assert np.allclose(table["permuted_sd"][:-1], exact.std(ddof=0), rtol=0.06)
    tails = [(exact >= table["count"][:-1]).mean(), (exact <= table["count"][:-1]).mean()]
    assert np.allclose(table["p"][:-1], np.minimum(1, 2 * np.minimum(*tails)), atol=0.06)
    assert table.loc["total", ["permuted", "permuted_sd", "p"]].isna().all()
    assert brokerage.overall(G, group, samples=samples, seed=0).equals(table)
    assert not brokerage.overall(G, group, samples=samples, seed=1).equals(table)


def test_roles_are_not_mixed_up_when_the_groups_are_shuffled():
    G = referral_graph([(a, b, 1) for a, b in SEVEN])
    group = dict(zip("1234567", "AAABBBC", strict=True))
    order = np.random.default_rng(0).permutation(np.array([0, 0, 0, 1, 1, 1, 2]))
    shuffled = {person: "ABC"[at] for person, at in zip("1234567", order.tolist(), strict=True)}
    one = brokerage.overall(G, group, samples=1, seed=0)
    expected = by_definition(G, shuffled).sum()[ROLES[:-1]]
    assert one["permuted"][:-1].tolist() == expected.tolist()
    assert one["permuted_sd"].isna().all()


def test_paths_listed_in_blocks_are_the_same_paths(monkeypatch):
    G = referral_graph([(a, b, 1) for a, b in SEVEN])
    group = dict(zip("1234567", "AAABBBC", strict=True))
    whole = brokerage.overall(G, group, samples=50)
    monkeypatch.setattr(brokerage, "_BLOCK", 3)
    assert brokerage.overall(G, group, samples=50).equals(whole)


def test_what_no_shuffling_changes_is_not_tested():
    G = referral_graph([(a, b, 1) for a, b in SEVEN])
    table = brokerage.overall(G, dict.fromkeys(G, "x"), samples=20)
    assert table["p"].isna().all()


def test_people_without_a_group_take_part_in_nothing():
    G = referral_graph([("1", "2", 1), ("2", "3", 1), ("4", "2", 1), ("2", "5", 1), ("6", "7", 1)])
    known = {"1": "A", "2": "A", "3": "B", "nobody": "A"}
    bare = brokerage.by_person(referral_graph([("1", "2", 1), ("2", "3", 1)]), known)
    missing = known | {"4": None, "5": nan, "6": ""}
    for group in (missing, pd.Series(missing, dtype=object)):
        table = brokerage.by_person(G, group)
        assert same(table.loc[["1", "2", "3"]], bare)
        assert table.loc[["4", "5", "6", "7"]].isna().all(axis=None)


@pytest.mark.parametrize("people", [0, 1, 3])
def test_columns_and_kinds_are_the_same_for_nobody(people):
    G = nx.empty_graph(people, create_using=nx.DiGraph)
    for group in ({}, dict.fromkeys(G, "A")):
        table = brokerage.by_person(G, group)
        whole = brokerage.overall(G, group, samples=3)
        assert list(table) == COLUMNS
        assert list(whole) == ["count", "expected", "sd", "z", "permuted", "permuted_sd", "p"]
        assert {each.name for each in [*table.dtypes, *whole.dtypes]} == {"float64"}
        assert table[[f"{role}_z" for role in ROLES]].isna().all(axis=None)
        assert isnan(whole.loc["total", "p"])


@pytest.mark.parametrize("samples", [-1, 1.5, "x", True])
def test_a_number_of_samples_is_whole(samples):
    G = referral_graph([("1", "2", 1)])
    with pytest.raises(OptionError, match="whole number from 0"):
        brokerage.overall(G, dict.fromkeys(G, "x"), samples=samples)


@pytest.mark.parametrize("seed", [-1, 2**53 + 1, 0.5, True])
def test_a_seed_is_a_whole_number_that_a_table_can_hold(seed):
    G = referral_graph([("1", "2", 1)])
    with pytest.raises(OptionError, match="a seed is a whole number from 0"):
        brokerage.overall(G, dict.fromkeys(G, "x"), seed=seed)


def test_impossible_questions_are_refused(monkeypatch):
    G = referral_graph([("1", "2", 1), ("2", "3", 1)])
    with pytest.raises(OptionError, match="whole number from 0"):
        brokerage.overall(G, {}, samples=-1)
    with pytest.raises(GraphError):
        brokerage.by_person(nx.Graph([(1, 2)]), {})
    monkeypatch.setattr(brokerage, "LIMIT", 0)
    with pytest.raises(SizeError, match="samples=0"):
        brokerage.overall(G, dict.fromkeys("123", "A"))
    assert brokerage.overall(G, dict.fromkeys("123", "A"), samples=0)["p"].isna().all()


def test_as_many_groups_as_people_take_no_square_of_memory():
    size = np.ones(3000, dtype=np.int64)
    tracemalloc.start()
    brokerage_moments.of_person(size, 0.01)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10e6


def test_who_stands_out_by_every_shuffling():
    rows = [("A", "M", 1), ("B", "M", 1), ("M", "C", 1), ("M", "D", 1), ("C", "D", 1)]
    G = referral_graph(rows)
    found = brokerage.standouts(G, dict(zip("ABCDM", "ssnnn", strict=True)), samples=1500)
    every = sorted(set(permutations("ssnnn")))
    counts = np.array(
        [
            by_definition(G, dict(zip("ABCDM", labels, strict=True)))[ROLES[:-1]].to_numpy().ravel()
            for labels in every
        ]
    )
    sd = counts.std(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.round(abs(counts - counts.mean(axis=0)) / sd, 6)
    mine = z[every.index(tuple("ssnnn"))]
    exact = pd.DataFrame(
        {
            "person": np.repeat(list("ABCDM"), 5),
            "role": [*ROLES[:-1]] * 5,
            "p": np.where(sd > 0, (z >= mine).mean(axis=0), np.nan),
            "p_adjusted": np.where(
                sd > 0, (np.nanmax(z, axis=1)[:, None] >= mine).mean(axis=0), np.nan
            ),
        }
    ).set_index(["person", "role"])
    drawn = found.set_index(["person", "role"]).loc[exact.index]
    for column in ("p", "p_adjusted"):
        assert drawn[column].to_numpy() == pytest.approx(exact[column], abs=0.05, nan_ok=True)
    assert found["p_adjusted"].dropna().is_monotonic_increasing
    assert (found["p_adjusted"].dropna() >= found["p"].dropna()).all()


def test_nobody_stands_out_where_groups_do_not_matter_but_one_time_in_twenty(simulated):
    rng = np.random.default_rng(0)
    alarms = many = 0
    books = simulated(40)
    for number in range(books):
        pairs = np.argwhere(rng.random((24, 24)) < 0.15)
        G = referral_graph([(f"{u:02}", f"{v:02}", 1) for u, v in pairs if u != v])
        found = brokerage.standouts(
            G, {person: int(person) % 3 for person in G}, samples=39, seed=number
        )
        alarms += bool((found["p_adjusted"] <= 0.05).any())
        many += bool((found["p"] <= 0.05).any())
    assert alarms <= binom.isf(0.0145, books, 0.05)  # of 40, 2 are expected and 5 let pass
    assert many > books / 2  # while one at a time somebody nearly always seems to


def test_a_gatekeeper_of_all_that_comes_in_stands_out():
    rng = np.random.default_rng(1)
    pairs = [(u, v) for u, v in rng.integers(0, 30, (120, 2)) if u != v and u % 2 == v % 2]
    rows = [(f"{u:02}", f"{v:02}", 1) for u, v in pairs]
    rows += [(f"{u:02}", "00", 1) for u in range(1, 30, 2)]
    found = brokerage.standouts(
        referral_graph(rows), {f"{at:02}": at % 2 for at in range(30)}, samples=200
    )
    rows = found.set_index(["person", "role"])
    assert rows.loc[("00", "gatekeeper"), "p_adjusted"] < 0.05
    assert rows.loc[("00", "itinerant"), "p_adjusted"] == 1


@pytest.mark.parametrize("samples", [0, -1, True, 1.5])
def test_shufflings_that_are_no_number_are_refused(samples):
    with pytest.raises(OptionError, match="whole number from 1"):
        brokerage.standouts(referral_graph([("1", "2", 1)]), {"1": "a"}, samples=samples)


def test_people_without_groups_and_networks_without_ties_stand_out_nowhere():
    G = referral_graph([("1", "2", 1), ("2", "3", 1)])
    assert len(brokerage.standouts(G, {}, samples=5)) == 0
    found = brokerage.standouts(G, {"2": "a"}, samples=5)
    assert found["person"].tolist() == ["2"] * 5
    assert found[["z", "p", "p_adjusted"]].isna().all(axis=None)
    one = brokerage.standouts(referral_graph([], people=["1"]), {"1": "a"}, samples=5)
    assert (one.dtypes == found.dtypes).all()
