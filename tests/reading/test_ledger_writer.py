"""A file is written completely or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from strategies import write_rows

from refgraph.errors import OutputError
from refgraph.reading import replacing
from refgraph.reading.files import writer


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "referrals.csv"
    path.write_text("old\n")
    return path


def test_a_block_that_ends_well_replaces_the_file(book):
    with replacing(book) as stream:
        stream.write("new\r\n")
        assert book.read_text() == "old\n"
    assert book.read_bytes() == b"new\r\n"


def test_bytes_too(book):
    with replacing(book, binary=True) as stream:
        stream.write(b"\x89PNG")
    assert book.read_bytes() == b"\x89PNG"


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, SystemExit])
def test_a_failed_block_leaves_the_old_file_and_nothing_else(book, error):
    def write_half():
        with replacing(book) as stream:
            stream.write("half a")
            raise error

    with pytest.raises(error):
        write_half()
    assert book.read_text() == "old\n"
    assert list(book.parent.iterdir()) == [book]


@pytest.mark.parametrize("step", ["fsync", "replace", "copymode"])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
def test_a_failure_at_any_step_leaves_the_old_file(book, monkeypatch, step, error):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(shutil if step == "copymode" else os, step, fail)
    wanted = OutputError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(wanted), replacing(book) as stream:
        stream.write("new")
    assert book.read_text() == "old\n"
    assert list(book.parent.iterdir()) == [book]


def test_permissions_stay_and_a_new_file_is_private(book):
    book.chmod(0o640)
    with replacing(book) as stream:
        stream.write("new")
    assert stat.S_IMODE(book.stat().st_mode) == 0o640
    fresh = book.with_name("fresh.csv")
    with replacing(fresh) as stream:
        stream.write("new")
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o600


def test_a_symbolic_link_stays_one(book):
    link = book.with_name("link.csv")
    link.symlink_to(book)
    with replacing(link) as stream:
        stream.write("new")
    assert link.is_symlink()
    assert book.read_text() == "new"


def test_a_device_is_written_to_and_not_replaced():
    with replacing(os.devnull) as stream:
        stream.write("gone")
    assert not os.path.isfile(os.devnull)  # noqa: PTH113


@pytest.mark.parametrize("place", [".", "no/such/folder.csv"])
def test_a_place_that_cannot_be_written_is_named(tmp_path, place):
    with pytest.raises(OutputError, match="Cannot write"), replacing(tmp_path / place):
        pass
    assert list(tmp_path.iterdir()) == []


def test_cells_are_written_as_they_are_read(tmp_path):
    path = tmp_path / "x.csv"
    row = [None, True, False, ("a", "b"), Decimal("1E+3"), 3, "two\nlines", 'q"', "r\rr", "-1"]
    write_rows(path, list("abcdefghij"), [row])
    assert path.read_bytes() == (
        b'a,b,c,d,e,f,g,h,i,j\n"","yes","no","a;b","1000","3","two\nlines","q""","r\rr","-1"\n'
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes")
def test_a_pipe_is_written_to_once_somebody_reads_and_not_waited_for_without_end(
    tmp_path, monkeypatch
):
    pipe = tmp_path / "answers"
    os.mkfifo(pipe)
    monkeypatch.setattr(writer, "_PATIENCE", 0.1)
    with pytest.raises(OutputError, match="nobody read from this pipe"), replacing(pipe):
        pytest.fail("nobody reads what is written")
    monkeypatch.setattr(writer, "_PATIENCE", 60)
    with ThreadPoolExecutor(1) as others:
        read = others.submit(pipe.read_text)
        with replacing(pipe) as stream:
            stream.write("thank Bo\n" * 20_000)
        assert read.result() == "thank Bo\n" * 20_000
