"""How much past gifts tell of people who change: a filter of rates that drift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.statistics.sorting import order_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["effective_gifts"]

_MOST = 400  # gifts to one person, the last ones


def effective_gifts(
    person: NDArray[np.int64],
    age: NDArray[np.float64],
    watched: NDArray[np.float64],
    *,
    people: int,
    half_life: float,
    worth: NDArray[np.float64],
) -> NDArray[np.float64]:
    r"""Count the gifts of today that would tell as much of each person as those on record.

    What a person returns drifts as an Ornstein-Uhlenbeck process: rates :math:`d` days apart
    correlate by :math:`\phi = 2^{-d/T}`. With the variance :math:`V` of the rate, as a share of
    that among people, a stretch of days and a gift of the weight :math:`w` change it by [1]_

    .. math:: V \to 1 - \phi^2 (1 - V), \quad V \to \frac{V}{1 + w V / k}

    from :math:`V = 1` for somebody of whom nothing is known, :math:`k` being how many gifts
    that is worth. Today it is as if there had been :math:`k (1 / V - 1)` gifts today. A
    person who had ever so many gifts a year ago may have become another since: that many
    gifts count as few.

    Parameters
    ----------
    person : ndarray of int64
        To whom each gift was made, from 0 to ``people`` - 1.
    age, watched : ndarray of float64
        Days since each gift, and how much of it is known: 1 once it is over.
    people : int
        How many there are.
    half_life : float
        Days :math:`T` after which half of what a person was is left.
    worth : ndarray of float64
        Gifts that the spread among people is worth: :math:`k`, above 0; several are tried at once.

    Returns
    -------
    ndarray of float64
        A row for each worth, with one for each person; 0 for whom there are none.

    References
    ----------
    .. [1] Kalman, R. E. (1960). A new approach to linear filtering and prediction problems.
       *Journal of Basic Engineering* 82, 35-45.

    Examples
    --------
    Two gifts of today count as two, and ever so many of a half-life ago as a third of one,
    if people differ by as much as one gift tells:

    >>> both = np.zeros(2, dtype=np.int64), np.zeros(2), np.ones(2)
    >>> one = np.ones(1)
    >>> effective_gifts(*both, people=2, half_life=100, worth=one).round(9).tolist()
    [[2.0, 0.0]]
    >>> many = np.zeros(300, dtype=np.int64), np.full(300, 100.0), np.ones(300)
    >>> effective_gifts(*many, people=1, half_life=100, worth=one).round(2).tolist()
    [[0.33]]
    """
    order = np.lexsort((age, person))
    who = person[order]
    first = np.flatnonzero(np.diff(who, prepend=-1))
    place = np.arange(len(who)) - np.repeat(first, np.diff(first, append=len(who)))
    turns = order_of(-place)  # the oldest gift of each comes first
    turns = turns[place[turns] < _MOST]
    variance, last = np.ones((len(worth), people)), np.full(people, np.inf)
    each_worth = worth[:, None]
    for turn in np.split(turns, np.flatnonzero(np.diff(place[turns])) + 1):
        at, to = order[turn], who[turn]
        now = 1 - np.exp2(-2 * (last[to] - age[at]) / half_life) * (1 - variance[:, to])
        variance[:, to] = now / (1 + watched[at] * now / each_worth)
        last[to] = age[at]
    today = 1 - np.exp2(-2 * last / half_life) * (1 - variance)
    found: NDArray[np.float64] = each_worth * (1 / today - 1)
    return found
