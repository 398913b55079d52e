"""Given, received and the difference, for each person and each pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.graph import index, ties

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["by_pair", "by_person"]


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
    Ann       5.0       1.0      4.0  0.33
    Bo        1.0       3.0     -2.0  0.50
    Cy        0.0       2.0     -2.0  0.00
    """
    edges = ties(G)
    mutual = np.minimum(edges.weight, edges.returned)
    given = np.bincount(edges.giver, edges.weight, edges.people)
    received = np.bincount(edges.receiver, edges.weight, edges.people)
    matched = np.bincount(edges.giver, mutual, edges.people)
    total = given + received
    rate = np.divide(2 * matched, total, out=np.full(edges.people, np.nan), where=total > 0)
    columns = {"given": given, "received": received, "balance": given - received, "rate": rate}
    return pd.DataFrame(columns, index=index(G), dtype=float)


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
    0  Ann  Bo     3.0     1.0      2.0   0.5
    1  Ann  Cy     0.0     2.0     -2.0   0.0
    """
    edges = ties(G)
    returned = edges.returned
    forward = edges.giver < edges.receiver
    only_back = ~forward & (returned == 0)
    a = np.r_[edges.giver[forward], edges.receiver[only_back]]
    b = np.r_[edges.receiver[forward], edges.giver[only_back]]
    none = np.zeros(int(only_back.sum()))
    a_to_b = np.r_[edges.weight[forward], none]
    b_to_a = np.r_[returned[forward], edges.weight[only_back]]
    order = np.lexsort((b, a))
    people = index(G).rename(None)
    columns = {
        "a": people[a[order]],
        "b": people[b[order]],
        "a_to_b": a_to_b[order],
        "b_to_a": b_to_a[order],
        "balance": (a_to_b - b_to_a)[order],
        "rate": (2 * np.minimum(a_to_b, b_to_a) / (a_to_b + b_to_a))[order],
    }
    return pd.DataFrame(columns)
