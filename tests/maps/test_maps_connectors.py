"""The connectors map: groups, lenses and rings, with every name where it can be read."""

from __future__ import annotations

import random
import tempfile
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from flaws import LONG, NONE
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import PolyCollection
from matplotlib.path import Path as Outline
from strategies import TODAY, referral_rows
from strategies import book_of as in_memory
from towns import town

import refgraph
from refgraph.analysis.connecting import connectors as analysis
from refgraph.book.arrival import by_arrival
from refgraph.errors import RefgraphError
from refgraph.graph.door import without
from refgraph.maps import connectors, quality
from refgraph.maps.kinds.connectors import arrange, data, isolates
from refgraph.maps.kinds.connectors import text as connectors_text
from refgraph.maps.layout import hull_captions, overlap, tie_routing
from refgraph.maps.layout.quality import segments_hit
from refgraph.maps.scenes import theme
from refgraph.report.summary import summarize

P = [f"Person {k:02d}" for k in range(40)]


def book_of(rows, *, me=None, people=()):
    """Read a book of (giver, receiver, count) and (person, role, group) rows."""
    with tempfile.TemporaryDirectory() as folder:
        lines = [f'2026-01-{1 + k % 28:02d},"{a}","{b}",{n}' for k, (a, b, n) in enumerate(rows)]
        table = "\n".join(["date,giver,receiver,count", *lines, ""])
        (Path(folder) / "referrals.csv").write_text(table, encoding="utf-8")
        if people:
            lines = [",".join(f'"{field}"' for field in row) for row in people]
            table = "\n".join(["person,role,group", *lines, ""])
            (Path(folder) / "people.csv").write_text(table, encoding="utf-8")
        return refgraph.Book.read(folder, me=me, today="2026-06-30")


def planted(n, ties, groups, seed):
    """Make a network of n people whose ties mostly stay within their group; Me knows half."""
    draw = random.Random(seed)  # noqa: S311  a drawing of rows, not a secret
    first = ["Ann", "Łukasz", "Zoë", "Maverick", "Mei", "Анна", "Νίκος", "José"]
    last = ["Lee", "Featherstonehaugh", "Park", "Okafor", "Żółć", "Rossi"]
    names = [f"{draw.choice(first)} {draw.choice(last)} {k}" for k in range(n)]
    rows = {}
    while len(rows) < ties:
        a = draw.randrange(n)
        b = draw.randrange(n)
        if a != b and (a % groups == b % groups or draw.random() < 0.06):
            rows[names[a], names[b]] = 1 + int(draw.expovariate(0.7))
    mine = [(name, "Me", 1) for name in names[::2]] + [("Me", name, 2) for name in names[::3]]
    return book_of([(a, b, n) for (a, b), n in rows.items()] + mine, me="Me")


def goals(scene):
    figures = quality.evaluate(scene)
    assert {name: figures[name] for name in NONE} == dict.fromkeys(NONE, 0)
    if figures["names"]:
        assert figures["name_px"] >= 12
    assert figures["caption_px"] >= 10.5
    return figures


def clique(people):
    return [(a, b, 1) for a in people for b in people if a != b]


SHAPES = {
    "one tie": [("Ann", "Bo", 1)],
    "one way only": [(P[k], P[k + 1], 1) for k in range(20)],
    "star": [(P[0], P[k], 1) for k in range(1, 25)],
    "star and back": [pair for k in range(1, 25) for pair in ((P[0], P[k], 1), (P[k], P[0], 3))],
    "two cliques": [*clique(P[:7]), *clique(P[7:14]), (P[0], P[7], 1)],
    "heavy": [("Ann", "Bo", 10_000), ("Bo", "Cy", 1), ("Cy", "Ann", 500)],
    "long names": [(LONG + "A", LONG + "B", 1), (LONG + "B", LONG + "C", 2)],
    "nearly equal names": [
        ("ann", "Ann", 1),
        ("Ann", "Ånn", 1),
        ("Ånn", "ANN", 1),
        ("ANN", "Ann", 1),
    ],
    "awkward names": [
        ("Cash $$ Money", "Ann [sales]", 1),
        ("محمد علي", "<b>Bo</b>", 1),
        ("王小明", "Joy 🦄", 2),
    ],
}


