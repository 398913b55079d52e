"""Who stands on the shortest ways between others."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.connecting.compiled.whole_ways import MOST_PATHS, summed, ways_of
from refgraph.analysis.statistics.random import generator
from refgraph.errors import OptionError, SizeError
from refgraph.graph.door import adjacency, index, ties
from refgraph.progress import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx
    from numpy.typing import NDArray

    from refgraph.analysis.connecting.compiled.whole_ways import Ways

    Rows = NDArray[np.int64] | slice

__all__ = ["Sources", "betweenness", "sources"]

_MOST_WORK = {False: 2 * 10**8, True: 5 * 10**7}  # sources times ties: two seconds, or ten
_SAMPLED_WORK = {False: 10**9, True: 5 * 10**7}
_MOST_SOURCES, _FEWEST_SOURCES = 1_000, 100
_WIDE = 1.96  # standard errors to either side of 95 %
_DOING = "Finding the shortest ways between people"
_MOST_BITS = 2**31  # of exact lengths and distances held at once, 256 MB
_EVERYBODY = slice(None)
_FEW = 500  # people, among whom it does not pay to look who is near whom
_MUCH_WORK = 6 * 10**8  # sources times ties from which machine code pays, compiling it included


@dataclass(frozen=True, slots=True)
class Sources:
    """From how many people the shortest ways are sought.

    Attributes
    ----------
    number, of : int
        So many, of so many who give: every way begins with one of them.
    """

    number: int
    of: int

    @property
    def sampled(self) -> bool:
        """Whether some are left out."""
        return self.number < self.of


def sources(G: nx.DiGraph[Any], *, weighted: bool = False, exact: bool = False) -> Sources:
    """Tell from how many people :func:`betweenness` seeks the shortest ways.

    From everybody who gives, unless they times the ties are over 200 million (5,000 people and
    40,000 ties; if ``weighted``, 50 million: 1,000 people and 50,000 ties): then from 1,000,
    and from fewer, never under 100, where these times the ties are over a billion (50 million).

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> sources(referral_graph([("Ann", "Bo", 1), ("Cy", "Bo", 1)]))
    Sources(number=2, of=2)
    """
    givers, edges = len(_givers(G)), G.number_of_edges()
    most = _MOST_WORK[weighted]
    if exact or givers * edges <= most:
        return Sources(givers, givers)
    affordable = max(_SAMPLED_WORK[weighted] // edges, _FEWEST_SOURCES)
    return Sources(min(affordable, _MOST_SOURCES, givers), givers)


def betweenness(
    G: nx.DiGraph[Any],
    *,
    weighted: bool = False,
    block: int = 16,
    exact: bool = False,
    seed: int = 0,
) -> pd.Series[float]:
    r"""Share of the shortest referral paths between others that run through each person.

    With :math:`\sigma_{st}` shortest directed paths from :math:`s` to :math:`t`,
    :math:`\sigma_{st}(v)` of them through :math:`v` [1]_,

    .. math:: B(v) = \frac{1}{(n-1)(n-2)} \sum_{s \ne v \ne t} \frac{\sigma_{st}(v)}{\sigma_{st}}

    Every tie is one step long, or :math:`1 / w_{ij}` if ``weighted``: the more
    referrals, the shorter. Unweighted it is Brandes' accumulation [2]_, level by level
    for a block of sources at once; where more paths lead to somebody than floating point counts,
    for one source after the other, with whole numbers of any size. Weighted it is so always, on
    whole lengths, :math:`L / w_{ij}` with an :math:`L` that makes all of them whole: six ties of
    :math:`\tfrac16` are as long as one of 1, but not in floating point.

    Unweighted, where sources times ties are 600 million or more and Numba is installed (the extra
    ``fast``), machine code does the same on all cores, and differs by less than :math:`10^{-9}`;
    on any number of cores it gives the same. Where Numba does not work, or there is less to do,
    the sparse products of SciPy do it.

    A large network is sampled (:func:`sources` says from which size on): with
    :math:`\delta_s(v) = \sum_t \sigma_{st}(v) / \sigma_{st}` for :math:`k` people :math:`s`
    drawn from the :math:`N` who give, the sum over all is estimated by :math:`N / k` times
    that over those [3]_, without bias.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    weighted : bool, default False
        Whether many referrals make a tie short. Takes time as people times ties do,
        and more if weights are not whole: a second at 500 people and 5,000 ties, and
        twenty if all 5,000 weights are different fractions.
    block : int, default 16
        Sources handled together, unweighted; memory grows with ``block`` times people. Where
        machine code is used they are 8 for each core.
    exact : bool, default False
        Go from everybody, however long it takes: without the extra ``fast`` ten minutes at
        40,000 people and a million ties.
    seed : int, default 0
        Of the people drawn in a large network.

    Returns
    -------
    pandas.Series
        Indexed by ``person``, 0 to 1, rounded to 12 decimals so that people who
        are equal stay equal; NaN with fewer than 3 people. Of a sample its
        ``attrs["error"]`` says within how much of the exact value they are, at least 95 of
        100: 1.96 standard errors of whoever has the largest.

    Raises
    ------
    OptionError
        The block is not 1 or more.
    SizeError
        Too many different fractions as weights to compare the paths exactly.

    References
    ----------
    .. [1] Freeman, L. C. (1977). A set of measures of centrality based on betweenness.
       *Sociometry* 40(1), 35-41.
    .. [2] Brandes, U. (2001). A faster algorithm for betweenness centrality.
       *Journal of Mathematical Sociology* 25(2), 163-177.
    .. [3] Brandes, U., Pich, C. (2007). Centrality estimation in large networks.
       *International Journal of Bifurcation and Chaos* 17(7), 2303-2318.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> betweenness(referral_graph([("Ann", "Bo", 9), ("Bo", "Cy", 1)])).tolist()
    [0.0, 0.5, 0.0]

    Over Bo it is 1/3 + 1/3 from Ann to Cy, shorter than their own tie of length 1.

    >>> G = referral_graph([("Ann", "Bo", 3), ("Bo", "Cy", 3), ("Ann", "Cy", 1)])
    >>> betweenness(G).tolist(), betweenness(G, weighted=True).tolist()
    ([0.0, 0.0, 0.0], [0.0, 0.5, 0.0])
    """
    if block < 1:
        msg = f"a block is 1 person or more, not {block}"
        raise OptionError(msg)
    people = len(G)
    if people < 3:
        return pd.Series(np.nan, index=index(G), name="betweenness", dtype=float)
    chosen, everybody = sources(G, weighted=weighted, exact=exact), _givers(G)
    start = everybody
    if chosen.sampled:
        drawn = generator(seed).choice(len(everybody), chosen.number, replace=False)
        start = everybody[np.sort(drawn)]
    through, squares = _weighted(G, start) if weighted else _unweighted(G, start, block)
    times = chosen.of / max(chosen.number, 1)
    pairs = (people - 1) * (people - 2)
    told = pd.Series((through * times / pairs).round(12), index=index(G), name="betweenness")
    if chosen.sampled:
        spread = np.maximum(squares - through**2 / chosen.number, 0) / (chosen.number - 1)
        left = 1 - 1 / times  # of a sample without replacement
        error = _WIDE * chosen.of * np.sqrt(spread * left / chosen.number) / pairs
        told.attrs["error"] = round(float(error.max()), 12)
    return told


def _givers(G: nx.DiGraph[Any]) -> NDArray[np.int64]:
    """Find who gives: a path begins with one of them."""
    return np.unique(ties(G).giver).astype(np.int64)


def _weighted(
    G: nx.DiGraph[Any], start: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    edges = ties(G)
    out_at = np.searchsorted(edges.giver, np.arange(edges.people + 1))
    ways = ways_of(out_at, edges.receiver, _whole_lengths(edges.weight, edges.people))
    return summed(ways, counted(start.tolist(), _DOING, len(start)))


def _whole_lengths(weight: NDArray[np.float64], people: int) -> list[int]:
    """Lengths of the ties, 1 / weight, all multiplied by the least number that makes them whole."""
    known, which = np.unique(weight, return_inverse=True)
    exact = [Fraction(each) for each in known.tolist()]
    scale = 1
    for each in exact:
        scale = lcm(scale, each.numerator)
        if scale.bit_length() * (len(known) + people) > _MOST_BITS:
            msg = (
                f"the {len(known):,} different weights are fractions too many to compare paths "
                "exactly; use whole numbers of referrals, or weighted=False"
            )
            raise SizeError(msg)
    lengths = [scale // each.numerator * each.denominator for each in exact]
    return [lengths[at] for at in which.tolist()]


def _unweighted(
    G: nx.DiGraph[Any], start: NDArray[np.int64], block: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    step = (adjacency(G) > 0).astype(float)
    order = _near_together(step) if len(G) > _FEW else np.arange(len(G))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    step, start = step[order][:, order], np.sort(place[start])
    through, squares = np.zeros(len(G)), np.zeros(len(G))
    groups = _compiled(step, start) if len(start) * step.nnz >= _MUCH_WORK else None
    if groups is not None:
        for some, some_squares in groups:
            through += some
            squares += some_squares
        return through[place], squares[place]
    blocks = range(0, len(start), block)
    ways: Ways = ()  # made where somebody has more paths than floating point counts
    for first in counted(blocks, _DOING, len(blocks)):
        # what a block held goes back to the system as a whole, and the next would have to fetch it
        # again, for a fifth of the time; while the one before is kept its room is used in turn
        sources = start[first : first + block]
        found = _dependencies(step, sources)
        if found is None:
            ways = ways or ways_of(step.indptr, step.indices)
            found = *summed(ways, sources.tolist()), None
        some, some_squares, _held = found
        through += some
        squares += some_squares
    return through[place], squares[place]


def _compiled(
    step: Any, start: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]] | None:
    """Give the dependencies of each group of sources by machine code; None where there is none."""
    from refgraph.analysis.connecting.compiled.numba_code import compiled  # noqa: PLC0415
    from refgraph.analysis.connecting.compiled.parallel_sources import (  # noqa: PLC0415
        GROUP,
        dependencies,
    )

    code = compiled()
    if code.missing:
        return None
    return counted(dependencies(step, start, code), _DOING, -(-len(start) // GROUP))


def _near_together(step: Any) -> NDArray[np.int64]:
    """Put people who are near each other together: the ways of a block meet the same people.

    Where ways are long, from people drawn anyhow nearly everybody stands on some way at every
    step, and each step takes as long as the whole network does.
    """
    from scipy.sparse.csgraph import reverse_cuthill_mckee  # noqa: PLC0415  # of this alone

    both = (step + step.T).tocsr()
    order = reverse_cuthill_mckee(both, symmetric_mode=True)
    return np.asarray(order, dtype=np.int64)


def _dependencies(
    step: Any, sources: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], object] | None:
    """Sum over the sources of Brandes' dependency of each source on everybody; of its square.

    Also give what was held meanwhile: see :func:`_unweighted`. Where there are more paths than
    floating point counts, give nothing.
    """
    people, columns = step.shape[0], np.arange(len(sources))
    unseen = np.ones((people, len(sources)))
    unseen[sources, columns] = 0.0
    rows: Rows = sources
    paths = np.eye(len(sources))
    levels = []  # whom some source reaches in so many steps, by how many paths, and who follows
    while len(paths):
        onward, others = (step, _EVERYBODY) if rows is _EVERYBODY else _compact(step[rows])
        levels.append((rows, paths, onward, others))
        reached = onward.T @ paths
        reached *= unseen[others]
        number = reached @ np.ones(len(sources))  # which is never below 0
        if number.max(initial=0) > MOST_PATHS:
            return None
        rows, paths = _reached(others, reached, np.flatnonzero(number), people)
        unseen[rows] -= np.minimum(paths, 1)
    total, squares = np.zeros(people), np.zeros(people)
    depends = np.zeros(levels[-1][1].shape)
    share = np.zeros(unseen.shape)
    for (rows, paths, *_), (nearer, nearer_paths, onward, others) in pairwise(levels[:0:-1]):
        # 1 + depends over paths where there is one; depends is 0 where there is none
        share[rows] = (np.minimum(paths, 1) + depends) / np.maximum(paths, 1)
        depends = onward @ share[others]
        depends *= nearer_paths
        share[rows] = 0.0
        total[nearer] += np.einsum("ps->p", depends)
        squares[nearer] += np.einsum("ps,ps->p", depends, depends)
    return total, squares, levels


def _reached(
    others: Rows, reached: NDArray[np.float64], some: NDArray[np.intp], people: int
) -> tuple[Rows, NDArray[np.float64]]:
    """Leave out whom no path reaches; but of most people all are kept, which saves copies."""
    most = 2 * len(some) > people
    if isinstance(others, slice):
        return (others, reached) if most else (some, reached[some])
    if not most:
        return others[some], reached[some]
    paths = np.zeros((people, reached.shape[1]))
    paths[others] = reached
    return _EVERYBODY, paths


def _compact(rows: Any) -> tuple[Any, NDArray[np.int64]]:
    """Leave out the empty columns of a matrix; also say which are left."""
    used = np.zeros(rows.shape[1], dtype=bool)
    used[rows.indices] = True
    columns, place = np.flatnonzero(used), np.cumsum(used) - 1
    entries = (rows.data, place[rows.indices], rows.indptr)
    return type(rows)(entries, shape=(rows.shape[0], len(columns))), columns
