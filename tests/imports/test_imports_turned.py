"""Headers, names of sheets and columns that turn a direction round."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from refgraph.cli import main

BY_ME = ("Referred by me to", "Sent by us to", "Given by me to")
TO_ME = (
    "Referred to me by",
    "Given to us by",
    "Sent to me by",
    "Introduced to me by",
    "Passed to us by",
    "Referred to firm by",
)


def taken(file, book):
    """Import a file, whether that is refused or not."""
    return CliRunner().invoke(main, ["import", str(file), "-b", str(book), "--me", "Dana Reed"])


def rows_of(book):
    return (book / "referrals.csv").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("header", [*BY_ME, *TO_ME])
def test_of_two_prepositions_the_last_says_whose_name_stands_there(run, tmp_path, header):
    file, book = tmp_path / "log.csv", tmp_path / "book"
    file.write_text(f"Date,{header},Client\n2025-01-05,Bob Stone,Jill Hay\n", encoding="utf-8")
    run("import", file, "-b", book, "--me", "Dana Reed")
    two = ("Bob Stone", "Dana Reed") if header in TO_ME else ("Dana Reed", "Bob Stone")
    assert [row.split(",")[1:3] for row in rows_of(book)] == [[*two]]


@pytest.mark.parametrize("header", ["They referred to me", "Sent to me", "Given to us"])
def test_a_name_under_to_me_is_never_who_received(tmp_path, header):
    file, book = tmp_path / "log.csv", tmp_path / "book"
    file.write_text(f"Date,{header},Client\n2025-01-05,Bob Stone,Jill Hay\n", encoding="utf-8")
    assert taken(file, book).exit_code in (0, 1)
    rows = rows_of(book) if book.exists() else []
    assert not any(row.split(",")[2] == "Bob Stone" for row in rows)


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("Sent", "Dana Reed"),
        ("referrals given 2025", "Dana Reed"),
        ("Received", "Bob Stone"),
        ("Sent to me", None),
        ("They sent", None),
        ("Given by partners", None),
        ("not sent", None),
    ],
)
def test_the_name_of_a_file_decides_only_where_nothing_in_it_turns_it(tmp_path, name, direction):
    file, book = tmp_path / f"{name}.csv", tmp_path / "book"
    file.write_text("Date,Name,Client\n2025-01-05,Bob Stone,Jill Hay\n", encoding="utf-8")
    done = taken(file, book)
    givers = [row.split(",")[1] for row in rows_of(book)] if book.exists() else []
    assert givers == ([] if direction is None else [direction])
    if direction is not None:
        assert f"as the name '{name}" in done.stderr


@pytest.mark.parametrize("header", ["They", "What they did", "Partner's direction"])
def test_a_direction_of_the_partner_is_not_taken_for_mine(run, tmp_path, header):
    file, book = tmp_path / "log.csv", tmp_path / "book"
    text = f"Date,Partner,{header}\n2025-01-05,Ann Lee,gave\n2025-01-06,Bob Stone,received\n"
    file.write_text(text, encoding="utf-8")
    run("import", file, "-b", book, "--me", "Dana Reed", status=1)
    assert not book.exists() or not rows_of(book)


@pytest.mark.parametrize(("header", "word"), [("Closed?", "No"), ("Closed", "N"), ("Done?", "no")])
def test_what_is_not_closed_is_not_lost(run, tmp_path, header, word):
    file, book = tmp_path / "log.csv", tmp_path / "book"
    text = f"Name,Direction,Date,{header}\nAnn Lee,incoming,2025-11-20,{word}\n"
    file.write_text(text, encoding="utf-8")
    run("import", file, "-b", book, "--me", "Dana Reed")
    assert "lost" not in (book / "referrals.csv").read_text(encoding="utf-8")


def test_of_a_tally_too_it_is_told_what_was_left_out(run, tmp_path):
    file, book = tmp_path / "tally.csv", tmp_path / "book"
    text = "Agent,Sent,Received,Area\nAnn Lee,2,1,North\nBob Stone,0,3,South\n"
    file.write_text(text, encoding="utf-8")
    said = run("import", file, "-b", book, "--me", "Dana Reed").stderr
    assert "left out the column Area: North, South" in said


def test_a_direction_that_one_word_spoils_is_not_dropped_for_an_option(run, tmp_path):
    file, book = tmp_path / "log.csv", tmp_path / "book"
    text = "Date,Name,Direction\n2026-01-05,Ann Lee,gave\n2026-01-06,Bob Stone,from her\n"
    file.write_text(text, encoding="utf-8")
    words = ("import", file, "-b", book, "--me", "Dana Reed", "--columns", "person=Name")
    said = run(*words, status=1).stderr
    assert "log.csv:3: the column 'Direction' says who gave or got, and 'from her' is no" in said
    assert not book.exists()
    file.write_text(text.replace("from her", "received"), encoding="utf-8")
    run(*words)
    assert [row.split(",")[1] for row in rows_of(book)] == ["Dana Reed", "Bob Stone"]


@pytest.mark.parametrize(
    ("above", "corner", "turned"),
    [
        ("", "", False),
        ("", "From \\ To", False),
        ("", "Giver / Receiver", False),
        ("", "To \\ From", True),
        ("", "Receiver / Giver", True),
        ("", "Received by", True),
        ("", "an \\ von", True),
        ("", "von \\ an", False),
        ("", "Empfänger", True),
        ("", "à / de", True),
        ("", "An Overview", False),
        ("Zeilen erhalten,,,\n", "", True),
        ("Referrals received by (rows) from (columns),,,\n", "", True),
        ("row gives column receives,,,\n", "", False),
    ],
)
def test_the_corner_of_a_matrix_says_what_its_rows_do(run, tmp_path, above, corner, turned):
    file, book = tmp_path / "matrix.csv", tmp_path / "book"
    cells = "Ann Lee,-,2,0\nBob Stone,0,-,1\nCy Dunn,0,0,-\n"
    file.write_text(f"{above}{corner},Ann Lee,Bob Stone,Cy Dunn\n{cells}", encoding="utf-8")
    said = run("import", file, "-b", book, "--me", "Ann Lee").stderr
    assert ("rows receive, columns give" in said) == turned
    pairs = {(*row.split(",")[1:3],) for row in rows_of(book)}
    back = {("Bob Stone", "Ann Lee"), ("Cy Dunn", "Bob Stone")}
    assert pairs == (back if turned else {(b, a) for a, b in back})


def test_a_column_of_what_they_did_is_named_with_both_ways_to_read_it(tmp_path, run):
    file, book = tmp_path / "log.csv", tmp_path / "book"
    text = "Date,They,Client,Name\n2026-01-05,sent,Okafor,Ann Lee\n2026-01-06,got,Ito,Bo Park\n"
    file.write_text(text, encoding="utf-8")
    words = ["import", file, "-b", book, "--me", "Dana Reed", "--dry-run"]
    said = run(*words, status=1).stderr
    assert "the column 'They' may say what they did, or what I did" in said
    option = "direction=They,person=Name"
    assert f"--columns '{option}'" in said
    mine = run(*words, "--columns", option).stderr
    assert "On 5 January 2026 Dana Reed gave Ann Lee" in mine
    rule = 'if "They" = "sent" set direction "received"'
    assert rule in said
    (tmp_path / "they.rules").write_text(
        f'column direction "They"\ncolumn person "Name"\ncolumn date "Date"\n{rule}\n'
        'if "They" = "got" set direction "given"\n',
        encoding="utf-8",
    )
    theirs = run(*words, "--rules", tmp_path / "they.rules").stderr
    assert "On 5 January 2026 Ann Lee gave Dana Reed" in theirs


@pytest.mark.parametrize("who", ["Referred By", "Partner", "Name"])
def test_a_direction_that_one_word_spoils_is_not_dropped_beside_a_referrer(run, tmp_path, who):
    """Without it every row of a referrer would be given to me."""
    file, book = tmp_path / "log.csv", tmp_path / "book"
    lines = ["08,Ann Lee,OUT", "09,Bo Park,IN", "10,Bo Park,sideways", "11,Ann Lee,OUT"]
    text = f"When,{who},Direction\n" + "".join(f"2026-01-{line}\n" for line in lines)
    file.write_text(text, encoding="utf-8")
    run("import", file, "-b", book, "--me", "Dana Reed", status=1)
    assert not book.exists()
    file.write_text(text.replace("sideways", "IN"), encoding="utf-8")
    run("import", file, "-b", book, "--me", "Dana Reed")
    assert [row.split(",")[1] for row in rows_of(book)].count("Dana Reed") == 2
