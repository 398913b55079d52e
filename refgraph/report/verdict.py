"""Whether a network is more mutual than chance, as rows and in words."""

from __future__ import annotations

from math import isnan, nan
from typing import TYPE_CHECKING, Any

from refgraph.analysis import chance
from refgraph.report.section import count

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["LEVEL", "against_chance", "verdict"]

LEVEL = 0.025  # a p below it is called more, or less, than chance: 5 % on both sides together

_DRAWN = ("expected", "sd", "z", "p", "p_less", "excess", "samples", "seed")
_WEIGHTED = ("weighted_expected", "weighted_excess")


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
        said = _too_large(G, samples, by_degrees)
        return dict.fromkeys(_DRAWN, nan) | formula | dict.fromkeys(_WEIGHTED, nan), said
    drawn, by_strengths = chance.swap_test(G, samples=samples, seed=seed), chance.weighted(G)
    counts = {name: int(drawn[name]) for name in ("samples", "seed")}
    weighted = zip(_WEIGHTED, by_strengths[["expected", "excess"]], strict=True)
    values = {name: float(drawn[name]) for name in _DRAWN} | counts | formula | dict(weighted)
    return values, verdict(drawn)


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
    p, p_less, samples = drawn["p"], drawn["p_less"], int(drawn["samples"])
    networks = (
        f"{count(samples, 'random network')} in which everybody gives to, and receives from, as "
        f"many people as here"
    )
    if drawn["sd"] == 0 and p == p_less:
        return f"Chance has no say: none of {networks} is more or less mutual than this one."
    how, shown, as_much = "No more", p, "as mutual or more"
    if p < LEVEL:
        how = "More"
    elif p_less < LEVEL:
        how, shown, as_much = "Less", p_less, "as little mutual or less"
    spread = "" if isnan(drawn["sd"]) else f" (standard deviation {drawn['sd']:.1%})"
    digits = 4 if abs(shown - LEVEL) < 0.0005 else 3  # so that it is seen to lie on its side
    figures = f"{drawn['observed']:.2f} against {drawn['expected']:.2f}, p {shown:.{digits}f}"
    number = round(shown * (1 + samples)) - 1
    many = (
        f"{number:,} of them {'was' if number == 1 else 'were'}" if number else "none of them was"
    )
    return (
        f"{how} mutual than chance ({figures}).\n"
        f"Here {drawn['observed']:.0%} of the ties have one back. In {networks}, "
        f"{drawn['expected']:.0%} had one on average{spread}; {many} {as_much}."
    )


def _too_large(G: nx.DiGraph[Any], samples: int, by_degrees: pd.Series[float]) -> str:
    """Say that no networks are drawn, and what the formula expects instead."""
    z = by_degrees["z"]
    apart = (
        "and chance has no say"
        if isnan(z)
        else f"{abs(z):.1f} standard deviations {'above' if z > 0 else 'below'}"
    )
    return (
        f"{len(G):,} people and {G.number_of_edges():,} ties are too many for {samples:,} random "
        f"networks (at most {chance.LIMIT_PEOPLE:,} people, and what takes about a minute).\n"
        f"By the formula {by_degrees['expected']:.2f} is expected; {by_degrees['observed']:.2f} is "
        f"observed, {apart}."
    )
