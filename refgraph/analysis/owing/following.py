"""What following referrals up has led to, beyond what would have come anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from refgraph.analysis.owing.leaks import FOLLOWING, RESOLVED
from refgraph.schema.among_texts import is_one_of, listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = [
    "ANSWER_DAYS",
    "FOLLOWED_UP",
    "WAIT_DAYS",
    "Past",
    "follow_ups",
    "moves_anyway",
    "past_of",
    "share_helped",
]

#: Days within which the prospect of a referral to me should have heard from me.
WAIT_DAYS = 7
#: Days within which a referral that was followed up moves, if that helped.
ANSWER_DAYS = 14
#: What a decision notes that says that a referral was followed up.
FOLLOWED_UP = "followed up"
_MOVED = ("contacted", "met", "won")
_FOLLOWED = 2  # follow-ups that helped, which those of the book are added to
_LONG = 10**6  # days: longer than any book


class Past(NamedTuple):
    """What became of somebody's referrals, told once for all that is asked of it.

    ``rows``: their dated referrals by id; ``moves``: on which day each took which step forward;
    ``tries``: on which day each was followed up; ``steps``: when each came to which status, and
    moved on (``after``) or was lost (``lost``).
    """

    rows: pd.DataFrame
    moves: pd.DataFrame
    tries: pd.DataFrame
    steps: pd.DataFrame


def past_of(book: Book, whose: str) -> Past:
    """Give what became of somebody's referrals.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> len(past_of(book, book.me).tries)
    0
    """
    rows = _own(book, whose)
    closed, moves = _closed(rows), _moves(book, rows)
    return Past(rows, moves, _tries(book, rows, closed), _steps(rows, closed, moves))


def follow_ups(book: Book, whose: str, past: Past | None = None) -> dict[str, float]:
    """Count how often somebody followed a referral up, and how often it moved then.

    A follow-up is a call, meeting, e-mail, one-to-one or introduction whose ``about`` names a
    referral of theirs, given or received, that was neither won nor lost; or that they decided so
    in the list of today. It moved if the referral was contacted, met or won within 14 days; it is
    too early to say of one of the last 14 days. Where they speak to the prospect themselves, the
    first contact is all they write down of it: one later than 7 days, and without a follow-up,
    counts from the day of the first follow-up on. Many would have moved anyway
    (:func:`moves_anyway`).

    Returns
    -------
    dict
        ``tries``, of these ``moved``, and ``anyway``, how many were expected to without;
        ``contacted``, the late first contacts of referrals that they received, and
        ``contacted_anyway``.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> list(follow_ups(book, book.me).values())
    [0, 0, 0.0, 0, 0.0]
    """
    rows, moves, tries, steps = past or past_of(book, whose)
    both = tries.merge(moves, on="id")
    both = both[(both["moved"] - both["tried"]).dt.days.between(0, ANSWER_DAYS)]
    keys = ["id", "tried"]
    helped = pd.MultiIndex.from_frame(tries).isin(pd.MultiIndex.from_frame(both[keys]))
    old = book.days_since(tries["tried"]) > ANSWER_DAYS  # else only success is known
    first = moves[is_one_of(moves["id"], rows.index[rows["receiver"] == whose])].merge(
        rows["date"], left_on="id", right_index=True
    )
    late = (first["moved"] - first["date"]).dt.days > WAIT_DAYS
    late &= (first["status"] == "contacted") & (first["moved"] >= tries["tried"].min())
    by_call = first.set_index(["id", "moved"]).index.isin(both.set_index(["id", "moved"]).index)
    contacts = first.loc[late & ~by_call, ["id", "moved"]].set_axis(keys, axis=1)
    spells = _spells(book, steps, pd.concat([tries, contacts]))
    anyway, by_contact = (_expected(spells, each) for each in (tries[old], contacts))
    return {
        "tries": int(old.sum()),
        "moved": int((helped & old).sum()),
        "anyway": round(float(anyway.sum()), 6),
        "contacted": len(contacts),
        "contacted_anyway": round(float(by_contact.sum()), 6),
    }


def share_helped(book: Book, whose: str, past: Past | None = None) -> tuple[float, float]:
    r"""Give the share of follow-ups that helped, of those where there was something to help.

    Of :math:`n` follow-ups :math:`k` moved, and :math:`a` were expected to anyway:

    .. math:: \frac{k - a + 2}{n - a + 2}

    held between 0 and 1, as if two before them had helped. So they count for much until the book
    says otherwise: whoever thought little of them at first would never try, and never know.

    Returns
    -------
    asked, contacted : float
        Where somebody else is asked, and where they get in touch with the prospect, of which
        late first contacts are follow-ups that moved something too.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> share_helped(book, book.me)
    (1.0, 1.0)
    """
    found = follow_ups(book, whose, past)
    shares = []
    for more, more_anyway in ((0.0, 0.0), (found["contacted"], found["contacted_anyway"])):
        anyway = found["anyway"] + more_anyway
        beyond = found["moved"] + more - anyway + _FOLLOWED
        shares.append(beyond / (found["tries"] + more - anyway + _FOLLOWED))
    asked, contacted = (min(max(share, 0.0), 1.0) for share in shares)
    return asked, contacted


def moves_anyway(
    book: Book,
    whose: str,
    status: Iterable[str],
    quiet: Iterable[float],
    past: Past | None = None,
) -> NDArray[np.float64]:
    """Give the chance that a referral moves within 14 days though nobody follows it up.

    It is the share of those of this book, that stood at the same status and had not moved for as
    many days, which moved in the 14 days after; those that were followed up count until then.
    One more that did not move is added, so that nothing is expected of what was never seen.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    whose : str
        Of which referrals, given or received.
    status : iterable of str
        Where each stands.
    quiet : iterable of float
        Days for which it has not moved.
    past : Past, optional
        Of the same two (:func:`past_of`), where it is known.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> moves_anyway(book, book.me, ["given"], [3000]).tolist()
    [0.0]
    """
    past = past or past_of(book, whose)
    return _shares(_spells(book, past.steps, past.tries), status, quiet)


def _own(book: Book, whose: str) -> pd.DataFrame:
    """Give the dated referrals of one person by their id."""
    rows = book.history[["date", "giver", "receiver", "status", "status_date", "id"]]
    rows = rows[(rows["giver"] == whose) | (rows["receiver"] == whose)]
    return rows[rows["date"].notna() & (rows["id"] != "")].drop_duplicates("id").set_index("id")


def _tries(book: Book, rows: pd.DataFrame, closed: pd.Series) -> pd.DataFrame:
    """Give on which day each referral was followed up, before it was closed."""
    touches = book.touches
    calls = touches["kind"].isin(FOLLOWING)
    calls |= (touches["kind"] == "decision") & (touches["note"] == FOLLOWED_UP)
    tries = touches.loc[calls & is_one_of(touches["about"], rows.index), ["about", "date"]]
    tries = tries.drop_duplicates().set_axis(["id", "tried"], axis=1)
    return tries[~(tries["tried"] > closed.reindex(tries["id"]).to_numpy())]


def _closed(rows: pd.DataFrame) -> pd.Series:
    """Give the day on which each was won or lost; where none is told, its first."""
    over = rows["status"].isin(RESOLVED)
    closed = rows["status_date"].where(over)
    return closed.mask(over & closed.isna(), rows["date"])


def _moves(book: Book, rows: pd.DataFrame) -> pd.DataFrame:
    """Give on which day each referral took which step forward."""
    now = rows.reset_index()[["id", "status_date", "status"]]
    own = {*listed(rows.index)}
    told = pd.DataFrame(
        [
            each
            for each in book.status_changes
            if each[2] in _MOVED and each[1] in own and each[0] is not None
        ],
        columns=["moved", "id", "status"],
    )
    now = now.rename(columns={"status_date": "moved"})[["moved", "id", "status"]]
    told["moved"] = told["moved"].astype("datetime64[s]")
    moves = pd.concat([told, now], ignore_index=True) if len(told) else now
    moves = moves[moves["status"].isin(_MOVED) & moves["moved"].notna()]
    return moves.drop_duplicates()


def _steps(rows: pd.DataFrame, closed: pd.Series, moves: pd.DataFrame) -> pd.DataFrame:
    """Give when each referral came to each status, and when it moved on, or was lost."""
    given = rows.reset_index()[["id", "date"]].assign(status="given", place=np.arange(len(rows)))
    later = moves.assign(place=rows.index.get_indexer(pd.Index(moves["id"])))
    steps = pd.concat([given, later.rename(columns={"moved": "date"})], ignore_index=True)
    order = steps["status"].map({name: at for at, name in enumerate(("given", *_MOVED))})
    steps = steps.assign(order=order).sort_values(["place", "date", "order"], kind="stable")
    after = steps.groupby("place")["date"].shift(-1)
    lost = closed.where(rows["status"] == "lost").to_numpy()[steps["place"].to_numpy()]
    return steps.assign(after=after, lost=lost)


def _spells(book: Book, steps: pd.DataFrame, tries: pd.DataFrame) -> pd.DataFrame:
    """Give how long each referral stood at each status.

    ``moved`` counts the days until it moved, ``watched`` those until it was followed up, or is
    looked at; one that was lost never moved, however long it is watched.
    """
    after = steps["after"]
    some = steps.loc[is_one_of(steps["id"], tries["id"]), ["id", "date"]]
    both = tries.merge(some.assign(step=some.index), on="id")
    first = both[both["tried"] >= both["date"]].groupby("step")["tried"].min()
    tried = first.reindex(steps.index).astype("datetime64[s]")
    tried = tried.mask(tried > after)
    moved = (after - steps["date"]).dt.days.where(tried.isna())
    until = tried.fillna(pd.Timestamp(book.today))
    watched = (until - steps["date"]).dt.days.mask(
        steps["lost"].notna() & after.isna() & tried.isna(), _LONG
    )
    told = steps.assign(moved=moved, watched=watched)
    return told[told["status"].isin(("given", *_MOVED[:-1]))]


def _expected(spells: pd.DataFrame, tries: pd.DataFrame) -> NDArray[np.float64]:
    """Give for each follow-up the chance that its referral would have moved anyway."""
    before = tries.reset_index(drop=True).reset_index(names="at").merge(spells, on="id")
    before = before[before["tried"] >= before["date"]].sort_values(
        ["at", "date", "order"], kind="stable"
    )
    # of a step on the very day it is not told which came first: the follow-up
    earlier = before[(before["tried"] > before["date"]) | (before["status"] == "given")]
    last = earlier.drop_duplicates("at", keep="last")
    return _shares(spells, last["status"], (last["tried"] - last["date"]).dt.days)


def _shares(
    spells: pd.DataFrame, status: Iterable[str], quiet: Iterable[float]
) -> NDArray[np.float64]:
    names, days = np.asarray(status, dtype=object), np.asarray(quiet, dtype=float)
    found = np.zeros(len(names))
    for name in sorted({*names.tolist()}):
        some = spells[spells["status"] == name]
        moved = np.sort(some["moved"].dropna().to_numpy())
        still = np.sort(some.loc[some["moved"].isna(), "watched"].to_numpy())
        asked = days[names == name]
        start, end = asked, asked + ANSWER_DAYS
        soon = np.searchsorted(moved, end, "right") - np.searchsorted(moved, start, "left")
        later = len(moved) - np.searchsorted(moved, end, "right")
        unmoved = len(still) - np.searchsorted(still, end, "right")
        found[names == name] = soon / (soon + later + unmoved + 1)
    return found
