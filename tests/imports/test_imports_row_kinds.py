"""A column that says what each row is decides which rows are referrals, at both doors."""

from __future__ import annotations

import csv
import itertools

import pytest

from refgraph import Book

ME = "Dana Reed"
_REFERRALS = ["Referral", "Inside referral", ""]
_OTHERS = ["1-2-1", "Visitor", "TYFCB", "thank you", "One to One", "CEU", "Gast"]
_SHAPES = {
    "ours": (["date", "giver", "receiver"], lambda row: row),
    "theirs": (["Date", "Referred By", "Referred To"], lambda row: row),
    "personal": (
        ["Date", "Contact", "In/Out"],
        lambda row: [row[0], *((row[2], "out") if row[1] == ME else (row[1], "in"))],
    ),
}


def _rows(words):
    days = (f"2026-03-{day:02}" for day in itertools.count(1))
    pairs = itertools.cycle([("Ann Lee", ME), (ME, "Bo Park")])
    return [[day, *pair, word] for day, pair, word in zip(days, pairs, words, strict=False)]


def _read(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return [*csv.DictReader(stream)]


@pytest.mark.parametrize("shape", _SHAPES)
@pytest.mark.parametrize("title", ["Type", "Activity", "Typ", "Zzz"])
def test_only_what_is_called_a_referral_is_one(tmp_path, run, shape, title):
    head, change = _SHAPES[shape]
    rows = _rows([*_REFERRALS, *_OTHERS])
    file, book = tmp_path / "log.csv", tmp_path / "book"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*head, title])
        writer.writerows([*change(row[:3]), row[3]] for row in rows)
    said = run("import", file, "-b", book, "--me", ME, "--today", "2026-06-01").stderr
    meant = [(row[0], row[1], row[2]) for row in rows if row[3] in _REFERRALS]
    found = [(row["date"], row["giver"], row["receiver"]) for row in _read(book / "referrals.csv")]
    assert found == meant
    kinds = [row["kind"] for row in _read(book / "touches.csv")]
    assert kinds.count("one-to-one") == 2
    assert "of the kind visitor" in said
    read = Book.read(file, me=ME, today="2026-06-01").referrals
    assert [*zip(read["giver"], read["receiver"], strict=True)] == [row[1:] for row in meant]


@pytest.mark.parametrize("words", [["Buyer", "Seller"], ["Dental", "Lead"], ["Warm", "Hot"]])
def test_a_column_of_other_words_decides_nothing(tmp_path, run, words):
    file, book = tmp_path / "log.csv", tmp_path / "book"
    rows = [["Date", "Referred By", "Referred To", "Type"], *_rows(words)]
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    said = run("import", file, "-b", book, "--me", ME, "--today", "2026-06-01").stderr
    assert len(_read(book / "referrals.csv")) == len(words)
    assert "left out the column Type" in said


def test_what_rows_are_is_asked_if_none_is_called_a_referral(tmp_path, run):
    file, book, rules = (tmp_path / name for name in ("log.csv", "book", "my.rules"))
    rows = [["Date", "From", "To", "Type"], *_rows(["Buyer", "Seller", "Visitor"])]
    file.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    said = run("import", file, "-b", book, "--me", ME, status=1).stderr
    assert "'Type' calls rows 'Visitor', and none a referral" in said
    rules.write_text(said.partition("what is none: ")[2].partition(";")[0], encoding="utf-8")
    run("import", file, "-b", book, "--me", ME, "--rules", rules)
    assert [row["date"] for row in _read(book / "referrals.csv")] == ["2026-03-01", "2026-03-02"]


def test_a_column_of_how_many_referrals_counts_them(tmp_path, run):
    file, book = tmp_path / "log.csv", tmp_path / "book"
    file.write_text(f"Date,From,To,# Referrals\n2026-03-01,Ann Lee,{ME},3\n", encoding="utf-8")
    run("import", file, "-b", book, "--me", ME)
    assert [row["count"] for row in _read(book / "referrals.csv")] == ["3"]
