"""The interactive page: only our own markup, the shapes and numbers of the scene, names as data."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given, settings
from matplotlib.path import Path as Outline

from refgraph import maps
from refgraph.analysis.owing import owe
from refgraph.maps import html as interactive
from refgraph.maps.drawing.canvas import Canvas, outline
from refgraph.maps.drawing.fonts import for_names
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.html import shapes
from refgraph.maps.scenes import details, theme
from refgraph.maps.scenes.marks import shape_of
from tests.strategies import AWKWARD, TODAY, book_of, books

OURS = re.compile(
    "html|head|meta|title|style|body|header|div|h1|p|nav|button|main|canvas|aside|search|label"
    "|input|ul|fieldset|legend|select|span|section|footer|noscript|script"
)
NASTY = "</script><script>alert(1)</script>"


class Parsed(HTMLParser):
    """Collects the elements of a page, and what its scripts and styles hold."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.texts, self.open = Counter(), [], [], None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes += [(tag, *pair) for pair in attrs]
        self.open = (tag, dict(attrs))

    def handle_data(self, data):
        if self.open and self.open[0] in {"script", "style"}:
            self.texts.append((*self.open, data))
            self.open = None


def parts(text):
    parsed = Parsed(text)
    scripts = [(attrs, data) for tag, attrs, data in parsed.texts if tag == "script"]
    (style,) = [data for tag, _, data in parsed.texts if tag == "style"]
    ((_, scene), (_, script)) = scripts
    return parsed, json.loads(scene), script, style


def unpacked(layer):
    """Give every shape of a layer as (code, points in pixels, person, tie)."""
    person = np.cumsum(layer.get("person", [-1] + [0] * (len(layer["at"]) - 1)))
    tie = np.cumsum(layer.get("tie", [-1] + [0] * (len(layer["at"]) - 1)))
    for k, numbers in enumerate(layer["at"]):
        code = layer["code"] if isinstance(layer["code"], str) else layer["code"][k]
        points = np.array(numbers, dtype=float)
        if code != "O":
            points = np.cumsum(points.reshape(-1, 2), axis=0)
        yield code, points / shapes.TENTHS, int(person[k]), int(tie[k])


class Scenes(Mapping):
    """Scenes by their names, each drawn when a test first looks at it."""

    def __init__(self, names, draw):
        self.names, self.draw = list(names), cache(draw)

    def __getitem__(self, name):
        return self.draw(name)

    def __iter__(self):
        return iter(self.names)

    def __len__(self):
        return len(self.names)


@pytest.fixture(scope="module")
def drawn(drawn):
    kinds = [kind for kind in maps.KINDS if kind != "timeline"]
    return Scenes(kinds, lambda kind: drawn(kind, "adviser"))


