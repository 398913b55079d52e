"""The one door through which referrals become a graph, and the arrays kept with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import networkx as nx
import numpy as np
import pandas as pd

from refgraph.errors import GraphError
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
from refgraph.schema.text import said_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

__all__ = [
    "Ties",
    "adjacency",
    "edge_data",
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


@dataclass(frozen=True)
class Ties:
    """The edges of a referral graph as read-only arrays, sorted by giver, then receiver.

    Attributes
    ----------
    people : int
        Number of people; positions below count along ``list(G)``.
    giver, receiver : ndarray of int64
        Positions of the two ends of each edge.
    weight : ndarray of float64
        Referrals along each edge.
    """

    people: int
    giver: NDArray[np.int64]
    receiver: NDArray[np.int64]
    weight: NDArray[np.float64]

    def __post_init__(self) -> None:
        for array in (self.giver, self.receiver, self.weight):
            array.setflags(write=False)

    @cached_property
    def returned(self) -> NDArray[np.float64]:
        """Weight of each edge's opposite, 0 where nothing came back."""
        key = self.giver * self.people + self.receiver
        opposite = self.receiver * self.people + self.giver
        order = np.argsort(opposite, kind="stable")  # sorted needles are found faster
        at = np.searchsorted(key, opposite[order])
        found = np.flatnonzero(key[np.minimum(at, len(key) - 1)] == opposite[order])
        back = np.zeros(len(key))
        back[order[found]] = self.weight[at[found]]
        back.setflags(write=False)
        return back


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
    carried = [*compress(edge_data(G, edges), stays.tolist())]
    return graph_of(people[:gone] + people[gone + 1 :], left, carried, G.graph)


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
    return graph_of(some, left, edge_data(G, edges), G.graph)


def edge_data(G: nx.DiGraph[Any], edges: Ties) -> list[dict[str, Any]]:
    """Give a copy of what each edge carries, in the order of the :func:`ties` of the graph.

    Examples
    --------
    >>> G = referral_graph([("Ann", "Bo", 1), ("Ann", "Cy", 2)])
    >>> edge_data(G, ties(G))
    [{'weight': 1.0}, {'weight': 2.0}]
    """
    people = list(G)
    others = [people[at] for at in edges.receiver.tolist()]
    rows = (
        map(dict(G[name]).__getitem__, others[begin:end])
        for name, begin, end in _stretches(people, edges.giver)
    )
    return [*map(dict, chain.from_iterable(rows))]


def graph_of(
    people: Sequence[Any],
    edges: Ties,
    carried: Sequence[dict[str, Any]],
    graph: Mapping[str, Any] = MappingProxyType({}),
) -> nx.DiGraph[Any]:
    """Make a frozen graph of people, the arrays of their ties, and what each tie carries.

    It takes two thirds of the time of adding edge by edge. What is carried is not copied.

    Examples
    --------
    >>> one = np.array([0]), np.array([1]), np.array([3.0])
    >>> list(graph_of(["Ann", "Bo"], Ties(2, *one), [{"weight": 3.0}]).edges(data="weight"))
    [('Ann', 'Bo', 3.0)]
    """
    G: nx.DiGraph[Any] = nx.DiGraph(**graph)
    G.add_nodes_from(people)
    back = order_by_pair(edges.receiver, edges.giver, len(people))
    shared = [carried[at] for at in back.tolist()]
    inside: Any = G
    _add_rows(inside._succ, people, edges.giver, edges.receiver, carried)  # noqa: SLF001
    _add_rows(inside._pred, people, edges.receiver[back], edges.giver[back], shared)  # noqa: SLF001
    _KEPT[G] = edges
    nx.freeze(G)
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
    return graph_of(everyone, kept, _attributes(kept.weight, first, last, starts))


def _add_rows(
    rows: dict[Any, dict[Any, dict[str, Any]]],
    people: Sequence[Any],
    person: NDArray[np.int64],
    other: NDArray[np.int64],
    edges: Sequence[dict[str, Any]],
) -> None:
    """Write each person's edges, sorted by person, into a graph's rows."""
    others = [people[at] for at in other.tolist()]
    for name, begin, end in _stretches(people, person):
        rows[name].update(zip(others[begin:end], edges[begin:end], strict=True))


def _stretches(people: Sequence[Any], person: NDArray[np.int64]) -> list[tuple[Any, int, int]]:
    """Name everybody who has edges, sorted by person, and say where these begin and end."""
    begins = np.searchsorted(person, np.arange(len(people) + 1)).tolist()
    parts = zip(people, begins[:-1], begins[1:], strict=True)
    return [(name, begin, end) for name, begin, end in parts if begin < end]


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


def _attributes(
    weight: NDArray[np.float64],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    starts: NDArray[np.intp],
) -> list[dict[str, Any]]:
    """Weight of each pair, and the first and last of its dates where any is known."""
    last = np.maximum.reduceat(last, starts)
    first = np.minimum.reduceat(np.where(first == NEVER, np.iinfo(np.int64).max, first), starts)
    code, days = pd.factorize(np.r_[np.where(last == NEVER, NEVER, first), last])
    texts = np.datetime_as_string(days.astype("datetime64[D]")).astype(object)
    texts[days == NEVER] = None
    begins, ends = texts[code].reshape(2, -1).tolist()
    return [
        {"weight": referrals} if end is None else {"weight": referrals, "first": begin, "last": end}
        for referrals, begin, end in zip(weight.tolist(), begins, ends, strict=True)
    ]
