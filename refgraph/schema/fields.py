"""The fields of each file of a book, in the order of a new header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.schema.field import Field
from refgraph.schema.text import prose
from refgraph.schema.values import (
    CADENCES,
    HANDOFFS,
    KINDS,
    NO_CONTACT,
    ROLES,
    STATUSES,
    among,
    count,
    flag,
    level,
    names,
    perhaps,
    person,
    total,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ASSERTIONS", "FIELDS", "PEOPLE", "REFERRALS", "STATUS_CHANGES", "TOUCHES"]

_WHO = "a name, an alias, a part of a name, or me"
_LEVELS = [f"{number} {text}" for number, text in enumerate(HANDOFFS)]

#: referrals.csv
REFERRALS = (
    Field(
        "date",
        dtype="day",
        public=True,
        help="When it was given (YYYY-MM-DD); today if left out.",
        metavar="DATE",
        prompt="Date",
        explain="when it was given: YYYY-MM-DD",
        meaning="day of the referral",
    ),
    Field(
        "giver",
        names="member",
        required="the giver is not named",
        prompt="Giver",
        explain=f"who sends the business: {_WHO}",
    ),
    Field(
        "receiver",
        names="member",
        required="the receiver is not named",
        prompt="Receiver",
        explain=f"who gets the business: {_WHO}",
    ),
    Field(
        "prospect",
        perhaps(person, ""),
        names="anyone",
        help="Who was referred.",
        metavar="NAME",
        prompt="Prospect (may be blank)",
        explain="the person or the firm that was referred",
        meaning="who was referred",
    ),
    Field(
        "count",
        count,
        dtype="whole",
        check="counts",
        public=True,
        help="How many at once; 1 if left out.",
        metavar="NUMBER",
        meaning="referrals the row stands for",
    ),
    Field(
        "handoff",
        level("handoff", " · ".join(_LEVELS)),
        dtype="number",
        public=True,
        help="How the introduction was made, 0 to 5.",
        metavar="LEVEL",
        prompt="Handoff 0-5 (may be blank)",
        explain="; ".join(_LEVELS),
        meaning="how it was introduced: 0 told to call, to 5 introduced in person",
    ),
    Field(
        "status",
        perhaps(among("status", STATUSES), "given"),
        words=STATUSES,
        public=True,
        help="What became of it.",
        metavar="STATUS",
        meaning=f"the newest of: {', '.join(STATUSES)}",
    ),
    Field("status_date", dtype="day", public=True, explain="since when its status stands"),
    Field("value", dtype="amount", help="Money of the closed business: 1250.50.", metavar="AMOUNT"),
    Field("currency", help="Of the value: EUR."),
    Field(
        "note",
        prose,
        help="Anything worth keeping.",
        prompt="Note (may be blank)",
        explain="anything worth keeping",
        meaning="the row's note",
    ),
    Field(
        "id",
        names="key",
        help="A name for the row; made from its content if left out.",
        meaning="the row's identity",
    ),
    Field(
        "consent",
        flag("consent", blank=None),
        dtype="maybe",
        late=True,
        public=True,
        help="Whether the prospect agreed to be contacted.",
    ),
    Field("source", late=True, unused=True, help="How it came about."),
)

#: people.csv
PEOPLE = (
    Field(
        "person",
        names="member",
        required="the person is not named",
        explain="somebody of the book, each once",
    ),
    Field(
        "aliases",
        names,
        dtype="list",
        names="key",
        health=True,
        meaning="their other names, as people.csv lists them",
    ),
    Field(
        "role",
        perhaps(among("role", ROLES), ""),
        words=ROLES,
        public=True,
        explain="what they are to you; vendor and other are never owed or suggested",
        meaning=f"{', '.join(ROLES[:-1])} or {ROLES[-1]}",
    ),
    Field("profession", public=True, meaning="what they do"),
    Field("group", public=True, meaning="where you know each other from"),
    Field("offers", words, dtype="list", public=True, explain="what they do for others"),
    Field("needs", words, dtype="list", public=True, explain="what they look for"),
    Field("email", names="key", health=True, explain="where drafts are addressed"),
    Field(
        "cadence",
        perhaps(among("cadence", CADENCES), ""),
        words=CADENCES,
        public=True,
        explain="how often you mean to be in touch",
    ),
    *(
        Field(rating, level(rating), dtype="number", public=True, explain=f"0 to 5: {asked}")
        for rating, asked in (
            ("helpful", "do they help"),
            ("dependable", "can one rely on them"),
            ("follow_through", "do they do what they say"),
            ("track_record", "how well it went so far"),
        )
    ),
    Field(
        "do_not_refer",
        flag("do_not_refer", blank=False),
        dtype="flag",
        public=True,
        explain="yes: they are never suggested",
    ),
    Field("since", dtype="day", public=True, explain="since when you know them"),
    Field("note", prose, explain="anything worth keeping"),
)

#: touches.csv
TOUCHES = (
    Field(
        "date",
        dtype="day",
        required="a touch needs a date",
        public=True,
        help="When it was (YYYY-MM-DD); today if left out.",
        metavar="DATE",
    ),
    Field(
        "person",
        names="member",
        required="the person is not named",
        explain="whom it was with, or of whom it is",
    ),
    Field(
        "kind",
        among("kind", KINDS),
        words=KINDS,
        required=f"a touch needs a kind: {', '.join(KINDS)}",
        public=True,
        explain=f"what it was; no contact, but said of somebody: {', '.join(NO_CONTACT)}",
    ),
    Field(
        "personal",
        flag("personal", blank=None),
        dtype="maybe",
        public=True,
        help="Whether it was in person.",
    ),
    Field("note", prose, help="What it was about."),
    Field(
        "with",
        perhaps(person, ""),
        names="member",
        late=True,
        help="The second person: who was there, or was introduced.",
        metavar="NAME",
    ),
    Field(
        "about",
        names="key",
        points=True,
        late=True,
        help="The referral it is about: its id, or who was referred.",
        metavar="REFERRAL",
    ),
    Field(
        "until",
        dtype="day",
        ahead=True,
        late=True,
        public=True,
        help="Until when: of a snooze or a decision, or before when not to ask (YYYY-MM-DD).",
        metavar="DATE",
    ),
)

#: statuses.csv
STATUS_CHANGES = (
    Field(
        "date",
        dtype="day",
        required="a change of status needs a date",
        public=True,
        help="Since when (YYYY-MM-DD); today if left out.",
        metavar="DATE",
    ),
    Field(
        "id",
        names="key",
        points=True,
        required="a change of status needs the id of a referral",
        explain="which referral, by its id",
    ),
    Field(
        "status",
        among("status", STATUSES),
        words=STATUSES,
        required=f"a change of status needs one of: {', '.join(STATUSES)}",
        public=True,
        explain="what became of it; the newest stands, and the highest handoff",
    ),
    Field("note", prose, unused=True, help="What happened."),
    Field(
        "handoff",
        level("handoff", " · ".join(_LEVELS)),
        dtype="number",
        late=True,
        public=True,
        help="How the introduction was made since, 0 to 5, if that is more than before.",
        metavar="LEVEL",
    ),
)

#: assertions.csv
ASSERTIONS = (
    Field(
        "date",
        dtype="day",
        required="an assertion needs a date",
        public=True,
        explain="the last day that is counted",
    ),
    Field(
        "person",
        names="member",
        required="the person is not named",
        explain="whose own report it is",
    ),
    *(
        Field(end, total(end), dtype="number", public=True, explain=f"what they had {end} by then")
        for end in ("given", "received")
    ),
    Field("note", prose, explain="anything worth keeping"),
)

#: The fields of each file of a book. A file is written after those that it needs: a status
#: names a referral.
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "people": PEOPLE,
    "referrals": REFERRALS,
    "touches": TOUCHES,
    "statuses": STATUS_CHANGES,
    "assertions": ASSERTIONS,
}
