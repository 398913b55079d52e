"""The chains map: who started what, from the left to the right, and what it led to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.book import professional_limits
from refgraph.errors import RefgraphError
from refgraph.maps.drawing import arrows, fonts, legend
from refgraph.maps.drawing.canvas import Canvas, outline
from refgraph.maps.drawing.page import blank, high_enough, wide_enough
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.kinds.chains import text as started
from refgraph.maps.kinds.chains.arrange import GAP, HIGH, Twigs
from refgraph.maps.kinds.chains.data import Chains
from refgraph.maps.layout.shelf_packing import shelved
from refgraph.maps.scenes import details, phrases, theme
from refgraph.maps.scenes.theme import settings

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from refgraph.book.book import Book
    from refgraph.maps.kinds.chains.data import Bough
    from refgraph.maps.scenes.marks import Owner
    from refgraph.maps.scenes.scene import Scene

    Floats = NDArray[np.float64]

__all__ = ["MOST", "TOP", "draw"]

TOP, MOST = 8, 60  # chains
_LEVELS = range(9, 2, -1)  # columns of people
_NAMES = (220.0, 180.0, 145.0, 112.0)  # the widest name
_GAPS = (110.0, 80.0, 56.0, GAP)  # between a name and who came by them
_ACROSS, _DOWN = 64.0, 26.0  # between chains
_FOOT = 30.0  # below the chains
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
    ax: Axes | None = None,
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
        its size. Without it, the way to the best client in each currency is marked; where no value
        is recorded, the longest chain.
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
    ax : matplotlib.axes.Axes, optional
        Draw there, instead of on a figure of the map's own.

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
    with settings(theme):
        page = _Page(book, chains, marked, (width, height), ax)
        return page.scene(max(min(top, MOST), 1), with_me=with_me)


class _Page:
    """The map, step by step from the chains to the page."""

    def __init__(
        self,
        book: Book,
        chains: Chains,
        marked: str | None,
        size: tuple[int, int | None],
        ax: Axes | None,
    ) -> None:
        self.book, self.chains, self.ax = book, chains, ax
        self.W, self.height = size
        self.marked = -1 if marked is None else chains.place[marked]
        self.room = self.W - 2 * theme.MARGIN

    def scene(self, top: int, *, with_me: bool) -> Scene:
        """Draw the page, with at most so many chains."""
        chains, book = self.chains, self.book
        if not chains.roots:
            self._lone()
            return blank(
                Ruler(fonts.for_names([])),
                "No chain is known yet",
                phrases.sentence([started.record(book), started.gaps(chains)]),
                self.ax,
                hint="Name in the column prospect who was referred, and the map will show "
                "who brought whom.",
            )
        self.eligible = chains.eligible(with_me=with_me)
        shown = self.eligible[:top]
        if self.marked >= 0:
            root = self._lone()
            self.eligible = self.eligible if root in self.eligible else chains.roots
            if root not in shown:
                shown = [*shown[: top - 1], root]
        self._settle(shown)
        H = self.height or int(np.ceil(self._head() + self.high + self._strip()))
        self.canvas = canvas = Canvas(self.W, H, self.ruler, self.ax)
        canvas.scene.notes = self.fonts.notes()
        canvas.scene.details = details.of_chains(book, chains)
        canvas.heading(self._finding(), self._counted())
        for bough, (x, y) in zip(self.boughs, self.at, strict=True):
            self._chain(bough, theme.MARGIN + x, self._head() + y)
        legend.draw(canvas, self._items(), self._notes(), H - self._strip())
        return canvas.scene

    def _lone(self) -> int:
        """Give the root of the person to mark, who must be in a chain."""
        tree, one = self.chains.tree, self.marked
        if one < 0:
            return -1
        if tree.parent[one] < 0 and not tree.children[one]:
            msg = f"{tree.names[one]} is in no chain, so there is nothing to mark."
            raise RefgraphError(msg)
        return int(tree.root[one])

    def _settle(self, shown: list[int]) -> None:
        """Decide how many chains are drawn, and where; fewer if the page is not high enough."""
        self.fonts = fonts.for_names(self._names(shown))
        few = iter(_FEW)
        most = next(few)
        while True:
            self._lay(shown, most)
            if self.height is None or self._head() + self.high + self._strip() <= self.height:
                return
            if len(shown) > 1:
                shown = self._fewer(shown)
                continue
            most = next(few, 0)
            if not most:
                high_enough(self.height, self._head() + self.high + self._strip())

    def _fewer(self, shown: list[int]) -> list[int]:
        """Leave out the first chain for which the page is too low, and those after it."""
        room = (self.height or 0) - self._head() - self._strip()
        low = [
            y + self.twigs.size(bough, self.twigs.gap)[1] + _FOOT
            for bough, (_, y) in zip(self.boughs, self.at, strict=True)
        ]
        fit = next(k for k, end in enumerate([*low[:-1], np.inf]) if end > room)
        kept, root = shown[: max(fit, 1)], self._lone()
        return kept if root < 0 or root in kept else [*kept[:-1], root]

    def _names(self, shown: list[int]) -> list[str]:
        """Name everybody who may be drawn, whatever the columns."""
        tree = self.chains.tree
        return [tree.names[k] for k in np.flatnonzero(np.isin(tree.root, shown)).tolist()]

    def _lay(self, shown: list[int], few: int) -> None:
        """Choose whom to draw, on as many columns as there is room for, and where."""
        chains = self.chains
        self.shown, self.ends = shown, self._ends(shown)
        ends = list(self.ends.values())
        self.ruler = Ruler(self.fonts)
        for levels in _LEVELS:
            boughs = [chains.drawn(root, levels, ends, self.marked, few) for root in shown]
            for name in _NAMES:
                twigs = Twigs(self.book, chains, self.ruler, boughs, name)
                if twigs.wide(GAP) <= self.room:
                    return self._pack(boughs, twigs)
        twigs = Twigs(self.book, chains, self.ruler, boughs, _NAMES[-1], brief=True)
        return self._pack(boughs, twigs)

    def _pack(self, boughs: list[Bough], twigs: Twigs) -> None:
        """Set the chains on the page, so that it is low, and then airy."""
        self.boughs, self.twigs = boughs, twigs
        found = []
        for gap in _GAPS:
            sizes = [twigs.size(bough, gap) for bough in boughs]
            if gap == GAP or max(wide for wide, _ in sizes) <= self.room:
                at, high = shelved(sizes, self.room, _ACROSS, _DOWN)
                found.append((high, -gap, at))
        self.high, gap, self.at = min(found, key=lambda each: each[:2])
        self.high += _FOOT
        twigs.spread(-gap)

    def _ends(self, shown: list[int]) -> dict[str, int]:
        """Give whom the marked ways lead to, by what is to be said of it."""
        chains = self.chains
        if self.marked >= 0:
            return {"": self.marked}
        best = chains.best(shown)
        if best:
            return best
        tallest = max(shown, key=lambda root: int(chains.tree.height[root]))
        return {} if chains.tree.height[tallest] < 2 else {"": chains.longest(tallest)}

    def _head(self) -> float:
        lines = len(self.ruler.wrap(self._counted(), theme.SUBTITLE, self.room))
        return 104 + 1.45 * theme.SUBTITLE * lines

    def _strip(self) -> float:
        return legend.height(self.ruler, self._items(), self._notes(), self.room)

    def _finding(self) -> str:
        return started.finding(self.chains, self.eligible, self.ruler, 0.3 * self.room)

    def _counted(self) -> str:
        return started.counted(self.book, self.chains, self.eligible, self.shown)

    def _drawn(self) -> list[Bough]:
        return [each for bough in self.boughs for each in bough.all()]

    def _items(self) -> list[legend.Item]:
        twigs, drawn = self.twigs, self._drawn()
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
                items.append(_hollow(color, text))
        if any(each.marked for each in drawn):
            items.append(legend.stroke(theme.BETWEEN, self._marks(), line=_STRONG))
        if self.marked >= 0:
            name = self.ruler.name(self.chains.tree.names[self.marked], theme.CAPTION, 240)
            items.append(legend.ground(theme.LIT, name))
        return items

    def _marks(self) -> str:
        """Say what the marked ways are."""
        if self.marked >= 0:
            return "to them, and on from them"
        people = {each.person for each in self._drawn()}
        currencies = [name for name, end in self.ends.items() if name and end in people]
        if not currencies:
            return "to the best client" if self.chains.best(self.shown) else "the longest chain"
        return f"to the client worth most in {phrases.listed(currencies)}"

    def _notes(self) -> list[str]:
        told = ["From left to right: who brought whom.", professional_limits.conditions(self.book)]
        if any(each.money for each in self._drawn()):
            told[0] += (
                " Beside a name: what was won with that person; under the first of a chain: with "
                "everybody who came after them. Currencies are never added."
            )
        return [*filter(None, [*told, self.fonts.undrawn(16)])]

    def _chain(self, root: Bough, x: float, y: float) -> None:
        """Draw one chain with its upper left corner at (x, y)."""
        for bough in root.all():
            self._mark(bough, x, y + bough.y)
            self._text(bough, x, y + bough.y)
        for bough in root.all():
            self._links(bough, x, y)

    def _mark(self, bough: Bough, x: float, y: float) -> None:
        canvas, twigs = self.canvas, self.twigs
        x = x + twigs.left[bough.column] + _ROOT
        if bough.person < 0:
            dots = [outline("circle", x + step, y, _DOT) for step in (-5.5, 0.0, 5.5)]
            canvas.shapes(dots, theme.GREY, "none", 0)
            return
        shape, color, _ = twigs.look(bough.person)
        strange = not self.chains.known[bough.person]
        r = _SMALL if strange else _MARK if bough.column else _ROOT
        person = self.chains.tree.names[bough.person]
        canvas.scene.nodes[person] = (x, y, r)
        hollow = strange or shape == "ring"
        face = theme.PAPER if strange else theme.HOLLOW if hollow else color
        wide = 1.6 if strange else 2.2 if hollow else 0
        mark = outline(shape, x, y, r - wide / 2)
        canvas.shapes([mark], face, color if hollow else theme.PAPER, wide, owners=[person])

    def _text(self, bough: Bough, x: float, y: float) -> None:
        canvas, said = self.canvas, self.twigs.said[bough]
        at = x + self.twigs.left[bough.column] + HIGH["text"]
        node = None if bough.person < 0 else self.chains.tree.names[bough.person]
        px = theme.CAPTION if node is None else theme.NAME
        ink = theme.GREY if node is None else theme.INK
        line = y + 0.36 * px
        box = canvas.text(at, line, said.name, px, color=ink, bold=said.bold, node=node)
        if bough.person >= 0 and bough.person == self.marked:
            canvas.lit(box, self.chains.tree.names[bough.person])
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
        canvas, left = self.canvas, self.twigs.left
        y = top + bough.y
        start = x + left[bough.column] + self.twigs.said[bough].end + 6
        turn = x + left[bough.column + 1] - min(_BEND, self.twigs.gap - 6)
        plain: list[tuple[Floats, Owner]] = []
        strong: list[tuple[Floats, Owner]] = []
        for child in bough.children:
            strange = child.person >= 0 and not self.chains.known[child.person]
            r = 8.0 if child.person < 0 else _SMALL if strange else _MARK
            end = x + left[child.column] + _ROOT - r - 2.5, top + child.y
            counted = bough.person < 0 or child.person < 0
            first = start + (_APART if counted else 0.0), y
            poly = _bent(first, turn, end)
            names = self.chains.tree.names
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


def _hollow(color: str, text: str) -> legend.Item:
    """Make the entry for the small mark of a prospect."""

    def paint(canvas: Canvas, x: float, y: float) -> None:
        canvas.shapes([outline("circle", x + 10, y, _SMALL - 0.8)], theme.PAPER, color, 1.6)

    return legend.Item(text, 20, paint)
