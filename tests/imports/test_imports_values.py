"""Of several columns of money the one that says what was earned is the value; else it is asked."""

from __future__ import annotations

import csv

import pytest

from refgraph import Book
from refgraph.errors import LedgerError

ME = "Dana Reed"
_FEES = ["Fee", "Referral Fee", "Commission", "GCI", "Income", "Honorar", "Provvigione"]
_OTHERS = ["Sale Price", "Price", "Deal Value", "Contract Value", "Amount", "Est. Value", "Prix"]


def _file(tmp_path, *titles):
    path = tmp_path / "log.csv"
    rows = [
        [f"2026-03-0{day}", "Ann Lee", "Okafor", *(100 * 10**at for at, _ in enumerate(titles))]
        for day in (1, 2)
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["Date", "Referred By", "Client", *titles], *rows])
    return path


def _values(book):
    with (book / "referrals.csv").open(encoding="utf-8", newline="") as stream:
        return {float(row["value"]) for row in csv.DictReader(stream)}


# each title beside two of the other kind
@pytest.mark.parametrize(
    ("fee", "other"),
    [*zip(_FEES, _OTHERS, strict=False), *zip(_FEES, _OTHERS[1:] + _OTHERS[:1], strict=False)],
)
def test_a_fee_is_the_value_wherever_it_stands_and_the_price_is_left_out(tmp_path, run, fee, other):
    for at, titles in enumerate([(fee, other), (other, fee)]):
        file, book = _file(tmp_path, *titles), tmp_path / f"book{at}"
        said = run("import", file, "-b", book, "--me", ME, "--today", "2026-06-01").stderr
        assert _values(book) == {100 * 10 ** titles.index(fee)}
        assert f"left out the column {other}: " in said


@pytest.mark.parametrize("titles", [("Amount", "Worth"), ("Revenue", "Closed Business")])
def test_two_columns_that_say_it_alike_are_asked_about_at_both_doors(tmp_path, run, titles):
    file, book = _file(tmp_path, *titles), tmp_path / "book"
    said = run("import", file, "-b", book, "--me", ME, status=1).stderr
    assert f"--columns 'value={titles[1]}'" in said
    assert not book.exists()
    with pytest.raises(LedgerError, match="may each say"):
        Book.read(file, me=ME)
    run("import", file, "-b", book, "--me", ME, "--columns", f"value={titles[1]}")
    assert _values(book) == {1000}
