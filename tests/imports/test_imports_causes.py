"""Problems of an import are told by their cause, and all of them can be written to a file."""

from __future__ import annotations

import csv
from itertools import product

from exports import write_book

from refgraph.errors import Problem
from refgraph.reading.files.causes import MOST_TOLD, by_cause

MANY = 22


def spoiled(tmp_path, rows=MANY):
    """Write a table with so many rows that name one person twice, and one that names nobody."""
    path = tmp_path / "tracker.csv"
    selves = "".join(f"2026-01-08,Ann Lee {at},Ann Lee {at}\n" for at in range(rows))
    path.write_text(f"date,giver,receiver\n2026-01-08,Bo,Cy\n{selves}2026-01-08,,Bo\n")
    return path


def test_problems_of_one_cause_are_told_once(run, tmp_path):
    book, file = write_book(tmp_path / "book"), spoiled(tmp_path)
    said = run("import", file, "-b", book, status=1).stderr
    assert said.count("cannot refer to themselves") == 1
    assert f"{file}: 22 rows, on lines 3 to 24: 'Ann Lee 0' cannot refer to themselves" in said
    assert said.count(" | 2026-01-08,Ann Lee ") == 3
    assert f"{file}:25: " in said
    assert "23 refused (see above)" in said


def test_problems_of_a_few_rows_are_told_as_they_are(run, tmp_path):
    book, file = write_book(tmp_path / "book"), spoiled(tmp_path, 3)
    said = run("import", file, "-b", book, status=1).stderr
    assert said.count("cannot refer to themselves") == 3


def test_every_problem_is_written_to_a_file(run, tmp_path):
    book, file = write_book(tmp_path / "book"), spoiled(tmp_path)
    all_of_them = tmp_path / "problems.csv"
    run("import", file, "-b", book, "--problems", all_of_them, status=1)
    with all_of_them.open(encoding="utf-8", newline="") as stream:
        rows = [*csv.DictReader(stream)]
    assert [int(row["line"]) for row in rows] == [*range(3, 26)]
    assert rows[0]["excerpt"] == "2026-01-08,Ann Lee 0,Ann Lee 0"


def test_a_book_of_many_problems_is_told_by_cause_too(run, tmp_path):
    said = run("report", spoiled(tmp_path, 4_000), status=1).stderr
    assert len(said.splitlines()) < 20
    assert "4,001 problems in 4,001 lines of " in said
    assert "4,000 rows, on lines 3 to 4002" not in said
    assert "4,000 rows, on lines 3 to 4,002: " in said


def test_many_causes_are_cut():
    words = ["".join(pair) for pair in product("abcdef", repeat=2)]
    problems = [Problem("r.csv", at, f"{word} is no name") for at, word in enumerate(words, 2)]
    told = by_cause(problems, "elsewhere")
    assert told == [*map(str, problems[:MOST_TOLD]), "and 16 problems more: elsewhere"]
