"""What stands in a table and is no referral, or may be none, is left out and said, or asked."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd
import pytest
from exports import take

from refgraph import Book
from refgraph.errors import LedgerError
from refgraph.imports.cells.date_order import settle_days
from refgraph.imports.cells.totals import summary_of
from refgraph.names.summary_words import is_summary
from refgraph.schema.text import FieldError

ME = "Ann"


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("From,To,Count", "Average"),
        ("Empfohlen von,Empfohlen an,Anzahl", "Ziel 2026"),
        ("Recommandé par,Recommandé à,Nombre", "Année précédente"),
        ("Referido por,Referido a,Cantidad", "Promedio"),
        ("Segnalato da,Segnalato a,Numero", "Anno scorso"),
        ("Doorverwezen door,Doorverwezen naar,Aantal", "Vorig jaar"),
        ("Indicado por,Indicado para,Quantidade", "Média mensal"),
    ],
)
def test_an_average_or_a_goal_is_nobody_in_any_language(book, export, header, word):
    rows = f"{header}\n{word},,9\nAnna Lang,Bo Sund,3\nBo Sund,Anna Lang,2\n{word},,2071\n"
    plan = take(book, export("x.csv", rows))
    assert plan.left_out == {"totals": 2}
    assert f"left out line 5, a summary: '{word}, 2071'" in " ".join(plan.notes)


@pytest.mark.parametrize(
    "name", ["Max", "Min Park", "Goal Getters", "Target Legal", "Best", "Ann", "Massimo", "LY"]
)
def test_names_that_sound_like_a_summary_are_none(name):
    assert not is_summary(name)


def test_who_is_called_so_can_be_said(book, export):
    path = export("x.csv", "From,To,Count\nTarget,,3\nBo Sund,Anna Lang,2\nAnna Lang,Bo Sund,4\n")
    assert take(book, path).left_out == {"total": 1}
    with pytest.raises(LedgerError, match="there is no column 'frm'"):
        take(book, path, above=("Frm",))


@pytest.mark.parametrize("title", ["Void?", "Deleted", "Doppelt", "Doublon", "Excluído"])
def test_rows_that_a_column_marks_as_void_are_left_out_and_told(book, export, title):
    rows = f"Date,From,To,{title}\n2026-01-05,Ann Lee,Bo Sund,no\n2026-01-06,Bo Sund,Cy Dunn,x\n"
    plan = take(book, export("x.csv", rows))
    assert [row["giver"] for row in plan.rows["referrals"]] == ["Ann Lee"]
    told = f"left out 1 row that '{title}' marks: line 3; if each counts: --columns void="
    assert told in " ".join(plan.notes)
    every = take(book, export("y.csv", rows), columns={"void": ""})
    assert [row["receiver"] for row in every.rows["referrals"]] == ["Cy Dunn"]


@pytest.mark.parametrize("cells", [("0.0", "1.0"), ("0.00", "1.00"), ("0", "1"), ("false", "true")])
def test_a_number_that_marks_is_the_same_with_its_decimals(book, export, cells):
    path = export("x.csv", as_csv(["Date", "From", "To", "Void"], cells))
    assert [row["receiver"] for row in take(book, path).rows["referrals"]] == ["Bo Sund"]


def test_a_total_of_a_pivot_is_nobody_in_german_too(book, export):
    rows = "Von,An,Anzahl von Klient\nAnn Lee,Bo Sund,3\nGesamtergebnis,,3\n"
    plan = take(book, export("x.csv", rows))
    assert [(row["giver"], row["count"]) for row in plan.rows["referrals"]] == [("Ann Lee", 3)]
    assert plan.left_out == {"total": 1}


def test_rows_that_a_column_calls_off_are_asked_about(book, export):
    rows = "Date,From,To,Cancelled\n2026-01-05,Ann Lee,Bo Sund,\n2026-01-06,Bo Sund,Cy Dunn,x\n"
    with pytest.raises(LedgerError, match="'Cancelled' marks some rows, like 'x'"):
        take(book, export("x.csv", rows))


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("Void", ["", "not void"]),
        ("Duplicates", ["1", "2"]),
        ("Deleted", ["x", "x"]),
        ("Voided on", ["", "2026-02-01"]),
        ("Cancelled", ["", 'he said "no"']),
    ],
)
def test_marks_that_may_mean_something_else_are_asked_about(book, export, title, cells):
    path = export("x.csv", as_csv(["Date", "From", "To", title], cells))
    with pytest.raises(LedgerError, match=f"'{title}' marks (some rows|every row)") as error:
        take(book, path)
    hint = error.value.problems[0].hint
    every = take(book, path, columns={"void": ""})  # as is advised
    assert len(every.rows["referrals"]) == len(cells)
    if "every row" not in str(error.value):  # as is advised, too
        (said,) = re.findall(r"if those rows are none: --columns '(void=.*)'$", hint)
        kept = take(book, path, columns=dict([said.split("=")]))
        assert len(kept.rows["referrals"]) < len(cells)


def as_csv(titles, cells):
    rows = [("2026-01-05", "Ann Lee", "Bo Sund", cells[0]), ("2026-01-06", "Bo", "Cy", cells[1])]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([titles, *rows])
    return text.getvalue()


def test_a_row_with_its_own_day_is_a_referral_whatever_its_giver_is_called():
    assert summary_of(["2026-03-01", "Target", "300"]) == ""
    assert summary_of(["Mar 2026", "Target", "300"]) == "Target"


def test_clients_whose_referrer_may_stand_once_are_told(book, export):
    rows = "Referred By,Client\nBo Sund,Okafor Ray\n,Diaz Sol\n"
    notes = " ".join(take(book, export("x.csv", rows), me=ME).notes)
    assert "1 cell under 'Referred By' is blank, and its row says no referral" in notes


def test_a_month_of_a_year_is_not_taken_for_a_day_of_it():
    days = settle_days(["3/14/2026", "5/15/2026", "4/26", "4/27"])
    assert str(days.read("4/27")) == "2026-04-27"
    with pytest.raises(FieldError, match="may be a day of 2026, or a month of that year"):
        days.read("4/26")


@pytest.mark.parametrize("above", ["FY2026", "2025/26", "Geschäftsjahr 2026"])
def test_months_of_a_fiscal_year_have_no_year(book, export, above):
    rows = f"{above}\nReferred by,Jul,Aug,Sep\nBo Sund,1,0,2\n"
    plan = take(book, export("x.csv", rows), me=ME)
    assert "the months may be of two calendar years" in " ".join(plan.notes)


def test_a_frame_with_columns_in_and_out_is_read_as_its_file_is():
    frame = pd.DataFrame({"Name": ["Cy Dunn", "Bo Sund"], "IN": [3, 0], "OUT": [1, 2]})
    book = Book.from_frames(frame, me="Ann Lee", today="2026-06-30")
    rows = book.referrals[["giver", "receiver", "count"]].to_numpy().tolist()
    assert sorted(rows) == [
        ["Ann Lee", "Bo Sund", 2],
        ["Ann Lee", "Cy Dunn", 1],
        ["Cy Dunn", "Ann Lee", 3],
    ]


def test_and_one_with_a_word_of_no_direction_asks_with_a_command_that_can_be_typed():
    frame = pd.DataFrame({"Name": ["Cy Dunn"] * 3, "Direction": ["IN", "OUT", "sideways"]})
    with pytest.raises(LedgerError) as raised:
        Book.from_frames(frame, me="Ann Lee", today="2026-06-30")
    (problem,) = raised.value.problems
    assert "frame.to_csv" in problem.hint
    assert "--rename 'sideways=given'" in problem.hint


def test_a_matter_with_another_number_is_another_one(book, export):
    head = "Date,From,To,Client\n"
    take(book, export("x.csv", head + "2026-01-05,Ann Lee,Bo Sund,Matter 17\n"))
    plan = take(book, export("y.csv", head + "2026-01-05,Ann Lee,Bo Sund,Matter 18\n"))
    assert len(plan.rows["referrals"]) == 1


def test_an_index_called_as_a_column_is_the_column():
    months = {"Jan": [1, 2], "Feb": [0, 1], "Mar": [1, 1]}
    frame = pd.DataFrame({"Referred by": ["Ann", "Bo"], **months})
    indexed = frame.set_index("Referred by", drop=False)
    kept, plain = (Book.from_frames(each, me="Zoe") for each in (indexed, frame))
    assert kept.history["count"].sum() == plain.history["count"].sum() == 6


VOIDED = {
    "a table of a book": (
        "date,giver,receiver,Void",
        ("2026-01-05,Ann,Bo,", "2026-01-06,Cy,Ann,x"),
    ),
    "an edge list": ("Source,Target,Weight,Void", ("Ann,Bo,2,", "Cy,Ann,3,yes")),
    "given and received": ("Name,Given,Received,Void", ("Bo Park,2,1,", "Cy Dunn,4,0,x")),
    "months": (
        "Referred by,Jan 2026,Feb 2026,Mar 2026,Void",
        ("Bo Park,2,1,0,", "Cy Dunn,4,0,1,x"),
    ),
    "ticks": ("Date,Name,Gave,Got,Void", ("2026-01-05,Bo Park,x,,", "2026-01-06,Cy Dunn,,x,1")),
    "a tracker": (
        "Date,Referred by,Client,Void",
        ("2026-01-05,Bo Park,Kim Ono,", "2026-01-06,Cy Dunn,Lou Bay,x"),
    ),
    "a word of the outcome": (
        "Date,Referred by,Client,Status",
        ("2026-01-05,Bo Park,Kim Ono,Won", "2026-01-06,Cy Dunn,Lou Bay,Void"),
    ),
}


@pytest.mark.parametrize("shape", VOIDED)
def test_a_void_row_counts_through_no_door(book, export, shape):
    header, rows = VOIDED[shape]
    path = export("x.csv", "\n".join([header, *rows, ""]))
    whole = export("y.csv", "\n".join([header, rows[0], ""]))
    assert take(book, whole).rows["referrals"]
    assert not take(book, path).rows["referrals"]
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    read = Book.read(path, me=ME)
    for found in (read, Book.from_frames(frame, me=ME)):
        assert found.history["count"].sum() == Book.read(whole, me=ME).history["count"].sum() > 0
        assert any("left out 1 row that" in note for note in found.notes)
        assert found.left_out == 0


@pytest.mark.parametrize("shape", [each for each in VOIDED if "outcome" not in each])
def test_rows_that_are_called_off_are_asked_about_through_each_door(book, export, shape):
    header, rows = VOIDED[shape]
    path = export("x.csv", "\n".join([header.replace("Void", "Cancelled"), *rows, ""]))
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    question = "(?i)the column 'Cancelled' marks some rows"
    for ask in (take, lambda _, name: Book.read(name, me=ME)):
        with pytest.raises(LedgerError, match=question):
            ask(book, path)
    with pytest.raises(LedgerError, match=question):
        Book.from_frames(frame, me=ME)
    frame = frame.astype(str)
    (added,) = {len(take(book, path, columns={"void": ""}).rows["referrals"])} - {0}
    assert len(Book.read(path, me=ME, columns={"void": ""}).history) == added
    assert len(Book.from_frames(frame, me=ME, columns={"void": None}).history) == added


def test_a_book_that_is_written_in_sees_its_void_rows(tmp_path):
    header, rows = VOIDED["a table of a book"]
    (tmp_path / "referrals.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    assert len(Book.read(tmp_path).history) == 1
    again = tmp_path.parent / "again.csv"
    again.write_text("date,giver,receiver\n2026-01-06,Cy,Ann\n", encoding="utf-8")
    assert not take(tmp_path, again).rows["referrals"]


@pytest.mark.parametrize(
    "header", ["Name,Given,Received,Other", "Referred by,Jan 2026,Feb 2026,Mar 2026"]
)
def test_a_summary_in_a_table_of_counts_is_a_person_where_that_is_said(book, export, header):
    path = export("x.csv", f"{header}\nBo Sund,2,1,0\nGoal,1,3,0\nCy Dunn,0,4,0\n")
    plan = take(book, path, me=ME)
    said = re.findall(r"a summary: 'Goal.*?\)", " ".join(plan.notes))
    assert said == ["a summary: 'Goal, 1, 3, 0' (if it is a name: --new-person 'Goal')"]
    told = take(book, path, me=ME, newcomers=("Goal",))
    assert {"Goal"} <= {row["giver"] for row in told.rows["referrals"]}
    told = take(book, path, me=ME, renames={"Goal": "Goal Legal"})
    assert {"Goal Legal"} <= {row["giver"] for row in told.rows["referrals"]}
