"""What comes and goes by itself: referrals that follow others of the same two, either way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.statistics.sorting import order_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from refgraph.analysis.returning.occasions import Occasions

__all__ = [
    "BINS",
    "MOST",
    "Earlier",
    "Spells",
    "come_so_far",
    "part_of",
    "summed",
    "watched_parts",
    "wear_ends",
    "wear_of",
]

BINS = 6  # equal parts of the horizon, within each of which what follows comes evenly
MOST = 6  # earlier gifts beyond which a further one wears nothing
_WEARS = np.linspace(0.3, 1.1, 33)
_WEAR_SPREAD = 0.3  # of the logarithm, around no wear
_TINY = 1e-6
_EVEN, _CLUSTERED = 3.0, 30.0  # occasions that a prior is worth: of the shape, of how many follow
_FEW = 0.02  # that follow, to begin with


class Spells:
    """How much two people are busy together beyond their usual rate, learned in turns.

    What follows a referral in its own direction cannot be an answer to it. As much of what comes
    the other way is held to be none either. It has a shape in time, and is less after each
    earlier referral of the same two, as the first of a spell has all of it before it.

    Attributes
    ----------
    clustered : float
        Occasions that follow the first one of a giver and receiver within the horizon.
    shape : ndarray of float64, shape (BINS,)
        Of these, how many come in each part of the horizon.
    part_of_gift : ndarray of int64
        For each gift and what came later, in which part of the horizon it came.

    Examples
    --------
    To begin with nothing is known of the shape:

    >>> from refgraph import Book
    >>> from refgraph.analysis.returning.occasions import occasions
    >>> seen = occasions(Book.sample())
    >>> spells = Spells(seen, np.ones(len(seen.day)))
    >>> bool((spells.busy() >= 0).all()), spells.shape.round(2).tolist()
    (True, [0.17, 0.17, 0.17, 0.17, 0.17, 0.17])
    """

    def __init__(self, seen: Occasions, weight: NDArray[np.float64]) -> None:
        self._seen, self._weight = seen, weight
        self._before = np.minimum(seen.before, MOST)
        so_far = np.clip(seen.age / seen.horizon, 0, 1)
        self._watched = summed(self._before, weight * so_far, MOST + 1)
        self._wears = np.ones(MOST + 1)
        self.part_of_gift = part_of(seen.lag, seen.horizon)
        self._part_of_same = part_of(seen.day[seen.repeat] - seen.day[seen.earlier], seen.horizon)
        self.clustered = _FEW
        self.shape: NDArray[np.float64] = np.full(BINS, 1 / BINS)

    @property
    def left(self) -> NDArray[np.float64]:
        """For each occasion how much of what follows it has."""
        return self._wears[self._before]

    def busy(self) -> NDArray[np.float64]:
        """Rate a day at which each occasion was to be expected in the midst of a spell."""
        seen, number = self._seen, len(self._seen.day)
        left = self.left
        comes = self.shape[self._part_of_same] * left[seen.earlier]
        goes = self.shape[self.part_of_gift] * left[seen.gift]
        every = summed(seen.repeat, comes, number) + summed(seen.later, goes, number)
        return every * (self.clustered * BINS / seen.horizon)

    def learn(self, total: NDArray[np.float64]) -> None:
        """Make the numbers anew, from the rate at which each occasion was expected at all."""
        seen = self._seen
        comes = self.shape[self._part_of_same] * self.left[seen.earlier]
        comes *= self.clustered * BINS / seen.horizon * (self._weight / total)[seen.repeat]
        self.shape = summed(self._part_of_same, comes, BINS) + _EVEN / BINS
        self.shape /= self.shape.sum()
        self.clustered = float(comes.sum() / (self._watched @ self._wears + _CLUSTERED))
        came = summed(self._before[seen.earlier], comes, MOST + 1)
        self._wears = np.power(wear_of(came, self._watched), np.arange(MOST + 1))


class Earlier:
    """How many earlier occasions of the same two were gifts, and no returns.

    Examples
    --------
    Of three occasions of the same two the second was likely a return:

    >>> Earlier(np.zeros(3, dtype=int), np.arange(3)).gifts(np.array([1.0, 0.25, 1.0])).tolist()
    [0.0, 1.0, 1.25]
    """

    def __init__(self, place: NDArray[np.int64], before: NDArray[np.int64]) -> None:
        self._order = order_of(place)  # by day within a pair, as all are by day
        self._first = np.arange(len(place)) - before[self._order]  # of its pair, in that order

    def gifts(self, fresh: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum for each what of those before it is no return, up to ``MOST``."""
        ranked = fresh[self._order]
        so_far = np.cumsum(ranked) - ranked
        found = np.empty_like(fresh)
        found[self._order] = so_far - so_far[self._first]
        return np.minimum(found, MOST)


