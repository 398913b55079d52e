"""Who stands in rows of referrals and of touches: asked in one place.

Rows are a table, the columns of one, or one row: whatever gives a column, or a cell, by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.schema.columns import MEMBERS, REFERRALS, names_where
from refgraph.schema.distinct_values import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "COUNTED",
    "ENDS",
    "ends_of",
    "given_by",
    "is_unexplained",
    "members_of",
    "only_named",
    "parties_of",
    "passed_through",
    "received_by",
    "unexplained",
]

#: The column of who gave, and that of who received.
ENDS = MEMBERS["referrals"]
#: What rows are counted by: who gave, who received, and how many referrals a row stands for.
COUNTED = (*ENDS, "count")
_SPOKEN_OF = names_where(REFERRALS, names="anyone")


def ends_of(rows: Any) -> tuple[Any, Any]:
    """Give who gave and who received: two columns, or the two names of one row.

    Examples
    --------
    >>> ends_of({"giver": "Ann", "receiver": "Bo", "count": 2})
    ('Ann', 'Bo')
    """
    giver, receiver = ENDS
    return rows[giver], rows[receiver]


def parties_of(rows: Any) -> tuple[Any, Any]:
    """Give who a touch is with, and the second of them if any: two columns, or two names.

    Examples
    --------
    >>> parties_of({"person": "Ann", "with": "Bo", "kind": "introduction"})
    ('Ann', 'Bo')
    """
    person, second = MEMBERS["touches"]
    return rows[person], rows[second]


def members_of(rows: Any) -> set[str]:
    """Name everybody who gave or received in some rows.

    Examples
    --------
    >>> sorted(members_of({"giver": ["Ann", "Ann"], "receiver": ["Bo", "Cy"]}))
    ['Ann', 'Bo', 'Cy']
    """
    givers, receivers = ends_of(rows)
    return {*givers, *receivers}


def given_by(rows: Any, person: str | None) -> Any:
    """Tell row by row of a frame whether somebody gave it.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"giver": ["Ann", "Bo"], "receiver": ["Bo", "Cy"], "count": [1, 2]})
    >>> given_by(rows, "Bo").tolist()
    [False, True]
    """
    return ends_of(rows)[0] == person


def received_by(rows: Any, person: str | None) -> Any:
    """Tell row by row of a frame whether somebody received it.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"giver": ["Ann", "Bo"], "receiver": ["Bo", "Cy"], "count": [1, 2]})
    >>> received_by(rows, "Bo").tolist()
    [True, False]
    """
    return ends_of(rows)[1] == person


def passed_through(rows: Any, person: str | None) -> Any:
    """Tell row by row of a frame whether somebody gave or received it.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"giver": ["Ann", "Bo"], "receiver": ["Bo", "Cy"], "count": [1, 2]})
    >>> passed_through(rows, "Cy").tolist()
    [False, True]
    """
    return given_by(rows, person) | received_by(rows, person)


def only_named(rows: Any) -> set[str]:
    """Name whoever is spoken of in some rows and need not be in the book: those who were referred.

    Examples
    --------
    >>> only_named({"prospect": ["Zoe", "", "Zoe"]})
    {'Zoe'}
    """
    return {name for column in _SPOKEN_OF for name in Column.of(rows[column]).distinct if name}


def is_unexplained(touch: Mapping[str, Any]) -> bool:
    """Tell whether a touch settles a referral without saying how.

    Examples
    --------
    >>> is_unexplained({"kind": "settled", "note": ""}), is_unexplained({"kind": "call"})
    (True, False)
    """
    return touch["kind"] == "settled" and not touch["note"]


def unexplained(touches: Mapping[str, Iterable[Any]]) -> list[int]:
    """Give the places of the touches that settle a referral without saying how.

    Examples
    --------
    >>> unexplained({"kind": ["call", "settled", "settled"], "note": ["", "in kind", ""]})
    [2]
    """
    told = zip(touches["kind"], touches["note"], strict=True)
    return [row for row, (kind, note) in enumerate(told) if kind == "settled" and note == ""]
