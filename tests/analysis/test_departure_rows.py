"""What hangs on a person row by row: in which order, in which words, and with whose sums."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ago, book_of

from refgraph.analysis.leaving import departure
from refgraph.analysis.leaving.bridged_pairs import find_bridged
from refgraph.errors import OptionError


def rows_of(found, part):
    table = found.table[found.table["part"] == part]
    columns = (table[name] for name in ("person", "with", "count", "because"))
    return [*zip(*columns, strict=True)]


def star(**works):
    """Give a book in which Hub alone has referrals with each of some people, so many."""
    rows = [(ago(9), "Hub", name, number) for name, number in works.items()]
    return book_of(rows, people=[{"person": "Hub", "profession": "roofer"}])


@given(st.integers(1, 6), st.data())
def test_bridged_are_contacts_without_a_tie_and_without_anybody_else_in_common(size, data):
    people = size + 2  # of whom the last two are no contacts
    ends = st.lists(st.sampled_from([*combinations(range(people), 2)]), max_size=8)
    tied = np.zeros((people, people), dtype=bool)
    for one, other in data.draw(ends):
        tied[one, other] = tied[other, one] = True
    found = find_bridged(tied[:size], np.arange(size))
    for one in range(size):
        for other in range(size):
            common = any(tied[one, third] and tied[other, third] for third in range(people))
            expected = one != other and not tied[one, other] and not common
            assert found[one, other] == expected


def test_who_is_cut_off_comes_with_most_referrals_first_then_by_name():
    found = departure.without_person(star(Dee=1, Cy=5, Bo=1, Ann=1), "Hub")
    # of four parts as large that of the first by name stays
    assert rows_of(found, "cut off") == [
        ("Cy", "", 5, "joined to the others by Hub alone"),
        ("Bo", "", 1, "joined to the others by Hub alone"),
        ("Dee", "", 1, "joined to the others by Hub alone"),
    ]
    assert found.contacts == 4
    assert found.bridged.pairs == 6


@pytest.mark.parametrize(
    ("asked", "made"), [({}, 5), ({"introductions": 0}, 0), ({"introductions": 1}, 1)]
)
def test_so_many_introductions_are_looked_for_and_each_is_between_two_by_name(asked, made):
    book = star(**{f"P{at}": 1 for at in range(7)})
    found = departure.without_person(book, "Hub", **asked)
    introduced = rows_of(found, "introduce")
    assert len(introduced) == made
    assert all(one < other for one, other, *_ in introduced)
    assert found.bridged.kept == sum(number for *_, number, _ in introduced)
    if made:
        one, other, number, because = introduced[0]
        assert (one, other, number) == ("P0", "P1", 1)
        assert because == "keeps 1 pair of their contacts within two steps of each other"


def test_fewer_than_no_introductions_are_refused():
    with pytest.raises(OptionError, match="at least 0, not -1"):
        departure.without_person(star(Ann=1), "Hub", introductions=-1)


def test_of_very_many_contacts_those_with_most_referrals_are_compared(monkeypatch):
    monkeypatch.setattr(departure, "LARGEST", 3)
    found = departure.without_person(star(Ann=1, Bo=7, Cy=2, Dee=9, Eve=1), "Hub")
    assert found.contacts == 5
    assert {*found.table.loc[found.table["part"] == "introduce", "person"]} <= {"Bo", "Cy", "Dee"}
    assert found.bridged.pairs == 3


def test_groups_are_apart_where_nobody_else_links_them_and_mine_are_not_asked():
    people = [
        {"person": name, "group": group}
        for name, group in {
            "Hub": "a",
            "Ann": "b",
            "Bo": "c",
            "Cy": "c",
            "Me": "d",
            "Dee": "",
        }.items()
    ]
    rows = [
        (ago(9), "Hub", "Ann", 2),
        (ago(8), "Ann", "Hub", 1),
        (ago(7), "Hub", "Bo", 4),
        (ago(6), "Ann", "Bo", 1),  # links b and c beside Hub
        (ago(5), "Bo", "Cy", 1),  # within c
        (ago(4), "Hub", "Dee", 1),  # of no group
        (ago(3), "Me", "Hub", 8),
    ]
    book = book_of(rows, me="Me", people=people)
    assert rows_of(departure.without_person(book, "Hub"), "groups apart") == [
        ("", "", 3, "every referral between a and b is from or to Hub"),
        ("", "", 4, "every referral between a and c is from or to Hub"),
    ]
    linked = book_of(
        [*rows, (ago(2), "Cy", "Xenia", 1), (ago(1), "Xenia", "Ann", 1)],
        me="Me",
        people=[*people, {"person": "Xenia", "group": "a"}],
    )
    assert rows_of(departure.without_person(linked, "Hub"), "groups apart") == []


def test_what_was_won_is_summed_exactly_in_each_currency_and_the_most_comes_first():
    most = Decimal("999999999999999999.999999999")

    def won(name, number, value, currency="EUR"):
        more = {"status": "won", "value": value, "currency": currency, "status_date": ago(1)}
        return ago(5), "Hub", name, number, more

    rows = [
        *[won("Cy", 1, most)] * 20,  # more digits than a decimal keeps by itself
        won("Bo", 1, Decimal("10.50"), "USD"),
        won("Bo", 1, Decimal(5)),
        won("Bo", 3, None, ""),
        won("Ann", 5, None, ""),
        won("Dee", 2, Decimal(1000), ""),
        (ago(5), "Hub", "Eve", 9, {"status": "lost"}),
        (ago(5), "Ann", "Bo", 9, {"status": "won"}),
    ]
    assert rows_of(departure.without_person(book_of(rows), "Hub"), "won") == [
        ("Cy", "", 20, f"won 20 referrals that Hub gave, worth {20 * 10**18 - 1:,}.999999980 EUR"),
        ("Ann", "", 5, "won 5 referrals that Hub gave"),
        ("Bo", "", 5, "won 5 referrals that Hub gave, worth 5 EUR and 10.50 USD"),
        ("Dee", "", 2, "won 2 referrals that Hub gave, worth 1,000"),
    ]


def test_who_could_take_over_shares_most_contacts_and_of_equal_ones_does_the_same_work():
    works = {"Hub": "roofer", "Ann": "baker", "Bo": "roofer", "Cy": "", "Dee": "roofer"}
    contacts = ["P1", "P2", "P3"]
    rows = [(ago(9), "Hub", name, 1) for name in contacts]
    rows += [(ago(8), name, "P1", 1) for name in ("Ann", "Bo", "Cy")]
    rows += [(ago(8), "Dee", name, 1) for name in contacts]
    rows += [(ago(7), "P2", name, 1) for name in ("Cy",)]
    people = [{"person": name, "profession": work} for name, work in works.items()]
    found = rows_of(departure.without_person(book_of(rows, people=people), "Hub"), "take over")
    assert [(name, number) for name, _, number, _ in found] == [
        ("Dee", 3),
        ("Cy", 2),
        ("Bo", 1),
        ("Ann", 1),
    ]
    assert found[0][3] == "has referrals with 3 of Hub's 3 contacts; roofer too"
    assert found[1][3] == "has referrals with 2 of Hub's 3 contacts"


def test_of_those_who_could_take_over_five_are_named():
    rows = [(ago(9), "Hub", "Ann", 1)]
    rows += [(ago(8), f"P{at}", "Ann", 1) for at in range(7)]
    found = rows_of(departure.without_person(book_of(rows), "Hub"), "take over")
    assert [name for name, *_ in found] == [f"P{at}" for at in range(5)]
