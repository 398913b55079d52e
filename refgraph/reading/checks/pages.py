"""The lines of the files of a record, to show the one that a finding is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from refgraph.errors import LedgerError, Problem
from refgraph.reading.files.bounded_bytes import is_read_once, load
from refgraph.reading.files.encodings import decode
from refgraph.reading.files.records import Source
from refgraph.reading.read_options import ReadOptions
from refgraph.reading.sheets.table_files import holds_tables
from refgraph.schema.distinct_values import Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

__all__ = ["Pages", "in_order"]


class Pages:
    """Builds findings with the line they are about; each file is read once, when needed.

    Parameters
    ----------
    options : ReadOptions
        How the record was read.
    """

    def __init__(self, options: ReadOptions | None = None) -> None:
        self.options = options or ReadOptions()
        self._shown: dict[str, Source | None] = {}

    def problem(self, path: str, line: int, message: str, hint: str, check: str) -> Problem:
        """Build what one check found on one line; a sheet and standard input show none."""
        if path not in self._shown:
            self._shown[path] = self._open(path)
        shown = self._shown[path]
        if shown is None or not 0 < line <= len(shown.physical):
            return Problem(path, line, message, hint=hint, check=check)
        return shown.problem(line, message, hint, check)

    def _open(self, path: str) -> Source | None:
        if is_read_once(path):
            return None
        try:
            data = load(path)
            text = "" if holds_tables(data) else decode(path, data, self.options.encoding)
        except LedgerError:  # the file went away
            return None
        return Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))


def in_order(columns: Mapping[str, Sequence[Any]], *names: str) -> Iterator[tuple[Any, ...]]:
    """Give the named columns row by row, as the rows stand in their files."""
    files, lines = Column.of(columns["file"]), np.asarray(columns["line"], np.int64)
    place = {path: at for at, path in enumerate(sorted({*files.distinct}))}
    file = np.array([place[path] for path in files.distinct], np.int32)[files.codes]
    order = np.lexsort([lines, file])
    told = [Column.of(columns[name]) for name in ("file", "line", *names)]
    return zip(*(Column(each.distinct, each.codes[order]) for each in told), strict=True)
