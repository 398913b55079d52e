"""Every command and option that takes a person takes them by every name, or refuses alike."""

from __future__ import annotations

import shutil
from unicodedata import normalize

import click
import pytest
from surface import needed, tree

from refgraph.cli.reading import who
from refgraph.cli.reading.chosen_book import Source

REFERRALS = """\
date,giver,receiver,prospect,status,id
2026-01-08,Ann Lee,Dana Reed,Okafor Dental,given,a1
2026-02-01,Dana Reed,José Álvarez,,given,a2
2026-02-02,José Álvarez,Bo Lund,,lost,a3
2026-03-01,Joan Park,Ann Kim,,won,a4
2026-03-02,Dana Reed,Joan Park,,given,a5
"""
PEOPLE = "person,aliases\nAnn Lee,Annie\nJosé Álvarez,Pepe;Chef\n=1+1,\nNA,\n"
SETTINGS = 'me = "Dana Reed"\ntoday = "2026-06-30"\n'

#: One person, by every step of the ladder.
SURE = (
    *("José Álvarez", "  José   Álvarez ", normalize("NFD", "José Álvarez")),
    *("Pepe", "PEPE", "jose alvarez", "JOSÉ ÁLVAREZ"),
)
GUESSED = ("Álvarez, José", "alvarez, jose", "José Álvarez (Ferretería)", "alv", "jose")
MINE = ("Dana Reed", "me", "ME", "myself", "dana reed")
NOBODY = ("lvar", "Zed Quist")

#: What a command that writes needs to be told with the name, which stands where {} is.
WRITING = {
    ("add", "giver"): ("{}", "Bo Lund", "--date", "2026-06-01"),
    ("add", "receiver"): ("Ann Kim", "{}", "--date", "2026-06-01"),
    ("add", "field_prospect"): ("Ann Kim", "Bo Lund", "--prospect", "{}"),
    ("add", "me"): ("Bo Lund", "me", "--me", "{}"),
    ("touch", "person"): ("{}", "call"),
    ("touch", "field_with"): ("Bo Lund", "call", "--with", "{}"),
    ("touch", "me"): ("Bo Lund", "call", "--me", "{}"),
    ("status", "referral"): ("{}", "met"),
    ("status", "me"): ("a1", "met", "--me", "{}"),
    ("forget", "person"): ("{}", "--as", "Somebody"),
    ("forget", "me"): ("Bo Lund", "--as", "Somebody", "--me", "{}"),
    ("people merge", "person"): ("{}", "Ann Kim"),
    ("people merge", "others"): ("Ann Kim", "{}"),
    ("people merge", "me"): ("Bo Lund", "Ann Kim", "--me", "{}"),
    ("people set", "person"): ("{}", "group", "Lunch club"),
    ("people set", "me"): ("Bo Lund", "group", "Lunch club", "--me", "{}"),
    ("people split", "alias"): ("{}",),
    ("people split", "me"): ("Pepe", "--me", "{}"),
    ("people tidy", "two"): ("--apart", "Ann Kim", "{}"),
    ("people tidy", "me"): ("--apart", "Ann Kim", "Bo Lund", "--me", "{}"),
    ("import", "me"): ("{file}", "--me", "{}"),
}
#: What is no person: a name beside theirs, and a referral, most of which are mine.
NO_ME = {("people split", "alias"), ("status", "referral")}
#: What takes a name that is to be nobody's yet.
NEW = {("forget", "pseudonym"), ("init", "me"), ("import", "newcomers")}
#: The answers of a command that are about somebody.
ABOUT = {"returns": ["--curve"], "chains": ["--by", "client"]}


def takes_a_person(parameter):
    """Tell whether a parameter is read as the name of a person."""
    cells = getattr(parameter.callback, "__closure__", None) or ()
    read = [cell.cell_contents for cell in cells]
    if parameter.name == "around":  # of a record in place: tests/warehouse
        return False
    named = any(each == "name" or getattr(each, "is_name", False) for each in read)
    return named or parameter.name in ("me", "referral")


NAMED = {
    (command, parameter.name): parameter
    for command, each in tree().items()
    for parameter in each.params
    if takes_a_person(parameter) and (command, parameter.name) not in NEW
}
READING = sorted(NAMED.keys() - WRITING.keys())


