"""Names that an option speaks of, and that no row of the file holds."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from refgraph.names.spelled_alike import in_order
from refgraph.schema.text import argument, quoted
from refgraph.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

__all__ = ["nowhere_in", "say_nowhere"]

_MOST_NEAR = 5_000  # names among which one that was meant is looked for


def nowhere_in(
    heard: Collection[str], renamed: Collection[str], newcomers: Collection[str]
) -> dict[str, str]:
    """Give the names that no row has, and the name of a row that is nearest.

    Parameters
    ----------
    heard : collection of str
        The names of the rows, as they are written.
    renamed : collection of str
        The names that get another one, which are as they are written.
    newcomers : collection of str
        The names of people, in any spelling.

    Examples
    --------
    >>> nowhere_in(["Ann Lee", "Bo Park"], ["bo park"], ["Lee, Ann", "Bo Parks"])
    {'bo park': 'Bo Park', 'Bo Parks': 'Bo Park'}
    """
    there = {*map(in_order, heard)} if newcomers else set()
    lacking = [name for name in renamed if name not in heard]
    lacking += [name for name in newcomers if in_order(name) not in there]
    some = sorted(heard)[:_MOST_NEAR] if lacking else []
    return {name: did_you_mean(name, some) for name in lacking}


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
    ["a.csv: no row names 'Parks' (did you mean 'Park'?): --new-person 'Parks' changes nothing"]
    """
    times = Counter(chain.from_iterable(found))
    said = []
    for name in (name for name, here in times.items() if here == len(found)):
        near = next(filter(None, (each[name] for each in found)), "")
        meant = f" (did you mean {quoted(near)}?)" if near else ""
        told = f"--new-person {argument(name)}"
        if name in renames:
            told = f"--rename {argument(f'{name}={renames[name]}')}"
        said.append(f"{place}: no row names {quoted(name)}{meant}: {told} changes nothing")
    return said
