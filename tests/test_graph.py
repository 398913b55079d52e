"""The door: rows of any kind become one simple, sorted, frozen graph with its arrays."""

from __future__ import annotations

import copy
import gc
import pickle
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from itertools import pairwise
from random import Random
from threading import Barrier

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from elsewhere import asked_elsewhere, asked_here
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import AWKWARD, referral_rows

from refgraph import adjacency, referral_graph
from refgraph.errors import GraphError
from refgraph.graph.door import index, tied, ties, without
from refgraph.graph.rearranged import rearranged

ROWS = [("Ann", "Bo", 3), ("Bo", "Ann", 1), ("Ann", "Cy", 2), ("Ann", "Bo", 1)]
HALVES = st.integers(1, 40).map(lambda tenths: tenths / 10)


def arrays(G):
    edges = ties(G)
    return [edges.people, *(each.tolist() for each in (edges.giver, edges.receiver, edges.weight))]


def plain(G):
    return list(G.nodes(data=True)), list(G.edges(data=True))


def test_repeats_are_summed_and_everything_is_sorted():
    G = referral_graph([("Cy", "Ann", 1), *ROWS], people=["Zoe", "Al"])
    assert list(G) == ["Al", "Ann", "Bo", "Cy", "Zoe"]
    assert list(G.edges(data="weight")) == [
        ("Ann", "Bo", 4.0),
        ("Ann", "Cy", 2.0),
        ("Bo", "Ann", 1.0),
        ("Cy", "Ann", 1.0),
    ]
    assert type(G) is nx.DiGraph
    assert nx.is_frozen(G)


def test_rows_may_come_from_a_generator_a_frame_or_a_graph():
    expected = plain(referral_graph(ROWS))
    frame = pd.DataFrame(ROWS, columns=["giver", "receiver", "count"])
    many = nx.MultiDiGraph()
    many.add_weighted_edges_from(ROWS)
    for rows in (iter(ROWS), map(list, ROWS), frame, many, referral_graph(ROWS)):
        assert plain(referral_graph(rows)) == expected


@pytest.mark.parametrize("dtype", ["str", "object", "category", "string"])
def test_the_type_of_a_column_does_not_matter(dtype):
    frame = pd.DataFrame(ROWS, columns=["giver", "receiver", "count"])
    typed = frame.astype({"giver": dtype, "receiver": dtype, "count": "Int64"})
    assert plain(referral_graph(typed)) == plain(referral_graph(ROWS))
    assert all(type(person) is str for person in referral_graph(typed))


def test_unused_categories_are_nobody():
    frame = pd.DataFrame(ROWS, columns=["giver", "receiver", "count"])
    frame["giver"] = pd.Categorical(frame["giver"], categories=["Zoe", "Bo", "Ann", "Yan"])
    assert list(referral_graph(frame)) == ["Ann", "Bo", "Cy"]


def test_a_frame_without_counts_counts_rows():
    frame = pd.DataFrame({"giver": ["Ann", "Ann"], "receiver": ["Bo", "Bo"]})
    assert list(referral_graph(frame).edges(data="weight")) == [("Ann", "Bo", 2.0)]


@pytest.mark.parametrize(
    "days",
    [
        [date(2026, 1, 5), None, date(2025, 3, 1)],
        ["2026-01-05", None, "2025-03-01"],
        pd.to_datetime(["2026-01-05", pd.NaT, "2025-03-01"]),
        pd.DatetimeIndex(["2026-01-05T23:30", pd.NaT, "2025-03-01T00:00"]).tz_localize("UTC"),
    ],
)
def test_first_and_last_are_the_known_days(days):
    frame = pd.DataFrame({"giver": "Ann", "receiver": ["Bo", "Cy", "Bo"], "date": days})
    assert list(referral_graph(frame).edges(data=True)) == [
        ("Ann", "Bo", {"weight": 2.0, "first": "2025-03-01", "last": "2026-01-05"}),
        ("Ann", "Cy", {"weight": 1.0}),
    ]


def test_an_undated_row_hides_no_date_of_its_pair():
    frame = pd.DataFrame({"giver": "Ann", "receiver": "Bo", "date": [None, "0999-12-31", None]})
    assert referral_graph(frame)["Ann"]["Bo"] == {
        "weight": 3.0,
        "first": "0999-12-31",
        "last": "0999-12-31",
    }


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NaT, pd.NA, ""])
def test_a_column_of_no_dates_gives_none(nothing):
    frame = pd.DataFrame({"giver": ["Ann"], "receiver": ["Bo"], "date": [nothing]})
    assert referral_graph(frame)["Ann"]["Bo"] == {"weight": 1.0}


