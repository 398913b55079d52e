"""The list of people, the suggestions, and merging as a person at the keyboard sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ADVISER = Path(__file__).parents[2] / "data" / "adviser"
REFERRALS = (
    "date,giver,receiver,prospect\n"
    "2026-01-08,A. Lee,Bo Park,\n"
    "2026-02-08,Bo Park,Ann Lee,Dr Cy Dunn\n"
    "2026-03-01,=1+1,Cy Dunn,\n"
)
PEOPLE = (
    "person,aliases,role,profession,email\n"
    "Ann Lee,Annie,client,tax lawyer,ann@example.org\n"
    "Cy Dunn,,,,\nZoe Hart,,,,\n"
)


@pytest.fixture
def book(tmp_path):
    (tmp_path / "referrals.csv").write_text(REFERRALS, encoding="utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "refgraph.toml").write_text('today = "2026-06-30"\n', encoding="utf-8")
    return tmp_path


def rows(run, book, *options):
    return json.loads(run("people", book, *options, "-O", "json").stdout)


def test_everyone_is_listed_with_what_they_gave_and_received(run):
    listed = rows(run, ADVISER)
    balance = json.loads(run("balance", ADVISER, "-O", "json").stdout)
    assert {row["person"]: (row["given"], row["received"]) for row in listed} == {
        row["person"]: (row["given"], row["received"]) for row in balance
    }
    (dana,) = (row for row in listed if row["person"] == "Dana Whitfield")
    assert (dana["aliases"], dana["declared"]) == (["D. Whitfield"], True)


def test_first_and_last_are_those_of_referrals_and_touches_in_the_window(run, book):
    (book / "touches.csv").write_text("date,person,kind\n2026-05-01,Cy Dunn,call\n", "utf-8")
    (cy,) = (row for row in rows(run, book) if row["person"] == "Cy Dunn")
    assert (cy["first"], cy["last"], cy["touches"]) == ("2026-03-01", "2026-05-01", 1)
    (late,) = (row for row in rows(run, book, "--since", "2026-02-01") if row["person"] == "A. Lee")
    assert (late["given"], late["first"]) == (0, None)


def test_views_tell_apart_the_unused_the_undeclared_and_the_found(run, book):
    names = {
        option: [row["person"] for row in rows(run, book, *option.split())]
        for option in ("--unused", "--undeclared", "--find TAX", "--find annie", "--find =1")
    }
    assert names["--unused"] == ["Zoe Hart"]
    assert names["--undeclared"] == ["=1+1", "A. Lee", "Bo Park"]
    assert names["--find TAX"] == names["--find annie"] == ["Ann Lee"]
    assert names["--find =1"] == ["=1+1"]
    near = {row["person"]: (row["nearest"], row["why"]) for row in rows(run, book, "--undeclared")}
    assert near["A. Lee"] == ("Ann Lee", "an initial stands for a name")
    assert near["Bo Park"] == (None, None)


def test_suggestions_count_prospects_and_leave_out_who_stands_in_one_referral(run, book):
    pairs = [(row["person"], row["other"]) for row in rows(run, book, "--lookalikes")]
    assert pairs == [("Cy Dunn", "Dr Cy Dunn"), ("Ann Lee", "A. Lee")]
    with (book / "referrals.csv").open("a", encoding="utf-8") as stream:
        stream.write("2026-04-01,A. Lee,Ann Lee,\n")
    assert [row["other"] for row in rows(run, book, "--lookalikes")] == ["Dr Cy Dunn"]


def test_merging_says_what_changed_which_rows_and_how_to_undo_it(run, book):
    result = run("people", "merge", "Ann Lee", "A. Lee", "-b", book)
    assert result.stdout == ""
    assert result.stderr == (
        f"Changed {book}/people.csv:\n"
        "- Ann Lee,Annie,client,tax lawyer,ann@example.org\n"
        "+ Ann Lee,Annie; A. Lee,client,tax lawyer,ann@example.org\n"
        f"1 row of 'A. Lee' counts for 'Ann Lee': line 2 of {book}/referrals.csv.\n"
        f"Undo: refgraph undo -b {book}. Later: refgraph people split 'A. Lee' -b {book}\n"
    )
    assert [row["given"] for row in rows(run, book, "--find", "Ann Lee")] == [1]
    undone = run("people", "split", "A. Lee", "-b", book).stderr
    assert "1 row of 'A. Lee' counts for that name again" in undone
    assert (book / "people.csv").read_text(encoding="utf-8") == PEOPLE


def test_two_rows_that_became_one_can_be_put_back_from_what_was_said(run, book):
    said = run("people", "merge", "Zoe Hart", "Cy Dunn", "-b", book).stderr
    assert "- Zoe Hart,,,,\n- Cy Dunn,,,,\n+ Zoe Hart,Cy Dunn,,,\n" in said
    assert "then put back in" in said


def test_a_dry_run_and_a_refusal_write_nothing(run, book):
    assert (
        "Nothing was written"
        in run(*("people", "merge", "Ann Lee", "A. Lee", "-n", "-b", book)).stderr
    )
    refused = run("people", "merge", "Ann Lee", "Bo Park", "-b", book, status=1).stderr
    assert "referrals.csv:3: 'Ann Lee' and 'Bo Park' stand in one referral" in refused
    assert (
        "No one called 'ann'"
        in run(*("people", "merge", "ann", "A. Lee", "-b", book), status=1).stderr
    )
    assert "Missing argument" in run("people", "merge", "Ann Lee", status=2).stderr
    assert (book / "people.csv").read_text(encoding="utf-8") == PEOPLE


@pytest.mark.parametrize("asked", [["--lookalikes"], ["--undeclared"], ["--find", "Lee"]])
def test_what_is_found_by_its_spelling_is_shown_by_its_initials(run, book, asked):
    plain, hidden = rows(run, book, *asked), rows(run, book, *asked, "--incognito")
    assert plain
    assert [list(row) for row in hidden] == [list(row) for row in plain]
    assert not {"Ann Lee", "Annie", "Bo Park", "A. Lee"} & set(map(str, hidden[0].values()))
    counts = ("given", "received", "score", "rows", "other_rows", "role")
    told = [{name: row.get(name) for name in counts} for row in plain]
    assert sorted(map(str, told)) == sorted(
        str({name: row.get(name) for name in counts}) for row in hidden
    )


def test_everyone_can_be_listed_incognito(run, book):
    said = run("people", book, "--incognito", "-O", "csv").stdout
    assert not [name for name in ("Lee", "Annie", "Park", "Hart") if name in said]


def test_a_book_without_a_referral_lists_who_is_declared(run, book):
    (book / "referrals.csv").write_text("date,giver,receiver\n", encoding="utf-8")
    assert [row["person"] for row in rows(run, book)] == ["Ann Lee", "Cy Dunn", "Zoe Hart"]
    assert run("people", book, "--lookalikes").stdout == "No two names look like one person.\n"
    (book / "people.csv").unlink()
    assert run("people", book).stdout == "Nobody here.\n"


def test_a_list_of_people_compares_nobody_where_the_profession_must_not(run, book):
    (book / "refgraph.toml").write_text('profile = "health"\n', encoding="utf-8")
    result = run("people", book, "-O", "json")
    assert "given" not in json.loads(result.stdout)[0]
    assert "health" in result.stderr


@pytest.mark.parametrize("view", ["--undeclared", "--unused", "--lookalikes"])
def test_under_health_every_view_of_people_has_an_answer(run, book, view):
    (book / "refgraph.toml").write_text('profile = "health"\n', encoding="utf-8")
    rows = json.loads(run("people", book, view, "-O", "json").stdout)
    assert rows
    assert not {"given", "received"} & set(rows[0])


def test_listing_and_suggesting_write_nothing(run, book):
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in book.iterdir()}
    for asked in ([], ["--lookalikes"], ["--undeclared"], ["--unused"], ["--find", "Ann"]):
        run("people", book, *asked)
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in book.iterdir()}
    assert after == before
