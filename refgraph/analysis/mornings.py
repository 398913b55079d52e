"""What was known of a gift on the morning of its day, and what that made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.correction import factor
from refgraph.analysis.running import Running
from refgraph.analysis.shrunk import Evidence
from refgraph.analysis.unasked import usual

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from refgraph.analysis.trials import Trial

__all__ = ["factors", "known"]

_LONG = 2**40  # days; nothing is open for longer


def known(tested: Trial, *, half_life: float) -> Evidence:
    """Give what was on record on the morning of each gift.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.protocol import trial
    >>> gifts = trial(Book.sample())
    >>> bool((known(gifts, half_life=730).answered >= 0).all())
    True
    """
    past, people = tested.past, tested.people
    opened, answered = past["opened"].to_numpy(), past["answered"].to_numpy()
    ends = (past["answer"].to_numpy(), answered), (past["ended"].to_numpy(), answered | True)
    pair = past["giver"].to_numpy() * people + past["receiver"].to_numpy()
    own = tested.giver * people + tested.receiver
    sums = []
    for key, asked in (
        (np.zeros_like(pair), np.zeros_like(own)),
        (past["receiver"].to_numpy(), tested.receiver),
        (pair, own),
    ):
        for day, counted in ends:
            weight = np.exp2(-(day - opened)[counted] / half_life)  # on the day that tells
            ends_so_far = Running(key[counted], day[counted], weight, half_life=half_life)
            sums.append(ends_so_far.before(asked, tested.day))
        sums[-1] += _still_open(tested, key, asked, half_life)
    received, *_ = _given(tested, tested.rows, half_life)
    mine, given, got, every = _given(tested, tested.rows[tested.rows["unasked"]], tested.horizon)
    return Evidence._make([*sums, received, mine, usual(given, got, every)])


def factors(
    tested: Trial,
    chance: NDArray[np.float64],
    base: NDArray[np.float64],
    *,
    half_life: float,
) -> NDArray[np.float64]:
    """Give the correction as it was on the morning of each gift of a trial.

    Parameters
    ----------
    tested : Trial
        What :func:`refgraph.analysis.protocol.trial` gives.
    chance : ndarray of float64
        That of each episode in its past, as it was on the morning of its own day.
    base : ndarray of float64
        What everybody answered by each of the mornings: :math:`p_0`.
    half_life : float
        Days after which a past gift weighs half.

    Returns
    -------
    ndarray of float64
        Of past gifts those count whose whole horizon had passed, see
        :func:`refgraph.analysis.correction.factor`.

    Examples
    --------
    With chances that were too high, and too low:

    >>> from refgraph import Book
    >>> from refgraph.analysis.protocol import trial
    >>> gifts = trial(Book.sample(), horizon=60)
    >>> for chance in (0.9, 0.01):
    ...     past = np.full(len(gifts.past), chance)
    ...     print(factors(gifts, past, np.full(len(gifts.day), 0.3), half_life=730)[-1] < 1)
    True
    False
    """
    opened, answer = tested.past["opened"].to_numpy(), tested.past["answer"].to_numpy()
    answered = tested.past["answered"].to_numpy()
    days, first, place = np.unique(tested.day, return_index=True, return_inverse=True)
    closed = np.searchsorted(opened, days - min(tested.horizon, _LONG), "right")  # they come by day
    found, last = np.ones(len(days)), 1.0
    for at, (day, end) in enumerate(zip(days.tolist(), closed.tolist(), strict=True)):
        weight = np.exp2(-(day - opened[:end]) / half_life)
        came = answered[:end] & (answer[:end] < day)
        usual_then = float(base[first[at]])
        last = factor(chance[:end], came, weight, usual=usual_then, start=last)
        found[at] = last
    return found[place]


def _still_open(
    tested: Trial, key: NDArray[np.int64], asked: NDArray[np.int64], half_life: float
) -> NDArray[np.float64]:
    """Weigh the episodes that are open on the morning by the share of the horizon passed.

    Days since the opening are the day less that of the opening, so two sums are enough.
    """
    opened, ended = tested.past["opened"].to_numpy(), tested.past["ended"].to_numpy()
    start = opened[0] if len(opened) else 0  # they come by day
    left = np.exp2(-(ended - opened) / half_life)
    number, place = (
        Running(key, opened, amount, half_life=half_life).before(asked, tested.day)
        - Running(key, ended, amount * left, half_life=half_life).before(asked, tested.day)
        for amount in (np.ones(len(opened)), (opened - start).astype(float))
    )
    days: NDArray[np.float64] = np.maximum((tested.day - start) * number - place, 0)
    return days / tested.horizon


def _given(
    tested: Trial, rows: pd.DataFrame, half_life: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Sum the referrals of j to i, of j to anyone, of anyone to i, and all, with their age."""
    giver, receiver = rows["giver"].to_numpy(), rows["receiver"].to_numpy()
    i, j, zero = tested.giver, tested.receiver, np.zeros_like(tested.day)
    pair, asked = receiver * tested.people + giver, i * tested.people + j
    mine, given, got, every = (
        Running(key, rows["day"], rows["count"], half_life=half_life).before(of, tested.day)
        for key, of in ((pair, asked), (giver, j), (receiver, i), (np.zeros_like(giver), zero))
    )
    return mine, given, got, every
