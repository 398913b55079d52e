"""A graph as names and arrays, which the measures take in place of one of NetworkX."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.graph.door import Ties, keep

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    import networkx as nx
    from numpy.typing import NDArray

__all__ = ["CompactGraph", "compact"]


class CompactGraph:
    """People and the arrays of their ties; it answers as much as a measure asks of a graph.

    Parameters
    ----------
    names : list
        The people, in the order of the graph it was made of.
    ties : Ties
        Their ties; of an undirected graph each stands in both directions.
    directed : bool
        Whether a tie has a direction.
    original : networkx.Graph
        What it was made of, which is given back where somebody asks for it.
    """

    __networkx_backend__ = "refgraph"

    def __init__(
        self, names: list[Hashable], ties: Ties, original: nx.Graph[Any], *, directed: bool
    ) -> None:
        self.names = names
        self.ties = ties
        self.directed = directed
        self.original = original
        self.graph = original.graph
        keep(self, ties)

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self.names)

    def __contains__(self, person: object) -> bool:
        return person in self.original

    def number_of_edges(self) -> int:
        """Count the ties, those of an undirected graph in both directions."""
        return len(self.ties.giver)

    def is_directed(self) -> bool:
        """Tell whether a tie has a direction."""
        return self.directed

    def is_multigraph(self) -> bool:
        """Tell that two people have at most one tie in one direction."""
        return False


def compact(G: nx.Graph[Any], weight: str | None = None, default: Any = 1) -> CompactGraph:
    """Make the arrays of a graph of NetworkX, in its order of people.

    Parameters
    ----------
    G : networkx.Graph or networkx.DiGraph
        Without parallel edges.
    weight : str, optional
        The attribute of edges that says how much they weigh; without one each weighs 1.
    default : float, default 1
        What an edge weighs that has no such attribute.

    Raises
    ------
    NotImplementedError
        An edge leads from somebody to themselves, or weighs 0, less, or nothing that is finite:
        NetworkX answers for such a graph.

    Examples
    --------
    >>> import networkx as nx
    >>> kept = compact(nx.DiGraph([("Bo", "Ann"), ("Ann", "Cy")]))
    >>> list(kept), kept.ties.giver.tolist(), kept.ties.receiver.tolist()
    (['Bo', 'Ann', 'Cy'], [0, 1], [1, 2])
    """
    adjacency = dict(G.adjacency())
    names = list(adjacency)
    place = dict(zip(names, range(len(names)), strict=True))
    degree = np.fromiter(map(len, adjacency.values()), np.int64, len(names))
    ties = int(degree.sum())
    giver = np.repeat(np.arange(len(names)), degree)
    others = chain.from_iterable(adjacency.values())
    receiver = np.fromiter(map(place.__getitem__, others), np.int64, ties)
    order = np.argsort(giver * len(names) + receiver, kind="stable")
    weights = _weights(adjacency, ties, weight, default)[order]
    giver, receiver = giver[order], receiver[order]
    if (giver == receiver).any():
        msg = "an edge leads from somebody to themselves"
        raise NotImplementedError(msg)
    if not (np.isfinite(weights) & (weights > 0)).all():
        msg = f"the {weight!r} of an edge is not above 0 and finite"
        raise NotImplementedError(msg)
    return CompactGraph(
        names, Ties(len(names), giver, receiver, weights), G, directed=G.is_directed()
    )


def _weights(
    adjacency: dict[Any, dict[Any, Any]], ties: int, weight: str | None, default: Any
) -> NDArray[np.float64]:
    if weight is None:
        return np.ones(ties)
    edges = chain.from_iterable(others.values() for others in adjacency.values())
    return np.fromiter((edge.get(weight, default) for edge in edges), np.float64, ties)
