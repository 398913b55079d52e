"""What the connectors map says in words: its finding, what it counts, its legend and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from refgraph.book import professional_limits
from refgraph.maps.drawing import legend
from refgraph.maps.kinds import group_filter
from refgraph.maps.kinds.connectors import tie_counts
from refgraph.maps.scenes import phrases, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from refgraph.book.book import Book
    from refgraph.maps.drawing.fonts import Fonts
    from refgraph.maps.drawing.text_measure import Ruler
    from refgraph.maps.kinds.connectors.data import Net

    Floats = NDArray[np.float64]

__all__ = ["SCORED", "TIED", "counted", "entries", "middle", "notes", "parts"]

#: What a bigger mark tells.
SCORED, TIED = "bigger: higher score", "bigger: ties with more people"

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
    return phrases.isolated(net.ruler.name(net.whose or "", theme.TITLE, 420))


def parts(net: Net, best: Sequence[str]) -> str:
    """Say what the score is made of, that of the first connector where somebody is first.

    `best` are those who are ahead of all others.
    """
    if not best:
        return "Score: the mean of the ranks by shortest ways between others and by groups linked"
    row: dict[str, Any] = dict(net.table.loc[best[0]])
    shares = [
        f"{row[rank]:.2f} by {said.format(**row)}"
        for rank, said in (
            (
                "betweenness_rank",
                "shortest ways between others ({betweenness:.3f} of all pairs)",
            ),
            (
                "groups_linked_rank",
                "groups linked ({groups_linked:.0f})" if net.kinds else "groups linked (no groups)",
            ),
        )
        if not np.isnan(row[rank])
    ]
    made = f"mean of the ranks {' and '.join(shares)}" if len(shares) > 1 else f"rank {shares[0]}"
    name = phrases.isolated(net.ruler.name(best[0], theme.FAINT, 200))
    tied, others = int(net.table["score"].notna().sum()), len(net.table) - 1
    ranked = f"ranks among {phrases.many(tied, 'person', 'people')} with a tie"
    of = f", pairs among the {phrases.number(others)} others" if len(net.table) > tied else ""
    return f"Score of {name}: {row['score']:.2f}, the {made}; {ranked}{of}"


def counted(
    net: Net, book: Book, *, pale: int, unnamed: int, nameless: int = 0, marked: str = ""
) -> str:
    """Say what the map counts, and what it leaves out.

    In a book with a me the ties among others are hearsay, and it says so.
    """
    people = phrases.many(len(net.people) + len(net.only_mine), "person", "people")
    among = f" in {net.within}" if net.within else ""
    ties = phrases.many(len(net.giver), "tie")
    heard = " that you recorded" if book.me is not None else ""
    across = f", {phrases.number(int(net.across.sum()))} between groups"
    return phrases.sentence(
        [
            phrases.when(book),
            f"{people}{among}, {ties}{heard}{across if len(net.kinds) > 1 else ''}",
            group_filter.source(net.group_of),
            f"rings mark ties with {middle(net, book)}" if net.mine else "",
            f"{phrases.many(pale, f'tie without {marked}', f'ties without {marked}')} pale"
            if pale and marked
            else f"{phrases.many(pale, 'weaker tie')} pale"
            if pale
            else "",
            f"{phrases.many(net.beyond, 'lesser connector')} left out" if net.beyond else "",
            f"{phrases.many(unnamed, 'name')} left out for room" if unnamed else "",
            f"{phrases.many(nameless, 'group')} without a name, for room" if nameless else "",
        ]
    )


def entries(
    net: Net, book: Book, *, loud: NDArray[np.bool_], bigger: str, counted: bool, marked: str = ""
) -> list[legend.Item]:
    """Give the entries of the legend, only for what is on the map; not `loud` ties are pale.

    `bigger` says what a bigger mark tells, "" where all are alike.
    """
    items, sample = [], legend.arrow if net.directed else legend.stroke
    if bigger:
        items.append(legend.sizes(net.worn.bigger or bigger))
    if (net.across & loud).any():
        items.append(sample(theme.BETWEEN, "between groups", line=2.5))
    inner = ~net.across & loud
    if inner.any():
        loose = np.minimum(net.group[net.giver[inner]], net.group[net.receiver[inner]]).min() < 0
        text = "other ties" if net.kinds else "referrals"
        items.append(sample(theme.INSIDE, text if loose else "within a group", line=2.5))
    if counted:
        items.append(legend.sign("3", tie_counts.SAID, color=theme.GREY))
    if not loud.all():
        text = "tie of others" if marked else "weaker tie"
        pale = theme.BETWEEN_PALE if (net.across & ~loud).any() else theme.INSIDE_PALE
        items.append(sample(pale, text, line=1.5))
    if net.mine:
        me = middle(net, book)
        items.append(legend.mark("circle", theme.SAMPLE, f"tie with {me}", rim=theme.ME))
    if net.roles_known:
        roles = (str(net.role[p]) for p in [*net.people, *net.only_mine])
        items += legend.role_marks(roles, color=theme.SAMPLE if net.worn.items else None)
    items += net.worn.items
    return items


def notes(net: Cast, book: Book) -> list[str]:
    """List who is not drawn, and whose name no font can draw."""
    found = [professional_limits.conditions(book)]
    if book.settings.hides:
        found.append("A tie says that referrals passed between two people, not in which direction")
    if net.unlinked:
        names = [net.ruler.name(p, theme.FAINT, 200) for p in net.unlinked[:_LISTED]]
        more = len(net.unlinked) - len(names)
        tail = f" and {phrases.number(more)} more" if more else ""
        window = " in this window" if book.since or book.until else ""
        found.append(f"Not drawn, no referrals{window}: {', '.join(names)}{tail}")
    return [*filter(None, [*found, net.fonts.undrawn(_LISTED)])]
