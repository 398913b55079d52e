"""Files of a book change together or not at all, whatever fails and whoever is killed."""

from __future__ import annotations

import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest
from effort import LAWS
from hypothesis import given
from hypothesis import strategies as st
from killing import killed_at, put, snapshot

from refgraph.errors import ConflictError, OptionError, OutputError
from refgraph.keeping.engine import replace
from refgraph.keeping.engine.journal import PENDING, UNDO, Entry, Journal, digest
from refgraph.keeping.engine.replace import Change, holding, recover_book, replace_all
from refgraph.reading.files import writer

BEFORE = {"a.csv": b"old a\nmore\n", "b.csv": b"old b\n", "d.csv": b"gone soon\n"}
AFTER = {"a.csv": b"old a\nmore\nadded\n", "b.csv": b"new b\n", "c.csv": b"made\n"}
NAMES = ("a.csv", "b.csv", "c.csv", "d.csv")


@pytest.fixture
def book(tmp_path):
    put(tmp_path, BEFORE)
    (tmp_path / "a.csv").chmod(0o640)
    return tmp_path


def write(book, *, undoable=True):
    changes = [Change(str(book / name), BEFORE.get(name), AFTER.get(name)) for name in NAMES]
    with holding(str(book)):
        replace_all(str(book), changes, command="add", undoable=undoable)


def state(book):
    """Give the files of a book, without what `undo` holds."""
    return {name: content for name, content in snapshot(book).items() if name != UNDO}


def test_files_are_replaced_together_and_nothing_is_left_beside_them_but_the_journal(book):
    write(book)
    assert state(book) == AFTER
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in book.glob("[a-z.]*")}
    assert (modes["a.csv"], modes["c.csv"]) == (0o640, 0o600)
    assert modes[UNDO] == 0o600  # nobody reads in it who may not read the files
    write_again = [Change(str(book / "b.csv"), AFTER["b.csv"], b"newer")]
    replace_all(str(book), write_again, command="forget", undoable=False)
    assert snapshot(book) == {**AFTER, "b.csv": b"newer"}


def test_who_may_read_all_the_files_may_read_the_journal(book):
    for name in BEFORE:
        (book / name).chmod(0o664)
    write(book)
    assert stat.S_IMODE((book / UNDO).stat().st_mode) == 0o664


def test_nothing_to_write_leaves_the_journal_of_the_last_command(book):
    write(book)
    held = (book / UNDO).read_bytes()
    replace_all(str(book), [Change(str(book / "a.csv"), b"x", b"x")], command="touch")
    assert (book / UNDO).read_bytes() == held


