"""What is written down in a sample book, and how the casts are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "TODAY",
    "Book",
    "Habit",
    "Person",
    "Referral",
    "Touch",
    "parse_people",
    "parse_story",
    "split",
]

TODAY = date(2026, 10, 1)


@dataclass(frozen=True)
class Habit:
    """So many referrals between two days, or one in each month of them."""

    count: int
    start: date
    end: date
    monthly: bool = False


@dataclass(frozen=True)
class Person:
    """One line of a cast; ``out`` and ``back`` are the last two fields as written."""

    name: str
    alias: str
    role: str
    profession: str
    group: str
    needs: str
    out: str
    back: str


@dataclass(frozen=True)
class Referral:
    """One row of ``referrals.csv``, and the later changes of its status."""

    day: date
    giver: str
    receiver: str
    prospect: str = ""
    count: int = 1
    handoff: int | None = None
    status: str = ""
    status_day: date | None = None
    value: int | None = None
    currency: str = ""
    note: str = ""
    id: str = ""
    later: tuple[tuple[date, str, str], ...] = field(default=())


@dataclass(frozen=True)
class Touch:
    """One row of ``touches.csv``."""

    day: date
    person: str
    kind: str
    personal: str = ""
    note: str = ""
    about: str = ""


@dataclass(frozen=True)
class Book:
    """All that is written down of some people's months.

    ``met`` holds the day on which somebody became a client; ``seed`` draws what is left to chance.
    """

    settings: str
    people: list[Person]
    referrals: list[Referral]
    seed: int
    touches: list[Touch] = field(default_factory=list)
    met: Mapping[str, date] = field(default_factory=dict)


def parse_people(table: str) -> list[Person]:
    """Read a cast: ``= Group`` lines, and under each its people."""
    people = []
    group = ""
    for line in table.strip().splitlines():
        if line.startswith("="):
            group = line[1:].strip()
            continue
        name, role, profession, needs, out, back = (part.strip() for part in line.split("|"))
        name, _, alias = name.rstrip(")").partition(" (")
        people.append(Person(name, alias, role, profession, group, needs, out, back))
    return people


def parse_story(table: str) -> list[Referral]:
    """Read the referrals that are told one by one."""
    told = []
    for line in table.strip().splitlines():
        day, giver, receiver, prospect, handoff, status = line.split(" | ")
        told.append(
            Referral(
                date.fromisoformat(day),
                giver,
                receiver,
                prospect,
                handoff=int(handoff),
                status=status,
            )
        )
    return told


def split(words: str) -> list[str]:
    """Return the words of a ``;``-separated field."""
    return [word.strip() for word in words.split(";") if word.strip()]
