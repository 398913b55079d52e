"""Databases: a table or a query gives what the same CSV gives, and nothing else of them is done."""

from __future__ import annotations

import csv
import importlib.util
import io
import sqlite3
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from refgraph import Book
from refgraph.cli import main
from refgraph.errors import LedgerError
from refgraph.reading import ReadOptions, read
from refgraph.reading.databases import database, limits

TODAY = date(2026, 6, 30)
HEAD = ["date", "giver", "receiver", "count", "value", "note"]
ROWS = [
    ["2026-01-08", "Ann Lee", "Me", "1", "1250.50", "NA"],
    ["2026-02-09", "Me", "王小明", "3", "", "=1+1"],
    ["", "محمد علي", "Me", "", "", "007"],
]
needs_duckdb = pytest.mark.skipif(
    importlib.util.find_spec("duckdb") is None, reason="duckdb, the extra data, is not installed"
)
KINDS = [
    "sqlite",
    pytest.param("duckdb", marks=needs_duckdb),
    pytest.param("parquet", marks=needs_duckdb),
]


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def as_sqlite(path, tables):
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as base:
        fill(base, tables)
        base.commit()
    return path


def fill(base, tables):
    for name, (header, *rows) in tables.items():
        columns = ", ".join(f"{quoted(each)} TEXT" for each in header)
        base.execute(f"CREATE TABLE {quoted(name)} ({columns})")
        for row in rows:
            marks = ", ".join("?" * len(header))
            base.execute(f"INSERT INTO {quoted(name)} VALUES ({marks})", row)  # noqa: S608


def as_duckdb(path, tables):
    import duckdb

    with closing(duckdb.connect(str(path))) as base:
        fill(base, tables)
    return path


def as_parquet(path, tables):
    import duckdb

    with closing(duckdb.connect()) as base:
        fill(base, tables)
        base.execute(f"COPY {quoted(next(iter(tables)))} TO '{path}' (FORMAT parquet)")
    return path


def as_xlsx(path, tables):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl, which writes them, is absent")
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in tables.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append([cell or None for cell in row])
    made.save(path)
    return path


MAKERS = {"sqlite": as_sqlite, "duckdb": as_duckdb, "parquet": as_parquet, "xlsx": as_xlsx}


def kept(path, tables, kind):
    return MAKERS[kind](path.with_suffix(f".{kind}"), tables)