@pytest.mark.parametrize("rows", SHAPES.values(), ids=SHAPES)
def test_every_shape_is_drawn_with_every_name(rows):
    scene = connectors.draw(book_of(rows))
    figures = goals(scene)
    assert figures["names"] == figures["people"] == len({p for a, b, _ in rows for p in (a, b)})
    read = {}  # a name may stand on two lines
    for label in scene.labels:
        read[label["node"]] = (*read.get(label["node"], ()), label["text"])
    assert len({*read.values()}) == len(read)
    scene.to_bytes("png", scale=0.25)


def test_everyone_in_one_group_and_nobody_between_groups():
    rows = [(P[k], P[(k + 1) % 30], 1) for k in range(30)]
    scene = connectors.draw(book_of(rows, people=[(p, "client", "All") for p in P[:30]]))
    figures = goals(scene)
    assert figures["names"] == 30
    assert figures["ties_over_discs"] == 0
    assert scene.title == "Nobody stands out: 30 people are level at the top"
    assert "All: 30 people" in {text["text"] for text in scene.captions}


def test_the_adviser_meets_every_goal(adviser, drawn):
    scene = drawn("connectors", "adviser")
    figures = goals(scene)
    assert figures["names"] == figures["people"]
    assert figures["names_crossed"] <= 0.05 * figures["names"]
    assert adviser.me not in scene.nodes
    if find_spec("weblate_fonts"):  # the fonts extra
        assert scene.notes == ()


@pytest.mark.parametrize("name", ["adviser", "chapter"])
def test_no_tie_touches_somebody_else(name, drawn):
    scene = drawn("connectors", name)
    for edge in scene.edges:
        poly = np.array(edge["poly"])
        steps = np.linspace(0, len(poly) - 1, 121)
        curve = [np.interp(steps, np.arange(len(poly)), poly[:, axis]) for axis in (0, 1)]
        for person, (x, y, r) in scene.nodes.items():
            if person not in (edge["u"], edge["v"]):
                assert np.hypot(curve[0] - x, curve[1] - y).min() > r + 1.5, (edge["u"], person)


def test_only_those_strictly_ahead_are_named():
    two = [(P[0], P[k], 1) for k in range(2, 8)] + [(P[k], P[0], 1) for k in range(8, 12)]
    pair = [("Ann", "Bo", 1), ("Bo", "Cy", 1), ("Cy", "Di", 1)]
    assert (
        connectors.draw(book_of(two)).title == "Without Person 00, 9 of 10 others would be cut off"
    )
    assert connectors.draw(book_of(pair)).title.startswith("Bo and Cy ")
    ring = [(P[k], P[(k + 1) % 12], 1) for k in range(12)]
    scene = connectors.draw(book_of(ring, people=[(p, "", "All") for p in P[:12]]))
    assert scene.title == "Nobody stands out: 12 people are level at the top"
    assert not any(text["text"].startswith("bigger") for text in scene.captions)


def one_ranking(book, scene):
    """Hold report, ranking, title and sizes of marks to one score."""
    summary = summarize(book)
    G = book.graph() if book.me is None else without(book.graph(), book.me)
    table = analysis.rank(by_arrival(book, G), refgraph.groups.of(book, G))
    shown = summary.connectors["person"].tolist()
    assert shown == table.index.tolist()
    best, _ = analysis.leading(table)
    title, said = scene.title.replace("\u200e", ""), summary.answers["connectors"].said
    if " separate networks: " in title:
        pass
    elif best:
        few = "Nobody stands between many: "
        assert title.startswith((best[0], f"Without {best[0]}, ", f"{few}{best[0]} "))
        assert f"{best[0]} " in said or f"{best[0]}, " in said
        assert said.startswith((f"{best[0]} comes first", f"{best[0]} and "))
        if " links " in title or " link " in title:  # what nobody else does more of
            assert table["groups_linked"].max() == table["groups_linked"][best].max()
    else:
        assert title.startswith(("Nobody stands", "All "))
    ringed = data.Net(book, book.me, book.me).mine
    size = pd.Series({p: r - isolates.RING * (p in ringed) for p, (_, _, r) in scene.nodes.items()})
    by_score = pd.DataFrame({"score": table["score"], "size": size}).dropna().sort_values("score")
    rise, grow = by_score["score"].diff().iloc[1:], by_score["size"].diff().iloc[1:]
    assert (grow > -1e-9).all()
    assert (grow[rise > 0] > 0).all()
    assert (grow[rise == 0].abs() < 1e-9).all()
    return best


