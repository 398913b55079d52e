"""The one door through which referrals become a graph, and the arrays kept with it."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import networkx as nx
import numpy as np
import pandas as pd

from refgraph.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

__all__ = ["Ties", "adjacency", "referral_graph", "ties", "without"]


@dataclass(frozen=True, slots=True)
class Ties:
    """The edges of a referral graph as arrays, sorted by giver, then receiver.

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

    def returned(self) -> NDArray[np.float64]:
        """Weight of each edge's opposite, 0 where nothing came back."""
        key = self.giver * self.people + self.receiver
        opposite = self.receiver * self.people + self.giver
        if not len(key):
            return np.zeros(0)
        at = np.minimum(np.searchsorted(key, opposite), len(key) - 1)
        return np.where(key[at] == opposite, self.weight[at], 0.0)


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
        attribute ``weight`` (default 1) is the count; parallel edges are
        summed, and self-loops and zero weights are dropped with a warning that
        counts them.
    people : iterable, optional
        People who belong to the network whether or not they have referrals.

    Returns
    -------
    networkx.DiGraph
        Frozen and simple: no self-loops, no parallel edges, people sorted,
        edges sorted by giver and receiver. Every edge has a float ``weight``,
        and, where dates are known, ``first`` and ``last`` as ISO strings.

    Raises
    ------
    GraphError
        A count is not a finite number above 0, somebody refers to themselves,
        or the graph is undirected.

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
        frame = _frame_of_graph(rows)
        people = [*rows, *people]
    elif isinstance(rows, pd.DataFrame):
        frame = rows
    else:
        frame = pd.DataFrame(list(rows), columns=["giver", "receiver", "count"], dtype=object)
    missing = [name for name in ("giver", "receiver") if name not in frame]
    if missing:
        msg = f"the table of referrals has no column {' and no column '.join(missing)}"
        raise GraphError(msg)
    return _fold(frame, people)


