"""The kit: figures checked by hand, text that fits, positions that noise cannot move."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib.figure import Figure
from matplotlib.path import Path

from refgraph.maps import quality
from refgraph.maps.drawing import arrows, fonts, legend
from refgraph.maps.drawing.canvas import Canvas, outline
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.layout import label_placement, label_repair, overlap, stress_layout, tie_routing
from refgraph.maps.scenes.scene import Scene


def scene_of(**parts):
    return Scene(200, 100, Figure(), "", "", **parts)


def label(person, *box):
    return {"node": person, "text": person, "box": list(box), "px": 12.0}


def tie(u, v, *poly):
    return {"u": u, "v": v, "poly": [list(p) for p in poly], "tip": list(poly[-1]), "head": 6.0}


def test_every_fault_is_counted_once():
    scene = scene_of(
        nodes={"Ann": (20, 50, 10), "Bo": (180, 50, 10), "Cy": (100, 50, 10), "Di": (104, 66, 10)},
        labels=[
            label("Ann", 5, 20, 60, 34),
            label("Bo", 50, 20, 110, 34),
            label("Cy", 90, -4, 120, 8),
        ],
        captions=[{"text": "Group", "box": [100, 30, 130, 44], "px": 11.0}],
        edges=[
            tie("Ann", "Bo", (30, 50), (170, 50)),
            tie("Bo", "Ann", (170, 50.5), (30, 50.5)),
            tie("Cy", "Di", (100, 60), (104, 66)),
        ],
    )
    figures = quality.evaluate(scene)
    assert figures["names_overlapping"] == 1  # Ann and Bo
    assert figures["captions_overlapping"] == 1  # Group and Bo
    assert figures["off_page"] == 1  # Cy
    assert figures["discs_overlapping"] == 1  # Cy and Di
    assert figures["smallest_gap"] == pytest.approx(np.hypot(4, 16) - 20)
    assert figures["two_way_pairs"] == figures["pairs_on_one_line"] == 1
    assert figures["ties_over_discs"] == 2  # both ties of Ann and Bo run over Cy
    assert figures["heads_hidden"] == 1  # Cy to Di
    assert figures["names_crossed"] == 0
    assert (figures["name_px"], figures["caption_px"]) == (12.0, 11.0)


def test_a_name_is_crossed_by_ties_of_others_only():
    nodes = {"Ann": (20, 50, 5), "Bo": (180, 50, 5), "Cy": (100, 90, 5)}
    edges = [tie("Ann", "Bo", (25, 50), (175, 50))]
    own = scene_of(nodes=nodes, edges=edges, labels=[label("Ann", 30, 44, 60, 56)])
    foreign = scene_of(nodes=nodes, edges=edges, labels=[label("Cy", 90, 44, 110, 56)])
    assert quality.evaluate(own)["names_crossed"] == 0
    assert quality.evaluate(foreign)["names_crossed"] == 1


def test_an_empty_scene_has_no_faults():
    figures = quality.evaluate(scene_of())
    assert figures["people"] == figures["names_overlapping"] == figures["discs_overlapping"] == 0
    assert np.isnan(figures["smallest_gap"])


COORDINATES = st.floats(0, 100).map(lambda value: round(value, 3))


@given(arrays(float, (4,), elements=COORDINATES), arrays(float, (4,), elements=COORDINATES))
def test_a_segment_hits_a_box_exactly_if_one_of_its_points_is_inside(box, ends):
    low, high = np.minimum(box[:2], box[2:]), np.maximum(box[:2], box[2:])
    start, end = ends[None, :2], ends[None, 2:]
    hit = quality.segments_hit(np.r_[low, high][None], start, end)[0, 0]
    t = np.linspace(0, 1, 400)[:, None]
    points = start + t * (end - start)
    assert hit >= ((points > low + 1e-6) & (points < high - 1e-6)).all(axis=1).any()
    grown = ((points > low - 0.4) & (points < high + 0.4)).all(axis=1).any()
    assert hit <= grown


def test_a_segment_that_runs_along_a_side_or_not_at_all_hits_what_it_touches():
    box = np.array([[10.0, 10.0, 20.0, 20.0]])
    along = [[15, 0, 15, 30], [0, 15, 30, 15], [10, 0, 10, 30]]
    beside = [[5, 0, 5, 30], [9.5, 0, 9.5, 30], [0, 20.5, 30, 20.5], [15, 21, 15, 40]]
    points = [[15, 15, 15, 15], [15, 20.5, 15, 20.5]]
    start, end = np.hsplit(np.array([*along, *beside, *points], dtype=float), 2)
    hit = quality.segments_hit(box, start, end)[0]
    assert hit.tolist() == [True] * 3 + [False] * 4 + [True, False]


@given(st.floats(40, 900), st.floats(0, 2 * np.pi), st.floats(-0.4, 0.4), st.floats(0.5, 12))
def test_an_arrow_begins_and_ends_exactly_at_the_rims(far, angle, bend, line):
    start, end = np.array([[0.0, 0.0]]), far * np.array([[np.cos(angle), np.sin(angle)]])
    rims = np.array([9.0]), np.array([12.0])
    drawn = arrows.between(start, end, rims, np.array([bend]), np.array([line]))
    assert np.hypot(*drawn.polys[0, 0]) == pytest.approx(9.0, abs=1e-6)
    assert np.hypot(*(drawn.heads[0, 0] - end[0])) == pytest.approx(12.0, abs=1e-6)
    assert 0 < drawn.lengths[0] <= 22
    under = np.hypot(*(drawn.shafts[0, 2] - drawn.heads[0, 0]))
    assert under < drawn.lengths[0]  # the shaft ends under the head


@given(st.floats(0.05, 0.95), st.floats(0, 25), st.floats(-0.3, 0.3))
def test_an_arrow_ends_at_its_discs_wherever_between_them_their_gap_is(share, aside, bend):
    start, end = np.array([[0.0, 0.0]]), np.array([[400.0, 0.0]])
    rims = np.array([360 * share]), np.array([360 * (1 - share)])
    shift = np.array([[0.0, min(aside, 0.8 * rims[0][0], 0.8 * rims[1][0])]])
    ends = start + shift, end + shift
    drawn = arrows.between(*ends, rims, np.array([bend]), np.array([3.0]), discs=(start, end))
    assert np.hypot(*drawn.polys[0, 0]) == pytest.approx(rims[0][0], abs=1e-6)
    assert np.hypot(*(drawn.polys[0, -1] - end[0])) == pytest.approx(rims[1][0], abs=1e-6)


@pytest.mark.parametrize("k", range(0, 24, 3))
def test_a_name_hides_no_head_of_a_tie_to_its_mark(k):
    turn = np.arange(24) * np.pi / 12
    way = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    spokes = np.array([100.0, 100.0]) + way[:, None] * np.array([10.5, 40, 85])[None, :, None]
    ends = np.stack([np.zeros(24, dtype=int), np.arange(1, 25)], axis=1)  # ties on every side
    spokes[k], ends[k] = spokes[k, ::-1].copy(), ends[k, ::-1]  # one of them to the mark
    discs = np.vstack([[100.0, 100, 8], np.column_stack([100 + 400 * way, np.full(24, 8.0)])])
    sizes = np.vstack([[60.0, 15.0], np.zeros((24, 2))])
    ground = label_placement.Ground(discs, spokes, ends, (0.0, 0.0, 200.0, 200.0))
    placed = label_placement.place(ground, sizes, np.array([0]))[0]
    tip = spokes[k, -1:]
    assert not quality.segments_hit(np.array([placed.box]), tip, tip + 8 * way[k]).any()


def test_a_name_far_from_its_mark_keeps_from_the_marks_of_others():
    draw = np.random.default_rng(5)
    grid = np.array([(x, y) for x in range(60, 560, 40) for y in range(60, 360, 26)], dtype=float)
    discs = np.column_stack([grid + draw.normal(size=grid.shape), np.full(len(grid), 5.0)])
    none = np.zeros((0, 2, 2)), np.zeros((0, 2), dtype=int)
    ground = label_placement.Ground(discs, *none, (0.0, 0.0, 640.0, 400.0))
    sizes = np.tile([60.0, 15.0], (len(grid), 1))
    placed = label_placement.place(ground, sizes, np.arange(len(grid)))
    far = [i for i, name in enumerate(placed) if name and name.needs_leader]
    assert len(far) > 3  # at the rim, out of the crowd
    for i in far:
        away = quality.box_to_points(np.array([placed[i].box]), discs[:, :2])[0] - discs[:, 2]
        assert np.delete(away, i).min() >= 8
        line = np.linspace(*placed[i].leader(*discs[i]), 200)
        over = np.hypot(*(line[:, None] - discs[:, :2]).transpose(2, 0, 1)) - discs[:, 2]
        assert np.delete(over, i, axis=1).min() >= 0  # and its line runs over none


def test_a_name_stands_no_nearer_to_the_mark_of_another_than_to_its_own():
    discs = np.array([[100.0, 100, 8], [170.0, 100, 8]])  # a name to the right would touch both
    none = np.zeros((0, 2, 2)), np.zeros((0, 2), dtype=int)
    ground = label_placement.Ground(discs, *none, (0.0, 0.0, 300.0, 200.0))
    placed = label_placement.place(ground, np.array([[43.0, 14.0], [0.0, 0.0]]), np.array([0]))[0]
    own, other = quality.box_to_points(np.array([placed.box]), discs[:, :2])[0] - discs[:, 2]
    assert own + 3 < other


def test_a_name_that_found_no_room_gets_it_in_a_later_turn(monkeypatch):
    draw = np.random.default_rng(7)
    discs = np.column_stack([draw.uniform((60, 60), (340, 240), (40, 2)), np.full(40, 4.0)])
    none = np.zeros((0, 2, 2)), np.zeros((0, 2), dtype=int)
    ground = label_placement.Ground(discs, *none, (0.0, 0.0, 400.0, 300.0))

    def named():
        placed = label_placement.place(ground, np.tile([55.0, 14.0], (40, 1)), np.arange(40))
        return sum(name is not None for name in placed)

    as_it_is = named()
    monkeypatch.setattr(label_placement, "_SWEEPS", 2)
    assert as_it_is > named()  # where another name can make room that itself moved late


def test_no_line_of_a_name_runs_through_another_name():
    draw = np.random.default_rng(8)
    at = draw.uniform((250, 150), (390, 250), (40, 2))
    discs = np.column_stack([at, np.full(40, 3.0)])
    none = np.zeros((0, 2, 2)), np.zeros((0, 2), dtype=int)
    ground = label_placement.Ground(discs, *none, (0.0, 0.0, 640.0, 400.0))
    placed = label_placement.place(ground, np.tile([60.0, 15.0], (40, 1)), np.arange(40))
    boxes, whose = tie_routing.standing(placed)
    led = [i for i in whose.tolist() if placed[i].needs_leader]
    assert len(led) > 5 < len(whose) - len(led)
    start, end = np.stack([placed[i].leader(*discs[i]) for i in led], axis=1)
    through = quality.segments_hit(boxes, start, end)
    through[whose[:, None] == np.array(led)] = False
    assert not through.any()


def test_a_name_may_stand_only_where_the_ground_says():
    discs = np.array([[100.0, 100.0, 8.0]])
    none = np.zeros((0, 2, 2)), np.zeros((0, 2), dtype=int), (0.0, 0.0, 400.0, 200.0)

    def left(i, boxes):
        return np.where(boxes[:, 2] < discs[i, 0], 0.0, np.inf)

    for dear, side in ((None, 1), (left, -1)):
        placed = label_placement.place(
            label_placement.Ground(discs, *none, dear), np.array([[60.0, 15.0]]), np.array([0])
        )[0]
        assert np.sign(placed.box[0] - discs[0, 0]) == side
    nowhere = label_placement.Ground(discs, *none, lambda _, boxes: np.full(len(boxes), np.inf))
    assert label_placement.place(nowhere, np.array([[60.0, 15.0]]), np.array([0])) == [None]


def test_the_two_ties_of_a_pair_bow_apart():
    at, ends = np.array([[0.0, 0.0], [60.0, 0.0]]), np.array([0, 1])
    pair = tie_routing.Web(
        at, np.full(2, 8.0), ends, ends[::-1], np.ones(2), np.ones(2, dtype=bool)
    )
    middle = pair.drawn.polys[:, 6]
    assert abs(middle[0, 1] - middle[1, 1]) >= 5
    alone = tie_routing.Web(
        at, np.full(2, 8.0), ends[:1], ends[1:], np.ones(1), np.ones(1, dtype=bool)
    )
    assert abs(alone.drawn.polys[0, 6, 1]) < 3


def test_a_leaning_arrow_bows_most_near_the_receiver():
    ends = np.array([[0.0, 0.0]]), np.array([[200.0, 0.0]])
    rims = np.array([5.0]), np.array([5.0])
    tops = []
    for lean in (-0.3, 0.0, 0.3):
        drawn = arrows.between(*ends, rims, np.array([0.4]), np.array([2.0]), lean=lean)
        points = arrows.along(drawn.shafts[0], 200)
        tops.append(points[np.abs(points[:, 1]).argmax(), 0])
        assert np.hypot(*(drawn.heads[0, 0] - ends[1][0])) == pytest.approx(5.0, abs=1e-6)
    assert tops[0] < 90 < tops[1] < 110 < tops[2]
    assert tops[0] + tops[2] == pytest.approx(200, abs=4)  # one is the other, seen from behind


def fence(back=0):
    """Make a ring of marks, all tied across it, and one inside whose name is in the way."""
    turn = np.arange(10) * np.pi / 5
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=1) * (330, 230) + (400, 300)
    at = np.vstack([ring, [[400.0, 300.0]]])
    a, m = np.array([0, 1, 2, 3]), 4 + back
    there, here = np.r_[a, a[:back] + 5], np.r_[a + 5, a[:back]]
    page = (0, 0, 800, 600)
    return tie_routing.Web(
        at, np.full(11, 8.0), there, here, np.ones(m), np.ones(m, dtype=bool), page
    )


def test_a_crossed_name_is_moved_and_the_ties_there_are_bent():
    net = fence()
    sizes = np.tile([90.0, 15.0], (11, 1))
    placed = [None] * 10 + [label_placement.Placed((411.0, 292.5, 501.0, 307.5), 3.0)]
    before = net.crossings(*tie_routing.standing(placed)).sum()
    assert before > 0
    after = label_repair.mend(net, placed, sizes, (0.0, 0.0, 800.0, 600.0))
    assert after[:10] == [None] * 10
    assert net.crossings(*tie_routing.standing(after)).sum() == 0
    again = tie_routing.Web(
        net.at, net.radius, net.giver, net.receiver, net.line, net.loud, net.page
    )
    again.bend, again.lean = net.bend, net.lean
    again.redraw()
    assert (again.drawn.polys == net.drawn.polys).all()  # what was rebuilt in part is whole


@given(st.integers(0, 10_000))
def test_names_that_moved_bend_ties_as_if_they_had_always_stood_there(seed):
    draw = np.random.default_rng(seed)
    tried = fence(back=2)
    for _ in range(4):  # names come, move and go
        whose = np.flatnonzero(draw.random(11) < 0.6)
        corner = np.round(draw.random((len(whose), 2)) * (700, 580))
        stood = draw.random(len(whose)) < 0.4
        corner[stood] = tried.at[whose[stood]] + 10
        boxes = np.hstack([corner, corner + np.array([90, 15])])
        fresh = fence(back=2)
        for each in (tried, fresh):
            each.avoid(boxes, whose)
        assert (tried.bend == fresh.bend).all()
        assert (tried.lean == fresh.lean).all()
        assert (tried.drawn.polys == fresh.drawn.polys).all()


def test_a_name_that_nothing_crosses_stays():
    net = fence()
    placed = [None] * 10 + [label_placement.Placed((10.0, 10.0, 100.0, 25.0), 3.0)]
    bend = net.bend.copy()
    assert (
        label_repair.mend(net, placed, np.tile([90.0, 15.0], (11, 1)), (0, 0, 800, 600)) == placed
    )
    assert (net.bend == bend).all()


@pytest.mark.parametrize("noise", [1e-15, 1e-13])
def test_noise_in_the_last_bits_moves_nobody(noise):
    draw = np.random.default_rng(0)
    points = draw.random((30, 2)) * 6
    distance = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    shaken = distance * (1 + noise * draw.standard_normal(distance.shape))
    shaken = (shaken + shaken.T) / 2
    assert (stress_layout.stress(distance) == stress_layout.stress(shaken)).all()


def test_distances_come_out_as_they_went_in():
    points = np.random.default_rng(3).random((25, 2)) * 5
    distance = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    at = stress_layout.stress(distance, rounds=60)
    found = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    assert np.abs(found - distance).max() < 0.15


def test_groups_stand_apart():
    group = np.repeat([0, 1, 2], 8)
    pairs = [(i, j) for i in range(24) for j in range(i) if group[i] == group[j]]
    a, b = np.array(pairs).T
    at = stress_layout.blend(24, np.r_[a, 0, 8], np.r_[b, 8, 16], np.ones(len(a) + 2), group)
    centre = np.array([at[group == k].mean(axis=0) for k in range(3)])
    near = np.hypot(*(at[:, None] - centre[None]).transpose(2, 0, 1)).argmin(axis=1)
    assert (near == group).all()


def test_boxes_and_hulls_are_pushed_apart():
    draw = np.random.default_rng(1)
    at = np.column_stack([draw.random(20) * 300 + 500, draw.random(20) * 200 + 300])
    radius, half = np.full(20, 8.0), np.tile([40.0, 14.0], (20, 1))
    group = np.repeat([0, 1], 10)
    area = (0.0, 0.0, 1500.0, 900.0)
    moved = overlap.apart(at, half, radius, group, area, gap=20.0, margin=15.0)
    gaps = np.hypot(*(moved[:, None] - moved[None]).transpose(2, 0, 1)) - 16 + 1e9 * np.eye(20)
    assert gaps.min() >= 19.5
    assert ((moved >= 0) & (moved <= area[2:])).all()
    one, two = (overlap.hull(moved[group == k], radius[group == k]) for k in (0, 1))
    assert not Path(one).contains_points(two).any()


def test_names_keep_clear_of_marks_and_of_each_other():
    draw = np.random.default_rng(2)
    discs = np.column_stack([draw.random((40, 2)) * (700, 500) + 100, np.full(40, 8.0)])
    ground = label_placement.Ground(
        discs, np.zeros((0, 5, 2)), np.zeros((0, 2), dtype=int), (0.0, 0.0, 900.0, 700.0)
    )
    placed = label_placement.place(ground, np.tile([90.0, 15.0], (40, 1)), np.arange(40))
    boxes = np.array([name.box for name in placed if name])
    assert len(boxes) >= 38
    assert not quality.overlapping(boxes).any()
    away = quality.box_to_points(boxes, discs[:, :2]) - 8
    assert away.min() > 0


def test_a_name_without_room_is_left_out():
    discs = np.array([[50.0, 50.0, 8.0]])
    ground = label_placement.Ground(
        discs, np.zeros((0, 5, 2)), np.zeros((0, 2), dtype=int), (0.0, 0.0, 100.0, 100.0)
    )
    assert label_placement.place(ground, np.array([[90.0, 15.0]]), np.array([0]))[0] is not None
    assert label_placement.place(ground, np.array([[120.0, 15.0]]), np.array([0])) == [None]


def test_long_text_is_shortened_in_the_middle_and_stays_distinct():
    ruler = Ruler(fonts.Fonts())
    short = ruler.fit("Featherstonehaugh & Daughters", 14, 120.0)
    assert short.startswith("Feather")
    assert short.endswith("ers")
    assert ruler.size(short, 14)[0] <= 120
    twins = ruler.names(["A" + "x" * 60 + "Z", "A" + "x" * 70 + "Z"], 14, 120.0)
    assert len(set(twins.values())) == 2
    assert ruler.wrap("one two three", 14, 60.0) == ["one two", "three"]
    assert ruler.wrap("one two  ·  three four", 14, 110.0) == ["one two", "three four"]
    assert ruler.wrap("one  ·  two three four", 14, 80.0) == ["one · two", "three four"]


def test_a_name_without_room_for_the_difference_has_one_number_everywhere():
    people = ["A" * 30 + k * "b" + "A" * 30 for k in (20, 21)]
    ruler = Ruler(fonts.Fonts(), people)
    drawn = [ruler.names(people, px, 46.0) for px in (14, 12)]
    assert [text[-4:] for names in drawn for text in names.values()] == [" (1)", " (2)"] * 2
    assert ruler.name(people[1], 14, 46.0) == drawn[0][people[1]]
    assert all(ruler.size(text, 14)[0] <= 46 for text in drawn[0].values())


@pytest.mark.parametrize("shape", ["circle", "ring", "diamond", "square", "triangle"])
def test_every_mark_holds_its_centre(shape):
    path = outline(shape, 30.0, 40.0, 10.0)
    assert path.contains_point((30, 40))
    assert np.abs(path.vertices - (30, 40)).max() < 14


def test_the_strongest_ties_of_each_person_are_the_backbone():
    giver, receiver = np.array([0, 0, 0, 1]), np.array([1, 2, 3, 3])
    kept = tie_routing.backbone(4, giver, receiver, np.array([5.0, 1.0, 3.0, 2.0]), 1)
    assert kept.tolist() == [True, True, True, True]
    assert tie_routing.backbone(4, giver[:3], receiver[:3], np.array([5.0, 1.0, 3.0]), 9).all()


@pytest.mark.parametrize("thick", [3.0, 30.0])
def test_no_drawing_of_the_legend_reaches_into_other_rows_or_notes(thick):
    ruler = Ruler(fonts.for_names([]), [])
    items = [legend.bars([thick] * 3, f"entry {k}") for k in range(30)]
    high = legend.height(ruler, items, ["A note."], 400.0)
    canvas = Canvas(496, 100 + high, ruler)
    legend.draw(canvas, items, ["A note."], 100.0)
    boxes = [np.array(item["box"]) for item in canvas.scene.legend["items"]]
    rows = sorted({(box[1], box[3]) for box in boxes})
    assert len(rows) > 2
    assert rows[0][0] > 100  # the rule above
    assert all(low >= high for (_, high), (low, _) in pairwise(rows))
    (note,) = (text["box"] for text in canvas.scene.captions if text["text"] == "A note.")
    assert rows[-1][1] <= note[1] < note[3] < canvas.H


def test_a_placement_after_ties_were_bent_is_that_of_a_fresh_ground():
    draw = np.random.default_rng(5)
    at, n = draw.random((30, 2)) * (900, 600), 30
    giver = draw.integers(0, n, 60)
    receiver = (giver + draw.integers(1, n, 60)) % n
    keys = np.unique(giver * n + receiver)
    loud = np.ones(len(keys), dtype=bool)
    web = tie_routing.Web(at, np.full(n, 5.0), keys // n, keys % n, np.ones(len(keys)), loud)
    sizes, order = np.tile([70.0, 14.0], (n, 1)), np.arange(n)
    page = (-100.0, -100.0, 1000.0, 700.0)
    first = label_placement.place(web.ground(page), sizes, order)
    web.avoid(*tie_routing.standing(first))
    again = label_placement.place(web.ground(page), sizes, order)
    fresh = label_placement.Ground(web.discs, web.drawn.polys, web.ends, page)
    assert again == label_placement.place(fresh, sizes, order)
    assert again != first


def test_a_role_that_is_drawn_as_others_are_stands_in_the_legend_with_them():
    told = [[item.text for item in legend.role_marks(each)] for each in (["vendor"], ["client"])]
    assert told == [["other"], ["client"]]
