"""Whatever goes wrong is one clear sentence on stderr, and exit 1 or 2; never a traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import surface

DATA = Path(__file__).parents[2] / "data"
ADVISER, CHAPTER = DATA / "adviser", DATA / "chapter"
HEADER = "date,giver,receiver\n"


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """An empty current folder, and no book in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REFGRAPH_BOOK", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "this file is empty"),
        (HEADER, "No referrals yet in"),
        (f"{HEADER}2030-01-01,Ann,Bo\n", ":2: 2030-01-01 is after today, 2026-06-30"),
        (f"{HEADER}2026-01-01,Ann,Ann\n", ":2: 'Ann' cannot refer to themselves"),
        (f"{HEADER}2026-01-01,Ann,Bo\n2026-02-02,Bo,A", ":3: the last line does not end"),
        (b"date,giver,receiver\n2026-01-01,Ann,Jos\xe9\n", "is not UTF-8"),
    ],
    ids=["empty", "header only", "future", "self-referral", "torn", "Latin-1"],
)
@pytest.mark.parametrize("command", ["owe", "report", "stats"])
def test_a_file_that_cannot_be_used_is_a_sentence_and_exit_1(run, table, command, content, said):
    result = run(command, table(content), "--today", "2026-06-30", status=1)
    assert said in result.stderr
    assert result.stdout == ""


def test_check_prints_every_problem_with_its_place_and_their_number(run, table):
    path = table(f"{HEADER}2026-01-01,Ann,Ann\n2026-02-30,Ann,Bo\n")
    result = run("check", path, status=1)
    assert result.stderr == ""
    assert result.stdout.splitlines()[0] == f"{path}:2: 'Ann' cannot refer to themselves"
    assert result.stdout.splitlines()[-1] == f"2 problems in 2 lines of {path}"
    problems = json.loads(run("check", path, "-O", "json", status=1).stdout)
    assert [problem["lineno"] for problem in problems] == [2, 3]
    assert list(problems[0]) == [
        "filename",
        "lineno",
        "message",
        "excerpt",
        "hint",
        "check",
        "column",
    ]
    assert [problem["check"] for problem in problems] == ["distinct", "dates"]
    assert [problem["column"] for problem in problems] == ["", "date"]


@pytest.mark.parametrize("book", [ADVISER, CHAPTER])
def test_check_is_silent_when_all_is_well(run, book):
    result = run("check", book)
    assert (result.stdout, result.stderr) == ("", "")
    assert run("check", book, "-O", "json").stdout == "[]\n"


def test_bad_rows_are_left_out_when_asked_and_listed_and_counted_on_the_page(run, table):
    path = table(f"{HEADER}2026-01-01,Ann,Ann\n2026-01-02,Ann,Bo\n")
    result = run("report", path, "--skip-bad", "--today", "2026-06-30")
    assert result.stderr.startswith(f"Left out 1 row of {path}:\n{path}:2: 'Ann' cannot")
    assert "1 row left out" in result.stdout
    hidden = run("report", path, "--skip-bad", "--incognito", "--today", "2026-06-30")
    assert hidden.stderr == (f"Left out 1 row of {path}:\n{path}:2: … cannot refer to themselves\n")


def test_no_such_file(run, elsewhere):
    assert "nowhere: no such file or folder" in run("owe", "nowhere", status=1).stderr


def test_no_book_was_named(run, elsewhere):
    said = run("owe", status=2).stderr
    assert "No book was named" in said
    assert "-b BOOK; or write a sample: refgraph init mybook --sample" in said
    assert "the book has no name" in run("owe", "", status=2).stderr


def test_the_book_of_the_environment(run, elsewhere, monkeypatch):
    monkeypatch.setenv("REFGRAPH_BOOK", "nowhere")
    assert "$REFGRAPH_BOOK names 'nowhere'" in run("owe", status=1).stderr
    monkeypatch.setenv("REFGRAPH_BOOK", "a" * 5000)
    assert "does not exist" in run("owe", status=1).stderr
    monkeypatch.setenv("REFGRAPH_BOOK", "")
    assert "No book was named" in run("owe", status=2).stderr
    monkeypatch.setenv("REFGRAPH_BOOK", str(ADVISER))
    assert run("owe").stdout == run("owe", ADVISER).stdout


def test_the_current_folder_is_the_book_if_it_holds_one(run, elsewhere):
    (elsewhere / "referrals.csv").write_text(f"{HEADER}2026-01-01,Ann,Bo\n", encoding="utf-8")
    assert "Ann" in run("balance", "--today", "2026-06-30").stdout


