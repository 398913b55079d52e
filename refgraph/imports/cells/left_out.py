"""Columns of a table that nothing is read from, each with some of what it holds."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from refgraph.schema.text import visible
from refgraph.wording import pluralize

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

__all__ = ["say_unread", "unread"]

# How many columns are told with a sample, of so many rows and characters.
_MOST_LEFT, _LOOKED_AT, _SAMPLE = 8, 100, 30


def unread(
    titles: Sequence[str], used: Collection[int], rows: Sequence[Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """Give each column that is not read, and a sample of its cells.

    Parameters
    ----------
    titles : sequence of str
        The headers.
    used : collection of int
        The places of the columns that are read.
    rows : sequence of sequence of str
        What stands below.

    Examples
    --------
    >>> [*unread(["Name", "Area"], {0}, [["Ann", "North"], ["Bo", ""]])]
    [('Area', 'North')]
    """
    for at, title in enumerate(titles):
        if at in used or not title.strip():
            continue
        cells = (row[at].strip() for row in rows if at < len(row))
        distinct = dict.fromkeys(islice(filter(None, cells), _LOOKED_AT))
        sample = ", ".join(visible(text, _SAMPLE) for text in [*distinct][:3])
        sample += ", ..." if len(distinct) > 3 else ""
        yield visible(title.strip(), 40), sample or "blank"


def say_unread(path: str, left: Mapping[str, str]) -> list[str]:
    """Say the columns that are left out: the first with a sample, the others by name.

    Examples
    --------
    >>> say_unread("a.csv", {"Area": "North"})
    ['a.csv: left out the column Area: North']
    """
    told = [
        f"{path}: left out the column {title}: {sample}"
        for title, sample in [*left.items()][:_MOST_LEFT]
    ]
    if more := [*left][_MOST_LEFT:]:
        told.append(f"{path}: left out the {pluralize(len(more), 'column')} {', '.join(more)}")
    return told
