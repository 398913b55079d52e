"""What changed since a day: by hand, as laws, and against files cut by hand."""

from __future__ import annotations

import csv
import json
import re
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TODAY, book_of, books

from refgraph import Book, changes
from refgraph.analysis.comparing.book_as_of import book_as_of
from refgraph.analysis.comparing.facts import facts_of, facts_of_report
from refgraph.errors import OptionError, RefgraphError, WithheldError

DATA = Path(__file__).parents[2] / "data"
DAYS = st.integers(0, 500).map(lambda days: TODAY - timedelta(days=days))


def ago(days):
    return TODAY - timedelta(days=days)


def said(table):
    return [tuple(row) for row in table[["kind", "person", "what", "before", "after"]].to_numpy()]


# ------------------------------------------------------------------------------ laws


@given(books() | books(me="A"), DAYS)
def test_a_book_against_itself_has_no_changes(book, day):
    assert changes.compare(book, book).empty
    assert changes.since(book, book.today).empty
    then = book_as_of(book, day)
    assert changes.compare(then, book_as_of(book, day)).empty
    assert changes.compare(facts_of(book), book).empty


@given(books() | books(me="A"), DAYS)
def test_changes_carried_out_on_what_was_give_what_is(book, day):
    then = book_as_of(book, day)
    found = changes.compare(then, book.window())
    assert changes.apply(facts_of(then), found) == facts_of(book.window())
    assert all(found["before"] != found["after"])
    assert not found.duplicated(["kind", "person", "what"]).any()
    assert found["kind"].isin(list(changes.KINDS)).all()


@given(books() | books(me="A"), DAYS)
def test_whatever_is_said_to_have_changed_has_rows(book, day):
    known = {*book.history["id"], *(f"touches:{line}" for line in book.touches["line"])}
    for rows in changes.since(book, day)["rows"]:
        assert rows
        assert set(rows) <= known


@given(books(), DAYS, DAYS)
def test_the_book_of_an_earlier_day_is_that_of_the_book_of_a_later_one(book, one, other):
    early, late = sorted((one, other))
    twice, once = book_as_of(book_as_of(book, late), early), book_as_of(book, early)
    assert twice.history.equals(once.history)
    assert twice.touches.equals(once.touches)


# ---------------------------------------------------------------------------- oracle


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
    ids = set(book_as_of(whole, day).history["id"])
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
    plain, then = Book.read(folder).window(), book_as_of(whole, day)
    columns = ["date", "giver", "receiver", "count", "status", "id"]
    assert plain.history[columns].equals(then.history[columns])
    assert plain.touches[["date", "person", "kind"]].equals(
        then.touches[["date", "person", "kind"]]
    )
    assert facts_of(plain) == facts_of(then)


# --------------------------------------------------------------------------- by hand


def test_each_kind_by_hand():
    rows = [
        (ago(200), "Ann", "Me", 1, {}),
        (ago(150), "Bo", "Me", 1, {"status": "won", "status_date": ago(10)}),
        (ago(50), "Cy", "Me", 1, {"status": "contacted", "status_date": ago(45)}),
        (ago(5), "Me", "Ann", 1, {}),
        (ago(4), "Dee", "Me", 2, {"status": "lost", "status_date": ago(3)}),
    ]
    touches = [(ago(30), "Bo", "thanks"), (ago(2), "Bo", "thanks"), (ago(60), "Bo", "call")]
    found = changes.since(book_of(rows, me="Me", touches=touches), ago(20))
    assert said(found) == [
        ("newly owed", "Dee", "Me", "", "2"),
        ("settled", "Ann", "Me", "1", ""),
        ("thanked", "Bo", "", "1", "2"),
        ("new referral", "Ann", "r3", "", "given"),
        ("won", "Bo", "r1", "given", "won"),
        ("lost", "Dee", "r4", "", "lost"),
        ("gone quiet", "Cy", "r2", "", "quiet"),
        ("heard of again", "Bo", "r1", "quiet", ""),
        ("new person", "Dee", "", "", "1"),
    ]
    behind = dict(zip(found["kind"], found["rows"], strict=True))
    assert behind["settled"] == ["r3"]
    assert behind["thanked"] == ["touches:3"]
    assert behind["new person"] == ["r4"]


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
        assert book_as_of(book, date.fromisoformat(day)).history["status"].tolist() == [status]


def test_against_a_report_what_it_shows_is_compared(run, tmp_path):
    run("report", DATA / "adviser", "-O", "json", "-o", tmp_path / "now.json")
    assert (
        "Nothing changed."
        in run("changes", DATA / "adviser", "--against", tmp_path / "now.json").stdout
    )
    whole = Book.read(DATA / "adviser")
    shown = json.loads(run("report", DATA / "adviser", "-O", "json").stdout)
    shown["owe"] = [row for row in shown["owe"] if row["person"] != "Rosa Delgado"]
    found = changes.compare(facts_of_report(shown), whole)
    assert {*found["kind"]} == {"newly owed"}
    assert found["rows"][0]


# --------------------------------------------------------------------------- failures


def test_what_cannot_be_compared_is_refused(run, tmp_path):
    book = book_of([(ago(9), "Ann", "Bo", 1, {})])
    with pytest.raises(OptionError, match="is after today"):
        changes.since(book, TODAY + timedelta(days=1))
    health = book.altered(settings=replace(book.settings, profile="health"))
    with pytest.raises(WithheldError):
        changes.since(health, ago(20))
    for report in ({}, {"book": {}}, {"book": {"me": None}, "owe": [3], "connectors": []}, []):
        with pytest.raises(RefgraphError, match="no report"):
            facts_of_report(report)
    (tmp_path / "no.json").write_text("{")
    told = run("changes", DATA / "adviser", "--against", tmp_path / "no.json", status=1)
    assert "is no report as refgraph report -O json writes it" in told.stderr
    assert "either --since-review" in run("changes", DATA / "adviser", status=2).stderr
