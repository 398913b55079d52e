"""Frames in memory make the book that the files they were read from make."""

from __future__ import annotations

import csv
import re
import tempfile
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from strategies import TODAY, books, names, notes

from refgraph import Book
from refgraph.analysis.connecting import connectors
from refgraph.analysis.describing import people
from refgraph.analysis.owing import owe, register
from refgraph.analysis.reciprocity import balance, reciprocity
from refgraph.analysis.suggesting import refer_first
from refgraph.errors import LedgerError, OptionError, UnknownPersonError
from refgraph.reading import ReadOptions
from refgraph.reading.book_files import Files
from refgraph.reading.files.records import Source
from refgraph.reading.frames.dataframes import FrameTables
from refgraph.reading.reader import read_tables
from refgraph.schema.columns import COLUMNS as EVERY
from refgraph.schema.columns import DATES

NEW_YORK = timezone(timedelta(hours=-5))
# A text that each column takes, and the values of a frame that say the same.
TYPED = {
    "date": ("2026-01-05", [date(2026, 1, 5), datetime(2026, 1, 5, 23, 59, tzinfo=NEW_YORK)]),
    "status_date": ("2026-01-06", [pd.Timestamp("2026-01-06 04:00"), np.datetime64("2026-01-06")]),
    "since": ("2020-01-06", [date(2020, 1, 6), pd.Period("2020-01-06", "D")]),
    "count": ("3", [3, 3.0, np.int8(3), np.float32(3), Decimal("3.00")]),
    "handoff": ("5", [5, 5.0, Decimal("5.0")]),
    "helpful": ("4", [4, 4.0]),
    "dependable": ("4", [4, 4.0]),
    "follow_through": ("4", [4, 4.0]),
    "track_record": ("4", [4, 4.0]),
    "value": ("1250.5", [1250.5, np.float32(1250.5), Decimal("1250.5")]),
    "do_not_refer": ("TRUE", [True, np.True_]),
    "personal": ("FALSE", [False, np.False_]),
    "aliases": ("A. L.; Annie", [["A. L.", "Annie"], ("A. L.", "Annie")]),
    "offers": ("tax; audits", [["tax", "audits"], np.array(["tax", "audits"], dtype=object)]),
    "needs": ("roof", [["roof"], ("roof",)]),
    "id": ("1001", [1001, 1001.0, "1001"]),
    "note": ("7", [7, 7.0]),
    "email": ("7", [7]),
    "status": ("met", ["met"]),
    "kind": ("call", ["call"]),
    "cadence": ("monthly", ["monthly"]),
    "consent": ("yes", ["yes", True]),
    "until": ("2026-01-06", [date(2026, 1, 6), pd.Timestamp("2026-01-06 04:00")]),
    "about": ("", [None]),  # an id that a referral has
    "role": ("client", ["client"]),
}
MISSING = [
    None,
    np.nan,
    pd.NA,
    pd.NaT,
    Decimal("NaN"),
    Decimal("sNaN"),
    np.datetime64("NaT", "D"),
    np.float32("nan"),
]


def same(one: Book, other: Book, *, lines: bool = True) -> None:
    """Check that two books hold the same and answer the same."""
    gone = ["file"] if lines else ["file", "line"]
    for name in ("history", "people", "touches", "referrals"):
        tables = (getattr(book, name).drop(columns=gone, errors="ignore") for book in (one, other))
        assert_frame_equal(*tables)
    assert (one.me, one.today, one.undated) == (other.me, other.today, other.undated)
    assert dict(one.graph().adj) == dict(other.graph().adj)
    for answer in (owe.pairs, people.by_person, *([refer_first.rank] if one.me else [])):
        assert_frame_equal(*(_told(answer(book)) for book in (one, other)))
    for answer in (balance.by_person, reciprocity.by_pair, connectors.rank):
        assert_frame_equal(answer(one.graph()), answer(other.graph()))
    if one.me:
        others = [name for name in one.people.index if name != one.me]
        for person in others[:1]:
            both = (register.of(book, person) for book in (one, other))
            assert_frame_equal(*(table.drop(columns=gone, errors="ignore") for table in both))


