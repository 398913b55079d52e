"""The columns of each file of a book, and what is said of them: derived from its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from refgraph.schema.fields import (
    ASSERTIONS,
    FIELDS,
    PEOPLE,
    REFERRALS,
    STATUS_CHANGES,
    TOUCHES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from refgraph.schema.field import Dates, Field, Reader

__all__ = [
    "ASSERTIONS",
    "COLUMNS",
    "DATES",
    "FIELDS",
    "LATE",
    "MEMBERS",
    "NAMED",
    "PEOPLE",
    "REFERRALS",
    "STATUS_CHANGES",
    "TEXTS",
    "TOUCHES",
    "blanks_of",
    "columns_where",
    "field_of",
    "hidden_in_health",
    "names_where",
    "readers_of",
    "required_of",
]

#: The columns of each file that commands write, in the order of a new header.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    table: tuple(field.name for field in fields)
    for table, fields in FIELDS.items()
    if table != "assertions"
}


def names_where(fields: Iterable[Field], **said: object) -> tuple[str, ...]:
    """Name the columns of which all this is said.

    Examples
    --------
    >>> names_where(TOUCHES, is_text=True)
    ('person', 'note', 'with', 'about')
    """
    return tuple(
        field.name
        for field in fields
        if all(getattr(field, what) == wanted for what, wanted in said.items())
    )


def columns_where(**said: object) -> tuple[str, ...]:
    """Name the columns of any file of which all this is said, each once.

    Examples
    --------
    >>> columns_where(dtype="day")
    ('since', 'date', 'status_date', 'until')
    """
    return tuple(
        dict.fromkeys(name for fields in FIELDS.values() for name in names_where(fields, **said))
    )


#: The columns of each file that name a member of the book's network, and those that name anybody.
MEMBERS: Mapping[str, tuple[str, ...]] = {
    table: names_where(fields, names="member") for table, fields in FIELDS.items()
}
NAMED: Mapping[str, tuple[str, ...]] = {
    table: names_where(fields, is_name=True) for table, fields in FIELDS.items()
}
#: The columns that a file which was begun without them is given with their first value.
LATE: Mapping[str, tuple[str, ...]] = {
    table: names_where(fields, late=True) for table, fields in FIELDS.items()
}
#: Columns that hold a day up to today.
DATES = frozenset(columns_where(dtype="day", ahead=False))
#: Columns whose reader changes no tidy text (one line of printable ASCII, single blanks
#: inside it and none around it) that is not empty.
TEXTS = frozenset(columns_where(is_text=True))


def readers_of(table: str, dates: Dates, *, decimal_comma: bool = False) -> dict[str, Reader]:
    """Name the columns of a file of a book, each with its reader.

    Examples
    --------
    >>> from refgraph.schema.dates import iso_date
    >>> readers_of("touches", iso_date)["kind"]("e-mail")
    'email'
    """
    return {field.name: field.reader(dates, decimal_comma=decimal_comma) for field in FIELDS[table]}


def field_of(table: str, column: str) -> Field:
    """Give one field of a file of a book.

    Examples
    --------
    >>> field_of("touches", "kind").words[0]
    'thanks'
    """
    return next(field for field in FIELDS[table] if field.name == column)


def required_of(table: str) -> tuple[str, ...]:
    """Name the columns that a file of a book must have.

    Examples
    --------
    >>> required_of("touches")
    ('date', 'person', 'kind')
    """
    return tuple(field.name for field in FIELDS[table] if field.required)


def blanks_of(table: str) -> dict[str, Any]:
    """Say what a blank cell of each column means that may be blank.

    Examples
    --------
    >>> blanks_of("touches")
    {'personal': None, 'note': '', 'with': '', 'about': '', 'until': None}
    """
    readers = readers_of(table, lambda _: None)
    return {field.name: readers[field.name]("") for field in FIELDS[table] if not field.required}


def hidden_in_health(table: str) -> frozenset[str]:
    """Name the columns that a book of health shows of no row.

    Examples
    --------
    >>> sorted(hidden_in_health("statuses"))
    ['id', 'note']
    """
    return frozenset(names_where(FIELDS[table], in_health=False))
