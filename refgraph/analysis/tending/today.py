"""The short list of what is worth doing today: one line a person, the most worth first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.tending import agreed, chapter, lanes, set_aside
from refgraph.analysis.tending.because import because
from refgraph.analysis.tending.worth import LEAST, MINUTES, expectations, share_won
from refgraph.book import professional_limits
from refgraph.book.arrival import arrivals
from refgraph.schema.values import LANES, LEADING

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = ["COLUMNS", "TOP", "choose", "rank"]

#: Lines of the list, if nothing else is asked.
TOP = 10
COLUMNS = (
    *("rank", "person", "lane", "reason", "because", "due", "worth"),
    *("weight", "chance", "week", "minutes", "about", "can_wait"),
)


def rank(book: Book, person: str | None = None, *, top: int = TOP) -> pd.DataFrame:
    r"""List what is worth doing today, each person once, by what doing it this week is worth.

    Each line is worth

    .. math:: w \cdot p \cdot c \cdot 60 / m

    where :math:`p` is the chance that it matters (that a referral to me is won that else is not),
    :math:`c` the share of that which waiting a week costs, :math:`w` the weight of its lane, 1 if
    the table ``[worth]`` of ``refgraph.toml`` says nothing else, and :math:`m` the minutes that it
    takes, about (:data:`refgraph.analysis.tending.worth.MINUTES`). So its unit is the referrals
    won that a week of waiting is expected to cost, for each hour that it takes: who has not the
    time for all takes them from the top. Of the lines of one person that of most worth stands.
    A line worth less than one referral won in twenty hours can wait: whoever does it all the same
    has less of the hour than it brings elsewhere. In the list of who leads a chapter none can.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    person : str, optional
        Who would do it; the book's me if not given. Without either it is the list of who leads
        a chapter (:func:`refgraph.analysis.tending.chapter.lines`).
    top : int, default 10
        Lines at most.

    Returns
    -------
    pandas.DataFrame
        ``rank`` from 1, ``person``, ``lane`` (one of
        :data:`refgraph.schema.values.LANES`), ``reason``, ``because`` (one sentence),
        ``due`` (the day it should be done by, where there is one), ``worth``; ``weight``,
        ``chance``, ``week`` and ``minutes``, of which it is reckoned; ``about``, the id of the
        referral it is about; ``can_wait``. Snoozed people, and what was decided otherwise, are
        left out.

    Raises
    ------
    UnknownPersonError
        The person named is not in the book.

    Examples
    --------
    >>> from refgraph import Book
    >>> table = rank(Book.sample())
    >>> bool(table["person"].is_unique), bool(table["worth"].is_monotonic_decreasing)
    (True, True)
    """
    return professional_limits.beside(book, choose(book, person, top=top)[list(COLUMNS)])


def choose(book: Book, person: str | None = None, *, top: int = TOP) -> pd.DataFrame:
    """Give the lines of :func:`rank` with all that is known of them.

    Returns
    -------
    pandas.DataFrame
        :data:`COLUMNS`, and what :data:`refgraph.analysis.tending.lanes.COLUMNS` says besides.

    Raises
    ------
    UnknownPersonError
        The person named is not in the book.

    Examples
    --------
    >>> from refgraph import Book
    >>> {"prospect", "direction"} <= {*choose(Book.sample())}
    True
    """
    whose, book = book.whose(person), book.window()
    due = lanes.filled(agreed.lines(book, whose))
    expected = pd.DataFrame({"added": []}, index=pd.Index([], dtype="str"))
    if whose is None:
        table = lanes.filled(chapter.lines(book))
    else:
        book = set_aside.seen_by(book, whose)
        table = lanes.lines(book)
        expected = expectations(book, whose, {*table["person"].tolist()})
        table["chance"] = _chances(table, expected, share_won(book, whose))
    table = pd.concat([due, table], ignore_index=True) if len(due) else table
    every = (*LANES, *LEADING)
    weights = {name: book.settings.worth.get(name, 1.0) for name in every}
    numbers = {name: table[name].astype(float).round(6) for name in ("chance", "week")}
    table = table.assign(
        weight=table["lane"].map(weights).astype(float),
        minutes=table["lane"].map(MINUTES).astype(np.int64),
        **numbers,
    )
    worth = table["weight"] * table["chance"] * table["week"] * 60 / table["minutes"]
    table["worth"] = worth.round(6)
    table["can_wait"] = (table["worth"] < LEAST) & table["lane"].isin(LANES)
    table = _best(table[table["weight"] > 0], top)
    order = table["lane"].map({name: at for at, name in enumerate(every)})
    came = pd.Series(arrivals(book), index=book.people.index)  # so that no name breaks a tie
    table = table.assign(order=order, came=came.reindex(table["person"].astype("str")).to_numpy())
    keys = ["worth", "order", "came", "about", "reason", "person", "other"]
    rising = [False, *[True] * 6]
    table = table.sort_values(keys, ascending=rising, kind="stable")
    table = table.drop_duplicates("person").head(top)
    more = expected.drop(columns="chance", errors="ignore")
    known = more.reindex(table["person"].astype("str")).set_axis(table.index)
    rows = table.join(known).to_dict("records")
    told = table.assign(
        rank=np.arange(1, len(table) + 1),
        because=pd.Series([because(row) for row in rows], index=table.index, dtype="str"),
        due=table["due"].astype("datetime64[s]"),
    )
    kinds = dict.fromkeys(("person", "lane", "reason", "about"), "str")
    others = [name for name in lanes.COLUMNS if name not in (*COLUMNS, "matters")]
    return told[[*COLUMNS, *others]].astype(kinds).reset_index(drop=True)


def _best(table: pd.DataFrame, top: int) -> pd.DataFrame:
    """Leave out what is worth less than the best line of as many people as there is room for."""
    least = table.groupby("person")["worth"].max().nlargest(top).min()
    kept: pd.DataFrame = table[~(table["worth"] < least)]
    return kept


def _chances(table: pd.DataFrame, expected: pd.DataFrame, won: float) -> pd.Series[float]:
    """Give the chance that each line matters.

    That is what it says itself, times what is expected to come of its person, if that is what it
    is about, and the share of what comes that is won.
    """
    chance = table["chance"].astype(float)
    for name in ("chance", "added"):
        told = expected[name].reindex(table["person"]).fillna(0).set_axis(table.index)
        chance = chance.mask(table["matters"] == name, chance.fillna(1) * told * won)
    return chance.mask(table["matters"] == "comes", chance * won)
