"""What NetworkX calls: whether a call is taken, whether it is worth it, and the conversion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.networkx_backend import functions
from refgraph.networkx_backend.compact_graph import CompactGraph, compact

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

__all__ = ["can_run", "convert_from_nx", "convert_to_nx", "should_run"]

#: From so many edges on arrays are quicker than dictionaries, the conversion included.
_WORTH_IT = 1_000
#: What each function takes only so: any other value is left to NetworkX.
_ONLY: Mapping[str, Mapping[str, Any]] = {
    "betweenness_centrality": {"k": None, "weight": None, "endpoints": False},
    "triadic_census": {"nodelist": None},
}
_DIRECTED = {
    *("in_degree_centrality", "out_degree_centrality"),
    *("overall_reciprocity", "reciprocity", "triadic_census"),
}


def __getattr__(name: str) -> Any:
    """Give a function by its name in NetworkX."""
    if name in functions.__all__:
        return getattr(functions, name)
    msg = f"the backend refgraph has no {name}"
    raise AttributeError(msg)


def can_run(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool | str:
    """Tell whether a call is taken, or why not.

    Examples
    --------
    >>> import networkx as nx
    >>> can_run("reciprocity", (nx.Graph([(1, 2)]),), {})
    'it is not defined for an undirected graph'
    >>> can_run("reciprocity", (nx.DiGraph([(1, 2)]),), {})
    True
    """
    if name not in functions.__all__:
        return f"there is no {name} here"
    G, *others = args or (kwargs.get("G"),)
    if G is None or G.is_multigraph():
        return "two people have one tie in one direction here, no parallel edges"
    if name in _DIRECTED and not G.is_directed():
        return "it is not defined for an undirected graph"
    said = dict(zip(functions.PARAMETERS[name][1:], others, strict=False)) | kwargs
    for word, only in _ONLY.get(name, {}).items():
        if said.get(word, only) != only:
            return f"{word} is left to NetworkX"
    if not isinstance(G, CompactGraph) and any(
        person in others for person, others in G.adjacency()
    ):
        return "an edge leads from somebody to themselves"
    return True


def should_run(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool | str:
    """Tell whether a call is quicker here, the conversion included, or why not.

    Examples
    --------
    >>> import networkx as nx
    >>> should_run("reciprocity", (nx.DiGraph([(1, 2)]),), {})
    'the graph is small: NetworkX is as quick'
    """
    G = args[0] if args else kwargs["G"]
    if name.endswith("degree_centrality") and not isinstance(G, CompactGraph):
        return "NetworkX counts as quickly as the conversion does"
    large = isinstance(G, CompactGraph) or G.number_of_edges() >= _WORTH_IT
    return large or "the graph is small: NetworkX is as quick"


def convert_from_nx(
    graph: nx.Graph[Any], *, edge_attrs: Mapping[str, Any] | None = None, **others: Any
) -> CompactGraph:
    """Make the compact graph of one of NetworkX.

    Raises
    ------
    NotImplementedError
        As of :func:`refgraph.networkx_backend.compact_graph.compact`; it has parallel edges.
    """
    del others
    if graph.is_multigraph():
        msg = "two people have one tie in one direction here, no parallel edges"
        raise NotImplementedError(msg)
    if not edge_attrs:
        return compact(graph)
    ((weight, default),) = edge_attrs.items()
    return compact(graph, weight, 1 if default is None else default)


def convert_to_nx(result: Any, **others: Any) -> Any:
    """Give the graph of NetworkX that a compact one was made of; anything else as it is."""
    del others
    return result.original if isinstance(result, CompactGraph) else result
