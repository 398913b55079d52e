"""Columns that are read where another holds nothing: what stands in them elsewhere is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from refgraph.imports.rules.headers import places
from refgraph.names.folded import fold
from refgraph.schema.text import visible
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from refgraph.imports.rules.recognise import Layout
    from refgraph.imports.rules.ruleset import Rules

__all__ = ["of_one_column", "passed_over"]

#: Whose words are of one kind in one table: a team is no group where groups are named.
_OF_ONE = ("group",)
_LONGEST, _SHOWN, _SAMPLE = 40, 3, 30


def of_one_column(rules: Rules, row: Sequence[str], rows: Sequence[Sequence[str]]) -> Rules:
    """Choose between columns of a layout that are not mixed row by row: the first with a text.

    Parameters
    ----------
    rules : Rules
        A layout that is shipped.
    row : sequence of str
        The header.
    rows : sequence of sequence of str
        What stands below.

    Examples
    --------
    >>> from refgraph.imports.rules.ruleset import Rules
    >>> rules = Rules(columns={"group": (("group",), ("power team",))})
    >>> titles = ["Name", "Group", "Power Team"]
    >>> of_one_column(rules, titles, [["Ann", "", "Trades"], ["Bo", "North", ""]]).columns
    {'group': (('group',),)}
    >>> of_one_column(rules, titles, [["Ann", "", "Trades"]]).columns
    {'group': (('power team',),)}
    """
    names = places(row)
    chosen = {}
    for ours in {*_OF_ONE} & rules.columns.keys():
        there = [each for each in rules.columns[ours] if names.keys() >= {*each}]
        filled = (each for each in there if _holds(rows, [names[header] for header in each]))
        if len(there) > 1:
            chosen[ours] = (next(filled, there[0]),)
    return replace(rules, columns={**rules.columns, **chosen}) if chosen else rules


def _holds(rows: Sequence[Sequence[str]], at: Sequence[int]) -> bool:
    return any(row[place].strip() for row in rows for place in at if place < len(row))


def passed_over(layout: Layout, rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Give each column that holds something else where another was read in its place.

    Its header comes with the number of rows if others are read from it, and a sample of what
    is not read.

    Parameters
    ----------
    layout : Layout
        What the columns of a table mean.
    rows : sequence of sequence of str
        What stands below its header.
    """
    choices = [some for some in layout.columns.values() if len(some) > 1]
    every = [{at for option in some for at in option} for some in choices]
    always = _always(layout)
    lost: dict[int, Counter[str]] = {}
    read: set[int] = set()
    for row in rows if choices else ():
        taken = [_taken(row, some) for some in choices]
        here = always.union(*taken)
        read |= here
        for places_read, all_of_it in zip(taken, every, strict=True):
            for at in all_of_it - here:
                if (
                    at < len(row)
                    and (cell := row[at].strip())
                    and _says_more(cell, row, places_read)
                ):
                    lost.setdefault(at, Counter())[cell] += 1
                    here.add(at)  # told once, where several of ours may be read from it
    for at, cells in sorted(lost.items()):
        where = f" in {count(cells.total(), 'row')}" if at in read else ""
        yield f"{visible(layout.titles[at].strip(), _LONGEST)}{where}", _sample([*cells])


def _always(layout: Layout) -> set[int]:
    """Give the columns that are read in each row, or that rules look at."""
    alone = {at for some in layout.columns.values() if len(some) == 1 for at in some[0]}
    alone |= {at for pair in layout.relations for at in pair}
    looked = (layout.place(each.column) for each in layout.rules.conditions)
    return alone.union(at for at in looked if at is not None)


def _taken(row: Sequence[str], options: Iterable[Sequence[int]]) -> Sequence[int]:
    """Give the columns of the first alternative that holds anything."""
    for each in options:
        for place in each:
            if place < len(row) and row[place].strip():
                return each
    return ()


def _says_more(cell: str, row: Sequence[str], others: Iterable[int]) -> bool:
    """Tell whether a cell has a word that those which were read have not."""
    said = " ".join(row[place] for place in others if place < len(row))
    if {*cell.split()} <= {*said.split()}:  # most do; it takes less than what follows
        return False
    return not {*fold(cell).split()} <= {*fold(said).split()}


def _sample(cells: Sequence[str]) -> str:
    shown = ", ".join(visible(text, _SAMPLE) for text in cells[:_SHOWN])
    return shown + ", ..." * (len(cells) > _SHOWN)
