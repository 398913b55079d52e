"""The matrix: who is in it, what its cells say, and that every name on it can be read."""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from strategies import TODAY, book_of, names, referral_rows

import refgraph
from refgraph.errors import RefgraphError, UnknownPersonError
from refgraph.maps import matrix, quality
from refgraph.maps.kinds.matrix.data import Field
from refgraph.maps.scenes import theme

NONE = ["names_overlapping", "names_on_discs", "captions_overlapping", "off_page"]
NONE += ["discs_overlapping"]
DAY = date(2026, 1, 5)
SMALL = [("Ann", "Bo", 3), ("Bo", "Ann", 1), ("Ann", "Cy", 2), ("Me", "Di", 1)]
PEOPLE = [
    {"person": "Ann", "group": "north"},
    {"person": "Bo", "group": "north"},
    {"person": "Cy", "group": "south"},
    {"person": "Di"},
    {"person": "Eve", "group": "south"},
]
WORDS = ("Bakers", "Bakeries", "Drapers", "Weavers")


def of(rows, **more):
    return book_of([(DAY, *row) for row in rows], **more)


def goals(scene):
    figures = quality.evaluate(scene)
    assert {name: figures[name] for name in NONE} == dict.fromkeys(NONE, 0)
    assert figures["names"] == figures["people"]
    first = min((x for x, _, _ in scene.nodes.values()), default=0.0)
    places = {(label["node"], label["box"][2] < first) for label in scene.labels}
    at_row_and_column = Counter(node for node, _ in places)  # on a line each, or on two
    assert at_row_and_column == dict.fromkeys(scene.nodes, 2)
    assert {*Counter(label["node"] for label in scene.labels).values()} <= {2, 3, 4}
    if figures["names"]:
        assert figures["name_px"] >= 12
    assert figures["caption_px"] >= 10.5
    return figures


def said(scene):
    return [text["text"] for text in scene.captions]


def test_the_small_matrix_by_hand():
    scene = matrix.draw(of(SMALL, me="Me", people=PEOPLE))
    assert scene.title == "Your one pair refers one way only; among others, 1 of 2 both ways"
    assert "5 people, 7 referrals" in scene.subtitle
    assert "1 person without a referral left out" in scene.subtitle
    assert "75 %" not in scene.subtitle
    assert "4 of the 6 referrals among others in groups stay within a group" in scene.subtitle
    assert list(scene.nodes) == ["Me", "Ann", "Bo", "Cy", "Di"]
    assert [(c["u"], c["v"], c["weight"]) for c in scene.cells] == [
        ("Me", "Di", 1.0),
        ("Ann", "Bo", 3.0),
        ("Ann", "Cy", 2.0),
        ("Bo", "Ann", 1.0),
    ]
    assert {"north", "2 people, 4 referrals within", "south", "in no group"} <= set(said(scene))
    assert scene.edges == []
    goals(scene)


def test_a_cell_stands_in_the_row_of_its_giver_and_the_column_of_its_receiver(chapter, drawn):
    scene = drawn("matrix", "chapter")
    assert len(scene.cells) == chapter.graph().number_of_edges()
    G = chapter.graph()
    for cell in scene.cells:
        x0, y0, x1, y1 = cell["box"]
        row, column = scene.nodes[cell["u"]][1], scene.nodes[cell["v"]][0]
        assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx((column, row))
        assert cell["weight"] == G.edges[cell["u"], cell["v"]]["weight"]
    for label in scene.labels:  # one beside the row, one above the column
        x0, y0, x1, y1 = label["box"]
        x, y, _ = scene.nodes[label["node"]]
        beside, above = x1 < x and y0 < y < y1, y1 < y and x0 < x < x1
        assert beside != above


@pytest.mark.parametrize("name", ["light", "dark", "print"])
def test_marks_have_the_colour_and_shape_of_their_kind(name, drawn, pixels):
    book = refgraph.Book.sample()
    scene = drawn("matrix", "sample", theme=name)
    picture = pixels(scene)
    worn, G = theme.THEMES[name], book.graph()
    kinds = set()
    for cell in scene.cells:
        x0, y0, _, y1 = cell["box"]
        corner = "#{:02x}{:02x}{:02x}".format(*picture[round(y0 + 2), round(x0 + 2)])
        both = G.has_edge(cell["v"], cell["u"])
        assert (corner == worn["TWO_WAY"]) == both  # a square has corners, a ring has none
        kinds.add(both)
        if not both:
            beside = picture[round((y0 + y1) / 2), round(x0) - 1 : round(x0) + 3]
            color = [int(worn["ONE_WAY"][k : k + 2], 16) for k in (1, 3, 5)]
            assert np.abs(beside - color).sum(axis=1).min() < 90  # its rim is soft
    assert kinds == {True, False}


