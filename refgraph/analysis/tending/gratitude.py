"""Thanks for each referral: when they are due, whether they were late, or never said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.owing import leaks
from refgraph.book import professional_limits
from refgraph.book.arrival import arrivals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = [
    "COLUMNS",
    "DAYS",
    "NEVER_DAYS",
    "age_of",
    "days_to_thanks",
    "due",
    "prospects_of",
    "unordered",
    "until_thanks",
]

COLUMNS = ("person", "id", "reason", "since", "due", "days", "said", "state")
#: What asks for thanks, and within how many days.
DAYS = {"receipt": 2, "meeting": 7, "close": 7, "year": 7}
#: Days after which thanks that were not said count as never said; an anniversary is let go.
NEVER_DAYS = 30


def due(book: Book) -> pd.DataFrame:
    """List what I have to thank for, what of it I did, and how late.

    A referral to me asks for thanks within 2 days of its receipt; within 7 days of the first
    meeting (while ``met`` is its newest status); within 7 days of being won; and a won one once
    more within 7 days of the day a year after its receipt, which 30 days later is let go.
    A touch of kind ``thanks`` with the giver, on that day or later, says them: for all that they
    gave up to then, or, where ``about`` names a referral, for that one. Of reasons that nothing
    has answered only the newest of each referral is listed, for one word answers them all; and the
    year beside it, which stands for no thanks that were never given.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals. Undated ones are left out.

    Returns
    -------
    pandas.DataFrame
        What is still to be said first, the newest reason first, then as they came into the record:
        ``person`` (the giver), ``id`` of the referral, ``reason`` (``receipt``, ``meeting``,
        ``close``, ``year``), ``since`` (the day of the reason), ``due``, ``days`` from
        ``since`` to the thanks, or to today, ``said`` (the day of the thanks, or NaT), ``state``:
        ``due``, ``late`` (not said, and past its day), ``never`` (not said for over 30 days) or
        ``said``. With the
        profile ``health`` one row for each person of
        :func:`refgraph.analysis.owing.leaks.thanks_due`, since the newest day on which a referral
        passed between us.

    Raises
    ------
    NoMeError
        The book has no me.

    Examples
    --------
    >>> from refgraph import Book
    >>> table = due(Book.sample())
    >>> sorted(set(table["state"]))
    ['late', 'never', 'said']
    >>> bool(table.loc[table["state"] == "said", "said"].notna().all())
    True
    """
    return _in_order(book, unordered(book))


def unordered(book: Book) -> pd.DataFrame:
    """Give what :func:`due` lists, in no order that it says: of a large book sorting takes long.

    Examples
    --------
    >>> from refgraph import Book
    >>> len(unordered(Book.sample())) == len(due(Book.sample()))
    True
    """
    me = book.asked(None, "Whom to thank")
    if professional_limits.withheld(book):
        return _withheld(book, me)
    rows = book.select("giver", "receiver", "date", "status", "status_date", "id")
    rows = rows[(rows["receiver"] == me) & rows["date"].notna()]
    today = np.datetime64(book.today, "s")
    parts = [
        pd.DataFrame({"row": rows.index, "reason": reason, "since": since})
        for reason, since in _reasons(rows).items()
    ]
    table = pd.concat(parts, ignore_index=True).astype({"since": "datetime64[s]"})
    table = table[table["since"] <= today]
    who = rows.loc[table["row"], ["giver", "id"]].set_axis(table.index)
    table = table.assign(person=who["giver"], id=who["id"])
    table["said"] = leaks.first_thanks(book, table)
    table["due"] = table["since"] + pd.to_timedelta(table["reason"].map(DAYS), unit="D")
    until = table["said"].fillna(pd.Timestamp(today))
    table["days"] = (until - table["since"]).dt.days.astype(np.int64)
    table["state"] = _states(table, today)
    table = table[(table["state"] != "never") | (table["reason"] != "year")]
    # an anniversary is one more day to say so, and stands for no thanks that were never given
    open_rows = table[table["said"].isna() & (table["reason"] != "year")]
    open_rows = open_rows.sort_values("since", kind="stable")
    answered_by_one = open_rows.index[open_rows.duplicated("row", keep="last")]
    return table.drop(index=answered_by_one)


def prospects_of(book: Book, ids: pd.Series) -> NDArray[np.object_]:
    """Give the prospect of each referral, and nothing where a row is of none.

    Examples
    --------
    >>> import pandas as pd
    >>> from refgraph import Book
    >>> prospects_of(Book.sample(), pd.Series(["none"])).tolist()
    ['']
    """
    told = book.select("id", "prospect").drop_duplicates("id").set_index("id")["prospect"]
    return told.reindex(ids).fillna("").to_numpy()


def age_of(book: Book, identity: str) -> float:
    """Count the days since a referral was made; NaN where there is none of that id.

    Examples
    --------
    >>> from refgraph import Book
    >>> age_of(Book.sample(), "none")
    nan
    """
    rows = book.history
    days = book.days_since(rows.loc[rows["id"] == identity, "date"])
    return float(days[0]) if len(days) else float("nan")


def until_thanks(book: Book) -> dict[str, float]:
    """Count the days from each receipt to its thanks, of the referrals that were thanked for.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals. Undated ones are left out.

    Returns
    -------
    dict
        ``thanked`` (referrals), ``median`` and ``worst`` (days; NaN if none was thanked for),
        ``late`` (of these, thanked for after more than 2 days), ``never`` (not thanked for
        within 30 days, and not since).

    Raises
    ------
    NoMeError
        The book has no me.

    Examples
    --------
    >>> from refgraph import Book
    >>> until_thanks(Book.sample())["worst"] >= until_thanks(Book.sample())["median"]
    True
    """
    me = book.asked(None, "Whom to thank")
    rows = book.referrals
    rows = rows[(rows["receiver"] == me) & rows["date"].notna()]
    if professional_limits.withheld(book):
        rows = rows.iloc[:0]
    days = days_to_thanks(book, rows)
    known = days.dropna()
    age = book.days_since(rows["date"])
    return {
        "thanked": len(known),
        "median": float(known.median()) if len(known) else np.nan,
        "worst": float(known.max()) if len(known) else np.nan,
        "late": int((known > DAYS["receipt"]).sum()),
        "never": int((days.isna().to_numpy() & (age > NEVER_DAYS)).sum()),
    }


def days_to_thanks(book: Book, rows: pd.DataFrame) -> pd.Series[float]:
    """Count the days from each referral received to the first thanks since; NaN without any.

    Parameters
    ----------
    book : Book
        All its touches are used.
    rows : DataFrame
        Referrals received: columns ``giver``, ``id`` and ``date``.

    Returns
    -------
    pandas.Series
        By the index of `rows`.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> days = days_to_thanks(book, book.history[book.history["receiver"] == book.me])
    >>> int(days.count()) == until_thanks(book)["thanked"]
    True
    """
    told = rows[["giver", "id", "date"]].set_axis(["person", "id", "since"], axis=1)
    return (leaks.first_thanks(book, told) - told["since"]).dt.days.astype(float)


def _reasons(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Since when each referral gives each reason to thank; NaT where it gives none."""
    moved, status = rows["status_date"], rows["status"]
    won = status == "won"
    return {
        "receipt": rows["date"],
        "meeting": moved.where(status == "met"),
        "close": moved.where(won),
        "year": (rows["date"] + pd.DateOffset(years=1)).where(won),
    }


