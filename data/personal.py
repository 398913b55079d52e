"""The book of one person: what was given and received, and what others did meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import sqrt
from random import Random
from typing import TYPE_CHECKING

from cast import (
    ADVISER_LED,
    ADVISER_PEOPLE,
    ADVISER_STEPS,
    ADVISER_STORY,
    ADVISER_TOUCHES,
    DO_NOT_REFER,
    OFFERS,
    SAMPLE_PEOPLE,
    SAMPLE_STORY,
)
from life import close, draw, habit_days, invented_names, pick_day, thanks_and_news
from records import TODAY, Book, Person, Referral, Touch, parse_people, parse_story, split

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["adviser", "sample"]

LAST_DAY = date(2026, 9, 25)

# People whom much passes through, most of it to other groups than their own.
CONNECTORS = {"Rosa Delgado": 14.0, "Zoë O’Connor-Smith": 9.0, "Hiro Tanabe": 4.0}
WEIGHT_OF_ROLE = {"partner": 2.0, "client": 1.0, "other": 0.6, "prospect": 0.0, "": 0.3}

# How often each is thanked, where it is not the usual four times in five.
GRATITUDE = {"Marcus Bell": 0.45, "Oliver Grant": 0.5, "Alice Merton": 0.4}

ADVISER_SETTINGS = """\
me = "Dana Whitfield"
today = "2026-10-01"
looking_for = [
    "owners who want to sell their business within five years",
    "couples who retire next year",
    "families with a first child",
]
they_say = [
    "If I sold the firm, what would I live on?",
    "We have pensions from four employers and no idea what they come to.",
    "We ought to put something aside for the little one, but where?",
]
accepting = true

[synonyms]
bookkeeping = ["accounts"]
"house sale" = ["downsizing"]
websites = ["web design"]
wills = ["estate planning"]
"""

SAMPLE_SETTINGS = """\
me = "Robin Hale"
today = "2026-10-01"
looking_for = ["people who change jobs and have an old pension"]
they_say = ["I still have a pension somewhere from my last job."]
accepting = true

[synonyms]
bookkeeping = ["accounts"]
"""


@dataclass(frozen=True)
class Plan:
    """What one person's book needs besides its cast."""

    seed: int
    me: str
    start: date
    between_others: int
    settings: str
    settled: tuple[Touch, ...]


def adviser() -> Book:
    """Return two years of a financial adviser with some sixty people."""
    plan = Plan(
        seed=20261001,
        me="Dana Whitfield",
        start=date(2024, 10, 1),
        between_others=88,
        settings=ADVISER_SETTINGS,
        settled=(
            Touch(date(2025, 12, 4), "Oliver Grant", "settled", "yes", "spoke at his evening"),
            Touch(date(2026, 2, 12), "Helen Marsh", "settled", "yes", "no fit: niece abroad"),
            Touch(date(2026, 6, 18), "Marcus Bell", "settled", "yes", "hosted his tax seminar"),
        ),
    )
    return by_hand(personal_book(plan, parse_people(ADVISER_PEOPLE), parse_story(ADVISER_STORY)))


def by_hand(book: Book) -> Book:
    """Add what is written by hand: late changes of status, touches, and what asking led to."""
    steps = {prospect: (day, status, note) for day, prospect, status, note in cells(ADVISER_STEPS)}
    led = {(day, person): prospect for day, person, prospect in cells(ADVISER_LED)}
    referrals = list(book.referrals)
    for at, row in enumerate(referrals):
        if row.prospect in steps or row.prospect in led.values():
            told = row.later
            if row.prospect in steps:
                day, status, note = steps[row.prospect]
                told = (*told, (date.fromisoformat(day), status, note))
            referrals[at] = replace(row, id=row.id or f"r{at + 1:03d}", later=told)
    ids = {row.prospect: row.id for row in referrals if row.prospect}
    touches = [
        replace(touch, about=ids[led[str(touch.day), touch.person]])
        if touch.kind == "ask" and (str(touch.day), touch.person) in led
        else touch
        for touch in book.touches
    ]
    touches += [
        Touch(
            date.fromisoformat(day), person, kind, "" if kind == "they-thanked-me" else "yes", note
        )
        for day, person, kind, note in cells(ADVISER_TOUCHES)
    ]
    touches.sort(key=lambda touch: touch.day)
    return replace(book, referrals=referrals, touches=touches)


