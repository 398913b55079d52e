"""A page larger than a map can fill: laid out on a smaller one, and enlarged with its letters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from refgraph.maps.scenes.scene import Scene

__all__ = ["LARGE", "draw_large"]

LARGE = 2400  # pixels of the longer side, from which on a map may have more page than it fills
_EXACT = 1 + 1e-12  # else a picture may have one pixel less than was asked for
_FINEST = 6000  # pixels of the longer side that are laid out, at most: letters are 1/480 of it
_ROOM = 1.25  # as wide and high a page is laid out, times the one that the map would choose


def draw_large(draw: Callable[..., Scene], options: Mapping[str, Any]) -> Scene:
    r"""Draw a map on a page of a given size, whose letters are as large as the page allows.

    Letters have a size in pixels, so on a page for a wall they would be specks. The map is drawn
    once as large as it chooses itself, :math:`w_0 \times h_0`, which says how much room it needs:
    with :math:`m` of :math:`n` people named there, :math:`g = 1.25 \sqrt{n / m}` times as much
    each way. A page of :math:`W \times H` is then laid out :math:`k` times smaller,

    .. math:: k = \max\left(1, \min\left(\frac{W}{g w_0}, \frac{H}{g h_0}\right)\right)

    and enlarged as much. If somebody is not named there, the whole page is used at its own scale,
    or, so that letters can be read on a sheet for a wall, at that of a page of 6,000 pixels.

    Parameters
    ----------
    draw : callable
        Takes the options and gives a scene.
    options : mapping
        For the map, with a ``width`` or a ``height`` or both.

    Returns
    -------
    Scene
        Whose ``enlarged`` is k.

    Examples
    --------
    >>> from refgraph import Book, maps
    >>> options = {"book": Book.sample(), "width": 6000, "height": 4000}
    >>> scene = draw_large(maps.KINDS["owed"].draw, options)
    >>> round(scene.W * scene.enlarged), round(scene.H * scene.enlarged), scene.enlarged > 2
    (6000, 4000, True)
    """
    size = {side: options[side] for side in ("width", "height") if options.get(side)}
    if max(size.values()) <= LARGE:
        return draw(**options)
    own = draw(**{name: value for name, value in options.items() if name not in size})
    grow = _ROOM * float(np.sqrt(len(own.nodes) / max(_named(own), 1))) if own.nodes else _ROOM
    needed = {"width": grow * own.W, "height": grow * own.H}
    times = min(size[side] / needed[side] for side in size)
    least = max(size.values()) / _FINEST
    if times > max(1, least):
        scene = draw(**{**options, **{side: pixels / times for side, pixels in size.items()}})
        if _named(scene) == len(scene.nodes):
            return replace(scene, enlarged=times * _EXACT)
    if least <= 1:
        return draw(**options)
    scene = draw(**{**options, **{side: pixels / least for side, pixels in size.items()}})
    return replace(scene, enlarged=least * _EXACT)


def _named(scene: Scene) -> int:
    return len({label["node"] for label in scene.labels})
