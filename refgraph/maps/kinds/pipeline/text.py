"""What the page of the pipeline says: its finding, what was counted, and the words of a row."""

from __future__ import annotations

from math import isnan
from statistics import NormalDist
from typing import TYPE_CHECKING

from refgraph.analysis.statistics import share_interval
from refgraph.analysis.tending.pipeline import ENOUGH
from refgraph.maps.kinds.pipeline.data import CLOSED, OPEN
from refgraph.maps.scenes import phrases
from refgraph.schema.values import HANDOFFS
from refgraph.wording import agree, count, pluralize, which_of

if TYPE_CHECKING:
    from refgraph.book.book import Book
    from refgraph.maps.kinds.pipeline.data import Level, Pipeline, Urgent

__all__ = [
    "ALL",
    "MEANS",
    "brief_rate",
    "finding",
    "in_company",
    "named",
    "rate",
    "said_of",
    "scale",
    "subtitle",
    "urgent_heading",
]

_UNSAID = "not recorded how"
#: What the row of all levels together is.
ALL = "all of them"
#: What each state means, in the legend.
MEANS = {
    "unknown": "nothing recorded since",
    "leaking": "leaking: under way, over 30 days without contact",
    "given": "under way, given lately",
    "contacted": "under way, contacted",
    "met": "under way, met",
    "won": "closed, won",
    "lost": "closed, lost",
}


def finding(found: Pipeline) -> str:
    """Say what stands out: two ways that differ beyond chance, or what was won in all."""
    under_way, done = found.total(OPEN), found.total(CLOSED)
    won = found.total(("won",))
    ways = _apart(found)
    if ways:
        best, worst = ways
        how, otherwise = map(_how, ways)
        return (
            f"{how[0].upper()}{how[1:]}: {best.won:,} of {best.closed:,} closed were won; "
            f"{otherwise}: {worst.won:,} of {worst.closed:,}"
        )
    if not done:
        told, leaking = count(under_way, "referral"), found.total(("leaking",))
        moved = found.total(("leaking", "contacted", "met"))
        if found.total(("unknown",)) and not moved:
            them = which_of(under_way, "it", "them")
            return f"{told}, and nothing is recorded of what became of {them}"
        if not leaking:
            return f"{told}, and none is closed yet"
        quiet = f"{leaking:,} {agree(leaking, 'is')} over 30 days old and without contact"
        return f"{told}, none closed yet: {quiet}"
    was = agree(won or done, "was")
    told = f"{won:,} of {done:,} closed {pluralize(done, 'referral')} {was} won"
    return f"{told}; {under_way:,} {agree(under_way, 'is')} under way" if under_way else told


def _how(level: Level) -> str:
    """Say in few words what was done, as the row of this level says it."""
    return "" if level.handoff is None else HANDOFFS[level.handoff].partition(", ")[0]


def _apart(found: Pipeline) -> tuple[Level, Level] | None:
    """Find the two ways that differ most, if all run one way and the difference is beyond chance.

    The two are the farthest apart of all pairs, so that the interval of their difference is as
    much wider as it takes for all of these to hold at once (Bonferroni).
    """
    if not found.one_way:
        return None
    known = [level for level in found.levels if level.closed >= ENOUGH]
    known = [level for level in known if level.handoff is not None]
    if len(known) < 2:
        return None
    best = max(known, key=lambda level: (level.share, level.closed))
    worst = min(known, key=lambda level: (level.share, -level.closed))
    ends = [(level.share, level.low, level.high) for level in (worst, best)]
    ahead, low, _ = share_interval.between(*ends)
    pairs = len(known) * (len(known) - 1) / 2
    wider = _normal(1 - (1 - share_interval.LEVEL) / pairs) / _normal(share_interval.LEVEL)
    return (best, worst) if ahead - wider * (ahead - low) > 0 else None


