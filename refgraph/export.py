"""The graph for other tools: GraphML and GEXF for Gephi, JSON for NetworkX, CSV for all."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import networkx as nx

if TYPE_CHECKING:
    from refgraph.book import Book

__all__ = ["FORMATS", "edge_list", "gexf", "graphml", "node_link", "plain_graph"]

_ABOUT = ("role", "profession", "group")
_LISTS = ("offers", "needs")


def plain_graph(book: Book) -> nx.DiGraph[str]:
    """Give the book's graph with what is known about each person, in plain values.

    Returns
    -------
    networkx.DiGraph
        People have ``role``, ``profession``, ``group``, ``offers`` and ``needs``
        (``; ``-separated) where known; edges ``weight``, ``first``, ``last``.

    Examples
    --------
    >>> from refgraph import Book
    >>> plain_graph(Book.sample()).nodes["Hiro Tanabe"]["role"]
    'partner'
    """
    G = nx.DiGraph(book.graph())
    for person, row in zip(book.people.index, book.people.to_dict("records"), strict=True):
        about: dict[str, Any] = {name: row[name] for name in _ABOUT if row[name]}
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
    >>> list(read.edges(data=True)) == list(plain_graph(book).edges(data=True))
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


def edge_list(book: Book) -> str:
    """Give the graph as CSV: ``giver``, ``receiver``, ``weight``, ``first``, ``last``.

    Examples
    --------
    >>> from refgraph import Book
    >>> for line in edge_list(Book.sample()).splitlines()[:2]:
    ...     print(line)
    giver,receiver,weight,first,last
    Alice Merton,Ben Castle,1,2026-09-10,2026-09-10
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["giver", "receiver", "weight", "first", "last"])
    for giver, receiver, tie in book.graph().edges(data=True):
        writer.writerow([giver, receiver, int(tie["weight"]), tie.get("first"), tie.get("last")])
    return stream.getvalue()


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


FORMATS = {".graphml": graphml, ".gexf": gexf, ".csv": edge_list, ".json": node_link}
