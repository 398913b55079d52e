"""In which order suggestions stand, which of their lines are level, and what they rest on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from refgraph.analysis.suggesting import candidates
from refgraph.report.sections.section import despite_window, joined
from refgraph.report.sections.suggested import NOBODY
from refgraph.wording import count, join_names, pluralize

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from refgraph.book.book import Book

__all__ = ["footer", "level_lines"]

_GROUPS = 3  # of lines that are level, of which the numbers are said


def footer(book: Book, table: pd.DataFrame, lines: pd.Series[int], *, horizon: int) -> str:
    """Say under the list in which order it stands, and what that takes for granted.

    ``lines`` are those that a page shows, by the index of the table.

    Examples
    --------
    >>> from refgraph import Book
    >>> from refgraph.analysis.suggesting import refer_first
    >>> book = Book.sample()
    >>> table = refer_first.rank(book)
    >>> footer(book, table, table["rank"], horizon=180).partition(".")[0]
    'Lines are numbered down the page, in each group by added'
    """
    if table.empty:
        return joined(NOBODY, despite_window(book))
    ranked = (
        "Lines are numbered down the page, in each group by added. In JSON and CSV all are one "
        "list by added, with their rank."
    )
    unknown = (
        "Of whom nothing is known the average of the book is expected to be added: they can "
        "stand before one who was tried and did not answer."
    )
    rare = (
        "The last ranks of every ten go to first tries, out of turn: to people who never had one, "
        "to whom nothing is open, and who are not placed by then. They stand by how wide their "
        "range is, the widest first."
    )
    spells = (
        "A spell of giving starts with a referral that answers none on record, and lasts until "
        f"one comes back, or {count(horizon, 'day')} from its start. Counted are those that "
        f"started {count(horizon, 'day')} ago or longer, answered or not."
    )
    held = (
        "The estimate takes for granted that a referral takes nothing away. Gifts were not drawn "
        "by lot: some of what is called added may come of when they were made."
    )
    tries = (table["part"] == candidates.FIRST_TRY).any()
    counted = spells if table["gifts"].gt(0).any() else ""
    parts = (ranked, level_lines(table, lines), unknown, rare if tries else "", counted)
    return "\n".join(filter(None, (*parts, joined(held, despite_window(book)))))


def level_lines(table: pd.DataFrame, lines: pd.Series[int]) -> str:
    """Say which lines are level: those that print the same ``added`` with the same range.

    Examples
    --------
    >>> import pandas as pd
    >>> ends = {"added_low": 0.0, "added_high": 0.568}
    >>> table = pd.DataFrame({"added": [0.114, 0.31, 0.111, 0.114, 0.113]}).assign(**ends)
    >>> level_lines(table, pd.Series([1, 2, 3, 4, 6])).partition(". ")[0]
    'Level, with the same added and the same range as printed: lines 1, 3-4 and 6'
    >>> level_lines(table.head(2), pd.Series([1, 2]))
    ''
    """
    shown = table.loc[lines.index, ["added", "added_low", "added_high"]]
    found: dict[tuple[str, ...], list[int]] = {}
    for line, row in sorted(zip(lines.tolist(), shown.to_numpy().tolist(), strict=True)):
        found.setdefault(tuple(f"{each:.2f}" for each in row), []).append(line)
    level = sorted((some for some in found.values() if len(some) > 1), key=len, reverse=True)
    if not level:
        return ""
    told = [f"lines {join_names(_runs(some))}" for some in level[:_GROUPS]]
    if more := level[_GROUPS:]:
        told.append(f"and so are {len(more):,} more {pluralize(len(more), 'group')} of them")
    return (
        f"Level, with the same added and the same range as printed: {'; '.join(told)}. Of people "
        "wholly level, to whom more is open comes first, then whom somebody could be introduced "
        "to, then who came into the record first."
    )


def _runs(numbers: Sequence[int]) -> list[str]:
    """Give ascending numbers as they are said, those in a row as their ends.

    Examples
    --------
    >>> _runs([1, 7, 8, 9, 12]), _runs([4, 5])
    (['1', '7-9', '12'], ['4-5'])
    """
    starts = [numbers[0], *(two for one, two in pairwise(numbers) if two != one + 1)]
    ends = [*(one for one, two in pairwise(numbers) if two != one + 1), numbers[-1]]
    return [
        f"{one:,}" if one == two else f"{one:,}-{two:,}"
        for one, two in zip(starts, ends, strict=True)
    ]
