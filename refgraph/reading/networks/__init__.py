"""Networks that were written by other programs become rows of giver, receiver and count.

What comes in is the text of a file, or a table that was split into records. What goes out
is a table with the columns of a referral, each row with the line it stands on, so that the
ordinary readers judge names and counts and refuse a tie of a person to themselves. An edge
list keeps its rows and gets our headers; a matrix becomes a row for each cell that counts;
a graph file (GEXF, GraphML, Pajek, UCINET DL, SIF, GML, DOT) is read here, without any
library: libraries lose the lines. A tie without direction does not say who gave, and is
refused with its line.

- ``edge_lists``: tables of Gephi, Kumu, NodeXL and Cytoscape, and our own export;
- ``bare_edges``: lists of edges without a header;
- ``adjacency_matrix``: names on both axes, with or without totals;
- ``graph_text``: which format a text is in, and the table that it becomes;
- ``graph_xml``, ``plain_graphs``, ``nested_graphs``: its readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.reading.networks.adjacency_matrix import take_matrix
from refgraph.reading.networks.bare_edges import take_bare_edges
from refgraph.reading.networks.edge_lists import EDGES, edge_columns, take_edge_list
from refgraph.reading.networks.graph_text import graph_format, read_graph_text

if TYPE_CHECKING:
    from refgraph.reading.files.records import Source

__all__ = [
    "EDGES",
    "edge_columns",
    "graph_format",
    "read_graph_text",
    "take_matrix",
    "take_network",
]


def take_network(source: Source, notes: list[str]) -> bool:
    """Make rows of referrals of a table that is a network; say whether it was one.

    Raises
    ------
    LedgerError
        It is one, and does not say who gave, or contradicts itself.
    """
    return (
        take_edge_list(source, notes)
        or take_matrix(source, notes)
        or take_bare_edges(source, notes)
    )
