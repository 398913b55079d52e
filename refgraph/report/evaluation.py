"""The evaluation of the ranking as every command prints it, and its verdict in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from refgraph.analysis import accuracy, evaluate, protocol
from refgraph.errors import RefgraphError
from refgraph.report import limits
from refgraph.report.section import count

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.book import Book

__all__ = ["calibration_table", "compared"]

_AUC = (
    "AUC is the chance that, of a gift that came back and one that did not, the first had the "
    "higher score: 0.5 is a coin, 1 is always."
)
_LIMITS = (
    "This is an association in the record, not the effect of referring: who was never given "
    "anything first is not in it, and another horizon gives other numbers."
)


def compared(
    book: Book,
    person: str | None = None,
    *,
    horizon: int,
    half_life: float,
    samples: int,
    seed: int,
) -> tuple[pd.DataFrame, str]:
    """Give the ranking and the simple rules, best first, as rows; and what to make of them.

    Raises
    ------
    RefgraphError
        No referral has a date.

    Examples
    --------
    >>> from refgraph import Book
    >>> table, said = compared(Book.sample(), horizon=60, half_life=730, samples=100, seed=0)
    >>> list(table)[:4]
    ['score', 'auc', 'auc_low', 'auc_high']
    """
    _refuse_undated(book)
    tested = evaluate.scores(book, person, horizon=horizon, half_life=half_life, seed=seed)
    table = evaluate.compared(book, tested, person, samples=samples, seed=seed)
    rules = table.iloc[1:].sort_values("auc", ascending=False, kind="stable")
    order = [evaluate.NAME, *rules.index]
    size = evaluate.needed(book, person, horizon=horizon)
    said = [
        _too_small(size, person) or _verdict(table.iloc[0], rules.drop(index="random")),
        *([_AUC] if len(tested) else []),
        *_what(book, person, tested.rename(columns={evaluate.NAME: "chance"}), horizon),
        _LIMITS,
    ]
    kept = table.loc[order].reset_index() if len(tested) else table.iloc[:0].reset_index()
    return kept, "\n".join(filter(None, said))


def calibration_table(
    book: Book, person: str | None = None, *, horizon: int, half_life: float
) -> tuple[pd.DataFrame, str]:
    """Give what was expected beside what came of it, as rows; and how far they are apart.

    Raises
    ------
    RefgraphError
        No referral has a date.

    Examples
    --------
    >>> from refgraph import Book
    >>> list(calibration_table(Book.sample(), horizon=60, half_life=730)[0])
    ['low', 'high', 'gifts', 'predicted', 'observed']
    """
    _refuse_undated(book)
    gifts = protocol.closed(book, person, horizon=horizon)
    chance = protocol.expected(protocol.trial(book, person, horizon=horizon), half_life=half_life)
    tested = gifts[gifts["tested"]].assign(chance=chance)
    table = evaluate.calibration(book, person, horizon=horizon, half_life=half_life)
    size = evaluate.needed(book, person, horizon=horizon)
    apart = accuracy.calibration_error(tested["chance"], tested["answered"])
    said = [
        _too_small(size, person),
        f"Expected and observed are {apart:.2f} apart on average." if len(tested) else "",
        *_what(book, person, tested, horizon),
    ]
    return table, "\n".join(filter(None, said))


def _refuse_undated(book: Book) -> None:
    """Say so if nothing can be tested, because no referral has a date."""
    if book.history["date"].isna().all() and not limits.withheld(book):
        msg = (
            "Nothing to evaluate: no referral of this book has a date, so nothing says "
            "which came first. Fill in the column date."
        )
        raise RefgraphError(msg)


def _too_small(size: pd.Series[float], person: str | None) -> str:
    """Say that a book is too small, and by how much; "" if it is large enough."""
    if not size["more"]:
        return ""
    what, it = "This book is too small", "It needs"
    if person is not None:
        what, it = f"{person} made too few gifts first", "It takes"
    return (
        f"{what} to tell: {count(int(size['tested']), 'closed episode')} in the "
        f"test part, {size['answered']:,.0f} answered. {it} about "
        f"{count(int(size['more']), 'more closed gift episode')}."
    )


def _verdict(ours: pd.Series[float], rules: pd.DataFrame) -> str:
    """Say whether the ranking beats the best of the simple rules, or that beats the ranking.

    It is chosen for being the best, which luck alone makes look good: that it is better is
    said only if it holds for all of them at once.
    """
    rule = rules.iloc[0]
    best = f"the best of {count(len(rules), 'simple rule')}"
    figures = f"AUC {ours['auc']:.3f} against {rule['auc']:.3f}, {rule['ahead']:+.3f}"
    undecided = f"Undecided between refer-first and {best} here, {rule.name}: "
    if np.isnan(rule["ahead_low"]):
        return f"{undecided}{figures}. Too few people gave these for an interval."
    figures += f" (95% interval {rule['ahead_low']:+.3f} to {rule['ahead_high']:+.3f})"
    if rule["ahead_low"] > 0:
        return f"Refer-first beats {best} here, {rule.name}: {figures}."
    chosen = f"that it was chosen among {len(rules)} makes it"
    if rule["ahead_at_most"] < 0:
        return (
            f"{best[0].upper()}{best[1:]} beats refer-first here, {rule.name}: {figures}; "
            f"{chosen} {rule['ahead_at_most']:+.3f} at most."
        )
    luck = ""
    if rule["ahead_high"] < 0:
        luck = f" It looks better, but {chosen} {rule['ahead_at_most']:+.3f} at most."
    coin = "" if ours["auc_low"] > 0.5 else " Nor can refer-first be told from a coin."
    return f"{undecided}{figures}.{luck}{coin}"


def _what(book: Book, person: str | None, tested: pd.DataFrame, horizon: int) -> list[str]:
    """Say what was tested, how much of it came back, and how much was expected to."""
    said = []
    if len(tested):
        day: Any = tested["date"]
        answered = int(tested["answered"].sum())
        made = "made first" if person is None else f"that {person} made first"
        said.append(
            f"Tested: {count(len(tested), 'gift')} {made}, from {day.min():%Y-%m-%d} to "
            f"{day.max():%Y-%m-%d}, of which {answered:,} had a referral back within "
            f"{count(horizon, 'day')}. Every score knew only what was on record before the day "
            f"of the gift. Refer-first expected {tested['chance'].mean():.0%} to come back; "
            f"{answered / len(tested):.0%} did."
        )
    if book.since is not None or book.until is not None:
        said.append("The whole record is used, whatever the window.")
    if book.history["date"].isna().any():
        said.append("Referrals without a date are left out.")
    return said
