"""The overview: groups as circles, their people inside, and the referrals that pass between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.book import professional_limits
from refgraph.maps.drawing import legend
from refgraph.maps.drawing.canvas import Canvas, outline, pill
from refgraph.maps.drawing.page import blank, high_enough, own_places, wide_enough
from refgraph.maps.kinds import by_value
from refgraph.maps.kinds.connectors import text as findings
from refgraph.maps.kinds.overview import inner_ties
from refgraph.maps.kinds.overview import text as glance
from refgraph.maps.kinds.overview.arrange import (
    LINE,
    MOST_FLOWS,
    NAME,
    RING,
    STRONG,
    arrange,
    name_people,
    top_of,
)
from refgraph.maps.kinds.overview.data import Circles
from refgraph.maps.layout import group_flows
from refgraph.maps.scenes import details, phrases, theme
from refgraph.maps.scenes.marks import Between
from refgraph.maps.scenes.theme import settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refgraph.book.book import Book
    from refgraph.maps.kinds.overview.arrange import Named, Places
    from refgraph.maps.scenes.scene import Scene

__all__ = ["draw"]

_LIT = 4.7  # where the ground of a lit name is painted: above ties and marks
_BELOW = 38.0  # between the circles and the legend
_LEAST = 260.0  # the lowest a page of circles is, without heading and legend
_TYPICAL = 0.7  # of the width, where circles end on a page whose height follows from the people


def draw(
    book: Book,
    *,
    person: str | None = None,
    theme: str = "light",
    width: int = 1600,
    height: int | None = None,
    seed: int = 0,
    pos: Mapping[str, Sequence[float]] | None = None,
    color: str | Mapping[str, Any] | None = None,
    size: str | Mapping[str, Any] | None = None,
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
        Height of the page; it follows from the people if not given.
    seed : int, default 0
        Of the layout.
    pos : mapping of person to (x, y), optional
        Positions of one's own, y upwards, in any unit. Circles start from the middle of their
        people, and people keep their places relative to each other as far as there is room.
    color : str or mapping of person to value, optional
        What the colours of marks tell in place of roles, as on the map of connectors: a column of
        ``people.csv``, ``given`` or ``received``, or values of one's own.
    size : str or mapping of person to number, optional
        What the sizes of marks tell in place of with how many people somebody has ties.

    Returns
    -------
    Scene
        The figure and where everything on it is; its ribbons have ``giver`` and ``receiver``, the
        names of two circles, and ``referrals``.

    Raises
    ------
    RefgraphError
        If `pos` lacks somebody who is drawn, the page is too small, or there are no values to
        color or size by.

    Examples
    --------
    >>> from refgraph import Book
    >>> scene = draw(Book.sample())
    >>> scene.title
    'You have ties in all 3 groups; 5 of 14 referrals between people in groups stay inside one'
    """
    professional_limits.refuse(book)
    whose = book.me if person is None else book.person(person)
    wide_enough(width)
    with settings(theme):
        net = Circles(book, whose)
        net.worn = by_value.worn(book, (book.people,), net.people, color=color, size=size)
        return _drawn(book, net, (width, height), pos=pos, seed=seed)


def _drawn(
    book: Book,
    net: Circles,
    size: tuple[int, int | None],
    *,
    pos: Mapping[str, Sequence[float]] | None,
    seed: int,
) -> Scene:
    """Arrange the map, and draw it with its heading and its legend."""
    ruler, (width, height) = net.ruler, size
    if not net.people:
        return blank(ruler, "No referrals to draw yet", phrases.when(book), size)
    own = None if pos is None else own_places(pos, net.people)
    notes, room = findings.notes(net, book), width - 2 * theme.MARGIN
    loud = inner_ties.shown(net)
    inside, others = int(loud.sum()), bool((loud & ~inner_ties.of_named(net)).any())
    likely = net.flow[group_flows.strongest(net.flow, MOST_FLOWS)].tolist()
    every = glance.entries(net, book, flows=likely, sized=True, inside=inside, others=others)
    strip = legend.height(ruler, every, notes, room)
    free = None if height is None else height - strip - _BELOW
    high_enough(height, np.ceil(top_of(width) + _LEAST + strip + _BELOW))
    named = name_people(net, room * ((free or _TYPICAL * room) - top_of(width)))
    places = arrange(book, net, named, loud, width=width, height=free, own=own, seed=seed)
    flows = places.packed.flows
    sized = bool(np.ptp(places.sized.size) > 0)
    items = glance.entries(
        net, book, flows=flows.weight.tolist(), sized=sized, inside=inside, others=others
    )
    foot = places.sized.area[3] + _BELOW
    least = np.ceil(foot + legend.height(ruler, items, notes, room))
    canvas = Canvas(width, height or least, ruler)
    canvas.scene.notes = net.fonts.notes()
    canvas.scene.details = details.of(book, net.whose, None if net.declared else net.group_of)
    _Painter(canvas, net, named, places).paint()
    canvas.heading(
        glance.finding(net, book, room),
        glance.counted(
            net,
            book,
            unnamed=len(net.people) - len({label["node"] for label in canvas.scene.labels}),
            flows=(len(flows.weight), places.packed.all_flows),
            is_level=places.packed.is_level,
            inside=int((~net.across & ~loud).sum()),
        ),
    )
    legend.draw(canvas, items, notes, foot)
    return canvas.scene