def cells(text: str) -> Iterator[list[str]]:
    """Yield the cells of each line of a table."""
    for line in text.strip().splitlines():
        yield [cell.strip() for cell in line.split("|")]


def sample() -> Book:
    """Return the small book that travels inside the package."""
    plan = Plan(
        seed=14,
        me="Robin Hale",
        start=date(2025, 10, 1),
        between_others=16,
        settings=SAMPLE_SETTINGS,
        settled=(Touch(date(2026, 4, 9), "Gloria Penn", "settled", "yes", "sat with her notary"),),
    )
    return personal_book(plan, parse_people(SAMPLE_PEOPLE), parse_story(SAMPLE_STORY))


def personal_book(plan: Plan, people: list[Person], story: list[Referral]) -> Book:
    """Live through one person's months and write down what happened."""
    rng = Random(plan.seed)
    names = invented_names(rng, [person.name for person in people])
    known = {told.prospect: told.day for told in story}
    professions = {person.name: person.profession for person in people}
    drafts = [
        *story,
        *received(rng, plan, people, names),
        *given(rng, plan, people, names, known),
        *between_others(rng, plan, people, names),
    ]
    drafts.sort(key=lambda draft: draft.day)
    closed = [close(rng, draft, professions[draft.receiver]) for draft in drafts]
    referrals = [
        follow_up(rng, referral, number, mine=plan.me in {referral.giver, referral.receiver})
        for number, referral in enumerate(closed, start=1)
    ]
    written = by_other_names(plan, people, referrals)
    touches = sorted(all_touches(rng, plan, people, referrals, known), key=lambda touch: touch.day)
    met = {
        row.prospect: row.status_day
        for row in referrals
        if row.receiver == plan.me and row.status == "won" and row.status_day
    }
    return Book(plan.settings, people, written, plan.seed, touches, met)


def received(
    rng: Random, plan: Plan, people: list[Person], names: Iterator[str]
) -> Iterator[Referral]:
    """Yield what each person's habit sends to me."""
    for person in people:
        for day in habit_days(rng, person.out, plan.start, LAST_DAY):
            yield Referral(day, person.name, plan.me, next(names) if rng.random() < 0.9 else "")


def given(
    rng: Random,
    plan: Plan,
    people: list[Person],
    names: Iterator[str],
    known: dict[str, date],
) -> Iterator[Referral]:
    """Yield what I send: where it can be a client who needs just that, else somebody new."""
    sent: list[tuple[str, str]] = []
    for person in people:
        offers = split(OFFERS.get(person.profession, ""))
        for day in habit_days(rng, person.back, plan.start, LAST_DAY):
            fitting = [
                other.name
                for other in people
                if other.role == "client"
                and other.name != person.name
                and known.get(other.name, plan.start) < day
                and (other.name, person.name) not in sent
                and any(need in offers for need in split(other.needs))
            ]
            prospect = rng.choice(fitting) if fitting and rng.random() < 0.35 else next(names)
            sent.append((prospect, person.name))
            yield Referral(day, plan.me, person.name, prospect)


def between_others(
    rng: Random, plan: Plan, people: list[Person], names: Iterator[str]
) -> Iterator[Referral]:
    """Yield what others send each other, as far as I hear of it."""
    others = [person for person in people if person.name not in (plan.me, *DO_NOT_REFER)]
    passed: list[tuple[str, str]] = []
    for _ in range(plan.between_others):
        giver = draw(rng, others, (activity(person) for person in others))
        receiver = draw(rng, others, [pull(giver, person, passed) for person in others])
        passed.append((giver.name, receiver.name))
        day = pick_day(rng, plan.start, LAST_DAY)
        prospect = next(names) if rng.random() < 0.7 else ""
        yield Referral(day, giver.name, receiver.name, prospect)