def _normal(level: float) -> float:
    """Give how many standard deviations to either side hold so much of a normal distribution."""
    return NormalDist().inv_cdf((1 + level) / 2)


def subtitle(book: Book, found: Pipeline, whose: str) -> str:
    """Say what was counted: the window, whose, how many are under way, closed and won."""
    under_way, done = found.total(OPEN), found.total(CLOSED)
    return phrases.sentence(
        [
            phrases.when(book),
            f"{phrases.many(under_way + done, 'referral')} {whose}".strip(),
            f"{phrases.number(under_way)} under way, {phrases.number(done)} closed",
            f"{phrases.number(found.total(('won',)))} of these won" if done else "",
            "under way is not lost" if under_way and done else "",
        ]
    )


def named(handoff: int | None) -> str:
    """Give what a row is: the level of the handoff and what was done."""
    return _UNSAID if handoff is None else f"{handoff}  {HANDOFFS[handoff]}"


def rate(level: Level) -> tuple[str, str]:
    """Give the share of a row with its denominator, and its interval.

    Examples
    --------
    >>> from refgraph.maps.kinds.pipeline.data import Level
    >>> rate(Level(5, (), 4, 3, 0.75, 0.3, 0.95))
    ('3 of 4 won', '75 %, range 30 to 95 %')
    """
    if isnan(level.share):
        return "none closed yet", ""
    share = f"{100 * level.share:.0f} %, range {_ends(level)}"
    return f"{level.won:,} of {level.closed:,} won", share


def _ends(level: Level) -> str:
    return f"{100 * level.low:.0f} to {100 * level.high:.0f} %"


def brief_rate(level: Level) -> str:
    """Give the share of a row and its interval in few words.

    Examples
    --------
    >>> from refgraph.maps.kinds.pipeline.data import Level
    >>> brief_rate(Level(5, (), 4, 3, 0.75, 0.3, 0.95))
    '3 of 4 won, 30 to 95 %'
    """
    said, ends = rate(level)
    return f"{said}, {ends.rpartition('range ')[2]}" if ends else said


def urgent_heading(found: Pipeline) -> str:
    """Say what the list of referrals under way is."""
    listed, every = len(found.urgent), found.listed_of
    some = f"{listed:,} of {every:,} people" if listed < every else ""
    if any(one.raise_to is not None for one in found.urgent):
        return f"A better introduction may help{f': {some}, the surest first' if some else ''}"
    return f"No contact is recorded{f': the latest, {some}' if some else ', the latest first'}"


def scale(*, each: bool) -> str:
    """Say what the width of a bar is, where `each` referral stands alone and where not."""
    if each:
        return "Each block is one referral; a row with a count of 3 is three times as wide."
    return "A bar is as wide as its referrals are many."


def in_company(lines: list[str]) -> list[str]:
    """Break lines so that no number stands alone on the last.

    Examples
    --------
    >>> in_company(["20 days ago: raise it from 1 to", "4"])
    ['20 days ago: raise it from 1', 'to 4']
    """
    if len(lines) <= 1 or not lines[-1].isdigit():
        return lines
    before, _, word = lines[-2].rpartition(" ")
    return [*lines[:-2], before, f"{word} {lines[-1]}"]


def said_of(one: Urgent) -> str:
    """Say of a referral under way who sent whom, how long ago, and how to introduce it better.

    Examples
    --------
    >>> from refgraph.maps.kinds.pipeline.data import Urgent
    >>> said_of(Urgent("Ann", "", "Zed", "given", 9, 1, 4))
    'was sent Zed, 9 days ago: raise it from 1 to 4'
    """
    way = "sent" if one.direction == "received" else "was sent"
    ago = "today" if not one.age else f"{phrases.many(one.age, 'day')} ago"
    raised = f": raise it from {one.handoff} to {one.raise_to}" if one.raise_to is not None else ""
    return f"{way} {one.prospect or 'a referral'}, {ago}{raised}"
