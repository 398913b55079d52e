"""What follows a gift beyond what comes anyway: referrals as a mutually exciting point process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.analysis.returning.occasions import AGAIN, ANSWERS, OPENS
from refgraph.analysis.returning.spells import (
    BINS,
    MOST,
    Earlier,
    Spells,
    summed,
    watched_parts,
    wear_ends,
    wear_of,
)
from refgraph.analysis.statistics.sorting import numbered, order_of, place_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.analysis.returning.occasions import Occasions

__all__ = ["ACTIVE", "Excitation", "fit"]

_ROUNDS = 20
_USUAL = 0.3  # where nothing is known: returns a gift, as if seen of a single gift
_STATE, _SMOOTH = 8.0, 2.0  # gifts and returns that a prior is worth
_PARTNER, _PAIR = 1.5, 1.0  # returns
#: Occasions that how active a giver is now is kept near the usual by.
ACTIVE = 3.0
_TINY = 1e-6
_PARTS = (np.arange(20) + 0.5) / 20  # of an effect, that are tried


@dataclass(frozen=True, slots=True)
class Excitation:
    """What :func:`fit` found, for each occasion and for all.

    Attributes
    ----------
    background : ndarray of float64
        For each occasion the rate a day at which it was to be expected without any gift, as the
        others of the two tell it.
    strength : ndarray of float64
        For each occasion, taken as a gift: returns to be expected of it (a first estimate),
        before ``factor``.
    factor : ndarray of float64
        For each gift, how much it brings for what it is between the two (``by_state``,
        ``wear``, and whether it is itself a return), beside one that opens an exchange for the
        first time.
    share : ndarray of float64, shape (BINS,)
        Of what a gift brings, how much comes in each part of the horizon.
    by_state : ndarray of float64, shape (3,)
        ``OPENS`` (1), ``AGAIN``, ``ANSWERS`` (by how many of these were returns, too).
    again_ends : ndarray of float64, shape (2,)
        How little and how much of its effect a gift may have that is ``AGAIN``, by the book.
    wear : float
        What is left with each earlier gift of the same two.
    wear_ends : ndarray of float64, shape (2,)
        How little and how much may be left with each, by the book.
    clustered : float
        Occasions that follow the first of the same giver and receiver within the horizon beyond
        the background: what comes and goes by itself.
    spell : ndarray of float64, shape (BINS,)
        Of these, how many come in each part of the horizon.
    tired : ndarray of float64
        For each occasion how much of that it has, beside the first of the same two.
    overall : float
        Returns that a gift brings on average.
    caused : ndarray of float64
        For each occasion the chance that it is a return.
    alone : ndarray of float64
        For each occasion the chance that it came by itself: neither a return nor of a spell.
    rate : ndarray of float64, shape (people, 3)
        Background occasions of each person as giver, as receiver, decayed, and what the giver
        does now beside the usual.
    pairs, count : ndarray
        The pairs with occasions, sorted, and the background occasions of each, decayed.
    watched : float
        Decayed days on record.
    """

    background: NDArray[np.float64]
    strength: NDArray[np.float64]
    factor: NDArray[np.float64]
    share: NDArray[np.float64]
    by_state: NDArray[np.float64]
    again_ends: NDArray[np.float64]
    wear: float
    wear_ends: NDArray[np.float64]
    clustered: float
    spell: NDArray[np.float64]
    tired: NDArray[np.float64]
    overall: float
    caused: NDArray[np.float64]
    alone: NDArray[np.float64]
    rate: NDArray[np.float64]
    pairs: NDArray[np.int64]
    count: NDArray[np.float64]
    watched: float

    def left(self, state: NDArray[np.int64], before: NDArray[Any]) -> NDArray[np.float64]:
        """How much of its effect a gift has, by its state and how many came before; at most 1."""
        found = np.minimum(self.by_state, 1.0)[state] * self.wear ** np.minimum(before, MOST)
        return np.asarray(np.minimum(found, 1.0))

    def worn_ends(self, before: NDArray[np.float64]) -> NDArray[np.float64]:
        """How little and how much may be left after so many gifts, beside what is told.

        Gifts after the first ``MOST`` wear nothing, in the range as in what is told: what was
        seen of them is told from as much.
        """
        few, many = self.wear_ends / self.wear
        worn = np.minimum(before, MOST)
        return np.stack([np.minimum(few, 1) ** worn, np.maximum(many, 1) ** worn])

    def own(self, giver: NDArray[np.int64], receiver: NDArray[np.int64]) -> NDArray[np.float64]:
        """Background occasions of each giver and receiver, decayed."""
        key = giver * len(self.rate) + receiver
        at = np.minimum(place_in(self.pairs, key), max(len(self.pairs) - 1, 0))
        if not len(self.pairs):
            return np.zeros(len(key))
        found: NDArray[np.float64] = np.where(self.pairs[at] == key, self.count[at], 0.0)
        return found

    def usual(self, giver: NDArray[np.int64], receiver: NDArray[np.int64]) -> NDArray[np.float64]:
        """Background rate a day of each giver and receiver: what is theirs, shrunk to the usual."""
        own = self.own(giver, receiver)
        given, got, _ = self.rate.T
        usual = _usual(given[giver], got[receiver], given.sum(), self.watched)
        return _shrunk(own, usual, self.watched)


def fit(seen: Occasions, *, half_life: float) -> Excitation:
    r"""Tell what follows gifts from what comes anyway, by expectation and maximisation.

    Referrals from :math:`j` to :math:`k` on day :math:`t` come at the rate (a Hawkes process
    [1]_, whose estimate by turns is that of [2]_)

    .. math::
        \lambda_{jk}(t) = \mu_{jk} a_j(t) + \sum_e s_e h(t - t_e)
            + \sum_g w_{kj} c_g (1 - r_g) f(t - t_g)

    where the sums are over the occasions of the horizon before. The first part is the pair's
    own rate times how active :math:`j` is around that day. The second is what comes and goes,
    over the occasions :math:`e` between the two in both directions: by :math:`s_e h` referrals
    are followed by more of the *same* direction, in time and in number (less after each
    earlier one), and as much is taken off what follows a gift, so that two people who are busy
    together, and a gift in the midst of a burst, are not said to be answered. In the third
    each gift :math:`g` of :math:`k` to :math:`j` brings :math:`w_{kj}` returns, over the
    horizon as :math:`f` says, times :math:`c_g` for what the gift was: one while another was
    open, or one that answers, may bring less, and each further one less than the one before; by
    how much the book says. What is itself a return, with chance :math:`r_g`, brings none.

    In turns each referral is shared among what may have brought it, and every number is made
    anew from these shares, each kept near what is usual by a prior of a few gifts. All is
    weighed by age with the half-life.

    Parameters
    ----------
    seen : Occasions
        Of a book.
    half_life : float
        Days after which evidence weighs half.

    Returns
    -------
    Excitation

    References
    ----------
    .. [1] Hawkes, A. G. (1971). Spectra of some self-exciting and mutually exciting point
       processes. *Biometrika* 58, 83-90.
    .. [2] Veen, A., Schoenberg, F. P. (2008). Estimation of space-time branching process models
       in seismology using an EM-type algorithm. *JASA* 103, 614-624.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.returning.occasions import occasions
    >>> found = fit(occasions(Book.sample()), half_life=730)
    >>> bool(((found.caused >= 0) & (found.caused <= 1)).all()), len(found.share)
    (True, 6)
    """
    giver, receiver, gift, later = seen.giver, seen.receiver, seen.gift, seen.later
    number, people, horizon = len(seen.day), seen.people, seen.horizon
    weight, watched = np.exp2(-seen.age / half_life), _watched(seen, half_life)
    pairs, first, place = numbered(seen.pair)
    near, spells, earlier = _Near(seen), Spells(seen, weight), Earlier(place, seen.before)
    anew, place = _as_they_come(first, place)
    age = np.minimum(seen.age, horizon)  # older ones have passed as much
    passed = watched_parts(np.arange(int(age.max(initial=0)) + 1), horizon)

    share, by_state = np.full(BINS, 1 / BINS), np.ones(3)
    wear, strength, overall = 1.0, np.full(number, _USUAL), _USUAL
    worn, caused, follows = np.ones(number), np.zeros(number), np.zeros(number)
    for turn in range(_ROUNDS):
        # what comes anyway
        left = weight * (1 - caused - follows)
        given, got = summed(giver, left, people), summed(receiver, left, people)
        count = summed(place, left, len(pairs))
        beside = near.beside_usual(1 - caused - follows)
        usual = _usual(given[giver], got[receiver], given.sum(), watched)
        own = beside * _shrunk(count[place], usual, watched)
        background, fresh = own + spells.busy(), 1 - caused
        # which gift each may have followed
        factor = by_state[seen.state] * worn * fresh
        excited = (strength * factor)[gift] * share[spells.part_of_gift] / (horizon / BINS)
        total = background + summed(later, excited, number)
        held = excited / total[later]
        caused, follows = summed(later, held, number), (background - own) / total
        if turn:
            spells.learn(total)
        # what each gift brings
        held *= weight[later]
        mass = weight * (passed @ share)[age]
        so_much = mass * strength * fresh
        by_state, again = _by_state(seen, held, so_much * worn, overall)
        wear, ends, worn = _worn(earlier.gifts(fresh), gift, held, so_much * by_state[seen.state])
        mass *= (factor := by_state[seen.state] * worn * fresh)
        overall = (held.sum() + _USUAL) / (mass.sum() + 1)
        strength = _strengths(seen, place, held, mass, overall)
        watched_by_bin = summed(age, weight * strength * factor, len(passed)) @ passed
        share = _shares(summed(spells.part_of_gift, held, BINS), watched_by_bin)
    but_one = np.maximum(count[place] - left, 0)  # or the only one of a pair would tell its rate
    own -= beside * _shrunk(but_one, usual, watched)
    by_state[ANSWERS] *= _mean(1 - caused, weight * (seen.state == ANSWERS))
    return Excitation(
        background=background - own,
        strength=strength,
        factor=factor if number else np.zeros(0),
        share=share,
        by_state=by_state,
        again_ends=again,
        wear=wear,
        wear_ends=ends,
        clustered=spells.clustered,
        spell=spells.shape,
        tired=spells.left,
        overall=float(overall),
        caused=caused,
        alone=1 - caused - follows,
        rate=np.stack([given, got, near.today(1 - caused - follows)], axis=1),
        pairs=pairs,
        count=count[anew],
        watched=watched,
    )


def _as_they_come(
    first: NDArray[np.int64], place: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give pairs new numbers, by the row each first stands in: memory is then walked forwards.

    Returns the new number of each pair, and that of each row.
    """
    anew = np.empty_like(first)
    anew[order_of(first)] = np.arange(len(first))
    return anew, anew[place]


