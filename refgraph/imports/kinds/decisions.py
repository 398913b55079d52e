"""A table of what was decided at a meeting: who, what, by when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from refgraph.errors import LedgerError, Problem
from refgraph.reading.open_table import open_table
from refgraph.schema.columns import field_of
from refgraph.schema.dates import iso_date
from refgraph.schema.text import FieldError, quoted
from refgraph.schema.values import person

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from refgraph.reading.files.records import Source

__all__ = ["HEADERS", "Decision", "read_decisions"]

#: What the columns may be called, in small letters; the first is what we call them.
HEADERS = {
    "who": ("who", "person", "name", "owner", "responsible"),
    "what": ("what", "decision", "action", "task", "note", "to do"),
    "by when": ("by when", "until", "by", "due", "deadline", "when"),
    "with": ("with", "with whom"),
}
_NEEDED = ("who", "what", "by when")
_WANTED = frozenset(name for names in HEADERS.values() for name in names)


@dataclass(frozen=True, slots=True)
class Decision:
    """One row: the line it stands on, who, with whom, what, and by when."""

    line: int
    who: str
    other: str
    what: str
    until: date


def read_decisions(
    path: str, read_day: Callable[[str], date] = iso_date
) -> tuple[list[Decision], list[int]]:
    r"""Read what was decided; a row that says neither who nor by when was not.

    Parameters
    ----------
    path : str
        A CSV file or a workbook; ``-`` is standard input.
    read_day : callable
        Reads a day, as it was typed.

    Returns
    -------
    decided : list of Decision
    left : list of int
        The lines of what was not decided.

    Raises
    ------
    LedgerError
        With every row that cannot be taken as it stands.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder, "decisions.csv")
    ...     _ = table.write_text("who,what,by when\nAnn,speaks,2027-05-01\n,hosts?,\n")
    ...     decided, left = read_decisions(str(table))
    >>> decided[0].who, str(decided[0].until), left
    ('Ann', '2027-05-01', [3])
    """
    source = open_table(path, _WANTED, [], by_columns=False)
    places = _places(source)
    rows = [*zip(source.rows[1:], [*source.lines][1:], strict=True)]
    problems = [*source.broken.told()]
    decided, left = [], []
    for row, line in rows:
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in places.items()}
        if not cells["who"] and not cells["by when"]:
            left.append(line)
            continue
        try:
            decided.append(_decision(line, cells, read_day))
        except FieldError as error:
            problems.append(source.problem(line, str(error), error.hint))
    if problems:
        raise LedgerError(problems)
    return decided, left


def _places(source: Source) -> dict[str, int]:
    """Find the columns by their headers."""
    said = [" ".join(name.replace("_", " ").split()).casefold() for name in source.rows[0]]
    found = {
        ours: next((at for at, name in enumerate(said) if name in names), -1)
        for ours, names in HEADERS.items()
    }
    missing = [name for name in _NEEDED if found[name] < 0]
    if missing:
        message = f"there is no column {' and none '.join(missing)}"
        hint = f"let the first line name the columns: {','.join(_NEEDED)}"
        raise LedgerError([Problem(source.path, source.lines[0], message, hint=hint)])
    return {name: at for name, at in found.items() if at >= 0}


def _decision(line: int, cells: dict[str, str], read_day: Callable[[str], date]) -> Decision:
    """Read the cells of a row.

    Raises
    ------
    FieldError
        One is missing, or is not what it should be.
    """
    missing: Sequence[str] = [name for name in _NEEDED if not cells[name]]
    if missing:
        told = quoted(cells["what"]) if cells["what"] else "this row"
        message = f"{told} does not say {' nor '.join(missing)}"
        hint = "fill it in, or leave both who and by when empty where nothing was decided"
        raise FieldError(message, hint)
    read_note: Callable[[str], Any] = field_of("touches", "note").reader(iso_date)
    other = cells.get("with", "")
    return Decision(
        line,
        person(cells["who"]),
        person(other) if other else "",
        read_note(cells["what"]),
        read_day(cells["by when"]),
    )
