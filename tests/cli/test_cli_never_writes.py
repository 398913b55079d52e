"""No command changes the book but those that are there to write in it."""

from __future__ import annotations

import pytest

from refgraph.cli import main
from refgraph.keeping.new_book import sample_book

#: They add to the book, or rewrite it when asked by name.
WRITERS = {"add", "touch", "status", "init", "import", "people merge", "people split"}
WRITERS |= {"people set", "people tidy", "forget", "undo"}
#: What a command needs beside the book.
WORDS = {
    "register": ["Alice Merton"],
    "why": ["Alice Merton"],
    "without": ["Alice Merton"],
    "changes": ["--since-review", "2026-03-01"],
    "export": ["{out}/net.json"],
    "map": ["matrix", "-o", "{out}/map.png"],
    "review": ["-o", "{out}/review"],
    "evaluate": ["--samples", "100"],
}


def state(folder):
    return {
        path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in (folder, *folder.iterdir())
    }


@pytest.mark.parametrize("command", sorted(set(main.commands) - WRITERS))
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
    words = [word.format(out=out) for word in WORDS.get(command, [])]
    run(command, *words, "-b", folder)
    assert state(folder) == before
    folder.chmod(0o700)
    assert {path.name for path in tmp_path.iterdir()} == {"book", "out"}


def test_the_names_of_the_writers_are_those_of_commands():
    assert {"add", "touch", "status", "init"} <= set(main.commands)
