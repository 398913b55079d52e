"""The tests against chance: by hand, against every network of its degrees, against others."""

from __future__ import annotations

from itertools import combinations, product
from math import isnan, nan

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from oracle import graph_of, networks
from pandas.testing import assert_series_equal
from scipy.stats import chi2
from strategies import referral_rows

from refgraph import referral_graph
from refgraph.analysis.reciprocity import chance, degree_preserving_swaps, swap_tests
from refgraph.analysis.reciprocity.degree_preserving_swaps import Chains, shuffled
from refgraph.analysis.reciprocity.expected_networks import BINARY, EXPONENTIAL, GEOMETRIC, fit
from refgraph.errors import GraphError, OptionError, SizeError
from refgraph.graph.door import Ties, ties

ROUND = [("A", "B", 1), ("B", "C", 1), ("C", "A", 1)]
# each with the networks that have its degrees: the first only a turn connects
TINY = {
    "a round of three": (3, [(0, 1), (1, 2), (2, 0)], 2),
    "a round of four": (4, [(0, 1), (1, 2), (2, 3), (3, 0)], 9),
    "a hub": (4, [(0, 1), (0, 2), (0, 3), (1, 0), (2, 1), (3, 2)], None),
    "a round and a way out of it": (4, [(0, 1), (1, 3), (3, 0), (0, 2)], None),
    "a round and a giver": (4, [(0, 1), (1, 2), (2, 0), (3, 0), (3, 1)], None),
}


def random_graph(people, density, seed):
    rng = np.random.default_rng(seed)
    rows = np.argwhere(rng.random((people, people)) < density)
    rows = [(f"{u:03}", f"{v:03}", int(rng.integers(1, 6))) for u, v in rows if u != v]
    return referral_graph(rows, people=[f"{each:03}" for each in range(people)])


def edges_of(people, pairs):
    giver, receiver = np.array(sorted(pairs)).T
    return Ties(people, giver, receiver, np.ones(len(giver)))


def every_network(people, pairs):
    """Enumerate by brute force all networks with the degrees of one."""
    edges = edges_of(people, pairs)
    gives = np.bincount(edges.giver, minlength=people)
    gets = np.bincount(edges.receiver, minlength=people)
    choices = [
        list(combinations([v for v in range(people) if v != u], gives[u])) for u in range(people)
    ]
    return [
        tuple(sorted((u, v) for u, to in enumerate(chosen) for v in to))
        for chosen in product(*choices)
        if (np.bincount([v for to in chosen for v in to], minlength=people) == gets).all()
    ]


def network_of(chains, row=0):
    return tuple(sorted(zip(chains.giver.tolist(), chains.receiver[row].tolist(), strict=True)))


def transitions(people, pairs, move):
    """Chances to go from network to network when every proposal is made in its share."""
    found = every_network(people, pairs)
    place = {each: at for at, each in enumerate(found)}
    chances = np.zeros((len(found), len(found)))
    for each in found:
        edges = edges_of(people, each)
        start = Chains(people, edges.giver, edges.receiver, 1)
        for share, proposal in proposals(start, move):
            chains = Chains(people, edges.giver, edges.receiver, 1)
            getattr(chains, move)(*(np.array([one]) for one in proposal))
            chances[place[each], place[network_of(chains)]] += share
            cells = chains._taken.reshape(people, people)
            assert sorted(np.argwhere(cells).tolist()) == sorted(
                [[u, v] for u, v in network_of(chains)] + [[u, u] for u in range(people)]
            )
    return chances


def proposals(chains, move):
    total = len(chains.giver)
    if move == "swap":
        return [(1 / total**2, two) for two in product(range(total), repeat=2)]
    parts = 12  # of every tie's onward draw: its thirds and halves are exact
    draws = [(each + 0.5) / (2 * parts) for each in range(2 * parts)]
    return [(1 / total / len(draws), two) for two in product(range(total), draws)]


