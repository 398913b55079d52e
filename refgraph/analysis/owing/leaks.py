"""What leaks: referrals nobody followed up, and thanks not yet said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.book import professional_limits
from refgraph.errors import NoMeError

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = ["QUIET_DAYS", "thanks_due", "unresolved"]

QUIET_DAYS = 30
_RESOLVED = ("won", "lost")


def unresolved(book: Book, person: str | None = None, *, days: int = QUIET_DAYS) -> pd.DataFrame:
    """Referrals of one person that are neither won nor lost and have gone quiet.

    Parameters
    ----------
    book : Book
        Its window chooses the rows. Undated rows are left out.
    person : str, optional
        Whose; the book's me if not given. Without either, everybody's.
    days : int, default 30
        Days without a change of status after which a referral counts as quiet.

    Returns
    -------
    pandas.DataFrame
        Quiet longest first: ``date``, ``giver``, ``receiver``, ``prospect``,
        ``status``, ``days_quiet`` (since the newest status, else since it was given).
        With the profile ``health`` one row for each day and two people, not who gave it to
        whom: ``date``, ``person``, ``other``, ``status``, ``days_quiet``.

    Examples
    --------
    >>> from refgraph import Book
    >>> bool((unresolved(Book.sample())["days_quiet"] > 30).all())
    True
    """
    whose = book.whose(person)
    rows = professional_limits.as_written(book)
    chosen = ~rows["status"].isin(_RESOLVED) & rows["date"].notna()
    if whose is not None:
        chosen &= (rows["giver"] == whose) | (rows["receiver"] == whose)
    rows = rows[chosen]
    quiet = book.days_since(rows["status_date"].fillna(rows["date"]))
    table = rows[["date", "giver", "receiver", "prospect", "status"]].assign(days_quiet=quiet)
    table = table[table["days_quiet"] > days].astype({"days_quiet": np.int64})
    if professional_limits.withheld(book):
        table = _undirected(table, whose)
    return table.sort_values("days_quiet", ascending=False, kind="stable", ignore_index=True)


def _undirected(table: pd.DataFrame, whose: str | None) -> pd.DataFrame:
    """Fold what passed between two people on a day, whoever gave it."""
    giver, receiver = table["giver"], table["receiver"]
    second = giver < receiver if whose is None else receiver == whose
    told = table.assign(person=giver.where(second, receiver), other=receiver.where(second, giver))
    told = told[["date", "person", "other", "status", "days_quiet"]]
    told = told.sort_values(["date", "person", "other", "days_quiet", "status"], kind="stable")
    return told.drop_duplicates(["date", "person", "other"], keep="last")


def thanks_due(book: Book) -> pd.DataFrame:
    """People whose referral has not been thanked for since it arrived.

    A touch of kind ``thanks`` with the giver, on the day of the referral or
    later, thanks for everything they gave up to then.

    Parameters
    ----------
    book : Book
        Its window chooses which referrals ask for thanks.

    Returns
    -------
    pandas.DataFrame
        Newest referral first, then by name: ``person``, ``referrals`` not yet
        thanked for, ``since`` (the oldest of them), ``latest``, ``last_thanked``
        (NaT for never). Undated referrals are left out. With the profile ``health`` only
        ``person`` and ``last_thanked``, by name, whatever the window.

    Raises
    ------
    NoMeError
        The book has no me.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(thanks_due(Book.sample()))
    ['person', 'referrals', 'since', 'latest', 'last_thanked']
    """
    if book.me is None:
        question = "Whom to thank"
        raise NoMeError(question)
    thanked = book.touches[book.touches["kind"] == "thanks"].groupby("person")["date"].max()
    hidden = bool(professional_limits.withheld(book))
    rows = professional_limits.as_written(book.window() if hidden else book)
    rows = rows[(rows["receiver"] == book.me) & rows["date"].notna()]
    last = thanked.reindex(rows["giver"]).to_numpy().astype("datetime64[s]")
    unthanked = np.isnat(last) | (last < rows["date"].to_numpy())
    due = rows[unthanked].groupby("giver")
    table = pd.DataFrame(
        {"referrals": due["count"].sum(), "since": due["date"].min(), "latest": due["date"].max()}
    ).rename_axis("person")
    table["last_thanked"] = thanked.reindex(table.index).astype("datetime64[s]")
    if hidden:
        return table[["last_thanked"]].sort_index().reset_index()
    return table.reset_index().sort_values(
        ["latest", "person"], ascending=[False, True], kind="stable", ignore_index=True
    )
