"""How likely a referral is to be followed by one back: a shrunk and corrected rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from refgraph.analysis.estimating import protocol
from refgraph.analysis.estimating.as_of import timings
from refgraph.analysis.estimating.learned import Learned, learned, month_of
from refgraph.analysis.estimating.odds_correction import expit, logit
from refgraph.analysis.estimating.shrinkage import Evidence, shrink
from refgraph.analysis.returning import returns
from refgraph.analysis.returning.durations import gone
from refgraph.analysis.returning.unprompted import unasked, usual
from refgraph.analysis.statistics.changing_people import effective_gifts
from refgraph.analysis.statistics.sorting import among
from refgraph.book import professional_limits
from refgraph.book.dated_referrals import dated_referrals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["expected_return"]

_Z = 1.959963984540054  # the standard normal deviate that 2.5 % lie above
_TINY, _TAIL = 1e-9, 0.025


def expected_return(
    book: Book,
    person: str,
    *,
    horizon: int = returns.HORIZON,
    half_life: float = returns.HALF_LIFE,
) -> pd.DataFrame:
    r"""Chance that a referral from ``person`` is followed by one back within the horizon.

    It joins what each person returns with what they send unasked, and sets that against
    what came of such expectations before. A gift episode weighs
    :math:`2^{-a/T}` at age :math:`a` and half-life :math:`T`; one still open weighs the share
    of the book's returns that came within :math:`a` days, as only so many would have been seen.
    Over such weights let :math:`Y, M` be answered and all episodes of everybody,
    :math:`Y_j, M_j` those made to :math:`j`, :math:`y_{ij}, m_{ij}` those of :math:`i` to
    :math:`j`, and :math:`e_{ij}` a quarter of the referrals :math:`i` has from :math:`j`. Of an
    answer only the part :math:`p_0 / (p_0 + (1 - p_0) u)` is put down to the gift (:math:`W,
    W_j`), :math:`u` being the chance on that morning that one would have come anyway. Each
    level is shrunk to the one above, as if it had :math:`k` gifts more at the rate of that:

    .. math::
        p_0 = \frac{Y + 1}{M + 2}, \quad
        p_j = \frac{W_j + k_1 w_0}{M_j + k_1}, \quad
        r_{ij} = \frac{y_{ij} + e_{ij} + k_{ij} q_{ij}}{m_{ij} + e_{ij} + k_{ij}}

    with :math:`w_0 = (W + 1) / (M + 2)` and :math:`q_{ij} = 1 - (1 - p_j')(1 - u_{ij})`, where
    :math:`p_j'` is :math:`p_j` without what is known of :math:`i` and :math:`j` themselves. How
    much :math:`k` is, the book says: :math:`k_1 = 1 / s_1^2 - 1` for the spread :math:`s_1` of
    people (and less for what is unsure of :math:`w_0`), and :math:`k_{ij} = q (1 - q) / v - 1`
    for the variance :math:`v` of :math:`q_{ij}` that comes of that, of the spread :math:`s_2`
    of the givers to a person, and of :math:`u_{ij}`. Spreads are estimated by their marginal
    likelihood, see :func:`refgraph.analysis.estimating.heterogeneity.known`; gifts to one person,
    and of one pair, count as fewer the more they resemble each other.

    :math:`u_{ij}` is the chance that :math:`j` refers to :math:`i` anyway. Of the referrals
    that answered no episode, with half-life :math:`H`, let :math:`n_{ji}` be those of
    :math:`j` to :math:`i`, :math:`n_j` what :math:`j` gave, :math:`n_i` what :math:`i` got, and
    :math:`n` all; a rate that stays as it is makes :math:`n_{ji} \ln 2` of them in a horizon.
    With a Gamma distribution of rates around what is usual for the two (a Gamma-Poisson
    model), of a shape :math:`c` that is estimated with the spreads:

    .. math::
        \hat n_{ji} = \frac{n_j n_i}{n}, \quad
        u_{ij} = 1 - \left(1 + \frac{\hat n_{ji} \ln 2}{\hat n_{ji} + c}\right)^{-(n_{ji} + c)}

    The book also says how such chances were off. Every gift whose whole horizon has passed had
    an :math:`r` on the morning of its day; a level and a slope on the scale of log odds are
    fitted to what came of these, with a prior of no change
    (:func:`refgraph.analysis.estimating.odds_correction.fit`), and today's are put through the same
    line. The order of people stays as it is. Spreads, line and speed of returns are those of the
    first of this month, of gifts whose whole horizon had passed by then.

    The interval of 95 % is that of the Beta distribution with the mean and the variance that come
    of all spreads, each as likely as it is. Its middle is corrected like :math:`r_{ij}`; how far
    its ends lie from that, as log odds, is not: a slope :math:`b` under 1 says that what is known
    of people tells less than was thought, and not that they differ less. (With the variance
    :math:`\tau^2` among people and :math:`s^2` of what is seen of one, all as log odds,
    :math:`b = (\tau^2 + s^2) / (\tau^2 + s_0^2)` if the second is :math:`s_0^2` in truth, and what
    is left unknown grows as :math:`b` falls; if the first is another one in truth, what is left
    is :math:`b` times as much. Nobody knows which, so the ends move by
    :math:`\sqrt{\max(b, 1)}`.) To that it adds what is unsure of the line. For it, gifts lose
    weight not with the half-life asked for but as fast
    as the people of this book were found to change
    (:func:`refgraph.analysis.returning.durations.memory`), and count as no more than tell of
    somebody who may have become another since, or within the horizon, of which no gift is over yet
    (:func:`refgraph.analysis.statistics.changing_people.effective_gifts`). Its lower end is 0
    where with 2.5 % or more, by how long they have been silent, the person gives no more or nothing
    passes between the two any more (:func:`refgraph.analysis.returning.durations.gone`; of two
    between whom nothing ever passed this is as likely as of all pairs on record): the expected
    return itself takes it that this is not so. The ends are not rounded.

    On simulated books of eleven kinds ``benchmarks/coverage.py`` shows how often the true
    chance lies between the two. It is an association in this record, not the effect of
    referring.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    person : str
        Who would give the referral.
    horizon : int, default 180
        Days within which a return counts as an answer.
    half_life : float, default 730
        Days after which evidence weighs half.

    Returns
    -------
    pandas.DataFrame
        Indexed by everybody else, sorted: ``expected_return``, ``low`` and ``high`` (0 to
        1); what they rest on, decayed: ``own_answered`` and ``own_gifts`` (:math:`y_{ij},
        m_{ij}`), ``receipts`` (:math:`e_{ij}`), ``unasked`` (:math:`u_{ij}`),
        ``partner_rate`` (:math:`p_j`), ``global_rate`` (:math:`p_0`), ``correction`` (what the
        odds of :math:`p_0` are multiplied by, the same for everybody), ``prior`` and
        ``prior_gifts`` (:math:`q_{ij}, k_{ij}`), ``slope`` (of the correction, the same for
        everybody); ``answered`` and ``gifts`` (closed episodes with them, of anyone, not
        decayed; what was swapped on a day is not among them).

    Raises
    ------
    OptionError
        The horizon is not at least a day, or the half-life not above 0.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> bool(expected_return(book, book.me)["expected_return"].between(0, 1).all())
    True
    """
    professional_limits.refuse(book)
    returns.check_half_life(half_life)
    person = book.person(person)
    others = book.people.index.drop(person)
    made = returns.episodes(book, horizon=horizon)
    made = made[made["state"] != "swapped"]
    record = protocol.trial(book, horizon=horizon)
    month = int(month_of(np.array([book.today], dtype="datetime64[D]").astype(np.int64))[0])
    past = protocol.before(record, half_life=half_life)
    state = made["state"].to_numpy(dtype=object)
    soon = timings(record, np.array([month]))[month].share(made["days"].to_numpy())
    gifts = _gifts(book, record.past, made, soon, past.meant)
    known = _known(book, person, gifts, horizon=horizon, half_life=half_life)
    taught = learned(record, past, month, half_life=half_life)
    shrunk = shrink(known, taught.spread)
    expected = taught.correction.of(shrunk.expected)
    lately = _known(book, person, gifts, horizon=horizon, half_life=taught.memory)
    low, high = _interval(
        lately,
        taught,
        _effective(book, person, gifts, taught),
        _gone(book, person, horizon=horizon),
    )
    counts = (
        np.delete(np.bincount(gifts.receiver[chosen], minlength=len(book.people)), me)
        for me in book.places([person])
        for chosen in (state == "answered", state != "censored")
    )
    came, closed = counts
    return pd.DataFrame(
        {
            "expected_return": expected.round(12),
            "low": np.minimum(low, expected).round(12),
            "high": np.maximum(high, expected).round(12),
            "own_answered": known.own_answered,
            "own_gifts": known.own_watched,
            "receipts": shrunk.receipts,
            "unasked": shrunk.unasked.round(12),
            "partner_rate": shrunk.partner.round(12),
            "global_rate": shrunk.base,
            "correction": round(taught.correction.times(float(shrunk.base)), 12),
            "prior": shrunk.prior.round(12),
            "prior_gifts": shrunk.gifts,
            "slope": round(taught.correction.slope, 12),
            "answered": came,
            "gifts": closed,
        },
        index=others,
    )


class _Gifts(NamedTuple):
    """What is known of gifts: whose, how old, and how much of each counts."""

    giver: NDArray[np.int64]
    receiver: NDArray[np.int64]
    age: NDArray[np.float64]
    answered: NDArray[np.float64]
    watched: NDArray[np.float64]
    meant: NDArray[np.float64]


def _gifts(
    book: Book,
    past: pd.DataFrame,
    made: pd.DataFrame,
    soon: NDArray[np.float64],
    meant: NDArray[np.float64],
) -> _Gifts:
    """Give what is known of gift episodes; one still open counts as far as it was watched."""
    state = made["state"].to_numpy(dtype=object)
    return _Gifts(
        giver=past["giver"].to_numpy(),
        receiver=past["receiver"].to_numpy(),
        age=book.days_since(made["date"]),
        answered=(state == "answered").astype(float),
        watched=np.where(state == "censored", soon, 1.0),
        meant=meant,
    )


def _known(book: Book, person: str, gifts: _Gifts, *, horizon: int, half_life: float) -> Evidence:
    """Add up what is known today of everybody else, each fact weighed by its age."""
    me, people = int(book.places([person])[0]), len(book.people)

    def each(key: NDArray[np.int64], amount: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.delete(np.bincount(key, amount, people).astype(float), me)

    weight = np.exp2(-gifts.age / half_life)
    answered, watched = weight * gifts.answered, weight * gifts.watched
    wished, mine, to = answered * gifts.meant, gifts.giver == me, gifts.receiver
    giver, receiver = book.ends
    count, age = book.column("count").to_numpy(), book.days_since(book.dates)
    got = (receiver == me) & ~np.isnan(age)
    late = unasked(book, horizon=horizon)
    recent = count[late] * np.exp2(-age[late] / horizon)
    to_me = recent * (receiver[late] == me)
    return Evidence(
        answered=answered.sum(),
        watched=watched.sum(),
        partner_answered=each(to, answered),
        partner_watched=each(to, watched),
        own_answered=each(to[mine], answered[mine]),
        own_watched=each(to[mine], watched[mine]),
        received=each(giver[got], count[got] * np.exp2(-age[got] / half_life)),
        unasked=each(giver[late], to_me),
        usual=usual(each(giver[late], recent), to_me.sum(), recent.sum()),
        wished=wished.sum(),
        partner_wished=each(to, wished),
    )


def _gone(book: Book, person: str, *, horizon: int) -> NDArray[np.float64]:
    """Give the chance that each has stopped to give, or that nothing passes with them any more."""
    others, rows = book.places(book.people.index.drop(person)), dated_referrals(book)
    me = int(book.places([person])[0])
    stopped = gone(rows.giver, rows.day, rows.today, others)
    with_me = np.minimum(others, me) * rows.people + np.maximum(others, me)
    between = gone(rows.pair, rows.day, rows.today, with_me)
    never = ~among(with_me, rows.pair)
    alone = unasked(book, horizon=horizon)[rows.is_dated]  # or a gift and its answer are a spell
    between[never] = gone(
        rows.pair[alone], rows.day[alone], rows.today, with_me[never], unseen=True
    )
    found: NDArray[np.float64] = 1 - (1 - stopped) * (1 - between)
    return found


def _effective(
    book: Book, person: str, gifts: _Gifts, taught: Learned
) -> dict[float, NDArray[np.float64]]:
    """Count, for each spread of people, the gifts of today that those to each other are like."""
    me = int(book.places([person])[0])
    spreads = sorted({steps[0] for steps, _ in taught.spread.each()})
    count = effective_gifts(
        gifts.receiver,
        gifts.age,
        gifts.watched,
        people=len(book.people),
        half_life=taught.memory,
        worth=np.array([1 / spread**2 - 1 for spread in spreads]),
    )
    return dict(zip(spreads, np.delete(count, me, axis=1), strict=True))


def _interval(
    known: Evidence,
    taught: Learned,
    effective: dict[float, NDArray[np.float64]],
    stopped: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find both ends, the gifts known of each person counting as those that tell of today."""
    from scipy.special import betaincinv  # noqa: PLC0415  # 0.1 s that most answers do without

    center = shrink(known, taught.spread).expected
    variance = np.zeros_like(center)
    for steps, likely in taught.spread.each():
        left = np.minimum(effective[steps[0]] / np.maximum(known.partner_watched, _TINY), 1)
        one = shrink(known.keep_of_person(left), taught.spread, steps)
        variance += likely * (one.variance + (one.expected - center) ** 2)
    gifts = np.maximum(center * (1 - center) / np.maximum(variance, _TINY) - 1, _TINY)
    correction = taught.correction
    at, off = correction.logit(center), _Z * correction.off(center)
    ends = []
    lower = np.maximum(_TAIL - stopped, 0) / (1 - np.minimum(stopped, _TAIL))
    for tail, side in ((lower, -1), (1 - _TAIL, 1)):
        away = logit(betaincinv(gifts * center, gifts * (1 - center), tail)) - logit(center)
        away *= np.sqrt(max(correction.slope, 1))
        ends.append(expit(at + side * np.hypot(np.maximum(side * away, 0), off)))
    return np.where(stopped >= _TAIL, 0.0, ends[0]), ends[1]
