"""What a newcomer's tables lacked: each is read, or said with what decides it, at both doors."""

from __future__ import annotations

import pytest
from exports import take
from workload import calls

from refgraph import Book

ME = "Dana Reed"
CASES = {
    "a day that is none": ("Date,From,To\nsoon,Ann Lee,Dana Reed\n", "no referral has a day", 1),
    "other days": ("Close Date,From,To\n2026-03-01,Ann Lee,Dana Reed\n", "'date=Close Date'", 1),
    "a title": (
        "Date,From,To\n2026-03-01,Ann Lee,Dana Reed\n2026-03-02,Dr. Ann Lee,Dana Reed\n",
        "'Dr. Ann Lee' is 'Ann Lee'",
        2,
    ),
    "several people": (
        'Date,From,To\n2026-03-01,"Bob Fox, Cy Dunn",Dana Reed\n2026-03-02,Bob Fox,Dana Reed\n',
        "names several people in one cell",
        1,
    ),
    "a currency": ("Date,From,To,Fee\n2026-03-01,Ann Lee,Dana Reed,$20\n", "--currency USD", 1),
    "ticks": (
        "Date,Name,Gave,Got\n2026-03-01,Ann Lee,x,\n2026-03-02,Bob Fox,,x\n",
        "say which way each referral went",
        2,
    ),
    "months between": (
        "Date,From,To\nMarch 2026,,\n2026-03-01,Ann Lee,Dana Reed\n",
        "that says a time alone",
        1,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_said_and_read_alike_at_both_doors(tmp_path, case):
    text, said, rows = CASES[case]
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    plan = take(tmp_path / "book", path, me=ME)
    book = Book.read(path, ME, "2026-06-30")
    assert len(plan.rows["referrals"]) == len(book.referrals) == rows
    assert any(said in note for note in plan.notes)
    assert any(said in note for note in book.notes)


def test_twice_as_many_newcomers_take_twice_the_work(tmp_path):
    def work(people):
        path = tmp_path / f"{people}.csv"
        words = [
            f"{chr(65 + at % 26)}{'aeiou'[at % 5]}{chr(97 + at // 26)}" for at in range(people)
        ]
        rows = [f"2026-01-05,{word}on {word}er,{word}ix {word}ov\n" for word in words]
        path.write_text("Date,Referred by,Client\n" + "".join(rows), encoding="utf-8")
        return calls(lambda: take(tmp_path / f"book{people}", path, me=ME))

    work(10)  # what is imported when it is first needed
    assert work(200) < 2.5 * work(100)
