"""The chains at the command line: every view in every form, and what it says under it."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from pathlib import Path

import pytest
from elsewhere import printed_elsewhere

from refgraph import chains

DATA = Path(__file__).parents[2] / "data"
ADVISER, CHAPTER = DATA / "adviser", DATA / "chapter"
KEYS = {
    "--by root": [
        *("root", "currency", "started", "clients", "depth", "value", "won_value", "chain")
    ],
    "--by person": [
        *("person", "parent", "root", "depth", "children", "descendants", "date", "id")
    ],
    "--by giver": ["giver", "currency", "won", "valued", "value"],
    "--by client": ["client", "currency", "value", "depth", "chain"],
    "--essential": ["person", "currency", "clients", "value"],
    "--unknown": [
        *("date", "giver", "receiver", "prospect", "status", "why", "id", "file", "line"),
        "count",
    ],
}
ROWS = """date,giver,receiver,prospect,status,value,currency
2026-01-01,Ann,Me,Bo,won,1000,EUR
2026-02-01,Bo,Me,Cy,won,0.1,EUR
2026-03-01,Cy,Me,=1+1,won,,
2026-03-01,Ann,Me,,won,5,USD
"""


@pytest.fixture
def book(make_book, tmp_path):
    make_book(ROWS, people="person,role\nBo,client\nDi,client\n")
    return tmp_path / "book"


def rows_of(run, view, book=ADVISER, *options):
    return json.loads(run("chains", *view.split(), "-b", book, "-O", "json", *options).stdout)


@pytest.mark.parametrize("view", KEYS)
def test_json_has_exactly_these_keys_and_csv_these_columns(run, view):
    rows = rows_of(run, view)
    assert rows
    assert all(list(row) == KEYS[view] for row in rows)
    text = run("chains", ADVISER, *view.split(), "-O", "csv").stdout
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0] == KEYS[view]
    assert len(lines) == len(rows) + 1
    assert run("chains", ADVISER, *view.split()).stdout.split()[0] == KEYS[view][0]


def test_the_root_is_asked_about_if_nothing_else_is(run):
    assert run("chains", ADVISER).stdout == run("chains", ADVISER, "--by", "root").stdout


def test_the_chains_of_the_adviser_read_as_they_happened(run):
    text = run("chains", ADVISER).stdout
    assert "Rosa Delgado > Νίκος Παπαδόπουλος > Анна Соколова > 김민준\n" in text
    assert text.count("Rosa Delgado > ") == 1
    assert "Besides you, Rosa Delgado started most: 22 people, 13 of them clients.\n" in text
    assert "20 referrals won without a prospect" in text
    text = run("chains", ADVISER, "--by", "client").stdout
    assert "Elizabeth Moreau > Samuel Okafor > Priya Raman > Łukasz Zieliński\n" in text
    without = "Without Elizabeth Moreau or Ingrid Solberg, 7 clients would be missing for each."
    assert without in text


def test_money_is_exact_in_every_form(run, book):
    words = ["chains", book, "--me", "Me", "--today", "2026-06-30"]
    row = next(csv.DictReader(io.StringIO(run(*words, "-O", "csv").stdout)))
    assert [row["value"], row["won_value"]] == ["500.025", "1000.1"]
    (row,) = json.loads(run(*words, "-O", "json", "--decay", "1").stdout)
    assert [row["value"], row["won_value"]] == ["1000.1", "1000.1"]
    assert "500.02 " in run(*words).stdout
    assert "| 500.02 |" in run(*words, "-O", "md").stdout
    assert r"Ann \> Bo \> Cy \> =1+1" in run(*words, "-O", "md").stdout


def test_the_numbers_are_those_of_python(run, adviser):
    table = chains.by_root(adviser, decay="0.7", touch="last")
    rows = rows_of(run, "--by root", ADVISER, "--decay", "0.7", "--touch", "last")
    assert [row["root"] for row in rows] == table["root"].tolist()
    assert [row["value"] for row in rows] == [
        None if value is None else f"{value:f}" for value in table["value"]
    ]
    assert [row["why"] for row in rows_of(run, "--unknown")] == list(chains.unknown(adviser)["why"])


def test_each_view_says_what_it_found(run, book):
    def said(*view, words=("--me", "Me", "--today", "2026-06-30")):
        return run("chains", book, *view, *words).stdout

    assert "Ann started most: 3 people, all" not in said()
    assert "Ann started most: 3 people, 3 of them clients.\n" in said()
    assert "each step from the root counts 0.5 of what was won" in said()
    assert "each step" not in said("--decay", "1")
    assert "Of 4 people in chains, 3 were brought by a referral, and 3 brought somebody." in said(
        "--by", "person"
    )
    assert said("--by", "giver").endswith(
        "Won: EUR 1,000.10; USD 5. 1 of 4 won referrals has no value.\n"
    )
    assert said("--by", "client").endswith(
        "3 of 4 clients came through somebody; of the others it is not known. "
        "Without Ann, 3 clients would be missing (EUR 1,000.10).\n"
    )
    assert "an alias in people.csv" in said("--unknown")
    assert "whole record is used" in said("--last", "1m", words=("--today", "2026-03-02"))
    assert "whole record" not in said(
        *("--by", "giver", "--last", "1m"), words=("--today", "2026-03-02")
    )


def test_a_book_without_prospects_says_what_to_note(run, make_book, tmp_path):
    make_book("date,giver,receiver\n2026-01-01,Ann,Bo\n")
    words = ["chains", tmp_path / "book", "--today", "2026-06-30"]
    assert run(*words).stdout == (
        "No chain is known. Name in the column prospect who was referred.\n"
    )
    assert run(*words, "--unknown").stdout.startswith("Every referral that names somebody")
    assert run(*words, "--by", "giver").stdout == "No referral is marked as won.\n"
    mine = [*words, "--me", "Ann"]
    assert run(*mine, "--by", "client").stdout.startswith("No client is known")
    assert run(*mine, "--essential").stdout.startswith("No client is known")
    assert "--for PERSON" in run(*words, "--essential", status=1).stderr
    assert run(*words, "--by", "client", "--for", "Bo").stdout.startswith("No client is known")


def test_of_equals_all_are_named_and_a_long_chain_is_cut_in_its_middle(run, make_book, tmp_path):
    words = ["-b", tmp_path / "book", "--me", "Me", "--today", "2026-06-30"]
    people = "person,role\nBo,client\nDi,client\n"
    make_book(
        "date,giver,receiver,prospect\n2026-01-01,Ann,Me,Bo\n2026-01-01,Cy,Me,Di\n", people=people
    )
    assert "\nAnn and Cy started most, 1 person each.\n" in run("chains", *words).stdout
    said = run("chains", "--essential", *words).stdout
    assert said.endswith("\nWithout Ann or Cy, 1 client would be missing for each.\n")
    chain = "ABCDEFGHIJ"
    steps = [f"2026-01-{at:02},{one},Me,{two}" for at, (one, two) in enumerate(pairwise(chain), 1)]
    make_book("\n".join(["date,giver,receiver,prospect", *steps, ""]))
    text = run("chains", *words).stdout
    assert "      A > B > C > D > ... 2 more ... > G > H > I > J\n" in text
    make_book("\n".join(["date,giver,receiver,prospect", *steps[:-1], ""]))
    assert "      A > B > C > D > E > F > G > H > I\n" in run("chains", *words).stdout


def test_incognito_keeps_the_chains_of_people_and_names_nobody(run):
    text = run("chains", ADVISER, "--incognito").stdout
    assert "R.D.1 > Ν.Π.1 > А.С.1 > #2" in text
    assert "Prospects who are nobody else in the book are hidden here." in text
    rows = rows_of(run, "--by root", ADVISER, "--incognito")
    assert {row["value"] for row in rows} == {row["currency"] for row in rows} == {None}
    for view in KEYS:
        hidden = run("chains", ADVISER, *view.split(), "--incognito", "--all").stdout
        assert not any(name in hidden for name in ("Rosa", "Brightwell", "USD", "EUR"))


@pytest.mark.parametrize("view", KEYS)
def test_health_books_tell_of_no_prospects(run, book, view):
    (book / "refgraph.toml").write_text('profile = "health"\nme = "Me"\n', encoding="utf-8")
    result = run("chains", book, *view.split(), "--today", "2026-06-30", status=1)
    assert result.stdout == ""
    assert "profile is health" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["--by", "month"],
        ["--by", "root", "--unknown"],
        ["--essential", "--unknown"],
        ["--decay", "0"],
        ["--decay", "1.01"],
        ["--decay", "nan"],
        ["--decay", "half"],
        ["--by", "giver", "--decay", "1"],
        ["--by", "giver", "--touch", "last"],
        ["--touch", "middle"],
        ["--for", "Rosa Delgado"],
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_is_refused_with_a_sentence(run, words):
    result = run("chains", ADVISER, *words, status=2)
    assert "Error: " in result.stderr
    assert not result.stdout


def test_the_same_bytes_whatever_the_hash_seed(asked):
    words = ["chains", ADVISER, "--all", "--by", "person"]
    assert printed_elsewhere("-m", "refgraph", *words) == asked(*words)