def test_the_names_are_where_the_scene_says(drawn, pixels):
    scene = drawn("matrix", "sample", theme="light")
    picture = pixels(scene)
    for label in scene.labels:
        x0, y0, x1, y1 = (round(side) for side in label["box"])
        assert picture[y0:y1, x0:x1].min() < 90, label["text"]
        if y0 > scene.nodes[label["node"]][1] - 20:  # beside its row: nothing sticks out
            assert picture[y0:y1, x0 - 9 : x0 - 2].min() > 200


def test_the_order_and_the_rest_are_those_of_a_slow_count(adviser):
    grid = Field(adviser).grid(20)
    total = {}
    for row in adviser.referrals.to_dict("records"):
        for person in (row["giver"], row["receiver"]):
            total[person] = total.get(person, 0) + row["count"]
    ranked = sorted(total, key=lambda p: (-total[p], p))
    assert sorted(grid.people) == sorted(ranked[:20])
    assert grid.rest == len(ranked) - 20
    inside = adviser.referrals[
        adviser.referrals["giver"].isin(grid.people)
        & adviser.referrals["receiver"].isin(grid.people)
    ]
    assert grid.weight.sum() == inside["count"].sum()
    assert grid.hidden == adviser.referrals["count"].sum() - inside["count"].sum()
    assert grid.people[0] == adviser.me
    group = adviser.people["group"]
    bands = [(band.name, grid.people[band.first : band.after]) for band in grid.bands[1:]]
    assert all({group[p] for p in people} == {name} for name, people in bands)
    for _, people in bands:
        assert people == sorted(people, key=lambda p: (-total[p], p))


@pytest.mark.parametrize("name", ["adviser", "chapter"])
def test_the_sample_books_meet_every_goal(name, request, drawn):
    book = request.getfixturevalue(name)
    tied = {*book.referrals["giver"], *book.referrals["receiver"]} - {None}
    assert goals(drawn("matrix", name))["people"] == len(tied)


def test_what_is_not_shown_is_counted(adviser):
    scene = matrix.draw(adviser, top=10)
    assert len(scene.nodes) == 10
    assert "and 38 others, " in scene.subtitle
    assert scene.title == matrix.draw(adviser).title  # of all pairs, as the report says it


def crowd():
    rows = [(f"Person {k:03d}", f"Person {(7 * k + 1) % 600:03d}", 1 + k % 4) for k in range(600)]
    return of([row for row in rows if row[0] != row[1]])


def test_six_hundred_people():
    book = crowd()
    assert goals(matrix.draw(book))["people"] == 40
    assert goals(matrix.draw(book, top=60))["people"] == 60
    small = matrix.draw(book, top=60, width=1200, height=700)
    assert goals(small)["people"] < 30
    assert (small.W, small.H) == (1200, 700)


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([("Ann", "Bo", 1)], "No pair refers both ways yet: 1 pair refers one way only"),
        ([("Ann", "Bo", 1), ("Bo", "Ann", 4)], "The one pair refers both ways"),
        (
            [("Ann", "Bo", 1), ("Bo", "Ann", 1), ("Cy", "Bo", 1), ("Bo", "Cy", 2)],
            "All 2 pairs refer both ways",
        ),
        (
            [("Ann", "Bo", 1), ("Cy", "Bo", 1)],
            "No pair refers both ways yet: 2 pairs refer one way only",
        ),
    ],
)
def test_few_people(rows, title):
    scene = matrix.draw(of(rows))
    assert scene.title == title
    goals(scene)


def test_where_there_are_no_groups_nobody_is_said_to_be_in_none():
    rows = [("Me", "Ann", 1), ("Me", "Bo", 1), ("Ann", "Cy", 1), ("Cy", "Ann", 2)]
    scene = matrix.draw(of(rows, me="Me"))
    assert scene.title == "None of your 2 pairs refer both ways; among others, 1 of 1"
    assert "in no group" not in said(scene)


