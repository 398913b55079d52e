"""Splitting by columns gives what the exact reader gives, to the last message."""

from __future__ import annotations

import csv
import io
from datetime import date

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import AWKWARD

from refgraph.errors import LedgerError
from refgraph.reading import ReadOptions, read
from refgraph.reading.files import plain_csv

TODAY = date(2026, 6, 30)
HEADER = "date,giver,receiver,prospect,count,handoff,status,value,note"
FIELDS = {
    "date": ["", "2026-01-08", " 2026-01-09 ", "2026-02-30", "2026-07-01"],
    "giver": [
        "Ann",
        "  Bo ",
        "Bo  Park",
        "B. Park",
        "",
        "\u200b",
        "Ann\x1b[31m",
        "a\x0bb",
        *AWKWARD,
    ],
    "receiver": ["Cy", "Ann", "José", "Jose\u0301", "\x85", '"Lee, Ann"', 'Bo "B"'],
    "prospect": ["", " ", "NA", "x" * 40, "\ufeffx"],
    "count": ["", "1", "007", "0", "1.5", " 2"],
    "handoff": ["", "5", "6"],
    "status": ["", "Won", "wun"],
    "value": ["", "12.50", "1,5", "12"],
    "note": ["", "a", "two  blanks", "tab\there", '"two\nlines"', '"""', "\0", "\r", "end\r"],
}
LINES = st.one_of(
    st.tuples(*map(st.sampled_from, FIELDS.values())).map(",".join),
    st.sampled_from(["2026-01-08,Ann,Bo,,,,,,"] * 3 + ["", " ", ",,,,,,,,", " , ,,,,,,,", "# x"]),
    st.sampled_from(['"', 'a,"b', "#,,,,,,,,", "2026-01-08,Ann", "2026-01-08,Ann,Bo,,,,,,,,,"]),
    st.text(st.sampled_from(',"\n\r\0 #\ufeffé'), max_size=12),
)
PLAIN = "2026-01-08,Ann,Bo,,,,,,"


def outcome(path, options, least, patch, *, large=False):
    """All that reading gives, as plain values; and the odd lines of what went by columns."""
    splits = []
    with patch.context() as at:
        at.setattr(plain_csv, "MOST_BYTES", -1 if large else 1 << 40)
        at.setattr(plain_csv, "LEAST_BYTES", least)
        at.setattr(plain_csv, "_MOST_ODD", 1.0)
        split = plain_csv.split
        at.setattr(plain_csv, "split", lambda *a, **k: splits.append(k["odd"]) or split(*a, **k))
        try:
            record = read(path, options)
        except LedgerError as error:
            return error.problems, splits
    tables = (record.referrals, record.people, record.touches)
    columns = [{name: list(values) for name, values in each.columns.items()} for each in tables]
    kinds = [{name: [*map(type, values)] for name, values in each.items()} for each in columns]
    return (columns, kinds, record.skipped, record.rows_read, record.notes, record.me), splits


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("bulk")


@pytest.fixture(scope="module")
def patch():
    return pytest.MonkeyPatch()


@given(
    lines=st.lists(LINES, max_size=12),
    end=st.sampled_from(["\n", "\n", "\r\n"]),
    last=st.booleans(),
    comment=st.sampled_from([None, None, "#"]),
    skip=st.booleans(),
    people=st.booleans(),
)
@example([PLAIN, "\ufeff" + PLAIN], "\n", True, None, False, False)
@example(["\ufeff" + PLAIN], "\n", True, None, False, False)
@example([PLAIN, "#,,,,,,,,", PLAIN], "\n", True, "#", False, False)
@example([PLAIN + "a\0b", PLAIN], "\n", True, None, True, False)
@example(['"2026-01-08",Ann,Bo,,,,,,', "\ufeff,Ann,Bo,,,,,,"], "\n", True, None, False, False)
@example([PLAIN, 'a,"b', PLAIN, PLAIN, '"', PLAIN], "\n", False, None, True, True)
@example(['2026-01-08,Ann,"Bo\n#",,,,,,', "#", PLAIN], "\n", True, "#", True, False)
@example([",,,,,,,,", PLAIN, " , ,,,,,,,"], "\n", True, None, True, False)
@example([f"2026-01-08,Ann,{'x' * 131_073},,,,,,", PLAIN], "\n", True, None, True, False)
@example([PLAIN.replace("Bo", "x" * 131_072), PLAIN], "\n", True, None, True, False)
def test_by_columns_or_one_by_one_is_the_same(
    place, patch, lines, end, last, comment, skip, people
):
    folder = place / ("people" if people else "alone")
    folder.mkdir(exist_ok=True)
    if people:
        (folder / "people.csv").write_text("person,aliases\nBo Park,B. Park;Cy\n", "utf-8")
    text = end.join([HEADER, *lines]) + (end if last else "")
    (folder / "referrals.csv").write_bytes(text.encode())
    options = ReadOptions(today=TODAY, comment=comment, skip_bad=skip)
    slow, unused = outcome(folder, options, 1 << 40, patch)
    fast, _ = outcome(folder, options, 1, patch, large=len(lines) % 2 == 0)
    assert fast == slow
    assert not unused


