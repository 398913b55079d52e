"""What changed since the last review, as a part of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.report import changed_text
from refgraph.report.sections.section import FEW
from refgraph.review.grid import grid_of
from refgraph.review.meanings import CHANGED
from refgraph.review.part import Part

if TYPE_CHECKING:
    import pandas as pd

    from refgraph.analysis.comparing.changes import Comparison
    from refgraph.report.summary import Summary

__all__ = ["changes"]


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
    told, title = (said, changed_text.how(found)), "Since the last review"
    if table.empty:
        return Part("changes", title, told, said)
    most = summary.most(FEW)
    shown = table[table.groupby("change").cumcount() < most]
    left = len(table) - len(shown)
    note = f"Of each kind of change, {most} are shown; {left:,} more are not." if left else ""
    grid = grid_of(_seen_by(shown, me), "What changed", CHANGED)
    return Part("changes", title, told, said, grids=(grid,), note=note)


def _seen_by(table: pd.DataFrame, me: str | None) -> pd.DataFrame:
    """Give the columns for a reader: with whom, and of a referral whether it was given."""
    if me is None:
        return table[["change", "person", "other", "before", "after", "rows"]]
    gave, received = table["person"] == me, table["other"] == me
    you = gave.map({True: "gave", False: ""}).where(~received, "received")
    person = table["person"].where(~gave, table["other"])
    shown = table.assign(person=person, you=you)
    return shown[["change", "person", "you", "before", "after", "rows"]]
