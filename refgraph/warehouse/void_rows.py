"""Rows that a column marks as void are asked about where they are, as in a table that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from refgraph.errors import Problem
from refgraph.names.void_marks import may_void, void_marks
from refgraph.schema.distinct_values import Column
from refgraph.warehouse.place import quiet

if TYPE_CHECKING:
    from refgraph.warehouse.coding import Coding

__all__ = ["Void", "void_rows"]

_MOST = 1_000  # texts of a column that are looked at


class Void(NamedTuple):
    """A column that marks rows, the texts that mark them, and what is to be said of it."""

    title: str
    texts: tuple[str, ...]
    problem: Problem

    def left_out(self, rows: Any) -> Any:
        """Leave out the rows that it marks."""
        return rows.filter(~_text(rows, self.title).isin(self.texts))


def void_rows(coding: Coding) -> list[Void]:
    """Find the columns that nothing is read from, and that say of rows that they do not count.

    Parameters
    ----------
    coding : Coding
        The rows, and which columns are read.

    Returns
    -------
    list of Void
        Their problems tell how the rows are counted all the same; ``--skip-bad`` leaves them out.
    """
    rows, read = coding.place.rows, {*coding.columns.values()}
    found = []
    for title in rows.columns:
        if title in read or not may_void(title):
            continue
        told = rows.select(cell=_text(rows, title)).group_by("cell")
        told = told.aggregate(times=lambda each: each.count()).order_by("cell").limit(_MOST)
        with quiet(coding.place.path):
            cells = told.to_pyarrow().to_pydict()
        marks = void_marks(title, Column.of(cells["cell"]))
        if marks is None:
            continue
        message, hint = marks.question()
        hint = hint.replace("take those rows out", "leave them out with --skip-bad")
        times = sum(cells["times"][at] for at in marks.places)
        texts = tuple(cells["cell"][at] for at in marks.places)
        found.append(Void(title, texts, Problem(coding.place.path, 0, message, "", hint, times)))
    return found


def _text(rows: Any, title: str) -> Any:
    return rows[title].cast("string").fill_null("")
