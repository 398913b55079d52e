"""The network on one layout: what differs in full, each kind in its colour, all else pale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from refgraph.book import professional_limits
from refgraph.maps.drawing import arrows, legend
from refgraph.maps.drawing.canvas import Canvas, closed, outline
from refgraph.maps.drawing.page import wide_enough
from refgraph.maps.kinds.connectors import group_names
from refgraph.maps.kinds.connectors.arrange import NAME, Looks, look_at, route
from refgraph.maps.kinds.connectors.data import Net
from refgraph.maps.kinds.differences.data import KINDS, joined
from refgraph.maps.layout import overlap
from refgraph.maps.layout.label_repair import mend
from refgraph.maps.layout.tie_routing import HULL
from refgraph.maps.scenes import details, theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from refgraph.book.book import Book
    from refgraph.maps.layout.tie_routing import Web
    from refgraph.maps.scenes.scene import Scene

    Tie = tuple[str, str]

__all__ = ["Differences", "draw"]

_MOST = 120  # people on a page; of more, those with what differs, the most of it first
_DASHED = {"gone": (2.2, 1.6), "less": (6.0, 1.6)}  # on and off, in widths of the line
_SIZE = 7.0
_LONGEST = 220.0  # pixels of a name
# Order of painting: ties, heads under marks and names, leaders, rings, and how far apart.
_TIES, _HEADS, _LEADERS, _RINGS, _APART, _ABOVE = 2.0, 4.5, 4.6, 4.8, 0.4, 0.2
_HULL_RIM, _MARK_RIM, _RING, _OUT, _LEADER = 1.2, 1.0, 2.2, 3.0, 0.8  # widths
_HEAD = 92.0 + 1.45 * 17.0  # pixels above the network
_TALL, _EACH = 430.0, 10.5  # its height: at least, and for each person
_MORE = 1080.0  # and at most
_BY_ROOT, _WIDER, _ROOT = 150.0, 40.0, (250.0, 260.0)  # what few people need
_FOOT, _EDGE, _SIDE = 16.0, 6.0, 8.0  # room around it
_KEY, _PALE, _KEY_WIDE = 2.5, 1.5, 36.0  # of the legend: lines, and how wide an entry is


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs, and how it is said.

    Attributes
    ----------
    ties : mapping of (str, str) to str
        One of :data:`refgraph.maps.kinds.differences.data.KINDS` for each that differs.
    more : mapping of (str, str) to float
        Referrals of ties, or of parts of them, that the book has not.
    words : mapping of str to str
        What each kind means, and ``other`` ties, and ``people`` of those with a ring.
    title, subtitle : str
        The finding, and what is drawn.
    ringed : collection of str
        People to ring.
    left_out : str or None
        Whose ties are not drawn.
    """

    ties: Mapping[Tie, str]
    more: Mapping[Tie, float]
    words: Mapping[str, str]
    title: str
    subtitle: str
    ringed: Sequence[str] = ()
    left_out: str | None = None


def draw(
    book: Book,
    told: Differences,
    *,
    theme: str = "light",
    width: int = 1600,
    high: float = _MORE,
    seed: int = 0,
) -> Scene:
    """Draw the network of a book with what differs in it.

    Parameters
    ----------
    book : Book
        Its window chooses the referrals.
    told : Differences
        What differs. With more than 120 people, only they are drawn whose ties differ, and of
        more of them those with most; the scene's notes say how many ties that leaves out.
    theme : {"light", "dark", "print"}
        The colours.
    width : int, default 1600
        Width of the page in pixels.
    high : float, default 1080
        How many pixels of its height the network takes at most.
    seed : int, default 0
        Of the layout.

    Examples
    --------
    >>> from refgraph import Book
    >>> tie = ("Hiro Tanabe", "Alice Merton")
    >>> words = {"gone": "gone", "other": "as before"}
    >>> told = Differences({tie: "gone"}, {tie: 2}, words, "One is gone", "")
    >>> scene = draw(Book.sample(), told)
    >>> scene.title, tie in [(edge["u"], edge["v"]) for edge in scene.edges]
    ('One is gone', True)
    """
    from refgraph.maps.scenes.theme import settings  # noqa: PLC0415  # its name is a parameter

    wide_enough(width)
    with settings(theme):
        return _drawn(book, told, (width, high), seed)


