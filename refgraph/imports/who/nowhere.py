"""Names that an option speaks of, and that no row of the file holds."""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING

from refgraph.names.lookup import as_typed
from refgraph.schema.text import argument, quoted
from refgraph.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from refgraph.imports.cells.sheet import Grid

__all__ = ["nowhere_in", "say_nowhere"]

_MOST_NEAR = 5_000  # texts among which one that was meant is looked for


def nowhere_in(grid: Grid, named: Collection[str]) -> dict[str, str]:
    """Give the names of which not every word stands in one row, and the cell that is nearest.

    Parameters
    ----------
    grid : Grid
        The file, its header too.
    named : collection of str
        The names, in the spelling of the file.

    Examples
    --------
    >>> from refgraph.imports.cells.sheet import Grid
    >>> grid = Grid("a.csv", [["First", "Last"], ["Ann", "Lee"], ["Bo", "Park"]], [1, 2, 3])
    >>> nowhere_in(grid, ["Lee, Ann", "Bo Parks", "park"])
    {'Bo Parks': 'Park', 'park': 'Park'}
    """
    wanted = {name: name.replace(",", " ").split() for name in named}
    for row in ([grid.title], *grid.rows) if wanted else ():
        text = as_typed(" ".join(row))
        joined = text.replace(" ", "")  # of names that are joined without a blank
        for name in [name for name, words in wanted.items() if all(map(text.__contains__, words))]:
            del wanted[name]
        for name in [name for name in wanted if not name.isascii() and {*name} <= {*joined}]:
            del wanted[name]
    if not wanted:
        return {}
    cells = dict.fromkeys(filter(None, map(as_typed, chain.from_iterable(grid.rows))))
    some = [*islice(cells, _MOST_NEAR)]
    return {name: did_you_mean(name, some) for name in wanted}


def say_nowhere(
    found: Sequence[Mapping[str, str]], renames: Mapping[str, str], place: str
) -> list[str]:
    """Say which options change nothing, as none of the files holds their names.

    Parameters
    ----------
    found : sequence of mapping
        Of each file or sheet, what :func:`nowhere_in` gives.
    renames : mapping of str to str
        The names that get another one; others are of people.
    place : str
        What the files are called.

    Examples
    --------
    >>> say_nowhere([{"Parks": "Park"}, {"Parks": "", "Cy": ""}], {}, "a.csv")
    ["a.csv: no cell says 'Parks' (did you mean 'Park'?): --new-person 'Parks' changes nothing"]
    """
    times = Counter(chain.from_iterable(found))
    said = []
    for name in (name for name, here in times.items() if here == len(found)):
        near = next(filter(None, (each[name] for each in found)), "")
        meant = f" (did you mean {quoted(near)}?)" if near else ""
        told = f"--new-person {argument(name)}"
        if name in renames:
            told = f"--rename {argument(f'{name}={renames[name]}')}"
        said.append(f"{place}: no cell says {quoted(name)}{meant}: {told} changes nothing")
    return said
