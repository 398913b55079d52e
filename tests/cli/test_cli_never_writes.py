"""No command changes the book but those that are there to write in it."""

from __future__ import annotations

import pytest
from surface import needed, tree, writes

from refgraph.keeping.new_book import sample_book

#: They add to the book, or rewrite it when asked by name.
WRITERS = {"add", "touch", "status", "init", "import", "people merge", "people split"}
WRITERS |= {"people set", "people tidy", "forget", "undo"}


def state(folder):
    return {
        path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in (folder, *folder.iterdir())
    }


@pytest.mark.parametrize("command", sorted(set(tree()) - WRITERS))
def test_a_command_that_answers_leaves_the_book_as_it_is(run, tmp_path, monkeypatch, command):
    folder, out = tmp_path / "book", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    for name, text in sample_book().items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o400)
    folder.chmod(0o500)
    before = state(folder)
    monkeypatch.chdir(out)
    run(*command.split(), *needed(command, one="Alice Merton", out=out), "-b", folder)
    assert state(folder) == before
    folder.chmod(0o700)
    assert {path.name for path in tmp_path.iterdir()} == {"book", "out"}


def test_what_goes_on_without_bad_rows_is_there_to_answer():
    assert {command for command in tree() if writes(command)} == WRITERS
