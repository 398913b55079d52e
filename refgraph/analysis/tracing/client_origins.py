"""Through whom each client came, and without whom they would not be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.tracing import won_value
from refgraph.analysis.tracing.origin_forest import forest
from refgraph.book import professional_limits

if TYPE_CHECKING:
    from decimal import Decimal

    import pandas as pd

    from refgraph.analysis.tracing.origin_forest import Forest
    from refgraph.book.book import Book

    Money = dict[str, Decimal]

__all__ = ["by_client", "essential"]


def by_client(book: Book, person: str | None = None, *, touch: str = "first") -> pd.DataFrame:
    """Through whom each of my clients came, the most valuable first.

    My clients are the people whose role is client, and the prospects of the won
    referrals that I received.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    person : str, optional
        Whose clients; the book's me if not given. Roles are those of me: for another
        person only the won referrals count.
    touch : {"first", "last"}, default "first"
        Which of several referrals brought somebody.

    Returns
    -------
    pandas.DataFrame
        Ranked in each currency by value, then by name; those without a value last:
        ``client``, ``currency``, ``value`` (Decimal; of the won referrals that I
        received), ``depth`` (people before them) and ``chain`` (list of these people
        from the first, and the client; of more than 100 the last). A chain through
        me begins after me; ``depth`` 0 says that nobody is known to have brought them.

    Raises
    ------
    NoMeError
        Nobody is asked about.

    Examples
    --------
    >>> from refgraph import Book
    >>> table = by_client(Book.sample())
    >>> table.set_index("client").loc["Jonas Vetter", "chain"]
    ['Carmen Ibarra', 'Erin Kestrel', 'Jonas Vetter']
    """
    whose = book.asked(person, "Who your clients came through")
    tree = forest(book, touch=touch)
    place = {name: at for at, name in enumerate(tree.names)}
    me = place[whose]
    steps = _steps(tree, me)
    found = [
        (name, currency, value, steps[place[name]], tree.path(place[name], below=me))
        for name, worth in _mine(book, whose).items()
        for currency, value in _amounts(worth)
    ]
    found.sort(key=lambda row: (*won_value.by_value(row[1], row[2]), row[0]))
    return professional_limits.beside(
        book, won_value.table_of(("client", "currency", "value", "depth", "chain"), found)
    )


def essential(book: Book, person: str | None = None, *, touch: str = "first") -> pd.DataFrame:
    """Without whom my clients would not be mine: the people on the chains to them.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    person : str, optional
        Whose clients; the book's me if not given.
    touch : {"first", "last"}, default "first"
        Which of several referrals brought somebody.

    Returns
    -------
    pandas.DataFrame
        Ranked in each currency by value, then by clients and name; those without a
        value last: ``person``, ``currency``, ``clients`` (of mine who came through
        them, at whatever distance, in all currencies), ``value`` (Decimal; of their won
        referrals that I received). Clients are those of :func:`by_client`.

    Raises
    ------
    NoMeError
        Nobody is asked about.

    Examples
    --------
    >>> from refgraph import Book
    >>> table = essential(Book.sample()).set_index(["person", "currency"])
    >>> print(*table.loc[("Erin Kestrel", "USD")])
    3 7500
    """
    whose = book.asked(person, "Without whom your clients would not be yours")
    tree = forest(book, touch=touch)
    place = {name: at for at, name in enumerate(tree.names)}
    mine = {place[name]: worth for name, worth in _mine(book, whose).items()}
    clients = [0] * len(tree.names)
    worth: list[Money] = [{} for _ in clients]
    for one in reversed(tree.order.tolist()):
        up = int(tree.parent[one])
        if place[whose] in (one, up):  # who brought me, and I myself, are no answer
            continue
        clients[up] += clients[one] + (one in mine)
        for money in (worth[one], mine.get(one, {})):
            for currency, value in money.items():
                won_value.add(worth[up], currency, value)
    found = [
        (name, currency, number, value)
        for name, number, money in zip(tree.names, clients, worth, strict=True)
        if number
        for currency, value in _amounts(money)
    ]
    found.sort(key=lambda row: (*won_value.by_value(row[1], row[3]), -row[2], row[0]))
    return professional_limits.beside(
        book, won_value.table_of(("person", "currency", "clients", "value"), found)
    )


def _mine(book: Book, whose: str) -> dict[str, Money]:
    """Give somebody's clients, each with what was won by the referrals to them."""
    named = won_value.clients(book, whose, roles=whose == book.me)
    mine: dict[str, Money] = {name: {} for name in named if name != whose}
    for prospect, currency, value in won_value.values(book, whose):
        won_value.add(mine.setdefault(prospect, {}), currency, value)
    mine.pop(whose, None)
    return mine


def _steps(tree: Forest, me: int) -> list[int]:
    """Count the people before each one, from the one after me."""
    steps = [0] * len(tree.names)
    for one in tree.order.tolist():
        up = int(tree.parent[one])
        steps[one] = 0 if up == me else steps[up] + 1
    return steps


def _amounts(money: Money) -> list[tuple[str, Decimal | None]]:
    """Give the currencies and what there is in each; one without an amount if there is nothing."""
    return list(money.items()) or [("", None)]
