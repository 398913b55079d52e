"""The test that keeps groups: by hand, against all networks of a class, where it may not speak."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pandas as pd
import pytest
from enumerated import classes, moves_from_all, partitions, same_givers
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_series_equal
from scipy.sparse.csgraph import connected_components
from scipy.stats import chi2
from strategies import referral_rows

from refgraph import chance, referral_graph
from refgraph.analysis.connecting.partition import RESOLUTIONS, likelihood, partition
from refgraph.analysis.reciprocity.group_swaps import GroupChains, shuffled_in_groups
from refgraph.analysis.reciprocity.swap_tests import _half
from refgraph.errors import OptionError, SizeError
from refgraph.graph.door import Ties, ties

MUTUAL = [("A", "B", 1), ("B", "A", 1), ("C", "D", 1), ("D", "C", 1)]


def edges_of(people, pairs):
    giver, receiver = np.array(sorted(pairs)).T
    return Ties(people, giver, receiver, np.ones(len(giver)))


def grouped(sizes, inside, across, seed, back=0.0):
    """Independent ties in groups, of which some within bring one back."""
    rng = np.random.default_rng(seed)
    code = np.repeat(np.arange(len(sizes)), sizes)
    within = code[:, None] == code
    there = rng.random(within.shape) < np.where(within, inside, across)
    there |= there.T & within & (rng.random(within.shape) < back)
    rows = [(f"{u:03}", f"{v:03}", 1) for u, v in np.argwhere(there) if u != v]
    people = [f"{at:03}" for at in range(len(code))]
    return referral_graph(rows, people=people), dict(zip(people, code.tolist(), strict=True))


def kept(people, giver, receiver, code):
    """Ties of everybody to, and from, each group."""
    to = np.zeros((2, people, code.max() + 1), dtype=int)
    np.add.at(to[0], (giver, code[receiver]), 1)
    np.add.at(to[1], (receiver, code[giver]), 1)
    return to


# All networks of a few people.


@pytest.mark.parametrize(
    "sizes", [*(s for n in (2, 3, 4) for s in partitions(n) if s[0] > 1), (5,)], ids=str
)
def test_moves_join_all_networks_of_a_class_and_are_as_likely_as_those_back(sizes):
    people = sum(sizes)
    for code, giver, every in same_givers(sizes):
        kind = classes(people, giver, every, code)
        # five people: those who give to two at most; tests/enumerated.py goes through all
        small = people < 5 or (len(giver) < 9 and np.bincount(giver, minlength=5).max() < 3)
        if kind.max(initial=0) + 1 < len(every) and small:
            swap, turn = moves_from_all(people, giver, every, code)
            assert abs(swap - swap.T).max() < 1e-12
            assert abs(turn - turn.T).max() < 1e-12
            assert swap.sum(axis=1) == pytest.approx(1)
            parts = connected_components(swap + turn)[1]
            # as many parts as classes, and no move leaves its class
            assert parts.max() == kind.max()


@pytest.mark.parametrize("sizes", [(4, 1), (3, 2)], ids=str)
def test_swaps_alone_join_all_ties_from_one_group_to_another(sizes):
    for code, giver, every in same_givers(sizes):
        across = len(giver) and (code[giver] == 0).all() and (code[every[0]] == 1).all()
        if across:
            swap, turn = moves_from_all(5, giver, every, code)
            assert abs(swap - swap.T).max() < 1e-12
            assert turn.nnz == 0
            assert connected_components(swap)[0] == classes(5, giver, every, code).max() + 1


def test_within_a_group_swaps_alone_would_not_do():
    found = [
        (connected_components(swap)[0], classes(3, giver, every, code).max() + 1)
        for code, giver, every in same_givers((3,))
        if len(giver)
        for swap, _ in [moves_from_all(3, giver, every, code)]
    ]
    assert any(parts > kinds for parts, kinds in found)


# the number of networks each: both rounds either way; two ways there and two back; and the
# nine of four people who give to one each, for a guest's two ties stay
SMALL = {
    "two rounds apart": ([(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3)], [0, 0, 0, 1, 1, 1], 4),
    "across and back": ([(0, 2), (1, 3), (2, 0), (3, 1)], [0, 0, 1, 1], 4),
    "a group and a guest": ([(0, 1), (1, 2), (2, 3), (3, 0), (0, 4), (4, 1)], [0, 0, 0, 0, 1], 9),
}


@pytest.mark.parametrize("name", SMALL)
def test_all_networks_that_keep_groups_are_drawn_alike(name):
    pairs, code, count = SMALL[name]
    people, code = len(code), np.array(code)
    edges = edges_of(people, pairs)
    all_ends = product(*([v for v in range(people) if v != u] for u in edges.giver))
    here = kept(people, edges.giver, edges.receiver, code)
    every = {
        tuple(sorted(zip(edges.giver.tolist(), ends, strict=True)))
        for ends in all_ends
        if len({*zip(edges.giver.tolist(), ends, strict=True)}) == len(ends)
        and (kept(people, edges.giver, np.array(ends), code) == here).all()
    }
    counts = Counter(dict.fromkeys(every, 0))
    for chains in shuffled_in_groups(edges, code, samples=4000, rng=np.random.default_rng(1)):
        for row in chains.receiver.tolist():
            counts[tuple(sorted(zip(chains.giver.tolist(), row, strict=True)))] += 1
    assert set(counts) == every
    drawn, expected = np.array(list(counts.values())), 4000 / len(every)
    assert chi2.sf(((drawn - expected) ** 2 / expected).sum(), len(every) - 1) > 1e-3
    assert len(every) == count


# Laws.


@settings(max_examples=40, deadline=None)
@given(referral_rows(min_size=1), st.lists(st.integers(0, 2), min_size=6, max_size=6))
def test_everybody_keeps_their_ties_to_and_from_each_group(rows, labels):
    edges = ties(referral_graph(rows))
    code = np.unique(labels[: edges.people], return_inverse=True)[1]
    here = kept(edges.people, edges.giver, edges.receiver, code)
    (chains,) = shuffled_in_groups(edges, code, samples=5, rng=np.random.default_rng(0))
    for at, row in enumerate(chains.receiver):
        assert (kept(edges.people, chains.giver, row, code) == here).all()
        there = set(zip(chains.giver.tolist(), row.tolist(), strict=True))
        assert len(there) == len(row)
        assert all(u != v for u, v in there)
        assert sum((v, u) in there for u, v in there) == 2 * chains.mutual()[at]


def test_pairs_that_are_barred_stay_without_ties():
    edges = ties(grouped((8, 8), 0.5, 0.2, 0)[0])
    barred = _half(edges.people, np.random.default_rng(3))
    assert (barred == barred.T).all()
    assert not barred.diagonal().any()
    free = ~barred[edges.giver, edges.receiver]
    tested = Ties(edges.people, edges.giver[free], edges.receiver[free], edges.weight[free])
    code = np.repeat([0, 1], 8)
    (chains,) = shuffled_in_groups(
        tested, code, samples=40, rng=np.random.default_rng(0), barred=barred
    )
    assert not barred[np.tile(chains.giver, (40, 1)), chains.receiver].any()
    assert len({tuple(row) for row in chains.receiver.tolist()}) == 40
    back = [
        sum((v, u) in there for u, v in there)
        for row in chains.receiver.tolist()
        for there in [set(zip(chains.giver.tolist(), row, strict=True))]
    ]
    assert back == (2 * chains.mutual()).tolist()


def test_a_single_group_is_the_test_of_degrees():
    G, _ = grouped((25,), 0.2, 0, 1)
    plain = chance.swap_test(G, samples=1000)
    one = chance.swap_test(G, keep="groups", groups=dict.fromkeys(G, "all"), samples=1000)
    assert one["expected"] == pytest.approx(plain["expected"], abs=5 * plain["sd"] / 30)
    assert one["sd"] == pytest.approx(plain["sd"], rel=0.1)


def test_if_everybody_is_a_group_nothing_can_change():
    G, _ = grouped((12,), 0.3, 0, 1)
    found = chance.swap_test(G, keep="groups", groups={each: each for each in G}, samples=50)
    assert found[["sd", "p", "p_less"]].tolist() == [0, 1, 1]
    nobody = chance.swap_test(G, keep="groups", groups={next(iter(G)): "x"}, samples=50)
    assert nobody[["expected", "sd", "p"]].tolist() == found[["expected", "sd", "p"]].tolist()


def test_who_is_alone_keeps_all_ties_whatever_their_group():
    G, group = grouped((8, 8), 0.5, 0.2, 2)
    alone = chance.swap_test(G, keep="groups", groups=group, alone="003", samples=50)
    named = chance.swap_test(G, keep="groups", groups=group | {"003": 9}, samples=50)
    assert_series_equal(alone, named)
    assert (
        alone["expected"]
        != chance.swap_test(G, keep="groups", groups=group, samples=50)["expected"]
    )


# By hand.


def test_two_by_two_across_by_hand():
    # A and B give one tie each into {C, D}, which each get one; the same back: 2 x 2 networks,
    # of which half are all mutual and half not at all
    rows = [("A", "C", 1), ("B", "D", 1), ("C", "A", 1), ("D", "B", 1)]
    G = referral_graph(rows)
    sides = {"A": "x", "B": "x", "C": "y", "D": "y"}
    found = chance.swap_test(G, keep="groups", groups=sides, samples=4000)
    assert found["observed"] == 1
    assert found["expected"] == pytest.approx(0.5, abs=0.03)
    assert found["p"] == pytest.approx(0.5, abs=0.03)
    # of all nine networks of these degrees three are all mutual
    assert chance.swap_test(G, samples=4000)["p"] == pytest.approx(1 / 3, abs=0.03)


def test_ties_within_groups_alone_are_more_than_degrees_explain_and_no_more_than_groups_do():
    for seed in range(3):
        G, group = grouped((6,) * 6, 0.6, 0.02, seed)
        assert chance.swap_test(G, samples=200)["p"] == pytest.approx(1 / 201)
        assert chance.swap_test(G, keep="groups", groups=group, samples=200)["p"] > 0.025


def test_giving_back_within_groups_is_found_beyond_groups(simulated):
    for seed in range(simulated(3)):
        G, group = grouped((10,) * 5, 0.25, 0.02, seed, back=0.5)
        assert chance.swap_test(G, keep="groups", groups=group, samples=200)["p"] < 0.025
        G, _ = grouped((25,) * 4, 0.15, 0.005, seed, back=0.6)
        assert chance.split_test(G, samples=200)["p"] < 0.025


def test_groups_that_nobody_named_are_found_in_one_half_and_tested_in_the_other():
    G, _ = grouped((9, 9, 9), 0.7, 0.02, 0)
    found = chance.split_test(G, samples=200)
    assert found["groups"] == 3
    first = _half(len(G), np.random.default_rng(0))
    edges = ties(G)
    tested = ~first[edges.giver, edges.receiver]
    assert found["ties"] == tested.sum()
    assert found["observed"] == (edges.returned[tested] > 0).mean()
    assert found["p"] > 0.025
    assert_series_equal(found, chance.split_test(G, samples=200))
    assert chance.split_test(G, samples=200, seed=1)["ties"] != found["ties"]


def test_the_same_seed_gives_the_same_bytes_whatever_the_order_of_the_rows():
    G, group = grouped((6, 6, 6), 0.4, 0.1, 1)
    H = referral_graph([*G.edges(data="weight")][::-1])
    turned = pd.Series(group)[::-1]
    for one, other in (
        (
            chance.swap_test(G, keep="groups", groups=group, samples=50),
            chance.swap_test(H, keep="groups", groups=turned, samples=50),
        ),
        (chance.split_test(G, samples=50), chance.split_test(H, samples=50)),
    ):
        assert_series_equal(one, other, check_exact=True)


def test_no_ties_have_no_answer_and_the_same_names():
    full = chance.split_test(referral_graph(MUTUAL), samples=9)
    for people in ([], ["A"], ["A", "B"]):
        G = referral_graph([], people=people)
        split = chance.split_test(G, samples=9)
        assert split.index.equals(full.index)
        assert split["ties"] == 0
        known = chance.swap_test(G, keep="groups", groups=dict.fromkeys(people, "x"), samples=9)
        for found in (split, known):
            assert found.dtype == float
            assert found.drop(["samples", "seed", "ties", "groups"], errors="ignore").isna().all()
    one = chance.split_test(referral_graph([("A", "B", 1)]), samples=9)
    assert one[["observed", "p"]].isna().all()  # one of the halves has no tie


# Groups that are found.


def test_small_groups_in_a_large_network_are_not_joined():
    edges = ties(grouped((5,) * 20, 0.9, 0.01, 0)[0])
    found = partition(edges)
    assert [len({*found[at : at + 5].tolist()}) for at in range(0, 100, 5)] == [1] * 20
    assert found.max() + 1 == 20
    assert max(RESOLUTIONS) > min(RESOLUTIONS) == 1


def test_how_likely_groups_make_the_ties_is_the_likelihood_of_poisson_ties():
    rng = np.random.default_rng(0)
    giver, receiver = rng.integers(0, 8, (2, 40))
    group = np.repeat([0, 1, 2], [2, 3, 3])

    def likely(inside, across):
        gives, gets = (np.bincount(end, minlength=8) / np.sqrt(40) for end in (giver, receiver))
        mean = np.outer(gives, gets) * np.where(group[:, None] == group, inside, across)
        there = np.zeros((8, 8))
        np.add.at(there, (giver, receiver), 1)
        return (there * np.log(np.where(mean > 0, mean, 1)) - mean).sum()

    among = group[giver] == group[receiver]
    share = [np.bincount(group[end]) for end in (giver, receiver)]
    expected = share[0] @ share[1] / 40
    best = likely(among.sum() / expected, (~among).sum() / (40 - expected))
    assert likelihood(giver, receiver, group) == pytest.approx(best - likely(1, 1))
    assert likelihood(giver, receiver, np.zeros(8, dtype=int)) == 0


@settings(max_examples=30, deadline=None)
@given(referral_rows())
def test_all_with_ties_are_in_a_group_and_nobody_else(rows):
    edges = ties(referral_graph(rows))
    found = partition(edges)
    tied = np.unique(np.r_[edges.giver, edges.receiver])
    assert (np.flatnonzero(found >= 0) == tied).all()
    assert sorted({*found.tolist()} - {-1}) == list(range(found.max(initial=-1) + 1))


# Failures.


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"keep": "strengths"}, "what is kept is 'degrees' or 'groups', not 'strengths'"),
        ({"keep": "groups"}, "keep='groups' goes with groups"),
        ({"groups": {"A": "x"}}, "groups, and who is alone, go with keep='groups'"),
        ({"alone": "A"}, "groups, and who is alone, go with keep='groups'"),
        ({"keep": "groups", "groups": {"Z": "x"}}, "the groups are those of nobody"),
        ({"keep": "groups", "groups": {"A": ""}}, "the groups are those of nobody"),
        ({"keep": "groups", "groups": ["A"]}, "a mapping from person to group, not a list"),
        ({"keep": "groups", "groups": {"A": "x"}, "alone": "Z"}, "'Z' is not in the network"),
        ({"samples": 0}, "the number of samples is 1 or more, not 0"),
        ({"statistic": "triad"}, "the statistic is 'edge' or 'dyad', not 'triad'"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_with_a_sentence(options, said):
    with pytest.raises(OptionError, match=said.replace("(", r"\(")):
        chance.swap_test(referral_graph(MUTUAL), **options)


def test_halves_are_refused_as_the_whole_is():
    G = referral_graph(MUTUAL)
    with pytest.raises(OptionError, match="'Z' is not in the network"):
        chance.split_test(G, alone="Z")
    with pytest.raises(OptionError, match="'edge' or 'dyad'"):
        chance.split_test(G, statistic="triad")
    with pytest.raises(OptionError, match="1 or more"):
        chance.split_test(G, samples=0)
    with pytest.raises(SizeError, match="too many for 1,000,000,000 shuffled networks"):
        chance.split_test(G, samples=10**9)


def test_without_ties_within_a_group_no_round_is_turned():
    chains = GroupChains(4, np.array([0, 1]), np.array([2, 3]), 3, group=np.array([0, 0, 1, 1]))
    chains.turn(np.zeros(3, dtype=np.int64), np.full(3, 0.1))
    assert chains.receiver.tolist() == [[2, 3]] * 3
