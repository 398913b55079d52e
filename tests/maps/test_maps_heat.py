"""The matrix of 60 to 200 people: shades for counts, names where they have room."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from colours import contrast
from strategies import book_of
from towns import names, town

from refgraph.maps import choice, matrix, quality
from refgraph.maps.scenes import theme
from refgraph.maps.scenes.shades import shades

DAY = date(2026, 1, 5)
NONE = ["names_overlapping", "names_on_discs", "captions_overlapping", "off_page"]
NONE += ["discs_overlapping"]


@cache
def dense(n, each=9, groups=5):
    who, draw = names(n), np.random.default_rng(n)
    rows = [
        (DAY, who[i], who[j], int(draw.geometric(0.4)))
        for i in range(n)
        for j in draw.choice(n, each, replace=False).tolist()
        if i != j
    ]
    people = [{"person": p, "group": f"Table {k % groups + 1}"} for k, p in enumerate(who)]
    return book_of(rows, people=people)


@pytest.mark.parametrize(
    ("n", "size"), [(61, {}), (120, {}), (200, {}), (140, {"width": 1200, "height": 1200})]
)
@pytest.mark.parametrize("look", ["light", "print"])
def test_every_cell_and_name_stands_where_its_people_are(n, size, look):
    book = dense(n)
    scene = matrix.draw(book, theme=look, **size)
    figures = quality.evaluate(scene)
    assert {name: figures[name] for name in NONE} == dict.fromkeys(NONE, 0)
    assert figures["name_px"] >= 12
    assert figures["caption_px"] >= 10.5
    assert len(scene.nodes) == n
    G = book.graph()
    assert {(c["u"], c["v"]): c["weight"] for c in scene.cells} == {
        (u, v): w for u, v, w in G.edges(data="weight")
    }
    heights = set()
    for cell in scene.cells:
        x0, y0, x1, y1 = cell["box"]
        middle = scene.nodes[cell["v"]][0], scene.nodes[cell["u"]][1]
        assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx(middle)
        heights.add((G.has_edge(cell["v"], cell["u"]), round(y1 - y0, 3)))
    (one, low), (both, high) = sorted(heights)
    assert (one, both, high) == (False, True, pytest.approx(2 * low))
    for label in scene.labels:
        x0, y0, x1, y1 = label["box"]
        x, y, _ = scene.nodes[label["node"]]
        assert (y0 < y < y1) != (x0 < x < x1)


@pytest.mark.parametrize("n", [61, 120, 200])
def test_all_rows_have_their_names_and_columns_without_are_counted(n):
    scene = matrix.draw(dense(n))
    beside = [p for p in scene.labels if not p["box"][0] < scene.nodes[p["node"]][0] < p["box"][2]]
    assert sorted(p["node"] for p in beside) == sorted(scene.nodes)
    left_out = 2 * n - len(scene.labels)
    said = f"{left_out} names above the columns left out for room"
    assert (said in scene.subtitle) == (left_out > 0)


def test_up_to_sixty_have_counts_and_above_two_hundred_forty_have():
    scene = matrix.draw(dense(60), top=60, width=2000)  # room for counts of two digits
    assert len(scene.nodes) == 60
    texts = [c["text"] for c in scene.captions]
    assert "gives" in texts
    assert len(matrix.draw(town(241, me=None)).nodes) == 40
    assert len(matrix.draw(town(241, me=None), top=300).nodes) == matrix.MOST


@pytest.mark.parametrize("look", list(theme.THEMES))
def test_every_shade_is_seen_on_the_paper_and_differs_from_the_next(look):
    with theme.settings(look):
        for base in (theme.TWO_WAY, theme.ONE_WAY):
            worn = shades(base, 3)
            against = [contrast(color, theme.PAPER) for color in worn]
            assert against[0] >= 2.99
            assert against == sorted(against)
            assert min(contrast(a, b) for a, b in pairwise(worn)) > 1.25


def test_the_legend_tells_only_counts_that_occur():
    rows = [(DAY, f"P{k}", f"P{(k + 1) % 70}", 1 + 6 * (k % 2)) for k in range(70)]
    scene = matrix.draw(book_of([*rows, (DAY, "P1", "P0", 1)]))
    told = [item["text"] for item in scene.legend["items"]]
    assert told == ["both ways: 1", "one way so far: 1, 7", "the same person"]


def test_a_narrow_page_shows_those_with_the_most_referrals():
    scene = matrix.draw(dense(200), width=1200)
    assert 100 < len(scene.nodes) < 200
    figures = quality.evaluate(scene)
    assert {name: figures[name] for name in NONE} == dict.fromkeys(NONE, 0)
    assert f"and {200 - len(scene.nodes)} others, " in scene.subtitle


def test_the_marked_person_and_me_are_bold_and_kept():
    book = dense(120)
    one = names(120)[77]
    scene = matrix.draw(book, highlight=one)
    bold = {w["of"] for w in scene.written if w["name"] and w["bold"]}
    assert bold == {one}


def test_the_map_is_chosen_by_how_often_ties_would_cross():
    said = "120 people have 1,068 ties, too many to follow as lines"
    assert choice.choose(dense(120)) == ("matrix", said)
    assert choice.choose(town(120, me=None))[0] != "matrix"
    assert choice.choose(dense(201))[0] == "overview"
