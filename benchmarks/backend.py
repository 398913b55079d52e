"""Functions of NetworkX beside the same call with backend="refgraph", the conversion included.

Usage: python benchmarks/backend.py [PEOPLE TIES]

Processor time, best of three, of a random directed graph; the graph is converted anew each time.
"""

from __future__ import annotations

import sys
import time

import networkx as nx

from refgraph.networkx_backend import functions


def seconds(name: str, G: nx.DiGraph, backend: str, runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.process_time()
        getattr(nx, name)(G, backend=backend)
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    people, ties = map(int, sys.argv[1:3] or (2_000, 20_000))
    G = nx.gnm_random_graph(people, ties, seed=1, directed=True)
    print(f"{people:,} people, {ties:,} ties   networkx  refgraph  ratio")
    with nx.config(cache_converted_graphs=False):
        nx.overall_reciprocity(G, backend="refgraph")  # loads what it needs
        for name in functions.__all__:
            theirs = seconds(name, G, "networkx", 1 if name == "betweenness_centrality" else 3)
            ours = seconds(name, G, "refgraph", 3)
            print(f"{name:26}{theirs:10.4f}{ours:10.4f}{ours / theirs:7.2f}")


if __name__ == "__main__":
    main()
