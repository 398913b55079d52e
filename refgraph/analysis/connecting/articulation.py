"""Who would be cut off from the others if a person left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.statistics.integers import counts_in
from refgraph.errors import UnknownPersonError
from refgraph.graph.door import adjacency, index, ties
from refgraph.names.near import suggestions

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import NDArray

__all__ = ["articulation", "cut_off"]


def articulation(G: nx.DiGraph[Any]) -> pd.DataFrame:
    r"""Count who would be cut off from the others if a person left, and their referrals.

    Whichever way they go, the referrals join people. If :math:`v` leaves, the part of
    the network that :math:`v` was in falls into parts :math:`K_1, K_2, \dots` with the
    largest first (of equally large ones, that of the person first in ``G``):

    .. math::
        \text{cut\_off}_v = \sum_{k \ge 2} |K_k|, \quad
        \text{cut\_off\_referrals}_v = \sum_{k \ge 2} \sum_{i \in K_k}
        \Big(\sum_j w_{ij} + \sum_{j \notin K_k} w_{ji}\Big)

    Who cuts anybody off is an articulation point, found by one depth-first search [1]_:
    a branch of its tree is a part of its own if no tie leads from it past :math:`v`.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person``: floats ``cut_off``, people, and ``cut_off_referrals``,
        those with one of these people as giver or receiver; 0 for who cuts nobody off.

    See Also
    --------
    cut_off : who they are.

    References
    ----------
    .. [1] Hopcroft, J., Tarjan, R. (1973). Efficient algorithms for graph manipulation.
       *Communications of the ACM* 16(6), 372-378.

    Examples
    --------
    Dee refers to others through Cy alone.

    >>> from refgraph import referral_graph
    >>> G = referral_graph([("Ann", "Bo", 1), ("Bo", "Cy", 1), ("Cy", "Ann", 1), ("Dee", "Cy", 2)])
    >>> articulation(G).loc["Cy"].tolist(), cut_off(G, "Cy")
    ([1, 2], ['Dee'])
    """
    edges, people = ties(G), len(G)
    columns = ["cut_off", "cut_off_referrals"]
    if not len(edges.giver):
        return pd.DataFrame(0, index=index(G), columns=columns, dtype=np.int64)
    order, above = _search(G)
    visit = np.argsort(order)
    early, late = np.sort([visit[edges.giver], visit[edges.receiver]], axis=0)
    reach = np.arange(people + 1)  # the earliest person that a tie leads to from the branch
    np.minimum.at(reach, late, early)
    weight = np.bincount(late, edges.weight, people + 1)  # of the ties back from each person
    kept = _kept(order.tolist(), above, reach.tolist(), weight.tolist())
    table = pd.DataFrame(kept[visit[:people]], index=index(G), columns=columns, dtype=float)
    return counts_in(table.round(12), ("cut_off", "cut_off_referrals"))


def cut_off(G: nx.DiGraph[Any], person: object) -> list[Any]:
    """Name who would be cut off from the others if a person left, in the order of ``G``.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    person : object
        One of its people.

    Returns
    -------
    list
        As many people as ``cut_off`` in :func:`articulation` counts.

    Raises
    ------
    UnknownPersonError
        Nobody of that name is in ``G``.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> cut_off(referral_graph([("Ann", "Bo", 1), ("Bo", "Cy", 1), ("Dee", "Bo", 1)]), "Bo")
    ['Cy', 'Dee']
    """
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    people = list(G)
    if person not in G:
        raise UnknownPersonError(str(person), suggestions(str(person), map(str, people)))
    at = people.index(person)
    A = adjacency(G)
    _, before = connected_components(A, directed=False)
    others = np.flatnonzero((before == before[at]) & (np.arange(len(people)) != at))
    if not len(others):
        return []
    _, part = connected_components(A[others][:, others], directed=False)
    largest = np.bincount(part).max()
    stays = part[np.bincount(part)[part] == largest][0]
    return [people[other] for other in others[part != stays].tolist()]


def _search(G: nx.DiGraph[Any]) -> tuple[NDArray[np.int64], list[int]]:
    """Walk through everybody depth first, from a root tied to the first person of each part.

    Gives who is visited when, the root (numbered after everybody) first, and when the one
    above each was visited.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415  # most answers do without
    from scipy.sparse.csgraph import connected_components, depth_first_order  # noqa: PLC0415

    edges, people = ties(G), len(G)
    _, part = connected_components(adjacency(G), directed=False)
    _, first = np.unique(part, return_index=True)
    rows = np.r_[np.full(len(first), people), edges.giver]
    columns = np.r_[first, edges.receiver]
    shape = (people + 1, people + 1)
    tied = csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    order, parent = depth_first_order(tied, people, directed=False)
    visit = np.argsort(order)
    return order.astype(np.int64), [-1, *visit[parent[order[1:]]].tolist()]


def _kept(
    order: list[int], above: list[int], reach: list[int], weight: list[float]
) -> NDArray[np.float64]:
    """People and referrals cut off by each person, in the order of the visit."""
    number = len(order)
    first, size = order[:], [1] * number  # of the branch that hangs on each person
    apart, apart_weight = [0] * number, [0.0] * number  # of the branches that fall off
    largest = [(0, 0, 0.0)] * number  # of those: people, first of them (negative), referrals
    for at in range(number - 1, 0, -1):
        up = above[at]
        if reach[at] >= up:
            apart[up] += size[at]
            apart_weight[up] += weight[at]
            largest[up] = max(largest[up], (size[at], -first[at], weight[at]))
        reach[up] = min(reach[up], reach[at])
        first[up] = min(first[up], first[at])
        size[up] += size[at]
        weight[up] += weight[at]
    lost = np.zeros((number, 2))
    top = 0  # the first person of the part, visited before the rest of it
    for at in range(1, number):
        top = at if above[at] == 0 else top
        rest = size[top] - 1 - apart[at]
        if rest >= largest[at][0]:  # of equally large ones the rest is kept, for top is there
            lost[at] = apart[at], apart_weight[at]
        else:
            lost[at] = rest + apart[at] - largest[at][0], weight[top] - largest[at][2]
    return lost
