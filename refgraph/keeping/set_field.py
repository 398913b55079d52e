"""One cell of somebody's row in people.csv is written anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from refgraph.errors import LedgerError
from refgraph.keeping.engine.draft import Addition, draft, text_of
from refgraph.keeping.people_file import PEOPLE, editing_people, rows_of
from refgraph.schema.columns import FIELDS
from refgraph.schema.dates import iso_date

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from refgraph.keeping.people_file import People
    from refgraph.reading.read_options import ReadOptions
    from refgraph.schema.field import Field

__all__ = ["EDITABLE", "FieldSet", "set_field"]

#: What people.csv says of somebody, but for their names, by column.
EDITABLE: Mapping[str, Field] = {
    each.name: each
    for each in FIELDS["people"]
    if not (each.required or (each.names == "key" and each.dtype == "list"))
}


@dataclass(frozen=True, slots=True)
class FieldSet:
    """What was written in people.csv, or would be.

    Attributes
    ----------
    path : str
        The file.
    person : str
        Of whom it is said.
    before, after : list of str
        Their row, as it stood and as it stands; none if there was none.
    text : str
        What the cell holds.
    grown : bool
        Whether the file has the column only now.
    notes : list of str
        What else was done.
    """

    path: str
    person: str
    before: list[str]
    after: list[str]
    text: str
    grown: bool
    notes: list[str] = field(default_factory=list)


def set_field(
    book: str | os.PathLike[str],
    person: str,
    column: str,
    value: str,
    options: ReadOptions | None = None,
    *,
    dry_run: bool = False,
) -> FieldSet:
    r"""Write what people.csv says of somebody in one column; no other cell is changed.

    Parameters
    ----------
    book : path-like
        The folder.
    person : str
        Of whom; a row is added for somebody who has none.
    column : str
        One of :data:`EDITABLE`; a file that lacks it is given it.
    value : str
        As it would be typed in the file; blank to clear it.
    options : ReadOptions, optional
        How the book is read.
    dry_run : bool
        Only say what would be written.

    Raises
    ------
    FieldError
        If the column cannot hold the value.
    LedgerError
        If the file has no place for the column, or the book could not be read afterwards.
    UnknownPersonError
        If nobody bears the name.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name, text in {
    ...         "referrals.csv": "date,giver,receiver\n,Ann,Bo\n",
    ...         "people.csv": "person,role\nAnn,client\n",
    ...     }.items():
    ...         _ = Path(folder, name).write_text(text)
    ...     _ = set_field(folder, "Ann", "cadence", "quarterly")
    ...     Path(folder, "people.csv").read_text()
    'person,role,cadence\nAnn,client,quarterly\n'
    """
    read = EDITABLE[column].reader(iso_date)
    text = text_of(read(value), None) if value.strip() else ""
    with editing_people(book, options) as people:
        name = people.lookup().change(person)
        before = rows_of(people.table, name)
        grown = bool(text) and people.table.position(column) < 0
        changed = _changed(people, name, column, text)
        people.write(changed.table.content, "people set", dry_run=dry_run)
        after = rows_of(changed.table, name)
        return FieldSet(people.path, name, before, after, text, grown, people.notes)


def _changed(people: People, name: str, column: str, text: str) -> People:
    """Give people.csv as it is to be."""
    row = people.row(name)
    if not text and (row is None or people.table.position(column) < 0):
        return people
    if row is None:
        told = {next(iter(PEOPLE)): name, column: text}
        encoding = people.table.encoding
        added = Addition(people.path, [told], PEOPLE, encoding=encoding, late=PEOPLE)
        return people.holding(draft(added, people.content).after)
    if people.table.position(column) < 0:
        people = people.holding(_widened(people, column))
    return people.holding(people.table.edited({(row, people.table.position(column)): text}))


def _widened(people: People, column: str) -> bytes:
    table = people.table
    if not table.source.separator:
        message = f"this file has no column {column}, and blanks separate its fields"
        hint = f"add {column} to this line, and a field to each row; or separate them by commas"
        raise LedgerError([table.source.problem(table.header.line, message, hint)])
    return table.widened([column])
