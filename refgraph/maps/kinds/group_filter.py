"""Who is on a map: everybody, or the people of one group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.errors import RefgraphError
from refgraph.graph.door import referral_graph, ties
from refgraph.maps.scenes import phrases
from refgraph.schema.text import natural

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

__all__ = ["among", "one_group", "people_of", "source"]

_LISTED = 12


def among(G: nx.DiGraph[Any], people: Iterable[str]) -> nx.DiGraph[Any]:
    """Give the referral graph of some people: the referrals between two of them.

    Examples
    --------
    >>> G = referral_graph([("Ann", "Bo", 3), ("Bo", "Cy", 1)])
    >>> list(among(G, ["Ann", "Bo"]).edges)
    [('Ann', 'Bo')]
    """
    chosen = set(people)
    everyone = np.array(list(G), dtype=object)
    stays = np.array([person in chosen for person in everyone.tolist()], dtype=bool)
    edges = ties(G)
    kept = stays[edges.giver] & stays[edges.receiver]
    rows = {
        "giver": everyone[edges.giver[kept]],
        "receiver": everyone[edges.receiver[kept]],
        "count": edges.weight[kept],
    }
    H = referral_graph(pd.DataFrame(rows), people=everyone[stays].tolist())
    H.graph.update(G.graph)
    return H


def people_of(shown: int, whole: int) -> str:
    """Say how many people a group has, and how many of them are on the map if not all.

    Examples
    --------
    >>> people_of(9, 9), people_of(5, 9)
    ('9 people', '5 of 9 people')
    """
    part = f"{phrases.number(shown)} of " if shown < whole else ""
    return part + phrases.many(max(shown, whole), "person", "people")


def source(group_of: pd.Series[str]) -> str:
    """Say where groups come from if nobody named them, or why there are none.

    Examples
    --------
    >>> told = pd.Series(["around Ann", "around Ann"], index=["Ann", "Bo"])
    >>> told.attrs |= {"source": "detected", "doubt": ""}
    >>> source(told)
    'groups found by who refers to whom'
    """
    if group_of.attrs["source"] == "declared":
        return ""
    why = group_of.attrs["doubt"]
    return f"no groups: {why}" if why else "groups found by who refers to whom"


def one_group(group_of: pd.Series[str], wanted: str) -> str:
    """Find a group by its name, in whatever case it is written.

    Raises
    ------
    RefgraphError
        There is no such group.

    Examples
    --------
    >>> one_group(pd.Series(["Lunch club", ""], index=["Ann", "Bo"]), "lunch club")
    'Lunch club'
    """
    kinds = sorted({name for name in group_of if name}, key=natural)
    if wanted in kinds:
        return wanted
    alike = [name for name in kinds if name.casefold() == wanted.casefold()]
    if len(alike) == 1:
        return alike[0]
    if not kinds:
        msg = "Nobody on this map is in a group."
        raise RefgraphError(msg)
    more = f" and {len(kinds) - _LISTED} more" if len(kinds) > _LISTED else ""
    msg = f"There is no group {wanted!r}. Choose from: {', '.join(kinds[:_LISTED])}{more}."
    raise RefgraphError(msg)
