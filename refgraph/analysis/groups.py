"""Which groups exist: the ones the book declares, else the ones its referrals show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd

from refgraph.graph import index, ties

if TYPE_CHECKING:
    from refgraph.book import Book

__all__ = ["declared", "detect", "of"]


def declared(book: Book) -> pd.Series[str]:
    """Group of each person as ``people.csv`` names it; "" where it names none.

    Examples
    --------
    >>> from refgraph import Book
    >>> declared(Book.sample())["Robin Hale"]
    'Lunch club'
    """
    return book.people["group"].rename("group")


def detect(G: nx.DiGraph[Any], *, seed: int = 0) -> pd.Series[str]:
    r"""Find groups that refer among themselves more than their activity explains.

    Louvain's method [1]_ on the referrals between two people in either direction,
    :math:`z_{ij} = w_{ij} + w_{ji}`, with :math:`z_i = \sum_j z_{ij}` and
    :math:`2m = \sum_i z_i`,

    .. math:: Q = \frac{1}{2m}\sum_{ij}\left(z_{ij} - \frac{z_i z_j}{2m}\right) [c_i = c_j]

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    seed : int, default 0
        The method visits people in a random order; the same seed gives the same groups.

    Returns
    -------
    pandas.Series
        Indexed by ``person``: ``"group 1"`` is the largest. People without
        referrals are in no group, ``""``.

    References
    ----------
    .. [1] Blondel, V. D., Guillaume, J.-L., Lambiotte, R., Lefebvre, E. (2008). Fast
       unfolding of communities in large networks. *Journal of Statistical Mechanics*
       P10008.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> rows = [("A", "B", 5), ("B", "C", 5), ("C", "A", 5), ("C", "D", 1)]
    >>> rows += [("D", "E", 5), ("E", "F", 5), ("F", "D", 5)]
    >>> detect(referral_graph(rows)).tolist()
    ['group 1', 'group 1', 'group 1', 'group 2', 'group 2', 'group 2']
    """
    edges = ties(G)
    either = edges.weight + edges.returned
    once = (edges.giver < edges.receiver) | (edges.returned == 0)
    # Undirected: on some directed rings the directed method of NetworkX never ends.
    H: nx.Graph[int] = nx.Graph()  # positions, not names: a set of names has no fixed order
    ends = edges.giver[once].tolist(), edges.receiver[once].tolist()
    H.add_weighted_edges_from(zip(*ends, either[once].tolist(), strict=True))
    found = nx.community.louvain_communities(H, seed=seed) if len(H) else []
    label = np.full(edges.people, "", dtype=object)
    for number, members in enumerate(sorted(map(sorted, found), key=lambda m: (-len(m), m[0]))):
        label[members] = f"group {number + 1}"
    return pd.Series(label, index=index(G), name="group", dtype="str")


def of(book: Book, G: nx.DiGraph[Any], *, seed: int = 0) -> pd.Series[str]:
    """Give everybody in a graph their group: declared ones if the book has any, else detected.

    Returns
    -------
    pandas.Series
        Indexed by ``person`` in the order of ``G``; ``""`` for no group.
        ``attrs["source"]`` is ``"declared"`` or ``"detected"``.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> of(book, book.graph()).attrs["source"]
    'declared'
    """
    named = declared(book).reindex(index(G), fill_value="")
    known = bool((named != "").any())
    found = named if known else detect(G, seed=seed)
    found.attrs["source"] = "declared" if known else "detected"
    return found
