"""Whatever killed commands left behind, nothing in the folder names who was forgotten."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import surface
from click.testing import CliRunner

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
        for path in sorted(each for each in folder.rglob("*") if each.is_file())
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
    kept = (".notes.markdown", ".people.csv.bak", ".gitignore", "notes.md")
    kept += (".refgraph.declined", ".refgraph.lock")  # digests, and nothing: no name is in them
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
    assert naming == ", ".join(str(subject.folder / name) for name in sorted(kept[:-2]))


def writing():
    """Give every call that may leave a file in the folder of a book, in it or in one below."""
    for name in sorted(surface.tree().keys() - {"map"}):  # of which two are enough
        for call in surface.calls(command=name, shared=False):
            if surface.writes(name) or surface.WRITING & {*call.words} or "{out}" in str(call):
                yield call
    yield surface.Call("export", ("{out}/book.xlsx",))
    yield surface.Call("export", ("{out}/book.parquet",))
    yield surface.Call("export", ("{out}/book.duckdb",))
    yield surface.Call("map", ("owed", "-o", "{out}/owed.html"))
    yield surface.Call("map", ("matrix", "-o", "{out}/matrix.pdf"))
    yield surface.Call("report", ("-o", "{out}/report.md"))
    yield surface.Call("init", ("{out}/below/book", "--me", "{one}"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return surface.hostile(tmp_path_factory.mktemp("whole") / "book")


def carried_out(whole, folder, call):
    """Run a call in a copy of a book, which writes below the folder of the book."""
    shutil.copytree(whole.folder, folder)
    out = folder / "kept" / "here"
    out.mkdir(parents=True)
    places = {**whole.places, "state": str(out / "state.json")}
    subject = replace(whole, folder=folder, places=places)
    if "--against" in call.words:
        CliRunner().invoke(main, ["review", str(folder), "-o", places["state"]])
    if "--each" in call.words:  # of a book that is nobody's
        surface.without(folder, "me =")
    if call.command == "undo":
        CliRunner().invoke(main, surface.variants("add")[0].argv(subject, out))
    CliRunner().invoke(main, call.argv(subject, out))


@pytest.mark.parametrize("call", surface.some(writing()), ids=str)
def test_what_any_command_wrote_names_nobody_who_is_forgotten_or_is_told_of(
    whole, run, tmp_path, call
):
    folder, one = tmp_path / "book", whole.places["one"]
    carried_out(whole, folder, call)
    own = {path.relative_to(whole.folder) for path in whole.folder.rglob("*")}
    words = [*one.split()[1:], *whole.places["alias"].split()]
    if call.command == "forget" and "--dry-run" not in call.words and "{one}" in call.words:
        told = ""  # it is what they were forgotten by
    else:
        told = run("forget", one, "--notes", "-b", folder).stderr
    for path in [each for each in folder.rglob("*") if each.is_file()]:
        ran = surface.Ran(call, 0, "", "", None, {path.name: path.read_bytes()})
        here = {where for where, text in surface.texts(ran) for word in words if word in _low(text)}
        if path.relative_to(folder) in own - {Path("refgraph.toml")}:
            assert not here, (path, here)
        elif here:  # and not among those that stay as they are
            assert str(path) in told.partition("and stay as they are")[0], (path, here)


def _low(text):
    return "".join(text.casefold().split())
