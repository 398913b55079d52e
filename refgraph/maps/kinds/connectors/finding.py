"""What the connectors map finds: what sets the first connectors apart from all others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from refgraph.analysis.connecting.articulation import articulation
from refgraph.analysis.connecting.connectors import may_lead
from refgraph.maps.scenes import phrases, theme
from refgraph.wording import agree, percent, which_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from refgraph.maps.kinds.connectors.data import Net

__all__ = ["Finding", "finding"]

_WORDS = 300.0  # what a title says beside two names

_APART, _PART = 5, 0.1  # people, and share of all, that make a part a network of its own
_SIZES = 5  # sizes of such networks that are told
_STAR = 4  # ties that are all with one person
_CUT, _CUT_OF = 2, 0.05  # people cut off by one leaving, and share of all, that are worth a title
_NEAR = 2 / 3  # of the first one's share of the ways, from where on others are no way behind
_FEW = 3  # others who come near the first, with more of whom the title is of all of them
_SLIGHT = 0.05  # share of all pairs of others, under which nobody stands between many
_SHARED = 0.1  # share of all people who link as many groups, and it is nothing unusual


class Finding(NamedTuple):
    """What a title says, and what of it the map has to show.

    Attributes
    ----------
    title : str
        The finding.
    named : sequence of str
        Whom it names.
    networks : int
        Of how many separate networks it tells.
    near : sequence of str
        Those whom it only counts beside: they come near the ones named.
    nearness : str
        In how many words of the title it counts them, for the legend.
    """

    title: str
    named: Sequence[str] = ()
    networks: int = 0
    near: Sequence[str] = ()
    nearness: str = ""


def finding(net: Net, best: Sequence[str], level: int, room: float) -> Finding:
    """Say what is unusual about the best connectors, in one line of a title `room` pixels wide.

    The first that holds: the people fall apart into networks of their own; the best connector
    alone holds several others to the rest; hardly anybody links as many groups; nobody stands on
    as many shortest ways. Where many are level at the top, it says that.

    Parameters
    ----------
    net : Net
        The network, with the ranking of :func:`refgraph.connectors.rank`.
    best : sequence of str
        Those who are ahead of all others by the score; see :func:`refgraph.connectors.leading`.
    level : int
        How many are equal at the top.
    room : float
        Pixels for the title.

    Returns
    -------
    Finding
    """
    wide = max((room - _WORDS) / 2, min(room, _WORDS))  # a narrow page has more lines
    names = [phrases.isolated(net.ruler.name(p, theme.TITLE, wide, bold=True)) for p in best]
    return (
        _apart(net)
        or _nobody(net, best, level, room)
        or _holds(net, best, names, level)
        or _links(net, best, names, level)
        or _between(net, best, names, level)
    )


def _apart(net: Net) -> Finding | None:
    """Say that there are several networks, none of them a mere rest."""
    sizes = net.networks()
    least = max(_APART, _PART * sum(sizes))
    large = [size for size in sizes if size >= least]
    if len(large) < 2:
        return None
    told = phrases.listed([phrases.number(size) for size in large[:_SIZES]])
    count = phrases.many(len(sizes), "separate network")
    smaller = len(sizes) - len(large)
    beside = f", and {phrases.number(smaller)} smaller" if smaller else ""
    if len(large) > _SIZES:
        most = f"{phrases.number(large[0])} people"
        if large[-1] == large[0]:
            each = f"{count} of {most} each"
            if smaller:
                each = f"{count}: {phrases.number(len(large))} of {most} each{beside}"
            return Finding(each, networks=len(large))
        return Finding(f"{count}, the largest of {most}", networks=len(large))
    return Finding(f"{count}: {told} people{beside}", networks=len(large))


def _nobody(net: Net, best: Sequence[str], level: int, room: float) -> Finding | None:
    """Say that nobody is ahead of the others, if so; or with whom all ties are."""
    if best:
        return None
    people = phrases.many(level or len(net.people), "person", "people")
    if level:
        return Finding(f"Nobody stands out: {people} are level at the top")
    ties = phrases.many(len(net.giver), "tie")
    ends = np.bincount(np.r_[net.giver, net.receiver], minlength=len(net.people))
    hub = int(ends.argmax())
    if ends[hub] == len(net.giver) >= _STAR:
        given, received = (int((side == hub).sum()) for side in (net.giver, net.receiver))
        way = "go to" if not given else "come from" if not received else "are with"
        wide = max(room - _WORDS, min(room, _WORDS))
        name = phrases.isolated(net.ruler.name(net.people[hub], theme.TITLE, wide, bold=True))
        return Finding(
            f"All {ties} {way if net.directed else 'are with'} {name}", [net.people[hub]]
        )
    return Finding(f"Nobody stands between others yet: {_sides(net) or f'{people}, {ties}'}")


def _sides(net: Net) -> str:
    """Say how many only give and how many only receive, where nobody does both."""
    gives, receives = {*net.giver.tolist()}, {*net.receiver.tolist()}
    if not net.directed or gives & receives:
        return ""
    return phrases.two_sides(len(gives), len(receives))


def _holds(net: Net, best: Sequence[str], names: Sequence[str], level: int) -> Finding | None:
    """Say that the best connector, more than anybody else, holds people to the others."""
    if level != 1:
        return None
    cut_off = articulation(net.graph)["cut_off"]
    alone = int(cut_off.loc[best[0]])
    others = int(net.table["score"].notna().sum()) - 1
    if alone < max(_CUT, _CUT_OF * others) or alone <= cut_off.drop(best[0]).max():
        return None
    all_others = phrases.many(others, "other")
    cut = f"{phrases.number(alone)} of {all_others} would be cut off"
    return Finding(f"Without {names[0]}, {cut}", best[:1])


def _links(net: Net, best: Sequence[str], names: Sequence[str], level: int) -> Finding | None:
    """Say how many groups the best connectors link, if few others link as many."""
    one, both = net.groups_about(best[:1]), net.groups_about(best)
    all_links = net.table["groups_linked"]
    links, others = all_links.loc[list(best)], all_links.drop(list(best))
    if len(both) < 2 or not links.all():
        return None
    first = level == 1 and len(one) == len(both)
    fewest = links.iloc[0] if first else links.min()
    sharing = int((all_links >= fewest).sum())
    if (others > links.max()).any():
        return None  # what somebody else does more of is not what sets them apart
    if sharing > max(len(best), _SHARED * int(net.table["score"].notna().sum())):
        return None
    if not first and links.min() < links.max():
        return Finding(f"{phrases.listed(names)} together link {len(both)} groups", best)
    if not first and links.max() == 1:
        return Finding(f"{phrases.listed(names)} link {len(both)} groups", best)
    linked, named = int(links.iloc[0]), 1 if first else len(best)
    alone = ""
    if sharing <= named and len(others := all_links.drop(list(best[:named]))):
        most = int(others.max())
        alone = f", nobody else more than {most}" if most else ", as nobody else does"
    if any(net.group_of[p] == "" for p in best[:named]):
        groups = phrases.many(linked, "group")
    else:
        groups = f"{phrases.many(linked, 'other group')} with their own"
    verb = which_of(named, "links", "each link")
    return Finding(f"{phrases.listed(names[:named])} {verb} {groups}{alone}", best[:named])


def _between(net: Net, best: Sequence[str], names: Sequence[str], level: int) -> Finding:
    """Say for what share of all pairs of others the best connectors stand on the shortest way.

    Where several others stand on nearly as many, it says how many: then nobody is alone. Of a
    few in a hundred pairs it says that these are few. Of an estimate it names nobody as first
    whom others may be ahead of within its error.
    """
    if net.sampling and (open_to := may_lead(net.table)) > len(best):
        others = phrases.many(open_to - len(best), "other")
        listed = phrases.listed(names)
        return Finding(f"{listed} may come first, and so may {others}: an estimate", best)
    between = net.table["betweenness"]
    most = {named: set(between.nlargest(named, keep="all").index) for named in (1, 2)}
    one = level == 1 and most[1] == {best[0]}
    if not one and most[len(best)] != {*best}:
        return Finding(f"{phrases.listed(names)} {agree(len(names), 'comes')} first", best)
    first, after = np.sort(np.append(between.to_numpy(), 0.0))[::-1][:2]
    apart = one and percent(first) != percent(after)
    named = len(best) if not apart and most[len(best)] == {*best} else 1
    listed, stand = phrases.listed(names[:named]), agree(named, "stands")
    shares = [percent(between[person]) for person in best[:named]]
    if "0%" in shares:
        estimate = ", by an estimate" if net.sampling else ""
        return Finding(f"{listed} {stand} between the most others{estimate}", best[:named])
    each = "each " if len({*shares}) < named else ""
    told = shares[0] if each else phrases.listed(shares)
    about = "about " if net.sampling else ""
    if first < _SLIGHT:
        slight = f"but {each}between only {about}{told} of all pairs of others"
        return Finding(f"{listed} {agree(named, 'comes')} first, {slight}", best[:named])
    on, pairs = "on the shortest ways of", "of all pairs of others"
    behind = between.drop(list(best[:named]))
    near = behind[behind >= _NEAR * first]
    if len(near) > max(_FEW, _SHARED * int(net.table["score"].notna().sum())):
        least = f"{about}{percent(near.min())} or more"
        many = f"{phrases.number(named + len(near))} people stand {on} {least} {pairs}"
        title = f"{many}: {listed} {each}of {told}"
        return Finding(title, best[:named], near=near.index, nearness=_after(behind, first))
    after = _after(behind, first)
    title = f"{listed} {each}{stand} {on} {about}{told} {pairs}, {after}"
    return Finding(title, best[:named], near=near.index, nearness=after)


def _after(others: pd.Series[float], first: float) -> str:
    """Say how near to the first ones the others come; where a few do, how many.

    Examples
    --------
    >>> import pandas as pd
    >>> _after(pd.Series([0.09, 0.08, 0.02]), 0.10), _after(pd.Series([0.09, 0.02]), 0.10)
    ('2 more of 8% or more', 'the next of 9%')
    >>> _after(pd.Series([0.244, 0.238]), 0.25)
    '2 more of 24% each'
    >>> _after(pd.Series([0.0]), 0.10)
    'nobody else of any'
    """
    near = others[others >= _NEAR * first]
    if len(near) > 1:
        least = percent(near.min())
        return (
            f"{len(near):,} more of {least} {'each' if least == percent(near.max()) else 'or more'}"
        )
    next_one = others.max()
    if not next_one > 0:
        return "nobody else of any"
    return f"the next of {percent(next_one)}"
