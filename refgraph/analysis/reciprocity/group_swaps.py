"""Networks drawn at random that keep, for everybody, the ties to and from each group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.reciprocity.degree_preserving_swaps import ARM, Chains, from_hub

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from refgraph.graph.door import Ties

__all__ = ["GroupChains", "shuffled_in_groups"]


class GroupChains(Chains):
    """Networks that change together and keep who has how many ties to and from each group.

    The ties from one group to another are a block. Two ties of a block exchange their
    receivers, and a round of three within a group is reversed; no step touches two blocks.
    Ties are held block by block.

    Parameters
    ----------
    people : int
        Number of people.
    giver, receiver : ndarray of int64
        The two ends of each tie, in the order of :meth:`order`.
    copies : int
        Number of chains.
    group : ndarray of int64
        Number of each person's group, from 0.
    barred : ndarray of bool, optional
        Pairs of people between whom no tie may come, as a symmetric matrix.

    Examples
    --------
    Ann and Bo are one group, Cy and Dee another; Ann -> Cy and Bo -> Dee are one block.

    >>> giver, receiver, group = np.array([0, 1]), np.array([2, 3]), np.array([0, 0, 1, 1])
    >>> chains = GroupChains(4, giver, receiver, copies=1, group=group)
    >>> chains.swap(np.array([0]), np.array([1]))
    >>> chains.receiver
    array([[3, 2]])
    """

    def __init__(
        self,
        people: int,
        giver: NDArray[np.int64],
        receiver: NDArray[np.int64],
        copies: int,
        *,
        group: NDArray[np.int64],
        barred: NDArray[np.bool_] | None = None,
    ) -> None:
        super().__init__(people, giver, receiver, copies)
        if barred is not None:  # the moves find these places taken; no tie has one opposite
            self._taken.reshape(copies, -1)[:, barred.reshape(-1)] = True
        own, theirs = group[giver], group[receiver]
        _, at, self._size = np.unique(
            own * (group.max(initial=0) + 1) + theirs, return_inverse=True, return_counts=True
        )
        self._first, self._size = (np.cumsum(self._size) - self._size)[at], self._size[at]
        self._inside = np.flatnonzero(own == theirs)  # only these are part of a round
        self.starts, self.stops = np.zeros((2, people), dtype=np.int64)
        by = giver[self._inside]
        firsts = np.flatnonzero(np.diff(by, prepend=-1))
        self.starts[by[firsts]] = self._inside[firsts]
        self.stops[by[firsts]] = self._inside[np.append(firsts, len(by))[1:] - 1] + 1

    @staticmethod
    def order(edges: Ties, group: NDArray[np.int64]) -> NDArray[np.intp]:
        """Give the order of the ties: by the two groups, then giver, then receiver."""
        return np.lexsort((edges.receiver, edges.giver, group[edges.receiver], group[edges.giver]))

    def proposals(
        self, rng: np.random.Generator
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Draw what a round tries: any tie and one of its block, and a tie within a group."""
        copies = len(self.receiver)
        one = rng.integers(0, len(self.giver), size=(2 * ARM, copies))
        other = self._first[one] + (rng.random(one.shape) * self._size[one]).astype(np.int64)
        inside = rng.integers(0, max(len(self._inside), 1), size=copies)
        return np.stack([one, other]), inside, rng.random(copies)

    def turn(self, tie: NDArray[np.int64], onward: NDArray[np.float64]) -> None:
        """Reverse a round of three within a group; ``tie`` counts the ties within groups."""
        if len(self._inside):
            super().turn(self._inside[tie], onward)


def shuffled_in_groups(
    edges: Ties,
    group: NDArray[np.int64],
    *,
    samples: int,
    rng: np.random.Generator,
    barred: NDArray[np.bool_] | None = None,
) -> Iterator[Chains]:
    """Draw networks in which everybody has as many ties to, and from, each group.

    All of them have the same chance: a block from one group to another is a table of
    zeros and ones with given sums, all of which swaps reach [1]_; within a group, where
    nobody refers to themselves, swaps and turned rounds of three do [2]_. With
    ``barred`` pairs some may be out of reach: those in reach have the same chance.

    Parameters
    ----------
    edges : refgraph.graph.door.Ties
        The ties of a network; at least one.
    group : ndarray of int64
        Number of each person's group, from 0.
    samples, rng
        As for :func:`refgraph.analysis.reciprocity.degree_preserving_swaps.shuffled`.
    barred : ndarray of bool, optional
        Pairs between whom no tie may come, and none is, as a symmetric matrix.

    Yields
    ------
    Chains
        The next of the samples, as many as fit into memory together.

    References
    ----------
    .. [1] Ryser, H. J. (1957). Combinatorial properties of matrices of zeros and ones.
       *Canadian Journal of Mathematics* 9, 371-377.
    .. [2] Rao, A. R., Jana, R., Bandyopadhyay, S. (1996). A Markov chain Monte Carlo
       method for generating random (0, 1)-matrices with given marginals. *Sankhya A*
       58, 225-242.
    """
    order = GroupChains.order(edges, group)
    giver = edges.giver[order]

    def start(receiver: NDArray[np.int64], copies: int) -> Chains:
        return GroupChains(edges.people, giver, receiver, copies, group=group, barred=barred)

    yield from from_hub(start, edges.people, edges.receiver[order], samples=samples, rng=rng)
