"""The headers of a file of which nobody knows what they mean, to be asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.imports.cells.sheet import LEAD
from refgraph.imports.run import open_file

if TYPE_CHECKING:
    from refgraph.imports.run import Request

__all__ = ["titles_of"]


def titles_of(request: Request) -> list[str]:
    """Give the headers of a file of which nobody knows what they mean: its first full row.

    Parameters
    ----------
    request : Request
        What is to be imported.

    Raises
    ------
    LedgerError
        If the file cannot be read.
    """
    rows = open_file(request, None).rows[:LEAD]
    full = max((sum(map(bool, map(str.strip, row))) for row in rows), default=0)
    titles = next((row for row in rows if sum(map(bool, map(str.strip, row))) == full), [])
    return [*dict.fromkeys(filter(None, map(str.strip, titles)))]
