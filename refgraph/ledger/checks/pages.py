"""The lines of the files of a record, to show the one that a finding is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem
from refgraph.ledger.source import Source, decode, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

__all__ = ["Pages", "in_order"]


class Pages:
    """Builds findings with the line they are about; each file is read once, when needed."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}

    def problem(self, path: str, line: int, message: str, hint: str, check: str) -> Problem:
        """Build what one check found on one line; standard input shows none."""
        if path not in self._lines:
            self._lines[path] = _lines(path)
        shown = self._lines[path]
        if not 0 < line <= len(shown):
            return Problem(path, line, message, hint=hint, check=check)
        return Source(path, shown).problem(line, message, hint, check)


def _lines(path: str) -> list[str]:
    if path == "-":
        return []
    try:
        text = decode(path, load(path))
    except LedgerError:  # a workbook, or a file that went away: its lines cannot be shown
        return []
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def in_order(columns: Mapping[str, list[Any]], *names: str) -> Iterator[tuple[Any, ...]]:
    """Give the named columns row by row, as the rows stand in their files."""
    rows: Iterable[tuple[Any, ...]] = zip(
        *(columns[name] for name in ("file", "line", *names)), strict=True
    )
    return iter(sorted(rows, key=lambda row: (row[0], row[1])))
