"""The graph for other programs: GraphML and GEXF for Gephi, JSON for NetworkX, CSV for all."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import networkx as nx

from refgraph.reading.files.formula_safe_csv import as_csv

if TYPE_CHECKING:
    from refgraph.book.book import Book

__all__ = ["edge_list", "gephi_table", "gexf", "graphml", "node_link", "plain_graph"]

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

    A tie with a dated referral has its first day as ``start``, from which Gephi's timeline shows
    it; one without is there from the beginning.

    Examples
    --------
    >>> from refgraph import Book
    >>> "lastmodifieddate" in gexf(Book.sample())
    False
    """
    G, stream = plain_graph(book), io.BytesIO()
    for *_, tie in G.edges(data=True):
        if "first" in tie:
            tie["start"] = tie["first"]
    nx.write_gexf(G, stream, version="1.2draft")
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
    return _ties(book, ["giver", "receiver", "weight", "first", "last"], raw=raw)


def gephi_table(book: Book, *, raw: bool = False) -> str:
    """Give the graph as the table of edges that Gephi imports, a tie a row.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    raw : bool, default False
        Leave names like ``=1+1`` as they are; a spreadsheet would compute them.

    Examples
    --------
    >>> from refgraph import Book
    >>> for line in gephi_table(Book.sample()).splitlines()[:2]:
    ...     print(line)
    Source,Target,Weight,First,Last,Type
    Alice Merton,Ben Castle,1,2026-09-10,2026-09-10,Directed
    """
    names = ["Source", "Target", "Weight", "First", "Last", "Type"]
    return _ties(book, names, "Directed", raw=raw)


def _ties(book: Book, names: list[str], *more: str, raw: bool) -> str:
    """Write a row a tie: who, whom, how many, the first and the last day, and what is added."""
    ties = (
        (giver, receiver, int(tie["weight"]), tie.get("first"), tie.get("last"), *more)
        for giver, receiver, tie in book.graph().edges(data=True)
    )
    return as_csv(names, (dict(zip(names, tie, strict=True)) for tie in ties), raw=raw)


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
