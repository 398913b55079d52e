"""How well people do: their ratings, and what became of what was sent to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book import Book

__all__ = ["CLOSED", "RATINGS", "rating", "shrunk", "standing"]

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
    ratings = book.people[list(RATINGS)].to_numpy()
    _, receiver = book.ends
    count = book.history["count"].to_numpy()
    total = {
        status: np.bincount(
            receiver[chosen], weights=count[chosen], minlength=len(book.people)
        ).astype(float)
        for status in CLOSED
        for chosen in [(book.history["status"] == status).to_numpy()]
    }
    rated = shrunk(np.nansum(ratings, axis=1) / _BEST, (~np.isnan(ratings)).sum(axis=1))
    closed = shrunk(total["won"], total["won"] + total["lost"])
    return pd.Series(((rated + closed) / 2).round(12), index=book.people.index, name="standing")


def rating(book: Book) -> pd.Series[float]:
    """Mean of the ratings each person has, 0 to 5; NaN without any.

    Examples
    --------
    >>> from refgraph import Book
    >>> float(rating(Book.sample())["Alice Merton"])
    4.75
    """
    return book.people[list(RATINGS)].mean(axis=1).rename("rating")
