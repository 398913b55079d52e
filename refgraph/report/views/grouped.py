"""Rows as a reader sees them: in groups, each under a heading, the most important first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Group", "Grouping", "arranged"]


class Group(NamedTuple):
    """Some rows, and what they have in common."""

    heading: str
    rows: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Grouping:
    """How rows are grouped for a reader, in which order, and under what headings.

    Attributes
    ----------
    by : callable
        Takes the rows, gives of each the group it is in, a key of ``says``.
    says : mapping of str to str
        What is said of each group, the first to be shown first.
    numbered : str
        The column that numbers the lines of a page, down all groups, whatever it says in data.
    """

    by: Callable[[pd.DataFrame], pd.Series[str]]
    says: Mapping[str, str]
    numbered: str = ""

    def split(self, table: pd.DataFrame, most: int | None = None) -> list[Group]:
        """Split rows into groups, and of each keep the first, so that no group is crowded out.

        With ``most``, every group has room for an equal share of so many rows; what one does
        not need goes to the others, in their order. A heading counts the rows there are.

        Examples
        --------
        >>> import pandas as pd
        >>> lines = pd.DataFrame({"part": ["b", "a", "b", "b"], "person": ["K", "L", "M", "N"]})
        >>> by_part = Grouping(lambda rows: rows["part"], {"a": "Never", "b": "Again"})
        >>> for group in by_part.split(lines, most=3):
        ...     print(group.heading, group.rows["person"].tolist())
        Never (1) ['L']
        Again (2 of 3) ['K', 'M']
        """
        of = self.by(table)
        parts = {value: table[(of == value).to_numpy()] for value in self.says}
        parts = {value: rows for value, rows in parts.items() if len(rows)}
        left = len(table) if most is None else min(most, len(table))
        share = left // max(len(parts), 1)
        room = {value: min(len(rows), share) for value, rows in parts.items()}
        left -= sum(room.values())
        found = []
        for value, rows in parts.items():
            more = min(len(rows) - room[value], left)
            left -= more
            shown = rows.iloc[: room[value] + more]
            number = f"{len(shown):,} of " if len(shown) < len(rows) else ""
            found.append(Group(f"{self.says[value]} ({number}{len(rows):,})", shown))
        return [group for group in found if len(group.rows)]


def arranged(
    table: pd.DataFrame, grouping: Grouping | None, most: int | None = None
) -> tuple[pd.DataFrame, dict[int, str]]:
    """Give the rows in the order a reader sees them, and the headings by the row each is above.

    Examples
    --------
    >>> lines = pd.DataFrame({"rank": [1, 2], "part": ["b", "a"], "person": ["K", "L"]})
    >>> says = {"a": "Never", "b": "Again"}
    >>> rows, headings = arranged(lines, Grouping(lambda rows: rows["part"], says, "rank"))
    >>> rows["person"].tolist(), rows["rank"].tolist(), headings
    (['L', 'K'], [1, 2], {0: 'Never (1)', 1: 'Again (1)'})
    >>> arranged(lines, None, 1)[0]["person"].tolist()
    ['K']
    """
    if grouping is None or table.empty:
        return table.iloc[:most], {}
    groups = grouping.split(table, most)
    first = accumulate((len(group.rows) for group in groups), initial=0)
    headings = {at: group.heading for at, group in zip(first, groups, strict=False)}
    shown = pd.concat([group.rows for group in groups])
    if grouping.numbered:
        shown = shown.assign(**{grouping.numbered: range(1, len(shown) + 1)})
    return shown, headings
