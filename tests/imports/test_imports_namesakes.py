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


def test_two_of_one_name_with_two_addresses_are_two(take, tmp_path):
    told = take(TWO).stderr
    assert "'Mo Reyes' of line 3 has another e-mail than the one of line 2" in told
    book = refgraph.Book.read(tmp_path / "book")
    assert [*book.referrals["prospect"]] == ["Mo Reyes", "Mo Reyes of harbor.example"]
    assert book.people["email"]["Mo Reyes"] == "mo@quill.example"
    assert book.people["email"]["Mo Reyes of harbor.example"] == "mo@harbor.example"


def test_importing_them_again_adds_nothing_whatever_their_order(take):
    take(TWO)
    header, one, two, ida = TWO.splitlines(keepends=True)
    for text in (TWO, header + two + one + ida, header + two + ida):
        assert "0 new" in take(text).stderr


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
        people = refgraph.Book.read(Path(folder, "book")).people["email"]
    assert told.output.count("has another e-mail") == 1
    assert len([name for name in people.index if name.startswith("Mo Reyes")]) == 2


def test_a_referrer_is_found_without_the_initial_that_the_contact_has(take, tmp_path):
    take(f"{HEADER}Tom,Ober,Ida Stern,2026-01-02,\nIda B.,Stern,,,\n")
    assert refgraph.Book.read(tmp_path / "book").referrals["giver"].tolist() == ["Ida B. Stern"]


@pytest.mark.parametrize("label", ["Referred by", "REFERRED BY", "referred by "])
@pytest.mark.parametrize("field", ["Relation", "Custom Field"])
def test_a_relation_or_field_of_google_names_the_referrer(take, tmp_path, label, field):
    header = f"First Name,Last Name,Labels,Organization Name,{field} 1 - Label,{field} 1 - Value\n"
    take(f"{header}Tom,Ober,,,{label},Ida Stern\nIda,Stern,,,,\n")
    assert refgraph.Book.read(tmp_path / "book").referrals["giver"].tolist() == ["Ida Stern"]
