"""What happens among every three people: the triad census, and how paths close."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.statistics.sparse_products import at_places
from refgraph.book import professional_limits
from refgraph.graph.door import adjacency

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import NDArray

__all__ = ["TYPES", "census", "overall"]

TYPES = (
    *("003", "012", "102", "021D", "021U", "021C", "111D", "111U"),
    *("030T", "030C", "201", "120D", "120U", "120C", "210", "300"),
)
# For each type of three people: its ties, one-way and mutual; paths i to j to k; those of
# them that a tie i to k closes; rounds i to j to k to i.
_PATHS = {
    "021C": (1, 0, 0),
    "111D": (1, 0, 0),
    "111U": (1, 0, 0),
    "201": (2, 0, 0),
    "030T": (1, 1, 0),
    "030C": (3, 0, 1),
    "120D": (2, 2, 0),
    "120U": (2, 2, 0),
    "120C": (3, 1, 1),
    "210": (4, 3, 1),
    "300": (6, 6, 2),
}


def census(G: nx.DiGraph[Any]) -> pd.Series[int]:
    r"""Count the 16 ways in which three people can be tied.

    The digits of a type count its mutual, one-way and empty pairs; the letter says
    how the one-way ties run: Down from, Up to or in a Chain through the person in the
    middle, Transitive, or Cyclic [1]_. Written with

    - 021D ``A <- B -> C``, 021U ``A -> B <- C``, 021C ``A -> B -> C``,
    - 111D ``A <-> B <- C``, 111U ``A <-> B -> C``, 201 ``A <-> B <-> C``,
    - 030T ``A -> B -> C, A -> C``, 030C ``A -> B -> C -> A``,
    - 120D ``A <- B -> C, A <-> C``, 120U ``A -> B <- C, A <-> C``,
      120C ``A -> B -> C, A <-> C``, 210 ``A -> B <-> C, A <-> C``, 300 all mutual.

    With :math:`M` the mutual and :math:`D` the one-way ties as 0/1 matrices, the closed
    types are sums of products at places,

    .. math::
        \#300 = \tfrac16\textstyle\sum MM \circ M, \quad
        \#210 = \sum MM \circ D, \quad
        \#120C = \sum DD \circ M, \quad
        \#120D = \tfrac12\sum D^\top D \circ M,

    .. math::
        \#120U = \tfrac12\textstyle\sum DD^\top \circ M, \quad
        \#030T = \sum DD \circ D, \quad
        \#030C = \tfrac13\sum DD \circ D^\top;

    pairs of ties that meet in a person, less those in closed triads, give the open ones,
    and each tie with everybody else, less those, the types with one tie.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.

    Returns
    -------
    pandas.Series
        Whole numbers indexed by ``type``, "003" to "300"; their sum is
        :math:`\binom{n}{3}`.

    See Also
    --------
    networkx.triadic_census : the same counts, slower.

    References
    ----------
    .. [1] Holland, P. W., Leinhardt, S. (1970). A method for detecting structure in
       sociometric data. *American Journal of Sociology* 76(3), 492-513.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> counts = census(referral_graph([("Ann", "Bo", 2), ("Bo", "Cy", 1), ("Cy", "Ann", 1)]))
    >>> counts[counts > 0].to_dict()
    {'030C': 1}
    """
    professional_limits.refuse_of(G)
    A = (adjacency(G) > 0).astype(float)
    people = A.shape[0]
    mutual = A.multiply(A.T).tocsr()
    one_way = (A - mutual).tocsr()
    one_way.eliminate_zeros()
    mutual.sort_indices(), one_way.sort_indices()
    closed = _closed(mutual, one_way)
    both, out, into = _degrees(mutual), _degrees(one_way), _degrees(one_way.T)
    count = dict.fromkeys(TYPES, 0) | closed
    count["021D"] = _twos(out) - closed["030T"] - closed["120D"]
    count["021U"] = _twos(into) - closed["030T"] - closed["120U"]
    count["021C"] = int(out @ into) - closed["030T"] - 3 * closed["030C"] - closed["120C"]
    count["111D"] = int(both @ into) - 2 * closed["120D"] - closed["120C"] - closed["210"]
    count["111U"] = int(both @ out) - 2 * closed["120U"] - closed["120C"] - closed["210"]
    count["201"] = _twos(both) - closed["210"] - 3 * closed["300"]
    for kind, digit, ties in (("012", 1, int(out.sum())), ("102", 0, int(both.sum()) // 2)):
        inside = sum(int(name[digit]) * each for name, each in count.items() if name != kind)
        count[kind] = ties * max(people - 2, 0) - inside
    count["003"] = comb(people, 3) - sum(count.values())
    index = pd.Index(TYPES, name="type", dtype="str")
    return pd.Series(count, index=index, name="triads", dtype=np.int64)


def overall(G: nx.DiGraph[Any]) -> pd.Series[float]:
    r"""Count the paths over two referrals, and how they close.

    With :math:`A` the ties as a 0/1 matrix,

    .. math::
        \text{paths} = \sum_{i \ne k} (AA)_{ik}, \quad
        \text{closed} = \sum (AA) \circ A, \quad
        \text{cycles} = \tfrac13 \operatorname{tr} A^3,

    .. math::
        \text{transitivity} = \frac{\text{closed}}{\text{paths}}, \quad
        \text{cyclic} = \frac{3\,\text{cycles}}{\text{paths}},

    each counted from the :func:`census`, where every type has its number of them.

    Returns
    -------
    pandas.Series
        Floats ``paths``, ``closed`` (i also refers to k), ``cycles`` (rounds of three),
        ``transitivity`` and ``cyclic`` (share of the paths that k's tie to i closes);
        the shares are NaN without paths.

    Examples
    --------
    Ann refers to Bo, Bo to Cy and to Dee, and Ann to Cy: one of two paths is closed.

    >>> from refgraph import referral_graph
    >>> rows = [("Ann", "Bo", 1), ("Bo", "Cy", 1), ("Bo", "Dee", 1), ("Ann", "Cy", 1)]
    >>> overall(referral_graph(rows)).to_dict()
    {'paths': 2.0, 'closed': 1.0, 'cycles': 0.0, 'transitivity': 0.5, 'cyclic': 0.0}
    """
    counts = census(G)
    paths, closed, cycles = (
        sum(int(counts[kind]) * each[at] for kind, each in _PATHS.items()) for at in range(3)
    )
    values = {
        "paths": paths,
        "closed": closed,
        "cycles": cycles,
        "transitivity": closed / paths if paths else np.nan,
        "cyclic": 3 * cycles / paths if paths else np.nan,
    }
    return pd.Series(values, dtype=float, name="triads")


def _closed(mutual: Any, one_way: Any) -> dict[str, int]:
    """Count the seven types in which every two of the three are tied."""
    back = one_way.T.tocsr()
    back.sort_indices()
    either = (one_way + back + mutual).tocsr()
    either.sort_indices()
    is_one_way, is_back, is_mutual = (_among(either, each) for each in (one_way, back, mutual))
    through = at_places(one_way, one_way, either)
    of_mutual = at_places(mutual, mutual, either)
    return {
        "030T": round(through[is_one_way].sum()),
        "030C": round(through[is_back].sum()) // 3,
        "120D": round(at_places(back, one_way, mutual).sum()) // 2,
        "120U": round(at_places(one_way, back, mutual).sum()) // 2,
        "120C": round(through[is_mutual].sum()),
        "210": round(of_mutual[is_one_way].sum()),
        "300": round(of_mutual[is_mutual].sum()) // 6,
    }


def _among(places: Any, some: Any) -> NDArray[np.bool_]:
    """Tell which stored places of one matrix are stored in the other."""
    row = np.repeat(np.arange(places.shape[0]), np.diff(places.indptr))
    of_some = np.repeat(np.arange(some.shape[0]), np.diff(some.indptr))
    columns = max(places.shape[1], 1)
    return np.isin(row * columns + places.indices, of_some * columns + some.indices)


def _degrees(ties: Any) -> NDArray[np.int64]:
    """Ties in each row."""
    starts = np.asarray(ties.tocsr().indptr, dtype=np.int64)
    return starts[1:] - starts[:-1]


def _twos(degree: NDArray[np.int64]) -> int:
    """Pairs of ties that meet in a person, over everybody."""
    return int((degree * (degree - 1)).sum()) // 2
