"""The second person of a touch, what it is about, until when; a handoff that was raised."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from refgraph import Book
from refgraph.analysis.owing import owe
from refgraph.analysis.suggesting import introductions, refer_first
from refgraph.cli import main
from refgraph.keeping.engine.cells import Cells
from refgraph.reading import read

OLD = {
    "referrals.csv": "date,giver,receiver,prospect,id\n2026-01-08,Ann Lee,Me,Zed Dental,a1\n"
    "2026-01-09,Bo Park,Me,,a2\n",
    "people.csv": "person,aliases\nAnn Lee,Annie\nBo Park,\n",
    "touches.csv": 'date,person,kind,note\r\n2026-02-01,Bo Park,call,"a, b"\r\n',
    "statuses.csv": "date,id,status\n2026-02-01,a1,contacted\n",
    "refgraph.toml": 'me = "Me"\ntoday = "2026-06-30"\n',
}


@pytest.fixture
def old(tmp_path):
    for name, text in OLD.items():
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


def run(book, *words, status=0):
    told = CliRunner().invoke(main, [*words, "-b", str(book)])
    assert told.exit_code == status, told.output
    return told


def test_a_new_column_is_added_to_the_header_of_an_older_file(old):
    words = ["--with", "Annie", "--about", "zed dental", "--until", "2026-12-01"]
    told = run(old, "touch", "Bo Park", "introduction", *words)
    assert "touches.csv has now with, about, until too." in told.stderr
    assert "kept, not used" not in told.stderr
    assert (old / "touches.csv").read_bytes().decode() == (
        "date,person,kind,note,with,about,until\r\n"
        '2026-02-01,Bo Park,call,"a, b",,,\r\n'
        "2026-06-30,Bo Park,introduction,,Ann Lee,a1,2026-12-01\r\n"
    )
    book = Book.read(old)
    assert book.touches["with"].tolist() == ["", "Ann Lee"]
    assert [*book.contacts["person"]] == ["Bo Park", "Bo Park", "Ann Lee"]


def test_a_file_is_not_changed_by_a_column_that_nothing_is_said_in(old):
    before = (old / "touches.csv").read_bytes()
    run(old, "touch", "Ann Lee", "call")
    assert (old / "touches.csv").read_bytes() == before + b"2026-06-30,Ann Lee,call,\r\n"


def test_a_status_raises_the_handoff_and_never_lowers_it(old):
    told = run(old, "status", "a1", "met", "--handoff", "3")
    assert "handoff was unknown, is now 3." in told.stderr
    run(old, "status", "a1", "met", "--handoff", "5")
    assert read(old).referrals.columns["handoff"] == [5, None]
    assert "handoff of" in run(old, "status", "a1", "won", "--handoff", "2", status=1).stderr
    with (old / "statuses.csv").open("a") as stream:
        stream.write("2026-06-30,a1,won,1\n")
    assert read(old).referrals.columns["handoff"] == [5, None]
    assert read(old).referrals.columns["status"] == ["won", "given"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-03-01,Ann Lee,call,,Annie,,", "'Ann Lee' is with themselves"),
        ("2026-03-01,Ann Lee,call,,,a9,", "no referral has the id 'a9'"),
        ("2026-03-01,Ann Lee,snooze,,,,2026-02-01", "until, 2026-02-01, is before the date"),
        ("2026-03-01,Ann Lee,snooze,,,,2026-02-30", "there is no 2026-02-30"),
    ],
)
def test_a_touch_that_contradicts_itself_is_refused(old, row, said):
    text = f"date,person,kind,note,with,about,until\n{row}\n"
    (old / "touches.csv").write_text(text)
    assert said in run(old, "check", status=1).output


def test_what_cannot_be_is_refused_before_it_is_written(old):
    assert (
        "with themselves"
        in run(old, "touch", "Annie", "call", "--with", "Ann Lee", status=1).stderr
    )
    assert "is you" in run(old, "touch", "Annie", "call", "--with", "me", status=1).stderr
    assert (
        "id 'Nowhere'" in run(old, "touch", "Annie", "news", "--about", "Nowhere", status=1).stderr
    )
    words = ["touch", "Annie", "snooze", "--until", "2026-01-01"]
    assert "is before 2026-06-30" in run(old, *words, status=1).stderr
    assert (old / "touches.csv").read_bytes().decode() == OLD["touches.csv"]


def test_forgetting_and_merging_reach_the_second_person_and_what_it_is_about(old):
    (old / "referrals.csv").write_text("date,giver,receiver\n2026-01-08,Ann Lee,Me\n")
    (old / "statuses.csv").unlink()
    (identity,) = read(old, None).referrals.columns["id"]
    run(old, "touch", "Bo Park", "news", "--with", "Ann Lee", "--about", identity)
    run(old, "forget", "Ann Lee", "--as", "Person-x")
    (now,) = read(old).referrals.columns["id"]
    assert now != identity
    told = read(old).touches.columns
    assert (told["with"][1], told["about"][1]) == ("Person-x", now)
    assert (
        "stand in one touch" in run(old, "people", "merge", "Bo Park", "Person-x", status=1).stderr
    )


def test_two_are_in_touch_in_a_book_of_nobody(tmp_path):
    (tmp_path / "referrals.csv").write_text("date,giver,receiver\n2026-01-08,Ann,Bo\n")
    run(tmp_path, "touch", "Ann", "one-to-one", "--with", "Bo", "--today", "2026-06-30")
    people = json.loads(run(tmp_path, "people", "-O", "json", "--today", "2026-06-30").stdout)
    assert [row["touches"] for row in people] == [1, 1]


@pytest.mark.parametrize("role", ["vendor", "other"])
def test_a_vendor_is_never_owed_or_suggested_and_counts_as_anybody(old, role):
    people = "person,role,offers,needs,profession\n{}Bo Park,,,wills,\nCy Dunn,,wills,,\n"
    (old / "touches.csv").unlink()
    (old / "people.csv").write_text(people.format("Ann Lee,,wills,wills,lawyer\n"))
    plain = Book.read(old)
    (old / "people.csv").write_text(people.format(f"Ann Lee,{role},wills,wills,lawyer\n"))
    book = Book.read(old)
    assert "Ann Lee" in [*owe.rank(plain)["person"]]
    assert [*owe.rank(book)["person"]] == ["Bo Park"]
    assert "Ann Lee" not in [*refer_first.rank(book)["person"]]
    pairs = introductions.rank(book)
    assert "Ann Lee" not in {*pairs["person"], *pairs["introduce_to"]}
    assert owe.pairs(book)["gave_me"].tolist() == owe.pairs(plain)["gave_me"].tolist()


@given(
    st.lists(st.lists(st.text("ab, \"'\n", max_size=4), min_size=2, max_size=2), max_size=5),
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_longer_header_changes_no_cell(rows, end):
    import csv
    import io

    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows([["person", "note"], *rows])
    table = Cells.of("t.csv", text.getvalue().encode(), ["person", "note", "with"])
    wide = Cells.of("t.csv", table.widened(["with"]), ["person", "note", "with"])
    assert wide.header.positions == {"person": 0, "note": 1, "with": 2}
    assert [row[:2] for row in wide.source.rows] == table.source.rows
    assert {row[2] for row in wide.source.rows} <= {""}


def test_undo_takes_a_longer_header_back(old):
    before = (old / "touches.csv").read_bytes()
    run(old, "touch", "Bo Park", "snooze", "--until", "2026-12-01")
    assert (old / "touches.csv").read_bytes() != before
    run(old, "undo")
    assert (old / "touches.csv").read_bytes() == before


def test_an_import_grows_the_header_and_adds_nothing_twice(old, tmp_path_factory):
    file = tmp_path_factory.mktemp("export") / "touches.csv"
    file.write_text("date,person,kind,with,until\n2026-05-01,Bo Park,snooze,Ann Lee,2026-12-01\n")
    assert "kept, not used" not in run(old, "import", str(file)).stderr
    after = (old / "touches.csv").read_bytes()
    assert after.startswith(b"date,person,kind,note,with,until\r\n")
    run(old, "import", str(file))
    assert (old / "touches.csv").read_bytes() == after
