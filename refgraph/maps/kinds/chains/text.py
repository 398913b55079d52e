"""What the chains map says in words: who started most, and what is not on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.analysis.tracing.origin_forest import WHY
from refgraph.maps.scenes import phrases, theme
from refgraph.wording import agree, which_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.book.book import Book
    from refgraph.maps.drawing.text_measure import Ruler
    from refgraph.maps.kinds.chains.data import Chains

__all__ = ["counted", "finding", "gaps", "most_started", "record"]

_NAMED = 2  # people who started equally many, in the title


def most_started(chains: Chains, roots: Sequence[int]) -> list[int]:
    """Give those of some roots, in order, that nobody started more than."""
    most = chains.tree.descendants[roots[0]]
    return [root for root in roots if chains.tree.descendants[root] == most]


def finding(chains: Chains, roots: Sequence[int], ruler: Ruler, room: float) -> str:
    """Say who of some roots started most, and how long the longest chain is."""
    tree = chains.tree
    most, first = int(tree.descendants[roots[0]]), most_started(chains, roots)
    mine = int(tree.descendants[chains.me]) if chains.me in chains.roots else 0
    besides = "Besides you, " if chains.me not in roots and mine >= most else ""
    names = [
        phrases.isolated(ruler.name(tree.names[root], theme.TITLE, room))
        if root != chains.me
        else "you"
        for root in first[:_NAMED]
    ]
    people = phrases.many(most, "person", "people")
    if len(first) > _NAMED:
        told = f"{besides}{len(first):,} people started most, {people} each"
    elif len(first) > 1:
        told = f"{besides}{phrases.listed(names)} started most, {people} each"
    elif len(roots) == 1:
        told = f"{besides}{names[0]} started the only chain: {people}"
    else:
        told = f"{besides}{names[0]} started most: {people}"
    clients = chains.below(first[0])[1]
    if len(first) == 1 and clients:
        some = "all" if clients == most > 1 else f"{clients:,}"
        told += f", {some} of them {which_of(clients, 'a client', 'clients')}"
    longest = max(int(tree.height[root]) for root in roots)
    if len(roots) == 1:
        steps = f"it has {phrases.many(longest, 'step')}"
    elif longest == 1:
        steps = "every chain ends after 1 step"
    else:
        steps = f"the longest chain has {longest:,} steps"
    return f"{told[0].upper()}{told[1:]}; {steps}"


def counted(book: Book, chains: Chains, roots: Sequence[int], shown: Sequence[int]) -> str:
    """Say what the map counts, and what it leaves out."""
    tree = chains.tree
    people = sum(int(tree.descendants[root]) for root in shown)
    rest = [root for root in roots if root not in set(shown)]
    left = sum(int(tree.descendants[root]) for root in rest)
    mine = chains.me in chains.roots and chains.me not in roots
    drawn = phrases.many(people, "person", "people")
    folded = phrases.many(left, "person", "people")
    started = phrases.many(int(tree.descendants[chains.me]) if mine else 0, "person", "people")
    return phrases.sentence(
        [
            record(book),
            f"{phrases.many(len(shown), 'chain')} drawn: {drawn}",
            f"{phrases.many(len(rest), 'smaller chain')}, {folded}, not drawn" if rest else "",
            f"started by you: {started}, not drawn" if mine else "",
            gaps(chains),
        ]
    )


def record(book: Book) -> str:
    """Say that the window plays no part, and the day the map was drawn for."""
    whatever = ", whatever the window" if book.since or book.until else ""
    return f"whole record{whatever}, as of {book.today}"


def gaps(chains: Chains) -> str:
    """Count the referrals that do not say who brought whom."""
    why = chains.tree.why
    number = int(np.count_nonzero((why > 0) & (why < len(WHY) - 1)))
    does = agree(number, "does")
    told = f"{phrases.many(number, 'referral')} {does} not say who brought whom"
    return told if number else ""
