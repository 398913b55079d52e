"""How often chance is called reciprocity where there are groups, and reciprocity found.

Usage: python benchmarks/nulls.py [SECTION ...] [--networks N] [--first N] [--samples N]

Sections: independent, planted; both if none is named. Ties are independent of each
other in `independent`, so that whatever is called "more mutual than chance" there is wrong; in
`planted` a share of the ties within groups brings one back. Every network is made from its
number alone. A verdict is that of `refgraph reciprocity --test`: both p under 0.025.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.stats import beta

from refgraph import referral_graph
from refgraph.analysis.reciprocity.swap_tests import split_test, swap_test
from refgraph.report.sections.chance_text import LEVEL

if TYPE_CHECKING:
    import networkx as nx


class Kind(NamedTuple):
    """Sizes of groups, and how likely a tie is within one and between two."""

    sizes: tuple[int, ...]
    inside: float
    across: float
    uneven: bool = False  # whether some groups refer to some others more


KINDS = {
    "6 groups of 8": Kind((8,) * 6, 0.40, 0.05),
    "6 of 8, weak": Kind((8,) * 6, 0.30, 0.10),
    "12 of 5": Kind((5,) * 12, 0.50, 0.03),
    "2 of 20": Kind((20,) * 2, 0.25, 0.05),
    "6 of 20": Kind((20,) * 6, 0.15, 0.01),
    "3 to 20": Kind((3, 4, 6, 8, 12, 20), 0.30, 0.03),
    "6 of 8, uneven": Kind((8,) * 6, 0.35, 0.05, uneven=True),
    "10 of 3": Kind((3,) * 10, 0.60, 0.05),
}
SPREAD = 0.6  # of the logarithm of how much people give and get


def network(
    kind: Kind, number: int, *, back: float = 0.0
) -> tuple[nx.DiGraph[str], dict[str, str]]:
    """Make a network of independent ties in groups; ``back`` of those within bring one back."""
    rng = np.random.default_rng([number, len(kind.sizes), sum(kind.sizes)])
    code = np.repeat(np.arange(len(kind.sizes)), kind.sizes)
    people, groups = len(code), len(kind.sizes)
    between = np.full((groups, groups), kind.across)
    if kind.uneven:  # who refers to whom is no matter of both sides alike
        between *= rng.lognormal(-0.5, 1.0, between.shape)
    np.fill_diagonal(between, kind.inside)
    gives, gets = rng.lognormal(-(SPREAD**2) / 2, SPREAD, (2, people))
    likely = np.minimum(between[code][:, code] * np.outer(gives, gets), 0.95)
    np.fill_diagonal(likely, 0)
    there = rng.random((people, people)) < likely
    within = code[:, None] == code
    there |= there.T & within & (rng.random((people, people)) < back)
    names = [f"p{at:03}" for at in range(people)]
    rows = [(names[u], names[v], 1) for u, v in np.argwhere(there)]
    group = {name: f"g{at}" for name, at in zip(names, code.tolist(), strict=True)}
    return referral_graph(rows, people=names), group


def called(
    G: nx.DiGraph[str], group: dict[str, str] | None, samples: int, number: int
) -> tuple[bool, bool]:
    """Say whether the groups' test calls a network more mutual than chance, and whether both do."""
    if group is None:
        p = split_test(G, samples=samples, seed=number)["p"]
    else:
        p = swap_test(G, keep="groups", groups=group, samples=samples, seed=number)["p"]
    if not p < LEVEL:
        return False, False
    return True, bool(swap_test(G, samples=samples, seed=number)["p"] < LEVEL)


def rates(
    title: str, networks: int, samples: int, *, back: float, kinds: list[str], first: int = 0
) -> None:
    print(f"\n{title}: {networks:,} networks, {samples} random ones for each", flush=True)
    print(f"{'kind':16} {'networks':>8} {'ties':>5} {'edge':>5} {'degrees':>8}", end=" ")
    print(f"{'declared':>9} {'detected':>9} {'seconds':>8}", flush=True)
    total = np.zeros(3)
    each = networks // len(kinds)
    for name in kinds:
        begun, found, ties, edge, few = time.perf_counter(), np.zeros(2), 0, 0.0, 0
        alone = min(each, 40)  # the degrees' test alone, on the first of them
        for number in range(first, first + each):
            G, group = network(KINDS[name], number, back=back)
            ties += G.number_of_edges()
            edge += sum(G.has_edge(v, u) for u, v in G.edges) / G.number_of_edges()
            if number < first + alone:
                few += bool(swap_test(G, samples=samples, seed=number)["p"] < LEVEL)
            found += [called(G, known, samples, number)[1] for known in (group, None)]
        total += [each, *found]
        share = "".join(f" {x:9.1%}" for x in found / each)
        print(
            f"{name:16} {each:8,} {ties / each:5.0f} {edge / each:5.2f} {few / alone:8.0%}{share} "
            f"{time.perf_counter() - begun:8.0f}",
            flush=True,
        )
    for at, what in ((1, "declared"), (2, "detected")):
        hits, n = int(total[at]), int(total[0])
        low = beta.ppf(0.025, hits, n - hits + 1) if hits else 0.0
        high = beta.ppf(0.975, hits + 1, n - hits) if hits < n else 1.0
        print(f"{what}: {hits:,} of {n:,} = {hits / n:.2%} (95 %: {low:.2%} to {high:.2%})")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    asked.add_argument("sections", nargs="*", default=["independent", "planted"])
    asked.add_argument("--networks", type=int, default=2000)
    asked.add_argument("--first", type=int, default=0, help="number of the first network of a kind")
    asked.add_argument("--samples", type=int, default=200)
    found = asked.parse_args()
    if "independent" in found.sections:
        rates(
            "independent",
            found.networks,
            found.samples,
            back=0,
            kinds=list(KINDS),
            first=found.first,
        )
    if "planted" in found.sections:
        for name in KINDS:
            rates("planted", 40, found.samples, back=0.5, kinds=[name], first=found.first)


if __name__ == "__main__":
    sys.exit(main())
