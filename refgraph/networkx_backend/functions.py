"""Functions of NetworkX, by their names and with their arguments, on a compact graph."""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING, Any, cast

import networkx as nx
import numpy as np

from refgraph.analysis.connecting import structural_holes
from refgraph.analysis.connecting.betweenness import betweenness
from refgraph.analysis.reciprocity import triads
from refgraph.graph.door import adjacency

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from numpy.typing import NDArray

    from refgraph.networkx_backend.compact_graph import CompactGraph

__all__ = [
    "betweenness_centrality",
    "constraint",
    "degree_centrality",
    "effective_size",
    "in_degree_centrality",
    "out_degree_centrality",
    "overall_reciprocity",
    "pagerank",
    "reciprocity",
    "triadic_census",
]


def overall_reciprocity(G: CompactGraph) -> float:
    """Share of ties that have one back.

    Raises
    ------
    networkx.NetworkXError
        There is no tie.
    """
    if not G.number_of_edges():
        msg = "Not defined for empty graphs"
        raise nx.NetworkXError(msg)
    return float((G.ties.returned > 0).mean())


def reciprocity(G: CompactGraph, nodes: Any = None) -> Any:
    """Share of ties with one back: of all, of one person, or by person; None without a tie.

    Raises
    ------
    networkx.NetworkXError
        The one person has no tie, or there is none at all.
    """
    if nodes is None:
        return overall_reciprocity(G)
    back = G.ties.returned > 0
    ties = _degree(G.ties.giver, G) + _degree(G.ties.receiver, G)
    mutual = _degree(G.ties.giver[back], G)
    with np.errstate(invalid="ignore"):
        share = dict(zip(G, (2 * mutual / ties).tolist(), strict=True))
    told = {person: None if np.isnan(value) else value for person, value in share.items()}
    if _is_one(G, nodes):
        if told[nodes] is None:
            msg = "Not defined for isolated nodes."
            raise nx.NetworkXError(msg)
        return told[nodes]
    return {person: told[person] for person in G.original.nbunch_iter(nodes)}


def triadic_census(G: CompactGraph, nodelist: None = None) -> dict[str, int]:
    """Count the triads of each of the sixteen kinds."""
    del nodelist
    return {str(kind): int(n) for kind, n in triads.census(_graph(G)).items()}


def betweenness_centrality(  # noqa: PLR0917  # as NetworkX has it
    G: CompactGraph,
    k: None = None,
    normalized: bool = True,  # noqa: FBT001, FBT002
    weight: None = None,
    endpoints: bool = False,  # noqa: FBT001, FBT002
    seed: Any = None,
) -> dict[Hashable, float]:
    """Share of the shortest ways between others that run through each; exact."""
    del k, weight, endpoints, seed
    people = len(G)
    if people < 3:
        return dict.fromkeys(G, 0.0)
    share = betweenness(_graph(G), exact=True)
    pairs = (people - 1) * (people - 2)
    times = 1.0 if normalized else pairs if G.directed else pairs / 2
    return _by_person(G, (share * times).to_numpy())


def constraint(
    G: CompactGraph, nodes: Iterable[Hashable] | None = None, weight: str | None = None
) -> dict[Hashable, float]:
    """Burt's constraint of each, or of some; NaN without a contact.

    Raises
    ------
    networkx.NetworkXError
        There is nobody.
    """
    return _burt(G, structural_holes.constraint_of_each, nodes, weight)


def effective_size(
    G: CompactGraph, nodes: Iterable[Hashable] | None = None, weight: str | None = None
) -> dict[Hashable, float]:
    """Burt's effective size of the contacts of each, or of some; NaN without a contact.

    Raises
    ------
    networkx.NetworkXError
        There is nobody.
    """
    return _burt(G, structural_holes.effective_size_of_each, nodes, weight)


def degree_centrality(G: CompactGraph) -> dict[Hashable, float]:
    """Ties of each, both directions counted, by the number of others."""
    both = _degree(G.ties.giver, G)
    return _centrality(G, both + _degree(G.ties.receiver, G) if G.directed else both)


