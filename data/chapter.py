"""The book of a networking chapter: a meeting each Thursday, and nobody's point of view."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from cast import CHAPTER_PEOPLE
from life import close, draw, invented_names, pick_day
from records import Book, Person, Referral, parse_people

__all__ = ["chapter"]

SEED = 32
FIRST_DAY = date(2025, 4, 3)
LAST_DAY = date(2026, 9, 24)
THURSDAY = 3
REFERRALS = 450
LEAD = "Gwen Aldridge"
SETTINGS = 'today = "2026-10-01"\n'

# Pairs that pass a good part of their business to each other.
CLOSE_PAIRS = (
    ("Hugo Fairbanks", "Nadia Rahimi"),
    ("Clive Norwood", "Ronan Keeley"),
    ("Arthur Penhale", "Jodie Marwood"),
    ("Charlotte Hume", "Maya Costello"),
    ("Tessa Wray", "Arthur Penhale"),
    ("Phoebe Langtry", "Matteo Riva"),
)


def chapter() -> Book:
    """Return eighteen months of a chapter of thirty-two."""
    rng = Random(SEED)
    people = parse_people(CHAPTER_PEOPLE)
    names = invented_names(rng, [person.name for person in people])
    drafts = []
    for _ in range(REFERRALS):
        giver, receiver = pair(rng, people)
        day = pick_day(rng, FIRST_DAY, LAST_DAY, meeting=THURSDAY)
        prospect = next(names) if rng.random() < 0.85 else ""
        drafts.append((Referral(day, giver.name, receiver.name, prospect), receiver.profession))
    drafts.sort(key=lambda draft: draft[0].day)
    referrals = [several(rng, close(rng, draft, profession)) for draft, profession in drafts]
    return Book(SETTINGS, people, referrals, SEED)


def pair(rng: Random, people: list[Person]) -> tuple[Person, Person]:
    """Draw who gives, and to whom: to their own group, or to a friend, rather than anywhere."""
    giver = draw(rng, people, (float(person.out) for person in people))
    return giver, draw(rng, people, [pull(giver, person) for person in people])


def pull(giver: Person, receiver: Person) -> float:
    """Tell how likely a giver is to think of a receiver; the lead thinks of every group alike."""
    if receiver == giver:
        return 0.0
    weight = float(receiver.back)
    if receiver.group == giver.group and giver.name != LEAD:
        weight *= 6.0
    if (giver.name, receiver.name) in CLOSE_PAIRS or (receiver.name, giver.name) in CLOSE_PAIRS:
        weight *= 4.0
    return weight


def several(rng: Random, referral: Referral) -> Referral:
    """Let some slips stand for two or three referrals, without a prospect's name."""
    if referral.prospect or rng.random() > 0.3:
        return referral
    return replace(referral, count=2 + rng.randrange(2))
