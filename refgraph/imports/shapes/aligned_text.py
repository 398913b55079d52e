"""Plain text that people write as a table: columns under each other, or lines with arrows."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from refgraph.imports.shapes.arrow_lines import has_arrow, rows_by_arrow
from refgraph.reading.files.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["rows_of_text"]

_GAP = re.compile(r" {2,}")
_OTHERS = frozenset("\t;|")
_MOST_LEAD = 20


def rows_of_text(
    text: str, fits: Callable[[Sequence[str]], bool], most: int
) -> tuple[list[list[str]], list[int]] | None:
    r"""Split lines where their columns begin, or at an arrow; None if they are no such text.

    Parameters
    ----------
    text : str
        All of a file.
    fits : callable
        Tells whether a row is a header that is known.
    most : int
        The most rows that a file may have: of more, the reader of files tells.

    Returns
    -------
    rows : list of list of str
        The header is the first.
    lines : list of int
        The line of each.

    Examples
    --------
    >>> rows_of_text("From     To\nAnn Lee  Bo Park\n", lambda row: row == ["From", "To"], 9)
    ([['From', 'To'], ['Ann Lee', 'Bo Park']], [1, 2])
    >>> rows_of_text("Ann Lee -> Bo Park\nBo Park -> Cy Dunn\n", lambda _: False, 9)[0]
    [['From', 'To'], ['Ann Lee', 'Bo Park'], ['Bo Park', 'Cy Dunn']]
    >>> rows_of_text("From,To\nAnn Lee,Bo Park\n", lambda _: False, 9) is None
    True
    """
    if text.count("\n") >= most:
        return None
    begun = [line for _, line in islice(_filled(text), _MOST_LEAD)]
    has_arrows = len(begun) > 1 and any(map(has_arrow, begun))
    heads = [k for k, line in enumerate(begun) if _is_header(line, fits)]
    if not (has_arrows or heads):  # of most files: their lines are held for no more than that
        return None
    filled = [*_filled(text)]
    return (rows_by_arrow(filled) if has_arrows else None) or _by_place(filled, heads)


def _filled(text: str) -> Iterator[tuple[int, str]]:
    """Give each line that is not blank, and its number."""
    return ((at, line.rstrip()) for at, line in enumerate(Lines(text), 1) if line.strip())


def _is_header(line: str, fits: Callable[[Sequence[str]], bool]) -> bool:
    """Tell whether a line names columns that are known, with gaps between them."""
    titles = _GAP.split(line.strip())
    return len(titles) > 1 and not _OTHERS.intersection(line) and fits(titles)


def _by_place(
    filled: Sequence[tuple[int, str]], heads: Sequence[int]
) -> tuple[list[list[str]], list[int]] | None:
    """Split each line where the titles of a known header, which is one of these, begin."""
    for k in heads:
        header = filled[k][1]
        titles = _GAP.split(header.strip())
        starts = [
            len(header) - len(header.lstrip()),
            *(hit.end() for hit in _GAP.finditer(header.strip())),
        ]
        rows = [_cut(line, starts) for _, line in filled[k:]]
        rows = [
            row or _GAP.split(line.strip()) for row, (_, line) in zip(rows, filled[k:], strict=True)
        ]
        if all(len(row) == len(titles) for row in rows):
            return rows, [at for at, _ in filled[k:]]
    return None


def _cut(line: str, starts: Sequence[int]) -> list[str]:
    """Cut a line at the places where columns begin; nothing if a cell reaches over one."""
    if any(line[at - 1 : at].strip() for at in starts[1:]):
        return []
    ends = [*starts[1:], len(line)]
    return [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]
