"""The book of an earlier day, against files without what came later."""

from __future__ import annotations

import csv
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from refgraph import Book
from refgraph.analysis.comparing.earlier_book import book_on
from refgraph.analysis.comparing.state import state_of

DATA = Path(__file__).parents[2] / "data"


def cut(path, column, day):
    """Leave out the rows of a file that are dated after a day."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    at = head.index(column)
    kept = [row for row in rows if row[at] <= str(day)]
    if "status_date" in head:
        when, status = head.index("status_date"), head.index("status")
        for row in kept:
            if row[when] > str(day):
                row[when] = row[status] = ""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([head, *kept])


@pytest.mark.parametrize("name", ["adviser", "chapter"])
@pytest.mark.parametrize("day", [date(2025, 1, 31), date(2025, 9, 1), date(2026, 7, 1)])
def test_a_book_of_a_day_is_that_of_files_without_what_came_later(name, day, tmp_path):
    folder = shutil.copytree(DATA / name, tmp_path / "book")
    whole = Book.read(folder).window()
    ids = set(book_on(whole, day).history["id"])
    cut(folder / "referrals.csv", "date", day)
    cut(folder / "touches.csv", "date", day)
    if (folder / "statuses.csv").exists():
        with (folder / "statuses.csv").open(encoding="utf-8", newline="") as stream:
            head, *rows = csv.reader(stream)
        at = head.index("id")
        rows = [row for row in rows if row[at] in ids]
        with (folder / "statuses.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([head, *rows])
    cut(folder / "statuses.csv", "date", day)
    people = (folder / "people.csv").read_text(encoding="utf-8")
    told = re.sub(r",20\d\d-\d\d-\d\d,", ",,", people)  # since, which may be later
    (folder / "people.csv").write_text(told, encoding="utf-8")
    settings = (folder / "refgraph.toml").read_text(encoding="utf-8")
    told = settings.replace('today = "2026-10-01"', f'today = "{day}"')
    (folder / "refgraph.toml").write_text(told, encoding="utf-8")
    plain, then = Book.read(folder).window(), book_on(whole, day)
    columns = ["date", "giver", "receiver", "count", "status", "id"]
    assert plain.history[columns].equals(then.history[columns])
    assert plain.touches[["date", "person", "kind"]].equals(
        then.touches[["date", "person", "kind"]]
    )
    assert state_of(plain) == state_of(then)


def test_a_status_of_then_is_that_of_then(tmp_path):
    (tmp_path / "referrals.csv").write_text(
        "date,giver,receiver,status,status_date,id\n2026-01-05,Ann,Bo,contacted,2026-01-08,x\n"
    )
    (tmp_path / "statuses.csv").write_text(
        "date,id,status\n2026-03-01,x,won\n2026-02-01,x,met\n2026-01-06,x,lost\n"
    )
    (tmp_path / "refgraph.toml").write_text('today = "2026-06-01"\n')
    book = Book.read(tmp_path)
    days = {
        "2026-01-05": "given",
        "2026-01-07": "lost",
        "2026-01-08": "contacted",
        "2026-02-01": "met",
        "2026-02-28": "met",
        "2026-03-01": "won",
    }
    for day, status in days.items():
        assert book_on(book, date.fromisoformat(day)).history["status"].tolist() == [status]
