"""A list of people with how many referrals each was given, and how many came from them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from refgraph.imports.cells.left_out import say_unread, unread
from refgraph.imports.cells.totals import total_rows
from refgraph.imports.rules.ruleset import Rules
from refgraph.imports.rules.words import DIRECTION_WORDS, HEADERS, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.imports.cells.sheet import Grid

__all__ = ["TALLY", "split_tally"]

#: The columns that a tally is split into.
TALLY = ("direction", "person", "count")
_NOTHING = {"", "0", "-"}


def split_tally(row: Sequence[str], rest: Grid) -> tuple[Rules, Grid] | None:
    """Make a row of each number of a tally; None if the table is none.

    A tally has one column of people, one headed as given and one as received, both of
    whole numbers; other columns of numbers may be sums of the two, and are left out.

    Parameters
    ----------
    row : sequence of str
        What may be the header.
    rest : Grid
        What stands below.
    """
    headers = [fold(title) for title in row]
    sides = {DIRECTION_WORDS.get(header, ""): at for at, header in enumerate(headers) if header}
    given, received = sides.get("given"), sides.get("received")
    person = next((at for at, each in enumerate(headers) if HEADERS["person"].search(each)), None)
    if person is None or given is None or received is None:
        return None
    totals = {*total_rows(rest.rows)}
    kept = [at for at, cells in enumerate(rest.rows) if at not in totals and len(cells) >= len(row)]
    counts = [_whole(rest.rows[at][side]) for at in kept for side in (given, received)]
    if not kept or not all(count.isdigit() or count in _NOTHING for count in counts):
        return None
    made = [
        (rest.lines[at], [word, rest.rows[at][person], number])
        for at in kept
        for word, side in (("given", given), ("received", received))
        if (number := _whole(rest.rows[at][side])) not in _NOTHING
    ]
    told = f"{rest.path}: each number is so many referrals given or received, without a day"
    left = dict(unread(row, {person, given, received}, [rest.rows[at] for at in kept]))
    notes = [told, *say_unread(rest.path, left)]
    grid = replace(
        rest,
        rows=[cells for _, cells in made],
        lines=[line for line, _ in made],
        notes=[*rest.notes, *(each for each in notes if each not in rest.notes)],
    )
    columns = {name: ((name,),) for name in TALLY}
    return Rules(name="a tally of referrals", kind="personal", columns=columns), grid


def _whole(cell: str) -> str:
    return cell.strip().removesuffix(".0")