def drawn(people, pairs, samples, seed=0):
    found = every_network(people, pairs)
    counts = dict.fromkeys(found, 0)
    edges = edges_of(people, pairs)
    for chains in shuffled(edges, samples=samples, rng=np.random.default_rng(seed)):
        for row in range(len(chains.receiver)):
            counts[network_of(chains, row)] += 1
    return np.array(list(counts.values()))


def surprise(counts):
    """Chance of counts at least as uneven from equally likely networks."""
    expected = counts.sum() / len(counts)
    return float(chi2.sf(((counts - expected) ** 2 / expected).sum(), len(counts) - 1))


# Uniform: every proposal, and every network.


@pytest.mark.parametrize("name", TINY)
def test_every_move_is_as_likely_as_the_one_back_and_all_networks_are_reached(name):
    people, pairs, count = TINY[name]
    swap, turn = (transitions(people, pairs, move) for move in ("swap", "turn"))
    for chances in (swap, turn):
        assert chances.sum(axis=1) == pytest.approx(1)
        assert pytest.approx(chances.T, abs=1e-12) == chances
    assert count in (None, len(swap))
    assert len(swap) > 1
    assert nx.is_connected(nx.from_numpy_array(swap + turn))
    # it comes back after odd numbers of moves too, so that no parity is kept
    assert (np.diag(swap) > 0).all()
    assert (np.diag(turn) > 0).all()


def test_only_turns_lead_from_a_round_of_three_to_its_reverse():
    people, pairs, _ = TINY["a round of three"]
    assert transitions(people, pairs, "swap") == pytest.approx(np.eye(2))
    assert transitions(people, pairs, "turn") == pytest.approx(np.full((2, 2), 0.5))


@pytest.mark.parametrize("name", TINY)
def test_all_networks_of_the_degrees_are_drawn_alike(name):
    people, pairs, _ = TINY[name]
    assert surprise(drawn(people, pairs, 4000)) > 1e-3


def test_without_turns_the_draw_would_be_seen_to_be_uneven(monkeypatch):
    monkeypatch.setattr(Chains, "turn", lambda self, tie, onward: None)
    people, pairs, _ = TINY["a round of three"]
    assert surprise(drawn(people, pairs, 4000)) < 1e-9


def test_without_stays_the_draw_would_be_seen_to_be_uneven():
    people, pairs, _ = TINY["a hub"]
    chances = transitions(people, pairs, "swap") + transitions(people, pairs, "turn")
    np.fill_diagonal(chances, 0)
    busy = chances.sum(axis=1)  # where a walk that never stays would be found
    assert surprise(4000 * busy / busy.sum()) < 1e-3


def test_degrees_are_kept_and_cells_stay_true():
    edges = ties(random_graph(25, 0.15, 1))
    gets = np.bincount(edges.receiver, minlength=25)
    (chains,) = shuffled(edges, samples=30, rng=np.random.default_rng(0))
    assert len({network_of(chains, row) for row in range(30)}) == 30
    for row, mutual in enumerate(chains.mutual()):
        H = nx.DiGraph(network_of(chains, row))
        assert H.number_of_edges() == len(edges.giver)
        assert nx.number_of_selfloops(H) == 0
        assert (np.bincount(chains.receiver[row], minlength=25) == gets).all()
        assert sum(H.has_edge(v, u) for u, v in H.edges) == 2 * mutual


def test_batches_of_chains_are_all_drawn(monkeypatch):
    G = random_graph(20, 0.2, 0)
    whole = chance.swap_test(G, samples=300)
    monkeypatch.setattr(degree_preserving_swaps, "_BYTES", 70 * (400 + 24 * G.number_of_edges()))
    parts = chance.swap_test(G, samples=300)
    draw = shuffled(ties(G), samples=300, rng=np.random.default_rng(0))
    assert [len(chains.receiver) for chains in draw] == [70, 70, 70, 70, 20]
    assert parts["expected"] == pytest.approx(whole["expected"], abs=5 * whole["sd"] / 17)


# swap_test.