def test_a_title_counts_my_pairs_only_where_i_am_drawn():
    """My pair is of one referral each way, those of a, b and c of nine: in three rows I am not."""
    rows = [(*pair, 9) for pair in (("a", "b"), ("b", "a"), ("b", "c"), ("c", "a"))]
    book = book_of([(TODAY, *row) for row in [*rows, ("Me", "d", 1), ("d", "Me", 1)]], me="Me")
    assert matrix.draw(book).title.startswith("Your one pair refers both ways")
    small = matrix.draw(book, top=3)
    assert "Me" not in [label["text"] for label in small.labels]
    assert small.title.startswith("2 of 4 pairs refer both ways")


def test_nobody_refers():
    scene = matrix.draw(of([], people=PEOPLE))
    assert scene.title == "No referrals to draw yet"
    assert matrix.draw(of(SMALL, people=PEOPLE), only="south").title == "No referrals to draw yet"


@pytest.mark.parametrize("width", [480, 1400])
def test_groups_with_long_names_are_told_apart(width):
    groups = [f"The Honourable Guild of {word} of Greater Birmingham" for word in WORDS]
    people = [{"person": f"{k} {at}", "group": one} for at, one in enumerate(groups) for k in "ab"]
    rows = [(f"a {at}", f"b {at}", 1) for at in range(len(groups))]
    scene = matrix.draw(of(rows, people=people), width=width)
    drawn = re.findall("The.*?ham", " ".join(said(scene)))
    assert len({*drawn}) == len(drawn) == len(WORDS)
    assert all("…" in each for each in drawn)


def test_one_group_alone():
    scene = matrix.draw(of(SMALL, me="Me", people=PEOPLE), only="NORTH")
    assert list(scene.nodes) == ["Ann", "Bo"]
    assert "2 people in north, 4 referrals" in scene.subtitle
    with pytest.raises(RefgraphError, match=r"no group 'west'\. Choose from: north, south"):
        matrix.draw(of(SMALL, people=PEOPLE), only="west")


def test_the_marked_person_is_shown_and_lit():
    rows = [("Ann", "Bo", 9), ("Bo", "Ann", 9), ("Cy", "Di", 1), ("Eve", "Ann", 2)]
    scene = matrix.draw(of(rows), top=2, highlight="cy")
    assert set(scene.nodes) == {"Ann", "Cy"}
    picture = np.asarray(Image.open(io.BytesIO(scene.to_bytes("png"))).convert("RGB"))
    column, row = scene.nodes["Ann"][0], scene.nodes["Cy"][1]
    lit = theme.THEMES["light"]["LIT"]
    assert "#{:02x}{:02x}{:02x}".format(*picture[round(row), round(column)]) == lit
    with pytest.raises(UnknownPersonError):
        matrix.draw(of(rows), highlight="Nobody At All")
    with pytest.raises(RefgraphError, match="Eve has no referrals on this map"):
        matrix.draw(of(SMALL, people=PEOPLE), highlight="Eve")


def test_in_health_it_is_not_said_who_refers_to_whom(tmp_path):
    (tmp_path / "referrals.csv").write_text("date,giver,receiver\n2026-01-01,Ann,Bo\n")
    (tmp_path / "refgraph.toml").write_text('profile = "health"\ntoday = "2026-06-30"\n')
    with pytest.raises(RefgraphError, match="health"):
        matrix.draw(refgraph.Book.read(tmp_path))


def test_awkward_names_stay_different():
    odd = ["Cash $$ Money", r"$\frac{1}{2}$", "ann", "Ann", "ANN", "N" * 80, "N" * 79 + "M"]
    odd += ["محمد علي", "דוד כהן", "<b>Bo</b>", "=1+1", "王小明", "สมชาย ใจดี", "प्रिया शर्मा"]
    rows = [
        (a, b, 1 + i) for i, a in enumerate(odd) for b in odd if a < b or (i % 3 == 0 and a != b)
    ]
    scene = matrix.draw(of(rows))
    goals(scene)
    texts = [label["text"] for label in scene.labels]
    assert len(set(texts[0::2])) == len(set(texts[1::2])) == len(odd)
    assert "Cash $$ Money" in texts
    assert any("…" in text for text in texts)


