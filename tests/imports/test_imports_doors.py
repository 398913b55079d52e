"""One thing through every door: an import, a table read directly, a frame."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from exports import take_anew as take

from refgraph import Book
from refgraph.errors import LedgerError

REFUSED = "refused"


def imported(book, path, columns):
    """Give who gave how many to whom in the rows that an import adds."""
    plan = take(book, path, columns=columns)
    rows = plan.rows["referrals"]
    return [(row["giver"], row["receiver"], row.get("note") or "") for row in rows]


def read(path, columns):
    """Give the same of the table read directly."""
    history = Book.read(path, columns=columns).history
    return [*zip(history["giver"], history["receiver"], history["note"], strict=True)]


def framed(path, columns):
    """Give the same of the frame that pandas makes of the file."""
    frame = pd.read_csv(io.StringIO(path.read_text()), dtype=str, keep_default_na=False)
    said = {ours: theirs or None for ours, theirs in columns.items()} or None
    history = Book.from_frames(frame, columns=said).history
    return [*zip(history["giver"], history["receiver"], history["note"], strict=True)]


def through(door, *args):
    """Give the rows, sorted, or that they are refused."""
    try:
        return sorted(door(*args))
    except LedgerError as error:
        return REFUSED, [each.hint for each in error.problems]


OURS = "date,giver,receiver,note,Void,Gone"
THEIRS = "Date,From,To,Notes,Void,Deleted"
MARKED = ("2026-01-05,Ann,Bo,a,,", "2026-01-06,Bo,Ann,b,x,", "2026-01-07,Cy,Ann,c,,x")
TABLES = {
    "ours": "\n".join([OURS.replace("Gone", "Deleted"), *MARKED, ""]),
    "theirs": "\n".join([THEIRS, *MARKED, ""]),
    "every row": "\n".join([THEIRS, *MARKED[1:], ""]),
    "spelled": "Date,Referred By,Referred To\n2026-01-05,Ann Lee,Bo\n2026-01-06,ANN LEE,Bo\n"
    '2026-01-07,Bo,"Lee, Ann"\n',
    "codes": "date,giver,receiver\n2026-01-05,n1,N1\n2026-01-06,a,A\n",
    "a word": "Date,From,To,Status\n2026-01-05,Ann Lee,Bo Park,Won\n"
    "2026-01-06,Bo Park,Ann Lee,Void\n",
    "several": "Date,Referred By,Referred To\n2026-01-05,Bo Park; Di East,Ed Fox\n"
    "2026-01-06,Bo Park,Ed Fox\n",
}
OURS_WITH_ID = (
    "id,date,giver,receiver,Void\na,2026-01-05,Ann,Cy,x\na,2026-01-06,Bo,Cy,\n"
    "b,2026-01-07,Di,Cy,x\n"
)
SAID = [{}, {"void": ""}, {"void": "Void"}]


@pytest.mark.parametrize("table", TABLES)
def test_every_door_gives_the_same_answer(book, export, table):
    path = export("x.csv", TABLES[table])
    for columns in SAID[: 3 if "Void," in TABLES[table] else 2]:
        found = [through(imported, book, path, columns), through(read, path, columns)]
        found.append(through(framed, path, columns))
        first = [each[0] == REFUSED if each[:1] == (REFUSED,) else each for each in found]
        assert first[0] == first[1] == first[2], columns


def test_all_rows_that_are_marked_count_and_keep_their_notes_if_that_is_said(book, export):
    for table in ("ours", "theirs", "every row"):
        path = export("x.csv", TABLES[table])
        rows = read(path, {"void": ""})
        assert [note for *_, note in rows] == ["a", "b", "c"][-len(rows) :]
        assert through(imported, book, path, {"void": ""}) == sorted(rows)


def test_columns_that_mark_every_row_together_are_asked_about_and_one_of_them_may_be(book, export):
    path = export("x.csv", TABLES["every row"])
    for door in ((imported, book), (read,)):
        refused, (hint,) = through(*door, path, {})
        assert refused == REFUSED
        assert hint == (
            "if each is a referral: --columns void=; if 'Void' alone says so: --columns void=Void"
        ).replace("void=Void", "'void=Void'")
        assert [giver for giver, *_ in through(*door, path, {"void": "Void"})] == ["Cy"]


def test_a_note_that_is_named_is_joined_to_the_one_that_is_there(book, export):
    path = export("x.csv", TABLES["ours"])
    for door in ((imported, book), (read,), (framed,)):
        notes = [note for *_, note in through(*door, path, {"note": "Void", "void": ""})]
        assert sorted(notes) == ["a", "b x", "c"]


def test_a_note_of_another_programs_table_may_be_named_through_every_door(book, export):
    path = export("x.csv", "Date,From,To,Comments\n2026-01-05,Ann,Bo,hm\n2026-01-06,Bo,Cy,\n")
    for door in ((imported, book), (read,), (framed,)):
        found = through(*door, path, {"note": "Comments"})
        assert found == [("Ann", "Bo", "hm"), ("Bo", "Cy", "")]


def test_a_row_that_is_void_takes_no_id_from_the_one_that_counts(export):
    path = export("x.csv", OURS_WITH_ID)
    assert [giver for giver, *_ in read(path, {})] == ["Bo"]


def test_a_column_that_is_said_to_mark_rows_and_is_not_there_is_named(book, export):
    path = export("x.csv", TABLES["theirs"])
    with pytest.raises(LedgerError, match="has no column 'Nix' that marks rows"):
        imported(book, path, {"void": "Nix"})


def test_in_a_book_names_are_as_they_are_written(tmp_path):
    table = tmp_path / "referrals.csv"
    text = TABLES["spelled"].replace("Date,Referred By,Referred To", "date,giver,receiver")
    table.write_text(text, encoding="utf-8")
    for path in (tmp_path, table):
        assert {"Ann Lee", "ANN LEE"} < {*Book.read(path).people.index}


def test_whom_a_spelling_is_said_to_be_is_kept_apart(book, export):
    path = export("x.csv", TABLES["spelled"])
    plan = take(book, path, newcomers=("ANN LEE",))
    assert {row["giver"] for row in plan.rows["referrals"]} == {"Ann Lee", "ANN LEE", "Bo"}
