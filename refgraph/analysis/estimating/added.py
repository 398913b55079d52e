"""What one more referral given now is expected to bring beyond what comes anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from refgraph.analysis.estimating import pair_rates
from refgraph.analysis.estimating.gift_evidence import evidence, half_life_told, perhaps_unasked
from refgraph.analysis.estimating.pooling import Pooled, pool
from refgraph.analysis.returning import returns
from refgraph.analysis.returning.excitation import ACTIVE, Excitation, fit
from refgraph.analysis.returning.occasions import AGAIN, ANSWERS, OPENS, Occasions, occasions
from refgraph.analysis.returning.spells import come_so_far, summed
from refgraph.analysis.statistics import gamma_rates, group_means
from refgraph.analysis.statistics.sorting import among
from refgraph.book.arrival import arrivals
from refgraph.progress import doing
from refgraph.schema.among_texts import is_one_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["by_pair", "by_person"]

_COLUMNS = ("added", "added_low", "added_high", "anyway", "gifts_seen")
_ENDS = ("anyway_low", "anyway_high")
_PERIOD = 2  # half-lives; what is weighed by its age reaches back 1.4 (its sum) to 2.9 (its worth)
_TINY, _TAIL = 1e-6, 0.025
_WIDTH = 3.92  # standard deviations of a normal distribution that the middle 95 % are
_DIGITS = 6  # more would be rounding of the machine


def by_person(
    book: Book,
    person: str | None = None,
    *,
    of: Collection[str] | None = None,
    horizon: int = returns.HORIZON,
    half_life: float = returns.HALF_LIFE,
    ends: bool = True,
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

    A gift is taken to bring one return or none. How fast evidence ages, if at all, is read off
    the book, from ``half_life`` down: by how well each gift is foretold from those before it.
    Both ranges take that as known. That of ``added`` is right of people who stay as they are or
    change little by little: of somebody who stopped answering at once, or began to, the truth
    lies outside until newer gifts have told it.

    What comes anyway has a range too, :func:`_anyway_ends`: of what is to be expected, and not of
    how many will come. It is wider where rates of the past became new ones at once. Of whom some
    of what they sent has no date none is told: as often as they send is not known to within
    anything that the dated rows alone could tell.

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
        Days after which evidence weighs half if people change, before the book is asked.
    ends : bool, default True
        Give the range of ``anyway`` too.

    Returns
    -------
    pandas.DataFrame
        Indexed by everybody else, or those of ``of``, sorted. Floats ``added`` (referrals to
        ``person`` within the horizon that one more gift brings, 0 to 1), ``added_low`` and
        ``added_high`` (middle 95 %), ``anyway`` (referrals to be expected in that time if nothing
        is given), ``gifts_seen`` (gifts to them by anyone, each weighed by its age and by the
        share of its horizon that has passed), and with ``ends`` the middle 95 % of what is to be
        expected anyway, ``anyway_low`` and ``anyway_high``; NaN for whoever sent anybody
        something that has no date.

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
    columns = [*_COLUMNS, *(_ENDS if ends else ())]
    # of everybody it is asked once: a report asks first for the list, then of some for today
    kept, key = book._kept.setdefault("added", {}), (whose, horizon, half_life)  # noqa: SLF001
    if key in kept:
        table: pd.DataFrame = kept[key][columns]
        return table if of is None else table[is_one_of(table.index, of)]
    me = int(book.places([whose])[0])
    asked = (
        np.ones(len(book.people), dtype=bool) if of is None else is_one_of(book.people.index, of)
    )
    asked[me] = False
    others = np.flatnonzero(asked)
    told = _told(book, np.full(len(others), me), others, horizon=horizon, half_life=half_life)
    seen, found = told.pop("seen"), told.pop("found")
    chance = np.zeros(seen.people)
    chance[others] = told.pop("chance")
    anyway = _anyway(seen, found, me, chance)
    told["anyway"] = anyway.told[others]
    if ends:
        unsure = np.zeros(seen.people)
        unsure[others] = (told["added_high"] - told["added_low"]) / _WIDTH
        unsure[others] /= np.maximum(told["added"], _TINY)
        weight = np.exp2(-seen.age / half_life)
        alike = pair_rates.alike(found, _by_received(book, seen))
        change = pair_rates.share_changed(seen, found, alike, half_life=half_life)
        of_all = (weight, np.minimum(unsure, 2), alike, change)
        both = _anyway_ends(seen, found, me, anyway, of_all)
        known = ~_sent_undated(book, seen.people)
        told |= {
            name: np.where(known, end, np.nan)[others]
            for name, end in zip(_ENDS, both, strict=True)
        }
    index = book.people.index[others]
    table = pd.DataFrame({name: told[name].round(_DIGITS) for name in columns}, index=index)
    if of is None and ends:
        kept[key] = table.copy(deep=False)  # pandas copies what is written to
    return table


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
        half_life = half_life_told(seen, found, odds, passed, around=half_life)
        work.advance(3)
        weight = np.exp2(-seen.age / half_life)
        pair = giver * seen.people + receiver
        pooled = pool(
            odds,
            passed,
            weight,
            pair=seen.pair,
            partner=seen.receiver,
            period=(seen.age // (_PERIOD * half_life)).astype(np.int64),
            asked=receiver,
            own=pair,
            alone=seen.state == OPENS,
        )
        added, low, high = _both(pooled, _left(book, seen, found, pair, horizon))
    return {
        "added": added,
        "added_low": low,
        "added_high": high,
        "chance": pooled.mean,
        "gifts_seen": summed(seen.receiver, weight * passed, seen.people)[receiver],
        "seen": seen,
        "found": found,
    }


def _both(pooled: Pooled, left: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Give what is added, and its ends, of a chance and of what is left of it (:func:`_left`).

    Neither tells of the other, so that of the logarithm of their product the squares add up.
    """
    left, least, most, at_best = left
    added = pooled.mean * left
    under = np.hypot(_apart(pooled.mean, pooled.low), _apart(left, least))
    over = np.hypot(_apart(pooled.high, pooled.mean), _apart(most, at_best))
    low = np.where(np.minimum(pooled.low, least) > 0, added * np.exp(-under), 0.0)
    all_of = np.maximum(pooled.high, pooled.mean) * np.minimum(most, 1)
    high = np.minimum(pooled.mean * at_best * np.exp(over), all_of)
    return added, low, np.maximum(high, added)


