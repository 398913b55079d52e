"""The network's tables as every command, page and notebook prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from refgraph.analysis import connectors, groups, reciprocity
from refgraph.graph import without

if TYPE_CHECKING:
    from refgraph.book import Book

__all__ = ["connectors_table", "reciprocity_table"]

_COUNTS = ("people", "ties", "mutual_pairs", "one_way_pairs", "null_pairs")


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


def connectors_table(book: Book, *, with_me: bool = False) -> tuple[pd.DataFrame, str]:
    """Connectors of the network without me, best first, as rows; and what to know of them.

    Examples
    --------
    >>> from refgraph import Book
    >>> table, note = connectors_table(Book.sample())
    >>> list(table)
    ['person', 'score', 'betweenness', 'groups_linked', 'given', 'received']
    >>> note
    'Groups are those of people.csv. Robin Hale, whose book this is, is left out.'
    """
    G = book.graph() if with_me or book.me is None else without(book.graph(), book.me)
    group = groups.of(book, G)
    table = connectors.rank(G, group).reset_index()
    said = [] if connectors.anybody(table) else ["Nobody stands between others yet."]
    declared = group.attrs["source"] == "declared"
    said.append(
        f"Groups are {'those of people.csv' if declared else 'found by who refers to whom'}."
    )
    if book.me is not None and not with_me:
        said.append(f"{book.me}, whose book this is, is left out.")
    return table, " ".join(said)
