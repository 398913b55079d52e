"""Every command that there is, with every option that it shares, on every kind of book."""

from __future__ import annotations

import json
import re
import sys
from itertools import cycle

import click
import pytest
import surface

from refgraph.reading.redaction import GONE, redacted_text
from refgraph.report.sections import section

#: The commands that can hide what a book says.
HIDING = [name for name in surface.tree() if "incognito" in surface.names_of(name)]
#: They draw, which takes as long as all others together.
DRAWING = ("map", "review")


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """Give the books that no test changes."""
    folder = tmp_path_factory.mktemp("books")
    return {
        "good": surface.good(folder / "good"),
        "hostile": surface.hostile(folder / "hostile"),
        "bad row": surface.failing(folder / "bad", "referrals count 0"),
    }


@pytest.fixture
def told(tmp_path):
    """Run calls, and see that none of them ends in anything but an answer or a sentence."""

    def run(call, subject):
        ran = surface.carry_out(call, subject, tmp_path / "scratch")
        assert ran.error is None, (str(call), ran.error)
        assert ran.status in (0, 1, 2), call
        assert "Traceback" not in ran.stderr, call
        return ran

    return run


def test_every_command_of_the_tree_has_words_that_make_it_run():
    assert set(surface.NEEDS) == set(surface.tree())


def test_every_command_that_is_written_stands_under_a_heading():
    written = {
        found
        for module in [*sys.modules.values()]
        if module.__name__.startswith("refgraph.cli.")
        for found in vars(module).values()
        if isinstance(found, click.Command) and not isinstance(found, click.Group)
    }
    assert written <= {*surface.tree().values()}


def test_every_option_of_a_command_is_in_one_of_its_calls():
    given = {"-b", "-O", "-o"}  # the book, and each way to print
    missing = [
        (name, each.opts)
        for name, command in surface.tree().items()
        for each in command.params
        if each.param_type_name == "option" and each.name not in surface.SHARED
        if not {*given, *(word for words in surface.NEEDS[name] for word in words)} & {*each.opts}
    ]
    assert missing == []


def test_every_option_says_what_it_does():
    mute = [
        (name, each.opts)
        for name, command in surface.tree().items()
        for each in command.params
        if isinstance(each, click.Option) and not each.hidden and not (each.help or "").strip()
    ]
    assert mute == []


def test_every_shared_option_is_in_the_calls():
    shared = {name for name in surface.SHARED if name != "columns"}
    assert {name for group in surface.TOGETHER for name in group} == shared - {"incognito"}


@pytest.mark.parametrize(
    "command", ["check", *(each for each in surface.NEEDS if each not in HIDING)]
)
def test_what_cannot_hide_answers_on_a_good_book(books, told, command):
    for call in surface.variants(command):
        ran = told(call, books["good"])
        if command == "import" and "--book-" in str(call):
            continue  # no book is written so
        finds = command == "check" and call.words and call.words[-1] != "spreadsheet"
        assert ran.status == (1 if finds else 0), (str(call), ran.stderr)


@pytest.mark.parametrize("command", HIDING)
def test_no_private_word_of_a_hostile_book_is_told(books, told, command):
    plain = [] if command in DRAWING else surface.variants(command)
    more = surface.mixed(command)
    for call in (*plain, *(surface.some(more) if command == "review" else more)):
        ran = told(call.plus("--incognito"), books["hostile"])
        assert surface.leaks(ran, books["hostile"].private) == []
        if surface.WRITING & {*call.words}:  # names, into the book or for later
            assert ran.status
            assert not ran.files
            continue
        # an option is refused where it belongs to another table only
        assert ran.status != 2 or re.search("goes with|belongs to", ran.stderr), ran.stderr
        if call in plain and command != "check":
            assert ran.status == 0, (str(call), ran.stderr)


@pytest.mark.parametrize("command", [("changes",), ("review", "-o", "{out}/changed.html")])
def test_a_review_of_another_side_is_refused_by_initials(books, told, command):
    words = (*command[1:], "--against", "{state}", "--me", "{two}", "--incognito")
    ran = told(surface.Call(command[0], words), books["hostile"])
    assert surface.leaks(ran, books["hostile"].private) == []
    assert re.search(r"compare with is of Z\.Z\.\d, and this one of C\.Z\.Z\.\d\.", ran.stderr)
    assert not ran.files


@pytest.mark.parametrize("command", HIDING)
def test_what_hides_completes_no_name(books, monkeypatch, command):
    monkeypatch.setenv("REFGRAPH_BOOK", str(books["hostile"].folder))
    context = click.Context(surface.tree()[command])
    offered = {}
    for hides in (False, True):
        context.params = {"incognito": hides}
        for each in surface.tree()[command].params:
            for item in each.shell_complete(context, ""):
                offered.setdefault(hides, set()).add(item.value)
    private = books["hostile"].private
    told = {word for word in private for item in offered.get(True, ()) if word in item.casefold()}
    assert told == set()


def faults_and_commands():
    """Pair each fault with a command, until each command has met two and each fault one."""
    others = [name for name in HIDING if name not in ("check", *DRAWING)]
    turns = cycle(others)
    return [(fault, next(turns)) for fault in surface.FAULTS]


def test_every_command_meets_a_bad_row():
    met = [command for _, command in faults_and_commands()]
    assert {name for name in HIDING if name not in ("check", *DRAWING)} == set(met)


