"""What happened is written down in one line or field by field, and never half."""

from __future__ import annotations

import csv
import json
import os
import select
import shlex
import signal
import stat
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import names

from refgraph.cli import main
from refgraph.cli.books import ask as prompts
from refgraph.errors import RefgraphError
from refgraph.keeping.engine import replace
from refgraph.reading import read
from refgraph.schema.columns import COLUMNS

HEADER = "date,giver,receiver,prospect,count,handoff,status,status_date,value,currency,note,id\n"
ROWS = (
    "2026-01-08,Ann Lee,Me Myself,Okafor Dental,,,,,,,,a1\n2026-02-01,Me Myself,Bo Park,,,,,,,,,\n"
)
PEOPLE = "person,aliases\nAnn Lee,A. Lee;Annie\nAnna Bell,\nJosé Luz,\n"


@pytest.fixture
def book(tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "referrals.csv").write_text(HEADER + ROWS, encoding="utf-8")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (folder / "refgraph.toml").write_text('me = "Me Myself"\ntoday = "2026-06-30"\n')
    return folder


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def last(book, name="referrals"):
    return (book / f"{name}.csv").read_text(encoding="utf-8").splitlines()[-1]


def test_a_referral_is_added_in_one_line(run, book):
    before = (book / "referrals.csv").read_bytes()
    words = ["--prospect", "Lund, Ida", "--handoff", 4, "--count", 2, "--note", 'says "yes"']
    result = run("add", "Ann Lee", "me", "-b", book, *words)
    row = '2026-06-30,Ann Lee,Me Myself,"Lund, Ida",2,4,,,,,"says ""yes""",\n'
    assert result.stdout == row
    assert (book / "referrals.csv").read_bytes() == before + row.encode()
    place = f"line 4 of {book}/referrals.csv"
    identity = read(book).referrals.columns["id"][-1]
    assert result.stderr == f"Added {place} (id {identity}). Undo: refgraph undo -b {book}\n"


def test_every_field_can_be_told(run, book):
    words = [
        "--date",
        "2026-05-01",
        "--status",
        "won",
        "--value",
        "1250.50",
        "--currency",
        "EUR",
        "--id",
        "x7",
    ]
    result = run("add", "Ann Lee", "Bo Park", "-b", book, *words, "-O", "json")
    row = json.loads(result.stdout)
    assert row == dict.fromkeys(COLUMNS["referrals"], "") | {
        "date": "2026-05-01",
        "giver": "Ann Lee",
        "receiver": "Bo Park",
        "prospect": "",
        "count": 1,
        "handoff": None,
        "status": "won",
        "status_date": None,
        "value": "1250.50",
        "currency": "EUR",
        "note": "",
        "id": "x7",
        "consent": None,
        "file": f"{book}/referrals.csv",
        "line": 4,
    }
    assert last(book) == "2026-05-01,Ann Lee,Bo Park,,,,won,,1250.50,EUR,,x7"


@pytest.mark.parametrize(
    ("typed", "meant", "said"),
    [
        ("Ann Lee", "Ann Lee", ""),
        ("Annie", "Ann Lee", ""),
        ("a. lee", "Ann Lee", "'a. lee' is taken as 'Ann Lee'"),
        ("jose luz", "José Luz", "is taken as 'José Luz'"),
        ("lee", "lee", None),
        ("bel", "bel", None),
        ("Lee, Ann", "Lee, Ann", None),
        ("Ann Lee (Lee & Co)", "Ann Lee (Lee & Co)", None),
        ("Cy Dunn", "Cy Dunn", "'Cy Dunn' is new in this book."),
        ("Ann Le", "Ann Le", None),
        ("Anne Lee", "Anne Lee", None),
    ],
)
def test_who_is_meant_by_a_name(run, book, typed, meant, said):
    if said is None:  # nearly somebody's name
        result = run("add", typed, "me", "-b", book, status=1)
        who = "Anna Bell" if typed == "bel" else "Ann Lee"
        word = shlex.quote(typed)
        assert f"No one called '{typed}' in this book. Did you mean '{who}'?" in result.stderr
        assert f"To say so: refgraph add '{who}' me -b {book}\n" in result.stderr
        new = f"If this is somebody new, say --new: refgraph add {word} me -b {book} --new\n"
        assert new in result.stderr
        assert last(book).endswith("Bo Park,,,,,,,,,")
    more = ["--new"] if said is None else []
    result = run("add", typed, "me", "-b", book, *more)
    assert next(csv.reader([last(book)]))[1] == meant
    assert (said or "") in result.stderr


