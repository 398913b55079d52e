"""What a review wrote, beside what stands later: laws, an example, and files that are none."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from states import apply_changes
from strategies import TODAY, book_of, books

import refgraph
from refgraph import Book
from refgraph.analysis.comparing import snapshot_file
from refgraph.analysis.comparing.changes import compare_with, state_changes
from refgraph.analysis.comparing.earlier_book import book_on
from refgraph.analysis.comparing.snapshot import snapshot_of
from refgraph.errors import LedgerError, RefgraphError, WithheldError

BOOKS = st.one_of(books(me="A"), books())
DAYS = st.integers(0, 420).map(lambda back: TODAY - timedelta(days=back))


def through_a_file(then, folder):
    file = folder / "review.json"
    file.write_text(snapshot_file.as_text(then), encoding="utf-8")
    return snapshot_file.read_snapshot(file)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("then")


@given(book=BOOKS)
def test_a_review_beside_itself_has_no_change(book, folder):
    assert compare_with(through_a_file(snapshot_of(book), folder), book).table.empty


@given(first=BOOKS, second=BOOKS)
def test_the_changes_applied_to_what_was_shown_give_what_is(first, second, folder):
    then, now = through_a_file(snapshot_of(first), folder).state, snapshot_of(second).state
    assert apply_changes(then, state_changes(then, now)) == now


@given(book=BOOKS, day=DAYS, drop=st.integers(0, 3))
def test_whatever_changed_has_rows_though_rows_were_taken_out(book, day, drop, folder):
    """What was shown then also held rows that nobody finds any more."""
    then = through_a_file(snapshot_of(book_on(book, day)), folder)
    kept = book.altered(history=book.history.iloc[drop:].reset_index(drop=True))
    table = compare_with(then, kept).table
    assert {*table.loc[table["rows"] == 0, "change"]} <= {"gone quiet"}


def test_a_worked_example(folder):
    people = [{"person": "Annie Lee", "aliases": ("Ann Lee",)}]
    before = book_of(
        [(date(2026, 1, 5), "Ann Lee", "Me", 1), (date(2026, 1, 6), "Bo", "Me", 1)], me="Me"
    )
    after = book_of(
        [(date(2026, 1, 6), "Bo", "Me", 1), (date(2025, 12, 1), "Annie Lee", "Me", 2)],
        me="Me",
        people=people,
    )
    then = through_a_file(snapshot_of(before), folder)
    told = [
        (row.change, row.person, row.before, row.after)
        for row in compare_with(then, after).table.itertuples()
        if "rank" not in row.change
    ]
    assert ("owed more", "Annie Lee", 1, 2) in told
    assert {person for _, person, *_ in told} <= {"Annie Lee", "Me"}


def test_another_side_and_a_later_day_are_refused(adviser, chapter):
    then = snapshot_of(adviser)
    with pytest.raises(RefgraphError, match="is of Dana Whitfield, and this one of nobody's side"):
        compare_with(then, chapter)
    with pytest.raises(RefgraphError, match="is of 2026-10-01, after 2026-09-30"):
        compare_with(then, book_on(adviser, date(2026, 9, 30)))


def test_what_may_not_be_compared_is_not(adviser):
    from dataclasses import replace

    hidden = adviser.altered(settings=replace(adviser.settings, profile="health"))
    with pytest.raises(WithheldError):
        compare_with(snapshot_of(adviser), hidden)


@cache
def sample():
    """Give what a review of the sample writes."""
    return json.loads(snapshot_file.as_text(snapshot_of(Book.sample())))


def altered(**changes):
    """Give the file with other content, which a function makes of its first entries."""
    first = [sample()[name][0] for name in ("state", "referrals", "touches")]
    told = {name: value(*first) if callable(value) else value for name, value in changes.items()}
    return json.dumps(sample() | told)


HOSTILE = [
    ("", "it is not JSON"),
    ("\ud83d", "it is not UTF-8"),
    ("[" * 100_000, "it is not JSON"),
    ("[]", "it is other JSON"),
    ('{"refgraph": "network"}', "it is other JSON"),
    ('{"book": {}, "position": {}}', "it is a report"),
    ('{"refgraph": "review", "form": NaN}', "it holds NaN"),
    ('{"refgraph": "review", "form": 0}', "it was written by another version"),
    ('{"refgraph": "review", "form": 1}', "parts of it are missing"),
    ({"state": {}}, "parts of it are missing"),
    ({"more": 1}, "or are not its own"),
    ({"day": "2026-13-01"}, "its day is not"),
    ({"day": ""}, "its day is not"),
    ({"whose": 7}, "its whose is not"),
    ({"whose": "\x1b[31m"}, "its whose is not"),
    ({"state": lambda fact, row, touch: [fact, fact]}, "it says something twice"),
    ({"referrals": lambda fact, row, touch: [row, row]}, "it says something twice"),
    ({"state": [7]}, "entry 1 of state is not"),
    (
        {"state": lambda fact, row, touch: [fact, ["owed", "Ann", "", "", True]]},
        "entry 2 of state is not",
    ),
    ({"state": [["owed", "Ann", "", "", -1]]}, "entry 1 of state is not"),
    ({"state": [["owed", "\ud800", "", "", 1]]}, "entry 1 of state is not"),
    ({"state": [["status", "Ann", "Bo", "x", "gone"]]}, "entry 1 of state is not"),
    ({"state": [["status", "Ann", "Bo", "x", ["won"]]]}, "entry 1 of state is not"),
    ({"state": [["fame", "Ann", "", "", 1]]}, "entry 1 of state is not"),
    ({"referrals": lambda fact, row, touch: [row[:-1]]}, "entry 1 of referrals is not"),
    ({"referrals": lambda fact, row, touch: [["x", 5, *row[2:]]]}, "entry 1 of referrals is not"),
    (
        {"touches": lambda fact, row, touch: [touch, [*touch[:2], "hug", *touch[3:]]]},
        "entry 2 of touches is not",
    ),
    ({"touches": [{}]}, "entry 1 of touches is not"),
]


@pytest.mark.parametrize(("text", "said"), HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_review_is_told_in_a_sentence(text, said, tmp_path):
    file = tmp_path / "old.json"
    text = text if isinstance(text, str) else altered(**text)
    file.write_bytes(text.encode(errors="surrogatepass"))
    with pytest.raises(RefgraphError, match=said) as told:
        snapshot_file.read_snapshot(file)
    assert str(told.value).endswith("Name what refgraph review -o FILE.json wrote.")


def test_a_file_too_large_or_not_there_is_told(tmp_path, monkeypatch):
    with pytest.raises(LedgerError, match="no such file"):
        snapshot_file.read_snapshot(tmp_path)
    (tmp_path / "review.json").write_text("{}" * 100)
    monkeypatch.setattr(snapshot_file, "LARGEST", 100)
    with pytest.raises(LedgerError, match="200 bytes, more than 100"):
        snapshot_file.read_snapshot(tmp_path)


def test_a_review_is_compared_with_the_one_before(run, tmp_path):
    """By the commands: what was written, then a row more, then what changed, on the page too."""
    book = shutil.copytree(Path(refgraph.__file__).parent / "sample", tmp_path / "book")
    file, page = tmp_path / "then.json", tmp_path / "now.html"
    run("review", book, "-o", file)
    run("add", "-b", book, "Hiro Tanabe", "me", "--date", "2026-09-30")
    told = json.loads(run("changes", book, "--against", file, "-O", "json").stdout)
    kinds = {row["change"] for row in told}
    assert {"received", "owed more"} & kinds
    assert all(row["rows"] for row in told)
    shown = run("changes", book, "--against", file, "--incognito").stdout
    assert "Hiro" not in shown
    assert "Tanabe" not in shown
    run("review", book, "-o", page, "--against", file, "--sections", "changes")
    plain = re.sub("<[^>]+>", "", page.read_text("utf-8"))
    assert "is stronger since 2026-10-01" in plain
    run("review", book, "-o", tmp_path / "out", "--only", "json")
    here = run("changes", book, "--against", tmp_path / "out", "-O", "json").stdout
    assert here == "[]\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["changes"], "say since when: --since-review DATE, or --against FILE"),
        (["changes", "--since-review", "2026-01-01", "--against", "x"], "keep one"),
        (["review", "-o", "x.json", "--against", "x"], "go with a page"),
        (["review", "-o", "x", "--against", "x"], "go with a page"),
        (["review", "-o", "x.json", "--incognito"], "leave --incognito out"),
        (["review", "-o", "x.json", "--sections", "owed"], "holds all that stands"),
        (["review", "-o", "x.json", "--only", "csv"], "--only goes with a folder"),
    ],
)
def test_what_does_not_go_together_is_refused(run, words, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    book = Path(__file__).parents[2] / "data" / "adviser"
    assert said in " ".join(run(words[0], book, *words[1:], status=2).stderr.split())
    assert [*tmp_path.iterdir()] == []


@given(first=books(me="A"), second=books(me="A"))
def test_whatever_changed_has_rows_between_any_two_books(first, second, folder):
    table = compare_with(through_a_file(snapshot_of(first), folder), second).table
    assert {*table.loc[table["rows"] == 0, "change"]} <= {"gone quiet"}
