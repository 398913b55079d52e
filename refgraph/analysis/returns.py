"""Gift episodes: what was given first, and whether it was answered in time."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from refgraph.book import Book

__all__ = ["HALF_LIFE", "HORIZON", "episodes"]

HORIZON = 180  # days within which a return counts as an answer
HALF_LIFE = 730  # days after which evidence weighs half


def episodes(book: Book, *, horizon: int = HORIZON) -> pd.DataFrame:
    """Give every gift that was made first, and what became of it.

    A referral from i to j opens an episode, unless it answers an open one of j's
    or i already has one open with j. It is answered if j refers to i after that
    day and within ``horizon`` days, failed if the last of them has come without
    an answer, and open until then. What happens on one day happens at once:
    neither of two referrals that cross on a day answers the other.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window; undated rows are left out.
    horizon : int, default 180
        Days.

    Returns
    -------
    pandas.DataFrame
        Columns ``giver``, ``receiver``, ``date``, ``closed`` (the day of the
        answer, or the last day for one; NaT while open) and ``state``:
        ``answered``, ``failed`` or ``open``. Sorted by date, giver, receiver.

    Examples
    --------
    >>> from refgraph import Book
    >>> sorted(set(episodes(Book.sample())["state"]))
    ['answered', 'failed', 'open']
    """
    dated = book.history[book.history["date"].notna()]
    giver = book.places(dated["giver"])
    receiver = book.places(dated["receiver"])
    day = dated["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    low, high = np.minimum(giver, receiver), np.maximum(giver, receiver)
    events = np.unique(np.stack([low, high, day, giver], axis=1), axis=0).tolist()
    today = int(np.datetime64(book.today, "D").astype(np.int64))
    rows = [
        (giver, sum(pair) - giver, *times)
        for pair, of_pair in groupby(events, key=lambda event: (event[0], event[1]))
        for giver, *times in _of_pair(pair, of_pair, horizon, today)
    ]
    ends = np.array(rows, dtype=np.int64).reshape(-1, 5)
    ends = ends[np.lexsort((ends[:, 1], ends[:, 0], ends[:, 2]))]
    names = book.people.index.to_numpy(dtype=object)
    return pd.DataFrame(
        {
            "giver": pd.Series(names[ends[:, 0]], dtype="str"),
            "receiver": pd.Series(names[ends[:, 1]], dtype="str"),
            "date": ends[:, 2].astype("datetime64[D]").astype("datetime64[s]"),
            "closed": ends[:, 3].astype("datetime64[D]").astype("datetime64[s]"),
            "state": pd.Series(np.array(_STATES, dtype=object)[ends[:, 4]], dtype="str"),
        }
    )


_STATES = ("answered", "failed", "open")
_NEVER = int(np.datetime64("NaT", "D").astype(np.int64))


def _of_pair(
    pair: tuple[int, int], events: Iterable[list[int]], horizon: int, today: int
) -> Iterator[tuple[int, int, int, int]]:
    """Episodes of one pair: giver, day opened, day closed, position in _STATES."""
    opened: dict[int, int] = {}  # giver -> day, at most one episode in each direction

    def overdue(when: int) -> Iterator[tuple[int, int, int, int]]:
        for giver in [giver for giver in pair if opened.get(giver, when) + horizon < when]:
            start = opened.pop(giver)
            yield giver, start, start + horizon, 1

    for when, of_day in groupby(events, key=lambda event: event[2]):
        yield from overdue(when)
        before = dict(opened)
        for *_, giver in of_day:
            other = sum(pair) - giver
            if other in before:
                del opened[other]
                yield other, before[other], when, 0
            elif giver not in before:
                opened[giver] = when
    yield from overdue(today + 1)
    yield from ((giver, start, _NEVER, 2) for giver, start in opened.items())
