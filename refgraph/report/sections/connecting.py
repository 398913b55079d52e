"""Who connects the others, in words: who comes first, and by what."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from refgraph.analysis.connecting import connectors
from refgraph.wording import count

if TYPE_CHECKING:
    from typing import Any

    import networkx as nx
    import pandas as pd

__all__ = ["cut_off", "first_of"]

_NAMED = 3  # people, in a sentence


def first_of(ranked: pd.DataFrame) -> str:
    """Say who comes first in a table of :func:`refgraph.connectors.rank`, and by what.

    Examples
    --------
    >>> from refgraph import connectors, referral_graph
    >>> table = connectors.rank(referral_graph([("Ann", "Bo", 1), ("Bo", "Cy", 1)]), {})
    >>> first_of(table)
    'Bo comes first: the score 0.83 is the mean of the ranks 1.00 by betweenness and 0.67 by \
groups linked, each a share of the 3 people with a referral.'
    """
    best, level = connectors.leading(ranked)
    if not level:
        return "Nobody stands between others yet."
    score = ranked["score"].iloc[0]
    if level > 1:
        names = [str(name) for name in ranked.index[:level]]
        more = f"{count(level - _NAMED, 'other')}"
        *some, last = names if level <= _NAMED + 1 else [*names[:_NAMED], more]
        return f"{', '.join(some)} and {last} are level at the top, with the score {score:.2f}."
    parts = [
        f"{ranked[name].iloc[0]:.2f} by {name.removesuffix('_rank').replace('_', ' ')}"
        for name in connectors.ranks(ranked)
        if not isnan(ranked[name].iloc[0])
    ]
    *others, end = parts
    mean = (
        f"the mean of the ranks {', '.join(others)} and {end}, each"
        if others
        else f"the rank {end},"
    )
    tied = int(ranked["score"].notna().sum())
    alone = ""
    if tied < len(ranked):
        alone = f" (betweenness: {count(len(ranked) - 1, 'other')})"
    sampled = "betweenness_error" in ranked
    first = "may come first" if sampled and connectors.may_lead(ranked) > 1 else "comes first"
    share = f"a share of the {count(tied, 'person')} with a referral{alone}"
    return f"{best[0]} {first}: the score {score:.2f} is {mean} {share}."


def cut_off(
    G: nx.DiGraph[Any], table: pd.DataFrame, *, aside: bool, most: int, hint: str = ""
) -> list[str]:
    """Name those who would be cut off, so many, of as many people who hold the most of them.

    If I am left `aside`, they may all have me: so only how the others are linked is said.

    Examples
    --------
    >>> import networkx as nx
    >>> G = nx.DiGraph([("Ann", "Bo"), ("Bo", "Cy"), ("Cy", "Ann"), ("Cy", "Di")])
    >>> cut_off(G, connectors.articulation(G).reset_index(), aside=True, most=3)
    ['Among the others, only Cy links Di to the rest, with 1 referral.']
    """
    holding = table[table["cut_off"] > 0].sort_values("cut_off", ascending=False, kind="stable")
    if holding.empty and aside:
        return ["Among the others, nobody is linked to the rest through one person alone."]
    if holding.empty:
        return ["Nobody would be cut off if somebody left."]
    said = []
    for row in holding.head(most).to_dict("records"):
        names = [str(name) for name in connectors.cut_off(G, row["person"])]
        more = [f"{len(names) - most:,} more{hint}"] if len(names) > most else []
        *some, last = [*names[:most], *more]
        whom = f"{', '.join(some)} and {last}" if some else last
        number = row.get("cut_off_referrals")  # not told of a book of health
        more_said = "" if number is None else f", with {count(int(number), 'referral')}"
        if aside:
            only = f"Among the others, only {row['person']} links {whom} to the rest"
            said.append(f"{only}{more_said}.")
            continue
        said.append(f"Without {row['person']}, {whom} would be cut off from the others{more_said}.")
    return said
