"""Who is on the overview, in which circle, and how many referrals pass between the circles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.connecting import groups
from refgraph.analysis.statistics.sorting import distinct
from refgraph.graph.door import ties, without
from refgraph.maps.drawing import fonts
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.kinds import by_value, group_filter
from refgraph.maps.scenes import theme
from refgraph.maps.scenes.roles import drawn_roles
from refgraph.schema.text import natural

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book.book import Book

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Circle", "Circles"]

_MOST = 30  # groups with a circle of their own
_SMALL = 200  # a group of less than one in so many people may be merged with others


@dataclass(frozen=True)
class Circle:
    """One circle of the overview.

    Attributes
    ----------
    kind : {"group", "more", "none", "mine"}
        A group, several of the smallest together, people in no group, or those tied only with me.
    name : str
        Of the group, as declared or as detected.
    groups : int
        How many groups it stands for.
    """

    kind: str
    name: str = ""
    groups: int = 0


class Circles:
    """The network of everybody but the person left out, sorted into circles.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    whose : str or None
        The person the map is about, who is left out.

    Attributes
    ----------
    people : list of str
        Everybody drawn: all who have a tie.
    unlinked : list of str
        The others.
    mine : (n,) array of bool
        Who has a tie with `whose`.
    partners : (n,) array
        With how many of the others each has a tie.
    order : (n,) array
        The people by their number of partners, then of groups they have ties with, then as in
        the graph.
    group_of : dict of str to str
        Everybody's group, "" for none.
    code : (n,) array
        Everybody's group as a number, -1 for none, also of those that are drawn together.
    sizes : dict of str to int
        How many people each group has, drawn or not.
    source : str
        Where groups come from if nobody named them, or why there are none.
    circles : list of Circle
        Groups first, the largest first; `member` has each person's place there.
    giver, receiver, weight : (m,) arrays
        The ties among the people, by position.
    worn : Worn
        What the colours and sizes of the marks tell, if not roles and partners.
    flow : (c, c) array
        Referrals from circle to circle; inside one on the diagonal.
    """

    def __init__(self, book: Book, whose: str | None) -> None:
        self.whose = whose
        G = book.graph()
        mine: set[str] = set()
        H = G
        if whose is not None and whose in G:
            H, mine = without(G, whose), {*G.succ[whose], *G.pred[whose]}
        everyone = list(H)
        edges, n = ties(H), len(everyone)
        tied = np.zeros(n, dtype=bool)
        tied[edges.giver] = tied[edges.receiver] = True
        known = np.array([p in mine for p in everyone], dtype=bool)
        drawn = np.flatnonzero(tied | known)
        place = np.full(n, -1, dtype=np.int64)
        place[drawn] = np.arange(len(drawn))
        self.people: list[str] = [everyone[k] for k in drawn.tolist()]
        self.unlinked = [everyone[k] for k in np.flatnonzero(~(tied | known)).tolist()]
        self.mine, self.tied = known[drawn], tied[drawn]
        self.giver, self.receiver = place[edges.giver], place[edges.receiver]
        self.weight = edges.weight
        group_of = groups.of(book, H)
        self.declared = group_of.attrs["source"] == "declared"
        self.sizes, self.source = groups.sizes(book, group_of), group_filter.source(group_of)
        named = group_of.to_numpy()[drawn].tolist()
        self.group_of = dict(zip(self.people, named, strict=True))
        self.code, self.circles, self.member = _sorted(named, self.tied)
        c = len(self.circles)
        by, to = self.member[self.giver], self.member[self.receiver]
        self.flow: Floats = np.bincount(by * c + to, self.weight, c * c).reshape(c, c).astype(float)
        self.across = by != to
        n = len(self.people)
        self.pairs = a, b = _pairs(self.giver, self.receiver, n)
        self.partners = np.bincount(np.r_[a, b], minlength=n)
        reach = distinct(np.r_[a * c + self.member[b], b * c + self.member[a]])
        self.reach = np.bincount(reach // max(c, 1), minlength=n)
        self.order = np.lexsort((np.arange(n), -self.reach, -self.partners))
        names = [circle.name for circle in self.circles]
        self.fonts = fonts.for_names([*everyone, *names, whose or ""])
        self.ruler = Ruler(self.fonts, [*everyone, *names])
        self.worn = by_value.OWN
        self.role = drawn_roles(book, everyone).to_numpy()[drawn].tolist()
        self.roles_known = any(self.role)

    @property
    def real(self) -> list[int]:
        """Places of the circles that are one group each."""
        return [k for k, circle in enumerate(self.circles) if circle.kind == "group"]

    @property
    def groups(self) -> int:
        """How many groups there are, those that are drawn together counted one by one."""
        return sum(circle.groups for circle in self.circles)

    @cached_property
    def stays(self) -> NDArray[np.bool_]:
        """Which ties join two people of one group."""
        by, to = self.code[self.giver], self.code[self.receiver]
        return np.asarray((by >= 0) & (by == to), dtype=bool)

    @property
    def within(self) -> tuple[float, float]:
        """Referrals between people in groups that stay within one, and all between such people."""
        known = (self.code[self.giver] >= 0) & (self.code[self.receiver] >= 0)
        return float(self.weight[self.stays].sum()), float(self.weight[known].sum())

    def look(self, i: int) -> tuple[str, str, str]:
        """Give shape, colour and word for somebody's role; one look for all if no role is known."""
        role = theme.ROLES[self.role[i]] if self.roles_known else theme.PLAIN
        return self.worn.look(self.people[i], role)


def _sorted(named: list[str], tied: NDArray[np.bool_]) -> tuple[Ints, list[Circle], Ints]:
    """Give everybody their group and their circle; small groups share one."""
    size: dict[str, int] = {}
    for name in named:
        size[name] = size.get(name, 0) + 1
    kinds = sorted(
        (name for name in set(named) if name), key=lambda name: (-size[name], natural(name))
    )
    few = max(len(named) / _SMALL, 1.5)
    small = {name for at, name in enumerate(kinds) if at >= _MOST or size[name] < few}
    small = small if len(small) > 1 else set()
    place = {name: k for k, name in enumerate(kinds)}
    code = np.array([place.get(name, -1) for name in named], dtype=np.int64)
    whole = [name for name in kinds if name not in small]
    number = {name: k for k, name in enumerate(whole)}
    circles = [Circle("group", name, 1) for name in whole]
    extra: dict[str, int] = {}
    member = []
    for name, linked in zip(named, tied.tolist(), strict=True):
        if name in number:
            member.append(number[name])
            continue
        kind = "more" if name else "none" if linked else "mine"
        member.append(extra.setdefault(kind, len(extra)) + len(whole))
    circles += [Circle(kind, groups=len(small) if kind == "more" else 0) for kind in extra]
    return code, circles, np.array(member, dtype=np.int64)


def _pairs(giver: Ints, receiver: Ints, n: int) -> tuple[Ints, Ints]:
    """Give each two people with a tie once, the first in the graph before the other."""
    low, high = np.sort(np.stack([giver, receiver]), axis=0)
    pair = distinct(low * n + high)
    return pair // max(n, 1), pair % max(n, 1)
