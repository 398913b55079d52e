"""What an import leaves open is asked at a terminal; each answer is as good as the option."""

from __future__ import annotations

import shlex

import pytest
from click.testing import CliRunner

from refgraph.cli import main

BOOK = {
    "referrals.csv": "date,giver,receiver,prospect,status\n"
    "2026-01-08,Robert Hale,Dana Reed,Okafor,given\n2026-01-09,Ann Lee,Dana Reed,,given\n",
    "people.csv": "person,aliases\nRobert Hale,\nAnn Lee,\nAnne Leeds,\n",
    "refgraph.toml": 'me = "Dana Reed"\ntoday = "2026-06-30"\n',
}
AMBIGUOUS = (
    'Date,From,To,Prospect,Value\n3/4/2026,Ann Lee,Dana Reed,Quist,"1,500"\n'
    "5/6/2026,Dana Reed,Robert Hale,Zoll,20\n"
)
DEALS = (
    "Record ID,Deal Name,Deal Stage,Referred by,Associated Contact,Assigned To\n"
    "1,Attic,Closed Won,Ann Lee,Roof (roof@attic.example),Cy Dunn\n"
)
#: An export, the questions' answers in their order, and what is asked.
CASES = {
    "the order of dates": (AMBIGUOUS, "2\n1\n", "day and month cannot be told apart"),
    "the decimal mark": (AMBIGUOUS, "1\n2\n", "may be 1500 or 1.500"),
    "columns": (
        "Day,A,B,Amount\n2026-03-04,Ann Lee,Dana Reed,20\n2026-05-06,Dana Reed,Cy Dunn,2\n",
        "2\n3\n",
        "Which column says who gave each referral?",
    ),
    "who got it": (DEALS, "1\n", "Referred by as giver, Assigned To as receiver"),
    "a note": (DEALS, "2\n", "the column 'Assigned To' says who got a referral"),
    "a short form": (
        "Client,Referred By,Date\nQuist,Bob Hale,2026-04-01\nOkoro,Ann Lee,2026-04-02\n",
        "1\n",
        "'Bob Hale' is nobody of the book.",
    ),
    "a new person": (
        "Client,Referred By,Date\nQuist,Rob,2026-04-01\nOkoro,Ann Lee,2026-04-02\n",
        "n\n",
        "'Rob' is nobody of the book.",
    ),
    "spelled as somebody": (
        "Date,Giver,Receiver,Prospect\n2026-02-01,Ann B. Lee,Dana Reed,Quist\n",
        "1\n",
        "'Ann B. Lee' is new, and spelled so.",
    ),
    "a couple": (
        "Date,Giver,Receiver,Prospect\n2026-02-01,Ann Lee,Dana Reed,Tom & Mary Hale\n",
        "2\n",
        "names two people",
    ),
    "repeats": (
        "Date,Giver,Receiver,Prospect\n" + 2 * "2026-02-01,Ann Lee,Dana Reed,Quist\n",
        "k\n",
        "1 row repeats another in full.",
    ),
    "an edited row": (
        "Date,Giver,Receiver,Prospect,Status\n2026-01-08,Robert Hale,Dana Reed,Okafor,won\n",
        "u\n",
        "1 row was edited in the file since.",
    ),
    "another row": (
        "Date,Giver,Receiver,Prospect\n2026-01-09,Ann Lee,Dana Reed,Quist\n",
        "n\n",
        "1 row was edited in the file since.",
    ),
    "two values": (
        "When,Referred By,Referred To,Amount,Worth\n2026-02-01,Ann Lee,Dana Reed,20,30\n",
        "2\n",
        "may each say what a referral was worth",
    ),
    "other days": (
        "Close Date,From,To\n2026-02-01,Ann Lee,Dana Reed\n",
        "1\n",
        "no referral has a day",
    ),
    "several people": (
        (
            'Date,From,To\n2026-02-01,"Robert Hale, Ann Lee",Dana Reed\n'
            "2026-02-03,Ann Lee,Dana Reed\n"
        ),
        "1\n",
        "'Robert Hale, Ann Lee' names several people.",
    ),
    "a currency": (
        "Date,From,To,Fee\n2026-02-01,Ann Lee,Dana Reed,$20\n",
        "u\n",
        "in which currency?",
    ),
    "a part of a name": (
        "Date,From,To\n2026-02-01,Ann Lee,Dana\n2026-02-02,Dana Moss,Ann Lee\n",
        "1\n",
        "'Dana' may be 'Dana Reed' or 'Dana Moss'",
    ),
    "the other person": (
        "Date,Way,Client\n2026-02-01,OUT,Ann Lee\n2026-02-02,IN,Robert Hale\n",
        "1\n",
        "no column is known to say from or to whom. 1 Client as person",
    ),
    "refused rows": (
        (
            "Date,Giver,Receiver,Prospect\n2026-02-01,Ann Lee,Ann Lee,Quist\n"
            "2026-02-02,Ann Lee,Dana Reed,Zoll\n"
        ),
        "y\n",
        "1 row is refused.",
    ),
}


@pytest.fixture
def books(tmp_path):
    """Give a folder with a book in it, as often as it is asked for one."""

    def make(name, files=BOOK):
        folder = tmp_path / name
        folder.mkdir()
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
        return folder

    return make


