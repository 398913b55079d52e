"""A database at an address gives what its file gives; it is read only, and keeps its secrets."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from refgraph import Book
from refgraph.cli import main
from refgraph.errors import LedgerError
from refgraph.reading.databases import limits
from refgraph.reading.databases.database_address import is_address
from refgraph.reading.files.bounded_bytes import load
from refgraph.reading.sheets.table_files import holds_tables

DATA = Path(__file__).parent.parent.parent / "data"
needs_sqlalchemy = pytest.mark.skipif(
    not __import__("importlib.util").util.find_spec("sqlalchemy"),
    reason="sqlalchemy, the extra sql, is not installed",
)


def run(*words):
    result = CliRunner(catch_exceptions=False).invoke(main, [*map(str, words)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def file(tmp_path):
    code, _, told = run("export", "-b", DATA / "adviser", tmp_path / "crm.db")
    assert code == 0, told
    return tmp_path / "crm.db"


@pytest.fixture
def address(file):
    return f"sqlite:///{file}"


def told(address, **options):
    with pytest.raises(LedgerError) as caught:
        Book.read(address, **options)
    return str(caught.value)


@needs_sqlalchemy
def test_a_book_at_an_address_answers_as_its_file_does(file, address):
    words = ["-O", "json", "--me", "Dana Whitfield", "--today", "2026-09-30"]
    for command in ("report", "owe", "people"):
        asked = run(command, address, *words)
        assert asked[0] == 0
        assert asked[1] == run(command, file, *words)[1]


@needs_sqlalchemy
def test_a_table_or_a_query_is_chosen_as_of_a_file(file, address):
    query = "SELECT * FROM referrals WHERE giver LIKE 'A%'"
    for chosen in ({"sheet": "referrals"}, {"sql": query}):
        ours, theirs = (Book.read(each, **chosen) for each in (address, str(file)))
        assert ours.referrals.drop(columns="file").equals(theirs.referrals.drop(columns="file"))
    assert "the tables are: people, referrals, statuses, touches" in told(address, sheet="nope")


@needs_sqlalchemy
@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM referrals",
        "select * from referrals; delete from referrals",
        "with x as (select 1) delete from referrals",
        "ATTACH 'other.db' AS other",
        "PRAGMA query_only = OFF",
    ],
)
def test_a_query_changes_nothing(file, address, query):
    before = file.read_bytes()
    assert "this query fails" in told(address, sql=query)
    assert file.read_bytes() == before


@needs_sqlalchemy
def test_a_query_without_end_is_stopped(address, monkeypatch):
    monkeypatch.setattr(limits, "MOST_SECONDS", 0.3)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    assert "this query fails" in told(address, sql=endless)


@needs_sqlalchemy
def test_nothing_is_made_where_there_is_no_file(tmp_path):
    assert "no such file or folder" in told(f"sqlite:///{tmp_path}/none.db")
    assert "no such file or folder" in told("sqlite://")
    assert [*tmp_path.iterdir()] == []


@needs_sqlalchemy
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("postgresql://joe:hunter2@127.0.0.1/crm", "a password stands in this address"),
        ("nosuch://127.0.0.1/crm", "cannot be reached"),
        ("postgresql+nosuch://127.0.0.1/crm", "cannot be reached"),
        ("postgresql://127.0.0.1:port/crm", "no such address"),
    ],
)
def test_an_address_that_leads_nowhere_is_a_sentence_without_its_password(name, why):
    code, _, said = run("owe", name)
    assert code == 1
    assert why in said
    assert "hunter2" not in said


@needs_sqlalchemy
def test_a_driver_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg2", None)
    said = told("postgresql+psycopg2://127.0.0.1/crm")
    assert "its driver is not installed" in said
    assert "pip install psycopg2" in said


def test_without_the_extra_it_is_named(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    assert 'pip install "refgraph[sql]"' in told(f"sqlite:///{tmp_path}/crm.db")


@needs_sqlalchemy
def test_it_is_never_written_to_and_the_way_to_a_book_works(file, address, tmp_path):
    before = file.read_bytes()
    for words in (
        ["add", "Ann Lee", "me", "--new"],
        ["touch", "Marcus Bell", "thanks"],
        ["people", "set", "Marcus Bell", "role", "client"],
        ["undo"],
        ["forget", "Marcus Bell"],
    ):
        more = [] if words[0] in ("undo", "forget") else ["--me", "Dana Whitfield"]
        code, _, said = run(*words, "-b", address, *more)
        assert code == 1, words
        assert "this database is read, and never written to" in said, words
        assert f"refgraph import '{address}' -b mybook" in said, words
    assert file.read_bytes() == before
    code, _, said = run(
        "import",
        address,
        "--table",
        "referrals",
        "-b",
        tmp_path / "mybook",
        "--me",
        "Dana Whitfield",
    )
    assert code == 0, said
    assert len(Book.read(tmp_path / "mybook").referrals) == len(Book.read(file).referrals)


def test_what_a_file_holds_is_never_taken_for_an_address(tmp_path):
    file = tmp_path / "referrals.csv"
    file.write_bytes(b"sqlite:////etc/crm.db")
    assert not holds_tables(load(str(file)))
    assert holds_tables(load("sqlite:////etc/crm.db"))
    with closing(sqlite3.connect(tmp_path / "a.db")) as base:
        base.execute("CREATE TABLE t (a)")
        base.commit()
    assert not is_address(str(tmp_path / "a.db"))
