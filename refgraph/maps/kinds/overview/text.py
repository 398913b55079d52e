"""What the overview says in words: its finding, what it counts, its legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.connecting import groups
from refgraph.maps.drawing import legend
from refgraph.maps.kinds import group_filter
from refgraph.maps.kinds.connectors import text as findings
from refgraph.maps.layout import group_flows
from refgraph.maps.scenes import phrases, theme
from refgraph.wording import agree, which_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.book.book import Book
    from refgraph.maps.kinds.overview.data import Circles

__all__ = ["MANY", "caption", "counted", "entries", "finding", "first_of", "follows", "inner"]

_FOLLOWED = 30  # ties, from which on those of the people whom the title names stand out
_NAME, _KEY, _LINE = 420.0, 240.0, 1.5  # pixels of a name, of one in the legend, of a tie there
_FEW = 3  # people, of whom nothing stands out
_FIRST = 2  # people whom a title names
MANY = 150  # more ties within circles than this are paler and thinner


def finding(net: Circles, book: Book, room: float) -> str:
    """Say which groups I have ties in; without a me, how much stays inside the groups."""
    me = findings.middle(net, book)
    real, total = len(net.real), float(net.weight.sum())
    if not total:
        people = phrases.many(len(net.people), "person", "people")
        verb = agree(len(net.people), "has")
        told = f"{people} {verb} ties with {me}"
        return f"{told}, and none with each other" if _are_several(net) else told
    if not net.groups:
        return _ungrouped(net)
    if net.groups == 1:
        return f"One group: {_people(net)}, {phrases.many(len(net.giver), 'tie')}"
    inside, grouped = net.within
    verb = agree(inside, "stays")
    whose, one = ("", "a group") if grouped == total else (" between people in groups", "one")
    some = f"{phrases.number(inside)} of {phrases.many(grouped, 'referral')}"
    stay = f"{some}{whose} {verb} inside {one}"
    if not grouped:
        stay = "no referral passes between people in groups"
    elif inside == total:
        stay = "no referral passes between them"
    if not net.mine.any() or real < 2:
        return f"{net.groups} groups: {stay}"
    return _met(net, book, stay, room)


def first_of(net: Circles) -> list[int]:
    """Give those whom the title names: of people in no groups, who has the most ties."""
    if net.groups or len(net.people) <= _FEW or not len(net.giver):
        return []
    first: list[int] = np.flatnonzero(net.partners == net.partners.max()).tolist()
    return first if len(first) <= _FIRST else []


def follows(net: Circles, inside: int) -> bool:
    """Tell whether so many ties are drawn within circles that all but those of the named are pale.

    What is pale is what hides them: fewer ties hide nobody's.
    """
    return inside > _FOLLOWED and bool(first_of(net))


def _ungrouped(net: Circles) -> str:
    """Say of people in no groups who has the most ties, or with how many others at most."""
    told, most = f"{_people(net)} and no groups yet", int(net.partners.max())
    if len(net.people) <= _FEW:
        return told
    others, first = phrases.many(most, "other"), first_of(net)
    if not first:
        if net.partners.min() == most:
            return f"{told}: each has ties with {others}"
        if most == len(net.people) - 1:  # more there cannot be
            tied = int((net.partners == most).sum())
            return f"{told}: {tied:,} of them have ties with all {others}"
        return f"{told}: nobody has ties with more than {others}"
    names = [phrases.isolated(net.ruler.name(net.people[k], theme.TITLE, _NAME)) for k in first]
    has, each = agree(len(names), "has"), which_of(len(names), "", " each")
    return f"{told}: {phrases.listed(names)} {has} the most ties, with {others}{each}"


def _met(net: Circles, book: Book, stay: str, room: float) -> str:
    """Say in how many groups I have ties; if in all, how much stays inside them."""
    real = len(net.real)
    large = "groups" if net.groups == real else "larger groups"
    have = "You have" if net.whose == book.me else f"{findings.middle(net, book)} has"
    met = set(net.member[net.mine].tolist())
    missed = [k for k in net.real if k not in met]
    if not missed:
        every = "both" if real == 2 else f"all {real}"
        told = f"{have} ties in {every} {large}"
        longer = f"{told}; {stay}"
        return longer if net.ruler.size(longer, theme.TITLE, True)[0] <= room else told
    text = f"{have} ties in {real - len(missed)} of {real} {large}"
    if len(missed) > 2:
        return text
    names = phrases.listed([_short(net, k, theme.TITLE, _NAME) for k in missed])
    groups = "" if net.declared else which_of(len(missed), "the group ", "the groups ")
    longer = f"{text}, none in {groups}{names}"
    return longer if net.ruler.size(longer, theme.TITLE, True)[0] <= room else text


def counted(
    net: Circles,
    book: Book,
    *,
    unnamed: int,
    flows: tuple[int, int],
    inside: int,
    is_level: bool = False,
) -> str:
    """Say what the map counts, and what it leaves out.

    Parameters
    ----------
    unnamed : int
        People without their name.
    flows : (int, int)
        How many flows between circles are drawn, the strongest, and how many there are.
    is_level : bool
        Whether some flow that is not drawn is as strong as one that is.
    inside : int
        Ties within circles that are not drawn.
    """
    ties, across = phrases.many(len(net.giver), "tie"), int(net.across.sum())
    ties += " that you recorded" if book.me is not None else ""
    if not len(net.giver):
        ties = "no tie among them" if _are_several(net) else ""
    elif len(net.circles) > 1:
        ties += f", {phrases.number(across)} between {'groups' if net.groups > 1 else 'circles'}"
    people = phrases.many(len(net.people), "person", "people")
    grouped = f" in {phrases.many(net.groups, 'group')}" if net.groups > 1 else ""
    return phrases.sentence(
        [
            phrases.when(book),
            ", ".join(filter(None, [f"{people}{grouped}", ties])),
            net.source,
            f"rings mark ties with {findings.middle(net, book)}" if net.mine.any() else "",
            f"{phrases.many(unnamed, 'name')} left out for room" if unnamed else "",
            _drawn(flows, is_level=is_level),
            f"{phrases.many(inside, 'tie')}{' inside groups' if net.groups else ''} not drawn"
            if inside
            else "",
        ]
    )


def _drawn(flows: tuple[int, int], *, is_level: bool) -> str:
    """Say which flows are drawn, if not all.

    Examples
    --------
    >>> _drawn((15, 40), is_level=False), _drawn((14, 16), is_level=True)
    ('arrows: the 15 strongest of 40 flows', 'arrows: 14 of 16 flows, none of the others stronger')
    """
    drawn, every = flows
    if drawn == every:
        return ""
    if is_level:
        return f"arrows: {drawn} of {phrases.number(every)} flows, none of the others stronger"
    return f"arrows: the {drawn} strongest of {phrases.number(every)} flows"


def caption(net: Circles, book: Book, k: int, room: float) -> tuple[str, ...]:
    """Say what a circle is, how many of its people have a tie with me, and what stays inside.

    These are two lines, and a third one where there are several groups for referrals to pass
    between: those that stay inside a group add up to what the title says.
    """
    those, me = net.member == k, findings.middle(net, book)
    number, mine = int(those.sum()), int(net.mine[those].sum())
    circle = net.circles[k]
    whole = net.sizes[circle.name] if circle.kind == "group" else number
    count = group_filter.people_of(number, whole)
    if mine and circle.kind != "mine":
        count += f", {phrases.number(mine)} with {me}"
    first = _short(net, k, theme.FAINT, room, me=me)
    if net.groups < 2 or not circle.groups or not net.within[1]:
        return first, count
    stays = float(net.weight[net.stays & (net.member[net.giver] == k)].sum())
    return first, count, f"{phrases.many(stays, 'referral') if stays else 'none'} inside"


def entries(
    net: Circles, book: Book, *, flows: Sequence[float], sized: bool, inside: int, others: bool
) -> list[legend.Item]:
    """Give the entries of the legend, only for what is on the map.

    `flows` are the referrals of each flow drawn, `inside` how many ties within circles are drawn,
    and `others` whether some are of others than those the title names.
    """
    items = []
    if sized:
        items.append(legend.sizes(net.worn.bigger or "bigger: ties with more people"))
    if flows:
        steps, most = _steps(flows), max(flows)
        items.append(legend.arrow(theme.FLOW, "from group to group"))
        items.append(
            legend.bars([float(group_flows.width(w, most)) for w in steps], _widths(steps))
        )
    if inside:
        said = "within a group" if net.groups else "referrals"
        if follows(net, inside):
            names = [net.ruler.name(net.people[k], theme.CAPTION, _KEY) for k in first_of(net)]
            items.append(
                legend.arrow(theme.INSIDE, f"{said} of {phrases.listed(names)}", line=_LINE)
            )
            if others:
                items.append(legend.arrow(theme.INSIDE_PALE, "of others", line=_LINE))
        else:
            items.append(legend.arrow(inner(inside), said, line=_LINE))
    if net.mine.any():
        me = findings.middle(net, book)
        items.append(legend.mark("circle", theme.SAMPLE, f"tie with {me}", rim=theme.ME))
    if net.roles_known:
        items += legend.role_marks(net.role, color=theme.SAMPLE if net.worn.items else None)
    return [*items, *net.worn.items]


def inner(ties: int) -> str:
    """Give the colour of the ties within circles: paler where they are many."""
    return theme.INSIDE_THIN if ties > MANY else theme.INSIDE


def _steps(flows: Sequence[float]) -> list[float]:
    """Give the counts whose widths are shown: the least, a middle one and the largest there are."""
    kinds = sorted(set(flows))
    middle = min(kinds, key=lambda count: abs(count - (kinds[0] + kinds[-1]) / 2))
    return sorted({kinds[0], middle, kinds[-1]})


def _widths(steps: Sequence[float]) -> str:
    text = ", ".join(map(phrases.number, steps))
    return f"{text} referral" if text == "1" else f"{text} referrals"


def _are_several(net: Circles) -> bool:
    """Tell whether there is anybody to have a tie with each other."""
    return len(net.people) > 1


def _people(net: Circles) -> str:
    return _count(len(net.people))


def _count(number: int) -> str:
    return phrases.many(number, "person", "people")


def _short(net: Circles, k: int, px: float, room: float, *, me: str = "") -> str:
    """Name a circle; a group that nobody named, by the person with the most ties in it."""
    circle = net.circles[k]
    if circle.kind == "more":
        return f"{circle.groups} more groups"
    if circle.kind == "none":
        return "in no group"
    if circle.kind == "mine":
        others = (net.code >= 0) & ~net.tied  # so are these, who stand with their groups
        return f"{'in no group, ' if others.any() else ''}tied only with {me}"
    if net.declared:
        return phrases.isolated(net.ruler.name(circle.name, px, room))
    return f"around {phrases.isolated(net.ruler.name(groups.centre(circle.name), px, room))}"
