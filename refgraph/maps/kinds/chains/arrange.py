"""What is written beside everybody in a chain, how wide that is, and where the chains stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.tracing import won_value
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.layout.shelf_packing import shelved
from refgraph.maps.scenes import phrases, theme
from refgraph.maps.scenes.roles import drawn_roles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from refgraph.book.book import Book
    from refgraph.maps.drawing.fonts import Fonts
    from refgraph.maps.kinds.chains.data import Bough, Chains

__all__ = ["FOOT", "HIGH", "Laid", "Twigs", "amounts", "lay"]

_LEVELS = range(9, 1, -1)  # columns of people
# the widest name, and that of who started a chain, whom the title may name
_NAMES = ((220.0, 220.0), (180.0, 180.0), (145.0, 180.0), (112.0, 180.0), (112.0, 112.0))
_GAP = 36.0  # at least, between a name and who came by them
_GAPS = (110.0, 80.0, 56.0, _GAP)  # between a name and who came by them
_ACROSS, _DOWN = 64.0, 26.0  # between chains
FOOT = 30.0  # pixels below the chains
#: Pixels: from one row to the next, from the left of a mark to its text, from a name to an amount,
#: and from line to line below a root.
HIGH = {"row": 25.0, "text": 25.0, "beside": 10.0, "line": 16.0}
_AMOUNT, _BELOW = 180.0, 280.0  # the widest amounts beside and below a name
_LITTLE, _LAST = 40.0, 95.0  # an amount with less room is left out; a column of counts alone
_NARROW = 120.0  # a column is never narrower


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one bough, and how far to the right they reach from its column."""

    name: str
    amount: str
    below: tuple[str, ...]
    bold: bool
    end: float  # of the name and the amount beside it
    wide: float


class Twigs:
    """The words of the chains on a page, and the columns they need.

    Parameters
    ----------
    book : Book
        The roles, and who is me.
    chains : Chains
        Who is known, and what was won.
    ruler : Ruler
        To measure with.
    boughs : sequence of Bough
        The chains.
    widest : (float, float)
        How wide a name may be, and that of who started a chain.
    brief : bool, default False
        Whether people who are only counted are counted without what was won.
    room : float, optional
        Of a page with no more than two columns of people, and one of those only counted.
    """

    def __init__(
        self,
        book: Book,
        chains: Chains,
        ruler: Ruler,
        boughs: Sequence[Bough],
        widest: tuple[float, float],
        *,
        brief: bool = False,
        room: float | None = None,
    ) -> None:
        self.share = np.inf if room is None else (room - 2 * _GAP - _LAST) / 2
        self.chains, self.ruler, self.boughs, self.brief = chains, ruler, boughs, brief
        role = drawn_roles(book)
        self.role = dict(zip(role.index.tolist(), role.tolist(), strict=True))
        self.roles_known = bool((role != "").any())
        most = self.share - HIGH["text"]
        people = [each.person for bough in boughs for each in bough.all() if each.person >= 0]
        roots = {bough.person for bough in boughs}
        names = chains.tree.names
        self.drawn: dict[str, str] = {}
        for bold in (True, False):
            some = [names[one] for one in people if (one in roots) == bold]
            self.drawn |= ruler.names(some, theme.NAME, min(widest[bold], most), bold=bold)
        if chains.me >= 0:
            self.drawn[names[chains.me]] = "You"
        self.said = {each: self._said(each, bough) for bough in boughs for each in bough.all()}
        inner: dict[int, float] = {}
        least = min(_NARROW, self.share)
        for each, said in self.said.items():
            if each.children:
                inner[each.column] = max(inner.get(each.column, least), said.wide)
        self._inner = inner
        for bough in boughs:
            self._stand(bough)

    def look(self, person: int) -> tuple[str, str, str]:
        """Give shape, colour and word of somebody."""
        if person == self.chains.me:
            return "circle", theme.ME, ""
        if not self.chains.known[person]:
            won_over = self.chains.client[person]
            return "circle", theme.ROLES["client"][1] if won_over else theme.GREY, ""
        if not self.roles_known:
            return theme.PLAIN
        return theme.ROLES[self.role[self.chains.tree.names[person]]]

    def left(self, gap: float) -> list[float]:
        """Give where each column begins, with such a gap after the widest of each."""
        left = [0.0]
        for column in range(max(self._inner) + 1):
            left.append(left[-1] + self._inner.get(column, _NARROW) + gap)
        return left

    def size(self, bough: Bough, gap: float) -> tuple[float, float]:
        """Give width and height of a chain, with such a gap between its columns."""
        left = self.left(gap)
        wide = max(left[each.column] + self.said[each].wide for each in bough.all())
        low = max(each.y for each in bough.all()) + HIGH["row"] / 2
        return wide, max(low, bough.y + 14 + HIGH["line"] * len(self.said[bough].below))

    def wide(self, gap: float) -> float:
        """Give the width of the widest chain, with such a gap between its columns."""
        return max(self.size(bough, gap)[0] for bough in self.boughs)

    def _said(self, bough: Bough, root: Bough) -> Said:
        size, below = self.ruler.size, []
        bold = bough is root
        if bough.person < 0:
            name = self._counted(bough, root)
            px = theme.CAPTION
        else:
            name, px = self.drawn[self.chains.tree.names[bough.person]], theme.NAME
        amount = amounts(bough.money) if bough.person >= 0 or not self.brief else ""
        left = self.share - HIGH["text"] - size(name, px, bold)[0] - HIGH["beside"]
        if amount and size(amount, theme.FAINT)[0] > min(_AMOUNT, left):
            amount = "" if left < _LITTLE else "…"  # a number that is cut is another number
        if bough is root:
            started, clients, worth = self.chains.below(bough.person)
            below = [_people(started, clients)]
            if told := amounts(worth):
                below.append(f"won {told}")
            if self.share < _BELOW:
                below = [*below[0].split(", "), *(["won", *told.split("; ")] if told else [])]
        widest = min(_BELOW, self.share - HIGH["text"])
        lower = tuple(self.ruler.fit(text, theme.FAINT, widest) for text in below)
        end = HIGH["text"] + size(name, px, bold)[0]
        end += HIGH["beside"] + size(amount, theme.FAINT)[0] if amount else 0.0
        lines = [HIGH["text"] + size(text, theme.FAINT)[0] for text in lower]
        return Said(name, amount, lower, bold, end, max([end, *lines]))

    def _counted(self, bough: Bough, root: Bough) -> str:
        """Say how many people are only counted."""
        if bough.children:
            beside = bough.others - bough.between
            between = f"{phrases.number(bough.between)} between"
            return f"{between}, {phrases.number(beside)} beside them" if beside else between
        siblings = next(each.children for each in root.all() if bough in each.children)
        clients = f", {phrases.many(bough.clients, 'client')}" if bough.clients else ""
        if len(siblings) > 1:
            told = f"and {phrases.many(bough.others, 'other')}"
        else:
            told = phrases.many(bough.others, "person", "people")
        return told if self.brief else told + clients

    def _stand(self, root: Bough) -> None:
        """Set everybody of a chain on rows: those who brought nobody, and the others amid them."""
        row = HIGH["row"] / 2
        below = list(root.all())
        for each in below:
            if not each.children:
                each.y, row = row, row + HIGH["row"]
        for each in reversed(below):
            if each.children:
                each.y = (each.children[0].y + each.children[-1].y) / 2


