"""The graph for other tools: GraphML and GEXF for Gephi, JSON for NetworkX, CSV for all."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import networkx as nx

from refgraph.reading.files.formula_safe_csv import as_csv

if TYPE_CHECKING:
    from collections.abc import Callable

    from refgraph.book.book import Book

__all__ = ["FORMATS", "edge_list", "gexf", "graphml", "node_link", "plain_graph"]

_ABOUT = ("role", "profession", "group")
_LISTS = ("offers", "needs")


def plain_graph(book: Book) -> nx.DiGraph[str]:
    """Give the book's graph with what is known about each person, in plain values.

    Returns
    -------
    networkx.DiGraph
        People have a ``label``, their name, and ``role``, ``profession``, ``group``,
        ``offers`` and ``needs`` (``; ``-separated) where known; edges ``weight``,
        ``first``, ``last``.

    Examples
    --------
    >>> from refgraph import Book
    >>> plain_graph(Book.sample()).nodes["Hiro Tanabe"]["role"]
    'partner'
    """
    made = book.graph()
    G: nx.DiGraph[str] = nx.DiGraph(**made.graph)
    G.add_nodes_from(made)
    G.add_edges_from(made.edges(data=True))
    for person, row in zip(book.people.index, book.people.to_dict("records"), strict=True):
        about: dict[str, Any] = {"label": person}  # what Gephi writes beside a node
        about |= {name: row[name] for name in _ABOUT if row[name]}
        about |= {name: "; ".join(row[name]) for name in _LISTS if row[name]}
        G.nodes[person].update(about)
    return G


def graphml(book: Book) -> str:
    """Give the graph as GraphML.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> read = nx.parse_graphml(graphml(book))
    >>> list(read.nodes(data=True)) == list(plain_graph(book).nodes(data=True))
    True
    """
    stream = io.BytesIO()
    nx.write_graphml_xml(plain_graph(book), stream)
    return stream.getvalue().decode("utf-8").rstrip() + "\n"


def gexf(book: Book) -> str:
    """Give the graph as GEXF, without the date of writing, so that it repeats to the byte.

    Examples
    --------
    >>> from refgraph import Book
    >>> "lastmodifieddate" in gexf(Book.sample())
    False
    """
    stream = io.BytesIO()
    nx.write_gexf(plain_graph(book), stream, version="1.2draft")
    text = stream.getvalue().decode("utf-8").rstrip() + "\n"
    return re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1)


def edge_list(book: Book, *, raw: bool = False) -> str:
    """Give the graph as CSV: ``giver``, ``receiver``, ``weight``, ``first``, ``last``.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    raw : bool, default False
        Leave names like ``=1+1`` as they are; a spreadsheet would compute them.

    Examples
    --------
    >>> from refgraph import Book
    >>> for line in edge_list(Book.sample()).splitlines()[:2]:
    ...     print(line)
    giver,receiver,weight,first,last
    Alice Merton,Ben Castle,1,2026-09-10,2026-09-10
    """
    rows = (
        {
            "giver": giver,
            "receiver": receiver,
            "weight": int(tie["weight"]),
            "first": tie.get("first"),
            "last": tie.get("last"),
        }
        for giver, receiver, tie in book.graph().edges(data=True)
    )
    return as_csv(["giver", "receiver", "weight", "first", "last"], rows, raw=raw)


def node_link(book: Book) -> str:
    """Give the graph as node-link JSON, which ``networkx.node_link_graph`` reads.

    Examples
    --------
    >>> from refgraph import Book
    >>> sorted(json.loads(node_link(Book.sample())))
    ['directed', 'edges', 'graph', 'multigraph', 'nodes']
    """
    content = nx.node_link_data(plain_graph(book), edges="edges")
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[..., str]] = {
    ".graphml": graphml,
    ".gexf": gexf,
    ".csv": edge_list,
    ".json": node_link,
}
