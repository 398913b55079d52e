"""The names of the areas of a network: each group, and how many of its people are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.connecting import groups
from refgraph.maps.kinds import group_filter
from refgraph.maps.layout.hull_captions import captions
from refgraph.maps.scenes import phrases, theme

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from refgraph.maps.drawing.canvas import Canvas
    from refgraph.maps.kinds.connectors.data import Net
    from refgraph.maps.layout.tie_routing import Web

    Floats = NDArray[np.float64]

__all__ = ["count", "write"]

_LONGEST = 200.0  # pixels of a group's name


def write(
    canvas: Canvas,
    net: Net,
    web: Web,
    outlines: Mapping[int, Floats],
    *,
    page: tuple[float, float, float, float],
    leaders: Sequence[Floats],
    first: Collection[str] = (),
) -> dict[int, Floats]:
    """Write the names of groups beside their areas, where the names of people leave room.

    Parameters
    ----------
    canvas : Canvas
        On which the names of people stand already.
    net : Net
        The network and its groups.
    web : Web
        Where everybody is, and where the ties run.
    outlines : mapping of int to array
        The area of each group, by its place among the groups of `net`.
    page : (float, float, float, float)
        Where a name may stand: left, top, right and bottom.
    leaders : sequence of (2, 2) array
        The lines from marks to names, which no name of a group crosses.
    first : collection of str
        The groups whose names find room before the others'.

    Returns
    -------
    dict of int to array
        Where each stands that found room.
    """
    texts = {k: _name(net, k) for k in outlines}
    sizes = {}
    for k, text in texts.items():
        width, ascent, descent = net.ruler.size(text, theme.FAINT, True)
        sizes[k] = (width, ascent + descent)
    taken = np.array([label["box"] for label in canvas.scene.labels]).reshape(-1, 4)
    lines = np.array(leaders).reshape(-1, 2, 2)
    early = [k for k in outlines if net.kinds[k] in first]
    spots = captions(outlines, sizes, web, taken, page, leaders=lines, first=early)
    for k, box in spots.items():
        _, _, descent = net.ruler.size(texts[k], theme.FAINT, True)
        x, y = float(box[0]), float(box[3]) - descent
        canvas.text(x, y, texts[k], theme.FAINT, color=theme.GREY, bold=True, halo=True)
    return spots


def count(
    canvas: Canvas,
    net: Net,
    web: Web,
    rims: Mapping[int, Floats],
    *,
    drawn: Collection[int],
    page: tuple[float, float, float, float],
) -> None:
    """Write beside the line round each network how many people it has, off all lines drawn.

    `rims` are these lines, by the place of each among those of :meth:`Net.networks`.
    """
    texts, sizes, every = {}, {}, net.networks()
    for k in rims:
        told = group_filter.people_of(int((net.network == k).sum()), every[k])
        texts[k] = f"one network: {told}"
        width, ascent, descent = net.ruler.size(texts[k], theme.CAPTION, True)
        sizes[k] = (width, ascent + descent)
    scene = canvas.scene
    taken = [text["box"] for text in (*scene.labels, *scene.captions)]
    lines = [np.stack([rims[k], np.roll(rims[k], -1, axis=0)], axis=1) for k in drawn]
    struck = np.vstack([np.zeros((0, 2, 2)), *lines])
    spots = captions(rims, sizes, web, np.array(taken).reshape(-1, 4), page, leaders=struck)
    for k, box in spots.items():
        _, _, descent = net.ruler.size(texts[k], theme.CAPTION, True)
        x, y = float(box[0]), float(box[3]) - descent
        canvas.text(x, y, texts[k], theme.CAPTION, bold=True, halo=True)


def _name(net: Net, k: int) -> str:
    """Name a group; one that nobody named is called after who is in the middle of it."""
    name, around = net.kinds[k], ""
    count = group_filter.people_of(int((net.group == k).sum()), net.sizes[name])
    if net.group_of.attrs["source"] == "detected":
        name, around = groups.centre(name), "around "
    shown = phrases.isolated(net.ruler.name(name, theme.FAINT, _LONGEST))
    return f"{around}{shown}: {count}"
