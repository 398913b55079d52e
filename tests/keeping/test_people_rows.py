"""What people.csv says of somebody is set, several names are merged, and two are told apart."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import permutations

import pytest

from refgraph import Book
from refgraph.analysis.describing.people import pairs
from refgraph.errors import LedgerError, RefgraphError, UnknownPersonError
from refgraph.keeping.merge import merge, split
from refgraph.keeping.set_field import EDITABLE, set_field
from refgraph.keeping.tell_apart import tell_apart
from refgraph.keeping.undo import undo
from refgraph.reading import ReadOptions
from refgraph.schema.columns import COLUMNS, PEOPLE
from refgraph.schema.text import FieldError

TODAY = ReadOptions(today=date(2026, 6, 30))
REFERRALS = (
    "date,giver,receiver\n2026-01-08,A. Lee,Bo Park\n2026-02-08,Bo Park,Ann Lee\n"
    "2026-03-01,Annie L,Bo Park\n"
)
#: Of each kind of column: a value as typed, as the file holds it, and what none of its kind holds.
KINDS = {
    "text": ("tax  lawyer", "tax lawyer", "bell\a"),
    "list": ("tax law ; wills", "tax law;wills", "bell\a"),
    "words": (" {}", "{}", "boss"),
    "whole": ("3", "3", "a"),
    "number": ("3", "3", "6"),
    "amount": ("12.50", "12.50", "much"),
    "flag": ("Y", "yes", "maybe"),
    "maybe": ("Y", "yes", "perhaps"),
    "day": ("2026-03-01", "2026-03-01", "3/14/26"),
}
#: What else a column may be told: what CSV quotes, and the ends of a scale.
VALUES = {
    "group": ("Lunch, club", "Lunch, club"),
    "note": ('says "no", often', 'says "no", often'),
    "helpful": ("5", "5"),
    "follow_through": ("0", "0"),
}
BAD = {"dependable": "a", "follow_through": "-1", "track_record": "nan"}
for _field in PEOPLE:
    _typed, _held, _bad = KINDS["words" if _field.words else _field.dtype]
    _word = _field.words[0] if _field.words else ""
    VALUES.setdefault(_field.name, (_typed.format(_word.title()), _held.format(_word)))
    BAD.setdefault(_field.name, _bad)
HEADERS = {
    "none": None,
    "old": "person,aliases\nAnn Lee,Annie\n",
    "semicolons": "\ufeffperson;phone;aliases\r\n Ann Lee;1;Annie\r\n",
    "full": f"{','.join(COLUMNS['people'])}\nAnn Lee,Annie{',' * (len(COLUMNS['people']) - 2)}\n",
    "others only": "person,aliases,role\nBo Park,,partner\n",
}


def book(folder, people=None, referrals=REFERRALS):
    (folder / "referrals.csv").write_text(referrals, encoding="utf-8")
    if people is not None:
        (folder / "people.csv").write_bytes(people.encode())
    return folder


def rows(folder):
    text = (folder / "people.csv").read_bytes().decode("utf-8-sig")
    separator = ";" if ";" in text.splitlines()[0] else ","
    return {
        row["person"].strip(): row for row in csv.DictReader(io.StringIO(text), delimiter=separator)
    }


def test_every_column_of_people_but_names_can_be_set():
    assert {*EDITABLE} == {*COLUMNS["people"]} - {"person", "aliases"}


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("column", EDITABLE)
def test_one_cell_changes_and_no_other_and_it_can_be_undone(tmp_path, header, column):
    folder = book(tmp_path, HEADERS[header])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    there = rows(folder) if HEADERS[header] else {}
    typed, held = VALUES[column]
    done = set_field(folder, "ann lee", column, typed, TODAY)
    now = rows(folder)
    assert now["Ann Lee"][column] == held == done.text
    was = there.get("Ann Lee", {})
    assert {name: text for name, text in now["Ann Lee"].items() if name != column and text} == {
        **{name: text for name, text in was.items() if text},
        "person": was.get("person", "Ann Lee"),
    }
    assert {
        name: {key: row[key] for key in there[name]}
        for name, row in now.items()
        if name in there and name != "Ann Lee"
    } == {name: row for name, row in there.items() if name != "Ann Lee"}
    Book.read(folder, today=TODAY.today)
    assert undo(folder).command == "people set"
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.suffix == ".csv"} == before


@pytest.mark.parametrize("column", EDITABLE)
def test_what_a_column_cannot_hold_is_refused(tmp_path, column):
    folder = book(tmp_path, HEADERS["old"])
    with pytest.raises(FieldError):
        set_field(folder, "Ann Lee", column, BAD[column], TODAY)
    assert (folder / "people.csv").read_text("utf-8") == HEADERS["old"]


def test_a_day_after_today_is_refused_with_its_line(tmp_path):
    folder = book(tmp_path, HEADERS["full"])
    with pytest.raises(LedgerError, match=r"people\.csv:2"):
        set_field(folder, "Ann Lee", "since", "2027-01-01", TODAY)
    assert (folder / "people.csv").read_text("utf-8") == HEADERS["full"]


def test_a_blank_clears_and_makes_no_column_or_row(tmp_path):
    folder = book(tmp_path, HEADERS["others only"])
    set_field(folder, "Bo Park", "role", " ", TODAY)
    assert rows(folder)["Bo Park"]["role"] == ""
    for name, column in (("Bo Park", "cadence"), ("Ann Lee", "role")):
        done = set_field(folder, name, column, "", TODAY)
        assert (done.before, done.grown) == (done.after, False)
    assert "cadence" not in rows(folder)["Bo Park"]


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path):
    folder = book(tmp_path, HEADERS["old"])
    dry = set_field(folder, "Ann Lee", "role", "client", TODAY, dry_run=True)
    assert (folder / "people.csv").read_text("utf-8") == HEADERS["old"]
    assert dry == set_field(folder, "Ann Lee", "role", "client", TODAY)
    with pytest.raises(UnknownPersonError, match="Did you mean 'Ann Lee'"):
        set_field(folder, "ann", "role", "client", TODAY)


def test_a_table_of_blanks_is_given_no_column(tmp_path):
    folder = book(tmp_path, "person aliases\nBo Bobby\n", "date,giver,receiver\n,Bo,Cy\n")
    with pytest.raises(LedgerError, match="blanks separate its fields"):
        set_field(folder, "Bo", "role", "client", TODAY)


@pytest.mark.parametrize("others", [*permutations(["A. Lee", "Annie L"])])
@pytest.mark.parametrize("header", ["none", "old", "semicolons", "full"])
def test_several_at_once_are_as_one_after_the_other(tmp_path, header, others):
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
        book(folder, HEADERS[header])
    change = merge(one, "Ann Lee", *others, options=TODAY)
    for other in others:
        merge(two, "Ann Lee", other, options=TODAY)
    assert (one / "people.csv").read_bytes() == (two / "people.csv").read_bytes()
    assert change.aliases == others
    assert {name: [*found.values()] for name, found in change.rows.items()} == {
        "A. Lee": [[2]],
        "Annie L": [[4]],
    }
    for other in others:
        split(one, other, TODAY)
    assert "A. Lee" in Book.read(one, today=TODAY.today).people.index


def test_several_are_one_undo_and_refused_together(tmp_path):
    people = "person,aliases,role\nAnn Lee,,client\nA. Lee,,\nAnnie L,,partner\n"
    folder = book(tmp_path, people)
    with pytest.raises(LedgerError, match="--prefer first, or second"):
        merge(folder, "Ann Lee", "A. Lee", "Annie L", options=TODAY)
    assert (folder / "people.csv").read_text("utf-8") == people
    merge(folder, "Ann Lee", "A. Lee", "Annie L", options=TODAY, prefer="second")
    assert rows(folder) == {
        "Ann Lee": {"person": "Ann Lee", "aliases": "A. Lee; Annie L", "role": "partner"}
    }
    undo(folder)
    assert (folder / "people.csv").read_text("utf-8") == people


def test_no_two_of_several_may_stand_in_one_referral(tmp_path):
    folder = book(tmp_path, referrals=f"{REFERRALS}2026-03-02,A. Lee,Annie L\n")
    with pytest.raises(LedgerError, match=r"'A\. Lee' and 'Annie L' stand in one referral"):
        merge(folder, "Ann Lee", "A. Lee", "Annie L", options=TODAY)


def test_one_named_twice_is_merged_once(tmp_path):
    folder = book(tmp_path)
    assert merge(folder, "Ann Lee", "A. Lee", " a.  lee ", options=TODAY).aliases == ("A. Lee",)


SETTINGS = [None, "", 'me = "Bo Park"\n', 'me = "Bo Park"', "[synonyms]\r\ntax = []\r\n"]


@pytest.mark.parametrize("settings", SETTINGS)
def test_two_told_apart_are_suggested_no_more_and_it_can_be_undone(tmp_path, settings):
    folder = book(tmp_path)
    toml = folder / "refgraph.toml"
    if settings is not None:
        toml.write_bytes(settings.encode())
    asked = [
        *zip(
            *(pairs(Book.read(folder, today=TODAY.today))[x] for x in ("person", "other")),
            strict=True,
        )
    ]
    assert ("Ann Lee", "A. Lee") in asked
    for person, other in asked:
        tell_apart(folder, person, other, TODAY)
    assert len(pairs(Book.read(folder, today=TODAY.today))) == 0
    assert toml.read_bytes().startswith((settings or "").encode())
    assert len(Book.read(folder, today=TODAY.today).people) == 4  # it declares nobody
    undo(folder)
    assert len(pairs(Book.read(folder, today=TODAY.today))) == 1


def test_a_name_with_quotes_is_told_apart_and_forgotten(tmp_path):
    from refgraph.keeping.forget import forget

    name, other = 'Ann "Nan\\" Lee', 'Ann "Nan\\" Lees'
    table = "date,giver,receiver\n" + "".join(
        f'2026-01-08,"{each.replace(chr(34), chr(34) * 2)}",Bo\n' for each in (name, other)
    )
    folder = book(tmp_path, referrals=table)
    assert len(pairs(Book.read(folder, today=TODAY.today))) == 1
    tell_apart(folder, name, other, TODAY)
    assert len(pairs(Book.read(folder, today=TODAY.today))) == 0
    forget(folder, other, TODAY, pseudonym="Person-x")
    assert "Lees" not in (folder / "refgraph.toml").read_text("utf-8")
    assert Book.read(folder, today=TODAY.today).settings.apart == ((name, "Person-x"),)


def test_who_is_one_person_is_not_told_apart(tmp_path):
    folder = book(tmp_path, HEADERS["old"])
    with pytest.raises(RefgraphError, match="'Annie' and 'Ann Lee' are one person"):
        tell_apart(folder, "Ann Lee", "Annie", TODAY)
    assert not (folder / "refgraph.toml").exists()
    tell_apart(folder, "Annie", "A. Lee", TODAY, dry_run=True)
    assert not (folder / "refgraph.toml").exists()


def test_told_apart_counts_for_the_person_behind_an_alias(tmp_path):
    folder = book(tmp_path, HEADERS["old"])
    (folder / "refgraph.toml").write_text('[[apart]]\npeople = ["Annie", "A. Lee"]\n', "utf-8")
    told = pairs(Book.read(folder, today=TODAY.today))
    assert ("Ann Lee", "A. Lee") not in {*zip(told["person"], told["other"], strict=True)}
