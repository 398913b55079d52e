"""What the lead of a chapter may do today: welcome who is new, bring members together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.owing import owe
from refgraph.analysis.suggesting import introductions
from refgraph.analysis.tending import agreed, set_aside
from refgraph.analysis.tending.because import NEVER
from refgraph.analysis.tending.worth import fading
from refgraph.book import professional_limits
from refgraph.schema.values import LEADING, PLANNED

if TYPE_CHECKING:
    from collections.abc import Callable

    from refgraph.book.book import Book

__all__ = ["lines"]

#: Days for which somebody is new, or may go without a gift or a one-to-one.
NEW_DAYS = GIFT_DAYS = 90
TALK_DAYS = 180
_KEPT = ("client", "partner", "")  # roles of members: prospects and vendors are none


def lines(book: Book) -> pd.DataFrame:
    """Give the lines of a lead: newcomers, members without a one-to-one, and without a gift.

    Parameters
    ----------
    book : Book
        A book without a me; the whole record is used.

    Returns
    -------
    pandas.DataFrame
        ``lane`` (``welcome``, ``one-to-one``, ``give again``), ``person``, ``reason``, ``days``
        (since they came, or last did so; 9,999 for never), ``chance``, ``week``, ``other`` (with
        whom a one-to-one would be), ``word`` (what one of the two needs).

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> list(lines(book.altered(me=None)))[:3]
    ['lane', 'person', 'reason']
    """
    people = book.people
    members = people.index[people["role"].isin(_KEPT) & owe.may_be_owed(book)]
    since = _since(book)
    finders: dict[str, Callable[[Book, pd.Index[str], pd.Series[float]], pd.DataFrame]]
    finders = dict(zip(LEADING[1:], (_newcomers, _without_talk, _without_gift), strict=True))
    if professional_limits.withheld(book):  # where it is not told who gives
        del finders[LEADING[-1]]
    found = [find(book, members, since).assign(lane=lane) for lane, find in finders.items()]
    columns = ["lane", "person", "reason", "days", "chance", "week", "other", "word"]
    aside = set_aside.snoozed(book) | set_aside.decided(book)[0]
    blank = {"other": "", "word": ""}
    told = [part.assign(**{k: v for k, v in blank.items() if k not in part}) for part in found]
    table = pd.concat([part[columns] for part in told], ignore_index=True)
    return table[~table["person"].isin(aside)]


def _since(book: Book) -> pd.Series[float]:
    """Days since somebody came: as people.csv says, or since the first row that names them."""
    rows = book.window().select("date", "giver", "receiver")
    first = (
        pd.concat([rows.groupby(end)["date"].min() for end in ("giver", "receiver")])
        .groupby(level=0)
        .min()
    )
    begun = rows["date"].min()  # who is in the first days of the record may be there for long
    first = first[first > begun + np.timedelta64(NEW_DAYS, "D")]
    came = book.people["since"].fillna(first.reindex(book.people.index))
    return pd.Series(book.days_since(came), index=book.people.index)


def _newcomers(book: Book, members: pd.Index[str], since: pd.Series[float]) -> pd.DataFrame:
    """Name who came in the last 90 days."""
    del book
    days = since.reindex(members)
    days = days[days <= NEW_DAYS]
    return pd.DataFrame({"person": days.index, "days": days.to_numpy()}).assign(
        reason="new", chance=1.0, week=fading(days.to_numpy(), 30)
    )


def _without_talk(book: Book, members: pd.Index[str], since: pd.Series[float]) -> pd.DataFrame:
    """Name who had no one-to-one in 180 days, and with whom it would be."""
    del since
    touches = book.touches
    talks = touches[touches["kind"] == PLANNED]
    talks = talks.assign(date=talks["until"].fillna(talks["date"]))  # planned, or held
    over = talks["until"] + np.timedelta64(7 * agreed.WEEKS, "D") <= np.datetime64(book.today, "s")
    talks = talks[~over]
    last = pd.concat([talks.set_index(end)["date"] for end in ("person", "with")])
    days = _days(book, last.groupby(level=0).max(), members)
    days = days[days > TALK_DAYS]
    found: dict[str, tuple[str, str]] = {}
    for one in introductions.possible(book, most=1):
        found.setdefault(one.needs, (one.offers, one.word))
        found.setdefault(one.offers, (one.needs, one.word))
    table = pd.DataFrame({"person": days.index, "days": days.to_numpy()})
    table = table[table["person"].isin([*found])]
    return table.assign(
        reason="no one-to-one",
        chance=0.5,
        week=fading(np.minimum(table["days"].to_numpy() - TALK_DAYS, 365), TALK_DAYS),
        other=[found[name][0] for name in table["person"]],
        word=[found[name][1] for name in table["person"]],
    )


def _without_gift(book: Book, members: pd.Index[str], since: pd.Series[float]) -> pd.DataFrame:
    """Name who gave no referral in 90 days, and is no newcomer."""
    rows = book.window().select("date", "giver")
    days = _days(book, rows.groupby("giver")["date"].max(), members)
    days = days[(days > GIFT_DAYS) & ~(since.reindex(members) <= NEW_DAYS)]
    return pd.DataFrame({"person": days.index, "days": days.to_numpy()}).assign(
        reason="no gift",
        chance=0.5,
        week=fading(np.minimum(days.to_numpy() - GIFT_DAYS, 365), GIFT_DAYS),
    )


def _days(book: Book, last: pd.Series[float], members: pd.Index[str]) -> pd.Series[float]:
    """Days since the last one of each member; of who had none, very many."""
    found = pd.Series(book.days_since(last.reindex(members)), index=members)
    return found.fillna(float(NEVER))