def test_new_takes_a_name_as_it_is_unless_it_is_known(run, book):
    run("add", "Ann", "a. lee", "-b", book, "--new")
    assert last(book).startswith("2026-06-30,Ann,Ann Lee,")


def test_me_is_a_word_unless_somebody_is_called_so(run, book):
    run("add", "Me", "Bo Park", "-b", book)
    assert last(book).split(",")[1] == "Me Myself"
    run("add", "ME", "Me Myself", "-b", book, "--me", "Bo Park", "--note", "taken as Bo")
    assert last(book).split(",")[1] == "Bo Park"
    (book / "refgraph.toml").unlink()
    said = run("add", "me", "Bo Park", "-b", book, status=1).stderr
    assert "does not say who me is" in said
    run("add", "Me", "Me Myself", "-b", book, "--new", status=1)


def test_a_prospect_is_spelled_as_before_and_a_near_one_is_told(run, book):
    run("add", "bo park", "me", "-b", book, "--prospect", "okafor dental")
    assert last(book).split(",")[3] == "Okafor Dental"
    result = run("add", "bo park", "me", "-b", book, "--prospect", "Okafor Dentl")
    assert "'Okafor Dentl' is new in this book; 'Okafor Dental' is not" in result.stderr
    run("add", "bo park", "me", "-b", book, "--prospect", "annie")
    assert last(book).split(",")[3] == "Ann Lee"


def test_a_repeat_is_added_and_told(run, book):
    run("add", "ann lee", "me", "-b", book)
    result = run("add", "ann lee", "me", "-b", book, "--note", "again")
    assert f"Note: line 4 of {book}/referrals.csv tells the same date, giver" in result.stderr
    assert "Note" not in run("add", "Ann Lee", "me", "-b", book, "--date", "2026-05-01").stderr


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["add", "Ann Lee", "Annie"], 1, "'Ann Lee' cannot refer to themselves"),
        (["add", "Ann Lee", "Bo Park", "--date", "2026-07-02"], 1, "is after today, 2026-06-30"),
        (["add", "Ann Lee", "Bo Park", "--id", "a1"], 1, "'a1' is already used on line 2"),
        (["add", "ann", "Bo Park"], 1, "2 people in this book have 'ann' in their name"),
        (["add", "Anne Lee", "Bo Prak"], 1, "'Bo Prak'"),
        (["add", "Ann Lee", "Bo Park", "--date", "2026-02-30"], 2, "there is no 2026-02-30"),
        (["add", "Ann Lee", "Bo Park", "--handoff", "6"], 2, "handoff must be 0 to 5"),
        (["add", "Ann Lee", "Bo Park", "--count", "0"], 2, "count"),
        (["add", "Ann Lee", "Bo Park", "--value", "1,000"], 2, "value must be a plain amount"),
        (["add", "Ann Lee", "Bo Park", "--status", "wun"], 2, "'wun' is not a status"),
        (["add", "Ann Lee", "Bo\x1b[31m"], 2, "control character"),
        (["add", "Ann Lee", ""], 2, "a person has no name"),
        (["touch", "Ann Lee", "cal"], 2, "'cal' is not a kind"),
        (["touch", "Ann Lee", "settled"], 2, "needs a note"),
        (["touch", "Anne Lee", "call"], 1, "Did you mean 'Ann Lee'?"),
        (["touch", "me", "call"], 1, "Me Myself is you"),
        (["touch", "Ann Lee", "call", "--date", "2026-07-02"], 1, "is after today"),
        (["status", "a1", "given"], 1, "is given already; nothing was written"),
        (["status", "a1", "met", "--date", "2026-01-01"], 1, "before it was given"),
        (["status", "a1", "met", "--date", "2026-07-02"], 1, "is after today"),
        (["status", "okafr dental", "met"], 1, "Did you mean 'Okafor Dental'?"),
        (["status", "a11", "met"], 1, "Did you mean 'a1'?"),
        (["status", "", "met"], 1, "No referral has the id ''"),
        (["status", "a1", "done"], 2, "a status is one of"),
    ],
    ids=lambda value: " ".join(value)[:50] if isinstance(value, list) else "",
)
def test_what_cannot_stand_in_the_book_is_refused_and_nothing_is_written(
    run, book, words, status, said
):
    before = contents(book)
    result = run(*words, "-b", book, status=status)
    assert said in result.stderr
    assert result.stdout == ""
    assert contents(book) == before


