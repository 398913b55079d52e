"""Who connects the room: who links people and groups that would otherwise be apart."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis import balance, groups
from refgraph.graph import adjacency, index, ties

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx
    from numpy.typing import NDArray

__all__ = ["PARTS", "anybody", "betweenness", "groups_linked", "rank"]

PARTS = ("betweenness", "groups_linked")


def rank(
    G: nx.DiGraph[Any], groups_of: Mapping[Any, str] | pd.Series[str] | None = None
) -> pd.DataFrame:
    """Order people by how much they connect others.

    The score is the mean of the percentile ranks of :func:`betweenness` and
    :func:`groups_linked` (ties get their average rank, more is more connecting,
    a part without an answer is left out): between 0 and 1, and 1 for a person who
    is ahead of everybody in every part.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph. Leave out the person whose book it is (see
        :func:`refgraph.graph.without`): they are tied to nearly everybody.
    groups_of : mapping or Series, optional
        Person to group, ``""`` for none; detected where not given.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person``, best first, then by name: float columns ``score``,
        ``betweenness``, ``groups_linked``, ``given``, ``received``.

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
    group = groups.detect(G) if groups_of is None else pd.Series(groups_of, dtype="object")
    totals = balance.by_person(G)
    table = pd.DataFrame({"betweenness": betweenness(G), "groups_linked": groups_linked(G, group)})
    score = table.rank(pct=True).mean(axis=1)
    table.insert(0, "score", score.round(12))
    table[["given", "received"]] = totals[["given", "received"]]
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


def betweenness(G: nx.DiGraph[Any], *, block: int = 32) -> pd.Series[float]:
    r"""Share of the shortest referral paths between others that run through each person.

    With :math:`\sigma_{st}` shortest directed paths from :math:`s` to :math:`t`,
    :math:`\sigma_{st}(v)` of them through :math:`v`, every tie one step long,

    .. math:: B(v) = \frac{1}{(n-1)(n-2)} \sum_{s \ne v \ne t} \frac{\sigma_{st}(v)}{\sigma_{st}}

    Brandes' accumulation [1]_, level by level for a block of sources at once.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    block : int, default 32
        Sources handled together; memory grows with ``block`` times people.

    Returns
    -------
    pandas.Series
        Indexed by ``person``, 0 to 1, rounded to 12 decimals so that people who
        are equal stay equal; NaN with fewer than 3 people.

    References
    ----------
    .. [1] Brandes, U. (2001). A faster algorithm for betweenness centrality.
       *Journal of Mathematical Sociology* 25(2), 163-177.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> betweenness(referral_graph([("Ann", "Bo", 9), ("Bo", "Cy", 1)])).tolist()
    [0.0, 0.5, 0.0]
    """
    people = len(G)
    if people < 3:
        return pd.Series(np.nan, index=index(G), name="betweenness", dtype=float)
    step = (adjacency(G) > 0).astype(float)
    through = np.zeros(people)
    givers = np.flatnonzero(np.diff(step.indptr))  # a path begins with somebody who gives
    for start in range(0, len(givers), block):
        through += _dependencies(step, givers[start : start + block])
    share = through / ((people - 1) * (people - 2))
    return pd.Series(share.round(12), index=index(G), name="betweenness")


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
    names = group.reindex(index(G)).fillna("")
    code, kinds = pd.factorize(names.to_numpy(dtype=object))
    named = np.array([name != "" for name in kinds], dtype=bool)
    person = np.r_[edges.giver, edges.receiver]
    other = code[np.r_[edges.receiver, edges.giver]]
    counts = named[other] & (other != code[person])
    linked = np.unique(person[counts] * max(len(kinds), 1) + other[counts])
    number = np.bincount(linked // max(len(kinds), 1), minlength=edges.people).astype(float)
    return pd.Series(number, index=names.index, name="groups_linked")


def _dependencies(step: Any, sources: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sum over the sources of Brandes' dependency of each source on everybody."""
    people, columns = step.shape[0], np.arange(len(sources))
    unseen = np.ones((people, len(sources)))
    unseen[sources, columns] = 0.0
    rows, paths = sources, np.eye(len(sources))
    levels = []  # the people that some source reaches in so many steps, and by how many paths
    while len(rows):
        levels.append((rows, paths))
        reached = (step[rows].T @ paths) * unseen
        rows = np.flatnonzero(reached.any(axis=1))
        paths = reached[rows]
        unseen[rows] *= paths == 0
    total = np.zeros(people)
    depends = np.zeros(levels[-1][1].shape)
    for (rows, paths), (nearer, nearer_paths) in pairwise(levels[:0:-1]):
        share = np.zeros(unseen.shape)
        share[rows] = np.divide(1 + depends, paths, out=np.zeros(paths.shape), where=paths > 0)
        depends = (step[nearer] @ share) * nearer_paths
        total[nearer] += depends.sum(axis=1)
    return total
