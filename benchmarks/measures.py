"""The measures on networks of chapters, each beside a library that has it, in the same run.

Usage: python benchmarks/measures.py [SECTION ...]     (pip install ".[peers,fast]": igraph, Numba)

Sections: arrays, pairs, burt, betweenness (minutes), triads, chance, circulation, memory; all of
them if none is named. Times are of one process, the best of some runs; a ratio
is our time over the peer's, or, where the peer is to be slower, the peer's over ours.
"""

from __future__ import annotations

import gc
import sys
import time
import tracemalloc
from functools import cache
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
from chapters import chapters
from scipy.sparse import coo_array

from refgraph import (
    brokerage,
    burt,
    chance,
    connectors,
    groups,
    reciprocity,
    referral_graph,
    triads,
)
from refgraph.analysis.connecting.compiled.numba_code import compiled
from refgraph.graph.pairs import fold

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = ((2_000, 43_000), (20_000, 430_000))
LARGEST = (350_000, 800_000)


def best(work: Callable[[], Any], runs: int = 3) -> tuple[float, Any]:
    """Seconds of the quickest of some runs, and what it gave."""
    times = []
    for _ in range(runs):
        gc.collect()
        started = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - started)
    return min(times), result


def line(
    what: str,
    size: str,
    ours: float,
    peer: tuple[str, float] | None = None,
    *,
    goal: str = "",
    slower: bool = False,
) -> None:
    """Print one comparison; ``slower`` where the peer is the one to be slower."""
    beside = ratio = ""
    if peer is not None:
        name, theirs = peer
        beside = f"{name} {theirs:.3f} s"
        ratio = f"{theirs / ours:.1f} x faster" if slower else f"{ours / theirs:.2f} x its time"
    print(f"{what:32}  {size:28}  {ours:8.3f} s  {beside:36}  {ratio:16}  {goal}", flush=True)


def same(ours: Any, theirs: Any) -> None:
    """Stop where the two do not agree: a quick wrong answer is no comparison."""
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)


@cache
def network(people: int, ties: int) -> nx.DiGraph[int]:
    """Give the referral graph, through the door."""
    giver, receiver = chapters(people, ties)
    rows = pd.DataFrame({"giver": giver, "receiver": receiver})
    return referral_graph(rows, people=range(people))


@cache
def in_igraph(people: int, ties: int) -> Any:
    """Give the same network in igraph, or None where it is not installed."""
    try:
        import igraph
    except ImportError:
        return None
    G = network(people, ties)
    H = igraph.Graph(n=people, edges=list(G.edges), directed=True)
    H.es["weight"] = [weight for *_, weight in G.edges(data="weight")]
    return H


def arrays() -> None:
    people, ties = LARGEST
    giver, receiver = chapters(people, ties)
    giver, receiver = giver[:1_000_000], receiver[:1_000_000]
    count = np.ones(len(giver))
    size = f"{len(giver):,} referrals"

    def work() -> Any:
        return reciprocity.of_pairs(fold(people, giver, receiver, count))[["edge", "weighted"]]

    seconds, _ = best(work, 9)
    peer, _ = best(lambda: coo_array((count, (giver, receiver)), shape=(people, people)).tocsr(), 9)
    beside = ("scipy coo to csr", peer)
    line("pair table, edge, weighted", size, seconds, beside, goal="at most 3")


def pairs() -> None:
    for people, ties in (*SIZES, LARGEST):
        G = network(people, ties)
        size = f"{ties:,} ties"
        seconds, ours = best(lambda G=G: reciprocity.overall(G))
        peer, theirs = best(lambda G=G: nx.overall_reciprocity(G), 1)
        same(ours["edge"], theirs)
        beside = ("networkx reciprocity", peer)
        line("reciprocity.overall", size, seconds, beside, goal="at least 10", slower=True)
        foreign = nx.DiGraph(G)  # a graph from elsewhere: it has no arrays yet
        seconds, ours = best(lambda G=foreign: reciprocity.overall(G))
        peer, theirs = best(lambda G=foreign: nx.overall_reciprocity(G))
        same(ours["edge"], theirs)
        beside = ("networkx reciprocity", peer)
        line("the same of a networkx graph", size, seconds, beside, goal="at most 1")
        line("reciprocity.by_person", size, best(lambda G=G: reciprocity.by_person(G))[0])
        line("reciprocity.by_pair", size, best(lambda G=G: reciprocity.by_pair(G))[0])


