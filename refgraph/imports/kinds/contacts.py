"""A list of contacts: each is a person, and a referral if it says who sent them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from refgraph.imports.column_names import CONTACT, TABLES
from refgraph.imports.converted import Reference, Row
from refgraph.schema.text import FieldError, clean

if TYPE_CHECKING:
    from refgraph.imports.cells.field_values import Fields
    from refgraph.imports.cells.named_rows import Entry
    from refgraph.imports.converted import Converted
    from refgraph.imports.rules.ruleset import Rules

__all__ = ["convert_contact"]

# What Google puts between several values of one field.
_SEVERAL = re.compile(r"\s*:::\s*")


def convert_contact(entry: Entry, rules: Rules, fields: Fields, found: Converted) -> None:
    """Convert one contact.

    A contact without a name is left out, and counted, unless it says who sent
    it: that is a referral without a prospect. The value of a referral is kept
    where its status is ``won`` or it has none: in other states it is a hope.
    """
    texts = entry.texts
    texts["email"] = _SEVERAL.split(texts.get("email", "").strip())[0]
    name, referrer = texts.get("person", "").strip(), texts.get("referrer", "").strip()
    if not (name or referrer):
        found.left_out["without a name"] += 1
        return
    person = fields.row(entry, "people") if name else {}
    prospect = person.get("person", "")
    reference = _reference(entry, rules, fields, prospect) if referrer else None
    if bool(name) != bool(person) or bool(referrer) != bool(reference):
        return  # refused for what was said by then
    if person:
        found.rows["people"].append(Row(entry.line, person, _of_people(entry.told)))
    if reference:
        found.references.append(reference)


@lru_cache
def _of_people(told: frozenset[str]) -> frozenset[str]:
    """Keep the columns of people; the same object for equal ones, of which a file has few."""
    return told & {*TABLES["people"]}


def _reference(entry: Entry, rules: Rules, fields: Fields, prospect: str) -> Reference | None:
    """Read the referral that a contact came by; None if a field of it is refused."""
    texts = entry.texts
    try:
        text = clean(texts["referrer"])
    except FieldError as error:
        fields.refuse(entry, str(error), error.hint)
        return None
    row = {name: texts.get(name, "") for name in CONTACT}
    if "status" in texts and row["status"].strip().casefold() != "won":
        row["value"] = row["currency"] = ""
    row |= {"giver": text, "receiver": text, "prospect": prospect}
    stand_in = type(entry)(entry.line, row, entry.told)
    values = fields.row(stand_in, "referrals")
    if not values:
        return None
    values["id"] = values["id"] and f"{rules.prefix}{values['id']}"
    return Reference(entry.line, text, values, entry.told)
