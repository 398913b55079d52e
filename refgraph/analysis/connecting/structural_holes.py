"""Structural holes: how far a person's contacts are tied to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from refgraph.analysis.statistics.triangle_sums import triangle_sums
from refgraph.errors import OptionError
from refgraph.graph.door import adjacency, index

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import NDArray

__all__ = ["by_person", "constraint_of_each", "effective_size_of_each"]

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
    from scipy.special import xlogy  # noqa: PLC0415  # 0.1 s that most answers do without

    if scope not in _SCOPES:
        msg = f'scope {scope!r} is not known; choose "whole" or "ego"'
        raise OptionError(msg)
    of = _Contacts(_both_ways(G, weighted=weighted))
    c, size = of.both(scope)
    constraint, contacts = of.per_person(c), of.number
    x = c * (contacts / np.where(constraint > 0, constraint, np.nan))[of.whose]
    disorder = contacts * np.log(contacts)
    spread = np.ones(len(contacts))
    np.divide(of.per_person(xlogy(x, x)), disorder, out=spread, where=disorder > 0)
    alone = np.isnan(contacts)
    columns = {
        "constraint": np.where(alone, np.nan, constraint),
        "effective_size": size,
        "efficiency": size / contacts,
        "hierarchy": np.where(alone, np.nan, spread),
    }
    told = {name: _even(values) for name, values in columns.items()}
    return pd.DataFrame(told, index=index(G), dtype=float)


def constraint_of_each(G: nx.DiGraph[Any], *, weighted: bool = True) -> NDArray[np.float64]:
    """Give the constraint of :func:`by_person` alone.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> constraint_of_each(referral_graph([("Ann", "Bo", 1), ("Cy", "Ann", 1)])).tolist()
    [0.5, 1.0, 1.0]
    """
    of = _Contacts(_both_ways(G, weighted=weighted))
    (through,) = of.sums((of.share, of.share))
    found = of.per_person(of.constraining(through))
    return _even(np.where(np.isnan(of.number), np.nan, found))


def effective_size_of_each(G: nx.DiGraph[Any], *, weighted: bool = True) -> NDArray[np.float64]:
    """Give the effective size of :func:`by_person` alone.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> effective_size_of_each(referral_graph([("Ann", "Bo", 1), ("Cy", "Ann", 1)])).tolist()
    [2.0, 1.0, 1.0]
    """
    of = _Contacts(_both_ways(G, weighted=weighted))
    (redundant,) = of.sums((of.share, of.Z.data))
    return _even(of.effective_size(redundant))


def _even(found: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keep equal people equal whatever the order of the sums; + 0.0 makes no -0.0."""
    return found.round(12) + 0.0


class _Contacts:
    """The contacts of each person, a place for each of two people with a tie.

    Parameters
    ----------
    Z : csr_array
        The weight of each pair in both directions together.
    """

    def __init__(self, Z: Any) -> None:
        self.Z = Z
        self.whose = np.repeat(np.arange(Z.shape[0]), np.diff(Z.indptr))
        self.number = np.diff(Z.indptr).astype(float)
        self.number[self.number == 0] = np.nan
        self.share = Z.data / self.per_person(Z.data)[self.whose]

    def per_person(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum what stands at the places of each person."""
        told = np.bincount(self.whose, weights=values, minlength=self.Z.shape[0])
        return told.astype(np.float64)

    def sums(self, *pairs: tuple[NDArray[np.float64], NDArray[np.float64]]) -> Any:
        """Give for each place the sum over third people of the products of two numbers."""
        return triangle_sums(self.Z, pairs)

    def both(self, scope: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give for each place how far the one constrains the other; and the effective sizes."""
        Z, share = self.Z.data, self.share
        if scope == "whole":
            through, redundant = self.sums((share, share), (share, Z))
        else:
            others, redundant = self.sums((np.ones(len(Z)), Z), (share, Z))
            (through,) = self.sums((share / (Z + others), Z))
        return self.constraining(through), self.effective_size(redundant)

    def constraining(self, through: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give for each place how far the one constrains the other, directly and through others."""
        found: NDArray[np.float64] = (self.share + through) ** 2
        return found

    def effective_size(self, redundant: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give the number of contacts of each less those that others make redundant."""
        strongest = np.zeros(self.Z.shape[0])
        np.maximum.at(strongest, self.whose, self.Z.data)
        shared = self.per_person(redundant / strongest[self.Z.indices])
        found: NDArray[np.float64] = self.number - shared
        return found


def _both_ways(G: nx.DiGraph[Any], *, weighted: bool) -> Any:
    """Give the weight of each pair in both directions together, at most 2."""
    A = adjacency(G)
    # every measure is a ratio, so a common scale only keeps large sums finite
    A.data = A.data / A.data.max(initial=0.0) if weighted else np.ones(A.nnz)
    Z = csr_array(A + A.T)
    Z.sort_indices()
    return Z
