"""The network's tables as every command, page and notebook prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from refgraph.analysis import connectors, groups, reciprocity
from refgraph.graph import without

if TYPE_CHECKING:
    import networkx as nx

    from refgraph.book import Book

__all__ = ["connectors_note", "connectors_table", "reciprocity_table"]

_COUNTS = ("people", "ties", "mutual_pairs", "one_way_pairs")


def reciprocity_table(book: Book) -> pd.DataFrame:
    """Reciprocity of the whole network as rows: ``measure`` and ``value``.

    Examples
    --------
    >>> from refgraph import Book
    >>> reciprocity_table(Book.sample())["measure"].tolist()[:3]
    ['people', 'ties', 'mutual_pairs']
    """
    overall = reciprocity.overall(book.graph())
    values = [int(value) if name in _COUNTS else value for name, value in overall.items()]
    return pd.DataFrame(
        {
            "measure": pd.Series(overall.index.to_numpy(dtype=object), dtype="str"),
            "value": pd.Series(values, dtype=object),
        }
    )


def connectors_table(book: Book, *, with_me: bool = False) -> pd.DataFrame:
    """Connectors of the network without me, best first, as rows.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(connectors_table(Book.sample()))
    ['person', 'score', 'betweenness', 'groups_linked', 'given', 'received']
    """
    G = _graph(book, with_me=with_me)
    return connectors.rank(G, groups.of(book, G)).reset_index()


def connectors_note(book: Book, *, with_me: bool = False) -> str:
    """How the connectors were computed, in a sentence."""
    G = _graph(book, with_me=with_me)
    declared = groups.of(book, G).attrs["source"] == "declared"
    found = "those of people.csv" if declared else "found from who refers to whom"
    left_out = "" if book.me is None or with_me else f" {book.me}, whose book this is, is left out."
    return f"Groups are {found}.{left_out}"


def _graph(book: Book, *, with_me: bool) -> nx.DiGraph[str]:
    return book.graph() if with_me or book.me is None else without(book.graph(), book.me)
