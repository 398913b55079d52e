"""Whose each mark is, as the map said when it made it, and the titles that an SVG has for them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from refgraph import maps
from refgraph.book.incognito import incognito
from refgraph.maps.scenes.marks import Between, Layer, Style
from refgraph.maps.scenes.phrases import isolated
from refgraph.maps.scenes.svg import with_titles
from tests.strategies import AWKWARD, TODAY, book_of, books

SVG = "{http://www.w3.org/2000/svg}"
WITH_PEOPLE = [kind for kind in maps.KINDS if kind not in {"timeline", "pipeline"}]


def titles_of(svg):
    """Give the titles of an SVG, by the tag of what they are in."""
    return Counter(
        (parent.tag.removeprefix(SVG), child.text)
        for parent in ET.fromstring(svg).iter()  # noqa: S314  # our own
        for child in parent
        if child.tag == f"{SVG}title"
    )


def owners_of(scene):
    return Counter(mark.owner for layer in scene.layers for mark in layer)


@pytest.mark.parametrize("kind", WITH_PEOPLE)
@pytest.mark.parametrize("name", ["adviser", "chapter"])
def test_every_person_and_every_tie_drawn_owns_a_mark(drawn, kind, name):
    if (kind, name) == ("owed", "chapter"):
        return
    scene = drawn(kind, name)
    owners = owners_of(scene)
    people = {owner for owner in owners if isinstance(owner, str)}
    ties = {owner for owner in owners if isinstance(owner, tuple)}
    assert people == set(scene.nodes)
    assert ties == {(each["u"], each["v"]) for each in (*scene.edges, *scene.cells)}
    between = {owner for owner in owners if isinstance(owner, Between)}
    if kind == "overview":
        assert {(each.giver, each.receiver, each.referrals) for each in between} == {
            (each["giver"], each["receiver"], each["referrals"]) for each in scene.ribbons
        }
    else:
        assert not between


@settings(deadline=None, max_examples=15)
@given(books())
def test_every_owner_is_somebody_on_the_map(book):
    for kind in ("connectors", "overview", "matrix"):
        scene = maps.draw(kind, book)
        for owner in owners_of(scene):
            if isinstance(owner, str):
                assert owner in scene.nodes
            elif isinstance(owner, tuple):
                assert set(owner) <= set(scene.nodes)


@pytest.mark.parametrize("kind", WITH_PEOPLE)
def test_each_shape_of_an_owner_has_one_title_in_the_svg(drawn, kind):
    scene = drawn(kind, "adviser")
    found = titles_of(scene.to_bytes("svg"))
    shapes = sum(count for owner, count in owners_of(scene).items() if owner is not None)
    texts = sum(1 for entry in scene.written if entry["of"] or entry["on"])
    assert sum(count for (tag, _), count in found.items() if tag == "g") == texts
    assert sum(count for (tag, _), count in found.items() if tag in {"path", "use"}) == shapes
    assert sum(found.values()) == shapes + texts
    assert scene.to_bytes("svg") == scene.to_bytes("svg")


def test_a_title_counts_what_the_book_says(adviser, drawn):
    found = {text for _, text in titles_of(drawn("matrix", "adviser").to_bytes("svg"))}
    rows = adviser.referrals
    for cell in drawn("matrix", "adviser").cells:
        there = (rows["giver"] == cell["u"]) & (rows["receiver"] == cell["v"])
        count = int(rows.loc[there, "count"].sum())
        ends = ["You" if name == adviser.me else isolated(name) for name in (cell["u"], cell["v"])]
        told = f"{ends[0]} to {ends[1]}: {count} referral{'s' if count != 1 else ''}"
        assert told in found
    for person in set(drawn("matrix", "adviser").nodes) - {adviser.me}:
        gave, got = rows[rows["giver"] == person], rows[rows["receiver"] == person]
        (told,) = (text for text in found if text.startswith(f"{isolated(person)}: "))
        numbers = []
        if len(gave):
            numbers += [int(gave["count"].sum()), gave["receiver"].nunique()]
        if len(got):
            numbers += [int(got["count"].sum()), got["giver"].nunique()]
        assert list(map(int, re.findall(r"\d+", told.removeprefix(person)))) == numbers


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", ["owed", "matrix", "connectors"])
def test_awkward_names_are_data_in_titles(kind):
    names = [name for name in AWKWARD if name != "ann"] + ["</title><script>", "\ufffeBo"]
    rows = [(TODAY - timedelta(days=9), name, "Me", 1) for name in names]
    rows += [(None, names[k], names[k - 1], 2) for k in range(1, len(names))]
    scene = maps.draw(kind, book_of(rows, me="Me"))
    svg = scene.to_bytes("svg")
    tags = {element.tag for element in ET.fromstring(svg).iter()}  # noqa: S314  # our own
    assert f"{SVG}script" not in tags
    told = {text.replace("\N{LEFT-TO-RIGHT MARK}", "") for _, text in titles_of(svg)}
    for name in set(names) & set(scene.nodes):
        shown = name.replace("\ufffe", "").replace("\N{LEFT-TO-RIGHT MARK}", "")
        assert any(text.startswith(f"{shown}: gave") for text in told), name


@pytest.mark.parametrize("kind", WITH_PEOPLE)
def test_titles_keep_an_incognito_book_to_itself(adviser, kind):
    hidden, _ = incognito(adviser)
    svg = maps.draw(kind, hidden).to_bytes("svg").decode()
    told = "\n".join(text for _, text in titles_of(svg))
    assert told
    for name in adviser.people.index:
        assert name not in svg
        assert not {name.split()[0], name.split()[-1]} & set(told.split())


def test_titles_of_a_health_book_say_neither_direction_nor_count(make_book, tmp_path):
    rows = [
        *(f"2026-01-0{k},Ann,Bo" for k in range(1, 8)),
        "2026-01-08,Bo,Cy",
        "2026-01-09,Cy,Ann",
        "2026-01-10,Me,Ann",
    ]
    (tmp_path / "book").mkdir()
    toml = 'me = "Me"\nprofile = "health"\n'
    (tmp_path / "book" / "refgraph.toml").write_text(toml, encoding="utf-8")
    book = make_book("\n".join(["date,giver,receiver", *rows, ""]))
    told = {text for _, text in titles_of(maps.draw("connectors", book).to_bytes("svg"))}
    assert told == {
        *(f"{person}: ties with {count}" for person, count in
          (("Ann", "3 people"), ("Bo", "2 people"), ("Cy", "2 people"))),
        *(f"{pair}: a referral passed" for pair in ("Ann and Bo", "Bo and Cy", "Ann and Cy")),
    }  # fmt: skip


def test_a_group_with_other_shapes_than_said_is_left_as_it_is():
    svg = b'<svg><g id="a"><path d="M 0 0"/><path d="M 1 1"/></g></svg>'
    assert with_titles(svg, {"a": ["Ann"]}, {}) == svg


def test_what_only_defines_a_shape_gets_no_title():
    svg = b'<svg><g id="a"><defs><path id="m" d="M 0 0"/></defs><use xlink:href="#m"/></g></svg>'
    svg = svg.replace(b"<svg>", b'<svg xmlns:xlink="http://www.w3.org/1999/xlink">')
    told = with_titles(svg, {"a": ["Ann"]}, {})
    assert told.count(b"<title>") == 1
    assert b'<use xlink:href="#m"><title>Ann</title></use>' in told


def test_a_layer_has_an_owner_for_each_shape_or_none():
    style = Style(["#112233"], [], [0.0])
    with pytest.raises(AssertionError):
        Layer(["P", "P"], [[], []], style, 1.0, ["Ann"])
