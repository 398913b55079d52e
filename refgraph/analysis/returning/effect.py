r"""Does giving bring anything back? A target trial of gifts after silence, with its controls.

What comes after a gift is no effect of it: some of it would have come anyway. A *clean gift*
is one after mutual silence of one horizon :math:`H`. It is set against the days of the same
partner with the same silence and no gift, and both are followed for :math:`H` days, until the
next gift at most: a sequential target trial [1]_. Let pair :math:`j` have :math:`m_j` clean
gifts and :math:`T_j` control days, from which :math:`n_j` referrals are reached, so that
:math:`\lambda_j = n_j / T_j` a day come anyway. Let :math:`Y_j(u)` of the gifts be still
followed on day :math:`u` after them, when :math:`D_j(u)` are answered. Weighing pairs by
:math:`w_j = T_j / (T_j + H m_j)`, as Mantel and Haenszel do,

.. math::
    \text{after} = 1 - \prod_{u \le H} \left(1 - \frac{\sum_j w_j D_j(u)}{\sum_j w_j Y_j(u)}\right),
    \quad
    \text{anyway} = 1 - \exp\left(-\sum_{u \le H}
    \frac{\sum_j w_j Y_j(u) \lambda_j}{\sum_j w_j Y_j(u)}\right)

and ``added`` is their difference. Both hold the same partners on each day, so that neither
busy partners nor a next gift, which ends the follow-up, tell the two apart. If gifts come at
any time of a partner's silence alike, a gift without effect gives 0 on average.

What is decided: a referral back on the day of the gift itself makes it no clean gift (nothing
says which came first), and no silence. One on the day of the next gift is an answer. Silence is
known from one horizon after the giver's first referral on record. A partner has control days
from their own first record on, so that one who came late is not counted as silent before. Where
most dates are of one weekday, or one day of the month, only such days are control days. In a
book without a me everybody's gifts are taken together, pair by pair, and people who are given
to are drawn anew for the interval. Partners who send at times and not at others, and gifts that
go by that, are what the controls are for (:mod:`refgraph.analysis.returning.negative_controls`).

References
----------
.. [1] Hernán, M. A., Robins, J. M. (2016). Using big data to emulate a target trial when a
   randomized trial is not available. *American Journal of Epidemiology* 183, 758-764.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from refgraph.analysis.returning import negative_controls, returns
from refgraph.analysis.returning.risk_difference import compared
from refgraph.analysis.returning.target_trial import emulate
from refgraph.book import professional_limits

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = [
    "CONFOUNDED",
    "HALF_WIDTH",
    "SHARES",
    "TOO_FEW",
    "Answer",
    "answer",
    "controls",
    "overall",
]

HALF_WIDTH = 0.1  # of an interval that is narrow enough to tell
SHARES = (
    *("after", "after_low", "after_high", "anyway", "anyway_low", "anyway_high"),
    *("added", "low", "high"),
)
TOO_FEW = "too few clean gifts"
_FEWEST = 5  # partners: fewer, drawn anew, do not show how far others differ
CONFOUNDED = "a control failed: "


class Answer(NamedTuple):
    """What one trial says: :func:`overall` and :func:`controls`."""

    overall: pd.Series
    controls: pd.DataFrame


def overall(
    book: Book,
    person: str | None = None,
    *,
    horizon: int = returns.HORIZON,
    samples: int = 1000,
    seed: int = 0,
) -> pd.Series:
    """Give what a gift adds to what comes anyway, or why that cannot be said.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window; undated rows are left out.
    person : str, optional
        Whose gifts; those of the book's me if not given, and of everybody in a book
        without a me.
    horizon : int, default 180
        Days of silence before a gift, and of follow-up after it.
    samples : int, default 1000
        How often partners are drawn anew for the interval.
    seed : int, default 0
        Where the chance comes from.

    Returns
    -------
    pandas.Series
        ``gifts`` and ``partners`` (clean gifts that can be compared, and to how many), ``after``
        and ``anyway`` (0 to 1) with ``after_low``, ``after_high``, ``anyway_low`` and
        ``anyway_high``, ``added`` (their difference), ``low`` and ``high`` (all 95 % intervals),
        ``refused`` (None, or why it may not be said, fewer than five partners or a control that
        failed: then these nine are NaN), ``more`` (how many more clean gifts it takes for an
        interval of 0.1 to either side; 0 if it is so narrow), ``crossed`` (exchanges left out:
        gift days on which something came back), ``other_gifts`` (gift days without silence
        before them, or without silent days of the same partner to compare with), ``undated``,
        ``horizon``, ``samples`` and ``seed``.

    Raises
    ------
    UnknownPersonError
        The person named is not in the book.
    OptionError
        The horizon is not at least a day, or the seed no whole number from 0.

    Examples
    --------
    >>> from refgraph import Book
    >>> found = overall(Book.sample(), horizon=30)
    >>> int(found["gifts"]), int(found["other_gifts"])
    (8, 5)
    """
    return answer(book, person, horizon=horizon, samples=samples, seed=seed).overall


def controls(
    book: Book, person: str | None = None, *, horizon: int = returns.HORIZON
) -> pd.DataFrame:
    """Give the negative controls: what a gift cannot have changed.

    Parameters
    ----------
    book, person, horizon
        As for :func:`overall`.

    Returns
    -------
    pandas.DataFrame
        See :func:`refgraph.analysis.returning.negative_controls.table`.

    Examples
    --------
    >>> from refgraph import Book
    >>> controls(Book.sample(), horizon=30)["control"].tolist()
    ['earlier receipts', 'earlier gifts', 'gifts to others', 'touches']
    """
    professional_limits.refuse(book)
    trial = emulate(book, book.whose(person), horizon=horizon)
    return negative_controls.table(book, trial)


def answer(
    book: Book,
    person: str | None = None,
    *,
    horizon: int = returns.HORIZON,
    samples: int = 1000,
    seed: int = 0,
) -> Answer:
    """Give what a gift adds together with its controls, from one trial.

    Parameters
    ----------
    book, person, horizon, samples, seed
        As for :func:`overall`.

    Returns
    -------
    Answer
        ``overall`` and ``controls``, as those functions give them.

    Examples
    --------
    >>> from refgraph import Book
    >>> said = answer(Book.sample(), horizon=30)
    >>> int(said.overall["gifts"]), len(said.controls)
    (8, 4)
    """
    professional_limits.refuse(book)
    trial = emulate(book, book.whose(person), horizon=horizon)
    found = compared(trial, samples=samples, seed=seed)
    table = negative_controls.table(book, trial)
    failed = table[table["fails"]]
    refused: str | None = None
    if np.isnan(found.added) or found.partners < _FEWEST:
        refused = TOO_FEW
    elif len(failed):
        refused = CONFOUNDED + ", ".join(map(str, failed["control"]))
    told = {name: getattr(found, name) for name in SHARES}
    values: dict[str, object] = {
        "gifts": found.gifts,
        "partners": found.partners,
        **(told if refused is None else dict.fromkeys(told, np.nan)),
        "refused": refused,
        "more": found.more(HALF_WIDTH) if refused is None else np.nan,
        "crossed": trial.crossed,
        "other_gifts": len(trial.gift_day) - found.gifts,
        "undated": book.undated,
        "horizon": horizon,
        "samples": samples,
        "seed": seed,
    }
    return Answer(pd.Series(values, dtype=object, name="effect"), table)
