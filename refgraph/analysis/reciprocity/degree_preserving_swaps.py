"""Networks drawn at random in which everybody gives to, and receives from, as many as before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.progress import doing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from refgraph.graph.door import Ties
    from refgraph.progress import Step

__all__ = ["ARM", "Chains", "chains_at_once", "from_hub", "shuffled", "steps"]

_PER_TIE = 20  # swaps tried for each tie; after 5 of them nothing of the start was to be seen
ARM = 5  # swaps on either side of the one turn of a round
_BYTES = 64_000_000  # for the cells and ties of chains that walk together; two lots meet


class Chains:
    """Networks of the same degrees that change together, one random step each.

    Parameters
    ----------
    people : int
        Number of people.
    giver, receiver : ndarray of int64
        The two ends of each tie, sorted by giver: where all the chains start.
    copies : int
        Number of chains.

    Attributes
    ----------
    receiver : ndarray of int64
        Shape (copies, ties): the receiver of each tie; the giver never changes.

    Examples
    --------
    >>> chains = Chains(3, np.array([0, 1, 2]), np.array([1, 2, 0]), copies=2)
    >>> chains.turn(np.array([0, 1]), np.array([0.2, 0.2]))
    >>> chains.receiver
    array([[2, 0, 1],
           [2, 0, 1]])
    """

    def __init__(
        self, people: int, giver: NDArray[np.int64], receiver: NDArray[np.int64], copies: int
    ) -> None:
        self.people, self.giver = people, giver
        bounds = np.searchsorted(giver, np.arange(people + 1))
        self.starts, self.stops = bounds[:-1], bounds[1:]  # of each person's ties
        self.receiver = np.tile(receiver, (copies, 1))
        taken = np.zeros(people * people, dtype=bool)
        taken[:: people + 1] = True  # nobody refers to themselves
        taken[giver * people + receiver] = True
        self._taken = np.tile(taken, copies)
        self._ends = self.receiver.reshape(-1)
        self._first_tie = np.arange(copies) * len(giver)
        self._first_cell = np.arange(copies) * people**2

    def mutual(self) -> NDArray[np.int64]:
        """Count the mutual pairs of each network."""
        back = self._first_cell[:, None] + self.receiver * self.people + self.giver
        return np.asarray(self._taken[back].sum(axis=1) // 2)

    def swap(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> None:
        """Let two ties of each network exchange their receivers.

        Of u -> v and x -> y come u -> y and x -> v; where one of these is there
        already, or is a loop, the network stays as it is.
        """
        u = self._first_cell + self.giver[one] * self.people
        x = self._first_cell + self.giver[other] * self.people
        self._swap(self._first_tie + one, self._first_tie + other, u, x)

    def _swap(
        self,
        one: NDArray[np.int64],
        other: NDArray[np.int64],
        u: NDArray[np.int64],
        x: NDArray[np.int64],
    ) -> None:
        v, y = self._ends.take(one), self._ends.take(other)
        legal = np.flatnonzero(~(self._taken.take(u + y) | self._taken.take(x + v)))
        one, other, u, x, v, y = (each.take(legal) for each in (one, other, u, x, v, y))
        self._ends[one], self._ends[other] = y, v
        self._taken[u + v] = self._taken[x + y] = False
        self._taken[u + y] = self._taken[x + v] = True

    def turn(self, tie: NDArray[np.int64], onward: NDArray[np.float64]) -> None:
        """Reverse a round u -> v -> x -> u in which no pair is mutual.

        ``tie`` is u -> v; ``onward``, between 0 and 1, says which tie of v goes on to
        x: its lower half is cut into as many parts as v has ties, and the upper
        half lets the network stay, so that no chain goes to and fro in step.
        """
        n, ties = self.people, len(self.giver)
        u, v = self.giver[tie], self._ends[self._first_tie + tie]
        gives = self.stops[v] - self.starts[v]
        step = (2 * onward * gives).astype(np.int64)
        chain = np.flatnonzero(step < gives)
        u, v, tie = u[chain], v[chain], tie[chain]
        second = self.starts[v] + step[chain]
        x = self._ends[self._first_tie[chain] + second]
        cell = self._first_cell[chain]
        there = self._taken[cell + x * n + u] & (x != u)
        against = (
            self._taken[cell + v * n + u]
            | self._taken[cell + x * n + v]
            | self._taken[cell + u * n + x]
        )
        for at in np.flatnonzero(there & ~against):
            a, b, c, base = u[at], v[at], x[at], cell[at]
            ends = self._ends[chain[at] * ties : (chain[at] + 1) * ties]
            third = self.starts[c] + np.flatnonzero(ends[self.starts[c] : self.stops[c]] == a)
            ends[tie[at]], ends[second[at]], ends[third] = c, a, b
            self._taken[base + np.array([a * n + b, b * n + c, c * n + a])] = False
            self._taken[base + np.array([b * n + a, c * n + b, a * n + c])] = True

    def proposals(
        self, rng: np.random.Generator
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Draw what a round tries: the two ties of each swap, and a tie and a way onward."""
        ties, copies = len(self.giver), len(self.receiver)
        pairs = rng.integers(0, ties, size=(2, 2 * ARM, copies))
        return pairs, rng.integers(0, ties, size=copies), rng.random(copies)

    def walk(self, rounds: int, rng: np.random.Generator, work: Step | None = None) -> None:
        """Let every chain take so many rounds: swaps, a turn, and as many swaps again."""
        row = self.giver * self.people
        for _ in range(rounds):
            pairs, tie, onward = self.proposals(rng)
            (one, other), (u, x) = pairs + self._first_tie, row[pairs] + self._first_cell
            for at in range(2 * ARM):
                if at == ARM:
                    self.turn(tie, onward)
                self._swap(one[at], other[at], u[at], x[at])
            if work is not None:
                work.advance()


