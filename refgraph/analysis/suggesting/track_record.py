"""How well people do: their ratings, and what became of what was sent to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.statistics.share_interval import LEVEL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["CLOSED", "RATINGS", "rating", "shrunk", "standing", "standing_range"]

CLOSED = ("won", "lost")
RATINGS = ("helpful", "dependable", "follow_through", "track_record")

_BEST, _WORTH = 5.0, 4.0  # the highest rating; known values that the book's mean is worth


def shrunk(total: NDArray[np.float64], number: NDArray[np.float64]) -> NDArray[np.float64]:
    r"""Means of few values each, drawn towards the mean of all.

    With totals :math:`t_j` of :math:`n_j` values between 0 and 1,

    .. math:: m = \frac{\sum_j t_j + 1}{\sum_j n_j + 2}, \quad \frac{t_j + 4 m}{n_j + 4}

    so that nothing known is :math:`m`, and four values count as much as :math:`m`.

    Examples
    --------
    >>> shrunk(np.array([3.2, 0.0]), np.array([4.0, 0.0]))  # m = (3.2 + 1) / (4 + 2)
    array([0.75, 0.7 ])
    """
    mean = (total.sum() + 1) / (number.sum() + 2)
    means: NDArray[np.float64] = (total + _WORTH * mean) / (number + _WORTH)
    return means


def standing(book: Book) -> pd.Series[float]:
    r"""How well each person does, 0 to 1, by their ratings and by outcomes.

    Let :math:`R_j` be the sum of a person's ratings, each divided by 5, of which there
    are :math:`k_j` (0 to 4), and :math:`W_j` of the :math:`C_j` closed referrals that
    anyone sent them won. Both means are shrunk to the book's (:func:`shrunk`), and the
    standing is half of each:

    .. math::
        s_j = \frac{1}{2} \left( \frac{R_j + 4 m_R}{k_j + 4} + \frac{W_j + 4 m_W}{C_j + 4}
        \right), \quad m_R = \frac{\sum R + 1}{\sum k + 2},
        \quad m_W = \frac{\sum W + 1}{\sum C + 2}

    so that somebody without a rating or an outcome has the book's mean, and not 0.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.

    Returns
    -------
    pandas.Series
        One value for each of ``book.people``, whoever asks.

    Examples
    --------
    >>> from refgraph import Book
    >>> found = standing(Book.sample())
    >>> float(found["Mina Park"]) == float(found["Leo Maddox"])  # nothing is known of either
    True
    """
    won, lost = _closed(book)
    means = (_rated(book) + shrunk(won, won + lost)) / 2
    return pd.Series(means.round(12), index=book.people.index, name="standing")


def standing_range(book: Book, *, level: float = LEVEL) -> pd.DataFrame:
    r"""How far the standing of each person is known, as far as outcomes tell.

    Ratings are taken as they are: an opinion has no interval. The share won is that of
    :math:`W_j` of :math:`C_j` closed referrals, what is known of the book before being worth
    four of them, so that it is distributed as
    :math:`\text{Beta}(W_j + 4 m_W, \; C_j - W_j + 4 (1 - m_W))`; the ends are the standing
    with the ends of the central interval of that.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window. Open referrals count nowhere.
    level : float, default 0.95
        How sure, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        ``standing_low`` and ``standing_high`` of each of ``book.people``.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> ends = standing_range(book)
    >>> bool((ends["standing_low"] < standing(book)).all())
    True
    """
    from scipy.special import betaincinv  # noqa: PLC0415  # 0.2 s, and most answers do without

    won, lost = _closed(book)
    mean = (won.sum() + 1) / ((won + lost).sum() + 2)
    above, below = won + _WORTH * mean, lost + _WORTH * (1 - mean)
    rated = _rated(book)
    ends = {
        f"standing_{name}": ((rated + betaincinv(above, below, at)) / 2).round(9)
        for name, at in (("low", (1 - level) / 2), ("high", (1 + level) / 2))
    }
    return pd.DataFrame(ends, index=book.people.index)


def _rated(book: Book) -> NDArray[np.float64]:
    """Give everybody's mean rating, 0 to 1, drawn towards the mean of all."""
    ratings = book.people[list(RATINGS)].to_numpy()
    return shrunk(np.nansum(ratings, axis=1) / _BEST, (~np.isnan(ratings)).sum(axis=1))


def _closed(book: Book) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Count the referrals sent to everybody that were won, and those that were lost."""
    _, receiver = book.ends
    count = book.column("count").to_numpy()
    won, lost = (
        np.bincount(receiver[rows], weights=count[rows], minlength=len(book.people)).astype(float)
        for status in CLOSED
        for rows in [(book.column("status") == status).to_numpy()]
    )
    return won, lost


def rating(book: Book) -> pd.Series[float]:
    """Mean of the ratings each person has, 0 to 5; NaN without any.

    Examples
    --------
    >>> from refgraph import Book
    >>> float(rating(Book.sample())["Alice Merton"])
    4.75
    """
    return book.people[list(RATINGS)].mean(axis=1).rename("rating")
