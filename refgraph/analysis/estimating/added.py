"""What one more referral given now is expected to bring beyond what comes anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.estimating.gift_evidence import best_half_life, evidence
from refgraph.analysis.estimating.pooling import pool
from refgraph.analysis.returning import returns
from refgraph.analysis.returning.excitation import Excitation, fit
from refgraph.analysis.returning.occasions import AGAIN, ANSWERS, OPENS, Occasions, occasions
from refgraph.analysis.returning.spells import summed, watched_parts
from refgraph.analysis.statistics.sorting import among
from refgraph.progress import doing
from refgraph.schema.among_texts import is_one_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["by_pair", "by_person"]

_COLUMNS = ("added", "added_low", "added_high", "anyway", "gifts_seen")
_DIGITS = 6  # more would be rounding of the machine


def by_person(
    book: Book,
    person: str | None = None,
    *,
    of: Collection[str] | None = None,
    horizon: int = returns.HORIZON,
    half_life: float = returns.HALF_LIFE,
) -> pd.DataFrame:
    r"""Give for each other person what one more gift now adds, and what comes anyway.

    People are compared with themselves: what each sends after a gift, by ``person`` and by
    others, with what they send at other times. A referral that comes within the horizon after
    a gift is shared between the gift, the pair's own rate (as active as the sender is around
    that day) and spells in which two people are busy together, see
    :func:`refgraph.analysis.returning.excitation.fit`. From these shares each gift tells how likely
    it is that a gift brings a return, pooled from pair to partner to book, see
    :func:`refgraph.analysis.estimating.pooling.pool`. What one more brings is that chance times
    what is left of it for what is between the two today: less, as far as the book says so, where a
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
    of : collection of str, optional
        To whom; everybody else if not given. All of the book is weighed in any case.
    horizon : int, default 180
        Days within which a return counts.
    half_life : float, default 730
        Days after which evidence weighs half, to begin with.

    Returns
    -------
    pandas.DataFrame
        Indexed by everybody else, or those of ``of``, sorted. Floats ``added`` (referrals to
        ``person`` within the horizon that one more gift brings, 0 to 1), ``added_low`` and
        ``added_high`` (middle 95 %), ``anyway`` (referrals to be expected in that time if nothing
        is given), and ``gifts_seen`` (gifts to them by anyone, each weighed by its age and by the
        share of its horizon that has passed).

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
    me = int(book.places([whose])[0])
    asked = (
        np.ones(len(book.people), dtype=bool) if of is None else is_one_of(book.people.index, of)
    )
    asked[me] = False
    others = np.flatnonzero(asked)
    told = _told(book, np.full(len(others), me), others, horizon=horizon, half_life=half_life)
    told["anyway"] = _anyway(told.pop("seen"), told.pop("found"), me)[others]
    index = book.people.index[others]
    return pd.DataFrame({name: told[name].round(_DIGITS) for name in _COLUMNS}, index=index)


def by_pair(
    book: Book,
    giver: NDArray[np.int64],
    receiver: NDArray[np.int64],
    *,
    horizon: int = returns.HORIZON,
    half_life: float = returns.HALF_LIFE,
) -> NDArray[np.float64]:
    """Give ``added`` of :func:`by_person` for pairs of anybody, by their places in the book.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> me, others = book.places([book.me]), np.delete(np.arange(14), book.places([book.me]))
    >>> bool((by_pair(book, np.repeat(me, 13), others) == by_person(book)["added"]).all())
    True
    """
    told = _told(book, giver, receiver, horizon=horizon, half_life=half_life)
    return np.asarray(told["added"].round(_DIGITS))


def _told(
    book: Book,
    giver: NDArray[np.int64],
    receiver: NDArray[np.int64],
    *,
    horizon: int,
    half_life: float,
) -> dict[str, Any]:
    """Reckon what one more gift adds for each pair, with what it was reckoned from."""
    with doing("Weighing what one more gift adds", 10) as work:  # tenths of the time
        seen = occasions(book, horizon=horizon)
        work.advance()
        found = fit(seen, half_life=half_life)
        work.advance(4)
        odds, passed = evidence(seen, found)
        half_life = best_half_life(seen, found, odds, passed, around=half_life)
        work.advance(3)
        weight = np.exp2(-seen.age / half_life)
        pair = giver * seen.people + receiver
        pooled = pool(
            odds,
            passed,
            weight,
            pair=seen.pair,
            partner=seen.receiver,
            period=(seen.age // half_life).astype(np.int64),
            asked=receiver,
            own=pair,
        )
        left, least, most = _left(book, seen, found, pair, horizon)
    mean = pooled.mean * left
    return {
        "added": mean,
        "added_low": np.minimum(pooled.low * least, mean),
        "added_high": np.maximum(pooled.high, pooled.mean) * most,
        "gifts_seen": summed(seen.receiver, weight * passed, seen.people)[receiver],
        "seen": seen,
        "found": found,
    }


def _left(
    book: Book, seen: Occasions, found: Excitation, pair: NDArray[np.int64], horizon: int
) -> NDArray[np.float64]:
    """Give what is left of a gift's effect for what is between the two of each pair today.

    Three rows: what the book says, and how little and how much it may be. While a gift is
    open, what is taken off counts as known to within all of itself. A gift to somebody who
    waits for one may be the answer, and bring nothing, or be none, and bring what any does.
    """
    made = returns.episodes(book, horizon=horizon)
    made = made[made["state"] == "censored"]
    one, other = returns.places(book, made, horizon=horizon)
    state = np.full(len(pair), OPENS)
    state[among(pair, one * seen.people + other)] = AGAIN
    state[among(pair, other * seen.people + one)] = ANSWERS
    pairs, times = np.unique(seen.pair, return_counts=True)
    at = np.minimum(np.searchsorted(pairs, pair), max(len(pairs) - 1, 0))
    given = np.where(pairs[at] == pair, times[at], 0) if len(pairs) else np.zeros_like(pair)
    left, whole = found.left(state, given), found.left(np.full(len(pair), OPENS), given)
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
    so_far = watched_parts(seen.age, horizon)
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
