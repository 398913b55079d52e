"""What doing something this week is worth: the chance that it matters, and what a week costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.estimating import added
from refgraph.analysis.owing.leaks import RESOLVED
from refgraph.book import professional_limits
from refgraph.schema.among_texts import is_one_of
from refgraph.schema.values import LANES, LEADING

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import ArrayLike, NDArray

    from refgraph.book.book import Book

__all__ = [
    "HALVES",
    "HORIZON",
    "LEAST",
    "MINUTES",
    "WEEK",
    "WORD",
    "expectations",
    "faded",
    "fading",
    "share_won",
]

WEEK = 7
#: Days within which a referral may come of what is done now.
HORIZON = 180
#: Days after which what a line is worth has halved: thanks, news, a referral without contact.
HALVES = {"say thanks": 14.0, "bring news": 30.0, "save": 30.0}
#: Days after which half of what a word of mine does has faded.
WORD = 30.0
#: What a line of each lane takes, about: a word, a call, somebody to be found for them.
MINUTES = dict(zip((*LANES, *LEADING), (30, 5, 5, 15, 15, 20, 15, 15, 15, 15, 15), strict=True))
#: What a line is worth at least that does not wait: a referral won in twenty hours.
LEAST = 0.05
_UNKNOWN = 0.5


def fading(days: ArrayLike, half: ArrayLike) -> NDArray[np.float64]:
    r"""Give the share of what it was worth at first that is lost by waiting one more week.

    What is left after :math:`x` days halves with each further :math:`h`, :math:`2 h`, :math:`4 h`:
    :math:`h / (h + x)`. A week more costs

    .. math:: \frac{h}{h + x} - \frac{h}{h + x + 7}

    which is most at first, and never quite nothing: late thanks are worth less, and still said.

    Parameters
    ----------
    days : array_like of float
        Since it was due to be done; below 0 counts as 0.
    half : array_like of float
        Days after which half is left.

    Examples
    --------
    >>> fading([0, 7, 93], 7).round(3).tolist()
    [0.5, 0.167, 0.005]
    """
    at, long = np.maximum(np.asarray(days, dtype=float), 0), np.asarray(half, dtype=float)
    lost: NDArray[np.float64] = long / (long + at) - long / (long + at + WEEK)
    return lost


def faded(days: ArrayLike) -> NDArray[np.float64]:
    r"""Give the share of a word that has faded after some days: :math:`x / (h + x)`.

    Where somebody has heard from me of late, a further word adds as much as that: half of it
    after :math:`h` = 30 days, all of it where there was none (NaN).

    Examples
    --------
    >>> faded([0, 10, 30, float("nan")]).tolist()
    [0.0, 0.25, 0.5, 1.0]
    """
    at = np.asarray(days, dtype=float)
    share: NDArray[np.float64] = np.where(np.isnan(at), 1.0, at / (WORD + at))
    return share


def share_won(book: Book, whose: str) -> float:
    """Give the share that was won of the referrals to somebody that are closed.

    It is held to one half, as if by one more; under the profile ``health``, which does not show
    what became of a referral, it is 1.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> 0 < share_won(book, book.me) < 1
    True
    """
    if professional_limits.withheld(book):
        return 1.0
    rows = book.history[["receiver", "status", "count"]]
    number = rows[rows["receiver"] == whose].groupby("status")["count"].sum()
    won, lost = (float(number.get(name, 0)) for name in RESOLVED)
    return (won + _UNKNOWN) / (won + lost + 1)


def expectations(book: Book, whose: str, people: Collection[str] | None = None) -> pd.DataFrame:
    r"""Give for everybody else what they are expected to send ``whose`` within 180 days.

    Under the profile ``health``, which does not say who sends how many, the chance is one half
    for everybody, and nothing is said of gifts.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    whose : str
        To whom.
    people : collection of str, optional
        Of whom it is asked; everybody else if not given.

    Returns
    -------
    pandas.DataFrame
        Indexed by them, in the order of the book: ``chance`` that they send any, which is
        :math:`1 - e^{-m}` where :math:`m` are expected anyway; and ``added``, ``added_low``,
        ``added_high``, ``gifts_seen``: what one more referral to them adds
        (:func:`refgraph.analysis.estimating.added.by_person`).

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> bool(expectations(book, book.me)["chance"].between(0, 1).all())
    True
    """
    others = book.people.index.drop(whose)
    others = others if people is None else others[is_one_of(others, people)]
    if professional_limits.withheld(book) or not len(others):
        columns = ["chance", "added", "added_low", "added_high", "gifts_seen"]
        return pd.DataFrame(np.nan, others, columns).assign(chance=_UNKNOWN)
    found = added.by_person(book.window(), whose, of=others, horizon=HORIZON, ends=False)
    return found.assign(chance=(1 - np.exp(-found["anyway"])).round(6)).drop(columns="anyway")
