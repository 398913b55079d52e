"""Cells change and nothing beside them; several files change together or not at all."""

from __future__ import annotations

import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import names

from refgraph.errors import ConflictError, LedgerError, OutputError
from refgraph.keeping import rewriting
from refgraph.keeping.cells import Cells
from refgraph.keeping.forgetting import forget
from refgraph.keeping.rewriting import contents, recover, replace_all
from refgraph.ledger import ReadOptions, writer

COLUMNS = ["person", "aliases", "note"]


def quoted(text, separator):
    return '"' + text.replace('"', '""') + '"'


def plain(text, separator):
    awkward = any(mark in text for mark in f'{separator}"\r\n') or text != text.strip()
    return quoted(text, separator) if awkward or not text else text


TEXTS = names() | st.sampled_from(["", 'a "b" c', "two\nlines", "x;y,z", "| \t", "''", "a b"])
STYLED = st.tuples(TEXTS, st.sampled_from([plain, quoted]), st.sampled_from(["", " "]))


@st.composite
def tables(draw):
    """Draw a table as people write them, with its rows."""
    separator = draw(st.sampled_from([",", ";", "\t"]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    drawn = draw(st.lists(st.tuples(STYLED, STYLED, STYLED), min_size=1, max_size=5))
    rows = [[text for text, _, _ in row] for row in drawn]
    lines = [
        separator.join(blank + style(text, separator) for text, style, blank in row)
        for row in drawn
    ]
    kept = [at for at, row in enumerate(rows) if any(map(str.strip, row))]
    mark = draw(st.sampled_from(["", "\ufeff"]))
    text = mark + end.join([separator.join(COLUMNS), *lines]) + end
    return text.encode(), [rows[at] for at in kept], [lines[at] for at in kept]


@given(tables(), st.data())
def test_a_cell_changes_and_every_other_byte_stays(table, data):
    content, rows, lines = table
    cells = Cells.of("p.csv", content, COLUMNS)
    assert [list(row) for row in cells.source.rows] == rows
    if not rows:
        return
    assert [cells.line(row) for row in range(len(rows))] == [line.rstrip("\r\n") for line in lines]
    row = data.draw(st.integers(0, len(rows) - 1))
    place = data.draw(st.integers(0, 2))
    new = data.draw(names() | st.sampled_from(["a,b;c\td", 'say "x"', "two\nlines"]))
    after = cells.edited({(row, place): new})
    at = content.index(b"\n") + 1  # rows may be equal: the one that is meant, in its turn
    for line in lines[: row + 1]:
        found = content.index(line.encode(), at)
        at = found + len(line.encode())
    at = found
    assert after[:at] == content[:at]
    rest = len(content) - at - len(lines[row].encode())
    assert after[len(after) - rest :] == content[len(content) - rest :]
    read = Cells.of("p.csv", after, COLUMNS).source.rows
    rows[row][place] = new
    assert [list(each) for each in read] == rows


@given(tables(), st.data())
def test_a_row_is_taken_out_and_every_other_byte_stays(table, data):
    content, rows, _ = table
    if not rows:
        return
    row = data.draw(st.integers(0, len(rows) - 1))
    cells = Cells.of("p.csv", content, COLUMNS)
    after = cells.edited({}, removed=[row])
    assert len(after) < len(content)
    read = Cells.of("p.csv", after, COLUMNS).source.rows
    assert [list(each) for each in read] == rows[:row] + rows[row + 1 :]
    assert cells.edited({}) == content


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_ends_of_a_file_are_kept(end):
    content = end.join(["person,aliases", "Ann,", '"Bo ""B"" Park",x', "Cy,y", ""]).encode()
    cells = Cells.of("p.csv", content, COLUMNS)
    assert cells.edited({(1, 1): "z"}) == content.replace(b",x", b",z")
    assert cells.edited({}, [1]) == content.replace(b'"Bo ""B"" Park",x' + end.encode(), b"")


def test_cells_between_blanks_are_changed_too_but_cannot_hold_one():
    content = b"% people\n  Ann \t Bo  1\nCy Di 2\n"
    options = ReadOptions(columns={"giver": "1", "receiver": "2", "count": "3"}, header=False)
    options = ReadOptions(**{**{n: getattr(options, n) for n in options.__slots__}, "comment": "%"})
    cells = Cells.of("r.csv", content, options=options)
    assert cells.edited({(0, 0): "Person-x"}) == b"% people\n  Person-x \t Bo  1\nCy Di 2\n"
    with pytest.raises(LedgerError, match="blanks separate the fields here"):
        cells.edited({(0, 0): "Ann Lee"})


def test_broken_rows_are_refused_before_anything_is_changed():
    with pytest.raises(LedgerError, match="never closed"):
        Cells.of("p.csv", b'person,aliases\n"Ann,\nBo,\n', COLUMNS)


@pytest.fixture
def book(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(f"old {name}", encoding="utf-8")
    (tmp_path / "a.csv").chmod(0o640)
    return tmp_path


def plan(book):
    paths = [str(book / name) for name in ("a.csv", "b.csv", "c.csv")]
    return contents(paths), {path: f"new {path[-5:]}".encode() for path in paths}


def state(book):
    return {path.name: path.read_text(encoding="utf-8") for path in book.iterdir()}


OLD = {"a.csv": "old a.csv", "b.csv": "old b.csv"}


def test_files_are_replaced_together_and_nothing_is_left_beside_them(book):
    assert replace_all(*plan(book)) == []
    assert state(book) == {name: f"new {name}" for name in ("a.csv", "b.csv", "c.csv")}
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in book.iterdir()}
    assert (modes["a.csv"], modes["c.csv"]) == (0o640, 0o600)


def test_old_versions_stay_only_where_they_are_asked_for_readable_by_their_owner(book):
    kept = replace_all(*plan(book), keep_old=True)
    assert kept == [str(book / "a.csv.old"), str(book / "b.csv.old")]
    assert state(book)["a.csv.old"] == "old a.csv"
    assert stat.S_IMODE((book / "a.csv.old").stat().st_mode) == 0o600
    before = state(book)
    again, after = plan(book)
    with pytest.raises(ConflictError, match="is there already"):
        replace_all(again, dict.fromkeys(after, b"newer"), keep_old=True)
    assert state(book) == before


STEPS = [
    (writer.os, "fsync"),
    (writer.os, "replace"),
    (writer.shutil, "copymode"),
    (writer.tempfile, "mkstemp"),
    (rewriting.os, "link"),
]


@pytest.mark.parametrize("keep_old", [False, True])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("nth", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(("module", "name"), STEPS, ids=[name for _, name in STEPS])
def test_whatever_step_fails_all_files_are_old(
    book, monkeypatch, module, name, nth, error, keep_old
):
    real, calls = getattr(module, name), []

    def failing(*words, **options):
        calls.append(words)
        if len(calls) == nth:
            raise error
        return real(*words, **options)

    monkeypatch.setattr(module, name, failing)
    try:
        replace_all(*plan(book), keep_old=keep_old)
    except (OutputError, KeyboardInterrupt):
        assert state(book) == OLD
    else:
        assert len(calls) < nth or name == "link"  # a copy stands for a link
        assert state(book)["b.csv"] == "new b.csv"


def killed_at(nth, run, steps=("replace",)):
    """Run something in a process that dies at the nth of the steps: a file put in its place."""
    child = os.fork()
    if not child:
        calls = []

        def dying(real):
            def step(*words, **options):
                calls.append(words)
                if len(calls) == nth:
                    os._exit(9)
                return real(*words, **options)

            return step

        for name in steps:
            setattr(os, name, dying(getattr(os, name)))
        try:
            run()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_what_a_killed_writer_did_to_some_files_is_taken_back(book, nth):
    (book / "c.csv").write_text("old c.csv", encoding="utf-8")
    before = state(book)
    assert killed_at(nth, lambda: replace_all(*plan(book))) == 9
    assert len({*state(book)} - {*before}) >= 3  # the old versions, and new ones half-way
    back = recover(book)
    assert state(book) == before
    assert len(back) == nth - 1
    assert recover(book) == []


EVERY = ("replace", "link", "unlink", "fsync")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
def test_whatever_step_a_writer_is_killed_at_no_file_is_new_without_the_others(book):
    (book / "c.csv").write_text("old c.csv", encoding="utf-8")
    before, after = state(book), {name: f"new {name}" for name in ("a.csv", "b.csv", "c.csv")}
    ends = []
    for nth in range(1, 20):
        for name, text in before.items():
            (book / name).write_text(text, encoding="utf-8")
        died = killed_at(nth, lambda: replace_all(*plan(book)), EVERY) == 9
        for again in (1, 2, 5):  # who takes back can be killed too
            killed_at(again, lambda: recover(book), EVERY)
        recover(book)
        ends.append((died, state(book) == before, state(book) == after))
    old, done, whole = (True, True, False), (True, False, True), (False, False, True)
    assert {*ends} == {old, done, whole}
    assert ends == sorted(ends, key=[old, done, whole].index)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
def test_a_book_left_half_way_is_told_and_nothing_is_added_to_it(tmp_path, run):
    files = {"referrals.csv": "date,giver,receiver\n,Ann,Bo\n", "people.csv": "person\nAnn\n"}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert killed_at(2, lambda: forget(tmp_path, "Ann", pseudonym="P")) == 9
    told = "or was killed half-way; if so, the next one that writes takes back what it did"
    assert told in run("check", tmp_path).stderr
    words = ("add", "Bo", "Cy", "--date", "2026-01-01", "-b", tmp_path, "--new")
    assert "Nothing was added; try again." in run(*words, status=1).stderr
    assert state(tmp_path) == files
    assert run("check", tmp_path).output == ""
    run(*words)
    assert state(tmp_path)["referrals.csv"] == files["referrals.csv"] + "2026-01-01,Bo,Cy\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
def test_what_was_written_after_a_kill_is_not_taken_back(book):
    (book / "c.csv").write_text("old c.csv", encoding="utf-8")
    before = state(book)
    assert killed_at(2, lambda: replace_all(*plan(book))) == 9
    (new,) = (name for name in before if state(book)[name] != before[name])
    (book / new).write_text("mine", encoding="utf-8")
    assert recover(book) == []
    assert state(book) == {**before, new: "mine"}


def test_what_cannot_be_changed_back_at_once_is_changed_back_later(book, monkeypatch):
    (book / "c.csv").write_text("old c.csv", encoding="utf-8")
    before, calls = state(book), []
    real = os.replace

    def failing(*words):
        calls.append(words)
        if len(calls) > 1:
            raise OSError(28, "No space left on device")
        real(*words)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OutputError, match="no space left"):
        replace_all(*plan(book))
    assert state(book)["c.csv"] == "new c.csv"
    monkeypatch.undo()
    assert recover(book) == [str(book / "c.csv")]
    assert state(book) == before


def test_a_file_that_changed_meanwhile_is_not_written_over(book):
    before, after = plan(book)
    (book / "b.csv").write_text("mine", encoding="utf-8")
    (book / "c.csv").write_text("mine too", encoding="utf-8")
    with pytest.raises(ConflictError, match="changed since it was read"):
        replace_all(before, after)
    assert state(book) == {"a.csv": "old a.csv", "b.csv": "mine", "c.csv": "mine too"}