def adjacency(G: nx.DiGraph[Any]) -> csr_array[Any, tuple[int, int]]:
    """Referrals from each person (row) to each other person (column).

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph, or any directed graph; its self-loops and zero
        weights are left out with a warning that counts them.

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
    frame = _frame_of_graph(G)
    position = {person: place for place, person in enumerate(G)}
    giver = np.array([position[person] for person in frame["giver"]], dtype=np.int64)
    receiver = np.array([position[person] for person in frame["receiver"]], dtype=np.int64)
    weight = frame["count"].to_numpy(dtype=float)
    order = np.lexsort((receiver, giver))
    return Ties(len(G), giver[order], receiver[order], weight[order])


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
    edges = ties(G)
    people = list(G)
    gone = people.index(person)
    kept = (edges.giver != gone) & (edges.receiver != gone)
    shift = np.arange(edges.people) - (np.arange(edges.people) > gone)
    H: nx.DiGraph[Any] = nx.DiGraph()
    H.add_nodes_from(other for other in people if other != person)
    H.add_edges_from((u, v, data) for u, v, data in G.edges(data=True) if person not in (u, v))
    _KEPT[H] = Ties(
        edges.people - 1, shift[edges.giver[kept]], shift[edges.receiver[kept]], edges.weight[kept]
    )
    nx.freeze(H)
    return H


def _frame_of_graph(G: nx.Graph[Any]) -> pd.DataFrame:
    if not G.is_directed():
        msg = "an undirected graph does not say who gave and who received; pass a DiGraph"
        raise GraphError(msg)
    edges = list(G.edges(data="weight", default=1))
    frame = pd.DataFrame(edges, columns=["giver", "receiver", "count"], dtype=object)
    try:
        count = frame["count"].to_numpy(dtype=float)
    except (TypeError, ValueError):
        msg = "every edge's weight must be a number"
        raise GraphError(msg) from None
    loop = np.fromiter((u == v for u, v, _ in edges), bool, len(edges))
    for dropped, what in ((loop, "self-referral"), ((count == 0) & ~loop, "tie of weight 0")):
        if total := int(dropped.sum()):
            text = f"left out {total} {what}{'s' if total > 1 and what[-1] != '0' else ''}"
            warnings.warn(text, stacklevel=4)
    kept: pd.DataFrame = frame.assign(count=count)[~loop & (count != 0)]
    return kept


def _fold(frame: pd.DataFrame, people: Iterable[Any]) -> nx.DiGraph[Any]:
    everyone, giver, receiver = _positions(frame, people)
    count = _counts(frame)
    if len(own := np.flatnonzero(giver == receiver)):
        msg = f"{everyone[giver[own[0]]]!r} cannot refer to themselves"
        raise GraphError(msg)
    size = len(everyone)
    key = giver * size + receiver
    order = np.lexsort((count, key))  # sums do not depend on the order of the rows
    starts = np.flatnonzero(np.r_[True, np.diff(key[order]) != 0][: len(key)])
    pair = key[order][starts]
    weight = np.add.reduceat(count[order], starts) if len(starts) else np.zeros(0)
    kept = Ties(size, pair // max(size, 1), pair % max(size, 1), weight)
    attributes: list[dict[str, Any]] = [{"weight": value} for value in weight.tolist()]
    if "date" in frame:
        _add_dates(attributes, frame["date"].to_numpy(dtype="datetime64[s]"), order, starts)
    G: nx.DiGraph[Any] = nx.DiGraph()
    G.add_nodes_from(everyone)
    givers = map(everyone.__getitem__, kept.giver.tolist())
    receivers = map(everyone.__getitem__, kept.receiver.tolist())
    G.add_edges_from(zip(givers, receivers, attributes, strict=True))
    _KEPT[G] = kept
    nx.freeze(G)
    return G


def _positions(
    frame: pd.DataFrame, people: Iterable[Any]
) -> tuple[Sequence[Any], NDArray[np.int64], NDArray[np.int64]]:
    """Everyone in sorted order, and where in it each row's two ends stand."""
    giver, givers = pd.factorize(frame["giver"].to_numpy(dtype=object), use_na_sentinel=False)
    receiver, receivers = pd.factorize(
        frame["receiver"].to_numpy(dtype=object), use_na_sentinel=False
    )
    named = dict.fromkeys([*givers.tolist(), *receivers.tolist(), *people])
    try:
        everyone = sorted(named)
    except TypeError:  # names of several types, in a foreign graph
        everyone = sorted(named, key=lambda person: (type(person).__name__, str(person)))
    place = {person: at for at, person in enumerate(everyone)}
    places = [np.array([place[name] for name in names], np.int64) for names in (givers, receivers)]
    return everyone, places[0][giver], places[1][receiver]


def _counts(frame: pd.DataFrame) -> NDArray[np.float64]:
    if "count" not in frame:
        return np.ones(len(frame))
    try:
        count = frame["count"].to_numpy(dtype=float)
    except (TypeError, ValueError):
        count = pd.to_numeric(frame["count"], errors="coerce").to_numpy(dtype=float)
    if len(wrong := np.flatnonzero(~(np.isfinite(count) & (count > 0)))):
        row = frame.iloc[wrong[0]]
        msg = (
            f"count for {row['giver']!r} to {row['receiver']!r} must be a finite number "
            f"above 0, got {row['count']!r}"
        )
        raise GraphError(msg)
    return count


def _add_dates(
    attributes: list[dict[str, Any]],
    date: NDArray[np.datetime64],
    order: NDArray[np.intp],
    starts: NDArray[np.intp],
) -> None:
    """Write the first and last known date of each pair into its attributes."""
    if not len(starts):
        return
    day = date.astype("datetime64[D]").astype(np.int64)[order]
    known = ~np.isnat(date)[order]
    never = np.iinfo(np.int64).max
    first = np.minimum.reduceat(np.where(known, day, never), starts)
    last = np.maximum.reduceat(np.where(known, day, -never), starts)
    dated = np.flatnonzero(first != never)
    firsts = np.datetime_as_string(first[dated].astype("datetime64[D]")).tolist()
    lasts = np.datetime_as_string(last[dated].astype("datetime64[D]")).tolist()
    for at, begin, end in zip(dated.tolist(), firsts, lasts, strict=True):
        attributes[at]["first"] = begin
        attributes[at]["last"] = end
