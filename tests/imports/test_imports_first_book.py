"""An import makes the book where there is none: all of it, or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import refgraph

LOG = "Date,Referred By,Referred To,Client\n2026-03-02,Ann Lee,Dana Reed,Okafor Dental\n"
TRACKER = "Name,Referred By,Date\nOkafor Dental,Ann Lee,2026-03-02\n"
TABLES = {
    "log": (LOG, []),
    "tracker": (TRACKER, ["--new-people"]),
    "edges": ("Source,Target,Weight\nAnn Lee,Bo Park,2\nBo Park,Ann Lee,1\n", []),
}


def held(folder):
    return {file.name: file.read_bytes() for file in sorted(folder.glob("[!.]*"))}


@pytest.fixture
def table(tmp_path):
    def write(text, name="given.txt"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_a_log_becomes_a_book_of_its_own(run, tmp_path, table):
    told = run("import", table(LOG), "-b", tmp_path / "new", "--me", "Dana Reed")
    assert "Made the book" in told.stderr
    book = refgraph.Book.read(tmp_path / "new", today="2026-06-30")
    assert book.me == "Dana Reed"
    row = book.referrals.iloc[0]
    assert (row["giver"], row["receiver"], row["prospect"]) == (
        "Ann Lee",
        "Dana Reed",
        "Okafor Dental",
    )


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("me", ["Dana Reed", '=1+1 "x" \\', "محمد علي"])
def test_the_book_is_the_one_that_init_and_import_make(run, tmp_path, table, kind, me):
    text, more = TABLES[kind]
    file = table(text)
    run("import", file, "-b", tmp_path / "one", "--me", me, *more)
    run("init", tmp_path / "two", "--me", me)
    run("import", file, "-b", tmp_path / "two", "--me", me, *more)
    assert held(tmp_path / "one") == held(tmp_path / "two")


def test_what_is_only_tried_leaves_nothing(run, tmp_path, table):
    told = run("import", table(LOG), "-b", tmp_path / "new", "--me", "Dana Reed", "--dry-run")
    assert "Okafor Dental" in told.stdout
    assert "Made the book" not in told.stderr
    assert not (tmp_path / "new").exists()


def test_what_is_refused_leaves_nothing(run, tmp_path, table):
    wrong = table(f"{LOG}2026-03-03,Ann Lee,Ann Lee,Bo\n")
    told = run("import", wrong, "-b", tmp_path / "new", "--me", "Dana Reed", status=1)
    assert "cannot refer to themselves" in told.stderr
    assert not (tmp_path / "new").exists()


def test_undo_takes_the_book_back(run, tmp_path, table):
    new = tmp_path / "new"
    run("import", table(LOG), "-b", new, "--me", "Dana Reed")
    run("undo", "-b", new)
    assert held(new) == {}
    run("import", table(LOG), "-b", new, "--me", "Dana Reed")  # into the folder that is left
    assert len(refgraph.Book.read(new).referrals) == 1


@pytest.mark.skipif(os.name == "nt", reason="permissions of Windows are others")
def test_only_its_owner_may_look_into_it(run, tmp_path, table):
    new = tmp_path / "deep" / "new"
    run("import", table(LOG), "-b", new, "--me", "Dana Reed")
    assert new.stat().st_mode & 0o777 == 0o700


def test_a_tracker_of_mine_asks_whose_it_is(run, tmp_path, table):
    told = run("import", table(TRACKER), "-b", tmp_path / "new", status=1)
    assert "--me NAME" in told.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["referals.csv", "Referrals.CSV", "people.csv", "refgraph.toml"])
def test_a_folder_that_is_meant_to_be_a_book_is_not_begun_anew(run, tmp_path, table, name):
    there = tmp_path / "old"
    there.mkdir()
    (there / name).write_text("")
    told = run("import", table(LOG), "-b", there, "--me", "Dana Reed", status=1)
    assert "referrals.csv" in told.stderr
    assert [*there.iterdir()] == [there / name]


def test_a_table_that_is_not_there_is_no_book(run, tmp_path, table):
    told = run("import", table(LOG), "-b", tmp_path / "book.csv", "--me", "Dana Reed", status=1)
    assert "no such file" in told.stderr
    assert not Path(tmp_path / "book.csv").exists()