def test_a_book_with_problems_is_not_added_to(run, book):
    with (book / "referrals.csv").open("a") as stream:
        stream.write("2026-02-30,Ann Lee,Bo Park,,,,,,,,,\n2026-03-01,Ann")
    before = contents(book)
    said = run("add", "Ann Lee", "Bo Park", "-b", book, status=1).stderr
    assert "there is no 2026-02-30" in said
    assert "3 problems" in said
    assert contents(book) == before


@given(st.lists(names(), min_size=3, max_size=3, unique=True))
@settings(max_examples=25)
def test_a_name_of_any_kind_is_kept_as_it_is(tmp_path_factory, three):
    from click.testing import CliRunner

    folder = tmp_path_factory.mktemp("book")
    (folder / "referrals.csv").write_text("date,giver,receiver,prospect\n")
    giver, receiver, prospect = three
    words = ["add", "-b", str(folder), "--new", f"--prospect={prospect}", "--", giver, receiver]
    result = CliRunner().invoke(main, words)
    if {giver.casefold(), receiver.casefold()} & {"me"} or giver.casefold() == receiver.casefold():
        return
    assert result.exit_code == 0, result.output
    columns = read(folder).referrals.columns
    assert [columns[name] for name in ("giver", "receiver")] == [[giver], [receiver]]
    assert columns["prospect"][0] in three


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("date;direction;person;prospect\r\n", "2026-06-30;received;Ann Lee;\r\n"),
        ("receiver,giver,date\n", "Me Myself,Ann Lee,2026-06-30\n"),
    ],
)
def test_a_table_keeps_its_own_form(run, tmp_path, head, row):
    table = tmp_path / "mine.csv"
    table.write_bytes(head.encode())
    run("add", "Ann Lee", "me", "-b", table, "--me", "Me Myself", "--today", "2026-06-30")
    assert table.read_bytes().decode() == head + row
    said = run("touch", "Ann Lee", "call", "-b", table, "--me", "Me Myself", status=1).stderr
    assert "a single table has no place for touches" in said


def test_given_and_received_are_two_files(run, tmp_path):
    for name in ("given", "received"):
        (tmp_path / f"{name}.csv").write_text("date,person\n")
    mine = ["-b", tmp_path, "--me", "Me Myself", "--today", "2026-06-30"]
    run("add", "Ann Lee", "me", *mine)
    run("add", "me", "Bo Park", *mine)
    assert (last(tmp_path, "received"), last(tmp_path, "given")) == (
        "2026-06-30,Ann Lee",
        "2026-06-30,Bo Park",
    )
    assert "has no place in it" in run("add", "Ann Lee", "Bo Park", *mine, status=1).stderr
    said = run("add", "me", "Bo Park", "--note", "x", *mine, status=1).stderr
    assert "there is no column note for 'x'" in said
    assert "add note to this line" in said


