"""Two people of one name never become one, and one under two spellings never two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import refgraph

HEADER = "First Name,Last Name,Referred By,Date,Email\n"
TWO = (
    f"{HEADER}Mo,Reyes,Ida Stern,2026-01-02,mo@quill.example\n"
    "Mo,Reyes,Ida Stern,2026-02-02,mo@harbor.example\nIda,Stern,,,\n"
)
ME = ["--me", "Dana Reed", "--new-people"]


@pytest.fixture
def take(run, tmp_path):
    def importing(text, *more, status=0):
        file = tmp_path / "two.csv"
        file.write_text(text, encoding="utf-8")
        return run("import", file, "-b", tmp_path / "book", *ME, *more, status=status)

    return importing


def test_two_of_one_name_with_two_addresses_are_not_taken_as_one(take, tmp_path):
    told = take(TWO, status=1).stderr
    assert ":3: 'Mo Reyes' is on line 2 too, with another e-mail\n" in told
    assert not (tmp_path / "book").exists()


def test_with_partial_the_referral_of_the_second_is_not_booked_on_the_first(take, tmp_path):
    take(TWO, "--partial")
    book = refgraph.Book.read(tmp_path / "book")
    assert book.referrals["date"].dt.strftime("%Y-%m-%d").tolist() == ["2026-01-02"]
    assert book.people["email"]["Mo Reyes"] == "mo@quill.example"


def test_the_remedy_makes_them_two(take, tmp_path):
    told = take(TWO, status=1).stderr
    name = told.partition("such as '")[2].partition("'")[0]
    first, last = name.split(" ", 1)
    lines = TWO.splitlines(keepends=True)
    lines[2] = lines[2].replace("Mo,Reyes", f"{first},{last}")
    take("".join(lines))
    book = refgraph.Book.read(tmp_path / "book")
    assert {*book.referrals["prospect"]} == {"Mo Reyes", name}


@pytest.mark.parametrize("second", ["", "MO@quill.example", "mo@quill.example"])
def test_one_person_on_two_rows_is_one(take, tmp_path, second):
    take(f"{HEADER}Mo,Reyes,,,mo@quill.example\nMo,Reyes,Ida Stern,2026-02-02,{second}\n")
    assert "Mo Reyes" in refgraph.Book.read(tmp_path / "book").people.index


@given(st.permutations(["mo@a.example", "mo@b.example", ""]))
def test_whatever_their_order_no_two_addresses_share_a_name(mails):
    import tempfile
    from pathlib import Path

    from click.testing import CliRunner

    from refgraph.cli import main

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "x.csv")
        file.write_text(HEADER + "".join(f"Mo,Reyes,,,{mail}\n" for mail in mails))
        words = ["import", str(file), "-b", str(Path(folder, "book")), *ME]
        told = CliRunner().invoke(main, words)
    assert told.exit_code == 1
    assert told.output.count("with another e-mail") == 1


def test_a_referrer_is_found_without_the_initial_that_the_contact_has(take, tmp_path):
    take(f"{HEADER}Tom,Ober,Ida Stern,2026-01-02,\nIda B.,Stern,,,\n")
    assert refgraph.Book.read(tmp_path / "book").referrals["giver"].tolist() == ["Ida B. Stern"]


@pytest.mark.parametrize("label", ["Referred by", "REFERRED BY", "referred by "])
@pytest.mark.parametrize("field", ["Relation", "Custom Field"])
def test_a_relation_or_field_of_google_names_the_referrer(take, tmp_path, label, field):
    header = f"First Name,Last Name,Labels,Organization Name,{field} 1 - Label,{field} 1 - Value\n"
    take(f"{header}Tom,Ober,,,{label},Ida Stern\nIda,Stern,,,,\n")
    assert refgraph.Book.read(tmp_path / "book").referrals["giver"].tolist() == ["Ida Stern"]
