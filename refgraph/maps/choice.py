"""Which map suits a book, and which maps have something to say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.owing.leaks import is_any_moved
from refgraph.analysis.tracing.origin_forest import forest
from refgraph.errors import RefgraphError
from refgraph.maps.kind import KINDS
from refgraph.maps.layout import stress_layout
from refgraph.maps.layout.quality import count_crossings
from refgraph.maps.layout.tie_routing import FEW as TIES
from refgraph.maps.scenes import phrases
from refgraph.schema.row_ends import ENDS, ends_of, members_of, passed_through
from refgraph.schema.row_facts import date_of

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.book.book import Book

__all__ = ["choose", "telling"]

OWED, CONNECTORS, MATRIX = 70, 150, 8  # people that suit a map: at most, at most, at least
CELLS, SHADES = 60, 200  # people whose counts all fit a matrix, and those whose shades do
DENSE = 3  # ties a person, from which cells are read better than crossing lines
CROSSED = 8.0  # crossings a tie, from which shades are


def choose(book: Book, person: str | None = None) -> tuple[str, str]:
    """Pick the map that suits a book.

    Whom somebody owes, while it can be drawn row by row; else, of 8 to 60 people with three ties
    each or more, the matrix, since lines would cross too often to be followed; so too of up to
    200 people where, laid out as a network, each tie crosses more than eight; else who links the
    others, while all can be named and their ties kept clear of the names, which is up to 150
    people and 400 ties; else the overview. With the profile ``health``, who links the others.

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
    mine = passed_through(rows, whose)
    near = len(members_of(rows[mine]) - {whose})
    others = rows[~mine]
    people, ties = _size(others)
    hidden = book.settings.hides
    name = "you" if whose == book.me else whose
    if near and not hidden and (near <= OWED or not people):
        have = phrases.many(near, "person has", "people have")
        return "owed", f"{have} a referral to or from {name}"
    ties //= 1 + hidden  # each stands both ways
    around = f" without {name}" if near else ""
    tied = phrases.many(people, "person has", "people have")
    if not near and not hidden and MATRIX <= people <= SHADES:
        few = people <= CELLS
        if (ties >= DENSE * people) if few else _crossings(others) > CROSSED:
            return "matrix", f"{tied} {ties:,} ties, too many to follow as lines"
    if people > CONNECTORS and not hidden:
        return "overview", f"{tied} ties{around}, too many to name them all"
    if ties > TIES and not hidden:
        return "overview", f"{tied} {ties:,} ties{around}, too many to keep clear of their names"
    return "connectors", f"{tied} ties{around}"


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
        The owed map and the timeline where somebody is asked about, the timeline only if two days
        are known; the pipeline where it is recorded how some were introduced and what became of
        them; the connectors map unless all ties are with who is asked about, and the overview
        beside it where people or their ties are many; the matrix then too if eight people
        have referrals; the chains if somebody beside
        me brought a person who brought another. With the profile ``health``, the connectors map
        alone.

    Examples
    --------
    >>> from refgraph import Book
    >>> telling(Book.sample())
    ['owed', 'connectors', 'matrix', 'timeline', 'pipeline', 'chains']
    """
    if book.settings.hides:
        return [kind.name for kind in KINDS.values() if not kind.compares]
    whose = book.whose(person)
    rows = book.referrals
    with_me = passed_through(rows, whose)
    mine = rows[with_me]
    compared = whose is not None
    people, ties = _size(rows[~with_me])
    found = {
        "owed": compared,
        "connectors": not compared or ties > 0,
        "overview": people > CONNECTORS or ties > TIES,
        "matrix": len(members_of(rows)) >= MATRIX and ties > 0,
        "timeline": compared and len(date_of(mine).dropna().unique()) > 1,
        "pipeline": _followed(mine if compared else rows),
        "chains": _handed_on(book),
    }
    return [kind for kind in KINDS if found.get(kind)]


def _size(rows: pd.DataFrame) -> tuple[int, int]:
    """Give how many people there are, and how many ties: each direction of a pair is one."""
    return len(members_of(rows)), len({*zip(*ends_of(rows), strict=True)})


def _crossings(rows: pd.DataFrame) -> float:
    """Count how many others a tie crosses where the ties themselves lay out the people."""
    ends = rows[[*ENDS]].to_numpy()
    a, b = np.unique(ends, return_inverse=True)[1].reshape(-1, 2).T
    n = int(max(a.max(), b.max())) + 1
    pair = np.unique(np.minimum(a, b) * n + np.maximum(a, b))
    a, b = pair // n, pair % n
    at = stress_layout.force(n, a, b, np.ones(len(pair)))
    lines = np.stack([at[a], at[a], at[b]], axis=1)
    return count_crossings(lines, np.stack([a, b], axis=1))


def _followed(rows: pd.DataFrame) -> bool:
    """Tell whether it is known of some how they were introduced, and what became of some."""
    return bool(rows["handoff"].notna().any()) and is_any_moved(rows)


def _handed_on(book: Book) -> bool:
    """Tell whether a chain that somebody beside me began has three people or more."""
    tree = forest(book)
    me = -1 if book.me is None else tree.names.index(book.me)
    return bool(((tree.depth > 1) & (tree.root != me)).any())
