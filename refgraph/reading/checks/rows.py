"""Checks of single rows: declared people, the order of dates, repeats, and formulas."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from refgraph.reading.checks.pages import in_order
from refgraph.reading.files.formula_safe_csv import FORMULA
from refgraph.reading.files.problems import Problems
from refgraph.schema.columns import FIELDS, MEMBERS, names_where
from refgraph.schema.row_ends import ENDS, ends_of
from refgraph.schema.row_facts import person_of
from refgraph.schema.text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from refgraph.errors import Problem
    from refgraph.reading.checks.pages import Pages
    from refgraph.reading.read_options import Record, Table

__all__ = ["duplicates", "nearest", "ordereddates", "people", "spreadsheet"]

_MOST_COMPARED = 50_000_000  # pairs of names, beyond which none is suggested
_ALIKE = 80  # of 100


def people(record: Record, pages: Pages) -> list[Problem]:
    """Find names that people.csv does not declare; nothing where there is no people.csv."""
    if not len(record.people):
        return []
    declared = {*person_of(record.people.columns)} | {record.me}
    rows = record.referrals.columns
    times = Counter(chain(*ends_of(rows)))
    first: dict[str, tuple[str, int]] = {}
    for path, line, giver, receiver in in_order(rows, *ENDS):
        for name in (giver, receiver):
            first.setdefault(name, (path, line))
    for path, line, *people in in_order(record.touches.columns, *MEMBERS["touches"]):
        for name in filter(None, people):
            first.setdefault(name, (path, line))
    unknown = [name for name in first if name not in declared]
    meant_by = nearest(unknown, sorted(name for name in times if name in declared))
    found = Problems()
    for name in unknown:
        near = meant_by.get(name, "")
        seen = times[name]
        told = f"appears {_times(seen)}" if seen else "is in touches only"
        meant = f"; did you mean {quoted(near)} ({_times(times[near])})?" if near else ""
        path, line = first[name]
        found.append(
            pages.problem(
                path,
                line,
                f"{quoted(name)} {told} and is not in people.csv{meant}",
                "correct the name here" if near else "add a row for them to people.csv",
                "people",
            )
        )
    return found.told()


def nearest(names: Collection[str], known: Collection[str]) -> dict[str, str]:
    """Give the known name that each is most like, where one is like it at all.

    Examples
    --------
    >>> nearest(["Bo Prak", "Zoe"], ["Ann Lee", "Bo Park"])
    {'Bo Prak': 'Bo Park'}
    """
    if not 0 < len(names) * len(known) <= _MOST_COMPARED:
        return {}
    from rapidfuzz import fuzz, process  # noqa: PLC0415  # only who has such names pays

    best = {
        name: process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        for name in names
    }
    return {name: found[0] for name, found in best.items() if found}


def _times(number: int) -> str:
    return "once" if number == 1 else "twice" if number == 2 else f"{number:,} times"


def ordereddates(record: Record, pages: Pages) -> list[Problem]:
    """Find rows that are dated before a row above them in the same file."""
    found = Problems()
    for table in (record.referrals, record.touches):
        latest: dict[str, tuple[date, int]] = {}
        for path, line, day in in_order(table.columns, "date"):
            if day is None:
                continue
            newest, above = latest.setdefault(path, (day, line))
            if day < newest:
                message = f"{day} stands below {newest} of line {above}"
                hint = "order the rows by date, so that a new one is at the end"
                found.append(pages.problem(path, line, message, hint, "ordereddates"))
            else:
                latest[path] = day, line
    return found.told()


def duplicates(record: Record, pages: Pages) -> list[Problem]:
    """Find rows that repeat another, unless both have an id of their own."""
    found = Problems()
    files, lines = (record.referrals.columns[name] for name in ("file", "line"))
    for row, first in zip(*map(np.ndarray.tolist, record.repeats), strict=True):
        path, line, other, above = files[row], lines[row], files[first], lines[first]
        if found.is_listed(path, "duplicates", line):
            place = f"line {above}" if other == path else f"line {above} of {other}"
            message = f"the same date, pair, prospect, count and note as on {place}: counted twice"
            hint = "remove one; or give each an id, if both happened"
            found.keep(pages.problem(path, line, message, hint, "duplicates"))
    return found.told()


def spreadsheet(record: Record, pages: Pages) -> list[Problem]:
    """Find text that a spreadsheet would compute if it opened the file."""
    tables: dict[str, Table] = {
        "referrals": record.referrals,
        "people": record.people,
        "touches": record.touches,
    }
    found = Problems()
    for kind, table in tables.items():
        names = names_where(FIELDS[kind], is_fact=False)
        for path, line, *cells in in_order(table.columns, *names):
            for name, cell in zip(names, cells, strict=True):
                text = "".join(cell[:1]) if cell else ""  # of a list, what stands first
                if text.startswith(FORMULA):
                    message = f"{name} begins with {quoted(text[0])}: a spreadsheet computes it"
                    hint = "import the column as text; reports put an apostrophe before it"
                    found.append(pages.problem(path, line, message, hint, "spreadsheet"))
    return found.told()
