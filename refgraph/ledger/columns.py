"""The columns of each file of a book, each with its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.schema.text import clean, prose
from refgraph.schema.values import (
    CADENCES,
    HANDOFFS,
    KINDS,
    ROLES,
    STATUSES,
    among,
    count,
    filled,
    flag,
    level,
    money,
    named,
    names,
    perhaps,
    person,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    Dates = Callable[[str], date | None]
    Fields = Mapping[str, Callable[[str], Any]]

__all__ = [
    "DATES",
    "HIDDEN",
    "TEXTS",
    "person_fields",
    "referral_fields",
    "status_fields",
    "touch_fields",
]

#: Columns that hold a day.
DATES = frozenset(("date", "status_date", "since"))
#: Columns that a book of health shows of no referral; the id is made from them.
HIDDEN = frozenset(("prospect", "value", "currency", "note", "id"))
#: Columns whose reader changes no tidy text (one line of printable ASCII, single blanks
#: inside it and none around it) that is not empty.
TEXTS = frozenset(("giver", "receiver", "person", "prospect", "currency", "note", "id"))


def referral_fields(dates: Dates, *, decimal_comma: bool = False) -> Fields:
    """Name the columns of referrals.csv, each with its reader."""
    meaning = " · ".join(f"{number} {text}" for number, text in enumerate(HANDOFFS))
    return {
        "date": dates,
        "giver": named("the giver is not named"),
        "receiver": named("the receiver is not named"),
        "prospect": perhaps(person, ""),
        "count": count,
        "handoff": level("handoff", meaning),
        "status": perhaps(among("status", STATUSES), "given"),
        "status_date": dates,
        "value": money(decimal_comma=decimal_comma),
        "currency": clean,
        "note": prose,
        "id": clean,
    }


def person_fields(dates: Dates) -> Fields:
    """Name the columns of people.csv, each with its reader."""
    ratings = ("helpful", "dependable", "follow_through", "track_record")
    return {
        "person": named("the person is not named"),
        "aliases": names,
        "role": perhaps(among("role", ROLES), ""),
        "profession": clean,
        "group": clean,
        "offers": words,
        "needs": words,
        "email": clean,
        "cadence": perhaps(among("cadence", CADENCES), ""),
        **{rating: level(rating) for rating in ratings},
        "do_not_refer": flag("do_not_refer", blank=False),
        "since": dates,
        "note": prose,
    }


def touch_fields(dates: Dates) -> Fields:
    """Name the columns of touches.csv, each with its reader."""
    return {
        "date": filled(dates, "a touch needs a date"),
        "person": named("the person is not named"),
        "kind": filled(among("kind", KINDS), f"a touch needs a kind: {', '.join(KINDS)}"),
        "personal": flag("personal", blank=None),
        "note": prose,
    }


def status_fields(dates: Dates) -> Fields:
    """Name the columns of statuses.csv, each with its reader."""
    return {
        "date": filled(dates, "a change of status needs a date"),
        "id": filled(clean, "a change of status needs the id of a referral"),
        "status": filled(
            among("status", STATUSES), f"a change of status needs one of: {', '.join(STATUSES)}"
        ),
        "note": prose,
    }
