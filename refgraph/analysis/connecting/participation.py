"""How evenly a person's referrals are spread over the groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.connecting.group_membership import membership
from refgraph.graph.door import index, ties

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx
    from numpy.typing import NDArray

__all__ = ["participation"]


def participation(G: nx.DiGraph[Any], group: Mapping[Any, str] | pd.Series[str]) -> pd.DataFrame:
    r"""Participation coefficient of each person, in what they give and in what they receive.

    With :math:`s_{im}` referrals from :math:`i` to people of group :math:`m`, and
    :math:`s_i = \sum_m s_{im}` [1]_,

    .. math:: P_i = 1 - \sum_m \left(\frac{s_{im}}{s_i}\right)^2

    0 if all go to one group, and the nearer to 1 the more groups share them evenly;
    the person's own group counts as any other. Received referrals alike.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    group : mapping or Series
        Person to group, ``""`` for none. Referrals with people of no group are left
        out: they are not a group of their own.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person``: floats ``participation_out`` and ``participation_in``,
        0 to 1, rounded to 12 decimals; NaN without referrals with people of any group.

    References
    ----------
    .. [1] Guimerà, R., Amaral, L. A. N. (2005). Functional cartography of complex
       metabolic networks. *Nature* 433, 895-900.

    Examples
    --------
    Ann gives 3 to the north and 1 to the south: 1 - (3/4)^2 - (1/4)^2.

    >>> from refgraph import referral_graph
    >>> G = referral_graph([("Ann", "Bo", 3), ("Ann", "Cy", 1)])
    >>> participation(G, {"Ann": "north", "Bo": "north", "Cy": "south"})
            participation_out  participation_in
    person
    Ann                 0.375               NaN
    Bo                    NaN               0.0
    Cy                    NaN               0.0
    """
    edges = ties(G)
    code, _ = membership(G, group)
    columns = {
        "participation_out": _spread(edges.giver, code[edges.receiver], edges.weight, edges.people),
        "participation_in": _spread(edges.receiver, code[edges.giver], edges.weight, edges.people),
    }
    return pd.DataFrame(columns, index=index(G), dtype=float)


def _spread(
    person: NDArray[np.int64],
    group: NDArray[np.int64],
    weight: NDArray[np.float64],
    people: int,
) -> NDArray[np.float64]:
    known = group >= 0
    person, group, weight = person[known], group[known], weight[known]
    key, at = np.unique(person * (group.max(initial=0) + 1) + group, return_inverse=True)
    whose = key // (group.max(initial=0) + 1)
    total = np.bincount(person, weight, people)
    part = np.bincount(at, weight, len(key)) / total[whose]
    spread = 1 - np.bincount(whose, part**2, people)
    found: NDArray[np.float64] = np.where(total > 0, spread, np.nan).round(12)
    return found