def test_a_touch(run, book):
    result = run("touch", "ann lee", "they thanked me", "-b", book, "--note", "so kind, she said")
    assert result.stdout == '2026-06-30,Ann Lee,they-thanked-me,,"so kind, she said",,,\n'
    path = book / "touches.csv"
    assert path.read_text().startswith("date,person,kind,personal,note,with,about,until\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    run("touch", "ann lee", "call", "-b", book, "--not-personal", "--date", "2026-06-01")
    assert last(book, "touches") == "2026-06-01,Ann Lee,call,no,,,,"
    row = json.loads(run("touch", "ann lee", "gift", "-b", book, "--personal", "-O", "json").stdout)
    assert (row["personal"], row["line"]) == (True, 4)


@pytest.mark.parametrize("named", ["a1", "Okafor Dental", "okafor", "ann lee", "Annie"])
def test_a_status_moves_on(run, book, named):
    before = (book / "referrals.csv").read_bytes()
    result = run("status", named, "met", "-b", book, "--note", "coffee")
    assert result.stdout == "2026-06-30,a1,met,coffee,\n"
    told = "2026-01-08: Ann Lee to Me Myself (Okafor Dental): was given, is now met."
    assert result.stderr.splitlines()[-1] == told
    assert read(book).referrals.columns["status"][0] == "met"
    assert (book / "referrals.csv").read_bytes() == before


def test_a_value_is_added_to_a_table_with_a_decimal_comma_as_the_table_writes_it(run, tmp_path):
    table = tmp_path / "referrals.csv"
    table.write_text("date;giver;receiver;value\n2026-01-08;Ann;Bo;1,5\n")
    words = ["add", "Ann", "Bo", "-b", tmp_path, "--decimal-comma", "--date", "2026-02-01"]
    assert run(*words, "--value", "1250.50").stdout == "2026-02-01;Ann;Bo;1250,50\n"
    said = run(*words, "--value", "1250,50", status=2).stderr
    assert "got '1250,50'; write it with a decimal point: 1250.50" in said


def test_nobody_is_added_as_sent_by_themselves_and_no_line_is_named_that_is_not_there(run, book):
    said = run("add", "Ann Lee", "Annie", "-b", book, status=1).stderr.splitlines()
    assert said[-1] == "Error: 'Ann Lee' cannot refer to themselves; nothing was written."


def test_a_referral_without_an_id_has_one_from_its_content(run, book):
    run("status", "bo park", "won", "-b", book)
    assert read(book).referrals.columns["status"] == ["given", "won"]


def test_a_status_may_go_back_and_an_older_one_does_not_stand(run, book):
    run("status", "a1", "won", "-b", book, "--date", "2026-06-01")
    result = run("status", "a1", "met", "-b", book, "--date", "2026-05-01")
    told = (
        "(Okafor Dental): was met on 2026-05-01, and stays won since 2026-06-01, as that is newer."
    )
    assert result.stderr.splitlines()[-1].endswith(told)
    assert "is now" not in result.stderr
    result = run("status", "a1", "lost", "-b", book)
    assert "was won since 2026-06-01, is now lost" in result.stderr
    assert read(book).referrals.columns["status"][0] == "lost"


def test_a_row_that_is_corrected_keeps_its_statuses_if_it_is_given_the_id(run, book):
    run("status", "bo park", "won", "-b", book)
    table = book / "referrals.csv"
    table.write_text(table.read_text().replace("Bo Park,,,,,,,,,", "Bo Parker,,,,,,,,,"))
    said = run("check", book, status=1).stdout
    assert "if its referral was corrected since, write this id into the column id there" in said
    identity = last(book, "statuses").split(",")[1]
    table.write_text(table.read_text().replace("Parker,,,,,,,,,", f"Parker,,,,,,,,,{identity}"))
    assert read(book).referrals.columns["status"][1] == "won"


def test_several_that_are_meant_are_listed_with_their_ids(run, book):
    run("add", "Ann Lee", "me", "-b", book, "--prospect", "Okafor Legal")
    before = contents(book)
    said = run("status", "okafor", "met", "-b", book, status=1).stderr
    assert "2 referrals under way are of 'okafor'; name one by its id:\n  a1  2026-01-08" in said
    assert contents(book) == before
    run("status", "Okafor Legal", "lost", "-b", book)
    run("status", "okafor", "met", "-b", book)
    assert last(book, "statuses").startswith("2026-06-30,a1,met")
    run("status", "a1", "lost", "-b", book)
    said = run("status", "okafor", "met", "-b", book, status=1).stderr
    assert "No referral of 'okafor' is under way; name a closed one by its id" in said


def test_a_new_book_is_made_whole_or_not_at_all_and_private(run, tmp_path, monkeypatch):
    calls = []
    really = os.fsync

    def fail(handle):
        calls.append(handle)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        really(handle)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        assert "no space left" in run("init", tmp_path / "mine", "--me", "Ann", status=1).stderr
    assert list((tmp_path / "mine").iterdir()) == []
    result = run("init", tmp_path / "mine", "--me", "Ann")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "mine").iterdir()}
    assert modes == {0o600}
    assert f"refgraph add -b {tmp_path / 'mine'}" in result.stderr
    run("add", "Bo", "me", "-b", tmp_path / "mine", "--date", "2026-06-01")
    assert last(tmp_path / "mine") == "2026-06-01,Bo,Ann" + "," * (len(COLUMNS["referrals"]) - 3)