def _told(table: pd.DataFrame) -> pd.DataFrame:
    return table.drop(columns=["file"], errors="ignore")


def referral(**more):
    return {"date": "2026-01-05", "giver": "Ann", "receiver": "Bo"} | more


@st.composite
def folders(draw):
    """Tables of a book as text, by the names of their files."""
    everyone = draw(st.lists(names(), min_size=2, max_size=5, unique=True))
    some = st.sampled_from(everyone)
    day = st.just("") | st.dates(date(2025, 1, 1), TODAY).map(str)
    pairs = st.lists(some, min_size=2, max_size=2, unique=True)
    row = st.tuples(
        day,
        pairs,
        st.sampled_from(["", "1", "12"]),
        st.sampled_from(["", "0", "5"]),
        st.sampled_from(["", "met", "Won"]),
        st.sampled_from(["", "12.50", "7"]),
        notes(),
    )
    referrals = [
        {
            "date": when,
            "giver": pair[0],
            "receiver": pair[1],
            **dict(zip(("count", "handoff", "status", "value", "note"), rest, strict=True)),
        }
        for when, pair, *rest in draw(st.lists(row, max_size=8))
    ]
    person = st.tuples(st.sampled_from(["", "client"]), notes(), st.sampled_from(["", "yes"]))
    declared = [
        {"person": name, **dict(zip(("role", "note", "do_not_refer"), draw(person), strict=True))}
        for name in draw(st.lists(some, unique=True))
        if ";" not in name
    ]
    touch = st.tuples(st.dates(date(2025, 1, 1), TODAY).map(str), some, st.just("call"))
    touches = [
        dict(zip(("date", "person", "kind"), each, strict=True))
        for each in draw(st.lists(touch, max_size=3))
    ]
    tables = {"referrals": referrals, "people": declared, "touches": touches}
    seen = [row["giver"] for row in referrals] + [row["person"] for row in declared + touches]
    return tables, draw(st.none() | st.sampled_from(seen)) if seen else None


COLUMNS = {
    "referrals": ["date", "giver", "receiver", "count", "handoff", "status", "value", "note"],
    "people": ["person", "role", "note", "do_not_refer"],
    "touches": ["date", "person", "kind"],
}


@settings(max_examples=40)
@given(folders())
def test_frames_make_the_book_of_the_files_they_were_read_from(drawn):
    tables, me = drawn
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in tables.items():
            path = Path(folder, f"{name}.csv")
            with path.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, COLUMNS[name], lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        read = Book.read(folder, me=me, today=TODAY)
        frames = {
            name: pd.read_csv(Path(folder, f"{name}.csv"), dtype=str, keep_default_na=False)
            for name in tables
        }
    whole = all("\n" not in row.get("note", "") for rows in tables.values() for row in rows)
    same(Book.from_frames(**frames, me=me, today=TODAY), read, lines=whole)


@pytest.mark.parametrize("folder", ["data/adviser", "data/chapter", "refgraph/sample"])
def test_the_shipped_books_are_the_same_from_frames(folder):
    path = Path(__file__).parents[2] / folder
    read = Book.read(path)
    frames = {
        name: pd.read_csv(path / f"{name}.csv", dtype=str)
        for name in ("referrals", "people", "touches", "statuses")
        if (path / f"{name}.csv").is_file()
    }
    made = Book.from_frames(**frames, me=read.me, today=read.today)
    same(made.altered(settings=read.settings), read.window())  # frames have no refgraph.toml
    assert made.notes == ()


@settings(max_examples=30)
@given(books(me="A"))
def test_a_book_comes_back_from_its_own_tables(book):
    if book.history.empty:
        return
    said = book.touches.assign(note="in kind")  # a touch that settles says how
    made = Book.from_frames(book.history, book.people, said, me="A", today=book.today)
    both = (each.history.drop(columns=["file", "line"]) for each in (made, book))
    assert_frame_equal(*both)
    again = Book.from_frames(made.history, made.people, made.touches, me="A", today=made.today)
    same(again, made, lines=False)
    assert again.notes == ()
    assert again.skipped == ()


