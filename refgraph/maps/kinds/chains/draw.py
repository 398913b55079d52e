"""The chains map: who started what, from the left to the right, and what it led to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from refgraph.book import professional_limits
from refgraph.errors import RefgraphError
from refgraph.maps.drawing import arrows, fonts, legend
from refgraph.maps.drawing.canvas import Canvas, outline
from refgraph.maps.drawing.page import blank, high_enough, wide_enough
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.kinds.chains import text as started
from refgraph.maps.kinds.chains.arrange import FOOT, HIGH, Laid, lay
from refgraph.maps.kinds.chains.data import Chains
from refgraph.maps.scenes import details, phrases, theme
from refgraph.maps.scenes.theme import settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.book.book import Book
    from refgraph.maps.drawing.fonts import Fonts
    from refgraph.maps.kinds.chains.data import Bough
    from refgraph.maps.scenes.marks import Owner
    from refgraph.maps.scenes.scene import Scene

    Floats = NDArray[np.float64]

__all__ = ["MOST", "TOP", "draw"]

TOP, MOST = 8, 60  # chains
_LINE, _STRONG = 1.6, 3.2
_ROOT, _MARK, _SMALL, _DOT = 9.0, 7.0, 4.6, 1.7  # radius of a mark
_BEND = 42.0  # the width in which links part
_APART = 0.02  # a link to people who are only counted begins apart from those to a person
_FEW = (10, 7, 5, 3, 2, 1)  # named below one person, on a page that is not high enough


def draw(
    book: Book,
    *,
    top: int = TOP,
    highlight: str | None = None,
    with_me: bool = False,
    touch: str = "first",
    theme: str = "light",
    width: int = 1600,
    height: int | None = None,
) -> Scene:
    """Draw the largest chains: who started them on the left, who came by whom to the right.

    Parameters
    ----------
    book : Book
        The whole record is used, whatever the window.
    top : int, default 8
        How many chains, those with the most people; at most 60. The others are counted.
    highlight : str, optional
        Whose chain to mark: the way to them, and everybody who came by them. It is drawn whatever
        its size. Without it, the way to the client worth most of those drawn is marked, in
        each currency; where nobody alone is worth most, the longest chain.
    with_me : bool, default False
        Draw the chain that I started too. It is drawn anyway if nobody else started one.
    touch : {"first", "last"}, default "first"
        Which of several referrals brought somebody.
    theme : {"light", "dark", "print"}
        The colours.
    width : int, default 1600
        Width of the page in pixels.
    height : int, optional
        Height of the page; it follows from the chains if not given. Chains for which it has no
        room are left out.

    Returns
    -------
    Scene
        The figure and where everything on it is. In ``edges``, ``u`` brought ``v``; links to
        people who are only counted are ``ribbons``.

    Raises
    ------
    OptionError
        If `touch` is something else.
    RefgraphError
        If the person to mark is in no chain, or the page is too small.
    UnknownPersonError
        If nobody has the name to mark.

    Examples
    --------
    >>> from refgraph import Book
    >>> draw(Book.sample()).title
    'Besides you, Carmen Ibarra and Hiro Tanabe started most, 6 people each; \
the longest chain has 3 steps'
    """
    professional_limits.refuse(book)
    wide_enough(width)
    marked = None if highlight is None else book.person(highlight)
    chains = Chains(book, touch)
    one = -1 if marked is None else chains.place[marked]
    root = _root_of(chains, one)
    with settings(theme):
        if not chains.roots:
            return _none(book, chains, (width, height))
        eligible = chains.eligible(with_me=with_me)
        most = max(min(top, MOST), 1)
        shown = eligible[:most]
        if root >= 0:
            eligible = eligible if root in eligible else chains.roots
            shown = shown if root in shown else [*shown[: most - 1], root]
        page = _settled(book, chains, (width, height), marked=one, eligible=eligible, shown=shown)
        return _Painter(page, Canvas(width, page.height, page.laid.ruler)).scene()


def _root_of(chains: Chains, one: int) -> int:
    """Give the root of the person to mark, who must be in a chain; -1 if there is nobody."""
    tree = chains.tree
    if one < 0:
        return -1
    if tree.parent[one] < 0 and not tree.children[one]:
        msg = f"{tree.names[one]} is in no chain, so there is nothing to mark."
        raise RefgraphError(msg)
    return int(tree.root[one])


def _none(book: Book, chains: Chains, size: tuple[int, int | None]) -> Scene:
    """Give the page of a book in which nobody is known to have brought anybody."""
    return blank(
        Ruler(fonts.for_names([])),
        "No chain is known yet",
        phrases.sentence([started.record(book), started.gaps(chains)]),
        size,
        hint="Name in the column prospect who was referred, and the map will show "
        "who brought whom.",
    )


def _settled(
    book: Book,
    chains: Chains,
    size: tuple[int, int | None],
    *,
    marked: int,
    eligible: list[int],
    shown: list[int],
) -> _Page:
    """Decide how many chains are drawn, and where; fewer if the page is not high enough."""
    tree, (width, height) = chains.tree, size
    named = [tree.names[k] for k in np.flatnonzero(np.isin(tree.root, shown)).tolist()]
    known = fonts.for_names(named)
    room = width - 2 * theme.MARGIN
    few = iter(_FEW)
    most = next(few)
    while True:
        laid = lay(book, chains, known, shown, marked=marked, room=room, few=most)
        page = _Page(book, chains, known, marked, eligible, laid, room)
        least = page.head() + laid.high + page.strip()
        if height is None:
            return replace(page, height=int(np.ceil(least)))
        if least <= height:
            return replace(page, height=height)
        if len(shown) > 1:
            shown = _fewer(page, height)
            continue
        most = next(few, 0)
        if not most:
            high_enough(height, least)


def _fewer(page: _Page, height: int) -> list[int]:
    """Leave out the first chain for which the page is too low, and those after it."""
    laid, room = page.laid, height - page.head() - page.strip()
    low = [
        y + laid.twigs.size(bough, laid.gap)[1] + FOOT
        for bough, (_, y) in zip(laid.boughs, laid.at, strict=True)
    ]
    fit = next(k for k, end in enumerate([*low[:-1], np.inf]) if end > room)
    kept, root = laid.shown[: max(fit, 1)], _root_of(page.chains, page.marked)
    return kept if root < 0 or root in kept else [*kept[:-1], root]


@dataclass(frozen=True, eq=False)
class _Page:
    """The chains with their places, and what is said about them."""

    book: Book
    chains: Chains
    fonts: Fonts
    marked: int  # whom to mark, or -1
    eligible: list[int]
    laid: Laid
    room: float
    height: int = 0

    def head(self) -> float:
        """Give the height of title and subtitle."""
        lines = len(self.laid.ruler.wrap(self.counted(), theme.SUBTITLE, self.room))
        return 104 + theme.LEADING * theme.SUBTITLE * lines

    def strip(self) -> float:
        """Give the height of the legend."""
        return legend.height(self.laid.ruler, self.items(), self.notes(), self.room)

    def finding(self) -> str:
        """Say what the map shows."""
        name = phrases.name_room(self.room)
        return started.finding(self.chains, self.eligible, self.laid.ruler, name)

    def counted(self) -> str:
        """Say how much of the record is drawn."""
        return started.counted(self.book, self.chains, self.eligible, self.laid.shown)

    def drawn(self) -> list[Bough]:
        """Give everybody who is drawn."""
        return [each for bough in self.laid.boughs for each in bough.all()]

    def items(self) -> list[legend.Item]:
        """Give the entries of the legend."""
        twigs, drawn = self.laid.twigs, self.drawn()
        people = [each.person for each in drawn if each.person >= 0]
        kinds = {twigs.look(person) for person in people}
        items = [
            legend.mark(shape, color, text)
            for shape, color, text in [*theme.ROLES.values(), theme.PLAIN]
            if (shape, color, text) in kinds
        ]
        if self.chains.me in people:
            items.append(legend.mark("circle", theme.ME, "you"))
        strange = [one for one in people if not self.chains.known[one]]
        for color, won, text in (
            (theme.GREY, False, "prospect only: nobody else in the book"),
            (theme.ROLES["client"][1], True, "prospect only, now a client"),
        ):
            if any(bool(self.chains.client[one]) == won for one in strange):
                items.append(_hollow(color, text, dotted=won))
        if any(each.marked for each in drawn):
            items.append(legend.stroke(theme.BETWEEN, self._marks(), line=_STRONG))
        if self.marked >= 0:
            name = self.laid.ruler.name(self.chains.tree.names[self.marked], theme.CAPTION, 240)
            items.append(legend.ground(theme.LIT, name))
        elif self.lit() & {*people}:
            items.append(legend.ground(theme.LIT, "started most"))
        return items

    def lit(self) -> set[int]:
        """Give those whose names lie on a ground: who is to be marked, else who started most."""
        if self.marked >= 0:
            return {self.marked}
        first = started.most_started(self.chains, self.eligible)
        return {*first} if len(first) < len(self.eligible) else set()

    def _marks(self) -> str:
        """Say what the marked ways are."""
        if self.marked >= 0:
            return "to them, and on from them"
        people = {each.person for each in self.drawn()}
        currencies = [name for name, end in self.laid.ends.items() if name and end in people]
        if not currencies:
            return (
                "to the best client" if self.chains.best(self.laid.shown) else "the longest chain"
            )
        return f"to the client worth most of those drawn, in {phrases.listed(currencies)}"

    def notes(self) -> list[str]:
        """Say how to read the map."""
        told = ["From left to right: who brought whom.", professional_limits.conditions(self.book)]
        if any(each.money for each in self.drawn()):
            told[0] += (
                " Beside a name: what was won with that person; under the first of a chain: with "
                "everybody who came after them. Currencies are never added."
            )
        return [*filter(None, [*told, self.fonts.undrawn(16)])]


@dataclass(frozen=True, eq=False)
class _Painter:
    """The marks of the map, on a page where everything has its place."""

    page: _Page
    canvas: Canvas

    def scene(self) -> Scene:
        """Draw the page."""
        page, canvas, laid = self.page, self.canvas, self.page.laid
        canvas.scene.notes = page.fonts.notes()
        canvas.scene.details = details.of_chains(page.book, page.chains)
        canvas.heading(page.finding(), page.counted())
        for bough, (x, y) in zip(laid.boughs, laid.at, strict=True):
            self._chain(bough, theme.MARGIN + x, page.head() + y)
        legend.draw(canvas, page.items(), page.notes(), page.height - page.strip())
        return canvas.scene

    def _chain(self, root: Bough, x: float, y: float) -> None:
        """Draw one chain with its upper left corner at (x, y)."""
        for bough in root.all():
            self._mark(bough, x, y + bough.y)
            self._text(bough, x, y + bough.y)
        for bough in root.all():
            self._links(bough, x, y)

    def _mark(self, bough: Bough, x: float, y: float) -> None:
        canvas, twigs = self.canvas, self.page.laid.twigs
        x = x + self.page.laid.left[bough.column] + _ROOT
        if bough.person < 0:
            dots = [outline("circle", x + step, y, _DOT) for step in (-5.5, 0.0, 5.5)]
            canvas.shapes(dots, theme.GREY, "none", 0)
            return
        shape, color, _ = twigs.look(bough.person)
        strange = not self.page.chains.known[bough.person]
        r = _SMALL if strange else _MARK if bough.column else _ROOT
        person = self.page.chains.tree.names[bough.person]
        canvas.scene.nodes[person] = (x, y, r)
        hollow = strange or shape == "ring"
        face = theme.PAPER if strange else theme.HOLLOW if hollow else color
        wide = 1.6 if strange else 2.2 if hollow else 0
        mark = outline(shape, x, y, r - wide / 2)
        canvas.shapes([mark], face, color if hollow else theme.PAPER, wide, owners=[person])
        if strange and self.page.chains.client[bough.person]:  # told from others without colours
            canvas.shapes([outline("circle", x, y, _DOT)], color, "none", 0, owners=[person])

    def _text(self, bough: Bough, x: float, y: float) -> None:
        canvas, said = self.canvas, self.page.laid.twigs.said[bough]
        at = x + self.page.laid.left[bough.column] + HIGH["text"]
        node = None if bough.person < 0 else self.page.chains.tree.names[bough.person]
        px = theme.CAPTION if node is None else theme.NAME
        ink = theme.GREY if node is None else theme.INK
        line = y + theme.DROP * px
        box = canvas.text(at, line, said.name, px, color=ink, bold=said.bold, node=node)
        if bough.person in self.page.lit():
            canvas.lit(box, self.page.chains.tree.names[bough.person])
        if said.amount:
            canvas.text(
                box[2] + HIGH["beside"], line, said.amount, theme.FAINT, color=theme.GREY, of=node
            )
        for k, text in enumerate(said.below):
            low = y + 20 + HIGH["line"] * k
            canvas.text(at, low, text, theme.FAINT, color=theme.GREY, of=node)

    def _links(self, bough: Bough, x: float, top: float) -> None:
        """Draw the links from somebody to those who came by them."""
        if not bough.children:
            return
        canvas, left = self.canvas, self.page.laid.left
        y = top + bough.y
        start = x + left[bough.column] + self.page.laid.twigs.said[bough].end + 6
        turn = x + left[bough.column + 1] - min(_BEND, self.page.laid.gap - 6)
        plain: list[tuple[Floats, Owner]] = []
        strong: list[tuple[Floats, Owner]] = []
        for child in bough.children:
            strange = child.person >= 0 and not self.page.chains.known[child.person]
            r = 8.0 if child.person < 0 else _SMALL if strange else _MARK
            end = x + left[child.column] + _ROOT - r - 2.5, top + child.y
            counted = bough.person < 0 or child.person < 0
            first = start + (_APART if counted else 0.0), y
            poly = _bent(first, turn, end)
            names = self.page.chains.tree.names
            tie = None if counted else (names[bough.person], names[child.person])
            (strong if child.marked else plain).append((poly, tie))
            if tie is None:
                canvas.scene.ribbons.append({"poly": poly.tolist()})
                continue
            link = {"u": tie[0], "v": tie[1], "weight": 1.0, "poly": poly.tolist()}
            canvas.scene.edges.append({**link, "tip": None, "head": 0.0})
        for links, color, line, order in (
            (plain, theme.INSIDE, _LINE, 3.0),
            (strong, theme.BETWEEN, _STRONG, 3.2),
        ):
            polys, owners = [poly for poly, _ in links], [tie for _, tie in links]
            canvas.lines(polys, color, line, zorder=order, owners=owners)


def _bent(start: tuple[float, float], turn: float, end: tuple[float, float]) -> Floats:
    """Give a link: level to where it turns, and from there in a gentle bend."""
    first, last = np.array([turn, start[1]]), np.array(end)
    if start[1] == end[1]:
        return np.array([start, end])
    half = np.array([0.55 * (last[0] - first[0]), 0.0])
    controls = np.array([first, first + half, last - half, last])
    curve = arrows.along(controls)
    return np.vstack([[start], curve]) if start[0] < turn else curve


def _hollow(color: str, text: str, *, dotted: bool) -> legend.Item:
    """Make the entry for the small mark of a prospect; of one won over, with a dot in it."""

    def paint(canvas: Canvas, x: float, y: float) -> None:
        canvas.shapes([outline("circle", x + 10, y, _SMALL - 0.8)], theme.PAPER, color, 1.6)
        if dotted:
            canvas.shapes([outline("circle", x + 10, y, _DOT)], color, "none", 0)

    return legend.Item(text, 20, paint)
