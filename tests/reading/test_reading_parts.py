"""The small parts that reading stands on: lines, problems, forms, ids, addresses, safe tables."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import datetime
from decimal import Decimal
from hashlib import blake2b

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import names

from refgraph.errors import Problem
from refgraph.reading.databases.database_address import DatabaseAddress, is_address
from refgraph.reading.databases.recognised import is_database, is_duckdb, is_parquet
from refgraph.reading.files import lines as lines_of
from refgraph.reading.files import problems as problems_of
from refgraph.reading.files.causes import by_cause
from refgraph.reading.files.file_format import PLAIN, Form
from refgraph.reading.files.formula_safe_csv import FORMULA, as_csv
from refgraph.reading.files.lines import Lines, longest_line
from refgraph.reading.files.problems import Problems
from refgraph.reading.files.split_rows import source_of_rows
from refgraph.reading.identity import CONTENT, Ids, is_derived, row_ids
from refgraph.schema.distinct_values import Column

TEXTS = st.text(st.sampled_from("ab\n\r\x0b\u2028"), max_size=12)

# ------------------------------------------------------------------ lines


@given(TEXTS, st.integers(1, 4))
def test_lines_are_those_of_the_whole_text_however_long_a_stretch_is(text, stretch):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines_of, "_STRETCH", stretch)
        lines = Lines(text)
        expected = [each + "\n" for each in text.split("\n")]
        expected[-1] = expected[-1][:-1]
        expected = [each for each in expected if each]
        assert list(lines) == expected == lines[:]
        assert len(lines) == len(expected)
        for at in (*range(len(expected)), *range(-len(expected), 0)):  # there and back
            assert lines[at] == expected[at]
        assert lines[1:3] == expected[1:3]
        with pytest.raises(IndexError):
            lines[len(expected)]
        assert "".join(each for some in lines.stretches() for each in some) == text


@given(TEXTS, st.integers(1, 5))
def test_the_first_line_that_is_too_long_is_found(text, most):
    every, begin = text.split("\n"), 0
    expected = None
    for number, line in enumerate(every, 1):
        if len(line) > most:
            expected = number, begin
            break
        begin += len(line) + 1
    assert longest_line(text, most) == expected


# ------------------------------------------------------------------ problems


def problem(line, check="dates", path="r.csv"):
    return Problem(path, line, f"there is no day {line}", check=check)


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(problems_of, "MOST_LISTED", 3)


def test_of_each_kind_so_many_are_listed_and_all_are_counted(few):
    found = Problems()
    for line in range(2, 7):
        found.append(problem(line))
    found.append(problem(9, "names"))
    found.append(problem(1, path="p.csv"))
    assert [each.line for each in found] == [2, 3, 4, 9, 1]
    assert found.count_all == 7
    assert list(found.lines) == [2, 3, 4, 5, 6, 9, 1]
    assert found.times == {("r.csv", "dates"): 5, ("r.csv", "names"): 1, ("p.csv", "dates"): 1}
    assert (found.room("r.csv", "dates"), found.room("r.csv", "names")) == (0, 2)
    assert found.room("q.csv", "dates") == 3
    (more, *listed) = found.told()
    assert listed == list(found)
    assert (more.message, more.times, more.line) == (
        *("5 problems of the check dates: the first 3 are listed", 2, 0),
    )
    assert Problems().told() == []


def test_as_many_as_are_listed_need_no_word(few):
    found = Problems()
    found.extend(problem(line) for line in range(3))
    assert found.told() == list(found)


def test_problems_of_two_files_are_counted_together(few):
    one, two = Problems(), Problems()
    one.extend(problem(line) for line in (2, 3))
    two.extend(problem(line) for line in range(4, 9))
    one += two
    assert [each.line for each in one] == [2, 3, 4]
    assert one.count_all == 7
    assert list(one.lines) == list(range(2, 9))


@given(st.lists(st.integers(1, 6), max_size=9), st.integers(0, 7))
def test_what_stands_below_a_line_is_counted_for_itself(places, line):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(problems_of, "MOST_LISTED", 20)
        found = Problems()
        found.extend(map(problem, places))
        below = found.below(line)
        expected = [each for each in places if each > line]
        assert [each.line for each in below] == list(below.lines) == expected
        assert below.count_all == len(expected)
        assert [each.line for each in found] == places, "the others stay"


def test_problems_of_one_cause_are_told_together():
    def of(line, message, hint="h", excerpt="row"):
        return Problem("r.csv", line, message, excerpt and f"{excerpt} {line}", hint)

    three = [of(line, "there is no '2026-02-30'") for line in (4, 5, 6)]
    assert by_cause(three) == [str(each) for each in three]
    four = [*three, of(1_000, "there is no '2026-02-31'")]
    told = "r.csv: 4 rows, on lines 4 to 1,000: there is no '2026-02-30'"
    rows = "\n    4 | row 4\n    5 | row 5\n    6 | row 6\n      = h"
    assert by_cause(four) == [f"{told}, and the like{rows}"]
    assert by_cause([*three, of(7, "there is no '2026-02-30'")])[0].startswith(
        "r.csv: 4 rows, on lines 4 to 7: there is no '2026-02-30'\n"
    )
    assert len(by_cause([*three, of(7, "another")])) == 4
    assert len(by_cause([*three, of(7, "there is no 'x'", hint="another")])) == 4
    files = [Problem("r.csv", 0, f"there is no {each}") for each in range(4)]
    assert by_cause(files) == [str(each) for each in files], "of no line"


def test_twenty_causes_are_told_in_order_and_the_rest_counted():
    causes = [Problem("r.csv", line, f"of {chr(96 + line)}") for line in range(25, 0, -1)]
    told = by_cause(causes)
    assert told[:20] == [str(each) for each in causes[:4:-1]]
    assert told[20:] == ["and 5 problems more"]
    assert by_cause(causes[:21], "in x.txt")[20:] == ["and 1 problem more: in x.txt"]
    assert len(by_cause(causes[:20])) == 20
    last = Problem("r.csv", 99, "many", times=7)
    assert by_cause([*causes[:20], last])[20] == "and 7 problems more"


# ------------------------------------------------------------------ forms and tables


@pytest.mark.parametrize(
    ("form", "moment", "text"),
    [
        *((PLAIN, (2026, 3, 2), "2026-03-02"), (PLAIN, (2026, 3, 2, 4), "2026-03-02 04:00:00")),
        (PLAIN, (2026, 3, 2, 0, 1), "2026-03-02 00:01:00"),
        (PLAIN, (2026, 3, 2, 0, 0, 1), "2026-03-02 00:00:01"),
        (PLAIN, (2026, 3, 2, 0, 0, 0, 1), "2026-03-02 00:00:00"),
        (Form(date_format="%d/%m/%Y"), (2026, 3, 2, 4), "02/03/2026"),
        (Form(date_format="unix"), (1970, 1, 2, 0, 0, 1), "86401"),
    ],
)
def test_the_day_of_a_cell_is_written_as_its_file_writes_days(form, moment, text):
    assert form.write_day(datetime(*moment)) == text  # noqa: DTZ001


def test_a_number_has_the_mark_of_its_file():
    assert PLAIN.write_number("1.5") == "1.5"
    assert Form(decimal_comma=True).write_number("1.5") == "1,5"


@given(st.lists(st.text(st.sampled_from("a=+-@\t\r\n,\"' "), max_size=4), min_size=1, max_size=4))
def test_a_table_reads_back_and_nothing_in_it_is_a_formula(cells):
    columns = [f"c{at}" for at in range(len(cells))]
    row = dict(zip(columns, cells, strict=True))
    for raw in (True, False):
        text = as_csv(columns, [row], raw=raw)
        header, back = csv.reader(io.StringIO(text, newline=""))
        assert header == columns
        if raw:
            assert back == cells
        else:
            assert not any(cell.startswith(FORMULA) for cell in back)
            assert [cell.removeprefix("'") for cell in back] == [
                cell.removeprefix("'") for cell in cells
            ]


def test_what_is_no_text_is_written_as_it_is():
    row = {"a": ["x", "=y"], "b": Decimal("1E+3"), "c": None, "d": -2, "e": 1.5, "f": ["=x"]}
    assert as_csv([*row], [row], raw=False) == "a,b,c,d,e,f\nx; =y,1000,,-2,1.5,'=x\n"
    assert as_csv(["a"], [], raw=False) == "a\n"


def test_rows_that_are_split_have_their_places():
    source = source_of_rows("q", [["a", "b"], ["1", "2"]], [2, 5])
    assert [source.excerpt(line) for line in (2, 5)] == ["a,b", "1,2"]
    assert source.excerpt(3) == ""
    assert (source.place(5), source.lines) == ("line 5", [2, 5])
    assert source_of_rows("q", [], []).rows == []
    with pytest.raises(ValueError, match="shorter"):
        source_of_rows("q", [["a"]], [1, 2])


# ------------------------------------------------------------------ ids


def derived(row):
    return "r" + blake2b("\x1f".join(row).encode(), digest_size=5).hexdigest()


ROWS = st.lists(st.tuples(*(st.sampled_from(["", "a", "b"]) for _ in range(2))), max_size=6)


@given(ROWS, st.integers(0, 3))
def test_an_id_is_of_the_content_of_its_row_and_of_no_other(rows, several):
    taken = [name for row in rows[:1] for name in (derived(row), f"{derived(row)}-2")][:several]
    found = row_ids(rows, taken)
    assert len({*found}) == len(found) == len(rows)
    assert not {*found} & {*taken}
    assert all(is_derived(each) for each in found)
    for row, identity in zip(rows, found, strict=True):
        assert identity.partition("-")[0] == derived(row)
    if not taken:
        times = Counter()
        for row, identity in zip(rows, found, strict=True):
            times[row] += 1
            assert identity == derived(row) + (f"-{times[row]}" if times[row] > 1 else "")


@pytest.mark.parametrize(
    ("identity", "is_one"),
    [
        *(("r0123456789", True), ("rabcdef0123-12", True), ("r012345678", False), ("", False)),
        *(("R0123456789", False), ("r0123456789-", False), ("rg123456789", False), ("7", False)),
    ],
)
def test_which_id_looks_derived(identity, is_one):
    assert is_derived(identity) is is_one


def test_a_row_keeps_its_id_whichever_rows_are_kept():
    rows = [("2026-01-08", who, "Bo", "", count, "") for who, count in ("a1", "a1", "b1", "c2")]
    columns = {
        name: Column.of(texts) for name, texts in zip(CONTENT, zip(*rows, strict=True), strict=True)
    }
    whole = Ids(columns)
    assert whole == row_ids(rows)
    assert [whole[at] for at in range(4)] == list(whole)
    some = whole.where(np.array([False, True, False, True]))
    assert some == [whole[1], whole[3]]
    assert len(some) == 2
    assert [list(column) for column in some.written()][1] == ["a", "c"]
    assert whole.written()[1] is columns["giver"]
    refused = Ids(columns, np.array([True, False, True, True]))
    assert refused == [whole[0], "", whole[2], whole[3]]
    assert whole != [*whole][:3]
    assert whole != 7


# ------------------------------------------------------------------ databases, known by their bytes


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"SQLite format 3\0...", (True, False, False)),
        (b"SQLite format 4\0", (False, False, False)),
        (b"12345678DUCK", (True, True, False)),
        (b"1234567DUCK", (False, False, False)),
        (b"PAR1xPAR1", (True, False, True)),
        *((data, (False, False, False)) for data in (b"PAR1x", b"xPAR1", b"", b"date")),
    ],
)
def test_a_file_of_a_database_is_known_by_its_bytes(data, found):
    assert (is_database(data), is_duckdb(data), is_parquet(data)) == found


def test_an_address_is_one_only_where_it_was_given():
    assert is_database(DatabaseAddress(b"postgresql://x/y"))
    assert not is_database(b"postgresql://x/y")


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        *(("postgresql+psycopg://x", True), ("mysql://x/y", True), ("MSSQL://x", True)),
        *(("http://x", False), ("HTTPS://x", False), ("file:///x", False), ("s3://x", False)),
        *(("C:\\x", False), ("1x://y", False), ("my book", False), ("", False), ("a+://x", False)),
    ],
)
def test_which_name_of_a_book_is_an_address(path, is_one):
    assert is_address(path) is is_one


@given(names())
def test_the_name_of_a_person_is_no_address(name):
    assert not is_address(name)
