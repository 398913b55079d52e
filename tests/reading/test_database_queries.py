"""A query is one that reads, however it is written; a table is found by whatever name it has."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, nullcontext
from functools import partial
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_database_servers import needs_sqlalchemy
from test_databases import HEAD, KINDS, ROWS, as_duckdb, as_sqlite, kept, needs_duckdb

from refgraph.errors import LedgerError
from refgraph.reading.databases import server
from refgraph.reading.databases.database import open_query, table_names
from refgraph.reading.databases.server import ServerTables
from refgraph.reading.files.bounded_bytes import load
from refgraph.reading.files.file_format import Form
from refgraph.reading.sheets.table_files import check_single, open_held, tables_held

ANSWER = [["giver", "count"], ["Ann Lee", "1"], ["Me", "3"]]
QUERY = "SELECT giver, count FROM referrals WHERE count <> '' AND giver LIKE '%e%'"
PLACES = [
    "sqlite",
    pytest.param("duckdb", marks=needs_duckdb),
    pytest.param("server", marks=needs_sqlalchemy),
]


@pytest.fixture(scope="module")
def bases(tmp_path_factory):
    """One table at each place: in files, and at an address."""
    folder, found = tmp_path_factory.mktemp("bases"), {}

    def at(kind):
        if kind not in found:
            made = as_duckdb if kind == "duckdb" else as_sqlite
            path = str(made(folder / f"{kind}.db", {"referrals": [HEAD, *ROWS]}))
            found[kind] = f"sqlite:///{path}" if kind == "server" else path
        return found[kind]

    return at


def rows(path, **form):
    return open_held(path, load(path), [], Form(**form)).rows


def refused(path, **form):
    with pytest.raises(LedgerError) as caught:
        rows(path, **form)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("kind", PLACES)
def test_a_query_gives_the_same_with_whatever_stands_around_it(bases, kind):
    path = bases(kind)
    written = [
        *("{}", " \n{};", "{} -- the end", "{}; -- the end", "{}\n;\n/* the end */", "{}\n\n"),
        *(
            "-- begin\n{}",
            "/* begin; -- it\n */ {};",
            "--\n/**/{}",
            "WITH x AS ({}) SELECT * FROM x",
        ),
        "SELECT * FROM ({}\n) AS y -- (",
    ]
    for form in written:
        assert rows(path, sql=form.format(QUERY)) == ANSWER, form
    if kind == "server":  # which is told by its first word
        assert (
            rows(path, sql=f"-- BEGIN\n{QUERY}".swapcase().replace("%E%", "%e%"))[1:] == ANSWER[1:]
        )


@pytest.mark.parametrize("kind", PLACES)
def test_what_is_no_query_or_more_than_one_says_so(bases, kind):
    path = bases(kind)
    for sql in (
        "SELECT 1; SELECT 2",
        "SELECT 1; DELETE FROM referrals",
        "SELECT 1; -- x\nSELECT 2",
    ):
        problem = refused(path, sql=sql)
        assert re.match(r"this query fails: .*\bone (statement|query)\b", problem.message)
        assert problem.hint == "the tables are: referrals"
    for sql in ("-- nothing", "/* nothing */ ;", "/* not closed"):
        assert re.match("this query (fails: |gives no columns)", refused(path, sql=sql).message)
    for sql in ("DELETE FROM referrals", "/* SELECT */ DROP TABLE referrals", "SELECTED", "x"):
        assert refused(path, sql=sql).message.startswith("this query fails: ")
    assert rows(path) == [HEAD, *ROWS]
    assert refused(path, sql=" ; ").message == "the query is empty"


def test_comments_alone_give_no_columns_and_the_remedy_gives_some(bases):
    problem = refused(bases("sqlite"), sql="-- SELECT * FROM referrals")
    assert problem.message == "this query gives no columns"
    sql = re.fullmatch(r'write it: --sql "(.*)"', problem.hint)[1]
    assert rows(bases("sqlite"), sql=sql) == [HEAD, *ROWS]


@needs_duckdb
@pytest.mark.parametrize("end", ["", ";", " -- all", "\n;\n"])
def test_a_moment_of_a_zone_is_told_in_utc_however_the_query_ends(bases, end):
    zoned = "SELECT giver, TIMESTAMPTZ '2026-01-05 23:30:00-05' AS at, 7 AS n FROM referrals"
    told = rows(bases("duckdb"), sql=f"{zoned} ORDER BY giver LIMIT 1{end}")
    assert told == [["giver", "at", "n"], ["Ann Lee", "2026-01-06 04:30:00+00", "7"]]


# ------------------------------------------------------------------ servers


@needs_sqlalchemy
def test_a_percent_sign_is_no_parameter_of_a_driver(bases):
    """Drivers of PostgreSQL and MySQL look for parameters in a query that is handed some."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    alone = []

    def take(cursor, statement, context):
        alone.append(statement)

    event.listen(Engine, "do_execute_no_params", take)
    try:
        assert rows(bases("server"), sql=QUERY) == ANSWER
    finally:
        event.remove(Engine, "do_execute_no_params", take)
    assert alone == [QUERY]


