"""How many pairs of people each one stands between, by the groups of the three."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array

from refgraph.analysis.connecting.brokerage_moments import ROLES
from refgraph.analysis.connecting.group_membership import membership
from refgraph.analysis.statistics.sparse_products import at_places
from refgraph.errors import OptionError
from refgraph.graph.door import ties

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx
    import pandas as pd
    from numpy.typing import NDArray

    from refgraph.graph.door import Ties

__all__ = ["brokers", "grouped", "whole"]


def whole(samples: object, least: int) -> None:
    """Refuse a number of samples that is none.

    Raises
    ------
    OptionError
        The number is none, or less than it must be.
    """
    if isinstance(samples, bool) or not isinstance(samples, int | np.integer) or samples < least:
        msg = f"the number of samples is a whole number from {least}, not {samples!r}"
        raise OptionError(msg)


def grouped(
    G: nx.DiGraph[Any], groups: Mapping[Any, Any] | pd.Series[Any]
) -> tuple[NDArray[np.bool_], NDArray[np.int64], Ties]:
    """Who has a group, the number of it for those who do, and the ties among them."""
    code, _ = membership(G, groups)
    known = code >= 0
    code = code[known]
    edges = ties(G)
    among = known[edges.giver] & known[edges.receiver]
    place = np.cumsum(known) - 1
    giver, receiver = place[edges.giver[among]], place[edges.receiver[among]]
    return known, code, type(edges)(len(code), giver, receiver, edges.weight[among])


def brokers(edges: Ties, code: NDArray[np.int64]) -> NDArray[np.float64]:
    """Count the pairs each one is a broker between: one row a person, one column a role.

    From all two-paths are taken those that end where they began and those that a tie
    closes; with S the ties within a group and K the others, the closed ones of a role are
    a product at the places of the first tie.
    """
    people, j_in, j_out = edges.people, edges.receiver, edges.giver
    within = code[edges.giver] == code[edges.receiver]
    back = edges.returned > 0

    def total(which: NDArray[np.int64], among: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(which[among], minlength=people).astype(float)

    in_s, in_o = total(j_in, within), total(j_in, ~within)
    out_s, out_o = total(j_out, within), total(j_out, ~within)
    S, K = _matrix(edges, within), _matrix(edges, ~within)
    places = _matrix(edges, np.ones(len(within), dtype=bool))
    inner, outer = S.T.tocsr(), K.T.tocsr()
    outside = at_places(K, outer, places)

    def closed(values: NDArray[np.float64], first: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(j_in[first], values, people).astype(np.float64)

    to_and_fro = _same_group(edges, code, ~within)
    counts = {
        "coordinator": in_s * out_s - total(j_in, within & back),
        "itinerant": to_and_fro - total(j_in, ~within & back),
        "representative": in_s * out_o,
        "gatekeeper": in_o * out_s,
        "liaison": in_o * out_o - to_and_fro,
    }
    counts["coordinator"] -= closed(at_places(S, inner, S), within)
    counts["itinerant"] -= closed(at_places(S, outer, K), ~within)
    counts["representative"] -= closed(outside[within], within)
    counts["gatekeeper"] -= closed(at_places(K, inner, K), ~within)
    counts["liaison"] -= closed(outside[~within], ~within)
    table = np.column_stack([counts[role] for role in ROLES[:-1]])
    return np.column_stack([table, table.sum(axis=1)])


def _matrix(edges: Ties, among: NDArray[np.bool_]) -> csr_array[Any, tuple[int, int]]:
    """Give some of the ties as a 0/1 matrix."""
    starts = np.searchsorted(edges.giver[among], np.arange(edges.people + 1))
    ones, shape = np.ones(int(among.sum())), (edges.people, edges.people)
    return csr_array((ones, edges.receiver[among], starts), shape=shape)


def _same_group(
    edges: Ties, code: NDArray[np.int64], among: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Count the two-paths over each person, of some ties, that end in the group they began in."""
    groups = int(code.max(initial=0)) + 1
    into = edges.receiver[among] * groups + code[edges.giver[among]]
    out = edges.giver[among] * groups + code[edges.receiver[among]]
    into, in_count = np.unique(into, return_counts=True)
    out, out_count = np.unique(out, return_counts=True)
    both, one, other = np.intersect1d(into, out, assume_unique=True, return_indices=True)
    found = in_count[one] * out_count[other]
    return np.bincount(both // groups, found, edges.people).astype(float)
