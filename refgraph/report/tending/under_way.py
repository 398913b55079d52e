"""Sentences about referrals under way: how many leak, which to raise, what was won how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.owing.leaks import QUIET_DAYS, tells_any_outcome, tells_outcomes
from refgraph.analysis.tending import asking, pipeline
from refgraph.book import professional_limits
from refgraph.report.sections.section import joined, ranged
from refgraph.schema.row_ends import ENDS, received_by
from refgraph.schema.values import HANDOFFS
from refgraph.wording import agree, count, pluralize

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.book.book import Book

__all__ = ["asks_led_to", "closed_by_handoff", "footer", "heard_of", "leaking", "to_raise"]

_NAMED = 3


def footer(book: Book, table: pd.DataFrame, person: str | None = None) -> str:
    """Say under the referrals under way how many leak, what was heard of, and which to raise.

    Examples
    --------
    >>> from refgraph import Book
    >>> book = Book.sample()
    >>> footer(book, pipeline.rank(book)).split(":")[0]
    '7 of 29 referrals older than 30 days are without a recorded contact'
    """
    if professional_limits.withheld(book):
        return ""
    mine = book.me is not None and book.whose(person) == book.me
    return joined(
        leaking(book, person), heard_of(book, person) if mine else "", to_raise(book, table, person)
    )


_NEARLY_ALL = 0.95  # of the referrals, from which on nothing known of them tells little


def leaking(book: Book, person: str | None = None) -> str:
    """Say how many referrals leak, of how many, and how sure that is.

    Examples
    --------
    >>> from refgraph import Book
    >>> "of" in leaking(Book.sample())
    True
    """
    rate = pipeline.leak_rate(book, person).set_index("direction")
    of, some = int(rate["referrals"]["all"]), int(rate["leaking"]["all"])
    if not of:
        return f"No referral is older than {QUIET_DAYS} days."
    if some == of and not tells_any_outcome(book):
        return (
            f"No outcome is recorded of the {count(of, 'referral')} older than {QUIET_DAYS} days, "
            "so nothing tells which arrived."
        )
    if some > _NEARLY_ALL * of and not tells_outcomes(book):
        return (
            f"Hardly an outcome is recorded: nothing of {some:,} of the "
            f"{count(of, 'referral')} older than {QUIET_DAYS} days, so little tells which arrived."
        )
    share, low, high = (float(rate[name]["all"]) for name in ("share", "low", "high"))
    older = f"{pluralize(of, 'referral')} older than {QUIET_DAYS} days"
    told = f"{some:,} of {of:,} {older} {agree(some, 'is')} without a recorded contact: "
    told += ranged(share, low, high)
    sides = [
        f"{int(rate['leaking'][side]):,} of {int(rate['referrals'][side]):,} {side}"
        for side in ("received", "given")
        if side in rate.index and rate["referrals"][side]
    ]
    return f"{told} ({', '.join(sides)})." if sides else f"{told}."


def heard_of(book: Book, person: str | None = None) -> str:
    """Say how many were heard of and never arrived, beside those that did.

    Examples
    --------
    >>> from refgraph import Book
    >>> heard_of(Book.sample())
    ''
    """
    number = len(pipeline.mentions(book))
    if not number:
        return ""
    counts, rows = book.column("count")[book.in_window].to_numpy(), book.select(*ENDS)
    arrived = int(counts[received_by(rows, book.whose(person))].sum())
    return f"Beside the {arrived:,} received, {number:,} {agree(number, 'was')} only heard of."


def to_raise(book: Book, table: pd.DataFrame, person: str | None = None) -> str:
    """Name the referrals that a better introduction may help most, with the counts behind it.

    Examples
    --------
    >>> from refgraph import Book
    >>> to_raise(Book.sample(), pipeline.rank(Book.sample()))
    ''
    """
    rows = pipeline.raised_first(table).head(_NAMED).to_dict("records")
    if not rows:
        return ""
    closed = {
        side: pipeline.closing(book, person, direction=side).set_index("handoff")
        for side in sorted({row["direction"] for row in rows})
    }
    told = []
    for row in rows:
        levels, now, then = closed[row["direction"]], row["handoff"], row["raise_to"]
        made = {"received": "received", "given": "given"}.get(row["direction"], "made")
        better, usual = (f"{levels['won'][at]:,} of {levels['closed'][at]:,}" for at in (then, now))
        told.append(
            f"{row['prospect'] or 'the one'} with {row['person']} from {now} to {then} "
            f"(closed, of those {made} so: {better} won, against {usual})"
        )
    doubt = "The difference may be chance, or warmer prospects."
    names = {level: HANDOFFS[level] for row in rows for level in (row["handoff"], row["raise_to"])}
    means = "; ".join(f"{level} is {names[level].partition(', ')[0]}" for level in sorted(names))
    return f"A better introduction may help: {'; '.join(told)}. {doubt} As a handoff, {means}."


def asks_led_to(table: pd.DataFrame) -> str:
    """Say how many asks led to a referral, of those that are not waiting, and how sure that is.

    Examples
    --------
    >>> import pandas as pd
    >>> asks_led_to(pd.DataFrame({"outcome": ["led", "nothing"], "status": ["won", ""]}))
    '1 of 2 asks led to a referral: 50%, range 9% to 91%; 1 of these was won.'
    """
    told = asking.conversion(table)
    waiting, led, won = (int(told[name]) for name in ("waiting", "led", "won"))
    done = int(told["asks"]) - waiting
    early = f"{count(waiting, 'ask', 'is')} not {asking.WAIT_DAYS} days old and left out."
    if not done:
        return early if waiting else "Nobody was asked."
    shown = ranged(told["share"], told["low"], told["high"])
    said = f"{led:,} of {done:,} {pluralize(done, 'ask')} led to a referral: {shown}"
    said += f"; {won:,} of these {agree(won, 'was')} won." if led else "."
    return joined(said, early if waiting else "")


def closed_by_handoff(table: pd.DataFrame) -> str:
    """Say what the shares are of: closed referrals, and how many are left out as under way."""
    still = int(table["open"].sum())
    if table.empty:
        return "No handoff is recorded."
    left = f" {count(still, 'referral')} under way {agree(still, 'is')} left out." if still else ""
    return f"Shares are of the closed referrals only.{left}"
