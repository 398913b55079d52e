"""Rows are added to a book completely or not at all, and whatever is there stays as it is."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import names, notes

from refgraph.errors import ConflictError, LedgerError, OutputError
from refgraph.keeping.append import append, append_all, fingerprint
from refgraph.keeping.engine import replace
from refgraph.keeping.engine.draft import Addition
from refgraph.keeping.engine.journal import UNDO
from refgraph.keeping.engine.lock import locked
from refgraph.reading import ReadOptions, read
from refgraph.schema import columns

COLUMNS = list(columns.COLUMNS["referrals"])
PLAIN = ["date", "giver", "receiver"]
HEAD = "date,giver,receiver\n"
ROW = {"date": date(2026, 6, 1), "giver": "Lee, Ann", "receiver": "Bo"}
AS_TABLE = ReadOptions()


def add(path, *rows, options=AS_TABLE, **more):
    return append(path, rows, columns=COLUMNS, options=options, **more)


def test_a_row_is_added_and_its_line_is_told(table):
    path = table(HEAD + "2026-01-08,Ann,Bo\n")
    added = add(path, ROW, {"giver": "Cy", "receiver": "Bo"})
    assert path.read_text() == HEAD + '2026-01-08,Ann,Bo\n2026-06-01,"Lee, Ann",Bo\n,Cy,Bo\n'
    assert (added.first, added.last, added.new) == (3, 4, False)
    assert str(added) == f"lines 3 to 4 of {path}"


def test_a_new_file_has_a_header_and_is_private(tmp_path):
    path = tmp_path / "touches.csv"
    added = append(path, [{"person": "Bo"}], columns=["date", "person"])
    assert path.read_text() == "date,person\n,Bo\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (added.first, added.new) == (2, True)


def test_permissions_and_symbolic_links_stay(table, tmp_path):
    path = table(HEAD)
    path.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    add(link, ROW)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.read_text().endswith('"Lee, Ann",Bo\n')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Receiver,GIVER,note,date\n", 'Bo,"Lee, Ann",,2026-06-01\n'),
        ("date;giver;receiver\r\n", "2026-06-01;Lee, Ann;Bo\r\n"),
        ("date\tgiver\treceiver\n", "2026-06-01\tLee, Ann\tBo\n"),
        ("date|giver|receiver|mine\n", "2026-06-01|Lee, Ann|Bo|\n"),
        ("\ufeffdate,giver,receiver\n", '2026-06-01,"Lee, Ann",Bo\n'),
        ("date,giver,receiver\r2026-01-01,Ann,Bo\r", '2026-06-01,"Lee, Ann",Bo\r'),
        ("date,giver,receiver\n\n  ", '\n2026-06-01,"Lee, Ann",Bo\n'),
    ],
    ids=["order", "semicolons", "tabs", "bars", "BOM", "old Mac", "blanks at the end"],
)
def test_the_file_keeps_its_form(table, before, after):
    path = table(before)
    add(path, ROW)
    assert path.read_bytes().decode() == before + after
    assert read(path).referrals.columns["giver"][-1] == "Lee, Ann"


def test_an_empty_file_gets_its_header(table):
    path = table("")
    add(path, ROW)
    assert path.read_text().splitlines()[0] == ",".join(COLUMNS)
    assert read(path).referrals.columns["giver"] == ["Lee, Ann"]


@pytest.mark.parametrize(
    ("before", "options", "after"),
    [
        ("from,to,when\n", {"date_format": "%d.%m.%Y"}, '"Lee, Ann",Bo,01.06.2026\n'),
        ("from,to,when\n", {"date_format": "unix"}, '"Lee, Ann",Bo,1780272000\n'),
        ("Ann,Bo,2026-01-01\n", {"header": False}, '"Lee, Ann",Bo,2026-06-01\n'),
        ("from,to,when\n# old\n", {"comment": '"Lee'}, None),
        ("from,to,when\n", {"comment": "Lee"}, '"Lee, Ann","Bo","2026-06-01"\n'),
    ],
)
def test_a_table_of_others_is_added_to_as_it_is_read(table, before, options, after):
    theirs = {"giver": "1", "receiver": "2", "date": "3"}
    how = ReadOptions(columns=theirs, today=date(2026, 6, 30), **options)
    path = table(before)
    if after is None:  # it would be a comment
        with pytest.raises(LedgerError, match="would not be read as it is written"):
            add(path, ROW, options=how)
        assert path.read_text() == before
        return
    add(path, ROW, options=how)
    assert path.read_text() == before + after
    record = read(path, how).referrals.columns
    assert (record["giver"][-1], record["date"][-1]) == ("Lee, Ann", ROW["date"])


@pytest.mark.parametrize(
    ("content", "row", "said"),
    [
        (HEAD + "2026-01-08,Ann,B", ROW, "does not end in a newline"),
        ("date,giver,receiver", ROW, "does not end in a newline"),
        (HEAD + '2026-01-08,"Ann,Bo\n', ROW, "never closed"),
        (HEAD, ROW | {"prospect": "Cy"}, "no column prospect for 'Cy'"),
        ("giver,giver\n", {}, "appears 2 times"),
        ("date giver receiver\n", ROW, "no field may hold one"),
        ("date giver receiver\n", ROW | {"giver": ""}, "no field may hold one"),
        (HEAD, ROW | {"giver": "An\x1b[31m"}, "control character"),
        (b"date,giver,receiver\n\xe9\n", ROW, "is not UTF-8"),
        (b"PK\x03\x04", ROW, "a workbook or a database is not written to"),
    ],
)
def test_a_file_that_cannot_be_added_to_is_left_alone(table, content, row, said):
    path = table(content)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=said):
        add(path, ROW, row)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "giver": names(),
                "receiver": names(),
                "prospect": names() | st.none(),
                "note": notes(),
            }
        ),
        max_size=4,
    ),
    separator=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    mark=st.sampled_from(["", "\ufeff"]),
)
@settings(max_examples=60)
def test_what_is_added_is_what_is_read(rows, separator, end, mark):
    rows = [row for row in rows if row["giver"] != row["receiver"]]
    columns = ["note", "receiver", "prospect", "date", "giver"]
    first = dict.fromkeys(columns, "") | {"giver": "Ann", "receiver": "Bo"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "referrals.csv")
        before = mark + "".join(
            separator.join(fields) + end for fields in (columns, first.values())
        )
        path.write_bytes(before.encode())
        added = add(path, *rows)
        after = path.read_bytes()
        assert after.startswith(before.encode())
        got = read(path).referrals.columns
    wanted = [first, *rows]
    for name in ("giver", "receiver", "prospect", "note"):
        assert got[name] == [row[name] or "" for row in wanted]
    assert not rows or got["line"][1] == added.first


STEPS = {
    "mkstemp": tempfile,
    "write": os,
    "fsync": os,
    "copymode": shutil,
    "replace": os,
    "_confirm": replace,
}


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
def test_a_failure_at_any_step_leaves_every_file_as_it_was(
    tmp_path, monkeypatch, step, error, turn
):
    one, two, three = (tmp_path / f"{name}.csv" for name in ("one", "two", "three"))
    one.write_text(HEAD)
    two.write_text(HEAD + "2026-01-01,Ann,Bo\n")
    additions = [Addition(str(path), [ROW], PLAIN) for path in (one, two, three)]
    really, calls = getattr(STEPS[step], step), []

    def fail(*words, **named):
        calls.append(words)
        if len(calls) > turn:
            raise error
        return really(*words, **named)

    with monkeypatch.context() as patched:
        patched.setattr(STEPS[step], step, fail)
        wanted = OutputError if isinstance(error, OSError) else KeyboardInterrupt
        try:
            append_all(additions)
        except wanted:
            failed = True
        else:
            failed = False
            assert len(calls) <= turn  # it has fewer of these steps
    if failed:
        assert one.read_text() == HEAD
        assert two.read_text() == HEAD + "2026-01-01,Ann,Bo\n"
        assert sorted(tmp_path.iterdir()) == [one, two]
        append_all(additions)
    assert three.read_text() == HEAD + '2026-06-01,"Lee, Ann",Bo\n'


def test_an_interrupt_just_after_the_last_step_takes_all_files_back(tmp_path, monkeypatch):
    paths = [tmp_path / "one.csv", tmp_path / "new.csv"]
    paths[0].write_text(HEAD)
    really = os.replace

    def replace_and_stop(source, target):
        really(source, target)
        if Path(target).name == "new.csv":
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", replace_and_stop)
    with pytest.raises(KeyboardInterrupt):
        append_all([Addition(str(path), [ROW], PLAIN) for path in paths])
    assert paths[0].read_text() == HEAD
    assert list(tmp_path.iterdir()) == paths[:1]


def test_a_write_in_pieces_is_still_whole(table, monkeypatch):
    really = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: really(handle, content[:3]))
    path = table(HEAD)
    add(path, ROW)
    assert path.read_text() == HEAD + '2026-06-01,"Lee, Ann",Bo\n'


def test_a_disk_that_keeps_something_else_is_noticed(table, monkeypatch):
    really = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: really(handle, bytes(len(content))))
    path = table(HEAD)
    with pytest.raises(OutputError, match="not what is read back"):
        add(path, ROW)
    assert path.read_text() == HEAD


def test_a_file_changed_since_it_was_read_is_not_written(table):
    path = table(HEAD)
    seen = fingerprint(path)
    os.utime(path, (1, 1))
    add(path, ROW, seen=seen)  # only its time was another
    with pytest.raises(ConflictError, match="changed since it was read; nothing was written"):
        add(path, ROW, seen=seen)
    assert len(path.read_text().splitlines()) == 2
    with pytest.raises(ConflictError):
        add(path, ROW, seen="")
    with pytest.raises(ConflictError):
        add(path.with_name("new.csv"), ROW, seen=seen)


def test_an_editor_that_saves_in_between_loses_nothing(table, monkeypatch):
    path = table(HEAD)
    really = shutil.copymode

    def save(*words):
        path.write_text(HEAD + "2026-01-01,Ann,Bo\n")
        really(*words)

    monkeypatch.setattr(shutil, "copymode", save)
    with pytest.raises(ConflictError):
        add(path, ROW)
    assert path.read_text() == HEAD + "2026-01-01,Ann,Bo\n"


def test_a_check_that_refuses_stops_the_writing(table):
    path = table(HEAD)
    held = []

    def refuse(drafts):
        held.append(drafts)
        raise LedgerError([])

    with pytest.raises(LedgerError):
        append_all([Addition(str(path), [ROW], PLAIN)], check=refuse)
    assert held == [{str(path): f'{HEAD}2026-06-01,"Lee, Ann",Bo\n'.encode()}]
    assert path.read_text() == HEAD


def test_a_second_writer_waits_and_is_told(table):
    path = table(HEAD)
    with locked(path.parent):
        began = time.monotonic()
        with (
            pytest.raises(ConflictError, match="Another refgraph is writing"),
            locked(path.parent, wait=0.05),
        ):
            pass
        assert time.monotonic() - began >= 0.05
    add(path, ROW)


@pytest.mark.parametrize("place", ["no/such/folder.csv", "."])
def test_a_place_that_cannot_be_written_is_named(tmp_path, place):
    with pytest.raises(OutputError, match="Cannot write"):
        add(tmp_path / place, ROW)


WRITER = """
import sys
from refgraph.keeping.append import append
path, who, times, size = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
print("ready", flush=True)
for number in range(times):
    rows = [{"giver": f"{who}{number}-{row}", "receiver": "Bo"} for row in range(size)]
    append(path, rows, columns=["giver", "receiver"])
