"""A name becomes an alias and is split off again: people.csv changes, and nothing else."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import names, write_rows

from refgraph.errors import ConflictError, LedgerError, RefgraphError, UnknownPersonError
from refgraph.keeping.engine import replace
from refgraph.keeping.engine.lock import locked
from refgraph.keeping.merge import merge, split
from refgraph.reading import ReadOptions, read

REFERRALS = (
    "date,giver,receiver,prospect\n"
    "2026-01-08,A. Lee,Bo Park,\n"
    "2026-01-09,Bo Park,Ann Lee,A. Lee Ltd\n"
    "2026-01-10,Cy Dunn,Bo Park,A. Lee\n"
)
TOUCHES = "date,person,kind\n2026-02-01,A. Lee,call\n"
PEOPLE = (
    '\ufeffnote;person;"aliases";role;email;phone\r\n'
    '"keep ""this""";  "Ann Lee"; Annie ;client;;\r\n'
    ";Bo Park;;partner;bo@example.org;1\r\n"
)
TODAY = ReadOptions(today=date(2026, 6, 30))


@pytest.fixture
def book(tmp_path):
    (tmp_path / "referrals.csv").write_text(REFERRALS, encoding="utf-8")
    (tmp_path / "touches.csv").write_text(TOUCHES, encoding="utf-8")
    return tmp_path


@pytest.fixture
def declared(book):
    (book / "people.csv").write_bytes(PEOPLE.encode())
    return book


def people(book):
    return (book / "people.csv").read_bytes().decode()


def test_only_the_cell_of_aliases_changes(declared):
    change = merge(declared, "Ann Lee", "A. Lee", options=TODAY)
    assert people(declared) == PEOPLE.replace("; Annie ;", '; "Annie; A. Lee";')
    assert change.before == ['"keep ""this""";  "Ann Lee"; Annie ;client;;']
    assert change.after == ['"keep ""this""";  "Ann Lee"; "Annie; A. Lee";client;;']
    assert change.rows == {
        "A. Lee": {
            str(declared / "referrals.csv"): [2, 4],
            str(declared / "touches.csv"): [2],
        }
    }
    assert (declared / "referrals.csv").read_text("utf-8") == REFERRALS
    assert (declared / "touches.csv").read_text("utf-8") == TOUCHES
    columns = read(declared, TODAY).referrals.columns
    assert columns["giver"] == ["Ann Lee", "Bo Park", "Cy Dunn"]
    assert columns["prospect"] == ["", "A. Lee Ltd", "Ann Lee"]


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("alias", ["Lee, Ann", 'Ann "A" Lee', "Jose\u0301", "O'Neil", "=1+1"])
@pytest.mark.parametrize("others", ["", "Annie", "Annie; A. L."])
@pytest.mark.parametrize("separator", [",", ";"])
def test_what_was_merged_and_split_again_is_the_same_file(
    tmp_path, quoting, alias, others, separator
):
    write_rows(tmp_path / "referrals.csv", ["date", "giver", "receiver"], [["", alias, "Bo"]])
    stream = io.StringIO()
    rows = [["person", "aliases", "role"], ["Ann Lee", others, "client"], ["Bo", "", ""]]
    csv.writer(stream, delimiter=separator, quoting=quoting).writerows(rows)
    (tmp_path / "people.csv").write_bytes(stream.getvalue().encode())
    before = read(tmp_path, TODAY).referrals.columns
    merge(tmp_path, " Ann  Lee", alias, options=TODAY)
    assert read(tmp_path, TODAY).referrals.columns["giver"] == ["Ann Lee"]
    split(tmp_path, alias, TODAY)
    assert (tmp_path / "people.csv").read_bytes() == stream.getvalue().encode()
    assert read(tmp_path, TODAY).referrals.columns == before


