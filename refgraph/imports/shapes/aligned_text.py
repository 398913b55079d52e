"""Plain text that people write as a table: columns under each other, or an arrow in each line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["rows_of_text"]

_GAP = re.compile(r" {2,}")
_ARROW = re.compile(r"([^<>\u2192]*[^\s<>\u2192=-])\s*(?:-+>|=+>|\u2192)\s*([^<>\u2192]+)")
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
    lines = text.split("\n", most)
    if len(lines) > most:
        return None
    filled = [(at, line.rstrip()) for at, line in enumerate(lines, 1) if line.strip()]
    return _by_arrow(filled) or _by_place(filled, fits)


def _by_arrow(filled: Sequence[tuple[int, str]]) -> tuple[list[list[str]], list[int]] | None:
    """Split each line at its one arrow, if each has one."""
    found = [(at, _ARROW.fullmatch(line.strip())) for at, line in filled[:2]]
    if len(found) < 2 or None in (match for _, match in found):
        return None
    whole = [(at, _ARROW.fullmatch(line.strip())) for at, line in filled]
    names = [(at, [match[1].strip(), match[2].strip()]) for at, match in whole if match]
    if len(names) < len(whole):
        return None
    return [["From", "To"], *[row for _, row in names]], [0, *[at for at, _ in names]]


def _by_place(
    filled: Sequence[tuple[int, str]], fits: Callable[[Sequence[str]], bool]
) -> tuple[list[list[str]], list[int]] | None:
    """Split each line where the titles of a known header begin."""
    for k, (_, header) in enumerate(filled[:_MOST_LEAD]):
        titles = _GAP.split(header.strip())
        if len(titles) < 2 or _OTHERS.intersection(header) or not fits(titles):
            continue
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
