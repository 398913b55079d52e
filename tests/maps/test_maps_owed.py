"""The owed map: what it says, where it stands, and that nothing on it crosses."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import refgraph
from refgraph.analysis.owing import owe
from refgraph.errors import NoMeError, RefgraphError, UnknownPersonError
from refgraph.maps import owed, quality
from refgraph.maps.kinds.owed import data, fan_lanes
from refgraph.maps.scenes import theme

NONE = [
    "names_overlapping",
    "names_on_discs",
    "names_crossed",
    "captions_overlapping",
    "off_page",
    "discs_overlapping",
    "heads_hidden",
    "pairs_on_one_line",
    "ties_over_discs",
]

SMALL = """date,giver,receiver,count
2025-10-01,Ann Lee,Me,5
2026-01-10,Me,Ann Lee,3
2026-06-01,Bo Park,Me,1
2026-02-01,Me,Cy,2
2026-03-01,Di,Me,1
2026-03-02,Me,Di,1
2026-03-03,Di,Cy,1
"""
PEOPLE = "person,role\nAnn Lee,partner\nBo Park,client\nCy,prospect\nDi,\nEve,other\nMe,\n"


def book_of(rows):
    with tempfile.TemporaryDirectory() as folder:
        lines = [f"2026-01-{1 + k % 28:02d},{a},{b},{n}" for k, (a, b, n) in enumerate(rows)]
        table = "\n".join(["date,giver,receiver,count", *lines, ""])
        (Path(folder) / "referrals.csv").write_text(table, encoding="utf-8")
        return refgraph.Book.read(folder, me="Me", today="2026-06-30")


def texts(scene):
    return [text["text"] for text in [*scene.labels, *scene.captions]]


def goals(scene):
    figures = quality.evaluate(scene)
    assert {name: figures[name] for name in NONE} == dict.fromkeys(NONE, 0)
    assert figures["names"] == figures["people"]
    assert figures["name_px"] >= 12 or not figures["people"]
    assert figures["caption_px"] >= 10.5
    return figures


def lanes_that_cross(scene):
    """Count pairs of lanes that cut each other, though they all meet at the middle."""
    curves = [np.array(edge["poly"]) for edge in scene.edges]
    reach = [(curve.min(axis=0), curve.max(axis=0)) for curve in curves]
    count = 0
    for k, one in enumerate(curves):
        for two, (low, high) in zip(curves[:k], reach, strict=False):
            if (low > reach[k][1]).any() or (high < reach[k][0]).any():
                continue
            p, q, r, s = one[:-1, None], one[1:, None], two[None, :-1], two[None, 1:]
            turn = [
                (b - a)[..., 0] * (c - a)[..., 1] - (b - a)[..., 1] * (c - a)[..., 0]
                for a, b, c in ((p, q, r), (p, q, s), (r, s, p), (r, s, q))
            ]
            count += bool(((turn[0] * turn[1] < 0) & (turn[2] * turn[3] < 0)).any())
    return count


def test_two_owed_one_first_one_even(make_book):
    scene = owed.draw(make_book(SMALL, PEOPLE, me="Me"))
    assert scene.title == "You owe 2 people 3 referrals; the oldest has waited 272 days"
    assert "7 received and 6 given, with 4 people" in scene.subtitle
    assert "1 person without a referral to or from you left out" in scene.subtitle
    said = texts(scene)
    assert "gave you 5, you gave 3" in said
    assert "272 days" in said
    assert "29 days" in said
    assert {"You owe", "You went first", "Even", "partner", "prospect"} <= set(said)
    assert "Eve" not in scene.nodes
    middle = scene.nodes["Me"][0]
    assert scene.nodes["Ann Lee"][0] < middle < scene.nodes["Cy"][0]
    assert scene.nodes["Ann Lee"][1] < scene.nodes["Bo Park"][1] < scene.nodes["Di"][1]
    goals(scene)


def test_an_arrow_runs_from_giver_to_receiver(make_book):
    scene = owed.draw(make_book(SMALL, PEOPLE, me="Me"))
    ends = {(edge["u"], edge["v"]) for edge in scene.edges}
    assert ends == {
        ("Ann Lee", "Me"), ("Me", "Ann Lee"), ("Bo Park", "Me"), ("Me", "Cy"), ("Di", "Me"),
        ("Me", "Di"),
    }  # fmt: skip
    for edge in scene.edges:
        x, y, r = scene.nodes[edge["v"]]
        assert r - 2 < np.hypot(edge["tip"][0] - x, edge["tip"][1] - y) < r + 12
        assert edge["poly"][-1] == edge["tip"]


def test_another_person_is_never_you(make_book):
    scene = owed.draw(make_book(SMALL, PEOPLE, me="Me"), person="ann lee")
    assert scene.title == "Ann Lee owes no one a referral, and went first with 1 person"
    assert not any("you" in text.lower().split() for text in texts(scene))
    assert "gave 3, got 5" in texts(scene)


def test_what_was_settled_otherwise_is_said(make_book):
    touches = "date,person,kind,note\n2026-04-01,Ann Lee,settled,no fit\n"
    scene = owed.draw(make_book(SMALL, PEOPLE, touches, me="Me"))
    assert "gave you 5, you gave 3, 1 settled" in texts(scene)
    assert scene.title.startswith("You owe 2 people 2 referrals")


def test_of_who_is_no_one_to_return_a_referral_to_it_says_so(make_book):
    people = PEOPLE.replace("Ann Lee,partner", "Ann Lee,other")
    said = texts(owed.draw(make_book(SMALL, people, me="Me")))
    assert "gave you 5, you gave 3, never owed" in said
    assert not any("settled" in text for text in said)
    mine = PEOPLE.replace("Me,", "Me,other")  # one's own role does not matter
    seen = make_book(SMALL, mine, me="Me").window(until="2026-01-05")
    assert not any("never" in text for text in texts(owed.draw(seen, person="Bo Park")))


def test_the_window_counts_and_says_so(make_book):
    book = make_book(SMALL, PEOPLE, me="Me").window(since="2026-02-01", until="2026-05-01")
    scene = owed.draw(book)
    assert "2026-02-01 to 2026-05-01, as of 2026-06-30" in scene.subtitle
    assert "Bo Park" not in scene.nodes


def test_in_a_window_the_map_and_the_counts_sort_people_by_one_rule(adviser):
    book = adviser.window(since="2025-10-01")
    rows = data.rows_of(book, book.me, mine=True)
    standing = owe.standing(owe.position(book))
    assert {row.person: row.kind for row in rows} == standing.to_dict()
    said = texts(owed.draw(book))
    assert "gave you 2, you gave 1, settled" in said  # by a referral before the window
    assert "gave you 3, you gave 6, 3 open" in said


def test_the_longest_open_are_drawn_when_rows_are_cut(make_book):
    rows = ["date,giver,receiver,count", "2024-01-01,Old One,Me,1", ",Undated,Me,50"]
    rows += [f"2026-0{1 + k % 5}-01,Person {k},Me,9" for k in range(9)]
    scene = owed.draw(make_book("\n".join(rows) + "\n", me="Me"), top=3)
    assert "Old One" in scene.nodes
    assert "; the oldest has waited 911 days" in scene.title
    assert "and 8 more people, none known to wait longer: 113 referrals" in texts(scene)
    assert "8 people summed, not drawn" in scene.subtitle


@pytest.mark.parametrize(
    ("owing", "first", "even"), [(0, 0, 1), (0, 0, 12), (1, 0, 12), (12, 0, 9), (1, 15, 28)]
)
def test_even_people_are_drawn_without_loops(owing, first, even):
    rows = [(f"Giver {k}", "Me", 1 + k % 3) for k in range(owing)]
    rows += [("Me", f"Taker {k}", 1 + k % 3) for k in range(first)]
    for k in range(even):
        rows += [(f"Even {k}", "Me", 1), ("Me", f"Even {k}", 1)]
    scene = owed.draw(book_of(rows))
    goals(scene)
    assert lanes_that_cross(scene) == 0
    said = set(texts(scene))
    assert {"even, nothing open", "matched, to you", "matched, from you"} <= said
    assert any(text.startswith("how many") for text in said) == bool(owing + first)


def test_a_large_number_fits_its_mark():
    scene = owed.draw(book_of([("Ann", "Me", 900), ("Bo", "Me", 1_000_000), ("Me", "Cy", 1250)]))
    goals(scene)
    assert {"900", "1M", "1.3k", "1, 3, 9 or more referrals"} <= set(texts(scene))
    picture = np.asarray(Image.open(io.BytesIO(scene.to_bytes("png"))).convert("RGB"))
    for text in scene.captions:
        if text["text"] in {"900", "1M", "1.2k"}:
            x0, y0, x1, y1 = text["box"]
            for x in (x0 - 1, x1 + 1):  # the mark reaches beyond its number
                assert picture[round((y0 + y1) / 2), round(x)].min() < 60


def test_names_that_shorten_alike_keep_what_tells_them_apart():
    name = "Bartholomew Maximilian Featherstonehaugh-Cholmondeley {} of Wolverhampton"
    rows = [(name.format(k), "Me", k) for k in range(1, 6)]
    scene = owed.draw(book_of(rows + [("Me", name.format(k), k) for k in range(6, 11)]))
    drawn: dict[str, str] = {}
    for label in scene.labels:  # a name may stand on two lines
        drawn[label["node"]] = f"{label['text']} {drawn.get(label['node'], '')}"
    for person, text in drawn.items():
        if person != "Me":
            assert f"{person.split()[-3]} of Wolverhampton" in text
            assert "(" not in text


def test_the_adviser_meets_every_goal(drawn):
    scene = drawn("owed", "adviser")
    goals(scene)
    assert lanes_that_cross(scene) == 0
    assert scene.labels[0]["px"] == theme.NAME


@pytest.mark.parametrize(("people", "shown"), [(1, 1), (20, 20), (60, 60), (200, 70)])
def test_everyone_up_to_sixty_is_drawn_and_the_rest_is_summed(make_book, people, shown):
    rows = ["date,giver,receiver,count"]
    for k in range(people):
        name = f"Person {k} of the Long Name"
        rows.append(f"2026-01-{1 + k % 28:02d},{name},Me,{1 + k % 11}")
        if k % 3:
            rows.append(f"2026-02-{1 + k % 28:02d},Me,{name},{1 + k % 13 * (k % 2)}")
    scene = owed.draw(make_book("\n".join(rows) + "\n", me="Me"))
    goals(scene)
    assert lanes_that_cross(scene) == 0
    assert len(scene.nodes) - 1 <= shown
    assert len(scene.nodes) - 1 == people or "summed, not drawn" in scene.subtitle
    if people == 200:
        assert sum(" more people" in text for text in texts(scene)) == 3


@settings(max_examples=8)
@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(0, 13), st.sampled_from([1, 2, 9, 10_000])),
        min_size=1,
        max_size=25,
    )
)
def test_no_record_makes_lanes_cross_or_names_collide(rows):
    scene = owed.draw(
        book_of([(f"Person {k}", "Me", n) if to else ("Me", f"Person {k}", n) for to, k, n in rows])
    )
    goals(scene)
    assert lanes_that_cross(scene) == 0


def test_marks_and_the_middle_are_where_the_scene_says(adviser, drawn, pixels):
    scene = drawn("owed", "adviser")
    picture = pixels(scene)
    allowed = {theme.OWE, theme.AGED, theme.FIRST, theme.EVEN}
    for person, (x, y, r) in scene.nodes.items():
        if person == adviser.me:
            pixel = picture[round(y - 0.8 * r), round(x)]
            assert "#{:02x}{:02x}{:02x}".format(*pixel) == theme.ME
            continue
        pixel = picture[round(y + 0.55 * r), round(x)]
        assert "#{:02x}{:02x}{:02x}".format(*pixel) in allowed, person
    for label in scene.labels:
        x0, y0, x1, y1 = (round(side) for side in label["box"])
        inside = picture[y0:y1, x0:x1].min()
        beside = picture[y0 - 5 : y0 - 1, x0:x1].min() if label["node"] != adviser.me else 255
        assert inside < 110 < beside, label["text"]


def test_nothing_to_draw_is_a_page_that_says_so(make_book):
    scene = owed.draw(make_book(SMALL.splitlines()[0] + "\n", "person\nMe\n", me="Me"))
    assert scene.title == "No referrals to draw yet"
    goals(scene)


def test_awkward_names_are_drawn_as_they_are(make_book):
    names = ["Cash $$ Money", "Ann [sales]", "محمد علي", "ann", "Ann", "Ånn", "<b>Bo</b>", "N" * 80]
    rows = "\n".join(f"2026-01-01,{name},Me" for name in names)
    scene = owed.draw(make_book(f"date,giver,receiver\n{rows}\n", me="Me"))
    drawn = {label["node"]: label["text"] for label in scene.labels}
    assert all(drawn[name] == name for name in names[:-1])
    assert "…" in drawn["N" * 80]
    scene.to_bytes("svg")
    goals(scene)


def test_nobody_asked_is_a_sentence(chapter):
    with pytest.raises(NoMeError, match="The map of what is owed"):
        owed.draw(chapter)


def test_an_unknown_person_is_a_sentence(adviser):
    with pytest.raises(UnknownPersonError):
        owed.draw(adviser, person="Nobody At All")


def test_in_health_nobody_owes(tmp_path):
    (tmp_path / "referrals.csv").write_text("date,giver,receiver\n2026-01-01,Ann,Me\n")
    (tmp_path / "refgraph.toml").write_text('me = "Me"\nprofile = "health"\ntoday = "2026-06-30"\n')
    with pytest.raises(RefgraphError, match="health"):
        owed.draw(refgraph.Book.read(tmp_path))


def test_a_name_is_not_cut_for_the_disc_in_the_middle():
    rows = [(f"Henrik Moreau {k}", "Me", 4) for k in range(9)]
    rows += [("Me", f"Henrik Moreau {k}", 2) for k in range(9)]
    rows += [("Me", f"Ann {k:02}", 5) for k in range(17)]
    rows += [(f"Ann {k:02}", "Me", 1) for k in range(17)]
    scene = owed.draw(book_of(rows), person="Me", width=1200)
    assert not [label for label in scene.labels if "…" in label["text"]]


def test_a_lane_is_as_dark_as_what_is_not_matched_is_wide():
    """Of 9 received and 7 given back 2 are open: a band of their width on one of all nine."""
    given = [("Ann", "Me", 9), ("Me", "Ann", 7), ("Bo", "Me", 2), ("Me", "Cy", 5), ("Cy", "Me", 1)]
    scene = owed.draw(book_of(given))
    found = {}
    for layer in scene.layers:
        for mark in layer:
            if isinstance(mark.owner, tuple) and mark.code == "P" and len(mark.points) > 3:
                found[mark.owner] = np.hypot(*(mark.points[0] - mark.points[-1]))
    expected = {("Ann", "Me"): fan_lanes.lane_width(2), ("Me", "Cy"): fan_lanes.lane_width(4)}
    assert found == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(
    ("gave", "got", "role", "said"),
    [
        (4, 2, "", True),  # a rim of 0.8 pixels a side
        (2, 1, "", False),  # one of 0.4 is not seen
        (40, 20, "", False),  # both are of the greatest width
        (2, 2, "", True),
        (3, 1, "vendor", True),  # one of three was given back, the others are never owed
    ],
)
def test_the_legend_names_what_is_matched_where_it_is_seen(make_book, gave, got, role, said):
    rows = f"date,giver,receiver,count\n2026-01-01,Ann,Me,{gave}\n2026-01-02,Me,Ann,{got}\n"
    scene = owed.draw(make_book(rows, f"person,role\nAnn,{role}\nMe,\n", me="Me"))
    inward = [text for text in texts(scene) if text.endswith(", to you")]
    assert any("matched" in text for text in inward) == said
    assert any("never owed" in text for text in inward) == (role == "vendor")


def test_who_is_never_owed_wears_nothing_matched(make_book):
    """Three from somebody to whom no referral is owed, and none back: nothing was matched."""
    rows = "date,giver,receiver,count\n2026-01-01,Ann,Me,3\n"
    said = texts(owed.draw(make_book(rows, "person,role\nAnn,vendor\nMe,\n", me="Me")))
    assert "never owed, to you" in said
    assert not [text for text in said if "matched" in text]
