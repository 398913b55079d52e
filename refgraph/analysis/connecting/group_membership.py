"""Which group each person of a network is in, as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from refgraph.errors import OptionError
from refgraph.schema.text import natural

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import NDArray

__all__ = ["membership"]


def membership(
    G: nx.DiGraph[Any], groups: Mapping[Any, Any] | pd.Series[Any]
) -> tuple[NDArray[np.int64], list[Any]]:
    """Give each of a network's people the number of their group.

    Parameters
    ----------
    G : networkx.DiGraph
        A referral graph.
    groups : mapping or Series
        Person to group. A person who is not in it, or has None, NaN or ``""``, is in no
        group; who is not in ``G`` is left out.

    Returns
    -------
    code : ndarray of int64
        Place of each person's group among the names, -1 for no group.
    names : list
        The groups, sorted: ``Table 2`` before ``Table 10``.

    Raises
    ------
    OptionError
        The groups are no mapping, name a person twice, or are no names.

    Examples
    --------
    >>> from refgraph import referral_graph
    >>> membership(referral_graph([("Ann", "Bo", 1)], people=["Cy"]), {"Ann": "x", "Cy": ""})
    (array([ 0, -1, -1]), ['x'])
    """
    if isinstance(groups, pd.Series):
        if not groups.index.is_unique:
            twice = groups.index[groups.index.duplicated()][0]
            msg = f"the groups name {twice!r} twice"
            raise OptionError(msg)
        groups = groups.to_dict()
    if not isinstance(groups, Mapping):
        msg = f"groups are a mapping from person to group, not a {type(groups).__name__}"
        raise OptionError(msg)
    found = [groups.get(person) for person in G]
    try:
        none = [_is_none(group) for group in found]
        known: list[Any] = list(
            dict.fromkeys(one for one, not_one in zip(found, none, strict=True) if not not_one)
        )
    except (TypeError, ValueError):
        msg = "a group is a name, or a number, and not a list of them"
        raise OptionError(msg) from None
    try:
        is_text = all(isinstance(group, str) for group in known)
        names = sorted(known, key=natural if is_text else None)
    except TypeError:  # groups of several types
        names = sorted(known, key=lambda group: (type(group).__name__, str(group)))
    place = {group: at for at, group in enumerate(names)}
    code = [-1 if not_one else place[group] for group, not_one in zip(found, none, strict=True)]
    return np.array(code, dtype=np.int64), names


def _is_none(group: Any) -> bool:
    """Tell whether what stands for a group says that there is none; NaN is not itself."""
    return group is None or group is pd.NA or group == "" or group != group  # noqa: PLR0124