def files(folder):
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.name in ALL}


ALL = {"referrals.csv", "people.csv", "touches.csv", "statuses.csv", "refgraph.toml"}


def come_in(monkeypatch, book, *words, text=None):
    """Import at a terminal where somebody answers, or where nobody is."""
    monkeypatch.setattr("refgraph.cli.books.imports.at_terminal", lambda: text is not None)
    return CliRunner().invoke(main, ["import", *map(str, words), "-b", str(book)], input=text)


@pytest.mark.parametrize("case", CASES)
def test_an_answer_does_what_the_option_does_that_is_named(monkeypatch, tmp_path, books, case):
    export, text, question = CASES[case]
    file = tmp_path / "export.csv"
    file.write_text(export, encoding="utf-8")
    asked, told = books("asked"), books("told")
    answered = come_in(monkeypatch, asked, file, text=text)
    assert answered.exit_code == 0, answered.output
    assert question in answered.output
    line = answered.stderr.splitlines()[-1]
    assert line.startswith("The same without a question: ")
    done = come_in(monkeypatch, told, file, *shlex.split(line.partition(": ")[2]))
    assert done.exit_code == 0, done.output
    assert files(asked) == files(told) != files(books("before"))


@pytest.mark.parametrize("case", CASES)
def test_enter_leaves_everything_as_it_is_where_nobody_is_asked(monkeypatch, tmp_path, books, case):
    file = tmp_path / "export.csv"
    file.write_text(CASES[case][0], encoding="utf-8")
    asked, told = books("asked"), books("told")
    answered = come_in(monkeypatch, asked, file, text="\n" * 9)
    done = come_in(monkeypatch, told, file)
    assert answered.exit_code == done.exit_code
    assert files(asked) == files(told)
    assert "The same without a question" not in answered.output
    assert case == "the decimal mark" or CASES[case][2] in answered.output


def test_who_is_me_is_asked(monkeypatch, tmp_path, books):
    file = tmp_path / "log.csv"
    file.write_text("Date,Direction,Person\n2026-01-05,received,Ann Lee\n", "utf-8")
    asked, told = tmp_path / "asked", tmp_path / "told"
    assert come_in(monkeypatch, told, file).exit_code == 1
    answered = come_in(monkeypatch, asked, file, text="Dana Reed\n")
    assert answered.exit_code == 0, answered.output
    assert "who are you?" in answered.stderr
    assert come_in(monkeypatch, told, file, "--me", "Dana Reed").exit_code == 0
    assert files(asked) == files(told)


def test_where_the_profession_hides_names_nobody_is_asked_about_them(monkeypatch, tmp_path, books):
    settings = BOOK["refgraph.toml"] + 'profile = "health"\n'
    book = books("book", {**BOOK, "refgraph.toml": settings})
    file = tmp_path / "export.csv"
    file.write_text(CASES["a short form"][0], encoding="utf-8")
    assert "Bob Hale" not in come_in(monkeypatch, book, file, text="1\n").output


SENT = "Date Out,Matter,Referred To\n2026-01-05,Lind estate,Petra Vance\n"
GOT = "Date In,Matter,Referred By\n2026-01-20,Farrow,Hugo Marsh\n"


@pytest.mark.parametrize("there", [True, False])
def test_several_files_are_one_step_of_undo(monkeypatch, tmp_path, books, there):
    book = books("book") if there else tmp_path / "book"
    before = files(book) if there else {}
    exports = tmp_path / "sent.csv", tmp_path / "got.csv"
    for path, text in zip(exports, (SENT, GOT), strict=True):
        path.write_text(text, encoding="utf-8")
    done = come_in(monkeypatch, book, *exports, "--me", "Dana Reed")
    assert done.exit_code == 0, done.output
    assert (book / "referrals.csv").read_text("utf-8").count("Dana Reed") >= 2
    undone = CliRunner().invoke(main, ["undo", "-b", str(book)])
    assert undone.exit_code == 0, undone.output
    assert files(book) == before
    again = CliRunner().invoke(main, ["undo", "-b", str(book)])
    assert "There is nothing to undo" in again.output


def test_a_column_that_is_told_changes_what_is_recognised(monkeypatch, tmp_path, books):
    book = books("book")
    file = tmp_path / "export.csv"
    file.write_text(
        "Date,From,To,Client,Remark\n2026-02-01,Ann Lee,Dana Reed,Quist,Okoro\n", "utf-8"
    )
    done = come_in(monkeypatch, book, file, "--columns", "prospect=Remark")
    assert done.exit_code == 0, done.output
    assert "Okoro" in (book / "referrals.csv").read_text("utf-8")
    wrong = come_in(monkeypatch, book, file, "--columns", "nte=Remark")
    assert wrong.exit_code == 2
    assert "did you mean note?" in wrong.output
    absent = come_in(monkeypatch, book, file, "--columns", "note=Remarks")
    assert absent.exit_code == 1
    assert "its columns are: Date, From, To, Client, Remark" in absent.output
    for bad in ("Ann", "=Ann", "Ann="):
        assert come_in(monkeypatch, book, file, "--rename", bad).exit_code == 2
