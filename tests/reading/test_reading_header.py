"""Where each column stands by its header; one that says too little has the remedy that fits."""

from __future__ import annotations

import pytest

from refgraph.reading.files.split_rows import source_of_rows
from refgraph.reading.header import NOWHERE, read_header

OURS = ("date", "giver", "receiver", "note")


def header_of(*lines, header=True, separator=",", **columns):
    """Read the header of a table, and settle it as one of referrals."""
    rows = [line.split(",") for line in lines]
    source = source_of_rows("r.csv", rows, range(1, len(rows) + 1))
    source.separator = separator
    columns = {name: str(theirs) for name, theirs in columns.items()}
    return source, read_header(source, OURS, columns, header=header)


def settled(*lines, required=("date", "giver", "receiver"), nameable=True, **said):
    source, found = header_of(*lines, **said)
    left = found.settle(source, OURS, required, nameable=nameable)
    return found, left, [(each.line, each.message, each.hint) for each in found.problems]


# ------------------------------------------------------------------ found


@pytest.mark.parametrize(
    ("line", "columns", "positions", "left"),
    [
        ("date,giver,receiver", {}, [0, 1, 2], []),
        (" DATE , Giver,receiver,Fee", {}, [0, 1, 2], ["fee"]),
        ("when,from,to", {"date": "When", "giver": "FROM ", "receiver": 3}, [0, 1, 2], []),
        # a name is one before it is a position
        ("1,2,date", {"giver": 2, "receiver": 1}, [2, 1, 0], []),
        ("date,giver,receiver", {"date": ""}, [None, 1, 2], ["date"]),
    ],
)
def test_columns_are_found_by_name_and_by_position(line, columns, positions, left):
    found, ignored, problems = settled(line, "a,b,c", **columns)
    assert [found.positions.get(name) for name in OURS[:3]] == positions
    assert (ignored, problems) == (left, [])
    assert found.titles == line.split(",")


def test_of_a_free_text_more_is_joined_to_what_is_called_so():
    found, left, problems = settled("date,giver,receiver,note,x", "a,b,c,d,e", note="x")
    assert (found.positions["note"], found.joined) == (4, {"note": 3})
    assert (left, problems) == ([], [])
    assert settled("date,giver,receiver,note", note="note")[0].joined == {}


def test_without_a_header_only_positions_count():
    found, _, problems = settled("2026-01-05,Ann,Bo", header=False, date=1, giver=2, receiver=3)
    assert problems == []
    assert found.positions == {"date": 0, "giver": 1, "receiver": 2}
    assert (found.line, found.titles) == (0, ())


@pytest.mark.parametrize(
    ("void", "place", "asked"),
    [(None, None, {3}), ("x", 4, {3, 4}), ("", NOWHERE, set()), ("Void", 3, {3})],
)
def test_the_column_of_void_marks_is_asked(void, place, asked):
    said = {} if void is None else {"void": void}
    found, left, problems = settled("date,giver,receiver,void,x", "a,b,c,d,e", **said)
    assert (found.void, found.asked(), problems) == (place, asked, [])
    assert left == [name for at, name in ((3, "void"), (4, "x")) if at not in asked]


def test_a_column_without_a_name_is_told_of_if_something_stands_in_it():
    source, found = header_of("date,,giver,", "a,b,c,")
    assert found.others == {"number 2, without a name": 1}
    assert (source.rows, list(source.lines)) == ([["a", "b", "c", ""]], [2])


# ------------------------------------------------------------------ refused

MISSING = "missing columns: date, giver, receiver"
NAMED = "correct the header, or name them: --columns date=HEADER,giver=HEADER,receiver=HEADER"
MISSPELLED = "there is no column 'reciever'; did you mean receiver?"
DATA = "if this line is a referral already: --no-header --columns"
POSITIONS = {"header": False, "date": 1, "giver": 2}
OWN, THERE = {"nameable": False}, "the columns are: date, giver, to"


@pytest.mark.parametrize(
    ("text", "said", "message", "hint"),
    [
        ("date,giver", {}, "missing column: receiver", "correct the header, or name them: "),
        ("giver,receiver", {}, "missing column: date", "name it: --columns date=HEADER"),
        ("a,b", {}, MISSING, f"{NAMED}; without a header: --no-header"),
        ("a,b", OWN, MISSING, "let the first line name the columns: date,giver,receiver"),
        ("2026-01-05,Ann,Bo", {}, MISSING, f"{DATA} date=1,giver=2,receiver=3"),
        ("Ann,5/1/2026,Bo", {}, MISSING, f"{DATA} date=2,giver=1,receiver=3"),
        ("x,y", {"header": False}, MISSING, "without a header, give positions: --columns date=1,"),
        ("date,person", {}, "missing columns: giver, receiver", "add a column direction (given or"),
        ("by x|date,giver,receiver", {}, MISSING, "line 2 names the columns: remove the lines"),
        ("# x|# y|Date, Giver,receiver,z", {}, MISSING, "leave out the lines above line 3: --comm"),
        ("date,giver,reciever", {}, MISSPELLED, "correct the header, or leave it out: --columns"),
        ("date,giver,reciever", OWN, MISSPELLED, "correct the header"),
        ("date,date,giver,receiver", {}, "the column 'date' appears 2 times", "give each its own"),
        ("date,giver,to", {"receiver": "z"}, "there is no column 'z' for receiver", THERE),
        ("date,giver,to", {"receiver": 4}, "there is no column '4' for receiver", THERE),
        ("date,giver,to", {"receiver": 10**5}, "there is no column '100000' for receiver", THERE),
        (
            "a,b",
            {**POSITIONS, "receiver": 3},
            "there is no column '3' for receiver: this row has 2",
            "without a header, give a position: receiver=1",
        ),
        (
            "a b c",
            {**POSITIONS, "receiver": 1},
            "there is no column '2' for giver: this row has 1",
            "if blanks separate the fields, say --delimiter space",
        ),
    ],
)
def test_a_header_is_refused_with_the_remedy_that_fits(text, said, message, hint):
    _, _, (problem,) = settled(*text.split("|"), **said)
    assert problem[:2] == (1, message)
    assert problem[2].startswith(hint)


def test_a_word_of_another_table_is_no_misspelling():
    for word in ("states", "county", "account"):
        _, left, problems = settled(f"giver,receiver,{word}", required=("giver",))
        assert (left, problems) == ([word], [])


def test_where_nothing_is_ours_no_word_is_called_misspelled():
    _, _, problems = settled("dates,givers", required=("date", "giver"))
    assert [message for _, message, _ in problems] == [
        "there is no column 'dates'; did you mean date?",
        "there is no column 'givers'; did you mean giver?",
    ]
    _, _, problems = settled("notes,x", required=("giver",))
    assert [message for _, message, _ in problems] == ["missing column: giver"]


def test_a_name_that_looks_like_one_of_ours_is_left_where_ours_is_there():
    _, left, problems = settled("date,giver,receiver,givers")
    assert (left, problems) == (["givers"], [])
