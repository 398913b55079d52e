"""Whether more comes back than chance alone would bring, and how much more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.reciprocity.above_chance import excess
from refgraph.analysis.reciprocity.expected_networks import BINARY, EXPONENTIAL, GEOMETRIC, fit
from refgraph.analysis.reciprocity.swap_tests import split_test, swap_test, too_large
from refgraph.book import professional_limits
from refgraph.errors import OptionError
from refgraph.graph.door import ties

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["dbcm", "excess", "split_test", "swap_test", "too_large", "weighted"]

_LAWS = {"geometric": GEOMETRIC, "exponential": EXPONENTIAL}


def dbcm(G: nx.DiGraph[Any]) -> pd.Series[float]:
    r"""Compare the share of mutual ties with the most random network of these degrees on average.

    Every tie is there independently with :math:`p_{ij} = x_i y_j / (1 + x_i y_j)`, where
    :math:`\sum_j p_{ij}` is the number of people to whom :math:`i` gives and
    :math:`\sum_j p_{ji}` the number from whom :math:`i` receives [1]_. With :math:`L` ties,

    .. math::
        \text{expected} = \frac{1}{L} \sum_{i \ne j} p_{ij} p_{ji}, \quad
        \text{sd} = \frac{1}{L} \sqrt{2 \sum_{i \ne j} p_{ij} p_{ji} (1 - p_{ij} p_{ji})},

    .. math::
        z = \frac{\text{observed} - \text{expected}}{\text{sd}}, \quad
        \text{excess} = \frac{\text{observed} - \text{expected}}{1 - \text{expected}}

    Here the degrees are kept on average only; as they vary, ``z`` is smaller
    than that of :func:`swap_test`.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph; only who refers to whom counts, not how often.

    Returns
    -------
    pandas.Series
        Floats ``observed``, ``expected``, ``sd``, ``z`` (NaN if every pair is certain)
        and ``excess``; all are NaN without ties, and all but the first where the
        fit finds no answer (rare, in a few tiny networks).

    References
    ----------
    .. [1] Squartini, T., Garlaschelli, D. (2011). Analytical maximum-likelihood method
       to detect patterns in real networks. *New Journal of Physics* 13, 083001.

    Examples
    --------
    Each of three gives to one of the two others, so that every tie has an even chance.

    >>> from refgraph import referral_graph
    >>> dbcm(referral_graph([("A", "B", 1), ("B", "C", 1), ("C", "A", 1)])).round(3)
    observed    0.0
    expected    0.5
    sd          0.5
    z          -1.0
    excess     -1.0
    Name: chance, dtype: float64
    """
    professional_limits.refuse_of(G)
    edges = ties(G)
    names = ("observed", "expected", "sd", "z", "excess")
    values = dict.fromkeys(names, np.nan)
    if total := len(edges.giver):
        given = np.bincount(edges.giver, minlength=edges.people).astype(float)
        received = np.bincount(edges.receiver, minlength=edges.people).astype(float)
        both, spread = fit(BINARY, given, received).returned()
        r, expected = np.count_nonzero(edges.returned) / total, both / total
        sd = float(np.sqrt(2 * spread)) / total
        z = (r - expected) / sd if sd > 0 else np.nan
        values = dict(zip(names, (r, expected, sd, z, excess(r, expected)), strict=True))
    return pd.Series(values, dtype=float, name="chance")


def weighted(G: nx.DiGraph[Any], *, null: str = "geometric") -> pd.Series[float]:
    r"""Compare the share of referrals that comes back with that of the most random network.

    The null keeps, on average, how much each person gives and receives: the directed
    weighted configuration model [1]_. Weights are independent; whole counts are geometric
    with :math:`\langle w_{ij} \rangle = x_i y_j / (1 - x_i y_j)`, amounts exponential
    with :math:`\langle w_{ij} \rangle = 1 / (x_i + y_j)`. Then

    .. math::
        \text{observed} = \frac{\sum_{i \ne j} \min(w_{ij}, w_{ji})}{\sum_{i \ne j} w_{ij}}, \quad
        \text{expected} = \frac{\sum_{i \ne j} \langle \min(w_{ij}, w_{ji}) \rangle}
        {\sum_{i \ne j} w_{ij}},

    where :math:`\langle \min \rangle = q / (1 - q)`, :math:`q = x_i y_j x_j y_i`, for counts,
    and :math:`1 / (x_i + y_j + x_j + y_i)` for amounts, and

    .. math::
        \text{excess} = \frac{\text{observed} - \text{expected}}{1 - \text{expected}}

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    null : {"geometric", "exponential"}, default "geometric"
        Whether the weights are whole counts, or amounts of which only the
        proportions matter.

    Returns
    -------
    pandas.Series
        Floats ``observed``, ``expected`` and ``excess``; all are NaN without ties, and the
        last two where the fit finds no answer (rare, in a few tiny networks).

    Raises
    ------
    OptionError
        The null is neither of the two, or it is the geometric one and a weight is
        not a whole number.

    References
    ----------
    .. [1] Squartini, T., Picciolo, F., Ruzzenenti, F., Garlaschelli, D. (2013).
       Reciprocity of weighted networks. *Scientific Reports* 3, 2729.

    Examples
    --------
    Two people who give 3 and 1: :math:`q = 3/4 \cdot 1/2`, so that 0.6 of 4 is expected.

    >>> from refgraph import referral_graph
    >>> weighted(referral_graph([("Ann", "Bo", 3), ("Bo", "Ann", 1)])).round(3)
    observed    0.500
    expected    0.300
    excess      0.286
    Name: chance, dtype: float64
    """
    professional_limits.refuse_of(G)
    if null not in _LAWS:
        msg = f"the null is 'geometric' or 'exponential', not {null!r}"
        raise OptionError(msg)
    edges = ties(G)
    if null == "geometric" and (edges.weight % 1).any():
        msg = "not all weights are whole numbers; for amounts use null='exponential'"
        raise OptionError(msg)
    values = dict.fromkeys(("observed", "expected", "excess"), np.nan)
    if total := float(edges.weight.sum()):
        given = np.bincount(edges.giver, edges.weight, edges.people).astype(float)
        received = np.bincount(edges.receiver, edges.weight, edges.people).astype(float)
        both, _ = fit(_LAWS[null], given, received).returned()
        r = float(np.minimum(edges.weight, edges.returned).sum()) / total
        values = {"observed": r, "expected": both / total, "excess": excess(r, both / total)}
    return pd.Series(values, dtype=float, name="chance")
