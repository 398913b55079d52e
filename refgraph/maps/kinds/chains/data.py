"""The chains as they are drawn: whom of each is named, and who is folded into a number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.tracing import won_value
from refgraph.analysis.tracing.origin_forest import forest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from refgraph.book.book import Book

    Money = dict[str, Decimal]

__all__ = ["Bough", "Chains"]

_STRANGERS = 3  # prospects who are nobody else in the book, named below one person
_ROWS, _PAGE, _LEAST = 40, 128, 16  # of one chain; of a page of them, and of each there then
# People named below one person, until the rows are few enough: as many from step to step, or half.
_FEWER = ((10, 1), (7, 1), (5, 1), (3, 1), (8, 2), (5, 2), (2, 1), (3, 2), (2, 2), (1, 1))
_HEAD = 2  # people before a gap


@dataclass(eq=False, slots=True)
class Bough:
    """Somebody on the map, or several people who are only counted, and who came by them.

    Attributes
    ----------
    person : int
        Their place in the names of the forest; -1 for people who are counted.
    column : int
        Steps to the right of the root.
    marked : bool
        Whether the link to them is marked.
    others, clients : int
        How many people are counted here, and how many of them are clients.
    between : int
        Of them, those on the way to the one child; 0 if nobody comes after.
    money : dict of str to Decimal
        What was won: by the referrals of this person, or of all who are counted.
    children : list of Bough
        Who came by them, from the top down.
    y : float
        Where they stand, from the top of their chain.
    """

    person: int
    column: int
    marked: bool = False
    others: int = 0
    clients: int = 0
    between: int = 0
    money: Money = field(default_factory=dict)
    children: list[Bough] = field(default_factory=list)
    y: float = 0.0

    def all(self) -> Iterator[Bough]:
        """Yield it, and everything that grows on it."""
        yield self
        for child in self.children:
            yield from child.all()

    @property
    def rows(self) -> int:
        """How many rows it takes."""
        return sum(child.rows for child in self.children) or 1


@dataclass(frozen=True, slots=True)
class _Ways:
    """What must be drawn of a chain.

    Attributes
    ----------
    need : dict of int to int
        How many steps below each person must be drawn.
    way : set of int
        The people on the ways.
    marked : int
        Somebody below whom every link is marked, -1 for nobody.
    """

    need: dict[int, int]
    way: set[int]
    marked: int


class Chains:
    """Who brought whom in a book, with what was won.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    touch : {"first", "last"}
        Which of several referrals brought somebody.
    """

    def __init__(self, book: Book, touch: str) -> None:
        self.tree = tree = forest(book, touch=touch)
        place = {name: at for at, name in enumerate(tree.names)}
        self.me = -1 if book.me is None else place[book.me]
        self.place = place
        self.known = np.zeros(len(place), dtype=bool)
        self.known[[place[name] for name in map(str, book.people.index)]] = True
        self.client = np.zeros(len(place), dtype=bool)
        self.client[[place[name] for name in won_value.clients(book)]] = True
        self.money: list[Money] = [{} for _ in place]
        for prospect, currency, value in won_value.values(book):
            won_value.add(self.money[place[prospect]], currency, value)
        self.clients = self.client.astype(int).tolist()  # with everybody below
        self.worth = [dict(money) for money in self.money]
        for one in reversed(tree.order.tolist()):
            up = int(tree.parent[one])
            self.clients[up] += self.clients[one]
            for currency, value in self.worth[one].items():
                won_value.add(self.worth[up], currency, value)
        linked = np.flatnonzero(tree.parent >= 0)
        self._linked = linked[np.argsort(tree.parent[linked], kind="stable")]
        self._parents = tree.parent[self._linked]
        starters = np.flatnonzero((tree.parent < 0) & (tree.children > 0))
        order = np.lexsort((starters, -tree.height[starters], -tree.descendants[starters]))
        #: Those who began a chain: most people first, then the deepest, then by name.
        self.roots: list[int] = starters[order].tolist()

    def eligible(self, *, with_me: bool = False) -> list[int]:
        """Give the roots beside me; me too if asked for, or if nobody else began a chain."""
        others = [root for root in self.roots if root != self.me]
        return self.roots if with_me or not others else others

    def below(self, place: int) -> tuple[int, int, Money]:
        """Count the people below somebody and the clients among them, and sum up what was won."""
        clients = int(self.clients[place]) - int(self.client[place])
        worth: Money = {}
        for child in self._children(place):
            _add(worth, self.worth[child])
        return int(self.tree.descendants[place]), clients, worth

    def best(self, roots: Sequence[int]) -> dict[str, int]:
        """Find the client worth most in each currency below some roots, where one alone is."""
        under = np.isin(self.tree.root, np.asarray(roots, dtype=np.int64)) & (self.tree.depth > 0)
        worth: dict[str, list[tuple[Decimal, int]]] = {}
        for one in np.flatnonzero(under).tolist():
            for currency, value in self.money[one].items():
                if value > 0:
                    worth.setdefault(currency, []).append((value, one))
        best = {}
        for currency, clients in sorted(worth.items()):
            most = max(value for value, _ in clients)
            first, *level = [one for value, one in clients if value == most]
            if not level:
                best[currency] = first
        return best

    def longest(self, root: int) -> int:
        """Find the end of the longest chain of a root."""
        place = root
        while self.tree.heir[place] >= 0:
            place = int(self.tree.heir[place])
        return place

    def drawn(
        self, root: int, levels: int, ends: Sequence[int], marked: int, few: int, *, beside: int = 0
    ) -> Bough:
        """Choose whom of a chain to draw, on few columns and rows.

        Parameters
        ----------
        root : int
            Who began it.
        levels : int
            Columns for people.
        ends : sequence of int
            People who must be drawn with everybody on the way to them, as far as there are
            columns: of a longer way, its beginning and its end. Of two such ways that part in
            between, the longest.
        marked : int
            Somebody below whom every link is marked, -1 for nobody.
        few : int
            The most people named below one person.
        beside : int, default 0
            How many other chains are on the page: then each has fewer rows.

        Returns
        -------
        Bough
            The root; its counts and those of everybody drawn add up to all of the chain.
        """
        ways = self._ways(root, ends, marked, levels - 2 - _head(levels))
        found = Bough(root, 0)
        rows = min(_ROWS, max(_PAGE // (1 + beside), _LEAST))
        for most, less in _FEWER:
            if most > few:
                continue
            found = Bough(root, 0, money=self.money[root])
            self._grow(found, levels, (most, less), ways)
            if found.rows <= rows:
                break
        return found

    def _ways(self, root: int, ends: Sequence[int], marked: int, spare: int) -> _Ways:
        """Find the ways to the people who must be drawn, and so many columns after the marked."""
        need: dict[int, int] = {}
        way: set[int] = set()
        for end in ends:
            if self.tree.root[end] != root:
                continue
            steps = min(int(self.tree.height[end]), spare) if end == marked else 0
            place = end
            while place >= 0:
                need[place] = max(need.get(place, 0), steps)
                way.add(place)
                place, steps = int(self.tree.parent[place]), steps + 1
        return _Ways(need, way, marked)

    def _grow(self, root: Bough, levels: int, few: tuple[int, int], ways: _Ways) -> None:
        """Put on a root who came by them, and by these in turn; few at first, then fewer."""
        most, less = few
        need, way = ways.need, ways.way
        waiting = [root]
        while waiting:
            bough = waiting.pop()
            column = bough.column + 1
            children = self._children(bough.person)
            if not children:
                continue
            shown, folded = self._chosen(
                children, max(most // less**bough.column, 1) if column < levels else 0, need
            )
            lit = bough.person == ways.marked or (bough.marked and bough.person not in way)
            for child in shown:
                on_way = lit or child in way
                if column == _head(levels) and need.get(child, 0) > levels - 1 - column:
                    gap = self._gap(child, column, levels, need)
                    bough.children.append(gap)
                    waiting.append(gap.children[0])
                    continue
                grown = Bough(child, column, on_way, money=self.money[child])
                bough.children.append(grown)
                waiting.append(grown)
            if folded:
                bough.children.append(self._fold(folded, column, lit=lit))

    def _chosen(
        self, children: list[int], few: int, need: dict[int, int]
    ) -> tuple[list[int], list[int]]:
        """Split those who came by somebody: who is named, best first, and who is counted."""
        tree, rank = self.tree, self._ranks(children)

        def order(child: int) -> tuple[bool, bool, int, int, bool, int]:
            return (
                not self.known[child],
                child not in need,
                -int(tree.descendants[child]),
                rank[child],
                not self.client[child],
                child,
            )

        ranked = sorted(children, key=order)
        known = [child for child in ranked if self.known[child]]
        strangers = [child for child in ranked if not self.known[child]]
        named = {*known[:few], *strangers[: min(few, _STRANGERS)]}
        named |= {child for child in children if child in need and few}
        shown = [child for child in ranked if child in named]
        folded = [child for child in ranked if child not in named]
        if len(folded) == 1 and (few or not tree.children[folded[0]]):
            return ranked, []  # a name takes no more room than a number
        return shown, folded

    def _ranks(self, children: list[int]) -> dict[int, int]:
        """Rank people by what was won, each currency by itself; everybody by their best rank."""
        rank = dict.fromkeys(children, len(children))
        for currency in sorted({name for child in children for name in self.money[child]}):
            having = [child for child in children if currency in self.money[child]]
            having.sort(key=lambda child, name=currency: (-self.money[child][name], child))  # type: ignore[misc]
            for at, child in enumerate(having):
                rank[child] = min(rank[child], at)
        return rank

    def _fold(self, folded: list[int], column: int, *, lit: bool) -> Bough:
        """Count people, with everybody below them."""
        fold = Bough(-1, column, lit)
        for child in folded:
            fold.others += int(self.tree.descendants[child]) + 1
            fold.clients += int(self.clients[child])
            _add(fold.money, self.worth[child])
        return fold

    def _gap(self, first: int, column: int, levels: int, need: dict[int, int]) -> Bough:
        """Count the people on a way too long to draw, and go on where the rest of it fits."""
        gap = Bough(-1, column, marked=True)
        last, passed = first, []
        while need[last] > levels - 2 - column:
            passed.append(last)
            last = next(
                child for child in self._children(last) if need.get(child, -1) == need[last] - 1
            )
        gap.between = len(passed)
        gap.others = int(self.tree.descendants[first] - self.tree.descendants[last])
        gap.clients = int(self.clients[first] - self.clients[last])
        for one in passed:
            _add(gap.money, self.money[one])
            for child in self._children(one):
                if child != last and child not in passed:
                    _add(gap.money, self.worth[child])
        gap.children.append(Bough(last, column + 1, marked=True, money=self.money[last]))
        return gap

    def _children(self, place: int) -> list[int]:
        first, after = np.searchsorted(self._parents, [place, place + 1])
        found: list[int] = self._linked[first:after].tolist()
        return found


def _head(levels: int) -> int:
    """Give the column of a gap: after so many people of the beginning of a way."""
    return min(_HEAD, levels - 2)


def _add(money: Money, more: Money) -> None:
    for currency, value in more.items():
        won_value.add(money, currency, value)