def as_csv(path, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    return path


def told(path, **options):
    with pytest.raises(LedgerError) as caught:
        read(path, ReadOptions(today=TODAY, **options))
    return str(caught.value).replace(f"{Path(path).parent}/", "")


def columns(record):
    return {
        name: list(values) for name, values in record.referrals.columns.items() if name != "file"
    }


def run(*words):
    result = CliRunner(catch_exceptions=False).invoke(main, [*map(str, words)])
    return result.exit_code, result.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_gives_what_the_same_csv_gives(tmp_path, kind):
    options = ReadOptions(me="Me", today=TODAY)
    base = kept(tmp_path / "referrals", {"referrals": [HEAD, *ROWS]}, kind)
    plain = as_csv(tmp_path / "referrals.csv", [HEAD, *ROWS])
    assert columns(read(base, options)) == columns(read(plain, options))


@pytest.mark.parametrize("kind", [*KINDS[:2], "xlsx"])
def test_a_whole_book_in_one_file_answers_as_its_folder_does(tmp_path, kind):
    folder = Path("data", "adviser")
    tables = {
        each.stem: list(csv.reader(io.StringIO(each.read_text(encoding="utf-8"))))
        for each in sorted(folder.glob("*.csv"))
    }
    path = kept(tmp_path / "book", tables, kind)
    (tmp_path / "refgraph.toml").write_bytes((folder / "refgraph.toml").read_bytes())
    for command in ("thanks", "owe"):
        assert run(command, path, "-O", "json") == run(command, folder, "-O", "json")


@pytest.mark.parametrize("kind", KINDS[:2])
def test_a_query_joins_what_stands_apart(tmp_path, kind):
    tables = {
        "contacts": [["id", "name"], ["1", "Ann Lee"], ["2", "Bob Fox"]],
        "deals": [["by", "client", "made"], ["1", "Okafor Dental", "2026-03-02"]],
    }
    path = kept(tmp_path / "crm", tables, kind)
    sql = (
        "SELECT made AS date, name AS giver, 'Dana' AS receiver, client AS prospect"
        ' FROM deals JOIN contacts ON contacts.id = deals."by"'
    )
    book = Book.read(path, me="Dana", today=TODAY, sql=sql)
    assert [*book.referrals[["giver", "prospect"]].itertuples(index=False, name=None)] == [
        ("Ann Lee", "Okafor Dental")
    ]
    home = tmp_path / "mine"
    assert run("import", path, "-b", home, "--me", "Dana", "--sql", sql, "--today", TODAY)[0] == 0
    assert "Ann Lee,Dana,Okafor Dental" in (home / "referrals.csv").read_text(encoding="utf-8")
    before = (home / "referrals.csv").read_bytes()
    run("import", path, "-b", home, "--sql", sql, "--today", TODAY)
    assert (home / "referrals.csv").read_bytes() == before


@needs_duckdb
def test_values_of_every_type_are_written_as_a_file_would_hold_them(tmp_path):
    import duckdb

    path = tmp_path / "typed.duckdb"
    with closing(duckdb.connect(str(path))) as base:
        base.execute("SET TimeZone = 'America/New_York'")
        base.execute(
            "CREATE TABLE referrals AS SELECT DATE '2026-01-05' AS date, 'Ann' AS giver,"
            " 'Bo' AS receiver, 3::HUGEINT AS count, 1250.50::DECIMAL(9, 2) AS value, "
            "TIMESTAMPTZ '2026-01-05 23:30:00-05' AS note"
        )
    rows = columns(read(path, ReadOptions(today=TODAY)))
    found = {name: rows[name][0] for name in ("date", "count", "value", "note")}
    assert found == {
        "date": date(2026, 1, 5),
        "count": 3,
        "value": 1250.5,
        "note": "2026-01-06 04:30:00+00",
    }


@given(
    rows=st.lists(
        st.tuples(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
                  st.one_of(st.none(), st.integers(-9, 9), st.floats(allow_nan=False, width=16))),
        max_size=5,
    )
)  # fmt: skip
@settings(deadline=None, max_examples=25)
def test_every_row_that_says_something_comes_with_its_text(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("lite") / "t.db"
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE t (a, b)")
        base.executemany("INSERT INTO t VALUES (?, ?)", rows)
        base.commit()
    source = database.open_query(str(path), path.read_bytes(), [], database_form())
    assert source.rows[0] == ["a", "b"]
    written = [(text, "" if number is None else float(number)) for text, number in rows]
    said = [(text, number) for text, number in written if text.strip() or number != ""]
    got = [(text, number and float(number)) for text, number in source.rows[1:]]
    assert got == said
    assert [rows[line - 2][0] for line in source.lines[1:]] == [text for text, _ in said]


def database_form(**said):
    return ReadOptions(**said).form


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sheet": "referals"}, "there is no table 'referals'\n      = did you mean referrals?"),
        ({"sheet": "x"}, "= the tables are: people, referrals"),
        ({"sql": "SELECT * FROM nobody"}, "this query fails: no such table: nobody"),
        ({"sql": "SELEC"}, "this query fails: near"),
        ({"sql": " ; "}, "the query is empty"),
        ({"sql": "SELECT 1; SELECT 2"}, "this query fails: You can only execute one statement"),
        ({"sql": "SELECT 1", "sheet": "people"}, "a table and a query are both named"),
        ({"max_rows": 2}, "this table holds more than 2 rows\n      = raise the limit"),
        ({"sql": "SELECT x'00ff' AS giver, 'Bo' AS receiver, '' AS date"}, "value of type bytes"),
    ],
)
def test_what_cannot_be_read_is_said_with_a_remedy(tmp_path, options, message):
    path = as_sqlite(
        tmp_path / "b.db", {"people": [["person"], ["Ann Lee"]], "referrals": [HEAD, *ROWS]}
    )
    assert message in told(path, me="Me", **options)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM referrals",
        "DROP TABLE referrals",
        "ATTACH 'other.db' AS other",
        "PRAGMA journal_mode = wal",
        "SELECT load_extension('x')",
        "CREATE TABLE t AS SELECT 1",
    ],
)
def test_a_query_only_reads(tmp_path, sql):
    path = as_sqlite(tmp_path / "b.db", {"referrals": [HEAD, *ROWS]})
    before = path.read_bytes()
    assert "this query fails" in told(path, me="Me", sql=sql)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["b.db"]


@needs_duckdb
@pytest.mark.parametrize(
    "sql",
    [
        "COPY referrals TO '{}/out.csv'",
        "SELECT * FROM read_csv('{}/other.csv')",
        "SELECT 1; COPY referrals TO '{}/out.csv'",
        "ATTACH '{}/other.db'",
        "SET enable_external_access = true",
    ],
)
def test_a_query_of_duckdb_reaches_no_other_file(tmp_path, sql):
    (tmp_path / "other.csv").write_text("date,giver,receiver\n2026-01-01,Ann,Bo\n")
    path = as_duckdb(tmp_path / "b.duckdb", {"referrals": [HEAD, *ROWS]})
    assert "this query fails" in told(path, me="Me", sql=sql.format(tmp_path))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["b.duckdb", "other.csv"]


