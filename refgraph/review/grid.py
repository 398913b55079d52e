"""The rows of a table as a reader sees them: texts in cells, and which column names the row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from refgraph.report.views import text_table
from refgraph.report.views.plain_rows import rows_of
from refgraph.schema.columns import PEOPLE, REFERRALS, names_where

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["Column", "Grid", "grid_of"]

_SENTENCE = 40  # letters

# Columns that say whose or what a row is, the first that a table has.
_NAMING = (*names_where((*PEOPLE, *REFERRALS), is_name=True), "root", "measure")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the table, its heading, and whether it holds numbers."""

    name: str
    heading: str
    is_number: bool
    names_the_row: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a page.

    Attributes
    ----------
    caption : str
        What it lists.
    columns : tuple of Column
        In their order.
    rows : tuple of tuple of str
        The cells, as the command prints them, but for zeros after the point.
    meanings : mapping of str to str
        What each column means.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    meanings: Mapping[str, str]

    @property
    def is_wide(self) -> bool:
        """Whether a cell holds a sentence rather than a word: beside a map it would be a strip.

        Examples
        --------
        >>> [Grid("", (), (("Ann", "x" * size),), {}).is_wide for size in (40, 41)]
        [False, True]
        """
        return any(len(text) > _SENTENCE for row in self.rows for text in row)


def grid_of(
    table: pd.DataFrame,
    caption: str,
    meanings: Mapping[str, str],
    renamed: Mapping[str, str] | None = None,
) -> Grid:
    """Lay a table out for a page.

    Parameters
    ----------
    table : DataFrame
        Its rows are shown in their order, without the index.
    caption : str
        What it lists.
    meanings : mapping of str to str
        What its columns mean, by the name that the table of the command has.
    renamed : mapping of str to str, optional
        From the name of a column here to that name, where they differ.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"person": ["Ann", "Bo"], "gave_you": [3, 0]})
    >>> meanings = {"person": "who", "gave_me": "gifts"}
    >>> grid = grid_of(table, "Gifts", meanings, {"gave_you": "gave_me"})
    >>> [column.heading for column in grid.columns], grid.rows
    (['person', 'gave you'], (('Ann', '3'), ('Bo', '0')))
    >>> grid.meanings
    {'person': 'who', 'gave_you': 'gifts'}
    """
    rows, names = rows_of(table), [str(name) for name in table]
    naming = next((name for name in _NAMING if name in names), names[0] if names else "")
    columns = tuple(
        Column(
            name,
            text_table.heading(name),
            any(text_table.is_number(row[name]) for row in rows),
            name == naming,
        )
        for name in names
    )
    down = [
        _aligned([_cell(row, column.name) for row in rows], column, names) for column in columns
    ]
    cells = tuple(zip(*down, strict=True))
    known = {name: meanings[(renamed or {}).get(name, name)] for name in names}
    return Grid(caption, columns, cells, known)


def _cell(row: Mapping[str, Any], name: str) -> str:
    return text_table.cell(row[name], str(row.get("measure", name)) if name == "value" else name)


def _aligned(cells: list[str], column: Column, names: list[str]) -> list[str]:
    """Write the numbers of a column with as many decimals each, where they are of one measure.

    Examples
    --------
    >>> _aligned(["4", "2.50", "-"], Column("days", "days", True, False), ["days"])
    ['4.00', '2.50', '-']
    """
    if not column.is_number or "measure" in names:
        return cells
    places = max((len(each.partition(".")[2]) for each in cells), default=0)

    def padded(cell: str) -> str:
        whole, _, part = cell.partition(".")
        return f"{whole}.{part.ljust(places, '0')}" if places and cell[-1:].isdigit() else cell

    return [padded(each) for each in cells]
