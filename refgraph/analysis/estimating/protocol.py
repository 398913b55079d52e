"""The protocol of an evaluation: which gifts are tested, and what was known before each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.estimating import as_of
from refgraph.analysis.estimating.learned import learned, month_of
from refgraph.analysis.estimating.shrinkage import Evidence, shrink
from refgraph.analysis.estimating.trial import Trial
from refgraph.analysis.returning import returns
from refgraph.analysis.returning.unprompted import unasked
from refgraph.book.dated_referrals import dated_referrals, day_numbers
from refgraph.progress import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["SPLIT", "Trial", "before", "closed", "expected", "trial"]

SPLIT = 60  # per cent of the closed gifts, the oldest, that are only learned from


def closed(
    book: Book, person: str | None = None, *, horizon: int = returns.HORIZON
) -> pd.DataFrame:
    """Give the gifts whose horizon has passed, and which of them are in the test part.

    A gift counts once the whole horizon has passed, answered or not: of the newest ones
    only the quick answers are known. What was swapped on one day is neither. The test
    part is what was opened after the day by which 60 % of these gifts were.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window; undated rows are left out.
    person : str, optional
        Whose gifts; those of everybody if not given.
    horizon : int, default 180
        Days within which a return counts as an answer.

    Returns
    -------
    pandas.DataFrame
        ``giver``, ``receiver``, ``date``, ``answered`` and ``tested``, sorted by date,
        giver, receiver.

    Raises
    ------
    UnknownPersonError
        The person named is not in the book.
    OptionError
        The horizon is not at least a day.

    Examples
    --------
    >>> from refgraph import Book
    >>> gifts = closed(Book.sample(), horizon=60)
    >>> list(gifts), bool(gifts["tested"].mean() <= 0.4)
    (['giver', 'receiver', 'date', 'answered', 'tested'], True)
    """
    made = returns.told(book, horizon=horizon)
    if person is not None:
        made = made[made["giver"] == book.person(person)]
    made = made[book.days_since(made["date"]) >= horizon].reset_index(drop=True)
    table = made[["giver", "receiver", "date"]].assign(answered=made["state"] == "answered")
    last = -(-SPLIT * len(table) // 100) - 1
    return table.assign(tested=table["date"] > table["date"].iloc[last] if len(table) else False)


def trial(book: Book, person: str | None = None, *, horizon: int = returns.HORIZON) -> Trial:
    """Give the test part of a book, or of a person's gifts, and the whole record, as arrays.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> len(trial(book).answered) == closed(book)["tested"].sum()
    np.True_
    """
    tested = closed(book, person, horizon=horizon)
    tested = tested[tested["tested"]]
    made = returns.episodes(book, horizon=horizon)
    made = made[made["state"] != "swapped"]
    opened, ended = day_numbers(made["date"]), day_numbers(made["closed"])
    wide = min(horizon, returns.LONGEST)
    fails = opened + wide - 1
    giver, receiver = returns.places(book, made, horizon=horizon)
    rows = dated_referrals(book)
    return Trial(
        people=len(book.people),
        horizon=wide,
        giver=book.places(tested["giver"]),
        receiver=book.places(tested["receiver"]),
        day=day_numbers(tested["date"]),
        answered=tested["answered"].to_numpy(),
        past=pd.DataFrame(
            {
                "giver": giver,
                "receiver": receiver,
                "opened": opened,
                # no answer so far: from the last day of the horizon on it counts as failed
                "ended": np.where(made["state"] == "censored", fails, np.minimum(ended, fails)),
                "answered": (made["state"] == "answered").to_numpy(),
                "answer": ended,
            }
        ),
        rows=pd.DataFrame(
            {
                "giver": rows.giver,
                "receiver": rows.receiver,
                "day": rows.day,
                "count": rows.count,
                "unasked": unasked(book, horizon=horizon)[rows.is_dated],
            }
        ),
    )


def expected(tested: Trial, *, half_life: float = returns.HALF_LIFE) -> NDArray[np.float64]:
    """Give what the ranking expected of each gift on the morning of its day.

    It is what :func:`refgraph.analysis.estimating.expected.expected_return` says of a book that
    ends on the day before and whose today is the day of the gift.

    Parameters
    ----------
    tested : Trial
        What :func:`trial` gives.
    half_life : float, default 730
        Days after which evidence weighs half.

    Returns
    -------
    ndarray of float64
        Between 0 and 1, in the order of the trial.

    Raises
    ------
    OptionError
        The half-life is not above 0.

    Examples
    --------
    >>> from refgraph import Book
    >>> chance = expected(trial(Book.sample()))
    >>> bool(((chance > 0) & (chance < 1)).all())
    True
    """
    returns.check_half_life(half_life)
    past = before(tested, half_life=half_life)
    known = as_of.known(tested, half_life=half_life, meant=past.meant)
    chance, month = np.zeros(len(tested.day)), month_of(tested.day)
    months = np.unique(month).tolist()
    for first in counted(months, "Learning month by month who returns referrals", len(months)):
        at = np.flatnonzero(month == first)
        taught = learned(tested, past, first, half_life=half_life)
        chance[at] = taught.correction.of(shrink(known.of(at), taught.spread).expected)
    return chance


def before(tested: Trial, *, half_life: float = returns.HALF_LIFE) -> Evidence:
    """Give what was known before every past episode, on the morning of its day.

    Examples
    --------
    Nothing is known on the morning of the first one:

    >>> from refgraph import Book
    >>> gifts = trial(Book.sample())
    >>> known = before(gifts)
    >>> float(known.watched[0]), len(known.watched) == len(gifts.past)
    (0.0, True)
    """
    giver, receiver, opened, answered = (
        tested.past[name].to_numpy() for name in ("giver", "receiver", "opened", "answered")
    )
    past = replace(tested, giver=giver, receiver=receiver, day=opened, answered=answered)
    return as_of.known(past, half_life=half_life)