"""


def writer(path, who, times, size):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), who, str(times), str(size)],
        stdout=subprocess.PIPE,
    )


def test_two_writers_at_once_lose_nothing(tmp_path):
    path = tmp_path / "referrals.csv"
    both = [writer(path, who, 40, 2) for who in "AB"]
    for each in both:
        each.communicate()
        assert each.returncode == 0
    head, *lines = path.read_text().splitlines()
    assert head == "giver,receiver"
    for who in "AB":
        own = [line for line in lines if line.startswith(who)]
        assert own == [f"{who}{number}-{row},Bo" for number in range(40) for row in range(2)]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL")
def test_a_kill_at_any_moment_leaves_whole_appends(tmp_path):
    path, size = tmp_path / "referrals.csv", 300
    chance = random.Random(1)  # noqa: S311
    killed, until = 0, time.monotonic() + 2.5
    while killed < 3 or time.monotonic() < until:  # however busy the machine is
        each = writer(path, f"k{killed}-", 10**6, size)
        each.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        each.send_signal(signal.SIGKILL)
        each.communicate()
        killed += 1
        if not path.exists():
            continue
        text = path.read_text()
        assert text.endswith("\n")
        lines = text.splitlines()[1:]
        assert len(lines) % size == 0
        assert all(line.endswith(",Bo") for line in lines)
    append(path, [{"giver": "Ann", "receiver": "Bo"}], columns=["giver", "receiver"])
    left = {each.name for each in tmp_path.iterdir()} - {UNDO}
    assert left == {path.name}  # what a killed writer left is gone


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_rows_are_told_as_they_were_written_whatever_the_file_is_encoded_in(tmp_path, encoding):
    path = tmp_path / "r.csv"
    path.write_bytes("giver,receiver\nÉva,Bo\n".encode(encoding))
    options = ReadOptions(encoding=encoding)
    rows = [{"giver": "Zoë, Ann", "receiver": "Bö"}, {"giver": "Cy", "receiver": "Éva"}]
    added = append(path, rows, columns=["giver", "receiver"], options=options)
    assert added.texts == ['"Zoë, Ann",Bö', "Cy,Éva"]
    assert path.read_bytes().decode(encoding).splitlines()[2:] == [*added.texts]
