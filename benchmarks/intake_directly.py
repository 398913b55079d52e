"""A file read as a book, beside the book that an import makes of it."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from refgraph import Book
from refgraph.errors import RefgraphError
from refgraph.imports import Request, carry_out, prepare
from refgraph.imports.rules.parts import parts_of
from refgraph.schema.columns import COLUMNS

if TYPE_CHECKING:
    from intake_truth import File

__all__ = ["read_otherwise"]

TODAY = "2026-11-01"
# Where a row stands is another place in another file.
_PLACES = ["file", "line"]
# An import keeps a month or a year in the note, which makes another id.
_OF_IMPORTS = ["note", "id"]


def is_ours(made: File) -> bool:
    """Tell whether a file has the header of a book's own table, which is read strictly."""
    first = made.data.decode("utf-8", "replace").split("\n", 1)[0]
    names = {name.strip(' "\ufeff\r').lower() for name in re.split(r"[,;\t|]", first)}
    return names <= {*COLUMNS["referrals"]}


def tables_of(book: Book, places: list[str]) -> dict[str, list[list[str]]]:
    """Give what a book says as text, without the places of its rows."""
    frames = {
        "history": book.history.drop(columns=places),
        "people": book.people.reset_index(),
        "touches": book.touches.drop(columns=_PLACES),
    }
    told: dict[str, list[list[str]]] = {"me": [[str(book.me)]]}
    for name, frame in frames.items():
        told[name] = sorted([str(cell) for cell in row] for row in frame.to_numpy().tolist())
    told["changes"] = [[str(cell) for cell in each] for each in book.status_changes]
    return told


def imported(path: Path, me: str | None, book: Path) -> Any:
    """Import a file into a new book, all or nothing as the command does; give the book, or why."""
    try:
        requests = [
            Request(str(path), str(book), sheet=sheet, me=me, today=_today())
            for sheet in parts_of(str(path), me).sheets
        ]
        tried = [prepare(each) for each in requests]
        if any(each.plan.problems or each.plan.places_no_referral for each in tried):
            return "rows are refused, or no giver is found"
        for each in requests:
            carry_out(prepare(each))
        return Book.read(book, today=TODAY) if book.is_dir() else "nothing was written"
    except RefgraphError as error:
        return f"{error}"


def _today() -> Any:
    from datetime import date

    return date.fromisoformat(TODAY)


def read_otherwise(made: File) -> str:
    """Tell how a file says another thing when it is read directly; nothing if it does not."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / made.name
        path.write_bytes(made.data)
        more = _OF_IMPORTS if is_ours(made) else []
        there = imported(path, made.table.me, Path(name) / "book")
        try:
            here = Book.read(path, made.table.me, TODAY)
        except RefgraphError as error:
            if isinstance(there, str) or there.history.empty or more:
                return ""
            return f"refused: {error}"
    if isinstance(there, str):
        return f"read: an import refuses: {there}" if len(here.history) else ""
    one, two = (tables_of(book, [*_PLACES, *more]) for book in (there, here))
    for table in one:
        if one[table] != two[table]:
            only = [row for row in one[table] if row not in two[table]][:3]
            other = [row for row in two[table] if row not in one[table]][:3]
            return f"{table}: imported {only}, directly {other}"
    return ""
