"""Which map suits which book."""

from __future__ import annotations

import pytest
from strategies import TODAY, book_of

from refgraph import maps
from refgraph.errors import RefgraphError
from refgraph.maps import choice


def rows(n, *, mine=0):
    ring = [(TODAY, f"P{k}", f"P{(k + 1) % n}", 1) for k in range(n)] if n > 1 else []
    return [*ring, *((TODAY, f"M{k}", "Me", 1) for k in range(mine))]


@pytest.mark.parametrize(
    ("others", "mine", "kind"),
    [
        (0, 1, "owed"),
        (0, 90, "owed"),
        (300, 70, "owed"),
        (20, 71, "connectors"),
        (150, 0, "connectors"),
    ],
)
def test_the_map_suits_the_book(others, mine, kind):
    assert choice.choose(book_of(rows(others, mine=mine), me="Me" if mine else None))[0] == kind


def ring(n, reach):
    """Make a ring of people, each of whom refers to the next ones."""
    return [(TODAY, f"P{k}", f"P{(k + step) % n}", 2) for k in range(n) for step in range(1, reach)]


def test_above_150_people_or_400_ties_it_is_the_overview():
    everyone = choice.choose(book_of(rows(151)))
    assert everyone == ("overview", "151 people have ties, too many to name them all")
    assert choice.choose(book_of(ring(100, 5)))[0] == "connectors"  # 400 ties
    more = [*ring(100, 5), (TODAY, "P0", "P50", 1), (TODAY, "P0", "Me", 1)]
    assert choice.choose(book_of(more)) == (
        "overview",
        "101 people have 402 ties, too many to keep clear of their names",
    )
    kind, why = choice.choose(book_of([*more, *rows(0, mine=71)], me="Me"))
    assert kind == "overview"
    assert why == "100 people have 401 ties without you, too many to keep clear of their names"


@pytest.mark.parametrize(
    ("people", "each", "kind"),
    [(8, 3, "matrix"), (7, 3, "connectors"), (60, 3, "matrix"), (61, 3, "connectors")],
)
def test_a_dense_network_of_few_is_a_matrix(people, each, kind):
    assert choice.choose(book_of(ring(people, each + 1)))[0] == kind
    sparser = ring(people, each + 1)[1:]
    assert choice.choose(book_of(sparser))[0] == "connectors"


def test_of_the_chapter_lines_could_not_be_followed(chapter):
    said = "32 people have 256 ties, too many to follow as lines"
    assert choice.choose(chapter) == ("matrix", said)


def test_a_review_of_many_has_the_overview_beside_the_connectors():
    assert choice.telling(book_of(ring(100, 5)))[:2] == ["connectors", "matrix"]
    more = [*ring(100, 5), (TODAY, "P0", "P50", 1)]
    assert choice.telling(book_of(more))[:3] == ["connectors", "overview", "matrix"]


def test_the_reason_is_a_part_of_a_sentence():
    book = book_of(rows(5, mine=80), me="Me")
    assert choice.choose(book)[1] == "5 people have ties without you"
    assert choice.choose(book, "P1")[1] == "2 people have a referral to or from P1"


def test_without_referrals_there_is_no_map():
    with pytest.raises(RefgraphError, match="no referrals yet"):
        choice.choose(book_of([], people=[{"person": "Ann"}]))
    book = book_of(rows(5)).window(until="2020-01-01")
    with pytest.raises(RefgraphError, match="no referrals in this window"):
        choice.choose(book)


def test_a_review_has_the_maps_that_say_something(adviser, chapter):
    assert choice.telling(adviser) == [
        *("owed", "connectors", "matrix", "timeline", "pipeline", "chains")
    ]
    assert choice.telling(chapter) == ["connectors", "matrix", "pipeline"]
    undated = [(None, "Ann", "Me", 1), (None, "Me", "Bo", 1)]
    assert choice.telling(book_of(undated, me="Me")) == ["owed"]  # no tie among others
    assert set(choice.telling(adviser)) <= set(maps.KINDS)
