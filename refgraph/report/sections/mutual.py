"""How mutual a book is, in words: one's own ties apart from what was heard of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.analysis.reciprocity.own_ties import by_side
from refgraph.graph.door import tied
from refgraph.report.sections.section import RANGES, ranged
from refgraph.wording import agree, count, percent

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.book.book import Book

__all__ = ["sides", "told"]


def sides(book: Book, person: str | None = None) -> pd.DataFrame:
    """Measure all ties of a book, those of a person and those among others.

    Parameters
    ----------
    book : Book
        Its window chooses which referrals are counted.
    person : str, optional
        Whose ties are *mine*; the book's me if not given.

    Examples
    --------
    >>> from refgraph import Book
    >>> sides(Book.sample()).index.tolist()
    ['all', 'mine', 'others']
    """
    return by_side(book.graph(), book.me if person is None else person)


def told(
    book: Book, table: pd.DataFrame, *, you: str | None = None, circulation: float = float("nan")
) -> list[str]:
    """Say how mutual a book is, each share with what it is of and its range.

    The book of one person is no network that was seen: it says how mutual their own ties
    are and, apart from that, what they recorded of others. The book of nobody in
    particular is the network's: it says how mutual that is, and how much of it there is.

    Parameters
    ----------
    book : Book
        The book.
    table : DataFrame
        As :func:`sides` gives it.
    you : str, optional
        Who is called *you*, and whose ties are *mine*; the book's me if not given.
    circulation : float, optional
        Share of all referrals that come back round, for a network's book.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> told(book, sides(book))[1].partition(" (")[0]
    'Among others in this book, 6 of 14 ties have one back'
    """
    side: dict[Any, Any] = table.to_dict("index")
    own = [_own(side["mine"], book.me, you)] if "mine" in side else []
    if book.me is None:
        lines = [*own, *_network(book, side["all"], circulation)]
    elif you in (None, book.me):
        lines = [*own, _heard(side["others"])]
    else:  # among others would be the owner's own ties, and hearsay
        lines = own
    return [*lines, RANGES] if book.in_window.any() else []


def _own(side: dict[str, Any], owner: str | None, you: str | None) -> str:
    """Say with how many people, and of how many ties and referrals, some go the other way."""
    ties, back = int(side["ties"]), int(side["ties_back"])
    known = "" if owner is None or you in (None, owner) else f", as far as {owner} recorded them"
    if not ties:
        return f"You have no tie in this book yet{known}."
    people = count(int(side["pairs"]), "person")
    return (
        f"You and {int(side['mutual_pairs']):,} of {people} with whom you have referrals refer "
        f"both ways ({_range(side, 'dyad')}). Of your {count(ties, 'tie')} in this book{known}, "
        f"{_have(back)} one back ({_range(side, 'edge')}); of the "
        f"{count(int(side['referrals']), 'referral')} in {agree(ties, 'it')}, "
        f"{_are(int(side['matched']))} matched by one the other way ({_range(side, 'weighted')})."
    )


def _heard(side: dict[str, Any]) -> str:
    """Say the same of the ties among others, and that they are hearsay."""
    ties, back = int(side["ties"]), int(side["ties_back"])
    if not ties:
        return "Among others, this book has no tie."
    return (
        f"Among others in this book, {back:,} of {count(ties, 'tie')} "
        f"{agree(back, 'has')} one back ({_range(side, 'edge')}): hearsay, only what "
        "you recorded."
    )


def _network(book: Book, side: dict[str, Any], circulation: float) -> list[str]:
    """Say how mutual a network is, and how many of the ties that could be in it exist."""
    pairs, ties, number = int(side["pairs"]), int(side["ties"]), int(side["referrals"])
    if not ties:
        return []
    mutual, people = int(side["mutual_pairs"]), len(tied(book.graph()))
    refer = agree(mutual, "refers")
    could = people * (people - 1)
    pair_line = (
        f"{mutual:,} of {count(pairs, 'pair')} with a referral {refer} both ways "
        f"({_range(side, 'dyad')})."
    )
    tie_line = (
        f"Of {count(ties, 'tie')} from one person to another, {_have(int(side['ties_back']))} one "
        f"back ({_range(side, 'edge')})."
    )
    referral_line = (
        f"Of {count(number, 'referral')}, {_are(int(side['matched']))} matched by one the other "
        f"way between the same two ({_range(side, 'weighted')})"
    )
    if circulation * number > side["matched"] + 0.5:  # never where it is NaN
        referral_line += (
            f", and {round(circulation * number):,} ({percent(circulation)}) would be if they may "
            "come round through others"
        )
    exist = agree(ties, "exists")
    could_line = (
        f"Of the {could:,} ties that could be among the {count(people, 'person')} with a referral, "
        f"{ties:,} {exist} ({percent(ties / could)})."
    )
    return [pair_line, tie_line, f"{referral_line}.", could_line]


def _range(side: dict[str, Any], name: str) -> str:
    return ranged(side[name], side[f"{name}_low"], side[f"{name}_high"])


def _have(number: int) -> str:
    return f"{number:,} {agree(number, 'has')}"


def _are(number: int) -> str:
    return f"{number:,} {agree(number, 'is')}"