@pytest.mark.parametrize("name", ["adviser", "chapter", "sample"])
def test_report_ranking_title_and_sizes_say_one_thing(name, drawn, adviser, chapter):
    books = {"adviser": adviser, "chapter": chapter, "sample": refgraph.Book.sample()}
    assert one_ranking(books[name], drawn("connectors", name))


@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(st.sampled_from(P[:9]), st.sampled_from(P[:9])).filter(
            lambda two: len({*two}) > 1
        ),
        min_size=2,
        max_size=24,
    ),
    st.lists(st.sampled_from(["", "north", "south", "west"]), min_size=9, max_size=9),
    st.sampled_from([None, P[0]]),
)
def test_in_any_book_one_score_decides(pairs, groups, me):
    people = [{"person": p, "group": group} for p, group in zip(P[:9], groups, strict=True)]
    made = in_memory([(TODAY, *pair, 1) for pair in pairs], me=me, people=people)
    scene = connectors.draw(made)
    if scene.nodes and not scene.title.startswith("No "):
        one_ranking(made, scene)


def test_the_map_says_what_the_score_of_the_first_is_made_of(chapter, drawn):
    said = " ".join(text["text"] for text in drawn("connectors", "chapter").captions)
    row = analysis.rank(chapter.graph(), refgraph.groups.of(chapter, chapter.graph())).iloc[0]
    assert (
        f"Score of {row.name}: {row['score']:.2f}, the mean of the ranks "
        f"{row['betweenness_rank']:.2f} by shortest ways between others "
        f"({row['betweenness']:.3f} of all pairs) and {row['groups_linked_rank']:.2f} by groups "
        f"linked ({row['groups_linked']:.0f}); ranks among 32 people with a tie"
    ) in " ".join(said.split())


def test_what_somebody_else_does_more_of_is_no_finding():
    ring = [(TODAY, f"P{k}", f"P{(k + 1) % 30}", 1) for k in range(30)]
    ties = [(TODAY, *ends, 1) for k in (0, 10, 20) for ends in (("X", f"P{k}"), (f"P{k}", "X"))]
    more = [(TODAY, giver, "Y", 1) for giver in ("P5", "P15", "P25", "Q")]  # four groups
    groups = {"X": "own", "Y": "other", "Q": "third"} | {
        f"P{k}": f"third {k // 10}" for k in range(30)
    }
    people = [{"person": name, "group": group} for name, group in groups.items()]
    made = connectors.draw(in_memory([*ring, *ties, *more], people=people))
    assert made.title.startswith("X stands on the shortest ways of ")
    without_more = connectors.draw(in_memory([*ring, *ties], people=people))
    assert without_more.title == "X links 3 other groups with their own, nobody else more than 2"


def test_hulls_stay_above_the_rule(drawn):
    scene = drawn("connectors", "chapter")
    collections = scene.figure.axes[0].collections
    low = max(
        path.vertices[:, 1].max()
        for c in collections
        if c.get_zorder() == 1
        for path in c.get_paths()
    )
    legend = min(text["box"][1] for text in scene.captions if text["text"] == "between groups")
    assert low < legend - 22