def test_standard_input_is_a_book(run):
    text = (ADVISER / "referrals.csv").read_text(encoding="utf-8")
    result = run("owe", "-", "--me", "Dana Whitfield", "--today", "2026-10-01", text=text)
    assert "Marcus Bell" in result.stdout


def test_nobody_is_me(run):
    for words in (
        ["refer-first", CHAPTER],
        ["map", "owed", CHAPTER],
        ["why", "Gwen", "-b", CHAPTER],
    ):
        assert "--for PERSON" in run(*words, status=1).stderr


@pytest.mark.parametrize(
    "words",
    [
        ["why", "Marcos Bell", "-b", ADVISER],
        ["register", "Marcos Bell", "-b", ADVISER],
        ["owe", ADVISER, "--for", "Marcos Bell"],
        ["owe", ADVISER, "--me", "Marcos Bell"],
        ["report", ADVISER, "--for", "Marcos Bell"],
    ],
)
def test_an_unknown_person_comes_with_suggestions(run, words):
    said = run(*words, "--all", status=1) if words[0] == "owe" else run(*words, status=1)
    assert "Marcos Bell" in said.stderr.replace("Marcus Bell", "")
    assert "'Marcus Bell'" in said.stderr


def test_why_needs_two_people(run):
    assert "name the other person" in run("why", "Dana Whit", "-b", ADVISER, status=1).stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["reprot"], "No such command 'reprot'"),
        (["owe", "--frobnicate"], "No such option"),
        (["owe", ADVISER, "-b", CHAPTER], "two books were named"),
        (["owe", ADVISER, "-O", "xml"], "'xml' is not one of"),
        (["owe", ADVISER, "-o", "owe.xyz"], "does not say which format"),
        (["owe", ADVISER, "-o", "owe"], "does not say which format"),
        (["owe", ADVISER, "-O", "csv", "-o", "owe.xlsx"], "end it with .csv"),
        (["without", "Rosa", "-b", ADVISER, "-O", "table", "-o", "x.svg"], "end it with .txt"),
        (["effect", ADVISER, "-O", "json", "-o", "x.PNG"], "-O json writes text"),
        (["report", ADVISER, "-o", "report.csv"], "end it with one of .txt, .json, .md"),
        (["export", "x.doc", "-b", ADVISER], "end it with one of .graphml"),
        (["map", "owed", ADVISER, "-o", "x.gif"], "end it with one of .png"),
        (["map", "owed", ADVISER, "--with-me"], "--with-me belongs"),
        (["map", "matrix", ADVISER, "--for", "Rosa"], "--for belongs"),
        (["owe", ADVISER, "--columns", "giver"], "'giver' is not OURS=THEIRS"),
        (["owe", ADVISER, "--columns", "=from"], "'=from' is not OURS=THEIRS"),
        (["owe", ADVISER, "--columns", "giver=1,giver=2"], "named twice"),
        (["owe", ADVISER, "--last", "12x"], "'12x' is not a span of time"),
        (["owe", ADVISER, "--last", "0m"], "'0m' is not a span of time"),
        (["owe", ADVISER, "--last", "9999y"], "before the calendar begins"),
        (["owe", ADVISER, "--last", "1y", "--since", "2026-01-01"], "keep one of them"),
        (["owe", ADVISER, "--since", "2026-02-30"], "there is no 2026-02-30"),
        (["owe", ADVISER, "--today", "tomorrow"], "'tomorrow' is not a date"),
        (["owe", ADVISER, "--since", "2026-05-01", "--until", "2026-04-01"], "window is empty"),
        (["init", "x", "--me", ""], "a person has no name"),
        (["init", "x", "--me", "Ann", "--sample"], "its own me"),
        (["review", ADVISER], "Missing option '-o'"),
        (["review", ADVISER, "-o", ""], "the folder has no name"),
        (["init", ""], "the folder has no name"),
        (["map", "owed", ADVISER, "-o", ""], "name a file"),
        (["map", "owed", ADVISER, "--scene", ""], "name a file"),
        (["export", "x.json", "--raw", "-b", ADVISER], "--raw belongs to a .csv file"),
        (["register", "", "-b", ADVISER], "'PERSON': a person has no name"),
        (["why", " ", "-b", ADVISER], "'PERSON': a person has no name"),
        (["owe", ADVISER, "--for", ""], "'--for': a person has no name"),
        (["init"], "Missing argument"),
    ],
    ids=lambda value: " ".join(map(str, value))[:40] if isinstance(value, list) else "",
)
def test_a_wrong_command_line_is_exit_2(run, elsewhere, words, said):
    result = run(*words, status=2)
    assert said in result.stderr
    assert result.stdout == ""
    assert list(elsewhere.iterdir()) == []


