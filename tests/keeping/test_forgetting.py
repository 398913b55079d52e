"""A person is gone from every file, and every number of the book is what it was."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import AWKWARD, names, write_rows

import refgraph
from refgraph import Book
from refgraph.errors import ConflictError, LedgerError, RefgraphError, UnknownPersonError
from refgraph.keeping.forget import forget
from refgraph.reading import ReadOptions, read
from refgraph.reading.aliases import rename

ADVISER = Path(__file__).parents[2] / "data" / "adviser"
TODAY = ReadOptions(today=date(2026, 6, 30))
FILES = {
    "referrals.csv": (
        "\ufeffdate;giver;receiver;prospect;count;note;id;phone\r\n"
        '2026-01-08;"Ann  Lee";Bo Park;;1;"Ann Lee called, ""at last""";;1\r\n'
        "2026-01-09;Bo Park;A. Lee;Ann Lee's aunt;3;;;\r\n"
        "2026-01-10;Cy Dunn; Bo Park;Ann Lee;1;tell Ann Leeming and Lee;own-7;ann@x.org\r\n"
    ),
    "people.csv": (
        "person,aliases,role,profession,email,note,phone,helpful\n"
        'Ann Lee,A. Lee,client,lawyer,Ann@x.org,"two\nlines",0123,4\n'
        "Bo Park,,,,,met through Ann Lee,,\n"
    ),
    "touches.csv": (
        "date,person,kind,note\n2026-02-01,Ann Lee,settled,she paid\n"
        "2026-02-02,Bo Park,introduction,to A. Lee\n2026-02-03,Ann Lee,call,her divorce\n"
    ),
    "refgraph.toml": (
        'me = "Bo Park"  # not Ann Lee\nlooking_for = ["friends of Ann Lee"]\n'
        '[synonyms]\nwills = ["Ann Lee\'s wills"]\n'
    ),
}


