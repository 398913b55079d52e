"""Walk through the days of every two people: what opened on each, and what ended it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.statistics.sorting import distinct, order_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["NEVER", "STATES", "stamped_day", "walk"]

STATES = ("answered", "failed", "censored", "swapped")
NEVER = int(np.datetime64("NaT", "D").astype(np.int64))

_ANSWERED, _FAILED, _CENSORED, _SWAPPED = range(4)
_STAMPED, _FEW = 0.5, 10  # more than this share of the dated rows on one day, of so many pairs


def stamped_day(
    pair: NDArray[np.int64], side: NDArray[np.int64], day: NDArray[np.int64]
) -> int | None:
    """Find the day of an import: it holds most rows, of ten pairs, that cross; or all rows.

    Examples
    --------
    >>> pair, side = np.arange(20) % 10, np.arange(20) // 10
    >>> for day in np.repeat([4, 7], [11, 9]), np.repeat([4, 7], 10), np.repeat(4, 20):
    ...     print(stamped_day(pair, side, day), stamped_day(pair, 0 * side, day))
    4 None
    None None
    4 4
    """
    if not len(day):
        return None
    middle = int(np.sort(day)[len(day) // 2])  # more than half are in the middle too
    on_it = day == middle
    pairs = len(distinct(pair[on_it]))
    crossed = len(distinct(2 * pair[on_it] + side[on_it])) > pairs
    most = on_it.all() or (crossed and on_it.sum() > _STAMPED * len(day))
    return middle if most and pairs >= _FEW else None


def walk(
    pair: NDArray[np.int64],
    side: NDArray[np.int64],
    day: NDArray[np.int64],
    *,
    horizon: int,
    today: int,
    stamped: int | None,
) -> list[NDArray[np.int64]]:
    """Walk through the days of all pairs at once: the first day of each, the second, and so on.

    Parameters
    ----------
    pair, side, day : ndarray of int64
        A number for the two people of each referral, from which of them it comes (0 or 1),
        and its day.
    horizon, today : int
        Days within which a return counts as an answer; the last day there is.
    stamped : int or None
        A day on which nothing opens, see :func:`stamped_day`.

    Returns
    -------
    list of ndarray
        Of each episode: pair, side, day opened, day closed (``NEVER`` while open), and
        position in ``STATES``.

    Examples
    --------
    What 0 gave on day 1 is answered on day 3; on day 5 two cross:

    >>> rows = np.zeros(4, dtype=int), np.array([0, 1, 0, 1]), np.array([1, 3, 5, 5])
    >>> pair, side, opened, closed, state = walk(*rows, horizon=10, today=99, stamped=None)
    >>> side.tolist(), opened.tolist(), closed.tolist(), [STATES[at] for at in state]
    ([0, 0, 1], [1, 5, 5], [3, 5, 5], ['answered', 'swapped', 'swapped'])
    """
    order = order_of(pair, day)
    pair, day, side = pair[order], day[order], side[order]
    new = (np.diff(pair, prepend=-1) != 0) | (np.diff(day, prepend=0) != 0)
    at = np.cumsum(new) - 1  # which day of which pair each referral is of
    gave = np.stack([np.bincount(at, side == one, new.sum()) > 0 for one in (0, 1)])
    pair, day = pair[new], day[new]
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    which = np.repeat(np.arange(len(first)), np.diff(first, append=len(pair)))
    turn = np.arange(len(pair)) - first[which]
    by_turn = order_of(turn)
    bounds = np.cumsum(np.bincount(turn, minlength=1))
    never_opens = NEVER if stamped is None else stamped
    opened = np.full((2, len(first)), NEVER)  # in one of the two directions at most
    found: list[tuple[NDArray[np.int64], ...]] = []

    def close(
        who: NDArray[np.int64],
        start: NDArray[np.int64],
        chosen: NDArray[np.bool_],
        end: NDArray[np.int64],
        state: int,
    ) -> None:
        side, place = np.nonzero(chosen)
        found.append((who[place], side, start[chosen], end[chosen], np.full(len(side), state)))

    for rows in np.split(by_turn, bounds[:-1]):
        who, when = which[rows], day[rows]
        before = opened[:, who]
        at_once = np.broadcast_to(when, before.shape)
        overdue = (before != NEVER) & (before + horizon < when)
        close(who, before, overdue, before + horizon, _FAILED)
        before = np.where(overdue, NEVER, before)
        is_open = before != NEVER
        answered = is_open & gave[::-1, rows]
        close(who, before, answered, at_once, _ANSWERED)
        opens = gave[:, rows] & ~is_open.any(axis=0)
        crossed = opens & opens.all(axis=0)
        close(who, at_once, crossed, at_once, _SWAPPED)
        opens &= ~crossed & (when != never_opens)
        opened[:, who] = np.where(opens, when, np.where(answered, NEVER, before))
    every = np.arange(len(first))
    failed = (opened != NEVER) & (opened + horizon <= today)
    close(every, opened, failed, opened + horizon, _FAILED)
    still = (opened != NEVER) & ~failed
    close(every, opened, still, np.full_like(opened, NEVER), _CENSORED)

    which, *told = map(np.concatenate, zip(*found, strict=True))
    return [pair[first][which], *told]
