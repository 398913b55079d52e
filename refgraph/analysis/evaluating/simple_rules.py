"""Simple rules to compare a ranking with: what each knew on the morning of a gift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.estimating.running_totals import Running
from refgraph.analysis.evaluating import path_rules
from refgraph.analysis.returning import returns
from refgraph.analysis.statistics.random import generator

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.analysis.estimating.trial import Trial

__all__ = ["CHANCES", "NAMES", "scores"]

NAMES = (
    *("random", "memory", "count", "recency", "decayed receipts", "decayed gifts"),
    *("return rate", "activity", "preferential attachment", "common neighbours"),
    *("katz", "propflow"),
)
CHANCES = ("return rate",)  # those that are a chance of a return


def scores(
    tested: Trial, *, half_life: float = returns.HALF_LIFE, seed: int = 0
) -> dict[str, NDArray[np.float64]]:
    r"""Score every tested gift of i to j by each rule, from what was before its day alone.

    ============================ ==========================================================
    ``random``                   a number drawn for the pair and the day
    ``memory``                   1 if j ever gave i anything (the EdgeBank of [1]_)
    ``count``                    referrals j gave i
    ``recency``                  1 / days since the last one; 0 if there is none
    ``decayed receipts``         referrals j gave i, each weighed by its age
    ``decayed gifts``            referrals i gave j, each weighed by its age
    ``return rate``              share of the closed gifts to j that were answered; of
                                 those to everybody where j has had none
    ``activity``                 referrals j gave anyone
    ``preferential attachment``  people i has referrals with x people j has them with
    ============================ ==========================================================

    For ``common neighbours``, ``katz`` and ``propflow`` see
    :func:`refgraph.analysis.evaluating.path_rules.scores`.

    Parameters
    ----------
    tested : Trial
        What :func:`refgraph.analysis.estimating.protocol.trial` gives.
    half_life : float, default 730
        Days after which a decayed referral weighs half.
    seed : int, default 0
        Of the random rule.

    Returns
    -------
    dict
        The rules of :data:`NAMES`, each an array in the order of the trial; more is
        likelier. Last bits, which hang on the order of a sum, are rounded off.

    References
    ----------
    .. [1] Poursafaei, F., Huang, S., Pelrine, K., Rabbany, R. (2022). Towards better
       evaluation for dynamic link prediction. *NeurIPS Datasets and Benchmarks*.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.estimating.protocol import trial
    >>> tuple(scores(trial(Book.sample()))) == NAMES
    True
    """
    i, j, day, people = tested.giver, tested.receiver, tested.day, tested.people
    giver, receiver, when, count = (
        tested.rows[name].to_numpy() for name in ("giver", "receiver", "day", "count")
    )
    key = giver * people + receiver
    to, fro = j * people + i, i * people + j  # keys of what j gave i, and of what i gave j
    passed, aged = Running(key, when, count), Running(key, when, count, half_life=half_life)
    number = passed.before(to, day)
    since = day - passed.last_before(to, day)
    contacts = _contacts(tested)
    found = {
        "random": _drawn(i, j, day, seed),
        "memory": (number > 0).astype(float),
        "count": number,
        "recency": np.where(number > 0, 1 / since, 0.0),
        "decayed receipts": aged.before(to, day),
        "decayed gifts": aged.before(fro, day),
        "return rate": _return_rate(tested),
        "activity": Running(giver, when, count).before(j, day),
        "preferential attachment": contacts.before(i, day) * contacts.before(j, day),
        **path_rules.scores(tested),
    }
    return {name: rounded(found[name]) for name in NAMES}


def rounded(score: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round off the last bits of numbers of any size, so that equal scores are ties.

    Examples
    --------
    >>> bool(np.diff(rounded(np.array([0.1 + 0.2, 0.3])))[0] == 0)
    True
    """
    mantissa, exponent = np.frexp(score)
    kept: NDArray[np.float64] = np.ldexp(np.round(mantissa * 2.0**40), exponent - 40)
    return kept


def _return_rate(tested: Trial) -> NDArray[np.float64]:
    """Share of the gifts to j that were answered, not shrunk and not decayed."""
    past, day = tested.past, tested.day
    answered = past["answered"].to_numpy()
    to = past["receiver"].to_numpy()

    def known(key: NDArray[np.int64], asked: NDArray[np.int64]) -> tuple[NDArray[np.float64], ...]:
        yes = Running(key[answered], past["answer"].to_numpy()[answered], 1)
        return yes.before(asked, day), Running(key, past["ended"].to_numpy(), 1).before(asked, day)

    every, closed = known(np.zeros_like(to), np.zeros_like(day))
    mine, made = known(to, tested.receiver)
    return np.where(made > 0, mine / np.maximum(made, 1), (every + 1) / (closed + 2))


def _contacts(tested: Trial) -> Running:
    """Count the people each person has had referrals with, in either direction."""
    giver, receiver = tested.rows["giver"].to_numpy(), tested.rows["receiver"].to_numpy()
    low, high = np.minimum(giver, receiver), np.maximum(giver, receiver)
    _, first = np.unique(low * tested.people + high, return_index=True)  # rows come by day
    day = tested.rows["day"].to_numpy()[first]
    return Running(np.r_[low[first], high[first]], np.r_[day, day], 1)


def _drawn(
    i: NDArray[np.int64], j: NDArray[np.int64], day: NDArray[np.int64], seed: int
) -> NDArray[np.float64]:
    """Draw a number from 0 to 1 for each gift that no other gift can change (SplitMix64)."""
    state = np.full(len(i), generator(seed).integers(2**63), dtype=np.uint64)
    for part in (i, j, day):
        state = (state ^ part.astype(np.uint64)) + np.uint64(0x9E3779B97F4A7C15)
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        state ^= state >> np.uint64(31)
    return (state >> np.uint64(11)).astype(float) * 2.0**-53