@pytest.mark.parametrize("rows", [[], iter(()), pd.DataFrame(columns=["giver", "receiver"])])
def test_nothing_is_an_empty_graph(rows):
    G = referral_graph(rows)
    assert (len(G), G.size()) == (0, 0)
    assert adjacency(G).shape == (0, 0)
    assert ties(G).returned.tolist() == []
    assert list(referral_graph([], people=["Bo", "Ann", "Bo"])) == ["Ann", "Bo"]
    assert index(G).dtype == index(referral_graph(ROWS)).dtype


def test_awkward_names_stay_as_they_are():
    rows = [(one, other, 1) for one, other in pairwise(AWKWARD)]
    assert list(referral_graph(rows)) == sorted(AWKWARD)


def test_numbers_and_mixed_types_are_names_too():
    assert list(referral_graph([(10, 9, 1), (9, 2, 1)])) == [2, 9, 10]
    assert list(referral_graph([("b", 2, 1), (2, ("a", 1), 1)])) == [2, "b", ("a", 1)]
    assert index(referral_graph([(("a", 1), ("b", 2), 1)])).tolist() == [("a", 1), ("b", 2)]


def test_counts_may_be_any_real_number():
    rows = [("Ann", "Bo", Decimal("0.5")), ("Ann", "Bo", np.int8(2)), ("Bo", "Ann", 5e-324)]
    assert list(referral_graph(rows).edges(data="weight")) == [
        ("Ann", "Bo", 2.5),
        ("Bo", "Ann", 5e-324),
    ]


def test_a_foreign_graph_is_folded_cleaned_and_counted():
    H = nx.MultiDiGraph()
    H.add_nodes_from(["Zoe", "Bo", "Ann"])
    H.add_weighted_edges_from([("Bo", "Ann", 2), ("Bo", "Ann", 3), ("Bo", "Bo", 9)])
    H.add_edge("Ann", "Ann")
    H.add_edge("Ann", "Bo", weight=0)
    H.add_edge("Zoe", "Ann")
    with pytest.warns(UserWarning, match="left out") as told:
        G = referral_graph(H)
    assert [str(one.message) for one in told] == [
        "left out 2 self-referrals",
        "left out 1 tie of weight 0",
    ]
    assert {one.filename for one in told} == {__file__}
    assert list(G.edges(data="weight")) == [("Bo", "Ann", 5.0), ("Zoe", "Ann", 1.0)]
    with pytest.warns(UserWarning, match="left out") as told:
        matrix = adjacency(H)
    assert {one.filename for one in told} == {__file__}
    assert list(H) == ["Zoe", "Bo", "Ann"]
    assert matrix.toarray().tolist() == [[0, 0, 1], [0, 0, 5], [0, 0, 0]]


def test_two_ties_of_weight_0_are_told_in_the_plural():
    H = nx.DiGraph()
    H.add_weighted_edges_from([("a", "b", 0), ("b", "a", 0.0)])
    with pytest.warns(UserWarning, match="left out 2 ties of weight 0"):
        assert referral_graph(H).size() == 0


def test_a_self_referral_of_weight_0_is_told_once():
    H = nx.DiGraph([("a", "b")])
    H.add_edge("a", "a", weight=0)
    with pytest.warns(UserWarning, match="left out") as told:
        referral_graph(H)
    assert [str(one.message) for one in told] == ["left out 1 self-referral"]


@settings(max_examples=20)
@given(referral_rows(), st.randoms())
def test_the_order_of_the_rows_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    assert plain(referral_graph(shuffled)) == plain(referral_graph(rows))
    assert arrays(referral_graph(shuffled)) == arrays(referral_graph(rows))


@given(st.lists(st.tuples(st.just("A"), st.sampled_from("BC"), HALVES)), st.randoms())
def test_sums_of_fractions_do_not_depend_on_the_order_either(rows, random):
    G, H = referral_graph(rows), referral_graph(random.sample(rows, len(rows)))
    assert list(G.edges(data="weight")) == list(H.edges(data="weight"))


