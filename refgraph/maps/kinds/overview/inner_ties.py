"""Within the circles of the overview: the ties of their people, and names clear of those ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.kinds.overview import text
from refgraph.maps.layout import label_candidates
from refgraph.maps.layout.label_placement import Placed, place
from refgraph.maps.layout.label_repair import mend
from refgraph.maps.layout.quality import box_to_points, segments_hit
from refgraph.maps.layout.tie_routing import Web, backbone
from refgraph.maps.scenes import theme

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refgraph.maps.drawing.canvas import Canvas
    from refgraph.maps.kinds.overview.data import Circles
    from refgraph.maps.layout.in_circles import Rings
    from refgraph.maps.layout.label_candidates import Kept

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["CROWD", "names", "of_named", "paint", "shown", "tied"]

CROWD = 1500  # more people than this get no ties within circles
_DENSE = 4  # more ties than this for each person are thinned to the strongest of each
_LINES = 1.2, 0.9  # width of a tie, and where they are many
_BELOW, _LAYER, _HEADS = 1.6, 2.0, 0.2  # where pale ties are painted, all others, and heads above
_CLEAR = 1.2  # pixels between an arrow and the marks it joins, which stand closely
_OUT = 3.0  # what it costs a name to reach out of its circle
_ASTRAY = 8.0  # to be nearer to the mark of another
_FAR = 0.2, 0.1  # and each pixel from its own; less where few ties leave it little room nearby


def shown(net: Circles) -> Bools:
    """Choose the ties within circles that are drawn: where there are few enough to be seen."""
    n = len(net.people)
    within = np.flatnonzero(~net.across)
    loud = np.zeros(len(net.giver), dtype=bool)
    if n <= CROWD:
        each = len(within) if len(within) <= _DENSE * n else 2
        ties = net.giver[within], net.receiver[within], net.weight[within]
        loud[within] = backbone(n, *ties, each)
        loud |= ~net.across & of_named(net)
    return loud


def of_named(net: Circles) -> Bools:
    """Tell which ties are of those whom the title names."""
    named = text.first_of(net)
    return np.asarray(np.isin(net.giver, named) | np.isin(net.receiver, named))


def tied(net: Circles, these: Bools, at: Floats, radius: Floats) -> Web:
    """Lay the ties that are shown between the marks of their people.

    Parameters
    ----------
    net : Circles
        The network.
    these : (m,) array of bool
        Which of its ties are shown.
    at, radius : (n, 2) and (n,) arrays
        The marks.

    Returns
    -------
    Web
        Its ties are straight, but for those of a pair.
    """
    giver, receiver = net.giver[these], net.receiver[these]
    line = np.full(len(giver), _LINES[len(giver) > text.MANY])
    loud = np.ones(len(giver), dtype=bool)
    return Web(at, radius, giver, receiver, line, loud, clear=_CLEAR)


def names(web: Web, rings: Rings, kept: Kept, sizes: Floats, order: Ints) -> list[Placed | None]:
    """Place the names where no tie runs, as far as there is room; where few, ties bend for them.

    Parameters
    ----------
    web : Web
        The marks and their ties.
    rings : Rings
        The circles.
    kept : Kept
        What names keep off.
    sizes : (n, 2) array
        Width and height of every name.
    order : (m,) array
        Whose names to place, the most important first.

    Returns
    -------
    list of Placed or None
        One for each mark.
    """
    circles = [np.flatnonzero(rings.member == k) for k in range(len(rings.radius))]

    def dear(i: int, places: Floats) -> Floats:
        free, out = label_candidates.room(i, places, rings, kept)
        near = circles[rings.member[i]]
        away = box_to_points(places, web.at[near]) - web.radius[near]
        own = away[:, near == i]
        astray = (away < own).any(axis=1)
        cost = _OUT * out + _FAR[web.few] * own[:, 0] + _ASTRAY * astray
        lines = np.clip(web.at[i], places[:, :2], places[:, 2:])
        start = np.broadcast_to(web.at[i], lines.shape)
        free &= ~segments_hit(kept.taken, start, lines).any(axis=0)
        return np.where(free, cost, np.inf)

    web.page, web.dear = kept.page, dear
    if web.few:
        return mend(web, web.name(sizes, order, kept.page), sizes, kept.page)
    return place(web.ground(kept.page), sizes, order)


def paint(canvas: Canvas, net: Circles, web: Web) -> None:
    """Draw the ties; those of the people whom the title names over all others, which are pale."""
    ties = [(net.people[u], net.people[v]) for u, v in web.ends.tolist()]
    own: NDArray[np.bool_] = np.ones(len(ties), dtype=bool)
    color = text.inner(len(ties))
    if text.follows(net, len(ties)):
        own, color = np.asarray(np.isin(web.ends, text.first_of(net)).any(axis=1)), theme.INSIDE
    pale = () if own.all() else ((~own, theme.INSIDE_PALE, _BELOW),)
    for these, ink, z in (*pale, (own, color, _LAYER)):
        owners = [ties[k] for k in np.flatnonzero(these)]
        colors = [ink] * len(owners)
        line = web.line[these]
        canvas.curves(web.drawn.shafts[these], colors, line, zorder=z, owners=owners)
        canvas.polygons(list(web.drawn.heads[these]), ink, zorder=z + _HEADS, owners=owners)
    polys = web.drawn.polys.tolist()
    for k, (giver, receiver) in enumerate(ties):
        canvas.scene.edges.append(
            {
                "u": giver,
                "v": receiver,
                "poly": polys[k],
                "tip": polys[k][-1],
                "head": float(web.drawn.lengths[k]),
            }
        )
