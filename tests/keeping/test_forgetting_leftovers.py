"""Whatever killed commands left behind, nothing in the folder names who was forgotten."""

from __future__ import annotations

import os

import pytest
import surface

from refgraph.cli import main

#: Commands that write beside the files of a book, and what else they need.
WRITING = (
    ("add", "{one}", "me", "--note", "with {one}"),
    ("touch", "{one}", "call", "--note", "{one} called"),
    ("people", "merge", "{one}", "{apart}", "--prefer", "first"),
    ("forget", "{two}"),
    ("import", "{file}"),
    ("report", "-o", "{folder}/report.md"),
    ("balance", "-o", "{folder}/balance.csv"),
    ("map", "owed", "-o", "{folder}/owed.svg"),
)


def killed(words):
    """Run a command in a process that dies when it would put its first file in place."""
    child = os.fork()
    if child == 0:
        try:
            os.replace = lambda *_: os._exit(9)
            main([str(word) for word in words], standalone_mode=False)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def lines_with(folder, words):
    """Name the lines of a folder's files in which a word stands."""
    return {
        f"{path}:{number}"
        for path in sorted(folder.rglob("*"))
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        for word in words
        if word.casefold() in line.casefold()
    }


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed in the middle")
@pytest.mark.parametrize("words", WRITING, ids=lambda words: words[0])
def test_a_killed_command_leaves_nobody_who_is_forgotten(run, tmp_path, words):
    subject = surface.hostile(tmp_path / "book")
    folder = subject.folder
    said = [word.format(folder=folder, **subject.places) for word in words]
    before = {path.name for path in folder.iterdir()}
    assert killed([*said, "-b", folder]) == 9
    assert {path.name for path in folder.iterdir()} > before
    words = [*subject.places["one"].split()[1:], *subject.places["alias"].split()]
    assert len(lines_with(folder, words)) > 5
    told = run("forget", subject.places["one"], "--notes", "-b", folder).stderr
    assert lines_with(folder, [subject.places["one"], *words[-2:]]) == set()
    # the setting that calls them by one word of the name is left to the user, and told
    left = lines_with(folder, words)
    assert left == {f"{folder}/refgraph.toml:3"}
    assert all(line in told for line in left)


def test_only_what_a_command_of_ours_left_is_removed(run, tmp_path):
    subject = surface.good(tmp_path / "book")
    kept = (".notes.markdown", ".people.csv.bak", ".gitignore", "notes.md", ".refgraph.lock")
    ours = (".people.csv.ab12cd3_", ".report.md.zzzzzzzz")
    for name in (*kept, *ours):
        (subject.folder / name).write_text("Ann Lee", encoding="utf-8")
    tried = run("forget", "Ann Lee", "--dry-run", "-b", subject.folder).stderr
    assert "Would remove 2 half-written copies" in tried
    assert all((subject.folder / name).exists() for name in (*kept, *ours))
    told = run("forget", "Ann Lee", "-b", subject.folder).stderr
    assert "Removed 2 half-written copies that killed commands had left." in told
    assert not [name for name in ours if (subject.folder / name).exists()]
    assert all((subject.folder / name).exists() for name in kept)
    naming = told.partition("name them; delete or correct them yourself: ")[2].splitlines()[0]
    assert naming == ", ".join(str(subject.folder / name) for name in sorted(kept[:-1]))
