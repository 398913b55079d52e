"""What Hypothesis draws for the tests of every room."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from hypothesis import strategies as st

from refgraph import Book
from refgraph.reading import Record, Settings, Table
from refgraph.reading.files.formula_safe_csv import as_csv
from refgraph.reading.files.writer import cell
from refgraph.schema.columns import COLUMNS, blanks_of

__all__ = ["TODAY", "book_of", "books", "dated_rows", "names", "notes", "referral_rows"]
__all__ += ["write_rows"]

AWKWARD = [
    "NA",
    "null",
    "None",
    "nan",
    "007",
    "True",
    "1e3",
    "-",
    "=1+1",
    "@SUM(A1)",
    "+49 30",
    "Lee, Ann",
    'Bo "the roof" Park',
    "Cash $$ Money",
    r"$\frac{1}{2}$",
    "Ann [sales]",
    "[/x]",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "O'Neil; partner",
    "José",
    "می\u200cخواهم",
    "李雷",
    "👩\u200d👩\u200d👧",
    "a|b",
    "% off",
    "#1",
    "{name}",
    "ann",
    "Ann",
]
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"])


def _canonical(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _legal(name: str) -> bool:
    return not _FORBIDDEN.search(name) and any(
        unicodedata.category(letter)[0] in "LNPS" and letter not in "\u115f\u1160\u2800\u3164\uffa0"
        for letter in name
    )


def names() -> st.SearchStrategy[str]:
    """Nasty names that are legal, in the one spelling the reader gives them."""
    drawn = st.text(_LETTERS, min_size=1, max_size=12).map(_canonical).filter(_legal)
    return st.sampled_from(AWKWARD).map(_canonical) | drawn


def notes() -> st.SearchStrategy[str]:
    """Free text as the reader keeps it: NFC, line breaks, no blanks around."""
    letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"])
    lines = st.lists(st.text(letters, max_size=15), max_size=3).map("\n".join)
    return lines.map(
        lambda text: unicodedata.normalize("NFC", _FORBIDDEN_IN_NOTE.sub("", text)).strip()
    )


_FORBIDDEN_IN_NOTE = re.compile("[\u202a-\u202e\u2066-\u2069]")


def referral_rows(
    *, min_size: int = 0, max_size: int = 20
) -> st.SearchStrategy[list[tuple[str, str, int]]]:
    """Lists of (giver, receiver, count) among a few people, never to oneself."""
    people = st.lists(names(), min_size=2, max_size=6, unique=True)

    def rows_among(known: list[str]) -> st.SearchStrategy[list[tuple[str, str, int]]]:
        pair = st.lists(st.sampled_from(known), min_size=2, max_size=2, unique=True)
        row = st.builds(lambda two, times: (two[0], two[1], times), pair, st.integers(1, 9))
        return st.lists(row, min_size=min_size, max_size=max_size)

    return people.flatmap(rows_among)


TODAY = date(2026, 6, 30)


def ago(days):
    """Give the day so many days before today."""
    return TODAY - timedelta(days=days)


def _table(table, rows):
    blank = blanks_of(table)
    filled = [blank | {"file": "r.csv", "line": at + 2} | row for at, row in enumerate(rows)]
    names = (*COLUMNS[table], "file", "line")
    return Table({name: [row.get(name, "") for row in filled] for name in names})


def book_of(rows, *, me=None, people=(), touches=(), today=TODAY) -> Book:
    """Make a book in memory from (date, giver, receiver, count, ...) and rows of keywords.

    ``people`` are dictionaries with ``person``; ``touches`` are (date, person, kind, ...).
    """
    referrals = [
        {"date": day, "giver": giver, "receiver": receiver, "count": count, "id": f"r{at}"}
        | (more[0] if more else {})
        for at, (day, giver, receiver, count, *more) in enumerate(rows)
    ]
    contacts = [
        {"date": day, "person": person, "kind": kind, "personal": None} | (more[0] if more else {})
        for day, person, kind, *more in touches
    ]
    record = Record(
        path="book",
        me=me,
        today=today,
        settings=Settings(me=me),
        referrals=_table("referrals", referrals),
        people=_table("people", people),
        touches=_table("touches", contacts),
        skipped=(),
        rows_read=len(referrals),
        notes=(),
    )
    return Book.of(record)


def dated_rows(*, max_size: int = 25, days: int = 400) -> st.SearchStrategy[list[tuple]]:
    """Rows (date or None, giver, receiver, count) among four people, often on one day."""
    pairs = [(a, b) for a in "ABCD" for b in "ABCD" if a != b]
    day = st.none() | st.integers(0, days).map(lambda back: TODAY - timedelta(days=back))
    row = st.builds(
        lambda when, pair, count: (when, *pair, count),
        day,
        st.sampled_from(pairs),
        st.integers(1, 4),
    )
    return st.lists(row, max_size=max_size)


def books(*, me: str | None = None) -> st.SearchStrategy[Book]:
    """Books of four people, with touches that settle some of what me owes."""
    kinds = st.sampled_from(["settled", "thanks", "call"])
    touch = st.tuples(st.just(TODAY), st.sampled_from("BCD"), kinds)
    return st.builds(
        lambda rows, touches: book_of(
            rows, me=me, touches=touches, people=[{"person": name} for name in "ABCD"]
        ),
        dated_rows(),
        st.lists(touch, max_size=4),
    )


def write_rows(path, header, rows):
    """Write a table as refgraph writes one, with the text of its values as it is."""
    cells = [dict(zip(header, map(cell, row), strict=True)) for row in rows]
    path.write_bytes(as_csv(header, cells, raw=True).encode("utf-8"))
