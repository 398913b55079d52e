"""The overview: goals held at every size, a scene that says what is drawn, the same every time."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import timedelta
from functools import cache

import numpy as np
import pytest
from flaws import LONG, NONE
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import PathCollection
from strategies import TODAY, book_of, referral_rows
from towns import ME, rows
from towns import town as invented

from refgraph.errors import RefgraphError
from refgraph.graph.door import ties
from refgraph.maps import overview, quality
from refgraph.maps.kinds.overview import data
from refgraph.maps.kinds.overview import text as glance
from refgraph.maps.layout import circle_packing, force, group_flows, in_circles, label_candidates
from refgraph.maps.scenes import phrases, theme

P = [f"Person {k:02d}" for k in range(60)]


def goals(scene, *, gap=4.0):
    figures = quality.evaluate(scene)
    assert {name: figures[name] for name in NONE} == dict.fromkeys(NONE, 0)
    if figures["people"] > 1:
        assert figures["smallest_gap"] >= gap
    if figures["names"]:
        assert figures["name_px"] >= 12
    assert figures["caption_px"] >= 10.5
    lines = Counter(label["node"] for label in scene.labels)
    assert max(lines.values(), default=1) <= (2 if len(scene.nodes) <= 60 else 1)
    assert len({label["text"] for label in scene.labels}) == len(scene.labels)
    return figures


def plain(pairs, *, me=None, groups=None):
    """Make a book of (giver, receiver, count), all today."""
    people = [{"person": p, "group": g} for p, g in (groups or {}).items()]
    return book_of([(TODAY, *pair) for pair in pairs], me=me, people=people)


def clique(people):
    return [(a, b, 1) for a in people for b in people if a != b]


@cache
def made_town(n, seed, declared):
    return invented(n, seed=seed, declared=declared)


def town(n, seed=0, *, declared=False):
    return made_town(n, seed, declared)


@cache
def drawn_town(n, seed, declared):
    """Draw a town, and give its flows and the boxes of their captions too."""
    kept, beside = [], group_flows.beside

    def keep(*given):
        kept.append((given[1], beside(*given)))
        return kept[-1][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(group_flows, "beside", keep)
        return overview.draw(made_town(n, seed, declared)), kept


def of_town(n, seed=0, *, declared=False):
    return drawn_town(n, seed, declared)[0]


@pytest.mark.parametrize(
    ("n", "least", "gap"), [(20, 15, 4.0), (150, 110, 4.0), (600, 80, 4.0), (5000, 120, 1.0)]
)
def test_every_size_meets_its_goals(n, least, gap):
    scene = of_town(n)
    figures = goals(scene, gap=gap)
    assert figures["names"] >= least
    assert figures["people"] > 0.85 * n
    unnamed = figures["people"] - figures["names"]
    assert (f"{phrases.number(unnamed)} name" in scene.subtitle) == bool(unnamed)


def test_up_to_sixty_people_everybody_is_named():
    figures = goals(of_town(20, 5))  # circles of the usual size have no room for all
    assert figures["names"] == figures["people"]


def test_a_town_of_declared_groups_meets_the_goals_too():
    assert goals(of_town(200, 1, declared=True))["names"] >= 60


@pytest.mark.parametrize("name", ["adviser", "chapter"])
def test_the_sample_books_are_named_in_full(name, drawn):
    scene = drawn("overview", name)
    figures = goals(scene)
    assert figures["names"] == figures["people"]


SHAPES = {
    "one tie": [("Ann", "Bo", 1)],
    "chain": [(P[k], P[k + 1], 1) for k in range(20)],
    "star": [(P[0], P[k], 1) for k in range(1, 30)],
    "two cliques": [*clique(P[:7]), *clique(P[7:14]), (P[0], P[7], 1)],
    "two ranks": [(a, b, 1) for a in P[:10] for b in P[10:30]],  # many ties, and no groups
    "pairs": [(P[2 * k], P[2 * k + 1], 1) for k in range(20)],
    "heavy": [("Ann", "Bo", 10_000), ("Bo", "Cy", 1), ("Cy", "Ann", 500)],
    "long names": [(LONG + a, LONG + b, 1) for a, b in ("AB", "BC", "CD", "DA")],
    "case": [("ann", "Ann", 1), ("Ann", "ANN", 1), ("ANN", "aNN", 2), ("aNN", "ann", 1)],
    "awkward": [("Cash $$ Money", "Ann [sales]", 1), ("محمد علي", "<b>Bo</b>", 1)],
}


@pytest.mark.parametrize("pairs", SHAPES.values(), ids=SHAPES)
def test_every_shape_is_drawn(pairs):
    scene = overview.draw(plain(pairs))
    figures = goals(scene)
    assert figures["people"] == len({p for a, b, _ in pairs for p in (a, b)})
    assert figures["names"] == figures["people"]
    assert "100% of referrals" not in scene.title or scene.ribbons == []


@settings(max_examples=5)
@given(referral_rows(min_size=1), st.booleans())
def test_no_record_breaks_the_map(pairs, has_me):
    scene = overview.draw(plain(pairs, me=pairs[0][0] if has_me else None))
    goals(scene)


def test_only_ties_with_me_are_one_circle():
    scene = overview.draw(plain([(P[k], "Me", 1) for k in range(9)], me="Me"))
    goals(scene)
    assert scene.title == "9 people have ties with you, and none with each other"
    assert sorted(scene.nodes) == P[:9]


def test_of_people_in_no_groups_all_ties_of_the_one_with_most_are_drawn_over_the_others():
    every = [(a, b, 1) for k, a in enumerate(P[:16]) for b in P[k + 1 : 16]]
    rows = [row for k, row in enumerate(every) if P[0] in row[:2] or k % 3]
    rows.remove((P[14], P[15], 1))
    scene = overview.draw(plain(rows))
    assert scene.title == f"16 people and no groups yet: {P[0]} has the most ties, with 15 others"
    assert "ties not drawn" in scene.subtitle
    ends = [{tie["u"], tie["v"]} for tie in scene.edges]
    assert {*P[:16]} == set().union(*(pair for pair in ends if P[0] in pair))
    told = [item["text"] for item in scene.legend["items"]]
    assert told[-2:] == [f"referrals of {P[0]}", "of others"]
    star = overview.draw(plain([(P[0], f"Q{k}", 1) for k in range(40)]))
    told = [item["text"] for item in star.legend["items"]]
    assert told[-1] == f"referrals of {P[0]}"  # and no tie is of others


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ([(P[k], P[(k + 1) % 9], 1) for k in range(9)], "each has ties with 2 others"),
        ([(P[k], P[k + 1], 1) for k in range(9)], "nobody has ties with more than 2 others"),
        ([(P[0], P[k], 1) for k in range(1, 9)], f"{P[0]} has the most ties, with 8 others"),
        (
            [(P[a], P[b], 1) for b in range(5) for a in range(min(b, 3))],
            "3 of them have ties with all 4 others",
        ),
    ],
)
def test_people_in_no_groups_are_told_by_their_ties(pairs, told):
    assert overview.draw(plain(pairs)).title.endswith(f" people and no groups yet: {told}")


def test_nothing_to_draw_is_a_page_that_says_so():
    scene = overview.draw(book_of([], people=[{"person": "Ann"}]))
    assert scene.title == "No referrals to draw yet"
    assert scene.nodes == {}


def test_me_is_left_out_and_a_ring_tells_who_has_a_tie(pixels):
    pairs = [("Ann", "Bo", 1), ("Bo", "Ann", 1), ("Bo", "Cy", 1), ("Ann", "Me", 1), ("Me", "Di", 1)]
    scene = overview.draw(plain(pairs, me="Me"))
    assert sorted(scene.nodes) == ["Ann", "Bo", "Cy", "Di"]
    picture = pixels(scene)
    for person, ringed in (("Ann", True), ("Bo", False), ("Cy", False), ("Di", True)):
        x, y, r = scene.nodes[person]
        around = [(r - 0.7) * np.array(way) for way in ((0, 1), (0, -1), (1, 0), (-1, 0))]
        rim = [picture[round(y + dy), round(x + dx)].sum() < 260 for dx, dy in around]
        assert any(rim) == ringed, person


def test_the_ribbons_are_the_referrals_between_the_groups():
    pairs = [*clique("ABC"), *clique("XYZ"), ("A", "X", 4), ("B", "Y", 2), ("Z", "C", 5)]
    book = plain(pairs, groups=dict.fromkeys("ABC", "North") | dict.fromkeys("XYZ", "South"))
    scene = overview.draw(book)
    found = {(r["giver"], r["receiver"]): r["referrals"] for r in scene.ribbons}
    assert found == {("North", "South"): 6.0, ("South", "North"): 5.0}
    assert scene.title == "2 groups: 12 of 23 referrals stay inside a group"
    assert "6 people in 2 groups, 15 ties, 3 between groups" in scene.subtitle
    beside = overview.draw(plain([*pairs, ("A", "Q", 1)], groups=dict(book.people["group"])))
    stays = "12 of 23 referrals between people in groups stay inside one"
    assert beside.title == f"2 groups: {stays}"
    north = np.mean([scene.nodes[p][:2] for p in "ABC"], axis=0)
    there, back = (np.array(r["poly"]) for r in scene.ribbons[::-1])
    assert np.hypot(*(there[0] - north)) < np.hypot(*(there[-1] - north))
    assert np.hypot(*(back[0] - north)) > np.hypot(*(back[-1] - north))
    apart = np.hypot(*(there[:, None] - back[None]).transpose(2, 0, 1)).min()
    assert apart > 3  # two lanes, side by side


def test_flows_run_round_the_circles_of_others(drawn):
    for scene in (drawn("overview", "chapter"), of_town(60, 3)):
        circle = np.array(discs(scene))
        for ribbon in scene.ribbons:
            way = np.array(ribbon["poly"])[1:-1]
            far = np.hypot(*(way[:, None] - circle[None, :, :2]).transpose(2, 0, 1)) - circle[:, 2]
            assert far.min() > 0, (ribbon["giver"], ribbon["receiver"])


@pytest.mark.parametrize("seed", range(3))
def test_flows_end_at_the_rims_of_their_circles(seed):
    scene = of_town(150, seed)  # large circles close to small ones
    circle = np.array(discs(scene))
    for ribbon in scene.ribbons:
        ends = np.array([ribbon["poly"][0], ribbon["poly"][-1]])
        gaps = np.hypot(*(ends[:, None] - circle[:, :2]).transpose(2, 0, 1)) - circle[:, 2]
        assert gaps.min(axis=1) == pytest.approx([3, 3], abs=0.1), ribbon["giver"]


@pytest.mark.parametrize(("n", "seed"), [(600, 0), (5000, 1), (300, 2)])
def test_no_head_of_a_flow_nicks_a_caption(n, seed):
    flows, boxes = drawn_town(n, seed, False)[1][0]
    inner = np.array([2, 2, -2, -2])
    heads = flows.drawn.heads
    sides = heads.reshape(-1, 2), np.roll(heads, -1, axis=1).reshape(-1, 2)
    assert len(boxes) >= 10 < len(heads)
    assert not quality.segments_hit(boxes + inner, *sides).any()


@pytest.mark.parametrize(("n", "seed"), [(60, 0), (60, 2), (100, 0), (100, 1), (150, 0)])
def test_ties_run_round_the_names_of_others(n, seed):
    figures = goals(of_town(n, seed))
    assert figures["names"] == figures["people"] > 0.8 * n
    most = {60: 0.05, 100: 0.15, 150: 0.2}[n]
    assert figures["names_crossed"] <= most * figures["names"]


@pytest.mark.parametrize(("n", "seed"), [(60, 0), (60, 2), (100, 1), (150, 0), (600, 0)])
def test_most_names_are_nearest_to_their_own_mark(n, seed):
    scene = of_town(n, seed)
    at = {person: k for k, person in enumerate(scene.nodes)}
    marks = np.array(list(scene.nodes.values()))
    whose = [at[label["node"]] for label in scene.labels]
    boxes = np.array([label["box"] for label in scene.labels])
    away = quality.box_to_points(boxes, marks[:, :2]) - marks[:, 2]
    own = away[np.arange(len(whose)), whose]
    away[np.arange(len(whose)), whose] = np.inf
    assert ((own > 14) & (away.min(axis=1) < 6)).sum() == 0
    assert (away.min(axis=1) < own).mean() < {60: 0.04, 100: 0.08, 150: 0.2, 600: 0.4}[n]


def test_where_ties_are_too_many_names_still_keep_off_most():
    figures = goals(of_town(600))
    assert figures["names"] >= 100
    assert figures["names_crossed"] < 0.75 * figures["names"]


@pytest.mark.parametrize("n", [60, 150, 600])
def test_names_leave_the_heads_of_ties_in_sight(n):
    scene = of_town(n)
    inner = np.array([2, 3, -2, -3])
    boxes = np.array([label["box"] for label in scene.labels]) + inner
    tip = np.array([edge["tip"] for edge in scene.edges])
    way = np.array([edge["poly"][-2] for edge in scene.edges]) - tip
    foot = tip + 7 * way / np.hypot(*way.T)[:, None]
    assert quality.segments_hit(boxes, tip, foot).any(axis=0).mean() < 0.03


def test_few_ties_within_groups_are_drawn_in_full():
    assert glance.inner(glance.MANY) == theme.INSIDE
    assert glance.inner(glance.MANY + 1) == theme.INSIDE_THIN


@pytest.mark.parametrize(("n", "seed"), [(600, 0), (150, 0)])
def test_the_fifteen_strongest_flows_are_drawn_and_the_others_counted(n, seed):
    scene = of_town(n, seed)
    net = data.Circles(town(n, seed), ME)
    flow = np.where(np.eye(len(net.circles), dtype=bool), 0, net.flow)
    every = sorted(flow[flow > 0].tolist(), reverse=True)
    assert sorted((r["referrals"] for r in scene.ribbons), reverse=True) == every[:15]
    level = every[14:16] == [every[14]] * 2
    said = f"15 of {len(every)} flows, none" if level else f"the 15 strongest of {len(every)} flows"
    assert (f"arrows: {said}" in scene.subtitle) == (len(every) > 15)


def test_of_level_flows_both_of_a_pair_are_drawn_or_neither():
    flow = np.array([[0, 5, 2, 2], [1, 0, 0, 0], [2, 0, 0, 0], [2, 0, 0, 0]], dtype=float)
    assert group_flows.strongest(flow, 2).sum() == 1  # the two of 2 there and back are left out
    assert group_flows.strongest(flow, 3).astype(int).tolist()[0] == [0, 1, 1, 0]


def test_whom_the_title_names_is_named_however_closely_all_stand():
    at = np.array([(40.0 * x, 20.0 * y) for x in range(-4, 5) for y in range(-6, 7)])
    rings = in_circles.Rings(np.zeros((1, 2)), np.array([260.0]), np.zeros(len(at), dtype=int))
    size, names = np.full(len(at), 8.0), dict.fromkeys(range(len(at)), (90.0, 15.0))
    kept = label_candidates.Kept(np.zeros((0, 4)), np.zeros((0, 3)), (-400, -400, 400, 400))
    first = len(at) // 2
    assert first not in label_candidates.offer(at, rings, size, names, kept)
    boxes = label_candidates.offer(at, rings, size, names, kept, must=[first])
    under = quality.box_to_points(boxes[first][None], at)[0] < size
    assert under.any()
    assert not set(np.flatnonzero(under)) & set(boxes)  # these give way


def test_the_key_of_widths_tells_counts_that_occur():
    scene = of_town(600)
    told = next(i["text"] for i in scene.legend["items"] if i["text"].endswith("referrals"))
    shown = {float(part) for part in told.removesuffix(" referrals").split(", ")}
    drawn = {r["referrals"] for r in scene.ribbons}
    assert shown <= drawn
    assert {min(drawn), max(drawn)} <= shown


@pytest.mark.parametrize("size", [(3000, 2100), (1200, 1700), (1600, 900)])
def test_a_page_of_any_size_is_used_whole(size):
    width, height = size
    scene = overview.draw(town(150, 1), width=width, height=height)
    figures = goals(scene)
    assert size == (scene.W, scene.H)
    circle = np.array(discs(scene))
    low, high = (circle[:, :2] - circle[:, 2:]).min(axis=0), (circle[:, :2] + circle[:, 2:]).max(0)
    top, foot = scene.head, scene.legend["top"]
    assert high[1] - low[1] > 0.8 * (foot - top)
    assert high[0] - low[0] > 0.75 * width
    assert height - max(text["box"][3] for text in scene.captions) < 60
    if width == 3000:
        assert figures["names"] == figures["people"]


def test_every_name_that_is_left_out_was_asked_for():
    scene = overview.draw(town(241, declared=True), width=3000, height=2100)
    assert goals(scene)["names"] == len(scene.nodes) > 200
    assert "left out" not in scene.subtitle


@pytest.mark.parametrize(("n", "seed"), [(300, 2), (600, 0), (600, 1), (600, 5)])
def test_a_caption_is_nearer_to_its_own_circle_than_to_any_other(n, seed, monkeypatch):
    kept = []
    beside = group_flows.beside
    monkeypatch.setattr(
        group_flows, "beside", lambda *given: kept.append((given[0], beside(*given))) or kept[0][1]
    )
    overview.draw(town(n, seed))
    ground, boxes = kept[0]
    gap = quality.box_to_points(boxes, ground.at) - ground.radius
    own = np.diag(gap).copy()
    np.fill_diagonal(gap, np.inf)
    assert (gap.min(axis=1) > own).all()


def test_everybody_stands_in_the_circle_of_their_group():
    book = town(200, 1, declared=True)
    scene = of_town(200, 1, declared=True)
    shapes = discs(scene)
    group = book.people["group"]
    within = {}
    for person, (x, y, r) in scene.nodes.items():
        holding = [k for k, (cx, cy, cr) in enumerate(shapes) if np.hypot(x - cx, y - cy) < cr - r]
        assert len(holding) == 1, person
        within.setdefault(holding[0], set()).add(group[person])
    assert all(len(names) == 1 for names in within.values())
    assert len(within) == len(shapes) == group[list(scene.nodes)].nunique()
    said = {text["text"] for text in scene.captions}
    assert set(group[list(scene.nodes)]) <= said
    gaps = [
        np.hypot(a[0] - b[0], a[1] - b[1]) - a[2] - b[2]
        for k, a in enumerate(shapes)
        for b in shapes[:k]
    ]
    assert min(gaps) >= 4


def test_circles_name_how_many_have_a_tie_with_me(adviser, drawn):
    scene = drawn("overview", "adviser")
    net = data.Circles(adviser, adviser.me)
    G = adviser.graph()
    mine = {*G.succ[adviser.me], *G.pred[adviser.me]}
    said = [text["text"] for text in scene.captions]
    for group in {circle.name for circle in net.circles if circle.kind == "group"}:
        members = {p for p in net.people if adviser.people["group"][p] == group}
        every = int((adviser.people["group"] == group).sum())
        people = f"{len(members)} of {every}" if len(members) < every else every
        counted = f"{people} people, {len(members & mine)} with you"
        assert said[said.index(group) + 1] == counted


def test_the_artists_agree_with_the_scene():
    scene = of_town(150)
    found = {
        tuple(spot)
        for collection in scene.figure.axes[0].collections
        if collection.get_zorder() == 5 and isinstance(collection, PathCollection)
        for spot in np.asarray(collection.get_offsets()).round(2).tolist()
    }
    assert {(round(x, 2), round(y, 2)) for x, y, _ in scene.nodes.values()} <= found


def test_marks_and_names_are_where_the_scene_says(pixels):
    scene = of_town(600)
    book = town(600)
    picture = pixels(scene)
    role = book.people["role"]
    for person, (x, y, _) in scene.nodes.items():
        shape, color, _ = theme.ROLES[role[person]]
        if shape != "ring":
            spot = picture[round(y - 0.5), round(x - 0.5)]
            assert "#{:02x}{:02x}{:02x}".format(*spot) == color, person
    for label in scene.labels:
        x0, y0, x1, y1 = (round(side) for side in label["box"])
        assert picture[y0:y1, x0:x1].min() < 90, label["text"]


def test_ties_within_groups_run_from_giver_to_receiver():
    book = town(150)
    scene = of_town(150)
    G = book.graph()
    drawn_ties = {(edge["u"], edge["v"]) for edge in scene.edges}
    assert drawn_ties <= set(G.edges)
    for edge in scene.edges:
        x, y, r = scene.nodes[edge["v"]]
        assert np.hypot(edge["tip"][0] - x, edge["tip"][1] - y) == pytest.approx(r + 1.2, abs=0.1)
    across = len(G.edges) - sum(ME in edge for edge in G.edges) - len(scene.edges)
    assert f"{across} between groups" in scene.subtitle


def test_a_crowd_says_that_ties_within_groups_are_not_drawn():
    scene = of_town(5000, 1)
    assert scene.edges == []
    net = data.Circles(town(5000, 1), ME)
    assert (
        f"{phrases.number(int((~net.across).sum()))} ties inside groups not drawn" in scene.subtitle
    )


def test_small_groups_share_a_circle_and_are_counted():
    pairs = [*clique(P[:30]), *[(P[2 * k], P[2 * k + 1], 1) for k in range(15, 25)]]
    big = [(f"R{k:03d}", f"R{(k + j) % 400:03d}", 1) for k in range(400) for j in (1, 2)]
    groups = {f"R{k:03d}": "Large" for k in range(400)} | {p: f"Small {p}" for p in P[30:50:2]}
    groups |= {p: f"Small {q}" for p, q in zip(P[31:50:2], P[30:50:2], strict=True)}
    groups |= dict.fromkeys(P[:30], "Middle")
    net = data.Circles(plain([*pairs, *big], groups=groups), None)
    assert [circle.kind for circle in net.circles] == ["group", "group", "more"]
    assert net.circles[2].groups == 10
    assert net.groups == 12
    assert net.flow.sum() == ties(plain([*pairs, *big]).graph()).weight.sum()


def test_the_finding_names_the_groups_where_i_have_nobody():
    pairs = [*clique("ABC"), *clique("XYZ"), ("A", "X", 1), ("Me", "A", 1)]
    groups = dict.fromkeys("ABC", "North") | dict.fromkeys("XYZ", "South")
    scene = overview.draw(plain(pairs, me="Me", groups=groups))
    assert scene.title == "You have ties in 1 of 2 groups, none in South"
    other = overview.draw(plain([*pairs, ("X", "Me", 1)], me="Me", groups=groups))
    assert other.title == "You have ties in both groups; 12 of 13 referrals stay inside a group"
    asked = overview.draw(plain(pairs, me="Me", groups=groups), person="A")
    assert asked.title.startswith("A has ties in both groups")


def test_positions_of_ones_own_are_used():
    pairs = [*clique("ABC"), *clique("XYZ"), ("A", "X", 1)]
    groups = dict.fromkeys("ABC", "North") | dict.fromkeys("XYZ", "South")
    book = plain(pairs, groups=groups)
    pos = {p: (k % 3, 10 * (k // 3)) for k, p in enumerate("XYZABC")}
    nodes = overview.draw(book, pos=pos).nodes
    assert max(nodes[p][1] for p in "ABC") < min(nodes[p][1] for p in "XYZ")  # y grows upwards
    assert nodes["A"][0] < nodes["B"][0] < nodes["C"][0]
    with pytest.raises(RefgraphError, match="pos says nothing of A, B and C"):
        overview.draw(book, pos={})


def test_the_order_of_the_rows_does_not_matter():
    book = town(20)
    history = book.history
    shuffled = [
        (row.date.date(), row.giver, row.receiver, row.count)
        for row in history.sample(frac=1.0, random_state=3).itertuples(index=False)
    ]
    people = book.people.sample(frac=1.0, random_state=4)
    entries = [
        {"person": p, "role": role} for p, role in zip(people.index, people["role"], strict=True)
    ]
    again = book_of([(day, a, b, int(k)) for day, a, b, k in shuffled], me=ME, people=entries)
    assert overview.draw(again).to_json() == of_town(20).to_json()


def test_noise_in_the_last_bits_moves_nobody(monkeypatch):
    giver, receiver, _, group = rows(600, groups=12)
    still = force.settle(600, giver, receiver, np.ones(len(giver)), steps=60)
    draw, rounded = np.random.default_rng(5), force.on_grid

    def noisy(at, mass, real=force.repulsion):
        found = real(at, mass)
        return found * (1 + 1e-12 * draw.standard_normal(found.shape))

    monkeypatch.setattr(force, "repulsion", noisy)
    shaken = force.settle(600, giver, receiver, np.ones(len(giver)), steps=60)
    assert (shaken == still).all()
    monkeypatch.setattr(force, "on_grid", lambda at: at)  # the cure left out
    loose = force.settle(600, giver, receiver, np.ones(len(giver)), steps=60)
    assert not (rounded(loose) == still).all()
    assert len(group) == 600


def test_repulsion_on_the_grid_is_that_of_all_pairs():
    draw = np.random.default_rng(0)
    at, mass = draw.normal(size=(200, 2)) * 15, draw.random(200) + 0.5
    way = at[:, None] - at[None]
    square = (way**2).sum(axis=2) + np.eye(200)
    exact = (mass[None, :, None] * way / square[..., None]).sum(axis=1)
    off = np.hypot(*(force.repulsion(at, mass) - exact).T) / np.hypot(*exact.T)
    assert np.median(off) < 0.03


def test_groups_stand_apart_in_the_field():
    giver, receiver, count, group = rows(600, groups=12)
    at = force.settle(600, giver, receiver, np.sqrt(count))
    gaps = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    near = np.argsort(gaps, axis=1)[:, 1:11]
    assert (group[near] == group[:, None]).mean() > 0.6


def test_packed_circles_keep_apart_and_lie_near_their_flows():
    draw = np.random.default_rng(2)
    radius, caption = draw.uniform(40, 130, 9), np.tile([120.0, 29.0], (9, 1))
    flow = np.zeros((9, 9))
    flow[[0, 3, 5], [1, 4, 6]] = 50.0
    at, size = circle_packing.pack(flow, radius, caption, (0.0, 0.0, 1400.0, 900.0), gap=20.0)
    far = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) - size[:, None] - size
    np.fill_diagonal(far, np.inf)
    assert far.min() >= 19
    boxes = circle_packing.captions(at, size, caption)
    away = quality.box_to_points(boxes, at) - size
    assert away.min() > 0
    assert not quality.overlapping(boxes).any()
    assert (boxes >= 0).all()
    linked = [far[0, 1], far[3, 4], far[5, 6]]
    assert max(linked) < np.median(far[np.isfinite(far)])


def test_marks_leave_the_names_of_others():
    draw = np.random.default_rng(3)
    rings = in_circles.Rings(
        np.array([[300.0, 300.0]]), np.array([250.0]), np.zeros(120, dtype=int)
    )
    size = np.full(120, 6.0)
    at = in_circles.even(draw.normal(size=(120, 2)), rings, size)
    assert (np.hypot(*(at - 300).T) <= 250 - 6).all()
    quarter = [(np.sign(at - 300) == way).all(axis=1).sum() for way in ((1, 1), (-1, -1), (1, -1))]
    assert min(quarter) > 18  # all over the circle
    kept = label_candidates.Kept(np.zeros((0, 4)), np.zeros((0, 3)), (0.0, 0.0, 600.0, 600.0))
    boxes = label_candidates.offer(at, rings, size, dict.fromkeys(range(12), (90.0, 15.0)), kept)
    assert len(boxes) >= 9
    spots, lost = in_circles.apart(at, rings, size, boxes, gap=4.0)
    assert lost == []
    for i, box in boxes.items():
        others = np.delete(np.arange(120), i)
        assert (quality.box_to_points(box[None], spots[others])[0] >= 6.0).all()
        assert (spots[i] == at[i]).all()


@pytest.mark.parametrize(
    ("people", "title", "told"),
    [
        (1, "1 person has ties with you", "1 person"),
        (2, "2 people have ties with you, and none with each other", "2 people, no tie among them"),
    ],
)
def test_of_one_person_nothing_is_said_of_each_other(people, title, told):
    scene = overview.draw(book_of([(TODAY, P[k], "Me", 1) for k in range(people)], me="Me"))
    assert scene.title == title
    assert scene.subtitle.split(phrases.SEPARATOR)[1] == told


def test_of_flows_that_all_differ_the_strongest_are_drawn():
    between = [(a, b) for a in range(5) for b in range(5) if a != b]
    rows = [(TODAY, f"A{a}", f"B{b}", at) for at, (a, b) in enumerate(between, 1)]
    people = [{"person": f"{side}{a}", "group": f"group {a}"} for side in "AB" for a in range(5)]
    scene = overview.draw(book_of(rows, people=people))
    assert "arrows: the 15 strongest of 20 flows" in scene.subtitle
    assert sorted(flow["referrals"] for flow in scene.ribbons) == [*range(6, 21)]


def test_the_strongest_flows_are_drawn_and_no_more():
    flow = np.array([[9.0, 9, 0, 1], [1, 0, 3, 0], [0, 0, 0, 2], [0, 0, 0, 0]])
    chosen = group_flows.strongest(flow, 3)
    assert sorted(zip(*np.nonzero(chosen), strict=True)) == [(0, 1), (1, 2), (2, 3)]
    assert group_flows.strongest(flow, 9).sum() == 5
    assert not group_flows.strongest(np.zeros((3, 3)), 4).any()


def test_towns_are_seeded_and_have_their_size():
    one, two = rows(200, groups=4, seed=3), rows(200, groups=4, seed=3)
    assert all((a == b).all() for a, b in zip(one, two, strict=True))
    book = invented(200, seed=3)
    assert len(book.people) == 201
    assert book.people.index.is_unique


def test_the_command_writes_picture_and_scene(run, tmp_path):
    picture, scene = tmp_path / "o.png", tmp_path / "o.json"
    run("map", "overview", "data/chapter", "-o", picture, "--scene", scene)
    assert picture.stat().st_size > 20_000
    assert json.loads(scene.read_text())["ribbons"]
    run("map", "overview", "data/chapter", "--with-me", status=2)


def discs(scene):
    """Give centre and radius of the circles that are drawn."""
    shapes = [
        path.vertices
        for collection in scene.figure.axes[0].collections
        if collection.get_zorder() == 1
        for path in collection.get_paths()
    ]
    return [
        (*((corners.min(axis=0) + corners.max(axis=0)) / 2), np.ptp(corners[:, 0]) / 2)
        for corners in shapes
    ]


def test_the_window_is_said():
    book = town(20).window(TODAY - timedelta(days=400), None)
    assert overview.draw(book).subtitle.startswith(f"since {TODAY - timedelta(days=400)}, as of")


@pytest.mark.parametrize("name", ["adviser", "chapter"])
def test_what_stays_inside_each_circle_adds_up_to_the_title(drawn, name):
    scene = drawn("overview", name)
    told = [re.fullmatch(r"([\d,]+) referrals? inside", text["text"]) for text in scene.captions]
    inside = sum(int(each[1].replace(",", "")) for each in told if each)
    assert re.search(r"([\d,]+) of [\d,]+ referrals .*stay inside", scene.title)[1] == f"{inside:,}"
