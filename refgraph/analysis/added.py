"""What one more referral given now is expected to bring beyond what comes anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis import returns
from refgraph.analysis.excitation import Excitation, fit
from refgraph.analysis.occasions import AGAIN, ANSWERS, OPENS, Occasions, occasions
from refgraph.analysis.pooling import pool
from refgraph.analysis.running import Running
from refgraph.analysis.spells import BINS, summed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book import Book

__all__ = ["by_person"]

_HALF_LIVES = (180.0, 365.0, 730.0, 1460.0)  # days
_PRIOR_GIFTS = (1.0, 3.0, 8.0, 20.0)  # that the mean of the book is worth, tried in turn
_OCTAVES = 0.5  # spread of half-lives around the one asked for, in doublings
_DIGITS = 6  # more would be rounding of the machine


def by_person(
    book: Book,
    person: str | None = None,
    *,
    horizon: int = returns.HORIZON,
    half_life: float = returns.HALF_LIFE,
) -> pd.DataFrame:
    r"""Give for each other person what one more gift now adds, and what comes anyway.

    People are compared with themselves: what each sends after a gift, by ``person`` and by
    others, with what they send at other times. A referral that comes within the horizon after
    a gift is shared between the gift, the pair's own rate (as active as the sender is around
    that day) and spells in which two people are busy together, see
    :func:`refgraph.analysis.excitation.fit`. From these shares each gift tells how likely it
    is that a gift brings a return, pooled from pair to partner to book, see
    :func:`refgraph.analysis.pooling.pool`. What one more brings is that chance times what is
    left of it for what is between the two today: less, as far as the book says so, where a
    gift is still open, where it answers one, and for each one given before.

    A gift is taken to bring one return or none. How fast evidence ages is read off the book,
    around ``half_life``: by which half-life each gift is foretold best from those before it.

    It compares times and not people, and takes spells of activity out; but gifts are not
    drawn by lot. If gifts go to people just when these are about to send anyway, for a reason
    the record does not show, this counts as added. :func:`refgraph.effect` tests for that.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window; undated rows are left out.
    person : str, optional
        Who would give the referral; the book's me if not given.
    horizon : int, default 180
        Days within which a return counts.
    half_life : float, default 730
        Days after which evidence weighs half, to begin with.

    Returns
    -------
    pandas.DataFrame
        Indexed by everybody else, sorted. Floats ``added`` (referrals to ``person`` within the
        horizon that one more gift brings, 0 to 1), ``added_low`` and ``added_high`` (middle
        95 %), ``anyway`` (referrals to be expected in that time if nothing is given), and
        ``gifts_seen`` (gifts to them by anyone, each weighed by its age and by the share of
        its horizon that has passed).

    Raises
    ------
    NoMeError
        Nobody is asked about.
    OptionError
        The horizon is not at least a day, or the half-life not above 0.

    Examples
    --------
    >>> from refgraph import Book
    >>> found = by_person(Book.sample())
    >>> bool((found["added_low"] <= found["added"]).all())
    True
    >>> bool((found["added"] <= found["added_high"]).all())
    True
    """
    whose = book.asked(person, "What one more referral adds")
    returns.check_half_life(half_life)
    seen = occasions(book, horizon=horizon)
    me = int(book.places([whose])[0])
    others = np.delete(np.arange(len(book.people)), me)
    found = fit(seen, half_life=half_life)
    odds, passed = _evidence(seen, found)
    half_life = _half_life(seen, found, odds, passed, around=half_life)
    weight = np.exp2(-seen.age / half_life)
    pooled = pool(
        odds,
        passed,
        weight,
        pair=seen.pair,
        partner=seen.receiver,
        period=(seen.age // half_life).astype(np.int64),
        asked=others,
        own=me * seen.people + others,
    )
    left, least, most = _left(book, seen, found, me, horizon)[:, others]
    told = {
        "added": pooled.mean * left,
        "added_low": pooled.low * least,
        "added_high": np.maximum(pooled.high, pooled.mean) * most,
        "anyway": _anyway(seen, found, me)[others],
        "gifts_seen": summed(seen.receiver, weight * passed, seen.people)[others],
    }
    told["added_low"] = np.minimum(told["added_low"], told["added"])
    index = book.people.index.drop(whose)
    return pd.DataFrame({name: told[name].round(_DIGITS) for name in told}, index=index)


def _evidence(
    seen: Occasions, found: Excitation
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How much likelier what came is if a gift brought it, and how much of it was to come by now.

    What other gifts may have brought counts as coming anyway.
    """
    number, horizon = len(seen.day), seen.horizon
    factor = np.minimum(found.factor, 1.0)
    part = horizon / BINS
    bins = np.minimum((seen.lag - 1) * BINS // horizon, BINS - 1)
    timely = factor[seen.gift] * found.share[bins] / part
    excited = found.strength[seen.gift] * timely
    others = found.background + summed(seen.later, excited, number)
    odds = summed(seen.gift, timely / (others[seen.later] - excited), number)
    so_far = np.clip(seen.age[:, None] - np.arange(BINS) * part, 0, part) / part
    return odds, factor * (so_far @ found.share)


def _half_life(
    seen: Occasions,
    found: Excitation,
    odds: NDArray[np.float64],
    passed: NDArray[np.float64],
    *,
    around: float,
) -> float:
    """Choose the half-life by which gifts are foretold best from those to the same person before.

    Each gift brought what it is held to have brought by now, and is foretold by the decayed
    mean of those before, shrunk to that of the book; a half-life far from the one asked for
    has to be better by as much as a normal prior on its logarithm says.
    """
    usual = float(np.clip(found.overall, 0.02, 0.9))
    brought = usual * odds / (1 - usual * passed + usual * odds)
    mean = float(brought.sum() / max(passed.sum(), 1e-9))
    best, told = around, -np.inf
    for half_life in (around / 730 * days for days in _HALF_LIVES):
        key, day = seen.receiver, seen.day
        came = Running(key, day, brought, half_life=half_life).before(key, day)
        made = Running(key, day, passed, half_life=half_life).before(key, day)
        fits = []
        for gifts in _PRIOR_GIFTS:
            chance = np.clip((came + gifts * mean) / (made + gifts), 1e-3, 1 - 1e-3)
            missed = np.maximum(passed - brought, 0)
            fits.append(float((brought * np.log(chance) + missed * np.log1p(-chance)).sum()))
        here = max(fits) - (np.log2(half_life / around) / _OCTAVES) ** 2 / 2
        if here > told + 1e-9:
            best, told = half_life, here
    return best


def _left(
    book: Book, seen: Occasions, found: Excitation, me: int, horizon: int
) -> NDArray[np.float64]:
    """Give what is left of a gift's effect for what is between me and each person today.

    Three rows: what the book says, and how little and how much it may be. While a gift of mine
    is open, what is taken off counts as known to within all of itself. A gift to somebody who
    waits for mine may be the answer, and bring nothing, or be none, and bring what any does.
    """
    made = returns.episodes(book, horizon=horizon)
    made = made[made["state"] == "censored"]
    giver, receiver = book.places(made["giver"]), book.places(made["receiver"])
    state = np.full(seen.people, OPENS)
    state[receiver[giver == me]] = AGAIN
    state[giver[receiver == me]] = ANSWERS
    given = np.bincount(seen.receiver[seen.giver == me], minlength=seen.people)
    left, whole = found.left(state, given), found.left(np.full(seen.people, OPENS), given)
    least = np.where(state == ANSWERS, 0, np.maximum(2 * left - whole, 0))
    most = np.where(state == ANSWERS, whole, np.minimum(2 * left, whole))
    return np.stack([left, least, np.maximum(most, left)])


def _anyway(seen: Occasions, found: Excitation, me: int) -> NDArray[np.float64]:
    """Referrals of each person to me in the horizon to come, if nothing is given to them.

    What they send by their own rate and as active as they are, what follows a busy spell, and
    what earlier gifts of mine may still bring; in occasions, times their usual size.
    """
    everyone, horizon = np.arange(seen.people), seen.horizon
    rate = found.usual(everyone, np.full(seen.people, me)) * found.rate[:, 2]
    theirs, mine = seen.receiver == me, seen.giver == me
    part = horizon / BINS
    so_far = np.clip(seen.age[:, None] - np.arange(BINS) * part, 0, part) / part
    to_come = found.tired * (1 - so_far @ found.spell)
    spell = summed(seen.giver[theirs], to_come[theirs], seen.people)
    spell += summed(seen.receiver[mine], to_come[mine], seen.people)
    open_still = found.strength * found.factor * (1 - so_far @ found.share)
    back = summed(seen.receiver[mine], open_still[mine], seen.people)
    size = (summed(seen.giver, seen.size, seen.people) + 1) / (
        np.bincount(seen.giver, minlength=seen.people) + 1
    )
    found_so: NDArray[np.float64] = (rate * horizon + found.clustered * spell + back) * size
    return found_so