def value_of(book, table, column):
    frame = {"referrals": book.history, "people": book.people, "touches": book.touches}[table]
    frame = frame.reset_index() if table == "people" else frame
    return str(frame[column].tolist())


REQUIRED = {
    "referrals": {"date": "2026-01-05", "giver": "Ann", "receiver": "Bo"},
    "people": {"person": "Ann"},
    "touches": {"date": "2026-01-05", "person": "Ann", "kind": "call"},
}
CELLS = [
    (table, column, text, value)
    for table in REQUIRED
    for column in EVERY[table]
    for text, values in [TYPED.get(column, ("Cy", ["Cy"]))]
    for value in values
]


@pytest.mark.parametrize(("table", "column", "text", "value"), CELLS)
def test_a_value_is_read_as_its_text(table, column, text, value):
    def book(cell):
        frames = {name: pd.DataFrame([rows]) for name, rows in REQUIRED.items()}
        frames[table] = pd.DataFrame([REQUIRED[table]]).astype(object)
        frames[table][column] = pd.Series([cell], dtype=object)
        return Book.from_frames(**frames, today=TODAY)

    assert value_of(book(value), table, column) == value_of(book(text), table, column)


class Mute:
    """It cannot say what it is."""

    __str__ = __repr__ = None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Decimal("1E+999999999"), "a number of more than 400 digits"),
        (Decimal("1E-999999999"), "a number of more than 400 digits"),
        (-(10**6000), "a number of more than 400 digits"),
        (Decimal("-Infinity"), "got '-Infinity'"),
        (Mute(), "a value of type Mute"),
    ],
    ids=["large", "small", "whole", "endless", "mute"],
)
@pytest.mark.parametrize("column", ["value", "count"])
def test_a_value_that_no_file_can_hold_is_refused_at_once(column, value, said):
    frame = pd.DataFrame([REQUIRED["referrals"]]).assign(
        **{column: pd.Series([value], dtype=object)}
    )
    with pytest.raises(LedgerError, match=said):
        Book.from_frames(frame, people=frame, today=TODAY)
    with pytest.raises(LedgerError, match=said):
        Book.from_frames(frame, today=TODAY)


def optional(table):
    return [name for name in EVERY[table] if name not in REQUIRED[table]]


@pytest.mark.parametrize("table", REQUIRED)
@pytest.mark.parametrize("missing", MISSING, ids=repr)
def test_what_is_missing_is_blank_in_every_column(table, missing):
    def book(cell):
        row = REQUIRED[table] | dict.fromkeys(optional(table), cell)
        frame = pd.DataFrame([row, row], index=[5, 6], dtype=object).iloc[:1]
        frames = {name: pd.DataFrame([rows]) for name, rows in REQUIRED.items()} | {table: frame}
        return Book.from_frames(**frames, today=TODAY)

    same(book(missing), book(""))


def test_a_moment_is_the_day_of_its_own_zone():
    moment = pd.Timestamp("2026-01-05 23:30", tz="America/New_York")
    same_moment = moment.tz_convert("Asia/Tokyo")
    days = [moment, same_moment, moment.to_pydatetime(), moment.tz_convert(UTC)]
    frame = pd.DataFrame({"giver": "Ann", "receiver": "Bo", "note": [*map(str, range(4))]})
    book = Book.from_frames(frame.assign(date=pd.Series(days, dtype=object)), today=TODAY)
    told = dict(zip(book.history["note"], book.history["date"].dt.day, strict=True))
    assert told == {"0": 5, "1": 6, "2": 5, "3": 6}
    for zone, day in (("America/New_York", 5), ("Asia/Tokyo", 6), (None, 6)):
        column = pd.Series([moment, pd.NaT]).dt.tz_convert(zone)
        made = Book.from_frames(frame[:2].assign(date=column), today=TODAY)
        assert made.history["date"].dt.day.tolist()[1:] == [day]
        assert made.undated == 1


