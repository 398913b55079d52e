"""Everyone in a book: what is known of them, who is declared, who may be one person."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.book import professional_limits
from refgraph.schema.among_texts import listed
from refgraph.schema.columns import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from refgraph.book.book import Book
    from refgraph.lookalikes import Lookalike

__all__ = ["by_person", "named", "pairs", "undeclared", "unused"]

_ENDS = ("giver", "receiver")
_DECLARED = 10**9  # rows that a name in people.csv outweighs


def by_person(book: Book) -> pd.DataFrame:
    """List everyone, with what they gave and received.

    Parameters
    ----------
    book : Book
        Its window chooses which referrals are counted.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person``, sorted: ``aliases`` (list), ``role``, ``profession``,
        ``group``, ``given``, ``received``, ``touches``, ``first`` and ``last`` (ISO dates
        of referrals and touches, None for nobody dated), ``declared``. With the profile
        ``health`` neither ``given`` nor ``received``.

    Examples
    --------
    >>> from refgraph import Book
    >>> by_person(Book.sample())[["given", "received"]].loc["Robin Hale"].tolist()
    [13, 17]
    """
    people = book.people
    rows, touches = book.select("date", *_ENDS, "count"), book.contacts
    table = pd.DataFrame({"aliases": [list(names) for names in people["aliases"]]}, people.index)
    for name in ("role", "profession", "group"):
        table[name] = people[name]
    for column, name in (("giver", "given"), ("receiver", "received")):
        table[name] = rows.groupby(column)["count"].sum().reindex(table.index, fill_value=0)
    table["touches"] = touches["person"].value_counts().reindex(table.index, fill_value=0)
    told = [rows[["date", column]].set_axis(["date", "person"], axis=1) for column in _ENDS]
    days = pd.concat([*told, touches[["date", "person"]]]).dropna().groupby("person")["date"]
    for name, day in (("first", days.min()), ("last", days.max())):
        texts = {person: f"{when:%Y-%m-%d}" for person, when in day.items()}
        known = [texts.get(person) for person in table.index]
        table[name] = pd.Series(known, index=table.index, dtype=object)
    table["declared"] = people["declared"]
    if professional_limits.withheld(book):
        return table.drop(columns=["given", "received"])
    return professional_limits.beside(book, table)


def unused(book: Book) -> pd.DataFrame:
    """List those who are declared, but in no referral of the book, whatever the window.

    Examples
    --------
    >>> from refgraph import Book
    >>> unused(Book.sample()).index.tolist()
    ['Mina Park']
    """
    history = book.window().select(*_ENDS, "prospect")
    seen = {*chain.from_iterable(listed(history[name]) for name in history)}
    table = by_person(book)
    return table[table["declared"] & ~table.index.isin(list(seen))]


def undeclared(book: Book) -> pd.DataFrame:
    """List those who are named but not declared, with whom they look most like.

    Returns
    -------
    pandas.DataFrame
        As :func:`by_person`, with ``nearest`` (a declared person, or None) and ``why``
        instead of ``declared``.

    Examples
    --------
    >>> from refgraph import Book
    >>> undeclared(Book.sample()).index.tolist()
    []
    """
    table = by_person(book)
    declared = {*table.index[table["declared"]]}
    near: dict[str, tuple[str, str]] = {}
    for pair in _suggested(book):
        for name, other in ((pair.person, pair.other), (pair.other, pair.person)):
            if name not in declared and other in declared:
                near.setdefault(name, (other, pair.reason))
    table = table[~table["declared"]].drop(columns="declared")
    for at, name in enumerate(("nearest", "why")):
        told = [near[person][at] if person in near else None for person in table.index]
        table[name] = pd.Series(told, index=table.index, dtype=object)
    return table


def named(book: Book, text: str) -> pd.DataFrame:
    """List those whose name, alias, profession, group, e-mail address or note holds a text.

    Examples
    --------
    >>> from refgraph import Book
    >>> named(Book.sample(), "robin").index.tolist()
    ['Robin Hale']
    """
    people, wanted = book.people, text.casefold()
    fields = people[["profession", "group", "email", "note"]]
    texts = [
        "\n".join([name, *aliases, *map(str, row)])
        for name, aliases, row in zip(
            people.index, people["aliases"], fields.itertuples(index=False), strict=True
        )
    ]
    chosen = np.array([wanted in told.casefold() for told in texts], dtype=bool)
    return by_person(book)[chosen]


def pairs(book: Book) -> pd.DataFrame:
    """Suggest pairs of names that may belong to one person; see :func:`lookalikes`.

    Two who stand in one referral are two people, and are left out.

    Returns
    -------
    pandas.DataFrame
        One row for each pair, the likeliest first: ``score``, ``person`` (the name to
        keep), ``other``, ``rows`` and ``other_rows`` (that name them), ``reason``.

    Examples
    --------
    >>> from refgraph import Book
    >>> len(pairs(Book.sample()))
    0
    """
    rows = _rows(book)
    table = [
        (
            pair.score,
            pair.person,
            pair.other,
            rows.get(pair.person, 0),
            rows.get(pair.other, 0),
            pair.reason,
        )
        for pair in _suggested(book)
    ]
    columns = ["score", "person", "other", "rows", "other_rows", "reason"]
    types = {"score": float, "rows": np.int64, "other_rows": np.int64}
    frame = pd.DataFrame(table, columns=columns, dtype=object)
    return frame.astype({name: types.get(name, "str") for name in columns})


def _rows(book: Book) -> dict[str, int]:
    """Count the rows that name somebody."""
    history = book.window().select(*_ENDS, "prospect")
    ends = (
        _ENDS[:1] if professional_limits.withheld(book) else _ENDS
    )  # where each row stands both ways
    columns = [history[name] for name in (*ends, "prospect")]
    touches = (book.touches[name] for name in NAMED["touches"])
    named: Any = pd.concat([*columns, *touches]).value_counts()
    return {str(name): int(times) for name, times in named.items() if name}


def _suggested(book: Book) -> list[Lookalike]:
    from refgraph.lookalikes import lookalikes  # noqa: PLC0415  # scipy, 0.2 s
    from refgraph.lookalikes.told_apart import told_apart  # noqa: PLC0415

    people, history = book.people, book.window().select("prospect")
    known = dict(zip(map(str, people.index), people["aliases"], strict=True))
    known |= {name: () for name in history["prospect"].unique() if name and name not in known}
    return lookalikes(
        known,
        emails=dict(zip(map(str, people.index), people["email"], strict=True)),
        rows=_rows(book) | dict.fromkeys(people.index[people["declared"]], _DECLARED),
        apart=chain(_together(book), told_apart(book.settings.apart, known)),
    )


def _together(book: Book) -> Iterable[tuple[str, str]]:
    """Give every two who stand in one referral."""
    told = book.window().select(*_ENDS, "prospect").drop_duplicates()
    for giver, receiver, prospect in told.itertuples(index=False):
        yield giver, receiver
        if prospect:
            yield giver, prospect
            yield receiver, prospect