@pytest.fixture
def book(tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    for name, text in {
        "referrals.csv": REFERRALS,
        "people.csv": PEOPLE,
        "refgraph.toml": SETTINGS,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "more.csv").write_text("date,giver,receiver\n2026-06-02,Bo Lund,Joan Park\n")
    return folder


@pytest.fixture
def asked(run, book, monkeypatch, tmp_path):
    """Ask a command that reads; give the people it found and the me, or what it said."""
    found = []
    told_of, record = Source.told_of, Source.record

    def stop(self, *names, **more):
        found.append(told_of(self, *names, **more)[1])
        raise click.exceptions.Exit(0)

    def note(self, **more):
        read = record(self, **more)
        found.append(read.me)
        return read

    monkeypatch.setattr(Source, "told_of", stop)
    monkeypatch.setattr(Source, "record", note)

    def ask(command, parameter, typed, *more):
        found.clear()
        words = needed(command, one="Ann Lee", out=tmp_path) + ABOUT.get(command, [])
        option = NAMED[command, parameter]
        if isinstance(option, click.Argument):
            words = [typed]
        else:
            words += [option.opts[-1], typed]
        said = _run(run, [*command.split(), *words, "-b", book, *more])
        return list(found), said

    return ask


def _run(run, words):
    from click.testing import CliRunner

    from refgraph.cli import main

    del run
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), words
    assert result.exit_code in (0, 1), result.output
    return result.output


def test_every_parameter_that_takes_a_person_is_known_here():
    assert WRITING.keys() <= NAMED.keys()
    writes = {command for command, _ in WRITING}
    assert not [each for each in READING if each[0] in writes]
    assert {("register", "person"), ("owe", "whose"), ("map", "highlight")} <= {*READING}


@pytest.mark.parametrize(("command", "parameter"), READING)
def test_who_reads_finds_a_person_by_every_name(asked, command, parameter):
    whole, _ = asked(command, parameter, "José Álvarez")
    assert "José Álvarez" in (whole if parameter == "me" else whole[-1])
    for typed in (*SURE, *GUESSED):
        assert asked(command, parameter, typed)[0] == whole, typed
    mine, _ = asked(command, parameter, "Dana Reed")
    for typed in (*MINE, "dana"):
        assert asked(command, parameter, typed)[0] == mine, typed


@pytest.mark.parametrize(
    ("command", "parameter"),
    [each for each in READING if each != ("check", "me")],  # it asks nobody about themselves
)
def test_who_reads_is_told_who_nobody_and_several_are(asked, command, parameter):
    for typed in NOBODY:
        assert f"No one called '{typed}' in this book." in asked(command, parameter, typed)[1]
    said = asked(command, parameter, "ann")[1]
    assert "Did you mean 'Ann Kim' or 'Ann Lee'?" in said
    options = {option for each in tree()[command].params for option in each.opts}
    if "--incognito" in options:
        for typed in ("ann", "lvar", "Jose Alvares"):
            _, said = asked(command, parameter, typed, "--incognito")
            assert "No one called" in said
            assert "Did you mean" not in said
            assert "Álvarez" not in said


def files(book):
    return {path.name: path.read_bytes() for path in sorted(book.iterdir())}


def written(run, book, tmp_path, key, typed):
    """Write in a copy of a book; give its files and what was said, but for the note."""
    folder = tmp_path / "copy" / "book"
    shutil.rmtree(folder.parent, ignore_errors=True)
    shutil.copytree(book, folder)
    file = str(tmp_path / "more.csv")
    words = [word.replace("{file}", file).replace("{}", typed) for word in WRITING[key]]
    said = _run(run, [*key[0].split(), *words, "-b", folder])
    told = [line for line in said.splitlines(keepends=True) if " is taken as " not in line]
    return files(folder), "".join(told)


@pytest.mark.parametrize("key", sorted(WRITING), ids=" ".join)
def test_who_writes_takes_a_sure_name_and_refuses_a_guess(run, book, tmp_path, key):
    alias = key == ("people split", "alias")
    target = "Pepe" if alias else "José Álvarez"
    same = [target, "PEPE", " Pepe "] if alias else SURE
    as_said = key == ("people merge", "others")  # an alias of somebody is no one to merge
    whole = written(run, book, tmp_path, key, target)
    assert whole[0] != files(book)
    for typed in same:
        if as_said and typed.casefold() == "pepe":
            assert "is an alias of 'José Álvarez'" in written(run, book, tmp_path, key, typed)[1]
        else:
            assert written(run, book, tmp_path, key, typed) == whole, typed
    if key == ("status", "referral"):  # a referral is found, as who reads finds one
        for typed in GUESSED:
            assert written(run, book, tmp_path, key, typed) == whole, typed
    elif key[1] in ("field_prospect", "me") or alias:
        return
    else:
        for typed in GUESSED:
            there, said = written(run, book, tmp_path, key, typed)
            assert there == files(book), typed
            assert "Did you mean 'José Álvarez'?" in said, typed
            assert "To say so: refgraph " in said, typed


@pytest.mark.parametrize("key", sorted(WRITING.keys() - NO_ME), ids=" ".join)
def test_who_writes_may_call_themselves_me(run, book, tmp_path, key):
    whole = written(run, book, tmp_path, key, "Dana Reed")
    for typed in MINE:
        assert written(run, book, tmp_path, key, typed) == whole, typed


@pytest.mark.parametrize("typed", ["dana", "Reed, Dana", "Dana Red"])
@pytest.mark.parametrize("command", ["add", "touch", "import"])
def test_a_me_that_may_be_somebody_writes_nothing(run, book, tmp_path, command, typed):
    there, said = written(run, book, tmp_path, (command, "me"), typed)
    assert there == files(book)
    assert "Did you mean 'Dana Reed'?" in said