@settings(max_examples=20)
@given(referral_rows())
def test_the_graph_is_simple_sorted_and_says_every_referral(rows):
    G = referral_graph(rows)
    assert list(G) == sorted(G)
    assert list(G.edges) == sorted(G.edges)
    assert nx.number_of_selfloops(G) == 0
    assert G.size("weight") == sum(count for *_, count in rows)
    total = {}
    for giver, receiver, count in rows:
        total[giver, receiver] = total.get((giver, receiver), 0) + count
    assert {(u, v): weight for u, v, weight in G.edges(data="weight")} == total


@settings(max_examples=20)
@given(referral_rows())
def test_the_kept_arrays_are_those_networkx_would_give(rows):
    G = referral_graph(rows)
    if len(G):
        expected = nx.to_scipy_sparse_array(G, weight="weight", dtype=float)
        assert (adjacency(G) != expected).nnz == 0
        assert adjacency(G).has_sorted_indices
    assert arrays(G) == arrays(nx.DiGraph(G))  # built on demand


@settings(max_examples=20)
@given(referral_rows())
def test_what_came_back_is_the_weight_of_the_opposite_tie(rows):
    G = referral_graph(rows)
    opposite = [G[v][u]["weight"] if G.has_edge(v, u) else 0 for u, v in G.edges]
    assert ties(G).returned.tolist() == opposite


@settings(max_examples=20)
@given(referral_rows())
def test_views_and_copies_have_arrays_of_their_own(rows):
    G = referral_graph(rows)
    people = list(G)
    some = G.subgraph(people[::2])
    reverse = {(v, u): weight for u, v, weight in G.edges(data="weight")}
    for H, expected in (
        (G.copy(), None),
        (pickle.loads(pickle.dumps(G)), None),  # noqa: S301
        (G.reverse(), reverse),
        (G.reverse(copy=False), reverse),
        (some, None),
    ):
        of = list(H)
        found = {
            (of[u], of[v]): weight
            for u, v, weight in zip(
                *(part.tolist() for part in (ties(H).giver, ties(H).receiver, ties(H).weight)),
                strict=True,
            )
        }
        assert found == (
            {(u, v): weight for u, v, weight in H.edges(data="weight")}
            if expected is None
            else expected
        )


@settings(max_examples=20)
@given(referral_rows(), st.data())
def test_leaving_a_person_out_is_the_graph_of_the_others(rows, data):
    G = referral_graph(rows)
    person = data.draw(st.sampled_from([*G, "nobody at all"]))
    H = without(G, person)
    expected = G.subgraph([other for other in G if other != person])
    assert plain(H) == plain(referral_graph(expected))
    assert arrays(H) == arrays(nx.DiGraph(H))
    assert nx.is_frozen(H)


def test_leaving_a_person_out_keeps_the_dates():
    frame = pd.DataFrame({"giver": ["A", "B"], "receiver": ["B", "C"], "date": "2026-01-05"})
    tie = {"weight": 1.0, "first": "2026-01-05", "last": "2026-01-05"}
    assert list(without(referral_graph(frame), "A").edges(data=True)) == [("B", "C", tie)]


def test_leaving_a_person_out_of_a_foreign_graph_cleans_it():
    H = nx.DiGraph([("z", "a"), ("a", "b"), ("a", "a")])
    with pytest.warns(UserWarning, match="left out 1 self-referral"):
        rest = without(H, "z")
    assert (list(rest), list(rest.edges(data=True))) == (["a", "b"], [("a", "b", {"weight": 1.0})])


def test_an_edited_copy_does_not_give_the_old_arrays():
    G = referral_graph(ROWS)
    H = G.copy()
    H.add_edge("Cy", "Dee", weight=7)
    H["Ann"]["Bo"]["weight"] = 40
    assert ties(H).weight.tolist() == [40, 2, 1, 7]
    assert ties(G).weight.tolist() == [4, 2, 1]
    assert G["Ann"]["Bo"]["weight"] == 4


def test_the_graph_and_its_arrays_cannot_be_changed_by_accident():
    G = referral_graph(ROWS)
    with pytest.raises(nx.NetworkXError, match="rozen"):
        G.add_edge("Ann", "Dee")
    with pytest.raises(ValueError, match="read-only"):
        ties(G).weight[0] = 9
    adjacency(G).data[:] = 9  # a matrix is the caller's own
    assert ties(G).weight.tolist() == [4, 2, 1]


