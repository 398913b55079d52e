"""Names that ties still run through: moved to where those ties can be bent out of the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.maps.layout.label_placement import Placed, clear, offering, placed_at
from refgraph.maps.layout.tie_routing import Web, standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Area = tuple[float, float, float, float]

__all__ = ["mend"]

_TIES = 4  # bent for one name, at most
_ROUNDS = 2
_TURNS = 600  # then what is left stays: 60 people take a few hundred


def mend(
    web: Web, placed: Sequence[Placed | None], sizes: Floats, page: Area
) -> list[Placed | None]:
    """Move names and bend ties, one name at a time, while that leaves fewer names crossed.

    Parameters
    ----------
    web : Web
        Whose ties are bent; in a web of many ties nothing is done.
    placed : sequence of Placed or None
        The names, one for each mark.
    sizes : (n, 2) array
        Width and height of every name.
    page : (left, top, right, bottom)
        Where names may stand.

    Returns
    -------
    list of Placed or None
        The names where they stand now; as many as before.
    """
    placed = list(placed)
    boxes, whose = standing(placed)
    over = web.crossings(boxes, whose)
    last = web.turned + _TURNS
    for _ in range(_ROUNDS if web.few else 0):
        fewer = False
        for k in np.flatnonzero(over.any(axis=1)).tolist():
            if web.turned > last:
                return placed
            i = int(whose[k])
            offer = offering(i, web.ground(page), sizes[i])
            at, over = _move(web, k, offer, (boxes, whose), over)
            if at is not None:
                placed[i] = placed_at(offer[0][at], float(offer[1][at]))
                fewer = True
        if not fewer:
            break
    return placed


def _move(
    web: Web,
    k: int,
    offer: tuple[Floats, Floats, Floats],
    names: tuple[Floats, Ints],
    over: Bools,
) -> tuple[int | None, Bools]:
    """Move one name to the best place that leaves fewer crossed, the ties there bent away.

    Returns
    -------
    int or None
        Which of the places offered it took.
    (n, m) array of bool
        Which ties now run through which names.
    """
    boxes, whose = names
    before, here = (int(over.any(axis=1).sum()), int(over.sum())), boxes[k].copy()
    free = clear(
        offer[0], web.at[whose[k]], np.delete(boxes, k, axis=0), web.at[np.delete(whose, k)]
    )
    firm: set[int] = set()  # ties that run into something even without this name
    best = np.flatnonzero(free)[np.argsort(offer[2][free], kind="stable")]
    spots = np.array([placed_at(box, 0.0).box for box in offer[0][best]]).reshape(-1, 4)
    under = web.crossings(spots, np.repeat(whose[k], len(spots)))  # ties end each turn as they were
    for turn, at in enumerate(best.tolist()):
        boxes[k] = spots[turn]
        found = over.copy()
        found[k] = under[turn]
        ties = np.flatnonzero(found[k])
        if len(ties) > _TIES:
            continue
        ties = np.unique(np.r_[ties, web.back[ties][web.back[ties] >= 0]])
        one = ties[(web.back[ties] < 0) | (ties < web.back[ties])].tolist()  # a pair turns as one
        if not firm.isdisjoint(one):
            continue
        shape = web.bend[ties], web.lean[ties]
        stuck = next((tie for tie in one if not web.turn(tie, boxes, whose)), None)
        if stuck is None:
            web.redraw(ties)
            found[:, ties] = web.crossings(boxes, whose, ties)
            if (int(found.any(axis=1).sum()), int(found.sum())) < before:
                return at, found
            web.bend[ties], web.lean[ties] = shape
            web.redraw(ties)
        elif not web.turn(stuck, np.delete(boxes, k, axis=0), np.delete(whose, k)):
            firm.add(stuck)
        web.bend[ties], web.lean[ties] = shape
    boxes[k] = here
    return None, over