@pytest.mark.parametrize("people", [6, 44])
def test_a_long_name_stands_on_two_lines_where_rows_are_high_enough(people):
    whole = "Consortium of the Provincial Brokers of Emilia"
    longer = [f"{whole} and of the whole Valley of the River Reno, {k}" for k in "AB"]
    others = [f"P{k}" for k in range(people)]
    rows = [(a, b, 1) for a in (whole, *longer) for b in others]
    scene = matrix.draw(of(rows))
    goals(scene)
    lines = {p: [x["text"] for x in scene.labels if x["node"] == p] for p in (whole, *longer)}
    assert {len(each) for each in lines.values()} == ({4} if people < 10 else {2})
    if people < 10:  # at the side; above there is less room
        assert " ".join(lines[whole][:2]) == whole
    assert len({*map(tuple, lines.values())}) == 3
    assert all("…" in " ".join(lines[each]) for each in longer)


@pytest.mark.parametrize("counts", [(1, 99), (1000, 2_000_000)])
def test_a_count_is_written_where_it_fits(counts):
    scene = matrix.draw(of([("Ann", "Bo", counts[0]), ("Bo", "Cy", counts[1])]))
    assert {"1", "99"} <= set(said(scene)) or {"1k", "2M"} <= set(said(scene))
    for cell in scene.cells:
        x0, _, x1, _ = cell["box"]
        inside = [c for c in scene.captions if x0 <= c["box"][0] and c["box"][2] <= x1]
        assert inside


@pytest.mark.parametrize("width", [480, 600, 960])
def test_a_narrow_page_has_every_count_and_names_the_groups(width, adviser):
    scene = matrix.draw(adviser, width=width)
    written = {text["on"]: text["text"] for text in scene.written if text["on"]}
    assert written == {(cell["u"], cell["v"]): f"{cell['weight']:.0f}" for cell in scene.cells}
    assert len(scene.nodes) * 40 >= width  # 12 people on 480 pixels; 2 while captions stood beside
    beside = [caption["text"] for caption in scene.captions]
    assert ("Tuesday breakfast" in beside) != any(text.startswith("Groups, ") for text in beside)


def test_a_page_that_is_too_small_is_a_sentence(chapter):
    with pytest.raises(RefgraphError, match="300 pixels high has no room"):
        matrix.draw(chapter, height=300)
    with pytest.raises(RefgraphError, match="no room for names"):
        matrix.draw(chapter, width=400)


@settings(max_examples=6)
@given(referral_rows(min_size=1), st.lists(names(), max_size=2), st.integers(1, 6))
def test_no_record_breaks_the_matrix(rows, groups, top):
    people = [
        {"person": p, "group": groups[k % len(groups)] if groups else ""}
        for k, p in enumerate(dict.fromkeys(name for row in rows for name in row[:2]))
    ]
    scene = matrix.draw(book_of([(TODAY, *row) for row in rows], people=people), top=top)
    goals(scene)
    assert len(scene.nodes) <= top


def beside(scene):
    """Give the three numbers written beside each row, read from where they stand."""
    right = max(cell["box"][2] for cell in scene.cells)
    texts = [text for text in scene.captions if text["box"][0] > right]
    rows = {}
    for p, (_, y, _) in scene.nodes.items():
        level = [t for t in texts if t["box"][1] < y < t["box"][3]]
        rows[p] = [t["text"] for t in sorted(level, key=lambda t: t["box"][0])][:3]
    return rows


def test_what_everybody_gives_and_gets_stands_beside_the_row(chapter, drawn):
    G = chapter.graph()
    shown = beside(drawn("matrix", "chapter"))
    assert len(shown) == 32
    for p, numbers in shown.items():
        to = set(G.succ[p])
        back = f"{len(to & set(G.pred[p]))}/{len(to)}"
        gave, got = (d(p, weight="weight") for d in (G.out_degree, G.in_degree))
        assert numbers == [f"{gave:.0f}", f"{got:.0f}", back]


def test_a_narrow_page_keeps_people_rather_than_totals():
    people = [{"person": f"Somebody {k}", "group": f"Table {k // 23}"} for k in range(46)]
    rows = [(f"Somebody {k}", f"Somebody {(k + 1) % 46}", 1) for k in range(46)]
    ring = of(rows, people=people)
    assert beside(matrix.draw(ring, top=60))["Somebody 5"] == ["1", "1", "0/1"]
    scene = matrix.draw(ring, top=60, width=1200)
    assert len(scene.nodes) == 46
    assert not any(text["text"].startswith("Beside the rows") for text in scene.captions)
    goals(scene)