def structure() -> None:
    for people, ties in SIZES:
        G = network(people, ties)
        size = f"{people:,} people, {ties:,} ties"
        whole, ours = best(lambda G=G: burt.by_person(G), 2)
        if (H := in_igraph(people, ties)) is not None:
            peer, theirs = best(lambda H=H: H.constraint(weights="weight"), 2)
            same(ours["constraint"], theirs)
            line("burt.by_person", size, whole, ("igraph constraint", peer), goal="at most 2")
            alone, _ = best(lambda G=G: burt.constraint_of_each(G), 2)
            beside = ("igraph constraint", peer)
            line("burt.constraint_of_each", size, alone, beside, goal="at most 2")
        else:
            line("burt.by_person", size, whole)
        ego = best(lambda G=G: burt.by_person(G, scope="ego"), 1)[0]
        line("burt.by_person, scope ego", size, ego, ("burt.by_person", whole))
        group = {person: person // 32 for person in G}
        seconds, _ = best(lambda G=G, group=group: brokerage.by_person(G, group), 2)
        line("brokerage.by_person", size, seconds, ("burt.by_person", whole), goal="under 10")


def between() -> None:
    sys.path.append(sys.path.pop(0))  # Numba looks for coverage, which a file beside this is called
    machine = compiled()
    print(f"machine code on {machine.cores} cores {machine.missing}", flush=True)
    for people, ties in SIZES:
        G = network(people, ties)
        size = f"{people:,} people, {ties:,} ties"
        work = lambda G=G: connectors.betweenness(G, exact=True)  # noqa: E731
        (waited, used), ours = both_times(work)
        peer = wall = None
        if (H := in_igraph(people, ties)) is not None:
            (wall, peer), theirs = both_times(lambda H=H: H.betweenness())
            np.testing.assert_allclose(
                ours, np.array(theirs) / ((people - 1) * (people - 2)), atol=1e-9
            )
        for name, mine, their in (("waited", waited, wall), ("processor time", used, peer)):
            beside = None if their is None else ("igraph", their)
            goal = "at least 4 on two cores" if name == "waited" and people == SIZES[1][0] else ""
            line(f"betweenness, {name}", size, mine, beside, goal=goal, slower=True)


def both_times(work: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """Seconds of one run, and of the processor, of all threads together; and what it gave."""
    started, used = time.perf_counter(), time.process_time()
    result = work()
    return (time.perf_counter() - started, time.process_time() - used), result


def census() -> None:
    for people, ties in SIZES:
        G = network(people, ties)
        size = f"{people:,} people, {ties:,} ties"
        seconds, ours = best(lambda G=G: triads.census(G), 2)
        peer, theirs = best(lambda G=G: nx.triadic_census(G), 1)
        same(ours, list(theirs.values()))
        beside = ("networkx", peer)
        line("triads.census", size, seconds, beside, goal="at least 10", slower=True)
        if (H := in_igraph(people, ties)) is not None:
            beside = ("igraph", best(lambda H=H: H.triad_census(), 2)[0])
            line("triads.census", size, seconds, beside)


def randomly() -> None:
    for people, ties in ((120, 1_000), (400, 1_000), (400, 4_000)):
        G = network(people, ties)
        size = f"{people:,} people, {ties:,} ties"
        seconds, _ = best(lambda G=G: chance.swap_test(G), 1)
        line("chance.swap_test, 1,000 samples", size, seconds, goal="under 10 s at 1,000 ties")
    for people, ties in SIZES:
        G = network(people, ties)
        size = f"{people:,} people, {ties:,} ties"
        line("chance.dbcm", size, best(lambda G=G: chance.dbcm(G), 1)[0])
        line("chance.weighted", size, best(lambda G=G: chance.weighted(G), 1)[0])


def rounds() -> None:
    for people, ties in ((600, 10_000), (2_000, 10_000), (2_000, 20_000)):
        G = network(people, ties)
        size = f"{people:,} people, {ties:,} ties"
        seconds, _ = best(lambda G=G: reciprocity.circulation(G), 1)
        line("reciprocity.circulation", size, seconds, goal="under 10 s at 10,000 ties")


def memory() -> None:
    people, ties = SIZES[-1]
    G = network(people, ties)
    group = {person: person // 32 for person in G}
    for name, work in {
        "reciprocity.overall": lambda: reciprocity.overall(G),
        "connectors.reach": lambda: connectors.reach(G, group),
        "groups.detect": lambda: groups.detect(G),
        "reciprocity.by_pair": lambda: reciprocity.by_pair(G),
        "burt.by_person": lambda: burt.by_person(G),
        "burt.by_person, scope ego": lambda: burt.by_person(G, scope="ego"),
        "brokerage.by_person": lambda: brokerage.by_person(G, group),
        "triads.census": lambda: triads.census(G),
        "chance.dbcm": lambda: chance.dbcm(G),
        "chance.weighted": lambda: chance.weighted(G),
    }.items():
        gc.collect()
        tracemalloc.start()
        work()
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        print(
            f"{name:34}  {ties:,} ties  {peak:6.0f} MB beyond the graph  (at most 500)", flush=True
        )


SECTIONS = {
    "arrays": arrays,
    "pairs": pairs,
    "burt": structure,
    "betweenness": between,
    "triads": census,
    "chance": randomly,
    "circulation": rounds,
    "memory": memory,
}

if __name__ == "__main__":
    for section in sys.argv[1:] or SECTIONS:
        print(f"\n{section}", flush=True)
        SECTIONS[section]()
