"""Rates at which pairs refer by themselves: what is usual, how alike they are, and do they stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.returning.excitation import ACTIVE
from refgraph.analysis.statistics import gamma_rates
from refgraph.analysis.statistics.sorting import place_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.analysis.returning.excitation import Excitation
    from refgraph.analysis.returning.occasions import Occasions

    Floats = NDArray[np.float64]

__all__ = ["NEW", "alike", "own_and_usual", "share_changed"]

#: Variance of a rate that is a new one, beside the square of the one before: from next to
#: nothing to several times as much.
NEW = 2.0
_TINY, _MOST = 1e-6, 700.0  # the exponential of more is beyond the numbers of the machine
_CELLS = 100_000  # pairs that tell how alike rates are
_HORIZONS = 4  # of the past that are foretold from what came before them
_MUCH = 0.3  # referrals foretold in a horizon: of fewer it hardly shows whether a rate is a new one
_SHARES = np.array([0.0, 0.02, 0.05, 0.1, 0.2])  # that are tried
_BEFOREHAND = np.array([0.5, 0.125, 0.125, 0.125, 0.125])  # an even chance that rates stay


def own_and_usual(
    found: Excitation, giver: NDArray[np.int64], receiver: NDArray[np.int64]
) -> tuple[Floats, Floats, Floats]:
    """Give what came by itself along each pair, and what is usual by their others.

    The third is how unsure the usual is, its squared error over its square: of whoever gave or
    got little, all that is usual is told by that little.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.returning.excitation import fit
    >>> from refgraph.analysis.returning.occasions import occasions
    >>> found = fit(occasions(Book.sample()), half_life=730)
    >>> own, usual, unsure = own_and_usual(found, np.array([0, 1]), np.array([2, 2]))
    >>> bool((own >= 0).all() and (usual > 0).all() and (unsure <= 2).all())
    True
    """
    own = found.own(giver, receiver)
    given, got, _ = found.rate.T
    return own, *_usual(given[giver] - own, got[receiver] - own, given)


def _usual(gave: Floats, got: Floats, given: Floats) -> tuple[Floats, Floats]:
    """Give what is usual for two by what they gave to others and got of others, and how unsure."""
    every = max(float(given.sum()), _TINY)
    mean = every / len(given)
    others = [np.maximum(each, 0) + 1 for each in (gave, got)]
    gives, gets = (each / (1 + 1 / mean) for each in others)
    return gives * gets / every, 1 / others[0] + 1 / others[1]


def alike(found: Excitation, ranked: NDArray[np.int64]) -> float:
    """Find how alike the rates of pairs are, by some receivers, evenly chosen in a rank.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.returning.excitation import fit
    >>> from refgraph.analysis.returning.occasions import occasions
    >>> found = fit(occasions(Book.sample()), half_life=730)
    >>> 0.1 <= alike(found, np.arange(14)) <= 25
    True
    """
    people = len(found.rate)
    some = ranked[:: max(1, people**2 // _CELLS)]
    giver, receiver = (at.ravel() for at in np.meshgrid(np.arange(people), some, indexing="ij"))
    kept = (giver != receiver) & (found.rate[receiver, 1] > 0)
    return gamma_rates.shape(*own_and_usual(found, giver[kept], receiver[kept])[:2])


def share_changed(seen: Occasions, found: Excitation, shape: float, *, half_life: float) -> float:
    r"""Tell of how many pairs the rate in a horizon is a new one, by horizons of the past.

    Each of the last four is foretold of every pair from the record before it, as that of the
    horizon to come is. If rates stay or change little by little, what comes has a negative
    binomial distribution; if one is a new one, it has one about the same mean, but as wide as
    that of an exponential rate and more (:data:`NEW`). A mixture of the two, with a share
    :math:`p` of new ones, is asked how well it tells what came of all of whom much was foretold:

    .. math:: \ln L(p) = \sum \ln \bigl((1 - p) f(n) + p \, g(n)\bigr)

    Of five shares none is as likely beforehand as all others together; it is their mean.

    Parameters
    ----------
    seen, found : Occasions, Excitation
        Of a book.
    shape : float
        How alike the rates of pairs are: :func:`alike`.
    half_life : float
        Days after which what came weighs half.

    Returns
    -------
    float
        From 0 to 0.2; 0.046 where nothing tells of it.

    Examples
    --------
    The sample is too short to tell:

    >>> from refgraph import Book
    >>> from refgraph.analysis.returning.excitation import fit
    >>> from refgraph.analysis.returning.occasions import occasions
    >>> seen = occasions(Book.sample())
    >>> round(share_changed(seen, fit(seen, half_life=730), 1.0, half_life=730), 3)
    0.046
    """
    fits = np.zeros(len(_SHARES))
    for mean, came, spread in _foretold(seen, found, shape, half_life):
        stays = _log_chance(came, mean, spread)
        is_new = _log_chance(came, mean, np.maximum(spread, NEW))
        beside = np.exp(np.minimum(is_new - stays, _MOST))
        fits += np.log1p(_SHARES[:, None] * (beside - 1)).sum(axis=1)
    chance = _BEFOREHAND * np.exp(fits - fits.max())
    return float(chance @ _SHARES / chance.sum())


def _foretold(
    seen: Occasions, found: Excitation, shape: float, half_life: float
) -> list[tuple[Floats, Floats, Floats]]:
    """Of past horizons: of whom much was foretold, how much, what came, and how unsure it was."""
    people, horizon, pairs = seen.people, seen.horizon, len(found.pairs)
    days, wide = int(seen.age.max(initial=0)), _HORIZONS + 2
    back = np.minimum(seen.age // horizon, wide - 1)  # horizons ago, the last of them and more
    place = place_in(found.pairs, seen.pair)
    giver, receiver = np.divmod(found.pairs, people)

    def by(which: NDArray[np.int64], amount: Floats, number: int) -> Floats:
        cells = np.bincount(which * wide + back, amount, number * wide)
        return np.asarray(cells.reshape(number, wide).T)

    weighed = found.alone * np.exp2(-seen.age / half_life)
    came, active = by(place, found.alone, pairs), by(seen.giver, found.alone, people)
    told = [
        by(*of)[::-1].cumsum(axis=0)[::-1]
        for of in (
            (place, weighed, pairs),
            (seen.giver, weighed, people),
            (seen.receiver, weighed, people),
        )
    ]
    so_far = active[::-1].cumsum(axis=0)[::-1]
    rows = []
    for ago in range(1, _HORIZONS + 1):
        before = days - ago * horizon
        if before < 2 * horizon:
            break
        aged = np.exp2(min(ago * horizon / half_life, _MOST))
        own, given, got = (each[ago] * aged for each in told)
        usual, unsure = _usual(given[giver] - own, got[receiver] - own, given)
        lately = active[ago]
        now = (lately + ACTIVE) / (so_far[ago] * horizon / before + ACTIVE)
        watched = half_life / np.log(2) * -np.expm1(-before / half_life * np.log(2)) + 1
        lesser = 1 / ((1 + 1 / shape) * (1 + unsure) - 1)
        often = np.maximum(*((own + c) / (1 + c / usual) for c in (lesser, shape)))
        mean = often / watched * horizon * now[giver]
        spread = (1 + 1 / (own + lesser)) * (1 + 1 / (lately[giver] + ACTIVE)) - 1
        much = (own > 0) & (mean > _MUCH)
        rows.append((mean[much], came[ago - 1][much], spread[much]))
    return rows


def _log_chance(came: Floats, mean: Floats, spread: Floats) -> Floats:
    """Logarithm of a negative binomial distribution, but for what hangs on the count alone."""
    from scipy.special import gammaln  # noqa: PLC0415  # 0.1 s that most answers do without

    shape = 1 / spread
    found: Floats = gammaln(came + shape) - gammaln(shape)
    return found + shape * np.log(shape / (shape + mean)) + came * np.log(mean / (shape + mean))
