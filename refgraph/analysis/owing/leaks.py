"""What leaks: referrals nobody followed up, and thanks not yet said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.book import frames, professional_limits
from refgraph.schema.columns import MEMBERS

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = [
    "FOLLOWING",
    "QUIET_DAYS",
    "RESOLVED",
    "first_thanks",
    "is_any_moved",
    "is_tracked",
    "number_unresolved",
    "tells_any_outcome",
    "tells_outcomes",
    "thanks_due",
    "under_way",
    "unresolved",
]

#: Touches in which a referral is followed up: with who has it, or with the prospect.
FOLLOWING = ("call", "meeting", "email", "one-to-one", "introduction")

QUIET_DAYS = 30
_TRACKED = 0.05  # share of referrals of which something later is known
#: What needs no follow-up any more.
RESOLVED = ("won", "lost")
_NEEDED = ("date", *MEMBERS["referrals"], "status", "status_date")


def is_any_moved(rows: pd.DataFrame) -> bool:
    """Tell whether an outcome is known of some referral: a status after ``given``.

    Examples
    --------
    >>> from refgraph import Book
    >>> is_any_moved(Book.sample().referrals)
    True
    """
    return bool((rows["status"] != "given").any())


def tells_any_outcome(book: Book) -> bool:
    """Tell whether an outcome is known of some referral of the window.

    Examples
    --------
    >>> from refgraph import Book
    >>> tells_any_outcome(Book.sample())
    True
    """
    return is_any_moved(book.select("status"))


def is_tracked(rows: pd.DataFrame) -> bool:
    """Tell whether a record says what becomes of referrals: of one in twenty, at the least.

    Where it hardly ever does, a referral without news says nothing but that none was written.

    Examples
    --------
    >>> import pandas as pd
    >>> [is_tracked(pd.DataFrame({"status": ["won"] + ["given"] * n})) for n in (19, 20)]
    [True, False]
    """
    return bool(len(rows)) and float((rows["status"] != "given").mean()) >= _TRACKED


def tells_outcomes(book: Book) -> bool:
    """Tell whether the window says what becomes of referrals, even if it is hidden.

    Examples
    --------
    >>> from refgraph import Book
    >>> tells_outcomes(Book.sample())
    True
    """
    return is_tracked(professional_limits.as_written(book, "status"))


def under_way(
    book: Book,
    person: str | None = None,
    *,
    as_written: bool = False,
    columns: tuple[str, ...] | None = None,
) -> pd.DataFrame:
    """Referrals of one person that are neither won nor lost, with the days since any news.

    Parameters
    ----------
    book : Book
        Its window chooses the rows. Undated rows are left out.
    person : str, optional
        Whose; the book's me if not given. Without either, everybody's.
    as_written : bool, default False
        Whether what the book's profession hides is there too, to tell something else of it.
    columns : tuple of str, optional
        Which columns of ``book.history`` are wanted, beside those it goes by; all if not given.

    Returns
    -------
    pandas.DataFrame
        The columns of ``book.history``, in its order, and ``days_quiet``: since the newest
        status, contact about it (a touch whose ``about`` names it) or, without any, since it
        was given; ``contacted``, whether there was such a contact, or a status after ``given``.

    Examples
    --------
    >>> from refgraph import Book
    >>> under_way(Book.sample())["status"].isin(["won", "lost"]).any()
    np.False_
    """
    whose = book.whose(person)
    touches = professional_limits.touches_as_written(book)
    about = touches[(touches["about"] != "") & touches["kind"].isin(FOLLOWING)]
    ids = ("id",) if len(about) else ()  # they take long to make
    wanted = [] if columns is None else [*dict.fromkeys((*columns, *_NEEDED, *ids))]
    if as_written:
        rows = professional_limits.as_written(book, *wanted)
    else:
        rows = book.select(*wanted) if wanted else book.referrals
    chosen = ~rows["status"].isin(RESOLVED) & rows["date"].notna()
    if whose is not None:
        chosen &= (rows["giver"] == whose) | (rows["receiver"] == whose)
    rows = rows[chosen]
    spoken = pd.Series(np.datetime64("NaT", "s"), rows.index)
    if len(about):
        last = about.groupby("about")["date"].max().reindex(rows["id"])
        spoken = pd.Series(last.to_numpy(), rows.index).astype("datetime64[s]")
    newest = rows["status_date"].fillna(rows["date"])
    newest = newest.where(~(spoken > newest), spoken)
    return rows.assign(
        days_quiet=book.days_since(newest).astype(np.int64),
        contacted=(rows["status"] != "given") | spoken.notna(),
    )


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
        ``status``, ``days_quiet`` (see :func:`under_way`).
        With the profile ``health`` one row for each day and two people, not who gave it to
        whom: ``date``, ``person``, ``other``, ``status``, ``days_quiet``.

    Examples
    --------
    >>> from refgraph import Book
    >>> bool((unresolved(Book.sample())["days_quiet"] > 30).all())
    True
    """
    told = ("date", "giver", "receiver", "prospect", "status")
    rows = under_way(book, person, as_written=True, columns=told)
    table = rows[[*told, "days_quiet"]]
    table = table[table["days_quiet"] > days]
    if professional_limits.withheld(book):
        table = _undirected(table, book.whose(person))
    return table.sort_values("days_quiet", ascending=False, kind="stable", ignore_index=True)