@pytest.fixture
def book(tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_bytes(text.encode())
    first, second, _ = read(folder, TODAY).referrals.columns["id"]
    changes = f"date,id,status,note\n2026-03-01,{first},met,Ann Lee came\n"
    changes += f"2026-03-02,{second},won,\n2026-03-03,own-7,lost,\n"
    (folder / "statuses.csv").write_text(changes, encoding="utf-8")
    return folder


def texts(folder):
    return {path.name: path.read_bytes().decode() for path in sorted(folder.iterdir())}


def test_the_name_is_replaced_and_every_other_byte_stays(book):
    before = read(book, TODAY).referrals.columns
    done = forget(book, "A. Lee", TODAY, pseudonym="P")
    there = texts(book)
    assert there["referrals.csv"] == (
        "\ufeffdate;giver;receiver;prospect;count;note;id;phone\r\n"
        '2026-01-08;"P";Bo Park;;1;"P called, ""at last""";;1\r\n'
        "2026-01-09;Bo Park;P;P's aunt;3;;;\r\n"
        "2026-01-10;Cy Dunn; Bo Park;P;1;tell Ann Leeming and Lee;own-7;P\r\n"
    )
    assert there["people.csv"] == (
        "person,aliases,role,profession,email,note,phone,helpful\n"
        "P,,client,lawyer,,,,4\nBo Park,,,,,met through P,,\n"
    )
    assert there["touches.csv"] == (
        "date,person,kind,note\n2026-02-01,P,settled,she paid\n"
        "2026-02-02,Bo Park,introduction,to P\n2026-02-03,P,call,her divorce\n"
    )
    assert there["refgraph.toml"] == FILES["refgraph.toml"].replace("Ann Lee", "P")
    after = read(book, TODAY).referrals.columns
    first, second, third = after["id"]
    assert there["statuses.csv"] == (
        f"date,id,status,note\n2026-03-01,{first},met,P came\n2026-03-02,{second},won,\n"
        "2026-03-03,own-7,lost,\n"
    )
    assert third == "own-7"
    assert not {first, second} & {*before["id"]}  # an id made from a name is a trace of it
    assert after["status"] == before["status"] == ["met", "won", "lost"]
    assert (done.person, done.pseudonym) == ("Ann Lee", "P")
    assert [Path(name).name for name in done.cells] == [
        *("referrals.csv", "people.csv", "touches.csv", "refgraph.toml", "statuses.csv")
    ]


def test_lines_with_a_word_of_the_name_are_told(book):
    done = forget(book, "Ann Lee", TODAY, pseudonym="P")
    assert done.traces == [(f"{book}/referrals.csv", 4)]  # Lee, and Ann Leeming
    row = "2026-01-11;Ann Dunn;Bo Park;;1;tell Ann;;\r\n"
    with (book / "referrals.csv").open("a", encoding="utf-8", newline="") as stream:
        stream.write(row)
    assert forget(book, "Cy Dunn", TODAY).traces == []  # another Dunn
    (book / "backup.txt").write_text("Ann Lee", encoding="utf-8")
    assert forget(book, "Ann Dunn", TODAY).unread == [f"{book}/backup.txt"]


def test_a_name_is_found_in_any_capitals_and_over_blanks(tmp_path):
    rows = (
        'date,giver,receiver,note\n2026-01-01,Ann Lee,Ann Leeming,"ANN LEE, ann\tlee, Ann\nLee"\n'
    )
    rows += "2026-01-02,Ann Lee,Ann Leeming,ANN LEEMING and ann leeming\n"
    (tmp_path / "referrals.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "refgraph.toml").write_text("# ANN LEE, Ann\n#Lee\nlooking_for = []\n", "utf-8")
    done = forget(tmp_path, "Ann  Lee", TODAY, pseudonym="P")
    assert texts(tmp_path) == {
        "referrals.csv": 'date,giver,receiver,note\n2026-01-01,P,Ann Leeming,"P, P, P"\n'
        "2026-01-02,P,Ann Leeming,ANN LEEMING and ann leeming\n",
        "refgraph.toml": "# P, Ann\n#Lee\nlooking_for = []\n",
    }
    assert done.traces == [(f"{tmp_path}/refgraph.toml", 2)]


def test_a_short_name_in_other_capitals_is_told_and_that_of_others_is_not(tmp_path):
    (tmp_path / "referrals.csv").write_text(
        "date,giver,receiver,note\n2026-01-01,Bo,Jose\u0301,ask BO or jos\u00e9\n"
        "2026-01-02,Bo Park,Jos\u00e9 Park,bo park and jose park; Bob\n"
        "2026-01-03,Bo Park,Jos\u00e9 Park,rose; JOSE\n",
        encoding="utf-8",
    )
    done = forget(tmp_path, "Bo", TODAY)
    assert [line for _, line in done.traces] == [2]
    done = forget(tmp_path, "Jose\u0301", TODAY)
    assert [line for _, line in done.traces] == [2, 4]


def test_the_notes_of_their_rows_are_cleared_when_that_is_asked_for(book):
    forget(book, "Ann Lee", TODAY, pseudonym="P", notes=True)
    there = texts(book)
    assert "divorce" not in there["touches.csv"]
    assert "2026-02-01,P,settled,settled\n" in there["touches.csv"]  # it needs a note
    assert "at last" not in there["referrals.csv"]
    assert read(book, TODAY).referrals.columns["status"] == ["met", "won", "lost"]


def test_a_pseudonym_is_drawn_and_no_two_are_the_same(book):
    one = forget(book, "Ann Lee", TODAY, dry_run=True).pseudonym
    other = forget(book, "Ann Lee", TODAY).pseudonym
    assert re.fullmatch("Person-[bcdfghjkmnpqrstvwxz]{6}", other)
    assert one != other
    assert f";{other};" in texts(book)["referrals.csv"].replace('"', "")


def test_no_copy_stays_unless_it_is_asked_for(book):
    before = texts(book)
    forget(book, "Cy Dunn", TODAY)
    assert [*texts(book)] == [*before]
    assert not [name for name, text in texts(book).items() if "Cy Dunn" in text]
    done = forget(book, "Ann Lee", TODAY, keep_old=True)
    assert sorted(done.kept) == [f"{book}/{name}.old" for name in sorted(before)]
    assert texts(book)["people.csv.old"] == before["people.csv"]
    assert (book / "people.csv.old").stat().st_mode & 0o777 == 0o600
    with pytest.raises(ConflictError, match="is there already"):
        forget(book, "Bo Park", TODAY, keep_old=True)


def test_a_dry_run_and_every_refusal_write_nothing(book):
    before = texts(book)
    forget(book, "Ann Lee", TODAY, dry_run=True)
    with pytest.raises(UnknownPersonError, match="Did you mean 'Ann Lee'"):
        forget(book, "ann", TODAY)
    with pytest.raises(RefgraphError, match="Somebody in this book is called 'Cy Dunn'"):
        forget(book, "Ann Lee", TODAY, pseudonym="Cy Dunn")
    with pytest.raises(RefgraphError, match=r"Somebody in this book is called 'A\. Lee'"):
        forget(book, "Ann Lee", TODAY, pseudonym="A. Lee")
    assert texts(book) == before
    (book / "refgraph.toml").write_text('me = "Ann \\u004cee"\n', encoding="utf-8")
    before = texts(book)
    with pytest.raises(LedgerError, match="cannot be replaced in this file"):
        forget(book, "Ann Lee", TODAY)
    assert texts(book) == before


def test_whose_book_it_is_can_be_forgotten_and_stays_so(book):
    forget(book, "Bo Park", TODAY, pseudonym="P")
    assert Book.read(book, today="2026-06-30").me == "P"


def test_one_person_s_own_lists_are_rewritten_too(tmp_path):
    (tmp_path / "given.csv").write_text("date,person\n2026-01-01,Bo\n2026-01-02,Cy\n", "utf-8")
    (tmp_path / "received.csv").write_text("date,giver,note\n2026-01-03,Bo,for Ann\n", "utf-8")
    options = ReadOptions(me="Ann", today=date(2026, 6, 30))
    ids = read(tmp_path, options).referrals.columns["id"]
    changes = "".join(f"2026-02-01,{identity},met\n" for identity in ids)
    (tmp_path / "statuses.csv").write_text(f"date,id,status\n{changes}", encoding="utf-8")
    forget(tmp_path, "Bo", options, pseudonym="P")
    assert (tmp_path / "given.csv").read_text(
        "utf-8"
    ) == "date,person\n2026-01-01,P\n2026-01-02,Cy\n"
    forget(tmp_path, "Ann", options, pseudonym="Q")
    columns = read(tmp_path, ReadOptions(me="Q", today=date(2026, 6, 30))).referrals.columns
    assert columns["giver"] == ["Q", "Q", "P"]
    assert columns["note"][2] == "for Q"
    assert columns["status"] == ["met"] * 3


def test_a_table_between_blanks_is_rewritten_too(tmp_path):
    table = tmp_path / "ties.txt"
    table.write_text("% ties\n1 2 5\n2   3 1\n", encoding="utf-8")
    options = ReadOptions(
        columns={"giver": "1", "receiver": "2", "count": "3"}, header=False, comment="%"
    )
    forget(table, "2", options, pseudonym="P")
    assert table.read_text(encoding="utf-8") == "% ties\n1 P 5\nP   3 1\n"  # and no count of 2


ASKED = ["balance", "owe", "returns", "stats", "reciprocity", "reciprocity --by person"]


def test_a_name_without_letters_is_no_word_of_a_note(tmp_path):
    rows = "date,giver,receiver,note\n2026-01-01,1,2,met 1 time\n"
    (tmp_path / "referrals.csv").write_text(rows, encoding="utf-8")
    forget(tmp_path, "1", TODAY, pseudonym="P")
    there = (tmp_path / "referrals.csv").read_text(encoding="utf-8")
    assert there == rows.replace(",1,2", ",P,2")


def lines(answer, name):
    """Give every line of an answer in JSON, whatever their order, with X for the name."""
    return sorted(line.strip(" ,") for line in answer.replace(name, "X").splitlines())


@pytest.mark.parametrize("person", ["Marcus Bell", "Elizabeth Moreau", "Dana Whitfield", "דוד כהן"])
def test_every_number_of_every_answer_is_the_same(run, tmp_path, person):
    folder = tmp_path / "adviser"
    shutil.copytree(ADVISER, folder)
    before = [run(*words.split(), "-b", folder, "-O", "json").stdout for words in ASKED]
    word = run("forget", person, "-b", folder).stdout.strip()
    for words, old in zip(ASKED, before, strict=True):
        new = run(*words.split(), "-b", folder, "-O", "json").stdout
        assert lines(new, word) == lines(old, person), words
    for path in folder.iterdir():
        assert person not in path.read_text(encoding="utf-8")
    assert run("check", folder).output == ""


LEGAL = [name for name in AWKWARD if ";" not in name]


@settings(max_examples=40)
@given(
    st.lists(names() | st.sampled_from(LEGAL), min_size=3, max_size=4, unique=True),
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 2), st.integers(1, 3)), max_size=6),
    st.data(),
)
def test_whatever_the_names_the_record_is_the_same_but_for_one(
    tmp_path_factory, people, ties, data
):
    folder = tmp_path_factory.mktemp("book")
    rows = [
        ["2026-01-01", people[giver], people[(giver + step) % 3], count, f"{people[-1]} and 1"]
        for giver, step, count in ties
    ]
    write_rows(folder / "referrals.csv", ["date", "giver", "receiver", "count", "note"], rows)
    write_rows(folder / "people.csv", ["person", "aliases"], [[name, ""] for name in people])
    person = data.draw(st.sampled_from(people))
    before = read(folder, TODAY)
    forget(folder, person, TODAY, pseudonym="Person-x")
    after = read(folder, TODAY)
    for column in ("giver", "receiver"):
        wanted = rename(before.referrals.columns[column], {person: "Person-x"})
        assert after.referrals.columns[column] == wanted
    assert after.referrals.columns["count"] == before.referrals.columns["count"]
    G = refgraph.Book.of(before).graph()
    H = refgraph.Book.of(after).graph()
    assert {(a, b): w for a, b, w in H.edges(data="weight")} == {
        tuple("Person-x" if name == person else name for name in (a, b)): w
        for a, b, w in G.edges(data="weight")
    }


