"""The columns of each file of a book, and what is said of them: derived from its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.schema.fields import (
    ASSERTIONS,
    FIELDS,
    PEOPLE,
    REFERRALS,
    STATUS_CHANGES,
    TOUCHES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from refgraph.schema.field import Dates, Field, Reader

__all__ = [
    "ASSERTIONS",
    "COLUMNS",
    "DATES",
    "FIELDS",
    "LATE",
    "MEMBERS",
    "NAMED",
    "PEOPLE",
    "REFERRALS",
    "STATUS_CHANGES",
    "TEXTS",
    "TOUCHES",
    "blanks_of",
    "columns_where",
    "field_of",
    "hidden_in_health",
    "names_where",
    "readers_of",
    "required_of",
]

<<<<<<< HEAD
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
    Field("status_date", dtype="day", public=True),
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
    Field("person", names="member", required="the person is not named"),
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
        meaning=f"{', '.join(ROLES[:-1])} or {ROLES[-1]}",
    ),
    Field("profession", public=True, meaning="what they do"),
    Field("group", public=True, meaning="where you know each other from"),
    Field("offers", words, dtype="list", public=True),
    Field("needs", words, dtype="list", public=True),
    Field("email", names="key", health=True),
    Field("cadence", perhaps(among("cadence", CADENCES), ""), words=CADENCES, public=True),
    *(
        Field(rating, level(rating), dtype="number", public=True)
        for rating in ("helpful", "dependable", "follow_through", "track_record")
    ),
    Field("do_not_refer", flag("do_not_refer", blank=False), dtype="flag", public=True),
    Field("since", dtype="day", public=True),
    Field("note", prose),
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
    Field("person", names="member", required="the person is not named"),
    Field(
        "kind",
        among("kind", KINDS),
        words=KINDS,
        required=f"a touch needs a kind: {', '.join(KINDS)}",
        public=True,
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
    Field("id", names="key", points=True, required="a change of status needs the id of a referral"),
    Field(
        "status",
        among("status", STATUSES),
        words=STATUSES,
        required=f"a change of status needs one of: {', '.join(STATUSES)}",
        public=True,
    ),
    Field("note", prose, help="What happened."),
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
    Field("date", dtype="day", required="an assertion needs a date", public=True),
    Field("person", names="member", required="the person is not named"),
    *(Field(end, total(end), dtype="number", public=True) for end in ("given", "received")),
    Field("note", prose),
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
=======
>>>>>>> main
#: The columns of each file that commands write, in the order of a new header.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    table: tuple(field.name for field in fields)
    for table, fields in FIELDS.items()
    if table != "assertions"
}


def names_where(fields: Iterable[Field], **said: object) -> tuple[str, ...]:
    """Name the columns of which all this is said.

    Examples
    --------
    >>> names_where(TOUCHES, is_text=True)
    ('person', 'note', 'with', 'about')
    """
    return tuple(
        field.name
        for field in fields
        if all(getattr(field, what) == wanted for what, wanted in said.items())
    )


def columns_where(**said: object) -> tuple[str, ...]:
    """Name the columns of any file of which all this is said, each once.

    Examples
    --------
    >>> columns_where(dtype="day")
    ('since', 'date', 'status_date', 'until')
    """
    return tuple(
        dict.fromkeys(name for fields in FIELDS.values() for name in names_where(fields, **said))
    )


#: The columns of each file that name a member of the book's network, and those that name anybody.
MEMBERS: Mapping[str, tuple[str, ...]] = {
    table: names_where(fields, names="member") for table, fields in FIELDS.items()
}
NAMED: Mapping[str, tuple[str, ...]] = {
    table: names_where(fields, is_name=True) for table, fields in FIELDS.items()
}
#: The columns that a file which was begun without them is given with their first value.
LATE: Mapping[str, tuple[str, ...]] = {
    table: names_where(fields, late=True) for table, fields in FIELDS.items()
}
#: Columns that hold a day up to today.
DATES = frozenset(columns_where(dtype="day", ahead=False))
#: Columns whose reader changes no tidy text (one line of printable ASCII, single blanks
#: inside it and none around it) that is not empty.
TEXTS = frozenset(columns_where(is_text=True))


def readers_of(table: str, dates: Dates, *, decimal_comma: bool = False) -> dict[str, Reader]:
    """Name the columns of a file of a book, each with its reader.

    Examples
    --------
    >>> from refgraph.schema.dates import iso_date
    >>> readers_of("touches", iso_date)["kind"]("e-mail")
    'email'
    """
    return {field.name: field.reader(dates, decimal_comma=decimal_comma) for field in FIELDS[table]}


def field_of(table: str, column: str) -> Field:
    """Give one field of a file of a book.

    Examples
    --------
    >>> field_of("touches", "kind").words[0]
    'thanks'
    """
    return next(field for field in FIELDS[table] if field.name == column)


def required_of(table: str) -> tuple[str, ...]:
    """Name the columns that a file of a book must have.

    Examples
    --------
    >>> required_of("touches")
    ('date', 'person', 'kind')
    """
    return tuple(field.name for field in FIELDS[table] if field.required)


def blanks_of(table: str) -> dict[str, Any]:
    """Say what a blank cell of each column means that may be blank.

    Examples
    --------
    >>> blanks_of("touches")
    {'personal': None, 'note': '', 'with': '', 'about': '', 'until': None}
    """
    readers = readers_of(table, lambda _: None)
    return {field.name: readers[field.name]("") for field in FIELDS[table] if not field.required}


def hidden_in_health(table: str) -> frozenset[str]:
    """Name the columns that a book of health shows of no row.

    Examples
    --------
    >>> sorted(hidden_in_health("statuses"))
    ['id', 'note']
    """
    return frozenset(names_where(FIELDS[table], in_health=False))