def test_a_network_whose_mutual_count_is_certain_has_no_z():
    found = chance.swap_test(referral_graph(ROUND), samples=99)
    assert found[["observed", "expected", "sd", "p", "p_less"]].tolist() == [0, 0, 0, 1, 1]
    assert isnan(found["z"])
    full = referral_graph([("A", "B", 1), ("B", "A", 2)])
    assert isnan(chance.swap_test(full, samples=9)["excess"])


def test_four_in_a_round_against_all_nine_networks_of_their_degrees():
    _, pairs, _ = TINY["a round of four"]
    G = referral_graph([(str(u), str(v), 1) for u, v in pairs])
    # 6 of the 9 are rounds of four, 3 are two mutual pairs
    found = chance.swap_test(G, samples=4000)
    assert found["expected"] == pytest.approx(1 / 3, abs=0.03)
    assert found["sd"] == pytest.approx(np.sqrt(2) / 3, abs=0.02)
    assert found["p"] == 1
    assert found["p_less"] == pytest.approx(2 / 3, abs=0.03)
    pairs = [("0", "1", 1), ("1", "0", 1), ("2", "3", 1), ("3", "2", 1)]
    found = chance.swap_test(referral_graph(pairs), samples=4000)
    assert found["p"] == pytest.approx(1 / 3, abs=0.03)
    assert found["p_less"] == 1
    assert found["p"] * 4001 == pytest.approx(round(found["p"] * 4001))


def test_pairs_and_ties_tell_the_same_p():
    G = random_graph(20, 0.2, 3)
    edge = chance.swap_test(G, samples=200)
    dyad = chance.swap_test(G, statistic="dyad", samples=200)
    assert dyad[["p", "p_less"]].tolist() == edge[["p", "p_less"]].tolist()
    r = edge["observed"]
    assert dyad["observed"] == pytest.approx(r / (2 - r))
    assert dyad["expected"] < edge["expected"]
    two = referral_graph([("0", "1", 1), ("1", "0", 1), ("2", "3", 1), ("3", "2", 1)])
    edge = chance.swap_test(two, samples=50)  # all or nothing is mutual
    assert_series_equal(chance.swap_test(two, statistic="dyad", samples=50), edge)


def test_no_ties_have_no_answer_and_the_same_names():
    for people in ([], ["A"], ["A", "B"]):
        G = referral_graph([], people=people)
        for f in (chance.swap_test, chance.dbcm, chance.weighted):
            found = f(G)
            assert found.index.equals(f(referral_graph(ROUND)).index)
            assert found.dtype == float
            assert found.drop(["samples", "seed"], errors="ignore").isna().all()
    assert isnan(chance.swap_test(random_graph(9, 0.4, 0), samples=1)["z"])


def test_a_random_network_is_rarely_significant_and_a_mutual_one_is():
    found = [chance.swap_test(random_graph(30, 0.1, seed), samples=200) for seed in range(10)]
    assert sum(each["p"] > 0.05 for each in found) >= 8
    assert sum(each["p_less"] > 0.05 for each in found) >= 8
    G = random_graph(30, 0.05, 1)
    mutual = referral_graph([*G.edges(data="weight"), *((v, u, 1) for u, v in list(G.edges)[:20])])
    planted = chance.swap_test(mutual, samples=200)
    assert planted["p"] == pytest.approx(1 / 201)
    assert planted["z"] > 5
    assert planted["p_less"] == 1


def test_the_same_seed_gives_the_same_bytes_whatever_the_order_of_the_rows():
    rows = list(random_graph(20, 0.2, 5).edges(data="weight"))
    one, other = referral_graph(rows), referral_graph(rows[::-1])
    assert_series_equal(
        chance.swap_test(one, samples=50), chance.swap_test(other, samples=50), check_exact=True
    )
    again = chance.swap_test(one, samples=50, seed=1)
    assert again["expected"] != chance.swap_test(one, samples=50)["expected"]


