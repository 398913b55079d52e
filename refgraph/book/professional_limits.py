"""What some professions may not show, and the conditions that go with a list.

With the profile ``health`` a book shows between whom, and on which days, a referral
passed: not in which direction, how many, of whom or of what value. That is done where
tables leave the book (:attr:`refgraph.Book.history`), so nothing that is computed from
them can tell more; what would be about giving and receiving is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.book import frames
from refgraph.errors import WithheldError
from refgraph.names.mentions import Mentions
from refgraph.schema.columns import hidden_in_health
from refgraph.schema.row_ends import ENDS, only_named
from refgraph.schema.row_facts import date_of
from refgraph.schema.values import COLLEAGUES

if TYPE_CHECKING:
    import networkx as nx

    from refgraph.book.book import Book
    from refgraph.reading import Settings

__all__ = [
    "as_written",
    "beside",
    "compared",
    "conditions",
    "marked",
    "promise",
    "refuse",
    "refuse_of",
    "shared",
    "touches_as_written",
    "unsaid",
    "withheld",
]

_CONDITIONS = {
    "law": (
        "Reciprocal referrals between lawyers are usually allowed only if they are not exclusive, "
        "the client is told, and each keeps their own judgement. Not legal advice."
    ),
    "realestate": (
        "Referrals in real estate may usually be paid for or returned only between licensed "
        "brokers, in writing and with the client told; for a loan, a title or another settlement "
        "service nothing of value may usually pass. Not legal advice."
    ),
}
_HEALTH = (
    "This book's profile is health, where referrals may usually not be traded: whom one owes, "
    "prospects, values, balances, and what these could be computed from are not shown. "
    "Not legal advice."
)
_REFUSED = f"{_HEALTH} Ask refgraph report, people, bench, introduce, connectors or groups instead."

_PROMISES = {
    "law": (
        "You are free to choose anybody else, now and later. If you come to work together, "
        "any client concerned is told of this introduction, and each of us keeps our own "
        "judgement."
    ),
    "health": (
        "You are free to choose anybody else, now and later. Nothing is given or expected for "
        "this introduction, and it says nothing of anybody's health."
    ),
    "realestate": (
        "You are free to choose anybody else, now and later. Nothing of value is given or "
        "expected for this introduction."
    ),
}

_MARK = "withheld"  # the attribute of a graph whose ties have no direction
_TOLD = ("date", "giver", "receiver")


def withheld(book: Book) -> str:
    """Why lists of who owes whom are not shown for this book; "" if they are.

    Examples
    --------
    >>> from refgraph import Book
    >>> withheld(Book.sample())
    ''
    """
    return _HEALTH if book.settings.hides else ""


def conditions(book: Book) -> str:
    """Under which conditions the book's profession allows such lists; "" if none are usual.

    Examples
    --------
    >>> from refgraph import Book
    >>> conditions(Book.sample())
    ''
    """
    return _CONDITIONS.get(book.settings.profile or "", "")


def beside(book: Book, table: pd.DataFrame) -> pd.DataFrame:
    """Put the conditions of the book's profession beside a table, as ``attrs["conditions"]``.

    Examples
    --------
    >>> from refgraph import Book
    >>> beside(Book.sample(), pd.DataFrame()).attrs
    {}
    """
    if said := conditions(book):
        table.attrs["conditions"] = said
    return table


def promise(book: Book) -> str:
    """Give what a message that introduces two people adds in this profession; "" if nothing.

    Examples
    --------
    >>> from refgraph import Book
    >>> promise(Book.sample())
    ''
    """
    return _PROMISES.get(book.settings.profile or "", "")


def refuse(book: Book) -> None:
    """Refuse a question about giving and receiving where the book's profession forbids it.

    Raises
    ------
    WithheldError
        The book has the profile ``health``; the sentence says what may be asked instead.

    Examples
    --------
    >>> from refgraph import Book
    >>> refuse(Book.sample())
    """
    if withheld(book):
        raise WithheldError(_REFUSED)


def refuse_of(G: nx.DiGraph[Any]) -> None:
    """Refuse what :func:`refuse` does, of the graph of such a book.

    Raises
    ------
    WithheldError
        The graph comes from a book with the profile ``health``.

    Examples
    --------
    >>> from refgraph import Book
    >>> refuse_of(Book.sample().graph())
    """
    if not compared(G):
        raise WithheldError(_REFUSED)


def marked(G: nx.DiGraph[Any], settings: Settings) -> nx.DiGraph[Any]:
    """Mark a graph whose ties have no direction, so that nobody takes them for mutual.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> from refgraph.reading import Settings
    >>> G = referral_graph([("Ann", "Bo", 1), ("Bo", "Ann", 1)])
    >>> compared(marked(G, Settings(profile="health")))
    False
    """
    if settings.hides:
        G.graph[_MARK] = _HEALTH
    return G


def compared(G: nx.DiGraph[Any]) -> bool:
    """Tell whether what is given and received in a graph may be set against each other.

    Examples
    --------
    >>> from refgraph import Book
    >>> compared(Book.sample().graph())
    True
    """
    return _MARK not in G.graph


def as_written(book: Book, *names: str) -> pd.DataFrame:
    """Give the referrals of the window with all that is hidden, to tell something else of them.

    Only the columns that are named, without making the others; all if none is.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> as_written(book).equals(book.referrals)
    True
    """
    history = book._history  # noqa: SLF001  # nobody else may look
    rows = history.select(names) if names else history.frame
    return rows[frames.within(date_of(history), book.since, book.until)].reset_index(drop=True)


def touches_as_written(book: Book) -> pd.DataFrame:
    """Give the touches with all that is hidden, to tell something else of them.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> touches_as_written(book).equals(book.touches)
    True
    """
    return book._touches.copy(deep=False)  # noqa: SLF001  # nobody else may look


def unsaid(kind: str, table: pd.DataFrame) -> pd.DataFrame:
    """Give a table of people or touches without the texts that a book of health hides.

    Of a touch, who was in contact, when and how stays, without a word of what was said, or of
    which referral. Of a person the note goes, and the e-mail address of whoever is not said to
    be a colleague (:data:`refgraph.schema.values.COLLEAGUES`): a client, or somebody without a
    role, may be a patient.

    Examples
    --------
    >>> from refgraph import Book
    >>> told = unsaid("touches", Book.sample().touches)
    >>> {*told["note"], *told["about"]}
    {''}
    >>> people = pd.DataFrame({"role": ["partner", "client"], "email": ["a@x", "b@x"]})
    >>> unsaid("people", people)["email"].tolist()
    ['a@x', '']
    """
    blank = {
        name: pd.Series("", index=table.index, dtype=table[name].dtype)
        for name in hidden_in_health(kind)
        if name in table
    }
    if (address := "email") in table:
        blank[address] = table[address].where(table["role"].isin(COLLEAGUES), "")
    return table.assign(**blank)


def without_prospects(book: Book, sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Put "somebody" for whoever was referred, in sentences of a book that does not name them.

    Examples
    --------
    >>> from refgraph import Book
    >>> without_prospects(Book.sample(), ("friends of Ann",))
    ('friends of Ann',)
    """
    if not book.settings.hides:
        return sentences
    names = only_named(book._history)  # noqa: SLF001  # hidden there
    mentions = Mentions(dict.fromkeys(names, ()))
    return tuple(mentions.replaced(each, dict.fromkeys(names, "somebody")) for each in sentences)


