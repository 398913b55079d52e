"""A list of edges without a header: each line names who gave, and who received."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from refgraph.reading.networks.edge_lists import EDGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.reading.files.records import Source

__all__ = ["take_bare_edges"]

_ENDS = EDGES[:2]
_MOST_COLUMNS = 4
# Of the people on the side that has fewer, one of so many stands on the other side too.
_ON_BOTH = 5
_AT_FIRST = 20  # lines that tell of most lists that they are none
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{2,4}")
_COUNT = re.compile(r"[0-9]{1,6}(\.0)?")
_LETTER = re.compile(r"[^\W\d_]")


def take_bare_edges(source: Source, notes: list[str]) -> bool:
    """Give a list of edges without a header ours; say whether it was one.

    It has two columns of names, some of whom stand on both sides, and a name of its first
    line stands in others too; beside these at most one column of days and one of counts.
    """
    if not all(map(_kind_of, _columns(source, _AT_FIRST))):
        return False  # as with any header above days or counts: no need to read further
    columns = _columns(source)
    kinds = [*map(_kind_of, columns)]
    names = [column for column, kind in zip(columns, kinds, strict=True) if kind == "name"]
    others = [kind for kind in kinds if kind != "name"]
    if len(names) != len(_ENDS) or "" in kinds or len({*others}) < len(others):
        return False
    givers, receivers = ({*column} for column in names)
    first = {column[0] for column in names}
    later = {*chain.from_iterable(column[1:] for column in names)}
    if not first & later or _ON_BOTH * len(givers & receivers) < min(len(givers), len(receivers)):
        return False
    ends = iter(_ENDS)
    titles = [next(ends) if kind == "name" else kind for kind in kinds]
    lines = [*source.lines, *(source.bulk.lines if source.bulk else ())]
    source.rows = [titles, *map(list, zip(*columns, strict=True))]
    source.lines, source.bulk = [0, *lines], None
    dated = "" if "date" in titles else "; its referrals are undated"
    notes.append(
        f"{source.path}: this is a list without a header: the first name of a line gave, and the "
        f"second received{dated}"
    )
    return True


def _columns(source: Source, most: int | None = None) -> list[Sequence[str]]:
    """Give the columns of a list, the first line among them; none if its lines differ in width.

    With ``most`` only so many of the lines under the first are read, if they come by columns.
    """
    width = len(source.rows[0])
    if not len(_ENDS) <= width <= _MOST_COLUMNS or {*map(len, source.rows)} != {width}:
        return []
    if source.bulk is None:
        return [*zip(*source.rows, strict=True)]
    first, bulk = source.rows[0], source.bulk
    return [[first[at], *islice(bulk.column(at), most)] for at in range(width)]


def _kind_of(column: Sequence[str]) -> str:
    """Tell whether a column holds names, days or counts; nothing if it holds other things."""
    distinct = {text.strip() for text in column}
    if all(map(_COUNT.fullmatch, distinct)):
        return "count"
    if all(map(_DAY.fullmatch, distinct)):
        return "date"
    return "name" if all(map(_LETTER.search, distinct)) else ""
