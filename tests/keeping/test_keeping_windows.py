"""Books are kept on Windows too: its own lock, and files that another program has open.

Windows' code runs here with a stand-in for its msvcrt. ``REFGRAPH_AS_WINDOWS=1`` runs all the
tests of this folder in the same way.
"""

from __future__ import annotations

import os
import sys

import as_windows
import pytest

from refgraph.errors import ConflictError, InUseError, OutputError
from refgraph.keeping import record
from refgraph.keeping.engine import replace
from refgraph.keeping.engine.journal import UNDO
from refgraph.keeping.engine.lock import LOCK_FILE
from refgraph.keeping.forget import forget
from refgraph.keeping.merge import merge, split
from refgraph.keeping.new_book import sample_book
from refgraph.reading import read

pytestmark = pytest.mark.skipif(as_windows.fcntl is None, reason="it is Windows itself")
ROW = {"giver": "Alice Merton", "receiver": "Robin Hale"}


@pytest.fixture
def held(monkeypatch):
    return as_windows.become_windows(monkeypatch)


@pytest.fixture
def book(tmp_path):
    for name, text in sample_book().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def state(book):
    return {path.name: path.read_bytes() for path in book.iterdir() if path.name != UNDO}


def add(book):
    return record(book, {"referrals": [ROW]})


#: What writes in a book, with a file that each of them changes.
WRITERS = {
    "add": (add, "referrals.csv"),
    "merge": (
        lambda book: merge(book, "Alice Merton", "Gloria Penn", prefer="first"),
        "people.csv",
    ),
    "forget": (lambda book: forget(book, "Alice Merton", pseudonym="P1"), "touches.csv"),
}


def test_the_lock_of_windows_is_taken_and_given_back(held, book):
    locked = replace.locked
    with (
        locked(book),
        pytest.raises(ConflictError, match="Another refgraph is writing"),
        locked(book, wait=0.05),
    ):
        raise AssertionError
    with locked(book, wait=0.05):
        pass
    assert not as_windows.HELD
    assert (book / LOCK_FILE).read_bytes() == b""


def test_a_drive_that_knows_no_locks_does_not_stop_the_writing(held, book, monkeypatch):
    def refuse(handle, mode, count):
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(as_windows.STAND_IN, "locking", refuse)
    with replace.locked(book, wait=0.05):
        pass


def test_the_file_of_the_lock_is_no_part_of_the_book(held, book):
    before = read(book).referrals
    with replace.locked(book):
        assert read(book).referrals == before
    assert forget(book, "Alice Merton", pseudonym="P1").unread == []


@pytest.mark.parametrize("name", WRITERS)
def test_books_are_written_while_no_file_is_open_and_nothing_stays_beside_them(held, book, name):
    write, file = WRITERS[name]
    before = state(book)
    write(book)
    after = state(book)
    assert after.keys() == before.keys()
    assert after[file] != before[file]
    assert not as_windows.HELD


def test_what_was_merged_can_be_split_again(held, book):
    merge(book, "Alice Merton", "Gloria Penn", prefer="first")
    split(book, "Gloria Penn")
    assert not any(read(book).people.columns["aliases"])


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_is_open_elsewhere_is_named_and_nothing_is_lost(held, book, name):
    write, file = WRITERS[name]
    before = state(book)
    held.add(file)
    with pytest.raises(InUseError) as told:
        write(book)
    assert f"Cannot write {book / file}: it is open in another program" in str(told.value)
    assert "Close it there, and try again" in str(told.value)
    assert state(book) == before
    assert not as_windows.HELD
    held.clear()
    write(book)
    assert state(book)[file] != before[file]


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (["add", "Alice Merton", "me", "-b", "{book}"], "referrals.csv"),
        (["touch", "Alice Merton", "thanks", "-b", "{book}"], "touches.csv"),
        (["forget", "Alice Merton", "-b", "{book}"], "people.csv"),
        (["owe", "{book}", "-o", "{out}/owe.csv"], "owe.csv"),
        (["map", "matrix", "{book}", "-o", "{out}/map.png"], "map.png"),
    ],
    ids=lambda each: each[0] if isinstance(each, list) else each,
)
def test_the_command_says_close_it_there(run, held, book, tmp_path_factory, words, file):
    out = tmp_path_factory.mktemp("out")
    (out / "owe.csv").write_text("mine", encoding="utf-8")
    (out / "map.png").write_text("mine", encoding="utf-8")
    before = state(book), state(out)
    held.add(file)
    told = run(*(word.format(book=book, out=out) for word in words), status=1)
    assert file in told.stderr
    assert "Close it there, and try again" in told.stderr
    assert (state(book), state(out)) == before


def test_the_remedy_for_a_read_only_file_is_one_that_windows_knows(book, monkeypatch):
    (book / "referrals.csv").chmod(0o444)
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(OutputError, match='To allow it: attrib -r "'):
        add(book)


def test_the_stand_in_refuses_as_windows_does(held, book):
    with (book / "people.csv").open() as stream:
        with pytest.raises(PermissionError):
            os.replace(book / "touches.csv", book / "people.csv")  # noqa: PTH105
        assert stream.readline()
    with pytest.raises(PermissionError):
        as_windows.locking(99, 0, 1)
    replace._settle(book)  # a folder is opened there, if it can be
