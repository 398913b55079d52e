"""Of a crowd, the people who refer most among each other, whose matrix is not nearly empty."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from scipy.sparse import csr_array

__all__ = ["by_core"]


def by_core(weight: csr_array[np.float64], ranked: Sequence[int], first: int = -1) -> list[int]:
    """Order people so that the first of them refer much among each other, however many one takes.

    Whoever has the fewest referrals with those who are left is left out, again and again; who is
    left out last comes first. These are nested cores, by referrals instead of neighbours.

    Parameters
    ----------
    weight : (n, n) sparse array
        Referrals from each to each.
    ranked : sequence of int
        Whom to order; of two with as few referrals, the later one is left out first.
    first : int, default -1
        Somebody who comes first whatever they refer; -1 for nobody.

    Returns
    -------
    list of int
        All of `ranked`.

    References
    ----------
    S. B. Seidman, "Network structure and minimum degree", Social Networks 5 (1983), 269-287.

    Examples
    --------
    Of two busy people whose many referrals go elsewhere and three who refer among each other, the
    three come first:

    >>> from scipy.sparse import csr_array
    >>> pairs = [(0, k) for k in range(5, 9)] + [(1, k) for k in range(9, 13)]
    >>> pairs += [(2, 3), (3, 4), (4, 2)]
    >>> givers, receivers = zip(*pairs, strict=True)
    >>> weight = csr_array(([1.0] * len(pairs), (givers, receivers)), shape=(13, 13))
    >>> by_core(weight, range(13))[:3]
    [2, 3, 4]
    """
    both = (weight + weight.T).tocsr()
    place = {person: k for k, person in enumerate(ranked)}
    left: list[float] = both.sum(axis=1).tolist()
    waiting = [(left[person], -place[person], person) for person in ranked if person != first]
    heapq.heapify(waiting)
    gone, order = set[int](), []
    while waiting:
        few, _, person = heapq.heappop(waiting)
        if person in gone or few > left[person]:  # since then it has lost referrals
            continue
        gone.add(person)
        order.append(person)
        here = slice(both.indptr[person], both.indptr[person + 1])
        for other, much in zip(both.indices[here].tolist(), both.data[here].tolist(), strict=True):
            if other not in gone and other != first and other in place:
                left[other] -= much
                heapq.heappush(waiting, (left[other], -place[other], other))
    return [*([first] if first in place else []), *reversed(order)]
