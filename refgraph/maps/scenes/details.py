"""What an interactive map tells of people beyond its drawing: roles, groups, standing and ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.connecting import groups
from refgraph.analysis.owing import owe
from refgraph.maps.scenes.roles import roles_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refgraph.book.book import Book
    from refgraph.maps.kinds.chains.data import Chains

__all__ = ["Details", "Person", "Tie", "of", "of_chains"]


@dataclass(frozen=True)
class Person:
    """One person as a map tells of them.

    Attributes
    ----------
    role, group : str
        As the book and the map have them; ``""`` for none.
    standing : str
        Seen from the person the map is about: ``owe``, ``first``, ``even`` or ``""``.
    open : float
        Referrals still open towards them.
    days : float or None
        Since the oldest of those was given.
    """

    role: str = ""
    group: str = ""
    standing: str = ""
    open: float = 0
    days: float | None = None


@dataclass(frozen=True)
class Tie:
    """All referrals from one person to another.

    Attributes
    ----------
    giver, receiver : str
        Who gave to whom.
    dated : tuple of (str, int)
        ISO date and number of referrals, in order of time.
    undated : int
        Referrals without a date.
    """

    giver: str
    receiver: str
    dated: tuple[tuple[str, int], ...] = ()
    undated: int = 0


@dataclass(frozen=True)
class Details:
    """What is known of the people of a map.

    Attributes
    ----------
    whose : str or None
        The person the map is about.
    you : bool
        Whether that is the book's me.
    people : dict of str to Person
        Everybody in the book.
    ties : list of Tie
        Sorted by giver, then receiver, as in the book's graph.
    brought : bool
        Whether a tie says that the giver brought the receiver, by a referral to anybody.
    shared : bool
        Whether a tie says only that a referral passed, one way or the other; each is here once.
    """

    whose: str | None
    you: bool
    people: dict[str, Person]
    ties: list[Tie]
    brought: bool = False
    shared: bool = False


def of(book: Book, whose: str | None = None, group_of: Mapping[str, str] | None = None) -> Details:
    """Collect what a map can tell of the people of a book.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals; settling uses the whole record.
    whose : str, optional
        Whom the map is about. Nobody's standing is told in a book with the profile ``health``.
    group_of : mapping of person to str, optional
        Groups as the map names them; those declared in the book if not given.

    Returns
    -------
    Details
        With everybody in the book.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> found = of(book, book.me)
    >>> found.you, found.people["Alice Merton"].role
    (True, 'partner')
    """
    named = groups.declared(book) if group_of is None else group_of
    roles = roles_of(book)
    standing = _standing(book, whose)
    people = {}
    for person, role in zip(roles.index.tolist(), roles.tolist(), strict=True):
        kind, still, days = standing.get(person, ("", 0.0, None))
        people[person] = Person(str(role), str(named.get(person, "") or ""), kind, still, days)
    hidden = book.settings.hides
    ties = _shared(book) if hidden else _ties(book)
    return Details(whose, whose is not None and whose == book.me, people, ties, shared=hidden)


def of_chains(book: Book, chains: Chains) -> Details:
    """Collect what the map of chains can tell: a tie says who brought whom, and on which day.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.maps.kinds.chains.data import Chains
    >>> book = Book.sample()
    >>> of_chains(book, Chains(book, "first")).ties[0]
    Tie(giver='Alice Merton', receiver='Ida Brightwell', dated=(('2025-12-05', 1),), undated=0)
    """
    known = of(book)
    tree = chains.tree
    people = dict(known.people)
    for name, client in zip(tree.names, chains.client.tolist(), strict=True):
        people.setdefault(name, Person("client" if client else "prospect"))
    linked = np.flatnonzero(tree.parent >= 0)
    linked = linked[np.lexsort((linked, tree.parent[linked]))]
    day = book.history["date"].to_numpy().astype("datetime64[D]")[tree.row[linked]]
    ties = [
        Tie(tree.names[up], tree.names[one], ((when, 1),))
        for up, one, when in zip(
            tree.parent[linked].tolist(),
            linked.tolist(),
            np.datetime_as_string(day).tolist(),
            strict=True,
        )
    ]
    return Details(book.me, book.me is not None, people, ties, brought=True)


def _shared(book: Book) -> list[Tie]:
    """Give each two people with a referral once: in the graph they stand both ways."""
    return [Tie(*ends, undated=1) for ends in book.graph().edges if ends[0] < ends[1]]


def _standing(book: Book, whose: str | None) -> dict[str, tuple[str, float, float | None]]:
    if whose is None or book.settings.hides:
        return {}
    table = owe.position(book, whose)
    table = table[(table["gave_me"] + table["i_gave"] > 0).to_numpy()]
    days = table["days_open"].to_numpy(dtype=float, na_value=np.nan)
    return {
        person: (kind, still, None if np.isnan(age) or kind != "owe" else age)
        for person, kind, still, age in zip(
            table.index.tolist(),
            owe.standing(table).tolist(),
            table["open"].astype(float).tolist(),
            days.tolist(),
            strict=True,
        )
    }


def _ties(book: Book) -> list[Tie]:
    """Fold the referrals of the window into one tie for each giver and receiver."""
    chosen = book.in_window
    giver, receiver = (end[chosen] for end in book.ends)
    rows = book.history.loc[chosen, ["date", "count"]]
    day = rows["date"].to_numpy().astype("datetime64[D]")
    order = np.lexsort((day, receiver, giver))
    names = book.people.index.tolist()
    dated: dict[tuple[int, int], dict[str, int]] = {}
    undated: dict[tuple[int, int], int] = {}
    for u, v, when, count in zip(
        giver[order].tolist(),
        receiver[order].tolist(),
        np.datetime_as_string(day[order]).tolist(),
        rows["count"].to_numpy()[order].tolist(),
        strict=True,
    ):
        days = dated.setdefault((u, v), {})
        if when == "NaT":
            undated[u, v] = undated.get((u, v), 0) + count
        else:
            days[when] = days.get(when, 0) + count
    return [
        Tie(names[u], names[v], tuple(days.items()), undated.get((u, v), 0))
        for (u, v), days in dated.items()
    ]
