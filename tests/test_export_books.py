"""A whole book for other programs reads back to the same answers, whatever is in it."""

from __future__ import annotations

import importlib.util
import io
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import AWKWARD, TODAY, book_of, dated_rows

from refgraph import Book
from refgraph.book import export
from refgraph.cli import main
from refgraph.errors import OptionError, RefgraphError

needs_duckdb = pytest.mark.skipif(
    importlib.util.find_spec("duckdb") is None,
    reason="duckdb, of the extra data, is not installed",
)
WHOLE = [
    ".db",
    pytest.param(
        ".xlsx",
        marks=pytest.mark.skipif(
            importlib.util.find_spec("xlsxwriter") is None,
            reason="xlsxwriter, of the extra data, is not installed",
        ),
    ),
    pytest.param(".duckdb", marks=needs_duckdb),
]


def run(*words):
    result = CliRunner(catch_exceptions=False).invoke(main, [*map(str, words)])
    assert result.exit_code == 0, result.output
    return result.stdout


def plain_books():
    """Give books of referrals that a file may hold."""
    return dated_rows(max_size=8).map(lambda rows: book_of(rows, me="A", people=[{"person": "A"}]))


def again(book, suffix, folder):
    path = Path(folder, f"book{suffix}")
    path.write_bytes(export.BINARY[suffix](book))
    me = None if suffix == ".parquet" else book.me  # who may be in no referral
    return Book.read(path, me=me, today=book.today)


def told(book):
    """Give what a book holds, without where it stands."""
    tables = (book.referrals, book.people[book.people["declared"]], book.touches)
    rows = [
        each.drop(columns=["file", "line", "declared"], errors="ignore").reset_index()
        for each in tables
    ]
    return [table.astype(str).to_dict("list") for table in rows], book.status_changes


@pytest.fixture(scope="module")
def reported():
    return {"adviser": run("report", "data/adviser", "-O", "json"),
            "chapter": run("owe", "data/chapter", "-O", "json")}  # fmt: skip


@pytest.mark.parametrize("suffix", WHOLE)
@pytest.mark.parametrize(("sample", "command"), [("adviser", "report"), ("chapter", "owe")])
def test_the_samples_answer_the_same_from_every_kind_of_file(
    tmp_path, reported, suffix, sample, command
):
    path = tmp_path / f"book{suffix}"
    run("export", path, "-b", f"data/{sample}")
    (tmp_path / "refgraph.toml").write_bytes(Path("data", sample, "refgraph.toml").read_bytes())
    assert run(command, path, "-O", "json") == reported[sample]


@pytest.mark.parametrize("suffix", WHOLE)
def test_awkward_names_and_notes_come_back(tmp_path, suffix):
    rows = [
        (TODAY - timedelta(at) if at % 2 else None, one, AWKWARD[at - 1], 1 + at % 3, {"note": one})
        for at, one in enumerate(AWKWARD)
    ]
    people = [
        {"person": AWKWARD[0], "role": "client", "group": "a, b", "offers": ("wills", "x")},
        {"person": AWKWARD[1], "since": date(2020, 2, 29), "helpful": 3, "do_not_refer": True},
    ]
    touches = [(TODAY, AWKWARD[2], "call"), (TODAY - timedelta(9), AWKWARD[3], "thanks")]
    book = book_of(rows, people=people, touches=touches)
    assert told(again(book, suffix, tmp_path)) == told(book)


@pytest.mark.parametrize("suffix", WHOLE)
@given(book=plain_books())
@settings(max_examples=10, deadline=None)
def test_every_book_comes_back(tmp_path_factory, suffix, book):
    assert told(again(book, suffix, tmp_path_factory.mktemp("out"))) == told(book)


@needs_duckdb
@given(book=plain_books())
@settings(max_examples=10, deadline=None)
def test_the_referrals_of_every_book_come_back_from_parquet(tmp_path_factory, book):
    found = again(book, ".parquet", tmp_path_factory.mktemp("out"))
    assert told(found)[0][0] == told(book)[0][0]


@given(book=plain_books())
@settings(max_examples=10, deadline=None)
def test_the_referrals_of_every_book_come_back_from_csv(tmp_path_factory, book):
    path = tmp_path_factory.mktemp("out") / "referrals.csv"
    path.write_text(export.referrals_csv(book, raw=True), encoding="utf-8", newline="")
    assert told(Book.read(path, today=book.today))[0][0] == told(book)[0][0]


@given(ties=st.lists(st.tuples(st.sampled_from(AWKWARD), st.sampled_from(AWKWARD)), max_size=9))
@settings(max_examples=10, deadline=None)
def test_gephis_table_reads_back_as_the_ties(tmp_path_factory, ties):
    book = book_of([(TODAY, a, b, 1) for a, b in ties if a != b])
    path = tmp_path_factory.mktemp("out") / "edges.csv"
    path.write_text(export.gephi_table(book, raw=True), encoding="utf-8", newline="")
    if book.graph():
        found = Book.read(path, today=TODAY).graph()
        assert [*found.edges(data="weight")] == [*book.graph().edges(data="weight")]