@pytest.fixture(scope="module")
def themed():
    """Give a small book as every kind of map in the themes that are not the usual one."""
    brought = {"prospect": "Bo"}
    rows = [(TODAY - timedelta(days=9 * k), "Ann", "Me", k, brought) for k in range(1, 5)]
    rows += [(TODAY, "Me", "Ann", 1), (TODAY, "Me", "Bo", 9), (TODAY, "Bo", "Cy", 2)]
    rows += [(None, "Cy", "Dee", 1), (TODAY, "Cy", "Me", 3)]
    people = [
        {"person": p, "group": "AB"[k // 2]} for k, p in enumerate(["Ann", "Bo", "Cy", "Dee"])
    ]
    book = book_of(rows, me="Me", people=people)
    names = [("dark", "matrix"), *(("print", kind) for kind in maps.KINDS)]
    return Scenes(names, lambda name: maps.draw(name[1], book, theme=name[0]))


def awkward_book():
    names = [name for name in AWKWARD if name != "ann"] + [NASTY]
    rows = [(TODAY - timedelta(days=9), name, "Me", 1) for name in names]
    rows += [(None, names[k], names[k - 1], 2) for k in range(1, len(names))]
    people = [
        {"person": name, "role": "client", "group": names[k % 3]} for k, name in enumerate(names)
    ]
    return book_of(rows, me="Me", people=people), names


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", ["owed", "matrix"])
def test_names_never_become_markup(kind):
    book, names = awkward_book()
    scene = maps.draw(kind, book)
    parsed, told, script, style = parts(scene.to_html())
    assert all(OURS.fullmatch(tag) for tag in parsed.tags)
    assert parsed.tags["script"] == 2
    assert not [
        each for each in parsed.attributes if each[1].startswith("on") or each[1] == "style"
    ]
    assert not [each for each in parsed.attributes if each[1] in {"src", "href", "action"}]
    assert {person[0] for person in told["people"]} >= set(names)
    plain = script + style
    assert not re.search(
        r"https?:|//[a-z]|innerHTML|outerHTML|insertAdjacent|eval\(|document\.write", plain
    )


@pytest.mark.filterwarnings("ignore")
def test_the_page_is_the_same_elements_whatever_the_names_are(drawn):
    book, _ = awkward_book()
    scenes = drawn["owed"], maps.draw("owed", book)
    ordinary, strange = (Parsed(scene.to_html()) for scene in scenes)
    assert ordinary.tags == strange.tags


def test_the_policy_allows_our_script_and_style_and_nothing_else(drawn):
    parsed, _, script, style = parts(drawn["owed"].to_html())
    ((_, _, policy),) = [
        each for each in parsed.attributes if each[1] == "content" and "default-src" in each[2]
    ]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    digest = {
        name: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for name, text in (("script", script), ("style", style))
    }
    assert rules == {
        "default-src": "'none'",
        "script-src": f"'sha256-{digest['script']}'",
        "style-src": f"'sha256-{digest['style']}'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_the_page_has_the_people_and_ties_of_the_scene_where_they_are(drawn):
    for scene in drawn.values():
        _, told, _, _ = parts(scene.to_html())
        people = told["people"]
        assert [each[0] for each in people[: len(scene.nodes)]] == list(scene.nodes)
        for each, disc in zip(people, scene.nodes.values(), strict=False):
            assert np.abs(np.array(each[1:4]) / shapes.TENTHS - disc).max() <= 0.051
        assert all(len(each) == 1 for each in people[len(scene.nodes) :])
        pairs = {(people[tie[0]][0], people[tie[1]][0]) for tie in told["ties"]}
        assert {(edge["u"], edge["v"]) for edge in scene.edges} <= pairs


def outlines(artist, scene):
    """Give the path of every shape of an artist, where the picture has it."""
    if artist.get_offset_transform() is not scene.ax.transData:
        return artist.get_paths()
    (path,) = artist.get_paths()
    many = len(artist.get_offsets())
    radius = np.resize(np.sqrt(artist.get_sizes()) * theme.DPI / 72, many)
    return [
        Outline(path.vertices * r + at, path.codes)
        for r, at in zip(radius, artist.get_offsets(), strict=True)
    ]


def test_every_shape_of_the_picture_is_on_the_page(drawn, themed):
    for scene in (*drawn.values(), *themed.values()):
        told = interactive.content(scene)
        painted = [shape for layer in (*told["layers"], *told["key"]) for shape in unpacked(layer)]
        expected = []
        rule = []
        for artist in scene.ax.collections:
            for path in outlines(artist, scene):
                low, high = path.get_extents().get_points()
                if high[1] >= scene.head and not abs(low[1] - scene.legend["top"]) < 0.01:
                    expected.append((*low, *high))
                else:
                    rule.append(path)
        assert len(painted) == len(expected)
        assert len(rule) == 1  # the line above the legend
        boxes = []
        for code, points, _, _ in painted:
            if code == "O":
                x, y, r = points
                boxes.append((x - r, y - r, x + r, y + r))
            elif "Q" in code or "C" in code:
                letters = {"M": 1, "L": 1, "Q": 2, "C": 3}
                codes = {"M": [1], "L": [2], "Q": [3, 3], "C": [4, 4, 4]}
                assert sum(letters[letter] for letter in code) == len(points)
                path = Outline(points, [number for letter in code for number in codes[letter]])
                boxes.append(path.get_extents().extents)
            else:
                boxes.append((*points.min(axis=0), *points.max(axis=0)))
        found, wanted = (np.array(sorted(map(list, each))) for each in (boxes, expected))
        assert np.abs(found.sum(axis=0) - wanted.sum(axis=0)).max() < 0.051 * len(found)


def test_every_person_has_a_mark_and_every_tie_a_shaft_and_a_head(drawn):
    for scene in drawn.values():
        if scene.cells or not scene.nodes or scene.sheet:
            continue
        told = interactive.content(scene)
        marks, shafts, heads, parts = Counter(), Counter(), Counter(), set()
        for layer in told["layers"]:
            for code, points, person, tie in unpacked(layer):
                if person >= 0:
                    marks[person] += code != "ML"
                elif tie >= 0:
                    giver, receiver = (told["people"][end][0] for end in told["ties"][tie][:2])
                    edge = next(e for e in scene.edges if (e["u"], e["v"]) == (giver, receiver))
                    if code == "P" and len(points) > 3:  # part of a lane, with a head of its own
                        parts.add((giver, receiver))
                        continue
                    (heads if code == "P" else shafts)[giver, receiver] += 1
                    ends = points[[0]] if code == "P" else points[[0, -1]]
                    near = [edge["poly"][-1]] if code == "P" else [edge["poly"][0]]
                    assert np.abs(ends - near).max(axis=1).min() < 0.1
        drawn_pairs = {(edge["u"], edge["v"]) for edge in scene.edges}
        assert set(marks) == set(range(len(scene.nodes)))
        assert set(shafts) == drawn_pairs
        pointed = Counter((edge["u"], edge["v"]) for edge in scene.edges if edge["tip"])
        assert heads == pointed + Counter(parts)


def test_every_cell_of_a_matrix_is_the_tie_of_its_row_and_column(drawn, themed):
    for scene in (drawn["matrix"], themed["print", "matrix"]):
        told = interactive.content(scene)
        names = [person[0] for person in told["people"]]
        pairs = [(names[tie[0]], names[tie[1]]) for tie in told["ties"]]
        marks, found = Counter(), {}
        for layer in told["layers"]:
            for code, points, person, tie in unpacked(layer):
                if tie >= 0:
                    corners = points.reshape(-1, 2) if code == "P" else points[None, :2]
                    found[pairs[tie]] = (corners.min(axis=0) + corners.max(axis=0)) / 2
                elif person >= 0:
                    marks[names[person]] += 1
        assert marks == dict.fromkeys(scene.nodes, 1)
        assert set(found) == {(cell["u"], cell["v"]) for cell in scene.cells}
        for (giver, receiver), (x, y) in found.items():
            assert abs(x - scene.nodes[receiver][0]) < 0.2  # the column receives
            assert abs(y - scene.nodes[giver][1]) < 0.2
        counts = {pairs[text[8]]: text[0] for text in told["texts"] if text[9] == 3}
        weights = {(cell["u"], cell["v"]): cell["weight"] for cell in scene.cells}
        assert counts == {pair: f"{weights[pair]:.0f}" for pair in counts}
        assert len(counts) > 0.9 * len(weights)


def test_texts_stand_where_the_picture_has_them(drawn):
    for scene in drawn.values():
        told = interactive.content(scene)
        written = [text for text in told["texts"] if text[9] == 2]
        assert len(written) == len(scene.labels)
        for label, (text, x, y, width, px, _, align, style, whose, _) in zip(
            scene.labels, written, strict=True
        ):
            x0, y0, x1, y1 = label["box"]
            assert told["people"][whose][0] == label["node"]
            assert text in (label["text"], label["node"])  # a browser has fonts of its own
            if style & 2:
                assert abs(y / shapes.TENTHS - y1) < 0.1
                assert abs(width / shapes.TENTHS - (y1 - y0)) < 0.1
                assert x0 < x / shapes.TENTHS < x1 + 0.1
            else:
                assert abs((x - align * width / 2) / shapes.TENTHS - x0) < 0.2
                assert y0 < y / shapes.TENTHS < y1 + 0.1
            assert abs(px / shapes.TENTHS - label["px"]) < 0.06
        shown = {text[0] for text in told["texts"]}
        assert scene.title not in shown
        assert {each["text"] for each in told["legend"]} <= {
            each["text"] for each in scene.captions
        }


def test_counts_on_the_page_are_those_of_the_book(adviser, drawn):
    for kind in ("connectors", "matrix"):
        scene = drawn[kind]
        told = interactive.content(scene)
        G = adviser.graph()
        names = [each[0] for each in told["people"]]
        found = {}
        for giver, receiver, undated, *days in told["ties"]:
            total = undated + sum(day[1] if isinstance(day, list) else 1 for day in days)
            found[names[giver], names[receiver]] = total
        expected = {
            (u, v): weight
            for u, v, weight in G.edges(data="weight")
            if u in scene.nodes or v in scene.nodes
        }
        assert found == expected


@given(books(me="A"))
@settings(max_examples=8)
def test_details_fold_the_referrals_of_the_window(book):
    for seen in (book, book.window(since=TODAY - timedelta(days=200))):
        found = details.of(seen, "A")
        folded = {(tie.giver, tie.receiver): tie for tie in found.ties}
        G = seen.graph()
        assert list(folded) == list(G.edges)
        for (u, v), tie in folded.items():
            assert sum(count for _, count in tie.dated) + tie.undated == G[u][v]["weight"]
            assert list(tie.dated) == sorted(tie.dated)
            assert len({day for day, _ in tie.dated}) == len(tie.dated)
            if tie.dated:
                assert (tie.dated[0][0], tie.dated[-1][0]) == (G[u][v]["first"], G[u][v]["last"])
        table = owe.position(seen, "A")
        kinds = owe.standing(table)
        for person, who in found.people.items():
            if person in table.index and table.loc[person, ["gave_me", "i_gave"]].sum():
                assert who.standing == kinds[person]
                assert who.open == table.loc[person, "open"]
            else:
                assert (who.standing, who.open, who.days) == ("", 0, None)


def test_a_health_book_says_nothing_of_owing_or_of_a_direction(make_book, tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "refgraph.toml").write_text('me = "Me"\nprofile = "health"\n')
    rows = "2026-01-02,Ann,Me\n2026-01-03,Ann,Bo\n2026-01-04,Ann,Bo\n"
    told = interactive.content(maps.draw("connectors", make_book(f"date,giver,receiver\n{rows}")))
    names = [each[0] for each in told["people"]]
    assert {each[6] for each in told["people"] if len(each) > 1} == {""}
    assert {each[7] for each in told["people"] if len(each) > 1} == {0}
    assert (told["shared"], told["told"]) == (True, False)
    ties = {(names[giver], names[receiver], *more) for giver, receiver, *more in told["ties"]}
    assert ties == {("Ann", "Bo", 1), ("Ann", "Me", 1)}  # by name, whoever gave
    rows = "2026-01-02,Me,Ann\n2026-01-03,Bo,Ann\n2026-01-04,Bo,Ann\n"
    turned = maps.draw("connectors", make_book(f"date,giver,receiver\n{rows}"))
    assert interactive.content(turned) == told


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(TODAY, "Ann", "Me", 1)],
        [(None, "Ann", "Bo", 10_000)],
        [(TODAY, "A" * 80, "محمد (Mo) علي 3", 1), (TODAY, "王小明", "A" * 80, 1)],
    ],
)
@pytest.mark.parametrize("kind", ["matrix", "timeline"])
@pytest.mark.filterwarnings("ignore")
def test_small_and_odd_books_give_a_page(kind, rows):
    book = book_of(rows, me="Me", people=[{"person": "Me"}])
    _, told, _, _ = parts(maps.draw(kind, book).to_html())
    assert all(tie[0] < len(told["people"]) for tie in told["ties"])


