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
from strategies import TODAY, book_of

from refgraph import maps
from refgraph.maps import quality, theme

ORACLE = next(
    (
        path
        for parent in Path(__file__).parents
        if (path := parent / "shared" / "tools" / "scene_quality.py").exists()
    ),
    None,
)
NONE = [
    "names_overlapping",
    "names_on_discs",
    "captions_overlapping",
    "off_page",
    "discs_overlapping",
    "heads_hidden",
    "pairs_on_one_line",
    "ties_over_discs",
    "ties_without_head",
]
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
    **{f"20 people, seed {seed}": group_net(20, 40, seed) for seed in (1, 2)},
    **{f"60 people, seed {seed}": group_net(60, 110, seed) for seed in (4, 6)},
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
    assert len({label["text"] for label in scene.labels}) == len(scene.labels)


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


def lab(color):
    """Give L*, a*, b* of linear sRGB under D65."""
    xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    ) @ np.clip(color, 0, 1)
    x, y, z = xyz / (0.95047, 1.0, 1.08883)
    f = [t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29 for t in (x, y, z)]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def ciede2000(one, two):
    """Give the difference of two colours in L*, a*, b* (Sharma, Wu, Dalal 2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, two
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    grey = 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + 25.0**7)))
    a1, a2 = (1 + grey) * a1, (1 + grey) * a2
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    middle = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = 1 - 0.17 * np.cos(np.radians(middle - 30)) + 0.24 * np.cos(np.radians(2 * middle))
    t += 0.32 * np.cos(np.radians(3 * middle + 6)) - 0.20 * np.cos(np.radians(4 * middle - 63))
    dl = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2))
    dc = (c2 - c1) / (1 + 0.045 * chroma)
    dh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * chroma * t)
    spin = 2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    spin *= -np.sin(np.radians(60 * np.exp(-(((middle - 275) / 25) ** 2))))
    return float(np.sqrt(dl**2 + dc**2 + dh**2 + spin * dc * dh))


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


# What is seen of linear RGB: Machado, Oliveira, Fernandes 2009, severity 1.
SIGHTS = {
    "normal": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
SETS = {
    "roles": [theme.ROLES[role][1] for role in ("client", "partner", "prospect", "other")],
    "standing": [theme.OWE, theme.AGED, theme.FIRST, theme.EVEN],
    "ties": [theme.BETWEEN, theme.INSIDE],
    "lanes": [theme.OWE, theme.AGED, theme.FIRST, theme.GAVE_BACK, theme.GIVEN_BEFORE],
}


def linear(color):
    c = np.array([int(color[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("name", SETS)
def test_colours_are_told_apart_in_every_sight(name, sight):
    seen = [lab(np.array(SIGHTS[sight]) @ linear(color)) for color in SETS[name]]
    far = [ciede2000(a, b) for k, a in enumerate(seen) for b in seen[:k]]
    assert min(far) >= 15, dict(zip(SETS[name], seen, strict=True))


@pytest.mark.parametrize(
    "color",
    [*(look[1] for look in theme.ROLES.values()), theme.PLAIN[1], *SETS["standing"], *SETS["ties"]],
)
def test_marks_and_ties_stand_out_from_the_page(color):
    light = float(np.array([0.2126, 0.7152, 0.0722]) @ linear(color))
    assert 1.05 / (light + 0.05) >= 3
