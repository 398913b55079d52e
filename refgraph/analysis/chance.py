"""Whether more comes back than chance alone would bring, and how much more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.ensembles import BINARY, EXPONENTIAL, GEOMETRIC, fit
from refgraph.analysis.excess import excess
from refgraph.analysis.seeded import generator
from refgraph.analysis.swaps import chains_at_once, shuffled, steps
from refgraph.errors import OptionError, SizeError
from refgraph.graph import ties

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["LIMIT_PEOPLE", "LIMIT_WORK", "dbcm", "excess", "swap_test", "too_large", "weighted"]

LIMIT_PEOPLE = 3000  # beyond it few chains fit into memory together
LIMIT_WORK = 750_000_000  # steps of single chains, about a minute
_BATCH = 200  # chains whose steps take as long as the overhead of a batch
_SAMPLES = 1000
_LAWS = {"geometric": GEOMETRIC, "exponential": EXPONENTIAL}


def swap_test(
    G: nx.DiGraph[Any], *, statistic: str = "edge", samples: int = _SAMPLES, seed: int = 0
) -> pd.Series[float]:
    r"""Test the share of mutual ties against all networks with the same degrees.

    The null: every simple network without loops in which each person gives to as
    many, and receives from as many, is equally likely. It is sampled by swapping the
    receivers of two ties and reversing three-rounds, which together reach them all [1]_.
    With observed share :math:`r` and those of :math:`S` samples :math:`r^*`,

    .. math::
        z = \frac{r - \bar{r^*}}{\text{sd}(r^*)}, \quad
        p = \frac{1 + \#\{r^* \ge r\}}{1 + S}, \quad
        p_\text{less} = \frac{1 + \#\{r^* \le r\}}{1 + S}, \quad
        \text{excess} = \frac{r - \bar{r^*}}{1 - \bar{r^*}}

    A chain of swaps walks from the network to a hub, and every sample walks as far
    from the hub on its own: the parallel method of [2]_, with which ``p`` is valid
    however long the walk; it has 20 swaps for each tie so that the mean and the sd are too.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph; only who refers to whom counts, not how often.
    statistic : {"edge", "dyad"}, default "edge"
        Share of ties that are returned, :math:`2M/L`, or share of linked pairs that
        are mutual, :math:`M/(L - M)`, with :math:`M` mutual pairs and :math:`L` ties.
    samples : int, default 1000
        Number of networks drawn.
    seed : int, default 0
        Where the chance comes from; the same seed gives the same answer.

    Returns
    -------
    pandas.Series
        Floats ``observed``, ``expected``, ``sd``, ``z`` (NaN if no other share came
        up), ``p`` (as many mutual ties or more), ``p_less``, ``excess``, ``samples``
        and ``seed``. All but the last two are NaN without ties; ``sd`` and ``z`` are
        NaN for a single sample.

    Raises
    ------
    OptionError
        The statistic is neither of the two, or there are no samples to be drawn.
    SizeError
        The network is too large, see :func:`too_large`.

    See Also
    --------
    dbcm : the same question by a formula, for networks of any size.

    References
    ----------
    .. [1] Rao, A. R., Jana, R., Bandyopadhyay, S. (1996). A Markov chain Monte Carlo
       method for generating random (0, 1)-matrices with given marginals. *Sankhya A*
       58, 225-242.
    .. [2] Besag, J., Clifford, P. (1989). Generalized Monte Carlo significance tests.
       *Biometrika* 76, 633-642.

    Examples
    --------
    Each of three gives to one and receives from one: two networks only, both of them rounds.

    >>> from refgraph import referral_graph
    >>> swap_test(referral_graph([("A", "B", 1), ("B", "C", 1), ("C", "A", 1)]), samples=99)
    observed     0.0
    expected     0.0
    sd           0.0
    z            NaN
    p            1.0
    p_less       1.0
    excess       0.0
    samples     99.0
    seed         0.0
    Name: chance, dtype: float64
    """
    if statistic not in {"edge", "dyad"}:
        msg = f"the statistic is 'edge' or 'dyad', not {statistic!r}"
        raise OptionError(msg)
    if samples < 1:
        msg = f"the number of samples is 1 or more, not {samples}"
        raise OptionError(msg)
    edges = ties(G)
    if message := _too_large(edges.people, len(edges.giver), samples):
        raise SizeError(message)
    names = ("observed", "expected", "sd", "z", "p", "p_less", "excess")
    values = dict.fromkeys(names, np.nan) | {"samples": samples, "seed": seed}
    if total := len(edges.giver):
        rng = generator(seed)
        drawn = [chains.mutual() for chains in shuffled(edges, samples=samples, rng=rng)]
        mutual, found = np.concatenate(drawn), np.count_nonzero(edges.returned) // 2
        shares = 2 * mutual / total if statistic == "edge" else mutual / (total - mutual)
        r = 2 * found / total if statistic == "edge" else found / (total - found)
        if mutual.min() == mutual.max():
            expected, sd = float(shares[0]), 0.0 if samples > 1 else np.nan
        else:
            expected, sd = float(shares.mean()), float(shares.std(ddof=1))
        values |= {
            "observed": r,
            "expected": expected,
            "sd": sd,
            "z": (r - expected) / sd if sd > 0 else np.nan,
            "p": (1 + np.count_nonzero(mutual >= found)) / (1 + samples),
            "p_less": (1 + np.count_nonzero(mutual <= found)) / (1 + samples),
            "excess": excess(r, expected),
        }
    return pd.Series(values, dtype=float, name="chance")


def too_large(G: nx.DiGraph[Any], *, samples: int = _SAMPLES) -> str:
    """Say why a network is too large for :func:`swap_test`; nothing if it is not.

    What would take more than about a minute is too large, and so are more than 3,000 people.
    1,000 samples took 40 s of 7,000 ties among 1,000 people, and 31 s of 11,500 among 300.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    samples : int, default 1000
        Number of networks to be drawn.

    Returns
    -------
    str
        The sentence of the SizeError, or nothing.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> too_large(referral_graph([("Ann", "Bo", 1)]))
    ''
    """
    edges = ties(G)
    return _too_large(edges.people, len(edges.giver), samples)


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


def _too_large(people: int, total: int, samples: int) -> str:
    batches = 1 + -(-samples // chains_at_once(people, total))  # the hub is one, too
    work = steps(total) * (samples + _BATCH * batches)
    if people <= LIMIT_PEOPLE and work <= LIMIT_WORK:
        return ""
    return (
        f"{people:,} people and {total:,} ties are too many for {samples:,} shuffled networks "
        f"in about a minute; chance.dbcm answers by a formula, for networks of any size"
    )
