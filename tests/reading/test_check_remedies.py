"""What each check finds is what a plain reading finds, and doing what it says ends it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import TODAY, ago, write_rows

from refgraph import reading
from refgraph.reading import ReadOptions, checks
from refgraph.reading.checks.rows import nearest
from refgraph.schema.columns import FIELDS

HEADER = ["date", "giver", "receiver", "count", "note", "id"]
PEOPLE = ["Ann Lee", "Bo Park", "Cy", "Dov", "Me"]
PAIR = st.permutations(PEOPLE).map(lambda drawn: tuple(drawn[:2]))
DAY = st.none() | st.integers(0, 400).map(ago)
ROWS = st.lists(st.tuples(DAY, PAIR, st.integers(1, 2), st.sampled_from(["", "x"])), max_size=7)
ONE = (ago(9), ("Ann Lee", "Me"), 1, "")


def cells(rows):
    return [[day or "", *pair, count, note, ""] for day, pair, count, note in rows]


def write(folder, **tables):
    """Write the tables of a book, each a header and its rows."""
    for name, (header, *rows) in tables.items():
        write_rows(folder / f"{name}.csv", header, rows)
    return folder


def found(folder, *names, me=None):
    options = ReadOptions(today=TODAY, me=me)
    return checks.found(reading.read(folder, options), names, options)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    return lambda: tmp_path_factory.mktemp("book")


# ------------------------------------------------------------------ rows


@settings(max_examples=30)
@given(ROWS)
@example([ONE, (TODAY, *ONE[1:]), (None, *ONE[1:]), ONE, ONE])
def test_rows_out_of_order_are_those_below_a_later_day_and_none_once_they_are_sorted(folders, rows):
    folder = write(folders(), referrals=[HEADER, *cells(rows)])
    late, latest, above = {}, None, 0
    for line, (day, *_) in enumerate(rows, 2):
        if day is None:
            continue
        if latest is not None and day < latest:
            late[line] = f"{day} stands below {latest} of line {above}"
        else:
            latest, above = day, line
    told = found(folder, "ordereddates")
    assert {each.line: each.message for each in told} == late
    assert all(each.excerpt.startswith(str(rows[each.line - 2][0])) for each in told)
    assert {each.hint for each in told} <= {
        "order the rows by date, so that a new one is at the end"
    }
    write(folder, referrals=[HEADER, *cells(sorted(rows, key=lambda row: row[0] or date.min))])
    assert found(folder, "ordereddates") == []


@settings(max_examples=30)
@given(ROWS)
@example([ONE, (None, *ONE[1:]), ONE, ONE])
def test_rows_that_repeat_another_are_told_until_they_are_removed_or_named_apart(folders, rows):
    folder = write(folders(), referrals=[HEADER, *cells(rows)])
    told = found(folder, "duplicates")
    first = {}
    for line, row in enumerate(rows, 2):
        first.setdefault(row, line)
    again = {line: first[row] for line, row in enumerate(rows, 2) if first[row] != line}
    where = "the same date, pair, prospect, count and note as on line {}: counted twice"
    assert {each.line: each.message for each in told} == {
        line: where.format(above) for line, above in again.items()
    }
    kept = [row for line, row in enumerate(cells(rows), 2) if line not in again]
    named = [[*row[:5], f"r{at}"] for at, row in enumerate(cells(rows))]
    for remedy in (kept, named):
        write(folder, referrals=[HEADER, *remedy])
        assert found(folder, "duplicates") == []


# ------------------------------------------------------------------ people


@settings(max_examples=30)
@given(
    ROWS,
    st.lists(st.sampled_from(PEOPLE), unique=True),
    st.lists(
        st.tuples(st.sampled_from([*PEOPLE, "Eve"]), st.sampled_from(["", "Zoë"])), max_size=3
    ),
    st.sampled_from([None, "Me"]),
)
@example([ONE, ONE], ["Bo Park"], [("Eve", "Zoë"), ("Eve", "")], None)
@example([ONE, (None, ("Cy", "Me"), 1, "")], ["Bo Park"], [], "Me")
@example([ONE], [], [], None)
def test_who_is_not_declared_is_told_once_with_the_first_row_that_names_them(
    folders, rows, declared, touches, me
):
    contacts = [[TODAY, who, "call", other] for who, other in touches]
    tables = {"referrals": [HEADER, *cells(rows)], "people": [["person"], *[[p] for p in declared]]}
    tables["touches"] = [["date", "person", "kind", "with"], *contacts]
    folder = write(folders(), **tables)
    first = {}
    for line, (_, pair, *_) in enumerate(rows, 2):
        for name in pair:
            first.setdefault(name, ("referrals.csv", line))
    for line, pair in enumerate(touches, 2):
        for name in filter(None, pair):
            first.setdefault(name, ("touches.csv", line))
    times = Counter(name for _, pair, *_ in rows for name in pair)
    unknown = {name: place for name, place in first.items() if name not in {*declared, me}}
    told = found(folder, "people", me=me)
    if not declared:
        assert told == []
        return
    assert len(told) == len(unknown)
    for each in told:
        name = each.message.split("'")[1]
        assert unknown[name] == (each.path.rpartition("/")[2], each.line)
        often = {0: "is in touches only", 1: "appears once", 2: "appears twice"}
        seen = often.get(times[name], f"appears {times[name]} times")
        assert each.message == f"'{name}' {seen} and is not in people.csv"
        assert each.hint == "add a row for them to people.csv"
    write(folder, people=[["person"], *[[name] for name in {*declared, *unknown}]])
    assert found(folder, "people", me=me) == []


def test_a_name_that_is_nearly_a_known_one_is_to_be_corrected_and_then_is_known(tmp_path):
    rows = [[TODAY, "Ann Lee", "Me", 1, "", ""]] * 2 + [[TODAY, "Ann Leee", "Me", 1, "", ""]]
    people = [["person"], ["Ann Lee"], ["Me"], ["Ann Le"]]  # whom no referral names: not meant
    (told,) = found(write(tmp_path, referrals=[HEADER, *rows], people=people), "people")
    meant = "did you mean 'Ann Lee' (twice)?"
    assert told.message == f"'Ann Leee' appears once and is not in people.csv; {meant}"
    assert told.hint == "correct the name here"
    assert (told.line, told.excerpt) == (4, f"{TODAY},Ann Leee,Me,1,,")
    rows[-1][1] = re.search(r"mean '(.*?)'", told.message)[1]
    write(tmp_path, referrals=[HEADER, *rows])
    assert found(tmp_path, "people") == []


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("abcde", "abcd", "abcd"),  # of the letters of both 8 of 9 are shared
        ("abcd", "abxy", None),
        ("abcdefgh", "abcdefgx", "abcdefgx"),
        ("ab", "ac", None),
    ],
)
def test_a_name_is_near_another_if_four_of_five_letters_are_shared(name, known, near):
    assert nearest([name], [known]).get(name) == near
    assert nearest([name], []) == nearest([], [known]) == {}


# ------------------------------------------------------------------ contacts

CADENCES = {"monthly": 31, "quarterly": 92, "yearly": 366}


@settings(max_examples=30)
@given(
    st.lists(st.tuples(DAY, PAIR), max_size=6),
    st.lists(
        st.tuples(
            st.integers(0, 400).map(ago),
            st.sampled_from(PEOPLE[:4]),
            st.sampled_from(["call", "mention"]),
        ),
        max_size=4,
    ),
    st.lists(st.sampled_from([*CADENCES, "none", ""]), min_size=5, max_size=5),
    st.sampled_from([None, "Me"]),
)
@example(
    [(ago(32), ("Ann Lee", "Me")), (ago(92), ("Bo Park", "Cy")), (None, ("Dov", "Me"))],
    [(ago(366), "Dov", "call"), (TODAY, "Ann Lee", "mention")],
    ["monthly", "quarterly", "monthly", "yearly", "monthly"],
    "Me",
)
def test_who_is_silent_for_longer_than_their_cadence_is_told_until_a_touch(
    folders, ties, touches, cadences, me
):
    referrals = [[day or "", *pair, 1, "", ""] for day, pair in ties]
    contacts = [["date", "person", "kind"], *touches]
    people = [["person", "cadence"], *zip(PEOPLE, cadences, strict=True)]
    folder = write(folders(), referrals=[HEADER, *referrals], touches=contacts, people=people)
    seen = {name: [] for name in PEOPLE}
    for day, pair in ties:
        if day and (me is None or me in pair):
            for name in pair:
                seen[name].append(day)
    for day, name, kind in touches:
        if kind == "call":
            seen[name].append(day)
    silent = {}
    for line, (name, cadence) in enumerate(people[1:], 2):
        most = CADENCES.get(cadence)
        if most is None or name == me:
            continue
        if not seen[name]:
            silent[line] = f"no touch and no referral with '{name}' has a date"
        elif max(seen[name]) < TODAY - timedelta(most):
            day = max(seen[name])
            silent[line] = (
                f"the last contact with '{name}' was {(TODAY - day).days} days ago, on {day}"
            )
    told = found(folder, "recent", me=me)
    assert {each.line: each.message for each in told} == {
        line: f"{message}; their cadence is {cadences[line - 2]}"
        for line, message in silent.items()
    }
    write(folder, touches=[*contacts, *((TODAY, PEOPLE[at - 2], "call") for at in silent)])
    assert found(folder, "recent", me=me) == []
    write(folder, touches=contacts)
    write(folder, people=[["person", "cadence"], *([name, "none"] for name in PEOPLE)])
    assert found(folder, "recent", me=me) == []


# ------------------------------------------------------------------ cells and totals

SMALLEST = {
    "referrals": {"date": "2026-01-08", "giver": "Ann", "receiver": "Bo"},
    "people": {"person": "Ann"},
    "touches": {"date": "2026-01-08", "person": "Ann", "kind": "call"},
}
TYPED = [
    (table, field.name, field.dtype)
    for table in SMALLEST
    for field in FIELDS[table]
    if not field.is_fact
]


@pytest.mark.parametrize("sign", "=+-@")
def test_every_cell_that_a_spreadsheet_would_compute_is_found(tmp_path, sign):
    """Of a list it is the first: what stands behind it is in the middle of a cell."""
    assert {"aliases", "offers", "note", "giver"} <= {name for _, name, _ in TYPED}
    for begin in (sign, f"x{sign}"):
        tables = {}
        for table, few in SMALLEST.items():
            row = few.copy()
            for at, (_, name, kind) in enumerate(each for each in TYPED if each[0] == table):
                same = name in ("id", "about")  # one is the other
                again = f"; {sign}B{at}" if kind == "list" else ""
                row[name] = f"{begin}{'A' if same else f'{table}{at}'}{again}"
            tables[table] = [[*row], [*row.values()]]
        told = found(write(tmp_path, **tables), "spreadsheet")
        if begin != sign:
            assert told == []
            continue
        assert {each.path: each.line for each in told} == {
            str(tmp_path / f"{table}.csv"): 2 for table in SMALLEST
        }
        assert sorted((each.path.rpartition("/")[2][:-4], each.message) for each in told) == sorted(
            (table, f"{name} begins with '{sign}': a spreadsheet computes it")
            for table, name, _ in TYPED
        )
        assert {each.hint for each in told} == {
            "import the column as text; reports put an apostrophe before it"
        }


@settings(max_examples=30)
@given(ROWS, st.integers(0, 400).map(ago), st.lists(st.integers(0, 9), min_size=4, max_size=4))
@example([ONE, (None, *ONE[1:]), (TODAY, ("Me", "Ann Lee"), 2, "")], ago(3), [1, 0, 3, 0])
def test_a_total_that_is_corrected_as_it_is_told_is_right(folders, rows, day, stated):
    folder = write(folders(), referrals=[HEADER, *cells(rows)])
    header = ["date", "person", "given", "received"]
    lines = [[day, name, number, ""] for name, number in zip(PEOPLE, stated, strict=False)]
    lines += [[day, name, "", number] for name, number in zip(PEOPLE, stated, strict=False)]
    write(folder, assertions=[header, *lines])
    known = {name for _, pair, *_ in rows for name in pair}
    for each in found(folder, "assertions"):
        word, number = re.search(r"has (given|received) (\d+), not \d+$", each.message).groups()
        row = lines[each.line - 2]
        mine = [row for row in rows if row[1][word == "received"] == lines[each.line - 2][1]]
        total = sum(count for on, _, count, _ in mine if on is not None and on <= day)
        assert int(number) == total
        undated = sum(count for on, _, count, _ in mine if on is None)
        assert each.hint.startswith(
            "no referral names them"
            if row[1] not in known
            else f"{undated} more without a date are in no total; see the rows: refgraph register "
            if undated
            else "see the rows: refgraph register "
        )
        row[header.index(word)] = number
    write(folder, assertions=[header, *lines])
    assert found(folder, "assertions") == []
