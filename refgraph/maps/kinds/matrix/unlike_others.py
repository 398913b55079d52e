"""What the matrix finds: how many pairs refer both ways, and who is unlike all others there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import bdtr

from refgraph.maps.scenes import phrases, theme
from refgraph.wording import agree

if TYPE_CHECKING:
    from refgraph.maps.kinds.matrix.data import Grid
    from refgraph.maps.kinds.matrix.text import Matrix

__all__ = ["finding", "stands_out", "with_marked"]

_STAR = 4  # pairs that all have one person in common
_RARE = 0.05  # chance of somebody as unlike the others, if everybody gave as they receive
_NAME = 420.0  # pixels of a name


def with_marked(about: Matrix) -> Matrix:
    """Mark who stands out, unless somebody was to be marked, or the title is of my pairs."""
    if about.marked is not None and not about.found:
        return about
    grid = about.grid
    one = None if any(band.mine for band in grid.bands) else stands_out(grid)
    return replace(about, marked=None if one is None else grid.people[one], found=one is not None)


def stands_out(grid: Grid) -> int | None:
    r"""Give the row of who is unlike the others: in every pair, or far from even.

    Of somebody who gave and received :math:`n` of the referrals shown, and :math:`k` on the lesser
    side, a share :math:`p = 2 \Pr(X \le k)`, :math:`X \sim B(n, 1/2)`, would be as uneven if each
    came from either side alike. The smallest is told if :math:`m p < 0.05` among :math:`m` people.

    Examples
    --------
    >>> from refgraph.maps.kinds.matrix.data import Grid
    >>> weight = np.array([[0, 9, 9], [1, 0, 2], [2, 1, 0]])
    >>> some = Grid(["Ann", "Bo", "Cy"], [], weight, "", False, 0, 0, 0, (3, 3), (0, 0))
    >>> some.people[stands_out(some)]
    'Ann'
    """
    tied = (grid.weight > 0) | (grid.weight.T > 0)
    pairs, with_whom = int(np.triu(tied).sum()), tied.sum(axis=1)
    if pairs >= _STAR and with_whom.max() == pairs:
        return int(with_whom.argmax())
    gave, received = grid.weight.sum(axis=1), grid.weight.sum(axis=0)
    chance = 2 * bdtr(np.floor(np.minimum(gave, received)), (gave + received).astype(int), 0.5)
    least = np.lexsort((-abs(gave - received), chance))[:1]
    if not len(least) or len(grid.people) * chance[least[0]] >= _RARE:
        return None
    return int(least[0])


def finding(about: Matrix) -> str:
    """Give the title: how many pairs refer both ways, and who is unlike the others."""
    grid = about.grid
    tied, both = grid.pairs
    mine, mutual = grid.my_pairs if about.book.me in grid.people else (0, 0)
    if 0 < mine < tied and both:  # those among others are hearsay
        others = f"{phrases.number(both - mutual) if both > mutual else 'none'} of {tied - mine:,}"
        if mine == 1:
            how = "both ways" if mutual else "one way only"
            return f"Your one pair refers {how}; among others, {others} both ways"
        some, verb = phrases.number(mutual) if mutual else "None", agree(mutual, "refers")
        told = f"{some} of your {mine:,} pairs {verb} both ways"
        return f"{told}{_here(grid) or f'; among others, {others}'}"
    if not about.found or about.marked is None:
        return f"{_pairs(grid, 'your ' if mine else '')}{_here(grid)}{_parted(grid)}"
    one = grid.people.index(about.marked)
    name = phrases.isolated(about.ruler.name(about.marked, theme.TITLE, _NAME, bold=True))
    name = "you" if about.marked == about.book.me else name
    if int(((grid.weight[one] > 0) | (grid.weight[:, one] > 0)).sum()) == tied >= _STAR:
        pairs = phrases.many(tied, "pair")
        return f"All {pairs} are with {name}, {phrases.number(both) if both else 'none'} both ways"
    return f"{_pairs(grid)}{_here(grid)}; {name} {_sides(grid, one)}"


def _sides(grid: Grid, one: int) -> str:
    """Say how much somebody gave and received, the larger side first."""
    gave, received = float(grid.weight[one].sum()), float(grid.weight[:, one].sum())
    sides = [(gave, "gave"), (received, "received")]
    (more, first), (less, second) = sides if gave >= received else reversed(sides)
    told = phrases.number(less) if less else "none"
    here = " here" if grid.rest or grid.only else ""  # with others than those shown may be more
    return f"{first} {phrases.number(more)} and {second} {told}{here}"


def _here(grid: Grid) -> str:
    """Say how many of the pairs that are drawn refer both ways, where most are not.

    They were chosen for their referrals to each other, and more of them go both ways.
    """
    if not grid.is_core or not grid.pairs[1]:
        return ""
    there = grid.weight > 0
    me = next((band.first for band in grid.bands if band.mine), None)
    both, every = there & there.T, there | there.T
    if me is not None and 0 < grid.my_pairs[0] < grid.pairs[0]:
        mutual, drawn = int(both[me].sum()), int(every[me].sum())
    else:
        mutual, drawn = int(both.sum()) // 2, int(every.sum()) // 2
    many = phrases.number(mutual) if mutual else "none"
    return f", {many} of the {drawn:,} drawn here" if drawn else ""


def _pairs(grid: Grid, whose: str = "") -> str:
    """Say how many pairs refer both ways."""
    tied, both = grid.pairs
    pairs = phrases.many(tied, "pair")
    if not both:
        refer = agree(tied, "refers")
        return f"No pair refers both ways yet: {pairs} {refer} one way only"
    if both == tied:
        return f"All {pairs} refer both ways" if tied > 1 else "The one pair refers both ways"
    return f"{phrases.number(both)} of {whose}{pairs} {agree(both, 'refers')} both ways"


def _parted(grid: Grid) -> str:
    """Say of a book with nothing both ways that I only give or receive, or that everybody does."""
    me = next((band.first for band in grid.bands if band.mine), None)
    if me is not None:
        one_way = not grid.weight[me].any() or not grid.weight[:, me].any()
        return f"; you {_sides(grid, me)}" if one_way and grid.my_pairs[0] > 1 else ""
    gives, receives = (grid.weight > 0).any(axis=1), (grid.weight > 0).any(axis=0)
    if (gives & receives).any() or grid.rest:
        return ""
    told = phrases.two_sides(int(gives.sum()), int(receives.sum()))
    return f"; {told}" if told else ""
