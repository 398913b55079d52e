"""Columns that share what they say: of one header, or of days, where no row fills two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.imports.cells.totals import plain_rows
from refgraph.imports.rules.column import MOST_ROWS, columns_of
from refgraph.imports.rules.headers import bare
from refgraph.imports.rules.words import NEGATIVE_DATES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Places = Sequence[Sequence[int]]

__all__ = ["with_twins"]


def with_twins(
    columns: Mapping[str, Places], titles: Sequence[str], rows: Sequence[Sequence[str]], days: str
) -> dict[str, Places]:
    """Add to a column the others that say the same in other rows.

    Parameters
    ----------
    columns : mapping of str to alternatives
        Our columns, and where they stand.
    titles : sequence of str
        The header.
    rows : sequence of sequence of str
        What stands below.
    days : str
        Our column of days, to which other days belong; nothing where they do not.

    Examples
    --------
    >>> rows = [["Bo", "2026-01-05", ""], ["Cy", "", "2026-02-07"]]
    >>> with_twins({"date": [[1]]}, ["To", "Date", "Date"], rows, "")
    {'date': [[1], [2]]}
    >>> with_twins({"date": [[1]]}, ["To", "Date sent", "Date received"], rows, "date")
    {'date': [[1], [2]]}
    """
    made = {ours: _same_header(some, titles, rows) for ours, some in columns.items()}
    if days in made and len(made[days]) == 1 == len(made[days][0]):
        used = {at for options in made.values() for option in options for at in option}
        there = [made[days][0][0]]
        for each in columns_of(titles, plain_rows(rows, MOST_ROWS)):
            if each.at in used or not (each.says("date") and each.is_dates):
                continue
            if not NEGATIVE_DATES.search(each.header) and _are_apart(rows, [*there, each.at]):
                there.append(each.at)
        made[days] = [[at] for at in there]
    return made


def _same_header(options: Places, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Places:
    """Add to a column the others of its header."""
    if len(options) != 1 or len(options[0]) != 1 or not (name := bare(titles[options[0][0]])):
        return options
    there = [at for at, title in enumerate(titles) if bare(title) == name]
    return [[at] for at in there] if len(there) > 1 and _are_apart(rows, there) else options


def _are_apart(rows: Sequence[Sequence[str]], places: Sequence[int]) -> bool:
    """Tell whether no row has a text in two of these columns."""
    filled = (sum(bool(row[at].strip()) for at in places if at < len(row)) for row in rows)
    return all(many < 2 for many in filled)
