"""What is said where no column gives a day or a value, and one that is left out might have."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from refgraph.imports.cells.amounts import is_amount
from refgraph.imports.cells.totals import plain_rows
from refgraph.imports.rules.column import MOST_ROWS, columns_of, is_day
from refgraph.imports.rules.words import NEGATIVE_DATES
from refgraph.schema.text import argument, quoted, visible
from refgraph.wording import agree, count, pluralize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.column import Column
    from refgraph.imports.rules.recognise import Layout

__all__ = ["say_lost"]

_KINDS = ("referrals", "personal", "contacts")
_SHOWN, _SAMPLE = 3, 30
_NUMBER = re.compile(r"\b(no|nr|num|number|id|ref|code|nummer|numero|matter|case|file)$")
#: Days that are never those of a referral.
_NEVER = re.compile(
    r"birth|geburt|naissance|nacimiento|nascita|nascimento|geboorte|join|since|next|due|follow"
    r"|expect|expir|renew|\bend\b|updat|modif|last|thank|contact"
)


def say_lost(layout: Layout, grid: Grid) -> list[str]:
    """Say which columns of days and amounts are left out, where nothing else gives any.

    Parameters
    ----------
    layout : Layout
        What the columns of the table mean.
    grid : Grid
        What stands below its header.
    """
    has_referrals = layout.kind != "contacts" or "referrer" in layout.columns
    if not (layout.line and has_referrals and layout.kind in _KINDS):
        return []
    if layout.rules.is_own or grid.is_network:
        return []
    used = layout.used()
    rows = plain_rows(grid.rows, MOST_ROWS)
    left = [each for each in columns_of(layout.titles, rows) if each.at not in used and each.cells]
    known = {*layout.columns, *layout.rules.constants}
    notes: list[str] = []
    if "date" not in known:
        notes += islice((*_unread_days(left), *_other_days(left)), 1)
    if "value" not in known:
        notes += islice(_unread_amounts(left), 1)
    return [f"{grid.path}: {note}" for note in notes]


def _unread_days(columns: Iterable[Column]) -> Iterator[str]:
    """Say that a column of days has none."""
    for each in columns:
        if each.says("date") and not each.is_dates and not NEGATIVE_DATES.search(each.header):
            yield (
                f"no referral has a day: the column {quoted(each.title.strip())} is left out, as "
                f"{_misfits(each, is_day, 'date')}; write days there, like 2026-03-14, "
                f"or give all rows one: --date 2026-03-14"
            )


def _other_days(columns: Iterable[Column]) -> Iterator[str]:
    """Offer the days of something else."""
    for each in columns:
        if each.is_dates and not _NUMBER.search(each.header) and not _NEVER.search(each.header):
            title = each.title.strip()
            yield (
                f"no referral has a day: {quoted(title)} holds days, like "
                f"{visible(each.cells[0], _SAMPLE)}, of something else by its header; to count "
                f"them as the days of the referrals: --columns {argument(f'date={title}')}"
            )


def _unread_amounts(columns: Iterable[Column]) -> Iterator[str]:
    """Say that a column of amounts holds other things."""
    for each in columns:
        if (each.says("value") or each.says("weak_value")) and not each.is_amounts:
            title = each.title.strip()
            yield (
                f"no referral has a value: the column {quoted(title)} is left out, as "
                f"{_misfits(each, is_amount, 'amount')}; write amounts alone there, or "
                f"leave out the rows that have none: "
                f"--columns {argument(f'value={title}')} --partial"
            )


def _misfits(column: Column, holds: Callable[[str], bool], noun: str) -> str:
    """Count the cells that are not of a kind, and show some."""
    others: Sequence[str] = [cell for cell in column.cells if not holds(cell)]
    shown = [quoted(visible(text, _SAMPLE)) for text in [*dict.fromkeys(others)][:_SHOWN]]
    are, what = agree(len(others), "is"), pluralize(len(others), noun)
    cells = count(len(column.cells), "cell")
    return f"{len(others):,} of its {cells} {are} no {what} ({', '.join(shown)})"
