"""The last command that wrote is taken back, to the byte, and only if nothing was written since."""

from __future__ import annotations

import itertools
import re
import stat

import pytest
from killing import killed_at, put, snapshot
from test_killed_commands import BOOK, WRITERS, after, base, carry_out, files_of

from refgraph.errors import ConflictError, LedgerError, RefgraphError
from refgraph.keeping import record
from refgraph.keeping.engine.journal import UNDO
from refgraph.keeping.engine.replace import recover_book
from refgraph.keeping.undo import undo
from refgraph.reading.book_files import BOOK_FILES

#: What forget replaced is kept nowhere, nor what undo took back.
UNDOABLE = sorted({*WRITERS} - {"forget", "undo"})


@pytest.fixture
def folder(tmp_path):
    put(tmp_path / "book", BOOK)
    return tmp_path / "book"


def done(folder, command):
    """Carry out a command in a folder in which it has something to do."""
    before = base(command)
    put(folder, before)
    assert carry_out(command, folder)[0] == 0
    return files_of(before)


@pytest.mark.parametrize("command", UNDOABLE)
def test_every_command_that_writes_is_taken_back_to_the_byte_and_once(folder, command):
    before = done(folder, command)
    whole = snapshot(folder)
    tried = undo(folder, dry_run=True)
    assert snapshot(folder) == whole
    status, told = carry_out("undo", folder)
    assert (status, snapshot(folder)) == (0, before)
    assert told.startswith(f"Took back the last {command}:\nBOOK/")
    assert tried.command == command
    assert all(f"BOOK/{path.rpartition('/')[2]}: " in told for path in tried.files)
    shown = [line for pair in tried.files.values() for lines in pair for line in lines[:20]]
    assert shown
    assert all(f" {line[:70]}" in told for line in shown)
    status, told = carry_out("undo", folder)
    assert (status, snapshot(folder)) == (1, before)
    assert "There is nothing to undo in BOOK" in told


@pytest.mark.parametrize("command", ["forget", "undo"])
def test_a_forget_and_an_undo_are_for_good(folder, command):
    done(folder, command)
    whole = snapshot(folder)
    assert UNDO not in whole
    status, told = carry_out("undo", folder)
    assert (status, snapshot(folder)) == (1, whole)
    assert "is taken back already or was a forget, which is for good" in told


@pytest.mark.parametrize("command", UNDOABLE)
@pytest.mark.parametrize("name", BOOK_FILES)
def test_what_was_changed_by_hand_since_is_not_lost(folder, command, name):
    done(folder, command)
    there = (folder / name).read_bytes() if (folder / name).exists() else b""
    (folder / name).write_bytes(there + b" ")
    whole = snapshot(folder)
    status, told = carry_out("undo", folder)
    assert (status, snapshot(folder)) == (1, whole)
    assert f"{name} changed after the last {command}; nothing was taken back" in told
    (folder / name).write_bytes(there)  # changed back, it is as it was
    if not there:
        (folder / name).unlink()
    assert carry_out("undo", folder)[0] == 0


@pytest.mark.parametrize("first", UNDOABLE)
@pytest.mark.parametrize("then", UNDOABLE)
def test_only_the_last_command_is_taken_back(folder, first, then):
    done(folder, first)
    between = files_of(snapshot(folder))
    carry_out(then, folder)
    if files_of(snapshot(folder)) == between:  # there was nothing to write
        assert undo(folder, dry_run=True).command == first
        return
    assert undo(folder).command == then
    assert snapshot(folder) == between


def test_an_undo_that_is_killed_is_finished_or_taken_back(folder):
    before = done(folder, "import")
    whole, ends = snapshot(folder), []
    died, last = True, itertools.count()
    while died:
        put(folder, whole)
        died = killed_at(folder, next(last), lambda: undo(folder))
        recover_book(folder)
        assert snapshot(folder) in (whole, before, files_of(whole))
        ends.append(files_of(snapshot(folder)) == before)
    assert len(ends) > 12
    assert ends == sorted(ends)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
@pytest.mark.parametrize("command", ["add", "people merge"])
def test_modes_and_links_stay(folder, tmp_path, command, mode):
    before = base(command)
    put(folder, before)
    for name in ("referrals.csv", "people.csv"):
        (folder / name).rename(tmp_path / name)
        (folder / name).symlink_to(tmp_path / name)
        (tmp_path / name).chmod(mode)
    assert carry_out(command, folder)[0] == 0
    undo(folder)
    assert snapshot(folder) == files_of(before)
    for name in ("referrals.csv", "people.csv"):
        assert (folder / name).is_symlink()
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == mode


def test_a_file_that_is_read_only_now_is_left_alone(folder):
    done(folder, "people merge")
    whole = snapshot(folder)
    (folder / "people.csv").chmod(0o400)
    status, told = carry_out("undo", folder)
    assert (status, snapshot(folder)) == (1, whole)
    assert "people.csv: it is read-only. To allow it" in told


ROW = {"date": "2026-06-01", "giver": "Bob", "receiver": "Zoë"}
FORMS = {
    "byte order mark": b"\xef\xbb\xbfdate,giver,receiver\r\n2026-01-01,Ann,Bo\r\n",
    "old Mac": b"date;giver;receiver\r2026-01-01;Ann;Bo\r",
    "no end": b"date,giver,receiver\n2026-01-01,Ann,Bo\n\n  ",
}


