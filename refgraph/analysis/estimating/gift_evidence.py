"""What each gift tells of whether it brought a return, and how fast that evidence ages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.estimating.running_totals import Running
from refgraph.analysis.returning.spells import BINS, come_so_far, part_of, summed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.analysis.returning.excitation import Excitation
    from refgraph.analysis.returning.occasions import Occasions

__all__ = ["evidence", "half_life_told", "perhaps_unasked"]

_ASKED = 730.0  # days; the half-lives that are tried are this and shorter ones
_HALF_LIVES = (180.0, 365.0, 730.0)  # longer ones lie between the last and none
#: Gifts that the mean of the book is worth, tried in turn; if people are alike, ever so many.
_PRIOR_GIFTS = (1.0, 3.0, 8.0, 30.0, 1000.0)
_LEAST = float(np.finfo(float).tiny)
_OCTAVES = 0.5  # spread of half-lives around the one asked for, in doublings


def evidence(seen: Occasions, found: Excitation) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Say how much likelier what came is if a gift brought it, and how much was to come by now.

    What other gifts may have brought counts as coming anyway.

    Returns
    -------
    odds, passed : ndarray of float64
        For each occasion, taken as a gift: :math:`S_g` and :math:`F_g` of
        :func:`refgraph.analysis.estimating.pooling.pool`.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.returning.excitation import fit
    >>> from refgraph.analysis.returning.occasions import occasions
    >>> seen = occasions(Book.sample())
    >>> odds, passed = evidence(seen, fit(seen, half_life=730))
    >>> bool((odds >= 0).all()), bool(((passed >= 0) & (passed <= 1)).all())
    (True, True)
    """
    number, horizon = len(seen.day), seen.horizon
    factor = np.minimum(found.factor, 1.0)
    timely = _timely(seen, found)
    excited = found.strength[seen.gift] * timely
    others = found.background + summed(seen.later, excited, number)
    odds = summed(seen.gift, timely / (others[seen.later] - excited), number)
    (so_far,) = come_so_far(seen.age, horizon, found.share)
    return odds, factor * so_far


def perhaps_unasked(
    seen: Occasions, found: Excitation, me: int, weight: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Say of what each person sent to me how much more may have come by itself than is held to.

    Where little came, and after gifts, the fit may hold all of it to be returns, and then
    nothing speaks for a rate of the pair's own. So it is asked what of it a gift would have
    brought if the pair sent by itself as often as it sent at all.

    Returns
    -------
    more, doubt : ndarray of float64
        For each person: occasions by weight beyond those that are held to have come by
        themselves, and the variance of how many did.

    Examples
    --------
    Of what followed no gift, all is held to have come by itself already:

    >>> from refgraph import Book
    >>> from refgraph.analysis.returning.excitation import fit
    >>> from refgraph.analysis.returning.occasions import occasions
    >>> book = Book.sample()
    >>> seen = occasions(book)
    >>> me = int(book.places([book.me])[0])
    >>> more, doubt = perhaps_unasked(seen, fit(seen, half_life=730), me, np.exp2(-seen.age / 730))
    >>> answered = np.isin(np.arange(14), seen.giver[seen.later][seen.receiver[seen.later] == me])
    >>> bool((more[~answered] == 0).all()), bool((doubt[answered] > 0).all())
    (True, True)
    """
    theirs = seen.receiver == me
    came, of, held = seen.giver[theirs], weight[theirs], found.caused[theirs]
    if_all = summed(came, of, seen.people) / found.watched
    excited = found.strength[seen.gift] * _timely(seen, found)
    brought = summed(seen.later, excited, len(seen.day))[theirs]
    every = np.maximum(brought + if_all[came], _LEAST)  # long ago, nothing weighs anything
    answer = np.minimum(brought / every, held)
    doubt = summed(came, of**2 * answer * (1 - answer), seen.people)
    return summed(came, of * (held - answer), seen.people), doubt


def _timely(seen: Occasions, found: Excitation) -> NDArray[np.float64]:
    """Give for each gift and what came later the rate a day, beside a gift's strength."""
    when = found.share[part_of(seen.lag, seen.horizon)] * BINS / seen.horizon
    return np.asarray(np.minimum(found.factor, 1.0)[seen.gift] * when)


def half_life_told(
    seen: Occasions,
    found: Excitation,
    odds: NDArray[np.float64],
    passed: NDArray[np.float64],
    *,
    around: float,
) -> float:
    r"""Give the half-life at which evidence ages, by how gifts are foretold from those before.

    Each gift is foretold by the decayed mean of those before it to the same person, shrunk to
    that of the book, with each half-life :math:`T`; by how many gifts the book is worth there is
    what does best for this :math:`T`, of five tried. What a gift brought is what the fit to the
    whole book holds it to have brought by now, later referrals and all: so this is a comparison
    of half-lives, and not a test of forecasts.

    Whether people change at all is an even bet beforehand; if they do, the half-life is most
    likely the one asked for, may be a half or a quarter of it (half a normal distribution, of
    half a doubling), and is no longer one: slower change lies between that and none. With the
    chance :math:`p_T` of each by how well it foretold, evidence ages at their mean rate:

    .. math:: \frac{1}{T} = \sum_T \frac{p_T}{T}

    So a book in which people stay as they are is read as if they changed slowly, the more slowly
    the longer it is, and one that tells nothing of it ages at 1.12 / 2 of the rate asked for.

    Returns
    -------
    float
        Days; infinite only where all ageing is beyond what a number of the machine holds.

    Examples
    --------
    In a small book hardly anything is told, and 730 days become nearly twice as many:

    >>> from refgraph import Book
    >>> from refgraph.analysis.returning.excitation import fit
    >>> from refgraph.analysis.returning.occasions import occasions
    >>> seen = occasions(Book.sample())
    >>> found = fit(seen, half_life=730)
    >>> 1000 < half_life_told(seen, found, *evidence(seen, found), around=730) < 2000
    True
    """
    usual = float(np.clip(found.overall, 0.02, 0.9))
    brought = usual * odds / (1 - usual * passed + usual * odds)
    mean = float(brought.sum() / max(passed.sum(), 1e-9))
    missed = np.maximum(passed - brought, 0)
    octaves = np.log2(np.array(_HALF_LIVES) / _ASKED)
    ageing = np.exp(-((octaves / _OCTAVES) ** 2) / 2)
    prior = np.r_[ageing / ageing.sum(), 1.0]
    half_lives = [*(around / _ASKED * days for days in _HALF_LIVES), np.inf]
    so_far = Running(seen.receiver, seen.day, passed).before_each([brought, passed], half_lives)
    told = []
    for came, made in so_far:
        fits = []
        for gifts in _PRIOR_GIFTS:
            chance = np.clip((came + gifts * mean) / (made + gifts), 1e-3, 1 - 1e-3)
            fits.append(float((brought * np.log(chance) + missed * np.log1p(-chance)).sum()))
        told.append(max(fits))
    chance = prior * np.exp(np.array(told) - max(told))
    rate = float((chance / np.array(half_lives)).sum() / chance.sum())
    return 1 / rate if rate > 0 else np.inf
