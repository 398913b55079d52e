"""Write the invented sample books, or check that the files on disk are the ones it writes."""

from __future__ import annotations

import csv
import io
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from cast import DO_NOT_REFER, OFFERS, PEOPLE_NOTES
from chapter import chapter
from personal import adviser, sample

if TYPE_CHECKING:
    from collections.abc import Iterable

    from records import Book, Person

__all__ = ["files", "main"]

ROOT = Path(__file__).resolve().parent.parent

REFERRAL_COLUMNS = (
    "date,giver,receiver,prospect,count,handoff,status,status_date,value,currency,note,id"
)
STATUS_COLUMNS = "date,id,status,note"
PEOPLE_COLUMNS = (
    "person,aliases,role,profession,group,offers,needs,email,cadence,"
    "helpful,dependable,follow_through,track_record,do_not_refer,since,note"
)
TOUCH_COLUMNS = "date,person,kind,personal,note"


def table(columns: str, rows: Iterable[Iterable[object]]) -> str:
    """Return rows as CSV text; what is None stays blank."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns.split(","))
    writer.writerows(rows)
    return text.getvalue()


def referral_table(book: Book) -> str:
    """Return ``referrals.csv``."""
    rows = (
        (
            row.day,
            row.giver,
            row.receiver,
            row.prospect,
            row.count if row.count > 1 else "",
            row.handoff,
            row.status,
            row.status_day,
            row.value,
            row.currency,
            row.note,
            row.id,
        )
        for row in book.referrals
    )
    return table(REFERRAL_COLUMNS, rows)


def status_table(book: Book) -> str:
    """Return ``statuses.csv``, in the order in which the changes became known."""
    changes = [
        (day, referral.id, status, note)
        for referral in book.referrals
        for day, status, note in referral.later
    ]
    changes.sort(key=lambda change: change[0])
    return table(STATUS_COLUMNS, changes)


def people_table(book: Book) -> str:
    """Return ``people.csv``."""
    rng = Random(book.seed)
    rows = [people_row(rng, person, book.met.get(person.name)) for person in book.people]
    return table(PEOPLE_COLUMNS, rows)


def people_row(rng: Random, person: Person, met: date | None) -> tuple[object, ...]:
    """Return one line of ``people.csv``; who came by referral is a client since that was won."""
    partner = person.role == "partner"
    unwanted = person.name in DO_NOT_REFER
    usual = rng.randrange(3)
    ratings = [max(0, min(5, 3 + usual + rng.randrange(-1, 2))) for _ in range(4)]
    since = date(2015, 1, 5) + timedelta(rng.randrange(3500))
    cadences = ("monthly", "quarterly", "quarterly") if partner else ("quarterly", "yearly", "none")
    cadence = rng.choice(cadences)
    if unwanted:
        ratings = [min(rating, 2) for rating in ratings]
    return (
        person.name,
        person.alias,
        person.role,
        person.profession,
        person.group,
        OFFERS.get(person.profession, ""),
        person.needs,
        f"{person.name.lower().replace(' ', '.')}@example.org" if person.name.isascii() else "",
        cadence if person.role in {"partner", "client"} else "",
        *(ratings if partner else ("", "", "", "")),
        "yes" if unwanted else "",
        met or since if person.role in {"partner", "client", "other"} else "",
        PEOPLE_NOTES.get(person.name, ""),
    )


def touch_table(book: Book) -> str:
    """Return ``touches.csv``."""
    rows = [(row.day, row.person, row.kind, row.personal, row.note) for row in book.touches]
    if not any(row.about for row in book.touches):
        return table(TOUCH_COLUMNS, rows)
    told = [(*row, touch.about) for row, touch in zip(rows, book.touches, strict=True)]
    return table(f"{TOUCH_COLUMNS},about", told)


def files() -> dict[Path, str]:
    """Return the text of every file of every sample book."""
    books = {
        ROOT / "data" / "adviser": adviser(),
        ROOT / "data" / "chapter": chapter(),
        ROOT / "refgraph" / "sample": sample(),
    }
    texts = {}
    for folder, book in books.items():
        texts[folder / "refgraph.toml"] = book.settings
        texts[folder / "referrals.csv"] = referral_table(book)
        texts[folder / "people.csv"] = people_table(book)
        if any(referral.later for referral in book.referrals):
            texts[folder / "statuses.csv"] = status_table(book)
        if book.touches:
            texts[folder / "touches.csv"] = touch_table(book)
    return texts


def main(arguments: list[str]) -> int:
    """Write the books; with ``--check``, only tell which files differ, and return 1 if any do."""
    if arguments not in ([], ["--check"]):
        print("usage: python data/make_books.py [--check]", file=sys.stderr)
        return 2
    differing = 0
    for path, text in files().items():
        if arguments:
            if not path.is_file() or path.read_bytes() != text.encode():
                print(f"differs: {path.relative_to(ROOT)}", file=sys.stderr)
                differing += 1
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