def in_degree_centrality(G: CompactGraph) -> dict[Hashable, float]:
    """How many others have a tie to each, by the number of others."""
    return _centrality(G, _degree(G.ties.receiver, G))


def out_degree_centrality(G: CompactGraph) -> dict[Hashable, float]:
    """To how many others each has a tie, by the number of others."""
    return _centrality(G, _degree(G.ties.giver, G))


def pagerank(  # noqa: PLR0917  # as NetworkX has it
    G: CompactGraph,
    alpha: float = 0.85,
    personalization: Mapping[Any, float] | None = None,
    max_iter: int = 100,
    tol: float = 1e-6,
    nstart: Mapping[Any, float] | None = None,
    weight: str | None = "weight",
    dangling: Mapping[Any, float] | None = None,
) -> dict[Hashable, float]:
    """Share of time that a walk along the ties spends with each, which starts anew at times.

    Raises
    ------
    networkx.PowerIterationFailedConvergence
        It did not settle in so many rounds, or it begins with nobody, or nobody is said to
        be where a walk goes on that leads nowhere.
    ZeroDivisionError
        The personalization is 0 for everybody.
    """
    people = len(G)
    if not people:
        return {}
    A = adjacency(_graph(G))
    if weight is None:  # NetworkX keeps a graph converted with weights for calls without
        A.data[:] = 1
    gives = np.bincount(G.ties.giver, A.data, people)
    A.data /= gives[G.ties.giver]
    x, anew = _share(G, nstart), _share(G, personalization)
    if personalization is not None and sum(personalization.get(one, 0) for one in G) == 0:
        raise ZeroDivisionError
    nowhere = anew if dangling is None else _share(G, dangling)
    stuck = gives == 0
    for _ in range(max_iter):
        before = x
        x = alpha * (x @ A + x[stuck].sum() * nowhere) + (1 - alpha) * anew
        if np.abs(x - before).sum() < people * tol:
            return _by_person(G, x)
    raise nx.PowerIterationFailedConvergence(max_iter)


def _graph(G: CompactGraph) -> nx.DiGraph[Any]:
    """Say to the measures that it answers what they ask of a graph."""
    return cast("nx.DiGraph[Any]", G)


def _burt(
    G: CompactGraph,
    measure: Callable[..., NDArray[np.float64]],
    nodes: Iterable[Hashable] | None,
    weight: str | None,
) -> dict[Hashable, float]:
    if not len(G) and nodes is None:
        msg = "Graph has no nodes or edges"
        raise nx.NetworkXError(msg)
    every = _by_person(G, measure(_graph(G), weighted=weight is not None))
    return every if nodes is None else {person: every[person] for person in nodes}


def _degree(ends: NDArray[np.int64], G: CompactGraph) -> NDArray[np.int64]:
    return np.bincount(ends, minlength=len(G))


def _centrality(G: CompactGraph, degree: NDArray[np.int64]) -> dict[Hashable, float]:
    if len(G) < 2:
        return dict.fromkeys(G, 1)
    return _by_person(G, degree * (1.0 / (len(G) - 1.0)))


def _by_person(G: CompactGraph, values: NDArray[Any]) -> dict[Hashable, float]:
    return dict(zip(G, values.tolist(), strict=True))


def _share(G: CompactGraph, said: Mapping[Any, float] | None) -> NDArray[np.float64]:
    """Spread 1 over all, evenly or in the proportions that are said; NaN where they sum to 0."""
    if said is None:
        return np.full(len(G), 1 / len(G))
    share: NDArray[np.float64] = np.array([said.get(person, 0) for person in G], dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        share /= share.sum()
    return share


def _is_one(G: CompactGraph, nodes: Any) -> bool:
    try:
        return nodes in G
    except TypeError:  # a list is nobody
        return False


#: The names of what each takes, in order.
PARAMETERS = {name: tuple(signature(globals()[name]).parameters) for name in __all__}
