"""How likely a referral is to be followed by one back: a shrunk and corrected rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis import protocol, returns
from refgraph.analysis.correction import expit
from refgraph.analysis.lasting import gone
from refgraph.analysis.learned import Learned, learned, month_of
from refgraph.analysis.mornings import timings
from refgraph.analysis.shrunk import Evidence, Shrunk, shrink
from refgraph.analysis.unasked import unasked, usual

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book import Book

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
    :math:`2^{-a/T}` at age :math:`a` and half-life :math:`T`; one still open weighs the
    share :math:`a/H` of that, as only so much of its horizon :math:`H` has passed without
    an answer. Over such weights let :math:`Y, M` be answered and all episodes of everybody,
    :math:`Y_j, M_j` those made to :math:`j`, :math:`y_{ij}, m_{ij}` those of :math:`i` to
    :math:`j`, and :math:`e_{ij}` a quarter of the referrals :math:`i` has from :math:`j`.
    Each level is shrunk to the one above, as if it had 2.5 or 1.5 answers more at the rate
    of that level, for rare answers tell people apart only after many gifts:

    .. math::
        p_0 = \frac{Y + 1}{M + 2}, \quad
        p_j = \frac{Y_j + 2.5}{M_j + 2.5 / p_0}, \quad
        r_{ij} = \frac{y_{ij} + e_{ij} + k q_{ij}}{m_{ij} + e_{ij} + k}, \quad
        k = \frac{1.5}{p_0}

    where :math:`q_{ij} = 1 - (1 - p_j)(1 - u_{ij})` and :math:`u_{ij}` is the chance that
    :math:`j` refers to :math:`i` anyway. Of the referrals that answered no episode, with
    half-life :math:`H`, let :math:`n_{ji}` be those of :math:`j` to :math:`i`, :math:`n_j`
    what :math:`j` gave, :math:`n_i` what :math:`i` got, and :math:`n` all; a rate that
    stays as it is makes :math:`n_{ji} \ln 2` of them in a horizon. With a Gamma
    distribution of rates around what is usual for the two, worth one horizon's mean (a
    Gamma-Poisson model):

    .. math::
        \hat n_{ji} = \frac{n_j n_i}{n}, \quad
        u_{ij} = 1 - \left(1 + \frac{\hat n_{ji} \ln 2}{\hat n_{ji} + 1}\right)^{-(n_{ji} + 1)}

    So :math:`r_{ij}` puts people in order but is too high as a chance: what would have come
    anyway is in :math:`p_j` too, :math:`e_{ij}` holds no failures, and ties fade. The book
    itself says by how much. Every gift whose whole horizon has passed had an
    :math:`r` on the morning of its day; the odds of all are multiplied by the one
    :math:`c` with which as many of these are expected back as came (see
    :func:`refgraph.analysis.correction.factor`), and so are those of today:

    .. math:: p_{ij} = \frac{c \, r_{ij}}{1 - r_{ij} + c \, r_{ij}}

    The order of people stays as it is. On simulated books of nine kinds the mean of
    :math:`p_{ij}` is within 0.04 of the share that came back, where that of :math:`r_{ij}`
    is up to 0.13 above it; in a single small book luck is larger than that. The means are
    put right, not the spread: where ties fade, the highest are still too high. ``refgraph
    evaluate --calibration`` shows it for a book.

    The interval is the middle 95 % of the Beta distribution with the parameters
    :math:`y_{ij} + e_{ij} + k q_{ij}` and :math:`m_{ij} - y_{ij} + k (1 - q_{ij})`, its ends
    corrected like :math:`r_{ij}`, and goes as far as :math:`p_{ij}` where so skewed a
    distribution has its mean outside. It is an association in this record, not the effect of
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
        ``partner_rate`` (:math:`p_j`), ``global_rate`` (:math:`p_0`), ``correction``
        (:math:`c`, the same for everybody); ``answered`` and ``gifts`` (closed episodes with
        them, of anyone, not decayed).

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
    returns.check_half_life(half_life)
    person = book.person(person)
    others = book.people.index.drop(person)
    made = returns.episodes(book, horizon=horizon)
    made = made[made["state"] != "swapped"]
    answered = (made["state"] == "answered").to_numpy().astype(float)
    record = protocol.trial(book, horizon=horizon)
    month = month_of(np.array([book.today], dtype="datetime64[D]").astype(np.int64))
    past = protocol.before(record, half_life=half_life)
    is_open = (made["state"] == "censored").to_numpy()
    soon = timings(record, month)[int(month[0])].share(made["days"].to_numpy())
    meant = np.zeros(len(made))
    meant[~is_open] = past.meant
    facts = made[["giver", "receiver", "date"]].assign(
        answered=answered, watched=np.where(is_open, soon, 1.0), meant=answered * meant
    )
    known = _known(book, person, facts, horizon=horizon, half_life=half_life)
    taught = learned(record, past, int(month[0]), half_life=half_life)
    shrunk = shrink(known, taught.spread)
    expected = taught.correction.of(shrunk.expected)
    lately = _known(book, person, facts, horizon=horizon, half_life=taught.memory)
    low, high = _interval(lately, shrunk, taught, _gone(book, person))
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
            "answered": _totals(others, made["receiver"], answered).astype(int),
            "gifts": _totals(others, made["receiver"], (~is_open).astype(float)).astype(int),
        },
        index=others,
    )


def _known(
    book: Book, person: str, facts: pd.DataFrame, *, horizon: int, half_life: float
) -> Evidence:
    """Add up what is known today of everybody else, each fact weighed by its age."""
    others, to = book.people.index.drop(person), facts["receiver"]
    weight = np.exp2(-book.days_since(facts["date"]) / half_life)
    answered, watched, wished = (
        weight * facts[name].to_numpy() for name in ("answered", "watched", "meant")
    )
    mine = (facts["giver"] == person).to_numpy()
    got = book.history[(book.history["receiver"] == person) & book.history["date"].notna()]
    receipts = got["count"].to_numpy() * np.exp2(-book.days_since(got["date"]) / half_life)
    late = book.history[unasked(book, horizon=horizon)]
    recent = late["count"].to_numpy() * np.exp2(-book.days_since(late["date"]) / horizon)
    to_me = recent * (late["receiver"] == person).to_numpy()
    return Evidence(
        answered=answered.sum(),
        watched=watched.sum(),
        partner_answered=_totals(others, to, answered),
        partner_watched=_totals(others, to, watched),
        own_answered=_totals(others, to, answered * mine),
        own_watched=_totals(others, to, watched * mine),
        received=_totals(others, got["giver"], receipts),
        unasked=_totals(others, late["giver"], to_me),
        usual=usual(_totals(others, late["giver"], recent), to_me.sum(), recent.sum()),
        wished=wished.sum(),
        partner_wished=_totals(others, to, wished),
    )


def _gone(book: Book, person: str) -> NDArray[np.float64]:
    """Give the chance that each has stopped to give, or that nothing passes with them any more."""
    others = book.places(book.people.index.drop(person))
    dated = book.history["date"].notna().to_numpy()
    giver, receiver = (places[dated] for places in book.ends)
    day = book.history["date"].to_numpy()[dated].astype("datetime64[D]").astype(np.int64)
    today, people = int(np.datetime64(book.today, "D").astype(np.int64)), len(book.people)
    me = int(book.places([person])[0])
    lasts = np.ones(people)
    whose, chance = gone(giver, day, today)
    lasts[whose] *= 1 - chance
    low, high = np.minimum(giver, receiver), np.maximum(giver, receiver)
    pair, chance = gone(low * people + high, day, today)
    mine = (pair // people == me) | (pair % people == me)
    other = pair[mine] // people + pair[mine] % people - me
    lasts[other] *= 1 - chance[mine]
    found: NDArray[np.float64] = 1 - lasts[others]
    return found


def _interval(
    known: Evidence, shrunk: Shrunk, taught: Learned, stopped: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find both ends, rounded outward to whole per cents."""
    from scipy.special import betaincinv  # noqa: PLC0415  # 0.1 s that most answers do without

    middle, center = shrunk.expected, shrink(known, taught.spread).expected
    variance = np.zeros_like(middle)
    for steps, likely in taught.spread.each():
        one = shrink(known, taught.spread, steps)
        variance += likely * (one.variance + (one.expected - center) ** 2)
    gifts = np.maximum(center * (1 - center) / np.maximum(variance, _TINY) - 1, _TINY)
    correction = taught.correction
    at, off = correction.logit(middle), _Z * correction.off(middle)
    ends = []
    lower = np.maximum(_TAIL - stopped, 0) / (1 - np.minimum(stopped, _TAIL))
    for tail, side in ((lower, -1), (1 - _TAIL, 1)):
        end = correction.logit(betaincinv(gifts * middle, gifts * (1 - middle), tail))
        ends.append(expit(at + side * np.hypot(np.maximum(side * (end - at), 0), off)))
    low, high = np.where(stopped >= _TAIL, 0.0, ends[0]), ends[1]
    return np.floor(100 * low + _TINY) / 100, np.ceil(100 * high - _TINY) / 100


def _totals(
    people: pd.Index[Any], names: pd.Series[str], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Sum of the weights that stand beside each person's name."""
    at = people.get_indexer(pd.Index(names))
    return np.bincount(at[at >= 0], weight[at >= 0], len(people)).astype(float)
