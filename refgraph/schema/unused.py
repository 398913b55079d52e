"""Columns and words that a book keeps, and no answer asks for yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from refgraph.schema.columns import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["unused_in"]


def unused_in(table: str, rows: Iterable[Mapping[str, object]]) -> tuple[str, ...]:
    """Name the columns and words of these rows of a file that change no answer yet.

    Examples
    --------
    >>> unused_in("referrals", [{"giver": "Ann", "consent": False, "source": "a fair"}])
    ('source',)
    """
    fields = {field.name: field for field in FIELDS[table] if field.unused}
    said = ((fields[name], value) for row in rows for name, value in row.items() if name in fields)
    found = dict.fromkeys(
        (str(value) if field.words else field.name)
        for field, value in said
        if field.is_unused(value)
    )
    return tuple(found)