def test_no_arguments_show_the_help(run):
    assert "refgraph init mybook --sample" in run(status=2).output


@pytest.mark.parametrize(
    "words",
    [
        ["owe", ADVISER, "-o", "{}/owe.csv"],
        ["report", ADVISER, "-o", "{}/report.md"],
        ["review", ADVISER, "-o", "{}/review"],
        ["export", "{}/graph.graphml", "-b", ADVISER],
        ["init", "{}/book", "--sample"],
        ["owe", ADVISER, "-o", f"{{}}/{'a' * 5000}.csv"],
    ],
    ids=lambda words: " ".join(map(str, words))[:3],
)
def test_a_place_that_cannot_be_written(run, tmp_path, words):
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run(*(str(word).format(tmp_path / "file") for word in words), status=1)
    assert result.stderr.startswith(f"Error: Cannot write {tmp_path / 'file'}/")
    assert result.stderr.count("Cannot write") == 1
    assert result.stdout == ""


@pytest.mark.parametrize("words", [["review", ADVISER, "-o"], ["init"]], ids=["review", "init"])
def test_a_file_where_the_folder_should_be(run, tmp_path, words):
    (tmp_path / "file").write_text("keep", encoding="utf-8")
    assert "is a file" in run(*words, tmp_path / "file", status=2).stderr
    assert (tmp_path / "file").read_text(encoding="utf-8") == "keep"


def test_a_folder_where_the_file_should_be(run, tmp_path):
    (tmp_path / "owe.csv").mkdir()
    assert "is a directory" in run("owe", ADVISER, "-o", tmp_path / "owe.csv", status=2).stderr


def test_an_empty_window_says_so(run):
    said = run("owe", ADVISER, "--until", "2020-01-01", status=1).stderr
    assert "No referrals in this window" in said


def test_undated_referrals_are_told_of(run, table):
    path = table(f"{HEADER},Ann,Bo\n2026-01-02,Ann,Bo\n")
    words = ["balance", path, "--today", "2026-06-30"]
    assert "1 referral has no date: counted, but without an age." in run(*words).stderr
    assert "1 referral has no date: the window leaves it out." in run(*words, "--last", "1y").stderr


#: What is about needs and offers, or about names, and uses no referral here.
_OF_PEOPLE = {"bench", "card", "check", "decisions", "export", "init", "introduce", "people"}


@pytest.mark.parametrize(
    "command",
    sorted(
        name
        for name in surface.tree()
        if not surface.writes(name)
        and name not in _OF_PEOPLE | {"evaluate", "review", "map", "effect", "without"}
    ),
)
def test_what_a_note_says_of_undated_referrals_is_what_the_answer_does_with_them(
    run, table, command
):
    """An answer that is the same without them has left them out."""
    rows = (
        "2025-01-01,Ann Lee,Bo Park,Moss,given",
        "2025-02-01,Bo Park,Ann Lee,Okafor,given",
        "2025-03-01,Cy Dunn,Ann Lee,Ruiz,won",
        "2026-04-01,Ann Lee,Cy Dunn,Hale,met",
    )
    undated = ",Dee Hart,Ann Lee,Quinn,given", ",Ann Lee,Eve Ito,Stone,met", ",Bo Park,Ann Lee,,won"
    said = surface.NEEDS[command][0]
    words = [word.format(one="Bo Park") for word in said]
    told = [
        run(command, *words, "-b", path, "--today", "2026-06-01", "--me", "Ann Lee", "-O", "json")
        for path in (
            table("\n".join(("date,giver,receiver,prospect,status", *rows, *more, "")))
            for more in ((), undated)
        )
    ]
    assert "no date" not in told[0].stderr
    fate = re.search(r"3 referrals have no date: (counted|left out)", told[1].stderr)
    assert fate, told[1].stderr
    assert (fate[1] == "left out") == (told[0].stdout == told[1].stdout), fate[0]


