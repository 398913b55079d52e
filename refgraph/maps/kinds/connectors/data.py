"""Who is on the connectors map, in which group, and which ties join them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.connecting import connectors as analysis
from refgraph.analysis.connecting import groups
from refgraph.book import professional_limits
from refgraph.book.arrival import by_arrival
from refgraph.graph.door import adjacency, index, ties, without
from refgraph.maps.drawing import fonts
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.kinds import by_value, group_filter
from refgraph.maps.scenes import theme
from refgraph.maps.scenes.roles import drawn_roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from refgraph.book.book import Book

__all__ = ["Net"]

_ALL, _BEST = 200, 150  # up to so many people all are drawn; of more, the best so many
_MOST = 800  # people on one page, if so many are asked for


class Net:
    """The network of everybody but the person left out, as arrays.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    left_out : str or None
        Whose ties are not drawn.
    whose : str or None
        The person the map is about, left out or not.
    only : str, optional
        Leave out everybody who is not in this group, by its name.
    most : int, optional
        How many people, the best connectors; everybody, or the best of many, if not given.
    kept : str, optional
        Somebody who stays whatever their rank, if they have a tie.
    exact : bool, default False
        Whether the ranking goes by all shortest ways, however many people there are.

    Attributes
    ----------
    people : list of str
        Everybody drawn: those with a tie to somebody else than `left_out`.
    table : DataFrame
        The ranking of :func:`refgraph.connectors.rank`, by whose score the map names people
        and sizes marks.
    sampling : tuple of str
        How the shortest ways were sampled, if they were.
    only_mine, unlinked : list of str
        Those with ties to `left_out` alone, and those with none at all.
    beyond : int
        How many connectors were too many for the page.
    giver, receiver, weight : (m,) arrays
        The ties, by position in `people`.
    across : (m,) array of bool
        Which ties join two groups.
    within : str
        The one group that was asked for, "" for everybody.
    directed : bool
        Whether ties have a direction; of a book of health they have none, and each is here once.
    graph : networkx.DiGraph
        All of it, drawn or not.
    worn : Worn
        What the colours and sizes of the marks tell, if not roles and the score.
    kinds : list of str
        The groups; `group` has each person's position there, -1 for none.
    """

    def __init__(
        self,
        book: Book,
        left_out: str | None,
        whose: str | None,
        *,
        only: str | None = None,
        most: int | None = None,
        kept: str | None = None,
        exact: bool = False,
    ) -> None:
        self.whose = whose
        G = book.graph()
        H = without(G, left_out) if left_out is not None else G
        self.group_of = groups.of(book, H)
        self.sizes = groups.sizes(book, self.group_of)
        self.within = "" if only is None else group_filter.one_group(self.group_of, only)
        if self.within:
            H = group_filter.among(H, [p for p in H if self.group_of[p] == self.within])
            known = self.group_of.attrs
            self.group_of = self.group_of.reindex(index(H))
            self.group_of.attrs |= known
        self.graph, self.everyone = H, list(H)
        K = by_arrival(book, H)
        self.table = analysis.rank(K, self.group_of, exact=exact)
        self.sampling = (*filter(None, [analysis.sampling(K, self.table)]),)
        self.mine: set[str] = set()
        if left_out is not None:
            self.mine = set(G.succ[left_out]) | set(G.pred[left_out])
        linked = [p for p in H if H.succ[p] or H.pred[p]]
        chosen = self._best(linked, most, kept)
        self.people = [p for p in linked if p in chosen]
        self.beyond = len(linked) - len(self.people)
        self.only_mine = [p for p in H if p in self.mine and not (H.succ[p] or H.pred[p])]
        self.unlinked = [p for p in H if p not in self.mine and not (H.succ[p] or H.pred[p])]
        at = {p: k for k, p in enumerate(self.people)}
        edges = ties(H)
        place = np.array([at.get(p, -1) for p in H], dtype=np.int64)
        giver, receiver = place[edges.giver], place[edges.receiver]
        drawn = (giver >= 0) & (receiver >= 0)
        self.directed = professional_limits.compared(G)
        if not self.directed:  # each stands both ways
            drawn &= giver < receiver
        self.giver, self.receiver = giver[drawn], receiver[drawn]
        self.weight = edges.weight[drawn]
        names = self.group_of.reindex(self.people).fillna("").tolist()
        self.kinds = sorted({name for name in names if name})
        number = {name: k for k, name in enumerate(self.kinds)}
        self.group = np.array([number.get(name, -1) for name in names], dtype=np.int64)
        every = [number.get(str(name), -1) for name in self.group_of.reindex(self.everyone)]
        self._every, self._ends = np.array(every, dtype=np.int64), (edges.giver, edges.receiver)
        here, there = self.group[self.giver], self.group[self.receiver]
        self.across = (here != there) & (here >= 0) & (there >= 0)
        self.fonts = fonts.for_names([*self.everyone, *self.kinds, whose or ""])
        self.ruler = Ruler(self.fonts, [*self.everyone, *self.kinds])
        self.worn = by_value.OWN
        self.role = drawn_roles(book, self.everyone)
        self.roles_known = bool((self.role != "").any())

    def _best(self, linked: list[str], most: int | None, kept: str | None) -> set[str]:
        """Choose whom to draw, in the order of the connectors."""
        ranked = self.table.index[self.table.index.isin(linked)]
        limit = min(most or (_BEST if len(linked) > _ALL else _MOST), _MOST)
        first = self._shown_to_link(ranked) if most is None else []
        top = list(dict.fromkeys([*first, *ranked]))[:limit]
        if kept in linked and kept not in top:
            top = [*top[: max(len(top) - 1, 1)], kept]
        return set(top)

    def _shown_to_link(self, ranked: pd.Index[str]) -> list[str]:
        """Give the best connectors, and of every group they link the first who has a tie with them.

        Who is no connector would be left out, and the groups that the title counts not be seen.
        """
        place = {str(p): k for k, p in enumerate(ranked)}
        best = [p for p in analysis.leading(self.table)[0] if p in place]
        first: dict[str, str] = {}
        for p in best:
            near = {*self.graph.succ[p], *self.graph.pred[p]}.intersection(place)
            for other in sorted(near, key=place.__getitem__):
                first.setdefault(str(self.group_of[other]), other)
        return [*best, *first.values()]

    def networks(self) -> list[int]:
        """Give how many people each part has that no tie joins to another, the largest first."""
        every, _ = self._parts
        return every

    @property
    def network(self) -> NDArray[np.int64]:
        """In which part everybody drawn is, by its place among :meth:`networks`."""
        return self._parts[1]

    @cached_property
    def _parts(self) -> tuple[list[int], NDArray[np.int64]]:
        from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

        tied = np.flatnonzero(np.bincount(np.concatenate(self._ends), minlength=len(self.graph)))
        if not len(tied):
            return [], np.zeros(0, dtype=np.int64)
        _, part = connected_components(adjacency(self.graph)[tied][:, tied], directed=False)
        size = np.bincount(part)
        place = np.empty(len(size), dtype=np.int64)
        order = np.argsort(-size, kind="stable")
        place[order] = np.arange(len(size))
        found = dict(zip(tied.tolist(), place[part].tolist(), strict=True))
        at = {p: k for k, p in enumerate(self.everyone)}
        drawn = np.array([found[at[p]] for p in self.people], dtype=np.int64)
        return size[order].tolist(), drawn

    def look(self, person: str) -> tuple[str, str, str]:
        """Give shape, colour and word for somebody's role; one look for all if no role is known."""
        role = theme.ROLES[str(self.role[person])] if self.roles_known else theme.PLAIN
        return self.worn.look(person, role)

    def groups_about(self, people: Sequence[str]) -> set[str]:
        """Give the groups on the map that people belong to or have a tie with, drawn or not."""
        chosen = [self.everyone.index(p) for p in people]
        giver, receiver = self._ends
        near = {*chosen, *receiver[np.isin(giver, chosen)], *giver[np.isin(receiver, chosen)]}
        return {self.kinds[k] for k in self._every[sorted(near)].tolist() if k >= 0}
