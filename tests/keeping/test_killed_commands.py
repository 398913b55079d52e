"""Every command that writes is killed at every step, and then every other one comes."""

from __future__ import annotations

import functools
import itertools
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import surface
from click.testing import CliRunner
from killing import alike, killed_at, put, snapshot

from refgraph.cli import main
from refgraph.errors import RefgraphError
from refgraph.keeping.engine.journal import PENDING, UNDO

WRITERS = sorted(name for name in surface.tree() if surface.writes(name))
READERS = sorted(set(surface.tree()) - {*WRITERS})
#: What each is told; {book} is the book, {new} a table to import.
WORDS = {
    "add": "Ann me --date 2026-06-01 --prospect Lund -b {book}",
    "touch": "Ann thanks --date 2026-06-01 -b {book}",
    "status": "Okafor won --date 2026-06-01 -b {book}",
    "import": "{new} -b {book}",
    "people merge": "Bo Bob -b {book}",
    "people set": "Ann group Lunch -b {book}",
    "people split": "Annie -b {book}",
    "people tidy": "--apart Bo Bob -b {book}",
    "forget": "Ann --as Person-x --keep-old -b {book}",
    "undo": "-b {book}",
    "init": "{book} --me Ann",
}
BOOK = {
    "referrals.csv": b"date,giver,receiver,prospect,status\n"
    b"2026-01-08,Ann,Me Myself,Okafor,given\n2026-01-09,Bob,Ann,,\n",
    "people.csv": b"person,aliases,note\nAnn,Annie,likes Bo\nMe Myself,,\nBo,,\n",
    "touches.csv": b"date,person,kind\n2026-01-10,Annie,call\n",
    "refgraph.toml": b'me = "Me Myself"\ntoday = 2026-06-30\n',
}
#: It names somebody new in every file that it can.
NEW = "Name,Email,Referred by,Created\nCy Holt,cy@example.org,Ann,2026-02-01\n"


def carry_out(command, folder):
    """Run a command; give its status, and what it said."""
    new = folder.parent / "new.csv"
    new.write_text(NEW, encoding="utf-8")
    words = [word.format(book=folder, new=new) for word in WORDS[command].split()]
    done = CliRunner().invoke(main, [*command.split(), *words])
    if not isinstance(done.exception, SystemExit | None):
        raise done.exception
    return done.exit_code, done.stderr.replace(str(folder), "BOOK")


@functools.cache
def base(command):
    """Give the folder in which a command has something to do: with a touch that can be undone."""
    if command == "init":
        return {}
    return after("touch", tuple(BOOK.items()))[1]


