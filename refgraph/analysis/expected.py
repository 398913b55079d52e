"""How likely a referral is to be followed by one back: the shrunk return rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from refgraph.analysis import returns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book import Book

__all__ = ["Evidence", "Shrunk", "expected_return", "shrink", "unasked", "usual"]

_OWN, _PARTNER, _RECEIPT = 1.5, 2.5, 0.25  # the first two in answers


class Evidence(NamedTuple):
    r"""What is known before a referral is given, each weighed by its age.

    Attributes
    ----------
    answered, watched : float or ndarray
        Episodes of everybody: :math:`Y, M`. A closed one was watched once, an open one
        for the share of its horizon that has passed.
    partner_answered, partner_watched : ndarray
        Those made to the person: :math:`Y_j, M_j`.
    own_answered, own_watched : ndarray
        Those of the giver to the person: :math:`y_{ij}, m_{ij}`.
    received : ndarray
        Referrals the giver has from the person.
    unasked : ndarray
        Those of late that answered nothing: :math:`n_{ji}`.
    usual : ndarray
        As many as these would be by how much the person gives and the giver gets of such
        referrals: :math:`\hat n_{ji}`.
    """

    answered: Any
    watched: Any
    partner_answered: NDArray[np.float64]
    partner_watched: NDArray[np.float64]
    own_answered: NDArray[np.float64]
    own_watched: NDArray[np.float64]
    received: NDArray[np.float64]
    unasked: NDArray[np.float64]
    usual: NDArray[np.float64]


class Shrunk(NamedTuple):
    """The rates of every level, and the two parameters of the Beta distribution.

    Attributes
    ----------
    base, partner : float or ndarray
        The rates :math:`p_0` and :math:`p_j`.
    receipts : ndarray
        The share of what was received that counts as answers: :math:`e_{ij}`.
    unasked : ndarray
        The chance of a referral that answers nothing: :math:`u_{ij}`.
    returned, kept : ndarray
        The evidence for and against a return; both above 0.
    """

    base: Any
    partner: NDArray[np.float64]
    receipts: NDArray[np.float64]
    unasked: NDArray[np.float64]
    returned: NDArray[np.float64]
    kept: NDArray[np.float64]

    @property
    def expected(self) -> NDArray[np.float64]:
        """The chance of a return: :math:`p_{ij}`."""
        return self.returned / (self.returned + self.kept)


def shrink(known: Evidence) -> Shrunk:
    """Shrink each level to the one above; the formula is that of :func:`expected_return`.

    Examples
    --------
    Nothing is known, not even of anybody:

    >>> nothing = np.zeros(1)
    >>> float(shrink(Evidence(0.0, 0.0, *[nothing] * 7)).expected[0])
    0.5
    """
    base = (known.answered + 1) / (known.watched + 2)
    partner = (known.partner_answered + _PARTNER) / (known.partner_watched + _PARTNER / base)
    receipts = _RECEIPT * known.received
    none = (1 + np.log(2) * known.usual / (known.usual + 1)) ** -(known.unasked + 1)
    gifts = _OWN / base  # that bring so many answers
    returned = known.own_answered + receipts + gifts * (1 - (1 - partner) * none)
    kept = known.own_watched - known.own_answered + gifts * (1 - partner) * none
    kept = np.maximum(kept, np.finfo(float).tiny)  # of a thousand in a horizon, none is 0
    return Shrunk(base, partner, receipts, 1 - none, returned, kept)


def expected_return(
    book: Book,
    person: str,
    *,
    horizon: int = returns.HORIZON,
    half_life: float = returns.HALF_LIFE,
) -> pd.DataFrame:
    r"""Chance that a referral from ``person`` is followed by one back within the horizon.

    It joins what each person returns with what they send unasked. A gift episode weighs
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
        p_{ij} = \frac{y_{ij} + e_{ij} + k q_{ij}}{m_{ij} + e_{ij} + k}, \quad
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

    The interval is the middle 95 % of the Beta distribution with the parameters
    :math:`y_{ij} + e_{ij} + k q_{ij}` and :math:`m_{ij} - y_{ij} + k (1 - q_{ij})`, and
    goes as far as :math:`p_{ij}` where so skewed a distribution has its mean outside. It is
    an association in this record, not the effect of referring. It orders people better than
    it counts: some of what would have come anyway is in :math:`p_j` too, so that more tends
    to be expected than comes; ``refgraph evaluate --calibration`` says how much more.

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
        ``partner_rate`` (:math:`p_j`), ``global_rate`` (:math:`p_0`); ``answered`` and
        ``gifts`` (closed episodes with them, of anyone, not decayed).

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
    from scipy.special import betaincinv  # noqa: PLC0415  # 0.1 s that most answers do without

    returns.check_half_life(half_life)
    person = book.person(person)
    others = book.people.index.drop(person)
    made = returns.episodes(book, horizon=horizon)
    answered = (made["state"] == "answered").to_numpy().astype(float)
    is_open = (made["state"] == "censored").to_numpy()
    weight = np.exp2(-book.days_since(made["date"]) / half_life)
    watched = weight * np.where(is_open, made["days"] / horizon, 1.0)
    mine = (made["giver"] == person).to_numpy().astype(float)
    got = book.history[(book.history["receiver"] == person) & book.history["date"].notna()]
    receipts = got["count"].to_numpy() * np.exp2(-book.days_since(got["date"]) / half_life)
    late = book.history[unasked(book, horizon=horizon)]
    recent = late["count"].to_numpy() * np.exp2(-book.days_since(late["date"]) / horizon)
    to_me = recent * (late["receiver"] == person).to_numpy()

    to = made["receiver"]
    known = Evidence(
        answered=(weight * answered).sum(),
        watched=watched.sum(),
        partner_answered=_totals(others, to, weight * answered),
        partner_watched=_totals(others, to, watched),
        own_answered=_totals(others, to, weight * answered * mine),
        own_watched=_totals(others, to, watched * mine),
        received=_totals(others, got["giver"], receipts),
        unasked=_totals(others, late["giver"], to_me),
        usual=usual(_totals(others, late["giver"], recent), to_me.sum(), recent.sum()),
    )
    shrunk = shrink(known)
    expected = shrunk.expected
    low, high = (betaincinv(shrunk.returned, shrunk.kept, tail) for tail in (0.025, 0.975))
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
            "answered": _totals(others, to, answered).astype(int),
            "gifts": _totals(others, to, (~is_open).astype(float)).astype(int),
        },
        index=others,
    )


