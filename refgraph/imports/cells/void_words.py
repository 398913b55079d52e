"""Rows whose outcome is a word that voids them: which they are, and how each counts after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.names.void_marks import COUNTS_ALL, said_places
from refgraph.schema.text import quoted
from refgraph.wording import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refgraph.imports.cells.named_rows import Entry
    from refgraph.imports.cells.sheet import Grid
    from refgraph.imports.rules.recognise import Layout

__all__ = ["say_void"]


def say_void(void: Sequence[Entry], ours: str, layout: Layout, grid: Grid) -> str:
    """Say which rows are left out for the word that stands where their outcome does.

    Parameters
    ----------
    void : sequence of Entry
        The rows, one or more.
    ours : str
        Our column of the word.
    layout : Layout
        What the columns mean.
    grid : Grid
        Where the rows stand.
    """
    lines = said_places([f"{entry.line:,}" for entry in void])
    word = void[0].texts[ours].strip()
    places = (at for some in layout.columns.get(ours, ()) for at in some)
    title = layout.titles[next(places)].strip() if layout.line else ours
    return (
        f"{grid.path}: left out {count(len(void), 'row')} that {quoted(title)} calls void, like "
        f"{quoted(word)}: {lines}; if each counts: {COUNTS_ALL}"
    )
