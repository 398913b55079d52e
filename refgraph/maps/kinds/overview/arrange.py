"""Where everything on the overview stands: circles, what passes between them, people, names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.drawing.page import ROOMY
from refgraph.maps.kinds.overview import inner_ties, seats, text
from refgraph.maps.layout import (
    circle_packing,
    force,
    group_flows,
    in_circles,
    label_candidates,
)
from refgraph.maps.layout.label_placement import placed_at
from refgraph.maps.scenes import theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from refgraph.book.book import Book
    from refgraph.maps.kinds.overview.data import Circles
    from refgraph.maps.layout.label_placement import Placed
    from refgraph.maps.layout.tie_routing import Web

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Area = tuple[float, float, float, float]

__all__ = [
    "LINE",
    "MOST_FLOWS",
    "NAME",
    "RING",
    "STRONG",
    "Places",
    "arrange",
    "name_people",
    "top_of",
]

#: Pixels of a name, of a strong one, of the ring of those tied with me, and from line to line of
#: a caption.
NAME, STRONG, RING, LINE = 12.5, 14.5, 2.4, 14.5
#: How many flows are drawn at most.
MOST_FLOWS = 15
# where circles begin, below the heading, and how many more lines its subtitle may take
_TOP, _LINES = 114 + theme.LEADING * theme.SUBTITLE, ((ROOMY, 0), (700, 2), (0, 4))
_TALL = 0.62  # a page as wide as this is high, if people are many
_ONE, _TALLEST_ONE = 130.0, 0.45  # height of one circle alone: by its people, and of the width
_UNDRAWN = 0.2  # how much less flows draw circles together that are not drawn
_LONGEST, _HALF, _CUT = 170.0, 1.4, 1.3  # pixels of a name; of it a line of two; from where two
_ALL = 160  # up to so many people, all names are asked for
_MORE = 0.45  # share of the circles that names may take, of more people
_OFTEN = 3.0  # how many times as many of their names as others' a circle may have, of more people
_FEW = 60
_FILL = 0.50  # share of the page that circles are asked to cover
_ROOMY = 2300.0  # pixels that a person is given at most, but for the few
_SEATED = 3_000  # more people than this sit in rows, instead of being drawn together by their ties
_SLOW = 0.15  # ties to other groups pull so much less


@dataclass(frozen=True, eq=False)
class Named:
    """Whose names are asked for, the most important first, their lines, and how large each is."""

    order: Ints
    strong: Bools
    names: Mapping[int, Sequence[str]]
    size: Floats


@dataclass(frozen=True, eq=False)
class Sized:
    """How large marks and circles are to be, and how much of the page there is for them."""

    area: Area
    size: Floats
    ring: float
    mark: Floats
    radius: Floats
    gap: float


@dataclass(frozen=True, eq=False)
class Packed:
    """The circles with their captions, and the flows between them."""

    texts: list[tuple[str, ...]]
    at: Floats
    radius: Floats
    captions: Floats
    flows: group_flows.Flows
    all_flows: int
    is_level: bool  # whether a flow that is not drawn is as strong as one that is


@dataclass(frozen=True, eq=False)
class Inside:
    """The people in their circles, their ties, and the names that have found room."""

    spots: Floats
    web: Web
    placed: list[Placed | None]


@dataclass(frozen=True, eq=False)
class Places:
    """Everything on the map with its place."""

    sized: Sized
    packed: Packed
    inside: Inside


def name_people(net: Circles, area: float) -> Named:
    """Decide whose names are asked for on so large a page, and how large each is."""
    n = len(net.people)
    asked = n if n <= _ALL else int(np.clip(98 + n / 50, 0, 190))
    if n > _ALL:
        each = (net.ruler.size(net.people[0], NAME)[0] + 8) * (NAME + 8)
        asked = min(n, max(asked, int(_MORE * _FILL * area / each)))
    first = [int(net.order[net.member[net.order] == k][0]) for k in net.real]
    first = [i for i in first if (net.member == net.member[i]).sum() > n / 400]
    rest = [i for i in net.order.tolist() if i not in set(first)]
    rest = rest if n <= _ALL else _spread(net, rest, _OFTEN * asked / n)
    chosen = {*first, *rest[: max(asked - len(first), 0)]}
    order = np.array([i for i in net.order.tolist() if i in chosen], dtype=np.int64)
    most = min(12, max(n // 6, 1))
    after = net.partners[net.order[most]] if most < n else 0
    strong = np.zeros(n, dtype=bool)
    strong[[i for i in net.order[:most].tolist() if net.partners[i] > after]] = True
    names: dict[int, list[str]] = {}
    size = np.zeros((n, 2))
    for i in order.tolist():
        loud, p = bool(strong[i]), net.people[i]
        px, room = (STRONG, _LONGEST + 25) if loud else (NAME, _LONGEST)
        short = net.ruler.name(p, px, room, bold=loud)
        is_cut = n <= _FEW and net.ruler.size(p, px, loud)[0] > _CUT * room  # else little is lost
        names[i] = (net.ruler.halves(p, px, _HALF * room, bold=loud) if is_cut else []) or [short]
        wide, up, down = zip(*(net.ruler.size(line, px, loud) for line in names[i]), strict=True)
        size[i] = max(wide) + 2, sum(up) + sum(down)
    return Named(order, strong, names, size)


def _spread(net: Circles, people: list[int], share: float) -> list[int]:
    """Leave out those of a circle after so large a share of it has been named.

    Else the names alone would make one circle larger than another of far more people.
    """
    left = np.ceil(share * np.bincount(net.member)).astype(np.int64).tolist()
    chosen = []
    for i, k in zip(people, net.member[people].tolist(), strict=True):
        if left[k] > 0:
            left[k] -= 1
            chosen.append(i)
    return chosen


def arrange(
    book: Book,
    net: Circles,
    named: Named,
    loud: Bools,
    *,
    width: float,
    height: float | None,
    own: Floats | None,
    seed: int,
) -> Places:
    """Give everything its place on a page so wide, and, if it is given, so high.

    Parameters
    ----------
    book : Book
        For the captions.
    net : Circles
        The network.
    named : Named
        Whose names are asked for.
    loud : (m,) array of bool
        Which ties within circles are drawn.
    width : float
        Of the page, in pixels.
    height : float or None
        What circles may take of the page, from its top; if not given, it follows from the people.
    own : (n, 2) array, optional
        Positions to begin with.
    seed : int
        Of the layout.

    Returns
    -------
    Places
        Of a few people: with so much room that all names stand, if the page has it.
    """
    for roomy in (1.0, 1.3, 1.6) if len(net.people) <= _FEW else (1.0,):
        sized = _size(net, named, (width, height), roomy)
        packed = _pack(book, net, sized, width, own=own, seed=seed)
        page = (24.0, sized.area[1], width - 24.0, sized.area[3])
        inside = _fill(net, named, loud, sized, packed, page=page, own=own, seed=seed)
        if sum(name is not None for name in inside.placed) == len(named.order):
            break
    return Places(sized, packed, inside)


def top_of(width: float) -> float:
    """Give where the map begins: below its subtitle, which takes more lines of a narrow page.

    Examples
    --------
    >>> top_of(1600) == top_of(1200) < top_of(900) < top_of(480)
    True
    """
    more = next(lines for least, lines in _LINES if width >= least)
    return _TOP + theme.LEADING * theme.SUBTITLE * more


def _size(net: Circles, named: Named, page: tuple[float, float | None], roomy: float) -> Sized:
    """Decide how much of the page the circles get, and how large marks are."""
    (width, height), n, c = page, len(net.people), len(net.circles)
    room = (named.size[:, 0] + 8) * (named.size[:, 1] + 4)
    # where few are named, many others make room
    room *= roomy * (1.2 if len(named.order) < n else 1.7 if n > _FEW else 3.3)
    taken = float(room.sum())
    wanted = (1500.0 * n + taken) / _FILL + 20_000 * c
    tallest = 1060.0 if n <= inner_ties.CROWD else 1060 + min(0.08 * (n - inner_ties.CROWD), 340)
    most_wide = width - 2 * theme.MARGIN
    tall = float(np.clip(np.sqrt(0.62 * wanted), 360, max(tallest, _TALL * most_wide)))
    wide = float(np.clip(1.1 * wanted / tall, min(2 * tall, most_wide), most_wide))
    if c == 1:
        tall = max(tall, min(_ONE * np.sqrt(n), _TALLEST_ONE * most_wide))
    if height is not None:
        tall, wide = height - top_of(width), most_wide
    most = float(np.clip(60_000 / n, _ROOMY, 10_000))
    each = float(np.clip((_FILL * tall * wide - taken) / n, 60, most))
    step = min(np.sqrt(each), 48.0)
    small, more = np.clip(0.105 * step, 1.9, 5.5), np.clip(0.19 * step, 2.4, 9.0)
    share = np.sqrt(net.partners / max(float(net.partners.max()), 1.0))
    size = small + more * (net.worn.shares(net.people) if net.worn.is_sized else share)
    ring = RING if step > 20 else 1.7
    need = np.bincount(net.member, np.full(n, each), c)
    need += np.bincount(net.member, room, c)
    widest = np.zeros(c)
    np.maximum.at(widest, net.member, named.size[:, 0])
    radius = np.maximum(np.sqrt(need / np.pi), np.maximum(0.56 * widest + 6, 26.0))
    return Sized(
        area=((width - wide) / 2, top_of(width), (width + wide) / 2, top_of(width) + tall),
        size=size,
        ring=ring,
        mark=size + ring * net.mine,
        radius=radius if height is None and c > 1 else _filling(radius, tall * wide),
        gap=float(np.clip(64 - c, 40, 56)),
    )


def _filling(radius: Floats, page: float) -> Floats:
    """Make circles that would take less than their share of the page as large as that."""
    share = _FILL * page / (np.pi * (radius**2).sum())
    return np.asarray(radius * np.sqrt(max(share, 1.0)), dtype=float)


def _pack(
    book: Book, net: Circles, sized: Sized, width: float, *, own: Floats | None, seed: int
) -> Packed:
    """Pack the circles with their captions, and lead the flows between them."""
    c, area = len(net.circles), sized.area
    texts = [text.caption(net, book, k, 170) for k in range(c)]
    sizes = [
        (
            max(net.ruler.size(line, theme.FAINT, not row)[0] for row, line in enumerate(lines)),
            len(lines),
        )
        for lines in texts
    ]
    caption = np.array([(wide + 4, rows * LINE) for wide, rows in sizes])
    start = None
    if own is not None:
        number = np.bincount(net.member, minlength=c)
        sums = [np.bincount(net.member, own[:, k], c) / number for k in (0, 1)]
        start = np.stack(sums, axis=1)
    chosen = group_flows.strongest(net.flow, MOST_FLOWS)
    at, radius = circle_packing.pack(
        np.where(chosen, net.flow, _UNDRAWN * net.flow),
        1.2 * sized.radius,
        caption,
        area,
        gap=sized.gap,
        seed=seed,
        own=start,
    )
    page = (8.0, area[1] - 4, width - 8.0, area[3] + 30)
    captions = circle_packing.captions(at, radius, caption)
    ground = group_flows.Ground(at, radius, captions, page)
    flows = group_flows.lanes(ground, net.flow, chosen)
    left = group_flows.between(net.flow)[~chosen].max(initial=0.0)
    return Packed(
        texts=texts,
        at=at,
        radius=radius,
        captions=group_flows.beside(ground, flows),
        flows=flows,
        all_flows=int((net.flow > 0).sum() - (np.diag(net.flow) > 0).sum()),
        is_level=bool(left >= flows.weight.min(initial=np.inf)),
    )


def _fill(
    net: Circles,
    named: Named,
    loud: Bools,
    sized: Sized,
    packed: Packed,
    *,
    page: Area,
    own: Floats | None,
    seed: int,
) -> Inside:
    """Place the people in their circles, with room for as many names as there can be."""
    n, mark = len(net.people), sized.mark
    rings = in_circles.Rings(packed.at, packed.radius, net.member)
    if n > _SEATED and own is None:
        kept = label_candidates.Kept(packed.captions, packed.flows.points(), page)
        return _seated(net, named, sized, rings, kept)
    if own is None:
        own = _settled(net, packed.at, seed)
    at = in_circles.even(own, rings, mark)
    gap = 4.5 if n <= inner_ties.CROWD else 1.6
    at, _ = in_circles.apart(at, rings, mark, {}, gap=gap)
    ties = net.giver[loud], net.receiver[loud]
    kept = label_candidates.Kept(packed.captions, packed.flows.points(), page, *ties)
    sizes = {i: (named.size[i, 0], named.size[i, 1]) for i in named.order.tolist()}
    boxes = label_candidates.offer(at, rings, mark, sizes, kept, must=text.first_of(net))
    spots, lost = in_circles.apart(at, rings, mark, boxes, gap=gap)
    dropped = bool(lost)
    while lost and boxes:  # do without the least important ones first
        least = set(lost[len(lost) // 2 :] if len(lost) > 4 else lost)
        boxes = {i: box for i, box in boxes.items() if i not in least}
        spots, lost = in_circles.apart(spots, rings, mark, boxes, gap=gap, again=True)
    if dropped:  # close the gaps that the dropped names have left
        closed, lost = in_circles.apart(at, rings, mark, boxes, gap=gap)
        spots = spots if lost else closed
    web = inner_ties.tied(net, loud, spots, mark)
    if n <= inner_ties.CROWD:
        placed = inner_ties.names(web, rings, kept, named.size, named.order)
    else:
        placed = [None] * n
        for i, box in boxes.items():
            placed[i] = placed_at(box, 0.0, pad=0.0)
    return Inside(spots, web, placed)


def _seated(
    net: Circles, named: Named, sized: Sized, rings: in_circles.Rings, kept: label_candidates.Kept
) -> Inside:
    """Seat a crowd, whose ties are not drawn, in even rows off the names of the first."""
    n, names = len(net.people), {i: (*named.size[i].tolist(),) for i in named.order.tolist()}
    order = _scattered(net.order, named.order, net.member)
    at, _ = seats.seated(rings, order, {}, np.zeros((n, 2)), 0.0)
    boxes = label_candidates.offer(at, rings, sized.mark, names, kept)
    spots, apart = seats.seated(rings, order, boxes, at, in_circles.AWAY)
    scale = min(float((seats.MARK * apart / sized.mark).min()), 1.0)
    sized.size[:] *= scale
    sized.mark[:] *= scale
    placed: list[Placed | None] = [None] * n
    for i, box in boxes.items():
        placed[i] = placed_at(box, 0.0, pad=0.0)
    web = inner_ties.tied(net, np.zeros(len(net.giver), dtype=bool), spots, sized.mark)
    return Inside(spots, web, placed)


def _scattered(order: Ints, named: Ints, member: Ints) -> Ints:
    """Put those whose names are asked for evenly among the others of their circle, in order."""
    loud = np.isin(order, named)
    rank = np.arange(len(order), dtype=float)
    for k in np.unique(member):
        here = np.flatnonzero(member[order] == k)
        first = here[loud[here]]
        places = np.arange(len(first)) * (len(here) / max(len(first), 1))
        rank[here] = np.arange(len(here)) + 0.5
        rank[first] = places
    return order[np.argsort(rank, kind="stable")]


def _settled(net: Circles, at: Floats, seed: int) -> Floats:
    """Let the people settle about the middles of their circles, drawn by their ties."""
    n, (a, b) = len(net.people), net.pairs
    pull = np.where(net.member[a] == net.member[b], 1.0, _SLOW)
    start = at[net.member] * (np.sqrt(n) / 150.0)
    start = start - start.mean(axis=0)
    start = start + np.random.default_rng(seed).normal(size=(n, 2)) * 2
    return force.settle(n, a, b, pull, start=start, seed=seed, steps=70)