def _states(table: pd.DataFrame, today: np.datetime64) -> NDArray[np.str_]:
    still, over = table["said"].isna(), table["due"] < today
    gone = table["days"] > NEVER_DAYS
    return np.select([~still, gone, over], ["said", "never", "late"], "due")


def _in_order(book: Book, table: pd.DataFrame) -> pd.DataFrame:
    came = arrivals(book)[book.places(table["person"])]
    order = table.assign(said_last=table["said"].notna(), came=came)
    keys = ["said_last", "since", "came", "row", "reason"]
    rising = [True, False, True, True, True]
    order = order.sort_values(keys, ascending=rising, kind="stable", ignore_index=True)
    kinds = dict.fromkeys(("person", "id", "reason", "state"), "str")
    days = dict.fromkeys(("since", "due", "said"), "datetime64[s]")
    return order[list(COLUMNS)].astype(kinds | days)


def _withheld(book: Book, me: str) -> pd.DataFrame:
    """Name who is still to be thanked, where it is not told for what."""
    people = leaks.thanks_due(book)["person"]
    rows = book.window().history  # between whom and when, whoever gave it
    newest = rows[rows["receiver"] == me].groupby("giver")["date"].max().reindex(people)
    since = pd.Series(newest.to_numpy(), people.index).astype("datetime64[s]")
    days = pd.Series(book.days_since(since), people.index)
    until = since + pd.to_timedelta(DAYS["receipt"], unit="D")
    told = pd.DataFrame({"person": people, "id": "", "row": 0, "reason": "receipt", "since": since})
    told = told.assign(due=until, days=days.astype(np.int64), said=np.datetime64("NaT", "s"))
    told["state"] = _states(told, np.datetime64(book.today, "s"))
    return told
