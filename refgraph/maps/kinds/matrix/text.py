"""The words of the matrix: its title, what was counted, its legend and the captions of groups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from refgraph.book import professional_limits
from refgraph.maps.drawing import legend
from refgraph.maps.drawing.text_measure import Ruler
from refgraph.maps.kinds import group_filter
from refgraph.maps.scenes import phrases, theme
from refgraph.wording import agree, join_names, which_of

if TYPE_CHECKING:
    from refgraph.book.book import Book
    from refgraph.maps.drawing.fonts import Fonts
    from refgraph.maps.kinds.matrix.data import Band, Grid

__all__ = [
    "SELF",
    "TOTALS",
    "Matrix",
    "caption",
    "caption_width",
    "counted",
    "entries",
    "notes",
    "totals",
]

SELF = 2.6  # radius of the dot where a person meets themselves
GROUP = 210.0  # the longest caption
#: What stands beside the rows.
TOTALS = ("gives", "receives", "both ways")


@dataclass(frozen=True)
class Matrix:
    """What a matrix shows: its people and referrals, whom it marks, and what it is written with.

    ``found`` says that who is marked was not asked for, but is who the title names; ``smallest``
    is the size of the smallest number in a cell.
    """

    book: Book
    grid: Grid
    marked: str | None
    fonts: Fonts
    ruler: Ruler
    found: bool = False
    smallest: float = 10.5

    def loud(self, person: str) -> bool:
        """Tell whether somebody's name is bold."""
        return person in (self.marked, self.book.me)

    @cached_property
    def groups(self) -> dict[bool, dict[str, str]]:
        """Names of groups, bold and not, as drawn: where they are shortened, no two are alike."""
        names = [band.name for band in self.grid.bands if band.name and not band.mine]
        fit = partial(Ruler(self.fonts).names, names, theme.FAINT, GROUP)
        return {bold: fit(bold=bold) for bold in (False, True)}


def counted(about: Matrix) -> str:
    """Give the subtitle: what was counted and left out."""
    grid = about.grid
    people = phrases.many(len(grid.people), "person", "people")
    people += " chosen for referrals to each other" if grid.is_core else ""
    among, there = (f" in {grid.only}", " there") if grid.only else ("", "")
    rest = phrases.many(grid.rest, "other", "others")
    kinds = [band for band in grid.bands if band.name and not band.mine]
    mine = any(band.mine for band in grid.bands)
    whose = "among others in groups" if mine else "between people in groups"
    inside, total = grid.within
    return phrases.sentence(
        [
            phrases.when(about.book),
            f"{people}{among}, {phrases.many(float(grid.weight.sum()), 'referral')}",
            f"and {rest}, {phrases.many(grid.hidden, 'referral')} not shown" if grid.rest else "",
            f"{phrases.many(grid.idle, 'person', 'people')} without a referral{there} left out"
            if grid.idle
            else "",
            f"{_some(inside, total)} {whose} {agree(inside, 'stays')} within a group"
            if len(kinds) > 1 and total
            else "",
            grid.source,
            "rows by referrals given less received" if grid.by_balance else "",
        ]
    )


def _some(part: float, total: float) -> str:
    """Say how many of some referrals.

    Examples
    --------
    >>> _some(4, 6), _some(6, 6), _some(0, 6), _some(1, 1)
    ('4 of the 6 referrals', 'all 6 referrals', 'none of the 6 referrals', 'the only referral')
    """
    if part == total:
        return which_of(total, "the only referral", f"all {phrases.many(total, 'referral')}")
    return f"{phrases.number(part) if part else 'none'} of the {phrases.many(total, 'referral')}"


def entries(about: Matrix) -> list[legend.Item]:
    """Give the entries of the legend."""
    weight = about.grid.weight
    there = weight > 0
    items = []
    if (there & there.T).any():
        items.append(legend.mark("square", theme.TWO_WAY, "both ways", sign="3"))
    if (there & ~there.T).any():
        items.append(legend.mark("ring", theme.ONE_WAY, "one way so far", sign="3"))
    items.append(legend.mark("circle", theme.EVEN, "the same person", r=SELF))
    if any(band.size > 1 and band.name for band in about.grid.bands):
        items.append(legend.ground(theme.HULL, "within a group", rim=theme.RULE))
    if about.marked is not None:
        name = about.ruler.name(about.marked, theme.CAPTION, 240)
        items.append(legend.ground(theme.LIT, name))
    return items


def totals(grid: Grid) -> tuple[list[str], list[str], list[str]]:
    """Write what each row gives and receives, and of those it gives to, how many give back."""
    gave, received, shares = grid.totals
    back = [f"{both}/{to}" if to else "" for both, to in shares]
    return [*map(phrases.short, gave)], [*map(phrases.short, received)], back


def notes(about: Matrix, *, totals: bool, captioned: bool = True) -> list[str]:
    """Give what stands under the legend, and what the totals beside the rows count.

    Groups that have no caption beside their rows are named here.
    """
    among = " shown" if about.grid.rest else ""
    beside = (
        f"Beside the rows: referrals given to and received from the people{among}; of the people "
        "given to, how many refer back"
    )
    bands = [band for band in about.grid.bands if not band.mine]
    named = [about.groups[False].get(band.name, "in no group") for band in bands]
    told = "" if captioned or not named[1:] else f"Groups, from above: {join_names(named)}"
    limits, undrawn = professional_limits.conditions(about.book), about.fonts.undrawn(16)
    return [*filter(None, (beside if totals else "", told, limits, undrawn))]


def caption(about: Matrix, band: Band) -> tuple[str, str]:
    """Give the name of a group, and what is to be said of it."""
    if band.mine:
        return "", ""
    people = group_filter.people_of(band.size, band.whole)
    rows = slice(band.first, band.after)
    inside = float(about.grid.weight[rows, rows].sum())
    if not band.name:
        is_told = any(other.name and not other.mine for other in about.grid.bands)
        return ("in no group", people) if is_told else ("", "")
    told = f"{people}, {phrases.many(inside, 'referral')} within" if band.size > 1 else people
    return about.groups[True][band.name], told


def caption_width(about: Matrix, band: Band) -> float:
    """Give how wide that is."""
    name, told = caption(about, band)
    size = about.ruler.size
    second = size(told, theme.FAINT)[0] if band.size > 1 else 0.0
    return max(size(name, theme.FAINT, True)[0], second) if name else 0.0