def test_a_row_that_is_in_is_told_though_its_printing_fails(run, book, monkeypatch):
    from refgraph.cli.books import write_session

    def fail(text):
        msg = "Cannot write standard output"
        raise RefgraphError(msg)

    monkeypatch.setattr(write_session, "print_text", fail)
    said = run("add", "Ann Lee", "me", "-b", book, status=1).stderr
    assert said.startswith(f"Added line 4 of {book}/referrals.csv")


def ask(run, book, *lines, words=(), status=0):
    return run(
        "add", "-b", book, *words, text="".join(f"{line}\n" for line in lines), status=status
    )


def test_each_field_is_asked_for(run, book):
    result = ask(run, book, "", "ann lee", "", "Lund", "3", "a note", "", ".")
    assert result.stdout == "2026-06-30,Ann Lee,Me Myself,Lund,,3,,,,,a note,\n"
    said = result.stderr
    for prompt in ("Date [2026-06-30]: ", "Giver [Me Myself]: ", "Receiver [Me Myself]: "):
        assert prompt in said
    assert "2026-06-30: Ann Lee to Me Myself; prospect Lund; handoff 3; note a note\n" in said
    assert said.endswith("1 referral was added.\n")


def test_the_end_of_the_input_and_a_dot_end(run, book):
    before = contents(book)
    for lines in ([], ["."], [""], ["", "."], ["", "Ann Lee", "", "", "", ""]):
        assert ask(run, book, *lines).stderr.endswith("0 referrals were added.\n")
    assert contents(book) == before


def test_the_date_of_a_row_is_offered_for_the_next(run, book):
    rows = ["2026-05-05", "", "bo", "", "", "", "", "y", "", "", "ann lee", "", "", "", "", "."]
    result = ask(run, book, *rows)
    assert [line[:10] for line in result.stdout.splitlines()] == ["2026-05-05"] * 2
    assert result.stderr.endswith("2 referrals were added.\n")


