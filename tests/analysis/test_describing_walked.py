"""Who is in a book and how large it is, against a walk over its rows one by one."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, ago, book_of

from refgraph.analysis.describing import people, stats

DECLARED = ["Ann Lee", "Bo Park", "Cyril Dunn"]
STRANGERS = ["Anne Lee", "Dee Fox"]


@st.composite
def records(draw):
    """Draw referrals among declared people and strangers, some undated, and touches."""
    rows = []
    for _ in range(draw(st.integers(0, 9))):
        giver, receiver, third = draw(st.permutations([*DECLARED, *STRANGERS]))[:3]
        day = draw(st.none() | st.integers(0, 60).map(ago))
        more = {"prospect": draw(st.sampled_from(["", "", third, "Zed"]))}
        rows.append((day, giver, receiver, draw(st.integers(1, 3)), more))
    touches = []
    for _ in range(draw(st.integers(0, 5))):
        person, other = draw(st.permutations(DECLARED))[:2]
        more = {"with": draw(st.sampled_from(["", other]))}
        kind = draw(st.sampled_from(["call", "thanks"]))
        touches.append((draw(st.integers(0, 60).map(ago)), person, kind, more))
    return rows, touches


def book_from(record):
    rows, touches = record
    told = [{"person": name, "profession": "baker" if "Bo" in name else ""} for name in DECLARED]
    return book_of(rows, people=told, touches=touches)


def iso(day):
    return None if day is None else f"{day:%Y-%m-%d}"


@given(records())
def test_everybody_has_the_numbers_of_their_rows(record):
    rows, touches = record
    given_, received, days = Counter(), Counter(), {}
    for day, giver, receiver, count, _ in rows:
        given_[giver] += count
        received[receiver] += count
        for name in (giver, receiver):
            days.setdefault(name, []).extend([day] if day else [])
    met = Counter()
    for day, person, _, more in touches:
        for name in filter(None, (person, more["with"])):
            met[name] += 1
            days.setdefault(name, []).append(day)
    table = people.by_person(book_from(record))
    assert table.index.tolist() == sorted({*DECLARED, *days})
    for row in table.itertuples():
        own = days.get(row.Index, [])
        assert (row.given, row.received) == (given_[row.Index], received[row.Index])
        assert row.touches == met[row.Index]
        assert (row.first, row.last) == (iso(min(own, default=None)), iso(max(own, default=None)))
        assert row.declared == (row.Index in DECLARED)


@given(records(), st.integers(0, 60))
def test_a_window_counts_its_own_referrals_and_still_names_everybody(record, back):
    rows, _ = record
    book = book_from(record)
    table = people.by_person(book.window(since=ago(back)))
    inside = [row for row in rows if row[0] and row[0] >= ago(back)]
    assert table.index.tolist() == people.by_person(book).index.tolist()
    assert table["given"].sum() == table["received"].sum() == sum(row[3] for row in inside)


@given(records())
def test_unused_and_undeclared_are_who_is_in_no_referral_and_in_no_file_of_people(record):
    rows, _ = record
    ends = {
        name for _, giver, receiver, _, more in rows for name in (giver, receiver, more["prospect"])
    }
    book = book_from(record)
    assert people.unused(book).index.tolist() == [name for name in DECLARED if name not in ends]
    table = people.undeclared(book)
    named = {name for row in rows for name in row[1:3]}
    assert table.index.tolist() == sorted(named - {*DECLARED})
    assert [*table] == [*people.by_person(book).drop(columns="declared"), "nearest", "why"]
    assert {*table["nearest"]} <= {None, *DECLARED}
    assert (table["nearest"].isna() == table["why"].isna()).all()
    together = any({"Ann Lee", "Anne Lee"} <= {*row[1:3], row[4]["prospect"]} for row in rows)
    if "Anne Lee" in table.index and not together:
        assert table.loc["Anne Lee", "nearest"] == "Ann Lee"


@given(records())
def test_who_may_be_one_person_never_stands_in_one_referral_with_the_other(record):
    rows, touches = record
    named = Counter(
        name for row in rows for name in (*row[1:3], row[4]["prospect"]) if name
    ) + Counter(name for _, person, _, more in touches for name in (person, more["with"]) if name)
    table = people.pairs(book_from(record))
    together = [{*row[1:3], row[4]["prospect"]} for row in rows]
    for row in table.itertuples():
        assert not any({row.person, row.other} <= each for each in together)
        assert (row.rows, row.other_rows) == (named[row.person], named[row.other])
        assert row.person in DECLARED or row.other not in DECLARED
    assert table["score"].is_monotonic_decreasing


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PARK", ["Bo Park"]),
        ("bak", ["Bo Park"]),
        ("the roofer", ["Ann Lee"]),
        ("ann@", ["Ann Lee"]),
        ("a.l.", ["Ann Lee"]),
        ("owes", ["Cyril Dunn"]),
        ("straße", ["Cyril Dunn"]),
        ("STRASSE", ["Cyril Dunn"]),
        ("nobody", []),
    ],
)
def test_a_text_is_found_in_whatever_is_known_of_somebody(text, found):
    told = [
        {"person": "Ann Lee", "aliases": ("the Roofer", "A.L."), "email": "ann@example.org"},
        {"person": "Bo Park", "profession": "Baker", "group": "north"},
        {"person": "Cyril Dunn", "note": "owes me a coffee in the Badstraße"},
    ]
    book = book_of([(ago(1), "Ann Lee", "Bo Park", 1)], people=told)
    assert people.named(book, text).index.tolist() == found


@given(records())
def test_the_size_of_a_book_is_that_of_its_rows(record):
    rows, touches = record
    told = stats.overall(book_from(record))
    dated = [row for row in rows if row[0]]
    ties = Counter()
    for _, giver, receiver, count, _ in rows:
        ties[giver, receiver] += count
    pairs = {frozenset(ends) for ends in ties}
    ages = [((TODAY - row[0]).days, row[3]) for row in dated]
    expected = {
        "rows": len(rows),
        "referrals": sum(row[3] for row in rows),
        "undated": sum(row[3] for row in rows if not row[0]),
        "first": iso(min((row[0] for row in dated), default=None)),
        "last": iso(max((row[0] for row in dated), default=None)),
        "days_since_last": min((age for age, _ in ages), default=None),
        "last_30_days": sum(count for age, count in ages if age < 30),
        "last_7_days": sum(count for age, count in ages if age < 7),
        "people": len({*DECLARED, *(name for ends in ties for name in ends)}),
        "give": len({giver for giver, _ in ties}),
        "receive": len({receiver for _, receiver in ties}),
        "pairs": len(pairs),
        "mutual_pairs": len(ties) - len(pairs),
        "touches": len(touches),
        "tied": len({name for ends in ties for name in ends}),
        "mine_pairs": None,
        "mine_mutual_pairs": None,
    }
    assert told.to_dict() == expected
    assert all(value is None or not isinstance(value, float) for value in told)


def test_nobody_is_in_a_book_of_nothing():
    book = book_of([], people=[])
    assert len(people.by_person(book)) == len(people.unused(book)) == len(people.pairs(book)) == 0
    assert people.undeclared(book)["nearest"].dtype == object
    assert pd.isna(stats.overall(book)["first"])
