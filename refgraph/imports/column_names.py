"""What the columns of an export may be called on our side, for each kind of export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.schema.columns import COLUMNS, REFERRALS, columns_where, required_of

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["CONTACT", "DATES", "KINDS", "NAMES", "NEEDED", "TABLES", "kind_of", "needed_for"]

#: The columns of each file of a book, in their order.
TABLES = COLUMNS
_PERSONAL = tuple(field.name for field in REFERRALS if field.names != "member")
#: What a row about a person can say of the one referral they came by.
CONTACT = tuple(
    field.name for field in REFERRALS if not field.is_name and field.name not in TABLES["people"]
)
#: The columns of each kind of export. A ``contacts`` row is a person, and a referral
#: if it names a ``referrer``; a ``personal`` row names only the other person.
KINDS = {
    "slips": (*TABLES["referrals"], "slip", "inside"),
    "referrals": TABLES["referrals"],
    "personal": ("direction", "person", *_PERSONAL),
    "statuses": TABLES["statuses"],
    "touches": TABLES["touches"],
    "contacts": (*TABLES["people"], "referrer", *CONTACT),
    "people": TABLES["people"],
}
#: The columns by which each kind is told.
NEEDED = {
    "slips": (*required_of("referrals"), "slip"),
    "referrals": required_of("referrals"),
    "personal": ("direction", "person"),
    "statuses": required_of("statuses"),
    "touches": required_of("touches"),
    "contacts": ("person", "referrer"),
    "people": required_of("people"),
}
#: The columns that hold a day, and those that hold one name.
DATES = columns_where(dtype="day")
NAMES = (*columns_where(is_name=True), "referrer")


def kind_of(columns: Collection[str]) -> str:
    """Tell which kind of export has these columns of ours; nothing if none has.

    Examples
    --------
    >>> kind_of(["date", "giver", "receiver"]), kind_of(["person", "email"]), kind_of(["note"])
    ('referrals', 'people', '')
    """
    return next((kind for kind in KINDS if {*NEEDED[kind]} <= {*columns}), "")


def needed_for(kind: str) -> tuple[str, ...]:
    """Name the columns that an export of this kind needs."""
    return NEEDED["people" if kind == "contacts" else kind]
