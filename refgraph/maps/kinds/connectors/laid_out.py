"""The page of the connectors map: what it shows, where, and how high it is for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.connecting import connectors as analysis
from refgraph.maps.drawing import legend
from refgraph.maps.drawing.page import high_enough
from refgraph.maps.kinds.connectors import isolates
from refgraph.maps.kinds.connectors import text as words
from refgraph.maps.kinds.connectors.arrange import look_at, route
from refgraph.maps.kinds.connectors.finding import finding
from refgraph.maps.scenes import phrases, theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from refgraph.book.book import Book
    from refgraph.maps.drawing.text_measure import Ruler
    from refgraph.maps.kinds.connectors.arrange import Looks
    from refgraph.maps.kinds.connectors.data import Net
    from refgraph.maps.layout.tie_routing import Web

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["UNDER", "Page", "head_of", "laid_out"]

# With more ties than this, and than people, or with more between groups, those of the named
# come first.
_FOLLOWED = 30
_LEAST = 260.0  # pixels of height for the network
_ROOT = 150.0  # pixels of height at most, times the root of how many people, and once more
UNDER = 22.0  # pixels between the people and the rule below them, for the rims of hulls


@dataclass(frozen=True, eq=False)
class Page:
    """Everything with its place: what the map shows, and how high the page is for it."""

    book: Book
    net: Net
    looks: Looks
    web: Web
    aside: isolates.Strip
    marked: Sequence[str]
    near: Sequence[str]  # whom the title counts and does not name
    title: str
    marked_as: str  # the names to mark as they are drawn, of people who have a tie
    area: tuple[float, float, float, float]
    high: float
    foot: float
    items: Sequence[legend.Item]
    notes: Sequence[str]
    networks: int  # of which the title tells


def laid_out(
    book: Book,
    net: Net,
    marked: str | None,
    size: tuple[int, int | None],
    *,
    pos: Mapping[str, Sequence[float]] | None,
    seed: int,
    head: float = 0.0,
) -> Page:
    """Lay out the page: the network from `head` down, who has no tie in it, and the legend."""
    ruler, (width, height) = net.ruler, size
    leading, level = analysis.leading(net.table)
    best = [p for p in leading if p in net.people]
    room = width - 2 * theme.MARGIN
    found = finding(net, best, level, room)
    tangled = len(net.giver) > max(_FOLLOWED, len(net.people)) or net.across.sum() > _FOLLOWED
    followed = found.named if tangled else ()
    about = followed if marked is None else [marked]
    looks = look_at(net, about, width)
    sized = bool(np.ptp(looks.size) > 0)
    lit = found.named if marked is None else [marked]
    named = phrases.listed([ruler.name(p, theme.CAPTION, 240) for p in lit])
    tied = named if about and {*about} <= {*net.people} else ""
    counted = net.directed and bool((net.weight[looks.loud] > 1).any())
    bigger = (words.SCORED if looks.is_scored else words.TIED) if sized else ""
    items = words.entries(net, book, loud=looks.loud, bigger=bigger, counted=counted, marked=tied)
    # of whom some are not drawn, none is framed: the frames would be fewer than the title counts
    near = [*found.near] if marked is None and {*found.near} <= {*net.people} else []
    items += _grounds(named, found.nearness if near else "")
    made = [words.parts(net, best)] if bigger == words.SCORED or best else []
    notes = [*made, *net.sampling, *words.notes(net, book)]
    some = 99 if looks.crowd else 0  # names that may be left out
    subtitle = words.counted(net, book, pale=_pale(looks), unnamed=some, marked=tied)
    head = max(head, head_of(ruler, subtitle, width))
    wide, tall = _extent(len(net.people), width)
    aside = isolates.Strip(net, words.middle(net, book), room, marked)
    below = aside.height + UNDER
    if height is not None:
        legend_high = legend.height(ruler, items, notes, room)
        high_enough(height, head + _LEAST + below + legend_high)
        tall = height - head - below - legend_high
    foot = head + tall + below
    area = ((width - wide) / 2, head, (width + wide) / 2, head + tall)
    apart = bool(found.networks) and not net.kinds
    return Page(
        book=book,
        net=net,
        looks=looks,
        web=route(net, looks, area, width, pos=pos, seed=seed, apart=apart),
        aside=aside,
        marked=lit,
        near=near,
        title=found.title,
        marked_as=tied,
        area=area,
        high=height or np.ceil(foot + legend.height(ruler, items, notes, room)),
        foot=foot,
        items=items,
        notes=notes,
        networks=found.networks,
    )


def head_of(ruler: Ruler, subtitle: str, width: int) -> float:
    """Give how high the heading of a page is that has such a subtitle."""
    lines = ruler.wrap(subtitle, theme.SUBTITLE, width - 2 * theme.MARGIN)
    return 92 + theme.LEADING * theme.SUBTITLE * len(lines)


def _grounds(named: str, nearness: str) -> list[legend.Item]:
    """Give the entries for whom the title names, and for whom it only counts."""
    lit = [legend.ground(theme.LIT, named)] if named else []
    frame = [legend.ground(theme.PAPER, nearness, rim=theme.GREY)] if nearness else []
    return lit + frame


def _pale(looks: Looks) -> int:
    """Count the ties that are pale."""
    return int((~looks.loud).sum())


def _extent(n: int, width: int) -> tuple[float, float]:
    """Give how wide and how high so many people are laid out on a page so wide."""
    tall = float(np.clip(430 + 10.5 * n, 0, 1080) + np.clip(1.2 * (n - 120), 0, 420))
    tall = min(tall, _ROOT * np.sqrt(n) + _ROOT)
    return min(width - 2 * theme.MARGIN + 40, 250 * np.sqrt(n) + 260), tall
