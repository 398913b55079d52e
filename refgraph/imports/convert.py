"""A recognised file becomes rows for the book, by the kind of export that it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem
from refgraph.imports.contacts import convert_contact
from refgraph.imports.converted import Converted, Row
from refgraph.imports.entries import entries_of
from refgraph.imports.reading import Fields
from refgraph.imports.recognise import layouts_of
from refgraph.imports.slips import convert_slip
from refgraph.ledger.fields import DIRECTIONS, among, filled, named
from refgraph.ledger.text import quoted

if TYPE_CHECKING:
    from datetime import date

    from refgraph.imports.entries import Entry
    from refgraph.imports.grid import Grid
    from refgraph.imports.recognise import Layout
    from refgraph.imports.ruleset import Rules

__all__ = ["convert"]

_GIVEN, _RECEIVED = ("gave", "sent", "out", "to"), ("got", "in", "from")
_TABLE_OF = {"referrals": "referrals", "people": "people"}
_TABLE_OF |= {"touches": "touches", "statuses": "statuses"}


def convert(
    grid: Grid,
    rules: Rules | None,
    *,
    me: str | None,
    today: date,
    day: date | None = None,
) -> Converted:
    """Convert a file.

    Parameters
    ----------
    grid : Grid
        Its rows.
    rules : Rules, optional
        What somebody says about them.
    me : str or None
        Whose book it is.
    today : datetime.date
        The last day that is not in the future.
    day : datetime.date, optional
        The date of rows that have none.

    Raises
    ------
    LedgerError
        If the file as a whole cannot be converted.
    """
    tables = layouts_of(grid, rules)
    found = Converted(grid.path, notes=grid.notes)
    parts = [(layout, entries_of(layout, part)) for layout, part in tables]
    _tell(grid, tables, found)
    first = tables[0][0].rules
    every = [entry for _, entries in parts for entry in entries.rows]
    fields = Fields(grid, every, first, today, day)
    for layout, entries in parts:
        if layout.kind == "personal" and me is None:
            raise LedgerError([_nobody(grid, layout)])
        found.problems.extend(entries.problems)
        found.left_out += entries.left_out
        found.newcomers += layout.rules.newcomers
        for entry in entries.rows:
            _take(entry, layout, fields, me, found)
    found.problems.extend(fields.problems)
    found.problems.sort(key=lambda problem: problem.line)
    return found


def _tell(grid: Grid, tables: list[tuple[Layout, Grid]], found: Converted) -> None:
    """Say what the file is taken for, and which of its columns nothing is read from."""
    layout = tables[0][0]
    if layout.rules.name:
        found.notes.append(f"{grid.path}: read as {layout.rules.name}")
    for name in layout.twice() if layout.line else ():
        found.notes.append(f"{grid.path}: the first of the columns called {quoted(name)} is read")
    unused = dict.fromkeys(name for each, _ in tables for name in each.unused())
    if unused:
        plural = "columns" if len(unused) > 1 else "column"
        found.notes.append(f"{grid.path}: left out the {plural} {', '.join(unused)}")


def _nobody(grid: Grid, layout: Layout) -> Problem:
    message = "each row names only the other person, and nothing says who you are"
    return grid.problem(layout.line, message, "say it with --me NAME")


def _take(entry: Entry, layout: Layout, fields: Fields, me: str | None, found: Converted) -> None:
    """Convert one row."""
    if layout.kind == "contacts":
        convert_contact(entry, layout.rules, fields, found)
    elif layout.kind == "slips":
        convert_slip(entry, fields, found)
    elif layout.kind == "personal":
        if values := _personal(entry, fields, str(me)):
            found.rows["referrals"].append(Row(entry.line, values, entry.told))
    elif values := fields.row(entry, table := _TABLE_OF[layout.kind]):
        if values.get("id") and table == "referrals":
            values["id"] = f"{layout.rules.prefix}{values['id']}"
        found.rows[table].append(Row(entry.line, values, entry.told))


def _personal(entry: Entry, fields: Fields, me: str) -> dict[str, object]:
    """Name giver and receiver of a row that names only the other person."""
    word = entry.texts.get("direction", "").strip().casefold()
    known = {**dict.fromkeys(_GIVEN, "given"), **dict.fromkeys(_RECEIVED, "received")}
    entry.texts["direction"] = known.get(word, word)
    entry.texts["giver"] = entry.texts["receiver"] = "-"  # read in a moment
    values = fields.row(
        entry,
        "referrals",
        direction=filled(among("direction", DIRECTIONS), "the direction is not given"),
        person=named("the person is not named"),
    )
    if not values:
        return {}
    person, given = values.pop("person"), values.pop("direction") == "given"
    return {**values, "giver": me if given else person, "receiver": person if given else me}
