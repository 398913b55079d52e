"""Colours and sizes by a column or by values of one's own; counts on ties; names on two lines."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from strategies import book_of

from refgraph import maps
from refgraph.errors import RefgraphError
from refgraph.maps import quality
from refgraph.maps.kinds.by_value import Worn
from refgraph.maps.scenes import theme

PAIRS = [("Ann", "Bo", 3), ("Bo", "Ann", 1), ("Bo", "Cy", 2), ("Cy", "Di", 1), ("Ann", "Di", 1)]


@pytest.fixture(scope="module")
def small():
    return book_of([("2026-01-05", *row) for row in PAIRS])


def faces(scene, people):
    """Give the colour painted on each person's mark, whatever is under it."""
    found = {}
    for layer in sorted(scene.layers, key=lambda layer: layer.order):
        for k, owner in enumerate(layer.owners):
            if owner in people and layer.style.fills:
                found[owner] = to_hex(layer.style.fills[k % len(layer.style.fills)])
    return found


@pytest.mark.parametrize("kind", ["connectors", "overview"])
def test_words_have_colours_of_their_own_and_who_has_none_is_hollow(small, kind):
    told = {"Ann": "late", "Bo": "late", "Cy": "early"}
    scene = maps.draw(kind, small, color=pd.Series(told, name="who_is"))
    first, second = (theme.ROLES[role][1] for role in ("client", "partner"))
    wanted = {"Ann": first, "Bo": first, "Cy": second, "Di": theme.HOLLOW}
    assert faces(scene, set(scene.nodes)) == wanted
    assert {"late", "early"} <= {item["text"] for item in scene.legend["items"]}


def test_numbers_are_shades_and_areas(small):
    scene = maps.draw("connectors", small, color="given", size={"Ann": 4, "Bo": 1, "Cy": 0})
    color = faces(scene, set(scene.nodes))
    assert len({color[p] for p in ("Ann", "Bo", "Cy", "Di")}) == 4  # gave 4, 3, 1 and 0
    said = [item["text"] for item in scene.legend["items"]]
    assert "given: 0 to 4" in said
    assert "bigger: more value" in said
    radius = {p: r for p, (_, _, r) in scene.nodes.items()}
    assert radius["Ann"] > radius["Bo"] > radius["Cy"] == radius["Di"]


@given(st.dictionaries(st.text(min_size=1), st.floats(0, 1e9), min_size=1))
def test_areas_are_in_proportion(sizes):
    shares = Worn(sizes=sizes).shares(sizes)
    assert shares.max() == (1 if max(sizes.values()) else 0)
    area = shares**2 * max(sizes.values())
    assert np.allclose(area, list(sizes.values()))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            {"color": "colour"},
            "There is no column 'colour' for color. Choose aliases, role.*given, received",
        ),
        ({"size": {"Ann": -1}}, "The size of Ann is -1. Give numbers of 0 or more"),
        ({"size": {"Ann": "big"}}, "The size of Ann is 'big'. Give numbers of 0 or more"),
        ({"color": {"Ann": None}}, "Nobody on this map has a value to go by"),
        ({"color": {"Nobody": 1}}, "No one called 'Nobody'"),
        ({"size": 3}, "size is 3. Give the name of a column, or a mapping"),
    ],
)
def test_what_there_is_no_value_for_is_refused(small, asked, said):
    with pytest.raises(RefgraphError, match=said):
        maps.draw("connectors", small, **asked)


def test_a_map_without_such_marks_names_those_that_have_them(small):
    with pytest.raises(RefgraphError, match="Draw connectors or overview with it"):
        maps.draw("matrix", small, color="role")


def test_both_counts_of_a_pair_stand_beside_their_own_ties(small):
    scene = maps.draw("connectors", small)
    counted = {text["on"]: text for text in scene.written if text["on"]}
    assert {tie: text["text"] for tie, text in counted.items()} == {
        ("Ann", "Bo"): "3", ("Bo", "Ann"): "1", ("Bo", "Cy"): "2",
    }  # fmt: skip
    for tie, text in counted.items():
        far = {
            (edge["u"], edge["v"]): quality.box_to_points(
                np.array([text["box"]]), np.array(edge["poly"])
            ).min()
            for edge in scene.edges
        }
        assert min(far, key=far.__getitem__) == tie


def test_a_long_name_is_whole_on_two_lines():
    long = "Rosalind Greenwood-Featherstone Financial Planning Ltd"
    rows = [(long, "Bo"), ("Bo", "Cy"), ("Cy", "Di")]
    scene = maps.draw("connectors", book_of([("2026-01-05", *row, 1) for row in rows]))
    labels = sorted((label["box"][1], label) for label in scene.labels if label["node"] == long)
    assert [label["text"] for _, label in labels] == [
        "Rosalind Greenwood-Featherstone", "Financial Planning Ltd",
    ]  # fmt: skip
    assert quality.evaluate(scene)["names_overlapping"] == 0
    assert "left out for room" not in scene.subtitle


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([(f"P{k}", "Hub") for k in range(5)], "All 5 ties go to Hub"),
        ([("Hub", f"P{k}") for k in range(4)], "All 4 ties come from Hub"),
        (
            [(f"P{k}", "Hub") for k in range(3)],
            "Nobody stands between others yet: 4 people, 3 ties",
        ),
    ],
)
def test_a_star_is_said_to_be_one(rows, title):
    assert (
        maps.draw("connectors", book_of([("2026-01-05", *row, 1) for row in rows])).title == title
    )