def test_what_was_merged_is_split_again(declared):
    before = read(declared, TODAY)
    merge(declared, "Ann Lee", "A. Lee", options=TODAY)
    change = split(declared, "A. Lee", TODAY)
    assert change.rows["A. Lee"][str(declared / "referrals.csv")] == [2, 4]
    after = read(declared, TODAY)
    assert after.referrals == before.referrals
    assert after.people == before.people


def test_who_has_no_row_is_given_one(declared):
    change = merge(declared, "A. Lee Ltd", "Cy Dunn", options=TODAY)
    assert people(declared) == PEOPLE + ";A. Lee Ltd;Cy Dunn;;;\r\n"
    assert (change.before, change.after) == ([], [";A. Lee Ltd;Cy Dunn;;;"])


def test_people_csv_is_made_where_there_is_none_readable_by_its_owner(book):
    merge(book, "Ann Lee", "A. Lee", options=TODAY)
    assert people(book).splitlines()[1] == "Ann Lee,A. Lee,,,,,,,,,,,,,,"
    assert (book / "people.csv").stat().st_mode & 0o777 == 0o600
    assert "says nothing else now" in split(book, "A. Lee", TODAY).notes[0]


def test_the_row_of_the_second_is_taken_over_by_a_first_without_one(declared):
    change = merge(declared, "Cy Dunn", "Ann Lee", options=TODAY)
    assert '"keep ""this""";  "Cy Dunn"; "Annie; Ann Lee";client;;' in people(declared)
    assert "row of 'Ann Lee' is that of 'Cy Dunn' now" in change.notes[0]


TWO_ROWS = (
    "person,aliases,role,offers,email,note,phone,since\n"
    "Ann Lee,,,tax; audits,ann@example.org,met at work,,2020-01-01\n"
    "Zed,,,,,,,\n"
    "A. Lee,Lee A,client,audits; wills,,tall,123,2020-01-01\n"
)


def test_two_rows_become_one_and_nothing_they_say_is_lost(book):
    (book / "people.csv").write_text(TWO_ROWS, encoding="utf-8")
    change = merge(book, "Ann Lee", "A. Lee", options=TODAY)
    assert people(book) == (
        "person,aliases,role,offers,email,note,phone,since\n"
        "Ann Lee,A. Lee; Lee A,client,tax; audits; wills,ann@example.org,met at work; tall,123,"
        "2020-01-01\n"
        "Zed,,,,,,,\n"
    )
    assert change.before == [TWO_ROWS.splitlines()[1], TWO_ROWS.splitlines()[3]]
    (row,) = read(book, TODAY).people.columns["aliases"][:1]
    assert row == ("A. Lee", "Lee A")


def test_rows_that_contradict_each_other_are_refused_until_one_is_preferred(book):
    text = "person,aliases,role,email\nAnn Lee,,client,a@x.org\nA. Lee,,partner,b@x.org\n"
    (book / "people.csv").write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError) as refused:
        merge(book, "Ann Lee", "A. Lee", options=TODAY)
    assert [problem.message for problem in refused.value.problems] == [
        "role is 'client' for 'Ann Lee', 'partner' for the other",
        "email is 'a@x.org' for 'Ann Lee', 'b@x.org' for the other",
    ]
    assert "--prefer first, or second" in str(refused.value)
    assert people(book) == text
    change = merge(book, "Ann Lee", "A. Lee", options=TODAY, prefer="second")
    assert people(book).splitlines()[1] == "Ann Lee,A. Lee,partner,b@x.org"
    assert change.notes == ["Left out: role 'client'.", "Left out: email 'a@x.org'."]


@pytest.mark.parametrize(
    ("first", "second", "line"),
    [("Ann Lee", "Bo Park", 3), ("Bo Park", "Ann Lee", 3), ("Cy Dunn", "A. Lee", 4)],
)
def test_two_who_stand_in_one_referral_are_two_people(declared, first, second, line):
    with pytest.raises(LedgerError, match="stand in one referral") as refused:
        merge(declared, first, second, options=TODAY)
    assert [problem.line for problem in refused.value.problems] == [line]
    assert people(declared) == PEOPLE


