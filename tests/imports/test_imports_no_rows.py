"""What stands in a table and is no referral, or may be none, is left out and said, or asked."""

from __future__ import annotations

import csv
import io

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
    told = f"left out 1 row that '{title}' marks: line 3; if each counts: --columns 'note={title}'"
    assert told in " ".join(plan.notes)
    every = take(book, export("y.csv", rows), columns={"note": title})
    assert [row["receiver"] for row in every.rows["referrals"]] == ["Cy Dunn"]


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
    with pytest.raises(LedgerError, match=f"'{title}' marks some rows") as error:
        take(book, path)
    hint = error.value.problems[0].hint
    assert ("skip" in hint) == ('"' not in cells[1])
    every = take(book, path, columns={"note": title})  # as is advised
    assert len(every.rows["referrals"]) == len(cells)


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
