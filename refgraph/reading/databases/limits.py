"""How much a query may give, and how long it may take."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["MOST_CHARACTERS", "MOST_SECONDS", "interrupted_late"]

#: The characters of one cell, as many as a cell of a spreadsheet may have thirty times over.
MOST_CHARACTERS = 1_000_000
#: How long a query may take, in seconds.
MOST_SECONDS = 60.0


@contextmanager
def interrupted_late(interrupt: Callable[[], None]) -> Iterator[None]:
    """Call something when the time of a query is over, unless it has ended before.

    Parameters
    ----------
    interrupt : callable
        Stops the query, from another thread.
    """
    timer = Timer(MOST_SECONDS, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
