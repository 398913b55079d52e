"""Referrals under way, in both directions: how old, how introduced, and how many leak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.owing.leaks import QUIET_DAYS, RESOLVED, under_way
from refgraph.analysis.statistics import share_interval
from refgraph.analysis.statistics.integers import nullable
from refgraph.book import frames, professional_limits
from refgraph.schema.among_texts import is_one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.book.book import Book

__all__ = [
    "COLUMNS",
    "ENOUGH",
    "STALE_DAYS",
    "close_rate",
    "closing",
    "leak_rate",
    "mentions",
    "raised_first",
    "rank",
    "unordered",
]

#: Days without any news after which a referral under way counts as stale.
STALE_DAYS = 90
#: Closed referrals of a handoff from which on it is compared with another one.
ENOUGH = 5
_RAISING = ("brings", "brings_low", "brings_high")
COLUMNS = (
    *("id", "person", "direction", "status", "age_days", "handoff"),
    *("date", "giver", "receiver", "prospect", "days_quiet", "state", "raise_to", *_RAISING),
)
_ORDER = ("given", "contacted", "met")


def rank(book: Book, person: str | None = None, *, leaks: bool = False) -> pd.DataFrame:
    """List the referrals under way: neither won nor lost, the newest of each status first.

    Parameters
    ----------
    book : Book
        Its window chooses the rows. Undated rows are left out: they have no age.
    person : str, optional
        Whose; the book's me if not given. Without either, everybody's.
    leaks : bool, default False
        Only those that leak: older than 30 days, and no contact is recorded.

    Returns
    -------
    pandas.DataFrame
        ``id``, ``person`` (the other one; without a me the receiver, who has it in hand),
        ``direction`` (``received``, ``given``; without a me ``between``), ``status``,
        ``age_days``, ``handoff``, ``date``, ``giver``, ``receiver``, ``prospect``,
        ``days_quiet`` (see :func:`refgraph.analysis.owing.leaks.under_way`), ``state``:
        ``stale`` (no news for over 90 days), ``leaking`` (older than 30 days without contact),
        ``quiet`` (no news for over 30 days) or ``open``; ``raise_to``, the handoff that it could
        be raised to, and ``brings``, ``brings_low``, ``brings_high``: by how much more of those
        closed in the same direction the ones introduced so were won (:func:`closing`), with its
        interval. With the
        profile ``health`` one row for each day and two people, not who gave it to whom:
        ``person``, ``other`` (without a me), ``status``, ``age_days``, ``date``,
        ``days_quiet``, ``state``.

    Examples
    --------
    >>> from refgraph import Book
    >>> table = rank(Book.sample())
    >>> list(table)[:6]
    ['id', 'person', 'direction', 'status', 'age_days', 'handoff']
    >>> bool(table["status"].isin(["won", "lost"]).any())
    False
    """
    table = unordered(book, person)
    if leaks:
        table = table[(table["age_days"] > QUIET_DAYS) & ~table["contacted"]]
    if professional_limits.withheld(book):
        return _shared(table, book.whose(person))
    return professional_limits.beside(book, _in_order(table, COLUMNS))


def unordered(book: Book, person: str | None = None) -> pd.DataFrame:
    """Give what :func:`rank` lists, with all that is known of each, as the book has them.

    Sorting the rows of a large book by what they say takes as long as finding them.

    Examples
    --------
    >>> from refgraph import Book
    >>> len(unordered(Book.sample())) == len(rank(Book.sample()))
    True
    """
    whose = book.whose(person)
    rows = under_way(book, person, as_written=True, columns=("handoff", "prospect", "id"))
    age = book.days_since(rows["date"]).astype(np.int64)
    leaking = (age > QUIET_DAYS) & ~rows["contacted"]
    quiet = rows["days_quiet"]
    states = ("stale", "leaking", "quiet")
    state = np.select([quiet > STALE_DAYS, leaking, quiet > QUIET_DAYS], states, "open")
    gave = (rows["giver"] == whose) | (whose is None)
    table = rows.assign(
        age_days=age,
        state=pd.Series(state, index=rows.index, dtype="str"),
        person=rows["receiver"].where(gave, rows["giver"]),
        direction="between" if whose is None else gave.map({True: "given", False: "received"}),
        raise_to=np.nan,
        **dict.fromkeys(_RAISING, np.nan),
    ).astype({"direction": "str"})
    if professional_limits.withheld(book):
        return table
    for side in sorted(table["direction"].unique()):
        closed = closing(book, person, direction=side)
        table = _with_raising(table, table["direction"] == side, closed)
    levels = {name: nullable(table[name]) for name in ("handoff", "raise_to")}
    return table.assign(**levels)


def _in_order(table: pd.DataFrame, columns: Sequence[str], by: Sequence[str] = ()) -> pd.DataFrame:
    """Put those of each status together, the newest first, of one day by names or as recorded."""
    order = table["status"].map({status: at for at, status in enumerate(_ORDER)})
    keys = ["order", "age_days", *by]
    table = table.assign(order=order).sort_values(keys, kind="stable", ignore_index=True)
    return table[list(columns)]


def _shared(table: pd.DataFrame, whose: str | None) -> pd.DataFrame:
    """Tell between whom it is, on which day and with which status, and nothing else of it."""
    giver, receiver = table["giver"], table["receiver"]
    is_second = giver < receiver
    told = table[["date", "status", "age_days", "days_quiet", "state"]].assign(
        person=table["person"] if whose else receiver.where(is_second, giver),
        other=giver.where(is_second, receiver),
    )
    told = told.sort_values(["days_quiet", "status", "state"], kind="stable")
    told = told.drop_duplicates(["date", "person", "other"], keep="last")
    people = ("person",) if whose else ("person", "other")
    shown = (*people, "status", "age_days", "date", "days_quiet", "state")
    return _in_order(told, shown, by=people)


def closing(book: Book, person: str | None = None, *, direction: str = "between") -> pd.DataFrame:
    """Count what became of referrals by how they were introduced; none that is open has failed.

    Parameters
    ----------
    book : Book
        Its window chooses the rows.
    person : str, optional
        Of which referrals, given or received; the book's me if not given. Without either, of all.
    direction : {"between", "received", "given"}, default "between"
        Of the person, only those received, or given: who introduces and who is met differ. Both
        if not given.

    Returns
    -------
    pandas.DataFrame
        A row for each ``handoff`` that is recorded, the best last: ``referrals``, ``open``,
        ``closed``, ``won``, ``share`` (won / closed), ``low``, ``high`` (its 95 % interval, a
        row being one case: :func:`refgraph.analysis.statistics.share_interval.of_clusters`).

    Raises
    ------
    WithheldError
        The profession of the book does not allow it.

    Examples
    --------
    >>> from refgraph import Book
    >>> table = closing(Book.sample())
    >>> bool((table["referrals"] == table["open"] + table["closed"]).all())
    True
    """
    professional_limits.refuse(book)
    rows, end = _of(book, person), {"received": "receiver", "given": "giver"}.get(direction)
    rows = rows if end is None else rows[rows[end] == book.whose(person)]
    rows = rows[rows["handoff"].notna()]
    found = []
    for level in sorted(map(int, rows["handoff"].unique())):
        some = rows[rows["handoff"] == level]
        ends = close_rate(some)
        total = int(some["count"].sum())
        found.append({"handoff": level, "referrals": total, "open": total - ends["closed"]} | ends)
    columns = ["handoff", "referrals", "open", "closed", "won", "share", "low", "high"]
    kinds = dict.fromkeys(columns[:5], np.int64) | dict.fromkeys(columns[5:], np.float64)
    return professional_limits.beside(book, pd.DataFrame(found, columns=columns).astype(kinds))


def close_rate(rows: pd.DataFrame) -> dict[str, Any]:
    """Give how many of some referrals are closed, how many of these were won, and the share.

    Parameters
    ----------
    rows : DataFrame
        Rows of ``book.referrals``.

    Returns
    -------
    dict
        ``closed``, ``won``, ``share``, ``low``, ``high``, as in :func:`closing`.

    Examples
    --------
    >>> rows = pd.DataFrame({"status": ["won", "won", "lost", "met"], "count": [1, 1, 1, 1]})
    >>> {name: round(value, 2) for name, value in close_rate(rows).items()}
    {'closed': 3, 'won': 2, 'share': 0.67, 'low': 0.21, 'high': 0.94}
    """
    ends = _share(rows[rows["status"].isin(RESOLVED)], "won")
    return {"closed": ends.pop("whole"), "won": ends.pop("part")} | ends


def leak_rate(book: Book, person: str | None = None) -> pd.DataFrame:
    """Count how many of the referrals older than 30 days are without any contact.

    Parameters
    ----------
    book : Book
        Its window chooses the rows. Undated rows are left out.
    person : str, optional
        Whose; the book's me if not given. Without either, everybody's.

    Returns
    -------
    pandas.DataFrame
        A row for each ``direction`` (``received``, ``given``, ``all``; without a me only
        ``all``): ``referrals`` older than 30 days, ``leaking``, ``share``, ``low``, ``high``
        (its 95 % interval).

    Raises
    ------
    WithheldError
        The profession of the book does not allow it.

    Examples
    --------
    >>> from refgraph import Book
    >>> leak_rate(Book.sample())["direction"].tolist()
    ['received', 'given', 'all']
    """
    professional_limits.refuse(book)
    whose = book.whose(person)
    rows = _of(book, person)
    rows = rows[rows["date"].notna()]
    rows = rows[book.days_since(rows["date"]) > QUIET_DAYS]
    quiet = under_way(book, person, as_written=True, columns=())
    rows = rows.assign(leaks=rows.index.isin(quiet.index[~quiet["contacted"]]))
    sides = {"received": rows["receiver"] == whose, "given": rows["giver"] == whose}
    parts = {} if whose is None else {name: rows[side] for name, side in sides.items()}
    found = [
        {"direction": name} | _share(some, "leaks")
        for name, some in (parts | {"all": rows}).items()
    ]
    table = pd.DataFrame(found).rename(columns={"whole": "referrals", "part": "leaking"})
    table = table[["direction", "referrals", "leaking", "share", "low", "high"]]
    return professional_limits.beside(book, table)


def raised_first(table: pd.DataFrame) -> pd.DataFrame:
    """Choose of :func:`rank` what a better introduction may help, the surest first.

    Examples
    --------
    >>> from refgraph import Book
    >>> len(raised_first(rank(Book.sample())))
    0
    """
    rows = table[table["raise_to"].notna()]
    return rows.sort_values(["brings_low", "age_days"], ascending=[False, True], kind="stable")


def mentions(book: Book) -> pd.DataFrame:
    """List what was heard of and never arrived: touches of kind ``mention``, newest first.

    One whose ``about`` names a referral has arrived, and is left out.

    Parameters
    ----------
    book : Book
        Its window chooses the days.

    Returns
    -------
    pandas.DataFrame
        ``date``, ``person`` (who says they spoke of me), ``days``.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(mentions(Book.sample()))
    ['date', 'person', 'days']
    """
    touches = professional_limits.touches_as_written(book)
    found = touches[
        (touches["kind"] == "mention") & ~is_one_of(touches["about"], book.column("id"))
    ]
    found = found[frames.within(found["date"], book.since, book.until)]
    found = found.assign(days=book.days_since(found["date"]).astype(np.int64))
    found = found[["date", "person", "days"]].sort_values(["days", "person"], kind="stable")
    return found.reset_index(drop=True)


def _of(book: Book, person: str | None) -> pd.DataFrame:
    whose = book.whose(person)
    rows = book.select("date", "giver", "receiver", "status", "handoff", "count")
    if whose is None:
        return rows
    return rows[(rows["giver"] == whose) | (rows["receiver"] == whose)]


def _share(rows: pd.DataFrame, what: str) -> dict[str, Any]:
    """Count the referrals of rows, and how many of them are so."""
    is_so = rows["status"] == "won" if what == "won" else rows[what]
    number = rows["count"].to_numpy(dtype=float)
    share, low, high = share_interval.of_clusters(number * is_so.to_numpy(dtype=float), number)
    ends = {name: round(end, 12) for name, end in (("share", share), ("low", low), ("high", high))}
    whole, part = int(rows["count"].sum()), int(rows.loc[is_so, "count"].sum())
    return {"whole": whole, "part": part} | ends


def _with_raising(
    table: pd.DataFrame, among: pd.Series[bool], closed: pd.DataFrame
) -> pd.DataFrame:
    """Say what a better introduction may bring, of each that is not stale and nobody met for."""
    known = closed[closed["closed"] >= ENOUGH]
    ends = zip(known["share"], known["low"], known["high"], strict=True)
    shares = dict(zip(known["handoff"].tolist(), ends, strict=True))
    fresh = among & (table["status"] != "met") & (table["state"] != "stale")
    for level, now in shares.items():
        better = {
            above: share_interval.between(now, share)
            for above, share in shares.items()
            if above > level and share[0] > now[0]
        }
        if better:
            most = max(better, key=lambda above: (better[above][1], above))
            chosen = fresh & (table["handoff"] == level)
            for name, value in zip(("raise_to", *_RAISING), (most, *better[most]), strict=True):
                table[name] = table[name].mask(chosen, value)
    return table
