"""What the maps say where a limit is just met, and just not."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest
from strategies import TODAY, book_of

from refgraph.maps import connectors, overview, owed
from refgraph.maps.kinds.connectors import data

LEFT = "\N{LEFT-TO-RIGHT MARK}"


def said(scene):
    return [text["text"] for text in scene.captions]


@pytest.mark.parametrize(("days", "late"), [(180, False), (181, True)])
def test_a_tie_is_late_once_it_is_open_for_more_than_180_days(days, late):
    scene = owed.draw(book_of([(TODAY - timedelta(days=days), "Bo", "Me", 1)], me="Me"))
    assert f"{days} days" in said(scene)
    assert any("more than 180 days" in text for text in said(scene)) == late


@pytest.mark.parametrize(
    ("group", "finding"),
    [
        (
            "north",
            "Bo stands on the shortest ways of 50% of all pairs of others, nobody else of any",
        ),
        ("south", "Bo links 1 other group with their own"),
    ],
)
def test_nobody_links_groups_where_there_is_only_one(group, finding):
    rows = [(date(2026, 1, 5), "Ann", "Bo", 1), (date(2026, 1, 5), "Bo", "Cy", 1)]
    groups = {"Ann": "north", "Bo": "north", "Cy": group}
    people = [{"person": name, "group": each} for name, each in groups.items()]
    assert connectors.draw(book_of(rows, people=people)).title == finding


def test_a_detected_group_of_which_one_person_is_drawn_has_no_caption(monkeypatch):
    circles = [each for letters in ("ABCDE", "FGHIJ") for each in permutations(letters, 2)]
    book = book_of([(TODAY, *pair, 1) for pair in [*circles, ("A", "F")]])
    whole = connectors.draw(book)
    assert whole.title == "A and F link 2 groups"
    assert "1 between groups" in whole.subtitle
    monkeypatch.setattr(data, "_MOST", 6)
    scene = connectors.draw(book)
    assert sorted(scene.nodes) == ["A", "B", "C", "D", "E", "F"]  # of F to J, F
    assert scene.title == whole.title
    assert "1 between groups" in scene.subtitle  # as F is of another group, drawn or not
    found = [[text for text in said(each) if text.startswith("around ")] for each in (whole, scene)]
    assert found == [["around A: 5 people", "around F: 5 people"], ["around A: 5 people"]]


def test_a_name_written_from_right_to_left_does_not_turn_the_title_round():
    pairs = [("דוד", name, 1) for name in "ABCD"] + [(name, "דוד", 1) for name in "EFGH"]
    scene = connectors.draw(book_of([(TODAY, *pair) for pair in pairs]))
    assert scene.title == f"Without {LEFT}דוד{LEFT}, 7 of 8 others would be cut off"


def test_where_everybody_only_gives_or_only_receives_the_title_counts_them():
    rows = [(TODAY, "A", "X", 1), (TODAY, "A", "Y", 1), (TODAY, "B", "Y", 1), (TODAY, "B", "Z", 1)]
    title = "Nobody stands between others yet: 2 people only give, 3 only receive"
    assert connectors.draw(book_of(rows)).title == title


def test_where_many_stand_between_others_the_title_is_of_all_of_them():
    chain = [(TODAY, a, b, 1) for a, b in zip("ABCDEFGHIJK", "BCDEFGHIJKL", strict=True)]
    # F stands between 5 before and 6 after it: 30 of the 11 * 10 pairs of others; D, as far from
    # the one end as I from the other, between 3 and 8: 24, 21.8%; C, of 18, is no longer near
    title = "6 people stand on the shortest ways of 22% or more of all pairs of others"
    assert connectors.draw(book_of(chain)).title == f"{title}: F and G each of 27%"


def test_those_the_title_only_counts_are_framed_and_the_legend_says_so():
    chain = [(TODAY, a, b, 1) for a, b in zip("ABCDEFGHIJK", "BCDEFGHIJKL", strict=True)]
    scene = connectors.draw(book_of(chain))
    told = [item["text"] for item in scene.legend["items"]]
    assert told[-2:] == ["F and G", "4 more of 22% or more"]
    assert framed(scene) == {*"DEHI"}  # of the six, F and G are named
    kinds = [layer for layer in scene.layers if layer.kind == "frame"]
    assert {owner for layer in kinds for owner in layer.owners} == framed(scene)
    marked = connectors.draw(book_of(chain), highlight="B")
    assert framed(marked) == set()
    assert "4 more of 22% or more" not in [item["text"] for item in marked.legend["items"]]


def framed(scene):
    """Give whose name has a line round it: nothing else of a person is all rim."""
    marks = [mark for layer in scene.layers for mark in layer if isinstance(mark.owner, str)]
    assert marks
    return {mark.owner for mark in marks if mark.fill == "none" and mark.code != "ML"}


def test_the_overview_says_who_of_those_tied_only_with_me_is_in_no_group():
    rows = [(TODAY, a, b, 1) for a, b in ("AB", "BC", "XY", "YZ")]
    rows += [(TODAY, "Me", "Dee", 1), (TODAY, "Eve", "Me", 1)]
    groups = dict.fromkeys("ABC", "Club") | dict.fromkeys("XYZ", "Firm")
    listed = [{"person": person, "group": group} for person, group in groups.items()]
    told = said(overview.draw(book_of(rows, me="Me", people=listed)))
    assert "tied only with you" in told
    told = said(
        overview.draw(book_of(rows, me="Me", people=[*listed, {"person": "Dee", "group": "Club"}]))
    )
    assert "in no group, tied only with you" in told  # Dee is too, and stands with the club
