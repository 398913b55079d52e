"""Who connects the room: through whom the shortest ways run, and who links groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.analysis.connecting import groups
from refgraph.analysis.connecting.articulation import articulation, cut_off
from refgraph.analysis.connecting.betweenness import betweenness, sources
from refgraph.analysis.connecting.group_membership import membership
from refgraph.analysis.connecting.participation import participation
from refgraph.analysis.statistics.integers import counts_in
from refgraph.analysis.statistics.sorting import distinct
from refgraph.book import professional_limits
from refgraph.errors import OptionError
from refgraph.graph.door import adjacency, index, ties, with_arrays

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

__all__ = [
    "ALL_PARTS",
    "PARTS",
    "anybody",
    "articulation",
    "betweenness",
    "cut_off",
    "groups_linked",
    "leading",
    "may_lead",
    "participation",
    "rank",
    "ranks",
    "reach",
    "sampling",
]

PARTS = ("betweenness", "groups_linked")
ALL_PARTS = (
    *PARTS,
    "reach",
    "brokerage",
    "constraint",
    "participation_out",
    "participation_in",
    "cut_off",
)
_LESS_IS_MORE = ("constraint",)
_COUNTS = (
    *("groups_linked", "given", "received", "reach"),
    *("brokerage", "cut_off", "cut_off_referrals"),
)
_NUMBERS = ("given", "received", "cut_off_referrals")  # not told of a book of health


def rank(
    G: nx.DiGraph[Any],
    groups_of: Mapping[Any, str] | pd.Series[str] | None = None,
    *,
    parts: Sequence[str] = PARTS,
    weighted: bool = False,
    exact: bool = False,
) -> pd.DataFrame:
    r"""Order people by how much they connect others.

    The score is the mean, over the parts :math:`P`, of the share of the :math:`n` people
    with a referral whom a person is level with or ahead of (equal ones: the average):

    .. math::
        \text{score}_i = \frac{1}{|P|} \sum_{p \in P} \frac{1}{n} \Big(
        |\{j : x_{pj} < x_{pi}\}| + \tfrac12 \big(|\{j : x_{pj} = x_{pi}\}| + 1\big) \Big)

    between 0 and 1, and 1 for a person who is ahead of everybody in every part. More is
    more connecting, but for ``constraint``, where less is. Without an answer in a part, as
    the participation of somebody who gave nothing, a person is last in it; a part in
    which nobody has an answer is left out. Who has no referral is nobody to be ahead of:
    they have no score, and come last.

    This one score is what the report, the map and the table go by: who is named first
    (:func:`leading`), and how large a mark is.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph. Leave out the person whose book it is (see
        :func:`refgraph.graph.door.without`): they are tied to nearly everybody.
    groups_of : mapping or Series, optional
        Person to group, ``""`` for none; detected where not given.
    parts : sequence of str, default ("betweenness", "groups_linked")
        What the score is made of, from ``ALL_PARTS``: :func:`betweenness`,
        :func:`groups_linked`, :func:`reach`, ``brokerage`` (open two-paths, whatever the
        groups: ``total`` of :func:`refgraph.brokerage.by_person`), ``constraint`` (of
        :func:`refgraph.burt.by_person`), ``participation_out`` and ``participation_in``
        (:func:`participation`), and ``cut_off``
        (:func:`articulation`).
    weighted : bool, default False
        Whether more referrals make a shorter way in :func:`betweenness`.
    exact : bool, default False
        Whether no network is too large for the shortest ways of all of its people.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person``, best first, then as in ``G``: float columns ``score``,
        ``betweenness``, ``groups_linked``, ``given``, ``received``, then the other parts
        asked for, in the order of ``ALL_PARTS``, with ``cut_off_referrals`` beside
        ``cut_off``; then, for each part asked for, ``betweenness_rank`` and so on, of
        which the score is the mean (NaN in a part that is left out). Of a book with the
        profile ``health`` no number of referrals is told. Where betweenness is of a sample,
        a last column ``betweenness_error`` says how near it is: see :func:`sampling`.

    Raises
    ------
    OptionError
        A part is not one of ``ALL_PARTS``, or there is none.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> G = referral_graph([("Ann", "Bo", 1), ("Bo", "Cy", 1), ("Cy", "Di", 1)])
    >>> table = rank(G, {"Ann": "north", "Bo": "north", "Cy": "south", "Di": "south"})
    >>> table[["score", "betweenness", "groups_linked"]].round(2)
            score  betweenness  groups_linked
    person
    Bo       0.88         0.33              1
    Cy       0.88         0.33              1
    Ann      0.38         0.00              0
    Di       0.38         0.00              0
    """
    asked, people = _asked(parts), index(G)
    G = with_arrays(G)  # a foreign graph warns once, not for every part
    group = groups.detect(G) if groups_of is None else groups_of
    between = betweenness(G, weighted=weighted, exact=exact)
    table = pd.DataFrame({"betweenness": between, "groups_linked": groups_linked(G, group)})
    edges = ties(G)
    for name, ends in (("given", edges.giver), ("received", edges.receiver)):
        table[name] = np.bincount(ends, edges.weight, edges.people).astype(float)
    for column, values in _others(G, group, asked).items():
        table[column] = values
    table = table.reindex(people)
    among = table[(table["given"] + table["received"] > 0).to_numpy()]
    level = pd.DataFrame({f"{part}_rank": _rank(among[part]) for part in asked}).reindex(people)
    table.insert(0, "score", level.mean(axis=1).astype(float).round(12))
    table = pd.concat([table, level], axis=1)
    if "error" in between.attrs:
        table["betweenness_error"] = between.attrs["error"]
    table = counts_in(table, _COUNTS)
    if not professional_limits.compared(G):
        table = table.drop(columns=[name for name in _NUMBERS if name in table])
    by_score = np.lexsort((np.arange(len(table)), -table["score"].fillna(-1).to_numpy()))
    return table.iloc[by_score]


def anybody(table: pd.DataFrame) -> bool:
    """Tell whether anybody in a table of :func:`rank` links others at all.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> anybody(rank(referral_graph([("Ann", "Bo", 1), ("Cy", "Bo", 1)])))
    False
    """
    return bool(table[list(PARTS)].fillna(0).to_numpy().any())


def leading(table: pd.DataFrame) -> tuple[list[Any], int]:
    """Find the one or two whose score is higher than that of everybody after them.

    Parameters
    ----------
    table : DataFrame
        As :func:`rank` gives it, best first.

    Returns
    -------
    list
        Their names, best first; nobody where more than two are level at the top, or where
        nobody links others at all.
    int
        How many are level at the top; 0 where nobody links others.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> leading(rank(referral_graph([("Ann", "Bo", 1), ("Bo", "Cy", 1), ("Cy", "Di", 1)])))
    (['Bo', 'Cy'], 2)
    >>> leading(rank(referral_graph([("Ann", "Bo", 1)])))
    ([], 0)
    """
    if not anybody(table):
        return [], 0
    score = table["score"].to_numpy()
    level = int((score == score[0]).sum())
    value = np.append(score, [-1.0, -1.0, -1.0])
    number = 2 if value[1] > value[2] else 1 if value[0] > value[1] else 0
    return table.index[:number].tolist(), level


def sampling(G: nx.DiGraph[Any], table: pd.DataFrame, *, weighted: bool = False) -> str:
    """Say how the betweenness in a table of :func:`rank` was sampled; "" where it was not.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> G = referral_graph([("Ann", "Bo", 1)])
    >>> sampling(G, rank(G))
    ''
    """
    if "betweenness_error" not in table or table.empty:
        return ""
    chosen = sources(G, weighted=weighted)
    error = float(table["betweenness_error"].iloc[0])
    return (
        f"Betweenness is estimated by the shortest ways from {chosen.number:,} of the "
        f"{chosen.of:,} people who give, drawn with a seed: ±{error:.2g} for 95 of 100 people. "
        f"{_within(table)} --exact takes all of them."
    )


def may_lead(table: pd.DataFrame) -> int:
    """Count the people who may have the highest score, betweenness being as near as it is told.

    Each stands by betweenness ahead of those at least, and of those at most, that twice the
    error leaves them: both may be off. The other parts of the score are exact. Without a
    sample it is how many are level at the top.

    Parameters
    ----------
    table : DataFrame
        As :func:`rank` gives it, best first.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> table = rank(referral_graph([("Ann", "Bo", 1), ("Bo", "Cy", 1), ("Cy", "Di", 1)]))
    >>> may_lead(table), may_lead(table.assign(betweenness_error=0.9))
    (2, 4)
    """
    here = table[table["score"].notna()]
    score, value = here["score"].to_numpy(), here["betweenness"].to_numpy()
    if not len(here):
        return 0
    low = high = score
    if "betweenness_error" in here and "betweenness_rank" in here:
        reach, ranked = 2 * here["betweenness_error"].to_numpy(), np.sort(value)
        least = (np.searchsorted(ranked, value - reach) + 1) / len(here)
        most = np.searchsorted(ranked, value + reach, "right") / len(here)
        parts = sum(bool(here[name].notna().all()) for name in ranks(here))
        by_now = here["betweenness_rank"].to_numpy()
        low, high = score + (least - by_now) / parts, score + (most - by_now) / parts
    return int((high >= low.max() - 1e-9).sum())  # scores are rounded


def _within(table: pd.DataFrame) -> str:
    """Say what the error of a sample leaves open at the top."""
    number = may_lead(table)
    if number == 1:
        return f"Even so {table.index[0]} comes first; further down near ones may change places."
    return f"Any of {number:,} people may come first within that."


def ranks(table: pd.DataFrame) -> list[str]:
    """Name the columns of a table of :func:`rank` that its score is the mean of.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> ranks(rank(referral_graph([("Ann", "Bo", 1)])))
    ['betweenness_rank', 'groups_linked_rank']
    """
    return [f"{part}_rank" for part in ALL_PARTS if f"{part}_rank" in table]


def groups_linked(
    G: nx.DiGraph[Any], group: Mapping[Any, str] | pd.Series[str]
) -> pd.Series[float]:
    """Count the groups, other than their own, among the people each one has referrals with.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> G = referral_graph([("Ann", "Bo", 1), ("Cy", "Ann", 1)])
    >>> groups_linked(G, pd.Series({"Ann": "north", "Bo": "south", "Cy": "west"})).tolist()
    [2.0, 1.0, 1.0]
    """
    edges = ties(G)
    code, names = membership(G, group)
    kinds = len(names) + 1
    person = np.r_[edges.giver, edges.receiver]
    other = code[np.r_[edges.receiver, edges.giver]]
    counts = (other >= 0) & (other != code[person])
    linked = distinct(person[counts] * kinds + other[counts])
    number = np.bincount(linked // kinds, minlength=edges.people).astype(float)
    return pd.Series(number, index=index(G), name="groups_linked")


def reach(
    G: nx.DiGraph[Any], group: Mapping[Any, str] | pd.Series[str], *, block: int = 256
) -> pd.Series[float]:
    r"""Count the people of other groups that each one's referrals reach in one step or two.

    With :math:`a_{ij} = [w_{ij} > 0]` and :math:`c_i` the group of :math:`i`,

    .. math::
        \text{reach}_i = \big|\{k \ne i : c_k \ne c_i, \;
        a_{ik} + \textstyle\sum_j a_{ij} a_{jk} > 0\}\big|

    People of no group are nobody's reach; for themselves every group is another.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    group : mapping or Series
        Person to group, ``""`` for none.
    block : int, default 256
        Givers handled together; memory grows with ``block`` times people.

    Returns
    -------
    pandas.Series
        Indexed by ``person``.

    Raises
    ------
    OptionError
        `block` is less than 1.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> G = referral_graph([("Ann", "Bo", 1), ("Bo", "Cy", 1), ("Cy", "Dee", 1)])
    >>> reach(G, {"Ann": "north", "Bo": "south", "Cy": "south", "Dee": "west"}).tolist()
    [2.0, 1.0, 1.0, 0.0]
    """
    if block < 1:
        msg = f"a block is 1 person or more, not {block}"
        raise OptionError(msg)
    code, _ = membership(G, group)
    step = adjacency(G)
    number = np.zeros(len(code))
    for start in range(0, len(code), block):
        rows = step[start : start + block]
        near = (rows + rows @ step).tocoo()
        other = (code[near.col] >= 0) & (code[near.col] != code[start + near.row])
        number[start : start + block] = np.bincount(near.row[other], minlength=rows.shape[0])
    return pd.Series(number, index=index(G), name="reach")


def _others(
    G: nx.DiGraph[Any], group: Mapping[Any, str] | pd.Series[str], asked: Sequence[str]
) -> dict[str, pd.Series[float]]:
    """Compute the parts asked for that are not in every table."""
    found: dict[str, pd.Series[float]] = {}
    if "reach" in asked:
        found["reach"] = reach(G, group)
    if "brokerage" in asked:
        from refgraph.analysis.connecting import brokerage  # noqa: PLC0415  # most tables do without

        alike = dict.fromkeys(G, "all")  # the total does not ask for groups
        found["brokerage"] = brokerage.by_person(G, alike)["total"]
    if "constraint" in asked:
        from refgraph.analysis.connecting import structural_holes  # noqa: PLC0415

        found["constraint"] = structural_holes.by_person(G)["constraint"].round(12)
    if shares := [part for part in asked if part.startswith("participation")]:
        spread = participation(G, group)
        found |= {part: spread[part] for part in shares}
    if "cut_off" in asked:
        apart = articulation(G)
        found |= {name: apart[name] for name in ("cut_off", "cut_off_referrals")}
    return found


def _rank(part: pd.Series[float]) -> pd.Series[float]:
    """Give the percentile rank in a part, the most connecting last; no answer comes first."""
    if part.isna().all():
        return part.astype(float)
    return part.rank(pct=True, ascending=part.name not in _LESS_IS_MORE, na_option="top")


def _asked(parts: Sequence[str]) -> list[str]:
    """Give the parts asked for, once each, in the order of ALL_PARTS."""
    names = [parts] if isinstance(parts, str) else list(parts)
    unknown = [repr(name) for name in names if name not in ALL_PARTS]
    if unknown or not names:
        wrong = f"{', '.join(unknown)} is no part" if unknown else "there is no part"
        msg = f"{wrong} of the score; choose from {', '.join(ALL_PARTS)}"
        raise OptionError(msg)
    return [part for part in ALL_PARTS if part in names]
