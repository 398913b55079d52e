"""The one door through which referrals become a graph, and the arrays kept with it."""

from __future__ import annotations

from itertools import compress
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import networkx as nx
import numpy as np
import pandas as pd

from refgraph.errors import GraphError
from refgraph.graph.folded_graph import Days, Listed, carried, folded
from refgraph.graph.referral_rows import (
    NEVER,
    frame_of_graph,
    frame_of_triples,
    in_order,
    order_by_pair,
    places_of,
    read_counts,
    read_names,
    read_span,
)
from refgraph.graph.ties import Ties
from refgraph.schema.text import said_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

__all__ = [
    "Ties",
    "adjacency",
    "graph_of",
    "index",
    "keep",
    "referral_graph",
    "tied",
    "ties",
    "with_arrays",
    "without",
]

_EXACT = 2.0**53  # sums of whole numbers up to it are exact in any order


_KEPT: WeakKeyDictionary[nx.DiGraph[Any], Ties] = WeakKeyDictionary()


def referral_graph(
    rows: Iterable[tuple[Any, Any, float]] | pd.DataFrame | nx.Graph[Any],
    *,
    people: Iterable[Any] = (),
) -> nx.DiGraph[Any]:
    """Fold referrals into one weighted edge per ordered pair of people.

    Parameters
    ----------
    rows : iterable of (giver, receiver, count), DataFrame, or NetworkX graph
        A frame has columns ``giver`` and ``receiver`` and may have ``count``
        (default 1) and ``date``. In a directed NetworkX graph the edge
        attribute ``weight`` (default 1) is the count, and ``first`` and ``last``
        are kept; parallel edges are summed, and self-loops and zero weights are
        dropped with a warning that counts them.
    people : iterable, optional
        People who belong to the network whether or not they have referrals.

    Returns
    -------
    networkx.DiGraph
        Frozen and simple: no self-loops, no parallel edges, people sorted,
        edges sorted by giver and receiver. Every edge has a float ``weight``,
        and, where dates are known, ``first`` and ``last`` as ISO strings. Edit
        a copy of it, ``G.copy()``: its arrays are kept with it.

    Raises
    ------
    GraphError
        The rows are not triples, a name is missing, a count is not a finite
        number above 0, a date is not one, somebody refers to themselves, or the
        graph is undirected.

    See Also
    --------
    adjacency : the same graph as a sparse matrix.

    Examples
    --------
    >>> G = referral_graph([("Ann", "Bo", 1), ("Ann", "Bo", 2), ("Bo", "Ann", 1)], people=["Cy"])
    >>> list(G)
    ['Ann', 'Bo', 'Cy']
    >>> list(G.edges(data="weight"))
    [('Ann', 'Bo', 3.0), ('Bo', 'Ann', 1.0)]
    """
    if isinstance(rows, nx.Graph):
        frame, people = frame_of_graph(rows, stacklevel=3), [*rows, *people]
    elif isinstance(rows, pd.DataFrame):
        frame = rows
    else:
        frame = frame_of_triples(rows)
    if missing := [name for name in ("giver", "receiver") if name not in frame]:
        msg = f"the table of referrals has no column {' and no column '.join(missing)}"
        raise GraphError(msg)
    return _build(frame, people)


def adjacency(G: nx.DiGraph[Any]) -> csr_array[Any, tuple[int, int]]:
    """Referrals from each person (row) to each other person (column).

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph, or any directed graph; parallel edges are summed, and
        self-loops and zero weights are left out with a warning that counts them.

    Returns
    -------
    scipy.sparse.csr_array
        Shape (people, people), float64, in the order of ``list(G)``.

    Examples
    --------
    >>> adjacency(referral_graph([("Ann", "Bo", 3), ("Bo", "Ann", 1)])).toarray()
    array([[0., 3.],
           [1., 0.]])
    """
    from scipy.sparse import csr_array  # noqa: PLC0415  # 0.2 s that most answers do without

    edges = ties(G)
    starts = np.searchsorted(edges.giver, np.arange(edges.people + 1))
    shape = (edges.people, edges.people)
    return csr_array((edges.weight.copy(), edges.receiver.copy(), starts), shape=shape)


def ties(G: nx.DiGraph[Any]) -> Ties:
    """Give the edges of a graph as arrays; kept by the door, built for a foreign graph.

    Examples
    --------
    >>> ties(referral_graph([("Ann", "Bo", 3), ("Bo", "Ann", 1)])).weight
    array([3., 1.])
    """
    kept = _KEPT.get(G)
    if kept is not None:
        return kept
    frame = frame_of_graph(G, stacklevel=4)
    giver, receiver = (places_of(*read_names(frame, name), G) for name in ("giver", "receiver"))
    return _fold(len(G), giver, receiver, read_counts(frame))[0]


def keep(G: Any, ties: Ties) -> None:
    """Keep the arrays of what stands for a graph, which :func:`ties` then gives.

    Examples
    --------
    >>> graph = nx.DiGraph([("Ann", "Bo")])
    >>> keep(graph, ties(graph))
    >>> with_arrays(graph) is graph
    True
    """
    _KEPT[G] = ties


