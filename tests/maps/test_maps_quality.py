"""The goals for maps, held on books of every shape; our figures beside an independent count."""

from __future__ import annotations

import json
import random
import runpy
from datetime import timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from colours import SIGHT, ciede2000, lab, linear
from flaws import NONE as NEVER
from strategies import TODAY, book_of
from towns import town

from refgraph import maps
from refgraph.maps import quality
from refgraph.maps.scenes import theme

ORACLE = next(
    (
        path
        for parent in Path(__file__).parents
        if (path := parent / "shared" / "tools" / "scene_quality.py").exists()
    ),
    None,
)
NONE = (*NEVER, "ties_over_discs")
OURS = {
    "names_overlapping": "label_label",
    "names_on_discs": "label_node",
    "names_crossed": "labels_crossed_by_edge",
    "discs_overlapping": "node_node",
    "heads_hidden": "arrowhead_hidden",
    "ties_without_head": "no_arrowhead",
    "two_way_pairs": "antiparallel_pairs",
    "pairs_on_one_line": "antiparallel_merged",
}
FIRST = ["Ann", "Łukasz", "Zoë", "Maverick", "Анна", "Νίκος", "José", "محمد"]
LAST = ["Lee", "O’Connor-Smith", "Park", "Okafor", "Żółć", "Rossi", "Ilić"]
LONG = "The Very Long Established And Well Regarded Partnership Of Featherstonehaugh & S"
SPELLINGS = ["ann lee", "Ann Lee", "ANN LEE", "Ånn Lee", "Ann Leé", "Ànn Lee", "ann Lee", "Ann lee"]
P = [f"Person {k:02d}" for k in range(60)]


def group_net(n, ties, seed):
    """Make n people in five groups, whose ties mostly stay within one; Me knows most of them."""
    draw = random.Random(seed)  # noqa: S311  a drawing of rows, not a secret
    people = [f"{draw.choice(FIRST)} {draw.choice(LAST)} {k}" for k in range(n)]
    pairs = {}
    while len(pairs) < min(ties, n * (n - 1)):
        a, b = draw.randrange(n), draw.randrange(n)
        if a != b and (n < 10 or a % 5 == b % 5 or draw.random() < 0.06):
            pairs[people[a], people[b]] = 1 + int(draw.expovariate(0.7))
    mine = {(p, "Me"): 1 + k % 3 for k, p in enumerate(people) if k % 4}
    mine |= {("Me", p): 1 + k % 4 for k, p in enumerate(people) if k % 3}
    return pairs | mine


def clique(people):
    return {(a, b): 1 for a in people for b in people if a != b}


BOOKS = {
    "2 people": group_net(2, 2, 1),
    "20 people": group_net(20, 40, 1),
    "60 people": group_net(60, 110, 4),
    "60 people, 150 ties": group_net(60, 150, 8),
    "one-way only": {(P[k], P[k + 1]): 1 for k in range(20)} | {(p, "Me"): 2 for p in P[:21:2]},
    "star": {pair: 1 for p in P[1:26] for pair in ((P[0], p), ("Me", p))} | {("Me", P[0]): 1},
    "two cliques": clique(P[:7]) | clique(P[7:14]) | {(p, "Me"): 1 for p in P[:14]},
    "chain": {pair: 1 for k in range(19) for pair in ((P[k], P[k + 1]),)} | {("Me", P[0]): 1},
    "80 letters": clique([LONG[:79] + c for c in "ABCD"]) | {(LONG[:79] + "A", "Me"): 1},
    "case and accents": clique(SPELLINGS) | {pair: 2 for p in SPELLINGS for pair in ((p, "Me"),)},
}
CASES = [(kind, name) for kind in maps.KINDS for name in BOOKS if kind in {"owed", "connectors"}]


@cache
def drawn(kind, name):
    """Draw one map of one book, once for all tests."""
    rows = [
        (TODAY - timedelta(days=k % 300), a, b, n)
        for k, ((a, b), n) in enumerate(BOOKS[name].items())
    ]
    return maps.draw(kind, book_of(rows, me="Me"))


