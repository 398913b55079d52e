"""refgraph in poor places: no home, no write permission, terminals that know few letters."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from refgraph.keeping.new_book import sample_book

ROOT = Path(__file__).parent.parent.parent
NAME = "Νίκος Παπαδόπουλος"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="of homes and modes as POSIX has them")


def refgraph(*words, before=(), **environment):
    """Run the command in a new process with no more of an environment than is given."""
    found = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "REFGRAPH_QUIET": "1",
        **environment,
    }
    done = subprocess.run(
        [*before, sys.executable, "-m", "refgraph", *map(str, words)],
        capture_output=True,
        env=found,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def book(tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    for name, text in sample_book().items():
        (folder / name).write_text(text.replace("Alice Merton", NAME), encoding="utf-8")
    return folder


def homes(folder):
    (folder / "file").touch()
    return {
        "none": {},
        "not there": {"HOME": str(folder / "nowhere" / "at" / "all")},
        "a file": {"HOME": str(folder / "file")},
        "matplotlib's is a file": {"HOME": str(folder), "MPLCONFIGDIR": str(folder / "file")},
    }


@pytest.mark.parametrize("kind", ["none", "not there", "a file", "matplotlib's is a file"])
def test_a_map_is_drawn_without_a_home_and_nothing_is_said_of_it(book, tmp_path, kind):
    target = tmp_path / "owed.png"
    status, out, said = refgraph(
        "map", "owed", book, "-o", target, REFGRAPH_QUIET="1", **homes(tmp_path)[kind]
    )
    assert (status, out) == (0, "")
    assert said == f"Wrote {target}\n"
    assert target.stat().st_size


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C"},
        {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "cp1252"},
        {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "ascii:strict"},
    ],
    ids=["C", "C with UTF-8 mode", "cp1252", "ascii"],
)
def test_names_survive_whatever_the_terminal_knows(book, locale):
    status, out, said = refgraph("owe", book, **locale)
    assert (status, said) == (0, "")
    assert NAME in out
    status, out, said = refgraph("why", NAME, "-b", book, **locale)
    assert (status, said) == (0, "")
    assert NAME in out
    status, out, said = refgraph("touch", NAME, "thanks", "-b", book, **locale)
    assert status == 0, said
    assert NAME in (book / "touches.csv").read_text(encoding="utf-8").splitlines()[-1]
    status, out, said = refgraph("why", "Νίκα", "-b", book, **locale)
    assert status == 1
    assert "No one called 'Νίκα'" in said
    status, out, said = refgraph("check", book.parent / "Λ", **locale)
    assert status == 1
    assert "no such file or folder" in out


#: An administrator whom the modes of files bind, as they do everybody else.
BOUND = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]


def test_a_book_in_a_folder_without_write_permission_is_read_and_not_written(book):
    as_others = [] if os.geteuid() else BOUND
    if as_others and subprocess.run([*BOUND, "true"], check=False).returncode:
        pytest.skip("this administrator may write everywhere")
    book.chmod(0o555)
    before = {path.name: path.read_bytes() for path in book.iterdir()}
    status, _, said = refgraph("check", book, before=as_others)
    assert (status, said) == (0, "")
    status, _, said = refgraph("touch", NAME, "thanks", "-b", book, before=as_others)
    assert status == 1
    assert "permission denied" in said
    assert {path.name: path.read_bytes() for path in book.iterdir()} == before
