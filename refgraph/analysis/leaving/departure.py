"""What would be lost if a person left, and what to do before they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis.connecting.articulation import cut_off
from refgraph.analysis.leaving.bridged_pairs import choose_introductions, find_bridged
from refgraph.analysis.tracing import won_value
from refgraph.book import professional_limits
from refgraph.errors import OptionError
from refgraph.graph.door import adjacency, without
from refgraph.wording import count

if TYPE_CHECKING:
    from decimal import Decimal
    from typing import Any

    import networkx as nx
    from numpy.typing import NDArray

    from refgraph.analysis.leaving.bridged_pairs import Bridged
    from refgraph.book.book import Book

__all__ = ["COLUMNS", "INTRODUCTIONS", "LARGEST", "PARTS", "Departure", "without_person"]

COLUMNS = ("part", "person", "with", "count", "because")
#: What a row may be about, in their order.
PARTS = ("cut off", "groups apart", "won", "take over", "introduce")
INTRODUCTIONS = 5
#: The most contacts of a person that are compared with each other: those with most referrals.
LARGEST = 1_000
_HEIRS = 5

_Row = tuple[str, str, str, int, str]


@dataclass(frozen=True, eq=False)
class Departure:
    """What hangs on a person.

    Attributes
    ----------
    table : DataFrame
        A row for each finding: ``part``, ``person``, ``with`` (a second person, or ""), ``count``
        and ``because``.
    contacts : int
        People whom a referral ties to the person.
    bridged : Bridged
        What the introductions keep, and the most that any could.
    """

    table: pd.DataFrame
    contacts: int
    bridged: Bridged


def without_person(book: Book, person: str, *, introductions: int = INTRODUCTIONS) -> Departure:
    """Say what would be lost if a person left, and what to do before they do.

    Parameters
    ----------
    book : Book
        The referrals of the window are counted. In a book with a me it is looked at without me.
    person : str
        Who would leave.
    introductions : int, default 5
        How many introductions to look for at most.

    Returns
    -------
    Departure
        Its table holds, in this order: ``cut off``, who would not be joined to the others any
        more, with their referrals; ``groups apart``, groups whose every referral has the person
        at one end; ``won``, who won business that the person gave, with the number; ``take
        over``, who is tied to most of the person's contacts, with their number; ``introduce``,
        whom to introduce to whom, with the pairs of contacts that this keeps within two steps.

    Raises
    ------
    UnknownPersonError
        Nobody of that name is in the book.
    OptionError
        The person is me, or the number is below 0.
    WithheldError
        The book has the profile ``health``.

    Examples
    --------
    >>> from refgraph import Book
    >>> found = without_person(Book.sample(), "Hiro Tanabe")
    >>> set(found.table["part"]) <= set(PARTS), found.bridged.kept <= found.bridged.bound
    (True, True)
    """
    professional_limits.refuse(book)
    name = book.person(person)
    if name == book.me:
        msg = f"{name} is the me of this book, without whom there is none; name somebody else"
        raise OptionError(msg)
    if introductions < 0:
        msg = f"the number of introductions is at least 0, not {introductions}"
        raise OptionError(msg)
    G = book.graph() if book.me is None else without(book.graph(), book.me)
    people = [str(each) for each in G]
    weight = adjacency(G)
    both = (weight + weight.T).tocsr()
    at = people.index(name)
    mine = np.asarray(both[[at]].toarray()).ravel()
    contacts = np.flatnonzero(mine)
    bridged, chosen = _introduce(both, contacts, mine, at, introductions)
    rows = [
        *_cut_off(G, name, both),
        *_groups_apart(book, name),
        *_won(book, name),
        *_heirs(book, people, both, contacts, at),
        *(
            ("introduce", *sorted((people[chosen[a]], people[chosen[b]])), gain, _keeps(gain))
            for a, b, gain in bridged.introductions
        ),
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {name: np.int64 if name == "count" else "str" for name in COLUMNS}
    )
    return Departure(professional_limits.beside(book, table), len(contacts), bridged)


def _cut_off(G: nx.DiGraph[Any], name: str, both: Any) -> list[_Row]:
    alone = [str(each) for each in cut_off(G, name)]
    place = {str(each): at for at, each in enumerate(G)}
    referrals = np.asarray(both.sum(axis=1)).ravel()
    rows = [
        ("cut off", each, "", int(referrals[place[each]]), f"joined to the others by {name} alone")
        for each in alone
    ]
    return sorted(rows, key=lambda row: (-row[3], row[1]))


def _groups_apart(book: Book, name: str) -> list[_Row]:
    """Give pairs of groups that only referrals from or to the person link."""
    rows = book.select("giver", "receiver", "count")
    group = book.people["group"]
    ends = [group.reindex(rows[side]).to_numpy() for side in ("giver", "receiver")]
    linked: dict[tuple[str, str], list[int]] = {}
    for giver, receiver, number, one, other in zip(
        rows["giver"], rows["receiver"], rows["count"], *ends, strict=True
    ):
        if one and other and one != other and book.me not in (giver, receiver):
            found = linked.setdefault((min(one, other), max(one, other)), [0, 0])
            found[name in (giver, receiver)] += int(number)
    return [
        (
            *("groups apart", "", "", through),
            f"every referral between {one} and {other} is from or to {name}",
        )
        for (one, other), (rest, through) in sorted(linked.items())
        if not rest
    ]


def _won(book: Book, name: str) -> list[_Row]:
    """Give who won business that the person gave, and what it was worth."""
    rows = book.referrals
    rows = rows[(rows["giver"] == name) & (rows["status"] == "won")]
    found = []
    for receiver, some in rows.groupby("receiver", sort=True):
        money: dict[str, Decimal] = {}
        for value, currency in zip(some["value"], some["currency"], strict=True):
            if value is not None:
                won_value.add(money, currency, value)
        told = " and ".join(f"{money[each]:,f} {each}".rstrip() for each in sorted(money))
        number = int(some["count"].sum())
        worth = f", worth {told}" if told else ""
        found.append(
            (
                *("won", str(receiver), "", number),
                f"won {count(number, 'referral')} that {name} gave{worth}",
            )
        )
    return sorted(found, key=lambda row: (-row[3], row[1]))


def _heirs(
    book: Book, people: list[str], both: Any, contacts: NDArray[np.int64], at: int
) -> list[_Row]:
    """Give who is tied to most of the person's contacts; of equal ones who does the same work."""
    shared = np.asarray((both[:, contacts] > 0).sum(axis=1)).ravel()
    work = book.people["profession"].reindex(people).tolist()
    same = [bool(each) and each == work[at] for each in work]
    able = [v for v in np.flatnonzero(shared).tolist() if v != at]
    able.sort(key=lambda v: (-shared[v], not same[v], people[v]))
    return [
        (
            *("take over", people[v], "", int(shared[v])),
            f"has referrals with {shared[v]:,} of {people[at]}'s {count(len(contacts), 'contact')}"
            + (f"; {work[v]} too" if same[v] else ""),
        )
        for v in able[:_HEIRS]
    ]


def _introduce(
    both: Any, contacts: NDArray[np.int64], mine: NDArray[np.float64], at: int, number: int
) -> tuple[Bridged, list[int]]:
    """Choose introductions among the contacts, of very many those with most referrals."""
    few = np.sort(contacts[np.argsort(-mine[contacts], kind="stable")[:LARGEST]])
    rows = np.asarray((both[few] > 0).toarray())
    rows[:, at] = False
    bridged = find_bridged(rows, few)
    return choose_introductions(rows[:, few], bridged, number), few.tolist()


def _keeps(gain: int) -> str:
    return f"keeps {count(gain, 'pair')} of their contacts within two steps of each other"
