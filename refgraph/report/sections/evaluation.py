"""The evaluation of the ranking as every command prints it, and its verdicts in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from refgraph.analysis.estimating import protocol
from refgraph.analysis.evaluating import evaluate, gain, past_lists, scoring
from refgraph.analysis.returning import returns
from refgraph.analysis.statistics import share_interval
from refgraph.errors import RefgraphError
from refgraph.progress import doing
from refgraph.report.sections import gains
from refgraph.report.sections.section import joined, rows_used
from refgraph.schema.row_facts import date_of
from refgraph.wording import count, percent

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.book.book import Book

__all__ = ["Compared", "calibration_table", "compared"]

_AUC = (
    "AUC is the chance that, of a gift that came back and one that did not, the first had the "
    "higher score: 0.5 is a coin, 1 is always."
)
_LIMITS = (
    "Gifts were not drawn by lot, so this is no proof of what referring brings about; of people "
    "who were never given anything first it says nothing; another horizon gives other numbers."
)
_FIGURES = "What can be computed all the same is printed by -O csv, and is too little to go by."


class Compared(NamedTuple):
    """All figures; what to make of them; and the columns of the questions that were answered."""

    table: pd.DataFrame
    said: str
    shown: list[str]


def compared(
    book: Book,
    person: str | None = None,
    *,
    horizon: int = returns.HORIZON,
    half_life: float = returns.HALF_LIFE,
    samples: int = evaluate.SAMPLES,
    seed: int = 0,
) -> Compared:
    """Give the list, the expected return and the simple rules, as rows; and what to make of them.

    The two questions, what is foretold and what the top of the list gained, are answered each
    on its own: of one for which the book is too small, no column is shown to a reader.

    Raises
    ------
    RefgraphError
        No referral has a date.

    Examples
    --------
    >>> from refgraph import Book
    >>> found = compared(Book.sample(), horizon=60, half_life=730, samples=100, seed=0)
    >>> list(found.table)[:4], found.shown
    (['score', 'auc', 'auc_low', 'auc_high'], [])
    """
    _refuse_undated(book)
    past: dict[str, Any] = {"horizon": horizon, "half_life": half_life, "seed": seed}
    with doing("Comparing the list with simple rules on past gifts", 10) as work:  # tenths
        with doing("Foretelling past returns, each from what was known before"):
            tested = evaluate.scores(book, person, **past)
        work.advance(5)
        foretold = evaluate.compared(book, tested, person, samples=samples, seed=seed)
        work.advance()
        with doing("Asking what past gifts gained"):
            gifts = gain.gifts(book, person, **past)
        work.advance(3)
        gained = gain.compared(book, gifts, samples=samples, seed=seed)
    small = _too_small(evaluate.needed(book, person, horizon=horizon), person)
    size = gain.needed(gifts, gained.iloc[0])
    answered = [] if small else [str(name) for name in foretold]
    answered += [] if size["more"] else [str(name) for name in gained]
    by = "gain" if answered and small else "auc"
    table = gained[[]].join(foretold).join(gained)
    rules = table.drop(index=[past_lists.LIST, past_lists.EXPECTED])
    rules = rules.sort_values(by, ascending=False, kind="stable")
    table = table.loc[[past_lists.LIST, past_lists.EXPECTED, *rules.index]].reset_index()
    if not len(tested) and not len(gifts):
        table = table.iloc[:0]
    said = [
        _foretold(foretold, small),
        *([] if small else [_AUC]),
        _what(person, tested.rename(columns={evaluate.NAME: "chance"}), horizon),
        gains.verdict(gained, size, person),
        "" if size["more"] else gains.looked_up(gifts, horizon),
        *rows_used(book),
        joined(_LIMITS, "" if answered or not len(table) else _FIGURES),
    ]
    return Compared(table, "\n".join(filter(None, said)), ["score", *answered] if answered else [])


def calibration_table(
    book: Book,
    person: str | None = None,
    *,
    horizon: int = returns.HORIZON,
    half_life: float = returns.HALF_LIFE,
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
    apart = scoring.calibration_error(tested["chance"], tested["answered"])
    said = [
        _too_small(size, person),
        f"Expected and observed are {apart:.2f} apart on average." if len(tested) else "",
        _what(person, tested, horizon),
        *rows_used(book),
    ]
    return table, "\n".join(filter(None, said))


def _refuse_undated(book: Book) -> None:
    """Say so if nothing can be tested, because no referral has a date."""
    if book.dates.isna().all():
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
        f"{what} to tell how well returns are foretold: of "
        f"{count(int(size['tested']), 'gift')} in the test part, {size['answered']:,.0f} had a "
        f"referral back in time. {it} about {count(int(size['more']), 'more gift')} whose time "
        f"is over, at least."
    )


def _foretold(table: pd.DataFrame, small: str) -> str:
    """Say whether the expected return beats the best of the simple rules, or that beats it.

    It is chosen for being the best, which luck alone makes look good: that it is better is
    said only if it holds for all of them at once. If a rule is ahead by so much, that is said
    of a small book as well.
    """
    ours, rules = table.iloc[0], table.iloc[1:].drop(index="random")
    rules = rules.sort_values("auc", ascending=False, kind="stable")
    rule = rules.iloc[0]
    best = f"the best of {count(len(rules), 'simple rule')}"
    figures = f"AUC {ours['auc']:.3f} against {rule['auc']:.3f}, {rule['ahead']:+.3f}"
    undecided = f"Undecided between the expected return and {best} here, {rule.name}: "
    if np.isnan(rule["ahead_low"]):
        return small or f"{undecided}{figures}. Too few people gave these for an interval."
    figures += f" (95% interval {rule['ahead_low']:+.3f} to {rule['ahead_high']:+.3f})"
    chosen = f"that it was chosen among {len(rules)} makes it {rule['ahead_at_most']:+.3f} at most"
    if rule["ahead_at_most"] < 0:
        beaten = f"{best} beats the expected return here, {rule.name}: {figures}; {chosen}."
        return f"{small} Even so, {beaten}" if small else f"{beaten[0].upper()}{beaten[1:]}"
    if small:
        return small
    if rule["ahead_low"] > 0:
        return f"The expected return beats {best} here, {rule.name}: {figures}."
    luck = f" It looks better, but {chosen}." if rule["ahead_high"] < 0 else ""
    coin = "" if ours["auc_low"] > 0.5 else " Nor can the expected return be told from a coin."
    return f"{undecided}{figures}.{luck}{coin}"


def _what(person: str | None, tested: pd.DataFrame, horizon: int) -> str:
    """Say what was tested, how much of it came back, and how much was expected to."""
    if not len(tested):
        return ""
    day: Any = date_of(tested)
    answered = int(tested["answered"].sum())
    made = "made first" if person is None else f"that {person} made first"
    to = np.unique(tested["receiver"].to_numpy(dtype=str), return_inverse=True)[1]
    share, *ends = share_interval.of_clusters(np.bincount(to, tested["answered"]), np.bincount(to))
    low, high = map(percent, ends)
    return (
        f"Tested: {count(len(tested), 'gift')} {made}, from {day.min():%Y-%m-%d} to "
        f"{day.max():%Y-%m-%d}, of which {answered:,} had a referral back within "
        f"{count(horizon, 'day')}. Every score knew only what was on record before the day "
        f"of the gift. {percent(tested['chance'].mean())} were expected to have one; "
        f"{percent(share)} did (95% range {low} to {high} for people like these)."
    )
