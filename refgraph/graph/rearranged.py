"""A referral graph with its people in another order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.graph.door import graph_of, ties
from refgraph.graph.folded_graph import carried
from refgraph.graph.referral_rows import order_by_pair
from refgraph.graph.ties import Ties

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import NDArray

__all__ = ["rearranged"]


def rearranged(G: nx.DiGraph[Any], order: NDArray[np.intp]) -> nx.DiGraph[Any]:
    """Give the referral graph of the same people in an order of their own, with its arrays.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    order : ndarray of int
        The positions of all of its people, the one that comes first first.

    Returns
    -------
    networkx.DiGraph
        The same ties with what they carry; people carry nothing.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> G = referral_graph([("Ann", "Bo", 3), ("Bo", "Ann", 1), ("Ann", "Cy", 2)])
    >>> H = rearranged(G, np.array([2, 0, 1]))
    >>> list(H), list(H.edges(data="weight"))
    (['Cy', 'Ann', 'Bo'], [('Ann', 'Cy', 2.0), ('Ann', 'Bo', 3.0), ('Bo', 'Ann', 1.0)])
    >>> ties(H).giver, ties(H).receiver, ties(H).weight
    (array([1, 1, 2]), array([0, 2, 1]), array([2., 3., 1.]))
    """
    edges, known = ties(G), list(G)
    people = [known[at] for at in order.tolist()]
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    giver, receiver = place[edges.giver], place[edges.receiver]
    sorted_ = order_by_pair(giver, receiver, len(people))
    moved = Ties(len(people), giver[sorted_], receiver[sorted_], edges.weight[sorted_])
    return graph_of(people, moved, carried(G, edges)[sorted_], G.graph)
