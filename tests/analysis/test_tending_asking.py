"""When one may ask: each condition by hand, and laws over books."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, book_of

from refgraph.analysis.tending import asking
from refgraph.errors import NoMeError

PEOPLE = [{"person": name, "role": "client"} for name in ("Ann", "Bo", "Cy")] + [{"person": "Me"}]


def ago(days):
    return TODAY - timedelta(days=days)


def asked(touches, *, rows=(), people=PEOPLE, days=7):
    book = book_of(rows, me="Me", people=people, touches=touches)
    return asking.moments(book, days)["person"].tolist()


@pytest.mark.parametrize(
    ("touches", "people"),
    [
        ([(ago(0), "Ann", "they-thanked-me")], ["Ann"]),
        ([(ago(7), "Ann", "they-thanked-me")], ["Ann"]),
        ([(ago(8), "Ann", "they-thanked-me")], []),
        ([(ago(1), "Ann", "they-thanked-me"), (ago(182), "Ann", "ask")], []),
        ([(ago(1), "Ann", "they-thanked-me"), (ago(183), "Ann", "ask")], ["Ann"]),
        ([(ago(1), "Ann", "they-thanked-me"), (ago(90), "Ann", "concern")], []),
        (
            [
                (ago(1), "Ann", "they-thanked-me"),
                (ago(90), "Ann", "concern"),
                (ago(80), "Ann", "resolved"),
            ],
            ["Ann"],
        ),
        (
            [
                (ago(1), "Ann", "they-thanked-me"),
                (ago(90), "Ann", "resolved"),
                (ago(80), "Ann", "concern"),
            ],
            [],
        ),
        ([(ago(2), "Bo", "they-thanked-me"), (ago(1), "Ann", "they-thanked-me")], ["Ann", "Bo"]),
        ([(ago(1), "Ann", "thanks")], []),
    ],
)
def test_a_moment_by_hand(touches, people):
    assert asked(touches) == people


def test_a_matter_closed_well_is_a_moment_of_the_client_it_was():
    won = {"status": "won", "status_date": ago(3), "prospect": "Cy"}
    rows = [(ago(60), "Ann", "Me", 1, won), (ago(61), "Me", "Bo", 1, won | {"prospect": "Ann"})]
    book = book_of(rows, me="Me", people=PEOPLE)
    (moment,) = asking.moments(book).to_dict("records")
    assert (moment["person"], moment["reason"], moment["days"], moment["about"]) == (
        *("Cy", "closed", 3, "r0"),
    )


def test_nobody_is_asked_who_should_not_be():
    thanked = [(ago(1), name, "they-thanked-me") for name in ("Ann", "Bo", "Cy")]
    people = [
        {"person": "Ann", "do_not_refer": True},
        {"person": "Bo", "role": "vendor"},
        {"person": "Cy", "role": ""},
        {"person": "Me"},
    ]
    assert asked(thanked, people=people) == ["Cy"]
    book = book_of([], me="Me", people=people, touches=thanked)
    for setting in ({"accepting": False}, {"profile": "health"}):
        told = book.altered(settings=replace(book.settings, **setting))
        assert asking.moments(told).empty
    with pytest.raises(NoMeError):
        asking.moments(book_of([], people=people))


def test_what_asking_led_to_is_told_with_how_often_it_was_tried():
    rows = [(ago(3), "Ann", "Me", 1)]
    book = book_of(rows, me="Me", touches=[(ago(9), "Ann", "ask"), (ago(8), "Bo", "ask")])
    about = book.touches.assign(about=["r0", ""])
    assert asking.outcomes(book.altered(touches=about)) == {"asks": 2, "led": 1}


KINDS = st.sampled_from(["they-thanked-me", "ask", "concern", "resolved", "thanks"])


@given(
    st.lists(st.tuples(st.integers(0, 250).map(ago), st.sampled_from("ABC"), KINDS), max_size=12),
    st.randoms(use_true_random=False),
)
def test_nobody_is_asked_twice_and_the_order_of_rows_is_nothing(touches, order):
    people = [{"person": name} for name in "ABC"] + [{"person": "Me"}]
    found = asked(touches, people=people)
    mixed = list(touches)
    order.shuffle(mixed)
    assert asked(mixed, people=people) == found
    for name in found:
        assert name not in asked([*touches, (TODAY, name, "ask")], people=people)
        assert name not in asked([*touches, (TODAY, name, "concern")], people=people) or any(
            kind == "resolved" and who == name and day == TODAY for day, who, kind in touches
        )
    few = asked(touches, people=people, days=2)
    assert {*few} <= {*found}
