"""The loops of shortest ways as machine code, where Numba is there and works."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from refgraph.analysis.connecting.compiled.shortest_ways import (
    Network,
    Room,
    add_dependencies,
    seek,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Compiled", "compiled"]


class Compiled(NamedTuple):
    """What there is of Numba.

    Attributes
    ----------
    seek, add_dependencies : callable
        As in `shortest_ways`.
    cores : int
        How many may work at a time: those of this process, or ``NUMBA_NUM_THREADS``.
    missing : str
        Why these are the loops of Python, which nobody should wait for; "" where they are not.
    """

    seek: Callable[..., int]
    add_dependencies: Callable[..., None]
    cores: int = 1
    missing: str = ""


@cache
def compiled() -> Compiled:
    """Compile the loops, or read what an earlier program compiled, or say why neither can be.

    Numba keeps what it compiled beside the module, else in the folder for such things of whoever
    runs it, or in ``NUMBA_CACHE_DIR``. Where it may write to none, every program compiles anew.

    Examples
    --------
    >>> isinstance(compiled().missing, str)
    True
    """
    try:
        import numba  # noqa: PLC0415  # an extra; half a second
    except Exception as error:  # noqa: BLE001  # whatever is wrong with it, it is not needed
        return Compiled(seek, add_dependencies, missing=f"Numba cannot be imported: {error}")
    if numba.config.DISABLE_JIT:
        return Compiled(seek, add_dependencies, missing="NUMBA_DISABLE_JIT is set")
    for cached in (True, False):
        try:
            functions = _tried(numba, cached=cached)
        except Exception as error:  # noqa: BLE001  # as where it cannot keep what it compiled
            why = f"Numba cannot compile: {error}"
        else:
            return Compiled(*functions, cores=int(numba.config.NUMBA_NUM_THREADS))
    return Compiled(seek, add_dependencies, missing=why)


def _tried(numba: Any, *, cached: bool) -> tuple[Callable[..., int], Callable[..., None]]:
    """Compile both by finding the way from one person to another."""
    search, back = (numba.njit(nogil=True, cache=cached)(each) for each in (seek, add_dependencies))
    at, to = np.array([0, 1, 1], dtype=np.uint64), np.array([1], dtype=np.uint32)
    network = Network(at, to, np.array([0, 0, 1], dtype=np.uint64), to - np.uint32(1))
    room = Room.of(2)
    steps = search(network, room, np.zeros(1, dtype=np.uint32))
    back(network, room, steps, np.zeros(2), np.zeros(2))
    return search, back
