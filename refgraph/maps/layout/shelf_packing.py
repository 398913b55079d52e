"""Where blocks of any size stand on a page: the first of each shelf, and stacks beside it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["shelved"]

_OVER = 1.15  # times the height of the first block, and a stack is not higher
_PARTS = 6


def shelved(
    sizes: Sequence[tuple[float, float]], room: float, across: float, down: float
) -> tuple[list[tuple[float, float]], float]:
    """Set blocks on shelves from the top down, nearly in their order.

    The first block that is left begins a shelf. Beside it, the next ones that fit stand one below
    the other, as long as they are little higher than the first. What stands beside begins at a
    sixth of the page where there is room for that, so that shelves look alike.

    Parameters
    ----------
    sizes : sequence of (width, height)
        The blocks; none is wider than the room.
    room : float
        The width of the page.
    across, down : float
        The gaps between blocks, and between shelves.

    Returns
    -------
    list of (x, y)
        The upper left corner of each block.
    float
        The height of all shelves.

    Examples
    --------
    >>> shelved([(5, 9), (4, 4), (9, 3), (4, 4)], 11, 1, 1)
    ([(0.0, 0.0), (6.0, 0.0), (0.0, 10.0), (6.0, 5.0)], 13.0)
    """
    at = [(0.0, 0.0)] * len(sizes)
    left, top = list(range(len(sizes))), 0.0
    while left:
        first = left.pop(0)
        wide, high = sizes[first]
        at[first] = (0.0, top)
        x, most = wide + across, _OVER * high
        while True:
            stack, y, widest = [], 0.0, 0.0
            for block in left:
                if x + sizes[block][0] <= room and y + sizes[block][1] <= most:
                    stack.append((block, y))
                    y += sizes[block][1] + down
                    widest = max(widest, sizes[block][0])
            if not stack:
                break
            aligned = ceil(x / (room + across) * _PARTS) / _PARTS * (room + across)
            x = aligned if aligned + widest <= room else x
            for block, below in stack:
                at[block] = (x, top + below)
                left.remove(block)
            x += widest + across
            high = max(high, y - down)
        top += high + down
    return at, top - down if sizes else 0.0
