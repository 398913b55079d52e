"""How large every person is on the connectors map, whose name is asked for, and where ties run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.statistics.sorting import distinct
from refgraph.maps.drawing import arrows
from refgraph.maps.drawing.page import own_places
from refgraph.maps.kinds.connectors import isolates
from refgraph.maps.kinds.connectors.islands import positions
from refgraph.maps.layout import overlap
from refgraph.maps.layout.tie_routing import HULL, Web, backbone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from refgraph.maps.drawing.text_measure import Ruler
    from refgraph.maps.kinds.connectors.data import Net

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Area = tuple[float, float, float, float]

__all__ = ["NAME", "STRONG", "Looks", "look_at", "narrowed", "route"]

_ARROWS = 160  # more ties than this are thinned to the strongest of each person
_PALE = 0.7  # width of a tie that is not loud
_CROWD = 200  # more people than this get smaller marks, fewer arrows and only some names
_NAMES = 130  # so many
_APART = 60.0  # pixels kept free round a network by itself, for names and the line round it
_STEEP = 3.0  # power of the score by which marks grow, so that the best stand out
#: Pixels of a name, and of that of a strong one.
NAME, STRONG = isolates.NAME, 15.5
_LONGEST = isolates.LONGEST
_HALF = 300.0, 410.0  # pixels of a line of a name on two, and of a strong one: as many letters
_WIDER = 0.3  # of the page a name on two lines is wide at most


@dataclass(frozen=True, eq=False)
class Looks:
    """How the people and ties of a network look, before anybody has a place.

    Attributes
    ----------
    crowd : bool
        Whether there are so many people that only some are named.
    dense : bool
        Whether there are so many ties that only some are loud.
    is_scored : bool
        Whether sizes tell the score; else, where all have the same, with how many others there
        are ties, so that the arrows of one who has them all find room around the mark.
    size, radius : (n,) array
        Of each mark, in pixels, without and with the ring of those tied with me.
    ringed, strong : (n,) array of bool
        Who has a ring, and whose name is bold.
    order : (m,) array
        Whose names are asked for, the best connector first.
    names : dict of str to list of str
        The lines of the names as they are drawn: two where one line would shorten a name.
    name_size : (n, 2) array
        Width and height of each; 0 where none is asked for.
    loud : (t,) array of bool
        Which ties are not pale.
    """

    crowd: bool
    dense: bool
    is_scored: bool
    size: Floats
    radius: Floats
    ringed: Bools
    strong: Bools
    order: Ints
    names: Mapping[str, Sequence[str]]
    name_size: Floats
    loud: Bools


def look_at(net: Net, about: Sequence[str], width: float) -> Looks:
    """Decide how large every mark is, what its name looks like, and which ties are loud.

    Where the map is `about` somebody, all ties but theirs are pale.
    """
    n = len(net.people)
    score = net.table["score"].loc[net.people].to_numpy()
    is_scored = bool(np.ptp(score) > 0)
    told = score if is_scored else _partners(net)
    above, wide = told - told.min(), float(np.ptp(told))
    share = (above / wide) ** _STEEP if wide > 0 else np.zeros(n)
    crowd = n > _CROWD
    if net.worn.is_sized:
        share = net.worn.shares(net.people)
    small, large = (6.0, 14.0) if n <= 150 else (3.4, 9.0) if crowd else (4.5, 10.0)
    size = small + large * share
    ringed = np.array([p in net.mine for p in net.people])
    order, strong = _asked_for(net, score, crowd=crowd)
    names, name_size = _names(net, order, strong, max(_LONGEST, _WIDER * width))
    dense = len(net.giver) > _ARROWS
    each = (3 if n <= 60 else 1 if crowd else 2) if dense else n
    loud = backbone(n, net.giver, net.receiver, net.weight, each)
    at = [net.people.index(p) for p in about if p in net.people]
    if at:
        loud = np.isin(net.giver, at) | np.isin(net.receiver, at)
    return Looks(
        crowd=crowd,
        dense=dense,
        is_scored=is_scored,
        size=size,
        radius=size + (2.6 if crowd else isolates.RING) * ringed,
        ringed=ringed,
        strong=strong,
        order=order,
        names=names,
        name_size=name_size,
        loud=loud,
    )


def _partners(net: Net) -> Floats:
    """Count with how many others everybody has ties."""
    n = len(net.people)
    low, high = np.minimum(net.giver, net.receiver), np.maximum(net.giver, net.receiver)
    pair = distinct(low * n + high)
    return np.bincount(np.r_[pair // n, pair % n], minlength=n).astype(float)


def _asked_for(net: Net, score: Floats, *, crowd: bool) -> tuple[Ints, Bools]:
    """Choose whose names are asked for, the best first, and whose are bold."""
    n = len(net.people)
    rank = {p: k for k, p in enumerate(net.table.index)}
    order = np.array(sorted(range(n), key=lambda i: rank[net.people[i]]), dtype=np.int64)
    if crowd:
        order = order[:_NAMES]
    most = min(8, max(n // 5, 1))
    strong = np.zeros(n, dtype=bool)
    after = float(score[order[most]]) if most < len(order) else 0.0
    strong[[i for i in order[:most] if score[i] > after]] = True
    return order, strong


def _names(
    net: Net, order: Ints, strong: Bools, widest: float
) -> tuple[dict[str, list[str]], Floats]:
    """Fit the names that are asked for, whole on two lines rather than shortened on one."""
    asked = {i: net.people[i] for i in sorted(order.tolist())}
    names = dict(net.ruler.names(asked.values(), NAME, _LONGEST))
    strong_ones = [p for i, p in asked.items() if strong[i]]
    names |= net.ruler.names(strong_ones, STRONG, _LONGEST + 40, bold=True)
    size = np.zeros((len(net.people), 2))
    lines = {}
    for i, p in asked.items():
        bold = bool(strong[i])
        px, room = (STRONG, _HALF[1]) if bold else (NAME, _HALF[0])
        shortened = names[p] != net.fonts.drawable(p)
        halves = net.ruler.halves(p, px, min(room, widest), bold=bold) if shortened else []
        lines[p] = halves or [names[p]]
        size[i] = _size(net.ruler, lines[p], px, bold=bold)
    return lines, size


def _size(ruler: Ruler, lines: Sequence[str], px: float, *, bold: bool) -> tuple[float, float]:
    """Measure a name on its lines."""
    wide, up, down = zip(*(ruler.size(line, px, bold) for line in lines), strict=True)
    return max(wide), sum(up) + sum(down)


def narrowed(net: Net, looks: Looks, lost: Sequence[int]) -> Looks:
    """Give looks in which those whose names found no room have them on two lines, if they can."""
    names, size = dict(looks.names), looks.name_size.copy()
    for i in lost:
        p, bold = net.people[i], bool(looks.strong[i])
        px = STRONG if bold else NAME
        halves = net.ruler.halves(p, px, float(size[i, 0]), bold=bold)
        if halves and len(names[p]) == 1:
            names[p] = halves
            size[i] = _size(net.ruler, halves, px, bold=bold)
    return replace(looks, names=names, name_size=size)


def route(
    net: Net,
    looks: Looks,
    area: Area,
    width: float,
    *,
    pos: Mapping[str, Sequence[float]] | None,
    seed: int,
    apart: bool = False,
) -> Web:
    """Give everybody a place in an area of a page so wide, and every tie its way.

    With `apart`, those of a network that no tie joins to others keep together, as groups do.
    """
    ties = (net.giver, net.receiver, net.weight)
    if pos is None:
        wanted = np.zeros(len(net.people), dtype=bool)
        wanted[looks.order] = True
        room = np.where(wanted[:, None], looks.name_size, 0.0)
        kept = net.network if apart else net.group
        around = _APART if apart else HULL
        at = positions(looks.radius, room, ties, kept, area, around=around, seed=seed)
    else:
        inner = (area[0] + 90, area[1] + 30, area[2] - 90, area[3] - 30)
        at = overlap.fill(own_places(pos, net.people), inner, stretch=1.0)
    loud = looks.loud
    strongest = np.quantile(net.weight[loud], 0.9) / 8 if loud.any() else 1.0
    weight = net.weight / max(float(strongest), 1.0)
    full = arrows.width(weight) * (1.0 if loud.all() else 0.7)
    line = np.where(loud, full, _PALE)
    page = (8.0, area[1] - 10, width - 8.0, area[3] + 10)
    return Web(at, looks.radius, net.giver, net.receiver, line, loud, page, headed=net.directed)
