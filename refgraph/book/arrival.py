"""In which order people came into a record: what breaks ties, so that no name does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx
    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["arrivals", "by_arrival", "carry_over"]

_KEPT = "arrivals"


def arrivals(book: Book) -> NDArray[np.int64]:
    """Give the turn in which each of ``book.people`` came into the record, from 0.

    First who stands in a referral, by the first one, its giver before its receiver; then the
    others, by name. With initials for names everybody keeps their turn, so that a list whose ties
    go by it names the same people, and tells nothing of the order of their names.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> first = book.history.iloc[0]
    >>> arrivals(book)[book.places([first["giver"], first["receiver"]])].tolist()
    [0, 1]
    """
    if _KEPT not in book._kept:  # noqa: SLF001  # what holds for every window is kept with the book
        people = len(book.people)
        ends = np.stack(book.ends, axis=1).ravel()
        places, first = np.unique(ends, return_index=True)
        came = np.full(people, len(ends), dtype=np.int64)
        came[places] = first
        _keep(book, np.argsort(np.lexsort((np.arange(people), came))))
    found: NDArray[np.int64] = book._kept[_KEPT]  # noqa: SLF001  # as above
    return found


def by_arrival(book: Book, G: nx.DiGraph[Any]) -> nx.DiGraph[Any]:
    """Give the network of a book, or a part of it, with its people in the order they came in.

    So who is level in what is computed of it stands in that order, and what is drawn at random
    with a seed, or sought in a random order, does not hang on names.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> first = book.history.iloc[0]
    >>> list(by_arrival(book, book.graph()))[:2] == [first["giver"], first["receiver"]]
    True
    """
    from refgraph.graph.rearranged import rearranged  # noqa: PLC0415  # networkx, 0.1 s

    order = np.argsort(arrivals(book)[book.places(list(G))])
    return G if (np.diff(order) > 0).all() else rearranged(G, order)


def carry_over(book: Book, hidden: Book, called: Sequence[str]) -> None:
    """Let people of a book under other names keep their turns.

    Parameters
    ----------
    book, hidden : Book
        The two.
    called : sequence of str
        What each of ``book.people`` is called in the other.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.book.incognito import incognito
    >>> book = Book.sample()
    >>> hidden, initials = incognito(book)
    >>> turns = arrivals(hidden)[hidden.places(map(initials.get, book.people.index))]
    >>> bool((turns == arrivals(book)).all())
    True
    """
    turns = np.empty(len(called), dtype=np.int64)
    turns[hidden.places(called)] = arrivals(book)
    _keep(hidden, turns)


def _keep(book: Book, turns: NDArray[np.int64]) -> None:
    turns.setflags(write=False)
    book._kept[_KEPT] = turns  # noqa: SLF001  # as above
