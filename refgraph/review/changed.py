"""What changed since the last review, and what of its decisions is done, as parts of the page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from refgraph.report import changed_text
from refgraph.report.questions.tending import DECISIONS
from refgraph.report.sections.section import joined
from refgraph.report.tending.agreed_text import counted
from refgraph.review.grid import grid_of
from refgraph.review.meanings import CHANGED
from refgraph.review.part import Part

if TYPE_CHECKING:
    from datetime import date

    from refgraph.analysis.comparing.changes import Comparison
    from refgraph.book.book import Book
    from refgraph.report.summary import Summary

__all__ = ["TABLES", "changes", "decided"]

_SIDES = "Person is who gave, and other who received; what is owed, the other owes to the person."
_SHOWN = 3  # changes of each kind

#: The changes of each table: what stands before and after in it is of one measure.
TABLES = {
    "Owed, given and thanked": (
        *("newly owed", "owed more", "owed less", "settled"),
        *("received", "given", "thanks due", "thanked"),
    ),
    "What became of referrals": ("won", "lost", "moved on", "went back"),
    "Gone quiet, or heard of again": ("gone quiet", "heard of again"),
    "Places in a list, and people": (
        *("connectors rank", "refer-first rank"),
        *("new person", "left out", "more referrals"),
    ),
}
_RECENT = 90  # days for which what is done is told, where no review is named


def changes(summary: Summary, found: Comparison) -> Part:
    """Say what changed since a day.

    Examples
    --------
    >>> from datetime import date
    >>> from refgraph import Book
    >>> from refgraph.analysis.comparing.changes import compare_since
    >>> from refgraph.report.summary import summarize
    >>> book = Book.sample()
    >>> changes(summarize(book), compare_since(book, date(2026, 10, 1))).paragraphs[0]
    'Nothing changed since 2026-10-01.'
    """
    me, table = summary.book["me"], found.table
    said = changed_text.counted(found)
    title, how = "Since the last review", changed_text.how(found)
    told = (said, how) if me is not None else (said, how, _SIDES)
    if table.empty:
        return Part("changes", title, told, said, note=summary.conditions)
    lead = changed_text.foremost(found, me)
    most = summary.most(_SHOWN)
    size = (_number(table["after"]) - _number(table["before"])).abs()
    order = table.assign(size=-size).groupby("change", sort=False)["size"].rank(method="first")
    shown = table[order <= most]
    left = len(table) - len(shown)
    note = (
        f"Of each kind of change, the {most} greatest are shown; {left:,} more are not."
        if left
        else ""
    )
    seen = _seen_by(shown, me)
    grids = tuple(
        grid_of(_filled(seen[seen["change"].isin(kinds)]), caption, CHANGED)
        for caption, kinds in TABLES.items()
        if seen["change"].isin(kinds).any()
    )
    note = joined(note, summary.conditions)
    return Part("changes", title, told, lead, grids=grids, note=note)


def decided(book: Book, summary: Summary, since: date | None) -> Part | None:
    """Say what was decided and is not done yet, and what was done since a day.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.report.summary import summarize
    >>> decided(Book.sample(), summarize(Book.sample()), None) is None
    True
    """
    if not summary.own and summary.book["me"] is not None:  # touches are those of me
        return None
    table = DECISIONS(book).table
    start = pd.Timestamp(since or book.today - timedelta(days=_RECENT))
    shown = table[(table["state"] != "done") | (table["done"] >= start)]
    if shown.empty:
        return None
    told, late = counted(shown), int(shown["state"].isin(["due", "late"]).sum())
    lead = f"Decided last time: {told.partition(': ')[2]}"
    names = ["person", "with", "what", "until", "state", "done"]
    names = [name for name in names if name != "with" or (shown["with"] != "").any()]
    grid = grid_of(shown[names], "What was decided", DECISIONS.meanings)
    return Part("decided", "Decided last time", (told,), lead if late else "", grids=(grid,))


def _number(column: pd.Series[Any]) -> pd.Series[float]:
    """Give numbers, and 0 for what is none."""
    return pd.to_numeric(column, errors="coerce").fillna(0).astype(float)


def _filled(table: pd.DataFrame) -> pd.DataFrame:
    """Give a table without the column of the other side, where no row of it has one."""
    sides = [name for name in ("other", "you") if name in table]
    return table.drop(columns=[name for name in sides if (table[name] == "").all()])


def _seen_by(table: pd.DataFrame, me: str | None) -> pd.DataFrame:
    """Give the columns for a reader: with whom, and of a referral whether it was given."""
    if me is None:
        return table[["change", "person", "other", "before", "after", "rows"]]
    gave, received = table["person"] == me, table["other"] == me
    you = gave.map({True: "gave", False: ""}).where(~received, "received")
    person = table["person"].where(~gave, table["other"])
    shown = table.assign(person=person, you=you)
    return shown[["change", "person", "you", "before", "after", "rows"]]
