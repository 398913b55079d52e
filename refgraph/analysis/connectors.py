"""Who connects the room: who links people and groups that would otherwise be apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis import balance, groups
from refgraph.analysis.articulation import articulation
from refgraph.analysis.betweenness import betweenness
from refgraph.analysis.participation import participation
from refgraph.errors import OptionError
from refgraph.graph import adjacency, index, ties, with_arrays

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx
    from numpy.typing import NDArray

__all__ = ["ALL_PARTS", "PARTS", "anybody", "betweenness", "groups_linked", "rank", "reach"]

PARTS = ("betweenness", "groups_linked")
ALL_PARTS = (
    *PARTS,
    "reach",
    "brokerage",
    "constraint",
    "participation_out",
    "participation_in",
    "cut_off",
)
_LESS_IS_MORE = ("constraint",)


def rank(
    G: nx.DiGraph[Any],
    groups_of: Mapping[Any, str] | pd.Series[str] | None = None,
    *,
    parts: Sequence[str] = PARTS,
) -> pd.DataFrame:
    r"""Order people by how much they connect others.

    The score is the mean, over the parts :math:`P` that a person has an answer in, of the
    share of people whom they are level with or ahead of (ties: the average), of
    :math:`n_p` people with an answer:

    .. math::
        \text{score}_i = \frac{1}{|P_i|} \sum_{p \in P_i} \frac{1}{n_p} \Big(
        |\{j : x_{pj} < x_{pi}\}| + \tfrac12 \big(|\{j : x_{pj} = x_{pi}\}| + 1\big) \Big)

    between 0 and 1, and 1 for a person who is ahead of everybody in every part. More is
    more connecting, but for ``constraint``, where less is.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph. Leave out the person whose book it is (see
        :func:`refgraph.graph.without`): they are tied to nearly everybody.
    groups_of : mapping or Series, optional
        Person to group, ``""`` for none; detected where not given.
    parts : sequence of str, default ("betweenness", "groups_linked")
        What the score is made of, from ``ALL_PARTS``: :func:`betweenness`,
        :func:`groups_linked`, :func:`reach`, ``brokerage`` (open two-paths, ``total`` of
        :func:`refgraph.brokerage.by_person`), ``constraint`` (of
        :func:`refgraph.burt.by_person`), ``participation_out`` and ``participation_in``
        (:func:`refgraph.analysis.participation.participation`), and ``cut_off``
        (:func:`refgraph.analysis.articulation.articulation`).

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person``, best first, then as in ``G``: float columns ``score``,
        ``betweenness``, ``groups_linked``, ``given``, ``received``, then the other parts
        asked for, in the order of ``ALL_PARTS``, with ``cut_off_referrals`` beside
        ``cut_off``.

    Raises
    ------
    OptionError
        A part is not one of ``ALL_PARTS``, or there is none.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> G = referral_graph([("Ann", "Bo", 1), ("Bo", "Cy", 1), ("Cy", "Di", 1)])
    >>> table = rank(G, {"Ann": "north", "Bo": "north", "Cy": "south", "Di": "south"})
    >>> table[["score", "betweenness", "groups_linked"]].round(2)
            score  betweenness  groups_linked
    person
    Bo       0.88         0.33            1.0
    Cy       0.88         0.33            1.0
    Ann      0.38         0.00            0.0
    Di       0.38         0.00            0.0
    """
    asked, people = _asked(parts), index(G)
    G = with_arrays(G)  # a foreign graph warns once, not for every part
    group = groups.detect(G) if groups_of is None else pd.Series(groups_of, dtype="object")
    table = pd.DataFrame({"betweenness": betweenness(G), "groups_linked": groups_linked(G, group)})
    table[["given", "received"]] = balance.by_person(G)[["given", "received"]]
    for column, values in _others(G, group, asked).items():
        table[column] = values
    table = table.reindex(people)
    ranks = [table[part].rank(pct=True, ascending=part not in _LESS_IS_MORE) for part in asked]
    table.insert(0, "score", pd.concat(ranks, axis=1).mean(axis=1).round(12))
    by_score = np.lexsort((np.arange(len(table)), -table["score"].fillna(-1).to_numpy()))
    return table.iloc[by_score]


def anybody(table: pd.DataFrame) -> bool:
    """Tell whether anybody in a table of :func:`rank` links others at all.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> anybody(rank(referral_graph([("Ann", "Bo", 1), ("Cy", "Bo", 1)])))
    False
    """
    return bool(table[list(PARTS)].fillna(0).to_numpy().any())


def groups_linked(G: nx.DiGraph[Any], group: pd.Series[str]) -> pd.Series[float]:
    """Count the groups, other than their own, among the people each one has referrals with.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> G = referral_graph([("Ann", "Bo", 1), ("Cy", "Ann", 1)])
    >>> groups_linked(G, pd.Series({"Ann": "north", "Bo": "south", "Cy": "west"})).tolist()
    [2.0, 1.0, 1.0]
    """
    edges = ties(G)
    code, kinds, named = _codes(G, group)
    person = np.r_[edges.giver, edges.receiver]
    other = code[np.r_[edges.receiver, edges.giver]]
    counts = named[other] & (other != code[person])
    linked = np.unique(person[counts] * kinds + other[counts])
    number = np.bincount(linked // kinds, minlength=edges.people).astype(float)
    return pd.Series(number, index=index(G), name="groups_linked")


def reach(
    G: nx.DiGraph[Any], group: Mapping[Any, str] | pd.Series[str], *, block: int = 256
) -> pd.Series[float]:
    r"""Count the people of other groups that each one's referrals reach in one step or two.

    With :math:`a_{ij} = [w_{ij} > 0]` and :math:`c_i` the group of :math:`i`,

    .. math::
        \text{reach}_i = \big|\{k \ne i : c_k \ne c_i, \;
        a_{ik} + \textstyle\sum_j a_{ij} a_{jk} > 0\}\big|

    People of no group are nobody's reach; for themselves every group is another.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    group : mapping or Series
        Person to group, ``""`` for none.
    block : int, default 256
        Givers handled together; memory grows with ``block`` times people.

    Returns
    -------
    pandas.Series
        Indexed by ``person``.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> G = referral_graph([("Ann", "Bo", 1), ("Bo", "Cy", 1), ("Cy", "Dee", 1)])
    >>> reach(G, {"Ann": "north", "Bo": "south", "Cy": "south", "Dee": "west"}).tolist()
    [2.0, 1.0, 1.0, 0.0]
    """
    code, _, named = _codes(G, pd.Series(group, dtype="object"))
    step = adjacency(G)
    step.data[:] = 1.0
    number = np.zeros(len(code))
    for start in range(0, len(code), block):
        rows = step[start : start + block]
        near = (rows + rows @ step).tocoo()
        other = named[code[near.col]] & (code[near.col] != code[start + near.row])
        number[start : start + block] = np.bincount(near.row[other], minlength=rows.shape[0])
    return pd.Series(number, index=index(G), name="reach")


def _others(
    G: nx.DiGraph[Any], group: pd.Series[str], asked: Sequence[str]
) -> dict[str, pd.Series[float]]:
    """Compute the parts asked for that are not in every table."""
    found: dict[str, pd.Series[float]] = {}
    if "reach" in asked:
        found["reach"] = reach(G, group)
    if "brokerage" in asked:
        from refgraph.analysis import brokerage  # noqa: PLC0415  # most tables do without

        found["brokerage"] = brokerage.by_person(G, group)["total"]
    if "constraint" in asked:
        from refgraph.analysis import burt  # noqa: PLC0415

        found["constraint"] = burt.by_person(G)["constraint"].round(12)
    if shares := [part for part in asked if part.startswith("participation")]:
        spread = participation(G, group)
        found |= {part: spread[part] for part in shares}
    if "cut_off" in asked:
        apart = articulation(G)
        found |= {name: apart[name] for name in ("cut_off", "cut_off_referrals")}
    return found


def _asked(parts: Sequence[str]) -> list[str]:
    """Give the parts asked for, once each, in the order of ALL_PARTS."""
    names = [parts] if isinstance(parts, str) else list(parts)
    unknown = [repr(name) for name in names if name not in ALL_PARTS]
    if unknown or not names:
        wrong = f"{', '.join(unknown)} is no part" if unknown else "there is no part"
        msg = f"{wrong} of the score; choose from {', '.join(ALL_PARTS)}"
        raise OptionError(msg)
    return [part for part in ALL_PARTS if part in names]


def _codes(
    G: nx.DiGraph[Any], group: pd.Series[str]
) -> tuple[NDArray[np.int64], int, NDArray[np.bool_]]:
    """Give each person a number for their group, how many there are, and which have a name."""
    names = group.reindex(index(G)).fillna("").to_numpy(dtype=object)
    code, kinds = pd.factorize(names)
    return code, max(len(kinds), 1), np.array([name != "" for name in kinds], dtype=bool)
