"""Given, received and the difference, for each person and each pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.analysis.reciprocity import reciprocity

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["OF_PAIRS", "OF_PEOPLE", "by_pair", "by_person"]

#: The columns of each table, in order.
OF_PEOPLE = ["given", "received", "balance", "rate"]
OF_PAIRS = ["a", "b", "a_to_b", "b_to_a", "balance", "rate"]


def by_person(G: nx.DiGraph[Any]) -> pd.DataFrame:
    r"""Referrals each person gave and received, and the share that is mutual.

    For person :math:`i` with :math:`w_{ij}` referrals given to :math:`j`,

    .. math::
        \text{balance}_i = \sum_j w_{ij} - \sum_j w_{ji}, \quad
        \text{rate}_i = \frac{2\sum_j \min(w_{ij}, w_{ji})}{\sum_j (w_{ij} + w_{ji})}

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph; an edge points from giver to receiver.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person``, in the order of ``G``; float columns ``given``,
        ``received``, ``balance`` and ``rate`` (NaN for a person without referrals).

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> G = referral_graph([("Ann", "Bo", 3), ("Bo", "Ann", 1), ("Ann", "Cy", 2)])
    >>> by_person(G).round(2)
            given  received  balance  rate
    person
    Ann         5         1        4  0.33
    Bo          1         3       -2  0.50
    Cy          0         2       -2  0.00
    """
    table = reciprocity.by_person(G)
    table["balance"] = table["given"] - table["received"]
    return table[OF_PEOPLE]


def by_pair(G: nx.DiGraph[Any]) -> pd.DataFrame:
    r"""Referrals in both directions of every pair that has any.

    .. math::
        \text{balance}_{ab} = w_{ab} - w_{ba}, \quad
        \text{rate}_{ab} = \frac{2\min(w_{ab}, w_{ba})}{w_{ab} + w_{ba}}

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.

    Returns
    -------
    pandas.DataFrame
        Columns ``a``, ``b`` (``a`` comes before ``b`` in ``G``), ``a_to_b``,
        ``b_to_a``, ``balance`` (as ``a`` sees it) and ``rate``, sorted by ``a``, ``b``.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> by_pair(referral_graph([("Ann", "Bo", 3), ("Bo", "Ann", 1), ("Cy", "Ann", 2)])).round(2)
         a   b  a_to_b  b_to_a  balance  rate
    0  Ann  Bo       3       1        2   0.5
    1  Ann  Cy       0       2       -2   0.0
    """
    return reciprocity.by_pair(G)[OF_PAIRS]
