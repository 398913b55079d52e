"""A part of my own name, or us, is me where it fits nobody else; else who is meant is asked."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refgraph import Book
from refgraph.errors import LedgerError
from refgraph.imports.who.me_cells import shortens

ME = "Robert J. Hale"
_PARTS = ["Robert", "robert", "Bob", "Hale", "R. Hale", "Hale, R.", "RJH", "RH"]
_OURS = ["us", "We", "our office", "Wir", "nosotros", "me", "ich"]


def _file(tmp_path, *rows):
    path = tmp_path / "log.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["Date", "Referred By", "Referred To"], *rows])
    return path


def _pairs(book):
    with (book / "referrals.csv").open(encoding="utf-8", newline="") as stream:
        return [(row["giver"], row["receiver"]) for row in csv.DictReader(stream)]


@pytest.mark.parametrize("text", [*_PARTS, *_OURS, "Mr. Robert J. Hale"])
def test_a_part_of_my_name_that_fits_me_alone_is_me(tmp_path, run, text):
    rows = [["2026-01-05", text, "Ann Lee"], ["2026-01-06", "Bo Park", text]]
    file, book = _file(tmp_path, *rows), tmp_path / "book"
    said = run("import", file, "-b", book, "--me", ME).stderr
    assert _pairs(book) == [(ME, "Ann Lee"), ("Bo Park", ME)]
    assert f"2 cells say {text!r}: taken as {ME!r}" in said
    read = Book.read(file, me=ME).referrals
    assert [*zip(read["giver"], read["receiver"], strict=True)] == _pairs(book)


@pytest.mark.parametrize("text", _PARTS)
def test_a_part_of_my_name_that_fits_another_too_is_asked_at_both_doors(tmp_path, run, text):
    other = "Rolf J. Hale" if text in ("RJH", "RH") else "Robert Q. Hale"
    file = _file(tmp_path, ["2026-01-05", text, "Ann Lee"], ["2026-01-06", "Bo Park", other])
    book = tmp_path / "book"
    said = run("import", file, "-b", book, "--me", ME, status=1).stderr
    assert f"{text!r} may be {ME!r} or {other!r}" in said
    assert not book.exists()
    with pytest.raises(LedgerError, match="may be"):
        Book.read(file, me=ME)
    run("import", file, "-b", book, "--me", ME, "--rename", f"{text}={other}")
    assert _pairs(book) == [(other, "Ann Lee"), ("Bo Park", other)]
    run("undo", "-b", book)
    run("import", file, "-b", book, "--me", ME, "--new-person", text)
    assert _pairs(book)[0] == (text, "Ann Lee")


@pytest.mark.parametrize(("text", "other"), [("Bob", ME), ("Robin Hale", "Ann Lee")])
def test_who_referred_me_and_a_short_form_beside_a_surname_are_asked_about(
    tmp_path, run, text, other
):
    file = _file(tmp_path, ["2026-01-05", text, other])
    said = run("import", file, "-b", tmp_path / "book", "--me", ME, status=1).stderr
    assert f"{text!r} may be 'Robert J. Hale' or somebody else" in said


def test_who_is_called_so_in_the_book_or_in_a_table_of_ours_is_that_person(tmp_path, run):
    book = tmp_path / "book"
    book.mkdir()
    (book / "referrals.csv").write_text("date,giver,receiver\n", encoding="utf-8")
    (book / "people.csv").write_text("person\nBob\n", encoding="utf-8")
    run("import", _file(tmp_path, ["2026-01-05", "Bob", "Ann Lee"]), "-b", book, "--me", ME)
    assert _pairs(book) == [("Bob", "Ann Lee")]
    own = tmp_path / "referrals.csv"
    own.write_text(f"date,giver,receiver\n,Bob,Ann Lee\n,{ME},Ann Lee\n", encoding="utf-8")
    assert [*Book.read(own, me=ME).referrals["giver"]] == ["Bob", ME]


def test_us_without_a_name_asks_who_that_is(tmp_path, run):
    said = run("import", _file(tmp_path, ["", "us", "Bo"]), "-b", tmp_path / "b", status=1).stderr
    assert "'us' stands for a name, and nothing says who you are" in said


# some such words are degrees, like ChFC, which belong to no name
words = st.text("abcdefg", min_size=2, max_size=5).map(str.title)


@given(words, words, words)
def test_a_part_is_shorter_than_the_name_and_each_end_is_one(first, last, other):
    name = f"{first} {last}"
    assert not shortens(name, name)
    assert shortens(first, name)
    assert shortens(f"{first[0]}. {last}", name)
    assert not shortens(f"{name} {other}", name)
    assert not shortens(f"{first[0]}. {last[0]}.", name)


def test_from_and_to_name_me_and_nobody_alike_at_both_doors(tmp_path, run):
    file, book = tmp_path / "log.csv", tmp_path / "book"
    rows = ["Date,From,To", "2026-01-05,Ann Lee,us", "2026-01-06,unknown,Robert J. Hale"]
    rows += ["2026-01-07,Bob,Bo Park", "2026-01-08,ann lee,Mr. Robert J. Hale"]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    run("import", file, "-b", book, "--me", ME)
    assert _pairs(book) == [("Ann Lee", ME), (ME, "Bo Park"), ("Ann Lee", ME)]
    read = Book.read(file, me=ME).referrals
    assert [*zip(read["giver"], read["receiver"], strict=True)] == _pairs(book)
    file.write_text("\n".join([*rows, "2026-01-09,Bob Ray,Cy"]) + "\n", encoding="utf-8")
    with pytest.raises(LedgerError, match="'Bob' may be"):
        Book.read(file, me=ME)
