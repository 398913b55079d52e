"""Who stands first in the lists that a review shows: connectors, and whom to refer first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.connecting import connectors, groups
from refgraph.analysis.connecting.betweenness import sources
from refgraph.analysis.suggesting import refer_first
from refgraph.book.arrival import by_arrival
from refgraph.graph.door import without

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refgraph.book.book import Book

__all__ = ["CONNECTORS", "FIRST", "REFER_FIRST", "ranks_of"]

#: The places of a list that are kept.
FIRST = 10
CONNECTORS, REFER_FIRST = "connectors", "refer-first"


def ranks_of(book: Book, whose: str | None) -> Iterator[tuple[str, str, int]]:
    """Give the first ten of each list: which list, who, and in which place.

    Connectors are those of the whole record without me. In a network so large that shortest
    ways are sampled they have no place, as those who are near each other change it by lot.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample().window()
    >>> next(ranks_of(book, book.me))
    ('connectors', 'Hiro Tanabe', 1)
    """
    G = book.graph() if book.me is None else without(book.graph(), book.me)
    if G.number_of_edges() and not sources(G).sampled:
        H = by_arrival(book, G)
        table = connectors.rank(H, groups.of(book, H))
        if connectors.anybody(table):
            for place, name in enumerate(table.index[:FIRST], 1):
                yield CONNECTORS, str(name), place
    if whose is not None and len(book.history):
        for place, name in enumerate(refer_first.rank(book, whose)["person"].head(FIRST), 1):
            yield REFER_FIRST, str(name), place
