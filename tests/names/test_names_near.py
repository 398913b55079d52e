"""Whom a misspelling or a short form reminds of, and how sure that must be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import names

from refgraph.names.near import like_a_word, nearly, suggestions
from refgraph.names.nicknames import also_called, by_full_form, full_forms, may_be_one


def own(*people):
    return [(name, name) for name in people]


@pytest.mark.parametrize(
    ("typed", "known", "near"),
    [
        ("Ana Lopez", ["Ana Lopes", "Ana Ruiz"], ["Ana Lopes"]),
        ("Tom Hale", ["Dana Hale", "Tim Hill"], []),
        ("ANN LEE", ["Anne Lee"], ["Anne Lee"]),
        ("Bob Park", ["Robert J. Park", "Rob Park", "Bob Parks"], None),
        ("Park, Bob", ["Robert Park"], ["Robert Park"]),
        ("", ["Ann"], []),
    ],
)
def test_whom_a_name_is_likely_a_misspelling_of(typed, known, near):
    assert [*nearly(typed, own(*known))] == (known if near is None else near)


def test_an_alias_stands_for_its_person_and_three_are_named_at_most():
    assert nearly("Anie Lee", [("Ann", "Ann"), ("Annie Lee", "Ann"), ("Anie Leo", "Bo")]) == (
        *("Ann", "Bo"),
    )
    four = own("Bob Lee", "Rob Lee", "Bobby Lee", "Robbie Lee")
    assert nearly("Robert Lee", four) == ("Bob Lee", "Rob Lee", "Bobby Lee")
    assert len(suggestions("lee", [name for name, _ in four])) == 3
    assert len(like_a_word("lee", [name for name, _ in four])) == 3


@pytest.mark.parametrize(
    ("typed", "known", "told"),
    [
        ("oan", ["Bo Lund", "Joan Park"], ["Joan Park"]),
        ("prak", ["Joan Park", "Bo Lund"], ["Joan Park"]),
        ("Bob", ["Robert Moss", "Bobbie Roe"], ["Bobbie Roe", "Robert Moss"]),
        ("", ["Ann"], []),
        ("zzz", ["Ann Lee"], []),
        ("José", ["Jose Roe"], ["Jose Roe"]),
    ],
)
def test_whom_a_name_reminds_of(typed, known, told):
    assert [*suggestions(typed, known)] == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [("lawer", ["Tax lawyer", "Lawyer"]), ("tax lawyr", ["Tax lawyer"]), ("zoo", []), ("", [])],
)
def test_a_text_or_a_word_of_it_is_nearly_so(typed, told):
    assert {*like_a_word(typed, ["Tax lawyer", "Painter", "Lawyer"])} == {*told}


@pytest.mark.parametrize(
    ("name", "who"),
    [
        *(
            ("Bob Hale", ["Robert J. Hale"]),
            ("Rob", ["Robert J. Hale", "Bob Park"]),
            ("Al", ["Al"]),
        ),
        *(("Hale, Bob", ["Robert J. Hale"]), ("Robert B. Park", ["Bob Park"]), ("Bob Moss", [])),
        *((",", []), ("", []), ("Okafor", []), ("Chris Roe", ["Christine Roe"])),
        ("Bob J", ["Robert J. Hale", "Bob Park"]),
    ],
)
def test_who_is_called_so_but_for_a_short_form(name, who):
    forms = by_full_form(
        own("Robert J. Hale", "Bob Park", "Al", "Okafor Dental", "Christine Roe", "")
    )
    assert [*also_called(name, forms)] == who


def test_a_short_form_stands_for_all_its_names():
    christ = ("christian", "christina", "christine", "christoph", "christopher")
    assert full_forms("chris") == {*christ}
    assert full_forms("hans") == {"johann", "johannes"}
    assert full_forms("robert") == {"robert"}
    assert may_be_one("bob", "rob")
    assert may_be_one("rob", "robert")
    assert not may_be_one("bob", "bob")


@given(st.lists(names(), max_size=4), names())
def test_nobody_is_named_who_is_not_there_and_nobody_twice(people, typed):
    for found in (
        nearly(typed, own(*people)),
        suggestions(typed, people),
        like_a_word(typed, people),
        also_called(typed, by_full_form(own(*people))),
    ):
        assert {*found} <= {*people}
        assert len({*found}) == len(found)


@given(st.lists(names(), min_size=1, max_size=4))
def test_a_name_of_the_book_reminds_of_its_person(people):
    for name in people[:3]:
        assert name in nearly(name, own(name, "Zzyx"))
        assert name in suggestions(name, [name, "Zzyx"])
