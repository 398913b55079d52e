"""Who stands in the rows and columns of the matrix, in which order, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from refgraph.analysis import groups
from refgraph.graph import adjacency, without
from refgraph.maps import scope

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book import Book

    Floats = NDArray[np.float64]

__all__ = ["Band", "Grid", "grid_of"]


@dataclass(frozen=True)
class Band:
    """Neighbouring rows that belong together: a group, me alone, or everybody in no group."""

    name: str
    first: int
    after: int
    mine: bool = False

    @property
    def size(self) -> int:
        """How many rows it has."""
        return self.after - self.first


@dataclass(frozen=True)
class Grid:
    """The people of a matrix, and the referrals between them.

    Attributes
    ----------
    people : list of str
        In the order of the rows.
    bands : list of Band
        The groups of those rows, in order.
    weight : (n, n) array
        Referrals from each row's person to each column's.
    only : str
        The one group that was asked for, "" for everybody.
    declared : bool
        Whether the book names the groups.
    rest : int
        People with referrals who are not shown.
    hidden : float
        Referrals to or from them.
    idle : int
        People without a referral.
    """

    people: list[str]
    bands: list[Band]
    weight: Floats
    only: str
    declared: bool
    rest: int
    hidden: float
    idle: int

    @property
    def pairs(self) -> tuple[int, int]:
        """Count the pairs with referrals, and those of them with referrals both ways."""
        there = np.triu(self.weight + self.weight.T) > 0
        return int(there.sum()), int((there & (self.weight > 0) & (self.weight.T > 0)).sum())

    @property
    def within(self) -> float:
        """Share of the referrals between people in groups that stay within one; NaN if none.

        Me is in no band with others, so what I give and receive is not counted.
        """
        code = np.full(len(self.people), -1)
        for k, band in enumerate(self.bands):
            if band.name and not band.mine:
                code[band.first : band.after] = k
        known = (code[:, None] >= 0) & (code[None, :] >= 0)
        total = float(self.weight[known].sum())
        inside = float(self.weight[known & (code[:, None] == code[None, :])].sum())
        return inside / total if total else float("nan")


def grid_of(
    book: Book, *, most: int = 40, only: str | None = None, kept: str | None = None
) -> Grid:
    """Choose the people with the most referrals, and put them in order.

    Me comes first; then group by group, the one with the most referrals first, people in no
    group last; within a group by referrals given and received, then by name. As on the
    connectors map, groups that the book does not declare are found without me.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    most : int, default 40
        How many people, at most.
    only : str, optional
        Leave out everybody who is not in this group.
    kept : str, optional
        Somebody who is shown whatever their number of referrals, if they have any.

    Returns
    -------
    Grid

    Examples
    --------
    >>> from refgraph import Book
    >>> grid = grid_of(Book.sample(), most=3)
    >>> grid.people[0], grid.rest
    ('Robin Hale', 10)
    """
    G = book.graph()
    others = G if book.me is None else without(G, book.me)
    group_of = groups.of(book, others)
    declared = group_of.attrs["source"] == "declared"
    if declared:
        group_of = groups.declared(book)
    elif len(group_of):  # one person alone is no group
        size = group_of.map(group_of.value_counts())
        group_of = group_of.where(size > 1, "")
    wanted = "" if only is None else scope.one_group(group_of, only)
    if wanted:
        G = scope.among(G, [p for p in G if group_of.get(p, "") == wanted])
    everyone = list(G)
    A = adjacency(G)
    total = pd.Series(A.sum(axis=0) + A.sum(axis=1), index=everyone, dtype=float)
    ranked = sorted((p for p in everyone if total[p] > 0), key=lambda p: (-total[p], p))
    chosen = ranked[:most]
    if kept in ranked and kept not in chosen:
        chosen[-1] = kept
    me = book.me if book.me in chosen else None
    name_of = {p: str(group_of.get(p, "")) for p in chosen}
    weight_of: dict[str, float] = {}
    for p in chosen:
        weight_of[name_of[p]] = weight_of.get(name_of[p], 0.0) + float(total[p])
    people = sorted(
        chosen,
        key=lambda p: (
            p != me,
            name_of[p] == "",
            -weight_of[name_of[p]],
            name_of[p],
            -float(total[p]),
            p,
        ),
    )
    at = [everyone.index(p) for p in people]
    shown = A[at][:, at].toarray() if at else np.zeros((0, 0))
    bands: list[Band] = []
    for k, p in enumerate(people):
        mine = p == me
        if bands and not mine and not bands[-1].mine and bands[-1].name == name_of[p]:
            bands[-1] = Band(name_of[p], bands[-1].first, k + 1)
        else:
            bands.append(Band(name_of[p], k, k + 1, mine))
    return Grid(
        people,
        bands,
        np.asarray(shown, dtype=float),
        wanted,
        declared,
        len(ranked) - len(people),
        float(A.sum() - shown.sum()),
        len(everyone) - len(ranked),
    )
