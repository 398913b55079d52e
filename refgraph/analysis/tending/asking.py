"""When one may ask somebody for a referral, if at all: just after they are glad."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.owing.owe import may_be_owed
from refgraph.analysis.statistics import share_interval
from refgraph.book import frames, professional_limits
from refgraph.schema.among_texts import is_one_of, listed

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = [
    "COLUMNS",
    "MOMENT_DAYS",
    "REST_DAYS",
    "WAIT_DAYS",
    "asked",
    "conversion",
    "moments",
    "open_concerns",
    "outcomes",
]

#: Days within which a moment has not passed.
MOMENT_DAYS = 7
#: Days after an ask in which the same person is not asked again: six months.
REST_DAYS = 183
#: Days in which it is too early to say that an ask led to nothing.
WAIT_DAYS = 90
COLUMNS = ("person", "reason", "date", "days", "about")


def moments(book: Book, days: int = MOMENT_DAYS) -> pd.DataFrame:
    """List the moments in which I may ask somebody whom they know.

    A moment is a touch of kind ``they-thanked-me``, or a referral that was won and is of
    somebody in the book: their matter closed well. Nobody is asked twice in six months, nor who
    asked not to be (a touch of kind ``ask`` whose ``until`` is to come), nor with a concern open
    between us (a touch of kind ``concern``, and no ``resolved`` on the same day or later), nor
    where ``refgraph.toml`` says ``accepting = false``, nor who is marked ``do_not_refer``, a
    vendor or other. In a book of health nobody is.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    days : int, default 7
        How long a moment lasts; today is day 0.

    Returns
    -------
    pandas.DataFrame
        One row a person, the newest moment first, then by name: ``person``, ``reason``
        (``thanked`` or ``closed``; of two on one day ``thanked``), ``date``, ``days`` since
        then, ``about`` (the id of the referral it is about, or nothing).

    Raises
    ------
    NoMeError
        The book has no me.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(moments(Book.sample()))
    ['person', 'reason', 'date', 'days', 'about']
    """
    me = book.asked(None, "Whom to ask")
    found = pd.concat([_thanked(book), _closed(book, me)], ignore_index=True)
    found["days"] = book.days_since(found["date"])
    if professional_limits.withheld(book) or not book.settings.accepting:
        found = found.iloc[:0]
    found = found[found["days"].between(0, days)]
    found = found[is_one_of(found["person"], _welcome(book, me))]
    found = found.astype({"days": np.int64, "date": "datetime64[s]"})
    keys = ["days", "person", "reason", "about"]
    found = found.sort_values(keys, ascending=[True, True, False, True], kind="stable")
    found = found.drop_duplicates("person", ignore_index=True)
    return professional_limits.beside(book, found[list(COLUMNS)])


def _thanked(book: Book) -> pd.DataFrame:
    touches = book.touches
    found = touches[touches["kind"] == "they-thanked-me"]
    return found[["person", "date", "about"]].assign(reason="thanked")


def _closed(book: Book, me: str) -> pd.DataFrame:
    """Whose matter closed well: the prospects of won referrals to me, and when that was."""
    rows = book.history[["receiver", "prospect", "status", "status_date", "id"]]
    rows = rows[(rows["status"] == "won") & (rows["receiver"] == me) & rows["status_date"].notna()]
    told = {"person": rows["prospect"], "date": rows["status_date"], "about": rows["id"]}
    return pd.DataFrame(told).assign(reason="closed")


def _welcome(book: Book, me: str) -> set[str]:
    """Who may be asked at all, at any moment."""
    people, touches = book.people, book.touches
    chosen = may_be_owed(book) & ~people["do_not_refer"].to_numpy()
    welcome = {*listed(people.index[chosen])} - {me}
    asks = touches[touches["kind"] == "ask"]
    recent = (book.days_since(asks["date"]) < REST_DAYS) & asks["until"].isna()
    spared = asks[recent | (asks["until"] > np.datetime64(book.today, "s"))]
    return welcome - {*spared["person"], *spared["with"]} - open_concerns(book)


def open_concerns(book: Book) -> set[str]:
    """With whom something is open: a concern, and nothing resolved since.

    Examples
    --------
    >>> from refgraph import Book
    >>> open_concerns(Book.sample())
    set()
    """
    touches = book.touches
    last = {
        kind: frames.last_days(touches[touches["kind"] == kind]) for kind in ("concern", "resolved")
    }
    both = pd.DataFrame(last)
    is_open = both["concern"].notna() & ~(both["resolved"] >= both["concern"])
    return {*map(str, both.index[is_open])}


def asked(book: Book) -> pd.DataFrame:
    """List whom I asked for a referral, and what it led to.

    An ask is a touch of kind ``ask``; several with one person on one day are one. It led to the
    referral that its ``about`` names. One without is ``waiting`` for 90 days: it has not failed.
    With an ``until`` it was none: they are not to be asked before that day.

    Parameters
    ----------
    book : Book
        As its me sees it (:func:`refgraph.analysis.tending.set_aside.seen_by`); the whole record
        is used, whatever the window.

    Returns
    -------
    pandas.DataFrame
        The newest first, then by name: ``person``, ``date``, ``days`` since then, ``outcome``
        (``led``, ``waiting`` or ``nothing``), ``id`` and ``status`` of the referral it led to.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(asked(Book.sample()))
    ['person', 'date', 'days', 'outcome', 'id', 'status']
    """
    rows = book.window().history
    asks = book.touches[(book.touches["kind"] == "ask") & book.touches["until"].isna()]
    table = asks.assign(id=asks["about"].where(is_one_of(asks["about"], rows["id"]), ""))
    table = table.sort_values(["date", "person", "id"], ascending=[False, True, False])
    table = table.drop_duplicates(["person", "date"], ignore_index=True)
    status = rows.drop_duplicates("id").set_index("id")["status"]
    days = book.days_since(table["date"]).astype(np.int64)
    outcome = np.select([table["id"] != "", days < WAIT_DAYS], ["led", "waiting"], "nothing")
    told = table.assign(
        days=days,
        outcome=pd.Series(outcome, index=table.index, dtype="str"),
        status=status.reindex(table["id"]).fillna("").to_numpy(),
    )
    told["status"] = told["status"].astype("str")
    return told[["person", "date", "days", "outcome", "id", "status"]]


def conversion(table: pd.DataFrame) -> dict[str, float]:
    """Give how many asks led to a referral, of those that are not still waiting.

    Parameters
    ----------
    table : DataFrame
        Of :func:`asked`.

    Returns
    -------
    dict
        ``asks``, ``waiting``, ``led``, ``won`` (of the referrals they led to), and ``share``,
        ``low``, ``high``: led / (asks - waiting) with its 95 % interval by Wilson's score test; NaN
        where that is of none.

    Examples
    --------
    >>> told = conversion(pd.DataFrame({"outcome": ["led", "nothing", "waiting"], "status": "won"}))
    >>> told["led"], told["asks"] - told["waiting"], round(told["low"], 3), round(told["high"], 3)
    (1, 2, 0.095, 0.905)
    """
    counts = table["outcome"].value_counts()
    led, waiting = int(counts.get("led", 0)), int(counts.get("waiting", 0))
    done = len(table) - waiting
    low, high = (float(end) for end in share_interval.wilson(led, done))
    won = int(((table["outcome"] == "led") & (table["status"] == "won")).sum())
    share = led / done if done else np.nan
    whole = {"asks": len(table), "waiting": waiting, "led": led, "won": won}
    return whole | {"share": share, "low": low, "high": high}


def outcomes(book: Book) -> dict[str, int]:
    """Count what asking led to: a referral that a touch of kind ``ask`` is about.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.

    Returns
    -------
    dict
        ``asks`` (see :func:`asked`) and ``led`` (of these, those about a referral).

    Examples
    --------
    >>> from refgraph import Book
    >>> outcomes(Book.sample())["led"]
    0
    """
    told = conversion(asked(book))
    return {"asks": int(told["asks"]), "led": int(told["led"])}
