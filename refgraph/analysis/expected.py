"""How likely each person is to return a referral: the shrunk return rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from refgraph.analysis import returns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book import Book

__all__ = ["Evidence", "Shrunk", "expected_return", "shrink"]

_OWN, _PARTNER, _RECEIPT = 3.0, 5.0, 0.25


class Evidence(NamedTuple):
    """What is known before a referral is given, each weighed by its age.

    Attributes
    ----------
    answered, closed : float or ndarray
        Episodes of everybody: :math:`Y, M`.
    partner_answered, partner_closed : ndarray
        Those made to the person: :math:`Y_j, M_j`.
    own_answered, own_closed : ndarray
        Those of the giver to the person: :math:`y_{ij}, m_{ij}`.
    received : ndarray
        Referrals the giver has from the person.
    """

    answered: Any
    closed: Any
    partner_answered: NDArray[np.float64]
    partner_closed: NDArray[np.float64]
    own_answered: NDArray[np.float64]
    own_closed: NDArray[np.float64]
    received: NDArray[np.float64]


class Shrunk(NamedTuple):
    """The rates of every level, and the two parameters of the Beta distribution.

    Attributes
    ----------
    base, partner : float or ndarray
        The rates :math:`p_0` and :math:`p_j`.
    receipts : ndarray
        The share of what was received that counts as answers: :math:`e_{ij}`.
    returned, kept : ndarray
        The evidence for and against a return; both above 0.
    """

    base: Any
    partner: NDArray[np.float64]
    receipts: NDArray[np.float64]
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
    >>> float(shrink(Evidence(0.0, 0.0, *[nothing] * 5)).expected[0])
    0.5
    """
    base = (known.answered + 1) / (known.closed + 2)
    partner = (known.partner_answered + _PARTNER * base) / (known.partner_closed + _PARTNER)
    receipts = _RECEIPT * known.received
    returned = known.own_answered + receipts + _OWN * partner
    kept = known.own_closed - known.own_answered + _OWN * (1 - partner)
    return Shrunk(base, partner, receipts, returned, kept)


def expected_return(
    book: Book,
    person: str,
    *,
    horizon: int = returns.HORIZON,
    half_life: int = returns.HALF_LIFE,
) -> pd.DataFrame:
    r"""Chance that each person answers a referral from ``person`` within the horizon.

    A closed gift episode weighs :math:`2^{-a/T}` at age :math:`a` and half-life
    :math:`T`. Over such weights let :math:`Y, M` be answered and closed episodes
    of everybody, :math:`Y_j, M_j` those made to :math:`j`, :math:`y_{ij}, m_{ij}`
    those of :math:`i` to :math:`j`, and :math:`e_{ij}` a quarter of the referrals
    :math:`i` has from :math:`j`. Each level is shrunk to the one above:

    .. math::
        p_0 = \frac{Y + 1}{M + 2}, \quad
        p_j = \frac{Y_j + 5 p_0}{M_j + 5}, \quad
        p_{ij} = \frac{y_{ij} + e_{ij} + 3 p_j}{m_{ij} + e_{ij} + 3}

    The interval is the middle 95 % of the Beta distribution with the parameters
    :math:`y_{ij} + e_{ij} + 3 p_j` and :math:`m_{ij} - y_{ij} + 3 (1 - p_j)`, and goes as
    far as :math:`p_{ij}` where so skewed a distribution has its mean outside. It is an
    association in this record, not the effect of referring.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    person : str
        Who would give the referral.
    horizon : int, default 180
        Days within which a return counts as an answer.
    half_life : int, default 730
        Days after which evidence weighs half.

    Returns
    -------
    pandas.DataFrame
        Indexed by everybody else, sorted: ``expected_return``, ``low`` and ``high`` (0 to
        1); what they rest on, decayed: ``own_answered`` and ``own_gifts`` (:math:`y_{ij},
        m_{ij}`), ``receipts`` (:math:`e_{ij}`), ``partner_rate`` (:math:`p_j`),
        ``global_rate`` (:math:`p_0`); ``answered`` and ``gifts`` (closed episodes with
        them, of anyone, not decayed).

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> bool(expected_return(book, book.me)["expected_return"].between(0, 1).all())
    True
    """
    from scipy.special import betaincinv  # noqa: PLC0415  # 0.1 s that most answers do without

    person = book.person(person)
    others = book.people.index.drop(person)
    made = returns.episodes(book, horizon=horizon)
    made = made[made["state"] != "censored"]
    answered = (made["state"] == "answered").to_numpy().astype(float)
    weight = np.exp2(-book.days_since(made["date"]) / half_life)
    mine = (made["giver"] == person).to_numpy().astype(float)
    got = book.history[(book.history["receiver"] == person) & book.history["date"].notna()]
    receipts = got["count"].to_numpy() * np.exp2(-book.days_since(got["date"]) / half_life)

    to = made["receiver"]
    known = Evidence(
        answered=(weight * answered).sum(),
        closed=weight.sum(),
        partner_answered=_totals(others, to, weight * answered),
        partner_closed=_totals(others, to, weight),
        own_answered=_totals(others, to, weight * answered * mine),
        own_closed=_totals(others, to, weight * mine),
        received=_totals(others, got["giver"], receipts),
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
            "own_gifts": known.own_closed,
            "receipts": shrunk.receipts,
            "partner_rate": shrunk.partner.round(12),
            "global_rate": shrunk.base,
            "answered": _totals(others, to, answered).astype(int),
            "gifts": _totals(others, to, np.ones(len(made))).astype(int),
        },
        index=others,
    )


def _totals(
    people: pd.Index[Any], names: pd.Series[str], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Sum of the weights that stand beside each person's name."""
    at = people.get_indexer(pd.Index(names))
    return np.bincount(at[at >= 0], weight[at >= 0], len(people)).astype(float)
