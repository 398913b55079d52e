"""What an interactive map tells of people beyond its drawing: roles, groups, standing and ties."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from refgraph.analysis.connecting import groups
from refgraph.analysis.owing import owe
from refgraph.maps.scenes.folded_ties import Folded, Tie
from refgraph.maps.scenes.roles import roles_of
from refgraph.schema.row_facts import DAY_AND_COUNT, counts_of, date_of, days_of, person_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refgraph.book.book import Book
    from refgraph.maps.kinds.chains.data import Chains

__all__ = ["Details", "Person", "Tie", "of", "of_chains"]

# What is told of a book, kept for the next map of it; people by whom a map is about.
_PEOPLE: WeakKeyDictionary[Book, dict[str | None, dict[str, Person]]] = WeakKeyDictionary()
_TIES: WeakKeyDictionary[Book, Folded] = WeakKeyDictionary()


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
    profession : str
        What they do.
    offers, needs, aliases : tuple of str
        What they do for others and look for, and their other names, as far as the book shows them.
    waiting : tuple of (str, float)
        ISO date, "" for none, of each referral of theirs that is still open, and how many.
    never : bool
        Whether the book says never to refer anybody to them.
    last : str
        ISO date of the last contact with the book's me, where the map is about nobody else.
    """

    role: str = ""
    group: str = ""
    standing: str = ""
    open: float = 0
    days: float | None = None
    profession: str = ""
    offers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    never: bool = False
    waiting: tuple[tuple[str, float], ...] = ()
    last: str = ""


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
    ties : sequence of Tie
        Sorted by giver, then receiver, as in the book's graph.
    brought : bool
        Whether a tie says that the giver brought the receiver, by a referral to anybody.
    shared : bool
        Whether a tie says only that a referral passed, one way or the other; each is here once.
    today : str
        ISO date from which days are counted.
    """

    whose: str | None
    you: bool
    people: dict[str, Person]
    ties: Sequence[Tie]
    brought: bool = False
    shared: bool = False
    today: str = ""


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
    kept = _PEOPLE.setdefault(book, {})
    if whose not in kept:
        kept[whose] = _people(book, whose)
    people = dict(kept[whose])
    if group_of is not None:
        for person, known in people.items():
            people[person] = replace(known, group=str(group_of.get(person, "") or ""))
    hidden = book.settings.hides
    ties = _shared(book) if hidden else _ties(book)
    return Details(
        whose,
        whose is not None and whose == book.me,
        people,
        ties,
        shared=hidden,
        today=str(book.today),
    )


def _people(book: Book, whose: str | None) -> dict[str, Person]:
    """Collect what is told of everybody in a book, with the groups that it declares."""
    named = groups.declared(book)
    roles = roles_of(book)
    standing = _standing(book, whose)
    about = _about(book)
    last = _last(book) if whose in (None, book.me) else {}
    waiting = _waiting(book, whose) if standing else {}
    people = {}
    for person, role in zip(roles.index.tolist(), roles.tolist(), strict=True):
        kind, still, days = standing.get(person, ("", 0.0, None))
        people[person] = replace(
            about.get(person, Person()),
            role=str(role),
            group=str(named.get(person, "") or ""),
            standing=kind,
            open=still,
            days=days,
            waiting=tuple(sorted(waiting.get(person, {}).items())),
            last=last.get(person, ""),
        )
    return people


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
    day = book.dates.to_numpy().astype("datetime64[D]")[tree.row[linked]]
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


def _about(book: Book) -> dict[str, Person]:
    """Give what the book says of each person; what it hides is blank in the book already."""
    told = book.people[["profession", "offers", "needs", "aliases", "do_not_refer"]]
    return {
        person: Person(
            profession=str(does),
            offers=tuple(offers),
            needs=tuple(needs),
            aliases=tuple(aliases),
            never=bool(never),
        )
        for person, does, offers, needs, aliases, never in told.itertuples(name=None)
    }


def _waiting(book: Book, whose: str | None) -> dict[str, dict[str, float]]:
    """Give the referrals of the window to `whose` that are still open, by giver and day."""
    still = owe.open_referrals(book)
    giver, receiver = book.ends
    rows = np.flatnonzero((still > 0) & book.in_window)
    names = book.people.index.tolist()
    days = days_of(book.dates.to_frame())
    found: dict[str, dict[str, float]] = {}
    for row, day in zip(rows.tolist(), np.datetime_as_string(days[rows]).tolist(), strict=True):
        if names[receiver[row]] == whose:
            told = found.setdefault(names[giver[row]], {})
            when = "" if day == "NaT" else day
            told[when] = told.get(when, 0.0) + float(still[row])
    return found


def _last(book: Book) -> dict[str, str]:
    """Give the day of the last contact with each person, none of which lies ahead."""
    told = book.contacts
    told = told[(date_of(told) <= np.datetime64(book.today)).to_numpy()]
    days = date_of(told).groupby(person_of(told), sort=False).max()
    written = np.datetime_as_string(days.to_numpy().astype("datetime64[D]")).tolist()
    return dict(zip(days.index.tolist(), written, strict=True))


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


def _ties(book: Book) -> Folded:
    """Fold the referrals of the window into one tie for each giver and receiver."""
    if book not in _TIES:
        chosen = book.in_window
        giver, receiver = (end[chosen] for end in book.ends)
        rows = book.select(*DAY_AND_COUNT)
        names, count = book.people.index.tolist(), counts_of(rows).astype(int)
        _TIES[book] = Folded(names, giver, receiver, days_of(rows), count)
    return _TIES[book]