def test_in_health_the_owed_map_is_not_offered(tmp_path):
    (tmp_path / "referrals.csv").write_text("date,giver,receiver\n2026-01-01,Ann,Me\n")
    settings = 'me = "Me"\ntoday = "2026-06-30"\n'
    said = []
    for profile in ("", 'profile = "health"\n'):
        (tmp_path / "refgraph.toml").write_text(settings + profile)
        scene = connectors.draw(refgraph.Book.read(tmp_path))
        said.append(" ".join(text["text"] for text in scene.captions))
    assert "map of what is owed" in said[0]
    assert "owed" not in said[1]


def test_the_chapter_meets_every_goal(chapter, drawn):
    scene = drawn("connectors", "chapter")
    figures = goals(scene)
    assert figures["names"] == figures["people"] == 32
    assert figures["names_crossed"] <= 0.05 * figures["names"]  # of 256 ties
    said = " ".join(text["text"] for text in scene.captions)
    for group in sorted(set(chapter.people["group"])):
        assert f"{group}: " in said


@pytest.mark.parametrize(("invent", "seed"), [(town, 6), (town, 8), (planted, 5)])
def test_of_sixty_people_few_names_are_crossed(invent, seed):
    book = town(60, seed=seed) if invent is town else planted(60, 150, 5, seed)
    figures = goals(connectors.draw(book))
    assert figures["names"] == figures["people"] > 50
    assert figures["names_crossed"] <= 0.05 * figures["names"]


def test_a_tie_runs_over_marks_rather_than_off_the_page():
    wall = [[15.0 + 30 * k, 200.0 + 100 * row] for k in range(12) for row in range(3)]
    at, radius = np.array([[20.0, 20.0], [20.0, 620.0], *wall]), np.full(38, 14.0)
    one, two = np.array([0]), np.array([1])
    net = tie_routing.Web(at, radius, one, two, np.ones(1), one == 0, (0.0, 0.0, 900.0, 700.0))
    free = tie_routing.Web(at, radius, one, two, np.ones(1), one == 0)
    for drawn in (net, free):
        drawn.avoid(np.zeros((0, 4)), np.zeros(0, dtype=np.int64))
    assert net.drawn.polys[..., 0].min() >= 0
    assert free.drawn.polys[..., 0].min() < 0


def test_of_a_crowd_the_best_connectors_are_drawn_and_all_are_named(monkeypatch):
    book = planted(40, 90, 5, 1)
    monkeypatch.setattr(data, "_ALL", 20)
    monkeypatch.setattr(data, "_BEST", 12)
    scene = connectors.draw(book)
    figures = goals(scene)
    assert figures["names"] == figures["people"] == 12
    assert "28 lesser connectors left out" in scene.subtitle
    net = data.Net(book, "Me", "Me")
    best = net.table.index[0]
    near = {*net.graph.succ[best], *net.graph.pred[best]}
    shown = {net.group_of[person] for person in near & set(scene.nodes)}
    assert shown == {net.group_of[person] for person in near}  # every group that the best links
    others = set(net.table.index[:12]) - set(scene.nodes)
    assert 0 < len(others) <= len(shown)  # for whom those stand who show them
    assert len(connectors.draw(book, top=30).nodes) == 30


def test_groups_are_linked_by_ties_that_are_not_drawn_too(monkeypatch):
    monkeypatch.setattr(data, "_MOST", 3)
    pairs = [("Ann", "Bo"), ("Ann", "Cy"), ("Cy", "Gus"), ("Gus", "Hal"), ("Ann", "Flo")]
    groups = {"Ann": "west", "Bo": "west", "Cy": "north"}
    groups |= dict.fromkeys(("Flo", "Gus", "Hal"), "south")
    people = [(name, "", group) for name, group in groups.items()]
    few = data.Net(book_of([(*pair, 1) for pair in pairs], people=people), None, None)
    assert sorted(few.people) == ["Ann", "Cy", "Gus"]
    assert few.groups_about(["Ann"]) == {"west", "north", "south"}  # by Flo


def test_a_crowd_is_drawn_when_asked_for_and_the_unnamed_counted(monkeypatch):
    monkeypatch.setattr(data, "_ALL", 50)
    monkeypatch.setattr(arrange, "_CROWD", 50)
    monkeypatch.setattr(arrange, "_NAMES", 40)
    scene = connectors.draw(planted(80, 160, 6, 1), top=80)
    figures = goals(scene)
    assert figures["people"] > 70
    assert 35 <= figures["names"] < figures["people"]
    assert f"{figures['people'] - figures['names']} names left out for room" in scene.subtitle