def test_people_come_back_from_their_cards(tmp_path):
    people = [
        {"person": "Ann Lee, CPA", "email": "ann@example.org", "profession": "law; tax"},
        {"person": "王小明", "note": "a; b, c \\ " * 30 + "end"},
        {"person": "=1+1", "profession": "wills"},
    ]
    path = tmp_path / "people.vcf"
    path.write_text(export.vcards(book_of([], people=people)), encoding="utf-8", newline="")
    lines = path.read_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    home = tmp_path / "book"
    run("init", home, "--me", "Dana")
    run("import", path, "-b", home, "--me", "Dana")
    found = Book.read(home).people
    said = found.loc[[each["person"] for each in people], ["email", "profession", "note"]]
    assert said.to_dict("records") == [
        {"email": each.get("email", ""), "profession": each.get("profession", ""),
         "note": " ".join(each.get("note", "").split())}
        for each in people
    ]  # fmt: skip


def test_a_tie_stands_on_the_timeline_from_its_first_day():
    days = [date(2026, 1, 5), date(2026, 3, 1)]
    book = book_of([*((day, "Ann", "Bo", 1) for day in days), (None, "Bo", "Cy", 1)])
    text = export.gexf(book)
    assert 'mode="dynamic"' in text
    assert 'timeformat="date"' in text
    assert text.count('start="2026-01-05"') == 1
    assert text.count(" start=") == 1


def test_cards_of_nobody_are_refused_with_the_command_that_declares_somebody(tmp_path):
    book, cards = tmp_path / "book", tmp_path / "cards.vcf"
    book.mkdir()
    (book / "referrals.csv").write_text("date,giver,receiver\n2026-01-08,Ann Lee,Bo\n")
    with pytest.raises(RefgraphError, match="refgraph people set PERSON role partner -b BOOK"):
        export.vcards(Book.read(book))
    run("people", "set", "Ann Lee", "role", "partner", "-b", book)
    run("export", cards, "-b", book)
    assert "FN:Ann Lee" in cards.read_text()


@pytest.mark.parametrize("suffix", [*WHOLE[:2], ".vcf"])
def test_the_same_book_gives_the_same_bytes(suffix):
    write = export.BINARY[suffix]
    rows = [(TODAY, "Ann", "Bo", 1), (TODAY, "Bo", "Cy", 2)]
    one, other = (write(book_of(rows, people=[{"person": "Ann"}])) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("suffix", WHOLE)
def test_what_the_profession_or_the_option_hides_is_not_written(tmp_path, suffix):
    home = tmp_path / "home"
    home.mkdir()
    (home / "referrals.csv").write_text(
        "date,giver,receiver,prospect,value,note\n2026-01-08,Ann Lee,Me,Zed Canary,9,canary\n"
    )
    (home / "people.csv").write_text("person,email\nAnn Lee,canary@example.org\n")
    path = tmp_path / f"b{suffix}"
    run("export", path, "-b", home, "--me", "Me", "--incognito")
    shown = run("owe", path, "-O", "csv", "--me", "A.L.") if suffix != ".db" else ""
    book = Book.read(path, today=TODAY)
    said = str(told(book)) + shown
    assert "anary" not in said
    assert "Ann Lee" not in said
    (home / "refgraph.toml").write_text('profile = "health"\nme = "Me"\n')
    run("export", path, "-b", home)
    assert "anary" not in str(told(Book.read(path, today=TODAY))[0][0])


def test_the_tables_are_there_for_other_programs(tmp_path):
    path = tmp_path / "book.db"
    path.write_bytes(export.sqlite(Book.read("data/adviser")))
    with closing(sqlite3.connect(path)) as base:
        (many, total), *_ = base.execute("SELECT count(*), sum(count) FROM referrals")
        names = [name for (name,) in base.execute("SELECT name FROM sqlite_master ORDER BY rowid")]
    assert (many, total) == (254, int(Book.read("data/adviser").referrals["count"].sum()))
    assert names == ["referrals", "people", "touches", "statuses"]


@pytest.mark.parametrize(("suffix", "library"), [(".xlsx", "xlsxwriter"), (".duckdb", "duckdb"),
                                                 (".parquet", "duckdb")])  # fmt: skip
def test_without_the_extra_the_message_names_it(monkeypatch, suffix, library):
    import sys

    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(OptionError, match=r"refgraph\[data\]"):
        export.BINARY[suffix](book_of([]))


def test_an_option_of_csv_is_refused_elsewhere(tmp_path):
    result = CliRunner().invoke(
        main, ["export", str(tmp_path / "x.json"), "-b", "data/adviser", "--as", "gephi"]
    )
    assert result.exit_code == 2
    assert "--as belongs to a .csv file" in result.output
    assert io.StringIO(result.stdout).read() == ""


ODD = ["_x0041_", "NULL", "true", "2026-01-01", "1e5", "00", "<b>&amp;", "'q", "-",
       "#N/A", "1.0", "é", "x" * 30_000]  # fmt: skip


@pytest.mark.parametrize("suffix", WHOLE)
def test_texts_that_look_like_other_values_stay_what_they_are(tmp_path, suffix):
    rows = [(TODAY, "Ann", "Bo", 1, {"note": note}) for note in ODD]
    early = [date(1899, 5, 1), date(1900, 2, 28), date(1900, 3, 1)]
    people = [{"person": name, "since": day} for name, day in zip("ABC", early, strict=True)]
    book = book_of(rows, people=people)
    assert told(again(book, suffix, tmp_path)) == told(book)


@WHOLE[1].marks[0]
def test_what_no_sheet_has_room_for_is_refused_and_not_cut(tmp_path):
    book = book_of([(TODAY, "Ann", "Bo", 1, {"note": "x" * 40_000})])
    with pytest.raises(OptionError, match=r"no room for row 1, of 40,000 characters: write a \.db"):
        export.workbook(book)
    assert told(again(book, ".db", tmp_path)) == told(book)