class Told:
    """Stands for a server: keeps what it is told, and gives a column of three numbers."""

    def __init__(self, name, *, is_mariadb=None):
        said = {} if is_mariadb is None else {"is_mariadb": is_mariadb}
        self.dialect = SimpleNamespace(name=name, **said)
        self.told, self.left = [], [[(1,), (2,)], [(3,)]]

    def exec_driver_sql(self, text, execution_options=None):
        self.told.append(text)
        return SimpleNamespace(keys=lambda: ["n"], fetchmany=self.piece)

    def piece(self, _):
        return self.left.pop(0) if self.left else []

    def rollback(self):
        self.told.append("rollback")

    def opened(self):
        tables = object.__new__(ServerTables)
        tables._base = tables._engine = self
        return tables


@pytest.mark.parametrize(
    ("name", "is_mariadb", "settings_told"),
    [
        ("postgresql", None, ("SET TRANSACTION READ ONLY", "statement_timeout = 60000", "'UTC'")),
        ("mysql", False, ("SET TRANSACTION READ ONLY", "max_execution_time = 60000", "'+00:00'")),
        ("mysql", True, ("SET TRANSACTION READ ONLY", "max_statement_time = 60", "'+00:00'")),
        ("mariadb", True, ("SET TRANSACTION READ ONLY", "max_statement_time = 60", "'+00:00'")),
        ("oracle", None, ("SET TRANSACTION READ ONLY",)),
        ("sqlite", None, ("PRAGMA query_only = ON",)),
        ("mssql", None, ()),
    ],
)
def test_a_server_is_told_to_read_only_before_it_is_asked(name, is_mariadb, settings_told):
    base = Told(name, is_mariadb=is_mariadb)
    names, given_rows = base.opened().rows("SELECT n FROM t")
    assert (names, [*given_rows]) == (["n"], [(1,), (2,), (3,)])
    begun, *said, asked = base.told
    assert (begun, asked) == ("rollback", "SELECT n FROM t")
    assert len(said) == len(settings_told)
    assert all(told.endswith(end) for told, end in zip(said, settings_told, strict=True))


def test_rows_that_come_too_slowly_are_not_waited_for(monkeypatch):
    monkeypatch.setattr(server, "MOST_SECONDS", -1.0)
    _, given_rows = Told("mssql").opened().rows("SELECT n FROM t")
    with pytest.raises(TimeoutError, match="it takes too long"):
        next(given_rows)


def test_whatever_a_driver_has_to_stop_a_query_is_used():
    for names in ([], ["cancel"], ["interrupt"], ["cancel", "interrupt"]):
        stopped = []
        driver = SimpleNamespace(**{name: partial(stopped.append, name) for name in names})
        base = Told("postgresql")
        base.connection = SimpleNamespace(driver_connection=driver)
        base.opened()._stop()
        assert stopped == names


