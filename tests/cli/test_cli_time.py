"""What one clock writes, every clock reads; a row of tomorrow counts as one of today."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from refgraph.schema.columns import DATES, FIELDS
from refgraph.schema.dates import latest_day

TODAY = date(2026, 6, 30)
FIXED = ("--today", str(TODAY))
FILES = {f"{table}.csv": [field.name for field in fields] for table, fields in FIELDS.items()}
DATED = [(name, column) for name, fields in FILES.items() for column in fields if column in DATES]
FILLED = {
    "date": "2026-06-01",
    "giver": "Ann",
    "receiver": "Bo",
    "person": "Ann",
    "kind": "call",
    "id": "a1",
    "status": "met",
    "given": "1",
}


def book_with(folder, file, column, day):
    """Write a book in which one cell of one file holds a day."""
    folder.mkdir(exist_ok=True)
    rows = {"referrals.csv": {"date": "2026-06-01", "giver": "Ann", "receiver": "Bo", "id": "a1"}}
    row = {name: FILLED.get(name, "") for name in FILES[file]} | {column: day}
    for name, values in (rows | {file: row}).items():
        text = f"{','.join(values)}\n{','.join(map(str, values.values()))}\n"
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_every_file_has_a_date():
    assert {file for file, _ in DATED} == {*FILES}


@pytest.mark.parametrize(("file", "column"), DATED)
def test_a_day_ahead_is_read_and_told_of_and_two_are_a_problem(tmp_path, run, file, column):
    for ahead, status in ((0, 0), (1, 0), (2, 1)):
        day = TODAY + timedelta(days=ahead)
        book = book_with(tmp_path / "book", file, column, day)
        result = run("check", book, *FIXED, status=status)
        assert (f"{day} is after today, {TODAY}" in result.stdout) == (ahead == 2)
        if file != "assertions.csv":  # it is read by check alone
            note = f"{file}: 1 row is dated after today, {TODAY}, and counts as today"
            assert (f"Note: {book}/{note}\n" in result.stderr) == (ahead == 1)
        if not status:
            assert result.stdout == ""


@pytest.mark.parametrize("half_hours", range(48))
def test_what_any_zone_writes_every_zone_reads(half_hours):
    """At any time of day, from 14 hours ahead of UTC to 12 behind it."""
    now = datetime(2026, 6, 30, tzinfo=UTC) + timedelta(minutes=30 * half_hours + 7)
    clocks = [now.astimezone(timezone(timedelta(hours=hours))) for hours in range(-12, 15)]
    ahead = max((latest_day(here.date(), here) - here.date()).days for here in clocks)
    assert ahead == (2 if 10 <= now.hour < 12 else 1)
    for here in clocks:
        for writer in clocks:
            assert writer.date() <= latest_day(here.date(), here)


def test_a_fixed_day_has_one_day_of_grace_whatever_the_clock_says():
    now = datetime(2026, 6, 30, 11, tzinfo=UTC)
    assert latest_day(date(2026, 1, 8), now) == date(2026, 1, 9)
    assert latest_day(date.max) == date.max


def in_zone(zone, *words):
    return subprocess.run(
        [sys.executable, "-m", "refgraph", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "TZ": zone},
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not read TZ so")
def test_what_add_touch_and_status_write_in_kiritimati_is_read_on_baker_island(tmp_path):
    book = tmp_path / "book"
    book.mkdir()
    (book / "referrals.csv").write_text("date,giver,receiver,id\n2026-01-08,Bo,Cy,a0\n", "utf-8")
    (book / "people.csv").write_text("person\nAnn\nBo\nCy\n", "utf-8")
    (book / "refgraph.toml").write_text('me = "Bo"\n', "utf-8")
    there, here = "Pacific/Kiritimati", "Etc/GMT+12"
    for words in (["add", "Ann", "Bo", "--id", "a1"], ["touch", "Ann", "call"]):
        done = in_zone(there, *words, "-b", book)
        assert done.returncode == 0, done.stderr
    done = in_zone(here, "status", "a1", "met", "-b", book)  # where it was not given yet
    assert done.returncode == 0, done.stderr
    assert "is now met" in done.stderr
    done = in_zone(here, "check", book)
    assert (done.returncode, done.stdout) == (0, "")
    ahead = [line for line in done.stderr.splitlines() if "counts as today" in line]
    assert len(ahead) == 3
    done = in_zone(here, "owe", book, "-O", "json")
    assert [row["days_open"] for row in json.loads(done.stdout)] == [0]


COMMANDS = (
    ["report", "-O", "json"],
    ["owe", "-O", "json"],
    ["balance", "-O", "json"],
    ["refer-first", "-O", "json"],
    ["returns", "-O", "json"],
    ["effect", "-O", "json"],
    ["bench", "-O", "json"],
    ["stats", "-O", "json"],
    ["people", "-O", "json"],
    ["introduce", "-O", "json"],
    ["evaluate", "-O", "json"],
)
ROWS = """date,giver,receiver,prospect,status,status_date,id
2026-01-08,Ann,Me,P1,given,,a1
2026-02-09,Me,Ann,P2,contacted,2026-03-01,a2
2026-03-10,Cy,Me,P3,given,,a3
{day},Di,Me,P4,given,{day},a4
{day},Me,Cy,P5,given,,a5
"""


@pytest.fixture(scope="module")
def two_books(tmp_path_factory):
    """Two books that differ in the day of some rows: today, and tomorrow."""
    books = []
    for day in (TODAY, TODAY + timedelta(days=1)):
        folder = tmp_path_factory.mktemp("time") / "book"
        folder.mkdir()
        (folder / "referrals.csv").write_text(ROWS.format(day=day), "utf-8")
        (folder / "touches.csv").write_text(
            f"date,person,kind\n{day},Ann,thanks\n2026-02-02,Cy,call\n", "utf-8"
        )
        (folder / "statuses.csv").write_text(f"date,id,status\n{day},a1,met\n", "utf-8")
        (folder / "people.csv").write_text(f"person,since\nAnn,{day}\nMe,\n", "utf-8")
        (folder / "refgraph.toml").write_text(f'me = "Me"\ntoday = {TODAY}\n', "utf-8")
        books.append(folder)
    return books


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_row_of_tomorrow_is_answered_as_one_of_today(two_books, run, monkeypatch, words):
    """So no age is negative, and nothing else differs."""
    answers = []
    for book in two_books:
        monkeypatch.chdir(book.parent)
        answers.append(run(*words, "-b", "book").stdout)
    assert answers[0] == answers[1]
    assert '"days_open": -' not in answers[0]


def test_what_is_added_a_day_ahead_is_told_of(run, tmp_path):
    book = book_with(tmp_path / "book", "touches.csv", "date", "2026-06-01")
    day = TODAY + timedelta(days=1)
    for words in (["add", "Ann", "Bo"], ["touch", "Ann", "call"], ["status", "a1", "won"]):
        late = ("--date", day + timedelta(days=1), "-b", book, *FIXED)
        assert f"is after today, {TODAY}" in run(*words, *late, status=1).stderr
        said = run(*words, "--date", day, "-b", book, *FIXED).stderr
        assert f"Note: {day} is after today, {TODAY}, and counts as today.\n" in said


def test_an_export_of_a_day_ahead_is_taken_in_once(run, tmp_path):
    book = book_with(tmp_path / "book", "touches.csv", "date", "2026-06-01")
    export = tmp_path / "x.csv"
    export.write_text("date,giver,receiver\n2026-07-01,Ann,Bo\n2026-07-01,Bo,Ann\n", "utf-8")
    said = run("import", export, "-b", book, *FIXED).stderr
    assert said.count("dates after today, 2026-06-30, count as today") == 1
    for today in ("2026-06-30", "2026-07-01", "2026-07-02"):
        assert (
            "0 new, 2 already there" in run("import", export, "-b", book, "--today", today).stderr
        )
