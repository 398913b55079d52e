"""Two tables next to each other on one sheet: given on the left, received on the right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.imports.column_names import NEEDED
from refgraph.imports.rules.headers import bare
from refgraph.imports.rules.turned import direction_in, heading, says
from refgraph.imports.rules.words import DIRECTION_WORDS
from refgraph.names.folded import fold
from refgraph.schema.text import quoted
from refgraph.wording import join_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.imports.cells.sheet import Grid

__all__ = ["one_below_the_other"]

_MOST_LEAD = 20  # rows in which the header may stand
_MOST_SEEN = 50
_PAIR = NEEDED["referrals"]
_DIRECTION, _PERSON = NEEDED["personal"]
_SIDES = (*_PAIR, _PERSON)
#: What the person of a table is called, by the direction that stands above it.
_CALLED = {"given": "Given to", "received": "Received from"}


@dataclass(frozen=True, slots=True)
class _Block:
    """One of the tables: where it begins and ends, and what its columns are called."""

    start: int
    end: int
    titles: list[str]

    def has(self, role: str) -> bool:
        return any(says(role, heading(title)) for title in self.titles)

    def cells(self, row: Sequence[str]) -> list[str]:
        found = [*row[self.start : self.end]]
        return [*found, *[""] * (self.end - self.start - len(found))]


def one_below_the_other(grid: Grid) -> Grid | None:
    """Put tables that stand side by side one below the other; None if there is only one.

    Each of them has a person and a column that another one has too. Where a table names but the
    other person, the line above it says which way its referrals went.

    Parameters
    ----------
    grid : Grid
        The sheet; it is told what was made of it.

    Raises
    ------
    LedgerError
        If nothing says what each of the tables is.

    Examples
    --------
    >>> from refgraph.imports.cells.sheet import Grid
    >>> rows = [["Given", "", "", "Received", ""], ["Name", "Day", "", "Name", "Day"]]
    >>> grid = Grid("a.csv", [*rows, ["Ann Lee", "1 May", "", "Bo Park", "2 May"]], [1, 2, 3])
    >>> one_below_the_other(grid).rows
    [['Given to', 'Day', 'Received from'], ['Ann Lee', '1 May', ''], ['', '2 May', 'Bo Park']]
    """
    for at, row in enumerate(grid.rows[:_MOST_LEAD]):
        below = grid.rows[at + 1 :]
        blocks = _blocks(row, below[:_MOST_SEEN])
        if len(blocks) < 2 or not all(any(map(each.has, _SIDES)) for each in blocks):
            continue
        if not _are_alike(blocks):
            continue
        labels = [_direction(each, grid.rows[at - 1] if at else ()) for each in blocks]
        named = [_named(*each) for each in zip(blocks, labels, strict=True)]
        if None in named:
            message = "tables stand side by side, and nothing says what each of them is"
            hint = "write above each whether it is given or received, or put each on a sheet"
            raise LedgerError([grid.problem(grid.lines[at], message, hint)])
        return _stacked(grid, at, [each for each in named if each is not None])
    return None


def _blocks(row: Sequence[str], below: Sequence[Sequence[str]]) -> list[_Block]:
    """Split a header where a blank column stands, or where its titles begin anew."""
    if sum(map(bool, map(str.strip, row))) < 4:
        return []
    blank = [
        not title.strip() and not any(at < len(each) and each[at].strip() for each in below)
        for at, title in enumerate(row)
    ]
    starts = [at for at in range(len(row)) if not blank[at] and (at == 0 or blank[at - 1])]
    ends = [
        at + 1 for at in range(len(row)) if not blank[at] and (row[at + 1 :] == [] or blank[at + 1])
    ]
    spans = [*zip(starts, ends, strict=True)]
    if len(spans) == 1:
        start, end = spans[0]
        names = [*map(bare, row)]
        anew = next((at for at in range(start + 2, end) if names[at] == names[start]), 0)
        twice = {*names[start:anew]} & {*names[anew:end]} - {""} if anew else set()
        anew = anew if len(twice) > 1 else _other_side(row, start, end)
        spans = [(start, anew), (anew, end)] if anew else []
    blocks = [_Block(start, end, [*row[start:end]]) for start, end in spans]
    return [each for each in blocks if sum(map(bool, map(str.strip, each.titles))) > 1]


def _other_side(row: Sequence[str], start: int, end: int) -> int:
    """Find where a table begins that has all the titles of the one before it, but for its side."""
    sides = [[at for at in range(start, end) if says(each, heading(row[at]))] for each in _PAIR]
    if any(len(each) != 1 for each in sides):
        return 0
    first, anew = sorted(at for (at,) in sides)
    names = [*map(bare, row)]
    one, other = names[start:anew], names[anew:end]
    one.remove(names[first])
    other.remove(names[anew])
    return anew if first == start and one and {*one} == {*other} else 0


def _are_alike(blocks: Sequence[_Block]) -> bool:
    """Tell whether each table has a title that the first has, beside what says its side."""
    first = {*map(bare, blocks[0].titles)} - {""}
    return all({*map(bare, each.titles)} & first for each in blocks[1:])


def _direction(block: _Block, above: Sequence[str]) -> str:
    """Give the direction that the line above a table says."""
    label = next(filter(None, map(str.strip, above[block.start : block.end])), "")
    return DIRECTION_WORDS.get(fold(label), "") or direction_in(label)


def _named(block: _Block, direction: str) -> _Block | None:
    """Call the person of a table what its direction says; None if nothing says it."""
    if any(map(block.has, (*_PAIR, _DIRECTION))):
        return block
    if not direction:
        return None
    at = next(at for at, title in enumerate(block.titles) if says(_PERSON, heading(title)))
    return replace(
        block,
        titles=[_CALLED[direction] if k == at else each for k, each in enumerate(block.titles)],
    )


def _stacked(grid: Grid, at: int, blocks: Sequence[_Block]) -> Grid:
    """Make one table, with every column that any of them has."""
    titles: dict[str, str] = {}
    for block in blocks:
        for title in filter(str.strip, block.titles):
            titles.setdefault(bare(title), title)
    rows, lines = [[*titles.values()]], [grid.lines[at]]
    for block in blocks:
        names = [*map(bare, block.titles)]
        for line, row in zip(grid.lines[at + 1 :], grid.rows[at + 1 :], strict=True):
            cells = block.cells(row)
            if any(map(str.strip, cells)):
                found = dict(zip(names, cells, strict=True))
                rows.append([found.get(name, "") for name in titles])
                lines.append(line)
    shown = [quoted(", ".join(filter(str.strip, each.titles))) for each in blocks]
    note = f"{grid.path}: {join_names(shown)} stand side by side, and are read one after the other"
    if note not in grid.notes:
        grid.notes.append(note)
    return replace(grid, rows=rows, lines=lines)