# ------------------------------------------------------------------ tables and limits


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8))
@settings(max_examples=30)
def test_a_table_is_read_by_whatever_name_it_has(tmp_path_factory, name):
    if name.lower().startswith("sqlite_"):
        return  # kept for SQLite itself
    path = tmp_path_factory.mktemp("named") / "b.db"
    as_sqlite(path, {"other": [["a"]], name: [HEAD, *ROWS]} if name.lower() != "other" else {})
    if not path.stat().st_size:
        return
    data = path.read_bytes()
    assert table_names(str(path), data) == ["other", name]
    assert tables_held(str(path), data) == {"other": "", name: ""}
    wanted = f" {name} ".swapcase() if name.isascii() else name
    if wanted.strip():
        assert rows(str(path), sheet=wanted) == [HEAD, *ROWS]


def test_tables_come_before_views_and_those_of_sqlite_itself_do_not(tmp_path):
    path = as_sqlite(tmp_path / "b.db", {"z": [["a"], ["1"]], "sqlitely": [["a"]]})
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE VIEW a AS SELECT * FROM z")
        base.execute("CREATE TABLE y (n INTEGER PRIMARY KEY AUTOINCREMENT)")  # makes one of its own
        base.commit()
    assert table_names(str(path), path.read_bytes()) == ["z", "sqlitely", "y", "a"]


@pytest.mark.parametrize(
    ("tables", "chosen", "note"),
    [
        (["referrals"], "referrals", None),
        (["people", " Referrals "], " Referrals ", "read the table ' Referrals ', not people"),
        (["log", "people", "old"], "log", "read the table 'log', not people, old"),
    ],
)
def test_the_table_of_referrals_is_chosen_or_the_first_and_it_is_said(
    tmp_path, tables, chosen, note
):
    path = as_sqlite(tmp_path / "b.db", {name: [["a"], [name]] for name in tables})
    notes = []
    assert open_query(str(path), path.read_bytes(), notes, Form()).rows == [["a"], [chosen]]
    assert notes == ([f"{path}: {note} (--table NAME chooses)"] if note else [])


@pytest.mark.parametrize("kind", KINDS)
def test_as_many_rows_as_are_allowed_and_the_remedy_for_one_more(tmp_path, kind):
    many = [["n"], *([str(at)] for at in range(5))]
    path = str(kept(tmp_path / "b", {"t": many}, kind))
    assert rows(path, max_rows=5) == many
    problem = refused(path, max_rows=4)
    assert problem.message == "this table holds more than 4 rows"
    most = re.fullmatch(r"raise the limit: --max-rows (\d+)", problem.hint)[1]
    assert rows(path, max_rows=int(most)) == many
    source = open_query(path, load(path), [], Form(), comment="3")
    assert source.rows == [row for row in many if row != ["3"]]
    assert [*source.lines] == [1, 2, 3, 4, 6]


def test_a_row_that_says_nothing_is_none_but_keeps_its_number(tmp_path):
    blank = [["a", "b"], ["1", ""], [None, " "], ["", ""], ["", "2"], ["\t", None]]
    path = as_sqlite(tmp_path / "b.db", {"t": blank})
    source = open_query(str(path), path.read_bytes(), [], Form())
    assert [*zip(source.lines, source.rows, strict=True)] == [
        (1, ["a", "b"]),
        (2, ["1", ""]),
        (5, ["", "2"]),
    ]
    with closing(sqlite3.connect(path)) as base:
        base.execute("INSERT INTO t VALUES (x'00', '')")  # no text, so its row says something
        base.commit()
    source = open_query(str(path), path.read_bytes(), [], Form())
    assert source.lines[-1] == 7
    ((place, (message, _)),) = source.faults.items()
    assert place == (7, 0)
    assert "bytes" in message


@pytest.mark.parametrize(
    ("form", "message", "hint"),
    [
        ({"sheet": "x"}, "this is not a workbook and has no sheets", "leave out --sheet"),
        ({"sql": "x"}, "this is not a database that could be asked", "leave out --sql"),
        ({}, None, None),
    ],
)
def test_a_file_of_one_table_has_none_to_choose(form, message, hint):
    with nullcontext() if message is None else pytest.raises(LedgerError) as caught:
        check_single("r.csv", Form(**form))
    if message:
        (problem,) = caught.value.problems
        assert (problem.path, problem.message, problem.hint) == ("r.csv", message, hint)
