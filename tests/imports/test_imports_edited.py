"""A file that was edited since it was imported: what changed is shown, and written if asked."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from exports import table, take, write_book
from hypothesis import given, settings
from hypothesis import strategies as st

COLUMNS = ["Date", "Giver", "Receiver", "Prospect", "Status", "Value", "Note"]
ROWS = [
    ["2026-01-08", "Ann Lee", "Bo Park", "Okafor Dental", "", "", ""],
    ["2026-01-12", "Cy Dunn", "Ann Lee", "Hale Roofing", "met", "", "kitchen"],
    ["", "Ann Lee", "Cy Dunn", "Ines Falk", "", "", ""],
    ["2026-02-03", "Bo Park", "Ann Lee", "Tom Quill", "", "500", ""],
    ["2026-02-09", "Eve Stoan", "Ann Lee", "Mia Reyes", "", "", ""],
]


def written(folder, rows, columns=COLUMNS):
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([columns, *rows])
    path = Path(folder, "tracker.csv")
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path


def edited(rows, **cells):
    """Give other rows, each change named by its row and column: r1_Status="won"."""
    new = [list(row) for row in rows]
    for place, text in cells.items():
        at, column = place[1:].split("_")
        new[int(at)][COLUMNS.index(column)] = text
    return new


FIVE = {
    "r1_Status": "Won",
    "r1_Value": "7000",
    "r2_Date": "2026-01-20",
    "r3_Value": "650",
    "r4_Giver": "Eve Stone",
    "r0_Prospect": "Okafor Dental Care",
}


def test_five_ordinary_edits_add_nothing_and_are_shown(run, tmp_path):
    book = write_book(tmp_path / "book")
    run("import", written(tmp_path, ROWS), "-b", book)
    before = (book / "referrals.csv").read_bytes()
    said = run("import", written(tmp_path, edited(ROWS, **FIVE)), "-b", book).stderr
    assert "\n0 new, 5 already there, 0 refused\n" in said
    assert "  line 3: status met → won, value 7000\n" in said
    assert "  line 2: prospect Okafor Dental → Okafor Dental Care\n" in said
    assert "  line 4: date 2026-01-20\n" in said
    assert "  line 6: giver Eve Stoan → Eve Stone\n" in said
    assert "import again with --update; if they are others: --as-new\n" in said
    assert (book / "referrals.csv").read_bytes() == before


def test_an_update_writes_what_the_file_says_and_can_be_undone(run, tmp_path):
    book = write_book(tmp_path / "book")
    run("import", written(tmp_path, ROWS), "-b", book)
    names = [*(path.name for path in book.glob("*.csv"))]
    before = [(book / name).read_bytes() for name in names]
    file = written(tmp_path, edited(ROWS, **FIVE))
    said = run("import", file, "-b", book, "--update").stderr
    assert "5 rows of the book are different in the file by now, which is taken over:" in said
    found = table(book, "referrals")
    assert [row.get("prospect") for row in found][:2] == ["Okafor Dental Care", "Hale Roofing"]
    assert [row.get("value") for row in found] == [None, "7000", None, "650", None]
    assert (found[2]["date"], found[4]["giver"]) == ("2026-01-20", "Eve Stone")
    assert [(row["id"], row["status"]) for row in table(book, "statuses")] == [
        (found[1]["id"], "won")
    ]
    again = run("import", file, "-b", book).stderr
    assert "different" not in again
    assert "\n0 new, 5 already there, 0 refused\n" in again
    run("undo", "-b", book)
    assert [(book / name).read_bytes() for name in names] == before


def test_the_same_two_in_a_later_month_are_a_new_row(tmp_path):
    book = write_book(tmp_path / "book")
    january = [["2026-01-08", "Bo Park", "Ann Lee", "", "won", "500", ""]]
    february = [["2026-02-08", "Bo Park", "Ann Lee", "", "won", "500", ""]]
    take(book, written(tmp_path, january))
    plan = take(book, written(tmp_path, february))
    assert (plan.new, plan.edits) == (1, [])
    plan = take(book, written(tmp_path, [*january, *february, ["2026-03-08", *february[0][1:]]]))
    assert (plan.new, plan.there["referrals"], plan.edits) == (1, 2, [])


def test_a_row_that_only_looks_edited_is_added_where_that_is_said(tmp_path):
    book = write_book(tmp_path / "book")
    take(book, written(tmp_path, ROWS))
    new = edited(ROWS, r1_Date="2026-01-19")
    assert [str(edit) for edit in take(book, written(tmp_path, new)).edits] == [
        "line 3: date 2026-01-12 → 2026-01-19"
    ]
    plan = take(book, written(tmp_path, new), changed="new")
    assert (plan.new, plan.edits) == (1, [])


def test_an_update_of_a_book_without_ids_writes_the_status_in_its_cell(tmp_path):
    book = write_book(tmp_path / "book")
    (book / "referrals.csv").write_text("date,giver,receiver,status,note\n", encoding="utf-8")
    rows = [["2026-01-08", "Ann Lee", "Bo Park", "", ""], ["2026-01-09", "Cy", "Bo Park", "", ""]]
    columns = ["date", "giver", "receiver", "status", "note"]
    take(book, written(tmp_path, rows, columns))
    rows[0][3:] = ["met", "roof"]
    take(book, written(tmp_path, rows, columns), changed="update")
    assert table(book, "referrals")[0] == {
        "date": "2026-01-08",
        "giver": "Ann Lee",
        "receiver": "Bo Park",
        "status": "met",
        "note": "roof",
    }


def test_an_update_of_a_table_that_names_only_the_other_person(tmp_path):
    book = write_book(tmp_path / "book")
    (book / "referrals.csv").write_text(
        "date,person,direction,note,id\n2026-01-08,Bo Park,given,,\n2026-01-09,Cy,given,,\n",
        encoding="utf-8",
    )
    columns = ["date", "giver", "receiver", "note"]
    rows = [["2026-01-08", "Ann Lee", "Bo Parks", "roof"], ["2026-01-09", "Ann Lee", "Cy", ""]]
    take(book, written(tmp_path, rows, columns), changed="update")
    assert table(book, "referrals")[0]["person"] == "Bo Parks"
    assert table(book, "referrals")[0]["note"] == "roof"


@pytest.mark.parametrize("many", [19, 25])
def test_many_edits_are_cut(run, tmp_path, many):
    book = write_book(tmp_path / "book")
    rows = [["2026-01-08", f"Giver {at}", "Ann Lee", "", "", "", ""] for at in range(many)]
    run("import", written(tmp_path, rows), "-b", book)
    said = run("import", written(tmp_path, [[*row[:5], "5", ""] for row in rows]), "-b", book)
    assert said.stderr.count(": value 5\n") == min(many, 20)
    assert ("  and 5 rows more\n" in said.stderr) == (many > 20)


NAMES = st.sampled_from(["Bo Park", "Cy Dunn", "Eve Stone", "Hal Iver"])
ROW = st.tuples(
    st.sampled_from(["", "2026-01-08", "2026-01-09", "2026-02-10", "2026-03-11"]),
    NAMES,
    st.sampled_from(["", "Okafor Dental", "Hale Roofing", "Ines Falk"]),
    st.sampled_from(["", "met", "won"]),
    st.sampled_from(["", "500", "7000"]),
    st.sampled_from(["", "kitchen", "by phone"]),
)
COLUMN = {
    "Date": ["2026-01-21", "2026-04-02"],
    "Giver": ["Eva Stone", "Zed Quist"],
    "Prospect": ["Mia Reyes", "Okafor Dental Ltd", ""],
    "Status": ["won", "lost"],
    "Value": ["1", "900"],
    "Note": ["new", ""],
}


def mine(row):
    return [row[0], row[1], "Ann Lee", *row[2:]]


@given(st.lists(ROW, min_size=3, max_size=9, unique=True), st.data())
@settings(max_examples=60)
def test_edits_between_known_rows_add_nothing_and_change_only_those(rows, drawn):
    rows = [mine(row) for row in rows]
    inner = st.integers(0, len(rows) - 2)
    cells = st.dictionaries(
        inner,
        st.sampled_from(sorted(COLUMN)).flatmap(
            lambda name: st.tuples(st.just(name), st.sampled_from(COLUMN[name]))
        ),
        max_size=len(rows) - 1,
    )
    edits = drawn.draw(cells)
    new = [list(row) for row in rows]
    for at, (name, text) in edits.items():
        new[at][COLUMNS.index(name)] = text
    with tempfile.TemporaryDirectory() as folder:
        book = write_book(Path(folder, "book"))
        take(book, written(folder, rows))
        count = len(table(book, "referrals"))
        plan = take(book, written(folder, new))
        assert not plan.rows["referrals"]
        assert {edit.line - 2 for edit in plan.edits} <= {*edits}
        take(book, written(folder, new), changed="update")
        assert len(table(book, "referrals")) == count
        assert not take(book, written(folder, new)).rows["referrals"]


@given(st.lists(ROW, min_size=1, max_size=6), st.lists(ROW, min_size=1, max_size=6))
@settings(max_examples=40)
def test_a_later_month_never_hides_money(first, later):
    first = [mine(row) for row in first]
    later = [mine((f"2026-05-{at:02}", *row[1:])) for at, row in enumerate(later, 1)]
    with tempfile.TemporaryDirectory() as folder:
        for name, sheet in (("alone", later), ("grown", [*first, *later])):
            book = write_book(Path(folder, name))
            take(book, written(folder, first))
            plan = take(book, written(folder, sheet))
            known = 0 if name == "alone" else len(first)
            asked = [edit for edit in plan.edits if edit.line > known + 1]
            assert len(plan.rows["referrals"]) + len(asked) == len(later)
            if all(row[0] for row in first):
                assert not asked
