"""Whether a network is more mutual than chance, and than its groups, as rows and in words."""

from __future__ import annotations

from math import isnan, nan
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.reciprocity import chance, swap_tests
from refgraph.graph.door import index, ties
from refgraph.wording import count

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["LEVEL", "SHOWN", "against_chance", "verdict"]

LEVEL = 0.025  # a p below it is called more, or less, than chance: 5 % on both sides together
#: The measures that the verdict rests on, and that are shown unless all are asked for.
SHOWN = (
    *("people", "ties", "mutual_pairs", "edge", "expected", "p"),
    *("groups_edge", "groups_expected", "groups_p"),
)

_DRAWN = ("expected", "sd", "z", "p", "p_less", "excess")
_WEIGHTED = ("weighted_expected", "weighted_excess")
_ONLY = "only how much each gives and gets counted"
_ALSO = "also which groups refer to which"
_ENOUGH = 0.5  # of the people with ties must be in a declared group for these to be the groups


def against_chance(
    G: nx.DiGraph[Any],
    group: pd.Series[str] | None = None,
    *,
    me: Any = None,
    samples: int = 1000,
    seed: int = 0,
) -> tuple[dict[str, float | str], str]:
    """Set how mutual a network is against chance: measures with their values, and a sentence.

    Chance is asked twice: what if only counts how many everybody gives to and gets from,
    and what if also of which group. ``group`` names the groups; where it does so for fewer
    than half of the people with ties, they are found in one half of all pairs of
    people and tested in the other. Who has no group, and ``me``, are groups alone.

    Where the network is too large for random networks, only the formula for its ties
    answers, and the sentence says so.

    Examples
    --------
    >>> import pandas as pd
    >>> from refgraph import referral_graph
    >>> rows = [(f"{at}{a}", f"{at}{b}", 1) for at in range(8) for a, b in ("ab", "ba")]
    >>> G = referral_graph(rows)
    >>> side = pd.Series([person[1] for person in G], index=list(G))
    >>> values, said = against_chance(G, side, samples=100)
    >>> print(said.splitlines()[0])
    More mutual than chance: 1.00; 0.07 if only how much each gives and gets counted (p 0.010), \
0.15 if also which groups refer to which (p 0.010).
    """
    by_degrees = chance.dbcm(G)
    formula = {"dbcm_expected": by_degrees["expected"], "dbcm_z": by_degrees["z"]}
    if chance.too_large(G, samples=samples):
        none = dict.fromkeys((*_DRAWN, "samples", "seed"), nan)
        none |= formula | dict.fromkeys(_WEIGHTED, nan)
        return none | _group_values(None, ""), _too_large(G, samples, by_degrees)
    drawn, by_strengths = chance.swap_test(G, samples=samples, seed=seed), chance.weighted(G)
    counts = {name: int(drawn[name]) for name in ("samples", "seed")}
    weighted = zip(_WEIGHTED, by_strengths[["expected", "excess"]], strict=True)
    values = {name: float(drawn[name]) for name in _DRAWN} | counts | formula | dict(weighted)
    within, source = _in_groups(G, group, me, samples, seed)
    said = verdict(drawn, within, source, me=me if me in G else None)
    return values | _group_values(within, source), said


def verdict(
    drawn: pd.Series[float],
    within: pd.Series[float] | None = None,
    source: str = "",
    *,
    me: Any = None,
) -> str:
    """Say what two tests found: by how much each gives and gets, and by groups too.

    Parameters
    ----------
    drawn : Series
        What :func:`refgraph.chance.swap_test` found.
    within : Series, optional
        What it found with groups kept, or :func:`refgraph.chance.split_test`.
    source : {"declared", "detected", ""}
        Whose groups these are.
    me : optional
        The person whose ties were kept as they are.

    Examples
    --------
    >>> import pandas as pd
    >>> found = {"observed": 0.41, "sd": 0.03, "samples": 999, "p_less": 0.9}
    >>> drawn = pd.Series(found | {"expected": 0.31, "p": 0.001})
    >>> within = pd.Series(found | {"expected": 0.40, "p": 0.3})
    >>> print(verdict(drawn, within, "declared").splitlines()[0])
    Not shown to be more mutual than chance: 0.41; 0.31 if only how much each gives and gets \
counted (p 0.001), 0.40 if also which groups refer to which (p 0.300): the rest may be groups, \
chance, or favours too few to see.
    """
    if isnan(drawn["expected"]):
        return "There are no ties to compare with chance."
    samples = count(int(drawn["samples"]), "random network")
    if _certain(drawn):
        return (
            f"Chance has no say: none of {samples} in which everybody gives to, and receives "
            f"from, as many people as here is more or less mutual than this one."
        )
    side = "less" if drawn["p_less"] < LEVEL else "more"
    shown = within is not None and _p(drawn, side) < LEVEL and _p(within, side) < LEVEL
    how = side.capitalize() if shown else f"Not shown to be {side}"
    tested = me is not None and within is not None and not isnan(within["expected"])
    whose = " among the others in this book: of all ties" if tested else ":"
    told = f"{how} mutual than chance{whose} {drawn['observed']:.2f}; {_if(drawn, side, _ONLY)}"
    told += _by_groups(drawn, within, source, side)
    as_much = "as mutual or more" if side == "more" else "as little mutual or less"
    rule = (
        f"A p is the share of {samples} and this one that are {as_much}; {side} than chance is "
        f"said only if both are under {LEVEL}."
    )
    return f"{told}\n{' '.join([rule, *_whose(within, source, me)])}"