@dataclass(frozen=True, eq=False)
class _Painter:
    """The marks of the map, on a page where everything has its place."""

    canvas: Canvas
    net: Circles
    named: Named
    places: Places

    def paint(self) -> None:
        """Draw flows and circles, and in them ties, people and names."""
        canvas, net, packed = self.canvas, self.net, self.places.packed
        flows = packed.flows
        colors = [theme.FLOW] * len(flows.line)
        owners = [
            Between(packed.texts[u][0], packed.texts[v][0], float(weight), (int(u), int(v)))
            for u, v, weight in zip(flows.giver, flows.receiver, flows.weight, strict=True)
        ]
        shafts, heads = flows.drawn.shafts, list(flows.drawn.heads)
        canvas.curves(shafts, colors, flows.line, zorder=0.6, casing=1.2, owners=owners)
        canvas.polygons(heads, theme.BETWEEN, zorder=1.2, owners=owners)
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
            for (x, y), r in zip(packed.at, packed.radius, strict=True)
        ]
        canvas.shapes(discs, theme.HULL, theme.HULL_RIM, 1.2, zorder=1)
        inner_ties.paint(canvas, net, self.places.inside.web)
        self._marks()
        self._texts()

    def _marks(self) -> None:
        canvas, net, sized = self.canvas, self.net, self.places.sized
        places = self.places.inside.spots
        spots = zip(net.people, places.tolist(), sized.mark.tolist(), strict=True)
        for p, (x, y), r in spots:
            canvas.scene.nodes[p] = (x, y, r)
        canvas.scene.circle_of = dict(zip(net.people, net.member.tolist(), strict=True))
        ringed = np.flatnonzero(net.mine)
        line = 1.3 if sized.ring == RING else 1.0
        canvas.marks(
            "circle",
            places[ringed],
            sized.mark[ringed] - line / 2,
            faces=theme.PAPER,
            rims=theme.ME,
            widths=line,
            zorder=4.8,
            owners=[net.people[i] for i in ringed],
        )
        looks = [net.look(i) for i in range(len(net.people))]
        for shape in dict.fromkeys(look[0] for look in looks):
            those = np.array([i for i, look in enumerate(looks) if look[0] == shape])
            colors, r = [looks[i][1] for i in those.tolist()], sized.size[those]
            at, owners = places[those], [net.people[i] for i in those]
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
        canvas, net, named, inside = self.canvas, self.net, self.named, self.places.inside
        first = {*glance.first_of(net)}
        for i, name in enumerate(inside.placed):
            if name is None:
                continue
            loud, p = bool(named.strong[i]), net.people[i]
            if i in first:
                canvas.lit(name.box, p, zorder=_LIT)
            px = STRONG if loud else NAME
            if name.needs_leader:
                leader = name.leader(*inside.web.discs[i])
                canvas.lines([leader], theme.INK, 0.8, zorder=4.6, owners=[p])
            lines, (left, top, right, foot) = named.names[i], name.box
            ha = "right" if len(lines) > 1 and right <= inside.spots[i, 0] else "left"
            box = left + 1, top, right - 1, foot
            canvas.name_lines(box, lines, px, p, bold=loud, halo=i not in first, ha=ha)
        packed = self.places.packed
        for lines, box in zip(packed.texts, packed.captions, strict=True):
            x, half = float(box[0] + box[2]) / 2, float(box[2] - box[0]) / 2
            y = float(box[1] + box[3]) / 2
            ground = pill(x, y, half + 2, LINE)
            canvas.shapes([ground], theme.PAPER, "none", 0, zorder=0.9)
            for row, text in enumerate(lines):
                descent = net.ruler.size(text, theme.FAINT, not row)[2]
                canvas.text(
                    x,
                    float(box[1]) + (row + 1) * LINE - descent,
                    text,
                    theme.FAINT,
                    color=theme.GREY,
                    bold=not row,
                    ha="center",
                    halo=True,
                )
