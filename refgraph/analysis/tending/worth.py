"""What doing something this week is worth: the chance that it matters, and what a week costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.estimating import added
from refgraph.analysis.owing.leaks import FOLLOWING, RESOLVED
from refgraph.analysis.tending.set_aside import FOLLOWED_UP
from refgraph.book import professional_limits
from refgraph.schema.values import LANES, LEADING

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import ArrayLike, NDArray

    from refgraph.book.book import Book

__all__ = [
    "ANSWER_DAYS",
    "HALVES",
    "HANGS",
    "HORIZON",
    "LEAST",
    "MINUTES",
    "WAIT_DAYS",
    "WEEK",
    "expectations",
    "fading",
    "follow_ups",
    "share_helped",
    "share_won",
]

WEEK = 7
#: Days within which a referral may come of what is done now.
HORIZON = 180
#: Days after which what a line is worth has halved: thanks, news, a referral without contact.
HALVES = {"say thanks": 14.0, "bring news": 30.0, "save": 30.0}
#: The share of what somebody sends that hangs on a word of mine: no book tells it, so one half.
HANGS = 0.5
#: What a line of each lane takes, about: a word, a call, somebody to be found for them.
MINUTES = dict(zip((*LANES, *LEADING), (30, 5, 5, 15, 15, 20, 15, 15, 15, 15, 15), strict=True))
#: Days within which the prospect of a referral to me should have heard from me.
WAIT_DAYS = 7
#: Days within which a referral that was followed up moves, if that helped.
ANSWER_DAYS = 14
#: What a line is worth at least that does not wait: a referral won in twenty hours.
LEAST = 0.05
_UNKNOWN = 0.5
_MOVED = ("contacted", "met", "won")
_FOLLOWED = 2  # follow-ups that helped, which those of the book are added to


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


def follow_ups(book: Book, whose: str) -> dict[str, int]:
    """Count how often somebody followed a referral up, and how often it moved then.

    A follow-up is a call, meeting, e-mail, one-to-one or introduction whose ``about`` names a
    referral of theirs, given or received, that was neither won nor lost; or that they decided so
    in the list of today. It helped if the referral was contacted, met or won within 14 days; it is
    too early to say of one of the last 14 days. Where they speak to the prospect themselves, the
    first contact is all they write down of it: one later than 7 days, and without a follow-up,
    counts from the day of the first follow-up on.

    Returns
    -------
    dict
        ``tries``, of these ``moved``, and ``contacted``, the late first contacts of referrals
        that they received.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> follow_ups(book, book.me)
    {'tries': 0, 'moved': 0, 'contacted': 0}
    """
    rows = book.history[["date", "giver", "receiver", "status", "status_date", "id"]]
    rows = rows[(rows["giver"] == whose) | (rows["receiver"] == whose)]
    rows = rows[rows["date"].notna() & (rows["id"] != "")].drop_duplicates("id").set_index("id")
    touches = book.touches
    calls = touches["kind"].isin(FOLLOWING)
    calls |= (touches["kind"] == "decision") & (touches["note"] == FOLLOWED_UP)
    tries = touches.loc[calls & touches["about"].isin(rows.index), ["about", "date"]]
    tries = tries.drop_duplicates().set_axis(["id", "tried"], axis=1)
    moves = _moves(book, rows)
    closed = rows["status_date"].where(rows["status"].isin(RESOLVED))
    closed = closed.mask(rows["status"].isin(RESOLVED) & closed.isna(), rows["date"])
    tries = tries[~(tries["tried"] > closed.reindex(tries["id"]).to_numpy())]
    both = tries.merge(moves, on="id")
    both = both[(both["moved"] - both["tried"]).dt.days.between(0, ANSWER_DAYS)]
    helped = both.drop_duplicates(["id", "tried"])
    known = book.days_since(tries["tried"]) > ANSWER_DAYS
    failed = int(known.sum()) - int((book.days_since(helped["tried"]) > ANSWER_DAYS).sum())
    first = moves[moves["id"].isin(rows.index[rows["receiver"] == whose])].merge(
        rows["date"], left_on="id", right_index=True
    )
    late = (first["moved"] - first["date"]).dt.days > WAIT_DAYS
    late &= (first["status"] == "contacted") & (first["moved"] >= tries["tried"].min())
    by_call = first.set_index(["id", "moved"]).index.isin(both.set_index(["id", "moved"]).index)
    tried = {"tries": len(helped) + failed, "moved": len(helped)}
    return tried | {"contacted": int((late & ~by_call).sum())}


def _moves(book: Book, rows: pd.DataFrame) -> pd.DataFrame:
    """Give on which day each referral took which step forward."""
    now = rows.reset_index()[["id", "status_date", "status"]]
    told = pd.DataFrame(
        [each for each in book.status_changes if each[0] is not None and each[1] in rows.index],
        columns=["moved", "id", "status"],
    )
    now = now.rename(columns={"status_date": "moved"})[["moved", "id", "status"]]
    told["moved"] = told["moved"].astype("datetime64[s]")
    moves = pd.concat([told, now], ignore_index=True) if len(told) else now
    moves = moves[moves["status"].isin(_MOVED) & moves["moved"].notna()]
    return moves.drop_duplicates()


def share_helped(book: Book, whose: str) -> tuple[float, float]:
    """Give the share of follow-ups that helped, as if two before them had.

    So they count for much until the book says otherwise: whoever thought little of them at first
    would never try, and never know.

    Returns
    -------
    asked, contacted : float
        Where somebody else is asked, and where they get in touch with the prospect, of which
        late first contacts are successes too.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> share_helped(book, book.me)
    (1.0, 1.0)
    """
    found = follow_ups(book, whose)
    late = found["contacted"]
    asked, contacted = (
        (found["moved"] + more + _FOLLOWED) / (found["tries"] + more + _FOLLOWED)
        for more in (0, late)
    )
    return asked, contacted


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
    others = others if people is None else others[others.isin([*people])]
    if professional_limits.withheld(book) or not len(others):
        columns = ["chance", "added", "added_low", "added_high", "gifts_seen"]
        return pd.DataFrame(np.nan, others, columns).assign(chance=_UNKNOWN)
    found = added.by_person(book.window(), whose, of=others, horizon=HORIZON)
    return found.assign(chance=(1 - np.exp(-found["anyway"])).round(6)).drop(columns="anyway")