def test_by_balance_the_order_is_that_of_given_less_received(chapter):
    scene = matrix.draw(chapter, order="balance")
    G = chapter.graph()
    balance = [
        G.out_degree(p, weight="weight") - G.in_degree(p, weight="weight") for p in scene.nodes
    ]
    assert balance == sorted(balance, reverse=True)
    assert "rows by referrals given less received" in scene.subtitle
    assert set(scene.nodes) == set(matrix.draw(chapter).nodes)
    goals(scene)


STAR = [("Hub", name, 2) for name in ("Ann", "Bo", "Cy", "Di", "Eve")]
ROUND = [(a, b, 1) for a, b in zip("ABCDEFGH", "BCDEFGHA", strict=True)]


@pytest.mark.parametrize(
    ("rows", "title", "named"),
    [
        (STAR, "All 5 pairs are with Hub, none both ways", "Hub"),
        ([*STAR, ("Ann", "Hub", 1)], "All 5 pairs are with Hub, 1 both ways", "Hub"),
        # of 16 of B's, 3 or fewer on one side: 2 * 697 / 2 ** 16, times 4 people, is 0.09
        (
            [("A", "B", 9), ("B", "A", 1), ("B", "C", 2), ("C", "A", 1), ("D", "B", 4)],
            "1 of 4 pairs refers both ways",
            None,
        ),
        # of 16 of C's, 1 or fewer: 2 * 17 / 2 ** 16, times 8 people, is 0.004; A's 15 and 2, 0.02
        (
            [*ROUND, ("A", "C", 14), ("B", "A", 1)],
            "1 of 9 pairs refers both ways; C received 15 and gave 1",
            "C",
        ),
        (
            [("A", "X", 1), ("B", "X", 1), ("B", "Y", 1)],
            (
                "No pair refers both ways yet: 3 pairs refer one way only; "
                "2 people only give, 2 only receive"
            ),
            None,
        ),
    ],
)
def test_the_title_names_and_marks_who_is_unlike_all_others(rows, title, named):
    scene = matrix.draw(of(rows))
    assert scene.title == title
    lit = [text["text"] for text in scene.captions if text["text"] == named]
    assert lit == ([named] if named else [])  # in the legend


def test_of_a_part_of_the_people_the_title_says_no_more_than_is_shown():
    some = [f"P{at}" for at in range(8)]
    rows = [("Hub", name, 5) for name in some] + [(a, b, 9) for a in some for b in some if a != b]
    rows += [(f"Q{at}", "Hub", 1) for at in range(30)]
    title = matrix.draw(of(rows), top=9).title
    assert title.endswith("Hub gave 40 and received none here")
    assert " here" not in matrix.draw(of([row for row in rows if row[0][0] != "Q"])).title


def test_whoever_is_to_be_marked_is_marked_alone():
    scene = matrix.draw(of(STAR), highlight="Ann")
    assert scene.title == "No pair refers both ways yet: 5 pairs refer one way only"
    assert "Ann" in said(scene)
    assert "Hub" not in said(scene)


def test_of_my_own_record_where_nothing_comes_back():
    rows = [("Ann", "Me", 2), ("Bo", "Me", 1), ("Ann", "Bo", 1)]
    assert matrix.draw(of(rows, me="Me")).title == (
        "No pair refers both ways yet: 3 pairs refer one way only; you received 3 and gave none"
    )


def test_of_a_crowd_those_who_refer_among_each_other_are_shown():
    away = [(f"Hub {k}", f"Far {k} {j}") for k in range(10) for j in range(25)]
    core = [(f"Core {a}", f"Core {b}") for a in range(8) for b in range(8) if a != b]
    rows = [(TODAY, *pair, 1) for pair in [*away, *core]]
    grid = Field(book_of(rows)).grid(8)
    assert sorted(grid.people) == [f"Core {k}" for k in range(8)]
    assert (grid.weight.sum(), grid.hidden, grid.rest) == (56.0, 250.0, 260)
    told = "8 people chosen for referrals to each other, 56 referrals"
    assert told in matrix.draw(book_of(rows), top=8).subtitle
    assert Field(book_of([*rows, (TODAY, "Me", "Hub 0", 1)], me="Me")).grid(3).people[0] == "Me"
