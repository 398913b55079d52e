"""When one may ask: each condition by hand, and laws over books."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, ago, book_of

from refgraph.analysis.tending import asking
from refgraph.errors import NoMeError

PEOPLE = [{"person": name, "role": "client"} for name in ("Ann", "Bo", "Cy")] + [{"person": "Me"}]


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


def test_who_asked_not_to_be_asked_is_not_until_that_day():
    for until, people in ((ago(-1), []), (TODAY, ["Ann"])):
        touches = [(ago(1), "Ann", "they-thanked-me"), (ago(2), "Ann", "ask", {"until": until})]
        assert asked(touches) == people


def test_what_asking_led_to_by_hand():
    rows = [
        (ago(300), "Ann", "Me", 1, {"status": "won"}),
        (ago(200), "Bo", "Me", 1, {"status": "given"}),
    ]
    touches = [
        (ago(310), "Ann", "ask"),
        (ago(310), "Ann", "ask", {"about": "r0"}),  # the same ask, and what it led to
        (ago(210), "Bo", "ask", {"about": "r1"}),
        (ago(90), "Cy", "ask"),
        (ago(89), "Cy", "ask"),
        (ago(400), "Cy", "ask", {"about": "nothing"}),
        (ago(5), "Cy", "ask", {"until": ago(-300)}),  # Cy does not want to be asked
    ]
    table = asking.asked(book_of(rows, me="Me", people=PEOPLE, touches=touches))
    assert list(zip(table["person"], table["days"], table["outcome"], strict=True)) == [
        ("Cy", 89, "waiting"),
        ("Cy", 90, "nothing"),
        ("Bo", 210, "led"),
        ("Ann", 310, "led"),
        ("Cy", 400, "nothing"),
    ]
    assert table["status"].tolist() == ["", "", "given", "won", ""]
    told = asking.conversion(table)
    assert [told[name] for name in ("asks", "waiting", "led", "won", "share")] == [5, 1, 2, 1, 0.5]
    # Wilson's interval of 2 of 4, by its formula with z = 1.96
    z, n = 1.959964, 4
    half = z / (1 + z**2 / n) * (0.25 / n + z**2 / (4 * n**2)) ** 0.5
    assert told["low"] == pytest.approx(0.5 - half, abs=1e-6)
    assert told["high"] == pytest.approx(0.5 + half, abs=1e-6)


def test_nobody_asked_has_no_share():
    told = asking.conversion(asking.asked(book_of([], me="Me", people=PEOPLE)))
    assert told["asks"] == 0
    assert told["share"] != told["share"]


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
