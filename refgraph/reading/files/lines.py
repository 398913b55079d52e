"""The lines of a text, a stretch of them at a time: a list of them all would be far larger."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST_LINE", "Lines", "longest_line"]

#: The characters of one line: every field of a row as long as a field may be.
MOST_LINE = 4_000_000
_STRETCH = 1 << 16


class Lines(Sequence[str]):
    r"""Reads as the list of lines does, each with its newline; only a newline ends one.

    Parameters
    ----------
    text : str
        All of them.

    Examples
    --------
    >>> lines = Lines("Ann\n\nBo")
    >>> len(lines), lines[2], list(lines)
    (3, 'Bo', ['Ann\n', '\n', 'Bo'])
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._begins, self._firsts = [0], [0]  # of each stretch: its place, and its first line
        begin, first = 0, 0
        while end := text.find("\n", begin + _STRETCH) + 1:
            first += text.count("\n", begin, end)
            begin = end
            self._begins.append(begin)
            self._firsts.append(first)
        rest = text.count("\n", begin)
        self._length = first + rest + (bool(text) and not text.endswith("\n"))
        self._kept: tuple[int, list[str]] = (0, [])

    def _stretch(self, at: int) -> list[str]:
        end = self._begins[at + 1] if at + 1 < len(self._begins) else len(self._text)
        return io.StringIO(self._text[self._begins[at] : end], newline="\n").readlines()

    def stretches(self) -> Iterator[list[str]]:
        """Give the lines, some at a time."""
        return map(self._stretch, range(len(self._begins)))

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self.stretches())

    def __getitem__(self, line: Any) -> Any:
        if isinstance(line, slice):
            return [self[one] for one in range(len(self))[line]]
        line = range(self._length)[line]
        first, lines = self._kept
        if not first <= line < first + len(lines):
            at = bisect_right(self._firsts, line) - 1
            first, lines = self._kept = self._firsts[at], self._stretch(at)
        text: str = lines[line - first]
        return text


def longest_line(text: str, most: int) -> tuple[int, int] | None:
    r"""Find a line that has more characters than `most`: its number from 1, and where it begins.

    Examples
    --------
    >>> longest_line("Ann\nRobert\nBo", 5), longest_line("Ann\nBo", 5)
    ((2, 4), None)
    """
    begin = 0
    while len(text) - begin > most:
        if (end := text.rfind("\n", begin, begin + most + 1)) < 0:
            return text.count("\n", 0, begin) + 1, begin
        begin = end + 1
    return None