def test_a_step_back_keeps_what_was_typed(run, book):
    rows = [
        "",
        "ann lee",
        "<",
        "<",
        "2026-06-01",
        "",
        "",
        "Lund",
        "<",
        "",
        "",
        "",
        "<",
        "x",
        "",
        ".",
    ]
    result = ask(run, book, *rows)
    assert result.stdout == "2026-06-01,Ann Lee,Me Myself,Lund,,,,,,,x,\n"
    assert "Giver [Ann Lee]: " in result.stderr
    assert "Prospect (may be blank) [Lund]: " in result.stderr


def test_what_is_typed_wrongly_is_asked_for_again(run, book):
    rows = [
        *("2026-02-30", "2026-07-02", "?", ""),  # date
        *("ann", "lee", "y"),  # giver
        *("Annie", ""),  # receiver
        "",
        *("9", "?", "4"),  # handoff
        "",
        *("perhaps", "y", "."),
    ]
    result = ask(run, book, *rows)
    assert result.stdout == "2026-06-30,Ann Lee,Me Myself,,,4,,,,,,\n"
    for said in (
        "there is no 2026-02-30",
        "is after today",
        "when it was given: YYYY-MM-DD",
        "2 people in this book have 'ann' in their name",
        "'Ann Lee' cannot refer to themselves",
        "handoff must be 0 to 5",
        "5 introduced in person",
    ):
        assert said in result.stderr


def test_somebody_new_is_asked_about(run, book):
    result = ask(run, book, "", "Cy Dunn", "n", "Cy Dun", "y", "Anne Lee", "y", "", "", "", "", ".")
    assert result.stdout == "2026-06-30,Cy Dun,Ann Lee,,,,,,,,,\n"
    assert "'Cy Dunn' is new in this book. Add them? [Y/n]" in result.stderr
    assert "Nobody is called 'Anne Lee'. Did you mean 'Ann Lee'? [Y/n]" in result.stderr
    result = ask(run, book, "", "Anne Lee", "n", "y", "", "", "", "", "", ".")
    assert result.stdout.startswith("2026-06-30,Anne Lee,Me Myself")
    result = ask(run, book, "", "Bo Prak", "", "", "", "", "", "", ".", words=["--new"])
    assert result.stdout.startswith("2026-06-30,Bo Prak,Me Myself")


def test_a_row_that_is_not_wanted_is_not_written(run, book):
    before = contents(book)
    result = ask(run, book, "", "ann lee", "", "", "", "", "n", ".")
    assert result.stderr.endswith("0 referrals were added.\n")
    assert contents(book) == before


def test_what_the_command_line_says_is_not_asked_for(run, book):
    words = ["Ann Lee", "--date", "2026-06-01", "--status", "won", "--note", ""]
    result = ask(run, book, "", "Lund", "", "", ".", words=words)
    assert result.stdout == "2026-06-01,Ann Lee,Me Myself,Lund,,,won,,,,,\n"
    assert "Date" not in result.stderr


def test_a_column_that_the_book_has_not_is_not_asked_for(run, book):
    (book / "referrals.csv").write_text("date,giver,receiver\n")
    assert ask(run, book, "", "ann lee", "", "", ".").stdout == "2026-06-30,Ann Lee,Me Myself\n"


def test_a_repeat_is_told_before_it_is_added(run, book):
    result = ask(run, book, "2026-02-01", "", "bo park", "", "", "", "n", ".")
    assert f"Note: line 3 of {book}/referrals.csv tells the same already." in result.stderr


def test_a_row_that_cannot_be_written_is_offered_again(run, book, monkeypatch):
    really, calls = replace._write_beside, []

    def fail(target, content):
        calls.append(content)
        if len(calls) == 1:
            raise OSError(28, "No space left on device")
        return really(target, content)

    monkeypatch.setattr(replace, "_write_beside", fail)
    result = ask(run, book, "", "lee", "y", "", "Lund", *[""] * 10, ".")
    assert "no space left on device" in result.stderr
    assert result.stdout == "2026-06-30,Ann Lee,Me Myself,Lund,,,,,,,,\n"


