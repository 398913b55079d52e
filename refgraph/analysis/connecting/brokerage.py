"""Who stands between whom, and for which groups: the roles of Gould and Fernandez."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.connecting import brokerage_moments
from refgraph.analysis.connecting.broker_counts import brokers, grouped, whole
from refgraph.analysis.connecting.unusual_brokers import standouts
from refgraph.analysis.statistics.random import generator
from refgraph.errors import SizeError
from refgraph.graph.door import index
from refgraph.progress import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import networkx as nx
    from numpy.typing import NDArray

    from refgraph.graph.door import Ties

__all__ = ["LIMIT", "ROLES", "by_person", "overall", "standouts"]

ROLES = brokerage_moments.ROLES
LIMIT = 2_000_000  # open two-paths that are looked at for each shuffling of the groups
_BLOCK = 2_000_000  # two-paths that are listed at once


def by_person(G: nx.DiGraph[Any], groups: Mapping[Any, Any] | pd.Series[Any]) -> pd.DataFrame:
    r"""Count the pairs of people each one stands between, by the groups of the three.

    A broker :math:`j` has referrals from :math:`i` and to :math:`k`, while :math:`i` has none
    to :math:`k` [1]_. The three are, where a letter is a group,

    ==============  ===========================  ====================================
    role            :math:`i \to j \to k`        what passes
    ==============  ===========================  ====================================
    coordinator     A, A, A                      within the group
    itinerant       B, A, B                      within another group, by an outsider
    representative  A, A, B                      out of the group
    gatekeeper      B, A, A                      into the group
    liaison         B, A, C                      between two other groups
    ==============  ===========================  ====================================

    They are compared with a network in which each of the :math:`N(N-1)` ties is there
    with probability :math:`d`, the density. With :math:`q = 1 - d`, :math:`p = d^2 q`,
    :math:`T` pairs :math:`(i, k)` that a role is possible for, and :math:`S` ordered pairs of
    them that share their first or their last tie,

    .. math::
        \text{expected} = T p, \quad
        z = \frac{\text{count} - T p}{\sqrt{T p (1 - p) + S d^3 q^3}}

    These are many z at once: of five roles of 40 people, ten lie beyond 2 in size even if no
    group matters, and more, as counts are skewed. Which of them stand out is answered
    by :func:`standouts`.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph; only who refers to whom counts, not how often.
    groups : mapping or Series
        Person to group. People without one (missing, None, NaN or "") take no part: the
        network among the others is looked at.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person``: floats ``coordinator``, ``itinerant``, ``representative``,
        ``gatekeeper``, ``liaison``, ``total``; then each of them with ``_expected``, and
        then with ``_z``. NaN for people without a group, and z where the network can
        be no other.

    References
    ----------
    .. [1] Gould, R. V., Fernandez, R. M. (1989). Structures of mediation: a formal approach
       to brokerage in transaction networks. *Sociological Methodology* 19, 89-126.

    Examples
    --------
    Bo takes a referral from the south to Cy in the north, as Ann has no tie to Cy.

    >>> from refgraph import referral_graph
    >>> G = referral_graph([("Ann", "Bo", 1), ("Bo", "Cy", 1), ("Bo", "Di", 1), ("Ann", "Di", 1)])
    >>> roles = by_person(G, {"Ann": "south", "Bo": "north", "Cy": "north", "Di": "north"})
    >>> roles.loc["Bo", ["gatekeeper", "total", "total_expected"]].round(2).tolist()
    [1.0, 1.0, 0.44]
    """
    known, code, edges = grouped(G, groups)
    counts = brokers(edges, code)
    size = np.bincount(code, minlength=1)
    expected, sd = (each[code] for each in brokerage_moments.of_person(size, _density(edges)))
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(sd > 0, (counts - expected) / sd, np.nan)
    names = [f"{role}{kind}" for kind in ("", "_expected", "_z") for role in ROLES]
    values = np.full((len(known), len(names)), np.nan)
    values[known] = np.hstack([counts, expected, z])
    return pd.DataFrame(values, index=index(G), columns=names)


def overall(
    G: nx.DiGraph[Any],
    groups: Mapping[Any, Any] | pd.Series[Any],
    *,
    samples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    r"""Count the brokers of each role in the whole network, and compare with chance twice.

    First with a network in which each tie is there with the same probability, as in
    :func:`by_person`: with :math:`a = d^3 q^3`, :math:`b = d^4 q^2`, :math:`c = d^5 q`,
    :math:`n` people in a group and :math:`N` in all, the variances are sums over groups of

    - coordinator: :math:`n(n-1)(n-2)\,[p(1-p) + (4n-10)(a-b) + (n-3)c]`, and total the
      same with :math:`N`,
    - representative and gatekeeper:
      :math:`n(n-1)(N-n)\,[p(1-p) + (N-3)a - (2n-3)b + (n-2)c]`,
    - itinerant, broker in g and others in h:
      :math:`n_g n_h(n_h-1)\,[p(1-p) + 2(n_g+n_h-3)a + (N-n_h-1)c]`,
    - liaison, from i over j to k: :math:`n_i n_j n_k\,[p(1-p) + (4N-2n_i-4n_j-2n_k-2)a
      - (4N-3n_i-2n_j-3n_k-2)b + (N-n_i-n_k-1)c]`,

    found by counting how two triples can overlap; those of the R package sna are a little
    too large, but for itinerant and liaison. As the density comes from the same network,
    this z is too timid even so.

    Then, and this is the comparison to read, with the same ties and the groups shuffled
    among the people: ``p`` is twice the smaller of the shares of shufflings with as many,
    and with as few, the observed one counted in, :math:`(1 + k)/(1 + S)`, and at most 1.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph; only who refers to whom counts, not how often.
    groups : mapping or Series
        Person to group; see :func:`by_person`.
    samples : int, default 1000
        Shufflings; 0 for none.
    seed : int, default 0
        Seed of the shufflings.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``role``, the five and ``total``: floats ``count``, ``expected``, ``sd``,
        ``z``, ``permuted`` (mean over the shufflings), ``permuted_sd`` and ``p``. The total
        does not depend on the groups: its last three are NaN, as are all without samples, and
        ``p`` where none of the shufflings changes the count.

    Raises
    ------
    OptionError
        The number of samples or the seed is not a whole number from 0, or the groups
        are no mapping.
    SizeError
        There are more than 2,000,000 open two-paths to look at for each shuffling.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> G = referral_graph([("Ann", "Bo", 1), ("Bo", "Cy", 1), ("Cy", "Di", 1)])
    >>> roles = overall(G, {"Ann": "a", "Bo": "a", "Cy": "b", "Di": "b"}, samples=99)
    >>> roles["count"].tolist()
    [0.0, 0.0, 1.0, 1.0, 0.0, 2.0]
    """
    whole(samples, 0)
    _, code, edges = grouped(G, groups)
    counts = brokers(edges, code).sum(axis=0)
    if samples and counts[-1] > LIMIT:
        msg = (
            f"groups are shuffled for at most {LIMIT:,} open two-paths, and there are "
            f"{counts[-1]:,.0f}; samples=0 leaves the shuffling out"
        )
        raise SizeError(msg)
    size = np.bincount(code, minlength=1)
    expected, sd = brokerage_moments.of_network(size, _density(edges))
    table = pd.DataFrame({"count": counts, "expected": expected, "sd": sd})
    table.index = pd.Index(ROLES, name="role", dtype="str")
    with np.errstate(divide="ignore", invalid="ignore"):
        table["z"] = np.where(sd > 0, (counts - expected) / sd, np.nan)
    table[["permuted", "permuted_sd", "p"]] = np.nan
    if samples:
        drawn, roles = _shuffled(edges, code, samples, seed), list(ROLES[:-1])
        as_many = (1 + (drawn >= counts[:-1]).sum(axis=0)) / (1 + samples)
        as_few = (1 + (drawn <= counts[:-1]).sum(axis=0)) / (1 + samples)
        always = (drawn == counts[:-1]).all(axis=0)  # whatever the groups: nothing to test
        p = np.minimum(1, 2 * np.minimum(as_many, as_few))
        table.loc[roles, "permuted"] = drawn.mean(axis=0)
        table.loc[roles, "permuted_sd"] = drawn.std(axis=0, ddof=1) if samples > 1 else np.nan
        table.loc[roles, "p"] = np.where(always, np.nan, p)
    return table


def _density(edges: Ties) -> float:
    possible = edges.people * (edges.people - 1)
    return len(edges.giver) / possible if possible else np.nan


def _shuffled(edges: Ties, code: NDArray[np.int64], samples: int, seed: int) -> NDArray[np.float64]:
    """Count the five roles for shuffled groups: one row a shuffling."""
    rng = generator(seed)
    labels = [rng.permutation(code).astype(np.int32) for _ in range(samples)]
    counts = np.zeros((samples, len(ROLES) - 1))
    for i, j, k in _open_paths(edges) if samples else ():
        for at, label in enumerate(labels):
            first, middle, last = label[i], label[j], label[k]
            in_group, out_group, ends = first == middle, middle == last, first == last
            every = np.count_nonzero(in_group & out_group)
            x, y, z = (np.count_nonzero(each) - every for each in (in_group, out_group, ends))
            counts[at] += every, z, x, y, len(i) - every - x - y - z
    return counts


def _open_paths(edges: Ties) -> Iterator[tuple[NDArray[np.int64], ...]]:
    """Give all i to j to k where i has no tie to k, in blocks."""
    out = np.bincount(edges.giver, minlength=edges.people)
    starts = np.searchsorted(edges.giver, np.arange(edges.people))
    key = edges.giver * edges.people + edges.receiver
    number = out[edges.receiver]
    block = np.cumsum(number) // _BLOCK
    bounds = [*zip(*_bounds(block), strict=True)]
    for start, stop in counted(bounds, "Counting who stands between groups", len(bounds)):
        repeats = number[start:stop]
        i = np.repeat(edges.giver[start:stop], repeats)
        j = np.repeat(edges.receiver[start:stop], repeats)
        step = np.arange(len(i)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        k = edges.receiver[starts[j] + step]
        sought = i * edges.people + k
        at = np.minimum(np.searchsorted(key, sought), len(key) - 1)
        open_ = (key[at] != sought) & (i != k)
        yield i[open_], j[open_], k[open_]


def _bounds(block: NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """Where each block begins and ends."""
    starts = np.flatnonzero(np.diff(block, prepend=-1)).tolist()
    return starts, [*starts[1:], len(block)] if starts else []
