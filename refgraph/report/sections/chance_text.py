"""Whether a network is more mutual than chance, and than its groups, as rows and in words."""

from __future__ import annotations

from math import isnan, nan
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.reciprocity import chance, swap_tests
from refgraph.graph.door import index, ties, without
from refgraph.wording import agree, count

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["LEVEL", "against_chance", "shown", "verdict"]

LEVEL = 0.025  # a p below it is called more, or less, than chance: 5 % on both sides together
_SHOWN = ("ties", "edge", "expected", "p")
_IN_GROUPS = ("groups_ties", "groups_edge", "groups_expected", "groups_p")
_DRAWN = ("expected", "sd", "z", "p", "p_less", "excess")
_WEIGHTED = ("weighted_expected", "weighted_excess")
#: Of the ties among the others, where the book is somebody's.
_OTHERS = ("others_expected", "others_p", "others_p_less")
_ONLY = "only how much each gives and gets counted"
_ALSO = "also which groups refer to which"
_FOUND = f"{_ONLY.removeprefix('only ')}, and which groups, found in the other half, refer to which"
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
    people and tested in the other. Who has no group is a group alone. In the book of
    somebody, ``me``, the ties among the others are tested, with groups and without.

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
    More mutual than chance: 1.00 of 16 ties have one back; 0.07 if only how much each gives and \
gets counted, 0.15 if also which groups refer to which (p 0.010).
    """
    by_degrees = chance.dbcm(G)
    formula = {"dbcm_expected": by_degrees["expected"], "dbcm_z": by_degrees["z"]}
    me = me if me in G else None
    if chance.too_large(G, samples=samples):
        none = dict.fromkeys((*_DRAWN, "samples", "seed"), nan)
        none |= formula | dict.fromkeys(_WEIGHTED, nan)
        others = {} if me is None else dict.fromkeys(_OTHERS, nan)
        return others | none | _group_values(None, ""), _too_large(G, samples, by_degrees)
    drawn, by_strengths = chance.swap_test(G, samples=samples, seed=seed), chance.weighted(G)
    counts = {name: int(drawn[name]) for name in ("samples", "seed")}
    weighted = zip(_WEIGHTED, by_strengths[["expected", "excess"]], strict=True)
    values = {name: float(drawn[name]) for name in _DRAWN} | counts | formula | dict(weighted)
    H, others = G, {}
    if me is not None:
        H = without(G, me)
        drawn = chance.swap_test(H, samples=samples, seed=seed)
        others = {name: float(drawn[name.removeprefix("others_")]) for name in _OTHERS}
    within, source = _in_groups(H, group, samples, seed)
    half = source == "detected" and within is not None and not isnan(within["expected"])
    ties = int(within["ties"]) if half and within is not None else H.number_of_edges()
    said = verdict(drawn, within, source, ties=ties, me=me)
    return others | values | _group_values(within, source, ties), said


def shown(me: Any = None) -> tuple[str, ...]:
    """Name the measures that the verdict rests on: all of the ties that it speaks of.

    Examples
    --------
    >>> shown("Ann")[:3], shown()[:3]
    (('others_ties', 'others_edge', 'others_expected'), ('ties', 'edge', 'expected'))
    """
    before = "" if me is None else "others_"
    return (*(f"{before}{name}" for name in _SHOWN), *_IN_GROUPS)


def verdict(
    drawn: pd.Series[float],
    within: pd.Series[float] | None = None,
    source: str = "",
    *,
    ties: int,
    me: Any = None,
) -> str:
    """Say what two tests found: by how much each gives and gets, and by groups too.

    There is one p. Where both tests are of the same ties it is the larger of both, by which
    both say the same; of groups that were found it is that of the tested half.

    Parameters
    ----------
    drawn : Series
        What :func:`refgraph.chance.swap_test` found.
    within : Series, optional
        What it found with groups kept, or :func:`refgraph.chance.split_test`.
    source : {"declared", "detected", ""}
        Whose groups these are.
    ties : int
        Number of ties that are tested.
    me : optional
        The person whose ties are left out, so that those among the others are tested.

    Examples
    --------
    >>> import pandas as pd
    >>> found = {"observed": 0.41, "sd": 0.03, "samples": 999, "p_less": 0.9}
    >>> drawn = pd.Series(found | {"expected": 0.31, "p": 0.001})
    >>> within = pd.Series(found | {"expected": 0.40, "p": 0.3})
    >>> print(verdict(drawn, within, "declared", ties=256).splitlines()[0])
    Not shown to be more mutual than chance: 0.41 of 256 ties have one back; 0.31 if only how much \