@pytest.mark.parametrize("content", FORMS.values(), ids=FORMS)
def test_a_single_table_is_as_it_was_whatever_its_form(tmp_path, content):
    (tmp_path / "t.csv").write_bytes(content)
    (tmp_path / "link.csv").symlink_to(tmp_path / "t.csv")
    record(tmp_path / "link.csv", {"referrals": [ROW]})
    assert undo(tmp_path / "t.csv").command == "add"
    assert (tmp_path / "t.csv").read_bytes() == content
    record(tmp_path / "t.csv", {"referrals": [ROW]})
    assert undo(tmp_path / "link.csv").files == {
        str(tmp_path / "link.csv"): (
            ["2026-06-01;Bob;Zoë" if b";" in content else "2026-06-01,Bob,Zoë"],
            [],
        )
    }
    assert (tmp_path / "t.csv").read_bytes() == content


def test_of_two_tables_in_a_folder_the_one_that_was_written_has_to_be_named(tmp_path):
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_bytes(FORMS["old Mac"])
    record(tmp_path / "one.csv", {"referrals": [ROW]})
    before = snapshot(tmp_path)
    with pytest.raises(ConflictError, match=r"wrote in one\.csv; to undo that, name that file"):
        undo(tmp_path / "two.csv")
    assert snapshot(tmp_path) == before
    undo(tmp_path / "one.csv")
    with pytest.raises(LedgerError, match="standard input cannot be written to"):
        undo("-")


def test_of_many_lines_the_first_are_shown(folder, tmp_path):
    rows = "".join(f"2026-02-{day:02},Ann,Bo,P{day},\n" for day in range(1, 26))
    (tmp_path / "new.csv").write_text(f"date,giver,receiver,prospect,status\n{rows}")
    from click.testing import CliRunner

    from refgraph.cli import main

    words = ["import", str(tmp_path / "new.csv"), "-b", str(folder)]
    assert CliRunner().invoke(main, words).exit_code == 0
    _, told = carry_out("undo", folder)
    assert "referrals.csv: 25 lines out\n" in told
    assert told.count("\n- ") == 21
    assert "\n- and 5 more\n" in told


@pytest.mark.parametrize("settings", ['profile = "health"\n', 'profile = "health"\nnonsense\n'])
def test_a_book_of_health_shows_no_line(folder, settings):
    done(folder, "add")
    lines = (folder / "refgraph.toml").read_bytes() + settings.encode()
    undo(folder)
    (folder / "refgraph.toml").write_bytes(lines.replace(b"nonsense", b""))
    assert carry_out("add", folder)[0] == 0
    if "nonsense" in settings:  # it cannot be told what it says of the profession
        held = (folder / UNDO).read_bytes()
        from refgraph.keeping.engine.journal import digest

        old, new = digest((folder / "refgraph.toml").read_bytes()), digest(lines)
        (folder / "refgraph.toml").write_bytes(lines)
        (folder / UNDO).write_bytes(held.replace(old.encode(), new.encode()))
    status, told = carry_out("undo", folder)
    assert status == 0
    assert "1 line out" in told
    assert "Lund" not in told


# ---------------------------------------------------- and no forgotten name stays


@pytest.mark.parametrize("command", UNDOABLE)
def test_after_a_forget_nothing_holds_the_name(folder, command):
    """Whatever wrote before, and whatever its undo would need."""
    done(folder, command)
    if command == "init":
        put(folder, {**snapshot(folder), **BOOK})
    status, told = carry_out("forget", folder)
    assert status == 0, told
    left = {name: content for name, content in snapshot(folder).items() if ".old" not in name}
    assert UNDO not in left
    assert not [name for name, content in left.items() if re.search(rb"\bAnn\b", content)]


def test_who_only_undo_remembers_is_gone_too_where_nobody_is_found(folder):
    put(
        folder,
        {**BOOK, "people.csv": 'person,aliases\nMe Myself,\nAnn,"Zoë ""Z"" Quill"\n'.encode()},
    )
    from refgraph.keeping.forget import forget
    from refgraph.keeping.merge import split

    split(folder, 'Zoë "Z" Quill')
    assert "Quill" in (folder / UNDO).read_text(encoding="utf-8")
    with pytest.raises(RefgraphError, match="No one called 'Zed'"):
        forget(folder, "Zed")
    assert (folder / UNDO).exists()
    with pytest.raises(RefgraphError, match="No one called"):
        forget(folder, 'Zoë "Z" Quill', dry_run=True)
    assert (folder / UNDO).exists()
    with pytest.raises(RefgraphError, match="No one called"):
        forget(folder, 'Zoë "Z" Quill')
    assert not (folder / UNDO).exists()


def test_the_book_holds_no_more_for_undo_than_what_the_command_replaced(folder):
    for command in UNDOABLE:
        before = base(command)
        _, whole = after(command, tuple(before.items()))
        changed = [name for name, text in files_of(before).items() if whole.get(name) != text]
        held = sum(len(before[name]) for name in changed)
        assert len(whole[UNDO]) < 1500 + 2 * held
