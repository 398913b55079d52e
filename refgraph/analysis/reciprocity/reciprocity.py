"""How much of what is given comes back: in the network, to each person, in each pair."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.reciprocity.above_chance import excess
from refgraph.analysis.reciprocity.circulation import LIMIT, circulation
from refgraph.analysis.reciprocity.own_ties import by_side
from refgraph.analysis.statistics.integers import counts_in
from refgraph.book import professional_limits
from refgraph.errors import SizeError
from refgraph.graph.door import index, with_arrays
from refgraph.graph.pairs import pairs

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import NDArray

    from refgraph.graph.pairs import Pairs

__all__ = [
    "by_pair",
    "by_person",
    "by_side",
    "circulation",
    "of_counts",
    "of_pairs",
    "of_people",
    "overall",
    "tabulate_pairs",
]

_COUNTS = (
    *("given", "received", "mutual", "one_way_out", "one_way_in"),
    *("a_to_b", "b_to_a", "balance"),
)


def overall(G: nx.DiGraph[Any]) -> pd.Series[float]:
    r"""Measure how mutual a whole network is.

    With :math:`n` people, :math:`L` ties, :math:`M` mutual, :math:`A` one-way and
    :math:`N` empty pairs, so that :math:`L = 2M + A` and
    :math:`M + A + N = n(n-1)/2`, with :math:`k_i` people to whom :math:`i` gives, and
    with :math:`w_{ij}` referrals from :math:`i` to :math:`j`,

    .. math::
        \text{density} = \frac{L}{n(n-1)}, \quad
        \text{edge} = \frac{2M}{L}, \quad
        \text{dyad} = \frac{M}{M + A}, \quad
        \text{log\_ratio} = \ln\frac{\text{edge}}{\text{density}},

    .. math::
        \text{rho} = \frac{\text{edge} - \text{density}}{1 - \text{density}}, \quad
        \text{katz\_powell} = \frac{\text{edge} - e}{1 - e}, \;
        e = \frac{L^2 - \sum_i k_i^2}{(n-1)^2 L},

    .. math::
        \text{weighted} = \frac{\sum_{ij} \min(w_{ij}, w_{ji})}{\sum_{ij} w_{ij}}, \quad
        \text{circulation} = \frac{\max_f \sum_{ij} f_{ij}}{\sum_{ij} w_{ij}}

    ``rho`` [1]_ sets the share against ties strewn at random, ``katz_powell`` [2]_
    against everybody choosing as many at random as they do refer to (free choice);
    ``log_ratio`` is that of [3]_, ``weighted`` that of [4]_. Whether the share is more than
    chance, both degrees kept, is the question of :func:`refgraph.chance.swap_test`.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph; people without referrals count in :math:`n`.

    Returns
    -------
    pandas.Series
        Floats ``people``, ``ties``, ``mutual_pairs``, ``one_way_pairs``,
        ``null_pairs``, ``density``, ``edge``, ``dyad``, ``log_ratio``, ``rho``,
        ``katz_powell``, ``weighted``, ``circulation`` (see :func:`circulation`, with
        its limit of ties). Shares are between 0 and 1, the two corrected ones at
        most 1; NaN where there is nothing to share, where no pair is mutual
        (``log_ratio``), or where chance alone would make every tie mutual.

    See Also
    --------
    by_side : one person's ties apart from those among others, with intervals.
    networkx.overall_reciprocity : the edge share of a simple directed graph.

    References
    ----------
    .. [1] Garlaschelli, D., Loffredo, M. I. (2004). Patterns of link reciprocity in
       directed networks. *Physical Review Letters* 93, 268701.
    .. [2] Katz, L., Powell, J. H. (1955). Measurement of the tendency toward
       reciprocation of choice. *Sociometry* 18(4), 403-409.
    .. [3] Butts, C. T. (2008). Social network analysis with sna. *Journal of
       Statistical Software* 24(6).
    .. [4] Squartini, T., Picciolo, F., Ruzzenenti, F., Garlaschelli, D. (2013).
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
    null_pairs       1.00
    density          0.50
    edge             0.67
    dyad             0.50
    log_ratio        0.29
    rho              0.33
    katz_powell      0.50
    weighted         0.33
    circulation      0.33
    Name: reciprocity, dtype: float64
    """
    professional_limits.refuse_of(G)
    G = with_arrays(G)  # a foreign graph warns once
    found = pairs(G)
    values = of_pairs(found)
    total = float(found.a_to_b.sum() + found.b_to_a.sum())
    values["circulation"] = np.nan
    with suppress(SizeError):  # too many ties, or the solver cannot tell
        values["circulation"] = _share(circulation(G, limit=LIMIT), total)
    return values


def of_pairs(found: Pairs) -> pd.Series[float]:
    """Measure everything of :func:`overall` but the circulation, from arrays alone.

    Parameters
    ----------
    found : refgraph.graph.pairs.Pairs
        The pairs of a graph, or folded from arrays by :func:`refgraph.graph.pairs.fold`.

    Returns
    -------
    pandas.Series
        See :func:`overall`.

    Examples
    --------
    >>> from refgraph.graph.pairs import fold
    >>> float(of_pairs(fold(3, giver=[0, 1, 0], receiver=[1, 0, 2]))["dyad"])
    0.5
    """
    forward, back = found.a_to_b > 0, found.b_to_a > 0
    mutual = int(np.count_nonzero(forward & back))
    gives_to = np.bincount(found.a[forward], minlength=found.people)
    gives_to += np.bincount(found.b[back], minlength=found.people)
    return of_counts(
        people=found.people,
        mutual=mutual,
        one_way=len(found.a) - mutual,
        squares=int(gives_to @ gives_to),
        referrals=float(found.a_to_b.sum() + found.b_to_a.sum()),
        matched=float(found.matched.sum()),
    )


def of_counts(
    *, people: int, mutual: int, one_way: int, squares: int, referrals: float, matched: float
) -> pd.Series[float]:
    r"""Measure everything of :func:`overall` but the circulation, from a few sums.

    Parameters
    ----------
    people : int
        Number of people.
    mutual, one_way : int
        Pairs who refer to each other, and pairs of whom one does.
    squares : int
        :math:`\sum_i k_i^2`, of how many people each refers to.
    referrals : float
        All referrals.
    matched : float
        Those with one the other way, counted one way.

    Returns
    -------
    pandas.Series
        See :func:`overall`.

    Examples
    --------
    >>> of_counts(people=3, mutual=1, one_way=1, squares=5, referrals=6, matched=1)["edge"].round(2)
    np.float64(0.67)
    """
    total = 2 * mutual + one_way
    possible = people * (people - 1)
    density, edge = _share(total, possible), _share(2 * mutual, total)
    chosen = _share(total**2 - squares, (people - 1) ** 2 * total)
    values = {
        "people": people,
        "ties": total,
        "mutual_pairs": mutual,
        "one_way_pairs": one_way,
        "null_pairs": possible // 2 - mutual - one_way,
        "density": density,
        "edge": edge,
        "dyad": _share(mutual, mutual + one_way),
        "log_ratio": np.log(edge / density) if mutual else np.nan,
        "rho": excess(edge, density),
        "katz_powell": excess(edge, chosen),
        "weighted": _share(2 * matched, referrals),
    }
    return pd.Series(values, dtype=float, name="reciprocity")


def by_person(G: nx.DiGraph[Any]) -> pd.DataFrame:
    r"""Share of each person's referrals that comes back from the same people.

    For person :math:`i` with :math:`w_{ij}` referrals given to :math:`j`,

    .. math::
        \text{given}_i = \sum_j w_{ij}, \quad \text{received}_i = \sum_j w_{ji}, \quad
        \text{mutual}_i = \sum_j \min(w_{ij}, w_{ji}),

    .. math::
        \text{rate} = \frac{2\,\text{mutual}}{\text{given} + \text{received}}, \quad
        \text{answered} = \frac{\text{mutual}}{\text{given}}, \quad
        \text{returned} = \frac{\text{mutual}}{\text{received}},

    and what is not mutual is one-way, out or in [1]_.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph; an edge points from giver to receiver.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person``, in the order of ``G``; float columns ``given``,
        ``received``, ``mutual``, ``rate``, ``answered`` (share of what they gave that
        came back), ``returned`` (share of what they received that they gave back),
        ``one_way_out`` and ``one_way_in``. A share of nothing is NaN.

    See Also
    --------
    networkx.reciprocity : the rate where every tie counts once.

    References
    ----------
    .. [1] Squartini, T., Picciolo, F., Ruzzenenti, F., Garlaschelli, D. (2013).
       Reciprocity of weighted networks. *Scientific Reports* 3, 2729.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> G = referral_graph([("Ann", "Bo", 3), ("Bo", "Ann", 1), ("Ann", "Cy", 2)])
    >>> by_person(G)[["given", "received", "mutual", "rate", "answered", "returned"]].round(2)
            given  received  mutual  rate  answered  returned
    person
    Ann         5         1       1  0.33       0.2      1.00
    Bo          1         3       1  0.50       1.0      0.33
    Cy          0         2       0  0.00       NaN      0.00
    """
    professional_limits.refuse_of(G)
    found = pairs(G)

    def each(of_a: NDArray[np.float64], of_b: NDArray[np.float64]) -> NDArray[np.float64]:
        sums = np.bincount(found.a, of_a, found.people) + np.bincount(found.b, of_b, found.people)
        return sums.astype(float)

    return of_people(
        index(G),
        given=each(found.a_to_b, found.b_to_a),
        received=each(found.b_to_a, found.a_to_b),
        mutual=each(found.matched, found.matched),
    )


def of_people(
    people: pd.Index[Any],
    *,
    given: NDArray[np.float64],
    received: NDArray[np.float64],
    mutual: NDArray[np.float64],
) -> pd.DataFrame:
    """Give the table of :func:`by_person` from what each person gave, received and had matched.

    Examples
    --------
    >>> sums = {"given": np.array([5.0]), "received": np.array([1.0]), "mutual": np.array([1.0])}
    >>> of_people(pd.Index(["Ann"], name="person"), **sums)["answered"].tolist()
    [0.2]
    """
    columns = {
        "given": given,
        "received": received,
        "mutual": mutual,
        "rate": _shares(2 * mutual, given + received),
        "answered": _shares(mutual, given),
        "returned": _shares(mutual, received),
        "one_way_out": given - mutual,
        "one_way_in": received - mutual,
    }
    return counts_in(pd.DataFrame(columns, index=people, dtype=float), _COUNTS)


def by_pair(G: nx.DiGraph[Any]) -> pd.DataFrame:
    r"""Referrals in both directions of every pair that has any, and how even they are.

    .. math::
        \text{balance}_{ab} = w_{ab} - w_{ba}, \quad
        \text{min\_max}_{ab} = \frac{\min(w_{ab}, w_{ba})}{\max(w_{ab}, w_{ba})}, \quad
        \text{coherence}_{ab} = \frac{2\sqrt{w_{ab} w_{ba}}}{w_{ab} + w_{ba}}
        = \frac{2\sqrt{\text{min\_max}}}{1 + \text{min\_max}}, \quad
        \text{rate}_{ab} = \frac{2\min(w_{ab}, w_{ba})}{w_{ab} + w_{ba}}

    All three shares are 0 for a one-way pair and 1 for an even one [1]_.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.

    Returns
    -------
    pandas.DataFrame
        Columns ``a``, ``b`` (``a`` comes before ``b`` in ``G``), ``a_to_b``,
        ``b_to_a``, ``balance`` (as ``a`` sees it), ``min_max``, ``coherence`` and
        ``rate``, sorted by ``a``, ``b``.

    References
    ----------
    .. [1] Akoglu, L., Vaz de Melo, P. O. S., Faloutsos, C. (2012). Quantifying
       reciprocity in large weighted communication networks. *PAKDD*, 85-96.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> by_pair(referral_graph([("Ann", "Bo", 4), ("Bo", "Ann", 1), ("Cy", "Ann", 2)]))
         a   b  a_to_b  b_to_a  balance  min_max  coherence  rate
    0  Ann  Bo       4       1        3     0.25        0.8   0.4
    1  Ann  Cy       0       2       -2     0.00        0.0   0.0
    """
    professional_limits.refuse_of(G)
    found = pairs(G)
    people = index(G).rename(None)
    return tabulate_pairs(people[found.a], people[found.b], found.a_to_b, found.b_to_a)


def tabulate_pairs(
    a: pd.Index[Any], b: pd.Index[Any], forth: NDArray[np.float64], back: NDArray[np.float64]
) -> pd.DataFrame:
    """Give the table of :func:`by_pair` from the people of each pair and what went each way.

    Examples
    --------
    >>> a, b = pd.Index(["Ann"]), pd.Index(["Bo"])
    >>> tabulate_pairs(a, b, np.array([4.0]), np.array([1.0]))["coherence"].tolist()
    [0.8]
    """
    matched = np.minimum(forth, back)
    even = matched / np.maximum(forth, back)
    columns = {
        "a": a,
        "b": b,
        "a_to_b": forth,
        "b_to_a": back,
        "balance": forth - back,
        "min_max": even,
        "coherence": 2 * np.sqrt(even) / (1 + even),
        "rate": 2 * matched / (forth + back),
    }
    return counts_in(pd.DataFrame(columns), _COUNTS)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else np.nan


def _shares(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.full(len(part), np.nan)
    return np.divide(part, whole, out=found, where=whole > 0)