@pytest.mark.parametrize(
    ("column", "dtype"),
    [
        *(("count", dtype) for dtype in ("int8", "uint64", "float32", "Int64", "Float64")),
        *(("count", dtype) for dtype in ("object", "str", "string", "category")),
        *(("giver", dtype) for dtype in ("object", "str", "string", "category")),
        *(("date", dtype) for dtype in ("datetime64[ns]", "datetime64[s]", "category", "object")),
        *(("do_not_refer", dtype) for dtype in ("bool", "boolean", "object")),
    ],
)
def test_the_type_of_a_column_does_not_show(column, dtype):
    rows = {
        "date": ["2026-01-05", "2026-02-05", "2026-02-05"],
        "giver": ["Ann", "Bo", "Ann"],
        "receiver": ["Bo", "Ann", "Bo"],
        "count": ["1", "2", "2"],
    }
    who = {"person": ["Ann", "Bo"], "do_not_refer": ["yes", "no"]}
    plain = Book.from_frames(pd.DataFrame(rows), pd.DataFrame(who), today=TODAY)
    frame, known = pd.DataFrame(rows), pd.DataFrame(who)
    if column == "count" and dtype not in ("str", "string", "category"):
        frame["count"] = frame["count"].astype(int).astype(dtype)
    elif column == "do_not_refer":
        known[column] = (known[column] == "yes").astype(dtype)
    else:
        frame[column] = frame[column].astype(dtype)
    same(Book.from_frames(frame, known, today=TODAY), plain)


@pytest.mark.parametrize("kind", ["date32", "date64"])
def test_days_of_arrow_are_read(kind):
    pa = pytest.importorskip("pyarrow")
    frame = pd.DataFrame([referral(date="2026-01-05"), referral(date="", giver="Cy")])
    days = pd.Series([date(2026, 1, 5), None], dtype=pd.ArrowDtype(getattr(pa, kind)()))
    same(
        Book.from_frames(frame.assign(date=days), today=TODAY),
        Book.from_frames(frame, today=TODAY),
    )


def test_columns_of_arrow_are_read():
    pa = pytest.importorskip("pyarrow")
    frame = pd.DataFrame([referral(), referral(giver="Cy")])
    plain = Book.from_frames(frame, today=TODAY)
    days = pd.Series([datetime(2026, 1, 6, 4, tzinfo=UTC)] * 2)
    kind = pd.ArrowDtype(pa.dictionary(pa.int32(), pa.string()))
    arrow = frame.assign(
        date=days.astype(pd.ArrowDtype(pa.timestamp("us", "America/New_York"))),
        giver=frame["giver"].astype(kind),
        note=pd.Series([[], None], dtype=pd.ArrowDtype(pa.list_(pa.string()))),
        value=pd.Series([None, None], dtype=pd.ArrowDtype(pa.decimal128(10, 2))),
        status_date=pd.Series([None, None], dtype=pd.ArrowDtype(pa.date32())),
    )
    same(Book.from_frames(arrow, today=TODAY), plain)
    same(Book.from_frames(pa.Table.from_pandas(frame), today=TODAY), plain)


class Foreign:
    """A frame of another library."""

    def __init__(self, made):
        self.made = made

    def to_pandas(self):
        if isinstance(self.made, Exception):
            raise self.made
        return self.made


def test_whatever_becomes_a_pandas_frame_is_taken():
    frame = pd.DataFrame([referral()])
    same(Book.from_frames(Foreign(frame), today=TODAY), Book.from_frames(frame, today=TODAY))


class Lazy:
    def collect(self):
        """Nothing is there before it."""


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ([referral()], r"referrals must be a DataFrame, and this is of type list: make it one"),
        (pd.Series([1]), "of type Series: make it one"),
        (Lazy(), "of type Lazy: collect it first"),
        (Foreign(ImportError("pyarrow is required")), "of type Foreign, .* pyarrow is required"),
        (Foreign([1]), "referrals must be a DataFrame, and this is of type Foreign"),
        (None, "of type NoneType"),
    ],
)
def test_what_is_no_frame_is_refused(thing, said):
    with pytest.raises(OptionError, match=said):
        Book.from_frames(thing)