def test_the_command_prints_the_word_and_tells_what_it_did(run, book):
    dry = run("forget", "Ann Lee", "-b", book, "-n", "--today", "2026-06-30")
    assert dry.stdout == ""
    assert "Nothing was written" in dry.stderr
    done = run("forget", "Ann Lee", "-b", book, "--as", "P", "--today", "2026-06-30")
    assert done.stdout == "P\n"
    assert f"P stands for 'Ann Lee' now:\n  6 cells of {book}/referrals.csv\n" in done.stderr
    assert "look at them" in done.stderr
    assert "No one called" in run("forget", "Ann Lee", "-b", book, status=1).stderr


@pytest.mark.parametrize("word", ["=1+1", "+1", "-x", "@x", "x;y"])
def test_a_pseudonym_that_would_be_read_as_something_else_is_refused(book, word):
    before = {path.name: path.read_bytes() for path in book.iterdir()}
    with pytest.raises(RefgraphError, match="choose another word"):
        forget(book, "Ann Lee", TODAY, pseudonym=word)
    assert {path.name: path.read_bytes() for path in book.iterdir()} == before


def test_the_files_of_a_folder_in_the_book_are_looked_into(book):
    review = book / "review"
    review.mkdir()
    (review / "report.md").write_text("Ann Lee gave 2\n")
    done = forget(book, "Ann Lee", TODAY)
    assert [Path(path).name for path in done.naming] == ["report.md"]


@pytest.mark.parametrize("row", ["2026-02-01", "2026-02-01,Ann Lee,1,0,A. Lee,x"])
def test_a_row_of_another_width_forgets_too_where_only_a_check_reads_it(tmp_path, row):
    (tmp_path / "referrals.csv").write_text("date,giver,receiver\n2026-01-08,Ann Lee,Bo Park\n")
    (tmp_path / "people.csv").write_text("person,aliases\nAnn Lee,A. Lee\n")
    table = tmp_path / "assertions.csv"
    table.write_text(f"date,person,given,received\n{row}\n2026-02-01,Ann Lee,1,0\n")
    forget(tmp_path, "Ann Lee", TODAY, pseudonym="Somebody")
    assert "Lee" not in table.read_text()
    assert "Somebody" in table.read_text()
