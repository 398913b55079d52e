"""How much of what is given comes back, in the whole network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.graph import ties

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["overall"]


def overall(G: nx.DiGraph[Any]) -> pd.Series[float]:
    r"""Count the ties of a network and the share of them that is returned.

    With :math:`n` people, :math:`L` ties, :math:`M` mutual and :math:`A`
    one-way pairs, so that :math:`L = 2M + A`, and :math:`w_{ij}` referrals from
    :math:`i` to :math:`j`,

    .. math::
        \text{density} = \frac{L}{n(n-1)}, \quad
        \text{edge} = \frac{2M}{L}, \quad
        \text{dyad} = \frac{M}{M + A}, \quad
        \text{weighted} = \frac{\sum_{i \ne j} \min(w_{ij}, w_{ji})}{\sum_{i \ne j} w_{ij}}

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph; people without referrals count in :math:`n`.

    Returns
    -------
    pandas.Series
        Floats ``people``, ``ties``, ``mutual_pairs``, ``one_way_pairs``,
        ``density``, ``edge``, ``dyad``, ``weighted``. Shares are between 0 and 1;
        NaN where there is nothing to share.

    See Also
    --------
    networkx.overall_reciprocity : the edge share of a simple directed graph.

    References
    ----------
    .. [1] Squartini, T., Picciolo, F., Ruzzenenti, F., Garlaschelli, D. (2013).
       Reciprocity of weighted networks. *Scientific Reports* 3, 2729.

    Examples
    --------
    Ann and Bo refer to each other, 3 and 1 times; Ann's 2 to Cy do not come back.

    >>> from refgraph import referral_graph
    >>> G = referral_graph([("Ann", "Bo", 3), ("Bo", "Ann", 1), ("Ann", "Cy", 2)])
    >>> overall(G).round(2)
    people           3.00
    ties             3.00
    mutual_pairs     1.00
    one_way_pairs    1.00
    density          0.50
    edge             0.67
    dyad             0.50
    weighted         0.33
    Name: reciprocity, dtype: float64
    """
    edges = ties(G)
    returned = edges.returned
    people, total = edges.people, len(edges.weight)
    mutual = int((returned > 0).sum()) // 2
    one_way = total - 2 * mutual
    matched = float(np.minimum(edges.weight, returned).sum())
    values = {
        "people": people,
        "ties": total,
        "mutual_pairs": mutual,
        "one_way_pairs": one_way,
        "density": _share(total, people * (people - 1)),
        "edge": _share(2 * mutual, total),
        "dyad": _share(mutual, mutual + one_way),
        "weighted": _share(matched, float(edges.weight.sum())),
    }
    return pd.Series(values, dtype=float, name="reciprocity")


def _share(part: float, whole: float) -> float:
    return part / whole if whole else np.nan
