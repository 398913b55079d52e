"""Lists as they stood on days of the past, each from what was on record before that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.estimating import added, protocol
from refgraph.analysis.evaluating import simple_rules
from refgraph.analysis.returning import returns
from refgraph.analysis.returning.spells import summed
from refgraph.progress import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book.book import Book

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

__all__ = ["LIST", "NAMES", "before", "days", "partner_rate", "scores"]

LIST = "refer-first"
EXPECTED = "expected return"
PARTNER = "partner rate"
NAMES = (LIST, EXPECTED, PARTNER, *simple_rules.NAMES)
_PRIOR = 2.5  # answers at the rate of the book
_MOST, _ROWS = 8, 400_000  # lists, and rows that all of them are made from


def days(first: int, last: int, *, horizon: int, rows: int) -> Ints:
    """Give the days on which a list is made anew, from the first to the last day of gifts.

    Every half horizon, eight times at most, and less often in a large book.

    Examples
    --------
    >>> days(1000, 1400, horizon=180, rows=500).tolist()
    [1000, 1090, 1180, 1270, 1360]
    >>> days(1000, 1400, horizon=180, rows=200_000).tolist()
    [1000, 1201]
    """
    most = max(1, min(_MOST, _ROWS // max(rows, 1)))
    step = max(-(-horizon // 2), -(-(last - first + 1) // most))
    return np.arange(first, last + 1, step)


def before(book: Book, day: int) -> Book:
    """Give the book as it was on the morning of a day, counting from 1970: its today.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = before(Book.sample(), int(np.datetime64("2026-01-01").astype(int)))
    >>> str(book.today), str(book.dates.max())[:10] < "2026-01-01"
    ('2026-01-01', True)
    """
    known = book.dates.to_numpy() < np.datetime64(day, "D")  # not those without a date
    today = date.fromordinal(day + date(1970, 1, 1).toordinal())
    history = book.history[known].reset_index(drop=True)
    return book.altered(history=history, today=today, since=None, until=None)


def scores(
    book: Book,
    giver: Ints,
    receiver: Ints,
    listed: Ints,
    *,
    horizon: int,
    half_life: float,
    seed: int,
) -> dict[str, Floats]:
    """Score gifts by what was on record before the day of the list they are looked up in.

    Parameters
    ----------
    book : Book
        The whole record; undated rows are left out.
    giver, receiver : ndarray of int64
        Places of people in the book.
    listed : ndarray of int64
        Days of the lists, counting from 1970.
    horizon, half_life, seed
        As for :func:`refgraph.analysis.evaluating.evaluate.scores`.

    Returns
    -------
    dict
        The scores of :data:`NAMES`, each an array: ``refer-first`` is what one more gift is
        expected to add (:func:`refgraph.analysis.estimating.added.by_person`).

    Examples
    --------
    >>> from refgraph import Book
    >>> one = np.array([0]), np.array([1]), np.array([20_500])
    >>> found = scores(Book.sample(), *one, horizon=60, half_life=730, seed=0)
    >>> tuple(found) == NAMES
    True
    """
    asked = replace(
        protocol.trial(book, horizon=horizon),
        giver=giver,
        receiver=receiver,
        day=listed,
        answered=np.zeros(len(giver), dtype=bool),
    )
    ours, partner = np.zeros(len(giver)), np.zeros(len(giver))
    days = np.unique(listed).tolist()
    for day in counted(days, "Making the lists of past days", len(days)):
        chosen, then = listed == day, before(book, day)
        to = receiver[chosen]
        ours[chosen] = added.by_pair(then, giver[chosen], to, horizon=horizon, half_life=half_life)
        partner[chosen] = partner_rate(then, horizon=horizon, half_life=half_life)[to]
    chance = protocol.expected(asked, half_life=half_life)
    rules = simple_rules.scores(asked, half_life=half_life, seed=seed)
    found = {LIST: ours, EXPECTED: chance, PARTNER: partner}
    return {name: simple_rules.rounded(score) for name, score in found.items()} | rules


def partner_rate(book: Book, *, horizon: int, half_life: float) -> Floats:
    r"""Give the share of what each person was given first, by anyone, that they returned.

    Decayed with the half-life, and shrunk to that of the book, :math:`p_0 = (Y + 1)/(M + 2)`,
    as if each had 2.5 answers more at that rate: :math:`(Y_j + 2.5) / (M_j + 2.5 / p_0)`.

    Examples
    --------
    >>> from refgraph import Book
    >>> found = partner_rate(Book.sample(), horizon=60, half_life=730)
    >>> len(found), bool(((found > 0) & (found < 1)).all())
    (14, True)
    """
    made = returns.told(book, horizon=horizon)
    weight = np.exp2(-book.days_since(made["date"]) / half_life)
    answered = weight * (made["state"] == "answered").to_numpy()
    to, people = returns.places(book, made, horizon=horizon)[1], len(book.people)
    base = (answered.sum() + 1) / (weight.sum() + 2)
    came, made_to = summed(to, answered, people), summed(to, weight, people)
    return np.asarray((came + _PRIOR) / (made_to + _PRIOR / base))