def summed(
    place: NDArray[np.int64], amount: NDArray[np.float64], number: int
) -> NDArray[np.float64]:
    """Sum the amounts of each place.

    Examples
    --------
    >>> summed(np.array([2, 0, 2]), np.array([1.0, 2.0, 3.0]), 3).tolist()
    [2.0, 0.0, 4.0]
    """
    return np.bincount(place, amount, number).astype(float, copy=False)


def part_of(lag: NDArray[np.int64], horizon: int) -> NDArray[np.int64]:
    """Tell in which part of the horizon something comes so many days later, 1 to the horizon.

    Examples
    --------
    >>> part_of(np.array([1, 10, 11, 60]), 60).tolist()
    [0, 0, 1, 5]
    """
    return np.minimum((lag - 1) * BINS // horizon, BINS - 1)


def watched_parts(age: NDArray[np.int64], horizon: int) -> NDArray[np.float64]:
    """Give for each age, in days, how much of each part of the horizon has passed.

    Examples
    --------
    >>> watched_parts(np.array([15, 180]), 60).tolist()
    [[1.0, 0.5, 0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0, 1.0, 1.0]]
    """
    part = horizon / BINS
    return np.asarray(np.clip(age[:, None] - np.arange(BINS) * part, 0, part) / part)


def come_so_far(
    age: NDArray[np.int64], horizon: int, *shares: NDArray[np.float64]
) -> Iterator[NDArray[np.float64]]:
    """Give for each age how much has come of what comes in each part of the horizon by its share.

    Parameters
    ----------
    age : ndarray of int64
        Days, 0 or more.
    horizon : int
        Days.
    *shares : ndarray of float64, shape (BINS,)
        How much comes in each part; for each of them an answer is given.

    Examples
    --------
    >>> first = np.eye(BINS)[0]
    >>> [each.tolist() for each in come_so_far(np.array([5, 60, 5]), 60, first, first / 2)]
    [[0.5, 1.0, 0.5], [0.25, 0.5, 0.25]]
    """
    every = watched_parts(np.arange(int(age.max(initial=0)) + 1), horizon)  # each age once
    return ((every @ share)[age] for share in shares)


def wear_of(came: NDArray[np.float64], expected: NDArray[np.float64]) -> float:
    """Find what is left with each earlier gift, kept near 1 by a prior.

    Both are by how many gifts came before, up to ``MOST``.

    Examples
    --------
    >>> expected = np.full(MOST + 1, 1000.0)
    >>> wear_of(expected / 2 ** np.arange(MOST + 1), expected)
    0.5
    """
    return float(_WEARS[np.argmax(_wear_fits(came, expected))])


def _wear_fits(came: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logarithm of how well each wear that is tried tells what came, with its prior."""
    left = _WEARS[:, None] ** np.arange(MOST + 1)
    level = np.maximum(left @ expected, _TINY)
    fits = (came * np.log(left)).sum(axis=1) - came.sum() * np.log(level)
    return np.asarray(fits - (np.log(_WEARS) / _WEAR_SPREAD) ** 2 / 2)


def wear_ends(came: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give how little and how much may be left with each earlier gift: the middle 95 %.

    Each wear that is tried is weighed by how well it tells what came, see :func:`wear_of`.

    Examples
    --------
    >>> few, many = (wear_ends(np.full(MOST + 1, n), np.full(MOST + 1, n)) for n in (2.0, 2000.0))
    >>> few.round(3).tolist(), many.round(3).tolist()
    ([0.775, 1.1], [1.0, 1.0])
    """
    fits = _wear_fits(came, expected)
    so_far = np.cumsum(np.exp(fits - fits.max()))
    return np.asarray(_WEARS[np.searchsorted(so_far / so_far[-1], (0.025, 0.975))])