def index(G: nx.DiGraph[Any]) -> pd.Index[Any]:
    """Give the people of a graph as the index of a table, in the order of the graph.

    Examples
    --------
    >>> index(referral_graph([("Ann", "Bo", 1)])).tolist()
    ['Ann', 'Bo']
    """
    dtype = None if len(G) else "str"  # no people are people without a name, not objects
    return pd.Index(list(G), dtype=dtype, name="person", tupleize_cols=False)


def with_arrays(G: nx.DiGraph[Any]) -> nx.DiGraph[Any]:
    """Give a graph that has its arrays: itself, or a foreign one through the door.

    Examples
    --------
    >>> G = referral_graph([("Ann", "Bo", 1)])
    >>> with_arrays(G) is G
    True
    """
    return G if G in _KEPT else referral_graph(G)


def without(G: nx.DiGraph[Any], person: object) -> nx.DiGraph[Any]:
    """Give the referral graph of everybody else, again with its arrays.

    Examples
    --------
    >>> G = referral_graph([("Me", "Bo", 1), ("Bo", "Cy", 2)])
    >>> list(without(G, "Me").edges)
    [('Bo', 'Cy')]
    """
    if person not in G:
        return G
    G = with_arrays(G)
    edges, people = ties(G), list(G)
    gone = people.index(person)
    stays = (edges.giver != gone) & (edges.receiver != gone)
    shift = np.arange(edges.people) - (np.arange(edges.people) > gone)
    giver, receiver = shift[edges.giver[stays]], shift[edges.receiver[stays]]
    left = Ties(edges.people - 1, giver, receiver, edges.weight[stays])
    return graph_of(people[:gone] + people[gone + 1 :], left, carried(G, edges)[stays], G.graph)


def tied(G: nx.DiGraph[Any]) -> nx.DiGraph[Any]:
    """Give the referral graph of those who have a referral, again with its arrays.

    Examples
    --------
    >>> list(tied(referral_graph([("Ann", "Bo", 1)], people=["Cy"])))
    ['Ann', 'Bo']
    """
    G = with_arrays(G)
    edges, people = ties(G), list(G)
    has = np.zeros(len(people), dtype=bool)
    has[edges.giver] = has[edges.receiver] = True
    if has.all():
        return G
    place = np.cumsum(has) - 1
    some = [*compress(people, has.tolist())]
    left = Ties(len(some), place[edges.giver], place[edges.receiver], edges.weight)
    return graph_of(some, left, carried(G, edges), G.graph)


def graph_of(
    people: Sequence[Any],
    edges: Ties,
    carried: Days | Listed,
    graph: Mapping[str, Any] = MappingProxyType({}),
) -> nx.DiGraph[Any]:
    """Make a frozen graph of people, the arrays of their ties, and what each tie carries.

    Its dictionaries are made when a tie is looked at: see
    :class:`refgraph.graph.folded_graph.FoldedGraph`.

    Examples
    --------
    >>> one, never = (np.array([0]), np.array([1]), np.array([3.0])), np.array([NEVER])
    >>> list(graph_of(["Ann", "Bo"], Ties(2, *one), Days(never, never)).edges(data="weight"))
    [('Ann', 'Bo', 3.0)]
    """
    G = folded(people, edges, carried, graph)
    _KEPT[G] = edges
    return G


def _build(frame: pd.DataFrame, people: Iterable[Any]) -> nx.DiGraph[Any]:
    (by, givers), (to, receivers) = (read_names(frame, name) for name in ("giver", "receiver"))
    everyone = in_order([*givers, *receivers], people)
    giver, receiver = places_of(by, givers, everyone), places_of(to, receivers, everyone)
    if len(own := np.flatnonzero(giver == receiver)):
        msg = f"{said_by(everyone[giver[own[0]]], repr)} cannot refer to themselves"
        raise GraphError(msg)
    kept, order, starts = _fold(len(everyone), giver, receiver, read_counts(frame))
    first, last = (days[order] for days in read_span(frame))
    return graph_of(everyone, kept, _span(first, last, starts))


def _fold(
    people: int,
    giver: NDArray[np.int64],
    receiver: NDArray[np.int64],
    count: NDArray[np.float64],
) -> tuple[Ties, NDArray[np.intp], NDArray[np.intp]]:
    """Sum the counts of each ordered pair; also the rows by pair, and where each begins."""
    with np.errstate(over="ignore"):
        if (count % 1).any() or count.sum() > _EXACT:
            order = np.lexsort((count, receiver, giver))  # such sums depend on their order
        else:
            order = order_by_pair(giver, receiver, people)
        by_pair = (giver * people + receiver)[order]
        starts = np.flatnonzero(np.diff(by_pair, prepend=-1))
        weight = np.add.reduceat(count[order], starts)
    if not np.isfinite(weight).all():
        msg = "the counts are too large to add up"
        raise GraphError(msg)
    first = order[starts]
    return Ties(people, giver[first], receiver[first], weight), order, starts


def _span(first: NDArray[np.int64], last: NDArray[np.int64], starts: NDArray[np.intp]) -> Days:
    """Find the first and the last day of each pair, :data:`NEVER` where none is known."""
    last = np.maximum.reduceat(last, starts)
    first = np.minimum.reduceat(np.where(first == NEVER, np.iinfo(np.int64).max, first), starts)
    return Days(np.where(last == NEVER, NEVER, first), last)
