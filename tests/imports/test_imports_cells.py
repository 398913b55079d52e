"""Cells as people write them: Windows text, signs of money, other spellings, repeats."""

from __future__ import annotations

import string

import pytest
from exports import table, take, write_book
from hypothesis import given
from hypothesis import strategies as st

from refgraph.imports.cells.amounts import currency_in, settle_amounts
from refgraph.imports.cells.windows_text import is_windows_text
from refgraph.names.spelled_alike import one_spelling

LOG = "Date,Referred By,Referred To,Client\n"
NAMES = ("José Núñez", "Jörg Müller", "François Lefèvre", "Søren Ågård", "Inês Gonçalves")


@pytest.fixture
def book(tmp_path):
    return write_book(tmp_path / "book", me="Dana Reed")


def logged(tmp_path, *rows, encoding="utf-8"):
    path = tmp_path / "log.csv"
    path.write_bytes((LOG + "".join(f"{row}\n" for row in rows)).encode(encoding))
    return path


@pytest.mark.parametrize("name", NAMES)
def test_windows_text_is_read_and_said(tmp_path, book, name):
    plan = take(book, logged(tmp_path, f"2024-03-01,{name},Bo Park,Okafor", encoding="cp1252"))
    assert table(book, "referrals")[0]["giver"] == name
    assert any("read as Windows text (cp1252)" in note for note in plan.notes)


def holds(encoding, name):
    try:
        return bool(name.encode(encoding))
    except UnicodeEncodeError:
        return False


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        (name, encoding)
        for name in NAMES
        for encoding in ("utf-8", "utf-8-sig", "mac-roman", "cp437")
        if holds(encoding, name)
    ],
)
def test_text_of_another_encoding_is_not_taken_for_windows_text(name, encoding):
    assert not is_windows_text(name.encode(encoding))


@pytest.mark.parametrize(
    ("cells", "amounts"),
    [
        (["$24,200"], ["24200"]),
        (["£1,500", "£90"], ["1500", "90"]),
        (["1.500 €", "€ 2.000"], ["1500", "2000"]),
        (["USD 29,100"], ["29100"]),
        (["R$ 1.200,00"], ["1200.00"]),
        (["CHF 1'250.50"], ["1250.50"]),
        (["0.125", "3,5"], None),
    ],
)
def test_amounts_with_signs_are_read(cells, amounts):
    if amounts is None:
        with pytest.raises(ValueError, match="in two ways"):
            settle_amounts(cells)
        return
    read = settle_amounts(cells)
    assert [*map(read, cells)] == amounts


@given(st.integers(1, 10**9), st.sampled_from(["$", "£", "€", "USD ", "R$ "]), st.booleans())
def test_whole_money_with_a_sign_is_whole(amount, sign, is_european):
    text = f"{amount:,}"
    cell = sign + (text.replace(",", ".") if is_european else text)
    assert settle_amounts([cell])(cell) == str(amount)


def test_a_sign_of_one_currency_is_that_currency(tmp_path, book):
    path = tmp_path / "log.csv"
    path.write_text(
        "Date,Referred By,Referred To,Client,Status,Fee\n"
        '2024-03-01,Ann Lee,Bo Park,A,Closed,"£1,500"\n'
        "2024-03-02,Ann Lee,Bo Park,B,Closed,$900\n",
        encoding="utf-8",
    )
    take(book, path)
    rows = table(book, "referrals")
    assert [(row["value"], row.get("currency")) for row in rows] == [("1500", "GBP"), ("900", None)]
    assert currency_in("£5 or $6") == ""


def test_a_name_in_other_capitals_or_turned_is_the_same_person(tmp_path, book):
    rows = ["2024-03-01,ANN LEE,dana reed,A", "2024-03-02,Ann Lee,Bo Park,B"]
    plan = take(book, logged(tmp_path, *rows, '2024-03-03,"Lee, Ann",Bo  Park,C'))
    assert {row["giver"] for row in table(book, "referrals")} == {"Ann Lee"}
    assert {row["receiver"] for row in table(book, "referrals")} == {"Dana Reed", "Bo Park"}
    assert any("3 cells spell a name in another way" in note for note in plan.notes)


@given(st.lists(st.text(string.ascii_letters + " é", min_size=1).map(str.strip).filter(bool)))
def test_spellings_of_a_name_become_one_and_no_name_is_invented(names):
    times = {name: names.count(name) for name in names}
    best = one_spelling(times)
    assert best.keys() == times.keys()
    assert {*best.values()} <= {*names}
    assert all(best[person] == person for person in best.values())
    for name in names:
        if name.swapcase() in best:
            assert best[name] == best[name.swapcase()]


def test_a_row_that_repeats_in_full_is_taken_once_or_kept_when_one_says_so(tmp_path, book):
    rows = ["2024-03-01,Ann Lee,Bo Park,Okafor"] * 2 + ["2024-03-01,Ann Lee,Bo Park,Falk"]
    file = logged(tmp_path, *rows)
    plan = take(book, file)
    assert len(table(book, "referrals")) == 2
    assert any("line 3 as line 2" in note and "--repeats keep" in note for note in plan.notes)
    assert take(book, file).new == 0
    other = write_book(tmp_path / "other", me="Dana Reed")
    take(other, file, keeps_repeats=True)
    assert len(table(other, "referrals")) == 3


@pytest.mark.parametrize("row", [",Ann Lee,Bo Park,Okafor", "2024-03-01,Ann Lee,Bo Park,"])
def test_rows_that_do_not_say_which_referral_they_are_may_be_alike(tmp_path, book, row):
    take(book, logged(tmp_path, row, row))
    assert len(table(book, "referrals")) == 2
