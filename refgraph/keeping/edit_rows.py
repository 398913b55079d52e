"""Single cells of referrals are written anew, where the file they came from was edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError, Problem
from refgraph.keeping.engine.cells import Cells
from refgraph.keeping.engine.draft import text_of
from refgraph.keeping.engine.journal import load
from refgraph.reading.tables import KNOWN
from refgraph.schema.columns import LATE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refgraph.reading.read_options import ReadOptions

__all__ = ["EditedRow", "draft_edits"]


@dataclass(frozen=True, slots=True)
class EditedRow:
    """What is to stand in some cells of one row.

    Attributes
    ----------
    path : str
        The file of the row.
    line : int
        Where it stands there.
    cells : mapping of str to object
        From our column to its value; an id only where the cell is blank.
    me : str
        Whose book it is, in a file that names only the other person.
    """

    path: str
    line: int
    cells: Mapping[str, object]
    me: str = ""


def draft_edits(edits: Sequence[EditedRow], options: ReadOptions) -> dict[str, bytes]:
    """Give each file its new content; every other byte stays as it is.

    Raises
    ------
    LedgerError
        If a file has no such row or column, or would not be read back as it was meant.
    """
    by_path: dict[str, list[EditedRow]] = {}
    for edit in edits:
        by_path.setdefault(edit.path, []).append(edit)
    return {path: _edited(path, rows, options) for path, rows in by_path.items()}


def _edited(path: str, rows: Sequence[EditedRow], options: ReadOptions) -> bytes:
    table = Cells.of(path, load(path) or b"", KNOWN, options)
    said = {name for row in rows for name in row.cells}
    if wanted := [name for name in LATE["referrals"] if name in said and table.position(name) < 0]:
        table = Cells.of(path, table.widened(wanted), KNOWN, options)
    places = {line: row for row, line in enumerate(table.source.lines)}
    changes: dict[tuple[int, int], str] = {}
    for edit in rows:
        row = places[edit.line]
        for name, value in edit.cells.items():
            column = name
            if name in ("giver", "receiver") and table.position(name) < 0 and value != edit.me:
                column = "person"
            place, text = table.position(column), text_of(value, options)
            if name == "id" and (place < 0 or table.text(row, name).strip()):
                continue
            if not 0 <= place < len(table.source.rows[row]):
                message = f"there is no cell for {name} in this row; nothing was written"
                raise LedgerError([Problem(path, edit.line, message, table.line(row))])
            changes[row, place] = text
    return table.edited(changes)
