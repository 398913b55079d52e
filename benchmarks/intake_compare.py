"""A book beside what is true: whether it says the same, less, or another thing."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from intake_truth import STATUS

if TYPE_CHECKING:
    from pathlib import Path

    from intake_truth import Fact, Table

__all__ = ["compare"]

SILENT = ("", "given")


def name_key(name: str) -> str:
    """Spell a name as everybody else would."""
    name = " ".join(name.split()).casefold()
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and " " not in first.strip() else name


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a table of a book as it stands."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [{key: value or "" for key, value in row.items()} for row in csv.DictReader(stream)]


def closings_of(book: Path) -> dict[str, dict[str, str]]:
    """Give what `statuses.csv` says last of each referral, by its id."""
    if not rows_of(book / "statuses.csv"):
        return {}
    return {row["id"]: row for row in rows_of(book / "statuses.csv")}


def matched(fact: Fact, row: dict[str, str], table: Table) -> dict[str, bool]:
    """Say of each field whether a row of a book tells the fact."""
    day = f"{fact.day}" if fact.day else ""
    there = {
        "giver": name_key(fact.giver) == name_key(row["giver"]),
        "receiver": name_key(fact.receiver) == name_key(row["receiver"]),
        "count": int(row.get("count") or 1) == fact.count,
    }
    if "day" in table.compared:
        there["day"] = row["date"] == day
    if "prospect" in table.compared:
        names = {name_key(fact.prospect), name_key(fact.also or fact.prospect)}
        there["prospect"] = name_key(row.get("prospect", "")) in names
    if "status" in table.compared and fact.status:
        there["status"] = (row.get("status") or "given") in fact.status
    if "value" in table.compared and fact.value:
        value = Decimal(row["value"]) if row.get("value") else None
        there["value"] = value in fact.value
    return there


def lost(name: str, row: dict[str, str]) -> bool:
    """Tell whether a field says nothing, and not another thing."""
    column = {"day": "date"}.get(name, name)
    return row.get(column, "") in SILENT


def compare(book: Path, table: Table, told: str) -> tuple[str, tuple[str, ...]]:
    """Compare a book with what is true: right, part or wrong, and what is amiss."""
    rows = rows_of(book / "referrals.csv")
    later = closings_of(book)
    rows = [
        row | {k: v for k, v in later.get(row.get("id", ""), {}).items() if k == "status"}
        for row in rows
    ]
    amiss, loss = [], []
    facts = list(table.facts)
    scored = sorted(
        (
            (-sum(fits.values()), at, row_at)
            for row_at, row in enumerate(rows)
            for at, fact in enumerate(facts)
            if any((fits := matched(fact, row, table)).values())
        ),
    )
    of_row: dict[int, int] = {}
    for _, at, row_at in scored:
        if row_at not in of_row and at not in of_row.values():
            of_row[row_at] = at
    for row_at, row in enumerate(rows):
        if row_at not in of_row:
            amiss.append("invented")
            continue
        fact = facts[of_row[row_at]]
        for name, fits in matched(fact, row, table).items():
            if not fits and not (fact.optional and name not in ("giver", "receiver")):
                (loss if lost(name, row) else amiss).append(name)
    found = {*of_row.values()}
    missing = [fact for at, fact in enumerate(facts) if at not in found and not fact.optional]
    loss += ["missing"] * len(missing)
    amiss += people_amiss(book, table, rows)
    there = {name_key(row["person"]) for row in rows_of(book / "people.csv")}
    loss += ["person" for name in table.wanted if name_key(name) not in there]
    loss += touches_lost(book, table)
    silent = [name for name in loss if not named(name, table, told)]
    if amiss or silent:
        return "wrong", tuple(amiss + [f"{name} (no word)" for name in silent])
    return ("part" if loss else "right"), tuple(loss)


def people_amiss(book: Path, table: Table, rows: list[dict[str, str]]) -> list[str]:
    """Name those of a book who are nobody, and those who are two."""
    names = {row[side] for row in rows for side in ("giver", "receiver")}
    names |= {row["person"] for row in rows_of(book / "people.csv")}
    known = {
        name_key(name)
        for fact in table.facts
        for name in (fact.giver, fact.receiver, fact.prospect, fact.also)
    }
    known |= {name_key(name) for name in (*table.people, *table.wanted, table.me or "")}
    optional = {name_key(fact.giver) for fact in table.facts if fact.optional}
    wrong = ["nobody" for name in names if name_key(name) not in known | optional]
    twice = len(names) - len({name_key(name) for name in names})
    return wrong + ["one as two"] * twice


def touches_lost(book: Path, table: Table) -> list[str]:
    """Count the one-to-ones that are not in the book."""
    there = sum(row.get("kind") == "one-to-one" for row in rows_of(book / "touches.csv"))
    return ["one-to-one"] * max(0, table.meetings - there)


WORDS = {
    "day": r"\b(undated|no date|dates? of)",
    "status": r"\b(status|outcome)\b",
    "value": r"\b(value|amount)s?\b",
    "one-to-one": "one.to.one",
    "count": r"\b(count|number)\b",
    "person": r"\b(people|person)\b",
}


def bare(text: str) -> str:
    """Leave nothing of a text but its letters and digits."""
    return "".join(filter(str.isalnum, text.casefold()))


def headers_of(name: str, table: Table) -> list[str]:
    """Name the columns in which a field stands."""
    cells = {
        "day": [fact.day for fact in table.facts],
        "prospect": [fact.prospect for fact in table.facts],
    }.get(name)
    if cells is not None:
        return [
            header
            for header, column in table.columns.items()
            if {*cells} <= {*map(str, column), *column}
        ]
    if name == "value":
        return [
            h for h, column in table.columns.items() if any(isinstance(c, Decimal) for c in column)
        ]
    return (
        [h for h, column in table.columns.items() if {*column} <= {*STATUS}]
        if name == "status"
        else []
    )


def named(name: str, table: Table, told: str) -> bool:
    """Tell whether a message speaks of what is lost, or of the column in which it stands."""
    if name != "missing":
        plain = bare(told)
        spoken = any(bare(header) in plain for header in headers_of(name, table))
        return spoken or bool(re.search(WORDS.get(name, name), told, re.IGNORECASE))
    return bool(re.search(r"\b(row|line|left out|refused|problem|no place)|:\d+:", told))
