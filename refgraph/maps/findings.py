"""What the connectors map says in words: its finding, what it counts, its legend and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from refgraph.maps import legend, theme, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from refgraph.book import Book
    from refgraph.maps.fonts import Fonts
    from refgraph.maps.net import Net
    from refgraph.maps.ruler import Ruler

    Floats = NDArray[np.float64]

__all__ = ["ahead", "counted", "entries", "finding", "middle", "notes"]

_LISTED = 16  # names in a note


class Cast(Protocol):
    """Whom a map is about, and whom it does not draw."""

    whose: str | None
    unlinked: list[str]
    fonts: Fonts
    ruler: Ruler


def middle(net: Cast, book: Book) -> str:
    """Name the person the map is about: you, if it is the book's me."""
    if net.whose == book.me:
        return "you"
    return words.isolated(net.ruler.name(net.whose or "", theme.TITLE, 420))


def ahead(between: Floats) -> tuple[list[int], int]:
    """Find the one or two who are on more shortest paths than anybody after them.

    Parameters
    ----------
    between : (n,) array
        Share of the shortest paths, by person.

    Returns
    -------
    list of int
        Their positions, best first; nobody when more than two are equal at the top.
    int
        How many are equal at the top.

    Examples
    --------
    >>> ahead(np.array([0.1, 0.5, 0.3])), ahead(np.array([0.2, 0.2, 0.2, 0.1]))
    (([1, 2], 1), ([], 3))
    >>> ahead(np.array([0.5, 0.2, 0.2])), ahead(np.array([0.0, 0.0]))
    (([0], 1), ([], 0))
    """
    order = np.argsort(-between, kind="stable")
    value = np.append(between[order], [0.0, 0.0, 0.0])
    level = int((between == value[0]).sum()) if value[0] > 0 else 0
    if value[1] > value[2]:
        return order[:2].tolist(), level
    return (order[:1].tolist() if value[0] > value[1] else []), level


def finding(net: Net, best: Sequence[str], level: int, room: float) -> str:
    """Say what the best connectors link, in one line of a title `room` pixels wide.

    `best` are those who are ahead of all others; `level` is how many are equal at the top.
    """
    wide = (room - 300) / 2
    names = [words.isolated(net.ruler.name(p, theme.TITLE, wide, bold=True)) for p in best]
    if not names and level:
        equal = words.many(level, "person", "people")
        return f"Nobody stands out: {equal} are equally often between others"
    if not names:
        people = words.many(len(net.people), "person", "people")
        return f"Nobody stands between others yet: {people}, {words.many(len(net.giver), 'tie')}"
    one, both = net.groups_about(best[:1]), net.groups_about(best)
    if len(both) < 2:
        verb = "stand" if len(names) > 1 else "stands"
        return f"{words.listed(names)} {verb} between the most others"
    if len(one) == len(both) and level == 1:
        linked = int(net.table["groups_linked"][best[0]])
        if net.group_of[best[0]] == "":
            return f"{names[0]} links {words.many(linked, 'group')}"
        return f"{names[0]} links {words.many(linked, 'other group')} with their own"
    return f"{words.listed(names)} link {len(both)} groups"


def counted(net: Net, book: Book, *, pale: int, unnamed: int, marked: str = "") -> str:
    """Say what the map counts, and what it leaves out."""
    people = words.many(len(net.people) + len(net.only_mine), "person", "people")
    among = f" in {net.within}" if net.within else ""
    ties = words.many(len(net.giver), "tie")
    across = f", {words.number(int(net.across.sum()))} between groups"
    return words.sentence(
        [
            words.when(book),
            f"{people}{among}, {ties}{across if len(net.kinds) > 1 else ''}",
            f"rings mark ties with {middle(net, book)}" if net.mine else "",
            f"{words.many(pale, f'tie without {marked}', f'ties without {marked}')} pale"
            if pale and marked
            else f"{words.many(pale, 'weaker tie')} pale"
            if pale
            else "",
            f"{words.many(net.beyond, 'lesser connector')} left out" if net.beyond else "",
            f"{words.many(unnamed, 'name')} left out for room" if unnamed else "",
        ]
    )


def entries(
    net: Net, book: Book, *, loud: NDArray[np.bool_], sized: bool, marked: str = ""
) -> list[legend.Item]:
    """Give the entries of the legend, only for what is on the map; not `loud` ties are pale."""
    items = []
    if sized:
        items.append(legend.sizes("bigger: on more of the shortest paths between others"))
    if (net.across & loud).any():
        items.append(legend.arrow(theme.BETWEEN, "between groups", line=2.5))
    inner = ~net.across & loud
    if inner.any():
        loose = np.minimum(net.group[net.giver[inner]], net.group[net.receiver[inner]]).min() < 0
        text = "other ties" if net.kinds else "referrals"
        items.append(legend.arrow(theme.INSIDE, text if loose else "within a group", line=2.5))
    if not loud.all():
        text = "tie of others" if marked else "weaker tie"
        items.append(legend.arrow(theme.BETWEEN_PALE, text, line=1.5))
    if net.mine:
        me = middle(net, book)
        items.append(legend.mark("circle", theme.SAMPLE, f"tie with {me}", rim=theme.ME))
    if net.roles_known:
        items += legend.role_marks(str(net.role[p]) for p in [*net.people, *net.only_mine])
    return items


def notes(net: Cast, book: Book) -> list[str]:
    """List who is not drawn, and whose name no font can draw."""
    found = []
    if net.unlinked:
        names = [net.ruler.name(p, theme.FAINT, 200) for p in net.unlinked[:_LISTED]]
        more = len(net.unlinked) - len(names)
        tail = f" and {words.number(more)} more" if more else ""
        window = " in this window" if book.since or book.until else ""
        found.append(f"Not drawn, no referrals{window}: {', '.join(names)}{tail}")
    boxes = [net.fonts.drawable(name) for name in net.fonts.unreadable[:_LISTED]]
    if boxes:
        found.append(f"No installed font draws these names: {', '.join(boxes)}")
    return found