@pytest.mark.parametrize(("fault", "command"), faults_and_commands())
def test_what_is_wrong_is_told_without_what_it_says(told, tmp_path, fault, command):
    subject = surface.failing(tmp_path / "book", fault)
    hide = ("--incognito",)
    words = surface.NEEDS[command][0]
    ran = told(surface.Call(command, (*words, *hide)), subject)
    assert surface.leaks(ran, subject.private) == []
    plain, hidden = (
        told(surface.Call("check", ("-O", "json", *more)), subject) for more in ((), hide)
    )
    assert surface.leaks(hidden, subject.private) == []
    if fault == "toml me":  # no line is wrong, but a name is nobody's
        assert (plain.status, hidden.status) == (1, 1)
        return
    whole, kept = json.loads(plain.stdout), json.loads(hidden.stdout)
    place = ("filename", "lineno", "check", "column")
    assert [[row[name] for name in place] for row in kept] == [
        [row[name] for name in place] for row in whole
    ]
    assert kept
    for row, full in zip(kept, whole, strict=True):
        assert row["excerpt"] == ""
        assert len(re.findall(r"\w{2,}", row["message"])) > 1  # a cause is told
        assert row["column"] in row["message"]
        assert bool(row["hint"]) == bool(full["hint"])
        # of the message all words of ours are left, and no others
        said = re.sub(r"'[^']*'|\"[^\"]*\"", GONE, full["message"])
        assert row["message"].removeprefix(f"{row['column']}: ") == said


@pytest.mark.parametrize("command", DRAWING)
def test_what_draws_tells_of_a_bad_row_without_what_it_says(books, told, command):
    subject = books["bad row"]
    call = surface.variants(command)[0].plus("--incognito")
    ran = told(call, subject)
    assert ran.status == 1
    assert f"{subject.folder}/referrals.csv:5: count must be" in ran.stderr
    assert surface.leaks(ran, subject.private) == []
    if command == "map":
        skipped = told(call.plus("--skip-bad"), subject)
        assert skipped.status == 0
        assert surface.leaks(skipped, subject.private) == []


@pytest.mark.parametrize("fault", ["referrals count 0", "toml me", "header missing"])
def test_a_folder_that_was_not_typed_is_not_told(run, tmp_path, monkeypatch, fault):
    folder = tmp_path / "zqzyfolder"
    surface.failing(folder, fault)
    monkeypatch.setenv("REFGRAPH_BOOK", str(folder))
    for command in ("check", "stats", "report"):
        assert "zqzy" not in run(command, "--incognito", status=1).output
    assert "zqzy" in run("check", status=1).output


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("'Will May' is not a date", "… is not a date"),
        ("'O'Brien' is declared twice, on line 4 and here", None),
        ("'Ann' may be 'Anne': one edit", "… may be …: one edit"),
        ("the file of Ann Lee is empty", "the file of … is empty"),
        ('the sheet "Ann" holds cells', "the sheet … holds cells"),
        ("a row of 王小明 was read", "a row of … was read"),
        ("the id 'a' and 'b", None),
    ],
)
def test_of_a_message_only_words_of_ours_stay(said, shown):
    told = redacted_text(said)
    assert told == shown or (shown is None and "Brien" not in (told or ""))


#: Options that are there to change an answer; the others say how a book is written.
CHANGING = ("whose", "incognito", "explain", "everything", "since", "in_place", "around", "among")


@pytest.mark.parametrize("command", [name for name in HIDING if name not in DRAWING])
def test_every_option_that_is_offered_changes_something(books, told, command, monkeypatch):
    monkeypatch.setattr(section, "LONG", 1)  # what is too long for a screen
    plain = {}
    has = surface.names_of(command)
    options = [words for name in CHANGING if name in has for words in surface.SHARED.get(name, ())]
    options += [words for words in surface.spread(command) if words[0] == "-O"][1:]
    for words in options:
        assert any(
            _outcome(told(call.plus(*words), subject))
            != plain.setdefault((name, call), _outcome(told(call, subject)))
            for name, subject in books.items()
            for call in surface.variants(command)
            if not {"-O", words[0]} & {*call.words}
        ), f"{command} takes {' '.join(words)}, and says the same"


def _outcome(ran):
    return ran.status, ran.stdout, ran.stderr, sorted(ran.files.items())


@pytest.mark.parametrize("name", ["Long", "May", "3.14159", "-2+3", "O'Brien"])
def test_a_remedy_that_is_a_command_names_nobody(run, tmp_path, name):
    (tmp_path / "referrals.csv").write_text(
        f"date,giver,receiver\n2026-01-01,{name},Bo\n2026-01-02,Bo,{name}x\n", encoding="utf-8"
    )
    (tmp_path / "assertions.csv").write_text(
        f"date,person,given,received\n2026-02-01,{name},9,9\n", encoding="utf-8"
    )
    checked = ("check", tmp_path, "--today", "2026-03-01")
    every = ("--only", "assertions", "--only", "lookalikes")
    assert name in run(*checked, *every, status=1).stdout
    told = run(*checked, *every, "--incognito", status=1).stdout.replace(str(tmp_path), "")
    assert "refgraph register …" in told
    assert name not in told.replace("2026", "")


@pytest.mark.parametrize(
    ("content", "words", "status"),
    [
        ("2026-01-02,May,Mark,Will Long,4711\n", ["--columns", "giver=zz"], 1),
        ("date,giver,receiver,May,Mark\n2026-01-02,Bo,Cy,1,4711\n", [], 0),
    ],
)
def test_headers_that_are_people_are_not_told(run, tmp_path, content, words, status):
    (tmp_path / "referrals.csv").write_text(content, encoding="utf-8")
    plain = run("check", tmp_path, *words, status=status)
    assert "may, mark" in (plain.stdout + plain.stderr).lower()
    done = run("check", tmp_path, *words, "--incognito", status=status)
    told = (done.stdout + done.stderr).replace(str(tmp_path), "").lower()
    assert "column" in told
    assert not any(word in told for word in ("may", "mark", "4711"))
