"""Sheets that are no plain table, and words and marks that people write: at both doors."""

from __future__ import annotations

import csv

import pytest

from refgraph import Book
from refgraph.errors import LedgerError, OutputError

ME = "Dana Reed"
SIDES = [
    ("2026-03-01", ME, "Ann Lee", "Okafor"),
    ("2026-03-09", ME, "Bo Marsh", "Falk"),
    ("2026-03-04", "Cy Dunn", ME, "Quill"),
    ("2026-03-06", "Bo Marsh", ME, "Vance"),
]
GROUP = [
    ("2026-03-01", "Ann Lee", "Bo Marsh", "Okafor"),
    ("2026-03-04", "Bo Marsh", "Cy Dunn", "Quill"),
]
#: What a file says, whose it is, and the referrals of it.
FILES = {
    "side by side under labels": (
        (
            "GIVEN,,,,RECEIVED,,\nDate,Name,Client,,Date,Name,Client\n"
            "2026-03-01,Ann Lee,Okafor,,2026-03-04,Cy Dunn,Quill\n"
            "2026-03-09,Bo Marsh,Falk,,2026-03-06,Bo Marsh,Vance\n"
        ),
        ME,
        SIDES,
    ),
    "side by side, told by their headers": (
        (
            "Date,To,Client,Date,From,Client\n"
            "2026-03-01,Ann Lee,Okafor,2026-03-04,Cy Dunn,Quill\n"
            "2026-03-09,Bo Marsh,Falk,2026-03-06,Bo Marsh,Vance\n"
        ),
        ME,
        SIDES,
    ),
    "headers in the first column": (
        (
            "Date,2026-03-01,2026-03-04\nReferred by,Ann Lee,Bo Marsh\n"
            "Referred to,Bo Marsh,Cy Dunn\n"
            "Client,Okafor,Quill\n"
        ),
        None,
        GROUP,
    ),
    "a form": (
        (
            "Timestamp,What is your name?,Who are you giving this referral to?,Client name\n"
            "2026/03/01 8:12:44 AM GMT+1,Ann Lee,Bo Marsh,Okafor\n"
            "2026/03/04 2:01:09 PM GMT+1,Bo Marsh,Cy Dunn,Quill\n"
        ),
        None,
        GROUP,
    ),
    "wer, wem": (
        (
            "Wer;Wem;Wann;Kunde\nAnn Lee;Bo Marsh;01.03.2026;Okafor\n"
            "Bo Marsh;Cy Dunn;04.03.2026;Quill\n"
        ),
        None,
        GROUP,
    ),
    "who, to whom": (
        (
            "Who,To whom,When,About\nAnn Lee,Bo Marsh,2026-03-01,Okafor\n"
            "Bo Marsh,Cy Dunn,2026-03-04,Quill\n"
        ),
        None,
        GROUP,
    ),
    "ditto marks, remarks and a month": (
        (
            "Date,From,To,Client\nMarch\n2026-03-01,Ann Lee,Bo Marsh,Okafor\nNOTE: hall closed,,,\n"
            '2026-03-04,Bo Marsh,Cy Dunn,Quill\n"""",ditto,Ann Lee,Falk\n'
            "~~2026-03-05~~,~~Bo~~,~~Cy~~,\n"
        ),
        None,
        [*GROUP, ("2026-03-04", "Bo Marsh", "Ann Lee", "Falk")],
    ),
    "records with links": (
        (
            "Name,Date,Partner,Direction\n"
            'Okafor,"March 1st, 2026",Ann Lee (https://notes.example/1),Given\n'
            'Quill,"Wednesday, March 4, 2026",Cy Dunn (https://notes.example/2),Received\n'
        ),
        ME,
        [SIDES[0], SIDES[2]],
    ),
    "columns under each other": (
        (
            "Date        From      To        Client\n2026-03-01  Ann Lee   Bo Marsh  Okafor\n"
            "2026-03-04  Bo Marsh  Cy Dunn   Quill\n"
        ),
        None,
        GROUP,
    ),
    "arrows": (
        "Ann Lee -> Bo Marsh\nBo Marsh -> Cy Dunn\n",
        None,
        [("", giver, receiver, "") for _, giver, receiver, _ in GROUP],
    ),
    "working attorneys": (
        (
            "Date,Client,Originating attorney,Working attorney\n"
            "2026-03-01,Okafor,Ann Lee,Bo Marsh\n"
            "2026-03-04,Quill,Bo Marsh,Cy Dunn\n"
        ),
        ME,
        GROUP,
    ),
}


