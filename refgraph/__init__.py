"""Who refers whom, who refers back, and who connects the room.

>>> import refgraph
>>> G = refgraph.referral_graph([("Ann", "Bo", 2), ("Bo", "Ann", 1), ("Bo", "Cy", 1)])
>>> float(refgraph.reciprocity.overall(G)["edge"].round(2))
0.67

The rooms, from the ground up, each of which says more in its docstring: `schema` and `names`
(what a book says, and who is meant), `reading` (files become checked rows), `graph` and `book`,
`keeping` (rows are added, changed, taken out), `imports` (exports of others), `analysis` (every
measure, a pure function), `maps`, `plots` and `report` (pictures and words), `review` (both on one
page), `cli`. A :class:`Book` holds what was read; the names below are the public ones, imported
when used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from refgraph import maps as maps
    from refgraph import plots as plots
    from refgraph import report as report
    from refgraph.analysis.comparing import changes as changes
    from refgraph.analysis.connecting import brokerage as brokerage
    from refgraph.analysis.connecting import connectors as connectors
    from refgraph.analysis.connecting import groups as groups
    from refgraph.analysis.connecting import structural_holes as burt
    from refgraph.analysis.describing import people as people
    from refgraph.analysis.evaluating import evaluate as evaluate
    from refgraph.analysis.leaving import departure as departure
    from refgraph.analysis.owing import owe as owe
    from refgraph.analysis.pairing import pairings as pairings
    from refgraph.analysis.reciprocity import balance as balance
    from refgraph.analysis.reciprocity import chance as chance
    from refgraph.analysis.reciprocity import reciprocity as reciprocity
    from refgraph.analysis.reciprocity import triads as triads
    from refgraph.analysis.returning import effect as effect
    from refgraph.analysis.returning import returns as returns
    from refgraph.analysis.suggesting import bench as bench
    from refgraph.analysis.suggesting import introductions as introductions
    from refgraph.analysis.suggesting import refer_first as refer_first
    from refgraph.analysis.tracing import chains as chains
    from refgraph.book.book import Book as Book
    from refgraph.errors import RefgraphError as RefgraphError
    from refgraph.graph.door import adjacency as adjacency
    from refgraph.graph.door import referral_graph as referral_graph

_MODULES = {
    "balance": "refgraph.analysis.reciprocity.balance",
    "bench": "refgraph.analysis.suggesting.bench",
    "brokerage": "refgraph.analysis.connecting.brokerage",
    "burt": "refgraph.analysis.connecting.structural_holes",
    "chains": "refgraph.analysis.tracing.chains",
    "chance": "refgraph.analysis.reciprocity.chance",
    "changes": "refgraph.analysis.comparing.changes",
    "connectors": "refgraph.analysis.connecting.connectors",
    "departure": "refgraph.analysis.leaving.departure",
    "effect": "refgraph.analysis.returning.effect",
    "evaluate": "refgraph.analysis.evaluating.evaluate",
    "groups": "refgraph.analysis.connecting.groups",
    "introductions": "refgraph.analysis.suggesting.introductions",
    "owe": "refgraph.analysis.owing.owe",
    "pairings": "refgraph.analysis.pairing.pairings",
    "people": "refgraph.analysis.describing.people",
    "reciprocity": "refgraph.analysis.reciprocity.reciprocity",
    "refer_first": "refgraph.analysis.suggesting.refer_first",
    "returns": "refgraph.analysis.returning.returns",
    "triads": "refgraph.analysis.reciprocity.triads",
    "maps": "refgraph.maps",
    "plots": "refgraph.plots",
    "report": "refgraph.report",
}
_OBJECTS = {
    "Book": "refgraph.book.book",
    "RefgraphError": "refgraph.errors",
    "adjacency": "refgraph.graph.door",
    "referral_graph": "refgraph.graph.door",
}

__all__ = [
    "Book",
    "RefgraphError",
    "adjacency",
    "balance",
    "bench",
    "brokerage",
    "burt",
    "chains",
    "chance",
    "changes",
    "connectors",
    "departure",
    "effect",
    "evaluate",
    "groups",
    "introductions",
    "maps",
    "owe",
    "pairings",
    "people",
    "plots",
    "reciprocity",
    "refer_first",
    "referral_graph",
    "report",
    "returns",
    "triads",
]


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name in _OBJECTS:
        return getattr(import_module(_OBJECTS[name]), name)
    if name == "__version__":
        return import_module("importlib.metadata").version("refgraph")
    msg = f"module 'refgraph' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
