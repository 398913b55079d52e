"""Groups for a test of what is left beyond them: rather too many than too few."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.statistics.random import generator

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.graph.door import Ties

__all__ = ["RESOLUTIONS", "likelihood", "partition"]

RESOLUTIONS = (1.0, 1.4, 2.0, 2.8, 4.0)  # each finds about 1.4 times as many as the one before


def partition(edges: Ties, *, seed: int = 0) -> NDArray[np.int64]:
    r"""Give the most likely of the groupings that Louvain's method finds.

    At its usual resolution the method joins small groups in a large network [1]_. So it is run
    at several, and of what it finds the grouping is taken under which the ties are most
    likely, if two people of one group are tied more often, by one factor, than their
    activity says, and others less often, by another, see :func:`likelihood` [2]_. Nothing is
    taken off for more groups.

    Parameters
    ----------
    edges : refgraph.graph.door.Ties
        The ties of a network; only who refers to whom counts, not how often.
    seed : int, default 0
        The method visits people in a random order; the same seed gives the same groups.

    Returns
    -------
    ndarray of int64
        Number of each person's group, from 0; -1 for people without ties.

    References
    ----------
    .. [1] Fortunato, S., Barthélemy, M. (2007). Resolution limit in community detection.
       *Proceedings of the National Academy of Sciences* 104, 36-41.
    .. [2] Newman, M. E. J. (2016). Equivalence between modularity optimization and maximum
       likelihood methods for community detection. *Physical Review E* 94, 052315.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> from refgraph.graph.door import ties
    >>> rows = [("A", "B", 1), ("B", "A", 1), ("C", "D", 1), ("D", "C", 1)]
    >>> partition(ties(referral_graph(rows, people=["E"])))
    array([ 0,  0,  1,  1, -1])
    """
    code = np.full(edges.people, -1, dtype=np.int64)
    if not len(edges.giver):
        return code
    tied, ends = np.unique(np.r_[edges.giver, edges.receiver], return_inverse=True)
    giver, receiver = np.split(ends, 2)
    found = [_louvain(giver, receiver, len(tied), at, seed) for at in RESOLUTIONS]
    best = max(found, key=lambda group: round(likelihood(giver, receiver, group), 9))
    code[tied] = np.unique(best, return_inverse=True)[1]
    return code


def likelihood(
    giver: NDArray[np.int64], receiver: NDArray[np.int64], group: NDArray[np.int64]
) -> float:
    r"""Say how much likelier groups make the ties, as a logarithm.

    With :math:`m` ties, :math:`m_{in}` of them within groups, and in group :math:`g`
    :math:`a_g` ties given and :math:`b_g` received,

    .. math::
        m_{in} \ln \frac{m_{in}}{e} + (m - m_{in}) \ln \frac{m - m_{in}}{m - e}, \quad
        e = \sum_g \frac{a_g b_g}{m}

    Examples
    --------
    Four ties in two groups of two, where two of them would be expected: 4 ln 2.

    >>> giver, receiver = np.array([0, 1, 2, 3]), np.array([1, 0, 3, 2])
    >>> round(likelihood(giver, receiver, np.array([0, 0, 1, 1])), 3)
    2.773
    """
    ties = len(giver)
    gives, gets = (np.bincount(group[end], minlength=group.max() + 1) for end in (giver, receiver))
    inside, expected = np.count_nonzero(group[giver] == group[receiver]), gives @ gets / ties
    gain = inside * float(np.log(inside / expected)) if inside else 0.0
    if inside < ties:
        gain += (ties - inside) * float(np.log((ties - inside) / (ties - expected)))
    return float(gain)


def _louvain(
    giver: NDArray[np.int64],
    receiver: NDArray[np.int64],
    people: int,
    resolution: float,
    seed: int,
) -> NDArray[np.int64]:
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sknetwork.clustering import Louvain  # noqa: PLC0415  # 0.3 s

    order = generator(seed).permutation(people)
    place = np.argsort(order)
    ones, at = np.ones(len(giver)), (place[giver], place[receiver])
    method = Louvain(
        modularity="dugue",
        resolution=resolution,
        sort_clusters=False,
        return_probs=False,
        return_aggregate=False,
    )
    found = np.empty(people, dtype=np.int64)
    found[order] = method.fit_predict(csr_matrix((ones, at), shape=(people, people)))
    return found
