"""What the columns of an export may be called on our side, for each kind of export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.ledger.columns import person_fields, referral_fields, status_fields, touch_fields
from refgraph.schema.dates import iso_date

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["DATES", "KINDS", "NAMES", "NEEDED", "TABLES", "kind_of", "required_of"]

#: The columns of each file of a book, in their order.
TABLES = {
    "people": tuple(person_fields(iso_date)),
    "referrals": tuple(referral_fields(iso_date)),
    "touches": tuple(touch_fields(iso_date)),
    "statuses": tuple(status_fields(iso_date)),
}
_PERSONAL = tuple(name for name in TABLES["referrals"] if name not in ("giver", "receiver"))
_CONTACT = ("date", "status", "status_date", "value", "currency", "handoff", "id")
#: The columns of each kind of export. A ``contacts`` row is a person, and a referral
#: if it names a ``referrer``; a ``personal`` row names only the other person.
KINDS = {
    "slips": (*TABLES["referrals"], "slip", "inside"),
    "referrals": TABLES["referrals"],
    "personal": ("direction", "person", *_PERSONAL),
    "statuses": TABLES["statuses"],
    "touches": TABLES["touches"],
    "contacts": (*TABLES["people"], "referrer", *_CONTACT),
    "people": TABLES["people"],
}
#: The columns by which each kind is told.
NEEDED = {
    "slips": ("giver", "receiver", "slip"),
    "referrals": ("giver", "receiver"),
    "personal": ("direction", "person"),
    "statuses": ("date", "id", "status"),
    "touches": ("date", "person", "kind"),
    "contacts": ("person", "referrer"),
    "people": ("person",),
}
#: The columns that hold a day, and those that hold one name.
DATES = ("date", "status_date", "since")
NAMES = ("giver", "receiver", "prospect", "person", "referrer")


def kind_of(columns: Collection[str]) -> str:
    """Tell which kind of export has these columns of ours; nothing if none has.

    Examples
    --------
    >>> kind_of(["date", "giver", "receiver"]), kind_of(["person", "email"]), kind_of(["note"])
    ('referrals', 'people', '')
    """
    return next((kind for kind in KINDS if {*NEEDED[kind]} <= {*columns}), "")


def required_of(kind: str) -> tuple[str, ...]:
    """Name the columns that an export of this kind needs."""
    return NEEDED["people" if kind == "contacts" else kind]
