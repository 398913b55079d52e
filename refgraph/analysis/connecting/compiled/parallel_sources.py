"""What all sources depend on everybody, on all cores and the same on any number of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.analysis.connecting.compiled.shortest_ways import LANES, Room, sides_of
from refgraph.analysis.connecting.compiled.whole_ways import MOST_PATHS, summed, ways_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from refgraph.analysis.connecting.compiled.numba_code import Compiled
    from refgraph.analysis.connecting.compiled.whole_ways import Ways

__all__ = ["GROUP", "dependencies"]

GROUP = 8 * LANES  # sources whose sum is added to the others' at once
_MOST_BYTES = 2**30  # of room for searches


def dependencies(
    step: Any, sources: NDArray[np.int64], code: Compiled
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Give, for each group of :data:`GROUP` sources, how much they depend on everybody.

    Which sources are a group, and in which order they are summed, says their place alone: the sum
    of the groups, in the order in which they are given, is the same on any number of cores.

    Parameters
    ----------
    step : scipy.sparse.csr_array
        A row for each person who gives, something in it for each to whom.
    sources : array of int
        Different people.
    code : Compiled
        The loops, and how many cores there are.

    Yields
    ------
    tuple of two arrays
        The sum over the group of Brandes' dependency on each person, and that of its squares.

    Examples
    --------
    From the first over the second to the third:

    >>> from scipy.sparse import csr_array
    >>> from refgraph.analysis.connecting.compiled.numba_code import Compiled
    >>> from refgraph.analysis.connecting.compiled.shortest_ways import add_dependencies, seek
    >>> row = csr_array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
    >>> some = np.array([0, 1])
    >>> [total.tolist() for total, _ in dependencies(row, some, Compiled(seek, add_dependencies))]
    [[0.0, 1.0, 0.0]]
    """
    network, people = sides_of(step), step.shape[0]
    groups = [sources[at : at + GROUP] for at in range(0, len(sources), GROUP)]
    affordable = max(_MOST_BYTES // Room.bytes_of(people), 1)
    rooms: SimpleQueue[Room] = SimpleQueue()
    workers = max(min(code.cores, affordable, len(groups)), 1)
    for _ in range(workers):
        rooms.put(Room.of(people))

    @cache
    def whole_ways() -> Ways:
        return ways_of(network.out_at, network.out_to)

    def of(group: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        room = rooms.get()
        try:
            total, squares = np.zeros(people), np.zeros(people)
            for at in range(0, len(group), LANES):
                lanes = group[at : at + LANES]
                steps = code.seek(network, room, lanes.astype(np.uint32))
                if room.paths.max(initial=0) > MOST_PATHS:
                    more, more_squares = summed(whole_ways(), lanes.tolist())
                    total += more
                    squares += more_squares
                    continue
                code.add_dependencies(network, room, steps, total, squares)
        finally:  # or the next group would wait for it for ever
            rooms.put(room)
        return total, squares

    pool = ThreadPoolExecutor(workers, thread_name_prefix="refgraph ways")
    try:
        yield from pool.map(of, groups)
    finally:
        pool.shutdown(cancel_futures=True)
