"""Rows of a record that say what another row says: counted again, and told."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.reading.identity import CONTENT, Ids, is_derived
from refgraph.schema.distinct_values import Column, shared_codes
from refgraph.schema.row_facts import id_of
from refgraph.wording import count, which_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from refgraph.reading.read_options import Table

__all__ = ["MOST_TOLD", "repeated", "say_repeats", "tell_repeats"]

MOST_TOLD = 5
_MOST_KEYS = 2**62


def repeated(referrals: Table) -> tuple[NDArray[np.integer[Any]], NDArray[np.integer[Any]]]:
    """Give the rows that repeat an earlier one, in order, and that one for each, by their places.

    What makes up the identity of a row is the same in both: date, giver, receiver, prospect,
    count and note. Two rows that have an id of their own each are two referrals.

    Examples
    --------
    >>> from refgraph.reading.read_options import Table
    >>> rows = [("", "Ann", "Bo", "", 1, "")] * 3
    >>> columns = {name: [*cells] for name, cells in zip(CONTENT, zip(*rows))}
    >>> [each.tolist() for each in repeated(Table({**columns, "id": ["7", "ra47c97d3d4", "8"]}))]
    [[1], [0]]
    """
    ids, nothing = id_of(referrals.columns), np.empty(0, np.intp)
    if not len(ids):
        return nothing, nothing
    key = _numbered(referrals)
    ranked = np.sort(key)  # several times faster than an order
    if (ranked[1:] != ranked[:-1]).all():
        return nothing, nothing
    new = np.ones(len(key), dtype=bool)
    np.not_equal(ranked[1:], ranked[:-1], out=new[1:])
    del ranked  # each of these is as large as a column
    order = np.argsort(key, kind="stable").astype(np.int32)
    del key
    later = order[~new]
    first = order[new][np.cumsum(new, dtype=np.int32)[~new] - 1]
    if not isinstance(ids, Ids):  # else no row has one of its own
        pairs = zip(later.tolist(), first.tolist(), strict=True)
        some = [any(is_derived(ids[row]) for row in pair) for pair in pairs]
        later, first = later[some], first[some]
    by_row = np.argsort(later)
    return later[by_row], first[by_row]


def _numbered(referrals: Table) -> NDArray[np.int64]:
    """Give rows the same number where all of their content is the same, and only there."""
    key, most = np.zeros(len(referrals), dtype=np.int64), 1
    for name in CONTENT:
        (codes,) = shared_codes(Column.of(referrals.columns[name]))
        kinds = int(codes.max(initial=0)) + 1
        if most * kinds > _MOST_KEYS:
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
            most = int(key.max(initial=0)) + 1
        key, most = key * kinds + codes, most * kinds
    return key


def tell_repeats(
    referrals: Table,
    repeats: tuple[NDArray[np.integer[Any]], NDArray[np.integer[Any]]],
    places: Mapping[str, Callable[[int], str]] | None = None,
) -> list[str]:
    """Say which rows repeat another, and where, in one sentence; nothing if none does.

    Parameters
    ----------
    referrals : Table
        The rows.
    repeats : (ndarray, ndarray)
        Which rows repeat another, and which one each repeats.
    places : mapping, optional
        For the name of a table that is no file: what names the place of a row by its line.
    """
    later, first = repeats
    if not len(later):
        return []
    files, lines = (referrals.columns[name] for name in ("file", "line"))
    file = Column.of(files).codes
    several = len(np.unique(np.r_[file[later], file[first]])) > 1

    def place(row: int) -> str:
        name = (places or {}).get(files[row], "line {:,}".format)
        return name(lines[row]) + (f" of {files[row]}" if several else "")

    some = zip(later[:MOST_TOLD].tolist(), first[:MOST_TOLD].tolist(), strict=True)
    told = [(place(row), place(other)) for row, other in some]
    said = "is counted again", "are counted again"
    listed, advice = "refgraph check --only duplicates", ", and if it is two, give each an id"
    return [say_repeats(len(later), told, said, listed) + advice]


def say_repeats(
    number: int,
    places: Iterable[tuple[str, str]],
    said: tuple[str, str],
    listed: str = "",
    advice: str = "if it is one referral, delete one of the two",
) -> str:
    """Say that rows repeat others, and where: the first few of them.

    Parameters
    ----------
    number : int
        How many do.
    places : iterable of (str, str)
        Where each stands, and the one that it repeats.
    said : (str, str)
        What follows from it, of one row and of several.
    listed : str
        The command that lists all of them, if there is one.
    advice : str
        What to do if that is wrong.

    Examples
    --------
    >>> say_repeats(1, [("line 3", "line 2")], ("is counted again", "are counted again"))
    '1 row repeats another, and is counted again: line 3 as line 2; if it is one referral, delete \
one of the two'
    """
    told = [f"{place} as {other}" for place, other in islice(places, MOST_TOLD)]
    if more := number - len(told):
        told.append(f"and {more:,} more" + (f" ({listed})" if listed else ""))
    repeat, and_so = count(number, "row", "repeats"), which_of(number, *said)
    where = ", ".join(told)
    return f"{repeat} another, and {and_so}: {where}; {advice}"
