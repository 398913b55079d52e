"""The connectors map: through whom the shortest ways run, and who links groups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.errors import RefgraphError
from refgraph.maps.drawing import legend
from refgraph.maps.drawing.canvas import Canvas, closed, pill
from refgraph.maps.drawing.page import blank, wide_enough
from refgraph.maps.kinds import by_value
from refgraph.maps.kinds.connectors import group_names, isolates, tie_counts
from refgraph.maps.kinds.connectors import text as words
from refgraph.maps.kinds.connectors.arrange import NAME, STRONG, narrowed
from refgraph.maps.kinds.connectors.data import Net
from refgraph.maps.kinds.connectors.laid_out import UNDER, Page, head_of, laid_out
from refgraph.maps.kinds.connectors.network_lines import Networks
from refgraph.maps.layout import overlap
from refgraph.maps.layout.label_placement import place
from refgraph.maps.layout.label_repair import mend
from refgraph.maps.layout.quality import segments_hit
from refgraph.maps.layout.tie_routing import HULL
from refgraph.maps.scenes import details, phrases, theme
from refgraph.maps.scenes.theme import settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.path import Path
    from numpy.typing import NDArray

    from refgraph.book.book import Book
    from refgraph.maps.kinds.connectors.arrange import Looks
    from refgraph.maps.layout.label_placement import Placed
    from refgraph.maps.layout.tie_routing import Web
    from refgraph.maps.scenes.scene import Scene

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Area = tuple[float, float, float, float]

__all__ = ["draw"]

_THOUSANDS = 1500  # more pale ties than this are fainter still
_EDGE, _FEW = 26.0, 60  # pixels at the sides that names keep free, of up to so many people
_TIGHT = 8.0  # and of more, whose names need the margins
_RIM = 6.0  # pixels from the edges of the page to the line round a network
_BESIDE = 1.0  # pixels; a tie that stays so far from a text does not run beneath it
_GROUND, _HEADS = 4.4, 4.5  # order of painting: over ties, under marks
_HINT = "Record a referral between two of them, and the map will show it."


def draw(
    book: Book,
    *,
    person: str | None = None,
    with_me: bool = False,
    only: str | None = None,
    top: int | None = None,
    highlight: str | None = None,
    exact: bool = False,
    theme: str = "light",
    width: int = 1600,
    height: int | None = None,
    seed: int = 0,
    pos: Mapping[str, Sequence[float]] | None = None,
    color: str | Mapping[str, Any] | None = None,
    size: str | Mapping[str, Any] | None = None,
) -> Scene:
    """Draw the network of everybody but me, in its groups, the connectors largest.

    Who is named in the title, and how large a mark is, goes by the score of
    :func:`refgraph.connectors.rank`, as in the report; with more than 30 ties, those of others
    than the people named are pale.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    person : str, optional
        Whom to leave out; the book's me if not given. Ties with them are rings about the others.
    with_me : bool, default False
        Leave nobody out.
    only : str, optional
        Leave out everybody who is not in this group.
    top : int, optional
        How many people to draw, the best connectors; everybody up to 200 people and the best 150
        of more if not given.
    highlight : str, optional
        Whose name to mark; the ties of others are pale.
    exact : bool, default False
        Whether the score goes by all shortest ways, however many people there are.
    theme : {"light", "dark", "print"}
        The colours.
    width : int, default 1600
        Width of the page in pixels.
    height : int, optional
        Height of the page; it follows from the people if not given.
    seed : int, default 0
        Of the layout.
    pos : mapping of person to (x, y), optional
        Positions of one's own, y upwards, in any unit; they are scaled to the page and kept.
    color : str or mapping of person to value, optional
        What the colours of marks tell in place of roles, which keep their shapes: a column of
        ``people.csv``, ``given``, ``received`` or a column of the ranking, or values of one's
        own, such as a Series. Numbers are five shades, words colours of their own, the most
        frequent first and grey those beyond; who has no value is hollow.
    size : str or mapping of person to number, optional
        What the sizes of marks tell in place of the score: the area is in proportion.

    Returns
    -------
    Scene
        The figure and where everything on it is.

    Raises
    ------
    RefgraphError
        If `pos` lacks somebody who is drawn, there is no such group, the person to mark is not
        on the map, the page is too small, or there are no values to color or size by.

    Examples
    --------
    >>> from refgraph import Book
    >>> scene = draw(Book.sample(), color="profession", size={"Alice Merton": 3, "Ben": 1})
    >>> "Robin Hale" in scene.nodes  # me is left out
    False
    """
    whose = book.me if person is None else book.person(person)
    wide_enough(width)
    marked = None if highlight is None else book.person(highlight)
    with settings(theme):
        left_out = None if with_me else whose
        net = Net(book, left_out, whose, only=only, most=top, kept=marked, exact=exact)
        if marked not in {None, *net.people, *net.only_mine}:
            msg = f"{marked} is not on this map, so there is nothing to mark."
            raise RefgraphError(msg)
        tables = (book.people, net.table)
        net.worn = by_value.worn(book, tables, net.everyone, color=color, size=size)
        if not net.people:
            return _nobody(book, net, (width, height))
        lay = partial(laid_out, book, net, marked, (width, height), pos=pos, seed=seed)
        page = lay()
        scene = _Painter(page, Canvas(width, page.high, net.ruler)).scene()
        if (head := head_of(net.ruler, scene.subtitle, width)) > page.area[1]:
            page = lay(head=head)  # some names found no room, and that takes one more line
            scene = _Painter(page, Canvas(width, page.high, net.ruler)).scene()
        return scene


def _side(box: tuple[float, float, float, float], x: float) -> str:
    """Tell at which side of its box a name begins: at that of its mark."""
    return "left" if box[0] >= x else "right" if box[2] <= x else "center"


def _nobody(book: Book, net: Net, size: tuple[int, int | None]) -> Scene:
    """Give the page of a network in which nobody has a tie."""
    if not net.only_mine:
        return blank(net.ruler, "No referrals to draw yet", phrases.when(book), size)
    me = words.middle(net, book)
    count = phrases.many(len(net.only_mine), "person", "people")
    title = f"No ties yet among the people around {me}"
    told = f"{phrases.when(book)}  ·  {count} with ties to {me} only"
    owed = f"The map of what is owed shows the ties with {me}: refgraph map owed"
    return blank(net.ruler, title, told, size, hint=owed if net.directed else _HINT)


@dataclass(frozen=True, eq=False)
class _Painter:
    """What is on the page, mark by mark."""

    page: Page
    canvas: Canvas

    @property
    def net(self) -> Net:
        """The network."""
        return self.page.net

    @property
    def web(self) -> Web:
        """Where everybody is, and the ways of the ties."""
        return self.page.web

    @property
    def looks(self) -> Looks:
        """How everybody looks."""
        return self.page.looks

    def scene(self) -> Scene:
        """Draw the page."""
        page, net, canvas = self.page, self.net, self.canvas
        canvas.scene.notes = (*net.sampling, *net.fonts.notes())
        group_of = {str(p): str(name) for p, name in net.group_of.items()}
        canvas.scene.details = details.of(page.book, net.whose, group_of)
        nameless = self._paint()
        page.aside.draw(canvas, page.area[3] + 14 + UNDER)
        named = {label["node"] for label in canvas.scene.labels}
        left_out = len(net.people) + len(net.only_mine) - len(named)
        pale = int((~self.looks.loud).sum())
        items = [item for item in page.items if item.text != tie_counts.SAID or self._is_counted()]
        canvas.heading(
            page.title,
            words.counted(
                net,
                page.book,
                pale=pale,
                unnamed=left_out,
                nameless=nameless,
                marked=page.marked_as,
            ),
        )
        legend.draw(canvas, items, page.notes, page.foot)
        return canvas.scene

    def _is_counted(self) -> bool:
        """Tell whether there was room for a count on any tie."""
        return any(entry["on"] is not None for entry in self.canvas.scene.written)

    def _paint(self) -> int:
        """Draw the network, and count the groups without their name."""
        canvas, web, area = self.canvas, self.web, self.page.area
        edge = _EDGE if len(self.net.people) <= _FEW else _TIGHT
        page = (edge, area[1] - 6, canvas.W - edge, area[3] + 8)
        placed, looks = self._named(page)
        outlines = {
            k: overlap.hull(web.at[self.net.group == k], web.radius[self.net.group == k] + HULL)
            for k in range(len(self.net.kinds))
            if (self.net.group == k).sum() > 1
        }
        hulls = [closed(points) for points in outlines.values()]
        canvas.shapes(hulls, theme.HULL, theme.HULL_RIM, 1.2, zorder=1)
        self._arrows()
        self._marks()
        leaders = []
        for i, name in enumerate(placed):
            if name is None:
                continue
            p, loud = self.net.people[i], bool(looks.strong[i])
            px = STRONG if loud else NAME
            if name.needs_leader:
                leaders.append(name.leader(*web.discs[i]))
                canvas.lines(leaders[-1:], theme.INK, 0.8, zorder=4.6, owners=[p])
            halo, ha = p not in self.page.marked, _side(name.box, float(web.at[i, 0]))
            canvas.name_lines(name.box, looks.names[p], px, p, bold=loud, halo=halo, ha=ha)
            if p in self.page.marked:
                canvas.lit(name.box, p, zorder=_GROUND + 0.05)
            elif p in self.page.near:
                canvas.framed(name.box, p, zorder=_GROUND + 0.05)
        first = self.net.groups_about(self.page.marked)
        named = group_names.write(
            canvas, self.net, web, outlines, page=page, leaders=leaders, first=first
        )
        self._networks(page, outlines, placed, named)
        self._counts(page)
        self._grounds([*canvas.scene.labels, *canvas.scene.captions], hulls)
        return len(outlines) - len(named)

    def _networks(
        self,
        page: Area,
        areas: Mapping[int, Floats],
        placed: Sequence[Placed | None],
        captions: Mapping[int, Floats],
    ) -> None:
        """Draw a line round each network the title tells of, where no one area is all of it."""
        page_area, canvas = self.page.area, self.canvas
        names = {i: np.array(name.box) for i, name in enumerate(placed) if name}
        room = (_RIM, page_area[1] - _RIM, canvas.W - _RIM, page_area[3] + UNDER - _RIM)
        told = Networks(self.net, self.web, self.page.networks, areas, names, captions, room)
        rims, clear = told.lines()
        fences = [closed(rims[k]) for k in clear]
        canvas.shapes(fences, "none", theme.INSIDE, 1.4, zorder=0.9)
        lines = [rims[k] for k in clear]
        parts = {k: told.beside(k) for k in rims if k not in clear}
        within = {k: part for k, part in parts.items() if part is not None}
        rims = {k: rims[k] for k in clear} | within  # beside what is drawn, or nowhere
        group_names.count(canvas, self.net, self.web, rims, within=within, lines=lines, page=page)

    def _named(self, page: tuple[float, float, float, float]) -> tuple[list[Placed | None], Looks]:
        """Place the names; those that find no room on one line are tried on two."""
        web, looks = self.web, self.looks
        placed = mend(web, web.name(looks.name_size, looks.order, page), looks.name_size, page)
        lost = [i for i in looks.order.tolist() if placed[i] is None]
        second = narrowed(self.net, looks, lost) if lost else looks
        if second.names == looks.names:
            return placed, looks
        again = place(web.ground(page), second.name_size, looks.order)
        fewer = again.count(None) < placed.count(None)
        return (again, second) if fewer else (placed, looks)

    def _counts(self, page: tuple[float, float, float, float]) -> None:
        """Write how many referrals a tie of several stands for, and the tie back with it."""
        texts = [*self.canvas.scene.labels, *self.canvas.scene.captions]
        taken = np.array([text["box"] for text in texts]).reshape(-1, 4)
        people, ruler = self.net.people, self.net.ruler
        asked = tie_counts.asked(self.web, self.net.weight)
        words = {k: phrases.number(float(self.net.weight[k])) for k in asked}
        sizes = {k: ruler.size(text, tie_counts.PX, True) for k, text in words.items()}
        for k, box in tie_counts.places(self.web, sizes, taken, page).items():
            tie = people[self.web.giver[k]], people[self.web.receiver[k]]
            color = theme.BETWEEN if self.net.across[k] else theme.GREY
            x, y = (box[0] + box[2]) / 2, box[3] - sizes[k][2]
            self.canvas.text(
                x, y, words[k], tie_counts.PX, color=color, bold=True, ha="center", on=tie
            )

    def _grounds(self, texts: Sequence[Mapping[str, Any]], hulls: Sequence[Path]) -> None:
        """Lay a plain ground of the colour there under every text that ties run beneath."""
        lines = self.web.drawn.polys
        start, end = lines[:, :-1].reshape(-1, 2), lines[:, 1:].reshape(-1, 2)
        low, high = np.minimum(start, end) - _BESIDE, np.maximum(start, end) + _BESIDE
        for text in texts:
            box = np.array(text["box"])
            near = (low[:, 0] <= box[2]) & (high[:, 0] >= box[0])
            near &= (low[:, 1] <= box[3]) & (high[:, 1] >= box[1])
            if not segments_hit(box[None], start[near], end[near]).any():
                continue
            x, y = (float(side) for side in (box[:2] + box[2:]) / 2)
            inside = any(shape.contains_point((x, y)) for shape in hulls)
            ground = pill(x, y, (box[2] - box[0]) / 2 + 3, (box[3] - box[1]) / 2)
            color = theme.HULL if inside else theme.PAPER
            owners = [text["node"]] if "node" in text else []
            self.canvas.shapes([ground], color, "none", 0, zorder=_GROUND, owners=owners)

    def _arrows(self) -> None:
        canvas, web = self.canvas, self.web
        across, people = self.net.across, self.net.people
        ties = [(people[u], people[v]) for u, v in zip(web.giver, web.receiver, strict=True)]
        pale = theme.INSIDE_PALE, theme.BETWEEN_PALE
        if (~web.loud).sum() > _THOUSANDS:
            pale = theme.INSIDE_FAINT, theme.BETWEEN_FAINT
        for kind, color, z, casing in (
            (~across & ~web.loud, pale[0], 2.0, 0.0),
            (across & ~web.loud, pale[1], 2.2, 0.0),
            (~across & web.loud, theme.INSIDE, 3.0, 0.0),
            (across & web.loud, theme.BETWEEN, 4.0, 1.4),
        ):
            colors = [color] * int(kind.sum())
            owners = [ties[k] for k in np.flatnonzero(kind)]
            canvas.curves(
                web.drawn.shafts[kind],
                colors,
                web.line[kind],
                zorder=z,
                casing=casing,
                owners=owners,
            )
            above = _HEADS + z / 100 if z >= 3 else z + 0.1  # no name hides a loud head
            if web.headed:
                canvas.polygons(list(web.drawn.heads[kind]), colors, zorder=above, owners=owners)
        canvas.record_ties(ties, web.drawn.polys, web.drawn.lengths, headed=web.headed)

    def _marks(self) -> None:
        for i, p in enumerate(self.net.people):
            x, y = (float(c) for c in self.web.at[i])
            self.canvas.scene.nodes[p] = (x, y, float(self.looks.radius[i]))
        ringed = np.flatnonzero(self.looks.ringed)
        spots = zip(self.web.at[ringed], self.looks.radius[ringed], strict=True)
        rings = [isolates.ring(x, y, r) for (x, y), r in spots]
        owners = [self.net.people[i] for i in ringed]
        line = 1.2 if self.looks.crowd else 1.8
        self.canvas.shapes(rings, theme.PAPER, theme.ME, line, zorder=4.8, owners=owners)
        where = [(*self.web.at[i], self.looks.size[i]) for i in range(len(self.net.people))]
        isolates.marks(self.canvas, self.net, self.net.people, where)