@dataclass(frozen=True, eq=False)
class Laid:
    """The chains of a page, each with its place.

    Attributes
    ----------
    shown : list of int
        The roots of the chains that are drawn.
    ends : dict of str to int
        Whom the marked ways lead to, by what is to be said of it.
    ruler : Ruler
        What names and words are measured with.
    boughs : list of Bough
        The chains.
    twigs : Twigs
        Their words.
    gap : float
        Between a name and who came by them.
    left : list of float
        Where each column of a chain begins.
    at : list of (x, y)
        The upper left corner of each chain.
    high : float
        The height that all of them take.
    """

    shown: list[int]
    ends: dict[str, int]
    ruler: Ruler
    boughs: list[Bough]
    twigs: Twigs
    gap: float
    left: list[float]
    at: Sequence[tuple[float, float]]
    high: float


def lay(
    book: Book,
    chains: Chains,
    fonts: Fonts,
    shown: list[int],
    *,
    marked: int,
    room: float,
    few: int,
) -> Laid:
    """Choose whom to draw, on as many columns as there is room for, and where."""
    ends, ruler = _ends(chains, shown, marked), Ruler(fonts)
    boughs: list[Bough] = []
    for levels in _LEVELS:
        boughs = [
            chains.drawn(root, levels, [*ends.values()], marked, few, beside=len(shown) - 1)
            for root in shown
        ]
        for name in _NAMES:
            twigs = Twigs(book, chains, ruler, boughs, name)
            if twigs.wide(_GAP) <= room:
                return _pack(shown, ends, ruler, boughs, twigs, room=room)
    twigs = Twigs(book, chains, ruler, boughs, _NAMES[0], brief=True, room=room)
    return _pack(shown, ends, ruler, boughs, twigs, room=room)


def _pack(
    shown: list[int],
    ends: dict[str, int],
    ruler: Ruler,
    boughs: list[Bough],
    twigs: Twigs,
    *,
    room: float,
) -> Laid:
    """Set the chains on the page, so that it is low, and then airy."""
    found = []
    for gap in _GAPS:
        sizes = [twigs.size(bough, gap) for bough in boughs]
        if gap == _GAP or max(wide for wide, _ in sizes) <= room:
            at, high = shelved(sizes, room, _ACROSS, _DOWN)
            found.append((high, -gap, at))
    high, less, at = min(found, key=lambda each: each[:2])
    return Laid(
        shown=shown,
        ends=ends,
        ruler=ruler,
        boughs=boughs,
        twigs=twigs,
        gap=-less,
        left=twigs.left(-less),
        at=at,
        high=high + FOOT,
    )


def _ends(chains: Chains, shown: list[int], marked: int) -> dict[str, int]:
    """Give whom the marked ways lead to, by what is to be said of it."""
    if marked >= 0:
        return {"": marked}
    best = chains.best(shown)
    if best:
        return best
    tallest = max(shown, key=lambda root: int(chains.tree.height[root]))
    return {} if chains.tree.height[tallest] < 2 else {"": chains.longest(tallest)}


def _people(started: int, clients: int) -> str:
    """Count the people below a root, and the clients among them.

    Examples
    --------
    >>> _people(22, 13), _people(1, 0)
    ('22 people, 13 clients', '1 person')
    """
    told = phrases.many(started, "person", "people")
    return f"{told}, {phrases.many(clients, 'client')}" if clients else told


def amounts(money: Mapping[str, Decimal]) -> str:
    """Write out what was won, each currency by itself; nothing where it was nothing.

    Examples
    --------
    >>> from decimal import Decimal
    >>> amounts({"USD": Decimal("1200.50"), "EUR": Decimal("900.00")})
    'EUR 900; USD 1,200.50'
    """
    found = []
    for currency in sorted(money):
        value = won_value.tidy(money[currency])
        if not value:
            continue
        digits = 0 if value == value.to_integral_value() else 2
        found.append(f"{currency} {value:,.{digits}f}".lstrip())
    return "; ".join(found)
