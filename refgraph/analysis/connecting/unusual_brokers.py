"""Who stands between groups more than if groups did not matter, of all people at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.connecting.broker_counts import brokers, grouped, whole
from refgraph.analysis.connecting.brokerage_moments import ROLES
from refgraph.analysis.statistics.random import generator
from refgraph.graph.door import index

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

__all__ = ["standouts"]


def standouts(
    G: nx.DiGraph[Any],
    groups: Mapping[Any, Any] | pd.Series[Any],
    *,
    samples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    r"""Find who stands between groups more, or less, than if groups did not matter.

    The ties stay, and the groups are shuffled among the people :math:`S` times. With the mean and
    the standard deviation of each count over the network and its shufflings, :math:`z` is its
    distance from that mean; as all counts of all people are looked at, each is held
    against the largest of a shuffling [1]_,

    .. math::
        p = \frac{1 + \#\{|z^*| \ge |z|\}}{1 + S}, \quad
        p_\text{adjusted} = \frac{1 + \#\{\max |z^*| \ge |z|\}}{1 + S}

    If groups do not matter, the chance that any ``p_adjusted`` is 0.05 or less is at most 0.05.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph; only who refers to whom counts, not how often.
    groups : mapping or Series
        Person to group; see :func:`refgraph.brokerage.by_person`.
    samples : int, default 1000
        Shufflings, at least one.
    seed : int, default 0
        Seed of the shufflings.

    Returns
    -------
    pandas.DataFrame
        One row for each of the five roles of each person with a group, the smallest
        ``p_adjusted`` first: ``person``, ``role``, and floats ``count``, ``expected``, ``z``, ``p``
        and ``p_adjusted``, the last three NaN where no shuffling changes the count.

    Raises
    ------
    OptionError
        The number of samples is no whole number from 1, or the groups are no mapping.

    References
    ----------
    .. [1] Westfall, P. H., Young, S. S. (1993). *Resampling-Based Multiple Testing*. Wiley.

    Examples
    --------
    Bo takes all that the south gives to the north; among so few people that is no wonder.

    >>> from refgraph import referral_graph
    >>> rows = [("A", "Bo", 1), ("B", "Bo", 1), ("Bo", "C", 1), ("Bo", "D", 1)]
    >>> side = {"A": "south", "B": "south", "Bo": "north", "C": "north", "D": "north"}
    >>> found = standouts(referral_graph(rows), side, samples=99)
    >>> found.loc[found["count"] > 0, ["person", "role", "count"]].values.tolist()
    [['Bo', 'gatekeeper', 4.0]]
    >>> bool((found["p_adjusted"].dropna() > 0.05).all())
    True
    """
    whole(samples, 1)
    known, code, edges = grouped(G, groups)
    roles = list(ROLES[:-1])
    rng = generator(seed)
    labels = [code, *(rng.permutation(code) for _ in range(samples))]
    counts = np.stack([brokers(edges, label)[:, :-1].reshape(-1) for label in labels])
    mean, sd = counts.mean(axis=0), counts.std(axis=0)
    moved = counts.min(axis=0) < counts.max(axis=0)
    z = np.divide(counts - mean, sd, out=np.full(counts.shape, np.nan), where=moved)
    size = np.round(np.abs(z), 9)  # equal counts are equally far
    most = np.max(size, axis=1, where=moved, initial=0)
    people = index(G)[known]
    table = pd.DataFrame(
        {
            "person": people.repeat(len(roles)),
            "role": pd.Series(roles * len(people), dtype="str"),
            "count": counts[0],
            "expected": mean,
            "z": z[0],
            "p": np.where(moved, (size >= size[0]).mean(axis=0), np.nan),
            "p_adjusted": np.where(moved, (most[:, None] >= size[0]).mean(axis=0), np.nan),
        }
    )
    return table.iloc[np.lexsort((-np.nan_to_num(size[0]), table["p_adjusted"]))].reset_index(
        drop=True
    )
