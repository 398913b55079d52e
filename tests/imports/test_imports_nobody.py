"""Words that name nobody are blank in a table of another program, and names where names are."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import names

from refgraph import Book
from refgraph.names.blank_words import _SAID, NOTHING, UNKNOWN, blank_word
from refgraph.names.spelling import bare

_MARKS = ["-", "--", "?", "???", "...", "*"]
_WORDS = [*_SAID, *_MARKS]


def _people(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["person"] for row in csv.DictReader(stream)}


def _written(book):
    with (book / "referrals.csv").open(encoding="utf-8", newline="") as stream:
        return [(row["giver"], row["receiver"]) for row in csv.DictReader(stream)]


def _table(*rows):
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


@pytest.mark.parametrize("column", ["Referred By", "Referred To"])
def test_no_word_for_nobody_becomes_a_person(tmp_path, run, column):
    """Every word of the seven languages, in capitals too, at both doors."""
    file, book = tmp_path / "log.csv", tmp_path / "book"
    words = [change(word) for word in _WORDS for change in (str, str.upper, str.title)]
    other = "Referred To" if column == "Referred By" else "Referred By"
    rows = [["2026-01-05", word, "Bo Park"] for word in words]
    sound = ["2026-01-06", "Ann Lee", "Bo Park"]
    file.write_text(_table(["Date", column, other], *rows, sound), encoding="utf-8")
    said = run("import", file, "-b", book, "--me", "Ida Stern", "--today", "2026-06-01").stderr
    assert f"{len(words):,} rows that name nobody" in said
    assert f"{len(words):,} left out (naming nobody)" in said
    pair = ("Ann Lee", "Bo Park") if column == "Referred By" else ("Bo Park", "Ann Lee")
    assert _written(book) == [pair]
    assert {"giver": pair[0], "receiver": pair[1]}.items() <= _only(Book.read(file))


def _only(book):
    (row,) = book.referrals.to_dict("records")
    return row.items()


@pytest.mark.parametrize("text", ["n/a", "Unbekannt", "-"])
def test_what_a_word_blanks_is_counted_by_its_column(tmp_path, run, text):
    file, book = tmp_path / "log.csv", tmp_path / "book"
    head = ["Date", "Referred By", "Referred To", "Client", "Fee"]
    row = ["2026-01-05", "Ann Lee", "Bo Park", "Okafor", "300"]
    rows = [[text if at == place else cell for at, cell in enumerate(row)] for place in (0, 3, 4)]
    file.write_text(_table(head, *rows), encoding="utf-8")
    said = run("import", file, "-b", book, "--today", "2026-06-01").stderr
    cells = ", ".join(f"1 cell of {name} ('{text}')" for name in ("date", "prospect", "value"))
    assert f"log.csv: taken as blank: {cells}\n" in said
    assert len(_written(book)) == 3
    assert text not in (book / "referrals.csv").read_text("utf-8").replace("2026-01-05", "")


def test_nothing_is_me_where_each_row_fills_one_side_and_unknown_is_not(tmp_path, run):
    file, book = tmp_path / "log.csv", tmp_path / "book"
    rows = [["Ann Lee", "n/a"], ["-", "Bo Park"], ["Cy Dunn", "none"], ["unknown", "Bo Park"]]
    rows[1:1] = [["", f"Di Orr {at}"] for at in range(20)]
    file.write_text(_table(["Referred By", "Referred To"], *rows), encoding="utf-8")
    said = run("import", file, "-b", book, "--me", "Ida Stern").stderr
    ida = "Ida Stern"
    assert _written(book) == [
        ("Ann Lee", ida),
        *((ida, f"Di Orr {at}") for at in range(20)),
        (ida, "Bo Park"),
        ("Cy Dunn", ida),
    ]
    assert "1 row that names nobody ('unknown') is left out: line 25" in said


def test_a_person_of_the_book_or_of_an_option_keeps_a_name_that_looks_like_none(tmp_path, run):
    """Names are data: who is declared, or named by an option, stays a person."""
    file = tmp_path / "log.csv"
    rows = [["Referred By", "Referred To"], ["NA", "Bo Park"], ["Ida Stern", "Cy Dunn"]]
    file.write_text(_table(*rows), encoding="utf-8")
    book = tmp_path / "book"
    assert "--new-person 'NA'" in run("import", file, "-b", book, "--me", "Ida Stern").stderr
    run("undo", "-b", book)
    run("import", file, "-b", book, "--me", "Ida Stern", "--new-person", "NA")
    assert _written(book) == [("NA", "Bo Park"), ("Ida Stern", "Cy Dunn")]
    declared = tmp_path / "declared"
    declared.mkdir()
    (declared / "referrals.csv").write_text("date,giver,receiver\n", encoding="utf-8")
    (declared / "people.csv").write_text("person\nNA\n", encoding="utf-8")
    run("import", file, "-b", declared)
    assert _written(declared)[0] == ("NA", "Bo Park")


@pytest.mark.parametrize("word", ["NA", "unknown", "None", "?"])
def test_a_table_with_our_own_header_is_read_as_it_is_written(tmp_path, run, word):
    file, book = tmp_path / "referrals.csv", tmp_path / "book"
    file.write_text(_table(["date", "giver", "receiver"], ["", word, "Bo"]), encoding="utf-8")
    run("import", file, "-b", book, "--me", "Ida Stern")
    assert _written(book) == [(word, "Bo")]
    assert ("giver", word) in _only(Book.read(file))


@given(names().filter(lambda name: bare(name) not in _SAID))
def test_a_name_that_is_no_such_word_is_one(name):
    assert (blank_word(name) == "") == (not name.strip() or any(map(str.isalnum, bare(name))))


@given(st.sampled_from(_WORDS), st.sampled_from(["Lee", "2", "Ann"]))
def test_a_word_beside_another_names_somebody(word, more):
    assert blank_word(word) in (NOTHING, UNKNOWN)
    assert blank_word(f"{word} {more}") == ""
