"""What a meeting decided, written down all at once, and about oneself."""

from __future__ import annotations

import csv
import io
import json
import shlex

import pytest

from refgraph.keeping.new_book import sample_book

DAY = ("--today", "2026-10-01")
TABLE = """Who,What,By_when
me,ask the notary,2026-10-20
Hiro,"send the list, at last",10/31/26
,Who could take over?,
=1+1,hosts,2026-10-05
"""


@pytest.fixture
def book(tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    for name, text in sample_book().items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "decisions.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def listed(run, book, *words):
    rows = json.loads(run("decisions", book, *DAY, "-O", "json", *words).stdout)
    return [(row["person"], row["what"], row["until"], row["state"]) for row in rows]


def test_a_table_is_written_at_once_and_taken_back_at_once(run, book, table):
    before = (book / "touches.csv").read_bytes()
    refused = run("decisions", book, *DAY, "--add", table, status=1)
    assert "Hiro Tanabe" in refused.stderr
    assert (book / "touches.csv").read_bytes() == before
    done = run("decisions", book, *DAY, "--add", table, "--new")
    assert "Added 3 decisions" in done.stderr
    assert f"left out, without who and by when: line 4 of {table}" in done.stderr
    assert listed(run, book) == [
        ("=1+1", "hosts", "2026-10-05", "open"),
        ("Robin Hale", "ask the notary", "2026-10-20", "open"),
        ("Hiro", "send the list, at last", "2026-10-31", "open"),
    ]
    again = run("decisions", book, *DAY, "--add", table, "--new")
    assert "3 decisions are in the book already" in again.stderr
    run("undo", "-b", book)
    assert (book / "touches.csv").read_bytes() == before


def test_a_name_that_is_meant_is_found(run, book, table):
    table.write_text("person;decision;deadline;with\nhiro tanabe;pays;2026-10-02;alice merton\n")
    run("decisions", book, *DAY, "--add", table)
    (row,) = json.loads(run("decisions", book, *DAY, "-O", "json").stdout)
    assert (row["person"], row["with"], row["what"]) == ("Hiro Tanabe", "Alice Merton", "pays")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("who,what,by when\nme,,2026-10-02\nme,a,2026-13-01\n", "does not say what|2026-13-01"),
        ("who,what,by when\nme,pays,\n", "'pays' does not say by when"),
        ("who,what,by when\nme,pays,2026-09-30\n", "by when 2026-09-30 is before 2026-10-01"),
        ("who,what\nme,pays\n", "there is no column by when"),
        ("who,what,by when,with\nme,pays,2026-10-02,me\n", "is no second person"),
        ("", "this file is empty"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_written(run, book, table, text, said):
    table.write_text(text, encoding="utf-8")
    before = (book / "touches.csv").read_bytes()
    told = run("decisions", book, *DAY, "--add", table, status=1).stderr
    assert all(part in told for part in said.split("|")), told
    assert (book / "touches.csv").read_bytes() == before


def test_a_table_without_a_decision_writes_nothing(run, book, table):
    table.write_text("who,what,by when\n,Who hosts?,\n,Who pays?,\n", encoding="utf-8")
    told = run("decisions", book, *DAY, "--add", table).stderr
    assert "lines 2 and 3" in told
    assert "There is no decision to write." in told


def test_names_are_not_hidden_while_they_are_written(run, book, table):
    told = run("decisions", book, "--add", table, "--incognito", status=2).stderr
    assert "leave --incognito out" in told
    assert "--new goes with --add" in run("decisions", book, "--new", status=2).stderr


def test_a_decision_about_oneself_comes_back_without_a_message_until_it_is_done(run, book):
    run("touch", "me", "decision", "--note", "ask", "--until", "2026-10-01", "-b", book, *DAY)
    row = json.loads(run("today", book, *DAY, "-O", "json").stdout)[0]
    assert (row["person"], row["lane"], row["message"]) == ("Robin Hale", "decided", None)
    told = run("today", book, *DAY, "--draft", "1", status=1).stderr
    assert "there is nobody to write to" in told
    run(*shlex.split(row["do"])[1:], *DAY)
    assert listed(run, book) == [("Robin Hale", "ask", "2026-10-01", "done")]
    assert json.loads(run("today", book, *DAY, "-O", "json").stdout)[0]["lane"] != "decided"
    assert "is you" in run("touch", "me", "call", "-b", book, status=1).stderr


def test_what_there_is_to_decide_is_a_table_to_fill_in(run, book, tmp_path):
    run("review", book, *DAY, "-o", tmp_path / "out", "--only", "csv")
    file = tmp_path / "out" / "to-decide.csv"
    rows = [*csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))]
    assert len(rows) >= 2
    run("review", book, *DAY, "-o", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    for row in rows:
        assert (row["who"], row["by when"]) == ("", "")
        assert f"<span>{row['what']}</span>" in page
    rows[0] |= {"who": "me", "by when": "2026-10-09"}
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)
    run("decisions", book, *DAY, "--add", file)
    assert listed(run, book) == [("Robin Hale", rows[0]["what"], "2026-10-09", "open")]
