"""Rows go into the file that has their place, after the whole book was read with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from refgraph.errors import ConflictError, LedgerError
from refgraph.keeping import fingerprint, record
from refgraph.reading import ReadOptions, read

JUNE = ReadOptions(today=date(2026, 6, 30))
AS_ANN = replace(JUNE, me="Ann")
REFERRAL = {"date": date(2026, 6, 1), "giver": "Bo", "receiver": "Ann"}
DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def folder(tmp_path):
    def write(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def rows_of(book, options=AS_ANN):
    table = read(book, options).referrals.columns
    return [*zip(*(table[name] for name in ("giver", "receiver", "prospect")), strict=True)]


def test_several_files_at_once(folder):
    book = folder(referrals="date,giver,receiver,id\n2026-01-08,Ann,Bo,a1\n")
    done = record(
        book,
        {
            "statuses": [{"date": date(2026, 6, 2), "id": "a2", "status": "met"}],
            "referrals": [REFERRAL | {"id": "a2"}],
            "people": [{"person": "Bo", "aliases": ("Bob", "Bobby"), "do_not_refer": True}],
        },
        JUNE,
    )
    assert [Path(each.path).name for each in done.added] == [
        "people.csv",
        "referrals.csv",
        "statuses.csv",
    ]
    assert [(each.first, each.new) for each in done.added] == [(2, True), (3, False), (2, True)]
    assert read(book, JUNE).referrals.columns["status"] == ["given", "met"]
    assert read(book, JUNE).people.columns["aliases"] == [("Bob", "Bobby")]


@pytest.mark.parametrize(
    ("kind", "row", "said"),
    [
        ("referrals", REFERRAL | {"giver": "Ann"}, "'Ann' cannot refer to themselves"),
        ("referrals", REFERRAL | {"giver": "A. Lee"}, "'Ann' cannot refer to themselves"),
        ("referrals", REFERRAL | {"date": date(2026, 7, 2)}, "is after today, 2026-06-30"),
        ("referrals", REFERRAL | {"handoff": 6}, "handoff must be 0 to 5"),
        ("referrals", REFERRAL | {"id": "a1"}, "'a1' is already used on line 2"),
        ("touches", {"person": "Bo", "kind": "call"}, "a touch needs a date"),
        ("statuses", {"date": date(2026, 6, 1), "id": "x", "status": "met"}, "no referral has"),
        ("people", {"person": "Ann"}, "'Ann' is declared twice"),
    ],
)
def test_a_row_the_book_cannot_be_read_with_is_not_written(folder, kind, row, said):
    book = folder(
        referrals="date,giver,receiver,handoff,id\n2026-01-08,Ann,Bo,,a1\n",
        people="person,aliases\nAnn,A. Lee\n",
    )
    before = {path: path.read_bytes() for path in book.iterdir()}
    with pytest.raises(LedgerError, match=said):
        record(book, {kind: [row]}, JUNE)
    assert {path: path.read_bytes() for path in book.iterdir()} == before


def test_an_id_made_from_content_is_not_taken_over(folder):
    book = folder(referrals="date,giver,receiver,id\n2026-01-08,Ann,Bo,\n")
    (identity,) = read(book).referrals.columns["id"]
    with pytest.raises(LedgerError, match="already used on line 2"):
        record(book, {"referrals": [REFERRAL | {"id": identity}]}, JUNE)


def test_a_table_of_directions_is_added_to_in_its_own_form(folder):
    book = folder(referrals="date,direction,person,prospect\n2026-01-08,given,Bo,\n")
    record(book, {"referrals": [REFERRAL | {"prospect": "Cy"}]}, AS_ANN)
    record(book, {"referrals": [REFERRAL | {"giver": "Ann", "receiver": "Dee"}]}, AS_ANN)
    text = (book / "referrals.csv").read_text()
    assert text.splitlines()[2:] == ["2026-06-01,received,Bo,Cy", "2026-06-01,given,Dee,"]
    assert rows_of(book) == [("Ann", "Bo", ""), ("Bo", "Ann", "Cy"), ("Ann", "Dee", "")]
    with pytest.raises(LedgerError, match="'Bo' to 'Cy' has no place in it"):
        record(book, {"referrals": [REFERRAL | {"receiver": "Cy"}]}, AS_ANN)


@pytest.mark.parametrize("other", ["person", "giver"])
def test_given_and_received_are_two_files(folder, other):
    book = folder(given="date,receiver\n2026-01-08,Bo\n", received=f"date,{other}\n")
    record(book, {"referrals": [REFERRAL, REFERRAL | {"giver": "Ann", "receiver": "Cy"}]}, AS_ANN)
    assert (book / "received.csv").read_text().splitlines()[1:] == ["2026-06-01,Bo"]
    assert (book / "given.csv").read_text().splitlines()[2:] == ["2026-06-01,Cy"]


def test_a_single_table_takes_referrals_and_nothing_else(folder):
    table = folder(mine="when;from;to\n01.02.2026;Ann;Bo\n") / "mine.csv"
    names = {"date": "when", "giver": "from", "receiver": "to"}
    theirs = replace(JUNE, columns=names, date_format="%d.%m.%Y")
    record(table, {"referrals": [REFERRAL]}, theirs)
    assert table.read_text().splitlines()[-1] == "01.06.2026;Bo;Ann"
    with pytest.raises(LedgerError, match="a single table has no place for touches"):
        record(table, {"touches": [{"person": "Bo"}]}, theirs)
    with pytest.raises(LedgerError, match="standard input"):
        record("-", {"referrals": [REFERRAL]})


@pytest.mark.parametrize("kind", ["people", "referrals", "touches", "statuses"])
@pytest.mark.parametrize("missing", ["gone", "gone.csv", "gone/mine"])
def test_a_book_that_is_not_there_is_said_to_be_missing(tmp_path, kind, missing):
    book = tmp_path / missing
    with pytest.raises(LedgerError, match="no such file or folder") as caught:
        record(book, {kind: [{"person": "Bo"}]})
    assert [problem.path for problem in caught.value.problems] == [str(book)]
    assert not list(tmp_path.iterdir())


def test_a_book_with_problems_is_mended_first(folder):
    book = folder(referrals="date,giver,receiver\n2026-02-30,Ann,Bo\n")
    with pytest.raises(LedgerError, match="there is no 2026-02-30"):
        record(book, {"referrals": [REFERRAL]}, replace(JUNE, skip_bad=True))


def test_what_changed_since_it_was_seen_is_not_written(folder):
    book = folder(referrals="date,giver,receiver\n")
    path = book / "referrals.csv"
    seen = {str(path): fingerprint(path)}
    path.write_text("date,giver,receiver\n2026-01-08,Ann,Bo\n")
    with pytest.raises(ConflictError):
        record(book, {"referrals": [REFERRAL]}, JUNE, seen=seen)
    assert len(rows_of(book, JUNE)) == 1


def test_a_large_file_gets_one_row_and_keeps_every_byte(tmp_path):
    path = tmp_path / "referrals.csv"
    before = (DATA / "chapter" / "referrals.csv").read_bytes()
    path.write_bytes(before)
    row = {"date": date(2026, 6, 1), "giver": "Gwen Aldridge", "receiver": "Bo"}
    (added,) = record(path, {"referrals": [row]}, ReadOptions(today=date(2027, 1, 1))).added
    after = path.read_bytes()
    assert after.startswith(before)
    assert after[len(before) :].decode().strip() == added.texts[0]
    assert added.first == after.count(b"\n")
