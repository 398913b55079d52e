"""Rows that are split already become records, as those of a file do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.reading.files.records import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["source_of_rows"]


def source_of_rows(
    path: str,
    rows: list[list[str]],
    lines: Sequence[int],
    place_name: Callable[[int], str] | None = None,
) -> Source:
    """Take rows of text, the header first; a problem shows the cells of its row.

    Parameters
    ----------
    path : str
        The place, as it was named.
    rows : list of list of str
        Without blank ones.
    lines : sequence of int
        The number of each, from 1, increasing.
    place_name : callable, optional
        Says where the row of a number stands, if not on that line of a file.

    Examples
    --------
    >>> rows = [["giver", "receiver"], ["Ann", "Bo"]]
    >>> source = source_of_rows("base", rows, [1, 2], lambda line: f"row {line - 1}")
    >>> source.place(2), source.excerpt(2)
    ('row 1', 'Ann,Bo')
    """
    shown = [""] * (lines[-1] if lines else 0)
    for line, row in zip(lines, rows, strict=True):
        shown[line - 1] = ",".join(row)
    source = Source(path, "", rows, lines, place_name=place_name)
    source.show(shown)
    return source
