"""What one gift brings, from few gifts: a pair is judged by itself, its partner and the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from refgraph.analysis.estimating.heterogeneity import PAIRS
from refgraph.analysis.statistics.sorting import among, distinct, numbered, order_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["GRID", "Pooled", "pool"]

#: Chances that a gift brings a return, for which everything is reckoned; 0 is one of them.
GRID = np.r_[0.0, (np.arange(28) + 0.5) / 28]
_MEANS = (0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8)
_BETWEEN_PEOPLE = (1.0, 1.6, 2.5, 4.0, 6.5, 12.0, 40.0, 300.0)  # a Beta's two parameters, summed
_BETWEEN_PAIRS = (1.0, 2.0, 4.0, 10.0, 40.0, 400.0)
#: What is thought of pairs beforehand: their standard deviation, as a share of the largest there
#: can be, is normal about 0, as :mod:`refgraph.analysis.estimating.heterogeneity` has it.
_UNLIKE = (1 / (np.array(_BETWEEN_PAIRS) + 1)) / PAIRS**2 / 2
_NEVER = (0.0, 0.3, 0.6, 0.9)  # share of people whom no gift moves
_AT_ONCE = 20_000  # rows of the grid held at a time
_SUMMED_AT_ONCE = 10 * _AT_ONCE  # as each time what was summed before is gone through
_ENOUGH = 20_000  # gifts that tell how people and pairs are spread
_TINY = 1e-300
_UNLIKELY = 30.0  # what tells the book e^30 times worse than the best is not tried further


class Pooled(NamedTuple):
    """What a gift to each of the people asked about brings: mean, and the middle 95 %."""

    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def pool(
    odds: NDArray[np.float64],
    passed: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    pair: NDArray[np.int64],
    partner: NDArray[np.int64],
    period: NDArray[np.int64],
    asked: NDArray[np.int64],
    own: NDArray[np.int64],
    alone: NDArray[np.bool_] | None = None,
) -> Pooled:
    r"""Give the chance that one more gift brings a return, by what is known of others.

    A gift :math:`g` of which the share :math:`F_g` of the horizon has passed, and after which
    referrals came at times that are :math:`S_g` times as likely if it brought them as if it
    did not, says of the chance :math:`w` that it brings one

    .. math:: L_g(w) = 1 - w F_g + w S_g

    Chances of pairs with one partner are spread around that partner's by a Beta distribution;
    those of partners around the book's, a share of them at 0. How wide both are, the mean and
    that share are not fixed: all are tried on a grid and weighed by how well they tell the
    book, with even odds beforehand. So a small book has wide intervals of itself. What is
    known of a partner counts once: how they are spread is read off all others for this.

    Evidence is weighed by its age only where it tells of somebody today; how wide people and
    pairs are spread is read off whole gifts, in periods. Of gifts that share their returns with
    others of the same two only one counts there: what came of one came of all of them, so that
    by each of them pairs would be found to differ where none do. A range that begins below the
    least chance that is tried begins at 0: whom so little moves is not told from whom nothing
    does.

    Parameters
    ----------
    odds, passed, weight : ndarray of float64
        :math:`S_g`, :math:`F_g` and the weight by age, of each gift.
    pair, partner, period : ndarray of int64
        Whose gift it is to whom, to whom, and in which period.
    asked, own : ndarray of int64
        Partners asked about, sorted, and the pair of each with the one who would give.
    alone : ndarray of bool, optional
        Which gifts tell how people and pairs are spread, as those that open an exchange: of
        gifts that share their returns the first; all if not given.

    Returns
    -------
    Pooled
        An entry for each of ``asked``.

    Examples
    --------
    Nothing is known of anybody; then, of ten gifts to each of two, all or none came back:

    >>> none, one = np.zeros(0), np.zeros(0, dtype=np.int64)
    >>> at = np.array([0])
    >>> found = pool(none, none, none, pair=one, partner=one, period=one, asked=at, own=at)
    >>> bool(found.low[0] < 0.02), bool(found.high[0] > 0.9)
    (True, True)
    >>> to = np.repeat([0, 1], 10)
    >>> found = pool(
    ...     np.where(to == 0, 50.0, 0.0),
    ...     np.ones(20),
    ...     np.ones(20),
    ...     pair=to,
    ...     partner=to,
    ...     period=0 * to,
    ...     asked=np.array([0, 1]),
    ...     own=np.array([0, 1]),
    ... )
    >>> bool(found.low[0] > found.high[1])
    True
    """
    today, pairs, whole, unit, unit_partner, partner_of = _seen(
        *(odds, passed, weight),
        pair=pair,
        partner=partner,
        period=period,
        asked=asked,
        alone=alone,
    )
    # where those who are asked about stand
    _, _, who = numbered(np.r_[asked, partner_of])
    of_asked, of_pair = who[: len(asked)], who[len(asked) :]
    mine = np.minimum(np.searchsorted(pairs, own), max(len(pairs) - 1, 0))
    known = pairs[mine] == own if len(pairs) else np.zeros(len(own), dtype=bool)
    units = len(unit_partner)

    told = [_summed(_logs(whole, _around(spread)), unit, units) for spread in _BETWEEN_PAIRS]
    log_weight = np.array([_marginal(rows, _PRIORS).sum(axis=0) for rows in told])
    log_weight -= _UNLIKE[:, None]
    likely = log_weight > log_weight.max() - _UNLIKELY
    people, _, which = numbered(asked)
    of_unit = np.minimum(np.searchsorted(people, unit_partner), max(len(people) - 1, 0))
    is_asked = people[of_unit] == unit_partner if len(people) else np.zeros(units, bool)
    by_others: list[NDArray[np.float64]] = []  # logarithm, by all but the evidence of each asked
    of_others: list[NDArray[np.float64]] = []
    spreads = np.flatnonzero(likely.any(axis=1)).tolist()
    around = [_around(_BETWEEN_PAIRS[row]) for row in spreads]
    stand = int(who.max(initial=-1)) + 1
    summed, own_logs, own_told = _summed_logs(today, around, of_pair, stand, mine[known])
    for row, their_own in zip(spreads, own_logs, strict=True):
        here = _marginal(told[row][is_asked], _PRIORS[likely[row]])
        of_one = _summed(here.T, of_unit[is_asked], len(people))
        by_others.append((log_weight[row, likely[row]] - of_one)[which])
        of_others.append(np.ascontiguousarray(summed.pop(0).T)[of_asked])
        of_others[-1][known] -= their_own
    found = np.zeros((len(asked), len(GRID)))
    if len(asked):
        top = np.max([rows.max(axis=1, initial=-np.inf) for rows in by_others], axis=0)
        best = np.max([rows.max(axis=1) for rows in of_others], axis=0)
        for at, row in enumerate(spreads):
            chance = np.exp(by_others[at] - top[:, None]) @ _PRIORS[likely[row]]
            found += (chance * np.exp(of_others[at] - best[:, None])) @ around[at]
    found[known] *= own_told
    found /= found.sum(axis=1, keepdims=True)
    so_far = np.cumsum(found, axis=1)
    low, high = _quantile(so_far, 0.025), _quantile(so_far, 0.975)
    return Pooled(found @ GRID, np.where(low < GRID[1], 0.0, low), high)


class _Gifts(NamedTuple):
    """Gifts to those who are asked about, by pair."""

    excess: NDArray[np.float64]
    weight: NDArray[np.float64]
    pair: NDArray[np.int64]  # which of the pairs
    kind: NDArray[np.int64]  # of each pair: one for all with a single gift that tells the same

    def likelihood(self, first: int, beyond: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Give that of each chance of the grid today, by kind, and the row of each of some pairs.

        Most gifts are single and not answered: of all that came on one day it is the same.
        """
        _, one, row = numbered(self.kind[first:beyond])
        gifts = slice(*np.searchsorted(self.pair, (first, beyond)))
        chosen, place = np.zeros(beyond - first, dtype=bool), self.pair[gifts] - first
        chosen[one] = True
        told = chosen[place]
        excess, weight = self.excess[gifts][told], self.weight[gifts][told]
        return _likelihood(excess, weight, row[place[told]], len(one)), row


