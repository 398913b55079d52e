"""A record in place answers as a book in memory does, in value, type and order."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from strategies import TODAY, book_of, dated_rows, names

from refgraph import Book, balance, owe, reciprocity
from refgraph.analysis.tending import trend
from refgraph.errors import LedgerError, OptionError, UnknownPersonError, WithheldError

pa = pytest.importorskip("pyarrow", reason="the extra warehouse is not installed")
ibis = pytest.importorskip("ibis", reason="the extra warehouse is not installed")

from asked_in_place import agree, in_place, rows_of, same  # noqa: E402

from refgraph.warehouse.warehouse import Warehouse  # noqa: E402

# Of Ibis about DuckDB, and of it about itself.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")

BOOKS = ("refgraph/sample", "data/adviser", "data/chapter")
WINDOWS = (
    {"until": "2026-05-01"},
    {"since": "2026-02-01"},
    {"since": "2026-01-10", "until": "2026-07-01"},
)


@pytest.mark.parametrize("path", BOOKS)
def test_a_sample_book_is_answered_alike(path):
    book, there = Book.read(path), Warehouse.open(path)
    agree(there, book)
    window = WINDOWS[BOOKS.index(path)]
    agree(there.window(**window), book.window(**window), str(book.people.index[3]))
    whose = book.me or str(book.people.index[3])
    same(there.trend(whose, samples=99), trend.by_period(book, whose, samples=99))


@pytest.mark.parametrize("path", BOOKS)
def test_an_expression_has_the_names_of_the_answer(path):
    book, there = Book.read(path), Warehouse.open(path)
    G = book.graph()
    for asked, answer in (
        (there.owe(), owe.rank(book)),
        (there.owe(everybody=True), owe.pairs(book)),
        (there.pairs(), balance.by_pair(G)),
        (there.balance(), balance.by_person(G).reset_index()),
        (there.by_person(), reciprocity.by_person(G).reset_index()),
    ):
        told = asked.expression.to_pyarrow().to_pandas()
        assert list(told) == list(answer)
        assert len(told) == len(answer)
        number = answer.select_dtypes("number")
        whole = told.sort_values(list(told)[:2], ignore_index=True)[number.columns]
        expected = answer.sort_values(list(told)[:2], ignore_index=True)[number.columns]
        assert_frame_equal(whole, expected, check_dtype=False)


ROLES = st.sampled_from(["client", "vendor", "other", ""])
TOUCHES = st.lists(st.tuples(st.just(TODAY), st.sampled_from("BCD"), st.just("settled")))


@given(dated_rows(), TOUCHES, st.lists(ROLES, min_size=4, max_size=4), st.booleans(), st.booleans())
def test_any_book_is_answered_alike(rows, touches, roles, has_me, is_windowed):
    people = [{"person": name, "role": role} for name, role in zip("ABCD", roles, strict=True)]
    book = book_of(rows, me="A" if has_me else None, touches=touches, people=people)
    there = in_place(book)
    if is_windowed:
        book, there = (each.window("2025-11-01", "2026-03-01") for each in (book, there))
    agree(there, book, "B")


@given(st.lists(names(), min_size=2, max_size=8, unique=True))
def test_names_are_data(people):
    rows = [(None, one, two, 2) for one, two in pairwise(people)]
    book = book_of(rows)
    same(in_place(book).owe().execute(), owe.rank(book))


HEADER = "id,date,giver,receiver,count\n"
GOOD = "s1,2026-01-08,Ann,Bo,2\ns2,,Bo,Ann,\ns3,2026-02-01T09:30,A. Lee,Cy,1\n"


@pytest.fixture
def slips(tmp_path):
    def write(text=GOOD, name="slips.csv"):
        path = tmp_path / name
        path.write_text(HEADER + text, encoding="utf-8")
        return path

    return write


def test_rows_of_text_are_read_as_files_are(slips):
    path = slips()
    there = Warehouse.open(path, today="2026-06-30")
    same(there.owe(everybody=True).execute(), owe.pairs(Book.read(path, today="2026-06-30")))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("s7,2026-02-30,Ann,Bo,1", "there is no 2026-02-30"),
        ("s7,2027-01-01,Ann,Bo,1", "2027-01-01 is after today, 2026-06-30"),
        ("s7,2026-01-01,,Bo,1", "the giver is not named"),
        ("s7,2026-01-01,Ann,Bo,0", "count must be a whole number above 0, got '0'"),
        ("s7,2026-01-01,Ann,Ann,1", "'Ann' cannot refer to themselves"),
    ],
)
def test_a_bad_row_is_named_by_its_id(slips, row, said):
    path = slips(f"{GOOD}{row}\n")
    with pytest.raises(LedgerError) as error:
        Warehouse.open(path, today="2026-06-30")
    assert f"{path}, id 's7': {said}" in str(error.value)
    with pytest.raises(LedgerError, match=said.partition(",")[0]):
        Book.read(path, today="2026-06-30")
    there = Warehouse.open(path, today="2026-06-30", skip_bad=True)
    book = Book.read(path, today="2026-06-30", skip_bad=True)
    same(there.owe(everybody=True).execute(), owe.pairs(book))
    assert len(there.skipped) == 1


ALL = "id,date,giver,receiver,count,status,status_date,value,handoff,consent,note\n"
SOUND = "s1,2026-01-08,Ann,Bo,2,won,2026-02-01,1250.50,5,yes,a\ns2,,Bo,Ann,,,,.5,,,b\n"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("wonn,,,,,", "'wonn' is not a status"),
        ("won,2026-02-30,,,,", "there is no 2026-02-30"),
        ("won,,-3,,,", "value must be a plain amount of 0 or more, got '-3'"),
        ("won,,1e5,,,", "value must be a plain amount of 0 or more, got '1e5'"),
        ("won,,,6,,", "handoff must be 0 to 5, got '6'"),
        ("won,,,,maybe,", "consent must be yes or no, got 'maybe'"),
    ],
)
def test_other_cells_are_checked_as_in_a_book(tmp_path, cells, said):
    path = tmp_path / "slips.csv"
    path.write_text(f"{ALL}{SOUND}s7,2026-01-09,Cy,Bo,4,{cells}\n", encoding="utf-8")
    for read in (Warehouse.open, Book.read):
        with pytest.raises(LedgerError) as error:
            read(path, today="2026-06-30")
        assert said in str(error.value)
    there = Warehouse.open(path, today="2026-06-30", skip_bad=True)
    book = Book.read(path, today="2026-06-30", skip_bad=True)
    same(there.owe(everybody=True).execute(), owe.pairs(book))


@pytest.mark.parametrize(("title", "mark"), [("Void", "x"), ("Deleted on", "2026-02-01")])
def test_rows_that_a_column_voids_are_asked_about(tmp_path, title, mark):
    path = tmp_path / "slips.csv"
    rows = ["2026-01-08,Ann,Bo,", "2026-01-09,Bo,Cy,", f"2026-01-10,Cy,Bo,{mark}"]
    path.write_text("\n".join((f"date,giver,receiver,{title}", *rows)) + "\n", encoding="utf-8")
    with pytest.raises(LedgerError, match=f"the column '{title}' marks some rows, like '{mark}'"):
        Warehouse.open(path, today="2026-06-30")
    there = Warehouse.open(path, today="2026-06-30", skip_bad=True)
    kept = tmp_path / "kept.csv"
    kept.write_text("\n".join(("date,giver,receiver,more", *rows[:2])) + "\n", encoding="utf-8")
    same(there.owe(everybody=True).execute(), owe.pairs(Book.read(kept, today="2026-06-30")))
    assert len(there.skipped) == 1


def test_of_more_marks_than_are_looked_at_none_counts(tmp_path):
    path = tmp_path / "slips.csv"
    rows = [f"2026-01-08,Ann,Bo,{2_000_000 + at}" for at in range(1_200)]
    sound = ["2026-01-09,Ann,Bo,"] * 3
    header = "date,giver,receiver,Deleted at"
    path.write_text("\n".join((header, *rows, *sound)) + "\n", encoding="utf-8")
    there = Warehouse.open(path, today="2026-06-30", skip_bad=True)
    kept = tmp_path / "kept.csv"
    kept.write_text("\n".join((header, *sound)) + "\n", encoding="utf-8")
    same(there.owe(everybody=True).execute(), owe.pairs(Book.read(kept, today="2026-06-30")))


def test_a_column_that_voids_is_a_note_if_one_says_so(tmp_path):
    path = tmp_path / "slips.csv"
    path.write_text("date,giver,receiver,Void\n2026-01-08,Ann,Bo,x\n2026-01-09,Bo,Cy,\n")
    there = Warehouse.open(path, today="2026-06-30", columns={"note": "Void"})
    book = Book.read(path, today="2026-06-30", columns={"note": "Void"})
    same(there.owe(everybody=True).execute(), owe.pairs(book))


@pytest.mark.parametrize(
    ("title", "told", "left"),
    [
        ("Void", "", 3),
        ("Void", " void ", 2),
        ("note", "Note", 2),
        ("Mark", "mark", 2),
        ("Mark", "4", 2),
    ],
)
def test_what_is_said_of_void_rows_is_done_as_in_a_book(tmp_path, title, told, left):
    path = tmp_path / "slips.csv"
    wrong = "2026-02-30" if told else "2026-02-03"  # in a row that is none: no matter
    rows = ["2026-01-08,Ann,Bo,", f"{wrong},Cy,Bo,x", "2026-01-10,Cy,Ann,-"]
    path.write_text("\n".join((f"date,giver,receiver,{title}", *rows, "")), encoding="utf-8")
    book = Book.read(path, today="2026-06-30", columns={"void": told})
    there = Warehouse.open(path, today="2026-06-30", columns={"void": told})
    assert len(book.history) == left
    same(there.owe(everybody=True).execute(), owe.pairs(book))


@pytest.mark.parametrize("deleted", [("x", "", ""), ("x", "", "x")])
def test_what_is_said_of_one_column_decides_where_several_mark_rows(tmp_path, deleted):
    path = tmp_path / "slips.csv"
    made = zip("789", ("Ann,Bo", "Cy,Bo", "Cy,Ann"), ("", "x", ""), deleted, strict=True)
    rows = [f"2026-01-0{day},{ends},{void},{gone}" for day, ends, void, gone in made]
    path.write_text("\n".join(("date,giver,receiver,Void,Deleted", *rows, "")), encoding="utf-8")
    book = Book.read(path, today="2026-06-30", columns={"void": "Void"})
    there = Warehouse.open(path, today="2026-06-30", columns={"void": "Void"})
    assert len(book.history) == (2 if deleted[2] else 1)  # or none would count
    same(there.owe(everybody=True).execute(), owe.pairs(book))


def test_a_column_that_is_said_to_mark_every_row_is_asked_about(tmp_path):
    path = tmp_path / "slips.csv"
    path.write_text("date,giver,receiver,Mark\n2026-01-08,Ann,Bo,x\n", encoding="utf-8")
    for read in (Warehouse.open, Book.read):
        with pytest.raises(LedgerError, match=r"marks? every row, so that none would count"):
            read(path, today="2026-06-30", columns={"void": "Mark"})


def test_amounts_of_a_typed_table_are_checked(tmp_path):
    frame = pd.DataFrame({"date": ["2026-01-02"] * 3, "giver": ["Ann"] * 3, "receiver": ["Bo"] * 3})
    sound = ibis.memtable(frame.assign(value=[1.25, float("nan"), 1e6]))
    assert Warehouse.open(sound, today="2026-06-30").skipped == ()
    for wrong in (-0.5, float("inf")):
        table = ibis.memtable(frame.assign(value=[1.25, wrong, 3]))
        with pytest.raises(LedgerError, match="value must be a plain amount"):
            Warehouse.open(table, today="2026-06-30")


def test_an_id_is_of_one_row(slips):
    path = slips(GOOD + "s1,2026-03-01,Ann,Bo,4\n s2 ,2026-03-02,Bo,Cy,1\n")
    with pytest.raises(LedgerError) as error:
        Warehouse.open(path, today="2026-06-30")
    assert "the id 's1' is used 2 times" in str(error.value)
    assert "the id 's2' is used 2 times" in str(error.value)
    without_ids = Warehouse.open(path, today="2026-06-30", columns={"id": ""})  # as is advised
    book = Book.read(path, today="2026-06-30", columns={"id": ""})
    same(without_ids.owe(everybody=True).execute(), owe.pairs(book))
    there = Warehouse.open(path, today="2026-06-30", skip_bad=True)
    book = Book.read(path, today="2026-06-30", skip_bad=True)  # in which the earlier stand first
    same(there.owe(everybody=True).execute(), owe.pairs(book))
    assert len(there.skipped) == 2


def test_a_table_without_days_says_so(tmp_path):
    path = tmp_path / "slips.csv"
    path.write_text("giver,receiver\nAnn,Bo\n", encoding="utf-8")
    with pytest.raises(LedgerError, match="missing column: date"):
        Warehouse.open(path)
    there = Warehouse.open(path, columns={"date": ""})  # as is advised
    same(there.owe(everybody=True).execute(), owe.pairs(Book.read(path, columns={"date": ""})))


def test_many_bad_rows_are_counted(slips):
    rows = "".join(f"b{at},2026-01-01,Ann,Bo,x\n" for at in range(30))
    with pytest.raises(LedgerError) as error:
        Warehouse.open(slips(GOOD + rows), today="2026-06-30")
    assert len(error.value.problems) == 21
    assert "10 more rows have the same fault" in str(error.value)


def test_files_of_every_kind_are_the_same_record(tmp_path, slips):
    duckdb = pytest.importorskip("duckdb", reason="the extra data is not installed")
    book = Book.read("refgraph/sample")
    rows, people = rows_of(book)
    kept = tmp_path / "slips.duckdb"
    with closing(duckdb.connect(str(kept))) as base:
        base.register("told", rows)
        base.register("known", people.drop(columns=["aliases", "offers", "needs"]))
        base.execute("CREATE TABLE referrals AS SELECT *, date::DATE AS day FROM told")
        base.execute("CREATE TABLE people AS SELECT * FROM known WHERE declared")
        for half in (0, 1):
            at = tmp_path / f"part{half}.parquet"
            base.sql("FROM told").filter(f"hash(id) % 2 = {half}").write_parquet(str(at))
    expected = owe.rank(book, "Ben Castle")
    typed = Warehouse.open(kept, columns={"date": "day"}, today=book.today)
    for there in (typed, Warehouse.open(tmp_path / "part*.parquet", today=book.today)):
        found = there.owe("ben castle").execute()
        assert_frame_equal(found.drop(columns="role"), expected.drop(columns="role"))
    assert typed.book.people["role"].tolist() == book.people["role"].tolist()


def test_what_cannot_be_opened_says_what_to_do(tmp_path, slips):
    for source, said in (
        (tmp_path / "none.csv", "no such file or folder"),
        ("postgresql://me:secret@localhost/crm", "a password stands in this address"),
        (pd.DataFrame(), "is no DataFrame"),
    ):
        with pytest.raises(LedgerError) as error:
            Warehouse.open(source)
        assert said in str(error.value)
        assert "secret" not in str(error.value)
    path = slips()
    with pytest.raises(LedgerError, match="a referral needs the column giver"):
        Warehouse.open(path, columns={"giver": ""})
    with pytest.raises(LedgerError, match="there is no column 'from' for giver"):
        Warehouse.open(path, columns={"giver": "from"})
    with pytest.raises(LedgerError, match="this is no database"):
        Warehouse.open(path, table="slips")
    with pytest.raises(UnknownPersonError):
        Warehouse.open(path, me="Zoe", today="2026-06-30")


def test_aliases_and_a_me_by_part_are_as_in_a_book(slips):
    people = pd.DataFrame({"person": ["Ann Lee"], "aliases": ["Ann; A. Lee"]})
    path = slips()
    there = Warehouse.open(path, me="lee", today="2026-06-30", people=people)
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    book = Book.from_frames(frame, people, me="Ann Lee", today="2026-06-30")
    assert there.book.me == "Ann Lee"
    agree(there, book, "Bo")


def test_a_part_is_a_book(slips):
    book, there = Book.read("data/adviser"), Warehouse.open("data/adviser")
    part = there.around("Marcus Bell", hops=9)
    inside = book.history["giver"].isin(part.people.index)
    inside &= book.history["receiver"].isin(part.people.index)
    expected = book.history[inside].drop(columns=["file", "line"]).reset_index(drop=True)
    same(part.history.drop(columns=["file", "line"]), expected)
    near = there.around("Marcus Bell")
    same(owe.rank(near, "Marcus Bell"), owe.rank(book, "Marcus Bell"))
    assert len(near.people) < len(part.people)
    group = Warehouse.open("data/chapter").group("Health")
    assert set(group.people["group"]) == {"Health"}
    with pytest.raises(OptionError, match="did you mean Health"):
        Warehouse.open("data/chapter").group("Healt")
    with pytest.raises(OptionError, match="hops must be 0 or more"):
        there.around("Marcus Bell", hops=-1)


def test_what_a_profession_withholds_is_withheld_in_place(tmp_path):
    (tmp_path / "refgraph.toml").write_text('profile = "health"\n', encoding="utf-8")
    (tmp_path / "referrals.csv").write_text(HEADER + GOOD, encoding="utf-8")
    there = Warehouse.open(tmp_path, today=date(2026, 6, 30))
    for ask in (there.owe, there.pairs, there.balance, there.reciprocity, there.ageing):
        with pytest.raises(WithheldError):
            ask()
    assert there.around("Ann").settings.hides


def test_columns_called_as_those_made_here_are_no_others(tmp_path):
    """What is put beside each row never meets a column of the table."""
    frame = pd.DataFrame(
        {"giver": ["Ann"], "receiver": ["Bo"], "date": ["2026-01-02"], "count": [2]}
    ).assign(units_at=50, day_at=50, giver_at=1, receiver_spelled="x")
    there = Warehouse.open(ibis.memtable(frame), today="2026-06-30")
    book = Book.from_frames(frame, today="2026-06-30")
    same(there.owe(everybody=True).execute(), owe.pairs(book))
    twice = pd.concat([frame, frame]).assign(id="a", id_place=7, id_key="")
    there = Warehouse.open(ibis.memtable(twice), today="2026-06-30", skip_bad=True)
    same(there.owe(everybody=True).execute(), owe.pairs(book))


@pytest.mark.parametrize("name", ["book[1].csv", "what?.csv", "a*.csv"])
def test_the_name_of_a_file_is_no_pattern(tmp_path, name):
    head = "date,giver,receiver\n2026-01-02,"
    (tmp_path / "book1.csv").write_text(f"{head}Other,One\n", encoding="utf-8")
    (tmp_path / "whatX.csv").write_text(f"{head}Other,One\n", encoding="utf-8")
    (tmp_path / name).write_text(f"{head}Ann,Bo\n", encoding="utf-8")
    there = Warehouse.open(str(tmp_path / name), today="2026-06-30")
    assert sorted(there.balance().execute().index) == ["Ann", "Bo"]


def test_a_row_that_is_wrong_is_not_shown_where_a_profession_keeps_it(tmp_path):
    (tmp_path / "refgraph.toml").write_text('profile = "health"\nme = "Ann"\n', encoding="utf-8")
    rows = "date,giver,receiver,note\n2026-13-01,Bo Hidden,Ann,cancer\n"
    (tmp_path / "referrals.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(LedgerError) as told:
        Warehouse.open(tmp_path, today="2026-06-30")
    assert "2026-13-01" in str(told.value)
    assert not [word for word in ("Hidden", "cancer") if word in str(told.value)]


@pytest.mark.parametrize("column", ["date", "status_date"])
def test_a_moment_that_is_wrong_is_found_whatever_its_hour(column):
    days = pd.DataFrame({"date": ["2026-01-02 09:30", "2026-02-03 10:00"], "giver": ["Ann", "Bo"]})
    frame = days.assign(receiver=["Bo", "Cy"], status_date=days["date"])
    frame.loc[1, column] = "2027-01-05 10:00"
    moments = {name: pd.to_datetime(frame[name]) for name in ("date", "status_date")}
    table = ibis.memtable(frame.assign(**moments))
    with pytest.raises(LedgerError, match="2027-01-05 is after today"):
        Warehouse.open(table, today="2026-06-30")
    there = Warehouse.open(table, today="2026-06-30", skip_bad=True)
    assert there.pairs().execute()[["a", "b", "a_to_b"]].values.tolist() == [["Ann", "Bo", 1]]


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "\u3000"])
def test_blanks_around_an_id_are_none_of_it(tmp_path, blank):
    rows = f"a1,2026-01-02,Ann,Bo,1\n{blank}b2,2026-01-03,Bo,Cy,1\na1{blank},2026-01-04,Ann,Cy,1\n"
    path = tmp_path / "slips.csv"
    path.write_text(f"{HEADER}{rows}", encoding="utf-8")
    for read in (Warehouse.open, Book.read):
        with pytest.raises(LedgerError, match="the id 'a1' is"):
            read(path, today="2026-06-30")


def test_a_file_of_sqlite_whose_ids_stand_twice_is_answered_without_them(tmp_path):
    path = tmp_path / "slips.db"
    frame = pd.DataFrame(
        {"id": ["a", "a", "b"], "date": ["2026-01-02", "2026-01-04", "2026-01-03"]}
    )
    frame = frame.assign(giver=["Ann", "Ann", "Bo"], receiver=["Bo", "Cy", "Cy"])
    with closing(sqlite3.connect(path)) as base:
        frame.to_sql("referrals", base, index=False)
    there = Warehouse.open(path, today="2026-06-30", skip_bad=True)
    book = Book.read(path, today="2026-06-30", skip_bad=True)
    same(there.owe(everybody=True).execute(), owe.pairs(book))