@pytest.fixture
def terminal(run, monkeypatch):
    """Run a command with somebody there to be asked."""
    monkeypatch.setattr(who, "at_terminal", lambda: True)
    return lambda *words, text, status=0: run(*words, text=text, status=status)


def last(result):
    """Give the row that was written; click before 8.2.2 echoes what was answered above it."""
    return result.stdout.splitlines()[-1]


def test_at_a_terminal_a_guess_is_asked_about(terminal, book):
    result = terminal("touch", "alv", "call", "-b", book, text="\n")
    assert "Nobody is called 'alv'. Did you mean 'José Álvarez'? [Y/n]" in result.stderr
    assert last(result) == "2026-06-30,José Álvarez,call,,,,,"
    result = terminal("add", "ann", "me", "-b", book, text="n\ny\n")
    assert last(result).startswith("2026-06-30,Ann Lee,Dana Reed")
    result = terminal("add", "Ann", "me", "-b", book, text="n\nn\ny\n")
    assert "Is 'Ann' somebody new? [Y/n]" in result.stderr
    assert last(result).startswith("2026-06-30,Ann,Dana Reed")
    before = files(book)
    assert "Nothing was written." in terminal(
        *("add", "jo", "me", "-b", book), text="n\nn\nn\n", status=1
    ).stderr.replace("\n", " ")
    assert files(book) == before


def test_at_a_terminal_who_is_forgotten_or_merged_is_asked_for(terminal, book):
    said = terminal("forget", "kim", "-b", book, "--as", "X", text="n\n", status=1).stderr
    assert "Nothing was written." in said
    terminal("people", "merge", "lund", "kim", "-b", book, text="y\ny\n")
    assert "Bo Lund,Ann Kim" in (book / "people.csv").read_text(encoding="utf-8")
    terminal("forget", "lund", "-b", book, "--as", "X", text="y\n")
    assert "Lund" not in (book / "referrals.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["NA", "=1+1"])
def test_names_are_data(run, book, name):
    assert run("touch", name, "call", "-b", book).stdout.split(",")[1].strip("'") == name
    run("register", name, "-b", book)


def test_an_import_takes_other_spellings_of_somebody_for_them_and_says_so(run, book, tmp_path):
    rows = ["Lee, Ann", "JOAN PARK", "Annie", "Bo Lund", "Ann", "José Álvarez (Taller)"]
    text = "".join(f'2026-06-02,"{name}",Zed Quist\n' for name in rows)
    (tmp_path / "more.csv").write_text(f"date,giver,receiver\n{text}", encoding="utf-8")
    said = run("import", tmp_path / "more.csv", "-b", book, "--dry-run").stderr
    assert (
        "more.csv: 3 cells spell a name in another way: 'Lee, Ann' is 'Ann Lee', "
        "'JOAN PARK' is 'Joan Park', 'José Álvarez (Taller)' is 'José Álvarez'; "
        "if that is somebody else: --new-person 'Lee, Ann'\n"
    ) in said
    (tmp_path / "more.csv").write_text("date,giver,receiver\n2026-06-02,Ann,Zed Quist\n")
    assert (
        "in another way" not in run("import", tmp_path / "more.csv", "-b", book, "--dry-run").stderr
    )


def test_a_referral_moves_by_the_beginning_of_a_word_and_not_by_the_inside_of_one(run, book):
    for typed in ("kafor", "ental", "ark"):
        said = run("status", typed, "met", "-b", book, status=1).stderr
        assert f"No referral has the id '{typed}'" in said
    assert run("status", "dent", "met", "-b", book).stdout.startswith("2026-06-30,a1,met")
    assert run("status", "Lee, Ann", "lost", "-b", book).stdout.startswith("2026-06-30,a1,lost")


def test_a_prospect_in_other_capitals_is_the_one_of_before(run, book):
    said = run("add", "Ann Kim", "me", "--prospect", "okafor dental", "-b", book)
    assert ",Okafor Dental," in said.stdout
    said = run("add", "Ann Kim", "me", "--prospect", "Okafor", "-b", book)
    assert "'Okafor' is new in this book; 'Okafor Dental' is not." in said.stderr


def test_a_command_is_said_again_only_where_its_words_hold_the_name(run, book):
    said = run(
        "add", "--prospect=x", "alv", "me", "-b", book, "--note", "two words", status=1
    ).stderr
    assert "refgraph add --prospect=x 'José Álvarez' me" in said
    assert "--note 'two words'" in said
    said = run("add", "alv", "kim", "-b", book, status=1).stderr
    assert "refgraph add 'José Álvarez' 'Ann Kim' -b" in said
    said = run("touch", "ann", "call", "-b", book, status=1).stderr
    assert "refgraph touch 'Ann Kim' call -b" in said
    assert "refgraph touch 'Ann Lee' call -b" in said
