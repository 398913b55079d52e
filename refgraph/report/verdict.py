"""Whether a network is more mutual than chance, as rows and in words."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from refgraph.analysis import chance

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["LEVEL", "against_chance", "verdict"]

LEVEL = 0.05  # a p below it is called more, or less, than chance


def against_chance(
    G: nx.DiGraph[Any], *, samples: int = 1000, seed: int = 0
) -> tuple[dict[str, float], str]:
    """Set how mutual a network is against chance: measures with their values, and a sentence.

    Where the network is too large for random networks, only the formula for its ties
    answers, and the sentence says so.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> rows = [
    ...     (f"{at}{side}", f"{at}{other}", 1) for at in range(6) for side, other in ("ab", "ba")
    ... ]
    >>> values, said = against_chance(referral_graph(rows), samples=100)
    >>> said.splitlines()[0]
    'More mutual than chance (1.00 against 0.07, p 0.010).'
    """
    by_degrees = chance.dbcm(G)
    formula = {"dbcm_expected": by_degrees["expected"], "dbcm_z": by_degrees["z"]}
    if chance.too_large(G, samples=samples):
        return formula, _by_formula(G, by_degrees)
    drawn, by_strengths = chance.swap_test(G, samples=samples, seed=seed), chance.weighted(G)
    return {
        **{name: drawn[name] for name in ("expected", "sd", "z", "p", "p_less", "excess")},
        "samples": int(drawn["samples"]),
        "seed": int(drawn["seed"]),
        **formula,
        "weighted_expected": by_strengths["expected"],
        "weighted_excess": by_strengths["excess"],
    }, verdict(drawn)


def verdict(drawn: pd.Series[float]) -> str:
    """Say what :func:`refgraph.chance.swap_test` found.

    Examples
    --------
    >>> import pandas as pd
    >>> found = {"observed": 0.41, "expected": 0.38, "sd": 0.05, "p": 0.3, "p_less": 0.8}
    >>> print(verdict(pd.Series(found | {"samples": 1000})).splitlines()[0])
    No more mutual than chance (0.41 against 0.38, p 0.300).
    """
    if isnan(drawn["expected"]):
        return "There are no ties to compare with chance."
    if drawn["sd"] == 0:
        return (
            "Chance has no say: whoever gives to, and receives from, as many people as here "
            "is always as mutual."
        )
    p, p_less = drawn["p"], drawn["p_less"]
    how, shown = "No more", p
    if p < LEVEL:
        how = "More"
    elif p_less < LEVEL:
        how, shown = "Less", p_less
    figures = f"{drawn['observed']:.2f} against {drawn['expected']:.2f}, p {shown:.3f}"
    as_high = round(p * (1 + drawn["samples"])) - 1
    many = f"{as_high:,} of them" if as_high else "none of them"
    return (
        f"{how} mutual than chance ({figures}).\n"
        f"In {int(drawn['samples']):,} random networks in which everybody gives to, and receives "
        f"from, as many people as here, {drawn['expected']:.0%} of ties had one back on average "
        f"(standard deviation {drawn['sd']:.1%}); {many} "
        f"{'was' if as_high < 2 else 'were'} as mutual."
    )


def _by_formula(G: nx.DiGraph[Any], by_degrees: pd.Series[float]) -> str:
    """Say what the formula expects, with the distance in standard deviations."""
    apart = f"{abs(by_degrees['z']):.1f} standard deviations apart"
    return (
        f"{len(G):,} people and {G.number_of_edges():,} ties are too many for random networks "
        f"(at most {chance.LIMIT_PEOPLE:,} people, and what takes about a minute).\n"
        f"By the formula, {by_degrees['expected']:.2f} is expected and "
        f"{by_degrees['observed']:.2f} observed, {apart}."
    )