each gives and gets counted, 0.40 if also which groups refer to which (p 0.300): the rest may be \
groups, chance, or favours too few to see.
    """
    among = "" if me is None else " among the others in this book"
    if isnan(drawn["expected"]):
        return f"There are no ties{among} to compare with chance."
    samples = count(int(drawn["samples"]), "random network")
    if _certain(drawn):
        return (
            f"Chance has no say{among}: none of {samples} in which everybody gives to, and "
            f"receives from, as many people as here is more or less mutual than this one."
        )
    side = "less" if drawn["p_less"] < LEVEL else "more"
    known = within is not None and not isnan(within["expected"])
    shown = within is not None and _p(drawn, side) < LEVEL and _p(within, side) < LEVEL
    how = side.capitalize() if shown else f"Not shown to be {side}"
    half = ", in the half of the pairs kept for the test" if known and source == "detected" else ""
    observed = drawn["observed"] if within is None or not half else within["observed"]
    told = f"{how} mutual than chance{among}{half}: {observed:.2f} of {count(ties, 'tie')} "
    told += f"{agree(ties, 'has')} one back; {_by_groups(drawn, within, source, side)}"
    as_much = "as mutual or more" if side == "more" else "as little mutual or less"
    both = known and within is not None and not half and not _certain(within)
    larger = ", of the two comparisons the larger" if both else ""
    rule = (
        f"p is the share of {samples} and this one that are {as_much}{larger}; "
        f"{side} than chance is said only if it is under {LEVEL}{'' if both else ' both ways'}."
    )
    return f"{told}\n{' '.join([rule, *_whose(within, source, me)])}"


def _by_groups(
    drawn: pd.Series[float], within: pd.Series[float] | None, source: str, side: str
) -> str:
    """Say what is expected by how much each gives and gets, and once groups are counted."""
    alone = f"{drawn['expected']:.2f} if {_ONLY}"
    if within is None or isnan(within["expected"]):
        few = "and there are too few ties to tell what groups make of it"
        return f"{alone} ({_told(_p(drawn, side))}), {few}."
    if _certain(within):
        none = "and the ties to and from each group leave nothing to chance"
        return (
            f"{none}." if source == "detected" else f"{alone} ({_told(_p(drawn, side))}), {none}."
        )
    p = _p(within, side)
    if source == "detected":
        told = f"{within['expected']:.2f} if {_FOUND} ({_told(p)})"
        if p < LEVEL <= _p(drawn, side):
            told += f", but of all of them not if {_ONLY}"
    else:
        p = max(p, _p(drawn, side))
        told = f"{alone}, {within['expected']:.2f} if {_ALSO} ({_told(p)})"
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
    if me is None:
        return said
    return [*said, f"Ties of {me} are left out: a book holds all of its owner's, few of others."]


def _told(p: float) -> str:
    """Write a p with so many digits that it is seen on which side of the level it lies."""
    return f"p {p:.{4 if abs(p - LEVEL) < 0.0005 else 3}f}"


def _p(found: pd.Series[float], side: str) -> float:
    return float(found["p_less" if side == "less" else "p"])


def _certain(found: pd.Series[float]) -> bool:
    """Tell whether every network that was drawn is as mutual as this one."""
    return bool(found["sd"] == 0 and found["p"] == found["p_less"])


def _in_groups(
    G: nx.DiGraph[Any], group: pd.Series[str] | None, samples: int, seed: int
) -> tuple[pd.Series[float] | None, str]:
    """Test with groups kept, and say whose groups they are; None if they tell nothing."""
    edges = ties(G)
    tied = index(G)[np.unique(np.r_[edges.giver, edges.receiver])]
    named = pd.Series("", index=tied) if group is None else group.reindex(tied, fill_value="")
    known = named[named != ""]
    if len(set(known)) > 1 and len(known) >= _ENOUGH * len(tied):
        found = chance.swap_test(G, keep="groups", groups=named, samples=samples, seed=seed)
        return found, "declared"
    return chance.split_test(G, samples=samples, seed=seed), "detected"


def _group_values(
    within: pd.Series[float] | None, source: str, ties: int = 0
) -> dict[str, float | str]:
    """Give the measures of the test with groups, under names of their own."""
    known = within is not None and not isnan(within["expected"])
    values: dict[str, float | str] = {"groups_from": source if known else ""}
    values["groups_ties"] = ties if known else nan
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