def _worn(
    before: NDArray[np.float64],
    gift: NDArray[np.int64],
    held: NDArray[np.float64],
    so_much: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Give what a further gift keeps of the one before, with its ends, and each of all before."""
    near = np.rint(before).astype(np.int64)
    told = summed(near[gift], held, MOST + 1), summed(near, so_much, MOST + 1)
    wear = wear_of(*told)
    return wear, wear_ends(*told), np.power(wear, before)


def _watched(seen: Occasions, half_life: float) -> float:
    """Days on record, each weighed by its age."""
    days = float(seen.age.max(initial=0))
    return float(half_life / np.log(2) * -np.expm1(-days / half_life * np.log(2))) + 1.0


def _usual(
    given: NDArray[np.float64], got: NDArray[np.float64], every: float, watched: float
) -> NDArray[np.float64]:
    """Rate a day that is usual for two, by what the one gives and the other gets."""
    found: NDArray[np.float64] = given * got / max(float(every), _TINY) / watched
    return found


def _shrunk(
    own: NDArray[np.float64], usual: NDArray[np.float64], watched: float
) -> NDArray[np.float64]:
    """Rate a day of a pair, as if it had been watched for half a year more at what is usual."""
    found: NDArray[np.float64] = (own + _HALF_YEAR * usual) / (watched + _HALF_YEAR)
    return np.maximum(found, _TINY)


_HALF_YEAR = 180.0  # days


def _strengths(
    seen: Occasions,
    place: NDArray[np.int64],
    held: NDArray[np.float64],
    mass: NDArray[np.float64],
    overall: float,
) -> NDArray[np.float64]:
    """Give what a gift brings, by the pair, kept near the partner, who is kept near everybody."""
    receiver, pairs = seen.receiver, int(place.max(initial=-1)) + 1
    of_partner = (summed(receiver[seen.gift], held, seen.people) + _PARTNER) / (
        summed(receiver, mass, seen.people) + _PARTNER / overall
    )
    of_pair = summed(place[seen.gift], held, pairs) + _PAIR
    strength = of_pair[place] / (summed(place, mass, pairs)[place] + _PAIR / of_partner[receiver])
    return np.minimum(strength, 1.0)


def _shares(brought: NDArray[np.float64], mass: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the share of the returns that comes in each part of the horizon."""
    share = (brought + _SMOOTH) / (mass + _SMOOTH)
    return np.asarray(share / share.sum())


def _mean(share: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """Give the weighed mean of shares, and 1 where nothing has weight."""
    return float((weight @ share + 1) / (weight.sum() + 1))


def _by_state(
    seen: Occasions, held: NDArray[np.float64], mass: NDArray[np.float64], overall: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How much gifts of each state bring, beside those that open; and the ends for ``AGAIN``."""
    came, expected = summed(seen.state[seen.gift], held, 3), summed(seen.state, mass, 3)
    found = (came + _STATE * overall) / (expected + _STATE * overall)
    ends = _again_ends(float(came[AGAIN]), float(expected[AGAIN] * found[OPENS]))
    return np.asarray(np.minimum(found / found[OPENS], 1.2)), ends


def _again_ends(came: float, expected: float) -> NDArray[np.float64]:
    """Middle 95 % of how much of its effect a gift has while another is open.

    Any share is as likely beforehand, and none at all as likely as each twentieth; what they
    brought has a Poisson distribution.
    """
    share = np.r_[_PARTS[0], _PARTS]  # none is told from the first part by nothing
    fits = came * np.log(share) - share * expected
    chance = np.exp(fits - fits.max())
    edges = np.r_[0.0, np.arange(len(_PARTS) + 1) / len(_PARTS)]
    return np.interp((0.025, 0.975), np.r_[0.0, np.cumsum(chance) / chance.sum()], edges)


class _Near:
    """How much each giver refers around a day, beside their mean over the record."""

    def __init__(self, seen: Occasions) -> None:
        self._seen = seen
        first = int(seen.day.min(initial=seen.today))
        self._days = seen.today - first + 1
        reach = min(seen.horizon, self._days)
        wide = self._days + 2 * reach + 2
        key = seen.giver * wide + (seen.day - first) + reach
        self._order = order_of(key)
        ranked = key[self._order]
        self._low = place_in(ranked, ranked - reach)
        self._high = place_in(ranked, ranked + reach, "right")
        span = np.minimum(seen.day + reach, seen.today) - np.maximum(seen.day - reach, first) + 1
        self._share = span / self._days
        self._reach = reach

    def beside_usual(self, left: NDArray[np.float64]) -> NDArray[np.float64]:
        """Ratio for each occasion, without itself, shrunk to 1."""
        giver = self._seen.giver
        so_far = np.r_[0.0, np.cumsum(left[self._order])]
        around = np.empty_like(left)
        around[self._order] = so_far[self._high] - so_far[self._low]
        around -= left
        every = summed(giver, left, self._seen.people)[giver] - left
        found: NDArray[np.float64] = (np.maximum(around, 0) + ACTIVE) / (
            np.maximum(every, 0) * self._share + ACTIVE
        )
        return found

    def today(self, left: NDArray[np.float64]) -> NDArray[np.float64]:
        """Ratio for each person over the horizon up to today, shrunk to 1."""
        seen = self._seen
        lately = summed(seen.giver, left * (seen.age < self._reach), seen.people)
        every = summed(seen.giver, left, seen.people)
        found: NDArray[np.float64] = (lately + ACTIVE) / (every * self._reach / self._days + ACTIVE)
        return found