def test_no_two_ties_share_their_attributes():
    G = referral_graph(ROWS)
    assert len({id(tie) for *_, tie in G.edges(data=True)}) == G.size()
    assert all(G.succ[u][v] is G.pred[v][u] for u, v in G.edges)
    assert nx.DiGraph(G).edge_attr_dict_factory is dict
    assert G.edge_attr_dict_factory is dict


def test_arrays_are_let_go_with_their_graph():
    from refgraph.graph.door import _KEPT

    gc.collect()
    before = len(_KEPT)
    kept = [referral_graph(ROWS) for _ in range(3)]
    assert len(_KEPT) == before + 3
    del kept
    gc.collect()
    assert len(_KEPT) == before


def test_the_same_in_every_process():
    code = (
        "import sys, refgraph, networkx as nx;"
        "G = refgraph.referral_graph({(a, b, 1) for a in 'PQRS' for b in 'PQRST' if a != b});"
        "print(list(G), list(G.edges(data=True)), refgraph.adjacency(G).indices.tolist())"
    )
    assert asked_elsewhere(code) == asked_here(code)


@pytest.mark.parametrize(
    "count",
    [0, -1, float("nan"), float("inf"), None, "x", "", 10**400, 1j, [1], pd.NA, Decimal("sNaN")],
)
def test_a_count_that_is_none_is_refused(count):
    said = "the count for 'Ann' to 'Bo' must be a finite number above 0, got "
    with pytest.raises(GraphError) as error:
        referral_graph([("Bo", "Ann", 1), ("Ann", "Bo", count)])
    assert str(error.value) == f"{said}{count!r}"


def test_what_cannot_be_written_is_refused_all_the_same():
    mute = type("Mute", (), {"__repr__": None, "__str__": None})()
    with pytest.raises(GraphError, match="got a value of type int"):
        referral_graph([("Ann", "Bo", 10**6000)])
    with pytest.raises(GraphError, match="a value of type Mute cannot refer to themselves"):
        referral_graph([(mute, mute, 1)])


@pytest.mark.parametrize(
    "weight", [-1, float("nan"), float("inf"), None, "x", Decimal("sNaN"), np.array([0, 1])]
)
@pytest.mark.parametrize("use", [referral_graph, adjacency, ties])
def test_a_weight_that_is_none_is_refused_wherever_the_graph_goes(use, weight):
    H = nx.DiGraph()
    H.add_edge("Ann", "Bo", weight=weight)
    with pytest.raises(GraphError, match="'Ann' to 'Bo' must be a finite number above 0"):
        use(H)


@pytest.mark.parametrize("use", [referral_graph, adjacency, ties])
@pytest.mark.parametrize("kind", [nx.Graph, nx.MultiGraph])
def test_an_undirected_graph_is_refused(use, kind):
    with pytest.raises(GraphError, match="does not say who gave and who received"):
        use(kind([("Ann", "Bo")]))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("Ann", "Bo")], r"row 1 is \('Ann', 'Bo'\), not \(giver, receiver, count\)"),
        ([("Ann", "Bo", 1), ("a", "b", 1, 2)], "row 2 is"),
        (["Bob"], "row 1 is 'Bob'"),
        ([5], r"\(giver, receiver, count\) triples"),
        (None, r"\(giver, receiver, count\) triples"),
        ([("Ann", "Ann", 1)], "'Ann' cannot refer to themselves"),
        ([("Ann", None, 1)], "row 1 has no receiver"),
        ([("Ann", "Bo", 1), (float("nan"), "Bo", 1)], "row 2 has no giver"),
        ([(["Ann"], "Bo", 1)], "every giver must be a name"),
        ([("Ann", "Bo", 1e308), ("Ann", "Bo", 1e308)], "too large to add up"),
        (pd.DataFrame({"from": ["Ann"]}), "has no column giver and no column receiver"),
        (pd.DataFrame({"giver": pd.Categorical(["A", None]), "receiver": "B"}), "row 2 has no"),
        (pd.DataFrame({"giver": ["A"], "receiver": ["B"], "date": ["soon"]}), "must be dates"),
        (pd.DataFrame({"giver": ["A"], "receiver": ["B"], "date": ["03/04/2026"]}), "2026-03-01"),
        (pd.DataFrame({"giver": ["A"], "receiver": ["B"], "date": [20260304]}), "must be dates"),
        (pd.DataFrame({"giver": ["A"], "receiver": ["B"], "date": [True]}), "must be dates"),
        (pd.DataFrame({"giver": ["A"], "receiver": ["B"], "date": [object()]}), "must be dates"),
    ],
)
def test_what_is_not_a_referral_is_refused_in_a_sentence(rows, said):
    with pytest.raises(GraphError, match=said):
        referral_graph(rows)


