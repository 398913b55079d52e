"""A referral graph of which the ties are arrays until somebody looks at them one by one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from threading import RLock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd

from refgraph.graph.referral_rows import NEVER, order_by_pair

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from refgraph.graph.ties import Ties

    _DiGraph = nx.DiGraph[Any]
else:
    _DiGraph = nx.DiGraph

__all__ = ["Days", "FoldedGraph", "Listed", "carried", "folded"]

_ONE_AT_A_TIME = RLock()
_UNFOLDED = ("_adj", "_succ", "_pred")


@dataclass(frozen=True)
class Days:
    """The first and the last day of each tie, :data:`NEVER` where none is known."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]

    def __getitem__(self, chosen: NDArray[Any]) -> Days:
        return Days(self.first[chosen], self.last[chosen])

    def listed(self, weight: NDArray[np.float64]) -> list[dict[str, Any]]:
        """Give what each tie carries: its weight, and its days where any is known.

        Examples
        --------
        >>> Days(np.array([NEVER, 0]), np.array([NEVER, 1])).listed(np.array([2.0, 1.0]))
        [{'weight': 2.0}, {'weight': 1.0, 'first': '1970-01-01', 'last': '1970-01-02'}]
        """
        code, days = pd.factorize(np.r_[self.first, self.last])
        texts = np.datetime_as_string(days.astype("datetime64[D]")).astype(object)
        texts[days == NEVER] = None
        begins, ends = texts[code].reshape(2, -1).tolist()
        return [
            {"weight": referrals}
            if end is None
            else {"weight": referrals, "first": begin, "last": end}
            for referrals, begin, end in zip(weight.tolist(), begins, ends, strict=True)
        ]


@dataclass(frozen=True)
class Listed:
    """What each tie of a graph carries that was looked at one by one: it may say more since."""

    rows: list[dict[str, Any]]

    def __getitem__(self, chosen: NDArray[Any]) -> Listed:
        places = np.arange(len(self.rows))[chosen].tolist()
        return Listed([self.rows[at] for at in places])

    def listed(self, weight: NDArray[np.float64]) -> list[dict[str, Any]]:
        """Give it as it is."""
        del weight  # stands in each
        return self.rows


class FoldedGraph(_DiGraph):
    """A frozen directed graph that unfolds its ties when they are first looked at.

    Measures take the arrays that the door keeps beside a graph. Its dictionaries, two of a million
    ties among them, take seconds and a quarter of a gigabyte: who looks at an edge gets them, and
    from then on the graph is one of NetworkX and nothing else.
    """

    def __new__(cls, *given: Any, **attributes: Any) -> Any:
        """Make what is made anew of the class of a graph, such as its copy, NetworkX's own."""
        return nx.DiGraph(*given, **attributes)

    def number_of_edges(self, u: Any = None, v: Any = None) -> int:
        """Count the ties, without unfolding them where all are counted."""
        still = self.__dict__.get("_folded")
        if still is None or u is not None:
            return int(_unfold(self).number_of_edges(u, v))
        return len(still[0].giver)

    def __str__(self) -> str:
        return str(_unfold(self))

    def __reduce_ex__(self, protocol: Any) -> Any:
        return _unfold(self).__reduce_ex__(protocol)

    _adj = _succ = property(lambda self: _unfold(self).__dict__["_succ"])
    _pred = property(lambda self: _unfold(self).__dict__["_pred"])


def folded(
    people: Sequence[Any],
    edges: Ties,
    carried: Days | Listed,
    graph: Mapping[str, Any] = MappingProxyType({}),
) -> nx.DiGraph[Any]:
    """Make a frozen graph of people, the arrays of their ties, and what each tie carries.

    Examples
    --------
    >>> from refgraph.graph.ties import Ties
    >>> one = np.array([0]), np.array([1]), np.array([3.0])
    >>> never = np.array([NEVER])
    >>> G = folded(["Ann", "Bo"], Ties(2, *one), Days(never, never))
    >>> list(G.edges(data="weight")), type(G).__name__
    ([('Ann', 'Bo', 3.0)], 'DiGraph')
    """
    G: nx.DiGraph[Any] = nx.DiGraph(**graph)
    inside: Any = G
    inside._node.update((name, {}) for name in people)  # noqa: SLF001  # rows of ties come later
    nx.freeze(G)
    G.__dict__["_folded"] = edges, carried
    for name in _UNFOLDED:
        del G.__dict__[name]
    G.__class__ = FoldedGraph
    return G


def carried(G: nx.DiGraph[Any], edges: Ties) -> Days | Listed:
    """Give a copy of what each edge carries, in the order of the ties of the graph.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> from refgraph.graph.door import ties
    >>> G = referral_graph([("Ann", "Bo", 1), ("Ann", "Cy", 2)])
    >>> carried(G, ties(G)).listed(ties(G).weight)
    [{'weight': 1.0}, {'weight': 2.0}]
    >>> G["Ann"]["Cy"]["since"] = "school"
    >>> carried(G, ties(G)).rows
    [{'weight': 1.0}, {'weight': 2.0, 'since': 'school'}]
    """
    if (still := G.__dict__.get("_folded")) is not None:
        days: Days | Listed = still[1]
        return days if isinstance(days, Days) else Listed([*map(dict, days.rows)])
    people = list(G)
    others = [people[at] for at in edges.receiver.tolist()]
    rows = (
        map(dict(G[name]).__getitem__, others[begin:end])
        for name, begin, end in _stretches(people, edges.giver)
    )
    return Listed([*map(dict, chain.from_iterable(rows))])


def _unfold(G: nx.DiGraph[Any]) -> nx.DiGraph[Any]:
    """Make the dictionaries of a graph, once, and let it be a graph of NetworkX."""
    with _ONE_AT_A_TIME:
        if (still := G.__dict__.get("_folded")) is None:
            return G
        edges, carried = still
        people = list(G)
        rows = carried.listed(edges.weight)
        back = order_by_pair(edges.receiver, edges.giver, len(people))
        shared = [rows[at] for at in back.tolist()]
        succ = _rows(people, edges.giver, edges.receiver, rows)
        pred = _rows(people, edges.receiver[back], edges.giver[back], shared)
        G.__dict__.update({"_adj": succ, "_succ": succ, "_pred": pred})
        G.__class__ = nx.DiGraph
        del G.__dict__["_folded"]
    return G


def _rows(
    people: Sequence[Any],
    person: NDArray[np.int64],
    other: NDArray[np.int64],
    edges: Sequence[dict[str, Any]],
) -> dict[Any, dict[Any, dict[str, Any]]]:
    """Give each person's edges, sorted by person."""
    rows: dict[Any, dict[Any, dict[str, Any]]] = {name: {} for name in people}
    others = [people[at] for at in other.tolist()]
    for name, begin, end in _stretches(people, person):
        rows[name].update(zip(others[begin:end], edges[begin:end], strict=True))
    return rows


def _stretches(people: Sequence[Any], person: NDArray[np.int64]) -> list[tuple[Any, int, int]]:
    """Name everybody who has edges, sorted by person, and say where these begin and end."""
    begins = np.searchsorted(person, np.arange(len(people) + 1)).tolist()
    parts = zip(people, begins[:-1], begins[1:], strict=True)
    return [(name, begin, end) for name, begin, end in parts if begin < end]
