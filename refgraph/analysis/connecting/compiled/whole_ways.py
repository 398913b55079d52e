"""How much one person depends on everybody, by whole numbers of any size."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Ways = Sequence[Sequence[tuple[int, int]]]

__all__ = ["MOST_PATHS", "summed", "ways_of"]

#: Shortest paths to one person beyond which floating point no longer counts them: a network two
#: people wide and a thousand steps long has more of them from end to end than it can hold.
MOST_PATHS = 1e300


def ways_of(out_at: NDArray[Any], out_to: NDArray[Any], lengths: Sequence[int] = ()) -> Ways:
    """Give to whom each person has ties, and how long these are; 1 where nothing is told.

    Parameters
    ----------
    out_at : array of int
        Where in the next array the ties of each person begin, and where the last one's end.
    out_to : array of int
        To whom.
    lengths : sequence of int, optional
        Of each tie, more than 0.

    Examples
    --------
    >>> ways_of(np.array([0, 2, 3, 3]), np.array([1, 2, 2]), [3, 7, 3])
    [[(1, 3), (2, 7)], [(2, 3)], []]
    """
    ties = list(zip(out_to.tolist(), lengths or [1] * len(out_to), strict=True))
    ends = out_at.tolist()
    return [ties[first:last] for first, last in pairwise(ends)]


def summed(ways: Ways, sources: Iterable[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    r"""Add up which share of the shortest ways of some people runs through everybody.

    Brandes' :math:`\delta_s(v) = \sum_t \sigma_{st}(v) / \sigma_{st}`. Lengths and numbers of
    paths are Python's whole numbers, which have no largest; only their ratios are rounded.

    Parameters
    ----------
    ways : sequence
        As :func:`ways_of` gives them.
    sources : iterable of int
        Where the ways begin.

    Returns
    -------
    tuple of two arrays
        The sum over the sources, and that of the squares.

    Examples
    --------
    From the first over the second to the third it is 3 + 3, shorter than 7.

    >>> summed([[(1, 3), (2, 7)], [(2, 3)], []], [0, 1])[0].tolist()
    [0.0, 1.0, 0.0]
    """
    total, squares = np.zeros(len(ways)), np.zeros(len(ways))
    for source in sources:
        one = np.array(_depends(ways, source))
        total += one
        squares += one**2
    return total, squares


def _depends(ways: Ways, source: int) -> list[float]:
    far, paths, before = {source: 0}, {source: 1}, {source: list[int]()}
    to_go, reached = [(0, source)], []
    while to_go:
        here, person = heappop(to_go)
        if here > far[person]:
            continue  # a shorter way was found since
        reached.append(person)
        number = paths[person]
        for other, length in ways[person]:
            there = here + length
            known = far.get(other)
            if known is None or there < known:
                far[other], paths[other], before[other] = there, number, [person]
                heappush(to_go, (there, other))
            elif there == known:
                paths[other] += number
                before[other].append(person)
    share = [0.0] * len(ways)
    for other in reversed(reached):
        through, number = 1 + share[other], paths[other]
        for person in before[other]:
            share[person] += paths[person] / number * through
    share[source] = 0.0
    return share