@functools.cache
def after(command, files):
    """Run a command on some files; give its status and the files then."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "book")
        put(folder, dict(files))
        status, _ = carry_out(command, folder)
        return status, snapshot(folder)


@functools.cache
def left_behind(command):
    """Kill a command at every step; give what is left in the folder, each state once."""
    with tempfile.TemporaryDirectory() as place:
        folder, states, last = Path(place, "book"), {}, itertools.count()
        died = True
        while died:
            put(folder, base(command))
            died = killed_at(folder, next(last), lambda: carry_out(command, folder))
            states.setdefault(alike(snapshot(folder)), snapshot(folder))
        return [*states.values()]


def files_of(folder):
    return {name: content for name, content in folder.items() if not name.startswith(".")}


def test_every_command_that_writes_is_here():
    assert {*WORDS} == {*WRITERS}


@pytest.mark.parametrize("command", WRITERS)
def test_a_killed_command_is_finished_or_taken_back_and_which_is_said(tmp_path, command):
    before, (status, done) = base(command), after(command, tuple(base(command).items()))
    assert (status, files_of(done) != files_of(before)) == (0, True)
    states, ends = left_behind(command), []
    assert len(states) > 5
    assert any(PENDING in state for state in states)
    for state in states:
        put(tmp_path / "book", state)
        told = CliRunner().invoke(main, ["stats", str(tmp_path / "book")]).stderr
        end = snapshot(tmp_path / "book")
        assert end in (before, done) or (UNDO in before and end == undone(before))
        ends.append(files_of(end) == files_of(done))
        said = [line for line in told.splitlines() if "First, a killed" in line]
        if PENDING in state:
            which = "was finished: it had written all of" if ends[-1] else "was taken back in"
            assert len(said) == 1
            assert f"First, a killed {command} {which} " in said[0]
        elif state in (before, done, undone(before)):
            assert not said
        else:
            assert said == ["First, a killed command was taken back: it had written nothing."]
    assert {*ends} == {True, False}
    assert ends == sorted(ends)


def undone(files):
    """Give the files without what `undo` holds: it goes before a forget, or an undo, is done."""
    return {name: content for name, content in files.items() if name != UNDO}


@pytest.mark.parametrize("first", WRITERS)
@pytest.mark.parametrize("then", WRITERS)
def test_after_a_killed_command_another_does_what_it_does_before_or_after_it(tmp_path, first, then):
    before = base(first)
    wholes = [before, undone(before), after(first, tuple(before.items()))[1]]
    wanted = [after(then, tuple(each.items())) for each in wholes]
    for state in left_behind(first):
        put(tmp_path / "book", state)
        status, told = carry_out(then, tmp_path / "book")
        there = snapshot(tmp_path / "book")
        if then == "undo" and told.startswith("Error: First, a killed "):
            assert status == 1  # of two, only the killed one is undone at once
            assert there in wholes
            continue
        assert (status, there) in wanted, (told, [*state])
        if PENDING in state:
            assert told.count(f"First, a killed {first} was ") == 1


@pytest.mark.parametrize("command", READERS)
def test_a_command_that_reads_does_it_too(tmp_path, monkeypatch, command):
    """Only until it has read the book: what it answers then is another matter."""
    state = next(each for each in left_behind("forget") if PENDING in each)
    put(tmp_path / "book", state)
    tried = []

    def stop(self, **_):
        tried.append(self.path)
        msg = "that is far enough"
        raise RefgraphError(msg)

    monkeypatch.setattr("refgraph.cli.reading.chosen_book.Source.record", stop)
    out = tmp_path / "out"
    out.mkdir()
    words = [word.format(out=out, one="Ann", work="law") for word in surface.NEEDS[command][0]]
    words += ["-o", str(out / "map.png")] if command == "map" else []
    told = CliRunner().invoke(main, [command, *words, "-b", str(tmp_path / "book")])
    assert tried or command == "check"
    assert told.stderr.splitlines()[0].startswith("First, a killed forget was taken back in ")
    assert snapshot(tmp_path / "book") == base("forget")


def test_a_reader_who_may_not_write_there_is_told_and_reads_on(tmp_path, monkeypatch):
    state = next(each for each in left_behind("forget") if PENDING in each)
    put(tmp_path / "book", state)

    def refuse(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("refgraph.keeping.engine.replace._take_back", refuse)
    told = CliRunner().invoke(main, ["stats", str(tmp_path / "book")])
    assert told.exit_code == 0
    assert "or was killed half-way" in told.stderr
    fresh = {name for name in state if name.endswith(".new")}
    assert snapshot(tmp_path / "book").keys() == state.keys() - fresh


def test_a_reader_waits_for_a_writer_who_is_alive_and_takes_nothing_from_them(
    tmp_path, monkeypatch
):
    from refgraph.keeping.engine import replace

    state = next(each for each in left_behind("add") if PENDING in each)
    put(tmp_path / "book", state)
    really = replace.locked
    with really(tmp_path / "book"):
        monkeypatch.setattr(replace, "locked", lambda folder, wait: really(folder, wait=wait / 100))
        told = CliRunner().invoke(main, ["stats", str(tmp_path / "book")])
    assert told.exit_code == 0
    assert "a command is writing to this book, or was killed half-way" in told.stderr
    assert snapshot(tmp_path / "book") == state


DYING = """
import os, sys
from refgraph.cli import main
real, calls = os.{step}, []
def step(*words):
    calls.append(words)
    if len(calls) == {nth}:
        os.kill(os.getpid(), 9)
    return real(*words)
os.{step} = step
main(sys.argv[1:])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL")
@pytest.mark.parametrize(("step", "nth"), [("replace", 1), ("replace", 3), ("fsync", 2)])
def test_a_command_that_is_really_killed_is_taken_back(tmp_path, step, nth):
    put(tmp_path / "book", BOOK)
    words = ["forget", "Ann", "-b", str(tmp_path / "book")]
    code = DYING.format(step=step, nth=nth)
    dead = subprocess.run([sys.executable, "-c", code, *words], check=False)
    assert dead.returncode == -signal.SIGKILL
    assert snapshot(tmp_path / "book") != BOOK
    told = CliRunner().invoke(main, ["stats", str(tmp_path / "book")])
    assert "First, a killed " in told.stderr
    assert snapshot(tmp_path / "book") == BOOK