def test_a_query_that_does_not_end_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MOST_SECONDS", 0.05)
    path = as_sqlite(tmp_path / "b.db", {"referrals": [HEAD]})
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        " SELECT 'x' AS giver, 'y' AS receiver, '' AS date FROM n WHERE i < 0"
    )
    assert "this query fails: interrupted" in told(path, sql=endless)


def test_a_query_that_gives_far_more_than_the_file_holds_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "_MORE_CHARACTERS", 10_000)
    path = as_sqlite(tmp_path / "b.db", {"referrals": [HEAD]})
    flood = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
        " SELECT hex(zeroblob(500)) AS note, 'x' AS giver, 'y' AS receiver, '' AS date FROM n"
    )
    assert "far more text than the file holds" in told(path, sql=flood)
    longer = "SELECT hex(zeroblob(600000)) AS note, 'x' AS giver, 'y' AS receiver, '' AS date"
    assert "too big" in told(path, sql=longer)


def test_changes_that_stand_beside_a_database_are_not_overlooked(tmp_path):
    path = as_sqlite(tmp_path / "b.db", {"referrals": [HEAD, *ROWS]})
    base = sqlite3.connect(path)
    base.execute("PRAGMA journal_mode = wal")
    base.execute("INSERT INTO referrals (giver, receiver) VALUES ('Late', 'Me')")
    base.commit()
    assert "changes to this database stand in b.db-wal" in told(path, me="Me")
    base.close()
    assert columns(read(path, ReadOptions(me="Me", today=TODAY)))["giver"][-1] == "Late"


def test_text_that_is_no_utf_8_is_refused_and_not_changed(tmp_path):
    path = as_sqlite(tmp_path / "b.db", {"referrals": [HEAD]})
    strange = "SELECT CAST(x'ff41' AS TEXT) AS giver, 'Bo' AS receiver, '' AS date"
    assert "Could not decode to UTF-8" in told(path, sql=strange)


@pytest.mark.parametrize("cut", [20, 200, 5_000])
def test_a_damaged_database_is_said_to_be(tmp_path, cut):
    path = as_sqlite(tmp_path / "b.db", {"referrals": [HEAD, *ROWS * 40]})
    path.write_bytes(path.read_bytes()[:cut])
    assert "database is damaged" in told(path, me="Me") or "query fails" in told(path, me="Me")


def test_an_error_whose_text_is_no_utf_8_is_a_sentence(tmp_path):
    path = as_sqlite(tmp_path / "b.db", {"referrals": [HEAD, *ROWS]})
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE VIEW broken AS SELECT giver FROM nowherexx")
        base.commit()
    path.write_bytes(path.read_bytes().replace(b"nowherexx", b"nowhere\x8c\x8c"))
    assert "query fails" in told(path, sheet="broken")


def test_a_database_has_no_query_of_another_file(tmp_path):
    path = as_csv(tmp_path / "r.csv", [HEAD, *ROWS])
    bare = as_sqlite(tmp_path / "bare.db", {"t": [["a"]]})
    with closing(sqlite3.connect(bare)) as base:
        base.execute("DROP TABLE t")
    assert "not a database" in told(path, me="Me", sql="SELECT 1")
    assert "has no tables" in told(bare)


def test_a_database_is_not_written_to(tmp_path):
    path = as_sqlite(tmp_path / "b.db", {"referrals": [HEAD, *ROWS]})
    before = path.read_bytes()
    result = CliRunner(catch_exceptions=False).invoke(
        main, ["add", "Ann Lee", "me", "-b", str(path), "--me", "Me"]
    )
    assert result.exit_code == 1
    assert "a workbook or a database is not written to" in result.stderr
    assert path.read_bytes() == before


def test_a_table_of_too_many_columns_is_refused(tmp_path):
    path = as_sqlite(tmp_path / "b.db", {"referrals": [HEAD]})
    wide = f"SELECT {', '.join(f'1 AS c{at}' for at in range(1_001))}"
    assert "this table has 1,001 columns, more than 1,000" in told(path, sql=wide)


@pytest.mark.parametrize("ending", ["duckdb", "parquet"])
def test_without_the_extra_the_message_names_it(tmp_path, monkeypatch, ending):
    begun = {"duckdb": b"\0" * 8 + b"DUCK", "parquet": b"PAR1...PAR1"}
    path = tmp_path / f"b.{ending}"
    path.write_bytes(begun[ending])
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert 'needs the extra data\n      = pip install "refgraph[data]"' in told(path)


@needs_duckdb
@pytest.mark.parametrize("begun", [b"\0" * 8 + b"DUCK" + b"\0" * 90, b"PAR1...PAR1"])
def test_a_damaged_file_of_duckdb_is_said_to_be(tmp_path, begun):
    path = tmp_path / "b.any"
    path.write_bytes(begun)
    assert " file cannot be read: " in told(path)
