"""Contact on a rhythm: who was not heard of for longer than their cadence says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.tending import set_aside
from refgraph.schema.columns import MEMBERS
from refgraph.schema.values import NO_CONTACT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = [
    "CADENCES",
    "LEAST_GAPS",
    "cadences",
    "contact",
    "contact_days",
    "has_gone_quiet",
    "quiet",
    "usual_gap",
]

#: The days between two contacts that each cadence asks for: the ideal, and the limit.
CADENCES = {"monthly": (30, 45), "quarterly": (90, 120), "yearly": (365, 400)}
#: Gaps between the days on which somebody sent referrals, without which nothing is usual.
LEAST_GAPS = 5
#: So many usual intervals, and so many times the longest gap so far, is longer than it was ever.
_USUAL, _LONGEST = 2.5, 1.25


def contact_days(book: Book) -> pd.DataFrame:
    """Give each day of contact with me of each person, and whether it was real.

    Real is a referral in either direction, and any touch that is a contact and not marked
    ``personal = no``, which says that it was automated: a newsletter, a card by the hundred.
    So is something useful that was sent (``value``), unless it was automated.
    In a book without a me every contact of a person counts, with whomever.

    Returns
    -------
    pandas.DataFrame
        Columns ``person``, ``date`` and ``real``; undated referrals are left out.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(contact_days(Book.sample()))
    ['person', 'date', 'real']
    """
    touches = book.touches
    by_hand = (touches["personal"] != False).to_numpy(dtype=bool)  # noqa: E712  # blank is yes
    is_contact = ~touches["kind"].isin(NO_CONTACT) | ((touches["kind"] == "value") & by_hand)
    touches, by_hand = touches[is_contact], by_hand[is_contact]
    rows = book.window().select("giver", "receiver", "date")
    if book.me is not None:
        rows = rows[(rows["giver"] == book.me) | (rows["receiver"] == book.me)]
    rows = rows[rows["date"].notna()]
    parts = [
        pd.DataFrame({"person": touches[end], "date": touches["date"], "real": by_hand})
        for end in MEMBERS["touches"]
    ]
    parts += [
        pd.DataFrame({"person": rows[end], "date": rows["date"], "real": True})
        for end in MEMBERS["referrals"]
    ]
    found = pd.concat(parts, ignore_index=True)
    return found[~found["person"].isin(["", book.me])].reset_index(drop=True)


def cadences(book: Book) -> pd.Series[str]:
    """Give everybody's cadence: their own, or else that of their role.

    Examples
    --------
    >>> from refgraph import Book
    >>> cadences(Book.sample())["Alice Merton"]
    'quarterly'
    """
    people = book.people
    own = people["cadence"].fillna("").astype("str")
    usual = [book.settings.cadence.get(role, "") for role in people["role"].tolist()]
    return own.where(own != "", pd.Series(usual, index=people.index, dtype="str"))


def contact(book: Book) -> pd.DataFrame:
    """Give for everybody with a cadence when the last contact was, and what the rhythm asks.

    Who has none of their own in ``people.csv`` has that of their role: ``[cadence]`` in
    ``refgraph.toml`` (:func:`cadences`).
    Monthly is 30 days, at most 45; quarterly 90, at most 120; yearly 365, at most 400. Real
    contact in either direction begins the count again (:func:`contact_days`). An automated touch
    does so at most once in a row: a second one, with nothing real between them, changes nothing.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.

    Returns
    -------
    pandas.DataFrame
        By name: ``person``, ``cadence``, ``last`` (the day counted from; NaT for never),
        ``days`` since then, ``ideal`` and ``limit`` (days), ``state``, ``until`` (when the snooze
        ends, else NaT), ``personal`` (the last real contact). The state is ``snoozed``, past the
        ``limit``, past the ``ideal`` or ``ok``; so it is too of whom no contact is recorded, as
        there is nothing to count from.

    Examples
    --------
    >>> from refgraph import Book
    >>> set(contact(Book.sample())["state"]) <= {"ok", "ideal", "limit", "snoozed"}
    True
    """
    people = book.people
    people = people.assign(cadence=cadences(book))
    people = people[people["cadence"].isin(list(CADENCES))].sort_index()
    people = people[people.index != (book.me or "")]
    found = contact_days(book)
    real = found[found["real"]].groupby("person")["date"].max()
    sent = found[~found["real"]]
    before = real.reindex(sent["person"]).set_axis(sent.index)
    first = sent[before.isna() | (sent["date"] > before)].groupby("person")["date"].min()
    names = people.index
    personal = real.reindex(names).astype("datetime64[s]")
    last = first.reindex(names).astype("datetime64[s]").fillna(personal)
    days = book.days_since(last)
    ideal, limit = (
        people["cadence"].map({name: each[at] for name, each in CADENCES.items()}).to_numpy()
        for at in (0, 1)
    )
    until = set_aside.snoozes(book).reindex(names).astype("datetime64[s]")
    states = np.select(
        [until.notna(), days > limit, days > ideal],
        ["snoozed", "limit", "ideal"],
        "ok",
    )
    return pd.DataFrame(
        {
            "person": pd.Series(names, dtype="str"),
            "cadence": people["cadence"].to_numpy(),
            "last": last.to_numpy(),
            "days": days,
            "ideal": ideal.astype(np.int64),
            "limit": limit.astype(np.int64),
            "state": pd.Series(states, dtype="str"),
            "until": until.to_numpy(),
            "personal": personal.to_numpy(),
        }
    )


def quiet(book: Book) -> pd.DataFrame:
    """Name who usually sends referrals to me and has gone quiet.

    Usual is the gap, between two days on which somebody sent something, in which half of all
    their days lie: with referrals in bursts it is the time between the bursts. Quiet is who has
    sent nothing for more than 2.5 times that, and for more than 1.25 times their longest gap so
    far; of somebody with fewer than 5 gaps nothing is said. ``benchmarks/quiet.py`` measures how
    often that is wrong.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window. With the profile ``health`` it shows
        nobody; nor does a book without a me.

    Returns
    -------
    pandas.DataFrame
        By name: ``person``, ``usual`` (days), ``now`` (days since the last), ``last`` (its day).

    Examples
    --------
    >>> from refgraph import Book
    >>> list(quiet(Book.sample()))
    ['person', 'usual', 'now', 'last']
    """
    rows = book.window().select("giver", "receiver", "date")
    rows = rows[(rows["receiver"] == book.me) & rows["date"].notna()]
    if book.settings.hides:
        rows = rows.iloc[:0]
    codes, givers = pd.factorize(rows["giver"], sort=True)
    days = rows["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    ordered = np.unique(np.stack([codes, days]), axis=1)  # each giver's days, each once
    ends = np.searchsorted(ordered[0], np.arange(len(givers) + 1))
    today = int(np.datetime64(book.today, "D").astype(np.int64))
    found = []
    for at in _silent_longest(ordered[1], ends, today):
        sent = ordered[1, ends[at] : ends[at + 1]]
        gaps, now = np.diff(sent), today - int(sent[-1])
        if has_gone_quiet(gaps, now):
            found.append((givers[at], usual_gap(gaps), now, np.datetime64(int(sent[-1]), "D")))
    table = pd.DataFrame(found, columns=["person", "usual", "now", "last"])
    kinds = {"person": "str", "usual": "float64", "now": "int64", "last": "datetime64[s]"}
    return table.astype(kinds)


def _silent_longest(days: NDArray[np.int64], ends: NDArray[np.int64], today: int) -> list[int]:
    """Give of whom enough is known, and who are silent for longer than ever before."""
    some = np.flatnonzero(np.diff(ends) > LEAST_GAPS)
    if not len(some):
        return []
    gaps = np.diff(days, prepend=0)
    gaps[ends[:-1][ends[:-1] < len(days)]] = 0  # the first day of each has none before it
    longest = np.maximum.reduceat(gaps, ends[:-1])[some]
    silent: list[int] = some[today - days[ends[some + 1] - 1] > longest].tolist()
    return silent


def usual_gap(gaps: NDArray[np.int64]) -> float:
    """Give the gap in which half of all days lie, the shorter gaps first.

    Examples
    --------
    >>> usual_gap(np.array([40, 38, 41, 42])), usual_gap(np.array([1, 1, 60, 1, 55]))
    (41.0, 60.0)
    """
    ordered = np.sort(gaps)
    return float(ordered[np.searchsorted(np.cumsum(ordered), ordered.sum() / 2)])


def has_gone_quiet(gaps: NDArray[np.int64], now: int) -> bool:
    """Tell whether a silence is longer than is usual, and than ever before.

    Examples
    --------
    >>> gaps = np.array([40, 38, 41, 42, 39])
    >>> has_gone_quiet(gaps, 90), has_gone_quiet(gaps, 103)
    (False, True)
    """
    return bool(now > max(_USUAL * usual_gap(gaps), _LONGEST * gaps.max()))