def test_neither_names_nor_the_direction_of_all_ties_change_the_law():
    G = random_graph(20, 0.2, 5)
    names = {person: f"z{99 - at}" for at, person in enumerate(G)}
    one = chance.swap_test(G, samples=800)
    for H in (referral_graph(nx.relabel_nodes(G, names)), referral_graph(G.reverse())):
        other = chance.swap_test(H, samples=800)
        assert other["observed"] == one["observed"]
        assert other["expected"] == pytest.approx(one["expected"], abs=4 * one["sd"] / 20)
        assert other["sd"] == pytest.approx(one["sd"], rel=0.15)


@networks("null_models")
def test_the_shuffled_networks_are_those_of_the_reference(network):
    theirs = network["values"]["null_models"]["degree_preserving_swap"]
    G = graph_of(network)
    ours = chance.swap_test(G, samples=400)
    error = theirs["sd"] * (1 / np.sqrt(theirs["samples"]) + 1 / np.sqrt(400))
    assert ours["expected"] == pytest.approx(theirs["mean"], abs=4 * error)
    assert ours["sd"] == pytest.approx(theirs["sd"], rel=0.15)


# dbcm.


@networks("null_models")
def test_the_average_degrees_give_the_reference_values(network):
    G, theirs = graph_of(network), network["values"]["null_models"]
    ours = chance.dbcm(G)
    assert ours["expected"] == pytest.approx(theirs["r_null_dbcm"]["value"], abs=1e-5)
    assert ours["z"] == pytest.approx(theirs["z_dbcm"]["value"], abs=1e-3)
    assert ours["excess"] == pytest.approx(theirs["rho_dbcm"], abs=1e-4)


@settings(max_examples=60)
@given(referral_rows(min_size=1))
def test_every_fit_gives_back_its_sums(rows):
    edges = ties(referral_graph(rows))
    for law, weight in ((BINARY, np.ones(len(edges.giver))), (GEOMETRIC, edges.weight)):
        ends = [np.bincount(end, weight, edges.people) for end in (edges.giver, edges.receiver)]
        found = fit(law, *ends)
        assert found.miss <= 1e-9 * weight.sum()
        gives, gets = zip(*((flow.sum(1), flow.sum(0)) for flow in flows(found)), strict=True)
        kinds = np.unique(np.c_[*ends], axis=0).T * found.people
        assert np.concatenate(gives) == pytest.approx(kinds[0], abs=1e-8 * weight.sum())
        assert np.sum(gets, axis=0) == pytest.approx(kinds[1], abs=1e-8 * weight.sum())


def flows(found):
    return [pairs * mean for _, pairs, mean in found.blocks()]


def test_who_gives_to_all_or_none_is_certain():
    full = chance.dbcm(referral_graph([(u, v, 1) for u in "ABC" for v in "ABC" if u != v]))
    assert full[["observed", "expected", "sd"]].tolist() == [1, 1, 0]
    assert full[["z", "excess"]].isna().all()
    star = chance.dbcm(referral_graph([("A", each, 1) for each in "BCD"]))
    assert star[["observed", "expected", "sd", "excess"]].tolist() == [0, 0, 0, 0]
    # A and B are certain of each other, then C and D choose as they like
    rows = [("A", v, 1) for v in "BCD"] + [(v, "A", 1) for v in "BCD"] + [("B", "C", 1)]
    rows += [("C", "D", 1), ("D", "B", 1)]
    found = chance.dbcm(referral_graph(rows))
    assert found["expected"] == pytest.approx((6 + 6 / 4) / 9)
    assert found["sd"] == pytest.approx(np.sqrt(2 * 6 * 3 / 16) / 9)


@settings(max_examples=25)
@given(referral_rows(min_size=1))
def test_reversing_all_ties_changes_nothing(rows):
    G = referral_graph(rows)
    for f in (chance.dbcm, chance.weighted):
        assert_series_equal(f(referral_graph(G.reverse())), f(G), rtol=1e-5, atol=1e-6)


# weighted.


@networks("weighted_null_dwcm")
def test_the_average_strengths_give_the_reference_values(network):
    theirs = network["values"]["weighted_null_dwcm"]
    ours = chance.weighted(graph_of(network))
    assert ours["expected"] == pytest.approx(theirs["r_null"], abs=1e-8)
    assert ours["excess"] == pytest.approx(theirs["rho"], abs=1e-8)