@pytest.mark.parametrize("people", ["Ann", [None], [float("nan")], [["Ann"]], 5])
def test_people_that_are_no_names_are_refused(people):
    with pytest.raises(GraphError, match="people must be a list of names"):
        referral_graph(ROWS, people=people)


def test_a_clean_foreign_graph_gives_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ties(nx.DiGraph([("a", "b")]))


def test_ten_thousand_rows_in_any_order_give_the_same_arrays():
    random = Random(1)  # noqa: S311
    people = [f"p{n}" for n in range(70_000)]  # more than fit into 16 bits
    rows = [(*random.sample(people, 2), random.randint(1, 3)) for _ in range(10_000)]
    G = referral_graph(rows, people=people)
    random.shuffle(rows)
    assert arrays(G) == arrays(referral_graph(rows, people=people))
    assert ties(G).weight.sum() == sum(count for *_, count in rows)


def test_a_graph_that_goes_through_the_door_again_keeps_its_dates(adviser):
    G = adviser.graph()
    again = referral_graph(nx.DiGraph(G))
    assert list(again.edges(data=True)) == list(G.edges(data=True))


def test_parallel_ties_keep_the_first_and_the_last_of_their_dates():
    G = nx.MultiDiGraph()
    G.add_edge("Ann", "Bo", first="2026-01-01", last="2026-02-01")
    G.add_edge("Ann", "Bo", last="2026-03-01")
    G.add_edge("Bo", "Ann")
    edges = referral_graph(G).edges
    assert edges["Ann", "Bo"] == {"weight": 2.0, "first": "2026-01-01", "last": "2026-03-01"}
    assert edges["Bo", "Ann"] == {"weight": 1.0}


def test_what_a_graph_carries_is_its_own():
    G = referral_graph([("Ann", "Bo", 1), ("Bo", "Ann", 2), ("Ann", "Cy", 3)])
    more = referral_graph([("Ann", "Bo", 1), ("Bo", "Ann", 2)], people=["Di"])
    made = [(G, without(G, "Cy")), (G, rearranged(G, np.array([2, 0, 1]))), (more, tied(more))]
    for of, H in made:
        H["Ann"]["Bo"]["weight"] = 99.0
        assert H.pred["Bo"]["Ann"]["weight"] == 99.0
        assert of["Ann"]["Bo"]["weight"] == 1.0


@pytest.mark.parametrize(
    "again",
    [copy.deepcopy, lambda G: pickle.loads(pickle.dumps(G)), nx.Graph.copy],  # noqa: S301  # ours
)
def test_what_is_made_of_a_graph_that_nobody_looked_at_is_of_networkx(again):
    G = referral_graph([("Ann", "Bo", 3), ("Bo", "Ann", 1)], people=["Cy"])
    made = again(G)
    assert type(made) is nx.DiGraph
    assert list(made) == ["Ann", "Bo", "Cy"]
    assert list(made.edges(data="weight")) == [("Ann", "Bo", 3.0), ("Bo", "Ann", 1.0)]
    assert [*made.pred["Ann"]] == ["Bo"]


def test_ties_are_counted_without_being_looked_at_one_by_one():
    G = referral_graph([("Ann", "Bo", 3), ("Bo", "Ann", 1)])
    assert (G.number_of_edges(), type(G) is nx.DiGraph) == (2, False)
    assert (G.number_of_edges("Ann", "Bo"), G.number_of_edges(), type(G)) == (1, 2, nx.DiGraph)


def test_two_who_look_at_once_see_the_same_ties():
    G = referral_graph([(f"p{k}", f"p{k + 1}", 1) for k in range(3000)])
    gate = Barrier(2)

    def look(note):
        gate.wait()
        G["p0"]["p1"][note] = True

    with ThreadPoolExecutor(2) as two:
        list(two.map(look, ("first", "second")))
    assert {"first", "second"} <= {*G["p0"]["p1"]}
