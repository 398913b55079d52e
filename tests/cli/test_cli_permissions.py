"""What is read-only stays as it is, and what refgraph makes only its owner may look into.

The mode of a file decides here and not what the system lets this user do: these tests hold for an
administrator, who may write every file, and for everybody else.
"""

from __future__ import annotations

import os
import shlex
import stat
import subprocess

import pytest
from click.testing import CliRunner

from refgraph.cli import main
from refgraph.errors import ReadOnlyError
from refgraph.keeping.engine.declined import DECLINED
from refgraph.keeping.engine.journal import UNDO
from refgraph.keeping.engine.lock import LOCK_FILE
from refgraph.keeping.new_book import sample_book
from refgraph.maps.scenes.scene import FORMATS
from refgraph.reading.book_files import PENDING
from refgraph.reading.files.writer import replacing
from refgraph.schema.fields import FIELDS

posix = pytest.mark.skipif(os.name == "nt", reason="Windows knows no modes of folders")

#: Each writer, what it is told, and the file of the book that it would write.
WRITERS = {
    "add": (["Alice Merton", "me", "-b", "{book}"], "referrals.csv"),
    "touch": (["Alice Merton", "thanks", "-b", "{book}"], "touches.csv"),
    "status": (["Ida Brightwell", "won", "-b", "{book}"], "statuses.csv"),
    "import": (["{new}", "-b", "{book}"], "referrals.csv"),
    "people merge": (
        ["Alice Merton", "Gloria Penn", "--prefer", "first", "-b", "{book}"],
        "people.csv",
    ),
    "people set": (["Alice Merton", "role", "client", "-b", "{book}"], "people.csv"),
    "people tidy": (["--apart", "Alice Merton", "Gloria Penn", "-b", "{book}"], "refgraph.toml"),
    "people split": (["Gloria Penn", "-b", "{book}"], "people.csv"),
    "forget": (["Alice Merton", "-b", "{book}"], "referrals.csv"),
    "undo": (["-b", "{book}"], "referrals.csv"),
}
BESIDE = ("refgraph.toml", DECLINED, LOCK_FILE, PENDING, UNDO)
NEW = "date,giver,receiver,prospect,note\n2026-01-09,Alice Merton,Zed Young,Yan Zoll,\n"


@pytest.fixture
def place(tmp_path):
    book = tmp_path / "book"
    book.mkdir()
    for name, text in sample_book().items():
        (book / name).write_text(text, encoding="utf-8")
    (tmp_path / "new.csv").write_text(NEW, encoding="utf-8")
    return tmp_path


def state(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def told(run, place, command, status=0):
    words, file = WRITERS[command]
    words = [word.format(book=place / "book", new=place / "new.csv") for word in words]
    return run(command, *words, status=status), place / "book" / file


def test_every_command_that_writes_in_a_book_is_here():
    from test_cli_never_writes import WRITERS as ALL

    assert set(WRITERS) == ALL - {"init"}  # which refuses every file that is there


@pytest.mark.parametrize("command", sorted(WRITERS))
def test_a_read_only_file_of_the_book_is_refused_and_the_remedy_works(run, place, command):
    if command == "status":
        (place / "book" / "statuses.csv").write_text("date,id,status,note\n", encoding="utf-8")
    if command == "people split":
        told(run, place, "people merge")
    if command == "undo":
        told(run, place, "add")
    file = place / "book" / WRITERS[command][1]
    file.chmod(0o444)
    before = state(place / "book")
    result, _ = told(run, place, command, status=1)
    assert state(place / "book") == before
    assert mode(file) == 0o444
    assert f"Cannot write {file}: it is read-only." in result.stderr
    remedy = result.stderr.split("To allow it: ")[1].splitlines()[0]
    subprocess.run(shlex.split(remedy), check=True)
    told(run, place, command)
    assert state(place / "book") != before


@pytest.mark.parametrize("name", [*(f"{each}.csv" for each in FIELDS), *BESIDE])
def test_a_link_that_goes_round_is_no_traceback(place, name):
    file = place / "book" / name
    file.unlink(missing_ok=True)
    file.symlink_to(name)
    for command in ("add", "forget", "stats"):
        words, _ = WRITERS.get(command, (["{book}"], ""))
        words = [word.format(book=place / "book", new="") for word in words]
        result = CliRunner().invoke(main, [command, *words])
        assert isinstance(result.exception, SystemExit | None), name
        assert result.exit_code == 0 or name in result.stderr
        assert file.is_symlink() or name == UNDO  # it begins a new one


def test_a_read_only_book_is_refused_before_anything_is_asked(run, place):
    (place / "book" / "referrals.csv").chmod(0o400)
    said = run("add", "-b", place / "book", status=1).stderr
    assert "read-only" in said
    assert "date" not in said


@pytest.mark.parametrize(
    ("command", "name"),
    [(["owe", "{book}", "-o"], f"owe.{kind}") for kind in ("txt", "csv", "json", "md")]
    + [(["map", "matrix", "{book}", "-o"], f"map.{kind}") for kind in FORMATS]
    + [(["export", "-b", "{book}"], "net.graphml"), (["report", "{book}", "-o"], "report.md")],
)
def test_a_read_only_output_is_refused(run, place, command, name):
    target = place / name
    target.write_text("mine", encoding="utf-8")
    target.chmod(0o444)
    result = run(*(word.format(book=place / "book") for word in command), target, status=1)
    assert "it is read-only. To allow it: chmod u+w" in result.stderr
    assert target.read_text(encoding="utf-8") == "mine"
    assert {path.name for path in place.iterdir()} == {"book", "new.csv", name}


def test_a_review_writes_nothing_where_one_of_its_files_is_read_only(run, place):
    (place / "out").mkdir()
    (place / "out" / "report.json").write_text("{}", encoding="utf-8")
    (place / "out" / "report.json").chmod(0o400)
    result = run("review", place / "book", "-o", place / "out", status=1)
    assert "report.json: it is read-only" in result.stderr
    assert state(place / "out") == {"report.json": b"{}"}


def test_a_link_to_a_read_only_file_is_refused_in_python_too(tmp_path):
    (tmp_path / "real").write_text("mine", encoding="utf-8")
    (tmp_path / "real").chmod(0o400)
    (tmp_path / "link").symlink_to("real")
    with pytest.raises(ReadOnlyError, match="link: it is read-only"), replacing(tmp_path / "link"):
        raise AssertionError
    assert {path.name for path in tmp_path.iterdir()} == {"link", "real"}


@posix
@pytest.mark.parametrize(
    "words",
    [
        ["init", "{new}"],
        ["init", "{new}", "--sample"],
        ["review", "{book}", "-o", "{new}", "--sections", "owed"],
    ],
    ids=["init", "sample", "review"],
)
def test_folders_that_refgraph_makes_are_for_their_owner_only(run, place, words):
    above, new = place / "a" / "b", place / "a" / "b" / "c"
    old = mode(place)
    before = os.umask(0o022)
    try:
        run(*(word.format(book=place / "book", new=new) for word in words))
    finally:
        os.umask(before)
    assert {mode(path) for path in (new, above, above.parent)} == {0o700}
    assert {mode(path) for path in new.iterdir()} == {0o600}
    assert mode(place) == old


@posix
def test_folders_that_are_there_keep_their_mode(run, place):
    (place / "shared").mkdir()
    (place / "shared").chmod(0o755)
    run("init", place / "shared")
    assert mode(place / "shared") == 0o755


def test_these_commands_exist():
    assert set(WRITERS) <= set(main.commands)
