"""Themes: colours that can be told apart by everybody, and options that every map takes."""

from __future__ import annotations

import io
import itertools

import matplotlib as mpl
import numpy as np
import pytest
from colours import SIGHT, ciede2000, contrast, lab
from PIL import Image
from strategies import TODAY, book_of

from refgraph import maps
from refgraph.errors import RefgraphError
from refgraph.maps import quality
from refgraph.maps.scenes import theme


@pytest.mark.parametrize(
    ("one", "two", "difference"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_colour_difference_is_the_published_one(one, two, difference):
    assert ciede2000(one, two) == pytest.approx(difference, abs=5e-5)
    assert ciede2000(two, one) == pytest.approx(difference, abs=5e-5)


def sets(worn):
    roles = [worn["ROLES"][role][1] for role in ("client", "partner", "prospect", "other")]
    yield "roles", roles, True
    yield "owed", [worn[name] for name in ("OWE", "AGED", "FIRST", "EVEN")], True
    yield "ties", [worn[name] for name in ("BETWEEN", "INSIDE")], True
    yield "matrix", [worn[name] for name in ("TWO_WAY", "ONE_WAY")], True
    yield "matched", [worn[name] for name in ("GIVEN_BEFORE", "GAVE_BACK")], False  # context


@pytest.mark.parametrize("name", theme.THEMES)
def test_the_colours_of_a_set_can_be_told_apart_and_seen(name):
    worn = theme.THEMES[name]
    for kind, colors, marks in sets(worn):
        for sight in SIGHT:
            for one, two in itertools.combinations(colors, 2):
                far = ciede2000(lab(one, sight), lab(two, sight))
                assert far >= 15, (kind, sight, one, two, far)
        if marks:
            assert min(contrast(color, worn["PAPER"]) for color in colors) >= 3, kind
    assert contrast(worn["PLAIN"][1], worn["PAPER"]) >= 3
    for ground in ("PAPER", "LIT", "HULL"):
        assert contrast(worn["INK"], worn[ground]) >= 4.5
    assert contrast(worn["GREY"], worn["PAPER"]) >= 4.5
    assert contrast(worn["PAPER"], worn["TWO_WAY"]) >= 4.5  # its number


def test_a_theme_has_every_colour_of_the_others_and_print_has_none():
    assert len({tuple(worn) for worn in theme.THEMES.values()}) == 1
    worn = theme.THEMES["print"]
    plain = [value for value in worn.values() if isinstance(value, str)]
    plain += [color for _, color, _ in worn["ROLES"].values()]
    assert all(len({color[1:3], color[3:5], color[5:7]}) == 1 for color in plain)
    assert {shape for shape, _, _ in worn["ROLES"].values()} == {
        "circle", "diamond", "triangle", "square", "ring",
    }  # fmt: skip


@pytest.mark.parametrize("kind", maps.KINDS)
@pytest.mark.parametrize("name", ["dark", "print"])
def test_every_map_is_drawn_in_every_theme(drawn, kind, name):
    kept = dict(mpl.rcParams)
    content = drawn(kind, "sample", theme=name).to_bytes("png", scale=0.5)
    assert dict(mpl.rcParams) == kept
    assert theme.PAPER == "#ffffff"  # outside, it is the light one again
    picture = np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)
    assert "#{:02x}{:02x}{:02x}".format(*picture[2, 2]) == theme.THEMES[name]["PAPER"]
    if name == "print":
        assert np.abs(picture[..., 0] - picture[..., 2]).max() <= 3
    with pytest.raises(RefgraphError, match=r"no theme 'pink'\. Choose light, dark or print"):
        drawn(kind, "sample", theme="pink")


FAULTS = ["names_overlapping", "names_on_discs", "captions_overlapping", "off_page"]
FAULTS += ["discs_overlapping", "heads_hidden", "pairs_on_one_line"]


@pytest.mark.parametrize(
    ("kind", "size"),
    [("owed", (1600, 720)), ("owed", (1300, 1500)), ("connectors", (1300, 1000))],
)
def test_a_map_fills_the_page_it_is_given(adviser, kind, size):
    scene = maps.draw(kind, adviser, width=size[0], height=size[1])
    page = (scene.W, scene.H)
    assert page == size
    figures = quality.evaluate(scene)
    assert {fault: figures[fault] for fault in FAULTS} == dict.fromkeys(FAULTS, 0)
    low = max(text["box"][3] for text in scene.captions)
    assert size[1] - 60 < low <= size[1]
    if size[1] == 720:
        assert "summed, not drawn" in scene.subtitle
    with pytest.raises(RefgraphError, match="250 pixels high has no room"):
        maps.draw(kind, adviser, height=250)


def test_the_marked_person_stays_on_the_owed_map(adviser):
    last = "Ruben Castellanos"
    assert last not in maps.draw("owed", adviser, top=4).nodes
    scene = maps.draw("owed", adviser, top=4, highlight=last)
    assert last in scene.nodes
    assert len(scene.nodes) < 15
    x0, y0, x1, _ = next(c["box"] for c in scene.labels if c["node"] == last)
    picture = np.asarray(Image.open(io.BytesIO(scene.to_bytes("png"))).convert("RGB"))
    colors = {"#{:02x}{:02x}{:02x}".format(*p) for p in picture[round(y0), round(x0) : round(x1)]}
    assert theme.LIT in colors
    with pytest.raises(RefgraphError, match="nothing to mark"):
        maps.draw("owed", adviser, highlight="Wendy Faulkner")


def test_only_the_ties_of_the_marked_person_are_loud():
    rows = [(TODAY, a, b, 1) for a, b in ("AB", "BC", "CA", "CD", "DE", "EA")]
    scene = maps.draw("connectors", book_of(rows), highlight="B")
    assert "4 ties without B pale" in scene.subtitle
    assert "tie of others" in [text["text"] for text in scene.captions]
    with pytest.raises(RefgraphError, match="Me is not on this map"):
        maps.draw("connectors", book_of([*rows, (TODAY, "A", "Me", 1)], me="Me"), highlight="Me")


def test_the_marked_person_is_drawn_even_if_only_tied_to_me():
    rows = [(TODAY, "A", "B", 1), *((TODAY, f"P{k:03d}", "Me", 1) for k in range(200))]
    scene = maps.draw("connectors", book_of(rows, me="Me"), highlight="P199")
    assert "P199" in scene.nodes
    assert "without P199" not in scene.subtitle
    assert "P199" in [text["text"] for text in scene.captions]  # the legend


def test_one_group_or_the_best_connectors_alone(adviser):
    scene = maps.draw("connectors", adviser, only="tennis club")
    group = adviser.people["group"]
    assert scene.nodes
    assert {group[p] for p in scene.nodes} == {"Tennis club"}
    assert " in Tennis club, " in scene.subtitle
    assert all(group[edge["u"]] == group[edge["v"]] for edge in scene.edges)
    few = maps.draw("connectors", adviser, top=12, highlight="Harold Jennings")
    assert "lesser connectors left out" in few.subtitle
    assert "Harold Jennings" in few.nodes
    assert "Rosa Delgado" in few.nodes
    assert len({p for edge in few.edges for p in (edge["u"], edge["v"])}) <= 12
