"""Orders of whole numbers, and where they stand: by sorting, which is faster than looking up.

Numbers are sorted several times faster than an order is found by which they would be, and a
number is looked up faster after the one before it. A stable order is therefore found by sorting
numbers that hold both, the key and the row, where the two fit into 63 bits.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["among", "distinct", "numbered", "order_of", "place_in"]

_BITS = 63  # of a number that is not negative


def order_of(*keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the rows in order of the first key, of those level in order of the next, and so on.

    Rows level in all keys stay as they are.

    Examples
    --------
    >>> order_of(np.array([2, -1, 2, -1])).tolist()
    [1, 3, 0, 2]
    >>> order_of(np.array([2, -1, 2, -1]), np.array([5, 4, 4, 4])).tolist()
    [1, 3, 2, 0]
    """
    rows = len(keys[0])
    if not rows:
        return np.zeros(0, dtype=np.int64)
    lowest = [int(key.min()) for key in keys]
    spans = [int(key.max()) - low + 1 for key, low in zip(keys, lowest, strict=True)]
    bits = (rows - 1).bit_length()
    if (prod(spans) - 1).bit_length() + bits > _BITS:
        return np.asarray(np.lexsort(keys[::-1]))
    packed = np.zeros(rows, dtype=np.int64)
    for key, low, span in zip(keys, lowest, spans, strict=True):
        packed *= span
        packed += key
        packed -= low
    packed <<= bits
    packed |= np.arange(rows)
    packed.sort()
    packed &= (1 << bits) - 1
    return packed


def distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give each number once, sorted; where most are different, far faster than numpy's own.

    Examples
    --------
    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    ranked = np.sort(values)
    return ranked[_is_new(ranked)]


def numbered(
    values: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Give each number once, sorted, the row it first stands in, and of each row which it is.

    Examples
    --------
    >>> [each.tolist() for each in numbered(np.array([3, 1, 3]))]
    [[1, 3], [1, 0], [1, 0, 1]]
    """
    order = order_of(values)
    ranked = values[order]
    new = _is_new(ranked)
    place = np.empty(len(values), dtype=np.int64)
    place[order] = np.cumsum(new) - 1
    return ranked[new], order[new], place


def place_in(
    ranked: NDArray[np.int64], asked: NDArray[np.int64], side: Literal["left", "right"] = "left"
) -> NDArray[np.int64]:
    """Give where each number would stand in a sorted list, before those that are level.

    Parameters
    ----------
    ranked : ndarray of int64
        Sorted.
    asked : ndarray of int64
        In any order.
    side : {"left", "right"}, default "left"
        ``right`` is after those that are level.

    Examples
    --------
    >>> place_in(np.array([1, 3, 3]), np.array([4, 3, 0])).tolist()
    [3, 1, 0]
    """
    if (asked[1:] >= asked[:-1]).all():
        return np.asarray(np.searchsorted(ranked, asked, side))
    order = order_of(asked)
    found = np.empty(len(asked), dtype=np.int64)
    found[order] = np.searchsorted(ranked, asked[order], side)
    return found


def among(asked: NDArray[np.int64], some: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell of each number whether it is one of some.

    Examples
    --------
    >>> among(np.array([4, 3, 0]), np.array([3, 4, 9])).tolist()
    [True, True, False]
    >>> among(np.array([4, 3]), np.array([], dtype=np.int64)).tolist()
    [False, False]
    """
    if not len(some):
        return np.zeros(len(asked), dtype=bool)
    ranked = np.sort(some)
    found: NDArray[np.bool_] = ranked[np.minimum(place_in(ranked, asked), len(some) - 1)] == asked
    return found


def _is_new(ranked: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which numbers of a sorted list differ from the one before."""
    first = np.ones(len(ranked), dtype=bool)
    first[1:] = ranked[1:] != ranked[:-1]
    return first
