"""Rows that repeat another, compared one by one; and what is said of where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.reading.checks import repeats
from refgraph.reading.checks.repeats import repeated, say_repeats, tell_repeats
from refgraph.reading.checks.rows import nearest
from refgraph.reading.identity import CONTENT, is_derived, row_ids
from refgraph.reading.read_options import Table

CHOICES = (("", "d"), ("a", "b"), ("b", "c"), ("",), (1, 2), ("",))
ROWS = st.tuples(*map(st.sampled_from, CHOICES))
OWN = st.sampled_from(["", "", "x", "y"])


def table_of(rows, ids, **more):
    columns = {name: [row[at] for row in rows] for at, name in enumerate(CONTENT)}
    return Table({**columns, "id": ids, **more})


def one_by_one(rows, ids):
    """Of each row that says what an earlier one says: it and the first, unless both have ids."""
    found = []
    for row, content in enumerate(rows):
        first = rows.index(content)
        if first < row and (is_derived(ids[row]) or is_derived(ids[first])):
            found.append((row, first))
    return found


@given(st.lists(st.tuples(ROWS, OWN), max_size=7), st.sampled_from([2, 2**62]))
def test_repeats_are_those_that_comparing_each_with_each_finds(told, most):
    rows = [row for row, _ in told]
    made = row_ids([tuple(map(str, row)) for row in rows])
    ids = [own or derived for (_, own), derived in zip(told, made, strict=True)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repeats, "_MOST_KEYS", most)  # beyond which the numbers begin again
        later, first = repeated(table_of(rows, ids))
    assert [*zip(later.tolist(), first.tolist(), strict=True)] == one_by_one(rows, ids)


def test_where_rows_repeat_is_told_by_line_file_and_label():
    rows = [("", "a", "b", "", 1, "")] * 3
    ids = row_ids([tuple(map(str, row)) for row in rows])
    table = table_of(rows, ids, file=["r.csv"] * 3, line=[2, 1_003, 4])
    (sentence,) = tell_repeats(table, repeated(table))
    assert sentence == (
        "2 rows repeat another, and are counted again: line 1,003 as line 2, line 4 as line 2; "
        "if it is one referral, delete one of the two, and if it is two, give each an id"
    )
    table = table_of(rows[:2], ids[:2], file=["r.csv", "s.csv"], line=[2, 3])
    assert "line 3 of s.csv as line 2 of r.csv" in tell_repeats(table, repeated(table))[0]
    (labelled,) = tell_repeats(table, repeated(table), {"s.csv": "row label {}".format})
    assert "row label 3 of s.csv as line 2 of r.csv" in labelled
    assert tell_repeats(table_of(rows[:1], ids[:1], file=["r"], line=[2]), ([], [])) == []


@pytest.mark.parametrize(
    ("number", "listed", "end"),
    [
        (5, "", "line 6 as line 1; drop one"),
        (6, "", "line 6 as line 1, and 1 more; drop one"),
        (1_005, "refgraph x", "line 6 as line 1, and 1,000 more (refgraph x); drop one"),
    ],
)
def test_five_are_named_and_the_rest_counted(number, listed, end):
    places = ((f"line {line}", "line 1") for line in range(2, 2 + number))
    told = say_repeats(number, places, ("is left out", "are left out"), listed, "drop one")
    assert told.startswith(f"{number:,} rows repeat another, and are left out: line 2 as line 1, ")
    assert told.endswith(end)


@pytest.mark.parametrize(
    ("name", "known", "found"),
    [
        ("Bo Prak", ["Ann Lee", "Bo Park"], {"Bo Prak": "Bo Park"}),
        ("Zoe", ["Ann Lee"], {}),
        ("abcd", ["abcx"], {}),  # 75 of 100
        ("abcde", ["abcdx"], {"abcde": "abcdx"}),  # 80
        ("Bo", [], {}),
    ],
)
def test_the_known_name_that_is_most_like(name, known, found):
    assert nearest([name], known) == found


def test_of_very_many_names_none_is_compared(monkeypatch):
    monkeypatch.setattr("refgraph.reading.checks.rows._MOST_COMPARED", 2)
    assert nearest(["Bo Prak"], ["Ann Lee", "Bo Park"]) == {"Bo Prak": "Bo Park"}
    assert nearest(["Bo Prak"], ["Ann Lee", "Bo Park", "Cy"]) == {}
    assert nearest([], ["Ann Lee"]) == {}