def _by_groups(
    drawn: pd.Series[float], within: pd.Series[float] | None, source: str, side: str
) -> str:
    """Say what is left once groups are counted, as the end of the sentence."""
    if within is None or isnan(within["expected"]):
        return ", and there are too few ties to tell what groups make of it."
    if _certain(within):
        return ", and the ties to and from each group leave nothing to chance."
    if source == "detected":
        found = "also which groups, found in the other half, refer to which"
        half = f"in the half of the pairs kept for the test {within['observed']:.2f}"
        told = f"; {half}, and {_if(within, side, found)}"
    else:
        told = f", {_if(within, side, _ALSO)}"
    if side == "more" and drawn["p"] < LEVEL <= within["p"]:
        told += ": the rest may be groups, chance, or favours too few to see"
    return f"{told}."


def _whose(within: pd.Series[float] | None, source: str, me: Any) -> list[str]:
    """Say whose groups they are, and what is kept as it is."""
    if within is None or isnan(within["expected"]):
        return []
    said = ["Groups are those of people.csv."]
    if source == "detected":
        said = ["With groups in people.csv all ties could be tested, and less be overlooked."]
    if not me:
        return said
    kept = f"With groups, all ties of {me} are kept as they are: those among the others are tested."
    return [*said, kept]


def _if(found: pd.Series[float], side: str, what: str) -> str:
    """Say what is expected if something counts, with its p."""
    p = _p(found, side)
    digits = 4 if abs(p - LEVEL) < 0.0005 else 3  # so that it is seen to lie on its side
    return f"{found['expected']:.2f} if {what} (p {p:.{digits}f})"


def _p(found: pd.Series[float], side: str) -> float:
    return float(found["p_less" if side == "less" else "p"])


def _certain(found: pd.Series[float]) -> bool:
    """Tell whether every network that was drawn is as mutual as this one."""
    return bool(found["sd"] == 0 and found["p"] == found["p_less"])


def _in_groups(
    G: nx.DiGraph[Any], group: pd.Series[str] | None, me: Any, samples: int, seed: int
) -> tuple[pd.Series[float] | None, str]:
    """Test with groups kept, and say whose groups they are; None if they tell nothing."""
    alone = me if me in G else None
    edges = ties(G)
    tied = index(G)[np.unique(np.r_[edges.giver, edges.receiver])].drop(me, errors="ignore")
    named = pd.Series("", index=tied) if group is None else group.reindex(tied, fill_value="")
    known = named[named != ""]
    if len(set(known)) > 1 and len(known) >= _ENOUGH * len(tied):
        found = chance.swap_test(
            G, keep="groups", groups=named, alone=alone, samples=samples, seed=seed
        )
        return found, "declared"
    return chance.split_test(G, alone=alone, samples=samples, seed=seed), "detected"


def _group_values(within: pd.Series[float] | None, source: str) -> dict[str, float | str]:
    """Give the measures of the test with groups, under names of their own."""
    known = within is not None and not isnan(within["expected"])
    values: dict[str, float | str] = {"groups_from": source if known else ""}
    for name in ("observed", *_DRAWN):
        shown = "edge" if name == "observed" else name
        values[f"groups_{shown}"] = float(within[name]) if within is not None and known else nan
    return values


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
        f"networks (at most {swap_tests.LIMIT_PEOPLE:,} people, and what takes about a minute).\n"
        f"By the formula {by_degrees['expected']:.2f} is expected if only how much each gives and "
        f"gets counted; {by_degrees['observed']:.2f} is observed, {apart}. What groups make of it "
        f"is not looked at, so that nothing is claimed."
    )
