"""What takes over a second says what it does, on stderr, and changes nothing else."""

from __future__ import annotations

import io
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from surface import needed, tree, writes

import refgraph
from refgraph import progress
from refgraph.progress import Step, Teller, counted, doing, paused, telling


class Screen(io.StringIO):
    """A terminal: what stands on its last line is what a person sees."""

    def isatty(self):
        return True

    @property
    def line(self):
        seen = []
        for part in self.getvalue().rpartition("\n")[2].split("\r"):
            seen[: len(part)] = part
        return "".join(seen).rstrip()


def teller(stream, *, terminal=False):
    return Teller(stream, terminal=terminal, now=0.0, what="Working")


def looked(times, *, terminal=False, steps=()):
    """What is written if the teller looks at these seconds."""
    stream = Screen() if terminal else io.StringIO()
    tells = teller(stream, terminal=terminal)
    progress._STEPS[:] = steps
    try:
        for now in times:
            tells.look(now)
    finally:
        progress._STEPS.clear()
    return stream.getvalue()


def test_a_second_is_silent_and_what_follows_is_told():
    assert looked([0.0, 0.5, 0.99]) == ""
    assert looked([0.5, 1.0]) == "Working ...\n"
    assert looked([1.0], steps=[Step("Reading", began=0.5)]) == "Reading ...\n"


@given(st.lists(st.floats(0, 400), min_size=1, max_size=60))
@settings(max_examples=60)
def test_whole_lines_come_seconds_apart(times):
    stream, at = io.StringIO(), []
    tells = teller(stream)
    for now in sorted(times):
        before = stream.tell()
        tells.look(now)
        if stream.tell() > before:
            at.append(now)
    assert all(now >= 1 for now in at)
    assert all(late - early >= 5 for early, late in pairwise(at))
    assert "\r" not in stream.getvalue()
    assert stream.getvalue().count("\n") == len(at)


def test_what_is_left_is_told_of_what_takes_over_ten_seconds():
    outer = Step("Evaluating", 4, done=1, began=0.0)
    inner = Step("Drawing", 10, done=9, began=9.0)
    assert looked([10.0], steps=[outer, inner]) == "Evaluating: 25%, about 30 s left\n"
    assert looked([2.0], steps=[outer, inner]) == "Evaluating: 25%\n"
    outer.done = 0
    assert looked([10.0], steps=[outer, inner]) == "Drawing: 90%\n"
    assert looked([400.0], steps=[Step("Fitting", 4, 1, 0.0)]) == (
        "Fitting: 25%, about 20 min left\n"
    )


@given(st.integers(1, 50), st.floats(0.1, 100))
def test_the_estimate_is_right_where_every_part_takes_as_long(total, pace):
    work = Step("Counting", total, began=0.0)
    for at in range(1, total + 1):
        work.advance()
        work.last = at * pace
        told, left = work.told(at * pace), (total - at) * pace
        if "left" in told:
            number, unit = told.split("about ")[1].split()[:2]
            size = {"s": 1, "min": 60, "h": 3600}[unit]
            assert abs(float(number) * size - left) <= size / 2 + 1e-6


def test_a_terminal_has_one_line_that_is_gone_before_anything_else(monkeypatch):
    screen = Screen()
    tells = teller(screen, terminal=True)
    with doing("A long thing with a long name"):
        tells.look(1.0)
        assert screen.line == "A long thing with a long name ..."
    tells.look(2.0)
    assert screen.line == "Working ..."
    behind = progress._Behind(screen, tells)
    behind.write("Wrote a.png\nNote")
    assert screen.line == "Note"
    assert screen.getvalue().count("\n") == 1
    assert behind.isatty()


def test_a_pause_is_silent_and_starts_anew():
    stream = io.StringIO()
    tells = teller(stream)
    with tells.paused():
        tells.look(50.0)
    tells.look(time.monotonic())
    assert stream.getvalue() == ""
    with paused():  # nobody tells
        pass


def test_a_call_that_does_not_come_back_is_told_of(capsys, monkeypatch):
    monkeypatch.setattr(progress, "_FIRST", 0.05)
    with telling("Waiting"), doing("Sleeping"):
        time.sleep(0.4)
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "Sleeping ...\n")


def test_streams_are_as_before_and_a_closed_one_is_no_error(monkeypatch):
    before = sys.stdout, sys.stderr
    with pytest.raises(KeyError), telling():
        raise KeyError
    assert (sys.stdout, sys.stderr) == before
    assert not progress._TELLERS
    closed = io.StringIO()
    monkeypatch.setattr(sys, "stderr", closed)
    monkeypatch.setattr(progress, "_FIRST", 0.0)
    with telling():
        closed.close()
        time.sleep(0.25)
    monkeypatch.setattr(sys, "stderr", None)
    with telling() as nobody:
        assert nobody is None


def test_terminals_stand_behind_the_line_and_come_back(monkeypatch):
    out, err = Screen(), Screen()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setattr(progress, "_FIRST", 0.0)
    with telling():
        time.sleep(0.3)
        assert err.line == "Working ..."
        sys.stdout.write("A table\n")
        assert out.getvalue() == "A table\n"
        assert err.line in ("", "Working ...")
    assert err.line == ""
    assert (sys.stdout, sys.stderr) == (out, err)


def test_steps_end_with_what_they_name():
    with doing("A"), doing("B", 3):
        assert [each.what for each in progress._STEPS] == ["A", "B"]
    with pytest.raises(KeyError), doing("A"):
        raise KeyError
    assert progress._STEPS == []
    some = counted("abc", "C", 3)
    next(some)
    assert [each.what for each in progress._STEPS] == ["C"]
    del some
    assert progress._STEPS == []


class Recorded(list):
    """Steps, and the words of all there ever were."""

    def __init__(self):
        super().__init__()
        self.words = []

    def append(self, step):
        self.words.append(step.what)
        super().append(step)


def commands():
    """Name the commands that answer; those that write read the book through another door."""
    return sorted(name for name in tree() if not writes(name) and name != "review")  # many in one


@pytest.mark.parametrize("command", commands())
def test_every_command_says_what_it_does_in_words_that_name_nobody(
    run, monkeypatch, tmp_path, command
):
    steps = Recorded()
    monkeypatch.setattr(progress, "_STEPS", steps)
    book = tmp_path / "book"
    run("init", book, "--sample")
    run(*command.split(), *needed(command, one="Hiro Tanabe", out=tmp_path), "-b", book)
    assert "Reading the book" in steps.words
    names = {word for name in refgraph.Book.sample().people.index for word in name.split()}
    assert not any(name in said.split() for said in steps.words for name in names)
    assert list(steps) == []


def test_telling_changes_no_byte_of_what_is_printed_or_written(run, monkeypatch, tmp_path):
    monkeypatch.setattr(progress, "_FIRST", 0.0)
    run("init", tmp_path / "book", "--sample")
    seen = []
    words = ["map", "overview", "-b", tmp_path / "book"]
    for at, quiet in enumerate(["1", ""]):
        monkeypatch.setenv("REFGRAPH_QUIET", quiet)
        done = run(*words, "-o", tmp_path / f"{at}.png", "--scene", tmp_path / f"{at}.json")
        files = [(tmp_path / f"{at}.{kind}").read_bytes() for kind in ("png", "json")]
        seen.append((run("report", tmp_path / "book").stdout, files))
        wrote = [line.startswith("Wrote") for line in done.stderr.splitlines()]
        assert wrote.count(True) == 2
        assert (wrote.count(False) > 0) == (not quiet)
    assert seen[0] == seen[1]