def _drawn(book: Book, told: Differences, size: tuple[int, float], seed: int) -> Scene:
    width, high = size
    net = Net(joined(book, told.more, _shown(book, told)), told.left_out, None, most=_MOST)
    states = [
        told.ties.get((net.people[u], net.people[v]), "")
        for u, v in zip(net.giver.tolist(), net.receiver.tolist(), strict=True)
    ]
    looks = _looks(net, states)
    n = len(net.people)
    room, root = width - 2 * theme.MARGIN, float(np.sqrt(n))
    tall = min(_TALL + _EACH * n, high, _BY_ROOT * (root + 1))
    wide = min(room + _WIDER, _ROOT[0] * root + _ROOT[1])
    left = (width - wide) / 2
    area = (left, _HEAD, left + wide, _HEAD + tall)
    web = route(net, looks, area, width, pos=None, seed=seed)
    items = _entries(told, states)
    missing = len(told.ties) - sum(map(bool, states))
    notes = [f"{missing:,} of the ties that differ are not drawn, for room"] if missing else []
    under = [*filter(None, (professional_limits.conditions(book),)), *notes]
    foot = _HEAD + tall + _FOOT
    tall = float(np.ceil(foot + legend.height(net.ruler, items, under, room)))
    canvas = Canvas(width, tall, net.ruler)
    canvas.scene.notes = (*notes, *net.fonts.notes())
    canvas.scene.details = details.of(book, book.me)
    _paint(canvas, net, web, looks, states=states, told=told, area=area)
    canvas.heading(told.title, told.subtitle)
    legend.draw(canvas, items, under, foot)
    return canvas.scene


def _shown(book: Book, told: Differences) -> list[str] | None:
    """Choose whom to draw where there are too many: everybody whose ties differ, or most do."""
    people = {each for ends in book.graph().edges for each in ends}
    if len(people | {each for ends in told.ties for each in ends}) <= _MOST:
        return None
    number: dict[str, int] = {}
    for ends in told.ties:
        for each in ends:
            number[each] = number.get(each, 0) + 1
    return sorted(number, key=lambda each: (-number[each], each))[:_MOST]


def _looks(net: Net, states: Sequence[str]) -> Looks:
    """Give marks of one size, and a name to everybody; what differs is loud."""
    size = np.full(len(net.people), _SIZE)
    looks = look_at(net, (), 0.0)  # its names have a line each
    everybody = np.arange(len(net.people))
    names = net.ruler.names(net.people, NAME, _LONGEST)
    measured = [net.ruler.size(names[p], NAME) for p in net.people]
    return replace(
        looks,
        size=size,
        radius=size,
        ringed=np.zeros(len(size), dtype=bool),
        strong=np.zeros(len(size), dtype=bool),
        order=everybody,
        names={p: [name] for p, name in names.items()},
        name_size=np.array([(w, up + down) for w, up, down in measured]).reshape(-1, 2),
        loud=np.array([bool(state) for state in states], dtype=bool),
        dense=False,
    )


def _colors() -> dict[str, str]:
    return {
        "new": theme.FIRST,
        "more": theme.BETWEEN,
        "less": theme.AGED,
        "gone": theme.OWE,
    }


def _entries(told: Differences, states: Sequence[str]) -> list[legend.Item]:
    """Give the entries of the legend, for what is on the map."""
    colors, there = _colors(), {*states}
    items = [_entry(kind, colors[kind], told.words[kind]) for kind in KINDS[::-1] if kind in there]
    if "" in there:
        items.append(legend.arrow(theme.INSIDE_PALE, told.words["other"], line=_PALE))
    if told.ringed:
        items.append(legend.mark("circle", theme.SAMPLE, told.words["people"], rim=theme.OWE))
    return items