def shuffled(edges: Ties, *, samples: int, rng: np.random.Generator) -> Iterator[Chains]:
    """Draw networks with the degrees of one network, all with the same chance.

    A chain walks from the network to a hub, and from there every sample walks as
    far on its own. A round is the same read forwards and backwards, so that the
    network itself and the samples could change places if it was drawn like them.

    Parameters
    ----------
    edges : refgraph.graph.door.Ties
        The ties of a network; at least one.
    samples : int
        Number of networks to draw.
    rng : numpy.random.Generator
        Where the chance comes from.

    Yields
    ------
    Chains
        The next of the samples, as many as fit into memory together.
    """

    def start(receiver: NDArray[np.int64], copies: int) -> Chains:
        return Chains(edges.people, edges.giver, receiver, copies)

    yield from from_hub(start, edges.people, edges.receiver, samples=samples, rng=rng)


def from_hub(
    start: Callable[[NDArray[np.int64], int], Chains],
    people: int,
    receiver: NDArray[np.int64],
    *,
    samples: int,
    rng: np.random.Generator,
) -> Iterator[Chains]:
    """Walk from a network to a hub, and from the hub to every sample.

    Parameters
    ----------
    start : callable
        Gives chains, from the receivers of all ties and the number of chains.
    people : int
        Number of people.
    receiver : ndarray of int64
        Receivers of the ties of the network.
    samples, rng
        As for :func:`shuffled`.
    """
    rounds = steps(len(receiver)) // (2 * ARM)
    hub = start(receiver, 1)
    at_once = chains_at_once(people, len(receiver))
    begins = range(0, samples, at_once)
    with doing("Drawing random networks", (1 + len(begins)) * rounds) as work:
        hub.walk(rounds, rng, work)
        for begin in begins:
            chains = start(hub.receiver[0], min(at_once, samples - begin))
            chains.walk(rounds, rng, work)
            yield chains


def steps(ties: int) -> int:
    """Give the number of swaps that a chain tries: 20 for each tie, and never under 500.

    Examples
    --------
    >>> steps(1000)
    20000
    """
    return max(_PER_TIE * ties, 500) // (2 * ARM) * (2 * ARM)


def chains_at_once(people: int, ties: int) -> int:
    """Give the number of chains that fit into memory together.

    Examples
    --------
    >>> chains_at_once(1000, 5000)
    57
    """
    return max(_BYTES // max(people**2 + 24 * ties, 1), 1)
