"""The pairs of people who have referrals, with what went each way, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.errors import GraphError

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Pairs", "fold", "pairs"]

_LARGE = 2.0**31  # of counts, not of people


@dataclass(frozen=True)
class Pairs:
    """Every unordered pair with a referral, sorted by its two people.

    Attributes
    ----------
    people : int
        Number of people; positions below count from 0 to ``people`` - 1.
    a, b : ndarray of int64
        Positions of the two people, ``a`` before ``b``.
    a_to_b, b_to_a : ndarray of float64
        Referrals each way, 0 where there are none.
    """

    people: int
    a: NDArray[np.int64]
    b: NDArray[np.int64]
    a_to_b: NDArray[np.float64]
    b_to_a: NDArray[np.float64]

    @property
    def matched(self) -> NDArray[np.float64]:
        """Referrals of each pair that have one in the other direction, counted one way."""
        return np.minimum(self.a_to_b, self.b_to_a)


def pairs(G: nx.DiGraph[Any]) -> Pairs:
    """Give the pairs of a referral graph, positions along ``list(G)``.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> found = pairs(referral_graph([("Ann", "Bo", 3), ("Bo", "Ann", 1), ("Cy", "Ann", 2)]))
    >>> found.a_to_b.tolist(), found.b_to_a.tolist()
    ([3.0, 0.0], [1.0, 2.0])
    """
    from refgraph.graph.door import ties  # noqa: PLC0415  # NetworkX, which fold is without

    edges = ties(G)
    return _fold(edges.people, edges.giver, edges.receiver, edges.weight)


def fold(people: int, giver: ArrayLike, receiver: ArrayLike, count: ArrayLike = 1.0) -> Pairs:
    """Sum referrals given as arrays into pairs, without a graph.

    Parameters
    ----------
    people : int
        Number of people.
    giver, receiver : array_like of int
        Positions of the two people of each referral, 0 to ``people`` - 1.
    count : array_like of float, default 1
        Referrals in each row.

    Returns
    -------
    Pairs

    Raises
    ------
    GraphError
        The arrays differ in length, a position is outside the people, somebody
        refers to themselves, or a count is not a finite number above 0.

    Examples
    --------
    >>> fold(3, [0, 0, 1], [1, 1, 0]).a_to_b.tolist()
    [2.0]
    """
    by, to = np.asarray(giver, dtype=np.int64), np.asarray(receiver, dtype=np.int64)
    if by.ndim != 1 or by.shape != to.shape:
        msg = f"givers and receivers must be two lists of one length, got {by.shape} and {to.shape}"
        raise GraphError(msg)
    if len(by) and not 0 <= min(by.min(), to.min()) <= max(by.max(), to.max()) < people:
        msg = f"the positions of givers and receivers must be from 0 to {people - 1}"
        raise GraphError(msg)
    if len(own := np.flatnonzero(by == to)):
        msg = f"person {by[own[0]]} cannot refer to themselves"
        raise GraphError(msg)
    weight = np.asarray(count, dtype=float)
    if weight.shape not in ((), by.shape):
        msg = f"there are {len(weight)} counts for {len(by)} referrals"
        raise GraphError(msg)
    if not (np.isfinite(weight).all() and (weight > 0).all()):
        msg = "the counts must be finite numbers above 0"
        raise GraphError(msg)
    return _fold(people, by, to, np.broadcast_to(weight, by.shape))


def _fold(
    people: int,
    giver: NDArray[np.int64],
    receiver: NDArray[np.int64],
    weight: NDArray[np.float64],
) -> Pairs:
    pair = np.minimum(giver, receiver)
    forward = giver == pair
    pair *= people
    pair += np.maximum(giver, receiver)
    pair, starts, forward, weight = _by_pair(people, pair, forward, weight)
    if not len(starts):
        return Pairs(people, pair, pair, np.zeros(0), np.zeros(0))
    a_to_b = np.add.reduceat(np.where(forward, weight, 0), starts).astype(float)
    b_to_a = np.add.reduceat(np.where(forward, 0, weight), starts).astype(float)
    a, b = np.divmod(pair, people)
    return Pairs(people, a, b, a_to_b, b_to_a)


def _by_pair(
    people: int,
    pair: NDArray[np.int64],
    forward: NDArray[np.bool_],
    weight: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.intp], NDArray[np.bool_], NDArray[Any]]:
    """Sort rows by pair; give each pair, where its rows begin, and their direction and count.

    Whole counts fit with their pair into one number, as a rule, and numbers are sorted several
    times faster than what an order is needed of. ``pair`` is overwritten: new room for each step
    would take longer than the step.
    """
    most = float(weight.max(initial=0))
    bits = int(most).bit_length() if most < _LARGE else 0
    fits = most < _LARGE and (people * people).bit_length() + bits < 62
    if not fits or (weight != np.floor(weight)).any():
        order = np.argsort(pair)
        pair = pair[order]
        starts = _starts(pair)
        return pair[starts], starts, forward[order], weight[order]
    pair <<= 1
    pair |= forward
    pair <<= bits
    pair |= weight.astype(np.int64)
    pair.sort()
    forward, whole = (pair & 1 << bits).astype(bool), pair & ((1 << bits) - 1)
    pair >>= bits + 1
    starts = _starts(pair)
    return pair[starts], starts, forward, whole


def _starts(pair: NDArray[np.int64]) -> NDArray[np.intp]:
    """Where in sorted rows those of each pair begin."""
    new = np.ones(len(pair), dtype=bool)
    np.not_equal(pair[1:], pair[:-1], out=new[1:])
    return np.flatnonzero(new)