def test_the_frames_stay_as_they_are():
    frame = pd.DataFrame([referral(count=1.0), referral(count=None)], index=["x", "x"])
    who = pd.DataFrame({"person": ["Ann"], "declared": [True]})
    before = frame.copy(deep=True), who.copy(deep=True)
    Book.from_frames(frame, who, today=TODAY)
    assert_frame_equal(frame, before[0])
    assert_frame_equal(who, before[1])


def problems(frame, **more):
    with pytest.raises(LedgerError) as caught:
        Book.from_frames(frame, today=TODAY, **more)
    return caught.value.problems


@pytest.mark.parametrize(
    ("index", "said"),
    [
        (["x", "y"], "row label 'y'"),
        ([3, 7], "row label 7"),
        ([7, 7], "row label 7 (row 2)"),
        (pd.MultiIndex.from_tuples([("a", 1), ("a", 2)]), "row label ('a', 2)"),
        (pd.to_datetime(["2026-01-01", "2026-01-02"]), "row label 2026-01-02 00:00:00"),
    ],
)
def test_a_problem_names_the_label_of_its_row(index, said):
    frame = pd.DataFrame([referral(), referral(date="2026-02-30")], index=index)
    (problem,) = problems(frame)
    assert str(problem) == (
        f"referrals, {said}: there is no 2026-02-30\n"
        "      | 2026-02-30,Ann,Bo\n"
        "      = dates are YYYY-MM-DD"
    )


def test_places_in_sentences_are_labels_too():
    known = pd.DataFrame({"person": ["Ann", "Ann"]}, index=["p", "q"])
    (problem,) = problems(pd.DataFrame([referral()]), people=known)
    assert problem.message == "'Ann' is declared twice, on row label 'p' and here"
    twice = pd.DataFrame([referral(id="7")] * 2, index=["p", "q"])
    assert problems(twice)[0].message == "the id '7' is already used on row label 'p'"
    repeated = pd.DataFrame([referral()] * 2, index=["p", "q"])
    (note,) = Book.from_frames(repeated, today=TODAY).notes
    assert "row label 'q' as row label 'p'" in note


WRONG = {
    "a word of another column": pd.DataFrame([referral()]).rename(columns={"giver": "givr"}),
    "nothing": pd.DataFrame(),
    "no names": pd.DataFrame([["2026-01-05", "Ann", "Bo"]]),
    "a day for a name": pd.DataFrame([["Ann", "Bo"]], columns=["Cy", "2026-01-05"]),
    "no date": pd.DataFrame([{"giver": "Ann", "receiver": "Bo"}]),
    "two of a name": pd.DataFrame([["a", "b", "c"]], columns=["giver", "receiver", "giver"]),
    "no me": pd.DataFrame([{"date": "2026-01-05", "direction": "given", "person": "Bo"}]),
    "no direction": pd.DataFrame([{"date": "2026-01-05", "person": "Bo"}]),
    "a comma": pd.DataFrame([referral(value="12,50")]),
    "tomorrow": pd.DataFrame([referral(date="2027-01-05")]),
    "a half": pd.DataFrame([referral(count=1.5)]),
    "infinity": pd.DataFrame([referral(count=np.inf)]),
    "a tiny amount": pd.DataFrame([referral(value=1e-12)]),
    "an object": pd.DataFrame([referral(note={"a": 1})]),
    "bytes": pd.DataFrame([referral(note=b"a")]),
    "a list of numbers": pd.DataFrame([referral(note=[1, 2])]),
    "oneself": pd.DataFrame([referral(receiver="Ann")]),
    "a moment as text": pd.DataFrame([referral(date="05/01/2026 10:00")]),
    "several levels": pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([("a", "b")])),
}


@pytest.mark.parametrize("frame", WRONG.values(), ids=WRONG)
def test_a_remedy_speaks_of_frames(frame):
    for problem in problems(frame):
        assert problem.path == "referrals"
        assert problem.place
        assert not re.search(r" --|\.csv|\bline\b", f" {problem.message} {problem.hint}")