def test_an_interrupt_loses_only_the_row_being_typed(run, book, monkeypatch):
    answers = iter(["", "ann lee", "", "", "", "", "", "", "bo"])

    def read_line(text, offered):
        try:
            return next(answers)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(prompts, "_read", read_line)
    result = run("add", "-b", book, status=1)
    assert result.stderr.endswith("1 referral was added. The row being typed was not.\n")
    assert last(book) == "2026-06-30,Ann Lee,Me Myself,,,,,,,,,"


def complete(words, incomplete):
    from click.shell_completion import ShellComplete

    found = ShellComplete(main, {}, "refgraph", "_REFGRAPH_COMPLETE")
    return [item.value for item in found.get_completions([*map(str, words)], incomplete)]


def test_the_shell_completes_people_kinds_and_statuses(book, monkeypatch):
    assert complete(["add", "-b", book], "an") == ["Ann Lee", "Anna Bell", "Annie"]
    assert complete(["add", "-b", book, "Ann Lee"], "lu") == ["José Luz"]
    assert complete(["touch", "-b", book], "bo") == ["Bo Park"]
    assert complete(["touch", "-b", book, "Bo Park"], "th") == ["thanks", "they-thanked-me"]
    assert complete(["status", "-b", book], "ok") == ["Okafor Dental"]
    assert complete(["status", "-b", book, "x"], "m") == ["met"]
    named = ["add", "-b", book, "--encoding", "cp1252"]
    (book / "people.csv").write_bytes("person\nZoë\n".encode("cp1252"))
    assert complete(named, "zo") == ["Zoë"]
    (book / "people.csv").write_text(PEOPLE, encoding="utf-8")
    monkeypatch.setenv("REFGRAPH_BOOK", str(book))
    assert complete(["register"], "bo") == ["Bo Park"]
    assert complete(["owe", "--for"], "bo") == ["Bo Park"]
    monkeypatch.setenv("_REFGRAPH_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "refgraph add bo")
    assert complete(["add"], "bo") == [r"Bo\\ Park"]
    monkeypatch.setenv("COMP_WORDS", 'refgraph add "bo')
    assert complete(["add"], "bo") == ["Bo Park"]


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"nonsense", b"date,giver,receiver\n,A,"]
)
def test_the_shell_is_offered_nobody_where_the_book_cannot_be_read(tmp_path, content):
    path = tmp_path / "referrals.csv"
    path.write_bytes(content)
    for book in (tmp_path, path, tmp_path / "nowhere", "-", "a\0b"):
        assert complete(["add", "-b", book], "") == []


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal that a test can hold")
def test_tab_completes_a_name_at_a_terminal(book):
    import pty

    pid, terminal = pty.fork()
    if pid == 0:  # the command, with a terminal of its own
        os.execv(sys.executable, [sys.executable, "-m", "refgraph", "add", "-b", str(book)])  # noqa: S606
    told = ""
    steps = [
        ("Date", "\n"),
        ("Giver", "Anna\t\n"),
        ("Receiver", "lee\t\n"),
        ("Prospect", "\n"),
        ("Handoff", "\n"),
        ("Note", "\n"),
        ("Add it?", "\n"),
        ("Undo: refgraph undo", ""),
        ("Date [2026-06-30]: ", ".\n"),
        ("1 referral was added.", ""),
    ]
    try:
        for awaited, typed in steps:
            until = time.monotonic() + 20
            while awaited not in told:
                assert select.select([terminal], [], [], max(0, until - time.monotonic()))[0], told
                told += os.read(terminal, 1000).decode()
            told = told[told.index(awaited) + len(awaited) :]
            os.write(terminal, typed.encode())
        assert os.waitpid(pid, 0)[1] == 0
    except BaseException:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        raise
    finally:
        os.close(terminal)
    assert last(book).startswith("2026-06-30,Anna Bell,Ann Lee,")
