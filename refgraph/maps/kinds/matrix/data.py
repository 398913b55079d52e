"""Who stands in the rows and columns of the matrix, in which order, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.connecting import groups
from refgraph.graph.door import adjacency, without
from refgraph.maps.kinds import group_filter
from refgraph.maps.kinds.matrix.together import by_core
from refgraph.schema.text import natural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from refgraph.book.book import Book

    Floats = NDArray[np.float64]

__all__ = ["CROWD", "Band", "Field", "Grid"]

#: Of more people than this, those with the most referrals have hardly any with each other.
CROWD = 200


@dataclass(frozen=True)
class Band:
    """Neighbouring rows that belong together: a group, me alone, or everybody in no group.

    ``whole`` is how many people the group has, shown or not.
    """

    name: str
    first: int
    after: int
    mine: bool = False
    whole: int = 0

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
    pairs, my_pairs : tuple of (int, int)
        The pairs with referrals, shown or not, and those of them with referrals both ways; of all,
        and of me with somebody.
    by_balance : bool
        Whether rows stand by referrals given less those received.
    source : str
        Where groups come from if nobody named them, or why there are none.
    is_core : bool
        Whether these are of a crowd those with the most referrals among each other.
    """

    people: list[str]
    bands: list[Band]
    weight: Floats
    only: str
    declared: bool
    rest: int
    hidden: float
    idle: int
    pairs: tuple[int, int]
    my_pairs: tuple[int, int]
    by_balance: bool = False
    source: str = ""
    is_core: bool = False

    @property
    def totals(self) -> tuple[list[float], list[float], list[tuple[int, int]]]:
        """Give what each row gave and received here, and to how many, and how many gave back."""
        there = self.weight > 0
        back = (there & there.T).sum(axis=1).tolist()
        shares = list(zip(back, there.sum(axis=1).tolist(), strict=True))
        return self.weight.sum(axis=1).tolist(), self.weight.sum(axis=0).tolist(), shares

    @property
    def within(self) -> tuple[float, float]:
        """Referrals between people in groups that stay within one, and all between such people.

        Me is in no band with others, so what I give and receive is not counted.
        """
        code = np.full(len(self.people), -1)
        for k, band in enumerate(self.bands):
            if band.name and not band.mine:
                code[band.first : band.after] = k
        known = (code[:, None] >= 0) & (code[None, :] >= 0)
        total = float(self.weight[known].sum())
        inside = float(self.weight[known & (code[:, None] == code[None, :])].sum())
        return inside, total


class Field:
    """Everybody who may stand in a matrix.

    As on the connectors map, groups that the book does not declare are found without me.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    only : str, optional
        Leave out everybody who is not in this group.
    by_balance : bool, default False
        Whether rows stand by referrals given less those received, the highest first.

    Raises
    ------
    RefgraphError
        There is no such group.
    """

    def __init__(self, book: Book, only: str | None = None, *, by_balance: bool = False) -> None:
        self.by_balance = by_balance
        G = book.graph()
        others = G if book.me is None else without(G, book.me)
        group_of = groups.of(book, others)
        self.declared = group_of.attrs["source"] == "declared"
        self.sizes, self.source = groups.sizes(book, group_of), group_filter.source(group_of)
        if self.declared:
            group_of = groups.declared(book)
        self.only = "" if only is None else group_filter.one_group(group_of, only)
        if self.only:
            G = group_filter.among(G, [p for p in G if group_of.get(p, "") == self.only])
        self.people = list(G)
        self.weight = adjacency(G)
        self.me = book.me
        self.group = {p: str(group_of.get(p, "")) for p in self.people}
        total = self.weight.sum(axis=0) + self.weight.sum(axis=1)
        self.total = dict(zip(self.people, total.tolist(), strict=True))
        balance = self.weight.sum(axis=1) - self.weight.sum(axis=0)
        self.balance = dict(zip(self.people, balance.tolist(), strict=True))
        tied = [p for p in self.people if self.total[p] > 0]
        self.ranked = sorted(tied, key=lambda p: (-self.total[p], p))
        there = self.weight > 0
        linked, back = (there + there.T).tocsr(), there.multiply(there.T).tocsr()
        self.pairs = linked.nnz // 2, back.nnz // 2
        places = [k for k, p in enumerate(self.people) if p == self.me]
        self.my_pairs = linked[places].nnz, back[places].nnz
        if len(tied) > CROWD:
            at = {p: k for k, p in enumerate(self.people)}
            mine = -1 if self.me is None else at.get(self.me, -1)
            order = by_core(self.weight, [at[p] for p in self.ranked], mine)
            self.ranked = [self.people[k] for k in order]

    def grid(self, most: int, kept: str | None = None) -> Grid:
        """Choose the people with the most referrals, of a crowd among each other, and order them.

        Me comes first; then group by group, the one with the most referrals first, people in no
        group last; within a group by referrals given and received, then by name. By balance there
        are no groups.

        Parameters
        ----------
        most : int
            How many people, at most.
        kept : str, optional
            Somebody who is shown whatever their number of referrals, if they have any.

        Returns
        -------
        Grid

        Examples
        --------
        >>> from refgraph import Book
        >>> grid = Field(Book.sample()).grid(3)
        >>> grid.people[0], grid.rest
        ('Robin Hale', 9)
        """
        chosen = self.ranked[:most]
        if kept in self.ranked and kept not in chosen:
            chosen[-1] = kept
        weight_of = dict.fromkeys((self.group[p] for p in chosen), 0.0)
        for p in chosen:
            weight_of[self.group[p]] += self.total[p]

        def place(p: str) -> tuple[bool, bool, float, tuple[object, ...], float, str]:
            group = self.group[p]
            return p != self.me, not group, -weight_of[group], natural(group), -self.total[p], p

        def balance(p: str) -> tuple[float, float, str]:
            return -self.balance[p], -self.total[p], p

        people = sorted(chosen, key=balance if self.by_balance else place)
        where = {p: k for k, p in enumerate(self.people)}
        at = [where[p] for p in people]
        shown = self.weight[at][:, at].toarray() if at else np.zeros((0, 0))
        return Grid(
            people,
            [Band("", 0, len(people))] if self.by_balance else self._bands(people),
            np.asarray(shown, dtype=float),
            self.only,
            self.declared,
            len(self.ranked) - len(people),
            float(self.weight.sum() - shown.sum()),
            len(self.people) - len(self.ranked),
            self.pairs,
            self.my_pairs,
            self.by_balance,
            self.source,
            len(people) < len(self.ranked) > CROWD,
        )

    def _bands(self, people: Sequence[str]) -> list[Band]:
        bands: list[Band] = []
        for k, p in enumerate(people):
            mine, group = p == self.me, self.group[p]
            if bands and not bands[-1].mine and bands[-1].name == group:
                bands[-1] = replace(bands[-1], after=k + 1)
            else:
                bands.append(Band(group, k, k + 1, mine, self.sizes.get(group, 0)))
        return bands
