"""What changed since the last review, as a part of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.analysis.comparing.changes import CHANGES, since
from refgraph.report.sections.section import FEW
from refgraph.review.grid import grid_of
from refgraph.review.meanings import CHANGED
from refgraph.review.part import Part
from refgraph.wording import count

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from refgraph.book.book import Book
    from refgraph.report.summary import Summary

__all__ = ["changes", "told"]

_HOW = (
    "The book is set beside itself as its dated rows say it stood then, whatever the window; a row "
    "written down since with an earlier date counts with its date."
)


def changes(book: Book, summary: Summary, day: date) -> Part | None:
    """Say what changed since a day; nothing where the profession does not allow it.

    Examples
    --------
    >>> from datetime import date
    >>> from refgraph import Book
    >>> from refgraph.report.summary import summarize
    >>> part = changes(Book.sample(), summarize(Book.sample()), date(2026, 10, 1))
    >>> part.paragraphs[0]
    'Nothing changed since 2026-10-01.'
    """
    if summary.withheld:
        return None
    me = summary.book["me"]
    table = since(book, day, me)
    said = told(table, day)
    if table.empty:
        return Part("changes", "Since the last review", (said, _HOW), said)
    most = summary.most(FEW)
    shown = table[table.groupby("change").cumcount() < most]
    left = len(table) - len(shown)
    note = f"Of each kind of change, {most} are shown; {left:,} more are not." if left else ""
    grid = grid_of(_seen_by(shown, me), "What changed", CHANGED)
    return Part("changes", "Since the last review", (said, _HOW), said, grids=(grid,), note=note)


def told(table: pd.DataFrame, day: date) -> str:
    """Count the changes of each kind.

    Examples
    --------
    >>> import pandas as pd
    >>> from datetime import date
    >>> told(pd.DataFrame({"change": ["won", "newly owed", "won"]}), date(2026, 5, 1))
    '3 changes since 2026-05-01: newly owed 1, won 2.'
    """
    if table.empty:
        return f"Nothing changed since {day}."
    numbers = table["change"].value_counts()
    parts = [f"{name} {numbers[name]:,}" for name in CHANGES if name in numbers]
    return f"{count(len(table), 'change')} since {day}: {', '.join(parts)}."


def _seen_by(table: pd.DataFrame, me: str | None) -> pd.DataFrame:
    """Give the columns for a reader: with whom, and of a referral whether it was given."""
    if me is None:
        return table[["change", "person", "other", "before", "after", "rows"]]
    gave, received = table["person"] == me, table["other"] == me
    you = gave.map({True: "gave", False: ""}).where(~received, "received")
    person = table["person"].where(~gave, table["other"])
    shown = table.assign(person=person, you=you)
    return shown[["change", "person", "you", "before", "after", "rows"]]
