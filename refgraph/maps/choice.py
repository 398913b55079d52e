"""Which map suits a book, and which maps have something to say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.lineage import forest
from refgraph.errors import RefgraphError
from refgraph.maps import KINDS, words

if TYPE_CHECKING:
    from refgraph.book import Book

__all__ = ["choose", "telling"]

OWED, CONNECTORS, MATRIX = 70, 150, 8  # people that suit a map: at most, at most, at least


def choose(book: Book, person: str | None = None) -> tuple[str, str]:
    """Pick the map that suits a book.

    Whom somebody owes, while it can be drawn row by row; else who links the others, while all
    can be named; else the overview.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    person : str, optional
        Whose side to look from; the book's me if not given.

    Returns
    -------
    kind : str
        One of :data:`refgraph.maps.KINDS`.
    why : str
        The reason, as a part of a sentence.

    Raises
    ------
    RefgraphError
        There are no referrals to draw.

    Examples
    --------
    >>> from refgraph import Book
    >>> choose(Book.sample())
    ('owed', '10 people have a referral to or from you')
    """
    whose = book.whose(person)
    rows = book.referrals
    if rows.empty:
        window = " in this window" if book.since or book.until else " yet"
        msg = f"There are no referrals{window}, so there is no map to draw."
        raise RefgraphError(msg)
    mine = (rows["giver"] == whose) | (rows["receiver"] == whose)
    near = len({*rows["giver"][mine], *rows["receiver"][mine]} - {whose})
    others = rows[~mine]
    people = len({*others["giver"], *others["receiver"]})
    compared = book.settings.profile != "health"
    name = "you" if whose == book.me else whose
    if near and compared and (near <= OWED or not people):
        have = words.many(near, "person has", "people have")
        return "owed", f"{have} a referral to or from {name}"
    around = f" without {name}" if near else ""
    tied = f"{words.many(people, 'person has', 'people have')} ties{around}"
    if people <= CONNECTORS:
        return "connectors", tied
    if "overview" in KINDS:
        return "overview", f"{tied}, too many to name them all"
    return "connectors", f"{tied}; the best connectors are named"


def telling(book: Book, person: str | None = None) -> list[str]:
    """Give the maps for a review: those that have something to say about this book.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    person : str, optional
        Whose side to look from; the book's me if not given.

    Returns
    -------
    list of str
        The owed map and the timeline where somebody is asked about and the profession sets what
        was given against what was received, the timeline only if two days are known; the
        connectors map always; the matrix if eight people have referrals; the chains if somebody
        beside me brought a person who brought another.

    Examples
    --------
    >>> from refgraph import Book
    >>> telling(Book.sample())
    ['owed', 'connectors', 'matrix', 'timeline', 'chains']
    """
    whose = book.whose(person)
    rows = book.referrals
    mine = rows[(rows["giver"] == whose) | (rows["receiver"] == whose)]
    compared = whose is not None and book.settings.profile != "health"
    found = {
        "owed": compared,
        "connectors": True,
        "matrix": len({*rows["giver"], *rows["receiver"]}) >= MATRIX,
        "timeline": compared and mine["date"].nunique() > 1,
        "chains": _handed_on(book),
    }
    return [kind for kind, says in found.items() if says]


def _handed_on(book: Book) -> bool:
    """Tell whether a chain that somebody beside me began has three people or more."""
    tree = forest(book)
    me = -1 if book.me is None else tree.names.index(book.me)
    return bool(((tree.depth > 1) & (tree.root != me)).any())