def test_a_file_elsewhere_is_refused_as_no_journal_could_name_it(book, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "x.csv"
    with pytest.raises(OptionError, match="stands in another folder"):
        replace_all(str(book), [Change(str(other), None, b"x")], command="add")
    assert state(book) == BEFORE


def test_what_a_link_leads_to_is_replaced_and_taken_back(book, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    put(other, {"real.csv": BEFORE["b.csv"]})
    (book / "b.csv").unlink()
    (book / "b.csv").symlink_to(other / "real.csv")
    write(book)
    assert (book / "b.csv").is_symlink()
    assert snapshot(other) == {"real.csv": AFTER["b.csv"]}
    (book / UNDO).replace(book / PENDING)
    (book / "c.csv").unlink()
    assert recover_book(book) == ""  # a reader of a book writes in its folder, and not elsewhere
    with holding(str(book)) as said:
        assert "was taken back in a.csv, b.csv, c.csv, d.csv" in said
    assert snapshot(other) == {"real.csv": BEFORE["b.csv"]}
    assert state(book) == BEFORE


STEPS = [
    (writer.os, "fsync"),
    (writer.os, "replace"),
    (writer.os, "unlink"),
    (replace.shutil, "copymode"),
    (replace.tempfile, "mkstemp"),
    (replace, "_confirm"),
]


@pytest.mark.parametrize("undoable", [True, False])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize(("module", "name"), STEPS, ids=[name for _, name in STEPS])
def test_whatever_step_fails_all_files_are_old(book, monkeypatch, module, name, error, undoable):
    real = getattr(module, name)
    for nth in count(1):
        calls = []

        def failing(*words, calls=calls, nth=nth):
            calls.append(words)
            if len(calls) == nth:
                raise error
            return real(*words)

        put(book, BEFORE)
        with monkeypatch.context() as patched:
            patched.setattr(module, name, failing)
            try:
                write(book, undoable=undoable)
            except (OutputError, KeyboardInterrupt):
                pass
            else:
                assert state(book) == AFTER
                if len(calls) < nth:
                    break
                continue
        # an interrupt can come after the last step too
        assert state(book) == BEFORE or (name == "fsync" and state(book) == AFTER)
    assert nth > 1


def test_what_cannot_be_changed_back_at_once_is_changed_back_later(book, monkeypatch):
    real, calls = os.replace, []

    def failing(*words):
        calls.append(words)
        if len(calls) > 3:
            raise OSError(28, "No space left on device")
        real(*words)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OutputError, match="no space left"):
        write(book)
    monkeypatch.undo()
    assert state(book)["b.csv"] == AFTER["b.csv"]
    assert recover_book(book).startswith("First, a killed add was taken back in a.csv")
    assert snapshot(book) == BEFORE


@pytest.mark.parametrize("undoable", [True, False])
def test_whatever_step_a_writer_is_killed_at_and_whoever_recovers_too(book, undoable):
    """Kill the writer at each step, then those who recover at each of theirs, three in a row."""
    ends, said = [], set()
    for last in count():
        put(book, BEFORE)
        died = killed_at(book, last, lambda: write(book, undoable=undoable))
        left = snapshot(book)
        for again in range(12):
            put(book, left)
            for each in (again, again // 2, again // 3):
                killed_at(book, each, lambda: recover_book(book))
            told = recover_book(book)
            said.update(told.split(" in ")[:1])
            assert state(book) in (BEFORE, AFTER)
            assert PENDING not in snapshot(book)
            assert recover_book(book) == ""
        ends.append(state(book) == AFTER)
        assert (UNDO in snapshot(book)) == (ends[-1] and undoable)
        if not died:
            break
    assert len(ends) > 20
    assert ends == sorted(ends)  # from one step on it is written, for good
    assert {each for each in said if each} == {
        "First, a killed command was taken back: it had written nothing.",
        "First, a killed add was taken back",
        "First, a killed add was finished: it had written all of a.csv, b.csv, c.csv, d.csv.",
    }


def test_what_was_written_after_a_kill_is_not_taken_back(book):
    last = next(at for at in count() if half(book, at))
    assert half(book, last)
    (book / "a.csv").write_bytes(b"mine")
    assert recover_book(book) == (
        "First, a killed add was taken back in b.csv, c.csv, d.csv. "
        "What was changed since stays as it is: a.csv."
    )
    assert snapshot(book) == {**BEFORE, "a.csv": b"mine"}


def half(book, last):
    """Kill a writer; tell whether it had replaced some files and not others."""
    put(book, BEFORE)
    assert killed_at(book, last, lambda: write(book))
    there = state(book)
    return there.get("b.csv") == AFTER["b.csv"] and "c.csv" not in there


def test_a_file_that_changed_meanwhile_is_not_written_over(book):
    (book / "b.csv").write_bytes(b"mine")
    with pytest.raises(ConflictError, match="changed since it was read"):
        write(book)
    assert snapshot(book) == {**BEFORE, "b.csv": b"mine"}


@pytest.mark.parametrize(
    "content",
    [b"", b"nonsense", b"[]", b'{"refgraph": 2, "files": []}', b"[" * 100_000, b"\xff\xfe"]
    + [
        json.dumps(
            {
                "refgraph": 1,
                "command": "add",
                "undoable": True,
                "others": {},
                "files": [{"name": name, "before": "", "after": digest(b"x"), "hunks": []}],
            }
        ).encode()
        for name in ("../x.csv", "/etc/passwd", "..", "", "a\0b", "a\\b")
    ],
)
def test_a_journal_that_is_not_ours_moves_nothing(book, content):
    (book.parent / "x.csv").write_bytes(b"x")
    (book / PENDING).write_bytes(content)
    before = snapshot(book)
    assert recover_book(book) == ""
    with pytest.raises(ConflictError, match=r"pending is not as this refgraph writes it\. Look at"):
        write(book)
    assert snapshot(book) == before
    assert (book.parent / "x.csv").read_bytes() == b"x"


def test_a_journal_that_lies_is_refused(book):
    write(book)
    (book / UNDO).write_bytes((book / UNDO).read_bytes().replace(b"old b", b"odd b"))
    (book / UNDO).rename(book / PENDING)
    (book / "c.csv").unlink()
    with pytest.raises(ConflictError, match=r"b\.csv is not what the journal says"):
        write(book)


LINES = st.lists(st.sampled_from([b"a", b"b", b"long line", b"", b"\xff"]), max_size=8)
CONTENTS = st.none() | st.tuples(LINES, st.sampled_from([b"\n", b"\r\n", b"\r", b""])).map(
    lambda told: told[1].join(told[0])
)


@given(CONTENTS, CONTENTS)
def test_a_journal_gives_back_what_was_there_and_holds_no_line_that_stays(before, after):
    entry = Entry.of("x.csv", before, after)
    journal = Journal("add", undoable=True, entries=(entry,), others={"y.csv": "5"})
    said = json.loads(journal.to_bytes().decode("utf-8", "surrogateescape"))
    assert Journal._from(said) == journal
    assert entry.restored(after) == before
    held = sum(len(hunk.old) for hunk in entry.hunks)
    assert held <= len(before or b"")
    if (after or b"").startswith(before or b""):
        assert held == 0


def test_a_long_file_of_which_lines_go_is_held_as_one_piece():
    before = b"".join(b"%d\n" % number for number in range(5000))
    entry = Entry.of("x.csv", before, before.replace(b"\n17\n", b"\n"))
    assert [len(each.old) for each in entry.hunks] == [3]
    few = before.replace(b"\n17\n", b"\n").replace(b"\n4017\n", b"\n")
    assert len(Entry.of("x.csv", before, few).hunks) == 1
    assert Entry.of("x.csv", before, few).restored(few) == before


# --------------------------------------------------------------- many at once

WRITER = """
import sys
from contextlib import suppress
from refgraph.errors import ConflictError
from refgraph.keeping import record
book, who, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
for number in range(times):
    name = f"{who}{number}"
    rows = {
        "people": [{"person": name}],
        "referrals": [{"giver": name, "receiver": "Bo", "id": name}],
        "statuses": [{"date": "2026-06-01", "id": name, "status": "won"}],
    }
    while True:  # eight at once on a busy machine may wait for longer than a person would
        with suppress(ConflictError):
            record(book, rows)
            break
    print(name, flush=True)
"""


def writer_of(book, who, times):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(book), who, str(times)],
        stdout=subprocess.PIPE,
        text=True,
    )


