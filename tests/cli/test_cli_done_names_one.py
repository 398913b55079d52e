"""One touch of kind done closes one decision: where several are open it says which."""

from __future__ import annotations

import csv
import shlex

import pytest

from refgraph import Book
from refgraph.analysis.tending.agreed import decisions


def _book(tmp_path, *notes):
    folder = tmp_path / "my book"
    folder.mkdir()
    text = "date,giver,receiver\n2026-01-05,Ann Lee,Dana Reed\n2026-01-05,Bo Park,Dana Reed\n"
    (folder / "referrals.csv").write_text(text, encoding="utf-8")
    (folder / "refgraph.toml").write_text('me = "Dana Reed"\n', encoding="utf-8")
    with (folder / "touches.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = [["2026-02-01", "Ann Lee", "decision", note, "2026-09-01"] for note in notes]
        csv.writer(stream).writerows([["date", "person", "kind", "note", "until"], *rows])
    return folder


def _open(folder):
    table = decisions(Book.read(folder, today="2026-06-01"))
    return sorted(table.loc[table["state"] != "done", "what"])


@pytest.mark.parametrize("notes", [["dinner", "Bo's talk"], ["a", "b", 'say "yes"']])
def test_several_open_decisions_are_refused_with_a_command_for_each(tmp_path, run, notes):
    folder = _book(tmp_path, *notes)
    done = ["touch", "Ann Lee", "done", "-b", folder, "--today", "2026-06-01"]
    said = run(*done, status=1).stderr
    commands = [line.strip() for line in said.splitlines() if line.startswith("  refgraph ")]
    assert len(commands) == len(notes)
    assert _open(folder) == sorted(notes)
    for left, command in enumerate(commands[:-1], 1):
        run(*shlex.split(command)[1:], "--today", "2026-06-01")
        assert len(_open(folder)) == len(notes) - left
    run(*done)  # one is left, and needs no name
    assert _open(folder) == []


def test_decisions_with_others_and_later_ones_do_not_count(tmp_path, run):
    folder = _book(tmp_path, "dinner", "talk")
    run("touch", "Bo Park", "done", "-b", folder, "--today", "2026-06-01")
    run("touch", "Ann Lee", "done", "-b", folder, "--date", "2026-01-31", "--today", "2026-06-01")
    assert _open(folder) == ["dinner", "talk"]


def test_a_note_that_no_open_decision_has_is_refused_with_what_is_open(tmp_path, run):
    folder = _book(tmp_path, "dinner")
    done = ["touch", "Ann Lee", "done", "-b", folder, "--today", "2026-06-01", "--note"]
    said = run(*done, "diner", status=1).stderr
    assert "No decision with Ann Lee that is open says 'diner'; say which is done:" in said
    assert _open(folder) == ["dinner"]
    (command,) = [line for line in said.splitlines() if line.startswith("  refgraph ")]
    run(*shlex.split(command)[1:], "--today", "2026-06-01")
    assert _open(folder) == []
    # done already: it is written down, and said to have closed nothing
    assert "no decision with Ann Lee is open" in run(*done, "DINNER").stderr


def test_what_the_profession_hides_is_not_told_to_be_something_else(tmp_path, run):
    folder = _book(tmp_path, "dinner", "talk")
    settings = folder / "refgraph.toml"
    settings.write_text(settings.read_text("utf-8") + 'profile = "health"\n', encoding="utf-8")
    done = ["touch", "Ann Lee", "done", "-b", folder, "--today", "2026-06-01"]
    run(*done, "--note", "dinner")
