"""How mutual one's own ties are, apart from those among others, each share with its range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.statistics import share_interval
from refgraph.analysis.statistics.integers import counts_in
from refgraph.errors import UnknownPersonError
from refgraph.graph.pairs import pairs
from refgraph.names.near import suggestions

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import NDArray

    from refgraph.graph.pairs import Pairs

__all__ = ["SHARES", "by_side", "of_pairs"]

SHARES = ("edge", "dyad", "weighted")


def by_side(G: nx.DiGraph[Any], person: Any = None) -> pd.DataFrame:
    r"""Measure how mutual all ties are, those of one person, and those among others.

    A person's own book holds all of their referrals, but of those among others only what
    they happened to hear of: the second is no sample of a network, and the two are not to
    be mixed. With :math:`M` of the pairs on a side mutual and :math:`A` one-way, and with
    :math:`w_{ij}` referrals,

    .. math::
        \text{edge} = \frac{2M}{2M + A}, \quad \text{dyad} = \frac{M}{M + A}, \quad
        \text{weighted} = \frac{\sum \min(w_{ij}, w_{ji})}{\sum w_{ij}}

    as in :func:`refgraph.analysis.reciprocity.reciprocity.overall`. Each has a 95 % interval in
    which a pair is one case, however many ties or referrals it has
    (:func:`refgraph.analysis.statistics.share_interval.of_clusters`): for pairs like these, not for
    this book, whose share is known. Pairs of one person may be alike, and then it is too narrow.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph; people without referrals count nowhere.
    person : node, optional
        Whose ties are *mine*. Without, only ``all`` is given.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``side``: ``all``, and with a person ``mine`` and ``others``. Whole
        numbers ``people`` (with a tie on that side), ``pairs`` (with a tie),
        ``mutual_pairs``, ``ties``, ``ties_back`` (of these, with one back); floats
        ``referrals``, ``matched`` (of these, matched by one back), ``edge``, ``edge_low``,
        ``edge_high``, and so for ``dyad`` and ``weighted``. Shares of nothing are NaN.

    Raises
    ------
    UnknownPersonError
        The person is not in the graph.

    Examples
    --------
    Ann and Bo refer to each other, 3 and 1 times, and Ann to Cy, 2; Cy refers to Bo once.

    >>> from refgraph import referral_graph
    >>> rows = [("Ann", "Bo", 3), ("Bo", "Ann", 1), ("Ann", "Cy", 2), ("Cy", "Bo", 1)]
    >>> table = by_side(referral_graph(rows), "Ann")
    >>> table[["people", "pairs", "mutual_pairs", "ties", "ties_back", "referrals", "matched"]]
            people  pairs  mutual_pairs  ties  ties_back  referrals  matched
    side
    all          3      3             1     4          2          7        2
    mine         3      2             1     3          2          6        2
    others       2      1             0     1          0          1        0
    >>> table.loc["mine", ["edge", "dyad", "dyad_low", "dyad_high"]].round(2).tolist()
    [0.67, 0.5, 0.09, 0.91]
    """
    if person is None:
        return of_pairs(pairs(G))
    if person not in G:
        raise UnknownPersonError(str(person), suggestions(str(person), map(str, G)))
    return of_pairs(pairs(G), list(G).index(person))


def of_pairs(found: Pairs, at: int | None = None) -> pd.DataFrame:
    """Measure as :func:`by_side`, of pairs for which no graph is made.

    Parameters
    ----------
    found : Pairs
        Every pair with a referral.
    at : int, optional
        The position of the person whose ties are *mine*.

    Returns
    -------
    pandas.DataFrame
        As :func:`by_side`.

    Examples
    --------
    >>> from refgraph.graph.pairs import fold
    >>> found = of_pairs(fold(3, [0, 1, 0], [1, 0, 2]), at=2)
    >>> found.loc["mine", ["pairs", "mutual_pairs"]].tolist()
    [1, 0]
    """
    sides = {"all": np.ones(len(found.a), dtype=bool)}
    if at is not None:
        mine = (found.a == at) | (found.b == at)
        sides |= {"mine": mine, "others": ~mine}
    rows = [_measured(found, chosen) for chosen in sides.values()]
    table = pd.DataFrame(rows, index=pd.Index(list(sides), dtype="str", name="side"))
    return counts_in(table, ("referrals", "matched"))


def _measured(found: Pairs, chosen: NDArray[np.bool_]) -> dict[str, float]:
    """Measure the pairs that are chosen."""
    forth, back = found.a_to_b[chosen], found.b_to_a[chosen]
    mutual = (forth > 0) & (back > 0)
    ties, matched = 1.0 + mutual, 2 * found.matched[chosen]
    counts = {
        "people": len(np.unique([found.a[chosen], found.b[chosen]])),
        "pairs": len(mutual),
        "mutual_pairs": int(mutual.sum()),
        "ties": int(ties.sum()),
        "ties_back": int(2 * mutual.sum()),
        "referrals": float((forth + back).sum()),
        "matched": float(matched.sum()),
    }
    of_pairs = {
        "edge": share_interval.of_clusters(2.0 * mutual, ties),
        "dyad": share_interval.of_clusters(mutual, np.ones(len(mutual))),
        "weighted": share_interval.of_clusters(matched, forth + back),
    }
    shares: dict[str, float] = {}
    for name in SHARES:
        value, low, high = of_pairs[name]
        shares |= {name: value, f"{name}_low": low, f"{name}_high": high}
    return counts | shares
