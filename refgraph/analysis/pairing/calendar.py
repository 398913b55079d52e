"""The meetings of each person as a calendar file (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from refgraph.analysis.pairing.pairings import Plan
    from refgraph.book.book import Book

__all__ = ["calendars", "file_names"]

_LONGEST = 75  # bytes of a line, its end left out
_NAMED = 40  # letters of a name in a file name


def calendars(book: Book, plan: Plan) -> Iterator[tuple[str, str]]:
    """Give, for each person who meets somebody, the name of a file and what stands in it.

    Parameters
    ----------
    book : Book
        Whose today is the day the calendars are made.
    plan : Plan
        The meetings; each is an event of the whole week, as the two choose the hour.

    Yields
    ------
    name, content : str
        By the names of the people.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.pairing.pairings import plan
    >>> book = Book.sample()
    >>> name, content = next(calendars(book, plan(book, weeks=1)))
    >>> content.splitlines()[0], content.count("BEGIN:VEVENT")
    ('BEGIN:VCALENDAR', 1)
    """
    meetings = plan.meetings
    people = sorted({*meetings["a"], *meetings["b"]})
    stamp = f"{book.today:%Y%m%d}T000000Z"
    for person, name in file_names(people).items():
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//refgraph//pairings//EN"]
        for a, b, why, day in meetings[["a", "b", "why", "date"]].itertuples(index=False):
            if person in (a, b):
                lines += _event((a, b), b if a == person else a, why, day.date(), stamp)
        yield name, "".join(f"{_fold(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def file_names(people: list[str], suffix: str = "ics") -> dict[str, str]:
    """Name a file for each person: a number, and what of their name any system can write.

    Examples
    --------
    >>> file_names(["Ann Lee", "=1+1"])
    {'Ann Lee': '1-ann-lee.ics', '=1+1': '2-1-1.ics'}
    >>> file_names(["सीमा"])["सीमा"]
    '1-सीमा.ics'
    """
    width = len(str(len(people)))
    found = {}
    for number, person in enumerate(people, 1):
        kept = "".join(letter if _is_kept(letter) else " " for letter in person.casefold())
        said = "-".join([f"{number:0{width}}", *kept[:_NAMED].split()])
        found[person] = f"{said}.{suffix}"
    return found


def _is_kept(letter: str) -> bool:
    """Tell whether a file name keeps a letter, or a mark that belongs to the one before."""
    return letter.isalnum() or category(letter).startswith("M")


def _event(pair: tuple[str, str], other: str, why: str, day: date, stamp: str) -> list[str]:
    identity = sha256("\n".join([*pair, str(day)]).encode()).hexdigest()
    return [
        "BEGIN:VEVENT",
        f"UID:{identity[:32]}@refgraph",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(weeks=1):%Y%m%d}",
        f"SUMMARY:{_escape(f'One-to-one with {other}')}",
        f"DESCRIPTION:{_escape(why)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escape(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _fold(line: str) -> str:
    """Break a line that is too long, between letters; each part but the first starts blank."""
    parts, size = [""], 0
    for letter in line:
        length = len(letter.encode())
        if size + length > _LONGEST:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += length
    return "\r\n".join(parts)