def test_a_scene_without_details_tells_what_is_drawn():
    ruler = Ruler(for_names([]), [])
    canvas = Canvas(300, 200, ruler)
    canvas.scene.nodes = {"Ann": (50.0, 50.0, 8.0), "Bo": (200.0, 90.0, 8.0)}
    canvas.shapes(
        [outline("circle", 50, 50, 8), outline("triangle", 200, 90, 8)],
        "#112233",
        "none",
        0,
        owners=["Ann", "Bo"],
    )
    curve = np.array([[[60.0, 50.0], [120.0, 60.0], [190.0, 88.0]]])
    canvas.curves(curve, ["#445566"], np.array([2.0]), owners=[("Ann", "Bo")])
    canvas.scene.edges = [
        {"u": "Ann", "v": "Bo", "poly": [[60.0, 50.0], [190.0, 88.0]], "tip": None, "head": 0}
    ]
    told = interactive.content(canvas.scene)
    assert told["told"] is False
    assert told["ties"] == [[0, 1, 1]]
    curve, marks = told["layers"]
    assert (curve["code"], curve["tie"], curve["width"]) == ("MQ", [0], 2.0)
    assert marks["code"] == ["O", "P"]
    assert np.cumsum(marks["person"]).tolist() == [0, 1]
    assert told["colors"][curve["line"]] == "#445566"