QUOTED = [
    "",
    " Ann",
    "Bo",
    "Lee, Ann",
    'a"b',
    '","',
    '"',
    "a\nb",
    "\r",
    "\x1f",
    "\r\n",
    "José",
    "x,",
]


@given(
    st.lists(st.tuples(*[st.sampled_from(QUOTED)] * 3), max_size=4),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([",", ";"]),
)
@example([("Ann", "Bo", ""), ("", "", ""), ("Lee, Ann", "", "x,")], "\n", ",")
@example([("Ann", "Bo", "x")], "\r\n", ";")
def test_files_that_quote_every_field_are_the_same_by_columns(place, patch, rows, end, separator):
    path = place / "quoted.csv"
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerows([("giver", "receiver", "note"), *rows])
    path.write_bytes(stream.getvalue().encode())
    options = ReadOptions(today=TODAY, skip_bad=True, columns={"date": ""})
    fast, splits = outcome(path, options, 1, patch, large=len(rows) % 2 == 0)
    assert fast == outcome(path, options, 1 << 40, patch)[0]
    plain = rows and not any(set("".join(row)) & {*'"\r\n\x1f'} for row in rows)
    assert splits == [[]] or not plain


@given(st.binary(max_size=80), st.sampled_from([",", ";", "\t", "|"]))
def test_any_bytes_are_the_same_by_columns(place, patch, data, separator):
    head = "date,giver,receiver\n2026-01-08,Ann,Bo\n".replace(",", separator).encode()
    path = place / "any.csv"
    path.write_bytes(head + data.replace(b"~", separator.encode()) + b"\n")
    for options in (ReadOptions(today=TODAY), ReadOptions(today=TODAY, skip_bad=True)):
        assert outcome(path, options, 1, patch)[0] == outcome(path, options, 1 << 40, patch)[0]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_quoted_line_is_read_exactly_and_those_around_it_by_columns(place, patch, ends):
    path = place / "large.csv"
    quoted = '2026-01-08,"Lee, Ann",Bo,,,,,,'
    lines = [HEADER, *[PLAIN] * 50, quoted, *[PLAIN] * 50, ""]
    path.write_text(ends.join(lines), "utf-8", newline="")
    record, splits = outcome(path, ReadOptions(today=TODAY), 1, patch)
    assert splits == [[50]]
    referrals = record[0][0]
    assert referrals["giver"] == ["Ann"] * 50 + ["Lee, Ann"] + ["Ann"] * 50
    assert referrals["line"] == list(range(2, 103))


def test_lines_that_may_be_too_long_are_measured():
    limit = csv.field_size_limit()
    for length, odd in ((limit, []), (limit + 1, [1])):  # of the whole line
        body = b"a,b\n" + b"a," + b"x" * (length - 2) + b"\n" + b"a,b\n" * 2
        ends = np.flatnonzero(np.frombuffer(body, np.uint8) == 10) + 1
        assert plain_csv.odd_lines(body, ",", 2, None, lambda ends=ends: ends) == odd


def test_a_mark_inside_a_field_is_never_taken_for_one_between_fields():
    assert plain_csv.unquoted(b'"Ann\x1fB","Bo"\n', ",", 3) is None
    assert plain_csv.unquoted(b'"Ann","B","Bo"\n', ",", 3) == b"Ann\x1fB\x1fBo\n"
