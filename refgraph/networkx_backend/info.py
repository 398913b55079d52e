"""What NetworkX is told of the backend when it is imported: nothing heavy is loaded for it."""

from __future__ import annotations

from typing import Any

__all__ = ["get_info"]

_RIGHT = (
    "Somebody without ties of their own to others has a value as all who have a contact, also "
    "where nodes are named."
)


def get_info() -> dict[str, Any]:
    """Give the description that NetworkX shows beside the functions.

    Examples
    --------
    >>> get_info()["short_summary"]
    'Reciprocity, brokerage and betweenness from sparse arrays.'
    """
    return {
        "backend_name": "refgraph",
        "project": "refgraph",
        "package": "refgraph",
        "short_summary": "Reciprocity, brokerage and betweenness from sparse arrays.",
        "functions": {
            "betweenness_centrality": {
                "additional_docs": "Exact, without weights, several sources at a time; `k`, "
                "`weight` and `endpoints` are left to NetworkX."
            },
            "constraint": {"additional_docs": _RIGHT},
            "effective_size": {"additional_docs": _RIGHT},
            "degree_centrality": {},
            "in_degree_centrality": {},
            "out_degree_centrality": {},
            "overall_reciprocity": {},
            "pagerank": {},
            "reciprocity": {},
            "triadic_census": {"additional_docs": "`nodelist` is left to NetworkX."},
        },
    }