def test_paths_of_every_kind_keep_their_letters():
    kinds = {
        "O": Outline.circle((5, 5), 3),
        "P": Outline([[0, 0], [1, 0], [1, 1], [0, 0]], closed=True),
        "MLL": Outline([[0, 0], [1, 0], [1, 1]]),
        "MQ": Outline([[0, 0], [1, 0], [1, 1]], [1, 3, 3]),
        "MCL": Outline([[0, 0], [1, 0], [1, 1], [2, 2], [3, 3]], [1, 4, 4, 4, 2]),
        "MLLZMLLZ": Outline(
            [[0, 0], [1, 0], [1, 1], [9, 9], [5, 5], [6, 5], [6, 6], [9, 9]], [1, 2, 2, 79] * 2
        ),
    }
    for code, path in kinds.items():
        found, points = shape_of(path)
        assert found == code
        assert not (points == 9).any()


def test_the_command_writes_a_page(run, tmp_path):
    result = run("map", "matrix", "data/adviser", "--theme", "dark", "-o", tmp_path / "map.html")
    assert "map.html" in result.stderr
    assert (tmp_path / "map.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert '"theme":"dark"' in (tmp_path / "map.html").read_text(encoding="utf-8")
    refused = run("map", "owed", "data/adviser", "-o", tmp_path / "map.htm", status=2)
    assert ".html" in refused.stderr


def test_days_count_from_the_first(adviser, drawn):
    told = interactive.content(drawn["owed"])
    days = [day[0] if isinstance(day, list) else day for tie in told["ties"] for day in tie[3:]]
    assert min(days) == 0
    shown = {person[0] for person in told["people"] if len(person) > 1}
    rows = adviser.referrals
    ours = rows[(rows["giver"].isin(shown) | rows["receiver"].isin(shown))]["date"].dropna()
    assert date.fromisoformat(told["start"]) == ours.min().date()
    assert date.fromisoformat(told["start"]) + timedelta(days=max(days)) == ours.max().date()


def test_colours_and_letters_of_the_theme_are_on_the_page(drawn):
    told = interactive.content(drawn["owed"])
    assert {theme.OWE, theme.FIRST, theme.INK} <= set(told["colors"])
    assert told["paper"] == theme.PAPER


def test_a_page_is_told_the_theme_it_was_drawn_in(themed):
    for (worn, kind), scene in themed.items():
        told, colors = interactive.content(scene), theme.THEMES[worn]
        assert told["theme"] == worn
        for name in ("PAPER", "INK", "GREY", "LIT"):
            assert told[name.lower()] == colors[name]
        assert colors["INK"] in told["colors"], kind


def test_dashes_of_each_tie_are_on_the_page(drawn, themed):
    for worn, scene in (("print", themed["print", "owed"]), ("light", drawn["owed"])):
        told = interactive.content(scene)
        broken = set()
        for layer in told["layers"]:
            dash = layer.get("dash", 0)
            for k, (_, _, _, tie) in enumerate(unpacked(layer)):
                if tie >= 0 and told["dashes"][dash if isinstance(dash, int) else dash[k]]:
                    broken.add(tie)
        patterns = {
            tuple(lengths)
            for artist in scene.ax.collections
            for _, lengths in artist.get_linestyle()
            if lengths
        }
        assert bool(broken) == bool(patterns) == (worn == "print")
        assert len(told["dashes"]) >= 1 + bool(patterns)


def test_a_timeline_has_a_page_of_lines_and_words_and_nobody(themed):
    scene = themed["print", "timeline"]
    told = interactive.content(scene)
    assert told["people"] == told["ties"] == []
    assert len(told["legend"]) >= 2
    assert {text[0] for text in told["texts"]} >= {"0", "10 given", "13 received"}