def test_two_people_by_hand():
    G = referral_graph([("A", "B", 3), ("B", "A", 1)])
    # the lesser is at least k with the product of (3/4)^k and (1/2)^k
    q = 3 / 4 * 1 / 2
    e = 2 * q / (1 - q) / 4
    assert chance.weighted(G).tolist() == pytest.approx([1 / 2, e, (1 / 2 - e) / (1 - e)])
    amounts = chance.weighted(G, null="exponential")
    assert amounts["expected"] == pytest.approx(2 * (1 / (1 / 3 + 1)) / 4)


def test_amounts_may_be_in_any_currency():
    G = random_graph(15, 0.3, 4)
    H = referral_graph([(u, v, weight * 0.37) for u, v, weight in G.edges(data="weight")])
    one, other = (chance.weighted(each, null="exponential") for each in (G, H))
    assert_series_equal(one, other, rtol=1e-7)
    with pytest.raises(OptionError, match="exponential"):
        chance.weighted(H)


def test_the_lesser_of_two_weights_is_that_of_simulation():
    rng = np.random.default_rng(0)
    a, b = np.array(2.5), np.array(0.7)
    counts = rng.geometric(1 / (1 + a), 200_000) - 1, rng.geometric(1 / (1 + b), 200_000) - 1
    assert GEOMETRIC.both(a, b) == pytest.approx(np.minimum(*counts).mean(), abs=0.01)
    amounts = rng.exponential(a, 200_000), rng.exponential(b, 200_000)
    assert EXPONENTIAL.both(a, b) == pytest.approx(np.minimum(*amounts).mean(), abs=0.01)


# excess, and what is refused.


def test_excess_is_one_when_all_comes_back_and_nan_when_it_must():
    assert chance.excess(1, 0.3) == 1
    assert chance.excess(0.3, 0.3) == 0
    assert chance.excess(0, 0.5) == -1
    for r, expected in ((1, 1), (nan, 0.2), (0.2, nan)):
        assert isnan(chance.excess(r, expected))


def test_what_it_does_not_do_is_said():
    G = referral_graph(ROUND)
    with pytest.raises(OptionError, match="'edge' or 'dyad', not 'triad'"):
        chance.swap_test(G, statistic="triad")
    for samples in (0, -1):
        with pytest.raises(OptionError, match="1 or more"):
            chance.swap_test(G, samples=samples)
    with pytest.raises(OptionError, match="'geometric' or 'exponential', not 'normal'"):
        chance.weighted(G, null="normal")
    for f in (chance.swap_test, chance.dbcm, chance.weighted):
        with pytest.raises(GraphError):
            f(nx.path_graph(3))


def test_too_many_people_are_refused_before_anything_is_drawn():
    people = [f"{at:05}" for at in range(swap_tests.LIMIT_PEOPLE + 1)]
    G = referral_graph([(people[0], people[1], 1)], people=people)
    assert "dbcm" in chance.too_large(G)
    with pytest.raises(SizeError, match=r"3,001 people and 1 ties.*chance\.dbcm"):
        chance.swap_test(G)
    assert chance.dbcm(G)["observed"] == 0
    assert chance.too_large(random_graph(100, 0.1, 0)) == ""
    for people, total in ((1000, 7000), (300, 12_000)):
        assert swap_tests._too_large(people, total, 1000) == ""
        assert swap_tests._too_large(people, 3 * total // 2, 1000)
    assert chance.too_large(random_graph(100, 0.1, 0), samples=10_000_000)


def test_the_graph_is_left_alone_and_a_foreign_one_is_understood():
    G = nx.DiGraph([(1, 2), (2, 1), (2, 3), (3, 3)])
    with pytest.warns(UserWarning, match="self"):
        found = chance.swap_test(G, samples=20)
    assert found["observed"] == pytest.approx(2 / 3)
    assert G.has_edge(3, 3)