def pull(giver: Person, receiver: Person, passed: list[tuple[str, str]]) -> float:
    """Tell how likely a giver is to think of a receiver: one who is near, and who sent before."""
    if receiver == giver or not OFFERS.get(receiver.profession):
        return 0.0
    near = receiver.group == giver.group
    weight = 3.0 if near != (giver.name in CONNECTORS) else 1.0
    if (receiver.name, giver.name) in passed:
        weight *= 4.0
    return weight * sqrt(activity(receiver))


def activity(person: Person) -> float:
    """Tell how much somebody refers."""
    return CONNECTORS.get(person.name, WEIGHT_OF_ROLE[person.role])


def follow_up(rng: Random, referral: Referral, number: int, *, mine: bool) -> Referral:
    """Move the last step of some referrals to ``statuses.csv``; leave what others do vague."""
    if not mine:
        return replace(
            referral,
            handoff=referral.handoff if rng.random() < 0.5 else None,
            value=None,
            currency="",
        )
    end = referral.status_day
    if referral.status not in {"met", "lost"} or end is None or rng.random() < 0.4:
        return referral
    first = min(end, referral.day + timedelta(1 + rng.randrange(4)))
    middle = first + (end - first) // 2
    later = [(end, referral.status, rng.choice(("", "", "by phone", "they told me")))]
    if referral.status == "lost" and first < middle < end:
        later.insert(0, (middle, "met", ""))
    return replace(
        referral,
        status="contacted",
        status_day=first,
        id=f"r{number:03d}",
        later=tuple(later),
    )


def by_other_names(plan: Plan, people: list[Person], referrals: list[Referral]) -> list[Referral]:
    """Write some people now and then under an alias, as one does."""
    rng = Random(plan.seed + 1)
    aliases = {person.name: person.alias for person in people if person.name != plan.me}

    def written(name: str) -> str:
        alias = aliases.get(name)
        return alias if alias and rng.random() < 0.15 else name

    return [
        replace(row, giver=written(row.giver), receiver=written(row.receiver)) for row in referrals
    ]


def all_touches(
    rng: Random,
    plan: Plan,
    people: list[Person],
    referrals: list[Referral],
    known: dict[str, date],
) -> Iterator[Touch]:
    """Yield every contact that is not a referral."""
    yield from plan.settled
    for referral in referrals:
        if referral.receiver == plan.me:
            grateful = GRATITUDE.get(referral.giver, 0.8)
            yield from thanks_and_news(rng, referral, grateful)
        elif referral.giver == plan.me and referral.status == "won" and rng.random() < 0.35:
            yield from thanked_and_asked(rng, referral)
    for person in people:
        if person.name not in DO_NOT_REFER and person.role in {"client", "partner"}:
            yield from kept_in_mind(rng, known.get(person.name, plan.start), person)


def thanked_and_asked(rng: Random, referral: Referral) -> Iterator[Touch]:
    """Let the receiver thank me, and let me ask while it is fresh, more often than not."""
    day = min(TODAY, (referral.status_day or referral.day) + timedelta(1 + rng.randrange(6)))
    yield Touch(day, referral.receiver, "they-thanked-me")
    if rng.random() < 0.6:
        yield Touch(
            min(TODAY, day + timedelta(rng.randrange(4))),
            referral.receiver,
            "ask",
            "yes",
            "asked whom they know who sells a business",
        )


def kept_in_mind(rng: Random, start: date, person: Person) -> Iterator[Touch]:
    """Yield the calls, meetings and small things that keep us in mind of each other."""
    kinds = ("call", "meeting", "email", "endorsement", "introduction", "meeting", "call")
    for _ in range(rng.randrange(3)):
        kind = rng.choice(kinds)
        personal = "no" if kind == "email" and rng.random() < 0.5 else "yes"
        yield Touch(pick_day(rng, start, LAST_DAY), person.name, kind, personal)
    if person.role == "partner" and rng.random() < 0.3:
        yield Touch(date(2025, 12, 16), person.name, "gift", "yes", "a book and a card")
