"""A column that marks rows as void: which rows, how sure that is, and what is asked or told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph.names.void_marks import (
    VoidMarks,
    is_asked,
    is_called,
    marks_of,
    said_places,
    void_marks,
)
from refgraph.schema.distinct_values import Column

CELLS = st.sampled_from(["", " ", "x", "X", "no", "-", "yes", "2026-01-05", "n/a", "1", "0.0", "?"])


def found(title, *cells, told=False):
    return void_marks(title, Column.of(cells), is_told=told)


@pytest.mark.parametrize(
    ("cell", "marked", "sure"),
    [
        # nothing, and what says no
        *(
            (cell, False, None)
            for cell in ("", "  ", "no", "N", "FALSE", "0", "0.00", "0 0", "nein")
        ),
        *(
            (cell, False, None)
            for cell in ("-", "\u2014", "\u2610", "n/a", "unknown", "Não", "faux")
        ),
        # what can only say yes
        *(
            (cell, True, True)
            for cell in ("x", "X", "yes", "1", "1.0", "ja", "true", "void", "VOIDED")
        ),
        *((cell, True, True) for cell in ("\u2713", "*", "duplicate of", "gelöscht", "invalid")),
        # what says something, and not what
        *((cell, True, False) for cell in ("2026-01-05", "Ann Lee", "2", "7.0", "double", "10")),
    ],
)
def test_a_cell_marks_its_row(cell, marked, sure):
    marks = found("Void", cell, "no")
    assert (marks is not None) == marked
    if marked:
        assert (marks.title, marks.places, marks.cells) == ("Void", [0], [cell.strip()])
        assert marks.is_clear == sure


@pytest.mark.parametrize("cell", ["?", "x?", "void?", "1 ?", "x\uff1f", "x\u061f", "\u00bfx"])
def test_whoever_doubts_is_asked(cell):
    assert not found("Void", cell).is_clear


@pytest.mark.parametrize(
    ("title", "told", "clear"),
    [
        *(("Void", False, True), (" Deleted on ", False, True), ("Invalid", False, True)),
        *(("Cancelled", False, False), ("Cancelled", True, True), ("Mark", True, True)),
        ("Mark", False, None),
    ],
)
def test_a_header_is_sure_or_somebody_says_so(title, told, clear):
    marks = found(title, "x", "", "x", told=told)
    assert (marks and marks.is_clear) == clear
    if marks:
        assert (marks.title, marks.places, marks.cells) == (title.strip(), [0, 2], ["x"])


@pytest.mark.parametrize(
    ("title", "told", "asked"),
    [
        *(("Void", None, True), ("Void", "", False), ("Void", "mark", True), ("Mark", None, False)),
        *(("Mark", " MARK: ", True), ("Marks", "mark", False), ("", None, False)),
    ],
)
def test_which_column_is_asked(title, told, asked):
    assert is_asked(title, told) is asked


@pytest.mark.parametrize(
    ("title", "told", "same"),
    [
        *(("Void?", "void", True), ("Row  Void *", "row void", True), ("Void", None, False)),
        *(("Void (2)", "void", False), ("", "", True), ("Voids", "void", False)),
    ],
)
def test_a_column_is_called_by_its_name(title, told, same):
    assert is_called(title, told) is same


# ------------------------------------------------------------------ several columns


def places(told=None, **columns):
    cells = [(title, Column.of(text.split("|"))) for title, text in columns.items()]
    return [(each.title, each.places, each.is_clear) for each in marks_of(cells, told)]


def test_each_row_stands_under_the_first_column_that_marks_it():
    assert places(Void="x||x|", Deleted="x|x||") == [("Void", [0, 2], True), ("Deleted", [1], True)]
    assert places(Void="x|", Deleted="x|") == [("Void", [0], True)]
    assert places("deleted", Void="x|x|", Deleted="x||") == [
        *(("Deleted", [0], True), ("Void", [1], True)),
    ]


def test_one_that_is_not_sure_is_asked_about_though_another_marks_its_rows():
    assert places(Void="x|", Cancelled="x|") == [("Void", [0], True), ("Cancelled", [0], False)]
    assert places(Void="|", Note="x|x") == []


def test_nothing_is_void_where_somebody_says_so():
    assert places("", Void="x|", Deleted="|x") == []


def test_where_every_row_is_marked_it_is_asked_unless_one_alone_is_told():
    asked = marks_of([("Void", Column.of(["x", "x"])), ("Deleted", Column.of(["", "x"]))])
    assert [(each.title, each.is_clear, each.together) for each in asked] == [
        ("Void", False, ["Void"])
    ]
    both = {"Void": Column.of(["x", ""]), "Deleted": Column.of(["", "x"])}
    asked = marks_of(both.items())
    assert [each.together for each in asked] == [["Void", "Deleted"]] * 2
    assert not any(each.is_clear for each in asked)
    (alone,) = marks_of(both.items(), "Deleted")
    assert (alone.title, alone.places, alone.is_clear) == ("Deleted", [1], True)
    every = marks_of([("Void", Column.of(["x", "x"]))], "void")
    assert [each.is_clear for each in every] == [False]


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5), st.sampled_from([None, "void", "off", ""]))
def test_no_row_is_left_out_twice_nor_any_that_nothing_marks(rows, told):
    columns = [("Void", Column.of([row[0] for row in rows]))]
    columns.append(("Deleted", Column.of([row[1] for row in rows])))
    marks = marks_of(columns, told)
    out = [place for each in marks if each.is_clear for place in each.places]
    assert len({*out}) == len(out)
    for place in out:
        assert any(cell.strip() not in ("", "no", "-", "n/a", "0.0") for cell in rows[place])
    if told != "" and out:
        assert len(out) < len(rows), "somebody is asked first"


# ------------------------------------------------------------------ what is said


def test_one_column_is_asked_about_by_a_cell_that_may_mean_something_else():
    marks = VoidMarks("Off", [0, 1], ["x", "2026-01-05"], is_clear=False)
    message, remedy = marks.question()
    assert message == "the column 'Off' marks some rows, like '2026-01-05'"
    assert remedy == (
        "if each is a referral: --columns void=; if those rows are none: --columns 'void=Off'"
    )
    assert VoidMarks("Off", [0], ["x"], is_clear=False).question()[0].endswith("like 'x'")


def test_columns_that_leave_no_row_are_asked_about_together():
    one = VoidMarks("Off", [0], ["x"], is_clear=False, together=["Off"]).question()
    assert one == (
        "the column 'Off' marks every row, so that none would count",
        "if each is a referral: --columns void=",
    )
    two = VoidMarks("Off", [0], ["x"], is_clear=False, together=["Off", "Void"]).question()
    assert two == (
        "the columns 'Off' and 'Void' mark every row, so that none would count",
        "if each is a referral: --columns void=; if 'Off' alone says so: --columns 'void=Off'",
    )


def test_what_is_left_out_is_told_with_its_places():
    marks = VoidMarks("Void", [1], ["x"], is_clear=True)
    assert marks.told(["3"]) == (
        "left out 1 row that 'Void' marks: line 3; if each counts: --columns void="
    )
    many = [str(place) for place in range(2, 23)]
    assert said_places(many[:20]) == f"lines {', '.join(many[:20])}"
    assert said_places(many) == f"lines {', '.join(many[:20])}, ..."
    assert said_places(["row label 'a'", "row label 'b'"]) == "row label 'a', row label 'b'"
