"""A file is taken into a book however the book is written, and a dry run says what would be."""

from __future__ import annotations

import pytest
from exports import LINKEDIN, write_book

from refgraph.keeping.engine.lock import locked

OURS = "date,giver,receiver,note\n2026-02-01,Ann Lee,Bo,roof\n"
BETWEEN = "date,giver,receiver\n2026-02-01,Cy,Bo\n"
SETTINGS = 'me = "Ann Lee"\ntoday = "2026-06-30"\n'
DIRECTION = "date,direction,person\n2026-01-01,given,Bo\n"


def folder(tmp_path, text, encoding="utf-8", **files):
    """Write a book of one table of referrals."""
    book = tmp_path / "book"
    book.mkdir()
    (book / "refgraph.toml").write_text(SETTINGS)
    (book / "referrals.csv").write_bytes(text.encode(encoding))
    for name, content in files.items():
        (book / f"{name}.csv").write_text(content)
    return book


def given(tmp_path, text):
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "export", "message"),
    [
        ("date,giver,receiver\n", OURS, "there is no column note for 'roof'"),
        (DIRECTION, BETWEEN, "this file names only the other person: 'Cy' to 'Bo'"),
        (None, LINKEDIN, "a single table has no place for people"),
    ],
)
def test_a_dry_run_refuses_what_the_import_would_refuse(run, tmp_path, text, export, message):
    book = folder(tmp_path, text or BETWEEN)
    book = book if text else book / "referrals.csv"
    file = given(tmp_path, export)
    tried = run("import", file, "-b", book, "--dry-run", status=1)
    done = run("import", file, "-b", book, status=1)
    assert (tried.stdout, done.stdout) == ("", "")
    assert message in tried.stderr
    assert "Nothing would be written.\n" in tried.stderr
    assert tried.stderr.replace("would be", "was") == done.stderr


def test_a_dry_run_waits_for_no_writer_and_leaves_the_folder_alone(run, tmp_path):
    book = write_book(tmp_path / "book")
    stray = book / ".refgraph-x.new"
    stray.touch()
    with locked(book):
        result = run("import", given(tmp_path, OURS), "-b", book, "--dry-run")
    assert result.stdout.startswith("date,giver,receiver,note,id\n2026-02-01,Ann Lee,Bo,roof,")
    assert stray.exists()


@pytest.mark.parametrize("table", [DIRECTION, None])
def test_an_alias_of_me_is_me_where_a_row_names_only_the_other_person(run, tmp_path, table):
    book = folder(tmp_path, table or "", people="person,aliases\nAnn Lee,A. Lee;Annie\n")
    if table is None:
        (book / "referrals.csv").unlink()
        (book / "given.csv").write_text("date,person\n")
        (book / "received.csv").write_text("date,person\n")
    rows = "date,giver,receiver\n2026-02-01,A. Lee,Bo\n2026-02-02,Cy,Annie\n"
    file = given(tmp_path, rows)
    assert "2 new (2 referrals)" in run("import", file, "-b", book).stderr
    assert "0 new, 2 already there" in run("import", file, "-b", book).stderr
    if table:
        added = "2026-02-01,given,Bo\n2026-02-02,received,Cy\n"
        assert (book / "referrals.csv").read_text() == table + added
    else:
        assert (book / "given.csv").read_text() == "date,person\n2026-02-01,Bo\n"
        assert (book / "received.csv").read_text() == "date,person\n2026-02-02,Cy\n"


@pytest.mark.parametrize(
    ("text", "encoding", "options", "added"),
    [
        (
            "when,from,to\n2026-01-01,Ann,Bo\n",
            "utf-8",
            ["--book-columns", "date=when,giver=from,receiver=to"],
            "2026-02-01,Cy,Bo\n",
        ),
        (
            "# mine\ndate,giver,receiver\n2026-01-01,Ann,Bo\n",
            "utf-8",
            ["--book-comment", "#"],
            "2026-02-01,Cy,Bo\n",
        ),
        (
            "date;giver;receiver\r\n01.01.2026;Ann;Jürgen\r\n",
            "cp1252",
            ["--book-encoding", "cp1252", "--book-date-format", "%d.%m.%Y"],
            "01.02.2026;Cy;Bo\r\n",
        ),
        (
            "date,giver,receiver\n2026-01-01,Ann,Jürgen\n",
            "utf-16",
            ["--book-encoding", "utf-16"],
            "2026-02-01,Cy,Bo\n",
        ),
        (
            "2026-01-01 Ann Bo\n",
            "utf-8",
            [
                "--book-no-header",
                "--book-columns=date=1,giver=2,receiver=3",
                "--book-delimiter=space",
            ],
            "2026-02-01 Cy Bo\n",
        ),
    ],
)
def test_a_book_that_is_written_in_another_way_is_added_to_in_that_way(
    run, tmp_path, text, encoding, options, added
):
    book = folder(tmp_path, text, encoding)
    file = given(tmp_path, BETWEEN)
    assert "1 new (1 referral)" in run("import", file, "-b", book, *options).stderr
    assert (book / "referrals.csv").read_bytes() == (text + added).encode(encoding)
    assert "0 new, 1 already there" in run("import", file, "-b", book, *options).stderr
    people = given(tmp_path, LINKEDIN)
    assert "2 new (2 people)" in run("import", people, "-b", book, *options).stderr
    assert "0 new, 2 already there" in run("import", people, "-b", book, *options).stderr