def _apart(more: NDArray[np.float64], less: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give how far apart two numbers are as logarithms, and 0 where they stand the other way."""
    return np.log(np.maximum(np.maximum(more, _TINY) / np.maximum(less, _TINY), 1))


def _left(
    book: Book, seen: Occasions, found: Excitation, pair: NDArray[np.int64], horizon: int
) -> NDArray[np.float64]:
    """Give what is left of a gift's effect for what is between the two of each pair today.

    Four rows: what the book says, how little and how much it may be, and what the most is as
    good as known about. While a gift is open, what is taken off counts as known to within all
    of itself, or as far as the book says, where that is further. A gift to somebody who
    waits for one may be the answer, and bring nothing, or be none, and bring what any does.
    """
    made = returns.episodes(book, horizon=horizon)
    made = made[made["state"] == "censored"]
    one, other = returns.places(book, made, horizon=horizon)
    state = np.full(len(pair), OPENS)
    state[among(pair, one * seen.people + other)] = AGAIN
    state[among(pair, other * seen.people + one)] = ANSWERS
    pairs, place = np.unique(seen.pair, return_inverse=True)
    times = summed(place, 1 - found.caused, len(pairs))
    at = np.minimum(np.searchsorted(pairs, pair), max(len(pairs) - 1, 0))
    given = np.where(pairs[at] == pair, times[at], 0.0) if len(pairs) else np.zeros(len(pair))
    left, whole = found.left(state, given), found.left(np.full(len(pair), OPENS), given)
    again, waits = state == AGAIN, state == ANSWERS
    rest, more = np.multiply.outer(found.again_ends, whole)
    least = np.where(again, np.minimum(rest, np.maximum(2 * left - whole, 0)), left)
    most = np.where(again, np.maximum(more, np.minimum(2 * left, whole)), left)
    few, many = found.worn_ends(given)
    at_best = np.where(waits, whole, left)
    least, most = np.where(waits, 0, least) * few, np.where(waits, whole, most) * many
    return np.stack([left, least, most, at_best])


class _Anyway(NamedTuple):
    """What is expected of each person if nothing is given: of their own, of a spell, of gifts."""

    own: NDArray[np.float64]
    spell: NDArray[np.float64]
    back: NDArray[np.float64]
    by_chance: NDArray[np.float64]  # of gifts, if each has the chance that one more would have
    size: NDArray[np.float64]  # referrals of an occasion
    error: NDArray[np.float64]  # of that: the square of it, as a share of the square

    @property
    def told(self) -> NDArray[np.float64]:
        """All of it, in referrals."""
        found: NDArray[np.float64] = (self.own + self.spell + self.back) * self.size
        return found


def _anyway(seen: Occasions, found: Excitation, me: int, chance: NDArray[np.float64]) -> _Anyway:
    """Referrals of each person to me in the horizon to come, if nothing is given to them.

    What they send by their own rate and as active as they are, what follows a busy spell, and
    what earlier gifts of mine may still bring; in occasions, and how many referrals one of
    theirs has (:func:`refgraph.analysis.statistics.group_means.means`).
    """
    everyone, horizon = np.arange(seen.people), seen.horizon
    rate = found.usual(everyone, np.full(seen.people, me)) * found.rate[:, 2]
    theirs, mine = seen.receiver == me, seen.giver == me
    of_spell, of_gift = come_so_far(seen.age, horizon, found.spell, found.share)
    to_come = found.tired * (1 - of_spell)
    spell = summed(seen.giver[theirs], to_come[theirs], seen.people)
    spell += summed(seen.receiver[mine], to_come[mine], seen.people)
    open_still = found.factor * (1 - of_gift)
    by_chance = chance * summed(seen.receiver[mine], open_still[mine], seen.people)
    open_still *= found.strength
    back = summed(seen.receiver[mine], open_still[mine], seen.people)
    others = seen.giver != me  # what I send in one go says nothing of what they do
    size, error = group_means.means(seen.giver[others], seen.size[others], seen.people)
    return _Anyway(rate * horizon, found.clustered * spell, back, by_chance, size, error)


def _anyway_ends(
    seen: Occasions,
    found: Excitation,
    me: int,
    anyway: _Anyway,
    of: tuple[NDArray[np.float64], NDArray[np.float64], float, float],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    r"""Middle 95 % of what is to be expected anyway of each person.

    Rates of pairs are Gamma distributed around what is usual for two, :math:`m` (as much as the
    giver sends to others and the receiver has of others, either kept near the mean of the book),
    with a shape :math:`c`: that which the book tells, less where what is usual is itself told by
    few. With :math:`n` referrals on record that came by themselves, as many as may have
    (:func:`refgraph.analysis.estimating.gift_evidence.perhaps_unasked`), the rate of a pair has
    the shape :math:`n + c` and the mean :math:`(n + c) / (1 + c / m)`, by the lesser :math:`c`
    or by that of the book, whichever is more. Squares of what is unsure add up: of this; of
    which of the :math:`n` came by themselves; of how active the giver is now; of a spell, all
    of it; of what gifts still bring, as of ``added``; and of how many referrals an occasion of
    the giver has.

    The range is that of a Gamma distribution about this mean, to which what gifts still bring
    adds as if each had the chance that one more would have, kept near all others; or of a
    mixture, if rates of the book have become new ones at once
    (:func:`refgraph.analysis.estimating.pair_rates.share_changed`). ``anyway``
    itself is told by each pair's own gifts, first of all; so the low end is taken, as a share,
    of whichever of the two means is less, and the high end of whichever is more.

    ``of`` is how much each occasion weighs, how unsure each person's answers are, as a share,
    the shape that the book tells, and the share of new rates.
    The range begins at 0 where nothing came, or where all that came is answers with a chance of
    2.5 % or more.
    """
    weight, unsure, shape_told, change = of
    everyone = np.arange(seen.people)
    own, usual, of_usual = pair_rates.own_and_usual(found, everyone, np.full(seen.people, me))
    alike = 1 / ((1 + 1 / shape_told) * (1 + of_usual) - 1)
    theirs = seen.receiver == me
    held = np.log(np.clip(found.caused[theirs], _TINY, 1))
    answers_all = np.exp(summed(seen.giver[theirs], held, seen.people))  # 1 where nothing came
    more, doubt = perhaps_unasked(seen, found, me, weight)
    lately = summed(seen.giver, (seen.age < seen.horizon).astype(float), seen.people)
    shape = own + more + alike
    often = [(own + more + c) / (1 + c / usual) for c in (alike, shape_told)]
    rate = np.maximum(*often) / found.watched * found.rate[:, 2] * seen.horizon
    spread = (1 + 1 / shape + doubt / shape**2) * (1 + 1 / (lately + ACTIVE)) - 1
    mean = rate + anyway.spell + anyway.by_chance
    rest = anyway.spell**2 + (anyway.by_chance * unsure) ** 2
    both = (rate**2 * far + rest for far in (spread, np.maximum(spread, pair_rates.NEW)))
    stays, new = (each + (each + mean**2) * anyway.error for each in both)
    least, most = gamma_rates.mixed_ends(mean, stays, new, change)
    told, by_mean = anyway.told, np.maximum(mean, _TINY**2)
    low = least / by_mean * np.minimum(mean * anyway.size, told)
    high = most / by_mean * np.maximum(mean * anyway.size, told)
    return np.where(answers_all < _TAIL, np.minimum(low, told), 0.0), np.maximum(high, told)


def _sent_undated(book: Book, people: int) -> NDArray[np.bool_]:
    """Tell of each person whether something they sent, to anybody, has no date."""
    undated = book.dates.isna().to_numpy()
    return np.bincount(book.ends[0][undated], minlength=people) > 0


def _by_received(book: Book, seen: Occasions) -> NDArray[np.int64]:
    """Give everybody by how much they received, level ones as they came into the record."""
    received = np.bincount(seen.receiver, seen.size, seen.people)
    return np.lexsort((arrivals(book), -received))