def test_a_dense_network_stays_readable():
    rows = [(P[a], P[b], 1 + (a * b) % 7) for a in range(30) for b in range(30) if a != b]
    scene = connectors.draw(book_of(rows))
    assert goals(scene)["names"] == 30
    assert "weaker ties pale" in scene.subtitle
    assert len(scene.edges) == 30 * 29


def test_me_is_left_out_and_a_tie_with_me_is_a_ring(pixels):
    rows = [("Ann", "Bo", 1), ("Bo", "Ann", 1), ("Bo", "Cy", 1), ("Ann", "Me", 1), ("Me", "Di", 1)]
    book = book_of(rows, me="Me", people=[("Eve", "client", "")])
    scene = connectors.draw(book)
    assert sorted(scene.nodes) == ["Ann", "Bo", "Cy", "Di"]
    assert {(edge["u"], edge["v"]) for edge in scene.edges} == {
        ("Ann", "Bo"),
        ("Bo", "Ann"),
        ("Bo", "Cy"),
    }
    said = [text["text"] for text in scene.captions]
    assert "Tied only with you: 1 person" in said
    assert "Not drawn, no referrals: Eve" in said
    picture = pixels(scene)
    for person, ringed in (("Ann", True), ("Bo", False), ("Cy", False), ("Di", True)):
        x, y, r = scene.nodes[person]
        rim = [picture[round(y + dy * (r - 0.9)), round(x)].sum() < 200 for dy in (-1, 1)]
        assert any(rim) == ringed, person


def test_with_me_leaves_nobody_out():
    book = refgraph.Book.sample()
    scene = connectors.draw(book, with_me=True)
    goals(scene)
    assert book.me in scene.nodes
    assert "rings" not in scene.subtitle


def test_the_finding_names_the_people_between_the_groups():
    groups = [P[:6], P[6:12], P[12:18]]
    rows = [row for group in groups for row in clique(group)]
    rows += [(P[0], P[6], 1), (P[6], P[0], 1), (P[0], P[12], 1), (P[12], P[0], 1)]
    people = [(p, "client", f"Group {k}") for k, group in enumerate(groups) for p in group]
    scene = connectors.draw(book_of(rows, people=people))
    assert scene.title == "Without Person 00, 11 of 17 others would be cut off"
    assert "18 people, 94 ties, 4 between groups" in scene.subtitle
    assert {"Group 0: 6 people", "Group 1: 6 people"} <= {t["text"] for t in scene.captions}
    # with a second way round nobody is cut off, and what all do is not told of one
    rows += [(P[1], P[7], 1), (P[7], P[13], 1), (P[13], P[1], 1), (P[0], P[8], 1)]
    again = connectors.draw(book_of(rows, people=people)).title
    assert again.startswith("Person 00 stands on ")
    assert "% of all pairs of others, " in again


def test_who_has_no_tie_is_no_part_of_a_share():
    star = [(P[5], P[0], 1), *((P[0], P[k], 1) for k in range(1, 5))]
    alone = [(p, "client", "") for p in P[10:16]]
    for people in ((), alone):
        found = connectors.draw(book_of(star, people=people)).title
        assert found == "Without Person 00, 4 of 5 others would be cut off"


def test_names_without_room_take_no_room_of_the_network_to_be_counted(monkeypatch):
    counted = connectors_text.counted

    def one_line_more(*given, **more):  # once it is known who has no room
        return counted(*given, **more) + " and so on" * (30 if "nameless" in more else 0)

    monkeypatch.setattr(connectors_text, "counted", one_line_more)
    scene = connectors.draw(book_of(clique(P[:6])))
    lines = [text for text in scene.captions if "so on" in text["text"]]
    assert max(text["box"][3] for text in lines) > 110
    assert max(text["box"][3] for text in lines) < min(y - r for _, y, r in scene.nodes.values())