def test_a_remedy_can_be_copied():
    (problem,) = problems(pd.DataFrame([{"from": "Ann", "receiver": "Bo"}]), columns={"date": None})
    assert problem.hint.endswith('columns={"giver": "HEADER"}')


def test_columns_are_found_by_name_by_any_label_and_by_position():
    frame = pd.DataFrame([["2026-01-05", "Ann", "Bo"]])
    by_label = Book.from_frames(frame, columns={"date": 0, "giver": 1, "receiver": 2}, today=TODAY)
    named = frame.set_axis(["When", "from", "to"], axis=1)
    names_ = {"date": "when", "giver": "from", "receiver": "to"}
    by_name = Book.from_frames(named, columns=names_, today=TODAY)
    by_place = Book.from_frames(named, columns={"date": 1, "giver": 2, "receiver": 3}, today=TODAY)
    plain = Book.from_frames(pd.DataFrame([referral()]), today=TODAY)
    for book in (by_label, by_name, by_place):
        same(book, plain)
    typed = named.assign(When=[datetime(2026, 1, 5, 10, tzinfo=NEW_YORK)])
    same(Book.from_frames(typed, columns={**names_, "date": "1"}, today=TODAY), plain)


def test_an_index_with_a_name_is_a_column():
    frame = pd.DataFrame([referral(id="7"), referral(id="8")])
    plain = Book.from_frames(frame, today=TODAY)
    same(Book.from_frames(frame.set_index("id"), today=TODAY), plain)
    same(Book.from_frames(frame.set_index(["giver", "receiver"]), today=TODAY), plain)


def test_an_empty_frame_is_an_empty_book():
    book = Book.from_frames(pd.DataFrame(columns=["date", "giver", "receiver"]), today=TODAY)
    full = Book.from_frames(pd.DataFrame([referral()]), today=TODAY)
    assert len(book.history) == len(book.people) == 0
    assert book.history.dtypes.to_dict() == full.history.dtypes.to_dict()


def test_rows_that_say_nothing_are_none():
    frame = pd.DataFrame([referral(), dict.fromkeys(referral()), referral(date="2026-02-30")])
    (problem,) = problems(frame)
    assert problem.place == "row label 2"
    assert len(Book.from_frames(frame[:2], today=TODAY).history) == 1


def test_a_me_is_somebody():
    with pytest.raises(UnknownPersonError):
        Book.from_frames(pd.DataFrame([referral()]), me="Zoe", today=TODAY)


def test_a_state_in_memory_brings_a_referral_up_to_date():
    states = pd.DataFrame({"date": [date(2026, 2, 1)], "id": [7], "status": ["won"]})
    book = Book.from_frames(pd.DataFrame([referral(id=7)]), statuses=states, today=TODAY)
    assert book.history["status"].tolist() == ["won"]


class Query:
    """Rows of a query: all it takes to be a source of tables."""

    path = "query"

    def find(self):
        return Files((("query", "any"),), {})

    def settings(self, _):
        return None

    def open_referrals(self, name, *_):
        rows = [["date", "giver", "receiver"], ["2026-01-05", "Ann", "Bo"]]
        return Source(name, "", rows, [1, 2])


def test_rows_of_any_other_place_are_read_the_same_way():
    book = Book.of(read_tables(Query(), ReadOptions(today=TODAY)))
    same(book, Book.from_frames(pd.DataFrame([referral()]), today=TODAY))


def test_frames_are_tables_like_files(tmp_path):
    frame = pd.DataFrame([referral()])
    frame.to_csv(tmp_path / "referrals.csv", index=False)
    options = ReadOptions(today=TODAY)
    made = Book.of(read_tables(FrameTables({"referrals": frame}), options))
    same(made, Book.read(tmp_path, today=TODAY))


def test_every_typed_column_is_tried():
    tried = {column for _, column, _, _ in CELLS}
    assert tried >= TYPED.keys()
    assert tried >= DATES
    assert isinstance(UUID(int=1), UUID)


