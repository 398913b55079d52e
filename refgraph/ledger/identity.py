"""A row of referrals keeps its name: the id it was given, or one from its content."""

from __future__ import annotations

from hashlib import blake2b
from itertools import compress
from typing import TYPE_CHECKING

from refgraph.ledger.text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from refgraph.ledger.table import Sheet

__all__ = ["CONTENT", "content", "name_rows", "row_ids"]

#: The columns that make up the identity of a row without an id, in order.
CONTENT = ("date", "giver", "receiver", "prospect", "count", "note")


def row_ids(rows: Iterable[tuple[str, ...]], taken: Collection[str] = ()) -> list[str]:
    """Derive an id for each row from its content.

    The id is ``r`` and ten hexadecimal digits of BLAKE2b over the fields,
    joined by unit separators; the second and third of equal rows end in
    ``-2`` and ``-3``. The names are those written in the file, so that an
    alias added later changes no id.

    Parameters
    ----------
    rows : iterable of tuple of str
        The `CONTENT` of each row, as text.
    taken : collection of str
        Ids that other rows have already.

    Returns
    -------
    list of str
        One id for each row, all distinct.

    Examples
    --------
    >>> ann = ("2026-01-08", "Ann", "Bo", "", "1", "")
    >>> row_ids([ann, ann])
    ['ra47c97d3d4', 'ra47c97d3d4-2']
    """
    stems = [
        "r" + blake2b(text.encode(), digest_size=5).hexdigest() for text in map("\x1f".join, rows)
    ]
    used = set(taken)
    if len(used.union(stems)) == len(used) + len(stems):
        return stems
    times: dict[str, int] = {}
    ids = []
    for stem in stems:
        times[stem] = times.get(stem, 0) + 1
        identity = stem if times[stem] == 1 else f"{stem}-{times[stem]}"
        while identity in used:
            times[stem] += 1
            identity = f"{stem}-{times[stem]}"
        used.add(identity)
        ids.append(identity)
    return ids


def content(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    """Give the `CONTENT` of every row as text; it is complete where none is refused."""
    columns = dict(sheet.columns)
    for name in ("date", "count"):
        texts = {value: "" if value is None else str(value) for value in set(columns[name])}
        columns[name] = list(map(texts.__getitem__, columns[name]))
    return zip(*(columns[name] for name in CONTENT), strict=True)


def name_rows(sheets: list[Sheet]) -> None:
    """Fill the ids of all rows that have none; refuse ids used twice.

    Parameters
    ----------
    sheets : list of Sheet
        The referrals of one record, names still as written.
    """
    taken = set(_explicit(sheets))
    for sheet in sheets:
        ids = sheet.columns["id"]
        blank = [row for row, identity in enumerate(ids) if not identity]
        if sheet.refused:
            blank = [row for row in blank if row not in sheet.refused]
        wanted = [False] * len(ids)
        for row in blank:
            wanted[row] = True
        made = row_ids(compress(content(sheet), wanted), taken)
        for row, identity in zip(blank, made, strict=True):
            ids[row] = identity
        taken.update(made)


def _explicit(sheets: list[Sheet]) -> Iterator[str]:
    """Give the ids that stand in the files, each once."""
    first: dict[str, tuple[Sheet, int]] = {}
    for sheet in sheets:
        for row, identity in enumerate(sheet.columns["id"]):
            if not identity:
                continue
            if identity not in first:
                first[identity] = (sheet, sheet.lines[row])
                yield identity
                continue
            other, line = first[identity]
            place = f"line {line}" if other is sheet else f"line {line} of {other.source.path}"
            sheet.refuse(
                row,
                f"the id {quoted(identity)} is already used on {place}",
                "leave the id empty and one is made from the row",
                "ids",
            )
