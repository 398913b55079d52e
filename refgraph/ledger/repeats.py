"""Rows of a record that say what another row says: counted again, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.ledger.column import Column, shared_codes
from refgraph.ledger.identity import CONTENT, Ids, is_derived

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from refgraph.ledger.options import Table

__all__ = ["repeated", "tell_repeats"]

_MOST_TOLD = 5
_MOST_KEYS = 2**62


def repeated(referrals: Table) -> list[tuple[int, int]]:
    """Give each row that repeats an earlier one, and that one, by their places.

    What makes up the identity of a row is the same in both: date, giver, receiver, prospect,
    count and note. Two rows that have an id of their own each are two referrals.

    Examples
    --------
    >>> from refgraph.ledger.options import Table
    >>> rows = [("", "Ann", "Bo", "", 1, "")] * 3
    >>> columns = {name: [*cells] for name, cells in zip(CONTENT, zip(*rows))}
    >>> repeated(Table({**columns, "id": ["7", "ra47c97d3d4", "8"]}))
    [(1, 0)]
    """
    ids = referrals.columns["id"]
    if not len(ids):
        return []
    key = _numbered(referrals)
    order = np.argsort(key, kind="stable")
    same = np.flatnonzero(key[order][1:] == key[order][:-1])
    if not len(same):
        return []
    new = np.ones(len(order), dtype=bool)
    new[same + 1] = False
    first = order[np.flatnonzero(new)[np.cumsum(new) - 1]][same + 1]
    found = sorted(zip(order[same + 1].tolist(), first.tolist(), strict=True))
    if isinstance(ids, Ids):  # no row has one of its own
        return found
    return [pair for pair in found if any(is_derived(ids[row]) for row in pair)]


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
    referrals: Table, places: Mapping[str, Callable[[int], str]] | None = None
) -> list[str]:
    """Say which rows repeat another, and where, in one sentence; nothing if none does.

    Parameters
    ----------
    referrals : Table
        The rows.
    places : mapping, optional
        For the name of a table that is no file: what names the place of a row by its line.
    """
    pairs = repeated(referrals)
    if not pairs:
        return []
    files, lines = (referrals.columns[name] for name in ("file", "line"))
    several = len({files[row] for pair in pairs for row in pair}) > 1

    def place(row: int) -> str:
        name = (places or {}).get(files[row], "line {:,}".format)
        return name(lines[row]) + (f" of {files[row]}" if several else "")

    told = [f"{place(row)} as {place(first)}" for row, first in pairs[:_MOST_TOLD]]
    more = len(pairs) - len(told)
    told += [f"and {more:,} more (refgraph check --only duplicates)"] if more else []
    what = "1 row repeats" if len(pairs) == 1 else f"{len(pairs):,} rows repeat"
    again = "is counted again" if len(pairs) == 1 else "are counted again"
    advice = "if it is one referral, delete one of the two, and if it is two, give each an id"
    return [f"{what} another, and {again}: {', '.join(told)}; {advice}"]