def _said(history):
    columns = zip(
        history["date"], history["giver"], history["receiver"], history["prospect"], strict=True
    )
    return sorted(
        (f"{day:%Y-%m-%d}" if day == day else "", *names)  # no day is not itself
        for day, *names in columns
    )


def _rows(book):
    with (book / "referrals.csv").open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        return [(row["date"], row["giver"], row["receiver"], row["prospect"]) for row in rows]


@pytest.mark.parametrize("name", FILES)
def test_a_sheet_says_the_same_at_both_doors(run, tmp_path, name):
    text, me, meant = FILES[name]
    file, book = tmp_path / "sheet.csv", tmp_path / "book"
    file.write_text(text, encoding="utf-8")
    run("import", file, "-b", book, *(["--me", me] if me else []))
    assert sorted(_rows(book)) == sorted(meant)
    known = me if any(me in row for row in meant) else None
    assert _said(Book.read(file, me=known, today="2026-06-01").history) == sorted(meant)


@pytest.mark.parametrize(
    ("text", "asked", "options", "meant"),
    [
        (
            "Date,Member,Referred to\n2026-03-01,Ann Lee,Bo Marsh\n2026-03-04,Bo Marsh,Ann Lee\n",
            "may say who gave",
            ["--columns", "giver=Member,receiver=Referred to"],
            [("2026-03-01", "Ann Lee", "Bo Marsh", ""), ("2026-03-04", "Bo Marsh", "Ann Lee", "")],
        ),
        (
            (
                "Date,From,To,Type\n2026-03-01,Ann Lee,Bo Marsh,Referral\n"
                "2026-03-04,Bo Marsh,Ann Lee,Gift\n"
            ),
            "others 'Gift'",
            ["--columns", "slip=Type"],
            [("2026-03-01", "Ann Lee", "Bo Marsh", "")],
        ),
        (
            "Date,Partner,Direction\n2026-03-01,Ann Lee,-> them\n2026-03-04,Bo Marsh,<- us\n",
            "'-> them' is no direction (nor '<- us')",
            ["--rename", "-> them=given", "--rename", "<- us=received"],
            [("2026-03-01", ME, "Ann Lee", ""), ("2026-03-04", "Bo Marsh", ME, "")],
        ),
        (
            "Member,Given,Received\nAnn Lee,2,1\nBo Marsh,0,3\n",
            "do not say who gave to whom",
            ["--columns", "person=Member"],
            [("", ME, "Ann Lee", ""), ("", "Ann Lee", ME, ""), ("", "Bo Marsh", ME, "")],
        ),
    ],
    ids=["other side", "kinds of rows", "directions", "numbers of members"],
)
def test_what_decides_is_asked_at_both_doors(run, tmp_path, text, asked, options, meant):
    file, book = tmp_path / "sheet.csv", tmp_path / "book"
    file.write_text(text, encoding="utf-8")
    told = run("import", file, "-b", book, "--me", ME, status=1)
    assert asked in told.output
    assert options[-2] in told.output
    with pytest.raises((LedgerError, OutputError), match="refgraph import"):
        Book.read(file, me=ME)
    run("import", file, "-b", book, "--me", ME, *options)
    assert _rows(book) == meant


def test_two_whole_names_in_a_cell_are_two_and_nothing_placed_is_no_success(run, tmp_path):
    file, book = tmp_path / "sheet.csv", tmp_path / "book"
    text = "Date,From,To\n2026-03-01,Ann Lee,Bo Marsh & Cy Dunn\n"
    text += "2026-03-04,Cy Dunn,Ann Lee / Bo Marsh\n"
    file.write_text(text, encoding="utf-8")
    told = run("import", file, "-b", book, status=1).output
    assert "each row names several people in one cell" in told
    file.write_text(f"{text}2026-03-05,Bo Marsh,Eve Fox & Sons\n", encoding="utf-8")
    run("import", file, "-b", book)
    assert _rows(book) == [("2026-03-05", "Bo Marsh", "Eve Fox & Sons", "")]


def test_a_chinese_name_of_two_columns_keeps_the_family_first(run, tmp_path):
    file, book = tmp_path / "sheet.csv", tmp_path / "book"
    file.write_text(
        "First Name,Last Name,Email,Referred By\n美咲,田中,m@x.example,Bea Harrow\n",
        encoding="utf-8",
    )
    run("import", file, "-b", book, "--me", ME)
    assert _rows(book) == [("", "Bea Harrow", ME, "田中美咲")]
