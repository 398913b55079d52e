"""The check for people who have not been heard of for longer than their cadence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.reading.checks.pages import in_order
from refgraph.reading.files.problems import Problems
from refgraph.schema.contact_days import contacts
from refgraph.schema.row_ends import ends_of
from refgraph.schema.row_facts import date_of
from refgraph.schema.text import quoted

if TYPE_CHECKING:
    from datetime import date

    from refgraph.errors import Problem
    from refgraph.reading.checks.pages import Pages
    from refgraph.reading.read_options import Record

__all__ = ["DAYS", "recent"]

#: The most days that a cadence allows between two contacts.
DAYS = {"monthly": 31, "quarterly": 92, "yearly": 366}


def recent(record: Record, pages: Pages) -> list[Problem]:
    """Find people whom no touch and no referral names within their cadence.

    In a book with a me, a referral counts as a contact if it is between the two;
    without one, any referral given or received does.
    """
    last: dict[str, date] = {}
    for day, _, name in contacts(record.touches.columns):
        last[name] = max(day, last.get(name, day))
    rows = record.referrals.columns
    for day, giver, receiver in zip(date_of(rows), *ends_of(rows), strict=True):
        if day is None or record.me not in (None, giver, receiver):
            continue
        for name in (giver, receiver):
            last[name] = max(day, last.get(name, day))
    found = Problems()
    usual = record.settings.cadence
    for path, line, name, own, role in in_order(record.people.columns, "person", "cadence", "role"):
        cadence = own or usual.get(role or "", "")
        if cadence not in DAYS or name == record.me:
            continue
        if name not in last:
            told = f"no touch and no referral with {quoted(name)} has a date"
        elif (silent := (record.today - last[name]).days) > DAYS[cadence]:
            told = f"the last contact with {quoted(name)} was {silent:,} days ago, on {last[name]}"
        else:
            continue
        message = f"{told}; their cadence is {cadence}"
        hint = "get in touch, and record it as a touch; or change the cadence"
        found.append(pages.problem(path, line, message, hint, "recent"))
    return found.told()
