"""What is written beside everybody in a chain, how wide that is, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from refgraph.analysis.tracing import won_value
from refgraph.maps.scenes import phrases, theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from refgraph.book.book import Book
    from refgraph.maps.drawing.text_measure import Ruler
    from refgraph.maps.kinds.chains.data import Bough, Chains

__all__ = ["GAP", "HIGH", "Twigs", "amounts"]

GAP = 36.0  # at least, between a name and who came by them
#: Pixels: from one row to the next, from the left of a mark to its text, from a name to an amount,
#: and from line to line below a root.
HIGH = {"row": 25.0, "text": 25.0, "beside": 10.0, "line": 16.0}
_AMOUNT, _BELOW = 180.0, 280.0  # the widest amounts beside and below a name
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
    widest : float
        How wide a name may be.
    brief : bool, default False
        Whether people who are only counted are counted without what was won.
    """

    def __init__(
        self,
        book: Book,
        chains: Chains,
        ruler: Ruler,
        boughs: Sequence[Bough],
        widest: float,
        *,
        brief: bool = False,
    ) -> None:
        self.chains, self.ruler, self.boughs, self.brief = chains, ruler, boughs, brief
        role = book.people["role"].fillna("")
        role = role.where(role.isin(list(theme.ROLES)), "other")
        self.role = dict(zip(role.index.tolist(), role.tolist(), strict=True))
        self.roles_known = bool((role != "").any())
        people = [each.person for bough in boughs for each in bough.all() if each.person >= 0]
        roots = {bough.person for bough in boughs}
        names = chains.tree.names
        self.drawn: dict[str, str] = {}
        for bold in (True, False):
            some = [names[one] for one in people if (one in roots) == bold]
            self.drawn |= ruler.names(some, theme.NAME, widest, bold=bold)
        if chains.me >= 0:
            self.drawn[names[chains.me]] = "You"
        self.said = {each: self._said(each, bough) for bough in boughs for each in bough.all()}
        inner: dict[int, float] = {}
        for each, said in self.said.items():
            if each.children:
                inner[each.column] = max(inner.get(each.column, _NARROW), said.wide)
        self._inner = inner
        for bough in boughs:
            self._stand(bough)
        self.spread(GAP)

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

    def spread(self, gap: float) -> None:
        """Set the columns so far apart that there is a gap after the widest of each."""
        self.gap, self.left = gap, [0.0]
        for column in range(max(self._inner) + 1):
            self.left.append(self.left[-1] + self._inner.get(column, _NARROW) + gap)

    def size(self, bough: Bough, gap: float) -> tuple[float, float]:
        """Give width and height of a chain, with such a gap between its columns."""
        self.spread(gap)
        wide = max(self.left[each.column] + self.said[each].wide for each in bough.all())
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
        amount = self.ruler.fit(amount, theme.FAINT, _AMOUNT) if amount else ""
        if bough is root:
            started, clients, worth = self.chains.below(bough.person)
            below = [_people(started, clients)]
            if told := amounts(worth):
                below.append(f"won {told}")
        lower = tuple(self.ruler.fit(text, theme.FAINT, _BELOW) for text in below)
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
