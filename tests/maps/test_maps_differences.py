"""The map of what differs: every tie that differs is drawn as what it is, and nobody moves."""

from __future__ import annotations

from datetime import timedelta

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, book_of

from refgraph import Book
from refgraph.analysis.leaving.departure import without_person
from refgraph.errors import RefgraphError
from refgraph.maps.kinds.differences.data import KINDS, differing, joined
from refgraph.maps.kinds.differences.draw import Differences, draw
from refgraph.maps.kinds.differences.leaving import draw_without

PEOPLE = ["Ann", "=1+1", "NA", "محمد علي", "Cash $$ Money"]
WORDS = {kind: kind for kind in (*KINDS, "other", "people")}
TIES = st.dictionaries(
    st.permutations(PEOPLE).map(lambda some: (some[0], some[1])), st.integers(1, 4), max_size=9
)


@given(before=TIES, after=TIES)
def test_what_differs_is_counted_by_hand(before, after):
    found = differing(before, after)
    for ends in {*before, *after}:
        was, now = before.get(ends), after.get(ends)
        by_hand = {
            "new": was is None,
            "gone": now is None,
            "more": None not in (was, now) and now > was,
            "less": None not in (was, now) and now < was,
        }
        assert [kind for kind, is_so in by_hand.items() if is_so] == (
            [found[ends]] if ends in found else []
        )


def rows_of(ties):
    return [(TODAY - timedelta(days=9), *ends, number) for ends, number in sorted(ties.items())]


def told(before, after, **more):
    ties = differing(before, after)
    gone = {ends: was - after.get(ends, 0) for ends, was in before.items()
            if ties.get(ends) in ("gone", "less")}  # fmt: skip
    return Differences(ties, gone, WORDS, "What differs", "", **more)


A, B, C, D, E = PEOPLE
CASES = [
    ({(A, B): 1, (B, C): 2, (C, D): 1}, {(A, B): 1, (B, C): 1, (D, A): 2, (E, A): 1}),
    ({(A, B): 1}, {(A, B): 3, (B, A): 1}),
    ({(A, B): 2, (B, A): 1, (D, E): 1}, {(A, B): 1}),
]


@pytest.mark.parametrize(("before", "after"), CASES)
def test_every_tie_there_is_or_was_is_drawn_and_what_differs_in_its_colour(before, after):
    scene = draw(book_of(rows_of(after)), told(before, after), width=1200)
    assert {(edge["u"], edge["v"]) for edge in scene.edges} == {*before, *after}
    colors = {}
    for layer in scene.layers:
        for at, owner in enumerate(layer.owners):
            if isinstance(owner, tuple) and layer.style.lines:
                colors[owner] = layer.style.lines[at % len(layer.style.lines)]
    kinds = {ends: differing(before, after).get(ends, "") for ends in colors}
    for one, first in kinds.items():
        for other, second in kinds.items():
            assert (first == second) == (colors[one] == colors[other])
    texts = {item["text"] for item in scene.legend["items"]}
    assert texts == {kind or "other" for kind in kinds.values()}


def test_nobody_moves_between_what_was_and_what_is():
    before = {("Ann", "Bo"): 1, ("Bo", "Cy"): 2, ("Cy", "Ann"): 1}
    after = {("Ann", "Bo"): 2, ("Bo", "Cy"): 1, ("Dee", "Ann"): 1}
    one = draw(book_of(rows_of(after)), told(before, after))
    other = draw(book_of(rows_of(before)), told(after, before))
    assert one.nodes.keys() == other.nodes.keys() == {"Ann", "Bo", "Cy", "Dee"}
    for name, place in one.nodes.items():
        np.testing.assert_allclose(place, other.nodes[name], atol=1e-6)


def test_of_many_people_those_are_drawn_whose_ties_differ_and_it_says_how_many_are_not():
    ring = nx.circulant_graph(200, [1]).to_directed()
    names = [f"Person {at:03d}" for at in range(200)]
    after = {(names[u], names[v]): 1 for u, v in ring.edges}
    some = dict.fromkeys([*after][:20], 2)
    scene = draw(book_of(rows_of(after)), told(after | some, after))
    assert len(scene.nodes) < 30
    assert not any("not drawn" in note for note in scene.notes)
    scene = draw(book_of(rows_of(after)), told(dict.fromkeys(after, 2), after))
    assert len(scene.nodes) == 120
    left = len(after) - len(scene.edges)
    assert any(note.startswith(f"{left:,} of the ties") for note in scene.notes)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_who_leaves_is_drawn_with_what_goes_and_what_to_do(theme):
    ties = dict.fromkeys([("Ann", "Hub"), ("Hub", "Bo"), ("Cy", "Hub"), ("Bo", "Dee")], 1)
    ties |= {("Cy", "Eve"): 1, ("Eve", "Cy"): 1, ("Eve", "Bo"): 1}
    book = book_of(rows_of(ties))
    found = without_person(book, "Hub")
    scene = draw_without(book, "Hub", found, theme=theme)
    introduced = found.table[found.table["part"] == "introduce"]
    pairs = {*zip(introduced["person"], introduced["with"], strict=True)}
    assert pairs
    assert {(edge["u"], edge["v"]) for edge in scene.edges} == {*ties} | pairs
    assert scene.title.startswith("Without Hub: 1 person cut off; ")
    legend = [item["text"] for item in scene.legend["items"]]
    assert legend == ["introduction to make", "tie that would go", "tie that would stay", "cut off"]


def test_the_command_writes_the_map(run, tmp_path):
    sample = tmp_path / "book"
    run("init", sample, "--sample")
    for form in ("png", "svg"):
        file = tmp_path / f"without.{form}"
        run("without", "Hiro Tanabe", "-b", sample, "-o", file)
        assert file.stat().st_size > 1000
    text = (tmp_path / "without.svg").read_text(encoding="utf-8")
    run("without", "Hiro Tanabe", "-b", sample, "-o", tmp_path / "again.svg")
    assert (tmp_path / "again.svg").read_text(encoding="utf-8") == text


def test_a_page_too_narrow_is_refused():
    with pytest.raises(RefgraphError, match="has no room for names"):
        draw(Book.sample(), told({}, {}), width=300)


def test_further_ties_keep_the_rest_of_the_book():
    book = Book.sample()
    more = joined(book, {("Hiro Tanabe", "Zed"): 2})
    assert len(more.history) == len(book.history) + 1
    assert more.history["count"].dtype == book.history["count"].dtype
    assert more.history["date"].dtype == book.history["date"].dtype
    assert joined(book, {}, among=["Hiro Tanabe"]).history.empty
