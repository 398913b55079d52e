"""The sample books are the ones their script writes, and hold what they promise."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BOOKS = {
    "adviser": ROOT / "data" / "adviser",
    "chapter": ROOT / "data" / "chapter",
    "sample": ROOT / "refgraph" / "sample",
}
COLUMNS = {
    "referrals.csv": "date giver receiver prospect count handoff status status_date value currency"
    " note id",
    "statuses.csv": "date id status note",
    "people.csv": "person aliases role profession group offers needs email cadence helpful"
    " dependable follow_through track_record do_not_refer since note",
    "touches.csv": "date person kind personal note about",
}
STATUSES = ("given", "contacted", "met", "won", "lost")
KINDS = (
    "thanks",
    "call",
    "meeting",
    "email",
    "endorsement",
    "introduction",
    "gift",
    "ask",
    "they-thanked-me",
    "settled",
    "news",
    "value",
)


def rows(book, name):
    path = BOOKS[book] / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def settings(book):
    return tomllib.loads((BOOKS[book] / "refgraph.toml").read_text(encoding="utf-8"))


def referrals(book):
    """The referrals of a book with every alias resolved."""
    names = {
        alias: row["person"]
        for row in rows(book, "people.csv")
        for alias in row["aliases"].split(";")
        if alias
    }
    return [
        row | {side: names.get(row[side], row[side]) for side in ("giver", "receiver")}
        for row in rows(book, "referrals.csv")
    ]


def open_ages(book):
    """The age in days of every open referral, per giver: first in, first out."""
    me, today = settings(book)["me"], date.fromisoformat(settings(book)["today"])
    given = Counter(row["receiver"] for row in referrals(book) if row["giver"] == me)
    given.update(row["person"] for row in rows(book, "touches.csv") if row["kind"] == "settled")
    received = defaultdict(list)
    for row in sorted(referrals(book), key=lambda row: row["date"]):
        if row["receiver"] == me:
            received[row["giver"]].append((today - date.fromisoformat(row["date"])).days)
    return {giver: ages[given[giver] :] for giver, ages in received.items() if ages[given[giver] :]}


def test_the_script_writes_exactly_these_files():
    check = subprocess.run(
        [sys.executable, "data/make_books.py", "--check"],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "4711", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (check.returncode, check.stderr) == (0, "")


def test_the_script_refuses_an_unknown_option():
    command = [sys.executable, "-B", "data/make_books.py", "--chekc"]
    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "--check" in refused.stderr


@pytest.mark.parametrize("book", BOOKS)
def test_every_file_has_its_columns_and_ends_with_a_newline(book):
    for path in BOOKS[book].glob("*.csv"):
        text = path.read_bytes().decode("utf-8")
        assert text.endswith("\n")
        assert "\r" not in text
        assert unicodedata.is_normalized("NFC", text)
        head = text.splitlines()[0].split(",")
        columns = COLUMNS[path.name].split()
        if "about" not in head:  # which stands only where a touch is about a referral
            columns = [name for name in columns if name != "about"]
        assert head == columns
        assert all(None not in row and None not in row.values() for row in rows(book, path.name))


@pytest.mark.parametrize("book", BOOKS)
def test_no_date_is_in_the_future_and_rows_are_in_order(book):
    today = date.fromisoformat(settings(book)["today"])
    for name in COLUMNS:
        table = rows(book, name)
        for column in ("date", "status_date", "since"):
            days = [date.fromisoformat(row[column]) for row in table if row.get(column)]
            assert all(day <= today for day in days)
            assert column != "date" or days == sorted(days)
    for row in rows(book, "referrals.csv"):
        assert row["date"]
        assert not row["status_date"] or row["date"] <= row["status_date"]


@pytest.mark.parametrize("book", BOOKS)
def test_everybody_is_declared_and_nobody_refers_to_themselves(book):
    people = [row["person"] for row in rows(book, "people.csv")]
    assert len(set(people)) == len(people)
    for row in referrals(book):
        assert row["giver"] in people
        assert row["receiver"] in people
        assert len({row["giver"], row["receiver"], row["prospect"]}) == 3
    assert all(row["person"] in people for row in rows(book, "touches.csv"))
    emails = [row["email"] for row in rows(book, "people.csv") if row["email"]]
    assert all(email.endswith("@example.org") for email in emails)


@pytest.mark.parametrize("book", BOOKS)
def test_every_word_and_level_is_a_known_one(book):
    for row in rows(book, "referrals.csv"):
        assert row["status"] in STATUSES
        assert row["handoff"] in ("", *"012345")
        assert row["count"] in ("", "2", "3")
        assert bool(row["value"]) == bool(row["currency"])
        assert not row["value"] or (row["status"] == "won" and int(row["value"]) > 0)
    for row in rows(book, "people.csv"):
        assert row["role"] in ("client", "partner", "prospect", "other", "")
        assert row["cadence"] in ("monthly", "quarterly", "yearly", "none", "")
        assert row["do_not_refer"] in ("yes", "")
        for rating in ("helpful", "dependable", "follow_through", "track_record"):
            assert row[rating] in ("", *"012345")
    for row in rows(book, "touches.csv"):
        assert row["kind"] in KINDS
        assert row["kind"] != "settled" or row["note"]


@pytest.mark.parametrize("book", BOOKS)
def test_every_later_status_belongs_to_one_referral_and_follows_it(book):
    ids = [row["id"] for row in rows(book, "referrals.csv") if row["id"]]
    assert len(set(ids)) == len(ids)
    noted = {row["id"]: row["status_date"] for row in rows(book, "referrals.csv")}
    for row in rows(book, "statuses.csv"):
        assert row["id"] in ids
        assert row["status"] in STATUSES
        assert noted[row["id"]] <= row["date"]


def test_the_adviser_book_is_as_large_as_promised():
    people = rows("adviser", "people.csv")
    roles = Counter(row["role"] for row in people)
    assert len(people) == 60
    assert (roles["client"], roles["partner"], roles["prospect"]) == (28, 19, 6)
    assert 200 <= len(rows("adviser", "referrals.csv")) <= 260
    assert 130 <= len(rows("adviser", "touches.csv")) <= 170
    assert len(rows("adviser", "statuses.csv")) >= 20
    assert {row["currency"] for row in rows("adviser", "referrals.csv")} == {"", "EUR", "USD"}
    assert sum(row["do_not_refer"] == "yes" for row in people) == 2
    letters = "".join(row["person"] for row in people)
    scripts = {unicodedata.name(letter).split()[0] for letter in letters if letter.isalpha()}
    assert scripts == {"LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW", "CJK", "HANGUL"}


def test_the_adviser_owes_some_people_for_days_and_some_for_years():
    ages = open_ages("adviser")
    assert 8 <= len(ages) <= 14
    everything = [age for days in ages.values() for age in days]
    for least, most in ((0, 30), (31, 90), (91, 180), (181, 731)):
        assert any(least <= age <= most for age in everything)
    assert len(ages["Marcus Bell"]) == 6
    assert min(ages["Ingrid Solberg"]) > 270


def test_the_adviser_has_clients_with_nothing_from_them_and_partners_who_never_answered():
    me = settings("adviser")["me"]
    given = Counter(row["receiver"] for row in referrals("adviser") if row["giver"] == me)
    received = Counter(row["giver"] for row in referrals("adviser") if row["receiver"] == me)
    clients = [row["person"] for row in rows("adviser", "people.csv") if row["role"] == "client"]
    assert sum(given[client] == 0 for client in clients) >= 10
    assert (given["Gareth Pike"], received["Gareth Pike"]) == (6, 0)
    assert given["Patrick Doyle"] == received["Patrick Doyle"] == 5


def test_what_somebody_needs_somebody_else_offers():
    people = rows("adviser", "people.csv")
    offered = {word.strip() for row in people for word in row["offers"].split(";")}
    synonyms = {other for words in settings("adviser")["synonyms"].values() for other in words}
    needed = {word.strip() for row in people for word in row["needs"].split(";")} - {""}
    assert len(needed & offered) >= 20
    assert synonyms <= needed


def test_august_and_the_end_of_december_are_quiet():
    days = [date.fromisoformat(row["date"]) for row in rows("adviser", "referrals.csv")]
    months = Counter((day.year, day.month) for day in days)
    assert not any((day.month, day.day) >= (12, 20) for day in days)
    assert months[2025, 8] < months[2025, 6] / 3


def test_the_chapter_has_no_me_and_several_groups():
    table = referrals("chapter")
    assert set(settings("chapter")) == {"today"}
    assert len(rows("chapter", "people.csv")) == 32
    assert len({row["group"] for row in rows("chapter", "people.csv")}) == 6
    assert len(table) == 450
    assert any(row["count"] == "3" for row in table)
    given, received = (Counter(row[side] for row in table) for side in ("giver", "receiver"))
    assert given.most_common(1)[0][0] == "Gwen Aldridge"
    assert received["Jasper Thorne"] > 5 * given["Jasper Thorne"] > 0


def test_the_small_book_has_a_me_and_an_answer_to_every_first_question():
    assert settings("sample")["me"] == "Robin Hale"
    assert len(rows("sample", "people.csv")) == 14
    assert 40 <= len(rows("sample", "referrals.csv")) <= 50
    assert 3 <= len(open_ages("sample")) <= 6