@pytest.mark.parametrize(
    "words",
    [
        "export av/referrals.csv -b av",
        "balance av -o av/Referrals.csv",
        "owe av -o av/given.csv",
        "owe link -o av/people.csv",
        "owe av -o link/../av/people.csv",
        "stats av -o soft.csv",
        "stats av -o hard.csv",
        "check av -O json -o av/statuses.csv",
        "map owed av --scene av/touches.csv",
        "map owed av -o av/refgraph.toml",
        "map owed owed.png",
        "review out/report.md -o out",
        "export one.csv -b one.csv",
        "owe av/referrals.csv -o av/people.csv",
        "owe - -o one.csv",
    ],
)
def test_a_file_of_the_book_is_never_written_over(elsewhere, words):
    shutil.copytree(ADVISER, elsewhere / "av")
    (elsewhere / "out").mkdir()
    for name in ("one.csv", "owed.png", "out/report.md"):
        shutil.copy(ADVISER / "referrals.csv", elsewhere / name)
    (elsewhere / "link").symlink_to("av")
    (elsewhere / "soft.csv").symlink_to("av/people.csv")
    (elsewhere / "hard.csv").hardlink_to("av/people.csv")
    before = {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()}
    with (elsewhere / "one.csv").open("rb") as stdin:
        done = refgraph(*words.split(), stdin=stdin, cwd=elsewhere)
    assert done.returncode == 2
    assert b"is one of the book's own files; write to another place" in done.stderr
    assert before == {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()}


def test_a_review_may_stand_in_the_folder_of_the_book(run, elsewhere):
    shutil.copytree(ADVISER, elsewhere / "av")
    run("review", "av", "-o", "av", "--only", "md")
    run("owe", "av", "-o", "av/owe.csv")
    assert run("check", "av").output == ""


def refgraph(*words, **options):
    """Run the command in a process of its own."""
    words = [sys.executable, "-m", "refgraph", *map(str, words)]
    return subprocess.run(words, stderr=subprocess.PIPE, check=False, **options)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("words", [["owe", ADVISER], ["--help"]], ids=["owe", "help"])
def test_a_full_disk_is_a_sentence(words):
    with Path("/dev/full").open("wb") as full:
        done = refgraph(*words, stdout=full)
    said = b"Error: Cannot write standard output: no space left on device. Choose another place.\n"
    assert (done.returncode, done.stderr) == (1, said)


@pytest.mark.skipif(os.name != "posix", reason="closes a descriptor")
def test_a_closed_output_is_a_sentence_unless_nothing_goes_there(elsewhere):
    def close():
        os.close(1)

    done = refgraph("owe", ADVISER, preexec_fn=close)
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert b"standard output: it is closed" in done.stderr
    assert refgraph("owe", ADVISER, "-o", "owe.csv", preexec_fn=close).returncode == 0


def test_names_that_look_alike_are_asked_about_and_never_with_incognito(run, table):
    path = table(f"{HEADER}2026-01-01,Ann Lee,Bo\n2026-01-02,ann lee,Bo\n")
    said = "'Ann Lee' and 'ann lee' differ only in capital letters or accents: one person?"
    for words in (["check", path, "-O", "json"], ["balance", path]):
        result = run(*words, "--today", "2026-06-30")
        assert result.stderr.startswith(f"Note: {said}")
        assert words[0] == "balance" or result.stdout == "[]\n"
    assert "Lee" not in run("balance", path, "--incognito", "--today", "2026-06-30").output


def test_a_column_can_be_said_to_be_absent(run, table):
    path = table("from,to\nAnn,Bo\n")
    columns = "giver=from,receiver=to,date="
    assert "Ann" in run("balance", path, "--columns", columns).stdout
    said = run("balance", path, "--columns", "giver=,receiver=to,date=", status=1).stderr
    assert "a referral needs the column giver" in said


def test_the_me_of_the_settings_is_named_with_its_file(run, tmp_path):
    (tmp_path / "referrals.csv").write_text(f"{HEADER}2026-01-01,Ann,Bo\n", encoding="utf-8")
    (tmp_path / "refgraph.toml").write_text('me = "Mee"\n', encoding="utf-8")
    said = run("owe", tmp_path, status=1).stderr
    assert f"It is the me of {tmp_path / 'refgraph.toml'}." in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--note", "speaks"], True),
        (["--until", "2027-03-01"], True),
        (["--note", "speaks", "--until", "2027-03-01"], False),
        (["--note", "not mine to do"], False),  # which puts a line of today aside
    ],
)
def test_a_decision_that_will_not_come_back_is_told_so(run, tmp_path, words, told):
    run("init", tmp_path / "book", "--me", "Me")
    run("add", "Ann", "Me", "-b", tmp_path / "book", "--new")
    said = run("touch", "Ann", "decision", *words, "-b", tmp_path / "book").stderr
    assert ("a decision comes back only with --note WHAT and --until DAY" in said) == told
