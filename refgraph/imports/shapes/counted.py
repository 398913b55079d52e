"""A table whose cells count referrals, in all or by the month: a row for each of its numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem
from refgraph.imports.cells.sheet import LEAD
from refgraph.imports.column_names import NEEDED
from refgraph.imports.kinds.void_rows import without_skipped, without_void_rows
from refgraph.imports.rules.headers import bare, places
from refgraph.imports.rules.tally import split_tally
from refgraph.imports.shapes.months_across import split_months
from refgraph.schema.text import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.ruleset import Rules

__all__ = ["counted_in"]


def counted_in(
    grid: Grid, row: Sequence[str], rest: Grid, rules: Rules | None, me: str | None
) -> tuple[Rules, Grid] | None:
    """Make a row of each number of a table that counts; None if it is none.

    Parameters
    ----------
    grid : Grid
        The whole table, of which the first rows may say a year or a direction.
    row : sequence of str
        What may be the header.
    rest : Grid
        What stands below it.
    rules : Rules or None
        What somebody says about the table.
    me : str or None
        Whose referrals they may be.

    Raises
    ------
    LedgerError
        It counts, and a column that decides is open.
    """
    told = {} if rules is None else rules.columns
    conditions = () if rules is None else rules.conditions
    said = {ours: some[0][0] for ours, some in told.items() if some and some[0]}
    names = places(row)
    used = {names[each] for each in said.values() if each in names}
    used |= {names[bare(each.column)] for each in conditions if bare(each.column) in names}
    first = rest.lines[0] if rest.lines else 0
    rest = without_skipped(row, rest, conditions)
    void = None if rules is None else rules.void
    rest, doubt = without_void_rows(row, rest, used, void)
    lead = zip(grid.lines[:LEAD], grid.rows[:LEAD], strict=True)
    above = [cell for line, each in lead if line < first for cell in each if each is not row]
    named = set() if rules is None else {*rules.newcomers, *rules.renames}
    person = said.get(NEEDED["personal"][-1], "")
    counted = split_tally(row, rest, me, told=person, named=named, void=void)
    counted = counted or split_months(row, rest, above, said, me, named=named)
    if counted is not None and doubt is not None:
        raise doubt
    if counted is None or rules is None:
        return counted
    if sets := [each for each in conditions if each.sets and bare(each.column) in names]:
        message = f"of a table of counts, nothing is set by {quoted(sets[0].column)}"
        hint = 'rules may skip its rows, and set what holds for all: set status "won"'
        raise LedgerError([Problem(rules.path, sets[0].line, message, hint=hint)])
    kept = tuple(each for each in conditions if bare(each.column) not in names)
    # Marked rows are gone by now, and so is the column that marked them.
    void = "" if void == "" else None
    return replace(rules, columns={}, conditions=kept, void=void).over(counted[0]), counted[1]