def test_columns_that_have_other_names_are_told_as_an_import_tells_them():
    rows = {
        "When": pd.to_datetime(["2026-01-02", None]),
        "Referred By": ["Ann Lee", "Bo Park"],
        "Referred To": ["Bo Park", "Cy Dunn"],
        "Client": ["Di Eames", "Ed Fox"],
    }
    book = Book.from_frames(pd.DataFrame(rows), today=TODAY)
    names = {"date": "When", "giver": "Referred By", "receiver": "Referred To"}
    told = Book.from_frames(
        pd.DataFrame(rows), today=TODAY, columns={**names, "prospect": "Client"}
    )
    columns = ["date", "giver", "receiver", "prospect"]
    pd.testing.assert_frame_equal(book.referrals[columns], told.referrals[columns])
    # one side alone may be mine, or may not: which is not guessed
    with pytest.raises(LedgerError, match="nothing says who you are"):
        Book.from_frames(pd.DataFrame(rows).drop(columns="Referred To"), today=TODAY)


@pytest.mark.parametrize("column", ["Date", "Referred by", "Client"])
def test_a_cell_that_no_file_can_hold_is_told_where_its_column_is_read(column):
    rows = {
        "Date": ["2026-01-05", "2026-01-06"],
        "Referred by": ["Bo Park", "Cy Dunn"],
        "Client": ["Kim Ono", "Lou Bay"],
    }
    frame = pd.DataFrame({**rows, "Raw": [{"a": 1}, [1, 2]]}, index=["x", "y"])
    assert len(Book.from_frames(frame, me="Ann Lee").history) == 2
    frame[column] = [rows[column][0], {"name": "Bo"}]
    with pytest.raises(LedgerError, match=f"row label 'y': '{column}': this cell holds .* dict"):
        Book.from_frames(frame, me="Ann Lee")


def by_one_change_after_another(rows, changes):
    """Bring referrals up to date one change at a time, the oldest first."""
    stands = {row["id"]: dict(row) for row in rows}
    log = {}
    for change in sorted(changes, key=lambda each: each["date"]):
        row = stands[change["id"]]
        day = row["status_date"] or row["date"]
        log.setdefault(change["id"], [(day, row["id"], row["status"])]).append(
            (change["date"], row["id"], change["status"])
        )
        if change["handoff"] is not None:
            row["handoff"] = max(change["handoff"], row["handoff"] or 0)
        if change["date"] >= (day or date.min):
            row["status"], row["status_date"] = change["status"], change["date"]
    return stands, [each for some in log.values() for each in some]


DAYS = st.dates(TODAY - timedelta(days=9), TODAY)
STATUSES = st.sampled_from(["given", "contacted", "met", "won", "lost"])
LEVELS = st.none() | st.integers(0, 5)


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.none() | DAYS, STATUSES, LEVELS), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), DAYS, STATUSES, LEVELS), max_size=12),
)
def test_changes_bring_referrals_up_to_date_as_one_after_another_does(own, told):
    rows = [
        {
            "id": f"r{at}",
            "date": day,
            "giver": "Ann",
            "receiver": "Bo",
            "status": status,
            "status_date": day and min(day + timedelta(days=at), TODAY),
            "handoff": level,
        }
        for at, (day, status, level) in enumerate(own)
    ]
    changes = [
        {"date": day, "id": f"r{at % len(rows)}", "status": status, "handoff": level}
        for at, day, status, level in told
    ]
    statuses = pd.DataFrame(changes, columns=["date", "id", "status", "handoff"], dtype=object)
    book = Book.from_frames(pd.DataFrame(rows, dtype=object), statuses=statuses, today=TODAY)
    stands, log = by_one_change_after_another(rows, changes)
    assert list(book.status_changes) == log
    for row in book.history.to_dict("records"):
        expected = stands[row["id"]]
        day = None if pd.isna(row["status_date"]) else row["status_date"].date()
        level = None if pd.isna(row["handoff"]) else row["handoff"]
        assert (row["status"], day, level) == tuple(
            expected[name] for name in ("status", "status_date", "handoff")
        )
