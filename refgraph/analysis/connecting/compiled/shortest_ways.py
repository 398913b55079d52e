"""Brandes' accumulation for up to eight sources at a time, in loops for a compiler.

Eight, since the eight numbers of a person then fill one line of a processor's cache. Where a step
meets most people, all of a person's ties are added without asking who is met: the rest add 0.
Numbers without a sign stand wherever something is counted from the start of an array, which spares
the compiler asking whether it is from the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["LANES", "Network", "Room", "add_dependencies", "seek", "sides_of"]

LANES = 8
_LINE = 64  # bytes of a line of the cache
_ONE = np.uint32(1)


class Network(NamedTuple):
    """The ties of a network from both of their ends.

    Attributes
    ----------
    out_at, in_at : array of uint64
        Where in the next array those of each person begin, and where the last one's end.
    out_to, in_of : array of uint32
        To whom each person has ties, and from whom.
    """

    out_at: NDArray[np.uint64]
    out_to: NDArray[np.uint32]
    in_at: NDArray[np.uint64]
    in_of: NDArray[np.uint32]


class Room(NamedTuple):
    """What a search writes down; the first four arrays are 0 before and after.

    Attributes
    ----------
    here, there : array of float
        Of each person and source, a number at this step and at the next.
    front, fresh : array of uint8
        Of each person, which sources (as bits) meet them at this step, and at the next.
    paths : array of float
        Of each person and source that reaches them, the number of shortest paths.
    seen : array of uint8
        Of each person, which sources have reached them.
    who, bits : array
        Who is reached by which sources, step by step.
    steps : array of int64
        Where in these the people of each step begin.
    """

    here: NDArray[np.float64]
    there: NDArray[np.float64]
    front: NDArray[np.uint8]
    fresh: NDArray[np.uint8]
    paths: NDArray[np.float64]
    seen: NDArray[np.uint8]
    who: NDArray[np.uint32]
    bits: NDArray[np.uint8]
    steps: NDArray[np.int64]

    @classmethod
    def of(cls, people: int) -> Room:
        """Make room for searches among so many people.

        Examples
        --------
        >>> Room.of(3).paths.shape
        (3, 8)
        """
        here, there, paths = (_in_lines(people) for _ in range(3))
        front, fresh, seen = (np.zeros(people, dtype=np.uint8) for _ in range(3))
        who = np.zeros(people * (LANES + 1), dtype=np.uint32)  # and as many who might be next
        bits = np.zeros(people * LANES, dtype=np.uint8)
        steps = np.zeros(people + 2, dtype=np.int64)
        return cls(here, there, front, fresh, paths, seen, who, bits, steps)

    @staticmethod
    def bytes_of(people: int) -> int:
        """Give the memory that it takes.

        Examples
        --------
        >>> Room.bytes_of(1_000)
        247000
        """
        return people * (3 * LANES * 8 + 3 + (LANES + 1) * 4 + LANES + 8)


def sides_of(step: Any) -> Network:
    """Give the ties of a sparse matrix, a row for each who gives, from both of their ends.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> sides_of(csr_array([[0.0, 1.0], [0.0, 0.0]])).in_of
    array([0], dtype=uint32)
    """
    sides = []
    for side in (step, step.T.tocsr()):
        side.sort_indices()
        sides += [side.indptr.astype(np.uint64), side.indices.astype(np.uint32)]
    return Network(*sides)


def _in_lines(people: int) -> NDArray[np.float64]:
    """Make zeros, eight a person, each of whom has a line of the cache and not parts of two."""
    numbers = people * LANES
    loose = np.zeros(numbers + _LINE // 8)
    begin = (-loose.ctypes.data % _LINE) // 8
    return loose[begin : begin + numbers].reshape(people, LANES)


def seek(network: Network, room: Room, sources: NDArray[np.uint32]) -> int:  # noqa: C901, PLR0912, PLR0915  # one piece for the compiler
    """Find how many shortest paths lead from each of up to eight sources to everybody.

    Parameters
    ----------
    network : Network
        Whose ties.
    room : Room
        Filled in: ``paths``, ``who``, ``bits`` and ``steps``.
    sources : array of uint32
        Different people, 1 to 8.

    Returns
    -------
    int
        How many steps reach anybody, the sources themselves being the first.
    """
    out_at, out_to, in_at, in_of = network
    here, there, front, fresh, paths, seen, who, bits, steps = room
    people = seen.shape[0]
    seen[:], paths[:] = 0, 0.0
    for lane in range(sources.shape[0]):
        person, bit = sources[lane], np.uint8(1 << lane)
        seen[person] = front[person] = bits[lane] = bit
        here[person, lane] = paths[person, lane] = 1.0
        who[lane] = person
    every = np.uint8((1 << sources.shape[0]) - 1)
    steps[0], steps[1], step = 0, sources.shape[0], 0
    while steps[step + 1] > steps[step]:
        first, last = steps[step], steps[step + 1]
        kept = end = last
        most = 2 * (last - first) > people
        if most:  # whoever is left may be next
            for person in range(people):
                if seen[person] != every:
                    fresh[person] = every & ~seen[person]
                    who[end] = person
                    end += 1
        else:
            for at in range(first, last):
                person = who[at]
                for tie in range(out_at[person], out_at[person + _ONE]):
                    other = out_to[tie]
                    new = np.uint8(bits[at] & ~seen[other])
                    if new and not fresh[other]:
                        who[end] = other
                        end += 1
                    fresh[other] |= new
        for at in range(last, end):
            person, met = who[at], np.uint8(0)
            a = b = c = d = e = f = g = h = 0.0
            for tie in range(in_at[person], in_at[person + _ONE]):
                other = in_of[tie]
                if most or front[other]:
                    met |= front[other]
                    a, b, c = a + here[other, 0], b + here[other, 1], c + here[other, 2]
                    d, e, f = d + here[other, 3], e + here[other, 4], f + here[other, 5]
                    g, h = g + here[other, 6], h + here[other, 7]
            met &= fresh[person]
            fresh[person] = met
            if met:
                seen[person] |= met
                row = there[person]
                row[0], row[1], row[2], row[3] = a, b, c, d
                row[4], row[5], row[6], row[7] = e, f, g, h
                for lane in range(LANES):
                    row[lane] = row[lane] if met >> lane & 1 else 0.0
                    paths[person, lane] += row[lane]
                who[kept], bits[kept], kept = person, met, kept + 1
        for at in range(first, last):
            here[who[at]] = 0.0
            front[who[at]] = 0
        here, there, front, fresh = there, here, fresh, front
        step += 1
        steps[step + 1] = kept
    return step


def add_dependencies(
    network: Network,
    room: Room,
    step: int,
    total: NDArray[np.float64],
    squares: NDArray[np.float64],
) -> None:
    """Go back from the last step to the first, and add what each source depends on everybody.

    Parameters
    ----------
    network : Network
        Whose ties.
    room : Room
        As :func:`seek` left it.
    step : int
        What it gave.
    total, squares : array of float
        Of each person, added to: the dependencies of the sources, and their squares.
    """
    out_at, out_to = network.out_at, network.out_to
    here, there, front, fresh, paths, _, who, bits, steps = room
    people = front.shape[0]
    for back in range(step - 1, 0, -1):
        first, last, end = steps[back], steps[back + 1], steps[back + 2]
        most = 2 * (end - last) > people
        for at in range(first, last):
            person, met = who[at], bits[at]
            a = b = c = d = e = f = g = h = 0.0
            for tie in range(out_at[person], out_at[person + _ONE]):
                other = out_to[tie]
                if most or front[other]:
                    a, b, c = a + here[other, 0], b + here[other, 1], c + here[other, 2]
                    d, e, f = d + here[other, 3], e + here[other, 4], f + here[other, 5]
                    g, h = g + here[other, 6], h + here[other, 7]
            row = there[person]
            row[0], row[1], row[2], row[3] = a, b, c, d
            row[4], row[5], row[6], row[7] = e, f, g, h
            for lane in range(LANES):
                depends = row[lane] * paths[person, lane] if met >> lane & 1 else 0.0
                total[person] += depends
                squares[person] += depends * depends
                # what whoever is a step nearer has of it, for each path that leads to them
                row[lane] = (1.0 + depends) / paths[person, lane] if met >> lane & 1 else 0.0
            fresh[person] = met
        for at in range(last, end):
            here[who[at]] = 0.0
            front[who[at]] = 0
        here, there, front, fresh = there, here, fresh, front
    if step > 1:
        for at in range(steps[1], steps[2]):
            here[who[at]] = 0.0
            front[who[at]] = 0