def _entry(kind: str, color: str, text: str) -> legend.Item:
    if kind not in _DASHED:
        return legend.arrow(color, text, line=_KEY)

    def paint(canvas: Canvas, x: float, y: float) -> None:
        line = np.array([_KEY])
        size = arrows.head_length(line)
        tip, end = x + _KEY_WIDE, x + _KEY_WIDE + 1 - float(size[0])
        head = arrows.heads(np.array([[tip, y]]), np.eye(1, 2), size, line)
        shaft = np.array([[[x, y], [(x + end) / 2, y], [end, y]]])
        canvas.curves(shaft, [color], line, dashed=_DASHED[kind])
        canvas.polygons(list(head), color)

    return legend.Item(text, _KEY_WIDE, paint)


def _paint(
    canvas: Canvas,
    net: Net,
    web: Web,
    looks: Looks,
    *,
    states: Sequence[str],
    told: Differences,
    area: tuple[float, float, float, float],
) -> None:
    """Paint groups, ties, marks and names."""
    page = (_SIDE, area[1] - _EDGE, canvas.W - _SIDE, area[-1] + _SIDE)
    first = web.name(looks.name_size, looks.order, page)
    placed = mend(web, first, looks.name_size, page)
    members = [np.flatnonzero(net.group == k) for k in range(len(net.kinds))]
    hulls = {
        k: overlap.hull(web.at[some], web.radius[some] + HULL)
        for k, some in enumerate(members)
        if len(some) > 1
    }
    areas = [closed(points) for points in hulls.values()]
    canvas.shapes(areas, theme.HULL, theme.HULL_RIM, _HULL_RIM, zorder=1)
    _ties(canvas, net, web, np.array(states, dtype=object))
    leaders = []
    differs = {p for ends in told.ties for p in ends} | {*told.ringed}
    for i, p in enumerate(net.people):
        x, y = (float(side) for side in web.at[i])
        canvas.scene.nodes[p] = (x, y, _SIZE)
        disc = outline("circle", x, y, _SIZE if p in differs else _SIZE - 2)
        canvas.shapes([disc], theme.SAMPLE, theme.PAPER, _MARK_RIM, owners=[p])
        if p in told.ringed:
            ring = outline("circle", x, y, _SIZE + _OUT)
            canvas.shapes([ring], theme.PAPER, theme.OWE, _RING, zorder=_RINGS, owners=[p])
        if (name := placed[i]) is None:
            continue
        if name.needs_leader:
            leaders.append(name.leader(*web.discs[i]))
            canvas.lines(leaders[-1:], theme.INK, _LEADER, zorder=_LEADERS, owners=[p])
        left, _, _, bottom = name.box
        text = looks.names[p][0]
        _, _, descent = net.ruler.size(text, NAME, False)
        color = theme.INK if p in differs else theme.GREY
        canvas.text(left, bottom - descent, text, NAME, color=color, halo=True, node=p)
    group_names.write(canvas, net, web, hulls, page=page, leaders=leaders)


def _ties(canvas: Canvas, net: Net, web: Web, states: NDArray[np.object_]) -> None:
    """Draw the ties, what differs above the rest."""
    colors = {"": theme.INSIDE_PALE, **_colors()}
    ends = [(net.people[u], net.people[v]) for u, v in zip(web.giver, web.receiver, strict=True)]
    for order, kind in enumerate(("", *KINDS)):
        some = np.flatnonzero(states == kind)
        if not len(some):
            continue
        owners, color = [ends[k] for k in some], [colors[kind]] * len(some)
        z = _TIES + _APART * order
        canvas.curves(
            web.drawn.shafts[some],
            color,
            web.line[some],
            zorder=z,
            owners=owners,
            dashed=_DASHED.get(kind, ()),
        )
        if web.headed:
            above = _HEADS if kind else z + _ABOVE
            canvas.polygons([web.drawn.heads[k] for k in some], color, zorder=above, owners=owners)
    canvas.record_ties(ends, web.drawn.polys, web.drawn.lengths, headed=web.headed)
