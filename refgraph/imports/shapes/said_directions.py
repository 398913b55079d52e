"""Words of a direction that somebody says the meaning of, put in our own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.imports.rules.headers import bare
from refgraph.imports.rules.turned import heading, says
from refgraph.imports.rules.words import DIRECTION_WORDS
from refgraph.names.folded import fold
from refgraph.schema.text import quoted
from refgraph.schema.values import DIRECTIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.ruleset import Rules

__all__ = ["as_said", "say_directions"]

_LEAD, _MOST_ROWS = 50, 100_000


def as_said(grid: Grid, rules: Rules) -> Grid:
    """Leave out the rows above that are said to be, and put the directions that are said."""
    if rules.skip:
        grid = grid.below(rules.skip)
    told = [header for each in rules.columns.get("direction", ()) for header in each]
    say_directions(grid, rules.renames, told)
    return grid


def say_directions(grid: Grid, renames: Mapping[str, str], told: Collection[str] = ()) -> None:
    """Put given or received for the words of which somebody says that they mean it.

    In a column of directions with just one other word, that one means the other way.

    Parameters
    ----------
    grid : Grid
        The file, which is changed; it is told what was decided.
    renames : mapping of str to str
        Texts of the file, and what each means.

    Examples
    --------
    >>> from refgraph.imports.cells.sheet import Grid
    >>> grid = Grid("a.csv", [["+/-", "Name"], ["+", "Ann Lee"], ["-", "Bo Park"]], [1, 2, 3])
    >>> say_directions(grid, {"+": "given"})
    >>> grid.rows, grid.notes
    ([['+/-', 'Name'], ['given', 'Ann Lee'], ['received', 'Bo Park']],
     ["a.csv: '-' is received, as '+' is given"])
    """
    said = {text: way for text, way in renames.items() if way in DIRECTIONS}
    if not said:
        return
    for text, way in [*said.items()]:
        other = _other_word(grid, text)
        if len(said) == 1 and other:
            (said[other],) = {*DIRECTIONS} - {way}
            grid.notes.append(
                f"{grid.path}: {quoted(other)} is {said[other]}, as {quoted(text)} is {way}"
            )
    places = {
        at
        for row in grid.rows[:_LEAD]
        for at, title in enumerate(row)
        if bare(title) in told or says("direction", heading(title))
    }
    for row in grid.rows:
        for at in places & {*range(len(row))}:
            row[at] = said.get(row[at].strip(), row[at])


def _other_word(grid: Grid, text: str) -> str:
    """Give the one word beside a text in a column of directions, if nobody knows it."""
    for line, row in enumerate(grid.rows[:_LEAD]):
        for at, title in enumerate(row):
            if not says("direction", heading(title)):
                continue
            below = grid.rows[line + 1 : _MOST_ROWS]
            words = {each[at].strip() for each in below if at < len(each)} - {""}
            others = words - {text}
            if text in words and len(others) == 1:
                (other,) = others
                return "" if fold(other) in DIRECTION_WORDS else other
    return ""