def unasked(book: Book, *, horizon: int = returns.HORIZON) -> NDArray[np.bool_]:
    """Tell which rows of ``book.history`` have a date and answered no episode.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> made = returns.episodes(book)
    >>> (~unasked(book)).sum() == (made["state"] == "answered").sum()
    np.True_
    """
    made = returns.episodes(book, horizon=horizon)
    made = made[made["state"] == "answered"]
    giver, receiver = book.ends
    dated = book.history["date"].notna().to_numpy()
    places = book.places(made["receiver"]), book.places(made["giver"])  # who answered whom
    answers = _keys(book, *places, made["closed"])
    return dated & ~np.isin(_keys(book, giver, receiver, book.history["date"]), answers)


def _keys(
    book: Book, giver: NDArray[np.int64], receiver: NDArray[np.int64], date: pd.Series[Any]
) -> NDArray[np.float64]:
    """Give each giver, receiver and day a number; NaN without a date."""
    people = len(book.people)
    return giver * people + receiver + book.days_since(date) * people * people


def usual(
    given: NDArray[np.float64], got: float | NDArray[np.float64], every: float | NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give how many of all referrals would join two people if everybody met everybody.

    Examples
    --------
    >>> usual(np.array([4.0]), 3.0, 6.0).tolist(), usual(np.zeros(1), 0.0, 0.0).tolist()
    ([2.0], [0.0])
    """
    return given * got / np.maximum(every, np.finfo(float).tiny)


def _totals(
    people: pd.Index[Any], names: pd.Series[str], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Sum of the weights that stand beside each person's name."""
    at = people.get_indexer(pd.Index(names))
    return np.bincount(at[at >= 0], weight[at >= 0], len(people)).astype(float)