class _Seen(NamedTuple):
    """What gifts tell: of each pair today, and of the pairs of some partners in each period."""

    today: _Gifts
    pairs: NDArray[np.int64]
    whole: NDArray[np.float64]  # likelihood by whole gifts, a row for each pair and period
    unit: NDArray[np.int64]  # which partner and period each row of ``whole`` is of
    unit_partner: NDArray[np.int64]
    partner_of: NDArray[np.int64]  # of each of ``pairs``


def _seen(
    odds: NDArray[np.float64],
    passed: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    pair: NDArray[np.int64],
    partner: NDArray[np.int64],
    period: NDArray[np.int64],
    asked: NDArray[np.int64],
    alone: NDArray[np.bool_] | None,
) -> _Seen:
    """Fold gifts, of which a book may have a million, into what they tell of pairs."""
    use = passed > 0
    pair, partner, period = pair[use], partner[use], period[use]
    some, theirs = _some(partner), among(partner, asked)
    if alone is not None:
        some &= alone[use]
    excess = (odds - passed)[use]
    periods = int(period.max(initial=0)) + 1
    cells, at_cell, place = numbered((pair * periods + period)[some])
    whole = _likelihood(excess[some], None, place, len(cells))
    units, _, unit = numbered((partner * periods + period)[some][at_cell])
    pairs, first, place = numbered(pair[theirs])
    order = order_of(place)
    gifts = excess[theirs][order], weight[use][theirs][order], place[order]
    today = _Gifts(*gifts, _kinds(*gifts, len(pairs)))
    return _Seen(today, pairs, whole, unit, units // periods, partner[theirs][first])


def _kinds(
    excess: NDArray[np.float64],
    weight: NDArray[np.float64],
    pair: NDArray[np.int64],
    number: int,
) -> NDArray[np.int64]:
    """Give pairs numbers: one to all with a single gift that tells the same, else each its own."""
    single = np.bincount(pair, minlength=number)[pair] == 1
    codes, others = (numbered(each[single].view(np.int64))[2] for each in (excess, weight))
    kind = -1 - np.arange(number)
    kind[pair[single]] = codes * len(pair) + others
    return kind


def _marginal(told: NDArray[np.float64], priors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logarithm of the likelihood of each prior by each row of logarithms."""
    top = told.max(axis=1, keepdims=True, initial=-np.inf)
    found = np.exp(told - top) @ priors.T  # one large array, changed in place
    found += _TINY
    np.log(found, out=found)
    found += top
    return np.asarray(found)


def _some(partner: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Choose the gifts to some of the partners, evenly, where there are more than it takes."""
    people = distinct(partner)
    every = -(-len(partner) // _ENOUGH)
    return among(partner, people[::every]) if every > 1 else np.ones(len(partner), dtype=bool)


def _likelihood(
    excess: NDArray[np.float64],
    weight: NDArray[np.float64] | None,
    place: NDArray[np.int64],
    number: int,
) -> NDArray[np.float64]:
    """Likelihood of each chance of the grid by all gifts of a place, the best one 1.

    Of a gift it is ``1 + w (S - F)``, ``excess`` being ``S - F``; all of a book, by every chance,
    would not fit into memory, and one chance at a time does.
    """
    told = np.empty((number, len(GRID)))
    for at, chance in enumerate(GRID.tolist()):
        fits = excess * chance
        fits += 1  # a plain logarithm takes a fifth of the time of log1p
        np.log(fits, out=fits)
        if weight is not None:
            fits *= weight
        told[:, at] = np.bincount(place, fits, number)
    told -= told.max(axis=1, keepdims=True, initial=-np.inf)
    return np.asarray(np.exp(told, out=told))


def _summed(
    columns: NDArray[np.float64], place: NDArray[np.int64], number: int
) -> NDArray[np.float64]:
    """Sum the rows of each place, in their order; they are given as columns."""
    found = np.empty((number, len(columns)))  # a sparse product takes 0.2 s to be imported
    for at, column in enumerate(columns):
        found[:, at] = np.bincount(place, column, number)
    return found


def _summed_logs(
    gifts: _Gifts,
    around: list[NDArray[np.float64]],
    place: NDArray[np.int64],
    number: int,
    some: NDArray[np.int64],
) -> tuple[list[NDArray[np.float64]], NDArray[np.float64], NDArray[np.float64]]:
    """Sum :func:`_logs` of the pairs of each place in their order, for each spread of pairs.

    Gives those of some pairs too, and their likelihood. All of a million pairs would take half
    a gigabyte.
    """
    found = [np.zeros((len(GRID), number)) for _ in around]
    kept, told = np.empty((len(around), len(some), len(GRID))), np.empty((len(some), len(GRID)))
    for start in range(0, len(place), _SUMMED_AT_ONCE):
        beyond = min(start + _SUMMED_AT_ONCE, len(place))
        likelihood, row = gifts.likelihood(start, beyond)
        here = np.flatnonzero((some >= start) & (some < beyond))
        own = row[some[here] - start]
        told[here] = likelihood[own]
        at = np.r_[np.arange(number), place[start:beyond]]  # what was summed before comes first
        for sums, logs, spread in zip(found, kept, around, strict=True):
            part = _logs(likelihood, spread)
            for so_far, more in zip(sums, part, strict=True):
                so_far[:] = np.bincount(at, np.r_[so_far, more[row]], number)
            logs[here] = part[:, own].T
    return found, kept, told


def _logs(likelihood: NDArray[np.float64], around: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logarithm of the likelihood of each partner's chance, that of the pair being around it.

    There is a row for each chance, so that those of all pairs lie together to be summed.
    """
    found = np.empty(likelihood.shape[::-1])
    for start in range(0, len(likelihood), _AT_ONCE):
        rows = slice(start, start + _AT_ONCE)
        part = likelihood[rows] @ around.T
        part += _TINY
        found[:, rows] = np.log(part, out=part).T
    return found


def _beta(mean: float, both: float) -> NDArray[np.float64]:
    """Beta distribution on the grid without 0, with this mean and these parameters summed."""
    inner = GRID[1:]
    told = (mean * both - 1) * np.log(inner) + ((1 - mean) * both - 1) * np.log1p(-inner)
    chance = np.exp(told - told.max())
    return np.asarray(chance / chance.sum())


def _around(spread: float) -> NDArray[np.float64]:
    """For each chance of a partner, a row: that of a pair with them."""
    found = np.zeros((len(GRID), len(GRID)))
    found[0, 0] = 1  # whom no gift moves is moved by nobody's
    for row, mean in enumerate(GRID[1:], 1):
        found[row, 1:] = _beta(float(mean), spread)
    return found


def _priors() -> NDArray[np.float64]:
    """List what may hold among the people of a book, a row for each."""
    return np.array(
        [
            np.r_[never, (1 - never) * _beta(mean, both)]
            for mean in _MEANS
            for both in _BETWEEN_PEOPLE
            for never in _NEVER
        ]
    )


_PRIORS = _priors()


def _quantile(so_far: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """Where the sums so far reach a share, straight between two chances of the grid."""
    at = np.minimum((so_far < share).sum(axis=1), len(GRID) - 1)
    rows, under = np.arange(len(so_far)), np.maximum(at - 1, 0)
    low, high = so_far[rows, under], so_far[rows, at]
    part = np.where(at > 0, (share - low) / np.maximum(high - low, _TINY), 0.0)
    found: NDArray[np.float64] = GRID[under] + np.clip(part, 0, 1) * (GRID[at] - GRID[under])
    return found
