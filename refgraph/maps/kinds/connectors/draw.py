"""The connectors map: who links people and groups that would otherwise be apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.analysis.connecting import connectors as analysis
from refgraph.errors import RefgraphError
from refgraph.maps.drawing import arrows, legend
from refgraph.maps.drawing.canvas import Canvas, closed, pill
from refgraph.maps.drawing.page import blank, high_enough, own_places, wide_enough
from refgraph.maps.kinds.connectors import isolates
from refgraph.maps.kinds.connectors import text as findings
from refgraph.maps.kinds.connectors.data import Net
from refgraph.maps.layout import overlap
from refgraph.maps.layout.hull_captions import captions
from refgraph.maps.layout.label_repair import mend
from refgraph.maps.layout.quality import segments_hit
from refgraph.maps.layout.tie_routing import HULL, Web, backbone, positions
from refgraph.maps.scenes import details, phrases, theme
from refgraph.maps.scenes.theme import settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.path import Path
    from numpy.typing import NDArray

    from refgraph.book.book import Book
    from refgraph.maps.scenes.scene import Scene

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["draw"]

_ARROWS = 160  # more ties than this are thinned to the strongest of each person
_PALE = 0.7  # width of a tie that is not loud
_THOUSANDS = 1500  # more pale ties than this are fainter still
_CROWD = 200  # more people than this get smaller marks, fewer arrows and only some names
_NAMES = 130  # so many
_NAME, _STRONG, _LONGEST = isolates.NAME, 15.5, isolates.LONGEST
_GROUND, _HEADS = 4.4, 4.5  # order of painting: over ties, under marks
_STEEP = 3.0  # power of the score by which marks grow, so that the best stand out
_LEAST = 260.0  # pixels of height for the network
_UNDER = 22.0  # pixels between the people and the rule below them, for the rims of hulls
_HINT = "Record a referral between two of them, and the map will show it."
_OTHER = "The map owed draws those."


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
    ax: Axes | None = None,
) -> Scene:
    """Draw the network of everybody but me, in its groups, the connectors largest.

    Who is named in the title, and how large a mark is, goes by the score of
    :func:`refgraph.connectors.rank`, as in the report.

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
    ax : matplotlib.axes.Axes, optional
        Draw there, instead of on a figure of the map's own.

    Returns
    -------
    Scene
        The figure and where everything on it is.

    Raises
    ------
    RefgraphError
        If `pos` lacks somebody who is drawn, there is no such group, the person to mark is not
        on the map, or the page is too small.

    Examples
    --------
    >>> from refgraph import Book
    >>> scene = draw(Book.sample())
    >>> "Robin Hale" in scene.nodes  # me is left out
    False
    """
    whose = book.me if person is None else book.person(person)
    wide_enough(width)
    marked = None if highlight is None else book.person(highlight)
    with settings(theme):
        left_out = None if with_me else whose
        net = Net(book, left_out, whose, only=only, most=top, kept=marked, exact=exact)
        return _Map(book, net, marked, (width, height), ax).scene(pos, seed)


class _Map:
    """The map, step by step from the network to the page."""

    def __init__(
        self,
        book: Book,
        net: Net,
        marked: str | None,
        size: tuple[int, int | None],
        ax: Axes | None,
    ) -> None:
        self.book, self.net, self.marked, self.ax = book, net, marked, ax
        self.W, self.height = size
        self.me = findings.middle(net, book)
        leading, self.level = analysis.leading(net.table)
        self.best = [p for p in leading if p in net.people]

    def scene(self, pos: Mapping[str, Sequence[float]] | None, seed: int) -> Scene:
        """Draw the page."""
        ruler = self.net.ruler
        if self.marked not in {None, *self.net.people, *self.net.only_mine}:
            msg = f"{self.marked} is not on this map, so there is nothing to mark."
            raise RefgraphError(msg)
        if not self.net.people:
            if not self.net.only_mine:
                return blank(ruler, "No referrals to draw yet", phrases.when(self.book), self.ax)
            count = phrases.many(len(self.net.only_mine), "person", "people")
            return blank(
                ruler,
                f"No ties yet among the people around {self.me}",
                f"{phrases.when(self.book)}  ·  {count} with ties to {self.me} only",
                self.ax,
                hint=_OTHER if self.net.directed else _HINT,
            )
        room = self.W - 2 * theme.MARGIN
        self._measure()
        pale = int((~self.loud).sum())
        sized = bool(np.ptp(self.size) > 0)
        marked = "" if self.marked is None else ruler.name(self.marked, theme.CAPTION, 240)
        tied = marked if self.marked in self.net.people else ""
        items = findings.entries(self.net, self.book, loud=self.loud, sized=sized, marked=tied)
        if marked:
            items.append(legend.ground(theme.LIT, marked))
        made = [findings.parts(self.net, self.best)] if sized or self.best else []
        notes = [*made, *self.net.sampling, *findings.notes(self.net, self.book)]
        some = 99 if self.crowd else 0  # names that may be left out
        subtitle = findings.counted(self.net, self.book, pale=pale, unnamed=some, marked=tied)
        head = 92 + 1.45 * theme.SUBTITLE * len(ruler.wrap(subtitle, theme.SUBTITLE, room))
        n = len(self.net.people)
        tall = float(np.clip(430 + 10.5 * n, 0, 1080) + np.clip(1.2 * (n - 120), 0, 420))
        tall = min(tall, 150 * np.sqrt(n) + 150)
        wide = min(self.W - 2 * theme.MARGIN + 40, 250 * np.sqrt(n) + 260)
        aside = isolates.Strip(self.net, self.me, room, self.marked)
        below = aside.height + _UNDER
        if self.height is not None:
            legend_high = legend.height(ruler, items, notes, room)
            high_enough(self.height, head + _LEAST + below + legend_high)
            tall = self.height - head - below - legend_high
        foot = head + tall + below
        H = self.height or np.ceil(foot + legend.height(ruler, items, notes, room))
        area = ((self.W - wide) / 2, head, (self.W + wide) / 2, head + tall)
        self.web = self._web(area, pos, seed)
        self.canvas = canvas = Canvas(self.W, H, ruler, self.ax)
        canvas.scene.notes = (*self.net.sampling, *self.net.fonts.notes())
        canvas.scene.details = details.of(self.book, self.net.whose, self._groups())
        self._paint(area)
        aside.draw(canvas, head + tall + 14 + _UNDER)
        left_out = len(self.net.people) + len(self.net.only_mine) - len(canvas.scene.labels)
        canvas.heading(
            findings.finding(self.net, self.best, self.level, room),
            findings.counted(self.net, self.book, pale=pale, unnamed=left_out, marked=tied),
        )
        legend.draw(canvas, items, notes, foot)
        return canvas.scene

    def _measure(self) -> None:
        """Decide how large every mark is, what its name looks like, and which ties are loud."""
        n = len(self.net.people)
        score = self.net.table["score"].loc[self.net.people].to_numpy()
        above, wide = score - score.min(), float(np.ptp(score))
        share = (above / wide) ** _STEEP if wide > 0 else np.zeros(n)
        self.crowd = n > _CROWD
        small, large = (6.0, 14.0) if n <= 150 else (3.4, 9.0) if self.crowd else (4.5, 10.0)
        self.size = small + large * share
        self.ring = 2.6 if self.crowd else isolates.RING
        self.ringed = np.array([p in self.net.mine for p in self.net.people])
        self.radius = self.size + self.ring * self.ringed
        rank = {p: k for k, p in enumerate(self.net.table.index)}
        self.order = np.array(
            sorted(range(n), key=lambda i: rank[self.net.people[i]]), dtype=np.int64
        )
        if self.crowd:
            self.order = self.order[:_NAMES]
        strong = min(8, max(n // 5, 1))
        self.strong = np.zeros(n, dtype=bool)
        after = float(score[self.order[strong]]) if strong < len(self.order) else 0.0
        self.strong[[i for i in self.order[:strong] if score[i] > after]] = True
        asked = {i: self.net.people[i] for i in sorted(self.order.tolist())}
        self.names = self.net.ruler.names(asked.values(), _NAME, _LONGEST)
        strong_ones = [p for i, p in asked.items() if self.strong[i]]
        self.names |= self.net.ruler.names(strong_ones, _STRONG, _LONGEST + 40, bold=True)
        self.name_size = np.zeros((n, 2))
        for i, p in asked.items():
            loud = bool(self.strong[i])
            px = _STRONG if loud else _NAME
            width, ascent, descent = self.net.ruler.size(self.names[p], px, loud)
            self.name_size[i] = width, ascent + descent
        self.dense = len(self.net.giver) > _ARROWS
        each = (3 if n <= 60 else 1 if self.crowd else 2) if self.dense else n
        self.loud = backbone(n, self.net.giver, self.net.receiver, self.net.weight, each)
        if self.marked in self.net.people:
            ends = self.net.giver, self.net.receiver
            at = self.net.people.index(self.marked)
            self.loud = (ends[0] == at) | (ends[1] == at)

    def _web(
        self,
        area: tuple[float, float, float, float],
        pos: Mapping[str, Sequence[float]] | None,
        seed: int,
    ) -> Web:
        net = self.net
        all_ties = (net.giver, net.receiver, net.weight)
        if pos is None:
            wanted = np.zeros(len(net.people), dtype=bool)
            wanted[self.order] = True
            room = np.where(wanted[:, None], self.name_size, 0.0)
            at = positions(self.radius, room, all_ties, self.net.group, area, seed=seed)
        else:
            inner = (area[0] + 90, area[1] + 30, area[2] - 90, area[3] - 30)
            at = overlap.fill(own_places(pos, net.people), inner, stretch=1.0)
        strongest = np.quantile(net.weight[self.loud], 0.9) / 8 if self.dense else 1.0
        weight = net.weight / max(float(strongest), 1.0)
        full = arrows.width(weight) * (1.0 if self.loud.all() else 0.7)
        line = np.where(self.loud, full, _PALE)
        page = (8.0, area[1] - 10, self.W - 8.0, area[3] + 10)
        ends = net.giver, net.receiver
        return Web(at, self.radius, *ends, line, self.loud, page, headed=net.directed)

    def _paint(self, area: tuple[float, float, float, float]) -> None:
        canvas, web = self.canvas, self.web
        page = (8.0, area[1] - 6, self.W - 8.0, area[3] + 8)
        placed = mend(web, web.name(self.name_size, self.order, page), self.name_size, page)
        outlines = {
            k: overlap.hull(web.at[self.net.group == k], web.radius[self.net.group == k] + HULL)
            for k in range(len(self.net.kinds))
            if (self.net.group == k).sum() > 1
        }
        hulls = [closed(points) for points in outlines.values()]
        canvas.shapes(hulls, theme.HULL, theme.HULL_RIM, 1.2, zorder=1)
        self._arrows()
        self._marks()
        for i, name in enumerate(placed):
            if name is None:
                continue
            p, loud = self.net.people[i], bool(self.strong[i])
            px = _STRONG if loud else _NAME
            _, _, descent = self.net.ruler.size(self.names[p], px, loud)
            left, _, _, bottom = name.box
            if name.needs_leader:
                leader = name.leader(*web.discs[i])
                canvas.lines([leader], theme.INK, 0.8, zorder=4.6, owners=[p])
            line, halo = bottom - descent, p != self.marked
            canvas.text(left, line, self.names[p], px, bold=loud, halo=halo, node=p)
            if p == self.marked:
                canvas.lit(name.box, p, zorder=_GROUND + 0.05)
        self._group_names(outlines, page)
        self._grounds([*canvas.scene.labels, *canvas.scene.captions], hulls)

    def _grounds(self, texts: Sequence[Mapping[str, Any]], hulls: Sequence[Path]) -> None:
        """Lay a plain ground of the colour there under every text that ties run beneath."""
        lines = self.web.drawn.polys
        start, end = lines[:, :-1].reshape(-1, 2), lines[:, 1:].reshape(-1, 2)
        for text in texts:
            box = np.array(text["box"])
            if not segments_hit(box[None], start, end).any():
                continue
            x, y = (float(side) for side in (box[:2] + box[2:]) / 2)
            inside = any(shape.contains_point((x, y)) for shape in hulls)
            ground = pill(x, y, (box[2] - box[0]) / 2 + 3, (box[3] - box[1]) / 2)
            color = theme.HULL if inside else theme.PAPER
            owners = [text["node"]] if "node" in text else []
            self.canvas.shapes([ground], color, "none", 0, zorder=_GROUND, owners=owners)

    def _group_names(self, outlines: dict[int, Floats], page: tuple[float, ...]) -> None:
        texts = {k: self._group_name(k) for k in outlines}
        sizes = {}
        for k, text in texts.items():
            width, ascent, descent = self.net.ruler.size(text, theme.FAINT, True)
            sizes[k] = (width, ascent + descent)
        taken = np.array([label["box"] for label in self.canvas.scene.labels]).reshape(-1, 4)
        spots = captions(outlines, sizes, self.web, taken, (page[0], page[1], page[2], page[3]))
        for k, box in spots.items():
            _, _, descent = self.net.ruler.size(texts[k], theme.FAINT, True)
            x, y = float(box[0]), float(box[3]) - descent
            self.canvas.text(x, y, texts[k], theme.FAINT, color=theme.GREY, bold=True, halo=True)

    def _groups(self) -> dict[str, str]:
        """Give everybody's group as the map names it."""
        named = dict(zip(self.net.everyone, self.net.group_of.tolist(), strict=True))
        if self.net.group_of.attrs["source"] == "declared":
            return named
        called = [f"around {self._centre(k)}" for k in range(len(self.net.kinds))]
        pairs = zip(self.net.people, self.net.group.tolist(), strict=True)
        return {p: called[k] if k >= 0 else "" for p, k in pairs}

    def _centre(self, k: int) -> str:
        """Give the best connector of a group."""
        rank = {p: at for at, p in enumerate(self.net.table.index)}
        members = np.flatnonzero(self.net.group == k)
        return min((self.net.people[i] for i in members), key=rank.__getitem__)

    def _group_name(self, k: int) -> str:
        members = np.flatnonzero(self.net.group == k)
        count = phrases.many(len(members), "person", "people")
        if self.net.group_of.attrs["source"] == "declared":
            name = self.net.ruler.name(self.net.kinds[k], theme.FAINT, 200)
            return f"{phrases.isolated(name)}: {count}"
        first = phrases.isolated(self.net.ruler.name(self._centre(k), theme.FAINT, 160))
        return f"around {first}: {count}"

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
        for k, (giver, receiver) in enumerate(ties):
            poly = web.drawn.polys[k].tolist()
            canvas.scene.edges.append(
                {
                    "u": giver,
                    "v": receiver,
                    "poly": poly,
                    "tip": poly[-1] if web.headed else None,
                    "head": float(web.drawn.lengths[k]),
                }
            )

    def _marks(self) -> None:
        for i, p in enumerate(self.net.people):
            x, y = (float(c) for c in self.web.at[i])
            self.canvas.scene.nodes[p] = (x, y, float(self.radius[i]))
        ringed = np.flatnonzero(self.ringed)
        rings = [
            isolates.ring(self.web.at[i, 0], self.web.at[i, 1], self.radius[i]) for i in ringed
        ]
        owners = [self.net.people[i] for i in ringed]
        line = 1.2 if self.crowd else 1.8
        self.canvas.shapes(rings, theme.PAPER, theme.ME, line, zorder=4.8, owners=owners)
        where = [(*self.web.at[i], self.size[i]) for i in range(len(self.net.people))]
        isolates.marks(self.canvas, self.net, self.net.people, where)
