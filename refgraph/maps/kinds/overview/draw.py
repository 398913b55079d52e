"""The overview: groups as circles, their people inside, and the referrals that pass between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.book import professional_limits
from refgraph.maps.drawing import legend
from refgraph.maps.drawing.canvas import Canvas, outline, pill
from refgraph.maps.drawing.page import blank, high_enough, own_places, wide_enough
from refgraph.maps.kinds.connectors import text as findings
from refgraph.maps.kinds.overview import inner_ties
from refgraph.maps.kinds.overview import text as glance
from refgraph.maps.kinds.overview.data import Circles
from refgraph.maps.layout import circle_packing, force, group_flows, in_circles, label_candidates
from refgraph.maps.layout.label_placement import placed_at
from refgraph.maps.scenes import phrases, theme
from refgraph.maps.scenes.marks import Between
from refgraph.maps.scenes.theme import settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from refgraph.book.book import Book
    from refgraph.maps.layout.label_placement import Placed
    from refgraph.maps.scenes.scene import Scene

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Area = tuple[float, float, float, float]

__all__ = ["draw"]

_NAME, _STRONG, _LONGEST = 12.5, 14.5, 170.0
_ALL = 160  # up to so many people, all names are asked for
_FEW = 60
_FILL = 0.50  # share of the page that circles are asked to cover
_ROOMY = 2300.0  # pixels that a person is given at most, but for the few
_SLOW = 0.15  # ties to other groups pull so much less
_RING = 2.4
_LINE = 14.5  # from line to line of a caption


def draw(
    book: Book,
    *,
    person: str | None = None,
    theme: str = "light",
    width: int = 1600,
    height: int | None = None,
    seed: int = 0,
    pos: Mapping[str, Sequence[float]] | None = None,
    ax: Axes | None = None,
) -> Scene:
    """Draw the whole network: its groups, their people, and what passes between the groups.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals; its groups are the declared ones, else those found.
    person : str, optional
        Whom to leave out; the book's me if not given. Ties with them are rings about the others.
    theme : {"light", "dark", "print"}
        The colours.
    width : int, default 1600
        Width of the page in pixels.
    height : int, optional
        Height of the page, with room below for what it has more; it follows from the people if
        not given.
    seed : int, default 0
        Of the layout.
    pos : mapping of person to (x, y), optional
        Positions of one's own, y upwards, in any unit. Circles start from the middle of their
        people, and people keep their places relative to each other as far as there is room.
    ax : matplotlib.axes.Axes, optional
        Draw there, instead of on a figure of the map's own.

    Returns
    -------
    Scene
        The figure and where everything on it is; its ribbons have ``giver`` and ``receiver``, the
        names of two circles, and ``referrals``.

    Raises
    ------
    RefgraphError
        If `pos` lacks somebody who is drawn, or the page is too small.

    Examples
    --------
    >>> from refgraph import Book
    >>> scene = draw(Book.sample())
    >>> scene.title
    'You have ties in all 3 groups; 5 of 14 referrals stay inside a group'
    """
    professional_limits.refuse(book)
    whose = book.me if person is None else book.person(person)
    wide_enough(width)
    with settings(theme):
        return _Map(book, Circles(book, whose), (width, height), seed, ax).scene(pos)


class _Map:
    """The map, step by step from the network to the page."""

    def __init__(
        self, book: Book, net: Circles, size: tuple[int, int | None], seed: int, ax: Axes | None
    ) -> None:
        self.book, self.net, self.seed, self.ax = book, net, seed, ax
        self.W, self.height = size
        self.loud = inner_ties.shown(net)
        self.captions: Floats
        self.placed: list[Placed | None]
        self.flows: group_flows.Flows
        self.hushed: bool

    def scene(self, pos: Mapping[str, Sequence[float]] | None) -> Scene:
        """Draw the page."""
        net, ruler = self.net, self.net.ruler
        if not net.people:
            return blank(ruler, "No referrals to draw yet", phrases.when(self.book), self.ax)
        own = None if pos is None else own_places(pos, net.people)
        self._measure()
        for roomy in (1.0, 1.2, 1.5, 2.0) if len(net.people) <= _FEW else (1.0,):
            area = self._arrange(own, roomy)
            if sum(name is not None for name in self.placed) == len(self.order):
                break
        most = float(self.flows.weight.max(initial=0.0))
        notes = findings.notes(net, self.book)
        sized = bool(np.ptp(self.size) > 0)
        items = glance.entries(net, self.book, most=most, sized=sized, inside=int(self.loud.sum()))
        room = self.W - 2 * theme.MARGIN
        foot = area[3] + 38
        least = np.ceil(foot + legend.height(ruler, items, notes, room))
        high_enough(self.height, least)
        H = self.height or least
        self.canvas = canvas = Canvas(self.W, H, ruler, self.ax)
        canvas.scene.notes = net.fonts.notes()
        self._paint()
        canvas.heading(
            glance.finding(net, self.book, room),
            glance.counted(
                net,
                self.book,
                unnamed=len(net.people) - len(canvas.scene.labels),
                flows=self.fewest if self.hushed else 0.0,
                inside=int((~net.across & ~self.loud).sum()),
            ),
        )
        legend.draw(canvas, items, notes, foot)
        return canvas.scene

    def _arrange(self, own: Floats | None, roomy: float) -> Area:
        """Give everything its place, with so many times the usual room for names."""
        area = self._area(114 + 1.45 * theme.SUBTITLE, roomy)
        self._pack(area, own)
        chosen, self.fewest = group_flows.strongest(self.net.flow, self.pairs)
        page = (8.0, area[1] - 4, self.W - 8.0, area[3] + 30)
        ground = group_flows.Ground(self.at, self.radius, self.captions, page)
        self.flows = group_flows.lanes(ground, self.net.flow, chosen)
        self.captions = group_flows.beside(ground, self.flows)
        self.hushed = self.net.flow[chosen].sum() + np.trace(self.net.flow) < self.net.flow.sum()
        self._place(own)
        return area

    def _measure(self) -> None:
        """Decide whose names are asked for, and how large each is."""
        net, n = self.net, len(self.net.people)
        asked = n if n <= _ALL else int(np.clip(98 + n / 50, 0, 190))
        first = [int(net.order[net.member[net.order] == k][0]) for k in net.real]
        first = [i for i in first if (net.member == net.member[i]).sum() > n / 400]
        rest = [i for i in net.order.tolist() if i not in set(first)]
        chosen = {*first, *rest[: max(asked - len(first), 0)]}
        self.order = np.array([i for i in net.order.tolist() if i in chosen], dtype=np.int64)
        strong = min(12, max(n // 6, 1))
        after = net.partners[net.order[strong]] if strong < n else 0
        self.strong = np.zeros(n, dtype=bool)
        self.strong[[i for i in net.order[:strong].tolist() if net.partners[i] > after]] = True
        self.names: dict[int, str] = {}
        self.name_size = np.zeros((n, 2))
        for i in self.order.tolist():
            loud = bool(self.strong[i])
            px = _STRONG if loud else _NAME
            self.names[i] = net.ruler.name(net.people[i], px, _LONGEST + 25 * loud, bold=loud)
            width, ascent, descent = net.ruler.size(self.names[i], px, loud)
            self.name_size[i] = width + 2, ascent + descent

    def _area(self, top: float, roomy: float) -> Area:
        """Decide how much of the page the circles get, and how large marks are."""
        net, n, c = self.net, len(self.net.people), len(self.net.circles)
        room = (self.name_size[:, 0] + 8) * (self.name_size[:, 1] + 4)
        # where few are named, many others make room
        room *= roomy * (1.2 if len(self.order) < n else 1.7 if n > _FEW else 2.2)
        named = float(room.sum())
        wanted = (1500.0 * n + named) / _FILL + 20_000 * c
        tallest = (
            1060.0 if n <= inner_ties.CROWD else 1060 + min(0.08 * (n - inner_ties.CROWD), 340)
        )
        tall = float(np.clip(np.sqrt(0.62 * wanted), 360, tallest))
        wide = float(np.clip(1.1 * wanted / tall, 2 * tall, self.W - 2 * theme.MARGIN))
        most = float(np.clip(60_000 / n, _ROOMY, 10_000))
        each = float(np.clip((_FILL * tall * wide - named) / n, 60, most))
        step = min(np.sqrt(each), 48.0)
        small, more = np.clip(0.105 * step, 1.9, 5.5), np.clip(0.19 * step, 2.4, 9.0)
        share = np.sqrt(net.partners / max(float(net.partners.max()), 1.0))
        self.size = small + more * share
        self.ring = _RING if step > 20 else 1.7
        self.mark = self.size + self.ring * net.mine
        need = np.bincount(net.member, np.full(n, each), c)
        need += np.bincount(net.member, room, c)
        widest = np.zeros(c)
        np.maximum.at(widest, net.member, self.name_size[:, 0])
        self.radius = np.maximum(np.sqrt(need / np.pi), np.maximum(0.56 * widest + 6, 26.0))
        self.gap = float(np.clip(64 - 1.6 * c, 20, 56))
        self.pairs = 6 + int(0.85 * c)
        return ((self.W - wide) / 2, top, (self.W + wide) / 2, top + tall)

    def _pack(self, area: Area, own: Floats | None) -> None:
        net, c = self.net, len(self.net.circles)
        self.texts = [glance.caption(net, self.book, k, 170) for k in range(c)]
        sizes = [
            (max(net.ruler.size(name, theme.FAINT, True)[0], net.ruler.size(count, theme.FAINT)[0]))
            for name, count in self.texts
        ]
        caption = np.array([(width + 4, 2 * _LINE) for width in sizes])
        start = None
        if own is not None:
            number = np.bincount(net.member, minlength=c)
            sums = [np.bincount(net.member, own[:, k], c) / number for k in (0, 1)]
            start = np.stack(sums, axis=1)
        self.at, self.radius = circle_packing.pack(
            net.flow, 1.2 * self.radius, caption, area, gap=self.gap, seed=self.seed, own=start
        )
        self.captions = circle_packing.captions(self.at, self.radius, caption)
        self.page = (24.0, area[1], self.W - 24.0, area[3])

    def _place(self, own: Floats | None) -> None:
        """Place the people in their circles, with room for as many names as there can be."""
        net, n = self.net, len(self.net.people)
        rings = in_circles.Rings(self.at, self.radius, net.member)
        if own is None:
            a, b = net.pairs
            near = net.member[a] == net.member[b]
            pull = np.where(near, 1.0, _SLOW)
            unit = np.sqrt(n) / 150.0
            start = self.at[net.member] * unit
            start = start - start.mean(axis=0)
            start = start + np.random.default_rng(self.seed).normal(size=(n, 2)) * 2
            own = force.settle(n, a, b, pull, start=start, seed=self.seed, steps=70)
        at = in_circles.even(own, rings, self.mark)
        gap = 4.5 if n <= inner_ties.CROWD else 1.6
        at, _ = in_circles.apart(at, rings, self.mark, {}, gap=gap)
        ties = net.giver[self.loud], net.receiver[self.loud]
        kept = label_candidates.Kept(self.captions, self.flows.points(), self.page, *ties)
        sizes = {i: (self.name_size[i, 0], self.name_size[i, 1]) for i in self.order.tolist()}
        boxes = label_candidates.offer(at, rings, self.mark, sizes, kept)
        self.spots, lost = in_circles.apart(at, rings, self.mark, boxes, gap=gap)
        dropped = bool(lost)
        while lost and boxes:  # do without the least important ones first
            least = set(lost[len(lost) // 2 :] if len(lost) > 4 else lost)
            boxes = {i: box for i, box in boxes.items() if i not in least}
            self.spots, lost = in_circles.apart(
                self.spots, rings, self.mark, boxes, gap=gap, again=True
            )
        if dropped:  # close the gaps that the dropped names have left
            spots, lost = in_circles.apart(at, rings, self.mark, boxes, gap=gap)
            self.spots = self.spots if lost else spots
        self.web = inner_ties.tied(net, self.loud, self.spots, self.mark)
        if n <= inner_ties.CROWD:
            self.placed = inner_ties.names(self.web, rings, kept, self.name_size, self.order)
        else:
            self.placed = [None] * n
            for i, box in boxes.items():
                self.placed[i] = placed_at(box, 0.0, pad=0.0)

    def _paint(self) -> None:
        canvas, net, flows = self.canvas, self.net, self.flows
        colors = [theme.FLOW] * len(flows.line)
        owners = [
            Between(self.texts[u][0], self.texts[v][0], float(weight))
            for u, v, weight in zip(flows.giver, flows.receiver, flows.weight, strict=True)
        ]
        shafts, heads = flows.drawn.shafts, list(flows.drawn.heads)
        canvas.curves(shafts, colors, flows.line, zorder=0.6, casing=1.2, owners=owners)
        canvas.polygons(heads, theme.FLOW, zorder=1.2, owners=owners)
        for between, poly in zip(owners, flows.drawn.polys, strict=True):
            canvas.scene.ribbons.append(
                {
                    "giver": between.giver,
                    "receiver": between.receiver,
                    "referrals": between.referrals,
                    "poly": poly.tolist(),
                    "tip": poly[-1].tolist(),
                }
            )
        discs = [
            outline("circle", float(x), float(y), float(r))
            for (x, y), r in zip(self.at, self.radius, strict=True)
        ]
        canvas.shapes(discs, theme.HULL, theme.HULL_RIM, 1.2, zorder=1)
        inner_ties.paint(canvas, net, self.web)
        self._marks()
        self._texts()

    def _marks(self) -> None:
        canvas, net = self.canvas, self.net
        spots = zip(net.people, self.spots.tolist(), self.mark.tolist(), strict=True)
        for p, (x, y), r in spots:
            canvas.scene.nodes[p] = (x, y, r)
        ringed = np.flatnonzero(net.mine)
        line = 1.3 if self.ring == _RING else 1.0
        canvas.marks(
            "circle",
            self.spots[ringed],
            self.mark[ringed] - line / 2,
            faces=theme.PAPER,
            rims=theme.ME,
            widths=line,
            zorder=4.8,
            owners=[net.people[i] for i in ringed],
        )
        looks = [net.look(i) for i in range(len(net.people))]
        for shape in dict.fromkeys(look[0] for look in looks):
            those = np.array([i for i, look in enumerate(looks) if look[0] == shape])
            colors, r = [looks[i][1] for i in those.tolist()], self.size[those]
            at, owners = self.spots[those], [net.people[i] for i in those]
            if shape == "ring":
                rim = np.minimum(1.6, 0.4 * r)
                canvas.marks(
                    shape,
                    at,
                    r - rim / 2,
                    faces=theme.HOLLOW,
                    rims=colors,
                    widths=rim,
                    owners=owners,
                )
                continue
            if shape != "circle":  # corners stay inside the ring
                r = np.where(net.mine[those], 0.86 * r, r)
            canvas.marks(shape, at, r, faces=colors, owners=owners)

    def _texts(self) -> None:
        canvas, net = self.canvas, self.net
        for i, name in enumerate(self.placed):
            if name is None:
                continue
            loud, p = bool(self.strong[i]), net.people[i]
            px = _STRONG if loud else _NAME
            if name.needs_leader:
                leader = name.leader(*self.web.discs[i])
                canvas.lines([leader], theme.INK, 0.8, zorder=4.6, owners=[p])
            line = name.box[3] - net.ruler.size(self.names[i], px, loud)[2]
            canvas.text(name.box[0] + 1, line, self.names[i], px, bold=loud, halo=True, node=p)
        for lines, box in zip(self.texts, self.captions, strict=True):
            x, half = float(box[0] + box[2]) / 2, float(box[2] - box[0]) / 2
            y = float(box[1] + box[3]) / 2
            ground = pill(x, y, half + 2, _LINE)
            canvas.shapes([ground], theme.PAPER, "none", 0, zorder=0.9)
            for bold, text, down in ((True, lines[0], -1), (False, lines[1], 0)):
                descent = net.ruler.size(text, theme.FAINT, bold)[2]
                foot = y + (down + 1) * _LINE - descent
                canvas.text(
                    x, foot, text, theme.FAINT, color=theme.GREY, bold=bold, ha="center", halo=True
                )