def test_an_amount_is_added_with_the_decimal_comma_of_the_book(run, tmp_path):
    book = folder(tmp_path, "date;giver;receiver;value\n2026-01-01;Ann;Bo;1,5\n")
    file = given(tmp_path, "date,giver,receiver,value\n2026-02-01,Cy,Bo,1250.50\n")
    run("import", file, "-b", book, "--book-decimal-comma")
    assert (book / "referrals.csv").read_text().endswith("2026-02-01;Cy;Bo;1250,50\n")
    said = run("import", file, "-b", book, "--book-decimal-comma").stderr
    assert "0 new, 1 already there" in said


@pytest.mark.parametrize(
    ("text", "encoding", "remedy"),
    [
        ("date,giver,receiver\n2026-01-01,Ann,Jürgen\n", "cp1252", "say --book-encoding cp1252"),
        ("# mine\ndate,giver,receiver\n", "utf-8", '--book-comment "#"'),
        ("when,sender,taker\n", "utf-8", "--book-columns date=HEADER"),
    ],
)
def test_the_remedy_for_a_book_names_the_option_that_is_about_the_book(
    run, tmp_path, text, encoding, remedy
):
    book = folder(tmp_path, text, encoding)
    said = run("import", given(tmp_path, BETWEEN), "-b", book, status=1).stderr
    assert remedy in said
    assert "referrals.csv:" in said


def test_rows_that_have_the_day_of_an_option_are_told_of_where_the_book_has_no_day(run, tmp_path):
    book = write_book(tmp_path / "book")
    file = given(tmp_path, "giver,receiver,note\nCy,Bo,roof\nBo,Cy,door\n")
    run("import", file, "-b", book)
    said = run("import", file, "-b", book, "--date", "2026-02-01").stderr
    assert "but for the day of --date 2 rows equal one of the book that has no date" in said
    assert "but for the day" not in run("import", file, "-b", book, "--date", "2026-02-01").stderr
    dated = given(tmp_path, "date,giver,receiver,note\n2026-03-01,Cy,Bo,roof\n")
    assert "but for the day" not in run("import", dated, "-b", book).stderr


@pytest.mark.parametrize(
    ("rules", "status", "message"),
    [("hubspott", 1, "did you mean hubspot?"), ("", 2, "the rules file has no name")],
)
def test_a_layout_that_is_misspelled_is_suggested(run, tmp_path, rules, status, message):
    book, file = write_book(tmp_path / "book"), given(tmp_path, OURS)
    assert message in run("import", file, "-b", book, "--rules", rules, status=status).stderr


def test_a_referral_that_has_moved_on_in_the_export_is_listed_until_the_book_says_so(run, tmp_path):
    book = write_book(tmp_path / "book")
    rows = "date,giver,receiver,status,id\n2026-02-01,Cy,Bo,{},d1\n2026-02-02,Cy,Al,{},\n"
    run("import", given(tmp_path, rows.format("", "met")), "-b", book)
    file = given(tmp_path, rows.format("won", "given"))
    said = run("import", file, "-b", book).stderr
    assert "1 row of the book is different in the file by now, and stays as it is:\n" in said
    assert "  line 2: status given → won\n  = to write it" in said
    run("status", "d1", "won", "-b", book)
    assert "different" not in run("import", file, "-b", book).stderr


def test_the_day_of_an_option_is_not_in_the_future(run, tmp_path):
    book, file = write_book(tmp_path / "book"), given(tmp_path, "giver,receiver\nCy,Bo\n")
    day = ["--date", "2026-07-02", "--today", "2026-06-30"]
    said = run("import", file, "-b", book, *day, status=1).stderr
    assert said.startswith(f"{file}: 2026-07-02 is after today, 2026-06-30\n")


def test_the_remedy_for_an_amount_names_the_option_of_an_import(run, tmp_path):
    book = write_book(tmp_path / "book")
    file = given(tmp_path, 'date,giver,receiver,value\n2026-02-01,Cy,Bo,"1,5"\n')
    said = run("import", file, "-b", book, "--decimal", "point", status=1).stderr
    assert "if the comma is a decimal comma, say so: --decimal comma\n" in said


def test_a_second_row_of_an_id_is_refused_the_next_time_too(run, tmp_path):
    book = write_book(tmp_path / "book")
    rows = "2026-02-01,Cy,Bo,d1\n2026-02-02,Cy,Al,d1\n2026-02-01,Cy,Bo,d1\n"
    file = given(tmp_path, f"date,giver,receiver,id\n{rows}")
    message = "file.csv:3: the id 'd1' is already used on line 2\n"
    said = run("import", file, "-b", book, "--partial").stderr
    assert message in said
    assert "1 new (1 referral), 1 already there, 1 refused" in said
    said = run("import", file, "-b", book, "--partial").stderr
    assert message in said
    assert "0 new, 2 already there, 1 refused" in said
