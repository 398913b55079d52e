"""Assertions: what a book is known to hold on a day, as of a chapter's own report."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.reading.aliases import declared_aliases, rename
from refgraph.reading.checks.rows import nearest
from refgraph.reading.tables import read_own
from refgraph.schema.dates import date_reader
from refgraph.schema.row_facts import date_of, person_of
from refgraph.schema.text import argument, book_option, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from refgraph.errors import Problem
    from refgraph.reading.checks.pages import Pages
    from refgraph.reading.read_options import Record
    from refgraph.reading.table import Sheet

__all__ = ["FILE", "assertions"]

#: The file of a book that holds them.
FILE = "assertions.csv"
_ENDS = {"given": "giver", "received": "receiver"}


def assertions(record: Record, pages: Pages) -> list[Problem]:
    """Compare assertions.csv with the record; a single table has none.

    A row says that up to and including ``date`` the person has ``given`` and ``received``
    so many referrals; a blank says nothing. Referrals without a date are in none.
    """
    path = os.path.join(record.path, FILE)  # noqa: PTH118 (as the reader names its files)
    if not os.path.lexists(path):  # what is no file is not passed over in silence
        return []
    try:
        dates = date_reader(record.today)
        sheet = read_own(path, "assertions", dates, [], pages.options)
    except LedgerError as error:
        return list(error.problems)
    columns = sheet.columns
    columns |= {"person": rename(person_of(columns), _canonical(record))}
    for row, stated in enumerate(zip(columns["given"], columns["received"], strict=True)):
        if row not in sheet.refused and stated == (None, None):
            sheet.refuse(row, "nothing is asserted here", "fill in given, received or both")
    counted = {field: _by_person(record, end) for field, end in _ENDS.items()}
    known = {name for others in counted.values() for name in others}
    strangers = sorted({*person_of(columns)} - known - {None})
    meant = {**dict.fromkeys(strangers, ""), **nearest(strangers, sorted(known))}
    for row in range(len(sheet.lines)):
        if row not in sheet.refused:
            for field in _ENDS:
                _compare(sheet, row, field, counted[field], meant, book=book_option(record.path))
    if record.skipped:
        first = "rows that cannot be read are in no total: correct them first"
        sheet.problems[:] = [
            replace(each, hint=first) if each.check == "assertions" else each
            for each in sheet.problems
        ]
    return sheet.problems.told()


def _canonical(record: Record) -> dict[str, str]:
    """Give the person behind each alias."""
    pairs = declared_aliases(record).items()
    return {alias: person for person, others in pairs for alias in others}


def _by_person(record: Record, end: str) -> dict[str, list[tuple[date | None, int]]]:
    """Give the day and the count of everyone's referrals."""
    rows = record.referrals.columns
    found: dict[str, list[tuple[date | None, int]]] = {}
    for name, day, number in zip(rows[end], date_of(rows), rows["count"], strict=True):
        found.setdefault(name, []).append((day, number))
    return found


def _compare(
    sheet: Sheet,
    row: int,
    field: str,
    counted: dict[str, list[tuple[date | None, int]]],
    meant: Mapping[str, str],
    *,
    book: str,
) -> None:
    """Refuse an assertion whose number is not that of the record."""
    stated = sheet.columns[field][row]
    if stated is None:
        return
    day, person = date_of(sheet.columns)[row], person_of(sheet.columns)[row]
    mine = counted.get(person, [])
    total = sum(number for on, number in mine if on is not None and on <= day)
    if total == stated:
        return
    hint = f"see the rows: refgraph register {argument(person)} --until {day}{book}"
    if person in meant:
        near = meant[person]
        hint = "no referral names them" + (f"; did you mean {quoted(near)}?" if near else "")
    elif undated := sum(number for on, number in mine if on is None):
        hint = f"{undated:,} more without a date are in no total; {hint}"
    message = f"as of {day} {quoted(person)} has {field} {total:,}, not {stated:,}"
    sheet.refuse(row, message, hint, "assertions")