@cache
def figured(kind, name):
    return quality.evaluate(drawn(kind, name))


@cache
def independent():
    return runpy.run_path(str(ORACLE))["evaluate"]


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_every_goal_is_held(kind, name):
    scene = drawn(kind, name)
    figures = figured(kind, name)
    assert {fault: figures[fault] for fault in NONE} == dict.fromkeys(NONE, 0)
    assert figures["names"] == figures["people"] >= 2  # no name left out, up to 60 people
    assert figures["names_crossed"] <= (0.05 * figures["names"] if kind == "connectors" else 0)
    assert figures["name_px"] >= 12
    assert figures["caption_px"] >= 10.5
    assert figures["smallest_gap"] >= 2 if kind == "owed" else figures["smallest_gap"] >= 4
    read = {}  # a name may stand on two lines
    for label in scene.labels:
        read[label["node"]] = (*read.get(label["node"], ()), label["text"])
    assert len({*read.values()}) == len(read)


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_an_independent_count_finds_the_same(kind, name):
    if ORACLE is None:
        pytest.skip("the independent count is not there")
    scene = drawn(kind, name)
    ours = figured(kind, name)
    theirs = independent()(json.loads(scene.to_json()))
    assert {key: theirs.get(key, 0) for key in OURS.values()} == {
        theirs_: ours[name] for name, theirs_ in OURS.items()
    }
    assert theirs["readable_names"] == len(scene.labels)


@pytest.mark.parametrize("kind", ["owed", "connectors"])
def test_where_nobody_has_a_tie_the_page_says_so(kind):
    people = [{"person": name} for name in [*P, "Me"]]
    scene = maps.draw(kind, book_of([], me="Me", people=people))
    assert scene.title == "No referrals to draw yet"
    figures = quality.evaluate(scene)
    assert {fault: figures[fault] for fault in NONE} == dict.fromkeys(NONE, 0)


@pytest.mark.parametrize(
    ("one", "two", "far"),  # from the paper's table
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ],
)
def test_the_difference_of_colours_is_the_published_one(one, two, far):
    assert ciede2000(one, two) == pytest.approx(far, abs=1e-4)


SETS = {
    "roles": [theme.ROLES[role][1] for role in ("client", "partner", "prospect", "other")],
    "standing": [theme.OWE, theme.AGED, theme.FIRST, theme.EVEN],
    "ties": [theme.BETWEEN, theme.INSIDE],
    "lanes": [theme.OWE, theme.AGED, theme.FIRST, theme.GAVE_BACK, theme.GIVEN_BEFORE],
}


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("name", SETS)
def test_colours_are_told_apart_in_every_sight(name, sight):
    seen = [lab(color, sight) for color in SETS[name]]
    far = [ciede2000(a, b) for k, a in enumerate(seen) for b in seen[:k]]
    assert min(far) >= 15, dict(zip(SETS[name], seen, strict=True))


@pytest.mark.parametrize(
    "color",
    [*(look[1] for look in theme.ROLES.values()), theme.PLAIN[1], *SETS["standing"], *SETS["ties"]],
)
def test_marks_and_ties_stand_out_from_the_page(color):
    light = float(np.array([0.2126, 0.7152, 0.0722]) @ linear(color))
    assert 1.05 / (light + 0.05) >= 3


def test_no_line_from_a_mark_to_its_name_runs_through_the_caption_of_a_group():
    scene = maps.draw("connectors", town(120, groups=7))
    boxes = np.array([text["box"] for text in scene.captions])
    boxes = boxes[(boxes[:, 1] > scene.head) & (boxes[:, 3] < scene.legend["top"])]
    marks = np.array([scene.nodes[label["node"]] for label in scene.labels])
    names = np.array([label["box"] for label in scene.labels])
    ends = np.clip(marks[:, :2], names[:, :2], names[:, 2:])
    led = np.hypot(*(ends - marks[:, :2]).T) - marks[:, 2] > 15
    assert led.sum() >= 5
    assert not quality.segments_hit(boxes, marks[led, :2], ends[led]).any()
