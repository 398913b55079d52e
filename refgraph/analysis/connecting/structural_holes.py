"""Structural holes: how far a person's contacts are tied to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.special import xlogy

from refgraph.analysis.statistics.sparse_products import at_places
from refgraph.errors import OptionError
from refgraph.graph.door import adjacency, index

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import NDArray

__all__ = ["by_person"]

_SCOPES = ("whole", "ego")


def by_person(G: nx.DiGraph[Any], *, scope: str = "whole", weighted: bool = True) -> pd.DataFrame:
    r"""Constraint, effective size, efficiency and hierarchy of each person's contacts.

    With :math:`z_{ij} = w_{ij} + w_{ji}`, :math:`N(i)` the people with a tie to or from
    :math:`i`, :math:`N_i` their number and :math:`p_{ij} = z_{ij} / \sum_k z_{ik}` [1]_,

    .. math::
        c_{ij} = \Bigl(p_{ij} + \sum_{q \ne i,j} p_{iq} p_{qj}\Bigr)^2, \quad
        C_i = \sum_{j \in N(i)} c_{ij}, \quad
        H_i = \frac{\sum_j x_{ij} \ln x_{ij}}{N_i \ln N_i}, \quad
        x_{ij} = \frac{c_{ij}}{C_i / N_i},

    .. math::
        S_i = \sum_{j \in N(i)} \Bigl(1 - \sum_{q \ne i,j} p_{iq} m_{jq}\Bigr), \quad
        m_{jq} = \frac{z_{jq}}{\max_k z_{jk}}, \quad
        \text{efficiency}_i = S_i / N_i.

    Constraint :math:`C` is high where the contacts are few and tied to each other; it can
    exceed 1 (1.125 in a triangle). Effective size :math:`S` is the number of contacts less
    those that others make redundant [2]_. Hierarchy :math:`H` is 0 if every contact
    constrains alike, and 1 for a single contact.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    scope : {"whole", "ego"}, default "whole"
        Over which ties :math:`p_{qj}` is taken: all those of :math:`q`, as networkx and
        igraph do, or only those within :math:`i`'s own network, which is the default of
        UCINET: :math:`p_{qj} = z_{qj} / (z_{qi} + \sum_{k \in N(i)} z_{qk})`. It concerns
        constraint and, through the same :math:`c_{ij}`, hierarchy; effective size has one.
    weighted : bool, default True
        If False, every tie counts 1, so a pair with ties in both directions counts 2.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person``, in the order of ``G``: floats ``constraint``,
        ``effective_size`` (people), ``efficiency`` and ``hierarchy``, rounded to 12
        decimals; NaN for a person without ties.

    Raises
    ------
    OptionError
        The scope is neither "whole" nor "ego".

    References
    ----------
    .. [1] Burt, R. S. (1992). *Structural Holes: The Social Structure of Competition*.
       Harvard University Press.
    .. [2] Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures.
       *Connections* 20(1), 35-38.

    Examples
    --------
    Ann is between Bo and Cy, who have nobody else: :math:`C = 1/4 + 1/4`.

    >>> from refgraph import referral_graph
    >>> by_person(referral_graph([("Ann", "Bo", 1), ("Cy", "Ann", 1)]))
            constraint  effective_size  efficiency  hierarchy
    person
    Ann            0.5             2.0         1.0        0.0
    Bo             1.0             1.0         1.0        1.0
    Cy             1.0             1.0         1.0        1.0
    """
    if scope not in _SCOPES:
        msg = f'scope {scope!r} is not known; choose "whole" or "ego"'
        raise OptionError(msg)
    Z = _both_ways(G, weighted=weighted)
    people = Z.shape[0]
    row = np.repeat(np.arange(people), np.diff(Z.indptr))
    contacts = np.diff(Z.indptr).astype(float)
    contacts[contacts == 0] = np.nan

    def per_person(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(row, weights=values, minlength=people).astype(np.float64)

    strength = per_person(Z.data)
    share = _with(Z, Z.data / strength[row])
    if scope == "whole":
        through = at_places(share, _with(Z, share.data), Z)
    else:
        within = Z.data + at_places(_with(Z, np.ones(Z.nnz)), Z, Z)
        through = at_places(_with(Z, share.data / within), Z, Z)
    c = (share.data + through) ** 2
    constraint = per_person(c)
    x = c * (contacts / np.where(constraint > 0, constraint, np.nan))[row]
    disorder = contacts * np.log(contacts)
    spread = np.divide(per_person(xlogy(x, x)), disorder, out=np.ones(people), where=disorder > 0)
    strongest = np.zeros(people)
    np.maximum.at(strongest, row, Z.data)
    redundant = at_places(share, Z, Z) / strongest[Z.indices]
    size = contacts - per_person(redundant)
    alone = np.isnan(contacts)
    columns = {
        "constraint": np.where(alone, np.nan, constraint),
        "effective_size": size,
        "efficiency": size / contacts,
        "hierarchy": np.where(alone, np.nan, spread),
    }
    # equal people must stay equal whatever the order of the sums; + 0.0 makes no -0.0
    return pd.DataFrame(columns, index=index(G), dtype=float).round(12) + 0.0


def _both_ways(G: nx.DiGraph[Any], *, weighted: bool) -> Any:
    """Give the weight of each pair in both directions together, at most 2."""
    A = adjacency(G)
    # every measure is a ratio, so a common scale only keeps large sums finite
    A.data = A.data / A.data.max(initial=0.0) if weighted else np.ones(A.nnz)
    Z = csr_array(A + A.T)
    Z.sort_indices()
    return Z


def _with(Z: Any, values: NDArray[np.float64]) -> Any:
    """Give a matrix of other values at the same places."""
    return csr_array((values, Z.indices, Z.indptr), shape=Z.shape)
