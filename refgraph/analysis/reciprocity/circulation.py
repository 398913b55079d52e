"""How much of what is given comes back round the network, through whatever number of hands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.book import professional_limits
from refgraph.errors import SizeError
from refgraph.graph.door import ties

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import NDArray

__all__ = ["LIMIT", "circulation"]

LIMIT = 20_000  # ties; up to some seconds, and twelve at 50,000
_EXACT = 1e9  # whole weights up to it come out of the solver whole
_ROUNDS = 50  # of bounding each weight by those around it
_NOISE = 1e-12  # of the solver, where the weights are not whole


def circulation(G: nx.DiGraph[Any], *, limit: int | None = LIMIT) -> float:
    r"""Count the referrals that lie on closed rounds: the maximum circulation.

    .. math::
        \max_f \sum_{ij} f_{ij} \quad \text{where} \quad 0 \le f_{ij} \le w_{ij}, \quad
        \sum_j f_{ij} = \sum_j f_{ji} \text{ for every } i

    Referrals matched between two people are such rounds, and so are those that
    only come back through third parties. The maximum is unique, the rounds that
    reach it are not. It is a linear program, solved by HiGHS [1]_ among the people
    who can reach each other; whole referrals circulate whole, so that the count is
    exact for whole weights up to a thousand million. Divided by :math:`\sum w` it is
    the ``circulation`` of :func:`refgraph.reciprocity.overall`, which lies between
    ``weighted`` there and :math:`1 - \tfrac12 \sum_i |s_i^{out} - s_i^{in}| / \sum w`.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    limit : int or None, default 20,000
        Most ties to compute it for; None for any number.

    Returns
    -------
    float
        Referrals; 0 where nothing comes back.

    Raises
    ------
    SizeError
        There are more ties than ``limit``, or the solver finds no answer, as it may for
        weights that are not whole and of very different sizes; for these the count is
        good to about 7 digits.

    References
    ----------
    .. [1] Huangfu, Q., Hall, J. A. J. (2018). Parallelizing the dual revised simplex
       method. *Mathematical Programming Computation* 10(1), 119-142.

    Examples
    --------
    Of 5, 3 and 4 referrals in a ring, 3 go all the way round.

    >>> from refgraph import referral_graph
    >>> circulation(referral_graph([("Ann", "Bo", 5), ("Bo", "Cy", 3), ("Cy", "Ann", 4)]))
    9.0
    """
    professional_limits.refuse_of(G)
    from scipy.sparse import coo_array  # noqa: PLC0415  # most answers do without
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    edges = ties(G)
    if limit is not None and len(edges.weight) > limit:
        msg = (
            f"circulation is computed for at most {limit:,} ties, and there are "
            f"{len(edges.weight):,}; look at a part of the network, or ask for it with limit=None"
        )
        raise SizeError(msg)
    shape = (edges.people, edges.people)
    network = coo_array((edges.weight, (edges.giver, edges.receiver)), shape=shape)
    part = connected_components(network, connection="strong")[1]
    inside = part[edges.giver] == part[edges.receiver]  # no round leaves a strong component
    return _maximum(edges.giver[inside], edges.receiver[inside], edges.weight[inside])


def _maximum(
    giver: NDArray[np.int64], receiver: NDArray[np.int64], weight: NDArray[np.float64]
) -> float:
    """Solve the linear program, weights scaled to 1 where they are not whole."""
    from scipy.optimize import linprog  # noqa: PLC0415
    from scipy.sparse import csc_array  # noqa: PLC0415

    weight = _passable(giver, receiver, weight)
    if not weight.any():
        return 0.0
    whole = not (weight % 1).any() and weight.max() <= _EXACT
    scale = 1.0 if whole else weight.max()
    tie = np.arange(len(weight))
    people, place = np.unique(np.r_[giver, receiver], return_inverse=True)
    sign = np.repeat([1.0, -1.0], len(tie))
    balance: Any = csc_array((sign, (place, np.r_[tie, tie])), shape=(len(people), len(tie)))
    bounds: Any = np.stack([np.zeros(len(tie)), weight / scale], axis=1)
    found: Any = linprog(
        -np.ones(len(tie)),
        A_eq=balance,
        b_eq=np.zeros(len(people)),
        bounds=bounds,
        method="highs",
    )
    if found.status != 0:
        msg = f"the circulation could not be computed: {found.message}"
        raise SizeError(msg)
    value, total = float((np.rint(found.x) if whole else found.x * scale).sum()), weight.sum()
    everything = not whole and np.isclose(value, total, rtol=_NOISE, atol=0)
    return float(total) if everything else value


def _passable(
    giver: NDArray[np.int64], receiver: NDArray[np.int64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Leave of each weight what the giver receives at all and the receiver gives at all.

    No more can go round, and the solver need not see it: weights of very different
    sizes are what it is inexact about.
    """
    people = int(max(giver.max(initial=-1), receiver.max(initial=-1))) + 1
    for _ in range(_ROUNDS):  # every one of them is true already
        given, received = (np.bincount(ends, weight, people) for ends in (giver, receiver))
        least = np.minimum(weight, np.minimum(received[giver], given[receiver]))
        if (least >= weight * (1 - _NOISE)).all():
            break
        weight = least
    return weight