@pytest.mark.parametrize(
    ("sizes", "title"),
    [
        ((6, 6), "2 separate networks: 6 and 6 people"),
        ((7, 5, 4), "3 separate networks: 7 and 5 people, and 1 smaller"),
        ((9, 4), None),
        ((5,) * 7, "7 separate networks of 5 people each"),
        ((6, *(5,) * 6), "7 separate networks, the largest of 6 people"),
    ],
)
def test_people_who_fall_apart_are_no_one_network(sizes, title):
    rows, first = [], 0
    for size in sizes:
        rows += clique(P[first : first + size])
        first += size
    found = connectors.draw(book_of(rows)).title
    assert ("separate" not in found) if title is None else found == title


def test_the_ties_of_those_in_the_title_are_seen_first(drawn, adviser, chapter):
    for name, book in (("adviser", adviser), ("chapter", chapter)):
        scene = drawn("connectors", name)
        G = book.graph() if book.me is None else without(book.graph(), book.me)
        first = analysis.rank(G, refgraph.groups.of(book, G)).index[0]
        assert scene.title.startswith(first)
        strangers = sum(first not in tie for tie in G.edges)
        assert f"{strangers} ties without {first} pale" in scene.subtitle
        assert first in [text["text"] for text in scene.captions]  # its ground is in the legend


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([(P[0], P[k], 1) for k in range(1, 9)], f"All 8 ties come from {P[0]}"),
        (
            [(P[k], P[k + 1], 1) for k in range(8)],
            f"Without {P[4]}, 4 of 8 others would be cut off",
        ),
    ],
)
def test_whom_a_title_names_is_lit_where_no_tie_is_pale_too(rows, title):
    scene = connectors.draw(book_of(rows))
    assert scene.title == title
    assert "pale" not in scene.subtitle
    named = P[0] if P[0] in title else P[4]
    assert named in [item["text"] for item in scene.legend["items"]]
    assert "tie of others" not in [item["text"] for item in scene.legend["items"]]


@pytest.mark.parametrize(("back", "pale"), [(0, False), (1, False), (2, True)])
def test_no_tie_is_pale_where_there_are_no_more_of_them_than_people(back, pale):
    rows = [(P[k], P[k + 1], 1) for k in range(len(P) - 1)]
    rows += [(P[k + 1], P[k], 1) for k in range(back)]
    scene = connectors.draw(book_of(rows))
    assert len(P) > 32
    assert len(scene.legend["items"]) > 2
    assert ("pale" in scene.subtitle) == pale