def shared(history: pd.DataFrame) -> pd.DataFrame:
    """Give between whom, and on which days, referrals passed, and nothing else of them.

    Parameters
    ----------
    history : DataFrame
        As :attr:`refgraph.Book.history` of any other book.

    Returns
    -------
    pandas.DataFrame
        The same columns. For each day and each two people one row in either direction, with
        the count 1; every other column is blank, and the id says nothing of the row.

    Examples
    --------
    >>> from refgraph import Book
    >>> known = shared(Book.sample().history)
    >>> both = {*zip(known["giver"], known["receiver"], strict=True)}
    >>> both == {(b, a) for a, b in both}, known["count"].unique().tolist()
    (True, [1])
    """
    rows = history[list(_TOLD)]
    turned = rows.rename(columns=dict(zip(ENDS, reversed(ENDS), strict=True)))
    both = pd.concat([rows, turned[list(_TOLD)]]).drop_duplicates()
    both = both.sort_values(list(_TOLD), kind="stable", na_position="first", ignore_index=True)
    nothing = {
        "count": np.int64(1),
        "line": np.int64(0),
        "handoff": np.nan,
        "status_date": np.datetime64("NaT", "s"),
        "value": None,
        "status": "given",
    }
    told = {
        name: both[name]
        if name in _TOLD
        else pd.Series([nothing.get(str(name), "")] * len(both), dtype=dtype)
        for name, dtype in history.dtypes.items()
    }
    return pd.DataFrame(told, columns=history.columns)