def names_in(book):
    """Name who stands in each file, in the order of the rows."""
    return [
        [line.split(",")[place] for line in Path(book, file).read_text().splitlines()[1:]]
        for file, place in (("people.csv", 0), ("referrals.csv", 0), ("statuses.csv", 1))
    ]


@pytest.fixture
def three(tmp_path):
    heads = {
        "people.csv": b"person\n",
        "referrals.csv": b"giver,receiver,id,date\n",
        "statuses.csv": b"date,id,status\n",
    }
    put(tmp_path / "three", heads)
    return tmp_path / "three"


@pytest.mark.parametrize("writers", [2, 8])
def test_writers_at_once_lose_nothing_and_mix_nothing(three, writers):
    times = 24 // writers
    running = [writer_of(three, chr(65 + number), times) for number in range(writers)]
    for each in running:
        each.communicate()
    assert {each.returncode for each in running} == {0}
    people, referrals, statuses = names_in(three)
    assert people == referrals == statuses
    assert sorted(people) == sorted(
        f"{chr(65 + number)}{at}" for number in range(writers) for at in range(times)
    )


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL")
@pytest.mark.parametrize("writers", [2, 8])
def test_writers_that_are_killed_leave_whole_records(three, writers):
    chance = random.Random(writers)  # noqa: S311
    kills = 4 if LAWS == "quick" else 10
    told, rounds = set(), kills // writers + 1
    for turn in range(rounds):
        running = [writer_of(three, f"{chr(65 + at)}{turn}-", 10**6) for at in range(writers)]
        for each in running:
            each.stdout.readline()
        if not told:  # a slow machine writes nothing in so short a time
            told.add(running[0].stdout.readline().removesuffix("\n"))
        for each in running:
            time.sleep(chance.uniform(0.05, 0.3))
            each.send_signal(signal.SIGKILL)
        for each in running:
            told.update(each.communicate()[0].removesuffix("\n").split("\n"))
    told.discard("")
    recover_book(three)
    people, referrals, statuses = names_in(three)
    assert people == referrals == statuses
    assert told
    assert told <= {*people}
    assert len(people) <= len(told) + rounds * writers  # of each killed one, at most one is more
    assert {*snapshot(three)} - {UNDO} == {"people.csv", "referrals.csv", "statuses.csv"}