@pytest.mark.parametrize(("apart", "pale"), [(1, True), (20, False)])
def test_many_ties_between_groups_are_pale_however_few_ties_there_are(apart, pale):
    """They run across the whole page, where those of a group stay in its area."""
    rows = [(TODAY, P[k], P[k + 1], 1) for k in range(len(P) - 1)]
    people = [{"person": p, "group": "AB"[k // apart % 2]} for k, p in enumerate(P)]
    scene = connectors.draw(in_memory(rows, people=people))
    assert ("pale" in scene.subtitle) == pale


def test_where_scores_are_level_the_marks_tell_ties_and_the_widths_the_counts():
    scene = connectors.draw(book_of([(p, "Hub", 1 + 300 * (p == P[0])) for p in P[:20]]))
    assert scene.title == "All 20 ties go to Hub"
    assert scene.nodes["Hub"][2] > 2 * max(scene.nodes[p][2] for p in P[:20])
    told = [item["text"] for item in scene.legend["items"]]
    assert "bigger: ties with more people" in told
    assert "bigger: higher score" not in told
    even = connectors.draw(book_of([(a, b, 1) for a in P[:4] for b in P[:4] if a != b]))
    assert not any(item["text"].startswith("bigger") for item in even.legend["items"])


def test_many_counts_of_hundreds_are_not_all_drawn_alike():
    counts = [1, 2, 90, 90, 400]
    net = data.Net(book_of([(P[k], P[k + 1], n) for k, n in enumerate(counts)]), None, None)
    looks = arrange.look_at(net, (), 1600)
    web = arrange.route(net, looks, (48, 100, 1552, 700), 1600, pos=None, seed=0)
    width = dict(zip(net.weight.tolist(), web.line.tolist(), strict=True))
    assert width[400.0] > 1.5 * width[90.0] > 2 * width[2.0]


def test_captions_that_would_be_mixed_up_are_left_out_but_for_those_in_question():
    at = np.array([(300.0 + 36 * x, 300.0 + 24 * y) for x in range(6) for y in range(8)])
    none = np.zeros(0, dtype=np.int64)
    web = tie_routing.Web(at, np.full(len(at), 5.0), none, none, np.zeros(0), none.astype(bool))
    outlines = {k: overlap.hull(at[[k]], np.array([20.0])) for k in range(len(at))}
    sizes = dict.fromkeys(outlines, (150.0, 14.0))
    page, lines = (0.0, 0.0, 900.0, 900.0), np.zeros((0, 2, 2))
    taken = np.zeros((0, 4))
    asked = hull_captions.captions(outlines, sizes, web, taken, page, leaders=lines, first=[0, 47])
    assert set(asked) == {0, 47}
    alone = {k: outlines[k] for k in (0, 7, 40, 47)}  # the corners
    found = hull_captions.captions(alone, sizes, web, taken, page, leaders=lines, first=[0])
    assert set(found) == set(alone)


def test_nobody_stands_in_the_hull_of_another_group(adviser, drawn):
    scene = drawn("connectors", "adviser")
    group = adviser.people["group"]
    hulls = [
        shape
        for collection in scene.figure.axes[0].collections
        if collection.get_zorder() == 1
        for shape in collection.get_paths()
    ]
    assert len(hulls) == 5
    for shape in hulls:
        inside = {
            p
            for p, (x, y, _) in scene.nodes.items()
            if Outline(shape.vertices).contains_point((x, y))
        }
        assert len({group[p] for p in inside}) == 1


def test_the_artists_agree_with_the_scene(drawn):
    scene = drawn("connectors", "chapter")
    collections = scene.figure.axes[0].collections
    marks = [path for c in collections if c.get_zorder() == 5 for path in c.get_paths()]
    centres = {
        tuple(np.round((path.vertices.min(axis=0) + path.vertices.max(axis=0)) / 2, 3))
        for path in marks
    }
    for x, y, _ in scene.nodes.values():
        assert (round(x, 3), round(y, 3)) in centres
    heads = [
        path
        for c in collections
        if isinstance(c, PolyCollection) and c.get_zorder() != 3  # at 3 are those of the legend
        for path in c.get_paths()
    ]
    assert len(heads) == len(scene.edges)
    tips = {tuple(np.round(path.vertices[0], 3)) for path in heads}
    assert {tuple(np.round(edge["tip"], 3)) for edge in scene.edges} == tips


def test_marks_and_names_are_where_the_scene_says(drawn, pixels):
    scene = drawn("connectors", "chapter")
    picture = pixels(scene)
    for x, y, _ in scene.nodes.values():
        assert "#{:02x}{:02x}{:02x}".format(*picture[round(y), round(x)]) == theme.PLAIN[1]
    for label in scene.labels:
        x0, y0, x1, y1 = (round(side) for side in label["box"])
        assert picture[y0:y1, x0:x1].min() < 60, label["text"]


def test_positions_of_ones_own_are_kept():
    book = book_of([(P[k], P[(k + 1) % 12], 1) for k in range(12)])
    pos = {p: (k % 6, k // 6) for k, p in enumerate(P[:12])}
    scene = connectors.draw(book, pos=pos)
    first, second, above = (scene.nodes[P[k]] for k in (0, 1, 6))
    assert first[1] == second[1]
    assert first[0] < second[0]
    assert above[1] < first[1]  # y grows upwards in the positions given
    with pytest.raises(RefgraphError, match="pos says nothing of"):
        connectors.draw(book, pos={})


def test_another_seed_is_another_map():
    book = refgraph.Book.sample()
    one, two = (connectors.draw(book, seed=seed).nodes for seed in (0, 1))
    assert one != two
    assert one == connectors.draw(book).nodes


def test_nothing_to_draw_is_a_page_that_says_so():
    empty = connectors.draw(book_of([], people=[("Ann", "", "")]))
    assert empty.title == "No referrals to draw yet"
    alone = connectors.draw(book_of([("Ann", "Me", 1)], me="Me"))
    assert alone.title == "No ties yet among the people around you"
    goals(alone)


@settings(max_examples=5)
@given(referral_rows(min_size=1))
def test_no_record_breaks_the_map(rows):
    rows = [row for row in rows if '"' not in row[0] + row[1]] or [("Ann", "Bo", 1)]
    names = dict.fromkeys(name for row in rows for name in row[:2])
    people = [(name, "", "ab"[k % 2]) for k, name in enumerate(names)]
    scene = connectors.draw(book_of(rows, people=people))
    figures = goals(scene)
    assert figures["names"] == figures["people"]
    scene.to_bytes("png", scale=0.25)


def rims_of(scene):
    """Give the lines round separate networks."""
    return [
        Outline(mark.points)
        for layer in scene.layers
        for mark in layer
        if mark.fill == "none" and mark.line == theme.INSIDE and mark.code == "P"
    ]


@pytest.mark.parametrize("grouped", [0, 5, 9])
def test_each_network_that_the_title_counts_is_seen_as_one(grouped):
    """A line goes round each, off all names, with its people inside and nobody else.

    Only where all of one are all of a group, as of A with 9 `grouped`, its area is enough.
    """
    parts = [f"{letter}{k}" for letter in "ABC" for k in range(9 if letter != "C" else 2)]
    ties = [(*tie, 1) for tie in pairwise(parts) if tie[0][0] == tie[1][0]]
    people = [(name, "", "East") for name in parts[:grouped]]
    scene = connectors.draw(book_of(ties, people=people))
    assert scene.title == "3 separate networks: 9 and 9 people, and 1 smaller"
    told = [text["text"] for text in scene.captions]
    wanted = [sorted(parts[9:18])] if grouped == 9 else [sorted(parts[:9]), sorted(parts[9:18])]
    assert told.count("one network: 9 people") == len(wanted)
    rims = rims_of(scene)
    inside = [
        {person for person, (x, y, _) in scene.nodes.items() if rim.contains_point((x, y))}
        for rim in rims
    ]
    assert sorted(map(sorted, inside)) == wanted
    boxes = np.array([text["box"] for text in (*scene.labels, *scene.captions)])
    for rim in rims:
        line = np.asarray(rim.vertices)
        assert not segments_hit(boxes, line[:-1], line[1:]).any()


def test_no_line_goes_round_networks_that_lie_in_each_other():
    """Where places are one's own, a line would have others inside; no words tell of no line."""
    ties = [(*tie, 1) for part in (P[:7], P[7:14]) for tie in pairwise(part)]
    pos = {name: (k % 7, (3 * k) % 7 + k // 7 / 2) for k, name in enumerate(P[:14])}
    scene = connectors.draw(book_of(ties), pos=pos)
    assert scene.title == "2 separate networks: 7 and 7 people"
    assert not rims_of(scene)
    assert not any("one network" in text["text"] for text in scene.captions)


def test_words_of_a_network_stand_beside_its_line_or_beside_a_group_that_is_all_in_it():
    """Two networks go through the same groups, so that no line can be round one of them."""
    ties = [(*tie, 1) for part in (P[:12], P[12:20]) for tie in pairwise(part)]
    people = [(name, "", "abcd"[k % 4]) for k, name in enumerate(P[:20])]
    scene = connectors.draw(book_of(ties, people=people))
    assert scene.title == "2 separate networks: 12 and 8 people"
    told = [text["text"] for text in scene.captions]
    assert not any(text.startswith("in one network") for text in told)  # no group is all in one
    assert sum(text.startswith("one network") for text in told) == len(rims_of(scene))
