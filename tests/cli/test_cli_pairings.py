"""pairings: what it prints, the calendars, and the meetings that become rows of the book."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from refgraph import Book, pairings

DATA = Path(__file__).parents[2] / "data"
CHAPTER = DATA / "chapter"


@pytest.fixture
def chapter(tmp_path):
    return shutil.copytree(CHAPTER, tmp_path / "book")


def test_json_holds_each_meeting_and_the_footer_the_bound(run):
    rows = json.loads(run("pairings", CHAPTER, "--weeks", "2", "-O", "json").stdout)
    chosen = pairings.plan(Book.read(CHAPTER), weeks=2)
    assert [list(row)[:4] for row in rows] == [["week", "a", "b", "why"]] * 32
    assert [(row["a"], row["b"]) for row in rows] == [
        *zip(chosen.table["a"], chosen.table["b"], strict=True)
    ]
    said = run("pairings", CHAPTER, "--weeks", "2").stdout
    assert f"no plan is worth more than {chosen.bound:,}." in said


def test_who_is_away_is_named_with_or_without_weeks(run):
    absent = ("--absent", "gwen aldridge:2-3,5", "--absent", "Hugo Fairbanks")
    done = run("pairings", CHAPTER, "--weeks", "5", *absent, "-O", "json")
    weeks = {row["week"] for row in json.loads(done.stdout) if "Gwen Aldridge" in row.values()}
    assert weeks == {1, 4}
    assert "Hugo Fairbanks" not in done.stdout
    bad = run("pairings", CHAPTER, "--absent", "Hugo Fairbanks:3-2", status=2)
    assert "'3-2' is no week" in bad.stderr
    assert (
        "No one called 'Nobody'" in run("pairings", CHAPTER, "--absent", "Nobody", status=1).stderr
    )


def test_accepted_meetings_are_planned_touches_and_undone_at_once(run, chapter):
    before = {path.name: path.read_bytes() for path in chapter.iterdir()}
    told = run("pairings", chapter, "--weeks", "3", "--accept", "-O", "json")
    rows = json.loads(told.stdout)
    with (chapter / "touches.csv").open(encoding="utf-8", newline="") as stream:
        written = list(csv.DictReader(stream))
    assert [(row["person"], row["with"], row["until"], row["kind"]) for row in written] == [
        (row["a"], row["b"], row["date"], "one-to-one") for row in rows
    ]
    assert {row["date"] for row in written} == {"2026-10-01"}
    assert Book.read(chapter).contacts.empty
    run("check", chapter)
    met = {(row["a"], row["b"]) for row in rows}
    again = json.loads(run("pairings", chapter, "--weeks", "3", "-O", "json").stdout)
    assert not met & {(row["a"], row["b"]) for row in again}
    run("undo", "-b", chapter)
    kept = {path.name: path.read_bytes() for path in chapter.iterdir() if path.suffix != ".json"}
    assert {name: kept[name] for name in before} == before
    assert "touches.csv" not in kept


def test_in_a_book_with_a_me_the_touch_names_the_other(run, tmp_path):
    book = shutil.copytree(DATA / "adviser", tmp_path / "book")
    rows = json.loads(run("pairings", book, "--weeks", "1", "--accept", "-O", "json").stdout)
    me = Book.read(book).me
    (mine,) = [row for row in rows if me in (row["a"], row["b"])]
    other = ({mine["a"], mine["b"]} - {me}).pop()
    touches = Book.read(book).touches
    planned = touches[touches["until"].notna() & (touches["kind"] == "one-to-one")]
    assert me not in {*planned["person"], *planned["with"]}
    assert planned.loc[planned["person"] == other, "with"].tolist() == [""]
    assert len(planned) == sum(bool(row["b"]) for row in rows)


def test_nothing_is_accepted_under_initials(run, chapter):
    done = run("pairings", chapter, "--accept", "--incognito", status=2)
    assert "leave --incognito out" in done.stderr
    assert not (chapter / "touches.csv").exists()


def test_calendars_are_files_of_their_own_and_never_of_the_book(run, chapter, tmp_path):
    done = run("pairings", chapter, "--weeks", "2", "--ics", tmp_path / "out")
    files = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert (len(files), files[0]) == (32, "01-aisha-bello.ics")
    assert "Wrote 32 calendars" in done.stderr
    once = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    run("pairings", chapter, "--weeks", "2", "--ics", tmp_path / "out")
    assert once == {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}


def test_in_health_nothing_given_is_set_against_what_was_received(run, chapter):
    with (chapter / "refgraph.toml").open("a", encoding="utf-8") as stream:
        stream.write('profile = "health"\n')
    done = run("pairings", chapter, "--weeks", "2")
    assert "alone has referred" not in done.stdout
    assert "only" not in done.stdout