def number_unresolved(book: Book, person: str | None = None, *, days: int = QUIET_DAYS) -> int:
    """Count the referrals that :func:`unresolved` lists; a row may stand for several.

    Examples
    --------
    >>> from datetime import date
    >>> from refgraph import Book
    >>> row = {"date": ["2026-01-05"], "giver": ["Ann"], "receiver": ["Bo"], "count": [3]}
    >>> book = Book.from_frames(pd.DataFrame(row), today=date(2026, 3, 1))
    >>> number_unresolved(book), len(unresolved(book))
    (3, 1)
    """
    rows = under_way(book, person, as_written=True, columns=("date", "count"))
    return int(rows.loc[rows["days_quiet"] > days, "count"].sum())


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
    later, thanks for everything they gave up to then, or, where ``about`` names
    a referral, for that one.

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
    me = book.asked(None, "Whom to thank")
    thanked = frames.last_days(book.touches[book.touches["kind"] == "thanks"])
    hidden = bool(professional_limits.withheld(book))
    rows = professional_limits.as_written(book.window() if hidden else book)
    rows = rows[(rows["receiver"] == me) & rows["date"].notna()]
    told = pd.DataFrame({"person": rows["giver"], "id": rows["id"], "since": rows["date"]})
    unthanked = first_thanks(book, told).isna()
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


def first_thanks(book: Book, told: pd.DataFrame) -> pd.Series:
    """Find the first thanks for each reason to thank: on its day or later.

    A touch of kind ``thanks`` is for all that its people gave up to then; where ``about`` names
    a referral, for that one.

    Parameters
    ----------
    book : Book
        All its touches are used.
    told : DataFrame
        Columns ``person`` (the giver), ``id`` (of the referral) and ``since`` (a day).

    Returns
    -------
    pandas.Series
        The day of the thanks, NaT without any, by the index of `told`.

    Examples
    --------
    >>> from refgraph import Book
    >>> said = {"person": ["Nobody"], "id": [""], "since": ["2026-01-01"]}
    >>> first_thanks(Book.sample(), pd.DataFrame(said)).isna().tolist()
    [True]
    """
    touches = professional_limits.touches_as_written(book)
    touches = touches[touches["kind"] == "thanks"]
    some = touches["about"] != ""
    members = [
        touches.loc[~some, [end, "date"]].set_axis(["key", "said"], axis=1)
        for end in MEMBERS["touches"]
    ]
    to_people = pd.concat(members)
    of_one = touches.loc[some, ["about", "date"]].set_axis(["key", "said"], axis=1)
    days = [
        _next_day(told[by], told["since"], said[said["key"] != ""])
        for by, said in (("person", to_people), ("id", of_one))
    ]
    return pd.concat(days, axis=1).min(axis=1).astype("datetime64[s]")


def _next_day(keys: pd.Series, since: pd.Series, said: pd.DataFrame) -> pd.Series:
    """Give the first day of each key in `said` that is `since` or later."""
    asked = pd.DataFrame({"key": keys.astype("str"), "since": since.astype("datetime64[s]")})
    asked = asked.sort_values("since", kind="stable")
    said = said.astype({"key": "str", "said": "datetime64[s]"}).sort_values("said", kind="stable")
    found = pd.merge_asof(
        asked, said, left_on="since", right_on="said", by="key", direction="forward"
    )
    return found["said"].set_axis(asked.index).reindex(keys.index)