def test_what_cannot_be_merged_is_said_and_nothing_is_written(declared):
    for words, error, said in (
        (("Ann Lee", "Ann Lee"), RefgraphError, "one person already"),
        (("Ann Lee", "Annie"), RefgraphError, "one person already"),
        (("Cy Dunn", "Annie"), RefgraphError, "is an alias of 'Ann Lee'"),
        (("Ann Lee", "Nobody"), UnknownPersonError, "No one called"),
        (("ann", "A. Lee"), UnknownPersonError, "No one called 'ann'"),
    ):
        with pytest.raises(error, match=said):
            merge(declared, *words, options=TODAY)
    with pytest.raises(RefgraphError, match="Nobody has the alias 'Zed'"):
        split(declared, "Zed", TODAY)
    with pytest.raises(RefgraphError, match="person of their own already"):
        split(declared, "Ann Lee", TODAY)
    with pytest.raises(LedgerError, match="single table"):
        merge(declared / "referrals.csv", "Ann Lee", "A. Lee")
    assert people(declared) == PEOPLE


def test_a_name_with_a_semicolon_can_be_kept_but_is_no_alias(tmp_path):
    rows = "date,giver,receiver\n2026-01-01,\"O'Neil; partner\",Bo\n2026-01-01,O'Neil,Cy\n"
    (tmp_path / "referrals.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(RefgraphError, match="semicolon"):
        merge(tmp_path, "O'Neil", "O'Neil; partner", options=TODAY)
    merge(tmp_path, "O'Neil; partner", "O'Neil", options=TODAY)
    assert {*read(tmp_path, TODAY).referrals.columns["giver"]} == {"O'Neil; partner"}


def test_a_dry_run_writes_nothing_and_says_the_same(declared):
    dry = merge(declared, "Ann Lee", "A. Lee", options=TODAY, dry_run=True)
    assert people(declared) == PEOPLE
    assert dry == merge(declared, "Ann Lee", "A. Lee", options=TODAY)
    written = people(declared)
    dry = split(declared, "A. Lee", TODAY, dry_run=True)
    assert people(declared) == written
    assert dry == split(declared, "A. Lee", TODAY)


def test_another_writer_is_waited_for_and_then_told_of(declared, monkeypatch):
    monkeypatch.setattr(replace, "locked", lambda folder, wait: locked(folder, wait=0))
    with locked(declared), pytest.raises(ConflictError, match="nothing was written"):
        merge(declared, "Ann Lee", "A. Lee", options=TODAY)
    assert people(declared) == PEOPLE


@given(st.lists(names().filter(lambda name: ";" not in name), min_size=3, max_size=3, unique=True))
def test_whatever_the_names_merging_and_splitting_gives_the_same_rows(tmp_path_factory, three):
    book = tmp_path_factory.mktemp("book")
    one, two, other = three
    rows = [["2026-01-01", one, other], ["2026-01-02", other, two]]
    write_rows(book / "referrals.csv", ["date", "giver", "receiver"], rows)
    before = read(book, TODAY).referrals
    merge(book, one, two, options=TODAY)
    merged = read(book, TODAY).referrals.columns
    assert (merged["giver"], merged["receiver"]) == ([one, other], [other, one])
    assert merged["id"] == before.columns["id"]
    split(book, two, TODAY)
    assert read(book, TODAY).referrals == before


def test_a_column_that_is_not_ours_may_hold_anything(book):
    text = "person,aliases,phone\nAnn Lee,,\x02 1\nA. Lee,,\x021\n"
    (book / "people.csv").write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError, match="phone is"):
        merge(book, "Ann Lee", "A. Lee", options=TODAY)
    change = merge(book, "Ann Lee", "A. Lee", options=TODAY, prefer="first")
    assert change.after == ["Ann Lee,A. Lee,\x02 1"]
