"""What no measure of a network may depend on: names, the order of rows, strangers, directions."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph import referral_graph
from refgraph.analysis.connecting import brokerage, connectors, structural_holes
from refgraph.analysis.connecting.articulation import articulation
from refgraph.analysis.connecting.betweenness import betweenness
from refgraph.analysis.connecting.participation import participation
from refgraph.analysis.reciprocity import balance, circulation, own_ties, reciprocity, triads

PEOPLE = ["Ann", "Bo", "Cy", "Dee", "Eve", "Fay", "Gil"]
GROUP = dict(zip(PEOPLE, ["n", "n", "n", "s", "s", "w", ""], strict=True))


def rows_among(people=PEOPLE, *, max_size=16):
    ends = st.permutations(people).map(lambda names: tuple(names[:2]))
    row = st.tuples(ends, st.integers(1, 4)).map(lambda drawn: (*drawn[0], drawn[1]))
    return st.lists(row, max_size=max_size)


def graph(rows, people=PEOPLE):
    return referral_graph(rows, people=people)


#: Each gives a table or a column with a row for each person, from a network and everybody's group.
OF_PEOPLE = {
    "shares": lambda G, _: reciprocity.by_person(G),
    "balance": lambda G, _: balance.by_person(G),
    "holes": lambda G, _: structural_holes.by_person(G),
    "ties alone": lambda G, _: structural_holes.by_person(G, scope="ego", weighted=False),
    "betweenness": lambda G, _: betweenness(G).to_frame(),
    "by referrals": lambda G, _: betweenness(G, weighted=True).to_frame(),
    "cut off": lambda G, _: articulation(G)[["cut_off"]],
    "participation": participation,
    "groups linked": lambda G, group: connectors.groups_linked(G, group).to_frame(),
    "reach": lambda G, group: connectors.reach(G, group).to_frame(),
    "brokerage": lambda G, group: brokerage.by_person(G, group)[[*brokerage.ROLES]],
}
#: Each gives numbers of the whole network.
OVER_ALL = {
    "shares": reciprocity.overall,
    "triads": triads.census,
    "closure": triads.overall,
    "sides": lambda G: own_ties.by_side(G).loc["all"],
}


def same(one, other):
    assert [*one.index] == [*other.index]
    np.testing.assert_allclose(
        one.to_numpy(dtype=float), other.to_numpy(dtype=float), rtol=1e-9, atol=1e-9
    )


@pytest.mark.parametrize("name", OF_PEOPLE)
@given(rows_among(), st.permutations(PEOPLE), st.randoms(use_true_random=False))
def test_whoever_bears_another_name_has_the_same_numbers(name, rows, names, rng):
    """Also where the rows come in another order, and each of several referrals in its own row."""
    called = dict(zip(PEOPLE, names, strict=True))
    again = [
        (called[giver], called[receiver], 1)
        for giver, receiver, count in rows
        for _ in range(count)
    ]
    rng.shuffle(again)
    told = OF_PEOPLE[name](graph(rows), GROUP)
    renamed = OF_PEOPLE[name](graph(again), {called[person]: GROUP[person] for person in PEOPLE})
    same(renamed.reindex([called[person] for person in told.index]).set_axis(told.index), told)


@pytest.mark.parametrize("name", OVER_ALL)
@given(rows_among(), st.permutations(PEOPLE))
def test_the_whole_is_the_same_under_other_names(name, rows, names):
    called = dict(zip(PEOPLE, names, strict=True))
    renamed = [(called[giver], called[receiver], count) for giver, receiver, count in rows]
    same(OVER_ALL[name](graph(renamed)), OVER_ALL[name](graph(rows)))


@pytest.mark.parametrize("name", OF_PEOPLE)
@given(rows_among())
def test_two_strangers_who_refer_to_each_other_change_nobodys_numbers(name, rows):
    """But betweenness, which is a share of all pairs of others, in the ratio of these."""
    more = [*rows, ("Xaver", "Yves", 3), ("Yves", "Xaver", 1)]
    few, many = graph(rows), graph(more, [*PEOPLE, "Xaver", "Yves"])
    told = OF_PEOPLE[name](few, GROUP)
    found = OF_PEOPLE[name](many, GROUP | {"Xaver": "x", "Yves": "x"}).loc[PEOPLE]
    if "betweenness" in told:
        found = found * comb(len(many) - 1, 2) / comb(len(few) - 1, 2)
    if name == "brokerage":  # which is told of those alone who have a group
        told, found = told.dropna(), found.dropna()
    same(found, told)


#: What each column is called where every referral goes the other way; the rest stay as they are.
TURNED = {
    "shares": {
        "given": "received",
        "answered": "returned",
        "one_way_out": "one_way_in",
        "received": "given",
        "returned": "answered",
        "one_way_in": "one_way_out",
    },
    "holes": {},
    "ties alone": {},
    "betweenness": {},
    "by referrals": {},
    "cut off": {},
    "groups linked": {},
    "participation": {
        "participation_out": "participation_in",
        "participation_in": "participation_out",
    },
    "brokerage": {"representative": "gatekeeper", "gatekeeper": "representative"},
}


@pytest.mark.parametrize("name", TURNED)
@given(rows_among())
def test_where_everything_goes_the_other_way_giving_and_receiving_change_places(name, rows):
    told = OF_PEOPLE[name](graph(rows), GROUP)
    back = [(receiver, giver, count) for giver, receiver, count in rows]
    turned = OF_PEOPLE[name](graph(back), GROUP).rename(columns=TURNED[name])
    same(turned[[*told]], told)


@given(rows_among())
def test_a_network_that_is_turned_round_is_as_mutual(rows):
    back = [(receiver, giver, count) for giver, receiver, count in rows]
    told, turned = reciprocity.overall(graph(rows)), reciprocity.overall(graph(back))
    kept = told.index.drop("katz_powell")  # which goes by how many each gives to
    same(turned[kept], told[kept])
    census = triads.census(graph(back)).rename(
        {
            "021D": "021U",
            "021U": "021D",
            "111D": "111U",
            "111U": "111D",
            "120D": "120U",
            "120U": "120D",
        }
    )
    same(census[triads.census(graph(rows)).index], triads.census(graph(rows)))


@given(rows_among())
def test_the_sides_of_somebody_are_the_whole(rows):
    """What is mine and what is among others adds up, and each is measured as a network alone."""
    G = graph(rows)
    sides = own_ties.by_side(G, "Ann")
    added = ["pairs", "mutual_pairs", "ties", "ties_back", "referrals", "matched"]
    assert sides.loc[["mine", "others"], added].sum().tolist() == sides.loc["all", added].tolist()
    mine = graph([row for row in rows if "Ann" in row[:2]])
    others = graph([row for row in rows if "Ann" not in row[:2]])
    same(own_ties.by_side(mine).loc["all"], sides.loc["mine"])
    same(own_ties.by_side(others).loc["all"], sides.loc["others"])


@given(rows_among(max_size=10), rows_among(max_size=1))
def test_one_more_referral_lets_no_less_go_round_and_no_more_than_all_of_it(rows, more):
    """What goes round with it is one round at the most, which no tie of another is longer than."""
    before, after = (
        circulation.circulation(graph(rows)),
        circulation.circulation(graph(rows + more)),
    )
    new = sum(count for *_, count in more)
    assert before - 1e-9 <= after <= before + new * len(PEOPLE) + 1e-9
    if more:
        giver, receiver, count = more[0]
        closed = circulation.circulation(graph([*rows, *more, (receiver, giver, count)]))
        assert closed >= before + 2 * count - 1e-9


@given(rows_among())
def test_what_goes_round_is_between_what_is_matched_and_what_is_balanced(rows):
    G = graph(rows)
    told, people = reciprocity.overall(G), balance.by_person(G)
    total = sum(count for *_, count in rows)
    if not total:
        assert np.isnan(told["circulation"])
        return
    left_over = people["balance"].abs().sum() / 2 / total
    assert told["weighted"] - 1e-9 <= told["circulation"] <= 1 - left_over + 1e-9


@given(rows_among(), rows_among(max_size=1))
def test_an_answer_makes_nobody_less_mutual(rows, more):
    """Who gives back what they got and did not yet return has as many matched more."""
    for giver, receiver, _ in more:
        G = graph(rows)
        forth = G.edges[giver, receiver]["weight"] if G.has_edge(giver, receiver) else 0
        back = G.edges[receiver, giver]["weight"] if G.has_edge(receiver, giver) else 0
        answered = graph([*rows, (receiver, giver, 1)])
        before, after = (reciprocity.by_person(each)["mutual"] for each in (G, answered))
        gained = int(forth > back)
        assert (after - before).to_dict() == {
            person: gained * (person in (giver, receiver)) for person in PEOPLE
        }
