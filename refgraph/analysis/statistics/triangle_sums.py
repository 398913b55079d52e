"""Sums over the third of each triangle: products of sparse matrices where they are needed.

Each triangle is met once, from the one of the three who has the fewest ties, and serves all six
places of its pairs: of people with forty ties each that is a tenth of the multiplications of a
product of matrices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.analysis.statistics.sparse_products import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

__all__ = ["triangle_sums"]

_ROOM = 16  # places of the sieve for each pair, so that one in sixteen passes by chance
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2 ** 64 over the golden ratio: spreads keys evenly

Pair = tuple["NDArray[np.float64]", "NDArray[np.float64]"]


def triangle_sums(
    places: Any, pairs: Sequence[Pair], *, block: int = BLOCK
) -> list[NDArray[np.float64]]:
    r"""Give :math:`\sum_q x_{iq} y_{qj}` for the stored entries :math:`ij` of a matrix.

    Parameters
    ----------
    places : scipy.sparse.csr_array
        Square, indices sorted, nothing on its diagonal, and an entry at :math:`ji` wherever there
        is one at :math:`ij`.
    pairs : sequence of (x, y)
        Each an array of numbers for the stored entries, in their order; 0 elsewhere.
    block : int, default 2,000,000
        Pairs of ties looked at together, or four times the entries where that is more.

    Returns
    -------
    list of array
        For each of ``pairs``, a number for each stored entry.

    Examples
    --------
    In a triangle there is one way from each to each over the third; none to a fourth.

    >>> from scipy.sparse import csr_array
    >>> Z = csr_array([[0, 1, 1, 1], [1, 0, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0]])
    >>> one = np.ones(8)
    >>> triangle_sums(Z, [(one, one)])
    [array([1., 1., 0., 1., 1., 1., 1., 0.])]
    """
    entries = len(places.indices)
    found = [np.zeros(entries) for _ in pairs]
    if not entries:
        return found
    back = np.argsort(places.indices, kind="stable")  # the place of ji for that of ij
    for ab, ac, bc in _triangles(places, max(block, 4 * entries)):
        ba, ca, cb = back[ab], back[ac], back[bc]
        sixfold = (
            (ab, ac, cb),
            (ba, bc, ca),
            (ac, ab, bc),
            (ca, cb, ba),
            (bc, ba, ac),
            (cb, ca, ab),
        )
        for number, (x, y) in enumerate(pairs):
            for ends, one, other in sixfold:
                found[number] += np.bincount(ends, x[one] * y[other], entries)
    return found


def _triangles(places: Any, block: int) -> Iterator[tuple[NDArray[np.int64], ...]]:
    """Give the triangles once each, as the places of ab, ac and bc, where a has the fewest ties."""
    people, degree = places.shape[0], np.diff(places.indptr)
    rank = np.empty(people, dtype=np.int64)
    rank[np.argsort(degree, kind="stable")] = np.arange(people)
    key = np.repeat(rank, degree) * people + rank[places.indices]
    up = np.flatnonzero(np.repeat(rank, degree) < rank[places.indices])
    up = up[np.argsort(key[up], kind="stable")]
    key = key[up]
    lower, upper = key // people, key % people
    passes = _sieve(key)
    ends = np.searchsorted(lower, lower, side="right")
    after = ends - np.arange(len(key)) - 1  # ties of the same person that come later
    done = np.r_[0, np.cumsum(after)]
    start = 0
    while start < len(key):
        stop = max(int(np.searchsorted(done, done[start] + block, side="right")) - 1, start + 1)
        one = np.repeat(np.arange(start, stop), after[start:stop])
        other = ends[one] - (done[one + 1] - np.arange(done[start], done[stop]))
        sought = upper[one] * people + upper[other]
        may = np.flatnonzero(passes(sought))
        at = np.minimum(np.searchsorted(key, sought[may]), len(key) - 1)
        closed = key[at] == sought[may]
        yield up[one[may[closed]]], up[other[may[closed]]], up[at[closed]]
        start = stop


def _sieve(key: NDArray[np.int64]) -> Any:
    """Make what lets all of these numbers pass, and few others: searching for each takes longer."""
    bits = max(int(_ROOM * len(key)).bit_length(), 1)
    shift = np.uint64(64 - bits)
    marked = np.zeros(1 << bits, dtype=bool)
    marked[(key.view(np.uint64) * _MIX) >> shift] = True
    return lambda sought: marked[(sought.view(np.uint64) * _MIX) >> shift]
